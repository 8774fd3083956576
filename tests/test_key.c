/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys: made, read from what other programs wrote, written, refused. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <pki/ctx.h>
#include <pki/sign.h>

#include "tests/lib/t.h"

static pki_ctx *lenient;

/* A context that allows short RSA keys. */
static pki_ctx *allow_short(void)
{
	if (lenient == NULL)
		t_ok(pki_ctx_new(
		    PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512), &lenient,
		    err));
	return lenient;
}

static pki_bytes key_file(const char *name, const char *suffix)
{
	char path[128];

	snprintf(path, sizeof path, "keys/%s%s", name, suffix);
	return t_vector(path);
}

static pki_buf written(const pki_key *k, pki_form form)
{
	pki_buf out = { .flags = PKI_BUF_SECRET };

	t_ok(pki_key_write(k, PKI_OPTS(pki_key_write_opts, .form = form), &out, err));
	return out;
}

static pki_buf public_of(const pki_key *k)
{
	pki_buf out = PKI_BUF_INIT;

	t_ok(pki_pubkey_write(pki_key_public(k), PKI_DER, &out, err));
	return out;
}

static const struct {
	const char *name;
	pki_key_type type;
	uint32_t bits;
	bool same; /* what is written is what was read */
} plain[] = {
	{ "rsa", PKI_KEY_RSA, 2048, true },
	{ "rsa-e3", PKI_KEY_RSA, 2048, true },
	{ "rsa-1024", PKI_KEY_RSA, 1024, true },
	{ "rsa-512", PKI_KEY_RSA, 512, true },
	{ "rsa-pss", PKI_KEY_RSA_PSS, 2048, true },
	{ "rsa-pss-sha384", PKI_KEY_RSA_PSS, 2048, true },
	{ "p256", PKI_KEY_P256, 256, true },
	{ "p384", PKI_KEY_P384, 384, true },
	{ "p521", PKI_KEY_P521, 521, true },
	{ "ed25519", PKI_KEY_ED25519, 255, true },
	{ "ed448", PKI_KEY_ED448, 448, true },
	{ "x25519", PKI_KEY_X25519, 255, true },
	{ "x448", PKI_KEY_X448, 448, true },
	{ "gnutls-rsa", PKI_KEY_RSA, 2048, false },
	{ "gnutls-p256", PKI_KEY_P256, 256, false },
	{ "gnutls-ed25519", PKI_KEY_ED25519, 255, false },
	{ "gnutls-ed448", PKI_KEY_ED448, 448, false },
};

/* PEM, DER and bare base64 of the same key give the same key, and the public one that OpenSSL has.
 */
static void read_forms(size_t i)
{
	pki_buf der, base64 = PKI_BUF_INIT, spki;
	pki_key *k, *again;
	pki_pubkey *pub;

	t_ok(pki_key_parse(allow_short(), key_file(plain[i].name, ".pem"), NULL, NULL, &k, err));
	ck_assert_int_eq(pki_pubkey_type(pki_key_public(k)), plain[i].type);
	ck_assert_uint_eq(pki_pubkey_bits(pki_key_public(k)), plain[i].bits);
	der = written(k, PKI_DER);
	if (plain[i].same) {
		t_bytes_eq(pki_buf_bytes(&der), key_file(plain[i].name, ".der"));
		t_ok(pki_pubkey_parse(
		    allow_short(), key_file(plain[i].name, ".pub.pem"), &pub, err));
		ck_assert(pki_pubkey_equal(pub, pki_key_public(k)));
		pki_pubkey_free(pub);
	}
	t_ok(pki_key_parse(allow_short(), pki_buf_bytes(&der), NULL, NULL, &again, err));
	ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	pki_key_free(again);
	t_ok(pki_base64_encode(pki_buf_bytes(&der), &base64, err));
	t_ok(pki_key_parse(allow_short(), pki_buf_bytes(&base64), NULL, NULL, &again, err));
	ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	pki_key_free(again);
	spki = public_of(k);
	t_ok(pki_pubkey_import(allow_short(), pki_buf_bytes(&spki), &pub, err));
	ck_assert(pki_pubkey_equal(pub, pki_key_public(k)));
	pki_pubkey_free(pub);
	pki_buf_free(&spki);
	pki_buf_free(&base64);
	pki_buf_free(&der);
	pki_key_free(k);
}

