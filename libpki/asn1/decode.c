/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * DER to a tree. libpki's reader has been through all of it before; then the type leads, TLV by
 * TLV: a node is opened at its contents, filled component by component, and closed at their end.
 */
#include <pki/backend.h>
#include <string.h>

#include "libpki/asn1/leaf.h"
#include "libpki/asn1/tree.h"
#include "libpki/asn1/values.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/tlv.h"

typedef struct walk {
	pki_asn1_value *v;
	const pki_asn1 *m;
	pki_bytes der;
	size_t pos;  /* the next TLV */
	size_t node; /* the innermost that is open */
	bool done;
	pki_call call;
	pki_error *err;
} walk;

static pki_asn1_tnode *node_at(const walk *w, size_t node)
{
	return &w->v->nodes[node];
}

static pki_asn1_tnode *open_node(const walk *w)
{
	return node_at(w, w->node);
}

static size_t end_of(const pki_asn1_tnode *n)
{
	return (size_t)n->at + n->len;
}

static pki_asn1_kind kind_of(const walk *w, const pki_asn1_tnode *n)
{
	return pki_asn1_kind_of(w->m, n->base);
}

/* An error at an offset, in a node. */
static pki_status refuse(
    walk *w, size_t node, size_t at, pki_status st, const char *reason, const char *clause)
{
	st = pki_error_set(w->err, st, reason, clause);
	pki_asn1_tree_path(w->v, node, w->err);
	pki_error_at(w->err, at);
	return st;
}

/* The same of the contents of the open node; `item` is the component of it that is meant. */
static pki_status refuse_component(
    walk *w, pki_asn1_spot item, size_t at, const char *reason, const char *clause)
{
	const char *name = pki_asn1_name(w->m, item);
	pki_status st = refuse(w, w->node, at, PKI_E_STRUCTURE, reason, clause);

	pki_error_about(w->err, pki_bytes_str(name));
	return st;
}

/* ---- TLVs ---- */

/* What the reader has let through has a header. */
static pki_status header_at(walk *w, size_t at, size_t end, pki_tlv *t)
{
	pki_tlv_fault f;

	if (pki_tlv_read(pki_bytes_of(w->der.data + at, end - at), t, &f))
		return PKI_SUCCESS;
	return refuse(w, w->node, at, f.status, f.reason, f.clause);
}

/* The tag of the next TLV in the open node; 0: there is none. */
static pki_tag next_tag(walk *w)
{
	size_t end = end_of(open_node(w));
	pki_tlv_fault f;
	pki_tlv t;

	if (w->pos >= end ||
	    !pki_tlv_read(pki_bytes_of(w->der.data + w->pos, end - w->pos), &t, &f))
		return 0;
	return t.tag;
}

/* Goes past the header of a TLV that must have that tag, and must fill [pos, end) if `whole`. */
static pki_status enter(walk *w, size_t node, pki_tag tag, bool whole, size_t *pos, size_t *end)
{
	pki_status st;
	pki_tlv t;

	if (*pos >= *end)
		return refuse(
		    w, node, *pos, PKI_E_STRUCTURE, "EXPLICIT tag without a value", "X.690 8.14.2");
	st = header_at(w, *pos, *end, &t);
	if (st != PKI_SUCCESS)
		return st;
	if (t.tag != tag)
		return refuse(w, node, *pos, PKI_E_STRUCTURE,
		    pki_asn1_bare(t.tag) == pki_asn1_bare(tag)
			? "primitive where the type is constructed, or the reverse"
			: "not the tag of the type",
		    "X.690 8.14");
	if (whole && *pos + t.header + t.length != *end)
		return refuse(w, node, *pos, PKI_E_STRUCTURE,
		    "an EXPLICIT tag around more than one value", "X.690 8.14.2");
	*pos += t.header;
	*end = *pos + t.length;
	return PKI_SUCCESS;
}

