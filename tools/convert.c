/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool convert: PEM to DER, and back. */
#include <string.h>

#include "tools/args.h"
#include "tools/bundle.h"
#include "tools/in.h"
#include "tools/out.h"
#include "tools/status.h"

struct job {
	struct cmd *c;
	pki_form to;
	unsigned flags;
	size_t count;
	pki_buf made;
	int failed;
};

static const char *operand(const struct job *j)
{
	return j->c->operands[0];
}

static int check_form(const struct job *j, const pki_object *o)
{
	if (j->to == PKI_DER && j->count > 1)
		return say_fail(j->c, STATUS_USAGE,
		    "%s holds several objects; DER has room for one", in_name(operand(j)));
	if (j->to == PKI_DER && in_is_pem_only(o))
		return say_fail(j->c, STATUS_USAGE,
		    "%s has no such form (try: pkitool key convert --to pkcs8)",
		    in_name(operand(j)));
	if (j->to == PKI_PEM && !in_pem_label(o))
		return say_fail(j->c, STATUS_UNSUPPORTED, "%s is %s, for which there is no PEM",
		    in_name(operand(j)), in_kind_text(o->kind));
	return STATUS_DONE;
}

static int add_as_is(struct job *j, const pki_object *o)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = j->to == PKI_DER
	    ? pki_buf_append(&j->made, o->bytes, &err)
	    : pki_pem_encode(in_pem_label(o), o->bytes, &j->made, &err);

	return st ? in_error(j->c, operand(j), st, &err) : STATUS_DONE;
}

static void add_inner(void *ud, const pki_object *o)
{
	struct job *j = ud;

	if (!j->failed)
		j->failed = add_as_is(j, o);
}

/* A bundle's certificates and CRLs; it has no other purpose. */
static int add_bundle(struct job *j, const pki_object *o)
{
	pki_error err = PKI_ERROR_INIT;
	pki_bundle *b;
	pki_status st = pki_bundle_parse(NULL, o->bytes, &b, &err);
	int r = st ? in_error(j->c, operand(j), st, &err) : STATUS_DONE;

	if (!r && bundle_is_plain(b)) {
		bundle_each(b, add_inner, j);
		r = j->failed;
	} else if (!r) {
		r = add_as_is(j, o);
	}
	pki_bundle_free(b);
	return r;
}

static int add(struct job *j, const pki_object *o)
{
	int st;

	j->count++;
	if (o->kind == PKI_KIND_PKCS7 && j->to == PKI_PEM)
		return add_bundle(j, o);
	if (o->kind == PKI_KIND_PRIVATE_KEY || o->kind == PKI_KIND_ENCRYPTED_KEY)
		j->flags |= OUT_SECRET;
	st = check_form(j, o);
	return st ? st : add_as_is(j, o);
}

/* What this release does not read has its octets all the same. */
static bool is_there(pki_status st, const pki_object *o)
{
	return !st || (st == PKI_E_UNSUPPORTED && o->kind && o->bytes.len);
}

static bool each(void *ud, const pki_object *o, pki_status st, const pki_error *err)
{
	struct job *j = ud;

	j->failed = o && is_there(st, o) ? add(j, o) : in_error(j->c, operand(j), st, err);
	return !j->failed;
}

static int add_all(struct job *j)
{
	(void)in_each(j->c, NULL, operand(j), PKI_LENIENT_ALL, each, j);
	return j->failed;
}

static int run(struct job *j)
{
	const char *to = args_value(j->c, OPT_TO), *out = args_value(j->c, OPT_OUT);
	int st;

	if (!to)
		return say_usage(j->c, "--to says which form: pem, der");
	j->to = strcmp(to, "der") == 0 ? PKI_DER : PKI_PEM;
	j->flags = j->to == PKI_DER ? OUT_BINARY : 0;
	out = out ? out : "-";
	(void)((st = out_clash(j->c, "output", out, "input", operand(j))) || (st = add_all(j)) ||
	    (st = out_check(j->c, out, j->flags)) ||
	    (st = out_write(j->c, out, pki_buf_bytes(&j->made), j->flags)));
	return st;
}

int convert_run(struct cmd *c)
{
	struct job j = { .c = c, .made.flags = PKI_BUF_SECRET };
	int st = run(&j);

	pki_buf_free(&j.made);
	return st;
}
