/* SPDX-License-Identifier: BSD-3-Clause */
/* What RFC 5280 and its companions demand of a certificate that is made. */
#include <pki/ext_policy.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"
#include "libpki/types/host.h"
#include "libpki/x509/ext_type.h"
#include "libpki/x509/issue.h"

/* The extension, as it will stand in the certificate. */
static bool find(const pki_issue *i, pki_bytes oid, pki_ext *out)
{
	pki_der r, list;

	pki_der_init(&r, i->ctx, pki_buf_bytes(&i->extensions), NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &list);
	while (pki_der_more(&list))
		if (pki_ext_read(&list, NULL, out) && pki_oid_equal(out->oid, oid))
			return true;
	return false;
}

static bool has(const pki_issue *i, const pki_oid *oid)
{
	pki_ext e;

	return find(i, pki_oid_view(oid), &e);
}

pki_status pki_rules_read(pki_issue *i, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext e;

	i->constraints.path_len = -1;
	if (find(i, PKI_OID(basic_constraints), &e))
		st = pki_ext_basic_constraints(i->ctx, e.value, &i->constraints, err);
	if (st == PKI_SUCCESS && find(i, PKI_OID(key_usage), &e))
		st = pki_ext_key_usage(i->ctx, e.value, &i->usage, err);
	return st;
}

/* ---- criticality ---- */

enum { NEVER, SELDOM, MOSTLY, ALWAYS }; /* MUST NOT, SHOULD NOT, SHOULD, MUST */

/* Of certificates, then of CRLs and their entries. */
static const pki_oid biometric_info = { 8, "\x2b\x06\x01\x05\x05\x07\x01\x02" };

static const struct criticality {
	const pki_oid *oid;
	int critical;
	const char *clause;
} criticalities[] = {
	{ &pki_id_authority_key_identifier, NEVER, "RFC 5280 4.2.1.1" },
	{ &pki_id_subject_key_identifier, NEVER, "RFC 5280 4.2.1.2" },
	{ &pki_id_policy_mappings, MOSTLY, "RFC 5280 4.2.1.5" },
	{ &pki_id_issuer_alt_name, SELDOM, "RFC 5280 4.2.1.7" },
	{ &pki_id_subject_directory_attributes, NEVER, "RFC 5280 4.2.1.8" },
	{ &pki_id_name_constraints, ALWAYS, "RFC 5280 4.2.1.10" },
	{ &pki_id_policy_constraints, ALWAYS, "RFC 5280 4.2.1.11" },
	{ &pki_id_crl_distribution_points, SELDOM, "RFC 5280 4.2.1.13" },
	{ &pki_id_inhibit_any_policy, ALWAYS, "RFC 5280 4.2.1.14" },
	{ &pki_id_freshest_crl, NEVER, "RFC 5280 4.2.1.15" },
	{ &pki_id_authority_info_access, NEVER, "RFC 5280 4.2.2.1" },
	{ &pki_id_subject_info_access, NEVER, "RFC 5280 4.2.2.2" },
	{ &pki_id_no_rev_avail, NEVER, "RFC 9608 2" },
	{ &pki_id_logotype, NEVER, "RFC 9399 4.1" },
	{ &biometric_info, NEVER, "RFC 3739 3.2.5" },
	{ &pki_id_ct_poison, ALWAYS, "RFC 6962 3.1" },
	{ &pki_id_private_key_usage_period, NEVER, "RFC 3280 4.2.1.4" },
	{ &pki_id_crl_number, NEVER, "RFC 5280 5.2.3" },
	{ &pki_id_delta_crl_indicator, ALWAYS, "RFC 5280 5.2.4" },
	{ &pki_id_issuing_distribution_point, ALWAYS, "RFC 5280 5.2.5" },
	{ &pki_id_crl_reasons, NEVER, "RFC 5280 5.3.1" },
	{ &pki_id_invalidity_date, NEVER, "RFC 5280 5.3.2" },
	{ &pki_id_certificate_issuer, ALWAYS, "RFC 5280 5.3.3" },
};
#define CRITICALITIES (sizeof criticalities / sizeof criticalities[0])

