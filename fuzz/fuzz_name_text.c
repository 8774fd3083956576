/* SPDX-License-Identifier: BSD-3-Clause */
/* RFC 4514 text: what is read is written so that it reads as the same name. */
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

static void round_trip(const pki_name *n, bool has_hex)
{
	pki_buf text = PKI_BUF_INIT, same = PKI_BUF_INIT;
	pki_name *parsed = NULL, *again = NULL;
	pki_status st;

	require(pki_name_parse(NULL, pki_name_der(n), &parsed, NULL) == PKI_SUCCESS);
	require(pki_name_equal(n, parsed));
	require(pki_name_format(n, &text, NULL) == PKI_SUCCESS);
	st = pki_name_from_string(NULL, pki_buf_str(&text), &again, NULL);
	/* "#" may give an attribute a string type, and then a letter, that its text cannot have */
	require(st == PKI_SUCCESS || (st == PKI_E_ARG && has_hex));
	if (st == PKI_SUCCESS) {
		require(pki_name_equal(n, again));
		require(pki_name_format(again, &same, NULL) == PKI_SUCCESS);
		require(has_hex || pki_bytes_equal(pki_buf_bytes(&text), pki_buf_bytes(&same)));
	}
	pki_name_free(parsed);
	pki_name_free(again);
	pki_buf_free(&text);
	pki_buf_free(&same);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *text = malloc(len + 1);
	pki_name *n = NULL;

	require(text != NULL);
	if (len > 0)
		memcpy(text, data, len);
	text[len] = '\0';
	if (pki_name_from_string(NULL, text, &n, NULL) == PKI_SUCCESS)
		round_trip(n, strchr(text, '#') != NULL);
	else
		require(n == NULL);
	pki_name_free(n);
	free(text);
	return 0;
}
