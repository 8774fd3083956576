/* SPDX-License-Identifier: BSD-3-Clause */
/* Public keys: shown whatever they are, imported if they are keys, and then used. */
#include <pki/ctx.h>
#include <pki/sign.h>

#include "fuzz/fuzz.h"
#include "libpki/crypto/pubkey.h"

static pki_ctx *allowing(void)
{
	pki_ctx *ctx = NULL;

	require(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_DSA), &ctx, NULL) == 0);
	return ctx;
}

/* A key that has parameters inherits none. */
static void inherit(const pki_ctx *ctx, const pki_pubkey *k, pki_bytes in)
{
	pki_pubkey *again = NULL;

	require(pki_pubkey_import_inheriting(ctx, in, k, &again, NULL) == PKI_SUCCESS);
	require(pki_pubkey_equal(again, k));
	pki_pubkey_free(again);
}

static void use(const pki_ctx *ctx, const pki_pubkey *k, pki_bytes in)
{
	pki_buf pem = PKI_BUF_INIT;
	pki_pubkey *again = NULL;

	/* a compressed point is kept as the other form, which is longer */
	require(pki_bytes_equal(pki_pubkey_spki(k), in) ||
	    (pki_pubkey_bits(k) < 1024 && pki_pubkey_spki(k).len > in.len));
	require(pki_pubkey_bits(k) > 0);
	require(
	    pki_pubkey_id(k, PKI_KEY_ID_SPKI_SHA256, &pem, NULL) == PKI_SUCCESS && pem.len == 32);
	pem.len = 0;
	(void)!pki_check(k, NULL, in, in, NULL);
	require(pki_pubkey_write(k, PKI_PEM, &pem, NULL) == PKI_SUCCESS);
	require(pki_pubkey_parse(ctx, pki_buf_bytes(&pem), &again, NULL) == PKI_SUCCESS);
	require(pki_pubkey_equal(again, k));
	pki_pubkey_free(again);
	pki_buf_free(&pem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	pki_error err = PKI_ERROR_INIT, why = PKI_ERROR_INIT;
	pki_pubkey *k = (pki_pubkey *)(uintptr_t)data;
	pki_ctx *ctx = allowing();
	pki_spki spki;
	pki_status st = pki_spki_parse(NULL, in, &spki, &err);
	pki_status imported = pki_pubkey_import(ctx, in, &k, &why);

	require_error(st, &err);
	require_error(imported, &why);
	require((imported == PKI_SUCCESS) == (k != NULL));
	if (k != NULL) {
		require(st == PKI_SUCCESS && spki.type == pki_pubkey_type(k));
		require(spki.bits == pki_pubkey_bits(k));
		use(ctx, k, in);
		inherit(ctx, k, in);
	}
	pki_pubkey_free(k);
	pki_ctx_free(ctx);
	return 0;
}
