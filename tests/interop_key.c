/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys and signatures between libpki and the openssl, certtool and ssh-keygen commands, both ways.
 */
#include <stdio.h>

#include <pki/key.h>
#include <pki/sign.h>

#include "tests/lib/command.h"

static const struct kind {
	const char *name;
	pki_key_type type;
	uint32_t bits;
	const char *openssl;  /* what `openssl pkey -text` calls it */
	const char *certtool; /* what `certtool --key-info` calls it */
	const char *pkeyutl;  /* options for signing with it; NULL: it does not sign */
} kinds[] = {
	{ "rsa", PKI_KEY_RSA, 2048, "Private-Key: (2048 bit, 2 primes)",
	    "Public Key Algorithm: RSA", "-digest sha256 -pkeyopt rsa_padding_mode:pkcs1" },
	{ "rsa-pss", PKI_KEY_RSA_PSS, 2048, "No PSS parameter restrictions",
	    "Public Key Algorithm: RSA-PSS",
	    "-digest sha256 -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:32" },
	{ "p256", PKI_KEY_P256, 0, "NIST CURVE: P-256", "curve:	SECP256R1", "-digest sha256" },
	{ "p384", PKI_KEY_P384, 0, "NIST CURVE: P-384", "curve:	SECP384R1", "-digest sha384" },
	{ "p521", PKI_KEY_P521, 0, "NIST CURVE: P-521", "curve:	SECP521R1", "-digest sha512" },
	{ "ed25519", PKI_KEY_ED25519, 0, "ED25519 Private-Key", "curve:	Ed25519", "" },
	{ "ed448", PKI_KEY_ED448, 0, "ED448 Private-Key", "curve:	Ed448", "" },
	{ "x25519", PKI_KEY_X25519, 0, "X25519 Private-Key", "curve:	X25519", NULL },
	{ "x448", PKI_KEY_X448, 0, "X448 Private-Key", "curve:	X448", NULL },
};
#define KINDS (sizeof kinds / sizeof *kinds)

static const char message[] = "what is signed";

static const char *scratch(const char *name, const char *suffix)
{
	char path[128];

	snprintf(path, sizeof path, "%s%s", name, suffix);
	return t_scratch(path);
}

static void write_file(const char *path, pki_bytes in)
{
	t_ok(pki_file_write(path, in, PKI_FILE_REPLACE, err));
}

static pki_buf read_file(const char *path)
{
	pki_buf b = PKI_BUF_INIT;

	t_ok(pki_file_read(path, 1 << 20, &b, err));
	return b;
}

static pki_key *made(size_t i)
{
	pki_key *k;

	t_ok(pki_key_generate(
	    NULL, kinds[i].type, PKI_OPTS(pki_key_opts, .rsa_bits = kinds[i].bits), &k, err));
	return k;
}

static bool rsa(size_t i)
{
	return kinds[i].bits != 0;
}

/* `openssl pkey -check` knows keys that have something to check. */
static void plain_judged(size_t i, const char *pem, const char *der)
{
	const char *check = kinds[i].type == PKI_KEY_RSA_PSS ? "" : "-check";

	t_says(kinds[i].openssl, "openssl pkey -in %s %s -noout -text", pem, check);
	t_says(kinds[i].openssl, "openssl pkey -in %s -inform DER %s -noout -text", der, check);
	if (rsa(i))
		t_says("RSA key ok", "openssl rsa -in %s -noout -check", pem);
	t_says(kinds[i].certtool, "certtool --key-info --infile %s", pem);
}

/* certtool 3.7 shows the envelope of any key, and what is in it for these alone, its own too. */
static bool shown_by_certtool(size_t i)
{
	pki_key_type t = kinds[i].type;

	return t == PKI_KEY_RSA || t == PKI_KEY_P256 || t == PKI_KEY_P384 || t == PKI_KEY_P521;
}

