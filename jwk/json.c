/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON with a secret in it: from text to the one JWK that it holds, and wiped. */
#include "jwk/error.h"
#include "jwk/json.h"

#define TEXT_MAX  (1u << 20) /* octets */
#define DEPTH_MAX 16 /* objects and arrays: a Set, its keys, one key, "oth", its primes: 5 */

/* ---- before jansson ---- */

/* Brackets outside of strings, ahead of jansson, which recurses. Of what is no JSON it may say
 * anything. */
static bool is_too_deep(pki_bytes text)
{
	bool in_string = false;
	size_t depth = 0;

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
		if (depth > DEPTH_MAX)
			return true;
	}
	return false;
}

static pki_status check_text(pki_bytes text, pki_error *err)
{
	if (text.data == NULL && text.len != 0)
		return pki_jwk_null(err);
	if (text.len > TEXT_MAX)
		return pki_error_set(err, PKI_E_LIMIT, "more than 1 MiB of JSON", NULL);
	if (is_too_deep(text))
		return pki_error_set(err, PKI_E_LIMIT, "JSON nests deeper than 16", "RFC 8259 9");
	return PKI_SUCCESS;
}

/* ---- parsed ---- */

/* It says nothing where it has no memory. */
static pki_status why_no_json(const json_error_t *e, pki_error *err)
{
	if (e->text[0] == '\0' || json_error_code(e) == json_error_out_of_memory)
		return pki_error_set(err, PKI_E_NOMEM, "no memory", NULL);
	switch (json_error_code(e)) {
	case json_error_duplicate_key:
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "two members have the same name", "RFC 7517 4");
	case json_error_invalid_utf8:
		return pki_error_set(err, PKI_E_ENCODING, "JSON is not UTF-8", "RFC 8259 8.1");
	case json_error_end_of_input_expected:
		return pki_error_set(
		    err, PKI_E_ENCODING, "something stands behind the JSON", "RFC 8259 2");
	case json_error_premature_end_of_input:
		return pki_error_set(err, PKI_E_ENCODING, "JSON ends too early", "RFC 8259 2");
	default:
		return pki_error_set(err, PKI_E_ENCODING, "not JSON", "RFC 8259 2");
	}
}

/* The only element: RFC 7517 5.1. */
static pki_status only_key(const json_t *keys, const json_t **key, pki_error *err)
{
	if (!json_is_array(keys))
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "\"keys\" is not an array", "RFC 7517 5.1");
	if (json_array_size(keys) == 0)
		return pki_error_set(err, PKI_E_NOTFOUND, "no key in this JWK Set", "RFC 7517 5.1");
	if (json_array_size(keys) > 1)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "more than one key in this JWK Set", "RFC 7517 5.1");
	*key = json_array_get(keys, 0);
	return PKI_SUCCESS;
}

/* A JWK has "kty" (RFC 7517 4.1), a JWK Set has "keys" (5); in a JWK "keys" means nothing. */
static pki_status find_key(const json_t *root, const json_t **key, pki_error *err)
{
	const json_t *keys = json_object_get(root, "keys"), *found = root;
	pki_status st = PKI_SUCCESS;

	if (keys != NULL && json_object_get(root, "kty") == NULL)
		st = only_key(keys, &found, err);
	if (st != PKI_SUCCESS)
		return st;
	if (!json_is_object(found))
		return pki_error_set(err, PKI_E_STRUCTURE, "no JSON object", "RFC 7517 4");
	*key = found;
	return PKI_SUCCESS;
}

pki_status pki_jwk_json_parse(pki_bytes text, json_t **root, const json_t **key, pki_error *err)
{
	json_error_t why;
	json_t *parsed;
	pki_status st = check_text(text, err);

	if (st != PKI_SUCCESS)
		return st;
	parsed = json_loadb(text.len == 0 ? "" : (const char *)text.data, text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (parsed == NULL)
		return why_no_json(&why, err);
	st = find_key(parsed, key, err);
	if (st != PKI_SUCCESS) {
		pki_jwk_json_free(parsed);
		return st;
	}
	*root = parsed;
	return PKI_SUCCESS;
}

/* ---- wiped ---- */

/* Where one object or array is being walked through. */
struct level {
	json_t *in;
	void *iter;
	size_t next;
};

static void enter(struct level *l, json_t *in)
{
	*l = (struct level){ in, json_object_iter(in), 0 };
}

/* NULL: none is left. */
static json_t *next(struct level *l)
{
	json_t *v;

	if (!json_is_object(l->in))
		return json_array_get(l->in, l->next++);
	if (l->iter == NULL)
		return NULL;
	v = json_object_iter_value(l->iter);
	l->iter = json_object_iter_next(l->in, l->iter);
	return v;
}

/* jansson hands its octets out as const, and has no other way to wipe them. */
static void wipe_string(const json_t *v)
{
	if (json_is_string(v))
		pki_wipe((void *)(uintptr_t)json_string_value(v), json_string_length(v));
}

static void wipe(json_t *root)
{
	struct level levels[DEPTH_MAX];
	size_t depth = 0;

	wipe_string(root);
	enter(&levels[depth++], root);
	while (depth > 0) {
		json_t *v = next(&levels[depth - 1]);

		wipe_string(v);
		if (v == NULL)
			depth--;
		else if ((json_is_object(v) || json_is_array(v)) && depth < DEPTH_MAX)
			enter(&levels[depth++], v);
	}
}

void pki_jwk_json_free(json_t *root)
{
	if (root != NULL)
		wipe(root);
	json_decref(root);
}
