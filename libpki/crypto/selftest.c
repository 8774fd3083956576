/* SPDX-License-Identifier: BSD-3-Clause */
/* Proves a backend: published answers, what it must refuse, and lengths. */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/crypto/answers.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/use.h"
#include "libpki/types/hash.h"
#include "libpki/types/spki.h"

#define GUARD      0xa5 /* stands behind the room that a backend gets */
#define ROOM       2048 /* octets: the longest signature */
#define RSA_BITS   2048
#define NO_SCHEME  0x7777
#define SHARED_MAX 66 /* octets: P-521 */

struct proof {
	pki_backend *b;
	pki_ctx *ctx;   /* has this backend alone, and allows everything */
	size_t offered; /* answers that were asked for */
	pki_error *err;
};

static pki_status wrong(struct proof *p, const char *reason, const char *about)
{
	return pki_error_set_detail(p->err, PKI_E_BACKEND, reason, NULL, pki_bytes_str(about));
}

static pki_status expect(
    struct proof *p, pki_bytes got, pki_bytes want, const char *reason, const char *about)
{
	return pki_bytes_equal(got, want) ? PKI_SUCCESS : wrong(p, reason, about);
}

/* A room that is `cut` octets too short, with a guard behind it. */
static pki_span too_short(uint8_t room[ROOM], size_t needed)
{
	size_t len = needed == 0 ? 0 : needed - 1;

	memset(room, GUARD, ROOM);
	return (pki_span){ room, len };
}

/* A backend must refuse a room that is too short, and not write beyond it. */
static pki_status check_refused(
    struct proof *p, pki_status st, const uint8_t room[ROOM], size_t room_len, const char *about)
{
	if (st == PKI_SUCCESS)
		return wrong(p, "success in a room that is too short", about);
	for (size_t i = room_len; i < ROOM; i++)
		if (room[i] != GUARD)
			return wrong(p, "writes beyond its room", about);
	return PKI_SUCCESS;
}

/* It must not claim what nobody has. */
static pki_status prove_claims(struct proof *p)
{
	pki_alg none = { .size = sizeof none, .scheme = NO_SCHEME, .hash = NO_SCHEME };

	if (p->b->t->supports == NULL)
		return pki_error_set(p->err, PKI_E_NOTFOUND, "the backend offers nothing", NULL);
	for (pki_op op = PKI_OP_DIGEST; op <= PKI_OP_DERIVE; op++)
		if (pki_backend_offers(p->b, op, NO_SCHEME, &none))
			return wrong(p, "claims an algorithm that there is not", "supports");
	return PKI_SUCCESS;
}

static pki_status prove_random(struct proof *p)
{
	static const uint8_t zeros[32];
	uint8_t a[sizeof zeros] = { 0 }, b[sizeof zeros] = { 0 };
	pki_status st;

	if (p->b->t->random == NULL)
		return PKI_SUCCESS;
	p->offered++;
	st = pki_random(p->ctx, (pki_span){ a, sizeof a }, p->err);
	if (st == PKI_SUCCESS)
		st = pki_random(p->ctx, (pki_span){ b, sizeof b }, p->err);
	if (st != PKI_SUCCESS)
		return st;
	if (memcmp(a, b, sizeof a) == 0 || memcmp(a, zeros, sizeof a) == 0)
		return wrong(p, "random octets are not random", "random");
	return PKI_SUCCESS;
}

/* The same in two pieces, and from a copy of the state. */
static pki_status prove_pieces(struct proof *p, const pki_answer_digest *a)
{
	pki_bytes text = pki_bytes_str(a->text);
	uint8_t out[PKI_HASH_MAX];
	pki_digest *d = NULL, *copy = NULL;
	pki_status st = pki_digest_new(p->ctx, a->hash, &d, p->err);

	if (st == PKI_SUCCESS)
		st = pki_digest_update(d, pki_bytes_of(text.data, 1), p->err);
	if (st == PKI_SUCCESS && p->b->t->digest_dup != NULL) {
		st = pki_digest_dup(d, &copy, p->err);
		pki_digest_free(d);
		d = copy;
	}
	if (st == PKI_SUCCESS)
		st = pki_digest_update(d, pki_bytes_of(text.data + 1, text.len - 1), p->err);
	if (st == PKI_SUCCESS)
		st = pki_digest_final(d, out, p->err);
	pki_digest_free(d);
	if (st != PKI_SUCCESS)
		return st;
	return expect(p, pki_bytes_of(out, pki_hash_size(a->hash)), a->digest,
	    "wrong digest of a message in pieces", pki_hash_name(a->hash));
}

