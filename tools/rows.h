/* SPDX-License-Identifier: BSD-3-Clause */
/* Rows of a label and a value, for people. */
#ifndef TOOLS_ROWS_H
#define TOOLS_ROWS_H

#include "tools/out.h"

/* "  Subject       "; further lines of one row have no label. */
void row_label(struct text *t, const char *name);
/* One row; what it says is made safe to look at. */
void row(struct text *t, const char *name, pki_bytes value);
void row_text(struct text *t, const char *name, const char *value);
void row_hex(struct text *t, const char *name, pki_bytes value);

/* Rows of one kind: only the first has the label. */
struct rows {
	struct text *t;
	const char *label;
};
/* ud is a struct rows. */
void rows_next(void *ud, pki_bytes value);

#endif
