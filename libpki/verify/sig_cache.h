/* SPDX-License-Identifier: BSD-3-Clause */
/* Signatures that have been verified. Whether an algorithm or a key may be used is not asked here.
 */
#ifndef LIBPKI_VERIFY_SIG_CACHE_H
#define LIBPKI_VERIFY_SIG_CACHE_H

#include <pki/verify.h>

#define PKI_SIG_CACHE_KEY 32 /* octets: SHA-256 */

/*
 * A digest of all that a signature's verification depends on: of the Certificate or CertificateList
 * whole, which holds what was signed, how, and the signature; and of the signer's
 * SubjectPublicKeyInfo, with the parameters that it inherits. The statuses of pki_hash_once.
 */
pki_status pki_sig_cache_key(const pki_ctx *ctx, pki_bytes object, pki_bytes spki,
    uint8_t out[PKI_SIG_CACHE_KEY], pki_error *err) PKI_MUST_USE;
/* Has it been put there? false for NULL. */
bool pki_sig_cache_has(pki_sig_cache *c, const uint8_t key[PKI_SIG_CACHE_KEY]);
/* Of a signature that verifies, and of nothing else. NULL is fine. */
void pki_sig_cache_put(pki_sig_cache *c, const uint8_t key[PKI_SIG_CACHE_KEY]);

#endif
