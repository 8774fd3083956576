/* SPDX-License-Identifier: BSD-3-Clause */
/* Signature algorithms as values: read, written, named, and matched with keys. */
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/crypto/alg.h"
#include "libpki/crypto/use.h"
#include "libpki/types/sigalg.h"
#include "libpki/types/spki.h"

static const struct {
	pki_key_type type;
	pki_scheme scheme;
	pki_hash hash;
} defaults[] = {
	{ PKI_KEY_RSA, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256 },
	{ PKI_KEY_RSA_PSS, PKI_ALG_RSA_PSS, PKI_HASH_SHA256 },
	{ PKI_KEY_P256, PKI_ALG_ECDSA, PKI_HASH_SHA256 },
	{ PKI_KEY_P384, PKI_ALG_ECDSA, PKI_HASH_SHA384 },
	{ PKI_KEY_P521, PKI_ALG_ECDSA, PKI_HASH_SHA512 },
	{ PKI_KEY_ED25519, PKI_ALG_EDDSA, PKI_HASH_NONE },
	{ PKI_KEY_ED448, PKI_ALG_EDDSA, PKI_HASH_NONE },
};

void pki_alg_init(pki_alg *a, size_t size)
{
	pki_opts_init(a, size);
}

/* Is anything set that a later release means something by? */
static bool has_more(const pki_alg *a)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < sizeof a->reserved / sizeof *a->reserved; i++)
		bits |= a->reserved[i];
	return bits != 0;
}

static pki_status read_given(const pki_alg *given, pki_alg *out, pki_error *err)
{
	pki_status st = pki_opts_read(given, out, sizeof *out, sizeof *out, err);

	if (st != PKI_SUCCESS)
		return st;
	if (has_more(out))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "an option is newer than this library", NULL);
	if (out->salt_len < PKI_SALT_EMPTY)
		return pki_error_set(err, PKI_E_ARG, "salt_len is no length", NULL);
	return PKI_SUCCESS;
}

pki_status pki_alg_parse(
    const pki_ctx *ctx, pki_bytes algorithm_identifier, pki_alg *out, pki_error *err)
{
	pki_algid id = { 0 };
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_alg_init(out, sizeof *out);
	pki_der_init(&r, ctx, algorithm_identifier, "AlgorithmIdentifier");
	pki_algid_read(&r, NULL, &id);
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS)
		st = pki_sigalg_decode(ctx, &id, out, err);
	return PKI_LEAVE(err, st);
}

void pki_alg_write(const pki_alg *a, pki_derw *w)
{
	pki_error why = PKI_ERROR_INIT;
	pki_alg known;

	if (a == NULL)
		pki_derw_fail(w, PKI_E_ARG, "no algorithm", NULL);
	else if (read_given(a, &known, &why) != PKI_SUCCESS)
		pki_derw_fail(w, pki_error_status(&why), pki_error_reason(&why), NULL);
	else
		pki_sigalg_write(w, &known);
}

const char *pki_alg_name(const pki_alg *a)
{
	const char *name = NULL;
	pki_alg known;

	if (a != NULL && read_given(a, &known, NULL) == PKI_SUCCESS)
		name = pki_sigalg_name(&known);
	return name != NULL ? name : "";
}

/* The parameters in an id-RSASSA-PSS key; scheme NONE: the key has none. */
static pki_status pss_key_params(const pki_pubkey *k, pki_alg *out, pki_error *err)
{
	pki_spki spki;
	pki_bytes whole;
	pki_algid id = { 0 };
	pki_status st;
	pki_der r;

	pki_alg_init(out, sizeof *out);
	if (k->type != PKI_KEY_RSA_PSS)
		return PKI_SUCCESS;
	pki_der_init(&r, k->ctx, k->spki, "SubjectPublicKeyInfo");
	pki_spki_read(&r, NULL, &spki, &whole);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS || spki.parameters.len == 0)
		return st;
	id.params = id.whole = spki.parameters;
	return pki_pss_params_decode(k->ctx, &id, out, err);
}

