/* SPDX-License-Identifier: BSD-3-Clause */
/* A tree to DER. */
#include <pki/backend.h>

#include "libpki/asn1/tree.h"
#include "libpki/asn1/values.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/tlv.h"
#include "libpki/der/writer.h"

typedef struct walk {
	const pki_asn1_value *v;
	const pki_asn1 *m;
	pki_derw to;
	pki_call call;
	pki_error *err;
} walk;

static pki_status refuse(walk *w, size_t node, const char *reason, const char *clause)
{
	pki_status st = pki_error_set(w->err, PKI_E_ARG, reason, clause);

	pki_asn1_tree_path(w->v, node, w->err);
	return st;
}

/* ---- is it all there? ---- */

static pki_status refuse_component(
    walk *w, size_t node, pki_asn1_spot c, const char *reason, const char *clause)
{
	pki_status st = refuse(w, node, reason, clause);

	pki_error_about(w->err, pki_bytes_str(pki_asn1_name(w->m, c)));
	return st;
}

/* The tag that a node's encoding begins with; 0: it has none yet. */
static pki_tag begins_with(const walk *w, size_t node)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];
	pki_tlv_fault f;
	pki_tag tag;
	pki_tlv t;

	while (pki_asn1_start_of(w->m, n->item)->tag == 0 && n->first != 0)
		n = &w->v->nodes[n->first];
	tag = pki_asn1_start_of(w->m, n->item)->tag;
	if (tag != 0)
		return tag;
	return pki_tlv_read(pki_asn1_contents(w->v, n), &t, &f) ? t.tag : 0;
}

/* X.690 11.5 */
static pki_status is_left_out(const walk *w, size_t node, bool *out)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];

	*out = false;
	return n->is_leaf && n->has_value
	    ? pki_asn1_is_default(w->m, n->item, n->base, pki_asn1_contents(w->v, n), out, w->err)
	    : PKI_SUCCESS;
}

/* The next component that is written, and the tag that it begins with; 0: there is none. */
typedef struct ahead {
	size_t node;
	pki_tag tag;
} ahead;

/* From this child on. */
static pki_status look_ahead(const walk *w, size_t node, ahead *out)
{
	pki_status st = PKI_SUCCESS;
	bool left_out = true;

	while (node != 0 && left_out && st == PKI_SUCCESS) {
		st = is_left_out(w, node, &left_out);
		if (left_out)
			node = w->v->nodes[node].next;
	}
	*out = (ahead){ node, node == 0 ? 0 : begins_with(w, node) };
	return st;
}

/* A component that is not written: would a reader take the one that comes next for it? */
static pki_status check_absent(walk *w, size_t node, pki_asn1_spot c, pki_tag next)
{
	if (!pki_asn1_may_be_absent(w->m, c))
		return refuse_component(w, node, c, "a component is missing", "X.680 25");
	if (next == 0 || !pki_asn1_begins(w->m, c, next))
		return PKI_SUCCESS;
	return refuse_component(w, node, c,
	    "a component that must be there, for the next one has the same tag", "X.680 25.6");
}

/* Children stand in the order of the type. */
static pki_status check_sequence(walk *w, size_t node)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];
	pki_asn1_spot c = pki_asn1_first_component(w->m, n->base);
	ahead next;
	pki_status st = look_ahead(w, n->first, &next);

	for (; c.item != 0 && st == PKI_SUCCESS; c = pki_asn1_next_component(w->m, c)) {
		const pki_asn1_tnode *written = &w->v->nodes[next.node];

		st = pki_call_spend(&w->call, 1, w->err);
		if (st == PKI_SUCCESS && next.node != 0 && written->item.item == c.item)
			st = look_ahead(w, written->next, &next);
		else if (st == PKI_SUCCESS)
			st = check_absent(w, node, c, next.tag);
	}
	return st;
}

static pki_status check_set(walk *w, size_t node)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];
	pki_asn1_spot c = pki_asn1_first_component(w->m, n->base);
	pki_status st = PKI_SUCCESS;

	for (; c.item != 0 && st == PKI_SUCCESS; c = pki_asn1_next_component(w->m, c)) {
		st = pki_call_spend(&w->call, 1 + n->count, w->err);
		if (st == PKI_SUCCESS && !pki_asn1_may_be_absent(w->m, c) &&
		    pki_asn1_tree_child(w->v, node, c) == 0)
			st = refuse_component(w, node, c, "a component is missing", "X.680 27");
	}
	return st;
}

static pki_status check_node(walk *w, size_t node)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];

	switch (pki_asn1_kind_of(w->m, n->base)) {
	case PKI_ASN1_SEQUENCE:
		return check_sequence(w, node);
	case PKI_ASN1_SET:
		return check_set(w, node);
	case PKI_ASN1_CHOICE:
		return n->count == 1 ? PKI_SUCCESS
				     : refuse(w, node, "a CHOICE that has not chosen", "X.680 29");
	case PKI_ASN1_SEQUENCE_OF:
	case PKI_ASN1_SET_OF:
		return pki_asn1_size_fits(w->m, n->base, n->count)
		    ? PKI_SUCCESS
		    : refuse(w, node, "the size is not one of the type's", "X.680 51.5");
	default:
		return n->has_value ? PKI_SUCCESS : refuse(w, node, "no value", NULL);
	}
}

