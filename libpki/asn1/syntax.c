/* SPDX-License-Identifier: BSD-3-Clause */
/* Types and values, token by token: whether each has its place, as libtasn1's grammar sees it. */
#include <stdlib.h>
#include <string.h>

#include "libpki/asn1/syntax.h"
#include "libpki/asn1/words.h"
#include "libpki/core/alloc.h"
#include "libpki/core/error.h"

/* What braces hold. */
typedef enum braces { COMPONENTS, NUMBERS, BITS } braces;

typedef struct level {
	size_t first; /* of its names */
	size_t depth; /* outside of it */
	braces kind;
} level;

typedef struct checker {
	pki_asn1_source *s;
	size_t from, at, to;
	level levels[PKI_ASN1_NESTING];
	size_t open;            /* levels */
	size_t depth;           /* types within types: lists, and each OF */
	pki_asn1_symbol *names; /* of all lists that are open */
	size_t count, room;
	int64_t number; /* the last one that was wanted */
	pki_error *err;
} checker;

/* ---- tokens ---- */

static uint8_t kind_at(const checker *c, size_t i)
{
	return i < c->from || i >= c->to ? TOKEN_END : c->s->tokens.list[i].kind;
}

static uint8_t kind(const checker *c)
{
	return kind_at(c, c->at);
}

static bool is_at(const checker *c, size_t i, const char *word)
{
	return kind_at(c, i) != TOKEN_END && pki_asn1_token_is(&c->s->tokens, i, word);
}

/* The token before this one. */
static bool after(const checker *c, const char *word)
{
	return is_at(c, c->at - 1, word);
}

static uint8_t kind_before(const checker *c)
{
	return kind_at(c, c->at - 1);
}

static pki_status refuse(const checker *c, pki_status st, const char *reason, const char *clause)
{
	return pki_asn1_refuse(&c->s->tokens, c->at, st, reason, clause, c->err);
}

static pki_status unexpected(const checker *c, const char *clause)
{
	return refuse(c, PKI_E_ENCODING, "syntax error", clause);
}

static pki_status want(checker *c, uint8_t k, const char *clause)
{
	if (kind(c) != k)
		return unexpected(c, clause);
	c->at++;
	return PKI_SUCCESS;
}

/* The number at `at`, which is positive, at most `most`. */
static pki_status want_number(checker *c, uint64_t most, const char *clause)
{
	pki_bytes text = pki_asn1_token_text(&c->s->tokens, c->at);
	uint64_t n = 0;

	if (kind(c) != TOKEN_NUMBER)
		return unexpected(c, clause);
	for (size_t i = 0; i < text.len; i++) {
		n = n * 10 + (text.data[i] - '0');
		if (n > most)
			return refuse(c, PKI_E_LIMIT, "the number is too large", NULL);
	}
	c->number = (int64_t)n;
	c->at++;
	return PKI_SUCCESS;
}

static pki_status want_signed(checker *c, const char *clause)
{
	bool negative = kind(c) == '-';
	pki_status st;

	c->at += negative;
	st = want_number(c, PKI_ASN1_INT, clause);
	if (negative)
		c->number = -c->number;
	return st;
}

/* Is the token the name of a value of that type? */
static bool names_value(const checker *c, uint32_t type)
{
	const pki_asn1_symbol *named = pki_asn1_source_find(
	    c->s, pki_asn1_token_text(&c->s->tokens, c->at));

	return named != NULL && named->bits == (ITEM_ASSIGN | type);
}

/* ---- values ---- */

pki_status pki_asn1_check_integer(pki_asn1_source *s, size_t from, size_t to, pki_error *err)
{
	checker c = { .s = s, .from = from, .at = from, .to = to, .err = err };
	pki_status st;

	if (kind(&c) == TOKEN_LOWER)
		return refuse(&c, PKI_E_UNSUPPORTED,
		    "libtasn1 knows values of INTEGER as numbers only", "X.680 19.9");
	st = want_signed(&c, "X.680 19.9");
	return st == PKI_SUCCESS && c.at < to ? unexpected(&c, "X.680 16.2") : st;
}

