/* SPDX-License-Identifier: BSD-3-Clause */
/* Path building: any order, crosses, bridges, loops, twins, many of one name, depth, limits, time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/chain_gen.h"
#include "tests/lib/random.h"

#define HOST "www.example.org"

/* Everything that one call is given. */
typedef struct world {
	pki_trust_builder *anchors;
	pki_certs *pool;
	pki_cert *leaf;
	pki_ctx *ctx;
	pki_verify_opts o;
	pki_time at;
} world;

static void begin(world *w)
{
	memset(w, 0, sizeof *w);
	t_ok(pki_trust_builder_new(NULL, &w->anchors, err));
	t_ok(pki_certs_new(NULL, &w->pool, err));
	pki_verify_opts_init(&w->o, sizeof w->o);
	w->at = GEN_AT;
	w->o.at = &w->at;
	w->o.purpose = PKI_PURPOSE_SERVER;
	w->o.host = HOST;
}

static void end(world *w)
{
	pki_trust_builder_free(w->anchors);
	pki_certs_free(w->pool);
	pki_cert_free(w->leaf);
	pki_ctx_free(w->ctx);
	pki_trust_free((pki_trust *)(uintptr_t)w->o.trust);
}

static void freeze(world *w)
{
	pki_trust *t;

	if (w->o.trust != NULL)
		return;
	t_ok(pki_trust_freeze(w->anchors, &t, err));
	w->o.trust = t;
	w->o.untrusted = w->pool;
}

static pki_status ask(world *w, pki_result **r)
{
	freeze(w);
	return pki_verify(w->ctx, w->leaf, &w->o, r, NULL);
}

#define accepted(w) ck_assert_int_eq(ask(w, NULL), PKI_SUCCESS)

/* The best attempt says this. */
static void refused(world *w, pki_code code, size_t certificate)
{
	pki_failure f = { .code = PKI_CODE_NONE };
	pki_result *r = NULL;

	ck_assert_int_eq(ask(w, &r), PKI_E_UNTRUSTED);
	ck_assert(pki_attempt_failure_at(r, 0, 0, &f));
	ck_assert_msg(f.code == code && f.certificate == certificate, "%s of %zu: %s",
	    pki_code_name(f.code), f.certificate, f.text);
	ck_assert_uint_eq(pki_result_path_len(r), 0);
	pki_result_free(r);
}

/* ---- certificates ---- */

static void add(world *w, const gen_cert *c)
{
	pki_cert *made = gen_cert_make(c);

	t_ok(pki_certs_add(w->pool, made, err));
	pki_cert_free(made);
}

static void trust(world *w, const gen_cert *c)
{
	pki_cert *made = gen_cert_make(c);

	t_ok(pki_trust_add(w->anchors, made, NULL, err));
	pki_cert_free(made);
}

static void ca_of(
    gen_cert *c, const char *subject, size_t key, const char *issuer, size_t issuer_key)
{
	gen_cert_init(c, subject, issuer, key, issuer_key);
	c->serial = 1 + (int64_t)(key * GEN_KEYS + issuer_key);
	gen_ca(c, -1);
}

static void add_ca(world *w, const char *subject, size_t key, const char *issuer, size_t issuer_key)
{
	gen_cert c;

	ca_of(&c, subject, key, issuer, issuer_key);
	add(w, &c);
}

static void root(world *w, const char *name, size_t key)
{
	gen_cert c;

	ca_of(&c, name, key, name, key);
	trust(w, &c);
}

static void leaf_of(gen_cert *c, const char *issuer, size_t issuer_key)
{
	pki_exts *e = gen_builder();

	gen_cert_init(c, "CN=" HOST, issuer, 0, issuer_key);
	pki_exts_eku(e, PKI_OID(server_auth));
	pki_exts_san(e, "dns:" HOST);
	gen_ext_take(&c->exts, e);
}

static void leaf(world *w, const char *issuer, size_t issuer_key)
{
	gen_cert c;

	leaf_of(&c, issuer, issuer_key);
	w->leaf = gen_cert_make(&c);
}

/* ---- order, bridges, crosses ---- */

