/* SPDX-License-Identifier: BSD-3-Clause */
/* A module's text, cut into its parts: X.680 13, and the left sides of 16. */
#include <stdlib.h>
#include <string.h>

#include "libpki/asn1/source.h"
#include "libpki/asn1/syntax.h"
#include "libpki/asn1/words.h"
#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

typedef struct reader {
	pki_asn1_source *s;
	size_t at;
	pki_asn1_known *known;
	void *ud;
	pki_error *err;
} reader;

/* ---- tokens ---- */

static uint8_t kind(const reader *r, size_t ahead)
{
	return pki_asn1_token_kind(&r->s->tokens, r->at + ahead);
}

static bool is(const reader *r, size_t ahead, const char *word)
{
	return pki_asn1_token_is(&r->s->tokens, r->at + ahead, word);
}

static bool is_name(const reader *r, size_t ahead)
{
	uint8_t k = kind(r, ahead);

	return k == TOKEN_LOWER ||
	    (k == TOKEN_UPPER &&
		pki_asn1_word_of(pki_asn1_token_text(&r->s->tokens, r->at + ahead)) == NULL);
}

static pki_status refuse(const reader *r, pki_status st, const char *reason, const char *clause)
{
	return pki_asn1_refuse(&r->s->tokens, r->at, st, reason, clause, r->err);
}

static bool take(reader *r, const char *word)
{
	bool there = is(r, 0, word);

	r->at += there;
	return there;
}

static pki_status want(reader *r, const char *word, const char *reason)
{
	return take(r, word) ? PKI_SUCCESS : refuse(r, PKI_E_ENCODING, reason, "X.680 13.1");
}

static pki_status want_module(reader *r)
{
	if (kind(r, 0) != TOKEN_UPPER || !is_name(r, 0))
		return refuse(r, PKI_E_ENCODING, "a module's name is expected", "X.680 13.1");
	r->at++;
	return PKI_SUCCESS;
}

/* ---- the head ---- */

/* { iso(1) 2 a(3) }, or nothing. X.680 13.1: what it identifies, libpki has no use for. */
static void skip_oid(reader *r)
{
	size_t start = r->at;

	if (kind(r, 0) != '{')
		return;
	for (r->at++; kind(r, 0) == TOKEN_LOWER || kind(r, 0) == TOKEN_NUMBER ||
	     kind(r, 0) == '(' || kind(r, 0) == ')';)
		r->at++;
	if (kind(r, 0) == '}')
		r->at++;
	else
		r->at = start;
}

static pki_status read_tags(reader *r)
{
	pki_status st = PKI_SUCCESS;

	if (is(r, 0, "AUTOMATIC"))
		return refuse(r, PKI_E_UNSUPPORTED,
		    "write the tags that are AUTOMATIC: [0] IMPLICIT, [1] ...", "X.680 13.2");
	if (is(r, 0, "EXPLICIT") || is(r, 0, "IMPLICIT")) {
		r->s->implicit = is(r, 0, "IMPLICIT");
		r->at++;
		st = want(r, "TAGS", "TAGS is expected");
	}
	if (st == PKI_SUCCESS && is(r, 0, "EXTENSIBILITY"))
		return refuse(r, PKI_E_UNSUPPORTED,
		    "leave it out: libtasn1 does not know extensions", "X.680 13.4");
	return st;
}

static pki_status read_head(reader *r)
{
	pki_status st;

	r->s->name = r->at;
	if ((st = want_module(r)) != PKI_SUCCESS)
		return st;
	skip_oid(r);
	if ((st = want(r, "DEFINITIONS", "DEFINITIONS is expected")) != PKI_SUCCESS ||
	    (st = read_tags(r)) != PKI_SUCCESS ||
	    (st = want(r, "::=", "::= is expected")) != PKI_SUCCESS)
		return st;
	return want(r, "BEGIN", "BEGIN is expected");
}

/* Everything is exported, whatever a module says. */
static pki_status read_exports(reader *r)
{
	if (!take(r, "EXPORTS"))
		return PKI_SUCCESS;
	if (is(r, 0, "ALL"))
		r->at++;
	else
		while (is_name(r, 0) || kind(r, 0) == ',')
			r->at++;
	return want(r, ";", "the end of EXPORTS is expected");
}

/* ---- names ---- */

