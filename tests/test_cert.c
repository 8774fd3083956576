/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates: what is read of others', what is refused, what is forgiven. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/cert.h>
#include <pki/pem.h>

#include "tests/lib/nested.h"

static pki_cert *read_vector(const char *name, uint32_t allow)
{
	char path[128];
	pki_cert *c;

	snprintf(path, sizeof path, "cert/%s", name);
	t_ok(pki_cert_parse_lenient(NULL, t_vector(path), allow, &c, err));
	return c;
}

static const char *text_of(const pki_name *n)
{
	static char text[512];
	pki_buf b = PKI_BUF_INIT;

	t_ok(pki_name_format(n, &b, err));
	snprintf(text, sizeof text, "%s", pki_buf_str(&b));
	pki_buf_free(&b);
	return text;
}

/* ---- others' certificates ---- */

static const struct vector {
	const char *name, *subject;
	int32_t version;
	size_t exts;
	uint32_t allow, sins;
	bool self_issued;
	pki_status verdict; /* of its own key on its own signature */
} vectors[] = {
	{ "openssl-root.pem", "CN=Example Root,O=Example,C=NL", 3, 4, 0, 0, true, PKI_SUCCESS },
	{ "openssl-ed25519.pem", "CN=ed25519", 3, 3, 0, 0, true, PKI_SUCCESS },
	{ "openssl-ed448.pem", "CN=ed448", 3, 3, 0, 0, true, PKI_SUCCESS },
	{ "openssl-rsa.pem", "CN=rsa", 3, 3, 0, 0, true, PKI_SUCCESS },
	{ "openssl-pss.pem", "CN=pss", 3, 3, 0, 0, true, PKI_SUCCESS },
	{ "openssl-late.pem", "CN=late", 3, 3, 0, 0, true, PKI_SUCCESS },
	{ "openssl-leaf.der", "CN=www.example.org,O=Example,L=Amsterdam,C=NL", 3, 9, 0, 0, false,
	    PKI_E_SIGNATURE },
	{ "openssl-leaf.pem", "CN=www.example.org,O=Example,L=Amsterdam,C=NL", 3, 9, 0, 0, false,
	    PKI_E_SIGNATURE },
	{ "openssl-v1.pem", "CN=www.example.org,O=Example,L=Amsterdam,C=NL", 1, 0, 0, 0, false,
	    PKI_E_SIGNATURE },
	{ "openssl-zero-serial.pem", "CN=zero", 3, 3, 0, PKI_ODD_SERIAL, true, PKI_SUCCESS },
	{ "openssl-negative-serial.pem", NULL, 3, 9, PKI_LENIENT_SERIAL, PKI_LENIENT_SERIAL, false,
	    PKI_E_SIGNATURE },
	{ "openssl-negative-serial.pem", NULL, 3, 9, PKI_LENIENT_ALL, PKI_LENIENT_SERIAL, false,
	    PKI_E_SIGNATURE },
	{ "gnutls-ca.pem", "CN=gnutls,O=Example", 3, 3, 0, 0, true, PKI_SUCCESS },
	/* read, but their key or algorithm is lacking or refused */
	{ "openssl-secp256k1.pem", "CN=secp256k1", 3, 3, 0, 0, true, PKI_E_UNSUPPORTED },
	{ "openssl-rsa1024.pem", "CN=rsa1024", 3, 3, 0, 0, true, PKI_E_POLICY },
	{ "openssl-sha1.pem", "CN=sha1", 3, 3, 0, 0, true, PKI_E_POLICY },
};

static pki_status check_by_own_key(const pki_cert *c, pki_error *err)
{
	pki_pubkey *k;
	pki_status st = pki_cert_pubkey(c, &k, err);

	if (st == PKI_SUCCESS)
		st = pki_cert_check_signature(c, k, err);
	pki_pubkey_free(k);
	return st;
}

static void check_vector(const struct vector *v)
{
	pki_cert *c = read_vector(v->name, v->allow);

	if (v->subject != NULL)
		ck_assert_str_eq(text_of(pki_cert_subject(c)), v->subject);
	ck_assert_msg(pki_cert_version(c) == v->version, "%s", v->name);
	ck_assert_msg(
	    pki_cert_ext_count(c) == v->exts, "%s: %zu extensions", v->name, pki_cert_ext_count(c));
	ck_assert_msg(pki_cert_leniencies(c) == v->sins, "%s", v->name);
	ck_assert_msg(pki_cert_is_self_issued(c) == v->self_issued, "%s", v->name);
	if (v->verdict == PKI_SUCCESS)
		t_ok(check_by_own_key(c, err));
	else
		t_fails(v->verdict, check_by_own_key(c, err));
	pki_cert_free(c);
}

