/* SPDX-License-Identifier: BSD-3-Clause */
/* What a user's program does with libpki-jwk, in C99 and in C++11: see program.c. */
#include <pki/jwk.h>
#include <stdio.h>

static pki_status make_and_read(pki_error *err)
{
	pki_buf json = PKI_BUF_INIT;
	pki_key *k = 0, *again = 0;
	pki_status st;

	json.flags = PKI_BUF_SECRET;
	st = pki_key_generate(0, PKI_KEY_P256, 0, &k, err);
	if (st == PKI_SUCCESS)
		st = pki_jwk_key_write(k, &json, err);
	if (st == PKI_SUCCESS)
		st = pki_jwk_key_parse(0, pki_buf_bytes(&json), &again, err);
	pki_key_free(again);
	pki_key_free(k);
	pki_buf_free(&json);
	return st;
}

int main(void)
{
	pki_error err = PKI_ERROR_INIT;
	char text[256];

	if (make_and_read(&err) == PKI_SUCCESS)
		return 0;
	pki_error_text(&err, text, sizeof text);
	fprintf(stderr, "%s\n", text);
	return 1;
}
