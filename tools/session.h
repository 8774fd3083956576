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
	uint32_t at_nsec; /* the fraction of a second that --at has */
	struct progress progress;
};

/* allow: PKI_ALLOW_ bits. Says what is wrong; an exit status. */
int session_open(const struct cmd *c, uint32_t allow, struct session *s);
/* The same with a context that forgives what the PKI_LENIENT_ bits name. */
int session_open_lenient(const struct cmd *c, uint32_t allow, uint32_t lenient, struct session *s);
void session_close(struct session *s);

#endif
