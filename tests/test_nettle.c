/* SPDX-License-Identifier: BSD-3-Clause */
/* The built-in backend: digests, MACs, ciphers, PBKDF2, randomness. */
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pki/backend.h>
#include <pki/ctx.h>

#include "libpki/backend/nettle/random.h"
#include "libpki/core/ctx.h"
#include "tests/lib/rows.h"

static const pki_backend_table *be;

/*
 * Stands before the C library's getrandom(2), as the library under test is linked statically: gives
 * so many calls, then fails with an error of the test's choice.
 */
static int random_left = -1, random_errno = ENOSYS;
static size_t random_most = SIZE_MAX;

ssize_t getrandom(void *out, size_t n, unsigned flags)
{
	if (random_left == 0) {
		errno = random_errno;
		return random_errno == 0 ? 0 : -1;
	}
	if (random_left > 0)
		random_left--;
	return syscall(SYS_getrandom, out, n < random_most ? n : random_most, flags);
}

static pki_span span(uint8_t *data, size_t n)
{
	return (pki_span){ data, n };
}

static pki_alg alg(pki_scheme scheme, pki_hash hash)
{
	return (pki_alg){ .size = sizeof(pki_alg), .scheme = scheme, .hash = hash };
}

START_TEST(says_what_it_is)
{
	const char *text = be->version(NULL);

	ck_assert_uint_eq(be->abi, PKI_BACKEND_ABI);
	ck_assert_str_eq(be->name, "nettle");
	ck_assert(strncmp(text, "Nettle ", 7) == 0 && strstr(text, "(GMP ") != NULL);
	ck_assert_ptr_null(be->open);
	ck_assert_ptr_null(be->key_open);
	ck_assert_ptr_null(be->key_list);
}
END_TEST

/* in pieces of step octets, so many times over */
static void feed(void *st, pki_bytes in, uint32_t times, size_t step)
{
	pki_status worst = PKI_SUCCESS;

	for (; times != 0; times--)
		for (size_t at = 0; at < in.len; at += step)
			worst |= be->digest_update(st,
			    pki_bytes_of(in.data + at, in.len - at < step ? in.len - at : step),
			    NULL);
	ck_assert_int_eq(worst, PKI_SUCCESS);
}

static void check_digest(
    const pki_alg *a, pki_bytes key, pki_bytes in, uint32_t times, size_t step, pki_bytes want)
{
	uint8_t room[PKI_HASH_MAX + 1];
	pki_span out = span(room, sizeof room);
	void *st, *copy;

	memset(room, 0xa5, sizeof room);
	t_ok(be->digest_new(NULL, a, key, &st, err));
	feed(st, in, times, step);
	t_ok(be->digest_dup(st, &copy, err));
	t_ok(be->digest_final(st, &out, err));
	ck_assert_uint_eq(out.len, pki_hash_size(a->hash));
	ck_assert_uint_eq(room[out.len], 0xa5);
	t_bytes_eq(pki_bytes_of(out.data, want.len), want);
	be->digest_free(st);
	/* the copy lives on its own, and may be told more */
	out = span(room, sizeof room);
	t_ok(be->digest_update(copy, pki_bytes_of("", 0), err));
	t_ok(be->digest_final(copy, &out, err));
	t_bytes_eq(pki_bytes_of(out.data, want.len), want);
	be->digest_free(copy);
}

START_TEST(digests)
{
	static const size_t steps[] = { 1, 64, 100000 };
	pki_bytes none = { 0 };
	rows r;

	rows_open(&r, "nettle/digest.txt");
	while (rows_next(&r, 4)) {
		pki_alg a = alg(PKI_ALG_NONE, rows_hash(&r, 0));

		ck_assert(be->supports(NULL, PKI_OP_DIGEST, PKI_KEY_UNKNOWN, &a));
		for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
			check_digest(&a, none, rows_hex(&r, 1), rows_number(&r, 2), steps[i],
			    rows_hex(&r, 3));
	}
}
END_TEST

