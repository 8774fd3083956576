/* SPDX-License-Identifier: BSD-3-Clause */
/* PKCS #8: the examples of RFC 8410, keys whose parts contradict each other, PBES2 parameters. */
#include <stdio.h>
#include <string.h>

#include <pki/ctx.h>
#include <pki/key.h>

#include "libpki/types/eckey.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"
#include "tests/lib/t.h"

#define ED25519 "300506032b6570"
#define SEED    "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842"
#define PUBLIC  "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"
#define CURDLE  "301d060a2a864886f70d01090914310f0c0d437572646c6520436861697273"
#define X       "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"
#define U                                                             \
 "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" \
 "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
#define ZERO_31 "00000000000000000000000000000000000000000000000000000000000000"
#define Q       "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
#define P256    "301306072a8648ce3d020106082a8648ce3d030107"

/* A OneAsymmetricKey; NULL leaves a part out. */
static pki_buf key_of(int64_t version, const char *algid, pki_bytes private_key, const char *attrs,
    const char *public)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_int64(&w, version);
	pki_derw_raw(&w, t_hex(algid));
	pki_derw_put(&w, PKI_TAG_OCTETS, private_key);
	if (attrs != NULL)
		pki_derw_put(&w, PKI_TAG_EXPLICIT(0), t_hex(attrs));
	if (public != NULL)
		pki_derw_put(&w, PKI_TAG_IMPLICIT(1), t_hex(public));
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

static pki_key *must_parse(const pki_ctx *ctx, pki_bytes in)
{
	pki_key *k;

	t_ok(pki_key_parse(ctx, in, NULL, NULL, &k, err));
	return k;
}

/* RFC 8410 10.3: the key alone, and with an attribute and its public key. */
static const char *const curdle[] = {
	"-----BEGIN PRIVATE KEY-----\n"
	"MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
	"-----END PRIVATE KEY-----\n",
	"-----BEGIN PRIVATE KEY-----\n"
	"MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
	"oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\n"
	"Z9w7lshQhqowtrbLDFw4rXAxZuE=\n"
	"-----END PRIVATE KEY-----\n",
};

START_TEST(test_rfc8410)
{
	for (size_t i = 0; i < sizeof curdle / sizeof *curdle; i++) {
		pki_key *k = must_parse(NULL, pki_bytes_str(curdle[i]));
		pki_buf out = PKI_BUF_INIT;

		t_bytes_eq(
		    pki_pubkey_spki(pki_key_public(k)), t_hex("302a300506032b6570032100" PUBLIC));
		t_ok(pki_key_write(k, NULL, &out, err));
		ck_assert_str_eq(pki_buf_str(&out), curdle[0]);
		pki_buf_free(&out);
		pki_key_free(k);
	}
}
END_TEST

