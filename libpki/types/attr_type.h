/* SPDX-License-Identifier: BSD-3-Clause */
/* Attribute types of names: OID, names in text, string type and length. */
#ifndef LIBPKI_TYPES_ATTR_TYPE_H
#define LIBPKI_TYPES_ATTR_TYPE_H

#include <pki/der.h>

typedef struct pki_attr_type {
	const pki_oid *oid;
	const char *name;       /* in the text that libpki writes */
	const char *aliases[2]; /* read too; NULL: no more */
	pki_tag tag;            /* of the values that libpki writes; 0: no character string */
	uint32_t min, max;      /* characters of a value; max 0: no bound */
} pki_attr_type;

/* NULL: not known. */
const pki_attr_type *pki_attr_type_by_oid(pki_bytes oid);
/* Case does not matter. NULL: not known. */
const pki_attr_type *pki_attr_type_by_name(pki_bytes name);

#endif
