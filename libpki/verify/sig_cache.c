/* SPDX-License-Identifier: BSD-3-Clause */
/* Signatures that have been verified: digests in sets of a few, of which the oldest goes. */
#include <pthread.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/core/ref.h"
#include "libpki/crypto/use.h"
#include "libpki/verify/sig_cache.h"

#define ENTRIES_MAX ((size_t)1 << 20)
#define SET_MAX     8 /* entries: a look-up compares no more, whoever chose what is signed */

typedef uint8_t entry[PKI_SIG_CACHE_KEY];

/* One of the sets: a ring. */
typedef struct ring {
	uint8_t count, next;
} ring;

struct pki_sig_cache {
	pki_ref refs;
	uint32_t reserved;
	pthread_mutex_t lock; /* of what follows */
	entry *entries;       /* those of the first set, of the second ... */
	ring *rings;
	size_t sets, set_size;
};

/* ---- made and freed ---- */

static void cache_free(pki_sig_cache *c)
{
	pki_free(c->entries);
	pki_free(c->rings);
	pki_free(c);
}

static bool make_room(pki_sig_cache *c, size_t entries)
{
	c->set_size = entries < SET_MAX ? entries : SET_MAX;
	c->sets = (entries + c->set_size - 1) / c->set_size;
	c->entries = pki_alloc_zero(c->sets * c->set_size, sizeof *c->entries);
	c->rings = pki_alloc_zero(c->sets, sizeof *c->rings);
	return c->entries != NULL && c->rings != NULL;
}

static pki_status cache_new(size_t entries, pki_sig_cache **out, pki_error *err)
{
	pki_sig_cache *c;

	if (entries < 1 || entries > ENTRIES_MAX)
		return pki_error_set(err, PKI_E_ARG, "a cache of none or too many entries", NULL);
	c = pki_alloc_zero(1, sizeof *c);
	if (c == NULL)
		return pki_error_nomem(err);
	pki_ref_init(&c->refs);
	if (!make_room(c, entries) || pthread_mutex_init(&c->lock, NULL) != 0) {
		cache_free(c);
		return pki_error_nomem(err);
	}
	*out = c;
	return PKI_SUCCESS;
}

pki_status pki_sig_cache_new(
    const pki_ctx *ctx, size_t entries, pki_sig_cache **out, pki_error *err)
{
	(void)ctx;
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	return PKI_LEAVE(err, cache_new(entries, out, err));
}

pki_sig_cache *pki_sig_cache_ref(const pki_sig_cache *c)
{
	pki_sig_cache *shared = (pki_sig_cache *)(uintptr_t)c;

	if (shared != NULL)
		pki_ref_take(&shared->refs);
	return shared;
}

void pki_sig_cache_free(pki_sig_cache *c)
{
	if (c == NULL || !pki_ref_drop(&c->refs))
		return;
	pthread_mutex_destroy(&c->lock);
	cache_free(c);
}

/* ---- what is in it ---- */

/* A digest's first octets are as good as any. */
static size_t set_of(const pki_sig_cache *c, const uint8_t *key)
{
	uint64_t n;

	memcpy(&n, key, sizeof n);
	return (size_t)(n % c->sets);
}

static bool is_in(const pki_sig_cache *c, size_t set, const uint8_t *key)
{
	const entry *first = c->entries + set * c->set_size;

	for (size_t i = 0; i < c->rings[set].count; i++)
		if (memcmp(first[i], key, sizeof *first) == 0)
			return true;
	return false;
}

/* In place of the oldest, where there is no more room. */
static void put(pki_sig_cache *c, size_t set, const uint8_t *key)
{
	ring *r = &c->rings[set];

	memcpy(c->entries[set * c->set_size + r->next], key, sizeof *c->entries);
	r->next = (uint8_t)((r->next + 1u) % c->set_size);
	if (r->count < c->set_size)
		r->count++;
}

bool pki_sig_cache_has(pki_sig_cache *c, const uint8_t key[PKI_SIG_CACHE_KEY])
{
	bool has;

	if (c == NULL || pthread_mutex_lock(&c->lock) != 0)
		return false;
	has = is_in(c, set_of(c, key), key);
	pthread_mutex_unlock(&c->lock);
	return has;
}

void pki_sig_cache_put(pki_sig_cache *c, const uint8_t key[PKI_SIG_CACHE_KEY])
{
	size_t set;

	if (c == NULL || pthread_mutex_lock(&c->lock) != 0)
		return;
	set = set_of(c, key);
	if (!is_in(c, set, key))
		put(c, set, key);
	pthread_mutex_unlock(&c->lock);
}

/* ---- what is put there ---- */

/* Its NUL included, the word has always the same length, as the lengths have. */
static const char domain[] = "libpki verified signature";

static void put_length(uint8_t *out, size_t n)
{
	for (size_t i = 0; i < 8; i++)
		out[i] = (uint8_t)((uint64_t)n >> (56 - 8 * i));
}

pki_status pki_sig_cache_key(const pki_ctx *ctx, pki_bytes object, pki_bytes spki,
    uint8_t out[PKI_SIG_CACHE_KEY], pki_error *err)
{
	uint8_t lengths[16], digest[PKI_HASH_MAX];
	const pki_bytes parts[] = { { (const uint8_t *)domain, sizeof domain },
		{ lengths, sizeof lengths }, spki, object };
	pki_call call;
	pki_status st;

	put_length(lengths, spki.len);
	put_length(lengths + 8, object.len);
	pki_call_begin(&call, ctx);
	st = pki_hash_parts(
	    ctx, &call, PKI_HASH_SHA256, parts, sizeof parts / sizeof parts[0], digest, err);
	if (st == PKI_SUCCESS)
		memcpy(out, digest, PKI_SIG_CACHE_KEY);
	return st;
}
