/* SPDX-License-Identifier: BSD-3-Clause */
/* The door for BER: what comes in leaves it as DER, once. Behind it nothing reads BER. */
#ifndef LIBPKI_DER_BER_H
#define LIBPKI_DER_BER_H

#include <pki/der.h>

/*
 * Appends the DER of the encoding that `ber` begins with; der NULL: only looks. *used: how many
 * octets that encoding has; used NULL: it must be all there is.
 *
 * What becomes DER is what can be told without knowing the type (X.690 10.1, 10.2): lengths are
 * definite and minimal, and a string type that is constructed has its segments joined. All else
 * stays as it came:
 *
 *  - sub-trees of definite, minimal lengths, byte for byte: certificates, signed attributes;
 *  - contents octets of primitive encodings: a BOOLEAN that is not FF, unused bits that are not
 * zero, and BER in an OCTET STRING are for the reader that knows the type;
 *  - order in a SET OF, and components that equal their DEFAULT;
 *  - what has a tag that is not universal and is constructed: [0] may be IMPLICIT OCTET STRING, its
 *    contents segments (which are each one primitive OCTET STRING), or an explicit tag, or a list.
 *    Whoever reads an IMPLICIT string where BER is allowed joins the segments.
 *
 * Nesting is limited by ber_depth, size by message_bytes; time and memory grow with the input.
 * PKI_E_ENCODING: not BER, with the offset and the clause. PKI_E_LIMIT.
 */
pki_status pki_ber_to_der(
    const pki_ctx *ctx, pki_bytes ber, pki_buf *der, size_t *used, pki_error *err) PKI_MUST_USE;

#endif
