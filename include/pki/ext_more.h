/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions outside RFC 5280: read and written. */
#ifndef PKI_EXT_MORE_H
#define PKI_EXT_MORE_H

#include <pki/ext_policy.h>

PKI_BEGIN

/*
 * Readers, as in <pki/ext.h>: of extnValue's contents, with views for results. Members that hold a
 * list view its elements, for pki_ext_list_in. Builders, too: the first error sticks in the list,
 * PKI_E_ARG for what the extension cannot hold; none is critical unless it says so.
 */

/* ---- privateKeyUsagePeriod: RFC 3280 4.2.1.4 ---- */

typedef struct pki_key_period {
	pki_time not_before, not_after;
	bool has_not_before, has_not_after; /* one at least */
	uint8_t reserved[14];
} pki_key_period;
/* PKI_E_STRUCTURE: neither time is there. */
PKI_FALLIBLE pki_ext_key_period(
    const pki_ctx *ctx, pki_bytes value, pki_key_period *out, pki_error *err);
/* Builds one. */
PKI_API void pki_exts_key_period(pki_exts *e, const pki_key_period *p);

/* ---- qcStatements: RFC 3739 3.2.6, ETSI EN 319 412-5 ---- */

/* info: the TLV of statementInfo; empty: none. */
typedef struct pki_qc_statement {
	pki_bytes id, info;
} pki_qc_statement;
/*
 * The next QCStatement of pki_ext_list. The info of those below is checked; it is read by
 *   PKI_OID(qcs_compliance), PKI_OID(qcs_sscd)   nothing: there is none
 *   PKI_OID(qcs_limit_value)                     pki_ext_qc_limit
 *   PKI_OID(qcs_retention_period)                pki_ext_qc_retention, years
 *   PKI_OID(qcs_pds)                             pki_ext_list, pki_ext_qc_pds_next
 *   PKI_OID(qcs_type)                            pki_ext_list, pki_ext_oid_next
 *   PKI_OID(qcs_legislation)                     pki_ext_list, pki_ext_qc_country_next
 *   PKI_OID(qcs_syntax_v1), PKI_OID(qcs_syntax_v2)   pki_ext_qc_semantics, if there is any
 */
PKI_API bool pki_ext_qc_next(pki_ext_iter *it, pki_qc_statement *out);

/* MonetaryValue: amount * 10^exponent of a currency of ISO 4217. */
typedef struct pki_qc_limit {
	pki_bytes currency;      /* three letters; empty: */
	int32_t currency_number; /* 1..999 */
	uint32_t reserved;
	int64_t amount, exponent;
} pki_qc_limit;
/* The info of a QcLimitValue. */
PKI_FALLIBLE pki_ext_qc_limit(
    const pki_ctx *ctx, pki_bytes info, pki_qc_limit *out, pki_error *err);
/* The info of a QcRetentionPeriod: years after the certificate expires. */
PKI_FALLIBLE pki_ext_qc_retention(
    const pki_ctx *ctx, pki_bytes info, int64_t *years, pki_error *err);

/* PdsLocation: a disclosure statement, and its language (two letters, ISO 639-1). */
typedef struct pki_qc_pds {
	pki_bytes url, language;
} pki_qc_pds;
/* The next of a QcPDS. */
PKI_API bool pki_ext_qc_pds_next(pki_ext_iter *it, pki_qc_pds *out);
/* The next of a QcCClegislation: a country by whose legislation the certificate is qualified (two
 * letters, ISO 3166-1). */
PKI_API bool pki_ext_qc_country_next(pki_ext_iter *it, pki_bytes *country);

/* SemanticsInformation. One is not empty; authorities are GeneralNames. */
typedef struct pki_qc_semantics {
	pki_bytes identifier, authorities;
} pki_qc_semantics;
/* The info of a qcs-pkixQCSyntax. */
PKI_FALLIBLE pki_ext_qc_semantics(
    const pki_ctx *ctx, pki_bytes info, pki_qc_semantics *out, pki_error *err);

/* Each adds one statement to the one extension: of any id, info as above or of an id that libpki
 * does not know. */
