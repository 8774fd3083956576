/* SPDX-License-Identifier: BSD-3-Clause */
/* scrypt: RFC 7914. */
#ifndef LIBPKI_CRYPTO_SCRYPT_H
#define LIBPKI_CRYPTO_SCRYPT_H

#include "libpki/crypto/use.h"

/* RFC 7914 2. */
typedef struct pki_scrypt_params {
	uint64_t n;    /* CPU and memory cost: a power of 2, more than 1 */
	uint32_t r, p; /* block size, parallelization */
} pki_scrypt_params;

/* PKI_E_STRUCTURE: not what RFC 7914 section 6 allows; PKI_E_LIMIT: 128 n r p over scrypt_bytes. */
pki_status pki_scrypt_check(
    const pki_ctx *ctx, const pki_scrypt_params *s, pki_error *err) PKI_MUST_USE;
/* Fills out whole. For parameters that pki_scrypt_check takes. */
pki_status pki_scrypt(const pki_ctx *ctx, pki_call *call, const pki_scrypt_params *s,
    pki_bytes password, pki_bytes salt, pki_span out, pki_error *err) PKI_MUST_USE;

#endif
