/* SPDX-License-Identifier: BSD-3-Clause */
/* Digests and signatures, and the AlgorithmIdentifiers that name them. */
#ifndef PKI_SIGN_H
#define PKI_SIGN_H

#include <pki/key.h>

PKI_BEGIN

/* A digest in the making; belongs to one thread. */
typedef struct pki_digest pki_digest;

/* The digest of `in`: out gets pki_hash_size(h) octets. PKI_E_ARG: no such digest;
 * PKI_E_UNSUPPORTED: no backend of the context has it; PKI_E_LIMIT, PKI_E_CANCELLED. */
PKI_FALLIBLE pki_hash_once(
    const pki_ctx *ctx, pki_hash h, pki_bytes in, uint8_t out[PKI_HASH_MAX], pki_error *err);
/* Starts a digest. As pki_hash_once. */
PKI_FALLIBLE pki_digest_new(const pki_ctx *ctx, pki_hash h, pki_digest **out, pki_error *err);
/* Goes on with it. PKI_E_LIMIT, PKI_E_CANCELLED; a failure ends the digest, as final does. */
PKI_FALLIBLE pki_digest_update(pki_digest *d, pki_bytes in, pki_error *err);
/* A second one that goes on from the same state. PKI_E_UNSUPPORTED: its backend makes no copies. */
PKI_FALLIBLE pki_digest_dup(const pki_digest *d, pki_digest **out, pki_error *err);
/* The digest, in as many octets as pki_hash_once gives. Once: whatever is done with it afterwards,
 * but to free it, is PKI_E_ARG. */
PKI_FALLIBLE pki_digest_final(pki_digest *d, uint8_t out[PKI_HASH_MAX], pki_error *err);
/* NULL is fine. */
PKI_API void pki_digest_free(pki_digest *d);

/*
 * A signature's AlgorithmIdentifier in DER, with the parameters that RFC 3279, 4055, 5758 and 8410
 * demand: NULL for RSA PKCS#1 v1.5 (absent is read too), absent for ECDSA, DSA and EdDSA,
 * RSASSA-PSS-params with their defaults. PKI_E_ENCODING; PKI_E_STRUCTURE: other parameters;
 * PKI_E_UNSUPPORTED: another algorithm, hash or mask generation function; PKI_E_LIMIT.
 */
PKI_FALLIBLE pki_alg_parse(
    const pki_ctx *ctx, pki_bytes algorithm_identifier, pki_alg *out, pki_error *err);
/* Writes the AlgorithmIdentifier; an algorithm without one makes the writer fail with PKI_E_ARG. */
PKI_API void pki_alg_write(const pki_alg *a, pki_derw *w);
/*
 * What the key signs with by itself: SHA-256 for RSA (PKCS#1 v1.5, or PSS for an RSASSA-PSS key,
 * whose own parameters go first) and P-256, SHA-384 for P-384, SHA-512 for P-521, EdDSA.
 * PKI_E_UNSUPPORTED: the key does not sign.
 */
PKI_FALLIBLE pki_alg_default(const pki_pubkey *k, pki_alg *out, pki_error *err);
/* "ecdsa-with-SHA256", "RSASSA-PSS": the RFC module's name of the OID; "" where there is none. */
PKI_API const char *pki_alg_name(const pki_alg *a);

/*
 * Appends a signature of msg, as it stands in a certificate. alg NULL: the key's default. The
 * key's own context has its say. PKI_E_ARG: not an algorithm of this key, or too short a modulus
 * for it; PKI_E_POLICY: the context does not allow the digest, or the key's own parameters exclude
 * it; PKI_E_UNSUPPORTED: the key does not sign; PKI_E_LIMIT, PKI_E_CANCELLED.
 */
PKI_FALLIBLE pki_sign(
    const pki_key *k, const pki_alg *alg, pki_bytes msg, pki_buf *sig, pki_error *err);
/* The same of a message's digest. PKI_E_ARG: one of another length; PKI_E_UNSUPPORTED: EdDSA, which
 * signs messages alone. */
PKI_FALLIBLE pki_sign_digest(
    const pki_key *k, const pki_alg *alg, pki_bytes digest, pki_buf *sig, pki_error *err);
/*
 * Checks a signature. PKI_SUCCESS: it verifies. PKI_E_SIGNATURE: it does not; the other statuses
 * are those of pki_sign.
 */
PKI_FALLIBLE pki_check(
    const pki_pubkey *k, const pki_alg *alg, pki_bytes msg, pki_bytes sig, pki_error *err);
/* The same, of a message's digest: as pki_sign_digest. */
PKI_FALLIBLE pki_check_digest(
    const pki_pubkey *k, const pki_alg *alg, pki_bytes digest, pki_bytes sig, pki_error *err);

PKI_END
#endif
