/* SPDX-License-Identifier: BSD-3-Clause */
/* Values of ASN.1 types from JSON, after the JSON Encoding Rules (X.697). */
#include <stdio.h>
#include <string.h>

#include <pki/asn1_json.h>

#include "jwk/error.h"
#include "jwk/json.h"

/* No value has more than three to a node: the two of a BIT STRING, and the object around them. */
static const pki_jwk_json_format asn1_format = {
	.octets = 16u << 20,
	.too_long = "more than 16 MiB of JSON",
	.depth = PKI_JWK_JSON_DEPTH,
	.too_deep = "JSON nests deeper than 128",
	.values = 3 * PKI_ASN1_NODES,
	.too_many = "more values than the 100000 nodes of a tree have",
	.flags = JSON_ALLOW_NUL,
	.twice = "two members have the same name",
	.twice_clause = "RFC 8259 4",
};

/* An object or array, and the node that it is the value of. */
struct frame {
	size_t node;
	pki_jwk_level level;
};

struct reader {
	pki_asn1_value *value;
	size_t depth;
	struct frame frames[PKI_JWK_JSON_DEPTH];
};

/* ---- errors ---- */

static pki_status put(pki_buf *b, const char *text)
{
	return pki_buf_append(b, pki_bytes_str(text), NULL);
}

/* ".name", "[2]"; of the root nothing. */
static pki_status put_step(pki_buf *path, const char *name, size_t index)
{
	char number[32];
	pki_status st = PKI_SUCCESS;

	if (name == NULL) {
		snprintf(number, sizeof number, "[%zu]", index);
		return put(path, number);
	}
	if (path->len > 0)
		st = put(path, ".");
	return st == PKI_SUCCESS ? put(path, name) : st;
}

/* The nodes from below the root down to this one; no node is deeper than the JSON. */
static pki_status put_path(const struct reader *r, size_t node, pki_buf *path)
{
	size_t nodes[PKI_JWK_JSON_DEPTH + 1], count = 0;
	pki_status st = PKI_SUCCESS;
	pki_asn1_node n;

	while (pki_asn1_get(r->value, node, &n) && n.parent != PKI_ASN1_NONE &&
	    count <= PKI_JWK_JSON_DEPTH) {
		nodes[count++] = node;
		node = n.parent;
	}
	while (st == PKI_SUCCESS && count > 0 && pki_asn1_get(r->value, nodes[--count], &n))
		st = put_step(path, n.name, n.index);
	return st;
}

/* At the node; with a name, at what it should have below it. */
static void place(const struct reader *r, size_t node, const char *name, pki_error *err)
{
	pki_buf path = PKI_BUF_INIT;
	pki_status st = put_path(r, node, &path);

	if (st == PKI_SUCCESS && name != NULL)
		st = put_step(&path, name, 0);
	if (st == PKI_SUCCESS)
		pki_error_place(err, pki_buf_str(&path), 0);
	pki_buf_free(&path);
}

static pki_status fail(const struct reader *r, size_t node, const char *reason, pki_error *err)
{
	pki_status st = pki_error_set(err, PKI_E_STRUCTURE, reason, NULL);

	place(r, node, NULL, err);
	return st;
}

/* What is no argument for libpki is wrong with the JSON. */
static pki_status failed(
    const struct reader *r, size_t node, const char *name, pki_status st, pki_error *err)
{
	if (st == PKI_SUCCESS)
		return st;
	st = pki_jwk_leave(err, st == PKI_E_ARG || st == PKI_E_NOTFOUND ? PKI_E_STRUCTURE : st);
	place(r, node, name, err);
	return st;
}

/* ---- leaves ---- */

static pki_status set_text(const struct reader *r, size_t node, pki_bytes text, pki_error *err)
{
	return failed(r, node, NULL, pki_asn1_set_text(r->value, node, text, err), err);
}

static pki_status set(const struct reader *r, size_t node, pki_bytes contents, pki_error *err)
{
	return failed(r, node, NULL, pki_asn1_set(r->value, node, contents, err), err);
}

