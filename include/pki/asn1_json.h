/* SPDX-License-Identifier: BSD-3-Clause */
/* Values of ASN.1 types from JSON: of libpki-jwk, the library that needs jansson. */
#ifndef PKI_ASN1_JSON_H
#define PKI_ASN1_JSON_H

#include <pki/asn1.h>

PKI_BEGIN

/*
 * Reads what pki_asn1_json writes, or a person: a value of that type, in JSON in UTF-8, 16 MiB of
 * it at most. A number of more than 64 bits is a string of its digits, and any other may be; so may
 * INTEGERs, ENUMERATEDs and BIT STRINGs be as pki_asn1_text writes them, with names. The error has
 * the path of the component, and the line where it is no JSON. PKI_E_ENCODING: not JSON (RFC 8259);
 * PKI_E_STRUCTURE: two members of one name, a component that the type lacks, or a value that is
 * none of its type; PKI_E_LIMIT: too long, too deep, over PKI_ASN1_NODES; PKI_E_NOTFOUND: no such
 * type, or several. What is missing pki_asn1_encode tells.
 */
PKI_FALLIBLE pki_asn1_json_parse(
    const pki_asn1 *m, const char *type, pki_bytes json, pki_asn1_value **out, pki_error *err);

PKI_END
#endif
