/* SPDX-License-Identifier: BSD-3-Clause */
/* Modules together: made, added to, asked for names. */
#include "libpki/asn1/set.h"

#include <pki/ctx.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/asn1/compile.h"
#include "libpki/asn1/values.h"
#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

#define UNITS_MAX 1000 /* modules of one set */

/* ---- productions ---- */

static const char *module_name(const pki_asn1_unit *u)
{
	return pki_asn1_item_name(u->m, 0);
}

static const char *item_name(const pki_asn1_unit *u, size_t item)
{
	return pki_asn1_item_name(u->m, item);
}

/* The first production that is the module's own, or the next one; 0: none. Its OID has no name. */
static size_t own_production(const pki_asn1_unit *u, size_t item)
{
	while (item != 0 && item < u->m->imported && item_name(u, item) == NULL)
		item = pki_asn1_item_right(u->m, item);
	return item < u->m->imported ? item : 0;
}

static size_t first_production(const pki_asn1_unit *u)
{
	return own_production(u, pki_asn1_item_down(u->m, 0));
}

static size_t next_production(const pki_asn1_unit *u, size_t item)
{
	return own_production(u, pki_asn1_item_right(u->m, item));
}

static bool is_type(const pki_asn1_unit *u, size_t item)
{
	return (u->m->items[item].bits & ITEM_ASSIGN) == 0;
}

static bool is_oid(const pki_asn1_unit *u, size_t item)
{
	return !is_type(u, item) && pki_asn1_item_type(u->m, item) == ITEM_OBJECT_ID;
}

typedef struct named {
	const char *name;
	uint16_t item;
} named;

static int compare_named(const void *a, const void *b)
{
	return strcmp(((const named *)a)->name, ((const named *)b)->name);
}

/* The stand-ins of what is imported are among them. */
static size_t list_named(const pki_asn1_unit *u, named *list)
{
	size_t count = 0;

	for (size_t i = pki_asn1_item_down(u->m, 0); i != 0; i = pki_asn1_item_right(u->m, i)) {
		if (item_name(u, i) == NULL)
			continue;
		if (list != NULL)
			list[count] = (named){ item_name(u, i), (uint16_t)i };
		count++;
	}
	return count;
}

static pki_status index_productions(pki_asn1_unit *u, pki_error *err)
{
	size_t count = list_named(u, NULL);
	named *list = pki_alloc_zero(count + 1, sizeof *list);

	u->productions = pki_alloc_zero(count + 1, sizeof *u->productions);
	if (list == NULL || u->productions == NULL) {
		pki_free(list);
		return pki_error_nomem(err);
	}
	u->production_count = list_named(u, list);
	qsort(list, count, sizeof *list, compare_named);
	for (size_t i = 0; i < count; i++)
		u->productions[i] = list[i].item;
	pki_free(list);
	return PKI_SUCCESS;
}

pki_asn1_spot pki_asn1_production(const pki_asn1 *m, size_t unit, const char *name)
{
	const pki_asn1_unit *u = &m->units[unit];
	size_t low = 0, high = u->production_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(name, item_name(u, u->productions[middle]));

		if (order == 0)
			return (pki_asn1_spot){ (uint16_t)unit, u->productions[middle] };
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return (pki_asn1_spot){ (uint16_t)unit, 0 };
}

/* unit_count: none. */
static size_t find_unit(const pki_asn1 *m, pki_bytes name)
{
	size_t i = 0;

	while (
	    i < m->unit_count && !pki_bytes_equal(pki_bytes_str(module_name(&m->units[i])), name))
		i++;
	return i;
}

static pki_asn1_spot imported(const pki_asn1 *m, size_t unit, const char *name)
{
	const pki_asn1_module *mod = m->units[unit].m;

	for (size_t i = 0; i < mod->import_count; i++) {
		const char *from = pki_asn1_item_text(mod, mod->imports[i].from);

		if (strcmp(pki_asn1_item_text(mod, mod->imports[i].name), name) == 0)
			return pki_asn1_production(m, find_unit(m, pki_bytes_str(from)), name);
	}
	return (pki_asn1_spot){ 0, 0 };
}

pki_asn1_spot pki_asn1_named(const pki_asn1 *m, size_t unit, const char *name)
{
	pki_asn1_spot s = pki_asn1_production(m, unit, name);

	return s.item >= m->units[unit].m->imported ? imported(m, unit, name) : s;
}

static bool is_own(const pki_asn1 *m, pki_asn1_spot s)
{
	return s.item != 0 && s.item < pki_asn1_module_of(m, s)->imported;
}

