/* SPDX-License-Identifier: BSD-3-Clause */
/* Digests and the identifiers that mean them: RFC 4055, RFC 8018, NIST CSOR for SHA-3. */
#ifndef LIBPKI_TYPES_HASH_H
#define LIBPKI_TYPES_HASH_H

#include <pki/alg.h>

pki_hash pki_hash_from_oid(pki_bytes oid); /* NONE: unknown */
pki_bytes pki_hash_oid(pki_hash h);        /* empty: none */
/* HMAC with this hash as the PRF of PBKDF2 (RFC 8018 B.1.2). */
pki_hash pki_hash_from_hmac_oid(pki_bytes oid);
pki_bytes pki_hash_hmac_oid(pki_hash h);
/* RFC 8017 9.2: the DER of DigestInfo up to the digest; empty: none. */
pki_bytes pki_hash_digest_info_prefix(pki_hash h);

#endif
