/* SPDX-License-Identifier: BSD-3-Clause */
/* Time over every boundary, and every text that is none. */
#include <pki/time.h>
#include <string.h>
#include <time.h>

#include "tests/lib/t.h"

static const struct {
	pki_civil c;
	pki_time t;
	const char *text;
} moments[] = {
	{ { 0, 1, 1, 0, 0, 0 }, PKI_TIME_MIN, "0000-01-01T00:00:00Z" },
	{ { 0, 2, 29, 0, 0, 0 }, INT64_C(-62162121600), "0000-02-29T00:00:00Z" },
	{ { 0, 3, 1, 0, 0, 0 }, INT64_C(-62162035200), "0000-03-01T00:00:00Z" },
	{ { 0, 12, 31, 23, 59, 59 }, INT64_C(-62135596801), "0000-12-31T23:59:59Z" },
	{ { 1, 1, 1, 0, 0, 0 }, INT64_C(-62135596800), "0001-01-01T00:00:00Z" },
	{ { 1600, 2, 29, 12, 0, 0 }, INT64_C(-11670955200), "1600-02-29T12:00:00Z" },
	{ { 1900, 2, 28, 23, 59, 59 }, INT64_C(-2203891201), "1900-02-28T23:59:59Z" },
	{ { 1900, 3, 1, 0, 0, 0 }, INT64_C(-2203891200), "1900-03-01T00:00:00Z" },
	{ { 1901, 12, 13, 20, 45, 52 }, INT32_MIN, "1901-12-13T20:45:52Z" },
	{ { 1949, 12, 31, 23, 59, 59 }, -631152001, "1949-12-31T23:59:59Z" },
	{ { 1950, 1, 1, 0, 0, 0 }, -631152000, "1950-01-01T00:00:00Z" },
	{ { 1969, 12, 31, 23, 59, 59 }, -1, "1969-12-31T23:59:59Z" },
	{ { 1970, 1, 1, 0, 0, 0 }, 0, "1970-01-01T00:00:00Z" },
	{ { 1970, 1, 1, 0, 0, 1 }, 1, "1970-01-01T00:00:01Z" },
	{ { 2000, 2, 28, 0, 0, 0 }, 951696000, "2000-02-28T00:00:00Z" },
	{ { 2000, 2, 29, 0, 0, 0 }, 951782400, "2000-02-29T00:00:00Z" },
	{ { 2000, 12, 31, 0, 0, 0 }, 978220800, "2000-12-31T00:00:00Z" },
	{ { 2023, 11, 14, 22, 13, 20 }, 1700000000, "2023-11-14T22:13:20Z" },
	{ { 2024, 2, 29, 23, 59, 59 }, 1709251199, "2024-02-29T23:59:59Z" },
	{ { 2024, 3, 1, 0, 0, 0 }, 1709251200, "2024-03-01T00:00:00Z" },
	{ { 2038, 1, 19, 3, 14, 7 }, INT32_MAX, "2038-01-19T03:14:07Z" },
	{ { 2038, 1, 19, 3, 14, 8 }, INT64_C(2147483648), "2038-01-19T03:14:08Z" },
	{ { 2049, 12, 31, 23, 59, 59 }, INT64_C(2524607999), "2049-12-31T23:59:59Z" },
	{ { 2050, 1, 1, 0, 0, 0 }, INT64_C(2524608000), "2050-01-01T00:00:00Z" },
	{ { 2100, 2, 28, 23, 59, 59 }, INT64_C(4107542399), "2100-02-28T23:59:59Z" },
	{ { 2100, 3, 1, 0, 0, 0 }, INT64_C(4107542400), "2100-03-01T00:00:00Z" },
	{ { 2106, 2, 7, 6, 28, 15 }, UINT32_MAX, "2106-02-07T06:28:15Z" },
	{ { 9999, 12, 31, 23, 59, 59 }, PKI_TIME_MAX, "9999-12-31T23:59:59Z" },
};
#define MOMENTS (sizeof moments / sizeof moments[0])

