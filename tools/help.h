/* SPDX-License-Identifier: BSD-3-Clause */
/* Help, from the option table. */
#ifndef TOOLS_HELP_H
#define TOOLS_HELP_H

struct cmd;
struct verb;

/* parent NULL: a verb of pkitool itself. Each returns an exit status. */
int help_verb(const struct cmd *c, const struct verb *parent, const struct verb *v);
int help_all(const struct cmd *c);
int help_version(const struct cmd *c);
/* The help that --help asks for. */
int help_asked(const struct cmd *c);

#endif
