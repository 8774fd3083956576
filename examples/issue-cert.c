/* SPDX-License-Identifier: BSD-3-Clause */
/* A root of one's own, and a server certificate for who sent a request: issue-cert REQUEST.csr. */
#include <pki/pki.h>
#include <stdio.h>

/* root.key and root.pem, for ten years. */
static pki_status make_root(pki_key **key, pki_cert **root, pki_error *err)
{
	pki_cert_opts want = { .size = sizeof want,
		.subject = "CN=Example Root,O=Example",
		.profile = PKI_PROFILE_CA };
	pki_status st = pki_key_generate(NULL, PKI_KEY_P384, NULL, key, err);

	if (st == PKI_SUCCESS)
		st = pki_key_save(*key, "root.key", NULL, err);
	if (st == PKI_SUCCESS)
		st = pki_cert_self_sign(NULL, *key, &want, root, err);
	return st == PKI_SUCCESS ? pki_cert_save(*root, "root.pem", PKI_PEM, 0, err) : st;
}

int main(int argc, char **argv)
{
	pki_error err = PKI_ERROR_INIT;
	pki_cert *root = NULL, *cert = NULL;
	pki_key *key = NULL;
	pki_csr *csr = NULL;
	char text[512];
	bool failed;

	if (argc != 2)
		return 2;
	/* The options are left out: of the request its subject, its names and its key are taken,
	 * and nothing else that it asks for; the certificate is a server's, for 90 days. */
	failed = pki_csr_load(NULL, argv[1], &csr, &err) || make_root(&key, &root, &err) ||
	    pki_cert_issue(csr, root, key, NULL, &cert, &err) ||
	    pki_cert_save(cert, "server.pem", PKI_PEM, 0, &err);
	if (failed) {
		pki_error_text(&err, text, sizeof text);
		fprintf(stderr, "issue-cert: %s\n", text);
	}
	pki_cert_free(cert);
	pki_cert_free(root);
	pki_csr_free(csr);
	pki_key_free(key);
	return failed;
}
