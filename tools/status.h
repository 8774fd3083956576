/* SPDX-License-Identifier: BSD-3-Clause */
/* Exit statuses, and what is said on stderr. */
#ifndef TOOLS_STATUS_H
#define TOOLS_STATUS_H

#include <pki/error.h>

struct cmd;

enum {
	STATUS_DONE = 0,        /* done; yes */
	STATUS_NO = 1,          /* the answer is no */
	STATUS_USAGE = 2,       /* wrong usage */
	STATUS_IO = 3,          /* a file could not be read or written */
	STATUS_MALFORMED = 4,   /* malformed input, or over a limit */
	STATUS_PASSWORD = 5,    /* wrong password, or none */
	STATUS_UNSUPPORTED = 6, /* not supported */
	STATUS_INTERNAL = 7
};

/* The exit status for a status of the library. */
int status_exit(pki_status st);
/* "malformed", "limit" ...: what JSON calls it. */
const char *status_word(pki_status st);
int status_worst(int a, int b);

/* Each prints one line, "pkitool csr: ...", escaped; c may be NULL. */
__attribute__((format(printf, 2, 3))) void say(const struct cmd *c, const char *fmt, ...);
/* The same, and returns its status. */
__attribute__((format(printf, 3, 4))) int say_fail(
    const struct cmd *c, int status, const char *fmt, ...);
/* The same, and names the help to read; returns STATUS_USAGE. */
__attribute__((format(printf, 2, 3))) int say_usage(const struct cmd *c, const char *fmt, ...);
/* A failure of the library, with all that it says; what: a file, or NULL. Returns status_exit. */
int say_error(const struct cmd *c, const char *what, pki_status st, const pki_error *err);
/* The same of what is passed over; returns STATUS_DONE. */
int say_ignored(const struct cmd *c, const char *what, const pki_error *err);
int say_nomem(const struct cmd *c);

#endif
