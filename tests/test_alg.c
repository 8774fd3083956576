/* SPDX-License-Identifier: BSD-3-Clause */
/* Algorithms: names, sizes, AlgorithmIdentifiers read and written. */
#include <string.h>

#include <pki/sign.h>

#include "libpki/types/sigalg.h"
#include "libpki/types/spki.h"
#include "tests/lib/t.h"

static const struct {
	pki_hash hash;
	const char *name;
	size_t size;
	const char *oid, *hmac;
} hashes[] = {
	{ PKI_HASH_MD5, "MD5", 16, "1.2.840.113549.2.5", NULL },
	{ PKI_HASH_SHA1, "SHA-1", 20, "1.3.14.3.2.26", "1.2.840.113549.2.7" },
	{ PKI_HASH_SHA224, "SHA-224", 28, "2.16.840.1.101.3.4.2.4", "1.2.840.113549.2.8" },
	{ PKI_HASH_SHA256, "SHA-256", 32, "2.16.840.1.101.3.4.2.1", "1.2.840.113549.2.9" },
	{ PKI_HASH_SHA384, "SHA-384", 48, "2.16.840.1.101.3.4.2.2", "1.2.840.113549.2.10" },
	{ PKI_HASH_SHA512, "SHA-512", 64, "2.16.840.1.101.3.4.2.3", "1.2.840.113549.2.11" },
	{ PKI_HASH_SHA512_224, "SHA-512/224", 28, "2.16.840.1.101.3.4.2.5", "1.2.840.113549.2.12" },
	{ PKI_HASH_SHA512_256, "SHA-512/256", 32, "2.16.840.1.101.3.4.2.6", "1.2.840.113549.2.13" },
	{ PKI_HASH_SHA3_224, "SHA3-224", 28, "2.16.840.1.101.3.4.2.7", "2.16.840.1.101.3.4.2.13" },
	{ PKI_HASH_SHA3_256, "SHA3-256", 32, "2.16.840.1.101.3.4.2.8", "2.16.840.1.101.3.4.2.14" },
	{ PKI_HASH_SHA3_384, "SHA3-384", 48, "2.16.840.1.101.3.4.2.9", "2.16.840.1.101.3.4.2.15" },
	{ PKI_HASH_SHA3_512, "SHA3-512", 64, "2.16.840.1.101.3.4.2.10", "2.16.840.1.101.3.4.2.16" },
};

static void is_oid(pki_bytes oid, const char *dotted)
{
	pki_buf text = PKI_BUF_INIT;

	if (dotted == NULL) {
		ck_assert_uint_eq(oid.len, 0);
		return;
	}
	t_ok(pki_oid_format(oid, &text, err));
	ck_assert_str_eq(pki_buf_str(&text), dotted);
	pki_buf_free(&text);
}

/* The prefix, followed by a digest, is DER: SEQUENCE { SEQUENCE { OID, NULL }, OCTET STRING }. */
static void is_digest_info(pki_hash h)
{
	uint8_t digest[PKI_HASH_MAX] = { 0 };
	pki_buf der = PKI_BUF_INIT;
	pki_bytes got = { 0 };
	pki_algid id;
	pki_der r, s;

	t_ok(pki_buf_append(&der, pki_hash_digest_info_prefix(h), err));
	t_ok(pki_buf_append(&der, pki_bytes_of(digest, pki_hash_size(h)), err));
	pki_der_init(&r, NULL, pki_buf_bytes(&der), "DigestInfo");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_algid_read(&s, "digestAlgorithm", &id);
	pki_der_next(&s, PKI_TAG_OCTETS, "digest", &got);
	pki_der_leave(&s);
	t_ok(pki_der_finish(&r, err));
	ck_assert_uint_eq(got.len, pki_hash_size(h));
	ck_assert(pki_algid_params_null(&id));
	t_bytes_eq(id.oid, pki_hash_oid(h));
	pki_buf_free(&der);
}

START_TEST(test_hashes)
{
	for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++) {
		pki_hash h = hashes[i].hash;

		ck_assert_str_eq(pki_hash_name(h), hashes[i].name);
		ck_assert_uint_eq(pki_hash_size(h), hashes[i].size);
		is_oid(pki_hash_oid(h), hashes[i].oid);
		is_oid(pki_hash_hmac_oid(h), hashes[i].hmac);
		ck_assert_int_eq(pki_hash_from_oid(pki_hash_oid(h)), h);
		if (hashes[i].hmac != NULL)
			ck_assert_int_eq(pki_hash_from_hmac_oid(pki_hash_hmac_oid(h)), h);
		is_digest_info(h);
	}
}
END_TEST

