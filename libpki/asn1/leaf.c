/* SPDX-License-Identifier: BSD-3-Clause */
/* The values of types without components. */
#include "libpki/asn1/leaf.h"

#include <string.h>

#include "libpki/asn1/number.h"
#include "libpki/asn1/shape.h"
#include "libpki/asn1/values.h"
#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"
#include "libpki/der/check.h"
#include "libpki/der/text.h"
#include "libpki/der/time.h"

bool pki_asn1_is_leaf(pki_asn1_kind kind)
{
	switch (kind) {
	case PKI_ASN1_SEQUENCE:
	case PKI_ASN1_SET:
	case PKI_ASN1_SEQUENCE_OF:
	case PKI_ASN1_SET_OF:
	case PKI_ASN1_CHOICE:
		return false;
	default:
		return true;
	}
}

/* What decodes it: of a GeneralString, whose escapes nobody follows, its octets one by one. */
static pki_tag string_tag(const pki_asn1 *m, pki_asn1_spot base)
{
	pki_tag tag = pki_asn1_universal(m, base);

	return tag == PKI_TAG_GENERAL ? PKI_TAG_TELETEX : tag;
}

/* ---- checks ---- */

static pki_status check_universal(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_error *err)
{
	pki_tlv_fault f;

	if (pki_check_primitive(
		pki_asn1_universal(m, base), contents, pki_ctx_limits(m->ctx)->oid_bytes, &f))
		return PKI_SUCCESS;
	return pki_error_set(err, f.status, f.reason, f.clause);
}

static pki_status check_size(const pki_asn1 *m, pki_asn1_spot base, uint64_t size, pki_error *err)
{
	if (pki_asn1_size_fits(m, base, size))
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_STRUCTURE, "the size is not one of the type's", "X.680 51.5");
}

static pki_status check_enumerated(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_error *err)
{
	int64_t v;

	if (pki_asn1_small(contents, &v) && pki_asn1_number_name(m, base, v) != NULL)
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_STRUCTURE, "none of the enumeration", "X.680 20.1");
}

static bool has_names(const pki_asn1 *m, pki_asn1_spot base)
{
	return (pki_asn1_bits(m, base) & ITEM_HAS_LIST) != 0;
}

static uint64_t bit_count(pki_bytes contents)
{
	return (uint64_t)(contents.len - 1) * 8 - contents.data[0];
}

static bool bit_at(pki_bytes contents, uint64_t bit)
{
	return (contents.data[1 + bit / 8] >> (7 - bit % 8) & 1) != 0;
}

static pki_status check_bits(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_error *err)
{
	uint64_t count = bit_count(contents);

	if (has_names(m, base) && !pki_asn1_has_size(m, base) && count > 0 &&
	    !bit_at(contents, count - 1))
		return pki_error_set(
		    err, PKI_E_ENCODING, "named bits end with a zero bit", "X.690 11.2.2");
	return check_size(m, base, count, err);
}

static pki_status check_string(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_error *err)
{
	pki_buf text = { .flags = PKI_BUF_SECRET };
	pki_status st;

	if (pki_text_is_utf8(string_tag(m, base), contents))
		return check_size(m, base, pki_utf8_count(contents), err);
	st = pki_text_decode(string_tag(m, base), contents, &text, err);
	if (st == PKI_SUCCESS)
		st = check_size(m, base, pki_utf8_count(pki_buf_bytes(&text)), err);
	pki_buf_free(&text);
	return st;
}

/* X.690 11.7: YYYYMMDDHHMMSS, a fraction without zeros at its end if any, Z. */
static bool is_generalized(pki_bytes s)
{
	uint8_t whole[PKI_TIME_TEXT_MAX];
	size_t digits = sizeof whole - 1;
	pki_time t;

	if (s.len < sizeof whole)
		return false;
	memcpy(whole, s.data, digits);
	whole[digits] = s.data[s.len - 1];
	if (!pki_time_decode(PKI_TAG_GENERALIZED, pki_bytes_of(whole, sizeof whole), &t))
		return false;
	for (size_t i = digits + 1; i + 1 < s.len; i++)
		if (!pki_is_digit(s.data[i]))
			return false;
	return s.len == sizeof whole ||
	    (s.len > sizeof whole + 1 && s.data[digits] == '.' && s.data[s.len - 2] != '0');
}

