/* SPDX-License-Identifier: BSD-3-Clause */
/* Has a certificate been revoked? RFC 5280 6.3. */
#ifndef LIBPKI_VERIFY_REVOCATION_H
#define LIBPKI_VERIFY_REVOCATION_H

#include "libpki/verify/path.h"

/*
 * Every certificate of a path that is valid otherwise, by v's mode, CRLs and callback. What is
 * revoked, or of which nobody can tell where somebody should, goes to f.
 */
void pki_revocation_check(pki_verification *v, const pki_path *p, pki_findings *f);
void pki_crl_memo_free(pki_crl_memo *m);

#endif