const char *pki_asn1_root_arc(pki_bytes name)
{
	static const struct {
		const char *name, *number;
	} roots[] = { { "ccitt", "0" }, { "itu-t", "0" }, { "iso", "1" },
		{ "joint-iso-ccitt", "2" }, { "joint-iso-itu-t", "2" } };

	for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
		if (pki_bytes_equal(name, pki_bytes_str(roots[i].name)))
			return roots[i].number;
	return NULL;
}

/* iso(1), after the parenthesis. */
static pki_status check_arc_number(checker *c)
{
	pki_status st;

	if (kind(c) == TOKEN_LOWER)
		return refuse(c, PKI_E_UNSUPPORTED, "write the arc's number", "X.680 32.3");
	st = want(c, TOKEN_NUMBER, "X.680 32.3");
	return st == PKI_SUCCESS ? want(c, ')', "X.680 32.3") : st;
}

/* A name without a number. */
static pki_status check_first_arc(checker *c)
{
	pki_asn1_token *token = &c->s->tokens.list[c->at];

	if (!names_value(c, ITEM_OBJECT_ID)) {
		if (pki_asn1_root_arc(pki_asn1_token_text(&c->s->tokens, c->at)) == NULL)
			return refuse(
			    c, PKI_E_STRUCTURE, "no OBJECT IDENTIFIER of that name", "X.680 32.3");
		token->kind = TOKEN_ROOT;
	}
	c->at++;
	return PKI_SUCCESS;
}

/* 1, iso(1); at the beginning also the name of another one. X.680 32.3. */
static pki_status check_arc(checker *c, bool first)
{
	if (kind(c) == TOKEN_NUMBER) {
		c->at++;
		return PKI_SUCCESS;
	}
	if (kind(c) != TOKEN_LOWER)
		return unexpected(c, "X.680 32.3");
	if (kind_at(c, c->at + 1) == '(') {
		c->at += 2;
		return check_arc_number(c);
	}
	return first ? check_first_arc(c)
		     : refuse(c, PKI_E_UNSUPPORTED, "write the arc's number", "X.680 32.3");
}

pki_status pki_asn1_check_oid(pki_asn1_source *s, size_t from, size_t to, pki_error *err)
{
	checker c = { .s = s, .from = from, .at = from, .to = to, .err = err };
	pki_status st = want(&c, '{', "X.680 32.3");
	size_t arcs = 0;

	do {
		if (arcs == PKI_ASN1_ARCS)
			return refuse(
			    &c, PKI_E_LIMIT, "an OBJECT IDENTIFIER has too many arcs", NULL);
		if (st == PKI_SUCCESS)
			st = check_arc(&c, arcs++ == 0);
	} while (st == PKI_SUCCESS && kind(&c) != '}');
	if (st == PKI_SUCCESS)
		c.at++;
	return st == PKI_SUCCESS && c.at < to ? unexpected(&c, "X.680 16.2") : st;
}

/* ---- constraints ---- */

/* The end of a constraint. */
static pki_status close_constraint(checker *c, const char *clause)
{
	if (kind(c) == ',')
		return refuse(c, PKI_E_UNSUPPORTED,
		    "leave ... out: libtasn1 does not know extensions", "X.680 49");
	return want(c, ')', clause);
}

static bool is_mode(const checker *c, size_t i)
{
	return is_at(c, i, "EXPLICIT") || is_at(c, i, "IMPLICIT");
}

/* [ 0 ], [ APPLICATION 1 ]. X.680 31.2. */
static pki_status check_tag(checker *c)
{
	pki_status st;

	if (after(c, "OF"))
		return refuse(c, PKI_E_UNSUPPORTED, "libtasn1 knows no tags after OF", NULL);
	if (is_mode(c, c->at - 1) && kind_at(c, c->at - 2) != ']') {
		c->at--;
		return refuse(c, PKI_E_ENCODING, "the tag stands before this word", "X.680 31.2");
	}
	if (kind_before(c) == ']' || is_mode(c, c->at - 1))
		return refuse(c, PKI_E_UNSUPPORTED, "libtasn1 knows no two tags of a type", NULL);
	c->at++;
	if (is_at(c, c->at, "UNIVERSAL") || is_at(c, c->at, "APPLICATION") ||
	    is_at(c, c->at, "PRIVATE"))
		c->at++;
	st = want_number(c, PKI_ASN1_TAG, "X.680 31.2");
	return st == PKI_SUCCESS ? want(c, ']', "X.680 31.2") : st;
}

