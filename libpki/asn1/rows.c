/* SPDX-License-Identifier: BSD-3-Clause */
/* From `{ "name", 1234, NULL },` to nodes whose text is in a pool, each text once. */
#include <string.h>

#include "libpki/asn1/rows.h"
#include "libpki/core/alloc.h"
#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

#define HEAD      "[] = {\n"
#define DEPTH_MAX (4 * PKI_ASN1_NESTING) /* of nodes; types are not nested so deeply */
#define SLOTS     0x20000u               /* twice what 16 bits can number */

typedef struct row {
	pki_bytes name, value; /* data NULL: none */
	uint32_t bits;
} row;

/* Texts by their hash, open addressing: where each begins in the pool, 0: a free slot. */
typedef struct pool {
	pki_buf text;
	uint16_t *slots;
} pool;

typedef struct reader {
	pki_bytes rest;
	pool pool;
	pki_asn1_item *items;
	size_t count, room;
	pki_error *err;
} reader;

static pki_status over_limit(pki_error *err)
{
	return pki_error_set(err, PKI_E_LIMIT, "the module is too large", NULL);
}

static pki_status failed(pki_error *err)
{
	return pki_error_set(err, PKI_E_IO, "libtasn1 did not write all of its array", NULL);
}

/* ---- text ---- */

/* FNV-1a; nobody gains by texts that fall together: there are 65536 at most. */
static uint32_t hash(pki_bytes text)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < text.len; i++)
		h = (h ^ text.data[i]) * 16777619u;
	return h ^ h >> 16;
}

static bool is_there(const pool *p, uint16_t at, pki_bytes text)
{
	const char *there = (const char *)p->text.data + at;

	return strlen(there) == text.len && memcmp(there, text.data, text.len) == 0;
}

