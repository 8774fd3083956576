/* SPDX-License-Identifier: BSD-3-Clause */
/* The names a request is for: checked, and the file names and subject that follow from them. */
#include "tools/names.h"

#include <stdlib.h>
#include <string.h>

#include "tools/idn.h"
#include "tools/status.h"

enum { STEM_MOST = 200 }; /* octets: with a suffix, and a temporary one, within every NAME_MAX */

void names_free(struct names *n)
{
	pki_buf_free(&n->texts);
	pki_buf_free(&n->stem);
	pki_buf_free(&n->first_host);
	free(n->list);
	n->list = NULL;
}

static bool is_safe(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
	    strchr("._-@+=", ch);
}

/* A character of a file name; at the front neither a dot nor what looks like an option. */
static char stem_char(char ch, bool first)
{
	if (ch == ':')
		return first ? '_' : '-';
	if (!is_safe(ch) || (first && (ch == '.' || ch == '-')))
		return '_';
	return ch;
}

void names_stem(struct text *t, const char *name)
{
	if (strncmp(name, "*.", 2) == 0) {
		text_add(t, "_wildcard");
		name++;
	}
	for (; *name && t->buf.len < STEM_MOST; name++) {
		char ch = stem_char(*name, t->buf.len == 0);
		text_bytes(t, pki_bytes_of(&ch, 1));
	}
}

/* "www.example.org" of "dns:www.example.org". */
static const char *after_prefix(const char *text)
{
	const char *colon = strchr(text, ':');

	return colon ? colon + 1 : text;
}

/* What follows from a name that is good. */
static int note(const struct cmd *c, struct names *n, const pki_gn *gn, const char *text)
{
	struct text stem = TEXT_INIT;
	const char *bare = after_prefix(text);

	if (n->count == 0) {
		names_stem(&stem, bare);
		n->stem = stem.buf;
	}
	if (gn->type == PKI_GN_DNS && !n->has_host) {
		n->has_host = true;
		if (pki_buf_append(&n->first_host, pki_bytes_str(bare), NULL) != PKI_SUCCESS)
			return say_nomem(c);
	}
	n->count++;
	return stem.failed ? say_nomem(c) : STATUS_DONE;
}

/* Checks one name and appends its canonical text. */
static int add_ascii(const struct cmd *c, struct names *n, const char *typed, const char *name)
{
	pki_buf store = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	size_t from = n->texts.len;
	pki_gn gn;
	pki_status st = pki_gn_from_string(NULL, name, &store, &gn, &err);
	int r;

	if (!st)
		st = pki_gn_format(&gn, &n->texts, &err);
	if (!st)
		st = pki_buf_append(&n->texts, pki_bytes_of("", 1), &err);
	if (st)
		r = say_error(c, *typed ? typed : "''", st, &err);
	else
		r = note(c, n, &gn, (const char *)n->texts.data + from);
	pki_buf_free(&store);
	return r;
}

int names_add(const struct cmd *c, struct names *n, const char *typed)
{
	struct text ascii = TEXT_INIT;
	int st = idn_name(c, typed, &ascii);

	if (!st && ascii.failed)
		st = say_nomem(c);
	if (!st)
		st = add_ascii(c, n, typed, pki_buf_str(&ascii.buf));
	text_free(&ascii);
	return st;
}

int names_add_text(const struct cmd *c, struct names *n, const char *text)
{
	if (pki_buf_append(&n->texts, pki_bytes_of(text, strlen(text) + 1), NULL) != PKI_SUCCESS)
		return say_nomem(c);
	n->count++;
	return STATUS_DONE;
}

int names_finish(const struct cmd *c, struct names *n)
{
	const char *at = (const char *)n->texts.data;

	n->list = calloc(n->count + 1, sizeof *n->list);
	if (!n->list)
		return say_nomem(c);
	for (size_t i = 0; i < n->count; i++) {
		n->list[i] = at;
		at += strlen(at) + 1;
	}
	return STATUS_DONE;
}

void names_beside(const char *path, const char *suffix, struct text *out)
{
	static const char *const suffixes[] = { ".csr", ".req", ".p10", ".pem", ".der", ".crt",
		".cer" };
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		size_t n = strlen(suffixes[i]);
		if (len > n && path[len - n - 1] != '/' &&
		    strcmp(path + len - n, suffixes[i]) == 0) {
			len -= n;
			break;
		}
	}
	text_bytes(out, pki_bytes_of(path, len));
	text_add(out, suffix);
}
