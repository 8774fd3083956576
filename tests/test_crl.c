/* SPDX-License-Identifier: BSD-3-Clause */
/* CRLs: what is read of others', what is refused, what is answered. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pki/crl.h>
#include <pki/pem.h>

#include "tests/lib/nested.h"

/* ---- CRLs in hex ---- */

#define ALG     "30{06{2a8648ce3d040302}}"
#define NAME    "30{31{30{06{550403}0c{4341}}}}"     /* CN=CA */
#define NAME_UC "30{31{30{06{550403}13{206361}}}}"   /* CN=" ca", PrintableString: equal */
#define OTHER   "30{31{30{06{550403}0c{4342}}}}"     /* CN=CB */
#define THIRD   "30{31{30{06{550403}0c{4343}}}}"     /* CN=CC */
#define DATE    "17{3236303130313030303030305a}"     /* 2026-01-01 */
#define NEXT    "17{3236303230313030303030305a}"     /* 2026-02-01 */
#define LATE    "18{32303530303130313030303030305a}" /* 2050-01-01 */
#define EARLY   "18{32303236303130313030303030305a}" /* 2026 as GeneralizedTime */
#define SIGN    ALG "03{0001}"

#define EXT(oid, value)      "30{06{" oid "}04{" value "}}"
#define CRITICAL(oid, value) "30{06{" oid "}01{ff}04{" value "}}"
#define REASON(r)            EXT("551d15", "0a{" r "}")
#define ISSUER(name)         CRITICAL("551d1d", "30{a4{" name "}}")
#define NUMBER               EXT("551d14", "02{07}")
#define DELTA                CRITICAL("551d1b", "02{05}")
#define POINT(fields)        CRITICAL("551d1c", "30{" fields "}")
#define INDIRECT             POINT("84{ff}")
#define UNKNOWN              CRITICAL("2a0304", "0500")
#define BARE(serial)         "30{02{" serial "}" DATE "}"
#define ENTRY(serial, exts)  "30{02{" serial "}" DATE "30{" exts "}}"

#define EXTS(list)    "a0{30{" list "}}"
#define TBS(fields)   "30{30{" fields "}" SIGN "}"
#define V1(rest)      TBS(ALG NAME DATE NEXT rest)
#define V2(rest)      TBS("02{01}" ALG NAME DATE NEXT rest)
#define LISTED(list)  V2("30{" list "}")
#define FULL(list, e) V2("30{" list "}" EXTS(e))

static pki_crl *read_hex(const char *text)
{
	pki_crl *c;

	t_ok(pki_crl_parse(NULL, t_nested(text), &c, err));
	return c;
}

static pki_name *name_of(const char *text)
{
	pki_name *n;

	t_ok(pki_name_parse(NULL, t_nested(text), &n, err));
	return n;
}

/* ---- what is read ---- */

static const struct good {
	const char *text;
	int version;
	size_t entries, exts;
} good[] = {
	{ V1(""), 1, 0, 0 },
	{ TBS(ALG NAME DATE), 1, 0, 0 },
	{ TBS("02{01}" ALG NAME DATE), 2, 0, 0 },
	{ TBS("02{01}" ALG NAME LATE LATE), 2, 0, 0 },
	{ TBS("02{01}" ALG "30{}" DATE NEXT), 2, 0, 0 },
	{ V1("30{" BARE("01") "}"), 1, 1, 0 },
	{ LISTED(BARE("01")), 2, 1, 0 },
	/* no RFC 5280 serial numbers, but others' */
	{ LISTED(BARE("00")), 2, 1, 0 },
	{ LISTED(BARE("ff")), 2, 1, 0 },
	{ LISTED(BARE("0080") BARE("ff7f")), 2, 2, 0 },
	{ LISTED(BARE("7f00000000000000000000000000000000000000")), 2, 1, 0 },
	{ LISTED(BARE("01") BARE("01")), 2, 2, 0 },
	{ LISTED("30{02{01}" LATE "}"), 2, 1, 0 },
	{ LISTED(ENTRY("01", REASON("00"))), 2, 1, 0 },
	{ LISTED(ENTRY("01", REASON("06")) ENTRY("02", REASON("09")) ENTRY("03", REASON("0a"))), 2,
	    3, 0 },
	{ LISTED(ENTRY("01", CRITICAL("551d15", "0a{01}"))), 2, 1, 0 },
	{ LISTED(ENTRY("01", EXT("551d18", "18{31393939303130313030303030305a}"))), 2, 1, 0 },
	{ LISTED(ENTRY("01", EXT("2a0304", "05"))), 2, 1, 0 },
	{ LISTED(ENTRY("01", UNKNOWN)), 2, 1, 0 },
	{ V2(EXTS(NUMBER)), 2, 0, 1 },
	{ V2(EXTS(NUMBER UNKNOWN)), 2, 0, 2 },
	{ V2(EXTS(DELTA)), 2, 0, 1 },
	{ FULL(ENTRY("01", REASON("08")), DELTA NUMBER), 2, 1, 2 },
	{ FULL(ENTRY("01", ISSUER(OTHER)), INDIRECT), 2, 1, 1 },
	{ V2(EXTS(POINT("a0{a0{86{687474703a2f2f61}}}81{ff}"))), 2, 0, 1 },
	{ V2(EXTS(EXT("551d23", "30{80{0102}}"))), 2, 0, 1 },
};

START_TEST(test_good)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		pki_crl_cursor at = { { 0 } };
		size_t n = 0;
		pki_revoked r;
		pki_crl *c = read_hex(good[i].text);

		ck_assert_int_eq(pki_crl_version(c), good[i].version);
		ck_assert_uint_eq(pki_crl_count(c), good[i].entries);
		ck_assert_uint_eq(pki_crl_ext_count(c), good[i].exts);
		t_bytes_eq(pki_crl_der(c), t_nested(good[i].text));
		ck_assert_uint_eq(pki_crl_leniencies(c), 0);
		while (pki_crl_next(c, &at, &r)) {
			ck_assert_int_eq(r.listing, PKI_LISTING_LISTED);
			n++;
		}
		ck_assert_uint_eq(n, good[i].entries);
		ck_assert_int_eq(r.listing, PKI_LISTING_UNKNOWN);
		pki_crl_free(c);
	}
}
END_TEST

