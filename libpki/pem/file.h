/* SPDX-License-Identifier: BSD-3-Clause */
/* Files and folders: what libpki itself needs beyond <pki/pem.h>. */
#ifndef LIBPKI_PEM_FILE_H
#define LIBPKI_PEM_FILE_H

#include <pki/pem.h>

/* What errno says, as PKI_E_IO, or PKI_E_NOMEM. */
pki_status pki_file_failed(int e, pki_error *err) PKI_MUST_USE;

bool pki_is_folder(const char *path);

/* Paths of the regular files in a folder, by the octets of their names. Start with all zeros. */
typedef struct pki_folder {
	const char **paths;
	size_t count;
	pki_buf text; /* what they point to */
} pki_folder;

/* Hidden files (.x), folders and links to nothing are left out. PKI_E_LIMIT: more than max. */
pki_status pki_folder_list(
    const char *path, size_t max, pki_folder *out, pki_error *err) PKI_MUST_USE;
void pki_folder_free(pki_folder *f);

#endif