/* RFC 4055 3.3: the same digests as in the key's parameters, and at least as long a salt. */
static pki_status check_pss_key(const pki_pubkey *k, const pki_alg *a, pki_error *err)
{
	pki_alg key;
	pki_status st = pss_key_params(k, &key, err);

	if (st != PKI_SUCCESS || key.scheme == PKI_ALG_NONE)
		return st;
	if (a->hash != key.hash || pki_alg_mgf_hash(a) != pki_alg_mgf_hash(&key) ||
	    pki_alg_salt_len(a) < pki_alg_salt_len(&key))
		return pki_error_set(err, PKI_E_POLICY,
		    "the key's own RSASSA-PSS parameters exclude this", "RFC 4055 3.3");
	return PKI_SUCCESS;
}

static pki_status default_for(const pki_pubkey *k, pki_alg *out, pki_error *err)
{
	pki_status st = pss_key_params(k, out, err);

	if (st != PKI_SUCCESS || out->scheme != PKI_ALG_NONE)
		return st;
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		if (defaults[i].type != k->type)
			continue;
		out->scheme = defaults[i].scheme;
		out->hash = defaults[i].hash;
		out->curve = out->scheme == PKI_ALG_EDDSA ? k->type : PKI_KEY_UNKNOWN;
		return PKI_SUCCESS;
	}
	return pki_error_set(err, PKI_E_UNSUPPORTED, "keys of this type do not sign", NULL);
}

pki_status pki_alg_default(const pki_pubkey *k, pki_alg *out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_alg_init(out, sizeof *out);
	return PKI_LEAVE(err, k == NULL ? pki_error_null(err) : default_for(k, out, err));
}

bool pki_alg_is_for(const pki_alg *a, pki_key_type t)
{
	switch (a->scheme) {
	case PKI_ALG_RSA_PKCS1:
		return t == PKI_KEY_RSA;
	case PKI_ALG_RSA_PSS:
		return pki_key_type_is_rsa(t);
	case PKI_ALG_ECDSA:
		return pki_key_type_is_ec(t);
	case PKI_ALG_EDDSA:
		return (t == PKI_KEY_ED25519 || t == PKI_KEY_ED448) &&
		    (a->curve == PKI_KEY_UNKNOWN || a->curve == t);
	case PKI_ALG_DSA:
		return t == PKI_KEY_DSA;
	default:
		return false;
	}
}

/* RFC 8017 9.1.1 and 9.2: emLen is at least this much. */
static size_t encoded_min(const pki_alg *a)
{
	if (a->scheme == PKI_ALG_RSA_PSS)
		return pki_hash_size(a->hash) + pki_alg_salt_len(a) + 2;
	return pki_hash_digest_info_prefix(a->hash).len + pki_hash_size(a->hash) + 11;
}

bool pki_alg_fits(const pki_alg *a, const pki_pubkey *k)
{
	size_t em_bits = a->scheme == PKI_ALG_RSA_PSS ? k->bits - 1 : k->bits;

	if (!pki_key_type_is_rsa(k->type))
		return true;
	return encoded_min(a) <= (em_bits + 7) / 8;
}

static pki_status check_fit(const pki_pubkey *k, const pki_alg *a, pki_error *err)
{
	if (!pki_alg_is_for(a, k->type))
		return pki_error_set(err, PKI_E_ARG, "not an algorithm of this type of key", NULL);
	if (pki_sigalg_oid(a).len == 0)
		return pki_error_set(
		    err, PKI_E_ARG, "no identifier means this algorithm and digest", NULL);
	return check_pss_key(k, a, err);
}

pki_status pki_alg_resolve(const pki_pubkey *k, const pki_alg *given, pki_alg *out, pki_error *err)
{
	pki_status st;

	if (k->type == PKI_KEY_X25519 || k->type == PKI_KEY_X448)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "keys of this type do not sign", "RFC 8410 3");
	st = given == NULL ? default_for(k, out, err) : read_given(given, out, err);
	if (st != PKI_SUCCESS)
		return st;
	if (out->scheme == PKI_ALG_EDDSA && out->curve == PKI_KEY_UNKNOWN)
		out->curve = k->type;
	return check_fit(k, out, err);
}
