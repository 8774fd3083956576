/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions that requests need, too: their syntax is in types/ext.c. */
#include "libpki/types/ext.h"
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
	pki_basic_constraints_read(in, NULL, &bc);
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
