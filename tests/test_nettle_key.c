/* SPDX-License-Identifier: BSD-3-Clause */
/* The built-in backend: keys read, refused, made and written; key agreement. */
#include <stdlib.h>
#include <string.h>

#include <gmp.h>

#include <pki/ctx.h>

#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/mpz.h"
#include "libpki/core/ctx.h"
#include "tests/lib/keys.h"

static const pki_backend_table *be;
static const pki_bytes none;
static uint8_t octets[PKI_KEY_ROOM], more_octets[PKI_KEY_ROOM];

static pki_span room(void)
{
	return (pki_span){ octets, sizeof octets };
}

static pki_span more_room(void)
{
	return (pki_span){ more_octets, sizeof more_octets };
}

/* Frees `from`. */
static void refuse_public(pki_status want, const char *what, pki_buf from)
{
	pki_error err = PKI_ERROR_INIT;
	void *k = NULL;
	pki_status st = be->pub_import(NULL, pki_buf_bytes(&from), &k, &err);

	ck_assert_msg(st == want && k == NULL && pki_error_status(&err) == want,
	    "%s: want %s, got %s (%s)", what, pki_status_text(want), pki_status_text(st),
	    t_error(&err));
	pki_buf_free(&from);
}

static void refuse_private(pki_status want, const char *what, pki_buf from)
{
	pki_error err = PKI_ERROR_INIT;
	void *k = NULL;
	pki_status st = be->key_import(NULL, pki_buf_bytes(&from), &k, &err);

	ck_assert_msg(st == want && k == NULL && pki_error_status(&err) == want,
	    "%s: want %s, got %s (%s)", what, pki_status_text(want), pki_status_text(st),
	    t_error(&err));
	pki_buf_free(&from);
}

static pki_buf copy_of(pki_bytes in)
{
	pki_buf out = PKI_BUF_INIT;

	t_ok(pki_buf_append(&out, in, err));
	return out;
}

/* n of so many octets, its first and last set; all others 0x5a */
static pki_bytes number(uint8_t *to, size_t n, uint8_t first, uint8_t last)
{
	memset(to, 0x5a, n);
	to[0] = first;
	to[n - 1] = last;
	return pki_bytes_of(to, n);
}

static const struct {
	const char *what;
	size_t n_octets;
	uint8_t n_first, n_last;
	const char *e;
	pki_status want;
} rsa_publics[] = {
	{ "2048 bits", 256, 0x80, 1, "010001", PKI_SUCCESS },
	{ "2041 bits", 256, 0x01, 1, "010001", PKI_SUCCESS },
	{ "512 bits", 64, 0x80, 1, "03", PKI_SUCCESS },
	{ "16384 bits", 2048, 0x80, 1, "010001", PKI_SUCCESS },
	{ "e of 64 bits", 256, 0x80, 1, "ffffffffffffffff", PKI_SUCCESS },
	{ "e of 33 bits", 256, 0x80, 1, "0200000001", PKI_SUCCESS },
	{ "511 bits", 64, 0x7f, 1, "010001", PKI_E_POLICY },
	{ "8 bits", 1, 0x81, 0x81, "03", PKI_E_POLICY },
	{ "n = 1", 1, 1, 1, "03", PKI_E_POLICY },
	{ "n = 0", 1, 0, 0, "03", PKI_E_POLICY },
	{ "16385 bits", 2049, 1, 1, "010001", PKI_E_LIMIT },
	{ "a million bits", 125000, 0x80, 1, "010001", PKI_E_LIMIT },
	{ "even n", 256, 0x80, 2, "010001", PKI_E_POLICY },
	{ "e = 0", 256, 0x80, 1, "00", PKI_E_POLICY },
	{ "e = 1", 256, 0x80, 1, "01", PKI_E_POLICY },
	{ "e = 2", 256, 0x80, 1, "02", PKI_E_POLICY },
	{ "even e", 256, 0x80, 1, "010000", PKI_E_POLICY },
	{ "e of 65 bits", 256, 0x80, 1, "010000000000000001", PKI_E_POLICY },
};

START_TEST(rsa_public)
{
	static uint8_t n[125000];

	for (size_t i = 0; i < sizeof rsa_publics / sizeof *rsa_publics; i++) {
		pki_buf spki = keys_spki_rsa(number(n, rsa_publics[i].n_octets,
						 rsa_publics[i].n_first, rsa_publics[i].n_last),
		    t_hex(rsa_publics[i].e));

		if (rsa_publics[i].want == PKI_SUCCESS)
			be->key_free(keys_public(spki));
		else
			refuse_public(rsa_publics[i].want, rsa_publics[i].what, spki);
	}
}
END_TEST

/* A huge e: as long as n. */
START_TEST(rsa_public_long_exponent)
{
	uint8_t n[256], e[256];

	refuse_public(PKI_E_POLICY, "e as long as n",
	    keys_spki_rsa(number(n, 256, 0x80, 1), number(e, 256, 0x80, 1)));
}
END_TEST

#define RSA_ALG "30{0609 2a864886f70d010101 0500}"
#define EC_OID  "0607 2a8648ce3d0201"
#define G256                                                        \
 "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" \
 "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"