static const struct {
	pki_status want;
	int64_t version;
	const char *algid, *private_key, *attrs, *public;
} rows[] = {
	/* versions, and publicKey in them: RFC 5958 2 */
	{ PKI_SUCCESS, 0, ED25519, "0420" SEED, NULL, NULL },
	{ PKI_SUCCESS, 1, ED25519, "0420" SEED, NULL, NULL },
	{ PKI_SUCCESS, 1, ED25519, "0420" SEED, NULL, "00" PUBLIC },
	{ PKI_SUCCESS, 0, ED25519, "0420" SEED, CURDLE, NULL },
	{ PKI_SUCCESS, 0, ED25519, "0420" SEED, "", NULL },
	{ PKI_E_STRUCTURE, 0, ED25519, "0420" SEED, NULL, "00" PUBLIC },
	{ PKI_E_UNSUPPORTED, 2, ED25519, "0420" SEED, NULL, NULL },
	{ PKI_E_UNSUPPORTED, -1, ED25519, "0420" SEED, NULL, NULL },
	/* publicKey: another one, unused bits, none, of another length */
	{ PKI_E_POLICY, 1, ED25519, "0420" SEED, NULL, "00" SEED },
	{ PKI_E_STRUCTURE, 1, ED25519, "0420" SEED, NULL, "01" PUBLIC },
	{ PKI_E_STRUCTURE, 1, ED25519, "0420" SEED, NULL, "00" },
	{ PKI_E_STRUCTURE, 1, ED25519, "0420" SEED, NULL, "" },
	{ PKI_E_POLICY, 1, ED25519, "0420" SEED, NULL, "00" PUBLIC "00" },
	/* attributes: not SEQUENCEs, not sorted */
	{ PKI_E_STRUCTURE, 0, ED25519, "0420" SEED, "0500", NULL },
	{ PKI_E_ENCODING, 0, ED25519, "0420" SEED, "3001", NULL },
	{ PKI_E_ENCODING, 0, ED25519, "0420" SEED, CURDLE "30020500", NULL },
	/* seeds of 31, 33, 64, 0 octets; without their own OCTET STRING; with something behind */
	{ PKI_E_STRUCTURE, 0, ED25519, "041f" ZERO_31, NULL, NULL },
	{ PKI_E_STRUCTURE, 0, ED25519, "0421" SEED "00", NULL, NULL },
	{ PKI_E_STRUCTURE, 0, ED25519, "0440" SEED PUBLIC, NULL, NULL },
	{ PKI_E_STRUCTURE, 0, ED25519, "0400", NULL, NULL },
	{ PKI_E_ENCODING, 0, ED25519, SEED, NULL, NULL },
	{ PKI_E_STRUCTURE, 0, ED25519, "0420" SEED "0500", NULL, NULL },
	{ PKI_E_STRUCTURE, 0, ED25519, "", NULL, NULL },
	/* parameters */
	{ PKI_E_STRUCTURE, 0, "300706032b65700500", "0420" SEED, NULL, NULL },
	{ PKI_E_STRUCTURE, 0, "300506032b6571", "0420" SEED, NULL, NULL },
	{ PKI_E_UNSUPPORTED, 0, "300406022a03", "0420" SEED, NULL, NULL },
	/* RFC 5915: plain, with parameters and with the public key, with both */
	{ PKI_SUCCESS, 0, P256, "30250201010420" X, NULL, NULL },
	{ PKI_SUCCESS, 0, P256, "30310201010420" X "a00a06082a8648ce3d030107", NULL, NULL },
	{ PKI_SUCCESS, 0, P256, "306b0201010420" X "a144034200" U, NULL, NULL },
	{ PKI_SUCCESS, 0, P256, "30770201010420" X "a00a06082a8648ce3d030107a144034200" U, NULL,
	    NULL },
	{ PKI_SUCCESS, 1, P256, "30250201010420" X, NULL, "00" U },
	/* another curve in the parameters; explicit ones; an unknown curve */
	{ PKI_E_POLICY, 0, P256, "302e0201010420" X "a00706052b81040022", NULL, NULL },
	{ PKI_E_UNSUPPORTED, 0, P256, "30290201010420" X "a0023000", NULL, NULL },
	{ PKI_E_UNSUPPORTED, 0, P256, "302e0201010420" X "a00706052b8104000a", NULL, NULL },
	{ PKI_E_STRUCTURE, 0, "300906072a8648ce3d0201",
	    "30310201010420" X "a00a06082a8648ce3d030107", NULL, NULL },
	/* scalars: 0, n, over n */
	{ PKI_E_POLICY, 0, P256,
	    "30250201010420"
	    "00" ZERO_31,
	    NULL, NULL },
	{ PKI_E_POLICY, 0, P256, "30250201010420" Q, NULL, NULL },
	{ PKI_E_POLICY, 0, P256,
	    "30250201010420"
	    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	    NULL, NULL },
	/* of another length: zeros in front are left out, or are one too many */
	{ PKI_E_POLICY, 0, P256, "3024020101041f" ZERO_31, NULL, NULL },
	{ PKI_SUCCESS, 0, P256,
	    "300602010104"
	    "0105",
	    NULL, NULL },
	{ PKI_SUCCESS, 0, P256,
	    "306c02010104"
	    "2100" X "a144034200" U,
	    NULL, NULL },
	{ PKI_E_STRUCTURE, 0, P256,
	    "302602010104"
	    "2101" X,
	    NULL, NULL },
	{ PKI_E_STRUCTURE, 0, P256,
	    "304502010104"
	    "40" X X,
	    NULL, NULL },
	{ PKI_E_STRUCTURE, 0, P256, "30050201010400", NULL, NULL },
	{ PKI_E_STRUCTURE, 0, P256, "3003020101", NULL, NULL },
	/* another version; the public key of another; unused bits */
	{ PKI_E_UNSUPPORTED, 0, P256, "30250201020420" X, NULL, NULL },
	{ PKI_E_POLICY, 1, P256, "30250201010420" X, NULL,
	    "00"
	    "04" X X },
	{ PKI_E_ENCODING, 0, P256, "30270201010420" X, NULL, NULL },
	{ PKI_E_ENCODING, 0, P256, "306b0201010420" X "a144034201" U, NULL, NULL },
};

