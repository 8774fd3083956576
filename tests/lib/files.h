/* SPDX-License-Identifier: BSD-3-Clause */
/* Folders of files, and what is in them. */
#ifndef TESTS_LIB_FILES_H
#define TESTS_LIB_FILES_H

#include <pki/read.h>

/* Calls each with every file below a folder; false: it cannot be read. */
typedef void files_each(void *ud, const char *path);
bool files_walk(const char *folder, files_each *each, void *ud);

/* Reads a file, of at most `most` octets; of JSON, which has its PEM in strings, so that it is PEM
 * on lines. */
bool files_read(const char *path, size_t most, pki_buf *out);

/* Calls each with every object that libpki reads in it. */
typedef void files_object(const pki_object *o, const char *path);
void files_objects(pki_bytes in, const char *path, files_object *each);

#endif
