/* SPDX-License-Identifier: BSD-3-Clause */
/* certificatePolicies: RFC 5280 4.2.1.4. */
#include <stdlib.h>
#include <string.h>

#include <pki/ext_more.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/der/text.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

#define CLAUSE   "RFC 5280 4.2.1.4"
#define TEXT_MAX 200

/* ---- reading ---- */

static bool is_display_text(pki_tag tag)
{
	return tag == PKI_TAG_IA5 || tag == PKI_TAG_VISIBLE || tag == PKI_TAG_BMP ||
	    tag == PKI_TAG_UTF8;
}

static bool check_nul(pki_der *r, pki_bytes text)
{
	return text.len == 0 || memchr(text.data, '\0', text.len) == NULL ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "NUL in a DisplayText", CLAUSE);
}

static bool check_text(pki_der *r, const pki_display_text *t)
{
	pki_error why = PKI_ERROR_INIT;
	pki_buf utf8 = PKI_BUF_INIT;
	bool ok;

	if (pki_text_is_utf8(t->tag, t->value))
		return check_nul(r, t->value);
	if (pki_text_decode(t->tag, t->value, &utf8, &why) == PKI_SUCCESS)
		ok = check_nul(r, pki_buf_bytes(&utf8));
	else
		ok = pki_der_fail(
		    r, pki_error_status(&why), pki_error_reason(&why), pki_error_clause(&why));
	pki_buf_free(&utf8);
	return ok;
}

/* Texts of more than 200 characters are for readers to be lenient about. */
static bool read_text(pki_der *r, const char *field, pki_display_text *out)
{
	if (!pki_der_any(r, field, &out->tag, &out->value))
		return false;
	if (!is_display_text(out->tag))
		return pki_der_fail(r, PKI_E_STRUCTURE, "no DisplayText", CLAUSE);
	if (out->value.len == 0)
		return pki_der_fail(r, PKI_E_STRUCTURE, "DisplayText is empty", CLAUSE);
	return check_text(r, out);
}

static void read_numbers(pki_der *r, const pki_ctx *ctx, pki_bytes *out)
{
	size_t left = pki_list_limit(ctx);
	int64_t n;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, "noticeNumbers", &s);
	*out = pki_der_rest(&s);
	for (; pki_der_more(&s) && left > 0; left--)
		pki_der_int64(&s, NULL, &n);
	if (pki_der_more(&s))
		pki_der_fail(&s, PKI_E_LIMIT, "too many elements in an extension", NULL);
	pki_der_leave(&s);
}

static void read_notice(pki_der *r, const pki_ctx *ctx, pki_policy_qualifier *out)
{
	pki_der s, ref;

	pki_der_enter(r, PKI_TAG_SEQUENCE, "qualifier", &s);
	if (pki_der_enter_opt(&s, PKI_TAG_SEQUENCE, "noticeRef", &ref)) {
		read_text(&ref, "organization", &out->organization);
		read_numbers(&ref, ctx, &out->notice_numbers);
		pki_der_leave(&ref);
	}
	if (pki_der_more(&s))
		read_text(&s, "explicitText", &out->explicit_text);
	pki_der_leave(&s);
}

static bool read_uri(pki_der *r, pki_bytes *out)
{
	if (!pki_der_next(r, PKI_TAG_IA5, "qualifier", out))
		return false;
	if (!pki_text_is_utf8(PKI_TAG_IA5, *out))
		return pki_der_fail(r, PKI_E_ENCODING, "a character that IA5String lacks", CLAUSE);
	return out->len == 0 || memchr(out->data, '\0', out->len) == NULL ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "NUL in a URI", CLAUSE);
}

static bool read_qualifier(pki_der *r, const pki_ctx *ctx, pki_policy_qualifier *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "policyQualifierId", &out->oid);
	if (pki_oid_equal(out->oid, PKI_OID(qt_cps)))
		read_uri(&s, &out->cps);
	else if (pki_oid_equal(out->oid, PKI_OID(qt_unotice)))
		read_notice(&s, ctx, out);
	else
		pki_der_whole(&s, 0, "qualifier", &out->other);
	return pki_der_leave(&s);
}

