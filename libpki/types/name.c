/* SPDX-License-Identifier: BSD-3-Clause */
/* Name: RFC 5280 4.1.2.4, read once into one piece of memory. */
#include <stdlib.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"
#include "libpki/der/fast.h"
#include "libpki/der/text.h"
#include "libpki/types/name.h"
#include "libpki/types/name_match.h"
#include "libpki/types/prep.h"

void pki_name_reading_init(pki_name_reading *n, const pki_ctx *ctx)
{
	n->avas = n->few;
	n->room = PKI_TYPICAL_AVAS;
	n->count = n->rdns = n->text_len = 0;
	n->limit = pki_ctx_limits(ctx)->rdn_attrs;
	n->der = (pki_bytes){ NULL, 0 };
	n->decoded = (pki_buf)PKI_BUF_INIT;
}

void pki_name_reading_free(pki_name_reading *n)
{
	if (n->avas != n->few)
		pki_free(n->avas);
	pki_buf_free(&n->decoded);
}

/* Where the next AttributeTypeAndValue goes, whatever is there; NULL: the reader has failed. */
static inline pki_ava *next_ava(pki_der *rdn, pki_name_reading *n)
{
	pki_ava *avas = NULL;

	if (n->count == n->limit)
		pki_der_fail(rdn, PKI_E_LIMIT, "too many attributes in a Name", NULL);
	else if ((avas = pki_list_room(n->avas, n->few, n->count, &n->room, sizeof *avas)) == NULL)
		pki_der_fail(rdn, PKI_E_NOMEM, "no memory", NULL);
	if (avas == NULL)
		return NULL;
	n->avas = avas;
	return &avas[n->count];
}

/* ---- reading ---- */

/* Asks again, for the reason: it is wanted seldom. */
static bool fail_text(pki_der *s, const pki_attr *a)
{
	pki_error why = PKI_ERROR_INIT;
	pki_buf text = PKI_BUF_INIT;
	pki_status st = pki_text_decode(a->tag, a->raw, &text, &why);

	pki_buf_free(&text);
	return st == PKI_SUCCESS
	    ? pki_der_fail(s, PKI_E_NOMEM, "no memory", NULL)
	    : pki_der_fail(s, st, pki_error_reason(&why), pki_error_clause(&why));
}

/* The text of a value; false: it is no character string, or the reader has failed. */
static bool read_text(pki_der *s, pki_ava *a, pki_name_reading *n, pki_bytes *utf8)
{
	size_t before = n->decoded.len;
	pki_status st;

	*utf8 = a->attr.raw;
	if (pki_text_is_utf8(a->attr.tag, a->attr.raw))
		return true;
	a->decoded = true;
	st = pki_text_decode(a->attr.tag, a->attr.raw, &n->decoded, NULL);
	if (st == PKI_E_UNSUPPORTED)
		return false;
	if (st != PKI_SUCCESS)
		return fail_text(s, &a->attr);
	*utf8 = (pki_bytes){ n->decoded.data + before, n->decoded.len - before };
	return true;
}

/* Octets that are the text, with nothing in it that asks for a second look. */
static bool is_plain_text(pki_tag tag, pki_bytes raw)
{
	if (tag == PKI_TAG_PRINTABLE)
		return pki_text_is_printable(raw);
	return (tag == PKI_TAG_UTF8 || tag == PKI_TAG_IA5) && pki_ascii_text(raw);
}

static bool read_other_text(pki_der *s, pki_ava *a, pki_name_reading *n, pki_bytes *utf8)
{
	if (!read_text(s, a, n, utf8))
		return false;
	if (utf8->len > 0 && memchr(utf8->data, '\0', utf8->len) != NULL)
		pki_der_fail(s, PKI_E_STRUCTURE, "NUL in a string", NULL);
	a->exact = pki_ascii_prefix(*utf8) < utf8->len && !pki_prep_allows(*utf8);
	return true;
}

/* Text that is its octets, and known to be. */
static void set_text(pki_ava *a, size_t len, pki_name_reading *n)
{
	a->attr.utf8 = "";
	a->text_len = len;
	n->text_len += len + 1;
}

/* attr.utf8 is set for good when all text is together. */
static void read_value(pki_der *s, pki_ava *a, pki_name_reading *n)
{
	pki_bytes utf8;

	if (!pki_der_value(s, "value", &a->attr.tag, &a->attr.raw, &a->tlv))
		return;
	n->count++;
	utf8 = a->attr.raw;
	if (!is_plain_text(a->attr.tag, a->attr.raw) && !read_other_text(s, a, n, &utf8))
		return;
	set_text(a, utf8.len, n);
}