/* subjectAltName is critical where pki_exts_write makes it so. */
bool pki_right_criticality(pki_bytes oid, bool asked)
{
	if (pki_oid_equal(oid, PKI_OID(subject_alt_name)))
		return false;
	if (pki_oid_equal(oid, PKI_OID(basic_constraints)) ||
	    pki_oid_equal(oid, PKI_OID(key_usage)))
		return true;
	for (size_t n = 0; n < CRITICALITIES; n++)
		if (pki_oid_equal(oid, pki_oid_view(criticalities[n].oid)))
			return criticalities[n].critical >= MOSTLY;
	return asked;
}

void pki_exts_set_critical(pki_exts *e, pki_bytes oid, bool critical)
{
	for (size_t n = 0; n < CRITICALITIES; n++) {
		const struct criticality *c = &criticalities[n];

		if (c->critical == (critical ? NEVER : ALWAYS) &&
		    pki_oid_equal(oid, pki_oid_view(c->oid)))
			pki_exts_fail(e, PKI_E_ARG,
			    critical ? "extension that is never critical"
				     : "extension that is always critical",
			    c->clause);
	}
	pki_exts_mark(e, oid, critical);
}

const char *pki_wrong_criticality(const pki_ext *e)
{
	for (size_t n = 0; n < CRITICALITIES; n++) {
		const struct criticality *c = &criticalities[n];

		if (c->critical == (e->critical ? NEVER : ALWAYS) &&
		    pki_oid_equal(e->oid, pki_oid_view(c->oid)))
			return c->clause;
	}
	return NULL;
}

static pki_status check_criticality(const pki_issue *i, pki_error *err)
{
	const char *clause = NULL;
	pki_der r, list;
	pki_ext e;

	pki_der_init(&r, i->ctx, pki_buf_bytes(&i->extensions), NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &list);
	while (clause == NULL && pki_der_more(&list) && pki_ext_read(&list, NULL, &e))
		clause = pki_wrong_criticality(&e);
	if (clause == NULL)
		return PKI_SUCCESS;
	return pki_error_set_detail(err, PKI_E_ARG,
	    e.critical ? "extension is critical" : "extension is not critical", clause,
	    pki_bytes_str(pki_oid_name(e.oid)));
}

/* ---- keyUsage ---- */

#define SIGNS    (PKI_KU_DIGITAL_SIGNATURE | PKI_KU_CONTENT_COMMITMENT)
#define CA_BITS  (PKI_KU_KEY_CERT_SIGN | PKI_KU_CRL_SIGN)
#define ENCIPHER (PKI_KU_KEY_ENCIPHERMENT | PKI_KU_DATA_ENCIPHERMENT)
#define ONLY     (PKI_KU_ENCIPHER_ONLY | PKI_KU_DECIPHER_ONLY)
#define AGREES   (PKI_KU_KEY_AGREEMENT | ONLY)

static const struct fit {
	pki_key_type type;
	uint32_t bits;
	const char *clause;
} fits[] = {
	{ PKI_KEY_RSA, SIGNS | CA_BITS | ENCIPHER, "RFC 3279 2.3.1" },
	{ PKI_KEY_RSA_PSS, SIGNS | CA_BITS, "RFC 4055 1.2" },
	{ PKI_KEY_DSA, SIGNS | CA_BITS, "RFC 3279 2.3.2" },
	{ PKI_KEY_P256, SIGNS | CA_BITS | AGREES, "RFC 8813 3" },
	{ PKI_KEY_P384, SIGNS | CA_BITS | AGREES, "RFC 8813 3" },
	{ PKI_KEY_P521, SIGNS | CA_BITS | AGREES, "RFC 8813 3" },
	{ PKI_KEY_ED25519, SIGNS | CA_BITS, "RFC 9295 3" },
	{ PKI_KEY_ED448, SIGNS | CA_BITS, "RFC 9295 3" },
	{ PKI_KEY_X25519, AGREES, "RFC 9295 3" },
	{ PKI_KEY_X448, AGREES, "RFC 9295 3" },
};

