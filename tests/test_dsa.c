/* SPDX-License-Identifier: BSD-3-Clause */
/* DSA: keys that are none, parameters that are inherited, signatures good and forged. */
#include <stdio.h>
#include <string.h>

#include <pki/ctx.h>
#include <pki/key.h>
#include <pki/sign.h>

#include "libpki/crypto/pubkey.h"
#include "libpki/types/dsakey.h"
#include "tests/lib/keys.h"
#include "tests/lib/oom.h"
#include "tests/lib/rows.h"

/* Rows of the vectors: the first of each key */
#define OF_1024 0
#define OF_2048 10

#define TEXT_MAX 4096

typedef struct answer {
	pki_dsa_public k;
	pki_hash hash;
	pki_bytes msg, r, s;
} answer;

static const pki_backend_table *be;
static pki_ctx *allowing;

static bool next_answer(rows *from, answer *out)
{
	if (!rows_next(from, 8))
		return false;
	out->k.p = rows_hex(from, 0);
	out->k.q = rows_hex(from, 1);
	out->k.g = rows_hex(from, 2);
	out->k.y = rows_hex(from, 3);
	out->hash = rows_hash(from, 4);
	out->msg = rows_hex(from, 5);
	out->r = rows_hex(from, 6);
	out->s = rows_hex(from, 7);
	return true;
}

static answer answer_at(size_t row)
{
	answer a;
	rows from;

	rows_open(&from, "dsa/rfc6979.txt");
	for (size_t i = 0; i <= row; i++)
		ck_assert(next_answer(&from, &a));
	free(from.line);
	return a;
}

static pki_buf finish(pki_derw *w)
{
	pki_buf out = PKI_BUF_INIT;

	t_ok(pki_derw_finish(w, &out, err));
	return out;
}

static pki_buf params_of(const pki_dsa_public *k)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_uint(&w, k->p);
	pki_derw_uint(&w, k->q);
	pki_derw_uint(&w, k->g);
	pki_derw_end(&w);
	return finish(&w);
}

static pki_buf key_bits(pki_bytes y)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_uint(&w, y);
	return finish(&w);
}

/* A key with these parameters, in DER; empty: absent. */
static pki_buf spki_with(pki_bytes params, pki_bytes y)
{
	pki_buf key = key_bits(y), out;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_spki_write_dsa(&w, params, pki_buf_bytes(&key));
	out = finish(&w);
	pki_buf_free(&key);
	return out;
}

static pki_buf spki_of(const pki_dsa_public *k)
{
	pki_buf params = params_of(k), out = spki_with(pki_buf_bytes(&params), k->y);

	pki_buf_free(&params);
	return out;
}

static pki_buf bare_spki_of(const pki_dsa_public *k)
{
	return spki_with(pki_bytes_of(NULL, 0), k->y);
}

static pki_pubkey *import(pki_buf spki)
{
	pki_pubkey *k;

	t_ok(pki_pubkey_import(allowing, pki_buf_bytes(&spki), &k, err));
	pki_buf_free(&spki);
	return k;
}

static pki_buf sig_of(pki_bytes r, pki_bytes s)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_uint(&w, r);
	pki_derw_uint(&w, s);
	pki_derw_end(&w);
	return finish(&w);
}

static pki_alg dsa_with(pki_hash h)
{
	return (pki_alg){ .size = sizeof(pki_alg), .scheme = PKI_ALG_DSA, .hash = h };
}

