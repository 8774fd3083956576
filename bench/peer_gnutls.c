/* SPDX-License-Identifier: BSD-3-Clause */
/* What the same operations cost with GnuTLS. */
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "bench/harness.h"

static gnutls_datum_t input;
static gnutls_x509_privkey_t key;

static bool take_file(const blob *files)
{
	input.data = files[0].data;
	input.size = (unsigned)files[0].len;
	return true;
}

static bool parse_csr(void)
{
	gnutls_x509_crq_t r;
	char dn[512];
	size_t n = sizeof dn;
	bool ok;

	if (gnutls_x509_crq_init(&r) != 0)
		return false;
	ok = gnutls_x509_crq_import(r, &input, GNUTLS_X509_FMT_DER) == 0 &&
	    gnutls_x509_crq_get_dn(r, dn, &n) == 0;
	gnutls_x509_crq_deinit(r);
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
		gnutls_datum_t der = { parts[i].data, (unsigned)parts[i].len };
		gnutls_x509_crt_t c;
		char dn[512];
		size_t n = sizeof dn;
		bool ok;

		if (gnutls_x509_crt_init(&c) != 0)
			return false;
		ok = gnutls_x509_crt_import(c, &der, GNUTLS_X509_FMT_DER) == 0 &&
		    gnutls_x509_crt_get_dn(c, dn, &n) == 0;
		gnutls_x509_crt_deinit(c);
		if (!ok)
			return false;
	}
	return true;
}

static bool pem_bundle(void)
{
	gnutls_x509_crt_t *list;
	unsigned n;

	if (gnutls_x509_crt_list_import2(&list, &n, &input, GNUTLS_X509_FMT_PEM, 0) < 0)
		return false;
	for (unsigned i = 0; i < n; i++)
		gnutls_x509_crt_deinit(list[i]);
	gnutls_free(list);
	return n > 0;
}

static bool take_key(const blob *files)
{
	return take_file(files) && gnutls_x509_privkey_init(&key) == 0 &&
	    gnutls_x509_privkey_import2(key, &input, GNUTLS_X509_FMT_DER, NULL, 0) == 0;
}

static bool add_text(gnutls_x509_crq_t r, const char *oid, const char *text, unsigned n)
{
	return gnutls_x509_crq_set_dn_by_oid(r, oid, 0, text, n) == 0;
}

static bool fill(gnutls_x509_crq_t r)
{
	return gnutls_x509_crq_set_version(r, 1) == 0 &&
	    add_text(r, GNUTLS_OID_X520_COUNTRY_NAME, "SE", 2) &&
	    add_text(r, GNUTLS_OID_X520_ORGANIZATION_NAME, "Bench", 5) &&
	    add_text(r, GNUTLS_OID_X520_COMMON_NAME, "www.example.com", 15) &&
	    gnutls_x509_crq_set_subject_alt_name(
		r, GNUTLS_SAN_DNSNAME, "www.example.com", 15, GNUTLS_FSAN_SET) == 0;
}

static bool encode(gnutls_x509_crq_t r)
{
	gnutls_datum_t der;

	if (gnutls_x509_crq_export2(r, GNUTLS_X509_FMT_DER, &der) != 0)
		return false;
	gnutls_free(der.data);
	return true;
}

static bool csr_create(void)
{
	gnutls_x509_crq_t r;
	bool ok;

	if (gnutls_x509_crq_init(&r) != 0)
		return false;
	ok = fill(r) && gnutls_x509_crq_set_key(r, key) == 0 &&
	    gnutls_x509_crq_sign2(r, key, GNUTLS_DIG_SHA256, 0) == 0 && encode(r);
	gnutls_x509_crq_deinit(r);
	return ok;
}

static const bench_op ops[] = {
	{ "parse-csr", 1, take_file, parse_csr, 0 },
	{ "parse-cert", 1, take_parts, parse_cert, 0 },
	{ "pem-bundle", 1, take_file, pem_bundle, 0 },
	{ "csr-create", 1, take_key, csr_create, 0 },
	{ NULL, 0, NULL, NULL, 0 },
};

int main(int argc, char **argv)
{
	return bench_main(argc, argv, "gnutls", ops);
}
