/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions whose syntax libpki knows, by their OIDs. */
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/short_oid.h"
#include "libpki/x509/ext_type.h"

typedef struct ext_type {
	pki_ext_check_fn *check;
	pki_ext_line_fn *line;
} ext_type;

#define TYPE(name)                          \
 {                                          \
  pki_ext_check_##name, pki_ext_line_##name \
 }

/* id-ce, 2.5.29: by the last arc, below 128. */
static const ext_type id_ce[] = {
	[9] = TYPE(attributes),
	[14] = TYPE(subject_key_id),
	[15] = TYPE(key_usage),
	[16] = TYPE(key_period),
	[17] = TYPE(alt_name),
	[18] = TYPE(alt_name),
	[19] = TYPE(basic_constraints),
	[20] = TYPE(crl_number),
	[21] = TYPE(crl_reason),
	[24] = TYPE(invalidity_date),
	[27] = TYPE(crl_number),
	[28] = TYPE(issuing_point),
	[29] = TYPE(alt_name),
	[30] = TYPE(name_constraints),
	[31] = TYPE(dist_points),
	[32] = TYPE(policies),
	[33] = TYPE(policy_mappings),
	[35] = TYPE(authority_key_id),
	[36] = TYPE(policy_constraints),
	[37] = TYPE(key_purposes),
	[46] = TYPE(dist_points),
	[54] = TYPE(inhibit_any_policy),
	[56] = TYPE(null),
};

/* id-pe, 1.3.6.1.5.5.7.1: by the last arc, below 128. */
static const ext_type id_pe[] = {
	[1] = TYPE(access),
	[3] = TYPE(qc),
	[7] = TYPE(ip_blocks),
	[8] = TYPE(as_ids),
	[11] = TYPE(access),
	[12] = TYPE(logotype),
	[24] = TYPE(tls_feature),
};

#define CT_OID(arc)         PKI_SHORT_OID(0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, arc)
#define MS_OID(folder, arc) PKI_SHORT_OID(0x2b, 6, 1, 4, 1, 0x82, 0x37, folder, arc)
#define NS_OID(arc)         PKI_SHORT_OID(0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1, arc)

/* Elsewhere. */
static const struct other_type {
	pki_short_oid oid;
	ext_type type;
} others[] = {
	{ PKI_SHORT_OID(0x2b, 6, 1, 5, 5, 7, 0x30, 1, 5), TYPE(null) }, /* nocheck */
	{ CT_OID(2), TYPE(sct_list) },
	{ CT_OID(3), TYPE(null) }, /* poison */
	{ MS_OID(20, 2), TYPE(ms_template_name) },
	{ MS_OID(21, 1), TYPE(ms_ca_version) },
	{ MS_OID(21, 2), TYPE(ms_previous_cert) },
	{ MS_OID(21, 7), TYPE(ms_template) },
	{ MS_OID(21, 10), TYPE(policies) }, /* applications' */
	{ NS_OID(1), TYPE(ns_cert_type) },
	{ NS_OID(2), TYPE(ns_text) },
	{ NS_OID(3), TYPE(ns_text) },
	{ NS_OID(4), TYPE(ns_text) },
	{ NS_OID(7), TYPE(ns_text) },
	{ NS_OID(8), TYPE(ns_text) },
	{ NS_OID(12), TYPE(ns_text) },
	{ NS_OID(13), TYPE(ns_text) },
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
