/* SPDX-License-Identifier: BSD-3-Clause */
/* Object identifiers: checked, named, to text and back, with arcs of any size. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/der/check.h"
#include "libpki/der/short_oid.h"

#define PUBLIC(constant, name, octets) \
 const pki_oid pki_id_##constant = { sizeof octets - 1, octets };
#define NAMED(name, octets)
#include "libpki/der/oid_table.inc"
#undef PUBLIC
#undef NAMED

typedef struct named_oid {
	const char *name;
	pki_short_oid oid;
} named_oid;

static const named_oid named_oids[] = {
#define PUBLIC(constant, name, octets) NAMED(name, octets)
#define NAMED(name, octets)            { name, { sizeof octets - 1, octets } },
#include "libpki/der/oid_table.inc"
};
#define NAMED_OIDS (sizeof named_oids / sizeof named_oids[0])

pki_bytes pki_oid_view(const pki_oid *oid)
{
	return oid == NULL ? pki_bytes_of(NULL, 0) : pki_bytes_of(oid->der, oid->len);
}

bool pki_oid_equal(pki_bytes a, pki_bytes b)
{
	return pki_bytes_equal(a, b);
}

/* Octets of whole arcs: the prefix ends with an arc, so what follows begins one. */
bool pki_oid_starts_with(pki_bytes oid, pki_bytes prefix)
{
	return oid.len >= prefix.len && pki_bytes_equal(pki_bytes_of(oid.data, prefix.len), prefix);
}

