/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool help: from the option table. */
#include "tools/help.h"

#include <string.h>

#include <pki/backend.h>
#include <pki/der.h>

#include "tools/args.h"
#include "tools/out.h"
#include "tools/status.h"

enum { NAME_COLUMN = 14, OPTION_COLUMN = 28, WIDTH = 80 };

static size_t width(const struct text *t)
{
	const uint8_t *from = t->buf.data, *end = from + t->buf.len, *at = end;

	while (at > from && at[-1] != '\n')
		at--;
	return (size_t)(end - at);
}

static void tab(struct text *t, size_t column)
{
	size_t at = width(t);

	text_pad(t, at < column ? column - at : 2);
}

/* Words, broken where the line is full. */
static void wrap(struct text *t, const char *s, size_t column)
{
	while (*s) {
		size_t len = strcspn(s, " ");
		if (width(t) > column && width(t) + 1 + len > WIDTH) {
			text_add(t, "\n");
			text_pad(t, column);
		} else if (width(t) > column) {
			text_add(t, " ");
		}
		text_bytes(t, pki_bytes_of(s, len));
		s += len;
		s += strspn(s, " ");
	}
}

/* "  -o, --out FILE" */
static void put_spelling(struct text *t, const struct opt *o)
{
	if (o->letter)
		text_fmt(t, "  -%c, --%s", o->letter, o->name);
	else
		text_fmt(t, "      --%s", o->name);
	if (o->arg)
		text_fmt(t, " %s", o->arg);
}

static void put_choices(struct text *t, const struct opt *o)
{
	for (const char *const *p = o->choices; *p; p++) {
		wrap(t, *p, OPTION_COLUMN);
		if (p[1])
			text_add(t, ",");
	}
	text_add(t, "\n");
}

static void put_option(struct text *t, const struct opt *o)
{
	if (o->flags & OPT_HIDDEN)
		return;
	put_spelling(t, o);
	if (width(t) >= OPTION_COLUMN)
		text_add(t, "\n");
	tab(t, OPTION_COLUMN);
	wrap(t, o->help, OPTION_COLUMN);
	text_add(t, "\n");
	if (!o->choices)
		return;
	tab(t, OPTION_COLUMN);
	put_choices(t, o);
}

static void put_options(struct text *t, const struct opt *list)
{
	text_add(t, "\nOptions:\n");
	for (const struct opt *o = list; o->id != OPT_END; o++)
		put_option(t, o);
}

static void put_verbs(struct text *t, const struct verb *list)
{
	for (const struct verb *v = list; v->name; v++) {
		text_fmt(t, "  %s", v->name);
		tab(t, NAME_COLUMN);
		text_fmt(t, "%s\n", v->summary);
	}
}

static void put_statuses(struct text *t)
{
	text_add(t,
	    "\nExit status: 0 done, yes; 1 no; 2 wrong usage; 3 a file could not be read or\n"
	    "written; 4 malformed input; 5 wrong password; 6 not supported; 7 internal error.\n");
}

static int show(const struct cmd *c, struct text *t)
{
	int st = out_stdout(c, t);

	text_free(t);
	return st;
}

int help_verb(const struct cmd *c, const struct verb *parent, const struct verb *v)
{
	struct text t = TEXT_INIT;

	text_add(&t, v->examples);
	text_fmt(&t, "\nUsage: pkitool %s%s%s %s\n", parent ? parent->name : "", parent ? " " : "",
	    v->name, v->usage);
	if (*v->text) {
		text_add(&t, "\n");
		text_add(&t, v->text);
	}
	if (v->subs) {
		text_fmt(&t, "\nVerbs (pkitool help %s VERB says more):\n", v->name);
		put_verbs(&t, v->subs);
	}
	put_options(&t, v->opts);
	put_statuses(&t);
	return show(c, &t);
}

int help_all(const struct cmd *c)
{
	struct text t = TEXT_INIT;

	text_add(&t,
	    "pkitool csr www.example.org example.org 192.0.2.1\n"
	    "pkitool show www.example.org.csr\n"
	    "\nUsage: pkitool VERB [OPTION]... [FILE]...\n"
	    "\nVerbs (pkitool help VERB says more):\n");
	put_verbs(&t, verbs);
	put_options(&t, global_opts);
	put_statuses(&t);
	return show(c, &t);
}

int help_version(const struct cmd *c)
{
	struct text t = TEXT_INIT;
	pki_backend *b = NULL;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_backend_open(pki_backend_nettle(), NULL, &b, &err);

	if (st)
		return say_error(c, NULL, st, &err);
	text_fmt(&t, "pkitool, libpki %s\n", pki_version());
	text_fmt(&t, "libtasn1 %s\n", pki_der_version());
	text_fmt(&t, "%s\n", pki_backend_version(b));
	pki_backend_free(b);
	return show(c, &t);
}

/* The verb that has this one below it. */
static const struct verb *parent_of(const struct verb *v)
{
	for (const struct verb *p = verbs; p->name; p++)
		for (const struct verb *s = p->subs; s && s->name; s++)
			if (s == v)
				return p;
	return NULL;
}

int help_asked(const struct cmd *c)
{
	return c->verb ? help_verb(c, parent_of(c->verb), c->verb) : help_all(c);
}

/* verb, option, argument, choices, flags: what the tests compare with the manual pages. */
static void dump(struct text *t, const struct verb *parent, const struct verb *list)
{
	for (const struct verb *v = list; v->name; v++) {
		for (const struct opt *o = v->opts; o->id != OPT_END; o++) {
			text_fmt(t, "%s%s%s\t--%s\t%s\t", parent ? parent->name : "",
			    parent ? " " : "", v->name, o->name, o->arg ? o->arg : "");
			for (const char *const *p = o->choices; p && *p; p++)
				text_fmt(t, "%s%s", p == o->choices ? "" : ",", *p);
			text_fmt(t, "\t%s\n", o->flags & OPT_HIDDEN ? "hidden" : "");
		}
		if (v->subs)
			dump(t, v, v->subs);
	}
}

int help_run(struct cmd *c)
{
	const struct verb *parent = NULL, *v = NULL, *list = verbs;
	struct text t = TEXT_INIT;

	if (args_has(c, OPT_OPTIONS)) {
		dump(&t, NULL, verbs);
		return show(c, &t);
	}
	for (size_t i = 0; i < c->operand_count; i++) {
		parent = v;
		v = list ? verb_find(list, c->operands[i]) : NULL;
		if (!v)
			return args_no_verb(c, list, c->operands[i]);
		list = v->subs;
	}
	return v ? help_verb(c, parent, v) : help_all(c);
}
