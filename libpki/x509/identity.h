/* SPDX-License-Identifier: BSD-3-Clause */
/* Names asked for among those of a subjectAltName: RFC 9525, RFC 9549, RFC 9598. */
#ifndef LIBPKI_X509_IDENTITY_H
#define LIBPKI_X509_IDENTITY_H

#include <pki/ext.h>

/*
 * san: the value of the extension; NULL: there is none. All of it is read before there is a
 * verdict, so that one with a fault matches nothing: PKI_E_ENCODING, PKI_E_STRUCTURE, PKI_E_LIMIT.
 * PKI_E_NOTFOUND: the name is not there; the detail says which are. PKI_E_ARG: it is no such name.
 */

/* A host name in A-labels, a dot at its end or not, or an IP address as text. */
pki_status pki_san_check_host(
    const pki_ctx *ctx, const pki_bytes *san, const char *host, pki_error *err) PKI_MUST_USE;
/* 4 or 16 octets. */
pki_status pki_san_check_ip(
    const pki_ctx *ctx, const pki_bytes *san, pki_bytes address, pki_error *err) PKI_MUST_USE;
/* subject: whose emailAddress counts where no mailbox is in the subjectAltName; NULL: nobody's. */
pki_status pki_san_check_email(const pki_ctx *ctx, const pki_bytes *san, const pki_name *subject,
    const char *mailbox, pki_error *err) PKI_MUST_USE;

#endif