static void expect(const pki_ctx *ctx, pki_bytes der, pki_status want)
{
	pki_error e = PKI_ERROR_INIT;
	pki_key *k;
	pki_status st = pki_key_parse(ctx, der, NULL, NULL, &k, &e);

	if (st != want)
		t_bytes_eq(der, t_hex(""));
	ck_assert_msg(st == want, "want %s, got %s", pki_status_text(want), t_error(&e));
	ck_assert((st == PKI_SUCCESS) == (k != NULL));
	pki_key_free(k);
}

START_TEST(test_rows)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_buf der = key_of(rows[i].version, rows[i].algid, t_hex(rows[i].private_key),
		    rows[i].attrs, rows[i].public);

		expect(NULL, pki_buf_bytes(&der), rows[i].want);
		pki_buf_free(&der);
	}
}
END_TEST

/* The numbers of an RSA key, one of them replaced. */
enum part { N, E, D, P, Q_, DP, DQ, QINV };

static const struct {
	pki_status want;
	enum part part;
	const char *with; /* hex; NULL: the number with its last bit but one changed */
} rsa_rows[] = {
	{ PKI_E_POLICY, N, NULL },
	{ PKI_E_POLICY, E, "010003" },
	{ PKI_E_POLICY, E, "01" },
	{ PKI_E_POLICY, E, "010000" },
	{ PKI_E_POLICY, E, "010000000000000001" },
	{ PKI_E_POLICY, D, NULL },
	{ PKI_E_POLICY, D, "01" },
	{ PKI_E_POLICY, D, "00" },
	{ PKI_E_POLICY, P, NULL },
	{ PKI_E_POLICY, P, "00" },
	{ PKI_E_POLICY, P, "01" },
	{ PKI_E_POLICY, Q_, NULL },
	{ PKI_E_POLICY, Q_, "00" },
	{ PKI_E_POLICY, DP, NULL },
	{ PKI_E_POLICY, DP, "00" },
	{ PKI_E_POLICY, DQ, NULL },
	{ PKI_E_POLICY, DQ, "00" },
	{ PKI_E_POLICY, QINV, NULL },
	{ PKI_E_POLICY, QINV, "00" },
	{ PKI_E_POLICY, N, "03" },
	{ PKI_E_POLICY, N, "00" },
};

static pki_bytes spoil(pki_bytes number, uint8_t room[512])
{
	memcpy(room, number.data, number.len);
	room[number.len - 1] ^= 2;
	return pki_bytes_of(room, number.len);
}

static pki_buf write_rsa(const pki_rsa_private *k)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_pkcs8_write_rsa(&w, PKI_KEY_RSA, k);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

static pki_rsa_private read_rsa(void)
{
	pki_rsa_private k = { 0 };
	pki_pkcs8 p8;
	pki_der r;

	t_ok(pki_pkcs8_parse(NULL, t_vector("keys/rsa.der"), &p8, err));
	pki_der_init(&r, NULL, p8.private_key, "RSAPrivateKey");
	pki_rsa_private_read(&r, NULL, &k);
	t_ok(pki_der_finish(&r, err));
	return k;
}

START_TEST(test_rsa)
{
	for (size_t i = 0; i < sizeof rsa_rows / sizeof *rsa_rows; i++) {
		pki_rsa_private k = read_rsa();
		pki_bytes *parts[] = { &k.n, &k.e, &k.d, &k.p, &k.q, &k.dp, &k.dq, &k.qinv };
		pki_bytes *part = parts[rsa_rows[i].part];
		uint8_t room[512];
		pki_buf der;

		*part = rsa_rows[i].with != NULL ? t_hex(rsa_rows[i].with) : spoil(*part, room);
		der = write_rsa(&k);
		expect(NULL, pki_buf_bytes(&der), rsa_rows[i].want);
		pki_buf_free(&der);
	}
}
END_TEST

