/* SPDX-License-Identifier: BSD-3-Clause */
/* Has a certificate been revoked? RFC 5280 6.1.3 (a) (3), RFC 9608. */
#include <stdio.h>

#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/verify/crl_check.h"
#include "libpki/verify/crl_issuer.h"
#include "libpki/verify/crl_memo.h"
#include "libpki/verify/revocation.h"
#include "libpki/verify/dates.h"

#define CLAUSE "RFC 5280 6.3.3"

/* ---- whose revocation is not to be looked for ---- */

static bool has_ocsp_access(const pki_ctx *ctx, const pki_cert *c)
{
	bool found = false;
	pki_ext_iter it;
	pki_access a;
	pki_ext e;

	if (!pki_cert_ext(c, PKI_OID(authority_info_access), &e))
		return false;
	pki_ext_list(&it, ctx, e.value);
	while (!found && pki_ext_access_next(&it, &a))
		found = pki_bytes_equal(a.method, PKI_OID(ad_ocsp));
	return found;
}

static bool has_ext(const pki_cert *c, pki_bytes oid)
{
	return pki_cert_ext(c, oid, NULL);
}

/* RFC 9608 3: what must not stand beside noRevAvail. NULL: there is no such thing. */
static const char *beside_no_rev_avail(const pki_ctx *ctx, const pki_cert *c)
{
	if (pki_cert_is_ca(c))
		return "noRevAvail in a certificate of a CA";
	if (has_ext(c, PKI_OID(crl_distribution_points)))
		return "noRevAvail beside cRLDistributionPoints";
	if (has_ext(c, PKI_OID(freshest_crl)))
		return "noRevAvail beside freshestCRL";
	if (has_ocsp_access(ctx, c))
		return "noRevAvail beside an authorityInfoAccess of id-ad-ocsp";
	return NULL;
}

/* ---- findings ---- */

/* A callback may give any. */
static bool has_time(pki_time t)
{
	return t >= PKI_TIME_MIN && t <= PKI_TIME_MAX;
}

/* "revoked: 12 days ago, at 2026-01-01T00:00:00Z, keyCompromise" */
static void find_revoked(const pki_verification *v, const pki_revoked *r, pki_findings *f)
{
	bool has_reason = r->reason > PKI_REASON_UNSPECIFIED;
	char when[PKI_DISTANCE_ROOM] = "", text[2 * PKI_DISTANCE_ROOM];

	if (has_time(r->when))
		pki_time_distance(r->when, v->at, when);
	snprintf(text, sizeof text, "%s%s%s", when, *when != '\0' && has_reason ? ", " : "",
	    has_reason ? pki_crl_reason_name(r->reason) : "");
	pki_find_about(f, PKI_CODE_REVOKED, CLAUSE, "revoked", pki_bytes_str(text));
}

static void find_none(const pki_cert *c, pki_findings *f)
{
	pki_buf issuer = PKI_BUF_INIT;
	pki_error why = PKI_ERROR_INIT;

	if (pki_name_format(pki_cert_issuer(c), &issuer, &why) == PKI_SUCCESS)
		pki_find_about(f, PKI_CODE_REVOCATION_UNKNOWN, CLAUSE,
		    "there is no CRL of its issuer", pki_buf_bytes(&issuer));
	else
		pki_find_error(f, PKI_CODE_REVOCATION_UNKNOWN, &why);
	pki_buf_free(&issuer);
}

static void note(pki_verification *v, const pki_cert *c, pki_findings *f)
{
	pki_buf subject = PKI_BUF_INIT;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_name_format(pki_cert_subject(c), &subject, &why);

	if (st == PKI_SUCCESS)
		st = pki_verification_note(v, "revocation", pki_buf_bytes(&subject), &why);
	if (st != PKI_SUCCESS)
		pki_find_error(f, PKI_CODE_REVOCATION_UNKNOWN, &why);
	pki_buf_free(&subject);
}

/* ---- the callback ---- */

static pki_status call_back(pki_verification *v, pki_told *t, pki_error *err)
{
	t->status = v->o.check_revocation(
	    v->o.check_revocation_ud, t->cert, t->issuer, t->issuer_spki, v->at, &t->found, err);
	if (t->status == PKI_SUCCESS || t->status == PKI_E_NOTFOUND)
		return PKI_SUCCESS;
	return pki_callback_failed(t->status, "check_revocation failed", err);
}

