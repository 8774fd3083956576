/* SPDX-License-Identifier: BSD-3-Clause */
/* Entries of a CRL found by issuer and serial number: RFC 5280 5.3.3, 6.3.3. */
#include <assert.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/types/algid.h"
#include "libpki/der/fast.h"
#include "libpki/types/ext.h"
#include "libpki/types/name.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/ext_list.h"

#define SAME_SERIAL  64 /* entries of one serial number, by different issuers */
#define SERIAL_WORDS (PKI_CRL_SERIAL_MAX / 4)

static const pki_revoked no_entry = {
	.reason = PKI_REASON_NONE, .when = PKI_TIME_NONE, .invalid_since = PKI_TIME_NONE
};

static void give(const pki_crl_entry *e, pki_bytes issuer, pki_revoked *out)
{
	*out = no_entry;
	out->listing = PKI_LISTING_LISTED;
	out->reason = e->reason;
	out->when = e->when;
	out->invalid_since = e->invalid_since;
	out->serial = e->serial;
	out->issuer = issuer;
	out->exts = e->exts;
}

/* ---- one after the other ---- */

static_assert(sizeof(pki_crl_walk) <= sizeof(pki_crl_cursor), "pki_crl_cursor is too small");

static pki_bytes entries_from(const pki_crl *c, size_t at)
{
	return pki_bytes_of(c->entries.data + at, c->entries.len - at);
}

bool pki_crl_walk_next(const pki_crl *c, pki_crl_walk *w, pki_crl_entry *e)
{
	size_t length = w->at < c->entries.len
	    ? pki_crl_entry_read(&c->rules, entries_from(c, w->at), e)
	    : 0;

	w->at += length;
	w->count += length > 0;
	if (length > 0 && e->issuer.len > 0)
		w->issuer = e->issuer;
	return length > 0;
}

static pki_status changed(pki_error *err)
{
	return pki_error_set(
	    err, PKI_E_INTERNAL, "an entry is not what it was when the CRL was read", NULL);
}

pki_status pki_crl_walk_end(const pki_crl *c, const pki_crl_walk *w, pki_error *err)
{
	return w->at == c->entries.len && w->count == c->census.count ? PKI_SUCCESS : changed(err);
}

bool pki_crl_next(const pki_crl *c, pki_crl_cursor *at, pki_revoked *out)
{
	pki_crl_walk *w = (pki_crl_walk *)(void *)at;
	pki_crl_entry e;
	bool there = c != NULL && at != NULL && pki_crl_walk_next(c, w, &e);

	if (out != NULL && there)
		give(&e, w->issuer, out);
	else if (out != NULL)
		*out = no_entry;
	return there;
}

/* The extensions were checked with the entry. */
static bool ext_at(const pki_revoked *r, size_t i, pki_bytes oid, pki_ext *out)
{
	pki_bytes exts = r != NULL ? r->exts : pki_bytes_of(NULL, 0);
	pki_ext_iter it;

	pki_ext_list_in(&it, NULL, exts);
	while (pki_der_more(&it.inner)) {
		pki_ext e;
		bool encoded = false;

		if (!pki_ext_read_lenient(&it.inner, NULL, &encoded, &e))
			break;
		if (oid.len > 0 ? pki_oid_equal(e.oid, oid) : i-- == 0)
			return pki_ext_give(&e, out);
	}
	return pki_ext_give(NULL, out);
}

bool pki_revoked_ext_at(const pki_revoked *r, size_t i, pki_ext *out)
{
	return ext_at(r, i, pki_bytes_of(NULL, 0), out);
}

bool pki_revoked_ext(const pki_revoked *r, pki_bytes oid, pki_ext *out)
{
	return oid.len > 0 ? ext_at(r, 0, oid, out) : pki_ext_give(NULL, out);
}

size_t pki_revoked_ext_count(const pki_revoked *r)
{
	size_t n = 0;

	while (pki_revoked_ext_at(r, n, NULL))
		n++;
	return n;
}