static pki_status no_type(pki_error *err, pki_status st, const char *reason, const char *type)
{
	return pki_error_set_detail(err, st, reason, NULL, pki_bytes_str(type));
}

static bool is_own_type(const pki_asn1 *m, pki_asn1_spot s)
{
	return is_own(m, s) && is_type(&m->units[s.unit], s.item);
}

/* "Type": the one module that has it. */
static pki_status lookup_anywhere(
    const pki_asn1 *m, const char *type, pki_asn1_spot *out, pki_error *err)
{
	size_t found = 0;

	for (size_t i = 0; i < m->unit_count; i++) {
		pki_asn1_spot s = pki_asn1_production(m, i, type);

		if (is_own_type(m, s)) {
			*out = s;
			found++;
		}
	}
	if (found == 1)
		return PKI_SUCCESS;
	return found == 0 ? no_type(err, PKI_E_NOTFOUND, "no such type", type)
			  : no_type(err, PKI_E_NOTFOUND, "several modules have this type", type);
}

pki_status pki_asn1_lookup(const pki_asn1 *m, const char *type, pki_asn1_spot *out, pki_error *err)
{
	const char *dot = strchr(type, '.');
	pki_asn1_spot s = { 0, 0 };
	size_t unit;

	if (dot == NULL)
		return lookup_anywhere(m, type, out, err);
	unit = find_unit(m, pki_bytes_of(type, (size_t)(dot - type)));
	if (unit == m->unit_count)
		return no_type(err, PKI_E_NOTFOUND, "no such module", type);
	s = pki_asn1_production(m, unit, dot + 1);
	if (!is_own_type(m, s))
		return no_type(err, PKI_E_NOTFOUND, "no such type", type);
	*out = s;
	return PKI_SUCCESS;
}

/* ---- items ---- */

static bool is_component(uint32_t type)
{
	return type != ITEM_CONSTANT && type != ITEM_TAG && type != ITEM_DEFAULT &&
	    type != ITEM_SIZE;
}

static pki_asn1_spot component_from(const pki_asn1 *m, pki_asn1_spot s, size_t item)
{
	const pki_asn1_module *mod = pki_asn1_module_of(m, s);

	while (item != 0 && !is_component(pki_asn1_item_type(mod, item)))
		item = pki_asn1_item_right(mod, item);
	return (pki_asn1_spot){ s.unit, (uint16_t)item };
}

pki_asn1_spot pki_asn1_first_component(const pki_asn1 *m, pki_asn1_spot s)
{
	return component_from(m, s, pki_asn1_item_down(pki_asn1_module_of(m, s), s.item));
}

pki_asn1_spot pki_asn1_next_component(const pki_asn1 *m, pki_asn1_spot s)
{
	return component_from(m, s, pki_asn1_item_right(pki_asn1_module_of(m, s), s.item));
}

/* The bit of an item that says that it has such a child. */
static uint32_t bit_of(uint32_t type)
{
	switch (type) {
	case ITEM_TAG:
		return ITEM_HAS_TAG;
	case ITEM_DEFAULT:
		return ITEM_HAS_DEFAULT;
	case ITEM_SIZE:
		return ITEM_HAS_SIZE;
	default:
		return ITEM_DOWN;
	}
}

pki_asn1_spot pki_asn1_item_child(const pki_asn1 *m, pki_asn1_spot s, uint32_t type)
{
	const pki_asn1_module *mod = pki_asn1_module_of(m, s);
	bool has = (mod->items[s.item].bits & bit_of(type)) != 0;
	size_t item = has ? pki_asn1_item_down(mod, s.item) : 0;

	while (item != 0 && pki_asn1_item_type(mod, item) != type)
		item = pki_asn1_item_right(mod, item);
	return (pki_asn1_spot){ s.unit, (uint16_t)item };
}

/* ---- names for programs ---- */

static pki_status list_types(pki_asn1_unit *u, pki_error *err)
{
	size_t prefix = strlen(module_name(u)) + 1, octets = 0, count = 0;
	char *at;

	for (size_t i = first_production(u); i != 0; i = next_production(u, i)) {
		octets += is_type(u, i) ? prefix + strlen(item_name(u, i)) + 1 : 0;
		count += is_type(u, i);
	}
	u->names = at = pki_alloc(octets + 1);
	u->types = pki_alloc_zero(count + 1, sizeof *u->types);
	if (u->names == NULL || u->types == NULL)
		return pki_error_nomem(err);
	for (size_t i = first_production(u); i != 0; i = next_production(u, i)) {
		size_t len = strlen(item_name(u, i)) + 1;

		if (!is_type(u, i))
			continue;
		u->types[u->type_count++] = at;
		memcpy(at, module_name(u), prefix - 1);
		at[prefix - 1] = '.';
		memcpy(at + prefix, item_name(u, i), len);
		at += prefix + len;
	}
	return PKI_SUCCESS;
}

