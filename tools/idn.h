/* SPDX-License-Identifier: BSD-3-Clause */
/* Names that people write in their own script, as the names that certificates hold. */
#ifndef TOOLS_IDN_H
#define TOOLS_IDN_H

#include "tools/out.h"

/*
 * Appends name, its host part in A-labels, where a DNS name, mailbox or URI has others. Says what
 * is wrong; an exit status.
 */
int idn_name(const struct cmd *c, const char *name, struct text *out);

#endif
