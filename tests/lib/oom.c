/* SPDX-License-Identifier: BSD-3-Clause */
/* Allocations that fail on demand. */
#include <stddef.h>

#include "tests/lib/oom.h"

/* The linker's names: calls to malloc come to __wrap_malloc, __real_malloc is the C library's. */
void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void __real_free(void *p);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
void __wrap_free(void *p);

static struct {
	bool counting, all_after;
	unsigned long seen, fail_at;
	long balance;
} state;

void oom_begin(unsigned long n, bool all_after)
{
	state.seen = 0;
	state.fail_at = n;
	state.all_after = all_after;
	state.balance = 0;
	state.counting = true;
}

unsigned long oom_end(void)
{
	state.counting = false;
	return state.seen;
}

long oom_balance(void)
{
	return state.balance;
}

static bool fails(void)
{
	if (!state.counting)
		return false;
	state.seen++;
	if (state.fail_at == 0)
		return false;
	return state.seen == state.fail_at || (state.all_after && state.seen > state.fail_at);
}

static void *got(void *p)
{
	if (state.counting && p != NULL)
		state.balance++;
	return p;
}

void *__wrap_malloc(size_t n)
{
	return fails() ? NULL : got(__real_malloc(n));
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : got(__real_calloc(n, size));
}

void *__wrap_realloc(void *p, size_t n)
{
	void *moved;

	if (fails())
		return NULL;
	moved = __real_realloc(p, n);
	return p == NULL ? got(moved) : moved;
}

void __wrap_free(void *p)
{
	if (state.counting && p != NULL)
		state.balance--;
	__real_free(p);
}