START_TEST(both_ways)
{
	for (size_t i = 0; i < MOMENTS; i++) {
		pki_time t;
		pki_civil c;
		uint32_t nsec = 7;
		pki_buf text = PKI_BUF_INIT;

		t_ok(pki_time_from_civil(&moments[i].c, &t, err));
		ck_assert_int_eq(t, moments[i].t);
		t_ok(pki_time_to_civil(t, &c, err));
		ck_assert_mem_eq(&c, &moments[i].c, sizeof c);
		t_ok(pki_time_format(t, &text, err));
		ck_assert_str_eq(pki_buf_str(&text), moments[i].text);
		t_ok(pki_time_parse(moments[i].text, &t, &nsec, err));
		ck_assert_int_eq(t, moments[i].t);
		ck_assert_uint_eq(nsec, 0);
		pki_buf_free(&text);
	}
}
END_TEST

/* Each day of four centuries and a bit follows the day before. */
START_TEST(every_day)
{
	static const int32_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	pki_civil want = { 1899, 12, 31, 12, 34, 56 }, got;
	pki_time t, back;

	t_ok(pki_time_from_civil(&want, &t, err));
	while (want.year < 2402) {
		bool leap = want.year % 400 == 0 || (want.year % 100 != 0 && want.year % 4 == 0);

		if (++want.day > days[want.month - 1] + (want.month == 2 && leap)) {
			want.day = 1;
			want.year += want.month == 12;
			want.month = want.month % 12 + 1;
		}
		t += 86400;
		ck_assert_int_eq(pki_time_to_civil(t, &got, NULL), PKI_SUCCESS);
		ck_assert_mem_eq(&got, &want, sizeof got);
		ck_assert_int_eq(pki_time_from_civil(&got, &back, NULL), PKI_SUCCESS);
		ck_assert_int_eq(back, t);
	}
}
END_TEST

START_TEST(no_civil)
{
	static const pki_civil cases[] = {
		{ -1, 1, 1, 0, 0, 0 },
		{ 10000, 1, 1, 0, 0, 0 },
		{ INT32_MIN, 1, 1, 0, 0, 0 },
		{ INT32_MAX, 1, 1, 0, 0, 0 },
		{ 2000, 0, 1, 0, 0, 0 },
		{ 2000, 13, 1, 0, 0, 0 },
		{ 2000, -1, 1, 0, 0, 0 },
		{ 2000, INT32_MAX, 1, 0, 0, 0 },
		{ 2000, INT32_MIN, 1, 0, 0, 0 },
		{ 2000, 1, 0, 0, 0, 0 },
		{ 2000, 1, 32, 0, 0, 0 },
		{ 2000, 4, 31, 0, 0, 0 },
		{ 2000, 2, 30, 0, 0, 0 },
		{ 1900, 2, 29, 0, 0, 0 },
		{ 2001, 2, 29, 0, 0, 0 },
		{ 2100, 2, 29, 0, 0, 0 },
		{ 2000, 1, 1, 24, 0, 0 },
		{ 2000, 1, 1, -1, 0, 0 },
		{ 2000, 1, 1, 0, 60, 0 },
		{ 2000, 1, 1, 0, -1, 0 },
		{ 2016, 12, 31, 23, 59, 60 },
		{ 2000, 1, 1, 0, 0, -1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_time t = 5;

		t_fails(PKI_E_ARG, pki_time_from_civil(&cases[i], &t, err));
		ck_assert_int_eq(t, 0);
	}
}
END_TEST

START_TEST(out_of_range)
{
	static const pki_time cases[] = { PKI_TIME_MIN - 1, PKI_TIME_MAX + 1, INT64_MIN, INT64_MAX,
		PKI_TIME_NONE };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_civil c = { 1, 2, 3, 4, 5, 6 };
		pki_buf text = PKI_BUF_INIT;

		t_fails(PKI_E_ARG, pki_time_to_civil(cases[i], &c, err));
		ck_assert_int_eq(c.year, 0);
		t_fails(PKI_E_ARG, pki_time_format(cases[i], &text, err));
		ck_assert_uint_eq(text.len, 0);
	}
}
END_TEST

