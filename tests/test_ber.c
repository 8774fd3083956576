/* SPDX-License-Identifier: BSD-3-Clause */
/* The door for BER: what comes out, beside other programs, and what does not come in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/ctx.h>
#include <pki/pem.h>

#include "libpki/der/ber.h"
#include "tests/lib/command.h"
#include "tests/lib/nested.h"

/* ---- good ---- */

static const struct row {
	const char *ber, *der; /* der NULL: as it came */
} rows[] = {
	/* DER stays what it is */
	{ "0500", NULL },
	{ "3000", NULL },
	{ "30{020101 31{0101ff} 0400 a0{30{0500}} 5f8a7b{0102}}", NULL },
	{ "1f2100", NULL },
	{ "3f21{0500}", NULL },
	/* lengths: X.690 8.1.3 */
	{ "30800000", "3000" },
	{ "3080 020101 0000", "30{020101}" },
	{ "3080 3080 3080 0000 0000 0000", "30{30{3000}}" },
	{ "3080 3000 3080 0000 0500 0000", "30{3000 3000 0500}" },
	{ "a080 8001ff 0000", "a0{8001ff}" },
	{ "3f2180 0500 0000", "3f21{0500}" },
	{ "bf8a7b80 0000", "bf8a7b00" },
	{ "308105 0203010203", "30{0203010203}" },
	{ "3084000000020500", "30{0500}" },
	{ "308a00000000000000000002 0500", "30{0500}" },
	{ "02820001 05", "020105" },
	{ "3080 0281 0105 0000", "30{020105}" },
	/* deeper: what is DER inside stays byte for byte, what is around it changes */
	{ "3080 30{020101 0482000161} 30{020102} 0000", "30{30{020101 040161} 30{020102}}" },
	{ "30{3080 0000}", "30{3000}" },
	{ "30{30{3080 0000} 30{0500}} ", "30{30{3000} 30{0500}}" },
	/* segments: X.690 8.6.4, 8.7.3, 8.23.6 */
	{ "2400", "0400" },
	{ "24800000", "0400" },
	{ "24{0401aa 0402bbcc}", "0403aabbcc" },
	{ "2480 0401aa 0400 0402bbcc 0000", "0403aabbcc" },
	{ "2480 24{0401aa 24800000} 2480 0401bb 0000 0401cc 0000", "0403aabbcc" },
	{ "2480 048101aa 0000", "0401aa" },
	{ "2300", "030100" },
	{ "2380 0302005a 0303045af0 0000", "0304045a5af0" },
	{ "23{23{0302005a} 2380 0303045af0 0000}", "0304045a5af0" },
	{ "23{030100 030100}", "030100" },
	{ "3a09 0403 4a6f6e 0402 6573", "1a05 4a6f6e6573" },
	{ "2c80 0402c3a4 0000", "0c02c3a4" },
	{ "2c80 0401c3 0401a4 0000", "0c02c3a4" },
	{ "33{040161} ", "130161" },
	{ "36{040161} ", "160161" },
	{ "3e{04020061} ", "1e020061" },
	{ "37{0406323630393031 0407 3030303030305a}", "170d3236303930313030303030305a" },
	{ "30{3e{04020061} 0500}", "30{1e020061 0500}" },
	/* a tag that is not universal may stand for any type: its segments stay */
	{ "a080 0401aa 0401bb 0000", "a0{0401aa 0401bb}" },
	{ "a080 2480 0401aa 0401bb 0000 0000", "a0{0402aabb}" },
	/* contents of what is primitive, order and defaults are for the reader */
	{ "3080 010101 0000", "30{010101}" },
	{ "3080 020200ff 02020001 0000", "30{020200ff 02020001}" },
	{ "3180 020102 020101 020101 0000", "31{020102 020101 020101}" },
	{ "3080 030204ff 0000", "30{030204ff}" },
	{ "3080 04{30800000} 0000", "30{04{30800000}}" },
	{ "3080 80{30800000} 0000", "30{80{30800000}}" },
};

