/* SPDX-License-Identifier: BSD-3-Clause */
/* What a certificate says with next to nothing: id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1),
 * noRevAvail (RFC 9608), tlsfeature (RFC 7633). */
#include "libpki/core/error.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

void pki_ext_check_null(pki_der *in, const pki_ctx *ctx)
{
	(void)ctx;
	pki_der_null(in, NULL);
}

pki_status pki_ext_null(const pki_ctx *ctx, pki_bytes value, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, ctx, value, "NULL");
	pki_der_null(&r, NULL);
	return PKI_LEAVE(err, pki_der_finish(&r, err));
}

static void check_int(pki_der *r, const pki_ctx *ctx)
{
	int64_t n;

	(void)ctx;
	pki_der_int64(r, NULL, &n);
}

void pki_ext_check_tls_feature(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes all;

	pki_list_read(in, ctx, &(pki_list){ PKI_TAG_SEQUENCE, NULL, check_int }, &all);
}

bool pki_ext_int_next(pki_ext_iter *it, int64_t *out)
{
	if (it == NULL || out == NULL)
		return false;
	*out = 0;
	return pki_ext_step(it) && pki_der_int64(&it->inner, NULL, out);
}

/* ---- writing ---- */

static void put_null(pki_exts *e, const pki_ext_form *form)
{
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_null(&w);
	pki_exts_end(e, form, &w);
}

void pki_exts_ocsp_nocheck(pki_exts *e)
{
	static const pki_ext_form form = { .oid = &pki_id_ocsp_nocheck };

	put_null(e, &form);
}

void pki_exts_no_rev_avail(pki_exts *e)
{
	static const pki_ext_form form = { .oid = &pki_id_no_rev_avail };

	put_null(e, &form);
}

void pki_exts_tls_feature(pki_exts *e, int64_t feature)
{
	static const pki_ext_form form = { .oid = &pki_id_tls_feature, .part = PKI_EXT_ELEMENT };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_int64(&w, feature);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

void pki_ext_line_null(pki_line *l, pki_bytes value)
{
	pki_line_read(l, pki_ext_null(l->ctx, value, l->err));
	pki_line_name(l, "NULL");
}

void pki_ext_line_tls_feature(pki_line *l, pki_bytes value)
{
	pki_ext_iter it;
	int64_t n;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_int_next(&it, &n)) {
		pki_line_item(l);
		if (n == 5 || n == 17)
			pki_line_puts(l, n == 5 ? "status_request" : "status_request_v2");
		else
			pki_line_int(l, n);
	}
	pki_line_end_list(l, &it);
}