START_TEST(test_plain)
{
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		read_forms(i);
}
END_TEST

static const char *const encrypted[] = {
#define WITH_PRFS(cipher)                                                                       \
 "enc-" cipher "-SHA1.pem", "enc-" cipher "-SHA224.pem", "enc-" cipher "-SHA256.pem",           \
     "enc-" cipher "-SHA384.pem", "enc-" cipher "-SHA512.pem", "enc-" cipher "-SHA512-224.pem", \
     "enc-" cipher "-SHA512-256.pem"
	WITH_PRFS("aes-128-cbc"),
	WITH_PRFS("aes-192-cbc"),
	WITH_PRFS("aes-256-cbc"),
	"enc-rsa.pem",
	"enc-ed448.der",
	"gnutls-enc-aes-128.pem",
	"gnutls-enc-aes-192.pem",
	"gnutls-enc-aes-256.pem",
};

START_TEST(test_encrypted)
{
	for (size_t i = 0; i < sizeof encrypted / sizeof *encrypted; i++) {
		pki_bytes in = key_file(encrypted[i], "");
		pki_key *k;

		t_ok(pki_key_parse(NULL, in, pki_password_text, "swordfish", &k, err));
		pki_key_free(k);
		t_fails(PKI_E_PASSWORD,
		    pki_key_parse(NULL, in, pki_password_text, "Swordfish", &k, err));
		ck_assert_ptr_null(k);
		t_fails(PKI_E_PASSWORD, pki_key_parse(NULL, in, NULL, NULL, &k, err));
	}
}
END_TEST

START_TEST(test_empty_password)
{
	pki_bytes in = key_file("enc-empty", ".pem");
	pki_key *k;

	t_ok(pki_key_parse(NULL, in, pki_password_text, "", &k, err));
	pki_key_free(k);
	t_fails(PKI_E_PASSWORD, pki_key_parse(NULL, in, pki_password_text, "x", &k, err));
	t_fails(PKI_E_PASSWORD, pki_key_parse(NULL, in, pki_password_text, NULL, &k, err));
}
END_TEST

/* Gives the right password the third time; counts how often it is asked. */
static bool third_time(void *ud, const char *what, unsigned attempt, pki_buf *secret)
{
	unsigned *asked = ud;

	ck_assert_str_eq(what, "private key");
	ck_assert_uint_eq(attempt, *asked);
	ck_assert_uint_eq(secret->len, 0);
	ck_assert_uint_ne(secret->flags & PKI_BUF_SECRET, 0);
	++*asked;
	return pki_buf_append(secret, pki_bytes_str(attempt < 2 ? "no" : "swordfish"), NULL) ==
	    PKI_SUCCESS;
}

static bool never_right(void *ud, const char *what, unsigned attempt, pki_buf *secret)
{
	(void)what;
	(void)attempt;
	++*(unsigned *)ud;
	return pki_buf_append(secret, pki_bytes_str("wrong"), NULL) == PKI_SUCCESS;
}

START_TEST(test_asking)
{
	pki_bytes in = key_file("enc-aes-128-cbc-SHA256", ".pem");
	pki_error untouched = PKI_ERROR_INIT;
	unsigned asked = 0;
	pki_ctx *ctx;
	pki_key *k;

	ck_assert_int_eq(pki_key_parse(NULL, in, third_time, &asked, &k, &untouched), PKI_SUCCESS);
	ck_assert_uint_eq(asked, 3);
	ck_assert_int_eq(pki_error_status(&untouched), PKI_SUCCESS);
	pki_key_free(k);
	/* a callback that never gives up is ended by the budget */
	asked = 0;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 50000), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_key_parse(ctx, in, never_right, &asked, &k, err));
	ck_assert_uint_gt(asked, 1);
	ck_assert_uint_lt(asked, 60);
	pki_ctx_free(ctx);
}
END_TEST