static pki_status check_time(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_error *err)
{
	pki_time t;

	if (pki_asn1_universal(m, base) == PKI_TAG_GENERALIZED)
		return is_generalized(contents)
		    ? PKI_SUCCESS
		    : pki_error_set(err, PKI_E_ENCODING,
			  "not a GeneralizedTime YYYYMMDDHHMMSS[.f]Z", "X.690 11.7");
	return pki_time_decode(PKI_TAG_UTC_TIME, contents, &t)
	    ? PKI_SUCCESS
	    : pki_error_set(err, PKI_E_ENCODING, "not a UTCTime YYMMDDHHMMSSZ", "X.690 11.8");
}

static pki_status check_any(const pki_asn1 *m, pki_bytes tlv, pki_error *err)
{
	pki_bytes whole;
	pki_der r;

	pki_der_init(&r, m->ctx, tlv, NULL);
	pki_der_whole(&r, 0, NULL, &whole);
	return pki_der_finish(&r, err);
}

pki_status pki_asn1_leaf_check(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_error *err)
{
	pki_asn1_kind kind = pki_asn1_kind_of(m, base);
	pki_status st;

	if (!pki_asn1_is_leaf(kind))
		return pki_error_set(err, PKI_E_ARG, "no leaf", NULL);
	if (kind == PKI_ASN1_ANY)
		return check_any(m, contents, err);
	st = check_universal(m, base, contents, err);
	if (st != PKI_SUCCESS)
		return st;
	switch (kind) {
	case PKI_ASN1_ENUMERATED:
		return check_enumerated(m, base, contents, err);
	case PKI_ASN1_BIT_STRING:
		return check_bits(m, base, contents, err);
	case PKI_ASN1_OCTET_STRING:
		return check_size(m, base, contents.len, err);
	case PKI_ASN1_STRING:
		return check_string(m, base, contents, err);
	case PKI_ASN1_TIME:
		return check_time(m, base, contents, err);
	default:
		return PKI_SUCCESS;
	}
}

/* ---- to text ---- */

static pki_status put_number(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_buf *text, pki_error *err)
{
	const char *name = NULL;
	int64_t v;

	if (pki_asn1_small(contents, &v))
		name = pki_asn1_number_name(m, base, v);
	return name != NULL ? pki_buf_puts(text, name, err)
			    : pki_asn1_put_integer(contents, text, err);
}

#define NAMED_BITS_MAX 256 /* of a BIT STRING that is told by their names */

/* "digitalSignature, keyEncipherment"; *named is false, and nothing changed, where one has none. */
static pki_status put_named_bits(const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents,
    pki_buf *text, bool *named, pki_error *err)
{
	uint64_t count = bit_count(contents);
	const char *names[NAMED_BITS_MAX];
	size_t before = text->len;
	pki_status st = PKI_SUCCESS;

	*named = has_names(m, base) && !pki_asn1_has_size(m, base) && count <= NAMED_BITS_MAX;
	if (*named)
		pki_asn1_bit_names(m, base, names, count);
	for (uint64_t i = 0; i < count && *named && st == PKI_SUCCESS; i++) {
		if (!bit_at(contents, i))
			continue;
		*named = names[i] != NULL;
		if (*named && text->len > before)
			st = pki_buf_puts(text, ", ", err);
		if (*named && st == PKI_SUCCESS)
			st = pki_buf_puts(text, names[i], err);
	}
	if (!*named || st != PKI_SUCCESS)
		pki_buf_truncate(text, before);
	return st;
}

/* In capitals where names might be read instead, which begin with a small letter. */
static void to_upper(pki_buf *text, size_t from)
{
	for (size_t i = from; i < text->len; i++)
		if (text->data[i] >= 'a' && text->data[i] <= 'f')
			text->data[i] = (uint8_t)(text->data[i] - 'a' + 'A');
}

