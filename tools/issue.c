/* SPDX-License-Identifier: BSD-3-Clause */
/* What certificates are made with: options that selfsign, ca and sign share, and the CA itself. */
#include "tools/issue.h"

#include <string.h>
#include <unistd.h>

#include <pki/ext_crl.h>
#include <pki/ext_policy.h>
#include <pki/time.h>

#include "tools/args.h"
#include "tools/idn.h"
#include "tools/in.h"
#include "tools/make.h"
#include "tools/names.h"
#include "tools/status.h"

enum { DAYS_MOST = 3652425, PATH_MOST = 1000 }; /* ten thousand years */

static int take_days(const struct cmd *c, int64_t *days)
{
	const char *text = args_value(c, OPT_DAYS);

	*days = 0;
	if (text && !args_number(text, 1, DAYS_MOST, days))
		return say_usage(c, "--days wants a number of days, not '%s'", text);
	return STATUS_DONE;
}

static int take_path_len(const struct cmd *c, struct term *t)
{
	const char *text = args_value(c, OPT_PATH_LENGTH);
	int64_t n = -1;

	if (!text)
		return STATUS_DONE;
	if (strcmp(text, "none") != 0 && !args_number(text, 0, PATH_MOST, &n))
		return say_usage(c, "--path-length wants a number, or none, not '%s'", text);
	t->path_len = (int32_t)n;
	t->has_path_len = true;
	return STATUS_DONE;
}

int issue_term(const struct cmd *c, const struct session *s, struct term *t)
{
	int64_t days;
	int st = take_days(c, &days);

	*t = (struct term){ .begins = pki_ctx_now(s->ctx) };
	if (st)
		return st;
	t->has_end = days > 0;
	t->ends = t->begins + PKI_DAYS(days);
	if (t->ends > PKI_TIME_MAX)
		return say_usage(
		    c, "--days %s: that is beyond the year 9999", args_value(c, OPT_DAYS));
	return take_path_len(c, t);
}

void issue_opts(pki_cert_opts *o, const struct term *t)
{
	o->not_before = &t->begins;
	o->not_after = t->has_end ? &t->ends : NULL;
	o->path_len = t->has_path_len ? &t->path_len : NULL;
}

int issue_made(const struct cmd *c, const char *whose, pki_cert *made, pki_status st,
    pki_error *err, pki_buf *out)
{
	if (!st)
		st = pki_cert_write(made, make_form(c), out, err);
	pki_cert_free(made);
	return st ? say_error(c, whose, st, err) : STATUS_DONE;
}

/* ---- extensions by option ---- */

static const struct {
	enum opt_id id;
	const char *name;
	void (*add)(pki_exts *exts, const char *text);
} ext_opts[] = {
	{ OPT_PERMIT, "--permit", pki_exts_permit },
	{ OPT_EXCLUDE, "--exclude", pki_exts_exclude },
	{ OPT_CRL_URL, "--crl-url", pki_exts_crl_url },
	{ OPT_OCSP_URL, "--ocsp-url", pki_exts_ocsp_url },
	{ OPT_ISSUER_URL, "--issuer-url", pki_exts_issuer_url },
};

/* Hosts in other scripts become A-labels, as the names of certificates do. */
static int add_one(const struct cmd *c, pki_exts *exts, size_t i, const char *text)
{
	struct text ascii = TEXT_INIT;
	pki_error err = PKI_ERROR_INIT;
	int st = idn_name(c, text, &ascii);

	if (!st && ascii.failed)
		st = say_nomem(c);
	if (!st)
		ext_opts[i].add(exts, pki_buf_str(&ascii.buf));
	if (!st && pki_exts_status(exts, &err) != PKI_SUCCESS)
		st = say_usage(c, "%s '%s': %s", ext_opts[i].name, text, pki_error_reason(&err));
	text_free(&ascii);
	return st;
}

static int add_all(const struct cmd *c, pki_exts *exts, size_t i)
{
	size_t at = 0;
	const char *text;
	int st = STATUS_DONE;

	while (!st && (text = args_next(c, ext_opts[i].id, &at)) != NULL)
		st = add_one(c, exts, i, text);
	return st;
}

static int add_policy(const struct cmd *c, pki_exts *exts, const char *text)
{
	pki_buf oid = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_oid_parse(text, &oid, &err);

	if (!st) {
		pki_exts_policy(exts, pki_buf_bytes(&oid));
		st = pki_exts_status(exts, &err);
	}
	pki_buf_free(&oid);
	return st ? say_usage(c, "--policy '%s': %s", text, pki_error_reason(&err)) : STATUS_DONE;
}

static int add_policies(const struct cmd *c, pki_exts *exts)
{
	size_t at = 0;
	const char *text;
	int st = STATUS_DONE;

	while (!st && (text = args_next(c, OPT_POLICY, &at)) != NULL)
		st = add_policy(c, exts, text);
	return st;
}

int issue_exts(const struct cmd *c, pki_exts *exts)
{
	int st = add_policies(c, exts);

	for (size_t i = 0; !st && i < sizeof ext_opts / sizeof *ext_opts; i++)
		st = add_all(c, exts, i);
	return st;
}

/* ---- the CA ---- */

static int find_key(struct cmd *c, struct issuer *i)
{
	if (i->key_path)
		return STATUS_DONE;
	if (out_is_stdout(i->path))
		return say_usage(c, "the CA's certificate has no folder; where is its key?");
	names_beside(i->path, ".key", &i->key_name);
	if (i->key_name.failed)
		return say_nomem(c);
	i->key_path = pki_buf_str(&i->key_name.buf);
	if (access(i->key_path, F_OK) != 0)
		return say_fail(c, STATUS_IO, "there is no %s beside %s; where is the CA's key?",
		    i->key_path, i->path);
	return STATUS_DONE;
}

static int check_ca(const struct cmd *c, const struct issuer *i)
{
	return pki_cert_is_ca(i->cert)
	    ? STATUS_DONE
	    : say_fail(c, STATUS_NO, "%s is not the certificate of a CA (try: pkitool show %s)",
		  in_name(i->path), i->path);
}

static int check_pair(const struct cmd *c, const struct issuer *i)
{
	pki_error err = PKI_ERROR_INIT;
	pki_pubkey *k;
	pki_status st = pki_cert_pubkey(i->cert, &k, &err);
	bool same = !st && pki_pubkey_equal(k, pki_key_public(i->key));

	pki_pubkey_free(k);
	if (st)
		return say_error(c, in_name(i->path), st, &err);
	return same ? STATUS_DONE
		    : say_fail(c, STATUS_NO, "%s is not the key of %s", in_name(i->key_path),
			  in_name(i->path));
}

int issuer_open(struct cmd *c, const struct session *s, const char *path, const char *key_path,
    struct password *pw, struct issuer *out)
{
	int st;

	*out = (struct issuer){ .path = path, .key_path = key_path };
	(void)((st = in_cert(c, s->ctx, path, &out->cert)) || (st = check_ca(c, out)) ||
	    (st = find_key(c, out)) ||
	    (st = in_key(c, s->ctx, out->key_path, pw, &out->key, NULL)) ||
	    (st = check_pair(c, out)));
	return st;
}

void issuer_free(struct issuer *i)
{
	pki_cert_free(i->cert);
	pki_key_free(i->key);
	text_free(&i->key_name);
}

int issuer_clash(const struct cmd *c, const struct issuer *i, const char *what, const char *out)
{
	int st = out_clash(c, what, out, "CA's certificate", i->path);

	return st ? st : out_clash(c, what, out, "CA's key", i->key_path);
}