static const struct bad {
	const char *text;
	pki_status st;
	const char *path, *clause;
} bad[] = {
	{ "", PKI_E_STRUCTURE, "CertificateList", NULL },
	{ "30{}", PKI_E_STRUCTURE, "tbsCertList", NULL },
	{ "3080", PKI_E_ENCODING, "CertificateList", NULL },
	{ V2("") "00", PKI_E_STRUCTURE, "CertificateList", NULL },
	/* version: absent or v2 */
	{ TBS("02{00}" ALG NAME DATE), PKI_E_STRUCTURE, "tbsCertList.version", "RFC 5280 5.1.2.1" },
	{ TBS("02{02}" ALG NAME DATE), PKI_E_STRUCTURE, "tbsCertList.version", "RFC 5280 5.1.2.1" },
	{ TBS("02{7fffffff}" ALG NAME DATE), PKI_E_STRUCTURE, "tbsCertList.version",
	    "RFC 5280 5.1.2.1" },
	{ TBS("02{80}" ALG NAME DATE), PKI_E_STRUCTURE, "tbsCertList.version", "RFC 5280 5.1.2.1" },
	{ TBS("02{0001}" ALG NAME DATE), PKI_E_ENCODING, "tbsCertList.version", "X.690 8.3.2" },
	{ TBS("a0{02{01}}" ALG NAME DATE), PKI_E_STRUCTURE, "tbsCertList.signature", NULL },
	/* the two algorithms */
	{ "30{30{02{01}" ALG NAME DATE "}30{06{2a8648ce3d040303}}03{0001}}", PKI_E_STRUCTURE,
	    "signatureAlgorithm", "RFC 5280 5.1.1.2" },
	{ "30{30{02{01}" ALG NAME DATE "}30{06{2a8648ce3d040302}0500}03{0001}}", PKI_E_STRUCTURE,
	    "signatureAlgorithm", "RFC 5280 5.1.1.2" },
	{ "30{30{02{01}" ALG NAME DATE "}" ALG "}", PKI_E_STRUCTURE, "signatureValue", NULL },
	/* times */
	{ TBS("02{01}" ALG NAME), PKI_E_STRUCTURE, "tbsCertList.thisUpdate", NULL },
	{ TBS("02{01}" ALG NAME EARLY), PKI_E_STRUCTURE, "tbsCertList.thisUpdate",
	    "RFC 5280 4.1.2.5" },
	{ TBS("02{01}" ALG NAME "17{323630313031303030305a}"), PKI_E_ENCODING,
	    "tbsCertList.thisUpdate", "RFC 5280 4.1.2.5.1" },
	{ TBS("02{01}" ALG NAME DATE EARLY), PKI_E_STRUCTURE, "tbsCertList.nextUpdate",
	    "RFC 5280 4.1.2.5" },
	{ TBS("02{01}" ALG NAME DATE NEXT NEXT), PKI_E_STRUCTURE, "tbsCertList", NULL },
	/* the issuer */
	{ TBS("02{01}" ALG "30{31{}}" DATE), PKI_E_STRUCTURE, NULL, "X.501 9.3" },
	/* entries */
	{ V2("30{}"), PKI_E_STRUCTURE, "tbsCertList.revokedCertificates", "RFC 5280 5.1.2.6" },
	{ LISTED("02{01}"), PKI_E_STRUCTURE, "tbsCertList.revokedCertificates[0]", NULL },
	{ LISTED("30{}"), PKI_E_STRUCTURE, "tbsCertList.revokedCertificates[0].userCertificate",
	    NULL },
	{ LISTED(BARE("01") "30{02{02}}"), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[1].revocationDate", NULL },
	{ LISTED(BARE("01") BARE("02") BARE("")), PKI_E_ENCODING,
	    "tbsCertList.revokedCertificates[2].userCertificate", "X.690 8.3.1" },
	{ LISTED(BARE("0001")), PKI_E_ENCODING,
	    "tbsCertList.revokedCertificates[0].userCertificate", "X.690 8.3.2" },
	{ LISTED(BARE("ff80")), PKI_E_ENCODING,
	    "tbsCertList.revokedCertificates[0].userCertificate", "X.690 8.3.2" },
	{ LISTED(BARE("7f0000000000000000000000000000000000000000")), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].userCertificate", "RFC 5280 4.1.2.2" },
	{ LISTED("30{02{01}" EARLY "}"), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].revocationDate", "RFC 5280 4.1.2.5" },
	{ LISTED("30{02{01}17{3236303233303030303030305a}}"), PKI_E_ENCODING,
	    "tbsCertList.revokedCertificates[0].revocationDate", "RFC 5280 4.1.2.5.1" },
	{ LISTED("30{02{01}" DATE "0500}"), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].crlEntryExtensions", NULL },
	{ LISTED(ENTRY("01", "")), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].crlEntryExtensions", "RFC 5280 4.1" },
	{ LISTED("30{02{01}" DATE "30{" REASON("01") "}0500}"), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0]", NULL },
	{ LISTED(BARE("01") ENTRY("02", REASON("07"))), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[1].crlEntryExtensions[0].extnValue",
	    "RFC 5280 5.3.1" },
	{ LISTED(ENTRY("02", REASON("0b"))), PKI_E_STRUCTURE, NULL, "RFC 5280 5.3.1" },
	{ LISTED(ENTRY("02", REASON("ff"))), PKI_E_STRUCTURE, NULL, "RFC 5280 5.3.1" },
	{ LISTED(ENTRY("02", REASON("0001"))), PKI_E_ENCODING, NULL, "X.690 8.3.2" },
	{ LISTED(ENTRY("02", REASON("01") REASON("01"))), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].crlEntryExtensions[1]", "RFC 5280 4.2" },
	{ LISTED(ENTRY("02", EXT("2a0304", "") EXT("2a0304", ""))), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].crlEntryExtensions[1]", "RFC 5280 4.2" },
	{ LISTED(ENTRY("02", EXT("551d15", "0a{01}0500"))), PKI_E_STRUCTURE, NULL, NULL },
	{ LISTED(ENTRY("02", EXT("551d15", "02{01}"))), PKI_E_STRUCTURE, NULL, NULL },
	{ LISTED(ENTRY("02", EXT("551d18", "17{3236303130313030303030305a}"))), PKI_E_STRUCTURE,
	    NULL, NULL },
	{ LISTED(ENTRY("02", EXT("551d18", "18{32303236303130313030303030305a5a}"))),
	    PKI_E_ENCODING, NULL, "RFC 5280 4.1.2.5.2" },
	{ LISTED("30{02{01}" DATE "30{30{06{551d15}0101ff04{0a{01}}"
		 "}}30{}}"),
	    PKI_E_STRUCTURE, "tbsCertList.revokedCertificates[0]", NULL },
	{ LISTED("30{02{01}" DATE "30{30{06{551d15}01{00}04{0a{01}}}}}"), PKI_E_ENCODING,
	    "tbsCertList.revokedCertificates[0].crlEntryExtensions[0].critical", "X.690 11.5" },
	/* what only some CRLs may have */
	{ LISTED(ENTRY("01", REASON("08"))), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].crlEntryExtensions[0].extnValue",
	    "RFC 5280 5.3.1" },
	{ LISTED(ENTRY("01", ISSUER(OTHER))), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].crlEntryExtensions[0].extnValue",
	    "RFC 5280 5.3.3" },
	{ FULL(ENTRY("01", ISSUER(OTHER)), POINT("81{ff}")), PKI_E_STRUCTURE, NULL,
	    "RFC 5280 5.3.3" },
	{ FULL(ENTRY("01", CRITICAL("551d1d", "30{}")), INDIRECT), PKI_E_STRUCTURE, NULL, NULL },
	{ FULL(ENTRY("01", CRITICAL("551d1d", "30{82{61}}")), INDIRECT), PKI_E_STRUCTURE, NULL,
	    "RFC 5280 5.3.3" },
	{ FULL(ENTRY("01", CRITICAL("551d1d", "30{a4{30{31{}}}}")), INDIRECT), PKI_E_STRUCTURE,
	    NULL, "X.501 9.3" },
	{ V1("30{" ENTRY("01", REASON("01")) "}"), PKI_E_STRUCTURE,
	    "tbsCertList.revokedCertificates[0].crlEntryExtensions", "RFC 5280 5.1.2.1" },
	{ V1(EXTS(NUMBER)), PKI_E_STRUCTURE, "tbsCertList.crlExtensions", "RFC 5280 5.1.2.1" },
	/* extensions of the CRL */
	{ V2("a0{30{}}"), PKI_E_STRUCTURE, "tbsCertList.crlExtensions", "RFC 5280 4.1" },
	{ V2("a0{}"), PKI_E_STRUCTURE, NULL, NULL },
	{ V2("a0{30{" NUMBER "}0500}"), PKI_E_STRUCTURE, NULL, NULL },
	{ V2("30{" NUMBER "}"), PKI_E_STRUCTURE, NULL, NULL },
	{ V2(EXTS(NUMBER) EXTS(NUMBER)), PKI_E_STRUCTURE, "tbsCertList", NULL },
	{ V2(EXTS(NUMBER NUMBER)), PKI_E_STRUCTURE, "tbsCertList.crlExtensions[1]",
	    "RFC 5280 4.2" },
	{ V2(EXTS(EXT("551d14", "02{ff}"))), PKI_E_STRUCTURE, NULL, NULL },
	{ V2(EXTS(EXT("551d14", "02{010000000000000000000000000000000000000000}"))),
	    PKI_E_STRUCTURE, NULL, "RFC 5280 5.2.3" },
	{ V2(EXTS(EXT("551d14", "02{008000000000000000000000000000000000000000}"))),
	    PKI_E_STRUCTURE, NULL, "RFC 5280 5.2.3" },
	{ V2(EXTS(CRITICAL("551d1b", "0500"))), PKI_E_STRUCTURE, NULL, NULL },
	{ V2(EXTS(POINT(""))), PKI_E_STRUCTURE, NULL, "RFC 5280 5.2.5" },
	{ V2(EXTS(POINT("81{ff}82{ff}"))), PKI_E_STRUCTURE, NULL, "RFC 5280 5.2.5" },
	{ V2(EXTS(POINT("81{00}"))), PKI_E_ENCODING, NULL, "X.690 11.5" },
	{ V2(EXTS(POINT("83{00}"))), PKI_E_STRUCTURE, NULL, NULL },
	{ V2(EXTS(POINT("84{01}"))), PKI_E_ENCODING, NULL, NULL },
	{ V2(EXTS(EXT("551d23", "30{80{}}"))), PKI_E_STRUCTURE, NULL, NULL },
	{ V2(EXTS(EXT("551d2e", "30{}"))), PKI_E_STRUCTURE, NULL, NULL },
};

