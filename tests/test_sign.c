/* SPDX-License-Identifier: BSD-3-Clause */
/* Signatures: made and checked with every kind of key, forged, refused by policy. */
#include <stdio.h>
#include <string.h>

#include <gmp.h>

#include <pki/ctx.h>
#include <pki/sign.h>

#include "libpki/crypto/use.h"
#include "libpki/types/ecsig.h"
#include "libpki/types/hash.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"
#include "tests/lib/t.h"

#define ALG(...) PKI_OPTS(pki_alg, __VA_ARGS__)

static const char message[] = "what is signed";

static pki_bytes msg(void)
{
	return pki_bytes_str(message);
}

static pki_key *load(const pki_ctx *ctx, const char *name)
{
	char path[64];
	pki_key *k;

	snprintf(path, sizeof path, "keys/%s.der", name);
	t_ok(pki_key_parse(ctx, t_vector(path), NULL, NULL, &k, err));
	return k;
}

static pki_ctx *allowing(uint32_t bits)
{
	pki_ctx *ctx;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = bits), &ctx, err));
	return ctx;
}

static const struct {
	const char *key, *name;
	pki_scheme scheme;
	pki_hash hash;
} defaults[] = {
	{ "rsa", "sha256WithRSAEncryption", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256 },
	{ "rsa-e3", "sha256WithRSAEncryption", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256 },
	{ "rsa-pss", "RSASSA-PSS", PKI_ALG_RSA_PSS, PKI_HASH_SHA256 },
	{ "rsa-pss-sha384", "RSASSA-PSS", PKI_ALG_RSA_PSS, PKI_HASH_SHA384 },
	{ "p256", "ecdsa-with-SHA256", PKI_ALG_ECDSA, PKI_HASH_SHA256 },
	{ "p384", "ecdsa-with-SHA384", PKI_ALG_ECDSA, PKI_HASH_SHA384 },
	{ "p521", "ecdsa-with-SHA512", PKI_ALG_ECDSA, PKI_HASH_SHA512 },
	{ "ed25519", "Ed25519", PKI_ALG_EDDSA, PKI_HASH_NONE },
	{ "ed448", "Ed448", PKI_ALG_EDDSA, PKI_HASH_NONE },
};

START_TEST(test_defaults)
{
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		pki_key *k = load(NULL, defaults[i].key);
		pki_buf sig = PKI_BUF_INIT;
		pki_alg a;

		t_ok(pki_alg_default(pki_key_public(k), &a, err));
		ck_assert_int_eq(a.scheme, defaults[i].scheme);
		ck_assert_int_eq(a.hash, defaults[i].hash);
		ck_assert_str_eq(pki_alg_name(&a), defaults[i].name);
		t_ok(pki_sign(k, NULL, msg(), &sig, err));
		t_ok(pki_check(pki_key_public(k), &a, msg(), pki_buf_bytes(&sig), err));
		t_ok(pki_check(pki_key_public(k), NULL, msg(), pki_buf_bytes(&sig), err));
		pki_buf_free(&sig);
		pki_key_free(k);
	}
}
END_TEST

/* Every single bit of a signature counts, and so does its length. */
static void spoil(const pki_pubkey *k, const pki_alg *a, pki_buf *sig)
{
	for (size_t i = 0; i < sig->len; i++) {
		sig->data[i] ^= (uint8_t)(1u << (i % 8));
		t_fails(PKI_E_SIGNATURE, pki_check(k, a, msg(), pki_buf_bytes(sig), err));
		sig->data[i] ^= (uint8_t)(1u << (i % 8));
	}
	for (size_t n = 0; n < sig->len; n += 7)
		t_fails(PKI_E_SIGNATURE, pki_check(k, a, msg(), pki_bytes_of(sig->data, n), err));
	t_ok(pki_check(k, a, msg(), pki_buf_bytes(sig), err));
	t_ok(pki_buf_append(sig, t_hex("00"), err));
	t_fails(PKI_E_SIGNATURE, pki_check(k, a, msg(), pki_buf_bytes(sig), err));
}

START_TEST(test_spoiled)
{
	static const char *const keys[] = { "rsa-e3", "rsa-pss", "p256", "p384", "ed25519",
		"ed448" };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		pki_key *k = load(NULL, keys[i]);
		pki_buf sig = PKI_BUF_INIT;

		t_ok(pki_sign(k, NULL, msg(), &sig, err));
		t_fails(PKI_E_SIGNATURE,
		    pki_check(
			pki_key_public(k), NULL, pki_bytes_str("other"), pki_buf_bytes(&sig), err));
		spoil(pki_key_public(k), NULL, &sig);
		pki_buf_free(&sig);
		pki_key_free(k);
	}
}
END_TEST

