/* SPDX-License-Identifier: BSD-3-Clause */
/* Buffers: octets that grow, and wipe themselves if they are secret. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

#define FIRST_CAP 64

static bool is_secret(const pki_buf *b)
{
	return (b->flags & PKI_BUF_SECRET) != 0;
}

/* Half as much again, so that appending octet by octet stays linear; at least what is needed. */
static size_t next_cap(size_t cap, size_t need)
{
	size_t grown;

	if (!pki_size_add(cap, cap / 2, &grown) || grown < need)
		grown = need;
	return grown < FIRST_CAP ? FIRST_CAP : grown;
}

/* realloc may leave a copy of the secret behind. */
static uint8_t *move_secret(pki_buf *b, size_t cap)
{
	uint8_t *to = pki_alloc(cap);

	if (to == NULL)
		return NULL;
	if (b->len > 0)
		memcpy(to, b->data, b->len);
	pki_free_secret(b->data, b->cap);
	return to;
}

pki_status pki_buf_grow(pki_buf *b, size_t more, pki_error *err)
{
	size_t need, cap;
	uint8_t *data;

	if (!pki_size_add(b->len, more, &need) || !pki_size_add(need, 1, &need))
		return pki_error_nomem(err);
	cap = next_cap(b->cap, need);
	data = is_secret(b) ? move_secret(b, cap) : pki_realloc(b->data, cap);
	if (data == NULL)
		return pki_error_nomem(err);
	b->data = data;
	b->cap = cap;
	return PKI_SUCCESS;
}

/* Where src begins in the contents of *b, or SIZE_MAX. */
static size_t place_in(const pki_buf *b, pki_bytes src)
{
	uintptr_t at = (uintptr_t)src.data, begin = (uintptr_t)b->data;

	return b->data != NULL && at >= begin && at - begin < b->len ? at - begin : SIZE_MAX;
}

/* Growing moves what src may be a view of. */
static pki_status grow_for(pki_buf *b, pki_bytes *src, pki_error *err)
{
	size_t own = place_in(b, *src);
	pki_status st = pki_buf_grow(b, src->len, err);

	if (st == PKI_SUCCESS && own != SIZE_MAX)
		src->data = b->data + own;
	return st;
}

static inline pki_status append(pki_buf *b, pki_bytes src, pki_error *err)
{
	if (src.len >= b->cap - b->len && grow_for(b, &src, err) != PKI_SUCCESS)
		return PKI_E_NOMEM;
	if (src.len > 0)
		memcpy(b->data + b->len, src.data, src.len);
	b->len += src.len;
	return PKI_SUCCESS;
}

pki_status pki_buf_append(pki_buf *b, pki_bytes src, pki_error *err)
{
	pki_status st;

	if (b == NULL || (src.data == NULL && src.len > 0))
		st = pki_error_null(err);
	else
		st = append(b, src, err);
	return PKI_LEAVE(err, st);
}

pki_bytes pki_buf_bytes(const pki_buf *b)
{
	return b == NULL ? pki_bytes_of(NULL, 0) : pki_bytes_of(b->data, b->len);
}

const char *pki_buf_str(const pki_buf *b)
{
	if (b == NULL || b->len == 0 || b->len >= b->cap)
		return "";
	b->data[b->len] = '\0';
	return (const char *)b->data;
}

uint8_t *pki_buf_steal(pki_buf *b, size_t *len)
{
	uint8_t *data = NULL;

	if (len != NULL)
		*len = 0;
	if (b == NULL)
		return NULL;
	if (b->len > 0) {
		data = b->data;
		if (len != NULL)
			*len = b->len;
		b->data = NULL;
		b->len = b->cap = 0;
	}
	pki_buf_free(b);
	return data;
}

void pki_buf_free(pki_buf *b)
{
	if (b == NULL)
		return;
	if (is_secret(b))
		pki_wipe(b->data, b->cap);
	pki_free(b->data);
	b->data = NULL;
	b->len = b->cap = 0;
}

void pki_buf_truncate(pki_buf *b, size_t len)
{
	if (len >= b->len)
		return;
	if (is_secret(b))
		pki_wipe(b->data + len, b->len - len);
	b->len = len;
}

pki_status pki_buf_puts(pki_buf *b, const char *s, pki_error *err)
{
	return append(b, pki_bytes_str(s), err);
}

pki_status pki_buf_putc(pki_buf *b, uint8_t c, pki_error *err)
{
	pki_status st = pki_buf_reserve(b, 1, err);

	if (st == PKI_SUCCESS)
		b->data[b->len++] = c;
	return st;
}

pki_status pki_buf_put_u64(pki_buf *b, uint64_t v, pki_error *err)
{
	uint8_t digits[20];
	size_t at = sizeof digits;

	do {
		digits[--at] = (uint8_t)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	return append(b, pki_bytes_of(digits + at, sizeof digits - at), err);
}

/* '0'..'9', 'a'..'f' without an index or branch: the octets may be a key's. */
static uint8_t hex_char(unsigned nibble)
{
	unsigned letter = (9u - nibble) >> 8 & 0xff;

	return (uint8_t)('0' + nibble + (letter & ('a' - '0' - 10)));
}

pki_status pki_buf_put_hex(pki_buf *b, pki_bytes in, pki_error *err)
{
	size_t chars;
	pki_status st;

	if (!pki_size_mul(in.len, 2, &chars))
		return pki_error_nomem(err);
	st = pki_buf_reserve(b, chars, err);
	if (st != PKI_SUCCESS)
		return st;
	for (size_t i = 0; i < in.len; i++) {
		b->data[b->len++] = hex_char(in.data[i] >> 4);
		b->data[b->len++] = hex_char(in.data[i] & 15u);
	}
	return PKI_SUCCESS;
}
