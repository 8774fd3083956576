/* SPDX-License-Identifier: BSD-3-Clause */
/* Text in the making, standard output and error, and files written. */
#include "tools/out.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pki/time.h>

#include "tools/args.h"
#include "tools/status.h"

enum { FLOW_LEAST = 1 << 16, HEX_CHUNK = 32 }; /* octets */

void text_free(struct text *t)
{
	pki_buf_free(&t->buf);
}

void text_bytes(struct text *t, pki_bytes b)
{
	if (!t->failed && pki_buf_append(&t->buf, b, NULL) != PKI_SUCCESS)
		t->failed = true;
}

void text_add(struct text *t, const char *s)
{
	text_bytes(t, pki_bytes_str(s));
}

void text_fmt(struct text *t, const char *fmt, ...)
{
	char s[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s, sizeof s, fmt, ap);
	va_end(ap);
	text_add(t, s);
}

void text_hex(struct text *t, pki_bytes b)
{
	static const char digits[] = "0123456789abcdef";
	char chunk[2 * HEX_CHUNK];

	while (b.len) {
		size_t n = b.len < HEX_CHUNK ? b.len : HEX_CHUNK;
		for (size_t i = 0; i < n; i++) {
			chunk[2 * i] = digits[b.data[i] >> 4];
			chunk[2 * i + 1] = digits[b.data[i] & 15];
		}
		text_bytes(t, pki_bytes_of(chunk, 2 * n));
		b = pki_bytes_of(b.data + n, b.len - n);
	}
}

void text_pad(struct text *t, size_t n)
{
	while (n--)
		text_add(t, " ");
}

void text_time(struct text *t, pki_time time)
{
	if (pki_time_format(time, &t->buf, NULL) != PKI_SUCCESS)
		t->failed = true;
}

/* The length of a UTF-8 sequence by its first octet, and the least it may stand for; 0: none. */
static size_t sequence_len(uint8_t first, uint32_t *bits, uint32_t *least)
{
	static const struct {
		uint8_t mask, is;
		uint32_t least;
	} kinds[] = { { 0x80, 0, 0 }, { 0xe0, 0xc0, 0x80 }, { 0xf0, 0xe0, 0x800 },
		{ 0xf8, 0xf0, 0x10000 } };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if ((first & kinds[i].mask) != kinds[i].is)
			continue;
		*bits = first & (uint8_t)~kinds[i].mask;
		*least = kinds[i].least;
		return i + 1;
	}
	return 0;
}

size_t text_plain(pki_bytes s)
{
	size_t n = 0;

	while (n < s.len && s.data[n] >= ' ' && s.data[n] < 0x7f)
		n++;
	return n;
}

bool text_next(pki_bytes *s, uint32_t *cp)
{
	pki_bytes in = *s;
	uint32_t least = 0;
	size_t len = sequence_len(in.data[0], cp, &least);

	*s = pki_bytes_of(in.data + 1, in.len - 1);
	if (len == 0 || len > in.len)
		return false;
	for (size_t i = 1; i < len; i++) {
		if ((in.data[i] & 0xc0) != 0x80)
			return false;
		*cp = *cp << 6 | (in.data[i] & 0x3f);
	}
	if (*cp < least || *cp > 0x10ffff || (*cp >= 0xd800 && *cp <= 0xdfff))
		return false;
	*s = pki_bytes_of(in.data + len, in.len - len);
	return true;
}

/* Unicode's Cc, Cf, Zl, Zp, noncharacters of the BMP, variation selectors and fillers. */
static const struct {
	uint32_t first, last;
} unsafe[] = { { 0, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad }, { 0x34f, 0x34f }, { 0x600, 0x605 },
	{ 0x61c, 0x61c }, { 0x6dd, 0x6dd }, { 0x70f, 0x70f }, { 0x890, 0x891 }, { 0x8e2, 0x8e2 },
	{ 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x200b, 0x200f },
	{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0x3164, 0x3164 }, { 0xfdd0, 0xfdef },
	{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb },
	{ 0xfffe, 0xffff }, { 0x110bd, 0x110bd }, { 0x110cd, 0x110cd }, { 0x13430, 0x1343f },
	{ 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff } };

bool text_is_unsafe(uint32_t cp)
{
	for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
		if (cp >= unsafe[i].first && cp <= unsafe[i].last)
			return true;
	return false;
}

static void safe_code_point(struct text *t, pki_bytes as_it_is, uint32_t cp)
{
	if (!text_is_unsafe(cp))
		text_bytes(t, as_it_is);
	else if (cp < 0x80)
		text_fmt(t, "\\x%02x", (unsigned)cp);
	else if (cp < 0x10000)
		text_fmt(t, "\\u%04x", (unsigned)cp);
	else
		text_fmt(t, "\\U%08x", (unsigned)cp);
}

void text_safe(struct text *t, pki_bytes s)
{
	size_t cut = s.len > TEXT_MOST ? s.len - TEXT_MOST : 0;

	s.len -= cut;
	while (s.len) {
		size_t plain = text_plain(s);
		const uint8_t *at = s.data + plain;
		uint32_t cp;
		text_bytes(t, pki_bytes_of(s.data, plain));
		s = pki_bytes_of(at, s.len - plain);
		if (!s.len)
			break;
		if (text_next(&s, &cp))
			safe_code_point(t, pki_bytes_of(at, (size_t)(s.data - at)), cp);
		else
			text_fmt(t, "\\x%02x", *at);
	}
	if (cut)
		text_fmt(t, "... (%zu octets more)", cut);
}

