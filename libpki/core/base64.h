/* SPDX-License-Identifier: BSD-3-Clause */
/* Base64 (RFC 4648 section 4) as the PEM reader and writer need it. */
#ifndef LIBPKI_CORE_BASE64_H
#define LIBPKI_CORE_BASE64_H

#include <pki/base.h>

/*
 * Appends what text says to *out: canonical base64, with space, tab, CR and LF allowed anywhere.
 * `line` is the number of its first line, for errors; an end without characters is not one.
 * PKI_E_LIMIT: more than max octets. On failure *out is as long as it was.
 *
 * The time taken depends on where white space and errors are, not on the characters.
 */
pki_status pki_base64_read(
    pki_bytes text, size_t line, size_t max, pki_buf *out, pki_error *err) PKI_MUST_USE;
/* Appends lines of `width` characters, a multiple of 4, each ended by LF; 0: one without an end. */
pki_status pki_base64_write(pki_bytes in, size_t width, pki_buf *out, pki_error *err) PKI_MUST_USE;
/* Line ends (LF, CR or CR LF) in text. */
size_t pki_count_lines(pki_bytes text);

#endif
