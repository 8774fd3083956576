/* SPDX-License-Identifier: BSD-3-Clause */
/* Path building: RFC 4158, depth first, the best candidates first, without recursion. */
#include <stdlib.h>

#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/verify/build.h"
#include "libpki/verify/checks.h"

/* Somebody who may have issued a certificate: an anchor, or another certificate. */
typedef struct candidate {
	const pki_anchor *anchor; /* NULL: it is no anchor */
	const pki_cert *cert;     /* NULL: an anchor that is a name and a key */
	int rank;                 /* the highest goes first */
	uint32_t order;           /* of those of one rank */
} candidate;

/* A certificate of the path so far, and who may be next. */
typedef struct frame {
	const pki_cert *cert;
	candidate *list;
	size_t count, room, next;
	size_t known;  /* of those that callbacks have found */
	bool led;      /* one of them led somewhere, if only to be told that it does not */
	bool anchored; /* an anchor was reached from here */
	uint8_t reserved[6];
} frame;

/* From this certificate no anchor is reached, with so many others below it or more. */
typedef struct barren {
	const pki_cert *cert;
	size_t depth;
} barren;

typedef struct building {
	pki_verification *v;
	const pki_search *s;
	frame *frames;
	const pki_cert **certs; /* those of the frames, and room for one more */
	size_t depth, most;     /* frames; how many there can be */
	barren *barren;
	size_t barren_count, barren_room;
	bool stop;
	uint8_t reserved[7];
} building;

static pki_bytes spki_of(const candidate *c)
{
	return c->anchor != NULL ? c->anchor->spki : pki_cert_spki(c->cert);
}

/* ---- candidates ---- */

enum {
	RANK_NEWER = 1, /* is valid now */
	RANK_KEY_ID_UNKNOWN = 2,
	RANK_KEY_ID = 4,
	RANK_ANCHOR = 8, /* before whatever others have put there */
};

/* RFC 4158 3.5.12: key identifiers are a hint, never a reason to refuse. */
static int rank_of_key_id(pki_bytes wanted, pki_bytes id)
{
	if (wanted.len == 0 || id.len == 0)
		return RANK_KEY_ID_UNKNOWN;
	return pki_bytes_equal(wanted, id) ? RANK_KEY_ID : 0;
}

static bool is_valid_now(const pki_verification *v, const pki_cert *c)
{
	return c == NULL || (pki_cert_not_before(c) <= v->at && v->at <= pki_cert_not_after(c));
}

static int rank_of(const pki_verification *v, const pki_cert *child, const candidate *c)
{
	pki_bytes id = c->anchor != NULL ? c->anchor->key_id : pki_cert_key_id(c->cert);

	return rank_of_key_id(pki_cert_authority_key_id(child), id) +
	    (c->anchor != NULL ? RANK_ANCHOR : 0) + (is_valid_now(v, c->cert) ? RANK_NEWER : 0);
}

