/* SPDX-License-Identifier: BSD-3-Clause */
/* What the test programs share. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/t.h"

#ifndef TESTS_SRCDIR
# define TESTS_SRCDIR "tests"
#endif

/* What t_hex, t_vector and the path functions hand out is kept to the end, in one list. */
struct kept {
	struct kept *next;
	char data[];
};
static struct kept *kept_list;
static char scratch_dir[64];

static char *keep(size_t n)
{
	struct kept *k = malloc(sizeof *k + n + 1);

	ck_assert_ptr_nonnull(k);
	k->next = kept_list;
	kept_list = k;
	k->data[n] = '\0';
	return k->data;
}

static int hex_value(char c)
{
	const char *digits = "0123456789abcdef0123456789ABCDEF";
	const char *at = strchr(digits, c);

	ck_assert_msg(c != '\0' && at != NULL, "bad hex digit in a test");
	return (int)((at - digits) % 16);
}

pki_bytes t_hex(const char *hex)
{
	char *out = keep(strlen(hex) / 2 + 1), *to = out;

	while (*hex != '\0') {
		if (strchr(" \t\n", *hex) != NULL) {
			hex++;
			continue;
		}
		*to++ = (char)(hex_value(hex[0]) * 16 + hex_value(hex[1]));
		hex += 2;
	}
	return pki_bytes_of(out, (size_t)(to - out));
}

static const char *path_of(const char *dir, const char *name)
{
	size_t n = strlen(dir) + 1 + strlen(name);
	char *out = keep(n);

	snprintf(out, n + 1, "%s/%s", dir, name);
	return out;
}

const char *t_vector_path(const char *path)
{
	return path_of(TESTS_SRCDIR "/vectors", path);
}

pki_bytes t_vector(const char *path)
{
	FILE *f = fopen(t_vector_path(path), "rb");
	struct stat st;
	char *out;

	ck_assert_msg(f != NULL && fstat(fileno(f), &st) == 0, "%s: %s", path, strerror(errno));
	out = keep((size_t)st.st_size);
	ck_assert_uint_eq(fread(out, 1, (size_t)st.st_size, f), (size_t)st.st_size);
	fclose(f);
	return pki_bytes_of(out, (size_t)st.st_size);
}

const char *t_scratch(const char *name)
{
	if (scratch_dir[0] == '\0') {
		snprintf(scratch_dir, sizeof scratch_dir, "/tmp/libpki-test-XXXXXX");
		ck_assert_ptr_nonnull(mkdtemp(scratch_dir));
	}
	return path_of(scratch_dir, name);
}

const char *t_error(const pki_error *err)
{
	static char text[1024];

	if (pki_error_status(err) == PKI_SUCCESS)
		return "success";
	pki_error_text(err, text, sizeof text);
	return text;
}

static void print_hex(const char *what, pki_bytes b)
{
	fprintf(stderr, "%s (%zu):", what, b.len);
	for (size_t i = 0; i < b.len && i < 512; i++)
		fprintf(stderr, "%s%02x", i % 32 == 0 ? "\n  " : "", b.data[i]);
	fprintf(stderr, "\n");
}

void t_bytes_eq_at(const char *file, int line, pki_bytes got, pki_bytes want)
{
	if (got.len == want.len && (got.len == 0 || memcmp(got.data, want.data, got.len) == 0))
		return;
	print_hex("got", got);
	print_hex("want", want);
	ck_abort_msg("%s:%d: octets differ", file, line);
}

static void clean_up(void)
{
	while (kept_list != NULL) {
		struct kept *k = kept_list;

		kept_list = k->next;
		free(k);
	}
	if (scratch_dir[0] != '\0') {
		char command[96];

		snprintf(command, sizeof command, "rm -rf '%s'", scratch_dir);
		if (system(command) != 0)
			fprintf(stderr, "cannot remove %s\n", scratch_dir);
	}
}

int t_main(const char *name, const TTest *const *tests)
{
	Suite *s = suite_create(name);
	TCase *c = tcase_create(name);
	SRunner *r;
	int failed;

	for (; *tests != NULL; tests++)
		tcase_add_test(c, *tests);
	tcase_set_timeout(c, 600);
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_set_fork_status(r, CK_NOFORK);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	clean_up();
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
