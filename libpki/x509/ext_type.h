/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions whose syntax libpki knows. */
#ifndef LIBPKI_X509_EXT_TYPE_H
#define LIBPKI_X509_EXT_TYPE_H

#include "libpki/x509/ext_line.h"

/*
 * Reads extnValue's contents to their end, if the syntax of `oid` is known; else goes past them.
 * in: a reader entered into the OCTET STRING, which the caller leaves.
 */
void pki_ext_check(pki_der *in, const pki_ctx *ctx, pki_bytes oid);

/* Where an extension may stand; what a request asks for will stand in a certificate. */
typedef uint32_t pki_ext_place;
#define PKI_EXT_IN_CERT  1u
#define PKI_EXT_IN_CRL   2u
#define PKI_EXT_IN_ENTRY 4u
/* May all of these stand there? What libpki does not know may stand anywhere. PKI_E_ARG. */
pki_status pki_exts_check_place(
    const pki_exts *e, pki_ext_place place, pki_error *err) PKI_MUST_USE;

/* Does the program act on extensions of this OID? */
bool pki_ext_is_understood(const pki_ctx *ctx, pki_bytes oid);

/* What extnValue holds of authorityKeyIdentifier. */
bool pki_authority_key_id_read(pki_der *r, const pki_ctx *ctx, pki_authority_key_id *out);

/* One of each kind of extension, in the file named after it: see the table in ext_type.c. */
typedef void pki_ext_check_fn(pki_der *in, const pki_ctx *ctx);
pki_ext_check_fn pki_ext_check_subject_key_id, pki_ext_check_key_usage,
    pki_ext_check_basic_constraints, pki_ext_check_alt_name, pki_ext_check_key_purposes,
    pki_ext_check_authority_key_id, pki_ext_check_attributes, pki_ext_check_access,
    pki_ext_check_null, pki_ext_check_tls_feature, pki_ext_check_policies,
    pki_ext_check_policy_mappings, pki_ext_check_policy_constraints,
    pki_ext_check_inhibit_any_policy, pki_ext_check_name_constraints, pki_ext_check_dist_points,
    pki_ext_check_crl_number, pki_ext_check_issuing_point, pki_ext_check_crl_reason,
    pki_ext_check_invalidity_date;
/* Outside RFC 5280. */
pki_ext_check_fn pki_ext_check_key_period, pki_ext_check_qc, pki_ext_check_sct_list,
    pki_ext_check_ms_template_name, pki_ext_check_ms_template, pki_ext_check_ms_ca_version,
    pki_ext_check_ms_previous_cert, pki_ext_check_ns_cert_type, pki_ext_check_ns_text,
    pki_ext_check_ip_blocks, pki_ext_check_as_ids, pki_ext_check_logotype;

/* The value as a line of text. */
typedef void pki_ext_line_fn(pki_line *l, pki_bytes value);
pki_ext_line_fn pki_ext_line_subject_key_id, pki_ext_line_key_usage, pki_ext_line_basic_constraints,
    pki_ext_line_alt_name, pki_ext_line_key_purposes, pki_ext_line_authority_key_id,
    pki_ext_line_attributes, pki_ext_line_access, pki_ext_line_null, pki_ext_line_tls_feature,
    pki_ext_line_policies, pki_ext_line_policy_mappings, pki_ext_line_policy_constraints,
    pki_ext_line_inhibit_any_policy, pki_ext_line_name_constraints, pki_ext_line_dist_points,
    pki_ext_line_crl_number, pki_ext_line_issuing_point, pki_ext_line_crl_reason,
    pki_ext_line_invalidity_date;
/* Outside RFC 5280. */
pki_ext_line_fn pki_ext_line_key_period, pki_ext_line_qc, pki_ext_line_sct_list,
    pki_ext_line_ms_template_name, pki_ext_line_ms_template, pki_ext_line_ms_ca_version,
    pki_ext_line_ms_previous_cert, pki_ext_line_ns_cert_type, pki_ext_line_ns_text,
    pki_ext_line_ip_blocks, pki_ext_line_as_ids, pki_ext_line_logotype;

#endif