START_TEST(test_unknown_hashes)
{
	static const pki_hash bad[] = { PKI_HASH_NONE, -1, 13, 1000, INT32_MIN, INT32_MAX };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_uint_eq(pki_hash_size(bad[i]), 0);
		ck_assert_ptr_null(pki_hash_name(bad[i]));
		ck_assert_uint_eq(pki_hash_oid(bad[i]).len, 0);
		ck_assert_uint_eq(pki_hash_hmac_oid(bad[i]).len, 0);
		ck_assert_uint_eq(pki_hash_digest_info_prefix(bad[i]).len, 0);
	}
	ck_assert_int_eq(pki_hash_from_oid(t_hex("")), PKI_HASH_NONE);
	ck_assert_int_eq(pki_hash_from_oid(t_hex("2a03")), PKI_HASH_NONE);
	ck_assert_int_eq(pki_hash_from_hmac_oid(t_hex("")), PKI_HASH_NONE);
}
END_TEST

static const struct {
	pki_key_type type;
	const char *name, *curve;
	size_t octets;
	uint32_t bits;
} key_types[] = {
	{ PKI_KEY_RSA, "rsa", NULL, 0, 0 },
	{ PKI_KEY_RSA_PSS, "rsa-pss", NULL, 0, 0 },
	{ PKI_KEY_DSA, "dsa", NULL, 0, 0 },
	{ PKI_KEY_P256, "ec", "P-256", 32, 256 },
	{ PKI_KEY_P384, "ec", "P-384", 48, 384 },
	{ PKI_KEY_P521, "ec", "P-521", 66, 521 },
	{ PKI_KEY_ED25519, "ed25519", NULL, 32, 255 },
	{ PKI_KEY_ED448, "ed448", NULL, 57, 448 },
	{ PKI_KEY_X25519, "x25519", NULL, 32, 255 },
	{ PKI_KEY_X448, "x448", NULL, 56, 448 },
	{ PKI_KEY_UNKNOWN, NULL, NULL, 0, 0 },
	{ -1, NULL, NULL, 0, 0 },
	{ 11, NULL, NULL, 0, 0 },
	{ INT32_MAX, NULL, NULL, 0, 0 },
};

START_TEST(test_key_types)
{
	for (size_t i = 0; i < sizeof key_types / sizeof *key_types; i++) {
		pki_key_type t = key_types[i].type;

		ck_assert_pstr_eq(pki_key_type_name(t), key_types[i].name);
		ck_assert_pstr_eq(pki_key_type_curve(t), key_types[i].curve);
		ck_assert_uint_eq(pki_key_type_octets(t), key_types[i].octets);
		ck_assert_uint_eq(pki_key_type_bits(t), key_types[i].bits);
	}
}
END_TEST

#define PKCS1 "06092a864886f70d0101"
#define ECDSA "06082a8648ce3d0403"
#define NIST  "0609608648016503040"
#define SHA2  "300d06096086480165030402"
#define MGF1  "06092a864886f70d010108"

