/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON with a secret in it: from text to values, and wiped. */
#ifndef JWK_JSON_H
#define JWK_JSON_H

#include <jansson.h>
#include <pki/error.h>

#define PKI_JWK_JSON_DEPTH 128 /* objects and arrays, of any format */

/* What a format has at most, and what is said where it is more, or has two members of one name. */
typedef struct pki_jwk_json_format {
	size_t octets, depth, values;
	size_t flags; /* of jansson, beside those that hold for all */
	const char *too_long, *too_deep, *too_many, *twice, *twice_clause;
} pki_jwk_json_format;

/* Parses the text, whose root the caller frees with pki_jwk_json_free. The error has the line. */
pki_status pki_jwk_json_load(
    pki_bytes text, const pki_jwk_json_format *format, json_t **root, pki_error *err) PKI_MUST_USE;
/* Wipes every string and frees. NULL is fine. */
void pki_jwk_json_free(json_t *root);

/* Where one object or array is being walked through. */
typedef struct pki_jwk_level {
	json_t *in;
	void *iter;
	size_t next;
} pki_jwk_level;

void pki_jwk_enter(pki_jwk_level *l, json_t *in);
/* NULL: none is left. name: of a member; NULL: an element. */
json_t *pki_jwk_next(pki_jwk_level *l, const char **name);

#endif
