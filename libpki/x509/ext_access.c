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
