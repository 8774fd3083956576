/* SPDX-License-Identifier: BSD-3-Clause */
/* The built-in backend: signatures, good and forged. */
#include <stdio.h>
#include <string.h>

#include <gmp.h>

#include "libpki/backend/nettle/digest.h"
#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/mpz.h"
#include "libpki/types/ecsig.h"
#include "tests/lib/keys.h"
#include "tests/lib/rows.h"

#define SIG_MAX 2048

static const pki_backend_table *be;
static const pki_bytes none;

static pki_alg alg(pki_scheme scheme, pki_hash hash)
{
	return (pki_alg){ .size = sizeof(pki_alg), .scheme = scheme, .hash = hash };
}

static pki_span room_of(uint8_t room[SIG_MAX])
{
	return (pki_span){ room, SIG_MAX };
}

static pki_bytes digest(pki_hash h, pki_bytes msg, uint8_t out[PKI_HASH_MAX])
{
	pki_nettle_hash_once(pki_nettle_hash(h), msg, out);
	return pki_bytes_of(out, pki_hash_size(h));
}

/* No bit of a signature, and none of the message, may change. */
static void check_tight(void *pub, const pki_alg *a, pki_bytes msg, pki_bytes sig)
{
	uint8_t copy[SIG_MAX + 1] = { 0 };
	static const size_t places[] = { 0, 1, 2, 3, 5, 17, 31, 32, 33, 63 };

	memcpy(copy, sig.data, sig.len);
	t_ok(be->verify(pub, a, msg, pki_bytes_of(copy, sig.len), err));
	for (size_t i = 0; i < sizeof places / sizeof *places && places[i] < sig.len; i++) {
		copy[places[i]] ^= 0x10;
		t_fails(PKI_E_SIGNATURE, be->verify(pub, a, msg, pki_bytes_of(copy, sig.len), err));
		copy[places[i]] ^= 0x10;
	}
	for (size_t n = 0; n < sig.len; n += 1 + sig.len / 9)
		t_fails(PKI_E_SIGNATURE, be->verify(pub, a, msg, pki_bytes_of(copy, n), err));
	t_fails(PKI_E_SIGNATURE, be->verify(pub, a, msg, pki_bytes_of(copy, sig.len + 1), err));
	t_fails(PKI_E_SIGNATURE, be->verify(pub, a, pki_bytes_str("another message"), sig, err));
}

/* RFC 6979 A.2.5 to A.2.7: nonces, hence signatures. */
START_TEST(rfc6979)
{
	uint8_t room[SIG_MAX], h[PKI_HASH_MAX];
	rows r;

	rows_open(&r, "nettle/rfc6979.txt");
	while (rows_next(&r, 8)) {
		pki_key_type t = keys_type(r.field[0]);
		pki_hash hash = rows_hash(&r, 3);
		pki_bytes msg = rows_hex(&r, 4), got_r, got_s, want_r = rows_hex(&r, 6),
			  want_s = rows_hex(&r, 7);
		pki_nettle_key *k = keys_private(
		    keys_pkcs8_ec(t, rows_hex(&r, 1), rows_hex(&r, 2)));
		pki_span sig = room_of(room);
		pki_alg a = alg(PKI_ALG_ECDSA, hash);

		t_ok(pki_nettle_ecdsa_sign_with(
		    &k->u.ec, hash, digest(hash, msg, h), none, &sig, err));
		t_ok(pki_ecsig_parse(pki_bytes_of(sig.data, sig.len), &got_r, &got_s, err));
		while (want_r.len != 0 && want_r.data[0] == 0)
			want_r = pki_bytes_of(want_r.data + 1, want_r.len - 1);
		while (want_s.len != 0 && want_s.data[0] == 0)
			want_s = pki_bytes_of(want_s.data + 1, want_s.len - 1);
		t_bytes_eq(got_r, want_r);
		t_bytes_eq(got_s, want_s);
		check_tight(k, &a, msg, pki_bytes_of(sig.data, sig.len));
		be->key_free(k);
	}
}
END_TEST

/* Additional data changes the nonce (RFC 6979 3.6), and so it does by default. */
START_TEST(nonces_are_hedged)
{
	static const pki_key_type types[] = { PKI_KEY_P256, PKI_KEY_P384, PKI_KEY_P521 };
	static const pki_hash hashes[] = { PKI_HASH_SHA256, PKI_HASH_SHA3_512,
		PKI_HASH_SHA512_224 };

	for (size_t i = 0; i < 3; i++) {
		pki_alg a = alg(PKI_ALG_ECDSA, hashes[i]);
		uint8_t one[SIG_MAX], two[SIG_MAX];
		pki_span s1 = room_of(one), s2 = room_of(two);
		void *k;

		t_ok(be->key_generate(NULL, NULL, types[i], 0, NULL, none, &k, err));
		t_ok(be->sign(k, &a, pki_bytes_str("m"), &s1, err));
		t_ok(be->sign(k, &a, pki_bytes_str("m"), &s2, err));
		ck_assert_int_ne(memcmp(one, two, s1.len), 0);
		check_tight(k, &a, pki_bytes_str("m"), pki_bytes_of(one, s1.len));
		check_tight(k, &a, pki_bytes_str("m"), pki_bytes_of(two, s2.len));
		be->key_free(k);
	}
}
END_TEST