/* 1, or the name of an INTEGER; MAX after `..`. X.680 51.5. */
static pki_status check_size_bound(checker *c, bool upper)
{
	int64_t least = upper ? c->number : 0;

	c->number = upper ? INT64_MAX : 0; /* of a name: not known here */
	if (kind(c) == TOKEN_NUMBER) {
		if (want_number(c, PKI_ASN1_INT, "X.680 51.5") != PKI_SUCCESS)
			return PKI_E_LIMIT;
		c->at -= c->number < least;
		return c->number < least
		    ? refuse(c, PKI_E_STRUCTURE, "nothing is in this SIZE", "X.680 51.5")
		    : PKI_SUCCESS;
	}
	if (kind(c) != TOKEN_LOWER && !(upper && is_at(c, c->at, "MAX")))
		return unexpected(c, "X.680 51.5");
	if (kind(c) == TOKEN_LOWER && !names_value(c, ITEM_INTEGER))
		return refuse(c, PKI_E_STRUCTURE, "no INTEGER of that name", "X.680 51.5");
	c->at++;
	return PKI_SUCCESS;
}

/* ( 4 | 16 ), from the first | on: they become one token of libtasn1's. */
static pki_status check_sizes(checker *c)
{
	size_t len = pki_asn1_token_at(&c->s->tokens, c->at - 1)->len;
	pki_status st = PKI_SUCCESS;

	if (kind_before(c) != TOKEN_NUMBER)
		return refuse(c, PKI_E_UNSUPPORTED, "write numbers here", "X.680 51.5");
	while (st == PKI_SUCCESS && kind(c) == '|') {
		c->at++;
		len += 1u + pki_asn1_token_at(&c->s->tokens, c->at)->len;
		if (len > PKI_ASN1_NAME)
			return refuse(c, PKI_E_LIMIT, "a SIZE has too many alternatives", NULL);
		st = want_number(c, PKI_ASN1_INT, "X.680 51.5");
	}
	return st;
}

static bool is_word(const checker *c, size_t i)
{
	return kind_at(c, i) == TOKEN_UPPER &&
	    pki_asn1_word_of(pki_asn1_token_text(&c->s->tokens, i)) != NULL;
}

/* SIZE ( 1 ), SIZE ( 1 .. 2 ), SIZE ( 1 | 2 ). X.680 51.5. */
static pki_status check_size(checker *c)
{
	size_t type = c->at - (kind_before(c) == '(' ? 2 : 1);
	pki_status st;

	if (kind_at(c, type) == TOKEN_UPPER && !is_word(c, type))
		return refuse(
		    c, PKI_E_UNSUPPORTED, "write the SIZE where the type is defined", "X.680 51.5");
	c->at++;
	st = want(c, '(', "X.680 51.5");
	if (st == PKI_SUCCESS)
		st = check_size_bound(c, false);
	if (st == PKI_SUCCESS && kind(c) == TOKEN_RANGE) {
		c->at++;
		st = check_size_bound(c, true);
	} else if (st == PKI_SUCCESS && kind(c) == '|')
		st = check_sizes(c);
	return st == PKI_SUCCESS ? close_constraint(c, "X.680 51.5") : st;
}

/* MIN, MAX, -1, a name, which may be one of the type's own. X.680 51.4. */
static pki_status check_range_bound(checker *c)
{
	if (kind(c) == TOKEN_LOWER || is_at(c, c->at, "MIN") || is_at(c, c->at, "MAX")) {
		c->at++;
		return PKI_SUCCESS;
	}
	c->at += kind(c) == '-';
	return want(c, TOKEN_NUMBER, "X.680 51.4");
}