static pki_status put_symbol(reader *r, size_t token, size_t from, uint32_t bits)
{
	pki_asn1_source *s = r->s;
	pki_asn1_symbol *list = pki_list_room(s->symbols, NULL, s->count, &s->room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(r->err);
	s->symbols = list;
	if (s->count == PKI_ASN1_SYMBOLS)
		return refuse(r, PKI_E_LIMIT, "a module has more than 4096 names", NULL);
	list[s->count] = (pki_asn1_symbol){ .name = pki_asn1_token_text(&s->tokens, token),
		.token = (uint32_t)token,
		.index = (uint32_t)s->count,
		.from = (uint32_t)from,
		.bits = bits };
	s->count++;
	return PKI_SUCCESS;
}

/* ---- imports ---- */

static void copy_name(const reader *r, size_t token, char out[PKI_ASN1_NAME + 1])
{
	pki_bytes text = pki_asn1_token_text(&r->s->tokens, token);

	memcpy(out, text.data, text.len);
	out[text.len] = '\0';
}

static pki_status ask(const reader *r, pki_asn1_symbol *symbol)
{
	char module[PKI_ASN1_NAME + 1], name[PKI_ASN1_NAME + 1];
	bool is_value = pki_asn1_token_kind(&r->s->tokens, symbol->token) == TOKEN_LOWER;
	pki_status st;

	copy_name(r, symbol->from, module);
	copy_name(r, symbol->token, name);
	st = r->known(r->ud, module, name, &symbol->bits, r->err);
	if (st == PKI_SUCCESS && ((symbol->bits & ITEM_ASSIGN) != 0) == is_value)
		return PKI_SUCCESS;
	if (st == PKI_E_NOTFOUND)
		pki_error_on_line(r->err, pki_asn1_token_at(&r->s->tokens, symbol->token)->line);
	if (st != PKI_SUCCESS)
		return st;
	return pki_asn1_refuse(&r->s->tokens, symbol->token, PKI_E_NOTFOUND,
	    "the module that it is imported from does not have it", "X.680 13.15", r->err);
}

/* a, B FROM Module { oid }: symbols from `first` on. */
static pki_status read_from(reader *r)
{
	size_t first = r->s->count, from;
	pki_status st = PKI_SUCCESS;

	do {
		if (!is_name(r, 0))
			return refuse(
			    r, PKI_E_ENCODING, "a name to import is expected", "X.680 13.1");
		st = put_symbol(r, r->at++, 0, 0);
	} while (st == PKI_SUCCESS && take(r, ","));
	if (st == PKI_SUCCESS)
		st = want(r, "FROM", "FROM is expected");
	from = r->at;
	if (st == PKI_SUCCESS)
		st = want_module(r);
	skip_oid(r);
	for (size_t i = first; st == PKI_SUCCESS && i < r->s->count; i++) {
		r->s->symbols[i].from = (uint32_t)from;
		st = ask(r, &r->s->symbols[i]);
	}
	return st;
}

static pki_status read_imports(reader *r)
{
	pki_status st = PKI_SUCCESS;

	if (!take(r, "IMPORTS"))
		return PKI_SUCCESS;
	while (st == PKI_SUCCESS && kind(r, 0) != ';')
		st = read_from(r);
	r->at += st == PKI_SUCCESS;
	r->s->imports = r->s->count;
	return st;
}

/* ---- assignments ---- */

static bool opens(uint8_t k)
{
	return k == '{' || k == '(' || k == '[';
}

static bool closes(uint8_t k)
{
	return k == '}' || k == ')' || k == ']';
}

/* Not in brackets of its own: does a new assignment begin here, or does the module end? */
static bool type_ends(const reader *r)
{
	const pki_asn1_tokens *t = &r->s->tokens;

	if (kind(r, 0) == TOKEN_END || is(r, 0, "END") || closes(kind(r, 0)))
		return true;
	if (kind(r, 0) == TOKEN_UPPER)
		return kind(r, 1) == TOKEN_ASSIGN;
	return kind(r, 0) == TOKEN_LOWER && pki_asn1_token_kind(t, r->at - 1) != TOKEN_ASSIGN &&
	    !pki_asn1_token_is(t, r->at - 1, "BY") && !pki_asn1_token_is(t, r->at - 1, "OF");
}

static void skip_type(reader *r)
{
	size_t depth = 0;

	for (; depth > 0 || !type_ends(r); r->at++) {
		depth += opens(kind(r, 0));
		depth -= closes(kind(r, 0));
	}
}

/* -1, { iso(1) 2 }. */
static void skip_value(reader *r)
{
	if (kind(r, 0) == '-')
		r->at++;
	if (kind(r, 0) == '{')
		while (kind(r, 0) != '}')
			r->at++;
	r->at++;
}

static pki_status read_type_assignment(reader *r)
{
	pki_status st = put_symbol(r, r->at, 0, 0);

	if (is(r, 1, "MACRO"))
		return refuse(r, PKI_E_UNSUPPORTED, "libtasn1 does not know macros", NULL);
	if (kind(r, 1) == '{')
		return refuse(r, PKI_E_UNSUPPORTED, "libtasn1 does not know parameters", "X.683");
	r->at++;
	if (st == PKI_SUCCESS)
		st = want(r, "::=", "::= is expected");
	if (st == PKI_SUCCESS)
		skip_type(r);
	return st;
}

/* How many tokens the type of a value takes; 0: libtasn1 knows no values of it. */
static size_t governor(const reader *r, uint32_t *bits)
{
	*bits = ITEM_ASSIGN | (is(r, 1, "INTEGER") ? ITEM_INTEGER : ITEM_OBJECT_ID);
	if (is(r, 1, "OBJECT") && is(r, 2, "IDENTIFIER"))
		return 2;
	return is(r, 1, "INTEGER") || (kind(r, 1) == TOKEN_UPPER && is_name(r, 1)) ? 1 : 0;
}

static bool is_other_type(const reader *r)
{
	const pki_asn1_word *w = pki_asn1_word_of(pki_asn1_token_text(&r->s->tokens, r->at + 1));

	return w != NULL && w->status != PKI_E_ENCODING;
}

static pki_status read_value_assignment(reader *r)
{
	uint32_t bits;
	size_t type = governor(r, &bits);
	pki_status st = put_symbol(r, r->at, 0, bits);

	if (st != PKI_SUCCESS)
		return st;
	if (kind(r, 1) == '{')
		return refuse(r, PKI_E_UNSUPPORTED, "libtasn1 does not know parameters", "X.683");
	if (kind(r, 1) == TOKEN_ASSIGN)
		return refuse(
		    r, PKI_E_ENCODING, "a type begins with a capital letter", "X.680 12.2");
	if (type == 0 && is_other_type(r))
		return refuse(r, PKI_E_UNSUPPORTED,
		    "libtasn1 knows values of INTEGER and OBJECT IDENTIFIER only", "X.680 16.2");
	r->at += 1 + type;
	st = want(r, "::=", "::= is expected");
	if (st == PKI_SUCCESS && kind(r, 0) != '{' && (bits & ITEM_TYPE) == ITEM_OBJECT_ID)
		return refuse(r, type == 1 ? PKI_E_UNSUPPORTED : PKI_E_ENCODING,
		    "an OBJECT IDENTIFIER in braces is expected", "X.680 32.3");
	if (st == PKI_SUCCESS)
		skip_value(r);
	return st;
}

static pki_status read_assignments(reader *r)
{
	pki_status st = PKI_SUCCESS;

	r->s->body = r->at;
	while (st == PKI_SUCCESS && is_name(r, 0))
		st = kind(r, 0) == TOKEN_UPPER ? read_type_assignment(r) : read_value_assignment(r);
	r->s->end = r->at;
	if (st == PKI_SUCCESS)
		st = want(r, "END", "an assignment, or END, is expected");
	if (st == PKI_SUCCESS && kind(r, 0) != TOKEN_END)
		return refuse(r, PKI_E_UNSUPPORTED,
		    "something stands after END: add each module alone", NULL);
	return st;
}

/* ---- what is assigned ---- */

static int compare(const void *a, const void *b)
{
	const pki_asn1_symbol *x = a, *y = b;
	int order = pki_bytes_compare(x->name, y->name);

	return order != 0 ? order : (x->token > y->token) - (x->token < y->token);
}

size_t pki_asn1_twice(pki_asn1_symbol *names, size_t count)
{
	if (count > 1)
		qsort(names, count, sizeof *names, compare);
	for (size_t i = 1; i < count; i++)
		if (pki_bytes_equal(names[i - 1].name, names[i].name))
			return names[i].token;
	return 0;
}

static pki_status sort_names(reader *r)
{
	pki_asn1_source *s = r->s;
	size_t twice;

	if (s->count == s->imports)
		return refuse(r, PKI_E_ENCODING, "there is nothing in the module", "X.680 16.1");
	if ((s->sorted = pki_alloc_zero(s->count, sizeof *s->sorted)) == NULL)
		return pki_error_nomem(r->err);
	memcpy(s->sorted, s->symbols, s->count * sizeof *s->sorted);
	if ((twice = pki_asn1_twice(s->sorted, s->count)) == 0)
		return PKI_SUCCESS;
	return pki_asn1_refuse(&s->tokens, twice, PKI_E_STRUCTURE,
	    "a name is imported or assigned twice", "X.680 16.1", r->err);
}

static int compare_name(const void *key, const void *symbol)
{
	return pki_bytes_compare(*(const pki_bytes *)key, ((const pki_asn1_symbol *)symbol)->name);
}

const pki_asn1_symbol *pki_asn1_source_find(const pki_asn1_source *s, pki_bytes name)
{
	return bsearch(&name, s->sorted, s->count, sizeof *s->sorted, compare_name);
}

/* Symbol i's right side: the tokens after its ::=, up to the next symbol. */
static size_t right_side(const pki_asn1_source *s, size_t i, size_t *to)
{
	size_t from = s->symbols[i].token;

	while (pki_asn1_token_kind(&s->tokens, from) != TOKEN_ASSIGN)
		from++;
	*to = i + 1 < s->count ? s->symbols[i + 1].token : s->end;
	return from + 1;
}

static pki_status check_assignment(reader *r, size_t i)
{
	pki_asn1_source *s = r->s;
	size_t to, from = right_side(s, i, &to);

	if (s->symbols[i].bits == 0)
		return pki_asn1_check_type(s, from, to, r->err);
	if (s->symbols[i].bits == (ITEM_ASSIGN | ITEM_INTEGER))
		return pki_asn1_check_integer(s, from, to, r->err);
	return pki_asn1_check_oid(s, from, to, r->err);
}

pki_status pki_asn1_source_read(
    pki_bytes text, pki_asn1_known *known, void *ud, pki_asn1_source *out, pki_error *err)
{
	reader r = { .s = out, .known = known, .ud = ud, .err = err };
	pki_status st;

	memset(out, 0, sizeof *out);
	if ((st = pki_asn1_lex(text, &out->tokens, err)) != PKI_SUCCESS ||
	    (st = read_head(&r)) != PKI_SUCCESS || (st = read_exports(&r)) != PKI_SUCCESS ||
	    (st = read_imports(&r)) != PKI_SUCCESS || (st = read_assignments(&r)) != PKI_SUCCESS ||
	    (st = sort_names(&r)) != PKI_SUCCESS)
		return st;
	for (size_t i = out->imports; st == PKI_SUCCESS && i < out->count; i++)
		st = check_assignment(&r, i);
	return st;
}

void pki_asn1_source_free(pki_asn1_source *s)
{
	pki_asn1_tokens_free(&s->tokens);
	pki_free(s->symbols);
	pki_free(s->sorted);
	s->symbols = s->sorted = NULL;
}

/* ---- for libtasn1 ---- */

static pki_status put_lines(pki_buf *out, size_t *line, size_t to, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (; st == PKI_SUCCESS && *line < to; (*line)++)
		st = pki_buf_putc(out, '\n', err);
	return st;
}

/* The word that libtasn1 has for what stands there; NULL: the same one. */
static const char *other_word(const pki_asn1_tokens *t, size_t i)
{
	const pki_asn1_word *w;

	if (t->list[i].kind == TOKEN_ROOT)
		return pki_asn1_root_arc(pki_asn1_token_text(t, i));
	w = t->list[i].kind == TOKEN_UPPER ? pki_asn1_word_of(pki_asn1_token_text(t, i)) : NULL;
	return w == NULL ? NULL : w->instead;
}

static pki_status put_text(const pki_asn1_tokens *t, size_t i, pki_buf *out, pki_error *err)
{
	const char *other = other_word(t, i);

	return pki_buf_append(
	    out, other != NULL ? pki_bytes_str(other) : pki_asn1_token_text(t, i), err);
}

/* libtasn1 wants blanks between tokens, but none around |, which SIZE alone has. */
static pki_status write_body(const pki_asn1_source *s, size_t *line, pki_buf *out, pki_error *err)
{
	const pki_asn1_tokens *t = &s->tokens;
	pki_status st = PKI_SUCCESS;

	for (size_t i = s->body; st == PKI_SUCCESS && i < s->end; i++) {
		bool joined = t->list[i].kind == '|' || t->list[i - 1].kind == '|';

		if (t->list[i].kind == TOKEN_NONE)
			continue;
		if (!joined)
			st = pki_buf_putc(out, ' ', err);
		if (st == PKI_SUCCESS && !joined)
			st = put_lines(out, line, t->list[i].line, err);
		if (st == PKI_SUCCESS)
			st = put_text(t, i, out, err);
	}
	return st;
}

/* Of what is imported: libtasn1 wants every name to be of something. */
static pki_status write_stand_in(const pki_asn1_symbol *symbol, pki_buf *out, pki_error *err)
{
	const char *is = symbol->bits == (ITEM_ASSIGN | ITEM_INTEGER) ? " INTEGER ::= 0"
	    : symbol->bits == (ITEM_ASSIGN | ITEM_OBJECT_ID) ? " OBJECT IDENTIFIER ::= { 0 0 }"
							     : " ::= NULL";
	pki_status st = pki_buf_putc(out, ' ', err);

	if (st == PKI_SUCCESS)
		st = pki_buf_append(out, symbol->name, err);
	return st == PKI_SUCCESS ? pki_buf_puts(out, is, err) : st;
}

pki_status pki_asn1_source_write(const pki_asn1_source *s, pki_buf *out, pki_error *err)
{
	size_t line = 1;
	pki_status st = put_text(&s->tokens, s->name, out, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_puts(out,
		    s->implicit ? " { } DEFINITIONS IMPLICIT TAGS ::= BEGIN"
				: " { } DEFINITIONS EXPLICIT TAGS ::= BEGIN",
		    err);
	if (st == PKI_SUCCESS)
		st = write_body(s, &line, out, err);
	for (size_t i = 0; st == PKI_SUCCESS && i < s->imports; i++)
		st = write_stand_in(&s->symbols[i], out, err);
	return st == PKI_SUCCESS ? pki_buf_puts(out, " END\n", err) : st;
}

/* ---- what libtasn1 makes of it ---- */

/* In a type: tags, types, SIZE, DEFAULT, and the names of numbers and bits. */
static bool makes_item(const pki_asn1_tokens *t, size_t i)
{
	const pki_asn1_word *w;

	switch (t->list[i].kind) {
	case '[':
		return true;
	case TOKEN_LOWER:
		return t->list[i + 1].kind == '(';
	case TOKEN_UPPER:
		w = pki_asn1_word_of(pki_asn1_token_text(t, i));
		return w == NULL || w->item;
	default:
		return false;
	}
}

/* In the braces of an OBJECT IDENTIFIER: 1, a(1). */
static bool is_arc(const pki_asn1_tokens *t, size_t i)
{
	return t->list[i].kind == TOKEN_LOWER || t->list[i].kind == TOKEN_ROOT ||
	    (t->list[i].kind == TOKEN_NUMBER && t->list[i - 1].kind != '(');
}

static size_t count_items(const pki_asn1_source *s, size_t symbol)
{
	bool is_type = s->symbols[symbol].bits == 0;
	size_t count = !is_type, to;

	if (s->symbols[symbol].bits == (ITEM_ASSIGN | ITEM_INTEGER))
		return 1;
	for (size_t i = right_side(s, symbol, &to); i < to; i++)
		count += is_type ? makes_item(&s->tokens, i) : is_arc(&s->tokens, i);
	return count;
}

size_t pki_asn1_source_items(const pki_asn1_source *s)
{
	size_t count = 2; /* the module, its OBJECT IDENTIFIER */

	for (size_t i = 0; i < s->imports; i++)
		count += s->symbols[i].bits == (ITEM_ASSIGN | ITEM_OBJECT_ID) ? 3 : 1;
	for (size_t i = s->imports; i < s->count; i++)
		count += count_items(s, i);
	return count;
}

/* ---- lines ---- */

/* A ::=, a INTEGER ::=, a OBJECT IDENTIFIER ::=; not ANY DEFINED BY a, B ::=. */
static bool is_assigned(const pki_asn1_tokens *t, size_t i)
{
	size_t most = pki_asn1_token_kind(t, i) == TOKEN_LOWER ? 3 : 1;

	if (i > 0 && pki_asn1_token_is(t, i - 1, "BY"))
		return false;
	for (size_t n = 1; n <= most; n++) {
		if (pki_asn1_token_kind(t, i + n) == TOKEN_ASSIGN)
			return true;
		if (pki_asn1_token_kind(t, i + n) != TOKEN_UPPER)
			return false;
	}
	return false;
}

size_t pki_asn1_line_of(pki_bytes text, const char *name)
{
	pki_asn1_tokens t;
	size_t line = 0;

	if (pki_asn1_lex(text, &t, NULL) == PKI_SUCCESS)
		for (size_t i = 0; line == 0 && i < t.count; i++)
			if (pki_asn1_token_is(&t, i, name) && is_assigned(&t, i))
				line = t.list[i].line;
	pki_asn1_tokens_free(&t);
	return line;
}