/* What stands in certificates, both ways. */
static const struct {
	const char *der, *name;
	pki_scheme scheme;
	pki_hash hash, mgf_hash;
	int32_t salt_len;
	pki_key_type curve;
} algs[] = {
	{ "300d" PKCS1 "0b0500", "sha256WithRSAEncryption", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256, 0,
	    0, 0 },
	{ "300d" PKCS1 "0c0500", "sha384WithRSAEncryption", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA384, 0,
	    0, 0 },
	{ "300d" PKCS1 "0d0500", "sha512WithRSAEncryption", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA512, 0,
	    0, 0 },
	{ "300d" PKCS1 "0e0500", "sha224WithRSAEncryption", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA224, 0,
	    0, 0 },
	{ "300d" PKCS1 "0f0500", "sha512-224WithRSAEncryption", PKI_ALG_RSA_PKCS1,
	    PKI_HASH_SHA512_224, 0, 0, 0 },
	{ "300d" PKCS1 "100500", "sha512-256WithRSAEncryption", PKI_ALG_RSA_PKCS1,
	    PKI_HASH_SHA512_256, 0, 0, 0 },
	{ "300d" PKCS1 "050500", "sha1WithRSAEncryption", PKI_ALG_RSA_PKCS1, PKI_HASH_SHA1, 0, 0,
	    0 },
	{ "300d" PKCS1 "040500", "md5WithRSAEncryption", PKI_ALG_RSA_PKCS1, PKI_HASH_MD5, 0, 0, 0 },
	{ "300d" NIST "30d0500", "rsassa-pkcs1-v1-5-with-sha3-224", PKI_ALG_RSA_PKCS1,
	    PKI_HASH_SHA3_224, 0, 0, 0 },
	{ "300d" NIST "30e0500", "rsassa-pkcs1-v1-5-with-sha3-256", PKI_ALG_RSA_PKCS1,
	    PKI_HASH_SHA3_256, 0, 0, 0 },
	{ "300d" NIST "30f0500", "rsassa-pkcs1-v1-5-with-sha3-384", PKI_ALG_RSA_PKCS1,
	    PKI_HASH_SHA3_384, 0, 0, 0 },
	{ "300d" NIST "3100500", "rsassa-pkcs1-v1-5-with-sha3-512", PKI_ALG_RSA_PKCS1,
	    PKI_HASH_SHA3_512, 0, 0, 0 },
	{ "300906072a8648ce3d0401", "ecdsa-with-SHA1", PKI_ALG_ECDSA, PKI_HASH_SHA1, 0, 0, 0 },
	{ "300a" ECDSA "01", "ecdsa-with-SHA224", PKI_ALG_ECDSA, PKI_HASH_SHA224, 0, 0, 0 },
	{ "300a" ECDSA "02", "ecdsa-with-SHA256", PKI_ALG_ECDSA, PKI_HASH_SHA256, 0, 0, 0 },
	{ "300a" ECDSA "03", "ecdsa-with-SHA384", PKI_ALG_ECDSA, PKI_HASH_SHA384, 0, 0, 0 },
	{ "300a" ECDSA "04", "ecdsa-with-SHA512", PKI_ALG_ECDSA, PKI_HASH_SHA512, 0, 0, 0 },
	{ "300b" NIST "309", "ecdsa-with-sha3-224", PKI_ALG_ECDSA, PKI_HASH_SHA3_224, 0, 0, 0 },
	{ "300b" NIST "30a", "ecdsa-with-sha3-256", PKI_ALG_ECDSA, PKI_HASH_SHA3_256, 0, 0, 0 },
	{ "300b" NIST "30b", "ecdsa-with-sha3-384", PKI_ALG_ECDSA, PKI_HASH_SHA3_384, 0, 0, 0 },
	{ "300b" NIST "30c", "ecdsa-with-sha3-512", PKI_ALG_ECDSA, PKI_HASH_SHA3_512, 0, 0, 0 },
	{ "300506032b6570", "Ed25519", PKI_ALG_EDDSA, 0, 0, 0, PKI_KEY_ED25519 },
	{ "300506032b6571", "Ed448", PKI_ALG_EDDSA, 0, 0, 0, PKI_KEY_ED448 },
	{ "300906072a8648ce380403", "dsa-with-sha1", PKI_ALG_DSA, PKI_HASH_SHA1, 0, 0, 0 },
	{ "300b" NIST "301", "dsa-with-sha224", PKI_ALG_DSA, PKI_HASH_SHA224, 0, 0, 0 },
	{ "300b" NIST "302", "dsa-with-sha256", PKI_ALG_DSA, PKI_HASH_SHA256, 0, 0, 0 },
	{ "300d" PKCS1 "0a3000", "RSASSA-PSS", PKI_ALG_RSA_PSS, PKI_HASH_SHA1, PKI_HASH_SHA1, 20,
	    0 },
	{ "3041" PKCS1 "0a3034a00f" SHA2 "010500a11c301a" MGF1 SHA2 "010500a203020120",
	    "RSASSA-PSS", PKI_ALG_RSA_PSS, PKI_HASH_SHA256, PKI_HASH_SHA256, 32, 0 },
	{ "3041" PKCS1 "0a3034a00f" SHA2 "010500a11c301a" MGF1 SHA2 "010500a203020100",
	    "RSASSA-PSS", PKI_ALG_RSA_PSS, PKI_HASH_SHA256, PKI_HASH_SHA256, PKI_SALT_EMPTY, 0 },
	{ "3041" PKCS1 "0a3034a00f" SHA2 "030500a11c301a" MGF1 SHA2 "020500a203020140",
	    "RSASSA-PSS", PKI_ALG_RSA_PSS, PKI_HASH_SHA512, PKI_HASH_SHA384, 64, 0 },
	{ "3012" PKCS1 "0a3005a203020120", "RSASSA-PSS", PKI_ALG_RSA_PSS, PKI_HASH_SHA1,
	    PKI_HASH_SHA1, 32, 0 },
};

