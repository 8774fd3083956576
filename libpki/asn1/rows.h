/* SPDX-License-Identifier: BSD-3-Clause */
/* The array that libtasn1 writes as C, read. */
#ifndef LIBPKI_ASN1_ROWS_H
#define LIBPKI_ASN1_ROWS_H

#include "libpki/asn1/source.h"

/*
 * Reads what asn1_parser2array wrote of a source. *out is one allocation, to be freed with
 * pki_free. PKI_E_LIMIT: more than 16 bits can number.
 */
pki_status pki_asn1_rows_read(
    pki_bytes array, const pki_asn1_source *s, pki_asn1_module **out, pki_error *err) PKI_MUST_USE;

#endif
