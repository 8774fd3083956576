/* SPDX-License-Identifier: BSD-3-Clause */
/* What libpki's own encoders need of a writer beyond <pki/der.h>. */
#ifndef LIBPKI_DER_WRITER_H
#define LIBPKI_DER_WRITER_H

#include <pki/der.h>

/* What is written so far, until more is: TLVs that are open lack their length. */
pki_bytes pki_derw_written(const pki_derw *w);
/* PKI_SUCCESS, or the first error. */
pki_status pki_derw_status(const pki_derw *w, pki_error *err) PKI_MUST_USE;
/* As pki_derw_end_set_of, but elements may be equal: X.680 28.2. */
void pki_derw_end_multiset(pki_derw *w);
/* Ends a SET: puts its components in the order of their tags (X.690 10.3). */
void pki_derw_end_set(pki_derw *w);
/* As pki_derw_text. */
void pki_derw_utf8(pki_derw *w, pki_tag tag, pki_bytes utf8);
/* As pki_derw_flags and pki_derw_int64, of a type that is IMPLICIT. */
void pki_derw_flags_as(pki_derw *w, pki_tag tag, uint32_t bits);
void pki_derw_int64_as(pki_derw *w, pki_tag tag, int64_t v);

#endif
