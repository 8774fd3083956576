/* SPDX-License-Identifier: BSD-3-Clause */
/* A value of a type, as a tree: walked, asked, changed. */
#include "libpki/asn1/tree.h"

#include <stdio.h>
#include <string.h>

#include "libpki/asn1/leaf.h"
#include "libpki/core/alloc.h"
#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

/* ---- nodes ---- */

static bool is_node(const pki_asn1_value *v, size_t node)
{
	return v != NULL && node < v->count && !v->nodes[node].removed;
}

static const pki_asn1_tnode *at(const pki_asn1_value *v, size_t node)
{
	return &v->nodes[node];
}

bool pki_asn1_tree_is_list(const pki_asn1_value *v, const pki_asn1_tnode *n)
{
	pki_asn1_kind kind = pki_asn1_kind_of(v->set, n->base);

	return kind == PKI_ASN1_SEQUENCE_OF || kind == PKI_ASN1_SET_OF;
}

static pki_status new_node(
    pki_asn1_value *v, size_t parent, pki_asn1_spot item, size_t *node, pki_error *err)
{
	pki_asn1_tnode *list;
	pki_asn1_shape s;

	if (v->count == PKI_ASN1_NODES)
		return pki_error_set(err, PKI_E_LIMIT, "too many nodes", NULL);
	list = pki_list_room(v->nodes, NULL, v->count, &v->room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	v->nodes = list;
	if (!pki_asn1_shape_of(v->set, item, &s))
		return pki_error_set(err, PKI_E_INTERNAL, "a type that was not linked", NULL);
	list[v->count] = (pki_asn1_tnode){ .item = item,
		.base = s.base,
		.parent = (uint32_t)parent,
		.depth = v->count == 0 ? 0 : at(v, parent)->depth + 1,
		.offset = NO_OFFSET,
		.tag = s.tag,
		.is_leaf = pki_asn1_is_leaf(pki_asn1_kind_of(v->set, s.base)) };
	*node = v->count++;
	return PKI_SUCCESS;
}

/* The sibling that the new one goes behind; 0: before all. */
static size_t place_for(const pki_asn1_value *v, size_t parent, pki_asn1_spot item, bool sorted)
{
	size_t last = at(v, parent)->last, before = 0;

	if (!sorted || last == 0 || at(v, last)->item.item < item.item)
		return last;
	for (size_t i = at(v, parent)->first; at(v, i)->item.item < item.item; i = at(v, i)->next)
		before = i;
	return before;
}

/* From a node on, siblings are counted anew. */
static void count_from(pki_asn1_value *v, size_t node, uint32_t index)
{
	for (; node != 0; node = at(v, node)->next)
		v->nodes[node].index = index++;
}

static void link_behind(pki_asn1_value *v, size_t node, size_t before)
{
	pki_asn1_tnode *n = &v->nodes[node], *p = &v->nodes[n->parent];
	uint32_t *to = before == 0 ? &p->first : &v->nodes[before].next;

	n->next = *to;
	*to = (uint32_t)node;
	if (n->next == 0)
		p->last = (uint32_t)node;
	p->count++;
	count_from(v, node, before == 0 ? 0 : at(v, before)->index + 1);
}

pki_status pki_asn1_tree_add(
    pki_asn1_value *v, size_t parent, pki_asn1_spot item, bool sorted, size_t *node, pki_error *err)
{
	pki_status st = new_node(v, parent, item, node, err);

	if (st == PKI_SUCCESS)
		link_behind(v, *node, place_for(v, parent, item, sorted));
	return st;
}

pki_status pki_asn1_tree_new(
    const pki_asn1 *m, pki_asn1_spot type, pki_asn1_value **out, pki_error *err)
{
	pki_asn1_value *v = pki_alloc_zero(1, sizeof *v);
	pki_status st;
	size_t root;

	if (v == NULL)
		return pki_error_nomem(err);
	v->set = pki_asn1_ref(m);
	v->pool.flags = PKI_BUF_SECRET;
	st = new_node(v, 0, type, &root, err);
	if (st == PKI_SUCCESS)
		*out = v;
	else
		pki_asn1_value_free(v);
	return st;
}

void pki_asn1_value_free(pki_asn1_value *v)
{
	if (v == NULL)
		return;
	pki_free(v->nodes);
	pki_buf_free(&v->pool);
	pki_asn1_free(v->set);
	pki_free(v);
}

pki_status pki_asn1_create(
    const pki_asn1 *m, const char *type, pki_asn1_value **out, pki_error *err)
{
	pki_asn1_spot s;
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	if (m == NULL || type == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_asn1_lookup(m, type, &s, err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_tree_new(m, s, out, err);
	return PKI_LEAVE(err, st);
}

/* ---- walking ---- */

static size_t or_none(size_t node)
{
	return node == 0 ? PKI_ASN1_NONE : node;
}

size_t pki_asn1_first(const pki_asn1_value *v, size_t node)
{
	return is_node(v, node) ? or_none(at(v, node)->first) : PKI_ASN1_NONE;
}

size_t pki_asn1_next(const pki_asn1_value *v, size_t node)
{
	return is_node(v, node) ? or_none(at(v, node)->next) : PKI_ASN1_NONE;
}

/* The next one of those below `top`, parents first. */
static size_t step_within(const pki_asn1_value *v, size_t top, size_t node)
{
	if (at(v, node)->first != 0)
		return at(v, node)->first;
	while (node != top && at(v, node)->next == 0)
		node = at(v, node)->parent;
	return node == top ? PKI_ASN1_NONE : at(v, node)->next;
}

size_t pki_asn1_step(const pki_asn1_value *v, size_t node)
{
	return is_node(v, node) ? step_within(v, 0, node) : PKI_ASN1_NONE;
}

/* Closes what ends with *node, which becomes the next one; PKI_ASN1_NONE: it was the last. */
static pki_status close_ended(
    const pki_asn1_value *v, size_t *node, pki_asn1_visit *close, void *ud, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (;;) {
		const pki_asn1_tnode *n = at(v, *node);

		if (!n->is_leaf)
			st = close(ud, *node, err);
		if (st != PKI_SUCCESS || *node == 0 || n->next != 0) {
			*node = or_none(n->next);
			return st;
		}
		*node = n->parent;
	}
}

pki_status pki_asn1_tree_walk(
    const pki_asn1_value *v, pki_asn1_visit *open, pki_asn1_visit *close, void *ud, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	size_t node = 0;

	while (node != PKI_ASN1_NONE && st == PKI_SUCCESS) {
		st = open(ud, node, err);
		if (st == PKI_SUCCESS && at(v, node)->first != 0)
			node = at(v, node)->first;
		else if (st == PKI_SUCCESS)
			st = close_ended(v, &node, close, ud, err);
	}
	return st;
}

const char *pki_asn1_tree_name(const pki_asn1_value *v, size_t node)
{
	const pki_asn1_tnode *n = at(v, node);

	if (node == 0 || pki_asn1_tree_is_list(v, at(v, n->parent)))
		return NULL;
	return pki_asn1_name(v->set, n->item);
}

static bool is_named(const pki_asn1_value *v, size_t node, pki_bytes name)
{
	const char *own = pki_asn1_tree_name(v, node);

	return own != NULL && pki_bytes_equal(pki_bytes_str(own), name);
}

/* "[2]", taken off the path; false: something else is there. */
static bool take_index(const char **path, size_t *index)
{
	const char *p = *path;

	*index = 0;
	if (*p++ != '[' || !pki_is_digit((uint8_t)*p))
		return false;
	for (; pki_is_digit((uint8_t)*p) && *index < PKI_ASN1_NODES; p++)
		*index = *index * 10 + (size_t)(*p - '0');
	*path = p + 1;
	return *p == ']';
}

static size_t element_at(const pki_asn1_value *v, size_t node, size_t index)
{
	size_t i = at(v, node)->first;

	if (!pki_asn1_tree_is_list(v, at(v, node)))
		return PKI_ASN1_NONE;
	while (i != 0 && index-- > 0)
		i = at(v, i)->next;
	return or_none(i);
}

static size_t child_named(const pki_asn1_value *v, size_t node, pki_bytes name)
{
	size_t i = at(v, node)->first;

	while (i != 0 && !is_named(v, i, name))
		i = at(v, i)->next;
	return or_none(i);
}

/* One step down the path, whose first character may be a dot between names. */
static size_t descend(const pki_asn1_value *v, size_t node, const char **path, bool at_start)
{
	size_t index, len;

	if (**path == '[')
		return take_index(path, &index) ? element_at(v, node, index) : PKI_ASN1_NONE;
	if (!at_start && *(*path)++ != '.')
		return PKI_ASN1_NONE;
	len = strcspn(*path, ".[");
	*path += len;
	return child_named(v, node, pki_bytes_of(*path - len, len));
}

size_t pki_asn1_find(const pki_asn1_value *v, size_t node, const char *path)
{
	const char *rest = path;

	if (!is_node(v, node) || path == NULL)
		return PKI_ASN1_NONE;
	while (node != PKI_ASN1_NONE && *rest != '\0')
		node = descend(v, node, &rest, rest == path);
	return node;
}

/* The name that stands where the type does; of the root the production's own. */
static const char *type_name(const pki_asn1_value *v, size_t node, const pki_asn1_shape *s)
{
	pki_asn1_spot item = at(v, node)->item;

	if (node == 0)
		return pki_asn1_name(v->set, item);
	return s->reference != NULL ? s->reference : pki_asn1_builtin(v->set, s->base);
}

bool pki_asn1_get(const pki_asn1_value *v, size_t node, pki_asn1_node *out)
{
	const pki_asn1_tnode *n;
	pki_asn1_shape s;
	bool was_read;

	if (out != NULL)
		memset(out, 0, sizeof *out);
	if (out == NULL || !is_node(v, node))
		return false;
	n = at(v, node);
	was_read = n->offset != NO_OFFSET;
	(void)pki_asn1_shape_of(v->set, n->item, &s);
	out->name = pki_asn1_tree_name(v, node);
	out->builtin = pki_asn1_builtin(v->set, n->base);
	out->type = type_name(v, node, &s);
	if (n->is_leaf && n->has_value)
		out->contents = pki_asn1_contents(v, n);
	out->offset = was_read ? n->offset : PKI_NO_OFFSET;
	out->header = was_read ? n->header : 0;
	out->length = was_read ? n->len : 0;
	out->parent = node == 0 ? PKI_ASN1_NONE : n->parent;
	out->depth = n->depth;
	out->index = n->index;
	out->count = n->count;
	out->kind = pki_asn1_kind_of(v->set, n->base);
	out->tag = n->tag;
	return true;
}

/* ---- paths, for errors ---- */

#define PATH_MAX_LEN 255 /* what a pki_error has room for */

/* Puts one step in front of the text that begins at `from`; false: there is no room. */
static bool put_step(const pki_asn1_value *v, size_t node, char *text, size_t *from)
{
	const char *name = pki_asn1_tree_name(v, node);
	char step[PKI_ASN1_NAME + 4];
	bool dot = name != NULL && at(v, node)->parent != 0;
	int len = name != NULL ? snprintf(step, sizeof step, "%s%s", dot ? "." : "", name)
			       : snprintf(step, sizeof step, "[%u]", (unsigned)at(v, node)->index);

	if (len < 0 || (size_t)len > *from)
		return false;
	*from -= (size_t)len;
	memcpy(text + *from, step, (size_t)len);
	return true;
}

void pki_asn1_tree_path(const pki_asn1_value *v, size_t node, pki_error *err)
{
	char text[PATH_MAX_LEN + 1] = "";
	size_t from = PATH_MAX_LEN;

	while (node != 0 && put_step(v, node, text, &from))
		node = at(v, node)->parent;
	pki_error_in_path(err, text + from);
}

/* ---- building ---- */

static bool is_called(const pki_asn1_value *v, pki_asn1_spot component, const char *name)
{
	return strcmp(pki_asn1_name(v->set, component), name) == 0;
}

/* The component or alternative of that name; with NULL a list's element; item 0: none. */
static pki_asn1_spot component_named(const pki_asn1_value *v, size_t node, const char *name)
{
	const pki_asn1_tnode *n = at(v, node);
	pki_asn1_spot c = pki_asn1_first_component(v->set, n->base);

	while (c.item != 0 && name != NULL && !is_called(v, c, name))
		c = pki_asn1_next_component(v->set, c);
	return c;
}

size_t pki_asn1_tree_child(const pki_asn1_value *v, size_t node, pki_asn1_spot component)
{
	size_t i = at(v, node)->first;

	while (i != 0 && at(v, i)->item.item != component.item)
		i = at(v, i)->next;
	return i;
}

static pki_status child(
    pki_asn1_value *v, size_t node, const char *name, size_t *out, pki_error *err)
{
	const pki_asn1_tnode *n = at(v, node);
	pki_asn1_spot c;
	size_t found;

	if (n->is_leaf)
		return pki_error_set(err, PKI_E_ARG, "a leaf has no components", NULL);
	if (name == NULL && !pki_asn1_tree_is_list(v, n))
		return pki_error_set(
		    err, PKI_E_NOTFOUND, "no list: its components have names", NULL);
	if (name != NULL && pki_asn1_tree_is_list(v, n))
		return pki_error_set_detail(err, PKI_E_NOTFOUND,
		    "a list: its elements have no names", NULL, pki_bytes_str(name));
	c = component_named(v, node, name);
	if (c.item == 0)
		return pki_error_set_detail(err, PKI_E_NOTFOUND,
		    "the type has no component of this name", NULL, pki_bytes_str(name));
	found = name == NULL ? 0 : pki_asn1_tree_child(v, node, c);
	if (found != 0) {
		*out = found;
		return PKI_SUCCESS;
	}
	if (pki_asn1_kind_of(v->set, n->base) == PKI_ASN1_CHOICE && n->count > 0)
		return pki_error_set(err, PKI_E_ARG, "a CHOICE that has chosen", "X.680 29.1");
	return pki_asn1_tree_add(v, node, c, name != NULL, out, err);
}

static pki_status no_node(pki_error *err)
{
	return pki_error_set(err, PKI_E_ARG, "no such node", NULL);
}

/* A failure has the path of the node. */
static pki_status at_path(const pki_asn1_value *v, size_t node, pki_status st, pki_error *err)
{
	if (st != PKI_SUCCESS && is_node(v, node))
		pki_asn1_tree_path(v, node, err);
	return st;
}

pki_status pki_asn1_child(
    pki_asn1_value *v, size_t node, const char *name, size_t *out, pki_error *err)
{
	pki_status st;

	if (out != NULL)
		*out = PKI_ASN1_NONE;
	if (v == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = is_node(v, node) ? child(v, node, name, out, err) : no_node(err);
	return PKI_LEAVE(err, at_path(v, node, st, err));
}

/* The old contents stay in the pool, where nobody sees them. */
static pki_status keep(pki_asn1_value *v, size_t node, pki_bytes contents, pki_error *err)
{
	pki_asn1_tnode *n = &v->nodes[node];
	size_t before = v->pool.len;
	pki_status st;

	if (contents.len > PKI_ASN1_OCTETS || before > PKI_ASN1_POOL - contents.len)
		return pki_error_set(err, PKI_E_LIMIT, "too many octets", NULL);
	st = pki_buf_append(&v->pool, contents, err);
	if (st != PKI_SUCCESS)
		return st;
	n->at = (uint32_t)before;
	n->len = (uint32_t)contents.len;
	n->offset = NO_OFFSET;
	n->has_value = true;
	return PKI_SUCCESS;
}

static pki_status set(pki_asn1_value *v, size_t node, pki_bytes contents, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_asn1_leaf_check(v->set, at(v, node)->base, contents, &why);

	if (st != PKI_SUCCESS) {
		st = pki_error_of_arg(err, &why);
		pki_error_about(err, pki_bytes_str(pki_error_detail(&why)));
		return st;
	}
	return keep(v, node, contents, err);
}

pki_status pki_asn1_set(pki_asn1_value *v, size_t node, pki_bytes contents, pki_error *err)
{
	pki_status st;

	if (v == NULL || (contents.data == NULL && contents.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	st = is_node(v, node) ? set(v, node, contents, err) : no_node(err);
	return PKI_LEAVE(err, at_path(v, node, st, err));
}

static pki_status set_text(pki_asn1_value *v, size_t node, pki_bytes text, pki_error *err)
{
	pki_buf contents = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_asn1_leaf_parse(v->set, at(v, node)->base, text, &contents, err);

	if (st == PKI_SUCCESS)
		st = set(v, node, pki_buf_bytes(&contents), err);
	pki_buf_free(&contents);
	return st;
}

pki_status pki_asn1_set_text(pki_asn1_value *v, size_t node, pki_bytes text, pki_error *err)
{
	pki_status st;

	if (v == NULL || (text.data == NULL && text.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	st = is_node(v, node) ? set_text(v, node, text, err) : no_node(err);
	return PKI_LEAVE(err, at_path(v, node, st, err));
}

static size_t sibling_before(const pki_asn1_value *v, size_t node)
{
	size_t before = 0;

	for (size_t i = at(v, at(v, node)->parent)->first; i != node; i = at(v, i)->next)
		before = i;
	return before;
}

static void unlink_node(pki_asn1_value *v, size_t node)
{
	pki_asn1_tnode *n = &v->nodes[node], *p = &v->nodes[n->parent];
	size_t before = sibling_before(v, node);

	if (before == 0)
		p->first = n->next;
	else
		v->nodes[before].next = n->next;
	if (n->next == 0)
		p->last = (uint32_t)before;
	p->count--;
	count_from(v, n->next, n->index);
	n->next = 0;
}

/* Their numbers are not given again. */
static void forget(pki_asn1_value *v, size_t top)
{
	for (size_t i = top; i != PKI_ASN1_NONE; i = step_within(v, top, i))
		v->nodes[i].removed = true;
}

pki_status pki_asn1_remove(pki_asn1_value *v, size_t node, pki_error *err)
{
	if (v == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (!is_node(v, node))
		return PKI_LEAVE(err, no_node(err));
	if (node == 0)
		return PKI_LEAVE(
		    err, pki_error_set(err, PKI_E_ARG, "the root stays: free the value", NULL));
	unlink_node(v, node);
	forget(v, node);
	return PKI_SUCCESS;
}

pki_status pki_asn1_text(const pki_asn1_value *v, size_t node, pki_buf *text, pki_error *err)
{
	const pki_asn1_tnode *n;

	if (v == NULL || text == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (!is_node(v, node))
		return PKI_LEAVE(err, no_node(err));
	n = at(v, node);
	if (!n->is_leaf || !n->has_value)
		return PKI_LEAVE(
		    err, pki_error_set(err, PKI_E_ARG, "no leaf, or without a value", NULL));
	return PKI_LEAVE(
	    err, pki_asn1_leaf_text(v->set, n->base, pki_asn1_contents(v, n), text, err));
}
