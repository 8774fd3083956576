/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The keys in Debian's python3-cryptography-vectors, of many programs: each file is read, or is
 * refused for the reason that stands here. A file that is not listed fails the test.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include <pki/ctx.h>
#include <pki/key.h>

#include "tests/lib/t.h"

#define FOLDER "/usr/lib/python3/dist-packages/cryptography_vectors/asymmetric"

#define EXPLICIT PKI_E_UNSUPPORTED, "explicit curve parameters"
#define DSA      PKI_E_UNSUPPORTED, "DSA private keys"
#define SHORT    PKI_E_POLICY, "shorter than 2048"
#define SSH      PKI_E_UNSUPPORTED, "an encrypted key of OpenSSH"
#define NONE     PKI_E_NOTFOUND, "no"
#define FINE     PKI_SUCCESS, NULL

/* Private keys, or none. */
static const struct {
	const char *file;
	pki_key_type type;
	const char *password;
	pki_status want;
	const char *says;
} table[] = {
	{ "PKCS8/bad-encryption-oid.pem", 0, "x", PKI_E_UNSUPPORTED, "neither PBES2" },
	{ "PKCS8/bad-oid-dsa-key.pem", 0, NULL, PKI_E_UNSUPPORTED, "unknown key algorithm" },
	{ "PKCS8/ec_oid_not_in_reg_private_2.pkcs8.pem", 0, NULL, EXPLICIT },
	{ "PKCS8/ec_private_key.pem", PKI_KEY_P256, NULL, FINE },
	{ "PKCS8/ec_private_key_encrypted.pem", PKI_KEY_P256, "123456", FINE },
	{ "PKCS8/ecc_private_with_rfc5915_ext.pem", PKI_KEY_P256, NULL, FINE },
	{ "PKCS8/enc-rsa-pkcs8.pem", PKI_KEY_RSA, "foobar", FINE },
	{ "PKCS8/enc2-rsa-pkcs8.pem", PKI_KEY_RSA, "baz", FINE },
	{ "PKCS8/nodompar_private.pkcs8.pem", 0, NULL, EXPLICIT },
	{ "PKCS8/pkcs12_s2k_pem-X_9607.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9671.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9925.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9926.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9927.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9928.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9929.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9930.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9931.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/pkcs12_s2k_pem-X_9932.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PKCS8/private.pem", 0, NULL, EXPLICIT },
	{ "PKCS8/rsa_pss_2048.pem", PKI_KEY_RSA_PSS, NULL, FINE },
	{ "PKCS8/rsa_pss_2048_hash.pem", PKI_KEY_RSA_PSS, NULL, FINE },
	{ "PKCS8/rsa_pss_2048_hash_mask.pem", PKI_KEY_RSA_PSS, NULL, FINE },
	{ "PKCS8/rsa_pss_2048_hash_mask_diff.pem", PKI_KEY_RSA_PSS, NULL, FINE },
	{ "PKCS8/rsa_pss_2048_hash_mask_salt.pem", PKI_KEY_RSA_PSS, NULL, FINE },
	{ "PKCS8/rsa_pss_2048_pub.der", 0, NULL, NONE },
	{ "PKCS8/unenc-dsa-pkcs8.pem", 0, NULL, DSA },
	{ "PKCS8/unenc-dsa-pkcs8.pub.pem", 0, NULL, NONE },
	{ "PKCS8/unenc-rsa-pkcs8.pem", PKI_KEY_RSA, NULL, FINE },
	{ "PKCS8/unenc-rsa-pkcs8.pub.pem", 0, NULL, NONE },
	{ "PKCS8/withdompar_private.pkcs8.pem", 0, NULL, PKI_E_UNSUPPORTED, "unknown curve" },
	{ "Ed25519/ed25519-pkcs8-enc.der", PKI_KEY_ED25519, "password", FINE },
	{ "Ed25519/ed25519-pkcs8-enc.pem", PKI_KEY_ED25519, "password", FINE },
	{ "Ed25519/ed25519-pkcs8.der", PKI_KEY_ED25519, NULL, FINE },
	{ "Ed25519/ed25519-pkcs8.pem", PKI_KEY_ED25519, NULL, FINE },
	{ "Ed25519/ed25519-pub.der", 0, NULL, NONE },
	{ "Ed25519/ed25519-pub.pem", 0, NULL, NONE },
	{ "Ed448/ed448-pkcs8-enc.der", PKI_KEY_ED448, "password", FINE },
	{ "Ed448/ed448-pkcs8-enc.pem", PKI_KEY_ED448, "password", FINE },
	{ "Ed448/ed448-pkcs8.der", PKI_KEY_ED448, NULL, FINE },
	{ "Ed448/ed448-pkcs8.pem", PKI_KEY_ED448, NULL, FINE },
	{ "Ed448/ed448-pub.der", 0, NULL, NONE },
	{ "Ed448/ed448-pub.pem", 0, NULL, NONE },
	{ "X25519/x25519-pkcs8-enc.der", PKI_KEY_X25519, "password", FINE },
	{ "X25519/x25519-pkcs8-enc.pem", PKI_KEY_X25519, "password", FINE },
	{ "X25519/x25519-pkcs8.der", PKI_KEY_X25519, NULL, FINE },
	{ "X25519/x25519-pkcs8.pem", PKI_KEY_X25519, NULL, FINE },
	{ "X25519/x25519-pub.der", 0, NULL, NONE },
	{ "X25519/x25519-pub.pem", 0, NULL, NONE },
	{ "X448/x448-pkcs8-enc.der", PKI_KEY_X448, "password", FINE },
	{ "X448/x448-pkcs8-enc.pem", PKI_KEY_X448, "password", FINE },
	{ "X448/x448-pkcs8.der", PKI_KEY_X448, NULL, FINE },
	{ "X448/x448-pkcs8.pem", PKI_KEY_X448, NULL, FINE },
	{ "X448/x448-pub.der", 0, NULL, NONE },
	{ "X448/x448-pub.pem", 0, NULL, NONE },
	{ "DER_Serialization/dsa.1024.der", 0, NULL, DSA },
	{ "DER_Serialization/dsa.2048.der", 0, NULL, DSA },
	{ "DER_Serialization/dsa.3072.der", 0, NULL, DSA },
	{ "DER_Serialization/dsa_public_key.der", 0, NULL, NONE },
	{ "DER_Serialization/dsa_public_key_invalid_bit_string.der", 0, NULL, NONE },
	{ "DER_Serialization/dsa_public_key_no_params.der", 0, NULL, NONE },
	{ "DER_Serialization/ec_private_key.der", PKI_KEY_P256, NULL, FINE },
	{ "DER_Serialization/ec_private_key_encrypted.der", PKI_KEY_P256, "123456", FINE },
	{ "DER_Serialization/ec_public_key.der", 0, NULL, NONE },
	{ "DER_Serialization/enc-rsa-pkcs8.der", PKI_KEY_RSA, "foobar", FINE },
	{ "DER_Serialization/enc2-rsa-pkcs8.der", PKI_KEY_RSA, "baz", FINE },
	{ "DER_Serialization/rsa_public_key.der", 0, NULL, NONE },
	{ "DER_Serialization/testrsa.der", 0, NULL, SHORT },
	{ "DER_Serialization/unenc-dsa-pkcs8.der", 0, NULL, DSA },
	{ "DER_Serialization/unenc-dsa-pkcs8.pub.der", 0, NULL, NONE },
	{ "DER_Serialization/unenc-rsa-pkcs8.der", PKI_KEY_RSA, NULL, FINE },
	{ "DER_Serialization/unenc-rsa-pkcs8.pub.der", 0, NULL, NONE },
	{ "PEM_Serialization/dsa_4096.pem", 0, NULL, DSA },
	{ "PEM_Serialization/dsa_private_key.pem", 0, NULL, DSA },
	{ "PEM_Serialization/dsa_public_key.pem", 0, NULL, NONE },
	{ "PEM_Serialization/dsaparam.pem", 0, NULL, NONE },
	{ "PEM_Serialization/ec_private_key.pem", PKI_KEY_P256, NULL, FINE },
	{ "PEM_Serialization/ec_private_key_encrypted.pem", PKI_KEY_P256, "123456", FINE },
	{ "PEM_Serialization/ec_public_key.pem", 0, NULL, NONE },
	{ "PEM_Serialization/rsa-bad-1025-q-is-2.pem", 0, NULL, PKI_E_POLICY, "modulus is even" },
	{ "PEM_Serialization/rsa_private_key.pem", PKI_KEY_RSA, "123456", FINE },
	{ "PEM_Serialization/rsa_public_key.pem", 0, NULL, NONE },
	{ "Traditional_OpenSSL_Serialization/dsa.1024.pem", 0, NULL, DSA },
	{ "Traditional_OpenSSL_Serialization/dsa.2048.pem", 0, NULL, DSA },
	{ "Traditional_OpenSSL_Serialization/dsa.3072.pem", 0, NULL, DSA },
	{ "Traditional_OpenSSL_Serialization/key1.pem", 0, "123456", SHORT },
	{ "Traditional_OpenSSL_Serialization/key2.pem", 0, "a123456", SHORT },
	{ "Traditional_OpenSSL_Serialization/testrsa-encrypted.pem", 0, "password", SHORT },
	{ "Traditional_OpenSSL_Serialization/testrsa.pem", 0, NULL, SHORT },
	{ "DH/dh_key_256.pem", 0, NULL, PKI_E_UNSUPPORTED, "unknown key algorithm" },
	{ "DH/dhkey.pem", 0, NULL, PKI_E_UNSUPPORTED, "unknown key algorithm" },
	{ "DH/dhkey.der", 0, NULL, PKI_E_UNSUPPORTED, "unknown key algorithm" },
	{ "DH/dhkey_rfc5114_2.pem", 0, NULL, PKI_E_UNSUPPORTED, "unknown key algorithm" },
	{ "DH/dhkey_rfc5114_2.der", 0, NULL, PKI_E_UNSUPPORTED, "unknown key algorithm" },
	{ "DH/dhp.pem", 0, NULL, NONE },
	{ "DH/dhp.der", 0, NULL, NONE },
	{ "DH/dhp_rfc5114_2.pem", 0, NULL, NONE },
	{ "DH/dhp_rfc5114_2.der", 0, NULL, NONE },
	{ "DH/dhpub.pem", 0, NULL, NONE },
	{ "DH/dhpub.der", 0, NULL, NONE },
	{ "DH/dhpub_rfc5114_2.pem", 0, NULL, NONE },
	{ "DH/dhpub_rfc5114_2.der", 0, NULL, NONE },
	{ "OpenSSH/dsa-nopsw.key", 0, NULL, PKI_E_UNSUPPORTED, "another type: ssh-dss" },
	{ "OpenSSH/dsa-psw.key", 0, NULL, SSH },
	{ "OpenSSH/ecdsa-nopsw.key", PKI_KEY_P256, NULL, FINE },
	{ "OpenSSH/ecdsa-psw.key", 0, NULL, SSH },
	{ "OpenSSH/ed25519-nopsw.key", PKI_KEY_ED25519, NULL, FINE },
	{ "OpenSSH/ed25519-psw.key", 0, NULL, SSH },
	{ "OpenSSH/rsa-nopsw.key", PKI_KEY_RSA, NULL, FINE },
	{ "OpenSSH/rsa-psw.key", 0, NULL, SSH },
};
#define FILES (sizeof table / sizeof *table)

