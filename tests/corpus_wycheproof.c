/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Wycheproof's test vectors, below $PKI_CORPUS/wycheproof: "valid" must pass, "invalid" must fail,
 * "acceptable" may do either. What the backend does not offer is counted on its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <pki/ctx.h>
#include <pki/error.h>
#include <pki/sign.h>

#include "libpki/core/ascii.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/pbe.h"
#include "libpki/crypto/use.h"

#define FIELD_MAX 65536

/* One test: its group, itself, and what it needs of the whole file. */
struct test {
	json_t *group, *test;
	const struct file *file;
	pki_ctx *ctx;
};

/* PKI_SUCCESS: passes; PKI_E_UNSUPPORTED: the backend lacks it; anything else: fails. */
typedef pki_status run_fn(const struct test *t);

struct file {
	const char *name;
	run_fn *run;
	pki_scheme scheme;
	pki_hash hash; /* where the file does not say it itself */
	size_t key_len;
	size_t lacks; /* tests that the backend does not do */
};

static const char *text(json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static int64_t number(json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

/* The octets of a hex field; the caller frees. Fields are far shorter than memory. */
static pki_buf octets(json_t *o, const char *key)
{
	pki_buf b = PKI_BUF_INIT;

	if (pki_hex_decode(pki_bytes_str(text(o, key)), &b, NULL) != PKI_SUCCESS)
		abort();
	return b;
}

static pki_hash hash_named(const char *name)
{
	for (pki_hash h = PKI_HASH_MD5; h <= PKI_HASH_SHA512_256; h++)
		if (strcmp(pki_hash_name(h), name) == 0)
			return h;
	return PKI_HASH_NONE;
}

static pki_alg alg_of(const struct test *t)
{
	pki_alg a = { .size = sizeof a, .scheme = t->file->scheme };

	a.hash = hash_named(text(t->group, "sha"));
	if (a.scheme != PKI_ALG_RSA_PSS)
		return a;
	a.mgf_hash = hash_named(text(t->group, "mgfSha"));
	a.salt_len = (int32_t)number(t->group, "sLen");
	if (a.salt_len == 0)
		a.salt_len = PKI_SALT_EMPTY;
	return a;
}

static pki_status check_signature(const struct test *t)
{
	pki_buf spki = octets(t->group, "publicKeyDer"), msg = octets(t->test, "msg"),
		sig = octets(t->test, "sig");
	pki_alg a = alg_of(t);
	pki_pubkey *k = NULL;
	pki_status st = pki_pubkey_import(t->ctx, pki_buf_bytes(&spki), &k, NULL);

	if (st != PKI_SUCCESS)
		printf("a key is refused: %s\n", pki_status_text(st));
	else
		st = pki_check(k, &a, pki_buf_bytes(&msg), pki_buf_bytes(&sig), NULL);
	pki_pubkey_free(k);
	pki_buf_free(&spki);
	pki_buf_free(&msg);
	pki_buf_free(&sig);
	return st;
}

static pki_status derive_pbkdf2(const struct test *t)
{
	static uint8_t room[FIELD_MAX];
	pki_buf password = octets(t->test, "password"), salt = octets(t->test, "salt"),
		want = octets(t->test, "dk");
	pki_alg a = { .size = sizeof a, .scheme = PKI_ALG_PBKDF2, .hash = t->file->hash };
	pki_status st;

	a.iterations = (uint32_t)number(t->test, "iterationCount");
	st = pki_kdf(t->ctx, NULL, &a, pki_buf_bytes(&password), pki_buf_bytes(&salt),
	    pki_bytes_of(NULL, 0), (pki_span){ room, want.len }, NULL);
	if (st == PKI_SUCCESS && memcmp(room, want.data, want.len) != 0)
		st = PKI_E_BACKEND;
	pki_buf_free(&password);
	pki_buf_free(&salt);
	pki_buf_free(&want);
	return st;
}

static pki_status decrypt_pbes2(const struct test *t)
{
	pki_buf password = octets(t->test, "password"), salt = octets(t->test, "salt"),
		iv = octets(t->test, "iv"), ct = octets(t->test, "ct"),
		want = octets(t->test, "msg"), got = PKI_BUF_INIT;
	pki_pbe p = { .hash = t->file->hash, .key_len = t->file->key_len };
	pki_status st;

	pki_alg_init(&p.cipher, sizeof p.cipher);
	p.cipher.scheme = PKI_ALG_AES_CBC;
	p.salt = pki_buf_bytes(&salt);
	p.iv = pki_buf_bytes(&iv);
	p.iterations = (uint32_t)number(t->test, "iterationCount");
	st = pki_pbe_decrypt(
	    t->ctx, NULL, &p, pki_buf_bytes(&password), pki_buf_bytes(&ct), &got, NULL);
	if (st == PKI_SUCCESS && !pki_bytes_equal(pki_buf_bytes(&got), pki_buf_bytes(&want)))
		st = PKI_E_PASSWORD;
	pki_buf_free(&password);
	pki_buf_free(&salt);
	pki_buf_free(&iv);
	pki_buf_free(&ct);
	pki_buf_free(&want);
	pki_buf_free(&got);
	return st;
}

static pki_status check_mac(const struct test *t)
{
	pki_buf key = octets(t->test, "key"), msg = octets(t->test, "msg"),
		tag = octets(t->test, "tag");
	uint8_t mac[PKI_HASH_MAX];
	pki_status st = pki_mac_once(
	    t->ctx, t->file->hash, pki_buf_bytes(&key), pki_buf_bytes(&msg), mac, NULL);

	if (st == PKI_SUCCESS && (tag.len > sizeof mac || memcmp(mac, tag.data, tag.len) != 0))
		st = PKI_E_SIGNATURE;
	pki_buf_free(&key);
	pki_buf_free(&msg);
	pki_buf_free(&tag);
	return st;
}

/* Key agreement with keys as PKCS #8 and SubjectPublicKeyInfo. */
static pki_status derive_shared(const struct test *t)
{
	pki_buf own = octets(t->test, "private"), peer = octets(t->test, "public"),
		want = octets(t->test, "shared");
	uint8_t room[66];
	pki_span out = { room, sizeof room };
	pki_key *k = NULL;
	pki_status st = pki_key_from_pkcs8(t->ctx, pki_buf_bytes(&own), &k, NULL);

	if (st == PKI_SUCCESS)
		st = k->backend->t->derive(k->handle, pki_buf_bytes(&peer), &out, NULL);
	if (st == PKI_SUCCESS &&
	    !pki_bytes_equal(pki_bytes_of(room, out.len), pki_buf_bytes(&want)))
		st = PKI_E_BACKEND;
	/* a peer's key of another curve is not "not offered" */
	if (st == PKI_E_UNSUPPORTED)
		st = PKI_E_STRUCTURE;
	pki_key_free(k);
	pki_buf_free(&own);
	pki_buf_free(&peer);
	pki_buf_free(&want);
	return st;
}

/* The private key of a group: PKCS #8 that must be read. */
static pki_status import_private(const struct test *t)
{
	pki_buf p8 = octets(t->group, "privateKeyPkcs8");
	pki_key *k = NULL;
	pki_status st = pki_key_from_pkcs8(t->ctx, pki_buf_bytes(&p8), &k, NULL);

	pki_key_free(k);
	pki_buf_free(&p8);
	return st;
}

static const struct file files[] = {
	{ "ecdsa_secp256r1_sha256_test.json", check_signature, PKI_ALG_ECDSA, 0, 0, 0 },
	{ "ecdsa_secp521r1_sha512_test.json", check_signature, PKI_ALG_ECDSA, 0, 0, 0 },
	{ "dsa_2048_256_sha256_test.json", check_signature, PKI_ALG_DSA, 0, 0, 0 },
	{ "ed25519_test.json", check_signature, PKI_ALG_EDDSA, 0, 0, 0 },
	{ "ed448_test.json", check_signature, PKI_ALG_EDDSA, 0, 0, 0 },
	{ "rsa_signature_2048_sha256_test.json", check_signature, PKI_ALG_RSA_PKCS1, 0, 0, 0 },
	{ "rsa_signature_4096_sha512_test.json", check_signature, PKI_ALG_RSA_PKCS1, 0, 0, 0 },
	{ "rsa_pss_2048_sha256_mgf1_32_test.json", check_signature, PKI_ALG_RSA_PSS, 0, 0, 0 },
	/* Nettle has no MGF1 with another hash than the message's */
	{ "rsa_pss_misc_params_test.json", check_signature, PKI_ALG_RSA_PSS, 0, 0, 120 },
	{ "pbkdf2_hmacsha1_test.json", derive_pbkdf2, 0, PKI_HASH_SHA1, 0, 0 },
	{ "pbkdf2_hmacsha256_test.json", derive_pbkdf2, 0, PKI_HASH_SHA256, 0, 0 },
	{ "pbes2_hmacsha1_aes_128_test.json", decrypt_pbes2, 0, PKI_HASH_SHA1, 16, 0 },
	{ "pbes2_hmacsha256_aes_256_test.json", decrypt_pbes2, 0, PKI_HASH_SHA256, 32, 0 },
	{ "hmac_sha256_test.json", check_mac, 0, PKI_HASH_SHA256, 0, 0 },
	{ "x25519_asn_test.json", derive_shared, 0, 0, 0, 0 },
	{ "rsa_oaep_2048_sha256_mgf1sha256_test.json", import_private, 0, 0, 0, 0 },
};

struct tally {
	size_t tests, met, lacking;
};

/* Is this an outcome that the file allows? */
static bool allowed(const struct test *t, pki_status st)
{
	const char *result = text(t->test, "result");
	bool passed = st == PKI_SUCCESS;

	if (t->file->run == import_private)
		return passed;
	if (strcmp(result, "acceptable") == 0)
		return st == PKI_SUCCESS || st != PKI_E_INTERNAL;
	return passed == (strcmp(result, "valid") == 0);
}

static void run_one(const struct test *t, struct tally *n)
{
	pki_status st = t->file->run(t);

	n->tests++;
	if (st == PKI_E_UNSUPPORTED) {
		n->lacking++;
		return;
	}
	if (allowed(t, st)) {
		n->met++;
		return;
	}
	printf("%s, test %d (%s, %s): %s\n", t->file->name, (int)number(t->test, "tcId"),
	    text(t->test, "result"), text(t->test, "comment"), pki_status_text(st));
}

static bool run_file(const char *corpus, const struct file *f, pki_ctx *ctx)
{
	struct test t = { .file = f, .ctx = ctx };
	struct tally n = { 0 };
	char path[4096];
	json_error_t why;
	json_t *root;
	size_t i, j;

	snprintf(path, sizeof path, "%s/wycheproof/%s", corpus, f->name);
	root = json_load_file(path, 0, &why);
	if (root == NULL) {
		printf("%s: %s\n", path, why.text);
		return false;
	}
	json_array_foreach(json_object_get(root, "testGroups"), i, t.group)
	    json_array_foreach(json_object_get(t.group, "tests"), j, t.test) run_one(&t, &n);
	printf("%s: %zu of %zu", f->name, n.met, n.tests);
	printf(n.lacking != 0 ? ", and %zu that the backend lacks\n" : "\n", n.lacking);
	json_decref(root);
	return n.tests != 0 && n.met + n.lacking == n.tests && n.lacking == f->lacks;
}

int main(void)
{
	const char *corpus = getenv("PKI_CORPUS");
	size_t met = 0, n = sizeof files / sizeof *files;
	pki_ctx *ctx;

	if (corpus == NULL) {
		fprintf(stderr, "PKI_CORPUS is not set\n");
		return EXIT_FAILURE;
	}
	if (pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_SHA1 | PKI_ALLOW_DSA), &ctx,
		NULL) != PKI_SUCCESS)
		return EXIT_FAILURE;
	for (size_t i = 0; i < n; i++)
		met += run_file(corpus, &files[i], ctx);
	pki_ctx_free(ctx);
	printf("Wycheproof files as expected: %zu of %zu\n", met, n);
	return met == n ? EXIT_SUCCESS : EXIT_FAILURE;
}