START_TEST(test_algs)
{
	for (size_t i = 0; i < sizeof algs / sizeof *algs; i++) {
		pki_buf der = PKI_BUF_INIT;
		pki_derw w;
		pki_alg a;

		t_ok(pki_alg_parse(NULL, t_hex(algs[i].der), &a, err));
		ck_assert_uint_eq(a.size, sizeof a);
		ck_assert_int_eq(a.scheme, algs[i].scheme);
		ck_assert_int_eq(a.hash, algs[i].hash);
		ck_assert_int_eq(a.mgf_hash, algs[i].mgf_hash);
		ck_assert_int_eq(a.salt_len, algs[i].salt_len);
		ck_assert_int_eq(a.curve, algs[i].curve);
		ck_assert_str_eq(pki_alg_name(&a), algs[i].name);
		pki_derw_init(&w, NULL);
		pki_alg_write(&a, &w);
		t_ok(pki_derw_finish(&w, &der, err));
		t_bytes_eq(pki_buf_bytes(&der), t_hex(algs[i].der));
		pki_buf_free(&der);
	}
}
END_TEST

/* Read, but not as libpki writes them. */
static const struct {
	const char *der, *written;
} lax[] = {
	/* RFC 4055 5: RSA with parameters absent */
	{ "300b" PKCS1 "0b", "300d" PKCS1 "0b0500" },
	/* RFC 4055 3.1: trailerField 1 spelled out; SHA-1 spelled out, with NULL and without */
	{ "3012" PKCS1 "0a3005a303020101", "300d" PKCS1 "0a3000" },
	{ "301a" PKCS1 "0a300da00b300906052b0e03021a0500", "300d" PKCS1 "0a3000" },
	{ "3018" PKCS1 "0a300ba009300706052b0e03021a", "300d" PKCS1 "0a3000" },
	{ "3025" PKCS1 "0a3018a1163014" MGF1 "300706052b0e03021a", "300d" PKCS1 "0a3000" },
	{ "3012" PKCS1 "0a3005a203020114", "300d" PKCS1 "0a3000" },
};

START_TEST(test_lax)
{
	for (size_t i = 0; i < sizeof lax / sizeof *lax; i++) {
		pki_buf der = PKI_BUF_INIT;
		pki_derw w;
		pki_alg a;

		t_ok(pki_alg_parse(NULL, t_hex(lax[i].der), &a, err));
		pki_derw_init(&w, NULL);
		pki_alg_write(&a, &w);
		t_ok(pki_derw_finish(&w, &der, err));
		t_bytes_eq(pki_buf_bytes(&der), t_hex(lax[i].written));
		pki_buf_free(&der);
	}
}
END_TEST

static const struct {
	pki_status want;
	const char *der;
} bad_algs[] = {
	{ PKI_E_STRUCTURE, "" },
	{ PKI_E_ENCODING, "30" },
	{ PKI_E_STRUCTURE, "0500" },
	{ PKI_E_STRUCTURE, "3000" },
	{ PKI_E_STRUCTURE, "30020500" },
	{ PKI_E_UNSUPPORTED, "300406022a03" },
	/* not signature algorithms: rsaEncryption, id-ecPublicKey, X25519, sha256 */
	{ PKI_E_UNSUPPORTED, "300d" PKCS1 "010500" },
	{ PKI_E_UNSUPPORTED, "300906072a8648ce3d0201" },
	{ PKI_E_UNSUPPORTED, "300506032b656e" },
	{ PKI_E_UNSUPPORTED, "300d" NIST "2010500" },
	/* md2WithRSAEncryption */
	{ PKI_E_UNSUPPORTED, "300d" PKCS1 "020500" },
	/* trailing octets, inside and outside */
	{ PKI_E_STRUCTURE, "300f" PKCS1 "0b05000500" },
	{ PKI_E_STRUCTURE, "300d" PKCS1 "0b050000" },
	/* parameters: of RSA, of ECDSA, of EdDSA */
	{ PKI_E_STRUCTURE, "300e" PKCS1 "0b020100" },
	{ PKI_E_STRUCTURE, "300d" PKCS1 "0b3000" },
	{ PKI_E_ENCODING, "300e" PKCS1 "0b050100" },
	{ PKI_E_STRUCTURE, "300c" ECDSA "020500" },
	{ PKI_E_STRUCTURE, "300706032b65700500" },
	{ PKI_E_STRUCTURE, "300706032b65710500" },
	/* PSS: absent, NULL, not a SEQUENCE */
	{ PKI_E_STRUCTURE, "300b" PKCS1 "0a" },
	{ PKI_E_STRUCTURE, "300d" PKCS1 "0a0500" },
	{ PKI_E_STRUCTURE, "300d" PKCS1 "0a3100" },
	/* salt -1, 1025, 2^64; trailerField 0, 2 */
	{ PKI_E_STRUCTURE, "3012" PKCS1 "0a3005a2030201ff" },
	{ PKI_E_LIMIT, "3013" PKCS1 "0a3006a20402020401" },
	{ PKI_E_LIMIT, "301a" PKCS1 "0a300da20b0209010000000000000000" },
	{ PKI_E_UNSUPPORTED, "3012" PKCS1 "0a3005a303020100" },
	{ PKI_E_UNSUPPORTED, "3012" PKCS1 "0a3005a303020102" },
	/* fields out of order, twice, unknown, empty, with something behind the value */
	{ PKI_E_STRUCTURE, "3017" PKCS1 "0a300aa303020101a203020120" },
	{ PKI_E_STRUCTURE, "3017" PKCS1 "0a300aa203020120a203020120" },
	{ PKI_E_STRUCTURE, "3012" PKCS1 "0a3005a403020120" },
	{ PKI_E_STRUCTURE, "300f" PKCS1 "0a3002a200" },
	{ PKI_E_STRUCTURE, "3014" PKCS1 "0a3007a2050201200500" },
	/* hash: unknown, with other parameters; MGF: not MGF1, without a hash, unknown hash */
	{ PKI_E_ENCODING, "3013" PKCS1 "0a3006a004300206002a03" },
	{ PKI_E_UNSUPPORTED, "3015" PKCS1 "0a3008a006300406022a03" },
	{ PKI_E_STRUCTURE,
	    "301e" PKCS1 "0a3011a00f"
	    "300d0609608648016503040201"
	    "3000" },
	{ PKI_E_UNSUPPORTED, "3015" PKCS1 "0a3008a106300406022a03" },
	{ PKI_E_STRUCTURE, "301c" PKCS1 "0a300fa10d300b" MGF1 },
	{ PKI_E_UNSUPPORTED, "3022" PKCS1 "0a3015a1133011" MGF1 "300406022a03" },
};

