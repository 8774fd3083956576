/* SPDX-License-Identifier: BSD-3-Clause */
/* The files of pkitool verify: the certificate, the anchors, and what may help. */
#include <string.h>
#include <sys/stat.h>

#include "tools/args.h"
#include "tools/bundle.h"
#include "tools/in.h"
#include "tools/status.h"
#include "tools/verify.h"

enum { TRUST_MOST = 256 << 20 }; /* octets of anchors on standard input */

/* One file, being read. */
struct look {
	struct verify *v;
	const char *path;
	bool leaf;   /* is the certificate that is judged the first one in it? */
	bool inside; /* of a folder, where other files may lie, too */
	bool told;   /* that something is wrong with it */
	size_t certs, crls;
	int worst;
};

static bool is_dir(const char *path)
{
	struct stat st;

	return !out_is_stdout(path) && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static void worse(struct look *l, int st)
{
	l->worst = status_worst(l->worst, st);
}

static bool wants_leaf(const struct look *l)
{
	return l->leaf && !l->v->leaf;
}

/* ---- objects ---- */

static pki_status take_cert(struct look *l, const pki_cert *cert, pki_error *err)
{
	if (wants_leaf(l)) {
		l->v->leaf = pki_cert_ref(cert);
		return PKI_SUCCESS;
	}
	l->certs++;
	return pki_certs_add(l->v->certs, cert, err);
}

static pki_status take(struct look *l, const pki_object *o, pki_error *err)
{
	if (o->kind == PKI_KIND_CERTIFICATE)
		return take_cert(l, o->cert, err);
	if (o->kind != PKI_KIND_CRL)
		return PKI_SUCCESS;
	l->crls++;
	return pki_crls_add(l->v->crls, o->crl, err);
}

static void take_inner(void *ud, const pki_object *inner)
{
	struct look *l = ud;

	if (take(l, inner, NULL) != PKI_SUCCESS)
		worse(l, say_nomem(l->v->c));
}

static pki_status take_bundle(struct look *l, const pki_object *o, pki_error *err)
{
	pki_bundle *b;
	pki_status st = pki_bundle_parse(l->v->session.ctx, o->bytes, &b, err);

	if (!st)
		bundle_each(b, take_inner, l);
	pki_bundle_free(b);
	return st;
}

static bool may_help(const pki_object *o)
{
	return o &&
	    (o->kind == PKI_KIND_CERTIFICATE || o->kind == PKI_KIND_CRL ||
		o->kind == PKI_KIND_PKCS7);
}

static void failed(struct look *l, const pki_object *o, pki_status st, const pki_error *err)
{
	l->told = true;
	if (wants_leaf(l))
		worse(l, verify_fail(l->v, in_name(l->path), st, err));
	else if (!l->inside || may_help(o) || st == PKI_E_IO)
		worse(l, verify_pass_over(l->v, in_name(l->path), st, err));
}

static bool see(void *ud, const pki_object *o, pki_status st, const pki_error *err)
{
	struct look *l = ud;
	pki_error own = PKI_ERROR_INIT;

	if (!st) {
		st = o->kind == PKI_KIND_PKCS7 ? take_bundle(l, o, &own) : take(l, o, &own);
		err = &own;
	}
	if (st)
		failed(l, o, st, err);
	return l->worst == STATUS_DONE;
}

/* ---- files ---- */

/* What the user may have meant another file to be. */
static void tell_empty(const struct look *l, bool crls_wanted)
{
	if (l->worst || l->told || l->inside || (crls_wanted ? l->crls : l->certs + l->crls))
		return;
	say(l->v->c, "%s: there is no %s in it", in_name(l->path),
	    crls_wanted ? "CRL" : "certificate");
}

static void note_source(const struct look *l)
{
	struct text *t = &l->v->sources;

	text_safe(t, pki_bytes_str(in_name(l->path)));
	text_fmt(t, ": %zu certificate%s", l->certs, l->certs == 1 ? "" : "s");
	if (l->crls)
		text_fmt(t, ", %zu CRL%s", l->crls, l->crls == 1 ? "" : "s");
	text_add(t, "\n");
}

static void read_file(struct look *l)
{
	(void)in_each(l->v->c, l->v->session.ctx, l->path, 0, see, l);
}

static void read_entry(void *ud, const char *path)
{
	struct look *all = ud;
	struct look l = { .v = all->v, .path = path, .inside = true };

	if (strrchr(path, '/')[1] == '.' || !is_file(path))
		return;
	read_file(&l);
	all->certs += l.certs;
	all->crls += l.crls;
	worse(all, l.worst);
}

static int read_extra(struct verify *v, const char *path, bool crls_wanted)
{
	struct look l = { .v = v, .path = path };

	if (is_dir(path))
		worse(&l, in_folder(v->c, path, read_entry, &l));
	else
		read_file(&l);
	tell_empty(&l, crls_wanted);
	note_source(&l);
	return l.worst;
}

static int read_extras(struct verify *v, enum opt_id id)
{
	size_t at = 0;
	const char *path;
	int st = STATUS_DONE;

	while (!st && (path = args_next(v->c, id, &at)) != NULL)
		st = read_extra(v, path, id == OPT_CRL);
	return st;
}

static int no_leaf(struct verify *v)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_error_set(&err, PKI_E_NOTFOUND,
	    "there is no certificate in it; pkitool show tells what there is", NULL);

	return verify_fail(v, in_name(v->file), st, &err);
}

