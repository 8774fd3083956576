/* SPDX-License-Identifier: BSD-3-Clause */
/* What value assignments give: numbers and OBJECT IDENTIFIERs. */
#include "libpki/asn1/values.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "libpki/asn1/number.h"
#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

/* ---- INTEGER ---- */

static bool decimal(const char *s, int64_t *out)
{
	bool negative = s != NULL && *s == '-';
	int64_t v = 0;

	if (s == NULL || s[negative] == '\0')
		return false;
	s += negative;
	for (; *s != '\0'; s++) {
		if (!pki_is_digit((uint8_t)*s) || v > (INT64_MAX - 9) / 10)
			return false;
		v = v * 10 + (*s - '0');
	}
	*out = negative ? -v : v;
	return true;
}

bool pki_asn1_integer_value(const pki_asn1 *m, size_t unit, const char *text, int64_t *out)
{
	pki_asn1_spot s;
	const char *value;

	if (decimal(text, out))
		return true;
	if (text == NULL)
		return false;
	s = pki_asn1_named(m, unit, text);
	if (s.item == 0)
		return false;
	value = pki_asn1_value_text(m, s);
	return pki_asn1_type(m, s) == ITEM_INTEGER && (pki_asn1_bits(m, s) & ITEM_ASSIGN) != 0 &&
	    value != NULL && decimal(value, out);
}

/* ---- named numbers and bits ---- */

const char *pki_asn1_number_name(const pki_asn1 *m, pki_asn1_spot base, int64_t v)
{
	const pki_asn1_module *mod = pki_asn1_module_of(m, base);
	char text[32];

	if ((pki_asn1_bits(m, base) & ITEM_HAS_LIST) == 0)
		return NULL;
	snprintf(text, sizeof text, "%" PRId64, v);
	for (size_t i = pki_asn1_item_down(mod, base.item); i != 0; i = pki_asn1_item_right(mod, i))
		if (pki_asn1_item_type(mod, i) == ITEM_CONSTANT &&
		    strcmp(pki_asn1_item_value(mod, i), text) == 0)
			return pki_asn1_item_name(mod, i);
	return NULL;
}

void pki_asn1_bit_names(const pki_asn1 *m, pki_asn1_spot base, const char **names, size_t count)
{
	const pki_asn1_module *mod = pki_asn1_module_of(m, base);
	int64_t bit;

	memset(names, 0, count * sizeof *names);
	for (size_t i = pki_asn1_item_down(mod, base.item); i != 0; i = pki_asn1_item_right(mod, i))
		if (pki_asn1_item_type(mod, i) == ITEM_CONSTANT &&
		    decimal(pki_asn1_item_value(mod, i), &bit) && bit >= 0 &&
		    (uint64_t)bit < count && names[bit] == NULL)
			names[bit] = pki_asn1_item_name(mod, i);
}

bool pki_asn1_named_number(const pki_asn1 *m, pki_asn1_spot base, pki_bytes name, int64_t *out)
{
	const pki_asn1_module *mod = pki_asn1_module_of(m, base);

	if ((pki_asn1_bits(m, base) & ITEM_HAS_LIST) == 0)
		return false;
	for (size_t i = pki_asn1_item_down(mod, base.item); i != 0; i = pki_asn1_item_right(mod, i))
		if (pki_asn1_item_type(mod, i) == ITEM_CONSTANT &&
		    pki_bytes_equal(pki_bytes_str(pki_asn1_item_name(mod, i)), name))
			return decimal(pki_asn1_item_value(mod, i), out);
	return false;
}

/* ---- OBJECT IDENTIFIER ---- */

static size_t first_arc(const pki_asn1 *m, pki_asn1_spot s)
{
	return pki_asn1_item_child(m, s, ITEM_CONSTANT).item;
}

static const char *arc_text(const pki_asn1 *m, pki_asn1_spot s, size_t arc)
{
	const pki_asn1_module *mod = pki_asn1_module_of(m, s);
	const char *text = pki_asn1_item_value(mod, arc);

	return text == NULL ? "" : text;
}

static pki_status put_arc(pki_buf *text, const char *arc, pki_error *err)
{
	pki_status st = text->len == 0 ? PKI_SUCCESS : pki_buf_putc(text, '.', err);

	return st == PKI_SUCCESS ? pki_buf_puts(text, arc, err) : st;
}

/* The arcs of one value, but for a first one that names another value. */
static pki_status put_arcs(
    const pki_asn1 *m, pki_asn1_spot s, bool from_other, pki_buf *text, pki_error *err)
{
	const pki_asn1_module *mod = pki_asn1_module_of(m, s);
	size_t first = first_arc(m, s);
	pki_status st = PKI_SUCCESS;

	for (size_t i = from_other ? pki_asn1_item_right(mod, first) : first;
	     i != 0 && st == PKI_SUCCESS; i = pki_asn1_item_right(mod, i))
		if (pki_asn1_item_type(mod, i) == ITEM_CONSTANT)
			st = put_arc(text, arc_text(m, s, i), err);
	return st;
}

