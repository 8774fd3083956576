/* SPDX-License-Identifier: BSD-3-Clause */
/* Extension, and the contents of those extensions that have a reader: RFC 5280 4.2. */
#include <string.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"

bool pki_ext_bool(pki_der *r, const char *field, bool *encoded_default, bool *out)
{
	pki_bytes octet;

	if (encoded_default == NULL || !pki_der_peek(r, PKI_TAG_BOOLEAN))
		return pki_der_bool(r, field, false, out);
	*out = false;
	if (!pki_der_next(r, PKI_TAG_BOOLEAN, field, &octet))
		return false;
	if (octet.len != 1 || (octet.data[0] != 0 && octet.data[0] != 0xff))
		return pki_der_fail(
		    r, PKI_E_ENCODING, "BOOLEAN is neither 00 nor FF", "X.690 11.1");
	*out = octet.data[0] != 0;
	*encoded_default = *encoded_default || !*out;
	return true;
}

bool pki_ext_read_lenient(pki_der *r, const char *field, bool *encoded_default, pki_ext *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	pki_der_oid(&s, "extnID", &out->oid);
	pki_ext_bool(&s, "critical", encoded_default, &out->critical);
	pki_der_next(&s, PKI_TAG_OCTETS, "extnValue", &out->value);
	return pki_der_leave(&s);
}

bool pki_ext_read(pki_der *r, const char *field, pki_ext *out)
{
	return pki_ext_read_lenient(r, field, NULL, out);
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

static bool read_path_len(pki_der *s, bool ca, bool *stray, int32_t *out)
{
	int64_t n;

	if (!pki_der_int64(s, "pathLenConstraint", &n))
		return false;
	if (n < 0)
		return pki_der_fail(
		    s, PKI_E_STRUCTURE, "pathLenConstraint is negative", "RFC 5280 4.2.1.9");
	if (n > INT32_MAX)
		return pki_der_fail(s, PKI_E_LIMIT, "pathLenConstraint is too large", NULL);
	if (!ca && stray == NULL)
		return pki_der_fail(
		    s, PKI_E_STRUCTURE, "pathLenConstraint without cA", "RFC 5280 4.2.1.9");
	if (!ca)
		*stray = true;
	*out = (int32_t)n;
	return true;
}

bool pki_basic_constraints_read(
    pki_der *r, bool *encoded_default, bool *stray, pki_basic_constraints *out)
{
	pki_der s;

	*out = (pki_basic_constraints){ .path_len = -1 };
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_ext_bool(&s, "cA", encoded_default, &out->ca);
	if (pki_der_more(&s))
		read_path_len(&s, out->ca, stray, &out->path_len);
	return pki_der_leave(&s);
}

pki_status pki_ext_basic_constraints(
    const pki_ctx *ctx, pki_bytes value, pki_basic_constraints *out, pki_error *err)
{
	static const pki_basic_constraints none = { .path_len = -1 };
	pki_basic_constraints found;
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "BasicConstraints");
	pki_basic_constraints_read(&r, NULL, NULL, &found);
	st = pki_der_finish(&r, err);
	*out = st == PKI_SUCCESS ? found : none;
	return PKI_LEAVE(err, st);
}

bool pki_key_usage_read(pki_der *r, uint32_t *out, bool *odd)
{
	if (odd != NULL ? !pki_der_flags_odd(r, NULL, out, odd) : !pki_der_flags(r, NULL, out))
		return false;
	return *out != 0 || pki_der_fail(r, PKI_E_STRUCTURE, "no bit is set", "RFC 5280 4.2.1.3");
}

pki_status pki_ext_key_usage(const pki_ctx *ctx, pki_bytes value, uint32_t *bits, pki_error *err)
{
	uint32_t found;
	pki_status st;
	pki_der r;

	if (bits == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "KeyUsage");
	pki_key_usage_read(&r, &found, NULL);
	st = pki_der_finish(&r, err);
	*bits = st == PKI_SUCCESS ? found : 0;
	return PKI_LEAVE(err, st);
}

bool pki_key_id_read(pki_der *r, pki_tag tag, const char *field, pki_bytes *out)
{
	if (!pki_der_next(r, tag, field, out))
		return false;
	return out->len > 0 ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "KeyIdentifier is empty", "RFC 5280 4.2.1.2");
}

