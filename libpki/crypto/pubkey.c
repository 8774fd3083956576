/* SPDX-License-Identifier: BSD-3-Clause */
/* Public keys: read, checked, given to a backend, written. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/crypto/find.h"
#include "libpki/crypto/policy.h"
#include "libpki/crypto/pubkey.h"
#include "libpki/pem/sniff.h"
#include "libpki/types/dsakey.h"
#include "libpki/types/eckey.h"
#include "libpki/types/spki.h"
#include "libpki/types/ssh.h"

enum form { SPKI, PKCS1 };

static const pki_label labels[] = {
	{ "PUBLIC KEY", NULL, NULL, SPKI },
	{ "RSA PUBLIC KEY", NULL, NULL, PKCS1 },
	{ NULL, NULL, NULL, 0 },
};

static pki_status check_rsa(const pki_ctx *ctx, const pki_pubkey *k, pki_error *err)
{
	pki_rsa_public rsa;
	pki_status st = pki_rsa_public_parse(ctx, k->key, &rsa, err);

	return st == PKI_SUCCESS ? pki_policy_rsa_public(ctx, k->type, &rsa, err) : st;
}

/* RFC 3279 2.3.2: without parameters a key is none, whatever its issuer may have. */
static pki_status check_dsa(
    const pki_ctx *ctx, const pki_algid *id, const pki_pubkey *k, pki_error *err)
{
	pki_dsa_public dsa;
	pki_status st = pki_policy_key_size(ctx, k->type, k->bits, err);

	if (st != PKI_SUCCESS)
		return st;
	if (pki_dsa_params_absent(id))
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "DSA parameters are absent, and there are none to inherit", "RFC 3279 2.3.2");
	st = pki_dsa_params_parse(ctx, id, &dsa, err);
	if (st == PKI_SUCCESS)
		st = pki_dsa_public_parse(ctx, k->key, &dsa, err);
	return st == PKI_SUCCESS ? pki_policy_dsa_public(ctx, &dsa, err) : st;
}

/* The numbers of a key, where there are any. */
static pki_status check_numbers(
    const pki_ctx *ctx, const pki_algid *id, const pki_pubkey *k, pki_error *err)
{
	if (k->type == PKI_KEY_DSA)
		return check_dsa(ctx, id, k, err);
	return pki_key_type_is_rsa(k->type) ? check_rsa(ctx, k, err) : PKI_SUCCESS;
}

/* Syntax, algorithm, size: everything that needs no backend. Fills views of the input. */
static pki_status inspect(const pki_ctx *ctx, pki_bytes spki, pki_pubkey *k, pki_error *err)
{
	pki_algid id = { 0 };
	pki_status st;
	pki_der r;

	pki_der_init(&r, ctx, spki, "SubjectPublicKeyInfo");
	pki_spki_split(&r, NULL, &id, &k->key, &k->spki);
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS)
		st = pki_spki_identify(ctx, &id, k->key, &k->type, &k->bits, err);
	if (st != PKI_SUCCESS)
		return st;
	return check_numbers(ctx, &id, k, err);
}

/* One backend. PKI_E_UNSUPPORTED: the next one is to be asked. */
static pki_status import_into(pki_backend *b, pki_pubkey *k, pki_error *err)
{
	void *handle = NULL;
	pki_status st;

	if (b->t->pub_import == NULL || b->t->key_free == NULL)
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "no backend of the context has keys of this type", NULL);
	st = pki_backend_result(b->t->pub_import(b->self, k->spki, &handle, err), err);
	if (st != PKI_SUCCESS)
		return st;
	if (handle == NULL)
		return pki_backend_broken("the backend made no key", err);
	k->backend = b;
	k->handle = handle;
	return PKI_SUCCESS;
}

/* What one backend could not do is no error if another can. */
static pki_status import_any(const pki_ctx *ctx, pki_backend *first, pki_pubkey *k, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st = PKI_E_UNSUPPORTED;

	if (first != NULL)
		st = import_into(first, k, &why);
	for (pki_backend *const *b = pki_backends_of(ctx); *b != NULL; b++) {
		if (st != PKI_E_UNSUPPORTED)
			break;
		st = import_into(*b, k, &why);
	}
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &why);
	return st;
}

