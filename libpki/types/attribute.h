/* SPDX-License-Identifier: BSD-3-Clause */
/* Attribute ::= SEQUENCE { type, values SET OF }: RFC 2986 4.1. */
#ifndef LIBPKI_TYPES_ATTRIBUTE_H
#define LIBPKI_TYPES_ATTRIBUTE_H

#include <pki/csr.h>

/* At least one value, sorted. */
bool pki_attribute_read(pki_der *r, const char *field, pki_attribute *out);
/* Sorts the values. None, or what is no DER: the writer fails with PKI_E_ARG. */
void pki_attribute_write(pki_derw *w, const pki_attribute *a);

#endif
