/* SPDX-License-Identifier: BSD-3-Clause */
/* Requests between libpki and GnuTLS, by its C interface, both ways. */
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>

#include <pki/csr.h>

#include "tests/lib/t.h"

#define g_ok(call)                                                  \
 do {                                                               \
  int g_st = (call);                                                \
  ck_assert_msg(g_st >= 0, "%s: %s", #call, gnutls_strerror(g_st)); \
 } while (0)

static const struct kind {
	pki_key_type type;
	gnutls_pk_algorithm_t gnutls;
	unsigned bits;
} kinds[] = {
	{ PKI_KEY_P256, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1) },
	{ PKI_KEY_P384, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP384R1) },
	{ PKI_KEY_P521, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP521R1) },
	{ PKI_KEY_ED25519, GNUTLS_PK_EDDSA_ED25519,
	    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_ED25519) },
	{ PKI_KEY_ED448, GNUTLS_PK_EDDSA_ED448, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_ED448) },
	{ PKI_KEY_RSA, GNUTLS_PK_RSA, 2048 },
};

#define KINDS (sizeof kinds / sizeof kinds[0])

static gnutls_datum_t datum(pki_bytes b)
{
	return (gnutls_datum_t){ (unsigned char *)(uintptr_t)b.data, (unsigned)b.len };
}

static pki_bytes bytes(const gnutls_datum_t *d)
{
	return pki_bytes_of(d->data, d->size);
}

/* ---- ours, read there ---- */

static void check_san(gnutls_x509_crq_t q, unsigned i, unsigned type, pki_bytes want)
{
	unsigned char got[256];
	unsigned got_type, critical;
	size_t n = sizeof got;

	g_ok(gnutls_x509_crq_get_subject_alt_name(q, i, got, &n, &got_type, &critical));
	ck_assert_uint_eq(got_type, type);
	ck_assert_uint_eq(critical, 0);
	t_bytes_eq(pki_bytes_of(got, n), want);
}

static void check_attributes(gnutls_x509_crq_t q)
{
	unsigned usage, critical;
	char text[256];
	size_t n = sizeof text;

	g_ok(gnutls_x509_crq_get_challenge_password(q, text, &n));
	ck_assert_str_eq(text, "beauty");
	g_ok(gnutls_x509_crq_get_key_usage(q, &usage, &critical));
	ck_assert_uint_eq(usage, GNUTLS_KEY_DIGITAL_SIGNATURE);
	ck_assert_uint_ne(critical, 0);
	n = sizeof text;
	g_ok(gnutls_x509_crq_get_attribute_by_oid(q, "1.2.3.5", 0, text, &n));
	t_bytes_eq(pki_bytes_of(text, n), t_hex("0c0161"));
}

static void check_ours(const pki_csr *r)
{
	gnutls_datum_t der = datum(pki_csr_der(r)), dn, again;
	gnutls_x509_crq_t q;

	g_ok(gnutls_x509_crq_init(&q));
	g_ok(gnutls_x509_crq_import(q, &der, GNUTLS_X509_FMT_DER));
	g_ok(gnutls_x509_crq_verify(q, 0));
	ck_assert_int_eq(gnutls_x509_crq_get_version(q), 1);
	g_ok(gnutls_x509_crq_get_dn3(q, &dn, 0));
	ck_assert_str_eq((const char *)dn.data, "CN=Zo\xc3\xab\\, x+UID=u,O=Example,C=NL");
	gnutls_free(dn.data);
	check_san(q, 0, GNUTLS_SAN_DNSNAME, pki_bytes_str("www.example.org"));
	check_san(q, 1, GNUTLS_SAN_IPADDRESS, t_hex("c0000201"));
	check_san(q, 2, GNUTLS_SAN_RFC822NAME, pki_bytes_str("me@example.org"));
	check_san(q, 3, GNUTLS_SAN_URI, pki_bytes_str("https://x.example/"));
	check_attributes(q);
	/* read and written there, it is the same */
	g_ok(gnutls_x509_crq_export2(q, GNUTLS_X509_FMT_DER, &again));
	t_bytes_eq(bytes(&again), pki_csr_der(r));
	gnutls_free(again.data);
	gnutls_x509_crq_deinit(q);
}

START_TEST(test_read_there)
{
	pki_attribute attr = { t_hex("2a0305"), t_hex("0c0161") };
	pki_exts *exts;

	t_ok(pki_exts_new(NULL, &exts, err));
	pki_exts_key_usage(exts, PKI_KU_DIGITAL_SIGNATURE);
	for (size_t i = 0; i < KINDS; i++) {
		pki_key *k;
		pki_csr *r;

		t_ok(pki_key_generate(NULL, kinds[i].type, NULL, &k, err));
		t_ok(pki_csr_make(NULL, k,
		    PKI_OPTS(pki_csr_opts, .subject = "CN=Zo\xc3\xab\\, x+UID=u,O=Example,C=NL",
			.names = PKI_LIST(
			    "www.example.org", "192.0.2.1", "me@example.org", "https://x.example/"),
			.exts = exts, .challenge = "beauty", .attrs = &attr, .attr_count = 1),
		    &r, err));
		check_ours(r);
		pki_csr_free(r);
		pki_key_free(k);
	}
	pki_exts_free(exts);
}
END_TEST

