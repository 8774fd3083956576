/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificate policies along a path: RFC 5280 6.1.2 to 6.1.5, RFC 9618. */
#include <stdio.h>
#include <string.h>

#include <pki/ctx.h>

#include "libpki/core/ctx.h"
#include "libpki/verify/policy.h"
#include "tests/lib/oom.h"
#include "tests/lib/policy_chain.h"
#include "tests/lib/t.h"

#define R         PKI_REQUIRE_POLICY
#define M         PKI_INHIBIT_MAPPING
#define I         PKI_INHIBIT_ANY_POLICY
#define LENGTH(a) (sizeof(a) / sizeof(a)[0])

/* set NULL: anyPolicy alone. want: the user-constrained-policy-set, "" for none, or the clause that
 * is not met. */
typedef struct row {
	const char *chain;
	uint32_t flags;
	const char *set, *want;
} row;

#define NOTHING_VALID "RFC 5280 6.1.3(f)"
#define NOT_THE_USERS "RFC 5280 6.1.5(g)"
#define ANY_IS_MAPPED "RFC 5280 6.1.4(a)"

static const row assertions[] = {
	{ "", 0, NULL, "" },
	{ "||", 0, NULL, "" },
	{ "|A|", 0, NULL, "" },
	{ "A|A|A", 0, NULL, "A" },
	{ "A,B|B,A|A", 0, NULL, "A" },
	{ "A,B|B,A|A", R, "A", "A" },
	{ "B,C,A|A,B|B,A", R, "A,B,C", "A,B" },
	{ "*|*|*", R, NULL, "*" },
	{ "*|*|A", R, NULL, "A" },
	{ "*|A|*", R, NULL, "A" },
	{ "A|*|*", R, NULL, "A" },
	{ "*|A,*|B", R, NULL, "B" },
	{ "A,*|B,*|C,*", R, NULL, "A,B,C,*" },
	{ "*", R, "A,B", "A,B" },
	{ "A,*", R, "A,B", "A,B" },
	{ "*|A,*", R, "B", "B" },
	{ "*|A|*", R, "A,B", "A" },
	{ "A|A|A", R, "*", "A" },
	{ "A|A|A", R, "*,B", "A" },
	/* nothing in common, and nobody minds */
	{ "A|B", 0, NULL, "" },
	{ "A|A", 0, "B", "" },
	{ "A||A", 0, NULL, "" },
	/* and somebody minds */
	{ "", R, NULL, NOTHING_VALID },
	{ "||", R, NULL, NOTHING_VALID },
	{ "|A|A", R, NULL, NOTHING_VALID },
	{ "A||A", R, NULL, NOTHING_VALID },
	{ "A|A|", R, NULL, NOTHING_VALID },
	{ "A||*", R, NULL, NOTHING_VALID },
	{ "A|B", R, NULL, NOTHING_VALID },
	{ "A|A|B", R, NULL, NOTHING_VALID },
	{ "A,B|B|A", R, NULL, NOTHING_VALID },
	{ "*|A|B", R, NULL, NOTHING_VALID },
	{ "A|*|B", R, NULL, NOTHING_VALID },
	{ "A|A|A", R, "B", NOT_THE_USERS },
	{ "*|*|A", R, "B", NOT_THE_USERS },
	{ "*|A|*", R, "B,C", NOT_THE_USERS },
	{ "A,B|A,B|A,B", R, "C", NOT_THE_USERS },
};

