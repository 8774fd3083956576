/* SPDX-License-Identifier: BSD-3-Clause */
/* IP addresses as text: RFC 4291 2.2 read strictly, RFC 5952 written. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/types/ip.h"

#define GROUPS 8 /* of 16 bits */

static bool starts_with(pki_bytes s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.len >= n && memcmp(s.data, prefix, n) == 0;
}

static void skip(pki_bytes *s, size_t n)
{
	*s = pki_bytes_of(s->data + n, s->len - n);
}

/* ---- reading ---- */

/* 0..255, without leading zeros: others have read those as octal (RFC 6943 3.1.1). */
static bool take_decimal(pki_bytes *s, uint8_t *out)
{
	unsigned v = 0;
	size_t n = 0;

	for (; n < s->len && n < 3 && pki_is_digit(s->data[n]); n++)
		v = v * 10 + (unsigned)(s->data[n] - '0');
	if (n == 0 || v > 255 || (n > 1 && s->data[0] == '0'))
		return false;
	*out = (uint8_t)v;
	skip(s, n);
	return true;
}

bool pki_ipv4_parse(pki_bytes text, uint8_t out[PKI_IPV4_OCTETS])
{
	for (size_t i = 0; i < PKI_IPV4_OCTETS; i++) {
		if (i > 0 && !starts_with(text, "."))
			return false;
		if (i > 0)
			skip(&text, 1);
		if (!take_decimal(&text, &out[i]))
			return false;
	}
	return text.len == 0;
}

static bool take_group(pki_bytes *s, uint8_t out[2])
{
	unsigned v = 0;
	size_t n = 0;

	for (; n < s->len && n < 4 && pki_hex_digit(s->data[n]) >= 0; n++)
		v = v << 4 | (unsigned)pki_hex_digit(s->data[n]);
	if (n == 0)
		return false;
	out[0] = (uint8_t)(v >> 8);
	out[1] = (uint8_t)v;
	skip(s, n);
	return true;
}

/*
 * Groups separated by ":", as many as there are up to "::" or the end; the last two may be an IPv4
 * address. false: something else stands there, or there are more than `room` octets.
 */
static bool take_groups(pki_bytes *s, uint8_t *out, size_t room, size_t *used)
{
	for (*used = 0; *used < room; *used += 2) {
		if (room - *used >= PKI_IPV4_OCTETS && pki_ipv4_parse(*s, out + *used)) {
			*used += PKI_IPV4_OCTETS;
			skip(s, s->len);
			return true;
		}
		if (!take_group(s, out + *used))
			return false;
		if (s->len == 0 || starts_with(*s, "::")) {
			*used += 2;
			return true;
		}
		if (!starts_with(*s, ":"))
			return false;
		skip(s, 1);
	}
	return false;
}

bool pki_ipv6_parse(pki_bytes text, uint8_t out[PKI_IPV6_OCTETS])
{
	uint8_t tail[PKI_IPV6_OCTETS];
	size_t head_len = 0, tail_len = 0;

	if (!starts_with(text, "::") && !take_groups(&text, out, PKI_IPV6_OCTETS, &head_len))
		return false;
	if (text.len == 0)
		return head_len == PKI_IPV6_OCTETS;
	/* "::" stands for one group at least */
	if (head_len >= PKI_IPV6_OCTETS)
		return false;
	skip(&text, 2);
	if (text.len > 0 &&
	    (!take_groups(&text, tail, PKI_IPV6_OCTETS - 2 - head_len, &tail_len) || text.len > 0))
		return false;
	memset(out + head_len, 0, PKI_IPV6_OCTETS - head_len - tail_len);
	memcpy(out + PKI_IPV6_OCTETS - tail_len, tail, tail_len);
	return true;
}

size_t pki_ip_parse(pki_bytes text, uint8_t out[PKI_IPV6_OCTETS])
{
	if (pki_ipv4_parse(text, out))
		return PKI_IPV4_OCTETS;
	return pki_ipv6_parse(text, out) ? PKI_IPV6_OCTETS : 0;
}

/* ---- writing ---- */

static pki_status put_ipv4(const uint8_t *a, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < PKI_IPV4_OCTETS; i++) {
		if (i > 0)
			st = pki_buf_putc(out, '.', err);
		if (st == PKI_SUCCESS)
			st = pki_buf_put_u64(out, a[i], err);
	}
	return st;
}

/* RFC 5952 4.1, 4.3: no leading zeros, lower case. */
static pki_status put_group(const uint8_t *a, pki_buf *out, pki_error *err)
{
	static const char digits[] = "0123456789abcdef";
	unsigned v = (unsigned)a[0] << 8 | a[1];
	uint8_t text[4];
	size_t at = sizeof text;

	do
		text[--at] = (uint8_t)digits[v & 15];
	while ((v >>= 4) != 0);
	return pki_buf_append(out, pki_bytes_of(text + at, sizeof text - at), err);
}

/* RFC 5952 4.2: the longest row of two or more zero groups, the first of those as long. */
static size_t longest_zeros(const uint8_t *a, size_t *length)
{
	size_t best = GROUPS, n = 0;

	*length = 1;
	for (size_t i = 0; i < GROUPS; i++) {
		n = a[2 * i] == 0 && a[2 * i + 1] == 0 ? n + 1 : 0;
		if (n > *length) {
			*length = n;
			best = i + 1 - n;
		}
	}
	return best;
}

static pki_status put_ipv6(const uint8_t *a, pki_buf *out, pki_error *err)
{
	size_t length, gap = longest_zeros(a, &length);
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < GROUPS; i++) {
		if (i == gap) {
			st = pki_buf_puts(out, "::", err);
			i += length - 1;
			continue;
		}
		if (i > 0 && i != gap + length)
			st = pki_buf_putc(out, ':', err);
		if (st == PKI_SUCCESS)
			st = put_group(a + 2 * i, out, err);
	}
	return st;
}

/* RFC 5952 section 5: a prefix that is known to hold an IPv4 address. */
static bool is_mapped_ipv4(const uint8_t *a)
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

	return memcmp(a, prefix, sizeof prefix) == 0;
}

static pki_status put(pki_bytes a, pki_buf *out, pki_error *err)
{
	pki_status st;

	if (a.len == PKI_IPV4_OCTETS)
		return put_ipv4(a.data, out, err);
	if (a.len != PKI_IPV6_OCTETS)
		return pki_error_set(err, PKI_E_ARG, "IP address is not 4 or 16 octets", NULL);
	if (!is_mapped_ipv4(a.data))
		return put_ipv6(a.data, out, err);
	st = pki_buf_puts(out, "::ffff:", err);
	return st == PKI_SUCCESS ? put_ipv4(a.data + 12, out, err) : st;
}

pki_status pki_ip_format(pki_bytes address, pki_buf *out, pki_error *err)
{
	size_t before = out->len;
	pki_status st = put(address, out, err);

	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	return st;
}
