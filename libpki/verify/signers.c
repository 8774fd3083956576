/* SPDX-License-Identifier: BSD-3-Clause */
/* Public keys and signatures of one verification: each is looked at once. */
#include <string.h>

#include <pki/sign.h>

#include "libpki/core/alloc.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/crypto/policy.h"
#include "libpki/crypto/pubkey.h"
#include "libpki/verify/findings.h"
#include "libpki/verify/sig_cache.h"
#include "libpki/verify/signers.h"

struct pki_signer {
	pki_bytes spki;          /* as it stands in the certificate */
	const pki_pubkey *above; /* whose parameters it inherits; NULL: it has its own */
	pki_pubkey *key;
	pki_error *why; /* NULL: there is a key */
};

struct pki_signature_seen {
	const void *object; /* the certificate or CRL */
	const pki_pubkey *key;
	pki_error *why; /* NULL: it verifies */
};

void pki_signers_init(pki_signers *s, const pki_ctx *ctx, pki_call *call, pki_sig_cache *cache)
{
	*s = (pki_signers){ .ctx = ctx,
		.call = call,
		.cache = cache,
		.left = pki_ctx_limits(ctx)->path_signatures };
}

static void free_signer(pki_signer *k)
{
	pki_pubkey_free(k->key);
	pki_free(k->why);
	pki_free(k);
}

void pki_signers_free(pki_signers *s)
{
	for (size_t i = 0; i < s->key_count; i++)
		free_signer(s->keys[i]);
	for (size_t i = 0; i < s->seen_count; i++)
		pki_free(s->seen[i].why);
	pki_free(s->keys);
	pki_free(s->seen);
	*s = (pki_signers){ .ctx = NULL };
}

/* What is worth remembering: it will be the same the next time. */
static bool is_final(pki_status st)
{
	return st != PKI_E_LIMIT && !pki_is_of_the_call(st);
}

static pki_status give(const pki_error *why, pki_error *err)
{
	if (why == NULL)
		return PKI_SUCCESS;
	pki_error_copy(err, why);
	return pki_error_status(why);
}

/* A copy of an error; NULL for success. false: no memory. */
static bool keep_error(pki_status st, const pki_error *why, pki_error **out)
{
	*out = NULL;
	if (st == PKI_SUCCESS)
		return true;
	*out = pki_alloc(sizeof **out);
	if (*out != NULL)
		**out = *why;
	return *out != NULL;
}

/* ---- keys ---- */

/* What a short SubjectPublicKeyInfo of id-dsa begins with: 30 n 30 9 06 7 { id-dsa } 03 */
static bool looks_short(pki_bytes der)
{
	static const uint8_t id_dsa[] = { 0x30, 9, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1 };

	for (size_t at = 2; at <= 4; at++)
		if (der.len > at + sizeof id_dsa &&
		    memcmp(der.data + at, id_dsa, sizeof id_dsa) == 0)
			return true;
	return false;
}

bool pki_spki_inherits(const pki_ctx *ctx, pki_bytes der)
{
	pki_spki spki;

	return looks_short(der) && pki_spki_parse(ctx, der, &spki, NULL) == PKI_SUCCESS &&
	    spki.type == PKI_KEY_DSA && spki.parameters.len == 0;
}

static int compare(const pki_signer *k, pki_bytes spki, const pki_pubkey *above)
{
	uintptr_t x = (uintptr_t)k->above, y = (uintptr_t)above;
	int order = pki_bytes_compare(k->spki, spki);

	return order != 0 ? order : (x > y) - (x < y);
}

