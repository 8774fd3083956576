/* SPDX-License-Identifier: BSD-3-Clause */
/* Which names lie within a GeneralSubtree: RFC 5280 4.2.1.10. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/error.h"
#include "libpki/types/gn.h"
#include "libpki/types/host.h"
#include "libpki/types/ip.h"
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

static bool holds_mailbox(pki_bytes base, pki_bytes name)
{
	pki_bytes local, host, base_local, base_host;

	pki_mailbox_split(name, &local, &host);
	if (!pki_mailbox_split(base, &base_local, &base_host))
		return holds_exact_host(base, host);
	return pki_bytes_equal(local, base_local) && pki_equal_nocase(host, base_host);
}

/* Of two local parts of which one is a quoted string, as "a" and a, who is to say that they are
 * not the same: RFC 5321 4.1.2. */
static bool may_be_mailbox(pki_bytes base, pki_bytes name)
{
	pki_bytes local, host, base_local, base_host;

	pki_mailbox_split(name, &local, &host);
	return pki_mailbox_split(base, &base_local, &base_host) &&
	    pki_equal_nocase(host, base_host) && !pki_bytes_equal(local, base_local) &&
	    (begins_with(local, '"') || begins_with(base_local, '"'));
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

	if (rest.len < 2 || rest.data[0] != '/' || rest.data[1] != '/' ||
	    pki_uri_check(uri, NULL) != PKI_SUCCESS)
		return false;
	rest = from(rest, 2);
	rest.len = span_until(rest, "/?#");
	if (!pki_mailbox_split(rest, &user, host))
		*host = rest;
	host->len = span_until(*host, ":");
	if (host->len > 1 && host->data[host->len - 1] == '.')
		host->len--;
	return pki_host_check(*host, 0, NULL) == PKI_SUCCESS;
}

/* ---- iPAddress ---- */

static bool holds_ip(pki_bytes base, pki_bytes name)
{
	if (base.len != 2 * name.len)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (((base.data[i] ^ name.data[i]) & base.data[name.len + i]) != 0)
			return false;
	return true;
}

static bool is_ones_before_zeros(uint8_t octet)
{
	unsigned zeros = octet ^ 0xffu;

	return (zeros & (zeros + 1)) == 0;
}

/* RFC 5280 4.2.1.10: a mask in the style of CIDR, ones before zeros. */
static bool is_prefix_mask(pki_bytes mask)
{
	size_t i = 0;

	while (i < mask.len && mask.data[i] == 0xff)
		i++;
	if (i < mask.len && !is_ones_before_zeros(mask.data[i]))
		return false;
	for (i++; i < mask.len; i++)
		if (mask.data[i] != 0)
			return false;
	return true;
}

static bool is_range(pki_bytes base)
{
	return (base.len == 2 * (size_t)PKI_IPV4_OCTETS ||
		   base.len == 2 * (size_t)PKI_IPV6_OCTETS) &&
	    is_prefix_mask(from(base, base.len / 2));
}

/* ::ffff:192.0.2.1 (RFC 4291 2.5.5.2) */
static bool is_mapped(pki_bytes address)
{
	static const uint8_t mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

	return address.len >= sizeof mapped && memcmp(address.data, mapped, sizeof mapped) == 0;
}

/* One of them is of IPv4, the other of IPv4 in IPv6: are they the same hosts or not? */
static bool is_of_both(pki_bytes base, pki_bytes name)
{
	return base.len != 2 * name.len &&
	    (is_mapped(name) || (base.len == 2 * (size_t)PKI_IPV6_OCTETS && is_mapped(base)));
}

/* ---- directoryName ---- */

static pki_status read_name(const pki_ctx *ctx, pki_bytes der, pki_buf *prepared, pki_error *err)
{
	pki_name *n;
	pki_status st = pki_name_parse(ctx, der, &n, err);

	if (st == PKI_SUCCESS)
		st = pki_name_prepare(n, prepared, err);
	pki_name_free(n);
	return st;
}

/* The base is the first RDNs of the name, each whole. */
static bool holds_name(const pki_buf *base, const pki_buf *name)
{
	return base->len <= name->len &&
	    pki_bytes_equal(pki_buf_bytes(base), pki_bytes_of(name->data, base->len));
}

/* ---- what can be judged ---- */

static bool is_mailbox(pki_bytes s)
{
	bool ascii;

	return pki_mailbox_check(s, &ascii, NULL) == PKI_SUCCESS;
}

