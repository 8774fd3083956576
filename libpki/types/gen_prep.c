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

/*
 * Each code point has one 16-bit entry: a class, the combining class of a mark, or the offset of
 * what it is mapped to, which is a length octet and that much UTF-8. A trie of three levels finds
 * it; blocks that are alike are stored once.
 */
#define CODE_POINTS 0x110000u
#define LEAF_BITS   4
#define MIDDLE_BITS 5
#define LEAF        (1u << LEAF_BITS)
#define MIDDLE      (1u << MIDDLE_BITS)
#define TOP         (CODE_POINTS >> (LEAF_BITS + MIDDLE_BITS))

enum {
	PLAIN,
	NOTHING,
	SPACE,
	PROHIBITED,
	HANGUL,
	MARK = 0x100,
	MAPPED = 0x200,
};

typedef struct blocks {
	uint16_t entries[0x10000];
	size_t count; /* of entries */
} blocks;

static uint16_t entries[CODE_POINTS];
static uint16_t middle_of[CODE_POINTS >> LEAF_BITS], top[TOP];
static blocks leaves, middles;
static uint8_t pool[0x10000];
static size_t pool_len;

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
	ucs4_t cp[64];
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

static uint16_t put_in_pool(const text *t)
{
	uint8_t s[256];
	size_t n = sizeof s - 1, at = 0;

	if (u32_to_u8(t->cp, t->len, s + 1, &n) != s + 1)
		die("a mapping is too long");
	s[0] = (uint8_t)n++;
	while (at < pool_len && (pool[at] != s[0] || memcmp(pool + at, s, n) != 0))
		at += (size_t)pool[at] + 1;
	if (at + n > sizeof pool - MAPPED)
		die("the pool is full");
	memcpy(pool + at, s, n);
	if (at == pool_len)
		pool_len += n;
	return (uint16_t)(MAPPED + at);
}

static uint16_t entry_of(ucs4_t cp)
{
	text t;

	if (is_space(cp))
		return SPACE;
	if (is_nothing(cp))
		return NOTHING;
	if (is_prohibited(cp))
		return PROHIBITED;
	if (within(cp, 0xac00, 0xd7a3))
		return HANGUL;
	t = map(cp);
	if (t.len != 1 || t.cp[0] != cp)
		return put_in_pool(&t);
	if (uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M))
		return (uint16_t)(MARK + uc_combining_class(cp));
	if (uc_combining_class(cp) != 0)
		die("a combining class without a mark");
	return PLAIN;
}

/* prep.c does not map what it has mapped: all of it must be plain, a mark or a space. */
static void check_pool(void)
{
	for (size_t at = 0; at < pool_len; at += (size_t)pool[at] + 1)
		for (size_t i = 0; i < pool[at];) {
			ucs4_t cp;
			int n = u8_mbtouc(&cp, pool + at + 1 + i, pool[at] - i);

			if (entries[cp] != PLAIN && entries[cp] != SPACE &&
			    (entries[cp] < MARK || entries[cp] >= MAPPED))
				die("a mapping needs mapping");
			i += (size_t)n;
		}
}

/* The number of a block like this one. */
static uint16_t number_of(blocks *b, const uint16_t *block, size_t size)
{
	size_t at = 0;

	while (at < b->count && memcmp(b->entries + at, block, size * sizeof *block) != 0)
		at += size;
	if (at == b->count) {
		memcpy(b->entries + at, block, size * sizeof *block);
		b->count += size;
	}
	return (uint16_t)(at / size);
}

static void build_trie(void)
{
	for (size_t i = 0; i < CODE_POINTS >> LEAF_BITS; i++)
		middle_of[i] = number_of(&leaves, entries + i * LEAF, LEAF);
	for (size_t i = 0; i < TOP; i++)
		top[i] = number_of(&middles, middle_of + i * MIDDLE, MIDDLE);
	if (middles.count / MIDDLE > 0x100)
		die("an octet does not number the blocks");
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

static void print_header(void)
{
	static uint8_t octets[TOP];

	for (size_t i = 0; i < TOP; i++)
		octets[i] = (uint8_t)top[i];
	printf("/* SPDX-License-Identifier: BSD-3-Clause */\n");
	printf("/* Made by gen_prep from libunistring %d.%d; %zu octets. Not to be edited. */\n",
	    _LIBUNISTRING_VERSION >> 16, _LIBUNISTRING_VERSION >> 8 & 0xff,
	    TOP + 2 * (middles.count + leaves.count) + pool_len);
	printf("#define PREP_LEAF_BITS %d\n#define PREP_MIDDLE_BITS %d\n", LEAF_BITS, MIDDLE_BITS);
	printf("enum {\n\tPREP_PLAIN,\n\tPREP_NOTHING,\n\tPREP_SPACE,\n\tPREP_PROHIBITED,\n"
	       "\tPREP_HANGUL,\n\tPREP_MARK = %d,\n\tPREP_MAPPED = %d\n};\n",
	    MARK, MAPPED);
	print_octets("prep_top", octets, TOP);
	print_numbers("prep_middle", middles.entries, middles.count);
	print_numbers("prep_leaf", leaves.entries, leaves.count);
	print_octets("prep_pool", pool, pool_len);
}

int main(void)
{
	for (ucs4_t cp = 0; cp < CODE_POINTS; cp++)
		entries[cp] = entry_of(cp);
	check_pool();
	build_trie();
	print_header();
	return fflush(stdout) == 0 && ferror(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
