/* SPDX-License-Identifier: BSD-3-Clause */
/* Run while building: writes prep_table.h, the Unicode data of prep.c, from libunistring's. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <unistring/version.h>

#include "libpki/types/prep_format.h"

#define CODE_POINTS 0x110000u
#define BLOCKS      (CODE_POINTS / PREP_BLOCK)
#define PAGES       (BLOCKS / PREP_PAGE)
#define TEXT_MAX    63 /* units of a text */

/* What becomes of a code point. PREP_TEXTS: it is mapped, however that will be written. */
typedef struct entry {
	enum prep_kind kind;
	unsigned class; /* PREP_MARK */
	uint32_t text;  /* PREP_TEXTS: where in the pool, and how long */
	unsigned length;
} entry;

/* A run, or the way that one may be written. */
typedef struct run {
	enum prep_kind kind;
	unsigned width, window;
	uint32_t first;
	unsigned count;
} run;

static entry entries[CODE_POINTS];
static ucs4_t pool[0x10000];
static size_t pool_len;
static uint8_t runs[0x10000];
static size_t runs_len;
static uint16_t pages[0x10000], block_at[BLOCKS];
static size_t pages_len;
static uint8_t top[PAGES];

static void die(const char *why)
{
	fprintf(stderr, "gen_prep: %s\n", why);
	exit(EXIT_FAILURE);
}

static bool within(ucs4_t cp, ucs4_t first, ucs4_t last)
{
	return cp >= first && cp <= last;
}

/* RFC 4518 2.2: what has no letter of its own. Variation selectors: those added since, too. */
static bool is_nothing(ucs4_t cp)
{
	return cp == 0x00ad || cp == 0x1806 || cp == 0x034f || within(cp, 0x180b, 0x180d) ||
	    cp == 0x180f || within(cp, 0xfe00, 0xfe0f) || within(cp, 0xe0100, 0xe01ef) ||
	    cp == 0xfffc || cp == 0x200b ||
	    uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf);
}

static bool is_space(ucs4_t cp)
{
	return within(cp, 0x09, 0x0d) || cp == 0x85 ||
	    (cp != 0x200b && uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_Z));
}

/* RFC 4518 2.4. What RFC 3454 C.8 lists is mapped to nothing or decomposed before. */
static bool is_prohibited(ucs4_t cp)
{
	return cp == 0xfffd ||
	    uc_is_general_category_withtable(
		cp, UC_CATEGORY_MASK_Cn | UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Cs);
}

typedef struct text {
	ucs4_t cp[TEXT_MAX];
	size_t len;
} text;

static void fold(text *t)
{
	text from = *t;

	t->len = sizeof t->cp / sizeof t->cp[0];
	if (u32_casefold(from.cp, from.len, NULL, NULL, t->cp, &t->len) != t->cp)
		die("cannot fold");
}

static void normalize(text *t, uninorm_t form)
{
	text from = *t;

	t->len = sizeof t->cp / sizeof t->cp[0];
	if (u32_normalize(form, from.cp, from.len, t->cp, &t->len) != t->cp)
		die("cannot normalize");
}

/* RFC 3454 B.2: folded so that folding again after NFKC changes nothing; then NFKD. */
static text map(ucs4_t cp)
{
	text t = { { cp }, 1 };

	fold(&t);
	normalize(&t, UNINORM_NFKC);
	fold(&t);
	normalize(&t, UNINORM_NFKD);
	return t;
}

static entry put_in_pool(const text *t)
{
	entry e = { .kind = PREP_TEXTS, .text = (uint32_t)pool_len, .length = (unsigned)t->len };

	if (pool_len + t->len > sizeof pool / sizeof pool[0])
		die("the pool is full");
	memcpy(pool + pool_len, t->cp, t->len * sizeof t->cp[0]);
	pool_len += t->len;
	return e;
}

static entry entry_of(ucs4_t cp)
{
	text t;

	if (is_space(cp))
		return (entry){ .kind = PREP_SPACE };
	if (is_nothing(cp))
		return (entry){ .kind = PREP_NOTHING };
	if (is_prohibited(cp))
		return (entry){ .kind = PREP_PROHIBITED };
	if (within(cp, PREP_HANGUL_FIRST, PREP_HANGUL_LAST))
		return (entry){ .kind = PREP_PLAIN };
	t = map(cp);
	if (t.len != 1 || t.cp[0] != cp)
		return put_in_pool(&t);
	if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M))
		return (entry){ .kind = PREP_MARK, .class = (unsigned)uc_combining_class(cp) };
	if (uc_combining_class(cp) != 0)
		die("a combining class without a mark");
	return (entry){ .kind = PREP_PLAIN };
}

