/* SPDX-License-Identifier: BSD-3-Clause */
/* policyMappings, policyConstraints, inhibitAnyPolicy: RFC 5280 4.2.1.5, 4.2.1.11, 4.2.1.14. */
#include <string.h>

#include <pki/ext_policy.h>

#include "libpki/core/error.h"
#include "libpki/der/reader.h"
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

	out->require_explicit_policy = out->inhibit_policy_mapping = -1;
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_more(&s))
		pki_der_fail(
		    &s, PKI_E_STRUCTURE, "PolicyConstraints is empty", "RFC 5280 4.2.1.11");
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(0)))
		read_skip_certs(&s, PKI_TAG_IMPLICIT(0), "requireExplicitPolicy",
		    &out->require_explicit_policy);
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(1)))
		read_skip_certs(
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
	static const pki_policy_constraints none = { -1, -1 };
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "PolicyConstraints");
	read_constraints(&r, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		*out = none;
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
