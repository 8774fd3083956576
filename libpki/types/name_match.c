/* SPDX-License-Identifier: BSD-3-Clause */
/* Names compared: RFC 5280 7.1. */
#include "libpki/core/buf.h"
#include "libpki/core/utf8.h"
#include "libpki/types/name_match.h"
#include "libpki/types/prep.h"

/* What two values are compared by; those of different kinds are not equal. */
enum kind {
	KIND_PREPARED, /* characters, prepared */
	KIND_TEXT,     /* characters */
	KIND_OCTETS,
};

static enum kind kind_of(const pki_ava *a)
{
	if (a->attr.utf8 == NULL)
		return KIND_OCTETS;
	return a->exact ? KIND_TEXT : KIND_PREPARED;
}

/*
 * A string of any type is its characters, TeletexString as Latin-1 (a local matter, by RFC 4518
 * 2.1). Where one of them is prohibited RFC 4518 calls the comparison undefined, but a name must
 * equal itself: such a string equals those with the very same characters.
 */
static int compare_values(const pki_ava *a, const pki_ava *b)
{
	enum kind kind = kind_of(a);
	pki_bytes x, y;

	if (kind != kind_of(b))
		return kind < kind_of(b) ? -1 : 1;
	if (kind == KIND_OCTETS)
		return pki_bytes_compare(a->tlv, b->tlv);
	x = pki_bytes_str(a->attr.utf8);
	y = pki_bytes_str(b->attr.utf8);
	return kind == KIND_TEXT ? pki_bytes_compare(x, y) : pki_prep_compare(x, y);
}

int pki_ava_compare(const pki_ava *a, const pki_ava *b)
{
	int order;

	if (a->attr.rdn != b->attr.rdn)
		return a->attr.rdn < b->attr.rdn ? -1 : 1;
	order = pki_bytes_compare(a->attr.type, b->attr.type);
	return order != 0 ? order : compare_values(a, b);
}

/* Both are in order, RDN by RDN: sets are equal where each pair is. */
bool pki_name_equal(const pki_name *a, const pki_name *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	if (pki_bytes_equal(a->der, b->der))
		return true;
	if (a->count != b->count || a->rdns != b->rdns)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (pki_ava_compare(a->order[i], b->order[i]) != 0)
			return false;
	return true;
}

int pki_name_compare(const pki_name *a, const pki_name *b)
{
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	for (size_t i = 0; i < a->count; i++) {
		int order = pki_ava_compare(a->order[i], b->order[i]);

		if (order != 0)
			return order;
	}
	return 0;
}

/* ---- prepared once ---- */

static pki_status put_prepared(pki_bytes text, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	uint32_t cp = 0;
	pki_prep p;

	pki_prep_init(&p, text);
	while (st == PKI_SUCCESS && pki_prep_next(&p, &cp))
		st = pki_utf8_put(out, cp, err);
	return st;
}

/* A TLV tells where it ends, and a text ends with a NUL, which is in none. */
static pki_status put_value(const pki_ava *a, pki_buf *out, pki_error *err)
{
	enum kind kind = kind_of(a);
	pki_status st = pki_buf_putc(out, (uint8_t)kind, err);

	if (st != PKI_SUCCESS)
		return st;
	if (kind == KIND_OCTETS)
		return pki_buf_append(out, a->tlv, err);
	if (kind == KIND_PREPARED)
		st = put_prepared(pki_bytes_str(a->attr.utf8), out, err);
	else
		st = pki_buf_puts(out, a->attr.utf8, err);
	return st == PKI_SUCCESS ? pki_buf_putc(out, 0, err) : st;
}

/* 1 and the length of the type before each, and 0 behind the last of a RDN. */
static pki_status put_ava(const pki_ava *a, bool last, pki_buf *out, pki_error *err)
{
	const uint8_t head[] = { 1, (uint8_t)a->attr.type.len };
	pki_status st = pki_buf_append(out, pki_bytes_of(head, sizeof head), err);

	if (st == PKI_SUCCESS)
		st = pki_buf_append(out, a->attr.type, err);
	if (st == PKI_SUCCESS)
		st = put_value(a, out, err);
	return st == PKI_SUCCESS && last ? pki_buf_putc(out, 0, err) : st;
}

pki_status pki_name_prepare(const pki_name *n, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < n->count; i++) {
		bool last = i + 1 == n->count || n->order[i]->attr.rdn != n->order[i + 1]->attr.rdn;

		st = put_ava(n->order[i], last, out, err);
	}
	return st;
}
