/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool key: made, described, and written in other ways. */
#include <string.h>
#include <sys/stat.h>

#include <pki/jwk.h>

#include "tools/args.h"
#include "tools/in.h"
#include "tools/jwk.h"
#include "tools/make.h"
#include "tools/out.h"
#include "tools/show.h"
#include "tools/status.h"

/* What one of these verbs reads and makes. */
struct job {
	struct cmd *c;
	struct session session;
	struct password old, new;
	pki_key *key;
	pki_buf from, made;
	const char *path; /* "-": standard output */
};

static void job_init(struct job *j, struct cmd *c)
{
	const char *out = args_value(c, OPT_OUT);

	*j = (struct job){ .c = c, .path = out ? out : "-" };
	j->from.flags = j->made.flags = PKI_BUF_SECRET;
}

static int job_end(struct job *j, int st)
{
	pki_key_free(j->key);
	session_close(&j->session);
	password_free(&j->old);
	password_free(&j->new);
	pki_buf_free(&j->from);
	pki_buf_free(&j->made);
	return st;
}

static int job_check(const struct job *j, unsigned flags)
{
	return out_check(j->c, j->path, flags);
}

static int job_write(const struct job *j, unsigned flags)
{
	return out_write(j->c, j->path, pki_buf_bytes(&j->made), flags);
}

static unsigned public_flags(pki_form form)
{
	return form == PKI_DER ? OUT_BINARY : 0;
}

static const char *operand(const struct job *j)
{
	return j->c->operands[0];
}

/* ---- key new ---- */

static int new_key(struct job *j)
{
	const char *type = args_value(j->c, OPT_TYPE);

	return make_key(j->c, &j->session, type ? type : "p256", &j->key);
}

int key_new_run(struct cmd *c)
{
	struct job j;
	int st;

	job_init(&j, c);
	(void)((st = job_check(&j, OUT_SECRET)) ||
	    (st = password_take(c, OPT_PASSWORD_FILE, true, &j.new)) ||
	    (st = session_open(c, 0, &j.session)) || (st = new_key(&j)) ||
	    (st = make_key_bytes(c, j.key, &j.new, make_form(c), &j.made)) ||
	    (st = job_write(&j, OUT_SECRET)));
	return job_end(&j, st);
}

/* ---- key public, and key convert --to spki ---- */

static int add_public(void *ud, pki_bytes spki)
{
	struct job *j = ud;
	pki_form form = make_form(j->c);

	if (form == PKI_DER && j->made.len)
		return say_fail(j->c, STATUS_USAGE, "%s holds several keys; DER has room for one",
		    in_name(operand(j)));
	return make_public_bytes(j->c, spki, form, &j->made);
}

static int convert_public(struct job *j)
{
	unsigned flags = public_flags(make_form(j->c));
	int st;

	(void)((st = job_check(j, flags)) ||
	    (st = in_pubkeys(j->c, operand(j), &j->old, add_public, j)) ||
	    (st = job_write(j, flags)));
	return st;
}

int key_public_run(struct cmd *c)
{
	struct job j;
	int st;

	job_init(&j, c);
	st = password_take(c, OPT_PASSWORD_FILE, false, &j.old);
	if (!st)
		st = convert_public(&j);
	return job_end(&j, st);
}

/* ---- key convert ---- */

/* The old password is asked for before the new one. */
static int take_new(struct job *j)
{
	return password_take(j->c, OPT_NEW_PASSWORD_FILE, true, &j->new);
}

static int convert_private(struct job *j)
{
	int st;

	(void)((st = job_check(j, OUT_SECRET)) ||
	    (st = in_key(j->c, NULL, operand(j), &j->old, &j->key, NULL)) || (st = take_new(j)) ||
	    (st = make_key_bytes(j->c, j->key, &j->new, make_form(j->c), &j->made)) ||
	    (st = job_write(j, OUT_SECRET)));
	if (!st && j->old.used && !j->new.given)
		say(j->c, "warning: the key is written without its password");
	return st;
}

/* A key that can be read; an encrypted one as far as it shows. */
static pki_status check_key(const pki_object *o, pki_error *err)
{
	pki_envelope envelope;
	pki_pubkey *pub;
	pki_spki spki;
	pki_key *k;
	pki_status st;

	if (o->kind == PKI_KIND_ENCRYPTED_KEY)
		return pki_envelope_parse(NULL, o->bytes, &envelope, err);
	if (o->kind == PKI_KIND_PUBLIC_KEY && o->format == PKI_FORMAT_PKCS8)
		return pki_spki_parse(NULL, o->bytes, &spki, err);
	if (o->kind == PKI_KIND_PUBLIC_KEY) {
		st = pki_object_pubkey(NULL, o, &pub, err);
		pki_pubkey_free(pub);
		return st;
	}
	st = pki_object_key(NULL, o, NULL, NULL, &k, err);
	pki_key_free(k);
	return st;
}

