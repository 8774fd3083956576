/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates as other modules of the library need them. */
#ifndef LIBPKI_X509_CERT_H
#define LIBPKI_X509_CERT_H

#include <pki/cert.h>

/* DER alone. allow: PKI_LENIENT_ bits. */
pki_status pki_cert_parse_der(
    const pki_ctx *ctx, pki_bytes der, uint32_t allow, pki_cert **out, pki_error *err) PKI_MUST_USE;
/* The context that it was made with. */
const pki_ctx *pki_cert_ctx(const pki_cert *c);

#endif
