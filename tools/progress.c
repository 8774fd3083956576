/* SPDX-License-Identifier: BSD-3-Clause */
/* Signs of life on a terminal, for work that takes more than half a second. */
#include "tools/progress.h"

#include <time.h>
#include <unistd.h>

#include "tools/out.h"

enum { PATIENCE = 500, PACE = 100 }; /* milliseconds */

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_init(struct progress *p)
{
	*p = (struct progress){ .wanted = isatty(STDERR_FILENO) };
}

void progress_begin(struct progress *p, const char *what)
{
	p->what = what;
	p->said = 0;
	p->began = p->wanted ? now() : 0;
}

static void put(const struct progress *p, int64_t spent)
{
	struct text t = TEXT_INIT;

	text_fmt(&t, "\r%s ... %d.%d s", p->what, (int)(spent / 1000), (int)(spent / 100 % 10));
	out_stderr(&t);
	text_free(&t);
}

bool progress_tick(void *ud)
{
	struct progress *p = ud;
	int64_t t;

	if (!p->wanted || !p->what)
		return false;
	t = now();
	if (t - p->began < PATIENCE || t - p->said < PACE)
		return false;
	p->said = t;
	put(p, t - p->began);
	return false;
}

void progress_hide(struct progress *p)
{
	static const struct text clear = { .buf = { (uint8_t *)"\r\x1b[K", 4, 4, 0, 0 } };

	if (p->said)
		out_stderr(&clear);
	p->said = 0;
}

void progress_end(struct progress *p)
{
	progress_hide(p);
	p->what = NULL;
}
