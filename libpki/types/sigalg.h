/* SPDX-License-Identifier: BSD-3-Clause */
/* Signature algorithms and digests: identifier, parameters, and the pki_alg that they mean. */
#ifndef LIBPKI_TYPES_SIGALG_H
#define LIBPKI_TYPES_SIGALG_H

#include <pki/alg.h>

#include "libpki/types/algid.h"

/* RFC 3279, 4055, 5758, 8410, NIST CSOR for SHA-3. PKI_E_UNSUPPORTED, PKI_E_STRUCTURE. */
pki_status pki_sigalg_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_alg *out, pki_error *err) PKI_MUST_USE;
void pki_sigalg_write(pki_derw *w, const pki_alg *a);
/* The OID's name in the RFC modules, or NULL. */
const char *pki_sigalg_name(const pki_alg *a);
pki_hash pki_hash_from_oid(pki_bytes oid); /* NONE: unknown */
pki_bytes pki_hash_oid(pki_hash h);        /* empty: none */
/* HMAC with this hash as the PRF of PBKDF2 (RFC 8018 B.1.2). */
pki_hash pki_hash_from_hmac_oid(pki_bytes oid);
pki_bytes pki_hash_hmac_oid(pki_hash h);
/* RFC 8017 9.2: the DER of DigestInfo up to the digest; empty: none. */
pki_bytes pki_hash_digest_info_prefix(pki_hash h);
/* The salt length that a means: RFC 8017's octets, never negative. */
size_t pki_alg_salt_len(const pki_alg *a);
pki_hash pki_alg_mgf_hash(const pki_alg *a);

#endif
