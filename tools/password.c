/* SPDX-License-Identifier: BSD-3-Clause */
/* Passwords: from a file, a descriptor, the environment or a person, and wiped. */
#include "tools/password.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/args.h"
#include "tools/in.h"
#include "tools/status.h"
#include "tools/tty.h"

enum { ATTEMPTS = 3, SOURCES = 4 };

static int take_file(struct cmd *c, const char *path, struct password *out)
{
	in_warn_open(c, path);
	return in_read_line(c, path, &out->text);
}

static int take_fd(struct cmd *c, const char *text, struct password *out)
{
	char *end;
	long fd;

	errno = 0;
	fd = strtol(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || fd > 1 << 20)
		return say_usage(c, "--password-fd wants a number, not '%s'", text);
	return in_read_line_fd(c, (int)fd, &out->text);
}

/* The environment's own copy is wiped too. */
static int take_env(struct cmd *c, const char *name, struct password *out)
{
	char *value = getenv(name);

	if (!value)
		return say_usage(c, "no environment variable '%s'", name);
	say(c, "warning: other programs may read a password in the environment");
	if (pki_buf_append(&out->text, pki_bytes_str(value), NULL) != PKI_SUCCESS)
		return say_nomem(c);
	pki_wipe(value, strlen(value));
	return STATUS_DONE;
}

static int ask_twice(struct cmd *c, struct password *out)
{
	pki_buf again = { .flags = PKI_BUF_SECRET };
	int st = STATUS_DONE;

	if (!tty_ask("New password", "", PASSWORD_MOST, &out->text) ||
	    !tty_ask("The same again", "", PASSWORD_MOST, &again))
		st = say_fail(c, STATUS_PASSWORD, "no password was typed");
	else if (!pki_bytes_equal_secret(pki_buf_bytes(&out->text), pki_buf_bytes(&again)))
		st = say_fail(c, STATUS_PASSWORD, "the two passwords differ");
	pki_buf_free(&again);
	return st;
}

static int take_ask(struct cmd *c, bool is_new, struct password *out)
{
	out->given = is_new;
	out->may_ask = !is_new;
	return is_new ? ask_twice(c, out) : STATUS_DONE;
}

/* The one of the four options that is given, or OPT_END. */
static int which(const struct cmd *c, enum opt_id first, enum opt_id *out)
{
	*out = OPT_END;
	for (enum opt_id id = first; id < first + SOURCES; id++) {
		if (!args_has(c, id))
			continue;
		if (*out != OPT_END)
			return say_usage(c, "one password is enough");
		*out = id;
	}
	return STATUS_DONE;
}

bool password_is_given(const struct cmd *c, enum opt_id first)
{
	for (enum opt_id id = first; id < first + SOURCES; id++)
		if (args_has(c, id))
			return true;
	return false;
}

int password_take(struct cmd *c, enum opt_id first, bool is_new, struct password *out)
{
	enum opt_id id;
	int st = which(c, first, &id);

	*out = (struct password){ .c = c, .text.flags = PKI_BUF_SECRET };
	if (st)
		return st;
	if (id == OPT_END) {
		out->may_ask = !is_new && tty_is_there();
		return STATUS_DONE;
	}
	if (args_has(c, OPT_NO_PASSWORD) && is_new)
		return say_usage(c, "--no-password, or a password; not both");
	out->given = true;
	switch (id - first) {
	case 0:
		return take_file(c, args_value(c, id), out);
	case 1:
		return take_fd(c, args_value(c, id), out);
	case 2:
		return take_env(c, args_value(c, id), out);
	default:
		return take_ask(c, is_new, out);
	}
}

void password_free(struct password *p)
{
	pki_buf_free(&p->text);
}

const char *password_text(const struct password *p)
{
	return p->given ? pki_buf_str(&p->text) : NULL;
}

bool password_answer(void *ud, const char *what, unsigned attempt, pki_buf *secret)
{
	struct password *p = ud;

	(void)what; /* p->what says more */
	p->used = true;
	if (p->given)
		return attempt == 0 &&
		    pki_buf_append(secret, pki_buf_bytes(&p->text), NULL) == PKI_SUCCESS;
	if (!p->may_ask || attempt >= ATTEMPTS)
		return false;
	if (attempt)
		say(p->c, "that is not the password");
	return tty_ask("Password of ", p->what, PASSWORD_MOST, secret);
}