/* p and q change places, with what belongs to them: another key of the same numbers, and refused
 * where the coefficient stays behind; p = q. */
START_TEST(test_rsa_primes)
{
	pki_rsa_private k = read_rsa(), other = k;
	pki_buf der;

	other.p = k.q;
	other.q = k.p;
	other.dp = k.dq;
	other.dq = k.dp;
	der = write_rsa(&other);
	expect(NULL, pki_buf_bytes(&der), PKI_E_POLICY);
	pki_buf_free(&der);
	other = k;
	other.q = k.p;
	der = write_rsa(&other);
	expect(NULL, pki_buf_bytes(&der), PKI_E_POLICY);
	pki_buf_free(&der);
}
END_TEST

/* What a key is refused for before a backend sees it: longer than the limit. */
START_TEST(test_rsa_too_long)
{
	static uint8_t n[1 << 16];
	pki_rsa_private k = read_rsa();
	pki_buf der;

	memset(n, 0xff, sizeof n);
	k.n = pki_bytes_of(n, sizeof n);
	der = write_rsa(&k);
	expect(NULL, pki_buf_bytes(&der), PKI_E_LIMIT);
	pki_buf_free(&der);
}
END_TEST

/* PBES2-params around data that no password decrypts. */
#define PBES2   "06092a864886f70d01050d"
#define PBKDF2  "06092a864886f70d01050c"
#define SALT    "04080102030405060708"
#define ITER    "02020800"
#define PRF256  "300c06082a864886f70d02090500"
#define AES256  "301d060960864801650304012a0410000102030405060708090a0b0c0d0e0f"
#define IV_15   "301c060960864801650304012a040f000102030405060708090a0b0c0d0e"
#define IV_NONE "300b060960864801650304012a"
#define IV_NULL "300d060960864801650304012a0500"
#define IV_17   "301e060960864801650304012a0411000102030405060708090a0b0c0d0e0f10"
#define BLOCK   "000102030405060708090a0b0c0d0e0f"

