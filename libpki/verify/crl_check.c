/* SPDX-License-Identifier: BSD-3-Clause */
/* What CRLs say of a certificate: RFC 5280 6.3.3. */
#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/verify/crl_check.h"
#include "libpki/verify/crl_issuer.h"
#include "libpki/verify/crl_scope.h"
#include "libpki/verify/dates.h"
#include "libpki/x509/crl.h"

/* How far a CRL got that does not answer: of reasons, that of the one that got farthest is told. */
typedef int32_t crl_stage;
enum {
	STAGE_NONE,
	STAGE_SCOPE,
	STAGE_DATES,
	STAGE_UNKNOWN, /* a critical extension */
	STAGE_SIGNER
};

/* What is asked. */
typedef struct inquiry {
	pki_verification *v;
	pki_crl_subject subject;
	const pki_cert *cert;
	const pki_dist_point *dp; /* that is looked at; NULL: the one that is assumed */
	const pki_name *issuer;   /* of the CRLs that are looked at */
	const pki_crl **deltas;   /* all of that issuer */
	size_t delta_count, delta_room;
	bool in_delta; /* one of them has an entry of the certificate */
	bool present;  /* there is a CRL that should tell */
	bool complete; /* there is one that is no delta CRL */
	bool revoked;
	uint32_t reasons;  /* reasons_mask */
	pki_revoked entry; /* where it is revoked */
	pki_error why;     /* why no one can tell */
	crl_stage stage;   /* where that was */
} inquiry;

/* A complete CRL about the certificate, and a delta CRL where there is one. */
typedef struct reading {
	const pki_crl *crl, *delta;
	const pki_pubkey *key;
	pki_revoked entry, change; /* of the complete one; of the delta CRL */
	uint32_t reasons;          /* interim_reasons_mask */
	uint32_t reserved;
} reading;

/* A CRL does not answer. The verification goes on, unless it cannot. */
static pki_status pass(inquiry *q, crl_stage stage, pki_status st, const pki_error *why)
{
	if (pki_crl_is_over(st) || stage > q->stage) {
		q->stage = stage;
		q->why = *why;
	}
	return pki_crl_is_over(st) ? st : PKI_SUCCESS;
}

/* ---- dates ---- */

static pki_status refuse_when(const pki_verification *v, const char *reason, const char *clause,
    pki_time when, pki_error *err)
{
	char text[PKI_DISTANCE_ROOM];

	pki_time_distance(when, v->at, text);
	return pki_error_set_detail(err, PKI_E_POLICY, reason, clause, pki_bytes_str(text));
}

static bool is_early(const pki_verification *v, const pki_crl *c)
{
	return pki_crl_this_update(c) > v->at;
}

/* nextUpdate itself is the last moment. */
static bool is_stale(const pki_verification *v, const pki_crl *c)
{
	return pki_is_past(v, pki_crl_next_update(c));
}

static bool lacks_number(const pki_crl *c)
{
	return pki_crl_version(c) > 1 && pki_crl_number(c).len == 0;
}

static bool lacks_end(const pki_crl *c)
{
	return pki_crl_next_update(c) == PKI_TIME_NONE;
}

static bool is_current(const pki_verification *v, const pki_crl *c)
{
	return !lacks_number(c) && !lacks_end(c) && !is_early(v, c) && !is_stale(v, c);
}

/* What no delta CRL makes up for. */
static pki_status check_usable(const pki_verification *v, const pki_crl *c, pki_error *err)
{
	if (lacks_number(c))
		return pki_error_set(
		    err, PKI_E_POLICY, "the CRL has no cRLNumber", "RFC 5280 5.2.3");
	if (lacks_end(c))
		return pki_error_set(
		    err, PKI_E_POLICY, "the CRL has no nextUpdate", "RFC 5280 5.1.2.5");
	if (is_early(v, c))
		return refuse_when(
		    v, "the CRL is not valid yet", "RFC 5280 5.1.2.4", pki_crl_this_update(c), err);
	return PKI_SUCCESS;
}

