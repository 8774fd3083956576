/* SPDX-License-Identifier: BSD-3-Clause */
/* policyMappings, policyConstraints, inhibitAnyPolicy: RFC 5280 4.2.1.5, 4.2.1.11, 4.2.1.14. */
#include <string.h>

#include <pki/ext_policy.h>

#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/writer.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

/* ---- policyMappings ---- */

static bool read_mapping(pki_der *r, pki_policy_mapping *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "issuerDomainPolicy", &out->issuer_domain);
	pki_der_oid(&s, "subjectDomainPolicy", &out->subject_domain);
	return pki_der_leave(&s);
}

static void check_mapping(pki_der *r, const pki_ctx *ctx)
{
	pki_policy_mapping m;

	(void)ctx;
	read_mapping(r, &m);
}

void pki_ext_check_policy_mappings(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes all;

	pki_list_read(in, ctx, &(pki_list){ PKI_TAG_SEQUENCE, NULL, check_mapping }, &all);
}

bool pki_ext_mapping_next(pki_ext_iter *it, pki_policy_mapping *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_mapping(&it->inner, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

/* ---- policyConstraints, inhibitAnyPolicy ---- */

/* SkipCerts ::= INTEGER (0..MAX) */
static bool read_skip_certs(pki_der *r, pki_tag tag, const char *field, int32_t *out)
{
	int64_t n;

	if (!pki_der_int64_as(r, tag, field, &n))
		return false;
	if (n < 0)
		return pki_der_fail(
		    r, PKI_E_STRUCTURE, "SkipCerts is negative", "RFC 5280 4.2.1.11");
	if (n > INT32_MAX)
		return pki_der_fail(r, PKI_E_LIMIT, "SkipCerts is too large", NULL);
	*out = (int32_t)n;
	return true;
}

static bool read_constraints(pki_der *r, pki_policy_constraints *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_more(&s))
		pki_der_fail(
		    &s, PKI_E_STRUCTURE, "PolicyConstraints is empty", "RFC 5280 4.2.1.11");
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(0)))
		out->has_require_explicit_policy = read_skip_certs(&s, PKI_TAG_IMPLICIT(0),
		    "requireExplicitPolicy", &out->require_explicit_policy);
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(1)))
		out->has_inhibit_policy_mapping = read_skip_certs(
		    &s, PKI_TAG_IMPLICIT(1), "inhibitPolicyMapping", &out->inhibit_policy_mapping);
	return pki_der_leave(&s);
}

void pki_ext_check_policy_constraints(pki_der *in, const pki_ctx *ctx)
{
	pki_policy_constraints pc;

	(void)ctx;
	read_constraints(in, &pc);
}

pki_status pki_ext_policy_constraints(
    const pki_ctx *ctx, pki_bytes value, pki_policy_constraints *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "PolicyConstraints");
	read_constraints(&r, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

void pki_ext_check_inhibit_any_policy(pki_der *in, const pki_ctx *ctx)
{
	int32_t n;

	(void)ctx;
	read_skip_certs(in, PKI_TAG_INTEGER, NULL, &n);
}

pki_status pki_ext_inhibit_any_policy(
    const pki_ctx *ctx, pki_bytes value, int32_t *skip_certs, pki_error *err)
{
	int32_t found = 0;
	pki_status st;
	pki_der r;

	if (skip_certs == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "InhibitAnyPolicy");
	read_skip_certs(&r, PKI_TAG_INTEGER, NULL, &found);
	st = pki_der_finish(&r, err);
	*skip_certs = st == PKI_SUCCESS ? found : 0;
	return PKI_LEAVE(err, st);
}

/* ---- writing ---- */

/* Policies are not mapped to or from anyPolicy; readers leave that to validation. */
void pki_exts_policy_mapping(pki_exts *e, const pki_policy_mapping *m)
{
	static const pki_ext_form form = {
		.oid = &pki_id_policy_mappings, .part = PKI_EXT_ELEMENT, .critical = true
	};
	pki_derw w;

	if (!pki_exts_given(e, m) || !pki_exts_begin(e, &w))
		return;
	if (pki_oid_equal(m->issuer_domain, PKI_OID(any_policy)) ||
	    pki_oid_equal(m->subject_domain, PKI_OID(any_policy)))
		pki_derw_fail(&w, PKI_E_ARG, "anyPolicy is mapped", "RFC 5280 4.2.1.5");
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, m->issuer_domain);
	pki_derw_oid(&w, m->subject_domain);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

void pki_exts_policy_constraints(pki_exts *e, const pki_policy_constraints *pc)
{
	static const pki_ext_form form = { .oid = &pki_id_policy_constraints,
		.check = pki_ext_check_policy_constraints,
		.critical = true };
	pki_derw w;

	if (!pki_exts_given(e, pc) || !pki_exts_begin(e, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	if (pc->has_require_explicit_policy)
		pki_derw_int64_as(&w, PKI_TAG_IMPLICIT(0), pc->require_explicit_policy);
	if (pc->has_inhibit_policy_mapping)
		pki_derw_int64_as(&w, PKI_TAG_IMPLICIT(1), pc->inhibit_policy_mapping);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

void pki_exts_inhibit_any_policy(pki_exts *e, int32_t skip_certs)
{
	static const pki_ext_form form = { .oid = &pki_id_inhibit_any_policy,
		.check = pki_ext_check_inhibit_any_policy,
		.critical = true };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_int64(&w, skip_certs);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

void pki_ext_line_policy_mappings(pki_line *l, pki_bytes value)
{
	pki_policy_mapping m;
	pki_ext_iter it;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_mapping_next(&it, &m)) {
		pki_line_item(l);
		pki_line_oid(l, m.issuer_domain);
		pki_line_puts(l, " = ");
		pki_line_oid(l, m.subject_domain);
	}
	pki_line_end_list(l, &it);
}

void pki_ext_line_policy_constraints(pki_line *l, pki_bytes value)
{
	pki_policy_constraints pc;

	pki_line_read(l, pki_ext_policy_constraints(l->ctx, value, &pc, l->err));
	if (pc.has_require_explicit_policy)
		pki_line_number(l, "requireExplicitPolicy", pc.require_explicit_policy);
	if (pc.has_inhibit_policy_mapping)
		pki_line_number(l, "inhibitPolicyMapping", pc.inhibit_policy_mapping);
}

void pki_ext_line_inhibit_any_policy(pki_line *l, pki_bytes value)
{
	int32_t n;

	pki_line_read(l, pki_ext_inhibit_any_policy(l->ctx, value, &n, l->err));
	pki_line_int(l, n);
}
