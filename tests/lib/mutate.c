/* SPDX-License-Identifier: BSD-3-Clause */
/* Every small change of a vector, given to an operation. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __has_include(<valgrind/valgrind.h>)
# include <valgrind/valgrind.h>
#endif
#ifndef RUNNING_ON_VALGRIND
# define RUNNING_ON_VALGRIND 0
#endif

#include "tests/lib/mutate.h"

#define SHORT_VECTOR 128  /* octets: every value of every octet is tried */
#define SAMPLE       1500 /* inputs of each sweep, of a costly operation */
#define FEW          40   /* under valgrind */
#define NODES_MAX    2000
#define DEPTH_MAX    24

typedef struct sweep {
	const mutate_op *op;
	const char *vector;
	pki_bytes in;
	uint8_t *made; /* has room for more than twice the vector */
	mutate_count count;
} sweep;

/* ---- one input ---- */

static void explain(const char *what, const mutate_op *op, pki_bytes in, const pki_error *err)
{
	char text[512];

	pki_error_text(err, text, sizeof text);
	fprintf(stderr, "%s, %s: %s\n", op->name, what, text);
	for (size_t i = 0; i < in.len && i < 1024; i++)
		fprintf(stderr, "%02x", in.data[i]);
	fprintf(stderr, "\n");
}

static bool fits(const mutate_op *op, pki_status st)
{
	switch (st) {
	case PKI_E_ARG:
		return (op->flags & MUTATE_ARG) != 0;
	case PKI_SUCCESS:
	case PKI_E_ENCODING:
	case PKI_E_STRUCTURE:
	case PKI_E_LIMIT:
	case PKI_E_UNSUPPORTED:
	case PKI_E_NOTFOUND:
	case PKI_E_PASSWORD:
	case PKI_E_SIGNATURE:
	case PKI_E_POLICY:
		return true;
	default:
		return false;
	}
}

static const char *fault_of(
    const mutate_op *op, pki_status st, pki_bytes in, const pki_buf *again, const pki_error *err)
{
	if (!fits(op, st))
		return "a status that does not fit";
	if (pki_error_status(err) != st)
		return "the error says another status";
	if (st == PKI_SUCCESS) {
		if ((op->flags & MUTATE_CANONICAL) != 0 &&
		    !pki_bytes_equal(pki_buf_bytes(again), in))
			return "accepted, and written as other octets";
		return NULL;
	}
	if (pki_error_reason(err)[0] == '\0')
		return "no reason";
	if (pki_error_function(err)[0] == '\0')
		return "no function";
	if (pki_error_offset(err) != PKI_NO_OFFSET && pki_error_offset(err) > in.len)
		return "an offset beyond the input";
	return NULL;
}

pki_status mutate_one(const mutate_op *op, const char *what, pki_bytes in)
{
	uint8_t *copy = calloc(in.len > 0 ? in.len : 1, 1);
	pki_bytes exact = pki_bytes_of(copy, in.len);
	pki_error err = PKI_ERROR_INIT;
	pki_buf again = PKI_BUF_INIT;
	const char *fault;
	pki_status st;

	ck_assert_ptr_nonnull(copy);
	if (in.len > 0)
		memcpy(copy, in.data, in.len);
	st = op->run(exact, &again, &err);
	fault = fault_of(op, st, exact, &again, &err);
	if (fault != NULL)
		explain(what, op, exact, &err);
	ck_assert_msg(fault == NULL, "%s, %s: %s", op->name, what, fault);
	pki_buf_free(&again);
	free(copy);
	return st;
}

static void try(sweep *s, const char *what, size_t len)
{
	pki_status st = mutate_one(s->op, what, pki_bytes_of(s->made, len));

	s->count.inputs++;
	s->count.accepted += st == PKI_SUCCESS;
}

/* ---- changes of octets ---- */

/* How many steps to take at once, so that `total` inputs are no more than what there is time for.
 */
