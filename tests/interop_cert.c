/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates that are made here, judged by openssl -x509_strict, certtool and GnuTLS. */
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>

#include <pki/cert.h>

#include "tests/lib/command.h"

#define g_ok(call)                                                  \
 do {                                                               \
  int g_st = (call);                                                \
  ck_assert_msg(g_st >= 0, "%s: %s", #call, gnutls_strerror(g_st)); \
 } while (0)

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])
#define NAMES                                                                               \
 PKI_LIST("www.example.org", "*.example.net", "192.0.2.1", "2001:db8::1", "me@example.org", \
     "https://x.example/")

static const struct kind {
	const char *name;
	pki_key_type type;
} kinds[] = {
	{ "p256", PKI_KEY_P256 },
	{ "p384", PKI_KEY_P384 },
	{ "p521", PKI_KEY_P521 },
	{ "ed25519", PKI_KEY_ED25519 },
	{ "ed448", PKI_KEY_ED448 },
	{ "rsa", PKI_KEY_RSA },
};

static pki_key *make_key(pki_key_type t)
{
	pki_key *k;

	t_ok(pki_key_generate(
	    NULL, t, t == PKI_KEY_RSA ? PKI_OPTS(pki_key_opts, .rsa_bits = 2048) : NULL, &k, err));
	return k;
}

static const char *saved(const pki_cert *c, const char *name)
{
	const char *path = t_scratch(name);

	t_ok(pki_cert_save(c, path, PKI_PEM, PKI_FILE_REPLACE, err));
	return path;
}

static pki_cert *self_signed(const pki_key *k, const pki_cert_opts *o)
{
	pki_cert *c;

	t_ok(pki_cert_self_sign(NULL, k, o, &c, err));
	return c;
}

/* From a request, as most are. */
static pki_cert *issued(
    const pki_key *k, const pki_cert *issuer, const pki_key *issuer_key, const pki_cert_opts *o)
{
	pki_csr *r;
	pki_cert *c;

	t_ok(pki_csr_make(NULL, k,
	    PKI_OPTS(pki_csr_opts, .subject = "CN=Zo\xc3\xab,O=Example,C=NL", .names = NAMES), &r,
	    err));
	t_ok(pki_cert_issue(r, issuer, issuer_key, o, &c, err));
	pki_csr_free(r);
	return c;
}

/* ---- chains of every type of key ---- */

typedef struct chain {
	pki_key *root_key, *ca_key, *key;
	pki_cert *root, *ca, *leaf, *by_root;
	const char *root_path, *ca_path, *leaf_path, *by_root_path;
} chain;

static void chain_make(chain *c, pki_key_type t, const pki_cert_opts *o)
{
	c->root_key = make_key(t);
	c->ca_key = make_key(PKI_KEY_P256);
	c->key = make_key(t);
	c->root = self_signed(c->root_key,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=Root,O=Example", .profile = PKI_PROFILE_CA));
	t_ok(pki_cert_issue_spki(pki_pubkey_spki(pki_key_public(c->ca_key)), c->root, c->root_key,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=CA,O=Example", .profile = PKI_PROFILE_CA),
	    &c->ca, err));
	c->leaf = issued(c->key, c->ca, c->ca_key, o);
	c->by_root = issued(c->key, c->root, c->root_key, o);
	c->root_path = saved(c->root, "root.pem");
	c->ca_path = saved(c->ca, "ca.pem");
	c->leaf_path = saved(c->leaf, "leaf.pem");
	c->by_root_path = saved(c->by_root, "by_root.pem");
}

static void chain_free(chain *c)
{
	pki_cert_free(c->by_root);
	pki_cert_free(c->leaf);
	pki_cert_free(c->ca);
	pki_cert_free(c->root);
	pki_key_free(c->key);
	pki_key_free(c->ca_key);
	pki_key_free(c->root_key);
}

#define STRICT "openssl verify -x509_strict -purpose %s -CAfile %s"

/* It must refuse. */
static void refused_by_openssl(const char *options, const char *root, const char *path)
{
	int status;
	const char *said = t_command(
	    &status, "openssl verify -x509_strict %s -CAfile %s %s", options, root, path);

	ck_assert_msg(status != 0, "%s: %s", options, said);
}

static void check_by_openssl(const chain *c)
{
	static const char *const names[] = { "-verify_hostname www.example.org",
		"-verify_hostname a.example.net", "-verify_ip 192.0.2.1", "-verify_ip 2001:db8::1",
		"-verify_email me@example.org" };
	static const char *const others[] = { "-purpose sslclient", "-purpose smimesign",
		"-purpose sslserver -verify_hostname example.org",
		"-purpose sslserver -verify_ip 192.0.2.2" };

	t_says(": OK", "openssl verify -x509_strict -check_ss_sig -CAfile %s %s", c->root_path,
	    c->root_path);
	t_says(": OK", STRICT " %s", "sslserver", c->root_path, c->by_root_path);
	t_says(": OK", STRICT " -untrusted %s %s", "sslserver", c->root_path, c->ca_path,
	    c->leaf_path);
	for (size_t i = 0; i < LENGTH(names); i++)
		t_says(": OK", STRICT " -untrusted %s %s %s", "sslserver", c->root_path, c->ca_path,
		    names[i], c->leaf_path);
	for (size_t i = 0; i < LENGTH(others); i++)
		refused_by_openssl(others[i], c->root_path, c->by_root_path);
}

static void check_by_certtool(const chain *c)
{
	t_says("Verified.",
	    "certtool --verify --load-ca-certificate %s --infile %s"
	    " --verify-hostname www.example.org",
	    c->root_path, c->by_root_path);
	t_says("Verified.",
	    "cat %s %s | certtool --verify --load-ca-certificate %s"
	    " --verify-hostname a.example.net --verify-purpose 1.3.6.1.5.5.7.3.1",
	    c->leaf_path, c->ca_path, c->root_path);
}

START_TEST(test_chains)
{
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		chain c;

		chain_make(&c, kinds[i].type, NULL);
		check_by_openssl(&c);
		check_by_certtool(&c);
		chain_free(&c);
	}
}
END_TEST

