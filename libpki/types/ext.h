/* SPDX-License-Identifier: BSD-3-Clause */
/* Extension: RFC 5280 4.1.2.9; and what makers of certificates and requests need of pki_exts. */
#ifndef LIBPKI_TYPES_EXT_H
#define LIBPKI_TYPES_EXT_H

#include <pki/ext.h>

bool pki_ext_read(pki_der *r, const char *field, pki_ext *out);
/* BOOLEAN DEFAULT FALSE; where encoded_default is not NULL an encoded default is no error, and
 * makes it true. */
bool pki_ext_bool(pki_der *r, const char *field, bool *encoded_default, bool *out);
/* As pki_ext_read, and as pki_ext_bool. */
bool pki_ext_read_lenient(pki_der *r, const char *field, bool *encoded_default, pki_ext *out);
void pki_ext_write(pki_derw *w, const pki_ext *e);

/* ---- contents: each column is both the public reader's and the certificate parser's ---- */

/* encoded_default: as of pki_ext_bool. *stray: pathLenConstraint without cA; NULL: that is refused.
 */
bool pki_basic_constraints_read(
    pki_der *r, bool *encoded_default, bool *stray, pki_basic_constraints *out);
/* *odd: the bits end with zeros; NULL: that is refused. */
bool pki_key_usage_read(pki_der *r, uint32_t *bits, bool *odd);
bool pki_key_id_read(pki_der *r, pki_tag tag, const char *field, pki_bytes *out);

/*
 * A SEQUENCE SIZE (1..MAX) OF, read to its end; at most as many as san_names. contents: the
 * elements, side by side.
 */
typedef struct pki_list {
	pki_tag tag;
	const char *field;
	void (*read)(pki_der *r, const pki_ctx *ctx); /* one element */
} pki_list;
bool pki_list_read(pki_der *r, const pki_ctx *ctx, const pki_list *list, pki_bytes *contents);
size_t pki_list_limit(const pki_ctx *ctx);
/* GeneralNames. */
bool pki_gns_read(
    pki_der *r, const pki_ctx *ctx, pki_tag tag, const char *field, pki_bytes *contents);
bool pki_ext_key_usage_read(pki_der *r, const pki_ctx *ctx, pki_bytes *contents);
/* Is there one more, within the limit? What every _next begins with; it is not NULL. */
bool pki_ext_step(pki_ext_iter *it);

/* ---- lists of extensions ---- */

/* A copy to add to; NULL is the empty list. */
pki_status pki_exts_dup(
    const pki_ctx *ctx, const pki_exts *e, pki_exts **out, pki_error *err) PKI_MUST_USE;
/* The OID of the i-th, which there is. Unlike pki_exts_at it is for lists that are shared, too. */
pki_bytes pki_exts_oid(const pki_exts *e, size_t i);
bool pki_exts_has(const pki_exts *e, pki_bytes oid);
/* Critical or not, whatever the RFC says. PKI_E_ARG, which sticks: there is no such extension. */
void pki_exts_mark(pki_exts *e, pki_bytes oid, bool critical);
/* Appends what extnValue will hold. PKI_E_NOTFOUND. */
pki_status pki_exts_value(
    const pki_exts *e, pki_bytes oid, pki_buf *value, pki_error *err) PKI_MUST_USE;
/*
 * Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension. subjectAltName is critical where the subject
 * is empty (RFC 5280 4.2.1.6). An error of the list makes the writer fail.
 */
void pki_exts_write(pki_derw *w, const pki_exts *e, bool empty_subject);

/* ---- builders of one extension ---- */

typedef int32_t pki_ext_part;
enum {
	PKI_EXT_WHOLE,    /* the extension's value; it is there once */
	PKI_EXT_ELEMENT,  /* one more element of its SEQUENCE OF */
	PKI_EXT_TAGGED_0, /* one more of the SEQUENCE OF that is [0] in its SEQUENCE */
	PKI_EXT_TAGGED_1  /* of [1] */
};
typedef struct pki_ext_form {
	const pki_oid *oid;
	void (*check)(pki_der *r, const pki_ctx *ctx); /* reads what was written; NULL: no need */
	pki_ext_part part;
	bool critical;
	uint8_t reserved[3];
} pki_ext_form;
/* Given, and no error so far. */
bool pki_exts_usable(const pki_exts *e);
/*
 * Begins an extension, or a part of one: false if the list has failed. _end adds what the writer
 * holds, frees it, and keeps the error.
 */
bool pki_exts_begin(const pki_exts *e, pki_derw *w);
void pki_exts_end(pki_exts *e, const pki_ext_form *form, pki_derw *w);
/* One more GeneralName of a list of them, from text. */
void pki_exts_name(pki_exts *e, const pki_ext_form *form, const char *name);
/* A URI as a GeneralName. false: it is none, and the list has failed. */
bool pki_exts_uri(pki_exts *e, const char *uri, pki_gn *out);
/* Is a mandatory argument given? If not, the list has failed. */
bool pki_exts_given(pki_exts *e, const void *arg);
/* An error of the builder's own, which sticks; where it goes; the list's context. */
void pki_exts_fail(pki_exts *e, pki_status st, const char *reason, const char *clause);
pki_error *pki_exts_error(pki_exts *e);
const pki_ctx *pki_exts_ctx(const pki_exts *e);
/* The elements of a list so far, side by side. */
pki_bytes pki_exts_elements(const pki_exts *e, pki_bytes oid, size_t *count);

#endif
