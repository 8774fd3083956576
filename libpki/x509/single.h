/* SPDX-License-Identifier: BSD-3-Clause */
/* The one object of its kind in an input, which is DER or PEM. */
#ifndef LIBPKI_X509_SINGLE_H
#define LIBPKI_X509_SINGLE_H

#include <pki/read.h>

/* How objects of a kind are read and told apart. Static texts. */
typedef struct pki_single {
	pki_kind kind;
	uint32_t reserved;
	pki_status (*parse)(
	    const pki_ctx *ctx, pki_bytes der, uint32_t how, void **out, pki_error *err);
	void (*free)(void *object);
	const char *label;                 /* of the PEM that is written */
	const char *more, *none;           /* reasons: more than one, none at all */
	const char *clause;                /* of the label */
	size_t (*max)(const pki_ctx *ctx); /* octets of a file; NULL: message_bytes */
} pki_single;

/*
 * Exactly one, from DER, base64 of it, or PEM, where blocks of other kinds are passed over. `how`
 * is parse's. The statuses of parse; PKI_E_STRUCTURE: more than one; PKI_E_NOTFOUND: PEM without
 * one.
 */
pki_status pki_single_parse(const pki_single *s, const pki_ctx *ctx, pki_bytes in, uint32_t how,
    void **out, pki_error *err) PKI_MUST_USE;
/* The same from a file. PKI_E_IO too. */
pki_status pki_single_load(const pki_single *s, const pki_ctx *ctx, const char *path, uint32_t how,
    void **out, pki_error *err) PKI_MUST_USE;
/* Appends der in that form. PKI_E_ARG: no such form. */
pki_status pki_single_write(
    const pki_single *s, pki_bytes der, pki_form form, pki_buf *out, pki_error *err) PKI_MUST_USE;
/* The same to a file; flags as of pki_file_write. */
pki_status pki_single_save(const pki_single *s, pki_bytes der, const char *path, pki_form form,
    uint32_t flags, pki_error *err) PKI_MUST_USE;

#endif
