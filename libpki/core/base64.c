/* SPDX-License-Identifier: BSD-3-Clause */
/* Base64 (RFC 4648 section 4), eight characters at a time, in time that does not depend on them. */
#include <string.h>

#include <pki/pem.h>

#include "libpki/core/arith.h"
#include "libpki/core/base64.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

/*
 * Private keys pass here, so no character indexes a table and none decides a branch. Eight of them
 * lie in the octets of a uint64_t; all arithmetic is such that no octet carries into the next.
 */
#define EACH(v) (UINT64_C(0x0101010101010101) * (v))
#define TOPS    EACH(0x80)

/* The top bit of each octet of x, all within 0..0x7f, that is at least `least`. */
static uint64_t at_least(uint64_t x, uint64_t least)
{
	return (x + EACH(0x80 - least)) & TOPS;
}

static uint64_t between(uint64_t x, uint64_t low, uint64_t high)
{
	return at_least(x, low) & ~at_least(x, high + 1);
}

/* v, within 0..0x7f, in each octet whose top bit is set. */
static uint64_t where(uint64_t tops, uint64_t v)
{
	return (tops - (tops >> 7)) & EACH(v);
}

/* Characters to values 0..63. *valid: the top bit of each that is in the alphabet. */
static uint64_t values_of(uint64_t chars, uint64_t *valid)
{
	uint64_t x = chars & ~TOPS;
	uint64_t upper = between(x, 'A', 'Z'), lower = between(x, 'a', 'z');
	uint64_t digit = between(x, '0', '9');
	uint64_t plus = between(x, '+', '+'), slash = between(x, '/', '/');

	*valid = (upper | lower | digit | plus | slash) & ~chars;
	return x - where(upper, 'A') - where(lower, 'a' - 26) + where(digit, 52 - '0') +
	    where(plus, 62 - '+') + where(slash, 63 - '/');
}

/* Values 0..63 to characters. */
static uint64_t chars_of(uint64_t x)
{
	return x + EACH('A') + where(at_least(x, 26), 'a' - 'Z' - 1) -
	    where(at_least(x, 52), 'z' + 1 - '0') - where(at_least(x, 62), '9' + 1 - '+') +
	    where(at_least(x, 63), '/' - '+' - 1);
}