/* The key on the heap, with its own copy of the SPKI; takes over the handle. */
static pki_status keep(const pki_ctx *ctx, const pki_pubkey *k, pki_pubkey **out, pki_error *err)
{
	pki_pubkey *kept = pki_alloc(sizeof *kept + k->spki.len);
	uint8_t *copy;

	if (kept == NULL) {
		if (k->backend != NULL)
			k->backend->t->key_free(k->handle);
		return pki_error_nomem(err);
	}
	copy = (uint8_t *)(kept + 1);
	memcpy(copy, k->spki.data, k->spki.len);
	*kept = *k;
	kept->key.data = copy + (k->key.data - k->spki.data);
	kept->spki.data = copy;
	kept->backend = pki_backend_ref(k->backend);
	kept->ctx = pki_ctx_ref(ctx);
	pki_ref_init(&kept->refs);
	*out = kept;
	return PKI_SUCCESS;
}

static bool is_compressed(const pki_pubkey *k)
{
	return pki_key_type_is_ec(k->type) && k->key.len > 0 && k->key.data[0] != 0x04;
}

/* The SubjectPublicKeyInfo with the whole point, as the backend has it. */
static pki_status decompress(const pki_ctx *ctx, pki_pubkey *k, pki_buf *full, pki_error *err)
{
	pki_pubkey whole = { 0 };
	pki_span span;
	pki_status st;

	if (k->backend->t->key_public == NULL)
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "the backend does not say what a compressed point is", "RFC 5480 2.2");
	st = pki_buf_reserve(full, PKI_KEY_ROOM, err);
	if (st != PKI_SUCCESS)
		return st;
	span = (pki_span){ full->data, PKI_KEY_ROOM };
	st = pki_backend_result(k->backend->t->key_public(k->handle, &span, err), err);
	if (st != PKI_SUCCESS)
		return st;
	if (span.len > PKI_KEY_ROOM ||
	    inspect(ctx, pki_bytes_of(full->data, span.len), &whole, NULL) != PKI_SUCCESS ||
	    whole.type != k->type || is_compressed(&whole) || !pki_ec_point_is(whole.key, k->key))
		return pki_backend_broken("the backend gave what is not the key", err);
	k->key = whole.key;
	k->spki = whole.spki;
	return PKI_SUCCESS;
}

static pki_status import(const pki_ctx *ctx, pki_bytes spki, pki_pubkey **out, pki_error *err)
{
	pki_pubkey k = { 0 };
	pki_buf full = PKI_BUF_INIT;
	pki_status st = inspect(ctx, spki, &k, err);

	if (st == PKI_SUCCESS)
		st = import_any(ctx, NULL, &k, err);
	if (st != PKI_SUCCESS)
		return st;
	if (is_compressed(&k))
		st = decompress(ctx, &k, &full, err);
	if (st == PKI_SUCCESS)
		st = keep(ctx, &k, out, err);
	else
		k.backend->t->key_free(k.handle);
	pki_buf_free(&full);
	return st;
}

pki_status pki_pubkey_of_private(
    const pki_ctx *ctx, pki_backend *own, pki_bytes spki, pki_pubkey **out, pki_error *err)
{
	pki_pubkey k = { 0 };
	pki_status st = inspect(ctx, spki, &k, err);

	if (st != PKI_SUCCESS)
		return st;
	st = import_any(ctx, own, &k, NULL);
	if (st != PKI_SUCCESS && st != PKI_E_UNSUPPORTED)
		return pki_backend_result(st, err);
	return keep(ctx, &k, out, err);
}

pki_status pki_pubkey_import(const pki_ctx *ctx, pki_bytes spki, pki_pubkey **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	return PKI_LEAVE(err, import(ctx, spki, out, err));
}

/* What an SPKI says, if it can be read at all. */
static pki_spki spki_of(const pki_ctx *ctx, pki_bytes der)
{
	pki_spki spki = { 0 };
	pki_bytes whole;
	pki_der r;

	pki_der_init(&r, ctx, der, NULL);
	pki_spki_read(&r, NULL, &spki, &whole);
	return pki_der_finish(&r, NULL) == PKI_SUCCESS ? spki : (pki_spki){ 0 };
}

