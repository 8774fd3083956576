/* SPDX-License-Identifier: BSD-3-Clause */
/* Is this name among those of the certificate? RFC 9525 6, RFC 9549 2, RFC 9598 5, RFC 8550 3. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/types/gn.h"
#include "libpki/types/host.h"
#include "libpki/types/ip.h"
#include "libpki/types/punycode.h"
#include "libpki/x509/cert.h"
#include "libpki/x509/identity.h"

/* The name that is looked for: one that passed its syntax, so that odd ones need no care here. */
typedef struct reference {
	bool (*is)(const struct reference *ref, const pki_gn *presented);
	bool (*is_kin)(const pki_gn *presented); /* one that could have been it: told, if none is */
	const char *absent, *none, *clause;
	pki_bytes name;
} reference;

/* ---- host names ---- */

/* What follows the first dot; empty: there is none. */
static pki_bytes parent(pki_bytes host)
{
	const uint8_t *dot = memchr(host.data, '.', host.len);

	return dot == NULL ? pki_bytes_of(NULL, 0)
			   : pki_bytes_of(dot + 1, host.len - (size_t)(dot + 1 - host.data));
}

static bool is_wildcard(pki_bytes host)
{
	return host.data[0] == '*';
}

/* RFC 9525 6.3: "*" is the whole left-most label, for one label; two or more stand at its right. */
static bool covers(pki_bytes wildcard, pki_bytes host)
{
	pki_bytes domain = parent(wildcard);

	return parent(domain).len > 0 && pki_equal_nocase(domain, parent(host));
}

static bool is_host(const reference *ref, const pki_gn *presented)
{
	pki_bytes host = presented->value;

	if (presented->type != PKI_GN_DNS ||
	    pki_host_check(host, PKI_HOST_WILDCARD, NULL) != PKI_SUCCESS)
		return false;
	return is_wildcard(host) ? covers(host, ref->name) : pki_equal_nocase(host, ref->name);
}

static bool is_server(const pki_gn *presented)
{
	return presented->type == PKI_GN_DNS || presented->type == PKI_GN_IP;
}

/* RFC 9525 6.4: octet for octet; an IPv4-mapped IPv6 address is not the IPv4 address. */
static bool is_address(const reference *ref, const pki_gn *presented)
{
	return presented->type == PKI_GN_IP && pki_bytes_equal(presented->value, ref->name);
}

/* ---- mailboxes ---- */

static bool is_mailbox(const pki_gn *presented)
{
	return presented->type == PKI_GN_EMAIL || pki_gn_is_utf8_mailbox(presented);
}

/* Up to the last "@", which a host name does not have. */
static size_t local_length(pki_bytes mailbox)
{
	size_t n = mailbox.len;

	while (n > 0 && mailbox.data[n - 1] != '@')
		n--;
	return n;
}

/* RFC 5280 7.5, RFC 9598 5: the local part as it is, the host name in any case. */
static bool equal_mailboxes(pki_bytes a, pki_bytes b)
{
	size_t local = local_length(a);

	return local <= b.len &&
	    pki_bytes_equal(pki_bytes_of(a.data, local), pki_bytes_of(b.data, local)) &&
	    pki_equal_nocase(pki_bytes_of(a.data + local, a.len - local),
		pki_bytes_of(b.data + local, b.len - local));
}

static bool is_ascii_mailbox(pki_bytes presented, pki_bytes asked)
{
	bool ascii;

	return pki_mailbox_check(presented, &ascii, NULL) == PKI_SUCCESS && ascii &&
	    equal_mailboxes(presented, asked);
}

static bool is_rfc822_name(const reference *ref, const pki_gn *presented)
{
	return presented->type == PKI_GN_EMAIL && is_ascii_mailbox(presented->value, ref->name);
}

static bool is_smtp_utf8_mailbox(const reference *ref, const pki_gn *presented)
{
	pki_bytes mailbox;

	if (!pki_gn_is_utf8_mailbox(presented))
		return false;
	mailbox = pki_gn_utf8_mailbox(presented);
	return pki_utf8_mailbox_check(mailbox, NULL) == PKI_SUCCESS &&
	    equal_mailboxes(mailbox, ref->name);
}

/* RFC 5280 A.1: EmailAddress is an IA5String. */
static bool is_in_subject(const pki_name *subject, pki_bytes mailbox)
{
	pki_attr a;

	for (size_t i = 0; pki_name_at(subject, i, &a); i++)
		if (a.tag == PKI_TAG_IA5 && pki_oid_equal(a.type, PKI_OID(email_address)) &&
		    is_ascii_mailbox(a.raw, mailbox))
			return true;
	return false;
}

