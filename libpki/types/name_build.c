/* SPDX-License-Identifier: BSD-3-Clause */
/* Names built from attributes. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"
#include "libpki/der/tlv.h"
#include "libpki/der/writer.h"
#include "libpki/types/attr_type.h"
#include "libpki/types/name.h"

#define TYPICAL_ITEMS 8

/* An AttributeTypeAndValue among those of the builder. */
typedef struct item {
	size_t start, end; /* in pki_name_builder.avas */
	size_t type;       /* where its OBJECT IDENTIFIER begins */
	size_t rdn;
} item;

struct pki_name_builder {
	pki_ctx *ctx;
	pki_error error;
	pki_derw avas; /* one after the other */
	item *items;   /* `few`, or allocated where those are not enough */
	size_t count, room, rdns;
	item few[TYPICAL_ITEMS];
};

static pki_bytes slice(const pki_name_builder *b, size_t start, size_t end)
{
	return pki_bytes_of(pki_derw_written(&b->avas).data + start, end - start);
}

static void start(pki_name_builder *b)
{
	pki_derw_init(&b->avas, b->ctx);
	b->items = b->few;
	b->room = TYPICAL_ITEMS;
	b->count = b->rdns = 0;
}

static void drop(pki_name_builder *b)
{
	pki_derw_free(&b->avas);
	if (b->items != b->few)
		pki_free(b->items);
}

pki_status pki_name_builder_new(const pki_ctx *ctx, pki_name_builder **out, pki_error *err)
{
	pki_name_builder *b;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	b = pki_alloc_zero(1, sizeof *b);
	if (b == NULL)
		return PKI_LEAVE(err, pki_error_nomem(err));
	b->ctx = pki_ctx_ref(ctx);
	start(b);
	*out = b;
	return PKI_SUCCESS;
}

void pki_name_builder_free(pki_name_builder *b)
{
	if (b == NULL)
		return;
	drop(b);
	pki_ctx_free(b->ctx);
	pki_free(b);
}

pki_status pki_name_builder_status(const pki_name_builder *b)
{
	return pki_error_status(&b->error);
}

/* ---- values ---- */

/* What a value's text must be, whichever string type carries it. */
static pki_status check_text(const pki_attr_type *t, pki_bytes utf8, pki_error *err)
{
	pki_bytes name = pki_bytes_str(t->name);
	size_t n = pki_utf8_count(utf8);

	if (n == SIZE_MAX)
		return pki_error_set_detail(err, PKI_E_ARG, "value is not UTF-8", "RFC 3629", name);
	if (n > 0 && memchr(utf8.data, '\0', utf8.len) != NULL)
		return pki_error_set_detail(err, PKI_E_ARG, "NUL in a value", NULL, name);
	if (n < t->min)
		return pki_error_set_detail(err, PKI_E_ARG, "value is too short for its attribute",
		    "RFC 5280 appendix A.1", name);
	if (t->max != 0 && n > t->max)
		return pki_error_set_detail(err, PKI_E_ARG, "value is too long for its attribute",
		    "RFC 5280 appendix A.1", name);
	return PKI_SUCCESS;
}

static pki_status put_text(const pki_attr_type *t, pki_bytes utf8, pki_derw *w, pki_error *err)
{
	pki_status st;

	if (t->tag == 0)
		return pki_error_set_detail(err, PKI_E_ARG, "attribute has no text, only #hex",
		    "RFC 4514 2.4", pki_bytes_str(t->name));
	st = check_text(t, utf8, err);
	if (st == PKI_SUCCESS)
		pki_derw_utf8(w, t->tag, utf8);
	return st;
}

/* The value of a string type is held to the same; others are free. */
static pki_status check_contents(
    const pki_attr_type *t, pki_tag tag, pki_bytes contents, pki_error *err)
{
	pki_buf utf8 = PKI_BUF_INIT;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_text_decode(tag, contents, &utf8, &why);

	if (st == PKI_SUCCESS)
		st = check_text(t, pki_buf_bytes(&utf8), err);
	else if (st == PKI_E_UNSUPPORTED)
		st = PKI_SUCCESS;
	else
		st = pki_error_set(err, st == PKI_E_NOMEM ? st : PKI_E_ARG, pki_error_reason(&why),
		    pki_error_clause(&why));
	pki_buf_free(&utf8);
	return st;
}

static pki_status put_der(
    const pki_ctx *ctx, const pki_attr_type *t, pki_bytes tlv, pki_derw *w, pki_error *err)
{
	pki_bytes contents, whole;
	pki_tag tag;
	pki_der r;

	pki_der_init(&r, ctx, tlv, "value");
	pki_der_whole(&r, 0, NULL, &whole);
	if (pki_der_finish(&r, err) != PKI_SUCCESS)
		return pki_error_set(err, PKI_E_ARG, "value is no DER", "RFC 4514 2.4");
	pki_der_init(&r, ctx, tlv, "value");
	pki_der_any(&r, NULL, &tag, &contents);
	pki_derw_raw(w, whole);
	return check_contents(t, tag, contents, err);
}

/* ---- attributes ---- */

/* X.501 9.3: an attribute type stands in an RDN once. */
static bool is_in_rdn(const pki_name_builder *b, const item *new)
{
	pki_tlv_fault fault;
	pki_tlv t;

	const uint8_t *der = pki_derw_written(&b->avas).data;

	if (!pki_tlv_read(slice(b, new->type, new->end), &t, &fault))
		return false;
	for (size_t i = b->count; i > 0 && b->items[i - 1].rdn == new->rdn; i--)
		if (memcmp(der + b->items[i - 1].type, der + new->type, t.header + t.length) == 0)
			return true;
	return false;
}