START_TEST(macs)
{
	rows r;

	rows_open(&r, "nettle/hmac.txt");
	while (rows_next(&r, 4)) {
		pki_alg a = alg(PKI_ALG_HMAC, rows_hash(&r, 0));

		ck_assert(be->supports(NULL, PKI_OP_MAC, PKI_KEY_UNKNOWN, &a));
		for (size_t step = 1; step < 200; step += 31)
			check_digest(
			    &a, rows_hex(&r, 1), rows_hex(&r, 2), 1, step, rows_hex(&r, 3));
	}
}
END_TEST

START_TEST(digests_refused)
{
	pki_bytes key = { 0 };
	uint8_t room[64];
	pki_span out = span(room, 31);
	pki_alg a = alg(PKI_ALG_NONE, PKI_HASH_SHA256);
	void *st = NULL;
	static const struct {
		pki_scheme scheme;
		pki_hash hash;
	} none[] = {
		{ PKI_ALG_NONE, PKI_HASH_NONE },
		{ PKI_ALG_NONE, PKI_HASH_SHA512_256 + 1 },
		{ PKI_ALG_NONE, -1 },
		{ PKI_ALG_HMAC, PKI_HASH_NONE },
		{ PKI_ALG_HMAC, INT32_MAX },
		{ PKI_ALG_ECDSA, PKI_HASH_SHA256 },
		{ PKI_ALG_AES_CBC, PKI_HASH_SHA256 },
	};

	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		pki_alg b = alg(none[i].scheme, none[i].hash);

		ck_assert(!be->supports(NULL, PKI_OP_DIGEST, PKI_KEY_UNKNOWN, &b));
		ck_assert(!be->supports(NULL, PKI_OP_MAC, PKI_KEY_UNKNOWN, &b));
		t_fails(PKI_E_UNSUPPORTED, be->digest_new(NULL, &b, key, &st, err));
		ck_assert_ptr_null(st);
	}
	t_ok(be->digest_new(NULL, &a, key, &st, err));
	t_fails(PKI_E_ARG, be->digest_final(st, &out, err));
	be->digest_free(st);
	be->digest_free(NULL);
}
END_TEST

/* In place, in steps. */
static void run_cbc(
    bool encrypt, pki_bytes key, pki_bytes iv, pki_bytes in, size_t step, pki_bytes want)
{
	pki_alg a = alg(PKI_ALG_AES_CBC, PKI_HASH_NONE);
	uint8_t room[256];
	pki_bytes none = { 0 };
	void *st;

	memcpy(room, in.data, in.len);
	t_ok(be->cipher_new(NULL, &a, encrypt, key, iv, none, in.len, &st, err));
	for (size_t at = 0; at < in.len; at += step) {
		size_t n = in.len - at < step ? in.len - at : step;
		pki_span out = span(room + at, sizeof room - at), tag = span(NULL, 0);

		t_ok(be->cipher_update(st, pki_bytes_of(room + at, n), &out, err));
		ck_assert_uint_eq(out.len, n);
		(void)tag;
	}
	{
		pki_span out = span(room + in.len, 16);

		t_ok(be->cipher_final(st, &out, NULL, err));
		ck_assert_uint_eq(out.len, 0);
	}
	be->cipher_free(st);
	t_bytes_eq(pki_bytes_of(room, in.len), want);
}

START_TEST(aes_cbc)
{
	rows r;

	rows_open(&r, "nettle/aes_cbc.txt");
	while (rows_next(&r, 4))
		for (size_t step = 16; step <= 64; step += 16) {
			run_cbc(true, rows_hex(&r, 0), rows_hex(&r, 1), rows_hex(&r, 2), step,
			    rows_hex(&r, 3));
			run_cbc(false, rows_hex(&r, 0), rows_hex(&r, 1), rows_hex(&r, 3), step,
			    rows_hex(&r, 2));
		}
}
END_TEST