static pki_status import_dsa(
    const pki_ctx *ctx, pki_bytes params, pki_bytes key, pki_pubkey **out, pki_error *err)
{
	pki_buf spki = PKI_BUF_INIT;
	pki_derw w;
	pki_status st;

	pki_derw_init(&w, ctx);
	pki_spki_write_dsa(&w, params, key);
	st = pki_derw_finish(&w, &spki, err);
	if (st == PKI_SUCCESS)
		st = import(ctx, pki_buf_bytes(&spki), out, err);
	pki_buf_free(&spki);
	return st;
}

pki_status pki_pubkey_import_inheriting(
    const pki_ctx *ctx, pki_bytes spki, const pki_pubkey *issuer, pki_pubkey **out, pki_error *err)
{
	pki_spki s = spki_of(ctx, spki);

	*out = NULL;
	if (s.type != PKI_KEY_DSA || s.parameters.len != 0 || issuer == NULL ||
	    issuer->type != PKI_KEY_DSA)
		return import(ctx, spki, out, err);
	return import_dsa(ctx, spki_of(ctx, issuer->spki).parameters, s.key, out, err);
}

/* RFC 8017 A.1.1: the contents of the BIT STRING alone. */
static pki_status import_rsa(const pki_ctx *ctx, pki_bytes der, pki_pubkey **out, pki_error *err)
{
	pki_rsa_public k;
	pki_buf spki = PKI_BUF_INIT;
	pki_status st = pki_rsa_public_parse(ctx, der, &k, err);
	pki_derw w;

	if (st != PKI_SUCCESS)
		return st;
	pki_derw_init(&w, ctx);
	pki_spki_write_rsa(&w, PKI_KEY_RSA, k.n, k.e);
	st = pki_derw_finish(&w, &spki, err);
	if (st == PKI_SUCCESS)
		st = import(ctx, pki_buf_bytes(&spki), out, err);
	pki_buf_free(&spki);
	return st;
}

/* What DER without a label is, by its first element. */
static enum form look(const pki_ctx *ctx, pki_bytes der)
{
	pki_der r, s;