static const struct {
	const char *key;
	pki_scheme scheme;
	pki_hash hash;
	int32_t salt_len;
} algs[] = {
	{ "rsa", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA224, 0 },
	{ "rsa", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA384, 0 },
	{ "rsa", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA512, 0 },
	{ "rsa", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA512_256, 0 },
	{ "rsa", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA3_256, 0 },
	{ "rsa", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA1, 0 },
	{ "rsa", PKI_ALG_RSA_PKCS1, PKI_HASH_MD5, 0 },
	{ "rsa", PKI_ALG_RSA_PSS, PKI_HASH_SHA1, 0 },
	{ "rsa", PKI_ALG_RSA_PSS, PKI_HASH_SHA256, 0 },
	{ "rsa", PKI_ALG_RSA_PSS, PKI_HASH_SHA384, 0 },
	{ "rsa", PKI_ALG_RSA_PSS, PKI_HASH_SHA512, 0 },
	{ "rsa", PKI_ALG_RSA_PSS, PKI_HASH_SHA256, PKI_SALT_EMPTY },
	{ "rsa", PKI_ALG_RSA_PSS, PKI_HASH_SHA256, 20 },
	{ "rsa", PKI_ALG_RSA_PSS, PKI_HASH_SHA256, 256 - 32 - 2 },
	{ "rsa-pss-sha384", PKI_ALG_RSA_PSS, PKI_HASH_SHA384, 40 },
	{ "rsa-pss-sha384", PKI_ALG_RSA_PSS, PKI_HASH_SHA384, 48 },
	{ "p256", PKI_ALG_ECDSA, PKI_HASH_SHA224, 0 },
	{ "p256", PKI_ALG_ECDSA, PKI_HASH_SHA512, 0 },
	{ "p256", PKI_ALG_ECDSA, PKI_HASH_SHA3_256, 0 },
	{ "p256", PKI_ALG_ECDSA, PKI_HASH_SHA1, 0 },
	{ "p384", PKI_ALG_ECDSA, PKI_HASH_SHA256, 0 },
	{ "p521", PKI_ALG_ECDSA, PKI_HASH_SHA256, 0 },
	{ "p521", PKI_ALG_ECDSA, PKI_HASH_SHA3_512, 0 },
};

/* Of the message and of its digest: the two are one signature. */
START_TEST(test_algs)
{
	pki_ctx *ctx = allowing(PKI_ALLOW_SHA1 | PKI_ALLOW_MD5);

	for (size_t i = 0; i < sizeof algs / sizeof *algs; i++) {
		const pki_alg *a = ALG(.scheme = algs[i].scheme, .hash = algs[i].hash,
		    .salt_len = algs[i].salt_len);
		pki_key *k = load(ctx, algs[i].key);
		uint8_t digest[PKI_HASH_MAX];
		pki_buf sig = PKI_BUF_INIT;
		pki_bytes d;

		t_ok(pki_hash_once(ctx, a->hash, msg(), digest, err));
		d = pki_bytes_of(digest, pki_hash_size(a->hash));
		t_ok(pki_sign(k, a, msg(), &sig, err));
		t_ok(pki_check(pki_key_public(k), a, msg(), pki_buf_bytes(&sig), err));
		t_ok(pki_check_digest(pki_key_public(k), a, d, pki_buf_bytes(&sig), err));
		pki_buf_free(&sig);
		t_ok(pki_sign_digest(k, a, d, &sig, err));
		t_ok(pki_check(pki_key_public(k), a, msg(), pki_buf_bytes(&sig), err));
		d.len--;
		t_fails(PKI_E_ARG, pki_sign_digest(k, a, d, &sig, err));
		t_fails(
		    PKI_E_ARG, pki_check_digest(pki_key_public(k), a, d, pki_buf_bytes(&sig), err));
		pki_buf_free(&sig);
		pki_key_free(k);
	}
	pki_ctx_free(ctx);
}
END_TEST

/* Algorithms that are not the key's, or that nobody has. */
static const struct {
	pki_status want;
	const char *key;
	pki_alg a;
} unfit[] = {
#define A(...)                         \
 {                                     \
  .size = sizeof(pki_alg), __VA_ARGS__ \
 }
	{ PKI_E_ARG, "rsa", A(0) },
	{ PKI_E_ARG, "rsa", A(.scheme = PKI_ALG_RSA_PKCS1) },
	{ PKI_E_ARG, "rsa", A(.scheme = PKI_ALG_RSA_PKCS1, .hash = 77) },
	{ PKI_E_ARG, "rsa", A(.scheme = PKI_ALG_RSA_PKCS1, .hash = -1) },
	{ PKI_E_ARG, "rsa", A(.scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA256) },
	{ PKI_E_ARG, "rsa", A(.scheme = PKI_ALG_EDDSA) },
	{ PKI_E_ARG, "rsa", A(.scheme = PKI_ALG_RSAES_OAEP, .hash = PKI_HASH_SHA256) },
	{ PKI_E_ARG, "rsa", A(.scheme = PKI_ALG_AES_CBC) },
	{ PKI_E_ARG, "rsa",
	    A(.scheme = PKI_ALG_RSA_PSS, .hash = PKI_HASH_SHA256, .salt_len = 223) },
	{ PKI_E_ARG, "rsa",
	    A(.scheme = PKI_ALG_RSA_PSS, .hash = PKI_HASH_SHA256, .salt_len = INT32_MAX) },
	{ PKI_E_UNSUPPORTED, "rsa",
	    A(.scheme = PKI_ALG_RSA_PKCS1, .hash = PKI_HASH_SHA256, .reserved = { 1 }) },
	{ PKI_E_ARG, "rsa-pss", A(.scheme = PKI_ALG_RSA_PKCS1, .hash = PKI_HASH_SHA256) },
	{ PKI_E_POLICY, "rsa-pss-sha384", A(.scheme = PKI_ALG_RSA_PSS, .hash = PKI_HASH_SHA256) },
	{ PKI_E_POLICY, "rsa-pss-sha384",
	    A(.scheme = PKI_ALG_RSA_PSS, .hash = PKI_HASH_SHA384, .salt_len = 39) },
	{ PKI_E_POLICY, "rsa-pss-sha384",
	    A(.scheme = PKI_ALG_RSA_PSS, .hash = PKI_HASH_SHA384, .mgf_hash = PKI_HASH_SHA256) },
	{ PKI_E_ARG, "p256", A(.scheme = PKI_ALG_RSA_PKCS1, .hash = PKI_HASH_SHA256) },
	{ PKI_E_ARG, "p256", A(.scheme = PKI_ALG_ECDSA) },
	{ PKI_E_ARG, "p256", A(.scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_MD5) },
	{ PKI_E_ARG, "p256", A(.scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA512_256) },
	{ PKI_E_ARG, "p256", A(.scheme = PKI_ALG_DSA, .hash = PKI_HASH_SHA256) },
	{ PKI_E_ARG, "ed25519", A(.scheme = PKI_ALG_EDDSA, .hash = PKI_HASH_SHA512) },
	{ PKI_E_ARG, "ed25519", A(.scheme = PKI_ALG_EDDSA, .curve = PKI_KEY_ED448) },
	{ PKI_E_ARG, "ed448", A(.scheme = PKI_ALG_EDDSA, .curve = PKI_KEY_ED25519) },
	{ PKI_E_ARG, "ed448", A(.scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA256) },
	{ PKI_E_UNSUPPORTED, "x25519", A(.scheme = PKI_ALG_EDDSA) },
	{ PKI_E_UNSUPPORTED, "x448", A(.scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA256) },
	{ PKI_E_ARG, "p256", { .size = 0, .scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA256 } },
#undef A
};