/* Where the text begins in the pool, to whose end it is put if it is not there. */
static pki_status intern(pool *p, pki_bytes text, uint16_t *at, pki_error *err)
{
	uint32_t slot = hash(text) % SLOTS;
	size_t before = p->text.len;
	pki_status st;

	*at = 0;
	if (text.data == NULL)
		return PKI_SUCCESS;
	while (p->slots[slot] != 0 && !is_there(p, p->slots[slot], text))
		slot = (slot + 1) % SLOTS;
	*at = p->slots[slot];
	if (*at != 0)
		return PKI_SUCCESS;
	if (before > UINT16_MAX)
		return over_limit(err);
	st = pki_buf_append(&p->text, text, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_putc(&p->text, '\0', err);
	if (st == PKI_SUCCESS)
		p->slots[slot] = *at = (uint16_t)before;
	return st;
}

/* ---- rows ---- */

static bool take(pki_bytes *rest, const char *text)
{
	size_t n = strlen(text);

	if (rest->len < n || memcmp(rest->data, text, n) != 0)
		return false;
	*rest = pki_bytes_of(rest->data + n, rest->len - n);
	return true;
}

/* "text" or NULL. libtasn1 escapes nothing, as names and numbers have nothing to escape. */
static bool take_text(pki_bytes *rest, pki_bytes *text)
{
	const uint8_t *end;

	*text = pki_bytes_of(NULL, 0);
	if (take(rest, "NULL"))
		return true;
	if (!take(rest, "\"") || (end = memchr(rest->data, '"', rest->len)) == NULL)
		return false;
	*text = pki_bytes_of(rest->data, (size_t)(end - rest->data));
	*rest = pki_bytes_of(end + 1, rest->len - text->len - 1);
	return true;
}

static bool take_number(pki_bytes *rest, uint32_t *n)
{
	uint64_t value = 0;
	size_t len = 0;

	while (len < rest->len && pki_is_digit(rest->data[len]) && value <= UINT32_MAX)
		value = value * 10 + (rest->data[len++] - '0');
	*n = (uint32_t)value;
	*rest = pki_bytes_of(rest->data + len, rest->len - len);
	return len > 0 && value <= UINT32_MAX;
}

static bool take_row(pki_bytes *rest, row *out)
{
	return take(rest, "  { ") && take_text(rest, &out->name) && take(rest, ", ") &&
	    take_number(rest, &out->bits) && take(rest, ", ") && take_text(rest, &out->value) &&
	    (take(rest, "},\n") || take(rest, " },\n") || take(rest, " }\n"));
}

/* libtasn1 does without what it had no memory for. */
static pki_status lost(pki_error *err)
{
	return pki_error_set(err, PKI_E_NOMEM, "libtasn1 had no memory", NULL);
}

static bool is_tag_or_default(uint32_t bits)
{
	return (bits & ITEM_TYPE) == ITEM_TAG || (bits & ITEM_TYPE) == ITEM_DEFAULT;
}

/* ANY DEFINED BY: the name has no value. */
static bool after_any(const reader *r)
{
	size_t i = r->count;

	while (i > 0 && is_tag_or_default(r->items[i - 1].bits))
		i--;
	return i > 0 && (r->items[i - 1].bits & ITEM_DEFINED_BY) != 0;
}

/* A text of 16 characters or more is an allocation of its own. */
static bool lost_value(const reader *r, const row *w)
{
	if (w->value.data != NULL)
		return false;
	switch (w->bits & ITEM_TYPE) {
	case ITEM_CONSTANT:
		return !after_any(r);
	case ITEM_DEFAULT:
		return (w->bits & (ITEM_TRUE | ITEM_FALSE)) == 0;
	case ITEM_IDENTIFIER:
	case ITEM_TAG:
	case ITEM_SIZE:
		return true;
	default:
		return (w->bits & ITEM_ASSIGN) != 0 &&
		    ((w->bits & ITEM_TYPE) == ITEM_INTEGER || (w->bits & ITEM_ONE_SIZE) != 0);
	}
}

/* The last row, which is no node. */
static bool is_last(const row *w)
{
	return w->name.data == NULL && w->value.data == NULL && w->bits == 0;
}

static pki_status put_item(reader *r, const row *w)
{
	pki_asn1_item *items = pki_list_room(r->items, NULL, r->count, &r->room, sizeof *items);
	pki_asn1_item item = { .bits = w->bits };
	pki_status st;

	if (items == NULL)
		return pki_error_nomem(r->err);
	r->items = items;
	if (lost_value(r, w))
		return lost(r->err);
	if (r->count == UINT16_MAX)
		return over_limit(r->err);
	st = intern(&r->pool, w->name, &item.name, r->err);
	if (st == PKI_SUCCESS)
		st = intern(&r->pool, w->value, &item.value, r->err);
	items[r->count++] = item;
	return st;
}

static pki_status read_rows(reader *r)
{
	pki_status st = PKI_SUCCESS;
	const uint8_t *head = memmem(r->rest.data, r->rest.len, HEAD, strlen(HEAD));
	row w = { .bits = 0 };

	if (head == NULL)
		return failed(r->err);
	r->rest.len -= (size_t)(head - r->rest.data) + strlen(HEAD);
	r->rest.data = head + strlen(HEAD);
	while (st == PKI_SUCCESS) {
		if (!take_row(&r->rest, &w))
			return failed(r->err);
		if (is_last(&w))
			return take(&r->rest, "};\n") && r->count > 0 ? PKI_SUCCESS
								      : failed(r->err);
		st = put_item(r, &w);
	}
	return st;
}

/* ---- the tree ---- */

/* In preorder the next node is the first child, or the sibling of the last that has one. */
static pki_status link_items(reader *r)
{
	size_t waiting[DEPTH_MAX]; /* nodes that have a sibling, which is yet to come */
	size_t depth = 0;

	for (size_t i = 0; i < r->count; i++) {
		uint32_t bits = r->items[i].bits;

		if (i > 0 && (r->items[i - 1].bits & ITEM_DOWN) == 0) {
			if (depth == 0)
				return failed(r->err);
			r->items[waiting[--depth]].right = (uint16_t)i;
		}
		if ((bits & ITEM_RIGHT) == 0)
			continue;
		if (depth == DEPTH_MAX)
			return over_limit(r->err);
		waiting[depth++] = i;
	}
	return depth == 0 ? PKI_SUCCESS : failed(r->err);
}

/* The first of the nodes that stand for what is imported: the last productions. */
static size_t find_imported(const pki_asn1_item *items, size_t count, size_t productions)
{
	size_t i = items[1].right; /* after the module's empty OBJECT IDENTIFIER */

	for (; i != 0 && productions > 0; productions--)
		i = items[i].right;
	return i == 0 ? count : i;
}

/* They tell what `known` told of them. */
static void mark_imported(pki_asn1_item *items, size_t i, const pki_asn1_source *s)
{
	for (size_t k = 0; i != 0 && k < s->imports; k++, i = items[i].right)
		items[i].bits = (items[i].bits & ~ITEM_TYPE) | (s->symbols[k].bits & ITEM_TYPE);
}

/* ---- one allocation ---- */

static pki_status put_imports(
    pool *p, const pki_asn1_source *s, pki_asn1_import *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < s->imports; i++) {
		st = intern(p, s->symbols[i].name, &out[i].name, err);
		if (st == PKI_SUCCESS)
			st = intern(p, pki_asn1_token_text(&s->tokens, s->symbols[i].from),
			    &out[i].from, err);
	}
	return st;
}