START_TEST(rfc8032)
{
	uint8_t room[SIG_MAX];
	pki_alg a = alg(PKI_ALG_EDDSA, PKI_HASH_NONE);
	rows r;

	rows_open(&r, "nettle/rfc8032.txt");
	while (rows_next(&r, 5)) {
		pki_key_type t = keys_type(r.field[0]);
		pki_nettle_key *k = keys_private(keys_pkcs8_okp(t, rows_hex(&r, 1)));
		void *pub = keys_public(keys_spki(t, rows_hex(&r, 2)));
		pki_span sig = room_of(room);

		t_bytes_eq(pki_bytes_of(k->u.okp.pub, k->u.okp.curve->octets), rows_hex(&r, 2));
		t_ok(be->sign(k, &a, rows_hex(&r, 3), &sig, err));
		t_bytes_eq(pki_bytes_of(sig.data, sig.len), rows_hex(&r, 4));
		check_tight(pub, &a, rows_hex(&r, 3), rows_hex(&r, 4));
		be->key_free(k);
		be->key_free(pub);
	}
}
END_TEST

static const struct {
	const char *key, *hash_name, *what;
	pki_hash hash;
	pki_scheme scheme;
	int32_t salt_len;
} rsa_files[] = {
	{ "2048", "md5", "pkcs1", PKI_HASH_MD5, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha1", "pkcs1", PKI_HASH_SHA1, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha224", "pkcs1", PKI_HASH_SHA224, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha256", "pkcs1", PKI_HASH_SHA256, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha384", "pkcs1", PKI_HASH_SHA384, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha512", "pkcs1", PKI_HASH_SHA512, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha512-224", "pkcs1", PKI_HASH_SHA512_224, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha512-256", "pkcs1", PKI_HASH_SHA512_256, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha3-224", "pkcs1", PKI_HASH_SHA3_224, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha3-256", "pkcs1", PKI_HASH_SHA3_256, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha3-384", "pkcs1", PKI_HASH_SHA3_384, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "sha3-512", "pkcs1", PKI_HASH_SHA3_512, PKI_ALG_RSA_PKCS1, 0 },
	{ "2041", "sha256", "pkcs1", PKI_HASH_SHA256, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048e3", "sha256", "pkcs1", PKI_HASH_SHA256, PKI_ALG_RSA_PKCS1, 0 },
	{ "4096", "sha512", "pkcs1", PKI_HASH_SHA512, PKI_ALG_RSA_PKCS1, 0 },
	{ "2048", "md5", "pss", PKI_HASH_MD5, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha1", "pss", PKI_HASH_SHA1, PKI_ALG_RSA_PSS, 20 },
	{ "2048", "sha224", "pss", PKI_HASH_SHA224, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha256", "pss", PKI_HASH_SHA256, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha384", "pss", PKI_HASH_SHA384, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha512", "pss", PKI_HASH_SHA512, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha512-224", "pss", PKI_HASH_SHA512_224, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha512-256", "pss", PKI_HASH_SHA512_256, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha3-224", "pss", PKI_HASH_SHA3_224, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha3-256", "pss", PKI_HASH_SHA3_256, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha3-384", "pss", PKI_HASH_SHA3_384, PKI_ALG_RSA_PSS, 0 },
	{ "2048", "sha3-512", "pss", PKI_HASH_SHA3_512, PKI_ALG_RSA_PSS, 0 },
	{ "2041", "sha256", "pss", PKI_HASH_SHA256, PKI_ALG_RSA_PSS, 32 },
	{ "1024", "sha512", "pss0", PKI_HASH_SHA512, PKI_ALG_RSA_PSS, PKI_SALT_EMPTY },
	{ "1024", "sha512", "pss62", PKI_HASH_SHA512, PKI_ALG_RSA_PSS, 62 },
	{ "pss", "sha256", "pss", PKI_HASH_SHA256, PKI_ALG_RSA_PSS, 32 },
	{ "pss384", "sha384", "pss", PKI_HASH_SHA384, PKI_ALG_RSA_PSS, 48 },
};

static const char *path(const char *form, const char *a, const char *b, const char *c)
{
	static char text[128];

	snprintf(text, sizeof text, form, a, b, c);
	return text;
}

/* OpenSSL's signatures verify; ours verify, and where there is no salt they are the same. */
START_TEST(rsa_against_openssl)
{
	pki_bytes msg = t_vector("nettle/rsa/message");

	for (size_t i = 0; i < sizeof rsa_files / sizeof *rsa_files; i++) {
		const char *name = rsa_files[i].key;
		void *k = keys_private_file(path("nettle/rsa/%s.key", name, "", ""));
		void *pub = keys_public_file(path("nettle/rsa/%s.pub", name, "", ""));
		pki_bytes theirs = t_vector(path(
		    "nettle/rsa/%s-%s-%s.sig", name, rsa_files[i].hash_name, rsa_files[i].what));
		pki_alg a = alg(rsa_files[i].scheme, rsa_files[i].hash);
		uint8_t room[SIG_MAX], h[PKI_HASH_MAX];
		pki_span sig = room_of(room);

		a.salt_len = rsa_files[i].salt_len;
		check_tight(pub, &a, msg, theirs);
		t_ok(be->sign(k, &a, msg, &sig, err));
		check_tight(pub, &a, msg, pki_bytes_of(sig.data, sig.len));
		if (a.scheme == PKI_ALG_RSA_PKCS1)
			t_bytes_eq(pki_bytes_of(sig.data, sig.len), theirs);
		t_ok(be->verify_digest(pub, &a, digest(a.hash, msg, h), theirs, err));
		be->key_free(k);
		be->key_free(pub);
	}
}
END_TEST

/* s with s^e = em (mod n); false where em is not below n */
static bool raw_sign(const pki_nettle_key *k, pki_bytes em, uint8_t *sig)
{
	mpz_t m;
	bool ok;

	mpz_init(m);
	pki_mpz_read(m, em);
	ok = mpz_cmp(m, k->u.rsa.pub.n) < 0;
	mpz_powm(m, m, k->u.rsa.priv.d, k->u.rsa.pub.n);
	ok = ok && pki_mpz_write(m, (pki_span){ sig, k->u.rsa.pub.size });
	mpz_clear(m);
	return ok;
}

#define DI "3031300d060960864801650304020105000420"
#define DI_ABSENT                 \
 "302f300b0609608648016503040201" \
 "0420"

/* RFC 8017 9.2: head, ff to fill, then tail with the digest for %, then more. */
static const struct {
	const char *what, *head, *tail;
	size_t fill; /* 0: all there is room for */
	bool good;
} blocks[] = {
	{ "as it should be", "0001", "00" DI "%", 0, true },
	{ "eight ff, then garbage after the digest", "0001", "00" DI "%aa", 8, false },
	{ "zeros after the digest", "0001", "00" DI "%00", 8, false },
	{ "trailing octet", "0001", "00" DI "%00", 0, false },
	{ "no ff at all", "0001", "00" DI "%", 1, false },
	{ "seven ff", "0001", "00" DI "%", 7, false },
	{ "padding that is not ff", "0001fffffffffffffffe", "00" DI "%", 0, false },
	{ "first ff missing", "000100", "00" DI "%", 0, false },
	{ "block type 2", "0002", "00" DI "%", 0, false },
	{ "block type 0", "0000", "00" DI "%", 0, false },
	{ "no octet between", "0001", DI "%", 0, false },
	{ "two octets between", "0001", "0000" DI "%", 0, false },
	{ "NULL missing", "0001", "00" DI_ABSENT "%", 0, false },
	{ "outer length in the long form", "0001", "00308131300d060960864801650304020105000420%", 0,
	    false },
	{ "inner length in the long form", "0001", "00303230810d060960864801650304020105000420%", 0,
	    false },
	{ "digest's length in the long form", "0001", "003032300d06096086480165030402010500048120%",
	    0, false },
	{ "garbage in the parameters", "0001",
	    "0030353011060960864801650304020105040000000004"
	    "20%",
	    0, false },
	{ "garbage in the AlgorithmIdentifier", "0001",
	    "003033300f0609608648016503040201050005000420%", 0, false },
	{ "garbage in the DigestInfo", "0001", "003033300d060960864801650304020105000420%0500", 0,
	    false },
	{ "indefinite length", "0001", "003080300d060960864801650304020105000420%0000", 0, false },
	{ "another hash's OID", "0001", "003031300d060960864801650304020205000420%", 0, false },
	{ "a bare digest", "0001", "00%", 0, false },
};

static size_t put(uint8_t *to, const char *hex, pki_bytes h)
{
	const char *mark = strchr(hex, '%');
	char before[256];
	size_t n;
	pki_bytes b;

	snprintf(before, sizeof before, "%.*s", mark == NULL ? 255 : (int)(mark - hex), hex);
	b = t_hex(before);
	memcpy(to, b.data, b.len);
	n = b.len;
	if (mark == NULL)
		return n;
	memcpy(to + n, h.data, h.len);
	return n + h.len + put(to + n + h.len, mark + 1, h);
}

static pki_bytes block(size_t i, size_t size, pki_bytes h, uint8_t *em)
{
	uint8_t tail[256];
	size_t tail_len = put(tail, blocks[i].tail, h), at = put(em, blocks[i].head, h);
	size_t fill = blocks[i].fill != 0 ? blocks[i].fill : size - at - tail_len;

	memset(em + at, 0xff, fill);
	memcpy(em + at + fill, tail, tail_len);
	memset(em + at + fill + tail_len, 0xaa, size - at - fill - tail_len);
	return pki_bytes_of(em, size);
}

START_TEST(pkcs1_forgeries)
{
	static const char *const files[] = { "nettle/rsa/2048.key", "nettle/rsa/2048e3.key" };
	pki_alg a = alg(PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256);
	pki_bytes msg = pki_bytes_str("message");
	uint8_t h[PKI_HASH_MAX], em[SIG_MAX], sig[SIG_MAX];

	for (size_t f = 0; f < 2; f++) {
		pki_nettle_key *k = keys_private_file(files[f]);
		size_t n = k->u.rsa.pub.size;

		for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
			pki_status st;

			ck_assert(raw_sign(k, block(i, n, digest(a.hash, msg, h), em), sig));
			st = be->verify(k, &a, msg, pki_bytes_of(sig, n), NULL);
			ck_assert_msg(st == (blocks[i].good ? PKI_SUCCESS : PKI_E_SIGNATURE), "%s",
			    blocks[i].what);
		}
		be->key_free(k);
	}
}
END_TEST

/* Bleichenbacher 2006, BERserk: with e = 3 a cube that begins right is found without a key. */
START_TEST(cube_root_forgery)
{
	pki_nettle_key *k = keys_private_file("nettle/rsa/2048e3.key");
	pki_alg a = alg(PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256);
	pki_bytes msg = pki_bytes_str("message");
	uint8_t h[PKI_HASH_MAX], em[SIG_MAX], sig[256], cube[256];
	mpz_t s;

	mpz_init(s);
	pki_mpz_read(s, block(1, 256, digest(a.hash, msg, h), em));
	mpz_root(s, s, 3);
	mpz_add_ui(s, s, 1);
	ck_assert(pki_mpz_write(s, (pki_span){ sig, sizeof sig }));
	mpz_pow_ui(s, s, 3);
	ck_assert(pki_mpz_write(s, (pki_span){ cube, sizeof cube }));
	mpz_clear(s);
	/* it is a forgery for who looks at the beginning only */
	ck_assert_int_eq(memcmp(em, cube, 2 + 8 + 1 + 19 + 32), 0);
	t_fails(PKI_E_SIGNATURE, be->verify(k, &a, msg, pki_bytes_of(sig, sizeof sig), err));
	be->key_free(k);
}
END_TEST

/* s = 0, 1, n - 1, n, n + the signature: not below n, or not this message's. */
START_TEST(rsa_out_of_range)
{
	pki_nettle_key *k = keys_private_file("nettle/rsa/2041.key");
	static const pki_scheme schemes[] = { PKI_ALG_RSA_PKCS1, PKI_ALG_RSA_PSS };
	pki_bytes msg = pki_bytes_str("message");
	uint8_t room[SIG_MAX], forged[256];
	mpz_t s;

	mpz_init(s);
	for (size_t i = 0; i < 2; i++) {
		pki_alg a = alg(schemes[i], PKI_HASH_SHA256);
		pki_span sig = room_of(room);

		t_ok(be->sign(k, &a, msg, &sig, err));
		ck_assert_uint_eq(sig.len, 256);
		for (int way = 0; way < 6; way++) {
			pki_mpz_read(s, pki_bytes_of(sig.data, sig.len));
			if (way == 0)
				mpz_add(s, s, k->u.rsa.pub.n);
			else if (way == 1)
				mpz_sub(s, k->u.rsa.pub.n, s);
			else if (way == 2)
				mpz_set(s, k->u.rsa.pub.n);
			else if (way == 3)
				mpz_sub_ui(s, k->u.rsa.pub.n, 1);
			else
				mpz_set_ui(s, (unsigned)way - 4);
			ck_assert(pki_mpz_write(s, (pki_span){ forged, sizeof forged }));
			t_fails(PKI_E_SIGNATURE,
			    be->verify(k, &a, msg, pki_bytes_of(forged, sizeof forged), err));
		}
	}
	mpz_clear(s);
	be->key_free(k);
}
END_TEST

/* RFC 8017 9.1.2: what is wrong with an encoded message, by the octet that is changed. */
START_TEST(pss_forgeries)
{
	pki_nettle_key *k = keys_private_file("nettle/rsa/2041.key");
	pki_alg a = alg(PKI_ALG_RSA_PSS, PKI_HASH_SHA256);
	pki_bytes msg = pki_bytes_str("message");
	uint8_t room[SIG_MAX], em[256], sig[256];
	pki_span out = room_of(room);
	mpz_t m;

	t_ok(be->sign(k, &a, msg, &out, err));
	mpz_init(m);
	pki_mpz_read(m, pki_bytes_of(out.data, out.len));
	mpz_powm(m, m, k->u.rsa.pub.e, k->u.rsa.pub.n);
	ck_assert(pki_mpz_write(m, (pki_span){ em, sizeof em }));
	mpz_clear(m);
	ck_assert_uint_eq(em[0], 0);
	ck_assert_uint_eq(em[255], 0xbc);
	for (size_t i = 1; i < sizeof em; i += 3) {
		em[i] ^= 1;
		if (raw_sign(k, pki_bytes_of(em, sizeof em), sig))
			t_fails(PKI_E_SIGNATURE,
			    be->verify(k, &a, msg, pki_bytes_of(sig, sizeof sig), err));
		em[i] ^= 1;
	}
	be->key_free(k);
}
END_TEST

/* The salt's length, the hash and the mask are the parameters', not the signature's. */
START_TEST(pss_parameters)
{
	void *k = keys_private_file("nettle/rsa/2048.key");
	pki_bytes msg = pki_bytes_str("message");
	pki_alg a = alg(PKI_ALG_RSA_PSS, PKI_HASH_SHA256);
	uint8_t room[SIG_MAX];
	pki_span sig = room_of(room);
	static const struct {
		pki_hash hash, mgf;
		int32_t salt_len;
		pki_status want;
	} cases[] = {
		{ PKI_HASH_SHA256, 0, 32, PKI_SUCCESS },
		{ PKI_HASH_SHA256, PKI_HASH_SHA256, 0, PKI_SUCCESS },
		{ PKI_HASH_SHA256, 0, 31, PKI_E_SIGNATURE },
		{ PKI_HASH_SHA256, 0, 33, PKI_E_SIGNATURE },
		{ PKI_HASH_SHA256, 0, PKI_SALT_EMPTY, PKI_E_SIGNATURE },
		{ PKI_HASH_SHA256, 0, 222, PKI_E_SIGNATURE },
		{ PKI_HASH_SHA256, 0, 223, PKI_E_SIGNATURE },
		{ PKI_HASH_SHA256, 0, INT32_MAX, PKI_E_SIGNATURE },
		{ PKI_HASH_SHA256, 0, -2, PKI_E_UNSUPPORTED },
		{ PKI_HASH_SHA256, 0, INT32_MIN, PKI_E_UNSUPPORTED },
		{ PKI_HASH_SHA256, PKI_HASH_SHA1, 32, PKI_E_UNSUPPORTED },
		{ PKI_HASH_SHA3_256, 0, 32, PKI_E_SIGNATURE },
		{ PKI_HASH_NONE, 0, 32, PKI_E_UNSUPPORTED },
	};

	t_ok(be->sign(k, &a, msg, &sig, err));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_bytes s = pki_bytes_of(sig.data, sig.len);
		uint8_t other[SIG_MAX];
		pki_span out = room_of(other);

		a.hash = cases[i].hash;
		a.mgf_hash = cases[i].mgf;
		a.salt_len = cases[i].salt_len;
		if (cases[i].want == PKI_SUCCESS) {
			t_ok(be->verify(k, &a, msg, s, err));
			continue;
		}
		t_fails(cases[i].want, be->verify(k, &a, msg, s, err));
		if (cases[i].want == PKI_E_UNSUPPORTED)
			t_fails(cases[i].want, be->sign(k, &a, msg, &out, err));
		if (a.salt_len > 222)
			t_fails(PKI_E_ARG, be->sign(k, &a, msg, &out, err));
	}
	be->key_free(k);
}
END_TEST

