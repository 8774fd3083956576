/* SPDX-License-Identifier: BSD-3-Clause */
/* PEM that is encrypted as a whole: Proc-Type and DEK-Info of RFC 1421, as OpenSSL writes them. */
#ifndef LIBPKI_CRYPTO_DEK_INFO_H
#define LIBPKI_CRYPTO_DEK_INFO_H

#include "libpki/crypto/pbe.h"

/* Does a block with these headers hold what is encrypted (RFC 1421 4.6.1.1)? */
bool pki_dek_is_encrypted(pki_bytes headers);
/* How. iv is what out has views of. PKI_E_STRUCTURE, PKI_E_UNSUPPORTED: another cipher. */
pki_status pki_dek_info_decode(
    pki_bytes headers, uint8_t iv[PKI_CBC_BLOCK], pki_pbe *out, pki_error *err) PKI_MUST_USE;

#endif