/* Public keys among them, and what is one but cannot be used. */
static const struct {
	const char *file;
	pki_key_type type;
	pki_status want;
} publics[] = {
	{ "PKCS8/rsa_pss_2048_pub.der", PKI_KEY_RSA_PSS, PKI_SUCCESS },
	{ "PKCS8/unenc-dsa-pkcs8.pub.pem", PKI_KEY_DSA, PKI_SUCCESS },
	{ "PKCS8/unenc-rsa-pkcs8.pub.pem", PKI_KEY_RSA, PKI_SUCCESS },
	{ "Ed25519/ed25519-pub.der", PKI_KEY_ED25519, PKI_SUCCESS },
	{ "Ed25519/ed25519-pub.pem", PKI_KEY_ED25519, PKI_SUCCESS },
	{ "Ed448/ed448-pub.der", PKI_KEY_ED448, PKI_SUCCESS },
	{ "Ed448/ed448-pub.pem", PKI_KEY_ED448, PKI_SUCCESS },
	{ "X25519/x25519-pub.der", PKI_KEY_X25519, PKI_SUCCESS },
	{ "X25519/x25519-pub.pem", PKI_KEY_X25519, PKI_SUCCESS },
	{ "X448/x448-pub.der", PKI_KEY_X448, PKI_SUCCESS },
	{ "X448/x448-pub.pem", PKI_KEY_X448, PKI_SUCCESS },
	{ "DER_Serialization/dsa_public_key.der", PKI_KEY_DSA, PKI_SUCCESS },
	{ "DER_Serialization/dsa_public_key_invalid_bit_string.der", 0, PKI_E_ENCODING },
	{ "DER_Serialization/dsa_public_key_no_params.der", 0, PKI_E_UNSUPPORTED },
	{ "DER_Serialization/ec_public_key.der", PKI_KEY_P256, PKI_SUCCESS },
	{ "DER_Serialization/rsa_public_key.der", PKI_KEY_RSA, PKI_SUCCESS },
	{ "DER_Serialization/unenc-dsa-pkcs8.pub.der", PKI_KEY_DSA, PKI_SUCCESS },
	{ "DER_Serialization/unenc-rsa-pkcs8.pub.der", PKI_KEY_RSA, PKI_SUCCESS },
	{ "PEM_Serialization/dsa_public_key.pem", PKI_KEY_DSA, PKI_SUCCESS },
	{ "PEM_Serialization/ec_public_key.pem", PKI_KEY_P256, PKI_SUCCESS },
	{ "PEM_Serialization/rsa_public_key.pem", PKI_KEY_RSA, PKI_SUCCESS },
	{ "public/PKCS1/dsa.pub.pem", 0, PKI_E_NOTFOUND },
	{ "public/PKCS1/rsa.pub.pem", PKI_KEY_RSA, PKI_SUCCESS },
	{ "public/PKCS1/rsa.pub.der", PKI_KEY_RSA, PKI_SUCCESS },
	{ "DH/dhpub.pem", 0, PKI_E_UNSUPPORTED },
	{ "DH/dhpub_rfc5114_2.der", 0, PKI_E_UNSUPPORTED },
};

