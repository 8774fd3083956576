/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON with a secret in it: from text to values, and wiped. */
#include <string.h>

#include "jwk/error.h"
#include "jwk/json.h"

/* ---- before jansson ---- */

/* What stands outside of strings, ahead of jansson, which recurses and takes memory for each value.
 * Of what is no JSON it may say anything. */
static pki_status check_size(pki_bytes text, const pki_jwk_json_format *format, pki_error *err)
{
	bool in_string = false;
	size_t depth = 0, values = 1;

	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];

		if (c == '"')
			in_string = !in_string;
		else if (in_string)
			i += c == '\\';
		else if (c == '{' || c == '[')
			depth++;
		else if ((c == '}' || c == ']') && depth > 0)
			depth--;
		if (!in_string && (c == '{' || c == '[' || c == ','))
			values++;
		if (depth > format->depth)
			return pki_error_set(err, PKI_E_LIMIT, format->too_deep, "RFC 8259 9");
		if (values > format->values)
			return pki_error_set(err, PKI_E_LIMIT, format->too_many, "RFC 8259 9");
	}
	return PKI_SUCCESS;
}

static pki_status check_text(pki_bytes text, const pki_jwk_json_format *format, pki_error *err)
{
	if (text.data == NULL && text.len != 0)
		return pki_jwk_null(err);
	if (text.len > format->octets)
		return pki_error_set(err, PKI_E_LIMIT, format->too_long, NULL);
	/* jansson passes over one after a number */
	if (text.len > 0 && memchr(text.data, 0, text.len) != NULL)
		return pki_error_set(err, PKI_E_ENCODING, "JSON with a NUL in it", "RFC 8259 2");
	return check_size(text, format, err);
}

/* ---- parsed ---- */

static pki_status say_why(
    enum json_error_code code, const pki_jwk_json_format *format, pki_error *err)
{
	switch (code) {
	case json_error_duplicate_key:
		return pki_error_set(err, PKI_E_STRUCTURE, format->twice, format->twice_clause);
	case json_error_invalid_utf8:
		return pki_error_set(err, PKI_E_ENCODING, "JSON is not UTF-8", "RFC 8259 8.1");
	case json_error_end_of_input_expected:
		return pki_error_set(
		    err, PKI_E_ENCODING, "something stands behind the JSON", "RFC 8259 2");
	case json_error_premature_end_of_input:
		return pki_error_set(err, PKI_E_ENCODING, "JSON ends too early", "RFC 8259 2");
	case json_error_numeric_overflow:
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "a number of more than 64 bits: write it as a string of digits", "RFC 8259 6");
	case json_error_null_byte_in_key:
		return pki_error_set(err, PKI_E_STRUCTURE, "a name with a NUL in it", NULL);
	default:
		return pki_error_set(err, PKI_E_ENCODING, "not JSON", "RFC 8259 2");
	}
}

/* It says nothing where it has no memory. */
static pki_status why_no_json(
    const json_error_t *e, const pki_jwk_json_format *format, pki_error *err)
{
	pki_status st;

	if (e->text[0] == '\0' || json_error_code(e) == json_error_out_of_memory)
		return pki_error_set(err, PKI_E_NOMEM, "no memory", NULL);
	st = say_why(json_error_code(e), format, err);
	pki_error_place(err, NULL, e->line > 0 ? (size_t)e->line : 0);
	return st;
}

pki_status pki_jwk_json_load(
    pki_bytes text, const pki_jwk_json_format *format, json_t **root, pki_error *err)
{
	json_error_t why;
	pki_status st = check_text(text, format, err);

	if (st != PKI_SUCCESS)
		return st;
	*root = json_loadb(text.len == 0 ? "" : (const char *)text.data, text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | format->flags, &why);
	return *root == NULL ? why_no_json(&why, format, err) : PKI_SUCCESS;
}

/* ---- walked through ---- */

void pki_jwk_enter(pki_jwk_level *l, json_t *in)
{
	*l = (pki_jwk_level){ in, json_object_iter(in), 0 };
}

json_t *pki_jwk_next(pki_jwk_level *l, const char **name)
{
	json_t *v;

	*name = NULL;
	if (!json_is_object(l->in))
		return json_array_get(l->in, l->next++);
	if (l->iter == NULL)
		return NULL;
	*name = json_object_iter_key(l->iter);
	v = json_object_iter_value(l->iter);
	l->iter = json_object_iter_next(l->in, l->iter);
	return v;
}

/* ---- wiped ---- */

/* jansson hands its octets out as const, and has no other way to wipe them. */
static void wipe_string(const json_t *v)
{
	if (json_is_string(v))
		pki_wipe((void *)(uintptr_t)json_string_value(v), json_string_length(v));
}

static void wipe(json_t *root)
{
	pki_jwk_level levels[PKI_JWK_JSON_DEPTH];
	size_t depth = 0;

	wipe_string(root);
	pki_jwk_enter(&levels[depth++], root);
	while (depth > 0) {
		const char *name;
		json_t *v = pki_jwk_next(&levels[depth - 1], &name);

		wipe_string(v);
		if (v == NULL)
			depth--;
		else if ((json_is_object(v) || json_is_array(v)) && depth < PKI_JWK_JSON_DEPTH)
			pki_jwk_enter(&levels[depth++], v);
	}
}

void pki_jwk_json_free(json_t *root)
{
	if (root != NULL)
		wipe(root);
	json_decref(root);
}
