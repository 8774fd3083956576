/* SPDX-License-Identifier: BSD-3-Clause */
/* The ASN.1 character strings, to UTF-8 and back: X.680 41, X.690 8.23. */
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"
#include "libpki/der/text.h"

/* How a type's contents octets make code points. */
enum coding {
	CODING_UTF8,
	CODING_OCTETS, /* one octet each */
	CODING_UCS2,   /* two octets, big-endian; no surrogates */
	CODING_UCS4,
};

typedef struct string_type {
	pki_tag tag;
	enum coding coding;
	const uint8_t *set; /* NULL: whatever the coding can say, up to `last` */
	uint32_t last;
	const char *bad;
} string_type;

/* One bit for each character of ASCII, from the first octet's lowest on. */
typedef uint8_t ascii_set[16];

/* X.680 41.2, 41.4 and 41.1 table 8 */
static const ascii_set numeric = { 0, 0, 0, 0, 0x01, 0, 0xff, 0x03 };
static const ascii_set printable = { 0, 0, 0, 0, 0x81, 0xfb, 0xff, 0xa7, 0xfe, 0xff, 0xff, 0x07,
	0xfe, 0xff, 0xff, 0x07 };
static const ascii_set visible = { 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0x7f };

static inline bool is_in(const ascii_set set, uint32_t c)
{
	return c < 0x80 && (set[c / 8] >> c % 8 & 1) != 0;
}

/* The set above by 64 characters, for it is what most strings of names are. */
bool pki_text_is_printable(pki_bytes s)
{
	static const uint64_t set[4] = { UINT64_C(0xa7fffb8100000000),
		UINT64_C(0x07fffffe07fffffe) };
	uint64_t all = 1;

	for (size_t i = 0; i < s.len; i++)
		all &= set[s.data[i] >> 6] >> (s.data[i] & 63);
	return all != 0;
}

static const string_type string_types[] = {
	{ PKI_TAG_UTF8, CODING_UTF8, NULL, 0x10ffff, "not UTF-8" },
	{ PKI_TAG_PRINTABLE, CODING_OCTETS, printable, 0x7f,
	    "a character that PrintableString lacks" },
	{ PKI_TAG_IA5, CODING_OCTETS, NULL, 0x7f, "a character that IA5String lacks" },
	{ PKI_TAG_NUMERIC, CODING_OCTETS, numeric, 0x7f, "a character that NumericString lacks" },
	{ PKI_TAG_VISIBLE, CODING_OCTETS, visible, 0x7f, "a character that VisibleString lacks" },
	{ PKI_TAG_TELETEX, CODING_OCTETS, NULL, 0xff, "a character that TeletexString lacks" },
	{ PKI_TAG_BMP, CODING_UCS2, NULL, 0xffff, "not a BMPString" },
	{ PKI_TAG_UNIVERSAL, CODING_UCS4, NULL, 0x10ffff, "not a UniversalString" },
};

static const string_type *find_type(pki_tag tag)
{
	for (size_t i = 0; i < sizeof string_types / sizeof string_types[0]; i++)
		if (string_types[i].tag == tag)
			return &string_types[i];
	return NULL;
}

static bool allows(const string_type *t, uint32_t cp)
{
	return cp <= t->last && (t->set == NULL || is_in(t->set, cp));
}

static bool is_scalar_value(uint32_t cp)
{
	return cp < 0xd800 || (cp > 0xdfff && cp <= 0x10ffff);
}

/* Takes the first code point off *s. */
static bool take(const string_type *t, pki_bytes *s, uint32_t *cp)
{
	size_t width = t->coding == CODING_UCS2 ? 2 : t->coding == CODING_UCS4 ? 4 : 1;

	if (t->coding == CODING_UTF8)
		return pki_utf8_next(s, cp);
	if (s->len < width)
		return false;
	*cp = 0;
	for (size_t i = 0; i < width; i++)
		*cp = *cp << 8 | s->data[i];
	*s = pki_bytes_of(s->data + width, s->len - width);
	return is_scalar_value(*cp) && allows(t, *cp);
}

