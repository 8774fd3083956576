/* SPDX-License-Identifier: BSD-3-Clause */
/* nameConstraints: RFC 5280 4.2.1.10. */
#include <string.h>

#include <pki/ext_policy.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/writer.h"
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"
#include "libpki/types/host.h"
#include "libpki/types/ip.h"
#include "libpki/x509/ext_type.h"

#define CLAUSE "RFC 5280 4.2.1.10"

/* BaseDistance ::= INTEGER (0..MAX) */
static bool read_distance(pki_der *r, pki_tag tag, const char *field, int64_t *out)
{
	return pki_der_int64_as(r, tag, field, out) &&
	    (*out >= 0 || pki_der_fail(r, PKI_E_STRUCTURE, "BaseDistance is negative", CLAUSE));
}

static bool read_minimum(pki_der *r, int64_t *out)
{
	return read_distance(r, PKI_TAG_IMPLICIT(0), "minimum", out) &&
	    (*out != 0 ||
		pki_der_fail(r, PKI_E_ENCODING, "DEFAULT value is encoded", "X.690 11.5"));
}

static bool read_subtree(pki_der *r, const pki_ctx *ctx, pki_subtree *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_gn_read(&s, ctx, "base", PKI_GN_SUBTREE, &out->base);
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(0)))
		read_minimum(&s, &out->minimum);
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(1)))
		out->has_maximum = read_distance(&s, PKI_TAG_IMPLICIT(1), "maximum", &out->maximum);
	return pki_der_leave(&s);
}

static void check_subtree(pki_der *r, const pki_ctx *ctx)
{
	pki_subtree t;

	read_subtree(r, ctx, &t);
}

static void read_subtrees(
    pki_der *r, const pki_ctx *ctx, pki_tag tag, const char *field, pki_bytes *out)
{
	if (pki_der_peek(r, tag))
		pki_list_read(r, ctx, &(pki_list){ tag, field, check_subtree }, out);
}

static bool read_constraints(pki_der *r, const pki_ctx *ctx, pki_name_constraints *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_more(&s))
		pki_der_fail(&s, PKI_E_STRUCTURE, "NameConstraints is empty", CLAUSE);
	read_subtrees(&s, ctx, PKI_TAG_EXPLICIT(0), "permittedSubtrees", &out->permitted);
	read_subtrees(&s, ctx, PKI_TAG_EXPLICIT(1), "excludedSubtrees", &out->excluded);
	return pki_der_leave(&s);
}

void pki_ext_check_name_constraints(pki_der *in, const pki_ctx *ctx)
{
	pki_name_constraints nc;

	read_constraints(in, ctx, &nc);
}