START_TEST(test_unfit)
{
	for (size_t i = 0; i < sizeof unfit / sizeof *unfit; i++) {
		pki_key *k = load(NULL, unfit[i].key);
		pki_buf sig = PKI_BUF_INIT;
		pki_status st;

		t_ok(pki_buf_append(&sig, t_hex("01"), err));
		t_fails(unfit[i].want, pki_sign(k, &unfit[i].a, msg(), &sig, err));
		t_bytes_eq(pki_buf_bytes(&sig), t_hex("01"));
		st = pki_check(pki_key_public(k), &unfit[i].a, msg(), pki_buf_bytes(&sig), NULL);
		ck_assert_int_ne(st, PKI_SUCCESS);
		pki_buf_free(&sig);
		pki_key_free(k);
	}
}
END_TEST

START_TEST(test_unfit_forms)
{
	pki_key *ed = load(NULL, "ed25519"), *x = load(NULL, "x25519"), *rsa = load(NULL, "rsa");
	pki_buf sig = PKI_BUF_INIT;
	uint8_t digest[64] = { 0 };
	pki_alg a;

	t_fails(PKI_E_UNSUPPORTED, pki_sign(x, NULL, msg(), &sig, err));
	t_fails(PKI_E_UNSUPPORTED, pki_alg_default(pki_key_public(x), &a, err));
	t_fails(PKI_E_UNSUPPORTED, pki_check(pki_key_public(x), NULL, msg(), msg(), err));
	t_fails(PKI_E_UNSUPPORTED, pki_sign_digest(ed, NULL, pki_bytes_of(digest, 64), &sig, err));
	t_fails(PKI_E_UNSUPPORTED,
	    pki_check_digest(pki_key_public(ed), NULL, pki_bytes_of(digest, 64), msg(), err));
	t_fails(PKI_E_ARG, pki_sign(NULL, NULL, msg(), &sig, err));
	t_fails(PKI_E_ARG, pki_sign(ed, NULL, msg(), NULL, err));
	t_fails(PKI_E_ARG, pki_sign(ed, NULL, (pki_bytes){ NULL, 5 }, &sig, err));
	t_fails(PKI_E_ARG, pki_check(NULL, NULL, msg(), msg(), err));
	t_fails(
	    PKI_E_ARG, pki_check(pki_key_public(ed), NULL, msg(), (pki_bytes){ NULL, 64 }, err));
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(rsa), NULL, msg(), (pki_bytes){ NULL, 0 }, err));
	pki_buf_free(&sig);
	pki_key_free(ed);
	pki_key_free(x);
	pki_key_free(rsa);
}
END_TEST

/* The same RSA key behind id-RSASSA-PSS; a->scheme NONE: without parameters. */
static pki_pubkey *as_pss(const pki_ctx *ctx, const pki_key *rsa, const pki_alg *a)
{
	pki_buf spki = PKI_BUF_INIT;
	pki_pubkey *k;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	if (a->scheme == PKI_ALG_NONE)
		pki_key_algid_write(&w, PKI_KEY_RSA_PSS);
	else
		pki_alg_write(a, &w);
	pki_derw_bits(&w, rsa->pub->key, 0);
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &spki, err));
	t_ok(pki_pubkey_import(ctx, pki_buf_bytes(&spki), &k, err));
	pki_buf_free(&spki);
	return k;
}