static void read_ava(pki_der *rdn, pki_name_reading *n)
{
	pki_ava *a = next_ava(rdn, n);
	pki_der s;

	if (a == NULL)
		return;
	*a = (pki_ava){ .attr.rdn = n->rdns };
	pki_der_enter(rdn, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "type", &a->attr.type);
	read_value(&s, a, n);
	pki_der_leave(&s);
}

/*
 * An RDN of one attribute below id-at, 2.5.4, with plain text:
 *
 *   31 n { 30 n-2 { 06 03 55 04 x, 0c or 13 or 16, n-9 { text }}}
 */
static bool is_plain_rdn(const uint8_t *p, size_t left)
{
	static const uint8_t id_at[] = { PKI_TAG_OID, 3, 0x55, 0x04 };

	return pki_is_plain(p, left, 0x31) && p[1] >= 9 && p[2] == 0x30 && p[3] == p[1] - 2 &&
	    memcmp(p + 4, id_at, sizeof id_at) == 0 && p[8] < 0x80 && p[10] == p[1] - 9 &&
	    is_plain_text(p[9], (pki_bytes){ p + 11, p[10] });
}

static bool add_plain_rdn(pki_der *s, const uint8_t *p, pki_name_reading *n)
{
	pki_ava *a = next_ava(s, n);

	if (a == NULL)
		return false;
	/* member by member: compilers clear a struct of this size slowly */
	a->attr.type = (pki_bytes){ p + 6, 3 };
	a->attr.raw = (pki_bytes){ p + 11, p[10] };
	a->attr.rdn = n->rdns;
	a->attr.tag = p[9];
	memset(a->attr.reserved, 0, sizeof a->attr.reserved);
	a->tlv = (pki_bytes){ p + 9, (size_t)p[10] + 2 };
	a->exact = a->decoded = false;
	set_text(a, p[10], n);
	n->count++;
	n->rdns++;
	return true;
}

/* As many as there are in a row. */
static void read_plain_rdns(pki_der *s, pki_name_reading *n)
{
	pki_ahead a = pki_der_ahead(s, 2);
	size_t before = n->rdns, read = 0;

	while (a.oid_limit >= 3 && is_plain_rdn(a.at + read, a.left - read) &&
	    add_plain_rdn(s, a.at + read, n))
		read += (size_t)a.at[read + 1] + 2;
	pki_der_pass_all(s, n->rdns - before, read);
}

static void read_rdn(pki_der *s, pki_name_reading *n)
{
	pki_der rdn;

	pki_der_enter_set_of(s, PKI_TAG_SET, NULL, &rdn);
	if (!pki_der_more(&rdn))
		pki_der_fail(
		    &rdn, PKI_E_STRUCTURE, "RelativeDistinguishedName is empty", "X.501 9.3");
	while (pki_der_more(&rdn))
		read_ava(&rdn, n);
	pki_der_leave(&rdn);
	n->rdns++;
}

void pki_name_read(pki_der *r, const char *field, pki_name_reading *n)
{
	const uint8_t *start = pki_der_at(r);
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	read_plain_rdns(&s, n);
	while (pki_der_more(&s))
		read_rdn(&s, n);
	if (pki_der_leave(&s))
		n->der = pki_bytes_of(start, (size_t)(pki_der_at(r) - start));
}

static pki_status read_name(const pki_ctx *ctx, pki_bytes der, pki_name_reading *n, pki_error *err)
{
	pki_der r;

	pki_name_reading_init(n, ctx);
	pki_der_init(&r, ctx, der, "Name");
	pki_name_read(&r, NULL, n);
	return pki_der_finish(&r, err);
}

pki_status pki_name_check(const pki_ctx *ctx, pki_bytes der, pki_error *err)
{
	pki_name_reading n;
	pki_status st = read_name(ctx, der, &n, err);

	pki_name_reading_free(&n);
	return st;
}

/* ---- the name ---- */

bool pki_name_size(const pki_name_reading *n, size_t *size)
{
	size_t avas;

	return pki_size_mul(n->count, sizeof(pki_ava) + sizeof(pki_ava *), &avas) &&
	    pki_size_add(sizeof(pki_name), avas, size);
}

static void rebase(pki_bytes *view, const uint8_t *from, const uint8_t *to)
{
	view->data = to + (view->data - from);
}

