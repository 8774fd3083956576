/* SPDX-License-Identifier: BSD-3-Clause */
/* Passwords: from a file, a descriptor, the environment or a person, and wiped. */
#ifndef TOOLS_PASSWORD_H
#define TOOLS_PASSWORD_H

#include <pki/backend.h>

#include "tools/options.h"

struct password {
	struct cmd *c;
	const char *what; /* the object that it is asked for */
	pki_buf text;
	bool given;   /* an option gave one */
	bool may_ask; /* a person is there to ask */
	bool needed;  /* nothing less will do: for show */
	bool used;    /* something wanted it */
};

enum { PASSWORD_MOST = 4096 }; /* octets */

/*
 * What the four options that start with `first` give. is_new: asked for at once, and twice. Says
 * what is wrong; an exit status. In any case password_free it.
 */
int password_take(struct cmd *c, enum opt_id first, bool is_new, struct password *out);
/* Is one of those four options given? */
bool password_is_given(const struct cmd *c, enum opt_id first);
void password_free(struct password *p);
/* For a key that is written: NULL for none. */
const char *password_text(const struct password *p);
/* A pki_password_fn; ud is a struct password. */
bool password_answer(void *ud, const char *what, unsigned attempt, pki_buf *secret);

#endif
