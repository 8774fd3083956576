/* SPDX-License-Identifier: BSD-3-Clause */
/* Object identifiers: octets to text and back, text to octets and back. */
#include <pki/oid.h>

#include "fuzz/fuzz.h"

static void from_octets(pki_bytes in)
{
	pki_buf text = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_oid_check(in, &err);

	require_error(st, &err);
	(void)pki_oid_name(in);
	require((pki_oid_format(in, &text, NULL) == PKI_SUCCESS) == (st == PKI_SUCCESS));
	if (st == PKI_SUCCESS) {
		require(pki_oid_parse(pki_buf_str(&text), &again, NULL) == PKI_SUCCESS);
		require(pki_oid_equal(pki_buf_bytes(&again), in));
		require(pki_oid_starts_with(in, in));
	}
	pki_buf_free(&again);
	pki_buf_free(&text);
}

static void from_text(pki_bytes in)
{
	pki_buf text = PKI_BUF_INIT, octets = PKI_BUF_INIT, dotted = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (pki_buf_append(&text, in, NULL) != PKI_SUCCESS)
		return;
	st = pki_oid_parse(pki_buf_str(&text), &octets, &err);
	require_error(st, &err);
	if (st == PKI_SUCCESS) {
		require(pki_oid_check(pki_buf_bytes(&octets), NULL) == PKI_SUCCESS);
		require(pki_oid_format(pki_buf_bytes(&octets), &dotted, NULL) == PKI_SUCCESS);
		require(strcmp(pki_buf_str(&dotted), pki_buf_str(&text)) == 0 ||
		    pki_oid_name(pki_buf_bytes(&octets)) != NULL);
	}
	pki_buf_free(&dotted);
	pki_buf_free(&octets);
	pki_buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	from_octets(pki_bytes_of(data, len));
	from_text(pki_bytes_of(data, len));
	return 0;
}
