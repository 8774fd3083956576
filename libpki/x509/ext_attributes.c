/* SPDX-License-Identifier: BSD-3-Clause */
/* subjectDirectoryAttributes: RFC 5280 4.2.1.8. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/types/attribute.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

static void check_attribute(pki_der *r, const pki_ctx *ctx)
{
	pki_attribute a;

	(void)ctx;
	pki_attribute_read(r, NULL, &a);
}

void pki_ext_check_attributes(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes all;

	pki_list_read(in, ctx, &(pki_list){ PKI_TAG_SEQUENCE, NULL, check_attribute }, &all);
}

bool pki_ext_attribute_next(pki_ext_iter *it, pki_attribute *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	return pki_ext_step(it) && pki_attribute_read(&it->inner, NULL, out);
}

void pki_exts_attribute(pki_exts *e, const pki_attribute *a)
{
	static const pki_ext_form form = { .oid = &pki_id_subject_directory_attributes,
		.part = PKI_EXT_ELEMENT };
	pki_derw w;

	if (!pki_exts_given(e, a) || !pki_exts_begin(e, &w))
		return;
	pki_attribute_write(&w, a);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

/* A character string, or hex of any other TLV. */
static void put_value(pki_line *l, pki_tag tag, pki_bytes contents, pki_bytes tlv)
{
	pki_buf utf8 = PKI_BUF_INIT;
	pki_status st = pki_text_decode(tag, contents, &utf8, NULL);

	if (st == PKI_E_NOMEM)
		pki_line_read(l, pki_error_nomem(l->err));
	else if (st == PKI_SUCCESS)
		pki_line_utf8(l, pki_buf_bytes(&utf8));
	else {
		pki_line_puts(l, "#");
		pki_line_hex(l, tlv);
	}
	pki_buf_free(&utf8);
}

static void put_attribute(pki_line *l, const pki_attribute *a)
{
	pki_bytes contents, tlv;
	pki_tag tag;
	pki_der r;

	pki_der_init(&r, l->ctx, a->values, NULL);
	while (pki_der_value(&r, NULL, &tag, &contents, &tlv)) {
		pki_line_item(l);
		pki_line_oid(l, a->type);
		pki_line_puts(l, "=");
		put_value(l, tag, contents, tlv);
		if (!pki_der_more(&r))
			break;
	}
	pki_line_read(l, pki_der_finish(&r, l->err));
}

void pki_ext_line_attributes(pki_line *l, pki_bytes value)
{
	pki_ext_iter it;
	pki_attribute a;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_attribute_next(&it, &a))
		put_attribute(l, &a);
	pki_line_end_list(l, &it);
}
