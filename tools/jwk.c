/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON Web Keys, which the tool reads as what they hold. */
#include "tools/jwk.h"

#include <string.h>

#include <pki/jwk.h>

bool jwk_looks_like(pki_bytes in)
{
	while (in.len && memchr(" \t\r\n", *in.data, 4))
		in = pki_bytes_of(in.data + 1, in.len - 1);
	return in.len && *in.data == '{';
}

static pki_status public_to_der(const pki_ctx *ctx, pki_bytes json, pki_buf *der, pki_error *err)
{
	pki_pubkey *k;
	pki_status st = pki_jwk_pubkey_parse(ctx, json, &k, err);

	if (!st)
		st = pki_pubkey_write(k, PKI_DER, der, err);
	pki_pubkey_free(k);
	return st;
}

pki_status jwk_to_der(const pki_ctx *ctx, pki_bytes json, pki_buf *der, pki_error *err)
{
	pki_key *k;
	pki_status st = pki_jwk_key_parse(ctx, json, &k, err);

	if (st == PKI_E_NOTFOUND)
		return public_to_der(ctx, json, der, err);
	if (!st)
		st = pki_key_write(k, PKI_OPTS(pki_key_write_opts, .form = PKI_DER), der, err);
	pki_key_free(k);
	return st;
}