/* RFC 6979 A.2.1 and A.2.2: each digest, longer than q and shorter (FIPS 186-4 4.6). */
START_TEST(test_answers)
{
	answer a;
	rows from;

	rows_open(&from, "dsa/rfc6979.txt");
	while (next_answer(&from, &a)) {
		void *pub = keys_public(spki_of(&a.k));
		pki_buf sig = sig_of(a.r, a.s);
		pki_bytes good = pki_buf_bytes(&sig), msg = a.msg;
		pki_alg alg = dsa_with(a.hash);
		uint8_t digest[PKI_HASH_MAX];

		t_ok(be->verify(pub, &alg, msg, good, err));
		t_ok(pki_hash_once(NULL, a.hash, msg, digest, err));
		msg = pki_bytes_of(digest, pki_hash_size(a.hash));
		t_ok(be->verify_digest(pub, &alg, msg, good, err));
		for (size_t i = 0; i < sig.len; i++) {
			sig.data[i] ^= 0x10;
			t_fails(PKI_E_SIGNATURE, be->verify_digest(pub, &alg, msg, good, err));
			sig.data[i] ^= 0x10;
		}
		msg.len--;
		t_fails(PKI_E_ARG, be->verify_digest(pub, &alg, msg, good, err));
		digest[0] ^= 1;
		msg.len++;
		t_fails(PKI_E_SIGNATURE, be->verify_digest(pub, &alg, msg, good, err));
		pki_buf_free(&sig);
		be->key_free(pub);
	}
}
END_TEST

/* The same through the public API, which has the digests that an identifier stands for. */
START_TEST(test_check)
{
	answer a;
	rows from;

	rows_open(&from, "dsa/rfc6979.txt");
	while (next_answer(&from, &a)) {
		pki_status want = a.hash <= PKI_HASH_SHA256 ? PKI_SUCCESS : PKI_E_ARG;
		pki_pubkey *k = import(spki_of(&a.k));
		pki_buf sig = sig_of(a.r, a.s);
		pki_alg dsa = dsa_with(a.hash), ecdsa = dsa;
		pki_bytes good = pki_buf_bytes(&sig);

		ck_assert_int_eq(pki_check(k, &dsa, a.msg, good, NULL), want);
		ecdsa.scheme = PKI_ALG_ECDSA;
		t_fails(PKI_E_ARG, pki_check(k, &ecdsa, a.msg, good, err));
		t_fails(PKI_E_UNSUPPORTED, pki_check(k, NULL, a.msg, good, err));
		pki_buf_free(&sig);
		pki_pubkey_free(k);
	}
}
END_TEST

/* Every size, and keys as OpenSSL writes them. */
START_TEST(test_openssl)
{
	rows from;

	rows_open(&from, "dsa/openssl.txt");
	while (rows_next(&from, 4)) {
		pki_alg alg = dsa_with(rows_hash(&from, 1));
		pki_bytes spki = rows_hex(&from, 2), msg = pki_bytes_str("message");
		pki_pubkey *k;

		t_ok(pki_pubkey_import(allowing, spki, &k, err));
		ck_assert_int_eq(pki_pubkey_type(k), PKI_KEY_DSA);
		ck_assert_uint_eq(pki_pubkey_bits(k), rows_number(&from, 0));
		t_ok(pki_check(k, &alg, msg, rows_hex(&from, 3), err));
		t_fails(PKI_E_SIGNATURE, pki_check(k, &alg, spki, rows_hex(&from, 3), err));
		pki_pubkey_free(k);
	}
}
END_TEST

/* A number of a bad key, in words: hex, a member of the good key with its last octet changed
 * ("p^01"), or so many bits, all ones ("3073"). */
static pki_bytes number(const pki_dsa_public *good, const char *text, uint8_t room[TEXT_MAX])
{
	const pki_bytes *from[] = { &good->p, &good->q, &good->g, &good->y };
	const char *member = strchr("pqgy", text[0]);
	size_t bits, len;

	if (text[0] == 'x')
		return t_hex(text + 1);
	if (member != NULL) {
		pki_bytes x = *from[member - "pqgy"];

		memcpy(room, x.data, x.len);
		room[x.len - 1] ^= (uint8_t)strtoul(text + 2, NULL, 16);
		return pki_bytes_of(room, x.len);
	}
	bits = strtoul(text, NULL, 10);
	len = (bits + 7) / 8;
	memset(room, 0xff, len);
	room[0] = (uint8_t)(0xff >> (8 * len - bits));
	return pki_bytes_of(room, len);
}