#define PSS(h, salt)                                                                  \
 {                                                                                    \
  .size = sizeof(pki_alg), .scheme = PKI_ALG_RSA_PSS, .hash = (h), .salt_len = (salt) \
 }
#define PKCS1(h)                                                    \
 {                                                                  \
  .size = sizeof(pki_alg), .scheme = PKI_ALG_RSA_PKCS1, .hash = (h) \
 }
#define UNRESTRICTED \
 {                   \
  .size = 0          \
 }
static const struct {
	pki_status want;
	pki_alg key, signature;
} restrictions[] = {
	/* RFC 4055 1.2: RSASSA-PSS alone, with whatever parameters */
	{ PKI_SUCCESS, UNRESTRICTED, PSS(PKI_HASH_SHA256, 0) },
	{ PKI_SUCCESS, UNRESTRICTED, PSS(PKI_HASH_SHA512, PKI_SALT_EMPTY) },
	{ PKI_SUCCESS, UNRESTRICTED, PSS(PKI_HASH_SHA1, 20) },
	{ PKI_E_ARG, UNRESTRICTED, PKCS1(PKI_HASH_SHA256) },
	/* RFC 4055 3.3: the same hash, no shorter salt */
	{ PKI_SUCCESS, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA256, 32) },
	{ PKI_SUCCESS, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA256, 33) },
	{ PKI_SUCCESS, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA256, 0) },
	{ PKI_E_POLICY, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA256, 31) },
	{ PKI_E_POLICY, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA256, PKI_SALT_EMPTY) },
	{ PKI_E_POLICY, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA384, 48) },
	{ PKI_E_POLICY, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA512, 32) },
	{ PKI_E_POLICY, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA3_256, 32) },
	{ PKI_E_POLICY, PSS(PKI_HASH_SHA256, 32), PSS(PKI_HASH_SHA1, 32) },
	{ PKI_E_ARG, PSS(PKI_HASH_SHA256, 32), PKCS1(PKI_HASH_SHA256) },
	{ PKI_SUCCESS, PSS(PKI_HASH_SHA256, PKI_SALT_EMPTY), PSS(PKI_HASH_SHA256, 0) },
	/* all defaults: an empty SEQUENCE, which is SHA-1 */
	{ PKI_SUCCESS, PSS(PKI_HASH_SHA1, 20), PSS(PKI_HASH_SHA1, 20) },
	{ PKI_E_POLICY, PSS(PKI_HASH_SHA1, 20), PSS(PKI_HASH_SHA256, 32) },
	{ PKI_E_POLICY, PSS(PKI_HASH_SHA1, 20), PSS(PKI_HASH_SHA1, 19) },
	{ PKI_E_ARG, PSS(PKI_HASH_SHA1, 20), PKCS1(PKI_HASH_SHA1) },
};

/* Signatures that are good ones of the numbers, and that the key's identifier excludes. */
START_TEST(test_pss_restrictions)
{
	pki_ctx *ctx = allowing(PKI_ALLOW_SHA1);
	pki_key *rsa = load(ctx, "rsa");

	for (size_t i = 0; i < sizeof restrictions / sizeof *restrictions; i++) {
		const pki_alg *a = &restrictions[i].signature;
		pki_pubkey *k = as_pss(ctx, rsa, &restrictions[i].key);
		pki_buf sig = PKI_BUF_INIT;
		uint8_t digest[PKI_HASH_MAX];
		pki_bytes in;

		t_ok(pki_sign(rsa, a, msg(), &sig, err));
		t_ok(pki_check(rsa->pub, a, msg(), pki_buf_bytes(&sig), err));
		ck_assert_int_eq(
		    pki_check(k, a, msg(), pki_buf_bytes(&sig), NULL), restrictions[i].want);
		t_ok(pki_hash_once(NULL, a->hash, msg(), digest, err));
		in = pki_bytes_of(digest, pki_hash_size(a->hash));
		ck_assert_int_eq(
		    pki_check_digest(k, a, in, pki_buf_bytes(&sig), NULL), restrictions[i].want);
		pki_buf_free(&sig);
		pki_pubkey_free(k);
	}
	pki_key_free(rsa);
	pki_ctx_free(ctx);
}
END_TEST

/* The empty message is a message. */
START_TEST(test_empty_message)
{
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		pki_key *k = load(NULL, defaults[i].key);
		pki_buf sig = PKI_BUF_INIT;

		t_ok(pki_sign(k, NULL, (pki_bytes){ NULL, 0 }, &sig, err));
		t_ok(pki_check(pki_key_public(k), NULL, t_hex(""), pki_buf_bytes(&sig), err));
		t_fails(PKI_E_SIGNATURE,
		    pki_check(pki_key_public(k), NULL, t_hex("00"), pki_buf_bytes(&sig), err));
		pki_buf_free(&sig);
		pki_key_free(k);
	}
}
END_TEST

/* What a context allows decides for signing and for checking. */
static const struct {
	const char *key;
	uint32_t needs;
	pki_scheme scheme;
	pki_hash hash;
} weak[] = {
	{ "rsa", PKI_ALLOW_SHA1, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA1 },
	{ "rsa", PKI_ALLOW_MD5, PKI_ALG_RSA_PKCS1, PKI_HASH_MD5 },
	{ "rsa", PKI_ALLOW_SHA1, PKI_ALG_RSA_PSS, PKI_HASH_SHA1 },
	{ "p256", PKI_ALLOW_SHA1, PKI_ALG_ECDSA, PKI_HASH_SHA1 },
};

