/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Chains with one fault each: without it they are valid, with it libpki says what is wrong, and
 * with which certificate. And: to ask for more never turns a refusal into acceptance.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/chain_faults.h"
#include "tests/lib/random.h"

#define KINDS 60 /* at least so many of them */

static void build(const fault *f, bool spoilt, gen_chain *g)
{
	gen_chain_init(g, FAULT_CERTS);
	if (f->prepare != NULL)
		f->prepare(g, f);
	if (spoilt)
		f->spoil(g, f);
}

/* ---- one fault ---- */

static void without(const fault *f)
{
	pki_error e = PKI_ERROR_INIT;
	gen_chain g;
	gen_made m;

	build(f, false, &g);
	gen_make(&g, &m);
	ck_assert_msg(gen_verify(&g, &m, NULL, NULL, &e) == PKI_SUCCESS, "%s (%zu): without it: %s",
	    f->name, f->at, t_error(&e));
	gen_made_free(&m);
}

/* Does an attempt say it? */
static bool says(const pki_result *r, const fault *f, const char **instead)
{
	static char text[256];
	pki_failure x;

	snprintf(text, sizeof text, "nothing");
	for (size_t i = 0; pki_attempt_failure_at(r, 0, i, &x); i++) {
		if (x.code == f->code && x.certificate == f->certificate && *x.clause != '\0')
			return true;
		snprintf(text, sizeof text, "%s of %zu: %s (%s)", pki_code_name(x.code),
		    x.certificate, x.text, x.clause);
	}
	*instead = text;
	return false;
}

static pki_status status_of(pki_code code)
{
	return code == PKI_CODE_UNSUPPORTED ? PKI_E_UNSUPPORTED : PKI_E_UNTRUSTED;
}

static bool with(const fault *f)
{
	const char *instead = NULL;
	pki_result *r = NULL;
	pki_status st;
	gen_chain g;
	gen_made m;

	build(f, true, &g);
	gen_make(&g, &m);
	st = gen_verify(&g, &m, NULL, &r, NULL);
	if (st != status_of(f->code))
		printf("%s (%zu): %s\n", f->name, f->at, pki_status_text(st));
	if (!says(r, f, &instead)) {
		printf("%s (%zu): wanted %s of %zu, got %s\n", f->name, f->at,
		    pki_code_name(f->code), f->certificate, instead);
		st = PKI_SUCCESS;
	}
	ck_assert_uint_eq(pki_result_path_len(r), 0);
	pki_result_free(r);
	gen_made_free(&m);
	return st == status_of(f->code);
}

START_TEST(one_fault)
{
	size_t wrong = 0;

	for (size_t i = 0; i < fault_count; i++) {
		without(&faults[i]);
		wrong += !with(&faults[i]);
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

START_TEST(kinds)
{
	size_t n = 0;

	for (size_t i = 0; i < fault_count; i++)
		n += i == 0 || strcmp(faults[i].name, faults[i - 1].name) != 0;
	printf("%zu chains with a fault, of %zu kinds\n", fault_count, n);
	ck_assert_uint_ge(n, KINDS);
}
END_TEST

/* ---- the lattice ---- */

/* Each step asks for one thing more. */
enum { RULES, ANCHOR, REVOCATION, POLICY, MAPPING, ANY, STRENGTH, PURPOSE, HOST, SET, SIDES };
static const unsigned heights[SIDES] = { 2, 1, 2, 1, 1, 1, 2, 1, 1, 1 };

static const uint32_t strengths[] = { 0, 128, 192 };

static void ask(const gen_chain *g, const unsigned *at, pki_verify_opts *o)
{
	*o = g->ask;
	o->rules = (pki_rules)at[RULES];
	o->anchor = at[ANCHOR] ? PKI_ANCHOR_FULL : PKI_ANCHOR_BARE;
	o->revocation = (pki_revocation_mode)at[REVOCATION];
	o->policy_flags = (at[POLICY] ? PKI_REQUIRE_POLICY : 0) |
	    (at[MAPPING] ? PKI_INHIBIT_MAPPING : 0) | (at[ANY] ? PKI_INHIBIT_ANY_POLICY : 0);
	o->min_strength = strengths[at[STRENGTH]];
	if (!at[PURPOSE]) {
		o->purpose = PKI_PURPOSE_ANY;
		o->purpose_oid = pki_bytes_of(NULL, 0);
	}
	if (!at[HOST])
		o->host = o->ip = o->email = NULL;
	o->policies = NULL;
	o->policy_count = 0;
	o->policy_set = at[SET] ? g->policies : NULL;
	o->policy_set_count = at[SET];
}

static bool accepts(const gen_chain *g, const gen_made *m, const unsigned *at, pki_sig_cache *c)
{
	pki_error e = PKI_ERROR_INIT;
	pki_verify_opts o;
	pki_status st;

	ask(g, at, &o);
	o.cache = c;
	st = gen_verify(g, m, &o, NULL, &e);
	ck_assert_msg(st == PKI_SUCCESS || st == PKI_E_UNTRUSTED || st == PKI_E_UNSUPPORTED, "%s",
	    t_error(&e));
	return st == PKI_SUCCESS;
}

/* One more, of what is not at its top. false: all is. */
static bool step(unsigned *at, uint64_t *seed)
{
	size_t open[SIDES], n = 0;

	for (size_t i = 0; i < SIDES; i++)
		if (at[i] < heights[i])
			open[n++] = i;
	if (n == 0)
		return false;
	at[open[random_below(seed, n)]]++;
	return true;
}

/* From the bottom to the top, by one of the many ways. */
static void climb(
    const fault *f, const gen_chain *g, const gen_made *m, pki_sig_cache *c, uint64_t *seed)
{
	unsigned at[SIDES] = { 0 };
	bool before, now;

	/* an anchor for one purpose does not serve for any */
	at[PURPOSE] = g->anchor.purposes != 0;
	before = accepts(g, m, at, c);
	for (; step(at, seed); before = now) {
		now = accepts(g, m, at, c);
		ck_assert_msg(before || !now, "%s (%zu): accepted for asking more", f->name, f->at);
	}
}

static size_t climbs(void)
{
	const char *n = getenv("PKI_CLIMBS");

	return n != NULL ? (size_t)strtoul(n, NULL, 10) : 6;
}

START_TEST(lattice)
{
	uint64_t seed = 5;
	pki_sig_cache *c;

	t_ok(pki_sig_cache_new(NULL, 1024, &c, err));
	for (size_t i = 0; i < 2 * fault_count; i++) {
		const fault *f = &faults[i / 2];
		gen_chain g;
		gen_made m;

		build(f, i % 2 == 0, &g);
		gen_make(&g, &m);
		for (size_t n = climbs(); n-- > 0;)
			climb(f, &g, &m, c, &seed);
		gen_made_free(&m);
	}
	pki_sig_cache_free(c);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { kinds, one_fault, lattice, NULL };
	int status = t_main("chains", tests);

	gen_done();
	return status;
}
