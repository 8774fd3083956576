/* SPDX-License-Identifier: BSD-3-Clause */
/* What other modules will define. */
#include "libpki/verify/profile.h"

void pki_strict_check(const pki_profile_case *p, pki_findings *f)
{
	(void)p, (void)f;
}
void pki_webpki_check(const pki_profile_case *p, pki_findings *f)
{
	(void)p, (void)f;
}