START_TEST(test_weak_digests)
{
	for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
		const pki_alg *a = ALG(.scheme = weak[i].scheme, .hash = weak[i].hash);
		pki_ctx *yes = allowing(weak[i].needs), *no = allowing(31u & ~weak[i].needs);
		pki_key *may = load(yes, weak[i].key), *may_not = load(no, weak[i].key);
		pki_buf sig = PKI_BUF_INIT;

		t_ok(pki_sign(may, a, msg(), &sig, err));
		t_ok(pki_check(pki_key_public(may), a, msg(), pki_buf_bytes(&sig), err));
		t_fails(PKI_E_POLICY, pki_sign(may_not, a, msg(), &sig, err));
		t_fails(PKI_E_POLICY,
		    pki_check(pki_key_public(may_not), a, msg(), pki_buf_bytes(&sig), err));
		pki_buf_free(&sig);
		pki_key_free(may);
		pki_key_free(may_not);
		pki_ctx_free(yes);
		pki_ctx_free(no);
	}
}
END_TEST

static const struct {
	const char *file;
	uint32_t needs;
} short_keys[] = {
	{ "keys/rsa-1024", PKI_ALLOW_RSA1024 },
	{ "keys/rsa-512", PKI_ALLOW_RSA512 },
};

START_TEST(test_short_keys)
{
	for (size_t i = 0; i < sizeof short_keys / sizeof *short_keys; i++) {
		pki_ctx *yes = allowing(short_keys[i].needs),
			*no = allowing(31u & ~short_keys[i].needs);
		char path[64];
		pki_pubkey *pub;
		pki_key *k;

		snprintf(path, sizeof path, "%s.der", short_keys[i].file);
		t_fails(PKI_E_POLICY, pki_key_parse(no, t_vector(path), NULL, NULL, &k, err));
		t_fails(PKI_E_POLICY, pki_key_parse(NULL, t_vector(path), NULL, NULL, &k, err));
		t_ok(pki_key_parse(yes, t_vector(path), NULL, NULL, &k, err));
		t_fails(PKI_E_POLICY,
		    pki_pubkey_import(no, pki_pubkey_spki(pki_key_public(k)), &pub, err));
		pki_key_free(k);
		pki_ctx_free(yes);
		pki_ctx_free(no);
	}
}
END_TEST

/* A 512-bit modulus has no room for SHA-512 with its padding: RFC 8017 9.2. */
START_TEST(test_no_room)
{
	pki_ctx *ctx = allowing(PKI_ALLOW_RSA512);
	pki_key *k = load(ctx, "rsa-512");
	const pki_alg *long_hash = ALG(.scheme = PKI_ALG_RSA_PKCS1, .hash = PKI_HASH_SHA512);
	const pki_alg *pss = ALG(.scheme = PKI_ALG_RSA_PSS, .hash = PKI_HASH_SHA256);
	uint8_t sig[64] = { 1 };
	pki_buf out = PKI_BUF_INIT;

	t_fails(PKI_E_ARG, pki_sign(k, long_hash, msg(), &out, err));
	t_fails(PKI_E_ARG, pki_sign(k, pss, msg(), &out, err));
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(k), long_hash, msg(), pki_bytes_of(sig, 64), err));
	t_ok(pki_sign(k, NULL, msg(), &out, err));
	ck_assert_uint_eq(out.len, 64);
	pki_buf_free(&out);
	pki_key_free(k);
	pki_ctx_free(ctx);
}
END_TEST

/* The key of RFC 6979 A.2.5, and its signature of "sample" with SHA-256. */
#define SPKI_P256 "3059301306072a8648ce3d020106082a8648ce3d030107034200"
#define U_X       "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
#define U_Y       "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
#define R         "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
#define S         "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
#define Q         "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"

static const char *const bad_ecdsa[] = {
	"", "30", "3000", "0500", "3006020100020100", /* r = s = 0: CVE-2022-21449 */
	"3026020100022100" S,                         /* r = 0 */
	"3026022100" R "020100",                      /* s = 0 */
	"3046022100" Q "022100" S,                    /* r = n */
	"3046022100" R "022100" Q,                    /* s = n */
	"30440220" R "0220" S,                        /* negative */
	"304502"
	"20" R "022100" S,           /* r negative */
	"304702220000" R "022100" S, /* r not minimal */
	"304702"
	"2100" R "02220000" S,                                           /* s not minimal */
	"308146022100" R "022100" S,                                     /* length not minimal */
	"30820046022100" R "022100" S, "3080022100" R "022100" S "0000", /* indefinite length */
	"3048022100" R "022100" S "0500",                                /* something inside */
	"3046022100" R "022100" S "00",                                  /* something behind */
	"3046022100" R "022100" S "0500", "3023022100" R,                /* s is missing */
	"3046042100" R "042100" S,                                       /* OCTET STRINGs */
	"3146022100" R "022100" S,                                       /* SET */
	"30460222"
	"00" R "022000" S,
	"3049022100" R "022100" S "020101", /* three numbers */
	"3046022100" S "022100" R,          /* in the other order */
	"304602"
	"2100" U_X "022100" U_Y, /* a positive number with a leading zero, not ours */
	R S,                     /* P1363 */
};