static const row constraints[] = {
	/* requireExplicitPolicy, counted from the certificate that has it */
	{ "A r0|A", 0, NULL, "A" },
	{ "r5|||", 0, NULL, "" },
	{ "r3||", 0, NULL, "" },
	{ "r2|s|", 0, NULL, "" },
	{ "r2||", 0, NULL, NOT_THE_USERS },
	{ "r0|", 0, NULL, NOTHING_VALID },
	{ "A r0|", 0, NULL, NOTHING_VALID },
	{ "A r0|B", 0, NULL, NOTHING_VALID },
	{ "A r0|A", 0, "B", NOT_THE_USERS },
	{ "r1||", 0, NULL, NOTHING_VALID },
	{ "r1|", 0, NULL, NOT_THE_USERS },
	{ "r1|r9|", 0, NULL, NOTHING_VALID },
	{ "r9|r0|", 0, NULL, NOTHING_VALID },
	{ "r1|s|", 0, NULL, NOT_THE_USERS },
	{ "r1|s||", 0, NULL, NOTHING_VALID },
	{ "r0 s|", 0, NULL, NOTHING_VALID },
	{ "r999999999||", 0, NULL, "" },
	/* of the leaf only 0 counts */
	{ "|r0", 0, NULL, NOT_THE_USERS },
	{ "r0", 0, NULL, NOT_THE_USERS },
	{ "A|A r0", 0, NULL, "A" },
	{ "A|A r0", 0, "B", NOT_THE_USERS },
	{ "|r1", 0, NULL, "" },
	{ "|m0 i0", 0, NULL, "" },
	/* inhibitAnyPolicy */
	{ "A i0|A", R, NULL, "A" },
	{ "A i1|*|A", R, NULL, "A" },
	{ "* i0|A", R, NULL, "A" },
	{ "A i0|* s|A", R, NULL, "A" },
	{ "A i0|* s|* s|A", R, NULL, "A" },
	{ "A i1|* s|*|A", R, NULL, "A" },
	{ "A i0|*", R, NULL, NOTHING_VALID },
	{ "A i0|* s", R, NULL, NOTHING_VALID },
	{ "* i0|*", R, NULL, NOTHING_VALID },
	{ "A i1|*|*", R, NULL, NOTHING_VALID },
	{ "A i0|* s|*|A", R, NULL, NOTHING_VALID },
	{ "A i1|*|* i9|*", R, NULL, NOTHING_VALID },
	{ "A i9|* i0|*", R, NULL, NOTHING_VALID },
	{ "A i1|* s|*|*", R, NULL, NOTHING_VALID },
	{ "A i0|A,*|B", R, NULL, NOTHING_VALID },
	/* initial-any-policy-inhibit */
	{ "A|A", R | I, NULL, "A" },
	{ "* s|A", R | I, NULL, "A" },
	{ "*|A", R | I, NULL, NOTHING_VALID },
	{ "A|*", R | I, NULL, NOTHING_VALID },
	{ "*", I, NULL, "" },
	{ "* s", R | I, NULL, NOTHING_VALID },
};