/* The text of a, with a NUL; returns its end. *decoded: where text that was decoded goes on. */
static char *put_text(pki_ava *a, const uint8_t **decoded, char *to)
{
	const uint8_t *from = a->decoded ? *decoded : a->attr.raw.data;

	if (a->attr.utf8 == NULL)
		return to;
	if (a->text_len > 0)
		memcpy(to, from, a->text_len);
	if (a->decoded)
		*decoded += a->text_len;
	to[a->text_len] = '\0';
	a->attr.utf8 = to;
	return to + a->text_len + 1;
}

static void set_avas(
    pki_ava *avas, const pki_name_reading *n, const uint8_t *from, const uint8_t *der, char *text)
{
	const uint8_t *decoded = n->decoded.data;

	memcpy(avas, n->avas, n->count * sizeof *avas);
	for (size_t i = 0; i < n->count; i++) {
		text = put_text(&avas[i], &decoded, text);
		rebase(&avas[i].attr.type, from, der);
		rebase(&avas[i].attr.raw, from, der);
		rebase(&avas[i].tlv, from, der);
	}
}

static int compare_in_order(const void *a, const void *b)
{
	return pki_ava_compare(*(const pki_ava *const *)a, *(const pki_ava *const *)b);
}

static void set_order(const pki_ava **order, const pki_ava *avas, const pki_name_reading *n)
{
	for (size_t i = 0; i < n->count; i++)
		order[i] = &avas[i];
	if (n->count > n->rdns)
		qsort(order, n->count, sizeof *order, compare_in_order);
}

void pki_name_place(const pki_name_reading *n, pki_name *name, const uint8_t *der, char *text)
{
	pki_ava *avas = (pki_ava *)(name + 1);
	const pki_ava **order = (const pki_ava **)(avas + n->count);

	set_avas(avas, n, n->der.data, der, text);
	set_order(order, avas, n);
	memset(name, 0, sizeof *name);
	name->count = n->count;
	name->rdns = n->rdns;
	name->der = pki_bytes_of(der, n->der.len);
	name->avas = avas;
	name->order = order;
}

static void release(void *object)
{
	pki_free(object);
}

static pki_status make_name(const pki_name_reading *n, pki_name **out, pki_error *err)
{
	size_t size = 0, all;
	pki_name *name = NULL;
	uint8_t *der;

	if (pki_name_size(n, &size) && pki_size_add(size, n->der.len, &all) &&
	    pki_size_add(all, n->text_len, &all))
		name = pki_alloc(all);
	if (name == NULL)
		return pki_error_nomem(err);
	der = (uint8_t *)name + size;
	memcpy(der, n->der.data, n->der.len);
	pki_name_place(n, name, der, (char *)der + n->der.len);
	pki_ref_init(&name->own);
	name->refs = &name->own;
	name->object = name;
	name->release = release;
	*out = name;
	return PKI_SUCCESS;
}

pki_status pki_name_parse(const pki_ctx *ctx, pki_bytes der, pki_name **out, pki_error *err)
{
	pki_status st;
	pki_name_reading n;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	st = read_name(ctx, der, &n, err);
	if (st == PKI_SUCCESS)
		st = make_name(&n, out, err);
	pki_name_reading_free(&n);
	return PKI_LEAVE(err, st);
}

pki_name *pki_name_ref(const pki_name *n)
{
	pki_name *shared = (pki_name *)(uintptr_t)n;

	if (shared != NULL)
		pki_ref_take(shared->refs);
	return shared;
}

void pki_name_free(pki_name *n)
{
	if (n != NULL && pki_ref_drop(n->refs))
		n->release(n->object);
}

pki_bytes pki_name_der(const pki_name *n)
{
	return n == NULL ? pki_bytes_of(NULL, 0) : n->der;
}

size_t pki_name_count(const pki_name *n)
{
	return n == NULL ? 0 : n->count;
}

bool pki_name_is_empty(const pki_name *n)
{
	return pki_name_count(n) == 0;
}

bool pki_name_at(const pki_name *n, size_t i, pki_attr *out)
{
	static const pki_attr none;
	bool there = i < pki_name_count(n);

	if (out != NULL)
		*out = there ? n->avas[i].attr : none;
	return there;
}

const char *pki_name_get(const pki_name *n, pki_bytes type)
{
	for (size_t i = 0; i < pki_name_count(n); i++)
		if (n->avas[i].attr.utf8 != NULL && pki_oid_equal(n->avas[i].attr.type, type))
			return n->avas[i].attr.utf8;
	return NULL;
}
