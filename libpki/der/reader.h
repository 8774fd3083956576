/* SPDX-License-Identifier: BSD-3-Clause */
/* What libpki's own parsers read beyond <pki/der.h>. */
#ifndef LIBPKI_DER_READER_H
#define LIBPKI_DER_READER_H

#include <pki/der.h>

/* The next TLV, whatever it is, checked as pki_der_whole does: its tag, its contents, all of it. */
bool pki_der_value(
    pki_der *r, const char *field, pki_tag *tag, pki_bytes *contents, pki_bytes *tlv);
/* What is left of these contents; nothing after an error. */
pki_bytes pki_der_rest(const pki_der *r);

/* The same as without _as, of a type that is IMPLICIT: under another tag than its own. */
bool pki_der_bool_as(pki_der *r, pki_tag tag, const char *field, bool fallback, bool *out);
bool pki_der_int64_as(pki_der *r, pki_tag tag, const char *field, int64_t *out);
bool pki_der_integer_as(pki_der *r, pki_tag tag, const char *field, pki_bytes *contents);
bool pki_der_flags_as(pki_der *r, pki_tag tag, const char *field, uint32_t *out);

/* As pki_der_time, but GeneralizedTime may be used where UTCTime must be: *odd is true then. */
bool pki_der_time_odd(pki_der *r, const char *field, pki_time *out, bool *odd);
/* As pki_der_flags, but the bits may end with zeros: *odd is true then. */
bool pki_der_flags_odd(pki_der *r, const char *field, uint32_t *out, bool *odd);
/* Where the next TLV is; how many octets there are from there. */
const uint8_t *pki_der_at(const pki_der *r);
size_t pki_der_left(const pki_der *r);

#endif
