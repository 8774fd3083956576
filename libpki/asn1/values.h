/* SPDX-License-Identifier: BSD-3-Clause */
/* What value assignments, named numbers and SIZE say. */
#ifndef LIBPKI_ASN1_VALUES_H
#define LIBPKI_ASN1_VALUES_H

#include "libpki/asn1/set.h"

#define PKI_ASN1_OID_REFERENCES 64 /* from an OBJECT IDENTIFIER to arcs that are numbers */

/* Appends the contents octets of the OBJECT IDENTIFIER that a value assignment gives. */
pki_status pki_asn1_oid_value(
    const pki_asn1 *m, pki_asn1_spot value, pki_buf *oid, pki_error *err) PKI_MUST_USE;
/* An INTEGER: the text is its decimal, or the name of a value. false: neither. */
bool pki_asn1_integer_value(const pki_asn1 *m, size_t unit, const char *text, int64_t *out);

/* Of INTEGER, ENUMERATED and BIT STRING: the name of a number or bit; NULL: it has none. */
const char *pki_asn1_number_name(const pki_asn1 *m, pki_asn1_spot base, int64_t v);
/* The names of the bits from 0 on; NULL: one has none. */
void pki_asn1_bit_names(const pki_asn1 *m, pki_asn1_spot base, const char **names, size_t count);
/* The number of that name; false: none. */
bool pki_asn1_named_number(const pki_asn1 *m, pki_asn1_spot base, pki_bytes name, int64_t *out);

/* Is that the DEFAULT of a component: of BOOLEAN, INTEGER, ENUMERATED, OBJECT IDENTIFIER? Without a
 * DEFAULT it is not. */
pki_status pki_asn1_is_default(const pki_asn1 *m, pki_asn1_spot component, pki_asn1_spot base,
    pki_bytes contents, bool *out, pki_error *err) PKI_MUST_USE;

/* Has the type a SIZE? May a value be of that one? */
bool pki_asn1_has_size(const pki_asn1 *m, pki_asn1_spot base);
bool pki_asn1_size_fits(const pki_asn1 *m, pki_asn1_spot base, uint64_t size);

#endif
