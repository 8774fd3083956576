/* SPDX-License-Identifier: BSD-3-Clause */
/* What other modules will define. */
#include "libpki/verify/profile.h"
#include "libpki/verify/revocation.h"

void pki_strict_check(const pki_profile_case *p, pki_findings *f)
{
	(void)p, (void)f;
}
void pki_webpki_check(const pki_profile_case *p, pki_findings *f)
{
	(void)p, (void)f;
}
void pki_revocation_check(pki_verification *v, const pki_path *p, pki_findings *f)
{
	(void)v, (void)p, (void)f;
}
void pki_crl_memo_free(pki_crl_memo *m)
{
	(void)m;
}
