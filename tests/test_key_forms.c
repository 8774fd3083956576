/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys in the forms from before PKCS#8, and encrypted in ways that are only read any more. */
#include <stdio.h>
#include <string.h>

#include <pki/ctx.h>
#include <pki/key.h>
#include <pki/read.h>

#include "libpki/crypto/old_kdf.h"
#include "libpki/crypto/scrypt.h"
#include "libpki/types/rsakey.h"
#include "tests/lib/t.h"

static pki_key *load(const char *name, const char *password)
{
	pki_key *k;

	t_ok(pki_key_load(
	    NULL, t_vector_path(name), pki_password_text, (void *)(uintptr_t)password, &k, err));
	return k;
}

/* ---- read ---- */

static const struct {
	const char *file, *same_as, *password, *legacy;
} old[] = {
#define P256(name, legacy)                                      \
 {                                                              \
  "keys/old/" name ".pem", "keys/p256.pem", "swordfish", legacy \
 }
#define RSA(name, legacy)                                      \
 {                                                             \
  "keys/old/" name ".pem", "keys/rsa.pem", "swordfish", legacy \
 }
	P256("PBE-MD5-DES", "pbeWithMD5AndDES-CBC"),
	P256("PBE-MD5-RC2-64", "pbeWithMD5AndRC2-CBC"),
	P256("PBE-SHA1-DES", "pbeWithSHA1AndDES-CBC"),
	P256("PBE-SHA1-RC2-64", "pbeWithSHA1AndRC2-CBC"),
	P256("PBE-SHA1-RC4-128", "pbeWithSHAAnd128BitRC4"),
	P256("PBE-SHA1-RC4-40", "pbeWithSHAAnd40BitRC4"),
	P256("PBE-SHA1-3DES", "pbeWithSHAAnd3-KeyTripleDES-CBC"),
	P256("PBE-SHA1-2DES", "pbeWithSHAAnd2-KeyTripleDES-CBC"),
	P256("PBE-SHA1-RC2-128", "pbeWithSHAAnd128BitRC2-CBC"),
	P256("PBE-SHA1-RC2-40", "pbewithSHAAnd40BitRC2-CBC"),
	P256("pbes2-des-ede3-cbc", "des-EDE3-CBC"),
	P256("pbes2-des-cbc", "desCBC"),
	P256("pbes2-rc2-cbc", "rc2CBC"),
	P256("pbes2-rc2-64-cbc", "rc2CBC"),
	P256("pbes2-rc2-40-cbc", "rc2CBC"),
	RSA("scrypt", NULL),
	P256("dek-ec-des", "DEK-Info"),
	P256("dek-ec-des3", "DEK-Info"),
	P256("dek-ec-aes128", "DEK-Info"),
	P256("dek-ec-aes192", "DEK-Info"),
	P256("dek-ec-aes256", "DEK-Info"),
	RSA("dek-rsa-des", "DEK-Info"),
	RSA("dek-rsa-des3", "DEK-Info"),
	RSA("dek-rsa-aes128", "DEK-Info"),
	RSA("dek-rsa-aes192", "DEK-Info"),
	RSA("dek-rsa-aes256", "DEK-Info"),
	{ "keys/old/unicode.pem", "keys/p256.pem", "Zürich😀", "pbeWithSHAAnd3-KeyTripleDES-CBC" },
	{ "keys/old/empty.pem", "keys/p256.pem", "", "pbeWithSHAAnd3-KeyTripleDES-CBC" },
	{ "keys/p256.sec1.pem", "keys/p256.pem", NULL, NULL },
	{ "keys/rsa.pkcs1.pem", "keys/rsa.pem", NULL, NULL },
	{ "keys/old/sec1-no-public.pem", "keys/p256.pem", NULL, NULL },
	{ "keys/old/sec1-compressed.pem", "keys/p256.pem", NULL, NULL },
	{ "keys/old/sec1-p384.pem", "keys/p384.pem", NULL, NULL },
	{ "keys/old/sec1-p521.pem", "keys/p521.pem", NULL, NULL },
	{ "keys/old/openssh-rsa.pem", "keys/rsa.pem", NULL, NULL },
	{ "keys/old/openssh-p256.pem", "keys/p256.pem", NULL, NULL },
	{ "keys/old/openssh-p384.pem", "keys/p384.pem", NULL, NULL },
	{ "keys/old/openssh-p521.pem", "keys/p521.pem", NULL, NULL },
	{ "keys/old/openssh-ed25519.pem", "keys/old/openssh-ed25519.pem", NULL, NULL },
	{ "keys/enc-des3.pem", "keys/p256.pem", "swordfish", "des-EDE3-CBC" },
	{ "keys/enc-scrypt.pem", "keys/p256.pem", "swordfish", NULL },
	{ "keys/enc-pbe1.pem", "keys/p256.pem", "swordfish", "pbeWithSHAAnd3-KeyTripleDES-CBC" },
};

