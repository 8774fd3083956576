/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys read: PKCS#8 (RFC 5958), plain and with PBES2, in DER and PEM. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/crypto/find.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/pbes.h"
#include "libpki/crypto/policy.h"
#include "libpki/types/eckey.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"

#define TRY_UNITS 1000 /* of the work budget: so many passwords may be asked for */

static const char only_pkcs1[] = "RSAPrivateKey of PKCS #1: only PKCS #8 is read so far";
static const char only_sec1[] = "ECPrivateKey of SEC 1: only PKCS #8 is read so far";

enum { PLAIN, ENCRYPTED };

static const pki_label labels[] = {
	[PLAIN] = { "PRIVATE KEY", NULL, NULL },
	[ENCRYPTED] = { "ENCRYPTED PRIVATE KEY", NULL, NULL },
	{ "RSA PRIVATE KEY", only_pkcs1, "RFC 8017 A.1.2" },
	{ "EC PRIVATE KEY", only_sec1, "RFC 5915 4" },
	{ "DSA PRIVATE KEY", "DSA private keys are not supported", NULL },
	{ "OPENSSH PRIVATE KEY", "openssh-key-v1: only PKCS #8 is read so far", NULL },
	{ "ANY PRIVATE KEY", "private key of another kind: only PKCS #8 is read so far", NULL },
	{ "TSS2 PRIVATE KEY", "key of a TPM: only PKCS #8 is read so far", NULL },
	{ "PGP PRIVATE KEY BLOCK", "OpenPGP keys are not supported", "RFC 9580" },
	{ NULL, NULL, NULL },
};

/* The parts of a private key that its type is checked by. */
struct parts {
	pki_key_type type;
	pki_pkcs8 pkcs8;
	pki_bytes scalar, point; /* of ECPrivateKey; point empty: absent */
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
	pki_ec_private k = { 0 };
	pki_status st;
	pki_der r;

