/* SPDX-License-Identifier: BSD-3-Clause */
/* INTEGERs of any size, as text: decimal, and hex where that is too long to be of use. */
#include "libpki/asn1/number.h"

#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

#define GROUP        1000000000u /* digits that are taken or given at once: so many that */
#define GROUP_DIGITS 9           /* ... uint64_t holds all sums below */
#define DIGITS_MAX   (PKI_ASN1_DECIMAL * 5 / 2)

/* A magnitude, big-endian, with an octet for the carry. */
typedef struct magnitude {
	uint8_t octets[PKI_ASN1_DECIMAL + 2];
} magnitude;

/* Two's complement: the other sign. */
static void negate(magnitude *m)
{
	unsigned carry = 1;

	for (size_t i = sizeof m->octets; i > 0; i--) {
		carry += (uint8_t)~m->octets[i - 1];
		m->octets[i - 1] = (uint8_t)carry;
		carry >>= 8;
	}
}

/* m /= GROUP; the remainder. */
static uint32_t divide(magnitude *m)
{
	uint64_t rest = 0;

	for (size_t i = 0; i < sizeof m->octets; i++) {
		rest = rest << 8 | m->octets[i];
		m->octets[i] = (uint8_t)(rest / GROUP);
		rest %= GROUP;
	}
	return (uint32_t)rest;
}

/* m = m * factor + addend, both at most GROUP; false: too large. */
static bool multiply_add(magnitude *m, uint32_t factor, uint32_t addend)
{
	uint64_t carry = addend;

	for (size_t i = sizeof m->octets; i > 0; i--) {
		carry += (uint64_t)m->octets[i - 1] * factor;
		m->octets[i - 1] = (uint8_t)carry;
		carry >>= 8;
	}
	return carry == 0;
}

static bool is_zero(const magnitude *m)
{
	uint8_t any = 0;

	for (size_t i = 0; i < sizeof m->octets; i++)
		any |= m->octets[i];
	return any == 0;
}

static pki_status put_decimal(pki_bytes contents, pki_buf *text, pki_error *err)
{
	bool negative = contents.data[0] >= 0x80;
	char digits[DIGITS_MAX + GROUP_DIGITS];
	size_t at = sizeof digits;
	magnitude m;

	memset(m.octets, negative ? 0xff : 0, sizeof m.octets);
	memcpy(m.octets + sizeof m.octets - contents.len, contents.data, contents.len);
	if (negative)
		negate(&m);
	do {
		uint32_t group = divide(&m);
		bool more = !is_zero(&m);

		for (size_t i = 0; i < GROUP_DIGITS && (more || group > 0 || i == 0); i++) {
			digits[--at] = (char)('0' + group % 10);
			group /= 10;
		}
	} while (!is_zero(&m));
	if (negative)
		digits[--at] = '-';
	return pki_buf_append(text, pki_bytes_of(digits + at, sizeof digits - at), err);
}

pki_status pki_asn1_put_integer(pki_bytes contents, pki_buf *text, pki_error *err)
{
	pki_status st;

	if (contents.len > 0 && contents.len <= PKI_ASN1_DECIMAL)
		return put_decimal(contents, text, err);
	st = pki_buf_puts(text, "0x", err);
	return st == PKI_SUCCESS ? pki_buf_put_hex(text, contents, err) : st;
}

bool pki_asn1_small(pki_bytes contents, int64_t *v)
{
	uint64_t u;

	if (contents.len == 0 || contents.len > sizeof u)
		return false;
	u = contents.data[0] >= 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < contents.len; i++)
		u = u << 8 | contents.data[i];
	memcpy(v, &u, sizeof *v);
	return true;
}

static pki_status no_integer(pki_error *err)
{
	return pki_error_set(err, PKI_E_ARG, "no INTEGER in decimal, nor in hex after 0x", NULL);
}

/* As few octets as it needs: X.690 8.3.2. */
static pki_status put_minimal(const magnitude *m, pki_buf *contents, pki_error *err)
{
	size_t from = 0;

	while (from + 1 < sizeof m->octets &&
	    ((m->octets[from] == 0 && m->octets[from + 1] < 0x80) ||
		(m->octets[from] == 0xff && m->octets[from + 1] >= 0x80)))
		from++;
	return pki_buf_append(
	    contents, pki_bytes_of(m->octets + from, sizeof m->octets - from), err);
}

static pki_status take_decimal(pki_bytes digits, bool negative, pki_buf *contents, pki_error *err)
{
	magnitude m = { { 0 } };

	if (digits.len == 0)
		return no_integer(err);
	for (size_t i = 0; i < digits.len; i++) {
		if (!pki_is_digit(digits.data[i]))
			return no_integer(err);
		if (!multiply_add(&m, 10, (uint32_t)(digits.data[i] - '0')) || m.octets[0] != 0)
			return pki_error_set(err, PKI_E_LIMIT,
			    "too large for decimal: write it as 0x and hex", NULL);
	}
	if (negative)
		negate(&m);
	return put_minimal(&m, contents, err);
}

pki_status pki_asn1_take_integer(pki_bytes text, pki_buf *contents, pki_error *err)
{
	bool negative = text.len > 0 && text.data[0] == '-';

	if (text.len > 2 && text.data[0] == '0' && text.data[1] == 'x')
		return pki_hex_decode(pki_bytes_of(text.data + 2, text.len - 2), contents, err);
	return take_decimal(
	    pki_bytes_of(text.data + negative, text.len - negative), negative, contents, err);
}
