/* SPDX-License-Identifier: BSD-3-Clause */
/* The answer of pkitool verify, as a line of JSON. */
#include "tools/facts.h"
#include "tools/json.h"
#include "tools/verify.h"

/* null: an anchor that is a name and a key. */
static void put_cert(struct text *t, const pki_cert *c)
{
	uint8_t digest[PKI_HASH_MAX];

	if (!c)
		js_null(t);
	else if (pki_cert_fingerprint(c, PKI_HASH_SHA256, digest, NULL) == PKI_SUCCESS)
		js_hex(t, pki_bytes_of(digest, SHA256));
	else
		t->failed = true;
}

static void put_path(struct text *t, const pki_result *r)
{
	js_name(t, "path");
	js_open(t, '[');
	for (size_t i = 0; i < pki_result_path_len(r); i++)
		put_cert(t, pki_result_path_at(r, i));
	js_close(t, ']');
}

static void put_policies(struct text *t, const struct verify *v)
{
	js_name(t, "policies");
	js_open(t, '[');
	for (size_t i = 0; i < v->policies_count; i++)
		js_string(t, pki_buf_bytes(&v->policies_found[i].buf));
	js_close(t, ']');
}

static void put_not_checked(struct text *t, const pki_result *r)
{
	js_name(t, "not_checked");
	js_open(t, '[');
	for (size_t i = 0; i < pki_result_not_checked_count(r); i++)
		js_text(t, pki_result_not_checked_at(r, i));
	js_close(t, ']');
}

static void put_failure(struct text *t, const pki_failure *f)
{
	js_open(t, '{');
	js_member_uint(t, "certificate", f->certificate);
	js_member_text(t, "code", pki_code_name(f->code));
	js_member_text(t, "clause", f->clause);
	js_member_text(t, "text", f->text);
	js_close(t, '}');
}

static void put_attempt(struct text *t, const pki_result *r, size_t attempt)
{
	pki_failure f;

	js_open(t, '{');
	js_name(t, "path");
	js_open(t, '[');
	for (size_t i = 0; i < pki_attempt_path_len(r, attempt); i++)
		put_cert(t, pki_attempt_path_at(r, attempt, i));
	js_close(t, ']');
	js_name(t, "failures");
	js_open(t, '[');
	for (size_t i = 0; pki_attempt_failure_at(r, attempt, i, &f); i++)
		put_failure(t, &f);
	js_close(t, ']');
	js_close(t, '}');
}

static void put_attempts(struct text *t, const pki_result *r)
{
	js_name(t, "attempts");
	js_open(t, '[');
	for (size_t i = 0; i < pki_result_attempt_count(r); i++)
		put_attempt(t, r, i);
	js_close(t, ']');
	js_member_uint(t, "attempts_left_out", pki_result_attempts_left_out(r));
}

/* A failure that came without one of the library's has said what it is on standard error. */
static void put_error(struct text *t, const struct verify *v)
{
	js_member_error(t, v->input.buf.len ? pki_buf_str(&v->input.buf) : NULL,
	    v->status ? v->status : PKI_E_INTERNAL, &v->error);
}

void verify_json(struct verify *v)
{
	struct text *t = &v->out;
	pki_status st = pki_result_status(v->result);

	js_open(t, '{');
	js_member_uint(t, "schema", 1);
	js_member_bool(t, "valid", st == PKI_SUCCESS);
	put_path(t, v->result);
	put_policies(t, v);
	put_not_checked(t, v->result);
	put_attempts(t, v->result);
	if (st != PKI_SUCCESS && (v->status || !v->result))
		put_error(t, v);
	js_close(t, '}');
	text_add(t, "\n");
}
