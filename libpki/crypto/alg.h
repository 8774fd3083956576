/* SPDX-License-Identifier: BSD-3-Clause */
/* Which signature algorithms are a key's. */
#ifndef LIBPKI_CRYPTO_ALG_H
#define LIBPKI_CRYPTO_ALG_H

#include <pki/sign.h>

/*
 * The algorithm that k signs or verifies with: a copy of `given` with what it leaves to the key
 * filled in; the key's default where it is NULL. PKI_E_ARG: it is none of this key's, or has no
 * identifier; PKI_E_POLICY: the key's own RSASSA-PSS parameters
 * exclude it; PKI_E_UNSUPPORTED: the key does not sign.
 */
pki_status pki_alg_resolve(
    const pki_pubkey *k, const pki_alg *given, pki_alg *out, pki_error *err) PKI_MUST_USE;
/* Can a key of this type have made a signature of this algorithm? */
bool pki_alg_is_for(const pki_alg *a, pki_key_type t);
/* RFC 8017 9: is the modulus long enough for the digest, the salt and their padding? */
bool pki_alg_fits(const pki_alg *a, const pki_pubkey *k);

#endif
