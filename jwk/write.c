/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys written: from the DER that libpki writes into a JWK, and their thumbprints. */
#include <string.h>

#include <pki/jwk.h>
#include <pki/sign.h>

#include "jwk/b64url.h"
#include "jwk/error.h"
#include "jwk/types.h"

#define THUMBPRINT 32 /* octets: SHA-256 */

/* A key's members: views of its DER. */
struct views {
	const pki_jwk_type *type;
	pki_bytes of[PKI_JWK_MEMBERS];
};

/* ---- out of DER ---- */

static pki_status find_type(const pki_pubkey *k, const pki_jwk_type **out, pki_error *err)
{
	*out = pki_jwk_type_of(pki_pubkey_type(k));
	if (*out != NULL)
		return PKI_SUCCESS;
	if (pki_pubkey_type(k) == PKI_KEY_RSA_PSS)
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "a JWK does not tell that an RSA key is for RSASSA-PSS alone", "RFC 7518 6.3");
	return pki_error_set(err, PKI_E_UNSUPPORTED, "no JWK tells of such a key", "RFC 7518 6.1");
}

static pki_status view_rsa_public(pki_bytes der, struct views *v, pki_error *err)
{
	pki_der r, s;

	pki_der_init(&r, NULL, der, "RSAPublicKey");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_uint(&s, "modulus", &v->of[PKI_JWK_N]);
	pki_der_uint(&s, "publicExponent", &v->of[PKI_JWK_E]);
	pki_der_leave(&s);
	return pki_der_finish(&r, err);
}

/* libpki keeps points uncompressed: <pki/key.h>. */
static pki_status view_point(pki_bytes point, struct views *v, pki_error *err)
{
	size_t n = v->type->octets;

	if (point.len != 1 + 2 * n)
		return pki_error_set(err, PKI_E_INTERNAL, "the point is compressed", "SEC 1 2.3.3");
	v->of[PKI_JWK_X] = pki_bytes_of(point.data + 1, n);
	v->of[PKI_JWK_Y] = pki_bytes_of(point.data + 1 + n, n);
	return PKI_SUCCESS;
}

static pki_status view_public(const pki_pubkey *k, struct views *v, pki_error *err)
{
	pki_status st = find_type(k, &v->type, err);
	pki_spki spki;

	if (st == PKI_SUCCESS)
		st = pki_spki_parse(NULL, pki_pubkey_spki(k), &spki, err);
	if (st != PKI_SUCCESS)
		return st;
	switch (v->type->family) {
	case PKI_JWK_RSA:
		return view_rsa_public(spki.key, v, err);
	case PKI_JWK_EC:
		return view_point(spki.key, v, err);
	default:
		v->of[PKI_JWK_X] = spki.key;
		return PKI_SUCCESS;
	}
}

static void view_rsa(pki_der *r, struct views *v)
{
	int64_t version;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_int64(&s, "version", &version);
	for (size_t i = 0; i < v->type->all; i++)
		pki_der_uint(&s, NULL, &v->of[v->type->needs[i].member]);
	pki_der_leave(&s);
}

static void view_ec(pki_der *r, struct views *v)
{
	int64_t version;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_int64(&s, "version", &version);
	pki_der_next(&s, PKI_TAG_OCTETS, "privateKey", &v->of[PKI_JWK_D]);
	pki_der_skip_rest(&s);
	pki_der_leave(&s);
}

static void view_okp(pki_der *r, struct views *v)
{
	pki_bytes algorithm;
	int64_t version;
	pki_der s, t;

	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_int64(&s, "version", &version);
	pki_der_next(&s, PKI_TAG_SEQUENCE, "privateKeyAlgorithm", &algorithm);
	pki_der_enter(&s, PKI_TAG_OCTETS, "privateKey", &t);
	pki_der_next(&t, PKI_TAG_OCTETS, NULL, &v->of[PKI_JWK_D]);
	pki_der_leave(&t);
	pki_der_skip_rest(&s);
	pki_der_leave(&s);
}

/* Of what was written by form_of. */
static pki_status view_private(pki_bytes der, struct views *v, pki_error *err)
{
	pki_status st;
	pki_der r;

	pki_der_init(&r, NULL, der, "private key");
	switch (v->type->family) {
	case PKI_JWK_RSA:
		view_rsa(&r, v);
		break;
	case PKI_JWK_EC:
		view_ec(&r, v);
		break;
	default:
		view_okp(&r, v);
	}
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS && v->type->octets != 0 && v->of[PKI_JWK_D].len != v->type->octets)
		st = pki_error_set(err, PKI_E_INTERNAL,
		    "the private key is not as long as its curve demands", "RFC 7518 6.2.2.1");
	return st;
}

static pki_key_format form_of(const pki_jwk_type *t)
{
	return t->family == PKI_JWK_RSA ? PKI_FORMAT_PKCS1
	    : t->family == PKI_JWK_EC   ? PKI_FORMAT_SEC1
					: PKI_FORMAT_PKCS8;
}

/* ---- into JSON ---- */

/* Text in the making. The first error sticks. */
struct text {
	pki_buf buf;
	pki_status st;
	pki_error *err;
};

