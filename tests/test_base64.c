/* SPDX-License-Identifier: BSD-3-Clause */
/* Base64: the RFC's vectors, each value in each place, and all that is not canonical. */
#include <pki/pem.h>
#include <string.h>

#include "libpki/core/base64.h"
#include "libpki/core/buf.h"
#include "tests/lib/t.h"

/* RFC 4648 section 10. */
static const char *const vectors[][2] = {
	{ "", "" },
	{ "f", "Zg==" },
	{ "fo", "Zm8=" },
	{ "foo", "Zm9v" },
	{ "foob", "Zm9vYg==" },
	{ "fooba", "Zm9vYmE=" },
	{ "foobar", "Zm9vYmFy" },
};

START_TEST(rfc_4648)
{
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		pki_buf b = PKI_BUF_INIT;

		t_ok(pki_base64_encode(pki_bytes_str(vectors[i][0]), &b, err));
		ck_assert_str_eq(pki_buf_str(&b), vectors[i][1]);
		pki_buf_truncate(&b, 0);
		t_ok(pki_base64_decode(pki_bytes_str(vectors[i][1]), &b, err));
		ck_assert_str_eq(pki_buf_str(&b), vectors[i][0]);
		pki_buf_free(&b);
	}
}
END_TEST

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Every octet in every place of a row of eight characters, which is decoded at once, and alone. */
START_TEST(every_character)
{
	for (unsigned c = 0; c < 256; c++) {
		const char *at = c == 0 ? NULL : strchr(alphabet, (int)c);

		for (size_t place = 0; place < 12 && c != '='; place++) {
			char text[] = "AAAAAAAAAAAA";
			pki_buf b = PKI_BUF_INIT;
			pki_status want = at != NULL ? PKI_SUCCESS : PKI_E_ENCODING;
			uint8_t want_octets[9] = { 0 };

			text[place] = (char)c;
			ck_assert_int_eq(pki_base64_decode(pki_bytes_of(text, 12), &b, NULL), want);
			ck_assert_uint_eq(b.len, at == NULL ? 0 : 9);
			for (size_t bit = 0; at != NULL && bit < 6; bit++) {
				size_t n = place * 6 + bit;

				if (((at - alphabet) >> (5 - bit) & 1) != 0)
					want_octets[n / 8] |= (uint8_t)(0x80 >> n % 8);
			}
			if (at != NULL)
				ck_assert_mem_eq(b.data, want_octets, 9);
			pki_buf_free(&b);
		}
	}
}
END_TEST

/* Each value at each place, and each length, there and back, against a naive encoder. */
START_TEST(every_value)
{
	uint8_t in[64];

	for (unsigned v = 0; v < 256; v++) {
		for (size_t i = 0; i < sizeof in; i++)
			in[i] = (uint8_t)(v + i * 37);
		for (size_t len = 0; len <= sizeof in; len++) {
			pki_buf text = PKI_BUF_INIT, out = PKI_BUF_INIT;

			t_ok(pki_base64_encode(pki_bytes_of(in, len), &text, err));
			ck_assert_uint_eq(text.len, (len + 2) / 3 * 4);
			for (size_t i = 0; i < (len * 8 + 5) / 6; i++) {
				size_t bit = i * 6;
				unsigned pair = (unsigned)in[bit / 8] << 8 |
				    (bit / 8 + 1 < len ? in[bit / 8 + 1] : 0u);

				ck_assert_int_eq(
				    text.data[i], alphabet[pair >> (10 - bit % 8) & 63]);
			}
			t_ok(pki_base64_decode(pki_buf_bytes(&text), &out, err));
			t_bytes_eq(pki_buf_bytes(&out), pki_bytes_of(in, len));
			pki_buf_free(&text);
			pki_buf_free(&out);
		}
	}
}
END_TEST

