/* SPDX-License-Identifier: BSD-3-Clause */
/* Signatures that have been verified: what is remembered, for how long, and by which digest. */
#include <pthread.h>
#include <string.h>

#include "libpki/verify/sig_cache.h"
#include "tests/lib/t.h"

#define MOST ((size_t)1 << 20)

static pki_sig_cache *cache_of(size_t entries)
{
	pki_sig_cache *c;

	t_ok(pki_sig_cache_new(NULL, entries, &c, err));
	return c;
}

/* A key as good as a digest, of a number. */
static const uint8_t *key_of(uint64_t n)
{
	static _Thread_local uint8_t key[PKI_SIG_CACHE_KEY];

	for (size_t i = 0; i < sizeof key; i += 8) {
		uint64_t x = (n + i) * 0x9e3779b97f4a7c15u;

		x ^= x >> 29;
		memcpy(key + i, &x, sizeof x);
	}
	return key;
}

START_TEST(test_sizes)
{
	static const size_t bad[] = { 0, MOST + 1, SIZE_MAX, SIZE_MAX / 32 + 2 };
	static const size_t good[] = { 1, 2, 7, 8, 9, 1000, MOST };
	pki_sig_cache *c;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		t_fails(PKI_E_ARG, pki_sig_cache_new(NULL, bad[i], &c, err));
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		c = cache_of(good[i]);
		ck_assert(!pki_sig_cache_has(c, key_of(1)));
		pki_sig_cache_put(c, key_of(1));
		ck_assert(pki_sig_cache_has(c, key_of(1)));
		ck_assert(!pki_sig_cache_has(c, key_of(2)));
		pki_sig_cache_free(c);
	}
}
END_TEST

/* A key of zeros is not there before it is put there. */
START_TEST(test_zeros)
{
	static const uint8_t zeros[PKI_SIG_CACHE_KEY];
	pki_sig_cache *c = cache_of(1);

	ck_assert(!pki_sig_cache_has(c, zeros));
	pki_sig_cache_put(c, zeros);
	ck_assert(pki_sig_cache_has(c, zeros));
	pki_sig_cache_free(c);
}
END_TEST

/* Every octet counts. */
START_TEST(test_whole_key)
{
	pki_sig_cache *c = cache_of(8);

	pki_sig_cache_put(c, key_of(1));
	for (size_t i = 0; i < PKI_SIG_CACHE_KEY; i++) {
		uint8_t other[PKI_SIG_CACHE_KEY];

		memcpy(other, key_of(1), sizeof other);
		other[i] ^= 1;
		ck_assert(!pki_sig_cache_has(c, other));
	}
	pki_sig_cache_free(c);
}
END_TEST

static size_t count_in(pki_sig_cache *c, uint64_t first, uint64_t last)
{
	size_t n = 0;

	for (uint64_t i = first; i <= last; i++)
		n += pki_sig_cache_has(c, key_of(i));
	return n;
}

/* The oldest go, and what is put there again is not there twice. */
START_TEST(test_oldest_go)
{
	pki_sig_cache *c = cache_of(4);

	for (uint64_t i = 1; i <= 4; i++)
		for (int twice = 0; twice < 2; twice++)
			pki_sig_cache_put(c, key_of(i));
	ck_assert_uint_eq(count_in(c, 1, 4), 4);
	pki_sig_cache_put(c, key_of(1));
	pki_sig_cache_put(c, key_of(5));
	ck_assert(!pki_sig_cache_has(c, key_of(1)));
	ck_assert_uint_eq(count_in(c, 2, 5), 4);
	pki_sig_cache_put(c, key_of(6));
	ck_assert(!pki_sig_cache_has(c, key_of(2)));
	ck_assert_uint_eq(count_in(c, 3, 6), 4);
	pki_sig_cache_free(c);
}
END_TEST

