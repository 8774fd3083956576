/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificate policies along a path: RFC 5280 6.1 as RFC 9618 has it, with a graph. */
#include <stdlib.h>
#include <string.h>

#include <pki/trust.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/verify/policy.h"

/*
 * A node of the valid_policy_graph whose valid_policy is not anyPolicy. Its parents are those of a
 * run of expected policies, each of which is in no other run; without one it is anyPolicy's child.
 */
typedef struct node {
	pki_bytes valid_policy, qualifiers;
	size_t first, parents; /* of `expected` */
	pki_bytes in_leaf;     /* qualifiers of a descendant at depth n */
	bool live;             /* there is such a descendant */
	uint8_t reserved[7];
} node;

/* One policy of a node's expected_policy_set. */
typedef struct expectation {
	pki_bytes policy;
	size_t node;
} expectation;

/*
 * Nodes lie by depth, in the order of their policies, and so do expectations. Whether depth i has
 * anyPolicy is all that must be known of it, as it has a parent of anyPolicy at each depth above.
 * Nodes without children stay until the end, where those that lead to depth n are looked for.
 */
struct pki_policies {
	const pki_ctx *ctx;
	pki_call *call;
	size_t explicit_policy, policy_mapping, inhibit_any_policy;
	node *nodes;
	size_t count, room, depth; /* depth: the first node of depth i */
	expectation *expected;
	size_t expected_count, expected_room, next; /* next: the first one of depth i */
	pki_policy *policies;                       /* of certificate i, but for anyPolicy */
	size_t policy_count, policy_room;
	pki_policy_mapping *mappings; /* of certificate i */
	size_t mapping_count, mapping_room;
	pki_bytes any_qualifiers;
	bool any;  /* depth i has anyPolicy */
	bool null; /* the graph is NULL */
	uint8_t reserved[6];
};

/* ---- what a program names ---- */

pki_status pki_policy_list_check(const pki_bytes *list, size_t count, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;

	if ((list == NULL) != (count == 0))
		return pki_error_set(
		    err, PKI_E_ARG, "policies without their count, or none of them", NULL);
	for (size_t i = 0; i < count; i++)
		if (pki_oid_check(list[i], &why) != PKI_SUCCESS)
			return pki_error_of_arg(err, &why);
	return PKI_SUCCESS;
}

/* ---- RFC 5280 6.1.2 ---- */

pki_status pki_policies_new(const pki_ctx *ctx, pki_call *call, size_t n, uint32_t flags,
    pki_policies **out, pki_error *err)
{
	pki_policies *p = pki_alloc_zero(1, sizeof *p);

	*out = p;
	if (p == NULL)
		return pki_error_nomem(err);
	p->ctx = ctx;
	p->call = call;
	p->any = true;
	p->explicit_policy = (flags & PKI_REQUIRE_POLICY) != 0 ? 0 : n + 1;
	p->policy_mapping = (flags & PKI_INHIBIT_MAPPING) != 0 ? 0 : n + 1;
	p->inhibit_any_policy = (flags & PKI_INHIBIT_ANY_POLICY) != 0 ? 0 : n + 1;
	return PKI_SUCCESS;
}

void pki_policies_free(pki_policies *p)
{
	if (p == NULL)
		return;
	pki_free(p->nodes);
	pki_free(p->expected);
	pki_free(p->policies);
	pki_free(p->mappings);
	pki_free(p);
}

/* ---- the graph ---- */

/* At depth i. parents: how many expectations from the first one on are of it; 0: its parent is
 * anyPolicy. */