PKI_API void pki_exts_qc_statement(pki_exts *e, const pki_qc_statement *s);
/* QcLimitValue, QcRetentionPeriod, QcPDS. */
PKI_API void pki_exts_qc_limit(pki_exts *e, const pki_qc_limit *limit);
PKI_API void pki_exts_qc_retention(pki_exts *e, int64_t years);
PKI_API void pki_exts_qc_pds(pki_exts *e, const pki_qc_pds *list, size_t count);
/* QcType, of OIDs: PKI_OID(qct_esign), PKI_OID(qct_eseal), PKI_OID(qct_web). */
PKI_API void pki_exts_qc_type(pki_exts *e, const pki_bytes *types, size_t count);
/* QcCClegislation. */
PKI_API void pki_exts_qc_legislation(pki_exts *e, const pki_bytes *countries, size_t count);
/* id: PKI_OID(qcs_syntax_v2), or PKI_OID(qcs_syntax_v1). */
PKI_API void pki_exts_qc_semantics(pki_exts *e, pki_bytes id, const pki_qc_semantics *s);

/* ---- signed certificate timestamps: RFC 6962 3.3; the structures are those of TLS ---- */

/* Of a version that libpki does not know (not 0), only that and raw are there. */
typedef struct pki_sct {
	pki_bytes raw;    /* SignedCertificateTimestamp */
	pki_bytes log_id; /* SHA-256 of the log's key */
	pki_bytes extensions, signature;
	uint64_t timestamp; /* milliseconds since 1970 */
	uint8_t version;    /* 0: v1 */
	uint8_t hash, sig; /* HashAlgorithm and SignatureAlgorithm of RFC 5246: 4 sha256, 3 ecdsa */
	uint8_t reserved[5];
} pki_sct;
/* All of them, checked; list: for pki_sct_next. PKI_E_STRUCTURE: a length is not that of what it is
 * in. */
PKI_FALLIBLE pki_ext_sct_list(const pki_ctx *ctx, pki_bytes value, pki_bytes *list, pki_error *err);
/* Takes the first off what pki_ext_sct_list gave. false: there is none. */
PKI_API bool pki_sct_next(pki_bytes *list, pki_sct *out);
/* Written from the members; raw is looked at in those of another version alone. */
PKI_API void pki_exts_sct_list(pki_exts *e, const pki_sct *list, size_t count);

/* ---- Microsoft's ---- */

/* The name of a template, version 1 (1.3.6.1.4.1.311.20.2). bmp: for pki_text_decode. */
PKI_FALLIBLE pki_ext_ms_template_name(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *bmp, pki_error *err);
/* Builds one. */
PKI_API void pki_exts_ms_template_name(pki_exts *e, const char *utf8);
/* CertificateTemplate, version 2 (1.3.6.1.4.1.311.21.7). No minor without a major. */
typedef struct pki_ms_template {
	pki_bytes id;
	uint32_t major, minor;
	bool has_major, has_minor;
	uint8_t reserved[14];
} pki_ms_template;
/* Reads it. */
PKI_FALLIBLE pki_ext_ms_template(
    const pki_ctx *ctx, pki_bytes value, pki_ms_template *out, pki_error *err);
/* Builds one. */
PKI_API void pki_exts_ms_template(pki_exts *e, const pki_ms_template *t);
/* How often the CA's certificate and its key were renewed (1.3.6.1.4.1.311.21.1). */
PKI_FALLIBLE pki_ext_ms_ca_version(
    const pki_ctx *ctx, pki_bytes value, uint16_t *cert, uint16_t *key, pki_error *err);
/* Builds one. */
PKI_API void pki_exts_ms_ca_version(pki_exts *e, uint16_t cert, uint16_t key);
/* SHA-1 of the certificate before it (1.3.6.1.4.1.311.21.2). */
PKI_FALLIBLE pki_ext_ms_previous_cert(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *sha1, pki_error *err);
/* Builds one. */
PKI_API void pki_exts_ms_previous_cert(pki_exts *e, pki_bytes sha1);
/* Application policies (1.3.6.1.4.1.311.21.10) are read as certificatePolicies: pki_ext_policy_next
 * of <pki/ext_policy.h>. This adds one, whose oid is a KeyPurposeId. PKI_E_ARG: it is there. */
