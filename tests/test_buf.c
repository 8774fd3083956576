/* SPDX-License-Identifier: BSD-3-Clause */
/* Views, buffers and memory: growth, aliasing, secrets, sizes that do not fit. */
#include <stdio.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/buf.h"
#include "tests/lib/t.h"

START_TEST(views)
{
	ck_assert_uint_eq(pki_bytes_of(NULL, 0).len, 0);
	ck_assert_uint_eq(pki_bytes_str(NULL).len, 0);
	ck_assert_uint_eq(pki_bytes_str("abc").len, 3);
	ck_assert_str_eq((const char *)pki_bytes_str("abc").data, "abc");
}
END_TEST

static int sign(int v)
{
	return (v > 0) - (v < 0);
}

START_TEST(comparison)
{
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = {
		{ "", "", 0 },
		{ "00", "00", 0 },
		{ "", "00", -1 },
		{ "01", "", 1 },
		{ "01", "0100", -1 },
		{ "0101", "01", 1 },
		{ "7f", "80", -1 },
		{ "ff", "0000", 1 },
		{ "000001", "000002", -1 },
		{ "010000", "000000", 1 },
		{ "00000000000000000000000000000001", "00000000000000000000000000000000", 1 },
		{ "ff", "7f", 1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_bytes a = t_hex(cases[i].a), b = t_hex(cases[i].b);

		ck_assert_int_eq(sign(pki_bytes_compare(a, b)), cases[i].order);
		ck_assert_int_eq(sign(pki_bytes_compare(b, a)), -cases[i].order);
		ck_assert_int_eq(pki_bytes_equal(a, b), cases[i].order == 0);
		ck_assert_int_eq(pki_bytes_equal_secret(a, b), cases[i].order == 0);
	}
	ck_assert(pki_bytes_equal_secret(pki_bytes_of(NULL, 0), pki_bytes_str("")));
	ck_assert(pki_bytes_equal(pki_bytes_of(NULL, 0), pki_bytes_str("")));
}
END_TEST

/* Each single bit of difference is seen. */
START_TEST(equal_secret_bits)
{
	uint8_t a[33] = { 0 }, b[33] = { 0 };

	for (size_t bit = 0; bit < 8 * sizeof a; bit++) {
		b[bit / 8] = (uint8_t)(1u << bit % 8);
		ck_assert(
		    !pki_bytes_equal_secret(pki_bytes_of(a, sizeof a), pki_bytes_of(b, sizeof b)));
		b[bit / 8] = 0;
	}
	ck_assert(pki_bytes_equal_secret(pki_bytes_of(a, sizeof a), pki_bytes_of(b, sizeof b)));
}
END_TEST

START_TEST(append)
{
	pki_buf b = PKI_BUF_INIT;

	ck_assert_str_eq(pki_buf_str(&b), "");
	ck_assert_uint_eq(pki_buf_bytes(&b).len, 0);
	t_ok(pki_buf_append(&b, pki_bytes_of(NULL, 0), err));
	ck_assert_str_eq(pki_buf_str(&b), "");
	t_ok(pki_buf_append(&b, pki_bytes_str("abc"), err));
	t_ok(pki_buf_append(&b, pki_bytes_str("def"), err));
	t_ok(pki_buf_puts(&b, "-", err));
	t_ok(pki_buf_putc(&b, '.', err));
	ck_assert_str_eq(pki_buf_str(&b), "abcdef-.");
	pki_buf_truncate(&b, 100);
	ck_assert_uint_eq(b.len, 8);
	pki_buf_truncate(&b, 2);
	ck_assert_str_eq(pki_buf_str(&b), "ab");
	pki_buf_free(&b);
	ck_assert_ptr_null(b.data);
	pki_buf_free(&b);
	pki_buf_free(NULL);
}
END_TEST

START_TEST(append_itself)
{
	pki_buf b = PKI_BUF_INIT;

	for (uint32_t flags = 0; flags <= PKI_BUF_SECRET; flags++) {
		b.flags = flags;
		t_ok(pki_buf_puts(&b, "0123456789", err));
		for (size_t i = 0; i < 10; i++)
			t_ok(pki_buf_append(&b, pki_buf_bytes(&b), err));
		ck_assert_uint_eq(b.len, 10240);
		for (size_t i = 0; i < b.len; i++)
			ck_assert_uint_eq(b.data[i], '0' + i % 10);
		t_ok(pki_buf_append(&b, pki_bytes_of(b.data + 3, 4), err));
		ck_assert_str_eq(pki_buf_str(&b) + 10240, "3456");
		pki_buf_free(&b);
	}
}
END_TEST

START_TEST(bad_arguments)
{
	pki_buf b = PKI_BUF_INIT;

	t_fails(PKI_E_ARG, pki_buf_append(NULL, pki_bytes_str("x"), err));
	t_fails(PKI_E_ARG, pki_buf_append(&b, pki_bytes_of(NULL, 1), err));
	t_ok(pki_buf_puts(&b, "kept", err));
	t_fails(PKI_E_NOMEM, pki_buf_append(&b, pki_bytes_of(b.data, SIZE_MAX), err));
	t_fails(PKI_E_NOMEM, pki_buf_append(&b, pki_bytes_of(b.data, SIZE_MAX - 4), err));
	t_fails(PKI_E_NOMEM, pki_buf_reserve(&b, SIZE_MAX, err));
	t_fails(PKI_E_NOMEM, pki_buf_reserve(&b, SIZE_MAX / 2, err));
	t_fails(PKI_E_NOMEM, pki_buf_put_hex(&b, pki_bytes_of(b.data, SIZE_MAX / 2 + 1), err));
	ck_assert_str_eq(pki_buf_str(&b), "kept");
	ck_assert_str_eq(pki_buf_str(NULL), "");
	ck_assert_uint_eq(pki_buf_bytes(NULL).len, 0);
	pki_buf_free(&b);
}
END_TEST

START_TEST(steal)
{
	pki_buf b = PKI_BUF_INIT;
	size_t len = 7;
	uint8_t *p;

	ck_assert_ptr_null(pki_buf_steal(NULL, &len));
	ck_assert_uint_eq(len, 0);
	ck_assert_ptr_null(pki_buf_steal(&b, &len));
	t_ok(pki_buf_reserve(&b, 10, err));
	ck_assert_ptr_null(pki_buf_steal(&b, NULL));
	t_ok(pki_buf_puts(&b, "mine", err));
	p = pki_buf_steal(&b, &len);
	ck_assert_uint_eq(len, 4);
	ck_assert_mem_eq(p, "mine", 4);
	ck_assert_ptr_null(b.data);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_uint_eq(b.cap, 0);
	pki_free(p);
	pki_free(NULL);
}
END_TEST

/* What a truncated secret buffer held is zeros, not only out of sight. */
START_TEST(truncated_secret)
{
	pki_buf b = { .flags = PKI_BUF_SECRET };

	t_ok(pki_buf_puts(&b, "secret", err));
	pki_buf_truncate(&b, 1);
	ck_assert_mem_eq(b.data, "s\0\0\0\0\0", 6);
	pki_buf_free(&b);
	ck_assert_uint_eq(b.flags, PKI_BUF_SECRET);
}
END_TEST

START_TEST(numbers)
{
	static const struct {
		uint64_t v;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 9, "9" },
		{ 10, "10" },
		{ UINT32_MAX, "4294967295" },
		{ UINT64_MAX, "18446744073709551615" },
	};
	pki_buf b = PKI_BUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_buf_truncate(&b, 0);
		t_ok(pki_buf_put_u64(&b, cases[i].v, err));
		ck_assert_str_eq(pki_buf_str(&b), cases[i].text);
	}
	pki_buf_truncate(&b, 0);
	t_ok(pki_buf_put_hex(&b, t_hex("00010a9fa0ff"), err));
	ck_assert_str_eq(pki_buf_str(&b), "00010a9fa0ff");
	for (unsigned v = 0; v < 256; v++) {
		uint8_t octet = (uint8_t)v;
		char want[3];

		snprintf(want, sizeof want, "%02x", v);
		pki_buf_truncate(&b, 0);
		t_ok(pki_buf_put_hex(&b, pki_bytes_of(&octet, 1), err));
		ck_assert_str_eq(pki_buf_str(&b), want);
	}
	pki_buf_free(&b);
}
END_TEST

