/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions: their syntax, their contents, and the list that makes them; Attributes. */
#include <stdlib.h>
#include <string.h>

#include <pki/ext.h>

#include "libpki/types/attribute.h"
#include "libpki/types/ext.h"
#include "tests/lib/t.h"

/* ---- Extension ---- */

static pki_status read_ext(pki_bytes der, pki_ext *out, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, NULL, der, "Extension");
	pki_ext_read(&r, NULL, out);
	return pki_der_finish(&r, err);
}

static pki_buf write_ext(const pki_ext *e)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_ext_write(&w, e);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

START_TEST(extension)
{
	static const struct {
		const char *der, *oid, *value;
		bool critical;
	} cases[] = {
		{ "3009 0603551d13 0402 3000", "551d13", "3000", false },
		{ "300c 0603551d13 0101ff 0402 3000", "551d13", "3000", true },
		{ "3005 06012a 0400", "2a", "", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_buf der;
		pki_ext e;

		t_ok(read_ext(t_hex(cases[i].der), &e, err));
		t_bytes_eq(e.oid, t_hex(cases[i].oid));
		t_bytes_eq(e.value, t_hex(cases[i].value));
		ck_assert_int_eq(e.critical, cases[i].critical);
		der = write_ext(&e);
		t_bytes_eq(pki_buf_bytes(&der), t_hex(cases[i].der));
		pki_buf_free(&der);
	}
}
END_TEST

START_TEST(bad_extension)
{
	static const struct {
		const char *der;
		pki_status status;
	} cases[] = {
		{ "", PKI_E_STRUCTURE },
		{ "3000", PKI_E_STRUCTURE },
		{ "3005 0603551d13", PKI_E_STRUCTURE },
		{ "3004 04023000", PKI_E_STRUCTURE },
		{ "300c 0603551d13 010100 04023000", PKI_E_ENCODING }, /* X.690 11.5 */
		{ "300c 0603551d13 010101 04023000", PKI_E_ENCODING },
		{ "300b 0603551d13 0100 04023000", PKI_E_ENCODING },
		{ "3009 0603551d13 03023000", PKI_E_STRUCTURE },
		{ "3009 0603551d13 24023000", PKI_E_STRUCTURE },
		{ "300b 0603551d13 04023000 0500", PKI_E_STRUCTURE },
		{ "300c 0603551d13 04023000 0101ff", PKI_E_STRUCTURE },
		{ "3006 0600 04023000", PKI_E_ENCODING },
		{ "3109 0603551d13 04023000", PKI_E_STRUCTURE },
		{ "3009 0603551d13 04033000", PKI_E_ENCODING },
		{ "30800603551d13040230000000", PKI_E_ENCODING },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_ext e;

		ck_assert_msg(
		    read_ext(t_hex(cases[i].der), &e, NULL) == cases[i].status, "%s", cases[i].der);
	}
}
END_TEST

/* ---- contents ---- */

START_TEST(basic_constraints)
{
	static const struct {
		const char *der;
		pki_status status;
		bool ca;
		int32_t path_len;
	} cases[] = {
		{ "3000", PKI_SUCCESS, false, -1 },
		{ "3003 0101ff", PKI_SUCCESS, true, -1 },
		{ "3006 0101ff 020100", PKI_SUCCESS, true, 0 },
		{ "3006 0101ff 02017f", PKI_SUCCESS, true, 127 },
		{ "3009 0101ff 02047fffffff", PKI_SUCCESS, true, INT32_MAX },
		{ "300a 0101ff 02050080000000", PKI_E_LIMIT, false, -1 },
		{ "300e 0101ff 0209008000000000000000", PKI_E_LIMIT, false, -1 },
		{ "3003 010100", PKI_E_ENCODING, false, -1 },
		{ "3003 010101", PKI_E_ENCODING, false, -1 },
		{ "3003 020100", PKI_E_STRUCTURE, false, -1 },
		{ "3006 0101ff 0201ff", PKI_E_STRUCTURE, false, -1 },
		{ "3005 0101ff 0200", PKI_E_ENCODING, false, -1 },
		{ "3007 0101ff 02020001", PKI_E_ENCODING, false, -1 },
		{ "3006 020100 0101ff", PKI_E_STRUCTURE, false, -1 },
		{ "3009 0101ff 020100 020100", PKI_E_STRUCTURE, false, -1 },
		{ "3006 0101ff 0101ff", PKI_E_STRUCTURE, false, -1 },
		{ "3000 00", PKI_E_STRUCTURE, false, -1 },
		{ "3000 3000", PKI_E_STRUCTURE, false, -1 },
		{ "0101ff", PKI_E_STRUCTURE, false, -1 },
		{ "", PKI_E_STRUCTURE, false, -1 },
		{ "30", PKI_E_ENCODING, false, -1 },
		{ "3080 0000", PKI_E_ENCODING, false, -1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_basic_constraints bc = { .ca = true, .path_len = 9 };
		pki_status st = pki_ext_basic_constraints(NULL, t_hex(cases[i].der), &bc, NULL);

		ck_assert_msg(st == cases[i].status, "%s: %d", cases[i].der, st);
		ck_assert_int_eq(bc.ca, cases[i].ca);
		ck_assert_int_eq(bc.path_len, cases[i].path_len);
	}
}
END_TEST

START_TEST(key_usage)
{
	static const struct {
		const char *der;
		pki_status status;
		uint32_t bits;
	} cases[] = {
		{ "0302 0780", PKI_SUCCESS, PKI_KU_DIGITAL_SIGNATURE },
		{ "0302 05a0", PKI_SUCCESS, PKI_KU_DIGITAL_SIGNATURE | PKI_KU_KEY_ENCIPHERMENT },
		{ "0302 0106", PKI_SUCCESS, PKI_KU_KEY_CERT_SIGN | PKI_KU_CRL_SIGN },
		{ "0303 070880", PKI_SUCCESS, PKI_KU_KEY_AGREEMENT | PKI_KU_DECIPHER_ONLY },
		{ "0302 0001", PKI_SUCCESS, PKI_KU_ENCIPHER_ONLY },
		{ "0301 00", PKI_E_STRUCTURE, 0 },
		{ "0302 0700", PKI_E_ENCODING, 0 },
		{ "0302 0080", PKI_E_ENCODING, 0 },
		{ "0302 0781", PKI_E_ENCODING, 0 },
		{ "0302 0880", PKI_E_ENCODING, 0 },
		{ "0303 008000", PKI_E_ENCODING, 0 },
		{ "0300", PKI_E_ENCODING, 0 },
		{ "2304 03020780", PKI_E_STRUCTURE, 0 },
		{ "0302 0780 00", PKI_E_STRUCTURE, 0 },
		{ "0306 000000000001", PKI_E_LIMIT, 0 },
		{ "0402 0780", PKI_E_STRUCTURE, 0 },
		{ "", PKI_E_STRUCTURE, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint32_t bits = 1;
		pki_status st = pki_ext_key_usage(NULL, t_hex(cases[i].der), &bits, NULL);

		ck_assert_msg(st == cases[i].status, "%s: %d", cases[i].der, st);
		ck_assert_uint_eq(bits, cases[i].bits);
	}
}
END_TEST

START_TEST(key_id)
{
	static const char *const bad[] = { "", "0400", "0402 01", "0401 0102", "2403 040101",
		"8001 01", "0481 0101", "0401 01 00" };
	pki_bytes id;

	t_ok(pki_ext_key_id(NULL, t_hex("0403 010203"), &id, err));
	t_bytes_eq(id, t_hex("010203"));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert_msg(
		    pki_ext_key_id(NULL, t_hex(bad[i]), &id, NULL) != PKI_SUCCESS, "%s", bad[i]);
		ck_assert_uint_eq(id.len, 0);
	}
}
END_TEST

static pki_status count_oids(const pki_ctx *ctx, pki_bytes value, size_t *n, pki_error *err)
{
	pki_ext_iter it;
	pki_bytes oid;

	*n = 0;
	for (pki_ext_list(&it, ctx, value); pki_ext_oid_next(&it, &oid);)
		++*n;
	return pki_ext_list_finish(&it, err);
}

static pki_status count_names(const pki_ctx *ctx, pki_bytes value, size_t *n, pki_error *err)
{
	pki_ext_iter it;
	pki_gn gn;

	*n = 0;
	for (pki_ext_list(&it, ctx, value); pki_ext_name_next(&it, &gn);)
		++*n;
	return pki_ext_list_finish(&it, err);
}

START_TEST(lists)
{
	static const struct {
		const char *der;
		pki_status oids, names;
		size_t count;
	} cases[] = {
		{ "3003 06012a", PKI_SUCCESS, PKI_E_STRUCTURE, 1 },
		{ "3006 06012a 06012b", PKI_SUCCESS, PKI_E_STRUCTURE, 2 },
		{ "3003 820161", PKI_E_STRUCTURE, PKI_SUCCESS, 1 },
		{ "3009 820161 8704c0000201", PKI_E_STRUCTURE, PKI_SUCCESS, 2 },
		{ "3000", PKI_E_STRUCTURE, PKI_E_STRUCTURE, 0 },
		{ "", PKI_E_STRUCTURE, PKI_E_STRUCTURE, 0 },
		{ "3100", PKI_E_STRUCTURE, PKI_E_STRUCTURE, 0 },
		{ "06012a", PKI_E_STRUCTURE, PKI_E_STRUCTURE, 0 },
		{ "3006 06012a 820161", PKI_E_STRUCTURE, PKI_E_STRUCTURE, 0 },
		{ "3004 06012a 06", PKI_E_ENCODING, PKI_E_STRUCTURE, 0 },
		{ "3004 820161 82", PKI_E_STRUCTURE, PKI_E_ENCODING, 0 },
		{ "3003 820161 00", PKI_E_STRUCTURE, PKI_E_STRUCTURE, 0 },
		{ "3002 0600", PKI_E_ENCODING, PKI_E_ENCODING, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_bytes der = t_hex(cases[i].der);
		size_t oids, names;

		ck_assert_msg(
		    count_oids(NULL, der, &oids, NULL) == cases[i].oids, "%s", cases[i].der);
		ck_assert_msg(
		    count_names(NULL, der, &names, NULL) == cases[i].names, "%s", cases[i].der);
		if (cases[i].oids == PKI_SUCCESS)
			ck_assert_uint_eq(oids, cases[i].count);
		if (cases[i].names == PKI_SUCCESS)
			ck_assert_uint_eq(names, cases[i].count);
	}
}
END_TEST

/* Who stops early is not told of what he did not read. */
START_TEST(list_left_early)
{
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, NULL, t_hex("3006 820161 820100"));
	ck_assert(pki_ext_name_next(&it, &gn));
	t_bytes_eq(gn.value, pki_bytes_str("a"));
	t_ok(pki_ext_list_finish(&it, err));
	pki_ext_list(&it, NULL, t_hex("3006 820161 820100"));
	ck_assert(pki_ext_name_next(&it, &gn));
	ck_assert(!pki_ext_name_next(&it, &gn));
	ck_assert(!pki_ext_name_next(&it, &gn));
	t_fails(PKI_E_STRUCTURE, pki_ext_list_finish(&it, err));
}
END_TEST

START_TEST(list_limit)
{
	pki_limits limits = { .size = sizeof limits, .san_names = 2, .extensions = 2 };
	pki_ctx_opts opts = { .size = sizeof opts, .limits = &limits };
	pki_exts *e = NULL;
	pki_ctx *ctx = NULL;
	size_t n;

	t_ok(pki_ctx_new(&opts, &ctx, err));
	t_ok(count_names(ctx, t_hex("3006 820161 820162"), &n, err));
	t_fails(PKI_E_LIMIT, count_names(ctx, t_hex("3009 820161 820162 820163"), &n, err));
	ck_assert_uint_eq(n, 2);
	t_ok(pki_exts_new(ctx, &e, err));
	pki_exts_san(e, "a");
	pki_exts_san(e, "b");
	t_ok(pki_exts_status(e, err));
	pki_exts_san(e, "c");
	t_fails(PKI_E_LIMIT, pki_exts_status(e, err));
	pki_exts_free(e);
	t_ok(pki_exts_new(ctx, &e, err));
	pki_exts_key_usage(e, 1);
	pki_exts_eku(e, PKI_OID(server_auth));
	pki_exts_san(e, "a");
	t_fails(PKI_E_LIMIT, pki_exts_status(e, err));
	pki_exts_free(e);
	pki_ctx_free(ctx);
}
END_TEST

/* ---- the builder ---- */

static pki_exts *new_exts(void)
{
	pki_exts *e = NULL;

	t_ok(pki_exts_new(NULL, &e, err));
	return e;
}

static pki_status write_exts(const pki_exts *e, bool empty_subject, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_exts_write(&w, e, empty_subject);
	return pki_derw_finish(&w, out, err);
}

static void check_exts(const pki_exts *e, bool empty_subject, const char *hex)
{
	pki_buf out = PKI_BUF_INIT;

	t_ok(write_exts(e, empty_subject, &out, err));
	t_bytes_eq(pki_buf_bytes(&out), t_hex(hex));
	pki_buf_free(&out);
}

START_TEST(builder)
{
	pki_exts *e = new_exts(), *copy = NULL;

	ck_assert_uint_eq(pki_exts_count(e), 0);
	pki_exts_basic_constraints(e, true, 0);
	pki_exts_key_usage(e, PKI_KU_DIGITAL_SIGNATURE | PKI_KU_KEY_ENCIPHERMENT);
	pki_exts_eku(e, PKI_OID(server_auth));
	pki_exts_san(e, "a");
	pki_exts_eku(e, PKI_OID(client_auth));
	pki_exts_san(e, "192.0.2.1");
	pki_exts_add(e, t_hex("2a"), true, t_hex("0500"));
	t_ok(pki_exts_status(e, err));
	ck_assert_uint_eq(pki_exts_count(e), 5);
	ck_assert(pki_exts_has(e, PKI_OID(subject_alt_name)));
	ck_assert(!pki_exts_has(e, PKI_OID(issuer_alt_name)));
	check_exts(e, false,
	    "3063"
	    "3012 0603551d13 0101ff 0408 30060101ff020100"
	    "300e 0603551d0f 0101ff 0404 030205a0"
	    "301d 0603551d25 0416 3014 06082b06010505070301 06082b06010505070302"
	    "3012 0603551d11 040b 3009 820161 8704c0000201"
	    "300a 06012a 0101ff 0402 0500");
	/* RFC 5280 4.2.1.6 */
	check_exts(e, true,
	    "3066"
	    "3012 0603551d13 0101ff 0408 30060101ff020100"
	    "300e 0603551d0f 0101ff 0404 030205a0"
	    "301d 0603551d25 0416 3014 06082b06010505070301 06082b06010505070302"
	    "3015 0603551d11 0101ff 040b 3009 820161 8704c0000201"
	    "300a 06012a 0101ff 0402 0500");
	t_ok(pki_exts_dup(NULL, e, &copy, err));
	pki_exts_free(e);
	pki_exts_san(copy, "b");
	ck_assert_uint_eq(pki_exts_count(copy), 5);
	t_ok(pki_exts_status(copy, err));
	pki_exts_free(copy);
}
END_TEST

/* What is read is what was built. */
START_TEST(builder_key_id)
{
	pki_exts *e = new_exts();
	pki_bytes id;

	pki_exts_key_id(e, t_hex("0102ff"));
	check_exts(e, true, "300e 300c 0603551d0e 0405 04030102ff");
	t_ok(pki_ext_key_id(NULL, t_hex("04030102ff"), &id, err));
	t_bytes_eq(id, t_hex("0102ff"));
	pki_exts_free(e);
}
END_TEST

/* What is added as DER is extended like what was built. */
START_TEST(added_lists)
{
	pki_exts *e = new_exts();

	pki_exts_add(e, PKI_OID(subject_alt_name), false, t_hex("3006 820161 820162"));
	pki_exts_san(e, "c");
	pki_exts_add(e, PKI_OID(subject_alt_name), true, t_hex("3003 820164"));
	pki_exts_eku(e, t_hex("2a"));
	pki_exts_add(e, PKI_OID(ext_key_usage), false, t_hex("3003 06012b"));
	check_exts(e, false,
	    "302b 3018 0603551d11 0101ff 040e 300c 820161 820162 820163 820164"
	    "300f 0603551d25 0408 3006 06012a 06012b");
	pki_exts_free(e);
}
END_TEST

static void no_usage(pki_exts *e)
{
	pki_exts_key_usage(e, 0);
}

static void unknown_usage(pki_exts *e)
{
	pki_exts_key_usage(e, 512);
}

static void negative_path(pki_exts *e)
{
	pki_exts_basic_constraints(e, true, -2);
}

static void path_without_ca(pki_exts *e)
{
	pki_exts_basic_constraints(e, false, 0);
}

static void usage_twice(pki_exts *e)
{
	pki_exts_key_usage(e, 1);
	pki_exts_key_usage(e, 1);
}

static void constraints_twice(pki_exts *e)
{
	pki_exts_basic_constraints(e, false, -1);
	pki_exts_add(e, PKI_OID(basic_constraints), true, t_hex("3000"));
}

static void other_twice(pki_exts *e)
{
	pki_exts_add(e, t_hex("2a"), true, t_hex("0500"));
	pki_exts_add(e, t_hex("2a"), true, t_hex("0500"));
}

static void bad_name(pki_exts *e)
{
	pki_exts_san(e, "a b");
}

static void no_name(pki_exts *e)
{
	pki_exts_san(e, NULL);
}

static void bad_purpose(pki_exts *e)
{
	pki_exts_eku(e, t_hex("80"));
}

static void no_key_id(pki_exts *e)
{
	pki_exts_key_id(e, pki_bytes_of(NULL, 0));
}

static void key_id_twice(pki_exts *e)
{
	pki_exts_key_id(e, t_hex("01"));
	pki_exts_key_id(e, t_hex("01"));
}

static void no_purpose(pki_exts *e)
{
	pki_exts_eku(e, pki_bytes_of(NULL, 0));
}

static void no_oid(pki_exts *e)
{
	pki_exts_add(e, pki_bytes_of(NULL, 0), false, t_hex("0500"));
}

static void no_value(pki_exts *e)
{
	pki_exts_add(e, t_hex("2a"), false, pki_bytes_of(NULL, 0));
}

static void value_cut(pki_exts *e)
{
	pki_exts_add(e, t_hex("2a"), false, t_hex("30020500ff"));
}

static void two_values(pki_exts *e)
{
	pki_exts_add(e, t_hex("2a"), false, t_hex("05000500"));
}

static void not_der(pki_exts *e)
{
	pki_exts_add(e, t_hex("2a"), false, t_hex("0101 01"));
}

static void inside_not_der(pki_exts *e)
{
	pki_exts_add(e, t_hex("2a"), false, t_hex("3004 02020001"));
}

static void no_san(pki_exts *e)
{
	pki_exts_add(e, PKI_OID(subject_alt_name), false, t_hex("3000"));
}

static void san_of_oids(pki_exts *e)
{
	pki_exts_add(e, PKI_OID(subject_alt_name), false, t_hex("3003 06012a"));
}

static void eku_of_names(pki_exts *e)
{
	pki_exts_add(e, PKI_OID(ext_key_usage), false, t_hex("3003 820161"));
}

START_TEST(bad_building)
{
	static void (*const bad[])(pki_exts * e) = { no_usage, unknown_usage, negative_path,
		path_without_ca, usage_twice, constraints_twice, other_twice, bad_name, no_name,
		no_key_id, key_id_twice, bad_purpose, no_purpose, no_oid, no_value, value_cut,
		two_values, not_der, inside_not_der, no_san, san_of_oids, eku_of_names };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_exts *e = new_exts(), *copy = NULL;
		pki_buf out = PKI_BUF_INIT;

		bad[i](e);
		ck_assert_msg(pki_exts_status(e, NULL) == PKI_E_ARG, "%zu", i);
		/* it sticks */
		pki_exts_eku(e, PKI_OID(server_auth));
		t_fails(PKI_E_ARG, pki_exts_status(e, err));
		t_fails(PKI_E_ARG, write_exts(e, false, &out, err));
		ck_assert_uint_eq(out.len, 0);
		t_fails(PKI_E_ARG, pki_exts_dup(NULL, e, &copy, err));
		ck_assert_ptr_null(copy);
		pki_exts_free(e);
	}
}
END_TEST

START_TEST(arguments)
{
	pki_exts *e = NULL;
	pki_buf out = PKI_BUF_INIT;
	pki_ext_iter it;
	pki_bytes b;

	t_fails(PKI_E_ARG, pki_exts_new(NULL, NULL, err));
	t_fails(PKI_E_ARG, pki_exts_status(NULL, err));
	pki_exts_free(NULL);
	ck_assert_uint_eq(pki_exts_count(NULL), 0);
	pki_exts_add(NULL, t_hex("2a"), false, t_hex("0500"));
	pki_exts_san(NULL, "a");
	pki_exts_eku(NULL, t_hex("2a"));
	pki_exts_key_usage(NULL, 1);
	pki_exts_key_id(NULL, t_hex("01"));
	pki_exts_basic_constraints(NULL, true, -1);
	t_fails(PKI_E_ARG, write_exts(NULL, false, &out, err));
	t_ok(pki_exts_dup(NULL, NULL, &e, err));
	ck_assert_uint_eq(pki_exts_count(e), 0);
	t_fails(PKI_E_ARG, write_exts(e, false, &out, err));
	pki_exts_free(e);
	t_fails(PKI_E_ARG, pki_ext_basic_constraints(NULL, t_hex("3000"), NULL, err));
	t_fails(PKI_E_ARG, pki_ext_key_usage(NULL, t_hex("03020780"), NULL, err));
	t_fails(PKI_E_ARG, pki_ext_key_id(NULL, t_hex("040101"), NULL, err));
	pki_ext_list(NULL, NULL, t_hex("3003 06012a"));
	t_fails(PKI_E_ARG, pki_ext_list_finish(NULL, err));
	ck_assert(!pki_ext_oid_next(NULL, &b));
	ck_assert(!pki_ext_name_next(NULL, NULL));
	pki_ext_list(&it, NULL, t_hex("3003 06012a"));
	ck_assert(!pki_ext_oid_next(&it, NULL));
	t_ok(pki_ext_list_finish(&it, err));
}
END_TEST

/* ---- Attribute ---- */

static pki_status read_attribute(pki_bytes der, pki_attribute *out, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, NULL, der, "Attribute");
	pki_attribute_read(&r, NULL, out);
	return pki_der_finish(&r, err);
}

