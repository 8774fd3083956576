/* SPDX-License-Identifier: BSD-3-Clause */
/* Modules: libpki's, and those of --module. */
#include <string.h>

#include "tools/args.h"
#include "tools/asn1.h"
#include "tools/in.h"
#include "tools/status.h"
#include "tools/suggest.h"

/* "FILE:LINE: reason (token)"; "FILE:LINE: Type.component: reason". */
static int no_module(const struct cmd *c, const char *path, pki_status st, const pki_error *err)
{
	struct text t = TEXT_INIT;
	int r;

	text_add(&t, in_name(path));
	if (pki_error_line(err))
		text_fmt(&t, ":%zu", pki_error_line(err));
	if (*pki_error_path(err))
		text_fmt(&t, ": %s", pki_error_path(err));
	text_fmt(&t, ": %s", pki_error_reason(err));
	if (*pki_error_detail(err))
		text_fmt(&t, " (%s)", pki_error_detail(err));
	r = t.failed ? say_nomem(c) : say_fail(c, in_exit(st), "%s", pki_buf_str(&t.buf));
	text_free(&t);
	return r;
}

static int add_module(struct cmd *c, pki_asn1 *m, const char *path)
{
	pki_buf text = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st;
	int r = in_read(c, path, PKI_ASN1_TEXT, &text);

	if (!r) {
		st = pki_asn1_add(m, pki_buf_bytes(&text), &err);
		r = st ? no_module(c, path, st, &err) : STATUS_DONE;
	}
	pki_buf_free(&text);
	return r;
}

int asn1_open(struct cmd *c, pki_asn1 **out)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_asn1_new(NULL, out, &err);
	const char *path;
	size_t at = 0;
	int r = st ? say_error(c, NULL, st, &err) : STATUS_DONE;

	while (!r && (path = args_next(c, OPT_MODULE, &at)) != NULL)
		r = add_module(c, *out, path);
	return r;
}

/* The ones that have it: "CMS.Version, PKCS-1.Version". */
static int several(const struct cmd *c, const pki_asn1 *m, const char *type)
{
	struct text t = TEXT_INIT;
	const char *name, *dot;
	int r;

	for (size_t i = 0; (name = pki_asn1_type_at(m, i)) != NULL; i++) {
		dot = strchr(name, '.');
		if (!dot || strcmp(dot + 1, type) != 0)
			continue;
		text_add(&t, t.buf.len ? ", " : "");
		text_add(&t, name);
	}
	r = say_usage(c, "several modules have %s: %s", type, pki_buf_str(&t.buf));
	text_free(&t);
	return r;
}

/* Names are tried as they were typed, with a module or without. */
static int no_type(const struct cmd *c, const pki_asn1 *m, const char *type)
{
	bool is_whole = strchr(type, '.') != NULL;
	const char *name, *dot;
	struct suggest s;

	suggest_init(&s, type);
	for (size_t i = 0; (name = pki_asn1_type_at(m, i)) != NULL; i++) {
		dot = strchr(name, '.');
		if (dot && strcmp(dot + 1, type) == 0)
			return several(c, m, type);
		suggest_try(&s, is_whole || !dot ? name : dot + 1);
	}
	if (suggest_best(&s))
		return say_usage(c, "no type '%s'; did you mean '%s'?", type, suggest_best(&s));
	return say_usage(c, "no type '%s' (pkitool asn1 types lists them)", type);
}

int asn1_check_type(const struct cmd *c, const pki_asn1 *m, const char *type)
{
	pki_error err = PKI_ERROR_INIT;
	pki_asn1_value *v;
	pki_status st = pki_asn1_create(m, type, &v, &err);

	pki_asn1_value_free(v);
	if (st == PKI_E_NOTFOUND)
		return no_type(c, m, type);
	return st ? say_error(c, "--type", st, &err) : STATUS_DONE;
}