START_TEST(white_space)
{
	static const char *const cases[] = { "Zm9vYmFyIQ==", " Zm9vYmFyIQ==", "Zm9vYmFyIQ==\n",
		"Zm9vYmFyIQ==\r\n \t\n",
		"Z m 9 v Y m F y I Q = =", "Zm9v\nYmFy\nIQ==", "Zm9vYm\r\nFyIQ==", "Zm9vYmFyIQ=\n=",
		"Zm9vYmFyIQ\n==", "\n\n\n\n\n\n\n\n\nZm9vYmFyIQ==", "Zm9vYmFyI\rQ==" };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_buf b = PKI_BUF_INIT;

		t_ok(pki_base64_decode(pki_bytes_str(cases[i]), &b, err));
		ck_assert_str_eq(pki_buf_str(&b), "foobar!");
		pki_buf_free(&b);
	}
}
END_TEST

static const struct {
	const char *text, *reason;
	size_t line;
} bad[] = {
	{ "Z", "the text ends within a group of four", 1 },
	{ "Zm", "the text ends within a group of four", 1 },
	{ "Zm9", "the text ends within a group of four", 1 },
	{ "Zm9vY", "the text ends within a group of four", 1 },
	{ "Zg=", "the text ends within a group of four", 1 },
	{ "Zm9v\nZg\n\n\n", "the text ends within a group of four", 2 },
	{ "=", "'=' where a character is due", 1 },
	{ "====", "'=' where a character is due", 1 },
	{ "Z===", "'=' where a character is due", 1 },
	{ "Z=9v", "'=' where a character is due", 1 },
	{ "Zm9v=", "'=' where a character is due", 1 },
	{ "Zm9v====", "'=' where a character is due", 1 },
	{ "Zm=v", "a character in the padding", 1 },
	{ "Zg=\n\ng", "a character in the padding", 3 },
	{ "Zg===", "text after the padding", 1 },
	{ "Zg==Zg==", "text after the padding", 1 },
	{ "Zm8=Zm8=", "text after the padding", 1 },
	{ "Zm8=\nZm9v", "text after the padding", 2 },
	{ "Zm8=\n*", "text after the padding", 2 },
	{ "Zh==", "the unused bits of the last character are not zero", 1 },
	{ "Zv==", "the unused bits of the last character are not zero", 1 },
	{ "Zm9=", "the unused bits of the last character are not zero", 1 },
	{ "Zm+=", "the unused bits of the last character are not zero", 1 },
	{ "Zm9v\r\nZm9vZh==", "the unused bits of the last character are not zero", 2 },
	{ "Zm9-", "a character that is not base64", 1 },
	{ "Zm9_", "a character that is not base64", 1 },
	{ "Zm9.", "a character that is not base64", 1 },
	{ "Zm\v9v", "a character that is not base64", 1 },
	{ "Zm9v\f", "a character that is not base64", 1 },
	{ "Zm9v\xc2\xa0", "a character that is not base64", 1 },
	{ "\xef\xbb\xbfZm9v", "a character that is not base64", 1 },
	{ "Zm9v\r\rZm9v\r\nZm9v\nZ*9v", "a character that is not base64", 5 },
	{ "Zm9vZm9vZm9vZm9v\nZm9vZm9vZm9vZm9v\nZm9vZm9!", "a character that is not base64", 3 },
};

START_TEST(refused)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_buf b = PKI_BUF_INIT;
		pki_error e = PKI_ERROR_INIT;

		t_ok(pki_buf_puts(&b, "kept", err));
		ck_assert_int_eq(
		    pki_base64_decode(pki_bytes_str(bad[i].text), &b, &e), PKI_E_ENCODING);
		ck_assert_msg(strcmp(pki_error_reason(&e), bad[i].reason) == 0, "%s: %s",
		    bad[i].text, pki_error_reason(&e));
		ck_assert_uint_eq(pki_error_line(&e), bad[i].line);
		ck_assert_str_eq(pki_error_function(&e), "pki_base64_decode");
		ck_assert_str_eq(pki_buf_str(&b), "kept");
		pki_buf_free(&b);
	}
}
END_TEST

