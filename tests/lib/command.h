/* SPDX-License-Identifier: BSD-3-Clause */
/* Other programs as judges: commands run by the shell, and what they say. */
#ifndef TESTS_LIB_COMMAND_H
#define TESTS_LIB_COMMAND_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/lib/t.h"

/* Runs it; *status is its exit status. What it said, both streams, in static storage. */
__attribute__((format(printf, 2, 3))) static inline const char *t_command(
    int *status, const char *format, ...)
{
	static char said[65536];
	char line[4096];
	va_list ap;
	size_t n;
	FILE *f;

	va_start(ap, format);
	ck_assert_int_lt(vsnprintf(line, sizeof line - 8, format, ap), (int)sizeof line - 8);
	va_end(ap);
	strcat(line, " 2>&1");
	f = popen(line, "r");
	ck_assert_ptr_nonnull(f);
	n = fread(said, 1, sizeof said - 1, f);
	said[n] = '\0';
	*status = pclose(f);
	*status = WIFEXITED(*status) ? WEXITSTATUS(*status) : -1;
	return said;
}

/* The command must end well, and say these words. */
#define t_says(words, ...)                                            \
 do {                                                                 \
  int t_status;                                                       \
  const char *t_said = t_command(&t_status, __VA_ARGS__);             \
  ck_assert_msg(t_status == 0 && strstr(t_said, (words)) != NULL,     \
      "want \"%s\"; exit status %d:\n%s", (words), t_status, t_said); \
 } while (0)
#define t_runs(...) t_says("", __VA_ARGS__)

#endif
