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

/* encoded_default: as of pki_ext_bool. */
bool pki_basic_constraints_read(pki_der *r, bool *encoded_default, pki_basic_constraints *out);
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
bool pki_exts_has(const pki_exts *e, pki_bytes oid);
/*
 * Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension. subjectAltName is critical where the subject
 * is empty (RFC 5280 4.2.1.6). An error of the list makes the writer fail.
 */
void pki_exts_write(pki_derw *w, const pki_exts *e, bool empty_subject);

#endif
