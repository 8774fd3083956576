/* SPDX-License-Identifier: BSD-3-Clause */
/* A value of any ASN.1 type, built anew; and is a text JSON? */
#include <stdlib.h>
#include <string.h>

#include "libpki/core/utf8.h"
#include "tests/lib/asn1_copy.h"

#define JSON_DEPTH 64

/* ---- a tree like another ---- */

static pki_status set_leaf(const pki_asn1_value *from, size_t node, pki_bytes contents,
    bool as_text, pki_asn1_value *to, size_t leaf, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_status st;

	if (!as_text)
		return pki_asn1_set(to, leaf, contents, err);
	st = pki_asn1_text(from, node, &text, err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_set_text(to, leaf, pki_buf_bytes(&text), err);
	pki_buf_free(&text);
	return st;
}

static bool is_leaf(pki_asn1_kind kind)
{
	return kind < PKI_ASN1_SEQUENCE;
}

static pki_status copy_nodes(
    const pki_asn1_value *from, pki_asn1_value *to, size_t *copies, bool as_text, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	size_t node = 0;

	for (; node != PKI_ASN1_NONE && st == PKI_SUCCESS; node = pki_asn1_step(from, node)) {
		pki_asn1_node n;

		if (!pki_asn1_get(from, node, &n))
			return pki_error_set(err, PKI_E_INTERNAL, "step leads nowhere", NULL);
		copies[node] = 0;
		if (n.parent != PKI_ASN1_NONE)
			st = pki_asn1_child(to, copies[n.parent], n.name, &copies[node], err);
		if (st == PKI_SUCCESS && is_leaf(n.kind))
			st = set_leaf(from, node, n.contents, as_text, to, copies[node], err);
	}
	return st;
}

/* The nodes are numbers below this. */
static size_t beyond_nodes(const pki_asn1_value *v)
{
	size_t beyond = 1;

	for (size_t n = 0; n != PKI_ASN1_NONE; n = pki_asn1_step(v, n))
		beyond = n >= beyond ? n + 1 : beyond;
	return beyond;
}

pki_status asn1_copy(const pki_asn1 *m, const char *type, const pki_asn1_value *v, bool as_text,
    pki_buf *der, pki_error *err)
{
	size_t *copies = calloc(beyond_nodes(v), sizeof *copies);
	pki_asn1_value *copy = NULL;
	pki_status st;

	if (copies == NULL)
		return pki_error_set(err, PKI_E_NOMEM, "no memory", NULL);
	st = pki_asn1_create(m, type, &copy, err);
	if (st == PKI_SUCCESS)
		st = copy_nodes(v, copy, copies, as_text, err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_encode(copy, der, err);
	pki_asn1_value_free(copy);
	free(copies);
	return st;
}

/* ---- JSON ---- */

typedef struct reader {
	pki_bytes left;
	bool wrong;
} reader;

static int peek(const reader *r)
{
	return r->left.len == 0 ? -1 : r->left.data[0];
}

static bool take(reader *r, int c)
{
	if (peek(r) != c)
		return false;
	r->left = pki_bytes_of(r->left.data + 1, r->left.len - 1);
	return true;
}

static bool take_one_of(reader *r, const char *set)
{
	int c = peek(r);

	return c > 0 && strchr(set, c) != NULL && take(r, c);
}

static void want(reader *r, bool ok)
{
	r->wrong = r->wrong || !ok;
}

static void white(reader *r)
{
	while (take_one_of(r, " \t\r\n"))
		continue;
}

static void digits(reader *r)
{
	want(r, take_one_of(r, "0123456789"));
	while (take_one_of(r, "0123456789"))
		continue;
}

static void number(reader *r)
{
	(void)take(r, '-');
	if (!take(r, '0'))
		digits(r);
	if (take(r, '.'))
		digits(r);
	if (take_one_of(r, "eE")) {
		(void)take_one_of(r, "+-");
		digits(r);
	}
}

static void escape(reader *r)
{
	if (!take(r, 'u')) {
		want(r, take_one_of(r, "\"\\/bfnrt"));
		return;
	}
	for (int i = 0; i < 4; i++)
		want(r, take_one_of(r, "0123456789abcdefABCDEF"));
}

static void string(reader *r)
{
	want(r, take(r, '"'));
	while (!r->wrong && !take(r, '"')) {
		if (take(r, '\\'))
			escape(r);
		else
			want(r, peek(r) >= 0x20 && take(r, peek(r)));
	}
}

static void word(reader *r, const char *text)
{
	while (*text != '\0')
		want(r, take(r, *text++));
}

static void scalar(reader *r)
{
	switch (peek(r)) {
	case '"':
		string(r);
		break;
	case 't':
		word(r, "true");
		break;
	case 'f':
		word(r, "false");
		break;
	case 'n':
		word(r, "null");
		break;
	default:
		number(r);
		break;
	}
}

static void member(reader *r)
{
	white(r);
	string(r);
	white(r);
	want(r, take(r, ':'));
	white(r);
}

/* After a value: ends what ends here. True where another value of the innermost one follows. */
static bool next_value(reader *r, const char *ends, size_t *depth)
{
	for (;;) {
		white(r);
		if (*depth == 0 || r->wrong)
			return false;
		if (take(r, ',')) {
			if (ends[*depth - 1] == '}')
				member(r);
			white(r);
			return true;
		}
		want(r, take(r, ends[--*depth]));
	}
}

/* A scalar, an empty list, or what opens a list: true where its first value follows. */
static bool opens(reader *r, char ends[JSON_DEPTH], size_t *depth)
{
	int open = peek(r);

	if (open != '{' && open != '[') {
		scalar(r);
		return false;
	}
	want(r, *depth < JSON_DEPTH && take(r, open));
	if (r->wrong)
		return false;
	ends[(*depth)++] = open == '{' ? '}' : ']';
	white(r);
	if (take(r, ends[*depth - 1])) {
		(*depth)--;
		return false;
	}
	if (open == '{')
		member(r);
	return true;
}

bool json_is_valid(pki_bytes text)
{
	reader r = { text, !pki_utf8_valid(text) };
	char ends[JSON_DEPTH];
	size_t depth = 0;

	white(&r);
	for (;;) {
		if (opens(&r, ends, &depth))
			continue;
		if (!next_value(&r, ends, &depth))
			return !r.wrong && r.left.len == 0;
	}
}