	pki_der_init(&r, ctx, p->pkcs8.private_key, "ECPrivateKey");
	pki_ec_private_read(&r, NULL, &k);
	st = pki_der_finish(&r, err);
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
	if (st != PKI_SUCCESS)
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
	if (st != PKI_SUCCESS && err != NULL)
		*err = why;
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

/* What the key says of its public part must be what its private part gives. */
static pki_status check_public(const struct parts *p, const pki_key *k, pki_error *err)
{
	const pki_bytes told[] = { p->point, p->pkcs8.public_key };

	if (k->pub->type != p->type)
		return pki_backend_broken("the backend made a key of another type", err);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (told[i].len != 0 && !pki_bytes_equal(told[i], k->pub->key))
			return pki_error_set(err, PKI_E_POLICY,
			    "publicKey does not belong to the private key", "RFC 5958 2");
	return PKI_SUCCESS;
}

pki_status pki_key_from_pkcs8(const pki_ctx *ctx, pki_bytes der, pki_key **out, pki_error *err)
{
	struct parts p = { 0 };
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

/* Who is asked for the password, and what it is told. */
struct asker {
	pki_password_fn *ask;
	void *ud;
	const char *what;
};

static pki_status wrong_password(pki_error *err)
{
	return pki_error_set(err, PKI_E_PASSWORD, "wrong password", NULL);
}

/* A wrong password that leaves valid padding, one in 256, leaves no PrivateKeyInfo. */
static pki_status try_password(const pki_ctx *ctx, pki_call *call, const pki_encrypted_pkcs8 *e,
    const pki_pbes2 *pbes, pki_bytes password, pki_key **out, pki_error *err)
{
	pki_buf plain = { .flags = PKI_BUF_SECRET };
	pki_pkcs8 ignored;
	pki_status st = pki_call_spend(call, TRY_UNITS, err);

	if (st == PKI_SUCCESS)
		st = pki_pbes2_decrypt(ctx, call, pbes, password, e->data, &plain, err);
	if (st == PKI_SUCCESS && pki_pkcs8_parse(ctx, pki_buf_bytes(&plain), &ignored, NULL) != 0)
		st = wrong_password(err);
	if (st == PKI_SUCCESS)
		st = pki_key_from_pkcs8(ctx, pki_buf_bytes(&plain), out, err);
	pki_buf_free(&plain);
	return st;
}

static pki_status ask_and_try(const pki_ctx *ctx, const struct asker *a,
    const pki_encrypted_pkcs8 *e, const pki_pbes2 *pbes, pki_key **out, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT; /* a password that does not fit is no failure yet */
	pki_status st = pki_error_set(
	    &why, PKI_E_PASSWORD, "the key is encrypted and there is no password", NULL);
	pki_call call;

	pki_call_begin(&call, ctx);
	for (unsigned attempt = 0; st == PKI_E_PASSWORD && a->ask != NULL; attempt++) {
		pki_buf password = { .flags = PKI_BUF_SECRET };
		bool given = a->ask(a->ud, a->what, attempt, &password);

		if (given)
			st = try_password(ctx, &call, e, pbes, pki_buf_bytes(&password), out, &why);
		pki_buf_free(&password);
		if (!given)
			break;
	}
	if (st != PKI_SUCCESS && err != NULL)
		*err = why;
	return st;
}

static pki_status from_encrypted(
    const pki_ctx *ctx, pki_bytes der, const struct asker *a, pki_key **out, pki_error *err)
{
	pki_encrypted_pkcs8 e;
	pki_pbes2 pbes;
	pki_status st = pki_encrypted_pkcs8_parse(ctx, der, &e, err);

	if (st == PKI_SUCCESS)
		st = pki_pbes2_decode(ctx, &e.algorithm, &pbes, err);
	return st == PKI_SUCCESS ? ask_and_try(ctx, a, &e, &pbes, out, err) : st;
}

/* What DER without a label is, by its first elements; a table entry as a label would give. */
static const pki_label *look(const pki_ctx *ctx, pki_bytes der)
{
	static const pki_label pkcs1 = { NULL, only_pkcs1, "RFC 8017 A.1.2" };
	static const pki_label sec1 = { NULL, only_sec1, "RFC 5915 3" };
	pki_bytes first;
	pki_tag tag;
	pki_der r, s;

	pki_der_init(&r, ctx, der, "PrivateKeyInfo");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	if (pki_der_peek(&s, PKI_TAG_SEQUENCE))
		return &labels[ENCRYPTED];
	pki_der_any(&s, NULL, &tag, &first);
	if (pki_der_peek(&s, PKI_TAG_INTEGER))
		return &pkcs1;
	if (pki_der_peek(&s, PKI_TAG_OCTETS))
		return &sec1;
	return &labels[PLAIN];
}

static pki_status from_der(const pki_ctx *ctx, pki_bytes der, const pki_label *l,
    const struct asker *a, pki_key **out, pki_error *err)
{
	if (l == NULL)
		l = look(ctx, der);
	if (l->lacks != NULL)
		return pki_error_set(err, PKI_E_UNSUPPORTED, l->lacks, l->clause);
	if (l == &labels[ENCRYPTED])
		return from_encrypted(ctx, der, a, out, err);
	return pki_key_from_pkcs8(ctx, der, out, err);
}

static pki_status parse(
    const pki_ctx *ctx, pki_bytes in, const struct asker *a, pki_key **out, pki_error *err)
{
	pki_buf der = { .flags = PKI_BUF_SECRET };
	const pki_label *label;
	size_t block;
	pki_status st = pki_find_one(ctx, in, labels, &der, &label, &block, err);

	if (st == PKI_SUCCESS) {
		st = from_der(ctx, pki_buf_bytes(&der), label, a, out, err);
		if (st != PKI_SUCCESS && block != 0)
			pki_error_in_block(err, block);
	}
	pki_buf_free(&der);
	return st;
}

pki_status pki_key_parse(const pki_ctx *ctx, pki_bytes der_or_pem, pki_password_fn *ask, void *ud,
    pki_key **out, pki_error *err)
{
	struct asker a = { ask, ud, "private key" };

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	return PKI_LEAVE(err, parse(ctx, der_or_pem, &a, out, err));
}

pki_status pki_key_load(const pki_ctx *ctx, const char *path, pki_password_fn *ask, void *ud,
    pki_key **out, pki_error *err)
{
	struct asker a = { ask, ud, path };
	pki_buf in = { .flags = PKI_BUF_SECRET };
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	if (path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_file_read(path, pki_ctx_limits(ctx)->object_bytes, &in, err);
	if (st == PKI_SUCCESS)
		st = parse(ctx, pki_buf_bytes(&in), &a, out, err);
	pki_buf_free(&in);
	return PKI_LEAVE(err, st);
}

bool pki_password_text(void *ud, const char *what, unsigned attempt, pki_buf *secret)
{
	(void)what;
	if (ud == NULL || secret == NULL || attempt != 0)
		return false;
	return pki_buf_append(secret, pki_bytes_str(ud), NULL) == PKI_SUCCESS;
}