static const row mappings[] = {
	{ "A A>B|B", R, NULL, "A" },
	{ "A A>B|B", R, "A", "A" },
	{ "A A>B,A>C|B,C", R, NULL, "A" },
	{ "A,B A>C,B>C|C", R, NULL, "A,B" },
	{ "A,B A>C,B>C|C", R, "B", "B" },
	{ "A,B A>B,B>A|A", R, NULL, "B" },
	{ "A,B A>B,B>A|A,B B>C,A>D|C", R, NULL, "A" },
	{ "A A>A,A>B|A", R, NULL, "A" },
	{ "A A>B|B B>C|C", R, NULL, "A" },
	{ "A A>B|*", R, NULL, "A" },
	{ "A,B A>C|B,*|C", R, NULL, "A" },
	{ "A,B,* B>D|D", R, NULL, "B" },
	{ "* A>B|B", R, NULL, "A" },
	{ "* A>B|*", R, NULL, "A,*" },
	{ "* A>B|*", R, "C", "C" },
	{ "* A>B|C", R, NULL, "C" },
	{ "* A>B|*|B,C", R, NULL, "A,C" },
	{ "* A>B,C>B|B", R, NULL, "A,C" },
	{ "B A>C,B>D|D", R, NULL, "B" },
	{ "A|A C>D|A", R, NULL, "A" },
	{ "A A>B|B A>C|B", R, NULL, "A" },
	{ "A|A A>B", R, NULL, "A" },
	{ "|A>B|", 0, NULL, "" },
	{ "A A>B s|B", R, NULL, "A" },
	/* what is mapped is expected no more */
	{ "A A>B|A", R, NULL, NOTHING_VALID },
	{ "A A>B|B B>C|B", R, NULL, NOTHING_VALID },
	{ "A A>B,A>C|D", R, NULL, NOTHING_VALID },
	{ "A B>C|C", R, NULL, NOTHING_VALID },
	{ "A A>B|*|A", R, NULL, NOTHING_VALID },
	{ "A|A>B|B", R, NULL, NOTHING_VALID },
	{ "A A>B|B", R, "B", NOT_THE_USERS },
	{ "A,B A>B,B>A|A", R, "A", NOT_THE_USERS },
	{ "* A>B|B", R, "B", NOT_THE_USERS },
	/* where mapping is inhibited the policy is valid no more */
	{ "A m0|A|A", R, NULL, "A" },
	{ "A m0|A B>C|A", R, NULL, "A" },
	{ "A,B m0|A,B A>C|B", R, NULL, "B" },
	{ "A m1|A A>B|B", R, NULL, "A" },
	{ "A m1|A s|A A>B|B", R, NULL, "A" },
	{ "* m0|* A>B|A", R, NULL, "A" },
	{ "A A>B|B", M, NULL, "" },
	{ "A A>B|A", M, NULL, "" },
	{ "A A>B|B", R | M, NULL, NOTHING_VALID },
	{ "A A>B|A", R | M, NULL, NOTHING_VALID },
	{ "A m0|A A>B|A", R, NULL, NOTHING_VALID },
	{ "A m0|A A>B|B", R, NULL, NOTHING_VALID },
	{ "A m0|A s A>B|B", R, NULL, NOTHING_VALID },
	{ "A m1|A|A A>B|B", R, NULL, NOTHING_VALID },
	{ "A m9|A m0|A A>B|B", R, NULL, NOTHING_VALID },
	{ "A m0|A m9|A A>B|B", R, NULL, NOTHING_VALID },
	{ "* m0|* A>B|B", R, "A", NOT_THE_USERS },
	/* anyPolicy is not mapped, whoever cares */
	{ "A *>B|A", 0, NULL, ANY_IS_MAPPED },
	{ "A A>*|A", 0, NULL, ANY_IS_MAPPED },
	{ "*>*|", 0, NULL, ANY_IS_MAPPED },
	{ "A|A A>B,B>*|A", 0, NULL, ANY_IS_MAPPED },
	{ "|*>A|", 0, NULL, ANY_IS_MAPPED },
	{ "A *>B|A", M, NULL, ANY_IS_MAPPED },
};

