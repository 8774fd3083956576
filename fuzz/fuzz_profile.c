/* SPDX-License-Identifier: BSD-3-Clause */
/* Profiles: every rule, in every role and for every purpose, on whatever can be read. */
#include "fuzz/fuzz.h"
#include "libpki/verify/profile.h"

static void require_findings(const pki_findings *f)
{
	require(f->status == PKI_SUCCESS);
	for (size_t i = 0; i < f->count; i++) {
		require(f->list[i].clause != NULL || f->list[i].code == PKI_CODE_LIMIT);
		require(f->list[i].text[0] != '\0');
		for (const char *s = f->list[i].text; *s != '\0'; s++)
			require(*s >= 0x20 && *s < 0x7f);
	}
}

static void judge(const pki_profile_case *p)
{
	pki_findings f = { .cert = 0 };
	size_t strict;

	pki_strict_check(p, &f);
	strict = f.count;
	pki_webpki_check(p, &f);
	require(f.count >= strict);
	require_findings(&f);
	pki_findings_free(&f);
}

/* issuer: itself, as nobody asks whether it is. */
static void judge_in(pki_role role, const pki_cert *c)
{
	pki_profile_case p = { .cert = c, .role = role };

	for (p.purpose = PKI_PURPOSE_ANY; p.purpose <= PKI_PURPOSE_OID; p.purpose++) {
		p.issuer = NULL;
		judge(&p);
		p.issuer = c;
		judge(&p);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_cert *c = NULL;

	if (pki_cert_parse_lenient(NULL, pki_bytes_of(data, len), PKI_LENIENT_ALL, &c, NULL) !=
	    PKI_SUCCESS)
		return 0;
	judge_in(PKI_ROLE_LEAF, c);
	judge_in(PKI_ROLE_CA, c);
	judge_in(PKI_ROLE_ANCHOR, c);
	pki_cert_free(c);
	return 0;
}