START_TEST(ciphers_refused)
{
	uint8_t octets[64] = { 0 };
	static const struct {
		pki_scheme scheme;
		size_t key, iv, aad;
		pki_status want;
	} cases[] = {
		{ PKI_ALG_AES_CBC, 0, 16, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 15, 16, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 17, 16, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 33, 16, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 64, 16, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 16, 0, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 16, 12, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 16, 15, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 16, 17, 0, PKI_E_ARG },
		{ PKI_ALG_AES_CBC, 16, 16, 1, PKI_E_ARG },
		{ PKI_ALG_AES_GCM, 16, 12, 0, PKI_E_UNSUPPORTED },
		{ PKI_ALG_DES3_CBC, 23, 8, 0, PKI_E_ARG },
		{ PKI_ALG_DES3_CBC, 16, 8, 0, PKI_E_ARG },
		{ PKI_ALG_DES3_CBC, 24, 7, 0, PKI_E_ARG },
		{ PKI_ALG_DES3_CBC, 24, 16, 0, PKI_E_ARG },
		{ PKI_ALG_DES_CBC, 7, 8, 0, PKI_E_ARG },
		{ PKI_ALG_DES_CBC, 8, 0, 0, PKI_E_ARG },
		{ PKI_ALG_RC2_CBC, 0, 8, 0, PKI_E_ARG },
		{ PKI_ALG_RC2_CBC, 5, 9, 0, PKI_E_ARG },
		{ PKI_ALG_RC4, 0, 0, 0, PKI_E_ARG },
		{ PKI_ALG_RC4, 16, 8, 0, PKI_E_ARG },
		{ PKI_ALG_RC4, 16, 0, 1, PKI_E_ARG },
		{ PKI_ALG_NONE, 16, 16, 0, PKI_E_UNSUPPORTED },
	};
	void *st = NULL;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_alg a = alg(cases[i].scheme, PKI_HASH_NONE);

		t_fails(cases[i].want,
		    be->cipher_new(NULL, &a, true, pki_bytes_of(octets, cases[i].key),
			pki_bytes_of(octets, cases[i].iv), pki_bytes_of(octets, cases[i].aad), 0,
			&st, err));
		ck_assert_ptr_null(st);
	}
}
END_TEST

START_TEST(blocks_refused)
{
	uint8_t in[64] = { 0 }, room[64];
	static const struct {
		size_t in, room;
		pki_status want;
	} cases[] = {
		{ 1, 64, PKI_E_ARG },
		{ 15, 64, PKI_E_ARG },
		{ 17, 64, PKI_E_ARG },
		{ 16, 15, PKI_E_ARG },
		{ 32, 31, PKI_E_ARG },
		{ 16, 0, PKI_E_ARG },
		{ 0, 0, PKI_SUCCESS },
		{ 16, 16, PKI_SUCCESS },
	};
	pki_alg a = alg(PKI_ALG_AES_CBC, PKI_HASH_NONE);
	pki_bytes key = pki_bytes_of(in, 32), iv = pki_bytes_of(in, 16), none = { 0 };
	pki_span tag = span(room, 16);
	void *st;

	t_ok(be->cipher_new(NULL, &a, true, key, iv, none, 0, &st, err));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_span out = span(room, cases[i].room);
		pki_bytes data = pki_bytes_of(in, cases[i].in);

		if (cases[i].want == PKI_SUCCESS)
			t_ok(be->cipher_update(st, data, &out, err));
		else
			t_fails(cases[i].want, be->cipher_update(st, data, &out, err));
	}
	t_fails(PKI_E_ARG, be->cipher_final(st, NULL, &tag, err));
	be->cipher_free(st);
	be->cipher_free(NULL);
}
END_TEST

START_TEST(pbkdf2)
{
	pki_bytes none = { 0 };
	rows r;

	rows_open(&r, "nettle/pbkdf2.txt");
	while (rows_next(&r, 5)) {
		pki_alg a = alg(PKI_ALG_PBKDF2, rows_hash(&r, 0));
		pki_bytes want = rows_hex(&r, 4);
		uint8_t room[256];

		a.iterations = rows_number(&r, 3);
		ck_assert(be->supports(NULL, PKI_OP_KDF, PKI_KEY_UNKNOWN, &a));
		memset(room, 0xa5, sizeof room);
		t_ok(be->kdf(NULL, NULL, &a, rows_hex(&r, 1), rows_hex(&r, 2), none,
		    span(room, want.len), err));
		t_bytes_eq(pki_bytes_of(room, want.len), want);
		ck_assert_uint_eq(room[want.len], 0xa5);
	}
}
END_TEST

