/* SPDX-License-Identifier: BSD-3-Clause */
/* Public keys, for the files that make private ones. */
#ifndef LIBPKI_CRYPTO_PUBKEY_H
#define LIBPKI_CRYPTO_PUBKEY_H

#include "libpki/crypto/use.h"

/*
 * As pki_pubkey_import, of the public part of a private key: `own` is asked first, and a key that
 * no backend checks signatures of is no failure.
 */
pki_status pki_pubkey_of_private(const pki_ctx *ctx, pki_backend *own, pki_bytes spki,
    pki_pubkey **out, pki_error *err) PKI_MUST_USE;

/*
 * As pki_pubkey_import, of a key in a certificate that `issuer` signed: a DSA key without
 * parameters has those of a DSA issuer, and so has the pki_pubkey that is made (RFC 3279 2.3.2; RFC
 * 5280 6.1.4 (d) to (f)). issuer may be NULL, or of another type: such a key is PKI_E_UNSUPPORTED
 * then.
 */
pki_status pki_pubkey_import_inheriting(const pki_ctx *ctx, pki_bytes spki,
    const pki_pubkey *issuer, pki_pubkey **out, pki_error *err) PKI_MUST_USE;

/* As pki_pubkey_parse, of what somebody has recognized. */
pki_status pki_pubkey_read_as(const pki_ctx *ctx, pki_key_format format, pki_bytes in,
    pki_pubkey **out, pki_error *err) PKI_MUST_USE;

#endif
