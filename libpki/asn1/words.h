/* SPDX-License-Identifier: BSD-3-Clause */
/* The reserved words of ASN.1: X.680 12.38. */
#ifndef LIBPKI_ASN1_WORDS_H
#define LIBPKI_ASN1_WORDS_H

#include <pki/base.h>

/* What becomes of a word in a type: the other word for it that libtasn1 has, or why there is none.
 */
typedef struct pki_asn1_word {
	const char *word;
	const char *instead; /* NULL: the word itself */
	const char *refused; /* NULL: it is not */
	pki_status status;
	bool item; /* libtasn1 makes an item of it */
} pki_asn1_word;

/* NULL: it is a name. */
const pki_asn1_word *pki_asn1_word_of(pki_bytes text);

#endif