/* [pos, end): the one TLV that begins at pos. */
static pki_status whole_tlv(walk *w, size_t node, bool whole, size_t pos, size_t *end)
{
	pki_status st;
	pki_tlv t;

	if (pos >= *end)
		return refuse(
		    w, node, pos, PKI_E_STRUCTURE, "EXPLICIT tag without a value", "X.690 8.14.2");
	st = header_at(w, pos, *end, &t);
	if (st != PKI_SUCCESS)
		return st;
	if (whole && pos + t.header + t.length != *end)
		return refuse(w, node, pos, PKI_E_STRUCTURE,
		    "an EXPLICIT tag around more than one value", "X.690 8.14.2");
	*end = pos + t.header + t.length;
	return PKI_SUCCESS;
}

/* Finds a node's contents: past its EXPLICIT tags, and its own. */
static pki_status enter_all(walk *w, size_t node, const pki_asn1_shape *s, size_t end)
{
	size_t begin = w->pos, pos = begin;
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; i < s->outer_count && st == PKI_SUCCESS; i++)
		st = enter(w, node, s->outer[i], i > 0, &pos, &end);
	if (st == PKI_SUCCESS)
		st = s->tag != 0 ? enter(w, node, s->tag, s->outer_count > 0, &pos, &end)
				 : whole_tlv(w, node, s->outer_count > 0, pos, &end);
	if (st != PKI_SUCCESS)
		return st;
	node_at(w, node)->offset = (uint32_t)begin;
	node_at(w, node)->header = (uint32_t)(pos - begin);
	node_at(w, node)->at = (uint32_t)pos;
	node_at(w, node)->len = (uint32_t)(end - pos);
	return PKI_SUCCESS;
}

/* ---- leaves ---- */

/* X.690 11.5 */
static pki_status check_default(walk *w, size_t node)
{
	const pki_asn1_tnode *n = node_at(w, node);
	bool is_default;
	pki_status st = pki_asn1_is_default(
	    w->m, n->item, n->base, pki_asn1_contents(w->v, n), &is_default, w->err);

	if (st == PKI_SUCCESS && is_default)
		st = refuse(
		    w, node, n->offset, PKI_E_ENCODING, "a DEFAULT value is encoded", "X.690 11.5");
	return st;
}

static pki_status read_leaf(walk *w, size_t node)
{
	pki_asn1_tnode *n = node_at(w, node);
	/* the reader was at what ANY holds already */
	pki_status st = kind_of(w, n) == PKI_ASN1_ANY
	    ? PKI_SUCCESS
	    : pki_asn1_leaf_check(w->m, n->base, pki_asn1_contents(w->v, n), w->err);

	if (st != PKI_SUCCESS) {
		pki_asn1_tree_path(w->v, node, w->err);
		pki_error_at(w->err, n->offset);
		return st;
	}
	n->has_value = true;
	w->pos = end_of(n);
	return check_default(w, node);
}

/* ---- nodes ---- */

/* Reads the TLV at pos as the component, alternative or element `item` of the open node. */
static pki_status place(walk *w, pki_asn1_spot item)
{
	pki_asn1_shape s;
	size_t end = end_of(open_node(w)), node;
	pki_status st = pki_asn1_tree_add(w->v, w->node, item, false, &node, w->err);

	(void)pki_asn1_shape_of(w->m, item, &s);
	if (st == PKI_SUCCESS)
		st = enter_all(w, node, &s, end);
	if (st != PKI_SUCCESS)
		return st;
	if (node_at(w, node)->is_leaf)
		return read_leaf(w, node);
	w->pos = node_at(w, node)->at;
	w->node = node;
	return PKI_SUCCESS;
}

/* The open node is all there. */
static pki_status close_node(walk *w)
{
	const pki_asn1_tnode *n = open_node(w);

	w->pos = end_of(n);
	w->done = w->node == 0;
	w->node = n->parent;
	return PKI_SUCCESS;
}

/* ---- CHOICE ---- */

static pki_status step_choice(walk *w)
{
	const pki_asn1_tnode *n = open_node(w);
	pki_asn1_spot arm;

	if (n->count > 0)
		return close_node(w);
	arm = pki_asn1_alternative(w->m, n->base, next_tag(w));
	if (arm.item == 0)
		return refuse(w, w->node, w->pos, PKI_E_STRUCTURE,
		    "none of the alternatives has this tag", "X.680 29");
	return place(w, arm);
}