/* RFC 4055 3.3: a key with parameters. */
START_TEST(restricted_keys)
{
	void *k = keys_private_file("nettle/rsa/pss384.key");
	void *pub = keys_public_file("nettle/rsa/pss384.pub");
	uint8_t room[SIG_MAX];
	static const struct {
		pki_scheme scheme;
		pki_hash hash;
		int32_t salt_len;
		pki_status want;
	} cases[] = {
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA384, 48, PKI_SUCCESS },
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA384, 24, PKI_SUCCESS },
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA384, 23, PKI_E_ARG },
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA384, PKI_SALT_EMPTY, PKI_E_ARG },
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA256, 48, PKI_E_ARG },
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA1, 48, PKI_E_ARG },
		{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA384, 0, PKI_E_UNSUPPORTED },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_alg a = alg(cases[i].scheme, cases[i].hash);
		pki_span sig = room_of(room);

		a.salt_len = cases[i].salt_len;
		if (cases[i].want == PKI_SUCCESS) {
			t_ok(be->sign(k, &a, none, &sig, err));
			t_ok(be->verify(pub, &a, none, pki_bytes_of(room, sig.len), err));
			continue;
		}
		t_fails(cases[i].want, be->sign(k, &a, none, &sig, err));
		t_fails(cases[i].want, be->verify(pub, &a, none, pki_bytes_of(room, 256), err));
	}
	be->key_free(k);
	be->key_free(pub);
}
END_TEST

