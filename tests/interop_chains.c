/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * libcrypto as a judge of random chains, with up to three faults and more certificates around them.
 * What libpki accepts libcrypto accepts, too, when it is given that very path; or there is a
 * reason, which stands here and in docs/conformance.md. The reverse is counted. PKI_CHAINS says how
 * many.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "tests/chain_faults.h"
#include "tests/lib/random.h"

#define CHAINS 2000
#define MORE   4 /* certificates that no chain needs */
#define FAULTS 3
#define SHOWN  10

/* ---- a random chain ---- */

typedef struct drawn {
	gen_chain g;
	gen_cert more[MORE];
	size_t more_count;
	const char *names[FAULTS];
	size_t fault_count;
} drawn;

static void draw_ask(gen_chain *g, uint64_t *seed)
{
	g->ask.rules = (pki_rules)random_below(seed, 2);
	g->ask.anchor = (pki_anchor_mode)random_below(seed, 2);
	g->ask.revocation = random_below(seed, 2) ? PKI_REVOCATION_REQUIRE : PKI_REVOCATION_NONE;
	g->ask.policy_flags = random_below(seed, 2) ? (uint32_t)random_below(seed, 8) : 0;
	if (random_below(seed, 4) == 0) {
		g->ask.policy_set = g->policies;
		g->ask.policy_set_count = 1;
	}
	if (random_below(seed, 4) == 0) {
		g->ask.purpose = PKI_PURPOSE_ANY;
		g->ask.host = NULL;
	}
}

/* The fault, at its own place or at another. */
static void draw_fault(drawn *d, uint64_t *seed)
{
	fault f = faults[random_below(seed, fault_count)];
	gen_chain *g = &d->g;

	if (random_below(seed, 2) == 0 && f.at + 1 < FAULT_CERTS)
		f.at = random_below(seed, g->crl_count);
	if (f.at >= g->crl_count && f.at != g->count - 1)
		f.at = g->count - 1;
	if (f.prepare != NULL)
		f.prepare(g, &f);
	if (random_below(seed, 4) != 0)
		f.spoil(g, &f);
	d->names[d->fault_count++] = f.name;
}

/* A certificate of the chain once more, with one thing changed. */
static void draw_more(drawn *d, uint64_t *seed)
{
	const gen_chain *g = &d->g;
	gen_cert *c = &d->more[d->more_count++];
	size_t from = 1 + random_below(seed, g->count - 1), to = random_below(seed, g->count);

	*c = g->certs[from];
	c->serial += 1 + (int64_t)d->more_count;
	switch (random_below(seed, 6)) {
	case 0:
		c->to = GEN_AT - 1;
		break;
	case 1:
		c->key = 20 + random_below(seed, 4);
		break;
	case 2:
		c->issuer = g->certs[to].subject;
		c->issuer_key = g->certs[to].key;
		break;
	case 3:
		c->issuer = c->subject;
		c->issuer_key = c->key;
		break;
	case 4:
		c->subject = g->certs[to].subject;
		break;
	default:
		c->exts = g->certs[to].exts;
	}
}

/* What one fault asked for and another one not. */
static void settle(pki_verify_opts *o)
{
	if (o->policies != NULL) {
		o->policy_set = NULL;
		o->policy_set_count = 0;
	}
	if (o->purpose != PKI_PURPOSE_OID)
		o->purpose_oid = pki_bytes_of(NULL, 0);
}

static void draw(drawn *d, uint64_t *seed)
{
	d->more_count = d->fault_count = 0;
	gen_chain_init(&d->g, FAULT_CERTS + random_below(seed, 3));
	draw_ask(&d->g, seed);
	for (size_t n = random_below(seed, FAULTS + 1); n-- > 0;)
		draw_fault(d, seed);
	settle(&d->g.ask);
	for (size_t n = random_below(seed, MORE + 1); n-- > 0;)
		draw_more(d, seed);
}

static void make(const drawn *d, gen_made *m)
{
	gen_make(&d->g, m);
	for (size_t i = 0; i < d->more_count; i++) {
		pki_cert *c = gen_cert_make(&d->more[i]);

		t_ok(pki_certs_add(m->untrusted, c, err));
		pki_cert_free(c);
	}
}

/* ---- what libcrypto says ---- */

typedef struct verdict {
	int error; /* X509_V_OK */
	int depth;
} verdict;

static X509 *openssl_cert(const pki_cert *c)
{
	const unsigned char *p = pki_cert_der(c).data;
	X509 *x = d2i_X509(NULL, &p, (long)pki_cert_der(c).len);

	ck_assert_ptr_nonnull(x);
	return x;
}

