/* SPDX-License-Identifier: BSD-3-Clause */
/* The value of an extension as one line of text, for people. */
#ifndef LIBPKI_X509_EXT_LINE_H
#define LIBPKI_X509_EXT_LINE_H

#include <pki/ext.h>

/* Where the text goes; the first failure sticks. */
typedef struct pki_line {
	const pki_ctx *ctx;
	pki_buf *out;
	pki_error *err;
	pki_status status;
	bool more; /* an item stands before */
	uint8_t reserved[3];
} pki_line;

void pki_line_puts(pki_line *l, const char *s);
void pki_line_int(pki_line *l, int64_t n);
void pki_line_hex(pki_line *l, pki_bytes octets);
/* Escaped. */
void pki_line_utf8(pki_line *l, pki_bytes utf8);
void pki_line_text(pki_line *l, pki_tag tag, pki_bytes contents);
/* Its name, or dotted. */
void pki_line_oid(pki_line *l, pki_bytes oid);
void pki_line_gn(pki_line *l, const pki_gn *gn);
/* What follows is one more item: a comma before it, if it is not the first. */
void pki_line_item(pki_line *l);
/* An item "name", "name n". */
void pki_line_name(pki_line *l, const char *name);
void pki_line_number(pki_line *l, const char *name, int64_t n);
/* Items: the GeneralNames side by side here; names of bits, from bit 0, NULL: it has none. */
void pki_line_names(pki_line *l, pki_bytes names);
void pki_line_flags(pki_line *l, uint32_t flags, const char *const *names, size_t count);
/* How reading went: the line fails with it. */
void pki_line_read(pki_line *l, pki_status st);
void pki_line_end_list(pki_line *l, pki_ext_iter *it);

#endif
