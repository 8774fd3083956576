/* SPDX-License-Identifier: BSD-3-Clause */
/* Who signed a CRL, and whether to believe it: RFC 5280 6.3.3 (f), (g). */
#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/verify/build.h"
#include "libpki/verify/crl_issuer.h"
#include "libpki/verify/crl_memo.h"
#include "libpki/verify/revocation.h"
#include "libpki/verify/strength.h"

/* Signers of CRLs about certificates of signers of CRLs ... */
#define SIGNER_DEPTH 4

#define PATH_CLAUSE "RFC 5280 6.3.3(f)"

pki_status pki_crl_memo_start(pki_verification *v, pki_error *err)
{
	if (v->crls == NULL)
		v->crls = pki_alloc_zero(1, sizeof *v->crls);
	return v->crls != NULL ? PKI_SUCCESS : pki_error_nomem(err);
}

void pki_crl_memo_free(pki_crl_memo *m)
{
	if (m == NULL)
		return;
	pki_free(m->proofs);
	pki_free(m->told);
	pki_free(m);
}

bool pki_crl_is_over(pki_status st)
{
	return st == PKI_E_LIMIT || pki_is_of_the_call(st);
}

/* ---- signers that are not on the path ---- */

static bool find_proof(
    const pki_crl_memo *m, const pki_cert *signer, const pki_anchor *anchor, size_t *i)
{
	for (*i = 0; *i < m->proof_count; ++*i)
		if (m->proofs[*i].signer == signer && m->proofs[*i].anchor == anchor)
			return true;
	return false;
}

static pki_status begin_proof(
    pki_crl_memo *m, const pki_cert *signer, const pki_anchor *anchor, pki_error *err)
{
	pki_crl_proof *list = pki_list_room(
	    m->proofs, NULL, m->proof_count, &m->proof_room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(err);
	m->proofs = list;
	list[m->proof_count++] = (pki_crl_proof){
		.signer = signer, .anchor = anchor, .busy = true
	};
	return PKI_SUCCESS;
}

/* Kept is what would be found out again whoever asks. */
static void end_proof(pki_crl_memo *m, size_t i, bool keep, pki_status st, const pki_error *why)
{
	if (!keep) {
		m->proofs[i] = m->proofs[--m->proof_count];
		return;
	}
	m->proofs[i].busy = false;
	m->proofs[i].status = st;
	m->proofs[i].reason = st == PKI_SUCCESS ? NULL : pki_error_reason(why);
}

static pki_status refuse(pki_error *err, const char *reason)
{
	return pki_error_set(err, PKI_E_UNTRUSTED, reason, PATH_CLAUSE);
}

/* What pki_revocation_check has found on the signer's path. */
static pki_status judge(const pki_findings *f, pki_error *err)
{
	pki_code code = f->count > 0 ? f->list[0].code : PKI_CODE_NONE;

	if (f->status != PKI_SUCCESS)
		return pki_error_set(
		    err, f->status, "the certificates of a CRL's signer", PATH_CLAUSE);
	switch (code) {
	case PKI_CODE_NONE:
		return PKI_SUCCESS;
	case PKI_CODE_LIMIT:
		return pki_error_set(
		    err, PKI_E_LIMIT, "too much work for the signers of CRLs", NULL);
	case PKI_CODE_REVOKED:
		return refuse(err, "a certificate of the CRL's signer is revoked");
	default:
		return refuse(err, "whether the CRL's signer is revoked nobody can tell");
	}
}

static pki_status check_path_of(pki_verification *v, const pki_path *p, pki_error *err)
{
	pki_findings f = { .list = NULL };
	pki_status st;

	pki_revocation_check(v, p, &f);
	st = judge(&f, err);
	pki_findings_free(&f);
	return st;
}

static pki_status check_signer(
    pki_verification *v, const pki_cert *signer, const pki_anchor *anchor, pki_error *err)
{
	pki_path p = { .certs = NULL };
	pki_status st = pki_build_signer_path(v, signer, anchor, &p, err);

	if (st == PKI_SUCCESS)
		st = check_path_of(v, &p, err);
	else if (st == PKI_E_UNTRUSTED)
		st = refuse(err, "the CRL's signer has no valid path to the same trust anchor");
	pki_free((void *)(uintptr_t)p.certs);
	return st;
}

static pki_status find_out(
    pki_verification *v, const pki_cert *signer, const pki_anchor *anchor, pki_error *err)
{
	size_t cuts = v->crls->cuts, i = v->crls->proof_count;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = begin_proof(v->crls, signer, anchor, err);
	bool keep;

	if (st != PKI_SUCCESS)
		return st;
	v->depth++;
	st = check_signer(v, signer, anchor, &why);
	v->depth--;
	keep = st == PKI_SUCCESS || (!pki_crl_is_over(st) && v->crls->cuts == cuts);
	end_proof(v->crls, i, keep, st, &why);
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &why);
	return st;
}

