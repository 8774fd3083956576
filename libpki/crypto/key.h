/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys, for the files that read and write them. */
#ifndef LIBPKI_CRYPTO_KEY_H
#define LIBPKI_CRYPTO_KEY_H

#include <pki/key.h>

#include "libpki/crypto/use.h"
#include "libpki/types/algid.h"

/*
 * Makes the object of a key that `backend` made; takes the handle over, and frees it on failure.
 * The public part is what the backend says, with the AlgorithmIdentifier `id` where the backend's
 * own has no room for its parameters (RSASSA-PSS); id may be NULL.
 */
pki_status pki_key_adopt(const pki_ctx *ctx, pki_backend *backend, void *handle,
    const pki_algid *id, pki_key **out, pki_error *err) PKI_MUST_USE;
/* One OneAsymmetricKey in DER, checked, given to the first backend that has its type. */
pki_status pki_key_from_pkcs8(
    const pki_ctx *ctx, pki_bytes der, pki_key **out, pki_error *err) PKI_MUST_USE;
/* The same of a privateKey alone, RSAPrivateKey or ECPrivateKey. */
pki_status pki_key_from_bare(const pki_ctx *ctx, pki_key_format format, pki_bytes der,
    pki_key **out, pki_error *err) PKI_MUST_USE;

/* What somebody has recognized. Views. */
typedef struct pki_key_source {
	pki_bytes in;
	pki_bytes headers; /* of PEM that is encrypted as a whole; else empty */
	pki_key_format format;
	bool encrypted; /* it is an EncryptedPrivateKeyInfo */
} pki_key_source;
/* As pki_key_parse. */
pki_status pki_key_read_as(const pki_ctx *ctx, const pki_key_source *from, pki_password_fn *ask,
    void *ud, pki_key **out, pki_error *err) PKI_MUST_USE;

#endif