static bool is_key(const pki_object *o)
{
	return o->kind == PKI_KIND_PRIVATE_KEY || o->kind == PKI_KIND_ENCRYPTED_KEY ||
	    o->kind == PKI_KIND_PUBLIC_KEY;
}

/* The only object of the file, a key of any kind; its bytes are not touched. */
static int one_key(struct job *j, struct in_file *f, pki_object *o)
{
	const char *name = in_name(operand(j));
	pki_error err = PKI_ERROR_INIT;
	pki_status st = in_open(j->c, NULL, operand(j), PKI_LENIENT_ALL, f, &err);

	if (!st)
		st = in_next(f, o, &err);
	if (!st && !is_key(o))
		return say_fail(j->c, STATUS_MALFORMED,
		    "%s is %s; a key was expected (try: pkitool show %s)", name,
		    in_kind_text(o->kind), operand(j));
	return st ? in_error(j->c, operand(j), st, &err) : STATUS_DONE;
}

static int check_one(struct job *j, const pki_object *o)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = check_key(o, &err);

	return st ? in_error(j->c, operand(j), st, &err) : STATUS_DONE;
}

static int encode_as_is(struct job *j, const pki_object *o, pki_form form)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = form == PKI_DER ? pki_buf_append(&j->made, o->bytes, &err)
					: pki_pem_encode(in_pem_label(o), o->bytes, &j->made, &err);

	return st ? in_error(j->c, operand(j), st, &err) : STATUS_DONE;
}

static int only_one(struct job *j, struct in_file *f)
{
	pki_error err = PKI_ERROR_INIT;
	pki_object more;
	pki_status st = in_next(f, &more, &err);

	if (st)
		return in_error(j->c, operand(j), st, &err);
	return more.kind ? say_fail(j->c, STATUS_USAGE,
			       "%s holds several objects; one is converted", in_name(operand(j)))
			 : STATUS_DONE;
}

static int keep_kind(struct job *j, pki_form form)
{
	struct in_file f;
	pki_object o = { 0 };
	unsigned flags = 0;
	int st;

	if (args_has(j->c, OPT_FORM) && make_form(j->c) != form)
		return say_usage(j->c, "--to and --form contradict each other");
	st = one_key(j, &f, &o);
	if (!st && in_is_pem_only(&o))
		st = say_fail(j->c, STATUS_USAGE, "%s has one form only (try: --to pkcs8)",
		    in_name(operand(j)));
	if (!st)
		st = check_one(j, &o);
	if (!st)
		flags = o.kind == PKI_KIND_PUBLIC_KEY ? public_flags(form) : OUT_SECRET;
	(void)(st || (st = job_check(j, flags)) || (st = encode_as_is(j, &o, form)) ||
	    (st = only_one(j, &f)) || (st = job_write(j, flags)));
	in_close(&f);
	return st;
}

static int to_pem(struct job *j)
{
	return keep_kind(j, PKI_PEM);
}

static int to_der(struct job *j)
{
	return keep_kind(j, PKI_DER);
}

#define FORMAT_JWK (-1) /* beside those of pki_key_format */

/* PKI_E_ARG: all that can be wrong with what we ask for is the format. */
static int encoded(const struct job *j, pki_status st, const pki_error *err)
{
	if (st == PKI_E_ARG)
		return say_fail(
		    j->c, STATUS_USAGE, "this key has no %s format", args_value(j->c, OPT_TO));
	return st ? in_error(j->c, operand(j), st, err) : STATUS_DONE;
}

static int encode_public(struct job *j, const pki_object *o, pki_key_format format)
{
	pki_error err = PKI_ERROR_INIT;
	pki_pubkey *k;
	pki_status st = pki_object_pubkey(NULL, o, &k, &err);

	if (!st && format == FORMAT_JWK)
		st = pki_jwk_pubkey_write(k, &j->made, &err);
	else if (!st)
		st = pki_pubkey_write_as(k, format, make_form(j->c), &j->made, &err);
	pki_pubkey_free(k);
	return encoded(j, st, &err);
}

static int encode_private(struct job *j, const pki_object *o, pki_key_format format)
{
	const pki_key_write_opts *opts = PKI_OPTS(
	    pki_key_write_opts, .format = format, .form = make_form(j->c));
	pki_error err = PKI_ERROR_INIT;
	int st = in_object_key(j->c, operand(j), o, &j->old, &j->key);

	if (st)
		return st;
	return encoded(j,
	    format == FORMAT_JWK ? pki_jwk_key_write(j->key, &j->made, &err)
				 : pki_key_write(j->key, opts, &j->made, &err),
	    &err);
}

