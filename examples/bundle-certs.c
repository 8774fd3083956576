/* SPDX-License-Identifier: BSD-3-Clause */
/* Puts the certificates of files and folders into one PKCS#7 bundle, without a signer. */
#include <stdio.h>
#include <stdlib.h>

#include <pki/bundle.h>

/* Whatever holds certificates: PEM, DER, another bundle, a folder of such files. */
static pki_status add_from(pki_certs *all, const char *path, pki_error *err)
{
	pki_certs *some = NULL;
	pki_status st = pki_certs_load(NULL, path, &some, err);

	for (size_t i = 0; st == PKI_SUCCESS && i < pki_certs_count(some); i++)
		st = pki_certs_add(all, pki_certs_at(some, i), err);
	pki_certs_free(some);
	return st;
}

int main(int argc, char **argv)
{
	pki_error err = PKI_ERROR_INIT;
	pki_certs *all = NULL;
	pki_status st = pki_certs_new(NULL, &all, &err);

	if (argc < 3) {
		fprintf(stderr, "usage: bundle-certs OUT.p7b FILE|FOLDER...\n");
		return EXIT_FAILURE;
	}
	for (int i = 2; st == PKI_SUCCESS && i < argc; i++)
		st = add_from(all, argv[i], &err);
	if (st == PKI_SUCCESS)
		st = pki_bundle_save(all, NULL, argv[1], PKI_PEM, 0, &err);
	if (st != PKI_SUCCESS) {
		char text[256];

		pki_error_text(&err, text, sizeof text);
		fprintf(stderr, "bundle-certs: %s\n", text);
	}
	pki_certs_free(all);
	return st == PKI_SUCCESS ? EXIT_SUCCESS : EXIT_FAILURE;
}
