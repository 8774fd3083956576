/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Certificates in other projects' test suites, below $PKI_CORPUS: libpki and OpenSSL read the same
 * of each, or neither reads it, or the difference has a reason that stands here and in
 * docs/strictness.md. What libpki reads, libtasn1 reads by the ASN.1 module, and writes as it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <pki/bundle.h>

#include "libpki/asn1/modules.inc"
#include "tests/lib/files.h"
#include "tests/lib/schema.h"
#include "tests/lib/t.h"

#define FILE_MOST   (64 << 20)
#define SIGNED_DATA 60 /* how many there are that libpki reads */

static const struct suite {
	const char *folder;
	size_t certs; /* that OpenSSL reads */
} suites[] = {
	{ "asn1-rfc-samples", 42 },
	{ "asn1crypto", 48 },
	{ "boringssl-x509", 113 },
	{ "cms", 32 },
	{ "crl", 66 },
	{ "libksba", 23 },
	{ "limbo", 337 },
	{ "mozilla-roots", 120 },
	{ "ocsp", 69 },
	{ "openssl-verify", 205 },
	{ "p12", 1 },
	{ "pkits", 405 },
	{ "pyca", 132 },
	{ "tsp", 13 },
};
#define SUITES (sizeof suites / sizeof *suites)

/* Why libpki does not read what OpenSSL reads: what its error says, and how often. */
static struct reason {
	const char *text, *clause;
	size_t count, met;
} reasons[] = {
	/* made to be refused */
	{ "length is beyond the end", "X.690 8.1.3", 25, 0 },
	{ "unexpected octets at the end", "", 7, 0 },
	{ "unexpected type", "", 4, 0 },
	{ "length is not minimal", "X.690 10.1", 1, 0 },
	{ "BOOLEAN is neither 00 nor FF", "X.690 11.1", 1, 0 },
	{ "SET OF is not sorted", "X.690 11.6", 1, 0 },
	{ "Extensions is empty", "RFC 5280 4.1", 1, 0 },
	{ "differs from the algorithm in what is signed", "RFC 5280 4.1.1.2", 8, 0 },
	{ "version is none of v1, v2 and v3", "RFC 5280 4.1.2.1", 1, 0 },
	{ "serialNumber is longer than 20 octets", "RFC 5280 4.1.2.2", 1, 0 },
	{ "serialNumber is negative", "RFC 5280 4.1.2.2", 5, 0 },
	{ "extension twice", "RFC 5280 4.2", 2, 0 },
	{ "list is empty", "RFC 5280 4.2.1", 3, 0 },
	{ "one of authorityCertIssuer and authorityCertSerialNumber", "RFC 5280 4.2.1.1", 2, 0 },
	{ "no bit is set", "RFC 5280 4.2.1.3", 1, 0 },
	{ "a policy twice", "RFC 5280 4.2.1.4", 4, 0 },
	{ "iPAddress is not 4 or 16 octets", "RFC 5280 4.2.1.6", 1, 0 },
	{ "NameConstraints is empty", "RFC 5280 4.2.1.10", 1, 0 },
	{ "iPAddress is not 8 or 32 octets", "RFC 5280 4.2.1.10", 3, 0 },
	{ "SkipCerts is negative", "RFC 5280 4.2.1.11", 1, 0 },
	{ "too many attributes in a Name", "", 2, 0 },
	{ "SignedCertificateTimestampList is not as long as it says", "RFC 6962 3.3", 1, 0 },
	/* made by somebody who did not know better, some of them */
	{ "DEFAULT value is encoded", "X.690 11.5", 5, 0 },
	{ "time is not YYMMDDHHMMSSZ", "RFC 5280 4.1.2.5.1", 1, 0 },
	{ "a character that IA5String lacks", "RFC 5280 4.2.1.6", 3, 0 },
	{ "pathLenConstraint is negative", "RFC 5280 4.2.1.9", 1, 0 },
	{ "pathLenConstraint without cA", "RFC 5280 4.2.1.9", 2, 0 },
	{ "a character that VisibleString lacks", "X.680 41", 1, 0 },
	/* SignedData */
	{ "octets after the end", "X.690 8.1", 2, 0 },
	{ "version is none of 0, 1, 3, 4, 5", "RFC 5652 5.1", 2, 0 },
};
#define REASONS (sizeof reasons / sizeof *reasons)

/* Where OpenSSL 3.0 is wrong. */
static const char *const openssl_faults[] = {
	"long-form-name-attribute.pem", /* a tag of two octets, which a value of any type may have
					 */
	"san_edipartyname.der", /* [1] of EDIPartyName is explicit: DirectoryString is a CHOICE */
};

