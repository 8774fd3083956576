/* SPDX-License-Identifier: BSD-3-Clause */
/* Text in the making, standard output and error, and files written. */
#ifndef TOOLS_OUT_H
#define TOOLS_OUT_H

#include <stdarg.h>

#include <pki/pem.h>

struct cmd;

/* Text that grows; a failed allocation sticks, and comes out when it is written. */
struct text {
	pki_buf buf;
	bool failed;
	bool color; /* may have colour: see text_style */
	int error;  /* of out_flow: errno */
};
/* clang-format off */
#define TEXT_INIT { PKI_BUF_INIT, false, false, 0 }
/* clang-format on */

void text_free(struct text *t);
void text_add(struct text *t, const char *s);
void text_bytes(struct text *t, pki_bytes b);
__attribute__((format(printf, 2, 3))) void text_fmt(struct text *t, const char *fmt, ...);
void text_hex(struct text *t, pki_bytes b);
void text_pad(struct text *t, size_t n);
void text_time(struct text *t, pki_time time);
/*
 * Text of unknown origin for a person's eyes: controls, bytes that are not UTF-8, and characters
 * that change how others are shown come out as \x1b, \u202e; beyond TEXT_MOST octets it is cut,
 * and says so.
 */
void text_safe(struct text *t, pki_bytes s);
enum { TEXT_MOST = 4096 };
/* How many characters at the front are plain: printable ASCII. */
size_t text_plain(pki_bytes s);
/* Takes the code point at the front of *s; false, and one octet taken, if it is not UTF-8. */
bool text_next(pki_bytes *s, uint32_t *cp);
/* Is it a control, or does it change how others are shown? */
bool text_is_unsafe(uint32_t cp);

enum text_style { STYLE_PLAIN, STYLE_TITLE, STYLE_GOOD, STYLE_BAD };
void text_style(struct text *t, enum text_style s);

/* To a terminal, and NO_COLOR not set? */
bool out_color(int fd);
/* To standard error; a failure has nowhere to go. */
void out_stderr(const struct text *t);
/* To standard output, and empties t. Says what fails; an exit status. */
int out_stdout(const struct cmd *c, struct text *t);

/* The same of a long text in the making, if there is much of it. Its last octet stays, for what
 * comes next to see; out_stdout says what failed. */
void out_flow(struct text *t);

#define OUT_SECRET 1u /* 0600 from the first octet; never to a terminal */
#define OUT_BINARY 2u /* never to a terminal */
/*
 * Can path ("-": standard output) be written to? To be asked of every output before any work. Says
 * why not; an exit status.
 */
int out_check(const struct cmd *c, const char *path, unsigned flags);
/* Writes it, whole or not at all. */
int out_write(const struct cmd *c, const char *path, pki_bytes data, unsigned flags);
bool out_is_stdout(const char *path);
/* Do both name one file that exists, or are they spelled alike? */
bool out_same_file(const char *a, const char *b);

/* Refuses an output that would take the place of an input; an exit status. */
int out_clash(
    const struct cmd *c, const char *what, const char *out, const char *whose, const char *in);

#endif
