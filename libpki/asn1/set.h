/* SPDX-License-Identifier: BSD-3-Clause */
/* Modules that know each other: what each name means, and the tags of each type. */
#ifndef LIBPKI_ASN1_SET_H
#define LIBPKI_ASN1_SET_H

#include "libpki/asn1/module.h"
#include "libpki/core/ref.h"

/* An item of one of the modules. */
typedef struct pki_asn1_spot {
	uint16_t unit, item;
} pki_asn1_spot;

/* The tag, without its constructed bit, of what an alternative may begin with. */
typedef struct pki_asn1_arm {
	pki_tag tag;
	uint16_t item;
} pki_asn1_arm;

/* A CHOICE without a tag of its own. */
typedef struct pki_asn1_choice {
	size_t first, count; /* of the unit's arms, sorted by tag */
	uint16_t item;
	uint16_t any; /* the alternative that takes whatever the others do not; 0: none */
} pki_asn1_choice;

/* What the encoding of an item begins with, worked out once. */
typedef struct pki_asn1_start {
	pki_tag tag;        /* the outermost; 0: there are several, or any */
	pki_asn1_spot base; /* the built-in type */
} pki_asn1_start;

/* An OBJECT IDENTIFIER and the type that stands after it. */
typedef struct pki_asn1_meaning {
	pki_buf oid;
	const char *type;
	size_t order;
} pki_asn1_meaning;

/* One module in the set. */
typedef struct pki_asn1_unit {
	const pki_asn1_module *m;
	pki_asn1_module *own;  /* m, of a program's module; else NULL */
	uint16_t *productions; /* sorted by name */
	size_t production_count;
	pki_asn1_spot *targets;   /* of each item that is an IDENTIFIER: what it names */
	pki_asn1_start *starts;   /* of each item */
	pki_asn1_choice *choices; /* sorted by item */
	size_t choice_count, choice_room;
	pki_asn1_arm *arms;
	size_t arm_count, arm_room;
	char *names; /* "Module.Type", one behind the other */
	const char **types;
	size_t type_count;
} pki_asn1_unit;

struct pki_asn1 {
	pki_ref refs;
	pki_ctx *ctx;
	pki_asn1_unit *units;
	size_t unit_count, unit_room;
	pki_asn1_meaning *meanings; /* sorted by OID, of equal ones the last module's first */
	size_t meaning_count, meaning_room;
};

/* The module of a spot; its item's name, value, ITEM_ type and bits. */
static inline const pki_asn1_module *pki_asn1_module_of(const pki_asn1 *m, pki_asn1_spot s)
{
	return m->units[s.unit].m;
}
static inline const char *pki_asn1_name(const pki_asn1 *m, pki_asn1_spot s)
{
	return pki_asn1_item_name(pki_asn1_module_of(m, s), s.item);
}
static inline const char *pki_asn1_value_text(const pki_asn1 *m, pki_asn1_spot s)
{
	return pki_asn1_item_value(pki_asn1_module_of(m, s), s.item);
}
static inline uint32_t pki_asn1_type(const pki_asn1 *m, pki_asn1_spot s)
{
	return pki_asn1_item_type(pki_asn1_module_of(m, s), s.item);
}
static inline uint32_t pki_asn1_bits(const pki_asn1 *m, pki_asn1_spot s)
{
	return pki_asn1_module_of(m, s)->items[s.item].bits;
}
/* Is a component OPTIONAL, or has it a DEFAULT? */
static inline bool pki_asn1_may_be_absent(const pki_asn1 *m, pki_asn1_spot component)
{
	return (pki_asn1_bits(m, component) & (ITEM_OPTIONAL | ITEM_HAS_DEFAULT)) != 0;
}
/* What the linker found of an item that is no stand-in. */
static inline const pki_asn1_start *pki_asn1_start_of(const pki_asn1 *m, pki_asn1_spot s)
{
	return &m->units[s.unit].starts[s.item];
}

pki_asn1 *pki_asn1_ref(const pki_asn1 *m);
/* The production of that name in a unit; item 0: none. */
pki_asn1_spot pki_asn1_production(const pki_asn1 *m, size_t unit, const char *name);
/* What a name in a unit means, wherever it is defined; item 0: nothing. */
pki_asn1_spot pki_asn1_named(const pki_asn1 *m, size_t unit, const char *name);
/* "Module.Type" or "Type". PKI_E_NOTFOUND: none, or several. */
pki_status pki_asn1_lookup(
    const pki_asn1 *m, const char *type, pki_asn1_spot *out, pki_error *err) PKI_MUST_USE;

/* Of a type or component: the first of its own components, alternatives or elements; the next one.
 * Item 0: none. */
pki_asn1_spot pki_asn1_first_component(const pki_asn1 *m, pki_asn1_spot type);
pki_asn1_spot pki_asn1_next_component(const pki_asn1 *m, pki_asn1_spot component);
/* Its child of that ITEM_ type; item 0: none. */
pki_asn1_spot pki_asn1_item_child(const pki_asn1 *m, pki_asn1_spot s, uint32_t type);

/* Adds a unit's choices, and checks it all: pki_asn1_add's errors. */
pki_status pki_asn1_link(pki_asn1 *m, size_t unit, pki_error *err) PKI_MUST_USE;

#endif