static const struct {
	const char *what, *der;
	pki_status want;
} bad_spkis[] = {
	{ "nothing", "", PKI_E_STRUCTURE },
	{ "no SEQUENCE", "0500", PKI_E_STRUCTURE },
	{ "empty", "3000", PKI_E_STRUCTURE },
	{ "cut", "30593013", PKI_E_ENCODING },
	{ "bytes after it", "30{" RSA_ALG "03{00 30{02010f 020103}}} 0500", PKI_E_STRUCTURE },
	{ "an unknown algorithm", "30{30{0603 2a0304} 030200ff}", PKI_E_UNSUPPORTED },
	{ "no key", "30{" RSA_ALG "}", PKI_E_STRUCTURE },
	{ "RSA: negative n", "30{" RSA_ALG "03{00 30{0201ff 020103}}}", PKI_E_STRUCTURE },
	{ "RSA: negative e", "30{" RSA_ALG "03{00 30{02010f 0201fd}}}", PKI_E_STRUCTURE },
	{ "RSA: a third number", "30{" RSA_ALG "03{00 30{02010f 020103 020103}}}",
	    PKI_E_STRUCTURE },
	{ "RSA: n alone", "30{" RSA_ALG "03{00 30{02010f}}}", PKI_E_STRUCTURE },
	{ "RSA: bytes after it", "30{" RSA_ALG "03{00 30{02010f 020103} 0500}}", PKI_E_STRUCTURE },
	{ "RSA: no bits", "30{" RSA_ALG "030100}", PKI_E_STRUCTURE },
	{ "RSA: a leading zero", "30{" RSA_ALG "03{00 30{0202000f 020103}}}", PKI_E_ENCODING },
	{ "RSA: an OCTET STRING", "30{" RSA_ALG "03{00 30{04010f 020103}}}", PKI_E_STRUCTURE },
	{ "EC: absent parameters", "30{30{" EC_OID "} 03{00 04" G256 "}}", PKI_E_STRUCTURE },
	{ "EC: implicit curve", "30{30{" EC_OID "0500} 03{00 04" G256 "}}", PKI_E_UNSUPPORTED },
	{ "EC: explicit curve", "30{30{" EC_OID "30{020101}} 03{00 04" G256 "}}",
	    PKI_E_UNSUPPORTED },
	{ "EC: an INTEGER", "30{30{" EC_OID "020101} 03{00 04" G256 "}}", PKI_E_STRUCTURE },
	{ "EC: secp256k1", "30{30{" EC_OID "0605 2b8104000a} 03{00 04" G256 "}}",
	    PKI_E_UNSUPPORTED },
	{ "EC: brainpoolP256r1", "30{30{" EC_OID "0609 2b2403030208010107} 03{00 04" G256 "}}",
	    PKI_E_UNSUPPORTED },
	{ "Ed25519: NULL parameters", "30{30{0603 2b6570 0500} 030200ff}", PKI_E_STRUCTURE },
	{ "X25519: NULL parameters", "30{30{0603 2b656e 0500} 030200ff}", PKI_E_STRUCTURE },
};

START_TEST(malformed_spki)
{
	for (size_t i = 0; i < sizeof bad_spkis / sizeof *bad_spkis; i++)
		refuse_public(bad_spkis[i].want, bad_spkis[i].what, keys_der(bad_spkis[i].der));
}
END_TEST

/* CVE-2020-0601: parameters that say which curve, not a name. */
START_TEST(explicit_curve)
{
	refuse_public(
	    PKI_E_UNSUPPORTED, "explicit P-256", copy_of(t_vector("nettle/ec/explicit.pub")));
	refuse_private(
	    PKI_E_UNSUPPORTED, "explicit P-256", copy_of(t_vector("nettle/ec/explicit.key")));
	refuse_private(PKI_E_UNSUPPORTED, "named outside, explicit inside",
	    copy_of(t_vector("nettle/ec/explicit-inside.key")));
}
END_TEST

