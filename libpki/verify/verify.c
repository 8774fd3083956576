/* SPDX-License-Identifier: BSD-3-Clause */
/* Is there a valid path? It is searched for; where there is none, why is found out. */
#include <pki/verify.h>

#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/verify/build.h"
#include "libpki/verify/result.h"
#include "libpki/verify/verification.h"

typedef struct visiting {
	pki_verification *v;
	pki_result *r;
	const pki_cert *leaf;
	bool explain; /* what is refused goes to the result */
	uint8_t reserved[3];
	pki_status status; /* the failure that ended it */
	pki_error *err;
} visiting;

/* ---- what a valid path leaves open ---- */

static pki_status note_usage(visiting *n, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;
	pki_ext e;

	if ((n->v->o.purpose != PKI_PURPOSE_SERVER && n->v->o.purpose != PKI_PURPOSE_CLIENT) ||
	    !pki_cert_ext(n->leaf, pki_oid_view(&pki_id_key_usage), &e))
		return PKI_SUCCESS;
	st = pki_ext_format(n->v->ctx, &e, &text, err);
	if (st == PKI_SUCCESS)
		st = pki_verification_note(n->v, "keyUsage of the leaf", pki_buf_bytes(&text), err);
	pki_buf_free(&text);
	return st;
}

static pki_status note_all(visiting *n, pki_error *err)
{
	const pki_verify_opts *o = &n->v->o;
	pki_bytes nothing = pki_bytes_of(NULL, 0);
	pki_status st = note_usage(n, err);

	if (st == PKI_SUCCESS && o->host == NULL && o->ip == NULL && o->email == NULL)
		st = pki_verification_note(n->v, "names: none was asked for", nothing, err);
	if (st == PKI_SUCCESS && o->purpose == PKI_PURPOSE_ANY)
		st = pki_verification_note(
		    n->v, "extKeyUsage: any purpose was asked for", nothing, err);
	return st;
}

/* ---- paths ---- */

static pki_status judge(visiting *n, const pki_path *p, pki_outputs *outputs, pki_findings *f)
{
	pki_status st;

	if (f->status != PKI_SUCCESS)
		return pki_error_set(n->err, f->status, f->status_reason, f->status_clause);
	if (pki_findings_any(f))
		return n->explain ? pki_result_refuse(n->r, p, f, n->err) : PKI_SUCCESS;
	st = note_all(n, n->err);
	return st == PKI_SUCCESS ? pki_result_accept(n->r, p, outputs, &n->v->notes, n->err) : st;
}

#define FINDING_UNITS 100 /* of the work budget: one that is put in words */

static bool visit(void *ud, const pki_path *p, pki_findings *f)
{
	visiting *n = ud;
	pki_outputs outputs = { NULL, 0 };
	size_t found;

	if (p->anchor != NULL) {
		pki_buf_truncate(&n->v->notes, 0);
		pki_path_validate(n->v, p, &outputs, f);
		n->v->exhausted = n->v->exhausted || f->limited;
	}
	found = f->count;
	n->status = judge(n, p, &outputs, f);
	pki_outputs_free(&outputs);
	if (n->status == PKI_SUCCESS && n->explain)
		n->status = pki_call_spend(&n->v->call, (uint64_t)found * FINDING_UNITS, n->err);
	return n->status == PKI_SUCCESS && !pki_result_is_valid(n->r);
}

/* The work budget of the call is a limit as others are. */
static pki_status search(visiting *n, pki_error *err)
{
	pki_search s = { n->leaf, NULL, !n->explain, { 0 }, visit, n };
	pki_status st;

	n->v->steps = pki_ctx_limits(n->v->ctx)->path_steps;
	st = pki_build(n->v, &s, err);
	if (st == PKI_SUCCESS)
		st = n->status;
	if (st != PKI_E_LIMIT)
		return st;
	n->v->exhausted = true;
	return PKI_SUCCESS;
}

/* What was compared in the search for a path is not held against its explanation. */
static pki_status explain(visiting *n, pki_error *err)
{
	bool exhausted = n->v->exhausted;
	pki_status st;

	n->explain = true;
	pki_nc_free(&n->v->names);
	pki_nc_init(&n->v->names, n->v->ctx, &n->v->call);
	st = search(n, err);
	n->v->exhausted = exhausted;
	return st;
}

static pki_status run(pki_verification *v, const pki_cert *leaf, pki_result *r, pki_error *err)
{
	visiting n = { .v = v, .r = r, .leaf = leaf, .err = err };
	pki_status st = search(&n, err);

	if (st == PKI_SUCCESS && !pki_result_is_valid(r))
		st = explain(&n, err);
	return st == PKI_SUCCESS ? pki_result_finish(r, v->exhausted, err) : st;
}

/* Statuses that come with a result. */
static bool is_answer(pki_status st)
{
	return st == PKI_SUCCESS || st == PKI_E_UNTRUSTED || st == PKI_E_UNSUPPORTED ||
	    st == PKI_E_LIMIT;
}

static pki_status verify(const pki_ctx *ctx, const pki_cert *leaf, const pki_verify_opts *o,
    pki_result **out, pki_error *err)
{
	pki_verification v;
	pki_result *r = NULL;
	pki_status st = pki_verification_init(&v, ctx, o, err);

	if (st == PKI_SUCCESS)
		st = pki_result_new(v.o.trust, &r, err);
	if (st == PKI_SUCCESS) {
		st = run(&v, leaf, r, err);
		if (out != NULL && is_answer(st)) {
			*out = r;
			r = NULL;
		}
	}
	pki_result_free(r);
	pki_verification_free(&v);
	return st;
}

pki_status pki_verify(const pki_ctx *ctx, const pki_cert *leaf, const pki_verify_opts *o,
    pki_result **out, pki_error *err)
{
	if (out != NULL)
		*out = NULL;
	if (leaf == NULL || o == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, verify(ctx, leaf, o, out, err));
}
