/* SPDX-License-Identifier: BSD-3-Clause */
/* A tree to DER. */
#include <pki/backend.h>

#include "libpki/asn1/tree.h"
#include "libpki/asn1/values.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
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

static bool has_child(const walk *w, const pki_asn1_tnode *n, pki_asn1_spot c)
{
	for (size_t i = n->first; i != 0; i = w->v->nodes[i].next)
		if (w->v->nodes[i].item.item == c.item)
			return true;
	return false;
}

static pki_status check_components(walk *w, size_t node)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];
	pki_asn1_spot c = pki_asn1_first_component(w->m, n->base);
	pki_status st = PKI_SUCCESS;

	for (; c.item != 0 && st == PKI_SUCCESS; c = pki_asn1_next_component(w->m, c)) {
		const pki_asn1_module *mod = pki_asn1_module_of(w->m, c);
		bool optional = (mod->items[c.item].bits & (ITEM_OPTIONAL | ITEM_HAS_DEFAULT)) != 0;

		st = pki_call_spend(&w->call, 1 + (optional ? 0 : n->count), w->err);
		if (st != PKI_SUCCESS || optional || has_child(w, n, c))
			continue;
		st = refuse(w, node, "a component is missing", "X.680 25");
		pki_error_about(
		    w->err, pki_bytes_str(pki_asn1_item_text(mod, mod->items[c.item].name)));
	}
	return st;
}

static pki_status check_node(walk *w, size_t node)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];

	switch (pki_asn1_kind_of(w->m, n->base)) {
	case PKI_ASN1_SEQUENCE:
	case PKI_ASN1_SET:
		return check_components(w, node);
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

static pki_status put_leaf(walk *w, size_t node, const pki_asn1_shape *s)
{
	const pki_asn1_tnode *n = &w->v->nodes[node];
	bool is_default;
	pki_status st = pki_asn1_is_default(
	    w->m, n->item, n->base, pki_asn1_contents(w->v, n), &is_default, w->err);

	if (st != PKI_SUCCESS || is_default)
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
