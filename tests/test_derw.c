/* SPDX-License-Identifier: BSD-3-Clause */
/* The DER writer: what it writes, octet by octet, and what it refuses to write. */
#include <pki/der.h>
#include <pki/time.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/t.h"

typedef void write_fn(pki_derw *w);

static void put(pki_derw *w, pki_tag tag, const char *hex)
{
	pki_derw_put(w, tag, t_hex(hex));
}

static void write_int_0(pki_derw *w)
{
	pki_derw_int64(w, 0);
}

static void write_int_127(pki_derw *w)
{
	pki_derw_int64(w, 127);
}

static void write_int_128(pki_derw *w)
{
	pki_derw_int64(w, 128);
}

static void write_int_minus_128(pki_derw *w)
{
	pki_derw_int64(w, -128);
}

static void write_int_minus_129(pki_derw *w)
{
	pki_derw_int64(w, -129);
}

static void write_int_max(pki_derw *w)
{
	pki_derw_int64(w, INT64_MAX);
}

static void write_int_min(pki_derw *w)
{
	pki_derw_int64(w, INT64_MIN);
}

static void write_enum(pki_derw *w)
{
	pki_derw_enum(w, 6);
}

static void write_uints(pki_derw *w)
{
	pki_derw_uint(w, t_hex(""));
	pki_derw_uint(w, t_hex("00"));
	pki_derw_uint(w, t_hex("00000080"));
	pki_derw_uint(w, t_hex("7f"));
	pki_derw_uint(w, t_hex("ffff"));
}

static void write_bools(pki_derw *w)
{
	pki_derw_bool(w, false, false);
	pki_derw_bool(w, true, false);
	pki_derw_bool(w, true, true);
	pki_derw_bool(w, false, true);
	pki_derw_boolean(w, false);
}

static void write_bits(pki_derw *w)
{
	pki_derw_bits(w, t_hex(""), 0);
	pki_derw_bits(w, t_hex("ff80"), 7);
}

static void write_bits_dirty(pki_derw *w)
{
	pki_derw_bits(w, t_hex("ff81"), 7);
}

static void write_bits_eight(pki_derw *w)
{
	pki_derw_bits(w, t_hex("00"), 8);
}

static void write_bits_none_unused(pki_derw *w)
{
	pki_derw_bits(w, t_hex(""), 1);
}

static void write_flags(pki_derw *w)
{
	pki_derw_flags(w, 0);
	pki_derw_flags(w, 1);
	pki_derw_flags(w, 1u << 5 | 1u << 6);
	pki_derw_flags(w, 1u << 8);
	pki_derw_flags(w, 1u << 31);
}

static void write_times(pki_derw *w)
{
	pki_derw_time(w, 0);
	pki_derw_time(w, INT64_C(2524607999));
	pki_derw_time(w, INT64_C(2524608000));
	pki_derw_time(w, INT64_C(-631152001));
}

static void write_time_late(pki_derw *w)
{
	pki_derw_time(w, PKI_TIME_MAX + 1);
}

static void write_null_oid(pki_derw *w)
{
	pki_derw_null(w);
	pki_derw_oid(w, PKI_OID(common_name));
}

static void write_oid_empty(pki_derw *w)
{
	pki_derw_oid(w, t_hex(""));
}

static void write_oid_cut(pki_derw *w)
{
	pki_derw_oid(w, t_hex("2a83"));
}

static void write_texts(pki_derw *w)
{
	pki_derw_text(w, PKI_TAG_UTF8, "\xc3\xa9");
	pki_derw_text(w, PKI_TAG_PRINTABLE, "NL");
	pki_derw_text(w, PKI_TAG_BMP, "\xc3\xa9");
	pki_derw_text(w, PKI_TAG_UNIVERSAL, "\xf0\x9f\x98\x80");
	pki_derw_text(w, PKI_TAG_TELETEX, "\xc3\xa9");
}

static void write_text_unprintable(pki_derw *w)
{
	pki_derw_text(w, PKI_TAG_PRINTABLE, "a@b");
}

static void write_text_not_ia5(pki_derw *w)
{
	pki_derw_text(w, PKI_TAG_IA5, "\xc3\xa9");
}

