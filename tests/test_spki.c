/* SPDX-License-Identifier: BSD-3-Clause */
/* SubjectPublicKeyInfo: keys that are none, curves that are none, syntax. */
#include <string.h>

#include <pki/ctx.h>
#include <pki/key.h>

#include "libpki/types/rsakey.h"
#include "libpki/types/spki.h"
#include "tests/lib/t.h"

/* An SPKI of an AlgorithmIdentifier and the octets of a BIT STRING. */
static pki_buf spki_of(const char *algid, pki_bytes key)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, t_hex(algid));
	pki_derw_bits(&w, key, 0);
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

/* Both ways in: what can be shown, and what can be used. */
static void try_key(const pki_ctx *ctx, pki_bytes spki, pki_status want, pki_key_type shown)
{
	pki_error e = PKI_ERROR_INIT;
	pki_pubkey *k;
	pki_spki s;
	pki_status st = pki_pubkey_import(ctx, spki, &k, &e);

	if (st != want)
		t_bytes_eq(spki, t_hex(""));
	ck_assert_msg(st == want, "want %s, got %s", pki_status_text(want), t_error(&e));
	ck_assert((st == PKI_SUCCESS) == (k != NULL));
	if (k != NULL) {
		/* a compressed point comes back whole */
		if (pki_pubkey_spki(k).len == spki.len)
			t_bytes_eq(pki_pubkey_spki(k), spki);
		else
			ck_assert_uint_eq(pki_pubkey_spki(k).len, spki.len + 32);
		ck_assert_int_eq(pki_pubkey_type(k), shown);
	}
	pki_pubkey_free(k);
	if (st == PKI_E_ENCODING)
		return;
	t_ok(pki_spki_parse(ctx, spki, &s, err));
	ck_assert_int_eq(s.type, shown);
}

#define RSA     "300d06092a864886f70d0101010500"
#define RSA_PSS "300b06092a864886f70d01010a"
#define P256    "301306072a8648ce3d020106082a8648ce3d030107"
#define P384    "301006072a8648ce3d020106052b81040022"
#define U_X     "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
#define U_Y     "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
#define PRIME   "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
#define ED25519 "300506032b6570"
#define ED448   "300506032b6571"
#define X25519  "300506032b656e"
#define X448    "300506032b656f"
#define ED_KEY  "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"
#define ZERO_32 "0000000000000000000000000000000000000000000000000000000000000000"
#define FF_32   "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

