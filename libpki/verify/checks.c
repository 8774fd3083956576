/* SPDX-License-Identifier: BSD-3-Clause */
/* What is asked of a certificate on a path, whatever else is on it: RFC 5280 6.1.3, 6.1.4. */
#include <pki/oid.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/verify/checks.h"
#include "libpki/verify/dates.h"
#include "libpki/verify/purpose.h"
#include "libpki/verify/strength.h"
#include "libpki/x509/ext_type.h"

/* ---- dates ---- */

/* 6.1.3 (a) (2) */
static void check_dates(const pki_verification *v, const pki_cert *c, pki_findings *f)
{
	char text[PKI_DISTANCE_ROOM];

	if (v->at < pki_cert_not_before(c)) {
		pki_time_distance(pki_cert_not_before(c), v->at, text);
		pki_find_about(f, PKI_CODE_NOT_YET_VALID, "RFC 5280 6.1.3(a)(2)",
		    "is not valid yet", pki_bytes_str(text));
	}
	if (pki_is_past(v, pki_cert_not_after(c))) {
		pki_time_distance(pki_cert_not_after(c), v->at, text);
		pki_find_about(f, PKI_CODE_EXPIRED, "RFC 5280 6.1.3(a)(2)", "has expired",
		    pki_bytes_str(text));
	}
}

/* ---- extensions ---- */

/* Those that this validation processes, wherever they stand. */
static bool is_processed(const pki_ctx *ctx, pki_bytes oid)
{
	static const pki_oid *const processed[] = { &pki_id_basic_constraints, &pki_id_key_usage,
		&pki_id_subject_alt_name, &pki_id_ext_key_usage, &pki_id_certificate_policies,
		&pki_id_policy_mappings, &pki_id_policy_constraints, &pki_id_inhibit_any_policy,
		&pki_id_name_constraints, &pki_id_crl_distribution_points, &pki_id_ocsp_nocheck,
		&pki_id_no_rev_avail };

	for (size_t i = 0; i < sizeof processed / sizeof processed[0]; i++)
		if (pki_oid_equal(pki_oid_view(processed[i]), oid))
			return true;
	return pki_ext_is_understood(ctx, oid);
}

static void refuse_critical(
    const pki_verification *v, pki_bytes oid, const char *clause, pki_findings *f)
{
	const char *name = pki_ext_name(v->ctx, oid);
	pki_buf dotted = PKI_BUF_INIT;

	if (name == NULL && pki_oid_format(oid, &dotted, NULL) == PKI_SUCCESS)
		name = pki_buf_str(&dotted);
	pki_find_about(f, PKI_CODE_CRITICAL_EXTENSION, clause,
	    "a critical extension that is not processed", pki_bytes_str(name));
	pki_buf_free(&dotted);
}

/* 6.1.4 (o), 6.1.5 (f): no critical extension but those that are processed. */
static void check_critical(
    const pki_verification *v, const pki_cert *c, const char *clause, pki_findings *f)
{
	pki_ext e;

	for (size_t i = 0; pki_cert_ext_at(c, i, &e); i++)
		if (e.critical && !is_processed(v->ctx, e.oid))
			refuse_critical(v, e.oid, clause, f);
}

/* 6.1.4 (k) */
static void check_is_ca(const pki_cert *c, pki_findings *f)
{
	if (pki_cert_version(c) != 3)
		pki_find(f, PKI_CODE_NOT_A_CA, "RFC 5280 6.1.4(k)",
		    "is no v3 certificate, so that nothing says that it is a CA's");
	else if (!pki_cert_ext(c, PKI_OID(basic_constraints), NULL))
		pki_find(f, PKI_CODE_NOT_A_CA, "RFC 5280 6.1.4(k)", "has no basicConstraints");
	else if (!pki_cert_is_ca(c))
		pki_find(f, PKI_CODE_NOT_A_CA, "RFC 5280 6.1.4(k)", "cA is not TRUE");
}

/* 6.1.4 (n) */
static void check_may_sign_certs(const pki_cert *c, pki_findings *f)
{
	uint32_t usage = pki_cert_key_usage(c);

	if (pki_cert_ext(c, PKI_OID(key_usage), NULL) && (usage & PKI_KU_KEY_CERT_SIGN) == 0)
		pki_find(f, PKI_CODE_KEY_USAGE, "RFC 5280 6.1.4(n)", "keyUsage has no keyCertSign");
}