PKI_API void pki_exts_ms_application_policy(pki_exts *e, const pki_policy *p);

/* ---- Netscape's ---- */

#define PKI_NS_SSL_CLIENT     1u
#define PKI_NS_SSL_SERVER     2u
#define PKI_NS_SMIME          4u
#define PKI_NS_OBJECT_SIGNING 8u
#define PKI_NS_SSL_CA         32u
#define PKI_NS_SMIME_CA       64u
#define PKI_NS_OBJECT_CA      128u
/* netscape-cert-type: PKI_NS_ bits (16u is reserved); one at least. */
PKI_FALLIBLE pki_ext_ns_cert_type(
    const pki_ctx *ctx, pki_bytes value, uint32_t *bits, pki_error *err);
/* Builds one. */
PKI_API void pki_exts_ns_cert_type(pki_exts *e, uint32_t bits);
/* netscape-comment, and those that are URLs or a host name: an IA5String, without NUL. */
PKI_FALLIBLE pki_ext_ns_text(const pki_ctx *ctx, pki_bytes value, pki_bytes *ascii, pki_error *err);
/* Builds PKI_OID(ns_comment), ns_base_url, ns_revocation_url, ns_ca_revocation_url,
 * ns_cert_renewal_url, ns_ca_policy_url or ns_ssl_server_name. PKI_E_ARG: another one. */
PKI_API void pki_exts_ns_text(pki_exts *e, pki_bytes oid, const char *ascii);

/* ---- IP addresses and AS identifiers of networks: RFC 3779 ---- */

/* IPAddressFamily. */
typedef struct pki_ip_family {
	pki_bytes ranges; /* IPAddressOrRanges; empty: inherit */
	uint32_t afi;     /* 1: IPv4, 2: IPv6 */
	uint8_t safi;
	bool has_safi;
	uint8_t reserved[10];
} pki_ip_family;
/* From min to max, both included; IPv4 uses the first 4 octets. */
typedef struct pki_ip_range {
	uint8_t min[16], max[16];
	uint32_t prefix; /* bits in common, of an addressPrefix */
	bool has_prefix;
	uint8_t reserved[11];
} pki_ip_range;
/* The extension whole, in the one form that RFC 3779 2.2.3 leaves: sorted, apart, prefixes where
 * they can be. families: its elements, for pki_ext_list_in. */
PKI_FALLIBLE pki_ext_ip_blocks(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *families, pki_error *err);
/* The next of those. */
PKI_API bool pki_ext_ip_family_next(pki_ext_iter *it, pki_ip_family *out);
/* The next range of that family. PKI_E_UNSUPPORTED: it is neither IPv4 nor IPv6. */
PKI_API bool pki_ext_ip_range_next(pki_ext_iter *it, const pki_ip_family *f, pki_ip_range *out);

/* A family to write: its ranges, in order, or none, to inherit; prefix is not looked at. */
typedef struct pki_ip_block {
	const pki_ip_range *ranges;
	size_t count;
	uint32_t afi;
	uint8_t safi;
	bool has_safi;
	uint8_t reserved[10];
} pki_ip_block;
/* Builds the extension, critical (RFC 3779 2.2.2). */
PKI_API void pki_exts_ip_blocks(pki_exts *e, const pki_ip_block *blocks, size_t count);

/* ASIdentifiers. ASIdOrRanges; empty: there is none, or it is inherited. */
typedef struct pki_as_ids {
	pki_bytes asnum, rdi;
	bool inherit_asnum, inherit_rdi;
	uint8_t reserved[14];
} pki_as_ids;
typedef struct pki_as_range {
	uint32_t min, max;
} pki_as_range;
/* The extension whole: sorted, apart (RFC 3779 3.2.3.4). */
PKI_FALLIBLE pki_ext_as_ids(const pki_ctx *ctx, pki_bytes value, pki_as_ids *out, pki_error *err);
/* The next of asnum or rdi; one identifier is a range from itself to itself. */
PKI_API bool pki_ext_as_range_next(pki_ext_iter *it, pki_as_range *out);