static pki_status to_der(pki_bytes ber, pki_buf *der, size_t *used, pki_error *err)
{
	uint8_t *exact = malloc(ber.len + (ber.len == 0));
	pki_status st;

	if (ber.len > 0)
		memcpy(exact, ber.data, ber.len);
	st = pki_ber_to_der(NULL, pki_bytes_of(exact, ber.len), der, used, err);
	free(exact);
	return st;
}

static void becomes(pki_bytes ber, pki_bytes der)
{
	pki_buf out = PKI_BUF_INIT, more = PKI_BUF_INIT;
	size_t used = 0;

	t_ok(to_der(ber, &out, NULL, err));
	t_bytes_eq(pki_buf_bytes(&out), der);
	/* twice is once */
	t_ok(to_der(der, &out, NULL, err));
	t_bytes_eq(pki_bytes_of(out.data + der.len, out.len - der.len), der);
	/* what follows is not looked at */
	t_ok(pki_buf_append(&more, ber, err));
	t_ok(pki_buf_append(&more, pki_bytes_of("\0\x80\xff", 3), err));
	pki_buf_free(&out);
	t_ok(to_der(pki_buf_bytes(&more), &out, &used, err));
	ck_assert_uint_eq(used, ber.len);
	t_bytes_eq(pki_buf_bytes(&out), der);
	pki_buf_free(&more);
	pki_buf_free(&out);
}

START_TEST(test_good)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_bytes ber = t_nested(rows[i].ber);

		becomes(ber, rows[i].der == NULL ? ber : t_nested(rows[i].der));
	}
}
END_TEST

/* ---- bad ---- */

