/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Certification paths of other projects' test suites, below $PKI_CORPUS: OpenSSL's table and
 * x509-limbo. Each ends as the suite says, or otherwise for a reason that stands here and in
 * docs/conformance.md. NIST's PKITS is in make check: test_pkits.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <pki/verify.h>

#define NOW 1780272000 /* 2026-06-01, where a case does not say when */

/* One case. */
typedef struct kase {
	const char *id;
	bool valid; /* what the suite says */
	pki_cert *leaf;
	pki_certs *untrusted;
	pki_trust_builder *anchors;
	pki_verify_opts o;
	pki_time at;
	uint32_t max_intermediates;
	pki_buf policy;
	pki_bytes policies[1];
} kase;

/* What ends otherwise than the suite says, and why. */
typedef struct exception {
	const char *id, *reason;
	bool met;
} exception;

typedef struct suite {
	const char *name, *file, *list, *certs;
	bool (*read)(const struct suite *s, json_t *test, kase *k); /* false: left out */
	exception *exceptions;
	size_t cases; /* that are judged */
	size_t as_expected, explained, left_out, wrong;
} suite;

static const char *corpus;
/* OpenSSL's certificates are read as OpenSSL would, and its weak keys are keys. */
static pki_ctx *lenient;

static void must(pki_status st)
{
	if (st == PKI_SUCCESS)
		return;
	printf("%s\n", pki_status_text(st));
	exit(EXIT_FAILURE);
}

static const char *text(json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static bool is_true(json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

/* ---- certificates ---- */

/* NULL: libpki does not read it. */
static pki_cert *read_cert(const char *pem)
{
	pki_cert *c = NULL;

	if (pki_cert_parse(NULL, pki_bytes_str(pem), &c, NULL) != PKI_SUCCESS)
		return NULL;
	return c;
}

static bool is_self_signed(const pki_cert *c)
{
	pki_pubkey *k = NULL;
	pki_status st;

	st = pki_cert_pubkey(c, &k, NULL);
	if (st == PKI_SUCCESS)
		st = pki_cert_check_signature(c, k, NULL);
	pki_pubkey_free(k);
	return st == PKI_SUCCESS && pki_cert_is_self_issued(c);
}

/* Consumes c, which may be NULL: what libpki does not read is passed over. */
static void add_untrusted(kase *k, pki_cert *c)
{
	if (c != NULL)
		must(pki_certs_add(k->untrusted, c, NULL));
	pki_cert_free(c);
}

/* One without a subject is none. */
static void add_anchor(kase *k, pki_cert *c)
{
	if (c != NULL && !pki_name_is_empty(pki_cert_subject(c)))
		must(pki_trust_add(k->anchors, c, NULL, NULL));
	pki_cert_free(c);
}

/* ---- OpenSSL: test/recipes/25-test_verify.t ---- */

static pki_cert *openssl_cert(const suite *s, const char *name)
{
	char path[512];
	pki_cert *c = NULL;

	snprintf(path, sizeof path, "%s/%s/%s.pem", corpus, s->certs, name);
	if (pki_cert_load(lenient, path, &c, NULL) != PKI_SUCCESS)
		return NULL;
	return c;
}

/* Without -partial_chain only what is self-signed is an anchor. */
static void openssl_trust(kase *k, pki_cert *c, bool partial_chain)
{
	if (c == NULL || partial_chain || is_self_signed(c))
		add_anchor(k, c);
	else
		add_untrusted(k, c);
}

static const struct purpose {
	const char *name;
	pki_purpose purpose;
} purposes[] = {
	{ "", PKI_PURPOSE_ANY },
	{ "sslserver", PKI_PURPOSE_SERVER },
	{ "sslclient", PKI_PURPOSE_CLIENT },
	{ "codesign", PKI_PURPOSE_CODE },
	{ "timestampsign", PKI_PURPOSE_TIMESTAMP },
};

static pki_purpose purpose_of(const char *name)
{
	for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
		if (strcmp(purposes[i].name, name) == 0)
			return purposes[i].purpose;
	return PKI_PURPOSE_NONE;
}

/* Levels of security: SSL_CTX_set_security_level(3). */
static void openssl_level(kase *k, int level)
{
	k->o.allow = 0;
	if (level < 2)
		k->o.allow |= PKI_ALLOW_RSA1024;
	if (level < 1)
		k->o.allow |= PKI_ALLOW_MD5 | PKI_ALLOW_SHA1 | PKI_ALLOW_RSA512;
	k->o.min_strength = level < 3 ? 0 : level < 4 ? 128 : 192;
}

/* An option and, where it has one, its argument; false: libpki has no such thing. */
static bool openssl_option(kase *k, const char *name, const char *value)
{
	if (strcmp(name, "-partial_chain") == 0 || strcmp(name, "-policy_check") == 0)
		return true;
	if (strcmp(name, "-x509_strict") == 0)
		k->o.rules = PKI_RULES_STRICT;
	else if (strcmp(name, "-explicit_policy") == 0)
		k->o.policy_flags |= PKI_REQUIRE_POLICY;
	else if (strcmp(name, "-auth_level") == 0)
		openssl_level(k, atoi(value));
	else if (strcmp(name, "-attime") == 0)
		k->at = atoll(value);
	else if (strcmp(name, "-verify_depth") == 0)
		k->max_intermediates = (uint32_t)atoi(value);
	else if (strcmp(name, "-policy") == 0)
		must(pki_oid_parse(value, &k->policy, NULL));
	else
		return false;
	return true;
}

static bool openssl_takes(const char *option)
{
	static const char *const with[] = { "-auth_level", "-attime", "-verify_depth", "-policy" };

	for (size_t i = 0; i < sizeof with / sizeof *with; i++)
		if (strcmp(with[i], option) == 0)
			return true;
	return false;
}

static bool openssl_options(json_t *options, kase *k)
{
	for (size_t i = 0; i < json_array_size(options); i++) {
		const char *name = json_string_value(json_array_get(options, i));
		const char *value = NULL;

		if (openssl_takes(name))
			value = json_string_value(json_array_get(options, ++i));
		if (!openssl_option(k, name, value))
			return false;
	}
	return true;
}

static bool has(json_t *list, const char *s)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(json_string_value(json_array_get(list, i)), s) == 0)
			return true;
	return false;
}

