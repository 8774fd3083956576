/* SPDX-License-Identifier: BSD-3-Clause */
/* What types say of the TLVs of an object. */
#include <stdlib.h>
#include <string.h>

#include "tools/asn1.h"

enum {
	NEST_MOST = 8,  /* of what an OBJECT IDENTIFIER gives a type, in such */
	NAMED_MOST = 9, /* contents octets of a number or bits that may have names */
	HIGH_TAG = 31   /* X.690 8.1.2.4 */
};

/* One node says something of the TLV that it begins with, and of the innermost one. */
struct mark {
	size_t at, order;
	const char *name, *type, *builtin;
	char *said;
	pki_asn1_kind kind; /* 0: of the TLV it begins with */
	bool holds;
};

#define NOWHERE SIZE_MAX

/* DER that is yet to be read; and the string that it is in. */
struct task {
	const char *type;
	size_t at, len, nest, string;
};

/* One tree, and where it lies in the object. */
struct tree {
	struct marks *m;
	const pki_asn1 *modules;
	const pki_asn1_value *value;
	size_t at, nest;
};

/* ---- lists ---- */

/* Room for one more; false: no memory. */
static bool grow(struct marks *m, void **list, size_t count, size_t *cap, size_t size)
{
	size_t more = *cap ? 2 * *cap : 64;
	void *p;

	if (m->failed || count < *cap)
		return !m->failed;
	p = reallocarray(*list, more, size);
	m->failed = !p;
	if (p) {
		*list = p;
		*cap = more;
	}
	return p;
}

static struct mark *add_mark(struct marks *m, size_t at)
{
	struct mark *mark;

	if (!grow(m, (void **)&m->list, m->count, &m->cap, sizeof *m->list))
		return NULL;
	mark = &m->list[m->count];
	*mark = (struct mark){ .at = at, .order = m->count };
	m->count++;
	return mark;
}

static void add_task(struct marks *m, const struct task *task)
{
	if (grow(m, (void **)&m->tasks, m->task_count, &m->task_cap, sizeof *m->tasks))
		m->tasks[m->task_count++] = *task;
}

void marks_free(struct marks *m)
{
	for (size_t i = 0; i < m->count; i++)
		free(m->list[i].said);
	free(m->list);
	free(m->tasks);
	pki_asn1_value_free(m->root);
	*m = (struct marks){ .list = NULL };
}

/* ---- where ---- */

static bool has_tag(pki_asn1_kind kind)
{
	return kind != PKI_ASN1_CHOICE && kind != PKI_ASN1_ANY;
}

/* Octets of the innermost tag and length: X.690 8.1.2, 8.1.3, 10.1. */
static size_t innermost_header(const pki_asn1_node *n)
{
	size_t octets = 2;

	if (!has_tag(n->kind))
		return 0;
	if ((n->tag & PKI_TAG_NUMBER) >= HIGH_TAG)
		for (pki_tag number = n->tag & PKI_TAG_NUMBER; number; number >>= 7)
			octets++;
	if (n->length > 127)
		for (size_t length = n->length; length; length >>= 8)
			octets++;
	return octets;
}

static size_t innermost_at(const struct tree *tree, const pki_asn1_node *n)
{
	return tree->at + n->offset + n->header - innermost_header(n);
}

/* ---- values that have names ---- */

static bool is_number(pki_asn1_kind kind)
{
	return kind == PKI_ASN1_INTEGER || kind == PKI_ASN1_ENUMERATED;
}

static bool is_hex_of(const char *s, pki_bytes contents)
{
	struct text hex = TEXT_INIT;
	bool is;

	text_hex(&hex, pki_bytes_of(contents.data + 1, contents.len - 1));
	is = strncmp(s, pki_buf_str(&hex.buf), hex.buf.len) == 0;
	text_free(&hex);
	return is;
}

/* "v3", "keyCertSign, cRLSign", and not what it is without names. */
static bool is_named(const char *s, const pki_asn1_node *n)
{
	if (*s < 'a' || *s > 'z')
		return false;
	return is_number(n->kind) || !is_hex_of(s, n->contents);
}

static char *named_value(const struct tree *tree, size_t node, const pki_asn1_node *n)
{
	pki_buf text = PKI_BUF_INIT;
	char *said = NULL;

	if (n->contents.len > NAMED_MOST || !(is_number(n->kind) || n->kind == PKI_ASN1_BIT_STRING))
		return NULL;
	if (pki_asn1_text(tree->value, node, &text, NULL) != PKI_SUCCESS)
		tree->m->failed = true;
	else if (is_named(pki_buf_str(&text), n)) {
		said = strdup(pki_buf_str(&text));
		tree->m->failed |= !said;
	}
	pki_buf_free(&text);
	return said;
}

/* ---- what an OBJECT IDENTIFIER gives a type ---- */

static bool is_list(pki_asn1_kind kind)
{
	return kind == PKI_ASN1_SEQUENCE_OF || kind == PKI_ASN1_SET_OF;
}

/* The component of a SEQUENCE that a node is, or is in: in its lists and choices. */
static bool component_of(const pki_asn1_value *v, size_t node, size_t *in, size_t *component)
{
	pki_asn1_node n;

	do {
		*component = node;
		if (!pki_asn1_get(v, node, &n))
			return false;
		*in = node = n.parent;
		if (!pki_asn1_get(v, node, &n))
			return false;
	} while (is_list(n.kind) || n.kind == PKI_ASN1_CHOICE);
	return true;
}

