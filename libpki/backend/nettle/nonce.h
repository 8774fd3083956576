/* SPDX-License-Identifier: BSD-3-Clause */
/* The nonces of ECDSA: RFC 6979. */
#ifndef LIBPKI_BACKEND_NETTLE_NONCE_H
#define LIBPKI_BACKEND_NETTLE_NONCE_H

#include "libpki/backend/nettle/digest.h"
#include "libpki/backend/nettle/ec.h"

typedef struct pki_nonce {
	const pki_nettle_curve *curve;
	pki_nettle_hmac k;
	uint8_t v[PKI_HASH_MAX];
	bool used;
} pki_nonce;

/* RFC 6979 3.2 a to g; extra is the k' of 3.6, may be empty, and has 64 octets at most. */
void pki_nonce_start(pki_nonce *n, const struct pki_nettle_ec *key, const struct nettle_hash *hash,
    pki_bytes digest, pki_bytes extra);
/*
 * RFC 6979 3.2 h: the next candidate. A nettle_random_func, for ecdsa_sign(), which asks for as
 * many octets as the order has, clears the bits above the order's length, and asks again where the
 * result is no nonce: the loop that the RFC describes. So what it gets is shifted already, where
 * bits2int shifts.
 */
void pki_nonce_next(void *nonce, size_t len, uint8_t *out);
void pki_nonce_wipe(pki_nonce *n);

#endif
