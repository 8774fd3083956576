/* SPDX-License-Identifier: BSD-3-Clause */
/* Trust anchors: what they are, how they are found, and distrust, which wins. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <pki/pem.h>

#include "libpki/verify/anchors.h"
#include "libpki/verify/trust.h"
#include "tests/lib/nested.h"

#define MANY 1000 /* anchors */

#define SPKI(key)   "30{30{06{2b6570}}03{00" key "}}"
#define PSS(key)    "30{30{06{2a864886f70d01010a}}03{00" key "}}"
#define NAME(text)  "30{31{30{06{550403}0c{" text "}}}}"
#define UPPER(text) "30{31{30{06{550403}13{" text "}}}}"
#define CA          NAME("6361")
#define SPACED_CA   UPPER("20 43 41 20")
#define DATE        "17{3236303130313030303030305a}"
#define ALG         "30{06{2a8648ce3d040302}}"
#define TBS(serial, subject, spki) \
 "30{02{" serial "}" ALG NAME("7a") "30{" DATE DATE "}" subject spki "}"
#define CERT(serial, subject, spki) "30{" TBS(serial, subject, spki) ALG "03{0001}}"

static pki_cert *cert(const char *text)
{
	pki_cert *c;

	t_ok(pki_cert_parse(NULL, t_nested(text), &c, err));
	return c;
}

static pki_name *name_of(const char *text)
{
	pki_name *n;

	t_ok(pki_name_parse(NULL, t_nested(text), &n, err));
	return n;
}

static pki_trust_builder *builder(void)
{
	pki_trust_builder *b;

	t_ok(pki_trust_builder_new(NULL, &b, err));
	return b;
}

static void add(pki_trust_builder *b, const char *text, const pki_anchor_opts *o)
{
	pki_cert *c = cert(text);

	t_ok(pki_trust_add(b, c, o, err));
	pki_cert_free(c);
}

static void add_key(
    pki_trust_builder *b, const char *name, const char *spki, const pki_anchor_opts *o)
{
	pki_name *n = name_of(name);

	t_ok(pki_trust_add_key(b, n, t_nested(spki), o, err));
	pki_name_free(n);
}

static pki_trust *freeze(pki_trust_builder *b)
{
	pki_trust *t;

	t_ok(pki_trust_freeze(b, &t, err));
	pki_trust_builder_free(b);
	return t;
}

/* How many anchors there are of this name, each of which is shown. */
static size_t count_of(const pki_trust *t, const char *name)
{
	pki_name *n = name_of(name);
	const pki_anchor *a;
	size_t at = 0, count = 0;

	for (; (a = pki_trust_next(t, n, &at)) != NULL; count++)
		ck_assert(pki_name_equal(a->name, n));
	ck_assert_ptr_null(pki_trust_next(t, n, &at));
	pki_name_free(n);
	return count;
}

static size_t count_same(const pki_trust *t, const char *text)
{
	pki_cert *c = cert(text);
	const pki_anchor *a;
	size_t at = 0, count = 0;

	for (; (a = pki_trust_next_same(t, c, &at)) != NULL; count++)
		t_bytes_eq(pki_cert_der(a->cert), pki_cert_der(c));
	pki_cert_free(c);
	return count;
}

/* The only one of CN=ca. */
static const pki_anchor *only(const pki_trust *t)
{
	pki_name *n = name_of(CA);
	size_t at = 0;
	const pki_anchor *a = pki_trust_next(t, n, &at);

	ck_assert_ptr_nonnull(a);
	ck_assert_ptr_null(pki_trust_next(t, n, &at));
	pki_name_free(n);
	return a;
}

/* ---- finding ---- */

