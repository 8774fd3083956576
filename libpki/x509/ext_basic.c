/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions that requests need, too: their syntax is in types/ext.c. */
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"
#include "libpki/x509/ext_type.h"

void pki_ext_check_subject_key_id(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes id;

	(void)ctx;
	pki_key_id_read(in, PKI_TAG_OCTETS, NULL, &id);
}

void pki_ext_check_key_usage(pki_der *in, const pki_ctx *ctx)
{
	uint32_t bits;

	(void)ctx;
	pki_key_usage_read(in, &bits, NULL);
}

void pki_ext_check_basic_constraints(pki_der *in, const pki_ctx *ctx)
{
	pki_basic_constraints bc;

	(void)ctx;
	pki_basic_constraints_read(in, NULL, NULL, &bc);
}

void pki_ext_check_alt_name(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes names;

	pki_gns_read(in, ctx, PKI_TAG_SEQUENCE, NULL, &names);
}

void pki_ext_check_key_purposes(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes purposes;

	pki_ext_key_usage_read(in, ctx, &purposes);
}

/* ---- writing ---- */

static const pki_ext_form issuer_alt_name = { .oid = &pki_id_issuer_alt_name,
	.part = PKI_EXT_ELEMENT };

void pki_exts_ian(pki_exts *e, const char *name)
{
	pki_exts_name(e, &issuer_alt_name, name);
}

/* NULL: no extension that is GeneralNames. */
static const pki_ext_form *names_form(pki_bytes oid)
{
	static const pki_ext_form subject = { .oid = &pki_id_subject_alt_name,
		.part = PKI_EXT_ELEMENT };
	static const pki_ext_form issuer_of_entry = {
		.oid = &pki_id_certificate_issuer, .part = PKI_EXT_ELEMENT, .critical = true
	};

	if (pki_oid_equal(oid, PKI_OID(subject_alt_name)))
		return &subject;
	if (pki_oid_equal(oid, PKI_OID(issuer_alt_name)))
		return &issuer_alt_name;
	return pki_oid_equal(oid, PKI_OID(certificate_issuer)) ? &issuer_of_entry : NULL;
}

void pki_exts_general_name(pki_exts *e, pki_bytes oid, const pki_gn *gn)
{
	const pki_ext_form *form = names_form(oid);
	pki_derw w;

	if (form == NULL)
		pki_exts_fail(e, PKI_E_ARG, "no extension that is GeneralNames", NULL);
	if (!pki_exts_given(e, gn) || !pki_exts_begin(e, &w))
		return;
	pki_gn_write(&w, pki_exts_ctx(e), gn);
	pki_exts_end(e, form, &w);
}

/* ---- as text: what certificates that are read may have, too ---- */

void pki_ext_line_subject_key_id(pki_line *l, pki_bytes value)
{
	pki_bytes id;

	pki_line_read(l, pki_ext_key_id(l->ctx, value, &id, l->err));
	pki_line_hex(l, id);
}

void pki_ext_line_key_usage(pki_line *l, pki_bytes value)
{
	static const char *const names[] = { "digitalSignature", "contentCommitment",
		"keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign",
		"encipherOnly", "decipherOnly" };
	uint32_t bits = 0;
	bool odd;
	pki_der r;

	pki_der_init(&r, l->ctx, value, "KeyUsage");
	pki_key_usage_read(&r, &bits, &odd);
	pki_line_read(l, pki_der_finish(&r, l->err));
	pki_line_flags(l, bits, names, sizeof names / sizeof names[0]);
}

void pki_ext_line_basic_constraints(pki_line *l, pki_bytes value)
{
	pki_basic_constraints bc;
	bool encoded_default = false, stray = false;
	pki_der r;

	pki_der_init(&r, l->ctx, value, "BasicConstraints");
	pki_basic_constraints_read(&r, &encoded_default, &stray, &bc);
	pki_line_read(l, pki_der_finish(&r, l->err));
	pki_line_name(l, bc.ca ? "cA" : "no cA");
	if (bc.path_len >= 0)
		pki_line_number(l, "pathLenConstraint", bc.path_len);
}

void pki_ext_line_alt_name(pki_line *l, pki_bytes value)
{
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_name_next(&it, &gn)) {
		pki_line_item(l);
		pki_line_gn(l, &gn);
	}
	pki_line_end_list(l, &it);
}

void pki_ext_line_key_purposes(pki_line *l, pki_bytes value)
{
	pki_ext_iter it;
	pki_bytes oid;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_oid_next(&it, &oid)) {
		pki_line_item(l);
		pki_line_oid(l, oid);
	}
	pki_line_end_list(l, &it);
}
