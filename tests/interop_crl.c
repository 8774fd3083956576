/* SPDX-License-Identifier: BSD-3-Clause */
/* CRLs that libpki makes, judged by the openssl and certtool commands. */
#include <stdio.h>

#include <pki/crl.h>

#include "tests/lib/command.h"

static const struct kind {
	const char *name;
	pki_key_type type;
} kinds[] = {
	{ "p256", PKI_KEY_P256 },
	{ "p384", PKI_KEY_P384 },
	{ "ed25519", PKI_KEY_ED25519 },
	{ "rsa", PKI_KEY_RSA },
};

/* A CA, a certificate that is revoked and one that is not, and their files. */
typedef struct ca {
	pki_key *key;
	pki_cert *cert, *revoked, *valid;
	char path[3][256];
} ca;

static pki_cert *issue(const ca *a, const char *name, const char *serial)
{
	pki_key *k;
	pki_cert *c;

	t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err));
	t_ok(pki_cert_issue_spki(pki_pubkey_spki(pki_key_public(k)), a->cert, a->key,
	    PKI_OPTS(pki_cert_opts, .names = PKI_LIST(name), .serial = t_hex(serial)), &c, err));
	pki_key_free(k);
	return c;
}

static void make_ca(const struct kind *kind, ca *a)
{
	static const char *const names[] = { "ca", "revoked", "valid" };

	t_ok(pki_key_generate(NULL, kind->type,
	    PKI_OPTS(pki_key_opts, .rsa_bits = kind->type == PKI_KEY_RSA ? 2048 : 0), &a->key,
	    err));
	t_ok(pki_cert_self_sign(NULL, a->key,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=Zo\xc3\xab CA", .profile = PKI_PROFILE_CA),
	    &a->cert, err));
	a->revoked = issue(a, "revoked.example", "7f01");
	a->valid = issue(a, "valid.example", "7f02");
	for (int i = 0; i < 3; i++)
		snprintf(
		    a->path[i], sizeof a->path[i], "%s-%s.pem", t_scratch(kind->name), names[i]);
	t_ok(pki_cert_save(a->cert, a->path[0], PKI_PEM, 0, err));
	t_ok(pki_cert_save(a->revoked, a->path[1], PKI_PEM, 0, err));
	t_ok(pki_cert_save(a->valid, a->path[2], PKI_PEM, 0, err));
}

static void free_ca(ca *a)
{
	pki_cert_free(a->cert);
	pki_cert_free(a->revoked);
	pki_cert_free(a->valid);
	pki_key_free(a->key);
}

static pki_crl_builder *builder(const ca *a)
{
	static const pki_time since = INT64_C(946684799);
	pki_revocation dated = { .serial = t_hex("7f03"),
		.when = pki_cert_not_before(a->cert),
		.reason = PKI_REASON_KEY_COMPROMISE,
		.invalid_since = &since };
	pki_crl_builder *b;

	t_ok(pki_crl_builder_new(NULL, &b, err));
	pki_crl_builder_revoke_cert(
	    b, a->revoked, pki_cert_not_before(a->cert), PKI_REASON_SUPERSEDED);
	pki_crl_builder_add(b, NULL, &dated);
	return b;
}

static pki_crl *made(const ca *a, const pki_crl_opts *o, const char *path)
{
	pki_crl_builder *b = builder(a);
	pki_crl *c;

	t_ok(pki_crl_builder_sign(b, a->cert, a->key, o, &c, err));
	t_ok(pki_crl_save(c, path, PKI_PEM, PKI_FILE_REPLACE, err));
	pki_crl_builder_free(b);
	return c;
}

static void judged_by_openssl(const ca *a, const char *path)
{
	static const char *const words[] = { "Version 2", "Serial Number: 7F01", "Superseded",
		"Serial Number: 7F03", "Key Compromise", "Invalidity Date",
		"Dec 31 23:59:59 1999 GMT", "X509v3 Authority Key Identifier",
		"X509v3 CRL Number: \n                1\n" };
	int status;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		t_says(words[i], "openssl crl -in %s -noout -text", path);
	t_says("verify OK", "openssl crl -in %s -noout -CAfile %s", path, a->path[0]);
	t_says(": OK", "openssl verify -x509_strict -crl_check -CRLfile %s -CAfile %s %s", path,
	    a->path[0], a->path[2]);
	ck_assert_ptr_nonnull(strstr(
	    t_command(&status, "openssl verify -x509_strict -crl_check -CRLfile %s -CAfile %s %s",
		path, a->path[0], a->path[1]),
	    "certificate revoked"));
	ck_assert_int_ne(status, 0);
}

static void judged_by_certtool(const ca *a, const char *path)
{
	static const char *const words[] = { "Version: 2", "Serial Number (hex): 7f01",
		"CRL Number (not critical): 01", "Authority Key Identifier" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		t_says(words[i], "certtool --crl-info --infile %s", path);
	t_says("Verified", "certtool --verify-crl --load-ca-certificate %s --infile %s", a->path[0],
	    path);
}

START_TEST(test_judged)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		char path[256];
		ca a;

		make_ca(&kinds[i], &a);
		snprintf(path, sizeof path, "%s.crl", t_scratch(kinds[i].name));
		pki_crl_free(made(&a, NULL, path));
		judged_by_openssl(&a, path);
		judged_by_certtool(&a, path);
		free_ca(&a);
	}
}
END_TEST

START_TEST(test_delta_and_indirect)
{
	const char *base_path = t_scratch("base.crl"), *delta_path = t_scratch("delta.crl");
	pki_revocation other = { .serial = t_hex("05"), .when = INT64_C(1767225600) };
	pki_crl_builder *b;
	pki_crl *base, *c;
	pki_name *third;
	ca a;

	make_ca(&(const struct kind){ "delta", PKI_KEY_P256 }, &a);
	base = made(&a, NULL, base_path);
	t_ok(pki_crl_builder_new(NULL, &b, err));
	pki_crl_builder_revoke_cert(b, a.valid, pki_cert_not_before(a.cert), PKI_REASON_HOLD);
	pki_crl_builder_release(b, NULL, pki_cert_serial(a.revoked));
	t_ok(pki_crl_builder_sign(
	    b, a.cert, a.key, PKI_OPTS(pki_crl_opts, .delta_base = base), &c, err));
	t_ok(pki_crl_save(c, delta_path, PKI_PEM, 0, err));
	pki_crl_free(c);
	t_says(
	    "X509v3 Delta CRL Indicator: critical", "openssl crl -in %s -noout -text", delta_path);
	t_says("Remove From CRL", "openssl crl -in %s -noout -text", delta_path);
	t_says("verify OK", "openssl crl -in %s -noout -CAfile %s", delta_path, a.path[0]);

	t_ok(pki_name_from_string(NULL, "CN=Third", &third, err));
	pki_crl_builder_add(b, third, &other);
	t_ok(pki_crl_builder_sign(b, a.cert, a.key, NULL, &c, err));
	t_ok(pki_crl_save(c, delta_path, PKI_PEM, PKI_FILE_REPLACE, err));
	t_says("Indirect CRL", "openssl crl -in %s -noout -text", delta_path);
	t_says("DirName:/CN=Third", "openssl crl -in %s -noout -text", delta_path);
	pki_name_free(third);
	pki_crl_builder_free(b);
	pki_crl_free(c);
	pki_crl_free(base);
	free_ca(&a);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_judged, test_delta_and_indirect, NULL };

	return t_main("interop_crl", tests);
}
