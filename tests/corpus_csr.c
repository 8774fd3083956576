/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Requests of other projects' test suites, below $PKI_CORPUS, and what libpki says of each. Where
 * that is not what their projects say, docs/strictness.md has the reason.
 */
#include <stdio.h>
#include <stdlib.h>

#include <pki/csr.h>
#include <pki/error.h>

#define READ   PKI_SUCCESS
#define BAD    PKI_E_STRUCTURE
#define WEAK   PKI_E_POLICY
#define FORGED PKI_E_SIGNATURE
#define LACKS  PKI_E_UNSUPPORTED

/* What reading says; what verifying says by default, and with every old algorithm allowed. */
static const struct expected {
	const char *path;
	pki_status read, verdict, lenient;
	size_t exts, attrs;
} table[] = {
	{ "csr/openssl/ext-check.csr", READ, WEAK, READ, 1, 1 },
	{ "csr/openssl/testreq2.pem", READ, WEAK, READ, 0, 1 },
	{ "csr/openssl/x509-check.csr", READ, READ, READ, 0, 0 },
	{ "csr/pyca/bad-version.pem", BAD, 0, 0, 0, 0 },
	{ "csr/pyca/basic_constraints.pem", READ, WEAK, FORGED, 1, 1 },
	{ "csr/pyca/challenge-invalid.der", BAD, 0, 0, 0, 0 },
	{ "csr/pyca/challenge-multi-valued.der", BAD, 0, 0, 0, 0 },
	{ "csr/pyca/challenge-unstructured.pem", READ, READ, READ, 0, 2 },
	{ "csr/pyca/challenge.pem", READ, READ, READ, 0, 1 },
	{ "csr/pyca/dsa_sha1.der", READ, WEAK, READ, 0, 0 },
	{ "csr/pyca/dsa_sha1.pem", READ, WEAK, READ, 0, 0 },
	{ "csr/pyca/ec_sha256.der", READ, READ, READ, 0, 0 },
	{ "csr/pyca/ec_sha256.pem", READ, READ, READ, 0, 0 },
	{ "csr/pyca/ec_sha256_old_header.pem", READ, READ, READ, 0, 0 },
	{ "csr/pyca/freeipa-bad-critical.pem", PKI_E_ENCODING, 0, 0, 0, 0 },
	{ "csr/pyca/invalid_signature.pem", READ, WEAK, FORGED, 0, 0 },
	{ "csr/pyca/long-form-attribute.pem", BAD, 0, 0, 0, 0 },
	{ "csr/pyca/rsa_md4.der", READ, LACKS, LACKS, 0, 0 },
	{ "csr/pyca/rsa_md4.pem", READ, LACKS, LACKS, 0, 0 },
	{ "csr/pyca/rsa_sha1.der", READ, WEAK, READ, 0, 0 },
	{ "csr/pyca/rsa_sha1.pem", READ, WEAK, READ, 0, 0 },
	{ "csr/pyca/rsa_sha256.der", READ, READ, READ, 0, 0 },
	{ "csr/pyca/rsa_sha256.pem", READ, READ, READ, 0, 0 },
	{ "csr/pyca/san_rsa_sha1.der", READ, WEAK, READ, 1, 1 },
	{ "csr/pyca/san_rsa_sha1.pem", READ, WEAK, READ, 1, 1 },
	{ "csr/pyca/two_basic_constraints.pem", BAD, 0, 0, 0, 0 },
	{ "csr/pyca/unsupported_extension.pem", READ, WEAK, FORGED, 1, 1 },
	{ "csr/pyca/unsupported_extension_critical.pem", READ, WEAK, FORGED, 1, 1 },
	{ "csr/pyca/zero-element-attribute.pem", BAD, 0, 0, 0, 0 },
	{ "asn1crypto/test-inter-der.csr", READ, READ, READ, 0, 0 },
	{ "asn1crypto/test-inter.csr", READ, READ, READ, 0, 0 },
	{ "asn1crypto/test-third-der.csr", READ, READ, READ, 2, 1 },
	{ "asn1crypto/test-third.csr", READ, READ, READ, 2, 1 },
	{ "asn1crypto/test-windows-host.csr", READ, WEAK, FORGED, 4, 4 },
	{ "openssl-verify/certs/ext-check.csr", READ, WEAK, READ, 1, 1 },
	{ "openssl-verify/certs/sm2-csr.pem", READ, LACKS, LACKS, 0, 0 },
	{ "openssl-verify/certs/x509-check.csr", READ, READ, READ, 0, 0 },
	{ "openssl-verify/certs/x509-req-detect-invalid-version.pem", BAD, 0, 0, 0, 0 },
	{ "asn1-rfc-samples/rfc2986-CertificationRequestTestCase-pem_text.der", READ, READ, READ, 0,
	    0 },
	{ "asn1-rfc-samples/rfc6955-CertificationRequestTestCase-pem_text.der", READ, LACKS, LACKS,
	    1, 1 },
	{ "asn1-rfc-samples/rfc2314-CertificationRequestTestCase-pem_text.der", READ, WEAK, READ, 0,
	    1 },
	{ "asn1-rfc-samples/"
	  "rfc7894-AlternativeChallengePasswordTestCase-otp_pem_text.der",
	    READ, READ, READ, 1, 2 },
	{ "asn1-rfc-samples/pem-PemTestCase-pem_text.der", READ, WEAK, READ, 0, 1 },
};

