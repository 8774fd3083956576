/* SPDX-License-Identifier: BSD-3-Clause */
/* ASIdentifiers: RFC 3779 3.2.3. */
#include <string.h>

#include <pki/ext_more.h>

#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/writer.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

/* ---- reading ---- */

static bool read_id(pki_der *r, const char *field, uint32_t *out)
{
	int64_t n;

	*out = 0;
	if (!pki_der_int64(r, field, &n))
		return false;
	if (n < 0 || n > UINT32_MAX)
		return pki_der_fail(r, PKI_E_STRUCTURE, "ASId is not of 32 bits", "RFC 6793 4");
	*out = (uint32_t)n;
	return true;
}

/* ASIdOrRange ::= CHOICE */
static bool read_range(pki_der *r, pki_as_range *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	if (pki_der_peek(r, PKI_TAG_INTEGER)) {
		if (!read_id(r, "id", &out->min))
			return false;
		out->max = out->min;
		return true;
	}
	pki_der_enter(r, PKI_TAG_SEQUENCE, "range", &s);
	read_id(&s, "min", &out->min);
	read_id(&s, "max", &out->max);
	if (!pki_der_leave(&s))
		return false;
	return out->min < out->max ||
	    pki_der_fail(
		r, PKI_E_STRUCTURE, "min of an ASRange is not below max", "RFC 3779 3.2.3.8");
}

/* RFC 3779 3.2.3.4: in order, and no two could be one. */
static bool check_order(pki_der *r, const pki_as_range *before, const pki_as_range *range)
{
	if (before->max >= range->min)
		return pki_der_fail(r, PKI_E_STRUCTURE, "ASIdOrRanges overlap or are not sorted",
		    "RFC 3779 3.2.3.4");
	return before->max + 1 < range->min ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "ASIdOrRanges are contiguous", "RFC 3779 3.2.3.4");
}

static void read_ranges(pki_der *r, const pki_ctx *ctx, pki_bytes *out)
{
	size_t left = pki_list_limit(ctx);
	pki_as_range before = { 0, 0 }, range;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, "asIdsOrRanges", &s);
	*out = pki_der_rest(&s);
	if (!pki_der_more(&s))
		pki_der_fail(&s, PKI_E_STRUCTURE, "asIdsOrRanges is empty", "RFC 3779 3.2.3.3");
	for (bool first = true; pki_der_more(&s); first = false) {
		if (left-- == 0)
			pki_der_fail(&s, PKI_E_LIMIT, "too many elements in an extension", NULL);
		if (read_range(&s, &range) && !first)
			check_order(&s, &before, &range);
		before = range;
	}
	pki_der_leave(&s);
}

/* ASIdentifierChoice ::= CHOICE. false: it is absent. */
static bool read_choice(pki_der *r, const pki_ctx *ctx, pki_tag tag, const char *field,
    pki_bytes *ranges, bool *inherit)
{
	pki_der in;

	if (!pki_der_enter_opt(r, tag, field, &in))
		return false;
	*inherit = pki_der_peek(&in, PKI_TAG_NULL);
	if (*inherit)
		pki_der_null(&in, "inherit");
	else
		read_ranges(&in, ctx, ranges);
	return pki_der_leave(&in);
}

static bool read_ids(pki_der *r, const pki_ctx *ctx, pki_as_ids *out)
{
	bool asnum, rdi;
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	asnum = read_choice(
	    &s, ctx, PKI_TAG_EXPLICIT(0), "asnum", &out->asnum, &out->inherit_asnum);
	rdi = read_choice(&s, ctx, PKI_TAG_EXPLICIT(1), "rdi", &out->rdi, &out->inherit_rdi);
	if (!asnum && !rdi)
		pki_der_fail(&s, PKI_E_STRUCTURE, "neither asnum nor rdi", "RFC 3779 3.2.3.1");
	return pki_der_leave(&s);
}

void pki_ext_check_as_ids(pki_der *in, const pki_ctx *ctx)
{
	pki_as_ids ids;

	read_ids(in, ctx, &ids);
}

pki_status pki_ext_as_ids(const pki_ctx *ctx, pki_bytes value, pki_as_ids *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "ASIdentifiers");
	read_ids(&r, ctx, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

bool pki_ext_as_range_next(pki_ext_iter *it, pki_as_range *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_range(&it->inner, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

/* ---- writing ---- */

static void write_range(pki_derw *w, const pki_as_range *range)
{
	if (range->min == range->max) {
		pki_derw_int64(w, range->min);
		return;
	}
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, range->min);
	pki_derw_int64(w, range->max);
	pki_derw_end(w);
}

static void write_choice(
    pki_derw *w, pki_tag tag, const pki_as_range *ranges, size_t count, bool inherit)
{
	if (inherit && count > 0)
		pki_derw_fail(w, PKI_E_ARG, "inherit beside ranges", "RFC 3779 3.2.3.2");
	if (ranges == NULL && count > 0)
		pki_derw_fail(w, PKI_E_ARG, "a mandatory argument is NULL", NULL);
	if ((!inherit && count == 0) || pki_derw_status(w, NULL) != PKI_SUCCESS)
		return;
	pki_derw_begin(w, tag);
	if (inherit) {
		pki_derw_null(w);
		pki_derw_end(w);
		return;
	}
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < count; i++)
		write_range(w, &ranges[i]);
	pki_derw_end(w);
	pki_derw_end(w);
}

void pki_exts_as_ids(pki_exts *e, const pki_as_block *b)
{
	static const pki_as_block none;
	static const pki_ext_form form = {
		.oid = &pki_id_autonomous_sys_ids, .check = pki_ext_check_as_ids, .critical = true
	};
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (b == NULL)
		b = &none;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	write_choice(&w, PKI_TAG_EXPLICIT(0), b->asnum, b->asnum_count, b->inherit_asnum);
	write_choice(&w, PKI_TAG_EXPLICIT(1), b->rdi, b->rdi_count, b->inherit_rdi);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

static void line_choice(pki_line *l, const char *name, pki_bytes ranges, bool inherit)
{
	pki_as_range range;
	pki_ext_iter it;

	if (!inherit && ranges.len == 0)
		return;
	pki_line_name(l, name);
	if (inherit)
		pki_line_puts(l, " inherit");
	pki_ext_list_in(&it, l->ctx, ranges);
	while (pki_ext_as_range_next(&it, &range)) {
		pki_line_puts(l, " ");
		pki_line_int(l, range.min);
		if (range.max == range.min)
			continue;
		pki_line_puts(l, "-");
		pki_line_int(l, range.max);
	}
	pki_line_end_list(l, &it);
}

void pki_ext_line_as_ids(pki_line *l, pki_bytes value)
{
	pki_as_ids ids;

	pki_line_read(l, pki_ext_as_ids(l->ctx, value, &ids, l->err));
	line_choice(l, "AS", ids.asnum, ids.inherit_asnum);
	line_choice(l, "RDI", ids.rdi, ids.inherit_rdi);
}
