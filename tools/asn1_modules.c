/* SPDX-License-Identifier: BSD-3-Clause */
/* Modules: libpki's, and those of --module. */
#include "tools/args.h"
#include "tools/asn1.h"
#include "tools/in.h"
#include "tools/status.h"

/* "FILE:LINE: reason (token)". */
static int no_module(const struct cmd *c, const char *path, pki_status st, const pki_error *err)
{
	struct text t = TEXT_INIT;
	int r;

	text_add(&t, in_name(path));
	if (pki_error_line(err))
		text_fmt(&t, ":%zu", pki_error_line(err));
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

int asn1_check_type(const struct cmd *c, const pki_asn1 *m, const char *type)
{
	pki_error err = PKI_ERROR_INIT;
	pki_asn1_value *v;
	pki_status st = pki_asn1_create(m, type, &v, &err);

	pki_asn1_value_free(v);
	if (st == PKI_E_NOTFOUND)
		return say_usage(c, "--type: %s: %s", pki_error_reason(&err), type);
	return st ? say_error(c, "--type", st, &err) : STATUS_DONE;
}