static const struct {
	pki_status want;
	const char *member, *value, *says;
} numbers[] = {
	{ PKI_SUCCESS, "y", "y^00", "" },
	{ PKI_SUCCESS, "y", "g^00", "" },
	{ PKI_E_POLICY, "p", "x00", "shorter than 1024" },
	{ PKI_E_POLICY, "p", "x01", "shorter than 1024" },
	{ PKI_E_POLICY, "p", "512", "shorter than 1024" },
	{ PKI_E_POLICY, "p", "1023", "shorter than 1024" },
	{ PKI_E_POLICY, "p", "q^00", "shorter than 1024" },
	{ PKI_E_POLICY, "p", "p^01", "even" },
	{ PKI_E_POLICY, "p", "p^02", "does not divide" },
	{ PKI_E_POLICY, "p", "3072", "does not divide" },
	{ PKI_E_LIMIT, "p", "3073", "longer than 3072" },
	{ PKI_E_LIMIT, "p", "32000", "longer than 3072" },
	{ PKI_E_POLICY, "q", "x00", "neither" },
	{ PKI_E_POLICY, "q", "x01", "neither" },
	{ PKI_E_POLICY, "q", "159", "neither" },
	{ PKI_E_POLICY, "q", "161", "neither" },
	{ PKI_E_POLICY, "q", "255", "neither" },
	{ PKI_E_POLICY, "q", "160", "does not divide" },
	{ PKI_E_POLICY, "q", "224", "does not divide" },
	{ PKI_E_POLICY, "q", "256", "does not divide" },
	{ PKI_E_POLICY, "q", "q^02", "does not divide" },
	{ PKI_E_POLICY, "q", "q^01", "even" },
	{ PKI_E_LIMIT, "q", "257", "longer than 256" },
	{ PKI_E_LIMIT, "q", "p^00", "longer than 256" },
	{ PKI_E_POLICY, "g", "x00", "g is not between" },
	{ PKI_E_POLICY, "g", "x01", "g is not between" },
	{ PKI_E_POLICY, "g", "p^00", "g is not between" },
	{ PKI_E_POLICY, "g", "p^02", "g " },
	{ PKI_E_POLICY, "g", "2048", "g is not between" },
	{ PKI_E_POLICY, "g", "32000", "g is not between" },
	{ PKI_E_POLICY, "g", "p^01", "g has another order" }, /* p - 1: order 2 */
	{ PKI_E_POLICY, "g", "x02", "g has another order" },
	{ PKI_E_POLICY, "g", "g^01", "g has another order" },
	{ PKI_E_POLICY, "y", "x00", "y is not between" },
	{ PKI_E_POLICY, "y", "x01", "y is not between" },
	{ PKI_E_POLICY, "y", "p^00", "y is not between" },
	{ PKI_E_POLICY, "y", "2048", "y is not between" },
	{ PKI_E_POLICY, "y", "32000", "y is not between" },
	{ PKI_E_POLICY, "y", "p^01", "y has another order" },
	{ PKI_E_POLICY, "y", "x02", "y has another order" },
	{ PKI_E_POLICY, "y", "y^01", "y has another order" },
};

static void set_member(pki_dsa_public *k, char member, pki_bytes value)
{
	pki_bytes *all[] = { &k->p, &k->q, &k->g, &k->y };

	*all[strchr("pqgy", member) - "pqgy"] = value;
}