pki_status pki_ext_key_id(const pki_ctx *ctx, pki_bytes value, pki_bytes *out, pki_error *err)
{
	pki_bytes found;
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "KeyIdentifier");
	pki_key_id_read(&r, PKI_TAG_OCTETS, NULL, &found);
	st = pki_der_finish(&r, err);
	*out = st == PKI_SUCCESS ? found : pki_bytes_of(NULL, 0);
	return PKI_LEAVE(err, st);
}

/* ---- lists ---- */

bool pki_list_read(pki_der *r, const pki_ctx *ctx, const pki_list *list, pki_bytes *contents)
{
	size_t left = pki_list_limit(ctx);
	pki_der s;

	pki_der_enter(r, list->tag, list->field, &s);
	*contents = pki_der_rest(&s);
	if (contents->len == 0)
		pki_der_fail(&s, PKI_E_STRUCTURE, "list is empty", "RFC 5280 4.2.1");
	for (; pki_der_more(&s) && left > 0; left--)
		list->read(&s, ctx);
	if (pki_der_more(&s))
		pki_der_fail(&s, PKI_E_LIMIT, "too many elements in an extension", NULL);
	return pki_der_leave(&s);
}

static void read_name(pki_der *r, const pki_ctx *ctx)
{
	pki_gn gn;

	pki_gn_read(r, ctx, NULL, 0, &gn);
}

bool pki_gns_read(
    pki_der *r, const pki_ctx *ctx, pki_tag tag, const char *field, pki_bytes *contents)
{
	return pki_list_read(r, ctx, &(pki_list){ tag, field, read_name }, contents);
}

static void read_purpose(pki_der *r, const pki_ctx *ctx)
{
	pki_bytes oid;

	(void)ctx;
	pki_der_oid(r, NULL, &oid);
}

bool pki_ext_key_usage_read(pki_der *r, const pki_ctx *ctx, pki_bytes *contents)
{
	return pki_list_read(r, ctx, &(pki_list){ PKI_TAG_SEQUENCE, NULL, read_purpose }, contents);
}

size_t pki_list_limit(const pki_ctx *ctx)
{
	return pki_ctx_limits(ctx)->san_names;
}

static void start(pki_ext_iter *it, const pki_ctx *ctx, pki_bytes value)
{
	it->ctx = ctx;
	it->count = 0;
	pki_der_init(&it->outer, ctx, value, NULL);
}

void pki_ext_list(pki_ext_iter *it, const pki_ctx *ctx, pki_bytes value)
{
	if (it == NULL)
		return;
	start(it, ctx, value);
	pki_der_enter(&it->outer, PKI_TAG_SEQUENCE, NULL, &it->inner);
	if (!pki_der_more(&it->inner))
		pki_der_fail(&it->inner, PKI_E_STRUCTURE, "list is empty", "RFC 5280 4.2.1");
}

/* Its elements are the outermost TLVs. */
void pki_ext_list_in(pki_ext_iter *it, const pki_ctx *ctx, pki_bytes contents)
{
	if (it == NULL)
		return;
	start(it, ctx, pki_bytes_of(NULL, 0));
	pki_der_init(&it->inner, ctx, contents, NULL);
}

bool pki_ext_step(pki_ext_iter *it)
{
	if (!pki_der_more(&it->inner))
		return false;
	if (it->count == pki_list_limit(it->ctx))
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
	return pki_ext_step(it) && pki_der_oid(&it->inner, NULL, oid);
}

bool pki_ext_name_next(pki_ext_iter *it, pki_gn *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	return pki_ext_step(it) && pki_gn_read(&it->inner, it->ctx, NULL, 0, out);
}

/* Whoever found what he looked for need not read on. */
static pki_status finish(pki_ext_iter *it, pki_error *err)
{
	pki_status st;

	pki_der_skip_rest(&it->inner);
	pki_der_leave(&it->inner);
	st = pki_der_finish(&it->inner, err);
	return st == PKI_SUCCESS ? pki_der_finish(&it->outer, err) : st;
}

pki_status pki_ext_list_finish(pki_ext_iter *it, pki_error *err)
{
	if (it == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, finish(it, err));
}