static void check_bad(const struct bad *b)
{
	pki_error err = PKI_ERROR_INIT;
	pki_crl *c = (pki_crl *)(uintptr_t)b;
	pki_status st = pki_crl_parse(NULL, t_nested(b->text), &c, &err);

	ck_assert_msg(st == b->st, "%s: %s", b->text, t_error(&err));
	ck_assert_ptr_null(c);
	if (b->path != NULL)
		ck_assert_msg(
		    pki_error_path(&err) != NULL && strcmp(pki_error_path(&err), b->path) == 0,
		    "%s: %s", b->path, t_error(&err));
	if (b->clause != NULL)
		ck_assert_msg(pki_error_clause(&err) != NULL &&
			strcmp(pki_error_clause(&err), b->clause) == 0,
		    "%s: %s", b->clause, t_error(&err));
	ck_assert_str_eq(pki_error_function(&err), "pki_crl_parse");
}

START_TEST(test_bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		check_bad(&bad[i]);
}
END_TEST

/* Cut short anywhere, it is no CRL. */
START_TEST(test_truncated)
{
	pki_bytes der = t_nested(FULL(BARE("01") ENTRY("02", REASON("01")), NUMBER));
	pki_crl *c;

	t_fails(PKI_E_STRUCTURE, pki_crl_parse(NULL, pki_bytes_of(der.data, 0), &c, err));
	for (size_t n = 1; n < der.len; n++)
		t_fails(PKI_E_ENCODING, pki_crl_parse(NULL, pki_bytes_of(der.data, n), &c, err));
}
END_TEST

static const struct sin {
	const char *text;
	uint32_t sin;
} sins[] = {
	{ LISTED(BARE("7f0000000000000000000000000000000000000000")), PKI_LENIENT_SERIAL },
	{ LISTED(BARE("01") BARE("000001")), PKI_LENIENT_INTEGER },
	{ LISTED(BARE("ffff")), PKI_LENIENT_INTEGER },
	{ LISTED(BARE("007f00000000000000000000000000000000000000000000")),
	    PKI_LENIENT_INTEGER | PKI_LENIENT_SERIAL },
	{ V1(EXTS(NUMBER)), PKI_LENIENT_V1_EXTS },
	{ V1("30{" ENTRY("01", REASON("01")) "}"), PKI_LENIENT_V1_EXTS },
	{ V2(EXTS("30{06{551d14}01{00}04{02{01}}}")), PKI_LENIENT_DEFAULTS },
	{ LISTED("30{02{01}" DATE "30{30{06{551d15}01{00}04{0a{01}}}}}"), PKI_LENIENT_DEFAULTS },
	{ V2("30{}"), PKI_LENIENT_DEFAULTS },
};

START_TEST(test_lenient)
{
	pki_crl *c;

	for (size_t i = 0; i < sizeof sins / sizeof sins[0]; i++) {
		pki_bytes der = t_nested(sins[i].text);

		ck_assert_int_ne(pki_crl_parse(NULL, der, &c, NULL), PKI_SUCCESS);
		ck_assert_int_ne(
		    pki_crl_parse_lenient(NULL, der, PKI_LENIENT_ALL & ~sins[i].sin, &c, NULL),
		    PKI_SUCCESS);
		t_ok(pki_crl_parse_lenient(NULL, der, sins[i].sin, &c, err));
		ck_assert_uint_eq(pki_crl_leniencies(c), sins[i].sin);
		pki_crl_free(c);
	}
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		t_ok(pki_crl_parse_lenient(NULL, t_nested(good[i].text), PKI_LENIENT_ALL, &c, err));
		ck_assert_uint_eq(pki_crl_leniencies(c), 0);
		pki_crl_free(c);
	}
	t_fails(PKI_E_ARG, pki_crl_parse_lenient(NULL, t_nested(V2("")), 0x100, &c, err));
}
END_TEST