/* RFC 8017 9.1.1 step 3, 9.2 step 3. */
START_TEST(rsa_keys_too_short)
{
	void *k = keys_private_file("nettle/rsa/512.key");
	uint8_t room[SIG_MAX], sig[64] = { 1 };
	static const struct {
		pki_scheme scheme;
		pki_hash hash;
		int32_t salt_len;
		bool fits;
	} cases[] = {
		{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256, 0, true },
		{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA384, 0, false },
		{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA512, 0, false },
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA256, 30, true },
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA256, 31, false },
		{ PKI_ALG_RSA_PSS, PKI_HASH_SHA512, PKI_SALT_EMPTY, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_alg a = alg(cases[i].scheme, cases[i].hash);
		pki_span out = room_of(room);

		a.salt_len = cases[i].salt_len;
		if (cases[i].fits)
			t_ok(be->sign(k, &a, none, &out, err));
		else
			t_fails(PKI_E_ARG, be->sign(k, &a, none, &out, err));
		t_fails(PKI_E_SIGNATURE, be->verify(k, &a, none, pki_bytes_of(sig, 64), err));
	}
	be->key_free(k);
}
END_TEST

/* ECDSA-Sig-Value, of P-256: r and s stand for those of a good signature; N is the order. */
#define R "5a5ad1c4d21d2eb2d0a1b6a0b1ddc9e1d4a5e1fb62b8b0d4c8f9b1a6d2c3e4f5"
#define N "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
static const char *const bad_ecdsa[] = {
	"",
	"00",
	"30",
	"3000",
	"30060201000201"
	"00",
	"3006020100020101",
	"3006020101020100",
	"3006020101020101",
	"30060201ff0201ff",
	"3026022100" N "020101",
	"3026020101022100" N,
	"3046022100" N "022100" N,
	"30440220" R "0220" R "00",
	"30450220" R "0220" R "00",
	"30460220" R "0220" R "0500",
	"3046022100" R "0220" R "00",
	"30450220" R "022100" R,
	"3045022100" R "0220" R,
	"3081440220" R "0220" R,
	"30820044"
	"0220" R "0220" R,
	"30450281200220" R,
	"304502812"
	"0" R "0220" R,
	"30800220" R "0220" R "0000",
	"31440220" R "0220" R,
	"30440320" R "0220" R,
	"30440220" R "0420" R,
	"30220220" R,
	"30430220" R "021f" R,
	"304402200"
	"0" R,
	"30450221ff" R "0220" R,
	"304402"
	"20" R "0220",
};

