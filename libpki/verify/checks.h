/* SPDX-License-Identifier: BSD-3-Clause */
/* What is asked of a certificate on a path, whatever else is on it: RFC 5280 6.1.3, 6.1.4. */
#ifndef LIBPKI_VERIFY_CHECKS_H
#define LIBPKI_VERIFY_CHECKS_H

#include "libpki/verify/trust.h"
#include "libpki/verify/verification.h"

/* Of each CA between the leaf and the anchor: dates, cA, keyCertSign, critical extensions,
 * distrust, purpose. */
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
