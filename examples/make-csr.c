/* SPDX-License-Identifier: BSD-3-Clause */
/* A new key and a certification request for it: the README's five lines, whole. */
#include <pki/pki.h>
#include <stdio.h>

static void explain(const pki_error *err)
{
	char text[512];

	pki_error_text(err, text, sizeof text);
	fprintf(stderr, "make-csr: %s\n", text);
}

int main(void)
{
	pki_error err = PKI_ERROR_INIT;
	pki_key *key = NULL;
	pki_csr *csr = NULL;

	/* PKI_SUCCESS is 0, so the first call that fails ends the chain. */
	pki_csr_opts want = { .size = sizeof want, .names = PKI_LIST("www.example.org") };
	bool failed = pki_key_generate(NULL, PKI_KEY_P256, NULL, &key, &err) ||
	    pki_key_save(key, "www.example.org.key", NULL, &err) ||
	    pki_csr_make(NULL, key, &want, &csr, &err) ||
	    pki_csr_save(csr, "www.example.org.csr", PKI_PEM, 0, &err);

	if (failed)
		explain(&err);
	pki_csr_free(csr);
	pki_key_free(key);
	return failed;
}
