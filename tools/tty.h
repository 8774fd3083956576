/* SPDX-License-Identifier: BSD-3-Clause */
/* A question to the person at the terminal, the answer not shown. */
#ifndef TOOLS_TTY_H
#define TOOLS_TTY_H

#include <pki/base.h>

/* Are standard input and error a terminal? */
bool tty_is_there(void);
/*
 * Prints "Password of WHAT: ", escaped, and appends the line typed. false: there is no terminal, or
 * no line came.
 */
bool tty_ask(const char *prompt, const char *what, size_t most, pki_buf *answer);

#endif
