/* SPDX-License-Identifier: BSD-3-Clause */
/* Files and keys, read. */
#include "tools/in.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pki/jwk.h>

#include "tools/args.h"
#include "tools/jwk.h"
#include "tools/out.h"
#include "tools/status.h"

enum { KEY_FILE_MOST = 4 << 20, STDIN_MOST = 256 << 20 }; /* octets */

const char *in_name(const char *path)
{
	return out_is_stdout(path) ? "standard input" : path;
}

int in_exit(pki_status st)
{
	return st == PKI_E_NOTFOUND ? STATUS_MALFORMED : status_exit(st);
}

int in_error(const struct cmd *c, const char *path, pki_status st, const pki_error *err)
{
	say_error(c, in_name(path), st, err);
	return in_exit(st);
}

static int read_fd(const struct cmd *c, int fd, const char *name, size_t most, pki_buf *out)
{
	uint8_t chunk[4096];
	ssize_t n;
	int st = STATUS_DONE;

	while (!st && (n = read(fd, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			st = say_fail(c, STATUS_IO, "%s: %s", name, strerror(errno));
		else if ((size_t)n > most - out->len)
			st = say_fail(c, STATUS_MALFORMED, "%s: more than %zu octets", name, most);
		else if (pki_buf_append(out, pki_bytes_of(chunk, (size_t)n), NULL) != PKI_SUCCESS)
			st = say_nomem(c);
	}
	pki_wipe(chunk, sizeof chunk);
	return st;
}

static int read_stdin(struct cmd *c, size_t most, pki_buf *out)
{
	if (c->stdin_taken)
		return say_usage(c, "standard input can be read once only");
	c->stdin_taken = true;
	return read_fd(c, STDIN_FILENO, in_name("-"), most, out);
}

int in_read(struct cmd *c, const char *path, size_t most, pki_buf *out)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (out_is_stdout(path))
		return read_stdin(c, most, out);
	st = pki_file_read(path, most, out, &err);
	return st ? in_error(c, path, st, &err) : STATUS_DONE;
}

/* Drops a newline at the end. */
static int as_line(const struct cmd *c, const char *name, pki_buf *b)
{
	if (b->len && b->data[b->len - 1] == '\n')
		b->data[--b->len] = 0;
	if (b->len && memchr(b->data, 0, b->len))
		return say_fail(c, STATUS_MALFORMED, "%s: text with a NUL in it", name);
	return STATUS_DONE;
}

int in_read_line(struct cmd *c, const char *path, pki_buf *out)
{
	int st = in_read(c, path, PASSWORD_MOST, out);

	return st ? st : as_line(c, in_name(path), out);
}

int in_read_line_fd(struct cmd *c, int fd, pki_buf *out)
{
	int st;

	if (fd == STDIN_FILENO)
		return in_read_line(c, "-", out);
	st = read_fd(c, fd, "the file descriptor", PASSWORD_MOST, out);
	return st ? st : as_line(c, "the file descriptor", out);
}

void in_warn_open(const struct cmd *c, const char *path)
{
	struct stat st;

	if (out_is_stdout(path) || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	if (st.st_mode & 077)
		say(c, "warning: others may read or change %s (mode %04o); chmod 600 it", path,
		    (unsigned)st.st_mode & 07777);
}

static pki_status open_bytes(const pki_ctx *ctx, pki_bytes in, struct in_file *out, pki_error *err)
{
	pki_buf der = { .flags = PKI_BUF_SECRET };
	pki_status st;

	out->is_jwk = jwk_looks_like(in);
	if (!out->is_jwk)
		return pki_read_all_of(ctx, in, &out->objects, err);
	st = jwk_to_der(ctx, in, &der, err);
	if (!st)
		st = pki_read_all_of(ctx, pki_buf_bytes(&der), &out->objects, err);
	pki_buf_free(&der);
	return st;
}

static pki_status read_stdin_bytes(struct cmd *c, pki_buf *in, pki_error *err)
{
	if (c->stdin_taken)
		return pki_error_set(err, PKI_E_ARG, "standard input can be read once only", NULL);
	if (read_stdin(c, STDIN_MOST, in) != STATUS_DONE)
		return pki_error_set(err, PKI_E_IO, "standard input cannot be read", NULL);
	return PKI_SUCCESS;
}

/* No JWK is that large, and there is no need to have all of it in memory twice. */
static bool is_large(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > KEY_FILE_MOST;
}

pki_status in_open(struct cmd *c, const pki_ctx *ctx, const char *path, uint32_t lenient,
    struct in_file *out, pki_error *err)
{
	pki_buf in = { .flags = PKI_BUF_SECRET };
	pki_status st;

	*out = (struct in_file){ .objects = NULL };
	if (!out_is_stdout(path) && is_large(path)) {
		st = pki_read_all(ctx, path, &out->objects, err);
	} else {
		st = out_is_stdout(path) ? read_stdin_bytes(c, &in, err)
					 : pki_file_read(path, STDIN_MOST, &in, err);
		if (!st)
			st = open_bytes(ctx, pki_buf_bytes(&in), out, err);
	}
	pki_buf_free(&in);
	return st ? st : pki_objects_allow(out->objects, lenient, err);
}

pki_status in_next(struct in_file *f, pki_object *o, pki_error *err)
{
	pki_status st = pki_objects_next(f->objects, o, err);

	if (f->is_jwk && o->kind)
		o->encoding = PKI_ENCODING_JSON;
	return st;
}

void in_close(struct in_file *f)
{
	pki_objects_free(f->objects);
	f->objects = NULL;
}

bool in_each(struct cmd *c, const pki_ctx *ctx, const char *path, uint32_t lenient,
    in_each_fn *each, void *ud)
{
	struct in_file f;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = in_open(c, ctx, path, lenient, &f, &err);
	bool more = !st, go_on = st ? each(ud, NULL, st, &err) : true;

	while (go_on && more) {
		pki_object o = { 0 };
		st = in_next(&f, &o, &err);
		more = st ? st != PKI_E_NOTFOUND && st != PKI_E_NOMEM : o.kind != 0;
		if (st || more)
			go_on = each(ud, &o, st, &err);
	}
	in_close(&f);
	return go_on;
}

static int is_entry(const struct dirent *d)
{
	return strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
}

static bool entry(const char *dir, const char *name, in_entry_fn *each, void *ud)
{
	struct text path = TEXT_INIT;
	bool there;

	text_add(&path, dir);
	text_add(&path, dir[strlen(dir) - 1] == '/' ? "" : "/");
	text_add(&path, name);
	there = !path.failed;
	if (there)
		each(ud, pki_buf_str(&path.buf));
	text_free(&path);
	return there;
}

int in_folder(const struct cmd *c, const char *path, in_entry_fn *each, void *ud)
{
	struct dirent **list;
	int n = scandir(path, &list, is_entry, alphasort), st = STATUS_DONE;

	if (n < 0)
		return say_fail(c, STATUS_IO, "%s: %s", path, strerror(errno));
	for (int i = 0; i < n; i++) {
		if (!entry(path, list[i]->d_name, each, ud))
			st = say_nomem(c);
		free(list[i]);
	}
	free(list);
	return st;
}

const char *in_kind_text(pki_kind kind)
{
	static const char *const texts[] = {
		[PKI_KIND_CERTIFICATE] = "a certificate",
		[PKI_KIND_CSR] = "a request",
		[PKI_KIND_CRL] = "a CRL",
		[PKI_KIND_PRIVATE_KEY] = "a private key",
		[PKI_KIND_ENCRYPTED_KEY] = "an encrypted private key",
		[PKI_KIND_PUBLIC_KEY] = "a public key",
		[PKI_KIND_PKCS7] = "a CMS or PKCS #7 message",
		[PKI_KIND_PKCS12] = "a PKCS #12 file",
		[PKI_KIND_OCSP_REQUEST] = "an OCSP request",
		[PKI_KIND_OCSP_RESPONSE] = "an OCSP response",
		[PKI_KIND_TS_REQUEST] = "a timestamp request",
		[PKI_KIND_TS_RESPONSE] = "a timestamp response",
		[PKI_KIND_ATTRIBUTE_CERTIFICATE] = "an attribute certificate",
		[PKI_KIND_JWK] = "a JWK",
	};

	if (kind <= 0 || (size_t)kind >= sizeof texts / sizeof *texts)
		return "an object of unknown kind";
	return texts[kind];
}

const char *in_pem_label(const pki_object *o)
{
	static const char *const private_keys[] = { [PKI_FORMAT_PKCS8] = "PRIVATE KEY",
		[PKI_FORMAT_PKCS1] = "RSA PRIVATE KEY",
		[PKI_FORMAT_SEC1] = "EC PRIVATE KEY",
		[PKI_FORMAT_OPENSSH] = "OPENSSH PRIVATE KEY" };
	static const char *const labels[] = {
		[PKI_KIND_CERTIFICATE] = "CERTIFICATE",
		[PKI_KIND_CSR] = "CERTIFICATE REQUEST",
		[PKI_KIND_CRL] = "X509 CRL",
		[PKI_KIND_ENCRYPTED_KEY] = "ENCRYPTED PRIVATE KEY",
		[PKI_KIND_PUBLIC_KEY] = "PUBLIC KEY",
		[PKI_KIND_PKCS7] = "CMS",
		[PKI_KIND_ATTRIBUTE_CERTIFICATE] = "ATTRIBUTE CERTIFICATE",
	};

	if (o->kind == PKI_KIND_PRIVATE_KEY)
		return private_keys[o->format];
	if (o->kind == PKI_KIND_PUBLIC_KEY && o->format == PKI_FORMAT_PKCS1)
		return "RSA PUBLIC KEY";
	return o->kind > 0 && (size_t)o->kind < sizeof labels / sizeof *labels ? labels[o->kind]
									       : NULL;
}

bool in_is_pem_only(const pki_object *o)
{
	return o->format == PKI_FORMAT_OPENSSH || (o->encrypted && o->headers.len);
}

static bool is_key(pki_kind k)
{
	return k == PKI_KIND_PRIVATE_KEY || k == PKI_KIND_ENCRYPTED_KEY;
}

/* What is no private key: says what it is instead. */
static int not_a_key(
    const struct cmd *c, const char *path, pki_bytes in, pki_status was, const pki_error *why)
{
	pki_objects *l = NULL;
	pki_object o = { 0 };
	pki_error err = PKI_ERROR_INIT;
	pki_status st;
	int out;

	if (pki_read_all_of(NULL, in, &l, NULL) != PKI_SUCCESS)
		return in_error(c, path, was, why);
	st = pki_objects_next(l, &o, &err);
	if (is_key(o.kind) && st)
		out = in_error(c, path, st, &err);
	else if (is_key(o.kind) || !o.kind)
		out = in_error(c, path, was, why);
	else
		out = say_fail(c, STATUS_MALFORMED,
		    "%s is %s; a private key was expected (try: pkitool show %s)", in_name(path),
		    in_kind_text(o.kind), path);
	pki_objects_free(l);
	return out;
}

int in_password_error(const struct cmd *c, const char *path, const struct password *pw,
    pki_status st, const pki_error *err)
{
	if (pw->given || pw->may_ask)
		return in_error(c, path, st, err);
	return say_fail(
	    c, STATUS_PASSWORD, "%s is encrypted (try: --password-file FILE)", in_name(path));
}

static int key_error(const struct cmd *c, const char *path, pki_bytes in, const struct password *pw,
    pki_status st, const pki_error *err)
{
	switch (st) {
	case PKI_E_PASSWORD:
		return in_password_error(c, path, pw, st, err);
	case PKI_E_NOTFOUND:
	case PKI_E_STRUCTURE:
	case PKI_E_ENCODING:
		return not_a_key(c, path, in, st, err);
	default:
		return in_error(c, path, st, err);
	}
}

static int jwk_error(const struct cmd *c, const char *path, pki_status st, const pki_error *err)
{
	if (st != PKI_E_NOTFOUND)
		return in_error(c, path, st, err);
	return say_fail(c, STATUS_MALFORMED,
	    "%s is a JWK without a private key; a private key was expected (try: pkitool show %s)",
	    in_name(path), path);
}

/* Encrypted, but with little effect. */
static void warn_legacy(const struct cmd *c, const char *path, const pki_key *k)
{
	if (k && pki_key_legacy(k))
		say(c,
		    "warning: %s is encrypted with %s, which protects little (try: pkitool key password)",
		    in_name(path), pki_key_legacy(k));
}

int in_key(struct cmd *c, const pki_ctx *ctx, const char *path, struct password *pw, pki_key **out,
    pki_buf *from)
{
	pki_buf own = { .flags = PKI_BUF_SECRET };
	pki_buf *in = from ? from : &own;
	pki_error err = PKI_ERROR_INIT;
	pki_status st;
	int r;

	*out = NULL;
	in_warn_open(c, path);
	r = in_read(c, path, KEY_FILE_MOST, in);
	if (!r && jwk_looks_like(pki_buf_bytes(in))) {
		st = pki_jwk_key_parse(ctx, pki_buf_bytes(in), out, &err);
		if (st)
			r = jwk_error(c, path, st, &err);
	} else if (!r) {
		pw->what = in_name(path);
		st = pki_key_parse(ctx, pki_buf_bytes(in), password_answer, pw, out, &err);
		warn_legacy(c, path, *out);
		if (st)
			r = key_error(c, path, pki_buf_bytes(in), pw, st, &err);
	}
	pki_buf_free(&own);
	return r;
}

int in_object_key(
    struct cmd *c, const char *path, const pki_object *o, struct password *pw, pki_key **out)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	pw->what = in_name(path);
	st = pki_object_key(NULL, o, password_answer, pw, out, &err);
	warn_legacy(c, path, *out);
	return st ? key_error(c, path, o->bytes, pw, st, &err) : STATUS_DONE;
}

static int private_spki(struct cmd *c, const char *path, const pki_object *o, struct password *pw,
    in_seen_fn *seen, void *ud)
{
	pki_key *k;
	int r = in_object_key(c, path, o, pw, &k);

	if (r)
		return r;
	r = seen(ud, pki_pubkey_spki(pki_key_public(k)));
	pki_key_free(k);
	return r;
}

/* In the one way libpki writes it; a key that libpki does not know, as it is. */
static int public_spki(struct cmd *c, const char *path, const pki_object *o, pki_bytes as_it_is,
    in_seen_fn *seen, void *ud)
{
	pki_error err = PKI_ERROR_INIT;
	pki_pubkey *k;
	pki_spki known;
	pki_status st = pki_object_pubkey(NULL, o, &k, &err);
	int r;

	if (st && !pki_spki_parse(NULL, as_it_is, &known, NULL))
		return seen(ud, as_it_is);
	if (st)
		return in_error(c, path, st, &err);
	r = seen(ud, pki_pubkey_spki(k));
	pki_pubkey_free(k);
	return r;
}

static int object_spki(struct cmd *c, const char *path, const pki_object *o, struct password *pw,
    in_seen_fn *seen, void *ud)
{
	switch (o->kind) {
	case PKI_KIND_CERTIFICATE:
		return public_spki(c, path, o, pki_cert_spki(o->cert), seen, ud);
	case PKI_KIND_CSR:
		return public_spki(c, path, o, pki_csr_spki(o->csr), seen, ud);
	case PKI_KIND_PUBLIC_KEY:
		return public_spki(c, path, o, o->bytes, seen, ud);
	case PKI_KIND_PRIVATE_KEY:
	case PKI_KIND_ENCRYPTED_KEY:
		return private_spki(c, path, o, pw, seen, ud);
	default:
		return say_fail(c, STATUS_MALFORMED, "%s is %s, which has no public key",
		    in_name(path), in_kind_text(o->kind));
	}
}

int in_pubkeys(struct cmd *c, const char *path, struct password *pw, in_seen_fn *seen, void *ud)
{
	struct in_file f;
	pki_object o;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = in_open(c, NULL, path, PKI_LENIENT_ALL, &f, &err);
	int worst = st ? in_error(c, path, st, &err) : STATUS_DONE;

	while (!worst) {
		st = in_next(&f, &o, &err);
		if (st)
			worst = in_error(c, path, st, &err);
		else if (!o.kind)
			break;
		else
			worst = object_spki(c, path, &o, pw, seen, ud);
	}
	in_close(&f);
	return worst;
}

/* What a file holds of one kind: the first, and how many. */
struct found {
	pki_csr *csr;
	pki_cert *cert;
	pki_crl *crl;
	size_t count;
	pki_kind other; /* the first of another kind */
};

static void found_free(struct found *f)
{
	pki_csr_free(f->csr);
	pki_cert_free(f->cert);
	pki_crl_free(f->crl);
}

static void note(struct found *f, pki_kind kind, const pki_object *o)
{
	if (o->kind != kind) {
		f->other = f->other ? f->other : o->kind;
		return;
	}
	if (f->count++ == 0) {
		f->csr = pki_csr_ref(o->csr);
		f->cert = pki_cert_ref(o->cert);
		f->crl = pki_crl_ref(o->crl);
	}
}

static int check_found(const struct cmd *c, const char *path, pki_kind kind, const struct found *f)
{
	if (!f->count)
		return say_fail(c, STATUS_MALFORMED,
		    "%s is %s; %s was expected (try: pkitool show %s)", in_name(path),
		    in_kind_text(f->other), in_kind_text(kind), path);
	if (f->count > 1 && kind != PKI_KIND_CERTIFICATE)
		return say_fail(c, STATUS_USAGE, "%s holds several; %s was expected", in_name(path),
		    in_kind_text(kind));
	return STATUS_DONE;
}

static int find(
    struct cmd *c, const pki_ctx *ctx, const char *path, pki_kind kind, struct found *out)
{
	struct in_file f;
	pki_object o = { 0 };
	pki_error err = PKI_ERROR_INIT;
	pki_status st = in_open(c, ctx, path, PKI_LENIENT_ALL, &f, &err);
	int r;

	*out = (struct found){ 0 };
	while (!st && (st = in_next(&f, &o, &err)) == PKI_SUCCESS && o.kind)
		note(out, kind, &o);
	in_close(&f);
	r = st ? in_error(c, path, st, &err) : check_found(c, path, kind, out);
	if (r) {
		found_free(out);
		*out = (struct found){ 0 };
	}
	return r;
}

int in_csr(struct cmd *c, const pki_ctx *ctx, const char *path, pki_csr **out)
{
	struct found f;
	int st = find(c, ctx, path, PKI_KIND_CSR, &f);

	*out = f.csr;
	return st;
}

int in_crl(struct cmd *c, const pki_ctx *ctx, const char *path, pki_crl **out)
{
	struct found f;
	int st = find(c, ctx, path, PKI_KIND_CRL, &f);

	*out = f.crl;
	return st;
}

int in_cert(struct cmd *c, const pki_ctx *ctx, const char *path, pki_cert **out)
{
	struct found f;
	int st = find(c, ctx, path, PKI_KIND_CERTIFICATE, &f);

	*out = f.cert;
	return st;
}
