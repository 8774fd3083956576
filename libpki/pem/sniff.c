/* SPDX-License-Identifier: BSD-3-Clause */
/* What bytes look like, by their first octets and, for text, all of them. */
#include <string.h>

#include <pki/pem.h>

#include "libpki/core/ascii.h"
#include "libpki/pem/sniff.h"

static bool begins_with(pki_bytes in, const char *magic)
{
	size_t n = strlen(magic);

	return in.len >= n && memcmp(in.data, magic, n) == 0;
}

static bool is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static pki_bytes skip_space(pki_bytes in)
{
	while (in.len > 0 && is_space(in.data[0]))
		in = pki_bytes_of(in.data + 1, in.len - 1);
	return in;
}

/* The octets that follow 0x8n in a length of n, if they are there and fit a size_t. */
static bool long_length_fits(pki_bytes in, size_t n)
{
	size_t len = 0;

	if (n > in.len || n > sizeof len)
		return false;
	for (size_t i = 0; i < n; i++)
		len = len << 8 | in.data[i];
	return len <= in.len - n;
}

/* Tag SEQUENCE and a length that the input has room for, or the indefinite one. */
static bool is_sequence(pki_bytes in)
{
	size_t first;

	if (in.len < 2 || in.data[0] != 0x30)
		return false;
	first = in.data[1];
	in = pki_bytes_of(in.data + 2, in.len - 2);
	return first <= 0x80 ? first == 0x80 || first <= in.len
			     : long_length_fits(in, first - 0x80);
}

static bool is_base64(pki_bytes in)
{
	for (size_t i = 0; i < in.len; i++) {
		uint8_t c = in.data[i];

		if (!pki_is_alpha(c) && !pki_is_digit(c) && !is_space(c) && c != '+' && c != '/' &&
		    c != '=')
			return false;
	}
	return true;
}

/* A SEQUENCE begins with the bits 001100 00: in base64 "MA" to "MP", "MI" if it is long. */
static bool is_base64_of_sequence(pki_bytes in)
{
	return in.len >= 4 && in.data[0] == 'M' && in.data[1] >= 'A' && in.data[1] <= 'P' &&
	    is_base64(in);
}

pki_bytes pki_text_start(pki_bytes in)
{
	if (begins_with(in, "\xef\xbb\xbf"))
		in = pki_bytes_of(in.data + 3, in.len - 3);
	return skip_space(in);
}

pki_looks pki_sniff(pki_bytes in)
{
	pki_bytes text = pki_text_start(in);

	if (text.len == 0)
		return PKI_LOOKS_EMPTY;
	if (is_sequence(in))
		return PKI_LOOKS_BER;
	if (begins_with(in, "\x1f\x8b"))
		return PKI_LOOKS_GZIP;
	if (begins_with(in, "\xff\xfe") || begins_with(in, "\xfe\xff"))
		return PKI_LOOKS_UTF16;
	if (pki_pem_looks_like(in))
		return PKI_LOOKS_PEM;
	if (text.data[0] == '{' || text.data[0] == '[')
		return PKI_LOOKS_JSON;
	return is_base64_of_sequence(text) ? PKI_LOOKS_BASE64 : PKI_LOOKS_UNKNOWN;
}