/* What the NIST suite is about in 4.8 to 4.12, as chains of our own. */
static const row situations[] = {
	/* 4.8 certificate policies */
	{ "A|A", R, "A", "A" },
	{ "A|A", R, "B", NOT_THE_USERS },
	{ "A|A", R, "A,B", "A" },
	{ "|", 0, NULL, "" },
	{ "|", R, NULL, NOTHING_VALID },
	{ "A|A,B|A", R, "A", "A" },
	{ "A,B,C|A,B|A", 0, NULL, "A" },
	{ "A|A|B", 0, NULL, "" },
	{ "A|A|B", R, NULL, NOTHING_VALID },
	{ "A,B|A,B|A,B", R, "B", "B" },
	{ "*|*", R, "A", "A" },
	{ "*|A", R, "A", "A" },
	{ "*|A", R, "B", NOT_THE_USERS },
	{ "A,B,C|A,C|B", 0, NULL, "" },
	{ "A|*", R, "A", "A" },
	{ "A|*", R, "B", NOT_THE_USERS },
	/* 4.9 requireExplicitPolicy */
	{ "A r10|A|A|A|", 0, NULL, "" },
	{ "A r5|A|A|A|", 0, NULL, "" },
	{ "A r4|A|A|A|", 0, NULL, NOT_THE_USERS },
	{ "A r3|A|A|A|", 0, NULL, NOTHING_VALID },
	{ "A r4|A|A|A|A", 0, NULL, "A" },
	{ "A r0|A|A|A|", 0, NULL, NOTHING_VALID },
	{ "A r7|A r2|A r4|A|", 0, NULL, NOTHING_VALID },
	{ "r2|s|", 0, NULL, "" },
	{ "r2|s||", 0, NULL, NOT_THE_USERS },
	{ "r2|s||s|", 0, NULL, NOT_THE_USERS },
	/* 4.10 policyMappings */
	{ "A A>B|B", R, "A", "A" },
	{ "A A>B|B", R, "B", NOT_THE_USERS },
	{ "A A>B|B", R | M, NULL, NOTHING_VALID },
	{ "A,B A>C|C C>D|D", R, "A", "A" },
	{ "A,B A>C|C C>D|B", R, NULL, NOTHING_VALID },
	{ "A,B A>C,B>D|C,D C>E,D>F|E", R, "A", "A" },
	{ "A,B A>C,B>D|C,D C>E,D>F|F", R, "A", NOT_THE_USERS },
	{ "A *>B|B", R, NULL, ANY_IS_MAPPED },
	{ "A A>*|B", R, NULL, ANY_IS_MAPPED },
	{ "A,B A>C,A>D|C", R, "A", "A" },
	{ "A|* A>B|B", R, "A", "A" },
	{ "A,B A>B|B", R, NULL, "A,B" },
	{ "*|* A>B|B", R, "A", "A" },
	/* 4.11 inhibitPolicyMapping */
	{ "A m0|A A>B|B", R, NULL, NOTHING_VALID },
	{ "A,B m1|A,B A>C,B>D|C,D|C", R, NULL, "A" },
	{ "A,B m1|A,B A>C,B>D|C,D C>E|E", R, NULL, NOTHING_VALID },
	{ "A m1|A s|A A>B|B", R, NULL, "A" },
	{ "A m1|A s|A A>B|B s B>C|C", R, NULL, NOTHING_VALID },
	{ "A m5|A m1|A A>B|B", R, NULL, "A" },
	/* 4.12 inhibitAnyPolicy */
	{ "A i0|*", R, NULL, NOTHING_VALID },
	{ "A i0|A,*", R, NULL, "A" },
	{ "A i1|*|A", R, NULL, "A" },
	{ "A i1|*|*", R, NULL, NOTHING_VALID },
	{ "A i5|* i1|*|*", R, NULL, NOTHING_VALID },
	{ "A i1|* s|*|A", R, NULL, "A" },
	{ "A i1|*|* s|A", R, NULL, "A" },
	{ "A i1|*|* s|*", R, NULL, NOTHING_VALID },
};

static void read_row(const row *r, chain *c)
{
	int set = r->set == NULL ? (int)CHAIN_ANY : chain_read_set(r->set);

	ck_assert_msg(chain_read(r->chain, c) != NULL && set > 0, "%s", r->chain);
	c->flags = r->flags;
	c->set = (uint32_t)set;
}

static void check_row(const row *r)
{
	pki_error err = PKI_ERROR_INIT;
	uint32_t valid, want = 0;
	pki_status st;
	chain c;

	read_row(r, &c);
	st = chain_judge(NULL, &c, &valid, &err);
	if (r->want[0] != 'R') {
		if (*r->want != '\0')
			want = (uint32_t)chain_read_set(r->want);
		ck_assert_msg(st == PKI_SUCCESS && valid == want, "%s (%s): %x, %s", r->chain,
		    r->want, valid, t_error(&err));
		return;
	}
	ck_assert_msg(st == PKI_E_POLICY && valid == 0 && pki_error_clause(&err) != NULL &&
		strcmp(pki_error_clause(&err), r->want) == 0,
	    "%s (%s): %x, %s", r->chain, r->want, valid, t_error(&err));
}