static void write_text_not_utf8(pki_derw *w)
{
	pki_derw_text(w, PKI_TAG_UTF8, "\xff");
}

static void write_text_not_bmp(pki_derw *w)
{
	pki_derw_text(w, PKI_TAG_BMP, "\xf0\x9f\x98\x80");
}

static void write_text_null(pki_derw *w)
{
	pki_derw_text(w, PKI_TAG_UTF8, NULL);
}

static void write_text_no_string(pki_derw *w)
{
	pki_derw_text(w, PKI_TAG_INTEGER, "1");
}

static void write_tags(pki_derw *w)
{
	put(w, PKI_TAG_CONTEXT | 30, "");
	put(w, PKI_TAG_CONTEXT | 31, "");
	put(w, PKI_TAG_PRIVATE | PKI_TAG_CONSTRUCTED | 128, "");
	put(w, PKI_TAG_APPLICATION | PKI_TAG_NUMBER, "");
}

static void write_nested(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	pki_derw_int64(w, 2);
	pki_derw_end(w);
	pki_derw_begin(w, PKI_TAG_OCTETS);
	pki_derw_null(w);
	pki_derw_end(w);
	pki_derw_begin_bits(w);
	pki_derw_null(w);
	pki_derw_end(w);
	pki_derw_raw(w, t_hex("0500"));
	pki_derw_end(w);
}

static void write_set_of(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SET);
	put(w, PKI_TAG_OCTETS, "0101");
	put(w, PKI_TAG_OCTETS, "02");
	put(w, PKI_TAG_OCTETS, "01");
	put(w, PKI_TAG_INTEGER, "7f");
	pki_derw_end_set_of(w);
}

static void write_set_of_nothing(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SET);
	pki_derw_end_set_of(w);
}

static void write_set_of_twice(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SET);
	pki_derw_int64(w, 1);
	pki_derw_int64(w, 1);
	pki_derw_end_set_of(w);
}

static void write_set_of_garbage(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SET);
	pki_derw_raw(w, t_hex("0502"));
	pki_derw_end_set_of(w);
}

static void write_not_ended(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
}

static void write_not_begun(pki_derw *w)
{
	pki_derw_end(w);
}

static void write_set_of_not_begun(pki_derw *w)
{
	pki_derw_end_set_of(w);
}

static void write_too_deep(pki_derw *w)
{
	for (int i = 0; i < 33; i++)
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (int i = 0; i < 33; i++)
		pki_derw_end(w);
}

static void write_own_error(pki_derw *w)
{
	pki_derw_null(w);
	pki_derw_fail(w, PKI_E_POLICY, "not that", NULL);
	pki_derw_fail(w, PKI_E_NOTFOUND, "a second one", NULL);
	pki_derw_null(w);
}