/* Without a subject, the names are critical. */
START_TEST(test_no_subject)
{
	chain c;

	chain_make(&c, PKI_KEY_P256, PKI_OPTS(pki_cert_opts, .subject = ""));
	check_by_openssl(&c);
	check_by_certtool(&c);
	t_says("X509v3 Subject Alternative Name: critical", "openssl x509 -in %s -noout -text",
	    c.leaf_path);
	chain_free(&c);
}
END_TEST

/* Every algorithm that an RSA or EC key signs with. */
START_TEST(test_algorithms)
{
	static const struct {
		pki_key_type type;
		pki_scheme scheme;
		pki_hash hash;
	} rows[] = {
		{ PKI_KEY_P256, PKI_ALG_ECDSA, PKI_HASH_SHA512 },
		{ PKI_KEY_P521, PKI_ALG_ECDSA, PKI_HASH_SHA256 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA384 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PSS, PKI_HASH_SHA256 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PSS, PKI_HASH_SHA512 },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_alg a = { .size = sizeof a, .scheme = rows[i].scheme, .hash = rows[i].hash };
		pki_key *k = make_key(rows[i].type);
		pki_cert *root = self_signed(k,
		    PKI_OPTS(
			pki_cert_opts, .subject = "CN=Root", .profile = PKI_PROFILE_CA, .alg = &a));
		pki_cert *c = issued(k, root, k, PKI_OPTS(pki_cert_opts, .alg = &a));
		const char *path = saved(root, "root.pem"), *leaf = saved(c, "leaf.pem");

		t_says(": OK", STRICT " %s", "sslserver", path, leaf);
		t_says("Verified.", "certtool --verify --load-ca-certificate %s --infile %s", path,
		    leaf);
		pki_cert_free(c);
		pki_cert_free(root);
		pki_key_free(k);
	}
}
END_TEST

/* ---- profiles ---- */

static const struct {
	pki_profile profile;
	const char *purpose; /* of openssl verify */
	const char *certtool, *says;
	const char *not_for;
} profiles[] = {
	{ PKI_PROFILE_SERVER, "sslserver", "1.3.6.1.5.5.7.3.1", "TLS Web Server Authentication",
	    "sslclient" },
	{ PKI_PROFILE_CLIENT, "sslclient", "1.3.6.1.5.5.7.3.2", "TLS Web Client Authentication",
	    "sslserver" },
	{ PKI_PROFILE_EMAIL, "smimesign", "1.3.6.1.5.5.7.3.4", "E-mail Protection", "sslserver" },
	{ PKI_PROFILE_CODE, "any", "1.3.6.1.5.5.7.3.3", "Code Signing", "sslserver" },
	{ PKI_PROFILE_OCSP, "any", "1.3.6.1.5.5.7.3.9", "OCSP No Check", "sslserver" },
	{ PKI_PROFILE_TIMESTAMP, "timestampsign", "1.3.6.1.5.5.7.3.8",
	    "X509v3 Extended Key Usage: critical\n                Time Stamping", "sslserver" },
};