static pki_status write_attribute(const pki_attribute *a, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_attribute_write(&w, a);
	return pki_derw_finish(&w, out, err);
}

START_TEST(attribute)
{
	static const char *const good[] = { "3007 06012a 3102 0500", "300a 06012a 3105 0500 0c0161",
		"300b 06012a 3106 020101 020102" };
	static const struct {
		const char *der;
		pki_status status;
	} bad[] = {
		{ "", PKI_E_STRUCTURE },
		{ "3000", PKI_E_STRUCTURE },
		{ "3003 06012a", PKI_E_STRUCTURE },
		{ "3005 06012a 3100", PKI_E_STRUCTURE },
		{ "3007 06012a 3002 0500", PKI_E_STRUCTURE },
		{ "3006 06012a 3101 05", PKI_E_ENCODING },
		{ "3008 06012a 3103 050000", PKI_E_ENCODING },
		{ "3008 06012a 3103 010101", PKI_E_ENCODING },
		{ "300b 06012a 3106 020102 020101", PKI_E_ENCODING }, /* X.690 11.6 */
		{ "3009 06012a 3102 0500 0500", PKI_E_STRUCTURE },
		{ "3006 0600 3102 0500", PKI_E_ENCODING },
	};

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		pki_buf out = PKI_BUF_INIT;
		pki_attribute a;

		t_ok(read_attribute(t_hex(good[i]), &a, err));
		t_ok(write_attribute(&a, &out, err));
		t_bytes_eq(pki_buf_bytes(&out), t_hex(good[i]));
		pki_buf_free(&out);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_attribute a;

		ck_assert_msg(
		    read_attribute(t_hex(bad[i].der), &a, NULL) == bad[i].status, "%s", bad[i].der);
		ck_assert_uint_eq(a.values.len, 0);
	}
}
END_TEST

START_TEST(bad_attribute)
{
	const pki_attribute list[] = {
		{ t_hex("2a"), t_hex("") },
		{ t_hex(""), t_hex("0500") },
		{ t_hex("80"), t_hex("0500") },
		{ t_hex("2a"), t_hex("05") },
		{ t_hex("2a"), t_hex("0500 05") },
		{ t_hex("2a"), t_hex("0500 010101") },
	};
	const pki_attribute unsorted = { t_hex("2a"), t_hex("020102 020101") };
	pki_buf out = PKI_BUF_INIT;

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
		t_fails(PKI_E_ARG, write_attribute(&list[i], &out, err));
	ck_assert_uint_eq(out.len, 0);
	t_ok(write_attribute(&unsorted, &out, err));
	t_bytes_eq(pki_buf_bytes(&out), t_hex("300b 06012a 3106 020101 020102"));
	pki_buf_free(&out);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { extension, bad_extension, basic_constraints, key_usage,
		key_id, lists, list_left_early, list_limit, builder, builder_key_id, added_lists,
		bad_building, arguments, attribute, bad_attribute, NULL };

	return t_main("ext", tests);
}
