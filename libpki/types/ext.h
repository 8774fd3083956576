/* SPDX-License-Identifier: BSD-3-Clause */
/* Extension: RFC 5280 4.1.2.9; and what makers of certificates and requests need of pki_exts. */
#ifndef LIBPKI_TYPES_EXT_H
#define LIBPKI_TYPES_EXT_H

#include <pki/ext.h>

bool pki_ext_read(pki_der *r, const char *field, pki_ext *out);
void pki_ext_write(pki_derw *w, const pki_ext *e);

/* A copy to add to; NULL is the empty list. */
pki_status pki_exts_dup(
    const pki_ctx *ctx, const pki_exts *e, pki_exts **out, pki_error *err) PKI_MUST_USE;
bool pki_exts_has(const pki_exts *e, pki_bytes oid);
/*
 * Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension. subjectAltName is critical where the subject
 * is empty (RFC 5280 4.2.1.6). An error of the list makes the writer fail.
 */
void pki_exts_write(pki_derw *w, const pki_exts *e, bool empty_subject);

#endif
