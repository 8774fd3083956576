/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions and GeneralNames: RFC 5280 4.2. */
#ifndef PKI_EXT_H
#define PKI_EXT_H

#include <pki/name.h>

PKI_BEGIN

/* One Extension. Views. value is the contents of extnValue. */
typedef struct pki_ext {
	pki_bytes oid, value;
	bool critical;
	uint8_t reserved[15];
} pki_ext;

/* GeneralName ::= CHOICE (RFC 5280 4.2.1.6), in the order of its tags. */
typedef int32_t pki_gn_type;
enum {
	PKI_GN_OTHER,
	PKI_GN_EMAIL,
	PKI_GN_DNS,
	PKI_GN_X400,
	PKI_GN_DIRNAME,
	PKI_GN_EDI,
	PKI_GN_URI,
	PKI_GN_IP,
	PKI_GN_RID
};

/*
 * value: the text of EMAIL, DNS and URI; 4 or 16 octets of IP (8 or 32 in name constraints); the
 * Name's DER of DIRNAME; the OID of RID; the value's TLV of OTHER, whose type-id is `other`; the
 * contents octets of X400 and EDI.
 */
typedef struct pki_gn {
	pki_bytes value, other;
	pki_gn_type type;
	uint32_t reserved[3];
} pki_gn;

/* EDIPartyName (RFC 5280 4.2.1.6): DirectoryStrings, for pki_text_decode. */
typedef struct pki_edi_party {
	pki_bytes assigner, party; /* contents octets */
	pki_tag assigner_tag;      /* 0: absent */
	pki_tag party_tag;
} pki_edi_party;

/* KeyUsage bits (RFC 5280 4.2.1.3). */
#define PKI_KU_DIGITAL_SIGNATURE  1u
#define PKI_KU_CONTENT_COMMITMENT 2u /* nonRepudiation */
#define PKI_KU_KEY_ENCIPHERMENT   4u
#define PKI_KU_DATA_ENCIPHERMENT  8u
#define PKI_KU_KEY_AGREEMENT      16u
#define PKI_KU_KEY_CERT_SIGN      32u
#define PKI_KU_CRL_SIGN           64u
#define PKI_KU_ENCIPHER_ONLY      128u
#define PKI_KU_DECIPHER_ONLY      256u

typedef struct pki_basic_constraints {
	bool ca;
	uint8_t reserved[3];
	int32_t path_len; /* -1: none */
} pki_basic_constraints;

/* AuthorityKeyIdentifier (RFC 5280 4.2.1.1). What is absent is empty; issuer and serial go
 * together. */
typedef struct pki_authority_key_id {
	pki_bytes key_id;
	pki_bytes issuer; /* GeneralNames, as pki_ext_list_in takes them */
	pki_bytes serial; /* contents octets of an INTEGER */
} pki_authority_key_id;

/* AccessDescription (RFC 5280 4.2.2.1): what is at a place, as PKI_OID(ad_ocsp). */
typedef struct pki_access {
	pki_bytes method;
	pki_gn location;
} pki_access;

/* An Attribute. values: the SET OF's contents, one TLV after the other, DER order. */
typedef struct pki_attribute {
	pki_bytes type, values;
} pki_attribute;

/*
 * Readers of extnValue's contents. Results are views; there is nothing to free. PKI_E_ENCODING,
 * PKI_E_STRUCTURE, PKI_E_LIMIT.
 */

/* basicConstraints: RFC 5280 4.2.1.9. */
PKI_FALLIBLE pki_ext_basic_constraints(
    const pki_ctx *ctx, pki_bytes value, pki_basic_constraints *out, pki_error *err);
/* PKI_KU_ bits; at least one, or PKI_E_STRUCTURE. */
PKI_FALLIBLE pki_ext_key_usage(const pki_ctx *ctx, pki_bytes value, uint32_t *bits, pki_error *err);
/* subjectKeyIdentifier: the octets. RFC 5280 4.2.1.2. */
PKI_FALLIBLE pki_ext_key_id(const pki_ctx *ctx, pki_bytes value, pki_bytes *out, pki_error *err);
/* RFC 5280 4.2.1.1. PKI_E_STRUCTURE: an issuer without a serial number, or the reverse. */
PKI_FALLIBLE pki_ext_authority_key_id(
    const pki_ctx *ctx, pki_bytes value, pki_authority_key_id *out, pki_error *err);
