/* SPDX-License-Identifier: BSD-3-Clause */
/* A value of any ASN.1 type, built anew as a program would; and is a text JSON? */
#ifndef TESTS_LIB_ASN1_COPY_H
#define TESTS_LIB_ASN1_COPY_H

#include <pki/asn1.h>

/*
 * Builds a tree like v, node by node, and appends its DER. Leaves are set from what pki_asn1_text
 * gives of them, or from their contents.
 */
pki_status asn1_copy(const pki_asn1 *m, const char *type, const pki_asn1_value *v, bool as_text,
    pki_buf *der, pki_error *err) PKI_MUST_USE;

/* One value, of RFC 8259 to the letter, in UTF-8, with nothing but white space around it. */
bool json_is_valid(pki_bytes text);

#endif