static const char *path_of(const char *file)
{
	static char path[512];

	snprintf(path, sizeof path, FOLDER "/%s", file);
	return path;
}

static pki_ctx *context(void)
{
	pki_ctx *ctx;

	t_ok(pki_ctx_new(
	    PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_RSA1024 | PKI_ALLOW_DSA), &ctx, err));
	return ctx;
}

/* Read again from what is written: the same key. */
static void read_again(const pki_ctx *ctx, const pki_key *k)
{
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_key *again;

	t_ok(pki_key_write(k, NULL, &out, err));
	t_ok(pki_key_parse(ctx, pki_buf_bytes(&out), NULL, NULL, &again, err));
	ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	pki_key_free(again);
	pki_buf_free(&out);
}

START_TEST(test_private)
{
	pki_ctx *ctx = context();

	for (size_t i = 0; i < FILES; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_key *k;
		pki_status st = pki_key_load(ctx, path_of(table[i].file), pki_password_text,
		    (void *)(uintptr_t)table[i].password, &k, &e);

		ck_assert_msg(st == table[i].want, "%s: want %s, got %s", table[i].file,
		    pki_status_text(table[i].want), t_error(&e));
		ck_assert_msg(table[i].says == NULL || strstr(t_error(&e), table[i].says) != NULL,
		    "%s: %s", table[i].file, t_error(&e));
		ck_assert_int_eq(pki_pubkey_type(pki_key_public(k)), table[i].type);
		if (k != NULL)
			read_again(ctx, k);
		pki_key_free(k);
	}
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(test_public)
{
	pki_ctx *ctx = context();

	for (size_t i = 0; i < sizeof publics / sizeof *publics; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_pubkey *k;
		pki_status st = pki_pubkey_load(ctx, path_of(publics[i].file), &k, &e);

		ck_assert_msg(st == publics[i].want, "%s: want %s, got %s", publics[i].file,
		    pki_status_text(publics[i].want), t_error(&e));
		ck_assert_int_eq(pki_pubkey_type(k), publics[i].type);
		pki_pubkey_free(k);
	}
	pki_ctx_free(ctx);
}
END_TEST

static bool listed(const char *folder, const char *name)
{
	char file[512];

	snprintf(file, sizeof file, "%s/%s", folder, name);
	for (size_t i = 0; i < FILES; i++)
		if (strcmp(table[i].file, file) == 0)
			return true;
	return false;
}

static bool is_key_file(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL &&
	    (strcmp(dot, ".pem") == 0 || strcmp(dot, ".der") == 0 || strcmp(dot, ".key") == 0);
}

START_TEST(test_every_file_is_listed)
{
	static const char *const folders[] = { "PKCS8", "Ed25519", "Ed448", "X25519", "X448",
		"DER_Serialization", "PEM_Serialization", "Traditional_OpenSSL_Serialization", "DH",
		"OpenSSH" };

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		DIR *d = opendir(path_of(folders[i]));
		struct dirent *e;

		ck_assert_msg(d != NULL, "%s: install python3-cryptography-vectors", FOLDER);
		while ((e = readdir(d)) != NULL)
			ck_assert_msg(!is_key_file(e->d_name) || listed(folders[i], e->d_name),
			    "%s/%s is not listed", folders[i], e->d_name);
		closedir(d);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_private, test_public, test_every_file_is_listed, NULL };

	return t_main("key_vectors", tests);
}
