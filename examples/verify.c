/* SPDX-License-Identifier: BSD-3-Clause */
/* Is this the certificate of that server, by this CA? verify ROOT.pem CHAIN.pem HOST */
#include <pki/pki.h>
#include <stdio.h>

/* The only CA that counts; a server trusts more with more calls of pki_trust_load. */
static pki_status load_trust(const char *path, pki_trust **out, pki_error *err)
{
	pki_trust_builder *b = NULL;
	pki_status st = pki_trust_builder_new(NULL, &b, err);

	if (st == PKI_SUCCESS)
		st = pki_trust_load(b, path, NULL, err);
	if (st == PKI_SUCCESS)
		st = pki_trust_freeze(b, out, err);
	pki_trust_builder_free(b);
	return st;
}

/* Why not, for every path that was tried: a program can look at code and clause as well. */
static void print_failures(const pki_result *r)
{
	pki_failure f;

	for (size_t a = 0; a < pki_result_attempt_count(r); a++)
		for (size_t i = 0; pki_attempt_failure_at(r, a, i, &f); i++)
			printf("path %zu, certificate %zu: %s: %s (%s)\n", a + 1, f.certificate,
			    pki_code_name(f.code), f.text, f.clause);
}

int main(int argc, char **argv)
{
	pki_error err = PKI_ERROR_INIT;
	pki_trust *trust = NULL;
	pki_certs *chain = NULL;
	pki_result *result = NULL;
	char why[512];
	bool failed;

	if (argc != 4) {
		fprintf(stderr, "usage: verify ROOT.pem CHAIN.pem HOST\n");
		return 2;
	}
	failed = load_trust(argv[1], &trust, &err) || pki_certs_load(NULL, argv[2], &chain, &err) ||
	    pki_verify(NULL, pki_certs_at(chain, 0),
		PKI_OPTS(pki_verify_opts, .trust = trust, .untrusted = chain, .host = argv[3],
		    .purpose = PKI_PURPOSE_SERVER),
		&result, &err);

	if (failed) {
		print_failures(result);
		pki_error_text(&err, why, sizeof why);
		fprintf(stderr, "verify: %s\n", why);
	} else {
		printf("valid, through %zu certificates\n", pki_result_path_len(result));
	}
	pki_result_free(result);
	pki_certs_free(chain);
	pki_trust_free(trust);
	return failed;
}
