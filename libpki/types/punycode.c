/* SPDX-License-Identifier: BSD-3-Clause */
/* A-labels: is what follows "xn--" Punycode (RFC 3492)? What IDNA makes of it is not asked. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/error.h"
#include "libpki/types/punycode.h"

/* RFC 3492 5 */
enum { BASE = 36, TMIN = 1, TMAX = 26, SKEW = 38, DAMP = 700, INITIAL_BIAS = 72, INITIAL_N = 0x80 };

/* Of the decoder, what can go wrong: the code points, not the text that they make. */
typedef struct decoder {
	pki_bytes left;
	uint64_t n, i; /* i is 0 before the first code point alone */
	uint64_t bias;
	uint64_t length; /* code points so far */
} decoder;

/* a..z are 0..25, 0..9 are 26..35; -1: neither. */
static int digit_value(uint8_t c)
{
	if (pki_is_digit(c))
		return c - '0' + 26;
	return pki_is_alpha(c) ? pki_to_lower(c) - 'a' : -1;
}

/* RFC 3492 6.1 */
static uint64_t adapt(uint64_t delta, uint64_t points, bool first)
{
	uint64_t k = 0;

	delta /= first ? DAMP : 2;
	for (delta += delta / points; delta > (BASE - TMIN) * TMAX / 2; k += BASE)
		delta /= BASE - TMIN;
	return k + (BASE - TMIN + 1) * delta / (delta + SKEW);
}

static uint64_t threshold(uint64_t k, uint64_t bias)
{
	if (k <= bias + TMIN)
		return TMIN;
	return k >= bias + TMAX ? TMAX : k - bias;
}

/* One generalized variable-length integer (RFC 3492 3.3), which 32 bits hold. */
static bool take_delta(decoder *d, uint64_t *delta)
{
	uint64_t weight = 1, k = BASE;
	int digit;

	for (*delta = 0; d->left.len > 0; k += BASE) {
		uint64_t t = threshold(k, d->bias);

		digit = digit_value(d->left.data[0]);
		d->left = pki_bytes_of(d->left.data + 1, d->left.len - 1);
		if (digit < 0)
			return false;
		*delta += (uint64_t)digit * weight;
		if (*delta > UINT32_MAX)
			return false;
		if ((uint64_t)digit < t)
			return true;
		weight *= BASE - t;
		if (weight > UINT32_MAX)
			return false;
	}
	return false;
}

static bool take_code_point(decoder *d)
{
	uint64_t delta;

	if (!take_delta(d, &delta))
		return false;
	d->length++;
	d->bias = adapt(delta, d->length, d->i == 0);
	d->i += delta;
	d->n += d->i / d->length;
	d->i = d->i % d->length + 1;
	return d->n <= 0x10ffff && (d->n < 0xd800 || d->n > 0xdfff);
}

/* RFC 3492 6.2: the ASCII of the text and a hyphen, then the rest. */
static bool is_punycode(pki_bytes s)
{
	decoder d = { s, INITIAL_N, 0, INITIAL_BIAS, 0 };
	size_t ascii = s.len;

	while (ascii > 0 && s.data[ascii - 1] != '-')
		ascii--;
	if (ascii > 1) {
		d.length = ascii - 1;
		d.left = pki_bytes_of(s.data + ascii, s.len - ascii);
	}
	if (d.left.len == 0)
		return false;
	while (d.left.len > 0)
		if (!take_code_point(&d))
			return false;
	return true;
}

static bool is_fake_a_label(pki_bytes label)
{
	static const char prefix[] = "xn--";
	size_t n = sizeof prefix - 1;

	return label.len >= n &&
	    pki_equal_nocase(pki_bytes_of(label.data, n), pki_bytes_str(prefix)) &&
	    !is_punycode(pki_bytes_of(label.data + n, label.len - n));
}

pki_status pki_a_labels_check(pki_bytes host, pki_error *err)
{
	while (host.len > 0) {
		const uint8_t *dot = memchr(host.data, '.', host.len);
		size_t n = dot == NULL ? host.len : (size_t)(dot - host.data);

		if (is_fake_a_label(pki_bytes_of(host.data, n)))
			return pki_error_set(err, PKI_E_ARG, "label of a host name is no A-label",
			    "RFC 5890 2.3.2.1");
		n += dot != NULL;
		host = pki_bytes_of(host.data + n, host.len - n);
	}
	return PKI_SUCCESS;
}