START_TEST(test_ecdsa_forms)
{
	const pki_alg *a = ALG(.scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA256);
	pki_bytes sample = pki_bytes_str("sample");
	pki_pubkey *k;

	t_ok(pki_pubkey_import(NULL, t_hex(SPKI_P256 "04" U_X U_Y), &k, err));
	t_ok(pki_check(k, a, sample, t_hex("3046022100" R "022100" S), err));
	for (size_t i = 0; i < sizeof bad_ecdsa / sizeof *bad_ecdsa; i++)
		t_fails(PKI_E_SIGNATURE, pki_check(k, a, sample, t_hex(bad_ecdsa[i]), err));
	t_fails(PKI_E_SIGNATURE,
	    pki_check(k, ALG(.scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA384), sample,
		t_hex("3046022100" R "022100" S), err));
	pki_pubkey_free(k);
}
END_TEST

START_TEST(test_ecsig_codec)
{
	uint8_t room[72];
	pki_span out = { room, sizeof room };
	pki_bytes r, s;

	t_ok(pki_ecsig_write(t_hex(R), t_hex(S), &out, err));
	t_bytes_eq(pki_bytes_of(room, out.len), t_hex("3046022100" R "022100" S));
	t_ok(pki_ecsig_parse(pki_bytes_of(room, out.len), &r, &s, err));
	t_bytes_eq(r, t_hex(R));
	t_bytes_eq(s, t_hex(S));
	out.len = 71;
	t_fails(PKI_E_ARG, pki_ecsig_write(t_hex(R), t_hex(S), &out, err));
	out.len = sizeof room;
	t_ok(pki_ecsig_write(t_hex("00000001"), t_hex("80"), &out, err));
	t_bytes_eq(pki_bytes_of(room, out.len), t_hex("300702010102020080"));
}
END_TEST

/* Signatures of a padding that we choose, made with the private exponent: m^d mod n. */
struct rsa {
	mpz_t n, d;
};

static void rsa_open(struct rsa *k)
{
	pki_rsa_private r8 = { 0 };
	pki_pkcs8 p8;
	pki_der r;

	t_ok(pki_pkcs8_parse(NULL, t_vector("keys/rsa-e3.der"), &p8, err));
	pki_der_init(&r, NULL, p8.private_key, "RSAPrivateKey");
	pki_rsa_private_read(&r, NULL, &r8);
	t_ok(pki_der_finish(&r, err));
	mpz_init(k->n);
	mpz_init(k->d);
	mpz_import(k->n, r8.n.len, 1, 1, 0, 0, r8.n.data);
	mpz_import(k->d, r8.d.len, 1, 1, 0, 0, r8.d.data);
}

static void rsa_close(struct rsa *k)
{
	mpz_clear(k->n);
	mpz_clear(k->d);
}

static void rsa_raw(const struct rsa *k, const uint8_t em[256], uint8_t sig[256])
{
	size_t n;
	mpz_t m;

	mpz_init(m);
	mpz_import(m, 256, 1, 1, 0, 0, em);
	mpz_powm(m, m, k->d, k->n);
	memset(sig, 0, 256);
	n = (mpz_sizeinbase(m, 2) + 7) / 8;
	mpz_export(sig + 256 - n, NULL, 1, 1, 0, 0, m);
	mpz_clear(m);
}

/* RFC 8017 9.2: 00 01 FF... 00 DigestInfo. A row says what is wrong with it. */
#define DIGEST_INFO "3031300d060960864801650304020105000420"
#define NO_NULL                   \
 "302f300b0609608648016503040201" \
 "0420"
#define LONG_FORM  "308131300d060960864801650304020105000420"
#define OTHER_HASH "3031300d060960864801650304020205000420"
#define NESTED     "3033300f0609608648016503040201300205000420"
static const struct {
	const char *start, *info, *tail;
	size_t ps;  /* octets of FF; 0: as many as fit */
	int bad_at; /* an FF to be spoiled, from 1; 0: none */
	bool good;
} paddings[] = {
	{ "0001", DIGEST_INFO, "", 0, 0, true },
	{ "0001", DIGEST_INFO, "", 8, 0, false },   /* short PS, digest on the left: BERserk */
	{ "0001", DIGEST_INFO, "00", 0, 0, false }, /* trailing octets */
	{ "0001", DIGEST_INFO, "0500", 0, 0, false },
	{ "0002", DIGEST_INFO, "", 0, 0, false }, /* block type 2 */
	{ "0000", DIGEST_INFO, "", 0, 0, false }, { "0101", DIGEST_INFO, "", 0, 0, false },
	{ "0001", DIGEST_INFO, "", 0, 1, false }, { "0001", DIGEST_INFO, "", 0, 100, false },
	{ "0001", NO_NULL, "", 0, 0, false }, { "0001", LONG_FORM, "", 0, 0, false },
	{ "0001", OTHER_HASH, "", 0, 0, false }, { "0001", NESTED, "", 0, 0, false },
	{ "0001", "", "", 0, 0, false }, /* the bare digest */
};