static const struct {
	pki_status want;
	pki_key_type shown;
	const char *algid, *key;
} rows[] = {
	/* points: good, off the curve, x >= p, infinity, compressed, hybrid, of another length */
	{ PKI_SUCCESS, PKI_KEY_P256, P256, "04" U_X U_Y },
	{ PKI_E_POLICY, PKI_KEY_P256, P256, "04" U_Y U_X },
	{ PKI_E_POLICY, PKI_KEY_P256, P256, "04" U_X U_X },
	{ PKI_E_POLICY, PKI_KEY_P256, P256, "04" ZERO_32 ZERO_32 },
	{ PKI_E_POLICY, PKI_KEY_P256, P256, "04" PRIME U_Y },
	{ PKI_E_POLICY, PKI_KEY_P256, P256, "04" FF_32 FF_32 },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "00" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "" },
	{ PKI_SUCCESS, PKI_KEY_P256, P256, "03" U_X },
	{ PKI_SUCCESS, PKI_KEY_P256, P256, "02" U_X },
	{ PKI_E_POLICY, PKI_KEY_P256, P256, "02" FF_32 },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "02" U_X "00" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "05" U_X },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "06" U_X U_Y },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "07" U_X U_Y },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "05" U_X U_Y },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "04" U_X U_Y "00" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P256, "04" U_X },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, P384, "04" U_X U_Y },
	/* curves: unknown, implicit, absent, explicit, not an OID, two OIDs */
	{ PKI_E_UNSUPPORTED, PKI_KEY_UNKNOWN, "301006072a8648ce3d020106052b8104000a",
	    "04" U_X U_Y },
	{ PKI_E_UNSUPPORTED, PKI_KEY_UNKNOWN, "300b06072a8648ce3d02010500", "04" U_X U_Y },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300906072a8648ce3d0201", "04" U_X U_Y },
	{ PKI_E_UNSUPPORTED, PKI_KEY_UNKNOWN, "300b06072a8648ce3d02013000", "04" U_X U_Y },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300c06072a8648ce3d0201020101", "04" U_X U_Y },
	/* Edwards and Montgomery curves */
	{ PKI_SUCCESS, PKI_KEY_ED25519, ED25519, ED_KEY },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, ED25519, ED_KEY "00" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, ED25519, "" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300706032b65700500", ED_KEY },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, ED448, ED_KEY },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300706032b65710500", ED_KEY },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, X448, ED_KEY },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300706032b656e0500", ED_KEY },
	{ PKI_SUCCESS, PKI_KEY_X25519, X25519, ED_KEY },
	/* of small order: 1, 0, -1; y >= p; not a point */
	{ PKI_E_POLICY, PKI_KEY_ED25519, ED25519,
	    "0100000000000000000000000000000000000000000000000000000000000000" },
	{ PKI_E_POLICY, PKI_KEY_ED25519, ED25519, ZERO_32 },
	{ PKI_E_POLICY, PKI_KEY_ED25519, ED25519,
	    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" },
	{ PKI_E_POLICY, PKI_KEY_ED25519, ED25519,
	    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05" },
	{ PKI_E_POLICY, PKI_KEY_ED25519, ED25519,
	    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" },
	{ PKI_E_POLICY, PKI_KEY_ED25519, ED25519,
	    "0200000000000000000000000000000000000000000000000000000000000000" },
	/* RSA: what is no RSAPublicKey */
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, RSA, "" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, RSA, "3000" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, RSA, "3003020103" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, RSA, "3006020103020103020103" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, RSA, "30060201830201030500" },
	/* numbers: 0, even, negative, small */
	{ PKI_E_POLICY, PKI_KEY_RSA, RSA, "3006020100020103" },
	{ PKI_E_POLICY, PKI_KEY_RSA, RSA, "3006020104020103" },
	{ PKI_E_POLICY, PKI_KEY_RSA, RSA, "3006020123020103" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, RSA, "3006020183020103" },
	/* parameters: NULL must be there, and nothing else */
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300b06092a864886f70d010101", "3006020123020103" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300d06092a864886f70d0101013000", "3006020123020103" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300d06092a864886f70d01010a0500", "3006020123020103" },
	/* algorithms that are none of keys */
	{ PKI_E_UNSUPPORTED, PKI_KEY_UNKNOWN, "300406022a03", "00" },
	{ PKI_E_UNSUPPORTED, PKI_KEY_UNKNOWN, "300d06092a864886f70d01010b0500",
	    "3006020123020103" },
	/* DSA, which must be allowed: parameters inherited, NULL, too few */
	{ PKI_E_POLICY, PKI_KEY_DSA, "300906072a8648ce380401", "020103" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300b06072a8648ce3804010500", "020103" },
	{ PKI_E_STRUCTURE, PKI_KEY_UNKNOWN, "300e06072a8648ce3804013003020103", "020103" },
};

START_TEST(test_rows)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_buf spki = spki_of(rows[i].algid, t_hex(rows[i].key));

		try_key(NULL, pki_buf_bytes(&spki), rows[i].want, rows[i].shown);
		pki_buf_free(&spki);
	}
}
END_TEST

/* An RSA key of n_bits ones, and an exponent. */
static pki_buf rsa_key(size_t n_bits, bool even, const char *e)
{
	static uint8_t n[1 << 17];
	pki_buf key = PKI_BUF_INIT, out;
	size_t len = (n_bits + 7) / 8;
	pki_derw w;

	memset(n, 0xff, len);
	n[0] = (uint8_t)(0xff >> (len * 8 - n_bits));
	n[len - 1] = even ? 0xfe : 0xff;
	pki_derw_init(&w, NULL);
	pki_rsa_public_write(&w, &(pki_rsa_public){ .n = pki_bytes_of(n, len), .e = t_hex(e) });
	t_ok(pki_derw_finish(&w, &key, err));
	out = spki_of(RSA, pki_buf_bytes(&key));
	pki_buf_free(&key);
	return out;
}

static const struct {
	pki_status want;
	size_t n_bits;
	bool even;
	const char *e;
} rsa_rows[] = {
	{ PKI_SUCCESS, 2048, false, "010001" },
	{ PKI_SUCCESS, 2048, false, "03" },
	{ PKI_SUCCESS, 2048, false, "0200000001" }, /* over 2^33, within 2^64 */
	{ PKI_SUCCESS, 2048, false, "ffffffffffffffff" },
	{ PKI_SUCCESS, 2049, false, "010001" },
	{ PKI_SUCCESS, 8192, false, "010001" },
	{ PKI_E_POLICY, 2048, false, "00" },
	{ PKI_E_POLICY, 2048, false, "01" },
	{ PKI_E_POLICY, 2048, false, "02" },
	{ PKI_E_POLICY, 2048, false, "010000" },
	{ PKI_E_POLICY, 2048, false, "010000000000000001" }, /* 2^64 + 1 */
	{ PKI_E_POLICY, 2048, true, "010001" },
	{ PKI_E_POLICY, 2047, false, "010001" },
	{ PKI_E_POLICY, 1024, false, "010001" },
	{ PKI_E_POLICY, 512, false, "010001" },
	{ PKI_E_POLICY, 511, false, "010001" },
	{ PKI_E_LIMIT, 8193, false, "010001" },
	{ PKI_E_LIMIT, 16384, false, "010001" },
	{ PKI_E_LIMIT, 16385, false, "010001" },
	{ PKI_E_LIMIT, 1 << 20, false, "010001" },
};

