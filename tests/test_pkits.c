/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * NIST PKITS 1.0.1: every case, with its settings, and with the policies that are left at the end.
 * The table is tests/vectors/pkits, the certificates and CRLs are those of Debian's package.
 */
#include <stdio.h>

#include <pki/verify.h>

#include "tests/lib/random.h"
#include "tests/lib/rows.h"

#define FOLDER "/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data"
#define CASES  249
#define CERTS  405
#define CRLS   173
#define AT     1302825600 /* 2011-04-15 */
#define MOST   8          /* certificates of a path, policies of a set */

enum { ID, SETTINGS, INITIAL, RESULT, POLICIES, CRL_FILES, PATH, FIELDS };

typedef struct kase {
	const char *id;
	bool valid;
	uint32_t flags;
	pki_bytes initial[MOST], policies[MOST];
	size_t initial_count, policy_count;
	pki_cert *path[MOST]; /* the anchor first */
	size_t count;
	pki_crls *crls;
	pki_trust *trust;
} kase;

/* That of 4.4.14 and 4.4.15 may have negative serial numbers. */
static pki_ctx *ctx;

static const char *file(const char *folder, const char *name, const char *suffix)
{
	static char path[256];

	snprintf(path, sizeof path, "%s/%s/%s%s", FOLDER, folder, name, suffix);
	return path;
}

/* The next name of a list between commas; NULL at the end. */
static const char *next(const char **list)
{
	static char name[128];
	size_t n = strcspn(*list, ",");

	if (n == 0)
		return NULL;
	snprintf(name, sizeof name, "%.*s", (int)n, *list);
	*list += n + ((*list)[n] == ',');
	return name;
}

/* 2.16.840.1.101.3.2.1.48.n, or anyPolicy */
static pki_bytes policy(const char *name)
{
	char hex[32];

	if (strcmp(name, "any") == 0)
		return PKI_OID(any_policy);
	snprintf(hex, sizeof hex, "608648016503020130%02x", (unsigned)atoi(name));
	return t_hex(hex);
}

static size_t policies(const char *list, pki_bytes *out)
{
	const char *name;
	size_t n = 0;

	for (; (name = next(&list)) != NULL; n++) {
		ck_assert_uint_lt(n, MOST);
		out[n] = policy(name);
	}
	return n;
}

static uint32_t flags(const char *settings)
{
	return (strchr(settings, 'E') != NULL ? PKI_REQUIRE_POLICY : 0) |
	    (strchr(settings, 'M') != NULL ? PKI_INHIBIT_MAPPING : 0) |
	    (strchr(settings, 'A') != NULL ? PKI_INHIBIT_ANY_POLICY : 0);
}

static void add_crl(pki_crls *to, const char *path)
{
	pki_crl *c;

	t_ok(pki_crl_load(NULL, path, &c, err));
	t_ok(pki_crls_add(to, c, err));
	pki_crl_free(c);
}

static pki_trust *trust_in(const pki_cert *anchor)
{
	pki_trust_builder *b;
	pki_trust *t;

	t_ok(pki_trust_builder_new(NULL, &b, err));
	t_ok(pki_trust_add(b, anchor, NULL, err));
	t_ok(pki_trust_freeze(b, &t, err));
	pki_trust_builder_free(b);
	return t;
}

static bool next_case(rows *r, kase *k)
{
	const char *list, *name;

	if (!rows_next(r, FIELDS))
		return false;
	memset(k, 0, sizeof *k);
	k->id = r->field[ID];
	k->valid = strcmp(r->field[RESULT], "valid") == 0;
	k->flags = flags(r->field[SETTINGS]);
	k->initial_count = policies(r->field[INITIAL], k->initial);
	k->policy_count = policies(r->field[POLICIES], k->policies);
	t_ok(pki_crls_new(NULL, &k->crls, err));
	for (list = r->field[CRL_FILES]; (name = next(&list)) != NULL;)
		add_crl(k->crls, file("crls", name, ".crl"));
	for (list = r->field[PATH]; (name = next(&list)) != NULL; k->count++)
		t_ok(pki_cert_load(ctx, file("certs", name, ".crt"), &k->path[k->count], err));
	k->trust = trust_in(k->path[0]);
	return true;
}

static void free_case(kase *k)
{
	for (size_t i = 0; i < k->count; i++)
		pki_cert_free(k->path[i]);
	pki_crls_free(k->crls);
	pki_trust_free(k->trust);
}

/* ---- what is given along: the path's own certificates and CRLs, or all there are ---- */

/* The certificates between, in an order of their own for each case. */
static pki_certs *between(const kase *k, uint64_t *seed)
{
	const pki_cert *c[MOST];
	size_t n = k->count - 2;
	pki_certs *l;

	memcpy(c, k->path + 1, n * sizeof *c);
	t_ok(pki_certs_new(NULL, &l, err));
	for (; n > 0; n--) {
		size_t i = random_below(seed, n);

		t_ok(pki_certs_add(l, c[i], err));
		c[i] = c[n - 1];
	}
	return l;
}

