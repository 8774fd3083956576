/* SPDX-License-Identifier: BSD-3-Clause */
/* The strict profile: what RFC 5280 4 says that a CA MUST and MUST NOT issue. docs/profiles.md has
 * every rule. */
#include <pki/ext_crl.h>

#include "libpki/core/error.h"
#include "libpki/verify/profile.h"
#include "libpki/x509/issue.h"
#include "libpki/x509/subtree.h"

typedef void rule_fn(const pki_profile_case *p, pki_findings *f);

static bool has(const pki_profile_case *p, pki_bytes oid)
{
	return pki_cert_ext(p->cert, oid, NULL);
}

/* Nobody says who issued it, and it may have been itself. */
static bool may_be_self_signed(const pki_profile_case *p)
{
	return p->issuer == NULL && pki_cert_is_self_issued(p->cert);
}

/* ---- RFC 5280 4.1: fields ---- */

/* With what is always forgiven in the certificate of an anchor: it is older than who judges it. */
static bool is_anchor(const pki_profile_case *p)
{
	return p->role == PKI_ROLE_ANCHOR;
}

static bool is_odd(const pki_profile_case *p, uint32_t bit)
{
	return !is_anchor(p) && (pki_cert_leniencies(p->cert) & bit) != 0;
}

static void version(const pki_profile_case *p, pki_findings *f)
{
	if (pki_cert_version(p->cert) != 3)
		pki_find_rule(f, "RFC 5280 4.1.2.1", "version is not v3");
}

static void der(const pki_profile_case *p, pki_findings *f)
{
	if (is_odd(p, PKI_LENIENT_DEFAULTS))
		pki_find_rule(f, "X.690 11.5", "a DEFAULT is encoded");
	if (is_odd(p, PKI_LENIENT_INTEGER))
		pki_find_rule(
		    f, "X.690 8.3.2", "serialNumber has octets that its value does not need");
	if (is_odd(p, PKI_ODD_BITS))
		pki_find_rule(f, "X.690 11.2.2", "keyUsage ends with zeros");
}

#define SERIAL_OCTETS 20

static void serial_number(const pki_profile_case *p, pki_findings *f)
{
	pki_bytes serial = pki_cert_serial(p->cert);

	if (is_odd(p, PKI_ODD_SERIAL))
		pki_find_rule(f, "RFC 5280 4.1.2.2", "serialNumber is zero");
	else if (serial.len > 0 && serial.data[0] >= 0x80)
		pki_find_rule(f, "RFC 5280 4.1.2.2", "serialNumber is negative");
	else if (serial.len > SERIAL_OCTETS)
		pki_find_rule(f, "RFC 5280 4.1.2.2", "serialNumber is longer than 20 octets");
}

static void issuer(const pki_profile_case *p, pki_findings *f)
{
	if (pki_name_is_empty(pki_cert_issuer(p->cert)))
		pki_find_rule(f, "RFC 5280 4.1.2.4", "issuer is empty");
}

static void validity(const pki_profile_case *p, pki_findings *f)
{
	if (is_odd(p, PKI_ODD_TIME))
		pki_find_rule(f, "RFC 5280 4.1.2.5", "GeneralizedTime through the year 2049");
}

static void subject(const pki_profile_case *p, pki_findings *f)
{
	pki_ext san;

	if (!pki_name_is_empty(pki_cert_subject(p->cert)))
		return;
	if (pki_cert_is_ca(p->cert))
		pki_find_rule(f, "RFC 5280 4.1.2.6", "subject of a CA is empty");
	else if ((pki_cert_key_usage(p->cert) & PKI_KU_CRL_SIGN) != 0)
		pki_find_rule(f, "RFC 5280 4.1.2.6", "subject of a CRL issuer is empty");
	else if (!pki_cert_ext(p->cert, PKI_OID(subject_alt_name), &san))
		pki_find_rule(f, "RFC 5280 4.1.2.6", "neither a subject nor a subjectAltName");
	else if (!san.critical)
		pki_find_rule(
		    f, "RFC 5280 4.1.2.6", "subject is empty, and subjectAltName is not critical");
}

static void subject_attributes(const pki_profile_case *p, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;

	if (!is_anchor(p))
		pki_find_failed(f, pki_rules_attrs(pki_cert_subject(p->cert), &why), &why);
}

