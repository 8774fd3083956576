/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions about CRLs: where they are, and those of CRLs and their entries. RFC 5280 4.2.1.13,
 * 4.2.1.15, 5.2 and 5.3. */
#ifndef PKI_EXT_CRL_H
#define PKI_EXT_CRL_H

#include <pki/ext.h>

PKI_BEGIN

/* ReasonFlags (RFC 5280 4.2.1.13). */
#define PKI_REASON_FLAG_UNUSED              1u
#define PKI_REASON_FLAG_KEY_COMPROMISE      2u
#define PKI_REASON_FLAG_CA_COMPROMISE       4u
#define PKI_REASON_FLAG_AFFILIATION_CHANGED 8u
#define PKI_REASON_FLAG_SUPERSEDED          16u
#define PKI_REASON_FLAG_CESSATION           32u /* cessationOfOperation */
#define PKI_REASON_FLAG_HOLD                64u /* certificateHold */
#define PKI_REASON_FLAG_PRIVILEGE_WITHDRAWN 128u
#define PKI_REASON_FLAG_AA_COMPROMISE       256u

/* CRLReason (RFC 5280 5.3.1). */
typedef int32_t pki_crl_reason;
enum {
	PKI_REASON_UNSPECIFIED = 0,
	PKI_REASON_KEY_COMPROMISE = 1,
	PKI_REASON_CA_COMPROMISE = 2,
	PKI_REASON_AFFILIATION_CHANGED = 3,
	PKI_REASON_SUPERSEDED = 4,
	PKI_REASON_CESSATION = 5, /* cessationOfOperation */
	PKI_REASON_HOLD = 6,      /* certificateHold */
	PKI_REASON_REMOVE = 8,    /* removeFromCRL */
	PKI_REASON_PRIVILEGE_WITHDRAWN = 9,
	PKI_REASON_AA_COMPROMISE = 10
};

/* DistributionPoint (RFC 5280 4.2.1.13). What is absent is empty. Names are GeneralNames, as
 * pki_ext_list_in takes them. */
typedef struct pki_dist_point {
	pki_bytes full_name;     /* at most one of these two */
	pki_bytes relative_name; /* AttributeTypeAndValues of one RDN: pki_ext_relative_name */
	pki_bytes crl_issuer;
	uint32_t reasons; /* PKI_REASON_FLAG_ bits; 0: absent, which is all of them */
	uint32_t reserved;
} pki_dist_point;

/* IssuingDistributionPoint (RFC 5280 5.2.5). */
typedef struct pki_issuing_point {
	pki_bytes full_name, relative_name; /* as above */
	uint32_t only_some_reasons; /* PKI_REASON_FLAG_ bits; 0: absent, which is all of them */
	bool only_user_certs, only_ca_certs, only_attribute_certs; /* at most one of them */
	bool indirect_crl;
} pki_issuing_point;

/* Readers, as in <pki/ext.h>. */

/* The next DistributionPoint of cRLDistributionPoints and freshestCRL. */
PKI_API bool pki_ext_dist_point_next(pki_ext_iter *it, pki_dist_point *out);
/* A relative_name, as a name of one RDN: what is put behind the CRL issuer's name. */
PKI_FALLIBLE pki_ext_relative_name(
    const pki_ctx *ctx, pki_bytes relative_name, pki_name **out, pki_error *err);
/* cRLNumber (RFC 5280 5.2.3) and deltaCRLIndicator (5.2.4): a magnitude below 2^159, whose INTEGER
 * has at most 20 contents octets, as that of a serial number. */
PKI_FALLIBLE pki_ext_crl_number(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *magnitude, pki_error *err);
/* issuingDistributionPoint. */
PKI_FALLIBLE pki_ext_issuing_point(
    const pki_ctx *ctx, pki_bytes value, pki_issuing_point *out, pki_error *err);
/* reasonCode of a CRL entry. */
PKI_FALLIBLE pki_ext_crl_reason(
    const pki_ctx *ctx, pki_bytes value, pki_crl_reason *out, pki_error *err);
/* invalidityDate of a CRL entry (RFC 5280 5.3.2). */
PKI_FALLIBLE pki_ext_invalidity_date(
    const pki_ctx *ctx, pki_bytes value, pki_time *out, pki_error *err);

/* Builders of a pki_exts, as in <pki/ext.h>. */

/* Appends what relative_name views, from a name of one RDN. PKI_E_ARG: there are more, or none. */
PKI_FALLIBLE pki_relative_name_encode(
    const pki_ctx *ctx, const pki_name *rdn, pki_buf *out, pki_error *err);
/* Not critical. One more DistributionPoint of cRLDistributionPoints, of freshestCRL. */
PKI_API void pki_exts_dist_point(pki_exts *e, const pki_dist_point *p);
PKI_API void pki_exts_freshest_crl(pki_exts *e, const pki_dist_point *p);
/* Not critical. One more DistributionPoint of cRLDistributionPoints: where the CRL is. */
PKI_API void pki_exts_crl_url(pki_exts *e, const char *uri);
/* Not critical; critical. A magnitude below 2^159, as above: the CRL's number; that of the CRL
 * which a delta CRL goes with. */
PKI_API void pki_exts_crl_number(pki_exts *e, pki_bytes magnitude);
PKI_API void pki_exts_delta_crl(pki_exts *e, pki_bytes base);
/* Critical. */
PKI_API void pki_exts_issuing_point(pki_exts *e, const pki_issuing_point *p);
/* Not critical. Of a CRL entry. */
PKI_API void pki_exts_crl_reason(pki_exts *e, pki_crl_reason reason);
PKI_API void pki_exts_invalidity_date(pki_exts *e, pki_time t);

PKI_END
#endif