/* The first directoryName; certificateIssuer was read before, and has one. */
static pki_status first_name(const pki_ctx *ctx, pki_bytes names, pki_name **out, pki_error *err)
{
	pki_bytes name;
	pki_der r;

	pki_der_init(&r, ctx, names, NULL);
	if (pki_crl_name_next(&r, &name))
		return pki_name_parse(ctx, name, out, err);
	return pki_error_set(
	    err, PKI_E_STRUCTURE, "certificateIssuer has no directoryName", "RFC 5280 5.3.3");
}

pki_status pki_revoked_issuer(
    const pki_crl *c, const pki_revoked *r, pki_name **out, pki_error *err)
{
	if (out != NULL)
		*out = NULL;
	if (c == NULL || r == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (r->issuer.len > 0)
		return PKI_LEAVE(err, first_name(c->ctx, r->issuer, out, err));
	*out = pki_name_ref(c->issuer);
	return PKI_SUCCESS;
}

const char *pki_crl_reason_name(pki_crl_reason r)
{
	static const char *const names[] = { "unspecified", "keyCompromise", "cACompromise",
		"affiliationChanged", "superseded", "cessationOfOperation", "certificateHold",
		"unknown", "removeFromCRL", "privilegeWithdrawn", "aACompromise" };

	return r < 0 || r > PKI_REASON_AA_COMPROMISE ? "unknown" : names[r];
}

/* ---- is it the certificate's? ---- */

/* A question, and the best answer so far. */
typedef struct search {
	pki_call *call;
	const pki_crl *crl;
	const pki_crl_table *table; /* NULL: without */
	const pki_name *issuer;
	pki_bytes serial;
	pki_revoked *found;
	bool own; /* the certificate's issuer is the CRL's */
	uint8_t reserved[7];
} search;

static pki_status is_name(search *s, pki_bytes der, bool *yes, pki_error *err)
{
	pki_status st = pki_call_spend(s->call, PKI_CRL_UNITS(der.len), err);
	pki_name *name = NULL;

	*yes = st == PKI_SUCCESS && pki_bytes_equal(der, pki_name_der(s->issuer));
	if (st != PKI_SUCCESS || *yes)
		return st;
	st = pki_name_parse(s->crl->ctx, der, &name, err);
	*yes = st == PKI_SUCCESS && pki_name_equal(name, s->issuer);
	pki_name_free(name);
	return st;
}

/* Is the issuer among these names, or, where there are none, is it the CRL's? */
static pki_status is_issuer(search *s, pki_bytes names, bool *yes, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_bytes name;
	pki_der r;

	*yes = names.len == 0 && s->own;
	pki_der_init(&r, s->crl->ctx, names, NULL);
	while (!*yes && st == PKI_SUCCESS && pki_crl_name_next(&r, &name))
		st = is_name(s, name, yes, err);
	return st == PKI_SUCCESS && !*yes ? pki_der_finish(&r, err) : st;
}

/* An entry of the certificate: true if no other can be a better answer. One that removes it from
 * the CRL is none while there is another. */
static bool take(const search *s, const pki_crl_entry *e, pki_bytes issuer)
{
	bool removes = e->reason == PKI_REASON_REMOVE;

	if (!removes || s->found->listing == PKI_LISTING_UNKNOWN)
		give(e, issuer, s->found);
	return !removes;
}

/* ---- without an index ---- */

/* Spends what a slice of the entries costs, once the walk is past it. */
static pki_status pay(pki_call *call, const pki_crl_walk *w, size_t *paid, pki_error *err)
{
	size_t octets = w->at - *paid;

	if (octets < PKI_CRL_SLICE)
		return PKI_SUCCESS;
	*paid = w->at;
	return pki_call_spend(call, PKI_CRL_UNITS(octets), err);
}

/* The walk is over: was that the end, and what of it is not paid for? */
static pki_status pay_rest(
    const pki_crl *c, pki_call *call, const pki_crl_walk *w, size_t paid, pki_error *err)
{
	pki_status st = pki_crl_walk_end(c, w, err);

	return st == PKI_SUCCESS ? pki_call_spend(call, PKI_CRL_UNITS(w->at - paid), err) : st;
}

/* Looks at every entry, and at its issuer where that changes. */
static pki_status scan(search *s, pki_error *err)
{
	pki_crl_walk w = { 0 };
	bool same_issuer = s->own;
	pki_status st = PKI_SUCCESS;
	size_t paid = 0;
	pki_crl_entry e;

	while (st == PKI_SUCCESS && pki_crl_walk_next(s->crl, &w, &e)) {
		if (e.issuer.len > 0)
			st = is_issuer(s, e.issuer, &same_issuer, err);
		if (st == PKI_SUCCESS && same_issuer && pki_bytes_equal(e.serial, s->serial) &&
		    take(s, &e, w.issuer))
			return st;
		if (st == PKI_SUCCESS)
			st = pay(s->call, &w, &paid, err);
	}
	return st == PKI_SUCCESS ? pay_rest(s->crl, s->call, &w, paid, err) : st;
}

/* ---- the index ---- */

/*
 * Open addressing: a slot holds where an entry is, plus one, and in the lowest bit whether it says
 * removeFromCRL; 0 is a free one. Half of the slots are free. The hash is keyed by random numbers,
 * so that nobody can make a CRL whose entries all fall together: each 32-bit word is multiplied by
 * a number of its own, which is universal (Dietzfelbinger), and the sum is mixed.
 */
struct pki_crl_table {
	uint64_t keys[SERIAL_WORDS + 2];
	size_t slots;
	uint32_t
	    *issuers; /* of an indirect CRL: where the certificateIssuer in force is, plus one */
	uint32_t at[];
};

void pki_crl_table_free(pki_crl_table *t)
{
	if (t != NULL)
		pki_free(t->issuers);
	pki_free(t);
}

static uint32_t word_at(pki_bytes s, size_t i)
{
	uint32_t word = 0;

	for (size_t end = i + 4; i < end; i++)
		word = word << 8 | (i < s.len ? s.data[i] : 0);
	return word;
}

static size_t first_slot(const pki_crl_table *t, pki_bytes serial)
{
	uint64_t sum = t->keys[0] * serial.len;

	for (size_t i = 0; i < serial.len; i += 4)
		sum += t->keys[1 + i / 4] * word_at(serial, i);
	sum ^= sum >> 32;
	sum *= t->keys[SERIAL_WORDS + 1] | 1;
	return (size_t)((sum >> 32) * t->slots >> 32);
}

static size_t next_slot(const pki_crl_table *t, size_t i)
{
	return i + 1 < t->slots ? i + 1 : 0;
}

static pki_bytes at_slot(const pki_crl *c, const pki_crl_table *t, size_t i)
{
	return entries_from(c, (t->at[i] >> 1) - 1);
}

/* The serial number of an entry that was checked: of 64 octets at most. */
static pki_bytes serial_of(pki_bytes entry)
{
	size_t header = entry.data[1] < 0x80 ? 2 : 2 + (entry.data[1] & 0x7fu);

	return pki_crl_minimal(pki_bytes_of(entry.data + header + 2, entry.data[header + 1]));
}

/* certificateIssuer in force at an entry in an indirect CRL. */
static pki_status issuer_at(
    const pki_crl *c, const pki_crl_table *t, size_t i, pki_bytes *out, pki_error *err)
{
	size_t at = t->issuers != NULL ? t->issuers[i] : 0;
	pki_crl_entry e;

	*out = pki_bytes_of(NULL, 0);
	if (at == 0)
		return PKI_SUCCESS;
	if (pki_crl_entry_read(&c->rules, entries_from(c, at - 1), &e) == 0 || e.issuer.len == 0)
		return changed(err);
	*out = e.issuer;
	return PKI_SUCCESS;
}

static bool has_serial(const pki_crl *c, const pki_crl_table *t, size_t i, pki_bytes serial)
{
	return pki_bytes_equal(serial_of(at_slot(c, t, i)), serial);
}

static pki_status look(search *s, size_t i, bool *done, pki_error *err)
{
	bool yes = false;
	pki_crl_entry e;
	pki_bytes issuer;
	pki_status st = issuer_at(s->crl, s->table, i, &issuer, err);

	if (st == PKI_SUCCESS)
		st = pki_call_spend(s->call, PKI_CRL_UNITS(issuer.len), err);
	if (st == PKI_SUCCESS)
		st = is_issuer(s, issuer, &yes, err);
	if (st != PKI_SUCCESS || !yes)
		return st;
	if (pki_crl_entry_read(&s->crl->rules, at_slot(s->crl, s->table, i), &e) == 0)
		return changed(err);
	*done = take(s, &e, issuer);
	return st;
}

static pki_status look_up(search *s, pki_error *err)
{
	const pki_crl_table *t = s->table;
	pki_status st = PKI_SUCCESS;
	bool done = false;

	for (size_t i = first_slot(t, s->serial); st == PKI_SUCCESS && !done && t->at[i] != 0;
	     i = next_slot(t, i))
		if (has_serial(s->crl, t, i, s->serial))
			st = look(s, i, &done, err);
	return st;
}

/* An entry as it goes into the table. */
typedef struct placing {
	pki_crl_entry entry;
	size_t at, issuer; /* in `entries`, plus one; issuer 0: the CRL's */
} placing;

/* What a slot holds of it. */
static uint32_t slot_of(const placing *p)
{
	return (uint32_t)p->at << 1 | (p->entry.reason == PKI_REASON_REMOVE);
}

/* Does this slot say already what the entry would? The first of them answers. */
static bool says_the_same(const pki_crl_table *t, size_t i, const placing *p)
{
	return (t->issuers == NULL || t->issuers[i] == p->issuer) &&
	    (t->at[i] & 1) == (slot_of(p) & 1);
}

static pki_status place(const pki_crl *c, pki_crl_table *t, const placing *p, pki_error *err)
{
	size_t i = first_slot(t, p->entry.serial), same = 0;

	for (; t->at[i] != 0; i = next_slot(t, i)) {
		if (!has_serial(c, t, i, p->entry.serial))
			continue;
		if (says_the_same(t, i, p))
			return PKI_SUCCESS;
		if (++same == SAME_SERIAL)
			return pki_error_set(err, PKI_E_LIMIT,
			    "too many entries of one serial number for an index", NULL);
	}
	t->at[i] = slot_of(p);
	if (t->issuers != NULL)
		t->issuers[i] = (uint32_t)p->issuer;
	return PKI_SUCCESS;
}

/* Entries that follow each other with the very same certificateIssuer share it. */
static void note_issuer(pki_bytes before, placing *p)
{
	if (p->entry.issuer.len > 0 && !pki_bytes_equal(p->entry.issuer, before))
		p->issuer = p->at;
}

static pki_status fill(const pki_crl *c, pki_crl_table *t, pki_error *err)
{
	placing p = { .at = 1 };
	pki_crl_walk w = { 0 };
	pki_bytes before = w.issuer;
	pki_status st = PKI_SUCCESS;
	size_t paid = 0;
	pki_call call;

	pki_call_begin(&call, c->ctx);
	while (st == PKI_SUCCESS && pki_crl_walk_next(c, &w, &p.entry)) {
		note_issuer(before, &p);
		st = place(c, t, &p, err);
		if (st == PKI_SUCCESS)
			st = pay(&call, &w, &paid, err);
		p.at = w.at + 1;
		before = w.issuer;
	}
	return st == PKI_SUCCESS ? pay_rest(c, &call, &w, paid, err) : st;
}

static pki_status table_new(const pki_crl *c, pki_crl_table **out, pki_error *err)
{
	size_t slots = c->census.count * 2 + 1;
	pki_crl_table *t;

	if (c->entries.len >= UINT32_MAX / 2 || slots >= UINT32_MAX)
		return pki_error_set(err, PKI_E_LIMIT, "too large for an index", NULL);
	t = pki_alloc_zero(1, sizeof *t + slots * sizeof t->at[0]);
	if (t != NULL && c->rules.indirect)
		t->issuers = pki_alloc_zero(slots, sizeof *t->issuers);
	if (t == NULL || (c->rules.indirect && t->issuers == NULL)) {
		pki_crl_table_free(t);
		return pki_error_nomem(err);
	}
	t->slots = slots;
	*out = t;
	return pki_random(c->ctx, (pki_span){ (uint8_t *)t->keys, sizeof t->keys }, err);
}

/* The first one stays: another thread may have built one meanwhile. */
static void publish(const pki_crl *c, pki_crl_table *t)
{
	pki_crl *shared = (pki_crl *)(uintptr_t)c;
	pki_crl_table *none = NULL;

	if (!atomic_compare_exchange_strong_explicit(
		&shared->table, &none, t, memory_order_release, memory_order_relaxed))
		pki_crl_table_free(t);
}

static pki_status build(const pki_crl *c, pki_error *err)
{
	pki_crl_table *t = NULL;
	pki_status st = table_new(c, &t, err);

	if (st == PKI_SUCCESS)
		st = fill(c, t, err);
	if (st == PKI_SUCCESS)
		publish(c, t);
	else
		pki_crl_table_free(t);
	return st;
}

static const pki_crl_table *table_of(const pki_crl *c)
{
	return atomic_load_explicit(&c->table, memory_order_acquire);
}

pki_status pki_crl_index(const pki_crl *c, pki_error *err)
{
	if (c == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (table_of(c) != NULL)
		return PKI_SUCCESS;
	return PKI_LEAVE(err, build(c, err));
}

/* ---- the answer ---- */

/* RFC 5280 5.2, 5.3: such a CRL tells nothing about any certificate. */
static pki_status check_usable(const pki_crl *c, pki_error *err)
{
	if (c->unknown.len > 0)
		return pki_algid_unsupported(
		    c->unknown, "critical extension of the CRL", "RFC 5280 5.2", err);
	if (c->census.unknown.len > 0)
		return pki_algid_unsupported(
		    c->census.unknown, "critical extension of an entry", "RFC 5280 5.3", err);
	return PKI_SUCCESS;
}

static bool is_part(const search *s)
{
	const pki_issuing_point *p = &s->crl->point;

	return s->crl->rules.delta || !s->own || p->full_name.len > 0 || p->relative_name.len > 0 ||
	    p->only_some_reasons != 0 || p->only_user_certs || p->only_ca_certs ||
	    p->only_attribute_certs;
}

static pki_status answer(search *s, pki_error *err)
{
	pki_status st = check_usable(s->crl, err);

	if (st != PKI_SUCCESS)
		return st;
	s->own = pki_name_equal(s->issuer, s->crl->issuer);
	if (!s->own && !s->crl->rules.indirect)
		return pki_error_set(
		    err, PKI_E_NOTFOUND, "the CRL is another issuer's", "RFC 5280 6.3.3");
	if (s->serial.len <= PKI_CRL_SERIAL_MAX)
		st = s->table != NULL ? look_up(s, err) : scan(s, err);
	if (st == PKI_SUCCESS && s->found->listing == PKI_LISTING_UNKNOWN)
		s->found->listing = is_part(s) ? PKI_LISTING_PART : PKI_LISTING_NOT_LISTED;
	return st;
}

pki_status pki_crl_find_in_call(const pki_crl *c, const pki_name *issuer, pki_bytes serial,
    pki_call *call, pki_revoked *found, pki_error *err)
{
	search s = { .call = call,
		.crl = c,
		.table = table_of(c),
		.issuer = issuer,
		.serial = pki_crl_minimal(serial),
		.found = found };
	pki_status st;

	*found = no_entry;
	if (serial.len == 0)
		return pki_error_set(err, PKI_E_ARG, "no serialNumber", NULL);
	st = answer(&s, err);
	if (st != PKI_SUCCESS)
		*found = no_entry;
	return st;
}

static pki_status find(
    const pki_crl *c, const pki_name *issuer, pki_bytes serial, pki_revoked *found, pki_error *err)
{
	pki_call call;

	pki_call_begin(&call, c->ctx);
	return pki_crl_find_in_call(c, issuer, serial, &call, found, err);
}

pki_status pki_crl_find(const pki_crl *c, const pki_name *certificate_issuer, pki_bytes serial,
    pki_revoked *found, pki_error *err)
{
	if (found != NULL)
		*found = no_entry;
	if (c == NULL || certificate_issuer == NULL || found == NULL || serial.data == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, find(c, certificate_issuer, serial, found, err));
}

pki_status pki_crl_find_cert(
    const pki_crl *c, const pki_cert *cert, pki_revoked *found, pki_error *err)
{
	if (found != NULL)
		*found = no_entry;
	if (c == NULL || cert == NULL || found == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, find(c, pki_cert_issuer(cert), pki_cert_serial(cert), found, err));
}
