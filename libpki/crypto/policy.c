/* SPDX-License-Identifier: BSD-3-Clause */
/* What a context allows, decided here and never by a backend. */
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/crypto/policy.h"
#include "libpki/crypto/roca.h"
#include "libpki/types/spki.h"

#define RSA_E_BITS_MAX 64

static const struct {
	uint32_t bits; /* at least */
	uint32_t allow;
} short_rsa[] = { { 1024, PKI_ALLOW_RSA1024 }, { 512, PKI_ALLOW_RSA512 } };

static bool short_rsa_allowed(const pki_ctx *ctx, uint32_t bits)
{
	for (size_t i = 0; i < sizeof short_rsa / sizeof *short_rsa; i++)
		if (bits >= short_rsa[i].bits)
			return pki_ctx_allows(ctx, short_rsa[i].allow);
	return false;
}

static pki_status dsa_allowed(const pki_ctx *ctx, pki_error *err)
{
	if (pki_ctx_allows(ctx, PKI_ALLOW_DSA))
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_POLICY, "DSA keys and signatures are not allowed", "FIPS 186-5 4");
}

pki_status pki_policy_key_size(const pki_ctx *ctx, pki_key_type t, uint32_t bits, pki_error *err)
{
	if (t == PKI_KEY_DSA)
		return dsa_allowed(ctx, err);
	if (!pki_key_type_is_rsa(t))
		return PKI_SUCCESS;
	if (bits > pki_ctx_limits(ctx)->rsa_bits || bits > PKI_RSA_BITS_CEILING)
		return pki_error_set(
		    err, PKI_E_LIMIT, "RSA modulus is longer than the context's limit", NULL);
	if (bits < PKI_RSA_BITS_MIN && !short_rsa_allowed(ctx, bits))
		return pki_error_set(err, PKI_E_POLICY, "RSA modulus is shorter than 2048 bits",
		    "NIST SP 800-131A 3");
	return PKI_SUCCESS;
}

static bool is_odd(pki_bytes magnitude)
{
	return magnitude.len != 0 && (magnitude.data[magnitude.len - 1] & 1) != 0;
}

pki_status pki_policy_rsa_public(
    const pki_ctx *ctx, pki_key_type t, const pki_rsa_public *k, pki_error *err)
{
	size_t n_bits = pki_uint_bits(k->n), e_bits = pki_uint_bits(k->e);
	pki_status st;

	if (n_bits > PKI_RSA_BITS_CEILING)
		n_bits = PKI_RSA_BITS_CEILING + 1;
	if (!is_odd(k->n))
		return pki_error_set(err, PKI_E_POLICY, "RSA modulus is even", "RFC 8017 3.1");
	if (!is_odd(k->e) || e_bits < 2)
		return pki_error_set(
		    err, PKI_E_POLICY, "RSA exponent is even or less than 3", "RFC 8017 3.1");
	if (e_bits > RSA_E_BITS_MAX || e_bits >= n_bits)
		return pki_error_set(
		    err, PKI_E_POLICY, "RSA exponent is longer than 64 bits", "RFC 8017 3.1");
	st = pki_policy_key_size(ctx, t, (uint32_t)n_bits, err);
	if (st == PKI_SUCCESS && pki_rsa_is_roca(k->n))
		return pki_error_set(err, PKI_E_POLICY,
		    "RSA modulus of a kind that can be factored", "CVE-2017-15361");
	return st;
}

pki_status pki_policy_dsa_public(const pki_ctx *ctx, const pki_dsa_public *k, pki_error *err)
{
	pki_status st = dsa_allowed(ctx, err);

	return st == PKI_SUCCESS ? pki_dsa_public_check(k, err) : st;
}

static pki_status hash_allowed(const pki_ctx *ctx, pki_hash h, pki_error *err)
{
	if (h == PKI_HASH_MD5 && !pki_ctx_allows(ctx, PKI_ALLOW_MD5))
		return pki_error_set(
		    err, PKI_E_POLICY, "signatures with MD5 are not allowed", "RFC 6151 2");
	if (h == PKI_HASH_SHA1 && !pki_ctx_allows(ctx, PKI_ALLOW_SHA1))
		return pki_error_set(err, PKI_E_POLICY, "signatures with SHA-1 are not allowed",
		    "NIST SP 800-131A 3");
	return PKI_SUCCESS;
}

/* DSA is what it is with SHA-1, which it was made for: FIPS 186-1. */
pki_status pki_policy_signature(const pki_ctx *ctx, const pki_alg *a, pki_error *err)
{
	return a->scheme == PKI_ALG_DSA ? dsa_allowed(ctx, err) : hash_allowed(ctx, a->hash, err);
}