START_TEST(test_profiles)
{
	pki_key *ca_key = make_key(PKI_KEY_P384);
	pki_cert *root = self_signed(
	    ca_key, PKI_OPTS(pki_cert_opts, .subject = "CN=Root", .profile = PKI_PROFILE_CA));
	const char *path = saved(root, "root.pem");

	for (size_t i = 0; i < LENGTH(profiles) * LENGTH(kinds); i++) {
		size_t p = i % LENGTH(profiles);
		pki_key *k = make_key(kinds[i / LENGTH(profiles)].type);
		pki_cert *c = issued(
		    k, root, ca_key, PKI_OPTS(pki_cert_opts, .profile = profiles[p].profile));
		const char *leaf = saved(c, "leaf.pem");
		char not_for[64];

		t_says(": OK", STRICT " %s", profiles[p].purpose, path, leaf);
		t_says(profiles[p].says, "openssl x509 -in %s -noout -text", leaf);
		t_says("Verified.",
		    "certtool --verify --load-ca-certificate %s --infile %s --verify-purpose %s",
		    path, leaf, profiles[p].certtool);
		snprintf(not_for, sizeof not_for, "-purpose %s", profiles[p].not_for);
		refused_by_openssl(not_for, path, leaf);
		pki_cert_free(c);
		pki_key_free(k);
	}
	pki_cert_free(root);
	pki_key_free(ca_key);
}
END_TEST

/* A server's own certificate, which a client has been given. */
START_TEST(test_self_signed)
{
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		pki_key *k = make_key(kinds[i].type);
		pki_cert *c = self_signed(
		    k, PKI_OPTS(pki_cert_opts, .subject = "CN=x", .names = NAMES));
		const char *path = saved(c, "self.pem");

		t_says(": OK", STRICT " -partial_chain -verify_hostname www.example.org %s",
		    "sslserver", path, path);
		t_says("CA:FALSE", "openssl x509 -in %s -noout -text", path);
		pki_cert_free(c);
		pki_key_free(k);
	}
}
END_TEST

/* The holder of a leaf is no CA, whatever he signs. */
START_TEST(test_not_beyond)
{
	char options[256];
	const char *evil;
	chain c;

	chain_make(&c, PKI_KEY_P256, NULL);
	t_ok(pki_key_save(c.key, t_scratch("leaf.key"),
	    PKI_OPTS(pki_key_write_opts, .flags = PKI_FILE_REPLACE), err));
	evil = t_scratch("evil.pem");
	t_runs("openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
	       " -keyout %s -CA %s -CAkey %s -subj /CN=evil -out %s",
	    t_scratch("evil.key"), c.by_root_path, t_scratch("leaf.key"), evil);
	snprintf(options, sizeof options, "-untrusted %s", c.by_root_path);
	refused_by_openssl(options, c.root_path, evil);
	chain_free(&c);
}
END_TEST

/* ---- times that are written otherwise ---- */

START_TEST(test_far_times)
{
	static const struct {
		pki_time to;
		const char *says;
	} rows[] = {
		{ INT64_C(2524607999), "notAfter=Dec 31 23:59:59 2049 GMT" },
		{ INT64_C(2524608000), "notAfter=Jan  1 00:00:00 2050 GMT" },
		{ PKI_TIME_MAX, "notAfter=Dec 31 23:59:59 9999 GMT" },
	};
	pki_key *k = make_key(PKI_KEY_P256);

	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_cert *c = self_signed(k,
		    PKI_OPTS(pki_cert_opts, .subject = "CN=Root", .profile = PKI_PROFILE_CA,
			.not_after = &rows[i].to));
		const char *path = saved(c, "root.pem");

		t_says(rows[i].says, "openssl x509 -in %s -noout -enddate", path);
		t_says(
		    ": OK", "openssl verify -x509_strict -check_ss_sig -CAfile %s %s", path, path);
		pki_cert_free(c);
	}
	pki_key_free(k);
}
END_TEST

/* ---- GnuTLS, by its C interface ---- */

static gnutls_x509_crt_t import(const pki_cert *c)
{
	pki_bytes der = pki_cert_der(c);
	gnutls_datum_t d = { (unsigned char *)(uintptr_t)der.data, (unsigned)der.len };
	gnutls_x509_crt_t g;

	g_ok(gnutls_x509_crt_init(&g));
	g_ok(gnutls_x509_crt_import(g, &d, GNUTLS_X509_FMT_DER));
	return g;
}

