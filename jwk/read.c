/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys read: from a JWK into DER, which libpki then reads and checks. */
#include <string.h>

#include <pki/jwk.h>

#include "jwk/b64url.h"
#include "jwk/error.h"
#include "jwk/json.h"
#include "jwk/types.h"

#define TWO_PRIME         0    /* RFC 8017 A.1.2 */
#define EC_PRIV_KEY_VER_1 1    /* RFC 5915 3 */
#define V1                0    /* RFC 5958 2 */
#define UNCOMPRESSED      "\4" /* SEC 1 2.3.3 */

static const pki_jwk_json_format jwk_format = {
	.octets = 1u << 20,
	.too_long = "more than 1 MiB of JSON",
	.depth = 16, /* a Set, its keys, one key, "oth", its primes: 5 */
	.too_deep = "JSON nests deeper than 16",
	.values = SIZE_MAX,
	.twice = "two members have the same name",
	.twice_clause = "RFC 7517 4",
};

/* A JWK, decoded. */
struct parts {
	const pki_jwk_type *type;
	pki_buf of[PKI_JWK_MEMBERS];
};

static pki_bytes part(const struct parts *p, enum pki_jwk_member m)
{
	return pki_buf_bytes(&p->of[m]);
}

static void parts_init(struct parts *p)
{
	*p = (struct parts){ .type = NULL };
	for (size_t i = 0; i < PKI_JWK_MEMBERS; i++)
		p->of[i].flags = PKI_BUF_SECRET;
}

static void parts_free(struct parts *p)
{
	for (size_t i = 0; i < PKI_JWK_MEMBERS; i++)
		pki_buf_free(&p->of[i]);
}

/* ---- JSON ---- */

/* The only element: RFC 7517 5.1. */
static pki_status only_key(const json_t *keys, const json_t **key, pki_error *err)
{
	if (!json_is_array(keys))
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "\"keys\" is not an array", "RFC 7517 5.1");
	if (json_array_size(keys) == 0)
		return pki_error_set(err, PKI_E_NOTFOUND, "no key in this JWK Set", "RFC 7517 5.1");
	if (json_array_size(keys) > 1)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "more than one key in this JWK Set", "RFC 7517 5.1");
	*key = json_array_get(keys, 0);
	return PKI_SUCCESS;
}

/* A JWK has "kty" (RFC 7517 4.1), a JWK Set has "keys" (5); in a JWK "keys" means nothing. */
static pki_status find_key(const json_t *root, const json_t **key, pki_error *err)
{
	const json_t *keys = json_object_get(root, "keys"), *found = root;
	pki_status st = PKI_SUCCESS;

	if (keys != NULL && json_object_get(root, "kty") == NULL)
		st = only_key(keys, &found, err);
	if (st != PKI_SUCCESS)
		return st;
	if (!json_is_object(found))
		return pki_error_set(err, PKI_E_STRUCTURE, "no JSON object", "RFC 7517 4");
	*key = found;
	return PKI_SUCCESS;
}

/* key is the JWK in root, which the caller frees. */
static pki_status parse_json(pki_bytes text, json_t **root, const json_t **key, pki_error *err)
{
	pki_status st = pki_jwk_json_load(text, &jwk_format, root, err);

	if (st != PKI_SUCCESS)
		return st;
	st = find_key(*root, key, err);
	if (st != PKI_SUCCESS)
		pki_jwk_json_free(*root);
	return st;
}

/* ---- members ---- */

static bool has(const json_t *key, const char *name)
{
	return json_object_get(key, name) != NULL;
}

static pki_status read_string(const json_t *key, enum pki_jwk_member m, const char *clause,
    const json_t **out, pki_error *err)
{
	const pki_jwk_words *words = &pki_jwk_words_of[m];
	const json_t *v = json_object_get(key, words->name);

	if (v == NULL)
		return pki_error_set(err, PKI_E_STRUCTURE, words->absent, clause);
	if (!json_is_string(v))
		return pki_error_set(err, PKI_E_STRUCTURE, words->no_string, clause);
	*out = v;
	return PKI_SUCCESS;
}