/* Two domains behind a bridge; the leaf is of A, the anchor of B. */
static void bridge(world *w, size_t skip)
{
	static const struct {
		const char *subject;
		size_t key;
		const char *issuer;
		size_t issuer_key;
	} all[] = {
		{ "CN=A 1", 1, "CN=A", 2 },
		{ "CN=A", 2, "CN=A", 2 },
		{ "CN=A", 2, "CN=Bridge", 3 },
		{ "CN=Bridge", 3, "CN=A", 2 },
		{ "CN=Bridge", 3, "CN=B", 4 },
		{ "CN=B", 4, "CN=Bridge", 3 },
		{ "CN=B 1", 5, "CN=B", 4 },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (i != skip)
			add_ca(w, all[i].subject, all[i].key, all[i].issuer, all[i].issuer_key);
	root(w, "CN=B", 4);
	leaf(w, "CN=A 1", 1);
}

/* The same certificates, in another order. */
static pki_certs *shuffled(const pki_certs *from, uint64_t *seed)
{
	const pki_cert *c[64];
	size_t n = pki_certs_count(from);
	pki_certs *l;

	for (size_t i = 0; i < n; i++)
		c[i] = pki_certs_at(from, i);
	t_ok(pki_certs_new(NULL, &l, err));
	for (; n > 0; n--) {
		size_t i = random_below(seed, n);

		t_ok(pki_certs_add(l, c[i], err));
		c[i] = c[n - 1];
	}
	return l;
}

START_TEST(any_order)
{
	uint64_t seed = 3;
	pki_certs *l;
	world w;

	begin(&w);
	bridge(&w, SIZE_MAX);
	freeze(&w);
	for (int i = 0; i < 200; i++) {
		pki_result *r;

		w.o.untrusted = l = shuffled(w.pool, &seed);
		ck_assert_int_eq(pki_verify(NULL, w.leaf, &w.o, &r, NULL), PKI_SUCCESS);
		ck_assert_uint_eq(pki_result_path_len(r), 5);
		pki_result_free(r);
		pki_certs_free(l);
	}
	end(&w);
}
END_TEST

START_TEST(bridge_is_out)
{
	static const struct {
		size_t skip;
		bool valid;
	} rows[] = { { 0, false }, { 1, true }, { 2, false }, { 3, true }, { 4, false },
		{ 5, true }, { 6, true } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		world w;

		begin(&w);
		bridge(&w, rows[i].skip);
		ck_assert_int_eq(ask(&w, NULL), rows[i].valid ? PKI_SUCCESS : PKI_E_UNTRUSTED);
		end(&w);
	}
}
END_TEST

/* D03: nothing but circles. */
START_TEST(circles)
{
	world w;

	begin(&w);
	add_ca(&w, "CN=A", 1, "CN=B", 2);
	add_ca(&w, "CN=B", 2, "CN=A", 1);
	root(&w, "CN=C", 3);
	leaf(&w, "CN=A", 1);
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	end(&w);

	begin(&w);
	add_ca(&w, "CN=A", 1, "CN=A", 1);
	root(&w, "CN=C", 3);
	leaf(&w, "CN=A", 1);
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	end(&w);
}
END_TEST

/* D03: every one of six certifies every other; with an anchor, and without. */
START_TEST(all_cross_all)
{
	static const char *const names[] = { "CN=0", "CN=1", "CN=2", "CN=3", "CN=4", "CN=5" };

	for (int with = 0; with < 2; with++) {
		pki_status st;
		world w;

		begin(&w);
		for (size_t i = 0; i < 6; i++)
			for (size_t j = 0; j < 6; j++)
				add_ca(&w, names[i], i + 1, names[j], j + 1);
		root(&w, with ? names[5] : "CN=Other", 6);
		leaf(&w, names[0], 1);
		st = ask(&w, NULL);
		ck_assert(with ? st == PKI_SUCCESS : st == PKI_E_UNTRUSTED || st == PKI_E_LIMIT);
		end(&w);
	}
}
END_TEST

/* The cycle of CVE-2024-0567: cross-signed roots of one name and one key, each the other's. */
START_TEST(cockpit)
{
	gen_cert c;
	world w;

	begin(&w);
	for (int i = 0; i < 3; i++) {
		ca_of(&c, "CN=R", 1, i == 0 ? "CN=R" : "CN=S", i == 0 ? 1 : 2);
		c.serial = 100 + i;
		add(&w, &c);
		ca_of(&c, "CN=S", 2, i == 0 ? "CN=S" : "CN=R", i == 0 ? 2 : 1);
		c.serial = 200 + i;
		add(&w, &c);
	}
	root(&w, "CN=T", 3);
	leaf(&w, "CN=R", 1);
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	end(&w);
}
END_TEST

/* ---- D01, D02: who is no CA ---- */

static void as_leaf(gen_cert *c)
{
	gen_ext_drop(&c->exts, PKI_OID(basic_constraints));
	gen_usage(c, PKI_KU_DIGITAL_SIGNATURE);
}

static void ca_false(gen_cert *c)
{
	gen_ext_set(&c->exts, PKI_OID(basic_constraints), true, t_hex("3000"));
}

static void no_cert_sign(gen_cert *c)
{
	gen_usage(c, PKI_KU_CRL_SIGN);
}

static void v1(gen_cert *c)
{
	c->version = 1;
	c->exts.count = 0;
}

static const struct no_ca {
	void (*spoil)(gen_cert *c);
	pki_code code;
} no_cas[] = {
	{ as_leaf, PKI_CODE_NOT_A_CA },
	{ ca_false, PKI_CODE_NOT_A_CA },
	{ no_cert_sign, PKI_CODE_KEY_USAGE },
	{ v1, PKI_CODE_NOT_A_CA },
};

START_TEST(no_ca)
{
	for (size_t i = 0; i < sizeof no_cas / sizeof *no_cas; i++) {
		gen_cert c;
		world w;

		begin(&w);
		ca_of(&c, "CN=A", 1, "CN=R", 2);
		no_cas[i].spoil(&c);
		add(&w, &c);
		root(&w, "CN=R", 2);
		leaf(&w, "CN=A", 1);
		refused(&w, no_cas[i].code, 1);
		end(&w);
	}
}
END_TEST

/*
 * CVE-2015-1793: the leaf's issuer is no CA. It leads to an issuer that is not trusted, and by
 * another one of the same name and key to an anchor. Neither way makes it a CA.
 */
START_TEST(alternative_chains)
{
	for (size_t i = 0; i < sizeof no_cas / sizeof *no_cas; i++) {
		gen_cert c;
		world w;

		begin(&w);
		ca_of(&c, "CN=Not a CA", 1, "CN=Sub", 2);
		no_cas[i].spoil(&c);
		add(&w, &c);
		add_ca(&w, "CN=Sub", 2, "CN=Untrusted", 3);
		add_ca(&w, "CN=Untrusted", 3, "CN=Untrusted", 3);
		add_ca(&w, "CN=Sub", 2, "CN=R", 4);
		root(&w, "CN=Sub", 2);
		root(&w, "CN=R", 4);
		leaf(&w, "CN=Not a CA", 1);
		ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
		end(&w);
	}
}
END_TEST

/* Two ways up, each wrong in another way: nothing is carried over from one to the other. */
START_TEST(two_wrong_ways)
{
	gen_cert c;
	world w;

	begin(&w);
	ca_of(&c, "CN=A", 1, "CN=R", 2);
	c.to = GEN_AT - 1;
	add(&w, &c);
	ca_of(&c, "CN=A", 1, "CN=S", 3);
	gen_permit(&c, "dns:example.net");
	add(&w, &c);
	root(&w, "CN=R", 2);
	root(&w, "CN=S", 3);
	leaf(&w, "CN=A", 1);
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	end(&w);
}
END_TEST

/* ---- D06: twins ---- */

/* The same CA twice, one of them spoilt; which comes first does not matter. */
static void twins(void (*spoil)(gen_cert *c))
{
	for (int first = 0; first < 2; first++) {
		gen_cert good, bad;
		world w;

		begin(&w);
		ca_of(&good, "CN=A", 1, "CN=R", 2);
		ca_of(&bad, "CN=A", 1, "CN=R", 2);
		bad.serial++;
		spoil(&bad);
		add(&w, first ? &bad : &good);
		add(&w, first ? &good : &bad);
		root(&w, "CN=R", 2);
		leaf(&w, "CN=A", 1);
		accepted(&w);
		end(&w);
	}
}

static void expire(gen_cert *c)
{
	c->to = GEN_AT - 1;
}
static void postpone(gen_cert *c)
{
	c->from = GEN_AT + 1;
}
static void other_key(gen_cert *c)
{
	c->key = 9;
}
static void flip(gen_cert *c)
{
	c->flip = true;
}
static void nowhere(gen_cert *c)
{
	c->issuer = "CN=Nowhere";
}
static void other_names(gen_cert *c)
{
	gen_permit(c, "dns:example.net");
}
static void other_purpose(gen_cert *c)
{
	pki_exts *e = gen_builder();

	pki_exts_eku(e, PKI_OID(client_auth));
	gen_ext_take(&c->exts, e);
}
static void unknown_critical(gen_cert *c)
{
	gen_ext_set(&c->exts, t_hex("2b06010401868d1f63"), true, t_hex("0500"));
}
static void sha1(gen_cert *c)
{
	c->hash = PKI_HASH_SHA1;
}

START_TEST(twin)
{
	static void (*const spoils[])(gen_cert *) = { expire, postpone, other_key, flip, nowhere,
		other_names, other_purpose, unknown_critical, sha1, ca_false, no_cert_sign, v1 };

	for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++)
		twins(spoils[i]);
}
END_TEST

