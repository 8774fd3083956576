/* SPDX-License-Identifier: BSD-3-Clause */
/* PBES2 with PBKDF2 and AES-CBC: RFC 8018. */
#ifndef LIBPKI_CRYPTO_PBES_H
#define LIBPKI_CRYPTO_PBES_H

#include "libpki/core/ctx.h"
#include "libpki/crypto/use.h"
#include "libpki/types/algid.h"

#define PKI_PBES_ITERATIONS     600000u
#define PKI_PBES_ITERATIONS_MIN 1000u

/* PBES2-params, decoded and within the limits. Views. */
typedef struct pki_pbes2 {
	pki_bytes salt, iv;
	uint32_t iterations;
	pki_hash prf; /* HMAC with it */
	size_t key_len;
} pki_pbes2;

/* PKI_E_UNSUPPORTED: another scheme, KDF, PRF or cipher; PKI_E_STRUCTURE; PKI_E_LIMIT. No work. */
pki_status pki_pbes2_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_pbes2 *out, pki_error *err) PKI_MUST_USE;
void pki_pbes2_write(pki_derw *w, const pki_pbes2 *p);
/*
 * Appends; what plain gets is secret. PKI_E_PASSWORD: the padding is wrong, which is told in the
 * same time whatever the padding is; PKI_E_STRUCTURE: data is no whole number of blocks.
 */
pki_status pki_pbes2_decrypt(const pki_ctx *ctx, pki_call *call, const pki_pbes2 *p,
    pki_bytes password, pki_bytes data, pki_buf *plain, pki_error *err) PKI_MUST_USE;
pki_status pki_pbes2_encrypt(const pki_ctx *ctx, pki_call *call, const pki_pbes2 *p,
    pki_bytes password, pki_bytes plain, pki_buf *data, pki_error *err) PKI_MUST_USE;

#endif
