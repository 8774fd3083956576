/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys on P-256, P-384 and P-521 (SEC 1, RFC 5480, RFC 5915), ECDSA and ECDH. */
#ifndef LIBPKI_BACKEND_NETTLE_EC_H
#define LIBPKI_BACKEND_NETTLE_EC_H

#include <nettle/dsa.h>
#include <nettle/ecc-curve.h>
#include <nettle/ecc.h>
#include <pki/alg.h>

#define PKI_EC_OCTETS_MAX 66 /* of a field element or a scalar: P-521 */

/* SP 800-186 3.2.1; the numbers that Nettle keeps to itself. */
typedef struct pki_nettle_curve {
	const struct ecc_curve *(*nettle)(void);
	size_t octets;                    /* of a field element and of a scalar */
	unsigned spare_bits;              /* 8 * octets - bits of the order */
	const char *p, *b;                /* hex */
	uint8_t order[PKI_EC_OCTETS_MAX]; /* big-endian, octets of them */
} pki_nettle_curve;

struct pki_nettle_ec {
	const pki_nettle_curve *curve;
	struct ecc_point point;
	struct ecc_scalar scalar;
	uint8_t x[PKI_EC_OCTETS_MAX]; /* the scalar, as RFC 6979's int2octets has it */
};

/* ecdsa.c; the rest of the family is ec_key.c. */
struct pki_nettle_key;
bool pki_nettle_ecdsa_suits(pki_key_type t, const pki_alg *a);
pki_status pki_nettle_ecdsa_sign(const struct pki_nettle_key *k, const pki_alg *a, pki_bytes digest,
    pki_span *sig, pki_error *err) PKI_MUST_USE;
pki_status pki_nettle_ecdsa_verify(const struct pki_nettle_key *k, const pki_alg *a,
    pki_bytes digest, pki_bytes sig, pki_error *err) PKI_MUST_USE;
/*
 * A signature whose nonce is that of RFC 6979 with these octets of additional data (section 3.6).
 * Without any it is section 3.2's, and always the same: for tests.
 */
pki_status pki_nettle_ecdsa_sign_with(const struct pki_nettle_ec *k, pki_hash hash,
    pki_bytes digest, pki_bytes extra, pki_span *sig, pki_error *err) PKI_MUST_USE;

/* ecdsa_double.c */
bool pki_nettle_points_equal(const struct ecc_point *a, const struct ecc_point *b);
/* Does sig verify, and so that u1 G = u2 Q? See PKI_NETTLE_VERIFY_DOUBLES. */
bool pki_nettle_ecdsa_verify_double(
    const struct pki_nettle_ec *k, pki_bytes digest, const struct dsa_signature *sig);

#endif