/* Of two anchors of one name and key one has expired; of one name and two keys one signed. */
START_TEST(twin_anchors)
{
	gen_cert c;
	world w;

	begin(&w);
	ca_of(&c, "CN=R", 1, "CN=R", 1);
	c.to = GEN_AT - 1;
	trust(&w, &c);
	root(&w, "CN=R", 2);
	c.to = GEN_TO;
	c.serial++;
	trust(&w, &c);
	leaf(&w, "CN=R", 1);
	accepted(&w);
	end(&w);
}
END_TEST

/* Key identifiers that mislead are hints and no more. */
START_TEST(wrong_key_ids)
{
	gen_cert c;
	world w;

	begin(&w);
	ca_of(&c, "CN=A", 1, "CN=R", 2);
	gen_ext_set(&c.exts, PKI_OID(subject_key_identifier), false, t_hex("0401ff"));
	add(&w, &c);
	ca_of(&c, "CN=A", 9, "CN=R", 2);
	gen_ext_set(&c.exts, PKI_OID(subject_key_identifier), false,
	    t_hex("04140202020202020202020202020202020202020202"));
	add(&w, &c);
	root(&w, "CN=R", 2);
	leaf(&w, "CN=A", 1);
	accepted(&w);
	end(&w);
}
END_TEST

/* RFC 4210 4.4: the old root has ended, and goes on below the new one, which certified its key. */
START_TEST(old_with_new)
{
	gen_cert old;
	world w;

	begin(&w);
	ca_of(&old, "CN=R", 1, "CN=R", 1);
	old.to = GEN_AT - 1;
	trust(&w, &old);
	root(&w, "CN=R", 2);
	leaf(&w, "CN=R", 1);
	refused(&w, PKI_CODE_EXPIRED, 1);
	add_ca(&w, "CN=R", 1, "CN=R", 2);
	accepted(&w);
	end(&w);
}
END_TEST

/* The SubjectPublicKeyInfo of a P-256 key, its point compressed. */
static pki_bytes compressed(size_t key)
{
	static uint8_t out[59];
	pki_bytes whole = gen_spki(key),
		  head = t_hex("3039301306072a8648ce3d020106082a8648ce3d03010703"
			       "2200");

	memcpy(out, head.data, head.len);
	out[head.len] = 2 | (whole.data[whole.len - 1] & 1);
	memcpy(out + head.len + 1, whole.data + head.len + 1, 32);
	return pki_bytes_of(out, sizeof out);
}