static pki_status add_candidate(const pki_verification *v, frame *f, candidate c, pki_error *err)
{
	candidate *list = pki_list_room(f->list, NULL, f->count, &f->room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(err);
	f->list = list;
	c.rank = rank_of(v, f->cert, &c);
	c.order = (uint32_t)f->count;
	list[f->count++] = c;
	return PKI_SUCCESS;
}

static int compare(const void *a, const void *b)
{
	const candidate *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* An anchor as its own issuer: visit_leaf has it. Or above a CA of the same key: what that one
 * issued the anchor did. */
static bool is_below_itself(const building *b, const pki_anchor *a, const pki_cert *c)
{
	return pki_is_same_cert(a->cert, c) ||
	    (b->depth > 1 && pki_bytes_equal(a->spki, pki_cert_spki(c)) &&
		pki_name_equal(a->name, pki_cert_subject(c)));
}

static pki_status add_anchors(const building *b, frame *f, pki_error *err)
{
	const pki_name *issuer = pki_cert_issuer(f->cert);
	const pki_anchor *a;
	pki_status st = PKI_SUCCESS;
	size_t cursor = 0;

	while (st == PKI_SUCCESS && (a = pki_trust_next(b->v->o.trust, issuer, &cursor)) != NULL)
		if (is_below_itself(b, a, f->cert))
			f->led = b->depth > 1;
		else if (b->s->only == NULL || b->s->only == a)
			st = add_candidate(
			    b->v, f, (candidate){ .anchor = a, .cert = a->cert }, err);
	return st;
}

static pki_status add_pool(const building *b, frame *f, pki_error *err)
{
	const pki_name *issuer = pki_cert_issuer(f->cert);
	pki_status st = PKI_SUCCESS;
	size_t cursor = 0;
	candidate c = { .anchor = NULL };

	f->known = pki_certs_count(b->v->pool.kept);
	while (st == PKI_SUCCESS && (c.cert = pki_pool_next(&b->v->pool, issuer, &cursor)) != NULL)
		st = add_candidate(b->v, f, c, err);
	return st;
}

/* Those that callbacks have found since. */
static pki_status add_found(building *b, frame *f, pki_error *err)
{
	const pki_certs *kept = b->v->pool.kept;
	size_t count = pki_certs_count(kept);
	pki_status st = pki_call_spend(&b->v->call, count - f->known, err);
	candidate c = { .anchor = NULL };

	while (st == PKI_SUCCESS && f->known < count) {
		c.cert = pki_certs_at(kept, f->known++);
		if (pki_name_equal(pki_cert_subject(c.cert), pki_cert_issuer(f->cert)))
			st = add_candidate(b->v, f, c, err);
	}
	return st;
}

static pki_status sort_from(building *b, frame *f, size_t first, pki_error *err)
{
	size_t count = f->count - first;

	if (count > 1)
		qsort(f->list + first, count, sizeof *f->list, compare);
	return pki_call_spend(&b->v->call, (uint64_t)count * PKI_CANDIDATE_UNITS, err);
}

static pki_status push(building *b, const pki_cert *c, pki_error *err)
{
	frame *f = &b->frames[b->depth];
	pki_status st;

	*f = (frame){ .cert = c };
	b->certs[b->depth++] = c;
	st = add_anchors(b, f, err);
	if (st == PKI_SUCCESS)
		st = add_pool(b, f, err);
	return st == PKI_SUCCESS ? sort_from(b, f, 0, err) : st;
}

static void pop(building *b)
{
	pki_free(b->frames[--b->depth].list);
}

/* ---- where no anchor is reached ---- */

static barren *find_barren(const building *b, const pki_cert *c)
{
	for (size_t i = 0; i < b->barren_count; i++)
		if (b->barren[i].cert == c)
			return &b->barren[i];
	return NULL;
}

static bool is_barren(const building *b, const pki_cert *c)
{
	const barren *found = find_barren(b, c);

	return found != NULL && found->depth <= b->depth;
}

/* All candidates of the last frame have been tried. Those that would have made a loop are tried
 * without it. */
static pki_status note_barren(building *b, pki_error *err)
{
	const frame *f = &b->frames[b->depth - 1];
	barren *found = find_barren(b, f->cert), *list;

	if (f->anchored || !b->s->prune)
		return PKI_SUCCESS;
	if (found != NULL) {
		found->depth = b->depth - 1;
		return PKI_SUCCESS;
	}
	list = pki_list_room(b->barren, NULL, b->barren_count, &b->barren_room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	b->barren = list;
	list[b->barren_count++] = (barren){ f->cert, b->depth - 1 };
	return PKI_SUCCESS;
}

/* An anchor has been reached: what led to a frame of the path may lead on by now. */
static void forget_barren(building *b)
{
	b->barren_count = 0;
	for (size_t i = 0; i < b->depth; i++)
		b->frames[i].anchored = true;
}

/* The caller's callback may know more. */
static pki_status ask(building *b, frame *f, pki_error *err)
{
	pki_verification *v = b->v;
	size_t before = f->count, known = pki_certs_count(v->pool.kept);
	pki_status st = pki_pool_ask(
	    &v->pool, v->ctx, v->o.find_issuers, v->o.find_issuers_ud, f->cert, err);

	if (pki_certs_count(v->pool.kept) > known)
		b->barren_count = 0;
	if (st == PKI_SUCCESS)
		st = add_found(b, f, err);
	return st == PKI_SUCCESS ? sort_from(b, f, before, err) : st;
}

/* ---- what is visited ---- */

static void visit(building *b, const pki_path *p, pki_findings *f)
{
	if (!b->s->visit(b->s->ud, p, f))
		b->stop = true;
	pki_findings_free(f);
}

static void visit_anchor(building *b, const pki_anchor *a, size_t count)
{
	pki_path p = { b->certs, count, a };
	pki_findings f = { .quiet = b->s->prune };

	visit(b, &p, &f);
	forget_barren(b);
}

/* One that ends here, or at `last`, for this reason, which is about the frame's certificate. */
static void visit_end(building *b, const pki_cert *last, pki_code code, const pki_error *why)
{
	pki_path p = { b->certs, b->depth, NULL };
	pki_findings f = { .cert = b->depth - 1 };

	if (last != NULL)
		b->certs[p.count++] = last;
	pki_find_error(&f, code, why);
	visit(b, &p, &f);
}

static void visit_dead_end(building *b, const frame *f)
{
	pki_buf name = PKI_BUF_INIT;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_name_format(pki_cert_issuer(f->cert), &name, &why);

	if (st == PKI_SUCCESS)
		(void)!pki_error_set_detail(&why, PKI_E_UNTRUSTED,
		    pki_cert_is_self_issued(f->cert) ? "is self-issued, and no trust anchor"
						     : "its issuer is not there",
		    "RFC 5280 6.1", pki_buf_bytes(&name));
	visit_end(b, NULL, PKI_CODE_NO_ISSUER, &why);
	pki_buf_free(&name);
}

pki_code pki_code_of_signature(pki_status st)
{
	switch (st) {
	case PKI_E_POLICY:
		return PKI_CODE_WEAK;
	case PKI_E_UNSUPPORTED:
		return PKI_CODE_UNSUPPORTED;
	default:
		return PKI_CODE_SIGNATURE;
	}
}

/* ---- steps ---- */

/* RFC 4158 5.2: the same subject and the same key again is a loop, which a path does without; but
 * not without the leaf, whose key may have been certified another time. */
static bool is_loop(const building *b, const pki_cert *c)
{
	if (pki_is_same_cert(b->s->leaf, c))
		return true;
	for (size_t i = 1; i < b->depth; i++)
		if (pki_bytes_equal(pki_cert_spki(b->certs[i]), pki_cert_spki(c)) &&
		    pki_name_equal(pki_cert_subject(b->certs[i]), pki_cert_subject(c)))
			return true;
	return false;
}

/* Self-issued, and an anchor itself, whose issuer no other anchor can be: what it issued, that one
 * did. */
static bool is_needless(const building *b, const pki_cert *c)
{
	const pki_anchor *a;
	size_t cursor = 0;
	bool found = false;

	if (!pki_cert_is_self_issued(c))
		return false;
	while ((a = pki_trust_next(b->v->o.trust, pki_cert_subject(c), &cursor)) != NULL) {
		if (!pki_bytes_equal(a->spki, pki_cert_spki(c)))
			return false;
		found = found || pki_is_same_cert(a->cert, c);
	}
	return found;
}

/* In no valid path this certificate is a CA's. */
static pki_status judge_alone(const building *b, const pki_cert *c, bool *hopeless, pki_error *err)
{
	pki_findings f = { .quiet = true };

	pki_check_ca(b->v, c, &f);
	*hopeless = pki_findings_any(&f);
	return pki_error_set(err, f.status, f.status_reason, f.status_clause);
}

/* Did the candidate's key sign the frame's certificate? Where parameters are inherited, only the
 * whole path can tell. */
static pki_status link_to(building *b, const candidate *c, pki_error *err)
{
	pki_verification *v = b->v;
	pki_bytes spki = spki_of(c);
	const pki_pubkey *key;
	pki_status st;

	if (pki_ctx_allows(v->ctx, PKI_ALLOW_DSA) && pki_spki_inherits(v->ctx, spki))
		return PKI_SUCCESS;
	st = pki_signers_key(&v->signers, spki, NULL, &key, err);
	if (st != PKI_SUCCESS)
		return st;
	return pki_signers_check_cert(&v->signers, b->certs[b->depth - 1], key, err);
}

static bool spend_step(building *b)
{
	if (b->v->steps == 0) {
		b->v->exhausted = b->stop = true;
		return false;
	}
	b->v->steps--;
	return true;
}

static pki_status spend_cert(building *b, const pki_cert *c, pki_error *err)
{
	return pki_call_spend(&b->v->call, 1 + pki_cert_der(c).len / PKI_OCTETS_PER_UNIT, err);
}

/* Is there room for the anchor behind it, too? */
static bool has_room(building *b, const candidate *c)
{
	bool room = b->depth + (c->anchor != NULL ? 0 : 1) < b->most;

	if (!room)
		b->v->exhausted = true;
	return room;
}

static void visit_too_long(building *b, const candidate *c)
{
	pki_error why = PKI_ERROR_INIT;

	if (b->s->prune)
		return;
	(void)!pki_error_set(
	    &why, PKI_E_LIMIT, "the path has more certificates than path_certs", "RFC 4158 2.4.2");
	b->frames[b->depth - 1].led = true;
	visit_end(b, c->cert, PKI_CODE_LIMIT, &why);
}

static pki_status follow(building *b, const candidate *c, pki_error *err)
{
	frame *f = &b->frames[b->depth - 1];
	pki_error why = PKI_ERROR_INIT;
	pki_status st = link_to(b, c, &why);

	if (pki_is_of_the_call(st)) {
		pki_error_copy(err, &why);
		return st;
	}
	b->v->exhausted = b->v->exhausted || st == PKI_E_LIMIT;
	b->stop = b->stop || (st == PKI_E_LIMIT && b->v->signers.left == 0);
	f->led = true;
	if (c->anchor != NULL && (st == PKI_SUCCESS || !b->s->prune))
		visit_anchor(b, c->anchor, b->depth);
	else if (st != PKI_SUCCESS && !b->s->prune)
		visit_end(b, c->cert, pki_code_of_signature(st), &why);
	return st == PKI_SUCCESS && c->anchor == NULL ? push(b, c->cert, err) : PKI_SUCCESS;
}

static pki_status try(building *b, const candidate *c, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	bool hopeless = false;

	if (c->anchor == NULL &&
	    (is_loop(b, c->cert) || is_needless(b, c->cert) || is_barren(b, c->cert)))
		return PKI_SUCCESS;
	if (!has_room(b, c)) {
		visit_too_long(b, c);
		return PKI_SUCCESS;
	}
	if (b->s->prune && c->anchor == NULL)
		st = judge_alone(b, c->cert, &hopeless, err);
	return st == PKI_SUCCESS && !hopeless ? follow(b, c, err) : st;
}

/* visit_leaf has been there: who issued it does not matter. */
static bool is_trusted_leaf(const building *b)
{
	size_t cursor = 0;

	return b->depth == 1 && pki_trust_next_same(b->v->o.trust, b->s->leaf, &cursor) != NULL;
}

/* The next candidate of the last frame; where there is none, back to the one before. */
static pki_status step(building *b, pki_error *err)
{
	frame *f = &b->frames[b->depth - 1];
	pki_status st = PKI_SUCCESS;
	candidate c;

	if (f->next == f->count)
		st = ask(b, f, err);
	if (st != PKI_SUCCESS)
		return st;
	if (f->next == f->count) {
		if (!f->led && !b->s->prune && !is_trusted_leaf(b))
			visit_dead_end(b, f);
		st = note_barren(b, err);
		pop(b);
		return st;
	}
	if (!spend_step(b))
		return PKI_SUCCESS;
	c = f->list[f->next++];
	st = spend_cert(b, c.cert, err);
	return st == PKI_SUCCESS ? try(b, &c, err) : st;
}

/* The leaf itself may be an anchor. Is it one? */
static bool visit_leaf(building *b)
{
	const pki_anchor *a;
	size_t cursor = 0;
	bool any = false;

	while (!b->stop && (a = pki_trust_next_same(b->v->o.trust, b->s->leaf, &cursor)) != NULL) {
		if (b->s->only != NULL && b->s->only != a)
			continue;
		any = true;
		visit_anchor(b, a, 0);
	}
	return any;
}

static pki_status search(building *b, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	bool led = visit_leaf(b);

	if (!b->stop)
		st = push(b, b->s->leaf, err);
	b->frames[0].led = led;
	while (st == PKI_SUCCESS && b->depth > 0 && !b->stop)
		st = step(b, err);
	while (b->depth > 0)
		pop(b);
	return st;
}

pki_status pki_build(pki_verification *v, const pki_search *s, pki_error *err)
{
	building b = { .v = v, .s = s, .most = pki_ctx_limits(v->ctx)->path_certs };
	pki_status st;

	b.frames = pki_alloc_zero(b.most, sizeof *b.frames);
	b.certs = pki_alloc_zero(b.most + 1, sizeof *b.certs);
	st = b.frames == NULL || b.certs == NULL ? pki_error_nomem(err) : search(&b, err);
	pki_free(b.frames);
	pki_free(b.certs);
	pki_free(b.barren);
	return st;
}

/* ---- the issuer of a CRL ---- */

typedef struct signer_search {
	pki_verification *v;
	pki_path *out;
	pki_status status;
} signer_search;

static pki_status copy_path(const pki_path *p, pki_path *out)
{
	const pki_cert **certs = pki_alloc_zero(p->count + 1, sizeof *certs);

	if (certs == NULL)
		return PKI_E_NOMEM;
	for (size_t i = 0; i < p->count; i++)
		certs[i] = p->certs[i];
	*out = (pki_path){ certs, p->count, p->anchor };
	return PKI_SUCCESS;
}

static bool visit_signer(void *ud, const pki_path *p, pki_findings *f)
{
	signer_search *s = ud;
	pki_outputs outputs = { 0 };

	pki_path_validate(s->v, p, &outputs, f);
	pki_outputs_free(&outputs);
	if (f->status != PKI_SUCCESS)
		s->status = f->status;
	else if (f->count == 0)
		s->status = copy_path(p, s->out);
	return s->status == PKI_E_UNTRUSTED;
}

/* Without what was asked of the leaf. */
static pki_verify_opts opts_for_signer(const pki_verify_opts *o)
{
	pki_verify_opts s = *o;

	s.host = s.ip = s.email = NULL;
	s.purpose = PKI_PURPOSE_ANY;
	s.max_intermediates = NULL;
	s.policies = s.policy_set = NULL;
	s.policy_count = s.policy_set_count = 0;
	s.policy_flags = 0;
	s.rules = PKI_RULES_RFC5280;
	s.revocation = PKI_REVOCATION_NONE;
	return s;
}

pki_status pki_build_signer_path(pki_verification *v, const pki_cert *signer,
    const pki_anchor *anchor, pki_path *out, pki_error *err)
{
	signer_search found = { v, out, PKI_E_UNTRUSTED };
	pki_search s = { signer, anchor, true, { 0 }, visit_signer, &found };
	pki_verify_opts asked = v->o;
	bool exhausted = v->exhausted;
	pki_status st;

	*out = (pki_path){ NULL, 0, NULL };
	v->o = opts_for_signer(&asked);
	v->depth++;
	st = pki_build(v, &s, err);
	v->depth--;
	v->o = asked;
	if (st != PKI_SUCCESS)
		return st;
	if (found.status == PKI_E_UNTRUSTED && v->exhausted && !exhausted)
		return pki_error_set(err, PKI_E_LIMIT,
		    "a limit ended the search for the CRL issuer's path", "RFC 5280 6.3.3(f)");
	if (found.status == PKI_SUCCESS)
		return PKI_SUCCESS;
	return pki_error_set(
	    err, found.status, "the CRL's issuer has no valid path", "RFC 5280 6.3.3(f)");
}