static void check_rows(const row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_row(&rows[i]);
}

START_TEST(test_assertions)
{
	check_rows(assertions, LENGTH(assertions));
}
END_TEST

START_TEST(test_constraints)
{
	check_rows(constraints, LENGTH(constraints));
}
END_TEST

START_TEST(test_mappings)
{
	check_rows(mappings, LENGTH(mappings));
}
END_TEST

START_TEST(test_situations)
{
	check_rows(situations, LENGTH(situations));
}
END_TEST

/* ---- against the tree ---- */

static uint32_t state = 20240812;

static uint32_t number(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 16) % below;
}

/* Few policies, so that they meet. */
static uint32_t some_policies(uint32_t of)
{
	uint32_t bits = 0;

	for (uint32_t n = 1 + number(of); n > 0; n--)
		bits |= 1u << number(of);
	return number(4) == 0 ? bits | CHAIN_ANY : bits;
}

static int some_count(void)
{
	return number(5) == 0 ? (int)number(4) : -1;
}

static chain_cert some_cert(uint32_t of)
{
	chain_cert c = { .require = some_count(),
		.inhibit_mapping = some_count(),
		.inhibit_any = some_count(),
		.self_issued = number(4) == 0 };

	if (number(12) > 0)
		c.policies = some_policies(of);
	for (uint32_t n = number(2) * number(5); n > 0; n--)
		c.mapped[number(of)] |= 1u << number(of);
	if (number(100) == 0)
		c.mapped[number(of)] |= CHAIN_ANY;
	return c;
}

static void make_chain(chain *c)
{
	uint32_t of = 2 + number(4);

	c->count = 1 + number(5);
	c->flags = number(3) > 0 ? 0 : number(8);
	c->set = number(2) == 0 ? CHAIN_ANY : some_policies(of);
	for (size_t i = 0; i < c->count; i++)
		c->certs[i] = some_cert(of);
}

#define CHAINS 20000

START_TEST(test_tree)
{
	size_t good = 0, valid = 0, full = 0;
	uint32_t got, want;
	pki_status st, told;
	chain c;

	for (unsigned i = 0; i < CHAINS; i++) {
		make_chain(&c);
		told = chain_judge_tree(&c, &want);
		if (told == PKI_E_LIMIT) {
			full++;
			continue;
		}
		st = chain_judge(NULL, &c, &got, NULL);
		ck_assert_msg(st == told && got == (st == PKI_SUCCESS ? want : 0),
		    "chain %u: %s %x, and the tree %s %x", i, pki_status_text(st), got,
		    pki_status_text(told), want);
		good += st == PKI_SUCCESS;
		valid += got != 0;
	}
	/* enough of each */
	ck_assert_uint_gt(good, CHAINS / 4);
	ck_assert_uint_lt(good, CHAINS * 3 / 4);
	ck_assert_uint_gt(valid, CHAINS / 10);
	ck_assert_uint_lt(full, CHAINS / 100);
}
END_TEST

/* ---- what it costs ---- */

static uint64_t work_of(const char *each, size_t count, pki_status want)
{
	uint32_t valid;
	pki_ctx *ctx;
	uint64_t work;
	chain c;

	ck_assert_ptr_nonnull(chain_read(each, &c));
	c.count = count;
	for (size_t i = 1; i < count; i++)
		c.certs[i] = c.certs[0];
	t_ok(pki_ctx_new(NULL, &ctx, err));
	ck_assert_int_eq(chain_judge(ctx, &c, &valid, NULL), want);
	work = pki_ctx_work(ctx);
	pki_ctx_free(ctx);
	return work;
}

#define BOMB "A,B A>A,A>B,B>A,B>B"

