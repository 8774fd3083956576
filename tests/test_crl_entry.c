/* SPDX-License-Identifier: BSD-3-Clause */
/* The short way through ordinary entries of a CRL takes what the reader takes, and the same. */
#include <stdio.h>
#include <string.h>

#include "libpki/x509/crl_entry.h"
#include "tests/lib/t.h"

#define ENTRY_MAX 80

static const pki_crl_rules rules = { .exts = true };
static const pki_crl_rules v1_rules = { .exts = false };

/* Entries that are taken the short way. */
static const char *const ordinary[] = {
	"3012 0201 01 170d 3236303130313030303030305a",
	"3013 0202 0080 170d 3439313233313233353935395a",
	"3021 0210 40112233445566778899aabbccddeeff 170d 3530303130313030303030305a",
	"3025 0214 ff00000000000000000000000000000000000000 170d 3234303232393132333435365a",
	"3020 0201 7f 170d 3939303633303030303030305a 300c300a0603551d1504030a0100",
	"302f 0210 40112233445566778899aabbccddeeff 170d 3236303130313030303030305a"
	"300c300a0603551d1504030a0106",
	"3033 0214 7f00000000000000000000000000000000000000 170d 3236303130313030303030305a"
	"300c300a0603551d1504030a010a",
};

#define COUNT (sizeof ordinary / sizeof ordinary[0])

static void same_entries(const pki_crl_entry *a, const pki_crl_entry *b)
{
	ck_assert_ptr_eq(a->serial.data, b->serial.data);
	ck_assert_uint_eq(a->serial.len, b->serial.len);
	ck_assert_int_eq(a->when, b->when);
	ck_assert_int_eq(a->invalid_since, b->invalid_since);
	ck_assert_int_eq(a->reason, b->reason);
	ck_assert_uint_eq(a->exts.len, b->exts.len);
	ck_assert(a->exts.len == 0 || a->exts.data == b->exts.data);
	ck_assert_uint_eq(a->issuer.len, b->issuer.len);
	ck_assert_uint_eq(a->unknown.len, b->unknown.len);
	ck_assert_uint_eq(a->leniencies, b->leniencies);
}

/* What the reader says: the entry's length, 0 if it is refused. */
static size_t by_reader(const pki_crl_rules *r, pki_bytes in, pki_crl_entry *out)
{
	size_t length;

	return pki_crl_entry_read_any(r, in, out, &length, NULL) == PKI_SUCCESS ? length : 0;
}

static size_t by_short_way(const pki_crl_rules *r, pki_bytes in)
{
	return pki_crl_ordinary(in.data, in.len, r->exts);
}

/* Taken the short way: then the reader takes it, and reads the same. Returns whether it was. */
static bool check(const pki_crl_rules *r, pki_bytes in)
{
	size_t length = by_short_way(r, in);
	pki_crl_entry a, b;

	if (length == 0)
		return false;
	ck_assert_uint_eq(by_reader(r, in, &a), length);
	ck_assert_uint_eq(pki_crl_entry_read(r, in, &b), length);
	same_entries(&a, &b);
	return true;
}

static size_t entry(size_t i, uint8_t out[ENTRY_MAX])
{
	pki_bytes hex = t_hex(ordinary[i]);

	ck_assert_uint_le(hex.len, ENTRY_MAX);
	memcpy(out, hex.data, hex.len);
	return hex.len;
}

START_TEST(test_ordinary)
{
	uint8_t e[ENTRY_MAX];

	for (size_t i = 0; i < COUNT; i++) {
		size_t n = entry(i, e);

		ck_assert(check(&rules, pki_bytes_of(e, n)));
		ck_assert(check(&v1_rules, pki_bytes_of(e, n)) == (i < 4));
		for (size_t cut = 0; cut < n; cut++)
			ck_assert(!check(&rules, pki_bytes_of(e, cut)));
	}
}
END_TEST

/* Every value of every octet; and of every two that follow each other, a few. */
START_TEST(test_mutated)
{
	static const uint8_t odd[] = { 0x00, 0x01, 0x02, 0x0c, 0x0d, 0x0e, 0x2f, 0x30, 0x39, 0x3a,
		0x7f, 0x80, 0x81, 0xff };
	size_t taken = 0;
	uint8_t e[ENTRY_MAX];

	for (size_t i = 0; i < COUNT; i++) {
		size_t n = entry(i, e);

		for (size_t at = 0; at < n; at++) {
			for (unsigned v = 0; v < 256; v++) {
				e[at] = (uint8_t)v;
				taken += check(&rules, pki_bytes_of(e, n));
			}
			entry(i, e);
			for (size_t v = 0; at + 1 < n && v < sizeof odd * sizeof odd; v++) {
				e[at] = odd[v / sizeof odd];
				e[at + 1] = odd[v % sizeof odd];
				taken += check(&rules, pki_bytes_of(e, n));
			}
			entry(i, e);
		}
	}
	ck_assert_uint_gt(taken, 1000);
}
END_TEST

/* Both ways agree: each takes what the other does. */
static void agree(pki_bytes in)
{
	pki_crl_entry e;

	ck_assert_uint_eq(by_short_way(&rules, in), by_reader(&rules, in, &e));
}

START_TEST(test_every_day)
{
	uint8_t e[ENTRY_MAX];
	size_t n = entry(0, e);
	char day[8];

	for (unsigned year = 0; year < 100; year++)
		for (unsigned month = 0; month < 16; month++)
			for (unsigned d = 0; d < 40; d++) {
				snprintf(day, sizeof day, "%02u%02u%02u", year, month, d);
				memcpy(e + 7, day, 6);
				check(&rules, pki_bytes_of(e, n));
				agree(pki_bytes_of(e, n));
			}
}
END_TEST

START_TEST(test_every_second)
{
	uint8_t e[ENTRY_MAX];
	size_t n = entry(0, e);
	char time[8];

	for (unsigned hour = 0; hour < 30; hour++)
		for (unsigned minute = 0; minute < 70; minute++)
			for (unsigned second = 0; second < 70; second++) {
				snprintf(time, sizeof time, "%02u%02u%02u", hour, minute, second);
				memcpy(e + 13, time, 6);
				agree(pki_bytes_of(e, n));
			}
}
END_TEST

START_TEST(test_every_serial)
{
	uint8_t e[ENTRY_MAX];
	size_t n = entry(1, e);

	for (unsigned v = 0; v < 65536; v++) {
		e[4] = (uint8_t)(v >> 8);
		e[5] = (uint8_t)v;
		agree(pki_bytes_of(e, n));
	}
}
END_TEST

START_TEST(test_every_reason)
{
	uint8_t e[ENTRY_MAX];
	size_t n = entry(4, e);

	for (unsigned v = 0; v < 256; v++) {
		e[n - 1] = (uint8_t)v;
		check(&rules, pki_bytes_of(e, n));
		agree(pki_bytes_of(e, n));
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_ordinary, test_mutated, test_every_day,
		test_every_second, test_every_serial, test_every_reason, NULL };

	return t_main("crl_entry", tests);
}
