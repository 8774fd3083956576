/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * CRLs in other projects' test suites, below $PKI_CORPUS: libpki and OpenSSL read the same of each,
 * or neither reads it, or the difference has a reason that stands here and in docs/strictness.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <pki/crl.h>
#include <pki/pem.h>

#include "tests/lib/files.h"

#define FILE_MOST (64 << 20)
#define CRLS      271 /* that OpenSSL reads */

/* Why libpki does not read what OpenSSL reads: what its error says, and how often. */
static struct reason {
	const char *text, *clause;
	size_t count, met;
} reasons[] = {
	/* made to be refused */
	{ "unexpected octets at the end", "", 1, 0 },
	{ "a character that PrintableString lacks", "X.680 41", 1, 0 },
	{ "time is not YYMMDDHHMMSSZ", "RFC 5280 4.1.2.5.1", 1, 0 },
	{ "differs from the algorithm in what is signed", "RFC 5280 5.1.1.2", 2, 0 },
	{ "version is not v2(1)", "RFC 5280 5.1.2.1", 3, 0 },
	{ "extensions without version v2", "RFC 5280 5.1.2.1", 1, 0 },
	{ "extensions of an entry in a CRL that is v1", "RFC 5280 5.1.2.1", 1, 0 },
	{ "is empty, and not absent", "RFC 5280 5.1.2.6", 1, 0 },
	{ "IssuingDistributionPoint is empty", "RFC 5280 5.2.5", 2, 0 },
	{ "more than one of onlyContainsUserCerts, onlyContainsCACerts and "
	  "onlyContainsAttributeCerts",
	    "RFC 5280 5.2.5", 1, 0 },
	/* made for something else */
	{ "GeneralizedTime through the year 2049", "RFC 5280 4.1.2.5", 7, 0 },
};
#define REASONS (sizeof reasons / sizeof *reasons)

struct counts {
	size_t same, neither, explained, wrong, lenient, entries;
};

static bool has_reason(const pki_error *e)
{
	for (size_t i = 0; i < REASONS; i++)
		if (strcmp(pki_error_reason(e), reasons[i].text) == 0 &&
		    strcmp(pki_error_clause(e), reasons[i].clause) == 0) {
			reasons[i].met++;
			return true;
		}
	return false;
}

/* ---- what both say ---- */

static bool same_name(const X509_NAME *theirs, const pki_name *ours)
{
	unsigned char *der = NULL;
	int len = i2d_X509_NAME(theirs, &der);
	bool same = len >= 0 && pki_bytes_equal(pki_bytes_of(der, (size_t)len), pki_name_der(ours));

	OPENSSL_free(der);
	return same;
}

static bool same_serial(const ASN1_INTEGER *theirs, pki_bytes ours)
{
	unsigned char *der = NULL;
	int len = i2d_ASN1_INTEGER(theirs, &der);
	pki_bytes contents = pki_bytes_of(der + 2, len > 2 ? (size_t)len - 2 : 0);
	bool same = pki_bytes_equal(contents, ours);

	OPENSSL_free(der);
	return same;
}

static bool same_time(const ASN1_TIME *theirs, pki_time ours)
{
	struct tm tm;

	if (theirs == NULL)
		return ours == PKI_TIME_NONE;
	return ASN1_TIME_to_tm(theirs, &tm) == 1 && (pki_time)timegm(&tm) == ours;
}

static pki_bytes octets_of(const ASN1_OCTET_STRING *s)
{
	return pki_bytes_of(ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s));
}

static bool same_ext(X509_EXTENSION *theirs, const pki_ext *ours)
{
	const ASN1_OBJECT *oid = X509_EXTENSION_get_object(theirs);

	return pki_bytes_equal(pki_bytes_of(OBJ_get0_data(oid), OBJ_length(oid)), ours->oid) &&
	    pki_bytes_equal(octets_of(X509_EXTENSION_get_data(theirs)), ours->value) &&
	    (X509_EXTENSION_get_critical(theirs) != 0) == (ours->critical != 0);
}

static bool same_exts(X509_CRL *x, const pki_crl *c)
{
	int n = X509_CRL_get_ext_count(x);
	pki_ext e;

	for (int i = 0; i < n; i++)
		if (!pki_crl_ext_at(c, (size_t)i, &e) || !same_ext(X509_CRL_get_ext(x, i), &e))
			return false;
	return (size_t)n == pki_crl_ext_count(c);
}