START_TEST(wipe)
{
	char secret[] = "secret";

	pki_wipe(NULL, 0);
	pki_wipe(NULL, 3);
	pki_wipe(secret, 0);
	ck_assert_str_eq(secret, "secret");
	pki_wipe(secret, 3);
	ck_assert_mem_eq(secret, "\0\0\0ret", 7);
	pki_free_secret(NULL, 0);
	pki_free_secret(pki_alloc(8), 8);
}
END_TEST

START_TEST(memory)
{
	void *p = pki_alloc(0), *q = pki_alloc_zero(0, 8);
	char *s = pki_alloc_str(pki_bytes_of("abcdef", 3));

	ck_assert_ptr_nonnull(p);
	ck_assert_ptr_nonnull(q);
	p = pki_realloc(p, 0);
	ck_assert_ptr_nonnull(p);
	ck_assert_str_eq(s, "abc");
	ck_assert_ptr_null(pki_alloc_zero(SIZE_MAX / 2, 3));
	ck_assert_ptr_null(pki_alloc_zero(SIZE_MAX / 2, 2));
	ck_assert_ptr_null(pki_alloc((size_t)PTRDIFF_MAX + 1));
	ck_assert_ptr_null(pki_realloc(NULL, SIZE_MAX));
	ck_assert_ptr_null(pki_alloc_str(pki_bytes_of("", SIZE_MAX)));
	pki_free(p);
	pki_free(q);
	pki_free(s);
}
END_TEST

START_TEST(arithmetic)
{
	size_t v;

	ck_assert(pki_size_add(SIZE_MAX - 1, 1, &v) && v == SIZE_MAX);
	ck_assert(!pki_size_add(SIZE_MAX, 1, &v));
	ck_assert(pki_size_mul(SIZE_MAX, 0, &v) && v == 0);
	ck_assert(pki_size_mul(SIZE_MAX / 2, 2, &v) && v == SIZE_MAX - 1);
	ck_assert(!pki_size_mul(SIZE_MAX / 2 + 1, 2, &v));
}
END_TEST

START_TEST(version)
{
	unsigned v[3];

	ck_assert_int_eq(sscanf(pki_version(), "%u.%u.%u", &v[0], &v[1], &v[2]), 3);
	ck_assert(pki_version_at_least(0, 0, 0));
	ck_assert(pki_version_at_least(v[0], v[1], v[2]));
	ck_assert(!pki_version_at_least(v[0], v[1], v[2] + 1));
	ck_assert(!pki_version_at_least(v[0], v[1] + 1, 0));
	ck_assert(!pki_version_at_least(v[0] + 1, 0, 0));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { views, comparison, equal_secret_bits, append, append_itself,
		bad_arguments, steal, truncated_secret, numbers, wipe, memory, arithmetic, version,
		NULL };

	return t_main("buf", tests);
}