static bool read_openssl(const suite *s, json_t *test, kase *k)
{
	json_t *options = json_object_get(test, "options"), *list;

	k->id = text(test, "title");
	openssl_level(k, 1);
	if (is_true(test, "uses_openssl_trusted") || !openssl_options(options, k))
		return false;
	k->valid = strcmp(text(test, "expected"), "SUCCESS") == 0;
	k->o.purpose = purpose_of(text(test, "purpose"));
	k->leaf = openssl_cert(s, text(test, "cert"));
	list = json_object_get(test, "untrusted");
	for (size_t i = 0; i < json_array_size(list); i++)
		add_untrusted(k, openssl_cert(s, json_string_value(json_array_get(list, i))));
	list = json_object_get(test, "trusted");
	for (size_t i = 0; i < json_array_size(list); i++)
		openssl_trust(k, openssl_cert(s, json_string_value(json_array_get(list, i))),
		    has(options, "-partial_chain"));
	return true;
}

/* ---- x509-limbo ---- */

/* "webpki::..." is judged by the rules of that name, everything else by RFC 5280's, strictly. */
static pki_rules limbo_rules(const char *id)
{
	return strncmp(id, "webpki::", 8) == 0 ? PKI_RULES_WEBPKI : PKI_RULES_STRICT;
}

static void limbo_name(json_t *name, kase *k)
{
	const char *kind = text(name, "kind"), *value = text(name, "value");

	if (strcmp(kind, "DNS") == 0)
		k->o.host = value;
	if (strcmp(kind, "IP") == 0)
		k->o.ip = value;
	if (strcmp(kind, "RFC822") == 0)
		k->o.email = value;
}

