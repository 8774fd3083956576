/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool: keys and requests from the command line. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
# include <sys/prctl.h>
#endif

#include "tools/args.h"
#include "tools/help.h"
#include "tools/status.h"

/* Keys and passwords in memory are for nobody's core file. */
static void no_core_dumps(void)
{
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) /* whose leak check has to look */
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/*
 * A file that is opened must never become standard input, output or error: a closed one gets a
 * descriptor that cannot be used for it.
 */
static bool keep_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return false;
	return true;
}

/* A write that fails says so; it is no reason to die with a temporary file around. */
static void no_fatal_writes(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	(void)sigaction(SIGPIPE, &ignore, NULL);
	(void)sigaction(SIGXFSZ, &ignore, NULL);
}

static int run(struct cmd *c, int argc, char **argv)
{
	int st = args_parse(c, argc, argv);

	if (st)
		return st;
	if (args_has(c, OPT_HELP))
		return help_asked(c);
	if (args_has(c, OPT_VERSION))
		return help_version(c);
	return c->verb ? c->verb->run(c) : STATUS_USAGE;
}

int main(int argc, char **argv)
{
	struct cmd c;
	int st;

	no_core_dumps();
	no_fatal_writes();
	if (!keep_standard_files())
		return STATUS_INTERNAL;
	st = run(&c, argc, argv);
	args_free(&c);
	return st;
}
