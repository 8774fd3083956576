/* SPDX-License-Identifier: BSD-3-Clause */
/* SubjectPublicKeyInfo: RFC 5280 4.1.2.7, keys by RFC 3279, 4055, 5480 and 8410. */
#ifndef LIBPKI_TYPES_SPKI_H
#define LIBPKI_TYPES_SPKI_H

#include <pki/key.h>

#include "libpki/types/algid.h"

/*
 * The syntax alone: whatever the algorithm. `whole` is the SPKI's TLV. type and bits are set where
 * libpki knows the algorithm, the curve and the form of the key; explicit curve parameters, a
 * point of another length, a malformed RSAPublicKey make type PKI_KEY_UNKNOWN, not an error.
 */
bool pki_spki_read(pki_der *r, const char *field, pki_spki *out, pki_bytes *whole);
/* The same without looking at what the algorithm is. key: octets of the BIT STRING. */
bool pki_spki_split(
    pki_der *r, const char *field, pki_algid *algorithm, pki_bytes *key, pki_bytes *whole);

/* Which key an AlgorithmIdentifier means. PKI_E_UNSUPPORTED (an OID, a curve, explicit curve
 * parameters: CVE-2020-0601), PKI_E_STRUCTURE (parameters that RFC 5480, 4055, 8410 forbid). */
pki_status pki_key_type_from_algid(
    const pki_algid *id, pki_key_type *out, pki_error *err) PKI_MUST_USE;
/*
 * The type and size of a public key: its AlgorithmIdentifier, and the octets of its BIT STRING,
 * which follow it in the same input. As pki_key_type_from_algid; a point of another form or length
 * is PKI_E_STRUCTURE. Whether the numbers make a key at all
 * is not looked at.
 */
pki_status pki_spki_identify(const pki_ctx *ctx, const pki_algid *id, pki_bytes key,
    pki_key_type *type, uint32_t *bits, pki_error *err) PKI_MUST_USE;
/* P-256, P-384, P-521; UNKNOWN for others. */
pki_key_type pki_curve_from_oid(pki_bytes oid);
pki_bytes pki_curve_oid(pki_key_type t); /* empty: no such curve */
/* The AlgorithmIdentifier of a key type, as SPKI and PKCS#8 have it. */
void pki_key_algid_write(pki_derw *w, pki_key_type t);

/* SPKI writers. */
void pki_spki_write_rsa(pki_derw *w, pki_key_type t, pki_bytes n, pki_bytes e);
/* EC: 04||x||y; EdDSA, XDH: the octets of RFC 8032 and RFC 7748. */
void pki_spki_write_point(pki_derw *w, pki_key_type t, pki_bytes point);

#define PKI_EC_OCTETS_MAX 66 /* P-521 */
/* Octets: of a field element of an EC curve, of a public key of RFC 8410; 0 for the others. */
size_t pki_key_type_octets(pki_key_type t);
uint32_t pki_key_type_bits(pki_key_type t); /* 0 for RSA */
bool pki_key_type_is_ec(pki_key_type t);    /* P-256, P-384, P-521 */
bool pki_key_type_is_okp(pki_key_type t);   /* Ed25519, Ed448, X25519, X448 */
bool pki_key_type_is_rsa(pki_key_type t);   /* rsaEncryption, id-RSASSA-PSS */

#endif
