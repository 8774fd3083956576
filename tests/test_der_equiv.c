/* SPDX-License-Identifier: BSD-3-Clause */
/* The short way to read a header gives what libtasn1's primitives give. */
#include <stdlib.h>
#include <string.h>

#include "libpki/der/tlv.h"
#include "tests/lib/t.h"

static void expect_same(pki_bytes in)
{
	pki_tlv fast = { 1, 1, 1 }, any = { 1, 1, 1 };
	pki_tlv_fault fast_fault = { 0, "", "" }, any_fault = { 0, "", "" };
	bool fast_ok = pki_tlv_read(in, &fast, &fast_fault);
	bool any_ok = pki_tlv_read_any(in, &any, &any_fault);

	if (fast_ok == any_ok && fast.tag == any.tag && fast.header == any.header &&
	    fast.length == any.length && fast_fault.status == any_fault.status &&
	    strcmp(fast_fault.reason, any_fault.reason) == 0 &&
	    strcmp(fast_fault.clause, any_fault.clause) == 0)
		return;
	ck_abort_msg("%02x %02x, %zu octets: %d (%s) is not %d (%s)", in.data[0],
	    in.len > 1 ? in.data[1] : 0, in.len, fast_ok, fast_fault.reason, any_ok,
	    any_fault.reason);
}

/* What follows the prefix, as far as it matters to a header. */
static const uint8_t fills[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };

static const size_t lengths[] = { 2, 3, 4, 5, 6, 7, 8, 63, 64, 128, 129, 130, 131, 255, 256, 257,
	300 };

/* In a block of exactly its size, so that reading past it is seen. */
static void one_length(size_t len, uint8_t fill)
{
	uint8_t *in = malloc(len);

	ck_assert_ptr_nonnull(in);
	memset(in, fill, len);
	for (unsigned prefix = 0; prefix < 0x10000; prefix++) {
		in[0] = (uint8_t)(prefix >> 8);
		in[1] = (uint8_t)prefix;
		expect_same(pki_bytes_of(in, len));
	}
	free(in);
}

START_TEST(all_prefixes)
{
	for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
		for (size_t f = 0; f < sizeof fills; f++)
			one_length(lengths[l], fills[f]);
}
END_TEST

START_TEST(shorter_than_a_header)
{
	for (unsigned octet = 0; octet < 0x100; octet++) {
		uint8_t *in = malloc(1);

		ck_assert_ptr_nonnull(in);
		*in = (uint8_t)octet;
		expect_same(pki_bytes_of(in, 1));
		free(in);
	}
	expect_same(pki_bytes_of("", 0));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { all_prefixes, shorter_than_a_header, NULL };

	return t_main("der_equiv", tests);
}
