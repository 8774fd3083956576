/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Signatures that somebody else made. The first octet: a key of ours and an algorithm, or that a
 * key follows, with two octets of length. Then the signature, of the message "message".
 */
#include <pki/ctx.h>
#include <pki/sign.h>

#include "fuzz/fuzz.h"

/* SPKIs, and the one signature that each key's default algorithm gives; made by corpus/make.py. */
static const struct known {
	const char *spki;
	size_t spki_len;
	const char *signature;
	size_t signature_len; /* 0: there are many */
} known[] = {
#include "fuzz/sign_keys.inc"
};
#define KNOWN   (sizeof known / sizeof *known)
#define KEY_OWN 0x80

static const pki_alg algs[] = {
	{ .size = 0 }, /* the key's default */
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA256 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA512 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_RSA_PKCS1, .hash = PKI_HASH_SHA512 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_RSA_PSS, .hash = PKI_HASH_SHA256 },
	{ .size = sizeof(pki_alg),
	    .scheme = PKI_ALG_RSA_PSS,
	    .hash = PKI_HASH_SHA384,
	    .salt_len = PKI_SALT_EMPTY },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_EDDSA },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA1 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_DSA, .hash = PKI_HASH_SHA256 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_DSA, .hash = PKI_HASH_SHA1 },
};
#define ALGS (sizeof algs / sizeof *algs)

static pki_bytes own_key(pki_bytes *in)
{
	size_t len = (size_t)fuzz_octet(in) << 8;
	pki_bytes spki;

	len |= fuzz_octet(in);
	spki = pki_bytes_of(in->data, len < in->len ? len : in->len);
	in->data += spki.len;
	in->len -= spki.len;
	return spki;
}

static void check_digest(const pki_pubkey *k, const pki_alg *alg, pki_bytes sig)
{
	uint8_t digest[PKI_HASH_MAX];
	pki_error err = PKI_ERROR_INIT;
	size_t len = pki_hash_size(alg->hash);

	if (alg->size == 0 || len == 0)
		return;
	require(pki_hash_once(NULL, alg->hash, pki_bytes_str("message"), digest, NULL) == 0);
	require_error(pki_check_digest(k, alg, pki_bytes_of(digest, len), sig, &err), &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len), spki;
	uint8_t first = fuzz_octet(&in);
	const struct known *one = &known[first % 4 % KNOWN];
	const pki_alg *alg = &algs[(first >> 2) % 32 % ALGS];
	pki_error err = PKI_ERROR_INIT;
	pki_pubkey *k = NULL;
	pki_ctx *ctx = NULL;
	pki_status st;

	if ((first & KEY_OWN) != 0)
		spki = own_key(&in);
	else
		spki = pki_bytes_of(one->spki, one->spki_len);
	require(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_DSA), &ctx, NULL) == 0);
	st = pki_pubkey_import(ctx, spki, &k, NULL);
	pki_ctx_free(ctx);
	if (st != PKI_SUCCESS) {
		require((first & KEY_OWN) != 0);
		return 0;
	}
	st = pki_check(k, alg->size == 0 ? NULL : alg, pki_bytes_str("message"), in, &err);
	require_error(st, &err);
	if (st == PKI_SUCCESS && alg->size == 0 && (first & KEY_OWN) == 0 && one->signature_len > 0)
		require(pki_bytes_equal(in, pki_bytes_of(one->signature, one->signature_len)));
	check_digest(k, alg, in);
	pki_pubkey_free(k);
	return 0;
}