uint32_t pki_usage_of_key(pki_key_type t, const char **clause)
{
	*clause = "RFC 5280 4.2.1.3";
	for (size_t n = 0; n < sizeof fits / sizeof fits[0]; n++) {
		if (fits[n].type != t)
			continue;
		*clause = fits[n].clause;
		return fits[n].bits;
	}
	return 0;
}

static pki_status check_usage(const pki_issue *i, pki_error *err)
{
	const char *clause;
	uint32_t fit = pki_usage_of_key(pki_pubkey_type(i->key), &clause);

	if ((i->usage & ~fit) != 0)
		return pki_error_set(
		    err, PKI_E_ARG, "a bit of keyUsage that such a key cannot have", clause);
	if ((i->usage & ONLY) == ONLY ||
	    ((i->usage & ONLY) != 0 && (i->usage & PKI_KU_KEY_AGREEMENT) == 0))
		return pki_error_set(err, PKI_E_ARG,
		    "encipherOnly or decipherOnly, and not keyAgreement", "RFC 5280 4.2.1.3");
	return PKI_SUCCESS;
}

/* ---- CAs, and what is theirs alone ---- */

static pki_status check_ca(const pki_issue *i, pki_error *err)
{
	pki_ext e;

	if (pki_issue_subject_is_empty(i))
		return pki_error_set(
		    err, PKI_E_ARG, "cA, and subject is empty", "RFC 5280 4.1.2.6");
	if (find(i, PKI_OID(basic_constraints), &e) && !e.critical)
		return pki_error_set(
		    err, PKI_E_ARG, "cA, and basicConstraints is not critical", "RFC 5280 4.2.1.9");
	if ((i->usage & PKI_KU_KEY_CERT_SIGN) == 0)
		return pki_error_set(err, PKI_E_ARG, "cA without keyCertSign", "RFC 5280 4.2.1.3");
	if (i->opts->profile != PKI_PROFILE_CA && i->opts->profile != PKI_PROFILE_NONE && !i->renew)
		return pki_error_set(
		    err, PKI_E_ARG, "cA, and the profile is none of a CA", "RFC 5280 4.2.1.9");
	if (has(i, &pki_id_no_rev_avail))
		return pki_error_set(err, PKI_E_ARG, "noRevAvail, and cA", "RFC 9608 4");
	return PKI_SUCCESS;
}

static const struct ca_only {
	const pki_oid *oid;
	const char *clause;
} ca_only[] = {
	{ &pki_id_policy_mappings, "RFC 5280 4.2.1.5" },
	{ &pki_id_name_constraints, "RFC 5280 4.2.1.10" },
	{ &pki_id_policy_constraints, "RFC 5280 4.2.1.11" },
	{ &pki_id_inhibit_any_policy, "RFC 5280 4.2.1.14" },
};

static pki_status check_leaf(const pki_issue *i, pki_error *err)
{
	if (i->opts->profile == PKI_PROFILE_CA)
		return pki_error_set(
		    err, PKI_E_ARG, "profile of a CA, and cA is FALSE", "RFC 5280 4.2.1.9");
	if ((i->usage & PKI_KU_KEY_CERT_SIGN) != 0)
		return pki_error_set(err, PKI_E_ARG, "keyCertSign without cA", "RFC 5280 4.2.1.3");
	for (size_t n = 0; n < sizeof ca_only / sizeof ca_only[0]; n++)
		if (has(i, ca_only[n].oid))
			return pki_error_set_detail(err, PKI_E_ARG,
			    "an extension of CAs, without cA", ca_only[n].clause,
			    pki_bytes_str(pki_oid_name(pki_oid_view(ca_only[n].oid))));
	return PKI_SUCCESS;
}