static bool differs(const char *path, const char *what, const pki_error *e)
{
	char text[512];

	pki_error_text(e, text, sizeof text);
	printf("%s: %s: %s\n", path, what, text);
	return false;
}

static bool is_verdict(const pki_ctx *ctx, const struct expected *x, pki_bytes der, pki_status want)
{
	pki_error e = PKI_ERROR_INIT;
	pki_csr *r;
	bool ok = pki_csr_parse(ctx, der, &r, &e) == PKI_SUCCESS &&
	    pki_csr_check_signature(r, &e) == want;

	pki_csr_free(r);
	return ok || differs(x->path, ctx == NULL ? "verified" : "verified, all allowed", &e);
}

static bool is_same_again(const pki_csr *r)
{
	pki_buf pem = PKI_BUF_INIT;
	pki_csr *again = NULL;
	bool same = pki_csr_write(r, PKI_PEM, &pem, NULL) == PKI_SUCCESS &&
	    pki_csr_parse(NULL, pki_buf_bytes(&pem), &again, NULL) == PKI_SUCCESS &&
	    pki_bytes_equal(pki_csr_der(again), pki_csr_der(r));

	pki_csr_free(again);
	pki_buf_free(&pem);
	return same;
}

static bool as_expected(const pki_ctx *lenient, const char *corpus, const struct expected *x)
{
	pki_error e = PKI_ERROR_INIT;
	char path[4096];
	pki_csr *r;
	bool ok;

	snprintf(path, sizeof path, "%s/%s", corpus, x->path);
	if (pki_csr_load(NULL, path, &r, &e) != x->read)
		return differs(x->path, "read", &e);
	if (r == NULL)
		return true;
	ok = pki_csr_ext_count(r) == x->exts && pki_csr_attr_count(r) == x->attrs &&
	    is_same_again(r) && is_verdict(NULL, x, pki_csr_der(r), x->verdict) &&
	    is_verdict(lenient, x, pki_csr_der(r), x->lenient);
	pki_csr_free(r);
	return ok || differs(x->path, "not as expected", &e);
}

int main(void)
{
	const char *corpus = getenv("PKI_CORPUS");
	const uint32_t all = PKI_ALLOW_MD5 | PKI_ALLOW_SHA1 | PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512 |
	    PKI_ALLOW_DSA;
	size_t met = 0, n = sizeof table / sizeof table[0];
	pki_ctx *lenient;

	if (corpus == NULL) {
		fprintf(stderr, "PKI_CORPUS is not set\n");
		return EXIT_FAILURE;
	}
	if (pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = all), &lenient, NULL) != PKI_SUCCESS)
		return EXIT_FAILURE;
	for (size_t i = 0; i < n; i++)
		met += as_expected(lenient, corpus, &table[i]);
	pki_ctx_free(lenient);
	printf("requests as expected: %zu of %zu\n", met, n);
	return met == n ? EXIT_SUCCESS : EXIT_FAILURE;
}