START_TEST(test_vectors)
{
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
		check_vector(&vectors[i]);
}
END_TEST

START_TEST(test_members)
{
	static const uint8_t serial[] = { 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0xab, 0xcd };
	pki_cert *leaf = read_vector("openssl-leaf.der", 0),
		 *root = read_vector("openssl-root.pem", 0);
	pki_pubkey *key;
	pki_ext e;

	t_bytes_eq(pki_cert_der(leaf), t_vector("cert/openssl-leaf.der"));
	t_bytes_eq(pki_cert_serial(leaf), pki_bytes_of(serial, sizeof serial));
	ck_assert(pki_name_equal(pki_cert_issuer(leaf), pki_cert_subject(root)));
	ck_assert(pki_cert_subject(root) == pki_cert_issuer(root));
	ck_assert(pki_cert_is_ca(root) && !pki_cert_is_ca(leaf));
	ck_assert_int_eq(pki_cert_path_len(root), 1);
	ck_assert_int_eq(pki_cert_path_len(leaf), -1);
	ck_assert_uint_eq(pki_cert_key_usage(root), PKI_KU_KEY_CERT_SIGN | PKI_KU_CRL_SIGN);
	ck_assert_uint_eq(pki_cert_key_usage(leaf), PKI_KU_DIGITAL_SIGNATURE);
	ck_assert_int_eq(pki_cert_not_after(leaf) - pki_cert_not_before(leaf), PKI_DAYS(900));
	t_bytes_eq(pki_cert_authority_key_id(leaf), pki_cert_key_id(root));
	ck_assert_uint_eq(pki_cert_key_id(root).len, 20);
	ck_assert(pki_cert_ext(leaf, PKI_OID(subject_alt_name), &e) && !e.critical);
	ck_assert(pki_cert_ext(leaf, PKI_OID(key_usage), &e) && e.critical);
	ck_assert(!pki_cert_ext(leaf, PKI_OID(name_constraints), &e) && e.oid.data == NULL);
	ck_assert(pki_cert_ext_at(leaf, 8, NULL) && !pki_cert_ext_at(leaf, 9, NULL));
	t_ok(pki_cert_pubkey(root, &key, err));
	t_ok(pki_cert_check_signature(leaf, key, err));
	pki_pubkey_free(key);
	pki_cert_free(leaf);
	pki_cert_free(root);
}
END_TEST

/* A name keeps its certificate, and the certificate its context. */
START_TEST(test_references)
{
	pki_name *issuer, *subject;
	pki_cert *c, *again;
	pki_ctx *ctx;

	t_ok(pki_ctx_new(NULL, &ctx, err));
	t_ok(pki_cert_load(ctx, t_vector_path("cert/openssl-leaf.pem"), &c, err));
	pki_ctx_free(ctx);
	again = pki_cert_ref(c);
	issuer = pki_name_ref(pki_cert_issuer(c));
	subject = pki_name_ref(pki_cert_subject(c));
	pki_cert_free(c);
	pki_cert_free(again);
	ck_assert_str_eq(text_of(issuer), "CN=Example Root,O=Example,C=NL");
	pki_name_free(issuer);
	ck_assert_str_eq(text_of(subject), "CN=www.example.org,O=Example,L=Amsterdam,C=NL");
	pki_name_free(subject);
}
END_TEST

START_TEST(test_signature_of_bits)
{
	pki_cert *root = read_vector("openssl-root.pem", 0), *c;
	pki_bytes signature = pki_cert_signature(root), der = pki_cert_der(root);
	pki_buf changed = PKI_BUF_INIT;
	pki_pubkey *key;
	size_t at = (size_t)(signature.data - der.data);

	t_ok(pki_buf_append(&changed, der, err));
	changed.data[at - 1] = 1; /* unused bits */
	changed.data[der.len - 1] &= 0xfe;
	t_ok(pki_cert_parse(NULL, pki_buf_bytes(&changed), &c, err));
	t_ok(pki_cert_pubkey(root, &key, err));
	t_ok(pki_cert_check_signature(root, key, err));
	t_fails(PKI_E_SIGNATURE, pki_cert_check_signature(c, key, err));
	pki_pubkey_free(key);
	pki_buf_free(&changed);
	pki_cert_free(c);
	pki_cert_free(root);
}
END_TEST