START_TEST(test_empty)
{
	pki_trust_builder *b = builder();
	pki_trust *t;

	t_ok(pki_trust_freeze(b, &t, err));
	ck_assert_uint_eq(pki_trust_count(t), 0);
	ck_assert_uint_eq(count_of(t, CA), 0);
	ck_assert_uint_eq(count_same(t, CERT("01", CA, SPKI("11"))), 0);
	ck_assert_ptr_null(pki_trust_cert_at(t, 0));
	ck_assert_ptr_null(pki_trust_name_at(t, 0));
	ck_assert_uint_eq(pki_trust_spki_at(t, 0).len, 0);
	pki_trust_free(t);
	add(b, CERT("01", CA, SPKI("11")), NULL);
	t_ok(pki_trust_freeze(b, &t, err));
	ck_assert_uint_eq(pki_trust_count(t), 1);
	pki_trust_free(t);
	t_ok(pki_trust_freeze(b, &t, err));
	ck_assert_uint_eq(pki_trust_count(t), 0);
	pki_trust_free(t);
	pki_trust_builder_free(b);
}
END_TEST

static const char *numbered(unsigned number, bool upper)
{
	static char text[512];

	snprintf(text, sizeof text, upper ? UPPER("4341%02x%02x%02x") : NAME("6361%02x%02x%02x"),
	    '0' + number / 100 % 10, '0' + number / 10 % 10, '0' + number % 10);
	return text;
}

static const char *numbered_cert(unsigned number, unsigned serial, bool upper)
{
	static char text[1024];

	snprintf(text, sizeof text,
	    "30{30{02{%02x}" ALG NAME("7a") "30{" DATE DATE "}%s" SPKI("%02x%02x") "}" ALG
										   "03{0001}}",
	    serial, numbered(number, upper), number / 256, number % 256);
	return text;
}

/* Of every tenth there is another, spelt in other octets; and all of them twice. */
START_TEST(test_by_name)
{
	pki_trust_builder *b = builder();
	pki_trust *t;

	for (unsigned i = 0; i < 2 * MANY; i++) {
		unsigned number = i * 389 % MANY; /* no common divisor */

		add(b, numbered_cert(number, 1, false), NULL);
		if (number % 10 == 0)
			add(b, numbered_cert(number, 2, true), NULL);
	}
	t = freeze(b);
	ck_assert_uint_eq(pki_trust_count(t), MANY + MANY / 10);
	for (unsigned i = 0; i < MANY; i++) {
		ck_assert_uint_eq(count_of(t, numbered(i, true)), i % 10 == 0 ? 2 : 1);
		ck_assert_uint_eq(count_same(t, numbered_cert(i, 1, false)), 1);
		ck_assert_uint_eq(count_same(t, numbered_cert(i, 2, false)), 0);
	}
	ck_assert_uint_eq(count_of(t, CA), 0);
	for (size_t i = 0; i < MANY + MANY / 10; i++) {
		ck_assert_ptr_nonnull(pki_trust_cert_at(t, i));
		ck_assert(pki_trust_name_at(t, i) == pki_cert_subject(pki_trust_cert_at(t, i)));
		t_bytes_eq(pki_trust_spki_at(t, i), pki_cert_spki(pki_trust_cert_at(t, i)));
	}
	ck_assert_ptr_null(pki_trust_cert_at(t, MANY + MANY / 10));
	pki_trust_free(t);
}
END_TEST

/* One name, and nothing that tells which is meant: all are found. */
START_TEST(test_clones)
{
	pki_trust_builder *b = builder();
	pki_trust *t, *same;

	add(b, CERT("01", CA, SPKI("11")), NULL);
	add(b, CERT("02", CA, SPKI("11")), NULL);
	add(b, CERT("01", SPACED_CA, SPKI("22")), NULL);
	add(b, CERT("01", NAME("6362"), SPKI("11")), NULL);
	add_key(b, CA, SPKI("11"), NULL);
	add_key(b, CA, SPKI("22"), NULL);
	add_key(b, SPACED_CA, SPKI("22"), NULL); /* the same anchor */
	t = freeze(b);
	ck_assert_uint_eq(pki_trust_count(t), 6);
	ck_assert_uint_eq(count_of(t, CA), 5);
	ck_assert_uint_eq(count_of(t, NAME("6362")), 1);
	ck_assert_uint_eq(count_of(t, NAME("63")), 0);
	same = pki_trust_ref(t);
	pki_trust_free(t);
	ck_assert_uint_eq(count_of(same, CA), 5);
	pki_trust_free(same);
}
END_TEST

