/* SPDX-License-Identifier: BSD-3-Clause */
/* Chains of certificates that are described in a line of text, and what their policies come to. */
#include <limits.h>

#include "libpki/core/ctx.h"
#include "libpki/types/ext.h"
#include "libpki/verify/policy.h"
#include "tests/lib/policy_chain.h"

/* ---- text ---- */

static int read_letter(char c)
{
	if (c == '*')
		return CHAIN_POLICIES;
	return c >= 'A' && c < 'A' + CHAIN_POLICIES ? c - 'A' : -1;
}

int chain_read_set(const char *text)
{
	int set = 0, i;

	for (; (i = read_letter(*text)) >= 0; text++) {
		set |= 1 << i;
		if (*++text != ',')
			return *text == '\0' ? set : -1;
	}
	return -1;
}

/* "A,B" or "A>B,A>C", up to what is none of it. */
static const char *read_policies(const char *s, chain_cert *c)
{
	int from, to;

	for (;;) {
		if ((from = read_letter(*s++)) < 0)
			return NULL;
		if (*s == '>') {
			if ((to = read_letter(*++s)) < 0)
				return NULL;
			c->mapped[from] |= 1u << to;
			s++;
		} else {
			c->policies |= 1u << from;
		}
		if (*s != ',')
			return s;
		s++;
	}
}

static const char *read_number(const char *s, int *out)
{
	if (*s < '0' || *s > '9')
		return NULL;
	for (*out = 0; *s >= '0' && *s <= '9' && *out < INT_MAX / 10; s++)
		*out = *out * 10 + (*s - '0');
	return s;
}

static const char *read_part(const char *s, chain_cert *c)
{
	switch (*s) {
	case 'r':
		return read_number(s + 1, &c->require);
	case 'm':
		return read_number(s + 1, &c->inhibit_mapping);
	case 'i':
		return read_number(s + 1, &c->inhibit_any);
	case 's':
		c->self_issued = true;
		return s + 1;
	default:
		return read_policies(s, c);
	}
}

const char *chain_read(const char *text, chain *out)
{
	const chain_cert none = { .require = -1, .inhibit_mapping = -1, .inhibit_any = -1 };
	const char *s = text;

	*out = (chain){ .set = CHAIN_ANY, .count = 1, .certs = { none } };
	while (s != NULL && *s != '\0') {
		if (*s == ' ') {
			s++;
		} else if (*s == '|' && out->count < CHAIN_CERTS) {
			out->certs[out->count++] = none;
			s++;
		} else {
			s = read_part(s, &out->certs[out->count - 1]);
		}
	}
	return s;
}

/* ---- certificates ---- */

pki_bytes chain_policy(size_t i)
{
	static const uint8_t oids[CHAIN_POLICIES][2] = { { 0x2a, 0 }, { 0x2a, 1 }, { 0x2a, 2 },
		{ 0x2a, 3 }, { 0x2a, 4 }, { 0x2a, 5 }, { 0x2a, 6 }, { 0x2a, 7 } };

	return i < CHAIN_POLICIES ? pki_bytes_of(oids[i], 2) : PKI_OID(any_policy);
}

static void put_name(pki_derw *w, const char *name)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SET);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, PKI_OID(common_name));
	pki_derw_text(w, PKI_TAG_UTF8, name);
	pki_derw_end(w);
	pki_derw_end(w);
	pki_derw_end(w);
}

static void put_algorithm(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, chain_policy(0));
	pki_derw_end(w);
}

static void put_exts(pki_derw *w, const pki_exts *e)
{
	pki_ext x;

	pki_derw_begin(w, PKI_TAG_EXPLICIT(3));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; pki_exts_at(e, i, &x); i++)
		pki_ext_write(w, &x);
	pki_derw_end(w);
	pki_derw_end(w);
}

static void put_tbs(pki_derw *w, const pki_exts *e, bool self_issued)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	pki_derw_int64(w, 2);
	pki_derw_end(w);
	pki_derw_int64(w, 1);
	put_algorithm(w);
	put_name(w, "A");
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_time(w, 0);
	pki_derw_time(w, 1);
	pki_derw_end(w);
	put_name(w, self_issued ? "A" : "B");
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	put_algorithm(w);
	pki_derw_bits(w, pki_bytes_of("x", 1), 0);
	pki_derw_end(w);
	if (pki_exts_count(e) > 0)
		put_exts(w, e);
	pki_derw_end(w);
}

