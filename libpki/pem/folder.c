/* SPDX-License-Identifier: BSD-3-Clause */
/* The files of a folder, in an order that does not depend on the file system. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/pem/file.h"

bool pki_is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Appends "folder/name" and its NUL. */
static pki_status put_path(pki_buf *text, const char *folder, const char *name, pki_error *err)
{
	size_t before = text->len;
	pki_status st = pki_buf_puts(text, folder, err);

	if (st == PKI_SUCCESS && text->data[text->len - 1] != '/')
		st = pki_buf_putc(text, '/', err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(text, pki_bytes_of(name, strlen(name) + 1), err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(text, before);
	return st;
}

static pki_status add_file(
    pki_folder *f, const char *folder, const char *name, size_t max, pki_error *err)
{
	size_t before = f->text.len;
	pki_status st = put_path(&f->text, folder, name, err);
	struct stat found;

	if (st != PKI_SUCCESS)
		return st;
	if (stat((const char *)f->text.data + before, &found) != 0 || !S_ISREG(found.st_mode)) {
		pki_buf_truncate(&f->text, before);
		return PKI_SUCCESS;
	}
	if (f->count == max)
		return pki_error_set(err, PKI_E_LIMIT, "too many files in the folder", NULL);
	f->count++;
	return PKI_SUCCESS;
}

static pki_status add_files(pki_folder *f, DIR *dir, const char *folder, size_t max, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	const struct dirent *e;

	for (errno = 0; st == PKI_SUCCESS && (e = readdir(dir)) != NULL; errno = 0)
		if (e->d_name[0] != '.')
			st = add_file(f, folder, e->d_name, max, err);
	if (st == PKI_SUCCESS && errno != 0)
		st = pki_file_failed(errno, err);
	return st;
}

static int compare(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static pki_status sort(pki_folder *f, pki_error *err)
{
	const char *path = (const char *)f->text.data;

	f->paths = pki_alloc_zero(f->count, sizeof *f->paths);
	if (f->paths == NULL)
		return pki_error_nomem(err);
	for (size_t i = 0; i < f->count; i++, path += strlen(path) + 1)
		f->paths[i] = path;
	if (f->count > 1)
		qsort(f->paths, f->count, sizeof *f->paths, compare);
	return PKI_SUCCESS;
}

pki_status pki_folder_list(const char *path, size_t max, pki_folder *out, pki_error *err)
{
	DIR *dir = opendir(path);
	pki_status st;

	if (dir == NULL)
		return pki_file_failed(errno, err);
	st = add_files(out, dir, path, max, err);
	closedir(dir);
	return st == PKI_SUCCESS ? sort(out, err) : st;
}

void pki_folder_free(pki_folder *f)
{
	pki_free(f->paths);
	pki_buf_free(&f->text);
}
