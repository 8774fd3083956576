/* SPDX-License-Identifier: BSD-3-Clause */
/* Digests and HMAC (RFC 2104), over Nettle's table of hashes. */
#include <string.h>

#include <nettle/memxor.h>
#include <pki/error.h>

#include "libpki/backend/nettle/digest.h"
#include "libpki/core/alloc.h"
#include "libpki/core/error.h"

static const struct nettle_hash *const hashes[] = {
	[PKI_HASH_MD5] = &nettle_md5,
	[PKI_HASH_SHA1] = &nettle_sha1,
	[PKI_HASH_SHA224] = &nettle_sha224,
	[PKI_HASH_SHA256] = &nettle_sha256,
	[PKI_HASH_SHA384] = &nettle_sha384,
	[PKI_HASH_SHA512] = &nettle_sha512,
	[PKI_HASH_SHA3_224] = &nettle_sha3_224,
	[PKI_HASH_SHA3_256] = &nettle_sha3_256,
	[PKI_HASH_SHA3_384] = &nettle_sha3_384,
	[PKI_HASH_SHA3_512] = &nettle_sha3_512,
	[PKI_HASH_SHA512_224] = &nettle_sha512_224,
	[PKI_HASH_SHA512_256] = &nettle_sha512_256,
};

const struct nettle_hash *pki_nettle_hash(pki_hash h)
{
	const struct nettle_hash *n;

	if (h < 0 || (size_t)h >= sizeof hashes / sizeof *hashes || hashes[h] == NULL)
		return NULL;
	n = hashes[h];
	/* what the library at hand says, which may be newer than its headers were */
	if (n->context_size > sizeof(pki_nettle_state) || n->digest_size > PKI_HASH_MAX ||
	    n->block_size > PKI_NETTLE_BLOCK_MAX)
		return NULL;
	return n;
}

static void update(const struct nettle_hash *h, pki_nettle_state *s, pki_bytes in)
{
	if (in.len != 0)
		h->update(s->room, in.len, in.data);
}

static void copy(const struct nettle_hash *h, pki_nettle_state *to, const pki_nettle_state *from)
{
	memcpy(to->room, from->room, h->context_size);
}

void pki_nettle_hash_once(const struct nettle_hash *h, pki_bytes in, uint8_t out[PKI_HASH_MAX])
{
	pki_nettle_state s;

	h->init(s.room);
	update(h, &s, in);
	pki_nettle_hash_end(h, s.room, out);
	pki_wipe(&s, sizeof s);
}

/* RFC 2104 2: the state after the block `key XOR pad`. */
static void key_state(
    const struct nettle_hash *h, pki_nettle_state *s, const uint8_t *key, uint8_t pad)
{
	uint8_t block[PKI_NETTLE_BLOCK_MAX];

	memset(block, pad, h->block_size);
	memxor(block, key, h->block_size);
	h->init(s->room);
	h->update(s->room, h->block_size, block);
	pki_wipe(block, sizeof block);
}

void pki_nettle_hmac_key(pki_nettle_hmac *m, const struct nettle_hash *h, pki_bytes key)
{
	uint8_t k[PKI_NETTLE_BLOCK_MAX] = { 0 };

	m->hash = h;
	if (key.len > h->block_size)
		pki_nettle_hash_once(h, key, k);
	else if (key.len != 0)
		memcpy(k, key.data, key.len);
	key_state(h, &m->inner, k, 0x36);
	key_state(h, &m->outer, k, 0x5c);
	copy(h, &m->work, &m->inner);
	pki_wipe(k, sizeof k);
}

void pki_nettle_hmac_update(pki_nettle_hmac *m, pki_bytes in)
{
	update(m->hash, &m->work, in);
}

void pki_nettle_hmac_end(pki_nettle_hmac *m, uint8_t out[PKI_HASH_MAX])
{
	pki_nettle_hash_end(m->hash, m->work.room, out);
	copy(m->hash, &m->work, &m->outer);
	m->hash->update(m->work.room, m->hash->digest_size, out);
	pki_nettle_hash_end(m->hash, m->work.room, out);
	copy(m->hash, &m->work, &m->inner);
}

struct digest {
	bool mac;
	pki_nettle_hmac hmac; /* a plain digest uses hash and work alone */
};

bool pki_nettle_digest_supports(const pki_alg *a, bool mac)
{
	return a->scheme == (mac ? PKI_ALG_HMAC : PKI_ALG_NONE) && pki_nettle_hash(a->hash) != NULL;
}

pki_status pki_nettle_digest_new(
    void *self, const pki_alg *a, pki_bytes mac_key, void **st, pki_error *err)
{
	bool mac = a->scheme == PKI_ALG_HMAC;
	const struct nettle_hash *h = pki_nettle_hash(a->hash);
	struct digest *d;

	(void)self;
	if (!pki_nettle_digest_supports(a, mac))
		return pki_error_set(err, PKI_E_UNSUPPORTED, "no such digest or MAC", NULL);
	d = pki_alloc_zero(1, sizeof *d);
	if (d == NULL)
		return pki_error_nomem(err);
	d->mac = mac;
	d->hmac.hash = h;
	if (mac)
		pki_nettle_hmac_key(&d->hmac, h, mac_key);
	else
		h->init(d->hmac.work.room);
	*st = d;
	return PKI_SUCCESS;
}

pki_status pki_nettle_digest_update(void *st, pki_bytes in, pki_error *err)
{
	struct digest *d = st;

	(void)err;
	pki_nettle_hmac_update(&d->hmac, in);
	return PKI_SUCCESS;
}

pki_status pki_nettle_digest_final(void *st, pki_span *out, pki_error *err)
{
	struct digest *d = st;
	const struct nettle_hash *h = d->hmac.hash;
	uint8_t whole[PKI_HASH_MAX];

	if (out->len < h->digest_size)
		return pki_error_set(err, PKI_E_ARG, "no room for the digest", NULL);
	if (d->mac)
		pki_nettle_hmac_end(&d->hmac, whole);
	else
		pki_nettle_hash_end(h, d->hmac.work.room, whole);
	memcpy(out->data, whole, h->digest_size);
	out->len = h->digest_size;
	pki_wipe(whole, sizeof whole);
	return PKI_SUCCESS;
}

pki_status pki_nettle_digest_dup(void *st, void **copy_out, pki_error *err)
{
	struct digest *d = pki_alloc(sizeof *d);

	if (d == NULL)
		return pki_error_nomem(err);
	memcpy(d, st, sizeof *d);
	*copy_out = d;
	return PKI_SUCCESS;
}

void pki_nettle_digest_free(void *st)
{
	pki_free_secret(st, sizeof(struct digest));
}