static const struct {
	pki_status want;
	const char *kdf_params; /* contents of PBKDF2-params */
	const char *cipher, *data;
} pbes_rows[] = {
	{ PKI_E_PASSWORD, SALT ITER PRF256, AES256, BLOCK },
	{ PKI_E_PASSWORD, SALT ITER "020120" PRF256, AES256, BLOCK },
	{ PKI_E_PASSWORD, SALT ITER, AES256, BLOCK }, /* PRF default */
	{ PKI_E_PASSWORD, SALT ITER "300c06082a864886f70d02070500", AES256,
	    BLOCK },                                                             /* spelled out */
	{ PKI_E_PASSWORD, SALT ITER "300a06082a864886f70d0209", AES256, BLOCK }, /* NULL absent */
	{ PKI_E_PASSWORD, "040101" ITER PRF256, AES256, BLOCK },
	{ PKI_E_PASSWORD, SALT "020101" PRF256, AES256, BLOCK },
	/* iterations: 0, negative, beyond the limit, 2^31, 2^32, 2^64, absent */
	{ PKI_E_STRUCTURE, SALT "020100" PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT "0201ff" PRF256, AES256, BLOCK },
	{ PKI_E_LIMIT,
	    SALT "0204"
		 "00989681" PRF256,
	    AES256, BLOCK },
	{ PKI_E_LIMIT,
	    SALT "0205"
		 "0080000000" PRF256,
	    AES256, BLOCK },
	{ PKI_E_LIMIT,
	    SALT "0205"
		 "0100000000" PRF256,
	    AES256, BLOCK },
	{ PKI_E_LIMIT,
	    SALT "0209"
		 "010000000000000000" PRF256,
	    AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT PRF256, AES256, BLOCK },
	/* keyLength: 0, 1, 16, 31, 33, 65, 2^31, negative */
	{ PKI_E_STRUCTURE, SALT ITER "020100" PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER "020101" PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER "020110" PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER "02011f" PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER "020121" PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER "020141" PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER "02050080000000" PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER "0201e0" PRF256, AES256, BLOCK },
	/* salt: empty, an INTEGER, otherSource, absent */
	{ PKI_E_STRUCTURE, "0400" ITER PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, "020108" ITER PRF256, AES256, BLOCK },
	{ PKI_E_UNSUPPORTED, "300406022a03" ITER PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, ITER PRF256, AES256, BLOCK },
	{ PKI_E_STRUCTURE, "", AES256, BLOCK },
	/* PRF: unknown, with parameters, HMAC with MD5; one element more */
	{ PKI_E_UNSUPPORTED, SALT ITER "300406022a03", AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER "300c06082a864886f70d02093000", AES256, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER PRF256 "0500", AES256, BLOCK },
	/* IV: of 15 and 17 octets, absent, NULL; a cipher that there is not */
	{ PKI_E_STRUCTURE, SALT ITER PRF256, IV_15, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER PRF256, IV_17, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER PRF256, IV_NONE, BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER PRF256, IV_NULL, BLOCK },
	{ PKI_E_UNSUPPORTED, SALT ITER PRF256, "300406022a03", BLOCK },
	/* 3DES: any block; RC2: no such version, an IV of 7 octets, no IV, too long a key */
	{ PKI_E_PASSWORD, SALT ITER PRF256, "301406082a864886f70d030704080102030405060708", BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER PRF256, "301306082a864886f70d0307040701020304050607", BLOCK },
	{ PKI_E_PASSWORD, SALT ITER "020110" PRF256,
	    "301906082a864886f70d0302300d02013a04080102030405060708", BLOCK },
	{ PKI_E_UNSUPPORTED, SALT ITER PRF256,
	    "301906082a864886f70d0302300d02010104080102030405060708", BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER PRF256, "301806082a864886f70d0302300c02013a040701020304050607",
	    BLOCK },
	{ PKI_E_STRUCTURE, SALT ITER PRF256, "300f06082a864886f70d0302300302013a", BLOCK },
	{ PKI_E_UNSUPPORTED, SALT ITER "020121" PRF256,
	    "301906082a864886f70d0302300d02013a04080102030405060708", BLOCK },
	/* data: none, part of a block */
	{ PKI_E_STRUCTURE, SALT ITER PRF256, AES256, "" },
	{ PKI_E_STRUCTURE, SALT ITER PRF256, AES256, "00" },
	{ PKI_E_STRUCTURE, SALT ITER PRF256, AES256, BLOCK "00" },
};

static pki_buf envelope_of(size_t i)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, t_hex(PBES2));
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, t_hex(PBKDF2));
	pki_derw_put(&w, PKI_TAG_SEQUENCE, t_hex(pbes_rows[i].kdf_params));
	pki_derw_end(&w);
	pki_derw_raw(&w, t_hex(pbes_rows[i].cipher));
	pki_derw_end(&w);
	pki_derw_end(&w);
	pki_derw_put(&w, PKI_TAG_OCTETS, t_hex(pbes_rows[i].data));
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

START_TEST(test_pbes2)
{
	for (size_t i = 0; i < sizeof pbes_rows / sizeof *pbes_rows; i++) {
		pki_buf der = envelope_of(i);
		pki_error e = PKI_ERROR_INIT;
		pki_key *k;
		pki_status st = pki_key_parse(
		    NULL, pki_buf_bytes(&der), pki_password_text, "wrong", &k, &e);

		ck_assert_msg(st == pbes_rows[i].want, "%zu: want %s, got %s", i,
		    pki_status_text(pbes_rows[i].want), t_error(&e));
		ck_assert_ptr_null(k);
		pki_buf_free(&der);
	}
}
END_TEST

/* Over the limit: refused before the password is asked for. */
static bool never_asked(void *ud, const char *what, unsigned attempt, pki_buf *secret)
{
	(void)ud;
	(void)what;
	(void)attempt;
	(void)secret;
	ck_abort_msg("asked for a password");
	return false;
}

START_TEST(test_limit_before_work)
{
	for (size_t i = 0; i < sizeof pbes_rows / sizeof *pbes_rows; i++) {
		pki_buf der = envelope_of(i);
		pki_key *k;

		if (pbes_rows[i].want == PKI_E_LIMIT)
			t_fails(PKI_E_LIMIT,
			    pki_key_parse(NULL, pki_buf_bytes(&der), never_asked, NULL, &k, err));
		pki_buf_free(&der);
	}
}
END_TEST