static bool same_number(X509_CRL *x, int nid, pki_bytes ours)
{
	ASN1_INTEGER *theirs = X509_CRL_get_ext_d2i(x, nid, NULL, NULL);
	bool same = theirs == NULL ? ours.len == 0 : pki_bytes_equal(octets_of(theirs), ours);

	ASN1_INTEGER_free(theirs);
	return same;
}

static bool same_reason(const X509_REVOKED *x, pki_crl_reason ours)
{
	ASN1_ENUMERATED *theirs = X509_REVOKED_get_ext_d2i(x, NID_crl_reason, NULL, NULL);
	bool same = ours == (theirs == NULL ? PKI_REASON_NONE : ASN1_ENUMERATED_get(theirs));

	ASN1_ENUMERATED_free(theirs);
	return same;
}

static bool same_invalidity(const X509_REVOKED *x, pki_time ours)
{
	ASN1_GENERALIZEDTIME *theirs = X509_REVOKED_get_ext_d2i(x, NID_invalidity_date, NULL, NULL);
	bool same = same_time(theirs, ours);

	ASN1_GENERALIZEDTIME_free(theirs);
	return same;
}

static bool same_entry(X509_REVOKED *x, const pki_revoked *r)
{
	int n = X509_REVOKED_get_ext_count(x);
	pki_ext e;

	for (int i = 0; i < n; i++)
		if (!pki_revoked_ext_at(r, (size_t)i, &e) ||
		    !same_ext(X509_REVOKED_get_ext(x, i), &e))
			return false;
	return !pki_revoked_ext_at(r, (size_t)n, &e) &&
	    same_serial(X509_REVOKED_get0_serialNumber(x), r->serial) &&
	    same_time(X509_REVOKED_get0_revocationDate(x), r->when) && same_reason(x, r->reason) &&
	    same_invalidity(x, r->invalid_since);
}

static bool same_entries(X509_CRL *x, const pki_crl *c)
{
	STACK_OF(X509_REVOKED) *theirs = X509_CRL_get_REVOKED(x);
	int n = theirs == NULL ? 0 : sk_X509_REVOKED_num(theirs);
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;

	for (int i = 0; i < n; i++)
		if (!pki_crl_next(c, &at, &r) || !same_entry(sk_X509_REVOKED_value(theirs, i), &r))
			return false;
	return (size_t)n == pki_crl_count(c) && !pki_crl_next(c, &at, &r);
}

/* Each entry's certificate is listed for OpenSSL, and for libpki with an index and without. */
static bool is_found(const pki_crl *c)
{
	pki_crl_cursor at = { { 0 } };
	pki_revoked r, found;

	while (pki_crl_next(c, &at, &r)) {
		pki_status st = pki_crl_find(c, pki_crl_issuer(c), r.serial, &found, NULL);

		if (st == PKI_SUCCESS && r.issuer.len == 0 && found.listing != PKI_LISTING_LISTED)
			return false;
		if (st != PKI_SUCCESS && st != PKI_E_UNSUPPORTED)
			return false;
	}
	return true;
}

/* NULL: all of it is the same; else what is not. */
static const char *difference(X509_CRL *x, pki_crl *c)
{
	if (X509_CRL_get_version(x) + 1 != pki_crl_version(c))
		return "version";
	if (!same_name(X509_CRL_get_issuer(x), pki_crl_issuer(c)))
		return "issuer";
	if (!same_time(X509_CRL_get0_lastUpdate(x), pki_crl_this_update(c)))
		return "thisUpdate";
	if (!same_time(X509_CRL_get0_nextUpdate(x), pki_crl_next_update(c)))
		return "nextUpdate";
	if (!same_exts(x, c))
		return "extensions";
	if (!same_number(x, NID_crl_number, pki_crl_number(c)) ||
	    !same_number(x, NID_delta_crl, pki_crl_base_number(c)))
		return "cRLNumber";
	if (!same_entries(x, c))
		return "entries";
	if (!is_found(c) || pki_crl_index(c, NULL) != PKI_SUCCESS || !is_found(c))
		return "what is found";
	return NULL;
}

/* ---- one CRL ---- */