/* CVE-2023-0464: a tree of 2^20 nodes. */
START_TEST(test_bomb)
{
	uint64_t ten = work_of(BOMB, 10, PKI_SUCCESS), twenty = work_of(BOMB, 20, PKI_SUCCESS);

	ck_assert_uint_lt(ten, 10 * 20);
	ck_assert_uint_le(twenty, 2 * ten + 20);
	ck_assert_uint_lt(work_of("", 20, PKI_SUCCESS), 2);
}
END_TEST

static pki_bytes wide_oid(size_t i, uint8_t room[4])
{
	room[0] = 0x2a;
	room[1] = 0x81;
	room[2] = (uint8_t)(0x80 | i >> 7);
	room[3] = (uint8_t)(i & 0x7f);
	return pki_bytes_of(room, 4);
}

/* A certificate with so many policies, each mapped to so many others. */
static pki_cert *make_wide(size_t policies, size_t mapped)
{
	uint8_t from[4], to[4];
	pki_cert *c;
	pki_exts *e;

	t_ok(pki_exts_new(NULL, &e, err));
	for (size_t i = 0; i < policies; i++)
		pki_exts_policy(e, wide_oid(i, from));
	for (size_t i = 0; i < policies && mapped > 0; i++)
		for (size_t k = 0; k < mapped; k++)
			pki_exts_policy_mapping(
			    e, &(pki_policy_mapping){ wide_oid(i, from), wide_oid(k, to) });
	t_ok(chain_bare(e, false, &c, err));
	pki_exts_free(e);
	return c;
}

static pki_status add_times(
    const pki_ctx *ctx, const pki_cert *c, size_t times, uint64_t *work, pki_error *why)
{
	uint64_t before = pki_ctx_work(ctx);
	pki_status st = PKI_SUCCESS;
	pki_policies *p;
	pki_call call;

	pki_call_begin(&call, ctx);
	t_ok(pki_policies_new(ctx, &call, times, 0, &p, err));
	for (size_t i = 0; st == PKI_SUCCESS && i < times; i++) {
		st = pki_policies_add(p, c, false, why);
		if (st == PKI_SUCCESS)
			st = pki_policies_prepare(p, c, why);
	}
	pki_policies_free(p);
	*work = pki_ctx_work(ctx) - before;
	return st;
}

/* Everything mapped to everything: as much work as there are mappings. */
START_TEST(test_wide)
{
	pki_cert *forty = make_wide(40, 40), *eighty = make_wide(80, 80);
	uint64_t less, more;
	pki_ctx *ctx;

	t_ok(pki_ctx_new(NULL, &ctx, err));
	t_ok(add_times(ctx, forty, 10, &less, err));
	t_ok(add_times(ctx, eighty, 10, &more, err));
	ck_assert_uint_lt(less, 3 * 10 * (40 * 40 + 40));
	ck_assert_uint_lt(more, 3 * 10 * (80 * 80 + 80));
	pki_ctx_free(ctx);
	pki_cert_free(eighty);
	pki_cert_free(forty);
}
END_TEST

START_TEST(test_limits)
{
	pki_cert *wide = make_wide(300, 0), *mapped = make_wide(30, 30);
	pki_error why = PKI_ERROR_INIT;
	uint64_t work;
	pki_ctx *ctx;

	t_ok(add_times(NULL, wide, 3, &work, err));
	ck_assert_int_eq(add_times(NULL, wide, 4, &work, &why), PKI_E_LIMIT);
	ck_assert_str_eq(pki_error_reason(&why), "too many policies along a path");
	t_ok(pki_ctx_new(
	    PKI_OPTS(pki_ctx_opts, .limits = PKI_OPTS(pki_limits, .policy_nodes = 90)), &ctx, err));
	t_ok(add_times(ctx, mapped, 3, &work, err));
	ck_assert_int_eq(add_times(ctx, mapped, 4, &work, NULL), PKI_E_LIMIT);
	ck_assert_int_eq(add_times(ctx, wide, 1, &work, NULL), PKI_E_LIMIT);
	pki_ctx_free(ctx);
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 1000), &ctx, err));
	ck_assert_int_eq(add_times(ctx, mapped, 1, &work, NULL), PKI_E_LIMIT);
	t_ok(add_times(ctx, wide, 1, &work, err));
	pki_ctx_free(ctx);
	pki_cert_free(mapped);
	pki_cert_free(wide);
}
END_TEST

