/* SPDX-License-Identifier: BSD-3-Clause */
/* The contents of each extension, as the parser of a certificate checks them. */
#include <stdlib.h>

#include <pki/ext.h>

#include "libpki/x509/ext_type.h"
#include "tests/lib/t.h"

static pki_buf octet_string(pki_bytes value)
{
	pki_buf der = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_put(&w, PKI_TAG_OCTETS, value);
	t_ok(pki_derw_finish(&w, &der, err));
	return der;
}

static pki_status check(const pki_ctx *ctx, pki_bytes oid, pki_bytes value, pki_error *err)
{
	pki_buf der = octet_string(value);
	pki_der r, in;
	pki_status st;

	pki_der_init(&r, ctx, pki_buf_bytes(&der), "Extension");
	pki_der_enter(&r, PKI_TAG_OCTETS, "extnValue", &in);
	pki_ext_check(&in, ctx, oid);
	pki_der_leave(&in);
	st = pki_der_finish(&r, err);
	pki_buf_free(&der);
	return st;
}

#define OK        PKI_SUCCESS
#define ENCODING  PKI_E_ENCODING
#define STRUCTURE PKI_E_STRUCTURE
#define LIMIT     PKI_E_LIMIT

#define NAMES "820161"

static const struct {
	const char *oid, *value;
	pki_status status;
} cases[] = {
	/* unknown: anything */
	{ "2a03", "", OK },
	{ "2a03", "ff00ff", OK },
	{ "551d02", "ff", OK },
	{ "551d7f", "ff", OK },
	{ "551d", "ff", OK },
	{ "551d1300", "ff", OK },
	{ "2b06010505070102", "ff", OK },
	{ "2b060105050701", "ff", OK },
	{ "2b0601050507300105", "0500", OK },
	{ "2b0601050507300105", "", STRUCTURE },
	{ "2b0601050507300105", "0500 00", STRUCTURE },
	{ "2b0601050507300105", "050100", ENCODING },
	{ "551d38", "0500", OK },
	{ "551d38", "3000", STRUCTURE },
	/* subjectDirectoryAttributes */
	{ "551d09", "300d 300b 0603550406 3104 13024e4c", OK },
	{ "551d09", "3000", STRUCTURE },
	{ "551d09", "3009 3007 0603550406 3100", STRUCTURE },
	{ "551d09", "300d 300b 0603550406 3004 13024e4c", STRUCTURE },
	{ "551d09", "300d 300b 0603550406 3104 13024e4c 00", STRUCTURE },
	/* subjectKeyIdentifier */
	{ "551d0e", "040101", OK },
	{ "551d0e", "0400", STRUCTURE },
	{ "551d0e", "040101 00", STRUCTURE },
	/* keyUsage */
	{ "551d0f", "03020780", OK },
	{ "551d0f", "030100", STRUCTURE },
	{ "551d0f", "03020700", ENCODING },
	{ "551d0f", "03020780 00", STRUCTURE },
	/* subjectAltName, issuerAltName, certificateIssuer */
	{ "551d11", "3003" NAMES, OK },
	{ "551d12", "3003" NAMES, OK },
	{ "551d1d", "3003" NAMES, OK },
	{ "551d11", "3000", STRUCTURE },
	{ "551d12", "3000", STRUCTURE },
	{ "551d1d", "3000", STRUCTURE },
	{ "551d11", "3003 820100", STRUCTURE },
	{ "551d11", "3003 820180", ENCODING },
	{ "551d11", "3005 8703010203", STRUCTURE },
	{ "551d11", "3003" NAMES "00", STRUCTURE },
	/* basicConstraints */
	{ "551d13", "3000", OK },
	{ "551d13", "30060101ff020100", OK },
	{ "551d13", "3003010100", ENCODING },
	{ "551d13", "3003020100", STRUCTURE },
	{ "551d13", "3000 0500", STRUCTURE },
	/* cRLNumber, deltaCRLIndicator */
	{ "551d14", "020100", OK },
	{ "551d14", "0214 7fffffffffffffffffffffffffffffffffffffff", OK },
	{ "551d14", "0215 008000000000000000000000000000000000000000", STRUCTURE },
	{ "551d1b", "0215 00ffffffffffffffffffffffffffffffffffffffff", STRUCTURE },
	{ "551d14", "0215 01ffffffffffffffffffffffffffffffffffffffff", STRUCTURE },
	{ "551d14", "0201ff", STRUCTURE },
	{ "551d14", "02020001", ENCODING },
	{ "551d14", "0200", ENCODING },
	{ "551d14", "020101 00", STRUCTURE },
	{ "551d1b", "020101", OK },
	{ "551d1b", "0201ff", STRUCTURE },
	{ "551d1b", "040101", STRUCTURE },
	/* reasonCode */
	{ "551d15", "0a0100", OK },
	{ "551d15", "0a010a", OK },
	{ "551d15", "0a0107", STRUCTURE },
	{ "551d15", "0a010b", STRUCTURE },
	{ "551d15", "0a01ff", STRUCTURE },
	{ "551d15", "0a020100", STRUCTURE },
	{ "551d15", "0a020001", ENCODING },
	{ "551d15", "0a0900ffffffffffffffff", LIMIT },
	{ "551d15", "020101", STRUCTURE },
	{ "551d15", "0a0101 00", STRUCTURE },
	/* invalidityDate */
	{ "551d18", "180f 32303236303130313030303030305a", OK },
	{ "551d18", "180f 32303530303130313030303030305a", OK },
	{ "551d18", "170d 3236303130313030303030305a", STRUCTURE },
	{ "551d18", "1811 32303236303130313030303030302e315a", ENCODING },
	{ "551d18", "180e 3230323630313031303030303030", ENCODING },
	{ "551d18", "180f 32303236313330313030303030305a", ENCODING },
	/* issuingDistributionPoint */
	{ "551d1c", "3007 a005 a003" NAMES, OK },
	{ "551d1c", "3003 8101ff", OK },
	{ "551d1c", "3003 8201ff", OK },
	{ "551d1c", "3003 8401ff", OK },
	{ "551d1c", "3003 8501ff", OK },
	{ "551d1c", "3004 83020640", OK },
	{ "551d1c", "3006 8201ff 8401ff", OK },
	{ "551d1c", "3000", STRUCTURE },
	{ "551d1c", "3003 810100", ENCODING },
	{ "551d1c", "3003 840100", ENCODING },
	{ "551d1c", "3003 840101", ENCODING },
	{ "551d1c", "3006 8101ff 8201ff", STRUCTURE },
	{ "551d1c", "3006 8101ff 8501ff", STRUCTURE },
	{ "551d1c", "3006 8401ff 8101ff", STRUCTURE },
	{ "551d1c", "3006 8401ff 8401ff", STRUCTURE },
	{ "551d1c", "3003 830100", STRUCTURE },
	{ "551d1c", "3004 83020600", ENCODING },
	{ "551d1c", "3002 a000", STRUCTURE },
	{ "551d1c", "3004 a002 a000", STRUCTURE },
	{ "551d1c", "3003 8101ff 00", STRUCTURE },
	/* nameConstraints */
	{ "551d1e", "3007 a005 3003" NAMES, OK },
	{ "551d1e", "3007 a105 3003" NAMES, OK },
	{ "551d1e", "300e a005 3003" NAMES "a105 3003" NAMES, OK },
	{ "551d1e", "300e a00c 300a 8708 0a000000ff000000", OK },
	{ "551d1e", "300a a008 3006" NAMES "800101", OK },
	{ "551d1e", "300a a008 3006" NAMES "810100", OK },
	{ "551d1e", "3000", STRUCTURE },
	{ "551d1e", "3002 a000", STRUCTURE },
	{ "551d1e", "3004 a002 3000", STRUCTURE },
	{ "551d1e", "300e a105 3003" NAMES "a005 3003" NAMES, STRUCTURE },
	{ "551d1e", "300a a008 3006" NAMES "800100", ENCODING }, /* X.690 11.5 */
	{ "551d1e", "300a a008 3006" NAMES "8001ff", STRUCTURE },
	{ "551d1e", "300a a008 3006" NAMES "8101ff", STRUCTURE },
	{ "551d1e", "300b a009 3007" NAMES "81020001", ENCODING },
	{ "551d1e", "3012 a010 300e" NAMES "8109008000000000000000", LIMIT },
	{ "551d1e", "300a a008 3006 8704 0a000000", STRUCTURE },
	{ "551d1e", "3007 a005 3003" NAMES "00", STRUCTURE },
	/* cRLDistributionPoints, freshestCRL */
	{ "551d1f", "3009 3007 a005 a003" NAMES, OK },
	{ "551d2e", "3009 3007 a005 a003" NAMES, OK },
	{ "551d1f", "3007 3005 a203" NAMES, OK },
	{ "551d1f", "300b 3009 81020640 a203" NAMES, OK },
	{ "551d1f", "3012 3010 a00e a10c 300a 0603550403 0c03616263", OK },
	{ "551d1f", "3000", STRUCTURE },
	{ "551d1f", "3002 3000", STRUCTURE },
	{ "551d1f", "3006 3004 81020640", STRUCTURE }, /* reasons alone */
	{ "551d1f", "300a 3008 810100 a203" NAMES, STRUCTURE },
	{ "551d1f", "3006 3004 a002 a000", STRUCTURE },
	{ "551d1f", "3004 3002 a000", STRUCTURE },
	{ "551d1f", "3004 3002 a200", STRUCTURE },
	{ "551d1f", "3006 3004 a002 a100", STRUCTURE },
	{ "551d1f", "3007 3005 a203" NAMES "00", STRUCTURE },
	{ "551d1f", "3009 3007 a005 a203" NAMES, STRUCTURE },
	{ "551d1f", "3012 3010 a00e a10c 310a 0603550403 0c03616263", STRUCTURE },
	{ "551d2e", "3000", STRUCTURE },
	/* certificatePolicies */
	{ "551d20", "3005 3003 06012a", OK },
	{ "551d20", "300a 3003 06012a 3003 06012b", OK },
	{ "551d20", "3015 3013 06012a 300e 300c 06082b06010505070201 1600", OK },
	{ "551d20", "3016 3014 06012a 300f 300d 06082b06010505070201 160161", OK },
	{ "551d20", "3015 3013 06012a 300e 300c 06082b06010505070202 3000", OK },
	{ "551d20", "300e 300c 06012a 3007 3005 06012b 0500", OK },
	{ "551d20", "3018 3016 06012a 3011 300f 06082b06010505070202 3003 0c0161", OK },
	{ "551d20", "301c 301a 06012a 3015 3013 06082b06010505070202 3007 3005 0c0161 3000", OK },
	{ "551d20", "301f 301d 06012a 3018 3016 06082b06010505070202 300a 3008 0c0161 3003020101",
	    OK },
	{ "551d20", "3000", STRUCTURE },
	{ "551d20", "3002 3000", STRUCTURE },
	{ "551d20", "3007 3005 06012a 3000", STRUCTURE },
	{ "551d20", "3009 3007 06012a 3002 3000", STRUCTURE },
	{ "551d20", "300b 3009 06012a 3004 3002 0600", ENCODING },
	{ "551d20", "300a 3003 06012a 3003 06012a", STRUCTURE }, /* twice */
	{ "551d20", "300f 3003 06012a 3003 06012b 3003 06012a", STRUCTURE },
	{ "551d20", "3016 3014 06012a 300f 300d 06082b06010505070201 0c0161", STRUCTURE },
	{ "551d20", "3016 3014 06012a 300f 300d 06082b06010505070201 160180", ENCODING },
	{ "551d20", "3016 3014 06012a 300f 300d 06082b06010505070201 160100", STRUCTURE },
	{ "551d20", "3017 3015 06012a 3010 300e 06082b06010505070202 3002 0c00", STRUCTURE },
	{ "551d20", "3018 3016 06012a 3011 300f 06082b06010505070202 3003 130161", STRUCTURE },
	{ "551d20", "3018 3016 06012a 3011 300f 06082b06010505070202 3003 1e0161", ENCODING },
	{ "551d20", "3018 3016 06012a 3011 300f 06082b06010505070202 3003 0c0180", ENCODING },
	/* NUL in a DisplayText */
	{ "551d20", "3018 3016 06012a 3011 300f 06082b06010505070202 3003 0c0100", STRUCTURE },
	{ "551d20", "301a 3018 06012a 3013 3011 06082b06010505070202 3005 0c03610062", STRUCTURE },
	{ "551d20", "3018 3016 06012a 3011 300f 06082b06010505070202 3003 160100", STRUCTURE },
	{ "551d20", "301b 3019 06012a 3014 3012 06082b06010505070202 3006 1e0400610000",
	    STRUCTURE },
	{ "551d20", "301b 3019 06012a 3014 3012 06082b06010505070202 3006 1e0400610062", OK },
	{ "551d20", "301f 301d 06012a 3018 3016 06082b06010505070202 300a 3008 0c0100 3003020101",
	    STRUCTURE },
	{ "551d20", "301a 3018 06012a 3013 3011 06082b06010505070202 3005 3003 0c0161", STRUCTURE },
	{ "551d20", "3005 3003 06012a 00", STRUCTURE },
	/* policyMappings */
	{ "551d21", "3008 3006 06012a 06012b", OK },
	{ "551d21", "3000", STRUCTURE },
	{ "551d21", "3002 3000", STRUCTURE },
	{ "551d21", "3005 3003 06012a", STRUCTURE },
	{ "551d21", "300b 3009 06012a 06012b 06012c", STRUCTURE },
	/* authorityKeyIdentifier */
	{ "551d23", "3000", OK },
	{ "551d23", "3003 800101", OK },
	{ "551d23", "3008 a103" NAMES "820101", OK },
	{ "551d23", "300b 800101 a103" NAMES "820101", OK },
	{ "551d23", "3005 a103" NAMES, STRUCTURE },
	{ "551d23", "3003 820101", STRUCTURE },
	{ "551d23", "3006 800101 820101", STRUCTURE },
	{ "551d23", "3002 8000", STRUCTURE },
	{ "551d23", "3005 a100 820101", STRUCTURE },
	{ "551d23", "3007 a103" NAMES "8200", ENCODING },
	{ "551d23", "3009 a103" NAMES "82020001", ENCODING },
	{ "551d23", "3008 820101 a103" NAMES, STRUCTURE },
	{ "551d23", "3006 800101 800101", STRUCTURE },
	{ "551d23", "3003 800101 00", STRUCTURE },
	{ "551d23", "040101", STRUCTURE },
	/* policyConstraints */
	{ "551d24", "3003 800100", OK },
	{ "551d24", "3003 810100", OK },
	{ "551d24", "3006 800100 81017f", OK },
	{ "551d24", "3000", STRUCTURE },
	{ "551d24", "3003 8001ff", STRUCTURE },
	{ "551d24", "3002 8000", ENCODING },
	{ "551d24", "3007 80050080000000", LIMIT },
	{ "551d24", "3006 810100 800100", STRUCTURE },
	{ "551d24", "3003 020100", STRUCTURE },
	{ "551d24", "3003 800100 00", STRUCTURE },
	/* extKeyUsage */
	{ "551d25", "3003 06012a", OK },
	{ "551d25", "3000", STRUCTURE },
	{ "551d25", "3002 0600", ENCODING },
	{ "551d25", "3003" NAMES, STRUCTURE },
	/* inhibitAnyPolicy */
	{ "551d36", "020100", OK },
	{ "551d36", "02047fffffff", OK },
	{ "551d36", "0209 010000000000000000", LIMIT },
	{ "551d36", "02050080000000", LIMIT },
	{ "551d36", "0201ff", STRUCTURE },
	{ "551d36", "0200", ENCODING },
	{ "551d36", "020100 00", STRUCTURE },
	/* authorityInfoAccess, subjectInfoAccess */
	{ "2b06010505070101", "3008 3006 06012a" NAMES, OK },
	{ "2b0601050507010b", "3008 3006 06012a" NAMES, OK },
	{ "2b06010505070101", "3000", STRUCTURE },
	{ "2b06010505070101", "3002 3000", STRUCTURE },
	{ "2b06010505070101", "3005 3003 06012a", STRUCTURE },
	{ "2b06010505070101", "3008 3006" NAMES "06012a", STRUCTURE },
	{ "2b06010505070101", "300b 3009 06012a" NAMES NAMES, STRUCTURE },
	{ "2b06010505070101", "3008 3007 06012a" NAMES, ENCODING },
	{ "2b06010505070101", "3008 3006 06012a 820261", ENCODING },
	{ "2b0601050507010b", "3000", STRUCTURE },
	/* tlsfeature */
	{ "2b06010505070118", "3003 020105", OK },
	{ "2b06010505070118", "3006 020105 020111", OK },
	{ "2b06010505070118", "3003 040105", STRUCTURE },
	{ "2b06010505070118", "3002 0200", ENCODING },
	{ "2b06010505070118", "3003 020105 00", STRUCTURE },
};

