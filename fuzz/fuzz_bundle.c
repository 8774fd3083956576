/* SPDX-License-Identifier: BSD-3-Clause */
/* Bundles and lists of certificates: read, looked at, written again and read again. */
#include <pki/bundle.h>

#include "fuzz/fuzz.h"

static void require_inside(pki_bytes view, pki_bytes all)
{
	require(view.data >= all.data && view.len <= all.len &&
	    (size_t)(view.data - all.data) <= all.len - view.len);
}

static void look_at_list(const pki_certs *l)
{
	size_t n = pki_certs_count(l);

	require(l != NULL && pki_certs_at(l, n) == NULL);
	for (size_t i = 0; i < n; i++)
		require(pki_cert_der(pki_certs_at(l, i)).len > 0);
}

/* Sorted, each once: never more than there were. */
static void write_again(const pki_bundle *b)
{
	const pki_crls *crls = pki_bundle_crls(b);
	const pki_certs *certs = pki_bundle_certs(b);
	pki_buf pem = PKI_BUF_INIT;
	pki_bundle *again = NULL;

	if (pki_certs_count(certs) == 0 && pki_crls_count(crls) == 0)
		return;
	require(pki_bundle_write(certs, crls, PKI_PEM, &pem, NULL) == PKI_SUCCESS);
	require(pki_bundle_parse(NULL, pki_buf_bytes(&pem), &again, NULL) == PKI_SUCCESS);
	require(pki_certs_count(pki_bundle_certs(again)) <= pki_certs_count(certs));
	require(pki_crls_count(pki_bundle_crls(again)) <= pki_crls_count(crls));
	require(pki_bundle_signers(again) == 0 && pki_bundle_others(again) == 0);
	pki_bundle_free(again);
	pki_buf_free(&pem);
}

static void read_bundle(pki_bytes in)
{
	pki_error err = PKI_ERROR_INIT;
	pki_bundle *b = (pki_bundle *)(uintptr_t)&err;
	pki_status st = pki_bundle_parse(NULL, in, &b, &err);

	require_error(st, &err);
	require((st == PKI_SUCCESS) == (b != NULL));
	if (b == NULL)
		return;
	require_inside(pki_bundle_content_type(b), pki_bundle_der(b));
	look_at_list(pki_bundle_certs(b));
	for (size_t i = 0; i < pki_crls_count(pki_bundle_crls(b)); i++)
		require(pki_crl_issuer(pki_crls_at(pki_bundle_crls(b), i)) != NULL);
	write_again(b);
	pki_bundle_free(b);
}

static void read_list(pki_bytes in)
{
	pki_error err = PKI_ERROR_INIT;
	pki_certs *l = (pki_certs *)(uintptr_t)&err;
	pki_status st = pki_certs_parse(NULL, in, &l, &err);

	require_error(st, &err);
	require((st == PKI_SUCCESS) == (l != NULL));
	if (l == NULL)
		return;
	look_at_list(l);
	require(pki_certs_count(l) > 0);
	pki_certs_free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	read_bundle(pki_bytes_of(data, len));
	read_list(pki_bytes_of(data, len));
	return 0;
}
