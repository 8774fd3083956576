/* SPDX-License-Identifier: BSD-3-Clause */
/* Names as text, both ways: RFC 4514. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/escape.h"
#include "libpki/core/utf8.h"
#include "libpki/types/attr_type.h"
#include "libpki/types/name.h"

/* RFC 4514 section 3, <escaped> and ESC: what stands in a value only after a backslash. */
static bool is_special(uint32_t c)
{
	return c == '"' || c == '+' || c == ',' || c == ';' || c == '<' || c == '>' || c == '\\';
}

/* ---- reading ---- */

typedef struct reader {
	const char *start;
	pki_bytes left;
	pki_bytes type; /* the OID: of a known type, or oid */
	pki_buf oid, value;
	bool is_der; /* the value is a TLV */
} reader;

static pki_status refuse(const reader *r, const char *reason, pki_error *err)
{
	(void)!pki_error_set(err, PKI_E_ARG, reason, "RFC 4514 3");
	pki_error_at(err, (size_t)((const char *)r->left.data - r->start));
	return PKI_E_ARG;
}

/* The next octet; 0 at the end. */
static uint8_t peek(const reader *r)
{
	return r->left.len == 0 ? 0 : r->left.data[0];
}

static void skip(reader *r, size_t n)
{
	r->left = pki_bytes_of(r->left.data + n, r->left.len - n);
}

static void skip_spaces(reader *r)
{
	while (peek(r) == ' ')
		skip(r, 1);
}

static bool ends_value(uint8_t c)
{
	return c == 0 || c == ',' || c == '+';
}

/* descr and numericoid of RFC 4512 1.4. */
static bool is_type_char(uint8_t c)
{
	return pki_is_alpha(c) || pki_is_digit(c) || c == '-' || c == '.';
}

static pki_status put_dotted(reader *r, pki_bytes dotted, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_status st = pki_buf_append(&text, dotted, err);

	pki_buf_truncate(&r->oid, 0);
	if (st == PKI_SUCCESS)
		st = pki_oid_parse(pki_buf_str(&text), &r->oid, err);
	pki_buf_free(&text);
	r->type = pki_buf_bytes(&r->oid);
	return st;
}

static pki_status put_type(reader *r, pki_bytes name, pki_error *err)
{
	const pki_attr_type *t = pki_attr_type_by_name(name);

	if (t != NULL) {
		r->type = pki_oid_view(t->oid);
		return PKI_SUCCESS;
	}
	/* RFC 2253 section 4 has it read, and no descr has a dot */
	if (name.len > 4 && pki_equal_nocase(pki_bytes_of(name.data, 4), pki_bytes_str("OID.")))
		name = pki_bytes_of(name.data + 4, name.len - 4);
	if (name.len > 0 && pki_is_digit(name.data[0]))
		return put_dotted(r, name, err);
	return pki_error_set_detail(
	    err, PKI_E_ARG, "attribute type is not known", "RFC 4514 3", name);
}

static pki_status read_type(reader *r, pki_error *err)
{
	size_t n = 0;
	pki_status st;

	skip_spaces(r);
	while (n < r->left.len && is_type_char(r->left.data[n]))
		n++;
	if (n == 0)
		return refuse(r, "an attribute type is missing", err);
	st = put_type(r, pki_bytes_of(r->left.data, n), err);
	if (st != PKI_SUCCESS)
		return st;
	skip(r, n);
	skip_spaces(r);
	if (peek(r) != '=')
		return refuse(r, "\"=\" is missing after an attribute type", err);
	skip(r, 1);
	return PKI_SUCCESS;
}

/* "#" and the TLV in hex. */
static pki_status read_hexstring(reader *r, pki_error *err)
{
	size_t n = 0;
	pki_status st;

	skip(r, 1);
	while (n < r->left.len && pki_hex_digit(r->left.data[n]) >= 0)
		n++;
	if (n == 0 || n % 2 != 0)
		return refuse(r, "\"#\" is not followed by pairs of hex digits", err);
	st = pki_hex_decode(pki_bytes_of(r->left.data, n), &r->value, err);
	skip(r, n);
	r->is_der = true;
	return st;
}

/* What follows a backslash. */
static pki_status read_pair(reader *r, pki_error *err)
{
	uint8_t c = peek(r);
	int high, low;

	if (c != 0 && (is_special(c) || strchr(" #=", c) != NULL)) {
		skip(r, 1);
		return pki_buf_putc(&r->value, c, err);
	}
	high = r->left.len < 2 ? -1 : pki_hex_digit(r->left.data[0]);
	low = high < 0 ? -1 : pki_hex_digit(r->left.data[1]);
	if (low < 0)
		return refuse(r, "backslash before what needs none", err);
	skip(r, 2);
	return pki_buf_putc(&r->value, (uint8_t)(high << 4 | low), err);
}

/* Characters that stand for themselves; *keep: without the spaces at their end. */
static pki_status read_plain(reader *r, size_t *keep, pki_error *err)
{
	size_t n = 0, spaces = 0;
	pki_status st;

	for (; n < r->left.len && !is_special(r->left.data[n]); n++)
		spaces = r->left.data[n] == ' ' ? spaces + 1 : 0;
	if (n == 0)
		return refuse(r, "a character that needs a backslash", err);
	st = pki_buf_append(&r->value, pki_bytes_of(r->left.data, n), err);
	if (spaces < n)
		*keep = r->value.len - spaces;
	skip(r, n);
	return st;
}

static pki_status read_string(reader *r, pki_error *err)
{
	size_t keep = 0; /* spaces at the end are no part of the value, unless escaped */
	pki_status st = PKI_SUCCESS;

	while (st == PKI_SUCCESS && !ends_value(peek(r))) {
		if (peek(r) != '\\') {
			st = read_plain(r, &keep, err);
			continue;
		}
		skip(r, 1);
		st = read_pair(r, err);
		keep = r->value.len;
	}
	pki_buf_truncate(&r->value, keep);
	return st;
}