/* Big-endian, written out so that compilers see one instruction in it. */
static uint64_t load(const uint8_t *p)
{
	return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
	    (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
	    (uint64_t)p[6] << 8 | (uint64_t)p[7];
}

static void store(uint8_t *p, uint64_t v)
{
	p[0] = (uint8_t)(v >> 56);
	p[1] = (uint8_t)(v >> 48);
	p[2] = (uint8_t)(v >> 40);
	p[3] = (uint8_t)(v >> 32);
	p[4] = (uint8_t)(v >> 24);
	p[5] = (uint8_t)(v >> 16);
	p[6] = (uint8_t)(v >> 8);
	p[7] = (uint8_t)v;
}

/* Eight values to six octets at the top of a word, and back. */
static uint64_t pack(uint64_t v)
{
	v = (v & UINT64_C(0x3f003f003f003f00)) >> 2 | (v & UINT64_C(0x003f003f003f003f));
	v = (v & UINT64_C(0x0fff00000fff0000)) >> 4 | (v & UINT64_C(0x00000fff00000fff));
	return (v >> 32) << 40 | (v & 0xffffff) << 16;
}

static uint64_t unpack(uint64_t v)
{
	v = (v >> 40) << 32 | (v >> 16 & 0xffffff);
	v = (v & UINT64_C(0x00fff00000fff000)) << 4 | (v & UINT64_C(0x00000fff00000fff));
	return (v & UINT64_C(0x0fc00fc00fc00fc0)) << 2 | (v & UINT64_C(0x003f003f003f003f));
}

static size_t count(pki_bytes text, uint8_t c)
{
	const uint8_t *p = text.data, *end = p + text.len;
	size_t n = 0;

	while (p < end && (p = memchr(p, c, (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

static size_t count_pairs(pki_bytes text)
{
	size_t n = 0;

	for (size_t i = 1; i < text.len; i++)
		n += text.data[i - 1] == '\r' && text.data[i] == '\n';
	return n;
}

size_t pki_count_lines(pki_bytes text)
{
	size_t returns = count(text, '\r');

	return count(text, '\n') + returns - (returns == 0 ? 0 : count_pairs(text));
}

/*
 * What is left of the text, and the characters of a group of four that is not complete. There are
 * STORE_ROOM octets of memory after `end`, which is where the limit is.
 */
struct reader {
	pki_bytes left;
	uint8_t *to, *end;
	uint32_t group;
	unsigned values, pads;
	bool padded; /* the group with the padding is complete: nothing may follow */
};
#define STORE_ROOM 8

/* Whole groups, as long as the next eight characters are all in the alphabet. */
static void read_groups(struct reader *r)
{
	while (r->left.len >= 8 && r->end - r->to >= 6) {
		uint64_t valid, values = values_of(load(r->left.data), &valid);

		if (valid != TOPS)
			return;
		store(r->to, pack(values));
		r->to += 6;
		r->left.data += 8;
		r->left.len -= 8;
	}
}

static bool is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static pki_status bad(pki_error *err, const char *reason)
{
	return pki_error_set(err, PKI_E_ENCODING, reason, "RFC 4648 4");
}

/* A group with n pads says 3 - n octets; the bits it has beyond them are zero. */
static pki_status end_group(struct reader *r, pki_error *err)
{
	uint32_t over = (1u << 2 * r->pads) - 1;
	uint32_t octets = r->group << 6 * r->pads;

	if ((r->group & over) != 0)
		return pki_error_set(err, PKI_E_ENCODING,
		    "the unused bits of the last character are not zero", "RFC 4648 3.5");
	if (r->end - r->to < 3 - (int)r->pads)
		return pki_error_set(err, PKI_E_LIMIT, "more octets than the limit", NULL);
	store(r->to, (uint64_t)octets << 40);
	r->to += 3 - r->pads;
	r->padded = r->pads > 0;
	r->group = r->values = r->pads = 0;
	return PKI_SUCCESS;
}

static pki_status take_pad(struct reader *r, pki_error *err)
{
	if (r->values < 2)
		return bad(err, "'=' where a character is due");
	r->pads++;
	return PKI_SUCCESS;
}

static pki_status take_value(struct reader *r, uint8_t c, pki_error *err)
{
	uint64_t valid, value = values_of(c, &valid);

	if ((valid & 0x80) == 0)
		return bad(err, "a character that is not base64");
	if (r->pads > 0)
		return bad(err, "a character in the padding");
	r->group = r->group << 6 | (uint32_t)(value & 0x3f);
	r->values++;
	return PKI_SUCCESS;
}

static pki_status read_char(struct reader *r, uint8_t c, pki_error *err)
{
	pki_status st;

	if (is_space(c))
		return PKI_SUCCESS;
	if (r->padded)
		return bad(err, "text after the padding");
	st = c == '=' ? take_pad(r, err) : take_value(r, c, err);
	if (st == PKI_SUCCESS && r->values + r->pads == 4)
		st = end_group(r, err);
	return st;
}

static pki_status read_all(struct reader *r, pki_error *err)
{
	while (r->left.len > 0) {
		pki_status st;

		if (r->values + r->pads == 0 && !r->padded)
			read_groups(r);
		if (r->left.len == 0)
			break;
		st = read_char(r, *r->left.data, err);
		if (st != PKI_SUCCESS)
			return st;
		r->left.data++;
		r->left.len--;
	}
	return r->values + r->pads == 0 ? PKI_SUCCESS
					: bad(err, "the text ends within a group of four");
}

/* The line of the octet where reading stopped; at the end, of the last one that is no white space.
 */
static size_t line_of(pki_bytes text, const struct reader *r)
{
	size_t at = text.len - r->left.len;

	while (r->left.len == 0 && at > 0 && is_space(text.data[at - 1]))
		at--;
	return pki_count_lines(pki_bytes_of(text.data, at));
}

pki_status pki_base64_read(pki_bytes text, size_t line, size_t max, pki_buf *out, pki_error *err)
{
	size_t most = text.len / 4 * 3 + 3, room = most < max ? most : max;
	size_t before = out->len;
	struct reader r = { .left = text };
	pki_status st = pki_buf_reserve(out, room + STORE_ROOM, err);

	if (st != PKI_SUCCESS)
		return st;
	r.to = out->data + out->len;
	r.end = r.to + room;
	st = read_all(&r, err);
	out->len = (size_t)(r.to - out->data);
	if (st != PKI_SUCCESS) {
		pki_buf_truncate(out, before);
		pki_error_on_line(err, line + line_of(text, &r));
	}
	pki_wipe(&r, sizeof r);
	return st;
}

pki_status pki_base64_decode(pki_bytes text, pki_buf *out, pki_error *err)
{
	pki_status st;

	if (out == NULL || (text.data == NULL && text.len > 0))
		st = pki_error_null(err);
	else
		st = pki_base64_read(text, 1, SIZE_MAX, out, err);
	return PKI_LEAVE(err, st);
}

/* The last 1..7 octets: what the fast loop cannot load as a word. */
static uint8_t *write_tail(pki_bytes in, uint8_t *to)
{
	uint8_t octets[8], chars[8];

	while (in.len > 0) {
		size_t n = in.len < 6 ? in.len : 6, len = (n + 2) / 3 * 4;

		memset(octets, 0, sizeof octets);
		memcpy(octets, in.data, n);
		store(chars, chars_of(unpack(load(octets))));
		memset(chars + (n * 8 + 5) / 6, '=', len - (n * 8 + 5) / 6);
		memcpy(to, chars, len);
		to += len;
		in = pki_bytes_of(in.data + n, in.len - n);
	}
	pki_wipe(octets, sizeof octets);
	pki_wipe(chars, sizeof chars);
	return to;
}

static uint8_t *write_chars(pki_bytes in, uint8_t *to)
{
	while (in.len >= 8) {
		store(to, chars_of(unpack(load(in.data))));
		to += 8;
		in = pki_bytes_of(in.data + 6, in.len - 6);
	}
	return write_tail(in, to);
}

static bool size_of_text(size_t octets, size_t width, size_t *size)
{
	size_t groups = octets / 3 + (octets % 3 != 0);

	if (!pki_size_mul(groups, 4, size))
		return false;
	return width == 0 || pki_size_add(*size, *size / width + 1, size);
}

pki_status pki_base64_write(pki_bytes in, size_t width, pki_buf *out, pki_error *err)
{
	size_t line = width == 0 ? in.len : width / 4 * 3, size;
	uint8_t *to;
	pki_status st;

	if (!size_of_text(in.len, width, &size))
		return pki_error_nomem(err);
	st = pki_buf_reserve(out, size, err);
	if (st != PKI_SUCCESS)
		return st;
	for (to = out->data + out->len; in.len > 0;
	     in = pki_bytes_of(in.data + line, in.len - line)) {
		if (line > in.len)
			line = in.len;
		to = write_chars(pki_bytes_of(in.data, line), to);
		if (width > 0)
			*to++ = '\n';
	}
	out->len = (size_t)(to - out->data);
	return PKI_SUCCESS;
}

pki_status pki_base64_encode(pki_bytes in, pki_buf *out, pki_error *err)
{
	pki_status st;

	if (out == NULL || (in.data == NULL && in.len > 0))
		st = pki_error_null(err);
	else
		st = pki_base64_write(in, 0, out, err);
	return PKI_LEAVE(err, st);
}
