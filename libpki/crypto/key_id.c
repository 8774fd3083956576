/* SPDX-License-Identifier: BSD-3-Clause */
/* What a key is named by: key identifiers (RFC 5280 4.2.1.2, RFC 7093), pins (RFC 7469 2.4). */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/crypto/key_id.h"
#include "libpki/crypto/use.h"

#define LEFTMOST 20 /* octets: RFC 7093 2 */

static const struct method {
	pki_hash hash;
	bool whole; /* the hash, and of the SubjectPublicKeyInfo */
} methods[] = {
	[PKI_KEY_ID_SHA1] = { PKI_HASH_SHA1, false },
	[PKI_KEY_ID_SHA256] = { PKI_HASH_SHA256, false },
	[PKI_KEY_ID_SHA384] = { PKI_HASH_SHA384, false },
	[PKI_KEY_ID_SHA512] = { PKI_HASH_SHA512, false },
	[PKI_KEY_ID_SPKI_SHA256] = { PKI_HASH_SHA256, true },
};

static pki_status make(const pki_pubkey *k, const struct method *m, uint8_t room[PKI_HASH_MAX],
    pki_bytes *id, pki_error *err)
{
	pki_status st = pki_hash_once(k->ctx, m->hash, m->whole ? k->spki : k->key, room, err);

	if (st == PKI_SUCCESS)
		*id = pki_bytes_of(room, m->whole ? pki_hash_size(m->hash) : LEFTMOST);
	return st;
}

pki_status pki_key_id_check(pki_key_id_method method, pki_error *err)
{
	if (method >= PKI_KEY_ID_DEFAULT && method <= PKI_KEY_ID_SPKI_SHA256)
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_ARG, "no such way to make a key identifier", "RFC 5280 4.2.1.2");
}

static pki_key_id_method usual(const pki_ctx *ctx)
{
	const pki_alg sha1 = { .size = sizeof sha1, .hash = PKI_HASH_SHA1 };
	pki_backend *b;
	pki_status st = pki_backend_for(ctx, PKI_OP_DIGEST, PKI_KEY_UNKNOWN, &sha1, &b, NULL);

	return st == PKI_SUCCESS ? PKI_KEY_ID_SHA1 : PKI_KEY_ID_SHA256;
}

pki_status pki_key_id_make(const pki_pubkey *k, pki_key_id_method method,
    uint8_t room[PKI_HASH_MAX], pki_bytes *id, pki_error *err)
{
	pki_status st = pki_key_id_check(method, err);

	if (st != PKI_SUCCESS)
		return st;
	return make(
	    k, &methods[method != PKI_KEY_ID_DEFAULT ? method : usual(k->ctx)], room, id, err);
}

pki_status pki_pubkey_id(
    const pki_pubkey *k, pki_key_id_method method, pki_buf *out, pki_error *err)
{
	uint8_t room[PKI_HASH_MAX];
	pki_bytes id;
	pki_status st;

	if (k == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_key_id_make(k, method, room, &id, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(out, id, err);
	return PKI_LEAVE(err, st);
}

/* SubjectPublicKeyInfo, of a key that may be unknown */
static pki_status pin(const pki_ctx *ctx, pki_bytes spki, uint8_t out[32], pki_error *err)
{
	uint8_t digest[PKI_HASH_MAX];
	pki_spki parsed;
	pki_status st = pki_spki_parse(ctx, spki, &parsed, err);

	if (st == PKI_SUCCESS)
		st = pki_hash_once(ctx, PKI_HASH_SHA256, spki, digest, err);
	if (st == PKI_SUCCESS)
		memcpy(out, digest, 32);
	return st;
}

pki_status pki_spki_pin(const pki_ctx *ctx, pki_bytes spki, uint8_t out[32], pki_error *err)
{
	return PKI_LEAVE(err, out == NULL ? pki_error_null(err) : pin(ctx, spki, out, err));
}