static pki_status prove_digest_room(struct proof *p, const pki_alg *alg)
{
	const pki_backend_table *t = p->b->t;
	uint8_t room[ROOM];
	pki_span out = too_short(room, pki_hash_size(alg->hash));
	size_t room_len = out.len;
	void *state = NULL;
	pki_status st = t->digest_new(p->b->self, alg, pki_bytes_of(NULL, 0), &state, p->err);

	if (st != PKI_SUCCESS)
		return pki_backend_result(st, p->err);
	st = t->digest_final(state, &out, NULL);
	t->digest_free(state);
	return check_refused(p, st, room, room_len, pki_hash_name(alg->hash));
}

static pki_status prove_digest(struct proof *p, const pki_answer_digest *a)
{
	pki_alg alg = { .size = sizeof alg, .hash = a->hash };
	uint8_t out[PKI_HASH_MAX];
	pki_status st;

	if (!pki_backend_offers(p->b, PKI_OP_DIGEST, PKI_KEY_UNKNOWN, &alg))
		return PKI_SUCCESS;
	p->offered++;
	st = pki_hash_once(p->ctx, a->hash, pki_bytes_str(a->text), out, p->err);
	if (st == PKI_SUCCESS)
		st = expect(p, pki_bytes_of(out, pki_hash_size(a->hash)), a->digest, "wrong digest",
		    pki_hash_name(a->hash));
	if (st == PKI_SUCCESS)
		st = prove_pieces(p, a);
	return st == PKI_SUCCESS ? prove_digest_room(p, &alg) : st;
}

static pki_status prove_digests(struct proof *p)
{
	pki_status st = PKI_SUCCESS;

	for (const pki_answer_digest *a = pki_answers_digest; a->digest.len > 0; a++)
		if (st == PKI_SUCCESS)
			st = prove_digest(p, a);
	return st;
}

static pki_status prove_mac(struct proof *p, const pki_answer_mac *a)
{
	pki_alg alg = { .size = sizeof alg, .scheme = PKI_ALG_HMAC, .hash = a->hash };
	uint8_t out[PKI_HASH_MAX];
	pki_status st;

	if (!pki_backend_offers(p->b, PKI_OP_MAC, PKI_KEY_UNKNOWN, &alg))
		return PKI_SUCCESS;
	p->offered++;
	st = pki_mac_once(p->ctx, a->hash, a->key, pki_bytes_str(a->text), out, p->err);
	if (st != PKI_SUCCESS)
		return st;
	return expect(p, pki_bytes_of(out, pki_hash_size(a->hash)), a->mac, "wrong HMAC",
	    pki_hash_name(a->hash));
}

static pki_status prove_macs(struct proof *p)
{
	pki_status st = PKI_SUCCESS;

	for (const pki_answer_mac *a = pki_answers_mac; a->mac.len > 0; a++)
		if (st == PKI_SUCCESS)
			st = prove_mac(p, a);
	return st;
}

static pki_status prove_kdf(struct proof *p, const pki_answer_kdf *a)
{
	pki_alg alg = { .size = sizeof alg, .scheme = PKI_ALG_PBKDF2, .hash = a->hash };
	pki_bytes password = pki_bytes_str(a->password), salt = pki_bytes_str(a->salt),
		  none = { 0 };
	uint8_t out[PKI_HASH_MAX];
	pki_span span = { out, a->derived.len };
	pki_status st;

	alg.iterations = a->iterations;
	if (!pki_backend_offers(p->b, PKI_OP_KDF, PKI_KEY_UNKNOWN, &alg))
		return PKI_SUCCESS;
	p->offered++;
	st = pki_kdf(p->ctx, NULL, &alg, password, salt, none, span, p->err);
	if (st == PKI_SUCCESS)
		st = expect(p, pki_bytes_of(out, span.len), a->derived, "wrong key from PBKDF2",
		    pki_hash_name(a->hash));
	if (st != PKI_SUCCESS)
		return st;
	alg.iterations = 0;
	if (p->b->t->kdf(p->b->self, NULL, &alg, password, salt, none, span, NULL) == PKI_SUCCESS)
		return wrong(p, "derives with no iterations", pki_hash_name(a->hash));
	return PKI_SUCCESS;
}

