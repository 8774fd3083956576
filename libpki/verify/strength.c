/* SPDX-License-Identifier: BSD-3-Clause */
/* Bits of security: NIST SP 800-57 part 1, tables 2 and 3. */
#include "libpki/verify/strength.h"

#include "libpki/types/spki.h"

#define STRENGTH_DEFAULT 112

/* Of keys whose size is a choice: RSA's modulus, DSA's p. */
static uint32_t strength_of_bits(uint32_t bits)
{
	static const struct {
		uint32_t bits, strength;
	} table[] = { { 15360, 256 }, { 7680, 192 }, { 3072, 128 }, { 2048, 112 }, { 1024, 80 } };

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (bits >= table[i].bits)
			return table[i].strength;
	return 0;
}

static uint32_t strength_of_key(const pki_pubkey *k)
{
	switch (pki_pubkey_type(k)) {
	case PKI_KEY_P521:
		return 256;
	case PKI_KEY_ED448:
	case PKI_KEY_X448:
		return 224;
	case PKI_KEY_P384:
		return 192;
	case PKI_KEY_P256:
	case PKI_KEY_ED25519:
	case PKI_KEY_X25519:
		return 128;
	default:
		return strength_of_bits(pki_pubkey_bits(k));
	}
}

/* Against collisions: a CA signs what others wrote. */
static uint32_t strength_of_hash(pki_hash h)
{
	return (uint32_t)pki_hash_size(h) * 4;
}

/* MD5 and SHA-1 are taken by leave alone: they have been named. EdDSA has its own digest. */
static bool is_judged(pki_hash h)
{
	return h != PKI_HASH_NONE && h != PKI_HASH_SHA1 && h != PKI_HASH_MD5;
}

static uint32_t wanted(const pki_verification *v)
{
	return v->o.min_strength == 0 ? STRENGTH_DEFAULT : v->o.min_strength;
}

/* Below what no context takes by default, and here by leave alone: it has been named. */
static bool is_named_key(const pki_pubkey *k)
{
	pki_key_type t = pki_pubkey_type(k);

	return t == PKI_KEY_DSA || (pki_key_type_is_rsa(t) && pki_pubkey_bits(k) < 2048);
}

void pki_check_key_strength(const pki_verification *v, const pki_pubkey *key, pki_findings *f)
{
	if (!is_named_key(key) && strength_of_key(key) < wanted(v))
		pki_find(f, PKI_CODE_WEAK, "NIST SP 800-57 part 1, table 2",
		    "the key has fewer bits of security than are asked for");
}

bool pki_signature_is_weak(const pki_verification *v, pki_bytes algorithm)
{
	pki_alg alg;

	pki_alg_init(&alg, sizeof alg);
	return pki_alg_parse(v->ctx, algorithm, &alg, NULL) == PKI_SUCCESS && is_judged(alg.hash) &&
	    strength_of_hash(alg.hash) < wanted(v);
}

void pki_check_signature_strength(const pki_verification *v, const pki_cert *c, pki_findings *f)
{
	if (pki_signature_is_weak(v, pki_cert_signature_algorithm(c)))
		pki_find(f, PKI_CODE_WEAK, "NIST SP 800-57 part 1, table 3",
		    "the signature's digest has fewer bits of security than are asked for");
}