/* Refused by libpki, and by the backend if it alone sees the key. */
START_TEST(test_numbers)
{
	const pki_dsa_public good = answer_at(OF_2048).k;

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		uint8_t room[TEXT_MAX];
		pki_dsa_public k = good;
		pki_buf spki;
		pki_pubkey *made;
		void *handle = NULL;
		pki_spki seen;
		pki_error e = PKI_ERROR_INIT;
		pki_status st;

		set_member(&k, numbers[i].member[0], number(&good, numbers[i].value, room));
		spki = spki_of(&k);
		st = pki_pubkey_import(allowing, pki_buf_bytes(&spki), &made, &e);
		ck_assert_msg(st == numbers[i].want && strstr(t_error(&e), numbers[i].says) != NULL,
		    "%s = %s: %s", numbers[i].member, numbers[i].value, t_error(&e));
		pki_pubkey_free(made);
		ck_assert_int_eq(be->pub_import(NULL, pki_buf_bytes(&spki), &handle, NULL), st);
		be->key_free(handle);
		t_ok(pki_spki_parse(NULL, pki_buf_bytes(&spki), &seen, err));
		ck_assert_int_eq(seen.type, PKI_KEY_DSA);
		ck_assert_uint_eq(seen.bits, pki_uint_bits(k.p));
		pki_buf_free(&spki);
	}
}
END_TEST

/* Dss-Parms that are none: RFC 3279 2.3.2. */
static const struct {
	pki_status want;
	const char *params;
} bad_params[] = {
	{ PKI_E_STRUCTURE, "0500" },
	{ PKI_E_STRUCTURE, "3000" },
	{ PKI_E_STRUCTURE, "020103" },
	{ PKI_E_STRUCTURE, "0403020103" },
	{ PKI_E_STRUCTURE, "06{2a8648ce380401}" },
	{ PKI_E_STRUCTURE, "30{020103}" },
	{ PKI_E_STRUCTURE, "30{020103020103}" },
	{ PKI_E_STRUCTURE, "30{020103020103020103020103}" },
	{ PKI_E_STRUCTURE, "30{0201030201030500}" },
	{ PKI_E_STRUCTURE, "30{0201030201030403020103}" },
	{ PKI_E_STRUCTURE, "30{020183020103020103}" },
	{ PKI_E_STRUCTURE, "30{020103020183020103}" },
	{ PKI_E_STRUCTURE, "30{020103020103020183}" },
	{ PKI_E_ENCODING, "30{02020003020103020103}" },
	{ PKI_E_ENCODING, "30{0200020103020103}" },
	{ PKI_E_STRUCTURE, "31{020103020103020103}" },
};

/* Whether there is somebody to inherit from or not: what is there has to be right. */
START_TEST(test_bad_params)
{
	pki_dsa_public k = answer_at(OF_2048).k;
	pki_pubkey *issuer = import(spki_of(&k)), *made;

	for (size_t i = 0; i < sizeof bad_params / sizeof *bad_params; i++) {
		pki_buf params = keys_der(bad_params[i].params);
		pki_buf spki = spki_with(pki_buf_bytes(&params), k.y);
		pki_bytes der = pki_buf_bytes(&spki);
		void *handle;
		pki_spki seen;

		t_fails(bad_params[i].want, pki_pubkey_import(allowing, der, &made, err));
		t_fails(bad_params[i].want,
		    pki_pubkey_import_inheriting(allowing, der, issuer, &made, err));
		ck_assert_ptr_null(made);
		t_fails(bad_params[i].want, be->pub_import(NULL, der, &handle, err));
		ck_assert_int_eq(pki_spki_parse(NULL, der, &seen, NULL),
		    bad_params[i].want == PKI_E_ENCODING ? PKI_E_ENCODING : PKI_SUCCESS);
		ck_assert_int_eq(seen.type, PKI_KEY_UNKNOWN);
		pki_buf_free(&spki);
		pki_buf_free(&params);
	}
	pki_pubkey_free(issuer);
}
END_TEST

/* DSAPublicKey that is none. */
static const struct {
	pki_status want;
	const char *key;
} bad_keys[] = {
	{ PKI_E_STRUCTURE, "" },
	{ PKI_E_ENCODING, "02" },
	{ PKI_E_ENCODING, "0200" },
	{ PKI_E_ENCODING, "02020003" },
	{ PKI_E_ENCODING, "02810103" },
	{ PKI_E_STRUCTURE, "020183" },
	{ PKI_E_STRUCTURE, "02010300" },
	{ PKI_E_STRUCTURE, "0201030201" },
	{ PKI_E_STRUCTURE, "3003020103" },
	{ PKI_E_STRUCTURE, "0500" },
};

