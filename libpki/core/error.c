/* SPDX-License-Identifier: BSD-3-Clause */
/* What is inside a pki_error, and the line of text that it becomes. */
#undef PKI_ANALYZE /* here is what it describes */
#include <assert.h>
#include <string.h>

#include "libpki/core/arith.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

#define PATH_MAX_LEN   255
#define DETAIL_MAX_LEN 127

/* All zeros is "nothing has failed". may_alias: callers declare it as an array of uint64_t. */
struct __attribute__((may_alias)) rep {
	const char *reason, *clause, *function;
	size_t offset_plus_1; /* 0: none */
	size_t pem_block, line;
	pki_status status;
	char path[PATH_MAX_LEN + 1];
	char detail[DETAIL_MAX_LEN + 1];
};
static_assert(sizeof(struct rep) <= sizeof(struct pki_error), "a pki_error has no room for this");

static const struct rep nothing;

static struct rep *rep_of(pki_error *e)
{
	return (struct rep *)e;
}

static const struct rep *read_rep(const pki_error *e)
{
	return e == NULL ? &nothing : (const struct rep *)e;
}

/* What is added to an error is added to one that is set. */
static bool is_set(const pki_error *e)
{
	return read_rep(e)->status != PKI_SUCCESS;
}

static const char *text_or_empty(const char *s)
{
	return s == NULL ? "" : s;
}

void pki_error_init(pki_error *e)
{
	if (e != NULL)
		memset(e, 0, sizeof *e);
}

pki_status pki_error_status(const pki_error *e)
{
	return read_rep(e)->status;
}

const char *pki_error_reason(const pki_error *e)
{
	const struct rep *r = read_rep(e);

	return r->reason == NULL ? pki_status_text(r->status) : r->reason;
}

const char *pki_error_detail(const pki_error *e)
{
	return read_rep(e)->detail;
}

const char *pki_error_clause(const pki_error *e)
{
	return text_or_empty(read_rep(e)->clause);
}

size_t pki_error_offset(const pki_error *e)
{
	return read_rep(e)->offset_plus_1 - 1;
}

const char *pki_error_path(const pki_error *e)
{
	return read_rep(e)->path;
}

size_t pki_error_pem_block(const pki_error *e)
{
	return read_rep(e)->pem_block;
}

size_t pki_error_line(const pki_error *e)
{
	return read_rep(e)->line;
}

const char *pki_error_function(const pki_error *e)
{
	return text_or_empty(read_rep(e)->function);
}

pki_status pki_error_set(pki_error *e, pki_status st, const char *reason, const char *clause)
{
	if (e == NULL || st == PKI_SUCCESS)
		return st;
	pki_error_init(e);
	rep_of(e)->status = st;
	rep_of(e)->reason = reason;
	rep_of(e)->clause = clause;
	return st;
}

pki_status pki_error_set_detail(
    pki_error *e, pki_status st, const char *reason, const char *clause, pki_bytes detail)
{
	pki_error_set(e, st, reason, clause);
	pki_error_about(e, detail);
	return st;
}

pki_status pki_error_failed_in(pki_error *e, pki_status st, const char *function)
{
	/* A callback or backend failed and did not say why: no stale reason may stand. */
	if (pki_error_status(e) != st)
		pki_error_set(e, st, NULL, NULL);
	rep_of(e)->function = function;
	return st;
}

pki_status pki_error_of_arg(pki_error *e, const pki_error *why)
{
	pki_status st = pki_error_status(why);

	return pki_error_set(e, st == PKI_E_LIMIT || st == PKI_E_NOMEM ? st : PKI_E_ARG,
	    pki_error_reason(why), pki_error_clause(why));
}

pki_status pki_error_nomem(pki_error *e)
{
	return pki_error_set(e, PKI_E_NOMEM, "no memory", NULL);
}

pki_status pki_error_null(pki_error *e)
{
	return pki_error_set(e, PKI_E_ARG, "a mandatory argument is NULL", NULL);
}

void pki_error_at(pki_error *e, size_t offset)
{
	if (is_set(e))
		rep_of(e)->offset_plus_1 = offset + 1;
}

void pki_error_in_block(pki_error *e, size_t pem_block)
{
	if (is_set(e))
		rep_of(e)->pem_block = pem_block;
}

void pki_error_on_line(pki_error *e, size_t line)
{
	if (is_set(e))
		rep_of(e)->line = line;
}

/* Text into a fixed room: what does not fit is counted, and the text ends in a NUL all the same. */
struct sink {
	char *to;
	size_t cap, len;
};

static void sink_char(struct sink *s, char c)
{
	if (s->len + 1 < s->cap)
		s->to[s->len] = c;
	s->len++;
}

static void sink_text(struct sink *s, const char *text)
{
	while (*text != '\0')
		sink_char(s, *text++);
}

/* Printable ASCII as it is, any other octet as \x1b. */
static void sink_escaped(struct sink *s, pki_bytes in)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < in.len; i++) {
		uint8_t c = in.data[i];

		if (c >= 0x20 && c < 0x7f) {
			sink_char(s, (char)c);
			continue;
		}
		sink_text(s, "\\x");
		sink_char(s, digits[c >> 4]);
		sink_char(s, digits[c & 15]);
	}
}