START_TEST(test_rsa)
{
	for (size_t i = 0; i < sizeof rsa_rows / sizeof *rsa_rows; i++) {
		pki_buf spki = rsa_key(rsa_rows[i].n_bits, rsa_rows[i].even, rsa_rows[i].e);

		try_key(NULL, pki_buf_bytes(&spki), rsa_rows[i].want, PKI_KEY_RSA);
		pki_buf_free(&spki);
	}
}
END_TEST

/* The longest keys that a context can be told to take, and the shortest. */
START_TEST(test_rsa_limits)
{
	pki_limits limits = { .size = sizeof limits, .rsa_bits = 16384 };
	const uint32_t all = PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512;
	static const struct {
		size_t bits;
		pki_status want;
	} sizes[] = { { 16384, PKI_SUCCESS }, { 16385, PKI_E_LIMIT }, { 512, PKI_SUCCESS },
		{ 511, PKI_E_POLICY }, { 1023, PKI_SUCCESS }, { 64, PKI_E_POLICY } };
	pki_ctx *ctx;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits, .allow = all), &ctx, err));
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		pki_buf spki = rsa_key(sizes[i].bits, false, "010001");

		try_key(ctx, pki_buf_bytes(&spki), sizes[i].want, PKI_KEY_RSA);
		pki_buf_free(&spki);
	}
	pki_ctx_free(ctx);
	limits.rsa_bits = 16385;
	t_fails(PKI_E_ARG, pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
}
END_TEST

static const struct {
	pki_status want;
	const char *der;
} bad_syntax[] = {
	{ PKI_E_STRUCTURE, "" },
	{ PKI_E_ENCODING, "30" },
	{ PKI_E_STRUCTURE, "3000" },
	{ PKI_E_STRUCTURE, "0500" },
	{ PKI_E_STRUCTURE,
	    "30073005"
	    "06032b6570" },
	{ PKI_E_STRUCTURE,
	    "302a" ED25519 "0421"
	    "00" ED_KEY }, /* OCTET STRING */
	{ PKI_E_STRUCTURE,
	    "302a" ED25519 "0321"
	    "00" ED_KEY "00" }, /* behind it */
	{ PKI_E_STRUCTURE,
	    "302c" ED25519 "0321"
	    "00" ED_KEY "0500" }, /* one more element */
	{ PKI_E_STRUCTURE,
	    "302a" ED25519 "0321"
	    "01"
	    "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6"
	    "cb0c5c38ad703166e0" }, /* an unused bit */
	{ PKI_E_ENCODING,
	    "302a" ED25519 "0321"
	    "08" ED_KEY },
	{ PKI_E_ENCODING, "3009" ED25519 "0300" },
	{ PKI_E_ENCODING,
	    "302b" ED25519 "038121"
	    "00" ED_KEY }, /* length not minimal */
	{ PKI_E_ENCODING,
	    "3080" ED25519 "0321"
	    "00" ED_KEY "0000" },
};

START_TEST(test_syntax)
{
	for (size_t i = 0; i < sizeof bad_syntax / sizeof *bad_syntax; i++) {
		pki_pubkey *k;
		pki_spki s;

		t_fails(
		    bad_syntax[i].want, pki_spki_parse(NULL, t_hex(bad_syntax[i].der), &s, err));
		t_fails(
		    bad_syntax[i].want, pki_pubkey_import(NULL, t_hex(bad_syntax[i].der), &k, err));
		ck_assert_ptr_null(k);
	}
	t_fails(PKI_E_ARG, pki_spki_parse(NULL, t_hex("3000"), NULL, err));
}
END_TEST

/* Where an error is: in the octets of the key, as an offset of the whole. */
START_TEST(test_offset)
{
	pki_buf spki = spki_of(RSA, t_hex("3006020123020203"));
	pki_error e = PKI_ERROR_INIT;
	pki_pubkey *k;

	ck_assert_int_ne(pki_pubkey_import(NULL, pki_buf_bytes(&spki), &k, &e), PKI_SUCCESS);
	ck_assert_str_eq(pki_error_path(&e), "subjectPublicKey.publicExponent");
	ck_assert_uint_eq(pki_error_offset(&e), 2 + 15 + 3 + 5);
	ck_assert_str_eq(pki_error_function(&e), "pki_pubkey_import");
	pki_buf_free(&spki);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_rows, test_rsa, test_rsa_limits, test_syntax,
		test_offset, NULL };

	return t_main("spki", tests);
}
