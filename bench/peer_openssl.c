/* SPDX-License-Identifier: BSD-3-Clause */
/* What the same operations cost with OpenSSL. */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "bench/harness.h"

static blob input;
static EVP_PKEY *key;

static bool take_file(const blob *files)
{
	input = files[0];
	return true;
}

static bool parse_csr(void)
{
	const unsigned char *p = input.data;
	X509_REQ *r = d2i_X509_REQ(NULL, &p, (long)input.len);
	bool ok = r != NULL;

	X509_REQ_free(r);
	return ok;
}

static blob *parts;
static size_t part_count;

static bool take_parts(const blob *files)
{
	return bench_parts(&files[0], &parts, &part_count);
}

static bool parse_cert(void)
{
	for (size_t i = 0; i < part_count; i++) {
		const unsigned char *p = parts[i].data;
		X509 *c = d2i_X509(NULL, &p, (long)parts[i].len);
		/* extensions are decoded when they are asked for */
		bool ok = c != NULL && X509_check_purpose(c, -1, 0) == 1;

		X509_free(c);
		if (!ok)
			return false;
	}
	return true;
}

static bool parse_crl(void)
{
	const unsigned char *p = input.data;
	X509_CRL *c = d2i_X509_CRL(NULL, &p, (long)input.len);
	bool ok = c != NULL;

	X509_CRL_free(c);
	return ok;
}

static bool pem_bundle(void)
{
	BIO *in = BIO_new_mem_buf(input.data, (int)input.len);
	size_t n = 0;
	X509 *c;

	while ((c = PEM_read_bio_X509(in, NULL, NULL, NULL)) != NULL) {
		X509_free(c);
		n++;
	}
	ERR_clear_error();
	BIO_free(in);
	return n > 0;
}

static bool take_key(const blob *files)
{
	const unsigned char *p = files[0].data;

	key = d2i_AutoPrivateKey(NULL, &p, (long)files[0].len);
	return key != NULL;
}

static bool add_text(X509_NAME *n, const char *type, const char *text)
{
	return X509_NAME_add_entry_by_txt(
		   n, type, MBSTRING_UTF8, (const unsigned char *)text, -1, -1, 0) == 1;
}

static bool add_subject(X509_REQ *r)
{
	X509_NAME *n = X509_NAME_new();
	bool ok = n != NULL && add_text(n, "C", "SE") && add_text(n, "O", "Bench") &&
	    add_text(n, "CN", "www.example.com") && X509_REQ_set_subject_name(r, n) == 1;

	X509_NAME_free(n);
	return ok;
}

static bool add_san(X509_REQ *r)
{
	X509_EXTENSION *e = X509V3_EXT_conf_nid(
	    NULL, NULL, NID_subject_alt_name, "DNS:www.example.com");
	STACK_OF(X509_EXTENSION) *list = sk_X509_EXTENSION_new_null();
	bool ok = e != NULL && list != NULL && sk_X509_EXTENSION_push(list, e) > 0 &&
	    X509_REQ_add_extensions(r, list) == 1;

	sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
	return ok;
}

static bool encode(X509_REQ *r)
{
	unsigned char *der = NULL;
	int n = i2d_X509_REQ(r, &der);

	OPENSSL_free(der);
	return n > 0;
}

static bool csr_create(void)
{
	X509_REQ *r = X509_REQ_new();
	bool ok = r != NULL && X509_REQ_set_version(r, 0) == 1 && add_subject(r) && add_san(r) &&
	    X509_REQ_set_pubkey(r, key) == 1 && X509_REQ_sign(r, key, EVP_sha256()) > 0 &&
	    encode(r);

	X509_REQ_free(r);
	return ok;
}

static const bench_op ops[] = {
	{ "parse-csr", 1, take_file, parse_csr, 0 },
	{ "parse-cert", 1, take_parts, parse_cert, 0 },
	{ "pem-bundle", 1, take_file, pem_bundle, 0 },
	{ "parse-crl", 1, take_file, parse_crl, 0 },
	{ "csr-create", 1, take_key, csr_create, 0 },
	{ NULL, 0, NULL, NULL, 0 },
};

int main(int argc, char **argv)
{
	return bench_main(argc, argv, "openssl", ops);
}
