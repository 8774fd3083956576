/* SPDX-License-Identifier: BSD-3-Clause */
/* Characters of names that must not reach a terminal or a log as they are. */
#include "libpki/core/buf.h"
#include "libpki/core/escape.h"
#include "libpki/core/utf8.h"

static const struct range {
	uint32_t first, last;
} unsafe[] = {
	{ 0x00, 0x1f },       /* C0 */
	{ 0x7f, 0x9f },       /* DEL, C1 */
	{ 0xad, 0xad },       /* soft hyphen */
	{ 0x34f, 0x34f },     /* combining grapheme joiner */
	{ 0x600, 0x605 },     /* Arabic number signs */
	{ 0x61c, 0x61c },     /* bidi: ALM */
	{ 0x6dd, 0x6dd },     /* end of ayah */
	{ 0x70f, 0x70f },     /* Syriac abbreviation mark */
	{ 0x890, 0x891 },     /* Arabic currency marks */
	{ 0x8e2, 0x8e2 },     /* disputed end of ayah */
	{ 0x115f, 0x1160 },   /* Hangul fillers */
	{ 0x17b4, 0x17b5 },   /* Khmer inherent vowels */
	{ 0x180b, 0x180f },   /* Mongolian selectors, vowel separator */
	{ 0x200b, 0x200f },   /* zero width, LRM, RLM */
	{ 0x2028, 0x202e },   /* line and paragraph separators, bidi embeddings and overrides */
	{ 0x2060, 0x206f },   /* invisible operators, bidi isolates */
	{ 0x3164, 0x3164 },   /* Hangul filler */
	{ 0xfdd0, 0xfdef },   /* noncharacters */
	{ 0xfe00, 0xfe0f },   /* variation selectors */
	{ 0xfeff, 0xfeff },   /* BOM */
	{ 0xffa0, 0xffa0 },   /* halfwidth Hangul filler */
	{ 0xfff0, 0xfffb },   /* unassigned, interlinear annotation */
	{ 0xfffe, 0xffff },   /* noncharacters */
	{ 0x110bd, 0x110bd }, /* Kaithi number signs */
	{ 0x110cd, 0x110cd }, { 0x13430, 0x1343f }, /* Egyptian hieroglyph format controls */
	{ 0x1bca0, 0x1bca3 },                       /* shorthand format controls */
	{ 0x1d173, 0x1d17a },                       /* musical format controls */
	{ 0xe0000, 0xe0fff },                       /* tags, variation selectors */
};

bool pki_must_escape(uint32_t cp)
{
	if (cp >= 0x20 && cp < 0x7f)
		return false;
	for (size_t i = 0; i < sizeof unsafe / sizeof unsafe[0]; i++)
		if (cp >= unsafe[i].first && cp <= unsafe[i].last)
			return true;
	return false;
}

pki_status pki_escape_octets(pki_bytes octets, pki_buf *out, pki_error *err)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < octets.len; i++) {
		const char pair[3] = { '\\', digits[octets.data[i] >> 4],
			digits[octets.data[i] & 15] };
		pki_status st = pki_buf_append(out, pki_bytes_of(pair, sizeof pair), err);

		if (st != PKI_SUCCESS)
			return st;
	}
	return PKI_SUCCESS;
}

pki_status pki_escape_text(pki_bytes utf8, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_bytes left = utf8;
	uint32_t cp;

	while (st == PKI_SUCCESS && pki_utf8_next(&left, &cp)) {
		pki_bytes c = pki_bytes_of(utf8.data, utf8.len - left.len);

		st = cp == '\\' || pki_must_escape(cp) ? pki_escape_octets(c, out, err)
						       : pki_buf_append(out, c, err);
		utf8 = left;
	}
	return st;
}