/* What the issuer is called is encoded the same way in both. */
static void issuer_encoding(const pki_profile_case *p, pki_findings *f)
{
	const pki_name *name = pki_cert_issuer(p->cert);

	if (p->issuer == NULL || !pki_name_equal(name, pki_cert_subject(p->issuer)))
		return;
	if (!pki_bytes_equal(pki_name_der(name), pki_name_der(pki_cert_subject(p->issuer))))
		pki_find_rule(
		    f, "RFC 5280 4.1.2.6", "issuer is not encoded as the issuer's subject is");
}

static void unique_identifiers(const pki_profile_case *p, pki_findings *f)
{
	if (pki_cert_issuer_unique_id(p->cert).len > 0 ||
	    pki_cert_subject_unique_id(p->cert).len > 0)
		pki_find_rule(f, "RFC 5280 4.1.2.8", "has a unique identifier");
}

/* ---- RFC 5280 4.2: extensions ---- */

static void criticality(const pki_profile_case *p, pki_findings *f)
{
	const char *clause;
	pki_ext e;

	for (size_t i = 0; pki_cert_ext_at(p->cert, i, &e); i++)
		if ((clause = pki_wrong_criticality(&e)) != NULL)
			pki_find_about(f, PKI_CODE_PROFILE, clause,
			    e.critical ? "extension is critical" : "extension is not critical",
			    pki_bytes_str(pki_oid_name(e.oid)));
}

static void authority_key_identifier(const pki_profile_case *p, pki_findings *f)
{
	pki_bytes id = pki_cert_authority_key_id(p->cert), above = pki_cert_key_id(p->issuer);

	if (id.len == 0 && has(p, PKI_OID(authority_key_identifier)))
		pki_find_rule(
		    f, "RFC 5280 4.2.1.1", "authorityKeyIdentifier without keyIdentifier");
	else if (id.len == 0 && !may_be_self_signed(p))
		pki_find_rule(f, "RFC 5280 4.2.1.1", "authorityKeyIdentifier is absent");
	else if (id.len > 0 && above.len > 0 && !pki_bytes_equal(id, above))
		pki_find_rule(f, "RFC 5280 4.2.1.2",
		    "authorityKeyIdentifier is not the issuer's subjectKeyIdentifier");
}

static void subject_key_identifier(const pki_profile_case *p, pki_findings *f)
{
	if (pki_cert_is_ca(p->cert) && !has(p, PKI_OID(subject_key_identifier)))
		pki_find_rule(f, "RFC 5280 4.2.1.2", "subjectKeyIdentifier of a CA is absent");
}

static void key_usage(const pki_profile_case *p, pki_findings *f)
{
	bool signs = (pki_cert_key_usage(p->cert) & PKI_KU_KEY_CERT_SIGN) != 0;
	bool ca = pki_cert_is_ca(p->cert), there = has(p, PKI_OID(key_usage));

	if (ca && !there)
		pki_find_rule(f, "RFC 5280 4.2.1.3", "keyUsage of a CA is absent");
	else if (signs && !ca)
		pki_find_rule(f, "RFC 5280 4.2.1.9", "keyCertSign without cA");
	else if (ca && !signs && pki_cert_path_len(p->cert) < 0)
		pki_find_rule(f, "RFC 5280 4.2.1.3", "cA without keyCertSign");
}

/* RFC 8813 and RFC 9295 forbid bits; what RFC 3279 says of RSA is what MAY be there. */
static void key_usage_of_key(const pki_profile_case *p, pki_findings *f)
{
	uint32_t usage = pki_cert_key_usage(p->cert);
	const char *clause;
	pki_spki spki;

	if (pki_spki_parse(p->ctx, pki_cert_spki(p->cert), &spki, NULL) != PKI_SUCCESS ||
	    spki.type < PKI_KEY_P256)
		return;
	if ((usage & ~pki_usage_of_key(spki.type, &clause)) != 0)
		pki_find_rule(f, clause, "a bit of keyUsage that such a key cannot have");
}

static void basic_constraints(const pki_profile_case *p, pki_findings *f)
{
	bool signs = (pki_cert_key_usage(p->cert) & PKI_KU_KEY_CERT_SIGN) != 0;
	pki_ext e;

	if (!pki_cert_ext(p->cert, PKI_OID(basic_constraints), &e))
		return;
	if (pki_cert_is_ca(p->cert) && !e.critical)
		pki_find_rule(f, "RFC 5280 4.2.1.9", "basicConstraints of a CA is not critical");
	if (pki_cert_path_len(p->cert) >= 0 && !pki_cert_is_ca(p->cert))
		pki_find_rule(f, "RFC 5280 4.2.1.9", "pathLenConstraint without cA");
	else if (pki_cert_path_len(p->cert) >= 0 && !signs && has(p, PKI_OID(key_usage)))
		pki_find_rule(f, "RFC 5280 4.2.1.9", "pathLenConstraint without keyCertSign");
}

