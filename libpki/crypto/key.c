/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys: made, opened in a backend, shared and freed. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/policy.h"
#include "libpki/crypto/pubkey.h"
#include "libpki/types/spki.h"

#define MAKE_UNITS 1000 /* of the work budget: any new key, before its backend says more */

void pki_key_opts_init(pki_key_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

/* The SPKI that the backend derives, or the same with the parameters that only libpki knows. */
static pki_status with_params(
    const pki_ctx *ctx, pki_bytes derived, const pki_algid *id, pki_buf *out, pki_error *err)
{
	pki_algid own = { 0 };
	pki_bytes key = { 0 }, whole;
	pki_status st;
	pki_derw w;
	pki_der r;

	if (id == NULL || id->params.len == 0)
		return pki_buf_append(out, derived, err);
	pki_der_init(&r, ctx, derived, "SubjectPublicKeyInfo");
	pki_spki_split(&r, NULL, &own, &key, &whole);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	if (!pki_oid_equal(own.oid, id->oid))
		return pki_backend_broken("the backend made a key of another type", err);
	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, id->whole);
	pki_derw_bits(&w, key, 0);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

static pki_status derive_spki(const pki_ctx *ctx, pki_backend *b, void *handle, const pki_algid *id,
    pki_buf *out, pki_error *err)
{
	uint8_t *room = pki_alloc(PKI_KEY_ROOM);
	pki_span span = { room, PKI_KEY_ROOM };
	pki_status st;

	if (room == NULL)
		return pki_error_nomem(err);
	st = pki_backend_result(b->t->key_public(handle, &span, err), err);
	if (st == PKI_SUCCESS && span.len > PKI_KEY_ROOM)
		st = pki_backend_broken("the backend gave a public key of no length", err);
	if (st == PKI_SUCCESS)
		st = with_params(ctx, pki_bytes_of(room, span.len), id, out, err);
	pki_free(room);
	return st;
}

/* What a backend says of its own key is no input of the caller's. */
static pki_status own_fault(pki_status st, pki_error *err)
{
	if (st == PKI_E_ENCODING || st == PKI_E_STRUCTURE || st == PKI_E_ARG)
		return pki_backend_broken("the backend gave what is no public key", err);
	return st;
}

static pki_status public_part(const pki_ctx *ctx, pki_backend *b, void *handle, const pki_algid *id,
    pki_pubkey **out, pki_error *err)
{
	pki_buf spki = PKI_BUF_INIT;
	pki_status st = derive_spki(ctx, b, handle, id, &spki, err);

	if (st == PKI_SUCCESS)
		st = pki_pubkey_of_private(ctx, b, pki_buf_bytes(&spki), out, err);
	pki_buf_free(&spki);
	return own_fault(st, err);
}

pki_status pki_key_adopt(const pki_ctx *ctx, pki_backend *backend, void *handle,
    const pki_algid *id, pki_key **out, pki_error *err)
{
	pki_pubkey *pub = NULL;
	pki_key *k;
	pki_status st;

	if (handle == NULL)
		return pki_backend_broken("the backend made no key", err);
	st = public_part(ctx, backend, handle, id, &pub, err);
	k = st == PKI_SUCCESS ? pki_alloc_zero(1, sizeof *k) : NULL;
	if (k == NULL) {
		pki_pubkey_free(pub);
		backend->t->key_free(handle);
		return st == PKI_SUCCESS ? pki_error_nomem(err) : st;
	}
	k->backend = pki_backend_ref(backend);
	k->ctx = pki_ctx_ref(ctx);
	k->handle = handle;
	k->pub = pub;
	pki_ref_init(&k->refs);
	*out = k;
	return PKI_SUCCESS;
}

static bool has_keys(const pki_backend *b)
{
	return b->t->key_public != NULL && b->t->key_free != NULL;
}

/* 0: not RSA. */
static pki_status rsa_bits_of(
    const pki_ctx *ctx, pki_key_type t, const pki_key_opts *o, uint32_t *bits, pki_error *err)
{
	*bits = 0;
	if (!pki_key_type_is_rsa(t))
		return o->rsa_bits == 0
		    ? PKI_SUCCESS
		    : pki_error_set(err, PKI_E_ARG, "rsa_bits for a key that is not RSA", NULL);
	*bits = o->rsa_bits != 0 ? o->rsa_bits : PKI_RSA_BITS_DEFAULT;
	if (*bits < PKI_RSA_BITS_MIN || *bits > PKI_RSA_BITS_MADE_MAX || *bits % 8 != 0)
		return pki_error_set(
		    err, PKI_E_ARG, "rsa_bits is not a multiple of 8 in 2048..8192", NULL);
	return pki_policy_key_size(ctx, t, *bits, err);
}

static pki_status choose(
    const pki_ctx *ctx, pki_key_type t, const pki_key_opts *o, pki_backend **out, pki_error *err)
{
	*out = o->backend;
	if (o->backend == NULL)
		return pki_backend_for(ctx, PKI_OP_GENERATE, t, NULL, out, err);
	if (!pki_backend_offers(o->backend, PKI_OP_GENERATE, t, NULL))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "the backend makes no keys of this type", NULL);
	return PKI_SUCCESS;
}

