/* SPDX-License-Identifier: BSD-3-Clause */
/* Digests and HMAC, over Nettle's table of hashes. */
#ifndef LIBPKI_BACKEND_NETTLE_DIGEST_H
#define LIBPKI_BACKEND_NETTLE_DIGEST_H

#include <stdalign.h>

#include <pki/alg.h>

#include "libpki/backend/nettle/compat.h"

/* NULL: none. Its digest, its block and its state fit the sizes here. */
const struct nettle_hash *pki_nettle_hash(pki_hash h);
#define PKI_NETTLE_BLOCK_MAX 144 /* octets of a block: SHA3-224 */

typedef struct pki_nettle_state {
	alignas(16) uint8_t room[384];
} pki_nettle_state;

/* The digest of one piece of memory. */
void pki_nettle_hash_once(const struct nettle_hash *h, pki_bytes in, uint8_t out[PKI_HASH_MAX]);

/*
 * HMAC (RFC 2104), keyed once and then used for any number of messages. Nettle has it for some of
 * the hashes only, and with an interface that changes with 4.0.
 */
typedef struct pki_nettle_hmac {
	const struct nettle_hash *hash;
	pki_nettle_state inner, outer; /* after the block with the key */
	pki_nettle_state work;
} pki_nettle_hmac;

void pki_nettle_hmac_key(pki_nettle_hmac *m, const struct nettle_hash *h, pki_bytes key);
void pki_nettle_hmac_update(pki_nettle_hmac *m, pki_bytes in);
/* Ends a message; the next one may begin. */
void pki_nettle_hmac_end(pki_nettle_hmac *m, uint8_t out[PKI_HASH_MAX]);

/* For the backend's table. */
bool pki_nettle_digest_supports(const pki_alg *a, bool mac);
pki_status pki_nettle_digest_new(
    void *self, const pki_alg *a, pki_bytes mac_key, void **st, pki_error *err);
pki_status pki_nettle_digest_update(void *st, pki_bytes in, pki_error *err);
pki_status pki_nettle_digest_final(void *st, pki_span *out, pki_error *err);
pki_status pki_nettle_digest_dup(void *st, void **copy, pki_error *err);
void pki_nettle_digest_free(void *st);

#endif