/* ---- certificatePolicies ---- */

/* RFC 6818 3 */
static void explicit_text(const pki_policy_qualifier *q, pki_findings *f)
{
	if (q->explicit_text.tag == PKI_TAG_IA5)
		pki_find_rule(f, "RFC 6818 3", "explicitText is an IA5String");
}

static void policy_qualifiers(const pki_profile_case *p, const pki_policy *policy, pki_findings *f)
{
	bool any = pki_oid_equal(policy->oid, PKI_OID(any_policy));
	pki_error why = PKI_ERROR_INIT;
	pki_policy_qualifier q;
	pki_ext_iter it;

	pki_ext_list_in(&it, p->ctx, policy->qualifiers);
	while (pki_ext_qualifier_next(&it, &q)) {
		if (any && q.other.len > 0)
			pki_find_rule(f, "RFC 5280 4.2.1.4",
			    "anyPolicy with a qualifier that is none of RFC 5280's");
		explicit_text(&q, f);
	}
	pki_find_failed(f, pki_ext_list_finish(&it, &why), &why);
}

static void certificate_policies(const pki_profile_case *p, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_policy policy;
	pki_ext_iter it;
	pki_ext e;

	if (!pki_cert_ext(p->cert, PKI_OID(certificate_policies), &e))
		return;
	pki_ext_list(&it, p->ctx, e.value);
	while (pki_ext_policy_next(&it, &policy))
		policy_qualifiers(p, &policy, f);
	pki_find_failed(f, pki_ext_list_finish(&it, &why), &why);
}

/* ---- subjectAltName, issuerAltName ---- */

static void alt_names(const pki_profile_case *p, pki_bytes oid, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_ext_iter it;
	pki_ext e;
	pki_gn gn;

	if (!pki_cert_ext(p->cert, oid, &e))
		return;
	pki_ext_list(&it, p->ctx, e.value);
	while (pki_ext_name_next(&it, &gn))
		pki_find_failed(f, pki_rules_name(&gn, &why), &why);
	pki_find_failed(f, pki_ext_list_finish(&it, &why), &why);
}

static void subject_alt_name(const pki_profile_case *p, pki_findings *f)
{
	alt_names(p, PKI_OID(subject_alt_name), f);
}

static void issuer_alt_name(const pki_profile_case *p, pki_findings *f)
{
	alt_names(p, PKI_OID(issuer_alt_name), f);
}

/* An address in the subject MUST be in the subjectAltName, too. */
static bool has_mailbox(const pki_profile_case *p, pki_bytes san)
{
	bool found = false;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, p->ctx, san);
	while (pki_ext_name_next(&it, &gn))
		found = found || gn.type == PKI_GN_EMAIL;
	return found;
}

static void email_address(const pki_profile_case *p, pki_findings *f)
{
	pki_ext e;

	if (is_anchor(p) || pki_name_get(pki_cert_subject(p->cert), PKI_OID(email_address)) == NULL)
		return;
	if (!pki_cert_ext(p->cert, PKI_OID(subject_alt_name), &e) || !has_mailbox(p, e.value))
		pki_find_rule(f, "RFC 5280 4.1.2.6",
		    "emailAddress in the subject, and no rfc822Name in subjectAltName");
}

/* ---- nameConstraints ---- */

static bool is_no_subtree(const pki_gn *base)
{
	bool known = base->type == PKI_GN_DNS || base->type == PKI_GN_EMAIL ||
	    base->type == PKI_GN_URI || base->type == PKI_GN_IP;

	return known && !pki_subtree_is_clear(base);
}

static void subtrees(const pki_profile_case *p, pki_bytes list, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, p->ctx, list);
	while (pki_ext_subtree_next(&it, &t)) {
		if (t.minimum != 0 || t.has_maximum)
			pki_find_rule(
			    f, "RFC 5280 4.2.1.10", "GeneralSubtree with a minimum or a maximum");
		else if (is_no_subtree(&t.base))
			pki_find_about(f, PKI_CODE_PROFILE, "RFC 5280 4.2.1.10",
			    "a subtree that is none", t.base.value);
	}
	pki_find_failed(f, pki_ext_list_finish(&it, &why), &why);
}

