/* SPDX-License-Identifier: BSD-3-Clause */
/* What a certificate may be used for: RFC 5280 4.2.1.3, 4.2.1.12. */
#ifndef LIBPKI_VERIFY_PURPOSE_H
#define LIBPKI_VERIFY_PURPOSE_H

#include "libpki/verify/verification.h"

/* extKeyUsage of a CA binds what is below it. */
void pki_check_purpose_of_ca(const pki_verification *v, const pki_cert *c, pki_findings *f);
void pki_check_purpose_of_leaf(const pki_verification *v, const pki_cert *c, pki_findings *f);
#endif