struct counts {
	size_t same, neither, explained, theirs, wrong, lenient;
	size_t bundles, not_bundles; /* SignedData: the same, refused with a reason */
	size_t again, not_again;     /* libtasn1: the same octets; others, or none */
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

/* DER of OpenSSL's object equals ours; takes `der` over. */
static bool is_der(unsigned char *der, int len, pki_bytes ours)
{
	bool same = len >= 0 && pki_bytes_equal(pki_bytes_of(der, (size_t)len), ours);

	OPENSSL_free(der);
	return same;
}

static bool same_name(const X509_NAME *theirs, const pki_name *ours)
{
	unsigned char *der = NULL;
	int len = i2d_X509_NAME(theirs, &der);

	return is_der(der, len, pki_name_der(ours));
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

	return ASN1_TIME_to_tm(theirs, &tm) == 1 && (pki_time)timegm(&tm) == ours;
}

static bool same_key(X509 *x, pki_bytes spki)
{
	unsigned char *der = NULL;
	int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x), &der);

	return is_der(der, len, spki);
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

static bool same_exts(X509 *x, const pki_cert *c)
{
	int n = X509_get_ext_count(x);
	pki_ext e;

	for (int i = 0; i < n; i++)
		if (!pki_cert_ext_at(c, (size_t)i, &e) || !same_ext(X509_get_ext(x, i), &e))
			return false;
	return (size_t)n == pki_cert_ext_count(c);
}

/* Those whose value is octets, in what OpenSSL keeps them in. */
static bool same_gn(const GENERAL_NAME *theirs, const pki_gn *ours)
{
	int type;
	void *value = GENERAL_NAME_get0_value(theirs, &type);

	switch (type) {
	case GEN_EMAIL:
	case GEN_DNS:
	case GEN_URI:
	case GEN_IPADD:
		return ours->type == type && pki_bytes_equal(octets_of(value), ours->value);
	default:
		return ours->type == type;
	}
}

static bool same_sans(X509 *x, const pki_cert *c)
{
	GENERAL_NAMES *theirs = X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
	int n = theirs == NULL ? 0 : sk_GENERAL_NAME_num(theirs), i = 0;
	pki_ext_iter it;
	bool same = true;
	pki_ext e;
	pki_gn gn;

	if (!pki_cert_ext(c, PKI_OID(subject_alt_name), &e))
		return theirs == NULL;
	pki_ext_list(&it, NULL, e.value);
	for (; pki_ext_name_next(&it, &gn); i++)
		same = same && i < n && same_gn(sk_GENERAL_NAME_value(theirs, i), &gn);
	same = same && pki_ext_list_finish(&it, NULL) == PKI_SUCCESS && i == n;
	GENERAL_NAMES_free(theirs);
	return same;
}

/* NULL: all of it is the same; else what is not. */
static const char *difference(X509 *x, const pki_cert *c)
{
	if (!same_name(X509_get_subject_name(x), pki_cert_subject(c)))
		return "subject";
	if (!same_name(X509_get_issuer_name(x), pki_cert_issuer(c)))
		return "issuer";
	if (!same_serial(X509_get0_serialNumber(x), pki_cert_serial(c)))
		return "serialNumber";
	if (!same_time(X509_get0_notBefore(x), pki_cert_not_before(c)))
		return "notBefore";
	if (!same_time(X509_get0_notAfter(x), pki_cert_not_after(c)))
		return "notAfter";
	if (!same_key(x, pki_cert_spki(c)))
		return "subjectPublicKeyInfo";
	if (X509_get_version(x) + 1 != pki_cert_version(c))
		return "version";
	if (!same_exts(x, c))
		return "extensions";
	return same_sans(x, c) ? NULL : "subjectAltName";
}

/* ---- what libtasn1 says ---- */

static schema explicit88;

static void open_schema(void)
{
	for (size_t m = 0; m < sizeof asn1_modules / sizeof *asn1_modules; m++)
		if (strcmp(asn1_modules[m].name, "PKIX1Explicit88") == 0)
			schema_open(&explicit88, asn1_modules[m].name, asn1_modules[m].tree);
}

/* Does it read a Certificate there, and write it as the same octets? */
static bool libtasn1_agrees(pki_bytes der)
{
	pki_bytes again = schema_rewrite(&explicit88, "Certificate", der);
	bool same = pki_bytes_equal(again, der);

	free((void *)(uintptr_t)again.data);
	return same;
}

/* ---- one certificate ---- */

/* All of the octets, or NULL. */
static X509 *openssl_cert(pki_bytes der)
{
	const unsigned char *p = der.data;
	X509 *x = d2i_X509(NULL, &p, (long)der.len);

	ERR_clear_error();
	if (x == NULL || p == der.data + der.len)
		return x;
	X509_free(x);
	return NULL;
}

static bool ends_with(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);

	return n >= m && strcmp(path + n - m, end) == 0;
}