START_TEST(ecdsa_forgeries)
{
	pki_alg a = alg(PKI_ALG_ECDSA, PKI_HASH_SHA256);
	pki_bytes msg = pki_bytes_str("m");
	static uint8_t long_r[70000];
	void *k;

	t_ok(be->key_generate(NULL, NULL, PKI_KEY_P256, 0, NULL, none, &k, err));
	for (size_t i = 0; i < sizeof bad_ecdsa / sizeof *bad_ecdsa; i++) {
		char even[512];

		snprintf(even, sizeof even, "%s", bad_ecdsa[i]);
		even[strlen(even) & ~(size_t)1] = '\0';
		t_fails(PKI_E_SIGNATURE, be->verify(k, &a, msg, t_hex(even), err));
	}
	/* 30 83 01 11 65 02 83 01 11 5d 01 ...: a number of 70 000 octets */
	memcpy(long_r, "\x30\x83\x01\x11\x6b\x02\x83\x01\x11\x63\x01", 11);
	memcpy(long_r + sizeof long_r - 3, "\x02\x01\x01", 3);
	t_fails(PKI_E_SIGNATURE, be->verify(k, &a, msg, pki_bytes_of(long_r, sizeof long_r), err));
	be->key_free(k);
}
END_TEST

/* r + order and s + order would verify where the range is not checked; order - s does, rightly. */
START_TEST(ecdsa_ranges)
{
	static const char *const orders[] = { N,
		"ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
		"581a0db248b0a77aecec196accc52973",
		"01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
		"51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409" };
	pki_bytes msg = pki_bytes_str("m"), r, s;
	mpz_t q, x;

	mpz_init(q);
	mpz_init(x);
	for (int i = 0; i < 3; i++) {
		pki_key_type t = PKI_KEY_P256 + i;
		size_t n = pki_key_type_octets(t);
		pki_alg a = alg(PKI_ALG_ECDSA, PKI_HASH_SHA256);
		uint8_t room[SIG_MAX], forged[SIG_MAX], x_octets[80];
		pki_span sig = room_of(room), out;
		void *k;

		t_ok(be->key_generate(NULL, NULL, t, 0, NULL, none, &k, err));
		t_ok(be->sign(k, &a, msg, &sig, err));
		t_ok(pki_ecsig_parse(pki_bytes_of(room, sig.len), &r, &s, err));
		mpz_set_str(q, orders[i], 16);
		for (int way = 0; way < 3; way++) {
			pki_bytes each = pki_bytes_of(x_octets, n + 1);

			pki_mpz_read(x, way == 0 ? r : s);
			if (way == 2)
				mpz_sub(x, q, x);
			else
				mpz_add(x, x, q);
			ck_assert(pki_mpz_write(x, (pki_span){ x_octets, n + 1 }));
			out = room_of(forged);
			t_ok(pki_ecsig_write(way == 0 ? each : r, way == 0 ? s : each, &out, err));
			if (way == 2)
				t_ok(be->verify(k, &a, msg, pki_bytes_of(forged, out.len), err));
			else
				t_fails(PKI_E_SIGNATURE,
				    be->verify(k, &a, msg, pki_bytes_of(forged, out.len), err));
		}
		be->key_free(k);
	}
	mpz_clear(q);
	mpz_clear(x);
}
END_TEST