static const struct bad {
	const char *ber, *clause;
	size_t offset;
} bad[] = {
	/* headers */
	{ "", "X.690 8.1", 0 },
	{ "30", "X.690 8.1", 0 },
	{ "3081", "X.690 8.1", 0 },
	{ "308201", "X.690 8.1", 0 },
	{ "30ff", "X.690 8.1.3.5", 0 },
	{ "3001", "X.690 8.1.3", 0 },
	{ "30{0202 01}", "X.690 8.1.3", 2 },
	{ "3080 0202 0000", "X.690 8.1.3.6.2", 6 },
	{ "30880100000000000000", "X.690 8.1.3", 0 },
	{ "3090ffffffffffffffffffffffffffffffff", "X.690 8.1.3", 0 },
	{ "3f1e00", "X.690 8.1.2.2", 0 },
	{ "3f8001", "X.690 8.1.2.2", 0 },
	{ "3f", "X.690 8.1", 0 },
	{ "3fffffffffff7f00", "X.690 8.1.2.4", 0 },
	/* end-of-contents octets: A04 */
	{ "0000", "X.690 8.1.5", 0 },
	{ "30{0000}", "X.690 8.1.5", 2 },
	{ "30{0500 0000}", "X.690 8.1.5", 4 },
	{ "3080", "X.690 8.1.3.6.2", 2 },
	{ "3080 00", "X.690 8.1", 2 },
	{ "3080 0001 00", "X.690 10.1", 2 },
	{ "3080 0500", "X.690 8.1.3.6.2", 4 },
	{ "3080 3080 0000", "X.690 8.1.3.6.2", 6 },
	{ "30{3080} 0000", "X.690 8.1.3.6.2", 4 },
	{ "30{3080 0500} 0000", "X.690 8.1.3.6.2", 6 },
	{ "30{30{a080 00}} 00", "X.690 8.1", 6 },
	{ "2080 0000", "X.690 10.1", 0 },
	/* after the end */
	{ "0500 00", "X.690 8.1", 2 },
	{ "3080 0000 0000", "X.690 8.1", 4 },
	{ "3000 30800000", "X.690 8.1", 2 },
	/* forms */
	{ "0480 0000", "X.690 8.1.3.2", 0 },
	{ "3080 0280 01 0000 0000", "X.690 8.1.3.2", 2 },
	{ "8080 0000", "X.690 8.1.3.2", 0 },
	{ "21{0101ff}", "X.690 8.2.1", 0 },
	{ "22800000", "X.690 8.3.1", 0 },
	{ "2500", "X.690 8.8.1", 0 },
	{ "26{2a}", "X.690 8.19.1", 0 },
	{ "2900", "X.690 8.5.1", 0 },
	{ "2a00", "X.690 8.4", 0 },
	{ "2d00", "X.690 8.20.1", 0 },
	{ "1000", "X.690 8.9.1", 0 },
	{ "3080 1100 0000", "X.690 8.11.1", 2 },
	{ "0800", "X.690 8.18.1", 0 },
	{ "0b00", "X.690 8.17.1", 0 },
	{ "1d00", "X.690 8.24.1", 0 },
	/* segments */
	{ "24{0500}", "X.690 8.7.3.2", 2 },
	{ "24{0101ff}", "X.690 8.7.3.2", 2 },
	{ "2480 30800000 0000", "X.690 8.7.3.2", 2 },
	{ "2480 8001aa 0000", "X.690 8.7.3.2", 2 },
	{ "2480 a000 0000", "X.690 8.7.3.2", 2 },
	{ "24{24{030100}}", "X.690 8.7.3.2", 4 },
	{ "2c{0c0161}", "X.690 8.7.3.2", 2 },
	{ "36{24{160161}}", "X.690 8.7.3.2", 4 },
	{ "2480 0401aa", "X.690 8.1.3.6.2", 5 },
	{ "24{0402aa}", "X.690 8.1.3", 2 },
	{ "23{0401aa}", "X.690 8.6.4.1", 2 },
	{ "23{0300}", "X.690 8.6.2.2", 2 },
	{ "23{030108}", "X.690 8.6.2.2", 2 },
	{ "23{030101}", "X.690 8.6.2.2", 2 },
	{ "2380 0302085a 0000", "X.690 8.6.2.2", 2 },
	{ "2380 03020450 0302005a 0000", "X.690 8.6.4", 6 },
	{ "23{23{03020450} 030100}", "X.690 8.6.4", 8 },
};

START_TEST(test_bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_buf out = PKI_BUF_INIT;
		pki_status st;

		t_ok(pki_buf_append(&out, pki_bytes_str("kept"), err));
		st = to_der(t_nested(bad[i].ber), &out, NULL, &e);
		ck_assert_msg(st == PKI_E_ENCODING, "%s: %s", bad[i].ber, pki_status_text(st));
		ck_assert_msg(strcmp(pki_error_clause(&e), bad[i].clause) == 0 &&
			pki_error_offset(&e) == bad[i].offset,
		    "%s: %s", bad[i].ber, t_error(&e));
		ck_assert_str_eq(pki_buf_str(&out), "kept");
		pki_buf_free(&out);
	}
}
END_TEST

/* Each truncation is refused. */
START_TEST(test_cut_short)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_bytes ber = t_nested(rows[i].ber);
		pki_buf out = PKI_BUF_INIT;

		for (size_t n = 0; n < ber.len; n++)
			t_fails(PKI_E_ENCODING, to_der(pki_bytes_of(ber.data, n), &out, NULL, err));
		ck_assert_uint_eq(out.len, 0);
	}
}
END_TEST

/* ---- random values, written in DER and in any BER ---- */

static uint32_t seed;

