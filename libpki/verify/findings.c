/* SPDX-License-Identifier: BSD-3-Clause */
/* What is wrong with a path: a list to which checks add, and go on. */
#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/verify/findings.h"

void pki_findings_free(pki_findings *f)
{
	for (size_t i = 0; i < f->count && f->list != NULL; i++)
		pki_free(f->list[i].text);
	pki_free(f->list);
	f->list = NULL;
	f->count = f->room = 0;
}

bool pki_findings_any(const pki_findings *f)
{
	return f->count > 0 || f->status != PKI_SUCCESS;
}

/* Of what a check said without one. */
static const char *clause_of(pki_code code, const pki_error *why)
{
	const char *clause = pki_error_clause(why);

	if (*clause != '\0')
		return clause;
	return code == PKI_CODE_LIMIT ? "RFC 4158 2.4.2" : "RFC 5280 6.1.3(a)(1)";
}

bool pki_is_of_the_call(pki_status st)
{
	switch (st) {
	case PKI_E_ARG:
	case PKI_E_IO:
	case PKI_E_NOMEM:
	case PKI_E_CANCELLED:
	case PKI_E_BACKEND:
	case PKI_E_INTERNAL:
		return true;
	default:
		return false;
	}
}

pki_status pki_callback_failed(pki_status st, const char *reason, pki_error *err)
{
	if (!pki_is_of_the_call(st))
		return pki_error_set(err, PKI_E_IO, reason, NULL);
	return pki_error_status(err) == st ? st : pki_error_set(err, st, reason, NULL);
}

static void fail(pki_findings *f, pki_status st, const char *reason, const char *clause)
{
	if (f->status != PKI_SUCCESS)
		return;
	f->status = st;
	f->status_reason = reason;
	f->status_clause = clause;
}

static void fail_nomem(pki_findings *f)
{
	fail(f, PKI_E_NOMEM, "no memory", NULL);
}

static pki_status write_text(pki_buf *text, const char *reason, const char *detail)
{
	pki_status st = pki_buf_puts(text, reason, NULL);

	if (st == PKI_SUCCESS && *detail != '\0')
		st = pki_buf_puts(text, ": ", NULL);
	return st == PKI_SUCCESS ? pki_buf_puts(text, detail, NULL) : st;
}

static char *make_text(const char *reason, const char *detail)
{
	pki_buf text = PKI_BUF_INIT;
	char *s = NULL;

	if (write_text(&text, reason, detail) == PKI_SUCCESS)
		s = pki_alloc_str(pki_buf_bytes(&text));
	pki_buf_free(&text);
	return s;
}

/* detail: printable ASCII */
static void add(
    pki_findings *f, pki_code code, const char *clause, const char *reason, const char *detail)
{
	pki_finding *list;

	f->limited = f->limited || code == PKI_CODE_LIMIT;
	if (f->quiet) {
		f->count++;
		return;
	}
	list = pki_list_room(f->list, NULL, f->count, &f->room, sizeof *list);
	if (list == NULL) {
		fail_nomem(f);
		return;
	}
	f->list = list;
	list[f->count] = (pki_finding){ f->cert, code, 0, clause, reason,
		make_text(reason, detail) };
	if (list[f->count].text == NULL)
		fail_nomem(f);
	f->count++;
}

void pki_find(pki_findings *f, pki_code code, const char *clause, const char *reason)
{
	add(f, code, clause, reason, "");
}

void pki_find_about(
    pki_findings *f, pki_code code, const char *clause, const char *reason, pki_bytes detail)
{
	pki_error about = PKI_ERROR_INIT;

	pki_error_set(&about, PKI_E_UNTRUSTED, reason, clause);
	pki_error_about(&about, detail);
	add(f, code, clause, reason, pki_error_detail(&about));
}

void pki_find_error(pki_findings *f, pki_code code, const pki_error *why)
{
	pki_status st = pki_error_status(why);

	if (st == PKI_SUCCESS || pki_is_of_the_call(st)) {
		fail(f, st == PKI_SUCCESS ? PKI_E_INTERNAL : st, pki_error_reason(why),
		    pki_error_clause(why));
		return;
	}
	if (st == PKI_E_LIMIT)
		code = PKI_CODE_LIMIT;
	add(f, code, clause_of(code, why), pki_error_reason(why), pki_error_detail(why));
}