/* ---- options ---- */

static const uint32_t zero = 0;
static const pki_time some_time = 1000;
#define OPTS(...)                              \
 {                                             \
  .size = sizeof(pki_anchor_opts), __VA_ARGS__ \
 }

static const uint8_t oid_1[] = { 0x2a, 3 }, oid_2[] = { 0x2a, 0x83 };
static const pki_bytes policy[] = { { oid_1, 2 } }, bad_policy[] = { { oid_2, 2 } },
		       two_policies[] = { { oid_1, 2 }, { oid_2, 2 } };
static const char *const org[] = { "dns:example.org", "ip:192.0.2.0/24", NULL };
static const char *const none[] = { NULL };
static const char *const bad_name[] = { "dns:example.org", "dns:a b", NULL };
static const char *const bad_ip[] = { "ip:192.0.2.0/33", NULL };

START_TEST(test_options)
{
	pki_trust_builder *b = builder();
	const pki_anchor_opts o = OPTS(.permit = org, .exclude = org, .distrust_after = &some_time,
	    .policies = policy, .policy_count = 1, .path_len = &zero,
	    .purposes = PKI_PURPOSE_BIT(PKI_PURPOSE_SERVER), .policy_flags = PKI_REQUIRE_POLICY);
	const pki_anchor *a;
	pki_ext_iter it;
	pki_subtree s;
	pki_trust *t;

	add(b, CERT("01", CA, SPKI("11")), &o);
	add(b, CERT("01", CA, SPKI("11")), &o);
	t = freeze(b);
	ck_assert_uint_eq(pki_trust_count(t), 1);
	a = only(t);
	ck_assert_int_eq(a->distrust_after, 1000);
	ck_assert_int_eq(a->path_len, 0);
	ck_assert_uint_eq(a->policy_count, 1);
	t_bytes_eq(a->policies[0], policy[0]);
	ck_assert(a->policies[0].data != oid_1);
	ck_assert_uint_eq(a->purposes, PKI_PURPOSE_BIT(PKI_PURPOSE_SERVER));
	ck_assert_uint_eq(a->policy_flags, PKI_REQUIRE_POLICY);
	ck_assert_uint_eq(a->replaces, 0);
	ck_assert(!a->distrusted);
	t_bytes_eq(a->constraints.permitted, a->constraints.excluded);
	pki_ext_list_in(&it, NULL, a->constraints.permitted);
	ck_assert(pki_ext_subtree_next(&it, &s));
	t_bytes_eq(s.base.value, pki_bytes_str("example.org"));
	ck_assert(pki_ext_subtree_next(&it, &s));
	t_bytes_eq(s.base.value, t_hex("c0000200ffffff00"));
	ck_assert(!pki_ext_subtree_next(&it, &s));
	t_ok(pki_ext_list_finish(&it, err));
	pki_trust_free(t);
}
END_TEST

START_TEST(test_no_options)
{
	pki_trust_builder *b = builder();
	const pki_anchor_opts o = OPTS(.permit = none, .exclude = none);
	const pki_anchor *a;
	pki_trust *t;

	add(b, CERT("01", CA, SPKI("11")), NULL);
	add(b, CERT("01", CA, SPKI("11")), &o);
	t = freeze(b);
	a = only(t);
	ck_assert_uint_eq(a->constraints.permitted.len + a->constraints.excluded.len, 0);
	ck_assert_int_eq(a->distrust_after, PKI_TIME_NONE);
	ck_assert_ptr_null(a->policies);
	ck_assert_int_eq(a->path_len, -1);
	ck_assert_uint_eq(a->purposes | a->policy_flags, 0);
	pki_trust_free(t);
}
END_TEST