/* RFC 8032 5.1.7: S is below the order of the group, else signatures are malleable. */
START_TEST(eddsa_malleability)
{
	/* S + L in place of S, Ed25519 of RFC 8032 7.1, TEST 2 */
	static const uint8_t order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6,
		0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0, 0x10 };
	void *pub = keys_public(keys_spki(PKI_KEY_ED25519,
	    t_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")));
	pki_bytes good = t_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
			       "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
	pki_alg a = alg(PKI_ALG_EDDSA, PKI_HASH_NONE);
	uint8_t sig[64];
	unsigned carry = 0;

	t_ok(be->verify(pub, &a, t_hex("72"), good, err));
	memcpy(sig, good.data, sizeof sig);
	for (size_t i = 0; i < 32; i++) {
		carry += sig[32 + i] + (unsigned)order[i];
		sig[32 + i] = (uint8_t)carry;
		carry >>= 8;
	}
	t_fails(PKI_E_SIGNATURE, be->verify(pub, &a, t_hex("72"), pki_bytes_of(sig, 64), err));
	be->key_free(pub);
}
END_TEST

static const struct {
	pki_key_type key;
	pki_scheme scheme;
	pki_hash hash;
	bool message, digest; /* what is supported */
} pairs[] = {
	{ PKI_KEY_RSA, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256, true, true },
	{ PKI_KEY_RSA, PKI_ALG_RSA_PSS, PKI_HASH_SHA512, true, true },
	{ PKI_KEY_RSA_PSS, PKI_ALG_RSA_PSS, PKI_HASH_SHA256, true, true },
	{ PKI_KEY_RSA_PSS, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256, false, false },
	{ PKI_KEY_RSA, PKI_ALG_ECDSA, PKI_HASH_SHA256, false, false },
	{ PKI_KEY_RSA, PKI_ALG_EDDSA, PKI_HASH_NONE, false, false },
	{ PKI_KEY_RSA, PKI_ALG_RSA_PKCS1, PKI_HASH_NONE, false, false },
	{ PKI_KEY_RSA, PKI_ALG_NONE, PKI_HASH_SHA256, false, false },
	{ PKI_KEY_P256, PKI_ALG_ECDSA, PKI_HASH_SHA256, true, true },
	{ PKI_KEY_P384, PKI_ALG_ECDSA, PKI_HASH_SHA3_384, true, true },
	{ PKI_KEY_P521, PKI_ALG_ECDSA, PKI_HASH_SHA1, true, true },
	{ PKI_KEY_P256, PKI_ALG_ECDSA, PKI_HASH_NONE, false, false },
	{ PKI_KEY_P256, PKI_ALG_ECDSA, 999, false, false },
	{ PKI_KEY_P256, PKI_ALG_EDDSA, PKI_HASH_NONE, false, false },
	{ PKI_KEY_P256, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256, false, false },
	{ PKI_KEY_P256, PKI_ALG_DSA, PKI_HASH_SHA256, false, false },
	{ PKI_KEY_ED25519, PKI_ALG_EDDSA, PKI_HASH_NONE, true, false },
	{ PKI_KEY_ED448, PKI_ALG_EDDSA, PKI_HASH_NONE, true, false },
	{ PKI_KEY_ED25519, PKI_ALG_EDDSA, PKI_HASH_SHA512, false, false },
	{ PKI_KEY_ED25519, PKI_ALG_ECDSA, PKI_HASH_SHA512, false, false },
	{ PKI_KEY_X25519, PKI_ALG_EDDSA, PKI_HASH_NONE, false, false },
	{ PKI_KEY_X448, PKI_ALG_ECDSA, PKI_HASH_SHA256, false, false },
};

/* What supports() says, sign and verify do; keys and algorithms that do not belong together. */
START_TEST(algorithms_of_keys)
{
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		pki_alg a = alg(pairs[i].scheme, pairs[i].hash);
		uint8_t room[SIG_MAX], octets[PKI_HASH_MAX] = { 0 };
		pki_span sig = room_of(room), two = room_of(room);
		pki_bytes h = pki_bytes_of(octets, pki_hash_size(a.hash));
		void *k;

		t_ok(be->key_generate(NULL, NULL, pairs[i].key, 2048, NULL, none, &k, err));
		ck_assert(be->supports(NULL, PKI_OP_SIGN, pairs[i].key, &a) == pairs[i].message);
		ck_assert(be->supports(NULL, PKI_OP_VERIFY, pairs[i].key, &a) == pairs[i].message);
		ck_assert(
		    be->supports(NULL, PKI_OP_SIGN_DIGEST, pairs[i].key, &a) == pairs[i].digest);
		ck_assert(
		    be->supports(NULL, PKI_OP_VERIFY_DIGEST, pairs[i].key, &a) == pairs[i].digest);
		if (pairs[i].message)
			t_ok(be->sign(k, &a, none, &sig, err));
		else
			t_fails(PKI_E_UNSUPPORTED, be->sign(k, &a, none, &sig, err));
		if (!pairs[i].message)
			t_fails(PKI_E_UNSUPPORTED, be->verify(k, &a, none, none, err));
		if (pairs[i].digest)
			t_ok(be->sign_digest(k, &a, h, &two, err));
		else
			t_fails(PKI_E_UNSUPPORTED, be->sign_digest(k, &a, h, &two, err));
		if (pairs[i].digest)
			t_ok(be->verify_digest(k, &a, h, pki_bytes_of(room, two.len), err));
		else
			t_fails(PKI_E_UNSUPPORTED, be->verify_digest(k, &a, h, none, err));
		be->key_free(k);
	}
}
END_TEST

