/* SPDX-License-Identifier: BSD-3-Clause */
/* Ciphers over whole blocks, in one call. */
#include "libpki/core/error.h"
#include "libpki/crypto/use.h"

size_t pki_cipher_block(pki_scheme scheme)
{
	switch (scheme) {
	case PKI_ALG_AES_CBC:
		return PKI_CBC_BLOCK;
	case PKI_ALG_DES_CBC:
	case PKI_ALG_DES3_CBC:
	case PKI_ALG_RC2_CBC:
		return 8;
	default: /* RC4 */
		return 1;
	}
}

static pki_status run(pki_backend *b, void *state, pki_bytes in, uint8_t *out, pki_error *err)
{
	pki_span span = { out, in.len };
	pki_status st = pki_backend_result(b->t->cipher_update(state, in, &span, err), err);

	if (st == PKI_SUCCESS && span.len != in.len)
		return pki_backend_broken("the backend gave text of another length", err);
	return st;
}

pki_status pki_crypt(const pki_ctx *ctx, const pki_alg *a, bool encrypt, pki_bytes key,
    pki_bytes iv, pki_bytes in, uint8_t *out, pki_error *err)
{
	size_t block = pki_cipher_block(a->scheme);
	void *state = NULL;
	pki_backend *b;
	pki_status st;

	if (in.len % block != 0 || iv.len != (block == 1 ? 0 : block))
		return pki_error_set(err, PKI_E_ARG, "not whole blocks", "SP 800-38A 6.2");
	st = pki_backend_for(ctx, PKI_OP_CIPHER, PKI_KEY_UNKNOWN, a, &b, err);
	if (st != PKI_SUCCESS)
		return st;
	st = b->t->cipher_new(
	    b->self, a, encrypt, key, iv, pki_bytes_of(NULL, 0), in.len, &state, err);
	st = pki_backend_result(st, err);
	if (st == PKI_SUCCESS && state == NULL)
		return pki_backend_broken("the backend made no cipher", err);
	if (st != PKI_SUCCESS)
		return st;
	st = run(b, state, in, out, err);
	b->t->cipher_free(state);
	return st;
}
