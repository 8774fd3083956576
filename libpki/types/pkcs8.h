/* SPDX-License-Identifier: BSD-3-Clause */
/* PrivateKeyInfo / OneAsymmetricKey, and EncryptedPrivateKeyInfo: RFC 5958. */
#ifndef LIBPKI_TYPES_PKCS8_H
#define LIBPKI_TYPES_PKCS8_H

#include <pki/key.h>

#include "libpki/types/algid.h"
#include "libpki/types/rsakey.h"

/* Views. */
typedef struct pki_pkcs8 {
	pki_algid algorithm;
	pki_bytes private_key; /* the OCTET STRING's contents */
	size_t private_key_offset;
	pki_bytes attributes; /* contents of [0]; empty: absent */
	pki_bytes public_key; /* octets of the BIT STRING in [1]; empty: absent */
} pki_pkcs8;

/* Version v1 or v2; publicKey only in v2. */
pki_status pki_pkcs8_parse(
    const pki_ctx *ctx, pki_bytes der, pki_pkcs8 *out, pki_error *err) PKI_MUST_USE;

/* Writers, used by backends for key_export: v1, no attributes, no public key in the outer. */
void pki_pkcs8_write_rsa(pki_derw *w, pki_key_type t, const pki_rsa_private *k);
/* ECPrivateKey with the point, and without parameters. */
void pki_pkcs8_write_ec(pki_derw *w, pki_key_type t, pki_bytes scalar, pki_bytes point);
/* CurvePrivateKey of RFC 8410: an OCTET STRING in the OCTET STRING. */
void pki_pkcs8_write_okp(pki_derw *w, pki_key_type t, pki_bytes seed);
/* RFC 8410 7: the seed inside privateKey, of the length that t has. */
pki_status pki_okp_private_parse(const pki_ctx *ctx, pki_key_type t, pki_bytes private_key,
    pki_bytes *seed, pki_error *err) PKI_MUST_USE;

/* EncryptedPrivateKeyInfo: encryptionAlgorithm and encryptedData. */
typedef struct pki_encrypted_pkcs8 {
	pki_algid algorithm;
	pki_bytes data;
} pki_encrypted_pkcs8;
pki_status pki_encrypted_pkcs8_parse(
    const pki_ctx *ctx, pki_bytes der, pki_encrypted_pkcs8 *out, pki_error *err) PKI_MUST_USE;

#endif