/* ---- SEQUENCE ---- */

/* The component that comes after those that were read. */
static pki_asn1_spot component_after(const walk *w)
{
	const pki_asn1_tnode *n = open_node(w);

	return n->count == 0 ? pki_asn1_first_component(w->m, n->base)
			     : pki_asn1_next_component(w->m, node_at(w, n->last)->item);
}

static pki_status step_sequence(walk *w)
{
	pki_tag tag = next_tag(w);
	pki_asn1_spot c = component_after(w);
	pki_status st = PKI_SUCCESS;

	for (; c.item != 0 && st == PKI_SUCCESS; c = pki_asn1_next_component(w->m, c)) {
		st = pki_call_spend(&w->call, 1, w->err);
		if (st == PKI_SUCCESS && tag != 0 && pki_asn1_begins(w->m, c, tag))
			return place(w, c);
		if (st == PKI_SUCCESS && !pki_asn1_may_be_absent(w->m, c))
			return refuse_component(w, c, w->pos,
			    tag == 0 ? "a component is missing" : "another component is expected",
			    "X.680 25");
	}
	if (st != PKI_SUCCESS)
		return st;
	if (tag != 0)
		return refuse(w, w->node, w->pos, PKI_E_STRUCTURE,
		    "not a component of the type, or not in this place", "X.680 25");
	return close_node(w);
}

/* ---- SET ---- */

static bool is_read(const walk *w, pki_asn1_spot c)
{
	return pki_asn1_tree_child(w->v, w->node, c) != 0;
}

static pki_status close_set(walk *w)
{
	pki_asn1_spot c = pki_asn1_first_component(w->m, open_node(w)->base);
	pki_status st = PKI_SUCCESS;

	for (; c.item != 0 && st == PKI_SUCCESS; c = pki_asn1_next_component(w->m, c)) {
		st = pki_call_spend(&w->call, 1 + open_node(w)->count, w->err);
		if (st == PKI_SUCCESS && !pki_asn1_may_be_absent(w->m, c) && !is_read(w, c))
			st = refuse_component(w, c, w->pos, "a component is missing", "X.680 27");
	}
	return st == PKI_SUCCESS ? close_node(w) : st;
}

/* The tag that the last component began with; 0: there is none yet. */
static pki_tag last_tag(walk *w)
{
	const pki_asn1_tnode *n = open_node(w);
	pki_tlv t;

	if (n->count == 0 ||
	    header_at(w, node_at(w, n->last)->offset, w->der.len, &t) != PKI_SUCCESS)
		return 0;
	return pki_asn1_bare(t.tag);
}

static pki_status step_set(walk *w)
{
	pki_tag tag = next_tag(w), before = last_tag(w);
	pki_asn1_spot c = pki_asn1_first_component(w->m, open_node(w)->base);
	pki_status st = PKI_SUCCESS;

	if (tag == 0)
		return close_set(w);
	/* one of each at most, too */
	if (pki_asn1_bare(tag) <= before)
		return refuse(w, w->node, w->pos, PKI_E_ENCODING,
		    "components of a SET are not in the order of their tags", "X.690 10.3");
	for (; c.item != 0 && st == PKI_SUCCESS; c = pki_asn1_next_component(w->m, c)) {
		st = pki_call_spend(&w->call, 1, w->err);
		if (st == PKI_SUCCESS && pki_asn1_begins(w->m, c, tag) && !is_read(w, c))
			return place(w, c);
	}
	if (st != PKI_SUCCESS)
		return st;
	return refuse(
	    w, w->node, w->pos, PKI_E_STRUCTURE, "not a component of the type", "X.680 27");
}

/* ---- SEQUENCE OF, SET OF ---- */

/* The octets of an element that was read. */
static pki_bytes element(const walk *w, size_t node)
{
	const pki_asn1_tnode *n = node_at(w, node);

	return pki_bytes_of(w->der.data + n->offset, end_of(n) - n->offset);
}

