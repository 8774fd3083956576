/* SPDX-License-Identifier: BSD-3-Clause */
/* A bundle and what is in it, told to people and machines. */
#include <string.h>

#include "tools/bundle.h"
#include "tools/json.h"
#include "tools/rows.h"
#include "tools/show.h"

struct inside {
	struct text *t;
	const struct facts *f;
	void (*put)(struct text *t, const struct facts *f);
};

static void put_inner(void *ud, const pki_object *o)
{
	struct inside *in = ud;
	struct facts f;

	if (facts_gather(in->f->ctx, in->f->file, o, NULL, &f, NULL) != PKI_SUCCESS)
		in->t->failed = true;
	f.inside = true;
	if (!in->t->failed)
		in->put(in->t, &f);
	facts_free(&f);
	out_flow(in->t);
}

static void put_all(
    struct text *t, const struct facts *f, void (*put)(struct text *t, const struct facts *f))
{
	struct inside in = { t, f, put };

	bundle_each(f->bundle, put_inner, &in);
}

static bool is_signed_data(const pki_bundle *b)
{
	const char *name = pki_oid_name(pki_bundle_content_type(b));

	return name && strcmp(name, "signedData") == 0;
}

/* ---- for people ---- */

static void put_content(struct text *t, const pki_bundle *b)
{
	size_t certs = pki_certs_count(pki_bundle_certs(b)),
	       crls = pki_crls_count(pki_bundle_crls(b));

	row_label(t, "Content");
	facts_oid(t, pki_bundle_content_type(b));
	if (is_signed_data(b))
		text_fmt(t, ": %zu certificate%s, %zu CRL%s, %zu signer%s", certs,
		    certs == 1 ? "" : "s", crls, crls == 1 ? "" : "s", pki_bundle_signers(b),
		    pki_bundle_signers(b) == 1 ? "" : "s");
	text_add(t, "\n");
	if (pki_bundle_others(b)) {
		row_label(t, "");
		text_fmt(t, "and %zu of other formats\n", pki_bundle_others(b));
	}
}

void show_text_bundle(struct text *t, const struct facts *f)
{
	put_content(t, f->bundle);
}

static void put_inner_text(struct text *t, const struct facts *f)
{
	text_add(t, "\n");
	show_text(t, f);
}

void show_text_inside(struct text *t, const struct facts *f)
{
	put_all(t, f, put_inner_text);
}

/* ---- for machines ---- */

static void put_inner_json(struct text *t, const struct facts *f)
{
	js_open(t, '{');
	js_member_text(t, "kind", pki_kind_name(f->o->kind));
	show_json_body(t, f);
	js_close(t, '}');
}

void show_json_bundle(struct text *t, const struct facts *f)
{
	const pki_bundle *b = f->bundle;

	js_name(t, "content_type");
	show_json_oid(t, pki_bundle_content_type(b));
	js_member_uint(t, "signers", pki_bundle_signers(b));
	js_member_uint(t, "certificates", pki_certs_count(pki_bundle_certs(b)));
	js_member_uint(t, "crls", pki_crls_count(pki_bundle_crls(b)));
	js_name(t, "recipients");
	if (is_signed_data(b))
		js_uint(t, 0);
	else
		js_null(t);
	js_name(t, "objects");
	js_open(t, '[');
	put_all(t, f, put_inner_json);
	js_close(t, ']');
}