static pki_status pack(
    reader *r, const pki_asn1_source *s, const pki_asn1_import *imports, pki_asn1_module **out)
{
	size_t items = r->count * sizeof *r->items, names = s->imports * sizeof *imports;
	pki_asn1_module *m = pki_alloc(sizeof *m + items + names + r->pool.text.len);
	pki_asn1_item *to;

	if (m == NULL)
		return pki_error_nomem(r->err);
	to = (pki_asn1_item *)(m + 1);
	memcpy(to, r->items, items);
	if (names > 0)
		memcpy(to + r->count, imports, names);
	memcpy((uint8_t *)(to + r->count) + names, r->pool.text.data, r->pool.text.len);
	*m = (pki_asn1_module){ .items = to,
		.imports = (const pki_asn1_import *)(to + r->count),
		.text = (const char *)(to + r->count) + names,
		.item_count = (uint16_t)r->count,
		.import_count = (uint16_t)s->imports };
	m->imported = (uint16_t)find_imported(to, r->count, s->count - s->imports);
	mark_imported(to, m->imported, s);
	*out = m;
	return PKI_SUCCESS;
}

static pki_status read_module(reader *r, const pki_asn1_source *s, pki_asn1_module **out)
{
	pki_asn1_import *imports = pki_alloc_zero(s->imports, sizeof *imports);
	pki_status st = imports == NULL || r->pool.slots == NULL
	    ? pki_error_nomem(r->err)
	    : pki_buf_putc(&r->pool.text, '\0', r->err);

	if (st == PKI_SUCCESS)
		st = read_rows(r);
	if (st == PKI_SUCCESS && r->count != pki_asn1_source_items(s))
		st = lost(r->err);
	if (st == PKI_SUCCESS)
		st = link_items(r);
	if (st == PKI_SUCCESS)
		st = put_imports(&r->pool, s, imports, r->err);
	if (st == PKI_SUCCESS)
		st = pack(r, s, imports, out);
	pki_free(imports);
	return st;
}

pki_status pki_asn1_rows_read(
    pki_bytes array, const pki_asn1_source *s, pki_asn1_module **out, pki_error *err)
{
	reader r = { .rest = array,
		.pool = { .text = PKI_BUF_INIT, .slots = pki_alloc_zero(SLOTS, sizeof(uint16_t)) },
		.err = err };
	pki_status st = read_module(&r, s, out);

	pki_buf_free(&r.pool.text);
	pki_free(r.pool.slots);
	pki_free(r.items);
	return st;
}
