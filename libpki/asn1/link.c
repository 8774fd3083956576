/* SPDX-License-Identifier: BSD-3-Clause */
/* A module's names and tags, worked out once: what each name leads to, and whether the tags tell
 * the components apart. */
#include <stdlib.h>
#include <string.h>

#include "libpki/asn1/shape.h"
#include "libpki/asn1/values.h"
#include "libpki/core/alloc.h"
#include "libpki/core/error.h"

#define ARMS_MAX 65535   /* tags that the CHOICEs of a module may begin with, in all */
#define TAGS_MAX 1000000 /* tags of a module that are told apart, in all */

typedef struct linker {
	pki_asn1 *m;
	pki_asn1_unit *u;
	uint16_t unit;
	uint8_t *states; /* of choices: see order_choices */
	uint16_t *order, *stack;
	uint16_t *arms;     /* of those on the stack: the alternative that is next */
	pki_asn1_arm *tags; /* of some components */
	size_t tag_count, tag_room;
	size_t tags_seen;
	pki_error *err;
} linker;

static pki_asn1_spot spot(const linker *l, size_t item)
{
	return (pki_asn1_spot){ l->unit, (uint16_t)item };
}

/* ---- errors ---- */

/* The production that an item is part of. */
static size_t production_around(const linker *l, size_t item)
{
	size_t at = pki_asn1_item_down(l->u->m, 0), found = at;

	for (; at != 0 && at <= item; at = pki_asn1_item_right(l->u->m, at))
		found = at;
	return found;
}

/* path: the production, and the component if it has a name. */
static pki_status refuse(
    linker *l, size_t item, pki_status st, const char *reason, const char *clause)
{
	size_t production = production_around(l, item);
	const char *name = pki_asn1_item_name(l->u->m, item);

	st = pki_error_set(l->err, st, reason, clause);
	if (item != production && name != NULL)
		pki_error_in_path(l->err, name);
	pki_error_nest(l->err, pki_asn1_item_name(l->u->m, production), PKI_NO_OFFSET);
	return st;
}

/* ---- names ---- */

static bool is_reference(const linker *l, size_t item)
{
	return pki_asn1_item_type(l->u->m, item) == ITEM_IDENTIFIER;
}

static pki_status find_targets(linker *l)
{
	const pki_asn1_module *mod = l->u->m;

	l->u->targets = pki_alloc_zero(mod->item_count, sizeof *l->u->targets);
	if (l->u->targets == NULL)
		return pki_error_nomem(l->err);
	for (size_t i = 1; i < mod->imported; i++) {
		pki_asn1_spot s;

		if (!is_reference(l, i))
			continue;
		s = pki_asn1_named(l->m, l->unit, pki_asn1_item_value(mod, i));
		if (s.item == 0 || (pki_asn1_bits(l->m, s) & ITEM_ASSIGN) != 0)
			return refuse(l, i, PKI_E_STRUCTURE, "no such type", "X.680 16.1");
		l->u->targets[i] = s;
	}
	return PKI_SUCCESS;
}

static pki_status find_starts(linker *l)
{
	pki_asn1_shape shape;

	l->u->starts = pki_alloc_zero(l->u->m->item_count, sizeof *l->u->starts);
	if (l->u->starts == NULL)
		return pki_error_nomem(l->err);
	for (size_t i = 1; i < l->u->m->imported; i++) {
		if (!pki_asn1_shape_of(l->m, spot(l, i), &shape))
			return refuse(l, i, PKI_E_STRUCTURE,
			    "a type that is its own definition, or too many names or tags away "
			    "from it",
			    "X.680 16.1");
		l->u->starts[i] = (pki_asn1_start){ pki_asn1_first_tag(&shape), shape.base };
	}
	return PKI_SUCCESS;
}

/* ---- DEFAULT ---- */

/* A name: the compiler knows those of the module's own types alone. */
static bool is_default(const linker *l, size_t item)
{
	pki_asn1_spot d = pki_asn1_item_child(l->m, spot(l, item), ITEM_DEFAULT);
	pki_asn1_spot base = l->u->starts[item].base;
	const char *text = pki_asn1_value_text(l->m, d);
	int64_t v;

	switch (pki_asn1_type(l->m, base)) {
	case ITEM_INTEGER:
		return pki_asn1_named_number(l->m, base, pki_bytes_str(text), &v) ||
		    pki_asn1_integer_value(l->m, l->unit, text, &v);
	case ITEM_ENUMERATED:
		return pki_asn1_named_number(l->m, base, pki_bytes_str(text), &v);
	default:
		return true;
	}
}

static pki_status check_defaults(linker *l)
{
	for (size_t i = 1; i < l->u->m->imported; i++)
		if ((l->u->m->items[i].bits & ITEM_HAS_DEFAULT) != 0 && !is_default(l, i))
			return refuse(
			    l, i, PKI_E_STRUCTURE, "DEFAULT is no value of the type", "X.680 25");
	return PKI_SUCCESS;
}

/* ---- CHOICE ---- */

static bool is_choice(const linker *l, size_t item)
{
	return pki_asn1_item_type(l->u->m, item) == ITEM_CHOICE;
}

