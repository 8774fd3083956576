/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys from one form into another: RSAPrivateKey and ECPrivateKey, into PKCS#8 and back. */
#ifndef LIBPKI_TYPES_KEYFORM_H
#define LIBPKI_TYPES_KEYFORM_H

#include <pki/key.h>

/*
 * RSAPrivateKey (RFC 8017 A.1.2) or ECPrivateKey (RFC 5915 3), which becomes the privateKey of a
 * PrivateKeyInfo as it stands. Appends. PKI_E_ENCODING, PKI_E_STRUCTURE (an ECPrivateKey that does
 * not name its curve, too), PKI_E_UNSUPPORTED: another curve, more than two primes.
 */
pki_status pki_keyform_wrap(const pki_ctx *ctx, pki_key_format from, pki_bytes der, pki_buf *pkcs8,
    pki_error *err) PKI_MUST_USE;
/* The reverse, of a PrivateKeyInfo that a backend exported. Appends. PKI_E_ARG: a key of this type
 * has no such form. */
pki_status pki_keyform_unwrap(const pki_ctx *ctx, pki_key_format to, pki_bytes pkcs8, pki_buf *der,
    pki_error *err) PKI_MUST_USE;

#endif
