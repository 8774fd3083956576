/* SPDX-License-Identifier: BSD-3-Clause */
/* String preparation for caseIgnoreMatch: RFC 4518, as RFC 5280 7.1 asks for it. */
#include <string.h>

#include "libpki/core/utf8.h"
#include "libpki/types/prep.h"
#include "libpki/types/prep_format.h"
#include "libpki/types/prep_table.h"

/* Unicode 3.12: Hangul syllables and the jamo that they are made of. */
#define JAMO_LEAD   0x1100u
#define JAMO_VOWEL  0x1161u
#define JAMO_TAIL   0x11a7u /* one before the first */
#define JAMO_VOWELS 21u
#define JAMO_TAILS  28u

/* ---- the table ---- */

static enum prep_kind kind_of(const uint8_t *run)
{
	return (enum prep_kind)(*run >> 5);
}

static uint32_t count_of(const uint8_t *run)
{
	return (*run & 0x1fu) + 1;
}

/* The texts of a run; the first of them. */
static struct pki_prep_text texts_of(const uint8_t *run)
{
	struct pki_prep_text t = { run + 2, run[1] & 0x3fu, (uint8_t)(run[1] >> 6), 0 };

	if (t.width == 1)
		t.window = *t.units++ * PREP_WINDOW;
	return t;
}

static const uint8_t *next_run(const uint8_t *run)
{
	struct pki_prep_text t;

	switch (kind_of(run)) {
	case PREP_MARK:
		return run + 2;
	case PREP_SHIFT:
		return run + 4;
	case PREP_TEXTS:
		t = texts_of(run);
		return t.units + (size_t)count_of(run) * t.left * t.width;
	default:
		return run + 1;
	}
}

/* The run that has this code point, and its place there. */
static const uint8_t *run_of(uint32_t cp, uint32_t *place)
{
	uint32_t block = cp / PREP_BLOCK;
	size_t page = prep_top[block / PREP_PAGE];
	const uint8_t *run = prep_runs + prep_pages[page * PREP_PAGE + block % PREP_PAGE];

	for (*place = cp % PREP_BLOCK; *place >= count_of(run); run = next_run(run))
		*place -= count_of(run);
	return run;
}

static uint32_t number(const uint8_t *octets, size_t n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | *octets++;
	return v;
}

static bool take_unit(struct pki_prep_text *t, uint32_t *cp)
{
	if (t->left == 0)
		return false;
	*cp = number(t->units, t->width);
	if (t->width == 1 && *cp >= PREP_WINDOW_UNIT)
		*cp += t->window - PREP_WINDOW_UNIT;
	else if (t->width == 1 && *cp >= PREP_MARK_UNIT)
		*cp += PREP_MARK_BASE - PREP_MARK_UNIT;
	t->units += t->width;
	t->left--;
	return true;
}

static bool is_mark(uint32_t cp)
{
	uint32_t place;

	return cp >= 0x80 && kind_of(run_of(cp, &place)) == PREP_MARK;
}

/* Canonical_Combining_Class; 0 for what begins anew. */
static unsigned class_of(uint32_t cp)
{
	uint32_t place;
	const uint8_t *run;

	if (cp < 0x80)
		return 0;
	run = run_of(cp, &place);
	return kind_of(run) == PREP_MARK ? run[1] : 0;
}

/* ---- mapping ---- */

static bool take_jamo(struct pki_prep_place *at, uint32_t *cp)
{
	uint32_t *jamo = at->vowel != 0 ? &at->vowel : &at->tail;

	*cp = *jamo;
	*jamo = 0;
	return *cp != 0;
}

static bool is_hangul(uint32_t cp)
{
	return cp >= PREP_HANGUL_FIRST && cp <= PREP_HANGUL_LAST;
}