/* X.690 11.6, of the element at pos and the one before. Elements may be equal: X.680 28.2. */
static pki_status check_order(walk *w)
{
	const pki_asn1_tnode *n = open_node(w);
	pki_status st;
	pki_tlv t;

	if (kind_of(w, n) != PKI_ASN1_SET_OF || n->count == 0)
		return PKI_SUCCESS;
	st = header_at(w, w->pos, end_of(n), &t);
	if (st != PKI_SUCCESS)
		return st;
	if (pki_bytes_compare(
		element(w, n->last), pki_bytes_of(w->der.data + w->pos, t.header + t.length)) > 0)
		return refuse(
		    w, w->node, w->pos, PKI_E_ENCODING, "SET OF is not sorted", "X.690 11.6");
	return PKI_SUCCESS;
}

static pki_status step_list(walk *w)
{
	const pki_asn1_tnode *n = open_node(w);
	pki_asn1_spot item = pki_asn1_first_component(w->m, n->base);
	pki_status st;

	if (w->pos == end_of(n)) {
		if (!pki_asn1_size_fits(w->m, n->base, n->count))
			return refuse(w, w->node, n->offset, PKI_E_STRUCTURE,
			    "the size is not one of the type's", "X.680 51.5");
		return close_node(w);
	}
	st = check_order(w);
	if (st != PKI_SUCCESS)
		return st;
	return place(w, item);
}

/* ---- all of it ---- */

static pki_status step(walk *w)
{
	pki_status st = pki_call_spend(&w->call, 1, w->err);

	if (st != PKI_SUCCESS)
		return st;
	switch (kind_of(w, open_node(w))) {
	case PKI_ASN1_CHOICE:
		return step_choice(w);
	case PKI_ASN1_SEQUENCE:
		return step_sequence(w);
	case PKI_ASN1_SET:
		return step_set(w);
	default:
		return step_list(w);
	}
}

static pki_status read_root(walk *w)
{
	const pki_asn1_tnode *root = node_at(w, 0);
	pki_asn1_shape s;
	pki_status st;

	(void)pki_asn1_shape_of(w->m, root->item, &s);
	st = enter_all(w, 0, &s, w->der.len);
	if (st != PKI_SUCCESS)
		return st;
	w->done = root->is_leaf;
	if (root->is_leaf)
		return read_leaf(w, 0);
	w->pos = root->at;
	return PKI_SUCCESS;
}

static pki_status fill(const pki_asn1 *m, pki_asn1_value *v, pki_error *err)
{
	walk w = { .v = v, .m = m, .der = pki_buf_bytes(&v->pool), .err = err };
	pki_status st;

	pki_call_begin(&w.call, m->ctx);
	st = read_root(&w);
	while (st == PKI_SUCCESS && !w.done)
		st = step(&w);
	return st;
}

/* DER in every octet, and nothing after it. */
static pki_status read_strictly(const pki_asn1 *m, pki_bytes der, pki_error *err)
{
	pki_bytes whole;
	pki_der r;

	if (der.len > PKI_ASN1_OCTETS || der.len > pki_ctx_limits(m->ctx)->object_bytes)
		return pki_error_set(err, PKI_E_LIMIT, "too long", NULL);
	pki_der_init(&r, m->ctx, der, NULL);
	pki_der_whole(&r, 0, NULL, &whole);
	return pki_der_finish(&r, err);
}

static pki_status decode(
    const pki_asn1 *m, const char *type, pki_bytes der, pki_asn1_value **out, pki_error *err)
{
	pki_asn1_value *v = NULL;
	pki_asn1_spot s;
	pki_status st = pki_asn1_lookup(m, type, &s, err);

	if (st == PKI_SUCCESS)
		st = read_strictly(m, der, err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_tree_new(m, s, &v, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&v->pool, der, err);
	if (st == PKI_SUCCESS)
		st = fill(m, v, err);
	if (st == PKI_SUCCESS)
		*out = v;
	else
		pki_asn1_value_free(v);
	return st;
}

pki_status pki_asn1_decode(
    const pki_asn1 *m, const char *type, pki_bytes der, pki_asn1_value **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	if (m == NULL || type == NULL || (der.data == NULL && der.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, decode(m, type, der, out, err));
}
