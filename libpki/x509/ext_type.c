/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions whose syntax libpki knows, by their OIDs. */
#include "libpki/der/short_oid.h"
#include "libpki/x509/ext_type.h"

typedef struct ext_type {
	pki_ext_check_fn *check;
} ext_type;

/* id-ce, 2.5.29: by the last arc, below 128. */
static const ext_type id_ce[] = {
	[9] = { pki_ext_check_attributes },
	[14] = { pki_ext_check_subject_key_id },
	[15] = { pki_ext_check_key_usage },
	[17] = { pki_ext_check_alt_name },
	[18] = { pki_ext_check_alt_name },
	[19] = { pki_ext_check_basic_constraints },
	[20] = { pki_ext_check_crl_number },
	[21] = { pki_ext_check_crl_reason },
	[24] = { pki_ext_check_invalidity_date },
	[27] = { pki_ext_check_crl_number },
	[28] = { pki_ext_check_issuing_point },
	[29] = { pki_ext_check_alt_name },
	[30] = { pki_ext_check_name_constraints },
	[31] = { pki_ext_check_dist_points },
	[32] = { pki_ext_check_policies },
	[33] = { pki_ext_check_policy_mappings },
	[35] = { pki_ext_check_authority_key_id },
	[36] = { pki_ext_check_policy_constraints },
	[37] = { pki_ext_check_key_purposes },
	[46] = { pki_ext_check_dist_points },
	[54] = { pki_ext_check_inhibit_any_policy },
	[56] = { pki_ext_check_null },
};

/* id-pe, 1.3.6.1.5.5.7.1: by the last arc, below 128. */
static const ext_type id_pe[] = {
	[1] = { pki_ext_check_access },
	[11] = { pki_ext_check_access },
	[24] = { pki_ext_check_tls_feature },
};

/* Elsewhere. */
static const struct other_type {
	pki_short_oid oid;
	ext_type type;
} others[] = {
	{ PKI_SHORT_OID(0x2b, 6, 1, 5, 5, 7, 0x30, 1, 5), { pki_ext_check_null } }, /* nocheck */
};

static bool ends_below(pki_bytes oid, const char *arc, size_t len, size_t count)
{
	return oid.len == len + 1 && oid.data[len] < count &&
	    pki_bytes_equal(pki_bytes_of(oid.data, len), pki_bytes_of(arc, len));
}

/* NULL: not known. */
static const ext_type *find(pki_bytes oid)
{
	if (ends_below(oid, "\x55\x1d", 2, sizeof id_ce / sizeof id_ce[0]))
		return &id_ce[oid.data[2]];
	if (ends_below(oid, "\x2b\x06\x01\x05\x05\x07\x01", 7, sizeof id_pe / sizeof id_pe[0]))
		return &id_pe[oid.data[7]];
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (pki_bytes_equal(pki_short_oid_view(&others[i].oid), oid))
			return &others[i].type;
	return NULL;
}

void pki_ext_check(pki_der *in, const pki_ctx *ctx, pki_bytes oid)
{
	const ext_type *type = find(oid);

	if (type != NULL && type->check != NULL)
		type->check(in, ctx);
	else
		pki_der_skip_rest(in);
}