START_TEST(test_bad_key)
{
	pki_dsa_public k = answer_at(OF_2048).k;
	pki_buf params = params_of(&k);
	pki_pubkey *issuer = import(spki_of(&k)), *made;

	for (size_t i = 0; i < 2 * sizeof bad_keys / sizeof *bad_keys; i++) {
		pki_bytes own = i % 2 == 0 ? pki_buf_bytes(&params) : pki_bytes_of(NULL, 0);
		pki_buf spki;
		pki_derw w;

		pki_derw_init(&w, NULL);
		pki_spki_write_dsa(&w, own, t_hex(bad_keys[i / 2].key));
		spki = finish(&w);
		t_fails(bad_keys[i / 2].want,
		    pki_pubkey_import_inheriting(
			allowing, pki_buf_bytes(&spki), issuer, &made, err));
		ck_assert_ptr_null(made);
		pki_buf_free(&spki);
	}
	pki_buf_free(&params);
	pki_pubkey_free(issuer);
}
END_TEST

static void check_verifies(const pki_pubkey *k, size_t row)
{
	answer a = answer_at(row);
	pki_buf sig = sig_of(a.r, a.s);
	pki_alg alg = dsa_with(a.hash);

	t_ok(pki_check(k, &alg, a.msg, pki_buf_bytes(&sig), err));
	pki_buf_free(&sig);
}

/* RFC 3279 2.3.2: from the issuer, and from one that inherited itself. */
START_TEST(test_inherits)
{
	const pki_dsa_public k = answer_at(OF_2048).k;
	pki_dsa_public other = k;
	pki_pubkey *root, *middle, *leaf;
	pki_buf bare = bare_spki_of(&k), full = spki_of(&k);

	other.y = k.g;
	root = import(spki_of(&other));
	t_ok(pki_pubkey_import_inheriting(allowing, pki_buf_bytes(&bare), root, &middle, err));
	t_bytes_eq(pki_pubkey_spki(middle), pki_buf_bytes(&full));
	ck_assert_int_eq(pki_pubkey_type(middle), PKI_KEY_DSA);
	ck_assert_uint_eq(pki_pubkey_bits(middle), 2048);
	check_verifies(middle, OF_2048);
	t_ok(pki_pubkey_import_inheriting(allowing, pki_buf_bytes(&bare), middle, &leaf, err));
	pki_pubkey_free(middle);
	pki_pubkey_free(root);
	check_verifies(leaf, OF_2048);
	pki_pubkey_free(leaf);
	pki_buf_free(&full);
	pki_buf_free(&bare);
}
END_TEST

/* A key's own parameters are its own, whatever the issuer's are; others inherit nothing. */
START_TEST(test_own_params)
{
	pki_dsa_public k = answer_at(OF_2048).k, small = answer_at(OF_1024).k;
	pki_buf full = spki_of(&small);
	pki_bytes ec = t_vector("nettle/ec/p256.pub");
	pki_pubkey *issuer = import(spki_of(&k)), *made;

	t_ok(pki_pubkey_import_inheriting(allowing, pki_buf_bytes(&full), issuer, &made, err));
	t_bytes_eq(pki_pubkey_spki(made), pki_buf_bytes(&full));
	check_verifies(made, OF_1024);
	pki_pubkey_free(made);
	t_ok(pki_pubkey_import_inheriting(allowing, pki_buf_bytes(&full), NULL, &made, err));
	pki_pubkey_free(made);
	t_ok(pki_pubkey_import_inheriting(allowing, ec, issuer, &made, err));
	t_bytes_eq(pki_pubkey_spki(made), ec);
	pki_pubkey_free(made);
	t_fails(PKI_E_STRUCTURE,
	    pki_pubkey_import_inheriting(allowing, t_hex("3000"), issuer, &made, err));
	ck_assert_ptr_null(made);
	t_fails(PKI_E_ENCODING,
	    pki_pubkey_import_inheriting(allowing, t_hex("30"), issuer, &made, err));
	pki_pubkey_free(issuer);
	pki_buf_free(&full);
}
END_TEST