pki_status chain_bare(const pki_exts *e, bool self_issued, pki_cert **out, pki_error *err)
{
	pki_status st = pki_exts_status(e, err);
	pki_buf der = PKI_BUF_INIT;
	pki_derw w;

	*out = NULL;
	if (st != PKI_SUCCESS)
		return st;
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	put_tbs(&w, e, self_issued);
	put_algorithm(&w);
	pki_derw_bits(&w, pki_bytes_of("x", 1), 0);
	pki_derw_end(&w);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS)
		st = pki_cert_parse(NULL, pki_buf_bytes(&der), out, err);
	pki_buf_free(&der);
	return st;
}

/* By hand, as libpki does not write mappings of anyPolicy. */
static void add_mappings(pki_exts *e, const chain_cert *c)
{
	pki_buf value = PKI_BUF_INIT;
	bool some = false;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t from = 0; from <= CHAIN_POLICIES; from++)
		for (size_t to = 0; to <= CHAIN_POLICIES; to++) {
			if ((c->mapped[from] >> to & 1) == 0)
				continue;
			some = true;
			pki_derw_begin(&w, PKI_TAG_SEQUENCE);
			pki_derw_oid(&w, chain_policy(from));
			pki_derw_oid(&w, chain_policy(to));
			pki_derw_end(&w);
		}
	pki_derw_end(&w);
	if (pki_derw_finish(&w, &value, NULL) == PKI_SUCCESS && some)
		pki_exts_add(e, PKI_OID(policy_mappings), true, pki_buf_bytes(&value));
	pki_buf_free(&value);
}

static void add_constraints(pki_exts *e, const chain_cert *c)
{
	pki_policy_constraints pc = { .require_explicit_policy = c->require,
		.inhibit_policy_mapping = c->inhibit_mapping,
		.has_require_explicit_policy = c->require >= 0,
		.has_inhibit_policy_mapping = c->inhibit_mapping >= 0 };

	if (c->require < 0)
		pc.require_explicit_policy = 0;
	if (c->inhibit_mapping < 0)
		pc.inhibit_policy_mapping = 0;
	if (c->require >= 0 || c->inhibit_mapping >= 0)
		pki_exts_policy_constraints(e, &pc);
	if (c->inhibit_any >= 0)
		pki_exts_inhibit_any_policy(e, c->inhibit_any);
}

pki_status chain_make(const chain_cert *c, pki_cert **out, pki_error *err)
{
	pki_exts *e = NULL;
	pki_status st = pki_exts_new(NULL, &e, err);

	*out = NULL;
	if (st != PKI_SUCCESS)
		return st;
	for (size_t i = 0; i <= CHAIN_POLICIES; i++)
		if ((c->policies >> i & 1) != 0)
			pki_exts_policy(e, chain_policy(i));
	add_mappings(e, c);
	add_constraints(e, c);
	st = chain_bare(e, c->self_issued, out, err);
	pki_exts_free(e);
	return st;
}

/* ---- libpki ---- */

static uint32_t bits_of(const pki_policy *list, size_t count)
{
	uint32_t bits = 0;

	for (size_t n = 0; n < count; n++)
		for (size_t i = 0; i <= CHAIN_POLICIES; i++)
			if (pki_bytes_equal(list[n].oid, chain_policy(i)))
				bits |= 1u << i;
	return bits;
}

static pki_status finish(
    pki_policies *p, const chain *c, const pki_cert *leaf, uint32_t *valid, pki_error *err)
{
	pki_bytes set[CHAIN_POLICIES + 1];
	pki_policy *list = NULL;
	size_t n = 0, count;
	pki_status st;

	for (size_t i = 0; i <= CHAIN_POLICIES; i++)
		if ((c->set >> i & 1) != 0)
			set[n++] = chain_policy(i);
	st = pki_policies_finish(p, leaf, c->set == CHAIN_ANY ? NULL : set, n, &list, &count, err);
	*valid = bits_of(list, count);
	pki_free(list);
	return st;
}

static pki_status walk(
    pki_policies *p, const chain *c, pki_cert *const *certs, uint32_t *valid, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	size_t last = c->count - 1;

	for (size_t i = 0; st == PKI_SUCCESS && i < last; i++) {
		st = pki_policies_add(p, certs[i], false, err);
		if (st == PKI_SUCCESS)
			st = pki_policies_prepare(p, certs[i], err);
	}
	if (st == PKI_SUCCESS)
		st = pki_policies_add(p, certs[last], true, err);
	return st == PKI_SUCCESS ? finish(p, c, certs[last], valid, err) : st;
}