static pki_status prove_kdfs(struct proof *p)
{
	pki_status st = PKI_SUCCESS;

	for (const pki_answer_kdf *a = pki_answers_kdf; a->derived.len > 0; a++)
		if (st == PKI_SUCCESS)
			st = prove_kdf(p, a);
	return st;
}

static const char *about_cipher(pki_scheme scheme)
{
	switch (scheme) {
	case PKI_ALG_AES_CBC:
		return "AES-CBC";
	case PKI_ALG_DES_CBC:
		return "DES-CBC";
	case PKI_ALG_DES3_CBC:
		return "3DES-CBC";
	case PKI_ALG_RC2_CBC:
		return "RC2-CBC";
	default:
		return "RC4";
	}
}

static pki_status prove_crypt(struct proof *p, const pki_answer_cipher *a, const pki_alg *alg)
{
	const char *about = about_cipher(a->scheme);
	uint8_t out[ROOM];
	pki_status st = pki_crypt(p->ctx, alg, true, a->key, a->iv, a->plain, out, p->err);

	if (st == PKI_SUCCESS)
		st = expect(
		    p, pki_bytes_of(out, a->plain.len), a->encrypted, "wrong encryption", about);
	if (st == PKI_SUCCESS)
		st = pki_crypt(p->ctx, alg, false, a->key, a->iv, a->encrypted, out, p->err);
	if (st == PKI_SUCCESS)
		st = expect(
		    p, pki_bytes_of(out, a->plain.len), a->plain, "wrong decryption", about);
	return st;
}

/* Keys of RC2 and RC4 have any length. */
static bool has_key_length(pki_scheme scheme)
{
	return scheme != PKI_ALG_RC2_CBC && scheme != PKI_ALG_RC4;
}

/* Keys and IVs of other lengths. */
static pki_status prove_parameters(struct proof *p, const pki_answer_cipher *a, const pki_alg *alg)
{
	const pki_backend_table *t = p->b->t;
	pki_bytes none = { 0 }, cut_key = a->key, cut_iv = a->iv;
	void *state = NULL;

	cut_key.len--;
	if (has_key_length(a->scheme) &&
	    t->cipher_new(p->b->self, alg, true, cut_key, a->iv, none, 0, &state, NULL) == 0)
		return wrong(p, "takes a key of another length", about_cipher(a->scheme));
	if (a->iv.len == 0)
		return PKI_SUCCESS;
	cut_iv.len--;
	if (t->cipher_new(p->b->self, alg, true, a->key, cut_iv, none, 0, &state, NULL) == 0)
		return wrong(p, "takes an IV of another length", about_cipher(a->scheme));
	return PKI_SUCCESS;
}

/* A room that is too short, and parts of blocks. */
static pki_status prove_lengths(struct proof *p, const pki_answer_cipher *a, const pki_alg *alg)
{
	const pki_backend_table *t = p->b->t;
	size_t block = pki_cipher_block(a->scheme);
	pki_bytes none = { 0 }, whole = { a->plain.data, block };
	pki_bytes part = { a->plain.data, block - 1 };
	uint8_t room[ROOM];
	pki_span out = too_short(room, block);
	size_t room_len = out.len;
	void *state = NULL;
	pki_status st = t->cipher_new(
	    p->b->self, alg, true, a->key, a->iv, none, 0, &state, p->err);

	if (st != PKI_SUCCESS)
		return pki_backend_result(st, p->err);
	st = t->cipher_update(state, whole, &out, NULL);
	st = check_refused(p, st, room, room_len, about_cipher(a->scheme));
	out = (pki_span){ room, ROOM };
	if (st == PKI_SUCCESS && block > 1 && t->cipher_update(state, part, &out, NULL) == 0)
		st = wrong(p, "takes part of a block", about_cipher(a->scheme));
	t->cipher_free(state);
	return st;
}

