/* SPDX-License-Identifier: BSD-3-Clause */
/* Allocations that fail on demand. */
#include <malloc.h>

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
	size_t live, peak;
} state;

void oom_begin(unsigned long n, bool all_after)
{
	state.seen = 0;
	state.fail_at = n;
	state.all_after = all_after;
	state.balance = 0;
	state.live = state.peak = 0;
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

size_t oom_peak(void)
{
	return state.peak;
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
	if (!state.counting || p == NULL)
		return p;
	state.balance++;
	state.live += malloc_usable_size(p);
	if (state.live > state.peak)
		state.peak = state.live;
	return p;
}

/* What was allocated before the counting is none of it. */
static void gave(size_t size)
{
	state.balance--;
	state.live -= size < state.live ? size : state.live;
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
	size_t before = p == NULL ? 0 : malloc_usable_size(p);
	void *moved;

	if (fails())
		return NULL;
	moved = got(__real_realloc(p, n));
	if (state.counting && p != NULL && moved != NULL)
		gave(before);
	return moved;
}

void __wrap_free(void *p)
{
	if (state.counting && p != NULL)
		gave(malloc_usable_size(p));
	__real_free(p);
}