static pki_status take_step(pki_verification *v, pki_error *err)
{
	if (v->steps > 0) {
		v->steps--;
		return PKI_SUCCESS;
	}
	v->exhausted = true;
	return pki_error_set(err, PKI_E_LIMIT, "too many steps to the signers of CRLs", NULL);
}

static pki_status cut(pki_crl_memo *m, const char *reason, pki_error *err)
{
	m->cuts++;
	return refuse(err, reason);
}

static pki_status prove(
    pki_verification *v, const pki_cert *signer, const pki_anchor *anchor, pki_error *err)
{
	pki_crl_memo *m = v->crls;
	pki_status st;
	size_t i;

	if (find_proof(m, signer, anchor, &i)) {
		if (m->proofs[i].busy)
			return cut(m, "signers of CRLs vouch for each other", err);
		return m->proofs[i].status == PKI_SUCCESS ? PKI_SUCCESS
							  : refuse(err, m->proofs[i].reason);
	}
	if (v->depth >= SIGNER_DEPTH)
		return cut(m, "too many signers of CRLs, one behind the other", err);
	st = take_step(v, err);
	return st == PKI_SUCCESS ? find_out(v, signer, anchor, err) : st;
}

/* ---- candidates ---- */

/* A search for the signer of a CRL. */
typedef struct search {
	pki_verification *v;
	const pki_crl_subject *subject;
	const pki_crl *crl;
	const pki_pubkey *key; /* the answer */
	pki_error why;         /* why the most likely one was it not */
} search;

/* A key, or why there is none. What is too much of a key is the fault of its certificate. */
static pki_status key_of(
    search *s, pki_bytes spki, const pki_pubkey *above, const pki_pubkey **key, pki_error *err)
{
	pki_status st = pki_signers_key(&s->v->signers, spki, above, key, err);

	if (st != PKI_E_LIMIT)
		return st;
	return pki_error_set(
	    err, PKI_E_POLICY, "the key of the CRL's signer is too large", PATH_CLAUSE);
}

/* (g), and what (f) says of keyUsage. cert NULL: an anchor that is a name and a key. */
static pki_status check_key(search *s, const pki_cert *cert, const pki_pubkey *key, pki_error *err)
{
	uint32_t usage = pki_cert_key_usage(cert);
	pki_status st;

	if (usage != 0 && (usage & PKI_KU_CRL_SIGN) == 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "keyUsage of the CRL's signer has no cRLSign", PATH_CLAUSE);
	if (pki_signature_is_weak(s->v, pki_crl_signature_algorithm(s->crl)))
		return pki_error_set(err, PKI_E_POLICY,
		    "the digest of the CRL's signature has fewer bits of security than are asked for",
		    "NIST SP 800-57 part 1, table 3");
	st = pki_signers_check_crl(&s->v->signers, s->crl, key, err);
	if (st == PKI_E_SIGNATURE)
		return pki_error_set(
		    err, st, "the CRL's signature does not verify", "RFC 5280 6.3.3(g)");
	if (st == PKI_SUCCESS)
		s->key = key;
	return st;
}

/* The first reason stays, unless a later candidate did sign the CRL. */
static pki_status settle(search *s, pki_status st, const pki_error *why)
{
	if (pki_error_status(&s->why) == PKI_SUCCESS || pki_crl_is_over(st) ||
	    st == PKI_E_UNTRUSTED)
		s->why = *why;
	return pki_crl_is_over(st) ? st : PKI_SUCCESS;
}

static bool is_issuer(const search *s, const pki_name *name)
{
	return pki_name_equal(name, pki_crl_issuer(s->crl));
}

/* Its own certificate is not for the CRL's signer to judge, unless that is what its issuer wrote
 * into it. */
static bool vouches_for_itself(const search *s, size_t j)
{
	return j == s->subject->index && !s->subject->named;
}

static pki_status try_anchor(search *s, const pki_pubkey *key)
{
	const pki_anchor *a = s->subject->path->anchor;
	pki_error why = PKI_ERROR_INIT;
	pki_status st;

	if (!is_issuer(s, a->name))
		return PKI_SUCCESS;
	st = check_key(s, s->v->o.anchor == PKI_ANCHOR_FULL ? a->cert : NULL, key, &why);
	return st == PKI_SUCCESS ? st : settle(s, st, &why);
}

