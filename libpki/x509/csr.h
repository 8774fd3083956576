/* SPDX-License-Identifier: BSD-3-Clause */
/* Requests, for the other files that read and make them. */
#ifndef LIBPKI_X509_CSR_H
#define LIBPKI_X509_CSR_H

#include <pki/csr.h>

/* Exactly one CertificationRequest in DER; one copy of it is made. */
pki_status pki_csr_parse_der(
    const pki_ctx *ctx, pki_bytes der, pki_csr **out, pki_error *err) PKI_MUST_USE;

#endif
