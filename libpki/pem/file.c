/* SPDX-License-Identifier: BSD-3-Clause */
/* Files: read whole within a limit, written whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/pem/file.h"

#define PIPE_CHUNK ((size_t)64 << 10)
#define READ_MAX   ((size_t)1 << 30) /* of one read() or write() */

/* Not strerror: that speaks the locale's language. */
static const char *reason_of(int e)
{
	static const struct {
		int e;
		const char *reason;
	} reasons[] = {
		{ ENOENT, "there is no such file or folder" },
		{ EEXIST, "the file exists already" },
		{ EACCES, "permission denied" },
		{ EPERM, "the operation is not permitted" },
		{ EISDIR, "it is a folder" },
		{ ENOTDIR, "a part of the path is not a folder" },
		{ ELOOP, "too many symbolic links" },
		{ ENAMETOOLONG, "the name is too long" },
		{ ENOSPC, "there is no space left" },
		{ EDQUOT, "the disk quota is used up" },
		{ EFBIG, "the file would be too large" },
		{ EROFS, "the file system is read-only" },
		{ EMFILE, "too many open files" },
		{ ENFILE, "too many open files" },
		{ ENXIO, "nobody serves this device or socket" },
		{ EBUSY, "it is in use" },
		{ EIO, "the device failed" },
	};

	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		if (reasons[i].e == e)
			return reasons[i].reason;
	}
	return "the system refused";
}

pki_status pki_file_failed(int e, pki_error *err)
{
	return e == ENOMEM ? pki_error_nomem(err)
			   : pki_error_set(err, PKI_E_IO, reason_of(e), NULL);
}

static int open_again(const char *path, int flags, mode_t mode)
{
	int fd;

	do
		fd = open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
	while (fd < 0 && errno == EINTR);
	return fd;
}

static pki_status too_large(pki_error *err)
{
	return pki_error_set(err, PKI_E_LIMIT, "the file is larger than the limit", NULL);
}

/* Regular files say how much there is; of the rest, what comes to an end by itself is read. */
static pki_status check_kind(int fd, size_t max, size_t *size, pki_error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return pki_file_failed(errno, err);
	*size = PIPE_CHUNK;
	if (S_ISFIFO(st.st_mode) || isatty(fd))
		return PKI_SUCCESS;
	if (S_ISDIR(st.st_mode))
		return pki_file_failed(EISDIR, err);
	if (!S_ISREG(st.st_mode))
		return pki_error_set(
		    err, PKI_E_IO, "it is neither a regular file nor a pipe", NULL);
	if (st.st_size > 0 && (uintmax_t)st.st_size > max)
		return too_large(err);
	*size = (size_t)st.st_size;
	return PKI_SUCCESS;
}

/* One read into the room there is; *n is 0 at the end. */
static pki_status read_some(int fd, pki_buf *out, size_t *n, pki_error *err)
{
	size_t room = out->cap - out->len - 1;
	ssize_t got;

	do
		got = read(fd, out->data + out->len, room < READ_MAX ? room : READ_MAX);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return pki_file_failed(errno, err);
	*n = (size_t)got;
	out->len += *n;
	return PKI_SUCCESS;
}

static pki_status read_all(int fd, size_t max, pki_buf *out, pki_error *err)
{
	size_t before = out->len, more = 0, n = 1;
	pki_status st = check_kind(fd, max, &more, err);

	/* One octet more than is expected, so that the end shows without growing. */
	for (more++; st == PKI_SUCCESS && n > 0; more = PIPE_CHUNK) {
		if (out->cap - out->len <= 1)
			st = pki_buf_reserve(out, more, err);
		if (st == PKI_SUCCESS)
			st = read_some(fd, out, &n, err);
		if (st == PKI_SUCCESS && out->len - before > max)
			st = too_large(err);
	}
	return st;
}

static pki_status read_file(const char *path, size_t max, pki_buf *out, pki_error *err)
{
	size_t before = out->len;
	int fd = open_again(path, O_RDONLY, 0);
	pki_status st;

	if (fd < 0)
		return pki_file_failed(errno, err);
	st = read_all(fd, max, out, err);
	close(fd);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	return st;
}

