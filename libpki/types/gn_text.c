/* SPDX-License-Identifier: BSD-3-Clause */
/* GeneralNames as text, both ways. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/escape.h"
#include "libpki/core/utf8.h"
#include "libpki/der/writer.h"
#include "libpki/types/gn.h"
#include "libpki/types/host.h"
#include "libpki/types/ip.h"

/* ---- writing ---- */

static pki_status put_hex(const char *prefix, pki_bytes octets, pki_buf *out, pki_error *err)
{
	pki_status st = pki_buf_puts(out, prefix, err);

	return st == PKI_SUCCESS ? pki_buf_put_hex(out, octets, err) : st;
}

static pki_status put_text(const char *prefix, pki_bytes utf8, pki_buf *out, pki_error *err)
{
	pki_status st = pki_buf_puts(out, prefix, err);

	return st == PKI_SUCCESS ? pki_escape_text(utf8, out, err) : st;
}

static pki_status put_oid(const char *prefix, pki_bytes oid, pki_buf *out, pki_error *err)
{
	pki_status st = pki_buf_puts(out, prefix, err);

	return st == PKI_SUCCESS ? pki_oid_format(oid, out, err) : st;
}

/* Bits of a mask that is ones, then zeros; -1: it is not. */
static int prefix_length(pki_bytes mask)
{
	size_t ones = 0;

	while (ones < mask.len * 8 && (mask.data[ones / 8] >> (7 - ones % 8) & 1) != 0)
		ones++;
	for (size_t i = ones; i < mask.len * 8; i++)
		if ((mask.data[i / 8] >> (7 - i % 8) & 1) != 0)
			return -1;
	return (int)ones;
}