/* ---- which names there are, for who is told that his is not among them ---- */

#define TOLD_NAMES  3
#define TOLD_OCTETS 96 /* "and 10000 more" still fits in the error */

/* Octets that it takes in an error. */
static size_t told_length(pki_bytes name)
{
	size_t n = 0;

	for (size_t i = 0; i < name.len; i++)
		n += name.data[i] >= 0x20 && name.data[i] < 0x7f ? 1 : 4;
	return n;
}

static pki_status put_name(const pki_gn *gn, pki_buf *out)
{
	if (gn->type == PKI_GN_IP)
		return pki_ip_format(gn->value, out, NULL);
	if (gn->type == PKI_GN_OTHER)
		return pki_buf_append(out, pki_gn_utf8_mailbox(gn), NULL);
	return pki_buf_append(out, gn->value, NULL);
}

/* Puts one name after the others. false: it is too long, empty, or there is no memory. */
static bool tell(const pki_gn *gn, pki_buf *list)
{
	size_t before = list->len, start;

	if (before > 0 && pki_buf_puts(list, ", ", NULL) != PKI_SUCCESS)
		return false;
	start = list->len;
	if (put_name(gn, list) == PKI_SUCCESS && list->len > start &&
	    told_length(pki_buf_bytes(list)) <= TOLD_OCTETS)
		return true;
	pki_buf_truncate(list, before);
	return false;
}

static void tell_rest(size_t told, size_t rest, pki_buf *list)
{
	if (rest == 0)
		return;
	(void)(pki_buf_puts(list, told > 0 ? ", and " : "", NULL) == PKI_SUCCESS &&
	    pki_buf_put_u64(list, rest, NULL) == PKI_SUCCESS &&
	    pki_buf_puts(list, told > 0 ? " more" : " of them", NULL) == PKI_SUCCESS);
}

/* Adds "www.example.com, *.example.net, and 3 more" to an error, memory permitting. */
static void tell_names(
    const pki_ctx *ctx, pki_bytes san, const reference *ref, size_t kin, pki_error *err)
{
	pki_buf list = PKI_BUF_INIT;
	pki_ext_iter it;
	size_t told = 0;
	pki_gn gn;

	if (err == NULL)
		return;
	pki_ext_list(&it, ctx, san);
	while (told < TOLD_NAMES && pki_ext_name_next(&it, &gn))
		told += ref->is_kin(&gn) && tell(&gn, &list);
	tell_rest(told, kin - told, &list);
	pki_error_about(err, pki_buf_bytes(&list));
	pki_buf_free(&list);
}

/* ---- the verdict ---- */

typedef struct verdict {
	bool found;
	size_t kin;
} verdict;

/* Of the whole list, so that what is behind the name cannot be at fault unseen. */
static pki_status search(
    const pki_ctx *ctx, pki_bytes san, const reference *ref, verdict *v, pki_error *err)
{
	pki_ext_iter it;
	pki_status st;
	pki_gn gn;

	pki_ext_list(&it, ctx, san);
	while (pki_ext_name_next(&it, &gn)) {
		v->kin += ref->is_kin(&gn);
		v->found = v->found || ref->is(ref, &gn);
	}
	st = pki_ext_list_finish(&it, err);
	if (st != PKI_SUCCESS)
		pki_error_nest(err, "subjectAltName", PKI_NO_OFFSET);
	return st;
}

static pki_status check(const pki_ctx *ctx, const pki_bytes *san, const pki_name *subject,
    const reference *ref, pki_error *err)
{
	verdict v = { false, 0 };
	pki_status st = san == NULL ? PKI_SUCCESS : search(ctx, *san, ref, &v, err);

	if (st != PKI_SUCCESS)
		return st;
	if (v.found || (v.kin == 0 && is_in_subject(subject, ref->name)))
		return PKI_SUCCESS;
	if (v.kin == 0)
		return pki_error_set(err, PKI_E_NOTFOUND, ref->none, ref->clause);
	st = pki_error_set(err, PKI_E_NOTFOUND, ref->absent, ref->clause);
	tell_names(ctx, *san, ref, v.kin, err);
	return st;
}

static pki_status check_address(
    const pki_ctx *ctx, const pki_bytes *san, pki_bytes address, pki_error *err)
{
	const reference ref = { is_address, is_server, "IP address is not among the names",
		"there is no host name or IP address in subjectAltName", "RFC 9525 6.4", address };

	return check(ctx, san, NULL, &ref, err);
}