static void build_em(size_t i, uint8_t em[256])
{
	pki_bytes start = t_hex(paddings[i].start), info = t_hex(paddings[i].info),
		  tail = t_hex(paddings[i].tail);
	size_t ps = 256 - 2 - 1 - info.len - 32 - tail.len;
	uint8_t digest[PKI_HASH_MAX], *to = em;

	if (paddings[i].ps != 0)
		ps = paddings[i].ps;
	memset(em, 0x41, 256);
	to = (uint8_t *)memcpy(to, start.data, 2) + 2;
	to = (uint8_t *)memset(to, 0xff, ps) + ps;
	*to++ = 0;
	if (info.len != 0)
		memcpy(to, info.data, info.len);
	t_ok(pki_hash_once(NULL, PKI_HASH_SHA256, msg(), digest, err));
	memcpy(to + info.len, digest, 32);
	if (tail.len != 0)
		memcpy(to + info.len + 32, tail.data, tail.len);
	if (paddings[i].bad_at != 0)
		em[1 + paddings[i].bad_at] = 0xfe;
}

START_TEST(test_pkcs1_forgeries)
{
	const pki_alg *a = ALG(.scheme = PKI_ALG_RSA_PKCS1, .hash = PKI_HASH_SHA256);
	pki_key *k = load(NULL, "rsa-e3");
	struct rsa raw;

	rsa_open(&raw);
	for (size_t i = 0; i < sizeof paddings / sizeof *paddings; i++) {
		uint8_t em[256], sig[256];

		build_em(i, em);
		rsa_raw(&raw, em, sig);
		if (paddings[i].good)
			t_ok(pki_check(pki_key_public(k), a, msg(), pki_bytes_of(sig, 256), err));
		else
			t_fails(PKI_E_SIGNATURE,
			    pki_check(pki_key_public(k), a, msg(), pki_bytes_of(sig, 256), err));
	}
	rsa_close(&raw);
	pki_key_free(k);
}
END_TEST

/* Representatives that no signature is: 0, n, n + s; and one with a leading zero octet too many. */
START_TEST(test_rsa_range)
{
	pki_key *k = load(NULL, "rsa-e3");
	pki_buf sig = PKI_BUF_INIT;
	uint8_t room[258] = { 0 };
	struct rsa raw;
	mpz_t s;

	rsa_open(&raw);
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(k), NULL, msg(), pki_bytes_of(room, 256), err));
	mpz_export(room, NULL, 1, 1, 0, 0, raw.n);
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(k), NULL, msg(), pki_bytes_of(room, 256), err));
	t_ok(pki_sign(k, NULL, msg(), &sig, err));
	memcpy(room + 1, sig.data, 256);
	room[0] = 0;
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(k), NULL, msg(), pki_bytes_of(room, 257), err));
	mpz_init(s);
	mpz_import(s, 256, 1, 1, 0, 0, sig.data);
	mpz_add(s, s, raw.n);
	memset(room, 0, sizeof room);
	mpz_export(room + 257 - (mpz_sizeinbase(s, 2) + 7) / 8, NULL, 1, 1, 0, 0, s);
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(k), NULL, msg(), pki_bytes_of(room, 257), err));
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(k), NULL, msg(), pki_bytes_of(room + 1, 256), err));
	mpz_clear(s);
	rsa_close(&raw);
	pki_buf_free(&sig);
	pki_key_free(k);
}
END_TEST

START_TEST(test_digest)
{
	uint8_t once[PKI_HASH_MAX], parts[PKI_HASH_MAX];
	pki_digest *d, *copy;

	for (pki_hash h = PKI_HASH_MD5; h <= PKI_HASH_SHA512_256; h++) {
		t_ok(pki_hash_once(NULL, h, msg(), once, err));
		t_ok(pki_digest_new(NULL, h, &d, err));
		t_ok(pki_digest_update(d, pki_bytes_of(message, 3), err));
		t_ok(pki_digest_update(d, (pki_bytes){ NULL, 0 }, err));
		t_ok(pki_digest_dup(d, &copy, err));
		t_ok(pki_digest_update(d, pki_bytes_str("junk"), err));
		t_ok(pki_digest_update(copy, pki_bytes_str(message + 3), err));
		t_ok(pki_digest_final(copy, parts, err));
		ck_assert_mem_eq(once, parts, pki_hash_size(h));
		t_fails(PKI_E_ARG, pki_digest_final(copy, parts, err));
		t_fails(PKI_E_ARG, pki_digest_update(copy, msg(), err));
		pki_digest_free(d);
		t_fails(PKI_E_ARG, pki_digest_dup(copy, &d, err));
		ck_assert_ptr_null(d);
		pki_digest_free(copy);
	}
	t_fails(PKI_E_ARG, pki_hash_once(NULL, PKI_HASH_NONE, msg(), once, err));
	t_fails(PKI_E_ARG, pki_hash_once(NULL, 99, msg(), once, err));
	t_fails(PKI_E_ARG, pki_hash_once(NULL, PKI_HASH_SHA256, msg(), NULL, err));
	t_fails(PKI_E_ARG, pki_digest_new(NULL, PKI_HASH_NONE, &d, err));
	t_fails(PKI_E_ARG, pki_digest_new(NULL, PKI_HASH_SHA256, NULL, err));
	pki_digest_free(NULL);
}
END_TEST