const char *pki_oid_name(pki_bytes oid)
{
	size_t low = 0, high = NAMED_OIDS;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const named_oid *n = &named_oids[middle];
		int order = pki_bytes_compare(oid, pki_short_oid_view(&n->oid));

		if (order == 0)
			return n->name;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static pki_status check(pki_bytes oid, pki_error *err)
{
	pki_tlv_fault f;

	if (oid.data == NULL && oid.len > 0)
		return pki_error_null(err);
	if (pki_check_oid(oid, PKI_OID_OCTETS, &f))
		return PKI_SUCCESS;
	return pki_error_set(err, f.status, f.reason, f.clause);
}

pki_status pki_oid_check(pki_bytes oid, pki_error *err)
{
	return PKI_LEAVE(err, check(oid, err));
}

/* ---- arcs: numbers in base 128, most significant digit first, up to PKI_OID_OCTETS digits ---- */

typedef struct arc {
	uint8_t digits[PKI_OID_OCTETS + 1];
	size_t len;
} arc;

/* Decimal digits that are taken or given at once: so many that unsigned holds all sums below. */
#define GROUP_DIGITS 7
#define GROUP        10000000u

/* a = a * factor + addend, both at most GROUP; false: too large. */
static bool arc_multiply_add(arc *a, unsigned factor, unsigned addend)
{
	unsigned carry = addend;

	for (size_t i = a->len; i > 0; i--) {
		carry += a->digits[i - 1] * factor;
		a->digits[i - 1] = carry & 0x7f;
		carry >>= 7;
	}
	while (carry > 0) {
		if (a->len == PKI_OID_OCTETS)
			return false;
		memmove(a->digits + 1, a->digits, a->len++);
		a->digits[0] = carry & 0x7f;
		carry >>= 7;
	}
	return true;
}

/* a /= GROUP; the remainder. Leading zeros go. */
static unsigned arc_divide(arc *a)
{
	unsigned rest = 0;
	size_t zeros = 0;

	for (size_t i = 0; i < a->len; i++) {
		rest = rest << 7 | a->digits[i];
		a->digits[i] = (uint8_t)(rest / GROUP);
		rest %= GROUP;
	}
	while (zeros < a->len && a->digits[zeros] == 0)
		zeros++;
	a->len -= zeros;
	memmove(a->digits, a->digits + zeros, a->len);
	return rest;
}

/* Below 2^14, which is enough to tell the first two arcs; else 2^14. */
static unsigned arc_small(const arc *a)
{
	if (a->len > 2)
		return 1u << 14;
	return a->len == 0 ? 0 : a->len == 1 ? a->digits[0] : a->digits[0] * 128u + a->digits[1];
}

static void arc_subtract(arc *a, unsigned small)
{
	for (size_t i = a->len; i > 0 && small > 0; i--) {
		unsigned digit = a->digits[i - 1];

		a->digits[i - 1] = (uint8_t)((digit - small) & 0x7f);
		small = digit < small ? 1 : 0;
	}
}

/* ---- text ---- */

/* Takes the arc at the front of *oid. */
static void take_arc(pki_bytes *oid, arc *a)
{
	size_t n = 0;

	do
		a->digits[n] = oid->data[n] & 0x7f;
	while (oid->data[n++] >= 0x80);
	a->len = n;
	*oid = pki_bytes_of(oid->data + n, oid->len - n);
}

static pki_status put_arc(pki_buf *out, arc *a, pki_error *err)
{
	char text[3 * PKI_OID_OCTETS]; /* a base 128 digit is less than 2.2 decimal ones */
	size_t at = sizeof text;

	do {
		unsigned group = arc_divide(a);

		for (size_t i = 0; i < GROUP_DIGITS; i++, group /= 10)
			text[--at] = (char)('0' + group % 10);
	} while (a->len > 0);
	while (text[at] == '0' && at < sizeof text - 1)
		at++;
	return pki_buf_append(out, pki_bytes_of(text + at, sizeof text - at), err);
}

/* X.690 8.19.4: the first subidentifier is 40 * first arc + second arc. */
static pki_status put_first_arcs(pki_buf *out, arc *a, pki_error *err)
{
	unsigned small = arc_small(a), first = small < 80 ? small / 40 : 2;
	pki_status st = pki_buf_put_u64(out, first, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_putc(out, '.', err);
	if (st != PKI_SUCCESS)
		return st;
	arc_subtract(a, 40 * first);
	return put_arc(out, a, err);
}

pki_status pki_oid_format(pki_bytes oid, pki_buf *dotted, pki_error *err)
{
	pki_status st = dotted == NULL ? pki_error_null(err) : check(oid, err);
	size_t before;
	arc a;

	if (st != PKI_SUCCESS)
		return PKI_LEAVE(err, st);
	before = dotted->len;
	take_arc(&oid, &a);
	st = put_first_arcs(dotted, &a, err);
	while (st == PKI_SUCCESS && oid.len > 0) {
		take_arc(&oid, &a);
		st = pki_buf_putc(dotted, '.', err);
		if (st == PKI_SUCCESS)
			st = put_arc(dotted, &a, err);
	}
	if (st != PKI_SUCCESS)
		pki_buf_truncate(dotted, before);
	return PKI_LEAVE(err, st);
}

static pki_status bad_text(pki_error *err, const char *text)
{
	return pki_error_set_detail(
	    err, PKI_E_ARG, "not an object identifier", "X.660", pki_bytes_str(text));
}

/* Takes decimal digits without leading zeros, and the dot after them. */
static pki_status take_decimal(const char **text, arc *a, bool *last, pki_error *err)
{
	const char *s = *text;

	a->len = 0;
	if (!pki_is_digit((uint8_t)*s) || (s[0] == '0' && pki_is_digit((uint8_t)s[1])))
		return bad_text(err, *text);
	while (pki_is_digit((uint8_t)*s)) {
		unsigned factor = 1, group = 0;

		for (; factor < GROUP && pki_is_digit((uint8_t)*s); s++, factor *= 10)
			group = group * 10 + (unsigned)(*s - '0');
		if (!arc_multiply_add(a, factor, group))
			return pki_error_set(err, PKI_E_LIMIT, "arc is too large", NULL);
	}
	*last = *s == '\0';
	if (!*last && *s++ != '.')
		return bad_text(err, *text);
	*text = s;
	return PKI_SUCCESS;
}

static pki_status append_arc(pki_buf *out, size_t before, arc *a, pki_error *err)
{
	if (a->len == 0)
		a->digits[a->len++] = 0;
	for (size_t i = 0; i + 1 < a->len; i++)
		a->digits[i] |= 0x80;
	if (a->len > PKI_OID_OCTETS - (out->len - before))
		return pki_error_set(err, PKI_E_LIMIT, "OBJECT IDENTIFIER is too long", NULL);
	return pki_buf_append(out, pki_bytes_of(a->digits, a->len), err);
}

/* X.660: the first arc is 0, 1 or 2; below 0 and 1 the second is 0..39. */
static pki_status parse_first_arcs(const char **text, arc *second, bool *last, pki_error *err)
{
	const char *all = *text;
	unsigned first;
	pki_status st;
	arc a;

	st = take_decimal(text, &a, last, err);
	if (st != PKI_SUCCESS)
		return st;
	first = arc_small(&a);
	if (first > 2 || *last)
		return bad_text(err, all);
	st = take_decimal(text, second, last, err);
	if (st != PKI_SUCCESS)
		return st;
	if (first < 2 && arc_small(second) > 39)
		return bad_text(err, all);
	if (!arc_multiply_add(second, 1, 40 * first))
		return pki_error_set(err, PKI_E_LIMIT, "arc is too large", NULL);
	return PKI_SUCCESS;
}

static pki_status parse_dotted(const char *text, pki_buf *out, pki_error *err)
{
	size_t before = out->len;
	bool last = false;
	pki_status st;
	arc a;

	st = parse_first_arcs(&text, &a, &last, err);
	if (st == PKI_SUCCESS)
		st = append_arc(out, before, &a, err);
	while (st == PKI_SUCCESS && !last) {
		st = take_decimal(&text, &a, &last, err);
		if (st == PKI_SUCCESS)
			st = append_arc(out, before, &a, err);
	}
	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	return st;
}

static pki_status parse_name(const char *text, pki_buf *out, pki_error *err)
{
	for (size_t i = 0; i < NAMED_OIDS; i++)
		if (strcmp(text, named_oids[i].name) == 0)
			return pki_buf_append(out, pki_short_oid_view(&named_oids[i].oid), err);
	return bad_text(err, text);
}

pki_status pki_oid_parse(const char *text, pki_buf *contents, pki_error *err)
{
	pki_status st;

	if (text == NULL || contents == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (pki_is_digit((uint8_t)*text))
		st = parse_dotted(text, contents, err);
	else
		st = parse_name(text, contents, err);
	return PKI_LEAVE(err, st);
}
