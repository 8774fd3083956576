/* SPDX-License-Identifier: BSD-3-Clause */
/* The order on AttributeTypeAndValues whose equality is RFC 5280 7.1's. */
#ifndef LIBPKI_TYPES_NAME_MATCH_H
#define LIBPKI_TYPES_NAME_MATCH_H

#include "libpki/types/name.h"

/* Like memcmp: by RDN, then by type, then by prepared value. */
int pki_ava_compare(const pki_ava *a, const pki_ava *b);
/* Like memcmp: an order in which names that are equal by RFC 5280 7.1, and no others, are equal. */
int pki_name_compare(const pki_name *a, const pki_name *b);
/*
 * Appends octets: equal ones for names that are equal by RFC 5280 7.1, and for no others; those of
 * a name begin with those of its first RDNs alone. For who compares a name often.
 */
pki_status pki_name_prepare(const pki_name *n, pki_buf *out, pki_error *err) PKI_MUST_USE;

#endif
