/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * pty ANSWER... -- COMMAND...: runs the command at a terminal of its own, types the next answer
 * whenever a line ends in ": ", prints what the terminal showed, and exits as the command does.
 * An answer "^C" types that key.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(99);
}

static void run(const char *terminal, char **command)
{
	int fd;

	setsid();
	signal(SIGINT, SIG_DFL);
	fd = open(terminal, O_RDWR);
	if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) != 0)
		die(terminal);
	for (int i = 0; i < 3; i++)
		dup2(fd, i);
	if (fd > 2)
		close(fd);
	execvp(command[0], command);
	die(command[0]);
}

static void type(int fd, const char *answer)
{
	char line[256];
	int n = strcmp(answer, "^C") == 0 ? snprintf(line, sizeof line, "\x03")
					  : snprintf(line, sizeof line, "%s\n", answer);

	if (write(fd, line, (size_t)n) != n)
		die("write");
}

int main(int argc, char **argv)
{
	char shown[65536];
	size_t len = 0, seen = 0;
	int fd = posix_openpt(O_RDWR | O_NOCTTY), status, next = 1, command = 1;
	ssize_t n;
	pid_t pid;

	while (command < argc && strcmp(argv[command], "--") != 0)
		command++;
	if (command + 1 >= argc)
		return 99;
	if (fd < 0 || grantpt(fd) != 0 || unlockpt(fd) != 0)
		die("pty");
	pid = fork();
	if (pid == 0)
		run(ptsname(fd), argv + command + 1);
	while (len < sizeof shown && (n = read(fd, shown + len, sizeof shown - len)) > 0) {
		len += (size_t)n;
		if (next < command && len >= seen + 2 && memcmp(shown + len - 2, ": ", 2) == 0) {
			seen = len;
			type(fd, argv[next++]);
		}
	}
	if (waitpid(pid, &status, 0) != pid)
		die("wait");
	for (size_t i = 0; i < len; i++)
		if (shown[i] != '\r')
			putchar(shown[i]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
