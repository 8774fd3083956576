/* SPDX-License-Identifier: BSD-3-Clause */
/* The nonces of ECDSA: RFC 6979, names as there. */
#include <string.h>

#include "libpki/backend/nettle/nonce.h"

static pki_bytes v_of(const pki_nonce *n)
{
	return pki_bytes_of(n->v, n->k.hash->digest_size);
}

/* V = HMAC_K(V) */
static void next_v(pki_nonce *n)
{
	pki_nettle_hmac_update(&n->k, v_of(n));
	pki_nettle_hmac_end(&n->k, n->v);
}

/* K = HMAC_K(V || tag || seed), V = HMAC_K(V) */
static void next_k(pki_nonce *n, uint8_t tag, pki_bytes seed)
{
	uint8_t k[PKI_HASH_MAX];
	const struct nettle_hash *h = n->k.hash;

	pki_nettle_hmac_update(&n->k, v_of(n));
	pki_nettle_hmac_update(&n->k, pki_bytes_of(&tag, 1));
	pki_nettle_hmac_update(&n->k, seed);
	pki_nettle_hmac_end(&n->k, k);
	pki_nettle_hmac_key(&n->k, h, pki_bytes_of(k, h->digest_size));
	pki_wipe(k, sizeof k);
	next_v(n);
}

/* z = z - m where z >= m, and z is below 2 m. In time that depends on n alone. */
static void reduce_once(uint8_t *z, const uint8_t *m, size_t n)
{
	uint8_t less[PKI_EC_OCTETS_MAX];
	unsigned borrow = 0;
	uint8_t keep;

	for (size_t i = n; i-- > 0;) {
		unsigned d = 0x100u + z[i] - m[i] - borrow;

		less[i] = (uint8_t)d;
		borrow = 1u - (d >> 8);
	}
	keep = (uint8_t)(0u - borrow);
	for (size_t i = 0; i < n; i++)
		z[i] = (uint8_t)((z[i] & keep) | (less[i] & ~keep));
}

/* 2.3.4. A digest that is longer than the order is cut; that it fills whole octets is why nothing
 * is shifted: P-521 alone has other bits, and no digest is as long. */
static void bits2octets(const pki_nettle_curve *c, pki_bytes digest, uint8_t *out)
{
	size_t n = digest.len < c->octets ? digest.len : c->octets;

	memset(out, 0, c->octets - n);
	memcpy(out + (c->octets - n), digest.data, n);
	reduce_once(out, c->order, c->octets);
}

void pki_nonce_start(pki_nonce *n, const struct pki_nettle_ec *key, const struct nettle_hash *hash,
    pki_bytes digest, pki_bytes extra)
{
	static const uint8_t zeros[PKI_HASH_MAX];
	uint8_t seed[2 * PKI_EC_OCTETS_MAX + 64];
	size_t r_len = key->curve->octets;
	size_t extra_len = extra.len < 64 ? extra.len : 64;
	pki_bytes all;

	memcpy(seed, key->x, r_len);
	bits2octets(key->curve, digest, seed + r_len);
	if (extra_len != 0)
		memcpy(seed + 2 * r_len, extra.data, extra_len);
	all = pki_bytes_of(seed, 2 * r_len + extra_len);
	n->curve = key->curve;
	n->used = false;
	memset(n->v, 1, sizeof n->v);
	pki_nettle_hmac_key(&n->k, hash, pki_bytes_of(zeros, hash->digest_size));
	next_k(n, 0, all);
	next_k(n, 1, all);
	pki_wipe(seed, sizeof seed);
}

/* bits2int, 2.3.2, of octets that make up the order's length and some bits more. */
static void shift_right(uint8_t *x, size_t n, unsigned bits)
{
	for (size_t i = n; bits != 0 && i-- > 0;)
		x[i] = (uint8_t)(x[i] >> bits | (i == 0 ? 0 : x[i - 1] << (8 - bits)));
}

void pki_nonce_next(void *nonce, size_t len, uint8_t *out)
{
	pki_nonce *n = nonce;
	size_t h_len = n->k.hash->digest_size, done = 0;

	if (n->used)
		next_k(n, 0, pki_bytes_of(NULL, 0));
	n->used = true;
	while (done < len) {
		size_t more = len - done < h_len ? len - done : h_len;

		next_v(n);
		memcpy(out + done, n->v, more);
		done += more;
	}
	shift_right(out, len, n->curve->spare_bits);
}

void pki_nonce_wipe(pki_nonce *n)
{
	pki_wipe(n, sizeof *n);
}
