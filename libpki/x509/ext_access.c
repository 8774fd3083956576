/* SPDX-License-Identifier: BSD-3-Clause */
/* authorityInfoAccess and subjectInfoAccess: RFC 5280 4.2.2. */
#include <string.h>

#include "libpki/types/ext.h"
#include "libpki/types/gn.h"
#include "libpki/x509/ext_type.h"

static bool read_access(pki_der *r, const pki_ctx *ctx, pki_access *out)
{
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "accessMethod", &out->method);
	pki_gn_read(&s, ctx, "accessLocation", 0, &out->location);
	return pki_der_leave(&s);
}

static void check_access(pki_der *r, const pki_ctx *ctx)
{
	pki_access a;

	read_access(r, ctx, &a);
}

void pki_ext_check_access(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes all;

	pki_list_read(in, ctx, &(pki_list){ PKI_TAG_SEQUENCE, NULL, check_access }, &all);
}

bool pki_ext_access_next(pki_ext_iter *it, pki_access *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_access(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

/* ---- writing ---- */

static void write_access(pki_exts *e, const pki_ext_form *form, const pki_access *a)
{
	pki_derw w;

	if (!pki_exts_given(e, a) || !pki_exts_begin(e, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, a->method);
	pki_gn_write(&w, pki_exts_ctx(e), &a->location);
	pki_derw_end(&w);
	pki_exts_end(e, form, &w);
}

static const pki_ext_form authority_info = { .oid = &pki_id_authority_info_access,
	.part = PKI_EXT_ELEMENT };

void pki_exts_authority_info(pki_exts *e, const pki_access *a)
{
	write_access(e, &authority_info, a);
}

void pki_exts_subject_info(pki_exts *e, const pki_access *a)
{
	static const pki_ext_form form = { .oid = &pki_id_subject_info_access,
		.part = PKI_EXT_ELEMENT };

	write_access(e, &form, a);
}

static void put_url(pki_exts *e, pki_bytes method, const char *uri)
{
	pki_access a;

	if (!pki_exts_uri(e, uri, &a.location))
		return;
	a.method = method;
	write_access(e, &authority_info, &a);
}

void pki_exts_ocsp_url(pki_exts *e, const char *uri)
{
	put_url(e, PKI_OID(ad_ocsp), uri);
}

void pki_exts_issuer_url(pki_exts *e, const char *uri)
{
	put_url(e, PKI_OID(ad_ca_issuers), uri);
}

/* ---- as text ---- */

void pki_ext_line_access(pki_line *l, pki_bytes value)
{
	pki_ext_iter it;
	pki_access a;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_access_next(&it, &a)) {
		pki_line_item(l);
		pki_line_oid(l, a.method);
		pki_line_puts(l, " ");
		pki_line_gn(l, &a.location);
	}
	pki_line_end_list(l, &it);
}