static void put(struct text *t, const char *s)
{
	if (t->st == PKI_SUCCESS)
		t->st = pki_buf_append(&t->buf, pki_bytes_str(s), t->err);
}

static void put_b64url(struct text *t, pki_bytes octets)
{
	if (t->st == PKI_SUCCESS)
		t->st = pki_jwk_b64url_encode(octets, &t->buf, t->err);
}

/* A name before its value, of which no character needs an escape. */
static void put_name(struct text *t, const char *name)
{
	put(t, t->buf.len == 0 ? "{\"" : ",\"");
	put(t, name);
	put(t, "\":\"");
}

static void put_string(struct text *t, const char *name, const char *value)
{
	put_name(t, name);
	put(t, value);
	put(t, "\"");
}

static void put_octets(struct text *t, const char *name, pki_bytes octets)
{
	put_name(t, name);
	put_b64url(t, octets);
	put(t, "\"");
}

static void put_member(struct text *t, const struct views *v, enum pki_jwk_member m)
{
	put_octets(t, pki_jwk_words_of[m].name, v->of[m]);
}

/* What the key cannot do without, in lexicographic order: RFC 7638 3.2, RFC 8037 2. */
static void put_required(struct text *t, const struct views *v)
{
	if (v->type->family == PKI_JWK_RSA)
		put_member(t, v, PKI_JWK_E);
	else
		put_string(t, "crv", v->type->crv);
	put_string(t, "kty", v->type->kty);
	if (v->type->family == PKI_JWK_RSA)
		put_member(t, v, PKI_JWK_N);
	else
		put_member(t, v, PKI_JWK_X);
	if (v->type->family == PKI_JWK_EC)
		put_member(t, v, PKI_JWK_Y);
	put(t, "}");
}

static pki_status thumbprint(const struct views *v, uint8_t out[THUMBPRINT], pki_error *err)
{
	struct text t = { PKI_BUF_INIT, PKI_SUCCESS, err };
	uint8_t digest[PKI_HASH_MAX];

	put_required(&t, v);
	if (t.st == PKI_SUCCESS)
		t.st = pki_hash_once(NULL, PKI_HASH_SHA256, pki_buf_bytes(&t.buf), digest, err);
	if (t.st == PKI_SUCCESS)
		memcpy(out, digest, THUMBPRINT);
	pki_buf_free(&t.buf);
	return t.st;
}

/* With as many members as `count` says, and "kid". */
static pki_status write_jwk(const struct views *v, size_t count, pki_buf *out, pki_error *err)
{
	struct text t = { { .flags = PKI_BUF_SECRET }, PKI_SUCCESS, err };
	uint8_t kid[THUMBPRINT];
	pki_status st = thumbprint(v, kid, err);

	if (st != PKI_SUCCESS)
		return st;
	put_string(&t, "kty", v->type->kty);
	if (v->type->crv != NULL)
		put_string(&t, "crv", v->type->crv);
	for (size_t i = 0; i < count; i++)
		put_member(&t, v, v->type->needs[i].member);
	put_octets(&t, "kid", pki_bytes_of(kid, sizeof kid));
	put(&t, "}\n");
	if (t.st == PKI_SUCCESS)
		t.st = pki_buf_append(out, pki_buf_bytes(&t.buf), err);
	pki_buf_free(&t.buf);
	return t.st;
}

static pki_status write_key(const pki_key *k, pki_buf *out, pki_error *err)
{
	pki_buf der = { .flags = PKI_BUF_SECRET };
	struct views v = { .type = NULL };
	pki_status st = view_public(pki_key_public(k), &v, err);

	if (st == PKI_SUCCESS)
		st = pki_key_write(k,
		    PKI_OPTS(pki_key_write_opts, .form = PKI_DER, .format = form_of(v.type)), &der,
		    err);
	if (st == PKI_SUCCESS)
		st = view_private(pki_buf_bytes(&der), &v, err);
	if (st == PKI_SUCCESS)
		st = write_jwk(&v, v.type->all, out, err);
	pki_buf_free(&der);
	return st;
}

pki_status pki_jwk_key_write(const pki_key *k, pki_buf *out, pki_error *err)
{
	if (k == NULL || out == NULL)
		return pki_jwk_null(err);
	return pki_jwk_leave(err, write_key(k, out, err));
}

pki_status pki_jwk_pubkey_write(const pki_pubkey *k, pki_buf *out, pki_error *err)
{
	struct views v = { .type = NULL };
	pki_status st;

	if (k == NULL || out == NULL)
		return pki_jwk_null(err);
	st = view_public(k, &v, err);
	if (st == PKI_SUCCESS)
		st = write_jwk(&v, v.type->publics, out, err);
	return pki_jwk_leave(err, st);
}

pki_status pki_jwk_thumbprint(const pki_pubkey *k, uint8_t out[32], pki_error *err)
{
	struct views v = { .type = NULL };
	pki_status st;

	if (k == NULL || out == NULL)
		return pki_jwk_null(err);
	st = view_public(k, &v, err);
	if (st == PKI_SUCCESS)
		st = thumbprint(&v, out, err);
	return pki_jwk_leave(err, st);
}
