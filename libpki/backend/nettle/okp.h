/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys that are octets (RFC 8410): Ed25519 and Ed448, X25519 and X448. */
#ifndef LIBPKI_BACKEND_NETTLE_OKP_H
#define LIBPKI_BACKEND_NETTLE_OKP_H

#include <nettle/eddsa.h>
#include <pki/alg.h>

#include "libpki/backend/nettle/compat.h"

/* What differs between the two curves of a family. NULL: the family does not do this. */
typedef struct pki_nettle_okp_curve {
	size_t octets;   /* of seed and public key */
	size_t produces; /* octets of a signature, of a shared secret */
	void (*derive_public)(uint8_t *pub, const uint8_t *seed);
	bool (*valid)(const uint8_t *pub);
	void (*sign)(
	    const uint8_t *pub, const uint8_t *seed, size_t n, const uint8_t *msg, uint8_t *sig);
	int (*verify)(const uint8_t *pub, size_t n, const uint8_t *msg, const uint8_t *sig);
	void (*agree)(uint8_t *shared, const uint8_t *seed, const uint8_t *peer);
} pki_nettle_okp_curve;

/* eddsa.c, xdh.c. NULL: no such type. */
const pki_nettle_okp_curve *pki_nettle_eddsa_curve_of(pki_key_type t);
const pki_nettle_okp_curve *pki_nettle_xdh_curve_of(pki_key_type t);

struct pki_nettle_okp {
	const pki_nettle_okp_curve *curve;
	uint8_t seed[ED448_KEY_SIZE];
	uint8_t pub[ED448_KEY_SIZE]; /* of a private key: derived, never what a file says */
};

#endif
