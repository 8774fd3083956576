/* SPDX-License-Identifier: BSD-3-Clause */
/* Subtrees that a program names, as NameConstraints: RFC 5280 4.2.1.10. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/types/ext.h"
#include "libpki/verify/subtrees.h"

static bool is_none(const char *const *texts)
{
	return texts == NULL || *texts == NULL;
}

typedef void put_fn(pki_exts *e, const char *name);

static void put_all(pki_exts *e, put_fn *put, const char *const *texts)
{
	for (; !is_none(texts); texts++)
		put(e, *texts);
}

static pki_status read_back(
    const pki_ctx *ctx, const pki_exts *e, pki_buf *der, pki_name_constraints *out, pki_error *err)
{
	pki_status st = pki_exts_status(e, err);

	if (st == PKI_SUCCESS)
		st = pki_exts_value(e, PKI_OID(name_constraints), der, err);
	if (st != PKI_SUCCESS)
		return st;
	return pki_ext_name_constraints(ctx, pki_buf_bytes(der), out, err);
}

pki_status pki_subtrees_of_text(const pki_ctx *ctx, const char *const *permit,
    const char *const *exclude, pki_buf *der, pki_name_constraints *out, pki_error *err)
{
	pki_exts *e = NULL;
	pki_status st;

	memset(out, 0, sizeof *out);
	if (is_none(permit) && is_none(exclude))
		return PKI_SUCCESS;
	st = pki_exts_new(ctx, &e, err);
	if (st != PKI_SUCCESS)
		return st;
	put_all(e, pki_exts_permit, permit);
	put_all(e, pki_exts_exclude, exclude);
	st = read_back(ctx, e, der, out, err);
	pki_exts_free(e);
	return st;
}
