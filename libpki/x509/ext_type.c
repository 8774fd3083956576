/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions whose syntax libpki knows, by their OIDs. */
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/short_oid.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

typedef struct ext_type {
	pki_ext_check_fn *check;
	pki_ext_line_fn *line;
	pki_ext_place places; /* where it may stand */
	uint32_t reserved;
} ext_type;

#define IN(places, name)                               \
 {                                                     \
  pki_ext_check_##name, pki_ext_line_##name, places, 0 \
 }
#define CERT  PKI_EXT_IN_CERT
#define CRL   PKI_EXT_IN_CRL
#define ENTRY PKI_EXT_IN_ENTRY

/* id-ce, 2.5.29: by the last arc, below 128. */
static const ext_type id_ce[] = {
	[9] = IN(CERT, attributes),
	[14] = IN(CERT, subject_key_id),
	[15] = IN(CERT, key_usage),
	[16] = IN(CERT, key_period),
	[17] = IN(CERT, alt_name),
	[18] = IN(CERT | CRL, alt_name),
	[19] = IN(CERT, basic_constraints),
	[20] = IN(CRL, crl_number),
	[21] = IN(ENTRY, crl_reason),
	[24] = IN(ENTRY, invalidity_date),
	[27] = IN(CRL, crl_number),
	[28] = IN(CRL, issuing_point),
	[29] = IN(ENTRY, alt_name),
	[30] = IN(CERT, name_constraints),
	[31] = IN(CERT, dist_points),
	[32] = IN(CERT, policies),
	[33] = IN(CERT, policy_mappings),
	[35] = IN(CERT | CRL, authority_key_id),
	[36] = IN(CERT, policy_constraints),
	[37] = IN(CERT, key_purposes),
	[46] = IN(CERT | CRL, dist_points),
	[54] = IN(CERT, inhibit_any_policy),
	[56] = IN(CERT, null),
};

/* id-pe, 1.3.6.1.5.5.7.1: by the last arc, below 128. */
static const ext_type id_pe[] = {
	[1] = IN(CERT | CRL, access),
	[3] = IN(CERT, qc),
	[7] = IN(CERT, ip_blocks),
	[8] = IN(CERT, as_ids),
	[11] = IN(CERT, access),
	[12] = IN(CERT, logotype),
	[24] = IN(CERT, tls_feature),
};

#define CT_OID(arc)         PKI_SHORT_OID(0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, arc)
#define MS_OID(folder, arc) PKI_SHORT_OID(0x2b, 6, 1, 4, 1, 0x82, 0x37, folder, arc)
#define NS_OID(arc)         PKI_SHORT_OID(0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1, arc)

/* Elsewhere. */
static const struct other_type {
	pki_short_oid oid;
	ext_type type;
} others[] = {
	{ PKI_SHORT_OID(0x2b, 6, 1, 5, 5, 7, 0x30, 1, 5), IN(CERT, null) }, /* nocheck */
	{ CT_OID(2), IN(CERT, sct_list) },
	{ CT_OID(3), IN(CERT, null) }, /* poison */
	{ MS_OID(20, 2), IN(CERT, ms_template_name) },
	{ MS_OID(21, 1), IN(CERT | CRL, ms_ca_version) },
	{ MS_OID(21, 2), IN(CERT, ms_previous_cert) },
	{ MS_OID(21, 7), IN(CERT, ms_template) },
	{ MS_OID(21, 10), IN(CERT, policies) }, /* applications' */
	{ NS_OID(1), IN(CERT, ns_cert_type) },
	{ NS_OID(2), IN(CERT, ns_text) },
	{ NS_OID(3), IN(CERT, ns_text) },
	{ NS_OID(4), IN(CERT, ns_text) },
	{ NS_OID(7), IN(CERT, ns_text) },
	{ NS_OID(8), IN(CERT, ns_text) },
	{ NS_OID(12), IN(CERT, ns_text) },
	{ NS_OID(13), IN(CERT, ns_text) },
};

