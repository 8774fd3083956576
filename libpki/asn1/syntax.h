/* SPDX-License-Identifier: BSD-3-Clause */
/* The right sides of assignments: what of X.680 libtasn1 reads, and reads rightly. */
#ifndef LIBPKI_ASN1_SYNTAX_H
#define LIBPKI_ASN1_SYNTAX_H

#include "libpki/asn1/source.h"

/*
 * Checks the tokens [from, to) of a type. Ranges of numbers, which libtasn1 does not keep, are
 * taken out: their tokens become TOKEN_NONE.
 */
pki_status pki_asn1_check_type(
    pki_asn1_source *s, size_t from, size_t to, pki_error *err) PKI_MUST_USE;
/* The same of the value of an INTEGER and of an OBJECT IDENTIFIER: iso becomes TOKEN_ROOT. */
pki_status pki_asn1_check_integer(
    pki_asn1_source *s, size_t from, size_t to, pki_error *err) PKI_MUST_USE;
pki_status pki_asn1_check_oid(
    pki_asn1_source *s, size_t from, size_t to, pki_error *err) PKI_MUST_USE;
/* The arc that ISO and ITU-T gave a name to which X.660 A.2 lets stand alone; NULL: none. */
const char *pki_asn1_root_arc(pki_bytes name);
/* Of a list of names, those that are there twice: the token of the second; 0: none. Sorts them. */
size_t pki_asn1_twice(pki_asn1_symbol *names, size_t count);

#endif