static pki_status check_fresh(const pki_verification *v, const pki_crl *c, pki_error *err)
{
	if (!is_stale(v, c))
		return PKI_SUCCESS;
	return refuse_when(
	    v, "the CRL has expired", "RFC 5280 6.3.3(a)(1)", pki_crl_next_update(c), err);
}

/* ---- entries ---- */

static pki_status look(const inquiry *q, const pki_crl *c, pki_revoked *found, pki_error *err)
{
	return pki_crl_find_in_call(
	    c, pki_cert_issuer(q->cert), pki_cert_serial(q->cert), &q->v->call, found, err);
}

static bool is_entry(const pki_revoked *r)
{
	return r->listing == PKI_LISTING_LISTED;
}

/* (i) before (j): what changed counts. */
static const pki_revoked *verdict(const reading *r)
{
	return is_entry(&r->change) ? &r->change : &r->entry;
}

/* (k). certificateHold is an entry like any other. */
static bool is_revoked(const reading *r)
{
	return is_entry(verdict(r)) && verdict(r)->reason != PKI_REASON_REMOVE;
}

/* ---- delta CRLs ---- */

static bool is_newer(const pki_crl *a, const pki_crl *b)
{
	return b == NULL || pki_crl_number_compare(pki_crl_number(a), pki_crl_number(b)) > 0;
}

/* (c), (h): PKI_E_NOTFOUND: it is not for this CRL. */
static pki_status read_delta(
    inquiry *q, const reading *r, const pki_crl *delta, pki_revoked *found, pki_error *err)
{
	pki_status st = pki_call_spend(&q->v->call, 1, err);

	if (st == PKI_SUCCESS &&
	    (!is_newer(delta, r->delta) || !is_current(q->v, delta) ||
		!pki_crl_delta_applies(r->crl, delta)))
		return pki_error_set(err, PKI_E_NOTFOUND, "no such delta CRL", NULL);
	if (st == PKI_SUCCESS)
		st = look(q, delta, found, err);
	if (st == PKI_SUCCESS)
		st = pki_signers_check_crl(&q->v->signers, delta, r->key, err);
	return st;
}

/* The newest one that is fresh; those that are no good are as good as not there. */
static pki_status apply_delta(inquiry *q, reading *r, pki_error *err)
{
	for (size_t i = 0; i < q->delta_count; i++) {
		pki_revoked found;
		pki_status st = read_delta(q, r, q->deltas[i], &found, err);

		if (pki_crl_is_over(st))
			return st;
		if (st != PKI_SUCCESS)
			continue;
		r->delta = q->deltas[i];
		r->change = found;
	}
	return PKI_SUCCESS;
}

static pki_status keep_delta(inquiry *q, const pki_crl *delta, pki_error *err)
{
	const pki_crl **list = pki_list_room(
	    q->deltas, NULL, q->delta_count, &q->delta_room, sizeof *list);
	pki_revoked found;
	pki_status st;

	if (list == NULL)
		return pki_error_nomem(err);
	q->deltas = list;
	list[q->delta_count++] = delta;
	st = look(q, delta, &found, err);
	q->in_delta = q->in_delta || (st == PKI_SUCCESS && is_entry(&found));
	return pki_crl_is_over(st) ? st : PKI_SUCCESS;
}

static pki_status find_deltas(inquiry *q, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	size_t cursor = 0;
	const pki_crl *c;

	q->delta_count = 0;
	q->in_delta = false;
	while (st == PKI_SUCCESS && (c = pki_crls_next(q->v->o.crls, q->issuer, &cursor)) != NULL) {
		q->present = true;
		st = pki_call_spend(&q->v->call, 1, err);
		if (st == PKI_SUCCESS && pki_crl_is_delta(c))
			st = keep_delta(q, c, err);
	}
	return st;
}

/* Most DistributionPoints are of one issuer. */
static pki_status start_issuer(inquiry *q, const pki_name *issuer)
{
	if (q->issuer == issuer)
		return PKI_SUCCESS;
	q->issuer = issuer;
	return find_deltas(q, &q->why);
}

/* ---- what is newer ---- */

