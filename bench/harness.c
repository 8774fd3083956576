/* SPDX-License-Identifier: BSD-3-Clause */
/* What the benchmark programs share. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/harness.h"

#define MAX_BATCHES 4096
#define BATCH_NS    5e6
#define MAX_FILES   8

typedef struct result {
	double batches[MAX_BATCHES]; /* ns/op */
	size_t batch_count;
	double cpu, wall; /* ns, in all */
	long runs;
	long rss_before;
} result;

static double now_ns(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* A figure of /proc/self/status, in kB; -1 where there is none. */
static long status_kb(const char *field)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kb = -1;

	if (f == NULL)
		return -1;
	while (kb < 0 && fgets(line, sizeof line, f) != NULL)
		if (strncmp(line, field, strlen(field)) == 0)
			kb = strtol(line + strlen(field) + 1, NULL, 10);
	fclose(f);
	return kb;
}

static bool read_file(const char *path, blob *out)
{
	FILE *f = fopen(path, "rb");
	long size = -1;
	bool ok;

	if (f == NULL)
		return false;
	if (fseek(f, 0, SEEK_END) == 0)
		size = ftell(f);
	rewind(f);
	out->len = size < 0 ? 0 : (size_t)size;
	out->data = calloc(1, out->len + 1);
	ok = size >= 0 && out->data != NULL && fread(out->data, 1, out->len, f) == out->len;
	fclose(f);
	return ok;
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* CPU ns of n runs; negative: one failed. */
static double time_batch(const bench_op *op, long n)
{
	double start = now_ns(CLOCK_PROCESS_CPUTIME_ID);

	for (long i = 0; i < n; i++)
		if (!op->run())
			return -1;
	return now_ns(CLOCK_PROCESS_CPUTIME_ID) - start;
}

/* How many runs make a batch. The first one warms up; 0: it failed. */
static long size_batch(const bench_op *op)
{
	double first = time_batch(op, 1), second;

	if (first < 0)
		return 0;
	if (first >= BATCH_NS)
		return 1;
	second = time_batch(op, 1);
	return second < 0 ? 0 : (long)(BATCH_NS / (second + 50)) + 1;
}

static bool enough(const result *r, double seconds, long runs)
{
	if (runs > 0)
		return r->runs >= runs;
	return r->cpu >= seconds * 1e9 || r->batch_count == MAX_BATCHES;
}

static double prepared_units;

void bench_set_units(double units)
{
	prepared_units = units;
}

bool bench_parts(const blob *file, blob **parts, size_t *count)
{
	uint8_t *p = file->data, *end = file->data + file->len;
	size_t room = 0, n = 0;
	blob *list = NULL;

	while (end - p >= 4) {
		size_t len = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];

		if (len > (size_t)(end - p) - 4)
			return false;
		if (n == room) {
			room = room == 0 ? 64 : room * 2;
			list = realloc(list, room * sizeof *list);
			if (list == NULL)
				return false;
		}
		list[n++] = (blob){ p + 4, len };
		p += 4 + len;
	}
	*parts = list;
	*count = n;
	bench_set_units((double)n);
	return n > 0;
}

static double units_of(const bench_op *op)
{
	if (op->units > 0)
		return op->units;
	return prepared_units > 0 ? prepared_units : 1;
}

static bool measure(const bench_op *op, const char *budget, result *r)
{
	bool counted = *budget != '\0' && budget[strlen(budget) - 1] == 'x';
	long runs = counted ? strtol(budget, NULL, 10) : 0;
	long batch = counted ? 1 : size_batch(op);
	double units = units_of(op), start;

	r->rss_before = status_kb("VmRSS");
	if (batch == 0)
		return false;
	start = now_ns(CLOCK_MONOTONIC);
	do {
		double cpu = time_batch(op, batch);

		if (cpu < 0)
			return false;
		r->cpu += cpu;
		r->runs += batch;
		if (r->batch_count < MAX_BATCHES)
			r->batches[r->batch_count++] = cpu / (double)batch / units;
	} while (!enough(r, strtod(budget, NULL), runs));
	r->wall = (now_ns(CLOCK_MONOTONIC) - start) / (double)r->runs / units;
	qsort(r->batches, r->batch_count, sizeof r->batches[0], compare_doubles);
	return true;
}

static const char *run(const bench_op *op, int argc, char **argv, result *r)
{
	static blob files[MAX_FILES];
	size_t given = (size_t)argc - 3;

	if (given < op->files)
		return "FAIL files are missing";
	for (size_t i = 0; i < given && i < MAX_FILES; i++)
		if (!read_file(argv[3 + i], &files[i]))
			return "FAIL a file cannot be read";
	if (op->prepare != NULL && !op->prepare(files))
		return "FAIL to prepare";
	return measure(op, argv[2], r) ? NULL : "FAIL to run";
}

int bench_main(int argc, char **argv, const char *peer, const bench_op *ops)
{
	static result r;
	const char *label = getenv("BENCH_LABEL"), *why = "NA";

	if (argc < 3) {
		fprintf(stderr, "usage: %s OP SECONDS|RUNSx [FILE]...\n", argv[0]);
		return 2;
	}
	while (ops->name != NULL && strcmp(ops->name, argv[1]) != 0)
		ops++;
	if (ops->name != NULL)
		why = run(ops, argc, argv, &r);
	printf("%s\t%s\t%s\t", peer, argv[1], label == NULL ? "-" : label);
	if (why != NULL)
		printf("%s\n", why);
	else
		printf("%.1f\t%.1f\t%ld\t%ld\t%ld\n", r.batches[r.batch_count / 2], r.wall, r.runs,
		    status_kb("VmHWM"), r.rss_before);
	return why != NULL && why[0] == 'F';
}
