/* SPDX-License-Identifier: BSD-3-Clause */
/* What libpki's own parsers read beyond <pki/der.h>. */
#ifndef LIBPKI_DER_READER_H
#define LIBPKI_DER_READER_H

#include <pki/der.h>

/* The next TLV, whatever it is, checked as pki_der_whole does: its tag, its contents, all of it. */
bool pki_der_value(
    pki_der *r, const char *field, pki_tag *tag, pki_bytes *contents, pki_bytes *tlv);

#endif