/* All of the octets, or NULL. */
static X509_CRL *openssl_crl(pki_bytes der)
{
	const unsigned char *p = der.data;
	X509_CRL *x = d2i_X509_CRL(NULL, &p, (long)der.len);

	ERR_clear_error();
	if (x == NULL || p == der.data + der.len)
		return x;
	X509_CRL_free(x);
	return NULL;
}

static void wrong(const char *path, const char *what, struct counts *n)
{
	n->wrong++;
	printf("%s: %s\n", path, what);
}

static void refused(const char *path, pki_bytes der, const pki_error *e, struct counts *n)
{
	pki_crl *c = NULL;
	char text[512];

	if (pki_crl_parse_lenient(NULL, der, PKI_LENIENT_ALL, &c, NULL) == PKI_SUCCESS)
		n->lenient++;
	pki_crl_free(c);
	pki_error_text(e, text, sizeof text);
	if (getenv("VERBOSE") != NULL)
		printf("%s: %s\n", path, text);
	if (has_reason(e))
		n->explained++;
	else
		wrong(path, text, n);
}

static void compare(const char *path, pki_bytes der, struct counts *n)
{
	pki_error e = PKI_ERROR_INIT;
	X509_CRL *x = openssl_crl(der);
	const char *what = NULL;
	pki_crl *c;

	if (pki_crl_parse(NULL, der, &c, &e) != PKI_SUCCESS && x != NULL)
		refused(path, der, &e, n);
	else if (x == NULL && c != NULL)
		wrong(path, "OpenSSL reads no such CRL", n);
	else if (x == NULL)
		n->neither++;
	else if ((what = difference(x, c)) != NULL)
		wrong(path, what, n);
	else
		n->same++;
	n->entries += pki_crl_count(c);
	pki_crl_free(c);
	X509_CRL_free(x);
}

/* ---- files ---- */

/* Every block, as OpenSSL finds it. */
static size_t each_block(const char *path, pki_bytes in, struct counts *n)
{
	BIO *bio = BIO_new_mem_buf(in.data, (int)in.len);
	char *label, *header;
	unsigned char *der;
	size_t blocks = 0;
	long len;

	for (; PEM_read_bio(bio, &label, &header, &der, &len) == 1; blocks++) {
		if (strcmp(label, PEM_STRING_X509_CRL) == 0 || strcmp(label, "CRL") == 0)
			compare(path, pki_bytes_of(der, (size_t)len), n);
		OPENSSL_free(label);
		OPENSSL_free(header);
		OPENSSL_free(der);
	}
	ERR_clear_error();
	BIO_free(bio);
	return blocks;
}

/* What begins as a SEQUENCE may be a CRL, if OpenSSL says so, or its name does. */
static void compare_file(void *ud, const char *path)
{
	struct counts *n = ud;
	pki_buf in = PKI_BUF_INIT;
	X509_CRL *x = NULL;
	bool is_der;

	if (!files_read(path, FILE_MOST, &in))
		return;
	is_der = each_block(path, pki_buf_bytes(&in), n) == 0 && in.len > 0 && in.data[0] == 0x30;
	if (is_der && ((x = openssl_crl(pki_buf_bytes(&in))) != NULL || strstr(path, ".crl")))
		compare(path, pki_buf_bytes(&in), n);
	X509_CRL_free(x);
	pki_buf_free(&in);
}

int main(void)
{
	const char *corpus = getenv("PKI_CORPUS");
	struct counts n = { 0 };

	if (corpus == NULL || !files_walk(corpus, compare_file, &n)) {
		fprintf(stderr, "PKI_CORPUS is not set, or no folder\n");
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < REASONS; i++)
		if (reasons[i].met != reasons[i].count) {
			n.wrong++;
			printf("%zu times, not %zu: %s (%s)\n", reasons[i].met, reasons[i].count,
			    reasons[i].text, reasons[i].clause);
		}
	if (n.same + n.explained != CRLS) {
		n.wrong++;
		printf("another number of CRLs than expected\n");
	}
	printf("CRLs: %zu as OpenSSL reads them, with %zu entries, %zu refused with a reason, of "
	       "which %zu are read leniently; %zu neither reads; %zu differ\n",
	    n.same, n.entries, n.explained, n.lenient, n.neither, n.wrong);
	return n.wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
