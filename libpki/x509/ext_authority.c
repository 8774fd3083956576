/* SPDX-License-Identifier: BSD-3-Clause */
/* authorityKeyIdentifier: RFC 5280 4.2.1.1. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

bool pki_authority_key_id_read(pki_der *r, const pki_ctx *ctx, pki_authority_key_id *out)
{
	bool has_issuer, has_serial;
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(0)))
		pki_key_id_read(&s, PKI_TAG_IMPLICIT(0), "keyIdentifier", &out->key_id);
	has_issuer = pki_der_peek(&s, PKI_TAG_EXPLICIT(1));
	if (has_issuer)
		pki_gns_read(&s, ctx, PKI_TAG_EXPLICIT(1), "authorityCertIssuer", &out->issuer);
	has_serial = pki_der_peek(&s, PKI_TAG_IMPLICIT(2));
	if (has_serial)
		pki_der_integer_as(
		    &s, PKI_TAG_IMPLICIT(2), "authorityCertSerialNumber", &out->serial);
	if (has_issuer != has_serial)
		pki_der_fail(&s, PKI_E_STRUCTURE,
		    "one of authorityCertIssuer and authorityCertSerialNumber", "RFC 5280 4.2.1.1");
	return pki_der_leave(&s);
}

void pki_ext_check_authority_key_id(pki_der *in, const pki_ctx *ctx)
{
	pki_authority_key_id id;

	pki_authority_key_id_read(in, ctx, &id);
}

pki_status pki_ext_authority_key_id(
    const pki_ctx *ctx, pki_bytes value, pki_authority_key_id *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "AuthorityKeyIdentifier");
	pki_authority_key_id_read(&r, ctx, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

/* ---- writing ---- */

void pki_exts_authority_key_id(pki_exts *e, const pki_authority_key_id *id)
{
	static const pki_ext_form form = { .oid = &pki_id_authority_key_identifier,
		.check = pki_ext_check_authority_key_id };
	pki_derw w;

	if (!pki_exts_given(e, id) || !pki_exts_begin(e, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	if (id->key_id.len > 0)
		pki_derw_put(&w, PKI_TAG_IMPLICIT(0), id->key_id);
	if (id->issuer.len > 0)
		pki_derw_put(&w, PKI_TAG_EXPLICIT(1), id->issuer);
	if (id->serial.len > 0)
		pki_derw_put(&w, PKI_TAG_IMPLICIT(2), id->serial);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

void pki_ext_line_authority_key_id(pki_line *l, pki_bytes value)
{
	pki_authority_key_id id;

	pki_line_read(l, pki_ext_authority_key_id(l->ctx, value, &id, l->err));
	if (id.key_id.len > 0) {
		pki_line_item(l);
		pki_line_hex(l, id.key_id);
	}
	pki_line_names(l, id.issuer);
	if (id.serial.len > 0) {
		pki_line_name(l, "serial ");
		pki_line_hex(l, id.serial);
	}
}