/* What is neither inherited nor has ranges is left out. */
typedef struct pki_as_block {
	const pki_as_range *asnum, *rdi;
	size_t asnum_count, rdi_count;
	bool inherit_asnum, inherit_rdi;
	uint8_t reserved[14];
} pki_as_block;
/* Builds the extension, critical (RFC 3779 3.2.2). */
PKI_API void pki_exts_as_ids(pki_exts *e, const pki_as_block *b);

/* ---- logotype: RFC 9399 ---- */

/* LogotypeExtn: lists of LogotypeInfo, for pki_ext_logotype_next; what is absent is empty. */
typedef struct pki_logotype {
	pki_bytes community, issuer, subject; /* of issuer and subject there is one at most */
	pki_bytes other;                      /* OtherLogotypeInfos */
} pki_logotype;
/* LogotypeInfo: direct, with images or audios, or indirect, with a reference. */
typedef struct pki_logotype_info {
	pki_bytes images, audios;
	pki_bytes ref_hashes, ref_uris; /* of something that holds a LogotypeData */
	pki_bytes type;                 /* of OtherLogotypeInfo: an OID */
} pki_logotype_info;
/* LogotypeImage and LogotypeAudio. */
typedef struct pki_logotype_media {
	pki_bytes media_type, hashes, uris;
	pki_bytes language;                           /* empty: absent */
	int64_t file_size;                            /* this and the rest if has_info */
	int64_t x_size, y_size, num_bits, table_size; /* of an image; not both of the latter */
	int64_t play_time, channels, sample_rate;     /* of audio */
	bool has_info, gray, has_num_bits, has_table_size, has_sample_rate;
	uint8_t reserved[11];
} pki_logotype_media;
/* HashAlgAndValue. parameters: a TLV; empty: absent. */
typedef struct pki_logotype_hash {
	pki_bytes alg, parameters, value;
} pki_logotype_hash;
/* Reads it to its end. */
PKI_FALLIBLE pki_ext_logotype(
    const pki_ctx *ctx, pki_bytes value, pki_logotype *out, pki_error *err);
/* The next of community, issuer, subject, or other. */
PKI_API bool pki_ext_logotype_next(pki_ext_iter *it, pki_logotype_info *out);
/* The next of images, audios, hashes, uris. */
PKI_API bool pki_ext_logotype_image_next(pki_ext_iter *it, pki_logotype_media *out);
PKI_API bool pki_ext_logotype_audio_next(pki_ext_iter *it, pki_logotype_media *out);
PKI_API bool pki_ext_logotype_hash_next(pki_ext_iter *it, pki_logotype_hash *out);
PKI_API bool pki_ext_logotype_uri_next(pki_ext_iter *it, pki_bytes *uri);

/* Each appends one element of such a list: its members are lists of elements, too. PKI_E_ARG: what
 * it cannot hold. The third and fourth: an image, an audio; the last: OtherLogotypeInfo if it has a
 * type, else LogotypeInfo. */
PKI_FALLIBLE pki_logotype_hash_encode(
    const pki_ctx *ctx, const pki_logotype_hash *hash, pki_buf *out, pki_error *err);
PKI_FALLIBLE pki_logotype_uri_encode(
    const pki_ctx *ctx, pki_bytes uri, pki_buf *out, pki_error *err);
PKI_FALLIBLE pki_logotype_image_encode(
    const pki_ctx *ctx, const pki_logotype_media *image, pki_buf *out, pki_error *err);
PKI_FALLIBLE pki_logotype_audio_encode(
    const pki_ctx *ctx, const pki_logotype_media *audio, pki_buf *out, pki_error *err);
PKI_FALLIBLE pki_logotype_info_encode(
    const pki_ctx *ctx, const pki_logotype_info *info, pki_buf *out, pki_error *err);
/* Builds the extension. */
PKI_API void pki_exts_logotype(pki_exts *e, const pki_logotype *l);

PKI_END
#endif