static pki_status put(const string_type *t, uint32_t cp, pki_buf *out, pki_error *err)
{
	const uint8_t octets[4] = { (uint8_t)(cp >> 24), (uint8_t)(cp >> 16), (uint8_t)(cp >> 8),
		(uint8_t)cp };
	size_t width = t->coding == CODING_UCS2 ? 2 : t->coding == CODING_UCS4 ? 4 : 1;

	if (t->coding == CODING_UTF8)
		return pki_utf8_put(out, cp, err);
	if (!allows(t, cp))
		return pki_error_set(err, PKI_E_ARG, t->bad, "X.680 41");
	return pki_buf_append(out, pki_bytes_of(octets + 4 - width, width), err);
}

/* Where contents and UTF-8 are the same octets. */
static bool same_octets(const string_type *t)
{
	return t->coding == CODING_UTF8 ||
	    (t->coding == CODING_OCTETS && t->tag != PKI_TAG_TELETEX);
}

static bool all_allowed(const string_type *t, pki_bytes s)
{
	if (t->coding == CODING_UTF8)
		return pki_utf8_valid(s);
	if (t->set == NULL)
		return pki_ascii_prefix(s) == s.len;
	for (size_t i = 0; i < s.len; i++)
		if (!is_in(t->set, s.data[i]))
			return false;
	return true;
}

bool pki_text_is_utf8(pki_tag tag, pki_bytes contents)
{
	const string_type *t = find_type(tag);

	return t != NULL && same_octets(t) && all_allowed(t, contents);
}

pki_status pki_text_decode(pki_tag tag, pki_bytes contents, pki_buf *utf8, pki_error *err)
{
	static const string_type as_utf8 = { PKI_TAG_UTF8, CODING_UTF8, NULL, 0x10ffff, NULL };
	const string_type *t = find_type(tag);
	pki_status st = PKI_SUCCESS;
	size_t before;
	uint32_t cp;

	if (utf8 == NULL || (contents.data == NULL && contents.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	if (t == NULL)
		return PKI_LEAVE(
		    err, pki_error_set(err, PKI_E_UNSUPPORTED, "no character string type", NULL));
	if (same_octets(t) && !all_allowed(t, contents))
		return PKI_LEAVE(err, pki_error_set(err, PKI_E_ENCODING, t->bad, "X.680 41"));
	if (same_octets(t))
		return PKI_LEAVE(err, pki_buf_append(utf8, contents, err));
	before = utf8->len;
	while (contents.len > 0 && st == PKI_SUCCESS) {
		if (!take(t, &contents, &cp))
			st = pki_error_set(err, PKI_E_ENCODING, t->bad, "X.680 41");
		else
			st = put(&as_utf8, cp, utf8, err);
	}
	if (st != PKI_SUCCESS)
		pki_buf_truncate(utf8, before);
	return PKI_LEAVE(err, st);
}

pki_status pki_text_encode(pki_tag tag, pki_bytes utf8, pki_buf *contents, pki_error *err)
{
	const string_type *t = find_type(tag);
	pki_status st = PKI_SUCCESS;
	size_t before;
	uint32_t cp;

	if (contents == NULL || (utf8.data == NULL && utf8.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	if (t == NULL)
		return PKI_LEAVE(
		    err, pki_error_set(err, PKI_E_ARG, "no character string type", NULL));
	if (!pki_utf8_valid(utf8))
		return PKI_LEAVE(err, pki_error_set(err, PKI_E_ARG, "not UTF-8", "RFC 3629"));
	if (same_octets(t) && !all_allowed(t, utf8))
		return PKI_LEAVE(err, pki_error_set(err, PKI_E_ARG, t->bad, "X.680 41"));
	if (same_octets(t))
		return PKI_LEAVE(err, pki_buf_append(contents, utf8, err));
	before = contents->len;
	while (st == PKI_SUCCESS && pki_utf8_next(&utf8, &cp))
		st = put(t, cp, contents, err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(contents, before);
	return PKI_LEAVE(err, st);
}