static void push(STACK_OF(X509) * to, const pki_cert *c)
{
	ck_assert_int_gt(sk_X509_push(to, openssl_cert(c)), 0);
}

static X509_CRL *openssl_crl(const pki_crl *c)
{
	const unsigned char *p = pki_crl_der(c).data;
	X509_CRL *x = d2i_X509_CRL(NULL, &p, (long)pki_crl_der(c).len);

	ck_assert_ptr_nonnull(x);
	return x;
}

static X509_STORE *store(const pki_cert *anchor, const pki_crls *crls)
{
	X509_STORE *s = X509_STORE_new();
	X509 *x = openssl_cert(anchor);

	ck_assert_int_eq(X509_STORE_add_cert(s, x), 1);
	X509_free(x);
	for (size_t i = 0; i < pki_crls_count(crls); i++) {
		X509_CRL *c = openssl_crl(pki_crls_at(crls, i));

		ck_assert_int_eq(X509_STORE_add_crl(s, c), 1);
		X509_CRL_free(c);
	}
	return s;
}

/* 0: libcrypto has no such purpose. */
static int purpose_of(pki_purpose p)
{
	switch (p) {
	case PKI_PURPOSE_SERVER:
		return X509_PURPOSE_SSL_SERVER;
	case PKI_PURPOSE_CLIENT:
		return X509_PURPOSE_SSL_CLIENT;
	case PKI_PURPOSE_EMAIL:
		return X509_PURPOSE_SMIME_SIGN;
	case PKI_PURPOSE_TIMESTAMP:
		return X509_PURPOSE_TIMESTAMP_SIGN;
	default:
		return 0;
	}
}

static unsigned long flags_of(const pki_verify_opts *o)
{
	unsigned long f = X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_POLICY_CHECK;

	if (o->rules != PKI_RULES_RFC5280)
		f |= X509_V_FLAG_X509_STRICT;
	if (o->revocation == PKI_REVOCATION_REQUIRE)
		f |= X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL |
		    X509_V_FLAG_EXTENDED_CRL_SUPPORT | X509_V_FLAG_USE_DELTAS;
	if ((o->policy_flags & PKI_REQUIRE_POLICY) != 0 || o->policies != NULL)
		f |= X509_V_FLAG_EXPLICIT_POLICY;
	if ((o->policy_flags & PKI_INHIBIT_MAPPING) != 0)
		f |= X509_V_FLAG_INHIBIT_MAP;
	if ((o->policy_flags & PKI_INHIBIT_ANY_POLICY) != 0)
		f |= X509_V_FLAG_INHIBIT_ANY;
	return f;
}

static void add_policies(X509_VERIFY_PARAM *p, const pki_bytes *oids, size_t n)
{
	for (size_t i = 0; oids != NULL && i < n; i++) {
		pki_buf dotted = PKI_BUF_INIT;

		t_ok(pki_oid_format(oids[i], &dotted, err));
		X509_VERIFY_PARAM_add0_policy(p, OBJ_txt2obj(pki_buf_str(&dotted), 1));
		pki_buf_free(&dotted);
	}
}