START_TEST(test_random)
{
	uint8_t a[64] = { 0 }, b[64] = { 0 };

	t_ok(pki_random(NULL, (pki_span){ a, sizeof a }, err));
	t_ok(pki_random(NULL, (pki_span){ b, sizeof b }, err));
	ck_assert_mem_ne(a, b, sizeof a);
	t_ok(pki_random(NULL, (pki_span){ NULL, 0 }, err));
	t_fails(PKI_E_ARG, pki_random(NULL, (pki_span){ NULL, 1 }, err));
}
END_TEST

/* A signature is 1000 units of the call's budget. */
START_TEST(test_budget)
{
	pki_ctx *ctx, *poor;
	pki_buf sig = PKI_BUF_INIT;
	pki_key *k;
	uint64_t before;

	t_ok(pki_ctx_new(NULL, &ctx, err));
	k = load(ctx, "ed25519");
	before = pki_ctx_work(ctx);
	t_ok(pki_sign(k, NULL, msg(), &sig, err));
	ck_assert_uint_eq(pki_ctx_work(ctx) - before, 1000);
	pki_key_free(k);
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 999), &poor, err));
	k = load(poor, "ed25519");
	t_fails(PKI_E_LIMIT, pki_sign(k, NULL, msg(), &sig, err));
	t_fails(PKI_E_LIMIT, pki_check(pki_key_public(k), NULL, msg(), pki_buf_bytes(&sig), err));
	pki_key_free(k);
	pki_ctx_free(ctx);
	pki_ctx_free(poor);
	pki_buf_free(&sig);
}
END_TEST

struct canceller {
	unsigned asked, enough;
};

static bool cancel(void *ud)
{
	struct canceller *c = ud;

	return ++c->asked >= c->enough;
}

/* What is long is worked on in slices, between which the call may be stopped. */
START_TEST(test_long)
{
	static uint8_t zeros[1 << 20];
	const pki_bytes in = { zeros, sizeof zeros };
	const uint64_t units = sizeof zeros / 64;
	struct canceller c = { 0, 1000 };
	uint8_t out[PKI_HASH_MAX], same[PKI_HASH_MAX];
	pki_buf sig = PKI_BUF_INIT;
	pki_digest *d;
	pki_ctx *ctx;
	pki_key *k;

	t_ok(pki_ctx_new(
	    PKI_OPTS(pki_ctx_opts, .budget = units + 1010, .cancel = cancel, .cancel_ud = &c), &ctx,
	    err));
	t_ok(pki_hash_once(ctx, PKI_HASH_SHA256, in, out, err));
	ck_assert_uint_ge(pki_ctx_work(ctx), units);
	ck_assert_uint_ge(c.asked, 2);
	k = load(ctx, "p256");
	t_ok(pki_sign(k, NULL, in, &sig, err));
	t_ok(pki_check(pki_key_public(k), NULL, in, pki_buf_bytes(&sig), err));
	t_ok(pki_check_digest(
	    pki_key_public(k), NULL, pki_bytes_of(out, 32), pki_buf_bytes(&sig), err));

	for (unsigned n = 1; n <= 2; n++) {
		c = (struct canceller){ 0, n };
		t_fails(PKI_E_CANCELLED, pki_hash_once(ctx, PKI_HASH_SHA512, in, out, err));
		c = (struct canceller){ 0, n };
		t_fails(PKI_E_CANCELLED, pki_sign(k, NULL, in, &sig, err));
		c = (struct canceller){ 0, n };
		t_fails(PKI_E_CANCELLED,
		    pki_check(pki_key_public(k), NULL, in, pki_buf_bytes(&sig), err));
	}
	pki_key_free(k);

	/* a call at a time: the digest's whole is over the budget */
	c = (struct canceller){ 0, 1000 };
	t_ok(pki_digest_new(ctx, PKI_HASH_SHA256, &d, err));
	t_ok(pki_digest_update(d, in, err));
	t_ok(pki_digest_update(d, in, err));
	c = (struct canceller){ 0, 2 };
	t_fails(PKI_E_CANCELLED, pki_digest_update(d, in, err));
	t_fails(PKI_E_ARG, pki_digest_update(d, in, err));
	t_fails(PKI_E_ARG, pki_digest_final(d, same, err));
	pki_ctx_free(ctx); /* the digest keeps what it needs */
	pki_digest_free(d);

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = units - 1), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_hash_once(ctx, PKI_HASH_SHA256, in, out, err));
	t_fails(PKI_E_LIMIT, pki_mac_once(ctx, PKI_HASH_SHA256, msg(), in, out, err));
	k = load(ctx, "p256");
	t_fails(PKI_E_LIMIT, pki_sign(k, NULL, in, &sig, err));
	pki_key_free(k);
	k = load(ctx, "ed25519");
	t_fails(PKI_E_LIMIT, pki_sign(k, NULL, in, &sig, err));
	pki_key_free(k);
	pki_ctx_free(ctx);
	pki_buf_free(&sig);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_defaults, test_spoiled, test_algs, test_unfit,
		test_unfit_forms, test_pss_restrictions, test_empty_message, test_weak_digests,
		test_short_keys, test_no_room, test_ecdsa_forms, test_ecsig_codec,
		test_pkcs1_forgeries, test_rsa_range, test_digest, test_random, test_budget,
		test_long, NULL };

	return t_main("sign", tests);
}