START_TEST(contents)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_error why = PKI_ERROR_INIT;
		pki_status st = check(NULL, t_hex(cases[i].oid), t_hex(cases[i].value), &why);

		ck_assert_msg(st == cases[i].status, "%s %s: %s", cases[i].oid, cases[i].value,
		    t_error(&why));
	}
}
END_TEST

/* Every tail that is cut off is missed. */
START_TEST(truncated)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_bytes oid = t_hex(cases[i].oid), value = t_hex(cases[i].value);

		if (cases[i].status != OK || value.len == 0 || value.data[0] == 0xff)
			continue;
		for (size_t n = 0; n < value.len; n++)
			ck_assert(check(NULL, oid, pki_bytes_of(value.data, n), NULL) != OK);
	}
}
END_TEST

/* The error says where in the certificate, and in which field. */
START_TEST(where)
{
	pki_error e = PKI_ERROR_INIT;

	ck_assert_int_eq(check(NULL, t_hex("551d1f"), t_hex("3006 3004 81020640"), &e), STRUCTURE);
	ck_assert_str_eq(pki_error_path(&e), "extnValue[0].reasons");
	ck_assert_str_eq(pki_error_clause(&e), "RFC 5280 4.2.1.13");
	ck_assert_uint_eq(pki_error_offset(&e), 6);
}
END_TEST