/* The object of a file says the same as the file. */
static void read_as_object(size_t i, const pki_key *want)
{
	pki_objects *l;
	pki_object o;
	pki_key *k;

	t_ok(pki_read_all(NULL, t_vector_path(old[i].file), &l, err));
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_uint_eq(o.encrypted, old[i].password != NULL);
	t_ok(pki_object_key(
	    NULL, &o, pki_password_text, (void *)(uintptr_t)old[i].password, &k, err));
	ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(want)));
	pki_key_free(k);
	pki_objects_free(l);
}

START_TEST(read)
{
	for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
		pki_key *k = load(old[i].file, old[i].password);
		pki_key *want = load(old[i].same_as, NULL);

		ck_assert_msg(
		    pki_pubkey_equal(pki_key_public(k), pki_key_public(want)), "%s", old[i].file);
		ck_assert_pstr_eq(pki_key_legacy(k), old[i].legacy);
		read_as_object(i, want);
		pki_key_free(want);
		pki_key_free(k);
	}
}
END_TEST

START_TEST(wrong_password)
{
	for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
		pki_key *k;

		if (old[i].password == NULL)
			continue;
		t_fails(PKI_E_PASSWORD,
		    pki_key_load(
			NULL, t_vector_path(old[i].file), pki_password_text, (void *)"x", &k, err));
		ck_assert_ptr_null(k);
		t_fails(PKI_E_PASSWORD,
		    pki_key_load(NULL, t_vector_path(old[i].file), NULL, NULL, &k, err));
	}
}
END_TEST

/* ---- written ---- */

static const struct {
	const char *file;
	bool pkcs1, sec1, openssh;
} kinds[] = {
	{ "keys/rsa.pem", true, false, true },
	{ "keys/rsa-e3.pem", true, false, true },
	{ "keys/rsa-pss.pem", false, false, false },
	{ "keys/p256.pem", false, true, true },
	{ "keys/p384.pem", false, true, true },
	{ "keys/p521.pem", false, true, true },
	{ "keys/ed25519.pem", false, false, true },
	{ "keys/ed448.pem", false, false, false },
	{ "keys/x25519.pem", false, false, false },
	{ "keys/x448.pem", false, false, false },
};

static void write_private(const pki_key *k, pki_key_format format, pki_form form, bool has)
{
	const pki_key_write_opts *o = PKI_OPTS(pki_key_write_opts, .format = format, .form = form);
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_key *again;

	if (!has) {
		t_fails(PKI_E_ARG, pki_key_write(k, o, &out, err));
		ck_assert_uint_eq(out.len, 0);
		return;
	}
	t_ok(pki_key_write(k, o, &out, err));
	t_ok(pki_key_parse(NULL, pki_buf_bytes(&out), NULL, NULL, &again, err));
	ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	pki_key_free(again);
	pki_buf_free(&out);
}

static void write_public(const pki_key *k, pki_key_format format, pki_form form, bool has)
{
	const pki_pubkey *pub = pki_key_public(k);
	pki_buf out = PKI_BUF_INIT;
	pki_pubkey *again;

	if (!has) {
		t_fails(PKI_E_ARG, pki_pubkey_write_as(pub, format, form, &out, err));
		ck_assert_uint_eq(out.len, 0);
		return;
	}
	t_ok(pki_pubkey_write_as(pub, format, form, &out, err));
	t_ok(pki_pubkey_parse(NULL, pki_buf_bytes(&out), &again, err));
	ck_assert(pki_pubkey_equal(pub, again));
	pki_pubkey_free(again);
	pki_buf_free(&out);
}

START_TEST(round_trips)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		pki_key *k = load(kinds[i].file, NULL);

		for (pki_form form = PKI_PEM; form <= PKI_DER; form++) {
			write_private(k, PKI_FORMAT_PKCS8, form, true);
			write_private(k, PKI_FORMAT_PKCS1, form, kinds[i].pkcs1);
			write_private(k, PKI_FORMAT_SEC1, form, kinds[i].sec1);
			write_private(
			    k, PKI_FORMAT_OPENSSH, form, form == PKI_PEM && kinds[i].openssh);
			write_public(
			    k, PKI_FORMAT_OPENSSH, form, form == PKI_PEM && kinds[i].openssh);
			write_public(k, PKI_FORMAT_PKCS8, form, true);
			write_public(k, PKI_FORMAT_PKCS1, form, kinds[i].pkcs1);
			write_public(k, PKI_FORMAT_SEC1, form, false);
		}
		write_public(k, 7, PKI_DER, false);
		write_public(k, PKI_FORMAT_PKCS8, 7, false);
		pki_key_free(k);
	}
}
END_TEST

