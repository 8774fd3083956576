/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool sign: a certificate, issued from a request. */
#include <stdlib.h>
#include <string.h>

#include "tools/args.h"
#include "tools/facts.h"
#include "tools/in.h"
#include "tools/issue.h"
#include "tools/make.h"
#include "tools/names.h"
#include "tools/out.h"
#include "tools/status.h"

struct job {
	struct cmd *c;
	pki_profile profile;
	pki_exts *exts;
	pki_name *subject;
	pki_buf oids; /* of copy, one after the other */
	pki_bytes *copy;
	size_t copy_count;
	struct password password;
	struct session session;
	struct issuer issuer;
	struct term term;
	struct text name;
	const char *path;
	pki_csr *request;
	pki_buf made;
};

static const char *operand(const struct job *j)
{
	return j->c->operands[0];
}

/* ---- options ---- */

static void take_profile(struct job *j)
{
	const char *text = args_value(j->c, OPT_PROFILE);

	for (int32_t i = 0; text && profiles[i]; i++)
		if (strcmp(profiles[i], text) == 0)
			j->profile = i;
}

static int take_subject(struct job *j)
{
	const char *dn = args_value(j->c, OPT_SUBJECT);
	pki_error err = PKI_ERROR_INIT;
	pki_status st = PKI_SUCCESS;

	if (dn)
		st = pki_name_from_string(NULL, dn, &j->subject, &err);
	return st ? say_error(j->c, "the subject", st, &err) : STATUS_DONE;
}

/* OIDs move while the buffer grows; their lengths do not. */
static int add_oid(struct job *j, const char *text)
{
	pki_error err = PKI_ERROR_INIT;
	size_t from = j->oids.len;
	pki_status st = pki_oid_parse(text, &j->oids, &err);

	if (st)
		return say_usage(j->c, "--copy '%s': %s", text, pki_error_reason(&err));
	j->copy[j->copy_count++].len = j->oids.len - from;
	return STATUS_DONE;
}

static void place_oids(struct job *j)
{
	const uint8_t *at = j->oids.data;

	for (size_t i = 0; i < j->copy_count; i++) {
		j->copy[i].data = at;
		at += j->copy[i].len;
	}
}

/* The names, whatever else. */
static int take_copies(struct job *j)
{
	size_t at = 0;
	const char *text;
	int st;

	j->copy = calloc(j->c->use_count + 1, sizeof *j->copy);
	if (!j->copy)
		return say_nomem(j->c);
	st = add_oid(j, "subjectAltName");
	while (!st && (text = args_next(j->c, OPT_COPY, &at)) != NULL)
		st = add_oid(j, text);
	place_oids(j);
	return st;
}

static int take_exts(struct job *j)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_exts_new(NULL, &j->exts, &err);

	return st ? say_error(j->c, NULL, st, &err) : issue_exts(j->c, j->exts);
}

static int check_options(const struct job *j)
{
	const struct cmd *c = j->c;
	bool ca = j->profile == PKI_PROFILE_CA;

	if (!args_has(c, OPT_CA))
		return say_usage(
		    c, "--ca says which CA signs: %s request.csr --ca ca.pem", c->name);
	if (!ca &&
	    (args_has(c, OPT_PATH_LENGTH) || args_has(c, OPT_PERMIT) || args_has(c, OPT_EXCLUDE)))
		return say_usage(c, "--path-length, --permit and --exclude go with --profile ca");
	return STATUS_DONE;
}

/* R.pem for R.csr. */
static int name_file(struct job *j)
{
	j->path = args_value(j->c, OPT_OUT);
	if (!j->path && out_is_stdout(operand(j)))
		return say_usage(j->c, "the request has no name; -o says where to write");
	if (!j->path) {
		names_beside(operand(j), ".pem", &j->name);
		j->path = pki_buf_str(&j->name.buf);
	}
	return j->name.failed ? say_nomem(j->c) : STATUS_DONE;
}

static int check_clashes(const struct job *j)
{
	int st = out_clash(j->c, "certificate", j->path, "request", operand(j));

	return st ? st : issuer_clash(j->c, &j->issuer, "certificate", j->path);
}

static unsigned flags(const struct job *j)
{
	return make_form(j->c) == PKI_DER ? OUT_BINARY : 0;
}

/* ---- what became of the request ---- */

