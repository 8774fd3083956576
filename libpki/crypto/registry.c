/* SPDX-License-Identifier: BSD-3-Clause */
/* The backends there are, and which of them answers. The only file that names one. */
#include "libpki/backend/nettle/table.h"
#include "libpki/core/error.h"
#include "libpki/crypto/use.h"

static const pki_backend builtin = { .t = &pki_nettle_table, .refs = PKI_REF_STATIC };

/* References of a static instance are not counted, so nothing ever writes to it. */
static pki_backend *const builtin_alone[] = { (pki_backend *)&builtin, NULL };

pki_backend *pki_backend_builtin(void)
{
	return builtin_alone[0];
}

pki_backend *const *pki_backends_of(const pki_ctx *ctx)
{
	pki_backend *const *chosen = pki_ctx_backends(ctx);

	return chosen != NULL ? chosen : builtin_alone;
}

static bool has_functions(const pki_backend_table *t, pki_op op)
{
	switch (op) {
	case PKI_OP_DIGEST:
	case PKI_OP_MAC:
		return t->digest_new != NULL && t->digest_update != NULL &&
		    t->digest_final != NULL && t->digest_free != NULL;
	case PKI_OP_CIPHER:
		return t->cipher_new != NULL && t->cipher_update != NULL && t->cipher_free != NULL;
	case PKI_OP_KDF:
		return t->kdf != NULL;
	case PKI_OP_GENERATE:
		return t->key_generate != NULL;
	case PKI_OP_SIGN:
		return t->sign != NULL;
	case PKI_OP_SIGN_DIGEST:
		return t->sign_digest != NULL;
	case PKI_OP_VERIFY:
		return t->verify != NULL;
	case PKI_OP_VERIFY_DIGEST:
		return t->verify_digest != NULL;
	case PKI_OP_ENCRYPT:
		return t->encrypt != NULL;
	case PKI_OP_DECRYPT:
		return t->decrypt != NULL;
	case PKI_OP_DERIVE:
		return t->derive != NULL;
	default:
		return false;
	}
}

bool pki_backend_offers(pki_backend *b, pki_op op, pki_key_type key, const pki_alg *a)
{
	const pki_backend_table *t = b->t;

	return has_functions(t, op) && t->supports != NULL && t->supports(b->self, op, key, a);
}

pki_status pki_backend_for(const pki_ctx *ctx, pki_op op, pki_key_type key, const pki_alg *a,
    pki_backend **out, pki_error *err)
{
	for (pki_backend *const *b = pki_backends_of(ctx); *b != NULL; b++) {
		if (pki_backend_offers(*b, op, key, a)) {
			*out = *b;
			return PKI_SUCCESS;
		}
	}
	*out = NULL;
	return pki_error_set(
	    err, PKI_E_UNSUPPORTED, "no backend of the context offers this algorithm", NULL);
}

/* A caller's mistake, or bad input, cannot be the answer to what libpki has checked already. */
static bool is_telling(pki_status st)
{
	switch (st) {
	case PKI_SUCCESS:
	case PKI_E_NOMEM:
	case PKI_E_LIMIT:
	case PKI_E_UNSUPPORTED:
	case PKI_E_NOTFOUND:
	case PKI_E_PASSWORD:
	case PKI_E_SIGNATURE:
	case PKI_E_POLICY:
	case PKI_E_CANCELLED:
	case PKI_E_BACKEND:
		return true;
	default:
		return false;
	}
}

pki_status pki_backend_result(pki_status st, pki_error *err)
{
	if (!is_telling(st))
		return pki_error_set(
		    err, PKI_E_BACKEND, "the backend failed in a way it must not", NULL);
	if (st != PKI_SUCCESS && err != NULL && pki_error_status(err) != st)
		return pki_error_set(err, st, "the backend failed and does not say why", NULL);
	return st;
}

pki_status pki_backend_broken(const char *reason, pki_error *err)
{
	return pki_error_set(err, PKI_E_BACKEND, reason, NULL);
}
