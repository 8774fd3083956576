/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool fingerprint: the SHA-256 of objects, and of the public keys in them. */
#include "tools/args.h"
#include "tools/facts.h"
#include "tools/in.h"
#include "tools/json.h"
#include "tools/rows.h"
#include "tools/session.h"
#include "tools/show.h"
#include "tools/status.h"

struct job {
	struct cmd *c;
	struct session session;
	struct password password;
	const char *file;
	struct text out;
	int worst;
};

/* Of a private key, its own octets are nobody's business. */
static bool is_key(const pki_object *o)
{
	return o->kind == PKI_KIND_PRIVATE_KEY || o->kind == PKI_KIND_ENCRYPTED_KEY ||
	    o->kind == PKI_KIND_PUBLIC_KEY;
}

static void put_json(struct text *t, const struct facts *f)
{
	show_json_head(t, f->file, f->o);
	if (!is_key(f->o))
		js_member_hex(t, "sha256", pki_bytes_of(f->sha256, SHA256));
	if (f->has_key)
		js_member_hex(t, "spki_sha256", pki_bytes_of(f->key.spki_sha256, SHA256));
	js_close(t, '}');
	text_add(t, "\n");
}

static void put_pin(struct text *t, const struct facts *f)
{
	pki_bytes digest = pki_bytes_of(f->key.spki_sha256, SHA256);

	if (pki_base64_encode(digest, &t->buf, NULL) != PKI_SUCCESS)
		t->failed = true;
	text_add(t, "\n");
}

static void put_text(struct text *t, const struct facts *f)
{
	show_text_title(t, f);
	if (!is_key(f->o))
		row_hex(t, "SHA-256", pki_bytes_of(f->sha256, SHA256));
	if (f->has_key)
		row_hex(t, "SPKI SHA-256", pki_bytes_of(f->key.spki_sha256, SHA256));
}

static int put(struct job *j, const struct facts *f)
{
	struct cmd *c = j->c;

	if (args_has(c, OPT_PIN) && !f->has_key)
		return say_fail(c, STATUS_MALFORMED, "%s is %s, which has no public key",
		    in_name(f->file), in_kind_text(f->o->kind));
	if (args_has(c, OPT_JSON))
		put_json(&j->out, f);
	else if (args_has(c, OPT_PIN))
		put_pin(&j->out, f);
	else
		put_text(&j->out, f);
	return out_stdout(c, &j->out);
}

static int failed(
    struct job *j, const char *file, const pki_object *o, pki_status st, const pki_error *err)
{
	int r = in_exit(st);

	if (st == PKI_E_PASSWORD)
		in_password_error(j->c, file, &j->password, st, err);
	else
		in_error(j->c, file, st, err);
	if (args_has(j->c, OPT_JSON)) {
		show_json_error(&j->out, file, o, st, err);
		r = status_worst(r, out_stdout(j->c, &j->out));
	}
	return r;
}

static int one(struct job *j, const pki_object *o)
{
	struct facts f;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = facts_fingerprint(j->session.ctx, j->file, o, &j->password, &f, &err);
	int r = st ? failed(j, j->file, o, st, &err) : put(j, &f);

	facts_free(&f);
	return r;
}

static bool each(void *ud, const pki_object *o, pki_status st, const pki_error *err)
{
	struct job *j = ud;

	j->worst = status_worst(j->worst, st ? failed(j, j->file, o, st, err) : one(j, o));
	return true;
}

static int run(struct job *j)
{
	struct cmd *c = j->c;
	int st;

	if (args_has(c, OPT_PIN) && args_has(c, OPT_JSON))
		return say_usage(c, "--json has the public key's SHA-256 too; --pin stands alone");
	st = password_take(c, OPT_PASSWORD_FILE, false, &j->password);
	if (!st)
		st = session_open(c, ALLOW_ALL, &j->session);
	if (st)
		return st;
	for (size_t i = 0; i < c->operand_count; i++) {
		j->file = c->operands[i];
		(void)in_each(c, j->session.ctx, j->file, PKI_LENIENT_ALL, each, j);
	}
	return j->worst;
}

int fingerprint_run(struct cmd *c)
{
	struct job j = { .c = c, .out.color = out_color(1) };
	int st = run(&j);

	text_free(&j.out);
	session_close(&j.session);
	password_free(&j.password);
	return st;
}