START_TEST(parsed)
{
	static const struct {
		const char *text;
		pki_time t;
		uint32_t nsec;
	} cases[] = {
		{ "0", 0, 0 },
		{ "-0", 0, 0 },
		{ "-1", -1, 0 },
		{ "007", 7, 0 },
		{ "1700000000", 1700000000, 0 },
		{ "253402300799", PKI_TIME_MAX, 0 },
		{ "-62167219200", PKI_TIME_MIN, 0 },
		{ "2026-11-24T02:10:00.5+01:00", 1795482600, 500000000 },
		{ "2026-11-24t02:10:00z", 1795486200, 0 },
		{ "1970-01-01T00:00:00.000000001Z", 0, 1 },
		{ "1970-01-01T00:00:00.123456789999Z", 0, 123456789 },
		{ "1969-12-31T23:59:59.999Z", -1, 999000000 },
		{ "1970-01-01T00:00:00-00:00", 0, 0 },
		{ "1970-01-01T00:00:00+23:59", -86340, 0 },
		{ "1970-01-01T00:00:00-23:59", 86340, 0 },
		{ "0000-01-01T01:00:00+01:00", PKI_TIME_MIN, 0 },
		{ "9999-12-31T22:59:59-01:00", PKI_TIME_MAX, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_time t;
		uint32_t nsec;

		t_ok(pki_time_parse(cases[i].text, &t, &nsec, err));
		ck_assert_int_eq(t, cases[i].t);
		ck_assert_uint_eq(nsec, cases[i].nsec);
		t_ok(pki_time_parse(cases[i].text, &t, NULL, err));
	}
}
END_TEST

START_TEST(not_parsed)
{
	static const char *const cases[] = { "", "-", "+1", " 1", "1 ", "1.5", "0x10", "1e3", "--1",
		"253402300800", "-62167219201", "9223372036854775808", "-9223372036854775808",
		"99999999999999999999999999", "now", "2026-", "2026-11-24", "2026-11-24T02:10Z",
		"2026-11-24T02:10:00", "2026-11-24 02:10:00Z", "2026-11-24T02:10:00 Z",
		"2026-11-24T02:10:00Zx", "2026-11-24T02:10:00.Z", "2026-11-24T02:10:00,5Z",
		"2026-11-24T02:10:00+1:00", "2026-11-24T02:10:00+01", "2026-11-24T02:10:00+0100",
		"2026-11-24T02:10:00+24:00", "2026-11-24T02:10:00+01:60", "2026-11-24T24:00:00Z",
		"2026-11-24T02:60:00Z", "2026-11-24T02:10:60Z", "2016-12-31T23:59:60Z",
		"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
		"2026-01-00T00:00:00Z", "26-11-24T02:10:00Z", "12026-11-24T02:10:00Z",
		"-2026-11-24T02:10:00Z", "2026-11-24T2:10:00Z", "2026-11-24T02:10:0Z",
		"2026/11/24T02:10:00Z", "2026-11-24T02.10.00Z", "20261124T021000Z", "261124021000Z",
		"0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
		"2026-11-24T02:10:00\xe2\x88\x92"
		"01:00",
		"\xd9\xa1" };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_time t = 5;
		uint32_t nsec = 6;

		t_fails(PKI_E_ARG, pki_time_parse(cases[i], &t, &nsec, err));
		ck_assert_int_eq(t, 0);
		ck_assert_uint_eq(nsec, 0);
	}
}
END_TEST

START_TEST(null_arguments)
{
	pki_civil c = { 2000, 1, 1, 0, 0, 0 };
	pki_time t;

	t_fails(PKI_E_ARG, pki_time_from_civil(NULL, &t, err));
	t_fails(PKI_E_ARG, pki_time_from_civil(&c, NULL, err));
	t_fails(PKI_E_ARG, pki_time_to_civil(0, NULL, err));
	t_fails(PKI_E_ARG, pki_time_parse(NULL, &t, NULL, err));
	t_fails(PKI_E_ARG, pki_time_parse("0", NULL, NULL, err));
	t_fails(PKI_E_ARG, pki_time_format(0, NULL, err));
	ck_assert_int_eq(PKI_DAYS(2), 172800);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { both_ways, every_day, no_civil, out_of_range, parsed,
		not_parsed, null_arguments, NULL };

	return t_main("time", tests);
}