/* A CA that is not trusted any more gets another certificate, of the same key in another form. */
START_TEST(distrusted_twin)
{
	gen_cert bad;
	pki_cert *made;
	world w;

	begin(&w);
	root(&w, "CN=Root", 1);
	leaf(&w, "CN=CA", 2);
	ca_of(&bad, "CN=CA", 2, "CN=Root", 1);
	bad.spki = compressed(2);
	add(&w, &bad);
	accepted(&w);
	pki_trust_free((pki_trust *)(uintptr_t)w.o.trust);
	w.o.trust = NULL;
	root(&w, "CN=Root", 1);
	bad.spki = pki_bytes_of(NULL, 0);
	made = gen_cert_make(&bad);
	t_ok(pki_trust_distrust(w.anchors, made, err));
	pki_cert_free(made);
	refused(&w, PKI_CODE_DISTRUSTED, 1);
	end(&w);
}
END_TEST

/* ---- D04: a hundred of a kind ---- */

static unsigned signatures;

static pki_status count_verify(
    void *pub, const pki_alg *a, pki_bytes msg, pki_bytes sig, pki_error *err)
{
	signatures++;
	return pki_backend_nettle()->verify(pub, a, msg, sig, err);
}

static pki_status count_verify_digest(
    void *pub, const pki_alg *a, pki_bytes digest, pki_bytes sig, pki_error *err)
{
	signatures++;
	return pki_backend_nettle()->verify_digest(pub, a, digest, sig, err);
}

static pki_ctx *counting(const pki_limits *limits)
{
	static pki_backend_table t;
	pki_backend *b, *list[2] = { NULL, NULL };
	pki_ctx *ctx;

	t = *pki_backend_nettle();
	t.verify = count_verify;
	t.verify_digest = count_verify_digest;
	t_ok(pki_backend_open(&t, NULL, &b, err));
	list[0] = b;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = list, .limits = limits), &ctx, err));
	pki_backend_free(b);
	signatures = 0;
	return ctx;
}

/* Verdicts are those of this context's keys, so certificates are read with it. */
static void count_in(world *w, const pki_limits *limits)
{
	pki_certs *pool;
	pki_cert *again;

	w->ctx = counting(limits);
	t_ok(pki_certs_new(w->ctx, &pool, err));
	for (size_t i = 0; i < pki_certs_count(w->pool); i++) {
		t_ok(pki_cert_parse(w->ctx, pki_cert_der(pki_certs_at(w->pool, i)), &again, err));
		t_ok(pki_certs_add(pool, again, err));
		pki_cert_free(again);
	}
	pki_certs_free(w->pool);
	w->pool = pool;
	t_ok(pki_cert_parse(w->ctx, pki_cert_der(w->leaf), &again, err));
	pki_cert_free(w->leaf);
	w->leaf = again;
}

static const char *level(size_t i)
{
	static char names[1001][16];

	snprintf(names[i], sizeof names[i], "CN=Level %zu", i);
	return names[i];
}

#define MANY 100

static const char *many_name(size_t i, bool same)
{
	static char names[MANY + 2][16];

	if (same)
		return "CN=Same";
	snprintf(names[i], sizeof names[i], "CN=CA %zu", i);
	return names[i];
}

/* A chain of them; the last one is issued by CN=R. */
static void many(world *w, bool same_subject, bool same_key)
{
	for (size_t i = 1; i <= MANY; i++) {
		bool last = i == MANY;
		gen_cert c;

		ca_of(&c, many_name(i, same_subject), same_key ? 1 : i,
		    last ? "CN=R" : many_name(i + 1, same_subject),
		    last           ? 120
			: same_key ? 1
				   : i + 1);
		c.serial = (int64_t)i;
		gen_ext_drop(&c.exts, PKI_OID(authority_key_identifier));
		gen_ext_drop(&c.exts, PKI_OID(subject_key_identifier));
		add(w, &c);
	}
	leaf(w, many_name(1, same_subject), 1);
}

START_TEST(a_hundred)
{
	for (unsigned variant = 0; variant < 4; variant++)
		for (unsigned trusted = 0; trusted < 2; trusted++) {
			pki_status st;
			world w;

			begin(&w);
			many(&w, variant & 1, variant & 2);
			root(&w, trusted ? "CN=R" : "CN=Other", 120);
			count_in(&w, NULL);
			st = ask(&w, NULL);
			ck_assert_uint_le(signatures, 100);
			/* one name and one key: the last one is the leaf's issuer, too */
			if (variant == 3 && trusted)
				ck_assert_int_eq(st, PKI_SUCCESS);
			else
				ck_assert(st == PKI_E_LIMIT || st == PKI_E_UNTRUSTED);
			end(&w);
		}
}
END_TEST

/* Whatever key identifiers others have, an anchor goes first. */
START_TEST(anchor_before_a_hundred)
{
	gen_cert r;
	world w;

	begin(&w);
	ca_of(&r, "CN=R", 120, "CN=R", 120);
	gen_ext_drop(&r.exts, PKI_OID(subject_key_identifier));
	trust(&w, &r);
	for (size_t i = 1; i <= MANY; i++) {
		ca_of(&r, "CN=R", i, "CN=Other", 121);
		gen_ext_set(&r.exts, PKI_OID(subject_key_identifier), false,
		    t_hex("04147979797979797979797979797979797979797979"));
		add(&w, &r);
	}
	leaf(&w, "CN=R", 120);
	count_in(&w, NULL);
	accepted(&w);
	ck_assert_uint_eq(signatures, 1);
	end(&w);
}
END_TEST

