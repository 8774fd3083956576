/* SPDX-License-Identifier: BSD-3-Clause */
/* PEM (RFC 7468), base64 (RFC 4648), and files read and written safely. */
#ifndef PKI_PEM_H
#define PKI_PEM_H

#include <pki/ctx.h>

PKI_BEGIN

typedef int32_t pki_form;
enum { PKI_PEM = 0, PKI_DER = 1 };

/*
 * One block. label and headers (the RFC 1421 header lines, or empty) are views of the input; der is
 * owned and used again by the next call. Start with all zeros, end with pki_pem_block_free.
 */
typedef struct pki_pem_block {
	pki_bytes label, headers;
	pki_buf der;
	size_t number; /* from 1 */
	size_t line;   /* of the BEGIN line, from 1 */
	size_t reserved[4];
} pki_pem_block;

/* Is there a line that begins with "-----BEGIN "? */
PKI_API bool pki_pem_looks_like(pki_bytes in);
/*
 * Reads the next block and moves *in past it; text before it is skipped. PKI_E_NOTFOUND: there is
 * none left. PKI_E_ENCODING, with the line: no END line, labels that differ, a character that is
 * not base64. What is read beyond RFC 7468's strict form stands in docs/pem.md. PKI_E_LIMIT: over
 * pem_blocks, or message_bytes (crl_bytes for a CRL) in one block.
 * On failure *in is past the faulty block, so that the next call reads on, der is empty, and the
 * rest of *b tells of that block. One pki_pem_block counts the blocks and lines of one text.
 */
PKI_FALLIBLE pki_pem_next(const pki_ctx *ctx, pki_bytes *in, pki_pem_block *b, pki_error *err);
/* Frees what the block owns, and empties it. NULL is fine. */
PKI_API void pki_pem_block_free(pki_pem_block *b);
/* Appends a block, lines of 64 characters. PKI_E_ARG: the label is none of RFC 7468's, "EC PRIVATE
 * KEY", "RSA PRIVATE KEY", "RSA PUBLIC KEY" or "OPENSSH PRIVATE KEY", or der is empty. */
PKI_FALLIBLE pki_pem_encode(const char *label, pki_bytes der, pki_buf *out, pki_error *err);

/* Appends what the text says: RFC 4648 section 4, padded, with white space allowed between
 * characters. PKI_E_ENCODING, with the line. */
PKI_FALLIBLE pki_base64_decode(pki_bytes text, pki_buf *out, pki_error *err);
/* Appends base64 without line breaks. */
PKI_FALLIBLE pki_base64_encode(pki_bytes in, pki_buf *out, pki_error *err);

/*
 * Appends the whole of a regular file, pipe or terminal; "-" is no special name. PKI_E_IO: it
 * cannot be read, or is a folder or device; PKI_E_LIMIT: it holds more than max octets.
 */
PKI_FALLIBLE pki_file_read(const char *path, size_t max, pki_buf *out, pki_error *err);

/*
 * Writes a file whole or not at all: a temporary name in the same folder, fsync, rename. An
 * existing file (or symbolic link) is PKI_E_IO and untouched, unless PKI_FILE_REPLACE.
 * PKI_FILE_SECRET: mode 0600 from the first octet; else 0666 less the umask. PKI_E_ARG: another
 * flag.
 */
#define PKI_FILE_SECRET  1u
#define PKI_FILE_REPLACE 2u
PKI_FALLIBLE pki_file_write(const char *path, pki_bytes in, uint32_t flags, pki_error *err);

PKI_END
#endif