static bool has_later_number(const pki_crl *a, const pki_crl *b)
{
	pki_bytes x = pki_crl_number(a), y = pki_crl_number(b);

	return (x.len == 0 && y.len == 0) || pki_crl_number_compare(x, y) > 0;
}

/* Is a complete CRL newer than all that this verdict comes from? RFC 5280 5.2.3. */
static bool is_later(const pki_crl *c, const reading *r)
{
	if (pki_crl_this_update(c) <= pki_crl_this_update(r->crl) || !has_later_number(c, r->crl))
		return false;
	return !is_entry(&r->change) ||
	    (pki_crl_this_update(c) >= pki_crl_this_update(r->delta) &&
		pki_crl_number_compare(pki_crl_number(c), pki_crl_number(r->delta)) >= 0);
}

/* Does this CRL, of the same signer and scope, no longer list what an older one does? What a delta
 * CRL adds to it is looked at when it is its turn. */
static pki_status releases(
    inquiry *q, const reading *old, const pki_crl *c, bool *yes, pki_error *err)
{
	pki_revoked found;
	pki_status st = pki_call_spend(&q->v->call, 1, err);

	*yes = false;
	if (st != PKI_SUCCESS || pki_crl_is_delta(c) || !is_later(c, old) || !is_current(q->v, c) ||
	    !pki_crl_same_scope(c, old->crl))
		return st;
	st = look(q, c, &found, err);
	if (st == PKI_SUCCESS)
		st = pki_signers_check_crl(&q->v->signers, c, old->key, err);
	*yes = st == PKI_SUCCESS && !is_entry(&found);
	return pki_crl_is_over(st) ? st : PKI_SUCCESS;
}

static pki_status is_superseded(inquiry *q, const reading *r, bool *yes, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	size_t cursor = 0;
	const pki_crl *c;

	*yes = false;
	while (st == PKI_SUCCESS && !*yes &&
	    (c = pki_crls_next(q->v->o.crls, q->issuer, &cursor)) != NULL)
		st = releases(q, r, c, yes, err);
	return st;
}

/* ---- a complete CRL ---- */

/* (l), or an entry. */
static pki_status count(inquiry *q, const reading *r, pki_error *err)
{
	bool superseded = false;
	pki_status st;

	if (!is_revoked(r)) {
		q->reasons |= r->reasons;
		return PKI_SUCCESS;
	}
	st = is_superseded(q, r, &superseded, err);
	if (st != PKI_SUCCESS || superseded)
		return st;
	q->revoked = true;
	q->entry = *verdict(r);
	return st;
}

static pki_status check_signed(inquiry *q, reading *r)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_crl_signer(q->v, &q->subject, r->crl, &r->key, &why);

	if (st != PKI_SUCCESS)
		return pass(q, STAGE_SIGNER, st, &why);
	st = apply_delta(q, r, &why);
	if (st == PKI_SUCCESS && r->delta == NULL)
		st = check_fresh(q->v, r->crl, &why);
	if (st != PKI_SUCCESS)
		return pass(q, STAGE_DATES, st, &why);
	st = count(q, r, &why);
	return st == PKI_SUCCESS ? st : pass(q, STAGE_SIGNER, st, &why);
}

/* (e): or does it have an entry, whatever the reason? */
static bool adds(const inquiry *q, const reading *r)
{
	return (r->reasons & ~q->reasons) != 0 || is_entry(&r->entry) || q->in_delta;
}

static pki_status check_complete(inquiry *q, const pki_crl *c)
{
	reading r = { .crl = c };
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_call_spend(&q->v->call, 1, &why);

	q->complete = true;
	if (st == PKI_SUCCESS)
		st = pki_crl_covers(&q->v->call, q->cert, q->dp, c, &r.reasons, &why);
	if (st != PKI_SUCCESS)
		return pass(q, STAGE_SCOPE, st, &why);
	st = check_usable(q->v, c, &why);
	if (st == PKI_SUCCESS && q->delta_count == 0)
		st = check_fresh(q->v, c, &why);
	if (st != PKI_SUCCESS)
		return pass(q, STAGE_DATES, st, &why);
	st = look(q, c, &r.entry, &why);
	if (st != PKI_SUCCESS)
		return pass(q, STAGE_UNKNOWN, st, &why);
	return adds(q, &r) ? check_signed(q, &r) : PKI_SUCCESS;
}