/* "192.0.2.0/24", "192.0.2.0/255.0.255.0" */
static pki_status put_subtree(pki_bytes value, pki_buf *out, pki_error *err)
{
	pki_bytes mask = pki_bytes_of(value.data + value.len / 2, value.len / 2);
	int ones = prefix_length(mask);
	pki_status st = pki_ip_format(pki_bytes_of(value.data, mask.len), out, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_putc(out, '/', err);
	if (st != PKI_SUCCESS)
		return st;
	return ones < 0 ? pki_ip_format(mask, out, err) : pki_buf_put_u64(out, (uint64_t)ones, err);
}

static pki_status put_ip(pki_bytes value, pki_buf *out, pki_error *err)
{
	pki_status st = pki_buf_puts(out, "ip:", err);

	if (st != PKI_SUCCESS)
		return st;
	if (value.len == 2 * PKI_IPV4_OCTETS || value.len == 2 * PKI_IPV6_OCTETS)
		return put_subtree(value, out, err);
	return pki_ip_format(value, out, err);
}

static pki_status put_dirname(pki_bytes der, pki_buf *out, pki_error *err)
{
	pki_name *n = NULL;
	pki_status st = pki_name_parse(NULL, der, &n, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_puts(out, "dn:", err);
	if (st == PKI_SUCCESS)
		st = pki_name_format(n, out, err);
	pki_name_free(n);
	return st;
}

/* The otherNames that have a prefix of their own: a UTF8String each. */
static const char *prefix_of_other(pki_bytes oid)
{
	if (pki_oid_equal(oid, PKI_OID(user_principal_name)))
		return "upn:";
	return pki_oid_equal(oid, PKI_OID(on_smtp_utf8_mailbox)) ? "email:" : NULL;
}

static bool is_utf8_string(pki_bytes tlv, pki_bytes *text)
{
	pki_der r;

	pki_der_init(&r, NULL, tlv, NULL);
	pki_der_next(&r, PKI_TAG_UTF8, NULL, text);
	return pki_der_finish(&r, NULL) == PKI_SUCCESS && pki_utf8_valid(*text);
}

static pki_status put_other(const pki_gn *gn, pki_buf *out, pki_error *err)
{
	const char *prefix = prefix_of_other(gn->other);
	pki_bytes text;
	pki_status st;

	if (prefix != NULL && is_utf8_string(gn->value, &text))
		return put_text(prefix, text, out, err);
	st = put_oid("other:", gn->other, out, err);
	return st == PKI_SUCCESS ? put_hex("=", gn->value, out, err) : st;
}

static pki_status put(const pki_gn *gn, pki_buf *out, pki_error *err)
{
	switch (gn->type) {
	case PKI_GN_OTHER:
		return put_other(gn, out, err);
	case PKI_GN_EMAIL:
		return put_text("email:", gn->value, out, err);
	case PKI_GN_DNS:
		return put_text("dns:", gn->value, out, err);
	case PKI_GN_X400:
		return put_hex("x400:", gn->value, out, err);
	case PKI_GN_DIRNAME:
		return put_dirname(gn->value, out, err);
	case PKI_GN_EDI:
		return put_hex("edi:", gn->value, out, err);
	case PKI_GN_URI:
		return put_text("uri:", gn->value, out, err);
	case PKI_GN_IP:
		return put_ip(gn->value, out, err);
	case PKI_GN_RID:
		return put_oid("rid:", gn->value, out, err);
	default:
		return pki_error_set(err, PKI_E_ARG, "unknown type of GeneralName", NULL);
	}
}

static bool is_nowhere(pki_bytes b)
{
	return b.data == NULL && b.len > 0;
}

pki_status pki_gn_format(const pki_gn *gn, pki_buf *out, pki_error *err)
{
	size_t before;
	pki_status st;

	if (gn == NULL || out == NULL || is_nowhere(gn->value) || is_nowhere(gn->other))
		return PKI_LEAVE(err, pki_error_null(err));
	before = out->len;
	st = put(gn, out, err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	return PKI_LEAVE(err, st);
}

/* ---- reading ---- */

/* What a text means: at the end of *store, first `other`, then `value`. */
typedef struct meaning {
	const pki_ctx *ctx;
	pki_buf *store;
	size_t other_len;
	pki_gn_type type;
} meaning;

static pki_status refuse(const char *reason, const char *text, pki_error *err)
{
	return pki_error_set_detail(err, PKI_E_ARG, reason, NULL, pki_bytes_str(text));
}

static pki_status mean(meaning *m, pki_gn_type type, pki_bytes value, pki_error *err)
{
	m->type = type;
	return pki_buf_append(m->store, value, err);
}

static pki_status mean_other(meaning *m, pki_bytes oid, pki_error *err)
{
	m->type = PKI_GN_OTHER;
	m->other_len = oid.len;
	return pki_buf_append(m->store, oid, err);
}

static pki_status mean_utf8_other(meaning *m, pki_bytes oid, const char *utf8, pki_error *err)
{
	pki_status st = mean_other(m, oid, err);
	pki_derw w;

	if (st != PKI_SUCCESS)
		return st;
	pki_derw_init(&w, m->ctx);
	pki_derw_text(&w, PKI_TAG_UTF8, utf8);
	return pki_derw_finish(&w, m->store, err);
}

static pki_status read_dns(meaning *m, const char *text, pki_error *err)
{
	pki_bytes name = pki_bytes_str(text);
	pki_status st;

	if (name.len > 1 && name.data[name.len - 1] == '.')
		name.len--;
	st = pki_host_check(name, PKI_HOST_WILDCARD, err);
	if (st == PKI_SUCCESS)
		return mean(m, PKI_GN_DNS, name, err);
	pki_error_about(err, pki_bytes_str(text));
	return st;
}

static pki_status read_ip(meaning *m, const char *text, pki_error *err)
{
	uint8_t address[PKI_IPV6_OCTETS];
	size_t len = pki_ip_parse(pki_bytes_str(text), address);

	if (len == 0)
		return refuse("not an IP address", text, err);
	return mean(m, PKI_GN_IP, pki_bytes_of(address, len), err);
}

/* RFC 9598 3: the host in lower case. */
static pki_status read_utf8_mailbox(meaning *m, const char *text, pki_error *err)
{
	pki_buf mailbox = PKI_BUF_INIT;
	pki_status st = pki_buf_puts(&mailbox, text, err);

	if (st == PKI_SUCCESS) {
		for (size_t i = mailbox.len; i > 0 && mailbox.data[i - 1] != '@'; i--)
			mailbox.data[i - 1] = pki_to_lower(mailbox.data[i - 1]);
		st = mean_utf8_other(m, PKI_OID(on_smtp_utf8_mailbox), pki_buf_str(&mailbox), err);
	}
	pki_buf_free(&mailbox);
	return st;
}

static pki_status read_email(meaning *m, const char *text, pki_error *err)
{
	pki_bytes mailbox = pki_bytes_str(text);
	bool ascii = true;
	pki_status st = pki_mailbox_check(mailbox, &ascii, err);

	if (st != PKI_SUCCESS) {
		pki_error_about(err, mailbox);
		return st;
	}
	return ascii ? mean(m, PKI_GN_EMAIL, mailbox, err) : read_utf8_mailbox(m, text, err);
}

static pki_status read_uri(meaning *m, const char *text, pki_error *err)
{
	pki_bytes uri = pki_bytes_str(text);
	pki_status st = pki_uri_check(uri, err);

	if (st == PKI_SUCCESS)
		return mean(m, PKI_GN_URI, uri, err);
	pki_error_about(err, uri);
	return st;
}

static pki_status read_dn(meaning *m, const char *text, pki_error *err)
{
	pki_name *n = NULL;
	pki_status st = pki_name_from_string(m->ctx, text, &n, err);

	if (st == PKI_SUCCESS && pki_name_is_empty(n))
		st = refuse("empty Name", text, err);
	if (st == PKI_SUCCESS)
		st = mean(m, PKI_GN_DIRNAME, pki_name_der(n), err);
	pki_name_free(n);
	return st;
}

static pki_status read_upn(meaning *m, const char *text, pki_error *err)
{
	pki_bytes left = pki_bytes_str(text);
	bool good = left.len > 0;
	uint32_t cp;

	while (good && left.len > 0)
		good = pki_utf8_next(&left, &cp) && cp != '\\' && !pki_must_escape(cp);
	if (!good)
		return refuse("not a user principal name", text, err);
	return mean_utf8_other(m, PKI_OID(user_principal_name), text, err);
}

static pki_status read_rid(meaning *m, const char *text, pki_error *err)
{
	m->type = PKI_GN_RID;
	return pki_oid_parse(text, m->store, err);
}

static pki_status read_hex(meaning *m, pki_gn_type type, const char *text, pki_error *err)
{
	m->type = type;
	if (*text == '\0')
		return refuse("hexadecimal digits are missing", text, err);
	return pki_hex_decode(pki_bytes_str(text), m->store, err);
}

static pki_status read_x400(meaning *m, const char *text, pki_error *err)
{
	return read_hex(m, PKI_GN_X400, text, err);
}

static pki_status read_edi(meaning *m, const char *text, pki_error *err)
{
	return read_hex(m, PKI_GN_EDI, text, err);
}

/* type-id "=" hex */
static pki_status read_other(meaning *m, const char *text, pki_error *err)
{
	const char *equals = strchr(text, '=');
	size_t before = m->store->len;
	pki_buf oid = PKI_BUF_INIT;
	pki_status st;

	if (equals == NULL)
		return refuse("\"=\" is missing after an otherName's OID", text, err);
	st = pki_buf_append(&oid, pki_bytes_of(text, (size_t)(equals - text)), err);
	if (st == PKI_SUCCESS)
		st = pki_oid_parse(pki_buf_str(&oid), m->store, err);
	m->other_len = m->store->len - before;
	pki_buf_free(&oid);
	return st == PKI_SUCCESS ? read_hex(m, PKI_GN_OTHER, equals + 1, err) : st;
}

typedef pki_status read_fn(meaning *m, const char *text, pki_error *err);

static const struct form {
	const char *prefix;
	read_fn *read;
} forms[] = {
	{ "dns:", read_dns },
	{ "ip:", read_ip },
	{ "email:", read_email },
	{ "uri:", read_uri },
	{ "dn:", read_dn },
	{ "upn:", read_upn },
	{ "rid:", read_rid },
	{ "other:", read_other },
	{ "x400:", read_x400 },
	{ "edi:", read_edi },
};

/* In any case; the prefix itself is in lower case. */
static bool has_prefix(const char *text, const char *prefix)
{
	while (*prefix != '\0')
		if (pki_to_lower((uint8_t)*text++) != (uint8_t)*prefix++)
			return false;
	return true;
}

static bool consists_of(const char *text, const char *characters)
{
	return text[strspn(text, characters)] == '\0';
}

/* "example.org:443" and "localhost:443" have the syntax of a URI, but nobody means one. */
static bool is_uri(const char *text)
{
	size_t scheme = pki_uri_scheme(pki_bytes_str(text));

	return scheme > 0 && memchr(text, '.', scheme) == NULL &&
	    !consists_of(text + scheme + 1, "0123456789");
}

/* Which form a text without a prefix has. */
static read_fn *guess(const char *text)
{
	uint8_t address[PKI_IPV6_OCTETS];

	if (pki_ip_parse(pki_bytes_str(text), address) > 0)
		return read_ip;
	if (strchr(text, ':') != NULL && consists_of(text, "0123456789abcdefABCDEF:."))
		return read_ip; /* an IPv6 address with a mistake, to be told so */
	if (is_uri(text))
		return read_uri;
	return strchr(text, '@') != NULL ? read_email : read_dns;
}

static pki_status read_form(meaning *m, const char *text, pki_error *err)
{
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (has_prefix(text, forms[i].prefix))
			return forms[i].read(m, text + strlen(forms[i].prefix), err);
	return guess(text)(m, text, err);
}

/* Writing tells what is left to say against hex. */
static pki_status read_and_write(
    meaning *m, const char *text, pki_derw *w, pki_gn *out, pki_error *err)
{
	size_t before = m->store->len;
	pki_status st = read_form(m, text, err);
	pki_bytes made;

	if (st != PKI_SUCCESS)
		return st;
	made = pki_bytes_of(m->store->data + before, m->store->len - before);
	out->type = m->type;
	out->other = pki_bytes_of(made.data, m->other_len);
	out->value = pki_bytes_of(made.data + m->other_len, made.len - m->other_len);
	pki_gn_write(w, m->ctx, out);
	return pki_derw_status(w, err);
}

pki_status pki_gn_write_text(pki_derw *w, const pki_ctx *ctx, const char *text, pki_error *err)
{
	pki_buf store = PKI_BUF_INIT;
	meaning m = { ctx, &store, 0, PKI_GN_OTHER };
	pki_status st;
	pki_gn gn;

	memset(&gn, 0, sizeof gn);
	st = text == NULL ? pki_error_null(err) : read_and_write(&m, text, w, &gn, err);
	pki_buf_free(&store);
	return st;
}

static pki_status from_string(meaning *m, const char *text, pki_gn *out, pki_error *err)
{
	size_t before = m->store->len;
	pki_status st;
	pki_derw w;

	pki_derw_init(&w, m->ctx);
	st = read_and_write(m, text, &w, out, err);
	pki_derw_free(&w);
	if (st == PKI_SUCCESS)
		return st;
	memset(out, 0, sizeof *out);
	pki_buf_truncate(m->store, before);
	return st;
}

pki_status pki_gn_from_string(
    const pki_ctx *ctx, const char *text, pki_buf *store, pki_gn *out, pki_error *err)
{
	meaning m = { ctx, store, 0, PKI_GN_OTHER };

	if (out != NULL)
		memset(out, 0, sizeof *out);
	if (text == NULL || store == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, from_string(&m, text, out, err));
}