static bool cancelled(void *ud)
{
	(void)ud;
	return true;
}

START_TEST(test_cancelled)
{
	pki_ctx *ctx;
	pki_key *k;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .cancel = cancelled), &ctx, err));
	t_fails(PKI_E_CANCELLED,
	    pki_key_parse(ctx, key_file("enc-aes-128-cbc-SHA256", ".pem"), pki_password_text,
		"swordfish", &k, err));
	t_fails(PKI_E_CANCELLED, pki_key_generate(ctx, PKI_KEY_RSA, NULL, &k, err));
	ck_assert_ptr_null(k);
	t_fails(PKI_E_CANCELLED, pki_key_generate(ctx, PKI_KEY_ED25519, NULL, &k, err));
	ck_assert_ptr_null(k);
	pki_ctx_free(ctx);
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 1500), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_key_generate(ctx, PKI_KEY_RSA, NULL, &k, err));
	ck_assert_ptr_null(k);
	t_ok(pki_key_generate(ctx, PKI_KEY_ED25519, NULL, &k, err));
	pki_ctx_free(ctx); /* the key keeps it */
	t_fails(PKI_E_LIMIT,
	    pki_key_save(
		k, t_scratch("never"), PKI_OPTS(pki_key_write_opts, .password = "x"), err));
	pki_key_free(k);
}
END_TEST

static const struct {
	pki_status want;
	const char *file, *says;
} refused[] = {
	{ PKI_E_POLICY, "rsa-1024.pem", "2048" },
	{ PKI_E_POLICY, "rsa-512.pem", "2048" },
	{ PKI_E_UNSUPPORTED, "rsa-3prime.pem", "two primes" },
	{ PKI_E_UNSUPPORTED, "secp256k1.pem", "curve" },
	{ PKI_E_UNSUPPORTED, "brainpool.pem", "curve" },
	{ PKI_E_UNSUPPORTED, "explicit.pem", "explicit curve parameters" },
	{ PKI_E_UNSUPPORTED, "dsa.pem", "DSA" },
	{ PKI_E_NOTFOUND, "p256.pub.pem", "no key" },
};

START_TEST(test_refused)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_key *k;
		pki_status st = pki_key_parse(
		    NULL, key_file(refused[i].file, ""), pki_password_text, "swordfish", &k, &e);

		ck_assert_msg(st == refused[i].want, "%s: %s", refused[i].file, t_error(&e));
		ck_assert_msg(strstr(t_error(&e), refused[i].says) != NULL, "%s: %s",
		    refused[i].file, t_error(&e));
		ck_assert_ptr_null(k);
	}
}
END_TEST

static const struct {
	pki_status want;
	const char *file, *says;
} refused_public[] = {
	{ PKI_E_POLICY, "rsa-1024.pub.pem", "2048" },
	{ PKI_E_UNSUPPORTED, "secp256k1.pub.pem", "curve" },
	{ PKI_E_UNSUPPORTED, "brainpool.pub.pem", "curve" },
	{ PKI_E_UNSUPPORTED, "explicit.pub.pem", "explicit curve parameters" },
	{ PKI_E_POLICY, "dsa.pub.pem", "DSA" },
	{ PKI_E_NOTFOUND, "p256.pem", "no key" },
};

START_TEST(test_refused_public)
{
	for (size_t i = 0; i < sizeof refused_public / sizeof *refused_public; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_pubkey *k;
		pki_status st = pki_pubkey_parse(
		    NULL, key_file(refused_public[i].file, ""), &k, &e);

		ck_assert_msg(
		    st == refused_public[i].want, "%s: %s", refused_public[i].file, t_error(&e));
		ck_assert_msg(strstr(t_error(&e), refused_public[i].says) != NULL, "%s: %s",
		    refused_public[i].file, t_error(&e));
		ck_assert_ptr_null(k);
	}
}
END_TEST