/* ---- subject and subjectAltName ---- */

static pki_status check_other(const pki_gn *gn, pki_error *err)
{
	pki_bytes mailbox = pki_gn_utf8_mailbox(gn);

	if (!pki_gn_is_utf8_mailbox(gn))
		return PKI_SUCCESS;
	if (mailbox.len == 0)
		return pki_error_set(
		    err, PKI_E_ARG, "SmtpUTF8Mailbox is no UTF8String", "RFC 9598 3");
	return pki_utf8_mailbox_check(mailbox, err);
}

static pki_status check_syntax(const pki_gn *gn, pki_error *err)
{
	bool ascii;

	switch (gn->type) {
	case PKI_GN_DNS:
		return pki_host_check(gn->value, PKI_HOST_WILDCARD, err);
	case PKI_GN_EMAIL:
		return pki_mailbox_check(gn->value, &ascii, err);
	case PKI_GN_URI:
		return pki_uri_check(gn->value, err);
	case PKI_GN_OTHER:
		return check_other(gn, err);
	default:
		return PKI_SUCCESS;
	}
}

pki_status pki_rules_name(const pki_gn *gn, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st = check_syntax(gn, &why);

	if (st == PKI_SUCCESS)
		return st;
	return pki_error_set_detail(err, st == PKI_E_ARG ? PKI_E_POLICY : st,
	    pki_error_reason(&why), "RFC 5280 4.2.1.6",
	    gn->type == PKI_GN_OTHER ? pki_gn_utf8_mailbox(gn) : gn->value);
}

/* EmailAddress ::= IA5String: RFC 5280 A.1 */
static pki_status check_attr(const pki_attr *a, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	bool ascii;

	if (!pki_oid_equal(a->type, PKI_OID(email_address)))
		return PKI_SUCCESS;
	if (a->tag != PKI_TAG_IA5)
		return pki_error_set(
		    err, PKI_E_POLICY, "emailAddress is no IA5String", "RFC 5280 A.1");
	if (pki_mailbox_check(a->raw, &ascii, &why) == PKI_SUCCESS)
		return PKI_SUCCESS;
	return pki_error_set_detail(
	    err, PKI_E_POLICY, pki_error_reason(&why), "RFC 5280 4.1.2.6", a->raw);
}

pki_status pki_rules_attrs(const pki_name *subject, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_attr a;

	for (size_t n = 0; st == PKI_SUCCESS && pki_name_at(subject, n, &a); n++)
		st = check_attr(&a, err);
	return st;
}

/* RFC 9525 3: what a server is known by. */
static bool names_a_server(const pki_gn *gn)
{
	return gn->type == PKI_GN_DNS || gn->type == PKI_GN_IP || gn->type == PKI_GN_URI ||
	    gn->type == PKI_GN_OTHER;
}