/* 0..n-1 */
static uint32_t any(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static void put(pki_buf *b, pki_bytes in)
{
	ck_assert_int_eq(pki_buf_append(b, in, NULL), PKI_SUCCESS);
}

static void put_octet(pki_buf *b, uint8_t octet)
{
	put(b, pki_bytes_of(&octet, 1));
}

static void put_length(pki_buf *b, size_t n, unsigned octets)
{
	if (octets == 0) {
		put_octet(b, (uint8_t)n);
		return;
	}
	put_octet(b, (uint8_t)(0x80 | octets));
	while (octets-- > 0)
		put_octet(b, octets >= sizeof n ? 0 : (uint8_t)(n >> 8 * octets));
}

static unsigned fewest(size_t n)
{
	return n < 0x80 ? 0 : n < 0x100 ? 1 : n < 0x10000 ? 2 : 3;
}

static void put_der(pki_buf *b, uint8_t tag, pki_bytes contents)
{
	put_octet(b, tag);
	put_length(b, contents.len, fewest(contents.len));
	put(b, contents);
}

/* In any form; indefinite where the tag is constructed. */
static void put_ber(pki_buf *b, uint8_t tag, pki_bytes contents)
{
	put_octet(b, tag);
	if ((tag & 0x20) != 0 && any(2) == 0) {
		put_octet(b, 0x80);
		put(b, contents);
		put(b, pki_bytes_of("\0", 2));
		return;
	}
	put_length(b, contents.len, any(2) == 0 ? fewest(contents.len) : 3 + any(12));
	put(b, contents);
}

/* A string in segments, or in one piece. */
static void put_string(pki_buf *b, uint8_t tag, pki_bytes contents, unsigned depth)
{
	pki_buf inner = PKI_BUF_INIT;
	size_t n;

	if (depth == 0 || any(3) == 0) {
		put_ber(b, tag, contents);
		return;
	}
	while (contents.len > 0) {
		n = any((uint32_t)contents.len + 1);
		put_string(&inner, PKI_TAG_OCTETS, pki_bytes_of(contents.data, n), depth - 1);
		contents = pki_bytes_of(contents.data + n, contents.len - n);
	}
	put_ber(b, tag | 0x20, pki_buf_bytes(&inner));
	pki_buf_free(&inner);
}

static void random_string(pki_buf *ber, pki_buf *der)
{
	static const uint8_t tags[] = { 4, 12, 19, 20, 22, 23, 24, 26, 28, 30 };
	uint8_t octets[300], tag = tags[any(sizeof tags)];
	size_t n = any(any(8) == 0 ? 300 : 8);

	for (size_t i = 0; i < n; i++)
		octets[i] = (uint8_t)any(256);
	put_string(ber, tag, pki_bytes_of(octets, n), 3);
	put_der(der, tag, pki_bytes_of(octets, n));
}

static void random_value(pki_buf *ber, pki_buf *der, unsigned depth)
{
	static const uint8_t tags[] = { 0x30, 0x31, 0xa0, 0xbe, 0x61, 0xe3 };
	pki_buf b = PKI_BUF_INIT, d = PKI_BUF_INIT;
	uint8_t tag = tags[any(sizeof tags)];

	if (depth == 0 || any(3) == 0) {
		random_string(ber, der);
		return;
	}
	for (uint32_t n = any(6); n > 0; n--)
		random_value(&b, &d, depth - 1);
	put_ber(ber, tag, pki_buf_bytes(&b));
	put_der(der, tag, pki_buf_bytes(&d));
	pki_buf_free(&b);
	pki_buf_free(&d);
}

START_TEST(test_random)
{
	for (seed = 1; seed < 3000; seed++) {
		uint32_t first = seed;
		pki_buf ber = PKI_BUF_INIT, der = PKI_BUF_INIT;

		random_value(&ber, &der, 1 + any(6));
		becomes(pki_buf_bytes(&ber), pki_buf_bytes(&der));
		pki_buf_free(&ber);
		pki_buf_free(&der);
		seed = first;
	}
}
END_TEST

/* ---- what openssl streams, and what it makes of that itself ---- */

#define CMS "cd '%s' && openssl cms -binary -outform DER"

START_TEST(test_openssl)
{
	static const char *const ways[] = {
		CMS " -data_create -stream -in content -out ber",
		CMS " -sign -nodetach -stream -in content -signer cert -inkey key -out ber",
		CMS " -digest_create -stream -in content -out ber",
	};
	const char *folder = t_scratch(".");
	pki_buf content = PKI_BUF_INIT, ber = PKI_BUF_INIT, der = PKI_BUF_INIT, out = PKI_BUF_INIT;

	for (size_t i = 0; i < 200000; i++)
		put_octet(&content, (uint8_t)(i * 7));
	t_ok(pki_file_write(t_scratch("content"), pki_buf_bytes(&content), 0, err));
	t_runs("cd '%s' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
	       "-keyout key -out cert -subj /CN=a",
	    folder);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		pki_buf_free(&ber);
		pki_buf_free(&der);
		pki_buf_free(&out);
		t_runs(ways[i], folder);
		t_runs(CMS " -cmsout -inform DER -in ber -out der", folder);
		t_ok(pki_file_read(t_scratch("ber"), 1 << 20, &ber, err));
		t_ok(pki_file_read(t_scratch("der"), 1 << 20, &der, err));
		ck_assert_uint_eq(ber.data[1], 0x80);
		t_ok(pki_ber_to_der(NULL, pki_buf_bytes(&ber), &out, NULL, err));
		t_bytes_eq(pki_buf_bytes(&out), pki_buf_bytes(&der));
		remove(t_scratch("ber"));
		remove(t_scratch("der"));
	}
	pki_buf_free(&content);
	pki_buf_free(&ber);
	pki_buf_free(&der);
	pki_buf_free(&out);
}
END_TEST