static int compare_meanings(const void *pa, const void *pb)
{
	const pki_asn1_meaning *a = pa, *b = pb;
	int order = pki_bytes_compare(pki_buf_bytes(&a->oid), pki_buf_bytes(&b->oid));

	if (order != 0)
		return order;
	return a->order > b->order ? -1 : 1;
}

/* Takes the OID, if all is well. */
static pki_status add_meaning(pki_asn1 *m, pki_buf *oid, const char *type, pki_error *err)
{
	pki_asn1_meaning *list = pki_list_room(
	    m->meanings, NULL, m->meaning_count, &m->meaning_room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(err);
	m->meanings = list;
	list[m->meaning_count] = (pki_asn1_meaning){
		.oid = *oid, .type = type, .order = m->meaning_count
	};
	m->meaning_count++;
	*oid = (pki_buf)PKI_BUF_INIT;
	return PKI_SUCCESS;
}

static pki_status read_oid(
    const pki_asn1 *m, pki_asn1_spot assignment, pki_buf *oid, pki_error *err)
{
	pki_status st = pki_asn1_oid_value(m, assignment, oid, err);

	if (st != PKI_SUCCESS)
		pki_error_nest(err, pki_asn1_name(m, assignment), PKI_NO_OFFSET);
	return st;
}

/* An OBJECT IDENTIFIER and, directly after it, a type. The others are to be good too. */
static pki_status add_meanings(pki_asn1 *m, size_t unit, pki_error *err)
{
	const pki_asn1_unit *u = &m->units[unit];
	pki_buf before = PKI_BUF_INIT; /* the OID that the last production is, if it is one */
	size_t type = 0;
	pki_status st = PKI_SUCCESS;

	for (size_t i = first_production(u); i != 0 && st == PKI_SUCCESS;
	     i = next_production(u, i)) {
		if (is_type(u, i) && before.len > 0)
			st = add_meaning(m, &before, u->types[type], err);
		pki_buf_free(&before);
		if (is_oid(u, i))
			st = read_oid(
			    m, (pki_asn1_spot){ (uint16_t)unit, (uint16_t)i }, &before, err);
		type += is_type(u, i);
	}
	pki_buf_free(&before);
	return st;
}

static void drop_meanings(pki_asn1 *m, size_t count)
{
	while (m->meaning_count > count)
		pki_buf_free(&m->meanings[--m->meaning_count].oid);
}

/* ---- the set ---- */

static void free_unit(pki_asn1_unit *u)
{
	pki_free(u->productions);
	pki_free(u->targets);
	pki_free(u->starts);
	pki_free(u->choices);
	pki_free(u->arms);
	pki_free(u->names);
	pki_free(u->types);
	pki_free(u->own);
}

static pki_status fill_unit(pki_asn1 *m, size_t unit, pki_error *err)
{
	pki_asn1_unit *u = &m->units[unit];
	pki_status st = index_productions(u, err);

	if (st == PKI_SUCCESS)
		st = list_types(u, err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_link(m, unit, err);
	if (st == PKI_SUCCESS)
		st = add_meanings(m, unit, err);
	return st;
}

/* Takes `own` in any case. */
static pki_status add_unit(
    pki_asn1 *m, const pki_asn1_module *module, pki_asn1_module *own, pki_error *err)
{
	size_t meanings = m->meaning_count;
	pki_asn1_unit *list = pki_list_room(
	    m->units, NULL, m->unit_count, &m->unit_room, sizeof *list);
	pki_status st;

	if (list == NULL) {
		pki_free(own);
		return pki_error_nomem(err);
	}
	m->units = list;
	list[m->unit_count] = (pki_asn1_unit){ .m = module, .own = own };
	st = fill_unit(m, m->unit_count, err);
	if (st == PKI_SUCCESS) {
		m->unit_count++;
	} else {
		drop_meanings(m, meanings);
		free_unit(&m->units[m->unit_count]);
	}
	return st;
}

static void free_set(pki_asn1 *m)
{
	for (size_t i = 0; i < m->unit_count; i++)
		free_unit(&m->units[i]);
	drop_meanings(m, 0);
	pki_free(m->units);
	pki_free(m->meanings);
	pki_ctx_free(m->ctx);
	pki_free(m);
}

pki_status pki_asn1_new(const pki_ctx *ctx, pki_asn1 **out, pki_error *err)
{
	pki_asn1 *m;
	pki_status st = PKI_SUCCESS;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	m = pki_alloc_zero(1, sizeof *m);
	if (m == NULL)
		return PKI_LEAVE(err, pki_error_nomem(err));
	pki_ref_init(&m->refs);
	m->ctx = pki_ctx_ref(ctx);
	for (size_t i = 0; pki_asn1_shipped[i] != NULL && st == PKI_SUCCESS; i++)
		st = add_unit(m, pki_asn1_shipped[i], NULL, err);
	if (st == PKI_SUCCESS) {
		qsort(m->meanings, m->meaning_count, sizeof *m->meanings, compare_meanings);
		*out = m;
	} else {
		free_set(m);
	}
	return PKI_LEAVE(err, st);
}

pki_asn1 *pki_asn1_ref(const pki_asn1 *m)
{
	pki_asn1 *own = (pki_asn1 *)(uintptr_t)m;

	pki_ref_take(&own->refs);
	return own;
}

void pki_asn1_free(pki_asn1 *m)
{
	if (m != NULL && pki_ref_drop(&m->refs))
		free_set(m);
}

/* What a module that is compiled may import. */
static pki_status known(
    void *ud, const char *module, const char *name, uint32_t *bits, pki_error *err)
{
	const pki_asn1 *m = ud;
	size_t unit = find_unit(m, pki_bytes_str(module));
	pki_asn1_spot s;

	if (unit == m->unit_count)
		return pki_error_set_detail(err, PKI_E_NOTFOUND,
		    "no module of this name was added before", "X.680 13.15",
		    pki_bytes_str(module));
	s = pki_asn1_production(m, unit, name);
	if (!is_own(m, s))
		return pki_error_set_detail(err, PKI_E_NOTFOUND,
		    "the module that it is imported from does not have it", "X.680 13.15",
		    pki_bytes_str(name));
	*bits = pki_asn1_bits(m, s) & (ITEM_ASSIGN | ITEM_TYPE);
	if (*bits == ITEM_IDENTIFIER)
		*bits = pki_asn1_type(m, pki_asn1_start_of(m, s)->base);
	return PKI_SUCCESS;
}

/* The error names what the text assigns: on which line. */
static void find_line(pki_bytes text, pki_error *err)
{
	char name[PKI_ASN1_NAME + 1] = "";

	if (pki_error_line(err) > 0)
		return;
	strncat(name, pki_error_path(err), sizeof name - 1);
	name[strcspn(name, ".")] = '\0';
	pki_error_on_line(err, pki_asn1_line_of(text, name));
}

static pki_status add(pki_asn1 *m, pki_bytes text, pki_error *err)
{
	pki_asn1_module *module = NULL;
	pki_bytes name;
	pki_status st = pki_asn1_compile(text, known, m, &module, err);

	if (st != PKI_SUCCESS)
		return st;
	name = pki_bytes_str(pki_asn1_item_name(module, 0));
	if (m->unit_count == UNITS_MAX)
		st = pki_error_set(err, PKI_E_LIMIT, "too many modules", NULL);
	else if (find_unit(m, name) < m->unit_count)
		st = pki_error_set_detail(
		    err, PKI_E_STRUCTURE, "a module of this name is there", NULL, name);
	if (st != PKI_SUCCESS) {
		pki_free(module);
		return st;
	}
	st = add_unit(m, module, module, err);
	if (st == PKI_SUCCESS)
		qsort(m->meanings, m->meaning_count, sizeof *m->meanings, compare_meanings);
	else
		find_line(text, err);
	return st;
}

pki_status pki_asn1_add(pki_asn1 *m, pki_bytes text, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT, *e = err == NULL ? &why : err;
	pki_status st;

	if (m == NULL || (text.data == NULL && text.len > 0))
		st = pki_error_null(err);
	else
		st = add(m, text, e);
	return PKI_LEAVE(err, st);
}

const char *pki_asn1_type_at(const pki_asn1 *m, size_t i)
{
	for (size_t u = 0; m != NULL && u < m->unit_count; u++) {
		if (i < m->units[u].type_count)
			return m->units[u].types[i];
		i -= m->units[u].type_count;
	}
	return NULL;
}

const char *pki_asn1_type_of(const pki_asn1 *m, pki_bytes oid)
{
	size_t low = 0, high = m == NULL ? 0 : m->meaning_count;

	if (oid.data == NULL)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pki_bytes_compare(pki_buf_bytes(&m->meanings[middle].oid), oid) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return m != NULL && low < m->meaning_count &&
		pki_bytes_equal(pki_buf_bytes(&m->meanings[low].oid), oid)
	    ? m->meanings[low].type
	    : NULL;
}