static void encrypted_judged(size_t i, const char *path)
{
	int status;

	t_says(kinds[i].openssl, "openssl pkey -in %s -passin pass:swordfish -noout -text", path);
	t_command(&status, "openssl pkey -in %s -passin pass:wrong -noout", path);
	ck_assert_int_ne(status, 0);
	t_says("INTEGER           :0927C0", "openssl asn1parse -in %s", path); /* 600 000 */
	t_says(":hmacWithSHA256", "openssl asn1parse -in %s", path);
	t_says(":aes-256-cbc", "openssl asn1parse -in %s", path);
	t_says(shown_by_certtool(i) ? kinds[i].certtool : "PBES2-AES256-CBC",
	    "certtool --key-info --password swordfish --infile %s", path);
}

/* The public key that openssl takes from the private one is the one that libpki writes. */
static void public_judged(const pki_key *k, const char *pem)
{
	const char *ours = t_scratch("public.pem"), *theirs = t_scratch("their.pem");
	pki_buf out = PKI_BUF_INIT, from;

	t_ok(pki_pubkey_write(pki_key_public(k), PKI_PEM, &out, err));
	write_file(ours, pki_buf_bytes(&out));
	t_runs("openssl pkey -in %s -pubout -out %s", pem, theirs);
	from = read_file(theirs);
	t_bytes_eq(pki_buf_bytes(&out), pki_buf_bytes(&from));
	t_runs("openssl pkey -pubin -in %s -noout", ours);
	pki_buf_free(&from);
	pki_buf_free(&out);
}

START_TEST(test_ours)
{
	for (size_t i = 0; i < KINDS; i++) {
		const char *pem = scratch(kinds[i].name, ".pem"),
			   *der = scratch(kinds[i].name, ".der"),
			   *enc = scratch(kinds[i].name, ".enc");
		pki_key *k = made(i);

		t_ok(pki_key_save(k, pem, NULL, err));
		t_ok(pki_key_save(k, der, PKI_OPTS(pki_key_write_opts, .form = PKI_DER), err));
		t_ok(pki_key_save(
		    k, enc, PKI_OPTS(pki_key_write_opts, .password = "swordfish"), err));
		plain_judged(i, pem, der);
		encrypted_judged(i, enc);
		public_judged(k, pem);
		pki_key_free(k);
	}
}
END_TEST

/* Ours: signed here, checked by openssl. The keys are those that test_ours left behind. */
static void sign_here(size_t i, const char *pem, const char *data)
{
	const char *file = t_scratch("sig"), *pub = t_scratch("pub");
	pki_buf sig = PKI_BUF_INIT, spki = PKI_BUF_INIT;
	pki_key *k;

	t_ok(pki_key_load(NULL, pem, NULL, NULL, &k, err));
	t_ok(pki_sign(k, NULL, pki_bytes_str(message), &sig, err));
	t_ok(pki_pubkey_write(pki_key_public(k), PKI_PEM, &spki, err));
	write_file(file, pki_buf_bytes(&sig));
	write_file(pub, pki_buf_bytes(&spki));
	t_says("Signature Verified Successfully",
	    "openssl pkeyutl -verify -rawin -pubin -inkey %s -sigfile %s -in %s %s", pub, file,
	    data, kinds[i].pkeyutl);
	pki_buf_free(&sig);
	pki_buf_free(&spki);
	pki_key_free(k);
}

/* Theirs: signed by openssl, checked here. */
static void sign_there(size_t i, const char *pem, const char *data)
{
	const char *file = t_scratch("sig");
	pki_buf sig;
	pki_key *k;

	t_runs("openssl pkeyutl -sign -rawin -inkey %s -in %s -out %s %s", pem, data, file,
	    kinds[i].pkeyutl);
	sig = read_file(file);
	t_ok(pki_key_load(NULL, pem, NULL, NULL, &k, err));
	t_ok(pki_check(pki_key_public(k), NULL, pki_bytes_str(message), pki_buf_bytes(&sig), err));
	sig.data[sig.len / 2] ^= 1;
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(k), NULL, pki_bytes_str(message), pki_buf_bytes(&sig), err));
	pki_buf_free(&sig);
	pki_key_free(k);
}

