/* SPDX-License-Identifier: BSD-3-Clause */
/* Characters of names that must not reach a terminal or a log as they are. */
#ifndef LIBPKI_CORE_ESCAPE_H
#define LIBPKI_CORE_ESCAPE_H

#include <pki/base.h>

/* Controls, and what makes text look like other text: bidi, invisible and line characters. */
bool pki_must_escape(uint32_t cp);
/* Appends each octet as a backslash and two hex digits (RFC 4514 2.4). */
pki_status pki_escape_octets(pki_bytes octets, pki_buf *out, pki_error *err) PKI_MUST_USE;
/* Appends UTF-8 with such characters, and the backslash, escaped. */
pki_status pki_escape_text(pki_bytes utf8, pki_buf *out, pki_error *err) PKI_MUST_USE;

#endif
