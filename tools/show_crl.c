/* SPDX-License-Identifier: BSD-3-Clause */
/* A CRL, told to people and machines. */
#include "tools/json.h"
#include "tools/rows.h"
#include "tools/show.h"

enum { ENTRIES_SHOWN = 20 };

/* The names of an entry's certificateIssuer. */
static void add_issuer(struct text *t, const struct facts *f, const pki_revoked *r)
{
	pki_ext_iter it;
	pki_gn gn;
	bool first = true;

	pki_ext_list_in(&it, f->ctx, r->issuer);
	while (pki_ext_name_next(&it, &gn)) {
		text_add(t, first ? "" : ", ");
		if (pki_gn_format(&gn, &t->buf, NULL) != PKI_SUCCESS)
			t->failed = true;
		first = false;
	}
	if (pki_ext_list_finish(&it, NULL) != PKI_SUCCESS)
		t->failed = true;
}

/* ---- for people ---- */

static void put_dates(struct text *t, const struct facts *f)
{
	pki_time next = pki_crl_next_update(f->o->crl);

	row_label(t, "Issued");
	text_time(t, pki_crl_this_update(f->o->crl));
	text_add(t, "; ");
	facts_when(t, f->now, pki_crl_this_update(f->o->crl));
	text_add(t, "\n");
	if (next == PKI_TIME_NONE)
		return;
	row_label(t, "Next one");
	text_time(t, next);
	text_add(t, "; ");
	facts_when(t, f->now, next);
	text_add(t, "\n");
}

static void put_number(struct text *t, const pki_crl *c)
{
	if (!pki_crl_number(c).len)
		return;
	row_label(t, "Number");
	facts_decimal(t, pki_crl_number(c));
	text_add(t, "\n");
}

static void put_scope(struct text *t, const pki_crl *c)
{
	struct rows rows = { t, "Lists" };
	struct text s = TEXT_INIT;
	size_t count = pki_crl_count(c);

	if (pki_crl_is_delta(c)) {
		text_add(&s, "what has changed since CRL number ");
		facts_decimal(&s, pki_crl_base_number(c));
		rows_next(&rows, pki_buf_bytes(&s.buf));
		text_free(&s);
	}
	if (pki_crl_is_indirect(c))
		rows_next(&rows, pki_bytes_str("certificates of other issuers, too"));
	if (count)
		text_fmt(&s, "%zu certificate%s", count, count == 1 ? "" : "s");
	else
		text_add(&s, "no certificate");
	rows_next(&rows, pki_buf_bytes(&s.buf));
	text_free(&s);
}

static void put_entry(struct text *t, const struct facts *f, const pki_revoked *r)
{
	row_label(t, "Revoked");
	text_time(t, r->when);
	text_add(t, "  ");
	facts_serial(t, r->serial);
	if (r->reason != PKI_REASON_NONE) {
		text_add(t, "  ");
		text_add(t, pki_crl_reason_name(r->reason));
	}
	if (r->issuer.len) {
		struct text issuer = TEXT_INIT;
		add_issuer(&issuer, f, r);
		text_add(t, "  of ");
		text_safe(t, pki_buf_bytes(&issuer.buf));
		t->failed |= issuer.failed;
		text_free(&issuer);
	}
	text_add(t, "\n");
}

static void put_entries(struct text *t, const struct facts *f)
{
	const pki_crl *c = f->o->crl;
	size_t count = pki_crl_count(c);
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;

	for (size_t i = 0; i < ENTRIES_SHOWN && pki_crl_next(c, &at, &r); i++)
		put_entry(t, f, &r);
	if (count > ENTRIES_SHOWN) {
		row_label(t, "");
		text_fmt(t, "and %zu more; --json prints them all\n", count - ENTRIES_SHOWN);
	}
}

void show_text_crl(struct text *t, const struct facts *f)
{
	show_text_name(t, "Issuer", &f->issuer);
	put_dates(t, f);
	put_number(t, f->o->crl);
	put_scope(t, f->o->crl);
	show_text_odd(t, f);
	show_text_algorithm(t, f);
	text_add(t, "\n");
	show_text_exts(t, f);
	put_entries(t, f);
}

/* ---- for machines ---- */

static void member_number(struct text *t, const char *name, pki_bytes number)
{
	struct text s = TEXT_INIT;

	if (number.len)
		facts_decimal(&s, number);
	js_name(t, name);
	if (number.len)
		js_string(t, pki_buf_bytes(&s.buf));
	else
		js_null(t);
	t->failed |= s.failed;
	text_free(&s);
}

static void put_revoked(struct text *t, const struct facts *f, const pki_revoked *r)
{
	struct text s = TEXT_INIT;

	js_open(t, '{');
	show_json_serial(t, r->serial);
	js_member_time(t, "date", r->when);
	if (r->reason != PKI_REASON_NONE)
		js_member_text(t, "reason", pki_crl_reason_name(r->reason));
	if (r->invalid_since != PKI_TIME_NONE)
		js_member_time(t, "invalid_since", r->invalid_since);
	if (r->issuer.len) {
		add_issuer(&s, f, r);
		js_member_buf(t, "issuer", &s);
	}
	js_close(t, '}');
	text_free(&s);
}

static void put_list(struct text *t, const struct facts *f)
{
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;

	js_name(t, "revoked");
	js_open(t, '[');
	while (pki_crl_next(f->o->crl, &at, &r)) {
		put_revoked(t, f, &r);
		out_flow(t);
	}
	js_close(t, ']');
}

void show_json_crl(struct text *t, const struct facts *f)
{
	const pki_crl *c = f->o->crl;

	js_member_uint(t, "version", (uint64_t)pki_crl_version(c));
	js_member_buf(t, "issuer", &f->issuer);
	js_member_time(t, "this_update", pki_crl_this_update(c));
	js_member_time(t, "next_update", pki_crl_next_update(c));
	member_number(t, "number", pki_crl_number(c));
	js_member_uint(t, "entries", pki_crl_count(c));
	js_member_bool(t, "delta", pki_crl_is_delta(c));
	member_number(t, "base_number", pki_crl_base_number(c));
	js_member_bool(t, "indirect", pki_crl_is_indirect(c));
	show_json_algorithm(t, f);
	show_json_ext_list(t, f);
	show_json_odd(t, f);
	put_list(t, f);
}
