/* SPDX-License-Identifier: BSD-3-Clause */
/* The compiled ASN.1 modules, walked: which productions there are, and values of each in DER. */
#ifndef TESTS_LIB_SCHEMA_H
#define TESTS_LIB_SCHEMA_H

#include <libtasn1.h>
#include <pki/base.h>

#define SCHEMA_NODES   1500
#define SCHEMA_CHOICES 160
#define SCHEMA_PATH    256

/* What asn1Parser made of one module. */
typedef struct schema {
	const char *name;
	const asn1_static_node *tree;
	asn1_node definitions;
	size_t down[SCHEMA_NODES], right[SCHEMA_NODES]; /* indexes; 0: none */
} schema;

void schema_open(schema *s, const char *name, const asn1_static_node *tree);
void schema_close(schema *s);
/* The first production; the next one; 0: none left. Types and values alike. */
size_t schema_first(const schema *s);
bool schema_is_type(const schema *s, size_t production);
bool schema_is_oid(const schema *s, size_t production);
/* Do both have a production of this name, of the same nodes? */
bool schema_same(const schema *a, size_t production, const schema *b);

/* A component's value, where the made-up one will not do. */
typedef struct schema_value {
	const char *path; /* fnmatch(3) pattern, "?1" is the first element of a SEQUENCE OF */
	const char *text; /* "hex:" and octets; "bits:101"; text; an INTEGER's decimal; an OID's
			     dots; "omit" */
} schema_value;

/*
 * What was chosen at one place: whether an OPTIONAL or DEFAULT is there ("in", "out"), which arm of
 * a CHOICE, how many elements of a SEQUENCE OF ("0", "1", "2").
 */
typedef struct schema_choice {
	char label[SCHEMA_PATH]; /* "salt=otherSource" */
	unsigned taken, of;
	bool optional; /* in or out */
} schema_choice;

typedef struct schema_shape {
	schema_choice choices[SCHEMA_CHOICES];
	size_t count;   /* reached */
	size_t forced;  /* of them were asked for; the rest are the first alternative, or */
	bool last;      /* ... the last: everything out, lists of two */
	bool undersize; /* has fewer elements than SIZE wants */
} schema_shape;

/* Writes a value of that shape with libtasn1; the shape is completed. der: for free(). */
pki_bytes schema_write(
    const schema *s, const char *production, const schema_value *values, schema_shape *shape);
/* libtasn1 reads it, strictly, and writes it again; len 0: it does not read it. For free(). */
pki_bytes schema_rewrite(const schema *s, const char *production, pki_bytes der);

/*
 * Calls `each` for shapes that together take every alternative of every choice there is. Returns
 * how many.
 */
typedef void schema_each(void *ud, pki_bytes der, const schema_shape *shape);
size_t schema_shapes(const schema *s, const char *production, const schema_value *values,
    schema_each *each, void *ud);

#endif