/* Is the new key what was asked for? */
static pki_status check_made(pki_key **k, pki_key_type t, uint32_t bits, pki_error *err)
{
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): pki_key_adopt succeeded */
	if ((*k)->pub->type == t && (bits == 0 || (*k)->pub->bits == bits))
		return PKI_SUCCESS;
	pki_key_free(*k);
	*k = NULL;
	return pki_backend_broken("the backend made another key than it was asked for", err);
}

static pki_status generate(
    const pki_ctx *ctx, pki_key_type t, const pki_key_opts *o, pki_key **out, pki_error *err)
{
	pki_backend *b;
	void *handle = NULL;
	uint32_t bits;
	pki_call call;
	pki_status st;

	if (o->id.data == NULL && o->id.len != 0)
		return pki_error_null(err);
	if (pki_key_type_name(t) == NULL)
		return pki_error_set(err, PKI_E_ARG, "no such type of key", NULL);
	st = rsa_bits_of(ctx, t, o, &bits, err);
	if (st == PKI_SUCCESS)
		st = choose(ctx, t, o, &b, err);
	if (st != PKI_SUCCESS)
		return st;
	if (!has_keys(b))
		return pki_error_set(err, PKI_E_UNSUPPORTED, "the backend has no keys", NULL);
	pki_call_begin(&call, ctx);
	st = pki_call_spend(&call, MAKE_UNITS, err);
	if (st != PKI_SUCCESS)
		return st;
	st = b->t->key_generate(b->self, &call, t, bits, o->label, o->id, &handle, err);
	st = pki_backend_result(st, err);
	if (st == PKI_SUCCESS)
		st = pki_key_adopt(ctx, b, handle, NULL, out, err);
	return st == PKI_SUCCESS ? check_made(out, t, bits, err) : st;
}

pki_status pki_key_generate(
    const pki_ctx *ctx, pki_key_type t, const pki_key_opts *o, pki_key **out, pki_error *err)
{
	pki_key_opts known;
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	st = pki_opts_read(o, &known, sizeof known, sizeof known, err);
	if (st == PKI_SUCCESS && known.reserved != 0)
		st = pki_error_set(
		    err, PKI_E_UNSUPPORTED, "an option is newer than this library", NULL);
	if (st == PKI_SUCCESS)
		st = generate(ctx, t, &known, out, err);
	return PKI_LEAVE(err, st);
}

static pki_status open_in(pki_backend *b, const pki_ctx *ctx, const char *uri, pki_password_fn *pin,
    void *ud, pki_key **out, pki_error *err)
{
	void *handle = NULL;
	pki_status st;

	if (b->t->key_open == NULL || !has_keys(b))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "no backend of the context opens such a key", NULL);
	st = pki_backend_result(b->t->key_open(b->self, uri, pin, ud, &handle, err), err);
	return st == PKI_SUCCESS ? pki_key_adopt(ctx, b, handle, NULL, out, err) : st;
}

static pki_status open_any(const pki_ctx *ctx, const char *uri, pki_password_fn *pin, void *ud,
    pki_key **out, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT; /* of the last backend, if none answers */
	pki_status st = PKI_E_UNSUPPORTED;

	for (pki_backend *const *b = pki_backends_of(ctx); *b != NULL; b++) {
		st = open_in(*b, ctx, uri, pin, ud, out, &why);
		if (st != PKI_E_UNSUPPORTED)
			break;
	}
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &why);
	return st;
}

pki_status pki_key_open(const pki_ctx *ctx, const char *uri, pki_password_fn *pin, void *ud,
    pki_key **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	if (uri == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, open_any(ctx, uri, pin, ud, out, err));
}

pki_key *pki_key_ref(const pki_key *k)
{
	/* The count is not part of what is const. */
	pki_key *same = (pki_key *)(uintptr_t)k;

	if (same != NULL)
		pki_ref_take(&same->refs);
	return same;
}

void pki_key_free(pki_key *k)
{
	if (k == NULL || !pki_ref_drop(&k->refs))
		return;
	k->backend->t->key_free(k->handle);
	pki_pubkey_free(k->pub);
	pki_backend_free(k->backend);
	pki_ctx_free(k->ctx);
	pki_free(k);
}

const char *pki_key_legacy(const pki_key *k)
{
	return k == NULL ? NULL : k->legacy;
}

const pki_pubkey *pki_key_public(const pki_key *k)
{
	return k == NULL ? NULL : k->pub;
}
