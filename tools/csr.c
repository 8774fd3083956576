/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool csr: a private key and a certification request. */
#include <string.h>

#include "tools/args.h"
#include "tools/in.h"
#include "tools/make.h"
#include "tools/out.h"
#include "tools/request.h"
#include "tools/status.h"

struct job {
	struct cmd *c;
	struct request request;
	struct password password;
	struct text csr_name, key_name;
	const char *csr_path, *key_path; /* key_path NULL: the key exists */
	const char *key_in;
	unsigned csr_flags;
	struct session session;
	pki_key *key;
	pki_buf csr_bytes, key_bytes;
};

static int check_options(const struct job *j)
{
	const struct cmd *c = j->c;

	if (j->key_in && j->request.type)
		return say_usage(c, "--key has its type; --type is for a new one");
	if (j->key_in && args_has(c, OPT_KEY_OUT))
		return say_usage(c, "--key-out is for a new key; --key exists");
	if (!j->request.names.count && pki_name_is_empty(j->request.subject))
		return say_usage(c, "a request needs a name: pkitool csr www.example.org");
	return STATUS_DONE;
}

/* NAME.csr and NAME.key in this folder, or beside what -o says. */
static int name_files(struct job *j)
{
	const pki_buf *stem = &j->request.names.stem;
	const char *out = args_value(j->c, OPT_OUT), *key_out = args_value(j->c, OPT_KEY_OUT);

	if (!stem->len && (!out || (!key_out && !j->key_in && out_is_stdout(out))))
		return say_usage(j->c, "without a name, -o has to say what the file is called");
	text_add(&j->csr_name, out ? out : pki_buf_str(stem));
	text_add(&j->csr_name, out ? "" : ".csr");
	j->csr_path = pki_buf_str(&j->csr_name.buf);
	if (j->key_in)
		return STATUS_DONE;
	if (key_out)
		text_add(&j->key_name, key_out);
	else if (out_is_stdout(j->csr_path))
		return say_usage(
		    j->c, "-o - leaves the key without a name: --key-out FILE, or --key FILE");
	else
		names_key_beside(j->csr_path, &j->key_name);
	j->key_path = pki_buf_str(&j->key_name.buf);
	return j->csr_name.failed || j->key_name.failed ? say_nomem(j->c) : STATUS_DONE;
}

static int check_clashes(const struct job *j)
{
	const char *key = j->key_path ? j->key_path : j->key_in;

	if (j->key_path && out_is_stdout(j->key_path))
		return say_usage(
		    j->c, "a key is not written to standard output beside its request");
	if (!out_is_stdout(j->csr_path) && out_same_file(key, j->csr_path))
		return say_usage(j->c, "%s: the request would take the place of the key", key);
	return STATUS_DONE;
}

static int check_outputs(struct job *j)
{
	int st = check_clashes(j);

	if (make_form(j->c) == PKI_DER)
		j->csr_flags |= OUT_BINARY;
	if (!st && j->key_path)
		st = out_check(j->c, j->key_path, OUT_SECRET);
	return st ? st : out_check(j->c, j->csr_path, j->csr_flags);
}

static int get_key(struct job *j)
{
	if (j->key_in)
		return in_key(j->c, j->session.ctx, j->key_in, &j->password, &j->key, NULL);
	return make_key(j->c, &j->session, j->request.type ? j->request.type : "p256", &j->key);
}

static int make_request(struct job *j)
{
	struct request *r = &j->request;
	pki_error err = PKI_ERROR_INIT;
	pki_csr *csr;
	pki_status st = pki_csr_make(j->session.ctx, j->key,
	    PKI_OPTS(pki_csr_opts, .subject_name = r->subject,
		.names = r->names.count ? r->names.list : NULL,
		.exts = pki_exts_count(r->exts) ? r->exts : NULL,
		.challenge = r->challenge.len ? pki_buf_str(&r->challenge) : NULL),
	    &csr, &err);

	if (!st)
		st = pki_csr_write(csr, make_form(j->c), &j->csr_bytes, &err);
	pki_csr_free(csr);
	return st ? say_error(j->c, j->key_in ? in_name(j->key_in) : NULL, st, &err) : STATUS_DONE;
}

static int encode_key(struct job *j)
{
	return j->key_path ? make_key_bytes(j->c, j->key, &j->password, PKI_PEM, &j->key_bytes)
			   : STATUS_DONE;
}

/* The key first: a request for a key that is lost is worth nothing. */
static int write_files(const struct job *j)
{
	int st = STATUS_DONE;

	if (j->key_path)
		st = out_write(j->c, j->key_path, pki_buf_bytes(&j->key_bytes), OUT_SECRET);
	if (st)
		return st;
	st = out_write(j->c, j->csr_path, pki_buf_bytes(&j->csr_bytes), j->csr_flags);
	if (st && j->key_path)
		say(j->c, "the key is in %s; to go on with it: --key %s", j->key_path, j->key_path);
	return st;
}

/* Files whose names the user did not type. */
static void say_files(const struct job *j)
{
	if (j->key_path && !args_has(j->c, OPT_KEY_OUT))
		say(j->c, "wrote %s (private key%s; keep it)", j->key_path,
		    j->password.given ? ", encrypted" : "");
	if (!args_has(j->c, OPT_OUT))
		say(j->c, "wrote %s (request; send it to the CA)", j->csr_path);
}

static int run(struct job *j)
{
	struct cmd *c = j->c;
	int st;

	j->key_in = args_value(c, OPT_KEY);
	(void)((st = request_gather(c, &j->request)) || (st = check_options(j)) ||
	    (st = name_files(j)) || (st = check_outputs(j)) ||
	    (st = password_take(c, OPT_PASSWORD_FILE, !j->key_in, &j->password)) ||
	    (st = session_open(c, 0, &j->session)) || (st = get_key(j)) || (st = make_request(j)) ||
	    (st = encode_key(j)) || (st = write_files(j)));
	if (!st)
		say_files(j);
	return st;
}

int csr_run(struct cmd *c)
{
	struct job j = { .c = c, .key_bytes.flags = PKI_BUF_SECRET };
	int st = run(&j);

	pki_key_free(j.key);
	session_close(&j.session);
	pki_buf_free(&j.key_bytes);
	pki_buf_free(&j.csr_bytes);
	text_free(&j.csr_name);
	text_free(&j.key_name);
	password_free(&j.password);
	request_free(&j.request);
	return st;
}