static bool is_theirs(const char *path)
{
	for (size_t i = 0; i < sizeof openssl_faults / sizeof *openssl_faults; i++)
		if (ends_with(path, openssl_faults[i]))
			return true;
	return false;
}

static void wrong(const char *path, const char *what, struct counts *n)
{
	if (is_theirs(path)) {
		n->theirs++;
		return;
	}
	n->wrong++;
	printf("%s: %s\n", path, what);
}

static void refused(const char *path, pki_bytes der, const pki_error *e, struct counts *n)
{
	pki_cert *c = NULL;
	char text[512];

	if (pki_cert_parse_lenient(NULL, der, PKI_LENIENT_ALL, &c, NULL) == PKI_SUCCESS)
		n->lenient++;
	pki_cert_free(c);
	pki_error_text(e, text, sizeof text);
	if (getenv("VERBOSE") != NULL)
		printf("%s: %s\n", path, text);
	if (has_reason(e))
		n->explained++;
	else
		wrong(path, text, n);
}

static void ask_libtasn1(const char *path, pki_bytes der, struct counts *n)
{
	if (libtasn1_agrees(der)) {
		n->again++;
		return;
	}
	n->not_again++;
	wrong(path, "libtasn1 does not read it, or writes other octets", n);
}

static void compare(const char *path, pki_bytes der, struct counts *n)
{
	pki_error e = PKI_ERROR_INIT;
	X509 *x = openssl_cert(der);
	const char *what = NULL;
	pki_cert *c;

	if (pki_cert_parse(NULL, der, &c, &e) != PKI_SUCCESS && x != NULL)
		refused(path, der, &e, n);
	else if (x == NULL && c != NULL)
		wrong(path, "OpenSSL reads no such certificate", n);
	else if (x == NULL)
		n->neither++;
	else if ((what = difference(x, c)) != NULL)
		wrong(path, what, n);
	else
		n->same++;
	if (c != NULL)
		ask_libtasn1(path, der, n);
	pki_cert_free(c);
	X509_free(x);
}

/* ---- one SignedData ---- */

static CMS_ContentInfo *openssl_signed_data(pki_bytes ber)
{
	BIO *bio = BIO_new_mem_buf(ber.data, (int)ber.len);
	CMS_ContentInfo *cms = d2i_CMS_bio(bio, NULL);
	bool is_signed = cms != NULL && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed;

	BIO_free(bio);
	ERR_clear_error();
	if (is_signed)
		return cms;
	CMS_ContentInfo_free(cms);
	return NULL;
}

static bool same_cert(X509 *x, const pki_cert *c)
{
	unsigned char *der = NULL;
	int len = i2d_X509(x, &der);

	return is_der(der, len, pki_cert_der(c));
}

static bool same_certs(CMS_ContentInfo *cms, const pki_certs *ours)
{
	STACK_OF(X509) *theirs = CMS_get1_certs(cms);
	int n = theirs == NULL ? 0 : sk_X509_num(theirs);
	bool same = (size_t)n == pki_certs_count(ours);

	for (int i = 0; i < n && same; i++)
		same = same_cert(sk_X509_value(theirs, i), pki_certs_at(ours, (size_t)i));
	sk_X509_pop_free(theirs, X509_free);
	return same;
}

static bool same_crls(CMS_ContentInfo *cms, const pki_bundle *b)
{
	STACK_OF(X509_CRL) *theirs = CMS_get1_crls(cms);
	int n = theirs == NULL ? 0 : sk_X509_CRL_num(theirs);
	bool same = (size_t)n == pki_crls_count(pki_bundle_crls(b));

	for (int i = 0; i < n && same; i++) {
		unsigned char *der = NULL;
		int len = i2d_X509_CRL(sk_X509_CRL_value(theirs, i), &der);

		same = is_der(der, len, pki_crl_der(pki_crls_at(pki_bundle_crls(b), (size_t)i)));
	}
	sk_X509_CRL_pop_free(theirs, X509_CRL_free);
	return same;
}

static bool same_bundle(CMS_ContentInfo *cms, const pki_bundle *b)
{
	int signers = sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms));

	return same_certs(cms, pki_bundle_certs(b)) && same_crls(cms, b) &&
	    (size_t)(signers < 0 ? 0 : signers) == pki_bundle_signers(b);
}

static void compare_bundle(const char *path, pki_bytes ber, struct counts *n)
{
	CMS_ContentInfo *cms = openssl_signed_data(ber);
	pki_error e = PKI_ERROR_INIT;
	pki_bundle *b = NULL;
	char text[512];

	if (cms == NULL)
		return;
	(void)!pki_bundle_parse(NULL, ber, &b, &e);
	if (b == NULL && !has_reason(&e)) {
		pki_error_text(&e, text, sizeof text);
		wrong(path, text, n);
	} else if (b == NULL) {
		n->not_bundles++;
	} else if (!same_bundle(cms, b)) {
		wrong(path, "another SignedData", n);
	} else {
		n->bundles++;
	}
	for (size_t i = 0; i < pki_certs_count(pki_bundle_certs(b)); i++)
		ask_libtasn1(path, pki_cert_der(pki_certs_at(pki_bundle_certs(b), i)), n);
	pki_bundle_free(b);
	CMS_ContentInfo_free(cms);
}

