/* SPDX-License-Identifier: BSD-3-Clause */
/* Signatures, made and checked: the algorithm, the policy and the shape are looked at here. */
#include "libpki/core/error.h"
#include "libpki/crypto/alg.h"
#include "libpki/crypto/policy.h"
#include "libpki/crypto/use.h"
#include "libpki/types/ecsig.h"
#include "libpki/types/edsig.h"
#include "libpki/types/spki.h"

#define SIGN_UNITS    1000 /* of the work budget: a signature, made or checked */
#define MESSAGE_BLOCK 64   /* octets of a message for each further unit */
#define SIGNATURE_MAX (PKI_RSA_BITS_CEILING / 8)

/* What is signed or was signed, and what the call for it may spend. */
struct input {
	pki_bytes octets;
	bool is_digest;
	pki_call call;
};

/* Octets of the longest signature of this key. */
static size_t signature_room(const pki_pubkey *k)
{
	switch (k->type) {
	case PKI_KEY_ED25519:
		return PKI_ED25519_SIG;
	case PKI_KEY_ED448:
		return PKI_ED448_SIG;
	default:
		if (pki_key_type_is_rsa(k->type))
			return (k->bits + 7) / 8;
		return 9 + 2 * pki_key_type_octets(k->type);
	}
}

/* Two positive numbers of so many octets at most, in strict DER. */
static bool has_two_numbers(pki_bytes sig, size_t max)
{
	pki_bytes r, s;

	return pki_ecsig_parse(sig, &r, &s, NULL) == PKI_SUCCESS && r.len <= max && s.len <= max;
}

/* Can these octets be a signature of this key? RSA: of one length; ECDSA, DSA: strict DER. */
static bool has_shape(const pki_pubkey *k, pki_bytes sig)
{
	if (sig.len == 0 || sig.data == NULL)
		return false;
	if (pki_key_type_is_ec(k->type))
		return has_two_numbers(sig, pki_key_type_octets(k->type));
	if (k->type == PKI_KEY_DSA)
		return has_two_numbers(sig, PKI_DSA_Q_OCTETS_MAX);
	if (pki_key_type_is_okp(k->type))
		return pki_edsig_has_form(k->type, sig);
	return sig.len == signature_room(k);
}

/* Everything that is decided before a backend is asked. */
static pki_status prepare(
    const pki_pubkey *k, const pki_alg *given, struct input *in, pki_alg *a, pki_error *err)
{
	pki_status st = pki_alg_resolve(k, given, a, err);

	if (st == PKI_SUCCESS)
		st = pki_policy_signature(k->ctx, a, err);
	if (st != PKI_SUCCESS)
		return st;
	if (in->is_digest && a->hash == PKI_HASH_NONE)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "EdDSA signs messages, not digests", "RFC 8410 3");
	if (in->is_digest && in->octets.len != pki_hash_size(a->hash))
		return pki_error_set(err, PKI_E_ARG, "the digest has another length", NULL);
	pki_call_begin(&in->call, k->ctx);
	return pki_call_spend(&in->call, SIGN_UNITS, err);
}

/* The operations of a backend on messages and on digests. */
struct forms {
	pki_op message, digest;
};
static const struct forms signs = { PKI_OP_SIGN, PKI_OP_SIGN_DIGEST };
static const struct forms verifies = { PKI_OP_VERIFY, PKI_OP_VERIFY_DIGEST };

static bool has_digest(const pki_ctx *ctx, pki_hash h)
{
	pki_alg a = { .size = sizeof a, .hash = h };
	pki_backend *b;

	return pki_backend_for(ctx, PKI_OP_DIGEST, PKI_KEY_UNKNOWN, &a, &b, NULL) == PKI_SUCCESS;
}

static pki_status hash_message(
    const pki_ctx *ctx, pki_hash h, struct input *in, uint8_t room[PKI_HASH_MAX], pki_error *err)
{
	pki_status st = pki_hash_call(ctx, &in->call, h, in->octets, room, err);

	in->octets = pki_bytes_of(room, pki_hash_size(h));
	in->is_digest = true;
	return st;
}

/*
 * A backend may offer to sign messages, or digests, or both: what it offers for the message itself
 * goes first, unless it is so long that libpki makes the digest, which can be cancelled.
 * PKI_E_UNSUPPORTED: neither.
 */
static pki_status choose_form(const pki_pubkey *k, pki_backend *b, const struct forms *forms,
    const pki_alg *a, struct input *in, uint8_t room[PKI_HASH_MAX], pki_error *err)
{
	bool by_message = !in->is_digest && pki_backend_offers(b, forms->message, k->type, a);
	bool by_digest = a->hash != PKI_HASH_NONE &&
	    pki_backend_offers(b, forms->digest, k->type, a) &&
	    (in->is_digest || has_digest(k->ctx, a->hash));

	if (by_message && (in->octets.len <= PKI_DIGEST_SLICE || !by_digest))
		return pki_call_spend(&in->call, in->octets.len / MESSAGE_BLOCK, err);
	if (!by_digest)
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "the key's backend does not offer this algorithm", NULL);
	return in->is_digest ? PKI_SUCCESS : hash_message(k->ctx, a->hash, in, room, err);
}

