/* SPDX-License-Identifier: BSD-3-Clause */
/* The one key that an input should hold: PEM, DER or bare base64. */
#ifndef LIBPKI_CRYPTO_FIND_H
#define LIBPKI_CRYPTO_FIND_H

#include <pki/pem.h>

/* A PEM label to look for. Labels that no entry fits are passed over. */
typedef struct pki_label {
	const char *text;   /* NULL: the end of the table */
	const char *lacks;  /* why it cannot be read, or NULL */
	const char *clause; /* of the standard that has it, or NULL */
	int form;           /* for whoever wrote the table */
} pki_label;

/* What was found. Starts with all zeros but the flags of der, which is the caller's to free. */
typedef struct pki_found {
	pki_buf der;
	const pki_label *label; /* of the block it stood in; NULL: the input is no PEM */
	pki_bytes headers;      /* of that block; a view of the input */
	size_t block;           /* its number; 0: none */
} pki_found;

/* PKI_E_NOTFOUND: none; PKI_E_STRUCTURE: more than one; PKI_E_UNSUPPORTED: one that cannot be read;
 * PKI_E_ENCODING, PKI_E_LIMIT. */
pki_status pki_find_one(const pki_ctx *ctx, pki_bytes in, const pki_label *labels, pki_found *out,
    pki_error *err) PKI_MUST_USE;

#endif