/* Nothing to inherit, or from the wrong one. */
START_TEST(test_inherits_not)
{
	pki_dsa_public k = answer_at(OF_2048).k, small = answer_at(OF_1024).k;
	pki_buf bare = bare_spki_of(&k), short_bare = bare_spki_of(&small);
	pki_bytes der = pki_buf_bytes(&bare), short_der = pki_buf_bytes(&short_bare);
	pki_pubkey *dsa = import(spki_of(&k)), *small_dsa = import(spki_of(&small)), *ec, *made;
	void *handle;
	pki_spki seen;

	t_ok(pki_pubkey_import(NULL, t_vector("nettle/ec/p256.pub"), &ec, err));
	t_fails(PKI_E_UNSUPPORTED, pki_pubkey_import(allowing, der, &made, err));
	t_fails(PKI_E_UNSUPPORTED, pki_pubkey_import_inheriting(allowing, der, NULL, &made, err));
	t_fails(PKI_E_UNSUPPORTED, pki_pubkey_import_inheriting(allowing, der, ec, &made, err));
	t_fails(PKI_E_POLICY, pki_pubkey_import_inheriting(NULL, der, dsa, &made, err));
	t_fails(PKI_E_POLICY, pki_pubkey_import_inheriting(NULL, der, NULL, &made, err));
	/* y is no number of the issuer's group */
	t_fails(PKI_E_POLICY, pki_pubkey_import_inheriting(allowing, der, small_dsa, &made, err));
	t_fails(PKI_E_POLICY, pki_pubkey_import_inheriting(allowing, short_der, dsa, &made, err));
	ck_assert_ptr_null(made);
	t_fails(PKI_E_UNSUPPORTED, be->pub_import(NULL, der, &handle, err));
	t_ok(pki_spki_parse(NULL, der, &seen, err));
	ck_assert_int_eq(seen.type, PKI_KEY_DSA);
	ck_assert_uint_eq(seen.bits, 0);
	pki_pubkey_free(ec);
	pki_pubkey_free(small_dsa);
	pki_pubkey_free(dsa);
	pki_buf_free(&short_bare);
	pki_buf_free(&bare);
}
END_TEST

/* Each allocation fails once: nothing is left. */
START_TEST(test_no_memory)
{
	const pki_dsa_public k = answer_at(OF_2048).k;
	pki_pubkey *issuer = import(spki_of(&k)), *made;
	pki_buf bare = bare_spki_of(&k);
	unsigned long seen = 0;
	pki_status st;
	bool done;

	for (unsigned long n = 1; seen + 1 >= n; n++) {
		oom_begin(n, false);
		st = pki_pubkey_import_inheriting(
		    allowing, pki_buf_bytes(&bare), issuer, &made, NULL);
		done = made != NULL;
		pki_pubkey_free(made);
		seen = oom_end();
		ck_assert(done == (st == PKI_SUCCESS));
		ck_assert_int_eq(st, seen < n ? PKI_SUCCESS : PKI_E_NOMEM);
		ck_assert_int_eq(oom_balance(), 0);
	}
	ck_assert_uint_gt(seen, 0);
	pki_buf_free(&bare);
	pki_pubkey_free(issuer);
}
END_TEST

/* keys_der's text, in which R, S and Q are the contents of INTEGERs: the good r and s, and q. */
static pki_buf signature(const answer *a, const char *form)
{
	char text[TEXT_MAX];
	size_t used = 0;

	for (; *form != '\0'; form++) {
		const pki_bytes *x = *form == 'R' ? &a->r
		    : *form == 'S'                ? &a->s
		    : *form == 'Q'                ? &a->k.q
						  : NULL;

		if (x == NULL) {
			text[used++] = *form;
			continue;
		}
		if (x->data[0] >= 0x80)
			used += (size_t)sprintf(text + used, "00");
		for (size_t i = 0; i < x->len; i++)
			used += (size_t)sprintf(text + used, "%02x", x->data[i]);
	}
	text[used] = '\0';
	return keys_der(text);
}