static pki_status check_names(const pki_issue *i, bool *of_server, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext_iter it;
	pki_ext san;
	pki_gn gn;

	*of_server = false;
	if (!find(i, PKI_OID(subject_alt_name), &san))
		return PKI_SUCCESS;
	pki_ext_list(&it, i->ctx, san.value);
	while (st == PKI_SUCCESS && pki_ext_name_next(&it, &gn)) {
		st = pki_rules_name(&gn, err);
		*of_server = *of_server || names_a_server(&gn);
	}
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

/* Whoever has the issuer's name passes for self-issued: it takes more than to ask for it. */
static bool asks_for_issuers_name(const pki_issue *i)
{
	if (i->renew || i->issuer == NULL || (i->request == NULL && i->old == NULL))
		return false;
	return i->opts->subject == NULL && i->opts->subject_name == NULL &&
	    pki_name_equal(i->subject, pki_cert_subject(i->issuer));
}

static pki_status check_subject(const pki_issue *i, pki_error *err)
{
	bool of_server;
	pki_status st = check_names(i, &of_server, err);

	if (st == PKI_SUCCESS)
		st = pki_rules_attrs(i->subject, err);
	if (st != PKI_SUCCESS)
		return st;
	if (asks_for_issuers_name(i))
		return pki_error_set(
		    err, PKI_E_POLICY, "the issuer's own name is asked for", "RFC 5280 4.1.2.6");
	if (pki_issue_subject_is_empty(i) && i->issuer == NULL)
		return pki_error_set(
		    err, PKI_E_ARG, "self-signed, and the name is empty", "RFC 5280 4.1.2.4");
	if (pki_issue_subject_is_empty(i) && !has(i, &pki_id_subject_alt_name))
		return pki_error_set(
		    err, PKI_E_ARG, "neither a subject nor a name", "RFC 5280 4.1.2.6");
	if (i->opts->profile == PKI_PROFILE_SERVER && !i->renew && !of_server)
		return pki_error_set(
		    err, PKI_E_ARG, "a server without a name in subjectAltName", "RFC 9525 3");
	return PKI_SUCCESS;
}

/* ---- extKeyUsage ---- */

typedef pki_status purpose_fn(const pki_issue *i, pki_bytes purpose, bool *is_so, pki_error *err);

/* Is it so of every purpose? Without extKeyUsage, of none: yes. */
static pki_status all_purposes(
    const pki_issue *i, purpose_fn *check, bool *all, size_t *count, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext_iter it;
	pki_bytes purpose;
	pki_ext eku;

	*all = true;
	*count = 0;
	if (!find(i, PKI_OID(ext_key_usage), &eku))
		return PKI_SUCCESS;
	pki_ext_list(&it, i->ctx, eku.value);
	while (st == PKI_SUCCESS && pki_ext_oid_next(&it, &purpose)) {
		bool so;

		st = check(i, purpose, &so, err);
		*all = *all && so;
		++*count;
	}
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

static pki_status is_no_time_stamping(
    const pki_issue *i, pki_bytes purpose, bool *is_so, pki_error *err)
{
	(void)i;
	(void)err;
	*is_so = !pki_oid_equal(purpose, PKI_OID(time_stamping));
	return PKI_SUCCESS;
}

/* RFC 3161 2.3: a time-stamping authority's certificate says that alone, and critically. */
static pki_status check_time_stamping(const pki_issue *i, pki_error *err)
{
	bool none;
	size_t count;
	pki_ext eku;
	pki_status st = all_purposes(i, is_no_time_stamping, &none, &count, err);

	if (st != PKI_SUCCESS || none || i->constraints.ca)
		return st;
	if (count == 1 && find(i, PKI_OID(ext_key_usage), &eku) && eku.critical)
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_ARG, "timeStamping is not alone, or not critical", "RFC 3161 2.3");
}

/* ---- nameConstraints ---- */

static pki_status check_subtrees(const pki_issue *i, pki_bytes subtrees, pki_error *err)
{
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, i->ctx, subtrees);
	while (pki_ext_subtree_next(&it, &t))
		if (t.minimum != 0 || t.has_maximum)
			return pki_error_set(err, PKI_E_ARG,
			    "GeneralSubtree with a minimum or a maximum", "RFC 5280 4.2.1.10");
	return pki_ext_list_finish(&it, err);
}

static pki_status check_name_constraints(const pki_issue *i, pki_error *err)
{
	pki_name_constraints c;
	pki_status st;
	pki_ext e;

	if (!find(i, PKI_OID(name_constraints), &e))
		return PKI_SUCCESS;
	st = pki_ext_name_constraints(i->ctx, e.value, &c, err);
	if (st == PKI_SUCCESS)
		st = check_subtrees(i, c.permitted, err);
	return st == PKI_SUCCESS ? check_subtrees(i, c.excluded, err) : st;
}

/* ---- noRevAvail ---- */

