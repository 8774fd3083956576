/* SPDX-License-Identifier: BSD-3-Clause */
/* DER for tests, in hex, where "30{ ... }" is a TLV whose length is worked out. */
#ifndef TESTS_LIB_NESTED_H
#define TESTS_LIB_NESTED_H

#include <string.h>

#include "tests/lib/t.h"

#define NESTED_ROOM 65536

static inline size_t nested_length(size_t n, uint8_t *out)
{
	if (n < 0x80) {
		out[0] = (uint8_t)n;
		return 1;
	}
	if (n < 0x100) {
		out[0] = 0x81;
		out[1] = (uint8_t)n;
		return 2;
	}
	out[0] = 0x82;
	out[1] = (uint8_t)(n >> 8);
	out[2] = (uint8_t)n;
	return 3;
}

/* Octets of *text up to its end or to the '}' that closes it, which is taken. */
static inline size_t nested_put(const char **text, uint8_t *out)
{
	size_t n = 0;

	while (**text != '\0' && **text != '}') {
		char hex[3] = { (*text)[0], (*text)[0] == ' ' ? '\0' : (*text)[1], '\0' };

		if (**text == '{') {
			size_t len, header;

			++*text;
			len = nested_put(text, out + n + 3);
			header = nested_length(len, out + n);
			memmove(out + n + header, out + n + 3, len);
			n += header + len;
		} else if (**text == ' ') {
			++*text;
		} else {
			out[n++] = t_hex(hex).data[0];
			*text += 2;
		}
	}
	*text += **text == '}';
	return n;
}

/* The octets live until the program ends. */
static inline pki_bytes t_nested(const char *text)
{
	static uint8_t made[NESTED_ROOM], hex[2 * NESTED_ROOM + 1];
	size_t n;

	ck_assert_uint_lt(strlen(text), NESTED_ROOM);
	n = nested_put(&text, made);
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = (uint8_t) "0123456789abcdef"[made[i] >> 4];
		hex[2 * i + 1] = (uint8_t) "0123456789abcdef"[made[i] & 15];
	}
	hex[2 * n] = '\0';
	return t_hex((const char *)hex);
}

#endif