START_TEST(list_limits)
{
	pki_limits limits = {
		.size = sizeof limits, .san_names = 2, .policy_nodes = 1, .rdn_attrs = 1
	};
	pki_ctx_opts opts = { .size = sizeof opts, .limits = &limits };
	static const struct {
		const char *oid, *two, *three;
	} lists[] = {
		{ "551d11", "3006" NAMES NAMES, "3009" NAMES NAMES NAMES },
		{ "551d25", "3006 06012a 06012b", "3009 06012a 06012b 06012c" },
		{ "551d23", "300b a106" NAMES NAMES "820101",
		    "300e a109" NAMES NAMES NAMES "820101" },
		{ "551d20", "3005 3003 06012a", "300a 3003 06012a 3003 06012b" },
		{ "551d21", "3010 3006 06012a 06012b 3006 06012a 06012b",
		    "3018 3006 06012a 06012b 3006 06012a 06012b 3006 06012a 06012b" },
		{ "551d1e", "300c a00a 3003" NAMES "3003" NAMES,
		    "3011 a00f 3003" NAMES "3003" NAMES "3003" NAMES },
		{ "551d1f", "3012 3010 a00e a10c 300a 0603550403 0c03616263",
		    "301b 3019 a017 a115 3008 0603550403 0c0161 3009 0603550403 0c026161" },
		{ "2b06010505070118", "3006 020105 020106", "3009 020105 020106 020107" },
	};
	pki_ctx *ctx = NULL;

	t_ok(pki_ctx_new(&opts, &ctx, err));
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		t_ok(check(ctx, t_hex(lists[i].oid), t_hex(lists[i].two), err));
		t_fails(LIMIT, check(ctx, t_hex(lists[i].oid), t_hex(lists[i].three), err));
	}
	pki_ctx_free(ctx);
}
END_TEST