/* A digest has its hash's length; an output needs its room; a public key does not sign. */
START_TEST(sizes)
{
	static const struct {
		pki_key_type key;
		pki_scheme scheme;
		pki_hash hash;
		size_t room;
	} cases[] = {
		{ PKI_KEY_RSA, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256, 255 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PSS, PKI_HASH_SHA256, 255 },
		{ PKI_KEY_P256, PKI_ALG_ECDSA, PKI_HASH_SHA256, 40 },
		{ PKI_KEY_ED25519, PKI_ALG_EDDSA, PKI_HASH_NONE, 63 },
		{ PKI_KEY_ED448, PKI_ALG_EDDSA, PKI_HASH_NONE, 113 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_alg a = alg(cases[i].scheme, cases[i].hash);
		uint8_t room[SIG_MAX], octets[PKI_HASH_MAX] = { 0 }, spki[PKI_KEY_ROOM];
		pki_span small = { room, cases[i].room }, zero = { room, 0 }, sig = room_of(room),
			 s = { spki, sizeof spki };
		void *k, *pub;

		memset(room, 0xa5, sizeof room);
		t_ok(be->key_generate(NULL, NULL, cases[i].key, 2048, NULL, none, &k, err));
		t_fails(PKI_E_ARG, be->sign(k, &a, none, &small, err));
		t_fails(PKI_E_ARG, be->sign(k, &a, none, &zero, err));
		ck_assert_uint_eq(room[cases[i].room], 0xa5);
		for (size_t n = 0; a.hash != PKI_HASH_NONE && n <= 64; n++)
			if (n != pki_hash_size(a.hash))
				t_fails(PKI_E_ARG,
				    be->sign_digest(k, &a, pki_bytes_of(octets, n), &sig, err));
		t_ok(be->key_public(k, &s, err));
		t_ok(be->pub_import(NULL, pki_bytes_of(spki, s.len), &pub, err));
		t_fails(PKI_E_ARG, be->sign(pub, &a, none, &sig, err));
		t_fails(PKI_E_ARG, be->key_export(pub, &s, err));
		be->key_free(k);
		be->key_free(pub);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { rfc6979, nonces_are_hedged, rfc8032, rsa_against_openssl,
		pkcs1_forgeries, cube_root_forgery, rsa_out_of_range, pss_forgeries, pss_parameters,
		restricted_keys, rsa_keys_too_short, ecdsa_forgeries, ecdsa_ranges,
		eddsa_malleability, algorithms_of_keys, sizes, NULL };

	be = pki_backend_nettle();
	return t_main("nettle_sign", tests);
}
