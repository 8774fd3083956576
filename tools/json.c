/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON (RFC 8259), written. */
#include "tools/json.h"

#include <inttypes.h>
#include <string.h>

#include <pki/time.h>

#include "tools/status.h"

/* A value or name follows: a comma, unless it is the first of its line, list or member. */
static void separate(struct text *t)
{
	pki_bytes b = pki_buf_bytes(&t->buf);

	if (b.len && !memchr("{[:\n", b.data[b.len - 1], 4))
		text_add(t, ",");
}

void js_open(struct text *t, char bracket)
{
	separate(t);
	text_bytes(t, pki_bytes_of(&bracket, 1));
}

void js_close(struct text *t, char bracket)
{
	text_bytes(t, pki_bytes_of(&bracket, 1));
}

void js_name(struct text *t, const char *name)
{
	separate(t);
	text_add(t, "\"");
	text_add(t, name);
	text_add(t, "\":");
}

static void escape(struct text *t, uint32_t cp)
{
	if (cp > 0xffff) {
		escape(t, 0xd7c0 + (cp >> 10));
		cp = 0xdc00 + (cp & 0x3ff);
	}
	text_fmt(t, "\\u%04x", (unsigned)cp);
}

static void code_point(struct text *t, pki_bytes as_it_is, uint32_t cp)
{
	if (cp == '"' || cp == '\\')
		text_fmt(t, "\\%c", (char)cp);
	else if (text_is_unsafe(cp))
		escape(t, cp);
	else
		text_bytes(t, as_it_is);
}

/* What stands for itself at the front. */
static size_t plain_of(pki_bytes s)
{
	size_t n = text_plain(s);

	for (size_t i = 0; i < n; i++)
		if (s.data[i] == '"' || s.data[i] == '\\')
			return i;
	return n;
}

/* Text, but for what `plain` lets through, character by character. */
static void put(struct text *t, pki_bytes s, size_t (*plain)(pki_bytes s))
{
	while (s.len) {
		size_t n = plain(s);
		const uint8_t *at = s.data + n;
		uint32_t cp;

		text_bytes(t, pki_bytes_of(s.data, n));
		s = pki_bytes_of(at, s.len - n);
		if (!s.len)
			break;
		if (text_next(&s, &cp))
			code_point(t, pki_bytes_of(at, (size_t)(s.data - at)), cp);
		else
			text_add(t, "\xef\xbf\xbd");
	}
}

void js_string(struct text *t, pki_bytes s)
{
	separate(t);
	text_add(t, "\"");
	put(t, s, plain_of);
	text_add(t, "\"");
}

void js_text(struct text *t, const char *s)
{
	if (s)
		js_string(t, pki_bytes_str(s));
	else
		js_null(t);
}

void js_hex(struct text *t, pki_bytes b)
{
	separate(t);
	text_add(t, "\"");
	text_hex(t, b);
	text_add(t, "\"");
}

void js_uint(struct text *t, uint64_t v)
{
	separate(t);
	text_fmt(t, "%" PRIu64, v);
}

void js_int(struct text *t, int64_t v)
{
	separate(t);
	text_fmt(t, "%" PRId64, v);
}

void js_bool(struct text *t, bool v)
{
	separate(t);
	text_add(t, v ? "true" : "false");
}

void js_null(struct text *t)
{
	separate(t);
	text_add(t, "null");
}

/* Only in its strings is anything but plain ASCII. */
void js_raw(struct text *t, pki_bytes json)
{
	separate(t);
	put(t, json, text_plain);
}

void js_member_text(struct text *t, const char *name, const char *value)
{
	js_name(t, name);
	js_text(t, value);
}

void js_member_buf(struct text *t, const char *name, const struct text *value)
{
	js_name(t, name);
	js_string(t, pki_buf_bytes(&value->buf));
	t->failed |= value->failed;
}

void js_member_hex(struct text *t, const char *name, pki_bytes value)
{
	js_name(t, name);
	js_hex(t, value);
}

void js_member_bool(struct text *t, const char *name, bool value)
{
	js_name(t, name);
	js_bool(t, value);
}

void js_member_uint(struct text *t, const char *name, uint64_t value)
{
	js_name(t, name);
	js_uint(t, value);
}

/* 0: not known. */
void js_member_known(struct text *t, const char *name, uint64_t value)
{
	js_name(t, name);
	if (value)
		js_uint(t, value);
	else
		js_null(t);
}

void js_member_time(struct text *t, const char *name, pki_time time)
{
	struct text s = TEXT_INIT;

	js_name(t, name);
	if (time == PKI_TIME_NONE) {
		js_null(t);
		return;
	}
	text_time(&s, time);
	js_string(t, pki_buf_bytes(&s.buf));
	t->failed |= s.failed;
	text_free(&s);
}

/* What is not found is malformed input. */
static const char *error_word(pki_status st)
{
	return st == PKI_E_NOTFOUND ? "malformed" : status_word(st);
}

void js_member_error(struct text *t, const char *input, pki_status st, const pki_error *err)
{
	size_t offset = pki_error_offset(err);

	js_name(t, "error");
	js_open(t, '{');
	js_member_text(t, "status", error_word(st));
	if (input)
		js_member_text(t, "input", input);
	js_name(t, "offset");
	if (offset == PKI_NO_OFFSET)
		js_null(t);
	else
		js_uint(t, offset);
	js_member_text(t, "path", pki_error_path(err));
	js_member_text(t, "reason", pki_error_reason(err));
	if (*pki_error_detail(err))
		js_member_text(t, "detail", pki_error_detail(err));
	if (*pki_error_clause(err))
		js_member_text(t, "clause", pki_error_clause(err));
	if (pki_error_line(err))
		js_member_uint(t, "line", pki_error_line(err));
	js_close(t, '}');
}