/* ---- others' CRLs ---- */

static const struct vector {
	const char *name;
	int version;
	size_t entries, exts;
	const char *number;
} vectors[] = {
	{ "openssl-v1.pem", 1, 0, 0, "" },
	{ "openssl-empty.pem", 2, 0, 2, "03" },
	{ "openssl-reasons.pem", 2, 11, 2, "04" },
	{ "openssl-reasons.der", 2, 11, 2, "04" },
	{ "openssl-all.pem", 2, 11, 6, "05" },
	{ "openssl-delta.pem", 2, 11, 2, "06" },
	{ "openssl-critical.pem", 2, 11, 2, "07" },
	{ "gnutls-five.pem", 2, 5, 2, "07" },
};

static pki_crl *load(const char *name)
{
	char path[128];
	pki_crl *c;

	snprintf(path, sizeof path, "crl/%s", name);
	t_ok(pki_crl_load(NULL, t_vector_path(path), &c, err));
	return c;
}

START_TEST(test_vectors)
{
	pki_pubkey *key;
	pki_cert *ca;

	t_ok(pki_cert_load(NULL, t_vector_path("crl/ca.pem"), &ca, err));
	t_ok(pki_cert_pubkey(ca, &key, err));
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		pki_crl *c = load(vectors[i].name);

		ck_assert_int_eq(pki_crl_version(c), vectors[i].version);
		ck_assert_uint_eq(pki_crl_count(c), vectors[i].entries);
		ck_assert_msg(pki_crl_ext_count(c) == vectors[i].exts, "%s", vectors[i].name);
		t_bytes_eq(pki_crl_number(c), t_hex(vectors[i].number));
		ck_assert(pki_name_equal(pki_crl_issuer(c), pki_cert_subject(ca)));
		t_ok(pki_crl_check_signature(c, key, err));
		pki_crl_free(c);
	}
	pki_pubkey_free(key);
	pki_cert_free(ca);
}
END_TEST

/* openssl-reasons.pem: serial numbers from 4096 */
START_TEST(test_reasons)
{
	static const int reasons[] = { -1, 0, 1, 2, 3, 4, 5, 6, 6, 1, 2 };
	static const pki_time dates[] = { 1767225599, 946684799 };
	pki_crl *c = load("openssl-reasons.pem");
	uint8_t serial[] = { 0x10, 0x00 };
	pki_revoked r;

	for (uint8_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		serial[1] = i;
		t_ok(pki_crl_find(c, pki_crl_issuer(c), pki_bytes_of(serial, 2), &r, err));
		ck_assert_int_eq(r.listing, PKI_LISTING_LISTED);
		ck_assert_int_eq(r.reason, reasons[i]);
		if (i >= 9)
			ck_assert_int_eq(r.invalid_since, dates[i - 9]);
	}
	pki_crl_free(c);
}
END_TEST

START_TEST(test_scopes)
{
	pki_crl *c = load("openssl-all.pem");
	pki_issuing_point point;
	pki_revoked r;

	ck_assert(pki_crl_issuing_point(c, &point));
	ck_assert(point.only_user_certs);
	ck_assert_uint_eq(point.only_some_reasons,
	    PKI_REASON_FLAG_KEY_COMPROMISE | PKI_REASON_FLAG_CA_COMPROMISE |
		PKI_REASON_FLAG_SUPERSEDED);
	t_ok(pki_crl_find(c, pki_crl_issuer(c), t_hex("20"), &r, err));
	ck_assert_int_eq(r.listing, PKI_LISTING_PART);
	pki_crl_free(c);
	c = load("openssl-delta.pem");
	ck_assert(pki_crl_is_delta(c));
	t_bytes_eq(pki_crl_base_number(c), t_hex("03"));
	pki_crl_free(c);
	c = load("openssl-critical.pem");
	t_fails(PKI_E_UNSUPPORTED, pki_crl_find(c, pki_crl_issuer(c), t_hex("1000"), &r, err));
	pki_crl_free(c);
}
END_TEST

/* GnuTLS writes the empty list that RFC 5280 5.1.2.6 wants to be absent. */
START_TEST(test_empty_list)
{
	pki_bytes pem = t_vector("crl/gnutls-empty.pem");
	pki_crl *c;

	t_fails(PKI_E_STRUCTURE, pki_crl_parse(NULL, pem, &c, err));
	t_ok(pki_crl_parse_lenient(NULL, pem, PKI_LENIENT_DEFAULTS, &c, err));
	ck_assert_uint_eq(pki_crl_leniencies(c), PKI_LENIENT_DEFAULTS);
	ck_assert_uint_eq(pki_crl_count(c), 0);
	pki_crl_free(c);
}
END_TEST

START_TEST(test_wrong_signatures)
{
	pki_crl *c = load("openssl-v1.pem"), *changed;
	pki_key *other, *edwards;
	pki_buf der = PKI_BUF_INIT;
	pki_pubkey *key;
	pki_cert *ca;

	t_ok(pki_cert_load(NULL, t_vector_path("crl/ca.pem"), &ca, err));
	t_ok(pki_cert_pubkey(ca, &key, err));
	t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &other, err));
	t_ok(pki_key_generate(NULL, PKI_KEY_ED25519, NULL, &edwards, err));
	t_fails(PKI_E_SIGNATURE, pki_crl_check_signature(c, pki_key_public(other), err));
	t_fails(PKI_E_SIGNATURE, pki_crl_check_signature(c, pki_key_public(edwards), err));
	t_ok(pki_buf_append(&der, pki_crl_der(c), err));
	der.data[(size_t)(pki_crl_tbs(c).data - pki_crl_der(c).data) + 70] ^= 1;
	t_ok(pki_crl_parse(NULL, pki_buf_bytes(&der), &changed, err));
	t_fails(PKI_E_SIGNATURE, pki_crl_check_signature(changed, key, err));
	pki_buf_free(&der);
	pki_key_free(other);
	pki_key_free(edwards);
	pki_pubkey_free(key);
	pki_cert_free(ca);
	pki_crl_free(changed);
	pki_crl_free(c);
}
END_TEST

/* ---- what it says ---- */

