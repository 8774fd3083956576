/* SPDX-License-Identifier: BSD-3-Clause */
/* Files: what cannot be read or written, and that a file is written whole or not at all. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pki/pem.h>

#include "libpki/core/buf.h"
#include "tests/lib/t.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* An empty folder of this test's own. */
static const char *fresh(const char *name)
{
	const char *path = t_scratch(name);

	ck_assert_int_eq(mkdir(path, 0700), 0);
	return path;
}

static const char *in(const char *folder, const char *name)
{
	static char path[4][512];
	static size_t next;

	next = (next + 1) % COUNT(path);
	snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
	return path[next];
}

static size_t entries(const char *folder)
{
	DIR *d = opendir(folder);
	size_t n = 0;

	ck_assert_ptr_nonnull(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

static void check_holds(const char *path, const char *text)
{
	pki_buf b = PKI_BUF_INIT;

	t_ok(pki_file_read(path, 1 << 20, &b, err));
	ck_assert_str_eq(pki_buf_str(&b), text);
	pki_buf_free(&b);
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	ck_assert_int_eq(lstat(path, &st), 0);
	return st.st_mode;
}

static void check_fails(pki_status got, pki_status want, const char *reason, const pki_error *e)
{
	ck_assert_int_eq(got, want);
	ck_assert_int_eq(pki_error_status(e), want);
	ck_assert_str_eq(pki_error_reason(e), reason);
}

/* Reading */

START_TEST(read_appends)
{
	const char *d = fresh("read_appends"), *path = in(d, "f");
	pki_buf b = PKI_BUF_INIT;

	put(path, "content");
	t_ok(pki_buf_puts(&b, "> ", err));
	t_ok(pki_file_read(path, 7, &b, err));
	ck_assert_str_eq(pki_buf_str(&b), "> content");
	pki_buf_free(&b);
	put(path, "");
	t_ok(pki_file_read(path, 0, &b, err));
	ck_assert_uint_eq(b.len, 0);
	pki_buf_free(&b);
}
END_TEST

START_TEST(read_fails)
{
	static const struct {
		const char *name, *reason;
	} cases[] = {
		{ "none", "there is no such file or folder" },
		{ "", "it is a folder" },
		{ "file/below", "a part of the path is not a folder" },
		{ "dangling", "there is no such file or folder" },
		{ "loop", "too many symbolic links" },
		{ "/0123456789012345678901234567890123456789012345678901234567890123456789"
		  "0123456789012345678901234567890123456789012345678901234567890123456789"
		  "0123456789012345678901234567890123456789012345678901234567890123456789"
		  "01234567890123456789012345678901234567890123456789",
		    "the name is too long" },
	};
	const char *d = fresh("read_fails");

	put(in(d, "file"), "x");
	ck_assert_int_eq(symlink("nowhere", in(d, "dangling")), 0);
	ck_assert_int_eq(symlink("loop", in(d, "loop")), 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		pki_buf b = PKI_BUF_INIT;
		pki_error e = PKI_ERROR_INIT;
		const char *path = in(d, cases[i].name);
		pki_status st = pki_file_read(path, 100, &b, &e);

		check_fails(st, PKI_E_IO, cases[i].reason, &e);
		ck_assert_int_eq(strncmp(pki_error_detail(&e), d, strlen(d)), 0);
		ck_assert_uint_eq(b.len, 0);
		pki_buf_free(&b);
	}
}
END_TEST

/* No end, or no meaning: refused before anything is read. */
START_TEST(devices)
{
	static const char *const cases[] = { "/dev/zero", "/dev/null", "/dev/urandom" };

	for (size_t i = 0; i < COUNT(cases); i++) {
		pki_buf b = PKI_BUF_INIT;
		pki_error e = PKI_ERROR_INIT;
		pki_status st = pki_file_read(cases[i], SIZE_MAX, &b, &e);

		check_fails(st, PKI_E_IO, "it is neither a regular file nor a pipe", &e);
		ck_assert_str_eq(pki_error_detail(&e), cases[i]);
		ck_assert_ptr_null(b.data);
	}
}
END_TEST

START_TEST(read_limit)
{
	const char *d = fresh("read_limit"), *path = in(d, "f");
	pki_buf b = PKI_BUF_INIT;

	put(path, "content");
	t_ok(pki_buf_puts(&b, "kept", err));
	t_fails(PKI_E_LIMIT, pki_file_read(path, 6, &b, err));
	t_fails(PKI_E_LIMIT, pki_file_read(path, 0, &b, err));
	ck_assert_str_eq(pki_buf_str(&b), "kept");
	/* A size that the file system invents, and no memory is taken for. */
	ck_assert_int_eq(truncate(path, (off_t)1 << 40), 0);
	t_fails(PKI_E_LIMIT, pki_file_read(path, (size_t)1 << 30, &b, err));
	ck_assert_uint_lt(b.cap, 1 << 20);
	/* Files in /proc say that they are empty. */
	t_fails(PKI_E_LIMIT, pki_file_read("/proc/self/status", 10, &b, err));
	t_ok(pki_file_read("/proc/self/status", 1 << 20, &b, err));
	ck_assert_uint_gt(b.len, 14);
	pki_buf_free(&b);
}
END_TEST

/* A child writes n octets to a FIFO; what we read of them. */
static pki_status read_fifo(const char *path, size_t n, size_t max, pki_buf *b)
{
	pid_t child = fork();
	pki_status st;

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		int fd = open(path, O_WRONLY);

		signal(SIGPIPE, SIG_IGN);
		while (n > 0 && write(fd, "x", 1) == 1)
			n--;
		_exit(0);
	}
	st = pki_file_read(path, max, b, NULL);
	waitpid(child, NULL, 0);
	return st;
}

START_TEST(pipes)
{
	static const struct {
		size_t n, max;
		pki_status want;
	} cases[] = {
		{ 0, 0, PKI_SUCCESS },
		{ 10, 10, PKI_SUCCESS },
		{ 10, 9, PKI_E_LIMIT },
		{ 200000, 200000, PKI_SUCCESS },
		{ 200000, 199999, PKI_E_LIMIT },
		{ 1, 0, PKI_E_LIMIT },
	};
	const char *d = fresh("pipes"), *path = in(d, "fifo");

	ck_assert_int_eq(mkfifo(path, 0600), 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		pki_buf b = PKI_BUF_INIT;

		ck_assert_int_eq(read_fifo(path, cases[i].n, cases[i].max, &b), cases[i].want);
		ck_assert_uint_eq(b.len, cases[i].want == PKI_SUCCESS ? cases[i].n : 0);
		pki_buf_free(&b);
	}
}
END_TEST

/* Writing */

START_TEST(modes)
{
	static const struct {
		mode_t umask;
		uint32_t flags;
		mode_t want;
	} cases[] = {
		{ 0, 0, 0666 },
		{ 022, 0, 0644 },
		{ 077, 0, 0600 },
		{ 0, PKI_FILE_SECRET, 0600 },
		{ 022, PKI_FILE_SECRET, 0600 },
		{ 0, PKI_FILE_REPLACE, 0666 },
		{ 0, PKI_FILE_SECRET | PKI_FILE_REPLACE, 0600 },
	};
	const char *d = fresh("modes"), *path = in(d, "f");

	for (size_t i = 0; i < COUNT(cases); i++) {
		mode_t before = umask(cases[i].umask);

		t_ok(pki_file_write(path, pki_bytes_str("text"), cases[i].flags, err));
		ck_assert_uint_eq(umask(before), cases[i].umask);
		ck_assert_uint_eq(mode_of(path), S_IFREG | cases[i].want);
		check_holds(path, "text");
		ck_assert_uint_eq(entries(d), 1);
		ck_assert_int_eq(unlink(path), 0);
	}
}
END_TEST

/* A key does not get the mode of the file that it replaces. */
START_TEST(replaced_mode)
{
	const char *d = fresh("replaced_mode"), *path = in(d, "f");

	put(path, "old");
	ck_assert_int_eq(chmod(path, 0666), 0);
	t_ok(pki_file_write(path, pki_bytes_str("new"), PKI_FILE_SECRET | PKI_FILE_REPLACE, err));
	ck_assert_uint_eq(mode_of(path), S_IFREG | 0600);
	check_holds(path, "new");
}
END_TEST

/* What is in the way stays as it is, and no other file is left. */
START_TEST(in_the_way)
{
	static const struct {
		const char *name;
		uint32_t flags;
		const char *reason;
	} cases[] = {
		{ "file", 0, "the file exists already" },
		{ "file", PKI_FILE_SECRET, "the file exists already" },
		{ "link", 0, "the file exists already" },
		{ "dangling", 0, "the file exists already" },
		{ "loop", 0, "the file exists already" },
		{ "folder", 0, "the file exists already" },
		{ "fifo", 0, "the file exists already" },
		{ "folder", PKI_FILE_REPLACE, "what it would replace is no regular file" },
		{ "folder/", PKI_FILE_REPLACE, "what it would replace is no regular file" },
		{ "fifo", PKI_FILE_REPLACE, "what it would replace is no regular file" },
		{ "", PKI_FILE_REPLACE, "what it would replace is no regular file" },
		{ "none/f", 0, "there is no such file or folder" },
		{ "none/f", PKI_FILE_REPLACE, "there is no such file or folder" },
		{ "none/", 0, "there is no such file or folder" },
		{ "file/f", 0, "a part of the path is not a folder" },
		{ "file/", 0, "a part of the path is not a folder" },
		{ "loop/f", 0, "too many symbolic links" },
	};
	const char *d = fresh("in_the_way");
	size_t before;

	put(in(d, "file"), "precious");
	ck_assert_int_eq(symlink("file", in(d, "link")), 0);
	ck_assert_int_eq(symlink("nowhere", in(d, "dangling")), 0);
	ck_assert_int_eq(symlink("loop", in(d, "loop")), 0);
	ck_assert_int_eq(mkdir(in(d, "folder"), 0700), 0);
	ck_assert_int_eq(mkfifo(in(d, "fifo"), 0600), 0);
	before = entries(d);
	for (size_t i = 0; i < COUNT(cases); i++) {
		pki_error e = PKI_ERROR_INIT;
		const char *path = in(d, cases[i].name);
		pki_status st = pki_file_write(path, pki_bytes_str("x"), cases[i].flags, &e);

		check_fails(st, PKI_E_IO, cases[i].reason, &e);
		ck_assert_str_eq(pki_error_detail(&e), path);
		ck_assert_uint_eq(entries(d), before);
	}
	check_holds(in(d, "file"), "precious");
	ck_assert_uint_eq(entries(in(d, "folder")), 0);
	ck_assert(S_ISLNK(mode_of(in(d, "dangling"))));
}
END_TEST

/* The link is replaced, not what it points to. */
START_TEST(replaced_link)
{
	const char *d = fresh("replaced_link");

	put(in(d, "victim"), "precious");
	ck_assert_int_eq(symlink("victim", in(d, "link")), 0);
	t_ok(pki_file_write(in(d, "link"), pki_bytes_str("new"), PKI_FILE_REPLACE, err));
	check_holds(in(d, "victim"), "precious");
	check_holds(in(d, "link"), "new");
	ck_assert(S_ISREG(mode_of(in(d, "link"))));
	ck_assert_uint_eq(entries(d), 2);
}
END_TEST

/* Without room, neither the file nor its temporary name is left, and the old one is whole. */
START_TEST(no_room)
{
	static const uint32_t flags[] = { 0, PKI_FILE_SECRET, PKI_FILE_REPLACE };
	const char *d = fresh("no_room");
	struct rlimit before, small;

	put(in(d, "old"), "precious");
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 2;
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (size_t i = 0; i < COUNT(flags); i++) {
		const char *path = in(d, flags[i] == PKI_FILE_REPLACE ? "old" : "new");
		pki_error e = PKI_ERROR_INIT;
		pki_status st = pki_file_write(path, pki_bytes_str("new text"), flags[i], &e);

		check_fails(st, PKI_E_IO, "the file would be too large", &e);
		ck_assert_uint_eq(entries(d), 1);
	}
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	check_holds(in(d, "old"), "precious");
}
END_TEST

/* In the current folder, with a name as long as names may be. */
START_TEST(names)
{
	const char *d = fresh("names");
	char cwd[512], longest[256];

	memset(longest, 'n', 255);
	longest[255] = '\0';
	ck_assert_ptr_nonnull(getcwd(cwd, sizeof cwd));
	ck_assert_int_eq(chdir(d), 0);
	t_ok(pki_file_write("f", pki_bytes_str("text"), 0, err));
	check_holds("f", "text");
	t_ok(pki_file_write(longest, pki_bytes_str("text"), 0, err));
	check_holds(longest, "text");
	ck_assert_uint_eq(entries("."), 2);
	t_fails(PKI_E_IO, pki_file_write("", pki_bytes_str("text"), 0, err));
	t_fails(PKI_E_IO, pki_file_read("", 10, &(pki_buf)PKI_BUF_INIT, err));
	ck_assert_int_eq(chdir(cwd), 0);
}
END_TEST

START_TEST(large)
{
	const char *d = fresh("large"), *path = in(d, "f");
	pki_buf text = PKI_BUF_INIT, back = PKI_BUF_INIT;

	t_ok(pki_buf_reserve(&text, 5 << 20, err));
	text.len = 5 << 20;
	for (size_t i = 0; i < text.len; i++)
		text.data[i] = (uint8_t)(i * i >> 7);
	t_ok(pki_file_write(path, pki_buf_bytes(&text), 0, err));
	t_ok(pki_file_read(path, text.len, &back, err));
	t_bytes_eq(pki_buf_bytes(&back), pki_buf_bytes(&text));
	pki_buf_free(&text);
	pki_buf_free(&back);
	t_ok(pki_file_write(path, pki_bytes_of(NULL, 0), PKI_FILE_REPLACE, err));
	check_holds(path, "");
}
END_TEST

START_TEST(arguments)
{
	const char *path = in(fresh("arguments"), "f");
	pki_buf b = PKI_BUF_INIT;

	t_fails(PKI_E_ARG, pki_file_read(NULL, 1, &b, err));
	t_fails(PKI_E_ARG, pki_file_read(path, 1, NULL, err));
	t_fails(PKI_E_ARG, pki_file_write(NULL, pki_bytes_str("x"), 0, err));
	t_fails(PKI_E_ARG, pki_file_write(path, pki_bytes_of(NULL, 1), 0, err));
	t_fails(PKI_E_ARG, pki_file_write(path, pki_bytes_str("x"), 4, err));
	t_fails(PKI_E_ARG, pki_file_write(path, pki_bytes_str("x"), UINT32_MAX, err));
	ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { read_appends, read_fails, devices, read_limit, pipes, modes,
		replaced_mode, in_the_way, replaced_link, no_room, names, large, arguments, NULL };

	return t_main("file", tests);
}
