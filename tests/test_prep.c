/* SPDX-License-Identifier: BSD-3-Clause */
/* String preparation, held against libunistring's own folding and normalization. */
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "libpki/core/buf.h"
#include "libpki/core/utf8.h"
#include "libpki/types/prep.h"
#include "tests/lib/t.h"

#define ROOM 1024

typedef struct string {
	uint32_t cp[ROOM];
	size_t len;
} string;

static void add(string *s, uint32_t cp)
{
	ck_assert_uint_lt(s->len, ROOM);
	s->cp[s->len++] = cp;
}

static bool is_category(uint32_t cp, uint32_t mask)
{
	return uc_is_general_category_withtable(cp, mask);
}

/* RFC 4518 2.2, its lists as they stand there, and the two properties that they come from. */
static bool is_nothing(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} list[] = { { 0x00ad, 0x00ad }, { 0x1806, 0x1806 }, { 0x034f, 0x034f }, { 0x180b, 0x180d },
		{ 0xfe00, 0xfe0f }, { 0xfffc, 0xfffc }, { 0x0000, 0x0008 }, { 0x000e, 0x001f },
		{ 0x007f, 0x0084 }, { 0x0086, 0x009f }, { 0x06dd, 0x06dd }, { 0x070f, 0x070f },
		{ 0x180e, 0x180e }, { 0x200c, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x2063 },
		{ 0x206a, 0x206f }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0x1d173, 0x1d17a },
		{ 0xe0001, 0xe0001 }, { 0xe0020, 0xe007f }, { 0x200b, 0x200b },
		/* variation selectors of later Unicode versions */
		{ 0x180f, 0x180f }, { 0xe0100, 0xe01ef } };

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
		if (cp >= list[i].first && cp <= list[i].last)
			return true;
	return cp > 0x85 && is_category(cp, UC_CATEGORY_MASK_Cf);
}

static bool is_space(uint32_t cp)
{
	static const uint32_t list[] = { 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x20, 0xa0, 0x1680,
		0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009,
		0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 };

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
		if (cp == list[i])
			return true;
	return false;
}

static void fold(string *s)
{
	string from = *s;

	s->len = ROOM;
	ck_assert_ptr_eq(u32_casefold(from.cp, from.len, NULL, NULL, s->cp, &s->len), s->cp);
}

static void normalize(string *s, uninorm_t form)
{
	string from = *s;

	s->len = ROOM;
	ck_assert_ptr_eq(u32_normalize(form, from.cp, from.len, s->cp, &s->len), s->cp);
}

/* RFC 3454 B.2 is made by this rule. */
static void fold_for_nfkc(string *out, uint32_t cp)
{
	string s = { { cp }, 1 };

	fold(&s);
	normalize(&s, UNINORM_NFKC);
	fold(&s);
	for (size_t i = 0; i < s.len; i++)
		add(out, s.cp[i]);
}

static bool is_mark(const string *s, size_t at)
{
	return at < s->len && is_category(s->cp[at], UC_CATEGORY_MASK_M);
}

static void squeeze(string *s)
{
	string from = *s;
	bool gap = false;

	s->len = 0;
	for (size_t i = 0; i < from.len; i++) {
		bool space = from.cp[i] == ' ' && !is_mark(&from, i + 1);

		gap = gap || space;
		if (space)
			continue;
		if (gap && s->len > 0)
			add(s, ' ');
		gap = false;
		add(s, from.cp[i]);
	}
}

/* The steps of RFC 4518 section 2, each over the whole string. */
static string reference(const string *in)
{
	string s = { { 0 }, 0 };

	for (size_t i = 0; i < in->len; i++) {
		if (is_space(in->cp[i]))
			add(&s, ' ');
		else if (!is_nothing(in->cp[i]))
			fold_for_nfkc(&s, in->cp[i]);
	}
	normalize(&s, UNINORM_NFKC);
	normalize(&s, UNINORM_NFKD);
	squeeze(&s);
	return s;
}

static string ours(pki_bytes utf8)
{
	string s = { { 0 }, 0 };
	pki_prep p;
	uint32_t cp;

	for (pki_prep_init(&p, utf8); pki_prep_next(&p, &cp);)
		add(&s, cp);
	return s;
}

static pki_buf encode(const string *s)
{
	pki_buf b = PKI_BUF_INIT;

	for (size_t i = 0; i < s->len; i++)
		t_ok(pki_utf8_put(&b, s->cp[i], err));
	return b;
}