/* Inputs that hold none, several, or one among other things. */
START_TEST(test_one_key)
{
	static const char other[] = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n"
				    "-----END EC PARAMETERS-----\n";
	pki_bytes key = key_file("p256", ".pem"), der = key_file("p256", ".der");
	pki_buf in = PKI_BUF_INIT;
	pki_key *k;

	t_fails(PKI_E_NOTFOUND, pki_key_parse(NULL, t_hex(""), NULL, NULL, &k, err));
	t_fails(PKI_E_NOTFOUND, pki_key_parse(NULL, pki_bytes_str(other), NULL, NULL, &k, err));
	t_fails(PKI_E_ENCODING, pki_key_parse(NULL, pki_bytes_str("hello!"), NULL, NULL, &k, err));
	t_ok(pki_buf_append(&in, pki_bytes_str("explanation\n"), err));
	t_ok(pki_buf_append(&in, pki_bytes_str(other), err));
	t_ok(pki_buf_append(&in, key, err));
	t_ok(pki_key_parse(NULL, pki_buf_bytes(&in), NULL, NULL, &k, err));
	pki_key_free(k);
	t_ok(pki_buf_append(&in, key, err));
	t_fails(PKI_E_STRUCTURE, pki_key_parse(NULL, pki_buf_bytes(&in), NULL, NULL, &k, err));
	pki_buf_free(&in);
	t_ok(pki_buf_append(&in, der, err));
	t_ok(pki_buf_append(&in, der, err));
	t_fails(PKI_E_STRUCTURE, pki_key_parse(NULL, pki_buf_bytes(&in), NULL, NULL, &k, err));
	ck_assert_ptr_null(k);
	pki_buf_free(&in);
}
END_TEST

START_TEST(test_too_long)
{
	pki_limits limits = { .size = sizeof limits, .object_bytes = 100 };
	pki_ctx *ctx;
	pki_key *k;
	pki_pubkey *p;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_key_parse(ctx, key_file("p256", ".der"), NULL, NULL, &k, err));
	t_fails(PKI_E_LIMIT, pki_pubkey_parse(ctx, key_file("p256", ".pub.pem"), &p, err));
	t_fails(
	    PKI_E_LIMIT, pki_key_load(ctx, t_vector_path("keys/p256.der"), NULL, NULL, &k, err));
	pki_ctx_free(ctx);
	limits = (pki_limits){ .size = sizeof limits, .rsa_bits = 2040, .kdf_iterations = 2047 };
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_key_parse(ctx, key_file("rsa", ".pem"), NULL, NULL, &k, err));
	t_fails(PKI_E_LIMIT, pki_pubkey_parse(ctx, key_file("rsa", ".pub.pem"), &p, err));
	t_fails(PKI_E_LIMIT,
	    pki_key_parse(ctx, key_file("enc-aes-128-cbc-SHA256", ".pem"), pki_password_text,
		"swordfish", &k, err));
	pki_ctx_free(ctx);
}
END_TEST

static const pki_key_type made[] = { PKI_KEY_RSA, PKI_KEY_RSA_PSS, PKI_KEY_P256, PKI_KEY_P384,
	PKI_KEY_P521, PKI_KEY_ED25519, PKI_KEY_ED448, PKI_KEY_X25519, PKI_KEY_X448 };

