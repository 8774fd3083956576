/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys read: in PEM, DER and bare base64, plain and with a password. */
#include "libpki/core/error.h"
#include "libpki/crypto/find.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/pbes.h"
#include "libpki/types/pkcs8.h"

#define TRY_UNITS 1000 /* of the work budget: so many passwords may be asked for */

static const char only_sec1[] = "ECPrivateKey of SEC 1: only PKCS #8 is read so far";

enum { PLAIN, ENCRYPTED };

static const pki_label labels[] = {
	[PLAIN] = { "PRIVATE KEY", NULL, NULL },
	[ENCRYPTED] = { "ENCRYPTED PRIVATE KEY", NULL, NULL },
	{ "RSA PRIVATE KEY", "RSAPrivateKey of PKCS #1: only PKCS #8 is read so far",
	    "RFC 8017 A.1.2" },
	{ "EC PRIVATE KEY", only_sec1, "RFC 5915 4" },
	{ "DSA PRIVATE KEY", "DSA private keys are not supported", NULL },
	{ "OPENSSH PRIVATE KEY", "openssh-key-v1: only PKCS #8 is read so far", NULL },
	{ "ANY PRIVATE KEY", "private key of another kind: only PKCS #8 is read so far", NULL },
	{ "TSS2 PRIVATE KEY", "key of a TPM: only PKCS #8 is read so far", NULL },
	{ "PGP PRIVATE KEY BLOCK", "OpenPGP keys are not supported", "RFC 9580" },
	{ NULL, NULL, NULL },
};

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

static const pki_label old_form = { NULL,
	"key in a form from before PKCS #8: only PKCS #8 is read so far", "RFC 8017 A.1.2" };
static const pki_label sec1 = { NULL, only_sec1, "RFC 5915 3" };
static const pki_label no_key = { NULL, NULL, NULL };

/* What begins with an INTEGER: a version, of one octet, and what follows it. */
static const pki_label *look_behind_version(pki_der *s)
{
	pki_bytes version = { 0 };

	pki_der_next(s, PKI_TAG_INTEGER, "version", &version);
	if (version.len == 1 && pki_der_peek(s, PKI_TAG_INTEGER))
		return &old_form;
	if (version.len == 1 && pki_der_peek(s, PKI_TAG_OCTETS))
		return &sec1;
	return pki_der_peek(s, PKI_TAG_INTEGER) ? &no_key : &labels[PLAIN];
}

/* What DER without a label is, by its first elements. */
static const pki_label *look(const pki_ctx *ctx, pki_bytes der)
{
	pki_bytes first;
	pki_der r, s;

	pki_der_init(&r, ctx, der, "PrivateKeyInfo");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_peek(&s, PKI_TAG_SEQUENCE))
		return look_behind_version(&s);
	pki_der_next(&s, PKI_TAG_SEQUENCE, NULL, &first);
	if (pki_der_peek(&s, PKI_TAG_SEQUENCE) || pki_der_peek(&s, PKI_TAG_BIT_STRING))
		return &no_key;
	return &labels[ENCRYPTED];
}

static pki_status from_der(const pki_ctx *ctx, pki_bytes der, const pki_label *l,
    const struct asker *a, pki_key **out, pki_error *err)
{
	if (l == NULL)
		l = look(ctx, der);
	if (l == &no_key)
		return pki_error_set(err, PKI_E_NOTFOUND, "no private key in this input", NULL);
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