static void set_param(X509_VERIFY_PARAM *p, const pki_verify_opts *o)
{
	const pki_bytes any = PKI_OID(any_policy);

	X509_VERIFY_PARAM_set_time(p, *o->at);
	X509_VERIFY_PARAM_set_flags(p, flags_of(o));
	X509_VERIFY_PARAM_set_auth_level(p,
	    o->allow != 0                ? 0
		: o->min_strength <= 112 ? 2
		: o->min_strength == 128 ? 3
					 : 4);
	if (purpose_of(o->purpose) != 0)
		X509_VERIFY_PARAM_set_purpose(p, purpose_of(o->purpose));
	X509_VERIFY_PARAM_set_hostflags(p, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
	if (o->host != NULL)
		X509_VERIFY_PARAM_set1_host(p, o->host, 0);
	if (o->ip != NULL)
		X509_VERIFY_PARAM_set1_ip_asc(p, o->ip);
	if (o->email != NULL)
		X509_VERIFY_PARAM_set1_email(p, o->email, 0);
	add_policies(p, o->policy_set, o->policy_set_count);
	add_policies(p, o->policies, o->policy_count);
	/* to libcrypto no policies are none, and not any */
	if (o->policy_set == NULL && o->policies == NULL)
		add_policies(p, &any, 1);
}

static verdict judge(const pki_cert *leaf, STACK_OF(X509) * untrusted, const pki_cert *anchor,
    const pki_crls *crls, const pki_verify_opts *o)
{
	X509_STORE *s = store(anchor, crls);
	X509_STORE_CTX *c = X509_STORE_CTX_new();
	X509 *x = openssl_cert(leaf);
	verdict v = { X509_V_OK, 0 };

	ck_assert_int_eq(X509_STORE_CTX_init(c, s, x, untrusted), 1);
	set_param(X509_STORE_CTX_get0_param(c), o);
	if (X509_verify_cert(c) != 1) {
		v.error = X509_STORE_CTX_get_error(c);
		v.depth = X509_STORE_CTX_get_error_depth(c);
		if (v.error == X509_V_OK)
			v.error = X509_V_ERR_UNSPECIFIED;
	}
	X509_free(x);
	X509_STORE_CTX_free(c);
	X509_STORE_free(s);
	ERR_clear_error();
	return v;
}

/* Of all that libpki was given. */
static verdict judge_all(const gen_chain *g, const gen_made *m)
{
	STACK_OF(X509) *l = sk_X509_new_null();
	verdict v;

	for (size_t i = 0; i < pki_certs_count(m->untrusted); i++)
		push(l, pki_certs_at(m->untrusted, i));
	v = judge(m->certs[0], l, m->certs[m->count - 1], m->crls, &g->ask);
	sk_X509_pop_free(l, X509_free);
	return v;
}

/* Of the path that libpki found. */
static verdict judge_path(const gen_chain *g, const gen_made *m, const pki_result *r)
{
	size_t n = pki_result_path_len(r);
	STACK_OF(X509) *l = sk_X509_new_null();
	verdict v;

	for (size_t i = 1; i + 1 < n; i++)
		push(l, pki_result_path_at(r, i));
	v = judge(m->certs[0], l, pki_result_path_at(r, n - 1), m->crls, &g->ask);
	sk_X509_pop_free(l, X509_free);
	return v;
}

/* ---- why libcrypto may refuse what libpki accepts ---- */

typedef struct difference {
	const gen_chain *g;
	const gen_made *m;
	const pki_result *r;
	verdict v;
	const pki_cert *cert, *anchor; /* that libcrypto speaks of; the path's last one */
} difference;

static bool is_about_names(int error)
{
	return error == X509_V_ERR_PERMITTED_VIOLATION || error == X509_V_ERR_EXCLUDED_VIOLATION;
}

/* RFC 5280 6.1.1 (d): of a bare anchor nothing is looked at but name and key. */
static bool anchor_is_bare(const difference *d)
{
	if (d->g->ask.anchor != PKI_ANCHOR_BARE)
		return false;
	return d->cert == d->anchor ||
	    (is_about_names(d->v.error) &&
		pki_cert_ext(d->anchor, PKI_OID(name_constraints), NULL)) ||
	    (d->v.error == X509_V_ERR_PATH_LENGTH_EXCEEDED && pki_cert_path_len(d->anchor) >= 0);
}

/* RFC 4158 3.5.12: key identifiers are hints. */
static bool key_ids_differ(const difference *d)
{
	const pki_cert *issuer = pki_result_path_at(d->r, (size_t)d->v.depth + 1);

	return d->v.error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY && issuer != NULL &&
	    pki_cert_authority_key_id(d->cert).len != 0 && pki_cert_key_id(issuer).len != 0 &&
	    !pki_bytes_equal(pki_cert_authority_key_id(d->cert), pki_cert_key_id(issuer));
}

/* notAfter is the last second, not the first one beyond: RFC 5280 4.1.2.5. */
static bool is_last_second(const difference *d)
{
	return d->v.error == X509_V_ERR_CERT_HAS_EXPIRED && pki_cert_not_after(d->cert) == d->g->at;
}

/* libpki says which keyUsage a server's or client's certificate has, and leaves it to TLS. */
static bool is_usage_of_leaf(const difference *d)
{
	const uint32_t tls = PKI_KU_DIGITAL_SIGNATURE | PKI_KU_KEY_ENCIPHERMENT |
	    PKI_KU_KEY_AGREEMENT;

	return d->v.error == X509_V_ERR_INVALID_PURPOSE && d->v.depth == 0 &&
	    (d->g->ask.purpose == PKI_PURPOSE_SERVER || d->g->ask.purpose == PKI_PURPOSE_CLIENT) &&
	    (pki_cert_key_usage(d->cert) & tls) != tls;
}

/* Of servers, clients and mailboxes, and in CAs, it means any purpose to libpki. */
static bool is_any_purpose(const difference *d)
{
	pki_ext_iter it;
	pki_bytes oid;
	pki_ext e;

	if (d->v.error != X509_V_ERR_INVALID_PURPOSE ||
	    !pki_cert_ext(d->cert, PKI_OID(ext_key_usage), &e))
		return false;
	pki_ext_list(&it, NULL, e.value);
	while (pki_ext_oid_next(&it, &oid))
		if (pki_oid_equal(oid, PKI_OID(any_extended_key_usage)))
			return true;
	return false;
}

/* Another certificate of the same CA and key, which is not in the path, may sign CRLs. */
static bool another_signs(const difference *d, const pki_cert *ca)
{
	for (size_t i = 0; i < pki_certs_count(d->m->untrusted) && ca != NULL; i++) {
		const pki_cert *c = pki_certs_at(d->m->untrusted, i);

		if ((pki_cert_key_usage(c) & PKI_KU_CRL_SIGN) != 0 &&
		    pki_bytes_equal(pki_cert_spki(c), pki_cert_spki(ca)) &&
		    pki_name_equal(pki_cert_subject(c), pki_cert_subject(ca)))
			return true;
	}
	return false;
}

static bool another_signs_crls(const difference *d)
{
	return d->v.error == X509_V_ERR_KEYUSAGE_NO_CRL_SIGN &&
	    (another_signs(d, d->cert) ||
		another_signs(d, pki_result_path_at(d->r, (size_t)d->v.depth + 1)));
}

static bool is_about_crls(int error)
{
	switch (error) {
	case X509_V_ERR_UNABLE_TO_GET_CRL:
	case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
	case X509_V_ERR_CRL_SIGNATURE_FAILURE:
	case X509_V_ERR_CRL_NOT_YET_VALID:
	case X509_V_ERR_CRL_HAS_EXPIRED:
	case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
	case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
	case X509_V_ERR_DIFFERENT_CRL_SCOPE:
	case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
		return true;
	default:
		return false;
	}
}

/* noRevAvail, id-pkix-ocsp-nocheck */
static bool is_exempt(const difference *d)
{
	return (is_about_crls(d->v.error) || d->v.error == X509_V_ERR_CERT_REVOKED) &&
	    (pki_cert_ext(d->cert, PKI_OID(no_rev_avail), NULL) ||
		pki_cert_ext(d->cert, PKI_OID(ocsp_nocheck), NULL));
}

/* The same as of certificates, of a CRL and its issuer. */
static bool key_id_of_crl_differs(const difference *d)
{
	const pki_cert *issuer = pki_result_path_at(d->r, (size_t)d->v.depth + 1);
	const pki_crl *c;
	size_t cursor = 0;

	if (d->v.error != X509_V_ERR_UNABLE_TO_GET_CRL || issuer == NULL)
		return false;
	c = pki_crls_next(d->m->crls, pki_cert_subject(issuer), &cursor);
	return c != NULL && !pki_bytes_equal(pki_crl_authority_key_id(c), pki_cert_key_id(issuer));
}

/* A CA that changed its key has CRLs by both of them; one that is valid is enough. */
static bool has_another_crl(const difference *d)
{
	const pki_name *issuer = pki_cert_issuer(d->cert);
	size_t cursor = 0;

	return is_about_crls(d->v.error) && pki_crls_next(d->m->crls, issuer, &cursor) != NULL &&
	    pki_crls_next(d->m->crls, issuer, &cursor) != NULL;
}

static struct reason {
	const char *text;
	bool (*holds)(const difference *d);
	size_t count;
} reasons[] = {
	{ "the anchor is bare: RFC 5280 6.1.1(d)", anchor_is_bare, 0 },
	{ "key identifiers are hints: RFC 4158 3.5.12", key_ids_differ, 0 },
	{ "the second of notAfter is valid: RFC 5280 4.1.2.5", is_last_second, 0 },
	{ "keyUsage of a server or client is not judged", is_usage_of_leaf, 0 },
	{ "anyExtendedKeyUsage: RFC 5280 4.2.1.12", is_any_purpose, 0 },
	{ "the CRL's issuer has another certificate: RFC 5280 6.3.3(f)", another_signs_crls, 0 },
	{ "exempt from revocation: RFC 9608, RFC 6960", is_exempt, 0 },
	{ "key identifiers of CRLs are hints, too", key_id_of_crl_differs, 0 },
	{ "there is another CRL of that issuer: RFC 5280 6.3.3", has_another_crl, 0 },
};
#define REASONS (sizeof reasons / sizeof *reasons)

static bool has_reason(const gen_chain *g, const gen_made *m, const pki_result *r, const verdict *v)
{
	difference d = { g, m, r, *v, pki_result_path_at(r, (size_t)v->depth),
		pki_result_path_at(r, pki_result_path_len(r) - 1) };

	for (size_t i = 0; i < REASONS && d.cert != NULL; i++)
		if (reasons[i].holds(&d)) {
			reasons[i].count++;
			return true;
		}
	return false;
}

/* ---- the figures ---- */

static struct {
	size_t accepted, refused, explained, wrong;
	size_t lenient[PKI_CODE_LIMIT + 1]; /* libcrypto accepts: what libpki says, by code */
} n;

static void show(const drawn *d, uint64_t number, const verdict *v, const pki_failure *f)
{
	printf("chain %llu: libpki: %s of %zu, libcrypto: %s of %d;", (unsigned long long)number,
	    f->code == PKI_CODE_NONE ? "valid" : f->text, f->certificate,
	    X509_verify_cert_error_string(v->error), v->depth);
	for (size_t i = 0; i < d->fault_count; i++)
		printf(" [%s]", d->names[i]);
	printf(" rules %d, anchor %d, purpose %d, policies %u, set %zu, more %zu\n", d->g.ask.rules,
	    d->g.ask.anchor, d->g.ask.purpose, d->g.ask.policy_flags, d->g.ask.policy_set_count,
	    d->more_count);
}

static void after_acceptance(
    const drawn *d, uint64_t number, const gen_made *m, const pki_result *r)
{
	verdict v = judge_path(&d->g, m, r);

	if (v.error == X509_V_OK)
		n.accepted++;
	else if (has_reason(&d->g, m, r, &v))
		n.explained++;
	else if (n.wrong++ < SHOWN)
		show(d, number, &v, &(pki_failure){ .code = PKI_CODE_NONE });
}

static void after_refusal(const drawn *d, uint64_t number, const gen_made *m, const pki_result *r)
{
	verdict v = judge_all(&d->g, m);
	pki_failure f = { .code = PKI_CODE_NONE };

	pki_attempt_failure_at(r, 0, 0, &f);
	if (v.error == X509_V_OK && f.code >= 0 && f.code <= PKI_CODE_LIMIT)
		n.lenient[f.code]++;
	else
		n.refused++;
	if (v.error == X509_V_OK && getenv("VERBOSE") != NULL)
		show(d, number, &v, &f);
}

static void one(uint64_t number)
{
	static drawn d;
	uint64_t seed = number;
	pki_result *r = NULL;
	pki_error e = PKI_ERROR_INIT;
	pki_status st;
	gen_made m;

	draw(&d, &seed);
	make(&d, &m);
	st = gen_verify(&d.g, &m, NULL, &r, &e);
	ck_assert_msg(r != NULL, "chain %llu: %s", (unsigned long long)number, t_error(&e));
	/* certificates around a valid chain change nothing */
	ck_assert_msg(d.fault_count > 0 || st == PKI_SUCCESS, "chain %llu, without a fault: %s",
	    (unsigned long long)number, t_error(&e));
	if (st == PKI_SUCCESS)
		after_acceptance(&d, number, &m, r);
	else
		after_refusal(&d, number, &m, r);
	pki_result_free(r);
	gen_made_free(&m);
}

START_TEST(chains)
{
	const char *many = getenv("PKI_CHAINS");
	uint64_t count = many != NULL ? strtoull(many, NULL, 10) : CHAINS;

	for (uint64_t i = 1; i <= count; i++)
		one(i);
	printf("%llu chains: both accept %zu, both refuse %zu\n", (unsigned long long)count,
	    n.accepted, n.refused);
	for (size_t i = 0; i < REASONS; i++)
		printf("  libpki accepts, libcrypto refuses: %s: %zu\n", reasons[i].text,
		    reasons[i].count);
	for (pki_code c = 0; c <= PKI_CODE_LIMIT; c++)
		if (n.lenient[c] != 0)
			printf("  libcrypto accepts, libpki refuses: %s: %zu\n", pki_code_name(c),
			    n.lenient[c]);
	ck_assert_uint_eq(n.wrong, 0);
	/* it is worth little where one answer is rare */
	ck_assert_uint_ge(n.accepted, count / 20);
	ck_assert_uint_ge(n.refused, count / 20);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { chains, NULL };
	int status = t_main("chains, and libcrypto", tests);

	gen_done();
	return status;
}
