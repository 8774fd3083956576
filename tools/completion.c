/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool completion: for bash, zsh and fish, from the option table. */
#include <string.h>

#include "tools/args.h"
#include "tools/out.h"
#include "tools/status.h"

/* "csr", "key new": a verb as it is typed. */
static void put_path(struct text *t, const struct verb *parent, const struct verb *v)
{
	if (parent)
		text_fmt(t, "%s ", parent->name);
	text_add(t, v->name);
}

typedef void each_verb(struct text *t, const struct verb *parent, const struct verb *v);

static void for_verbs(struct text *t, each_verb *each)
{
	for (const struct verb *v = verbs; v->name; v++) {
		each(t, NULL, v);
		for (const struct verb *s = v->subs; s && s->name; s++)
			each(t, v, s);
	}
}

static void put_names(struct text *t, const struct verb *list)
{
	for (const struct verb *v = list; v->name; v++)
		text_fmt(t, "%s%s", v == list ? "" : " ", v->name);
}

static void put_choices(struct text *t, const char *const *list)
{
	for (const char *const *p = list; *p; p++)
		text_fmt(t, "%s%s", p == list ? "" : " ", *p);
}

/* ---- bash ---- */

static void bash_spelling(struct text *t, const struct opt *o, const char *between)
{
	if (o->letter)
		text_fmt(t, "-%c%s", o->letter, between);
	text_fmt(t, "--%s", o->name);
}

static void bash_options(struct text *t, const struct verb *v)
{
	for (const struct opt *o = v->opts; o->id != OPT_END; o++) {
		if (o->flags & OPT_HIDDEN)
			continue;
		text_add(t, o == v->opts ? "" : " ");
		bash_spelling(t, o, " ");
	}
}

/* What may follow an option: csr:--type) ... */
static void bash_argument(
    struct text *t, const struct verb *parent, const struct verb *v, const struct opt *o)
{
	text_add(t, "\t'");
	put_path(t, parent, v);
	text_fmt(t, " --%s'", o->name);
	if (o->letter) {
		text_add(t, " | '");
		put_path(t, parent, v);
		text_fmt(t, " -%c'", o->letter);
	}
	text_add(t, ") ");
	if (o->choices && o->flags & OPT_LIST) {
		text_add(t, "_pkitool_list '");
		put_choices(t, o->choices);
		text_add(t, "'");
	} else if (o->choices) {
		text_add(t, "_pkitool_words '");
		put_choices(t, o->choices);
		text_add(t, "'");
	} else if (o->flags & OPT_PATH) {
		text_add(t, "_pkitool_files");
	} else {
		text_add(t, ":");
	}
	text_add(t, "; return ;;\n");
}

static void bash_arguments(struct text *t, const struct verb *parent, const struct verb *v)
{
	for (const struct opt *o = v->opts; o->id != OPT_END; o++)
		if (o->arg && !(o->flags & OPT_HIDDEN))
			bash_argument(t, parent, v, o);
}

static void bash_operands(struct text *t, const struct verb *v)
{
	if (v->subs) {
		text_add(t, "_pkitool_words '");
		put_names(t, v->subs);
		text_add(t, "'");
	} else if (v->operands == OPERANDS_SHELL) {
		text_add(t, "_pkitool_words '");
		put_choices(t, shells);
		text_add(t, "'");
	} else if (v->operands == OPERANDS_VERB) {
		text_add(t, "_pkitool_words '");
		put_names(t, verbs);
		text_add(t, "'");
	} else {
		text_add(t, v->operands == OPERANDS_FILES ? "_pkitool_files" : ":");
	}
}

static void bash_verb(struct text *t, const struct verb *parent, const struct verb *v)
{
	text_add(t, "\t'");
	put_path(t, parent, v);
	text_add(t, "')\n\t\tcase $cur in\n\t\t-*) _pkitool_words '");
	bash_options(t, v);
	text_add(t, "' ;;\n\t\t*) ");
	bash_operands(t, v);
	text_add(t, " ;;\n\t\tesac ;;\n");
}

static void bash_parents(struct text *t)
{
	for (const struct verb *v = verbs; v->name; v++)
		if (v->subs)
			text_fmt(t,
			    "\t\t%s) [[ ${words[1]} != -* ]] && verb+=\" ${words[1]}\" ;;\n",
			    v->name);
}

