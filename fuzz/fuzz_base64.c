/* SPDX-License-Identifier: BSD-3-Clause */
/* Base64: octets survive, and there is one text for them, white space aside. */
#include <stdlib.h>
#include <string.h>

#include <pki/pem.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static void check_encoding(pki_bytes in)
{
	pki_buf text = PKI_BUF_INIT, back = PKI_BUF_INIT;

	require(pki_base64_encode(in, &text, NULL) == PKI_SUCCESS);
	require(text.len == (in.len + 2) / 3 * 4);
	require(pki_base64_decode(pki_buf_bytes(&text), &back, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&back), in));
	pki_buf_free(&text);
	pki_buf_free(&back);
}

/* The text is `text` without white space. */
static void require_canonical(pki_bytes text, const pki_buf *canonical)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (strchr(" \t\r\n", text.data[i]) != NULL && text.data[i] != '\0')
			continue;
		require(n < canonical->len && text.data[i] == canonical->data[n]);
		n++;
	}
	require(n == canonical->len);
}

static void check_decoding(pki_bytes text)
{
	pki_buf octets = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_error e = PKI_ERROR_INIT;
	pki_status st = pki_base64_decode(text, &octets, &e);

	require(st == PKI_SUCCESS || (st == PKI_E_ENCODING && octets.len == 0));
	require(st == PKI_SUCCESS || pki_error_line(&e) >= 1);
	if (st == PKI_SUCCESS) {
		require(pki_base64_encode(pki_buf_bytes(&octets), &again, NULL) == PKI_SUCCESS);
		require_canonical(text, &again);
	}
	pki_buf_free(&octets);
	pki_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	check_encoding(pki_bytes_of(data, len));
	check_decoding(pki_bytes_of(data, len));
	return 0;
}