static pki_status try_above(search *s, size_t j, const pki_pubkey *key)
{
	const pki_cert *c = s->subject->path->certs[j];
	pki_error why = PKI_ERROR_INIT;
	pki_status st;

	if (!is_issuer(s, pki_cert_subject(c)))
		return PKI_SUCCESS;
	st = vouches_for_itself(s, j) ? refuse(&why, "the CRL's signer would vouch for itself")
				      : check_key(s, c, key, &why);
	return st == PKI_SUCCESS ? st : settle(s, st, &why);
}

/* From the anchor down to the certificate itself: each may inherit the parameters of its key. What
 * is above on the path has keys that verify, as it is valid. */
static pki_status try_path(search *s)
{
	const pki_path *p = s->subject->path;
	const pki_pubkey *key = NULL;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = key_of(s, p->anchor->spki, NULL, &key, &why);

	if (st == PKI_SUCCESS)
		st = try_anchor(s, key);
	for (size_t j = p->count; st == PKI_SUCCESS && s->key == NULL && j-- > s->subject->index;) {
		if (j == s->subject->index && !is_issuer(s, pki_cert_subject(p->certs[j])))
			break;
		st = key_of(s, pki_cert_spki(p->certs[j]), key, &key, &why);
		if (st == PKI_SUCCESS)
			st = try_above(s, j, key);
	}
	return st == PKI_SUCCESS || pki_crl_is_over(st) ? st : settle(s, st, &why);
}

/* Was it asked already? */
static bool is_on_path(const search *s, const pki_cert *c)
{
	const pki_path *p = s->subject->path;

	for (size_t j = s->subject->index; j < p->count; j++)
		if (pki_is_same_cert(c, p->certs[j]))
			return true;
	return pki_is_same_cert(c, p->anchor->cert);
}

static pki_status try_cert(search *s, const pki_cert *c)
{
	const pki_pubkey *key = NULL;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = key_of(s, pki_cert_spki(c), NULL, &key, &why);

	if (st == PKI_SUCCESS)
		st = check_key(s, c, key, &why);
	if (st == PKI_SUCCESS)
		st = prove(s->v, c, s->subject->path->anchor, &why);
	if (st == PKI_SUCCESS)
		return st;
	s->key = NULL;
	return settle(s, st, &why);
}

/* Is it the one that authorityKeyIdentifier names? */
static bool is_likely(const search *s, const pki_cert *c)
{
	pki_bytes want = pki_crl_authority_key_id(s->crl), id = pki_cert_key_id(c);

	return want.len == 0 || id.len == 0 || pki_bytes_equal(want, id);
}

static pki_status try_candidate(search *s, const pki_cert *c, bool likely)
{
	pki_status st = pki_call_spend(
	    &s->v->call, PKI_CANDIDATE_UNITS + pki_cert_der(c).len / PKI_OCTETS_PER_UNIT, &s->why);

	if (st != PKI_SUCCESS || is_likely(s, c) != likely || is_on_path(s, c))
		return st;
	return try_cert(s, c);
}

/* Where callbacks find more meanwhile places in the pool change: all are asked again, which costs
 * little, as answers are kept. */
static pki_status try_pool(search *s, bool likely)
{
	const pki_pool *pool = &s->v->pool;
	size_t cursor = 0, count = pool->count;
	pki_status st = PKI_SUCCESS;
	const pki_cert *c;

	while (st == PKI_SUCCESS && s->key == NULL &&
	    (c = pki_pool_next(pool, pki_crl_issuer(s->crl), &cursor)) != NULL) {
		st = try_candidate(s, c, likely);
		if (count != pool->count)
			cursor = 0;
		count = pool->count;
	}
	return st;
}

pki_status pki_crl_signer(pki_verification *v, const pki_crl_subject *subject, const pki_crl *crl,
    const pki_pubkey **key, pki_error *err)
{
	search s = { .v = v, .subject = subject, .crl = crl };
	pki_status st = pki_crl_memo_start(v, &s.why);

	*key = NULL;
	if (st == PKI_SUCCESS)
		st = try_path(&s);
	if (st == PKI_SUCCESS && s.key == NULL)
		st = try_pool(&s, true);
	if (st == PKI_SUCCESS && s.key == NULL)
		st = try_pool(&s, false);
	if (st == PKI_SUCCESS && s.key != NULL) {
		*key = s.key;
		return PKI_SUCCESS;
	}
	if (pki_error_status(&s.why) == PKI_SUCCESS)
		st = refuse(&s.why, "no certificate of the CRL's signer is known");
	pki_error_copy(err, &s.why);
	return pki_error_status(&s.why);
}