static void put_bash(struct text *t)
{
	text_add(t,
	    "# bash completion for pkitool\n"
	    "_pkitool_words()\n"
	    "{\n"
	    "\tmapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
	    "}\n"
	    "_pkitool_list()\n"
	    "{\n"
	    "\tlocal done=\n"
	    "\t[[ $cur == *,* ]] && done=${cur%,*},\n"
	    "\tmapfile -t COMPREPLY < <(compgen -P \"$done\" -W \"$1\" -- \"${cur##*,}\")\n"
	    "\tcompopt -o nospace 2>/dev/null\n"
	    "}\n"
	    "_pkitool_files()\n"
	    "{\n"
	    "\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
	    "\tcompopt -o filenames 2>/dev/null\n"
	    "}\n"
	    "_pkitool()\n"
	    "{\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev= verb=\n"
	    "\tlocal -a words=(\"${COMP_WORDS[@]:1:COMP_CWORD-1}\")\n"
	    "\tCOMPREPLY=()\n"
	    "\tif ((${#words[@]} == 0)); then\n"
	    "\t\tcase $cur in\n"
	    "\t\t-*) _pkitool_words '-h --help -V --version' ;;\n"
	    "\t\t*) _pkitool_words '");
	put_names(t, verbs);
	text_add(t,
	    "' ;;\n"
	    "\t\tesac\n"
	    "\t\treturn\n"
	    "\tfi\n"
	    "\tverb=${words[0]} prev=${words[-1]}\n"
	    "\t[[ $cur == = ]] && cur=\n"
	    "\t[[ $prev == = ]] && ((${#words[@]} > 1)) && prev=${words[-2]}\n"
	    "\tif ((${#words[@]} > 1)); then\n"
	    "\t\tcase $verb in\n");
	bash_parents(t);
	text_add(t,
	    "\t\tesac\n"
	    "\tfi\n"
	    "\tcase \"$verb $prev\" in\n");
	for_verbs(t, bash_arguments);
	text_add(t,
	    "\tesac\n"
	    "\tcase $verb in\n");
	for_verbs(t, bash_verb);
	text_add(t,
	    "\tesac\n"
	    "}\n"
	    "complete -F _pkitool pkitool\n");
}

/* ---- zsh ---- */

/* Text within '...' and, there, within [...] and before a colon. */
static void zsh_quoted(struct text *t, const char *s)
{
	for (; *s; s++) {
		if (*s == '\'')
			text_add(t, "'\\''");
		else if (strchr("[]:\\", *s))
			text_fmt(t, "\\%c", *s);
		else
			text_bytes(t, pki_bytes_of(s, 1));
	}
}

static void zsh_action(struct text *t, const struct opt *o)
{
	if (o->choices && o->flags & OPT_LIST) {
		text_add(t, "_values -s , value ");
		put_choices(t, o->choices);
	} else if (o->choices) {
		text_add(t, "(");
		put_choices(t, o->choices);
		text_add(t, ")");
	} else if (o->flags & OPT_PATH) {
		text_add(t, "_files");
	} else {
		text_add(t, " ");
	}
}

static void zsh_option(struct text *t, const struct opt *o, bool letter)
{
	text_add(t, "\t\t\t'");
	if (o->flags & OPT_REPEATS)
		text_add(t, "*");
	if (letter)
		text_fmt(t, "-%c%s[", o->letter, o->arg ? "+" : "");
	else
		text_fmt(t, "--%s%s[", o->name, o->arg ? "=" : "");
	zsh_quoted(t, o->help);
	text_add(t, "]");
	if (o->arg) {
		text_add(t, ":");
		zsh_quoted(t, o->arg);
		text_add(t, ":");
		zsh_action(t, o);
	}
	text_add(t, "' \\\n");
}

static void zsh_operands(struct text *t, const struct verb *v)
{
	text_add(t, "\t\t\t'*:");
	if (v->operands == OPERANDS_FILES) {
		text_add(t, "file:_files");
	} else if (v->operands == OPERANDS_SHELL) {
		text_add(t, "shell:(");
		put_choices(t, shells);
		text_add(t, ")");
	} else if (v->operands == OPERANDS_VERB) {
		text_add(t, "verb:(");
		put_names(t, verbs);
		text_add(t, ")");
	} else {
		text_add(t, "name: ");
	}
	text_add(t, "' ;;\n");
}

static void zsh_verb(struct text *t, const struct verb *parent, const struct verb *v)
{
	if (v->subs)
		return;
	text_add(t, "\t'");
	put_path(t, parent, v);
	text_add(t, "')\n\t\t_arguments -s -S \\\n");
	for (const struct opt *o = v->opts; o->id != OPT_END; o++) {
		if (o->flags & OPT_HIDDEN)
			continue;
		if (o->letter)
			zsh_option(t, o, true);
		zsh_option(t, o, false);
	}
	zsh_operands(t, v);
}

static void zsh_list(struct text *t, const struct verb *list)
{
	for (const struct verb *v = list; v->name; v++) {
		text_fmt(t, "\t\t\t'%s:", v->name);
		zsh_quoted(t, v->summary);
		text_add(t, "'\n");
	}
}

static void zsh_parents(struct text *t)
{
	for (const struct verb *v = verbs; v->name; v++) {
		if (!v->subs)
			continue;
		text_fmt(t,
		    "\tif [[ $verb == %s ]]; then\n\t\tif ((CURRENT == 3)); then\n"
		    "\t\t\tnames=(\n",
		    v->name);
		zsh_list(t, v->subs);
		text_add(t,
		    "\t\t\t)\n\t\t\t_describe verb names\n\t\t\treturn\n\t\tfi\n"
		    "\t\tverb+=\" $words[3]\"\n\t\tshift words\n\t\t((CURRENT--))\n\tfi\n");
	}
}

