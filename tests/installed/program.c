/* SPDX-License-Identifier: BSD-3-Clause */
/* What a user's program does, in C99 and in C++11: make installcheck compiles it as both. */
#include <pki/pki.h>
#include <stdio.h>

#ifdef __cplusplus
/* Options by their init function, which every language has. */
static pki_status make(const pki_key *k, pki_csr **out, pki_error *err)
{
	static const char *const names[] = { "www.example.org", "192.0.2.1", 0 };
	pki_csr_opts o;

	pki_csr_opts_init(&o, sizeof o);
	o.subject = "CN=www.example.org";
	o.names = names;
	return pki_csr_make(NULL, k, &o, out, err);
}
#else
/* Options as a compound literal. */
static pki_status make(const pki_key *k, pki_csr **out, pki_error *err)
{
	return pki_csr_make(NULL, k,
	    PKI_OPTS(pki_csr_opts, .subject = "CN=www.example.org",
		.names = PKI_LIST("www.example.org", "192.0.2.1")),
	    out, err);
}
#endif

static pki_status make_and_read(pki_error *err)
{
	pki_key *k = NULL;
	pki_csr *r = NULL, *again = NULL;
	pki_buf pem = PKI_BUF_INIT;
	pki_status st = pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err);

	if (st == PKI_SUCCESS)
		st = make(k, &r, err);
	if (st == PKI_SUCCESS)
		st = pki_csr_write(r, PKI_PEM, &pem, err);
	if (st == PKI_SUCCESS)
		st = pki_csr_parse(NULL, pki_buf_bytes(&pem), &again, err);
	if (st == PKI_SUCCESS)
		st = pki_csr_check_signature(again, err);
	pki_buf_free(&pem);
	pki_csr_free(again);
	pki_csr_free(r);
	pki_key_free(k);
	return st;
}

int main(void)
{
	pki_error err = PKI_ERROR_INIT;
	char text[256];

	if (!pki_version_at_least(0, 1, 0))
		return 1;
	if (make_and_read(&err) != PKI_SUCCESS) {
		pki_error_text(&err, text, sizeof text);
		fprintf(stderr, "%s\n", text);
		return 1;
	}
	return 0;
}
