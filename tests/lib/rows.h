/* SPDX-License-Identifier: BSD-3-Clause */
/* Vectors in text files: a row a line, fields between spaces, `#` begins a comment, `-` is empty.
 */
#ifndef TESTS_LIB_ROWS_H
#define TESTS_LIB_ROWS_H

#include <stdlib.h>
#include <string.h>

#include <pki/alg.h>

#include "tests/lib/t.h"

#define ROW_FIELDS 10

typedef struct rows {
	pki_bytes left;
	char *line;
	const char *field[ROW_FIELDS];
	size_t fields;
} rows;

static inline void rows_open(rows *r, const char *path)
{
	memset(r, 0, sizeof *r);
	r->left = t_vector(path);
}

static inline void rows_split(rows *r)
{
	char *save = NULL, *f = strtok_r(r->line, " ", &save);

	for (r->fields = 0; f != NULL && r->fields < ROW_FIELDS; f = strtok_r(NULL, " ", &save))
		r->field[r->fields++] = strcmp(f, "-") == 0 ? "" : f;
}

/* The next row, of so many fields; false at the end. */
static inline bool rows_next(rows *r, size_t fields)
{
	while (r->left.len != 0) {
		const uint8_t *end = memchr(r->left.data, '\n', r->left.len);
		size_t n = end == NULL ? r->left.len : (size_t)(end - r->left.data);

		free(r->line);
		r->line = strndup((const char *)r->left.data, n);
		n += end != NULL;
		r->left = pki_bytes_of(r->left.data + n, r->left.len - n);
		if (r->line[0] == '#' || r->line[0] == '\0')
			continue;
		rows_split(r);
		ck_assert_uint_eq(r->fields, fields);
		return true;
	}
	free(r->line);
	r->line = NULL;
	return false;
}

static inline pki_bytes rows_hex(const rows *r, size_t field)
{
	return t_hex(r->field[field]);
}

static inline uint32_t rows_number(const rows *r, size_t field)
{
	return (uint32_t)strtoul(r->field[field], NULL, 10);
}

static inline pki_hash rows_hash(const rows *r, size_t field)
{
	for (pki_hash h = 0; h < 64; h++)
		if (pki_hash_name(h) != NULL && strcmp(pki_hash_name(h), r->field[field]) == 0)
			return h;
	ck_abort_msg("no hash %s", r->field[field]);
	return PKI_HASH_NONE;
}

#endif
