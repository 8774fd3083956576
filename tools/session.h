/* SPDX-License-Identifier: BSD-3-Clause */
/* The context of one command: its clock, what it allows, its signs of life. */
#ifndef TOOLS_SESSION_H
#define TOOLS_SESSION_H

#include <pki/ctx.h>

#include "tools/progress.h"

struct cmd;

/* Not to be moved while open. */
struct session {
	pki_ctx *ctx; /* NULL, the default one, where that will do */
	pki_time at;
	struct progress progress;
};

/* allow: PKI_ALLOW_ bits. Says what is wrong; an exit status. */
int session_open(const struct cmd *c, uint32_t allow, struct session *s);
void session_close(struct session *s);

#endif
