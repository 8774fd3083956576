/* SPDX-License-Identifier: BSD-3-Clause */
/* Names: DER to text, and back where the text can be one that libpki writes. */
#include <stdlib.h>
#include <string.h>

#include <pki/name.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

/* Nothing in the text moves a cursor or ends a line. */
static void require_harmless(pki_bytes text)
{
	for (size_t i = 0; i < text.len; i++)
		require(text.data[i] >= 0x20 && text.data[i] != 0x7f);
}

static void look_at(const pki_name *n, pki_bytes der)
{
	size_t rdn = 0;
	pki_attr a;

	require(pki_bytes_equal(pki_name_der(n), der));
	for (size_t i = 0; i < pki_name_count(n); i++) {
		require(pki_name_at(n, i, &a));
		require(a.rdn == rdn || a.rdn == rdn + (i > 0));
		require(a.utf8 == NULL || pki_name_get(n, a.type) != NULL);
		require(a.utf8 == NULL || strlen(a.utf8) <= 2 * a.raw.len);
		rdn = a.rdn;
	}
	require(pki_name_equal(n, n));
}

/* Upper bounds and alphabets hold for what is written, so that some names cannot be. */
static void through_text(const pki_name *n)
{
	pki_buf text = PKI_BUF_INIT;
	pki_name *again = NULL;
	pki_status st;

	require(pki_name_format(n, &text, NULL) == PKI_SUCCESS);
	require_harmless(pki_buf_bytes(&text));
	st = pki_name_from_string(NULL, pki_buf_str(&text), &again, NULL);
	require(st == PKI_SUCCESS || st == PKI_E_ARG);
	require(st != PKI_SUCCESS || (pki_name_equal(n, again) && pki_name_equal(again, n)));
	pki_name_free(again);
	pki_buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes der = pki_bytes_of(data, len);
	pki_name *n = NULL;

	if (pki_name_parse(NULL, der, &n, NULL) == PKI_SUCCESS) {
		look_at(n, der);
		through_text(n);
	}
	pki_name_free(n);
	return 0;
}