static pki_status prove_cipher(struct proof *p, const pki_answer_cipher *a)
{
	pki_alg alg = { .size = sizeof alg, .scheme = a->scheme };
	pki_status st;

	alg.key_bits = a->key_bits;
	if (!pki_backend_offers(p->b, PKI_OP_CIPHER, PKI_KEY_UNKNOWN, &alg))
		return PKI_SUCCESS;
	p->offered++;
	st = prove_crypt(p, a, &alg);
	if (st == PKI_SUCCESS)
		st = prove_parameters(p, a, &alg);
	return st == PKI_SUCCESS ? prove_lengths(p, a, &alg) : st;
}

static pki_status prove_ciphers(struct proof *p)
{
	pki_status st = PKI_SUCCESS;

	for (const pki_answer_cipher *a = pki_answers_cipher; a->key.len > 0; a++)
		if (st == PKI_SUCCESS)
			st = prove_cipher(p, a);
	return st;
}

static const char *about_key(pki_key_type t)
{
	return pki_key_type_curve(t) != NULL ? pki_key_type_curve(t) : pki_key_type_name(t);
}

static pki_alg alg_of(const pki_answer_signature *a)
{
	pki_alg alg = { .size = sizeof alg, .scheme = a->scheme };

	alg.hash = a->hash;
	alg.salt_len = a->salt_len;
	alg.curve = a->scheme == PKI_ALG_EDDSA ? a->key : PKI_KEY_UNKNOWN;
	return alg;
}

/* Signatures that are none: asked of the table itself, as libpki would not let them through. */
static pki_status prove_verify_refuses(
    struct proof *p, const pki_pubkey *k, const pki_alg *alg, pki_bytes msg, pki_bytes good)
{
	const pki_backend_table *t = p->b->t;
	pki_buf sig = PKI_BUF_INIT;
	pki_status st = pki_buf_append(&sig, good, p->err);

	if (st == PKI_SUCCESS)
		st = pki_buf_putc(&sig, 0, p->err);
	for (size_t i = 0; st == PKI_SUCCESS && i < good.len; i++) {
		sig.data[i] ^= 0x01;
		if (t->verify(k->handle, alg, msg, pki_bytes_of(sig.data, good.len), NULL) == 0)
			st = wrong(p, "verifies a spoiled signature", about_key(k->type));
		sig.data[i] ^= 0x01;
	}
	for (size_t n = 0; st == PKI_SUCCESS && n <= sig.len; n++)
		if (n != good.len &&
		    t->verify(k->handle, alg, msg, pki_bytes_of(sig.data, n), NULL) == 0)
			st = wrong(p, "verifies a signature of another length", about_key(k->type));
	if (st == PKI_SUCCESS &&
	    t->verify(k->handle, alg, pki_bytes_str("another message"), good, NULL) == 0)
		st = wrong(p, "verifies another message", about_key(k->type));
	pki_buf_free(&sig);
	return st;
}

static pki_status prove_verify(struct proof *p, const pki_answer_signature *a)
{
	pki_alg alg = alg_of(a);
	pki_pubkey *k = NULL;
	pki_status st;

	if (!pki_backend_offers(p->b, PKI_OP_VERIFY, a->key, &alg))
		return PKI_SUCCESS;
	p->offered++;
	st = pki_pubkey_import(p->ctx, a->spki, &k, p->err);
	if (st == PKI_SUCCESS && pki_check(k, &alg, a->message, a->signature, NULL) != PKI_SUCCESS)
		st = wrong(p, "refuses a good signature", about_key(a->key));
	if (st == PKI_SUCCESS)
		st = prove_verify_refuses(p, k, &alg, a->message, a->signature);
	pki_pubkey_free(k);
	return st;
}