START_TEST(test_members)
{
	pki_crl *c = read_hex(FULL(BARE("01"),
	    NUMBER DELTA EXT("551d23", "30{80{0102}}")
		POINT("a0{a0{86{687474703a2f2f61}}}81{ff}83{0640}")));
	pki_bytes der = pki_crl_der(c);
	pki_name *name = name_of(NAME);
	pki_issuing_point point;
	pki_ext e;

	ck_assert_int_eq(pki_crl_this_update(c), 1767225600);
	ck_assert_int_eq(pki_crl_next_update(c), 1769904000);
	ck_assert(pki_name_equal(pki_crl_issuer(c), name));
	t_bytes_eq(pki_crl_number(c), t_hex("07"));
	t_bytes_eq(pki_crl_base_number(c), t_hex("05"));
	t_bytes_eq(pki_crl_authority_key_id(c), t_hex("0102"));
	t_bytes_eq(pki_crl_signature_algorithm(c), t_nested(ALG));
	t_bytes_eq(pki_crl_signature(c), t_hex("01"));
	ck_assert_ptr_eq(pki_crl_tbs(c).data, der.data + 3);
	ck_assert(pki_crl_is_delta(c));
	ck_assert(!pki_crl_is_indirect(c));
	ck_assert(pki_crl_issuing_point(c, &point));
	ck_assert(point.only_user_certs);
	ck_assert_uint_eq(point.only_some_reasons, PKI_REASON_FLAG_KEY_COMPROMISE);
	t_bytes_eq(point.full_name, t_nested("86{687474703a2f2f61}"));
	ck_assert(point.full_name.data > der.data && point.full_name.data < der.data + der.len);
	ck_assert(pki_crl_ext_at(c, 1, &e));
	ck_assert(e.critical);
	ck_assert(pki_crl_ext(c, PKI_OID(crl_number), &e));
	t_bytes_eq(e.value, t_nested("02{07}"));
	ck_assert(!pki_crl_ext(c, PKI_OID(freshest_crl), &e));
	ck_assert_ptr_null(e.oid.data);
	ck_assert(!pki_crl_ext_at(c, 4, NULL));
	pki_name_free(name);
	pki_crl_free(c);
}
END_TEST

START_TEST(test_absent)
{
	pki_crl *c = read_hex(TBS("02{01}" ALG NAME DATE));
	pki_issuing_point point;

	ck_assert(pki_crl_next_update(c) == PKI_TIME_NONE);
	ck_assert_uint_eq(pki_crl_number(c).len, 0);
	ck_assert_uint_eq(pki_crl_base_number(c).len, 0);
	ck_assert_uint_eq(pki_crl_authority_key_id(c).len, 0);
	ck_assert(!pki_crl_issuing_point(c, &point));
	ck_assert(!point.indirect_crl);
	ck_assert(!pki_crl_is_delta(c));
	pki_crl_free(c);
}
END_TEST

/* The issuer is part of the CRL, and keeps it. */
START_TEST(test_references)
{
	pki_crl *c = read_hex(LISTED(BARE("01"))), *again = pki_crl_ref(c);
	pki_name *issuer = pki_name_ref(pki_crl_issuer(c));
	pki_buf text = PKI_BUF_INIT;

	ck_assert_ptr_eq(again, c);
	pki_crl_free(again);
	pki_crl_free(c);
	t_ok(pki_name_format(issuer, &text, err));
	ck_assert_str_eq(pki_buf_str(&text), "CN=CA");
	pki_buf_free(&text);
	pki_name_free(issuer);
	ck_assert_ptr_null(pki_crl_ref(NULL));
}
END_TEST

START_TEST(test_entries)
{
	static const struct {
		const char *serial;
		int reason;
		bool invalid;
		const char *issuer;
	} want[] = { { "01", -1, false, "" }, { "02", 1, false, "" },
		{ "03", 6, true, "a4{" OTHER "}" }, { "04", -1, false, "a4{" OTHER "}" },
		{ "05", 9, false, "a4{" OTHER "}" }, { "06", -1, false, "a4{" THIRD "}" } };
	pki_crl *c = read_hex(
	    FULL(BARE("01") ENTRY("02", REASON("01")) ENTRY("03",
		     REASON("06") EXT("551d18", "18{31393939303130313030303030305a}") ISSUER(OTHER))
		     BARE("04") ENTRY("05", REASON("09")) ENTRY("06", ISSUER(THIRD)),
		INDIRECT));
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;
	pki_ext e;

	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		ck_assert(pki_crl_next(c, &at, &r));
		t_bytes_eq(r.serial, t_hex(want[i].serial));
		ck_assert_int_eq(r.reason, want[i].reason);
		ck_assert_int_eq(r.when, 1767225600);
		ck_assert_int_eq(r.invalid_since, want[i].invalid ? 915148800 : PKI_TIME_NONE);
		t_bytes_eq(r.issuer, t_nested(want[i].issuer));
		ck_assert(pki_revoked_ext(&r, PKI_OID(crl_reasons), &e) == (r.reason >= 0));
		ck_assert(!pki_revoked_ext(&r, PKI_OID(crl_number), &e));
		ck_assert(pki_revoked_ext_at(&r, 0, &e) == (r.exts.len > 0));
		ck_assert(!pki_revoked_ext_at(&r, 3, &e));
	}
	ck_assert(!pki_crl_next(c, &at, &r));
	ck_assert(!pki_crl_next(c, &at, NULL));
	ck_assert_uint_eq(r.serial.len, 0);
	pki_crl_free(c);
}
END_TEST

START_TEST(test_reason_names)
{
	ck_assert_str_eq(pki_crl_reason_name(PKI_REASON_UNSPECIFIED), "unspecified");
	ck_assert_str_eq(pki_crl_reason_name(PKI_REASON_AA_COMPROMISE), "aACompromise");
	ck_assert_str_eq(pki_crl_reason_name(PKI_REASON_REMOVE), "removeFromCRL");
	ck_assert_str_eq(pki_crl_reason_name(PKI_REASON_NONE), "unknown");
	ck_assert_str_eq(pki_crl_reason_name(7), "unknown");
	ck_assert_str_eq(pki_crl_reason_name(11), "unknown");
}
END_TEST

/* ---- questions ---- */

#define THREE BARE("01") ENTRY("02", REASON("06")) BARE("ff")
#define MANY_ISSUERS        \
 BARE("01")                 \
 ENTRY("02", ISSUER(OTHER)) \
 BARE("03")                 \
 ENTRY("01", ISSUER(THIRD)) \
 ENTRY("05", CRITICAL("551d1d", "30{82{61}a4{" NAME "}a4{" OTHER "}}")) BARE("06")