/* A number is as short as it can be, and 0 is one octet (RFC 7518 2, Base64urlUInt); what is on a
 * curve is as long as the curve says. */
static pki_status check_length(const pki_jwk_type *type, const pki_jwk_words *words,
    const char *clause, pki_bytes octets, pki_error *err)
{
	if (octets.len == 0)
		return pki_error_set(err, PKI_E_STRUCTURE, words->empty, clause);
	if (type->octets == 0 && octets.len > 1 && octets.data[0] == 0)
		return pki_error_set(err, PKI_E_STRUCTURE, words->zeros, "RFC 7518 2");
	if (type->octets != 0 && octets.len != type->octets)
		return pki_error_set(err, PKI_E_STRUCTURE, words->length, clause);
	return PKI_SUCCESS;
}

static pki_status read_octets(
    const json_t *key, const pki_jwk_need *need, struct parts *p, pki_error *err)
{
	const pki_jwk_words *words = &pki_jwk_words_of[need->member];
	pki_buf *out = &p->of[need->member];
	const json_t *v = NULL;
	pki_status st = read_string(key, need->member, need->clause, &v, err);

	if (st != PKI_SUCCESS)
		return st;
	st = pki_jwk_b64url_decode(pki_bytes_of(json_string_value(v), json_string_length(v)), out);
	if (st == PKI_E_ENCODING)
		return pki_error_set(err, st, words->no_b64url, "RFC 7515 2");
	if (st != PKI_SUCCESS)
		return pki_error_set(err, st, "no memory", NULL);
	return check_length(p->type, words, need->clause, pki_buf_bytes(out), err);
}

/* ---- the type ---- */

static pki_status unknown_kty(const char *kty, pki_error *err)
{
	if (strcmp(kty, "oct") == 0)
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "\"kty\" is \"oct\": symmetric keys are not supported", "RFC 7518 6.4");
	return pki_error_set(err, PKI_E_UNSUPPORTED, "unknown \"kty\"", "RFC 7518 6.1");
}

static pki_status unknown_crv(const char *crv, pki_error *err)
{
	if (strcmp(crv, "secp256k1") == 0)
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "\"crv\" is \"secp256k1\", which is not supported", "RFC 8812 3.1");
	return pki_error_set(
	    err, PKI_E_UNSUPPORTED, "unknown \"crv\", or not of this \"kty\"", "RFC 7518 6.2.1.1");
}

static pki_status read_type(const json_t *key, const pki_jwk_type **out, pki_error *err)
{
	const json_t *kty = NULL, *crv = NULL;
	const pki_jwk_type *type;
	pki_status st = read_string(key, PKI_JWK_KTY, "RFC 7517 4.1", &kty, err);

	if (st != PKI_SUCCESS)
		return st;
	type = pki_jwk_type_find(json_string_value(kty), NULL);
	if (type == NULL)
		return unknown_kty(json_string_value(kty), err);
	if (type->crv == NULL) {
		*out = type;
		return PKI_SUCCESS;
	}
	st = read_string(key, PKI_JWK_CRV,
	    type->family == PKI_JWK_EC ? "RFC 7518 6.2.1.1" : "RFC 8037 2", &crv, err);
	if (st != PKI_SUCCESS)
		return st;
	type = pki_jwk_type_find(json_string_value(kty), json_string_value(crv));
	if (type == NULL)
		return unknown_crv(json_string_value(crv), err);
	*out = type;
	return PKI_SUCCESS;
}

static pki_status read_public_members(const json_t *key, struct parts *p, pki_error *err)
{
	pki_status st = read_type(key, &p->type, err);

	for (size_t i = 0; st == PKI_SUCCESS && i < p->type->publics; i++)
		st = read_octets(key, &p->type->needs[i], p, err);
	return st;
}

