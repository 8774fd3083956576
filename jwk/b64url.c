/* SPDX-License-Identifier: BSD-3-Clause */
/* base64url from base64: two other characters, and no padding. */
#include "jwk/b64url.h"

#define QUANTUM 4 /* characters: RFC 4648 4 */

static unsigned in_range(unsigned c, unsigned from, unsigned to)
{
	return (unsigned)(c >= from) & (unsigned)(c <= to);
}

static unsigned is_url_char(unsigned c)
{
	return in_range(c, 'A', 'Z') | in_range(c, 'a', 'z') | in_range(c, '0', '9') |
	    (unsigned)(c == '-') | (unsigned)(c == '_');
}

/* Puts `to` where `from` is, without a branch: the text may be of a secret. */
static void translate(uint8_t *p, size_t n, uint8_t from, uint8_t to)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)(p[i] ^ ((from ^ to) & (0u - (unsigned)(p[i] == from))));
}

/* RFC 4648 3.3: what is not in the alphabet is refused, white space and padding too. */
static bool is_b64url(pki_bytes text)
{
	unsigned good = 1;

	for (size_t i = 0; i < text.len; i++)
		good &= is_url_char(text.data[i]);
	return good != 0 && text.len % QUANTUM != 1;
}

pki_status pki_jwk_b64url_decode(pki_bytes text, pki_buf *secret)
{
	pki_buf base64 = { .flags = PKI_BUF_SECRET };
	pki_bytes padding = pki_bytes_of("==", (QUANTUM - text.len % QUANTUM) % QUANTUM);
	pki_status st;

	if (!is_b64url(text))
		return PKI_E_ENCODING;
	st = pki_buf_append(&base64, text, NULL);
	if (st == PKI_SUCCESS) {
		translate(base64.data, base64.len, '-', '+');
		translate(base64.data, base64.len, '_', '/');
		st = pki_buf_append(&base64, padding, NULL);
	}
	if (st == PKI_SUCCESS)
		st = pki_base64_decode(pki_buf_bytes(&base64), secret, NULL);
	pki_buf_free(&base64);
	return st;
}

pki_status pki_jwk_b64url_encode(pki_bytes in, pki_buf *out, pki_error *err)
{
	pki_buf base64 = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_base64_encode(in, &base64, err);

	if (st == PKI_SUCCESS) {
		translate(base64.data, base64.len, '+', '-');
		translate(base64.data, base64.len, '/', '_');
		st = pki_buf_append(out, pki_bytes_of(base64.data, (in.len * 8 + 5) / 6), err);
	}
	pki_buf_free(&base64);
	return st;
}