static const struct question {
	const char *crl, *issuer, *serial;
	pki_status st;
	pki_listing listing;
	int reason;
} questions[] = {
	{ LISTED(THREE), NAME, "01", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ LISTED(THREE), NAME, "02", PKI_SUCCESS, PKI_LISTING_LISTED, 6 },
	{ LISTED(THREE), NAME, "ff", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ LISTED(THREE), NAME, "00ff", PKI_SUCCESS, PKI_LISTING_NOT_LISTED, -1 },
	{ LISTED(THREE), NAME, "0001", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ LISTED(THREE), NAME_UC, "01", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ LISTED(THREE), NAME, "03", PKI_SUCCESS, PKI_LISTING_NOT_LISTED, -1 },
	{ LISTED(THREE), NAME, "0101", PKI_SUCCESS, PKI_LISTING_NOT_LISTED, -1 },
	{ V2(""), NAME, "01", PKI_SUCCESS, PKI_LISTING_NOT_LISTED, -1 },
	{ V1("30{" BARE("01") "}"), NAME, "01", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	/* of another issuer it says nothing, listed or not */
	{ LISTED(THREE), OTHER, "01", PKI_E_NOTFOUND, PKI_LISTING_UNKNOWN, -1 },
	{ LISTED(THREE), OTHER, "03", PKI_E_NOTFOUND, PKI_LISTING_UNKNOWN, -1 },
	{ LISTED(THREE), NAME, "", PKI_E_ARG, PKI_LISTING_UNKNOWN, -1 },
	/* critical, and not known: the CRL's, or another entry's */
	{ FULL(THREE, UNKNOWN), NAME, "01", PKI_E_UNSUPPORTED, PKI_LISTING_UNKNOWN, -1 },
	{ FULL(THREE, UNKNOWN), NAME, "03", PKI_E_UNSUPPORTED, PKI_LISTING_UNKNOWN, -1 },
	{ LISTED(THREE ENTRY("04", UNKNOWN)), NAME, "01", PKI_E_UNSUPPORTED, PKI_LISTING_UNKNOWN,
	    -1 },
	{ LISTED(THREE ENTRY("04", UNKNOWN)), NAME, "03", PKI_E_UNSUPPORTED, PKI_LISTING_UNKNOWN,
	    -1 },
	{ LISTED(THREE ENTRY("04", EXT("2a0304", "0500"))), NAME, "04", PKI_SUCCESS,
	    PKI_LISTING_LISTED, -1 },
	/* twice: the first */
	{ LISTED(ENTRY("01", REASON("01")) ENTRY("01", REASON("03"))), NAME, "01", PKI_SUCCESS,
	    PKI_LISTING_LISTED, 1 },
	/* a part */
	{ FULL(THREE, DELTA), NAME, "01", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ FULL(THREE, DELTA), NAME, "03", PKI_SUCCESS, PKI_LISTING_PART, -1 },
	{ FULL(ENTRY("01", REASON("08")), DELTA), NAME, "01", PKI_SUCCESS, PKI_LISTING_LISTED, 8 },
	{ FULL(ENTRY("01", REASON("08")) ENTRY("01", REASON("03")), DELTA), NAME, "01", PKI_SUCCESS,
	    PKI_LISTING_LISTED, 3 },
	{ FULL(ENTRY("01", REASON("03")) ENTRY("01", REASON("08")), DELTA), NAME, "01", PKI_SUCCESS,
	    PKI_LISTING_LISTED, 3 },
	{ FULL(THREE, POINT("81{ff}")), NAME, "03", PKI_SUCCESS, PKI_LISTING_PART, -1 },
	{ FULL(THREE, POINT("82{ff}")), NAME, "03", PKI_SUCCESS, PKI_LISTING_PART, -1 },
	{ FULL(THREE, POINT("83{0640}")), NAME, "03", PKI_SUCCESS, PKI_LISTING_PART, -1 },
	{ FULL(THREE, POINT("85{ff}")), NAME, "03", PKI_SUCCESS, PKI_LISTING_PART, -1 },
	{ FULL(THREE, POINT("a0{a0{86{61}}}")), NAME, "03", PKI_SUCCESS, PKI_LISTING_PART, -1 },
	{ FULL(THREE, POINT("81{ff}")), NAME, "01", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	/* indirect */
	{ FULL(THREE, INDIRECT), NAME, "03", PKI_SUCCESS, PKI_LISTING_NOT_LISTED, -1 },
	{ FULL(THREE, INDIRECT), OTHER, "01", PKI_SUCCESS, PKI_LISTING_PART, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), NAME, "01", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), NAME, "02", PKI_SUCCESS, PKI_LISTING_NOT_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), NAME, "03", PKI_SUCCESS, PKI_LISTING_NOT_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), NAME, "05", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), NAME_UC, "06", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), OTHER, "01", PKI_SUCCESS, PKI_LISTING_PART, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), OTHER, "02", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), OTHER, "03", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), OTHER, "06", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), THIRD, "01", PKI_SUCCESS, PKI_LISTING_LISTED, -1 },
	{ FULL(MANY_ISSUERS, INDIRECT), THIRD, "05", PKI_SUCCESS, PKI_LISTING_PART, -1 },
};

static void ask(const struct question *q, pki_crl *c, const pki_name *issuer)
{
	static const uint8_t none[1];
	pki_bytes serial = *q->serial != '\0' ? t_hex(q->serial) : pki_bytes_of(none, 0);
	pki_error err = PKI_ERROR_INIT;
	pki_revoked found;
	pki_status st;

	memset(&found, 0x55, sizeof found);
	st = pki_crl_find(c, issuer, serial, &found, &err);
	ck_assert_msg(st == q->st, "%s: %s", q->crl, t_error(&err));
	ck_assert_int_eq(st, pki_error_status(&err));
	ck_assert_msg(found.listing == q->listing, "%s %s: %d", q->crl, q->serial, found.listing);
	ck_assert_int_eq(found.reason, q->reason);
	ck_assert((found.when != PKI_TIME_NONE) == (q->listing == PKI_LISTING_LISTED));
}

/* The index does not change an answer. */
START_TEST(test_find)
{
	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
		pki_crl *c = read_hex(questions[i].crl);
		pki_name *issuer = name_of(questions[i].issuer);

		ask(&questions[i], c, issuer);
		t_ok(pki_crl_index(c, err));
		t_ok(pki_crl_index(c, err));
		ask(&questions[i], c, issuer);
		pki_name_free(issuer);
		pki_crl_free(c);
	}
}
END_TEST

START_TEST(test_unsupported_is_named)
{
	pki_crl *c = read_hex(LISTED(ENTRY("04", UNKNOWN)));
	pki_error err = PKI_ERROR_INIT;
	pki_revoked found;

	ck_assert_int_eq(
	    pki_crl_find(c, pki_crl_issuer(c), t_hex("01"), &found, &err), PKI_E_UNSUPPORTED);
	ck_assert_str_eq(pki_error_detail(&err), "1.2.3.4");
	ck_assert_str_eq(pki_error_clause(&err), "RFC 5280 5.3");
	pki_crl_free(c);
}
END_TEST

