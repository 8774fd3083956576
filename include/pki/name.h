/* SPDX-License-Identifier: BSD-3-Clause */
/* Distinguished names: RFC 5280 4.1.2.4, as text by RFC 4514, compared by RFC 5280 7.1. */
#ifndef PKI_NAME_H
#define PKI_NAME_H

#include <pki/ctx.h>
#include <pki/der.h>

PKI_BEGIN

/* Immutable; shared between threads; keeps its DER. Text is UTF-8. */
typedef struct pki_name pki_name;
typedef struct pki_name_builder pki_name_builder;

/* One AttributeTypeAndValue. Views into the name. */
typedef struct pki_attr {
	pki_bytes type;   /* OID */
	pki_bytes raw;    /* contents octets as they came */
	const char *utf8; /* NULL: not a character string. There is no NUL in it but the last */
	size_t rdn;       /* which RelativeDistinguishedName, from 0 */
	pki_tag tag;
	uint32_t reserved[3];
} pki_attr;

/* From DER. PKI_E_ENCODING, PKI_E_STRUCTURE (an empty RDN, a NUL in a string), PKI_E_LIMIT. */
PKI_FALLIBLE pki_name_parse(const pki_ctx *ctx, pki_bytes der, pki_name **out, pki_error *err);
/*
 * From RFC 4514 text, whose first RDN is the DER's last: "CN=www.example.org,O=Example,C=NL". Types
 * are the names of RFC 4519 and RFC 5280, in any case, or dotted OIDs; "#..." is hex of a BER
 * value. Strings become the type that RFC 5280 appendix A gives: PrintableString for C,
 * serialNumber and dnQualifier, IA5String for DC and emailAddress, UTF8String for the rest.
 * PKI_E_ARG: not such text, or a value too short or long for its attribute; PKI_E_LIMIT.
 */
PKI_FALLIBLE pki_name_from_string(
    const pki_ctx *ctx, const char *rfc4514, pki_name **out, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_name *pki_name_ref(const pki_name *n);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_name_free(pki_name *n);
/* The RDNSequence. */
PKI_API pki_bytes pki_name_der(const pki_name *n);
/* Appends RFC 4514 text, which pki_name_from_string reads again. Attribute names as in RFC 4514
 * section 3 where it has them. */
PKI_FALLIBLE pki_name_format(const pki_name *n, pki_buf *rfc4514, pki_error *err);
/* AttributeTypeAndValues, in DER order. */
PKI_API size_t pki_name_count(const pki_name *n);
/* The i-th of them, from 0. false: there are not that many. out may be NULL. */
PKI_API bool pki_name_at(const pki_name *n, size_t i, pki_attr *out);
/* The first character string of this type, or NULL. */
PKI_API const char *pki_name_get(const pki_name *n, pki_bytes type);
/* RFC 5280 7.1: same RDNs in the same order; strings prepared by RFC 4518 (case, white space,
 * normalization); other values by their octets. NULL equals NULL alone. */
PKI_API bool pki_name_equal(const pki_name *a, const pki_name *b);
/* No RDN at all. NULL is empty. */
PKI_API bool pki_name_is_empty(const pki_name *n);

/*
 * A builder takes RDNs in DER order (the country first, the common name last), belongs to one
 * thread, and keeps its first error to the end: PKI_E_ARG for a type that is no OID, text that is
 * no UTF-8, or too short or long for its attribute; PKI_E_LIMIT for too many attributes.
 */

/* An empty builder. */
PKI_FALLIBLE pki_name_builder_new(const pki_ctx *ctx, pki_name_builder **out, pki_error *err);
/* An attribute in an RDN of its own. Its string type follows from its type, as in
 * pki_name_from_string. */
PKI_API void pki_name_builder_add(pki_name_builder *b, pki_bytes type, const char *utf8);
/* One more attribute, of another type, in the RDN added last. */
PKI_API void pki_name_builder_join(pki_name_builder *b, pki_bytes type, const char *utf8);
/* The name, or the first error. Either way the builder is empty, and can be used again. */
PKI_FALLIBLE pki_name_builder_finish(pki_name_builder *b, pki_name **out, pki_error *err);
/* NULL is fine. */
PKI_API void pki_name_builder_free(pki_name_builder *b);

PKI_END
#endif