#define CERT  PKI_EXT_IN_CERT
#define CRL   PKI_EXT_IN_CRL
#define ENTRY PKI_EXT_IN_ENTRY

START_TEST(places)
{
	static const struct {
		const char *oid;
		pki_ext_place places;
	} rows[] = {
		{ "2a03", CERT | CRL | ENTRY }, /* not known */
		{ "551d09", CERT },
		{ "551d0e", CERT },
		{ "551d13", CERT },
		{ "551d12", CERT | CRL },
		{ "551d14", CRL },
		{ "551d15", ENTRY },
		{ "551d18", ENTRY },
		{ "551d1b", CRL },
		{ "551d1c", CRL },
		{ "551d1d", ENTRY },
		{ "551d23", CERT | CRL },
		{ "551d2e", CERT | CRL },
		{ "551d38", CERT },
		{ "2b06010505070101", CERT | CRL },
		{ "2b0601050507010b", CERT },
		{ "2b0601040182371501", CERT | CRL }, /* caVersion */
		{ "2b0601050507300105", CERT },
	};
	static const pki_ext_place one[] = { CERT, CRL, ENTRY };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_exts *e = NULL;

		t_ok(pki_exts_new(NULL, &e, err));
		pki_exts_add(e, t_hex("2a04"), true, t_hex("0500"));
		pki_exts_add(e, t_hex(rows[i].oid), false, t_hex("0500"));
		for (size_t n = 0; n < 3; n++)
			ck_assert_msg((pki_exts_check_place(e, one[n], NULL) == OK) ==
				((rows[i].places & one[n]) != 0),
			    "%s %zu", rows[i].oid, n);
		pki_exts_free(e);
	}
	t_ok(pki_exts_check_place(NULL, CERT, err));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { contents, truncated, where, list_limits, places, NULL };

	return t_main("ext_type", tests);
}
