/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys that are octets (RFC 8410): read and checked, made, written, used. */
#include <string.h>

#include <pki/error.h>

#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/random.h"

static void init_eddsa(pki_nettle_key *k)
{
	k->u.okp.curve = pki_nettle_eddsa_curve_of(k->type);
}

static void init_xdh(pki_nettle_key *k)
{
	k->u.okp.curve = pki_nettle_xdh_curve_of(k->type);
}

static void clear(pki_nettle_key *k)
{
	pki_wipe(&k->u.okp, sizeof k->u.okp);
}

static pki_status read_public(
    pki_nettle_key *k, const pki_algid *algorithm, pki_bytes bits, pki_error *err)
{
	const pki_nettle_okp_curve *c = k->u.okp.curve;

	(void)algorithm;
	if (bits.len != c->octets)
		return pki_error_set(
		    err, PKI_E_POLICY, "public key of another length", "RFC 8410 4");
	if (c->valid != NULL && !c->valid(bits.data))
		return pki_error_set(err, PKI_E_POLICY,
		    "public key is no point, or one of small order", "RFC 8032 5.1.3");
	memcpy(k->u.okp.pub, bits.data, bits.len);
	return PKI_SUCCESS;
}

static void set_seed(struct pki_nettle_okp *k, const uint8_t *seed)
{
	memcpy(k->seed, seed, k->curve->octets);
	k->curve->derive_public(k->pub, k->seed);
}

static pki_status read_private(pki_nettle_key *k, const pki_pkcs8 *p8, pki_error *err)
{
	struct pki_nettle_okp *okp = &k->u.okp;
	pki_bytes seed;
	pki_status st = pki_okp_private_parse(NULL, k->type, p8->private_key, &seed, err);

	if (st != PKI_SUCCESS)
		return st;
	if (seed.len != okp->curve->octets)
		return pki_error_set(
		    err, PKI_E_POLICY, "private key of another length", "RFC 8410 7");
	set_seed(okp, seed.data);
	return PKI_SUCCESS;
}

static pki_status generate(pki_nettle_key *k, pki_call *call, uint32_t bits, pki_error *err)
{
	uint8_t seed[ED448_KEY_SIZE];
	pki_status st;

	(void)call;
	(void)bits;
	st = pki_nettle_random(NULL, (pki_span){ seed, k->u.okp.curve->octets }, err);
	if (st != PKI_SUCCESS)
		return st;
	set_seed(&k->u.okp, seed);
	pki_wipe(seed, sizeof seed);
	return PKI_SUCCESS;
}

static void write_public(const pki_nettle_key *k, pki_derw *w)
{
	pki_spki_write_point(w, k->type, pki_bytes_of(k->u.okp.pub, k->u.okp.curve->octets));
}

static void write_private(const pki_nettle_key *k, pki_derw *w)
{
	pki_pkcs8_write_okp(w, k->type, pki_bytes_of(k->u.okp.seed, k->u.okp.curve->octets));
}

static bool suits_eddsa(pki_key_type t, const pki_alg *a)
{
	(void)t;
	return a->scheme == PKI_ALG_EDDSA && a->hash == PKI_HASH_NONE;
}

static pki_status sign(
    const pki_nettle_key *k, const pki_alg *a, pki_bytes msg, pki_span *sig, pki_error *err)
{
	const pki_nettle_okp_curve *c = k->u.okp.curve;
	pki_status st = pki_nettle_room(sig, c->produces, err);

	(void)a;
	if (st != PKI_SUCCESS)
		return st;
	/* the public key that goes in is derived: another one would give away the seed */
	c->sign(k->u.okp.pub, k->u.okp.seed, msg.len, msg.data, sig->data);
	sig->len = c->produces;
	return PKI_SUCCESS;
}

static pki_status verify(
    const pki_nettle_key *k, const pki_alg *a, pki_bytes msg, pki_bytes sig, pki_error *err)
{
	const pki_nettle_okp_curve *c = k->u.okp.curve;

	(void)a;
	if (sig.len != c->produces || !c->verify(k->u.okp.pub, msg.len, msg.data, sig.data))
		return pki_nettle_bad_signature(err);
	return PKI_SUCCESS;
}

/* RFC 7748 6: a shared secret of zeros, from a peer of small order, is none. */
static pki_status derive(
    const pki_nettle_key *k, const pki_nettle_key *peer, pki_span *shared, pki_error *err)
{
	const pki_nettle_okp_curve *c = k->u.okp.curve;
	pki_status st = pki_nettle_room(shared, c->produces, err);
	uint8_t any = 0;

	if (st != PKI_SUCCESS)
		return st;
	c->agree(shared->data, k->u.okp.seed, peer->u.okp.pub);
	for (size_t i = 0; i < c->produces; i++)
		any |= shared->data[i];
	if (any == 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "the peer's public key has small order", "RFC 7748 6");
	shared->len = c->produces;
	return PKI_SUCCESS;
}

const pki_nettle_family pki_nettle_eddsa = {
	.signs_messages = true,
	.init = init_eddsa,
	.clear = clear,
	.read_private = read_private,
	.read_public = read_public,
	.generate = generate,
	.write_private = write_private,
	.write_public = write_public,
	.suits = suits_eddsa,
	.sign = sign,
	.verify = verify,
};

const pki_nettle_family pki_nettle_xdh = {
	.init = init_xdh,
	.clear = clear,
	.read_private = read_private,
	.read_public = read_public,
	.generate = generate,
	.write_private = write_private,
	.write_public = write_public,
	.derive = derive,
};
