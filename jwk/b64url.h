/* SPDX-License-Identifier: BSD-3-Clause */
/* base64url without padding: RFC 7515 2, RFC 4648 5. */
#ifndef JWK_B64URL_H
#define JWK_B64URL_H

#include <pki/pem.h>

/* Appends what the text says; the time taken depends on its length. PKI_E_ENCODING, which the
 * caller puts into words. */
pki_status pki_jwk_b64url_decode(pki_bytes text, pki_buf *secret) PKI_MUST_USE;
/* Appends the text of `in`. */
pki_status pki_jwk_b64url_encode(pki_bytes in, pki_buf *out, pki_error *err) PKI_MUST_USE;

#endif