/* A host, or with a dot in front those below one; nothing: every host. */
static bool is_domain(pki_bytes s)
{
	if (s.len > 0 && s.data[0] == '.')
		return pki_host_check(from(s, 1), 0, NULL) == PKI_SUCCESS;
	return s.len == 0 || pki_host_check(s, 0, NULL) == PKI_SUCCESS;
}

bool pki_subtree_is_clear(const pki_gn *base)
{
	switch (base->type) {
	case PKI_GN_DNS:
	case PKI_GN_URI:
		return is_domain(base->value);
	case PKI_GN_EMAIL:
		return is_domain(base->value) || is_mailbox(base->value);
	case PKI_GN_IP:
		return is_range(base->value);
	default:
		return base->type == PKI_GN_DIRNAME;
	}
}

#define CANNOT_TELL "a name that nameConstraints cannot be applied to"

/* minimum is 0, maximum absent: RFC 5280 4.2.1.10 */
pki_status pki_subtree_base_init(
    pki_subtree_base *b, const pki_ctx *ctx, const pki_subtree *t, pki_error *err)
{
	*b = (pki_subtree_base){ .value = t->base.value, .type = t->base.type };
	if (t->minimum != 0 || t->has_maximum)
		b->unclear = "a name under nameConstraints with a minimum or maximum";
	else if (!pki_subtree_is_clear(&t->base))
		b->unclear = CANNOT_TELL;
	return b->type == PKI_GN_DIRNAME ? read_name(ctx, b->value, &b->dn, err) : PKI_SUCCESS;
}

void pki_subtree_base_free(pki_subtree_base *b)
{
	pki_buf_free(&b->dn);
}

pki_status pki_subtree_name_init(
    pki_subtree_name *n, const pki_ctx *ctx, const pki_gn *gn, pki_error *err)
{
	*n = (pki_subtree_name){ .gn = gn, .text = gn->value };
	switch (gn->type) {
	case PKI_GN_DNS:
		n->clear = pki_host_check(n->text, PKI_HOST_WILDCARD, NULL) == PKI_SUCCESS;
		return PKI_SUCCESS;
	case PKI_GN_OTHER:
		n->text = pki_gn_utf8_mailbox(gn);
		n->clear = pki_gn_is_utf8_mailbox(gn) && is_mailbox(n->text);
		return PKI_SUCCESS;
	case PKI_GN_EMAIL:
		n->clear = is_mailbox(n->text);
		return PKI_SUCCESS;
	case PKI_GN_URI:
		n->clear = host_of_uri(gn->value, &n->text);
		return PKI_SUCCESS;
	case PKI_GN_IP:
		n->clear = n->text.len == PKI_IPV4_OCTETS || n->text.len == PKI_IPV6_OCTETS;
		return PKI_SUCCESS;
	case PKI_GN_DIRNAME:
		n->clear = true;
		return read_name(ctx, gn->value, &n->dn, err);
	default:
		return PKI_SUCCESS;
	}
}

void pki_subtree_name_free(pki_subtree_name *n)
{
	pki_buf_free(&n->dn);
}

/* ---- all of them ---- */

#define OCTETS_PER_COMPARISON 64

size_t pki_subtree_cost(const pki_subtree_base *base, const pki_subtree_name *name)
{
	size_t octets = base->value.len;

	if (base->type == PKI_GN_DIRNAME)
		octets += name->gn->value.len;
	return 1 + octets / OCTETS_PER_COMPARISON;
}

static pki_status cannot_tell(const char *reason, pki_error *err)
{
	return pki_error_set(err, PKI_E_UNSUPPORTED, reason, "RFC 5280 4.2.1.10");
}

pki_status pki_subtree_holds(
    const pki_subtree_base *base, const pki_subtree_name *name, bool some, bool *in, pki_error *err)
{
	*in = false;
	if (base->unclear != NULL || !name->clear)
		return cannot_tell(base->unclear != NULL ? base->unclear : CANNOT_TELL, err);
	switch (base->type) {
	case PKI_GN_DNS:
		*in = holds_host(base->value, name->text, some);
		return PKI_SUCCESS;
	case PKI_GN_EMAIL:
		if (may_be_mailbox(base->value, name->text))
			return cannot_tell(CANNOT_TELL, err);
		*in = holds_mailbox(base->value, name->text);
		return PKI_SUCCESS;
	case PKI_GN_URI:
		*in = holds_exact_host(base->value, name->text);
		return PKI_SUCCESS;
	case PKI_GN_IP:
		if (is_of_both(base->value, name->text))
			return cannot_tell(CANNOT_TELL, err);
		*in = holds_ip(base->value, name->text);
		return PKI_SUCCESS;
	default:
		*in = holds_name(&base->dn, &name->dn);
		return PKI_SUCCESS;
	}
}
