/* SPDX-License-Identifier: BSD-3-Clause */
/* UTCTime and GeneralizedTime as RFC 5280 4.1.2.5 allows them. */
#include <pki/time.h>

#include "libpki/core/ascii.h"
#include "libpki/der/time.h"

/* Takes n digits off the front. */
static bool take_digits(pki_bytes *s, size_t n, int32_t *out)
{
	int32_t v = 0;

	if (s->len < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!pki_is_digit(s->data[i]))
			return false;
		v = v * 10 + (s->data[i] - '0');
	}
	*s = pki_bytes_of(s->data + n, s->len - n);
	*out = v;
	return true;
}

static bool take_year(pki_tag tag, pki_bytes *s, int32_t *year)
{
	if (tag == PKI_TAG_GENERALIZED)
		return take_digits(s, 4, year);
	if (!take_digits(s, 2, year))
		return false;
	*year += *year < 50 ? 2000 : 1900; /* RFC 5280 4.1.2.5.1 */
	return true;
}

bool pki_time_decode(pki_tag tag, pki_bytes contents, pki_time *out)
{
	pki_bytes s = contents;
	pki_civil c;

	return take_year(tag, &s, &c.year) && take_digits(&s, 2, &c.month) &&
	    take_digits(&s, 2, &c.day) && take_digits(&s, 2, &c.hour) &&
	    take_digits(&s, 2, &c.minute) && take_digits(&s, 2, &c.second) && s.len == 1 &&
	    s.data[0] == 'Z' && pki_time_from_civil(&c, out, NULL) == PKI_SUCCESS;
}

static uint8_t *put_digits(uint8_t *to, int32_t v, size_t n)
{
	for (size_t i = n; i > 0; i--, v /= 10)
		to[i - 1] = (uint8_t)('0' + v % 10);
	return to + n;
}

pki_tag pki_time_encode(pki_time t, uint8_t out[PKI_TIME_TEXT_MAX], size_t *len)
{
	uint8_t *to = out;
	pki_civil c;
	bool utc;

	if (pki_time_to_civil(t, &c, NULL) != PKI_SUCCESS)
		return 0;
	utc = t >= PKI_TIME_UTC_FIRST && t < PKI_TIME_UTC_END;
	to = utc ? put_digits(to, c.year % 100, 2) : put_digits(to, c.year, 4);
	to = put_digits(to, c.month, 2);
	to = put_digits(to, c.day, 2);
	to = put_digits(to, c.hour, 2);
	to = put_digits(to, c.minute, 2);
	to = put_digits(to, c.second, 2);
	*to++ = 'Z';
	*len = (size_t)(to - out);
	return utc ? PKI_TAG_UTC_TIME : PKI_TAG_GENERALIZED;
}
