/* SPDX-License-Identifier: BSD-3-Clause */
/* Digests and MACs. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/crypto/use.h"

#define BLOCK 64 /* octets of input for a unit of the work budget */

struct pki_digest {
	pki_ctx *ctx;
	pki_backend *backend;
	void *state; /* NULL: final has been called, or something failed */
	size_t size;
};

/* What a backend leaves behind when it fails is not looked at. */
static pki_status check_state(pki_status st, pki_digest *d, pki_error *err)
{
	if (st == PKI_SUCCESS && d->state == NULL)
		return pki_backend_broken("the backend made no digest", err);
	if (st != PKI_SUCCESS)
		d->state = NULL;
	return st;
}

static pki_status start(const pki_ctx *ctx, pki_scheme scheme, pki_hash h, pki_bytes mac_key,
    pki_digest *d, pki_error *err)
{
	pki_op op = scheme == PKI_ALG_HMAC ? PKI_OP_MAC : PKI_OP_DIGEST;
	pki_alg a = { .size = sizeof a, .scheme = scheme, .hash = h };
	pki_status st;

	d->size = pki_hash_size(h);
	if (d->size == 0)
		return pki_error_set(err, PKI_E_ARG, "no such digest", NULL);
	st = pki_backend_for(ctx, op, PKI_KEY_UNKNOWN, &a, &d->backend, err);
	if (st != PKI_SUCCESS)
		return st;
	d->state = NULL;
	st = d->backend->t->digest_new(d->backend->self, &a, mac_key, &d->state, err);
	return check_state(pki_backend_result(st, err), d, err);
}

static void stop(pki_digest *d)
{
	if (d->state != NULL)
		d->backend->t->digest_free(d->state);
	d->state = NULL;
}

static pki_status update_slice(pki_digest *d, pki_call *call, pki_bytes in, pki_error *err)
{
	pki_status st = pki_call_spend(call, in.len / BLOCK + 1, err);

	if (st != PKI_SUCCESS)
		return st;
	return pki_backend_result(d->backend->t->digest_update(d->state, in, err), err);
}

/* In slices, so that whoever cancels a long one is heard. */
static pki_status update(pki_digest *d, pki_call *call, pki_bytes in, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	while (st == PKI_SUCCESS && in.len > 0) {
		size_t n = in.len < PKI_DIGEST_SLICE ? in.len : PKI_DIGEST_SLICE;

		st = update_slice(d, call, pki_bytes_of(in.data, n), err);
		in = pki_bytes_of(in.data + n, in.len - n);
	}
	return st;
}

static pki_status finish(pki_digest *d, uint8_t *out, pki_error *err)
{
	uint8_t digest[PKI_HASH_MAX] = { 0 };
	pki_span span = { digest, d->size };
	pki_status st = pki_backend_result(d->backend->t->digest_final(d->state, &span, err), err);

	if (st == PKI_SUCCESS && span.len != d->size)
		st = pki_backend_broken("the backend gave a digest of another length", err);
	if (st == PKI_SUCCESS)
		memcpy(out, digest, d->size);
	pki_wipe(digest, sizeof digest);
	return st;
}

static pki_status once(const pki_ctx *ctx, pki_call *call, pki_scheme scheme, pki_hash h,
    pki_bytes mac_key, const pki_bytes *parts, size_t count, uint8_t *out, pki_error *err)
{
	pki_digest d = { 0 };
	pki_status st = start(ctx, scheme, h, mac_key, &d, err);

	for (size_t i = 0; st == PKI_SUCCESS && i < count; i++)
		st = update(&d, call, parts[i], err);
	if (st == PKI_SUCCESS)
		st = finish(&d, out, err);
	stop(&d);
	return st;
}

pki_status pki_hash_once(
    const pki_ctx *ctx, pki_hash h, pki_bytes in, uint8_t out[PKI_HASH_MAX], pki_error *err)
{
	pki_call call;

	if (out == NULL || (in.data == NULL && in.len != 0))
		return PKI_LEAVE(err, pki_error_null(err));
	pki_call_begin(&call, ctx);
	return PKI_LEAVE(err, pki_hash_call(ctx, &call, h, in, out, err));
}

