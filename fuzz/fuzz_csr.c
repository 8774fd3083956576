/* SPDX-License-Identifier: BSD-3-Clause */
/* Requests: read, and whatever is read is looked at, verified, shown and written again. */
#include <stdlib.h>
#include <string.h>

#include <pki/csr.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static void require_inside(pki_bytes view, pki_bytes all)
{
	require(view.data >= all.data && view.len <= all.len &&
	    (size_t)(view.data - all.data) <= all.len - view.len);
}

static void look_at_name(const pki_name *n)
{
	pki_buf text = PKI_BUF_INIT;
	pki_name *again = NULL;
	pki_attr a;

	require(n != NULL);
	for (size_t i = 0; i < pki_name_count(n); i++)
		require(pki_name_at(n, i, &a));
	require(pki_name_format(n, &text, NULL) == PKI_SUCCESS);
	if (pki_name_from_string(NULL, pki_buf_str(&text), &again, NULL) == PKI_SUCCESS)
		(void)pki_name_equal(n, again);
	require(pki_name_equal(n, n));
	pki_name_free(again);
	pki_buf_free(&text);
}

static void look_at_names(pki_bytes value)
{
	pki_buf text = PKI_BUF_INIT;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_name_next(&it, &gn))
		require(pki_gn_format(&gn, &text, NULL) == PKI_SUCCESS);
	(void)!pki_ext_list_finish(&it, NULL);
	pki_buf_free(&text);
}

static void look_at_ext(const pki_csr *r, const pki_ext *e)
{
	pki_basic_constraints bc;
	pki_ext_iter it;
	pki_bytes oid;
	uint32_t bits;
	pki_ext same;

	require_inside(e->oid, pki_csr_der(r));
	require_inside(e->value, pki_csr_der(r));
	require(pki_csr_ext(r, e->oid, &same) && same.value.data == e->value.data);
	(void)!pki_ext_basic_constraints(NULL, e->value, &bc, NULL);
	(void)!pki_ext_key_usage(NULL, e->value, &bits, NULL);
	(void)!pki_ext_key_id(NULL, e->value, &oid, NULL);
	look_at_names(e->value);
	pki_ext_list(&it, NULL, e->value);
	while (pki_ext_oid_next(&it, &oid))
		require_inside(oid, e->value);
	(void)!pki_ext_list_finish(&it, NULL);
}

static void look_at_lists(const pki_csr *r)
{
	pki_attribute a, same;
	pki_ext e;

	for (size_t i = 0; i < pki_csr_ext_count(r); i++) {
		require(pki_csr_ext_at(r, i, &e));
		look_at_ext(r, &e);
	}
	for (size_t i = 0; i < pki_csr_attr_count(r); i++) {
		require(pki_csr_attr_at(r, i, &a));
		require_inside(a.values, pki_csr_der(r));
		require(a.values.len > 0);
		require(pki_csr_attr(r, a.type, &same) && same.values.data == a.values.data);
	}
	require(!pki_csr_ext_at(r, pki_csr_ext_count(r), NULL));
	require(!pki_csr_attr_at(r, pki_csr_attr_count(r), NULL));
}

static void look_at_key(const pki_csr *r)
{
	pki_pubkey *key = NULL;
	pki_spki spki;
	pki_alg alg;

	require(pki_spki_parse(NULL, pki_csr_spki(r), &spki, NULL) == PKI_SUCCESS);
	if (pki_csr_pubkey(r, &key, NULL) == PKI_SUCCESS)
		require(spki.type == pki_pubkey_type(key));
	pki_pubkey_free(key);
	pki_alg_init(&alg, sizeof alg);
	(void)!pki_alg_parse(NULL, pki_csr_signature_algorithm(r), &alg, NULL);
	(void)!pki_csr_check_signature(r, NULL);
}

static void write_again(const pki_csr *r)
{
	pki_buf pem = PKI_BUF_INIT;
	pki_csr *again = NULL;

	require(pki_csr_write(r, PKI_PEM, &pem, NULL) == PKI_SUCCESS);
	require(pki_csr_parse(NULL, pki_buf_bytes(&pem), &again, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_csr_der(again), pki_csr_der(r)));
	pki_csr_free(again);
	pki_buf_free(&pem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_error err = PKI_ERROR_INIT;
	pki_csr *r = (pki_csr *)(uintptr_t)data;
	pki_status st = pki_csr_parse(NULL, pki_bytes_of(data, len), &r, &err);

	require(st == pki_error_status(&err));
	require((st == PKI_SUCCESS) == (r != NULL));
	if (r == NULL)
		return 0;
	require_inside(pki_csr_tbs(r), pki_csr_der(r));
	require_inside(pki_csr_signature(r), pki_csr_der(r));
	look_at_name(pki_csr_subject(r));
	look_at_lists(r);
	look_at_key(r);
	write_again(r);
	pki_csr_free(r);
	return 0;
}
