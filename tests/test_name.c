/* SPDX-License-Identifier: BSD-3-Clause */
/* Names: DER read, and built from attributes. */
#include <stdlib.h>
#include <string.h>

#include <pki/name.h>

#include "libpki/types/name.h"
#include "tests/lib/t.h"

/* AttributeTypeAndValues of commonName, organizationName and countryName. */
#define CN_A "300806035504030c0161"
#define O_B  "3008060355040a0c0162"
#define C_NL "3009060355040613024e4c"

static pki_name *parse(const char *hex)
{
	pki_name *n = NULL;

	t_ok(pki_name_parse(NULL, t_hex(hex), &n, err));
	return n;
}

START_TEST(good_der)
{
	static const struct {
		const char *der;
		size_t count, rdns;
		const char *first; /* text of the first attribute */
	} cases[] = {
		{ "3000", 0, 0, NULL },
		{ "300c 310a" CN_A, 1, 1, "a" },
		{ "3018 310a" CN_A "310a" O_B, 2, 2, "a" },
		{ "3016 3114" CN_A O_B, 2, 1, "a" },
		{ "300c 310a 3008 0603550403 130161", 1, 1, "a" },
		{ "300c 310a 3008 0603550403 160161", 1, 1, "a" },
		{ "300c 310a 3008 0603550403 1401e9", 1, 1, "\xc3\xa9" },
		{ "300c 310a 3008 0603550403 120131", 1, 1, "1" },
		{ "300c 310a 3008 0603550403 1a0161", 1, 1, "a" },
		{ "300d 310b 3009 0603550403 1e0220ac", 1, 1, "\xe2\x82\xac" },
		{ "300f 310d 300b 0603550403 1c040001f511", 1, 1, "\xf0\x9f\x94\x91" },
		{ "300b 3109 3007 0603550403 0c00", 1, 1, "" },
		{ "300c 310a 3008 0603550403 020101", 1, 1, NULL },
		{ "300b 3109 3007 0603550403 0500", 1, 1, NULL },
		{ "300d 310b 3009 0603550403 30020500", 1, 1, NULL },
		{ "300d 310b 3009 060355042d 03020780", 1, 1, NULL },
		{ "300c 310a 3008 0603550403 0c017f", 1, 1, "\x7f" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_name *n = parse(cases[i].der);
		pki_attr a;

		ck_assert_uint_eq(pki_name_count(n), cases[i].count);
		ck_assert_uint_eq(n->rdns, cases[i].rdns);
		ck_assert_int_eq(pki_name_is_empty(n), cases[i].count == 0);
		t_bytes_eq(pki_name_der(n), t_hex(cases[i].der));
		ck_assert_int_eq(pki_name_at(n, 0, &a), cases[i].count > 0);
		ck_assert(!pki_name_at(n, cases[i].count, &a));
		if (cases[i].count > 0) {
			ck_assert(pki_name_at(n, 0, &a));
			ck_assert_pstr_eq(a.utf8, cases[i].first);
			ck_assert_uint_eq(a.rdn, 0);
			ck_assert_pstr_eq(pki_name_get(n, a.type), cases[i].first);
		}
		pki_name_free(n);
	}
}
END_TEST

static const struct {
	const char *der;
	pki_status status;
} bad[] = {
	{ "", PKI_E_STRUCTURE },
	{ "30", PKI_E_ENCODING },
	{ "3001", PKI_E_ENCODING },
	{ "3000 00", PKI_E_STRUCTURE },
	{ "3100", PKI_E_STRUCTURE },
	{ "0500", PKI_E_STRUCTURE },
	{ "3080 0000", PKI_E_ENCODING },
	{ "308100", PKI_E_ENCODING },
	{ "3002 3100", PKI_E_STRUCTURE }, /* empty RDN */
	{ "300e 310a" CN_A "3100", PKI_E_STRUCTURE },
	{ "3002 3000", PKI_E_STRUCTURE },
	{ "3002 0500", PKI_E_STRUCTURE },
	{ "3004 3102 3000", PKI_E_STRUCTURE },
	{ "3009 3107 3005 0603550403", PKI_E_STRUCTURE },
	{ "3007 3105 3003 0c0161", PKI_E_STRUCTURE },
	{ "300e 310c 300a 0603550403 0c0161 0500", PKI_E_STRUCTURE },
	{ "300e 310c 3008 0603550403 0c0161 0500", PKI_E_ENCODING },
	{ "300e 310c 3008 0603550403 0c0161 3100", PKI_E_STRUCTURE },
	{ "3009 3107 3005 0600 0c0161", PKI_E_ENCODING },
	{ "300a 3108 3006 060180 0c0161", PKI_E_ENCODING },
	{ "300c 310a 3108 0603550403 0c0161", PKI_E_STRUCTURE },
	{ "300c 300a 3008 0603550403 0c0161", PKI_E_STRUCTURE },
	/* X.690 11.6 */
	{ "3016 3114" O_B CN_A, PKI_E_ENCODING },
	{ "3016 3114" CN_A CN_A, PKI_E_ENCODING },
	{ "3017 3115" C_NL CN_A, PKI_E_ENCODING },
	/* NUL */
	{ "300c 310a 3008 0603550403 0c0100", PKI_E_STRUCTURE },
	{ "300e 310c 300a 0603550403 0c03610062", PKI_E_STRUCTURE },
	{ "300d 310b 3009 0603550403 1e020000", PKI_E_STRUCTURE },
	{ "300c 310a 3008 0603550403 160100", PKI_E_STRUCTURE },
	{ "300c 310a 3008 0603550403 140100", PKI_E_STRUCTURE },
	{ "300f 310d 300b 0603550403 1c0400000000", PKI_E_STRUCTURE },
	/* characters that the type lacks: security A19 */
	{ "300c 310a 3008 0603550403 130140", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 13012a", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 13015f", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 160180", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 120161", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 1a010a", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 0c01ff", PKI_E_ENCODING },
	{ "300d 310b 3009 0603550403 0c02c080", PKI_E_ENCODING },
	{ "300e 310c 300a 0603550403 0c03eda080", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 1e0161", PKI_E_ENCODING },
	{ "300d 310b 3009 0603550403 1e02d800", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 1c0161", PKI_E_ENCODING },
	{ "300f 310d 300b 0603550403 1c0400110000", PKI_E_ENCODING },
	{ "300f 310d 300b 0603550403 1c040000d800", PKI_E_ENCODING },
	/* constructed strings, values that are no DER */
	{ "300e 310c 300a 0603550403 2c030c0161", PKI_E_ENCODING },
	{ "300d 310b 3009 0603550403 02020001", PKI_E_ENCODING },
	{ "300b 3109 3007 0603550403 0300", PKI_E_ENCODING },
	{ "300c 310a 3008 0603550403 0500 00", PKI_E_STRUCTURE },
	{ "300d 310b 3009 0603550403 30020400", PKI_SUCCESS },
	{ "300d 310b 3009 0603550403 30020401", PKI_E_ENCODING },
	/* lengths that reach beyond what holds them */
	{ "300c 310a 3008 0603550403 0c0261", PKI_E_ENCODING },
	{ "300c 310a 3009 0603550403 0c0161", PKI_E_ENCODING },
	{ "300c 310b 3008 0603550403 0c0161", PKI_E_ENCODING },
};

START_TEST(bad_der)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_name *n = NULL;
		pki_status st = pki_name_parse(NULL, t_hex(bad[i].der), &n, NULL);

		ck_assert_msg(st == bad[i].status, "%s: %d", bad[i].der, st);
		ck_assert_int_eq(n == NULL, st != PKI_SUCCESS);
		ck_assert_int_eq(pki_name_check(NULL, t_hex(bad[i].der), NULL), bad[i].status);
		pki_name_free(n);
	}
}
END_TEST

/* Each cut of a name is refused. */
START_TEST(truncated)
{
	pki_bytes der = t_hex("3023 3115" CN_A C_NL "310a" O_B);

	for (size_t len = 0; len < der.len; len++) {
		pki_name *n = NULL;

		ck_assert_msg(
		    pki_name_parse(NULL, pki_bytes_of(der.data, len), &n, NULL) != PKI_SUCCESS,
		    "%zu", len);
		ck_assert_ptr_null(n);
	}
	pki_name_free(parse("3023 3115" CN_A C_NL "310a" O_B));
}
END_TEST

START_TEST(where_it_is_wrong)
{
	pki_error err = PKI_ERROR_INIT;
	pki_name *n = NULL;

	ck_assert_int_eq(
	    pki_name_parse(NULL, t_hex("3018 310a" CN_A "310a 3008 0603550403 0c0100"), &n, &err),
	    PKI_E_STRUCTURE);
	ck_assert_str_eq(pki_error_reason(&err), "NUL in a string");
	ck_assert_str_eq(pki_error_path(&err), "[1][0].value");
	ck_assert_uint_eq(pki_error_offset(&err), 23);
	ck_assert_str_eq(pki_error_function(&err), "pki_name_parse");
}
END_TEST

START_TEST(attributes)
{
	pki_name *n = parse("3023 3115" CN_A C_NL "310a" O_B);
	pki_attr a;

	ck_assert(pki_name_at(n, 1, &a));
	ck_assert(pki_oid_equal(a.type, PKI_OID(country_name)));
	t_bytes_eq(a.raw, pki_bytes_str("NL"));
	ck_assert_uint_eq(a.tag, PKI_TAG_PRINTABLE);
	ck_assert_uint_eq(a.rdn, 0);
	ck_assert(pki_name_at(n, 2, &a));
	ck_assert_uint_eq(a.rdn, 1);
	ck_assert_str_eq(pki_name_get(n, PKI_OID(organization_name)), "b");
	ck_assert_ptr_null(pki_name_get(n, PKI_OID(surname)));
	ck_assert_ptr_null(pki_name_get(n, pki_bytes_of(NULL, 0)));
	pki_name_free(n);
}
END_TEST

/* The name keeps a copy, and lives as long as its last reference. */
START_TEST(ownership)
{
	uint8_t der[14];
	pki_name *n = NULL, *second;

	memcpy(der, t_hex("300c 310a" CN_A).data, sizeof der);
	t_ok(pki_name_parse(NULL, pki_bytes_of(der, sizeof der), &n, err));
	memset(der, 0xff, sizeof der);
	second = pki_name_ref(n);
	ck_assert_ptr_eq(second, n);
	pki_name_free(n);
	ck_assert_str_eq(pki_name_get(second, PKI_OID(common_name)), "a");
	t_bytes_eq(pki_name_der(second), t_hex("300c 310a" CN_A));
	pki_name_free(second);
}
END_TEST

START_TEST(arguments)
{
	pki_name *n = NULL;
	pki_attr a;

	t_fails(PKI_E_ARG, pki_name_parse(NULL, t_hex("3000"), NULL, err));
	t_fails(PKI_E_STRUCTURE, pki_name_parse(NULL, pki_bytes_of(NULL, 0), &n, err));
	pki_name_free(NULL);
	ck_assert_ptr_null(pki_name_ref(NULL));
	ck_assert_uint_eq(pki_name_count(NULL), 0);
	ck_assert(pki_name_is_empty(NULL));
	ck_assert(!pki_name_at(NULL, 0, &a));
	ck_assert_ptr_null(pki_name_get(NULL, PKI_OID(common_name)));
	ck_assert_uint_eq(pki_name_der(NULL).len, 0);
	n = parse("300c 310a" CN_A);
	ck_assert(pki_name_at(n, 0, NULL));
	pki_name_free(n);
}
END_TEST

/* A Name of `count` RDNs, or of one RDN with as many attributes. */
static pki_buf big_name(size_t count, bool one_rdn)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < count; i++) {
		char text[16] = { (char)('a' + i / 676), (char)('a' + i / 26 % 26),
			(char)('a' + i % 26) };

		if (i == 0 || !one_rdn)
			pki_derw_begin(&w, PKI_TAG_SET);
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_oid(&w, PKI_OID(common_name));
		pki_derw_text(&w, PKI_TAG_UTF8, text);
		pki_derw_end(&w);
		if (i == count - 1 || !one_rdn)
			pki_derw_end_set_of(&w);
	}
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