/* Octet for octet what OpenSSL writes. */
START_TEST(as_openssl_writes)
{
	static const struct {
		const char *key, *want;
		pki_key_format format;
	} rows[] = {
		{ "keys/rsa.pem", "keys/rsa.pkcs1.pem", PKI_FORMAT_PKCS1 },
		{ "keys/p256.pem", "keys/p256.sec1.pem", PKI_FORMAT_SEC1 },
		{ "keys/p384.pem", "keys/old/sec1-p384.pem", PKI_FORMAT_SEC1 },
		{ "keys/p521.pem", "keys/old/sec1-p521.pem", PKI_FORMAT_SEC1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_buf out = { .flags = PKI_BUF_SECRET }, want = PKI_BUF_INIT;
		pki_key *k = load(rows[i].key, NULL);

		t_ok(pki_key_write(
		    k, PKI_OPTS(pki_key_write_opts, .format = rows[i].format), &out, err));
		t_ok(pki_file_read(t_vector_path(rows[i].want), 1 << 16, &want, err));
		t_bytes_eq(pki_buf_bytes(&out), pki_buf_bytes(&want));
		pki_key_free(k);
		pki_buf_free(&out);
		pki_buf_free(&want);
	}
}
END_TEST

/* The line that ssh-keygen writes, and what it means. */
START_TEST(openssh_lines)
{
	static const char *const names[] = { "rsa", "p256", "p384", "p521", "ed25519" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char pem[64], pub[64];
		pki_buf out = PKI_BUF_INIT;
		pki_objects *l;
		pki_pubkey *line, *of;
		pki_object o;
		pki_key *k;

		snprintf(pem, sizeof pem, "keys/old/openssh-%s.pem", names[i]);
		snprintf(pub, sizeof pub, "keys/old/openssh-%s.pub", names[i]);
		k = load(pem, NULL);
		t_ok(pki_pubkey_load(NULL, t_vector_path(pub), &line, err));
		ck_assert(pki_pubkey_equal(line, pki_key_public(k)));
		t_ok(pki_pubkey_write_as(line, PKI_FORMAT_OPENSSH, PKI_PEM, &out, err));
		ck_assert_uint_lt(out.len, t_vector(pub).len + 1);
		ck_assert_mem_eq(out.data, t_vector(pub).data, out.len - 1); /* the comment */
		t_ok(pki_read_all(NULL, t_vector_path(pub), &l, err));
		t_ok(pki_objects_next(l, &o, err));
		ck_assert_int_eq(o.kind, PKI_KIND_PUBLIC_KEY);
		ck_assert_int_eq(o.format, PKI_FORMAT_OPENSSH);
		t_ok(pki_object_pubkey(NULL, &o, &of, err));
		ck_assert(pki_pubkey_equal(line, of));
		t_ok(pki_objects_next(l, &o, err));
		ck_assert_int_eq(o.kind, 0);
		pki_objects_free(l);
		pki_pubkey_free(of);
		pki_pubkey_free(line);
		pki_key_free(k);
		pki_buf_free(&out);
	}
}
END_TEST

/* d modulo p - 1 by another way: numbers that fit a machine word. */
START_TEST(modulo)
{
	for (uint32_t m = 3; m < 0xffff; m += 1234)
		for (uint32_t d = 1; d < 0xffffff; d += 345678) {
			uint8_t m_octets[] = { (uint8_t)(m >> 8), (uint8_t)m };
			uint8_t d_octets[] = { (uint8_t)(d >> 16), (uint8_t)(d >> 8), (uint8_t)d };
			uint8_t out[4];

			pki_uint_mod_less_one(pki_bytes_of(d_octets, sizeof d_octets),
			    pki_bytes_of(m_octets, sizeof m_octets), out);
			ck_assert_uint_eq((uint32_t)out[0] << 8 | out[1], d % ((m | 1) - 1));
		}
}
END_TEST

START_TEST(written_with_scrypt)
{
	pki_key *k = load("keys/ed25519.pem", NULL), *again;
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_envelope e;

	t_ok(pki_key_write(k,
	    PKI_OPTS(pki_key_write_opts, .password = "swordfish", .kdf = PKI_ALG_SCRYPT,
		.form = PKI_DER),
	    &out, err));
	t_ok(pki_envelope_parse(NULL, pki_buf_bytes(&out), &e, err));
	ck_assert_str_eq(pki_oid_name(e.kdf), "scrypt");
	ck_assert_uint_eq(e.scrypt_n, 16384);
	ck_assert_uint_eq(e.scrypt_r, 8);
	ck_assert_uint_eq(e.scrypt_p, 4);
	t_ok(pki_key_parse(
	    NULL, pki_buf_bytes(&out), pki_password_text, (void *)"swordfish", &again, err));
	ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	ck_assert_ptr_null(pki_key_legacy(again));
	pki_key_free(again);
	pki_key_free(k);
	pki_buf_free(&out);
}
END_TEST

/* ---- malformed ---- */

static const struct {
	const char *hex;
	pki_status want;
	const char *says;
} bad[] = {
	/* ECPrivateKey: no curve, another one, explicit, version 2, no scalar, zero, the order */
	{ "302502010104200101010101010101010101010101010101010101010101010101010101010101",
	    PKI_E_STRUCTURE, "which curve" },
	{ "300e02010104010aa00606042b810400", PKI_E_UNSUPPORTED, "unknown curve" },
	{ "300a02010104010aa0023000", PKI_E_UNSUPPORTED, "explicit" },
	{ "301102010204010aa00a06082a8648ce3d030107", PKI_E_UNSUPPORTED, "version" },
	{ "30100201010400a00a06082a8648ce3d030107", PKI_E_ENCODING, "" },
	{ "30110201010400a00a06082a8648ce3d030107", PKI_E_STRUCTURE, "privateKey" },
	{ "301202010104"
	  "0100a00a06082a8648ce3d030107",
	    PKI_E_POLICY, "privateKey is 0" },
	/* RSAPrivateKey: numbers missing, more than two primes, negative */
	{ "3009020100020103020103", PKI_E_STRUCTURE, "privateExponent: is missing" },
	{ "301b020101020103020103020103020103020103020103020103020103", PKI_E_UNSUPPORTED,
	    "two primes" },
	{ "301b0201000201fd020103020103020103020103020103020103020103", PKI_E_STRUCTURE,
	    "negative" },
	{ "301b020100020104020103020103020103020103020103020103020103", PKI_E_POLICY, "even" },
	/* DSA as OpenSSL writes it */
	{ "3012020100020103020103020103020103020103", PKI_E_UNSUPPORTED, "DSA" },
};

START_TEST(malformed)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_key *k;
		pki_status st = pki_key_parse(NULL, t_hex(bad[i].hex), NULL, NULL, &k, &e);

		ck_assert_msg(st == bad[i].want, "%zu: %s", i, t_error(&e));
		ck_assert_msg(strstr(t_error(&e), bad[i].says) != NULL, "%zu: %s", i, t_error(&e));
		ck_assert_ptr_null(k);
	}
}
END_TEST

