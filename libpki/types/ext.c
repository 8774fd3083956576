/* SPDX-License-Identifier: BSD-3-Clause */
/* Extension, and the contents of those extensions that have a reader: RFC 5280 4.2. */
#include <string.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"

bool pki_ext_read(pki_der *r, const char *field, pki_ext *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	pki_der_oid(&s, "extnID", &out->oid);
	pki_der_bool(&s, "critical", false, &out->critical);
	pki_der_next(&s, PKI_TAG_OCTETS, "extnValue", &out->value);
	return pki_der_leave(&s);
}

void pki_ext_write(pki_derw *w, const pki_ext *e)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, e->oid);
	pki_derw_bool(w, e->critical, false);
	pki_derw_put(w, PKI_TAG_OCTETS, e->value);
	pki_derw_end(w);
}

/* ---- contents ---- */

static bool read_path_len(pki_der *s, bool ca, int32_t *out)
{
	int64_t n;

	if (!pki_der_int64(s, "pathLenConstraint", &n))
		return false;
	if (n < 0)
		return pki_der_fail(
		    s, PKI_E_STRUCTURE, "pathLenConstraint is negative", "RFC 5280 4.2.1.9");
	if (n > INT32_MAX)
		return pki_der_fail(s, PKI_E_LIMIT, "pathLenConstraint is too large", NULL);
	if (!ca)
		return pki_der_fail(
		    s, PKI_E_STRUCTURE, "pathLenConstraint without cA", "RFC 5280 4.2.1.9");
	*out = (int32_t)n;
	return true;
}

pki_status pki_ext_basic_constraints(
    const pki_ctx *ctx, pki_bytes value, pki_basic_constraints *out, pki_error *err)
{
	static const pki_basic_constraints none = { .path_len = -1 };
	pki_basic_constraints found = none;
	pki_status st;
	pki_der r, s;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "BasicConstraints");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_bool(&s, "cA", false, &found.ca);
	if (pki_der_more(&s))
		read_path_len(&s, found.ca, &found.path_len);
	pki_der_leave(&s);
	st = pki_der_finish(&r, err);
	*out = st == PKI_SUCCESS ? found : none;
	return PKI_LEAVE(err, st);
}

pki_status pki_ext_key_usage(const pki_ctx *ctx, pki_bytes value, uint32_t *bits, pki_error *err)
{
	uint32_t found = 0;
	pki_status st;
	pki_der r;

	if (bits == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "KeyUsage");
	if (pki_der_flags(&r, NULL, &found) && found == 0)
		pki_der_fail(&r, PKI_E_STRUCTURE, "no bit is set", "RFC 5280 4.2.1.3");
	st = pki_der_finish(&r, err);
	*bits = st == PKI_SUCCESS ? found : 0;
	return PKI_LEAVE(err, st);
}

pki_status pki_ext_key_id(const pki_ctx *ctx, pki_bytes value, pki_bytes *out, pki_error *err)
{
	pki_bytes found;
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "KeyIdentifier");
	if (pki_der_next(&r, PKI_TAG_OCTETS, NULL, &found) && found.len == 0)
		pki_der_fail(&r, PKI_E_STRUCTURE, "KeyIdentifier is empty", "RFC 5280 4.2.1.2");
	st = pki_der_finish(&r, err);
	*out = st == PKI_SUCCESS ? found : pki_bytes_of(NULL, 0);
	return PKI_LEAVE(err, st);
}

/* ---- lists ---- */

void pki_ext_list(pki_ext_iter *it, const pki_ctx *ctx, pki_bytes value)
{
	if (it == NULL)
		return;
	it->ctx = ctx;
	it->count = 0;
	pki_der_init(&it->outer, ctx, value, NULL);
	pki_der_enter(&it->outer, PKI_TAG_SEQUENCE, NULL, &it->inner);
	if (!pki_der_more(&it->inner))
		pki_der_fail(&it->inner, PKI_E_STRUCTURE, "list is empty", "RFC 5280 4.2.1");
}

/* Is there one more, within the limit? */
static bool step(pki_ext_iter *it)
{
	if (!pki_der_more(&it->inner))
		return false;
	if (it->count == pki_ctx_limits(it->ctx)->san_names)
		return pki_der_fail(
		    &it->inner, PKI_E_LIMIT, "too many elements in an extension", NULL);
	it->count++;
	return true;
}

bool pki_ext_oid_next(pki_ext_iter *it, pki_bytes *oid)
{
	if (it == NULL || oid == NULL)
		return false;
	*oid = pki_bytes_of(NULL, 0);
	return step(it) && pki_der_oid(&it->inner, NULL, oid);
}

bool pki_ext_name_next(pki_ext_iter *it, pki_gn *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	return step(it) && pki_gn_read(&it->inner, it->ctx, NULL, 0, out);
}

/* Whoever found what he looked for need not read on. */
pki_status pki_ext_list_finish(pki_ext_iter *it, pki_error *err)
{
	if (it == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_skip_rest(&it->inner);
	pki_der_leave(&it->inner);
	return PKI_LEAVE(err, pki_der_finish(&it->outer, err));
}
