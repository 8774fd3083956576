/* SPDX-License-Identifier: BSD-3-Clause */
/* A command line, parsed by the option table. */
#include "tools/args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/status.h"
#include "tools/suggest.h"

/* What is left of argv. */
struct rest {
	char **argv;
	int argc, at;
};

static const char *rest_next(struct rest *r)
{
	return r->at < r->argc ? r->argv[r->at++] : NULL;
}

static void name_add(struct cmd *c, const char *word)
{
	size_t len = strlen(c->name);

	snprintf(c->name + len, sizeof c->name - len, "%s%s", len ? " " : "", word);
}

int args_no_verb(const struct cmd *c, const struct verb *list, const char *word)
{
	struct suggest s;

	suggest_init(&s, word);
	for (const struct verb *v = list; v && v->name; v++)
		suggest_try(&s, v->name);
	if (suggest_best(&s))
		return say_usage(c, "no verb '%s'; did you mean '%s'?", word, suggest_best(&s));
	return say_usage(c, "no verb '%s'", word);
}

static int unknown_option(const struct cmd *c, const char *name)
{
	struct suggest s;
	char word[64];

	snprintf(word, sizeof word, "%.*s", (int)strcspn(name, "="), name);
	suggest_init(&s, word);
	for (const struct opt *o = c->verb->opts; o->id != OPT_END; o++)
		if (!(o->flags & OPT_HIDDEN))
			suggest_try(&s, o->name);
	if (suggest_best(&s))
		return say_usage(
		    c, "no option '--%s'; did you mean '--%s'?", word, suggest_best(&s));
	return say_usage(c, "no option '--%s'", word);
}

int args_bad_choice(
    const struct cmd *c, const char *what, const char *value, const char *const *choices)
{
	struct suggest s;
	char all[256] = "";
	size_t len = 0;

	suggest_init(&s, value);
	for (const char *const *p = choices; *p; p++) {
		suggest_try(&s, *p);
		len += (size_t)snprintf(all + len, sizeof all - len, "%s%s", len ? ", " : "", *p);
		if (len >= sizeof all)
			break;
	}
	if (suggest_best(&s))
		return say_usage(
		    c, "%s: no '%s'; did you mean '%s'?", what, value, suggest_best(&s));
	return say_usage(c, "%s: no '%s'; there are %s", what, value, all);
}

static bool is_choice(const struct opt *o, const char *value)
{
	if (!o->choices || o->flags & (OPT_LIST | OPT_OPEN))
		return true;
	for (const char *const *p = o->choices; *p; p++)
		if (strcmp(*p, value) == 0)
			return true;
	return false;
}

static int use_add(struct cmd *c, const struct opt *o, const char *value)
{
	char name[40];

	snprintf(name, sizeof name, "--%s", o->name);
	if (!(o->flags & OPT_REPEATS) && args_has(c, o->id))
		return say_usage(c, "%s is given twice", name);
	if (!is_choice(o, value))
		return args_bad_choice(c, name, value, o->choices);
	c->uses[c->use_count++] = (struct arg_use){ o, value };
	return STATUS_DONE;
}

static int use_with_arg(struct cmd *c, const struct opt *o, const char *value, struct rest *r)
{
	if (!value)
		value = rest_next(r);
	if (!value)
		return say_usage(c, "--%s wants %s", o->name, o->arg);
	return use_add(c, o, value);
}

/* --name, --name=value, --name value */
static int parse_long(struct cmd *c, const char *word, struct rest *r)
{
	size_t len = strcspn(word, "=");
	const struct opt *o = opt_find(c->verb, word, len);
	const char *value = word[len] ? word + len + 1 : NULL;

	if (!o)
		return unknown_option(c, word);
	if (o->arg)
		return use_with_arg(c, o, value, r);
	if (value)
		return say_usage(c, "--%s takes no argument", o->name);
	return use_add(c, o, "");
}

/* -o value, -ovalue */
static int parse_letter(struct cmd *c, const char *word, struct rest *r)
{
	const struct opt *o = opt_find_letter(c->verb, word[1]);

	if (!o)
		return say_usage(c, "no option '%s'", word);
	if (o->arg)
		return use_with_arg(c, o, word[2] ? word + 2 : NULL, r);
	if (word[2])
		return say_usage(c, "no option '%s'; did you mean '-%c'?", word, word[1]);
	return use_add(c, o, "");
}

