/* SPDX-License-Identifier: BSD-3-Clause */
/* Public keys and signatures of one verification: each is looked at once. */
#ifndef LIBPKI_VERIFY_SIGNERS_H
#define LIBPKI_VERIFY_SIGNERS_H

#include <pki/backend.h>
#include <pki/crl.h>
#include <pki/verify.h>

/* Of the work budget: octets that are looked at or digested for each unit; a certificate that is
 * listed as a possible issuer. */
#define PKI_OCTETS_PER_UNIT 64
#define PKI_CANDIDATE_UNITS 10

typedef struct pki_signer pki_signer;
typedef struct pki_signature_seen pki_signature_seen;

typedef struct pki_signers {
	const pki_ctx *ctx;
	pki_call *call;
	pki_sig_cache *cache; /* NULL: none */
	pki_signer **keys;    /* sorted */
	size_t key_count, key_room;
	pki_signature_seen *seen;
	size_t seen_count, seen_room;
	size_t left; /* signatures that may still be verified: path_signatures */
} pki_signers;

/* What they do is work of this call. */
void pki_signers_init(pki_signers *s, const pki_ctx *ctx, pki_call *call, pki_sig_cache *cache);
void pki_signers_free(pki_signers *s);
/*
 * The key of a SubjectPublicKeyInfo, which is to stay; the signers' own. above: the issuer's, whose
 * DSA parameters it inherits (RFC 5280 6.1.4 (f)); NULL: unknown. The statuses of
 * pki_pubkey_import, the same each time.
 */
pki_status pki_signers_key(pki_signers *s, pki_bytes spki, const pki_pubkey *above,
    const pki_pubkey **out, pki_error *err) PKI_MUST_USE;
/* Is it a key without parameters, which are those of its issuer's: RFC 3279 2.3.2? */
bool pki_spki_inherits(const pki_ctx *ctx, pki_bytes spki);
/* The statuses of pki_cert_check_signature and pki_crl_check_signature; PKI_E_LIMIT: no more
 * signatures may be verified. */
pki_status pki_signers_check_cert(
    pki_signers *s, const pki_cert *c, const pki_pubkey *key, pki_error *err) PKI_MUST_USE;
pki_status pki_signers_check_crl(
    pki_signers *s, const pki_crl *c, const pki_pubkey *key, pki_error *err) PKI_MUST_USE;

#endif
