/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys: private and public, plain and encrypted, and what is around them. */
#include <stdlib.h>

#include <pki/ctx.h>
#include <pki/sign.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

/* Few KDF iterations, little memory, and every weak key, so that the input gets far. */
static pki_ctx *context(void)
{
	pki_limits limits = {
		.size = sizeof limits, .kdf_iterations = 50, .scrypt_bytes = 1 << 16
	};
	pki_ctx *ctx = NULL;

	(void)!pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits,
			       .allow = PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512),
	    &ctx, NULL);
	return ctx;
}

/* What was read is written in every format that it has, and read again as the same. */
static void write_again(const pki_ctx *ctx, const pki_key *k, pki_key_format format)
{
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_key *again = NULL;
	pki_status st = pki_key_write(
	    k, PKI_OPTS(pki_key_write_opts, .format = format), &out, NULL);

	require(st == PKI_SUCCESS || (st == PKI_E_ARG && format != PKI_FORMAT_PKCS8));
	if (st != PKI_SUCCESS)
		return;
	require(pki_key_parse(ctx, pki_buf_bytes(&out), NULL, NULL, &again, NULL) == PKI_SUCCESS);
	require(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	pki_key_free(again);
	pki_buf_free(&out);
}

static void private_key(const pki_ctx *ctx, pki_bytes in)
{
	pki_key *k = NULL;
	pki_status st = pki_key_parse(ctx, in, pki_password_text, "swordfish", &k, NULL);

	require((st == PKI_SUCCESS) == (k != NULL));
	if (k == NULL)
		return;
	for (pki_key_format f = PKI_FORMAT_PKCS8; f <= PKI_FORMAT_OPENSSH; f++)
		write_again(ctx, k, f);
	pki_key_free(k);
}

static void public_key(const pki_ctx *ctx, pki_bytes in)
{
	pki_pubkey *k = NULL, *again = NULL;
	pki_status st = pki_pubkey_parse(ctx, in, &k, NULL);
	pki_buf id = PKI_BUF_INIT;

	require((st == PKI_SUCCESS) == (k != NULL));
	if (k == NULL)
		return;
	require(pki_pubkey_import(ctx, pki_pubkey_spki(k), &again, NULL) == PKI_SUCCESS);
	require(pki_pubkey_equal(k, again));
	require(pki_pubkey_id(k, PKI_KEY_ID_DEFAULT, &id, NULL) == PKI_SUCCESS && id.len == 20);
	pki_buf_free(&id);
	require(pki_check(k, NULL, in, in, NULL) != PKI_SUCCESS);
	pki_pubkey_free(again);
	pki_pubkey_free(k);
}

/* An identifier that is read is written again, with the parameters that the RFCs want. */
static void algorithm(const pki_ctx *ctx, pki_bytes in)
{
	pki_buf out = PKI_BUF_INIT;
	pki_alg a, again;
	pki_derw w;

	if (pki_alg_parse(ctx, in, &a, NULL) != PKI_SUCCESS)
		return;
	pki_derw_init(&w, ctx);
	pki_alg_write(&a, &w);
	require(pki_derw_finish(&w, &out, NULL) == PKI_SUCCESS);
	require(pki_alg_parse(ctx, pki_buf_bytes(&out), &again, NULL) == PKI_SUCCESS);
	require(again.scheme == a.scheme && again.hash == a.hash && again.salt_len == a.salt_len);
	pki_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	pki_ctx *ctx = context();
	pki_envelope e;
	pki_spki s;

	if (ctx == NULL)
		return 0;
	private_key(ctx, in);
	public_key(ctx, in);
	algorithm(ctx, in);
	(void)!pki_envelope_parse(ctx, in, &e, NULL);
	(void)!pki_spki_parse(ctx, in, &s, NULL);
	pki_ctx_free(ctx);
	return 0;
}
