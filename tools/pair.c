/* SPDX-License-Identifier: BSD-3-Clause */
/* A private key, new or one that exists, and what is signed with it: two files, the key first. */
#include "tools/pair.h"

#include "tools/args.h"
#include "tools/in.h"
#include "tools/out.h"
#include "tools/status.h"

void pair_init(struct pair *p, struct cmd *c, const char *what, const char *suffix)
{
	*p = (struct pair){ .c = c, .what = what, .suffix = suffix };
	p->key_bytes.flags = PKI_BUF_SECRET;
}

void pair_free(struct pair *p)
{
	pki_key_free(p->key);
	pki_buf_free(&p->key_bytes);
	pki_buf_free(&p->out);
	text_free(&p->out_name);
	text_free(&p->key_name);
}

/* NAME.csr and NAME.key in this folder, or beside what -o says. */
static int name_files(struct pair *p, const pki_buf *stem)
{
	const char *out = args_value(p->c, OPT_OUT), *key_out = args_value(p->c, OPT_KEY_OUT);

	if (!stem->len && (!out || (!key_out && !p->key_in && out_is_stdout(out))))
		return say_usage(p->c, "without a name, -o has to say what the file is called");
	text_add(&p->out_name, out ? out : pki_buf_str(stem));
	text_add(&p->out_name, out ? "" : p->suffix);
	p->out_path = pki_buf_str(&p->out_name.buf);
	if (p->key_in)
		return STATUS_DONE;
	if (key_out)
		text_add(&p->key_name, key_out);
	else if (out_is_stdout(p->out_path))
		return say_usage(
		    p->c, "-o - leaves the key without a name: --key-out FILE, or --key FILE");
	else
		names_beside(p->out_path, ".key", &p->key_name);
	p->key_path = pki_buf_str(&p->key_name.buf);
	return p->out_name.failed || p->key_name.failed ? say_nomem(p->c) : STATUS_DONE;
}

static int check_clashes(const struct pair *p)
{
	const char *key = p->key_path ? p->key_path : p->key_in;

	if (p->key_path && out_is_stdout(p->key_path))
		return say_usage(
		    p->c, "a key is not written to standard output beside its %s", p->what);
	return out_clash(p->c, p->what, p->out_path, "key", key);
}

static int check_outputs(struct pair *p)
{
	int st = check_clashes(p);

	if (make_form(p->c) == PKI_DER)
		p->flags |= OUT_BINARY;
	if (!st && p->key_path)
		st = out_check(p->c, p->key_path, OUT_SECRET);
	return st ? st : out_check(p->c, p->out_path, p->flags);
}

int pair_files(struct pair *p, const pki_buf *stem)
{
	int st = name_files(p, stem);

	return st ? st : check_outputs(p);
}

int pair_get_key(struct pair *p, struct session *s)
{
	int st;

	if (p->key_in)
		return in_key(p->c, s->ctx, p->key_in, p->password, &p->key, NULL);
	st = make_key(p->c, s, p->type, &p->key);
	return st ? st : make_key_bytes(p->c, p->key, p->password, PKI_PEM, &p->key_bytes);
}

/* The key first: what is signed with a key that is lost is worth nothing. */
int pair_write(struct pair *p)
{
	int st = STATUS_DONE;

	if (p->key_path)
		st = out_write(p->c, p->key_path, pki_buf_bytes(&p->key_bytes), OUT_SECRET);
	if (st)
		return st;
	st = out_write(p->c, p->out_path, pki_buf_bytes(&p->out), p->flags);
	if (st && p->key_path)
		say(p->c, "the key is in %s; to go on with it: --key %s", p->key_path, p->key_path);
	return st;
}

void pair_say(const struct pair *p, const char *note)
{
	if (p->key_path && !args_has(p->c, OPT_KEY_OUT))
		say(p->c, "wrote %s (private key%s; keep it)", p->key_path,
		    p->password->given ? ", encrypted" : "");
	if (!args_has(p->c, OPT_OUT))
		say(p->c, "wrote %s (%s)", p->out_path, note);
}
