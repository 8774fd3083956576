/* SPDX-License-Identifier: BSD-3-Clause */
/* Key identifiers, for the files that put them into what they make. */
#ifndef LIBPKI_CRYPTO_KEY_ID_H
#define LIBPKI_CRYPTO_KEY_ID_H

#include <pki/key.h>

/* Is there this one? PKI_E_ARG. */
pki_status pki_key_id_check(pki_key_id_method method, pki_error *err) PKI_MUST_USE;
/* As pki_pubkey_id. *id is a view of room. */
pki_status pki_key_id_make(const pki_pubkey *k, pki_key_id_method method,
    uint8_t room[PKI_HASH_MAX], pki_bytes *id, pki_error *err) PKI_MUST_USE;

#endif
