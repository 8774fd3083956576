/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool expiring: what has passed, or passes soon, in files and folders. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <pki/time.h>

#include "tools/args.h"
#include "tools/bundle.h"
#include "tools/facts.h"
#include "tools/in.h"
#include "tools/json.h"
#include "tools/session.h"
#include "tools/show.h"
#include "tools/status.h"

enum { DEPTH_MOST = 32, NUMBER_MOST = 100000, HOUR = 3600, DAY = 86400, WEEK = 7 * DAY };

struct job {
	struct cmd *c;
	struct session session;
	pki_time now, limit;
	struct text out;
	int worst;
};

static void worse(struct job *j, int st)
{
	j->worst = status_worst(j->worst, st);
}

/* "30d" */
static int take_within(struct job *j)
{
	static const struct {
		char letter;
		int64_t seconds;
	} units[] = { { 'h', HOUR }, { 'd', DAY }, { 'w', WEEK } };
	const char *text = args_value(j->c, OPT_WITHIN);
	char *end;
	long n;

	text = text ? text : "30d";
	errno = 0;
	n = strtol(text, &end, 10);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (*text < '0' || *text > '9' || errno || n > NUMBER_MOST ||
		    end[0] != units[i].letter || end[1])
			continue;
		j->limit = j->now + n * units[i].seconds;
		return STATUS_DONE;
	}
	return say_usage(j->c, "--within wants a number and h, d or w, not '%s'", text);
}

/* ---- what expires ---- */

struct end {
	const char *what, *member; /* "not_after" */
	const pki_name *name;
	pki_time when;
};

static bool find_end(const pki_object *o, struct end *out)
{
	if (o->kind == PKI_KIND_CERTIFICATE)
		*out = (struct end){ "subject", "not_after", pki_cert_subject(o->cert),
			pki_cert_not_after(o->cert) };
	else if (o->kind == PKI_KIND_CRL)
		*out = (struct end){ "issuer", "next_update", pki_crl_issuer(o->crl),
			pki_crl_next_update(o->crl) };
	else
		return false;
	return out->when != PKI_TIME_NONE;
}

static void put_json(
    struct job *j, const char *file, const pki_object *o, const struct end *e, pki_bytes name)
{
	struct text *t = &j->out;
	int64_t left = e->when - j->now;

	show_json_head(t, file, o);
	js_name(t, e->what);
	js_string(t, name);
	js_member_time(t, e->member, e->when);
	js_member_bool(t, "expired", left < 0);
	js_name(t, "days_left");
	js_int(t, left < 0 ? -(-left / DAY) : left / DAY);
	js_close(t, '}');
	text_add(t, "\n");
}

/* "server.pem: CN=www.example.org expires in 12 days (2026-12-08T00:00:00Z)" */
static void put_text(
    struct job *j, const char *file, const pki_object *o, const struct end *e, pki_bytes name)
{
	struct text *t = &j->out;

	text_safe(t, pki_bytes_str(in_name(file)));
	if (o->index)
		text_fmt(t, " [%zu]", o->index);
	text_add(t, ": ");
	text_add(t, o->kind == PKI_KIND_CRL ? "CRL of " : "");
	if (name.len)
		text_safe(t, name);
	else
		text_add(t, "a certificate without a subject");
	text_style(t, e->when < j->now ? STYLE_BAD : STYLE_PLAIN);
	text_add(t, e->when < j->now ? " expired " : " expires ");
	text_style(t, STYLE_PLAIN);
	facts_when(t, j->now, e->when);
	text_add(t, " (");
	text_time(t, e->when);
	text_add(t, ")\n");
}

static void judge(struct job *j, const char *file, const pki_object *o)
{
	struct end e;
	pki_buf name = PKI_BUF_INIT;

	if (!find_end(o, &e) || e.when > j->limit)
		return;
	if (pki_name_format(e.name, &name, NULL) != PKI_SUCCESS)
		j->out.failed = true;
	if (args_has(j->c, OPT_JSON))
		put_json(j, file, o, &e, pki_buf_bytes(&name));
	else
		put_text(j, file, o, &e, pki_buf_bytes(&name));
	worse(j, STATUS_NO);
	worse(j, out_stdout(j->c, &j->out));
	pki_buf_free(&name);
}

struct inside {
	struct job *j;
	const char *file;
};