pki_status pki_ext_name_constraints(
    const pki_ctx *ctx, pki_bytes value, pki_name_constraints *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "NameConstraints");
	read_constraints(&r, ctx, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

bool pki_ext_subtree_next(pki_ext_iter *it, pki_subtree *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_subtree(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

/* ---- writing ---- */

static void write_base(pki_derw *w, const pki_ctx *ctx, const pki_gn *base)
{
	if (base->type == PKI_GN_IP)
		pki_derw_put(w, PKI_TAG_IMPLICIT(7), base->value);
	else
		pki_gn_write(w, ctx, base);
}

static void put_subtree(pki_exts *e, const pki_ext_form *form, const pki_subtree *t)
{
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (t->minimum != 0 || t->has_maximum)
		pki_derw_fail(&w, PKI_E_ARG, "GeneralSubtree with a minimum or a maximum", CLAUSE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	write_base(&w, pki_exts_ctx(e), &t->base);
	pki_derw_end(&w);
	pki_exts_end(e, form, &w);
}

static const pki_ext_form permitted = { .oid = &pki_id_name_constraints,
	.check = check_subtree,
	.part = PKI_EXT_TAGGED_0,
	.critical = true };
static const pki_ext_form excluded = { .oid = &pki_id_name_constraints,
	.check = check_subtree,
	.part = PKI_EXT_TAGGED_1,
	.critical = true };

void pki_exts_permit_subtree(pki_exts *e, const pki_subtree *t)
{
	if (pki_exts_given(e, t))
		put_subtree(e, &permitted, t);
}

void pki_exts_exclude_subtree(pki_exts *e, const pki_subtree *t)
{
	if (pki_exts_given(e, t))
		put_subtree(e, &excluded, t);
}

/* ---- from text ---- */

/* A subtree's base: its octets are those of `text`, or in `octets`. */
typedef struct base_text {
	const pki_ctx *ctx;
	const char *text;
	pki_buf *octets;
	pki_gn *base;
} base_text;

static pki_status refuse(const base_text *b, const char *reason, pki_error *err)
{
	return pki_error_set_detail(err, PKI_E_ARG, reason, CLAUSE, pki_bytes_str(b->text));
}

static pki_status mean(const base_text *b, pki_gn_type type, pki_bytes value)
{
	b->base->type = type;
	b->base->value = value;
	return PKI_SUCCESS;
}

/* A host, or with a dot in front all those below one; nothing: every name. */
static pki_status read_host(const base_text *b, pki_gn_type type, pki_bytes name, pki_error *err)
{
	pki_bytes host = name;

	if (host.len > 1 && host.data[0] == '.')
		host = pki_bytes_of(host.data + 1, host.len - 1);
	if (host.len > 0 && pki_host_check(host, 0, NULL) != PKI_SUCCESS)
		return refuse(b, "neither a host nor a domain", err);
	return mean(b, type, name);
}

static pki_status read_dns(const base_text *b, pki_bytes name, pki_error *err)
{
	return read_host(b, PKI_GN_DNS, name, err);
}

static pki_status read_uri(const base_text *b, pki_bytes name, pki_error *err)
{
	return read_host(b, PKI_GN_URI, name, err);
}

static pki_status read_email(const base_text *b, pki_bytes name, pki_error *err)
{
	bool ascii;

	if (name.len == 0 || memchr(name.data, '@', name.len) == NULL)
		return read_host(b, PKI_GN_EMAIL, name, err);
	if (pki_mailbox_check(name, &ascii, NULL) != PKI_SUCCESS || !ascii)
		return refuse(b, "no mailbox of ASCII", err);
	return mean(b, PKI_GN_EMAIL, name);
}

/* Decimal, at most `most`, without a sign or leading zeros. */
static bool read_prefix_length(pki_bytes text, unsigned most, unsigned *out)
{
	*out = 0;
	if (text.len == 0 || text.len > 3 || (text.len > 1 && text.data[0] == '0'))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!pki_is_digit(text.data[i]))
			return false;
		*out = *out * 10 + (unsigned)(text.data[i] - '0');
	}
	return *out <= most;
}

/* What stands behind "/": the length of a prefix, or a mask as pki_gn_format writes it. */
static bool read_mask(pki_bytes text, uint8_t *mask, size_t len)
{
	unsigned ones;

	if (!read_prefix_length(text, (unsigned)len * 8, &ones))
		return pki_ip_parse(text, mask) == len;
	memset(mask, 0, len);
	for (unsigned i = 0; i < ones; i++)
		mask[i / 8] |= (uint8_t)(0x80 >> i % 8);
	return true;
}

/* "192.0.2.0/24"; without "/" it is one address. */
static pki_status read_ip(const base_text *b, pki_bytes text, pki_error *err)
{
	const uint8_t *slash = text.len == 0 ? NULL : memchr(text.data, '/', text.len);
	size_t before = slash == NULL ? text.len : (size_t)(slash - text.data);
	uint8_t address[PKI_IPV6_OCTETS], mask[PKI_IPV6_OCTETS];
	size_t len = pki_ip_parse(pki_bytes_of(text.data, before), address);
	pki_status st;

	memset(mask, 0xff, sizeof mask);
	if (len == 0 ||
	    (slash != NULL &&
		!read_mask(pki_bytes_of(slash + 1, text.len - before - 1), mask, len)))
		return refuse(b, "no range of IP addresses", err);
	for (size_t i = 0; i < len; i++)
		if ((address[i] & ~mask[i]) != 0)
			return refuse(b, "the address has bits beyond its mask", err);
	st = pki_buf_append(b->octets, pki_bytes_of(address, len), err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(b->octets, pki_bytes_of(mask, len), err);
	return st == PKI_SUCCESS ? mean(b, PKI_GN_IP, pki_buf_bytes(b->octets)) : st;
}

typedef pki_status read_fn(const base_text *b, pki_bytes rest, pki_error *err);

static const struct form {
	const char *prefix;
	read_fn *read;
} forms[] = {
	{ "dns:", read_dns },
	{ "ip:", read_ip },
	{ "email:", read_email },
	{ "uri:", read_uri },
};

static bool has_prefix(pki_bytes text, pki_bytes prefix)
{
	if (text.len < prefix.len)
		return false;
	for (size_t i = 0; i < prefix.len; i++)
		if (pki_to_lower(text.data[i]) != prefix.data[i])
			return false;
	return true;
}

/* Without a prefix: a mailbox, IP addresses, or hosts. */
static pki_status guess(const base_text *b, pki_error *err)
{
	pki_bytes text = pki_bytes_str(b->text);

	if (strchr(b->text, '@') != NULL)
		return read_email(b, text, err);
	if (strchr(b->text, '/') != NULL || strchr(b->text, ':') != NULL)
		return read_ip(b, text, err);
	return text.len == 0 ? refuse(b, "no name", err) : read_dns(b, text, err);
}

/* The names whose constraints look like them have a prefix each. */
static bool is_whole_name(const char *text)
{
	static const char *const prefixes[] = { "dn:", "rid:", "other:", "upn:", "x400:", "edi:" };

	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
		if (has_prefix(pki_bytes_str(text), pki_bytes_str(prefixes[i])))
			return true;
	return false;
}

static pki_status read_base(const base_text *b, pki_error *err)
{
	pki_bytes text = pki_bytes_str(b->text);

	if (is_whole_name(b->text))
		return pki_gn_from_string(b->ctx, b->text, b->octets, b->base, err);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		size_t n = strlen(forms[i].prefix);

		if (has_prefix(text, pki_bytes_str(forms[i].prefix)))
			return forms[i].read(b, pki_bytes_of(text.data + n, text.len - n), err);
	}
	return guess(b, err);
}

static void put_text(pki_exts *e, const pki_ext_form *form, const char *name)
{
	pki_subtree t = { .minimum = 0 };
	pki_buf octets = PKI_BUF_INIT;

	if (!pki_exts_given(e, name) || !pki_exts_usable(e))
		return;
	if (read_base(&(base_text){ pki_exts_ctx(e), name, &octets, &t.base }, pki_exts_error(e)) ==
	    PKI_SUCCESS)
		put_subtree(e, form, &t);
	pki_buf_free(&octets);
}

void pki_exts_permit(pki_exts *e, const char *name)
{
	put_text(e, &permitted, name);
}

void pki_exts_exclude(pki_exts *e, const char *name)
{
	put_text(e, &excluded, name);
}

/* ---- as text ---- */

static void put_subtrees(pki_line *l, const char *what, pki_bytes subtrees)
{
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, l->ctx, subtrees);
	while (pki_ext_subtree_next(&it, &t)) {
		pki_line_name(l, what);
		pki_line_gn(l, &t.base);
		if (t.minimum != 0) {
			pki_line_puts(l, " minimum ");
			pki_line_int(l, t.minimum);
		}
		if (t.has_maximum) {
			pki_line_puts(l, " maximum ");
			pki_line_int(l, t.maximum);
		}
	}
	pki_line_end_list(l, &it);
}

void pki_ext_line_name_constraints(pki_line *l, pki_bytes value)
{
	pki_name_constraints nc;

	pki_line_read(l, pki_ext_name_constraints(l->ctx, value, &nc, l->err));
	put_subtrees(l, "permitted ", nc.permitted);
	put_subtrees(l, "excluded ", nc.excluded);
}