START_TEST(kdfs_refused)
{
	static const struct {
		pki_scheme scheme;
		pki_hash hash;
		uint32_t iterations;
		pki_status want;
	} cases[] = {
		{ PKI_ALG_PBKDF2, PKI_HASH_SHA256, 0, PKI_E_ARG },
		{ PKI_ALG_PBKDF2, PKI_HASH_MD5, 1, PKI_E_UNSUPPORTED },
		{ PKI_ALG_PBKDF2, PKI_HASH_SHA3_256, 1, PKI_E_UNSUPPORTED },
		{ PKI_ALG_PBKDF2, PKI_HASH_NONE, 1, PKI_E_UNSUPPORTED },
		{ PKI_ALG_PBKDF2, -1, 1, PKI_E_UNSUPPORTED },
		{ PKI_ALG_PBKDF2, 1000, 1, PKI_E_UNSUPPORTED },
		{ PKI_ALG_PKCS12, PKI_HASH_SHA256, 1, PKI_E_UNSUPPORTED },
		{ PKI_ALG_HKDF, PKI_HASH_SHA256, 1, PKI_E_UNSUPPORTED },
	};
	pki_bytes none = { 0 };
	uint8_t room[32];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_alg a = alg(cases[i].scheme, cases[i].hash);

		a.iterations = cases[i].iterations;
		t_fails(
		    cases[i].want, be->kdf(NULL, NULL, &a, none, none, none, span(room, 32), err));
	}
}
END_TEST

START_TEST(kdf_stops_when_told)
{
	static const struct {
		uint32_t iterations;
		uint64_t budget;
		pki_status want;
	} cases[] = {
		{ 100000, 100, PKI_E_LIMIT },
		{ 100000, 150000, PKI_E_LIMIT },
		{ 10000000, 5000, PKI_E_LIMIT },
		{ 2000, 5000, PKI_SUCCESS },
	};
	pki_bytes none = { 0 };
	uint8_t room[32], zeros[32] = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_alg a = alg(PKI_ALG_PBKDF2, PKI_HASH_SHA256);
		pki_call call = { .ctx = NULL, .left = cases[i].budget };

		a.iterations = cases[i].iterations;
		memset(room, 1, sizeof room);
		if (cases[i].want == PKI_SUCCESS) {
			t_ok(be->kdf(NULL, &call, &a, none, none, none, span(room, 32), err));
			continue;
		}
		t_fails(
		    cases[i].want, be->kdf(NULL, &call, &a, none, none, none, span(room, 32), err));
		t_bytes_eq(pki_bytes_of(room, 32), pki_bytes_of(zeros, 32));
	}
}
END_TEST

START_TEST(randomness_comes_whole)
{
	static uint8_t a[10000], b[10000];

	random_most = 100;
	t_ok(be->random(NULL, span(a, sizeof a), err));
	random_most = SIZE_MAX;
	t_ok(be->random(NULL, span(b, sizeof b), err));
	ck_assert_int_ne(memcmp(a, b, sizeof a), 0);
	for (size_t i = 0; i + 16 <= sizeof a; i += 16)
		ck_assert_int_ne(memcmp(a + i, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16), 0);
	t_ok(be->random(NULL, span(NULL, 0), err));
}
END_TEST

/* Without randomness nothing is made, and what was drawn before the failure does not get out. */
START_TEST(no_randomness)
{
	static const int errors[] = { ENOSYS, EAGAIN, EPERM, EIO, 0 };
	uint8_t room[64], zeros[64] = { 0 };
	struct pki_drbg d;

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		for (int calls = 0; calls < 3; calls++) {
			random_errno = errors[i];
			random_most = 16;
			random_left = calls;
			memset(room, 1, sizeof room);
			t_fails(PKI_E_BACKEND, be->random(NULL, span(room, 64), err));
			t_bytes_eq(pki_bytes_of(room, 64), pki_bytes_of(zeros, 64));
			random_left = calls < 2 ? calls : 2;
			t_fails(PKI_E_BACKEND, pki_drbg_seed(&d, err));
			random_left = -1;
			random_most = SIZE_MAX;
		}
}
END_TEST