/* The value of a PKI_GN_EDI, of which the readers of GeneralNames look at nothing but its DER. */
PKI_FALLIBLE pki_ext_edi_party(
    const pki_ctx *ctx, pki_bytes value, pki_edi_party *out, pki_error *err);
/* id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1) and noRevAvail (RFC 9608): nothing but a NULL. */
PKI_FALLIBLE pki_ext_null(const pki_ctx *ctx, pki_bytes value, pki_error *err);

/*
 * Lists. `_next` reads one, and is false at the end and on an error; pki_ext_list_finish tells
 * which. An iterator must not be moved or copied, and the value and the context must outlive it;
 * there is nothing to free.
 */
typedef struct pki_ext_iter {
	pki_der outer, inner;
	const pki_ctx *ctx;
	size_t count;
} pki_ext_iter;
/* Starts at the extension's value; what is wrong with it is told by finish. */
PKI_API void pki_ext_list(pki_ext_iter *it, const pki_ctx *ctx, pki_bytes value);
/* Starts at a list inside an extension: its elements, side by side, which is how the members of
 * structs here view one. An empty view is a list without elements. */
PKI_API void pki_ext_list_in(pki_ext_iter *it, const pki_ctx *ctx, pki_bytes elements);
/* The next KeyPurposeId of extKeyUsage. */
PKI_API bool pki_ext_oid_next(pki_ext_iter *it, pki_bytes *oid);
/* The next GeneralName of subjectAltName, issuerAltName, certificateIssuer, and of members. */
PKI_API bool pki_ext_name_next(pki_ext_iter *it, pki_gn *out);
/* The next AccessDescription of authorityInfoAccess and subjectInfoAccess. */
PKI_API bool pki_ext_access_next(pki_ext_iter *it, pki_access *out);
/* The next Attribute of subjectDirectoryAttributes. */
PKI_API bool pki_ext_attribute_next(pki_ext_iter *it, pki_attribute *out);
/* The next INTEGER: a TLS extension of tlsfeature (RFC 7633), or a number of a NoticeReference. */
PKI_API bool pki_ext_int_next(pki_ext_iter *it, int64_t *out);
/* The first error: PKI_E_ENCODING, PKI_E_STRUCTURE, or PKI_E_LIMIT for more elements than
 * san_names. What was not read is not checked. */
PKI_FALLIBLE pki_ext_list_finish(pki_ext_iter *it, pki_error *err);

/* "subjectAltName": its name, if libpki or the context knows one; else NULL. */
PKI_API const char *pki_ext_name(const pki_ctx *ctx, pki_bytes oid);
/*
 * Appends an extension's value as one line of text for people: "cA, pathLenConstraint 0",
 * "digitalSignature, keyCertSign", "dns:www.example.org, ip:192.0.2.1"; hexadecimal where neither
 * libpki nor the context knows the extension. Escaped as names are. Its wording may change.
 */
PKI_FALLIBLE pki_ext_format(const pki_ctx *ctx, const pki_ext *ext, pki_buf *out, pki_error *err);

/*
 * GeneralNames as pkitool takes and shows them: dns:example.org ip:192.0.2.1 email:me@example.org
 * uri:https://example.org/ dn:CN=x upn:user@example.org rid:1.2.3 other:1.2.3=HEX x400:HEX edi:HEX.
 * A mailbox whose local part is not ASCII is a SmtpUTF8Mailbox (RFC 9598), and "email:" too.
 * Appends the text. PKI_E_ARG: no such type; PKI_E_ENCODING, PKI_E_STRUCTURE: no such value.
 */
PKI_FALLIBLE pki_gn_format(const pki_gn *gn, pki_buf *out, pki_error *err);
/*
 * Without a prefix the form decides: an IP address, a URI, a mailbox, else a DNS name. Host names
 * are checked: LDH labels of 1..63 octets, 253 in all, "*" only as the whole left-most label, one
 * trailing dot dropped, no all-digit last label. *out views octets appended to *store, and is
 * valid until *store changes. PKI_E_ARG: none of these; a host name that is not ASCII.
 */
PKI_FALLIBLE pki_gn_from_string(
    const pki_ctx *ctx, const char *text, pki_buf *store, pki_gn *out, pki_error *err);
/* Appends a GeneralName's DER. Names side by side are what members of structs here view as a list
 * of them. PKI_E_ARG: no such name. */
PKI_FALLIBLE pki_gn_encode(const pki_ctx *ctx, const pki_gn *gn, pki_buf *out, pki_error *err);

