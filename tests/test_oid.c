/* SPDX-License-Identifier: BSD-3-Clause */
/* Object identifiers: text both ways, arcs of any size, names. */
#include <pki/oid.h>
#include <string.h>

#include "tests/lib/t.h"

static const struct {
	const char *dotted, *hex;
} good[] = {
	{ "0.0", "00" }, { "0.39", "27" }, { "1.0", "28" }, { "1.39", "4f" }, { "2.0", "50" },
	{ "2.40", "78" }, { "2.47", "7f" }, { "2.48", "8100" }, { "2.100", "8134" },
	{ "2.999.3", "883703" }, { "2.5.4.3", "550403" }, { "1.2.840.113549", "2a864886f70d" },
	{ "1.3.127.128", "2b7f8100" }, { "2.5.4294967301", "559080808005" }, /* 2^32 + 5 */
	{ "2.5.18446744073709551621", "5582808080808080808005" },            /* 2^64 + 5 */
	{ "2.25.329800735698586629295641978511506172918",
	    "6983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776" }, /* X.667 */
};

START_TEST(test_good)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		pki_buf der = PKI_BUF_INIT, text = PKI_BUF_INIT;

		t_ok(pki_oid_parse(good[i].dotted, &der, err));
		t_bytes_eq(pki_buf_bytes(&der), t_hex(good[i].hex));
		t_ok(pki_oid_check(pki_buf_bytes(&der), err));
		t_ok(pki_oid_format(pki_buf_bytes(&der), &text, err));
		ck_assert_str_eq(pki_buf_str(&text), good[i].dotted);
		pki_buf_free(&der);
		pki_buf_free(&text);
	}
}
END_TEST

static const char *const bad_text[] = { "", ".", "1", "1.", ".1", "1..2", "1.2.", "3.1", "0.40",
	"1.40", "1.2.-1", "1.2.+1", "1.2.3a", "1.2. 3", " 1.2", "1.2 ", "1.02", "01.2", "1.2.00",
	"1.2.0x1", "1,2", "9.9", "10.1", "300.1", "commonname", "no such name", "2.5.4.3\n" };

START_TEST(test_bad_text)
{
	for (size_t i = 0; i < sizeof bad_text / sizeof bad_text[0]; i++) {
		pki_buf der = PKI_BUF_INIT;

		t_ok(pki_buf_append(&der, t_hex("01"), err));
		t_fails(PKI_E_ARG, pki_oid_parse(bad_text[i], &der, err));
		t_bytes_eq(pki_buf_bytes(&der), t_hex("01"));
		pki_buf_free(&der);
	}
	t_fails(PKI_E_ARG, pki_oid_parse(NULL, NULL, err));
}
END_TEST

static const struct {
	const char *hex;
	pki_status want;
} bad_der[] = {
	{ "", PKI_E_ENCODING },
	{ "80", PKI_E_ENCODING },
	{ "8001", PKI_E_ENCODING },
	{ "2a80", PKI_E_ENCODING },
	{ "2a8001", PKI_E_ENCODING },
	{ "2a83", PKI_E_ENCODING },
};

START_TEST(test_bad_der)
{
	for (size_t i = 0; i < sizeof bad_der / sizeof bad_der[0]; i++) {
		pki_buf text = PKI_BUF_INIT;

		t_fails(bad_der[i].want, pki_oid_check(t_hex(bad_der[i].hex), err));
		t_fails(bad_der[i].want, pki_oid_format(t_hex(bad_der[i].hex), &text, err));
		ck_assert_uint_eq(text.len, 0);
		pki_buf_free(&text);
	}
}
END_TEST

/* 128 octets are read and written exactly; one more is over the limit. */
START_TEST(test_longest)
{
	pki_buf der = PKI_BUF_INIT, text = PKI_BUF_INIT, again = PKI_BUF_INIT;
	uint8_t longest[129];
	char digits[300] = { 0 };

	memset(longest, 0xff, sizeof longest);
	longest[127] = 0x7f;
	longest[128] = 0x01;
	t_ok(pki_oid_format(pki_bytes_of(longest, 128), &text, err));
	t_ok(pki_oid_parse(pki_buf_str(&text), &again, err));
	t_bytes_eq(pki_buf_bytes(&again), pki_bytes_of(longest, 128));
	t_fails(PKI_E_LIMIT, pki_oid_check(pki_bytes_of(longest, 129), err));
	t_ok(pki_buf_append(&text, pki_bytes_str(".1"), err));
	t_fails(PKI_E_LIMIT, pki_oid_parse(pki_buf_str(&text), &der, err));
	memset(digits, '9', sizeof digits - 1);
	memcpy(digits, "2.5.", 4);
	t_fails(PKI_E_LIMIT, pki_oid_parse(digits, &der, err));
	ck_assert_uint_eq(der.len, 0);
	pki_buf_free(&der);
	pki_buf_free(&text);
	pki_buf_free(&again);
}
END_TEST

/* Every line of the table: its octets are those of the dotted text beside it, in order. */
START_TEST(test_table)
{
	static const struct {
		const char *name, *octets;
		size_t len;
	} table[] = {
#define PUBLIC(constant, name, octets) { name, octets, sizeof octets - 1 },
#define NAMED(name, octets)            { name, octets, sizeof octets - 1 },
#include "libpki/der/oid_table.inc"
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		pki_bytes oid = pki_bytes_of(table[i].octets, table[i].len);
		pki_buf der = PKI_BUF_INIT;

		t_ok(pki_oid_check(oid, err));
		ck_assert_str_eq(pki_oid_name(oid), table[i].name);
		t_ok(pki_oid_parse(table[i].name, &der, err));
		ck_assert_str_eq(pki_oid_name(pki_buf_bytes(&der)), table[i].name);
		pki_buf_free(&der);
		ck_assert_msg(i == 0 ||
			pki_bytes_compare(
			    pki_bytes_of(table[i - 1].octets, table[i - 1].len), oid) < 0,
		    "%s is out of order", table[i].name);
	}
}
END_TEST

START_TEST(test_compare)
{
	ck_assert(pki_oid_equal(PKI_OID(common_name), t_hex("550403")));
	ck_assert(!pki_oid_equal(PKI_OID(common_name), PKI_OID(surname)));
	ck_assert(pki_oid_starts_with(PKI_OID(any_policy), PKI_OID(certificate_policies)));
	ck_assert(!pki_oid_starts_with(PKI_OID(certificate_policies), PKI_OID(any_policy)));
	ck_assert(!pki_oid_starts_with(t_hex("2a8648"), t_hex("2a8649")));
	ck_assert_ptr_null(pki_oid_name(t_hex("2a03")));
	ck_assert_ptr_null(pki_oid_name(t_hex("")));
	/* an arc of 2^32 + 5 is not 5: CVE-2025-66030 */
	ck_assert(!pki_oid_equal(t_hex("559080808005"), t_hex("5505")));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_good, test_bad_text, test_bad_der, test_longest,
		test_table, test_compare, NULL };

	return t_main("oid", tests);
}
