/* SPDX-License-Identifier: BSD-3-Clause */
/* libtasn1's ASN.1 compiler, which reads a file and writes one: both are in memory alone. */
#include <errno.h>
#include <libtasn1.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "libpki/asn1/check.h"
#include "libpki/asn1/compile.h"
#include "libpki/asn1/rows.h"
#include "libpki/asn1/source.h"
#include "libpki/core/alloc.h"
#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/pem/file.h"

#define ARRAY_MAX     ((size_t)16 << 20) /* octets of C that libtasn1 may write */
#define NODE_MEMORY   512                /* octets, about: a node, and its place in a list */
#define PARSER_MEMORY ((size_t)64 << 10) /* the rest: its stack, buffers of files */

/*
 * libtasn1's parser keeps its state in static variables of its own. This one, the only variable of
 * libpki that changes, lets one thread at a time in.
 */
static pthread_mutex_t parser = PTHREAD_MUTEX_INITIALIZER;

/* ---- files in memory ---- */

typedef struct memory_file {
	int fd;
	pki_buf path; /* by which libtasn1 opens it */
} memory_file;

static pki_status open_file(memory_file *f, pki_error *err)
{
	pki_status st;

	f->fd = memfd_create("libpki-asn1", MFD_CLOEXEC);
	if (f->fd < 0)
		return pki_file_failed(errno, err);
	st = pki_buf_puts(&f->path, "/proc/self/fd/", err);
	return st == PKI_SUCCESS ? pki_buf_put_u64(&f->path, (uint64_t)f->fd, err) : st;
}

static void close_file(memory_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	pki_buf_free(&f->path);
}

static pki_status write_file(const memory_file *f, pki_bytes text, pki_error *err)
{
	while (text.len > 0) {
		ssize_t n = write(f->fd, text.data, text.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return pki_file_failed(errno, err);
		text = pki_bytes_of(text.data + n, text.len - (size_t)n);
	}
	return PKI_SUCCESS;
}

/* ---- what libtasn1 says ---- */

/* After `mark`; empty: it is not there. */
static pki_bytes after(const char *why, const char *mark)
{
	const char *at = strstr(why, mark);

	return pki_bytes_str(at == NULL ? NULL : at + strlen(mark));
}

/* What stands between the first quotes of s. */
static pki_bytes quoted(pki_bytes s)
{
	const uint8_t *begin = s.len == 0 ? NULL : memchr(s.data, '\'', s.len);
	const uint8_t *end;

	if (begin == NULL)
		return pki_bytes_of(NULL, 0);
	begin++;
	end = memchr(begin, '\'', s.len - (size_t)(begin - s.data));
	return pki_bytes_of(begin, end == NULL ? 0 : (size_t)(end - begin));
}

static size_t number(pki_bytes s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && i < 9 && pki_is_digit(s.data[i]); i++)
		n = n * 10 + (s.data[i] - '0');
	return n;
}

/* "PATH:LINE: Error: syntax error, unexpected X near 'Y'" */
static pki_status syntax_error(const memory_file *in, const char *why, pki_error *err)
{
	pki_bytes line = after(why, pki_buf_str(&in->path));
	pki_status st;

	if (after(why, "memory exhausted").data != NULL)
		return pki_error_nomem(err);
	st = pki_error_set_detail(
	    err, PKI_E_ENCODING, "syntax error", "X.680", quoted(after(why, " near ")));
	if (line.len > 0)
		pki_error_on_line(err, number(pki_bytes_of(line.data + 1, line.len - 1)));
	return st;
}

static pki_status failed(const memory_file *in, int rc, const char *why, pki_error *err)
{
	switch (rc) {
	case ASN1_SYNTAX_ERROR:
		return syntax_error(in, why, err);
	case ASN1_FILE_NOT_FOUND:
		return pki_error_set(
		    err, PKI_E_IO, "libtasn1 cannot open its files in memory", NULL);
	default: /* the names are there, and not too long: it lost some */
		return pki_error_nomem(err);
	}
}

/*
 * Where there is no memory for its first node, libtasn1's parser runs for ever, and others it
 * leaves out without a word. So first it is seen whether there is any.
 */
static pki_status find_memory(const pki_asn1_source *s, pki_error *err)
{
	void *p = pki_alloc(PARSER_MEMORY + pki_asn1_source_items(s) * NODE_MEMORY);

	if (p == NULL)
		return pki_error_nomem(err);
	pki_free(p);
	return PKI_SUCCESS;
}

static pki_status run(memory_file *in, memory_file *out, pki_error *err)
{
	char why[ASN1_MAX_ERROR_DESCRIPTION_SIZE] = "";
	int rc;

	if (pthread_mutex_lock(&parser) != 0)
		return pki_error_set(err, PKI_E_INTERNAL, "a lock failed", NULL);
	rc = asn1_parser2array(pki_buf_str(&in->path), pki_buf_str(&out->path), "m", why);
	pthread_mutex_unlock(&parser);
	return rc == ASN1_SUCCESS ? PKI_SUCCESS : failed(in, rc, why, err);
}

/* Appends the C that libtasn1 makes of a module's text. */
static pki_status make_array(pki_bytes text, pki_buf *array, pki_error *err)
{
	memory_file in = { -1, PKI_BUF_INIT }, out = { -1, PKI_BUF_INIT };
	pki_status st = open_file(&in, err);

	if (st == PKI_SUCCESS)
		st = open_file(&out, err);
	if (st == PKI_SUCCESS)
		st = write_file(&in, text, err);
	if (st == PKI_SUCCESS)
		st = run(&in, &out, err);
	if (st == PKI_SUCCESS)
		st = pki_file_read(pki_buf_str(&out.path), ARRAY_MAX, array, err);
	close_file(&in);
	close_file(&out);
	return st;
}

/* ---- a module ---- */

static pki_status compile(const pki_asn1_source *s, pki_asn1_module **out, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT, array = PKI_BUF_INIT;
	pki_status st = pki_asn1_source_write(s, &text, err);

	if (st == PKI_SUCCESS)
		st = find_memory(s, err);
	if (st == PKI_SUCCESS)
		st = make_array(pki_buf_bytes(&text), &array, err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_rows_read(pki_buf_bytes(&array), s, out, err);
	pki_buf_free(&text);
	pki_buf_free(&array);
	return st;
}

pki_status pki_asn1_compile(
    pki_bytes text, pki_asn1_known *known, void *ud, pki_asn1_module **out, pki_error *err)
{
	pki_asn1_source s;
	pki_status st = pki_asn1_source_read(text, known, ud, &s, err);

	*out = NULL;
	if (st == PKI_SUCCESS)
		st = compile(&s, out, err);
	if (st == PKI_SUCCESS)
		st = pki_asn1_check_values(&s, *out, err);
	if (st != PKI_SUCCESS) {
		pki_free(*out);
		*out = NULL;
	}
	pki_asn1_source_free(&s);
	return st;
}