/* The limit is exact for every length, however much white space there is. */
START_TEST(limit)
{
	uint8_t in[40] = { 0 };

	for (size_t len = 0; len <= sizeof in; len++) {
		pki_buf text = PKI_BUF_INIT, out = PKI_BUF_INIT;

		t_ok(pki_base64_write(pki_bytes_of(in, len), 8, &text, err));
		t_ok(pki_base64_read(pki_buf_bytes(&text), 1, len, &out, err));
		ck_assert_uint_eq(out.len, len);
		if (len > 0)
			t_fails(PKI_E_LIMIT,
			    pki_base64_read(pki_buf_bytes(&text), 1, len - 1, &out, err));
		ck_assert_uint_eq(out.len, len);
		pki_buf_free(&text);
		pki_buf_free(&out);
	}
}
END_TEST

START_TEST(lines)
{
	static const struct {
		size_t octets, width;
		const char *want;
	} cases[] = {
		{ 0, 4, "" },
		{ 1, 4, "AA==\n" },
		{ 3, 4, "AAAA\n" },
		{ 4, 4, "AAAA\nAA==\n" },
		{ 7, 8, "AAAAAAAA\nAA==\n" },
		{ 6, 8, "AAAAAAAA\n" },
		{ 6, 0, "AAAAAAAA" },
	};
	uint8_t in[8] = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_buf b = PKI_BUF_INIT;

		t_ok(pki_base64_write(pki_bytes_of(in, cases[i].octets), cases[i].width, &b, err));
		ck_assert_str_eq(pki_buf_str(&b), cases[i].want);
		pki_buf_free(&b);
	}
}
END_TEST

START_TEST(line_counts)
{
	static const struct {
		const char *text;
		size_t lines;
	} cases[] = { { "", 0 }, { "a", 0 }, { "\n", 1 }, { "\r", 1 }, { "\r\n", 1 }, { "\n\r", 2 },
		{ "\r\r\n\n", 3 }, { "a\nb\rc\r\nd", 3 } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_uint_eq(pki_count_lines(pki_bytes_str(cases[i].text)), cases[i].lines);
}
END_TEST

/* Failure leaves nothing of a key behind in memory that is still in use. */
START_TEST(secret)
{
	pki_buf b = { .flags = PKI_BUF_SECRET };
	static const uint8_t zeros[30];

	t_fails(
	    PKI_E_ENCODING, pki_base64_decode(pki_bytes_str("////////////////////////*"), &b, err));
	ck_assert_uint_eq(b.len, 0);
	ck_assert_mem_eq(b.data, zeros, 18);
	pki_buf_free(&b);
}
END_TEST

START_TEST(arguments)
{
	pki_buf b = PKI_BUF_INIT;

	t_fails(PKI_E_ARG, pki_base64_decode(pki_bytes_str("AAAA"), NULL, err));
	t_fails(PKI_E_ARG, pki_base64_decode(pki_bytes_of(NULL, 4), &b, err));
	t_fails(PKI_E_ARG, pki_base64_encode(pki_bytes_str("AAAA"), NULL, err));
	t_fails(PKI_E_ARG, pki_base64_encode(pki_bytes_of(NULL, 4), &b, err));
	t_fails(PKI_E_NOMEM, pki_base64_encode(pki_bytes_of(&b, SIZE_MAX), &b, err));
	t_fails(PKI_E_NOMEM, pki_base64_write(pki_bytes_of(&b, SIZE_MAX / 4 * 3), 4, &b, err));
	t_ok(pki_base64_decode(pki_bytes_of(NULL, 0), &b, err));
	t_ok(pki_base64_encode(pki_bytes_of(NULL, 0), &b, err));
	ck_assert_uint_eq(b.len, 0);
	pki_buf_free(&b);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { rfc_4648, every_character, every_value, white_space, refused,
		limit, lines, line_counts, secret, arguments, NULL };

	return t_main("base64", tests);
}