/* Passwords of every sort come back; anything else does not, and says the same. */
static const char *const passwords[] = { "", " ", "x", "pässwörd", "\xf0\x9f\x94\x91",
	"\xff\xfe not UTF-8", NULL /* 10 KiB */ };

START_TEST(test_passwords)
{
	static char longest[10241];
	pki_key *k = must_parse(NULL, t_vector("keys/p256.der")), *again;

	memset(longest, 'x', sizeof longest - 1);
	for (size_t i = 0; i < sizeof passwords / sizeof *passwords; i++) {
		const char *pw = passwords[i] != NULL ? passwords[i] : longest;
		pki_buf out = PKI_BUF_INIT;

		t_ok(pki_key_write(k,
		    PKI_OPTS(pki_key_write_opts, .password = pw, .iterations = 1000), &out, err));
		t_ok(pki_key_parse(NULL, pki_buf_bytes(&out), pki_password_text,
		    (void *)(uintptr_t)pw, &again, err));
		ck_assert(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
		pki_key_free(again);
		t_fails(PKI_E_PASSWORD,
		    pki_key_parse(
			NULL, pki_buf_bytes(&out), pki_password_text, "another", &again, err));
		pki_buf_free(&out);
	}
	pki_key_free(k);
}
END_TEST

/* Every change of the encrypted data, and of the IV, is a wrong password: one status, one text. */
START_TEST(test_one_error)
{
	pki_key *k = must_parse(NULL, t_vector("keys/ed25519.der")), *again;
	pki_buf out = PKI_BUF_INIT;
	const char *reason = NULL;
	size_t other = 0;

	t_ok(pki_key_write(k,
	    PKI_OPTS(pki_key_write_opts, .password = "x", .iterations = 1000, .form = PKI_DER),
	    &out, err));
	for (size_t i = out.len - 64; i < out.len; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_status st;

		out.data[i] ^= 0x10;
		st = pki_key_parse(NULL, pki_buf_bytes(&out), pki_password_text, "x", &again, &e);
		out.data[i] ^= 0x10;
		pki_key_free(again);
		if (st != PKI_E_PASSWORD) { /* a change inside the seed alone makes another key */
			other++;
			continue;
		}
		ck_assert(reason == NULL || strcmp(reason, t_error(&e)) == 0);
		reason = pki_error_reason(&e);
		ck_assert_str_eq(reason, "wrong password");
	}
	ck_assert_uint_lt(other, 40);
	pki_buf_free(&out);
	pki_key_free(k);
}
END_TEST

/* Every truncation of a key, and every change of one octet, is an error or a key. */
START_TEST(test_damage)
{
	static const char *const files[] = { "keys/p256.der", "keys/ed448.der", "keys/x25519.der",
		"keys/enc-ed448.der", "keys/rsa-pss-sha384.der" };
	pki_limits limits = { .size = sizeof limits, .kdf_iterations = 4000 };
	pki_ctx *ctx;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
		pki_bytes good = t_vector(files[f]);
		uint8_t room[2048];
		pki_key *k;

		for (size_t n = 0; n < good.len; n++) {
			ck_assert_int_ne(pki_key_parse(ctx, pki_bytes_of(good.data, n),
					     pki_password_text, "swordfish", &k, NULL),
			    PKI_SUCCESS);
			ck_assert_ptr_null(k);
		}
		memcpy(room, good.data, good.len);
		for (size_t i = 0; i < good.len; i++) {
			room[i] ^= 0x01;
			if (pki_key_parse(ctx, pki_bytes_of(room, good.len), pki_password_text,
				"swordfish", &k, NULL) == PKI_SUCCESS)
				pki_key_free(k);
			room[i] ^= 0x01;
		}
	}
	pki_ctx_free(ctx);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_rfc8410, test_rows, test_rsa, test_rsa_primes,
		test_rsa_too_long, test_pbes2, test_limit_before_work, test_passwords,
		test_one_error, test_damage, NULL };

	return t_main("pkcs8", tests);
}
