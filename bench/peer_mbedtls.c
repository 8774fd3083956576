/* SPDX-License-Identifier: BSD-3-Clause */
/* What the same operations cost with Mbed TLS. */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/oid.h>
#include <mbedtls/pk.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crl.h>
#include <mbedtls/x509_crt.h>
#include <mbedtls/x509_csr.h>
#include <string.h>

#include "bench/harness.h"

#define NAME "www.example.com"

static blob input;
static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context rng;
static mbedtls_pk_context key;

static bool take_file(const blob *files)
{
	input = files[0];
	return true;
}

static bool parse_csr(void)
{
	mbedtls_x509_csr r;
	bool ok;

	mbedtls_x509_csr_init(&r);
	ok = mbedtls_x509_csr_parse_der(&r, input.data, input.len) == 0;
	mbedtls_x509_csr_free(&r);
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
		mbedtls_x509_crt c;
		bool ok;

		mbedtls_x509_crt_init(&c);
		ok = mbedtls_x509_crt_parse_der(&c, parts[i].data, parts[i].len) == 0;
		mbedtls_x509_crt_free(&c);
		if (!ok)
			return false;
	}
	return true;
}

static bool pem_bundle(void)
{
	mbedtls_x509_crt c;
	bool ok;

	mbedtls_x509_crt_init(&c);
	/* how many could not be parsed */
	ok = mbedtls_x509_crt_parse(&c, input.data, input.len + 1) >= 0;
	mbedtls_x509_crt_free(&c);
	return ok;
}

static bool parse_crl(void)
{
	mbedtls_x509_crl c;
	bool ok;

	mbedtls_x509_crl_init(&c);
	ok = mbedtls_x509_crl_parse_der(&c, input.data, input.len) == 0;
	mbedtls_x509_crl_free(&c);
	return ok;
}

static int parse_key(const blob *in)
{
#if MBEDTLS_VERSION_MAJOR >= 3
	return mbedtls_pk_parse_key(
	    &key, in->data, in->len, NULL, 0, mbedtls_ctr_drbg_random, &rng);
#else
	return mbedtls_pk_parse_key(&key, in->data, in->len, NULL, 0);
#endif
}

static bool take_key(const blob *files)
{
	mbedtls_entropy_init(&entropy);
	mbedtls_ctr_drbg_init(&rng);
	mbedtls_pk_init(&key);
	return mbedtls_ctr_drbg_seed(&rng, mbedtls_entropy_func, &entropy, NULL, 0) == 0 &&
	    parse_key(&files[0]) == 0;
}

/* 2.x has no call for subjectAltName: its extension is written by hand. */
static int add_san(mbedtls_x509write_csr *w)
{
	unsigned char san[4 + sizeof NAME - 1] = { 0x30, 2 + sizeof NAME - 1, 0x82,
		sizeof NAME - 1 };
	const char *oid = MBEDTLS_OID_SUBJECT_ALT_NAME;

	memcpy(san + 4, NAME, sizeof NAME - 1);
#if MBEDTLS_VERSION_MAJOR >= 3
	return mbedtls_x509write_csr_set_extension(w, oid, strlen(oid), 0, san, sizeof san);
#else
	return mbedtls_x509write_csr_set_extension(w, oid, strlen(oid), san, sizeof san);
#endif
}

static bool csr_create(void)
{
	mbedtls_x509write_csr w;
	unsigned char out[4096];
	bool ok;

	mbedtls_x509write_csr_init(&w);
	mbedtls_x509write_csr_set_md_alg(&w, MBEDTLS_MD_SHA256);
	mbedtls_x509write_csr_set_key(&w, &key);
	ok = mbedtls_x509write_csr_set_subject_name(&w, "C=SE,O=Bench,CN=" NAME) == 0 &&
	    add_san(&w) == 0 &&
	    mbedtls_x509write_csr_der(&w, out, sizeof out, mbedtls_ctr_drbg_random, &rng) > 0;
	mbedtls_x509write_csr_free(&w);
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
	return bench_main(argc, argv, "mbedtls", ops);
}
