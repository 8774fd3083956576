/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates: read, strictly and leniently, and whatever is read is looked at and written again.
 */
#include <stdlib.h>
#include <string.h>

#include <pki/cert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static void require_inside(pki_bytes view, pki_bytes all)
{
	require(view.len == 0 ||
	    (view.data >= all.data && view.len <= all.len &&
		(size_t)(view.data - all.data) <= all.len - view.len));
}

static void look_at_name(const pki_name *n, pki_bytes all)
{
	pki_buf text = PKI_BUF_INIT;
	pki_attr a;

	require(n != NULL && pki_name_equal(n, n));
	require_inside(pki_name_der(n), all);
	for (size_t i = 0; i < pki_name_count(n); i++) {
		require(pki_name_at(n, i, &a));
		require_inside(a.raw, all);
		require(a.utf8 == NULL || strlen(a.utf8) <= 4 * a.raw.len);
	}
	require(pki_name_format(n, &text, NULL) == PKI_SUCCESS);
	pki_buf_free(&text);
}

static void look_at_exts(const pki_cert *c)
{
	pki_buf text = PKI_BUF_INIT;
	pki_ext e, same;

	for (size_t i = 0; i < pki_cert_ext_count(c); i++) {
		require(pki_cert_ext_at(c, i, &e));
		require_inside(e.oid, pki_cert_der(c));
		require_inside(e.value, pki_cert_der(c));
		require(pki_cert_ext(c, e.oid, &same) && same.value.data == e.value.data);
		require(pki_ext_format(NULL, &e, &text, NULL) == PKI_SUCCESS);
	}
	require(!pki_cert_ext_at(c, pki_cert_ext_count(c), NULL));
	pki_buf_free(&text);
}

static void look_at_key(const pki_cert *c)
{
	pki_pubkey *key = NULL;
	pki_spki spki;

	require(pki_spki_parse(NULL, pki_cert_spki(c), &spki, NULL) == PKI_SUCCESS);
	if (pki_cert_pubkey(c, &key, NULL) == PKI_SUCCESS) {
		require(spki.type == pki_pubkey_type(key));
		(void)!pki_cert_check_signature(c, key, NULL);
	}
	pki_pubkey_free(key);
}

static void look_at_rest(const pki_cert *c)
{
	pki_bytes der = pki_cert_der(c);

	require_inside(pki_cert_tbs(c), der);
	require_inside(pki_cert_serial(c), der);
	require_inside(pki_cert_signature_algorithm(c), der);
	require_inside(pki_cert_signature(c), der);
	require_inside(pki_cert_key_id(c), der);
	require_inside(pki_cert_authority_key_id(c), der);
	require_inside(pki_cert_issuer_unique_id(c), der);
	require_inside(pki_cert_subject_unique_id(c), der);
	require(pki_cert_version(c) >= 1 && pki_cert_version(c) <= 3);
	require(pki_cert_path_len(c) == -1 || pki_cert_is_ca(c));
	require(pki_cert_not_before(c) != PKI_TIME_NONE && pki_cert_not_after(c) != PKI_TIME_NONE);
	(void)pki_cert_is_self_issued(c);
	(void)!pki_cert_check_host(c, "www.example.org", NULL);
	(void)!pki_cert_check_email(c, "me@example.org", 0, NULL);
}

static void write_again(const pki_cert *c)
{
	pki_buf pem = PKI_BUF_INIT;
	pki_cert *again = NULL;

	require(pki_cert_write(c, PKI_PEM, &pem, NULL) == PKI_SUCCESS);
	require(pki_cert_parse_lenient(NULL, pki_buf_bytes(&pem), PKI_LENIENT_ALL, &again, NULL) ==
	    PKI_SUCCESS);
	require(pki_bytes_equal(pki_cert_der(again), pki_cert_der(c)));
	require(pki_cert_leniencies(again) == pki_cert_leniencies(c));
	pki_cert_free(again);
	pki_buf_free(&pem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_error err = PKI_ERROR_INIT;
	pki_cert *strict = NULL, *c = (pki_cert *)(uintptr_t)data;
	pki_bytes in = pki_bytes_of(data, len);
	pki_status st = pki_cert_parse_lenient(NULL, in, PKI_LENIENT_ALL, &c, &err);

	require(st == pki_error_status(&err));
	require((st == PKI_SUCCESS) == (c != NULL));
	st = pki_cert_parse(NULL, in, &strict, NULL);
	require(st != PKI_SUCCESS || c != NULL);
	pki_cert_free(strict);
	if (c == NULL)
		return 0;
	require((st == PKI_SUCCESS) == ((pki_cert_leniencies(c) & PKI_LENIENT_ALL) == 0));
	look_at_name(pki_cert_subject(c), pki_cert_der(c));
	look_at_name(pki_cert_issuer(c), pki_cert_der(c));
	look_at_exts(c);
	look_at_key(c);
	look_at_rest(c);
	write_again(c);
	pki_cert_free(c);
	return 0;
}