/* Made, written encrypted, read again. */
START_TEST(test_generate)
{
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		bool rsa = made[i] == PKI_KEY_RSA || made[i] == PKI_KEY_RSA_PSS;
		pki_buf out = PKI_BUF_INIT;
		pki_key *k, *again;

		t_ok(pki_key_generate(
		    NULL, made[i], PKI_OPTS(pki_key_opts, .rsa_bits = rsa ? 2048 : 0), &k, err));
		ck_assert_int_eq(pki_pubkey_type(pki_key_public(k)), made[i]);
		t_ok(pki_key_write(k,
		    PKI_OPTS(pki_key_write_opts, .password = "pässword", .iterations = 1000,
			.form = PKI_DER),
		    &out, err));
		t_ok(pki_key_parse(
		    NULL, pki_buf_bytes(&out), pki_password_text, "pässword", &again, err));
		ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
		pki_key_free(again);
		pki_key_free(k);
		pki_buf_free(&out);
	}
}
END_TEST

START_TEST(test_generate_refused)
{
	static const struct {
		pki_key_type type;
		pki_status want;
		uint32_t bits;
	} rows[] = {
		{ PKI_KEY_UNKNOWN, PKI_E_ARG, 0 },
		{ 99, PKI_E_ARG, 0 },
		{ -1, PKI_E_ARG, 0 },
		{ PKI_KEY_DSA, PKI_E_UNSUPPORTED, 0 },
		{ PKI_KEY_P256, PKI_E_ARG, 2048 },
		{ PKI_KEY_RSA, PKI_E_ARG, 1024 },
		{ PKI_KEY_RSA, PKI_E_ARG, 2049 },
		{ PKI_KEY_RSA, PKI_E_ARG, 2052 },
		{ PKI_KEY_RSA, PKI_E_ARG, 8200 },
		{ PKI_KEY_RSA, PKI_E_ARG, UINT32_MAX },
	};
	pki_key_opts o;
	pki_key *k;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		t_fails(rows[i].want,
		    pki_key_generate(allow_short(), rows[i].type,
			PKI_OPTS(pki_key_opts, .rsa_bits = rows[i].bits), &k, err));
		ck_assert_ptr_null(k);
	}
	pki_key_opts_init(&o, sizeof o);
	o.reserved = 1;
	t_fails(PKI_E_UNSUPPORTED, pki_key_generate(NULL, PKI_KEY_P256, &o, &k, err));
	o.reserved = 0;
	o.size = 0;
	t_fails(PKI_E_ARG, pki_key_generate(NULL, PKI_KEY_P256, &o, &k, err));
	t_fails(PKI_E_ARG, pki_key_generate(NULL, PKI_KEY_P256, NULL, NULL, err));
}
END_TEST

/* PBES2 as written by default, seen through pki_envelope_parse. */
START_TEST(test_envelope)
{
	pki_buf out = PKI_BUF_INIT, oid = PKI_BUF_INIT;
	pki_envelope e;
	pki_key *k;

	t_ok(pki_key_parse(NULL, key_file("ed25519", ".pem"), NULL, NULL, &k, err));
	t_ok(pki_key_write(
	    k, PKI_OPTS(pki_key_write_opts, .password = "x", .form = PKI_DER), &out, err));
	t_ok(pki_envelope_parse(NULL, pki_buf_bytes(&out), &e, err));
	ck_assert_uint_eq(e.iterations, 600000);
	ck_assert_uint_eq(e.salt_len, 16);
	ck_assert_str_eq(pki_oid_name(e.scheme), "PBES2");
	ck_assert_str_eq(pki_oid_name(e.kdf), "PBKDF2");
	ck_assert_str_eq(pki_oid_name(e.prf), "hmacWithSHA256");
	t_ok(pki_oid_format(e.cipher, &oid, err));
	ck_assert_str_eq(pki_buf_str(&oid), "2.16.840.1.101.3.4.1.42");
	pki_key_free(k);
	pki_buf_free(&oid);
	pki_buf_free(&out);
}
END_TEST

static pki_bytes der_of(const char *file)
{
	static pki_pem_block b;
	pki_bytes in = key_file(file, "");

	t_ok(pki_pem_next(NULL, &in, &b, err));
	return pki_buf_bytes(&b.der);
}