/* Each a key of its own, made in a child that shares everything with the others. */
static void child_key(int fd)
{
	uint8_t spki[256];
	pki_span out = span(spki, sizeof spki);
	pki_bytes none = { 0 };
	void *key;

	if (be->key_generate(NULL, NULL, PKI_KEY_P256, 0, NULL, none, &key, NULL) != PKI_SUCCESS ||
	    be->key_public(key, &out, NULL) != PKI_SUCCESS ||
	    write(fd, spki, out.len) != (ssize_t)out.len)
		_exit(1);
	be->key_free(key);
	_exit(0);
}

START_TEST(children_differ)
{
	uint8_t seen[3][256];
	ssize_t n[3];

	for (int i = 0; i < 3; i++) {
		int fd[2], status;
		pid_t pid;

		ck_assert_int_eq(pipe(fd), 0);
		pid = fork();
		ck_assert_int_ge(pid, 0);
		if (pid == 0)
			child_key(fd[1]);
		close(fd[1]);
		n[i] = read(fd[0], seen[i], sizeof seen[i]);
		close(fd[0]);
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert_int_eq(status, 0);
		ck_assert_int_gt(n[i], 64);
	}
	ck_assert_int_ne(memcmp(seen[0], seen[1], (size_t)n[0]), 0);
	ck_assert_int_ne(memcmp(seen[0], seen[2], (size_t)n[0]), 0);
	ck_assert_int_ne(memcmp(seen[1], seen[2], (size_t)n[1]), 0);
}
END_TEST

START_TEST(keys_need_randomness)
{
	static const pki_key_type types[] = { PKI_KEY_RSA, PKI_KEY_RSA_PSS, PKI_KEY_P256,
		PKI_KEY_P384, PKI_KEY_P521, PKI_KEY_ED25519, PKI_KEY_ED448, PKI_KEY_X25519,
		PKI_KEY_X448 };
	pki_bytes none = { 0 };
	void *key = NULL;

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		random_errno = ENOSYS;
		random_left = 0;
		t_fails(PKI_E_BACKEND,
		    be->key_generate(NULL, NULL, types[i], 2048, NULL, none, &key, err));
		ck_assert_ptr_null(key);
		random_left = -1;
	}
}
END_TEST

/* Sign with keys that need randomness for it: hedged nonces, blinding. */
START_TEST(signatures_need_randomness)
{
	static const struct {
		pki_key_type type;
		pki_scheme scheme;
		pki_hash hash;
	} cases[] = {
		{ PKI_KEY_P256, PKI_ALG_ECDSA, PKI_HASH_SHA256 },
		{ PKI_KEY_P521, PKI_ALG_ECDSA, PKI_HASH_SHA512 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PSS, PKI_HASH_SHA256 },
	};
	pki_bytes none = { 0 };
	uint8_t room[512];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_alg a = alg(cases[i].scheme, cases[i].hash);
		pki_span out = span(room, sizeof room);
		void *key;

		t_ok(be->key_generate(NULL, NULL, cases[i].type, 2048, NULL, none, &key, err));
		random_errno = EIO;
		random_left = 0;
		t_fails(PKI_E_BACKEND, be->sign(key, &a, pki_bytes_str("m"), &out, err));
		random_left = -1;
		t_ok(be->sign(key, &a, pki_bytes_str("m"), &out, err));
		be->key_free(key);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { says_what_it_is, digests, macs, digests_refused, aes_cbc,
		ciphers_refused, blocks_refused, pbkdf2, kdfs_refused, kdf_stops_when_told,
		randomness_comes_whole, no_randomness, children_differ, keys_need_randomness,
		signatures_need_randomness, NULL };

	be = pki_backend_nettle();
	return t_main("nettle", tests);
}