/* Appends what the value of a PKI_GN_EDI views. PKI_E_ARG: no DirectoryString. */
PKI_FALLIBLE pki_edi_party_encode(
    const pki_ctx *ctx, const pki_edi_party *p, pki_buf *out, pki_error *err);

/*
 * A growing list of extensions, for builders; belongs to one thread. The first error sticks until
 * pki_exts_status, and whatever is made of the list fails with it: PKI_E_ARG for what the extension
 * cannot hold, PKI_E_LIMIT. Adding to an extension that is a list (extKeyUsage, subjectAltName ...)
 * extends it; adding any other twice is PKI_E_ARG. Critical or not is as RFC 5280 has it.
 * Makers of certificates, requests and CRLs refuse what libpki knows not to belong there:
 * PKI_E_ARG.
 */
typedef struct pki_exts pki_exts;
/* An empty list. */
PKI_FALLIBLE pki_exts_new(const pki_ctx *ctx, pki_exts **out, pki_error *err);
/* NULL is fine. */
PKI_API void pki_exts_free(pki_exts *e);
/* Any extension: value is the DER that extnValue holds. */
PKI_API void pki_exts_add(pki_exts *e, pki_bytes oid, bool critical, pki_bytes value);
/* Critical. path_len -1: none. */
PKI_API void pki_exts_basic_constraints(pki_exts *e, bool ca, int32_t path_len);
/* Critical. PKI_KU_ bits, at least one. */
PKI_API void pki_exts_key_usage(pki_exts *e, uint32_t bits);
/* Not critical. An OID, PKI_OID(server_auth). */
PKI_API void pki_exts_eku(pki_exts *e, pki_bytes purpose);
/* Not critical. subjectKeyIdentifier: usually what pki_pubkey_id gives. */
PKI_API void pki_exts_key_id(pki_exts *e, pki_bytes id);
/* Not critical (critical where the subject is empty). As pki_gn_from_string takes it. */
PKI_API void pki_exts_san(pki_exts *e, const char *name);
/* Not critical. issuerAltName, as subjectAltName. */
PKI_API void pki_exts_ian(pki_exts *e, const char *name);
/* One more GeneralName of PKI_OID(subject_alt_name), PKI_OID(issuer_alt_name) or, critical,
 * PKI_OID(certificate_issuer), which stands in an entry of an indirect CRL (RFC 5280 5.3.3). */
PKI_API void pki_exts_general_name(pki_exts *e, pki_bytes oid, const pki_gn *gn);
/* Not critical. Usually the issuer's subjectKeyIdentifier alone. */
PKI_API void pki_exts_authority_key_id(pki_exts *e, const pki_authority_key_id *id);
/* Not critical. One more AccessDescription of authorityInfoAccess, of subjectInfoAccess. */
PKI_API void pki_exts_authority_info(pki_exts *e, const pki_access *a);
PKI_API void pki_exts_subject_info(pki_exts *e, const pki_access *a);
/* Not critical. In authorityInfoAccess: where an OCSP responder is; where the issuer's certificate
 * is. */
PKI_API void pki_exts_ocsp_url(pki_exts *e, const char *uri);
PKI_API void pki_exts_issuer_url(pki_exts *e, const char *uri);
/* Not critical. One more Attribute of subjectDirectoryAttributes. */
PKI_API void pki_exts_attribute(pki_exts *e, const pki_attribute *a);
/* Not critical. One more TLS extension of tlsfeature (RFC 7633): 5 is status_request. */
PKI_API void pki_exts_tls_feature(pki_exts *e, int64_t feature);
/* Not critical. id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1); noRevAvail (RFC 9608). */
PKI_API void pki_exts_ocsp_nocheck(pki_exts *e);
PKI_API void pki_exts_no_rev_avail(pki_exts *e);
/* Makes an extension that is in the list critical, or not. PKI_E_ARG: there is none, or its RFC
 * says MUST to the contrary. */
PKI_API void pki_exts_set_critical(pki_exts *e, pki_bytes oid, bool critical);
/* How many extensions there are so far; 0 for NULL. */
PKI_API size_t pki_exts_count(const pki_exts *e);
/* One of them: views that are valid until the list changes. False: there is none. */
PKI_API bool pki_exts_at(const pki_exts *e, size_t i, pki_ext *out);
/* The first error, or PKI_SUCCESS. */
PKI_FALLIBLE pki_exts_status(const pki_exts *e, pki_error *err);

PKI_END
#endif
