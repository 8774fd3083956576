/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What other projects' test suites have, below $PKI_CORPUS: whatever libpki's own readers take,
 * <pki/asn1.h> reads by its module too, and writes again as it was; so it does with every extension
 * that a module knows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/pki.h>

#include "tests/lib/asn1_copy.h"
#include "tests/lib/files.h"

#define FILE_MOST ((size_t)64 << 20)

static pki_asn1 *modules;

/* By kind of object, and how many there are at least. */
static struct tally {
	const char *what, *type;
	pki_kind kind;
	size_t least, same, too_large, explained, wrong;
} tallies[] = {
	{ "certificates", "PKIX1Explicit88.Certificate", PKI_KIND_CERTIFICATE, 1500, 0, 0, 0, 0 },
	{ "CRLs", "PKIX1Explicit88.CertificateList", PKI_KIND_CRL, 200, 0, 0, 0, 0 },
	{ "requests", "PKCS-10.CertificationRequest", PKI_KIND_CSR, 30, 0, 0, 0, 0 },
};
#define TALLIES (sizeof tallies / sizeof *tallies)
/* What libpki's readers of extensions let pass, and how often. */
static struct reason {
	const char *type, *text;
	size_t count, met;
} reasons[] = {
	/* the bits are what counts */
	{ "PKIX1Implicit88.KeyUsage", "named bits end with a zero bit", 6, 0 },
	/* ediPartyName is not looked into until pki_ext_edi_party */
	{ "PKIX1Implicit88.SubjectAltName",
	    "primitive where the type is constructed, or the reverse", 1, 0 },
};
#define REASONS (sizeof reasons / sizeof *reasons)
static struct tally extensions = { "extensions", NULL, 0, 5000, 0, 0, 0, 0 };

/* ---- one value ---- */

static pki_status by_module(const char *type, pki_bytes der, pki_error *err)
{
	pki_buf again = PKI_BUF_INIT, copy = PKI_BUF_INIT, json = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;
	pki_status st = pki_asn1_decode(modules, type, der, &v, err);

	if (st == PKI_SUCCESS)
		st = pki_asn1_encode(v, &again, err);
	if (st == PKI_SUCCESS && !pki_bytes_equal(pki_buf_bytes(&again), der))
		st = pki_error_set(err, PKI_E_INTERNAL, "other octets", NULL);
	if (st == PKI_SUCCESS)
		st = asn1_copy(modules, type, v, true, &copy, err);
	if (st == PKI_SUCCESS && !pki_bytes_equal(pki_buf_bytes(&copy), der))
		st = pki_error_set(err, PKI_E_INTERNAL, "other octets, built anew", NULL);
	if (st == PKI_SUCCESS)
		st = pki_asn1_json(v, &json, err);
	if (st == PKI_SUCCESS && !json_is_valid(pki_buf_bytes(&json)))
		st = pki_error_set(err, PKI_E_INTERNAL, "no JSON", NULL);
	pki_buf_free(&json);
	pki_buf_free(&copy);
	pki_buf_free(&again);
	pki_asn1_value_free(v);
	return st;
}

static bool has_reason(const char *type, const pki_error *e)
{
	for (size_t i = 0; i < REASONS; i++)
		if (strcmp(reasons[i].type, type) == 0 &&
		    strcmp(reasons[i].text, pki_error_reason(e)) == 0) {
			reasons[i].met++;
			return true;
		}
	return false;
}

static void count(struct tally *t, const char *type, pki_bytes der, const char *path)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = by_module(type, der, &err);
	char text[512];

	if (st == PKI_SUCCESS) {
		t->same++;
		return;
	}
	if (der.len > PKI_ASN1_OCTETS && st == PKI_E_LIMIT) {
		t->too_large++;
		return;
	}
	if (has_reason(type, &err)) {
		t->explained++;
		return;
	}
	t->wrong++;
	pki_error_text(&err, text, sizeof text);
	printf("%s, %s: %s\n", path, type, text);
}

static void count_ext(const pki_ext *x, const char *path)
{
	const char *type = pki_asn1_type_of(modules, x->oid);

	if (type != NULL)
		count(&extensions, type, x->value, path);
}

static void count_extensions(const pki_object *o, const char *path)
{
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;
	pki_ext x;

	for (size_t i = 0; pki_cert_ext_at(o->cert, i, &x); i++)
		count_ext(&x, path);
	for (size_t i = 0; pki_csr_ext_at(o->csr, i, &x); i++)
		count_ext(&x, path);
	for (size_t i = 0; pki_crl_ext_at(o->crl, i, &x); i++)
		count_ext(&x, path);
	while (o->crl != NULL && pki_crl_next(o->crl, &at, &r))
		for (size_t i = 0; pki_revoked_ext_at(&r, i, &x); i++)
			count_ext(&x, path);
}

/* ---- files ---- */

static void one_object(const pki_object *o, const char *path)
{
	for (size_t i = 0; i < TALLIES; i++)
		if (o->kind == tallies[i].kind)
			count(&tallies[i], tallies[i].type, o->bytes, path);
	count_extensions(o, path);
}

static void one_file(void *ud, const char *path)
{
	pki_buf in = PKI_BUF_INIT;

	(void)ud;
	if (files_read(path, FILE_MOST, &in))
		files_objects(pki_buf_bytes(&in), path, one_object);
	pki_buf_free(&in);
}

static bool told(const struct tally *t)
{
	printf("%s: %zu of %zu read by their module and written again, %zu too large for it, %zu "
	       "refused with a reason\n",
	    t->what, t->same, t->same + t->wrong, t->too_large, t->explained);
	if (t->same < t->least)
		printf("fewer %s than expected\n", t->what);
	return t->wrong == 0 && t->same >= t->least;
}

int main(void)
{
	const char *corpus = getenv("PKI_CORPUS");
	bool ok = pki_asn1_new(NULL, &modules, NULL) == PKI_SUCCESS;

	if (!ok || corpus == NULL || !files_walk(corpus, one_file, NULL)) {
		fprintf(stderr, "PKI_CORPUS is not set, or no folder\n");
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < TALLIES; i++)
		ok = told(&tallies[i]) && ok;
	ok = told(&extensions) && ok;
	for (size_t i = 0; i < REASONS; i++)
		if (reasons[i].met != reasons[i].count) {
			ok = false;
			printf("%zu times, not %zu: %s: %s\n", reasons[i].met, reasons[i].count,
			    reasons[i].type, reasons[i].text);
		}
	pki_asn1_free(modules);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
