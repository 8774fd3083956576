/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Allocations that fail on demand. The program is linked with --wrap for malloc, calloc, realloc
 * and free, so that libpki's own calls come here, and those of shared libraries do not.
 */
#ifndef TESTS_LIB_OOM_H
#define TESTS_LIB_OOM_H

#include <stdbool.h>
#include <stddef.h>

/* From now on allocations are counted, and the n-th fails (0: none), alone or with all after it. */
void oom_begin(unsigned long n, bool all_after);
/* Ends that. Allocations since oom_begin. */
unsigned long oom_end(void);
/* Blocks allocated less blocks freed since oom_begin. */
long oom_balance(void);
/* The most octets that were allocated at any time since oom_begin, both blocks of a realloc. */
size_t oom_peak(void);

#endif