static int read_leaf(struct verify *v)
{
	struct look l = { .v = v, .path = v->file, .leaf = true };

	read_file(&l);
	if (!l.worst && !v->leaf)
		return no_leaf(v);
	l.certs++;
	note_source(&l);
	return l.worst;
}

/* ---- anchors ---- */

static pki_status add_all(pki_trust_builder *b, const pki_certs *certs, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; !st && i < pki_certs_count(certs); i++)
		st = pki_trust_add(b, pki_certs_at(certs, i), NULL, err);
	return st;
}

/* As pki_trust_load has it of a file. */
static pki_status trust_bytes(struct verify *v, pki_trust_builder *b, pki_bytes in, pki_error *err)
{
	pki_certs *certs = NULL;
	pki_status st;

	if (pki_trust_add_list(b, in, NULL) == PKI_SUCCESS)
		return PKI_SUCCESS;
	st = pki_certs_parse(v->session.ctx, in, &certs, err);
	if (!st)
		st = add_all(b, certs, err);
	pki_certs_free(certs);
	return st == PKI_E_ARG ? PKI_E_STRUCTURE : st; /* one without a name */
}

static int trust_stdin(struct verify *v, pki_trust_builder *b)
{
	pki_buf in = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = PKI_SUCCESS;
	int r = in_read(v->c, "-", TRUST_MOST, &in);

	if (!r)
		st = trust_bytes(v, b, pki_buf_bytes(&in), &err);
	if (st)
		r = verify_fail(v, in_name("-"), st, &err);
	pki_buf_free(&in);
	return r;
}

static int trust_file(struct verify *v, pki_trust_builder *b, const char *path)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (out_is_stdout(path))
		return trust_stdin(v, b);
	st = pki_trust_load(b, path, NULL, &err);
	return st ? verify_fail(v, path, st, &err) : STATUS_DONE;
}

static int trust_system(struct verify *v, pki_trust_builder *b)
{
	const char *path = pki_trust_system_path();
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_trust_system(b, &err);

	return st ? verify_fail(v, path, st, &err) : STATUS_DONE;
}

static int trust_all(struct verify *v, pki_trust_builder *b)
{
	size_t at = 0;
	const char *path;
	int st = STATUS_DONE;

	if (!args_has(v->c, OPT_TRUST))
		return trust_system(v, b);
	while (!st && (path = args_next(v->c, OPT_TRUST, &at)) != NULL)
		st = trust_file(v, b, path);
	return st;
}

/* "3 anchors of root.pem, other.pem" */
static void note_anchors(struct verify *v)
{
	struct text *t = &v->sources;
	size_t n = pki_trust_count(v->trust), at = 0;
	const char *path, *before = " of ";

	text_fmt(t, "%zu anchor%s", n, n == 1 ? "" : "s");
	if (!args_has(v->c, OPT_TRUST)) {
		text_add(t, " of the system: ");
		text_safe(t, pki_bytes_str(pki_trust_system_path()));
	}
	for (; (path = args_next(v->c, OPT_TRUST, &at)) != NULL; before = ", ") {
		text_add(t, before);
		text_safe(t, pki_bytes_str(in_name(path)));
	}
	text_add(t, "\n");
}

static int read_trust(struct verify *v)
{
	pki_trust_builder *b = NULL;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_trust_builder_new(v->session.ctx, &b, &err);
	int r = st ? verify_fail(v, NULL, st, &err) : trust_all(v, b);

	if (!r && (st = pki_trust_freeze(b, &v->trust, &err)) != PKI_SUCCESS)
		r = verify_fail(v, NULL, st, &err);
	pki_trust_builder_free(b);
	if (!r)
		note_anchors(v);
	return r;
}

static int new_lists(struct verify *v)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_certs_new(v->session.ctx, &v->certs, &err);

	if (!st)
		st = pki_crls_new(v->session.ctx, &v->crls, &err);
	return st ? verify_fail(v, NULL, st, &err) : STATUS_DONE;
}

int verify_read(struct verify *v)
{
	int st;

	v->file = v->c->operands[0];
	(void)((st = new_lists(v)) || (st = read_leaf(v)) || (st = read_trust(v)) ||
	    (st = read_extras(v, OPT_UNTRUSTED)) || (st = read_extras(v, OPT_CRL)));
	v->opts.trust = v->trust;
	v->opts.untrusted = v->certs;
	v->opts.crls = v->crls;
	return st;
}
