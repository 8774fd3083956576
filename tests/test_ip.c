/* SPDX-License-Identifier: BSD-3-Clause */
/* IP addresses as text, both ways; the C library's reader is the second opinion. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/types/ip.h"
#include "tests/lib/t.h"

static const struct {
	const char *text, *hex, *out; /* out NULL: as text */
} good[] = {
	{ "0.0.0.0", "00000000", NULL },
	{ "192.0.2.1", "c0000201", NULL },
	{ "255.255.255.255", "ffffffff", NULL },
	{ "1.20.199.200", "0114c7c8", NULL },
	{ "::", "00000000000000000000000000000000", NULL },
	{ "::1", "00000000000000000000000000000001", NULL },
	{ "1::", "00010000000000000000000000000000", NULL },
	{ "2001:db8::1", "20010db8000000000000000000000001", NULL },
	{ "2001:DB8:0:0:0:0:0:1", "20010db8000000000000000000000001", "2001:db8::1" },
	{ "2001:0db8::0001", "20010db8000000000000000000000001", "2001:db8::1" },
	{ "2001:db8:0:1:1:1:1:1", "20010db8000000010001000100010001", NULL },
	{ "2001:db8::1:1:1:1:1", "20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1" },
	{ "2001:0:0:1:0:0:0:1", "20010000000000010000000000000001", "2001:0:0:1::1" },
	{ "2001:db8:0:0:1:0:0:1", "20010db8000000000001000000000001", "2001:db8::1:0:0:1" },
	{ "1:2:3:4:5:6:7:8", "00010002000300040005000600070008", NULL },
	{ "1:2:3:4:5:6:7::", "00010002000300040005000600070000", "1:2:3:4:5:6:7:0" },
	{ "::2:3:4:5:6:7:8", "00000002000300040005000600070008", "0:2:3:4:5:6:7:8" },
	{ "1:2:3:4:5:6::", "00010002000300040005000600000000", NULL },
	{ "::3:4:5:6:7:8", "00000000000300040005000600070008", NULL },
	{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffffffffffffffffffffffffffffffff", NULL },
	{ "::ffff:192.0.2.1", "00000000000000000000ffffc0000201", NULL },
	{ "::ffff:c000:201", "00000000000000000000ffffc0000201", "::ffff:192.0.2.1" },
	{ "::192.0.2.1", "000000000000000000000000c0000201", "::c000:201" },
	{ "64:ff9b::192.0.2.33", "0064ff9b0000000000000000c0000221", "64:ff9b::c000:221" },
	{ "1:2:3:4:5:6:1.2.3.4", "00010002000300040005000601020304", "1:2:3:4:5:6:102:304" },
	{ "1::1.2.3.4", "00010000000000000000000001020304", "1::102:304" },
	{ "fe80::a:B:c:D", "fe80000000000000000a000b000c000d", "fe80::a:b:c:d" },
};

START_TEST(good_addresses)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		uint8_t a[PKI_IPV6_OCTETS];
		pki_bytes want = t_hex(good[i].hex);
		pki_buf out = PKI_BUF_INIT;

		ck_assert_msg(
		    pki_ip_parse(pki_bytes_str(good[i].text), a) == want.len, "%s", good[i].text);
		t_bytes_eq(pki_bytes_of(a, want.len), want);
		t_ok(pki_ip_format(want, &out, err));
		ck_assert_str_eq(
		    pki_buf_str(&out), good[i].out == NULL ? good[i].text : good[i].out);
		pki_buf_free(&out);
	}
}
END_TEST