/* Signs, checks, and tries with too little room. */
static pki_status prove_signing(
    struct proof *p, const pki_key *k, const pki_alg *alg, pki_bytes msg, pki_buf *sig)
{
	uint8_t room[ROOM];
	pki_span out;
	size_t room_len;
	pki_status st = pki_sign(k, alg, msg, sig, p->err);

	if (st == PKI_SUCCESS && pki_backend_offers(p->b, PKI_OP_VERIFY, k->pub->type, alg))
		st = pki_check(k->pub, alg, msg, pki_buf_bytes(sig), p->err);
	if (st != PKI_SUCCESS)
		return wrong(p, "its own signature does not verify", about_key(k->pub->type));
	if (pki_key_type_is_ec(k->pub->type))
		out = too_short(room, 8); /* the length of an ECDSA signature varies */
	else
		out = too_short(room, sig->len);
	room_len = out.len;
	st = p->b->t->sign(k->handle, alg, msg, &out, NULL);
	return check_refused(p, st, room, room_len, about_key(k->pub->type));
}

static pki_status prove_sign(struct proof *p, const pki_answer_signature *a)
{
	pki_alg alg = alg_of(a);
	pki_buf sig = PKI_BUF_INIT;
	pki_key *k = NULL;
	pki_status st;

	if (a->pkcs8.len == 0 || p->b->t->key_import == NULL ||
	    !pki_backend_offers(p->b, PKI_OP_SIGN, a->key, &alg))
		return PKI_SUCCESS;
	p->offered++;
	st = pki_key_from_pkcs8(p->ctx, a->pkcs8, &k, p->err);
	if (st == PKI_SUCCESS && !pki_bytes_equal(k->pub->spki, a->spki))
		st = wrong(p, "derives a wrong public key", about_key(a->key));
	if (st == PKI_SUCCESS)
		st = prove_signing(p, k, &alg, a->message, &sig);
	if (st == PKI_SUCCESS && a->scheme == PKI_ALG_EDDSA &&
	    !pki_bytes_equal(pki_buf_bytes(&sig), a->signature))
		st = wrong(p, "EdDSA signature is not the published one", about_key(a->key));
	pki_key_free(k);
	pki_buf_free(&sig);
	return st;
}

/* Keys cut short. */
static pki_status prove_import_refuses(struct proof *p, pki_bytes spki, const char *about)
{
	const pki_backend_table *t = p->b->t;
	void *handle = NULL;

	if (t->pub_import == NULL)
		return PKI_SUCCESS;
	for (size_t n = 0; n < spki.len; n++) {
		if (t->pub_import(p->b->self, pki_bytes_of(spki.data, n), &handle, NULL) != 0)
			continue;
		t->key_free(handle);
		return wrong(p, "imports a key that is cut short", about);
	}
	return PKI_SUCCESS;
}

/* With its last octet spoiled, a point is off its curve, and a DSA key's y of another order. */
static pki_status prove_validation(struct proof *p, const pki_answer_signature *a)
{
	const pki_backend_table *t = p->b->t;
	pki_buf spki = PKI_BUF_INIT;
	void *handle = NULL;
	pki_status st;

	if (t->pub_import == NULL || !(pki_key_type_is_ec(a->key) || a->key == PKI_KEY_DSA))
		return PKI_SUCCESS;
	st = pki_buf_append(&spki, a->spki, p->err);
	if (st != PKI_SUCCESS)
		return st;
	spki.data[spki.len - 1] ^= 0x01;
	if (t->pub_import(p->b->self, pki_buf_bytes(&spki), &handle, NULL) == PKI_SUCCESS) {
		t->key_free(handle);
		st = wrong(p, "imports a key that is not in its group", about_key(a->key));
	}
	pki_buf_free(&spki);
	return st;
}

static pki_status prove_signature(struct proof *p, const pki_answer_signature *a)
{
	pki_status st = prove_verify(p, a);

	if (st == PKI_SUCCESS)
		st = prove_sign(p, a);
	if (st == PKI_SUCCESS)
		st = prove_import_refuses(p, a->spki, about_key(a->key));
	return st == PKI_SUCCESS ? prove_validation(p, a) : st;
}