START_TEST(test_signatures)
{
	const char *data = t_scratch("data");

	write_file(data, pki_bytes_str(message));
	for (size_t i = 0; i < KINDS; i++) {
		pki_key *k = made(i);
		const char *pem = scratch(kinds[i].name, ".sign.pem");

		t_ok(pki_key_save(k, pem, NULL, err));
		pki_key_free(k);
		if (kinds[i].pkeyutl == NULL)
			continue;
		sign_here(i, pem, data);
		sign_there(i, pem, data);
	}
}
END_TEST

/* Key agreement is not in the public API yet; the keys of both sides are read all the same. */
static const struct {
	const char *options;
	pki_key_type type;
} theirs[] = {
	{ "--key-type rsa --bits 2048", PKI_KEY_RSA },
	{ "--key-type rsa-pss --bits 2048", PKI_KEY_RSA_PSS },
	{ "--key-type rsa-pss --bits 2048 --hash sha384 --salt-size 48", PKI_KEY_RSA_PSS },
	{ "--key-type ecdsa --curve secp256r1", PKI_KEY_P256 },
	{ "--key-type ecdsa --curve secp384r1", PKI_KEY_P384 },
	{ "--key-type ecdsa --curve secp521r1", PKI_KEY_P521 },
	{ "--key-type ed25519", PKI_KEY_ED25519 },
	{ "--key-type ed448", PKI_KEY_ED448 },
};

START_TEST(test_gnutls)
{
	const char *plain = t_scratch("gnutls.pem"), *enc = t_scratch("gnutls.enc");

	for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++) {
		pki_key *k, *again;

		t_runs(
		    "certtool --generate-privkey %s --pkcs8 --password '' --no-text --outfile %s",
		    theirs[i].options, plain);
		t_runs(
		    "certtool --to-p8 --load-privkey %s --pkcs-cipher aes-256 --password swordfish "
		    "--no-text --outfile %s",
		    plain, enc);
		t_ok(pki_key_load(NULL, plain, NULL, NULL, &k, err));
		ck_assert_int_eq(pki_pubkey_type(pki_key_public(k)), theirs[i].type);
		t_ok(pki_key_load(NULL, enc, pki_password_text, "swordfish", &again, err));
		ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
		pki_key_free(again);
		pki_key_free(k);
	}
}
END_TEST

static bool is_ec(size_t i)
{
	return kinds[i].type >= PKI_KEY_P256 && kinds[i].type <= PKI_KEY_P521;
}

static bool in_openssh(size_t i)
{
	return kinds[i].type == PKI_KEY_RSA || kinds[i].type == PKI_KEY_ED25519 || is_ec(i);
}

static void save_as(const pki_key *k, pki_key_format format, const char *path)
{
	t_ok(pki_key_save(k, path,
	    PKI_OPTS(pki_key_write_opts, .format = format, .flags = PKI_FILE_REPLACE), err));
}

static void is_same(const pki_key *k, const char *path, const char *password, const char *legacy)
{
	pki_key *again;

	t_ok(pki_key_load(NULL, path, pki_password_text, (void *)(uintptr_t)password, &again, err));
	ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	ck_assert((pki_key_legacy(again) != NULL) == (legacy != NULL));
	pki_key_free(again);
}

/* Old forms, and old encryptions of them: written here and read there, and back. */
static void old_forms(size_t i, const pki_key *k)
{
	const char *ours = t_scratch("ours"), *back = t_scratch("back");
	const char *command = rsa(i) ? "rsa -traditional" : "ec";
	static const char *const ciphers[] = { "aes128", "aes192", "aes256", "des3" };

	save_as(k, rsa(i) ? PKI_FORMAT_PKCS1 : PKI_FORMAT_SEC1, ours);
	t_says(kinds[i].openssl, "openssl pkey -in %s -check -noout -text", ours);
	t_says(kinds[i].certtool, "certtool --key-info --infile %s", ours);
	t_runs("openssl %s -in %s -out %s", command, ours, back);
	is_same(k, back, NULL, NULL);
	for (size_t c = 0; c < sizeof ciphers / sizeof *ciphers; c++) {
		t_runs("openssl %s -in %s -%s -passout pass:swordfish -out %s", command, ours,
		    ciphers[c], back);
		is_same(k, back, "swordfish", "DEK-Info");
	}
}