static size_t stride(const sweep *s, size_t total)
{
	size_t most = SIZE_MAX;

	if ((s->op->flags & MUTATE_COSTLY) != 0)
		most = SAMPLE;
	if (RUNNING_ON_VALGRIND)
		most = FEW;
	return total / most + 1;
}

static void copy_vector(sweep *s)
{
	memcpy(s->made, s->in.data, s->in.len);
}

static void truncations(sweep *s)
{
	size_t step = stride(s, s->in.len);

	copy_vector(s);
	for (size_t len = 0; len < s->in.len; len += step)
		try(s, "truncated", len);
}

static void change(sweep *s, size_t at, unsigned with)
{
	s->made[at] ^= (uint8_t)with;
	try(s, "octet changed", s->in.len);
	s->made[at] ^= (uint8_t)with;
}

static void every_value(sweep *s)
{
	size_t step = stride(s, s->in.len * 255);

	for (size_t i = 0; i < s->in.len * 255; i += step)
		change(s, i / 255, (unsigned)(i % 255 + 1));
}

static void chosen_values(sweep *s)
{
	static const unsigned with[] = { 0x01, 0x80, 0xff, 0x7f, 0x20, 0x02, 0x40, 0x10, 0x04,
		0x08 };
	size_t total = s->in.len * (sizeof with / sizeof *with), step = stride(s, total);

	for (size_t i = 0; i < total; i += step)
		change(s, i % s->in.len, with[i / s->in.len]);
}

static void changes(sweep *s)
{
	copy_vector(s);
	if (s->in.len <= SHORT_VECTOR)
		every_value(s);
	else
		chosen_values(s);
}

static void put(sweep *s, size_t at, size_t drop, const char *insert, size_t n)
{
	memcpy(s->made, s->in.data, at);
	memcpy(s->made + at, insert, n);
	memcpy(s->made + at + n, s->in.data + at + drop, s->in.len - at - drop);
	try(s, n > 0 ? "octet inserted" : "octet removed", s->in.len - drop + n);
}

static void removals(sweep *s)
{
	size_t step = stride(s, s->in.len);

	for (size_t at = 0; at < s->in.len; at += step)
		put(s, at, 1, "", 0);
}

static void insertions(sweep *s)
{
	static const char octets[] = { '\0', '\n', ' ', '-', '=', 'A', '\x80', '\xff' };
	size_t kinds = (s->op->flags & MUTATE_TEXT) != 0 ? sizeof octets : 1;
	size_t step = stride(s, s->in.len * kinds);

	for (size_t i = 0; i < s->in.len * kinds; i += step)
		put(s, i / kinds, 0, octets + i % kinds, 1);
	put(s, s->in.len, 0, octets, 1);
}

/* ---- changes of elements ---- */

/* A TLV, whose children are those of a constructed one, and of a string that holds DER. */
typedef struct node {
	const uint8_t *tlv;
	size_t header, length;
	size_t parent, next; /* indexes; 0: none */
	size_t child, depth; /* child: index of the first */
	bool bits;           /* children follow an octet of unused bits */
} node;

typedef struct tree {
	node nodes[NODES_MAX];
	size_t count;
} tree;

typedef enum edit {
	KEEP,
	REMOVE,
	DUPLICATE,
	SWAP,
	EMPTY,
	RETYPE,
	LONGER,
	SHORTER,
	HUGE_LENGTH,
	LONG_LENGTH,
	INDEFINITE,
	HIGH_TAG,
	EXTRA_CHILD,
	EXTRA_OCTET,
	LAST_OCTET_LOST,
} edit;

static const char *const edit_names[] = { "kept", "element removed", "element twice",
	"elements swapped", "element emptied", "element retyped", "length one more",
	"length one less", "length huge", "length not minimal", "length indefinite",
	"tag not minimal", "element added inside", "octet added inside", "last octet lost" };

