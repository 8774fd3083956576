/* SPDX-License-Identifier: BSD-3-Clause */
/* A module's text: its head, what it imports, its assignments, and their text for libtasn1. */
#ifndef LIBPKI_ASN1_SOURCE_H
#define LIBPKI_ASN1_SOURCE_H

#include "libpki/asn1/compile.h"
#include "libpki/asn1/lexer.h"

#define PKI_ASN1_TAG     536870910 /* the number of a tag, at most: the last one that pki_tag holds */
#define PKI_ASN1_INT     2147483647 /* a number that is no arc, at most, with or without a sign */
#define PKI_ASN1_ARCS    128        /* of an OBJECT IDENTIFIER, at most */
#define PKI_ASN1_SYMBOLS 4096 /* imports and assignments, at most: libtasn1's time is quadratic */
#define PKI_ASN1_LIST    1024 /* components or named numbers in one list, at most */

/* A name that is assigned in the module, or imported; or one of a list. */
typedef struct pki_asn1_symbol {
	pki_bytes name;
	uint32_t token; /* where it stands */
	uint32_t index; /* among the symbols of its list */
	uint32_t from;  /* the token that names the module; 0: assigned here */
	uint32_t bits;  /* ITEM_ASSIGN and what it is, as pki_asn1_known tells; a type here: 0 */
} pki_asn1_symbol;

typedef struct pki_asn1_source {
	pki_asn1_tokens tokens;
	size_t name, body, end;   /* tokens: of the module, after BEGIN and IMPORTS, of END */
	pki_asn1_symbol *symbols; /* in the order of the text: imports, then assignments */
	pki_asn1_symbol *sorted;  /* the same, by name */
	size_t count, room, imports;
	bool implicit; /* IMPLICIT TAGS */
} pki_asn1_source;

/*
 * Reads a text, and refuses what libtasn1 has no word for. What comes of it is to be freed with
 * pki_asn1_source_free, after a failure too.
 */
pki_status pki_asn1_source_read(pki_bytes text, pki_asn1_known *known, void *ud,
    pki_asn1_source *out, pki_error *err) PKI_MUST_USE;
void pki_asn1_source_free(pki_asn1_source *s);
/* NULL: neither assigned nor imported. */
const pki_asn1_symbol *pki_asn1_source_find(const pki_asn1_source *s, pki_bytes name);
/* The items that libtasn1 makes of it, if it has the memory: it does not tell where it had not. */
size_t pki_asn1_source_items(const pki_asn1_source *s);
/* Appends what libtasn1 is to compile: a module that stands alone, line by line as the text. */
pki_status pki_asn1_source_write(
    const pki_asn1_source *s, pki_buf *out, pki_error *err) PKI_MUST_USE;

#endif