/* ---- private members ---- */

/* RFC 7518 6.3.2: "d" alone, or all but "oth". */
static pki_status check_rsa_form(const json_t *key, pki_error *err)
{
	if (has(key, "oth"))
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "\"oth\": RSA key of more than two primes", "RFC 7518 6.3.2.7");
	for (enum pki_jwk_member m = PKI_JWK_P; m <= PKI_JWK_QI; m++)
		if (has(key, pki_jwk_words_of[m].name))
			return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_UNSUPPORTED,
	    "\"d\" is the only private member: RSA keys are read with their primes alone",
	    "RFC 7518 6.3.2");
}

static pki_status read_members(const json_t *key, struct parts *p, pki_error *err)
{
	pki_status st = read_public_members(key, p, err);

	if (st != PKI_SUCCESS)
		return st;
	if (!has(key, pki_jwk_words_of[PKI_JWK_D].name))
		return pki_error_set(err, PKI_E_NOTFOUND, "a public key: \"d\" is absent",
		    p->type->needs[p->type->publics].clause);
	if (p->type->family == PKI_JWK_RSA)
		st = check_rsa_form(key, err);
	for (size_t i = p->type->publics; st == PKI_SUCCESS && i < p->type->all; i++)
		st = read_octets(key, &p->type->needs[i], p, err);
	return st;
}

static pki_status parts_read(pki_bytes text,
    pki_status (*read)(const json_t *key, struct parts *p, pki_error *err), struct parts *p,
    pki_error *err)
{
	const json_t *key = NULL;
	json_t *root = NULL;
	pki_status st = parse_json(text, &root, &key, err);

	if (st != PKI_SUCCESS)
		return st;
	st = read(key, p, err);
	pki_jwk_json_free(root);
	return st;
}

/* ---- DER ---- */

static void write_algorithm(pki_derw *w, const pki_jwk_type *t)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, pki_oid_view(&t->algorithm));
	if (t->family == PKI_JWK_RSA)
		pki_derw_null(w);
	if (t->family == PKI_JWK_EC)
		pki_derw_oid(w, pki_oid_view(&t->curve));
	pki_derw_end(w);
}

static void write_rsa_public(pki_derw *w, const struct parts *p)
{
	pki_derw_begin_bits(w);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_uint(w, part(p, PKI_JWK_N));
	pki_derw_uint(w, part(p, PKI_JWK_E));
	pki_derw_end(w);
	pki_derw_end(w);
}

/* An uncompressed point: SEC 1 2.3.3. */
static void write_point(pki_derw *w, const struct parts *p)
{
	pki_buf point = PKI_BUF_INIT;
	pki_status st = pki_buf_append(&point, pki_bytes_str(UNCOMPRESSED), NULL);

	if (st == PKI_SUCCESS)
		st = pki_buf_append(&point, part(p, PKI_JWK_X), NULL);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&point, part(p, PKI_JWK_Y), NULL);
	if (st != PKI_SUCCESS)
		pki_derw_fail(w, st, "no memory", NULL);
	pki_derw_bits(w, pki_buf_bytes(&point), 0);
	pki_buf_free(&point);
}

/* SubjectPublicKeyInfo: RFC 5280 4.1.2.7. */
static void write_spki(pki_derw *w, const struct parts *p)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_algorithm(w, p->type);
	switch (p->type->family) {
	case PKI_JWK_RSA:
		write_rsa_public(w, p);
		break;
	case PKI_JWK_EC:
		write_point(w, p);
		break;
	default:
		pki_derw_bits(w, part(p, PKI_JWK_X), 0);
	}
	pki_derw_end(w);
}

/* RSAPrivateKey: RFC 8017 A.1.2, whose integers are in the same order. */
static void write_rsa(pki_derw *w, const struct parts *p)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, TWO_PRIME);
	for (size_t i = 0; i < p->type->all; i++)
		pki_derw_uint(w, part(p, p->type->needs[i].member));
	pki_derw_end(w);
}