/* Others have certified the CA's key, below CAs of their own that certify each other, or two of
 * which stand on each step of a ladder: where no anchor is reached nobody goes twice. */
static void lure(world *w, const char *issuer, size_t issuer_key)
{
	gen_cert c;

	ca_of(&c, "CN=CA", 2, "CN=R", 1);
	add(w, &c);
	ca_of(&c, "CN=CA", 2, issuer, issuer_key);
	gen_ext_drop(&c.exts, PKI_OID(authority_key_identifier)); /* so that it is the first one */
	add(w, &c);
	root(w, "CN=R", 1);
	leaf(w, "CN=CA", 2);
	accepted(w);
	end(w);
}

START_TEST(lured)
{
	world w;

	begin(&w);
	for (size_t i = 0; i < 9; i++)
		for (size_t j = 0; j < 9; j++)
			if (i != j)
				add_ca(&w, level(i), 20 + i, level(j), 20 + j);
	lure(&w, level(0), 20);

	begin(&w);
	for (size_t i = 0; i < 12; i++)
		for (size_t j = 0; j < 4; j++)
			add_ca(&w, level(i), 20 + 2 * i + j % 2, level(i + 1), 22 + 2 * i + j / 2);
	lure(&w, level(0), 20);
}
END_TEST

/* The right one of 90 of one name is found. */
START_TEST(one_of_ninety)
{
	world w;

	begin(&w);
	for (size_t i = 1; i <= 90; i++)
		add_ca(&w, "CN=Same", i, "CN=R", 120);
	root(&w, "CN=R", 120);
	leaf(&w, "CN=Same", 90);
	count_in(&w, NULL);
	accepted(&w);
	ck_assert_uint_ge(signatures, 2);
	ck_assert_uint_le(signatures, 100);
	end(&w);
}
END_TEST

/* ---- D05, D07: depth ---- */

/* So many certificates, the leaf and the anchor among them. */
static void deep(world *w, size_t count)
{
	for (size_t i = 1; i + 1 < count; i++)
		add_ca(w, level(i), i % 100, level(i + 1), (i + 1) % 100);
	root(w, level(count - 1), (count - 1) % 100);
	leaf(w, level(1), 1);
}

static pki_status depth(size_t count, const pki_limits *limits)
{
	pki_status st;
	world w;

	begin(&w);
	deep(&w, count);
	if (limits != NULL)
		t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = limits), &w.ctx, err));
	st = ask(&w, NULL);
	end(&w);
	return st;
}

START_TEST(depths)
{
	pki_limits l;

	pki_limits_init(&l, sizeof l);
	l.path_certs = 1000;
	l.path_signatures = 2000;
	ck_assert_int_eq(depth(2, NULL), PKI_SUCCESS);
	ck_assert_int_eq(depth(15, NULL), PKI_SUCCESS);
	ck_assert_int_eq(depth(16, NULL), PKI_SUCCESS);
	ck_assert_int_eq(depth(17, NULL), PKI_E_LIMIT);
	ck_assert_int_eq(depth(18, NULL), PKI_E_LIMIT);
	ck_assert_int_eq(depth(1000, NULL), PKI_E_LIMIT);
	ck_assert_int_eq(depth(200, &l), PKI_SUCCESS);
	ck_assert_int_eq(depth(1000, &l), PKI_SUCCESS);
	l.path_certs = 999;
	ck_assert_int_eq(depth(1000, &l), PKI_E_LIMIT);
	l.path_certs = 2;
	ck_assert_int_eq(depth(2, &l), PKI_SUCCESS);
	ck_assert_int_eq(depth(3, &l), PKI_E_LIMIT);
}
END_TEST

/* A CA's new key, certified by its old one, counts nothing; another CA does. */
START_TEST(path_length)
{
	for (int self_issued = 0; self_issued < 2; self_issued++) {
		const char *name = self_issued ? "CN=A" : "CN=B";
		gen_cert c;
		world w;

		begin(&w);
		ca_of(&c, "CN=A", 1, "CN=R", 3);
		gen_ca(&c, 0);
		add(&w, &c);
		add_ca(&w, name, 2, "CN=A", 1);
		root(&w, "CN=R", 3);
		leaf(&w, name, 2);
		if (self_issued)
			accepted(&w);
		else
			refused(&w, PKI_CODE_PATH_LENGTH, 1);
		end(&w);
	}
}
END_TEST

/* ---- anchors ---- */

static void anchor_key(world *w, const char *name, size_t key)
{
	pki_name *n;

	t_ok(pki_name_from_string(NULL, name, &n, err));
	t_ok(pki_trust_add_key(w->anchors, n, gen_spki(key), NULL, err));
	pki_name_free(n);
}

START_TEST(anchor_is_v1)
{
	gen_cert c;
	world w;

	begin(&w);
	ca_of(&c, "CN=R", 1, "CN=R", 1);
	v1(&c);
	trust(&w, &c);
	leaf(&w, "CN=R", 1);
	accepted(&w);
	end(&w);
}
END_TEST