static void sink_number(struct sink *s, size_t v)
{
	char digits[20];
	size_t n = 0;

	do {
		digits[n++] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	while (n > 0)
		sink_char(s, digits[--n]);
}

/* Ends the text; one that was cut shows it. */
static void sink_end(struct sink *s)
{
	if (s->cap == 0)
		return;
	if (s->len < s->cap) {
		s->to[s->len] = '\0';
		return;
	}
	s->to[s->cap - 1] = '\0';
	for (size_t i = 2; i <= 4 && i <= s->cap; i++)
		s->to[s->cap - i] = '.';
}

void pki_error_about(pki_error *e, pki_bytes detail)
{
	struct sink s = { NULL, DETAIL_MAX_LEN + 1, 0 };

	if (!is_set(e))
		return;
	s.to = rep_of(e)->detail;
	/* Longer ones are cut anyway; this bounds the work. */
	if (detail.len > s.cap)
		detail.len = s.cap;
	sink_escaped(&s, detail);
	sink_end(&s);
}

/* outer, then inner after a dot, unless one is empty or inner is an index. */
static void set_path(struct rep *r, const char *outer, const char *inner)
{
	struct sink s = { r->path, sizeof r->path, 0 };

	sink_escaped(&s, pki_bytes_str(outer));
	if (s.len > 0 && *inner != '\0' && *inner != '[')
		sink_char(&s, '.');
	sink_text(&s, inner);
	sink_end(&s);
}

void pki_error_in_path(pki_error *e, const char *path)
{
	if (is_set(e))
		set_path(rep_of(e), path, "");
}

void pki_error_place(pki_error *e, const char *path, size_t line)
{
	if (path != NULL)
		pki_error_in_path(e, path);
	if (line > 0)
		pki_error_on_line(e, line);
}

void pki_error_nest(pki_error *e, const char *field, size_t offset)
{
	char inner[PATH_MAX_LEN + 1];
	struct rep *r;

	if (e == NULL || !is_set(e))
		return;
	r = rep_of(e);
	memcpy(inner, r->path, sizeof inner);
	set_path(r, field, inner);
	if (r->offset_plus_1 == 0)
		r->offset_plus_1 = 1;
	if (offset == PKI_NO_OFFSET || !pki_size_add(r->offset_plus_1, offset, &r->offset_plus_1))
		r->offset_plus_1 = 0;
}

/* "PEM block 2, byte 311, attributes[0]: ", as far as it is known. */
static void sink_place(struct sink *s, const struct rep *r)
{
	const struct {
		const char *what;
		size_t n;
		bool known;
	} places[] = {
		{ "PEM block ", r->pem_block, r->pem_block > 0 },
		{ "line ", r->line, r->line > 0 },
		{ "byte ", r->offset_plus_1 - 1, r->offset_plus_1 > 0 },
		{ r->path, 0, r->path[0] != '\0' },
	};
	size_t before = s->len;

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (!places[i].known)
			continue;
		if (s->len > before)
			sink_text(s, ", ");
		sink_text(s, places[i].what);
		if (places[i].what != r->path)
			sink_number(s, places[i].n);
	}
	if (s->len > before)
		sink_text(s, ": ");
}

static void sink_error(struct sink *s, const pki_error *e)
{
	const struct rep *r = read_rep(e);

	sink_place(s, r);
	sink_escaped(s, pki_bytes_str(pki_error_reason(e)));
	if (r->detail[0] != '\0') {
		sink_text(s, ": ");
		sink_text(s, r->detail);
	}
	if (pki_error_clause(e)[0] != '\0') {
		sink_text(s, " (");
		sink_escaped(s, pki_bytes_str(r->clause));
		sink_char(s, ')');
	}
	sink_end(s);
}

void pki_error_text(const pki_error *e, char *out, size_t cap)
{
	struct sink s = { out, out == NULL ? 0 : cap, 0 };

	sink_error(&s, e);
}

static pki_status format(const pki_error *e, pki_buf *out, pki_error *err)
{
	struct sink s = { NULL, 0, 0 };
	pki_status st;

	sink_error(&s, e);
	st = pki_buf_reserve(out, s.len, err);
	if (st != PKI_SUCCESS)
		return st;
	s = (struct sink){ (char *)out->data + out->len, s.len + 1, 0 };
	sink_error(&s, e);
	out->len += s.len;
	return PKI_SUCCESS;
}

pki_status pki_error_format(const pki_error *e, pki_buf *out, pki_error *err)
{
	/* e and err may be the same: e is read before err is written. */
	pki_status st = out == NULL ? pki_error_null(err) : format(e, out, err);

	return PKI_LEAVE(err, st);
}

const char *pki_status_text(pki_status st)
{
	static const char *const texts[] = {
		[PKI_SUCCESS] = "success",
		[PKI_E_ARG] = "invalid argument",
		[PKI_E_IO] = "input or output failed",
		[PKI_E_NOMEM] = "no memory",
		[PKI_E_ENCODING] = "malformed encoding",
		[PKI_E_STRUCTURE] = "malformed structure",
		[PKI_E_LIMIT] = "limit exceeded",
		[PKI_E_UNSUPPORTED] = "not supported",
		[PKI_E_NOTFOUND] = "not found",
		[PKI_E_PASSWORD] = "wrong or missing password",
		[PKI_E_SIGNATURE] = "signature does not verify",
		[PKI_E_UNTRUSTED] = "no valid certification path",
		[PKI_E_POLICY] = "refused by policy",
		[PKI_E_CANCELLED] = "cancelled",
		[PKI_E_BACKEND] = "crypto backend failed",
		[PKI_E_INTERNAL] = "internal error",
	};
	size_t i = (size_t)st;

	return st < 0 || i >= sizeof texts / sizeof texts[0] ? "unknown status" : texts[i];
}
