/* SPDX-License-Identifier: BSD-3-Clause */
/* A command line, parsed by the option table. */
#ifndef TOOLS_ARGS_H
#define TOOLS_ARGS_H

#include "tools/options.h"

struct arg_use {
	const struct opt *opt;
	const char *value; /* "" for an option without an argument */
};

struct cmd {
	const struct verb *verb;
	char name[32]; /* "pkitool key new" */
	struct arg_use *uses;
	size_t use_count;
	char **operands;
	size_t operand_count;
	bool stdin_taken;
};

/*
 * Finds the verb and parses what follows it; says what is wrong and returns STATUS_USAGE, or
 * STATUS_DONE. c->verb is NULL where there is only --help or --version, which stand in uses.
 */
int args_parse(struct cmd *c, int argc, char **argv);
void args_free(struct cmd *c);

bool args_has(const struct cmd *c, enum opt_id id);
/* The option's argument; NULL if it was not given. */
const char *args_value(const struct cmd *c, enum opt_id id);
/* The next argument of an option that repeats; *at starts as 0. NULL: no more. */
const char *args_next(const struct cmd *c, enum opt_id id, size_t *at);
/* Calls take with each word of the comma-separated lists that were given; it returns an exit
 * status.
 */
typedef int args_word_fn(const struct cmd *c, void *ud, const char *word);
int args_words(const struct cmd *c, enum opt_id id, args_word_fn *take, void *ud);
/* A number in decimal digits, from least to most. */
bool args_number(const char *text, int64_t least, int64_t most, int64_t *out);
/* Says which choice may have been meant; returns STATUS_USAGE. */
int args_bad_choice(
    const struct cmd *c, const char *what, const char *value, const char *const *choices);
/* Says that there is no such verb in list (NULL: in none); returns STATUS_USAGE. */
int args_no_verb(const struct cmd *c, const struct verb *list, const char *word);

#endif