START_TEST(test_fingerprint)
{
	pki_cert *c = read_vector("openssl-leaf.der", 0);
	uint8_t got[PKI_HASH_MAX], want[PKI_HASH_MAX];

	t_ok(pki_hash_once(NULL, PKI_HASH_SHA384, pki_cert_der(c), want, err));
	t_ok(pki_cert_fingerprint(c, PKI_HASH_SHA384, got, err));
	t_bytes_eq(pki_bytes_of(got, 48), pki_bytes_of(want, 48));
	t_ok(pki_hash_once(NULL, PKI_HASH_SHA256, pki_cert_spki(c), want, err));
	t_ok(pki_spki_pin(NULL, pki_cert_spki(c), got, err));
	t_bytes_eq(pki_bytes_of(got, 32), pki_bytes_of(want, 32));
	t_fails(PKI_E_ARG, pki_cert_fingerprint(c, 99, got, err));
	pki_cert_free(c);
}
END_TEST

/* A context can forgive what a call does not. */
START_TEST(test_lenient_context)
{
	pki_ctx *ctx;
	pki_cert *c;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .lenient = PKI_LENIENT_SERIAL), &ctx, err));
	t_fails(PKI_E_STRUCTURE,
	    pki_cert_load(NULL, t_vector_path("cert/openssl-negative-serial.pem"), &c, err));
	t_ok(pki_cert_load(ctx, t_vector_path("cert/openssl-negative-serial.pem"), &c, err));
	ck_assert_uint_eq(pki_cert_leniencies(c), PKI_LENIENT_SERIAL);
	pki_cert_free(c);
	pki_ctx_free(ctx);
}
END_TEST

/* ---- a certificate in pieces, each of which can be another ---- */

#define OUTER   "30{"
#define TBS     "30{"
#define V3      "a003020102"
#define SERIAL  "020101"
#define ALG     "300a06082a8648ce3d040302"
#define ISSUER  "30{31{30{ 0603550403 0c0141 }}}"
#define DATES   "30{170d3236303130313030303030305a 170d3237303130313030303030305a}"
#define SUBJECT "30{31{30{ 0603550403 0c0142 }}}"
#define SPKI \
 "30{ 300506032b6570 03{00 0000000000000000000000000000000000000000000000000000000000000000}}"
#define EXTS "a3{30{ 30{ 0603551d13 0101ff 04{ 30{0101ff} } } }}"
#define SIG  "03{00 3006020101020101}"

#define WITH(v, serial, alg, issuer, dates, subject, spki, rest, alg2, sig) \
 OUTER TBS v serial alg issuer dates subject spki rest "}" alg2 sig "}"
#define EXT(oid, critical, value) "30{ 06{" oid "}" critical "04{" value "} }"
#define WITH_EXTS(exts) \
 WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "a3{30{" exts "}}", ALG, SIG)
#define WITH_SERIAL(s)  WITH(V3, s, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG)
#define WITH_DATES(d)   WITH(V3, SERIAL, ALG, ISSUER, d, SUBJECT, SPKI, EXTS, ALG, SIG)
#define WITH_ISSUER(i)  WITH(V3, SERIAL, ALG, i, DATES, SUBJECT, SPKI, EXTS, ALG, SIG)
#define WITH_ALGS(a, b) WITH(V3, SERIAL, a, ISSUER, DATES, SUBJECT, SPKI, EXTS, b, SIG)

