/* SPDX-License-Identifier: BSD-3-Clause */
/* What a CA may certify: policies and name constraints, RFC 5280 4.2.1.4, .5, .10, .11 and .14. */
#ifndef PKI_EXT_POLICY_H
#define PKI_EXT_POLICY_H

#include <pki/ext.h>

PKI_BEGIN

/* PolicyInformation (RFC 5280 4.2.1.4). */
typedef struct pki_policy {
	pki_bytes oid;
	pki_bytes qualifiers; /* PolicyQualifierInfos, as pki_ext_list_in takes them; empty: none */
} pki_policy;

/* DisplayText: a character string's contents octets, for pki_text_decode. */
typedef struct pki_display_text {
	pki_bytes value;
	pki_tag tag; /* 0: absent */
	uint32_t reserved;
} pki_display_text;

/* PolicyQualifierInfo. Which members are used depends on oid. */
typedef struct pki_policy_qualifier {
	pki_bytes oid;
	pki_bytes cps;                 /* PKI_OID(qt_cps): a URI */
	pki_display_text organization; /* PKI_OID(qt_unotice): of noticeRef; absent: no noticeRef */
	pki_bytes notice_numbers;      /* INTEGERs, as pki_ext_list_in takes them */
	pki_display_text explicit_text; /* of UserNotice */
	pki_bytes other;                /* any other: the TLV */
} pki_policy_qualifier;

/* policyMappings (RFC 5280 4.2.1.5): one pair of policies. */
typedef struct pki_policy_mapping {
	pki_bytes issuer_domain, subject_domain;
} pki_policy_mapping;

/* PolicyConstraints (RFC 5280 4.2.1.11): how many more certificates may be in the path. One at
 * least is there. */
typedef struct pki_policy_constraints {
	int32_t require_explicit_policy, inhibit_policy_mapping;
	bool has_require_explicit_policy, has_inhibit_policy_mapping;
	uint8_t reserved[6];
} pki_policy_constraints;

/* NameConstraints (RFC 5280 4.2.1.10): GeneralSubtrees, as pki_ext_list_in takes them. What is
 * absent is empty; not both are. */
typedef struct pki_name_constraints {
	pki_bytes permitted, excluded;
} pki_name_constraints;

/* GeneralSubtree. An iPAddress has a mask behind it. Where the CA follows RFC 5280 minimum is 0 and
 * there is no maximum. */
typedef struct pki_subtree {
	pki_gn base;
	int64_t minimum, maximum;
	bool has_maximum;
	uint8_t reserved[15];
} pki_subtree;

/* Readers, as in <pki/ext.h>. */

/* The next PolicyInformation of certificatePolicies. PKI_E_STRUCTURE: a policy twice; PKI_E_LIMIT:
 * more than policy_nodes of them. */
PKI_API bool pki_ext_policy_next(pki_ext_iter *it, pki_policy *out);
/* The next of a policy's qualifiers. */
PKI_API bool pki_ext_qualifier_next(pki_ext_iter *it, pki_policy_qualifier *out);
/* The next pair of policyMappings. */
PKI_API bool pki_ext_mapping_next(pki_ext_iter *it, pki_policy_mapping *out);
/* policyConstraints. */
PKI_FALLIBLE pki_ext_policy_constraints(
    const pki_ctx *ctx, pki_bytes value, pki_policy_constraints *out, pki_error *err);
/* inhibitAnyPolicy: how many more certificates may be in the path. */
PKI_FALLIBLE pki_ext_inhibit_any_policy(
    const pki_ctx *ctx, pki_bytes value, int32_t *skip_certs, pki_error *err);
/* nameConstraints. */
PKI_FALLIBLE pki_ext_name_constraints(
    const pki_ctx *ctx, pki_bytes value, pki_name_constraints *out, pki_error *err);
/* The next GeneralSubtree of one of its lists. */
PKI_API bool pki_ext_subtree_next(pki_ext_iter *it, pki_subtree *out);

/* Builders of a pki_exts, as in <pki/ext.h>. */

/* Not critical. One more policy, which may be PKI_OID(any_policy). PKI_E_ARG: it is there. */
PKI_API void pki_exts_policy(pki_exts *e, pki_bytes policy);
/* The same, with qualifiers. */
PKI_API void pki_exts_policy_info(pki_exts *e, const pki_policy *p);
/* Appends a PolicyQualifierInfo's DER: side by side they are a policy's qualifiers. PKI_E_ARG: none
 * such; a text of more than 200 characters. */
PKI_FALLIBLE pki_policy_qualifier_encode(
    const pki_ctx *ctx, const pki_policy_qualifier *q, pki_buf *out, pki_error *err);
/* Critical. One more pair. PKI_E_ARG: anyPolicy is one of the two. */
PKI_API void pki_exts_policy_mapping(pki_exts *e, const pki_policy_mapping *m);
/* Critical. */
PKI_API void pki_exts_policy_constraints(pki_exts *e, const pki_policy_constraints *pc);
/* Critical. */
PKI_API void pki_exts_inhibit_any_policy(pki_exts *e, int32_t skip_certs);
/*
 * Critical. One more permitted, or excluded, subtree from text: dns:example.org ip:192.0.2.0/24
 * ip:2001:db8::/32 email:me@example.org email:example.org uri:example.org dn:O=Example, and what
 * else pki_gn_from_string knows. A dot in front of a host means those below it alone; no host at
 * all, every one. Without a prefix the form decides: a mailbox, IP addresses, else a DNS name.
 */
PKI_API void pki_exts_permit(pki_exts *e, const char *name);
PKI_API void pki_exts_exclude(pki_exts *e, const char *name);
/* The same from a GeneralName. PKI_E_ARG: a minimum or a maximum. */
PKI_API void pki_exts_permit_subtree(pki_exts *e, const pki_subtree *t);
PKI_API void pki_exts_exclude_subtree(pki_exts *e, const pki_subtree *t);

PKI_END
#endif