/* openssh-key-v1 of Ed25519, with one thing changed: at an offset of the octets, to a value. */
static const struct {
	size_t at;
	uint8_t to;
	pki_status want;
} spoiled[] = {
	{ 0, 'O', PKI_E_STRUCTURE },    /* the magic */
	{ 14, 1, PKI_E_STRUCTURE },     /* its NUL */
	{ 18, 0xff, PKI_E_STRUCTURE },  /* the length of the cipher's name */
	{ 19, 'a', PKI_E_UNSUPPORTED }, /* the cipher's name */
	{ 27, 'a', PKI_E_STRUCTURE },   /* the KDF's name */
	{ 34, 1, PKI_E_STRUCTURE },     /* the length of its options */
	{ 38, 0, PKI_E_STRUCTURE },     /* the number of keys */
	{ 38, 2, PKI_E_STRUCTURE }, { 47, 'x', PKI_E_UNSUPPORTED }, /* the type of the public key */
	{ 61, 31, PKI_E_STRUCTURE },                                /* its length */
	{ 62, 0, PKI_E_STRUCTURE },    /* the public key: another one; the bytes differ below */
	{ 98, 0xff, PKI_E_STRUCTURE }, /* the check, of which there are two */
	{ 110, 'x', PKI_E_STRUCTURE }, /* the type of the private key */
};