static pki_status put_bits(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_buf *text, pki_error *err)
{
	size_t before = text->len;
	bool named;
	pki_status st = put_named_bits(m, base, contents, text, &named, err);

	if (named || st != PKI_SUCCESS)
		return st;
	st = pki_buf_put_hex(text, pki_bytes_of(contents.data + 1, contents.len - 1), err);
	if (has_names(m, base))
		to_upper(text, before);
	if (st == PKI_SUCCESS && contents.data[0] > 0)
		st = pki_buf_putc(text, '/', err);
	if (st == PKI_SUCCESS && contents.data[0] > 0)
		st = pki_buf_put_u64(text, contents.data[0], err);
	return st;
}

static pki_status leaf_text(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_buf *text, pki_error *err)
{
	switch (pki_asn1_kind_of(m, base)) {
	case PKI_ASN1_BOOLEAN:
		return pki_buf_puts(text, contents.data[0] != 0 ? "TRUE" : "FALSE", err);
	case PKI_ASN1_INTEGER:
	case PKI_ASN1_ENUMERATED:
		return put_number(m, base, contents, text, err);
	case PKI_ASN1_NULL:
		return pki_buf_puts(text, "NULL", err);
	case PKI_ASN1_BIT_STRING:
		return put_bits(m, base, contents, text, err);
	case PKI_ASN1_OID:
		return pki_oid_format(contents, text, err);
	case PKI_ASN1_STRING:
		return pki_text_decode(string_tag(m, base), contents, text, err);
	case PKI_ASN1_TIME:
		return pki_buf_append(text, contents, err);
	default:
		return pki_buf_put_hex(text, contents, err);
	}
}

pki_status pki_asn1_leaf_text(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_buf *text, pki_error *err)
{
	size_t before = text->len;
	pki_status st = leaf_text(m, base, contents, text, err);

	if (st != PKI_SUCCESS)
		pki_buf_truncate(text, before);
	return st;
}

/* ---- from text ---- */

static bool is_word(pki_bytes text, const char *word)
{
	return pki_equal_nocase(text, pki_bytes_str(word));
}

static pki_status take_boolean(pki_bytes text, pki_buf *contents, pki_error *err)
{
	if (is_word(text, "TRUE"))
		return pki_buf_putc(contents, 0xff, err);
	if (is_word(text, "FALSE"))
		return pki_buf_putc(contents, 0x00, err);
	return pki_error_set(err, PKI_E_ARG, "neither TRUE nor FALSE", NULL);
}

static pki_status take_null(pki_bytes text, pki_error *err)
{
	return text.len == 0 || is_word(text, "NULL")
	    ? PKI_SUCCESS
	    : pki_error_set(err, PKI_E_ARG, "NULL has no value", NULL);
}