static pki_status read_value(reader *r, pki_error *err)
{
	pki_status st;

	pki_buf_truncate(&r->value, 0);
	r->is_der = false;
	skip_spaces(r);
	st = peek(r) == '#' ? read_hexstring(r, err) : read_string(r, err);
	if (st != PKI_SUCCESS)
		return st;
	skip_spaces(r);
	return ends_value(peek(r)) ? PKI_SUCCESS : refuse(r, "characters after a value", err);
}

/* attributeTypeAndValue, and its separator where there is one; *flags are for the next. */
static pki_status read_ava(reader *r, pki_name_builder *b, unsigned *flags, pki_error *err)
{
	pki_status st = read_type(r, err);

	if (st == PKI_SUCCESS)
		st = read_value(r, err);
	if (st != PKI_SUCCESS)
		return st;
	pki_name_builder_put(
	    b, r->type, pki_buf_bytes(&r->value), *flags | (r->is_der ? PKI_AVA_DER : 0u));
	*flags = peek(r) == '+' ? PKI_AVA_JOIN : 0;
	return pki_name_builder_status(b);
}

static pki_status read_names(reader *r, pki_name_builder *b, pki_name **out, pki_error *err)
{
	unsigned flags = 0;
	pki_status st = PKI_SUCCESS;
	bool more;

	skip_spaces(r);
	for (more = r->left.len > 0; st == PKI_SUCCESS && more;) {
		st = read_ava(r, b, &flags, err);
		more = r->left.len > 0;
		if (st == PKI_SUCCESS && more)
			skip(r, 1);
	}
	if (st != PKI_SUCCESS && pki_name_builder_status(b) == PKI_SUCCESS)
		return st;
	return pki_name_builder_finish_reversed(b, out, err);
}

pki_status pki_name_from_string(
    const pki_ctx *ctx, const char *rfc4514, pki_name **out, pki_error *err)
{
	pki_name_builder *b = NULL;
	reader r = { .start = rfc4514, .left = pki_bytes_str(rfc4514) };
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (rfc4514 == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (!pki_utf8_valid(r.left))
		return PKI_LEAVE(
		    err, pki_error_set(err, PKI_E_ARG, "name is not UTF-8", "RFC 4514 3"));
	st = pki_name_builder_new(ctx, &b, err);
	if (st == PKI_SUCCESS)
		st = read_names(&r, b, out, err);
	pki_buf_free(&r.oid);
	pki_buf_free(&r.value);
	pki_name_builder_free(b);
	return PKI_LEAVE(err, st);
}

/* ---- writing ---- */

/* RFC 4514 2.4: spaces at the ends and "#" at the start are escaped as well. */
static pki_status put_char(
    pki_bytes c, uint32_t cp, bool first, bool last, pki_buf *out, pki_error *err)
{
	bool escape = is_special(cp) || (cp == ' ' && (first || last)) || (cp == '#' && first);
	pki_status st;

	if (pki_must_escape(cp))
		return pki_escape_octets(c, out, err);
	st = escape ? pki_buf_putc(out, '\\', err) : PKI_SUCCESS;
	return st == PKI_SUCCESS ? pki_buf_append(out, c, err) : st;
}

static pki_status put_string(pki_bytes utf8, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_bytes left = utf8;
	bool first = true;
	uint32_t cp;

	while (st == PKI_SUCCESS && pki_utf8_next(&left, &cp)) {
		pki_bytes c = pki_bytes_of(utf8.data, utf8.len - left.len);

		st = put_char(c, cp, first, left.len == 0, out, err);
		utf8 = left;
		first = false;
	}
	return st;
}

/* By name where the type has one; the hex form where it has none or the value is no string. */
static pki_status put_ava(const pki_ava *a, pki_buf *out, pki_error *err)
{
	const pki_attr_type *t = pki_attr_type_by_oid(a->attr.type);
	bool as_text = t != NULL && t->tag != 0 && a->attr.utf8 != NULL;
	pki_status st = t != NULL ? pki_buf_puts(out, t->name, err)
				  : pki_oid_format(a->attr.type, out, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_puts(out, as_text ? "=" : "=#", err);
	if (st != PKI_SUCCESS)
		return st;
	return as_text ? put_string(pki_bytes_str(a->attr.utf8), out, err)
		       : pki_buf_put_hex(out, a->tlv, err);
}

/* AttributeTypeAndValues first..end, which are one RDN. */
static pki_status put_rdn(const pki_name *n, size_t first, size_t end, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = first; st == PKI_SUCCESS && i < end; i++) {
		if (i > first)
			st = pki_buf_putc(out, '+', err);
		if (st == PKI_SUCCESS)
			st = put_ava(&n->avas[i], out, err);
	}
	return st;
}

static pki_status format(const pki_name *n, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t end = n->count, first; st == PKI_SUCCESS && end > 0; end = first) {
		if (end < n->count)
			st = pki_buf_putc(out, ',', err);
		for (first = end - 1; first > 0; first--)
			if (n->avas[first - 1].attr.rdn != n->avas[end - 1].attr.rdn)
				break;
		if (st == PKI_SUCCESS)
			st = put_rdn(n, first, end, out, err);
	}
	return st;
}

pki_status pki_name_format(const pki_name *n, pki_buf *rfc4514, pki_error *err)
{
	size_t before;
	pki_status st;

	if (n == NULL || rfc4514 == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	before = rfc4514->len;
	st = format(n, rfc4514, err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(rfc4514, before);
	return PKI_LEAVE(err, st);
}
