/* SPDX-License-Identifier: BSD-3-Clause */
/* The context of one command: its clock, what it allows, its signs of life. */
#include "tools/session.h"

#include <pki/time.h>

#include "tools/args.h"
#include "tools/status.h"

static pki_time stopped_clock(void *ud)
{
	const struct session *s = ud;

	return s->at;
}

static int take_time(const struct cmd *c, const char *text, struct session *s)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_time_parse(text, &s->at, &s->at_nsec, &err);

	return st ? say_error(c, "--at", st, &err) : STATUS_DONE;
}

int session_open(const struct cmd *c, uint32_t allow, struct session *s)
{
	return session_open_lenient(c, allow, 0, s);
}

int session_open_lenient(const struct cmd *c, uint32_t allow, uint32_t lenient, struct session *s)
{
	const char *at = args_value(c, OPT_AT);
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	*s = (struct session){ .at = PKI_TIME_NONE };
	if (at && take_time(c, at, s) != STATUS_DONE)
		return STATUS_USAGE;
	progress_init(&s->progress);
	if (!at && !allow && !lenient && !s->progress.wanted)
		return STATUS_DONE;
	st = pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = at ? stopped_clock : NULL, .clock_ud = s,
			     .cancel = progress_tick, .cancel_ud = &s->progress, .allow = allow,
			     .lenient = lenient),
	    &s->ctx, &err);
	return st ? say_error(c, NULL, st, &err) : STATUS_DONE;
}

void session_close(struct session *s)
{
	pki_ctx_free(s->ctx);
	s->ctx = NULL;
}
