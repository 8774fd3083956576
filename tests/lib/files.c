/* SPDX-License-Identifier: BSD-3-Clause */
/* Folders of files, and what is in them. */
#include <fts.h>
#include <string.h>
#include <sys/stat.h>

#include <pki/pem.h>

#include "tests/lib/files.h"

#define FAILURES_MOST 1000 /* of one file */

bool files_walk(const char *folder, files_each *each, void *ud)
{
	char *folders[] = { (char *)(uintptr_t)folder, NULL };
	FTS *fts = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *f;

	if (fts == NULL)
		return false;
	while ((f = fts_read(fts)) != NULL)
		if (f->fts_info == FTS_F)
			each(ud, f->fts_path);
	fts_close(fts);
	return true;
}

static void unescape(pki_buf *b)
{
	for (size_t i = 1; i < b->len; i++) {
		if (b->data[i] == '"')
			b->data[i] = '\n';
		if (b->data[i - 1] == '\\' && b->data[i] == 'n') {
			b->data[i - 1] = ' ';
			b->data[i] = '\n';
		}
	}
}

bool files_read(const char *path, size_t most, pki_buf *out)
{
	if (pki_file_read(path, most, out, NULL) != PKI_SUCCESS)
		return false;
	if (strstr(path, ".json") != NULL)
		unescape(out);
	return true;
}

void files_objects(pki_bytes in, const char *path, files_object *each)
{
	pki_objects *list;
	pki_object o;

	if (pki_read_all_of(NULL, in, &list, NULL) != PKI_SUCCESS)
		return;
	for (size_t failures = 0; failures < FAILURES_MOST;) {
		pki_status st = pki_objects_next(list, &o, NULL);

		if (st == PKI_SUCCESS && o.kind == 0)
			break;
		if (st == PKI_SUCCESS)
			each(&o, path);
		else
			failures++;
	}
	pki_objects_free(list);
}