/* Each makes another anchor of the same certificate. */
START_TEST(test_other_options)
{
	static const pki_anchor_opts rows[] = { { .size = sizeof(pki_anchor_opts) },
		OPTS(.permit = org), OPTS(.exclude = org), OPTS(.distrust_after = &some_time),
		OPTS(.policies = policy, .policy_count = 1), OPTS(.path_len = &zero),
		OPTS(.purposes = PKI_PURPOSE_BIT(PKI_PURPOSE_ANY)),
		OPTS(.policy_flags = PKI_INHIBIT_MAPPING) };
	pki_trust_builder *b = builder();
	pki_trust *t;

	for (size_t i = 0; i < 2 * (sizeof rows / sizeof rows[0]); i++) {
		add(b, CERT("01", CA, SPKI("11")), &rows[i / 2]);
		add_key(b, CA, SPKI("11"), &rows[i / 2]);
	}
	t = freeze(b);
	ck_assert_uint_eq(count_of(t, CA), 16);
	ck_assert_uint_eq(count_same(t, CERT("01", CA, SPKI("11"))), 8);
	pki_trust_free(t);
}
END_TEST

static const pki_time no_time = PKI_TIME_NONE;

START_TEST(test_bad_options)
{
	static const struct bad {
		pki_status status;
		pki_anchor_opts o;
	} rows[] = {
		{ PKI_E_ARG, { .size = 0 } },
		{ PKI_E_ARG, { .size = sizeof(pki_anchor_opts) - 1 } },
		{ PKI_E_ARG, OPTS(.purposes = PKI_PURPOSE_BIT(PKI_PURPOSE_NONE)) },
		{ PKI_E_ARG, OPTS(.purposes = PKI_PURPOSE_BIT(PKI_PURPOSE_OID + 1)) },
		{ PKI_E_ARG, OPTS(.purposes = 1u << 31) },
		{ PKI_E_ARG, OPTS(.policy_flags = 8) },
		{ PKI_E_ARG, OPTS(.policies = policy) },
		{ PKI_E_ARG, OPTS(.policy_count = 1) },
		{ PKI_E_ARG, OPTS(.policies = bad_policy, .policy_count = 1) },
		{ PKI_E_ARG, OPTS(.policies = two_policies, .policy_count = 2) },
		{ PKI_E_ARG, OPTS(.distrust_after = &no_time) },
		{ PKI_E_ARG, OPTS(.permit = bad_name) },
		{ PKI_E_ARG, OPTS(.exclude = bad_name) },
		{ PKI_E_ARG, OPTS(.permit = org, .exclude = bad_ip) },
	};
	pki_trust_builder *b = builder();
	pki_cert *c = cert(CERT("01", CA, SPKI("11")));
	pki_name *n = name_of(CA);
	pki_trust *t;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		t_fails(rows[i].status, pki_trust_add(b, c, &rows[i].o, err));
		t_fails(rows[i].status, pki_trust_add_key(b, n, pki_cert_spki(c), &rows[i].o, err));
	}
	t = freeze(b);
	ck_assert_uint_eq(pki_trust_count(t), 0);
	pki_trust_free(t);
	pki_name_free(n);
	pki_cert_free(c);
}
END_TEST

START_TEST(test_bad_anchors)
{
	static const char *const spkis[] = { "", "30{}", "30{30{06{2b6570}}}",
		"30{30{06{2b6570}}03{}}", "30{30{06{2b6570}}03{0011}}00",
		"31{30{06{2b6570}}03{0011}}", "30{30{06{}}03{0011}}",
		"30{30{06{2b6570}}04{0011}}" };
	pki_trust_builder *b = builder();
	pki_cert *nameless = cert(CERT("01", "30{}", SPKI("11")));
	pki_name *n = name_of(CA), *empty = name_of("30{}");
	pki_trust *t;

	t_fails(PKI_E_ARG, pki_trust_add(b, nameless, NULL, err));
	t_fails(PKI_E_ARG, pki_trust_add_key(b, empty, t_nested(SPKI("11")), NULL, err));
	for (size_t i = 0; i < sizeof spkis / sizeof spkis[0]; i++) {
		pki_bytes spki = t_nested(spkis[i]);

		ck_assert(pki_trust_add_key(b, n, spki, NULL, NULL) != PKI_SUCCESS);
		ck_assert(pki_trust_distrust_key(b, spki, NULL) != PKI_SUCCESS);
	}
	t = freeze(b);
	ck_assert_uint_eq(pki_trust_count(t), 0);
	pki_trust_free(t);
	pki_name_free(n);
	pki_name_free(empty);
	pki_cert_free(nameless);
}
END_TEST