START_TEST(openssh_spoiled)
{
	pki_pem_block b = { .number = 0 };
	pki_bytes in = t_vector("keys/old/openssh-ed25519.pem");
	pki_key *k;

	t_ok(pki_pem_next(NULL, &in, &b, err));
	t_ok(pki_key_parse(NULL, pki_buf_bytes(&b.der), NULL, NULL, &k, err));
	pki_key_free(k);
	for (size_t i = 0; i < sizeof spoiled / sizeof *spoiled; i++) {
		uint8_t was = b.der.data[spoiled[i].at];
		pki_error e = PKI_ERROR_INIT;
		pki_buf pem = PKI_BUF_INIT;
		pki_status st;

		b.der.data[spoiled[i].at] = was == spoiled[i].to ? (uint8_t)(was ^ 0x55)
								 : spoiled[i].to;
		t_ok(pki_pem_encode("OPENSSH PRIVATE KEY", pki_buf_bytes(&b.der), &pem, err));
		st = pki_key_parse(NULL, pki_buf_bytes(&pem), NULL, NULL, &k, &e);
		ck_assert_msg(st == spoiled[i].want, "%zu: %s", spoiled[i].at, t_error(&e));
		ck_assert_ptr_null(k);
		b.der.data[spoiled[i].at] = was;
		pki_buf_free(&pem);
	}
	/* cut anywhere; the last octets are padding, which must be there, too */
	for (size_t n = 1; n < b.der.len; n++) {
		pki_buf pem = PKI_BUF_INIT;

		t_ok(pki_pem_encode("OPENSSH PRIVATE KEY", pki_bytes_of(b.der.data, n), &pem, err));
		t_fails(
		    PKI_E_STRUCTURE, pki_key_parse(NULL, pki_buf_bytes(&pem), NULL, NULL, &k, err));
		pki_buf_free(&pem);
	}
	pki_pem_block_free(&b);
}
END_TEST

static const struct {
	const char *line;
	pki_status want;
} bad_lines[] = {
#define ED25519_BLOB "AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh"
	{ "ssh-ed25519 " ED25519_BLOB, PKI_SUCCESS },
	{ "ssh-ed25519 " ED25519_BLOB "\n", PKI_SUCCESS },
	{ "ssh-ed25519\t" ED25519_BLOB "  me@here and more\r\n", PKI_SUCCESS },
	{ "\xef\xbb\xbf\n ssh-ed25519 " ED25519_BLOB "\n", PKI_SUCCESS },
	{ "ssh-ed25519\n" ED25519_BLOB "\n", PKI_E_ENCODING },
	{ "ssh-ed25519 \n" ED25519_BLOB "\n", PKI_E_ENCODING },
	{ "ssh-rsa " ED25519_BLOB, PKI_E_STRUCTURE },
	{ "ssh-ed25519 " ED25519_BLOB "\nssh-ed25519 " ED25519_BLOB "\n", PKI_E_STRUCTURE },
	{ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==", PKI_E_STRUCTURE },
	{ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", PKI_E_STRUCTURE },
	{ "ssh-ed25519 AAAAC3NzaC1lZDI1", PKI_E_STRUCTURE },
	{ "ssh-ed25519 /////w==", PKI_E_STRUCTURE }, { "ssh-ed25519 A", PKI_E_ENCODING },
	{ "ssh-ed25519 ????", PKI_E_ENCODING },
	{ "ssh-ed25519 AAAAB3NzaC1kc3M=", PKI_E_UNSUPPORTED },
	{ "sk-ssh-ed25519@openssh.com AAAA", PKI_E_ENCODING }, /* not known: not even looked like */
	{ "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAQM=", PKI_E_POLICY },
	{ "ssh-rsa AAAAB3NzaC1yc2EAAAABgQAAAAED", PKI_E_STRUCTURE }, /* a negative exponent */
};

START_TEST(openssh_bad_lines)
{
	for (size_t i = 0; i < sizeof bad_lines / sizeof *bad_lines; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_pubkey *k;
		pki_status st = pki_pubkey_parse(NULL, pki_bytes_str(bad_lines[i].line), &k, &e);

		ck_assert_msg(st == bad_lines[i].want, "%zu: %s", i, t_error(&e));
		ck_assert((k != NULL) == (st == PKI_SUCCESS));
		pki_pubkey_free(k);
	}
}
END_TEST

/* PEM is PEM, whatever a line before it looks like. */
START_TEST(openssh_line_before_pem)
{
	pki_bytes pem = t_vector("keys/p256.pub.pem");
	pki_buf in = PKI_BUF_INIT;
	pki_pubkey *k, *want;

	t_ok(pki_buf_append(&in, pki_bytes_str("ssh-ed25519 says my notes\n"), err));
	t_ok(pki_buf_append(&in, pem, err));
	t_ok(pki_pubkey_parse(NULL, pki_buf_bytes(&in), &k, err));
	t_ok(pki_pubkey_parse(NULL, pem, &want, err));
	ck_assert(pki_pubkey_equal(k, want));
	pki_pubkey_free(want);
	pki_pubkey_free(k);
	pki_buf_free(&in);
}
END_TEST

/* An authorized_keys file has a limit on its lines, as PEM has on its blocks. */
START_TEST(openssh_many_lines)
{
	pki_limits limits = { .size = sizeof limits, .pem_blocks = 5 };
	pki_buf in = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;
	pki_objects *l;
	pki_object o;
	pki_ctx *ctx;
	size_t n = 0;

	for (int i = 0; i < 20; i++)
		t_ok(pki_buf_append(&in, pki_bytes_str("ssh-rsa AAAA\n"), err));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_ok(pki_read_all_of(ctx, pki_buf_bytes(&in), &l, err));
	while (st != PKI_E_LIMIT && n < 100) {
		st = pki_objects_next(l, &o, NULL);
		n++;
	}
	ck_assert_uint_eq(n, 6);
	pki_objects_free(l);
	pki_ctx_free(ctx);
	pki_buf_free(&in);
}
END_TEST

/* What OpenSSL writes in front of an EC key is passed over. */
START_TEST(parameters_before_the_key)
{
	pki_buf in = PKI_BUF_INIT;
	pki_objects *l;
	pki_object o;

	t_ok(pki_buf_append(&in,
	    pki_bytes_str("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n"
			  "-----END EC PARAMETERS-----\n"),
	    err));
	t_ok(pki_buf_append(&in, t_vector("keys/p256.sec1.pem"), err));
	t_ok(pki_read_all_of(NULL, pki_buf_bytes(&in), &l, err));
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, PKI_KIND_PRIVATE_KEY);
	ck_assert_int_eq(o.format, PKI_FORMAT_SEC1);
	ck_assert_uint_eq(o.index, 1);
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, 0);
	pki_objects_free(l);
	pki_buf_free(&in);
}
END_TEST

