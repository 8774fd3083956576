/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON with a secret in it: from text to the one JWK that it holds, and wiped. */
#ifndef JWK_JSON_H
#define JWK_JSON_H

#include <jansson.h>
#include <pki/error.h>

/* Parses the text, whose root the caller frees with pki_jwk_json_free; key is the JWK in it. */
pki_status pki_jwk_json_parse(
    pki_bytes text, json_t **root, const json_t **key, pki_error *err) PKI_MUST_USE;
/* Wipes every string and frees. NULL is fine. */
void pki_jwk_json_free(json_t *root);

#endif
