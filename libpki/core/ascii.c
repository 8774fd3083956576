/* SPDX-License-Identifier: BSD-3-Clause */
/* ASCII, whatever the locale says. */
#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

int pki_hex_digit(uint8_t c)
{
	uint8_t lower = pki_to_lower(c);

	if (pki_is_digit(c))
		return c - '0';
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool pki_equal_nocase(pki_bytes a, pki_bytes b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (pki_to_lower(a.data[i]) != pki_to_lower(b.data[i]))
			return false;
	}
	return true;
}

static pki_status put_digits(const uint8_t *two, pki_buf *out, pki_error *err)
{
	int high = pki_hex_digit(two[0]), low = pki_hex_digit(two[1]);

	if (high < 0 || low < 0)
		return pki_error_set(err, PKI_E_ARG, "not a hexadecimal digit", NULL);
	return pki_buf_putc(out, (uint8_t)(high << 4 | low), err);
}

pki_status pki_hex_decode(pki_bytes text, pki_buf *out, pki_error *err)
{
	size_t before = out->len;
	pki_status st = PKI_SUCCESS;

	if (text.len % 2 != 0)
		return pki_error_set(err, PKI_E_ARG, "an odd number of hexadecimal digits", NULL);
	for (size_t i = 0; st == PKI_SUCCESS && i < text.len; i += 2)
		st = put_digits(text.data + i, out, err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	return st;
}
