/* SPDX-License-Identifier: BSD-3-Clause */
/* String preparation for caseIgnoreMatch: RFC 4518, as RFC 5280 7.1 asks for it. */
#include <string.h>

#include "libpki/core/utf8.h"
#include "libpki/types/prep.h"
#include "libpki/types/prep_table.h"

/* Unicode 3.12: Hangul syllables and the jamo that they are made of. */
#define HANGUL_FIRST 0xac00u
#define JAMO_LEAD    0x1100u
#define JAMO_VOWEL   0x1161u
#define JAMO_TAIL    0x11a7u /* one before the first */
#define JAMO_VOWELS  21u
#define JAMO_TAILS   28u

static uint16_t entry_of(uint32_t cp)
{
	uint32_t leaf = cp >> PREP_LEAF_BITS;
	size_t middle = prep_top[leaf >> PREP_MIDDLE_BITS];

	middle = middle << PREP_MIDDLE_BITS | (leaf & ((1u << PREP_MIDDLE_BITS) - 1));
	return prep_leaf[(size_t)prep_middle[middle] << PREP_LEAF_BITS |
	    (cp & ((1u << PREP_LEAF_BITS) - 1))];
}

static bool is_mark(uint16_t entry)
{
	return entry >= PREP_MARK && entry < PREP_MAPPED;
}

/* Canonical_Combining_Class; 0 for what begins anew. */
static unsigned class_of(uint32_t cp)
{
	uint16_t entry = cp < 0x80 ? PREP_PLAIN : entry_of(cp);

	return is_mark(entry) ? (unsigned)entry - PREP_MARK : 0;
}

static bool take_jamo(struct pki_prep_place *at, uint32_t *cp)
{
	uint32_t *jamo = at->vowel != 0 ? &at->vowel : &at->tail;

	*cp = *jamo;
	*jamo = 0;
	return *cp != 0;
}

static uint32_t split_hangul(struct pki_prep_place *at, uint32_t syllable)
{
	uint32_t index = syllable - HANGUL_FIRST, tail = index % JAMO_TAILS;

	at->vowel = JAMO_VOWEL + index / JAMO_TAILS % JAMO_VOWELS;
	at->tail = tail == 0 ? 0 : JAMO_TAIL + tail;
	return JAMO_LEAD + index / JAMO_TAILS / JAMO_VOWELS;
}

/*
 * RFC 4518 2.2 and 2.3: the next code point of the string mapped and decomposed. Decomposed is
 * enough: two strings have the same NFKC if and only if they have the same NFKD, for NFKC is made
 * from NFKD alone, and back.
 */
static bool take(struct pki_prep_place *at, uint32_t *cp)
{
	uint16_t entry;

	if (take_jamo(at, cp) || pki_utf8_next(&at->mapped, cp))
		return true;
	while (pki_utf8_next(&at->text, cp)) {
		entry = entry_of(*cp);
		if (entry == PREP_NOTHING)
			continue;
		if (entry == PREP_SPACE)
			*cp = ' ';
		if (entry == PREP_HANGUL)
			*cp = split_hangul(at, *cp);
		if (entry < PREP_MAPPED)
			return true;
		at->mapped.data = &prep_pool[entry - PREP_MAPPED];
		at->mapped.len = *at->mapped.data++;
		return pki_utf8_next(&at->mapped, cp);
	}
	return false;
}

/* After those of its own class and of lower ones. */
static void insert_mark(pki_prep *p, uint32_t cp, unsigned class)
{
	size_t i = p->mark_count++;

	for (; i > 0 && class_of(p->marks[i - 1]) > class; i--)
		p->marks[i] = p->marks[i - 1];
	p->marks[i] = cp;
}

/* The next code point in canonical order (Unicode 3.11, D109). */
static bool take_ordered(pki_prep *p, uint32_t *cp)
{
	struct pki_prep_place before;
	unsigned class;

	if (p->mark_next < p->mark_count) {
		*cp = p->marks[p->mark_next++];
		return true;
	}
	p->mark_next = p->mark_count = 0;
	if (!take(&p->at, cp))
		return false;
	for (class = class_of(*cp); class != 0 && p->mark_count < PKI_PREP_MARKS;) {
		insert_mark(p, *cp, class);
		before = p->at;
		class = take(&p->at, cp) ? class_of(*cp) : 0;
		if (class == 0)
			p->at = before;
	}
	if (p->mark_count > 0)
		*cp = p->marks[p->mark_next++];
	return true;
}

static bool pull(pki_prep *p, uint32_t *cp)
{
	if (!p->has_ahead)
		return take_ordered(p, cp);
	p->has_ahead = false;
	*cp = p->ahead;
	return true;
}

/* RFC 4518 2.6.1: SPACE followed by no combining mark. */
static bool is_space(pki_prep *p, uint32_t cp)
{
	if (cp != ' ')
		return false;
	p->has_ahead = take_ordered(p, &p->ahead);
	return !p->has_ahead || p->ahead < 0x80 || !is_mark(entry_of(p->ahead));
}

void pki_prep_init(pki_prep *p, pki_bytes utf8)
{
	memset(p, 0, sizeof *p);
	p->at.text = utf8;
}

/* The next code point that is no space; p->gap tells whether there were some on the way. */
static bool next_other(pki_prep *p, uint32_t *cp)
{
	while (pull(p, cp)) {
		if (!is_space(p, *cp))
			return true;
		p->gap = p->any;
	}
	return false;
}

/*
 * RFC 4518 2.6.1, as its appendix B simplifies it where there are no substrings to match: spaces
 * at the ends are dropped, and those in a row within are one.
 */
bool pki_prep_next(pki_prep *p, uint32_t *cp)
{
	if (p->has_held) {
		p->has_held = false;
		*cp = p->held;
		return true;
	}
	if (!next_other(p, cp))
		return false;
	p->any = true;
	if (!p->gap)
		return true;
	p->gap = false;
	p->held = *cp;
	p->has_held = true;
	*cp = ' ';
	return true;
}

bool pki_prep_allows(pki_bytes utf8)
{
	struct pki_prep_place at = { utf8, { NULL, 0 }, 0, 0 };
	unsigned marks = 0;
	uint32_t cp;

	if (pki_ascii_prefix(utf8) == utf8.len)
		return true;
	while (take(&at, &cp)) {
		marks = class_of(cp) == 0 ? 0 : marks + 1;
		if (marks > PKI_PREP_MARKS || entry_of(cp) == PREP_PROHIBITED)
			return false;
	}
	return true;
}

int pki_prep_compare(pki_bytes a, pki_bytes b)
{
	uint32_t x = 0, y = 0;
	pki_prep p, q;
	bool more;

	if (pki_bytes_equal(a, b))
		return 0;
	pki_prep_init(&p, a);
	pki_prep_init(&q, b);
	do {
		more = pki_prep_next(&p, &x);
		if (more != pki_prep_next(&q, &y))
			return more ? 1 : -1;
	} while (more && x == y);
	return !more || x == y ? 0 : x < y ? -1 : 1;
}