static pki_certs *all_certs(void)
{
	pki_certs *l;

	t_ok(pki_certs_load(ctx, FOLDER "/certs", &l, err));
	ck_assert_uint_eq(pki_certs_count(l), CERTS);
	return l;
}

static pki_crls *all_crls(void)
{
	pki_crls *s;

	t_ok(pki_crls_new(NULL, &s, err));
	t_ok(pki_crls_load(s, FOLDER "/crls", 0, err));
	ck_assert_uint_eq(pki_crls_count(s), CRLS);
	return s;
}

/* ---- one case ---- */

static bool is_among(pki_bytes oid, const pki_bytes *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (pki_oid_equal(oid, list[i]))
			return true;
	return false;
}

static bool same_policies(const kase *k, const pki_result *r)
{
	pki_policy p;
	size_t i;

	for (i = 0; pki_result_policy_at(r, i, &p); i++)
		if (!is_among(p.oid, k->policies, k->policy_count))
			return false;
	return i == k->policy_count;
}

/* Those of the case, in its order, from the leaf to the anchor; one that signs CRLs alone is not in
 * the path. */
static bool same_path(const kase *k, const pki_result *r)
{
	size_t n = pki_result_path_len(r), at = 0;

	for (size_t i = k->count; i-- > 0 && at < n;)
		if (pki_bytes_equal(
			pki_cert_der(pki_result_path_at(r, at)), pki_cert_der(k->path[i])))
			at++;
		else if (at == 0 || i == 0)
			return false;
	return at == n && n >= 2;
}

/* Does it end as the case says? */
static bool judge(
    const kase *k, const pki_certs *untrusted, const pki_crls *crls, pki_anchor_mode mode)
{
	pki_verify_opts o = { .size = sizeof o,
		.trust = k->trust,
		.untrusted = untrusted,
		.at = &(pki_time){ AT },
		.crls = crls,
		.purpose = PKI_PURPOSE_ANY,
		.anchor = mode,
		.revocation = PKI_REVOCATION_REQUIRE,
		.policy_flags = k->flags };
	pki_error e = PKI_ERROR_INIT;
	pki_result *r = NULL;
	bool fine;

	if (!pki_oid_equal(k->initial[0], PKI_OID(any_policy))) {
		o.policy_set = k->initial;
		o.policy_set_count = k->initial_count;
	}
	if (strcmp(k->id, "4.1.4") >= 0 && strcmp(k->id, "4.1.6") <= 0)
		o.allow = PKI_ALLOW_DSA;
	fine = pki_verify(NULL, k->path[k->count - 1], &o, &r, &e) ==
	    (k->valid ? PKI_SUCCESS : PKI_E_UNTRUSTED);
	fine = fine && (!k->valid || (same_policies(k, r) && same_path(k, r)));
	if (!fine)
		printf("%s, mode %d: %s, %zu policies\n", k->id, (int)mode, t_error(&e),
		    pki_result_policy_count(r));
	pki_result_free(r);
	return fine;
}

static void begin(void)
{
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .lenient = PKI_LENIENT_SERIAL), &ctx, err));
}

/* How many end as they should. */
static size_t each_case(const pki_certs *certs, const pki_crls *crls)
{
	uint64_t seed = 1;
	size_t n = 0;
	rows r;
	kase k;

	for (rows_open(&r, "pkits/cases.txt"); next_case(&r, &k);) {
		pki_certs *own = between(&k, &seed);
		bool fine = true;

		for (pki_anchor_mode m = PKI_ANCHOR_FULL; m <= PKI_ANCHOR_BARE; m++)
			fine &= judge(
			    &k, certs != NULL ? certs : own, crls != NULL ? crls : k.crls, m);
		n += fine;
		pki_certs_free(own);
		free_case(&k);
	}
	return n;
}

START_TEST(own_certificates)
{
	begin();
	ck_assert_uint_eq(each_case(NULL, NULL), CASES);
	pki_ctx_free(ctx);
}
END_TEST

/* Whatever else lies there, the answer is the same. */
START_TEST(all_certificates)
{
	pki_certs *certs;
	pki_crls *crls;

	begin();
	certs = all_certs();
	crls = all_crls();
	ck_assert_uint_eq(each_case(certs, NULL), CASES);
	ck_assert_uint_eq(each_case(NULL, crls), CASES);
	ck_assert_uint_eq(each_case(certs, crls), CASES);
	pki_certs_free(certs);
	pki_crls_free(crls);
	pki_ctx_free(ctx);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { own_certificates, all_certificates, NULL };

	return t_main("pkits", tests);
}
