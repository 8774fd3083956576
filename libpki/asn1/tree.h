/* SPDX-License-Identifier: BSD-3-Clause */
/* A value of a type, as a tree: its nodes, linked in an array. */
#ifndef LIBPKI_ASN1_TREE_H
#define LIBPKI_ASN1_TREE_H

#include "libpki/asn1/shape.h"

/* Of node numbers; 0, which is the root, is nobody's child or sibling. */
typedef struct pki_asn1_tnode {
	pki_asn1_spot
	    item; /* the production, component, alternative or element, as it is written */
	pki_asn1_spot base; /* the built-in type that it leads to */
	uint32_t parent, first, last, next;
	uint32_t count, index, depth;
	uint32_t offset, header; /* in the DER that was read; offset NO_OFFSET: it was not */
	uint32_t at, len;        /* contents, in the pool */
	pki_tag tag;
	bool has_value; /* of a leaf; of the others their components are it */
	bool is_leaf;
	bool removed;
} pki_asn1_tnode;
#define NO_OFFSET     UINT32_MAX
#define PKI_ASN1_POOL ((size_t)16 << 20) /* octets of all values that were ever set, at most */

struct pki_asn1_value {
	pki_asn1 *set;
	pki_asn1_tnode *nodes;
	size_t count, room;
	pki_buf pool; /* first the DER that was read, then values that were set */
};

/* A tree with a root alone. */
pki_status pki_asn1_tree_new(
    const pki_asn1 *m, pki_asn1_spot type, pki_asn1_value **out, pki_error *err) PKI_MUST_USE;
/*
 * A new last child of `parent`, which is the component, alternative or element `item`; in a
 * SEQUENCE or SET that is being built, `sorted`, it goes where the type has it. *node is its
 * number.
 */
pki_status pki_asn1_tree_add(pki_asn1_value *v, size_t parent, pki_asn1_spot item, bool sorted,
    size_t *node, pki_error *err) PKI_MUST_USE;
/* What its error says: the path from the root, "tbsCertificate.extensions[2]". */
void pki_asn1_tree_path(const pki_asn1_value *v, size_t node, pki_error *err);

static inline pki_bytes pki_asn1_contents(const pki_asn1_value *v, const pki_asn1_tnode *n)
{
	return n->len == 0 ? pki_bytes_of(v->pool.data, 0)
			   : pki_bytes_of(v->pool.data + n->at, n->len);
}
/* The component's identifier; NULL: the root, elements. */
const char *pki_asn1_tree_name(const pki_asn1_value *v, size_t node);
/* The first child that is that component or alternative; 0: there is none. */
size_t pki_asn1_tree_child(const pki_asn1_value *v, size_t node, pki_asn1_spot component);
/* Has it elements, not components? */
bool pki_asn1_tree_is_list(const pki_asn1_value *v, const pki_asn1_tnode *n);

/* What is done with each node: before its children; and, if it is no leaf, after them. */
typedef pki_status pki_asn1_visit(void *ud, size_t node, pki_error *err);
pki_status pki_asn1_tree_walk(const pki_asn1_value *v, pki_asn1_visit *open, pki_asn1_visit *close,
    void *ud, pki_error *err) PKI_MUST_USE;

#endif
