/* SPDX-License-Identifier: BSD-3-Clause */
/* ASN.1 text, cut into tokens. What libtasn1's own lexer would read differently is refused here. */
#include <string.h>

#include "libpki/asn1/lexer.h"
#include "libpki/asn1/module.h"
#include "libpki/core/alloc.h"
#include "libpki/core/ascii.h"
#include "libpki/core/error.h"

typedef struct bracket {
	size_t at, line;
	uint8_t closing; /* what would close it */
} bracket;

typedef struct lexer {
	pki_asn1_tokens *out;
	size_t at, line;
	bracket open[PKI_ASN1_NESTING];
	size_t depth;
	pki_error *err;
} lexer;

/* NUL at the end: no character of ASN.1. */
static uint8_t look(const lexer *l, size_t ahead)
{
	pki_bytes text = l->out->text;

	return ahead < text.len - l->at ? text.data[l->at + ahead] : 0;
}

static bool at_end(const lexer *l)
{
	return l->at == l->out->text.len;
}

static bool in_name(uint8_t c)
{
	return pki_is_alpha(c) || pki_is_digit(c);
}

static bool is_newline(uint8_t c)
{
	return c >= '\n' && c <= '\r';
}

/* ---- what is wrong ---- */

/* The line around an octet: what stands before it, and the whole. */
static pki_bytes line_around(pki_bytes text, size_t at, pki_bytes *before)
{
	size_t from = at, to = at;

	while (from > 0 && !is_newline(text.data[from - 1]))
		from--;
	while (to < text.len && !is_newline(text.data[to]))
		to++;
	*before = pki_bytes_of(text.data + from, at - from);
	return pki_bytes_of(text.data + from, to - from);
}

static bool holds(pki_bytes text, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = 0; i + n <= text.len; i++)
		if (memcmp(text.data + i, what, n) == 0)
			return true;
	return false;
}

/* What people do to the text of RFCs, if the line looks like it, says more than what is wrong. */
static const char *better(pki_bytes text, size_t at, const char *reason)
{
	pki_bytes before, line = line_around(text, at, &before);

	if (holds(line, "[Page "))
		return "the foot of a page: take it and the next page's head out";
	if (at < text.len && holds(before, "--"))
		return "syntax error; a comment ends with the next --";
	return reason;
}

static pki_status refuse(
    const lexer *l, size_t len, pki_status st, const char *reason, const char *clause)
{
	pki_bytes rest = pki_bytes_of(l->out->text.data + l->at, l->out->text.len - l->at);

	rest.len = len < rest.len ? len : rest.len;
	if (st != PKI_E_LIMIT)
		reason = better(l->out->text, l->at, reason);
	st = pki_error_set_detail(l->err, st, reason, clause, rest);
	pki_error_on_line(l->err, l->line);
	return st;
}

/* ---- tokens ---- */

/* Past a line's end: CR LF is one. X.680 12.1.6. */
static void take_newline(lexer *l)
{
	l->at += look(l, 0) == '\r' && look(l, 1) == '\n' ? 2 : 1;
	l->line++;
}

/* From "--" to the next one, or to the end of the line: X.680 12.6.3. */
static void skip_comment(lexer *l)
{
	l->at += 2;
	while (!at_end(l) && !is_newline(look(l, 0))) {
		if (look(l, 0) == '-' && look(l, 1) == '-') {
			l->at += 2;
			return;
		}
		l->at++;
	}
}

static void skip_space(lexer *l)
{
	for (;;) {
		uint8_t c = look(l, 0);

		if (is_newline(c))
			take_newline(l);
		else if (c == '-' && look(l, 1) == '-')
			skip_comment(l);
		else if (c == ' ' || c == '\t')
			l->at++;
		else
			return;
	}
}

