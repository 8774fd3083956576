/* SPDX-License-Identifier: BSD-3-Clause */
/* A module's text, compiled by libtasn1: the one door to its schema functions. */
#ifndef LIBPKI_ASN1_COMPILE_H
#define LIBPKI_ASN1_COMPILE_H

#include "libpki/asn1/module.h"

/*
 * What `known` tells of names that a module imports: the ITEM_ of the type, when references to
 * other types are followed; or of the value, INTEGER or OBJECT_ID, with ITEM_ASSIGN. That is what
 * pki_asn1_item_known finds in a module. PKI_E_NOTFOUND: the error says which, but for the line.
 */
typedef pki_status pki_asn1_known(
    void *ud, const char *module, const char *name, uint32_t *bits, pki_error *err);

/*
 * The errors are those of pki_asn1_add, but for what pki_asn1_link finds. *out is one allocation,
 * to be freed with pki_free.
 */
pki_status pki_asn1_compile(pki_bytes text, pki_asn1_known *known, void *ud, pki_asn1_module **out,
    pki_error *err) PKI_MUST_USE;
/* The line on which text assigns `name`; 0: it does not. */
size_t pki_asn1_line_of(pki_bytes text, const char *name);

#endif
