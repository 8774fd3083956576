/* SPDX-License-Identifier: BSD-3-Clause */
/* The compiled ASN.1 modules, walked. */
#include <check.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/schema.h"
#include "tests/lib/t.h"

/*
 * The bits of asn1_static_node.type: the ABI between asn1Parser's output, which programs contain,
 * and the library that reads it.
 */
#define TYPE     0xffu
#define OPTION   (1u << 14)
#define DEFAULT  (1u << 15)
#define IS_TRUE  (1u << 16)
#define MIN_MAX  (1u << 19)
#define ONE_SIZE (1u << 20)
#define ASSIGN   (1u << 28)
#define DOWN     (1u << 29)
#define RIGHT    (1u << 30)

#define SHAPES_MAX 1500

static unsigned type_of(const schema *s, size_t i)
{
	return s->tree[i].type & TYPE;
}

static const char *value_of(const schema *s, size_t i)
{
	return s->tree[i].value;
}

/* ---- the tree ---- */

/* The array is the tree in preorder. Links node i and all that is right of it and below. */
static size_t link_nodes(schema *s, size_t i)
{
	for (;;) {
		unsigned flags = s->tree[i].type;
		size_t next = i + 1;

		ck_assert_uint_lt(next, SCHEMA_NODES);
		if ((flags & DOWN) != 0) {
			s->down[i] = next;
			next = link_nodes(s, next);
		}
		if ((flags & RIGHT) == 0)
			return next;
		s->right[i] = next;
		i = next;
	}
}

void schema_open(schema *s, const char *name, const asn1_static_node *tree)
{
	char why[ASN1_MAX_ERROR_DESCRIPTION_SIZE];

	memset(s, 0, sizeof *s);
	s->name = name;
	s->tree = tree;
	ck_assert_msg(
	    asn1_array2tree(tree, &s->definitions, why) == ASN1_SUCCESS, "%s: %s", name, why);
	link_nodes(s, 0);
}

void schema_close(schema *s)
{
	asn1_delete_structure(&s->definitions);
}

static bool is_production(const schema *s, size_t i)
{
	return s->tree[i].name != NULL;
}

size_t schema_first(const schema *s)
{
	size_t i = s->down[0];

	while (i != 0 && !is_production(s, i))
		i = s->right[i];
	return i;
}

bool schema_is_type(const schema *s, size_t i)
{
	return (s->tree[i].type & ASSIGN) == 0;
}

bool schema_is_oid(const schema *s, size_t i)
{
	return !schema_is_type(s, i) && type_of(s, i) == ASN1_ETYPE_OBJECT_ID;
}