static uint32_t split_hangul(struct pki_prep_place *at, uint32_t syllable)
{
	uint32_t index = syllable - PREP_HANGUL_FIRST, tail = index % JAMO_TAILS;

	at->vowel = JAMO_VOWEL + index / JAMO_TAILS % JAMO_VOWELS;
	at->tail = tail == 0 ? 0 : JAMO_TAIL + tail;
	return JAMO_LEAD + index / JAMO_TAILS / JAMO_VOWELS;
}

/* The first of what a code point becomes; false: nothing. */
static bool map(struct pki_prep_place *at, uint32_t *cp)
{
	uint32_t place;
	const uint8_t *run;

	if (is_hangul(*cp)) {
		*cp = split_hangul(at, *cp);
		return true;
	}
	run = run_of(*cp, &place);
	switch (kind_of(run)) {
	case PREP_NOTHING:
		return false;
	case PREP_SPACE:
		*cp = ' ';
		return true;
	case PREP_SHIFT:
		*cp = (*cp + number(run + 1, 3)) & 0xffffff;
		return true;
	case PREP_PAIRS:
		*cp += place % 2 == 0;
		return true;
	case PREP_TEXTS:
		at->mapped = texts_of(run);
		at->mapped.units += (size_t)place * at->mapped.left * at->mapped.width;
		return take_unit(&at->mapped, cp);
	default:
		return true;
	}
}

/*
 * RFC 4518 2.2 and 2.3: the next code point of the string mapped and decomposed. Decomposed is
 * enough: two strings have the same NFKC if and only if they have the same NFKD, for NFKC is made
 * from NFKD alone, and back.
 */
static bool take(struct pki_prep_place *at, uint32_t *cp)
{
	if (take_jamo(at, cp) || take_unit(&at->mapped, cp))
		return true;
	while (pki_utf8_next(&at->text, cp))
		if (map(at, cp))
			return true;
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
	return !p->has_ahead || !is_mark(p->ahead);
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
	struct pki_prep_place at = { .text = utf8 };
	unsigned marks = 0;
	uint32_t cp, place;

	if (pki_ascii_prefix(utf8) == utf8.len)
		return true;
	while (take(&at, &cp)) {
		marks = class_of(cp) == 0 ? 0 : marks + 1;
		if (marks > PKI_PREP_MARKS || kind_of(run_of(cp, &place)) == PREP_PROHIBITED)
			return false;
	}
	return true;
}

static bool is_graphic(uint8_t c)
{
	return c > ' ' && c < 0x7f;
}

/* A space of both, with such characters at its sides: they have one there when they are prepared.
 */
static bool is_space_within(pki_bytes a, pki_bytes b, size_t i)
{
	return a.data[i] == ' ' && i > 0 && a.len - i > 1 && b.len - i > 1 &&
	    is_graphic(a.data[i + 1]) && is_graphic(b.data[i + 1]);
}

/* How many octets both begin with that prepare to the same, whatever follows. */
static size_t common_prefix(pki_bytes a, pki_bytes b)
{
	size_t i = 0;

	while (i < a.len && i < b.len && a.data[i] == b.data[i] &&
	    (is_graphic(a.data[i]) || is_space_within(a, b, i)))
		i++;
	return i;
}

/* Of what stands behind n octets, which are not nothing but spaces. */
static void prep_init_behind(pki_prep *p, pki_bytes utf8, size_t n)
{
	pki_prep_init(p, pki_bytes_of(utf8.data + n, utf8.len - n));
	p->any = n > 0;
}

int pki_prep_compare(pki_bytes a, pki_bytes b)
{
	uint32_t x = 0, y = 0;
	size_t same;
	pki_prep p, q;
	bool more;

	if (pki_bytes_equal(a, b))
		return 0;
	same = common_prefix(a, b);
	prep_init_behind(&p, a, same);
	prep_init_behind(&q, b, same);
	do {
		more = pki_prep_next(&p, &x);
		if (more != pki_prep_next(&q, &y))
			return more ? 1 : -1;
	} while (more && x == y);
	return !more || x == y ? 0 : x < y ? -1 : 1;
}
