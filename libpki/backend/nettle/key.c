/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys of every family: import, export, and the calls that the backend's table offers. */
#include <string.h>

#include <pki/error.h>

#include "libpki/backend/nettle/digest.h"
#include "libpki/backend/nettle/key.h"
#include "libpki/core/alloc.h"
#include "libpki/core/error.h"

static const pki_nettle_family *const families[] = {
	[PKI_KEY_RSA] = &pki_nettle_rsa,
	[PKI_KEY_RSA_PSS] = &pki_nettle_rsa,
	[PKI_KEY_DSA] = &pki_nettle_dsa,
	[PKI_KEY_P256] = &pki_nettle_ec,
	[PKI_KEY_P384] = &pki_nettle_ec,
	[PKI_KEY_P521] = &pki_nettle_ec,
	[PKI_KEY_ED25519] = &pki_nettle_eddsa,
	[PKI_KEY_ED448] = &pki_nettle_eddsa,
	[PKI_KEY_X25519] = &pki_nettle_xdh,
	[PKI_KEY_X448] = &pki_nettle_xdh,
};

const pki_nettle_family *pki_nettle_family_of(pki_key_type t)
{
	if (t < 0 || (size_t)t >= sizeof families / sizeof *families)
		return NULL;
	return families[t];
}

pki_status pki_nettle_bad_signature(pki_error *err)
{
	return pki_error_set(err, PKI_E_SIGNATURE, "the signature does not verify", NULL);
}

pki_status pki_nettle_room(const pki_span *out, size_t n, pki_error *err)
{
	if (out->len < n)
		return pki_error_set(err, PKI_E_ARG, "no room for the output", NULL);
	return PKI_SUCCESS;
}

/* NULL: the backend has no such keys, or no private ones. */
static const pki_nettle_family *family_for(pki_key_type t, bool is_private)
{
	const pki_nettle_family *f = pki_nettle_family_of(t);

	return f != NULL && is_private && f->read_private == NULL ? NULL : f;
}

/* NULL: see no_key. */
static pki_nettle_key *key_new(pki_key_type t, bool is_private)
{
	const pki_nettle_family *f = family_for(t, is_private);
	pki_nettle_key *k = f == NULL ? NULL : pki_alloc_zero(1, sizeof *k);

	if (k == NULL)
		return NULL;
	k->family = f;
	k->type = t;
	k->is_private = is_private;
	f->init(k);
	return k;
}

static pki_status no_key(pki_key_type t, bool is_private, pki_error *err)
{
	if (family_for(t, is_private) != NULL)
		return pki_error_nomem(err);
	return pki_error_set(err, PKI_E_UNSUPPORTED, "a key type that this backend lacks", NULL);
}

void pki_nettle_key_free(void *key_or_pub)
{
	pki_nettle_key *k = key_or_pub;

	if (k == NULL)
		return;
	k->family->clear(k);
	pki_buf_free(&k->spki);
	pki_free_secret(k, sizeof *k);
}

/* Hands over a key whose reading or making went well, else frees it. */
static pki_status key_done(pki_nettle_key *k, pki_status st, void **out)
{
	if (st == PKI_SUCCESS)
		*out = k;
	else
		pki_nettle_key_free(k);
	return st;
}

static pki_status write_spki(const pki_nettle_key *k, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	k->family->write_public(k, &w);
	return pki_derw_finish(&w, out, err);
}

pki_status pki_nettle_key_generate(void *self, pki_call *call, pki_key_type t, uint32_t bits,
    const char *label, pki_bytes id, void **key, pki_error *err)
{
	pki_nettle_key *k = key_new(t, true);
	pki_status st;

	(void)self;
	(void)label;
	(void)id;
	if (k == NULL)
		return no_key(t, true, err);
	st = k->family->generate(k, call, bits, err);
	if (st == PKI_SUCCESS)
		st = write_spki(k, &k->spki, err);
	return key_done(k, st, key);
}

