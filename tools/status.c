/* SPDX-License-Identifier: BSD-3-Clause */
/* Exit statuses, and what is said on stderr. */
#include "tools/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tools/args.h"
#include "tools/out.h"

enum { LINE_CAP = 4096 };

static const struct {
	int exit;
	const char *word;
} statuses[] = {
	[PKI_SUCCESS] = { STATUS_DONE, "success" },
	[PKI_E_ARG] = { STATUS_USAGE, "refused" },
	[PKI_E_IO] = { STATUS_IO, "io" },
	[PKI_E_NOMEM] = { STATUS_INTERNAL, "internal" },
	[PKI_E_ENCODING] = { STATUS_MALFORMED, "malformed" },
	[PKI_E_STRUCTURE] = { STATUS_MALFORMED, "malformed" },
	[PKI_E_LIMIT] = { STATUS_MALFORMED, "limit" },
	[PKI_E_UNSUPPORTED] = { STATUS_UNSUPPORTED, "unsupported" },
	[PKI_E_NOTFOUND] = { STATUS_NO, "refused" },
	[PKI_E_PASSWORD] = { STATUS_PASSWORD, "password" },
	[PKI_E_SIGNATURE] = { STATUS_NO, "refused" },
	[PKI_E_UNTRUSTED] = { STATUS_NO, "refused" },
	[PKI_E_POLICY] = { STATUS_NO, "refused" },
	[PKI_E_CANCELLED] = { STATUS_INTERNAL, "internal" },
	[PKI_E_BACKEND] = { STATUS_INTERNAL, "internal" },
	[PKI_E_INTERNAL] = { STATUS_INTERNAL, "internal" },
};

static bool known(pki_status st)
{
	return st >= 0 && (size_t)st < sizeof statuses / sizeof *statuses;
}

int status_exit(pki_status st)
{
	return known(st) ? statuses[st].exit : STATUS_INTERNAL;
}

const char *status_word(pki_status st)
{
	return known(st) ? statuses[st].word : "internal";
}

int status_worst(int a, int b)
{
	return a > b ? a : b;
}

__attribute__((format(printf, 2, 0))) static void say_va(
    const struct cmd *c, const char *fmt, va_list ap)
{
	char line[LINE_CAP];
	struct text t = TEXT_INIT;

	vsnprintf(line, sizeof line, fmt, ap);
	text_add(&t, c ? c->name : "pkitool");
	text_add(&t, ": ");
	text_safe(&t, pki_bytes_str(line));
	text_add(&t, "\n");
	out_stderr(&t);
	text_free(&t);
}

void say(const struct cmd *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_va(c, fmt, ap);
	va_end(ap);
}

int say_fail(const struct cmd *c, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_va(c, fmt, ap);
	va_end(ap);
	return status;
}

int say_usage(const struct cmd *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_va(c, fmt, ap);
	va_end(ap);
	say(c, "try: %s --help", c ? c->name : "pkitool");
	return STATUS_USAGE;
}

/* "PEM block 2, byte 311, attributes[0]: ", as far as it is known. */
static void put_place(struct text *t, const pki_error *err)
{
	size_t offset = pki_error_offset(err);
	size_t from = t->buf.len;

	if (pki_error_pem_block(err))
		text_fmt(t, ", PEM block %zu", pki_error_pem_block(err));
	if (pki_error_line(err))
		text_fmt(t, ", line %zu", pki_error_line(err));
	if (offset != PKI_NO_OFFSET)
		text_fmt(t, ", byte %zu", offset);
	if (*pki_error_path(err)) {
		text_add(t, ", ");
		text_add(t, pki_error_path(err));
	}
	if (t->buf.len > from)
		text_add(t, ": ");
}

/* As pki_error_text; a detail that is what the line begins with is not said again. */
static void put_error(struct text *t, const char *what, const pki_error *err)
{
	struct text place = TEXT_INIT, safe = TEXT_INIT;
	const char *detail = pki_error_detail(err);

	text_safe(&safe, pki_bytes_str(what ? what : ""));
	put_place(&place, err);
	if (place.buf.len > 2)
		text_bytes(t, pki_bytes_of(place.buf.data + 2, place.buf.len - 2));
	text_add(t, pki_error_reason(err));
	if (*detail && strcmp(detail, pki_buf_str(&safe.buf)) != 0) {
		text_add(t, ": ");
		text_add(t, detail);
	}
	if (*pki_error_clause(err)) {
		text_add(t, " (");
		text_add(t, pki_error_clause(err));
		text_add(t, ")");
	}
	text_free(&place);
	text_free(&safe);
}

int say_error(const struct cmd *c, const char *what, pki_status st, const pki_error *err)
{
	struct text t = TEXT_INIT;

	put_error(&t, what, err);
	say(c, "%s%s%s", what ? what : "", what ? ": " : "", pki_buf_str(&t.buf));
	text_free(&t);
	return status_exit(st);
}

int say_ignored(const struct cmd *c, const char *what, const pki_error *err)
{
	struct text t = TEXT_INIT;

	put_error(&t, what, err);
	say(c, "%s: %s; passed over", what, pki_buf_str(&t.buf));
	text_free(&t);
	return STATUS_DONE;
}

int say_nomem(const struct cmd *c)
{
	return say_fail(c, STATUS_INTERNAL, "out of memory");
}