static const char *const bad[] = {
	"",
	" ",
	".",
	":",
	":::",
	"1",
	"1.2",
	"1.2.3",
	"1.2.3.",
	"1.2.3.4.",
	".1.2.3.4",
	"1.2.3.4.5",
	"1..2.3",
	"256.0.0.1",
	"192.0.2.256",
	"1.2.3.1000",
	"01.2.3.4",
	"1.2.3.04",
	"1.2.3.00",
	"1.2.3.4 ",
	" 1.2.3.4",
	"1.2.3.4/24",
	"0x7f.0.0.1",
	"127.1",
	"2130706433",
	"1.2.3.-4",
	"1.2.3.+4",
	"1,2,3,4",
	"1.2.3.4\n",
	"1.2.3.a",
	"1:2:3:4:5:6:7",
	"1:2:3:4:5:6:7:8:9",
	"1:2:3:4:5:6:7:8:",
	":1:2:3:4:5:6:7:8",
	":1:2:3:4:5:6:7",
	"1:2:3:4:5:6:7:",
	"1:2:3:4:5:6:7:8::",
	"::1:2:3:4:5:6:7:8",
	"1:2:3:4::5:6:7:8",
	"1::2::3",
	"::1::",
	":::1",
	"1:::2",
	"2001:db8:::1",
	"12345::",
	"::12345",
	"::g",
	"::1 ",
	" ::1",
	"::1%eth0",
	"fe80::1%1",
	"[::1]",
	"::1/128",
	"::1.2.3",
	"::1.2.3.4.5",
	"::1.2.3.256",
	"::1.2.3.04",
	"::1.2.3.4:5",
	"1.2.3.4::",
	"1:2:3:4:5:6:7:1.2.3.4",
	"1:2:3:4:5:1.2.3.4",
	"::1:",
	"1:",
	":1",
	"::-1",
	"::0x1",
	"\xd9\xa1.2.3.4",
};

START_TEST(bad_addresses)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		uint8_t a[PKI_IPV6_OCTETS];

		ck_assert_msg(pki_ip_parse(pki_bytes_str(bad[i]), a) == 0, "%s", bad[i]);
	}
	ck_assert_uint_eq(pki_ip_parse(pki_bytes_of("1.2.3.4", 8), (uint8_t[16]){ 0 }), 0);
}
END_TEST

START_TEST(bad_octets)
{
	static const uint8_t zeros[33];
	pki_buf out = PKI_BUF_INIT;

	for (size_t n = 0; n <= sizeof zeros; n++)
		if (n != PKI_IPV4_OCTETS && n != PKI_IPV6_OCTETS)
			t_fails(PKI_E_ARG, pki_ip_format(pki_bytes_of(zeros, n), &out, err));
	ck_assert_uint_eq(out.len, 0);
	pki_buf_free(&out);
}
END_TEST

static uint64_t state = 5952;

static uint32_t next_number(void)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(state >> 33);
}

/* What is written is read back by both, and what one reads of scrambled text the other does. */
START_TEST(against_inet_pton)
{
	static const char characters[] = "0123456789afAF::::..";

	for (int round = 0; round < 50000; round++) {
		uint8_t a[16] = { 0 }, b[16], c[16];
		pki_buf out = PKI_BUF_INIT;
		char *text;
		size_t n;

		for (size_t i = 0; i < 8; i++)
			if (next_number() % 2 == 0)
				a[2 * i + next_number() % 2] = (uint8_t)next_number();
		t_ok(pki_ip_format(pki_bytes_of(a, 16), &out, err));
		ck_assert_uint_eq(pki_ip_parse(pki_buf_bytes(&out), b), 16);
		ck_assert_int_eq(memcmp(a, b, 16), 0);
		ck_assert_int_eq(inet_pton(AF_INET6, pki_buf_str(&out), c), 1);
		ck_assert_int_eq(memcmp(a, c, 16), 0);
		text = (char *)out.data;
		for (n = next_number() % 4; n > 0; n--)
			text[next_number() % out.len] =
			    characters[next_number() % (sizeof characters - 1)];
		ck_assert_msg(pki_ipv6_parse(pki_buf_bytes(&out), b) ==
			(inet_pton(AF_INET6, pki_buf_str(&out), c) == 1),
		    "%s", text);
		pki_buf_free(&out);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { good_addresses, bad_addresses, bad_octets, against_inet_pton,
		NULL };

	return t_main("ip", tests);
}
