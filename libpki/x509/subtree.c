/* SPDX-License-Identifier: BSD-3-Clause */
/* Which names lie within a GeneralSubtree: RFC 5280 4.2.1.10. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/error.h"
#include "libpki/types/host.h"
#include "libpki/types/name_match.h"
#include "libpki/x509/subtree.h"

static pki_bytes from(pki_bytes s, size_t n)
{
	return pki_bytes_of(s.data + n, s.len - n);
}

static bool begins_with(pki_bytes s, char c)
{
	return s.len > 0 && s.data[0] == (uint8_t)c;
}

/* Both with or without a dot in front. */
static bool ends_with(pki_bytes host, pki_bytes end)
{
	return host.len >= end.len && pki_equal_nocase(from(host, host.len - end.len), end);
}

/* "example.org" is below "org", and not below itself. */
static bool is_below(pki_bytes host, pki_bytes domain)
{
	return host.len > domain.len && ends_with(host, domain) &&
	    host.data[host.len - domain.len - 1] == '.';
}

/* ---- dNSName ---- */

/* "*.example.org" stands for "a.example.org", which is in the subtree of that name. */
static bool wildcard_meets(pki_bytes name, pki_bytes base)
{
	const uint8_t *dot = base.len > 0 ? memchr(base.data, '.', base.len) : NULL;

	return begins_with(name, '*') && dot != NULL && dot != base.data &&
	    pki_equal_nocase(from(name, 1), from(base, (size_t)(dot - base.data)));
}

/* A dot in front means those below alone; RFC 5280 has no such base, CAs do. */
static bool holds_host(pki_bytes base, pki_bytes name, bool some)
{
	if (base.len == 0)
		return true;
	if (begins_with(base, '.'))
		return name.len > base.len && ends_with(name, base);
	return pki_equal_nocase(name, base) || is_below(name, base) ||
	    (some && wildcard_meets(name, base));
}

/* ---- rfc822Name and URI: a host, or those below a domain ---- */

static bool holds_exact_host(pki_bytes base, pki_bytes host)
{
	if (base.len == 0)
		return true;
	if (begins_with(base, '.'))
		return host.len > base.len && ends_with(host, base);
	return pki_equal_nocase(host, base);
}

/* Up to the last "@", and what follows it. */
static bool split_mailbox(pki_bytes s, pki_bytes *local, pki_bytes *host)
{
	size_t at = s.len;

	while (at > 0 && s.data[at - 1] != '@')
		at--;
	if (at == 0)
		return false;
	*local = pki_bytes_of(s.data, at - 1);
	*host = from(s, at);
	return true;
}

static bool holds_mailbox(pki_bytes base, pki_bytes name)
{
	pki_bytes local, host, base_local, base_host;

	if (!split_mailbox(name, &local, &host))
		return false;
	if (!split_mailbox(base, &base_local, &base_host))
		return holds_exact_host(base, host);
	return pki_bytes_equal(local, base_local) && pki_equal_nocase(host, base_host);
}

static size_t span_until(pki_bytes s, const char *ends)
{
	size_t n = 0;

	while (n < s.len && strchr(ends, s.data[n]) == NULL)
		n++;
	return n;
}

/* Without a host name in it a URI with subtrees about it is refused: RFC 5280 4.2.1.10. */
static bool host_of_uri(pki_bytes uri, pki_bytes *host)
{
	size_t scheme = pki_uri_scheme(uri);
	pki_bytes rest = from(uri, scheme == 0 ? uri.len : scheme + 1), user;

	if (rest.len < 2 || rest.data[0] != '/' || rest.data[1] != '/')
		return false;
	rest = from(rest, 2);
	rest.len = span_until(rest, "/?#");
	if (!split_mailbox(rest, &user, host))
		*host = rest;
	host->len = span_until(*host, ":");
	if (host->len > 1 && host->data[host->len - 1] == '.')
		host->len--;
	return pki_host_check(*host, 0, NULL) == PKI_SUCCESS;
}

/* ---- iPAddress, directoryName ---- */

static bool holds_ip(pki_bytes base, pki_bytes name)
{
	if (base.len != 2 * name.len)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (((base.data[i] ^ name.data[i]) & base.data[name.len + i]) != 0)
			return false;
	return true;
}

/* The base is the first RDNs of the name, each whole. */
static bool is_prefix(const pki_name *base, const pki_name *name)
{
	if (base->count > name->count)
		return false;
	for (size_t i = 0; i < base->count; i++)
		if (pki_ava_compare(base->order[i], name->order[i]) != 0)
			return false;
	return base->count == name->count || name->order[base->count]->attr.rdn >= base->rdns;
}

static pki_status holds_name(
    const pki_ctx *ctx, pki_bytes base, pki_bytes name, bool *in, pki_error *err)
{
	pki_name *b = NULL, *n = NULL;
	pki_status st = pki_name_parse(ctx, base, &b, err);

	if (st == PKI_SUCCESS)
		st = pki_name_parse(ctx, name, &n, err);
	*in = st == PKI_SUCCESS && is_prefix(b, n);
	pki_name_free(n);
	pki_name_free(b);
	return st;
}

/* ---- all of them ---- */

static bool is_smtp_utf8(const pki_gn *gn)
{
	return gn->type == PKI_GN_OTHER && pki_oid_equal(gn->other, PKI_OID(on_smtp_utf8_mailbox));
}

bool pki_subtree_is_for(const pki_gn *base, const pki_gn *name)
{
	return base->type == name->type || (base->type == PKI_GN_EMAIL && is_smtp_utf8(name));
}

/* SmtpUTF8Mailbox ::= UTF8String; its host name is in A-labels. */
static pki_bytes mailbox_of(const pki_ctx *ctx, const pki_gn *gn)
{
	pki_bytes text = gn->value;
	pki_der r;

	if (!is_smtp_utf8(gn))
		return text;
	pki_der_init(&r, ctx, gn->value, NULL);
	pki_der_next(&r, PKI_TAG_UTF8, NULL, &text);
	return text;
}

static pki_status cannot_tell(pki_error *err)
{
	return pki_error_set(err, PKI_E_UNSUPPORTED,
	    "a name that name constraints cannot be applied to", "RFC 5280 4.2.1.10");
}

pki_status pki_subtree_holds(
    const pki_ctx *ctx, const pki_gn *base, const pki_gn *name, bool some, bool *in, pki_error *err)
{
	pki_bytes host;

	*in = false;
	switch (base->type) {
	case PKI_GN_DNS:
		*in = holds_host(base->value, name->value, some);
		return PKI_SUCCESS;
	case PKI_GN_EMAIL:
		*in = holds_mailbox(base->value, mailbox_of(ctx, name));
		return PKI_SUCCESS;
	case PKI_GN_URI:
		if (!host_of_uri(name->value, &host))
			return cannot_tell(err);
		*in = holds_exact_host(base->value, host);
		return PKI_SUCCESS;
	case PKI_GN_IP:
		*in = holds_ip(base->value, name->value);
		return PKI_SUCCESS;
	case PKI_GN_DIRNAME:
		return holds_name(ctx, base->value, name->value, in, err);
	default:
		return cannot_tell(err);
	}
}