/* prep.c does not map what it has mapped: all of it must be plain, a mark or a space. */
static void check_pool(void)
{
	for (size_t i = 0; i < pool_len; i++)
		switch (entries[pool[i]].kind) {
		case PREP_PLAIN:
		case PREP_MARK:
		case PREP_SPACE:
			continue;
		default:
			die("a mapping needs mapping");
		}
}

/* ---- runs ---- */

static bool is_mapped(ucs4_t cp)
{
	return entries[cp].kind == PREP_TEXTS;
}

/* Mapped to one code point: which. */
static ucs4_t single(ucs4_t cp)
{
	return is_mapped(cp) && entries[cp].length == 1 ? pool[entries[cp].text] : cp;
}

/* The unit of width 1 for a code point; 0: there is none. */
static unsigned octet_of(ucs4_t cp, unsigned window)
{
	ucs4_t first = window * PREP_WINDOW;

	if (cp < PREP_MARK_UNIT)
		return cp;
	if (within(cp, PREP_MARK_BASE, PREP_MARK_BASE + PREP_WINDOW_UNIT - PREP_MARK_UNIT - 1))
		return PREP_MARK_UNIT + (cp - PREP_MARK_BASE);
	return within(cp, first, first + 0xff - PREP_WINDOW_UNIT) ? PREP_WINDOW_UNIT + (cp - first)
								  : 0;
}

static bool unit_fits(const run *r, ucs4_t cp)
{
	return r->width == 1 ? octet_of(cp, r->window) != 0 : cp >> (8 * r->width) == 0;
}

static bool text_fits(const run *r, ucs4_t cp)
{
	const entry *e = &entries[cp];

	if (e->kind != PREP_TEXTS || e->length != entries[r->first].length)
		return false;
	for (unsigned i = 0; i < e->length; i++)
		if (!unit_fits(r, pool[e->text + i]))
			return false;
	return true;
}

static bool fits(const run *r, ucs4_t cp)
{
	switch (r->kind) {
	case PREP_SHIFT:
		return single(cp) != cp && single(cp) - cp == single(r->first) - r->first;
	case PREP_PAIRS:
		return (cp - r->first) % 2 == 0 ? single(cp) == cp + 1
						: entries[cp].kind == PREP_PLAIN;
	case PREP_TEXTS:
		return text_fits(r, cp);
	case PREP_MARK:
		return entries[cp].kind == PREP_MARK &&
		    entries[cp].class == entries[r->first].class;
	default:
		return entries[cp].kind == r->kind;
	}
}

static size_t octets_of(const run *r)
{
	size_t octets = (size_t)r->width * entries[r->first].length;

	switch (r->kind) {
	case PREP_MARK:
		return 2;
	case PREP_SHIFT:
		return 4;
	case PREP_TEXTS:
		return (r->width == 1 ? 3 : 2) + r->count * octets;
	default:
		return 1;
	}
}

/* Of a block: the best way to write what begins at each code point, and what it takes. */
typedef struct plan {
	run best[PREP_BLOCK];
	size_t octets[PREP_BLOCK + 1];
} plan;

/* The run, as long as it may be. */
static void consider(plan *p, size_t at, run r)
{
	for (r.count = 1; at + r.count <= PREP_BLOCK && r.count <= PREP_RUN; r.count++) {
		size_t octets;

		if (!fits(&r, r.first + r.count - 1))
			return;
		octets = octets_of(&r) + p->octets[at + r.count];
		if (octets >= p->octets[at] || (r.kind == PREP_PAIRS && r.count % 2 != 0))
			continue;
		p->octets[at] = octets;
		p->best[at] = r;
	}
}

static void consider_mapped(plan *p, size_t at, run r)
{
	r.kind = PREP_SHIFT;
	consider(p, at, r);
	r.kind = PREP_PAIRS;
	consider(p, at, r);
	r.kind = PREP_TEXTS;
	for (r.width = 3; r.width > 1; r.width--)
		consider(p, at, r);
	for (r.window = 0; r.window <= 0xff; r.window++)
		consider(p, at, r);
}