/* What is wrong with it has nothing to do with who issued it. */
START_TEST(anchor_is_leaf)
{
	gen_cert c;
	pki_failure f;
	pki_result *r;
	world w;

	begin(&w);
	leaf_of(&c, "CN=" HOST, 0);
	c.to = c.from;
	w.leaf = gen_cert_make(&c);
	t_ok(pki_trust_add(w.anchors, w.leaf, NULL, err));
	ck_assert_int_eq(ask(&w, &r), PKI_E_UNTRUSTED);
	ck_assert_uint_eq(pki_result_attempt_count(r), 1);
	ck_assert_uint_eq(pki_attempt_path_len(r, 0), 1);
	ck_assert(pki_attempt_has_anchor(r, 0));
	ck_assert(pki_attempt_failure_at(r, 0, 0, &f));
	ck_assert_int_eq(f.code, PKI_CODE_EXPIRED);
	pki_result_free(r);
	w.at = c.from;
	accepted(&w);
	end(&w);
}
END_TEST

START_TEST(anchor_is_name_and_key)
{
	static const struct {
		const char *name;
		size_t key;
		bool valid;
	} rows[] = { { "CN=R", 1, true }, { "CN=r", 1, true }, { "CN=R", 2, false },
		{ "CN=S", 1, false } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		world w;

		begin(&w);
		anchor_key(&w, rows[i].name, rows[i].key);
		leaf(&w, "CN=R", 1);
		ck_assert_int_eq(ask(&w, NULL), rows[i].valid ? PKI_SUCCESS : PKI_E_UNTRUSTED);
		end(&w);
	}
}
END_TEST

START_TEST(anchor_is_intermediate)
{
	gen_cert c;
	world w;

	begin(&w);
	ca_of(&c, "CN=A", 1, "CN=R", 2);
	c.flip = true; /* its own signature is nobody's business */
	trust(&w, &c);
	leaf(&w, "CN=A", 1);
	accepted(&w);
	end(&w);
}
END_TEST

/* D08: the same name and key identifier, another key; the same key, another name. */
START_TEST(anchor_clones)
{
	gen_cert c;
	world w;

	begin(&w);
	ca_of(&c, "CN=R", 2, "CN=R", 2);
	gen_ext_set(&c.exts, PKI_OID(subject_key_identifier), false,
	    t_hex("04140202020202020202020202020202020202020202"));
	trust(&w, &c);
	root(&w, "CN=S", 1);
	leaf(&w, "CN=R", 1);
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	end(&w);

	/* the clone comes along with the leaf, the anchor is the real one */
	begin(&w);
	add(&w, &c);
	root(&w, "CN=R", 1);
	leaf(&w, "CN=R", 2);
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	end(&w);
}
END_TEST

/* ---- D22: times ---- */

static const struct when {
	pki_time at, from, to;
	pki_status status;
} whens[] = {
	{ INT64_MIN, GEN_FROM, GEN_TO, PKI_E_ARG },
	{ INT64_MAX, GEN_FROM, GEN_TO, PKI_E_ARG },
	{ PKI_TIME_MIN - 1, GEN_FROM, GEN_TO, PKI_E_ARG },
	{ PKI_TIME_MAX + 1, GEN_FROM, GEN_TO, PKI_E_ARG },
	{ PKI_TIME_MIN, GEN_FROM, GEN_TO, PKI_E_UNTRUSTED },
	{ PKI_TIME_MIN, PKI_TIME_MIN, PKI_TIME_MAX, PKI_SUCCESS },
	{ -1, 0, PKI_TIME_MAX, PKI_E_UNTRUSTED },
	{ 0, 0, PKI_TIME_MAX, PKI_SUCCESS },
	{ 0, -1, 0, PKI_SUCCESS },
	{ 1, -1, 0, PKI_E_UNTRUSTED },
	{ INT64_C(0x7fffffff), 0, INT64_C(0x7fffffff), PKI_SUCCESS },
	{ INT64_C(0x80000000), 0, INT64_C(0x7fffffff), PKI_E_UNTRUSTED },
	{ INT64_C(0x80000000), 0, INT64_C(0x80000000), PKI_SUCCESS },
	{ INT64_C(0xffffffff), 0, INT64_C(0x100000000), PKI_SUCCESS },
	{ INT64_C(2524607999), 0, INT64_C(2524607999), PKI_SUCCESS }, /* the last UTCTime */
	{ INT64_C(2524608000), 0, INT64_C(2524607999), PKI_E_UNTRUSTED },
	{ INT64_C(2524608000), 0, INT64_C(2524608000), PKI_SUCCESS },
	{ INT64_C(2524608000), INT64_C(2524608001), PKI_TIME_MAX, PKI_E_UNTRUSTED },
	{ PKI_TIME_MAX, 0, PKI_TIME_MAX, PKI_SUCCESS },
	{ PKI_TIME_MAX, 0, PKI_TIME_MAX - 1, PKI_E_UNTRUSTED },
	{ PKI_TIME_MAX, PKI_TIME_MAX, PKI_TIME_MAX, PKI_SUCCESS },
};

START_TEST(times)
{
	for (size_t i = 0; i < sizeof whens / sizeof *whens; i++) {
		gen_cert c;
		world w;

		begin(&w);
		w.at = whens[i].at;
		ca_of(&c, "CN=R", 1, "CN=R", 1);
		c.from = PKI_TIME_MIN;
		c.to = PKI_TIME_MAX;
		trust(&w, &c);
		leaf_of(&c, "CN=R", 1);
		c.from = whens[i].from;
		c.to = whens[i].to;
		w.leaf = gen_cert_make(&c);
		ck_assert_msg(ask(&w, NULL) == whens[i].status, "%zu: %d", i, (int)ask(&w, NULL));
		end(&w);
	}
}
END_TEST

/* ---- find_issuers ---- */