static void say_ext(const struct job *j, const pki_cert *made, const pki_ext *asked)
{
	struct text name = TEXT_INIT;
	const char *what;
	pki_ext now;

	facts_oid(&name, asked->oid);
	what = pki_buf_str(&name.buf);
	if (!pki_cert_ext(made, asked->oid, &now))
		say(j->c,
		    "dropped %s: of the extensions, subjectAltName and those of --copy are kept",
		    what);
	else if (!pki_bytes_equal(now.value, asked->value))
		say(j->c, "replaced %s: the CA and the profile decide it", what);
	else
		say(j->c, "kept %s", what);
	text_free(&name);
}

static void say_attribute(const struct job *j, const pki_attribute *a)
{
	struct text name = TEXT_INIT;

	if (pki_oid_equal(a->type, PKI_OID(extension_request)))
		return;
	facts_oid(&name, a->type);
	say(j->c, "dropped %s: attributes are for the CA alone", pki_buf_str(&name.buf));
	text_free(&name);
}

static void say_subject(const struct job *j)
{
	const pki_name *asked = pki_csr_subject(j->request);
	pki_buf text = PKI_BUF_INIT;

	if (pki_name_is_empty(asked) || pki_name_format(asked, &text, NULL) != PKI_SUCCESS)
		return;
	say(j->c, "%s the subject %s", j->subject ? "replaced" : "kept", pki_buf_str(&text));
	pki_buf_free(&text);
}

static void say_fates(const struct job *j, const pki_cert *made)
{
	pki_ext e;
	pki_attribute a;

	say_subject(j);
	for (size_t i = 0; pki_csr_ext_at(j->request, i, &e); i++)
		say_ext(j, made, &e);
	for (size_t i = 0; pki_csr_attr_at(j->request, i, &a); i++)
		say_attribute(j, &a);
}

/* ---- signing ---- */

/* Options are checked before: what does not go together now is the request's. */
static int refused(const struct job *j, pki_status st, const pki_error *err)
{
	int r = say_error(j->c, in_name(operand(j)), st, err);

	return st == PKI_E_ARG ? STATUS_NO : r;
}

static int sign(struct job *j)
{
	pki_error err = PKI_ERROR_INIT;
	pki_cert_opts o = { .size = sizeof o,
		.subject_name = j->subject,
		.exts = j->exts,
		.copy = j->copy,
		.copy_count = j->copy_count,
		.profile = j->profile };
	pki_cert *made;
	pki_status st;

	issue_opts(&o, &j->term);
	st = pki_cert_issue(j->request, j->issuer.cert, j->issuer.key, &o, &made, &err);
	if (st)
		return refused(j, st, &err);
	say_fates(j, made);
	return issue_made(j->c, NULL, made, st, &err, &j->made);
}

static int run(struct job *j)
{
	struct cmd *c = j->c;
	int st;

	take_profile(j);
	(void)((st = check_options(j)) || (st = take_subject(j)) || (st = take_copies(j)) ||
	    (st = take_exts(j)) || (st = session_open(c, 0, &j->session)) ||
	    (st = issue_term(c, &j->session, &j->term)) || (st = name_file(j)) ||
	    (st = in_csr(c, j->session.ctx, operand(j), &j->request)) ||
	    (st = out_check(c, j->path, flags(j))) ||
	    (st = password_take(c, OPT_PASSWORD_FILE, false, &j->password)) ||
	    (st = issuer_open(c, &j->session, args_value(c, OPT_CA), args_value(c, OPT_CA_KEY),
		 &j->password, &j->issuer)) ||
	    (st = check_clashes(j)) || (st = sign(j)) ||
	    (st = out_write(c, j->path, pki_buf_bytes(&j->made), flags(j))));
	if (!st && !args_has(c, OPT_OUT))
		say(c, "wrote %s (certificate)", j->path);
	return st;
}

int sign_run(struct cmd *c)
{
	struct job j = { .c = c };
	int st = run(&j);

	issuer_free(&j.issuer);
	session_close(&j.session);
	password_free(&j.password);
	pki_csr_free(j.request);
	pki_exts_free(j.exts);
	pki_name_free(j.subject);
	pki_buf_free(&j.oids);
	pki_buf_free(&j.made);
	text_free(&j.name);
	free(j.copy);
	return st;
}