/* RFC 5958 2: the public key that a OneAsymmetricKey carries is the private key's. */
static pki_status check_carried(const pki_nettle_key *k, const pki_pkcs8 *p8, pki_error *err)
{
	pki_buf spki = PKI_BUF_INIT;
	pki_nettle_key *other;
	pki_status st;

	if (p8->public_key.len == 0)
		return PKI_SUCCESS;
	other = key_new(k->type, false);
	if (other == NULL)
		return no_key(k->type, false, err);
	st = k->family->read_public(other, &p8->algorithm, p8->public_key, err);
	if (st == PKI_SUCCESS)
		st = write_spki(other, &spki, err);
	if (st == PKI_SUCCESS && !pki_bytes_equal(pki_buf_bytes(&spki), pki_buf_bytes(&k->spki)))
		st = pki_error_set(
		    err, PKI_E_POLICY, "publicKey is not the private key's", "RFC 5958 2");
	pki_buf_free(&spki);
	pki_nettle_key_free(other);
	return st;
}

pki_status pki_nettle_key_import(void *self, pki_bytes pkcs8, void **key, pki_error *err)
{
	pki_nettle_key *k;
	pki_key_type t;
	pki_pkcs8 p8;
	pki_status st = pki_pkcs8_parse(NULL, pkcs8, &p8, err);

	(void)self;
	if (st == PKI_SUCCESS)
		st = pki_key_type_from_algid(&p8.algorithm, &t, err);
	if (st != PKI_SUCCESS)
		return st;
	k = key_new(t, true);
	if (k == NULL)
		return no_key(t, true, err);
	st = k->family->read_private(k, &p8, err);
	if (st != PKI_SUCCESS)
		pki_error_nest(err, "privateKey", p8.private_key_offset);
	if (st == PKI_SUCCESS)
		st = write_spki(k, &k->spki, err);
	if (st == PKI_SUCCESS)
		st = check_carried(k, &p8, err);
	return key_done(k, st, key);
}

static pki_status read_spki(pki_bytes in, pki_spki *out, pki_error *err)
{
	pki_bytes whole;
	pki_der r;

	pki_der_init(&r, NULL, in, "SubjectPublicKeyInfo");
	pki_spki_read(&r, NULL, out, &whole);
	return pki_der_finish(&r, err);
}

/* As it came, but that points are written uncompressed: one key has one SubjectPublicKeyInfo. */
static pki_status keep_spki(pki_nettle_key *k, pki_bytes spki, pki_error *err)
{
	pki_derw w;

	if (!pki_key_type_is_ec(k->type))
		return pki_buf_append(&k->spki, spki, err);
	pki_derw_init(&w, NULL);
	k->family->write_public(k, &w);
	return pki_derw_finish(&w, &k->spki, err);
}

pki_status pki_nettle_pub_import(void *self, pki_bytes spki, void **pub, pki_error *err)
{
	pki_nettle_key *k;
	pki_key_type t;
	pki_algid algorithm;
	pki_spki s;
	pki_status st = read_spki(spki, &s, err);

	(void)self;
	if (st != PKI_SUCCESS)
		return st;
	/* s.type is unknown also where it is the key that is malformed: this tells */
	algorithm = (pki_algid){ .oid = s.algorithm, .params = s.parameters };
	st = pki_key_type_from_algid(&algorithm, &t, err);
	if (st != PKI_SUCCESS)
		return st;
	k = key_new(t, false);
	if (k == NULL)
		return no_key(t, false, err);
	st = k->family->read_public(k, &algorithm, s.key, err);
	if (st == PKI_SUCCESS)
		st = keep_spki(k, spki, err);
	return key_done(k, st, pub);
}

static pki_status give(pki_bytes in, pki_span *out, pki_error *err)
{
	pki_status st = pki_nettle_room(out, in.len, err);

	if (st != PKI_SUCCESS)
		return st;
	if (in.len != 0)
		memcpy(out->data, in.data, in.len);
	out->len = in.len;
	return PKI_SUCCESS;
}

pki_status pki_nettle_key_public(void *key, pki_span *spki, pki_error *err)
{
	const pki_nettle_key *k = key;

	return give(pki_buf_bytes(&k->spki), spki, err);
}

static pki_status not_private(pki_error *err)
{
	return pki_error_set(err, PKI_E_ARG, "not a private key", NULL);
}

