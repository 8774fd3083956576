/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool verify: is there a valid path to this certificate? */
#include "tools/verify.h"

#include <stdlib.h>

#include "tools/args.h"
#include "tools/in.h"
#include "tools/status.h"

/* Of certificates that are seen in practice, and say nothing that is unclear. */
enum { FORGIVEN = PKI_LENIENT_SERIAL | PKI_LENIENT_DEFAULTS | PKI_LENIENT_PATH_LEN };

void verify_keep(struct verify *v, const char *what, pki_status st, const pki_error *err)
{
	v->error = *err;
	v->status = st;
	text_free(&v->input);
	if (what)
		text_add(&v->input, what);
}

int verify_fail(struct verify *v, const char *what, pki_status st, const pki_error *err)
{
	progress_hide(&v->session.progress);
	verify_keep(v, what, st == PKI_E_NOTFOUND ? PKI_E_STRUCTURE : st, err);
	say_error(v->c, what, st, err);
	return status_exit(v->status);
}

int verify_pass_over(struct verify *v, const char *what, pki_status st, const pki_error *err)
{
	switch (st) {
	case PKI_E_ENCODING:
	case PKI_E_STRUCTURE:
	case PKI_E_LIMIT:
	case PKI_E_UNSUPPORTED:
	case PKI_E_NOTFOUND:
		progress_hide(&v->session.progress);
		return say_ignored(v->c, what, err);
	default:
		return verify_fail(v, what, st, err);
	}
}

static int by_text(const void *a, const void *b)
{
	const struct text *x = a, *y = b;

	return pki_bytes_compare(pki_buf_bytes(&x->buf), pki_buf_bytes(&y->buf));
}

/* The policies it is valid for, in dotted decimal. */
static int list_policies(struct verify *v)
{
	size_t n = pki_result_policy_count(v->result);
	pki_policy p;

	v->policies_found = calloc(n + 1, sizeof *v->policies_found);
	if (!v->policies_found)
		return say_nomem(v->c);
	for (; v->policies_count < n; v->policies_count++) {
		struct text *t = &v->policies_found[v->policies_count];
		if (!pki_result_policy_at(v->result, v->policies_count, &p) ||
		    pki_oid_format(p.oid, &t->buf, NULL) != PKI_SUCCESS)
			return say_nomem(v->c);
	}
	qsort(v->policies_found, n, sizeof *v->policies_found, by_text);
	return STATUS_DONE;
}

/* A result that is no answer to the question: a limit, or an algorithm that is not there. */
static bool is_answer(pki_status st)
{
	return st == PKI_SUCCESS || st == PKI_E_UNTRUSTED;
}

static int judge(struct verify *v)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st;
	int r;

	progress_begin(&v->session.progress, "verifying");
	st = pki_verify(v->session.ctx, v->leaf, &v->opts, &v->result, &err);
	progress_end(&v->session.progress);
	if (st == PKI_E_ARG) /* of what an option says */
		st = PKI_E_STRUCTURE;
	r = is_answer(st) ? status_exit(st) : verify_fail(v, in_name(v->file), st, &err);
	return status_worst(r, list_policies(v));
}

static int show(struct verify *v)
{
	v->out.color = out_color(1) && !args_has(v->c, OPT_JSON);
	if (args_has(v->c, OPT_JSON))
		verify_json(v);
	else
		verify_text(v);
	return out_stdout(v->c, &v->out);
}

static int run(struct verify *v)
{
	struct cmd *c = v->c;
	int st;

	(void)((st = session_open_lenient(c, 0, FORGIVEN, &v->session)) || (st = verify_take(v)) ||
	    (st = verify_read(v)));
	v->now = args_has(c, OPT_AT) ? v->session.at : pki_ctx_now(v->session.ctx);
	v->opts.at = &v->now;
	v->opts.at_nsec = v->session.at_nsec;
	if (!st)
		st = judge(v);
	if (v->result || (st >= STATUS_IO && args_has(c, OPT_JSON)))
		st = status_worst(st, show(v));
	return st;
}

static void free_oids(struct oids *o)
{
	for (size_t i = 0; o->store && i < o->count; i++)
		pki_buf_free(&o->store[i]);
	free(o->store);
	free(o->list);
}

static void free_policies(struct verify *v)
{
	for (size_t i = 0; i < v->policies_count; i++)
		text_free(&v->policies_found[i]);
	free(v->policies_found);
}

static void verify_free(struct verify *v)
{
	free_policies(v);
	pki_result_free(v->result);
	pki_cert_free(v->leaf);
	pki_trust_free(v->trust);
	pki_certs_free(v->certs);
	pki_crls_free(v->crls);
	free_oids(&v->policies);
	free_oids(&v->policy_set);
	names_free(&v->permit);
	names_free(&v->exclude);
	pki_buf_free(&v->purpose);
	text_free(&v->name);
	text_free(&v->asked);
	text_free(&v->sources);
	text_free(&v->input);
	text_free(&v->out);
	session_close(&v->session);
}

int verify_run(struct cmd *c)
{
	struct verify v = { .c = c, .opts.size = sizeof v.opts };
	int st = run(&v);

	verify_free(&v);
	return st;
}