static size_t find(const schema *s, const char *name)
{
	for (size_t i = schema_first(s); i != 0; i = s->right[i])
		if (strcmp(s->tree[i].name, name) == 0)
			return i;
	return 0;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_nodes(const schema *a, size_t i, const schema *b, size_t j)
{
	for (; i != 0 && j != 0; i = a->right[i], j = b->right[j]) {
		if (((a->tree[i].type ^ b->tree[j].type) & ~RIGHT) != 0 ||
		    !same_text(a->tree[i].name, b->tree[j].name) ||
		    !same_text(value_of(a, i), value_of(b, j)) ||
		    !same_nodes(a, a->down[i], b, b->down[j]))
			return false;
	}
	return i == j;
}

bool schema_same(const schema *a, size_t i, const schema *b)
{
	size_t j = find(b, a->tree[i].name);

	return j != 0 && ((a->tree[i].type ^ b->tree[j].type) & ~RIGHT) == 0 &&
	    same_text(value_of(a, i), value_of(b, j)) && same_nodes(a, a->down[i], b, b->down[j]);
}

/* A node's child that is a type, not a tag, size, default or named number. */
static bool is_component(const schema *s, size_t i)
{
	switch (type_of(s, i)) {
	case ASN1_ETYPE_CONSTANT:
	case ASN1_ETYPE_TAG:
	case ASN1_ETYPE_DEFAULT:
	case ASN1_ETYPE_SIZE:
		return false;
	default:
		return true;
	}
}

static size_t component(const schema *s, size_t i)
{
	while (i != 0 && !is_component(s, i))
		i = s->right[i];
	return i;
}

static size_t child_of_type(const schema *s, size_t parent, unsigned type)
{
	size_t i = s->down[parent];

	while (i != 0 && type_of(s, i) != type)
		i = s->right[i];
	return i;
}

/* ---- a value, written ---- */

typedef struct writer {
	const schema *s;
	const schema_value *values;
	schema_shape *shape;
	asn1_node to;
	unsigned made_up;
} writer;

static void put(writer *w, const char *path, const void *value, int len)
{
	int rc = asn1_write_value(w->to, path, value, len);

	ck_assert_msg(rc == ASN1_SUCCESS, "%s.%s: %s", w->s->name, path, asn1_strerror(rc));
}

/* One of `of` alternatives. */
static unsigned choose(writer *w, const char *path, unsigned of)
{
	schema_shape *shape = w->shape;
	schema_choice *c = &shape->choices[shape->count];

	ck_assert_uint_lt(shape->count, SCHEMA_CHOICES);
	if (shape->count++ >= shape->forced)
		c->taken = shape->last ? of - 1 : 0;
	c->of = of;
	c->optional = false;
	ck_assert_uint_lt(c->taken, of);
	snprintf(c->label, sizeof c->label, "%s=", path);
	return c->taken;
}

static void label(writer *w, const char *what)
{
	schema_choice *c = &w->shape->choices[w->shape->count - 1];
	size_t used = strlen(c->label);

	snprintf(c->label + used, sizeof c->label - used, "%s", what);
}

static const char *given(const writer *w, const char *path)
{
	for (const schema_value *v = w->values; v != NULL && v->path != NULL; v++)
		if (fnmatch(v->path, path, 0) == 0)
			return v->text;
	return NULL;
}

/* "bits:101" */
static void put_bits(writer *w, const char *path, const char *text)
{
	uint8_t octets[32] = { 0 };
	size_t n = strlen(text);

	ck_assert_uint_le(n, sizeof octets * 8);
	for (size_t i = 0; i < n; i++)
		octets[i / 8] |= text[i] == '1' ? (uint8_t)(0x80u >> i % 8) : 0;
	put(w, path, octets, (int)n);
}

static void put_given(writer *w, const char *path, unsigned type, const char *text)
{
	pki_bytes octets = strncmp(text, "hex:", 4) == 0 ? t_hex(text + 4) : pki_bytes_str(text);
	bool number = (type == ASN1_ETYPE_INTEGER || type == ASN1_ETYPE_ENUMERATED) &&
	    octets.data == (const uint8_t *)text;

	if (strncmp(text, "bits:", 5) == 0)
		put_bits(w, path, text + 5);
	else if (number || type == ASN1_ETYPE_OBJECT_ID || type == ASN1_ETYPE_BOOLEAN)
		put(w, path, text, number ? 0 : 1);
	else
		put(w, path, octets.data,
		    (int)octets.len * (type == ASN1_ETYPE_BIT_STRING ? 8 : 1));
}

/* Another one each time, so that a SET OF or a list of extensions does not have it twice. */
static void put_made_up(writer *w, const char *path, unsigned type)
{
	unsigned n = w->made_up++ % 26;
	char text[32];

	switch (type) {
	case ASN1_ETYPE_BOOLEAN:
		put(w, path, "TRUE", 1);
		break;
	case ASN1_ETYPE_ENUMERATED:
		put(w, path, "1", 0);
		break;
	case ASN1_ETYPE_NULL:
		break; /* has one value, which is not written */
	case ASN1_ETYPE_INTEGER:
		snprintf(text, sizeof text, "%u", n + 1);
		put(w, path, text, 0);
		break;
	case ASN1_ETYPE_OBJECT_ID:
		snprintf(text, sizeof text, "1.3.6.1.4.1.55555.%u", n);
		put(w, path, text, 1);
		break;
	case ASN1_ETYPE_BIT_STRING:
		put(w, path, "\x01\x80", 9);
		break;
	case ASN1_ETYPE_ANY:
		snprintf(text, sizeof text, "\x0c\x01%c", 'a' + (int)n);
		put(w, path, text, 3);
		break;
	case ASN1_ETYPE_UTC_TIME:
		put(w, path, "261124021000Z", 13);
		break;
	case ASN1_ETYPE_GENERALIZED_TIME:
		put(w, path, "20501124021000Z", 15);
		break;
	case ASN1_ETYPE_BMP_STRING:
		put(w, path, "\x20\xac", 2);
		break;
	case ASN1_ETYPE_UNIVERSAL_STRING:
		put(w, path, "\0\x01\xf6\0", 4);
		break;
	default:
		snprintf(text, sizeof text, "text %c", 'a' + (int)n);
		put(w, path, text, (int)strlen(text));
		break;
	}
}

static void write_node(writer *w, size_t i, const char *path);

static void join(char out[SCHEMA_PATH], const char *path, const char *name)
{
	int n = snprintf(out, SCHEMA_PATH, "%s%s%s", path, path[0] == '\0' ? "" : ".", name);

	ck_assert_int_lt(n, SCHEMA_PATH);
}

/* Leave it out: the DEFAULT's own value, which libtasn1 does not encode, or nothing. */
static void leave_out(writer *w, size_t i, const char *path)
{
	size_t d = child_of_type(w->s, i, ASN1_ETYPE_DEFAULT);

	if (d == 0)
		put(w, path, NULL, 0);
	else if (type_of(w->s, i) == ASN1_ETYPE_BOOLEAN)
		put(w, path, (w->s->tree[d].type & IS_TRUE) != 0 ? "TRUE" : "FALSE", 1);
	else
		put(w, path, value_of(w->s, d), 0);
}

static void write_components(writer *w, size_t parent, const char *path)
{
	const schema *s = w->s;
	char inner[SCHEMA_PATH];

	for (size_t i = component(s, s->down[parent]); i != 0; i = component(s, s->right[i])) {
		const char *text;

		join(inner, path, s->tree[i].name);
		text = given(w, inner);
		if (text != NULL && strcmp(text, "omit") == 0) {
			leave_out(w, i, inner);
			continue;
		}
		if ((s->tree[i].type & (OPTION | DEFAULT)) != 0) {
			unsigned out = choose(w, inner, 2);

			w->shape->choices[w->shape->count - 1].optional = true;
			label(w, out ? "out" : "in");
			if (out) {
				leave_out(w, i, inner);
				continue;
			}
		}
		write_node(w, i, inner);
	}
}

static unsigned least(const schema *s, size_t i)
{
	size_t size = child_of_type(s, i, ASN1_ETYPE_SIZE);

	if (size == 0 || (s->tree[size].type & (MIN_MAX | ONE_SIZE)) == 0)
		return 0;
	return (unsigned)strtoul(value_of(s, size), NULL, 10);
}

static void write_elements(writer *w, size_t i, const char *path)
{
	static const unsigned counts[] = { 1, 0, 2 };
	unsigned count = counts[choose(w, path, 3)];
	char inner[SCHEMA_PATH], name[16];

	snprintf(name, sizeof name, "%u", count);
	label(w, name);
	if (count < least(w->s, i))
		w->shape->undersize = true;
	if (count == 0) {
		put(w, path, "NEW", 1);
		join(inner, path, "?1");
		ck_assert_int_eq(asn1_delete_element(w->to, inner), ASN1_SUCCESS);
	}
	for (unsigned n = 1; n <= count; n++) {
		snprintf(name, sizeof name, "?%u", n);
		join(inner, path, name);
		put(w, path, "NEW", 1);
		write_node(w, component(w->s, w->s->down[i]), inner);
	}
}

static void write_choice(writer *w, size_t parent, const char *path)
{
	const schema *s = w->s;
	size_t first = component(s, s->down[parent]), i;
	char inner[SCHEMA_PATH];
	unsigned arms = 0, arm;

	for (i = first; i != 0; i = component(s, s->right[i]))
		arms++;
	arm = choose(w, path, arms);
	for (i = first; arm > 0; arm--)
		i = component(s, s->right[i]);
	label(w, s->tree[i].name);
	put(w, path, s->tree[i].name, 1);
	join(inner, path, s->tree[i].name);
	write_node(w, i, inner);
}

static void write_node(writer *w, size_t i, const char *path)
{
	unsigned type = type_of(w->s, i);
	const char *text = given(w, path);

	while (type == ASN1_ETYPE_IDENTIFIER) {
		const char *name = value_of(w->s, i);

		i = find(w->s, name);
		ck_assert_msg(i != 0, "%s: no %s", w->s->name, name);
		type = type_of(w->s, i);
	}
	switch (type) {
	case ASN1_ETYPE_SEQUENCE:
	case ASN1_ETYPE_SET:
		write_components(w, i, path);
		break;
	case ASN1_ETYPE_SEQUENCE_OF:
	case ASN1_ETYPE_SET_OF:
		write_elements(w, i, path);
		break;
	case ASN1_ETYPE_CHOICE:
		write_choice(w, i, path);
		break;
	default:
		if (text != NULL)
			put_given(w, path, type, text);
		else
			put_made_up(w, path, type);
		break;
	}
}

static asn1_node element(const schema *s, const char *production)
{
	char path[2 * ASN1_MAX_NAME_SIZE + 2];
	asn1_node e = NULL;
	int rc;

	snprintf(path, sizeof path, "%s.%s", s->name, production);
	rc = asn1_create_element(s->definitions, path, &e);
	ck_assert_msg(rc == ASN1_SUCCESS, "%s: %s", path, asn1_strerror(rc));
	return e;
}

static pki_bytes code(asn1_node e, const char *production)
{
	char why[ASN1_MAX_ERROR_DESCRIPTION_SIZE] = "";
	int len = 0, rc = asn1_der_coding(e, "", NULL, &len, why);
	uint8_t *der;

	ck_assert_msg(
	    rc == ASN1_MEM_ERROR && len > 0, "%s: %s %s", production, asn1_strerror(rc), why);
	der = malloc((size_t)len);
	ck_assert_ptr_nonnull(der);
	ck_assert_int_eq(asn1_der_coding(e, "", der, &len, why), ASN1_SUCCESS);
	return pki_bytes_of(der, (size_t)len);
}

pki_bytes schema_write(
    const schema *s, const char *production, const schema_value *values, schema_shape *shape)
{
	writer w = { s, values, shape, element(s, production), 0 };
	pki_bytes der;

	shape->count = 0;
	shape->undersize = false;
	write_node(&w, find(s, production), "");
	der = code(w.to, production);
	asn1_delete_structure(&w.to);
	return der;
}

pki_bytes schema_rewrite(const schema *s, const char *production, pki_bytes der)
{
	asn1_node e = element(s, production);
	int len = (int)der.len, rc;
	pki_bytes again = { NULL, 0 };

	rc = asn1_der_decoding2(&e, der.data, &len, ASN1_DECODE_FLAG_STRICT_DER, NULL);
	if (rc == ASN1_SUCCESS && len == (int)der.len)
		again = code(e, production);
	asn1_delete_structure(&e);
	return again;
}

/* ---- all shapes ---- */

typedef struct seen {
	char labels[SHAPES_MAX][SCHEMA_PATH + 8];
	size_t count;
	schema_shape todo[SHAPES_MAX];
	size_t todo_count;
} seen;

/* Is this the first time that this alternative is thought of? Of an OPTIONAL there may be two
 * choices at one place: whether it is there, and which one. */
static bool is_new(seen *k, const char *place, bool optional, unsigned alternative)
{
	char name[SCHEMA_PATH + 8];

	snprintf(name, sizeof name, "%s%s/%u", place, optional ? "?" : "", alternative);
	for (size_t i = 0; i < k->count; i++)
		if (strcmp(k->labels[i], name) == 0)
			return false;
	ck_assert_uint_lt(k->count, SHAPES_MAX);
	strcpy(k->labels[k->count++], name);
	return true;
}

/* Where a shape chose by itself, the alternatives are shapes of their own. */
static void branch(seen *k, const schema_shape *shape)
{
	for (size_t i = 0; i < shape->count; i++) {
		const schema_choice *c = &shape->choices[i];
		char place[SCHEMA_PATH];

		snprintf(place, sizeof place, "%.*s", (int)(strrchr(c->label, '=') - c->label),
		    c->label);
		(void)is_new(k, place, c->optional, c->taken);
		for (unsigned a = 0; a < c->of; a++) {
			if (!is_new(k, place, c->optional, a))
				continue;
			ck_assert_uint_lt(k->todo_count, SHAPES_MAX);
			k->todo[k->todo_count] = *shape;
			k->todo[k->todo_count].forced = i + 1;
			k->todo[k->todo_count++].choices[i].taken = a;
		}
	}
}

size_t schema_shapes(const schema *s, const char *production, const schema_value *values,
    schema_each *each, void *ud)
{
	seen *k = calloc(1, sizeof *k);
	size_t done;

	ck_assert_ptr_nonnull(k);
	k->todo_count = 2;
	k->todo[1].last = true;
	for (done = 0; done < k->todo_count; done++) {
		schema_shape *shape = &k->todo[done];
		pki_bytes der = schema_write(s, production, values, shape);

		if (!shape->last)
			branch(k, shape);
		each(ud, der, shape);
		free((void *)(uintptr_t)der.data);
	}
	free(k);
	return done;
}
