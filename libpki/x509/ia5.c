/* SPDX-License-Identifier: BSD-3-Clause */
/* IA5String, as extensions have them. */
#include "libpki/core/utf8.h"
#include "libpki/x509/ia5.h"

bool pki_ia5_read_as(pki_der *r, pki_tag tag, const char *field, pki_bytes *out)
{
	if (!pki_der_next(r, tag, field, out))
		return false;
	return pki_ascii_text(*out) ||
	    pki_der_fail(r, PKI_E_ENCODING, "NUL, or a character that IA5String lacks", "X.680 41");
}

bool pki_ia5_read(pki_der *r, const char *field, pki_bytes *out)
{
	return pki_ia5_read_as(r, PKI_TAG_IA5, field, out);
}
