/* SPDX-License-Identifier: BSD-3-Clause */
/* IA5String, as extensions have them. */
#ifndef LIBPKI_X509_IA5_H
#define LIBPKI_X509_IA5_H

#include <pki/der.h>

/* ASCII without NUL, under the type's own tag, or under another where it is IMPLICIT. */
bool pki_ia5_read(pki_der *r, const char *field, pki_bytes *out);
bool pki_ia5_read_as(pki_der *r, pki_tag tag, const char *field, pki_bytes *out);

#endif