static const struct good {
	const char *nested;
	uint32_t allow, sins;
} good[] = {
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG), 0, 0 },
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "", ALG, SIG), 0, 0 },
	{ WITH("", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "", ALG, SIG), 0, 0 },
	{ WITH("a003020101", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "810200aa 820200bb", ALG,
	      SIG),
	    0, 0 },
	{ WITH(V3, SERIAL, ALG, "3000", DATES, "3000", SPKI, EXTS, ALG, SIG), 0, 0 },
	{ WITH_SERIAL("0214 7fffffffffffffffffffffffffffffffffffffff"), 0, 0 },
	{ WITH_SERIAL("020100"), 0, PKI_ODD_SERIAL },
	{ WITH_DATES("30{170d3236303130313030303030305a 180f39393939313233313233353935395a}"), 0,
	    0 },
	{ WITH_DATES("30{180f32303236303130313030303030305a 170d3237303130313030303030305a}"), 0,
	    PKI_ODD_TIME },
	/* a signature that is not whole octets is a wrong one, to be found when it is verified */
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, "03020780"), 0, 0 },
	/* notAfter before notBefore, and an unknown critical extension, are for the verifier */
	{ WITH_DATES("30{170d3237303130313030303030305a 170d3236303130313030303030305a}"), 0, 0 },
	{ WITH_EXTS(EXT("2a0304", "0101ff", "0500")), 0, 0 },
	{ WITH_EXTS(EXT("551d0f", "0101ff", "03020006")), 0, PKI_ODD_BITS },
	/* sins that are allowed */
	{ WITH_SERIAL("0201ff"), PKI_LENIENT_SERIAL, PKI_LENIENT_SERIAL },
	{ WITH_SERIAL("0215 010000000000000000000000000000000000000000"), PKI_LENIENT_SERIAL,
	    PKI_LENIENT_SERIAL },
	{ WITH_SERIAL("02020001"), PKI_LENIENT_INTEGER, PKI_LENIENT_INTEGER },
	{ WITH_SERIAL("0203000000"), PKI_LENIENT_INTEGER, PKI_LENIENT_INTEGER | PKI_ODD_SERIAL },
	{ WITH_SERIAL("0202ffff"), PKI_LENIENT_ALL, PKI_LENIENT_INTEGER | PKI_LENIENT_SERIAL },
	{ WITH("", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG), PKI_LENIENT_V1_EXTS,
	    PKI_LENIENT_V1_EXTS },
	{ WITH("a003020100", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "", ALG, SIG),
	    PKI_LENIENT_DEFAULTS, PKI_LENIENT_DEFAULTS },
	{ WITH_EXTS(EXT("551d13", "010100", "3000")), PKI_LENIENT_DEFAULTS, PKI_LENIENT_DEFAULTS },
	{ WITH_EXTS(EXT("551d13", "", "3003010100")), PKI_LENIENT_DEFAULTS, PKI_LENIENT_DEFAULTS },
	{ WITH_EXTS(EXT("551d13", "0101ff", "30030101ff")), PKI_LENIENT_ALL, 0 },
	{ WITH_EXTS(EXT("551d13", "0101ff", "3003020100")), PKI_LENIENT_PATH_LEN,
	    PKI_LENIENT_PATH_LEN },
};

START_TEST(test_good)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		pki_bytes der = t_nested(good[i].nested);
		pki_buf out = PKI_BUF_INIT;
		pki_cert *c;

		t_ok(pki_cert_parse_lenient(NULL, der, good[i].allow, &c, err));
		ck_assert_msg(pki_cert_leniencies(c) == good[i].sins, "row %zu", i);
		t_ok(pki_cert_write(c, PKI_DER, &out, err));
		t_bytes_eq(pki_buf_bytes(&out), der);
		pki_buf_free(&out);
		pki_cert_free(c);
	}
}
END_TEST