/* ---- files ---- */

static bool is_certificate(const char *label)
{
	return strcmp(label, PEM_STRING_X509) == 0 || strcmp(label, PEM_STRING_X509_OLD) == 0;
}

/* Every block, as OpenSSL finds it. */
static size_t each_block(const char *path, pki_bytes in, struct counts *n)
{
	BIO *bio = BIO_new_mem_buf(in.data, (int)in.len);
	char *label, *header;
	unsigned char *der;
	size_t blocks = 0;
	long len;

	for (; PEM_read_bio(bio, &label, &header, &der, &len) == 1; blocks++) {
		if (is_certificate(label))
			compare(path, pki_bytes_of(der, (size_t)len), n);
		else if (strcmp(label, PEM_STRING_PKCS7) == 0 || strcmp(label, PEM_STRING_CMS) == 0)
			compare_bundle(path, pki_bytes_of(der, (size_t)len), n);
		OPENSSL_free(label);
		OPENSSL_free(header);
		OPENSSL_free(der);
	}
	ERR_clear_error();
	BIO_free(bio);
	return blocks;
}

/* What begins as a SEQUENCE may be a certificate, if OpenSSL says so. */
static void compare_file(void *ud, const char *path)
{
	struct counts *n = ud;
	pki_buf in = PKI_BUF_INIT;
	X509 *x;

	if (!files_read(path, FILE_MOST, &in))
		return;
	if (each_block(path, pki_buf_bytes(&in), n) == 0 && in.len > 0 && in.data[0] == 0x30) {
		x = openssl_cert(pki_buf_bytes(&in));
		if (x != NULL)
			compare(path, pki_buf_bytes(&in), n);
		else
			compare_bundle(path, pki_buf_bytes(&in), n);
		X509_free(x);
	}
	pki_buf_free(&in);
}

static bool run_suite(const char *corpus, const struct suite *s, struct counts *all)
{
	struct counts n = { 0 };
	char path[4096];
	size_t read;

	snprintf(path, sizeof path, "%s/%s", corpus, s->folder);
	if (!files_walk(path, compare_file, &n))
		return false;
	read = n.same + n.explained + n.theirs + n.wrong;
	if (read != s->certs)
		wrong(path, "another number of certificates than expected", &n);
	printf("%s: %zu certificates as OpenSSL reads them, %zu refused with a reason, %zu neither "
	       "reads; %zu differ\n",
	    s->folder, n.same, n.explained, n.neither, n.wrong);
	all->same += n.same;
	all->explained += n.explained;
	all->neither += n.neither;
	all->bundles += n.bundles;
	all->not_bundles += n.not_bundles;
	all->again += n.again;
	all->not_again += n.not_again;
	all->theirs += n.theirs;
	all->wrong += n.wrong;
	all->lenient += n.lenient;
	return true;
}

START_TEST(all_suites)
{
	const char *corpus = getenv("PKI_CORPUS");
	struct counts all = { 0 };

	ck_assert_msg(corpus != NULL, "PKI_CORPUS is not set");
	open_schema();
	for (size_t i = 0; i < SUITES; i++)
		ck_assert_msg(run_suite(corpus, &suites[i], &all), "no %s", suites[i].folder);
	for (size_t i = 0; i < REASONS; i++)
		if (reasons[i].met != reasons[i].count) {
			all.wrong++;
			printf("%zu times, not %zu: %s (%s)\n", reasons[i].met, reasons[i].count,
			    reasons[i].text, reasons[i].clause);
		}
	if (all.bundles != SIGNED_DATA) {
		all.wrong++;
		printf("another number of SignedData than expected\n");
	}
	printf("certificates: %zu as OpenSSL reads them, %zu refused with a reason, of which %zu "
	       "are read leniently, %zu where OpenSSL is wrong; %zu differ\n",
	    all.same, all.explained, all.lenient, all.theirs, all.wrong);
	printf(
	    "SignedData: %zu with the certificates and CRLs that OpenSSL finds in it, %zu refused "
	    "with a reason\n",
	    all.bundles, all.not_bundles);
	printf("libtasn1: %zu of %zu certificates that libpki reads, read and written again\n",
	    all.again, all.again + all.not_again);
	schema_close(&explicit88);
	ck_assert_uint_eq(all.wrong, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { all_suites, NULL };

	return t_main("corpus_certs", tests);
}
