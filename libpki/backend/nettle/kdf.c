/* SPDX-License-Identifier: BSD-3-Clause */
/* PBKDF2 (RFC 8018 5.2), an iteration of which costs two compressions. */
#include <endian.h>
#include <string.h>

#include <nettle/memxor.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <pki/error.h>

#include "libpki/backend/nettle/digest.h"
#include "libpki/backend/nettle/kdf.h"

#define SPEND_EVERY 1000 /* iterations between two looks at the budget */

/*
 * From the second iteration on, what is hashed under each half of HMAC is one block: a digest,
 * padded. So the padding is written once, and an iteration is: the chaining value that the key left
 * behind, updated with this block, twice. That needs Nettle's states to begin with the chaining
 * value.
 */
_Static_assert(offsetof(struct sha1_ctx, state) == 0, "Nettle's SHA-1 state has moved");
_Static_assert(offsetof(struct sha256_ctx, state) == 0, "Nettle's SHA-256 state has moved");
_Static_assert(offsetof(struct sha512_ctx, state) == 0, "Nettle's SHA-512 state has moved");

struct family {
	size_t value; /* octets of the chaining value */
	void (*store)(uint8_t *out, size_t n, const uint8_t *value);
};

/* The first n octets of the digest that a chaining value is. */
static void store_32(uint8_t *out, size_t n, const uint8_t *value)
{
	for (size_t i = 0; i < n; i += sizeof(uint32_t)) {
		uint32_t word;

		memcpy(&word, value + i, sizeof word);
		word = htobe32(word);
		memcpy(out + i, &word, sizeof word);
	}
}

static void store_64(uint8_t *out, size_t n, const uint8_t *value)
{
	for (size_t i = 0; i < n; i += sizeof(uint64_t)) {
		uint64_t word;

		memcpy(&word, value + i, sizeof word);
		word = htobe64(word);
		/* SHA-512/224 ends within a word */
		memcpy(out + i, &word, n - i < sizeof word ? sizeof word / 2 : sizeof word);
	}
}

static const struct family sha1 = { 20, store_32 };
static const struct family sha256 = { 32, store_32 };
static const struct family sha512 = { 64, store_64 };

static const struct family *const families[] = {
	[PKI_HASH_SHA1] = &sha1,
	[PKI_HASH_SHA224] = &sha256,
	[PKI_HASH_SHA256] = &sha256,
	[PKI_HASH_SHA384] = &sha512,
	[PKI_HASH_SHA512] = &sha512,
	[PKI_HASH_SHA512_224] = &sha512,
	[PKI_HASH_SHA512_256] = &sha512,
};

static const struct family *family_of(pki_hash h)
{
	if (h < 0 || (size_t)h >= sizeof families / sizeof *families)
		return NULL;
	return families[h];
}

struct pbkdf2 {
	const struct family *family;
	pki_nettle_hmac hmac;
	alignas(8) uint8_t block[SHA512_BLOCK_SIZE];
	uint8_t t[PKI_HASH_MAX];
};

bool pki_nettle_kdf_supports(const pki_alg *a)
{
	return a->scheme == PKI_ALG_PBKDF2 && family_of(a->hash) != NULL &&
	    pki_nettle_hash(a->hash) != NULL;
}

/* FIPS 180-4 5.1: a digest that follows one block, the one with the key. */
static void pad(struct pbkdf2 *k)
{
	const struct nettle_hash *h = k->hmac.hash;
	size_t bits = 8 * ((size_t)h->block_size + h->digest_size);

	memset(k->block, 0, sizeof k->block);
	k->block[h->digest_size] = 0x80;
	k->block[h->block_size - 2] = (uint8_t)(bits >> 8);
	k->block[h->block_size - 1] = (uint8_t)bits;
}

/* The digest in the block becomes the digest of the block. */
static void hash_block(struct pbkdf2 *k, const pki_nettle_state *from)
{
	const struct nettle_hash *h = k->hmac.hash;
	pki_nettle_state *work = &k->hmac.work;

	memcpy(work->room, from->room, k->family->value);
	h->update(work->room, h->block_size, k->block);
	k->family->store(k->block, h->digest_size, work->room);
}

static void iterate(struct pbkdf2 *k, uint32_t n)
{
	while (n-- != 0) {
		hash_block(k, &k->hmac.inner);
		hash_block(k, &k->hmac.outer);
		memxor(k->t, k->block, k->hmac.hash->digest_size);
	}
}

/* F (P, S, c, i), into k->t */
static pki_status derive_block(struct pbkdf2 *k, pki_call *call, uint32_t iterations,
    pki_bytes salt, uint32_t i, pki_error *err)
{
	uint32_t index = htobe32(i), left = iterations - 1;

	pki_nettle_hmac_update(&k->hmac, salt);
	pki_nettle_hmac_update(&k->hmac, pki_bytes_of(&index, sizeof index));
	pki_nettle_hmac_end(&k->hmac, k->t);
	pad(k);
	memcpy(k->block, k->t, k->hmac.hash->digest_size);
	do {
		uint32_t n = left < SPEND_EVERY ? left : SPEND_EVERY;
		pki_status st = pki_call_spend(call, 2u * (uint64_t)n + 4, err);

		if (st != PKI_SUCCESS)
			return st;
		iterate(k, n);
		left -= n;
	} while (left != 0);
	/* as the next message wants it: HMAC's end left it so, the iterations did not */
	memcpy(k->hmac.work.room, k->hmac.inner.room, k->hmac.hash->context_size);
	return PKI_SUCCESS;
}

static pki_status derive(struct pbkdf2 *k, pki_call *call, uint32_t iterations, pki_bytes salt,
    pki_span out, pki_error *err)
{
	size_t h_len = k->hmac.hash->digest_size;

	for (uint32_t i = 1; out.len != 0; i++) {
		size_t n = out.len < h_len ? out.len : h_len;
		pki_status st = derive_block(k, call, iterations, salt, i, err);

		if (st != PKI_SUCCESS)
			return st;
		memcpy(out.data, k->t, n);
		out.data += n;
		out.len -= n;
	}
	return PKI_SUCCESS;
}

pki_status pki_nettle_kdf(void *self, pki_call *call, const pki_alg *a, pki_bytes secret,
    pki_bytes salt, pki_bytes info, pki_span out, pki_error *err)
{
	struct pbkdf2 k;
	pki_status st;

	(void)self;
	if (!pki_nettle_kdf_supports(a))
		return pki_error_set(err, PKI_E_UNSUPPORTED, "no such KDF or PRF", NULL);
	if (a->iterations == 0 || info.len != 0)
		return pki_error_set(err, PKI_E_ARG, "not PBKDF2-params", "RFC 8018 5.2");
	if (out.len / pki_hash_size(a->hash) >= UINT32_MAX)
		return pki_error_set(err, PKI_E_ARG, "derived key too long", "RFC 8018 5.2");
	k.family = family_of(a->hash);
	pki_nettle_hmac_key(&k.hmac, pki_nettle_hash(a->hash), secret);
	st = derive(&k, call, a->iterations, salt, out, err);
	if (st != PKI_SUCCESS)
		pki_wipe(out.data, out.len);
	pki_wipe(&k, sizeof k);
	return st;
}
