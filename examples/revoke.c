/* SPDX-License-Identifier: BSD-3-Clause */
/* Revokes a certificate of the root that issue-cert made: revoke CERT. */
#include <pki/pki.h>
#include <stdio.h>

typedef struct ca {
	pki_cert *cert;
	pki_key *key;
	pki_crl *before, *now, *delta;
	pki_crl_builder *revoked;
} ca;

/* Three CRLs: of nothing, complete, and what the second has that the first had not. */
static pki_status revoke(ca *a, const pki_cert *cert, pki_error *err)
{
	pki_crl_opts goes_on = { .size = sizeof goes_on }, is_delta = goes_on;
	pki_status st = pki_crl_builder_sign(a->revoked, a->cert, a->key, NULL, &a->before, err);

	if (st != PKI_SUCCESS)
		return st;
	pki_crl_builder_revoke_cert(a->revoked, cert, pki_ctx_now(NULL), PKI_REASON_KEY_COMPROMISE);
	/* All that `before` lists stays; the number is one more. Often it was loaded from a file.
	 */
	goes_on.from = a->before;
	st = pki_crl_builder_sign(a->revoked, a->cert, a->key, &goes_on, &a->now, err);
	if (st != PKI_SUCCESS)
		return st;
	is_delta.from = a->now;
	is_delta.delta_base = a->before;
	is_delta.number = pki_crl_number(a->now);
	return pki_crl_builder_sign(a->revoked, a->cert, a->key, &is_delta, &a->delta, err);
}

/* Whoever asks checks the signature and the dates, and believes no other answer than these two. */
static pki_status ask(const ca *a, const pki_cert *cert, pki_error *err)
{
	pki_revoked found;
	pki_status st = pki_crl_check_signature(a->now, pki_key_public(a->key), err);

	if (st == PKI_SUCCESS)
		st = pki_crl_find_cert(a->now, cert, &found, err);
	if (st == PKI_SUCCESS && found.listing == PKI_LISTING_LISTED)
		printf("revoked: %s\n", pki_crl_reason_name(found.reason));
	if (st == PKI_SUCCESS && found.listing == PKI_LISTING_NOT_LISTED)
		printf("not revoked\n");
	return st;
}

int main(int argc, char **argv)
{
	pki_error err = PKI_ERROR_INIT;
	pki_cert *cert = NULL;
	ca a = { 0 };
	char text[512];
	bool failed = argc != 2 || pki_cert_load(NULL, argv[1], &cert, &err) ||
	    pki_cert_load(NULL, "root.pem", &a.cert, &err) ||
	    pki_key_load(NULL, "root.key", NULL, NULL, &a.key, &err) ||
	    pki_crl_builder_new(NULL, &a.revoked, &err) || revoke(&a, cert, &err) ||
	    ask(&a, cert, &err) || pki_crl_save(a.now, "root.crl", PKI_PEM, 0, &err) ||
	    pki_crl_save(a.delta, "root-delta.crl", PKI_PEM, 0, &err);

	if (failed) {
		pki_error_text(&err, text, sizeof text);
		fprintf(stderr, "revoke: %s\n", text);
	}
	pki_crl_builder_free(a.revoked);
	pki_crl_free(a.delta);
	pki_crl_free(a.now);
	pki_crl_free(a.before);
	pki_key_free(a.key);
	pki_cert_free(a.cert);
	pki_cert_free(cert);
	return failed;
}