typedef struct finder {
	const world *w;
	pki_certs *found; /* what it gives, each time */
	pki_bytes asked[32];
	size_t calls;
	pki_status status;
	bool copies; /* it reads them anew each time */
} finder;

static pki_status give(const finder *f, const pki_cert *c, pki_certs *to)
{
	pki_cert *copy = pki_cert_ref(c);
	pki_status st;

	if (f->copies) {
		pki_cert_free(copy);
		t_ok(pki_cert_parse(NULL, pki_cert_der(c), &copy, err));
	}
	st = pki_certs_add(to, copy, NULL);
	pki_cert_free(copy);
	return st;
}

static pki_status find(void *ud, const pki_cert *c, pki_certs *to, pki_error *err)
{
	finder *f = ud;
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; i < f->calls; i++)
		ck_assert(!pki_bytes_equal(f->asked[i], pki_cert_der(c)));
	ck_assert_uint_lt(f->calls, 32);
	f->asked[f->calls++] = pki_cert_der(c);
	if (f->status != PKI_SUCCESS)
		return pki_error_set(err, f->status, "as the test says", NULL);
	for (size_t i = 0; st == PKI_SUCCESS && i < pki_certs_count(f->found); i++)
		st = give(f, pki_certs_at(f->found, i), to);
	return st;
}

/* What a world has in its pool is found only by asking. */
static void hide(world *w, finder *f)
{
	memset(f, 0, sizeof *f);
	f->w = w;
	f->found = w->pool;
	t_ok(pki_certs_new(NULL, &w->pool, err));
	w->o.find_issuers = find;
	w->o.find_issuers_ud = f;
}

START_TEST(finds)
{
	finder f;
	world w;

	begin(&w);
	bridge(&w, SIZE_MAX);
	hide(&w, &f);
	accepted(&w);
	ck_assert_uint_ge(f.calls, 1);
	pki_certs_free(f.found);
	end(&w);
}
END_TEST

START_TEST(finds_nothing)
{
	finder f;
	world w;

	begin(&w);
	bridge(&w, 2);
	hide(&w, &f);
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	pki_certs_free(f.found);
	t_ok(pki_certs_new(NULL, &f.found, err));
	f.calls = 0;
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	ck_assert_uint_eq(f.calls, 1);
	pki_certs_free(f.found);
	end(&w);
}
END_TEST

/* The leaf itself, certificates of others, the same ones again. */
START_TEST(finds_garbage)
{
	finder f;
	world w;

	begin(&w);
	leaf(&w, "CN=A", 1);
	root(&w, "CN=R", 2);
	for (size_t i = 0; i < 20; i++)
		add_ca(&w, level(i), i, level(i + 1), i + 1);
	for (size_t i = 0; i < 20; i++)
		t_ok(pki_certs_add(w.pool, w.leaf, err));
	add_ca(&w, "CN=A", 7, "CN=R", 2);
	add_ca(&w, "CN=A", 7, "CN=R", 2);
	hide(&w, &f);
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	pki_certs_free(f.found);
	end(&w);
}
END_TEST

/* A certificate that is there is no new one for having been read again. */
START_TEST(finds_copies)
{
	finder f;
	world w;

	begin(&w);
	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < 6; j++)
			if (i != j)
				add_ca(&w, level(i), 1 + i, level(j), 1 + j);
	root(&w, "CN=Other", 9);
	leaf(&w, level(0), 1);
	hide(&w, &f);
	f.copies = true;
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	pki_certs_free(f.found);
	end(&w);
}
END_TEST

START_TEST(finder_fails)
{
	static const struct {
		pki_status said, given;
	} statuses[] = { { PKI_E_IO, PKI_E_IO }, { PKI_E_NOMEM, PKI_E_NOMEM },
		{ PKI_E_CANCELLED, PKI_E_CANCELLED }, { PKI_E_LIMIT, PKI_E_IO },
		{ PKI_E_UNTRUSTED, PKI_E_IO }, { PKI_E_UNSUPPORTED, PKI_E_IO },
		{ PKI_E_NOTFOUND, PKI_E_IO }, { -1, PKI_E_IO } };

	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		pki_result *r = NULL;
		finder f;
		world w;

		begin(&w);
		bridge(&w, SIZE_MAX);
		hide(&w, &f);
		f.status = statuses[i].said;
		ck_assert_int_eq(ask(&w, &r), statuses[i].given);
		ck_assert_ptr_null(r);
		ck_assert_uint_eq(f.calls, 1);
		pki_certs_free(f.found);
		end(&w);
	}
}
END_TEST

/* Nobody is asked where what is there suffices. */
START_TEST(finder_is_not_asked)
{
	finder f;
	world w;

	begin(&w);
	add_ca(&w, "CN=A", 1, "CN=R", 2);
	root(&w, "CN=R", 2);
	leaf(&w, "CN=A", 1);
	memset(&f, 0, sizeof f);
	w.o.find_issuers = find;
	w.o.find_issuers_ud = &f;
	accepted(&w);
	ck_assert_uint_eq(f.calls, 0);
	end(&w);
}
END_TEST

/* ---- who signs CRLs ---- */

/* A leaf of the root, and a CRL by somebody with its name and this key. */
static void revoking(world *w, pki_crls **crls, size_t key)
{
	pki_crl *made;
	gen_crl crl;

	root(w, "CN=R", 1);
	leaf(w, "CN=R", 1);
	gen_crl_init(&crl, "CN=R", key);
	made = gen_crl_make(&crl);
	t_ok(pki_crls_new(NULL, crls, err));
	t_ok(pki_crls_add(*crls, made, err));
	pki_crl_free(made);
	w->o.crls = *crls;
	w->o.revocation = PKI_REVOCATION_REQUIRE;
}

