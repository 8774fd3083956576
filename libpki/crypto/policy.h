/* SPDX-License-Identifier: BSD-3-Clause */
/* What a context allows, decided here and never by a backend. */
#ifndef LIBPKI_CRYPTO_POLICY_H
#define LIBPKI_CRYPTO_POLICY_H

#include <pki/alg.h>
#include <pki/ctx.h>

#include "libpki/types/dsakey.h"
#include "libpki/types/rsakey.h"

#define PKI_RSA_BITS_MIN      2048u /* NIST SP 800-57 part 1, table 2: 112 bits of strength */
#define PKI_RSA_BITS_CEILING  16384u
#define PKI_RSA_BITS_MADE_MAX 8192u
#define PKI_RSA_BITS_DEFAULT  3072u

/* A key's type and size. PKI_E_POLICY: DSA, or too short; PKI_E_LIMIT: over the context's limit. */
pki_status pki_policy_key_size(
    const pki_ctx *ctx, pki_key_type t, uint32_t bits, pki_error *err) PKI_MUST_USE;
/* Numbers that can be an RSA public key at all: n and e odd, 3 <= e < 2^64. PKI_E_POLICY. */
pki_status pki_policy_rsa_public(
    const pki_ctx *ctx, pki_key_type t, const pki_rsa_public *k, pki_error *err) PKI_MUST_USE;
/* A DSA public key where DSA is allowed, with its own parameters or its issuer's: see
 * pki_dsa_public_check. PKI_E_POLICY, PKI_E_LIMIT. */
pki_status pki_policy_dsa_public(
    const pki_ctx *ctx, const pki_dsa_public *k, pki_error *err) PKI_MUST_USE;
/* A signature algorithm, made or checked. PKI_E_POLICY. */
pki_status pki_policy_signature(const pki_ctx *ctx, const pki_alg *a, pki_error *err) PKI_MUST_USE;

#endif
