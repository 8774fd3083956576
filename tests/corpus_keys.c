/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Private keys in other projects' test suites, below $PKI_CORPUS: libpki and OpenSSL read the same
 * key, or neither reads one, or the difference has a reason that stands here and in
 * docs/strictness.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include <pki/key.h>

#include "tests/lib/files.h"

#define FILE_MOST 65536

/* Those that the suites' own documents name. */
static const char *const passwords[] = { "", "password", "123456", "a123456", "foobar", "baz",
	"asdf", "password123", "testtest", "PolarSSLTest" };
#define PASSWORDS (sizeof passwords / sizeof *passwords)

/* Why libpki reads no key where OpenSSL reads one: what its error says. */
static const char *const reasons[] = {
	"unknown curve",                /* others than P-256, P-384, P-521 */
	"explicit curve parameters",    /* RFC 5480 2.1.1, CVE-2020-0601 */
	"unknown key algorithm",        /* DH, SM2, GOST */
	"DSA private keys",             /* not supported */
	"shorter than 2048 bits",       /* below 512: all others are allowed here */
	"RSA exponent",                 /* RFC 8017 3.1 */
	"which curve",                  /* RFC 5915 3: a key that does not say it */
	"more than one key",            /* a file with several */
	"RSA key of more than two",     /* multi-prime */
	"MGF hash",                     /* RSASSA-PSS with two hashes */
	"RSA modulus is even",          /* RFC 8017 3.1 */
	"as long as the curve's order", /* RFC 5915 3 */
	"not NULL",                     /* RFC 3279 2.3.1: parameters of an RSA key */
	"two different curves",         /* RFC 5915 3 */
	"version of ECPrivateKey",      /* RFC 5915 3 */
	"SEQUENCE found",               /* PKCS#8 behind the label of PKCS#1 */
};

static bool has_reason(const char *text)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (strstr(text, reasons[i]) != NULL)
			return true;
	return false;
}

static int give_password(char *buf, int size, int rw, void *ud)
{
	(void)rw;
	return snprintf(buf, (size_t)size, "%s", (const char *)ud);
}

/* What OpenSSL reads with this password. */
static EVP_PKEY *openssl_try(pki_bytes in, const char *password)
{
	BIO *bio = BIO_new_mem_buf(in.data, (int)in.len);
	EVP_PKEY *k = PEM_read_bio_PrivateKey(
	    bio, NULL, give_password, (void *)(uintptr_t)password);

	if (k == NULL) {
		(void)BIO_reset(bio);
		k = d2i_PrivateKey_bio(bio, NULL);
	}
	if (k == NULL) {
		(void)BIO_reset(bio);
		k = d2i_PKCS8PrivateKey_bio(bio, NULL, give_password, (void *)(uintptr_t)password);
	}
	BIO_free(bio);
	ERR_clear_error();
	return k;
}

/* One key, but perhaps parameters of RSASSA-PSS that are spelled in another way. */
static bool same_key(pki_bytes a, pki_bytes b)
{
	pki_spki x, y;

	return pki_spki_parse(NULL, a, &x, NULL) == PKI_SUCCESS &&
	    pki_spki_parse(NULL, b, &y, NULL) == PKI_SUCCESS && x.type == y.type &&
	    pki_bytes_equal(x.algorithm, y.algorithm) && pki_bytes_equal(x.key, y.key);
}

/* Its public key, its point uncompressed; empty: none. */
static pki_buf openssl_spki(pki_bytes in)
{
	pki_buf out = PKI_BUF_INIT;
	unsigned char *der = NULL;
	EVP_PKEY *k = NULL;
	int n;

	for (size_t i = 0; k == NULL && i < PASSWORDS; i++)
		k = openssl_try(in, passwords[i]);
	if (k != NULL)
		(void)EVP_PKEY_set_utf8_string_param(k, "point-format", "uncompressed");
	n = k == NULL ? 0 : i2d_PUBKEY(k, &der);
	if (k != NULL && n <= 0)
		(void)!pki_buf_append(&out, pki_bytes_str("a key without a public part"), NULL);
	if (n > 0)
		(void)!pki_buf_append(&out, pki_bytes_of(der, (size_t)n), NULL);
	OPENSSL_free(der);
	EVP_PKEY_free(k);
	return out;
}

static pki_key *our_key(const pki_ctx *ctx, pki_bytes in, pki_error *e)
{
	pki_key *k = NULL;
	pki_status st = PKI_E_PASSWORD;

	for (size_t i = 0; st == PKI_E_PASSWORD && i < PASSWORDS; i++)
		st = pki_key_parse(
		    ctx, in, pki_password_text, (void *)(uintptr_t)passwords[i], &k, e);
	return k;
}

struct counts {
	const pki_ctx *ctx;
	size_t same, neither, explained, wrong;
};

static void compare(void *ud, const char *path)
{
	struct counts *n = ud;
	pki_error e = PKI_ERROR_INIT;
	pki_buf in = PKI_BUF_INIT, theirs;
	char text[512];
	pki_key *k;

	if (pki_file_read(path, FILE_MOST, &in, NULL) != PKI_SUCCESS)
		return;
	theirs = openssl_spki(pki_buf_bytes(&in));
	k = our_key(n->ctx, pki_buf_bytes(&in), &e);
	pki_error_text(&e, text, sizeof text);
	if (k == NULL && theirs.len == 0) {
		n->neither++;
	} else if (k != NULL &&
	    same_key(pki_pubkey_spki(pki_key_public(k)), pki_buf_bytes(&theirs))) {
		n->same++;
	} else if (k == NULL && has_reason(text)) {
		n->explained++;
	} else {
		n->wrong++;
		printf("%s: %s\n", path, k != NULL ? "OpenSSL reads no such key" : text);
	}
	pki_key_free(k);
	pki_buf_free(&theirs);
	pki_buf_free(&in);
}

int main(void)
{
	static const char *const suites[] = { "asn1crypto/keys",
		"asn1crypto/globalsign_example_keys", "pyca/asymmetric", "pyca/x509", "pkits",
		"openssl-verify/certs" };
	const char *corpus = getenv("PKI_CORPUS");
	struct counts n = { 0 };
	pki_ctx *ctx;

	if (corpus == NULL) {
		fprintf(stderr, "PKI_CORPUS is not set\n");
		return EXIT_FAILURE;
	}
	if (OSSL_PROVIDER_load(NULL, "legacy") == NULL ||
	    OSSL_PROVIDER_load(NULL, "default") == NULL ||
	    pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512), &ctx,
		NULL) != PKI_SUCCESS)
		return EXIT_FAILURE;
	n.ctx = ctx;
	for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
		char path[4096];

		snprintf(path, sizeof path, "%s/%s", corpus, suites[i]);
		if (!files_walk(path, compare, &n))
			return EXIT_FAILURE;
	}
	pki_ctx_free(ctx);
	printf("private keys: %zu as OpenSSL reads them, %zu refused with a reason, "
	       "%zu files hold none; %zu differ\n",
	    n.same, n.explained, n.neither, n.wrong);
	return n.wrong == 0 && n.same > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