static const pki_told *find_told(const pki_crl_memo *m, const pki_told *t)
{
	for (size_t i = 0; i < m->told_count; i++)
		if (m->told[i].cert == t->cert && m->told[i].issuer == t->issuer &&
		    pki_bytes_equal(m->told[i].issuer_spki, t->issuer_spki))
			return &m->told[i];
	return NULL;
}

/* Once for a certificate of an issuer. */
static pki_status ask_once(pki_verification *v, pki_told *t, const pki_told **out, pki_error *err)
{
	pki_crl_memo *m = v->crls;
	pki_told *list;
	pki_status st;

	*out = find_told(m, t);
	if (*out != NULL)
		return PKI_SUCCESS;
	list = pki_list_room(m->told, NULL, m->told_count, &m->told_room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	m->told = list;
	st = call_back(v, t, err);
	if (st != PKI_SUCCESS)
		return st;
	list[m->told_count] = *t;
	*out = &list[m->told_count++];
	return st;
}

/* *r stays as it is where nobody can tell. */
static pki_status ask_caller(
    pki_verification *v, const pki_path *p, size_t i, pki_revoked *r, pki_error *err)
{
	pki_told t = { .cert = p->certs[i],
		.issuer = pki_path_issuer(p, i),
		.issuer_spki = pki_path_issuer_spki(p, i),
		.found = { .reason = PKI_REASON_NONE,
		    .when = PKI_TIME_NONE,
		    .invalid_since = PKI_TIME_NONE } };
	const pki_told *told;
	pki_status st;

	if (v->o.check_revocation == NULL)
		return PKI_SUCCESS;
	st = pki_crl_memo_start(v, err);
	if (st == PKI_SUCCESS)
		st = ask_once(v, &t, &told, err);
	if (st != PKI_SUCCESS || told->status != PKI_SUCCESS)
		return st;
	if (told->found.listing == PKI_LISTING_LISTED ||
	    told->found.listing == PKI_LISTING_NOT_LISTED)
		*r = told->found;
	return PKI_SUCCESS;
}

/* ---- a certificate ---- */

static void conclude(
    pki_verification *v, const pki_cert *c, const pki_crl_answer *a, pki_findings *f)
{
	if (a->entry.listing == PKI_LISTING_LISTED)
		find_revoked(v, &a->entry, f);
	if (a->entry.listing == PKI_LISTING_LISTED || a->entry.listing == PKI_LISTING_NOT_LISTED)
		return;
	if (a->present)
		pki_find_error(f, PKI_CODE_REVOCATION_UNKNOWN, &a->why);
	else if (v->o.revocation == PKI_REVOCATION_IF_PRESENT)
		note(v, c, f);
	else
		find_none(c, f);
}

static void check_cert(pki_verification *v, const pki_path *p, size_t i, pki_findings *f)
{
	pki_crl_answer a;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_crl_check(v, p, i, &a, &why);

	if (st == PKI_SUCCESS && !a.known)
		st = ask_caller(v, p, i, &a.entry, &why);
	if (st == PKI_SUCCESS)
		conclude(v, p->certs[i], &a, f);
	else
		pki_find_error(f, PKI_CODE_REVOCATION_UNKNOWN, &why);
}

static void check(pki_verification *v, const pki_path *p, size_t i, pki_findings *f)
{
	const pki_cert *c = p->certs[i];
	const char *beside;

	if (has_ext(c, PKI_OID(no_rev_avail))) {
		beside = beside_no_rev_avail(v->ctx, c);
		if (beside != NULL)
			pki_find(f, PKI_CODE_REVOCATION_UNKNOWN, "RFC 9608 3", beside);
		return;
	}
	/* RFC 9608 4, RFC 6960 4.2.2.2.1 */
	if (v->o.revocation != PKI_REVOCATION_NONE && !has_ext(c, PKI_OID(ocsp_nocheck)))
		check_cert(v, p, i, f);
}

static void note_all(pki_verification *v, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;

	if (pki_verification_note(v, "revocation", pki_bytes_of(NULL, 0), &why) != PKI_SUCCESS)
		pki_find_error(f, PKI_CODE_REVOCATION_UNKNOWN, &why);
}

void pki_revocation_check(pki_verification *v, const pki_path *p, pki_findings *f)
{
	for (size_t i = 0; i < p->count && f->status == PKI_SUCCESS; i++) {
		f->cert = i;
		check(v, p, i, f);
	}
	/* the path of a CRL's signer is asked about once it is known to be valid */
	if (v->o.revocation == PKI_REVOCATION_NONE && v->depth == 0 && f->status == PKI_SUCCESS)
		note_all(v, f);
}