pki_status chain_judge(const pki_ctx *ctx, const chain *c, uint32_t *valid, pki_error *err)
{
	pki_cert *certs[CHAIN_CERTS] = { NULL };
	pki_status st = PKI_SUCCESS;
	pki_policies *p = NULL;
	pki_call call;

	*valid = 0;
	pki_call_begin(&call, ctx);
	for (size_t i = 0; st == PKI_SUCCESS && i < c->count; i++)
		st = chain_make(&c->certs[i], &certs[i], err);
	if (st == PKI_SUCCESS)
		st = pki_policies_new(ctx, &call, c->count, c->flags, &p, err);
	if (st == PKI_SUCCESS)
		st = walk(p, c, certs, valid, err);
	pki_policies_free(p);
	for (size_t i = 0; i < c->count; i++)
		pki_cert_free(certs[i]);
	return st;
}

/* ---- the valid_policy_tree ---- */

#define TREE_NODES 1024

typedef struct tree_node {
	size_t parent, depth;
	uint32_t valid_policy, expected; /* bits */
	bool deleted;
} tree_node;

typedef struct tree {
	tree_node nodes[TREE_NODES];
	size_t count;
	int explicit_policy, policy_mapping, inhibit_any_policy;
	bool full;
} tree;

static void grow(tree *t, size_t parent, uint32_t valid_policy, uint32_t expected)
{
	if (t->count == TREE_NODES) {
		t->full = true;
		return;
	}
	t->nodes[t->count++] = (tree_node){ parent, t->nodes[parent].depth + 1, valid_policy,
		expected, false };
}

static bool has_child(const tree *t, size_t n, uint32_t valid_policy)
{
	for (size_t i = 1; i < t->count; i++)
		if (!t->nodes[i].deleted && t->nodes[i].parent == n &&
		    (t->nodes[i].valid_policy & valid_policy) != 0)
			return true;
	return false;
}

static bool is_at(const tree *t, size_t n, size_t depth)
{
	return !t->nodes[n].deleted && t->nodes[n].depth == depth;
}

/* Nodes of this depth or less without children go, the deepest first, as deeper ones come later. */
static void prune(tree *t, size_t depth)
{
	for (size_t i = t->count; i-- > 0;)
		if (t->nodes[i].depth <= depth && !has_child(t, i, UINT32_MAX))
			t->nodes[i].deleted = true;
}

static bool is_null(const tree *t)
{
	return t->nodes[0].deleted;
}

/* 6.1.3 (d)(1) */
static void tree_assert(tree *t, size_t depth, uint32_t policy)
{
	size_t before = t->count;
	bool match = false;

	for (size_t i = 0; i < before; i++)
		if (is_at(t, i, depth - 1) && (t->nodes[i].expected & policy) != 0) {
			grow(t, i, policy, policy);
			match = true;
		}
	for (size_t i = 0; i < before && !match; i++)
		if (is_at(t, i, depth - 1) && t->nodes[i].valid_policy == CHAIN_ANY)
			grow(t, i, policy, policy);
}

/* 6.1.3 (d)(2) */
static void tree_assert_any(tree *t, size_t depth)
{
	size_t before = t->count;

	for (size_t i = 0; i < before; i++)
		for (uint32_t p = 1; is_at(t, i, depth - 1) && p <= CHAIN_ANY; p <<= 1)
			if ((t->nodes[i].expected & p) != 0 && !has_child(t, i, p))
				grow(t, i, p, p);
}

/* 6.1.3 (d), (e), (f) */
static pki_status tree_process(tree *t, const chain_cert *c, size_t depth, bool last)
{
	for (uint32_t p = 1; !is_null(t) && p < CHAIN_ANY; p <<= 1)
		if ((c->policies & p) != 0)
			tree_assert(t, depth, p);
	if (!is_null(t) && (c->policies & CHAIN_ANY) != 0 &&
	    (t->inhibit_any_policy > 0 || (!last && c->self_issued)))
		tree_assert_any(t, depth);
	prune(t, depth - 1);
	if (c->policies == 0)
		t->nodes[0].deleted = true;
	return t->explicit_policy > 0 || !is_null(t) ? PKI_SUCCESS : PKI_E_POLICY;
}

/* 6.1.4 (b)(1) */
static void tree_map(tree *t, size_t depth, uint32_t policy, uint32_t to)
{
	size_t before = t->count;
	bool found = false;

	for (size_t i = 0; i < before; i++)
		if (is_at(t, i, depth) && t->nodes[i].valid_policy == policy) {
			t->nodes[i].expected = to;
			found = true;
		}
	for (size_t i = 0; i < before && !found; i++)
		if (is_at(t, i, depth) && t->nodes[i].valid_policy == CHAIN_ANY) {
			grow(t, t->nodes[i].parent, policy, to);
			found = true;
		}
}

