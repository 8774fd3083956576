/* SPDX-License-Identifier: BSD-3-Clause */
/* Module text, after some DER: what is compiled can be walked, read by and written, whatever it
 * says. */
#include <pki/asn1.h>

#include "fuzz/fuzz.h"

#define TYPES_MAX 64 /* of a module, that are tried */

/* How many types there are without the new module's. */
static size_t count_types(const pki_asn1 *m)
{
	size_t n = 0;

	while (pki_asn1_type_at(m, n) != NULL)
		n++;
	return n;
}

/* What is read is written as it was. */
static void read_as(const pki_asn1 *m, const char *type, pki_bytes der)
{
	pki_buf again = PKI_BUF_INIT, text = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_asn1_value *v;
	pki_status st = pki_asn1_decode(m, type, der, &v, &err);

	require_error(st, &err);
	if (st == PKI_SUCCESS) {
		require(pki_asn1_encode(v, &again, NULL) == PKI_SUCCESS);
		require(pki_bytes_equal(pki_buf_bytes(&again), der));
		require(pki_asn1_format(v, &text, NULL) == PKI_SUCCESS);
		require(pki_asn1_json(v, &text, NULL) == PKI_SUCCESS);
	}
	pki_asn1_value_free(v);
	pki_buf_free(&again);
	pki_buf_free(&text);
}

/* Written before anything is in it: that works for types without mandatory parts only. */
static void build_empty(const pki_asn1 *m, const char *type)
{
	pki_buf der = PKI_BUF_INIT;
	pki_asn1_value *v;
	pki_status st;

	require(pki_asn1_create(m, type, &v, NULL) == PKI_SUCCESS);
	st = pki_asn1_encode(v, &der, NULL);
	require(st == PKI_SUCCESS || st == PKI_E_ARG);
	if (st == PKI_SUCCESS)
		read_as(m, type, pki_buf_bytes(&der));
	pki_asn1_value_free(v);
	pki_buf_free(&der);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len), der = fuzz_octets(&in);
	pki_error err = PKI_ERROR_INIT;
	size_t before;
	pki_asn1 *m;
	pki_status st;

	require(pki_asn1_new(NULL, &m, NULL) == PKI_SUCCESS);
	before = count_types(m);
	st = pki_asn1_add(m, in, &err);
	require_error(st, &err);
	require(st != PKI_E_NOMEM && st != PKI_E_IO && st != PKI_E_ARG);
	require(st == PKI_SUCCESS || st == PKI_E_LIMIT || pki_error_line(&err) > 0);
	require(st == PKI_SUCCESS || count_types(m) == before);
	for (size_t i = 0; i < TYPES_MAX && pki_asn1_type_at(m, before + i) != NULL; i++) {
		read_as(m, pki_asn1_type_at(m, before + i), der);
		build_empty(m, pki_asn1_type_at(m, before + i));
	}
	pki_asn1_free(m);
	return 0;
}
