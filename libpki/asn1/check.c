/* SPDX-License-Identifier: BSD-3-Clause */
/* Do the values that a module names exist, and are they of the right types? */
#include <string.h>

#include "libpki/asn1/check.h"
#include "libpki/core/alloc.h"
#include "libpki/core/ascii.h"
#include "libpki/core/error.h"

typedef struct checker {
	const pki_asn1_source *s;
	const pki_asn1_module *m;
	uint16_t *nodes; /* of each symbol of the source */
	pki_error *err;
} checker;

/* Of a value, not a number. */
static bool is_name(const char *text)
{
	return pki_is_alpha((uint8_t)text[0]);
}

/* ---- productions ---- */

/* The productions are in the order of the text, and imports after the rest. */
static void number_nodes(checker *c)
{
	size_t i = pki_asn1_item_right(c->m, 1);

	for (size_t k = c->s->imports; i != 0 && k < c->s->count;
	     k++, i = pki_asn1_item_right(c->m, i))
		c->nodes[k] = (uint16_t)i;
	for (size_t k = 0; i != 0 && k < c->s->imports; k++, i = pki_asn1_item_right(c->m, i))
		c->nodes[k] = (uint16_t)i;
}

static const pki_asn1_symbol *find(const checker *c, uint16_t text)
{
	return pki_asn1_source_find(c->s, pki_bytes_str(pki_asn1_item_text(c->m, text)));
}

/* The node of what the type at `node` is, references followed: of the last one where it loops. */
static size_t follow(const checker *c, size_t node)
{
	for (size_t n = 0;
	     n < PKI_ASN1_REFERENCES && pki_asn1_item_type(c->m, node) == ITEM_IDENTIFIER; n++) {
		const pki_asn1_symbol *to = find(c, c->m->items[node].value);

		if (to == NULL)
			break;
		node = c->nodes[to->index];
	}
	return node;
}

static bool is_imported(const checker *c, size_t node)
{
	return node >= c->m->imported;
}

/* ---- DEFAULT ---- */

/* Of all DEFAULTs of the text, the token after the one with that number, from 0. */
static size_t default_token(const checker *c, size_t number)
{
	size_t i = c->s->body;

	for (size_t seen = 0; i < c->s->end; i++)
		if (pki_asn1_token_is(&c->s->tokens, i, "DEFAULT") && seen++ == number)
			break;
	return i + 1;
}

static pki_status refuse_default(const checker *c, size_t number, pki_status st, const char *reason)
{
	return pki_asn1_refuse(
	    &c->s->tokens, default_token(c, number), st, reason, "X.680 25", c->err);
}

/* Has the type at `node` a number of that name? */
static bool names_number(const checker *c, size_t node, uint16_t name)
{
	for (size_t i = pki_asn1_item_down(c->m, node); i != 0; i = pki_asn1_item_right(c->m, i))
		if (pki_asn1_item_type(c->m, i) == ITEM_CONSTANT && c->m->items[i].name == name)
			return true;
	return false;
}

static bool names_value(const checker *c, uint16_t name, uint32_t type)
{
	const pki_asn1_symbol *symbol = find(c, name);

	return symbol != NULL && symbol->bits == (ITEM_ASSIGN | type);
}

/* Is DEFAULT `d` a value of the type at `node`? Of imported types it is not known. */
static bool is_value(const checker *c, size_t node, size_t d)
{
	const pki_asn1_item *item = &c->m->items[d];
	const char *text = pki_asn1_item_text(c->m, item->value);
	bool name = text != NULL && is_name(text);

	switch (pki_asn1_item_type(c->m, node)) {
	case ITEM_BOOLEAN:
		return (item->bits & (ITEM_TRUE | ITEM_FALSE)) != 0;
	case ITEM_INTEGER:
		return text != NULL &&
		    (!name || is_imported(c, node) || names_number(c, node, item->value) ||
			names_value(c, item->value, ITEM_INTEGER));
	case ITEM_ENUMERATED:
		return name && (is_imported(c, node) || names_number(c, node, item->value));
	default: /* OBJECT IDENTIFIER */
		return name && names_value(c, item->value, ITEM_OBJECT_ID);
	}
}