static pki_status find_ocsp(const pki_issue *i, bool *found, pki_error *err)
{
	pki_access access;
	pki_ext_iter it;
	pki_ext aia;

	*found = false;
	if (!find(i, PKI_OID(authority_info_access), &aia))
		return PKI_SUCCESS;
	pki_ext_list(&it, i->ctx, aia.value);
	while (pki_ext_access_next(&it, &access))
		*found = *found || pki_oid_equal(access.method, PKI_OID(ad_ocsp));
	return pki_ext_list_finish(&it, err);
}

static pki_status check_no_rev_avail(const pki_issue *i, pki_error *err)
{
	bool has_ocsp;
	pki_status st;

	if (!has(i, &pki_id_no_rev_avail))
		return PKI_SUCCESS;
	st = find_ocsp(i, &has_ocsp, err);
	if (st != PKI_SUCCESS)
		return st;
	if (!has(i, &pki_id_crl_distribution_points) && !has(i, &pki_id_freshest_crl) && !has_ocsp)
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_ARG, "noRevAvail, and where to ask for revocation", "RFC 9608 4");
}

/* ---- the issuer ---- */

pki_status pki_rules_issuer(const pki_issue *i, pki_error *err)
{
	pki_time now = pki_ctx_now(i->ctx);
	uint32_t usage = pki_cert_key_usage(i->issuer);

	if (i->issuer == NULL)
		return PKI_SUCCESS;
	if (!pki_cert_is_ca(i->issuer))
		return pki_error_set(err, PKI_E_POLICY, "the issuer is no CA", "RFC 5280 4.2.1.9");
	if (usage != 0 && (usage & PKI_KU_KEY_CERT_SIGN) == 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "the issuer has no keyCertSign", "RFC 5280 4.2.1.3");
	if (pki_name_is_empty(pki_cert_subject(i->issuer)))
		return pki_error_set(
		    err, PKI_E_POLICY, "the issuer has no name", "RFC 5280 4.1.2.4");
	if (now < pki_cert_not_before(i->issuer))
		return pki_error_set(
		    err, PKI_E_POLICY, "the issuer is not valid yet", "RFC 5280 4.1.2.5");
	if (now > pki_cert_not_after(i->issuer))
		return pki_error_set(
		    err, PKI_E_POLICY, "the issuer has expired", "RFC 5280 4.1.2.5");
	return PKI_SUCCESS;
}

/* Self-issued certificates do not count: RFC 5280 4.2.1.9. */
static pki_status check_path_len(const pki_issue *i, pki_error *err)
{
	int32_t limit = pki_cert_path_len(i->issuer);
	bool self_issued = pki_name_equal(i->subject, pki_cert_subject(i->issuer));

	if (!i->constraints.ca || limit < 0)
		return PKI_SUCCESS;
	if (limit == 0 && !self_issued)
		return pki_error_set(
		    err, PKI_E_POLICY, "the issuer may issue to no CA", "RFC 5280 4.2.1.9");
	if (i->constraints.path_len > (self_issued ? limit : limit - 1))
		return pki_error_set(err, PKI_E_POLICY, "pathLenConstraint is beyond the issuer's",
		    "RFC 5280 4.2.1.9");
	return PKI_SUCCESS;
}

/* OCSPSigning is the CA's own to give: RFC 6960 4.2.2.2. */
static pki_status issuer_has_purpose(
    const pki_issue *i, pki_bytes purpose, bool *found, pki_error *err)
{
	pki_ext_iter it;
	pki_bytes own;
	pki_ext eku;

	*found = pki_oid_equal(purpose, PKI_OID(ocsp_signing)) ||
	    !pki_cert_ext(i->issuer, PKI_OID(ext_key_usage), &eku);
	if (*found)
		return PKI_SUCCESS;
	pki_ext_list(&it, i->ctx, eku.value);
	while (pki_ext_oid_next(&it, &own))
		*found = *found || pki_oid_equal(own, purpose) ||
		    pki_oid_equal(own, PKI_OID(any_extended_key_usage));
	return pki_ext_list_finish(&it, err);
}