static void check_qualifier(pki_der *r, const pki_ctx *ctx)
{
	pki_policy_qualifier q;

	read_qualifier(r, ctx, &q);
}

/* ---- a policy twice ---- */

#define TYPICAL_POLICIES 16

typedef struct oid_list {
	pki_bytes *oids; /* `few`, or allocated where those are not enough */
	size_t count, room;
	pki_bytes few[TYPICAL_POLICIES];
} oid_list;

/* The policies that follow, policy_nodes at most. false: no memory. */
static bool collect(pki_der *policies, const pki_ctx *ctx, oid_list *l)
{
	size_t limit = pki_ctx_limits(ctx)->policy_nodes;
	pki_bytes *oids;
	pki_der r, s;

	pki_der_init(&r, ctx, pki_der_rest(policies), NULL);
	for (; pki_der_more(&r) && l->count < limit; l->count++) {
		oids = pki_list_room(l->oids, l->few, l->count, &l->room, sizeof *oids);
		if (oids == NULL)
			return false;
		l->oids = oids;
		pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
		pki_der_next(&s, PKI_TAG_OID, NULL, &oids[l->count]);
		pki_der_skip_rest(&s);
		pki_der_leave(&s);
	}
	return true;
}

static int compare(const void *a, const void *b)
{
	return pki_bytes_compare(*(const pki_bytes *)a, *(const pki_bytes *)b);
}

static bool has_repeat(oid_list *l)
{
	if (l->count > 1)
		qsort(l->oids, l->count, sizeof *l->oids, compare);
	for (size_t i = 1; i < l->count; i++)
		if (l->oids[i].len > 0 && pki_oid_equal(l->oids[i - 1], l->oids[i]))
			return true;
	return false;
}

/* Of those that follow; what else is wrong with them is told where they are read. */
static bool check_repeats(pki_der *policies, const pki_ctx *ctx)
{
	bool ok = true;
	oid_list l;

	l.oids = l.few;
	l.count = 0;
	l.room = TYPICAL_POLICIES;
	if (!collect(policies, ctx, &l))
		ok = pki_der_fail(policies, PKI_E_NOMEM, "no memory", NULL);
	else if (has_repeat(&l))
		ok = pki_der_fail(policies, PKI_E_STRUCTURE, "a policy twice", CLAUSE);
	if (l.oids != l.few)
		pki_free(l.oids);
	return ok;
}

/* ---- PolicyInformation ---- */

static bool read_policy(pki_der *r, const pki_ctx *ctx, pki_policy *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "policyIdentifier", &out->oid);
	if (pki_der_more(&s))
		pki_list_read(&s, ctx,
		    &(pki_list){ PKI_TAG_SEQUENCE, "policyQualifiers", check_qualifier },
		    &out->qualifiers);
	return pki_der_leave(&s);
}

static bool too_many(pki_der *r)
{
	return pki_der_fail(r, PKI_E_LIMIT, "too many policies", NULL);
}

void pki_ext_check_policies(pki_der *in, const pki_ctx *ctx)
{
	size_t left = pki_ctx_limits(ctx)->policy_nodes;
	pki_policy p;
	pki_der s;

	pki_der_enter(in, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_more(&s))
		pki_der_fail(&s, PKI_E_STRUCTURE, "list is empty", CLAUSE);
	check_repeats(&s, ctx);
	for (; pki_der_more(&s) && left > 0; left--)
		read_policy(&s, ctx, &p);
	if (pki_der_more(&s))
		too_many(&s);
	pki_der_leave(&s);
}