static void put_zsh(struct text *t)
{
	text_add(t,
	    "#compdef pkitool\n"
	    "_pkitool()\n"
	    "{\n"
	    "\tlocal verb=$words[2]\n"
	    "\tlocal -a names\n"
	    "\tif ((CURRENT == 2)); then\n"
	    "\t\tnames=(\n");
	zsh_list(t, verbs);
	text_add(t,
	    "\t\t)\n"
	    "\t\t_describe verb names\n"
	    "\t\treturn\n"
	    "\tfi\n");
	zsh_parents(t);
	text_add(t,
	    "\tshift words\n"
	    "\t((CURRENT--))\n"
	    "\tcase $verb in\n");
	for_verbs(t, zsh_verb);
	text_add(t,
	    "\tesac\n"
	    "}\n"
	    "if [[ $funcstack[1] == _pkitool ]]; then\n"
	    "\t_pkitool \"$@\"\n"
	    "else\n"
	    "\tcompdef _pkitool pkitool\n"
	    "fi\n");
}

/* ---- fish ---- */

static void fish_quoted(struct text *t, const char *s)
{
	text_add(t, "'");
	for (; *s; s++) {
		if (*s == '\'' || *s == '\\')
			text_add(t, "\\");
		text_bytes(t, pki_bytes_of(s, 1));
	}
	text_add(t, "'");
}

/* -n: where a line counts. */
static void fish_where(struct text *t, const struct verb *parent, const struct verb *v)
{
	text_add(t, "complete -c pkitool -n '__pkitool_at ");
	put_path(t, parent, v);
	text_add(t, "'");
}

static void fish_option(
    struct text *t, const struct verb *parent, const struct verb *v, const struct opt *o)
{
	fish_where(t, parent, v);
	if (o->letter)
		text_fmt(t, " -s %c", o->letter);
	text_fmt(t, " -l %s", o->name);
	if (o->arg)
		text_add(t, o->flags & OPT_PATH ? " -r -F" : " -x");
	if (o->choices) {
		text_add(t, " -a '");
		put_choices(t, o->choices);
		text_add(t, "'");
	}
	text_add(t, " -d ");
	fish_quoted(t, o->help);
	text_add(t, "\n");
}

static void fish_names(
    struct text *t, const struct verb *parent, const struct verb *v, const struct verb *list)
{
	for (const struct verb *s = list; s->name; s++) {
		fish_where(t, parent, v);
		text_fmt(t, " -f -a %s -d ", s->name);
		fish_quoted(t, s->summary);
		text_add(t, "\n");
	}
}

static void fish_operands(struct text *t, const struct verb *parent, const struct verb *v)
{
	if (v->subs) {
		fish_names(t, parent, v, v->subs);
	} else if (v->operands == OPERANDS_VERB) {
		fish_names(t, parent, v, verbs);
	} else if (v->operands == OPERANDS_SHELL) {
		fish_where(t, parent, v);
		text_add(t, " -f -a '");
		put_choices(t, shells);
		text_add(t, "'\n");
	} else if (v->operands != OPERANDS_FILES) {
		fish_where(t, parent, v);
		text_add(t, " -f\n");
	}
}

static void fish_verb(struct text *t, const struct verb *parent, const struct verb *v)
{
	fish_operands(t, parent, v);
	for (const struct opt *o = v->opts; o->id != OPT_END; o++)
		if (!(o->flags & OPT_HIDDEN))
			fish_option(t, parent, v, o);
}

/* A verb that has verbs below it counts only until one of them is there. */
static void fish_at(struct text *t)
{
	text_add(t,
	    "# fish completion for pkitool\n"
	    "function __pkitool_at\n"
	    "\tset -l words (commandline -opc)\n"
	    "\tset -e words[1]\n"
	    "\tset -l verb $words[1]\n");
	for (const struct verb *v = verbs; v->name; v++)
		if (v->subs)
			text_fmt(t,
			    "\tif test \"$words[1]\" = %s\n\t\tset verb $words[1..2]\n\tend\n",
			    v->name);
	text_add(t,
	    "\ttest \"$verb\" = \"$argv\"\n"
	    "end\n");
}

static void put_fish(struct text *t)
{
	fish_at(t);
	for (const struct verb *v = verbs; v->name; v++) {
		text_fmt(t, "complete -c pkitool -n '__pkitool_at' -f -a %s -d ", v->name);
		fish_quoted(t, v->summary);
		text_add(t, "\n");
	}
	text_add(t,
	    "complete -c pkitool -n '__pkitool_at' -s h -l help -d 'print help'\n"
	    "complete -c pkitool -n '__pkitool_at' -s V -l version -d 'print the versions in use'\n");
	for_verbs(t, fish_verb);
}

static void (*const writers[])(struct text *t) = { put_bash, put_zsh, put_fish };

int completion_run(struct cmd *c)
{
	struct text t = TEXT_INIT;

	for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
		if (strcmp(shells[i], c->operands[0]) != 0)
			continue;
		writers[i](&t);
		return out_stdout(c, &t);
	}
	return args_bad_choice(c, "the shell", c->operands[0], shells);
}