static pki_status prove_signatures(struct proof *p)
{
	pki_status st = PKI_SUCCESS;

	for (const pki_answer_signature *a = pki_answers_signature; a->spki.len > 0; a++)
		if (st == PKI_SUCCESS)
			st = prove_signature(p, a);
	return st;
}

/* A key that leaves comes back as the same key. */
static pki_status prove_export(struct proof *p, const pki_key *k)
{
	pki_key_write_opts der = { .size = sizeof der, .form = PKI_DER };
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_key *again = NULL;
	pki_status st;

	if (p->b->t->key_export == NULL || p->b->t->key_import == NULL)
		return PKI_SUCCESS;
	st = pki_key_write(k, &der, &out, p->err);
	if (st == PKI_SUCCESS)
		st = pki_key_from_pkcs8(p->ctx, pki_buf_bytes(&out), &again, p->err);
	if (st == PKI_SUCCESS && !pki_pubkey_equal(k->pub, again->pub))
		st = wrong(p, "an exported key is another key", about_key(k->pub->type));
	pki_key_free(again);
	pki_buf_free(&out);
	return st == PKI_E_POLICY ? PKI_SUCCESS : st;
}

static pki_status generate(struct proof *p, pki_key_type t, pki_key **out)
{
	pki_key_opts o = { .size = sizeof o };

	o.rsa_bits = pki_key_type_is_rsa(t) ? RSA_BITS : 0;
	return pki_key_generate(p->ctx, t, &o, out, p->err);
}

static pki_status prove_new_key(struct proof *p, const pki_key *k)
{
	pki_buf sig = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;
	pki_alg alg;

	if (pki_alg_default(k->pub, &alg, NULL) == PKI_SUCCESS &&
	    pki_backend_offers(p->b, PKI_OP_SIGN, k->pub->type, &alg))
		st = prove_signing(p, k, &alg, pki_bytes_str("new"), &sig);
	pki_buf_free(&sig);
	return st == PKI_SUCCESS ? prove_export(p, k) : st;
}

/* Both sides of an agreement get the same secret. */
static pki_status prove_agreement(struct proof *p, const pki_key *a, const pki_key *b)
{
	uint8_t one[SHARED_MAX] = { 0 }, two[SHARED_MAX] = { 1 };
	pki_span out_one = { one, sizeof one }, out_two = { two, sizeof two };
	pki_status st;

	if (!pki_backend_offers(p->b, PKI_OP_DERIVE, a->pub->type, NULL))
		return PKI_SUCCESS;
	st = p->b->t->derive(a->handle, b->pub->spki, &out_one, p->err);
	if (st == PKI_SUCCESS)
		st = p->b->t->derive(b->handle, a->pub->spki, &out_two, p->err);
	if (st == PKI_SUCCESS &&
	    (out_one.len > sizeof one || out_one.len != out_two.len ||
		memcmp(one, two, out_one.len) != 0))
		st = wrong(p, "two sides agree on two secrets", about_key(a->pub->type));
	pki_wipe(one, sizeof one);
	pki_wipe(two, sizeof two);
	return pki_backend_result(st, p->err);
}

static pki_status prove_type(struct proof *p, pki_key_type t)
{
	pki_key *a = NULL, *b = NULL;
	pki_status st;

	if (!pki_backend_offers(p->b, PKI_OP_GENERATE, t, NULL))
		return PKI_SUCCESS;
	p->offered++;
	st = generate(p, t, &a);
	if (st == PKI_SUCCESS)
		st = generate(p, t, &b);
	if (st == PKI_SUCCESS && pki_pubkey_equal(a->pub, b->pub))
		st = wrong(p, "makes the same key twice", about_key(t));
	if (st == PKI_SUCCESS)
		st = prove_new_key(p, a);
	if (st == PKI_SUCCESS)
		st = prove_agreement(p, a, b);
	pki_key_free(a);
	pki_key_free(b);
	return st;
}