static void name_constraints(const pki_profile_case *p, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_name_constraints nc;
	pki_status st;
	pki_ext e;

	if (!pki_cert_ext(p->cert, PKI_OID(name_constraints), &e))
		return;
	if (!pki_cert_is_ca(p->cert))
		pki_find_rule(f, "RFC 5280 4.2.1.10", "nameConstraints without cA");
	st = pki_ext_name_constraints(p->ctx, e.value, &nc, &why);
	pki_find_failed(f, st, &why);
	if (st != PKI_SUCCESS)
		return;
	subtrees(p, nc.permitted, f);
	subtrees(p, nc.excluded, f);
}

/* ---- cRLDistributionPoints ---- */

/* How many names there are, and whether the certificate's issuer is one of them. */
static size_t read_crl_issuer(
    const pki_profile_case *p, pki_bytes names, bool *own, pki_findings *f)
{
	pki_bytes issuer = pki_name_der(pki_cert_issuer(p->cert));
	pki_error why = PKI_ERROR_INIT;
	pki_ext_iter it;
	size_t n = 0;
	pki_gn gn;

	*own = false;
	pki_ext_list_in(&it, p->ctx, names);
	for (; pki_ext_name_next(&it, &gn); n++)
		*own = *own || (gn.type == PKI_GN_DIRNAME && pki_bytes_equal(gn.value, issuer));
	pki_find_failed(f, pki_ext_list_finish(&it, &why), &why);
	return n;
}

static void distribution_point(
    const pki_profile_case *p, const pki_dist_point *point, pki_findings *f)
{
	bool own;
	size_t issuers = read_crl_issuer(p, point->crl_issuer, &own, f);

	if (own && issuers == 1)
		pki_find_rule(f, "RFC 5280 4.2.1.13", "cRLIssuer is the certificate's own issuer");
	if (point->relative_name.len > 0 && issuers > 1)
		pki_find_rule(
		    f, "RFC 5280 4.2.1.13", "nameRelativeToCRLIssuer of more than one cRLIssuer");
}

static void crl_distribution_points(const pki_profile_case *p, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_dist_point point;
	pki_ext_iter it;
	bool all = false;
	pki_status st;
	pki_ext e;

	if (!pki_cert_ext(p->cert, PKI_OID(crl_distribution_points), &e))
		return;
	pki_ext_list(&it, p->ctx, e.value);
	while (pki_ext_dist_point_next(&it, &point)) {
		distribution_point(p, &point, f);
		all = all || point.reasons == 0;
	}
	st = pki_ext_list_finish(&it, &why);
	pki_find_failed(f, st, &why);
	if (st == PKI_SUCCESS && !all)
		pki_find_rule(f, "RFC 5280 4.2.1.13", "no DistributionPoint for all reasons");
}

/* ---- noRevAvail ---- */

static bool has_ocsp(const pki_profile_case *p, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_access access;
	bool found = false;
	pki_ext_iter it;
	pki_ext e;

	if (!pki_cert_ext(p->cert, PKI_OID(authority_info_access), &e))
		return false;
	pki_ext_list(&it, p->ctx, e.value);
	while (pki_ext_access_next(&it, &access))
		found = found || pki_oid_equal(access.method, PKI_OID(ad_ocsp));
	pki_find_failed(f, pki_ext_list_finish(&it, &why), &why);
	return found;
}

static void no_rev_avail(const pki_profile_case *p, pki_findings *f)
{
	if (!has(p, PKI_OID(no_rev_avail)))
		return;
	if (pki_cert_is_ca(p->cert))
		pki_find_rule(f, "RFC 9608 3", "noRevAvail, and cA");
	if (has(p, PKI_OID(crl_distribution_points)) || has(p, PKI_OID(freshest_crl)) ||
	    has_ocsp(p, f))
		pki_find_rule(f, "RFC 9608 3", "noRevAvail, and where to ask for revocation");
}

/* ---- all of them ---- */

static rule_fn *const of_fields[] = { version, der, serial_number, issuer, validity, subject,
	subject_attributes, email_address, issuer_encoding, unique_identifiers };

static rule_fn *const of_extensions[] = { criticality, authority_key_identifier,
	subject_key_identifier, key_usage, key_usage_of_key, basic_constraints,
	certificate_policies, subject_alt_name, issuer_alt_name, name_constraints,
	crl_distribution_points, no_rev_avail };

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])

/* One that is not v3 has no extensions to be judged. */
void pki_strict_check(const pki_profile_case *p, pki_findings *f)
{
	for (size_t i = 0; i < LENGTH(of_fields); i++)
		of_fields[i](p, f);
	if (pki_cert_version(p->cert) != 3)
		return;
	for (size_t i = 0; i < LENGTH(of_extensions); i++)
		of_extensions[i](p, f);
}