static pki_status list_choices(linker *l)
{
	pki_asn1_unit *u = l->u;

	for (size_t i = 1; i < u->m->imported; i++) {
		pki_asn1_choice *list;

		if (!is_choice(l, i))
			continue;
		list = pki_list_room(
		    u->choices, NULL, u->choice_count, &u->choice_room, sizeof *list);
		if (list == NULL)
			return pki_error_nomem(l->err);
		u->choices = list;
		list[u->choice_count++] = (pki_asn1_choice){ .item = (uint16_t)i };
	}
	return PKI_SUCCESS;
}

/* The CHOICE of this module that an alternative is, without a tag; 0: it is something else. */
static size_t choice_inside(const linker *l, size_t arm)
{
	const pki_asn1_start *s = &l->u->starts[arm];

	if (s->tag != 0)
		return 0;
	return s->base.unit == l->unit && is_choice(l, s->base.item) ? s->base.item : 0;
}

enum { UNSEEN, OPEN, DONE };

static void push(linker *l, size_t *depth, size_t item)
{
	l->states[item] = OPEN;
	l->stack[*depth] = (uint16_t)item;
	l->arms[(*depth)++] = pki_asn1_first_component(l->m, spot(l, item)).item;
}

/* Those inside come before those around them. */
static pki_status order_from(linker *l, size_t item, size_t *count)
{
	size_t depth = 0;

	push(l, &depth, item);
	while (depth > 0) {
		size_t top = l->stack[depth - 1], arm = l->arms[depth - 1], inner;

		if (arm == 0) {
			l->states[top] = DONE;
			l->order[(*count)++] = (uint16_t)top;
			depth--;
			continue;
		}
		l->arms[depth - 1] = pki_asn1_next_component(l->m, spot(l, arm)).item;
		inner = choice_inside(l, arm);
		if (inner != 0 && l->states[inner] == OPEN)
			return refuse(
			    l, arm, PKI_E_STRUCTURE, "a CHOICE that contains itself", "X.680 29.3");
		if (inner != 0 && l->states[inner] == UNSEEN)
			push(l, &depth, inner);
	}
	return PKI_SUCCESS;
}

static pki_status order_choices(linker *l, size_t *count)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; i < l->u->choice_count && st == PKI_SUCCESS; i++)
		if (l->states[l->u->choices[i].item] == UNSEEN)
			st = order_from(l, l->u->choices[i].item, count);
	return st;
}

/* ---- tags ---- */

static pki_status add_tag(linker *l, pki_tag tag, size_t item)
{
	pki_asn1_arm *list = pki_list_room(l->tags, NULL, l->tag_count, &l->tag_room, sizeof *list);

	if (l->tag_count == ARMS_MAX || l->tags_seen++ == TAGS_MAX)
		return refuse(l, item, PKI_E_LIMIT, "too many tags to tell apart", NULL);
	if (list == NULL)
		return pki_error_nomem(l->err);
	l->tags = list;
	list[l->tag_count++] = (pki_asn1_arm){ pki_asn1_bare(tag), (uint16_t)item };
	return PKI_SUCCESS;
}

/* Adds the tags that a component or alternative may begin with; *any: it may be any. */
static pki_status add_tags(linker *l, size_t item, bool *any)
{
	const pki_asn1_start *s = &l->u->starts[item];
	const pki_asn1_unit *u = &l->m->units[s->base.unit];
	const pki_asn1_choice *c;
	pki_status st = PKI_SUCCESS;

	*any = s->tag == 0 && pki_asn1_type(l->m, s->base) == ITEM_ANY;
	if (*any)
		return PKI_SUCCESS;
	if (s->tag != 0)
		return add_tag(l, s->tag, item);
	c = pki_asn1_choice_of(u, s->base.item);
	*any = c->any != 0;
	for (size_t i = 0; i < c->count && st == PKI_SUCCESS; i++)
		st = add_tag(l, u->arms[c->first + i].tag, item);
	return st;
}

static int compare_arms(const void *pa, const void *pb)
{
	const pki_asn1_arm *a = pa, *b = pb;

	if (a->tag != b->tag)
		return a->tag < b->tag ? -1 : 1;
	return (a->item > b->item) - (a->item < b->item);
}

/* Are they all different; or, with an item, those of that last one from the others? */
static pki_status check_tags(linker *l, size_t last, const char *reason, const char *clause)
{
	if (l->tag_count > 1)
		qsort(l->tags, l->tag_count, sizeof *l->tags, compare_arms);
	for (size_t i = 1; i < l->tag_count; i++)
		if (l->tags[i].tag == l->tags[i - 1].tag && (last == 0 || l->tags[i].item == last))
			return refuse(l, l->tags[i].item, PKI_E_STRUCTURE, reason, clause);
	return PKI_SUCCESS;
}

