/* SPDX-License-Identifier: BSD-3-Clause */
/* What libtasn1 compiles without a look: the values that a module's text names. */
#ifndef LIBPKI_ASN1_CHECK_H
#define LIBPKI_ASN1_CHECK_H

#include "libpki/asn1/source.h"

/*
 * DEFAULTs are values of their types, as far as this module alone tells; values that are written as
 * OBJECT IDENTIFIERs are that, and have an end. PKI_E_STRUCTURE, PKI_E_UNSUPPORTED, PKI_E_LIMIT.
 */
pki_status pki_asn1_check_values(
    const pki_asn1_source *s, const pki_asn1_module *m, pki_error *err) PKI_MUST_USE;

#endif