/* Where it is, or would be. */
static size_t place_of(const pki_signers *s, pki_bytes spki, const pki_pubkey *above)
{
	size_t from = 0, end = s->key_count;

	while (from < end) {
		size_t middle = from + (end - from) / 2;

		if (compare(s->keys[middle], spki, above) < 0)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}

static pki_status insert(pki_signers *s, size_t place, pki_signer *k, pki_error *err)
{
	pki_signer **list = pki_list_room(s->keys, NULL, s->key_count, &s->key_room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(err);
	s->keys = list;
	list += place;
	memmove(list + 1, list, (s->key_count++ - place) * sizeof *list);
	*list = k;
	return PKI_SUCCESS;
}

/* What there is of it, or why there is nothing. */
static pki_status import(const pki_signers *s, pki_signer *k, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_pubkey_import_inheriting(s->ctx, k->spki, k->above, &k->key, &why);

	if (!is_final(st) && st != PKI_E_LIMIT)
		return give(&why, err);
	return keep_error(st, &why, &k->why) ? PKI_SUCCESS : pki_error_nomem(err);
}

/* Of the work budget: a key that is read, whose point may be compressed. */
#define KEY_UNITS 2000

static pki_status add_key(pki_signers *s, size_t place, pki_bytes spki, const pki_pubkey *above,
    pki_signer **out, pki_error *err)
{
	pki_status st = pki_call_spend(s->call, KEY_UNITS + spki.len / PKI_OCTETS_PER_UNIT, err);
	pki_signer *k;

	if (st != PKI_SUCCESS)
		return st;
	k = pki_alloc_zero(1, sizeof *k);
	if (k == NULL)
		return pki_error_nomem(err);
	*k = (pki_signer){ .spki = spki, .above = above };
	st = import(s, k, err);
	if (st == PKI_SUCCESS)
		st = insert(s, place, k, err);
	if (st == PKI_SUCCESS)
		*out = k;
	else
		free_signer(k);
	return st;
}

pki_status pki_signers_key(
    pki_signers *s, pki_bytes spki, const pki_pubkey *above, const pki_pubkey **out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_signer *k = NULL;
	size_t place;

	*out = NULL;
	if (!pki_spki_inherits(s->ctx, spki))
		above = NULL;
	place = place_of(s, spki, above);
	if (place < s->key_count && compare(s->keys[place], spki, above) == 0)
		k = s->keys[place];
	else
		st = add_key(s, place, spki, above, &k, err);
	if (st != PKI_SUCCESS)
		return st;
	*out = k->key;
	return give(k->why, err);
}

/* ---- signatures ---- */

/* Something signed, whatever it is. */
typedef struct object {
	const void *id;
	pki_bytes der, algorithm;
	const pki_cert *cert;
	const pki_crl *crl;
} object;

/* What the cache does not know: is the algorithm allowed, now? */
static pki_status check_policy(const pki_signers *s, const object *o, pki_error *err)
{
	pki_alg alg;
	pki_status st;

	pki_alg_init(&alg, sizeof alg);
	st = pki_alg_parse(s->ctx, o->algorithm, &alg, err);
	return st == PKI_SUCCESS ? pki_policy_signature(s->ctx, &alg, err) : st;
}

static pki_status verify(pki_signers *s, const object *o, const pki_pubkey *key, pki_error *err)
{
	if (s->left == 0)
		return pki_error_set(
		    err, PKI_E_LIMIT, "too many signatures to verify: path_signatures", NULL);
	s->left--;
	return o->cert != NULL ? pki_cert_check_signature(o->cert, key, err)
			       : pki_crl_check_signature(o->crl, key, err);
}

static pki_status check_cached(
    pki_signers *s, const object *o, const pki_pubkey *key, pki_error *err)
{
	uint8_t digest[PKI_SIG_CACHE_KEY];
	pki_status st;

	if (s->cache == NULL)
		return verify(s, o, key, err);
	st = pki_sig_cache_key(s->ctx, o->der, pki_pubkey_spki(key), digest, err);
	if (st != PKI_SUCCESS)
		return st;
	if (pki_sig_cache_has(s->cache, digest))
		return check_policy(s, o, err);
	st = verify(s, o, key, err);
	if (st == PKI_SUCCESS)
		pki_sig_cache_put(s->cache, digest);
	return st;
}

static const pki_signature_seen *find_seen(
    const pki_signers *s, const object *o, const pki_pubkey *key)
{
	for (size_t i = 0; i < s->seen_count; i++)
		if (s->seen[i].object == o->id && s->seen[i].key == key)
			return &s->seen[i];
	return NULL;
}

static pki_status check(pki_signers *s, const object *o, const pki_pubkey *key, pki_error *err)
{
	const pki_signature_seen *before = find_seen(s, o, key);
	pki_signature_seen *list, now = { .object = o->id, .key = key };
	pki_error why = PKI_ERROR_INIT;
	pki_status st;

	if (before != NULL)
		return give(before->why, err);
	list = pki_list_room(s->seen, NULL, s->seen_count, &s->seen_room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	s->seen = list;
	st = pki_call_spend(s->call, o->der.len / PKI_OCTETS_PER_UNIT, &why);
	if (st == PKI_SUCCESS)
		st = check_cached(s, o, key, &why);
	if (!is_final(st))
		return give(&why, err);
	if (!keep_error(st, &why, &now.why))
		return pki_error_nomem(err);
	list[s->seen_count++] = now;
	return give(now.why, err);
}

pki_status pki_signers_check_cert(
    pki_signers *s, const pki_cert *c, const pki_pubkey *key, pki_error *err)
{
	object o = { c, pki_cert_der(c), pki_cert_signature_algorithm(c), c, NULL };

	return check(s, &o, key, err);
}

pki_status pki_signers_check_crl(
    pki_signers *s, const pki_crl *c, const pki_pubkey *key, pki_error *err)
{
	object o = { c, pki_crl_der(c), pki_crl_signature_algorithm(c), NULL, c };

	return check(s, &o, key, err);
}