/* ---- distrust ---- */

static void distrust(pki_trust_builder *b, const char *text)
{
	pki_cert *c = cert(text);

	t_ok(pki_trust_distrust(b, c, err));
	pki_cert_free(c);
}

static bool distrusts(const pki_trust *t, const char *text)
{
	pki_cert *c = cert(text);
	bool yes = pki_trust_distrusts(t, c);

	pki_cert_free(c);
	return yes;
}

/* Before or after, by certificate or by key, under this name or another. */
START_TEST(test_distrust)
{
	for (unsigned how = 0; how < 4; how++) {
		pki_trust_builder *b = builder();
		pki_trust *t;

		for (unsigned step = 0; step < 2; step++) {
			if (step == how % 2) {
				add(b, CERT("01", CA, SPKI("11")), NULL);
				add(b, CERT("02", CA, PSS("11")), NULL);
				add(b, CERT("01", CA, SPKI("22")), NULL);
				add_key(b, CA, SPKI("11"), NULL);
				add_key(b, NAME("7a"), SPKI("11"), NULL);
			} else if (how < 2) {
				distrust(b, CERT("03", NAME("78"), SPKI("11")));
			} else {
				t_ok(pki_trust_distrust_key(b, t_nested(SPKI("11")), err));
				t_ok(pki_trust_distrust_key(b, t_nested(SPKI("33")), err));
			}
		}
		t = freeze(b);
		ck_assert_uint_eq(pki_trust_count(t), 1);
		t_bytes_eq(pki_trust_spki_at(t, 0), t_nested(SPKI("22")));
		ck_assert_uint_eq(count_of(t, CA), 4);
		ck_assert(distrusts(t, CERT("01", CA, SPKI("11"))));
		ck_assert(distrusts(t, CERT("05", NAME("79"), PSS("11"))));
		ck_assert(distrusts(t, CERT("01", CA, SPKI("33"))) == (how >= 2));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI("22"))));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI("1111"))));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI(""))));
		ck_assert(pki_trust_distrusts_key(t, t_nested("30{}")));
		ck_assert(pki_trust_distrusts_key(t, pki_bytes_of(NULL, 0)));
		pki_trust_free(t);
	}
}
END_TEST

/* A key whose point is compressed is the same one: SEC 1 2.3.3. */
START_TEST(test_distrusted_point)
{
	static const char *const forms[] = { SPKI("04c0c1c2c3"), SPKI("03c0c1") };

	for (size_t i = 0; i < 2; i++) {
		pki_trust_builder *b = builder();
		pki_trust *t;

		add_key(b, CA, forms[1 - i], NULL);
		t_ok(pki_trust_distrust_key(b, t_nested(forms[i]), err));
		t = freeze(b);
		ck_assert(only(t)->distrusted);
		ck_assert(distrusts(t, CERT("01", CA, SPKI("04c0c1c2c3"))));
		ck_assert(distrusts(t, CERT("01", CA, SPKI("03c0c1"))));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI("02c0c1"))));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI("04c0c1c2c2"))));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI("04c0c2c2c3"))));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI("05c0c1c2c3"))));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI("04c0c1c3"))));
		ck_assert(!distrusts(t, CERT("01", CA, SPKI("04"))));
		pki_trust_free(t);
	}
}
END_TEST