/* The last one before it. */
static pki_bytes oid_before(const pki_asn1_value *v, size_t node)
{
	pki_bytes oid = { NULL, 0 };
	size_t in, component;
	pki_asn1_node n;

	if (!component_of(v, node, &in, &component))
		return oid;
	for (size_t i = pki_asn1_first(v, in); i != component && i != PKI_ASN1_NONE;
	     i = pki_asn1_next(v, i))
		if (pki_asn1_get(v, i, &n) && n.kind == PKI_ASN1_OID)
			oid = n.contents;
	return oid;
}

/* What may hold DER; of a BIT STRING the octets after the first: X.690 8.6.2. */
static bool may_hold(const pki_asn1_node *n, size_t *skip)
{
	*skip = n->kind == PKI_ASN1_BIT_STRING ? 1 : 0;
	if (n->kind == PKI_ASN1_BIT_STRING)
		return n->contents.len > 1 && n->contents.data[0] == 0;
	return n->kind == PKI_ASN1_ANY || n->kind == PKI_ASN1_OCTET_STRING;
}

static void look_inside(const struct tree *tree, size_t node, const pki_asn1_node *n)
{
	struct task task = { .nest = tree->nest + 1 };
	size_t skip;

	if (tree->nest == NEST_MOST || !may_hold(n, &skip))
		return;
	task.type = pki_asn1_type_of(tree->modules, oid_before(tree->value, node));
	task.at = tree->at + n->offset + n->header + skip;
	task.len = n->length - skip;
	task.string = n->kind == PKI_ASN1_ANY ? NOWHERE : innermost_at(tree, n);
	if (task.type)
		add_task(tree->m, &task);
}

/* ---- trees ---- */

static void mark_node(const struct tree *tree, size_t node)
{
	struct mark *mark;
	pki_asn1_node n;

	if (!pki_asn1_get(tree->value, node, &n))
		return;
	mark = n.name ? add_mark(tree->m, tree->at + n.offset) : NULL;
	if (mark)
		mark->name = n.name;
	mark = add_mark(tree->m, innermost_at(tree, &n));
	if (mark) {
		mark->kind = n.kind;
		mark->type = n.type;
		mark->builtin = n.builtin;
		mark->said = named_value(tree, node, &n);
	}
	look_inside(tree, node, &n);
}

static void mark_tree(const struct tree *tree)
{
	for (size_t i = 0; i != PKI_ASN1_NONE; i = pki_asn1_step(tree->value, i)) {
		mark_node(tree, i);
		tree->m->nodes++;
	}
}

static void mark_string(struct marks *m, size_t at)
{
	struct mark *mark = at == NOWHERE ? NULL : add_mark(m, at);

	if (mark)
		mark->holds = true;
}

static void run_task(const pki_asn1 *modules, pki_bytes der, struct marks *m, const struct task *t)
{
	struct tree tree = { .m = m, .modules = modules, .at = t->at, .nest = t->nest };
	pki_asn1_value *value;
	pki_status st = pki_asn1_decode(
	    modules, t->type, pki_bytes_of(der.data + t->at, t->len), &value, NULL);

	m->failed |= st == PKI_E_NOMEM;
	if (!st) {
		tree.value = value;
		mark_string(m, t->string);
		mark_tree(&tree);
	}
	pki_asn1_value_free(value);
}

static int compare(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

pki_status marks_make(
    const pki_asn1 *m, const char *type, pki_bytes der, struct marks *out, pki_error *err)
{
	struct tree tree = { .m = out, .modules = m };
	pki_status st = pki_asn1_decode(m, type, der, &out->root, err);

	if (st)
		return st;
	tree.value = out->root;
	mark_tree(&tree);
	for (size_t i = 0; i < out->task_count && out->nodes < PKI_ASN1_NODES; i++) {
		const struct task task = out->tasks[i];

		run_task(m, der, out, &task);
	}
	if (out->failed)
		return pki_error_set(err, PKI_E_NOMEM, "no memory", NULL);
	if (out->count)
		qsort(out->list, out->count, sizeof *out->list, compare);
	return PKI_SUCCESS;
}

/* ---- labels ---- */

static void read_mark(struct label *l, const struct mark *mark)
{
	l->holds |= mark->holds;
	if (mark->kind == PKI_ASN1_CHOICE && !l->choice)
		l->choice = mark->type;
	if (!mark->kind || mark->kind == PKI_ASN1_CHOICE)
		return;
	l->kind = mark->kind;
	l->type = mark->type;
	l->builtin = mark->builtin;
	l->said = mark->said;
}

struct label marks_at(struct marks *m, size_t offset)
{
	struct label l = { .from = NULL };

	while (m->next < m->count && m->list[m->next].at < offset)
		m->next++;
	l.from = l.end = m->list ? &m->list[m->next] : NULL;
	for (; m->next < m->count && m->list[m->next].at == offset; m->next++)
		read_mark(&l, &m->list[m->next]);
	l.end = m->list ? &m->list[m->next] : NULL;
	return l;
}

const char *label_type(const struct label *l)
{
	return l->choice && l->type == l->builtin ? l->choice : l->type;
}

bool label_has_name(const struct label *l)
{
	for (const struct mark *p = l->from; p != l->end; p++)
		if (p->name)
			return true;
	return false;
}

void label_name(struct text *t, const struct label *l)
{
	const char *dot = "";

	for (const struct mark *p = l->from; p != l->end; p++) {
		if (!p->name)
			continue;
		text_add(t, dot);
		text_add(t, p->name);
		dot = ".";
	}
}