static pki_status add_item(pki_name_builder *b, item *new, bool join, pki_error *err)
{
	pki_tlv_fault fault;
	pki_tlv t = { 0, 0, 0 };
	item *items;

	new->end = pki_derw_written(&b->avas).len;
	(void)!pki_tlv_read(slice(b, new->start, new->end), &t, &fault);
	new->type = new->start + t.header;
	new->rdn = join ? b->rdns - 1 : b->rdns;
	if (join && is_in_rdn(b, new))
		return pki_error_set(err, PKI_E_ARG,
		    "attribute twice in one RelativeDistinguishedName", "X.501 9.3");
	items = pki_list_room(b->items, b->few, b->count, &b->room, sizeof *items);
	if (items == NULL)
		return pki_error_nomem(err);
	b->items = items;
	b->items[b->count++] = *new;
	b->rdns = new->rdn + 1;
	return PKI_SUCCESS;
}

static pki_status put(
    pki_name_builder *b, pki_bytes type, pki_bytes value, unsigned flags, pki_error *err)
{
	static const pki_attr_type any = { NULL, "", { NULL }, PKI_TAG_UTF8, 1, 0 };
	const pki_attr_type *t = pki_attr_type_by_oid(type);
	bool join = (flags & PKI_AVA_JOIN) != 0;
	item new = { pki_derw_written(&b->avas).len, 0, 0, 0 };
	pki_derw *w = &b->avas;
	pki_status st;

	if (join && b->count == 0)
		return pki_error_set(err, PKI_E_ARG, "no RelativeDistinguishedName to join", NULL);
	if (b->count >= pki_ctx_limits(b->ctx)->rdn_attrs)
		return pki_error_set(err, PKI_E_LIMIT, "too many attributes in a Name", NULL);
	if (t == NULL)
		t = &any;
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, type);
	st = (flags & PKI_AVA_DER) != 0 ? put_der(b->ctx, t, value, w, err)
					: put_text(t, value, w, err);
	pki_derw_end(w);
	if (st == PKI_SUCCESS)
		st = pki_derw_status(w, err);
	return st == PKI_SUCCESS ? add_item(b, &new, join, err) : st;
}

void pki_name_builder_put(pki_name_builder *b, pki_bytes type, pki_bytes value, unsigned flags)
{
	if (pki_name_builder_status(b) == PKI_SUCCESS)
		(void)!put(b, type, value, flags, &b->error);
}

static void put_utf8(pki_name_builder *b, pki_bytes type, const char *utf8, unsigned flags)
{
	if (b == NULL || pki_name_builder_status(b) != PKI_SUCCESS)
		return;
	if (utf8 == NULL)
		(void)!pki_error_null(&b->error);
	else
		pki_name_builder_put(b, type, pki_bytes_str(utf8), flags);
}

void pki_name_builder_add(pki_name_builder *b, pki_bytes type, const char *utf8)
{
	put_utf8(b, type, utf8, 0);
}

void pki_name_builder_join(pki_name_builder *b, pki_bytes type, const char *utf8)
{
	put_utf8(b, type, utf8, PKI_AVA_JOIN);
}

/* ---- the name ---- */

/* Items first..end, which are one RDN. */
static void write_rdn(pki_derw *w, const pki_name_builder *b, size_t first, size_t end)
{
	pki_derw_begin(w, PKI_TAG_SET);
	pki_derw_raw(w, slice(b, b->items[first].start, b->items[end - 1].end));
	pki_derw_end_set_of(w);
}

static size_t end_of_rdn(const pki_name_builder *b, size_t first)
{
	size_t end = first;

	while (end < b->count && b->items[end].rdn == b->items[first].rdn)
		end++;
	return end;
}

static size_t start_of_rdn(const pki_name_builder *b, size_t end)
{
	size_t first = end - 1;

	while (first > 0 && b->items[first - 1].rdn == b->items[end - 1].rdn)
		first--;
	return first;
}

static void write_rdns(pki_derw *w, const pki_name_builder *b)
{
	for (size_t i = 0, end; i < b->count; i = end) {
		end = end_of_rdn(b, i);
		write_rdn(w, b, i, end);
	}
}

static void write_rdns_reversed(pki_derw *w, const pki_name_builder *b)
{
	for (size_t end = b->count, i; end > 0; end = i) {
		i = start_of_rdn(b, end);
		write_rdn(w, b, i, end);
	}
}

static pki_status finish(pki_name_builder *b, bool reversed, pki_name **out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st = pki_name_builder_status(b);
	pki_derw w;

	if (st != PKI_SUCCESS) {
		pki_error_copy(err, &b->error);
		return st;
	}
	pki_derw_init(&w, b->ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	if (reversed)
		write_rdns_reversed(&w, b);
	else
		write_rdns(&w, b);
	pki_derw_end(&w);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS)
		st = pki_name_parse(b->ctx, pki_buf_bytes(&der), out, err);
	pki_buf_free(&der);
	return st;
}

static pki_status finish_and_empty(
    pki_name_builder *b, bool reversed, pki_name **out, pki_error *err)
{
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (b == NULL || out == NULL)
		return pki_error_null(err);
	st = finish(b, reversed, out, err);
	drop(b);
	start(b);
	pki_error_init(&b->error);
	return st;
}

pki_status pki_name_builder_finish(pki_name_builder *b, pki_name **out, pki_error *err)
{
	return PKI_LEAVE(err, finish_and_empty(b, false, out, err));
}

pki_status pki_name_builder_finish_reversed(pki_name_builder *b, pki_name **out, pki_error *err)
{
	return finish_and_empty(b, true, out, err);
}