START_TEST(limit)
{
	for (int one_rdn = 0; one_rdn < 2; one_rdn++) {
		pki_buf most = big_name(1000, one_rdn != 0), more = big_name(1001, one_rdn != 0);
		pki_name *n = NULL, *m = NULL;

		t_ok(pki_name_parse(NULL, pki_buf_bytes(&most), &n, err));
		ck_assert_uint_eq(pki_name_count(n), 1000);
		ck_assert_uint_eq(n->rdns, one_rdn != 0 ? 1 : 1000);
		t_ok(pki_name_parse(NULL, pki_buf_bytes(&most), &m, err));
		ck_assert(pki_name_equal(n, m));
		pki_name_free(m);
		pki_name_free(n);
		n = NULL;
		t_fails(PKI_E_LIMIT, pki_name_parse(NULL, pki_buf_bytes(&more), &n, err));
		ck_assert_ptr_null(n);
		pki_buf_free(&most);
		pki_buf_free(&more);
	}
}
END_TEST

/* ---- the builder ---- */

static pki_name_builder *builder(void)
{
	pki_name_builder *b = NULL;

	t_ok(pki_name_builder_new(NULL, &b, err));
	return b;
}

static void finish_is(pki_name_builder *b, const char *hex)
{
	pki_name *n = NULL;

	t_ok(pki_name_builder_finish(b, &n, err));
	t_bytes_eq(pki_name_der(n), t_hex(hex));
	pki_name_free(n);
}