/* One key is one SubjectPublicKeyInfo, however its point is written. */
START_TEST(test_compressed)
{
	pki_pubkey *compressed, *whole;

	t_ok(pki_pubkey_parse(NULL, key_file("compressed.pub.pem", ""), &compressed, err));
	t_ok(pki_pubkey_parse(NULL, key_file("p256.pub.pem", ""), &whole, err));
	ck_assert(pki_pubkey_equal(compressed, whole));
	pki_pubkey_free(compressed);
	pki_pubkey_free(whole);
}
END_TEST

START_TEST(test_other_envelopes)
{
	pki_envelope e;

	t_ok(pki_envelope_parse(NULL, der_of("enc-pbe1.pem"), &e, err));
	ck_assert_uint_ne(e.scheme.len, 0);
	ck_assert_uint_eq(e.kdf.len + e.prf.len + e.cipher.len, 0);
	ck_assert_uint_eq(e.iterations, 2048);
	t_ok(pki_envelope_parse(NULL, der_of("enc-scrypt.pem"), &e, err));
	ck_assert_str_eq(pki_oid_name(e.kdf), "scrypt");
	ck_assert_uint_eq(e.prf.len + e.iterations, 0);
	t_ok(pki_envelope_parse(NULL, der_of("enc-des3.pem"), &e, err));
	ck_assert_uint_eq(e.iterations, 2048);
	t_ok(pki_envelope_parse(NULL, der_of("enc-aes-128-cbc-SHA1.pem"), &e, err));
	ck_assert_str_eq(pki_oid_name(e.prf), "hmacWithSHA1");
	t_fails(PKI_E_STRUCTURE, pki_envelope_parse(NULL, key_file("p256", ".der"), &e, err));
	t_fails(PKI_E_ARG, pki_envelope_parse(NULL, key_file("p256", ".der"), NULL, err));
}
END_TEST

static const struct {
	pki_status want;
	pki_key_write_opts o;
} bad_write[] = {
	{ PKI_E_ARG, { .size = 0 } },
	{ PKI_E_ARG, { .size = sizeof(pki_key_write_opts), .form = 2 } },
	{ PKI_E_ARG, { .size = sizeof(pki_key_write_opts), .flags = 4 } },
	{ PKI_E_ARG, { .size = sizeof(pki_key_write_opts), .password = "x", .iterations = 999 } },
	{ PKI_E_ARG,
	    { .size = sizeof(pki_key_write_opts), .password = "x", .iterations = 10000001 } },
	{ PKI_E_UNSUPPORTED, { .size = sizeof(pki_key_write_opts), .reserved = 1 } },
};

START_TEST(test_bad_write)
{
	pki_buf out = PKI_BUF_INIT;
	pki_pubkey *pub;
	pki_key *k;

	t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err));
	t_ok(pki_buf_append(&out, t_hex("01"), err));
	for (size_t i = 0; i < sizeof bad_write / sizeof *bad_write; i++) {
		t_fails(bad_write[i].want, pki_key_write(k, &bad_write[i].o, &out, err));
		t_bytes_eq(pki_buf_bytes(&out), t_hex("01"));
	}
	t_fails(PKI_E_ARG, pki_key_write(NULL, NULL, &out, err));
	t_fails(PKI_E_ARG, pki_key_write(k, NULL, NULL, err));
	t_fails(PKI_E_ARG, pki_pubkey_write(pki_key_public(k), 7, &out, err));
	t_fails(PKI_E_ARG,
	    pki_pubkey_save(pki_key_public(k), t_scratch("pub"), 7, PKI_FILE_REPLACE, err));
	t_ok(pki_pubkey_save(pki_key_public(k), t_scratch("pub"), PKI_PEM, PKI_FILE_REPLACE, err));
	t_fails(PKI_E_IO, pki_pubkey_save(pki_key_public(k), t_scratch("pub"), PKI_PEM, 0, err));
	t_ok(pki_pubkey_load(NULL, t_scratch("pub"), &pub, err));
	ck_assert(pki_pubkey_equal(pub, pki_key_public(k)));
	pki_pubkey_free(pub);
	pki_buf_free(&out);
	pki_key_free(k);
}
END_TEST