static void check_string(const string *in)
{
	pki_buf utf8 = encode(in);
	string want = reference(in), got = ours(pki_buf_bytes(&utf8));

	ck_assert_msg(
	    got.len == want.len && memcmp(got.cp, want.cp, want.len * sizeof *want.cp) == 0,
	    "U+%04X... (%zu code points): %zu, want %zu", in->cp[0], in->len, got.len, want.len);
	pki_buf_free(&utf8);
}

static bool is_prohibited(uint32_t cp)
{
	return cp == 0xfffd ||
	    is_category(cp, UC_CATEGORY_MASK_Cn | UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Cs);
}

START_TEST(every_code_point)
{
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		/* a letter around it shows what it does to spaces and marks */
		string s = { { 'X', cp, 0x0301, ' ', cp, 'Y' }, 6 };
		pki_buf b;

		if (cp >= 0xd800 && cp <= 0xdfff)
			continue;
		b = encode(&s);
		ck_assert_msg(
		    pki_prep_allows(pki_buf_bytes(&b)) == !is_prohibited(cp), "U+%04X", cp);
		pki_buf_free(&b);
		if (!is_prohibited(cp))
			check_string(&s);
	}
}
END_TEST

/* Numbers in a fixed row: a failure can be repeated. */
static uint32_t next_number(void)
{
	static uint64_t state = 4518;

	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(state >> 33);
}

static uint32_t some_code_point(void)
{
	static const uint32_t starts[] = { 0, 0, 0x80, 0xc0, 0x300, 0x300, 0x340, 0x370, 0x590,
		0x610, 0x900, 0xe30, 0xf70, 0x1100, 0x1e00, 0x1f00, 0x2000, 0x20d0, 0x2100, 0x3040,
		0xabf0, 0xac00, 0xd790, 0xfb00, 0xfdf0, 0xfe20, 0xff00, 0x1d160, 0x1d400, 0x1f100 };
	uint32_t cp;

	do
		cp = starts[next_number() % (sizeof starts / sizeof starts[0])] +
		    next_number() % 64;
	while (is_prohibited(cp));
	return cp;
}

START_TEST(strings_of_many)
{
	for (int round = 0; round < 20000; round++) {
		string s = { { 0 }, 1 + next_number() % 24 };

		for (size_t i = 0; i < s.len; i++)
			s.cp[i] = some_code_point();
		check_string(&s);
	}
}
END_TEST

static const struct {
	const char *a, *b;
	bool equal;
} pairs[] = {
	{ "", "", true }, { "", "   ", true }, { "\t\r\n", " ", true }, { "a", "A", true },
	{ "foo bar  ", " foo bar", true }, { "foo \t  bar", "foo bar", true },
	{ "foobar", "foo bar", false }, { "foo", "foo b", false }, { "foo", "fo", false },
	{ "Stra\xc3\x9f"
	  "e",
	    "STRASSE", true },
	{ "\xc3\x84", "a\xcc\x88", true }, { "\xc3\x84", "a", false },
	{ "\xce\xa3\xce\x99\xce\xa3", "\xcf\x83\xce\xb9\xcf\x82", true }, /* final sigma */
	{ "\xef\xac\x81ne", "FINE", true },                               /* U+FB01 */
	{ "\xef\xbc\xa1\xef\xbc\xa2", "ab", true },                       /* fullwidth */
	{ "\xf0\x9d\x90\x80", "a", true },                                /* U+1D400 */
	{ "\xea\xb0\x81", "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", true }, /* Hangul, jamo */
	{ "\xea\xb0\x80", "\xea\xb0\x81", false },
	{ "a\xc2\xad"
	  "b",
	    "ab", true }, /* soft hyphen */
	{ "a\xe2\x80\x8b"
	  "b",
	    "ab", true }, /* zero width space */
	{ "a\xe2\x80\xae"
	  "b",
	    "ab", true }, /* right-to-left override */
	{ "a\xc2\xa0"
	  "b",
	    "a b", true }, /* no-break space */
	{ "a\xe3\x80\x80"
	  "b",
	    "a b", true }, /* ideographic space */
	{ "a \xcc\x81"
	  "b",
	    "a\xcc\x81"
	    "b",
	    false }, /* a space with a mark is no space */
	{ " \xcc\x81", "\xcc\x81", false }, { "a  \xcc\x81", "a \xcc\x81", false },
	{ "\xc2\xb4", " \xcc\x81", true },             /* U+00B4 */
	{ "a\xcc\x82\xcc\xa3", "\xe1\xba\xad", true }, /* order of marks */
	{ "a\xcc\xa3\xcc\x82", "\xe1\xba\xad", true },
	{ "a\xcc\x81\xcc\x80", "a\xcc\x80\xcc\x81", false }, /* same class: order counts */
	{ "\xc4\xb0", "i\xcc\x87", true },                   /* U+0130 */
	{ "\xc4\xb1", "i", false },                          /* dotless i */
	{ "\xd0\x90", "A", false },                          /* Cyrillic */
	{ "\xe2\x84\xaa", "k", true },                       /* Kelvin sign */
	{ "\xe1\xbe\xb3", "\xce\xb1\xce\xb9", true },        /* U+1FB3 */
	{ "\xe2\x84\xa6", "\xcf\x89", true },                /* Ohm sign */
};