START_TEST(openssh_encrypted)
{
	pki_error e = PKI_ERROR_INIT;
	pki_key *k;

	ck_assert_int_eq(pki_key_load(NULL, t_vector_path("keys/old/openssh-encrypted.pem"),
			     pki_password_text, (void *)"swordfish", &k, &e),
	    PKI_E_UNSUPPORTED);
	ck_assert_ptr_nonnull(strstr(t_error(&e), "ssh-keygen -p -m PKCS8"));
}
END_TEST

/* Headers of a block that is encrypted as a whole; the octets are two blocks of anything. */
static const struct {
	const char *headers;
	pki_status want;
} dek[] = {
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,000102030405060708090A0B0C0D0E0F\n",
	    PKI_E_PASSWORD },
	{ "proc-type:4 , encrypted \ndek-info:\tdes-ede3-cbc , 0001020304050607\n",
	    PKI_E_PASSWORD },
	{ "Proc-Type: 4,ENCRYPTED\n", PKI_E_STRUCTURE },
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info:\n", PKI_E_STRUCTURE },
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC\n", PKI_E_STRUCTURE },
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,\n", PKI_E_STRUCTURE },
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0001\n", PKI_E_STRUCTURE },
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,000102030405060708090A0B0C0D0E0F10\n",
	    PKI_E_STRUCTURE },
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,000102030405060708090A0B0C0D0E0G\n",
	    PKI_E_STRUCTURE },
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info: CAMELLIA-128-CBC,00010203\n", PKI_E_UNSUPPORTED },
	{ "Proc-Type: 4,ENCRYPTED\nDEK-Info: ,00010203\n", PKI_E_UNSUPPORTED },
	{ "Proc-Type: 4,ENCRYPTED\rDEK-Info: DES-CBC,0001020304050607\r\r", PKI_E_PASSWORD },
	{ "Proc-Type: 4,ENCRYPTED\r\nDEK-Info: DES-CBC,0001020304050607\r\n", PKI_E_PASSWORD },
	{ "Proc-Type: 3,ENCRYPTED\nDEK-Info: DES-CBC,0001020304050607\n", PKI_E_ENCODING },
	{ "Proc-Type: 4,MIC-ONLY\n", PKI_E_ENCODING },
	{ "Proc-Type: 4\n", PKI_E_ENCODING },
};