/* ECPrivateKey with its publicKey, so that libpki compares that: RFC 5915 3. */
static void write_ec(pki_derw *w, const struct parts *p)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, EC_PRIV_KEY_VER_1);
	pki_derw_put(w, PKI_TAG_OCTETS, part(p, PKI_JWK_D));
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	pki_derw_oid(w, pki_oid_view(&p->type->curve));
	pki_derw_end(w);
	pki_derw_begin(w, PKI_TAG_EXPLICIT(1));
	write_point(w, p);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* PrivateKeyInfo with a CurvePrivateKey: RFC 8410 7. */
static void write_okp(pki_derw *w, const struct parts *p)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, V1);
	write_algorithm(w, p->type);
	pki_derw_begin(w, PKI_TAG_OCTETS);
	pki_derw_put(w, PKI_TAG_OCTETS, part(p, PKI_JWK_D));
	pki_derw_end(w);
	pki_derw_end(w);
}

static void write_private(pki_derw *w, const struct parts *p)
{
	switch (p->type->family) {
	case PKI_JWK_RSA:
		write_rsa(w, p);
		break;
	case PKI_JWK_EC:
		write_ec(w, p);
		break;
	default:
		write_okp(w, p);
	}
}

/* ---- keys ---- */

static pki_status make_public(
    const pki_ctx *ctx, const struct parts *p, pki_pubkey **out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st;
	pki_derw w;

	pki_derw_init(&w, ctx);
	write_spki(&w, p);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS)
		st = pki_pubkey_import(ctx, pki_buf_bytes(&der), out, err);
	pki_buf_free(&der);
	return st;
}

static pki_status make_private(
    const pki_ctx *ctx, const struct parts *p, pki_key **out, pki_error *err)
{
	pki_buf der = { .flags = PKI_BUF_SECRET };
	pki_status st;
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_secret(&w);
	write_private(&w, p);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS)
		st = pki_key_parse(ctx, pki_buf_bytes(&der), NULL, NULL, out, err);
	pki_buf_free(&der);
	return st;
}

/* libpki derives the public key; the JWK's must be the same. */
static pki_status check_public(
    const pki_ctx *ctx, const struct parts *p, pki_key **k, pki_error *err)
{
	pki_pubkey *told = NULL;
	pki_status st = make_public(ctx, p, &told, err);

	if (st == PKI_SUCCESS && !pki_pubkey_equal(told, pki_key_public(*k)))
		st = pki_error_set(err, PKI_E_POLICY,
		    "the public members are not those of the private key",
		    p->type->needs[0].clause);
	pki_pubkey_free(told);
	if (st != PKI_SUCCESS) {
		pki_key_free(*k);
		*k = NULL;
	}
	return st;
}

pki_status pki_jwk_key_parse(const pki_ctx *ctx, pki_bytes json, pki_key **out, pki_error *err)
{
	struct parts p;
	pki_status st;

	if (out == NULL)
		return pki_jwk_null(err);
	*out = NULL;
	parts_init(&p);
	st = parts_read(json, read_members, &p, err);
	if (st == PKI_SUCCESS)
		st = make_private(ctx, &p, out, err);
	if (st == PKI_SUCCESS)
		st = check_public(ctx, &p, out, err);
	parts_free(&p);
	return pki_jwk_leave(err, st);
}

pki_status pki_jwk_pubkey_parse(
    const pki_ctx *ctx, pki_bytes json, pki_pubkey **out, pki_error *err)
{
	struct parts p;
	pki_status st;

	if (out == NULL)
		return pki_jwk_null(err);
	*out = NULL;
	parts_init(&p);
	st = parts_read(json, read_public_members, &p, err);
	if (st == PKI_SUCCESS)
		st = make_public(ctx, &p, out, err);
	parts_free(&p);
	return pki_jwk_leave(err, st);
}