static bool stop(void *ud)
{
	(void)ud;
	return true;
}

START_TEST(test_cancel)
{
	uint32_t valid;
	pki_ctx *ctx;
	chain c;

	ck_assert_ptr_nonnull(chain_read("A|A", &c));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .cancel = stop), &ctx, err));
	ck_assert_int_eq(chain_judge(ctx, &c, &valid, NULL), PKI_E_CANCELLED);
	pki_ctx_free(ctx);
}
END_TEST

/* Check's macros allocate: they stay outside. */
static pki_status walk(const pki_cert *c, size_t n, pki_policy **list, size_t *count)
{
	pki_policies *p = NULL;
	pki_status st = pki_policies_new(NULL, NULL, n, 0, &p, NULL);

	for (size_t i = 1; st == PKI_SUCCESS && i < n; i++) {
		st = pki_policies_add(p, c, false, NULL);
		if (st == PKI_SUCCESS)
			st = pki_policies_prepare(p, c, NULL);
	}
	if (st == PKI_SUCCESS)
		st = pki_policies_add(p, c, true, NULL);
	if (st == PKI_SUCCESS)
		st = pki_policies_finish(p, c, NULL, 0, list, count, NULL);
	pki_policies_free(p);
	return st;
}

/* Where there are no policies nothing is allocated for a certificate. */
START_TEST(test_nothing_to_do)
{
	unsigned long allocations;
	pki_policy *list;
	pki_status st;
	pki_cert *c;
	size_t count;
	chain one;

	ck_assert_ptr_nonnull(chain_read("", &one));
	t_ok(chain_make(&one.certs[0], &c, err));
	oom_begin(0, false);
	st = walk(c, 16, &list, &count);
	allocations = oom_end();
	ck_assert_int_eq(st, PKI_SUCCESS);
	ck_assert_uint_eq(allocations, 1);
	ck_assert_ptr_null(list);
	ck_assert_uint_eq(count, 0);
	pki_cert_free(c);
	pki_policies_free(NULL);
}
END_TEST

/* An anchor that is the leaf: a path without certificates. */
START_TEST(test_no_certificates)
{
	const pki_bytes a = chain_policy(0);
	pki_policy *list;
	pki_policies *p;
	size_t count;

	t_ok(pki_policies_new(NULL, NULL, 0, PKI_REQUIRE_POLICY, &p, err));
	t_ok(pki_policies_finish(p, NULL, NULL, 0, &list, &count, err));
	ck_assert_uint_eq(count, 1);
	t_bytes_eq(list[0].oid, PKI_OID(any_policy));
	pki_free(list);
	t_ok(pki_policies_finish(p, NULL, &a, 1, &list, &count, err));
	ck_assert_uint_eq(count, 1);
	t_bytes_eq(list[0].oid, a);
	pki_free(list);
	t_fails(PKI_E_POLICY, pki_policies_finish(p, NULL, &a, 0, &list, &count, err));
	ck_assert_ptr_null(list);
	pki_policies_free(p);
}
END_TEST

/* ---- memory ---- */

START_TEST(test_no_memory)
{
	static const char *const chains[] = { "A,B A>C,B>C|C,D D>E|C", "* A>B,C>D|*|B,D", BOMB };
	pki_error err = PKI_ERROR_INIT;
	unsigned long n, count = 1;
	uint32_t valid;
	pki_status st;
	chain c;

	for (size_t i = 0; i < LENGTH(chains); i++) {
		ck_assert_ptr_nonnull(chain_read(chains[i], &c));
		c.set = 7;
		count = 1;
		for (n = 1; n <= count; n++) {
			oom_begin(n, false);
			st = chain_judge(NULL, &c, &valid, &err);
			count = oom_end();
			ck_assert(st == PKI_E_NOMEM ? valid == 0 : st == PKI_SUCCESS);
			ck_assert_int_eq(oom_balance(), 0);
		}
	}
}
END_TEST

