/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates asked for by certificates: whatever one says, it gives nobody a right. */
#include <pki/cert.h>

#include "fuzz/fuzz.h"

#define NOW    INT64_C(1767225600)
#define COPIED 64
#define CA     (PKI_KU_KEY_CERT_SIGN | PKI_KU_CRL_SIGN)

static pki_time tell(void *ud)
{
	(void)ud;
	return NOW;
}

static struct {
	pki_ctx *ctx;
	pki_key *key;
	pki_cert *root;
} f;

static void set_up(void)
{
	static const int32_t path_len = 0;
	pki_ctx_opts ctx = { .size = sizeof ctx, .clock = tell };
	pki_cert_opts ca = { .size = sizeof ca,
		.subject = "CN=Root",
		.path_len = &path_len,
		.profile = PKI_PROFILE_CA };

	if (f.root != NULL)
		return;
	require(pki_ctx_new(&ctx, &f.ctx, NULL) == PKI_SUCCESS);
	require(pki_key_generate(f.ctx, PKI_KEY_ED25519, NULL, &f.key, NULL) == PKI_SUCCESS);
	require(pki_cert_self_sign(f.ctx, f.key, &ca, &f.root, NULL) == PKI_SUCCESS);
}

static size_t list_exts(const pki_cert *c, pki_bytes copy[COPIED])
{
	pki_ext e;
	size_t n = 0;

	for (; n < COPIED && pki_cert_ext_at(c, n, &e); n++)
		copy[n] = e.oid;
	return n;
}

static void require_no_purpose(const pki_cert *c, pki_bytes purpose)
{
	pki_ext_iter it;
	pki_bytes oid;
	pki_ext e;

	if (!pki_cert_ext(c, PKI_OID(ext_key_usage), &e))
		return;
	pki_ext_list(&it, f.ctx, e.value);
	while (pki_ext_oid_next(&it, &oid))
		require(!pki_oid_equal(oid, purpose));
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
}

static void require_no_rights(const pki_cert *c, pki_profile profile)
{
	require(!pki_cert_is_ca(c));
	require((pki_cert_key_usage(c) & CA) == 0);
	require_no_purpose(c, PKI_OID(any_extended_key_usage));
	if (profile != PKI_PROFILE_OCSP)
		require_no_purpose(c, PKI_OID(ocsp_signing));
	require(pki_bytes_equal(pki_cert_authority_key_id(c), pki_cert_key_id(f.root)));
	require(!pki_cert_is_self_issued(c));
	require(pki_cert_not_after(c) <= pki_cert_not_after(f.root));
	require(pki_cert_check_signature(c, pki_key_public(f.key), NULL) == PKI_SUCCESS);
}

/* The issuer's path length is 0: nobody gets a CA. */
static void ask(const pki_cert *old, const pki_cert_opts *o)
{
	pki_error err = PKI_ERROR_INIT;
	pki_cert *c = NULL;
	pki_status st = pki_cert_reissue(old, f.root, f.key, o, &c, &err);

	require_error(st, &err);
	require((st == PKI_SUCCESS) == (c != NULL));
	if (c != NULL)
		require_no_rights(c, o->profile);
	pki_cert_free(c);
}

static void join(pki_bytes tbs, pki_bytes signature, const pki_pubkey *k)
{
	pki_error err = PKI_ERROR_INIT;
	pki_cert *c = NULL;
	pki_status st = pki_cert_join(f.ctx, tbs, signature, k, &c, &err);

	require_error(st, &err);
	require((st == PKI_SUCCESS) == (c != NULL));
	pki_cert_free(c);
}

static void use(const pki_cert *old)
{
	pki_bytes copy[COPIED];
	pki_cert_opts o = { .size = sizeof o, .copy = copy };
	pki_pubkey *own = NULL;
	pki_cert *c = NULL;

	o.copy_count = list_exts(old, copy);
	for (pki_profile p = PKI_PROFILE_SERVER; p <= PKI_PROFILE_NONE; p++) {
		o.profile = p;
		ask(old, &o);
	}
	/* it is not the issuer's, and not renewed */
	require(pki_cert_reissue(old, f.root, f.key, NULL, &c, NULL) != PKI_SUCCESS);
	if (pki_cert_pubkey(old, &own, NULL) == PKI_SUCCESS)
		join(pki_cert_tbs(old), pki_cert_signature(old), own);
	pki_pubkey_free(own);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	pki_cert *old = NULL;

	set_up();
	if (pki_cert_parse_lenient(f.ctx, in, PKI_LENIENT_ALL, &old, NULL) == PKI_SUCCESS)
		use(old);
	else if (len > 0)
		join(in, in, pki_key_public(f.key));
	pki_cert_free(old);
	return 0;
}