START_TEST(test_distrusted_flag)
{
	pki_trust_builder *b = builder();
	pki_trust *t;

	add_key(b, CA, SPKI("11"), NULL);
	distrust(b, CERT("03", NAME("78"), SPKI("11")));
	t = freeze(b);
	ck_assert_uint_eq(pki_trust_count(t), 0);
	ck_assert_ptr_null(pki_trust_name_at(t, 0));
	ck_assert(only(t)->distrusted);
	pki_trust_free(t);
}
END_TEST

/* Nothing distrusted: whatever it is, it is not. */
START_TEST(test_no_distrust)
{
	pki_trust *t = freeze(builder());

	ck_assert(!pki_trust_distrusts_key(t, pki_bytes_of(NULL, 0)));
	ck_assert(!pki_trust_distrusts_key(NULL, pki_bytes_of(NULL, 0)));
	ck_assert(!pki_trust_distrusts(NULL, NULL));
	pki_trust_free(t);
}
END_TEST

/* ---- files and folders ---- */

#define LEAF  "cert/openssl-leaf.pem"
#define ROOT  "cert/openssl-root.pem"
#define DER   "cert/openssl-leaf.der"
#define CSR   "mutate/csr.pem"
#define MINUS "cert/openssl-negative-serial.pem"
#define JUNK  "=-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----\n"
#define WORSE "=-----BEGIN CERTIFICATE-----\nAA!A\n-----END CERTIFICATE-----\n"

/* Vectors and texts, one after the other, in a file; a text begins with '='. */
static const char *file_of(const char *name, const char *const *parts)
{
	const char *path = t_scratch(name);
	pki_buf b = PKI_BUF_INIT;

	for (; *parts != NULL; parts++)
		t_ok(pki_buf_append(
		    &b, **parts == '=' ? pki_bytes_str(*parts + 1) : t_vector(*parts), err));
	t_ok(pki_file_write(path, pki_buf_bytes(&b), PKI_FILE_REPLACE, err));
	pki_buf_free(&b);
	return path;
}

#define NONE SIZE_MAX

static const struct file {
	const char *const parts[6];
	size_t strict, readable; /* anchors; NONE: it is refused */
} files[] = {
	{ { NULL }, NONE, NONE },
	{ { "=text" }, NONE, NONE },
	{ { CSR }, NONE, NONE },
	{ { JUNK }, NONE, NONE },
	{ { WORSE }, NONE, NONE },
	{ { LEAF }, 1, 1 },
	{ { DER }, 1, 1 },
	{ { LEAF, LEAF }, 1, 1 },
	{ { LEAF, ROOT, CSR, LEAF }, 2, 2 },
	{ { LEAF, JUNK, ROOT }, NONE, 2 },
	{ { LEAF, WORSE, ROOT }, NONE, 2 },
	{ { LEAF, ROOT, WORSE }, NONE, 2 },
	{ { MINUS }, NONE, 1 },
	{ { MINUS, ROOT }, NONE, 2 },
};

static void expect(pki_trust_builder *b, pki_status st, size_t want, size_t row)
{
	pki_trust *t = freeze(b);

	ck_assert_msg((st == PKI_SUCCESS) == (want != NONE), "%zu: %d", row, st);
	ck_assert_msg(pki_trust_count(t) == (want == NONE ? 0 : want), "%zu", row);
	pki_trust_free(t);
}

START_TEST(test_files)
{
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		const char *path = file_of("file", files[i].parts);
		pki_trust_builder *b = builder();

		expect(b, pki_trust_load(b, path, NULL, NULL), files[i].strict, i);
		b = builder();
		expect(b, pki_anchors_load_readable(b, path, NULL), files[i].readable, i);
	}
}
END_TEST

