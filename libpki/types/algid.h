/* SPDX-License-Identifier: BSD-3-Clause */
/* AlgorithmIdentifier: RFC 5280 4.1.1.2. */
#ifndef LIBPKI_TYPES_ALGID_H
#define LIBPKI_TYPES_ALGID_H

#include <pki/der.h>

/* Views. */
typedef struct pki_algid {
	pki_bytes oid;
	pki_bytes params; /* the whole TLV; empty: absent */
	pki_bytes whole;  /* the AlgorithmIdentifier's own TLV */
	size_t offset;    /* of whole, in the outermost input */
} pki_algid;

bool pki_algid_read(pki_der *r, const char *field, pki_algid *out);
/* params: a TLV, or empty for absent. */
void pki_algid_write(pki_derw *w, pki_bytes oid, pki_bytes params);
/* PKI_E_UNSUPPORTED, with the OID by name or in dotted decimal as the error's detail. */
pki_status pki_algid_unsupported(
    pki_bytes oid, const char *reason, const char *clause, pki_error *err) PKI_MUST_USE;
/* An error in the parameters of a, with an offset from their start. field: their name. */
void pki_algid_nest(const pki_algid *a, const char *field, pki_error *err);
/* parameters NULL, as the DER TLV 05 00 */
extern const pki_bytes pki_algid_null;
bool pki_algid_params_null(const pki_algid *a);

#endif