START_TEST(dek_info)
{
	for (size_t i = 0; i < sizeof dek / sizeof *dek; i++) {
		char pem[512];
		pki_error e = PKI_ERROR_INIT;
		pki_key *k;
		pki_status st;

		snprintf(pem, sizeof pem,
		    "-----BEGIN RSA PRIVATE KEY-----\n%s\n"
		    "AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8=\n"
		    "-----END RSA PRIVATE KEY-----\n",
		    dek[i].headers);
		st = pki_key_parse(
		    NULL, pki_bytes_str(pem), pki_password_text, (void *)"x", &k, &e);
		ck_assert_msg(st == dek[i].want, "%zu: %s", i, t_error(&e));
	}
}
END_TEST

/* An envelope is shown, whatever it would cost to open: PBES1 of 20 000 000, scrypt of 1 GiB. */
START_TEST(costly_envelopes)
{
	static const struct {
		const char *hex;
		uint64_t iterations, n;
	} rows[] = {
		{ "3023301d06092a864886f70d010503301004080001020304050607020401312d000402aabb",
		    20000000, 0 },
		{ "3050304a06092a864886f70d01050d303d301c06092b06010401da47040b300f04020001"
		  "0203100000020108020101301d060960864801650304012a0410"
		  "000102030405060708090a0b0c0d0e0f0402aabb",
		    0, 1048576 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_envelope e;
		pki_key *k;

		t_ok(pki_envelope_parse(NULL, t_hex(rows[i].hex), &e, err));
		ck_assert_uint_eq(e.iterations, rows[i].iterations);
		ck_assert_uint_eq(e.scrypt_n, rows[i].n);
		t_fails(PKI_E_LIMIT,
		    pki_key_parse(
			NULL, t_hex(rows[i].hex), pki_password_text, (void *)"x", &k, err));
	}
}
END_TEST

/* Headers that say so of what cannot be. */
START_TEST(sealed_twice)
{
	static const char *const labels[] = { "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY" };
	static const char *const others[] = { "PUBLIC KEY", "CERTIFICATE REQUEST" };
	static const char format[] =
	    "-----BEGIN %s-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,"
	    "000102030405060708090A0B0C0D0E0F\n\nAAECAwQFBgcICQoLDA0ODw==\n-----END %s-----\n";
	char pem[512];
	pki_objects *l;
	pki_object o;
	pki_key *k;

	for (size_t i = 0; i < 2; i++) {
		snprintf(pem, sizeof pem, format, labels[i], labels[i]);
		t_fails(PKI_E_STRUCTURE,
		    pki_key_parse(
			NULL, pki_bytes_str(pem), pki_password_text, (void *)"x", &k, err));
		snprintf(pem, sizeof pem, format, others[i], others[i]);
		t_ok(pki_read_all_of(NULL, pki_bytes_str(pem), &l, err));
		ck_assert_int_ne(pki_objects_next(l, &o, NULL), PKI_SUCCESS);
		ck_assert_uint_eq(o.encrypted, 0);
		pki_objects_free(l);
	}
}
END_TEST

START_TEST(not_written)
{
	static const pki_key_write_opts bad_opts[] = {
		{ .size = sizeof(pki_key_write_opts), .format = 9 },
		{ .size = sizeof(pki_key_write_opts), .format = -1 },
		{ .size = sizeof(pki_key_write_opts), .format = PKI_FORMAT_SEC1, .password = "x" },
		{ .size = sizeof(pki_key_write_opts), .password = "x", .kdf = PKI_ALG_HKDF },
		{ .size = sizeof(pki_key_write_opts),
		    .password = "x",
		    .kdf = PKI_ALG_SCRYPT,
		    .iterations = 5000 },
	};
	pki_key *k = load("keys/p256.pem", NULL);
	pki_buf out = PKI_BUF_INIT;

	for (size_t i = 0; i < sizeof bad_opts / sizeof *bad_opts; i++) {
		t_fails(PKI_E_ARG, pki_key_write(k, &bad_opts[i], &out, err));
		ck_assert_uint_eq(out.len, 0);
	}
	pki_key_free(k);
}
END_TEST

/* ---- key derivation ---- */

/* RFC 7914 12, but the last, which wants 1 GiB. */
START_TEST(scrypt)
{
	static const struct {
		const char *password, *salt;
		pki_scrypt_params params;
		const char *want;
	} rows[] = {
		{ "", "", { 16, 1, 1 },
		    "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
		    "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906" },
		{ "password", "NaCl", { 1024, 8, 16 },
		    "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
		    "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640" },
		{ "pleaseletmein", "SodiumChloride", { 16384, 8, 1 },
		    "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
		    "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint8_t out[64];
		pki_call call;

		pki_call_begin(&call, NULL);
		t_ok(pki_scrypt_check(NULL, &rows[i].params, err));
		t_ok(pki_scrypt(NULL, &call, &rows[i].params, pki_bytes_str(rows[i].password),
		    pki_bytes_str(rows[i].salt), (pki_span){ out, sizeof out }, err));
		t_bytes_eq(pki_bytes_of(out, sizeof out), t_hex(rows[i].want));
	}
}
END_TEST

START_TEST(scrypt_refused)
{
	static const struct {
		pki_scrypt_params params;
		pki_status want;
	} rows[] = {
		{ { 0, 8, 1 }, PKI_E_STRUCTURE },
		{ { 1, 8, 1 }, PKI_E_STRUCTURE },
		{ { 3, 8, 1 }, PKI_E_STRUCTURE },
		{ { 16383, 8, 1 }, PKI_E_STRUCTURE },
		{ { 16384, 0, 1 }, PKI_E_STRUCTURE },
		{ { 16384, 8, 0 }, PKI_E_STRUCTURE },
		{ { 65536, 8, 1 }, PKI_SUCCESS }, /* 64 MiB */
		{ { 131072, 8, 1 }, PKI_E_LIMIT },
		{ { 65536, 9, 1 }, PKI_E_LIMIT },
		{ { 65536, 8, 2 }, PKI_E_LIMIT },
		{ { 32768, 1, 1 }, PKI_SUCCESS },
		{ { 65536, 1, 1 }, PKI_E_STRUCTURE }, /* N below 2^(128 r / 8) */
		{ { 2, 131072, 1 }, PKI_SUCCESS },
		{ { 2, 262144, 1 }, PKI_E_LIMIT }, /* V is 64 MiB, and what stands beside it, too */
		{ { UINT64_C(1) << 63, 4, 1 }, PKI_E_LIMIT },
		{ { 2, UINT32_MAX, 1 }, PKI_E_LIMIT },
		{ { 2, 1, UINT32_MAX }, PKI_E_LIMIT },
		{ { UINT64_C(1) << 32, UINT32_MAX, UINT32_MAX }, PKI_E_LIMIT },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_int_eq(pki_scrypt_check(NULL, &rows[i].params, NULL), rows[i].want);
}
END_TEST

/* The work is counted, and whoever cancels it is heard. */
START_TEST(scrypt_within_the_budget)
{
	static const pki_scrypt_params params = { 16384, 8, 1 };
	uint8_t out[16];
	pki_call call;
	pki_ctx *ctx;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 10000), &ctx, err));
	pki_call_begin(&call, ctx);
	t_fails(PKI_E_LIMIT,
	    pki_scrypt(ctx, &call, &params, pki_bytes_str("x"), pki_bytes_str("y"),
		(pki_span){ out, sizeof out }, err));
	pki_ctx_free(ctx);
}
END_TEST