/* A header that is good enough to walk by: one octet of tag, definite length. */
static bool header_at(const uint8_t *p, size_t left, node *n)
{
	size_t octets, length = 0;

	if (left < 2 || (p[0] & 0x1f) == 0x1f || p[0] == 0)
		return false;
	octets = p[1] > 0x80 ? p[1] & 0x7f : 0;
	if (p[1] == 0x80 || octets > 4 || left < 2 + octets)
		return false;
	for (size_t i = 0; i < octets; i++)
		length = length << 8 | p[2 + i];
	if (octets == 0)
		length = p[1];
	if (length > left - 2 - octets)
		return false;
	*n = (node){ .tlv = p, .header = 2 + octets, .length = length };
	return true;
}

static bool all_tlvs(const uint8_t *p, size_t left)
{
	node n;

	while (left > 0) {
		if (!header_at(p, left, &n))
			return false;
		p += n.header + n.length;
		left -= n.header + n.length;
	}
	return true;
}

/* Octets before the children; SIZE_MAX: there are none. */
static size_t lead(const node *n)
{
	const uint8_t *in = n->tlv + n->header;

	if (n->length == 0)
		return SIZE_MAX;
	if ((n->tlv[0] & 0x20) != 0)
		return all_tlvs(in, n->length) ? 0 : SIZE_MAX;
	if (n->tlv[0] == 0x04 && all_tlvs(in, n->length))
		return 0;
	if (n->tlv[0] == 0x03 && in[0] == 0 && n->length > 1 && all_tlvs(in + 1, n->length - 1))
		return 1;
	return SIZE_MAX;
}

static size_t add_list(tree *t, size_t parent, const uint8_t *p, size_t left, size_t depth)
{
	size_t first = t->count, before = 0;
	node n;

	while (left > 0 && t->count < NODES_MAX && header_at(p, left, &n)) {
		n.parent = parent;
		n.depth = depth;
		if (before != 0)
			t->nodes[before].next = t->count;
		before = t->count;
		t->nodes[t->count++] = n;
		p += n.header + n.length;
		left -= n.header + n.length;
	}
	return left == 0 ? first : 0;
}

/* Breadth first; node 0 is no node. A list that does not fit is left out whole. */
static void build(tree *t, pki_bytes in)
{
	t->count = 1;
	if (add_list(t, 0, in.data, in.len, 1) == 0)
		t->count = 1;
	for (size_t i = 1; i < t->count; i++) {
		node *n = &t->nodes[i];
		size_t skip = lead(n), mark = t->count;

		if (skip == SIZE_MAX || n->depth >= DEPTH_MAX)
			continue;
		n->bits = skip == 1;
		n->child = add_list(
		    t, i, n->tlv + n->header + skip, n->length - skip, n->depth + 1);
		if (n->child == 0)
			t->count = mark;
	}
}

typedef struct writer {
	const tree *t;
	size_t target;
	edit how;
	uint8_t tag; /* RETYPE */
	uint8_t *out;
	size_t len;
} writer;

static void octet(writer *w, unsigned v)
{
	w->out[w->len++] = (uint8_t)v;
}

static size_t length_octets(size_t n)
{
	size_t octets = 1;

	if (n < 0x80)
		return 0;
	while (n >> 8 * octets != 0)
		octets++;
	return octets;
}

static void write_length(writer *w, size_t n, size_t octets)
{
	if (octets == 0)
		return octet(w, (unsigned)n);
	octet(w, (unsigned)(0x80 | octets));
	while (octets-- > 0)
		octet(w, (unsigned)(n >> 8 * octets & 0xff));
}

static void write_header(writer *w, edit how, unsigned tag, size_t length)
{
	if (how == HIGH_TAG) {
		octet(w, (tag & 0xe0) | 0x1f);
		octet(w, tag & 0x1f);
	} else {
		octet(w, how == RETYPE ? w->tag : tag);
	}
	if (how == INDEFINITE)
		return octet(w, 0x80);
	if (how == HUGE_LENGTH)
		return write_length(w, 0xfffffffe, 4);
	if (how == LONG_LENGTH)
		return write_length(w, length, length_octets(length) + 1);
	length += how == LONGER;
	length -= how == SHORTER && length > 0;
	write_length(w, length, length_octets(length));
}