static const char *const bad_signatures[] = {
	"",
	"00",
	"0500",
	"3000",
	"02{R}",
	"30{02{R}}",
	"30{02{S}02{R}}",
	"30{02{R}02{R}}",
	/* 0, negative, q and above */
	"30{020100020100}",
	"30{020101020101}",
	"30{02010002{S}}",
	"30{02{R}020100}",
	"30{0201ff02{S}}",
	"30{02{R}0201ff}",
	"30{02{Q}02{S}}",
	"30{02{R}02{Q}}",
	"30{02{Q}02{Q}}",
	"30{020002{S}}",
	"30{02{R}0200}",
	"30{02{7fS}02{S}}",
	"30{02{R}02{01S}}",
	"30{02{R}02{0100S}}",
	/* more than there should be */
	"30{02{R}02{S}}00",
	"30{02{R}02{S}}0500",
	"30{02{R}02{S}0500}",
	"30{02{R}02{S}020101}",
	"30{30{02{R}02{S}}}",
	/* BER, other types */
	"3080 02{R}02{S} 0000",
	"30{02{00R}02{S}}",
	"30{02{R}02{0000S}}",
	"31{02{R}02{S}}",
	"30{04{R}02{S}}",
	"30{02{R}04{S}}",
	"30{0a{R}02{S}}",
};

START_TEST(test_bad_signatures)
{
	static const size_t answers[] = { OF_1024, OF_2048 };

	for (size_t n = 0; n < 2; n++) {
		answer a = answer_at(answers[n]);
		pki_pubkey *k = import(spki_of(&a.k));
		void *pub = keys_public(spki_of(&a.k));
		pki_alg alg = dsa_with(a.hash);
		pki_buf good = signature(&a, "30{02{R}02{S}}");

		t_ok(pki_check(k, &alg, a.msg, pki_buf_bytes(&good), err));
		for (size_t i = 0; i < sizeof bad_signatures / sizeof *bad_signatures; i++) {
			pki_buf sig = signature(&a, bad_signatures[i]);
			pki_bytes bad = pki_buf_bytes(&sig);

			t_fails(PKI_E_SIGNATURE, pki_check(k, &alg, a.msg, bad, err));
			t_fails(PKI_E_SIGNATURE, be->verify(pub, &alg, a.msg, bad, err));
			pki_buf_free(&sig);
		}
		pki_buf_free(&good);
		pki_pubkey_free(k);
		be->key_free(pub);
	}
}
END_TEST

/* Lengths that are not minimal: each of the three, in one more octet. */
START_TEST(test_long_lengths)
{
	answer a = answer_at(OF_1024);
	pki_pubkey *k = import(spki_of(&a.k));
	pki_alg alg = dsa_with(a.hash);
	pki_buf good = sig_of(a.r, a.s);
	size_t r = 2, s = r + 2 + good.data[r + 1];
	const size_t heads[] = { 0, r, s };

	for (size_t i = 0; i < 3; i++) {
		uint8_t copy[TEXT_MAX];
		size_t at = heads[i] + 1;

		memcpy(copy, good.data, at);
		copy[at] = 0x81;
		memcpy(copy + at + 1, good.data + at, good.len - at);
		if (i > 0)
			copy[1]++;
		t_fails(PKI_E_SIGNATURE,
		    pki_check(k, &alg, a.msg, pki_bytes_of(copy, good.len + 1), err));
	}
	pki_buf_free(&good);
	pki_pubkey_free(k);
}
END_TEST

