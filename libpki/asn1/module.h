/* SPDX-License-Identifier: BSD-3-Clause */
/* A compiled ASN.1 module: its productions as nodes in an array. */
#ifndef LIBPKI_ASN1_MODULE_H
#define LIBPKI_ASN1_MODULE_H

#include <pki/asn1.h>

#define PKI_ASN1_NAME 64 /* characters of a name, at most: libtasn1's ASN1_MAX_NAME_SIZE */

/*
 * The nodes are those of libtasn1's asn1_static_node, in its order: preorder, each with the bits of
 * its type as they are in the arrays that asn1Parser writes and programs contain, which is to say
 * in libtasn1's ABI. Node 0 is the module. Text is an offset into `text`; 0: none.
 */
typedef struct pki_asn1_item {
	uint32_t bits;
	uint16_t name, value;
	uint16_t right; /* the next sibling; 0: none. The first child is the next node, if DOWN. */
} pki_asn1_item;

/* The low octet of `bits`. */
enum {
	ITEM_CONSTANT = 1,
	ITEM_IDENTIFIER = 2,
	ITEM_INTEGER = 3,
	ITEM_BOOLEAN = 4,
	ITEM_SEQUENCE = 5,
	ITEM_BIT_STRING = 6,
	ITEM_OCTET_STRING = 7,
	ITEM_TAG = 8,
	ITEM_DEFAULT = 9,
	ITEM_SIZE = 10,
	ITEM_SEQUENCE_OF = 11,
	ITEM_OBJECT_ID = 12,
	ITEM_ANY = 13,
	ITEM_SET = 14,
	ITEM_SET_OF = 15,
	ITEM_DEFINITIONS = 16,
	ITEM_CHOICE = 18,
	ITEM_NULL = 20,
	ITEM_ENUMERATED = 21,
	ITEM_GENERAL_STRING = 27,
	ITEM_NUMERIC_STRING = 28,
	ITEM_IA5_STRING = 29,
	ITEM_TELETEX_STRING = 30,
	ITEM_PRINTABLE_STRING = 31,
	ITEM_UNIVERSAL_STRING = 32,
	ITEM_BMP_STRING = 33,
	ITEM_UTF8_STRING = 34,
	ITEM_VISIBLE_STRING = 35,
	ITEM_UTC_TIME = 36,
	ITEM_GENERALIZED_TIME = 37
};
#define ITEM_TYPE        0xffu
#define ITEM_UNIVERSAL   (1u << 8) /* of a tag; context-specific if none of the three */
#define ITEM_PRIVATE     (1u << 9)
#define ITEM_APPLICATION (1u << 10)
#define ITEM_EXPLICIT    (1u << 11) /* of a tag */
#define ITEM_IMPLICIT    (1u << 12)
#define ITEM_HAS_TAG     (1u << 13) /* a child of type TAG */
#define ITEM_OPTIONAL    (1u << 14)
#define ITEM_HAS_DEFAULT (1u << 15)
#define ITEM_TRUE        (1u << 16) /* of a DEFAULT */
#define ITEM_FALSE       (1u << 17)
#define ITEM_HAS_LIST    (1u << 18) /* named numbers or bits: children of type CONSTANT */
#define ITEM_MIN_MAX     (1u << 19) /* of a SIZE: the least is `value`, the most `name` */
#define ITEM_ONE_SIZE    (1u << 20) /* of a SIZE: `value`, "3" or "4|16" */
#define ITEM_HAS_SIZE    (1u << 21)
#define ITEM_DEFINED_BY  (1u << 22)
#define ITEM_ASSIGN      (1u << 28) /* a value assignment, not a type */
#define ITEM_DOWN        (1u << 29)
#define ITEM_RIGHT       (1u << 30)

/* What a module has from another one, which is named. */
typedef struct pki_asn1_import {
	uint16_t name, from; /* text */
} pki_asn1_import;

/*
 * Shipped modules are const and static; those of programs are one allocation each. What is imported
 * is defined in the module too, by a stand-in at the end, from `imported` on, as libtasn1 wants to
 * know what each name is. A stand-in's ITEM_TYPE is that of what was imported; it has nothing else.
 */
typedef struct pki_asn1_module {
	const pki_asn1_item *items;
	const char *text;
	const pki_asn1_import *imports;
	uint16_t item_count, import_count;
	uint16_t imported; /* the first stand-in; item_count: none */
} pki_asn1_module;

/* What libpki ships, in an order in which each imports from those before it. */
extern const pki_asn1_module *const pki_asn1_shipped[]; /* ends with NULL */

static inline const char *pki_asn1_item_text(const pki_asn1_module *m, uint16_t text)
{
	return text == 0 ? NULL : m->text + text;
}

static inline const char *pki_asn1_item_name(const pki_asn1_module *m, size_t i)
{
	return pki_asn1_item_text(m, m->items[i].name);
}

static inline const char *pki_asn1_item_value(const pki_asn1_module *m, size_t i)
{
	return pki_asn1_item_text(m, m->items[i].value);
}

static inline uint32_t pki_asn1_item_type(const pki_asn1_module *m, size_t i)
{
	return m->items[i].bits & ITEM_TYPE;
}

/* The first child and the next sibling; 0: none. */
static inline size_t pki_asn1_item_down(const pki_asn1_module *m, size_t i)
{
	return (m->items[i].bits & ITEM_DOWN) != 0 ? i + 1 : 0;
}

static inline size_t pki_asn1_item_right(const pki_asn1_module *m, size_t i)
{
	return m->items[i].right;
}

#define PKI_ASN1_REFERENCES 64 /* from a name to a built-in type, at most */
/*
 * Has the module that name, of its own? The ITEM_ of the type, references to other types followed;
 * or of the value, with ITEM_ASSIGN. false: no, or it takes too many references.
 */
bool pki_asn1_item_known(const pki_asn1_module *m, const char *name, uint32_t *bits);

#endif