/* A program that says so makes up for what libpki lacks, in the CRL and in its entries. */
START_TEST(test_understood)
{
	static const uint8_t oid[] = { 0x2a, 3, 4 };
	pki_ext_type type = { .size = sizeof type, .oid = { oid, sizeof oid } };
	const pki_ext_type *list[] = { &type, NULL };
	pki_ctx_opts o = { .size = sizeof o, .ext_types = list };
	pki_bytes one = t_hex("01");

	for (uint32_t flags = 0; flags <= PKI_EXT_TYPE_UNDERSTOOD; flags++) {
		pki_ctx *ctx = NULL;
		pki_revoked found;
		pki_crl *c;

		type.flags = flags;
		t_ok(pki_ctx_new(&o, &ctx, err));
		t_ok(pki_crl_parse(ctx, t_nested(FULL(ENTRY("01", UNKNOWN), UNKNOWN)), &c, err));
		if (flags != 0)
			t_ok(pki_crl_find(c, pki_crl_issuer(c), one, &found, err));
		else
			t_fails(PKI_E_UNSUPPORTED,
			    pki_crl_find(c, pki_crl_issuer(c), one, &found, err));
		ck_assert((found.listing == PKI_LISTING_LISTED) == (flags != 0));
		pki_crl_free(c);
		pki_ctx_free(ctx);
	}
}
END_TEST

START_TEST(test_null)
{
	pki_crl *c = read_hex(LISTED(THREE)), *out = c;
	pki_bytes one = t_hex("01");
	pki_crl_cursor at = { { 0 } };
	pki_revoked found;

	t_fails(PKI_E_ARG, pki_crl_find(NULL, pki_crl_issuer(c), one, &found, err));
	t_fails(PKI_E_ARG, pki_crl_find(c, NULL, one, &found, err));
	t_fails(PKI_E_ARG, pki_crl_find(c, pki_crl_issuer(c), one, NULL, err));
	t_fails(PKI_E_ARG, pki_crl_find(c, pki_crl_issuer(c), pki_bytes_of(NULL, 0), &found, err));
	t_fails(PKI_E_ARG, pki_crl_index(NULL, err));
	t_fails(PKI_E_ARG, pki_crl_parse(NULL, one, NULL, err));
	t_fails(PKI_E_ARG, pki_crl_parse(NULL, pki_bytes_of(NULL, 1), &out, err));
	ck_assert_ptr_null(out);
	t_fails(PKI_E_ARG, pki_crl_take(NULL, NULL, 0, &out, err));
	t_fails(PKI_E_ARG, pki_crl_borrow(NULL, pki_bytes_of(NULL, 0), 0, NULL, NULL, &out, err));
	t_fails(PKI_E_ARG, pki_crl_load(NULL, NULL, &out, err));
	t_fails(PKI_E_ARG, pki_crl_check_signature(c, NULL, err));
	t_fails(PKI_E_ARG, pki_crl_write(c, PKI_PEM, NULL, err));
	t_fails(PKI_E_ARG, pki_crl_save(NULL, "x", PKI_PEM, 0, err));
	ck_assert(!pki_crl_next(NULL, &at, &found));
	ck_assert(!pki_crl_next(c, NULL, &found));
	ck_assert(!pki_revoked_ext_at(NULL, 0, NULL));
	ck_assert(!pki_revoked_ext(&found, pki_bytes_of(NULL, 0), NULL));
	ck_assert_int_eq(pki_crl_version(NULL), 0);
	ck_assert(pki_crl_this_update(NULL) == PKI_TIME_NONE);
	ck_assert_ptr_null(pki_crl_issuer(NULL));
	ck_assert_uint_eq(pki_crl_count(NULL), 0);
	ck_assert(!pki_crl_issuing_point(NULL, NULL));
	pki_crl_free(NULL);
	pki_crl_free(c);
}
END_TEST

/* ---- where the DER lies ---- */

START_TEST(test_take)
{
	pki_bytes der = t_nested(LISTED(THREE));
	pki_buf b = PKI_BUF_INIT;
	const uint8_t *data;
	pki_crl *c;

	t_ok(pki_buf_append(&b, pki_bytes_of(der.data, der.len - 1), err));
	t_fails(PKI_E_ENCODING, pki_crl_take(NULL, &b, 0, &c, err));
	ck_assert_uint_eq(b.len, der.len - 1);
	t_ok(pki_buf_append(&b, pki_bytes_of(der.data + der.len - 1, 1), err));
	data = b.data;
	t_ok(pki_crl_take(NULL, &b, 0, &c, err));
	ck_assert_ptr_null(b.data);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_ptr_eq(pki_crl_der(c).data, data);
	ck_assert_uint_eq(pki_crl_count(c), 3);
	pki_crl_free(c);
	pki_buf_free(&b);
}
END_TEST

static size_t released;

static void unmap(void *ud)
{
	pki_bytes *map = ud;

	released++;
	munmap((void *)(uintptr_t)map->data, map->len);
}

START_TEST(test_borrow_a_mapped_file)
{
	const char *path = t_scratch("mapped.crl");
	pki_bytes der = t_nested(LISTED(THREE)), map;
	pki_revoked found;
	pki_crl *c;
	int fd;

	t_ok(pki_file_write(path, der, 0, err));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	map = pki_bytes_of(mmap(NULL, der.len, PROT_READ, MAP_PRIVATE, fd, 0), der.len);
	ck_assert(map.data != MAP_FAILED);
	close(fd);
	t_fails(PKI_E_ENCODING,
	    pki_crl_borrow(NULL, pki_bytes_of(map.data, 20), 0, unmap, &map, &c, err));
	ck_assert_uint_eq(released, 0);
	t_ok(pki_crl_borrow(NULL, map, 0, unmap, &map, &c, err));
	ck_assert_ptr_eq(pki_crl_der(c).data, map.data);
	t_ok(pki_crl_index(c, err));
	t_ok(pki_crl_find(c, pki_crl_issuer(c), t_hex("02"), &found, err));
	ck_assert_int_eq(found.listing, PKI_LISTING_LISTED);
	ck_assert(found.serial.data > map.data && found.serial.data < map.data + map.len);
	pki_crl_ref(c);
	pki_crl_free(c);
	ck_assert_uint_eq(released, 0);
	pki_crl_free(c);
	ck_assert_uint_eq(released, 1);
}
END_TEST