static pki_status put(lexer *l, uint8_t kind, size_t len)
{
	pki_asn1_tokens *out = l->out;
	pki_asn1_token *list = pki_list_room(out->list, NULL, out->count, &out->room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(l->err);
	out->list = list;
	list[out->count] = (pki_asn1_token){
		.at = (uint32_t)l->at, .line = (uint32_t)l->line, .len = (uint8_t)len, .kind = kind
	};
	out->count += kind != TOKEN_END;
	l->at += len;
	return PKI_SUCCESS;
}

/* X.680 12.2, 12.3: letters, digits and hyphens, but not two, and none at the end. */
static pki_status put_name(lexer *l)
{
	size_t len = 1;

	while (in_name(look(l, len)) || (look(l, len) == '-' && in_name(look(l, len + 1))))
		len++;
	if (len > PKI_ASN1_NAME)
		return refuse(l, len, PKI_E_LIMIT, "a name has more than 64 characters", NULL);
	if (look(l, len) == '-' && look(l, len + 1) != '-')
		return refuse(
		    l, len + 1, PKI_E_ENCODING, "a name ends with a hyphen", "X.680 12.2.1");
	return put(l, look(l, 0) >= 'a' ? TOKEN_LOWER : TOKEN_UPPER, len);
}

/* X.680 12.8. */
static pki_status put_number(lexer *l)
{
	size_t len = 1;

	while (pki_is_digit(look(l, len)))
		len++;
	if (pki_is_alpha(look(l, len)))
		return refuse(
		    l, len + 1, PKI_E_ENCODING, "a name begins with a digit", "X.680 12.3");
	if (look(l, 0) == '0' && len > 1)
		return refuse(l, len, PKI_E_ENCODING, "a number begins with 0", "X.680 12.8");
	if (len > PKI_ASN1_DIGITS)
		return refuse(l, len, PKI_E_LIMIT, "a number has more than 39 digits", NULL);
	return put(l, TOKEN_NUMBER, len);
}

static pki_status open_bracket(lexer *l, uint8_t closing)
{
	if (l->depth == PKI_ASN1_NESTING)
		return refuse(l, 1, PKI_E_LIMIT, "brackets are nested too deeply", NULL);
	l->open[l->depth++] = (bracket){ l->at, l->line, closing };
	return put(l, look(l, 0), 1);
}

static pki_status close_bracket(lexer *l)
{
	if (l->depth == 0 || l->open[l->depth - 1].closing != look(l, 0))
		return refuse(l, 1, PKI_E_ENCODING, "a bracket was not opened", "X.680");
	l->depth--;
	return put(l, look(l, 0), 1);
}

/* At the end of the text: the innermost one. */
static pki_status still_open(lexer *l)
{
	const bracket *b = &l->open[l->depth - 1];

	l->at = b->at;
	l->line = b->line;
	return refuse(l, 1, PKI_E_ENCODING, "a bracket is not closed", "X.680");
}

static bool follows(const lexer *l, const char *text)
{
	size_t n = strlen(text);

	return l->out->text.len - l->at >= n && memcmp(l->out->text.data + l->at, text, n) == 0;
}

/* The octets of the character: of what is no UTF-8, one. */
static size_t character(const lexer *l)
{
	size_t len = 1;

	while (look(l, 0) >= 0xc0 && len < 4 && (look(l, len) & 0xc0) == 0x80)
		len++;
	return len;
}

static pki_status refuse_dot(const lexer *l)
{
	return refuse(l, 1, PKI_E_UNSUPPORTED,
	    pki_is_alpha(look(l, 1)) ? "write IMPORTS instead of Module.Type"
				     : "libtasn1 has no use for this character",
	    "X.680 12");
}

static pki_status put_symbol(lexer *l)
{
	if (follows(l, "::="))
		return put(l, TOKEN_ASSIGN, 3);
	if (follows(l, "..."))
		return put(l, TOKEN_ELLIPSIS, 3);
	if (follows(l, ".."))
		return put(l, TOKEN_RANGE, 2);
	switch (look(l, 0)) {
	case '(':
		return open_bracket(l, ')');
	case '{':
		return open_bracket(l, '}');
	case '[':
		return open_bracket(l, ']');
	case ')':
	case '}':
	case ']':
		return close_bracket(l);
	case ',':
	case ';':
	case '|':
	case '-':
		return put(l, look(l, 0), 1);
	case '"':
	case '\'':
		return refuse(l, 1, PKI_E_UNSUPPORTED, "libtasn1 reads no strings", "X.680 12");
	case '/':
		return refuse(l, 2, PKI_E_UNSUPPORTED, "write comments with --", "X.680 12.6.4");
	case '&':
	case '@':
		return refuse(
		    l, 1, PKI_E_UNSUPPORTED, "libtasn1 reads no information objects", "X.681");
	case ':':
	case '=':
		return refuse(l, 1, PKI_E_ENCODING, "write ::=", "X.680 12.20");
	case '_':
		return refuse(
		    l, 1, PKI_E_ENCODING, "names have hyphens instead of _", "X.680 12.2");
	case '.':
		return refuse_dot(l);
	case '^':
	case '<':
	case '!':
	case '*':
		return refuse(
		    l, 1, PKI_E_UNSUPPORTED, "libtasn1 has no use for this character", "X.680 12");
	default:
		return refuse(
		    l, character(l), PKI_E_ENCODING, "no character of ASN.1", "X.680 11.1");
	}
}

static pki_status put_token(lexer *l)
{
	if (pki_is_alpha(look(l, 0)))
		return put_name(l);
	if (pki_is_digit(look(l, 0)))
		return put_number(l);
	return put_symbol(l);
}

#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* before the text of some editors: passed over */

pki_status pki_asn1_lex(pki_bytes text, pki_asn1_tokens *out, pki_error *err)
{
	lexer l = { .out = out, .line = 1, .err = err };
	pki_status st = PKI_SUCCESS;

	memset(out, 0, sizeof *out);
	out->text = text;
	if (text.len > PKI_ASN1_TEXT)
		return pki_error_set(err, PKI_E_LIMIT, "a module has more than 65536 octets", NULL);
	l.at = follows(&l, BYTE_ORDER_MARK) ? strlen(BYTE_ORDER_MARK) : 0;
	for (skip_space(&l); st == PKI_SUCCESS && !at_end(&l); skip_space(&l))
		st = put_token(&l);
	if (st == PKI_SUCCESS && l.depth > 0)
		st = still_open(&l);
	return st == PKI_SUCCESS ? put(&l, TOKEN_END, 0) : st;
}

void pki_asn1_tokens_free(pki_asn1_tokens *t)
{
	pki_free(t->list);
	t->list = NULL;
	t->count = t->room = 0;
}

pki_bytes pki_asn1_token_text(const pki_asn1_tokens *t, size_t i)
{
	const pki_asn1_token *k = pki_asn1_token_at(t, i);

	return pki_bytes_of(t->text.data + k->at, k->len);
}

bool pki_asn1_token_is(const pki_asn1_tokens *t, size_t i, const char *word)
{
	return pki_bytes_equal(pki_asn1_token_text(t, i), pki_bytes_str(word));
}

pki_status pki_asn1_refuse(const pki_asn1_tokens *t, size_t i, pki_status st, const char *reason,
    const char *clause, pki_error *err)
{
	if (st == PKI_E_ENCODING && i > 0 && pki_asn1_token_kind(t, i - 1) == TOKEN_LOWER)
		reason = better(t->text, pki_asn1_token_at(t, i - 1)->at, reason);
	if (st == PKI_E_ENCODING)
		reason = better(t->text, pki_asn1_token_at(t, i)->at, reason);
	st = pki_error_set_detail(err, st, reason, clause, pki_asn1_token_text(t, i));
	pki_error_on_line(err, pki_asn1_token_at(t, i)->line);
	return st;
}