/* A public key stays public, a private one private. */
static int convert_to(struct job *j, pki_key_format format)
{
	struct in_file f;
	pki_object o = { 0 };
	unsigned flags = OUT_SECRET;
	int st = one_key(j, &f, &o);
	bool is_public = o.kind == PKI_KIND_PUBLIC_KEY;

	if (is_public)
		flags = public_flags(make_form(j->c));
	if (!is_public)
		in_warn_open(j->c, operand(j));
	(void)(st || (st = job_check(j, flags)) ||
	    (st = is_public ? encode_public(j, &o, format) : encode_private(j, &o, format)) ||
	    (st = only_one(j, &f)) || (st = job_write(j, flags)));
	if (!st && j->old.used)
		say(j->c, "warning: the key is written without its password");
	in_close(&f);
	return st;
}

static int to_pkcs1(struct job *j)
{
	return convert_to(j, PKI_FORMAT_PKCS1);
}

static int to_sec1(struct job *j)
{
	return convert_to(j, PKI_FORMAT_SEC1);
}

static int to_openssh(struct job *j)
{
	if (make_form(j->c) == PKI_DER)
		return say_usage(j->c, "--form der does not go with --to openssh");
	return convert_to(j, PKI_FORMAT_OPENSSH);
}

static int to_jwk(struct job *j)
{
	if (args_has(j->c, OPT_FORM))
		return say_usage(j->c, "--form does not go with --to jwk");
	return convert_to(j, FORMAT_JWK);
}

static const struct {
	const char *name;
	int (*convert)(struct job *j);
} formats[] = {
	{ "pkcs8", convert_private },
	{ "spki", convert_public },
	{ "pem", to_pem },
	{ "der", to_der },
	{ "sec1", to_sec1 },
	{ "pkcs1", to_pkcs1 },
	{ "jwk", to_jwk },
	{ "openssh", to_openssh },
};

static int convert(struct job *j)
{
	const char *to = args_value(j->c, OPT_TO);

	if (!to)
		return say_usage(j->c,
		    "--to says which format: pkcs8, pkcs1, sec1, openssh, jwk, spki, pem, der");
	if (strcmp(to, "pkcs8") != 0 && password_is_given(j->c, OPT_NEW_PASSWORD_FILE))
		return say_usage(j->c, "a new password goes with --to pkcs8");
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i].name, to) == 0)
			return formats[i].convert(j);
	return say_fail(j->c, STATUS_INTERNAL, "no format '%s'", to);
}

int key_convert_run(struct cmd *c)
{
	struct job j;
	int st;

	job_init(&j, c);
	(void)((st = password_take(c, OPT_PASSWORD_FILE, false, &j.old)) || (st = convert(&j)));
	return job_end(&j, st);
}

/* ---- key password ---- */

/* Back to the file that was read, unless -o says otherwise. */
static int choose_path(struct job *j)
{
	struct stat st;

	if (args_has(j->c, OPT_OUT))
		return STATUS_DONE;
	j->path = operand(j);
	if (lstat(j->path, &st) == 0 && S_ISLNK(st.st_mode))
		return say_fail(j->c, STATUS_IO,
		    "%s is a symbolic link; name the file itself, or another with -o", j->path);
	return STATUS_DONE;
}

static int check_new(const struct job *j)
{
	if (!password_is_given(j->c, OPT_NEW_PASSWORD_FILE) && !args_has(j->c, OPT_NO_PASSWORD))
		return say_usage(
		    j->c, "which new password? (--new-password-file FILE, --no-password)");
	return STATUS_DONE;
}

static int check_may_have_one(const struct job *j)
{
	if (jwk_looks_like(pki_buf_bytes(&j->from)))
		return say_fail(j->c, STATUS_USAGE,
		    "%s is a JWK, which has no password (try: pkitool key convert --to pkcs8)",
		    in_name(operand(j)));
	return STATUS_DONE;
}

static int encode_again(struct job *j)
{
	bool was_pem = pki_pem_looks_like(pki_buf_bytes(&j->from));
	pki_form form = was_pem ? PKI_PEM : PKI_DER;

	if (args_has(j->c, OPT_FORM))
		form = make_form(j->c);
	return make_key_bytes(j->c, j->key, &j->new, form, &j->made);
}

int key_password_run(struct cmd *c)
{
	struct job j;
	int st;

	job_init(&j, c);
	(void)((st = check_new(&j)) || (st = choose_path(&j)) || (st = job_check(&j, OUT_SECRET)) ||
	    (st = password_take(c, OPT_PASSWORD_FILE, false, &j.old)) ||
	    (st = in_key(c, NULL, operand(&j), &j.old, &j.key, &j.from)) ||
	    (st = check_may_have_one(&j)) || (st = take_new(&j)) || (st = encode_again(&j)) ||
	    (st = job_write(&j, OUT_SECRET)));
	return job_end(&j, st);
}

/* ---- key show ---- */

int key_show_run(struct cmd *c)
{
	return show_files(c, SHOW_KEYS);
}