START_TEST(building)
{
	pki_name_builder *b = builder();

	finish_is(b, "3000");
	pki_name_builder_add(b, PKI_OID(country_name), "NL");
	pki_name_builder_join(b, PKI_OID(common_name), "a");
	pki_name_builder_add(b, PKI_OID(organization_name), "b");
	finish_is(b, "3023 3115" CN_A C_NL "310a" O_B);
	/* it is empty again */
	pki_name_builder_add(b, PKI_OID(common_name), "a");
	finish_is(b, "300c 310a" CN_A);
	/* and after an error too */
	pki_name_builder_add(b, PKI_OID(common_name), "");
	pki_name_builder_add(b, PKI_OID(common_name), "a");
	t_fails(PKI_E_ARG, pki_name_builder_finish(b, &(pki_name *){ NULL }, err));
	finish_is(b, "3000");
	pki_name_builder_add(b, t_hex("2a"), "a");
	finish_is(b, "300a 3108 3006 06012a 0c0161");
	pki_name_builder_free(b);
}
END_TEST

START_TEST(bad_building)
{
	static const struct {
		const char *type, *value;
		bool join;
	} cases[] = {
		{ "550403", "", false }, { "550403", NULL, false }, { "550403", "\xff", false },
		{ "550403", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		    false },
		{ "550406", "N", false }, { "550406", "NLD", false },
		{ "550406", "\xc3\xa9\xc3\xa9", false }, { "550405", "a@b", false },
		{ "55042d", "a", false }, { "", "a", false }, { "80", "a", false },
		{ "5583", "a", false }, { "550403", "a", true }, /* there is nothing to join */
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_name_builder *b = builder();
		pki_name *n = NULL;

		if (cases[i].join)
			pki_name_builder_join(b, t_hex(cases[i].type), cases[i].value);
		else
			pki_name_builder_add(b, t_hex(cases[i].type), cases[i].value);
		pki_name_builder_add(b, PKI_OID(common_name), "a");
		ck_assert_msg(pki_name_builder_finish(b, &n, NULL) == PKI_E_ARG, "%zu", i);
		ck_assert_ptr_null(n);
		pki_name_builder_free(b);
	}
}
END_TEST

