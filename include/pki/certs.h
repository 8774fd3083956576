/* SPDX-License-Identifier: BSD-3-Clause */
/* Lists of certificates: bundles, chains, folders of files. */
#ifndef PKI_CERTS_H
#define PKI_CERTS_H

#include <pki/cert.h>

PKI_BEGIN

/*
 * A list with a reference on each certificate. It belongs to one thread while it is added to. That
 * a certificate is in a list says nothing about it: nothing is verified here.
 */
typedef struct pki_certs pki_certs;

/* An empty list. */
PKI_FALLIBLE pki_certs_new(const pki_ctx *ctx, pki_certs **out, pki_error *err);
/*
 * The certificates of PEM, DER or bare base64, in their order, at least one. PKCS#7 and CMS give
 * those that come along in them. What is of another kind (keys, requests, CRLs) is passed over.
 * Strict: one certificate that pki_cert_parse refuses, and there is no list; the error says which.
 * PKI_E_ENCODING: also a malformed PEM block or DER object of any kind. PKI_E_STRUCTURE: also an
 * object of a kind that libpki does not know. PKI_E_NOTFOUND: no certificate.
 */
PKI_FALLIBLE pki_certs_parse(const pki_ctx *ctx, pki_bytes in, pki_certs **out, pki_error *err);
/*
 * The same of a file; or of a folder: of its files, by name, but not of folders in it, nor of what
 * has a name that begins with a dot. A file without a certificate is passed over there, and a
 * certificate that several files hold is in the list once. PKI_E_IO: as pki_file_read, of any file.
 * Errors name the file.
 */
PKI_FALLIBLE pki_certs_load(const pki_ctx *ctx, const char *path, pki_certs **out, pki_error *err);
/* At the end of the list. */
PKI_FALLIBLE pki_certs_add(pki_certs *l, const pki_cert *c, pki_error *err);
/* How many there are; 0 for NULL. */
PKI_API size_t pki_certs_count(const pki_certs *l);
/* From 0; NULL beyond the end. The list's own: pki_cert_ref it to keep it. */
PKI_API const pki_cert *pki_certs_at(const pki_certs *l, size_t i);
/* NULL is fine. */
PKI_API void pki_certs_free(pki_certs *l);

PKI_END
#endif
