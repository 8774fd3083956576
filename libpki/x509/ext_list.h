/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension: RFC 5280 4.1, 4.2. */
#ifndef LIBPKI_X509_EXT_LIST_H
#define LIBPKI_X509_EXT_LIST_H

#include <pki/ext.h>

#define PKI_TYPICAL_EXTS 12

/* Extensions while they are read: views of the DER, in a list that grows. */
typedef struct pki_ext_list_reading {
	pki_ext *exts; /* `few`, or allocated where those are not enough */
	size_t count, room, limit;
	uint64_t seen; /* a bit for the last octet of each OID, modulo 64 */
	pki_ext few[PKI_TYPICAL_EXTS];
} pki_ext_list_reading;

/* To be freed, whether it is read or not. */
void pki_ext_list_init(pki_ext_list_reading *n, const pki_ctx *ctx);
void pki_ext_list_free(pki_ext_list_reading *n);
/* One more Extension has been read: r fails where it is there already, or there are too many. */
bool pki_ext_list_add(pki_der *r, pki_ext_list_reading *n, const pki_ext *e);
/* A SEQUENCE OF them, of none of which the contents are looked at. */
void pki_ext_list_read(pki_der *r, const char *field, pki_ext_list_reading *n);
/* NULL: there is none. */
const pki_ext *pki_ext_list_find(const pki_ext *exts, size_t count, pki_bytes oid);
/* Gives *e, or nothing for NULL; out may be NULL. Was there one? */
bool pki_ext_give(const pki_ext *e, pki_ext *out);

#endif
