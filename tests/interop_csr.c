/* SPDX-License-Identifier: BSD-3-Clause */
/* Requests between libpki and the openssl and certtool commands, both ways. */
#include <stdio.h>

#include <pki/csr.h>

#include "tests/lib/command.h"

#define SUBJECT                                                               \
 "CN=Zo\xc3\xab \\\"Q\\\"\\, x+UID=u\\+1,OU=R\\26D,O=\\#1 Gr\xc3\xb6\xc3\x9f" \
 "e,C=DE"

static const struct kind {
	const char *name;
	pki_key_type type;
	uint32_t bits;
	const char *openssl;  /* how openssl makes such a key */
	const char *certtool; /* how certtool does */
} kinds[] = {
	{ "p256", PKI_KEY_P256, 0, "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
	    "--key-type=ecdsa --curve=secp256r1" },
	{ "p384", PKI_KEY_P384, 0, "-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
	    "--key-type=ecdsa --curve=secp384r1" },
	{ "p521", PKI_KEY_P521, 0, "-algorithm EC -pkeyopt ec_paramgen_curve:P-521",
	    "--key-type=ecdsa --curve=secp521r1" },
	{ "ed25519", PKI_KEY_ED25519, 0, "-algorithm ED25519", "--key-type=ed25519" },
	{ "ed448", PKI_KEY_ED448, 0, "-algorithm ED448", "--key-type=ed448" },
	{ "rsa2048", PKI_KEY_RSA, 2048, "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
	    "--key-type=rsa --bits=2048" },
	{ "rsa3072", PKI_KEY_RSA, 3072, "-algorithm RSA -pkeyopt rsa_keygen_bits:3072",
	    "--key-type=rsa --bits=3072" },
};

#define KINDS (sizeof kinds / sizeof kinds[0])

static const char *scratch(const char *a, const char *b)
{
	char name[128];

	snprintf(name, sizeof name, "%s%s", a, b);
	return t_scratch(name);
}

/* ---- ours, judged by them ---- */

static pki_csr *make(const pki_key *k, const pki_alg *alg)
{
	pki_exts *exts;
	pki_csr *r;

	t_ok(pki_exts_new(NULL, &exts, err));
	pki_exts_key_usage(exts, PKI_KU_DIGITAL_SIGNATURE);
	pki_exts_eku(exts, PKI_OID(server_auth));
	pki_exts_basic_constraints(exts, false, -1);
	t_ok(pki_csr_make(NULL, k,
	    PKI_OPTS(pki_csr_opts, .subject = SUBJECT,
		.names = PKI_LIST("www.example.org", "*.example.org", "192.0.2.1", "2001:db8::1",
		    "me@example.org", "https://x.example/path?q=1"),
		.exts = exts, .challenge = "beauty@beast", .alg = alg),
	    &r, err));
	pki_exts_free(exts);
	return r;
}

static void judged_by_openssl(const char *path, const char *form)
{
	t_says("verify OK", "openssl req -inform %s -in %s -noout -verify", form, path);
	t_says("DNS:www.example.org, DNS:*.example.org, IP Address:192.0.2.1, "
	       "IP Address:2001:DB8:0:0:0:0:0:1, email:me@example.org, "
	       "URI:https://x.example/path?q=1",
	    "openssl req -inform %s -in %s -noout -text", form, path);
	t_says("challengePassword        :beauty@beast",
	    "openssl req -inform %s -in %s -noout -text", form, path);
	t_says("TLS Web Server Authentication", "openssl req -inform %s -in %s -noout -text", form,
	    path);
	t_says("CN=Zo\xc3\xab \\\"Q\\\"\\, x+UID=u\\+1,OU=R&D,O=\\#1 Gr\xc3\xb6\xc3\x9f"
	       "e,C=DE",
	    "openssl req -inform %s -in %s -noout -subject -nameopt RFC2253,utf8,-esc_msb", form,
	    path);
}