/* Of `openssl kdf PKCS12KDF`, as tests/vectors/keys/old/kdf.sh calls it. */
START_TEST(pkcs12)
{
	static const struct {
		pki_hash hash;
		enum pki_pkcs12_id id;
		const char *password, *salt;
		uint32_t iterations;
		const char *want;
	} rows[] = {
#include "tests/vectors/keys/old/kdf.inc"
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_bytes want = t_hex(rows[i].want), salt = t_hex(rows[i].salt);
		uint8_t out[128];
		pki_call call;

		pki_call_begin(&call, NULL);
		t_ok(pki_pkcs12_kdf(NULL, &call, rows[i].hash, rows[i].id,
		    pki_bytes_str(rows[i].password), false, salt, rows[i].iterations,
		    (pki_span){ out, want.len }, err));
		t_bytes_eq(pki_bytes_of(out, want.len), want);
		t_fails(PKI_E_PASSWORD,
		    pki_pkcs12_kdf(NULL, &call, rows[i].hash, rows[i].id, t_hex("ff"), false, salt,
			1, (pki_span){ out, want.len }, err));
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { read, wrong_password, round_trips, as_openssl_writes,
		openssh_lines, modulo, written_with_scrypt, malformed, openssh_spoiled,
		openssh_bad_lines, openssh_line_before_pem, openssh_many_lines,
		parameters_before_the_key, openssh_encrypted, dek_info, costly_envelopes,
		sealed_twice, not_written, scrypt, scrypt_refused, scrypt_within_the_budget, pkcs12,
		NULL };

	return t_main("key_forms", tests);
}