/* What the context allows: DSA at all, also with SHA-1. */
START_TEST(test_policy)
{
	answer sha1 = answer_at(OF_2048), sha256 = answer_at(OF_2048 + 2);
	pki_buf spki = spki_of(&sha1.k), sig1 = sig_of(sha1.r, sha1.s),
		sig256 = sig_of(sha256.r, sha256.s);
	pki_alg alg1 = dsa_with(sha1.hash), alg256 = dsa_with(sha256.hash);
	pki_error e = PKI_ERROR_INIT;
	pki_pubkey *k;
	pki_ctx *ctx;

	ck_assert_int_eq(pki_pubkey_import(NULL, pki_buf_bytes(&spki), &k, &e), PKI_E_POLICY);
	ck_assert_ptr_nonnull(strstr(t_error(&e), "DSA"));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_SHA1), &ctx, err));
	t_fails(PKI_E_POLICY, pki_pubkey_import(ctx, pki_buf_bytes(&spki), &k, err));
	pki_ctx_free(ctx);
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_DSA), &ctx, err));
	t_ok(pki_pubkey_import(ctx, pki_buf_bytes(&spki), &k, err));
	pki_ctx_free(ctx);
	ck_assert_int_eq(sha1.hash, PKI_HASH_SHA1);
	t_ok(pki_check(k, &alg1, sha1.msg, pki_buf_bytes(&sig1), err));
	ck_assert_int_eq(sha256.hash, PKI_HASH_SHA256);
	t_ok(pki_check(k, &alg256, sha256.msg, pki_buf_bytes(&sig256), err));
	pki_pubkey_free(k);
	pki_buf_free(&sig256);
	pki_buf_free(&sig1);
	pki_buf_free(&spki);
}
END_TEST

/* Signatures are checked, not made; keys are read, not made; private ones not even that. */
START_TEST(test_verify_only)
{
	static const pki_op not [] = { PKI_OP_SIGN, PKI_OP_SIGN_DIGEST, PKI_OP_GENERATE,
		PKI_OP_DERIVE };
	answer a = answer_at(OF_2048);
	pki_alg alg = dsa_with(a.hash);
	uint8_t room[TEXT_MAX];
	pki_span out = { room, sizeof room };
	pki_buf pkcs8 = keys_der("30{02010030{06{2a8648ce380401}}04{020103}}");
	void *pub = keys_public(spki_of(&a.k)), *key;
	pki_key *k;

	for (size_t i = 0; i < sizeof not / sizeof *not ; i++) {
		ck_assert(!be->supports(NULL, not [i], PKI_KEY_DSA, &alg));
		ck_assert(!be->supports(NULL, not [i], PKI_KEY_DSA, NULL));
	}
	ck_assert(be->supports(NULL, PKI_OP_VERIFY, PKI_KEY_DSA, &alg));
	ck_assert(be->supports(NULL, PKI_OP_VERIFY_DIGEST, PKI_KEY_DSA, NULL));
	alg.scheme = PKI_ALG_ECDSA;
	ck_assert(!be->supports(NULL, PKI_OP_VERIFY, PKI_KEY_DSA, &alg));
	alg = dsa_with(PKI_HASH_NONE);
	ck_assert(!be->supports(NULL, PKI_OP_VERIFY, PKI_KEY_DSA, &alg));
	alg = dsa_with(a.hash);
	t_fails(PKI_E_ARG, be->sign(pub, &alg, a.msg, &out, err));
	t_fails(PKI_E_ARG, be->key_export(pub, &out, err));
	t_fails(PKI_E_UNSUPPORTED, be->key_import(NULL, pki_buf_bytes(&pkcs8), &key, err));
	t_fails(
	    PKI_E_UNSUPPORTED, pki_key_parse(allowing, pki_buf_bytes(&pkcs8), NULL, NULL, &k, err));
	be->key_free(pub);
	pki_buf_free(&pkcs8);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_answers, test_check, test_openssl, test_numbers,
		test_bad_params, test_bad_key, test_inherits, test_own_params, test_inherits_not,
		test_no_memory, test_bad_signatures, test_long_lengths, test_policy,
		test_verify_only, NULL };
	int failed;

	be = pki_backend_nettle();
	if (pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_DSA | PKI_ALLOW_SHA1), &allowing,
		NULL) != PKI_SUCCESS)
		return 1;
	failed = t_main("dsa", tests);
	pki_ctx_free(allowing);
	return failed;
}