static pki_status prove_generation(struct proof *p)
{
	pki_status st = PKI_SUCCESS;

	for (pki_key_type t = PKI_KEY_RSA; st == PKI_SUCCESS && t <= PKI_KEY_X448; t++)
		st = prove_type(p, t);
	return st;
}

/* RFC 7748 6: the published secret; and all zeros, of a peer whose key is 0, refused. */
static pki_status prove_shared(
    struct proof *p, const pki_answer_derive *a, const pki_key *k, pki_buf *peer)
{
	size_t n = pki_key_type_octets(a->key);
	uint8_t out[SHARED_MAX];
	pki_span span = { out, sizeof out };
	pki_status st = p->b->t->derive(k->handle, pki_buf_bytes(peer), &span, p->err);

	if (st != PKI_SUCCESS || span.len > sizeof out)
		return wrong(p, "derives no secret", about_key(a->key));
	st = expect(
	    p, pki_bytes_of(out, span.len), a->shared, "derives a wrong secret", about_key(a->key));
	memset(peer->data + peer->len - n, 0, n);
	span.len = sizeof out;
	if (st == PKI_SUCCESS && p->b->t->derive(k->handle, pki_buf_bytes(peer), &span, NULL) == 0)
		st = wrong(p, "derives with a peer's key of order 1", about_key(a->key));
	return st;
}

static pki_status prove_derive(struct proof *p, const pki_answer_derive *a)
{
	pki_buf peer = PKI_BUF_INIT;
	pki_key *k = NULL;
	pki_status st;

	if (p->b->t->key_import == NULL || !pki_backend_offers(p->b, PKI_OP_DERIVE, a->key, NULL))
		return PKI_SUCCESS;
	p->offered++;
	st = pki_buf_append(&peer, a->peer_spki, p->err);
	if (st == PKI_SUCCESS)
		st = pki_key_from_pkcs8(p->ctx, a->pkcs8, &k, p->err);
	if (st == PKI_SUCCESS)
		st = expect(
		    p, k->pub->spki, a->own_spki, "derives a wrong public key", about_key(a->key));
	if (st == PKI_SUCCESS)
		st = prove_shared(p, a, k, &peer);
	pki_key_free(k);
	pki_buf_free(&peer);
	return st;
}

static pki_status prove_derivation(struct proof *p)
{
	pki_status st = PKI_SUCCESS;

	for (const pki_answer_derive *a = pki_answers_derive; a->shared.len > 0; a++)
		if (st == PKI_SUCCESS)
			st = prove_derive(p, a);
	return st;
}

static pki_status (*const proofs[])(struct proof *) = {
	prove_claims,
	prove_random,
	prove_digests,
	prove_macs,
	prove_kdfs,
	prove_ciphers,
	prove_signatures,
	prove_generation,
	prove_derivation,
};

static pki_status prove(pki_backend *b, pki_error *err)
{
	pki_backend *alone[] = { b, NULL };
	pki_ctx_opts o = { .size = sizeof o, .backends = alone };
	struct proof p = { .b = b, .err = err };
	pki_status st;

	o.allow = PKI_ALLOW_MD5 | PKI_ALLOW_SHA1 | PKI_ALLOW_DSA;
	st = pki_ctx_new(&o, &p.ctx, err);
	for (size_t i = 0; st == PKI_SUCCESS && i < sizeof proofs / sizeof *proofs; i++)
		st = proofs[i](&p);
	pki_ctx_free(p.ctx);
	if (st == PKI_SUCCESS && p.offered == 0)
		return pki_error_set(err, PKI_E_NOTFOUND, "the backend offers nothing", NULL);
	if (st == PKI_SUCCESS || st == PKI_E_NOMEM || st == PKI_E_NOTFOUND)
		return st;
	return pki_error_status(err) == PKI_E_BACKEND
	    ? PKI_E_BACKEND
	    : pki_error_set(err, PKI_E_BACKEND, "the backend failed in its proof", NULL);
}

pki_status pki_backend_selftest(pki_backend *b, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT; /* proofs need one to write to */
	pki_status st;

	if (b == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = prove(b, &why);
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &why);
	return PKI_LEAVE(err, st);
}