static pki_status put_small(int64_t v, pki_buf *contents, pki_error *err)
{
	pki_buf digits = PKI_BUF_INIT;
	uint64_t magnitude = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	pki_status st = v < 0 ? pki_buf_putc(&digits, '-', err) : PKI_SUCCESS;

	if (st == PKI_SUCCESS)
		st = pki_buf_put_u64(&digits, magnitude, err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_take_integer(pki_buf_bytes(&digits), contents, err);
	pki_buf_free(&digits);
	return st;
}

static pki_status take_integer(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes text, pki_buf *contents, pki_error *err)
{
	pki_status st;
	int64_t v;

	if (pki_asn1_named_number(m, base, text, &v))
		return put_small(v, contents, err);
	st = pki_asn1_take_integer(text, contents, err);
	return st == PKI_E_ARG && has_names(m, base)
	    ? pki_error_set(err, st, "neither one of its names nor a number", "X.680 19")
	    : st;
}

/* Its name, or its number. */
static pki_status take_enumerated(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes text, pki_buf *contents, pki_error *err)
{
	pki_status st = take_integer(m, base, text, contents, err);

	return st == PKI_E_ARG ? pki_error_set(err, st, "none of the enumeration", "X.680 20.1")
			       : st;
}

static pki_status take_oid(pki_bytes text, pki_buf *contents, pki_error *err)
{
	pki_buf dotted = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;

	if (text.len > 0 && memchr(text.data, '\0', text.len) != NULL)
		return pki_error_set(err, PKI_E_ARG, "no OBJECT IDENTIFIER", NULL);
	st = pki_buf_append(&dotted, text, err);
	if (st == PKI_SUCCESS)
		st = pki_oid_parse(pki_buf_str(&dotted), contents, err);
	pki_buf_free(&dotted);
	return st;
}

/* The next name of a list with commas, taken off it, without blanks. */
static pki_bytes take_name(pki_bytes *list)
{
	const uint8_t *comma = memchr(list->data, ',', list->len);
	size_t len = comma == NULL ? list->len : (size_t)(comma - list->data);
	pki_bytes name = pki_bytes_of(list->data, len);

	*list = comma == NULL ? pki_bytes_of(NULL, 0)
			      : pki_bytes_of(comma + 1, list->len - len - 1);
	while (name.len > 0 && name.data[0] == ' ')
		name = pki_bytes_of(name.data + 1, name.len - 1);
	while (name.len > 0 && name.data[name.len - 1] == ' ')
		name.len--;
	return name;
}

/* false: one of them is no name of a bit. *count: up to the last bit. */
static bool take_named_bits(const pki_asn1 *m, pki_asn1_spot base, pki_bytes text,
    uint8_t bits[NAMED_BITS_MAX / 8], size_t *count)
{
	int64_t bit;

	*count = 0;
	while (text.len > 0) {
		if (!pki_asn1_named_number(m, base, take_name(&text), &bit) || bit < 0 ||
		    bit >= NAMED_BITS_MAX)
			return false;
		bits[bit / 8] |= (uint8_t)(0x80u >> bit % 8);
		if ((size_t)bit >= *count)
			*count = (size_t)bit + 1;
	}
	return true;
}

/* "a0/5": hex, and how many bits of the last octet are unused. */
static pki_status take_hex_bits(pki_bytes text, pki_buf *contents, pki_error *err)
{
	bool has_unused = text.len >= 2 && text.data[text.len - 2] == '/';
	uint8_t unused = has_unused ? (uint8_t)(text.data[text.len - 1] - '0') : 0;
	pki_status st;

	if (unused > 7)
		return pki_error_set(err, PKI_E_ARG, "not 0 to 7 unused bits", "X.690 8.6.2.2");
	st = pki_buf_putc(contents, unused, err);
	if (st != PKI_SUCCESS)
		return st;
	return pki_hex_decode(
	    pki_bytes_of(text.data, text.len - (has_unused ? 2 : 0)), contents, err);
}

static pki_status take_bits(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes text, pki_buf *contents, pki_error *err)
{
	uint8_t bits[NAMED_BITS_MAX / 8] = { 0 };
	size_t count;
	pki_status st;

	if (!has_names(m, base))
		return take_hex_bits(text, contents, err);
	if (!take_named_bits(m, base, text, bits, &count)) {
		st = take_hex_bits(text, contents, err);
		return st == PKI_SUCCESS || st == PKI_E_NOMEM
		    ? st
		    : pki_error_set(
			  err, PKI_E_ARG, "neither names of its bits nor hex", "X.680 22");
	}
	st = pki_buf_putc(contents, (uint8_t)((8 - count % 8) % 8), err);
	if (st != PKI_SUCCESS)
		return st;
	return pki_buf_append(contents, pki_bytes_of(bits, (count + 7) / 8), err);
}

pki_status pki_asn1_leaf_parse(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes text, pki_buf *contents, pki_error *err)
{
	pki_asn1_kind kind = pki_asn1_kind_of(m, base);

	if (text.len > 0 && !pki_asn1_is_leaf(kind))
		return pki_error_set(err, PKI_E_ARG, "no leaf", NULL);
	switch (kind) {
	case PKI_ASN1_BOOLEAN:
		return take_boolean(text, contents, err);
	case PKI_ASN1_INTEGER:
		return take_integer(m, base, text, contents, err);
	case PKI_ASN1_ENUMERATED:
		return take_enumerated(m, base, text, contents, err);
	case PKI_ASN1_NULL:
		return take_null(text, err);
	case PKI_ASN1_BIT_STRING:
		return take_bits(m, base, text, contents, err);
	case PKI_ASN1_OID:
		return take_oid(text, contents, err);
	case PKI_ASN1_STRING:
		return pki_text_encode(string_tag(m, base), text, contents, err);
	case PKI_ASN1_TIME:
		return pki_buf_append(contents, text, err);
	default:
		return pki_hex_decode(text, contents, err);
	}
}