	pki_der_init(&r, ctx, der, NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	return pki_der_peek(&s, PKI_TAG_INTEGER) ? PKCS1 : SPKI;
}

static pki_status import_openssh(
    const pki_ctx *ctx, pki_bytes line, pki_pubkey **out, pki_error *err)
{
	pki_buf spki = PKI_BUF_INIT;
	pki_status st = pki_ssh_public_to_spki(ctx, line, &spki, err);

	if (st == PKI_SUCCESS)
		st = import(ctx, pki_buf_bytes(&spki), out, err);
	pki_buf_free(&spki);
	return st;
}

static pki_status from_der(
    const pki_ctx *ctx, pki_bytes der, enum form form, pki_pubkey **out, pki_error *err)
{
	return form == PKCS1 ? import_rsa(ctx, der, out, err) : import(ctx, der, out, err);
}

pki_status pki_pubkey_read_as(
    const pki_ctx *ctx, pki_key_format format, pki_bytes in, pki_pubkey **out, pki_error *err)
{
	if (format == PKI_FORMAT_OPENSSH)
		return import_openssh(ctx, in, out, err);
	return from_der(ctx, in, format == PKI_FORMAT_PKCS1 ? PKCS1 : SPKI, out, err);
}

static bool is_openssh(const pki_ctx *ctx, pki_bytes in)
{
	return in.data != NULL && in.len <= pki_ctx_limits(ctx)->object_bytes &&
	    pki_ssh_is_public(pki_text_start(in)) && !pki_pem_looks_like(in);
}

static pki_status parse(const pki_ctx *ctx, pki_bytes in, pki_pubkey **out, pki_error *err)
{
	pki_found found = { .label = NULL };
	pki_status st;
	pki_bytes der;

	if (is_openssh(ctx, in))
		return import_openssh(ctx, pki_text_start(in), out, err);
	st = pki_find_one(ctx, in, labels, &found, err);
	der = pki_buf_bytes(&found.der);
	if (st == PKI_SUCCESS) {
		st = from_der(ctx, der,
		    found.label != NULL ? (enum form)found.label->form : look(ctx, der), out, err);
		if (st != PKI_SUCCESS && found.block != 0)
			pki_error_in_block(err, found.block);
	}
	pki_buf_free(&found.der);
	return st;
}

pki_status pki_pubkey_parse(
    const pki_ctx *ctx, pki_bytes der_or_pem, pki_pubkey **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	return PKI_LEAVE(err, parse(ctx, der_or_pem, out, err));
}

pki_status pki_pubkey_load(const pki_ctx *ctx, const char *path, pki_pubkey **out, pki_error *err)
{
	pki_buf in = PKI_BUF_INIT;
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	if (path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_file_read(path, pki_ctx_limits(ctx)->object_bytes, &in, err);
	if (st == PKI_SUCCESS)
		st = parse(ctx, pki_buf_bytes(&in), out, err);
	pki_buf_free(&in);
	return PKI_LEAVE(err, st);
}

static pki_status write_form(
    const char *label, pki_bytes der, pki_form form, pki_buf *out, pki_error *err)
{
	switch (form) {
	case PKI_PEM:
		return pki_pem_encode(label, der, out, err);
	case PKI_DER:
		return pki_buf_append(out, der, err);
	default:
		return pki_error_set(err, PKI_E_ARG, "neither PKI_PEM nor PKI_DER", NULL);
	}
}

static pki_status write_as(
    const pki_pubkey *k, pki_key_format format, pki_form form, pki_buf *out, pki_error *err)
{
	if (format == PKI_FORMAT_PKCS8)
		return write_form("PUBLIC KEY", k->spki, form, out, err);
	if (format == PKI_FORMAT_PKCS1 && k->type == PKI_KEY_RSA)
		return write_form("RSA PUBLIC KEY", k->key, form, out, err);
	if (format == PKI_FORMAT_OPENSSH && form == PKI_PEM)
		return pki_ssh_public_write(k->ctx, k->type, k->key, out, err);
	return pki_error_set(
	    err, PKI_E_ARG, "a public key of this type has no such form", "RFC 8017 A.1.1");
}

pki_status pki_pubkey_write(const pki_pubkey *k, pki_form form, pki_buf *out, pki_error *err)
{
	if (k == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, write_as(k, PKI_FORMAT_PKCS8, form, out, err));
}

pki_status pki_pubkey_write_as(
    const pki_pubkey *k, pki_key_format format, pki_form form, pki_buf *out, pki_error *err)
{
	if (k == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, write_as(k, format, form, out, err));
}

pki_status pki_pubkey_save(
    const pki_pubkey *k, const char *path, pki_form form, uint32_t flags, pki_error *err)
{
	pki_buf out = PKI_BUF_INIT;
	pki_status st;

	if (k == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = write_as(k, PKI_FORMAT_PKCS8, form, &out, err);
	if (st == PKI_SUCCESS)
		st = pki_file_write(path, pki_buf_bytes(&out), flags, err);
	pki_buf_free(&out);
	return PKI_LEAVE(err, st);
}

pki_pubkey *pki_pubkey_ref(const pki_pubkey *k)
{
	/* The count is not part of what is const. */
	pki_pubkey *same = (pki_pubkey *)(uintptr_t)k;

	if (same != NULL)
		pki_ref_take(&same->refs);
	return same;
}

void pki_pubkey_free(pki_pubkey *k)
{
	if (k == NULL || !pki_ref_drop(&k->refs))
		return;
	if (k->backend != NULL)
		k->backend->t->key_free(k->handle);
	pki_backend_free(k->backend);
	pki_ctx_free(k->ctx);
	pki_free(k);
}

pki_key_type pki_pubkey_type(const pki_pubkey *k)
{
	return k == NULL ? PKI_KEY_UNKNOWN : k->type;
}

uint32_t pki_pubkey_bits(const pki_pubkey *k)
{
	return k == NULL ? 0 : k->bits;
}

pki_bytes pki_pubkey_spki(const pki_pubkey *k)
{
	return k == NULL ? pki_bytes_of(NULL, 0) : k->spki;
}

bool pki_pubkey_equal(const pki_pubkey *a, const pki_pubkey *b)
{
	return a != NULL && b != NULL && pki_bytes_equal(a->spki, b->spki);
}

pki_status pki_spki_parse(const pki_ctx *ctx, pki_bytes der, pki_spki *out, pki_error *err)
{
	pki_spki spki = { 0 };
	pki_bytes whole;
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = spki;
	pki_der_init(&r, ctx, der, "SubjectPublicKeyInfo");
	pki_spki_read(&r, NULL, &spki, &whole);
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS)
		*out = spki;
	return PKI_LEAVE(err, st);
}
