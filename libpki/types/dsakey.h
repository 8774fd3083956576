/* SPDX-License-Identifier: BSD-3-Clause */
/* Dss-Parms and DSAPublicKey: RFC 3279 2.3.2. */
#ifndef LIBPKI_TYPES_DSAKEY_H
#define LIBPKI_TYPES_DSAKEY_H

#include "libpki/types/algid.h"

/* FIPS 186-4 4.2 */
#define PKI_DSA_P_BITS_MIN   1024u
#define PKI_DSA_P_BITS_MAX   3072u
#define PKI_DSA_Q_BITS_MAX   256u
#define PKI_DSA_P_OCTETS_MAX (PKI_DSA_P_BITS_MAX / 8)
#define PKI_DSA_Q_OCTETS_MAX (PKI_DSA_Q_BITS_MAX / 8)

/* Magnitudes, without leading zeros. Views. */
typedef struct pki_dsa_public {
	pki_bytes p, q, g, y;
} pki_dsa_public;

/* Whoever wrote this key left its parameters to the issuer's key. */
bool pki_dsa_params_absent(const pki_algid *id);
/* The parameters of an id-dsa key, which are not absent: p, q and g of out. */
pki_status pki_dsa_params_parse(
    const pki_ctx *ctx, const pki_algid *id, pki_dsa_public *out, pki_error *err) PKI_MUST_USE;
/* The contents of its BIT STRING: y of out. */
pki_status pki_dsa_public_parse(
    const pki_ctx *ctx, pki_bytes key, pki_dsa_public *out, pki_error *err) PKI_MUST_USE;
/*
 * What can be said of the numbers without calculating: p and q have a size of FIPS 186-4 and are
 * odd, g and y lie between 1 and p. PKI_E_POLICY; PKI_E_LIMIT: p or q is too long.
 */
pki_status pki_dsa_public_check(const pki_dsa_public *k, pki_error *err) PKI_MUST_USE;

/* params: the TLV of Dss-Parms; key: contents of the BIT STRING. */
void pki_spki_write_dsa(pki_derw *w, pki_bytes params, pki_bytes key);

#endif
