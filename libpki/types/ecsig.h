/* SPDX-License-Identifier: BSD-3-Clause */
/* ECDSA-Sig-Value: RFC 3279 2.2.3. */
#ifndef LIBPKI_TYPES_ECSIG_H
#define LIBPKI_TYPES_ECSIG_H

#include <pki/der.h>

/* Magnitudes. Views. A zero or negative number is an error: PKI_E_STRUCTURE. */
pki_status pki_ecsig_parse(pki_bytes sig, pki_bytes *r, pki_bytes *s, pki_error *err) PKI_MUST_USE;
/* Into out, which holds 9 + 2 * max octets or more; *len leaves with the length used. */
pki_status pki_ecsig_write(pki_bytes r, pki_bytes s, pki_span *out, pki_error *err) PKI_MUST_USE;

#endif