static pki_status check_issuer_purposes(const pki_issue *i, pki_error *err)
{
	bool all;
	size_t count;
	pki_status st = all_purposes(i, issuer_has_purpose, &all, &count, err);

	if (st == PKI_SUCCESS && !all)
		st = pki_error_set(err, PKI_E_POLICY,
		    "a KeyPurposeId that the issuer's extKeyUsage lacks", "RFC 5280 4.2.1.12");
	return st;
}

/* RFC 5280 4.2.1.1: where both have one, it is the same. */
static pki_status check_authority_key_id(const pki_issue *i, pki_error *err)
{
	pki_bytes own = pki_cert_key_id(i->issuer);
	pki_authority_key_id said;
	pki_status st = PKI_SUCCESS;
	pki_ext aki, ski;

	if (!find(i, PKI_OID(authority_key_identifier), &aki))
		return PKI_SUCCESS;
	if (i->issuer == NULL && find(i, PKI_OID(subject_key_identifier), &ski))
		st = pki_ext_key_id(i->ctx, ski.value, &own, err);
	if (st == PKI_SUCCESS)
		st = pki_ext_authority_key_id(i->ctx, aki.value, &said, err);
	if (st != PKI_SUCCESS)
		return st;
	if (said.key_id.len == 0 || own.len == 0 || pki_bytes_equal(said.key_id, own))
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_ARG, "authorityKeyIdentifier is not that of the issuer", "RFC 5280 4.2.1.1");
}

static pki_status check_issuer(const pki_issue *i, pki_error *err)
{
	bool has_san;
	pki_status st;
	pki_ext san;

	if (i->issuer == NULL)
		return PKI_SUCCESS;
	if (i->not_after > pki_cert_not_after(i->issuer))
		return pki_error_set(
		    err, PKI_E_POLICY, "notAfter is beyond the issuer's", "RFC 5280 4.1.2.5");
	st = check_path_len(i, err);
	if (st == PKI_SUCCESS)
		st = check_issuer_purposes(i, err);
	if (st != PKI_SUCCESS)
		return st;
	has_san = find(i, PKI_OID(subject_alt_name), &san);
	return pki_rules_names(i, has_san ? &san : NULL, err);
}

/* ---- all of it ---- */

static void check_value(pki_der *list, const pki_issue *i)
{
	pki_der s, value;
	pki_bytes oid;
	bool critical;

	pki_der_enter(list, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "extnID", &oid);
	pki_der_bool(&s, "critical", false, &critical);
	pki_der_enter(&s, PKI_TAG_OCTETS, "extnValue", &value);
	pki_ext_check(&value, i->ctx, oid);
	pki_der_leave(&value);
	pki_der_leave(&s);
}

/* What pki_cert_parse will ask of each, before it is signed. */
static pki_status check_values(const pki_issue *i, pki_error *err)
{
	pki_der r, list;

	pki_der_init(&r, i->ctx, pki_buf_bytes(&i->extensions), "Extensions");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &list);
	while (pki_der_more(&list))
		check_value(&list, i);
	pki_der_leave(&list);
	return pki_der_finish(&r, err);
}

pki_status pki_rules_check(const pki_issue *i, pki_error *err)
{
	static pki_status (*const rules[])(const pki_issue *i, pki_error *err) = {
		check_criticality,
		check_usage,
		check_subject,
		check_time_stamping,
		check_name_constraints,
		check_no_rev_avail,
		check_authority_key_id,
		check_issuer,
		check_values,
	};
	pki_status st = i->constraints.ca ? check_ca(i, err) : check_leaf(i, err);

	for (size_t n = 0; st == PKI_SUCCESS && n < sizeof rules / sizeof rules[0]; n++)
		st = rules[n](i, err);
	return st;
}
