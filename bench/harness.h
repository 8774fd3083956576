/* SPDX-License-Identifier: BSD-3-Clause */
/* What the benchmark programs share: one operation in a loop, one line of result. */
#ifndef BENCH_HARNESS_H
#define BENCH_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct blob {
	uint8_t *data; /* a NUL follows */
	size_t len;
} blob;

/* One operation. `prepare` gets the files of the command line, and is not timed. */
typedef struct bench_op {
	const char *name;
	size_t files; /* that it needs */
	bool (*prepare)(const blob *files);
	bool (*run)(void);
	double units; /* operations in one run; 0: one, or what prepare says */
} bench_op;

/*
 * The parts of a file, each after its length in four octets; false: there are none, or the file
 * ends too early. One run is as many operations as there are parts.
 */
bool bench_parts(const blob *file, blob **parts, size_t *count);
/* How many operations there are in one run, where only `prepare` can tell. */
void bench_set_units(double units);

/*
 * PROGRAM <op> <budget> [files]: budget is seconds of CPU ("0.5") or a number of runs ("20x").
 * Prints, separated by tabs, peer, op, $BENCH_LABEL or "-", and
 *   CPU ns/op (median of batches of 5 ms or more), wall ns/op (mean), runs, peak RSS and RSS
 *   before the loop, both in kB;
 * or FAIL and why; or NA, if `ops`, which ends with a NULL name, lacks it. What main returns.
 */
int bench_main(int argc, char **argv, const char *peer, const bench_op *ops);

#endif