pki_status pki_file_read(const char *path, size_t max, pki_buf *out, pki_error *err)
{
	pki_status st;

	if (path == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = read_file(path, max, out, err);
	if (st != PKI_SUCCESS)
		pki_error_about(err, pki_bytes_str(path));
	return PKI_LEAVE(err, st);
}

/* The length of the folder's part of a path, slash included. */
static size_t folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* A name that is probably free: only O_EXCL makes sure. */
static void temp_name(char *to, size_t cap, unsigned attempt)
{
	struct timespec now = { 0 };
	uint64_t mix;

	clock_gettime(CLOCK_REALTIME, &now);
	mix = ((uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec ^ (uint64_t)getpid() << 40) +
	    attempt;
	snprintf(to, cap, ".pki-%016jx", (uintmax_t)(mix * UINT64_C(0x9e3779b97f4a7c15)));
}

#define TEMP_ROOM     32
#define TEMP_ATTEMPTS 100

/* A new file beside `path`, open for writing, and its path. */
static int open_temp(const char *path, mode_t mode, char *temp)
{
	size_t folder = folder_len(path);
	int fd = -1;

	memcpy(temp, path, folder);
	for (unsigned i = 0; fd < 0 && i < TEMP_ATTEMPTS; i++) {
		temp_name(temp + folder, TEMP_ROOM, i);
		fd = open_again(temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

static int write_all(int fd, pki_bytes in)
{
	while (in.len > 0) {
		ssize_t n = write(fd, in.data, in.len < READ_MAX ? in.len : READ_MAX);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 ? EIO : errno;
		in = pki_bytes_of(in.data + n, in.len - (size_t)n);
	}
	return 0;
}

/* On stable storage, or an errno. Some file systems have no fsync, and say so with EINVAL. */
static int flush(int fd)
{
	int r;

	do
		r = fsync(fd);
	while (r != 0 && errno == EINTR);
	return r == 0 || errno == EINVAL ? 0 : errno;
}

/* Linux closes in spite of EINTR, and elsewhere what matters is on disk by now. */
static int close_file(int fd)
{
	return close(fd) == 0 || errno == EINTR ? 0 : errno;
}

static int fill_temp(int fd, pki_bytes in)
{
	int e = write_all(fd, in), closed;

	if (e == 0)
		e = flush(fd);
	closed = close_file(fd);
	return e != 0 ? e : closed;
}

/* Gives `temp` the name `path` if nothing has it, in one step; never follows a link there. */
static int rename_new(const char *temp, const char *path)
{
#ifdef RENAME_NOREPLACE
	if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
#endif
	if (link(temp, path) != 0)
		return errno;
	unlink(temp);
	return 0;
}

static int rename_temp(const char *temp, const char *path, bool replace)
{
	if (!replace)
		return rename_new(temp, path);
	return rename(temp, path) == 0 ? 0 : errno;
}

/* Makes the new name last. The file is there in any case, so that failure is no failure. */
static void flush_folder(const char *path, char *scratch)
{
	size_t len = folder_len(path);
	int fd;

	memcpy(scratch, len > 0 ? path : ".", len > 0 ? len : 1);
	scratch[len > 0 ? len : 1] = '\0';
	fd = open_again(scratch, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0)
		return;
	flush(fd);
	close(fd);
}

/* What may be in the way: nothing; or, to be replaced, a file or a link (the link itself). */
static pki_status check_target(const char *path, bool replace, pki_error *err)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return errno == ENOENT && *path != '\0' ? PKI_SUCCESS : pki_file_failed(errno, err);
	if (!replace)
		return pki_file_failed(EEXIST, err);
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return pki_error_set(
		    err, PKI_E_IO, "what it would replace is no regular file", NULL);
	return PKI_SUCCESS;
}

static pki_status write_via(
    const char *path, char *temp, pki_bytes in, uint32_t flags, pki_error *err)
{
	mode_t mode = (flags & PKI_FILE_SECRET) != 0 ? 0600 : 0666;
	int fd = open_temp(path, mode, temp), e;

	if (fd < 0)
		return pki_file_failed(errno, err);
	e = fill_temp(fd, in);
	if (e == 0)
		e = rename_temp(temp, path, (flags & PKI_FILE_REPLACE) != 0);
	if (e != 0) {
		unlink(temp);
		return pki_file_failed(e, err);
	}
	flush_folder(path, temp);
	return PKI_SUCCESS;
}

static pki_status write_file(const char *path, pki_bytes in, uint32_t flags, pki_error *err)
{
	char *temp;
	pki_status st = check_target(path, (flags & PKI_FILE_REPLACE) != 0, err);

	if (st != PKI_SUCCESS)
		return st;
	temp = pki_alloc(folder_len(path) + TEMP_ROOM);
	if (temp == NULL)
		return pki_error_nomem(err);
	st = write_via(path, temp, in, flags, err);
	pki_free(temp);
	return st;
}

pki_status pki_file_write(const char *path, pki_bytes in, uint32_t flags, pki_error *err)
{
	pki_status st;

	if (path == NULL || (in.data == NULL && in.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	if ((flags & ~(PKI_FILE_SECRET | PKI_FILE_REPLACE)) != 0)
		return PKI_LEAVE(err, pki_error_set(err, PKI_E_ARG, "an unknown flag", NULL));
	st = write_file(path, in, flags, err);
	if (st != PKI_SUCCESS)
		pki_error_about(err, pki_bytes_str(path));
	return PKI_LEAVE(err, st);
}
