/* SPDX-License-Identifier: BSD-3-Clause */
/* UTF-8 and ASCII. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/utf8.h"
#include "libpki/der/text.h"
#include "tests/lib/t.h"

START_TEST(characters)
{
	static const struct {
		const char *hex;
		uint32_t cp;
	} cases[] = {
		{ "00", 0 },
		{ "7f", 0x7f },
		{ "c280", 0x80 },
		{ "dfbf", 0x7ff },
		{ "e0a080", 0x800 },
		{ "ed9fbf", 0xd7ff },
		{ "ee8080", 0xe000 },
		{ "efbfbd", 0xfffd },
		{ "efbfbf", 0xffff },
		{ "f0908080", 0x10000 },
		{ "f48fbfbf", 0x10ffff },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_bytes s = t_hex(cases[i].hex);
		pki_buf b = PKI_BUF_INIT;
		uint32_t cp;

		ck_assert(pki_utf8_valid(s));
		t_ok(pki_utf8_put(&b, cases[i].cp, err));
		t_bytes_eq(pki_buf_bytes(&b), s);
		ck_assert(pki_utf8_next(&s, &cp));
		ck_assert_uint_eq(cp, cases[i].cp);
		ck_assert_uint_eq(s.len, 0);
		pki_buf_free(&b);
	}
}
END_TEST

START_TEST(not_utf8)
{
	static const char *const cases[] = { "80", "bf", "c0", "c080", "c1bf", "c2", "c2c0", "c27f",
		"c200", "e0", "e080", "e08080", "e09fbf", "e0a0", "e0a07f", "eda080", "edafbf",
		"edb080", "edbfbf", "eda080edb080", "f0808080", "f08fbfbf", "f090", "f09080",
		"f0908000", "f4908080", "f5808080", "f7bfbfbf", "f888808080", "fc8480808080", "fe",
		"ff", "fffe", "feff" };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_bytes s = t_hex(cases[i]), before = s;
		uint32_t cp = 7;

		ck_assert(!pki_utf8_next(&s, &cp));
		ck_assert(!pki_utf8_valid(s));
		ck_assert_ptr_eq(s.data, before.data);
		ck_assert_uint_eq(s.len, before.len);
		ck_assert_uint_eq(cp, 7);
	}
}
END_TEST

START_TEST(sequences)
{
	pki_bytes empty = pki_bytes_str("");
	uint32_t cp;

	ck_assert(pki_utf8_valid(empty));
	ck_assert(!pki_utf8_next(&empty, &cp));
	ck_assert(pki_utf8_valid(pki_bytes_str("Zürich, 東京 \xf0\x9f\x8c\x8d")));
	ck_assert(!pki_utf8_valid(t_hex("41c3bc80")));
	ck_assert(!pki_utf8_valid(t_hex("41c3")));
}
END_TEST

/* Each code point there and back; what is no character cannot be put. */
START_TEST(all_code_points)
{
	pki_buf b = PKI_BUF_INIT;

	for (uint32_t cp = 0; cp < 0x110010; cp++) {
		bool is_character = cp < 0xd800 || (cp > 0xdfff && cp < 0x110000);
		pki_status st = pki_utf8_put(&b, cp, NULL);
		pki_bytes s = pki_buf_bytes(&b);
		uint32_t back;

		ck_assert_int_eq(st, is_character ? PKI_SUCCESS : PKI_E_ARG);
		ck_assert(pki_utf8_next(&s, &back) == is_character);
		if (is_character)
			ck_assert_uint_eq(back, cp);
		pki_buf_truncate(&b, 0);
	}
	t_fails(PKI_E_ARG, pki_utf8_put(&b, UINT32_MAX, err));
	pki_buf_free(&b);
}
END_TEST

