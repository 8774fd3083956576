/* SPDX-License-Identifier: BSD-3-Clause */
/* A fuzz target without a fuzzer: every file of its corpus once, for make check. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static size_t replayed;

static _Noreturn void die(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(EXIT_FAILURE);
}

/* In memory of its exact size, so that a sanitizer sees the first octet beyond it. */
static void replay_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	uint8_t *data;
	size_t len;

	if (f == NULL || fstat(fileno(f), &st) != 0)
		die(path);
	len = (size_t)st.st_size;
	data = malloc(len > 0 ? len : 1);
	if (data == NULL || fread(data, 1, len, f) != len)
		die(path);
	fclose(f);
	(void)LLVMFuzzerTestOneInput(data, len);
	free(data);
	replayed++;
}

static void replay_folder(const char *path, DIR *d)
{
	for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
		char name[4096];

		if (e->d_name[0] == '.')
			continue;
		snprintf(name, sizeof name, "%s/%s", path, e->d_name);
		replay_file(name);
	}
}

static void replay(const char *path)
{
	DIR *d = opendir(path);

	if (d == NULL && errno != ENOTDIR)
		die(path);
	if (d == NULL) {
		replay_file(path);
		return;
	}
	replay_folder(path, d);
	closedir(d);
}

/* fuzz_pem replays corpus/pem. */
static void replay_own_corpus(const char *program)
{
	const char *slash = strrchr(program, '/');
	const char *name = slash != NULL ? slash + 1 : program;
	char path[4096];

	if (strncmp(name, "fuzz_", 5) == 0)
		name += 5;
	snprintf(path, sizeof path, "%s/fuzz/corpus/%s", TOP_SRCDIR, name);
	replay(path);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		replay_own_corpus(argv[0]);
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	printf("%zu inputs replayed\n", replayed);
	return replayed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
