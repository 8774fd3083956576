/* SPDX-License-Identifier: BSD-3-Clause */
/* The answer of pkitool verify, for people. */
#include <string.h>

#include "tools/args.h"
#include "tools/facts.h"
#include "tools/in.h"
#include "tools/rows.h"
#include "tools/verify.h"

enum { DIGEST_SHOWN = 8 }; /* octets */

/* "server.pem: valid for www.example.org (server)" */
static void put_title(struct verify *v, const char *verdict, enum text_style style)
{
	struct text *t = &v->out;

	text_style(t, STYLE_TITLE);
	text_safe(t, pki_bytes_str(in_name(v->file)));
	text_style(t, STYLE_PLAIN);
	text_add(t, ": ");
	text_style(t, style);
	text_add(t, verdict);
	text_style(t, STYLE_PLAIN);
	text_bytes(t, pki_buf_bytes(&v->asked.buf));
	if (args_has(v->c, OPT_AT)) {
		text_add(t, " at ");
		text_time(t, v->now);
	}
	text_add(t, "\n");
}

static void put_name(struct text *t, const pki_name *name)
{
	pki_buf s = PKI_BUF_INIT;

	if (pki_name_is_empty(name))
		text_add(t, "no subject");
	else if (pki_name_format(name, &s, NULL) != PKI_SUCCESS)
		t->failed = true;
	else
		text_safe(t, pki_buf_bytes(&s));
	pki_buf_free(&s);
}

/* "CN=www.example.org, until 2027-02-24T00:00:00Z, SHA-256 9f86d081884c7d65" */
static void put_cert(struct text *t, const pki_cert *c)
{
	uint8_t digest[PKI_HASH_MAX];

	put_name(t, pki_cert_subject(c));
	text_add(t, ", until ");
	text_time(t, pki_cert_not_after(c));
	if (pki_cert_fingerprint(c, PKI_HASH_SHA256, digest, NULL) != PKI_SUCCESS)
		t->failed = true;
	text_add(t, ", SHA-256 ");
	text_hex(t, pki_bytes_of(digest, DIGEST_SHOWN));
}

/* A line of a path. c NULL: a name and a key, the name being that of below's issuer. */
static void put_line(
    struct text *t, size_t i, const pki_cert *c, const pki_cert *below, bool anchor)
{
	text_fmt(t, "  %zu  ", i);
	if (c)
		put_cert(t, c);
	else
		put_name(t, pki_cert_issuer(below));
	if (anchor)
		text_add(t, c ? ", trusted" : ", trusted by name and key");
	text_add(t, "\n");
}

/* ---- valid ---- */

static void put_path(struct text *t, const pki_result *r)
{
	size_t n = pki_result_path_len(r);

	for (size_t i = 0; i < n; i++)
		put_line(t, i, pki_result_path_at(r, i), i ? pki_result_path_at(r, i - 1) : NULL,
		    i + 1 == n);
}

static void put_policies(const struct verify *v, struct text *t)
{
	struct rows rows = { t, "Policies" };

	if (v->policies_count == 1 &&
	    strcmp(pki_buf_str(&v->policies_found[0].buf), "2.5.29.32.0") == 0)
		return;
	for (size_t i = 0; i < v->policies_count; i++)
		rows_next(&rows, pki_buf_bytes(&v->policies_found[i].buf));
}

static void put_not_checked(struct text *t, const pki_result *r)
{
	struct rows rows = { t, "Not checked" };

	for (size_t i = 0; i < pki_result_not_checked_count(r); i++)
		rows_next(&rows, pki_bytes_str(pki_result_not_checked_at(r, i)));
}

static void put_valid(struct verify *v)
{
	put_title(v, "valid", STYLE_GOOD);
	put_path(&v->out, v->result);
	put_policies(v, &v->out);
	put_not_checked(&v->out, v->result);
}

/* ---- not valid ---- */

/* "     expired: it expired 3 days ago (RFC 5280 6.1.3(a)(2))" */
static void put_failure(struct verify *v, size_t attempt, const pki_failure *f)
{
	struct text *t = &v->out;

	text_pad(t, 5);
	text_style(t, STYLE_BAD);
	text_add(t, pki_code_name(f->code));
	text_style(t, STYLE_PLAIN);
	text_add(t, ": ");
	text_safe(t, pki_bytes_str(f->text));
	if (f->clause && *f->clause) {
		text_add(t, " (");
		text_safe(t, pki_bytes_str(f->clause));
		text_add(t, ")");
	}
	text_add(t, "\n");
	if (args_has(v->c, OPT_EXPLAIN))
		verify_explain(v, attempt, f);
}

static void put_failures(struct verify *v, size_t attempt, size_t certificate)
{
	pki_failure f;

	for (size_t i = 0; pki_attempt_failure_at(v->result, attempt, i, &f); i++)
		if (f.certificate == certificate)
			put_failure(v, attempt, &f);
}

static void put_attempt(struct verify *v, size_t attempt)
{
	const pki_result *r = v->result;
	size_t n = pki_attempt_path_len(r, attempt);
	bool whole = pki_attempt_has_anchor(r, attempt);

	text_fmt(&v->out, "path %zu%s:\n", attempt + 1, whole ? "" : ", to no anchor");
	for (size_t i = 0; i < n; i++) {
		put_line(&v->out, i, pki_attempt_path_at(r, attempt, i),
		    i ? pki_attempt_path_at(r, attempt, i - 1) : NULL, whole && i + 1 == n);
		put_failures(v, attempt, i);
		out_flow(&v->out);
	}
}

static void put_invalid(struct verify *v)
{
	put_title(v, "not valid", STYLE_BAD);
	for (size_t i = 0; i < pki_result_attempt_count(v->result); i++)
		put_attempt(v, i);
	if (pki_result_attempts_left_out(v->result))
		text_fmt(&v->out, "and %zu paths more, which are not shown\n",
		    pki_result_attempts_left_out(v->result));
}

/* ---- */

/* A row for each line of the sources. */
static void put_sources(struct verify *v)
{
	struct rows rows = { &v->out, "Looked at" };
	pki_bytes left = pki_buf_bytes(&v->sources.buf);

	while (left.len) {
		const uint8_t *end = memchr(left.data, '\n', left.len);
		size_t n = end ? (size_t)(end - left.data) : left.len - 1;
		rows_next(&rows, pki_bytes_of(left.data, n));
		left = pki_bytes_of(left.data + n + 1, left.len - n - 1);
	}
	v->out.failed |= v->sources.failed;
}

void verify_text(struct verify *v)
{
	if (pki_result_status(v->result) == PKI_SUCCESS)
		put_valid(v);
	else
		put_invalid(v);
	if (args_has(v->c, OPT_EXPLAIN))
		put_sources(v);
}