static pki_status add_child(
    pki_policies *p, const pki_policy *policy, size_t first, size_t parents, pki_error *err)
{
	node *list;

	if (p->count >= pki_ctx_limits(p->ctx)->policy_nodes)
		return pki_error_set(err, PKI_E_LIMIT, "too many policies along a path", NULL);
	list = pki_list_room(p->nodes, NULL, p->count, &p->room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	p->nodes = list;
	list[p->count++] = (node){ policy->oid, policy->qualifiers, .first = first,
		.parents = parents };
	return PKI_SUCCESS;
}

static pki_status expect(pki_policies *p, pki_bytes policy, size_t of, pki_error *err)
{
	expectation *list = pki_list_room(
	    p->expected, NULL, p->expected_count, &p->expected_room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(err);
	p->expected = list;
	list[p->expected_count++] = (expectation){ policy, of };
	return PKI_SUCCESS;
}

static void settle(pki_policies *p)
{
	p->null = p->null || (!p->any && p->count == p->depth);
}

static int by_policy(const void *a, const void *b)
{
	return pki_bytes_compare(((const pki_policy *)a)->oid, ((const pki_policy *)b)->oid);
}

static int by_domains(const void *a, const void *b)
{
	const pki_policy_mapping *x = a, *y = b;
	int order = pki_bytes_compare(x->issuer_domain, y->issuer_domain);

	return order != 0 ? order : pki_bytes_compare(x->subject_domain, y->subject_domain);
}

static int by_expected(const void *a, const void *b)
{
	const expectation *x = a, *y = b;
	int order = pki_bytes_compare(x->policy, y->policy);

	return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

/* qsort takes no NULL. */
static void sort(
    void *list, size_t count, size_t size, int (*compare)(const void *a, const void *b))
{
	if (count > 1)
		qsort(list, count, size, compare);
}

/* ---- RFC 5280 6.1.3 (d), (e), (f) ---- */

static pki_status put_policy(pki_policies *p, const pki_policy *policy, pki_error *err)
{
	pki_policy *list = pki_list_room(
	    p->policies, NULL, p->policy_count, &p->policy_room, sizeof *list);

	if (list == NULL)
		return pki_error_nomem(err);
	p->policies = list;
	list[p->policy_count++] = *policy;
	return PKI_SUCCESS;
}

/* What certificatePolicies has: sorted in p, and anyPolicy apart, whose oid is empty if it is not
 * there. */
static pki_status read_policies(
    pki_policies *p, pki_bytes value, pki_policy *any_policy, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_policy policy;
	pki_ext_iter it;

	*any_policy = (pki_policy){ .oid = pki_bytes_of(NULL, 0) };
	p->policy_count = 0;
	pki_ext_list(&it, p->ctx, value);
	while (st == PKI_SUCCESS && pki_ext_policy_next(&it, &policy))
		if (pki_oid_equal(policy.oid, PKI_OID(any_policy)))
			*any_policy = policy;
		else
			st = put_policy(p, &policy, err);
	if (st == PKI_SUCCESS)
		st = pki_ext_list_finish(&it, err);
	if (st != PKI_SUCCESS)
		return st;
	sort(p->policies, p->policy_count, sizeof *p->policies, by_policy);
	return pki_call_spend(p->call, p->policy_count, err);
}

/* How many expectations, from this one on, are of the same policy. */
static size_t run_length(const pki_policies *p, size_t from, size_t end)
{
	size_t i = from + 1;

	while (i < end && pki_bytes_equal(p->expected[i].policy, p->expected[from].policy))
		i++;
	return i - from;
}

static const pki_bytes *policy_at(const pki_policies *p, size_t i)
{
	return i < p->policy_count ? &p->policies[i].oid : NULL;
}

static const pki_bytes *expected_at(const pki_policies *p, size_t e, size_t end)
{
	return e < end ? &p->expected[e].policy : NULL;
}

/* Compares what two sorted lists have next: NULL, the end, is behind everything. */
static int order_of(const pki_bytes *a, const pki_bytes *b)
{
	if (a == NULL || b == NULL)
		return a != NULL ? -1 : 1;
	return pki_bytes_compare(*a, *b);
}

/* (d)(2): a policy that is expected, and asserted by anyPolicy alone. */
static pki_status add_any_child(
    pki_policies *p, const pki_policy *any_policy, size_t first, size_t parents, pki_error *err)
{
	pki_policy policy = { p->expected[first].policy, any_policy->qualifiers };

	return add_child(p, &policy, first, parents, err);
}

/* (d)(1) and (d)(2). any_policy NULL: it does not count. */
static pki_status add_children(pki_policies *p, const pki_policy *any_policy, pki_error *err)
{
	size_t i = 0, e = p->next, end = p->expected_count, run;
	pki_status st = PKI_SUCCESS;
	int order;

	p->depth = p->count;
	while (st == PKI_SUCCESS && (i < p->policy_count || e < end)) {
		order = order_of(policy_at(p, i), expected_at(p, e, end));
		run = order < 0 ? 0 : run_length(p, e, end);
		if (order == 0 || (order < 0 && p->any))
			st = add_child(p, &p->policies[i], e, run, err);
		else if (order > 0 && any_policy != NULL)
			st = add_any_child(p, any_policy, e, run, err);
		i += order <= 0;
		e += run;
	}
	return st;
}

/* (d) */
static pki_status process(pki_policies *p, pki_bytes value, bool counts, pki_error *err)
{
	pki_policy any_policy;
	pki_status st = read_policies(p, value, &any_policy, err);

	if (st == PKI_SUCCESS)
		st = pki_call_spend(p->call, 1 + p->expected_count - p->next, err);
	counts = counts && any_policy.oid.len > 0;
	if (st == PKI_SUCCESS)
		st = add_children(p, counts ? &any_policy : NULL, err);
	p->any = p->any && counts;
	p->any_qualifiers = any_policy.qualifiers;
	return st;
}

pki_status pki_policies_add(pki_policies *p, const pki_cert *c, bool last, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext e;

	if (!pki_cert_ext(c, PKI_OID(certificate_policies), &e))
		p->null = true;
	else if (!p->null)
		st = process(p, e.value,
		    p->inhibit_any_policy > 0 || (!last && pki_cert_is_self_issued(c)), err);
	if (st != PKI_SUCCESS) {
		p->null = true;
		return st;
	}
	settle(p);
	if (p->null && p->explicit_policy == 0)
		return pki_error_set(err, PKI_E_POLICY, "no policy is valid where one is required",
		    "RFC 5280 6.1.3(f)");
	return PKI_SUCCESS;
}

/* ---- RFC 5280 6.1.4 (a), (b) ---- */

static pki_status put_mapping(pki_policies *p, const pki_policy_mapping *m, pki_error *err)
{
	pki_policy_mapping *list;

	if (pki_oid_equal(m->issuer_domain, PKI_OID(any_policy)) ||
	    pki_oid_equal(m->subject_domain, PKI_OID(any_policy)))
		return pki_error_set(err, PKI_E_POLICY, "anyPolicy is mapped", "RFC 5280 6.1.4(a)");
	list = pki_list_room(p->mappings, NULL, p->mapping_count, &p->mapping_room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	p->mappings = list;
	list[p->mapping_count++] = *m;
	return PKI_SUCCESS;
}

/* (a) */
static pki_status read_mappings(pki_policies *p, const pki_cert *c, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_policy_mapping m;
	pki_ext_iter it;
	pki_ext e;

	p->mapping_count = 0;
	if (!pki_cert_ext(c, PKI_OID(policy_mappings), &e))
		return PKI_SUCCESS;
	pki_ext_list(&it, p->ctx, e.value);
	while (st == PKI_SUCCESS && pki_ext_mapping_next(&it, &m))
		st = put_mapping(p, &m, err);
	if (st == PKI_SUCCESS)
		st = pki_ext_list_finish(&it, err);
	if (st == PKI_SUCCESS)
		st = pki_call_spend(p->call, p->mapping_count, err);
	sort(p->mappings, p->mapping_count, sizeof *p->mappings, by_domains);
	return st;
}

static const pki_bytes *node_at(const pki_policies *p, size_t i, size_t end)
{
	return i < end ? &p->nodes[i].valid_policy : NULL;
}

static const pki_bytes *mapped_at(const pki_policies *p, size_t m)
{
	return m < p->mapping_count ? &p->mappings[m].issuer_domain : NULL;
}

/* Behind the mappings of one issuer domain, which begin at m. */
static size_t next_domain(const pki_policies *p, size_t m)
{
	size_t i = m + 1;

	while (i < p->mapping_count &&
	    pki_bytes_equal(p->mappings[i].issuer_domain, p->mappings[m].issuer_domain))
		i++;
	return i;
}

/* (b)(3) */
static void delete_mapped(pki_policies *p)
{
	size_t kept = p->depth, m = 0;
	int order;

	for (size_t i = p->depth; i < p->count; i++) {
		while ((order = order_of(&p->nodes[i].valid_policy, mapped_at(p, m))) > 0)
			m++;
		if (order < 0)
			p->nodes[kept++] = p->nodes[i];
	}
	p->count = kept;
	settle(p);
}

/* A node's expected_policy_set: the subject domains of the mappings from m to end. */
static pki_status expect_mapped(pki_policies *p, size_t of, size_t m, size_t end, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (; st == PKI_SUCCESS && m < end; m++)
		st = expect(p, p->mappings[m].subject_domain, of, err);
	return st;
}

/* (b)(2) */
static pki_status map_any_policy(pki_policies *p, size_t m, size_t end, pki_error *err)
{
	pki_policy id_p = { p->mappings[m].issuer_domain, p->any_qualifiers };
	pki_status st = add_child(p, &id_p, p->next, 0, err);

	return st == PKI_SUCCESS ? expect_mapped(p, p->count - 1, m, end, err) : st;
}

/* {P-OID}, or (b)(1) and (b)(2). */
static pki_status expect_each(pki_policies *p, pki_error *err)
{
	size_t i = p->depth, nodes = p->count, m = 0, end;
	pki_status st = PKI_SUCCESS;
	int order;

	while (st == PKI_SUCCESS && (i < nodes || m < p->mapping_count)) {
		order = order_of(node_at(p, i, nodes), mapped_at(p, m));
		end = order < 0 ? m : next_domain(p, m);
		if (order < 0)
			st = expect(p, p->nodes[i].valid_policy, i, err);
		else if (order == 0)
			st = expect_mapped(p, i, m, end, err);
		else if (p->any)
			st = map_any_policy(p, m, end, err);
		i += order <= 0;
		m = end;
	}
	return st;
}

/* The expected_policy_sets of depth i. */
static pki_status expect_next(pki_policies *p, pki_error *err)
{
	pki_status st;

	p->next = p->expected_count;
	st = expect_each(p, err);
	sort(p->expected + p->next, p->expected_count - p->next, sizeof *p->expected, by_expected);
	return st == PKI_SUCCESS ? pki_call_spend(p->call, p->expected_count - p->next, err) : st;
}

static pki_status map(pki_policies *p, const pki_cert *c, pki_error *err)
{
	pki_status st = read_mappings(p, c, err);

	if (st != PKI_SUCCESS || p->null)
		return st;
	if (p->policy_mapping == 0) {
		delete_mapped(p);
		p->mapping_count = 0;
	}
	return expect_next(p, err);
}

/* ---- RFC 5280 6.1.4 (h), (i), (j) ---- */

static void count_down(size_t *n)
{
	*n -= *n > 0;
}

static void lower(size_t *n, int32_t skip_certs)
{
	if ((size_t)skip_certs < *n)
		*n = (size_t)skip_certs;
}

pki_status pki_policies_constraints(
    const pki_ctx *ctx, const pki_cert *c, pki_policy_constraints *out, pki_error *err)
{
	pki_ext e;

	*out = (pki_policy_constraints){ .has_require_explicit_policy = false };
	if (!pki_cert_ext(c, PKI_OID(policy_constraints), &e))
		return PKI_SUCCESS;
	return pki_ext_policy_constraints(ctx, e.value, out, err);
}

/* (i) */
static pki_status constrain(pki_policies *p, const pki_cert *c, pki_error *err)
{
	pki_policy_constraints pc;
	pki_status st = pki_policies_constraints(p->ctx, c, &pc, err);

	if (st != PKI_SUCCESS)
		return st;
	if (pc.has_require_explicit_policy)
		lower(&p->explicit_policy, pc.require_explicit_policy);
	if (pc.has_inhibit_policy_mapping)
		lower(&p->policy_mapping, pc.inhibit_policy_mapping);
	return PKI_SUCCESS;
}

/* (j) */
static pki_status inhibit(pki_policies *p, const pki_cert *c, pki_error *err)
{
	int32_t skip_certs;
	pki_status st;
	pki_ext e;

	if (!pki_cert_ext(c, PKI_OID(inhibit_any_policy), &e))
		return PKI_SUCCESS;
	st = pki_ext_inhibit_any_policy(p->ctx, e.value, &skip_certs, err);
	if (st == PKI_SUCCESS)
		lower(&p->inhibit_any_policy, skip_certs);
	return st;
}

pki_status pki_policies_prepare(pki_policies *p, const pki_cert *c, pki_error *err)
{
	pki_status st = map(p, c, err);

	if (!pki_cert_is_self_issued(c)) {
		count_down(&p->explicit_policy);
		count_down(&p->policy_mapping);
		count_down(&p->inhibit_any_policy);
	}
	if (st == PKI_SUCCESS)
		st = constrain(p, c, err);
	if (st == PKI_SUCCESS)
		st = inhibit(p, c, err);
	p->null = p->null || st != PKI_SUCCESS;
	return st;
}

/* ---- RFC 5280 6.1.5 ---- */

/* (b) */
static pki_status require(pki_policies *p, const pki_cert *leaf, pki_error *err)
{
	pki_policy_constraints pc;
	pki_status st = pki_policies_constraints(p->ctx, leaf, &pc, err);

	if (st == PKI_SUCCESS && pc.has_require_explicit_policy && pc.require_explicit_policy == 0)
		p->explicit_policy = 0;
	return st;
}

static void mark_parents(pki_policies *p, const node *child)
{
	node *parent;

	for (size_t e = child->first; e < child->first + child->parents; e++) {
		parent = &p->nodes[p->expected[e].node];
		parent->live = true;
		if (parent->in_leaf.len == 0)
			parent->in_leaf = child->in_leaf;
	}
}

/* (d)(3) of every depth at once: nodes without a descendant at depth n are none. */
static void mark_live(pki_policies *p)
{
	node *n;

	for (size_t i = p->count; i-- > 0;) {
		n = &p->nodes[i];
		if (i >= p->depth) {
			n->live = true;
			n->in_leaf = n->qualifiers;
		}
		if (n->live)
			mark_parents(p, n);
	}
}

static void drop_repeated_policies(pki_policies *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->policy_count; i++)
		if (kept == 0 || by_policy(&p->policies[kept - 1], &p->policies[i]) != 0)
			p->policies[kept++] = p->policies[i];
	p->policy_count = kept;
}

/* (g)(1) to (g)(4): the authority_constrained_policy_set, sorted in p. */
static pki_status find_authority_set(pki_policies *p, pki_error *err)
{
	pki_policy any_policy = { PKI_OID(any_policy), p->any_qualifiers };
	pki_status st = PKI_SUCCESS;
	const node *n;

	p->policy_count = 0;
	if (p->null)
		return PKI_SUCCESS;
	mark_live(p);
	for (size_t i = 0; st == PKI_SUCCESS && i < p->count; i++) {
		n = &p->nodes[i];
		if (n->live && n->parents == 0)
			st = put_policy(p, &(pki_policy){ n->valid_policy, n->in_leaf }, err);
	}
	if (st == PKI_SUCCESS && p->any)
		st = put_policy(p, &any_policy, err);
	sort(p->policies, p->policy_count, sizeof *p->policies, by_policy);
	drop_repeated_policies(p);
	return st;
}

static const pki_policy *find_policy(const pki_policies *p, pki_bytes oid)
{
	const pki_policy key = { .oid = oid };

	return p->policy_count == 0
	    ? NULL
	    : bsearch(&key, p->policies, p->policy_count, sizeof *p->policies, by_policy);
}

/* (g)(6), of one element of the user-initial-policy-set. NULL: it is not valid. */
static const pki_policy *find_allowed(const pki_policies *p, pki_bytes oid)
{
	const pki_policy *found = find_policy(p, oid);

	return found != NULL ? found : find_policy(p, PKI_OID(any_policy));
}

static bool has_any_policy(const pki_bytes *set, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (pki_oid_equal(set[i], PKI_OID(any_policy)))
			return true;
	return false;
}

/* (g)(6): what of the user-initial-policy-set is valid. */
static pki_status intersect(pki_policies *p, const pki_bytes *set, size_t count, pki_error *err)
{
	pki_policy *list = pki_alloc_zero(count, sizeof *list);
	const pki_policy *found;
	size_t kept = 0;

	if (list == NULL)
		return pki_error_nomem(err);
	for (size_t i = 0; i < count; i++)
		if ((found = find_allowed(p, set[i])) != NULL)
			list[kept++] = (pki_policy){ set[i], found->qualifiers };
	pki_free(p->policies);
	p->policies = list;
	p->policy_count = kept;
	p->policy_room = count;
	sort(list, kept, sizeof *list, by_policy);
	drop_repeated_policies(p);
	return PKI_SUCCESS;
}

/* (g): the user_constrained_policy_set, sorted in p. */
static pki_status find_user_set(
    pki_policies *p, const pki_bytes *set, size_t set_count, pki_error *err)
{
	pki_status st = pki_call_spend(p->call, p->count + p->expected_count + set_count, err);

	if (st == PKI_SUCCESS)
		st = find_authority_set(p, err);
	if (st != PKI_SUCCESS || set == NULL || has_any_policy(set, set_count))
		return st;
	return intersect(p, set, set_count, err);
}

/* One allocation for the list and, behind it, its OIDs. */
static pki_policy *copy_policies(const pki_policies *p)
{
	size_t size = p->policy_count * sizeof(pki_policy);
	pki_policy *list;
	uint8_t *to;

	for (size_t i = 0; i < p->policy_count; i++)
		if (!pki_size_add(size, p->policies[i].oid.len, &size))
			return NULL;
	if ((list = pki_alloc(size)) == NULL)
		return NULL;
	to = (uint8_t *)(list + p->policy_count);
	for (size_t i = 0; i < p->policy_count; i++) {
		list[i] = p->policies[i];
		memcpy(to, list[i].oid.data, list[i].oid.len);
		list[i].oid.data = to;
		to += list[i].oid.len;
	}
	return list;
}

static pki_status give(const pki_policies *p, pki_policy **out, size_t *count, pki_error *err)
{
	if (p->policy_count == 0)
		return PKI_SUCCESS;
	*out = copy_policies(p);
	if (*out == NULL)
		return pki_error_nomem(err);
	*count = p->policy_count;
	return PKI_SUCCESS;
}

pki_status pki_policies_finish(pki_policies *p, const pki_cert *leaf, const pki_bytes *set,
    size_t set_count, pki_policy **out, size_t *count, pki_error *err)
{
	pki_status st;

	*out = NULL;
	*count = 0;
	count_down(&p->explicit_policy);
	st = require(p, leaf, err);
	if (st == PKI_SUCCESS)
		st = find_user_set(p, set, set_count, err);
	if (st != PKI_SUCCESS)
		return st;
	if (p->policy_count == 0 && p->explicit_policy == 0)
		return pki_error_set(err, PKI_E_POLICY, "no policy is valid where one is required",
		    "RFC 5280 6.1.5(g)");
	return give(p, out, count, err);
}
