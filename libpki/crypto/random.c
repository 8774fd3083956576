/* SPDX-License-Identifier: BSD-3-Clause */
/* Random octets, from the first backend of the context that has them. */
#include "libpki/core/error.h"
#include "libpki/crypto/use.h"

static pki_status fill(const pki_ctx *ctx, pki_span out, pki_error *err)
{
	for (pki_backend *const *b = pki_backends_of(ctx); *b != NULL; b++)
		if ((*b)->t->random != NULL)
			return pki_backend_result((*b)->t->random((*b)->self, out, err), err);
	return pki_error_set(err, PKI_E_BACKEND, "no backend of the context has randomness", NULL);
}

pki_status pki_random(const pki_ctx *ctx, pki_span out, pki_error *err)
{
	pki_status st;

	if (out.data == NULL && out.len != 0)
		return PKI_LEAVE(err, pki_error_null(err));
	st = out.len == 0 ? PKI_SUCCESS : fill(ctx, out, err);
	if (st != PKI_SUCCESS && out.len != 0)
		pki_wipe(out.data, out.len);
	return PKI_LEAVE(err, st);
}