pki_status pki_hash_call(const pki_ctx *ctx, pki_call *call, pki_hash h, pki_bytes in,
    uint8_t out[PKI_HASH_MAX], pki_error *err)
{
	return pki_hash_parts(ctx, call, h, &in, 1, out, err);
}

pki_status pki_hash_parts(const pki_ctx *ctx, pki_call *call, pki_hash h, const pki_bytes *parts,
    size_t count, uint8_t out[PKI_HASH_MAX], pki_error *err)
{
	return once(ctx, call, PKI_ALG_NONE, h, pki_bytes_of(NULL, 0), parts, count, out, err);
}

pki_status pki_mac_once(const pki_ctx *ctx, pki_hash h, pki_bytes key, pki_bytes in,
    uint8_t out[PKI_HASH_MAX], pki_error *err)
{
	pki_call call;

	pki_call_begin(&call, ctx);
	return once(ctx, &call, PKI_ALG_HMAC, h, key, &in, 1, out, err);
}

static pki_digest *keep(const pki_digest *d)
{
	pki_digest *kept = pki_alloc(sizeof *kept);

	if (kept == NULL)
		return NULL;
	*kept = *d;
	pki_backend_ref(kept->backend);
	pki_ctx_ref(kept->ctx);
	return kept;
}

static pki_status keep_or_stop(pki_digest *d, pki_digest **out, pki_error *err)
{
	*out = keep(d);
	if (*out != NULL)
		return PKI_SUCCESS;
	stop(d);
	return pki_error_nomem(err);
}

pki_status pki_digest_new(const pki_ctx *ctx, pki_hash h, pki_digest **out, pki_error *err)
{
	pki_digest d = { 0 };
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	d.ctx = (pki_ctx *)(uintptr_t)ctx;
	st = start(ctx, PKI_ALG_NONE, h, pki_bytes_of(NULL, 0), &d, err);
	if (st == PKI_SUCCESS)
		st = keep_or_stop(&d, out, err);
	return PKI_LEAVE(err, st);
}

static pki_status after_final(pki_error *err)
{
	return pki_error_set(
	    err, PKI_E_ARG, "the digest has been taken already, or has failed", NULL);
}

/* What has failed half way is no digest of anything. */
static pki_status update_or_stop(pki_digest *d, pki_bytes in, pki_error *err)
{
	pki_call call;
	pki_status st;

	pki_call_begin(&call, d->ctx);
	st = update(d, &call, in, err);
	if (st != PKI_SUCCESS)
		stop(d);
	return st;
}

pki_status pki_digest_update(pki_digest *d, pki_bytes in, pki_error *err)
{
	if (d == NULL || (in.data == NULL && in.len != 0))
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, d->state == NULL ? after_final(err) : update_or_stop(d, in, err));
}

static pki_status copy_state(const pki_digest *d, pki_digest *copy, pki_error *err)
{
	const pki_backend_table *t = d->backend->t;
	pki_status st;

	if (d->state == NULL)
		return after_final(err);
	if (t->digest_dup == NULL)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "the backend does not copy digests", NULL);
	*copy = *d;
	copy->state = NULL;
	st = pki_backend_result(t->digest_dup(d->state, &copy->state, err), err);
	return check_state(st, copy, err);
}

pki_status pki_digest_dup(const pki_digest *d, pki_digest **out, pki_error *err)
{
	pki_digest copy = { 0 };
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	if (d == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = copy_state(d, &copy, err);
	if (st == PKI_SUCCESS)
		st = keep_or_stop(&copy, out, err);
	return PKI_LEAVE(err, st);
}

pki_status pki_digest_final(pki_digest *d, uint8_t out[PKI_HASH_MAX], pki_error *err)
{
	pki_status st;

	if (d == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (d->state == NULL)
		return PKI_LEAVE(err, after_final(err));
	st = finish(d, out, err);
	stop(d);
	return PKI_LEAVE(err, st);
}

void pki_digest_free(pki_digest *d)
{
	if (d == NULL)
		return;
	stop(d);
	pki_backend_free(d->backend);
	pki_ctx_free(d->ctx);
	pki_free(d);
}