START_TEST(ascii)
{
	static const char hexes[] = "00112233445566778899aAbBcCdDeEfF";

	for (unsigned c = 0; c < 256; c++) {
		bool digit = c != 0 && strchr("0123456789", (int)c) != NULL;
		bool upper = c != 0 && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (int)c) != NULL;
		bool lower = c != 0 && strchr("abcdefghijklmnopqrstuvwxyz", (int)c) != NULL;
		const char *at = c == 0 ? NULL : strchr(hexes, (int)c);

		ck_assert(pki_is_digit((uint8_t)c) == digit);
		ck_assert(pki_is_alpha((uint8_t)c) == (upper || lower));
		ck_assert_uint_eq(pki_to_lower((uint8_t)c), upper ? c + 32 : c);
		ck_assert_int_eq(
		    pki_hex_digit((uint8_t)c), at == NULL ? -1 : (int)(at - hexes) / 2);
	}
}
END_TEST

START_TEST(ascii_prefix)
{
	uint8_t text[24];

	for (size_t len = 0; len <= sizeof text; len++)
		for (size_t at = 0; at <= len; at++) {
			memset(text, 'a', sizeof text);
			if (at < len)
				text[at] = 0x80;
			ck_assert_uint_eq(pki_ascii_prefix(pki_bytes_of(text, len)), at);
		}
}
END_TEST

START_TEST(ascii_text)
{
	static const uint8_t others[] = { 0x00, 0x80, 0xff };
	uint8_t text[24];

	for (size_t len = 0; len <= sizeof text; len++) {
		memset(text, 0x01, sizeof text);
		ck_assert(pki_ascii_text(pki_bytes_of(text, len)));
		memset(text, 0x7f, sizeof text);
		ck_assert(pki_ascii_text(pki_bytes_of(text, len)));
		for (size_t at = 0; at < len * sizeof others; at++) {
			text[at / sizeof others] = others[at % sizeof others];
			ck_assert(!pki_ascii_text(pki_bytes_of(text, len)));
			text[at / sizeof others] = 0x7f;
		}
	}
}
END_TEST

START_TEST(nocase)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{ "", "", true },
		{ "aZ09", "Az09", true },
		{ "a", "aa", false },
		{ "a", "b", false },
		{ "[", "{", false },
		{ "@", "`", false },
		{ "\xc3\x9c", "\xc3\xbc", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert(pki_equal_nocase(pki_bytes_str(cases[i].a), pki_bytes_str(cases[i].b)) ==
		    cases[i].equal);
}
END_TEST

START_TEST(hex)
{
	static const char *const bad[] = { "0", "000", "0g", "g0", " 0", "0x00", "00 00", "00\n",
		"-1", "0\xff", "00:00" };
	pki_buf b = PKI_BUF_INIT;

	t_ok(pki_hex_decode(pki_bytes_str(""), &b, err));
	ck_assert_uint_eq(b.len, 0);
	t_ok(pki_hex_decode(pki_bytes_str("00fFAb"), &b, err));
	t_bytes_eq(pki_buf_bytes(&b), t_hex("00ffab"));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		t_fails(PKI_E_ARG, pki_hex_decode(pki_bytes_str(bad[i]), &b, err));
		ck_assert_uint_eq(b.len, 3);
	}
	pki_buf_free(&b);
}
END_TEST

/* The two ways to ask whether a character is one of PrintableString's. */
START_TEST(printable)
{
	for (unsigned c = 0; c < 256; c++) {
		uint8_t octets[2] = { 'A', (uint8_t)c };
		pki_buf text = PKI_BUF_INIT;
		bool allowed = pki_text_decode(PKI_TAG_PRINTABLE, pki_bytes_of(octets, 2), &text,
				   NULL) == PKI_SUCCESS;

		ck_assert_msg(pki_text_is_printable(pki_bytes_of(octets, 2)) == allowed, "%02x", c);
		pki_buf_free(&text);
	}
	ck_assert(pki_text_is_printable(pki_bytes_of(NULL, 0)));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { characters, not_utf8, sequences, all_code_points, ascii,
		ascii_prefix, ascii_text, nocase, hex, printable, NULL };

	return t_main("text", tests);
}
