/* SPDX-License-Identifier: BSD-3-Clause */
/* Syntax of host names, mailboxes and URIs as RFC 5280 4.2.1.6 wants them in certificates. */
#ifndef LIBPKI_TYPES_HOST_H
#define LIBPKI_TYPES_HOST_H

#include <pki/error.h>

#define PKI_HOST_OCTETS    253
#define PKI_HOST_LABEL     63
#define PKI_MAILBOX_OCTETS 254 /* RFC 5321 4.5.3.1.3, without the "<" and ">" */
#define PKI_MAILBOX_LOCAL  64  /* RFC 5321 4.5.3.1.1 */

/* "*" may be the whole left-most label. */
#define PKI_HOST_WILDCARD 1u
/* LDH labels (RFC 5890 2.3.1), the last one not all digits. PKI_E_ARG. */
pki_status pki_host_check(pki_bytes name, unsigned flags, pki_error *err) PKI_MUST_USE;

/*
 * Mailbox of RFC 5321 4.1.2 with a host name, not an address literal. *ascii: is its local part?
 * Where it is not, RFC 6531 3.3 has been applied. PKI_E_ARG.
 */
pki_status pki_mailbox_check(pki_bytes mailbox, bool *ascii, pki_error *err) PKI_MUST_USE;

/* A SmtpUTF8Mailbox of RFC 9598 3: the local part is not ASCII, and does not begin with a byte
 * order mark; the host name has no capitals. PKI_E_ARG. */
pki_status pki_utf8_mailbox_check(pki_bytes mailbox, pki_error *err) PKI_MUST_USE;

/* At the last "@": a quoted local part may have others. false: there is none. */
bool pki_mailbox_split(pki_bytes mailbox, pki_bytes *local, pki_bytes *host);

/* A URI with a scheme (RFC 3986 3), and a host where it has an authority. PKI_E_ARG. */
pki_status pki_uri_check(pki_bytes uri, pki_error *err) PKI_MUST_USE;
/* Octets of the scheme that a text begins with, if a ":" follows; else 0. */
size_t pki_uri_scheme(pki_bytes text);

#endif