/* 6.1.4 (b)(2) */
static void tree_unmap(tree *t, size_t depth, uint32_t policy)
{
	for (size_t i = 0; i < t->count; i++)
		if (is_at(t, i, depth) && t->nodes[i].valid_policy == policy)
			t->nodes[i].deleted = true;
	prune(t, depth - 1);
}

static void tree_lower(int *n, int to)
{
	if (to >= 0 && to < *n)
		*n = to;
}

/* 6.1.4 */
static pki_status tree_prepare(tree *t, const chain_cert *c, size_t depth)
{
	for (size_t p = 0; p <= CHAIN_POLICIES; p++)
		if ((c->mapped[p] & CHAIN_ANY) != 0 || (p == CHAIN_POLICIES && c->mapped[p] != 0))
			return PKI_E_POLICY;
	for (size_t p = 0; p < CHAIN_POLICIES && !is_null(t); p++) {
		if (c->mapped[p] != 0 && t->policy_mapping > 0)
			tree_map(t, depth, 1u << p, c->mapped[p]);
		else if (c->mapped[p] != 0)
			tree_unmap(t, depth, 1u << p);
	}
	if (!c->self_issued) {
		t->explicit_policy -= t->explicit_policy > 0;
		t->policy_mapping -= t->policy_mapping > 0;
		t->inhibit_any_policy -= t->inhibit_any_policy > 0;
	}
	tree_lower(&t->explicit_policy, c->require);
	tree_lower(&t->policy_mapping, c->inhibit_mapping);
	tree_lower(&t->inhibit_any_policy, c->inhibit_any);
	return PKI_SUCCESS;
}

/* 6.1.5 (g)(iii)(1): nodes whose parent is anyPolicy. */
static uint32_t tree_node_set(const tree *t)
{
	uint32_t set = 0;

	for (size_t i = 1; i < t->count; i++)
		if (!t->nodes[i].deleted && t->nodes[t->nodes[i].parent].valid_policy == CHAIN_ANY)
			set |= t->nodes[i].valid_policy;
	return set;
}

/* 6.1.5 (g): what is left of the tree, by the policies at its top. */
static uint32_t tree_intersect(const tree *t, const chain *c)
{
	uint32_t set = is_null(t) ? 0 : tree_node_set(t) & ~CHAIN_ANY;
	bool any = c->count == 0;

	for (size_t i = 1; i < t->count; i++)
		any = any || (is_at(t, i, c->count) && t->nodes[i].valid_policy == CHAIN_ANY);
	any = any && !is_null(t);
	if ((c->set & CHAIN_ANY) != 0)
		return set | (any ? CHAIN_ANY : 0);
	return any ? c->set : set & c->set;
}

/* 6.1.5 */
static pki_status tree_finish(tree *t, const chain *c, uint32_t *valid)
{
	const chain_cert *leaf = &c->certs[c->count - 1];

	t->explicit_policy -= t->explicit_policy > 0;
	if (leaf->require == 0)
		t->explicit_policy = 0;
	*valid = tree_intersect(t, c);
	return t->explicit_policy > 0 || *valid != 0 ? PKI_SUCCESS : PKI_E_POLICY;
}

static int tree_start(const chain *c, uint32_t flag)
{
	return (c->flags & flag) != 0 ? 0 : (int)c->count + 1;
}

pki_status chain_judge_tree(const chain *c, uint32_t *valid)
{
	static tree t;
	pki_status st = PKI_SUCCESS;

	*valid = 0;
	t.count = 1;
	t.full = false;
	t.nodes[0] = (tree_node){ 0, 0, CHAIN_ANY, CHAIN_ANY, false };
	t.explicit_policy = tree_start(c, PKI_REQUIRE_POLICY);
	t.policy_mapping = tree_start(c, PKI_INHIBIT_MAPPING);
	t.inhibit_any_policy = tree_start(c, PKI_INHIBIT_ANY_POLICY);
	for (size_t i = 0; st == PKI_SUCCESS && !t.full && i < c->count; i++) {
		st = tree_process(&t, &c->certs[i], i + 1, i + 1 == c->count);
		if (st == PKI_SUCCESS && i + 1 < c->count)
			st = tree_prepare(&t, &c->certs[i], i + 1);
	}
	if (t.full)
		return PKI_E_LIMIT;
	return st == PKI_SUCCESS ? tree_finish(&t, c, valid) : st;
}
