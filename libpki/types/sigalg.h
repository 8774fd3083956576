/* SPDX-License-Identifier: BSD-3-Clause */
/* Signature algorithms: identifier, parameters, and the pki_alg that they mean. */
#ifndef LIBPKI_TYPES_SIGALG_H
#define LIBPKI_TYPES_SIGALG_H

#include <pki/alg.h>

#include "libpki/types/algid.h"
#include "libpki/types/hash.h"

/* RFC 3279, 4055, 5758, 8410, NIST CSOR for SHA-3. PKI_E_UNSUPPORTED, PKI_E_STRUCTURE. */
pki_status pki_sigalg_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_alg *out, pki_error *err) PKI_MUST_USE;
void pki_sigalg_write(pki_derw *w, const pki_alg *a);
/*
 * The parameters of an RSASSA-PSS identifier, which a signature must have and a key may have.
 * PKI_E_STRUCTURE, PKI_E_UNSUPPORTED, PKI_E_LIMIT.
 */
pki_status pki_pss_params_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_alg *out, pki_error *err) PKI_MUST_USE;
/* The OID's octets; empty: no identifier means a. */
pki_bytes pki_sigalg_oid(const pki_alg *a);
/* The OID's name in the RFC modules, or NULL. */
const char *pki_sigalg_name(const pki_alg *a);
/* The salt length that a means: RFC 8017's octets, never negative. */
size_t pki_alg_salt_len(const pki_alg *a);
pki_hash pki_alg_mgf_hash(const pki_alg *a);

#endif
