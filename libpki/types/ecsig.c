/* SPDX-License-Identifier: BSD-3-Clause */
/* ECDSA-Sig-Value: RFC 3279 2.2.3. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/types/ecsig.h"

static void read_positive(pki_der *s, const char *field, pki_bytes *out)
{
	if (pki_der_uint(s, field, out) && out->len == 1 && out->data[0] == 0)
		pki_der_fail(s, PKI_E_STRUCTURE, "number is zero", "RFC 3279 2.2.3");
}

pki_status pki_ecsig_parse(pki_bytes sig, pki_bytes *r, pki_bytes *s, pki_error *err)
{
	pki_bytes r_read = { 0 }, s_read = { 0 };
	pki_der in, seq;
	pki_status st;

	pki_der_init(&in, NULL, sig, "ECDSA-Sig-Value");
	pki_der_enter(&in, PKI_TAG_SEQUENCE, NULL, &seq);
	read_positive(&seq, "r", &r_read);
	read_positive(&seq, "s", &s_read);
	pki_der_leave(&seq);
	st = pki_der_finish(&in, err);
	if (st != PKI_SUCCESS)
		return st;
	*r = r_read;
	*s = s_read;
	return PKI_SUCCESS;
}

pki_status pki_ecsig_write(pki_bytes r, pki_bytes s, pki_span *out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_derw w;
	pki_status st;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_uint(&w, r);
	pki_derw_uint(&w, s);
	pki_derw_end(&w);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS && der.len > out->len)
		st = pki_error_set(err, PKI_E_ARG, "no room for the signature", NULL);
	if (st == PKI_SUCCESS) {
		memcpy(out->data, der.data, der.len);
		out->len = der.len;
	}
	pki_buf_free(&der);
	return st;
}
