/* SPDX-License-Identifier: BSD-3-Clause */
/* subjectDirectoryAttributes: RFC 5280 4.2.1.8. */
#include <string.h>

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