/* ( 0 .. MAX ), ( 1 | 2 .. 3 ): taken out, since libtasn1 does not keep it. */
static pki_status check_range(checker *c)
{
	size_t first = c->at;
	pki_status st;

	do {
		c->at++;
		st = check_range_bound(c);
		if (st == PKI_SUCCESS && kind(c) == TOKEN_RANGE) {
			c->at++;
			st = check_range_bound(c);
		}
	} while (st == PKI_SUCCESS && kind(c) == '|');
	if (st == PKI_SUCCESS)
		st = close_constraint(c, "X.680 51.4");
	for (size_t i = first; st == PKI_SUCCESS && i < c->at; i++)
		c->s->tokens.list[i].kind = TOKEN_NONE;
	return st;
}

/* May a range of numbers follow the token before? Of a reference it is not known. */
static bool ranges_follow(const checker *c)
{
	return after(c, "INTEGER") || kind_before(c) == '}' ||
	    (kind_before(c) == TOKEN_UPPER && !is_word(c, c->at - 1));
}

static pki_status check_constraint(checker *c)
{
	uint8_t next = kind_at(c, c->at + 1);
	pki_status st;

	if (c->at == c->from || kind_before(c) == TOKEN_LOWER)
		return refuse(c, PKI_E_ENCODING, "a type is expected", "X.680 17");
	if (kind_before(c) == '}' && c->levels[c->open].kind != NUMBERS)
		return refuse(c, PKI_E_UNSUPPORTED,
		    "libtasn1 knows no constraint after a list of components or bits", NULL);
	if (is_at(c, c->at + 1, "SIZE")) {
		c->at++;
		st = check_size(c);
		return st == PKI_SUCCESS ? close_constraint(c, "X.680 51.5") : st;
	}
	if (next == TOKEN_UPPER && !is_at(c, c->at + 1, "MIN") && !is_at(c, c->at + 1, "MAX")) {
		c->at++;
		return refuse(c, PKI_E_UNSUPPORTED,
		    "libtasn1 knows no constraints but SIZE and ranges", "X.680 49");
	}
	if (!ranges_follow(c))
		return refuse(c, PKI_E_UNSUPPORTED,
		    "libtasn1 knows no constraint of this type but SIZE", "X.680 49");
	return check_range(c);
}

/* ---- lists ---- */

static pki_status go_deeper(checker *c)
{
	if (c->depth == PKI_ASN1_NESTING)
		return refuse(c, PKI_E_LIMIT, "types are nested too deeply", NULL);
	c->depth++;
	return PKI_SUCCESS;
}