static pki_status make(
    const pki_key *k, const pki_alg *a, struct input *in, pki_span *out, pki_error *err)
{
	const pki_backend_table *t = k->backend->t;
	size_t room = out->len;
	uint8_t digest[PKI_HASH_MAX];
	pki_status st = choose_form(k->pub, k->backend, &signs, a, in, digest, err);

	if (st != PKI_SUCCESS)
		return st;
	st = (in->is_digest ? t->sign_digest : t->sign)(k->handle, a, in->octets, out, err);
	st = pki_backend_result(st, err);
	if (st != PKI_SUCCESS)
		return st == PKI_E_SIGNATURE ? pki_backend_broken("no signature was made", err)
					     : st;
	if (out->len > room || !has_shape(k->pub, pki_bytes_of(out->data, out->len)))
		return pki_backend_broken("the backend gave what is no signature", err);
	return PKI_SUCCESS;
}

static pki_status sign(
    const pki_key *k, const pki_alg *given, struct input *in, pki_buf *sig, pki_error *err)
{
	uint8_t room[SIGNATURE_MAX];
	pki_span out = { room, 0 };
	pki_alg a;
	pki_status st;

	if (k == NULL || sig == NULL || (in->octets.data == NULL && in->octets.len != 0))
		return pki_error_null(err);
	st = prepare(k->pub, given, in, &a, err);
	if (st != PKI_SUCCESS)
		return st;
	if (!pki_alg_fits(&a, k->pub))
		return pki_error_set(
		    err, PKI_E_ARG, "digest and salt do not fit into the modulus", "RFC 8017 9");
	out.len = signature_room(k->pub);
	st = make(k, &a, in, &out, err);
	return st == PKI_SUCCESS ? pki_buf_append(sig, pki_bytes_of(room, out.len), err) : st;
}

static pki_status does_not_verify(pki_error *err)
{
	return pki_error_set(err, PKI_E_SIGNATURE, "the signature does not verify", NULL);
}

static pki_status ask(
    const pki_pubkey *k, const pki_alg *a, struct input *in, pki_bytes sig, pki_error *err)
{
	uint8_t digest[PKI_HASH_MAX];
	const pki_backend_table *t;
	pki_status st;

	if (k->backend == NULL)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "no backend of the context checks this", NULL);
	st = choose_form(k, k->backend, &verifies, a, in, digest, err);
	if (st != PKI_SUCCESS)
		return st;
	t = k->backend->t;
	st = (in->is_digest ? t->verify_digest : t->verify)(k->handle, a, in->octets, sig, err);
	st = pki_backend_result(st, err);
	return st == PKI_E_SIGNATURE ? does_not_verify(err) : st;
}

static pki_status check(
    const pki_pubkey *k, const pki_alg *given, struct input *in, pki_bytes sig, pki_error *err)
{
	pki_alg a;
	pki_status st;

	if (k == NULL || (in->octets.data == NULL && in->octets.len != 0) ||
	    (sig.data == NULL && sig.len != 0))
		return pki_error_null(err);
	st = prepare(k, given, in, &a, err);
	if (st != PKI_SUCCESS)
		return st;
	if (!has_shape(k, sig) || !pki_alg_fits(&a, k))
		return pki_error_set(err, PKI_E_SIGNATURE,
		    "what should be the signature has not the form of one", NULL);
	return ask(k, &a, in, sig, err);
}

pki_status pki_sign(
    const pki_key *k, const pki_alg *alg, pki_bytes msg, pki_buf *sig, pki_error *err)
{
	return PKI_LEAVE(err, sign(k, alg, &(struct input){ msg, false, { 0 } }, sig, err));
}

pki_status pki_sign_digest(
    const pki_key *k, const pki_alg *alg, pki_bytes digest, pki_buf *sig, pki_error *err)
{
	return PKI_LEAVE(err, sign(k, alg, &(struct input){ digest, true, { 0 } }, sig, err));
}

pki_status pki_check(
    const pki_pubkey *k, const pki_alg *alg, pki_bytes msg, pki_bytes sig, pki_error *err)
{
	return PKI_LEAVE(err, check(k, alg, &(struct input){ msg, false, { 0 } }, sig, err));
}

pki_status pki_check_digest(
    const pki_pubkey *k, const pki_alg *alg, pki_bytes digest, pki_bytes sig, pki_error *err)
{
	return PKI_LEAVE(err, check(k, alg, &(struct input){ digest, true, { 0 } }, sig, err));
}