static void judged_by_certtool(const char *path, const char *option)
{
	static const char *const words[] = { "Self signature: verified", "DNSname: www.example.org",
		"DNSname: *.example.org", "IPAddress: 192.0.2.1", "IPAddress: 2001:db8::1",
		"RFC822Name: me@example.org", "URI: https://x.example/path?q=1",
		"Challenge password: beauty@beast", "TLS WWW Server" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		t_says(words[i], "certtool --crq-info %s --infile %s", option, path);
}

START_TEST(test_judged)
{
	for (size_t i = 0; i < KINDS; i++) {
		const char *pem = scratch(kinds[i].name, ".csr");
		const char *der = scratch(kinds[i].name, ".der");
		pki_key *k;
		pki_csr *r;

		t_ok(pki_key_generate(NULL, kinds[i].type,
		    PKI_OPTS(pki_key_opts, .rsa_bits = kinds[i].bits), &k, err));
		r = make(k, NULL);
		t_ok(pki_csr_save(r, pem, PKI_PEM, 0, err));
		t_ok(pki_csr_save(r, der, PKI_DER, 0, err));
		judged_by_openssl(pem, "PEM");
		judged_by_openssl(der, "DER");
		judged_by_certtool(pem, "");
		judged_by_certtool(der, "--inder");
		pki_csr_free(r);
		pki_key_free(k);
	}
}
END_TEST

/* Every digest and scheme that an RSA or an EC key signs with. */
START_TEST(test_judged_algorithms)
{
	static const struct {
		pki_key_type type;
		pki_scheme scheme;
		pki_hash hash;
	} rows[] = {
		{ PKI_KEY_P256, PKI_ALG_ECDSA, PKI_HASH_SHA384 },
		{ PKI_KEY_P256, PKI_ALG_ECDSA, PKI_HASH_SHA512 },
		{ PKI_KEY_P384, PKI_ALG_ECDSA, PKI_HASH_SHA256 },
		{ PKI_KEY_P521, PKI_ALG_ECDSA, PKI_HASH_SHA256 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA384 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PKCS1, PKI_HASH_SHA512 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PSS, PKI_HASH_SHA256 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PSS, PKI_HASH_SHA384 },
		{ PKI_KEY_RSA, PKI_ALG_RSA_PSS, PKI_HASH_SHA512 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *path = t_scratch("algorithm.csr");
		pki_alg a;
		pki_key *k;
		pki_csr *r;

		pki_alg_init(&a, sizeof a);
		a.scheme = rows[i].scheme;
		a.hash = rows[i].hash;
		t_ok(pki_key_generate(NULL, rows[i].type,
		    rows[i].type == PKI_KEY_RSA ? PKI_OPTS(pki_key_opts, .rsa_bits = 2048) : NULL,
		    &k, err));
		r = make(k, &a);
		t_ok(pki_csr_save(r, path, PKI_PEM, PKI_FILE_REPLACE, err));
		judged_by_openssl(path, "PEM");
		judged_by_certtool(path, "");
		pki_csr_free(r);
		pki_key_free(k);
	}
}
END_TEST

/* A request with nothing but a name, and one with nothing but a subject. */
START_TEST(test_judged_bare)
{
	const pki_csr_opts *const opts[] = {
		PKI_OPTS(pki_csr_opts, .names = PKI_LIST("example.org")),
		PKI_OPTS(pki_csr_opts, .subject = "CN=example.org"),
	};
	const char *path = t_scratch("bare.csr");
	pki_key *k;
	pki_csr *r;

	t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err));
	for (size_t i = 0; i < 2; i++) {
		t_ok(pki_csr_make(NULL, k, opts[i], &r, err));
		t_ok(pki_csr_save(r, path, PKI_PEM, PKI_FILE_REPLACE, err));
		t_says("verify OK", "openssl req -in %s -noout -verify", path);
		t_says("Self signature: verified", "certtool --crq-info --infile %s", path);
		pki_csr_free(r);
	}
	pki_key_free(k);
}
END_TEST

/* ---- theirs, read here ---- */

static void read_back(const char *path, const char *der)
{
	pki_csr *r, *same;
	pki_ext san;

	t_ok(pki_csr_load(NULL, path, &r, err));
	t_ok(pki_csr_check_signature(r, err));
	ck_assert_str_eq(pki_name_get(pki_csr_subject(r), PKI_OID(common_name)), "www.example.org");
	ck_assert(pki_csr_ext(r, PKI_OID(subject_alt_name), &san));
	t_ok(pki_csr_load(NULL, der, &same, err));
	ck_assert(pki_bytes_equal(pki_csr_der(r), pki_csr_der(same)));
	pki_csr_free(same);
	pki_csr_free(r);
}

START_TEST(test_read_from_openssl)
{
	for (size_t i = 0; i < KINDS; i++) {
		const char *key = scratch("openssl.key", kinds[i].name);
		const char *pem = scratch("openssl.pem", kinds[i].name);
		const char *der = scratch("openssl.der", kinds[i].name);

		t_runs("openssl genpkey %s -out %s", kinds[i].openssl, key);
		t_runs("openssl req -new -key %s -subj /C=NL/O=Example/CN=www.example.org"
		       " -addext subjectAltName=DNS:www.example.org,IP:192.0.2.1 -out %s",
		    key, pem);
		t_runs("openssl req -in %s -outform DER -out %s", pem, der);
		read_back(pem, der);
	}
}
END_TEST

START_TEST(test_read_from_certtool)
{
	const char *template = t_scratch("certtool.cfg");

	t_runs("printf 'organization = Example\\ncn = www.example.org\\n"
	       "dns_name = www.example.org\\nip_address = 192.0.2.1\\nsigning_key\\n' >%s",
	    template);
	for (size_t i = 0; i < KINDS; i++) {
		const char *key = scratch("certtool.key", kinds[i].name);
		const char *pem = scratch("certtool.pem", kinds[i].name);
		const char *der = scratch("certtool.der", kinds[i].name);

		t_runs("certtool --generate-privkey %s --no-text --outfile %s", kinds[i].certtool,
		    key);
		t_runs("certtool --generate-request --load-privkey %s --template %s --outfile %s",
		    key, template, pem);
		t_runs("certtool --generate-request --load-privkey %s --template %s --outder"
		       " --outfile %s",
		    key, template, der);
		t_runs("certtool --crq-info --infile %s --outder --outfile %s", pem, der);
		read_back(pem, der);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_judged, test_judged_algorithms, test_judged_bare,
		test_read_from_openssl, test_read_from_certtool, NULL };

	return t_main("interop_csr", tests);
}