static bool ends_below(pki_bytes oid, const char *arc, size_t len, size_t count)
{
	return oid.len == len + 1 && oid.data[len] < count &&
	    pki_bytes_equal(pki_bytes_of(oid.data, len), pki_bytes_of(arc, len));
}

/* NULL: not known. */
static const ext_type *find(pki_bytes oid)
{
	const ext_type *type = NULL;

	if (ends_below(oid, "\x55\x1d", 2, sizeof id_ce / sizeof id_ce[0]))
		type = &id_ce[oid.data[2]];
	else if (ends_below(oid, "\x2b\x06\x01\x05\x05\x07\x01", 7, sizeof id_pe / sizeof id_pe[0]))
		type = &id_pe[oid.data[7]];
	if (type != NULL)
		return type->check != NULL ? type : NULL;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (pki_bytes_equal(pki_short_oid_view(&others[i].oid), oid))
			return &others[i].type;
	return NULL;
}

/* Whoever refuses without saying why has refused. */
static void check_added(const pki_ext_type *added, pki_der *in, const pki_ctx *ctx)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st = added->check == NULL ? PKI_SUCCESS
					     : added->check(added->ud, ctx, pki_der_rest(in), &why);

	if (st != PKI_SUCCESS)
		pki_der_fail(in, st,
		    pki_error_status(&why) == st ? pki_error_reason(&why)
						 : "refused by the program",
		    pki_error_clause(&why));
	pki_der_skip_rest(in);
}

void pki_ext_check(pki_der *in, const pki_ctx *ctx, pki_bytes oid)
{
	const ext_type *type = find(oid);
	const pki_ext_type *added = type == NULL ? pki_ctx_ext_type(ctx, oid) : NULL;

	if (type != NULL)
		type->check(in, ctx);
	else if (added != NULL)
		check_added(added, in, ctx);
	else
		pki_der_skip_rest(in);
}

pki_status pki_exts_check_place(const pki_exts *e, pki_ext_place place, pki_error *err)
{
	for (size_t i = 0; i < pki_exts_count(e); i++) {
		pki_bytes oid = pki_exts_oid(e, i);
		const ext_type *type = find(oid);

		if (type != NULL && (type->places & place) == 0)
			return pki_error_set_detail(err, PKI_E_ARG,
			    place == CRL ? "an extension that does not belong in a CRL"
					 : "an extension that does not belong in a certificate",
			    place == CRL ? "RFC 5280 5.2" : "RFC 5280 4.2",
			    pki_bytes_str(pki_oid_name(oid)));
	}
	return PKI_SUCCESS;
}

bool pki_ext_is_understood(const pki_ctx *ctx, pki_bytes oid)
{
	const pki_ext_type *added = pki_ctx_ext_type(ctx, oid);

	return added != NULL && (added->flags & PKI_EXT_TYPE_UNDERSTOOD) != 0;
}

const char *pki_ext_name(const pki_ctx *ctx, pki_bytes oid)
{
	const pki_ext_type *added = pki_ctx_ext_type(ctx, oid);
	const char *name = pki_oid_name(oid);

	return name != NULL || added == NULL ? name : added->name;
}

static pki_status format(const pki_ctx *ctx, const pki_ext *ext, pki_buf *out, pki_error *err)
{
	pki_line line = { .ctx = ctx, .out = out, .err = err };
	const ext_type *type = find(ext->oid);
	const pki_ext_type *added = type == NULL ? pki_ctx_ext_type(ctx, ext->oid) : NULL;

	if (added != NULL && added->format != NULL)
		return added->format(added->ud, ctx, ext->value, out, err);
	if (type != NULL)
		type->line(&line, ext->value);
	else
		pki_line_hex(&line, ext->value);
	return line.status;
}

pki_status pki_ext_format(const pki_ctx *ctx, const pki_ext *ext, pki_buf *out, pki_error *err)
{
	size_t before;
	pki_status st;

	if (ext == NULL || out == NULL || (ext->value.data == NULL && ext->value.len > 0) ||
	    (ext->oid.data == NULL && ext->oid.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	before = out->len;
	st = format(ctx, ext, out, err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	return PKI_LEAVE(err, st);
}
