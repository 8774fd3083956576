/* SPDX-License-Identifier: BSD-3-Clause */
/* Object identifiers: contents octets, compared as bytes; their text; and the constants. */
#ifndef PKI_OID_H
#define PKI_OID_H

#include <pki/error.h>

PKI_BEGIN

/*
 * An OBJECT IDENTIFIER is the contents octets of its DER (X.690 8.19). Every function takes a view
 * of them. In parsed objects they are views of up to 128 octets; pki_oid is storage for constants.
 */
typedef struct pki_oid {
	uint8_t len, der[39];
} pki_oid;
#define PKI_OID(name)  pki_oid_view(&pki_id_##name) /* PKI_OID(subject_alt_name) */
#define PKI_OID_OCTETS 128                          /* the most that libpki reads or writes */

/* The contents octets of a constant; NULL has none. */
PKI_API pki_bytes pki_oid_view(const pki_oid *oid);
/*
 * Appends the contents octets for "1.2.840.113549" (arcs of any size) or for a name that
 * pki_oid_name gives. PKI_E_ARG: neither; PKI_E_LIMIT: over PKI_OID_OCTETS.
 */
PKI_FALLIBLE pki_oid_parse(const char *text, pki_buf *contents, pki_error *err);
/* Well-formed contents octets: X.690 8.19.2, at least one, at most PKI_OID_OCTETS. PKI_E_ENCODING,
 * PKI_E_LIMIT. */
PKI_FALLIBLE pki_oid_check(pki_bytes oid, pki_error *err);
/* Appends dotted decimal, exact for arcs of any size. PKI_E_ENCODING, PKI_E_LIMIT. */
PKI_FALLIBLE pki_oid_format(pki_bytes oid, pki_buf *dotted, pki_error *err);
/* "subjectAltName": the RFC module's identifier without its id- prefix. NULL: not known. */
PKI_API const char *pki_oid_name(pki_bytes oid);
/* The same octets? */
PKI_API bool pki_oid_equal(pki_bytes a, pki_bytes b);
/* Does oid lie at or below prefix? By octets, which is by arcs. */
PKI_API bool pki_oid_starts_with(pki_bytes oid, pki_bytes prefix);

/* Attribute types: RFC 4519, RFC 5280 appendix A.1, RFC 2985. */
PKI_API extern const pki_oid pki_id_common_name, pki_id_surname, pki_id_serial_number,
    pki_id_country_name, pki_id_locality_name, pki_id_state_or_province_name, pki_id_street_address,
    pki_id_organization_name, pki_id_organizational_unit_name, pki_id_title, pki_id_description,
    pki_id_business_category, pki_id_postal_code, pki_id_name, pki_id_given_name, pki_id_initials,
    pki_id_generation_qualifier, pki_id_x500_unique_identifier, pki_id_dn_qualifier,
    pki_id_pseudonym, pki_id_organization_identifier, pki_id_uid, pki_id_domain_component,
    pki_id_email_address, pki_id_unstructured_name, pki_id_challenge_password,
    pki_id_unstructured_address, pki_id_extension_request;

/* Extensions: RFC 5280 4.2. */
PKI_API extern const pki_oid pki_id_subject_directory_attributes, pki_id_subject_key_identifier,
    pki_id_key_usage, pki_id_private_key_usage_period, pki_id_subject_alt_name,
    pki_id_issuer_alt_name, pki_id_basic_constraints, pki_id_crl_number, pki_id_crl_reasons,
    pki_id_invalidity_date, pki_id_delta_crl_indicator, pki_id_issuing_distribution_point,
    pki_id_certificate_issuer, pki_id_name_constraints, pki_id_crl_distribution_points,
    pki_id_certificate_policies, pki_id_policy_mappings, pki_id_authority_key_identifier,
    pki_id_policy_constraints, pki_id_ext_key_usage, pki_id_freshest_crl, pki_id_inhibit_any_policy,
    pki_id_authority_info_access, pki_id_subject_info_access, pki_id_tls_feature,
    pki_id_ocsp_nocheck, pki_id_no_rev_avail;

/* Access methods (RFC 5280 4.2.2) and policy qualifiers (RFC 5280 4.2.1.4). */
PKI_API extern const pki_oid pki_id_ad_ocsp, pki_id_ad_ca_issuers, pki_id_ad_time_stamping,
    pki_id_ad_ca_repository, pki_id_qt_cps, pki_id_qt_unotice;

/* Extensions outside RFC 5280: see <pki/ext_more.h>. */
PKI_API extern const pki_oid pki_id_qc_statements, pki_id_ip_addr_blocks, pki_id_autonomous_sys_ids,
    pki_id_logotype, pki_id_sct_list, pki_id_ct_poison, pki_id_ms_template_name, pki_id_ms_template,
    pki_id_ms_ca_version, pki_id_ms_previous_cert, pki_id_ms_application_policies,
    pki_id_ns_cert_type, pki_id_ns_comment, pki_id_ns_base_url, pki_id_ns_revocation_url,
    pki_id_ns_ca_revocation_url, pki_id_ns_cert_renewal_url, pki_id_ns_ca_policy_url,
    pki_id_ns_ssl_server_name;

/* Statements of qcStatements, and types of qualified certificates (ETSI EN 319 412-5). */
PKI_API extern const pki_oid pki_id_qcs_syntax_v1, pki_id_qcs_syntax_v2, pki_id_qcs_compliance,
    pki_id_qcs_limit_value, pki_id_qcs_retention_period, pki_id_qcs_sscd, pki_id_qcs_pds,
    pki_id_qcs_type, pki_id_qcs_legislation, pki_id_qct_esign, pki_id_qct_eseal, pki_id_qct_web;

/* Extended key usages (RFC 5280 4.2.1.12), policies, otherNames (RFC 9598; UPN). */
PKI_API extern const pki_oid pki_id_any_extended_key_usage, pki_id_server_auth, pki_id_client_auth,
    pki_id_code_signing, pki_id_email_protection, pki_id_time_stamping, pki_id_ocsp_signing,
    pki_id_any_policy, pki_id_on_smtp_utf8_mailbox, pki_id_user_principal_name;

PKI_END
#endif
