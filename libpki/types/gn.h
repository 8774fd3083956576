/* SPDX-License-Identifier: BSD-3-Clause */
/* GeneralName: RFC 5280 4.2.1.6. */
#ifndef LIBPKI_TYPES_GN_H
#define LIBPKI_TYPES_GN_H

#include <pki/ext.h>

/* In name constraints an iPAddress has a mask: RFC 5280 4.2.1.10. */
#define PKI_GN_SUBTREE 1u
bool pki_gn_read(pki_der *r, const pki_ctx *ctx, const char *field, unsigned flags, pki_gn *out);
/* An otherName that is a SmtpUTF8Mailbox: RFC 9598 3. */
bool pki_gn_is_utf8_mailbox(const pki_gn *gn);
/* The mailbox in it. Empty: it is no UTF8String. */
pki_bytes pki_gn_utf8_mailbox(const pki_gn *gn);
/* A GeneralName that pki_gn_read would refuse makes the writer fail with PKI_E_ARG. */
void pki_gn_write(pki_derw *w, const pki_ctx *ctx, const pki_gn *gn);
/* The one that a text means, as pki_gn_from_string reads it. */
pki_status pki_gn_write_text(
    pki_derw *w, const pki_ctx *ctx, const char *text, pki_error *err) PKI_MUST_USE;

#endif
