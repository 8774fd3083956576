/* SPDX-License-Identifier: BSD-3-Clause */
/* How a value of a type is encoded: the built-in type that its names lead to, and its tags. */
#ifndef LIBPKI_ASN1_SHAPE_H
#define LIBPKI_ASN1_SHAPE_H

#include "libpki/asn1/set.h"

#define PKI_TAG_GENERAL 27u /* GeneralString */

#define PKI_ASN1_TAGS 8 /* EXPLICIT ones around a value, at most */

typedef struct pki_asn1_shape {
	pki_asn1_spot base;           /* the built-in type */
	const char *reference;        /* the first name that stands for it; NULL: none */
	pki_tag outer[PKI_ASN1_TAGS]; /* EXPLICIT, outermost first */
	size_t outer_count;
	pki_tag tag; /* the innermost; 0: of CHOICE and ANY, which have none */
} pki_asn1_shape;

/* false: over one of the limits, which the linker sees to once. */
bool pki_asn1_shape_of(const pki_asn1 *m, pki_asn1_spot s, pki_asn1_shape *out);
/* Of a built-in type: its kind, its name, its universal tag (0: none). */
pki_asn1_kind pki_asn1_kind_of(const pki_asn1 *m, pki_asn1_spot base);
const char *pki_asn1_builtin(const pki_asn1 *m, pki_asn1_spot base);
pki_tag pki_asn1_universal(const pki_asn1 *m, pki_asn1_spot base);
/* The outermost tag; 0: there are several, or any. */
static inline pki_tag pki_asn1_first_tag(const pki_asn1_shape *s)
{
	return s->outer_count > 0 ? s->outer[0] : s->tag;
}
/* Class and number alone: what tells components apart. */
static inline pki_tag pki_asn1_bare(pki_tag tag)
{
	return tag & ~PKI_TAG_CONSTRUCTED;
}

/* The table of an untagged CHOICE; NULL: the item is none. */
const pki_asn1_choice *pki_asn1_choice_of(const pki_asn1_unit *u, uint16_t item);
/* The alternative of an untagged CHOICE that begins with that tag; item 0: none. */
pki_asn1_spot pki_asn1_alternative(const pki_asn1 *m, pki_asn1_spot choice, pki_tag tag);
/* May a value of a component or alternative begin with this tag? */
bool pki_asn1_begins(const pki_asn1 *m, pki_asn1_spot s, pki_tag tag);

#endif
