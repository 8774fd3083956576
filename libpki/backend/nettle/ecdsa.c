/* SPDX-License-Identifier: BSD-3-Clause */
/* ECDSA (FIPS 186-5 6), with hedged nonces: RFC 6979 3.6. */
#include <nettle/dsa.h>
#include <nettle/ecdsa.h>
#include <pki/error.h>

#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/mpz.h"
#include "libpki/backend/nettle/nonce.h"
#include "libpki/backend/nettle/random.h"
#include "libpki/types/ecsig.h"

#define EXTRA_OCTETS 32

bool pki_nettle_ecdsa_suits(pki_key_type t, const pki_alg *a)
{
	(void)t;
	return a->scheme == PKI_ALG_ECDSA && pki_nettle_hash(a->hash) != NULL;
}

static pki_status write_signature(
    const pki_nettle_curve *c, const struct dsa_signature *in, pki_span *sig, pki_error *err)
{
	uint8_t r[PKI_EC_OCTETS_MAX], s[PKI_EC_OCTETS_MAX];

	if (!pki_mpz_write(in->r, (pki_span){ r, c->octets }) ||
	    !pki_mpz_write(in->s, (pki_span){ s, c->octets }))
		return pki_error_set(err, PKI_E_BACKEND, "not an ECDSA signature", NULL);
	return pki_ecsig_write(pki_bytes_of(r, c->octets), pki_bytes_of(s, c->octets), sig, err);
}

pki_status pki_nettle_ecdsa_sign_with(const struct pki_nettle_ec *k, pki_hash hash,
    pki_bytes digest, pki_bytes extra, pki_span *sig, pki_error *err)
{
	struct dsa_signature made;
	pki_status st;
	pki_nonce n;

	dsa_signature_init(&made);
	pki_nonce_start(&n, k, pki_nettle_hash(hash), digest, extra);
	ecdsa_sign(&k->scalar, &n, pki_nonce_next, digest.len, digest.data, &made);
	pki_nonce_wipe(&n);
	st = write_signature(k->curve, &made, sig, err);
	dsa_signature_clear(&made);
	return st;
}

pki_status pki_nettle_ecdsa_sign(
    const pki_nettle_key *k, const pki_alg *a, pki_bytes digest, pki_span *sig, pki_error *err)
{
	uint8_t extra[EXTRA_OCTETS];
	pki_status st = pki_nettle_random(NULL, (pki_span){ extra, sizeof extra }, err);

	if (st != PKI_SUCCESS)
		return st;
	st = pki_nettle_ecdsa_sign_with(
	    &k->u.ec, a->hash, digest, pki_bytes_of(extra, sizeof extra), sig, err);
	pki_wipe(extra, sizeof extra);
	return st;
}

/* Nettle checks that r and s lie between 0 and the order, and cuts the digest. */
pki_status pki_nettle_ecdsa_verify(
    const pki_nettle_key *k, const pki_alg *a, pki_bytes digest, pki_bytes sig, pki_error *err)
{
	size_t octets = k->u.ec.curve->octets;
	struct dsa_signature rs;
	pki_bytes r, s;
	bool ok;

	(void)a;
	if (pki_ecsig_parse(sig, &r, &s, NULL) != PKI_SUCCESS || r.len > octets || s.len > octets)
		return pki_nettle_bad_signature(err);
	dsa_signature_init(&rs);
	pki_mpz_read(rs.r, r);
	pki_mpz_read(rs.s, s);
	ok = ecdsa_verify(&k->u.ec.point, digest.len, digest.data, &rs) ||
	    (!PKI_NETTLE_VERIFY_DOUBLES && pki_nettle_ecdsa_verify_double(&k->u.ec, digest, &rs));
	dsa_signature_clear(&rs);
	return ok ? PKI_SUCCESS : pki_nettle_bad_signature(err);
}