/* ---- distribution points ---- */

static pki_status check_issuer(inquiry *q, const pki_name *issuer)
{
	size_t cursor = 0;
	const pki_crl *c;
	pki_status st = start_issuer(q, issuer);

	while (st == PKI_SUCCESS && !q->revoked &&
	    (c = pki_crls_next(q->v->o.crls, issuer, &cursor)) != NULL)
		if (!pki_crl_is_delta(c))
			st = check_complete(q, c);
	return st;
}

static pki_status check_named(inquiry *q, pki_bytes der)
{
	pki_name *issuer = NULL;
	pki_status st = pki_name_parse(q->v->ctx, der, &issuer, &q->why);

	if (st == PKI_SUCCESS)
		st = check_issuer(q, issuer);
	q->issuer = NULL;
	pki_name_free(issuer);
	return st;
}

/* Of cRLIssuer. */
static pki_status check_named_issuers(inquiry *q)
{
	pki_status st = PKI_SUCCESS;
	pki_ext_iter it;
	pki_gn name;

	q->subject.named = true;
	pki_ext_list_in(&it, q->v->ctx, q->dp->crl_issuer);
	while (st == PKI_SUCCESS && !q->revoked && pki_ext_name_next(&it, &name))
		if (name.type == PKI_GN_DIRNAME)
			st = check_named(q, name.value);
	q->subject.named = false;
	return st;
}

static pki_status check_point(inquiry *q, const pki_dist_point *dp)
{
	q->dp = dp;
	return dp != NULL && dp->crl_issuer.len > 0 ? check_named_issuers(q)
						    : check_issuer(q, pki_cert_issuer(q->cert));
}

/* Each of cRLDistributionPoints, then the one that is assumed. */
static pki_status check_points(inquiry *q)
{
	pki_status st = PKI_SUCCESS;
	pki_dist_point dp;
	pki_ext_iter it;
	pki_ext points;

	if (pki_cert_ext(q->cert, PKI_OID(crl_distribution_points), &points)) {
		pki_ext_list(&it, q->v->ctx, points.value);
		while (st == PKI_SUCCESS && !q->revoked && pki_ext_dist_point_next(&it, &dp))
			st = check_point(q, &dp);
	}
	return st == PKI_SUCCESS && !q->revoked ? check_point(q, NULL) : st;
}

/* What no single CRL is to blame for. */
static void explain(inquiry *q)
{
	if (!q->complete)
		(void)!pki_error_set(&q->why, PKI_E_POLICY,
		    "there are delta CRLs, and no complete one", "RFC 5280 5.2.4");
	else if (q->stage == STAGE_NONE || (q->stage == STAGE_SCOPE && q->reasons != 0))
		(void)!pki_error_set(&q->why, PKI_E_POLICY,
		    "the CRLs do not cover every reason to revoke", "RFC 5280 6.3.3(l)");
}

static void answer(inquiry *q, pki_crl_answer *out)
{
	out->present = q->present;
	out->known = q->revoked || q->reasons == PKI_REASON_FLAGS_ALL;
	out->entry = q->entry;
	out->entry.listing = q->revoked ? PKI_LISTING_LISTED
	    : out->known                ? PKI_LISTING_NOT_LISTED
					: PKI_LISTING_UNKNOWN;
	if (!out->known)
		explain(q);
	out->why = q->why;
}

pki_status pki_crl_check(
    pki_verification *v, const pki_path *p, size_t i, pki_crl_answer *out, pki_error *err)
{
	inquiry q = { .v = v, .subject = { .path = p, .index = i }, .cert = p->certs[i] };
	pki_status st = check_points(&q);

	*out = (pki_crl_answer){ .present = false };
	if (st == PKI_SUCCESS)
		answer(&q, out);
	else
		pki_error_copy(err, &q.why);
	pki_free(q.deltas);
	return st;
}
