/* SPDX-License-Identifier: BSD-3-Clause */
/* UTCTime and GeneralizedTime as RFC 5280 4.1.2.5 allows them. */
#include <pki/time.h>

#include "libpki/der/time.h"

#define PAIRS 7 /* of digits, in YYYYMMDDHHMMSS */

/* Pairs of digits as numbers; false: something else is among them. */
static bool take_pairs(const uint8_t *s, size_t n, int32_t *out)
{
	uint8_t bad = 0;

	for (size_t i = 0; i < n; i++) {
		uint8_t tens = (uint8_t)(s[2 * i] - '0'), units = (uint8_t)(s[2 * i + 1] - '0');

		bad |= (uint8_t)((tens > 9) | (units > 9));
		out[i] = tens * 10 + units;
	}
	return bad == 0;
}

/* RFC 5280 4.1.2.5.1: of UTCTime the century is not written */
static int32_t century_of(int32_t year)
{
	return year < 50 ? 20 : 19;
}

bool pki_time_decode(pki_tag tag, pki_bytes s, pki_time *out)
{
	size_t skip = tag == PKI_TAG_GENERALIZED ? 0 : 1, pairs = PAIRS - skip;
	int32_t p[PAIRS];
	pki_civil c;

	if (s.len != 2 * pairs + 1 || s.data[2 * pairs] != 'Z' ||
	    !take_pairs(s.data, pairs, p + skip))
		return false;
	if (skip > 0)
		p[0] = century_of(p[1]);
	c = (pki_civil){ p[0] * 100 + p[1], p[2], p[3], p[4], p[5], p[6] };
	return pki_time_from_civil(&c, out, NULL) == PKI_SUCCESS;
}

static uint8_t *put_digits(uint8_t *to, int32_t v, size_t n)
{
	for (size_t i = n; i > 0; i--, v /= 10)
		to[i - 1] = (uint8_t)('0' + v % 10);
	return to + n;
}

/* Month to second, and Z. */
static uint8_t *put_rest(uint8_t *to, const pki_civil *c)
{
	to = put_digits(to, c->month, 2);
	to = put_digits(to, c->day, 2);
	to = put_digits(to, c->hour, 2);
	to = put_digits(to, c->minute, 2);
	to = put_digits(to, c->second, 2);
	*to++ = 'Z';
	return to;
}

bool pki_time_encode_generalized(pki_time t, uint8_t out[PKI_TIME_TEXT_MAX])
{
	pki_civil c;

	if (pki_time_to_civil(t, &c, NULL) != PKI_SUCCESS)
		return false;
	put_rest(put_digits(out, c.year, 4), &c);
	return true;
}

pki_tag pki_time_encode(pki_time t, uint8_t out[PKI_TIME_TEXT_MAX], size_t *len)
{
	pki_civil c;

	if (t < PKI_TIME_UTC_FIRST || t >= PKI_TIME_UTC_END) {
		*len = PKI_TIME_TEXT_MAX;
		return pki_time_encode_generalized(t, out) ? PKI_TAG_GENERALIZED : 0;
	}
	if (pki_time_to_civil(t, &c, NULL) != PKI_SUCCESS)
		return 0;
	*len = (size_t)(put_rest(put_digits(out, c.year % 100, 2), &c) - out);
	return PKI_TAG_UTC_TIME;
}
