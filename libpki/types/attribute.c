/* SPDX-License-Identifier: BSD-3-Clause */
/* Attribute ::= SEQUENCE { type, values SET OF }: RFC 2986 4.1. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/types/attribute.h"

/* Its values lie side by side: the first one's start to the last one's end are the contents. */
static bool read_values(pki_der *s, pki_bytes *values)
{
	pki_bytes one = { NULL, 0 };
	pki_der set;

	pki_der_enter_set_of(s, PKI_TAG_SET, "values", &set);
	if (!pki_der_more(&set))
		pki_der_fail(&set, PKI_E_STRUCTURE, "Attribute has no value", "RFC 2986 4.1");
	while (pki_der_more(&set) && pki_der_whole(&set, 0, NULL, &one)) {
		if (values->data == NULL)
			values->data = one.data;
		values->len += one.len;
	}
	return pki_der_leave(&set);
}

bool pki_attribute_read(pki_der *r, const char *field, pki_attribute *out)
{
	pki_attribute a;
	pki_der s;

	memset(out, 0, sizeof *out);
	memset(&a, 0, sizeof a);
	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	pki_der_oid(&s, "type", &a.type);
	read_values(&s, &a.values);
	if (!pki_der_leave(&s))
		return false;
	*out = a;
	return true;
}

static pki_status check_values(pki_bytes values, pki_error *err)
{
	pki_bytes one;
	pki_der r;

	pki_der_init(&r, NULL, values, "values");
	do
		pki_der_whole(&r, 0, NULL, &one);
	while (pki_der_more(&r));
	return pki_der_finish(&r, err);
}

void pki_attribute_write(pki_derw *w, const pki_attribute *a)
{
	pki_error why = PKI_ERROR_INIT;

	if (check_values(a->values, &why) != PKI_SUCCESS) {
		pki_derw_fail(w, PKI_E_ARG, "value of an attribute is no DER", "RFC 2986 4.1");
		return;
	}
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, a->type);
	pki_derw_begin(w, PKI_TAG_SET);
	pki_derw_raw(w, a->values);
	pki_derw_end_set_of(w);
	pki_derw_end(w);
}