/* RFC 9525 6.1.1: a fully qualified domain name, without the dot of the root. */
static pki_status check_host_name(pki_bytes *host, pki_error *err)
{
	pki_status st;

	if (memchr(host->data, ':', host->len) != NULL)
		return pki_error_set_detail(err, PKI_E_ARG,
		    "no IPv6 address: it is written without brackets and zone", "RFC 4291 2.2",
		    *host);
	if (host->len > 1 && host->data[host->len - 1] == '.')
		host->len--;
	st = pki_host_check(*host, 0, err);
	return st == PKI_SUCCESS ? pki_a_labels_check(*host, err) : st;
}

pki_status pki_san_check_host(
    const pki_ctx *ctx, const pki_bytes *san, const char *host, pki_error *err)
{
	reference ref = { is_host, is_server, "host name is not among the names",
		"there is no host name or IP address in subjectAltName", "RFC 9525 6.3",
		pki_bytes_str(host) };
	uint8_t address[PKI_IPV6_OCTETS];
	size_t octets = pki_ip_parse(ref.name, address);
	pki_status st;

	if (octets > 0)
		return check_address(ctx, san, pki_bytes_of(address, octets), err);
	st = check_host_name(&ref.name, err);
	if (st != PKI_SUCCESS) {
		pki_error_about(err, pki_bytes_str(host));
		return st;
	}
	return check(ctx, san, NULL, &ref, err);
}

pki_status pki_san_check_ip(
    const pki_ctx *ctx, const pki_bytes *san, pki_bytes address, pki_error *err)
{
	if (address.len != PKI_IPV4_OCTETS && address.len != PKI_IPV6_OCTETS)
		return pki_error_set(
		    err, PKI_E_ARG, "IP address is not 4 or 16 octets", "RFC 5280 4.2.1.6");
	return check_address(ctx, san, address, err);
}

static pki_status check_mailbox(pki_bytes mailbox, bool *ascii, pki_error *err)
{
	pki_status st = pki_mailbox_check(mailbox, ascii, err);
	size_t local = local_length(mailbox);

	if (st != PKI_SUCCESS)
		return st;
	return pki_a_labels_check(pki_bytes_of(mailbox.data + local, mailbox.len - local), err);
}

pki_status pki_san_check_email(const pki_ctx *ctx, const pki_bytes *san, const pki_name *subject,
    const char *mailbox, pki_error *err)
{
	reference ref = { is_rfc822_name, is_mailbox, "mailbox is not among the names",
		subject == NULL
		    ? "there is no mailbox in subjectAltName"
		    : "mailbox is not in the subject, and there is none in subjectAltName",
		"RFC 8550 3", pki_bytes_str(mailbox) };
	bool ascii;
	pki_status st = check_mailbox(ref.name, &ascii, err);

	if (st != PKI_SUCCESS) {
		pki_error_about(err, ref.name);
		return st;
	}
	if (!ascii)
		ref.is = is_smtp_utf8_mailbox;
	return check(ctx, san, subject, &ref, err);
}

/* ---- of certificates ---- */

/* NULL: it has none. */
static const pki_bytes *san_of(const pki_cert *c, pki_ext *e)
{
	return pki_cert_ext(c, PKI_OID(subject_alt_name), e) ? &e->value : NULL;
}

pki_status pki_cert_check_host(const pki_cert *c, const char *host, pki_error *err)
{
	pki_ext e;

	if (c == NULL || host == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_san_check_host(pki_cert_ctx(c), san_of(c, &e), host, err));
}

pki_status pki_cert_check_ip(const pki_cert *c, pki_bytes address, pki_error *err)
{
	pki_ext e;

	if (c == NULL || (address.data == NULL && address.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_san_check_ip(pki_cert_ctx(c), san_of(c, &e), address, err));
}

pki_status pki_cert_check_email(
    const pki_cert *c, const char *mailbox, uint32_t flags, pki_error *err)
{
	const pki_name *subject = (flags & PKI_EMAIL_SAN_ONLY) != 0 ? NULL : pki_cert_subject(c);
	pki_ext e;

	if (c == NULL || mailbox == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if ((flags & ~PKI_EMAIL_SAN_ONLY) != 0)
		return PKI_LEAVE(err, pki_error_set(err, PKI_E_ARG, "unknown flag", NULL));
	return PKI_LEAVE(
	    err, pki_san_check_email(pki_cert_ctx(c), san_of(c, &e), subject, mailbox, err));
}