pki_status pki_nettle_key_export(void *key, pki_span *pkcs8, pki_error *err)
{
	const pki_nettle_key *k = key;
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_status st;
	pki_derw w;

	if (!k->is_private)
		return not_private(err);
	pki_derw_init(&w, NULL);
	pki_derw_secret(&w);
	k->family->write_private(k, &w);
	st = pki_derw_finish(&w, &out, err);
	if (st == PKI_SUCCESS)
		st = give(pki_buf_bytes(&out), pkcs8, err);
	pki_buf_free(&out);
	return st;
}

static pki_status check_alg(const pki_nettle_key *k, const pki_alg *a, pki_error *err)
{
	if (k->family->suits == NULL || !k->family->suits(k->type, a))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "not a signature algorithm of this key", NULL);
	return PKI_SUCCESS;
}

/* A digest that comes from outside. */
static pki_status check_digest(
    const pki_nettle_key *k, const pki_alg *a, pki_bytes digest, pki_error *err)
{
	pki_status st = check_alg(k, a, err);

	if (st != PKI_SUCCESS)
		return st;
	if (k->family->signs_messages)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "this key signs messages, not digests", "RFC 8032 8.5");
	if (digest.len != pki_nettle_hash(a->hash)->digest_size)
		return pki_error_set(err, PKI_E_ARG, "digest of another length", NULL);
	return PKI_SUCCESS;
}

/* What the family wants to see: the message, or its digest in room. */
static pki_bytes digest_of(
    const pki_nettle_key *k, const pki_alg *a, pki_bytes msg, uint8_t room[PKI_HASH_MAX])
{
	const struct nettle_hash *h;

	if (k->family->signs_messages)
		return msg;
	h = pki_nettle_hash(a->hash);
	pki_nettle_hash_once(h, msg, room);
	return pki_bytes_of(room, h->digest_size);
}

pki_status pki_nettle_sign(
    void *key, const pki_alg *a, pki_bytes msg, pki_span *sig, pki_error *err)
{
	const pki_nettle_key *k = key;
	uint8_t digest[PKI_HASH_MAX];
	pki_status st = check_alg(k, a, err);

	if (st != PKI_SUCCESS)
		return st;
	if (!k->is_private)
		return not_private(err);
	st = k->family->sign(k, a, digest_of(k, a, msg, digest), sig, err);
	pki_wipe(digest, sizeof digest);
	return st;
}

pki_status pki_nettle_sign_digest(
    void *key, const pki_alg *a, pki_bytes digest, pki_span *sig, pki_error *err)
{
	const pki_nettle_key *k = key;
	pki_status st = check_digest(k, a, digest, err);

	if (st != PKI_SUCCESS)
		return st;
	if (!k->is_private)
		return not_private(err);
	return k->family->sign(k, a, digest, sig, err);
}

pki_status pki_nettle_verify(
    void *pub, const pki_alg *a, pki_bytes msg, pki_bytes sig, pki_error *err)
{
	const pki_nettle_key *k = pub;
	uint8_t digest[PKI_HASH_MAX];
	pki_status st = check_alg(k, a, err);

	if (st != PKI_SUCCESS)
		return st;
	return k->family->verify(k, a, digest_of(k, a, msg, digest), sig, err);
}

pki_status pki_nettle_verify_digest(
    void *pub, const pki_alg *a, pki_bytes digest, pki_bytes sig, pki_error *err)
{
	const pki_nettle_key *k = pub;
	pki_status st = check_digest(k, a, digest, err);

	if (st != PKI_SUCCESS)
		return st;
	return k->family->verify(k, a, digest, sig, err);
}

pki_status pki_nettle_derive(void *key, pki_bytes peer_spki, pki_span *shared, pki_error *err)
{
	const pki_nettle_key *k = key, *peer;
	void *imported;
	pki_status st;

	if (k->family->derive == NULL)
		return pki_error_set(err, PKI_E_UNSUPPORTED, "not a key for key agreement", NULL);
	if (!k->is_private)
		return not_private(err);
	st = pki_nettle_pub_import(NULL, peer_spki, &imported, err);
	if (st != PKI_SUCCESS)
		return st;
	peer = imported;
	st = peer->type == k->type
	    ? k->family->derive(k, peer, shared, err)
	    : pki_error_set(err, PKI_E_ARG, "the peer's key has another type", NULL);
	pki_nettle_key_free(imported);
	return st;
}