static pki_status check_default(const checker *c, size_t component, size_t number)
{
	size_t node = follow(c, component), d = pki_asn1_item_down(c->m, component);

	while (d != 0 && pki_asn1_item_type(c->m, d) != ITEM_DEFAULT)
		d = pki_asn1_item_right(c->m, d);
	switch (pki_asn1_item_type(c->m, node)) {
	case ITEM_BOOLEAN:
	case ITEM_INTEGER:
	case ITEM_ENUMERATED:
	case ITEM_OBJECT_ID:
		return d != 0 && is_value(c, node, d)
		    ? PKI_SUCCESS
		    : refuse_default(c, number, PKI_E_STRUCTURE, "DEFAULT is no value of the type");
	default:
		return refuse_default(
		    c, number, PKI_E_UNSUPPORTED, "libtasn1 knows no such DEFAULT: write OPTIONAL");
	}
}

static pki_status check_defaults(const checker *c)
{
	pki_status st = PKI_SUCCESS;
	size_t number = 0;

	for (size_t i = 0; st == PKI_SUCCESS && i < c->m->imported; i++)
		if ((c->m->items[i].bits & ITEM_HAS_DEFAULT) != 0)
			st = check_default(c, i, number++);
	return st;
}

/* ---- OBJECT IDENTIFIERs ---- */

/* The symbol that the value of symbol k begins with; NULL: none, or it is imported. */
static const pki_asn1_symbol *base_of(const checker *c, size_t k)
{
	size_t first = pki_asn1_item_down(c->m, c->nodes[k]);
	const char *text = first == 0 ? NULL : pki_asn1_item_text(c->m, c->m->items[first].value);
	const pki_asn1_symbol *base = text != NULL && is_name(text)
	    ? find(c, c->m->items[first].value)
	    : NULL;

	return base == NULL || base->from != 0 ? NULL : base;
}

/* `seen` has for each symbol the one from which it was come by, and 1 more. */
static pki_status check_end(const checker *c, size_t start, uint32_t *seen)
{
	for (size_t k = start;;) {
		const pki_asn1_symbol *base;

		if (seen[k] == start + 1)
			return pki_asn1_refuse(&c->s->tokens, c->s->symbols[k].token,
			    PKI_E_STRUCTURE, "an OBJECT IDENTIFIER has no end", "X.680 32", c->err);
		if (seen[k] != 0)
			return PKI_SUCCESS;
		seen[k] = (uint32_t)start + 1;
		if ((base = base_of(c, k)) == NULL)
			return PKI_SUCCESS;
		k = base->index;
	}
}

/* id-a AttributeType ::= { ... }: is that type an OBJECT IDENTIFIER? */
static pki_status check_governor(const checker *c, size_t k)
{
	const pki_asn1_item *item = &c->m->items[c->nodes[k]];
	const pki_asn1_symbol *type;

	if ((item->bits & ITEM_ONE_SIZE) == 0)
		return PKI_SUCCESS;
	type = find(c, item->value);
	if (type == NULL)
		return pki_asn1_refuse(&c->s->tokens, c->s->symbols[k].token + 1, PKI_E_STRUCTURE,
		    "no type of that name is defined or imported", "X.680 16", c->err);
	if (pki_asn1_item_type(c->m, follow(c, c->nodes[type->index])) == ITEM_OBJECT_ID)
		return PKI_SUCCESS;
	return pki_asn1_refuse(&c->s->tokens, c->s->symbols[k].token + 1, PKI_E_UNSUPPORTED,
	    "libtasn1 knows values of INTEGER and OBJECT IDENTIFIER only", "X.680 16.2", c->err);
}

static pki_status check_oids(const checker *c, uint32_t *seen)
{
	pki_status st = PKI_SUCCESS;

	for (size_t k = c->s->imports; st == PKI_SUCCESS && k < c->s->count; k++) {
		if (c->s->symbols[k].bits != (ITEM_ASSIGN | ITEM_OBJECT_ID))
			continue;
		st = check_governor(c, k);
		if (st == PKI_SUCCESS)
			st = check_end(c, k, seen);
	}
	return st;
}

pki_status pki_asn1_check_values(const pki_asn1_source *s, const pki_asn1_module *m, pki_error *err)
{
	checker c = {
		.s = s, .m = m, .nodes = pki_alloc_zero(s->count, sizeof(uint16_t)), .err = err
	};
	uint32_t *seen = pki_alloc_zero(s->count, sizeof *seen);
	pki_status st;

	if (c.nodes == NULL || seen == NULL)
		st = pki_error_nomem(err);
	else {
		number_nodes(&c);
		st = check_defaults(&c);
		if (st == PKI_SUCCESS)
			st = check_oids(&c, seen);
	}
	pki_free(c.nodes);
	pki_free(seen);
	return st;
}
