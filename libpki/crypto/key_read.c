/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys read: in PEM, DER and bare base64, plain and with a password. */
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/crypto/dek_info.h"
#include "libpki/crypto/find.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/pbe.h"
#include "libpki/types/keyform.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/ssh.h"

#define TRY_UNITS 1000 /* of the work budget: so many passwords may be asked for */

enum form { PLAIN, ENCRYPTED, PKCS1, SEC1, OPENSSH, DSA, NO_KEY };

static const pki_label labels[] = {
	{ "PRIVATE KEY", NULL, NULL, PLAIN },
	{ "ENCRYPTED PRIVATE KEY", NULL, NULL, ENCRYPTED },
	{ "RSA PRIVATE KEY", NULL, NULL, PKCS1 },
	{ "EC PRIVATE KEY", NULL, NULL, SEC1 },
	{ "DSA PRIVATE KEY", "DSA private keys are not supported", NULL, 0 },
	{ "OPENSSH PRIVATE KEY", NULL, NULL, OPENSSH },
	{ "ANY PRIVATE KEY", "private key of an unknown kind", NULL, 0 },
	{ "TSS2 PRIVATE KEY", "key of a TPM, which does not leave it", NULL, 0 },
	{ "PGP PRIVATE KEY BLOCK", "OpenPGP keys are not supported", "RFC 9580", 0 },
	{ NULL, NULL, NULL, 0 },
};

static pki_key_format format_of(enum form form)
{
	return form == PKCS1 ? PKI_FORMAT_PKCS1 : PKI_FORMAT_SEC1;
}

/* ---- passwords ---- */

/* Who is asked for the password, and what it is told. */
struct asker {
	pki_password_fn *ask;
	void *ud;
	const char *what;
};

/* Something encrypted: what it holds, and how. */
struct sealed {
	enum form form;
	pki_bytes data;
	pki_pbe pbe;
};

/* Is it what it should be? A wrong password that leaves valid padding, one in 256, leaves noise. */
static bool is_sound(const pki_ctx *ctx, enum form form, pki_bytes plain)
{
	pki_buf pkcs8 = { .flags = PKI_BUF_SECRET };
	pki_pkcs8 ignored;
	pki_status st;

	if (form == PLAIN)
		return pki_pkcs8_parse(ctx, plain, &ignored, NULL) == PKI_SUCCESS;
	st = pki_keyform_wrap(ctx, format_of(form), plain, &pkcs8, NULL);
	pki_buf_free(&pkcs8);
	return st != PKI_E_ENCODING && st != PKI_E_STRUCTURE;
}

static pki_status from_plain(
    const pki_ctx *ctx, pki_bytes der, enum form form, pki_key **out, pki_error *err)
{
	return form == PLAIN ? pki_key_from_pkcs8(ctx, der, out, err)
			     : pki_key_from_bare(ctx, format_of(form), der, out, err);
}

static pki_status try_password(const pki_ctx *ctx, pki_call *call, const struct sealed *s,
    pki_bytes password, pki_key **out, pki_error *err)
{
	pki_buf plain = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_call_spend(call, TRY_UNITS, err);

	if (st == PKI_SUCCESS)
		st = pki_pbe_decrypt(ctx, call, &s->pbe, password, s->data, &plain, err);
	if (st == PKI_SUCCESS && !is_sound(ctx, s->form, pki_buf_bytes(&plain)))
		st = pki_error_set(err, PKI_E_PASSWORD, "wrong password", NULL);
	if (st == PKI_SUCCESS)
		st = from_plain(ctx, pki_buf_bytes(&plain), s->form, out, err);
	if (st == PKI_SUCCESS)
		(*out)->legacy = s->pbe.legacy;
	pki_buf_free(&plain);
	return st;
}

static pki_status ask_and_try(const pki_ctx *ctx, const struct asker *a, const struct sealed *s,
    pki_key **out, pki_error *err)
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
			st = try_password(ctx, &call, s, pki_buf_bytes(&password), out, &why);
		pki_buf_free(&password);
		if (!given)
			break;
	}
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &why);
	return st;
}

static pki_status from_encrypted(
    const pki_ctx *ctx, pki_bytes der, const struct asker *a, pki_key **out, pki_error *err)
{
	struct sealed s = { .form = PLAIN };
	pki_encrypted_pkcs8 e;
	pki_status st = pki_encrypted_pkcs8_parse(ctx, der, &e, err);

	if (st == PKI_SUCCESS)
		st = pki_pbe_decode(ctx, &e.algorithm, &s.pbe, err);
	if (st != PKI_SUCCESS)
		return st;
	s.data = e.data;
	return ask_and_try(ctx, a, &s, out, err);
}

/* What OpenSSL encrypts outside of the DER. */
static pki_status unseal(const pki_ctx *ctx, enum form form, pki_bytes headers, pki_bytes data,
    const struct asker *a, pki_key **out, pki_error *err)
{
	struct sealed s = { .form = form, .data = data };
	uint8_t iv[PKI_CBC_BLOCK] = { 0 };
	pki_status st;

	if (form != PLAIN && form != PKCS1 && form != SEC1)
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "encrypted as a whole, under a label that says something else",
		    "RFC 1421 4.6.1.1");
	st = pki_dek_info_decode(headers, iv, &s.pbe, err);

	return st == PKI_SUCCESS ? ask_and_try(ctx, a, &s, out, err) : st;
}

