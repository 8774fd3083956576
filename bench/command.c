/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a whole command costs: COMMAND PEER OP RUNS PROGRAM [ARGUMENT]... prints the harness's line,
 * medians of RUNS runs after one that warms up; the RSS is the peak of the program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_RUNS 1000

static double wall[MAX_RUNS], cpu[MAX_RUNS], rss[MAX_RUNS];

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double ns_of(struct timeval t)
{
	return (double)t.tv_sec * 1e9 + (double)t.tv_usec * 1e3;
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int run_once(char **argv, size_t at)
{
	double start = now_ns();
	struct rusage used;
	int status;
	pid_t child = fork();

	if (child < 0)
		return -1;
	if (child == 0) {
		execvp(argv[0], argv);
		_exit(127);
	}
	if (wait4(child, &status, 0, &used) != child || status != 0)
		return -1;
	wall[at] = now_ns() - start;
	cpu[at] = ns_of(used.ru_utime) + ns_of(used.ru_stime);
	rss[at] = (double)used.ru_maxrss;
	return 0;
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, compare_doubles);
	return v[n / 2];
}

int main(int argc, char **argv)
{
	const char *label = getenv("BENCH_LABEL");
	long runs = argc < 5 ? 0 : strtol(argv[3], NULL, 10);
	size_t n = runs > 0 && runs <= MAX_RUNS ? (size_t)runs : 0;

	if (n == 0) {
		fprintf(stderr, "usage: %s PEER OP RUNS PROGRAM [ARGUMENT]...\n", argv[0]);
		return 2;
	}
	label = label == NULL ? "-" : label;
	for (size_t i = 0; i <= n; i++)
		if (run_once(argv + 4, i == 0 ? 0 : i - 1) != 0) {
			printf("%s\t%s\t%s\tFAIL %s\n", argv[1], argv[2], label, argv[4]);
			return 1;
		}
	printf("%s\t%s\t%s\t%.0f\t%.0f\t%zu\t%.0f\t0\n", argv[1], argv[2], label, median(cpu, n),
	    median(wall, n), n, median(rss, n));
	return 0;
}
