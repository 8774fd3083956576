/* SPDX-License-Identifier: BSD-3-Clause */
/* String preparation for caseIgnoreMatch: RFC 4518, as RFC 5280 7.1 asks for it. */
#ifndef LIBPKI_TYPES_PREP_H
#define LIBPKI_TYPES_PREP_H

#include <pki/base.h>

/*
 * Combining marks in a row that are put in canonical order; no text has more than half as many
 * (UAX #15 section 13 stops at 30), and a bound makes the order cost linear time and no memory.
 */
#define PKI_PREP_MARKS 32

/*
 * Yields the prepared string one code point at a time, without memory. Lives on the stack. The
 * text is UTF-8 that pki_prep_allows.
 */
typedef struct pki_prep {
	struct pki_prep_place {
		pki_bytes text; /* what is left of the input */
		struct pki_prep_text {
			const uint8_t *units;
			uint8_t left, width; /* units, octets of each */
			uint16_t window;
		} mapped;             /* what is left of the mapping of the code point taken last */
		uint32_t vowel, tail; /* what is left of a Hangul syllable; 0: nothing */
	} at;
	uint32_t marks[PKI_PREP_MARKS];
	uint32_t mark_count, mark_next;
	uint32_t ahead, held;
	bool has_ahead; /* read to see whether it is a mark */
	bool has_held;  /* to be yielded after a space */
	bool any, gap;  /* yielded something; came past spaces since */
	uint8_t reserved[4];
} pki_prep;

void pki_prep_init(pki_prep *p, pki_bytes utf8);
/* false: the end. */
bool pki_prep_next(pki_prep *p, uint32_t *cp);

/* RFC 4518 2.4: no prohibited code point; and no more than PKI_PREP_MARKS marks in a row. */
bool pki_prep_allows(pki_bytes utf8);
/* Like memcmp, of the prepared strings. */
int pki_prep_compare(pki_bytes a, pki_bytes b);

#endif