/* ---- what it is ---- */

#define DSA_INTEGERS 5 /* p, q, g, y, x, as OpenSSL writes them */

/* RSAPrivateKey has more. */
static enum form count_integers(pki_der *s)
{
	unsigned n = 0;
	pki_bytes any;

	while (n <= DSA_INTEGERS && pki_der_next_opt(s, PKI_TAG_INTEGER, NULL, &any))
		n++;
	return n == DSA_INTEGERS && !pki_der_more(s) ? DSA : PKCS1;
}

/* What begins with an INTEGER: a version, of one octet, and what follows it. */
static enum form look_behind_version(pki_der *s)
{
	pki_bytes version = { 0 };

	pki_der_next(s, PKI_TAG_INTEGER, "version", &version);
	if (version.len == 1 && pki_der_peek(s, PKI_TAG_INTEGER))
		return count_integers(s);
	if (version.len == 1 && pki_der_peek(s, PKI_TAG_OCTETS))
		return SEC1;
	return pki_der_peek(s, PKI_TAG_INTEGER) ? NO_KEY : PLAIN;
}

/* What DER without a label is, by its first elements. */
static enum form look(const pki_ctx *ctx, pki_bytes der)
{
	pki_bytes first;
	pki_der r, s;

	if (pki_ssh_is_private(der))
		return OPENSSH;
	pki_der_init(&r, ctx, der, "PrivateKeyInfo");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_peek(&s, PKI_TAG_SEQUENCE))
		return look_behind_version(&s);
	pki_der_next(&s, PKI_TAG_SEQUENCE, NULL, &first);
	if (pki_der_peek(&s, PKI_TAG_SEQUENCE) || pki_der_peek(&s, PKI_TAG_BIT_STRING))
		return NO_KEY;
	return ENCRYPTED;
}

static pki_status from_openssh(const pki_ctx *ctx, pki_bytes in, pki_key **out, pki_error *err)
{
	pki_buf pkcs8 = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_ssh_private_to_pkcs8(ctx, in, &pkcs8, err);

	if (st == PKI_SUCCESS)
		st = pki_key_from_pkcs8(ctx, pki_buf_bytes(&pkcs8), out, err);
	pki_buf_free(&pkcs8);
	return st;
}

static pki_status from_der(const pki_ctx *ctx, pki_bytes der, enum form form, const struct asker *a,
    pki_key **out, pki_error *err)
{
	switch (form) {
	case NO_KEY:
		return pki_error_set(err, PKI_E_NOTFOUND, "no private key in this input", NULL);
	case DSA:
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "DSA private keys are not supported", NULL);
	case ENCRYPTED:
		return from_encrypted(ctx, der, a, out, err);
	case OPENSSH:
		return from_openssh(ctx, der, out, err);
	default:
		return from_plain(ctx, der, form, out, err);
	}
}

static enum form form_of(const pki_key_source *from)
{
	static const enum form forms[] = { [PKI_FORMAT_PKCS8] = PLAIN,
		[PKI_FORMAT_PKCS1] = PKCS1,
		[PKI_FORMAT_SEC1] = SEC1,
		[PKI_FORMAT_OPENSSH] = OPENSSH };

	if (from->encrypted)
		return ENCRYPTED;
	return from->format >= 0 && from->format <= PKI_FORMAT_OPENSSH ? forms[from->format]
								       : NO_KEY;
}

pki_status pki_key_read_as(const pki_ctx *ctx, const pki_key_source *from, pki_password_fn *ask,
    void *ud, pki_key **out, pki_error *err)
{
	struct asker a = { ask, ud, "private key" };

	if (from->in.len > pki_ctx_limits(ctx)->object_bytes)
		return pki_error_set(
		    err, PKI_E_LIMIT, "the input is longer than the context's limit", NULL);
	if (from->headers.len > 0)
		return unseal(ctx, form_of(from), from->headers, from->in, &a, out, err);
	return from_der(ctx, from->in, form_of(from), &a, out, err);
}

static pki_status from_found(
    const pki_ctx *ctx, const pki_found *f, const struct asker *a, pki_key **out, pki_error *err)
{
	pki_bytes der = pki_buf_bytes(&f->der);

	if (f->label == NULL)
		return from_der(ctx, der, look(ctx, der), a, out, err);
	if (pki_dek_is_encrypted(f->headers))
		return unseal(ctx, (enum form)f->label->form, f->headers, der, a, out, err);
	return from_der(ctx, der, (enum form)f->label->form, a, out, err);
}

static pki_status parse(
    const pki_ctx *ctx, pki_bytes in, const struct asker *a, pki_key **out, pki_error *err)
{
	pki_found found = { .der = { .flags = PKI_BUF_SECRET } };
	pki_status st = pki_find_one(ctx, in, labels, &found, err);

	if (st == PKI_SUCCESS) {
		st = from_found(ctx, &found, a, out, err);
		if (st != PKI_SUCCESS && found.block != 0)
			pki_error_in_block(err, found.block);
	}
	pki_buf_free(&found.der);
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
