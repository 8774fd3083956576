/* SPDX-License-Identifier: BSD-3-Clause */
/* UTF-8 (RFC 3629). */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"

/* RFC 3629 section 3: the forms, by their first octet, and the least that each may say. */
static const struct form {
	uint8_t mask, lead;
	uint8_t len;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 1, 0 },
	{ 0xe0, 0xc0, 2, 0x80 },
	{ 0xf0, 0xe0, 3, 0x800 },
	{ 0xf8, 0xf0, 4, 0x10000 },
};
#define FORMS (sizeof forms / sizeof forms[0])

static bool is_scalar(uint32_t cp)
{
	return cp <= 0x10ffff && (cp < 0xd800 || cp > 0xdfff);
}

static const struct form *form_of_octet(uint8_t c)
{
	for (size_t i = 0; i < FORMS; i++) {
		if ((c & forms[i].mask) == forms[i].lead)
			return &forms[i];
	}
	return NULL;
}

bool pki_utf8_next(pki_bytes *s, uint32_t *cp)
{
	const struct form *f = s->len == 0 ? NULL : form_of_octet(s->data[0]);
	uint32_t v;

	if (f == NULL || f->len > s->len)
		return false;
	v = s->data[0] & (uint32_t)(uint8_t)~f->mask;
	for (size_t i = 1; i < f->len; i++) {
		if ((s->data[i] & 0xc0) != 0x80)
			return false;
		v = v << 6 | (s->data[i] & 0x3fu);
	}
	if (v < f->least || !is_scalar(v))
		return false;
	*cp = v;
	s->data += f->len;
	s->len -= f->len;
	return true;
}

size_t pki_ascii_prefix(pki_bytes s)
{
	size_t n = 0;
	uint64_t word;

	for (; s.len - n >= sizeof word; n += sizeof word) {
		memcpy(&word, s.data + n, sizeof word);
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (n < s.len && s.data[n] < 0x80)
		n++;
	return n;
}

/* The high bit of an octet beyond ASCII; and of NUL, from which 1 is taken, or of one above it. */
static uint64_t not_text(const uint8_t *octets)
{
	uint64_t word;

	memcpy(&word, octets, sizeof word);
	return (word | (word - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080);
}

bool pki_ascii_text(pki_bytes s)
{
	size_t n = 0;

	for (; s.len - n >= sizeof(uint64_t); n += sizeof(uint64_t))
		if (not_text(s.data + n) != 0)
			return false;
	/* what is left, and what stands before it once more */
	if (n > 0)
		return n == s.len || not_text(s.data + s.len - sizeof(uint64_t)) == 0;
	while (n < s.len && s.data[n] - 1u < 0x7f)
		n++;
	return n == s.len;
}

size_t pki_utf8_count(pki_bytes s)
{
	uint32_t cp;

	for (size_t n = 0;; n++) {
		size_t ascii = pki_ascii_prefix(s);

		n += ascii;
		if (ascii == s.len)
			return n;
		s = (pki_bytes){ s.data + ascii, s.len - ascii };
		if (!pki_utf8_next(&s, &cp))
			return SIZE_MAX;
	}
}

bool pki_utf8_valid(pki_bytes s)
{
	return pki_utf8_count(s) != SIZE_MAX;
}

static const struct form *form_of_scalar(uint32_t cp)
{
	size_t i = FORMS - 1;

	while (cp < forms[i].least)
		i--;
	return &forms[i];
}

pki_status pki_utf8_put(pki_buf *out, uint32_t cp, pki_error *err)
{
	uint8_t octets[4];
	const struct form *f;

	if (!is_scalar(cp))
		return pki_error_set(err, PKI_E_ARG, "not a Unicode character", "RFC 3629 3");
	f = form_of_scalar(cp);
	for (size_t i = f->len; i-- > 1; cp >>= 6)
		octets[i] = (uint8_t)(0x80 | (cp & 0x3f));
	octets[0] = (uint8_t)(f->lead | cp);
	return pki_buf_append(out, pki_bytes_of(octets, f->len), err);
}