/* ---- qualifiers ---- */

static void add_with_cps(pki_exts *e, size_t policy, const char *cps)
{
	pki_buf q = PKI_BUF_INIT;

	t_ok(pki_policy_qualifier_encode(NULL,
	    &(pki_policy_qualifier){ .oid = PKI_OID(qt_cps), .cps = pki_bytes_str(cps) }, &q, err));
	pki_exts_policy_info(e, &(pki_policy){ chain_policy(policy), pki_buf_bytes(&q) });
	pki_buf_free(&q);
}

/* A leaf with C and anyPolicy, each with a URI. */
static pki_cert *make_qualified(void)
{
	pki_cert *c;
	pki_exts *e;

	t_ok(pki_exts_new(NULL, &e, err));
	add_with_cps(e, 2, "c:c");
	add_with_cps(e, CHAIN_POLICIES, "c:any");
	t_ok(chain_bare(e, false, &c, err));
	pki_exts_free(e);
	return c;
}

static void check_cps(const pki_policy *p, size_t policy, const char *cps)
{
	pki_policy_qualifier q;
	pki_ext_iter it;

	t_bytes_eq(p->oid, chain_policy(policy));
	pki_ext_list_in(&it, NULL, p->qualifiers);
	ck_assert(pki_ext_qualifier_next(&it, &q));
	t_bytes_eq(q.cps, pki_bytes_str(cps));
	t_ok(pki_ext_list_finish(&it, err));
}

static size_t judge_qualified(
    const char *ca, const pki_bytes *set, size_t set_count, pki_policy **list)
{
	pki_cert *first, *leaf = make_qualified();
	pki_policies *p;
	size_t count;
	chain c;

	ck_assert_ptr_nonnull(chain_read(ca, &c));
	t_ok(chain_make(&c.certs[0], &first, err));
	t_ok(pki_policies_new(NULL, NULL, 2, PKI_REQUIRE_POLICY, &p, err));
	t_ok(pki_policies_add(p, first, false, err));
	t_ok(pki_policies_prepare(p, first, err));
	t_ok(pki_policies_add(p, leaf, true, err));
	t_ok(pki_policies_finish(p, leaf, set, set_count, list, &count, err));
	for (size_t i = 0; i < count; i++)
		check_cps(&(*list)[i], (*list)[i].oid.len == 2 ? (*list)[i].oid.data[1] : 8,
		    (*list)[i].oid.len == 2 && (*list)[i].oid.data[1] == 0 ? "c:c" : "c:any");
	pki_policies_free(p);
	pki_cert_free(leaf);
	pki_cert_free(first);
	return count;
}

START_TEST(test_qualifiers)
{
	const pki_bytes twice[] = { chain_policy(3), chain_policy(1), chain_policy(3) };
	pki_policy *list;

	/* A is C in the leaf; B is there by anyPolicy */
	ck_assert_uint_eq(judge_qualified("A,B A>C", NULL, 0, &list), 2);
	t_bytes_eq(list[0].oid, chain_policy(0));
	t_bytes_eq(list[1].oid, chain_policy(1));
	pki_free(list);
	/* what the user names has the qualifiers of anyPolicy */
	ck_assert_uint_eq(judge_qualified("*", twice, 3, &list), 2);
	t_bytes_eq(list[0].oid, chain_policy(1));
	t_bytes_eq(list[1].oid, chain_policy(3));
	pki_free(list);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_assertions, test_constraints, test_mappings,
		test_situations, test_tree, test_bomb, test_wide, test_limits, test_cancel,
		test_nothing_to_do, test_no_certificates, test_no_memory, test_qualifiers, NULL };

	return t_main("policy", tests);
}