/* ---- theirs, read here ---- */

static void fill(gnutls_x509_crq_t q)
{
	g_ok(gnutls_x509_crq_set_version(q, 1));
	g_ok(gnutls_x509_crq_set_dn(q, "CN=Zo\xc3\xab,O=Example,C=NL", NULL));
	g_ok(gnutls_x509_crq_set_subject_alt_name(
	    q, GNUTLS_SAN_DNSNAME, "www.example.org", 15, GNUTLS_FSAN_SET));
	g_ok(gnutls_x509_crq_set_key_usage(q, GNUTLS_KEY_DIGITAL_SIGNATURE));
	g_ok(gnutls_x509_crq_set_challenge_password(q, "beauty"));
}

static void check_theirs(pki_bytes der)
{
	pki_attribute challenge;
	uint32_t usage;
	pki_ext_iter it;
	pki_ext e;
	pki_csr *r;
	pki_gn gn;

	t_ok(pki_csr_parse(NULL, der, &r, err));
	t_ok(pki_csr_check_signature(r, err));
	ck_assert_str_eq(pki_name_get(pki_csr_subject(r), PKI_OID(common_name)), "Zo\xc3\xab");
	ck_assert(pki_csr_ext(r, PKI_OID(key_usage), &e));
	t_ok(pki_ext_key_usage(NULL, e.value, &usage, err));
	ck_assert_uint_eq(usage, PKI_KU_DIGITAL_SIGNATURE);
	ck_assert(pki_csr_ext(r, PKI_OID(subject_alt_name), &e));
	pki_ext_list(&it, NULL, e.value);
	ck_assert(pki_ext_name_next(&it, &gn));
	ck_assert_int_eq(gn.type, PKI_GN_DNS);
	t_bytes_eq(gn.value, pki_bytes_str("www.example.org"));
	ck_assert(!pki_ext_name_next(&it, &gn));
	t_ok(pki_ext_list_finish(&it, err));
	ck_assert(pki_csr_attr(r, PKI_OID(challenge_password), &challenge));
	pki_csr_free(r);
}

START_TEST(test_read_here)
{
	for (size_t i = 0; i < KINDS; i++) {
		gnutls_x509_privkey_t k;
		gnutls_x509_crq_t q;
		gnutls_datum_t der;

		g_ok(gnutls_x509_privkey_init(&k));
		g_ok(gnutls_x509_privkey_generate(k, kinds[i].gnutls, kinds[i].bits, 0));
		g_ok(gnutls_x509_crq_init(&q));
		fill(q);
		g_ok(gnutls_x509_crq_set_key(q, k));
		g_ok(gnutls_x509_crq_sign2(q, k, GNUTLS_DIG_UNKNOWN, 0));
		g_ok(gnutls_x509_crq_export2(q, GNUTLS_X509_FMT_DER, &der));
		check_theirs(bytes(&der));
		gnutls_free(der.data);
		gnutls_x509_crq_deinit(q);
		gnutls_x509_privkey_deinit(k);
	}
}
END_TEST

/* What does not verify here does not verify there. */
START_TEST(test_forged)
{
	pki_buf der = PKI_BUF_INIT;
	gnutls_x509_crq_t q;
	gnutls_datum_t d;
	pki_key *k;
	pki_csr *r;

	t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err));
	t_ok(pki_csr_make(NULL, k, PKI_OPTS(pki_csr_opts, .subject = "CN=www"), &r, err));
	t_ok(pki_csr_write(r, PKI_DER, &der, err));
	pki_csr_free(r);
	for (size_t i = 0; i + 2 < der.len; i++)
		if (memcmp(der.data + i, "www", 3) == 0)
			der.data[i] = 'v';
	t_ok(pki_csr_parse(NULL, pki_buf_bytes(&der), &r, err));
	t_fails(PKI_E_SIGNATURE, pki_csr_check_signature(r, err));
	d = datum(pki_buf_bytes(&der));
	g_ok(gnutls_x509_crq_init(&q));
	g_ok(gnutls_x509_crq_import(q, &d, GNUTLS_X509_FMT_DER));
	ck_assert_int_lt(gnutls_x509_crq_verify(q, 0), 0);
	gnutls_x509_crq_deinit(q);
	pki_csr_free(r);
	pki_buf_free(&der);
	pki_key_free(k);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_read_there, test_read_here, test_forged, NULL };

	return t_main("interop_gnutls", tests);
}