static void check_distrust(const pki_verification *v, const pki_cert *c, pki_findings *f)
{
	if (pki_trust_distrusts(v->o.trust, c))
		pki_find(f, PKI_CODE_DISTRUSTED, "RFC 5280 6.1.1(d)",
		    "the trust store says not to trust it or its key");
}

/* ---- all of them ---- */

void pki_check_ca(const pki_verification *v, const pki_cert *c, pki_findings *f)
{
	check_distrust(v, c, f);
	check_dates(v, c, f);
	check_is_ca(c, f);
	check_may_sign_certs(c, f);
	check_critical(v, c, "RFC 5280 6.1.4(o)", f);
	pki_check_purpose_of_ca(v, c, f);
}

/* ---- the leaf ---- */

static void note_name(pki_status st, const pki_error *why, pki_findings *f)
{
	if (st != PKI_SUCCESS)
		pki_find_error(f, PKI_CODE_NAME_MISMATCH, why);
}

static void check_names(const pki_verification *v, const pki_cert *c, pki_findings *f)
{
	uint32_t flags = v->o.rules == PKI_RULES_WEBPKI ? PKI_EMAIL_SAN_ONLY : 0;
	pki_error why = PKI_ERROR_INIT;

	if (v->o.host != NULL)
		note_name(pki_cert_check_host(c, v->o.host, &why), &why, f);
	if (v->o.ip != NULL)
		note_name(pki_cert_check_host(c, v->o.ip, &why), &why, f);
	if (v->o.email != NULL)
		note_name(pki_cert_check_email(c, v->o.email, flags, &why), &why, f);
}

void pki_check_leaf(const pki_verification *v, const pki_cert *c, pki_findings *f)
{
	check_distrust(v, c, f);
	check_dates(v, c, f);
	check_critical(v, c, "RFC 5280 6.1.5(f)", f);
	pki_check_purpose_of_leaf(v, c, f);
	check_names(v, c, f);
}

/* ---- the anchor ---- */

static bool serves(const pki_anchor *a, pki_purpose p)
{
	return a->purposes == 0 || (a->purposes & PKI_PURPOSE_BIT(p)) != 0;
}

void pki_check_anchor_opts(
    const pki_verification *v, const pki_anchor *a, const pki_cert *leaf, pki_findings *f)
{
	if (a->distrusted)
		pki_find(f, PKI_CODE_DISTRUSTED, "RFC 5280 6.1.1(d)",
		    "the trust store says not to trust this anchor or its key");
	if (v->depth == 0 && !serves(a, v->o.purpose))
		pki_find(f, PKI_CODE_DISTRUSTED, "RFC 5280 6.1.1(d)",
		    "the trust store has this anchor for other purposes");
	if (a->distrust_after != PKI_TIME_NONE && pki_cert_not_before(leaf) > a->distrust_after)
		pki_find(f, PKI_CODE_DISTRUSTED, "RFC 5280 6.1.1(d)",
		    "the trust store has this anchor for certificates that are older");
}

/* RFC 5937, and what RFC 5280 4.2.1.9 has of CAs: v1 certificates are exempt, having no extensions.
 */
static void check_anchor_cert(const pki_verification *v, const pki_anchor *a, pki_findings *f)
{
	const pki_cert *c = a->cert;

	check_dates(v, c, f);
	if (pki_cert_version(c) == 3 && (a->replaces & PKI_REPLACES_CA) == 0)
		check_is_ca(c, f);
	check_may_sign_certs(c, f);
	check_critical(v, c, "RFC 5937 2", f);
	pki_check_purpose_of_ca(v, c, f);
}

void pki_check_anchor(
    const pki_verification *v, const pki_anchor *a, const pki_cert *leaf, pki_findings *f)
{
	pki_check_anchor_opts(v, a, leaf, f);
	if (a->cert != NULL && v->o.anchor == PKI_ANCHOR_FULL)
		check_anchor_cert(v, a, f);
}