void text_style(struct text *t, enum text_style s)
{
	static const char *const codes[] = { "\x1b[0m", "\x1b[1m", "\x1b[32m", "\x1b[31m" };

	if (t->color)
		text_add(t, codes[s]);
}

bool out_color(int fd)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fd) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

/* false: errno says why. */
static bool write_all(int fd, pki_bytes b)
{
	while (b.len) {
		ssize_t n = write(fd, b.data, b.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		b = pki_bytes_of(b.data + n, b.len - (size_t)n);
	}
	return true;
}

void out_stderr(const struct text *t)
{
	(void)write_all(STDERR_FILENO, pki_buf_bytes(&t->buf));
}

/* A reader that went away needs no message. */
static int stdout_failed(const struct cmd *c)
{
	return errno == EPIPE ? STATUS_IO
			      : say_fail(c, STATUS_IO, "standard output: %s", strerror(errno));
}

void out_flow(struct text *t)
{
	pki_bytes all = pki_buf_bytes(&t->buf);
	uint8_t last;

	if (all.len < FLOW_LEAST || t->failed || t->error)
		return;
	last = all.data[all.len - 1];
	if (!write_all(STDOUT_FILENO, pki_bytes_of(all.data, all.len - 1)))
		t->error = errno;
	text_free(t);
	text_bytes(t, pki_bytes_of(&last, 1));
}

int out_stdout(const struct cmd *c, struct text *t)
{
	int st = STATUS_DONE;

	if (t->failed)
		st = say_nomem(c);
	else if (t->error)
		errno = t->error;
	else if (!write_all(STDOUT_FILENO, pki_buf_bytes(&t->buf)))
		t->error = errno;
	if (!st && t->error)
		st = stdout_failed(c);
	t->error = 0;
	text_free(t);
	return st;
}

bool out_is_stdout(const char *path)
{
	return strcmp(path, "-") == 0;
}

static int check_stdout(const struct cmd *c, unsigned flags)
{
	if (!(flags & (OUT_SECRET | OUT_BINARY)) || !isatty(STDOUT_FILENO))
		return STATUS_DONE;
	return say_usage(c, "%s is not written to a terminal; name a file with -o",
	    flags & OUT_SECRET ? "a private key" : "binary data");
}

/* The folder that path lies in, "." if it names none; false: too long. */
static bool folder_of(const char *path, char *out, size_t cap)
{
	const char *slash = strrchr(path, '/');
	int len = slash ? (int)(slash - path) : 1;
	const char *from = slash ? path : ".";

	if (slash == path)
		len = 1;
	return snprintf(out, cap, "%.*s", len, from) < (int)cap;
}

static int check_folder(const struct cmd *c, const char *path)
{
	char dir[4096];
	struct stat st;

	if (!folder_of(path, dir, sizeof dir))
		return say_fail(c, STATUS_IO, "%s: %s", path, strerror(ENAMETOOLONG));
	if (stat(dir, &st) != 0)
		return say_fail(c, STATUS_IO, "%s: %s", path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return say_fail(c, STATUS_IO, "%s: %s", path, strerror(ENOTDIR));
	if (access(dir, W_OK | X_OK) != 0)
		return say_fail(c, STATUS_IO, "%s: %s", path, strerror(errno));
	return STATUS_DONE;
}

/* A device or pipe is never replaced by a file, not even with --force. */
static int check_existing(const struct cmd *c, const char *path)
{
	struct stat link, target;

	if (lstat(path, &link) != 0)
		return errno == ENOENT ? STATUS_DONE
				       : say_fail(c, STATUS_IO, "%s: %s", path, strerror(errno));
	if (stat(path, &target) == 0 && !S_ISREG(target.st_mode))
		return say_fail(
		    c, STATUS_IO, "%s: not a regular file (-o - is standard output)", path);
	if (!args_has(c, OPT_FORCE))
		return say_fail(c, STATUS_IO, "%s exists; --force replaces it", path);
	return STATUS_DONE;
}

int out_check(const struct cmd *c, const char *path, unsigned flags)
{
	int st;

	if (out_is_stdout(path))
		return check_stdout(c, flags);
	if (!*path)
		return say_usage(c, "an output file needs a name");
	st = check_existing(c, path);
	return st ? st : check_folder(c, path);
}

/* Signals wait until the file is whole: none leaves a temporary file behind. */
static pki_status write_undisturbed(
    const char *path, pki_bytes data, uint32_t flags, pki_error *err)
{
	sigset_t all, before;
	pki_status st;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	st = pki_file_write(path, data, flags, err);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return st;
}

int out_write(const struct cmd *c, const char *path, pki_bytes data, unsigned flags)
{
	pki_error err = PKI_ERROR_INIT;
	uint32_t how = flags & OUT_SECRET ? PKI_FILE_SECRET : 0;
	pki_status st;

	if (out_is_stdout(path))
		return write_all(STDOUT_FILENO, data) ? STATUS_DONE : stdout_failed(c);
	if (args_has(c, OPT_FORCE))
		how |= PKI_FILE_REPLACE;
	st = write_undisturbed(path, data, how, &err);
	return st ? say_error(c, path, st, &err) : STATUS_DONE;
}

bool out_same_file(const char *a, const char *b)
{
	struct stat x, y;

	if (strcmp(a, b) == 0)
		return true;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

int out_clash(
    const struct cmd *c, const char *what, const char *out, const char *whose, const char *in)
{
	if (out_is_stdout(out) || out_is_stdout(in) || !out_same_file(in, out))
		return STATUS_DONE;
	return say_usage(c, "%s: the %s would take the place of the %s", in, what, whose);
}