static void openssh(const pki_key *k)
{
	const char *ours = t_scratch("openssh"), *pub = t_scratch("openssh.pub");
	pki_buf line = PKI_BUF_INIT;
	pki_pubkey *told;
	int status;

	save_as(k, PKI_FORMAT_OPENSSH, ours);
	write_file(pub, pki_bytes_str(t_command(&status, "ssh-keygen -y -f %s", ours)));
	ck_assert_int_eq(status, 0);
	t_ok(pki_pubkey_load(NULL, pub, &told, err));
	ck_assert(pki_pubkey_equal(told, pki_key_public(k)));
	t_ok(pki_pubkey_write_as(told, PKI_FORMAT_OPENSSH, PKI_PEM, &line, err));
	write_file(pub, pki_buf_bytes(&line));
	t_runs("ssh-keygen -l -f %s", pub);
	t_runs("ssh-keygen -q -p -N '' -f %s", ours); /* written anew by OpenSSH */
	is_same(k, ours, NULL, NULL);
	pki_pubkey_free(told);
	pki_buf_free(&line);
}

START_TEST(test_forms)
{
	for (size_t i = 0; i < KINDS; i++) {
		pki_key *k = made(i);

		if (kinds[i].type == PKI_KEY_RSA || is_ec(i))
			old_forms(i, k);
		if (in_openssh(i))
			openssh(k);
		pki_key_free(k);
	}
}
END_TEST

/* Encrypted there in every way that the openssl command knows; and here with scrypt. */
START_TEST(test_encryptions)
{
	static const struct {
		const char *options, *legacy;
	} ways[] = {
		{ "-scrypt", NULL },
		{ "-v2 aes-128-cbc -v2prf hmacWithSHA512", NULL },
		{ "-v2 des3", "des-EDE3-CBC" },
		{ "-v1 PBE-SHA1-3DES", "pbeWithSHAAnd3-KeyTripleDES-CBC" },
		{ "-v1 PBE-SHA1-2DES", "pbeWithSHAAnd2-KeyTripleDES-CBC" },
		{ "-v1 PBE-SHA1-RC2-40 -provider legacy -provider default", "RC2" },
		{ "-v1 PBE-SHA1-RC4-128 -provider legacy -provider default", "RC4" },
		{ "-v1 PBE-MD5-DES -provider legacy -provider default", "DES" },
		{ "-v1 PBE-SHA1-RC2-64 -provider legacy -provider default", "RC2" },
	};
	const char *plain = t_scratch("way.pem"), *enc = t_scratch("way.enc");

	for (size_t i = 0; i < KINDS; i++) {
		pki_key *k = made(i);

		save_as(k, PKI_FORMAT_PKCS8, plain);
		for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
			t_runs("openssl pkcs8 -topk8 -in %s -passout pass:swordfish %s -out %s",
			    plain, ways[w].options, enc);
			is_same(k, enc, "swordfish", ways[w].legacy);
		}
		t_ok(pki_key_save(k, enc,
		    PKI_OPTS(pki_key_write_opts, .password = "swordfish", .kdf = PKI_ALG_SCRYPT,
			.flags = PKI_FILE_REPLACE),
		    err));
		t_says(kinds[i].openssl, "openssl pkey -in %s -passin pass:swordfish -noout -text",
		    enc);
		pki_key_free(k);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_ours, test_signatures, test_gnutls, test_forms,
		test_encryptions, NULL };

	return t_main("interop_key", tests);
}