static void make_plan(plan *p, ucs4_t first)
{
	p->octets[PREP_BLOCK] = 0;
	for (size_t at = PREP_BLOCK; at-- > 0;) {
		ucs4_t cp = first + (ucs4_t)at;
		run r = { .kind = entries[cp].kind, .first = cp };

		p->octets[at] = SIZE_MAX;
		if (is_mapped(cp))
			consider_mapped(p, at, r);
		else
			consider(p, at, r);
	}
}

static void put_number(uint8_t **to, uint32_t n, unsigned width)
{
	while (width-- > 0)
		*(*to)++ = (uint8_t)(n >> (8 * width));
}

static void put_texts(uint8_t **to, const run *r)
{
	put_number(to, r->width << 6 | entries[r->first].length, 1);
	if (r->width == 1)
		put_number(to, r->window, 1);
	for (ucs4_t cp = r->first; cp < r->first + r->count; cp++)
		for (unsigned i = 0; i < entries[cp].length; i++) {
			ucs4_t unit = pool[entries[cp].text + i];

			put_number(to, r->width == 1 ? octet_of(unit, r->window) : unit, r->width);
		}
}

static void put_run(uint8_t **to, const run *r)
{
	put_number(to, (uint32_t)r->kind << 5 | (r->count - 1), 1);
	if (r->kind == PREP_MARK)
		put_number(to, entries[r->first].class, 1);
	if (r->kind == PREP_SHIFT)
		put_number(to, single(r->first) - r->first, 3);
	if (r->kind == PREP_TEXTS)
		put_texts(to, r);
}

/* Where the n octets stand in list[0..len), at a multiple of n if that is wanted, or len. */
static size_t place_of(const void *block, size_t n, const void *list, size_t len, size_t stride)
{
	size_t at = 0;

	while (at + n <= len && memcmp((const uint8_t *)list + at, block, n) != 0)
		at += stride;
	return at + n <= len ? at : len;
}

static void put_block(size_t number)
{
	uint8_t octets[PREP_BLOCK * 3 * TEXT_MAX], *end = octets;
	size_t n, at;
	plan p;

	make_plan(&p, (ucs4_t)number * PREP_BLOCK);
	for (at = 0; at < PREP_BLOCK; at += p.best[at].count)
		put_run(&end, &p.best[at]);
	n = (size_t)(end - octets);
	at = place_of(octets, n, runs, runs_len, 1);
	if (at + n > sizeof runs)
		die("16 bits do not number the runs");
	memcpy(runs + at, octets, n);
	block_at[number] = (uint16_t)at;
	if (at == runs_len)
		runs_len += n;
}

static void put_page(size_t number)
{
	size_t n = PREP_PAGE * sizeof pages[0];
	const uint16_t *page = block_at + number * PREP_PAGE;
	size_t at = place_of(page, n, pages, pages_len * sizeof pages[0], n);

	if (at / n > 0xff)
		die("an octet does not number the pages");
	memcpy((uint8_t *)pages + at, page, n);
	top[number] = (uint8_t)(at / n);
	if (at == pages_len * sizeof pages[0])
		pages_len += PREP_PAGE;
}

static void print_octets(const char *name, const uint8_t *list, size_t n)
{
	printf("static const uint8_t %s[%zu] = {", name, n);
	for (size_t i = 0; i < n; i++)
		printf("%s%u,", i % 24 == 0 ? "\n\t" : "", list[i]);
	printf("\n};\n");
}

static void print_numbers(const char *name, const uint16_t *list, size_t n)
{
	printf("static const uint16_t %s[%zu] = {", name, n);
	for (size_t i = 0; i < n; i++)
		printf("%s%u,", i % 16 == 0 ? "\n\t" : "", list[i]);
	printf("\n};\n");
}

int main(void)
{
	for (ucs4_t cp = 0; cp < CODE_POINTS; cp++)
		entries[cp] = entry_of(cp);
	check_pool();
	for (size_t i = 0; i < BLOCKS; i++)
		put_block(i);
	for (size_t i = 0; i < PAGES; i++)
		put_page(i);
	printf("/* SPDX-License-Identifier: BSD-3-Clause */\n");
	printf("/* Made by gen_prep from libunistring %d.%d; %zu octets. Not to be edited. */\n",
	    _LIBUNISTRING_VERSION >> 16, _LIBUNISTRING_VERSION >> 8 & 0xff,
	    sizeof top + pages_len * sizeof pages[0] + runs_len);
	print_octets("prep_top", top, sizeof top);
	print_numbers("prep_pages", pages, pages_len);
	print_octets("prep_runs", runs, runs_len);
	return fflush(stdout) == 0 && ferror(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
