/* SPDX-License-Identifier: BSD-3-Clause */
/* A OneAsymmetricKey (RFC 5958), checked, and given to a backend. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/policy.h"
#include "libpki/types/eckey.h"
#include "libpki/types/keyform.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"

/* The parts of a private key that its type is checked by. */
struct parts {
	pki_key_type type;
	pki_pkcs8 pkcs8;
	pki_bytes scalar, point; /* of ECPrivateKey; point empty: absent */
	bool bare;               /* the input is privateKey alone */
};

static pki_status check_rsa(const pki_ctx *ctx, struct parts *p, pki_error *err)
{
	pki_rsa_private k = { 0 };
	pki_status st;
	pki_der r;

	pki_der_init(&r, ctx, p->pkcs8.private_key, "RSAPrivateKey");
	pki_rsa_private_read(&r, NULL, &k);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	return pki_policy_rsa_public(ctx, p->type, &(pki_rsa_public){ .n = k.n, .e = k.e }, err);
}

/* In so many octets, but for zeros in front? */
static bool fits(pki_bytes number, size_t octets)
{
	uint8_t over = 0;

	for (size_t i = 0; i + octets < number.len; i++)
		over |= number.data[i];
	return over == 0;
}

static pki_status check_ec(const pki_ctx *ctx, struct parts *p, pki_error *err)
{
	pki_ec_private k;
	pki_status st = pki_ec_private_parse(ctx, p->pkcs8.private_key, &k, err);

	if (st != PKI_SUCCESS)
		return st;
	if (k.type != PKI_KEY_UNKNOWN && k.type != p->type)
		return pki_error_set(
		    err, PKI_E_POLICY, "the key names two different curves", "RFC 5915 3");
	if (k.scalar.len == 0 || !fits(k.scalar, pki_key_type_octets(p->type)))
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "privateKey is not as long as the curve's order", "RFC 5915 3");
	p->scalar = k.scalar;
	p->point = k.point;
	return PKI_SUCCESS;
}

static pki_status check_okp(const pki_ctx *ctx, struct parts *p, pki_error *err)
{
	pki_bytes seed;

	return pki_okp_private_parse(ctx, p->type, p->pkcs8.private_key, &seed, err);
}

/* Everything that needs no backend, and before one sees the key. */
static pki_status inspect(const pki_ctx *ctx, pki_bytes der, struct parts *p, pki_error *err)
{
	pki_status st = pki_pkcs8_parse(ctx, der, &p->pkcs8, err);

	if (st == PKI_SUCCESS)
		st = pki_key_type_from_algid(&p->pkcs8.algorithm, &p->type, err);
	if (st != PKI_SUCCESS)
		return st;
	if (p->type == PKI_KEY_DSA)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "DSA private keys are not supported", NULL);
	if (pki_key_type_is_rsa(p->type))
		st = check_rsa(ctx, p, err);
	else if (pki_key_type_is_ec(p->type))
		st = check_ec(ctx, p, err);
	else
		st = check_okp(ctx, p, err);
	if (st != PKI_SUCCESS && !p->bare)
		pki_error_nest(err, "privateKey", p->pkcs8.private_key_offset);
	return st;
}

/*
 * RFC 5915 3 has the scalar as long as the curve's order. GnuTLS puts a zero octet in front where
 * the first bit is set, and old programs leave zeros out; backends get what the RFC says.
 */
static pki_status with_full_scalar(
    const pki_ctx *ctx, const struct parts *p, pki_buf *out, pki_error *err)
{
	uint8_t room[PKI_EC_OCTETS_MAX] = { 0 };
	size_t n = pki_key_type_octets(p->type), len = p->scalar.len < n ? p->scalar.len : n;
	pki_status st;
	pki_derw w;

	memcpy(room + n - len, p->scalar.data + p->scalar.len - len, len);
	pki_derw_init(&w, ctx);
	pki_derw_secret(&w);
	pki_pkcs8_write_ec(&w, p->type, pki_bytes_of(room, n), p->point);
	st = pki_derw_finish(&w, out, err);
	pki_wipe(room, sizeof room);
	return st;
}

static pki_status import_any(
    const pki_ctx *ctx, pki_bytes der, pki_backend **backend, void **handle, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_error_set(
	    &why, PKI_E_UNSUPPORTED, "no backend of the context has keys of this type", NULL);

	for (pki_backend *const *b = pki_backends_of(ctx); *b != NULL; b++) {
		const pki_backend_table *t = (*b)->t;

		if (t->key_import == NULL || t->key_public == NULL || t->key_free == NULL)
			continue;
		*backend = *b;
		st = pki_backend_result(t->key_import((*b)->self, der, handle, &why), &why);
		if (st != PKI_E_UNSUPPORTED)
			break;
	}
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &why);
	return st;
}

static pki_status import(const pki_ctx *ctx, pki_bytes der, const struct parts *p,
    pki_backend **backend, void **handle, pki_error *err)
{
	pki_buf full = { .flags = PKI_BUF_SECRET };
	pki_status st = PKI_SUCCESS;

	if (p->scalar.len == 0 || p->scalar.len == pki_key_type_octets(p->type))
		return import_any(ctx, der, backend, handle, err);
	st = with_full_scalar(ctx, p, &full, err);
	if (st == PKI_SUCCESS)
		st = import_any(ctx, pki_buf_bytes(&full), backend, handle, err);
	pki_buf_free(&full);
	return st;
}

static bool is_public(const pki_pubkey *k, pki_bytes told)
{
	return pki_key_type_is_ec(k->type) ? pki_ec_point_is(k->key, told)
					   : pki_bytes_equal(k->key, told);
}

/* What the key says of its public part must be what its private part gives. */
static pki_status check_public(const struct parts *p, const pki_key *k, pki_error *err)
{
	const pki_bytes told[] = { p->point, p->pkcs8.public_key };

	if (k->pub->type != p->type)
		return pki_backend_broken("the backend made a key of another type", err);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (told[i].len != 0 && !is_public(k->pub, told[i]))
			return pki_error_set(err, PKI_E_POLICY,
			    "publicKey does not belong to the private key", "RFC 5958 2");
	return PKI_SUCCESS;
}

static pki_status from_pkcs8(
    const pki_ctx *ctx, pki_bytes der, bool bare, pki_key **out, pki_error *err)
{
	struct parts p = { .bare = bare };
	pki_backend *backend = NULL;
	void *handle = NULL;
	pki_key *k = NULL;
	pki_status st = inspect(ctx, der, &p, err);

	if (st == PKI_SUCCESS)
		st = import(ctx, der, &p, &backend, &handle, err);
	if (st == PKI_SUCCESS)
		st = pki_key_adopt(ctx, backend, handle, &p.pkcs8.algorithm, &k, err);
	if (st == PKI_SUCCESS)
		st = check_public(&p, k, err);
	if (st != PKI_SUCCESS) {
		pki_key_free(k);
		return st;
	}
	*out = k;
	return PKI_SUCCESS;
}

pki_status pki_key_from_pkcs8(const pki_ctx *ctx, pki_bytes der, pki_key **out, pki_error *err)
{
	return from_pkcs8(ctx, der, false, out, err);
}

pki_status pki_key_from_bare(
    const pki_ctx *ctx, pki_key_format format, pki_bytes der, pki_key **out, pki_error *err)
{
	pki_buf pkcs8 = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_keyform_wrap(ctx, format, der, &pkcs8, err);

	if (st == PKI_SUCCESS)
		st = from_pkcs8(ctx, pki_buf_bytes(&pkcs8), true, out, err);
	pki_buf_free(&pkcs8);
	return st;
}