/* ---- limits ---- */

/* `open` so often, and then `close`. */
static pki_bytes nest(const char *open, const char *close, size_t n, pki_buf *b)
{
	pki_bytes head = t_hex(open), tail = t_hex(close);

	b->len = 0;
	for (size_t i = 0; i < n; i++)
		put(b, head);
	for (size_t i = 0; i < n; i++)
		put(b, tail);
	return pki_buf_bytes(b);
}

START_TEST(test_depth)
{
	static const char *const opens[] = { "3080", "2480", "2380", "a080" };
	pki_limits limits = { .size = sizeof limits, .ber_depth = 3 };
	pki_buf b = PKI_BUF_INIT, out = PKI_BUF_INIT;
	pki_ctx *few;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &few, err));
	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
		t_ok(pki_ber_to_der(NULL, nest(opens[i], "0000", 64, &b), &out, NULL, err));
		t_ok(pki_ber_to_der(few, nest(opens[i], "0000", 3, &b), &out, NULL, err));
		t_fails(PKI_E_LIMIT,
		    pki_ber_to_der(few, nest(opens[i], "0000", 4, &b), &out, NULL, err));
		t_fails(PKI_E_LIMIT,
		    pki_ber_to_der(NULL, nest(opens[i], "0000", 65, &b), &out, NULL, err));
		t_fails(PKI_E_LIMIT,
		    pki_ber_to_der(NULL, nest(opens[i], "", 100000, &b), &out, NULL, err));
	}
	pki_ctx_free(few);
	pki_buf_free(&b);
	pki_buf_free(&out);
}
END_TEST

START_TEST(test_size)
{
	pki_limits limits = { .size = sizeof limits, .message_bytes = 6 };
	pki_buf out = PKI_BUF_INIT;
	pki_ctx *small;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &small, err));
	t_ok(pki_ber_to_der(small, t_hex("308005000000"), &out, NULL, err));
	t_fails(PKI_E_LIMIT, pki_ber_to_der(small, t_hex("3080 048101aa 0000"), &out, NULL, err));
	ck_assert_uint_eq(out.len, 4);
	pki_ctx_free(small);
	pki_buf_free(&out);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_good, test_bad, test_cut_short, test_random,
		test_openssl, test_depth, test_size, NULL };

	return t_main("ber", tests);
}
