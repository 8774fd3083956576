/* SPDX-License-Identifier: BSD-3-Clause */
/* A tree as JSON (RFC 8259), after the JSON Encoding Rules (X.697). */
#include "libpki/asn1/leaf.h"
#include "libpki/asn1/number.h"
#include "libpki/asn1/tree.h"
#include "libpki/asn1/values.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

#define SAFE_MAX (INT64_C(1) << 53) /* RFC 7493 2.2: numbers below are the same to every reader */

/* RFC 8259 7 */
static pki_status put_char(uint8_t c, pki_buf *json, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	if (c == '"' || c == '\\')
		st = pki_buf_putc(json, '\\', err);
	if (c >= 0x20 && c != 0x7f)
		return st == PKI_SUCCESS ? pki_buf_putc(json, c, err) : st;
	st = pki_buf_puts(json, "\\u00", err);
	return st == PKI_SUCCESS ? pki_buf_put_hex(json, pki_bytes_of(&c, 1), err) : st;
}

static pki_status put_string(pki_bytes s, pki_buf *json, pki_error *err)
{
	pki_status st = pki_buf_putc(json, '"', err);

	for (size_t i = 0; i < s.len && st == PKI_SUCCESS; i++)
		st = put_char(s.data[i], json, err);
	return st == PKI_SUCCESS ? pki_buf_putc(json, '"', err) : st;
}

/* ---- leaves ---- */

static pki_status put_text(
    const pki_asn1_value *v, const pki_asn1_tnode *n, pki_buf *json, pki_error *err)
{
	pki_buf text = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_asn1_leaf_text(v->set, n->base, pki_asn1_contents(v, n), &text, err);

	if (st == PKI_SUCCESS)
		st = put_string(pki_buf_bytes(&text), json, err);
	pki_buf_free(&text);
	return st;
}

/* Its number, though it may have a name: X.697 24. */
static pki_status put_integer(pki_bytes contents, pki_buf *json, pki_error *err)
{
	bool safe;
	pki_status st = PKI_SUCCESS;
	int64_t i;

	safe = pki_asn1_small(contents, &i) && i > -SAFE_MAX && i < SAFE_MAX;
	if (!safe)
		st = pki_buf_putc(json, '"', err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_put_integer(contents, json, err);
	if (st == PKI_SUCCESS && !safe)
		st = pki_buf_putc(json, '"', err);
	return st;
}

static pki_status put_bits(pki_bytes contents, pki_buf *json, pki_error *err)
{
	pki_bytes octets = pki_bytes_of(contents.data + 1, contents.len - 1);
	pki_status st = pki_buf_puts(json, "{\"value\":\"", err);

	if (st == PKI_SUCCESS)
		st = pki_buf_put_hex(json, octets, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_puts(json, "\",\"length\":", err);
	if (st == PKI_SUCCESS)
		st = pki_buf_put_u64(json, (uint64_t)octets.len * 8 - contents.data[0], err);
	return st == PKI_SUCCESS ? pki_buf_putc(json, '}', err) : st;
}

static pki_status put_leaf(
    const pki_asn1_value *v, const pki_asn1_tnode *n, pki_buf *json, pki_error *err)
{
	pki_bytes contents = pki_asn1_contents(v, n);

	switch (pki_asn1_kind_of(v->set, n->base)) {
	case PKI_ASN1_BOOLEAN:
		return pki_buf_puts(json, contents.data[0] != 0 ? "true" : "false", err);
	case PKI_ASN1_NULL:
		return pki_buf_puts(json, "null", err);
	case PKI_ASN1_INTEGER:
		return put_integer(contents, json, err);
	case PKI_ASN1_BIT_STRING:
		return put_bits(contents, json, err);
	default:
		return put_text(v, n, json, err);
	}
}

/* ---- nodes ---- */

typedef struct writer {
	const pki_asn1_value *v;
	pki_buf *json;
} writer;

/* A comma where there was a sibling, and the member's name. */
static pki_status put_member(const pki_asn1_value *v, size_t node, pki_buf *json, pki_error *err)
{
	const char *name = pki_asn1_tree_name(v, node);
	pki_status st = PKI_SUCCESS;

	if (v->nodes[node].index > 0)
		st = pki_buf_putc(json, ',', err);
	if (name == NULL || st != PKI_SUCCESS)
		return st;
	st = put_string(pki_bytes_str(name), json, err);
	return st == PKI_SUCCESS ? pki_buf_putc(json, ':', err) : st;
}

static pki_status no_value(const pki_asn1_value *v, size_t node, pki_error *err)
{
	pki_status st = pki_error_set(err, PKI_E_ARG, "no value", NULL);

	pki_asn1_tree_path(v, node, err);
	return st;
}

static pki_status open_node(void *ud, size_t node, pki_error *err)
{
	const writer *w = ud;
	const pki_asn1_tnode *n = &w->v->nodes[node];
	pki_status st = put_member(w->v, node, w->json, err);

	if (st != PKI_SUCCESS)
		return st;
	if (!n->is_leaf)
		return pki_buf_putc(w->json, pki_asn1_tree_is_list(w->v, n) ? '[' : '{', err);
	return n->has_value ? put_leaf(w->v, n, w->json, err) : no_value(w->v, node, err);
}

static pki_status close_node(void *ud, size_t node, pki_error *err)
{
	const writer *w = ud;

	return pki_buf_putc(
	    w->json, pki_asn1_tree_is_list(w->v, &w->v->nodes[node]) ? ']' : '}', err);
}

pki_status pki_asn1_json(const pki_asn1_value *v, pki_buf *json, pki_error *err)
{
	writer w = { v, json };
	pki_status st;
	size_t before;

	if (v == NULL || json == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	before = json->len;
	st = pki_asn1_tree_walk(v, open_node, close_node, &w, err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(json, before);
	return PKI_LEAVE(err, st);
}