/* What fails adds nothing, and takes nothing away. */
START_TEST(test_failed_load)
{
	static const char *const bad[] = { LEAF, ROOT, JUNK, NULL };
	const pki_anchor_opts wrong = OPTS(.permit = bad_name);
	const char *path = file_of("bad", bad);
	pki_trust_builder *b = builder();
	pki_trust *t;

	add(b, CERT("01", CA, SPKI("11")), NULL);
	t_fails(PKI_E_STRUCTURE, pki_trust_load(b, path, NULL, err));
	t_fails(PKI_E_IO, pki_trust_load(b, t_scratch("missing"), NULL, err));
	t_fails(PKI_E_IO, pki_anchors_load_readable(b, t_scratch("missing"), err));
	t_fails(PKI_E_ARG, pki_trust_load(b, t_vector_path(LEAF), &wrong, err));
	t = freeze(b);
	ck_assert_uint_eq(pki_trust_count(t), 1);
	pki_trust_free(t);
}
END_TEST

START_TEST(test_folders)
{
	static const char *const leaf[] = { LEAF, NULL }, *const both[] = { ROOT, DER, NULL },
				 *const csr[] = { CSR, NULL }, *const junk[] = { JUNK, NULL };
	const char *folder = t_scratch("folder");
	const pki_anchor_opts o = OPTS(.permit = org);
	const pki_anchor *a;
	pki_trust_builder *b = builder();
	pki_trust *t;
	size_t at = 0;

	ck_assert_int_eq(mkdir(folder, 0700), 0);
	t_fails(PKI_E_NOTFOUND, pki_trust_load(b, folder, NULL, err));
	file_of("folder/csr", csr);
	t_fails(PKI_E_NOTFOUND, pki_trust_load(b, folder, NULL, err));
	file_of("folder/a", leaf);
	file_of("folder/b", both);
	t_ok(pki_trust_load(b, folder, &o, err));
	t_ok(pki_trust_freeze(b, &t, err));
	ck_assert_uint_eq(pki_trust_count(t), 2);
	a = pki_trust_next(t, pki_trust_name_at(t, 0), &at);
	ck_assert_uint_gt(a->constraints.permitted.len, 0);
	pki_trust_free(t);
	file_of("folder/z", junk);
	t_fails(PKI_E_STRUCTURE, pki_trust_load(b, folder, NULL, err));
	expect(b, PKI_E_STRUCTURE, NONE, 0);
}
END_TEST

/* No certificate of a file can be an anchor without a name. */
START_TEST(test_nameless_file)
{
	pki_cert *nameless = cert(CERT("01", "30{}", SPKI("11")));
	const char *path = t_scratch("nameless");
	pki_trust_builder *b = builder();

	t_ok(pki_cert_save(nameless, path, PKI_PEM, PKI_FILE_REPLACE, err));
	t_fails(PKI_E_STRUCTURE, pki_trust_load(b, path, NULL, err));
	t_fails(PKI_E_NOTFOUND, pki_anchors_load_readable(b, path, err));
	pki_trust_builder_free(b);
	pki_cert_free(nameless);
}
END_TEST

/* Debian has more than 120; where there is no such file, that is what it says. */
START_TEST(test_system)
{
	const char *path = pki_trust_system_path();
	pki_trust_builder *b = builder();
	struct stat found;
	pki_trust *t;

	if (path == NULL)
		t_fails(PKI_E_UNSUPPORTED, pki_trust_system(b, err));
	else if (stat(path, &found) != 0)
		t_fails(PKI_E_IO, pki_trust_system(b, err));
	else
		t_ok(pki_trust_system(b, err));
	t = freeze(b);
	if (path != NULL && strcmp(path, "/etc/ssl/certs/ca-certificates.crt") == 0 &&
	    stat(path, &found) == 0)
		ck_assert_uint_gt(pki_trust_count(t), 120);
	pki_trust_free(t);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_empty, test_by_name, test_clones, test_options,
		test_no_options, test_other_options, test_bad_options, test_bad_anchors,
		test_distrust, test_distrusted_point, test_distrusted_flag, test_no_distrust,
		test_files, test_failed_load, test_folders, test_nameless_file, test_system, NULL };

	return t_main("trust", tests);
}