static const struct {
	const char *what;
	pki_key_type type;
	const char *point;
	pki_status want;
} points[] = {
	{ "P-256", PKI_KEY_P256, "04" G256, PKI_SUCCESS },
	{ "compressed, odd", PKI_KEY_P256,
	    "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", PKI_SUCCESS },
	{ "compressed, even", PKI_KEY_P256,
	    "026b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", PKI_SUCCESS },
	{ "infinity", PKI_KEY_P256, "00", PKI_E_POLICY },
	{ "infinity, long", PKI_KEY_P256,
	    "000000000000000000000000000000000000000000000000000000000000000000"
	    "0000000000000000000000000000000000000000000000000000000000000000",
	    PKI_E_POLICY },
	{ "zeros", PKI_KEY_P256,
	    "040000000000000000000000000000000000000000000000000000000000000000"
	    "0000000000000000000000000000000000000000000000000000000000000000",
	    PKI_E_POLICY },
	{ "hybrid, even", PKI_KEY_P256, "06" G256, PKI_E_POLICY },
	{ "hybrid, odd", PKI_KEY_P256, "07" G256, PKI_E_POLICY },
	{ "an unknown form", PKI_KEY_P256, "05" G256, PKI_E_POLICY },
	{ "another curve's length", PKI_KEY_P384, "04" G256, PKI_E_POLICY },
	{ "an octet more", PKI_KEY_P256, "04" G256 "00", PKI_E_POLICY },
	{ "half a point", PKI_KEY_P256,
	    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", PKI_E_POLICY },
	{ "compressed, an octet more", PKI_KEY_P256,
	    "026b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c29600", PKI_E_POLICY },
	{ "off the curve", PKI_KEY_P256,
	    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
	    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f4",
	    PKI_E_POLICY },
	{ "x = p", PKI_KEY_P256,
	    "04ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
	    "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4",
	    PKI_E_POLICY },
	{ "x = 0", PKI_KEY_P256,
	    "040000000000000000000000000000000000000000000000000000000000000000"
	    "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4",
	    PKI_SUCCESS },
	{ "x = p, compressed", PKI_KEY_P256,
	    "02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", PKI_E_POLICY },
	{ "x = 0, compressed", PKI_KEY_P256,
	    "020000000000000000000000000000000000000000000000000000000000000000", PKI_SUCCESS },
	{ "x without y, compressed", PKI_KEY_P256,
	    "020000000000000000000000000000000000000000000000000000000000000001", PKI_E_POLICY },
	{ "x above p, compressed", PKI_KEY_P256,
	    "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", PKI_E_POLICY },
	{ "Ed25519", PKI_KEY_ED25519,
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", PKI_SUCCESS },
	{ "Ed25519: y without x", PKI_KEY_ED25519,
	    "0200000000000000000000000000000000000000000000000000000000000000", PKI_E_POLICY },
	{ "Ed25519: the neutral point", PKI_KEY_ED25519,
	    "0100000000000000000000000000000000000000000000000000000000000000", PKI_E_POLICY },
	{ "Ed25519: the neutral point, x negative", PKI_KEY_ED25519,
	    "0100000000000000000000000000000000000000000000000000000000000080", PKI_E_POLICY },
	{ "Ed25519: order 2", PKI_KEY_ED25519,
	    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", PKI_E_POLICY },
	{ "Ed25519: order 4", PKI_KEY_ED25519,
	    "0000000000000000000000000000000000000000000000000000000000000000", PKI_E_POLICY },
	{ "Ed25519: order 4, the other", PKI_KEY_ED25519,
	    "0000000000000000000000000000000000000000000000000000000000000080", PKI_E_POLICY },
	{ "Ed25519: order 8", PKI_KEY_ED25519,
	    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", PKI_E_POLICY },
	{ "Ed25519: order 8", PKI_KEY_ED25519,
	    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", PKI_E_POLICY },
	{ "Ed25519: order 8", PKI_KEY_ED25519,
	    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", PKI_E_POLICY },
	{ "Ed25519: order 8", PKI_KEY_ED25519,
	    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", PKI_E_POLICY },
	{ "Ed25519: y = p", PKI_KEY_ED25519,
	    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", PKI_E_POLICY },
	{ "Ed25519: y = p + 3, and 3 has an x", PKI_KEY_ED25519,
	    "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", PKI_E_POLICY },
	{ "Ed25519: y = 3, as it should be", PKI_KEY_ED25519,
	    "0300000000000000000000000000000000000000000000000000000000000000", PKI_SUCCESS },
	{ "Ed25519: 31 octets", PKI_KEY_ED25519,
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751", PKI_E_POLICY },
	{ "Ed25519: 33 octets", PKI_KEY_ED25519,
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a00", PKI_E_POLICY },
	{ "Ed448", PKI_KEY_ED448,
	    "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778"
	    "edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180",
	    PKI_SUCCESS },
	{ "Ed448: the neutral point", PKI_KEY_ED448,
	    "0100000000000000000000000000000000000000000000000000000000000000"
	    "00000000000000000000000000000000000000000000000000",
	    PKI_E_POLICY },
	{ "Ed448: order 2", PKI_KEY_ED448,
	    "fefffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffff"
	    "ffffffffffffffffffffffffffffffffffffffffffffffff00",
	    PKI_E_POLICY },
	{ "Ed448: order 4", PKI_KEY_ED448,
	    "0000000000000000000000000000000000000000000000000000000000000000"
	    "00000000000000000000000000000000000000000000000080",
	    PKI_E_POLICY },
	{ "Ed448: y = p", PKI_KEY_ED448,
	    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffff"
	    "ffffffffffffffffffffffffffffffffffffffffffffffff00",
	    PKI_E_POLICY },
	{ "Ed448: bits above y", PKI_KEY_ED448,
	    "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778"
	    "edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256101",
	    PKI_E_POLICY },
	{ "Ed448: 32 octets", PKI_KEY_ED448,
	    "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778", PKI_E_POLICY },
	{ "X25519", PKI_KEY_X25519,
	    "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", PKI_SUCCESS },
	{ "X25519: any octets", PKI_KEY_X25519,
	    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", PKI_SUCCESS },
	{ "X25519: 31 octets", PKI_KEY_X25519,
	    "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e", PKI_E_POLICY },
	{ "X448: 57 octets", PKI_KEY_X448,
	    "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778"
	    "edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180",
	    PKI_E_POLICY },
};

START_TEST(points_of_all_curves)
{
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		pki_buf spki = keys_spki(points[i].type, t_hex(points[i].point));

		if (points[i].want == PKI_SUCCESS)
			be->key_free(keys_public(spki));
		else
			refuse_public(points[i].want, points[i].what, spki);
	}
}
END_TEST

/* For keys made at random: the compressed form is the same point, and comes back uncompressed. */
START_TEST(compressed_points)
{
	for (pki_key_type t = PKI_KEY_P256; t <= PKI_KEY_P521; t++)
		for (int i = 0; i < 6; i++) {
			size_t n = pki_key_type_octets(t);
			pki_nettle_key *k;
			pki_nettle_key *pub;
			pki_buf spki;
			uint8_t point[67];
			mpz_t x, y;

			t_ok(be->key_generate(NULL, NULL, t, 0, NULL, none, (void **)&k, err));
			mpz_init(x);
			mpz_init(y);
			ecc_point_get(&k->u.ec.point, x, y);
			point[0] = mpz_odd_p(y) ? 3 : 2;
			ck_assert(pki_mpz_write(x, (pki_span){ point + 1, n }));
			spki = keys_spki(t, pki_bytes_of(point, 1 + n));
			t_ok(be->pub_import(NULL, pki_buf_bytes(&spki), (void **)&pub, err));
			ecc_point_get(&pub->u.ec.point, x, NULL);
			ecc_point_get(&pub->u.ec.point, NULL, x);
			ck_assert_int_eq(mpz_cmp(x, y), 0);
			{
				pki_span out = room();

				t_ok(be->key_public(pub, &out, err));
				t_bytes_eq(
				    pki_bytes_of(out.data, out.len), pki_buf_bytes(&k->spki));
			}
			mpz_clear(x);
			mpz_clear(y);
			pki_buf_free(&spki);
			be->key_free(pub);
			be->key_free(k);
		}
}
END_TEST

/* What is done to one number of a good RSA key. */
enum change { SET, ADD, ADD_N, ADD_P1, ADD_Q1, NEGATE };
enum member { MOD, E, D, P, Q, DP, DQ, QINV };

static const struct {
	const char *what;
	enum member member;
	enum change change;
	unsigned by;
} rsa_faults[] = {
	{ "n + 2", MOD, ADD, 2 },
	{ "n + 1", MOD, ADD, 1 },
	{ "n = 0", MOD, SET, 0 },
	{ "n = 15", MOD, SET, 15 },
	{ "e = 0", E, SET, 0 },
	{ "e = 1", E, SET, 1 },
	{ "e = 3", E, SET, 3 },
	{ "e + 1", E, ADD, 1 },
	{ "e + 2", E, ADD, 2 },
	{ "d = 0", D, SET, 0 },
	{ "d = 1", D, SET, 1 },
	{ "d + 1", D, ADD, 1 },
	{ "d + 2", D, ADD, 2 },
	{ "d + n", D, ADD_N, 1 },
	{ "p = 0", P, SET, 0 },
	{ "p = 1", P, SET, 1 },
	{ "p = 2", P, SET, 2 },
	{ "p + 1", P, ADD, 1 },
	{ "p + 2", P, ADD, 2 },
	{ "p = n", P, ADD_N, 0 },
	{ "q = 0", Q, SET, 0 },
	{ "q = 1", Q, SET, 1 },
	{ "q + 2", Q, ADD, 2 },
	{ "q = n", Q, ADD_N, 0 },
	{ "dP = 0", DP, SET, 0 },
	{ "dP + 1", DP, ADD, 1 },
	{ "dP + p - 1", DP, ADD_P1, 1 },
	{ "dP + 5 (p - 1), longer than p", DP, ADD_P1, 5 },
	{ "dP + n", DP, ADD_N, 1 },
	{ "dQ = 0", DQ, SET, 0 },
	{ "dQ + 1", DQ, ADD, 1 },
	{ "dQ + q - 1", DQ, ADD_Q1, 1 },
	{ "dQ + n", DQ, ADD_N, 1 },
	{ "qInv = 0", QINV, SET, 0 },
	{ "qInv = 1", QINV, SET, 1 },
	{ "qInv + 1", QINV, ADD, 1 },
	{ "qInv + n", QINV, ADD_N, 1 },
};

/* n, e, d, p, q, dP, dQ, qInv of a key */
static void numbers_of(const pki_nettle_key *k, mpz_t x[8])
{
	const struct pki_nettle_rsa *r = &k->u.rsa;

	mpz_init_set(x[MOD], r->pub.n);
	mpz_init_set(x[E], r->pub.e);
	mpz_init_set(x[D], r->priv.d);
	mpz_init_set(x[P], r->priv.p);
	mpz_init_set(x[Q], r->priv.q);
	mpz_init_set(x[DP], r->priv.a);
	mpz_init_set(x[DQ], r->priv.b);
	mpz_init_set(x[QINV], r->priv.c);
}

static pki_buf pkcs8_of(mpz_t x[8])
{
	static uint8_t each[8][PKI_RSA_OCTETS_MAX + 8];
	pki_bytes b[8];
	pki_rsa_private k;
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	for (int i = 0; i < 8; i++) {
		size_t n = pki_mpz_octets(x[i]);

		n = n == 0 ? 1 : n;
		ck_assert(pki_mpz_write(x[i], (pki_span){ each[i], n }));
		b[i] = pki_bytes_of(each[i], n);
		mpz_clear(x[i]);
	}
	k = (pki_rsa_private){ b[MOD], b[E], b[D], b[P], b[Q], b[DP], b[DQ], b[QINV] };
	pki_derw_init(&w, NULL);
	pki_pkcs8_write_rsa(&w, PKI_KEY_RSA, &k);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

static void change(mpz_t x[8], size_t i)
{
	mpz_t *it = &x[rsa_faults[i].member];
	unsigned by = rsa_faults[i].by;

	switch (rsa_faults[i].change) {
	case SET:
		mpz_set_ui(*it, by);
		break;
	case ADD:
		mpz_add_ui(*it, *it, by);
		break;
	case ADD_N:
		if (by == 0)
			mpz_set(*it, x[MOD]);
		else
			mpz_add(*it, *it, x[MOD]);
		break;
	case ADD_P1:
		mpz_addmul_ui(*it, x[P], by);
		mpz_sub_ui(*it, *it, by);
		break;
	case ADD_Q1:
		mpz_addmul_ui(*it, x[Q], by);
		mpz_sub_ui(*it, *it, by);
		break;
	case NEGATE:
		break;
	}
}

START_TEST(rsa_private_faults)
{
	pki_nettle_key *k = keys_private_file("nettle/rsa/2048.key");
	mpz_t x[8];

	numbers_of(k, x);
	be->key_free(keys_private(pkcs8_of(x)));
	for (size_t i = 0; i < sizeof rsa_faults / sizeof *rsa_faults; i++) {
		numbers_of(k, x);
		change(x, i);
		refuse_private(PKI_E_POLICY, rsa_faults[i].what, pkcs8_of(x));
	}
	be->key_free(k);
}
END_TEST

/* A whole key from its primes, whatever they are: only their choice can be wrong. */
static pki_buf from_primes(const mpz_t p, const mpz_t q, unsigned e)
{
	mpz_t x[8], p1, q1;

	for (int i = 0; i < 8; i++)
		mpz_init(x[i]);
	mpz_init(p1);
	mpz_init(q1);
	mpz_sub_ui(p1, p, 1);
	mpz_sub_ui(q1, q, 1);
	mpz_set(x[P], p);
	mpz_set(x[Q], q);
	mpz_mul(x[MOD], p, q);
	mpz_set_ui(x[E], e);
	mpz_invert(x[DP], x[E], p1);
	mpz_invert(x[DQ], x[E], q1);
	mpz_lcm(p1, p1, q1);
	mpz_invert(x[D], x[E], p1);
	mpz_invert(x[QINV], q, p);
	mpz_clear(p1);
	mpz_clear(q1);
	return pkcs8_of(x);
}

/* The first prime >= x with p - 1 prime to 65537. */
static void prime_from(mpz_t x)
{
	do
		mpz_nextprime(x, x);
	while (mpz_fdiv_ui(x, 65537) == 1);
}

START_TEST(rsa_primes)
{
	mpz_t p, q;

	mpz_init(p);
	mpz_init(q);
	mpz_ui_pow_ui(p, 2, 1023);
	mpz_setbit(p, 1022);
	prime_from(p);
	mpz_set(q, p);
	prime_from(q);
	refuse_private(PKI_E_POLICY, "neighbours", from_primes(p, q, 65537));
	mpz_setbit(q, 900);
	prime_from(q);
	refuse_private(PKI_E_POLICY, "the first 123 bits equal", from_primes(p, q, 65537));
	mpz_setbit(q, 1000);
	prime_from(q);
	be->key_free(keys_private(from_primes(p, q, 65537)));
	be->key_free(keys_private(from_primes(q, p, 65537)));
	mpz_set_ui(q, 0);
	mpz_setbit(q, 900);
	prime_from(q);
	refuse_private(PKI_E_POLICY, "1024 and 901 bits", from_primes(p, q, 65537));
	/* p times a prime of 40 bits: n is a product of three, and all the rest is consistent */
	mpz_set_ui(q, 0);
	mpz_setbit(q, 983);
	prime_from(q);
	{
		mpz_t small;

		mpz_init_set_ui(small, 1099511627791u);
		mpz_mul(q, q, small);
		mpz_clear(small);
	}
	refuse_private(PKI_E_POLICY, "a composite prime", from_primes(p, q, 65537));
	mpz_clear(p);
	mpz_clear(q);
}
END_TEST

/* The most that GMP was asked for at once. */
static size_t gmp_most;

static void *gmp_new(size_t n)
{
	gmp_most = n > gmp_most ? n : gmp_most;
	return malloc(n);
}

static void *gmp_more(void *p, size_t old, size_t n)
{
	(void)old;
	gmp_most = n > gmp_most ? n : gmp_most;
	return realloc(p, n);
}

static void gmp_free(void *p, size_t n)
{
	(void)n;
	free(p);
}

/* GMP ends the process where memory ends: no key makes it ask for more than a good one does. */
START_TEST(rsa_huge_numbers)
{
	static uint8_t huge[1 << 20];
	pki_nettle_key *k = keys_private_file("nettle/rsa/2048.key");
	void *(*new)(size_t);
	void *(*more)(void *, size_t, size_t);
	void (*free_it)(void *, size_t);

	memset(huge, 0x7f, sizeof huge);
	mp_get_memory_functions(&new, &more, &free_it);
	for (int i = MOD; i <= QINV; i++) {
		uint8_t each[8][256];
		pki_bytes b[8];
		mpz_t x[8];
		pki_buf out = PKI_BUF_INIT;
		pki_derw w;

		numbers_of(k, x);
		for (int j = 0; j < 8; j++) {
			b[j] = pki_bytes_of(each[j], pki_mpz_octets(x[j]));
			ck_assert(pki_mpz_write(x[j], (pki_span){ each[j], b[j].len }));
			mpz_clear(x[j]);
		}
		b[i] = pki_bytes_of(huge, sizeof huge);
		pki_derw_init(&w, NULL);
		pki_pkcs8_write_rsa(&w, PKI_KEY_RSA,
		    &(pki_rsa_private){ b[MOD], b[E], b[D], b[P], b[Q], b[DP], b[DQ], b[QINV] });
		t_ok(pki_derw_finish(&w, &out, err));
		gmp_most = 0;
		mp_set_memory_functions(gmp_new, gmp_more, gmp_free);
		refuse_private(i == MOD ? PKI_E_LIMIT : PKI_E_POLICY, "a number of 1 MiB", out);
		mp_set_memory_functions(new, more, free_it);
		ck_assert_uint_le(gmp_most, 4096);
	}
	be->key_free(k);
}
END_TEST

START_TEST(rsa_equal_primes)
{
	pki_nettle_key *k = keys_private_file("nettle/rsa/2048.key");
	mpz_t x[8];

	numbers_of(k, x);
	mpz_set(x[Q], x[P]);
	mpz_mul(x[MOD], x[P], x[Q]);
	mpz_set(x[DQ], x[DP]);
	refuse_private(PKI_E_POLICY, "p = q", pkcs8_of(x));
	numbers_of(k, x);
	mpz_swap(x[P], x[Q]);
	refuse_private(PKI_E_POLICY, "p and q exchanged, the rest not", pkcs8_of(x));
	be->key_free(k);
}
END_TEST

START_TEST(rsa_three_primes)
{
	refuse_private(
	    PKI_E_UNSUPPORTED, "multi-prime", copy_of(t_vector("nettle/rsa/3primes.key")));
}
END_TEST

#define X256 "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"
#define U256                                                          \
 "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6" \
 "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
#define N256 "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"

static const struct {
	const char *what, *scalar, *point;
	pki_status want;
} ec_privates[] = {
	{ "with its point", X256, U256, PKI_SUCCESS },
	{ "without a point", X256, "", PKI_SUCCESS },
	{ "with the compressed point", X256,
	    "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6", PKI_SUCCESS },
	{ "n - 1", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550", "",
	    PKI_SUCCESS },
	{ "1", "0000000000000000000000000000000000000000000000000000000000000001", "",
	    PKI_SUCCESS },
	{ "0", "0000000000000000000000000000000000000000000000000000000000000000", "",
	    PKI_E_POLICY },
	{ "n", N256, "", PKI_E_POLICY },
	{ "n + 1", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552", "",
	    PKI_E_POLICY },
	{ "2^256 - 1", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "",
	    PKI_E_POLICY },
	{ "31 octets", "afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", "",
	    PKI_E_STRUCTURE },
	{ "33 octets", "00" X256, "", PKI_E_STRUCTURE },
	{ "1 octet", "01", "", PKI_E_STRUCTURE },
	{ "64 octets", X256 X256, "", PKI_E_STRUCTURE },
	{ "another point", X256, "04" G256, PKI_E_POLICY },
	{ "the negative point", X256,
	    "0260fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6", PKI_E_POLICY },
	{ "no point", X256,
	    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
	    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462298",
	    PKI_E_POLICY },
	{ "infinity", X256, "00", PKI_E_POLICY },
};

START_TEST(ec_private)
{
	for (size_t i = 0; i < sizeof ec_privates / sizeof *ec_privates; i++) {
		pki_buf p8 = keys_pkcs8_ec(
		    PKI_KEY_P256, t_hex(ec_privates[i].scalar), t_hex(ec_privates[i].point));

		if (ec_privates[i].want == PKI_SUCCESS)
			be->key_free(keys_private(p8));
		else
			refuse_private(ec_privates[i].want, ec_privates[i].what, p8);
	}
}
END_TEST

#define ED_ALG   "30{0603 2b6570}"
#define ED_SEED  "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define ED_PUB   "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
#define ED_OTHER "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
#define ED_KEY   "04{04{" ED_SEED "}}"

static const struct {
	const char *what, *der;
	pki_status want;
} pkcs8s[] = {
	{ "Ed25519", "30{020100 " ED_ALG ED_KEY "}", PKI_SUCCESS },
	{ "v2 with its public key", "30{020101 " ED_ALG ED_KEY "81{00 " ED_PUB "}}", PKI_SUCCESS },
	{ "v2 without a public key", "30{020101 " ED_ALG ED_KEY "}", PKI_SUCCESS },
	{ "attributes", "30{020100 " ED_ALG ED_KEY "a0{30{0603 2a0304 31{0500}}}}", PKI_SUCCESS },
	{ "trailing attributes that are none", "30{020100 " ED_ALG ED_KEY "a0{0500}}",
	    PKI_E_STRUCTURE },
	{ "attributes after the public key", "30{020101 " ED_ALG ED_KEY "81{00 " ED_PUB "} a0{}}",
	    PKI_E_STRUCTURE },
	{ "v2 with another public key", "30{020101 " ED_ALG ED_KEY "81{00 " ED_OTHER "}}",
	    PKI_E_POLICY },
	{ "v2 with no public key", "30{020101 " ED_ALG ED_KEY "81{00}}", PKI_E_STRUCTURE },
	{ "v2 with half a public key", "30{020101 " ED_ALG ED_KEY "81{00 d75a}}", PKI_E_POLICY },
	{ "v2 with a public key that is no point",
	    "30{020101 " ED_ALG ED_KEY
	    "81{00 0200000000000000000000000000000000000000000000000000000000000000}}",
	    PKI_E_POLICY },
	{ "v1 with a public key", "30{020100 " ED_ALG ED_KEY "81{00 " ED_PUB "}}",
	    PKI_E_STRUCTURE },
	{ "version 2", "30{020102 " ED_ALG ED_KEY "}", PKI_E_UNSUPPORTED },
	{ "version -1", "30{0201ff " ED_ALG ED_KEY "}", PKI_E_UNSUPPORTED },
	{ "31 octets",
	    "30{020100 " ED_ALG
	    "04{04{61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60}}}",
	    PKI_E_STRUCTURE },
	{ "33 octets", "30{020100 " ED_ALG "04{04{00" ED_SEED "}}}", PKI_E_STRUCTURE },
	{ "64 octets", "30{020100 " ED_ALG "04{04{" ED_SEED ED_PUB "}}}", PKI_E_STRUCTURE },
	{ "0 octets", "30{020100 " ED_ALG "04{0400}}", PKI_E_STRUCTURE },
	{ "the seed bare", "30{020100 " ED_ALG "04{" ED_SEED "}}", PKI_E_ENCODING },
	{ "octets after the seed", "30{020100 " ED_ALG "04{04{" ED_SEED "} 0500}}",
	    PKI_E_STRUCTURE },
	{ "octets after the key", "30{020100 " ED_ALG ED_KEY "0500}", PKI_E_STRUCTURE },
	{ "octets after it all", "30{020100 " ED_ALG ED_KEY "} 0500", PKI_E_STRUCTURE },
	{ "NULL parameters", "30{020100 30{0603 2b6570 0500} " ED_KEY "}", PKI_E_STRUCTURE },
	{ "an unknown algorithm", "30{020100 30{0603 2b657f} " ED_KEY "}", PKI_E_UNSUPPORTED },
	{ "Ed448 of 32 octets", "30{020100 30{0603 2b6571} " ED_KEY "}", PKI_E_STRUCTURE },
	{ "X448 of 32 octets", "30{020100 30{0603 2b656f} " ED_KEY "}", PKI_E_STRUCTURE },
	{ "nothing", "", PKI_E_STRUCTURE },
	{ "empty", "3000", PKI_E_STRUCTURE },
	{ "EC", "30{020100 30{" EC_OID "0608 2a8648ce3d030107} 04{30{020101 04{" X256 "}}}}",
	    PKI_SUCCESS },
	{ "EC: the curve twice",
	    "30{020100 30{" EC_OID "0608 2a8648ce3d030107} 04{30{020101 04{" X256
	    "} a0{0608 2a8648ce3d030107}}}}",
	    PKI_SUCCESS },
	{ "EC: another curve inside",
	    "30{020100 30{" EC_OID "0608 2a8648ce3d030107} 04{30{020101 04{" X256
	    "} a0{0605 2b81040022}}}}",
	    PKI_E_POLICY },
	{ "EC: no parameters", "30{020100 30{" EC_OID "} 04{30{020101 04{" X256 "}}}}",
	    PKI_E_STRUCTURE },
	{ "EC: version 0",
	    "30{020100 30{" EC_OID "0608 2a8648ce3d030107} 04{30{020100 04{" X256 "}}}}",
	    PKI_E_UNSUPPORTED },
	{ "EC: P-521 with a short scalar",
	    "30{020100 30{" EC_OID "0605 2b81040023} 04{30{020101 04{" X256 "}}}}",
	    PKI_E_STRUCTURE },
	{ "RSA: empty", "30{020100 " RSA_ALG "04{3000}}", PKI_E_STRUCTURE },
	{ "RSA: CRT missing",
	    "30{020100 " RSA_ALG "04{30{020100 02010f 020103 020103 020105 020103}}}",
	    PKI_E_STRUCTURE },
	{ "RSA: version 2",
	    "30{020100 " RSA_ALG
	    "04{30{020102 02010f 020103 020103 020105 020103 020101 020103 020102}}}",
	    PKI_E_UNSUPPORTED },
	{ "RSA: a negative prime",
	    "30{020100 " RSA_ALG
	    "04{30{020100 02010f 020103 020103 0201fb 020103 020101 020103 020102}}}",
	    PKI_E_STRUCTURE },
	{ "RSA: 4 bits",
	    "30{020100 " RSA_ALG
	    "04{30{020100 02010f 020103 020103 020105 020103 020103 020101 020102}}}",
	    PKI_E_POLICY },
};

START_TEST(pkcs8)
{
	for (size_t i = 0; i < sizeof pkcs8s / sizeof *pkcs8s; i++)
		if (pkcs8s[i].want == PKI_SUCCESS)
			be->key_free(keys_private(keys_der(pkcs8s[i].der)));
		else
			refuse_private(pkcs8s[i].want, pkcs8s[i].what, keys_der(pkcs8s[i].der));
}
END_TEST

/* EC and RSA in a OneAsymmetricKey that carries a public key (RFC 5958 2). */
START_TEST(carried_public_keys)
{
	static const struct {
		const char *what, *point;
		pki_status want;
	} cases[] = {
		{ "its own", U256, PKI_SUCCESS },
		{ "its own, compressed",
		    "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
		    PKI_SUCCESS },
		{ "another", "04" G256, PKI_E_POLICY },
		{ "infinity", "00", PKI_E_POLICY },
		{ "none", "0102", PKI_E_POLICY },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		pki_bytes point = t_hex(cases[i].point);
		pki_buf out = PKI_BUF_INIT;
		uint8_t bits[80] = { 0 };
		pki_derw w;

		memcpy(bits + 1, point.data, point.len);
		pki_derw_init(&w, NULL);
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_int64(&w, 1);
		pki_key_algid_write(&w, PKI_KEY_P256);
		pki_derw_put(&w, PKI_TAG_OCTETS, t_hex("30250201010420" X256));
		pki_derw_put(&w, PKI_TAG_IMPLICIT(1), pki_bytes_of(bits, 1 + point.len));
		pki_derw_end(&w);
		t_ok(pki_derw_finish(&w, &out, err));
		if (cases[i].want == PKI_SUCCESS)
			be->key_free(keys_private(out));
		else
			refuse_private(cases[i].want, cases[i].what, out);
	}
}
END_TEST

static const struct {
	pki_key_type type;
	uint32_t bits;
} makes[] = {
	{ PKI_KEY_RSA, 2048 },
	{ PKI_KEY_RSA, 2056 },
	{ PKI_KEY_RSA_PSS, 3072 },
	{ PKI_KEY_P256, 0 },
	{ PKI_KEY_P384, 0 },
	{ PKI_KEY_P521, 0 },
	{ PKI_KEY_ED25519, 0 },
	{ PKI_KEY_ED448, 0 },
	{ PKI_KEY_X25519, 0 },
	{ PKI_KEY_X448, 0 },
};

/* Made, written, read again: the same key; with as much room as it takes and one octet less. */
START_TEST(round_trips)
{
	for (size_t i = 0; i < sizeof makes / sizeof *makes; i++) {
		pki_span p8 = room(), spki = more_room(), small;
		static uint8_t again[PKI_KEY_ROOM];
		pki_span out = { again, sizeof again };
		void *k, *other, *pub;

		t_ok(be->key_generate(
		    NULL, NULL, makes[i].type, makes[i].bits, "label", none, &k, err));
		t_ok(be->key_export(k, &p8, err));
		t_ok(be->key_public(k, &spki, err));
		t_ok(be->key_import(NULL, pki_bytes_of(p8.data, p8.len), &other, err));
		t_ok(be->key_export(other, &out, err));
		t_bytes_eq(pki_bytes_of(again, out.len), pki_bytes_of(p8.data, p8.len));
		small = (pki_span){ again, p8.len - 1 };
		t_fails(PKI_E_ARG, be->key_export(k, &small, err));
		small = (pki_span){ again, spki.len - 1 };
		t_fails(PKI_E_ARG, be->key_public(k, &small, err));
		t_ok(be->pub_import(NULL, pki_bytes_of(spki.data, spki.len), &pub, err));
		out.len = sizeof again;
		t_ok(be->key_public(pub, &out, err));
		t_bytes_eq(pki_bytes_of(again, out.len), pki_bytes_of(spki.data, spki.len));
		if (makes[i].bits != 0)
			ck_assert_uint_eq(
			    mpz_sizeinbase(((pki_nettle_key *)k)->u.rsa.pub.n, 2), makes[i].bits);
		ck_assert(be->supports(NULL, PKI_OP_GENERATE, makes[i].type, NULL));
		be->key_free(k);
		be->key_free(other);
		be->key_free(pub);
	}
}
END_TEST

/* OpenSSL's keys come back as they were: the parameters of an RSASSA-PSS key too. */
START_TEST(openssl_keys)
{
	static const char *const names[][2] = {
		{ "nettle/rsa/512.key", "nettle/rsa/512.pub" },
		{ "nettle/rsa/2041.key", "nettle/rsa/2041.pub" },
		{ "nettle/rsa/2048e3.key", "nettle/rsa/2048e3.pub" },
		{ "nettle/rsa/4096.key", "nettle/rsa/4096.pub" },
		{ "nettle/rsa/pss.key", "nettle/rsa/pss.pub" },
		{ "nettle/rsa/pss384.key", "nettle/rsa/pss384.pub" },
		{ "nettle/ec/p256.key", "nettle/ec/p256.pub" },
		{ "nettle/ec/p384.key", "nettle/ec/p384.pub" },
		{ "nettle/ec/p521.key", "nettle/ec/p521.pub" },
		{ "nettle/ec/ed25519.key", "nettle/ec/ed25519.pub" },
		{ "nettle/ec/ed448.key", "nettle/ec/ed448.pub" },
		{ "nettle/ec/x25519.key", "nettle/ec/x25519.pub" },
		{ "nettle/ec/x448.key", "nettle/ec/x448.pub" },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		void *k = keys_private_file(names[i][0]);
		pki_span p8 = room(), spki = more_room();

		t_ok(be->key_export(k, &p8, err));
		t_ok(be->key_public(k, &spki, err));
		t_bytes_eq(pki_bytes_of(p8.data, p8.len), t_vector(names[i][0]));
		t_bytes_eq(pki_bytes_of(spki.data, spki.len), t_vector(names[i][1]));
		be->key_free(k);
		be->key_free(keys_public_file(names[i][1]));
	}
}
END_TEST

START_TEST(sizes_that_are_not_made)
{
	static const uint32_t bits[] = { 0, 1, 512, 1024, 2040, 2047, 2049, 2052, 8193, 8200, 16384,
		UINT32_MAX };
	static const pki_key_type types[] = { PKI_KEY_UNKNOWN, PKI_KEY_DSA, -1, PKI_KEY_X448 + 1,
		INT32_MAX, INT32_MIN };
	void *k = NULL;

	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
		t_fails(PKI_E_ARG,
		    be->key_generate(NULL, NULL, PKI_KEY_RSA, bits[i], NULL, none, &k, err));
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		ck_assert(!be->supports(NULL, PKI_OP_GENERATE, types[i], NULL));
		t_fails(PKI_E_UNSUPPORTED,
		    be->key_generate(NULL, NULL, types[i], 2048, NULL, none, &k, err));
	}
	ck_assert_ptr_null(k);
	be->key_free(NULL);
}
END_TEST

static bool cancel(void *ud)
{
	return --*(int *)ud < 0;
}

/* Between the primes of a key. */
START_TEST(making_stops_when_told)
{
	pki_ctx *ctx;
	void *k = NULL;

	for (int calls = 0; calls < 2; calls++) {
		int left = calls;
		pki_call call;

		t_ok(pki_ctx_new(
		    PKI_OPTS(pki_ctx_opts, .cancel = cancel, .cancel_ud = &left), &ctx, err));
		pki_call_begin(&call, ctx);
		t_fails(PKI_E_CANCELLED,
		    be->key_generate(NULL, &call, PKI_KEY_RSA, 2048, NULL, none, &k, err));
		pki_ctx_free(ctx);
	}
	{
		pki_call call = { .left = 200000 };

		t_fails(PKI_E_LIMIT,
		    be->key_generate(NULL, &call, PKI_KEY_RSA, 2048, NULL, none, &k, err));
	}
	ck_assert_ptr_null(k);
}
END_TEST

static const struct {
	pki_key_type type;
	const char *a, *pub_a, *b, *pub_b, *shared;
} rfc7748[] = {
	{ PKI_KEY_X25519, "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
	    "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
	    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
	    "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	    "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742" },
	{ PKI_KEY_X448,
	    "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d"
	    "d9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b",
	    "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c"
	    "22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0",
	    "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d"
	    "6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d",
	    "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430"
	    "27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
	    "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b"
	    "b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d" },
};

static void agree(void *key, pki_bytes peer, pki_bytes want)
{
	uint8_t shared[66];
	pki_span out = { shared, sizeof shared }, small = { shared, want.len - 1 };

	t_ok(be->derive(key, peer, &out, err));
	t_bytes_eq(pki_bytes_of(shared, out.len), want);
	t_fails(PKI_E_ARG, be->derive(key, peer, &small, err));
}

/* RFC 7748 6.1, 6.2 */
START_TEST(agreement_of_the_rfc)
{
	for (size_t i = 0; i < sizeof rfc7748 / sizeof *rfc7748; i++) {
		pki_key_type t = rfc7748[i].type;
		pki_buf spki_a = keys_spki(t, t_hex(rfc7748[i].pub_a));
		pki_buf spki_b = keys_spki(t, t_hex(rfc7748[i].pub_b));
		void *a = keys_private(keys_pkcs8_okp(t, t_hex(rfc7748[i].a)));
		void *b = keys_private(keys_pkcs8_okp(t, t_hex(rfc7748[i].b)));
		pki_span out = room();

		t_ok(be->key_public(a, &out, err));
		t_bytes_eq(pki_bytes_of(out.data, out.len), pki_buf_bytes(&spki_a));
		agree(a, pki_buf_bytes(&spki_b), t_hex(rfc7748[i].shared));
		agree(b, pki_buf_bytes(&spki_a), t_hex(rfc7748[i].shared));
		be->key_free(a);
		be->key_free(b);
		pki_buf_free(&spki_a);
		pki_buf_free(&spki_b);
	}
}
END_TEST

static const struct {
	const char *key, *peer, *shared;
} agreements[] = {
	{ "nettle/ec/p256.key", "nettle/ec/p256.peer", "nettle/ec/p256.shared" },
	{ "nettle/ec/p384.key", "nettle/ec/p384.peer", "nettle/ec/p384.shared" },
	{ "nettle/ec/p521.key", "nettle/ec/p521.peer", "nettle/ec/p521.shared" },
	{ "nettle/ec/x25519.key", "nettle/ec/x25519.peer", "nettle/ec/x25519.shared" },
	{ "nettle/ec/x448.key", "nettle/ec/x448.peer", "nettle/ec/x448.shared" },
};

/* Each key with each peer: as OpenSSL has it with its own type, refused with another. */
START_TEST(agreement_with_openssl)
{
	size_t n = sizeof agreements / sizeof *agreements;

	for (size_t i = 0; i < n; i++) {
		pki_nettle_key *k = keys_private_file(agreements[i].key);

		ck_assert(be->supports(NULL, PKI_OP_DERIVE, k->type, NULL));
		for (size_t j = 0; j < n; j++) {
			pki_bytes peer = t_vector(agreements[j].peer);
			pki_span out = room();

			if (i == j)
				agree(k, peer, t_vector(agreements[i].shared));
			else
				t_fails(PKI_E_ARG, be->derive(k, peer, &out, err));
		}
		be->key_free(k);
	}
}
END_TEST

static const struct {
	const char *what, *key;
	pki_key_type type;
	const char *peer;
	pki_status want;
} disagreements[] = {
	{ "X25519: 0", "nettle/ec/x25519.key", PKI_KEY_X25519,
	    "0000000000000000000000000000000000000000000000000000000000000000", PKI_E_POLICY },
	{ "X25519: 1", "nettle/ec/x25519.key", PKI_KEY_X25519,
	    "0100000000000000000000000000000000000000000000000000000000000000", PKI_E_POLICY },
	{ "X25519: order 8", "nettle/ec/x25519.key", PKI_KEY_X25519,
	    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800", PKI_E_POLICY },
	{ "X25519: order 8", "nettle/ec/x25519.key", PKI_KEY_X25519,
	    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157", PKI_E_POLICY },
	{ "X25519: p - 1", "nettle/ec/x25519.key", PKI_KEY_X25519,
	    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", PKI_E_POLICY },
	{ "X25519: p", "nettle/ec/x25519.key", PKI_KEY_X25519,
	    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", PKI_E_POLICY },
	{ "X448: 0", "nettle/ec/x448.key", PKI_KEY_X448,
	    "00000000000000000000000000000000000000000000000000000000"
	    "00000000000000000000000000000000000000000000000000000000",
	    PKI_E_POLICY },
	{ "X448: 1", "nettle/ec/x448.key", PKI_KEY_X448,
	    "01000000000000000000000000000000000000000000000000000000"
	    "00000000000000000000000000000000000000000000000000000000",
	    PKI_E_POLICY },
	{ "P-256: off the curve", "nettle/ec/p256.key", PKI_KEY_P256,
	    "0400000000000000000000000000000000000000000000000000000000000000"
	    "000000000000000000000000000000000000000000000000000000000000000001",
	    PKI_E_POLICY },
	{ "P-256: infinity", "nettle/ec/p256.key", PKI_KEY_P256, "00", PKI_E_POLICY },
	{ "Ed25519 agrees on nothing", "nettle/ec/ed25519.key", PKI_KEY_ED25519,
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", PKI_E_UNSUPPORTED },
	{ "nor does RSA", "nettle/rsa/2048.key", PKI_KEY_P256, "04" G256, PKI_E_UNSUPPORTED },
};

/* RFC 7748 6: small order; peers that are no keys; keys that do not agree. */
START_TEST(no_agreement)
{
	for (size_t i = 0; i < sizeof disagreements / sizeof *disagreements; i++) {
		pki_nettle_key *k = keys_private_file(disagreements[i].key);
		pki_buf peer = keys_spki(disagreements[i].type, t_hex(disagreements[i].peer));
		pki_span out = room();

		t_fails(disagreements[i].want, be->derive(k, pki_buf_bytes(&peer), &out, err));
		ck_assert(be->supports(NULL, PKI_OP_DERIVE, k->type, NULL) ==
		    (disagreements[i].want != PKI_E_UNSUPPORTED));
		pki_buf_free(&peer);
		be->key_free(k);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { rsa_public, rsa_public_long_exponent, malformed_spki,
		explicit_curve, points_of_all_curves, compressed_points, rsa_private_faults,
		rsa_primes, rsa_huge_numbers, rsa_equal_primes, rsa_three_primes, ec_private, pkcs8,
		carried_public_keys, round_trips, openssl_keys, sizes_that_are_not_made,
		making_stops_when_told, agreement_of_the_rfc, agreement_with_openssl, no_agreement,
		NULL };

	be = pki_backend_nettle();
	return t_main("nettle_key", tests);
}