static const struct bad {
	const char *nested;
	pki_status want;
	const char *path;
} bad[] = {
	{ "", PKI_E_STRUCTURE, "Certificate" },
	{ "3000", PKI_E_STRUCTURE, "tbsCertificate" },
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG) "00", PKI_E_STRUCTURE,
	    "Certificate" },
	/* version: v4, v1 that is encoded, v1 and v2 with what they lack */
	{ WITH("a003020103", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG),
	    PKI_E_STRUCTURE, "tbsCertificate.version" },
	{ WITH("a0030201ff", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG),
	    PKI_E_STRUCTURE, "tbsCertificate.version" },
	{ WITH("a00602047fffffff", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG),
	    PKI_E_STRUCTURE, "tbsCertificate.version" },
	{ WITH("a003020100", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "", ALG, SIG),
	    PKI_E_ENCODING, "tbsCertificate.version" },
	{ WITH("", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions" },
	{ WITH("a003020101", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, SIG),
	    PKI_E_STRUCTURE, "tbsCertificate.extensions" },
	{ WITH("", SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "810200aa", ALG, SIG),
	    PKI_E_STRUCTURE, "tbsCertificate.issuerUniqueID" },
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "810201ab", ALG, SIG), PKI_E_ENCODING,
	    "tbsCertificate.issuerUniqueID" },
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "8200", ALG, SIG), PKI_E_ENCODING,
	    "tbsCertificate.subjectUniqueID" },
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, "820200bb 810200aa", ALG, SIG),
	    PKI_E_STRUCTURE, "tbsCertificate" },
	/* serialNumber */
	{ WITH_SERIAL("0200"), PKI_E_ENCODING, "tbsCertificate.serialNumber" },
	{ WITH_SERIAL("02020001"), PKI_E_ENCODING, "tbsCertificate.serialNumber" },
	{ WITH_SERIAL("0202ffff"), PKI_E_ENCODING, "tbsCertificate.serialNumber" },
	{ WITH_SERIAL("0201ff"), PKI_E_STRUCTURE, "tbsCertificate.serialNumber" },
	{ WITH_SERIAL("0215 010000000000000000000000000000000000000000"), PKI_E_STRUCTURE,
	    "tbsCertificate.serialNumber" },
	{ WITH_SERIAL("040101"), PKI_E_STRUCTURE, "tbsCertificate.serialNumber" },
	/* the two algorithms: another OID, NULL and absent, NULL and none */
	{ WITH_ALGS(ALG, "300a06082a8648ce3d040303"), PKI_E_STRUCTURE, "signatureAlgorithm" },
	{ WITH_ALGS(ALG, "300c06082a8648ce3d0403020500"), PKI_E_STRUCTURE, "signatureAlgorithm" },
	{ WITH_ALGS("300c06082a8648ce3d0403020500", ALG), PKI_E_STRUCTURE, "signatureAlgorithm" },
	{ WITH_ALGS(ALG, "300e06082a8648ce3d04030205000500"), PKI_E_STRUCTURE,
	    "signatureAlgorithm" },
	{ WITH_ALGS("3000", "3000"), PKI_E_STRUCTURE, "tbsCertificate.signature.algorithm" },
	/* names */
	{ WITH_ISSUER("30{3100}"), PKI_E_STRUCTURE, "tbsCertificate.issuer[0]" },
	{ WITH_ISSUER("31{31{30{ 0603550403 0c0141 }}}"), PKI_E_STRUCTURE,
	    "tbsCertificate.issuer" },
	{ WITH_ISSUER("30{31{30{ 0603550403 0c024100 }}}"), PKI_E_STRUCTURE,
	    "tbsCertificate.issuer[0][0].value" },
	{ WITH_ISSUER("30{31{30{ 0603550403 130140 }}}"), PKI_E_ENCODING,
	    "tbsCertificate.issuer[0][0].value" },
	{ WITH_ISSUER("30{31{30{ 0603550403 }}}"), PKI_E_STRUCTURE,
	    "tbsCertificate.issuer[0][0].value" },
	{ WITH_ISSUER("30{31{30{ 0603550403 0c0142 } 30{ 0603550403 0c0141 }}}"), PKI_E_ENCODING,
	    "tbsCertificate.issuer[0][1]" },
	/* validity */
	{ WITH_DATES("30{170d3236303130313030303030305a}"), PKI_E_STRUCTURE,
	    "tbsCertificate.validity.notAfter" },
	{ WITH_DATES("30{170b323630313031303030305a 170d3237303130313030303030305a}"),
	    PKI_E_ENCODING, "tbsCertificate.validity.notBefore" },
	{ WITH_DATES("30{170d3236303233303030303030305a 170d3237303130313030303030305a}"),
	    PKI_E_ENCODING, "tbsCertificate.validity.notBefore" },
	{ WITH_DATES("30{1711323630313031303030303030 2b30303030 170d3237303130313030303030305a}"),
	    PKI_E_ENCODING, "tbsCertificate.validity.notBefore" },
	{ WITH_DATES("30{170d3236303130313030303030305a 1811 32303530303130313030303030302e355a}"),
	    PKI_E_ENCODING, "tbsCertificate.validity.notAfter" },
	/* the key's syntax, and the signature's */
	{ WITH(
	      V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, "30{ 300506032b6570 0400 }", EXTS, ALG, SIG),
	    PKI_E_STRUCTURE, "tbsCertificate.subjectPublicKeyInfo.subjectPublicKey" },
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, "03020181"),
	    PKI_E_ENCODING, "signatureValue" },
	{ WITH(V3, SERIAL, ALG, ISSUER, DATES, SUBJECT, SPKI, EXTS, ALG, ""), PKI_E_STRUCTURE,
	    "signatureValue" },
	/* extensions: none, one twice, defaults that are encoded, no octets, what is in them */
	{ WITH_EXTS(""), PKI_E_STRUCTURE, "tbsCertificate.extensions" },
	{ WITH_EXTS(EXT("2a0304", "", "0500") EXT("2a0304", "", "0500")), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[1]" },
	{ WITH_EXTS(EXT("2a0304", "010100", "0500")), PKI_E_ENCODING,
	    "tbsCertificate.extensions[0].critical" },
	{ WITH_EXTS(EXT("2a0304", "010101", "0500")), PKI_E_ENCODING,
	    "tbsCertificate.extensions[0].critical" },
	{ WITH_EXTS("30{ 06032a0304 }"), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[0].extnValue" },
	{ WITH_EXTS("30{ 06032a0304 040105 00 }"), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[0]" },
	{ WITH_EXTS(EXT("551d13", "", "3003010100")), PKI_E_ENCODING,
	    "tbsCertificate.extensions[0].extnValue.cA" },
	{ WITH_EXTS(EXT("551d13", "", "3003010101")), PKI_E_ENCODING,
	    "tbsCertificate.extensions[0].extnValue.cA" },
	{ WITH_EXTS(EXT("551d13", "", "3003020100")), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[0].extnValue.pathLenConstraint" },
	{ WITH_EXTS(EXT("551d13", "", "30060101ff0201ff")), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[0].extnValue.pathLenConstraint" },
	{ WITH_EXTS(EXT("551d13", "", "300e0101ff0209010000000000000000")), PKI_E_LIMIT,
	    "tbsCertificate.extensions[0].extnValue.pathLenConstraint" },
	{ WITH_EXTS(EXT("551d13", "", "3000 00")), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[0].extnValue" },
	{ WITH_EXTS(EXT("551d0f", "", "03020700")), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[0].extnValue" },
	{ WITH_EXTS(EXT("551d0f", "", "030100")), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[0].extnValue" },
	{ WITH_EXTS(EXT("551d0f", "", "0300")), PKI_E_ENCODING,
	    "tbsCertificate.extensions[0].extnValue" },
	{ WITH_EXTS(EXT("551d0e", "", "0400")), PKI_E_STRUCTURE,
	    "tbsCertificate.extensions[0].extnValue" },
};

START_TEST(test_bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_cert *c = NULL;
		pki_status st = pki_cert_parse(NULL, t_nested(bad[i].nested), &c, &e);

		ck_assert_msg(st == bad[i].want, "row %zu: %s", i, t_error(&e));
		ck_assert_msg(strncmp(pki_error_path(&e), bad[i].path, strlen(bad[i].path)) == 0,
		    "row %zu: %s", i, t_error(&e));
		ck_assert(c == NULL);
	}
}
END_TEST

/* What one switch forgives, the others do not. */
START_TEST(test_other_switches)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		pki_bytes der = t_nested(good[i].nested);
		uint32_t sins = good[i].sins & PKI_LENIENT_ALL;
		pki_cert *c;

		for (uint32_t bit = 1; bit <= PKI_LENIENT_ALL; bit <<= 1) {
			pki_status st = pki_cert_parse_lenient(
			    NULL, der, PKI_LENIENT_ALL & ~bit, &c, NULL);

			ck_assert_msg((st == PKI_SUCCESS) == ((sins & bit) == 0), "row %zu", i);
			pki_cert_free(c);
		}
	}
	ck_assert_int_eq(pki_cert_parse_lenient(NULL, t_vector("cert/openssl-leaf.der"),
			     PKI_LENIENT_ALL + 1, &(pki_cert *){ NULL }, NULL),
	    PKI_E_ARG);
}
END_TEST

/* ---- what is read at a look is what the reader would read ---- */

/* The same columns, without a look: the public reader alone. */
static void slow_name(pki_der *tbs, const char *field)
{
	pki_der s, rdn, ava;
	pki_tag tag;
	pki_bytes v;
	pki_buf text = PKI_BUF_INIT;

	pki_der_enter(tbs, PKI_TAG_SEQUENCE, field, &s);
	while (pki_der_more(&s)) {
		pki_der_enter_set_of(&s, PKI_TAG_SET, NULL, &rdn);
		while (pki_der_more(&rdn)) {
			pki_der_enter(&rdn, PKI_TAG_SEQUENCE, NULL, &ava);
			pki_der_oid(&ava, "type", &v);
			if (pki_der_any(&ava, "value", &tag, &v) &&
			    pki_text_decode(tag, v, &text, NULL) == PKI_E_ENCODING)
				pki_der_fail(&ava, PKI_E_ENCODING, "text", NULL);
			pki_der_leave(&ava);
		}
		pki_der_leave(&rdn);
	}
	pki_der_leave(&s);
	pki_buf_free(&text);
}

static void slow_algorithm(pki_der *r, const char *field)
{
	pki_bytes v;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	pki_der_oid(&s, "algorithm", &v);
	if (pki_der_more(&s))
		pki_der_whole(&s, 0, "parameters", &v);
	pki_der_leave(&s);
}

/* Values that are read at a look have a reader of their own. */
static bool slow_value(const pki_ext *e)
{
	pki_authority_key_id authority;
	pki_basic_constraints bc;
	pki_bytes id;

	if (pki_oid_equal(e->oid, PKI_OID(basic_constraints)))
		return pki_ext_basic_constraints(NULL, e->value, &bc, NULL) == PKI_SUCCESS;
	if (pki_oid_equal(e->oid, PKI_OID(subject_key_identifier)))
		return pki_ext_key_id(NULL, e->value, &id, NULL) == PKI_SUCCESS;
	if (pki_oid_equal(e->oid, PKI_OID(authority_key_identifier)))
		return pki_ext_authority_key_id(NULL, e->value, &authority, NULL) == PKI_SUCCESS;
	return true;
}

static void slow_extensions(pki_der *tbs, const pki_cert *c)
{
	pki_der wrapper, list, s;
	pki_ext e, got;
	size_t i = 0;

	pki_der_enter(tbs, PKI_TAG_EXPLICIT(3), "extensions", &wrapper);
	pki_der_enter(&wrapper, PKI_TAG_SEQUENCE, NULL, &list);
	while (pki_der_more(&list)) {
		pki_der_enter(&list, PKI_TAG_SEQUENCE, NULL, &s);
		pki_der_oid(&s, "extnID", &e.oid);
		pki_der_bool(&s, "critical", false, &e.critical);
		pki_der_next(&s, PKI_TAG_OCTETS, "extnValue", &e.value);
		if (!pki_der_leave(&s))
			break;
		ck_assert(pki_cert_ext_at(c, i++, &got));
		ck_assert(pki_bytes_equal(e.oid, got.oid) && e.critical == got.critical &&
		    pki_bytes_equal(e.value, got.value));
		ck_assert(slow_value(&e));
	}
	pki_der_leave(&list);
	pki_der_leave(&wrapper);
	ck_assert_uint_eq(i, pki_cert_ext_count(c));
}

static pki_status read_slowly(pki_bytes der, const pki_cert *c)
{
	pki_der r, certificate, tbs, s;
	unsigned unused;
	pki_tag tag;
	pki_bytes v;

	pki_der_init(&r, NULL, der, NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &certificate);
	pki_der_enter(&certificate, PKI_TAG_SEQUENCE, "tbs", &tbs);
	pki_der_next(&tbs, PKI_TAG_EXPLICIT(0), "version", &v);
	pki_der_integer(&tbs, "serialNumber", &v);
	slow_algorithm(&tbs, "signature");
	slow_name(&tbs, "issuer");
	pki_der_enter(&tbs, PKI_TAG_SEQUENCE, "validity", &s);
	pki_der_any(&s, "notBefore", &tag, &v);
	pki_der_any(&s, "notAfter", &tag, &v);
	pki_der_leave(&s);
	slow_name(&tbs, "subject");
	pki_der_enter(&tbs, PKI_TAG_SEQUENCE, "subjectPublicKeyInfo", &s);
	slow_algorithm(&s, "algorithm");
	pki_der_bits(&s, "subjectPublicKey", &v, &unused);
	pki_der_leave(&s);
	slow_extensions(&tbs, c);
	pki_der_leave(&tbs);
	slow_algorithm(&certificate, "signatureAlgorithm");
	pki_der_bits(&certificate, "signatureValue", &v, &unused);
	pki_der_leave(&certificate);
	return pki_der_finish(&r, NULL);
}

/* Each octet of a certificate made each other octet: what is accepted, the reader accepts. */
START_TEST(test_looks)
{
	static uint8_t der[1024];
	pki_bytes leaf = t_vector("cert/openssl-leaf.der");
	size_t accepted = 0;

	memcpy(der, leaf.data, leaf.len);
	for (size_t i = 0; i < leaf.len; i++) {
		for (unsigned change = 0; change < 256; change++) {
			pki_bytes in = pki_bytes_of(der, leaf.len);
			pki_cert *c;

			der[i] = (uint8_t)change;
			if (pki_cert_parse(NULL, in, &c, NULL) != PKI_SUCCESS)
				continue;
			accepted++;
			if (pki_cert_version(c) == 3)
				ck_assert_msg(read_slowly(in, c) == PKI_SUCCESS, "octet %zu, %02x",
				    i, change);
			pki_cert_free(c);
		}
		der[i] = leaf.data[i];
	}
	ck_assert_uint_gt(accepted, 10000);
}
END_TEST

/* ---- limits, files ---- */

START_TEST(test_limits)
{
	pki_bytes leaf = t_vector("cert/openssl-leaf.der");
	pki_limits l;
	pki_ctx *ctx;
	pki_cert *c;

	pki_limits_init(&l, sizeof l);
	l.object_bytes = leaf.len - 1;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &l), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_cert_parse(ctx, leaf, &c, err));
	pki_ctx_free(ctx);
	pki_limits_init(&l, sizeof l);
	l.extensions = 8;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &l), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_cert_parse(ctx, leaf, &c, err));
	pki_ctx_free(ctx);
	pki_limits_init(&l, sizeof l);
	l.extensions = 9;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &l), &ctx, err));
	t_ok(pki_cert_parse(ctx, leaf, &c, err));
	pki_cert_free(c);
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(test_files)
{
	const char *path = t_scratch("cert.pem");
	pki_buf two = PKI_BUF_INIT;
	pki_cert *c, *again;

	c = read_vector("openssl-leaf.der", 0);
	t_ok(pki_cert_save(c, path, PKI_PEM, 0, err));
	t_ok(pki_cert_load(NULL, path, &again, err));
	t_bytes_eq(pki_cert_der(again), pki_cert_der(c));
	t_fails(PKI_E_ARG, pki_cert_save(c, path, 9, PKI_FILE_REPLACE, err));
	t_fails(PKI_E_IO, pki_cert_save(c, path, PKI_PEM, 0, err));
	t_ok(pki_cert_write(c, PKI_PEM, &two, err));
	t_ok(pki_cert_write(c, PKI_PEM, &two, err));
	pki_cert_free(again);
	t_fails(PKI_E_STRUCTURE, pki_cert_parse(NULL, pki_buf_bytes(&two), &again, err));
	t_fails(
	    PKI_E_NOTFOUND, pki_cert_parse(NULL, t_vector("csr/openssl-p256.pem"), &again, err));
	two.len = 0;
	t_ok(pki_base64_encode(pki_cert_der(c), &two, err));
	t_ok(pki_cert_parse(NULL, pki_buf_bytes(&two), &again, err));
	t_bytes_eq(pki_cert_der(again), pki_cert_der(c));
	pki_cert_free(again);
	t_fails(
	    PKI_E_STRUCTURE, pki_cert_parse(NULL, t_vector("csr/openssl-full.der"), &again, err));
	t_fails(PKI_E_IO, pki_cert_load(NULL, t_scratch("none"), &again, err));
	pki_buf_free(&two);
	pki_cert_free(c);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_vectors, test_members, test_references,
		test_fingerprint, test_signature_of_bits, test_lenient_context, test_good, test_bad,
		test_looks, test_other_switches, test_limits, test_files, NULL };

	return t_main("cert", tests);
}