static int parse_word(struct cmd *c, char *word, struct rest *r, bool *options_over)
{
	if (*options_over || word[0] != '-' || !word[1]) {
		c->operands[c->operand_count++] = word;
		return STATUS_DONE;
	}
	if (strcmp(word, "--") == 0) {
		*options_over = true;
		return STATUS_DONE;
	}
	return word[1] == '-' ? parse_long(c, word + 2, r) : parse_letter(c, word, r);
}

static int which_verb(const struct cmd *c, const struct verb *list)
{
	char all[128] = "";
	size_t len = 0;

	for (const struct verb *v = list; v->name && len < sizeof all; v++)
		len += (size_t)snprintf(
		    all + len, sizeof all - len, "%s%s", len ? ", " : "", v->name);
	return say_usage(c, "which verb? there are %s", all);
}

static int check_count(const struct cmd *c)
{
	const struct verb *v = c->verb;

	if (args_has(c, OPT_HELP))
		return STATUS_DONE;
	if (v->subs)
		return which_verb(c, v->subs);
	if (c->operand_count < v->min)
		return say_usage(c, "usage: %s %s", c->name, v->usage);
	if (c->operand_count > v->max)
		return say_usage(c, "too much: '%s'", c->operands[v->max]);
	return STATUS_DONE;
}

static int find_verb(struct cmd *c, struct rest *r)
{
	const struct verb *list = verbs;

	while (list && r->at < r->argc && r->argv[r->at][0] != '-') {
		const char *word = rest_next(r);
		const struct verb *v = verb_find(list, word);
		if (!v)
			return args_no_verb(c, list, word);
		c->verb = v;
		name_add(c, v->name);
		list = v->subs;
	}
	return STATUS_DONE;
}

/* pkitool itself, where no verb is given. */
static const struct verb tool = { .name = "pkitool", .opts = global_opts, .usage = "VERB ..." };

int args_parse(struct cmd *c, int argc, char **argv)
{
	struct rest r = { argv, argc, 1 };
	bool options_over = false;
	int st;

	*c = (struct cmd){ .name = "pkitool" };
	c->uses = calloc((size_t)argc + 1, sizeof *c->uses);
	c->operands = calloc((size_t)argc + 1, sizeof *c->operands);
	if (!c->uses || !c->operands)
		return say_nomem(c);
	st = find_verb(c, &r);
	if (!st && !c->verb && r.at == argc)
		st = which_verb(c, verbs);
	if (!st && !c->verb)
		c->verb = &tool;
	while (!st && r.at < argc)
		st = parse_word(c, argv[r.at++], &r, &options_over);
	if (st)
		return st;
	if (c->verb != &tool)
		return check_count(c);
	c->verb = NULL;
	return c->operand_count ? say_usage(c, "the verb comes first") : STATUS_DONE;
}

void args_free(struct cmd *c)
{
	free(c->uses);
	free(c->operands);
	c->uses = NULL;
	c->operands = NULL;
}

const char *args_next(const struct cmd *c, enum opt_id id, size_t *at)
{
	while (*at < c->use_count) {
		const struct arg_use *u = &c->uses[(*at)++];
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): uses have an option */
		if (u->opt->id == id)
			return u->value;
	}
	return NULL;
}

const char *args_value(const struct cmd *c, enum opt_id id)
{
	size_t at = 0;

	return args_next(c, id, &at);
}

/* Cuts list where its commas are. */
static int each_word(const struct cmd *c, char *list, args_word_fn *take, void *ud)
{
	int st = STATUS_DONE;

	while (!st && list) {
		char *comma = strchr(list, ',');
		if (comma)
			*comma = 0;
		st = take(c, ud, list);
		list = comma ? comma + 1 : NULL;
	}
	return st;
}

int args_words(const struct cmd *c, enum opt_id id, args_word_fn *take, void *ud)
{
	size_t at = 0;
	const char *list;
	int st = STATUS_DONE;

	while (!st && (list = args_next(c, id, &at)) != NULL) {
		char *copy = strdup(list);
		st = copy ? each_word(c, copy, take, ud) : say_nomem(c);
		free(copy);
	}
	return st;
}

bool args_number(const char *text, int64_t least, int64_t most, int64_t *out)
{
	*out = 0;
	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		*out = *out * 10 + (*text - '0');
		if (*out > most)
			return false;
	}
	return *out >= least;
}

bool args_has(const struct cmd *c, enum opt_id id)
{
	return args_value(c, id) != NULL;
}
