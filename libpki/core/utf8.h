/* SPDX-License-Identifier: BSD-3-Clause */
/* UTF-8 (RFC 3629), one code point at a time. */
#ifndef LIBPKI_CORE_UTF8_H
#define LIBPKI_CORE_UTF8_H

#include <pki/base.h>

/*
 * Takes the code point at the front of *s off it. false: not UTF-8 there (overlong, a surrogate,
 * beyond U+10FFFF, cut), *s as it was.
 */
bool pki_utf8_next(pki_bytes *s, uint32_t *cp);
/* How many octets at the front of s are ASCII. */
size_t pki_ascii_prefix(pki_bytes s);
/* Nothing but ASCII, and no NUL. */
bool pki_ascii_text(pki_bytes s);
bool pki_utf8_valid(pki_bytes s);
/* Code points; SIZE_MAX: not UTF-8. */
size_t pki_utf8_count(pki_bytes s);
/* Appends a code point. PKI_E_ARG: a surrogate or beyond U+10FFFF; PKI_E_NOMEM. */
pki_status pki_utf8_put(pki_buf *out, uint32_t cp, pki_error *err) PKI_MUST_USE;

#endif
