/* SPDX-License-Identifier: BSD-3-Clause */
/* certificatePolicies: RFC 5280 4.2.1.4. */
#include <string.h>

#include <pki/ext_policy.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/text.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

#define CLAUSE "RFC 5280 4.2.1.4"

/* ---- reading ---- */

static bool is_display_text(pki_tag tag)
{
	return tag == PKI_TAG_IA5 || tag == PKI_TAG_VISIBLE || tag == PKI_TAG_BMP ||
	    tag == PKI_TAG_UTF8;
}

static bool check_text(pki_der *r, const pki_display_text *t)
{
	pki_error why = PKI_ERROR_INIT;
	pki_buf utf8 = PKI_BUF_INIT;
	pki_status st;

	if (pki_text_is_utf8(t->tag, t->value))
		return true;
	st = pki_text_decode(t->tag, t->value, &utf8, &why);
	pki_buf_free(&utf8);
	return st == PKI_SUCCESS ||
	    pki_der_fail(r, st, pki_error_reason(&why), pki_error_clause(&why));
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

/* Among the policies that follow? What is wrong with them is not told here. */
static bool is_repeated(pki_bytes following, pki_bytes oid)
{
	bool same = false;
	pki_bytes other;
	pki_der r, s;

	pki_der_init(&r, NULL, following, NULL);
	while (!same && pki_der_more(&r)) {
		pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
		same = pki_der_next(&s, PKI_TAG_OID, NULL, &other) && pki_oid_equal(other, oid);
		pki_der_skip_rest(&s);
		pki_der_leave(&s);
	}
	return same;
}

/* Of as many as policy_nodes, each is compared with all that follow. */
static bool check_following(pki_der *r, pki_bytes oid)
{
	return !is_repeated(pki_der_rest(r), oid) ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "a policy twice", CLAUSE);
}

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
	return pki_der_leave(&s) && check_following(r, out->oid);
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
	if (!pki_ext_step(it))
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