START_TEST(test_pem_and_files)
{
	const char *path = t_scratch("x.crl");
	pki_bytes der = t_nested(LISTED(THREE));
	pki_buf pem = PKI_BUF_INIT;
	pki_crl *c = read_hex(LISTED(THREE)), *again;

	t_ok(pki_crl_write(c, PKI_PEM, &pem, err));
	ck_assert_int_eq(strncmp(pki_buf_str(&pem), "-----BEGIN X509 CRL-----\n", 25), 0);
	t_ok(pki_crl_parse(NULL, pki_buf_bytes(&pem), &again, err));
	t_bytes_eq(pki_crl_der(again), der);
	pki_crl_free(again);
	t_ok(pki_crl_save(c, path, PKI_PEM, 0, err));
	t_fails(PKI_E_IO, pki_crl_save(c, path, PKI_PEM, 0, err));
	t_ok(pki_crl_load(NULL, path, &again, err));
	pki_crl_free(again);
	t_ok(pki_crl_save(c, path, PKI_DER, PKI_FILE_REPLACE, err));
	t_ok(pki_crl_load(NULL, path, &again, err));
	t_bytes_eq(pki_crl_der(again), der);
	pki_crl_free(again);
	t_fails(PKI_E_ARG, pki_crl_write(c, 99, &pem, err));
	t_ok(pki_crl_write(c, PKI_PEM, &pem, err));
	t_fails(PKI_E_STRUCTURE, pki_crl_parse(NULL, pki_buf_bytes(&pem), &again, err));
	t_fails(PKI_E_NOTFOUND,
	    pki_crl_parse(NULL, pki_bytes_str("-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n"),
		&again, err));
	t_fails(PKI_E_IO, pki_crl_load(NULL, t_scratch("none"), &again, err));
	pki_buf_free(&pem);
	pki_crl_free(c);
}
END_TEST

START_TEST(test_limits)
{
	pki_bytes der = t_nested(LISTED(THREE));
	pki_limits few = { .size = sizeof few, .crl_bytes = der.len - 1 };
	pki_ctx *ctx;
	pki_crl *c;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &few), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_crl_parse(ctx, der, &c, err));
	pki_ctx_free(ctx);
	few.crl_bytes = der.len;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &few), &ctx, err));
	t_ok(pki_crl_parse(ctx, der, &c, err));
	pki_ctx_free(ctx);
	pki_crl_free(c);
}
END_TEST

/* Which may only be if its limits let every level and OBJECT IDENTIFIER in, of entries too. */
static pki_status parse_within(const char *entries, size_t depth, size_t oid)
{
	char text[600];
	pki_limits limits = { .size = sizeof limits, .der_depth = depth, .oid_bytes = oid };
	pki_ctx *ctx;
	pki_crl *c;
	pki_status st;

	snprintf(text, sizeof text,
	    "30{30{02{01}30{06{2a03}}30{}" DATE "30{%s}}30{06{2a03}}03{0001}}", entries);
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	st = pki_crl_parse(ctx, t_nested(text), &c, NULL);
	pki_crl_free(c);
	pki_ctx_free(ctx);
	return st;
}

START_TEST(test_depth)
{
	/* of the first two the entry is an ordinary one, of the last it is not */
	static const char *const with_exts[] = { ENTRY("01", REASON("01")),
		BARE("02") ENTRY("01", REASON("01")), ENTRY("01", CRITICAL("551d15", "0a{01}")) };

	for (size_t depth = 1; depth < 12; depth++) {
		ck_assert_int_eq(
		    parse_within(BARE("01"), depth, 0), depth < 4 ? PKI_E_LIMIT : PKI_SUCCESS);
		for (size_t i = 0; i < 3; i++)
			ck_assert_int_eq(parse_within(with_exts[i], depth, 0),
			    depth < 7 ? PKI_E_LIMIT : PKI_SUCCESS);
	}
	for (size_t i = 0; i < 3; i++) {
		ck_assert_int_eq(parse_within(with_exts[i], 0, 2), PKI_E_LIMIT);
		ck_assert_int_eq(parse_within(with_exts[i], 0, 3), PKI_SUCCESS);
	}
	ck_assert_int_eq(parse_within(BARE("01"), 0, 2), PKI_SUCCESS);
}
END_TEST

static bool is_cancelled(void *ud)
{
	return *(bool *)ud;
}

/* However short the list is: the work is counted, and whoever asks for it can stop it. */
START_TEST(test_work)
{
	pki_bytes der = t_nested(FULL(MANY_ISSUERS, INDIRECT)), two = t_hex("02");
	bool stop = false;
	pki_ctx *ctx;
	pki_crl *c;
	pki_revoked r;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 2), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_crl_parse(ctx, der, &c, err));
	pki_ctx_free(ctx);
	t_ok(pki_ctx_new(
	    PKI_OPTS(pki_ctx_opts, .cancel = is_cancelled, .cancel_ud = &stop), &ctx, err));
	t_ok(pki_crl_parse(ctx, der, &c, err));
	stop = true;
	t_fails(PKI_E_CANCELLED, pki_crl_find(c, pki_crl_issuer(c), two, &r, err));
	t_fails(PKI_E_CANCELLED, pki_crl_index(c, err));
	stop = false;
	t_ok(pki_crl_index(c, err));
	stop = true;
	t_fails(PKI_E_CANCELLED, pki_crl_find(c, pki_crl_issuer(c), two, &r, err));
	ck_assert_int_eq(r.listing, PKI_LISTING_UNKNOWN);
	pki_crl_free(c);
	pki_ctx_free(ctx);
}
END_TEST

/* Memory that its owner changes, against the rules: there is no answer rather than a wrong one. */
START_TEST(test_borrowed_and_changed)
{
	pki_bytes der = t_nested(FULL(BARE("01") ENTRY("02", ISSUER(OTHER)), INDIRECT));
	pki_bytes other = t_nested(OTHER), two = t_hex("02");
	pki_crl *plain, *indexed;
	pki_name *issuer;
	pki_revoked r;
	uint8_t *entry;

	t_ok(pki_crl_borrow(NULL, der, 0, NULL, NULL, &plain, err));
	t_ok(pki_crl_borrow(NULL, der, 0, NULL, NULL, &indexed, err));
	t_ok(pki_crl_index(indexed, err));
	t_ok(pki_name_parse(NULL, other, &issuer, err));
	for (entry = (uint8_t *)(uintptr_t)der.data; memcmp(entry, "\x02\x01\x02", 3) != 0;)
		entry++;
	entry[4]++; /* the length of revocationDate */
	t_fails(PKI_E_INTERNAL, pki_crl_find(plain, issuer, two, &r, err));
	t_fails(PKI_E_INTERNAL, pki_crl_index(plain, err));
	t_fails(PKI_E_INTERNAL, pki_crl_find(indexed, issuer, two, &r, err));
	ck_assert_int_eq(r.listing, PKI_LISTING_UNKNOWN);
	pki_name_free(issuer);
	pki_crl_free(indexed);
	pki_crl_free(plain);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_good, test_bad, test_truncated, test_lenient,
		test_vectors, test_reasons, test_scopes, test_empty_list, test_wrong_signatures,
		test_members, test_absent, test_references, test_entries, test_reason_names,
		test_find, test_unsupported_is_named, test_understood, test_null, test_take,
		test_borrow_a_mapped_file, test_pem_and_files, test_limits, test_depth, test_work,
		test_borrowed_and_changed, NULL };

	return t_main("crl", tests);
}
