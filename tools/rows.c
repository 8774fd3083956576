/* SPDX-License-Identifier: BSD-3-Clause */
/* Rows of a label and a value, for people. */
#include "tools/rows.h"

#include <string.h>

enum { LABEL = 14 }; /* columns */

void row_label(struct text *t, const char *name)
{
	size_t len = strlen(name);

	text_add(t, "  ");
	text_add(t, name);
	text_pad(t, len < LABEL ? LABEL - len : 1);
}

void row(struct text *t, const char *name, pki_bytes value)
{
	row_label(t, name);
	text_safe(t, value);
	text_add(t, "\n");
}

void row_text(struct text *t, const char *name, const char *value)
{
	row(t, name, pki_bytes_str(value));
}

void row_hex(struct text *t, const char *name, pki_bytes value)
{
	row_label(t, name);
	text_hex(t, value);
	text_add(t, "\n");
}

void rows_next(void *ud, pki_bytes value)
{
	struct rows *r = ud;

	row(r->t, r->label, value);
	r->label = "";
}