/* The first one leads nowhere; who is asked about it puts others before both of them. */
START_TEST(pool_grows_below)
{
	pki_crls *crls;
	gen_cert c;
	finder f;
	world w;

	begin(&w);
	revoking(&w, &crls, 3);
	add_ca(&w, "CN=B", 1, "CN=Nobody", 9);
	add_ca(&w, "CN=C", 1, "CN=Nobody", 9);
	add_ca(&w, "CN=D", 1, "CN=Nobody", 9);
	hide(&w, &f);
	for (int64_t serial = 1; serial <= 2; serial++) {
		ca_of(&c, "CN=R", 3, serial == 1 ? "CN=A" : "CN=R", serial == 1 ? 8 : 1);
		c.serial = serial;
		gen_ext_set(&c.exts, PKI_OID(ocsp_nocheck), false, t_hex("0500"));
		if (serial == 1) /* shorter, and so before the other one */
			gen_ext_drop(&c.exts, PKI_OID(authority_key_identifier));
		add(&w, &c);
	}
	accepted(&w);
	ck_assert_uint_eq(f.calls, 1);
	pki_certs_free(f.found);
	pki_crls_free(crls);
	end(&w);
}
END_TEST

/* Those that are not to sign CRLs are work, too, each time. */
START_TEST(many_signers)
{
	pki_crls *crls;
	gen_cert c;
	world w;

	begin(&w);
	revoking(&w, &crls, 3);
	for (size_t i = 0; i < 200; i++) {
		ca_of(&c, "CN=R", 3, "CN=A", 8);
		gen_usage(&c, PKI_KU_KEY_CERT_SIGN);
		c.serial = (int64_t)i;
		add(&w, &c);
	}
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 20000), &w.ctx, err));
	ck_assert_int_eq(ask(&w, NULL), PKI_E_UNTRUSTED);
	for (size_t i = 0; i < 30; i++)
		t_ok(pki_crls_add(crls, pki_crls_at(crls, 0), err));
	ck_assert_int_eq(ask(&w, NULL), PKI_E_LIMIT);
	pki_crls_free(crls);
	end(&w);
}
END_TEST

/* ---- limits, budget, cancel ---- */

static pki_status limited(const pki_ctx_opts *o)
{
	pki_status st;
	world w;

	begin(&w);
	bridge(&w, SIZE_MAX);
	t_ok(pki_ctx_new(o, &w.ctx, err));
	st = ask(&w, NULL);
	end(&w);
	return st;
}

START_TEST(small_limits)
{
	size_t pki_limits_steps[] = { 1, 2, 3, 4 };

	for (size_t i = 0; i < 4; i++) {
		pki_limits steps, signs, certs;

		pki_limits_init(&steps, sizeof steps);
		signs = certs = steps;
		steps.path_steps = signs.path_signatures = certs.path_certs = pki_limits_steps[i];
		ck_assert_int_eq(limited(PKI_OPTS(pki_ctx_opts, .limits = &certs)), PKI_E_LIMIT);
		if (i == 3)
			break;
		ck_assert_int_eq(limited(PKI_OPTS(pki_ctx_opts, .limits = &steps)), PKI_E_LIMIT);
		ck_assert_int_eq(limited(PKI_OPTS(pki_ctx_opts, .limits = &signs)), PKI_E_LIMIT);
	}
}
END_TEST

/* Too little is a refusal that says so, enough is enough, and nothing lies between. */
START_TEST(budgets)
{
	size_t enough = 0;

	for (size_t budget = 1; budget < (size_t)1 << 24; budget *= 2) {
		pki_status st = limited(PKI_OPTS(pki_ctx_opts, .budget = budget));

		ck_assert(st == PKI_E_LIMIT || st == PKI_SUCCESS);
		ck_assert(enough == 0 || st == PKI_SUCCESS);
		enough += st == PKI_SUCCESS;
	}
	ck_assert_uint_gt(enough, 0);
}
END_TEST

static bool cancel(void *ud)
{
	unsigned *left = ud;

	if (*left == 0)
		return true;
	--*left;
	return false;
}

START_TEST(cancelled)
{
	unsigned left, n = 0;
	pki_status st;

	do {
		left = n++;
		st = limited(PKI_OPTS(pki_ctx_opts, .cancel = cancel, .cancel_ud = &left));
		ck_assert(st == PKI_E_CANCELLED || st == PKI_SUCCESS);
	} while (st == PKI_E_CANCELLED && n < 100000);
	ck_assert_int_eq(st, PKI_SUCCESS);
	ck_assert_uint_gt(n, 1);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { any_order, bridge_is_out, circles, all_cross_all, cockpit,
		no_ca, alternative_chains, two_wrong_ways, twin, twin_anchors, old_with_new,
		distrusted_twin, wrong_key_ids, a_hundred, anchor_before_a_hundred, lured,
		one_of_ninety, depths, path_length, anchor_is_v1, anchor_is_leaf,
		anchor_is_name_and_key, anchor_is_intermediate, anchor_clones, times, finds,
		finds_nothing, finds_garbage, finds_copies, finder_fails, finder_is_not_asked,
		pool_grows_below, many_signers, small_limits, budgets, cancelled, NULL };

	int status = t_main("build", tests);

	gen_done();
	return status;
}