START_TEST(builder_arguments)
{
	pki_name_builder *b = builder();
	pki_name *n = NULL;

	t_fails(PKI_E_ARG, pki_name_builder_new(NULL, NULL, err));
	t_fails(PKI_E_ARG, pki_name_builder_finish(NULL, &n, err));
	t_fails(PKI_E_ARG, pki_name_builder_finish(b, NULL, err));
	pki_name_builder_add(NULL, PKI_OID(common_name), "a");
	pki_name_builder_join(NULL, PKI_OID(common_name), "a");
	pki_name_builder_free(NULL);
	pki_name_builder_free(b);
}
END_TEST

/* X.501 9.3 */
START_TEST(type_twice)
{
	pki_name_builder *b = builder();
	pki_name *n = NULL;

	pki_name_builder_add(b, PKI_OID(common_name), "a");
	pki_name_builder_add(b, PKI_OID(common_name), "b");
	pki_name_builder_join(b, PKI_OID(organization_name), "b");
	t_ok(pki_name_builder_finish(b, &n, err));
	pki_name_free(n);
	n = NULL;
	pki_name_builder_add(b, PKI_OID(common_name), "a");
	pki_name_builder_join(b, PKI_OID(organization_name), "b");
	pki_name_builder_join(b, PKI_OID(common_name), "b");
	t_fails(PKI_E_ARG, pki_name_builder_finish(b, &n, err));
	pki_name_builder_free(b);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { good_der, bad_der, truncated, where_it_is_wrong, attributes,
		ownership, arguments, limit, building, bad_building, builder_arguments, type_twice,
		NULL };

	return t_main("name", tests);
}