/* However many are put there, it does not grow; the last one is always there. */
START_TEST(test_bounded)
{
	pki_sig_cache *c = cache_of(1000);

	for (uint64_t i = 1; i <= 20000; i++) {
		pki_sig_cache_put(c, key_of(i));
		ck_assert(pki_sig_cache_has(c, key_of(i)));
	}
	ck_assert_uint_le(count_in(c, 1, 20000), 1000);
	ck_assert_uint_gt(count_in(c, 19001, 20000), 500);
	ck_assert_uint_eq(count_in(c, 1, 15000), 0);
	pki_sig_cache_free(c);
}
END_TEST

START_TEST(test_nothing)
{
	pki_sig_cache *c = cache_of(1), *same = pki_sig_cache_ref(c);

	pki_sig_cache_free(c);
	pki_sig_cache_put(same, key_of(1));
	ck_assert(pki_sig_cache_has(same, key_of(1)));
	pki_sig_cache_free(same);
	pki_sig_cache_free(NULL);
	ck_assert_ptr_null(pki_sig_cache_ref(NULL));
	pki_sig_cache_put(NULL, key_of(1));
	ck_assert(!pki_sig_cache_has(NULL, key_of(1)));
	t_fails(PKI_E_ARG, pki_sig_cache_new(NULL, 1, NULL, err));
}
END_TEST

/* ---- keys ---- */

/* Nothing moves from one input to the other without another digest. */
START_TEST(test_framing)
{
	static const char *const rows[][2] = { { "", "" }, { "ab", "" }, { "", "ab" }, { "a", "b" },
		{ "b", "a" }, { "a", "a" }, { "aa", "a" }, { "a", "aa" }, { "aaa", "" } };
	enum { COUNT = sizeof rows / sizeof rows[0] };
	uint8_t keys[COUNT][PKI_SIG_CACHE_KEY], again[PKI_SIG_CACHE_KEY];

	for (size_t i = 0; i < COUNT; i++) {
		t_ok(pki_sig_cache_key(
		    NULL, pki_bytes_str(rows[i][0]), pki_bytes_str(rows[i][1]), keys[i], err));
		for (size_t j = 0; j < i; j++)
			ck_assert(memcmp(keys[i], keys[j], sizeof keys[i]) != 0);
	}
	t_ok(pki_sig_cache_key(NULL, pki_bytes_str("a"), pki_bytes_str("b"), again, err));
	t_bytes_eq(pki_bytes_of(again, sizeof again), pki_bytes_of(keys[3], sizeof keys[3]));
}
END_TEST

START_TEST(test_budget)
{
	const pki_ctx_opts o = { .size = sizeof o, .budget = 4 };
	uint8_t key[PKI_SIG_CACHE_KEY] = { 7 };
	pki_ctx *ctx;

	t_ok(pki_ctx_new(&o, &ctx, err));
	t_fails(PKI_E_LIMIT,
	    pki_sig_cache_key(
		ctx, t_vector("cert/openssl-leaf.der"), pki_bytes_str("key"), key, err));
	ck_assert_int_eq(key[0], 7);
	pki_ctx_free(ctx);
}
END_TEST

/* ---- threads ---- */

#define THREADS 8

static void *put_and_look(void *cache)
{
	pki_sig_cache *c = cache;

	for (uint64_t i = 0; i < 2000; i++) {
		pki_sig_cache_put(c, key_of(i % 64));
		pki_sig_cache_has(c, key_of(i % 97));
	}
	pki_sig_cache_free(c);
	return NULL;
}

START_TEST(test_threads)
{
	pki_sig_cache *c = cache_of(4096);
	pthread_t threads[THREADS];

	for (size_t i = 0; i < THREADS; i++)
		ck_assert_int_eq(
		    pthread_create(&threads[i], NULL, put_and_look, pki_sig_cache_ref(c)), 0);
	for (size_t i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
	ck_assert_uint_eq(count_in(c, 0, 63), 64);
	ck_assert_uint_eq(count_in(c, 64, 97), 0);
	pki_sig_cache_free(c);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_sizes, test_zeros, test_whole_key, test_oldest_go,
		test_bounded, test_nothing, test_framing, test_budget, test_threads, NULL };

	return t_main("sig_cache", tests);
}
