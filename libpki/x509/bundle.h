/* SPDX-License-Identifier: BSD-3-Clause */
/* Bundles as other modules of the library need them. */
#ifndef LIBPKI_X509_BUNDLE_H
#define LIBPKI_X509_BUNDLE_H

#include <pki/bundle.h>

/* BER or DER alone. */
pki_status pki_bundle_parse_ber(
    const pki_ctx *ctx, pki_bytes ber, pki_bundle **out, pki_error *err) PKI_MUST_USE;

#endif
