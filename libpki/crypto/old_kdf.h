/* SPDX-License-Identifier: BSD-3-Clause */
/* Key derivation that is read only: PBKDF1, PKCS#12's, and OpenSSL's for PEM. */
#ifndef LIBPKI_CRYPTO_OLD_KDF_H
#define LIBPKI_CRYPTO_OLD_KDF_H

#include "libpki/crypto/use.h"

/* What the octets are for: RFC 7292 B.3. */
enum pki_pkcs12_id { PKI_PKCS12_KEY = 1, PKI_PKCS12_IV = 2, PKI_PKCS12_MAC = 3 };

/* Each fills out whole. */

/* RFC 8018 5.1. out: no longer than the digest. */
pki_status pki_pbkdf1(const pki_ctx *ctx, pki_call *call, pki_hash h, pki_bytes password,
    pki_bytes salt, uint32_t iterations, pki_span out, pki_error *err) PKI_MUST_USE;
/*
 * RFC 7292 B.2. password: UTF-8, which becomes a BMPString with two zero octets behind it; absent:
 * no octets at all. PKI_E_PASSWORD: not UTF-8.
 */
pki_status pki_pkcs12_kdf(const pki_ctx *ctx, pki_call *call, pki_hash h, enum pki_pkcs12_id id,
    pki_bytes password, bool absent, pki_bytes salt, uint32_t iterations, pki_span out,
    pki_error *err) PKI_MUST_USE;
/* What OpenSSL calls EVP_BytesToKey, with MD5 and one iteration. */
pki_status pki_openssl_kdf(const pki_ctx *ctx, pki_call *call, pki_bytes password, pki_bytes salt,
    pki_span out, pki_error *err) PKI_MUST_USE;

#endif