static void write_list(writer *w, size_t first);

static void write_contents(writer *w, edit how, const node *n)
{
	if (how == EMPTY)
		return;
	if (n->child == 0) {
		memcpy(w->out + w->len, n->tlv + n->header, n->length);
		w->len += n->length;
	} else {
		if (n->bits)
			octet(w, 0);
		write_list(w, n->child);
	}
	if (how == EXTRA_CHILD)
		octet(w, 0x05);
	if (how == EXTRA_CHILD || how == EXTRA_OCTET)
		octet(w, 0x00);
}

/* Contents first, to know how long they are; then the header, and the contents behind it. */
static void write_node(writer *w, size_t i, edit how)
{
	const node *n = &w->t->nodes[i];
	size_t start = w->len, header, length;
	uint8_t room[16];
	writer front = *w;

	write_contents(w, how, n);
	length = w->len - start;
	if (how == LAST_OCTET_LOST && length > 0)
		length--;
	front.out = room;
	front.len = 0;
	write_header(&front, how, n->tlv[0], length);
	header = front.len;
	memmove(w->out + start + header, w->out + start, length);
	memcpy(w->out + start, room, header);
	w->len = start + header + length;
	if (how == INDEFINITE) {
		octet(w, 0);
		octet(w, 0);
	}
}

static void write_list(writer *w, size_t first)
{
	for (size_t i = first; i != 0; i = w->t->nodes[i].next) {
		size_t next = w->t->nodes[i].next;
		edit how = i == w->target ? w->how : KEEP;

		if (how == REMOVE)
			continue;
		if (how == SWAP && next != 0) {
			write_node(w, next, KEEP);
			write_node(w, i, KEEP);
			i = next;
			continue;
		}
		if (how == DUPLICATE)
			write_node(w, i, KEEP);
		write_node(w, i, how);
	}
}

static void try_edit(sweep *s, const tree *t, size_t target, edit how, unsigned tag)
{
	writer w = { t, target, how, (uint8_t)tag, s->made, 0 };

	write_list(&w, 1);
	try(s, edit_names[how], w.len);
}

static const uint8_t tags[] = { 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x08, 0x09, 0x0a, 0x0c, 0x0d,
	0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1b, 0x1c, 0x1e, 0x30, 0x31, 0x24, 0x23, 0x22,
	0x2c, 0x33, 0x40, 0x60, 0xc0, 0xe0, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88,
	0x89, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0x00, 0x20 };

/* Every edit of every element; `i` counts both. */
static void elements(sweep *s)
{
	size_t kinds = LAST_OCTET_LOST + sizeof tags, step;
	tree *t = malloc(sizeof *t);

	ck_assert_ptr_nonnull(t);
	build(t, s->in);
	ck_assert_msg(t->count > 1, "%s: the vector is no DER", s->vector);
	step = stride(s, (t->count - 1) * kinds);
	for (size_t i = 0; i < (t->count - 1) * kinds; i += step) {
		size_t target = 1 + i % (t->count - 1), kind = i / (t->count - 1);

		if (kind < sizeof tags)
			try_edit(s, t, target, RETYPE, tags[kind]);
		else
			try_edit(s, t, target, (edit)(kind - sizeof tags + 1), 0);
	}
	free(t);
}

/* ---- all of it ---- */

mutate_count mutate_all(const mutate_op *op, const char *vector_name, pki_bytes vector)
{
	sweep s = { op, vector_name, vector, malloc(2 * vector.len + 64), { 0, 0 } };
	bool text = (op->flags & MUTATE_TEXT) != 0;
	pki_status st;

	ck_assert_ptr_nonnull(s.made);
	st = mutate_one(op, vector_name, vector);
	ck_assert_msg(st == PKI_SUCCESS, "%s does not accept %s: %s", op->name, vector_name,
	    pki_status_text(st));
	truncations(&s);
	changes(&s);
	removals(&s);
	insertions(&s);
	if (!text)
		elements(&s);
	free(s.made);
	return s.count;
}
