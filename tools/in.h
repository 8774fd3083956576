/* SPDX-License-Identifier: BSD-3-Clause */
/* Files and keys, read. */
#ifndef TOOLS_IN_H
#define TOOLS_IN_H

#include <pki/read.h>

#include "tools/password.h"

struct cmd;

/*
 * Each says what is wrong, and returns an exit status. "-" is standard input, which can be read
 * once.
 */

/* The whole of a file. */
int in_read(struct cmd *c, const char *path, size_t most, pki_buf *out);
/* A file that holds one short text; one trailing newline is dropped, and a NUL refused. */
int in_read_line(struct cmd *c, const char *path, pki_buf *out);
int in_read_line_fd(struct cmd *c, int fd, pki_buf *out);
/* Exactly one private key. from, if not NULL, gets the bytes that it was read from. */
int in_key(struct cmd *c, const pki_ctx *ctx, const char *path, struct password *pw, pki_key **out,
    pki_buf *from);
/* The only request of a file, or CRL; its first certificate. The file is read to its end. */
int in_csr(struct cmd *c, const pki_ctx *ctx, const char *path, pki_csr **out);
int in_crl(struct cmd *c, const pki_ctx *ctx, const char *path, pki_crl **out);
int in_cert(struct cmd *c, const pki_ctx *ctx, const char *path, pki_cert **out);
/* The private key of an object of path. */
int in_object_key(
    struct cmd *c, const char *path, const pki_object *o, struct password *pw, pki_key **out);
/* Calls seen with the SubjectPublicKeyInfo of each object of a file; it returns an exit status. */
typedef int in_seen_fn(void *ud, pki_bytes spki);
int in_pubkeys(struct cmd *c, const char *path, struct password *pw, in_seen_fn *seen, void *ud);

/* The objects of a file, forgiving what the PKI_LENIENT_ bits name; these say nothing. A JWK is the
 * key that it holds, in DER. */
struct in_file {
	pki_objects *objects;
	bool is_jwk;
};
pki_status in_open(struct cmd *c, const pki_ctx *ctx, const char *path, uint32_t lenient,
    struct in_file *out, pki_error *err);
pki_status in_next(struct in_file *f, pki_object *o, pki_error *err);
void in_close(struct in_file *f);
/*
 * Calls each with every object of a file, or with what is wrong with one, of which o tells what is
 * known; o NULL: the file cannot be opened. It says whether to go on, which is the result.
 */
typedef bool in_each_fn(void *ud, const pki_object *o, pki_status st, const pki_error *err);
bool in_each(struct cmd *c, const pki_ctx *ctx, const char *path, uint32_t lenient,
    in_each_fn *each, void *ud);
/* Calls each with the path of everything in a folder, by name; an exit status. */
typedef void in_entry_fn(void *ud, const char *path);
int in_folder(const struct cmd *c, const char *path, in_entry_fn *each, void *ud);
/* Warns of a file with a secret that others can read. */
void in_warn_open(const struct cmd *c, const char *path);
/* "standard input" for "-". */
const char *in_name(const char *path);
/* "a certificate", "a private key". */
const char *in_kind_text(pki_kind kind);
/* "CERTIFICATE": of a PEM block; NULL: there is none for it. */
const char *in_pem_label(const pki_object *o);
/* A key whose encryption, or format, is one of PEM alone? */
bool in_is_pem_only(const pki_object *o);
/* Says what is wrong with what was read from path. Nothing there is malformed input, too. */
int in_error(const struct cmd *c, const char *path, pki_status st, const pki_error *err);
int in_exit(pki_status st);
/* The same of PKI_E_PASSWORD. */
int in_password_error(const struct cmd *c, const char *path, const struct password *pw,
    pki_status st, const pki_error *err);

#endif