static bool read_limbo(const suite *s, json_t *test, kase *k)
{
	json_t *list, *depth = json_object_get(test, "max_chain_depth");
	const char *when = text(test, "validation_time");

	(void)s;
	k->id = text(test, "id");
	k->valid = strcmp(text(test, "expected_result"), "SUCCESS") == 0;
	k->o.rules = limbo_rules(k->id);
	k->o.purpose = strcmp(text(test, "validation_kind"), "CLIENT") == 0 ? PKI_PURPOSE_CLIENT
									    : PKI_PURPOSE_SERVER;
	limbo_name(json_object_get(test, "expected_peer_name"), k);
	if (json_is_integer(depth))
		k->max_intermediates = (uint32_t)json_integer_value(depth);
	if (*when != '\0')
		must(pki_time_parse(when, &k->at, NULL, NULL));
	k->leaf = read_cert(text(test, "peer_certificate"));
	list = json_object_get(test, "untrusted_intermediates");
	for (size_t i = 0; i < json_array_size(list); i++)
		add_untrusted(k, read_cert(json_string_value(json_array_get(list, i))));
	list = json_object_get(test, "trusted_certs");
	for (size_t i = 0; i < json_array_size(list); i++)
		add_anchor(k, read_cert(json_string_value(json_array_get(list, i))));
	return true;
}

/* ---- one case ---- */

static void begin(kase *k)
{
	memset(k, 0, sizeof *k);
	pki_verify_opts_init(&k->o, sizeof k->o);
	k->at = NOW;
	k->max_intermediates = UINT32_MAX;
	must(pki_certs_new(NULL, &k->untrusted, NULL));
	must(pki_trust_builder_new(NULL, &k->anchors, NULL));
}

static void end(kase *k)
{
	pki_cert_free(k->leaf);
	pki_certs_free(k->untrusted);
	pki_trust_builder_free(k->anchors);
	pki_buf_free(&k->policy);
}

/* PKI_E_STRUCTURE: libpki does not read the leaf. */
static pki_status verify(kase *k, pki_error *err)
{
	pki_trust *t = NULL;
	pki_status st;

	must(pki_trust_freeze(k->anchors, &t, NULL));
	k->o.trust = t;
	k->o.untrusted = k->untrusted;
	k->o.at = &k->at;
	if (k->max_intermediates != UINT32_MAX)
		k->o.max_intermediates = &k->max_intermediates;
	k->policies[0] = pki_buf_bytes(&k->policy);
	if (k->policy.len > 0) {
		k->o.policy_set = k->policies;
		k->o.policy_set_count = 1;
	}
	st = k->leaf == NULL ? PKI_E_STRUCTURE : pki_verify(NULL, k->leaf, &k->o, NULL, err);
	/* what stricter rules accept RFC 5280 accepts */
	k->o.rules = PKI_RULES_RFC5280;
	if (st == PKI_SUCCESS && pki_verify(NULL, k->leaf, &k->o, NULL, err) != PKI_SUCCESS)
		st = PKI_E_INTERNAL;
	pki_trust_free(t);
	return st;
}

static bool has_reason(suite *s, const char *id)
{
	for (exception *e = s->exceptions; e->id != NULL; e++)
		if (strcmp(e->id, id) == 0)
			return e->met = true;
	return false;
}

static bool is_answer(pki_status st)
{
	switch (st) {
	case PKI_SUCCESS:
	case PKI_E_STRUCTURE:
	case PKI_E_LIMIT:
	case PKI_E_UNSUPPORTED:
	case PKI_E_UNTRUSTED:
		return true;
	default:
		return false;
	}
}