static const struct {
	write_fn *write;
	pki_status want;
	const char *hex;
} rows[] = {
	{ write_int_0, PKI_SUCCESS, "020100" },
	{ write_int_127, PKI_SUCCESS, "02017f" },
	{ write_int_128, PKI_SUCCESS, "02020080" },
	{ write_int_minus_128, PKI_SUCCESS, "020180" },
	{ write_int_minus_129, PKI_SUCCESS, "0202ff7f" },
	{ write_int_max, PKI_SUCCESS, "02087fffffffffffffff" },
	{ write_int_min, PKI_SUCCESS, "02088000000000000000" },
	{ write_enum, PKI_SUCCESS, "0a0106" },
	{ write_uints, PKI_SUCCESS, "020100 020100 02020080 02017f 020300ffff" },
	{ write_bools, PKI_SUCCESS, "0101ff 010100 010100" },
	{ write_bits, PKI_SUCCESS, "030100 030307ff80" },
	{ write_flags, PKI_SUCCESS, "030100 03020780 03020106 0303070080 0305000000 0001" },
	{ write_times, PKI_SUCCESS,
	    "170d3730303130313030303030305a 170d3439313233313233353935395a"
	    "180f32303530303130313030303030305a 180f31393439313233313233353935395a" },
	{ write_null_oid, PKI_SUCCESS, "0500 0603550403" },
	{ write_texts, PKI_SUCCESS, "0c02c3a9 13024e4c 1e0200e9 1c040001f600 1401e9" },
	{ write_tags, PKI_SUCCESS, "9e00 9f1f00 ff810000 5f81ffffff7f00" },
	{ write_nested, PKI_SUCCESS, "3010 a003020102 04020500 0303000500 0500" },
	{ write_set_of, PKI_SUCCESS, "310d 02017f 040101 040102 04020101" },
	{ write_set_of_nothing, PKI_SUCCESS, "3100" },
	{ write_bits_dirty, PKI_E_ARG, "" },
	{ write_bits_eight, PKI_E_ARG, "" },
	{ write_bits_none_unused, PKI_E_ARG, "" },
	{ write_time_late, PKI_E_ARG, "" },
	{ write_oid_empty, PKI_E_ARG, "" },
	{ write_oid_cut, PKI_E_ARG, "" },
	{ write_text_unprintable, PKI_E_ARG, "" },
	{ write_text_not_ia5, PKI_E_ARG, "" },
	{ write_text_not_utf8, PKI_E_ARG, "" },
	{ write_text_not_bmp, PKI_E_ARG, "" },
	{ write_text_null, PKI_E_ARG, "" },
	{ write_text_no_string, PKI_E_ARG, "" },
	{ write_set_of_twice, PKI_E_ARG, "" },
	{ write_set_of_garbage, PKI_E_ARG, "" },
	{ write_not_ended, PKI_E_ARG, "" },
	{ write_not_begun, PKI_E_ARG, "" },
	{ write_set_of_not_begun, PKI_E_ARG, "" },
	{ write_too_deep, PKI_E_LIMIT, "" },
	{ write_own_error, PKI_E_POLICY, "" },
};

START_TEST(test_rows)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_error why = PKI_ERROR_INIT;
		pki_buf out = PKI_BUF_INIT;
		pki_derw w;
		pki_status st;

		t_ok(pki_buf_append(&out, t_hex("aa"), err));
		pki_derw_init(&w, NULL);
		rows[i].write(&w);
		st = pki_derw_finish(&w, &out, &why);
		ck_assert_msg(st == rows[i].want, "row %zu: %s", i, t_error(&why));
		ck_assert_uint_eq(out.data[0], 0xaa);
		t_bytes_eq(pki_bytes_of(out.data + 1, out.len - 1), t_hex(rows[i].hex));
		pki_derw_free(&w);
		pki_buf_free(&out);
	}
}
END_TEST

/* Lengths at each border, in a TLV put whole and in one that is begun and ended. */
START_TEST(test_lengths)
{
	static const size_t lengths[] = { 0, 1, 127, 128, 255, 256, 65535, 65536, 70000 };

	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		uint8_t *contents = calloc(1, lengths[i] + 1);
		pki_buf put_out = PKI_BUF_INIT, begun = PKI_BUF_INIT;
		pki_bytes b;
		pki_derw w;
		pki_der r;

		pki_derw_init(&w, NULL);
		pki_derw_put(&w, PKI_TAG_OCTETS, pki_bytes_of(contents, lengths[i]));
		t_ok(pki_derw_finish(&w, &put_out, err));
		pki_derw_init(&w, NULL);
		pki_derw_secret(&w);
		pki_derw_begin(&w, PKI_TAG_OCTETS);
		pki_derw_raw(&w, pki_bytes_of(contents, lengths[i]));
		pki_derw_end(&w);
		t_ok(pki_derw_finish(&w, &begun, err));
		t_bytes_eq(pki_buf_bytes(&begun), pki_buf_bytes(&put_out));
		pki_der_init(&r, NULL, pki_buf_bytes(&begun), NULL);
		pki_der_next(&r, PKI_TAG_OCTETS, NULL, &b);
		t_ok(pki_der_finish(&r, err));
		ck_assert_uint_eq(b.len, lengths[i]);
		pki_buf_free(&put_out);
		pki_buf_free(&begun);
		free(contents);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_rows, test_lengths, NULL };

	return t_main("derw", tests);
}
