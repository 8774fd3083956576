/* SPDX-License-Identifier: BSD-3-Clause */
/* Every extension by way of its fields: read, and built anew. */
#ifndef TESTS_LIB_EXT_COPY_H
#define TESTS_LIB_EXT_COPY_H

#include <pki/ext_crl.h>
#include <pki/ext_policy.h>

/*
 * Reads the value of an extension, field by field, and adds one with those fields to e. What is
 * wrong with the value is returned; what is wrong with building is the list's to say. *known: has
 * the extension a type in libpki?
 */
pki_status ext_copy(
    pki_bytes oid, pki_bytes value, pki_exts *e, bool *known, pki_error *err) PKI_MUST_USE;
/* The same of those outside RFC 5280, which ext_copy asks. */
pki_status ext_copy_more(
    pki_bytes oid, pki_bytes value, pki_exts *e, bool *known, pki_error *err) PKI_MUST_USE;

#endif