static void judge(suite *s, kase *k)
{
	pki_error e = PKI_ERROR_INIT;
	pki_status st = verify(k, &e);
	char why[512];

	pki_error_text(&e, why, sizeof why);
	if (getenv("VERBOSE") != NULL)
		printf("%s: %s: %s (%s)\n", s->name, k->id, pki_status_text(st), why);
	if (is_answer(st) && (st == PKI_SUCCESS) == k->valid)
		s->as_expected++;
	else if (is_answer(st) && has_reason(s, k->id))
		s->explained++;
	else {
		s->wrong++;
		printf("%s: %s: wanted %s, got %s (%s)\n", s->name, k->id,
		    k->valid ? "success" : "a refusal", pki_status_text(st), why);
	}
}

static void each_case(suite *s, json_t *list)
{
	json_t *test;
	size_t i;
	kase k;

	json_array_foreach(list, i, test)
	{
		begin(&k);
		if (s->read(s, test, &k))
			judge(s, &k);
		else
			s->left_out++;
		end(&k);
	}
}

/* An exception that is none any more is an error, too. */
static void unmet(suite *s)
{
	for (exception *e = s->exceptions; e->id != NULL; e++)
		if (!e->met) {
			s->wrong++;
			printf("%s: %s: as expected, though there is a reason: %s\n", s->name,
			    e->id, e->reason);
		}
	if (s->as_expected + s->explained + s->wrong < s->cases) {
		s->wrong++;
		printf("%s: fewer cases than %zu\n", s->name, s->cases);
	}
}

static bool run(suite *s)
{
	char path[512];
	json_t *all;

	snprintf(path, sizeof path, "%s/%s", corpus, s->file);
	all = json_load_file(path, 0, NULL);
	if (all == NULL) {
		printf("%s: no such file, or no JSON\n", path);
		return false;
	}
	each_case(s, json_object_get(all, s->list));
	unmet(s);
	json_decref(all);
	printf("%s: %zu as expected, %zu otherwise with a reason, %zu wrong; %zu left out\n",
	    s->name, s->as_expected, s->explained, s->wrong, s->left_out);
	return s->wrong == 0;
}

static exception openssl_exceptions[] = {
	{ "fail client purpose intermediate trusted",
	    "another certificate of that CA, for any purpose, is there: libpki goes back", false },
	{ "Name constraints bad othername name constraint", "excludedSubtrees is empty: 4.2.1.10",
	    false },
	{ "Too many names and constraints to check (1)",
	    "names are counted against constraints of their own kind", false },
	{ NULL, NULL, false },
};

static exception limbo_exceptions[] = {
	{ "rfc5280::nc::permitted-dn-match", "the leaf has no host name: RFC 9525", false },
	{ "webpki::nc::permitted-dns-match-noncritical",
	    "nameConstraints are critical, RFC 5280 4.2.1.10: webpki is strict, too", false },
	{ "webpki::san::leftmost-wildcard-san",
	    "the common name is none of the subjectAltName: CABF BR 7.1.4.3", false },
	{ NULL, NULL, false },
};

static suite suites[] = {
	{ "openssl-verify", "openssl-verify/cases.json", "cases", "openssl-verify/certs",
	    read_openssl, openssl_exceptions, 119, 0, 0, 0, 0 },
	{ "limbo", "limbo/limbo-2023-12-upstream-verbatim.json", "testcases", NULL, read_limbo,
	    limbo_exceptions, 135, 0, 0, 0, 0 },
};

int main(void)
{
	bool fine = true;

	corpus = getenv("PKI_CORPUS");
	if (corpus == NULL) {
		fprintf(stderr, "PKI_CORPUS is not set\n");
		return EXIT_FAILURE;
	}
	must(pki_ctx_new(
	    PKI_OPTS(pki_ctx_opts, .lenient = PKI_LENIENT_ALL,
		.allow = PKI_ALLOW_MD5 | PKI_ALLOW_SHA1 | PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512),
	    &lenient, NULL));
	for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
		fine &= run(&suites[i]);
	pki_ctx_free(lenient);
	return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