START_TEST(test_files)
{
	const char *path = t_scratch("saved.key");
	struct stat st;
	pki_key *k, *again;

	t_ok(pki_key_generate(NULL, PKI_KEY_ED25519, NULL, &k, err));
	t_ok(pki_key_save(k, path, NULL, err));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	t_fails(PKI_E_IO, pki_key_save(k, path, NULL, err));
	t_ok(pki_key_save(k, path, PKI_OPTS(pki_key_write_opts, .flags = PKI_FILE_REPLACE), err));
	t_ok(pki_key_load(NULL, path, NULL, NULL, &again, err));
	ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	pki_key_free(again);
	t_fails(PKI_E_IO, pki_key_load(NULL, t_scratch("none"), NULL, NULL, &again, err));
	t_fails(PKI_E_ARG, pki_key_load(NULL, NULL, NULL, NULL, &again, err));
	t_fails(PKI_E_ARG, pki_key_save(k, NULL, NULL, err));
	pki_key_free(k);
}
END_TEST

START_TEST(test_refs)
{
	pki_ctx *ctx;
	pki_pubkey *pub;
	pki_key *k;

	t_ok(pki_ctx_new(NULL, &ctx, err));
	t_ok(pki_key_generate(ctx, PKI_KEY_P256, NULL, &k, err));
	pki_ctx_free(ctx);
	pub = pki_pubkey_ref(pki_key_public(k));
	pki_key_free(pki_key_ref(k));
	pki_key_free(k);
	ck_assert_int_eq(pki_pubkey_type(pub), PKI_KEY_P256);
	pki_pubkey_free(pub);
	pki_key_free(NULL);
	pki_pubkey_free(NULL);
	ck_assert_ptr_null(pki_key_ref(NULL));
	ck_assert_ptr_null(pki_pubkey_ref(NULL));
	ck_assert_ptr_null(pki_key_public(NULL));
	ck_assert_int_eq(pki_pubkey_type(NULL), PKI_KEY_UNKNOWN);
	ck_assert_uint_eq(pki_pubkey_bits(NULL), 0);
	ck_assert_uint_eq(pki_pubkey_spki(NULL).len, 0);
	ck_assert(!pki_pubkey_equal(NULL, NULL));
}
END_TEST

START_TEST(test_null)
{
	pki_key *k;
	pki_pubkey *p;

	t_fails(PKI_E_ARG, pki_key_parse(NULL, t_hex("30"), NULL, NULL, NULL, err));
	t_fails(PKI_E_ARG, pki_pubkey_parse(NULL, t_hex("30"), NULL, err));
	t_fails(PKI_E_ARG, pki_pubkey_import(NULL, t_hex("30"), NULL, err));
	t_fails(PKI_E_ARG, pki_pubkey_load(NULL, NULL, &p, err));
	t_fails(PKI_E_ARG, pki_key_open(NULL, NULL, NULL, NULL, &k, err));
	t_fails(PKI_E_ARG, pki_key_open(NULL, "x:", NULL, NULL, NULL, err));
	t_fails(PKI_E_UNSUPPORTED, pki_key_open(NULL, "pkcs11:token=x", NULL, NULL, &k, err));
	ck_assert(!pki_password_text(NULL, "x", 0, NULL));
}
END_TEST

static void leave_nothing(void)
{
	pki_ctx_free(lenient);
}

int main(void)
{
	const TTest *const tests[] = { test_plain, test_encrypted, test_empty_password, test_asking,
		test_cancelled, test_refused, test_refused_public, test_one_key, test_too_long,
		test_generate, test_generate_refused, test_envelope, test_compressed,
		test_other_envelopes, test_bad_write, test_files, test_refs, test_null, NULL };
	int status = t_main("key", tests);

	leave_nothing();
	return status;
}
