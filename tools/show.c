/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool show: every object of every file. */
#include "tools/show.h"

#include <unistd.h>

#include "tools/args.h"
#include "tools/asn1.h"
#include "tools/in.h"
#include "tools/session.h"
#include "tools/status.h"

struct job {
	struct cmd *c;
	enum show_what what;
	struct session session;
	struct password password;
	pki_asn1 *modules; /* of --asn1 */
	const char *file;
	struct text out;
	bool shown; /* something stands on standard output */
	int worst;
};

static void worse(struct job *j, int st)
{
	j->worst = status_worst(j->worst, st);
}

/* false: standard output failed, and there is no point in going on. */
static bool flush(struct job *j)
{
	int st = out_stdout(j->c, &j->out);

	j->shown = true;
	worse(j, st);
	return st == STATUS_DONE;
}

static bool failed(
    struct job *j, const char *file, const pki_object *o, pki_status st, const pki_error *err)
{
	progress_hide(&j->session.progress);
	if (st == PKI_E_PASSWORD)
		in_password_error(j->c, file, &j->password, st, err);
	else
		in_error(j->c, file, st, err);
	worse(j, in_exit(st));
	if (!args_has(j->c, OPT_JSON))
		return true;
	show_json_error(&j->out, file, o, st, err);
	return flush(j);
}

static bool is_private(const pki_object *o)
{
	return o->kind == PKI_KIND_PRIVATE_KEY || o->kind == PKI_KIND_ENCRYPTED_KEY;
}

static bool is_shown(const struct job *j, const pki_object *o)
{
	return j->what == SHOW_ALL || is_private(o) || o->kind == PKI_KIND_PUBLIC_KEY;
}

static bool put_facts(struct job *j, const struct facts *f)
{
	if (f->signature == SIGNATURE_BAD && f->o->kind == PKI_KIND_CSR)
		worse(j, STATUS_NO);
	if (args_has(j->c, OPT_JSON)) {
		show_json(&j->out, f);
	} else {
		if (j->shown)
			text_add(&j->out, "\n");
		show_text(&j->out, f);
	}
	return flush(j);
}

static bool put_pem(struct job *j, const char *file, const pki_object *o)
{
	const char *label = in_pem_label(o);
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (is_private(o)) {
		say(j->c, "%s: a private key is not shown (try: pkitool key convert --to pem)",
		    in_name(file));
		return true;
	}
	if (!label) {
		worse(j, STATUS_UNSUPPORTED);
		say(j->c, "%s: no PEM for %s", in_name(file), in_kind_text(o->kind));
		return true;
	}
	st = pki_pem_encode(label, o->bytes, &j->out.buf, &err);
	return st ? failed(j, file, o, st, &err) : flush(j);
}

static bool show_object(struct job *j, const char *file, const pki_object *o)
{
	struct facts f;
	pki_error err = PKI_ERROR_INIT;
	pki_status st;
	bool go_on;

	if (!is_shown(j, o)) {
		worse(j,
		    say_fail(j->c, STATUS_MALFORMED,
			"%s is %s; a key was expected (try: pkitool show %s)", in_name(file),
			in_kind_text(o->kind), file));
		return true;
	}
	if (args_has(j->c, OPT_PEM))
		return put_pem(j, file, o);
	st = facts_gather(j->session.ctx, file, o, &j->password, &f, &err);
	go_on = st ? failed(j, file, o, st, &err) : put_facts(j, &f);
	facts_free(&f);
	return go_on;
}

/* What the library cannot read may still be shown as PEM. */
static bool show_each(void *ud, const pki_object *o, pki_status st, const pki_error *err)
{
	struct job *j = ud;

	if (st == PKI_E_UNSUPPORTED && args_has(j->c, OPT_PEM) && o && o->bytes.len)
		return put_pem(j, j->file, o);
	return st ? failed(j, j->file, o, st, err) : show_object(j, j->file, o);
}

static bool show_file(struct job *j, const char *file)
{
	if (args_has(j->c, OPT_ASN1)) {
		worse(j, show_asn1(j->c, j->modules, file));
		return true;
	}
	j->file = file;
	return in_each(j->c, j->session.ctx, file, PKI_LENIENT_ALL, show_each, j);
}

static int check_options(const struct job *j)
{
	const struct cmd *c = j->c;

	if (args_has(c, OPT_PEM) && (args_has(c, OPT_JSON) || args_has(c, OPT_ASN1)))
		return say_usage(c, "--pem stands alone");
	if ((args_has(c, OPT_MODULE) || args_has(c, OPT_TYPE)) && !args_has(c, OPT_ASN1))
		return say_usage(
		    c, "--%s is for --asn1", args_has(c, OPT_MODULE) ? "module" : "type");
	return STATUS_DONE;
}

static int open_modules(struct job *j)
{
	const char *type = args_value(j->c, OPT_TYPE);
	int st = args_has(j->c, OPT_ASN1) ? asn1_open(j->c, &j->modules) : STATUS_DONE;

	return st || !type ? st : asn1_check_type(j->c, j->modules, type);
}

/* What comes out is progress enough where people see it. */
static void show_all(struct job *j)
{
	struct progress *p = &j->session.progress;

	if (!isatty(STDOUT_FILENO) && !j->password.may_ask)
		progress_begin(p, "reading");
	for (size_t i = 0; i < j->c->operand_count; i++) {
		(void)progress_tick(p);
		if (!show_file(j, j->c->operands[i]))
			break;
	}
	progress_end(p);
}

int show_files(struct cmd *c, enum show_what what)
{
	struct job j = { .c = c, .what = what, .out.color = out_color(1) };

	(void)((j.worst = check_options(&j)) ||
	    (j.worst = password_take(c, OPT_PASSWORD_FILE, false, &j.password)) ||
	    (j.worst = session_open(c, ALLOW_ALL, &j.session)) || (j.worst = open_modules(&j)));
	j.password.needed = what == SHOW_KEYS;
	if (what == SHOW_ALL && !args_has(c, OPT_PASSWORD_ASK))
		j.password.may_ask = false;
	if (!j.worst)
		show_all(&j);
	text_free(&j.out);
	pki_asn1_free(j.modules);
	session_close(&j.session);
	password_free(&j.password);
	return j.worst;
}

int show_run(struct cmd *c)
{
	return show_files(c, SHOW_ALL);
}