static void same_fields(const pki_cert *c, gnutls_x509_crt_t g)
{
	unsigned char octets[64];
	unsigned usage, critical, ca;
	gnutls_datum_t dn;
	size_t n = sizeof octets;
	int path_len;

	ck_assert_int_eq(gnutls_x509_crt_get_version(g), 3);
	g_ok(gnutls_x509_crt_get_serial(g, octets, &n));
	t_bytes_eq(pki_bytes_of(octets, n), pki_cert_serial(c));
	n = sizeof octets;
	g_ok(gnutls_x509_crt_get_subject_key_id(g, octets, &n, &critical));
	t_bytes_eq(pki_bytes_of(octets, n), pki_cert_key_id(c));
	g_ok(gnutls_x509_crt_get_key_usage(g, &usage, &critical));
	ck_assert_uint_ne(critical, 0);
	g_ok(gnutls_x509_crt_get_basic_constraints(g, &critical, &ca, &path_len));
	ck_assert(pki_cert_is_ca(c) == (ca != 0));
	ck_assert_int_eq(pki_cert_path_len(c), path_len);
	ck_assert_int_eq(pki_cert_not_before(c), gnutls_x509_crt_get_activation_time(g));
	ck_assert_int_eq(pki_cert_not_after(c), gnutls_x509_crt_get_expiration_time(g));
	g_ok(gnutls_x509_crt_get_raw_dn(g, &dn));
	t_bytes_eq(pki_bytes_of(dn.data, dn.size), pki_name_der(pki_cert_subject(c)));
	gnutls_free(dn.data);
}

/* Read and written there, it is the same. */
static void same_again(const pki_cert *c, gnutls_x509_crt_t g)
{
	gnutls_datum_t again;

	g_ok(gnutls_x509_crt_export2(g, GNUTLS_X509_FMT_DER, &again));
	t_bytes_eq(pki_bytes_of(again.data, again.size), pki_cert_der(c));
	gnutls_free(again.data);
}

START_TEST(test_gnutls)
{
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		gnutls_x509_crt_t root, leaf;
		unsigned verdict;
		chain c;

		chain_make(&c, kinds[i].type, NULL);
		root = import(c.root);
		leaf = import(c.by_root);
		same_fields(c.root, root);
		same_fields(c.by_root, leaf);
		same_again(c.root, root);
		same_again(c.by_root, leaf);
		g_ok(gnutls_x509_crt_verify(leaf, &root, 1, 0, &verdict));
		ck_assert_uint_eq(verdict, 0);
		ck_assert(gnutls_x509_crt_check_issuer(leaf, root));
		ck_assert(gnutls_x509_crt_check_hostname(leaf, "www.example.org"));
		ck_assert(!gnutls_x509_crt_check_hostname(leaf, "example.org"));
		ck_assert(gnutls_x509_crt_check_email(leaf, "me@example.org", 0));
		gnutls_x509_crt_deinit(leaf);
		gnutls_x509_crt_deinit(root);
		chain_free(&c);
	}
}
END_TEST

/* ---- signed there, joined here ---- */

START_TEST(test_joined)
{
	const char *key = t_scratch("hsm.key"), *tbs_path = t_scratch("tbs"),
		   *sig = t_scratch("sig");
	pki_buf tbs = PKI_BUF_INIT, signature = PKI_BUF_INIT;
	pki_pubkey *pub;
	pki_cert *c;

	t_runs("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out %s", key);
	t_runs("openssl pkey -in %s -pubout -out %s", key, t_scratch("hsm.pub"));
	t_ok(pki_pubkey_load(NULL, t_scratch("hsm.pub"), &pub, err));
	t_ok(pki_cert_tbs_of_spki(NULL, pki_pubkey_spki(pub), NULL,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=Root", .profile = PKI_PROFILE_CA), &tbs, err));
	t_ok(pki_file_write(tbs_path, pki_buf_bytes(&tbs), 0, err));
	t_runs("openssl dgst -sha256 -sign %s -out %s %s", key, sig, tbs_path);
	t_ok(pki_file_read(sig, 1000, &signature, err));
	t_ok(pki_cert_join(NULL, pki_buf_bytes(&tbs), pki_buf_bytes(&signature), pub, &c, err));
	t_says(": OK", "openssl verify -x509_strict -check_ss_sig -CAfile %s %s",
	    saved(c, "root.pem"), t_scratch("root.pem"));
	pki_cert_free(c);
	pki_pubkey_free(pub);
	pki_buf_free(&signature);
	pki_buf_free(&tbs);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_chains, test_no_subject, test_algorithms, test_profiles,
		test_self_signed, test_not_beyond, test_far_times, test_gnutls, test_joined, NULL };

	return t_main("interop_cert", tests);
}
