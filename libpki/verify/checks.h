/* SPDX-License-Identifier: BSD-3-Clause */
/* What is asked of a certificate on a path, whatever else is on it: RFC 5280 6.1.3, 6.1.4. */
#ifndef LIBPKI_VERIFY_CHECKS_H
#define LIBPKI_VERIFY_CHECKS_H

#include "libpki/verify/trust.h"
#include "libpki/verify/verification.h"

/* 6.1.3 (a) (2) */
void pki_check_dates(const pki_verification *v, const pki_cert *c, pki_findings *f);
/* 6.1.4 (o), 6.1.5 (f): no critical extension but those that are processed. */
void pki_check_critical(const pki_verification *v, const pki_cert *c, pki_findings *f);
/* 6.1.4 (k) */
void pki_check_is_ca(const pki_cert *c, pki_findings *f);
/* 6.1.4 (n) */
void pki_check_may_sign_certs(const pki_cert *c, pki_findings *f);
/* It, or its key, is on the trust store's list. */
void pki_check_distrust(const pki_verification *v, const pki_cert *c, pki_findings *f);

/* What of all this is asked of each CA between the leaf and the anchor, and its purpose. */
void pki_check_ca(const pki_verification *v, const pki_cert *c, pki_findings *f);
/* Of each leaf, be it an anchor or not; its purpose, its names and the strength of its key, too. */
void pki_check_leaf(const pki_verification *v, const pki_cert *c, pki_findings *f);
/* Of an anchor that has issued a certificate, and what its options say of this leaf. */
void pki_check_anchor(
    const pki_verification *v, const pki_anchor *a, const pki_cert *leaf, pki_findings *f);
/* Of an anchor that is the leaf. */
void pki_check_anchor_opts(
    const pki_verification *v, const pki_anchor *a, const pki_cert *leaf, pki_findings *f);

#endif
