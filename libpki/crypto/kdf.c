/* SPDX-License-Identifier: BSD-3-Clause */
/* Key derivation. */
#include "libpki/core/error.h"
#include "libpki/crypto/use.h"

pki_status pki_kdf(const pki_ctx *ctx, pki_call *call, const pki_alg *a, pki_bytes secret,
    pki_bytes salt, pki_bytes info, pki_span out, pki_error *err)
{
	pki_backend *b;
	pki_status st = pki_backend_for(ctx, PKI_OP_KDF, PKI_KEY_UNKNOWN, a, &b, err);

	if (st == PKI_SUCCESS)
		st = pki_backend_result(
		    b->t->kdf(b->self, call, a, secret, salt, info, out, err), err);
	if (st != PKI_SUCCESS)
		pki_wipe(out.data, out.len);
	return st;
}