static pki_bytes text_of(const json_t *v)
{
	return pki_bytes_of(json_string_value(v), json_string_length(v));
}

static pki_status read_boolean(const struct reader *r, size_t node, const json_t *v, pki_error *err)
{
	if (!json_is_boolean(v))
		return fail(r, node, "true or false was expected", err);
	return set_text(r, node, pki_bytes_str(json_is_true(v) ? "TRUE" : "FALSE"), err);
}

/* Of INTEGER and ENUMERATED. */
static pki_status read_number(const struct reader *r, size_t node, const json_t *v, pki_error *err)
{
	char digits[32];

	if (json_is_string(v))
		return set_text(r, node, text_of(v), err);
	if (json_is_real(v))
		return fail(r, node, "a number with a fraction or an exponent", err);
	if (!json_is_integer(v))
		return fail(
		    r, node, "a number, or a string of its digits or name, was expected", err);
	snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	return set_text(r, node, pki_bytes_str(digits), err);
}

static pki_status read_null(const struct reader *r, size_t node, const json_t *v, pki_error *err)
{
	if (!json_is_null(v))
		return fail(r, node, "null was expected", err);
	return set(r, node, pki_bytes_of(NULL, 0), err);
}

static pki_status read_text(const struct reader *r, size_t node, const json_t *v, pki_error *err)
{
	if (!json_is_string(v))
		return fail(r, node, "a string was expected", err);
	return set_text(r, node, text_of(v), err);
}

/* ---- BIT STRING ---- */

/* 0..15; -1: it is none. */
static int digit_of(uint8_t c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c == 0 ? NULL : strchr(digits, c);

	return at == NULL ? -1 : (int)((at - digits) % 16);
}

/* Appends; false: not hex, or no memory, which st tells. */
static bool put_hex(pki_bytes text, pki_buf *out, pki_status *st)
{
	for (size_t i = 0; *st == PKI_SUCCESS && i < text.len; i += 2) {
		int high = digit_of(text.data[i]);
		int low = i + 1 < text.len ? digit_of(text.data[i + 1]) : -1;
		uint8_t octet = (uint8_t)(high * 16 + low);

		if (high < 0 || low < 0)
			return false;
		*st = pki_buf_append(out, pki_bytes_of(&octet, 1), NULL);
	}
	return *st == PKI_SUCCESS;
}

/* Its contents octets: X.690 8.6.2. */
static pki_status put_bits(const struct reader *r, size_t node, pki_bytes hex, json_int_t length,
    pki_buf *contents, pki_error *err)
{
	json_int_t unused = (json_int_t)hex.len / 2 * 8 - length;
	uint8_t first = (uint8_t)(unused & 7);
	pki_status st;

	if (unused < 0 || unused > 7)
		return fail(r, node, "\"length\" is not that of \"value\", in bits", err);
	st = pki_buf_append(contents, pki_bytes_of(&first, 1), NULL);
	if (!put_hex(hex, contents, &st) && st == PKI_SUCCESS)
		return fail(r, node, "\"value\" is not hex", err);
	return st == PKI_SUCCESS ? st : pki_error_set(err, st, "no memory", NULL);
}

static pki_status read_bit_string(
    const struct reader *r, size_t node, const json_t *v, pki_error *err)
{
	const json_t *value = json_object_get(v, "value"), *length = json_object_get(v, "length");
	pki_buf contents = { .flags = PKI_BUF_SECRET };
	pki_status st;

	if (json_is_string(v))
		return read_text(r, node, v, err);
	if (json_object_size(v) != 2 || !json_is_string(value) || !json_is_integer(length))
		return fail(
		    r, node, "{\"value\":\"a0\",\"length\":3} or a string was expected", err);
	if (json_integer_value(length) < 0 || json_string_length(value) > asn1_format.octets)
		return fail(r, node, "\"length\" is not that of \"value\", in bits", err);
	st = put_bits(r, node, text_of(value), json_integer_value(length), &contents, err);
	if (st == PKI_SUCCESS)
		st = set(r, node, pki_buf_bytes(&contents), err);
	pki_buf_free(&contents);
	return st;
}