/* The tags become those of a CHOICE. */
static pki_status keep_arms(linker *l, pki_asn1_choice *c)
{
	pki_asn1_unit *u = l->u;

	if (l->tag_count > ARMS_MAX - u->arm_count)
		return refuse(l, c->item, PKI_E_LIMIT, "too many tags to tell apart", NULL);
	c->first = u->arm_count;
	c->count = l->tag_count;
	for (size_t i = 0; i < l->tag_count; i++) {
		pki_asn1_arm *list = pki_list_room(
		    u->arms, NULL, u->arm_count, &u->arm_room, sizeof *list);

		if (list == NULL)
			return pki_error_nomem(l->err);
		u->arms = list;
		list[u->arm_count++] = l->tags[i];
	}
	return PKI_SUCCESS;
}

static pki_status fill_choice(linker *l, pki_asn1_choice *c)
{
	pki_asn1_spot arm = pki_asn1_first_component(l->m, spot(l, c->item));
	pki_status st = PKI_SUCCESS;
	bool any;

	l->tag_count = 0;
	for (; arm.item != 0 && st == PKI_SUCCESS; arm = pki_asn1_next_component(l->m, arm)) {
		st = add_tags(l, arm.item, &any);
		if (st == PKI_SUCCESS && any && c->any != 0)
			st = refuse(l, arm.item, PKI_E_STRUCTURE,
			    "two alternatives that may have any tag", "X.680 29.3");
		if (any)
			c->any = arm.item;
	}
	if (st == PKI_SUCCESS)
		st = check_tags(l, 0, "two alternatives have the same tag", "X.680 29.3");
	if (st == PKI_SUCCESS)
		st = keep_arms(l, c);
	return st;
}

static pki_status fill_choices(linker *l)
{
	size_t count = 0;
	pki_status st = order_choices(l, &count);

	for (size_t i = 0; i < count && st == PKI_SUCCESS; i++) {
		const pki_asn1_choice *c = pki_asn1_choice_of(l->u, l->order[i]);

		st = fill_choice(l, &l->u->choices[c - l->u->choices]);
	}
	return st;
}

/* ---- SEQUENCE and SET ---- */

/*
 * X.680 25.6: a component has a tag that none of those has which stand before it and may be absent.
 * Of two of these the first one takes what may be either, as writers of such modules mean it.
 */
static pki_status check_sequence(linker *l, size_t item)
{
	pki_asn1_spot c = pki_asn1_first_component(l->m, spot(l, item));
	pki_status st = PKI_SUCCESS;
	bool any;

	l->tag_count = 0;
	for (; c.item != 0 && st == PKI_SUCCESS; c = pki_asn1_next_component(l->m, c)) {
		st = add_tags(l, c.item, &any);
		if (st != PKI_SUCCESS || pki_asn1_may_be_absent(l->m, c))
			continue;
		st = check_tags(l, c.item, "tags do not tell components apart", "X.680 25.6");
		l->tag_count = 0;
	}
	return st;
}

static pki_status check_set(linker *l, size_t item)
{
	pki_asn1_spot c = pki_asn1_first_component(l->m, spot(l, item));
	pki_status st = PKI_SUCCESS;
	bool any = false;

	l->tag_count = 0;
	for (; c.item != 0 && st == PKI_SUCCESS; c = pki_asn1_next_component(l->m, c)) {
		st = add_tags(l, c.item, &any);
		if (st == PKI_SUCCESS && any)
			st = refuse(l, c.item, PKI_E_STRUCTURE,
			    "a component of a SET that may have any tag", "X.680 27.3");
	}
	if (st == PKI_SUCCESS)
		st = check_tags(l, 0, "tags do not tell components apart", "X.680 27.3");
	return st;
}

static pki_status check_components(linker *l)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 1; i < l->u->m->imported && st == PKI_SUCCESS; i++) {
		uint32_t type = pki_asn1_item_type(l->u->m, i);

		if (type == ITEM_SEQUENCE)
			st = check_sequence(l, i);
		else if (type == ITEM_SET)
			st = check_set(l, i);
	}
	return st;
}

pki_status pki_asn1_link(pki_asn1 *m, size_t unit, pki_error *err)
{
	linker l = { .m = m, .u = &m->units[unit], .unit = (uint16_t)unit, .err = err };
	size_t items = l.u->m->item_count;
	pki_status st = PKI_SUCCESS;

	l.states = pki_alloc_zero(items, sizeof *l.states);
	l.order = pki_alloc_zero(items, sizeof *l.order);
	l.stack = pki_alloc_zero(items, sizeof *l.stack);
	l.arms = pki_alloc_zero(items, sizeof *l.arms);
	if (l.states == NULL || l.order == NULL || l.stack == NULL || l.arms == NULL)
		st = pki_error_nomem(err);
	if (st == PKI_SUCCESS)
		st = find_targets(&l);
	if (st == PKI_SUCCESS)
		st = find_starts(&l);
	if (st == PKI_SUCCESS)
		st = check_defaults(&l);
	if (st == PKI_SUCCESS)
		st = list_choices(&l);
	if (st == PKI_SUCCESS)
		st = fill_choices(&l);
	if (st == PKI_SUCCESS)
		st = check_components(&l);
	pki_free(l.states);
	pki_free(l.order);
	pki_free(l.stack);
	pki_free(l.arms);
	pki_free(l.tags);
	return st;
}