static pki_status put_name(checker *c)
{
	pki_asn1_symbol *list = pki_list_room(c->names, NULL, c->count, &c->room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(c->err);
	c->names = list;
	if (c->count - c->levels[c->open - 1].first == PKI_ASN1_LIST)
		return refuse(c, PKI_E_LIMIT, "a list has more than 1024 members", NULL);
	list[c->count++] = (pki_asn1_symbol){ .name = pki_asn1_token_text(&c->s->tokens, c->at),
		.token = (uint32_t)c->at };
	c->at++;
	return PKI_SUCCESS;
}

/* ( 1 ), ( -1 ) after the name of a number or bit. libtasn1 knows the sign in INTEGER only. */
static pki_status check_number(checker *c, bool sign)
{
	pki_status st;

	if (kind(c) == ',' || kind(c) == '}') {
		c->at--;
		return refuse(c, PKI_E_UNSUPPORTED, "write the number of each name", "X.680 20");
	}
	st = want(c, '(', "X.680 19");
	if (st == PKI_SUCCESS && (kind(c) == TOKEN_LOWER || (kind(c) == '-' && !sign)))
		return refuse(c, PKI_E_UNSUPPORTED, "write a positive number here", "X.680 19");
	if (st == PKI_SUCCESS)
		st = want_signed(c, "X.680 19");
	c->names[c->count - 1].bits = (uint32_t)c->number;
	return st == PKI_SUCCESS ? want(c, ')', "X.680 19") : st;
}

/* After { or , the name of what follows. */
static pki_status check_member(checker *c)
{
	const level *l = &c->levels[c->open - 1];
	const pki_asn1_word *w = pki_asn1_word_of(pki_asn1_token_text(&c->s->tokens, c->at));
	pki_status st;

	if (kind(c) == TOKEN_ELLIPSIS)
		return refuse(c, PKI_E_UNSUPPORTED,
		    "leave ... out: libtasn1 does not know extensions", "X.680 25");
	if (kind(c) == '}' && kind_before(c) == '{' && l->kind == COMPONENTS)
		return refuse(c, PKI_E_UNSUPPORTED, "libtasn1 knows no empty list", "X.680 25");
	if (kind(c) == TOKEN_UPPER && w != NULL && w->refused != NULL)
		return refuse(c, w->status, w->refused, NULL);
	if (kind(c) == '}' && kind_before(c) == ',')
		return refuse(c, PKI_E_ENCODING, "a comma too many before it", "X.680 25");
	if (kind(c) != TOKEN_LOWER)
		return refuse(c, PKI_E_ENCODING,
		    "a name that begins with a small letter is expected", "X.680 12.3");
	st = put_name(c);
	return st == PKI_SUCCESS && l->kind != COMPONENTS ? check_number(c, l->kind == NUMBERS)
							  : st;
}

static bool opens(const checker *c, braces *is)
{
	*is = COMPONENTS;
	if (after(c, "SEQUENCE") || after(c, "SET") || after(c, "CHOICE"))
		return true;
	*is = after(c, "INTEGER") ? NUMBERS : BITS;
	return after(c, "INTEGER") || after(c, "ENUMERATED") ||
	    (after(c, "STRING") && is_at(c, c->at - 2, "BIT"));
}

static pki_status no_default(const checker *c)
{
	return refuse(
	    c, PKI_E_UNSUPPORTED, "libtasn1 knows no such DEFAULT: write OPTIONAL", "X.680 25");
}

static pki_status open_list(checker *c)
{
	level l = { .first = c->count, .depth = c->depth };
	pki_status st;

	if (after(c, "DEFAULT"))
		return no_default(c);
	if (kind_before(c) == TOKEN_UPPER && !is_word(c, c->at - 1))
		return refuse(c, PKI_E_UNSUPPORTED, "libtasn1 does not know parameters", "X.683");
	if (!opens(c, &l.kind))
		return unexpected(c, "X.680 17");
	if ((st = go_deeper(c)) != PKI_SUCCESS)
		return st;
	c->levels[c->open++] = l;
	c->at++;
	return check_member(c);
}

static pki_status next_member(checker *c)
{
	if (c->open == 0)
		return unexpected(c, "X.680 16.1");
	c->depth = c->levels[c->open - 1].depth + 1;
	c->at++;
	return check_member(c);
}

static int compare_numbers(const void *a, const void *b)
{
	const pki_asn1_symbol *x = a, *y = b;

	if (x->bits != y->bits)
		return x->bits < y->bits ? -1 : 1;
	return (x->token > y->token) - (x->token < y->token);
}

/* The second name of a number that has two; 0: none has. */
static size_t number_twice(pki_asn1_symbol *names, size_t count)
{
	if (count > 1)
		qsort(names, count, sizeof *names, compare_numbers);
	for (size_t i = 1; i < count; i++)
		if (names[i - 1].bits == names[i].bits)
			return names[i].token;
	return 0;
}

static pki_status close_list(checker *c)
{
	const level *l = &c->levels[--c->open];
	pki_asn1_symbol *names = c->names + l->first;
	size_t count = c->count - l->first, end = c->at;

	c->count = l->first;
	c->depth = l->depth;
	if ((c->at = pki_asn1_twice(names, count)) != 0)
		return refuse(c, PKI_E_STRUCTURE, "a list has this name twice", "X.680 25");
	if (l->kind != COMPONENTS && (c->at = number_twice(names, count)) != 0)
		return refuse(c, PKI_E_STRUCTURE, "this number has another name", "X.680 19");
	c->at = end + 1;
	return PKI_SUCCESS;
}

/* ---- types ---- */

/* DEFAULT 1, DEFAULT a, DEFAULT TRUE. */
static pki_status check_default(checker *c)
{
	bool is_oid;

	if (c->open == 0 || c->levels[c->open - 1].kind != COMPONENTS)
		return unexpected(c, "X.680 16.1");
	if (kind_before(c) == '}' && c->levels[c->open].kind == COMPONENTS)
		return no_default(c);
	is_oid = after(c, "IDENTIFIER");
	c->at++;
	if (kind(c) == '{' ||
	    (kind(c) == TOKEN_UPPER && !is_at(c, c->at, "TRUE") && !is_at(c, c->at, "FALSE")))
		return no_default(c);
	if (is_oid && !(kind(c) == TOKEN_LOWER && names_value(c, ITEM_OBJECT_ID)))
		return refuse(c, PKI_E_STRUCTURE, "DEFAULT is no value of the type", "X.680 25");
	if (kind(c) == TOKEN_LOWER || is_at(c, c->at, "TRUE") || is_at(c, c->at, "FALSE")) {
		c->at++;
		return PKI_SUCCESS;
	}
	return want_signed(c, "X.680 25");
}

static pki_status check_reference(checker *c)
{
	if (pki_asn1_source_find(c->s, pki_asn1_token_text(&c->s->tokens, c->at)) == NULL)
		return refuse(
		    c, PKI_E_STRUCTURE, "no type of that name is defined or imported", "X.680 16");
	c->at++;
	return PKI_SUCCESS;
}

static pki_status check_word(checker *c)
{
	const pki_asn1_word *w = pki_asn1_word_of(pki_asn1_token_text(&c->s->tokens, c->at));

	if (w == NULL)
		return check_reference(c);
	if (w->refused != NULL)
		return refuse(c, w->status, w->refused, NULL);
	if (is_at(c, c->at, "SIZE"))
		return check_size(c);
	if (is_at(c, c->at, "DEFAULT"))
		return check_default(c);
	if (is_at(c, c->at, "OF") && go_deeper(c) != PKI_SUCCESS)
		return PKI_E_LIMIT;
	if ((is_at(c, c->at, "OCTET") || is_at(c, c->at, "BIT")) && !is_at(c, c->at + 1, "STRING"))
		return refuse(c, PKI_E_ENCODING, "STRING is expected after it", "X.680 17");
	if (is_at(c, c->at, "OBJECT") && !is_at(c, c->at + 1, "IDENTIFIER"))
		return refuse(c, PKI_E_ENCODING, "IDENTIFIER is expected after it", "X.680 17");
	c->at++;
	return after(c, "BY") ? want(c, TOKEN_LOWER, "X.208 27") : PKI_SUCCESS;
}

/* A name that begins with a small letter, where a type is expected or what follows one. */
static pki_status refuse_name(const checker *c)
{
	if (after(c, "OF"))
		return refuse(
		    c, PKI_E_UNSUPPORTED, "libtasn1 knows no names of elements", "X.680 26");
	if (c->at == c->from || kind_before(c) == TOKEN_LOWER || kind_before(c) == ']' ||
	    is_mode(c, c->at - 1))
		return refuse(c, PKI_E_ENCODING,
		    "a type is expected, which begins with a capital letter", "X.680 12.2.1");
	return c->open > 0 ? refuse(c, PKI_E_ENCODING, "a comma is missing before it", "X.680 25")
			   : unexpected(c, "X.680 17");
}

static pki_status check_token(checker *c)
{
	switch (kind(c)) {
	case TOKEN_LOWER:
		return refuse_name(c);
	case ';':
		return c->open > 0 ? refuse(c, PKI_E_ENCODING, "a comma is expected", "X.680 25")
				   : unexpected(c, "X.680 16.1");
	case '[':
		return check_tag(c);
	case '(':
		return check_constraint(c);
	case '{':
		return open_list(c);
	case ',':
		return next_member(c);
	case '}':
		return close_list(c);
	case TOKEN_UPPER:
		return check_word(c);
	case TOKEN_ELLIPSIS:
		return refuse(c, PKI_E_UNSUPPORTED,
		    "leave ... out: libtasn1 does not know extensions", "X.680 25");
	default:
		return unexpected(c, "X.680 17");
	}
}

pki_status pki_asn1_check_type(pki_asn1_source *s, size_t from, size_t to, pki_error *err)
{
	checker c = { .s = s, .from = from, .at = from, .to = to, .err = err };
	pki_status st = PKI_SUCCESS;

	if (from == to)
		st = unexpected(&c, "X.680 17");
	while (st == PKI_SUCCESS && c.at < c.to)
		st = check_token(&c);
	pki_free(c.names);
	return st;
}