/* ---- written ---- */

static void begin_outer(walk *w, const pki_asn1_shape *s)
{
	for (size_t i = 0; i < s->outer_count; i++)
		pki_derw_begin(&w->to, s->outer[i]);
}

static void end_outer(walk *w, const pki_asn1_shape *s)
{
	for (size_t i = 0; i < s->outer_count; i++)
		pki_derw_end(&w->to);
}

static void put_contents(walk *w, const pki_asn1_tnode *n, const pki_asn1_shape *s)
{
	pki_bytes contents = pki_asn1_contents(w->v, n);

	if (s->tag == 0)
		pki_derw_raw(&w->to, contents);
	else
		pki_derw_put(&w->to, s->tag, contents);
}

/* Would a reader of the CHOICEs around an ANY without a tag take another alternative for it? */
static pki_status check_any(walk *w, size_t node)
{
	pki_tag tag = begins_with(w, node);
	const pki_asn1_tnode *n = &w->v->nodes[node];

	for (; node != 0 && pki_asn1_start_of(w->m, n->item)->tag == 0; n = &w->v->nodes[node]) {
		const pki_asn1_tnode *around = &w->v->nodes[n->parent];

		if (pki_asn1_kind_of(w->m, around->base) != PKI_ASN1_CHOICE)
			break;
		if (pki_asn1_alternative(w->m, around->base, tag).item != n->item.item)
			return refuse(
			    w, node, "a value with the tag of another alternative", "X.680 29.3");
		node = n->parent;
	}
	return PKI_SUCCESS;
}

static pki_status put_leaf(walk *w, size_t node, const pki_asn1_shape *s)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];
	bool left_out;
	pki_status st = is_left_out(w, node, &left_out);

	if (st == PKI_SUCCESS && s->tag == 0)
		st = check_any(w, node);
	if (st != PKI_SUCCESS || left_out)
		return st;
	begin_outer(w, s);
	put_contents(w, n, s);
	end_outer(w, s);
	return PKI_SUCCESS;
}

/* A leaf is written; of another node its tags are begun. */
static pki_status open_node(void *ud, size_t node, pki_error *err)
{
	walk *w = ud;
	const pki_asn1_tnode *n = &w->v->nodes[node];
	pki_status st = pki_call_spend(&w->call, 1, err);
	pki_asn1_shape s;

	if (st == PKI_SUCCESS)
		st = check_node(w, node);
	if (st != PKI_SUCCESS)
		return st;
	(void)pki_asn1_shape_of(w->m, n->item, &s);
	if (n->is_leaf)
		return put_leaf(w, node, &s);
	begin_outer(w, &s);
	if (s.tag != 0)
		pki_derw_begin(&w->to, s.tag);
	return PKI_SUCCESS;
}

static pki_status close_node(void *ud, size_t node, pki_error *err)
{
	walk *w = ud;
	const pki_asn1_tnode *n = &w->v->nodes[node];
	pki_asn1_shape s;

	(void)err;
	(void)pki_asn1_shape_of(w->m, n->item, &s);
	switch (pki_asn1_kind_of(w->m, n->base)) {
	case PKI_ASN1_CHOICE:
		break;
	case PKI_ASN1_SET_OF:
		pki_derw_end_multiset(&w->to);
		break;
	case PKI_ASN1_SET:
		pki_derw_end_set(&w->to);
		break;
	default:
		pki_derw_end(&w->to);
	}
	end_outer(w, &s);
	return PKI_SUCCESS; /* the writer keeps its errors until it is asked */
}

static pki_status encode(walk *w, pki_buf *der)
{
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_asn1_tree_walk(w->v, open_node, close_node, w, w->err);

	if (st == PKI_SUCCESS)
		st = pki_derw_finish(&w->to, &out, w->err);
	if (st == PKI_SUCCESS && out.len > PKI_ASN1_OCTETS)
		st = pki_error_set(w->err, PKI_E_LIMIT, "too long", NULL);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(der, pki_buf_bytes(&out), w->err);
	pki_derw_free(&w->to);
	pki_buf_free(&out);
	return st;
}

pki_status pki_asn1_encode(const pki_asn1_value *v, pki_buf *der, pki_error *err)
{
	walk w = { .v = v, .err = err };

	if (v == NULL || der == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	w.m = v->set;
	pki_call_begin(&w.call, w.m->ctx);
	pki_derw_init(&w.to, w.m->ctx);
	pki_derw_secret(&w.to);
	return PKI_LEAVE(err, encode(&w, der));
}
