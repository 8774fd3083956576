/* SPDX-License-Identifier: BSD-3-Clause */
/* DSA (FIPS 186-4 4): signatures are checked, and never made. */
#include <nettle/dsa.h>
#include <pki/error.h>

#include "libpki/backend/nettle/digest.h"
#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/mpz.h"
#include "libpki/types/dsakey.h"
#include "libpki/types/ecsig.h"

static void init(pki_nettle_key *k)
{
	dsa_params_init(&k->u.dsa.params);
	mpz_init(k->u.dsa.y);
}

static void clear(pki_nettle_key *k)
{
	dsa_params_clear(&k->u.dsa.params);
	mpz_clear(k->u.dsa.y);
}

/* x^q = 1 (mod p) */
static bool has_order_q(const mpz_t x, const struct dsa_params *params)
{
	bool ok;
	mpz_t t;

	mpz_init(t);
	mpz_powm(t, x, params->q, params->p);
	ok = mpz_cmp_ui(t, 1) == 0;
	mpz_clear(t);
	return ok;
}

static bool divides_p_less_one(const struct dsa_params *params)
{
	bool ok;
	mpz_t t;

	mpz_init(t);
	mpz_sub_ui(t, params->p, 1);
	ok = mpz_divisible_p(t, params->q) != 0;
	mpz_clear(t);
	return ok;
}

/* SP 800-89 5.3.1. That p and q are prime is left to whoever vouches for the key. */
static pki_status check_orders(const struct pki_nettle_dsa *k, pki_error *err)
{
	if (!divides_p_less_one(&k->params))
		return pki_error_set(
		    err, PKI_E_POLICY, "DSA q does not divide p - 1", "FIPS 186-4 4.1");
	if (!has_order_q(k->params.g, &k->params))
		return pki_error_set(
		    err, PKI_E_POLICY, "DSA g has another order than q", "FIPS 186-4 4.1");
	if (!has_order_q(k->y, &k->params))
		return pki_error_set(
		    err, PKI_E_POLICY, "DSA y has another order than q", "SP 800-89 5.3.1");
	return PKI_SUCCESS;
}

/* The lengths are looked at before GMP sees a number, and that p is not zero: GMP would divide. */
static pki_status read_public(
    pki_nettle_key *k, const pki_algid *algorithm, pki_bytes bits, pki_error *err)
{
	struct pki_nettle_dsa *dsa = &k->u.dsa;
	pki_dsa_public in;
	pki_status st;

	if (pki_dsa_params_absent(algorithm))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "DSA parameters are absent", "RFC 3279 2.3.2");
	st = pki_dsa_params_parse(NULL, algorithm, &in, err);
	if (st == PKI_SUCCESS)
		st = pki_dsa_public_parse(NULL, bits, &in, err);
	if (st == PKI_SUCCESS)
		st = pki_dsa_public_check(&in, err);
	if (st != PKI_SUCCESS)
		return st;
	pki_mpz_read(dsa->params.p, in.p);
	pki_mpz_read(dsa->params.q, in.q);
	pki_mpz_read(dsa->params.g, in.g);
	pki_mpz_read(dsa->y, in.y);
	return check_orders(dsa, err);
}

static bool suits(pki_key_type t, const pki_alg *a)
{
	(void)t;
	return a->scheme == PKI_ALG_DSA && pki_nettle_hash(a->hash) != NULL;
}

/* Nettle checks that r and s lie between 0 and q, and cuts the digest to the length of q. */
static pki_status verify(
    const pki_nettle_key *k, const pki_alg *a, pki_bytes digest, pki_bytes sig, pki_error *err)
{
	struct dsa_signature rs;
	pki_bytes r, s;
	bool ok;

	(void)a;
	if (pki_ecsig_parse(sig, &r, &s, NULL) != PKI_SUCCESS || r.len > PKI_DSA_Q_OCTETS_MAX ||
	    s.len > PKI_DSA_Q_OCTETS_MAX)
		return pki_nettle_bad_signature(err);
	dsa_signature_init(&rs);
	pki_mpz_read(rs.r, r);
	pki_mpz_read(rs.s, s);
	ok = dsa_verify(&k->u.dsa.params, k->u.dsa.y, digest.len, digest.data, &rs);
	dsa_signature_clear(&rs);
	return ok ? PKI_SUCCESS : pki_nettle_bad_signature(err);
}

const pki_nettle_family pki_nettle_dsa = {
	.init = init,
	.clear = clear,
	.read_public = read_public,
	.suits = suits,
	.verify = verify,
};