START_TEST(comparison)
{
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		pki_bytes a = pki_bytes_str(pairs[i].a), b = pki_bytes_str(pairs[i].b);
		int order = pki_prep_compare(a, b);

		ck_assert_msg((order == 0) == pairs[i].equal, "%s, %s", pairs[i].a, pairs[i].b);
		ck_assert_int_eq(pki_prep_compare(b, a), -order);
		ck_assert_int_eq(pki_prep_compare(a, a), 0);
		ck_assert(pki_prep_allows(a) && pki_prep_allows(b));
	}
}
END_TEST

/* By what pki_prep_next gives, one after the other. */
static int compare_in_full(pki_bytes a, pki_bytes b)
{
	uint32_t x = 0, y = 0;
	pki_prep p, q;

	pki_prep_init(&p, a);
	pki_prep_init(&q, b);
	for (;;) {
		bool more = pki_prep_next(&p, &x);

		if (more != pki_prep_next(&q, &y))
			return more ? 1 : -1;
		if (!more || x != y)
			return !more ? 0 : x < y ? -1 : 1;
	}
}

#define LETTERS 7
#define LONGEST 3
#define TEXTS   (1 + LETTERS + LETTERS * LETTERS + LETTERS * LETTERS * LETTERS)

static void nth_text(size_t n, char out[4 * LONGEST + 1])
{
	static const char *const letters[LETTERS] = { "a", "A", "-", " ", "\xcc\x81", "\xc2\xad",
		"\xc2\xa0" };

	out[0] = '\0';
	for (; n > 0; n = (n - 1) / LETTERS)
		strcat(out, letters[(n - 1) % LETTERS]);
}

/* What is passed over because both begin with it makes no difference. */
START_TEST(prefixes)
{
	char x[4 * LONGEST + 1], y[4 * LONGEST + 1];

	for (size_t i = 0; i < TEXTS; i++)
		for (size_t j = 0; j < TEXTS; j++) {
			pki_bytes a, b;

			nth_text(i, x);
			nth_text(j, y);
			a = pki_bytes_str(x);
			b = pki_bytes_str(y);
			if (!pki_prep_allows(a) || !pki_prep_allows(b))
				continue;
			ck_assert_msg(
			    pki_prep_compare(a, b) == compare_in_full(a, b), "\"%s\" \"%s\"", x, y);
		}
}
END_TEST

static const char *const refused[] = {
	"\xef\xbf\xbd",     /* U+FFFD */
	"a\xee\x80\x80",    /* U+E000, private use */
	"\xef\xbf\xbf",     /* U+FFFF, no character */
	"\xcd\xb8",         /* U+0378, not assigned */
	"\xf3\xb0\x80\x80", /* U+F0000 */
	"\xf4\x8f\xbf\xbd", /* U+10FFFD */
};

START_TEST(prohibited)
{
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		ck_assert_msg(!pki_prep_allows(pki_bytes_str(refused[i])), "%zu", i);
}
END_TEST

START_TEST(marks_in_a_row)
{
	string s = { { 'a' }, 1 };
	pki_buf b;

	for (size_t i = 0; i < PKI_PREP_MARKS; i++)
		add(&s, i % 2 == 0 ? 0x0301 : 0x0323);
	check_string(&s);
	b = encode(&s);
	ck_assert(pki_prep_allows(pki_buf_bytes(&b)));
	t_ok(pki_utf8_put(&b, 0x0301, err));
	ck_assert(!pki_prep_allows(pki_buf_bytes(&b)));
	/* bounded all the same */
	(void)ours(pki_buf_bytes(&b));
	pki_buf_free(&b);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { every_code_point, strings_of_many, comparison, prefixes,
		prohibited, marks_in_a_row, NULL };

	return t_main("prep", tests);
}
