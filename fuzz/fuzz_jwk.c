/* SPDX-License-Identifier: BSD-3-Clause */
/* JWKs: what is read is written, and read again as the same. */
#include <pki/ctx.h>
#include <pki/jwk.h>

#include "fuzz/fuzz.h"

static void private_key(const pki_ctx *ctx, pki_bytes in)
{
	pki_key *k = (pki_key *)(uintptr_t)in.data, *again = NULL;
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_error err = PKI_ERROR_INIT;
	pki_pubkey *pub = NULL;
	pki_status st = pki_jwk_key_parse(ctx, in, &k, &err);

	require_error(st, &err);
	require((st == PKI_SUCCESS) == (k != NULL));
	if (k == NULL)
		return;
	require(pki_jwk_pubkey_parse(ctx, in, &pub, NULL) == PKI_SUCCESS);
	require(pki_pubkey_equal(pki_key_public(k), pub));
	require(pki_jwk_key_write(k, &out, NULL) == PKI_SUCCESS);
	require(pki_jwk_key_parse(ctx, pki_buf_bytes(&out), &again, NULL) == PKI_SUCCESS);
	require(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	pki_pubkey_free(pub);
	pki_key_free(again);
	pki_key_free(k);
	pki_buf_free(&out);
}

static void public_key(const pki_ctx *ctx, pki_bytes in)
{
	pki_pubkey *k = (pki_pubkey *)(uintptr_t)in.data, *again = NULL;
	uint8_t a[32], b[32];
	pki_buf out = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_jwk_pubkey_parse(ctx, in, &k, &err);

	require_error(st, &err);
	require((st == PKI_SUCCESS) == (k != NULL));
	if (k == NULL)
		return;
	require(pki_jwk_pubkey_write(k, &out, NULL) == PKI_SUCCESS);
	require(pki_jwk_pubkey_parse(ctx, pki_buf_bytes(&out), &again, NULL) == PKI_SUCCESS);
	require(pki_jwk_thumbprint(k, a, NULL) == PKI_SUCCESS);
	require(pki_jwk_thumbprint(again, b, NULL) == PKI_SUCCESS);
	require(memcmp(a, b, sizeof a) == 0 && pki_pubkey_equal(k, again));
	pki_pubkey_free(again);
	pki_pubkey_free(k);
	pki_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	pki_ctx *ctx = NULL;

	(void)!pki_ctx_new(
	    PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512), &ctx, NULL);
	if (ctx == NULL)
		return 0;
	private_key(ctx, in);
	public_key(ctx, in);
	pki_ctx_free(ctx);
	return 0;
}