bool pki_ext_policy_next(pki_ext_iter *it, pki_policy *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (!pki_ext_step(it) || (it->count == 1 && !check_repeats(&it->inner, it->ctx)))
		return false;
	if (it->count > pki_ctx_limits(it->ctx)->policy_nodes)
		return too_many(&it->inner);
	if (read_policy(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

bool pki_ext_qualifier_next(pki_ext_iter *it, pki_policy_qualifier *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_qualifier(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

/* ---- writing ---- */

/* SIZE (1..200), of characters. */
static void write_text(pki_derw *w, const pki_display_text *t)
{
	pki_error why = PKI_ERROR_INIT;
	pki_buf utf8 = PKI_BUF_INIT;
	size_t characters = 0;

	if (!is_display_text(t->tag))
		pki_derw_fail(w, PKI_E_ARG, "no DisplayText", CLAUSE);
	else if (pki_text_decode(t->tag, t->value, &utf8, &why) != PKI_SUCCESS)
		pki_derw_fail(w, pki_error_status(&why) == PKI_E_NOMEM ? PKI_E_NOMEM : PKI_E_ARG,
		    pki_error_reason(&why), pki_error_clause(&why));
	for (size_t i = 0; i < utf8.len; i++)
		characters += (utf8.data[i] & 0xc0) != 0x80;
	if (characters > TEXT_MAX)
		pki_derw_fail(w, PKI_E_ARG, "DisplayText is longer than 200 characters", CLAUSE);
	pki_derw_put(w, t->tag, t->value);
	pki_buf_free(&utf8);
}

static void write_notice(pki_derw *w, const pki_policy_qualifier *q)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (q->organization.tag != 0) {
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		write_text(w, &q->organization);
		pki_derw_put(w, PKI_TAG_SEQUENCE, q->notice_numbers);
		pki_derw_end(w);
	}
	if (q->explicit_text.tag != 0)
		write_text(w, &q->explicit_text);
	pki_derw_end(w);
}

static void write_qualifier(pki_derw *w, const pki_policy_qualifier *q)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, q->oid);
	if (pki_oid_equal(q->oid, PKI_OID(qt_cps)))
		pki_derw_put(w, PKI_TAG_IA5, q->cps);
	else if (pki_oid_equal(q->oid, PKI_OID(qt_unotice)))
		write_notice(w, q);
	else
		pki_derw_raw(w, q->other);
	pki_derw_end(w);
}

/* What is written is read again, so that there is one set of rules. */
static pki_status check_written(const pki_ctx *ctx, pki_bytes der, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st;
	pki_der r;

	pki_der_init(&r, ctx, der, "PolicyQualifierInfo");
	check_qualifier(&r, ctx);
	st = pki_der_finish(&r, &why);
	return st == PKI_SUCCESS ? st : pki_error_of_arg(err, &why);
}

static pki_status encode_qualifier(
    const pki_ctx *ctx, const pki_policy_qualifier *q, pki_buf *out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st;
	pki_derw w;

	pki_derw_init(&w, ctx);
	write_qualifier(&w, q);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS)
		st = check_written(ctx, pki_buf_bytes(&der), err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(out, pki_buf_bytes(&der), err);
	pki_buf_free(&der);
	return st;
}

pki_status pki_policy_qualifier_encode(
    const pki_ctx *ctx, const pki_policy_qualifier *q, pki_buf *out, pki_error *err)
{
	if (q == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, encode_qualifier(ctx, q, out, err));
}

static void check_policy(pki_der *r, const pki_ctx *ctx)
{
	pki_policy p;

	read_policy(r, ctx, &p);
}

/* How often a policy is among these; what is wrong with them is not told here. */
static size_t occurrences(pki_bytes policies, pki_bytes oid)
{
	pki_bytes other;
	size_t n = 0;
	pki_der r, s;

	pki_der_init(&r, NULL, policies, NULL);
	while (pki_der_more(&r)) {
		pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
		n += pki_der_next(&s, PKI_TAG_OID, NULL, &other) && pki_oid_equal(other, oid);
		pki_der_skip_rest(&s);
		pki_der_leave(&s);
	}
	return n;
}

static void check_added(pki_exts *e, pki_bytes ext, pki_bytes oid)
{
	size_t count;
	pki_bytes all = pki_exts_elements(e, ext, &count);

	if (count > pki_ctx_limits(pki_exts_ctx(e))->policy_nodes)
		pki_exts_fail(e, PKI_E_LIMIT, "too many policies", NULL);
	else if (occurrences(all, oid) > 1)
		pki_exts_fail(e, PKI_E_ARG, "a policy twice", CLAUSE);
}

static void add_policy(pki_exts *e, const pki_ext_form *form, const pki_policy *p)
{
	pki_derw w;

	if (!pki_exts_given(e, p) || !pki_exts_begin(e, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, p->oid);
	if (p->qualifiers.len > 0)
		pki_derw_put(&w, PKI_TAG_SEQUENCE, p->qualifiers);
	pki_derw_end(&w);
	pki_exts_end(e, form, &w);
	check_added(e, pki_oid_view(form->oid), p->oid);
}

void pki_exts_policy_info(pki_exts *e, const pki_policy *p)
{
	static const pki_ext_form form = {
		.oid = &pki_id_certificate_policies, .check = check_policy, .part = PKI_EXT_ELEMENT
	};

	add_policy(e, &form, p);
}

/* Microsoft's: the syntax is that of certificatePolicies. */
void pki_exts_ms_application_policy(pki_exts *e, const pki_policy *p)
{
	static const pki_ext_form form = { .oid = &pki_id_ms_application_policies,
		.check = check_policy,
		.part = PKI_EXT_ELEMENT };

	add_policy(e, &form, p);
}

void pki_exts_policy(pki_exts *e, pki_bytes policy)
{
	pki_policy p = { .oid = policy };

	pki_exts_policy_info(e, &p);
}

/* ---- as text ---- */

static void put_notice(pki_line *l, const pki_policy_qualifier *q)
{
	pki_ext_iter it;
	int64_t n;

	if (q->organization.tag != 0) {
		pki_line_name(l, "\"");
		pki_line_text(l, q->organization.tag, q->organization.value);
		pki_line_puts(l, "\"");
	}
	pki_ext_list_in(&it, l->ctx, q->notice_numbers);
	while (pki_ext_int_next(&it, &n)) {
		pki_line_puts(l, " ");
		pki_line_int(l, n);
	}
	pki_line_end_list(l, &it);
	if (q->explicit_text.tag != 0) {
		pki_line_name(l, "\"");
		pki_line_text(l, q->explicit_text.tag, q->explicit_text.value);
		pki_line_puts(l, "\"");
	}
}

static void put_qualifier(pki_line *l, const pki_policy_qualifier *q)
{
	if (pki_oid_equal(q->oid, PKI_OID(qt_cps))) {
		pki_line_item(l);
		pki_line_text(l, PKI_TAG_IA5, q->cps);
		return;
	}
	if (pki_oid_equal(q->oid, PKI_OID(qt_unotice))) {
		put_notice(l, q);
		return;
	}
	pki_line_item(l);
	pki_line_oid(l, q->oid);
	pki_line_puts(l, "=#");
	pki_line_hex(l, q->other);
}

/* "1.2.3 (https://example.org/cps, "text")" */
static void put_policy(pki_line *l, const pki_policy *p)
{
	pki_policy_qualifier q;
	pki_ext_iter it;

	pki_line_item(l);
	pki_line_oid(l, p->oid);
	if (p->qualifiers.len == 0)
		return;
	pki_line_puts(l, " (");
	l->more = false;
	pki_ext_list_in(&it, l->ctx, p->qualifiers);
	while (pki_ext_qualifier_next(&it, &q))
		put_qualifier(l, &q);
	pki_line_end_list(l, &it);
	pki_line_puts(l, ")");
	l->more = true;
}

void pki_ext_line_policies(pki_line *l, pki_bytes value)
{
	pki_ext_iter it;
	pki_policy p;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_policy_next(&it, &p))
		put_policy(l, &p);
	pki_line_end_list(l, &it);
}