START_TEST(test_bad_algs)
{
	for (size_t i = 0; i < sizeof bad_algs / sizeof *bad_algs; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_alg a;
		pki_status st = pki_alg_parse(NULL, t_hex(bad_algs[i].der), &a, &e);

		ck_assert_msg(st == bad_algs[i].want, "%s: want %s, got %s", bad_algs[i].der,
		    pki_status_text(bad_algs[i].want), t_error(&e));
	}
	t_fails(PKI_E_ARG, pki_alg_parse(NULL, t_hex("3000"), NULL, err));
}
END_TEST

/* Algorithms that no identifier means. */
static const pki_alg nameless[] = {
	{ .size = sizeof(pki_alg) },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_RSA_PKCS1 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_RSA_PSS },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_RSA_PSS, .hash = 99 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_MD5 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_EDDSA },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_EDDSA, .curve = PKI_KEY_X25519 },
	{ .size = sizeof(pki_alg),
	    .scheme = PKI_ALG_EDDSA,
	    .hash = PKI_HASH_SHA512,
	    .curve = PKI_KEY_ED25519 },
	{ .size = sizeof(pki_alg), .scheme = PKI_ALG_AES_CBC },
	{ .size = sizeof(pki_alg), .scheme = 9999 },
};

START_TEST(test_nameless)
{
	for (size_t i = 0; i < sizeof nameless / sizeof *nameless; i++) {
		pki_buf der = PKI_BUF_INIT;
		pki_derw w;

		ck_assert_str_eq(pki_alg_name(&nameless[i]), "");
		pki_derw_init(&w, NULL);
		pki_alg_write(&nameless[i], &w);
		t_fails(PKI_E_ARG, pki_derw_finish(&w, &der, err));
		ck_assert_uint_eq(der.len, 0);
		pki_buf_free(&der);
	}
	ck_assert_str_eq(pki_alg_name(NULL), "");
}
END_TEST

START_TEST(test_null)
{
	pki_buf der = PKI_BUF_INIT;
	pki_derw w;

	pki_alg_init(NULL, sizeof(pki_alg));
	pki_derw_init(&w, NULL);
	pki_alg_write(NULL, &w);
	t_fails(PKI_E_ARG, pki_derw_finish(&w, &der, err));
	pki_alg_write(&nameless[0], NULL);
	t_fails(PKI_E_ARG, pki_alg_default(NULL, NULL, err));
	pki_buf_free(&der);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_hashes, test_unknown_hashes, test_key_types, test_algs,
		test_lax, test_bad_algs, test_nameless, test_null, NULL };

	return t_main("alg", tests);
}
