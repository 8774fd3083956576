/* SPDX-License-Identifier: BSD-3-Clause */
/* The values of types without components: their contents octets checked, as text, from text. */
#ifndef LIBPKI_ASN1_LEAF_H
#define LIBPKI_ASN1_LEAF_H

#include "libpki/asn1/set.h"

bool pki_asn1_is_leaf(pki_asn1_kind kind);
/*
 * Are these contents octets, of ANY a TLV, a value of that built-in type, its SIZE and names
 * included? PKI_E_ENCODING: not DER; PKI_E_STRUCTURE: not of the type; PKI_E_LIMIT.
 */
pki_status pki_asn1_leaf_check(
    const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents, pki_error *err) PKI_MUST_USE;
/* Of contents that were checked. */
pki_status pki_asn1_leaf_text(const pki_asn1 *m, pki_asn1_spot base, pki_bytes contents,
    pki_buf *text, pki_error *err) PKI_MUST_USE;
/* The reverse; the contents are yet to be checked. PKI_E_ARG. */
pki_status pki_asn1_leaf_parse(const pki_asn1 *m, pki_asn1_spot base, pki_bytes text,
    pki_buf *contents, pki_error *err) PKI_MUST_USE;

#endif