/* The value that the first arc names; item 0: it is a number. */
static pki_asn1_spot other_value(const pki_asn1 *m, pki_asn1_spot s)
{
	static const pki_asn1_spot none;
	size_t first = first_arc(m, s);
	const char *arc = arc_text(m, s, first);

	if (first == 0 || pki_is_digit((uint8_t)arc[0]))
		return none;
	return pki_asn1_named(m, s.unit, arc);
}

pki_status pki_asn1_oid_value(const pki_asn1 *m, pki_asn1_spot value, pki_buf *oid, pki_error *err)
{
	pki_asn1_spot chain[PKI_ASN1_OID_REFERENCES];
	pki_buf text = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;
	size_t n = 0;

	for (; value.item != 0 && n < PKI_ASN1_OID_REFERENCES; value = other_value(m, value))
		chain[n++] = value;
	if (value.item != 0)
		st = pki_error_set(
		    err, PKI_E_STRUCTURE, "an OBJECT IDENTIFIER without end", "X.680 32");
	while (n > 0 && st == PKI_SUCCESS) {
		n--;
		st = put_arcs(m, chain[n], other_value(m, chain[n]).item != 0, &text, err);
	}
	if (st == PKI_SUCCESS)
		st = pki_oid_parse(pki_buf_str(&text), oid, err);
	if (st == PKI_E_ARG)
		st = pki_error_set_detail(
		    err, PKI_E_STRUCTURE, "no OBJECT IDENTIFIER", "X.680 32", pki_buf_bytes(&text));
	pki_buf_free(&text);
	return st;
}

/* ---- DEFAULT ---- */

static bool is_default_number(
    const pki_asn1 *m, pki_asn1_spot d, pki_asn1_spot base, pki_bytes contents)
{
	const char *text = pki_asn1_value_text(m, d);
	int64_t v, is;

	if (!pki_asn1_named_number(m, base, pki_bytes_str(text), &v) &&
	    !pki_asn1_integer_value(m, d.unit, text, &v))
		return false;
	return pki_asn1_small(contents, &is) && is == v;
}

static pki_status is_default_oid(
    const pki_asn1 *m, pki_asn1_spot d, pki_bytes contents, bool *out, pki_error *err)
{
	const char *name = pki_asn1_value_text(m, d);
	pki_buf oid = PKI_BUF_INIT;
	pki_status st = name == NULL
	    ? PKI_SUCCESS
	    : pki_asn1_oid_value(m, pki_asn1_named(m, d.unit, name), &oid, err);

	if (st == PKI_SUCCESS)
		*out = pki_bytes_equal(pki_buf_bytes(&oid), contents);
	pki_buf_free(&oid);
	return st;
}

pki_status pki_asn1_is_default(const pki_asn1 *m, pki_asn1_spot component, pki_asn1_spot base,
    pki_bytes contents, bool *out, pki_error *err)
{
	pki_asn1_spot d = pki_asn1_item_child(m, component, ITEM_DEFAULT);
	bool is_true = (pki_asn1_bits(m, d) & ITEM_TRUE) != 0;

	*out = false;
	if (d.item == 0)
		return PKI_SUCCESS;
	switch (pki_asn1_type(m, base)) {
	case ITEM_BOOLEAN:
		*out = (contents.data[0] != 0) == is_true;
		return PKI_SUCCESS;
	case ITEM_INTEGER:
	case ITEM_ENUMERATED:
		*out = is_default_number(m, d, base, contents);
		return PKI_SUCCESS;
	case ITEM_OBJECT_ID:
		return is_default_oid(m, d, contents, out, err);
	default:
		return PKI_SUCCESS;
	}
}

/* ---- SIZE ---- */

static bool bound(const pki_asn1 *m, size_t unit, const char *text, uint64_t *out)
{
	int64_t v;

	if (text != NULL && strcmp(text, "MAX") == 0) {
		*out = UINT64_MAX;
		return true;
	}
	if (!pki_asn1_integer_value(m, unit, text, &v) || v < 0)
		return false;
	*out = (uint64_t)v;
	return true;
}

/* "4|16": one of these. */
static bool one_of(const pki_asn1 *m, size_t unit, const char *text, uint64_t size)
{
	char each[PKI_ASN1_NAME + 1];
	uint64_t v;

	while (*text != '\0') {
		size_t len = strcspn(text, "|");

		if (len > PKI_ASN1_NAME)
			return false;
		memcpy(each, text, len);
		each[len] = '\0';
		if (bound(m, unit, each, &v) && v == size)
			return true;
		text += len + (text[len] == '|');
	}
	return false;
}

bool pki_asn1_has_size(const pki_asn1 *m, pki_asn1_spot base)
{
	return pki_asn1_item_child(m, base, ITEM_SIZE).item != 0;
}

bool pki_asn1_size_fits(const pki_asn1 *m, pki_asn1_spot base, uint64_t size)
{
	pki_asn1_spot s = pki_asn1_item_child(m, base, ITEM_SIZE);
	const char *name = pki_asn1_name(m, s);
	const char *value = pki_asn1_value_text(m, s);
	uint64_t least, most;

	if (s.item == 0)
		return true;
	if ((pki_asn1_bits(m, s) & ITEM_MIN_MAX) == 0)
		return value != NULL && one_of(m, base.unit, value, size);
	return bound(m, base.unit, value, &least) && bound(m, base.unit, name, &most) &&
	    size >= least && size <= most;
}
