/* SPDX-License-Identifier: BSD-3-Clause */
/* Which certificates a CRL is about, and which reasons to revoke: RFC 5280 6.3.3 (b) to (e). */
#ifndef LIBPKI_VERIFY_CRL_SCOPE_H
#define LIBPKI_VERIFY_CRL_SCOPE_H

#include <pki/backend.h>
#include <pki/crl.h>

/* all-reasons of RFC 5280 6.3.2 (a), as PKI_REASON_FLAG_ bits. */
#define PKI_REASON_FLAGS_ALL 0x1feu

/*
 * 6.3.3 (b), (d): is this complete CRL about the certificate, as far as this DistributionPoint of
 * its goes? p NULL: the one that is assumed at the end, of which the name is the certificate's
 * issuer. *reasons: interim_reasons_mask, PKI_REASON_FLAG_ bits; there may be none. PKI_E_NOTFOUND:
 * it is not, and the reason says why not.
 */
pki_status pki_crl_covers(pki_call *call, const pki_cert *c, const pki_dist_point *p,
    const pki_crl *crl, uint32_t *reasons, pki_error *err) PKI_MUST_USE;
/* 6.3.3 (c), and 5.2.4: CRLs of one issuer; may the delta CRL be applied to the complete one? */
bool pki_crl_delta_applies(const pki_crl *complete, const pki_crl *delta);
/* The same issuingDistributionPoint, or none in both: RFC 5280 5.2.4. */
bool pki_crl_same_scope(const pki_crl *a, const pki_crl *b);
/* Like memcmp, of magnitudes without octets that they do not need: pki_crl_number. */
int pki_crl_number_compare(pki_bytes a, pki_bytes b);

#endif