/* ---- what has elements ---- */

static void enter(struct reader *r, size_t node, json_t *v)
{
	struct frame *f = &r->frames[r->depth++];

	f->node = node;
	pki_jwk_enter(&f->level, v);
}

static pki_status read_members(struct reader *r, size_t node, json_t *v, pki_error *err)
{
	if (!json_is_object(v))
		return fail(r, node, "an object was expected", err);
	enter(r, node, v);
	return PKI_SUCCESS;
}

static pki_status read_choice(struct reader *r, size_t node, json_t *v, pki_error *err)
{
	if (!json_is_object(v) || json_object_size(v) != 1)
		return fail(
		    r, node, "an object with one member, what is chosen, was expected", err);
	enter(r, node, v);
	return PKI_SUCCESS;
}

static pki_status read_list(struct reader *r, size_t node, json_t *v, pki_error *err)
{
	if (!json_is_array(v))
		return fail(r, node, "an array was expected", err);
	enter(r, node, v);
	return PKI_SUCCESS;
}

static pki_status read_value(struct reader *r, size_t node, json_t *v, pki_error *err)
{
	pki_asn1_node n;

	(void)pki_asn1_get(r->value, node, &n);
	switch (n.kind) {
	case PKI_ASN1_BOOLEAN:
		return read_boolean(r, node, v, err);
	case PKI_ASN1_INTEGER:
	case PKI_ASN1_ENUMERATED:
		return read_number(r, node, v, err);
	case PKI_ASN1_NULL:
		return read_null(r, node, v, err);
	case PKI_ASN1_BIT_STRING:
		return read_bit_string(r, node, v, err);
	case PKI_ASN1_SEQUENCE:
	case PKI_ASN1_SET:
		return read_members(r, node, v, err);
	case PKI_ASN1_SEQUENCE_OF:
	case PKI_ASN1_SET_OF:
		return read_list(r, node, v, err);
	case PKI_ASN1_CHOICE:
		return read_choice(r, node, v, err);
	default:
		return read_text(r, node, v, err);
	}
}

/* The next member or element of the innermost frame; or out of it. */
static pki_status step(struct reader *r, pki_error *err)
{
	struct frame *f = &r->frames[r->depth - 1];
	size_t child = PKI_ASN1_NONE;
	const char *name;
	json_t *v = pki_jwk_next(&f->level, &name);
	pki_status st;

	if (v == NULL) {
		r->depth--;
		return PKI_SUCCESS;
	}
	st = pki_asn1_child(r->value, f->node, name, &child, err);
	if (st != PKI_SUCCESS)
		return failed(r, f->node, name, st, err);
	return read_value(r, child, v, err);
}

static pki_status read_tree(pki_asn1_value *value, json_t *root, pki_error *err)
{
	struct reader r = { .value = value };
	pki_status st = read_value(&r, 0, root, err);

	while (st == PKI_SUCCESS && r.depth > 0)
		st = step(&r, err);
	return st;
}

static pki_status parse(
    const pki_asn1 *m, const char *type, json_t *root, pki_asn1_value **out, pki_error *err)
{
	pki_asn1_value *value = NULL;
	pki_status st = pki_asn1_create(m, type, &value, err);

	if (st != PKI_SUCCESS)
		return pki_jwk_leave(err, st);
	st = read_tree(value, root, err);
	if (st == PKI_SUCCESS)
		*out = value;
	else
		pki_asn1_value_free(value);
	return st;
}

pki_status pki_asn1_json_parse(
    const pki_asn1 *m, const char *type, pki_bytes json, pki_asn1_value **out, pki_error *err)
{
	json_t *root = NULL;
	pki_status st;

	if (out == NULL)
		return pki_jwk_null(err);
	*out = NULL;
	if (m == NULL || type == NULL)
		return pki_jwk_null(err);
	st = pki_jwk_json_load(json, &asn1_format, &root, err);
	if (st == PKI_SUCCESS)
		st = parse(m, type, root, out, err);
	pki_jwk_json_free(root);
	return st;
}