static void judge_inner(void *ud, const pki_object *o)
{
	struct inside *in = ud;

	judge(in->j, in->file, o);
}

/* What is in a bundle, with its place there for an index. */
static pki_status judge_bundle(struct job *j, const char *file, const pki_object *o, pki_error *err)
{
	struct inside in = { j, file };
	pki_bundle *b;
	pki_status st = pki_bundle_parse(j->session.ctx, o->bytes, &b, err);

	if (!st)
		bundle_each(b, judge_inner, &in);
	pki_bundle_free(b);
	return st;
}

/* ---- files ---- */

static void failed(
    struct job *j, const char *file, const pki_object *o, pki_status st, const pki_error *err)
{
	progress_hide(&j->session.progress);
	worse(j, in_error(j->c, file, st, err));
	if (!args_has(j->c, OPT_JSON))
		return;
	show_json_error(&j->out, file, o, st, err);
	worse(j, out_stdout(j->c, &j->out));
}

/* Of one file. named: by the user; what is wrong with other files is none of his questions. */
struct look {
	struct job *j;
	const char *path;
	bool named;
};

static bool may_expire(const pki_object *o)
{
	return o && (o->kind == PKI_KIND_CERTIFICATE || o->kind == PKI_KIND_CRL);
}

/* Other kinds do not expire, whether they can be read or not; what is in PKCS #12 does. */
static bool matters(const struct look *l, const pki_object *o, pki_status st)
{
	if (st == PKI_E_UNSUPPORTED && o && o->kind)
		return l->named && o->kind == PKI_KIND_PKCS12;
	return l->named || may_expire(o);
}

static bool look_at_object(void *ud, const pki_object *o, pki_status st, const pki_error *err)
{
	const struct look *l = ud;
	pki_error own = PKI_ERROR_INIT;

	if (!st && o->kind == PKI_KIND_PKCS7) {
		st = judge_bundle(l->j, l->path, o, &own);
		err = &own;
	}
	if (!st)
		judge(l->j, l->path, o);
	else if (matters(l, o, st))
		failed(l->j, l->path, o, st, err);
	return true;
}

static void look_at_file(struct job *j, const char *path, bool named)
{
	struct look l = { j, path, named };

	(void)in_each(j->c, j->session.ctx, path, PKI_LENIENT_ALL, look_at_object, &l);
}

static void look_at(struct job *j, const char *path, bool named, unsigned depth);

struct folder {
	struct job *j;
	unsigned depth; /* of what is in it */
};

static void look_at_entry(void *ud, const char *path)
{
	const struct folder *f = ud;

	look_at(f->j, path, false, f->depth);
}

static void look_at_folder(struct job *j, const char *path, unsigned depth)
{
	struct folder f = { j, depth + 1 };

	if (depth >= DEPTH_MOST)
		worse(j, say_fail(j->c, STATUS_MALFORMED, "%s: too deep a folder", path));
	else
		worse(j, in_folder(j->c, path, look_at_entry, &f));
}

/* Links to folders are not followed, but for those that are named: they may go round. */
static void look_at(struct job *j, const char *path, bool named, unsigned depth)
{
	struct stat link, target;
	bool there = !out_is_stdout(path) && stat(path, &target) == 0 && lstat(path, &link) == 0;

	(void)progress_tick(&j->session.progress);
	if (there && S_ISDIR(target.st_mode)) {
		if (named || !S_ISLNK(link.st_mode))
			look_at_folder(j, path, depth);
	} else if (named || (there && S_ISREG(target.st_mode))) {
		look_at_file(j, path, named);
	}
}

static int run(struct job *j)
{
	struct cmd *c = j->c;
	int st = session_open(c, ALLOW_ALL, &j->session);

	j->now = pki_ctx_now(j->session.ctx);
	if (!st)
		st = take_within(j);
	if (st)
		return st;
	progress_begin(&j->session.progress, "reading");
	for (size_t i = 0; i < c->operand_count; i++)
		look_at(j, c->operands[i], true, 0);
	progress_end(&j->session.progress);
	return j->worst;
}

int expiring_run(struct cmd *c)
{
	struct job j = { .c = c, .out.color = out_color(1) };
	int st = run(&j);

	text_free(&j.out);
	session_close(&j.session);
	return st;
}
