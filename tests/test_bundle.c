/* SPDX-License-Identifier: BSD-3-Clause */
/* Bundles: what is read of SignedData, what is refused, what is written, beside other programs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/bundle.h>

#include "tests/lib/command.h"
#include "tests/lib/nested.h"

#define LEAF "cert/openssl-leaf.pem"
#define ROOT "cert/openssl-root.pem"
/* A CRL without entries, whose signature is nobody's. */
#define ECDSA "30{06{2a8648ce3d040302}}"
#define CRL                                                                          \
 "30{30{020101" ECDSA "30{31{30{06{550403} 0c{61}}}} 17{3236303130313030303030305a}" \
 "17{3236303230313030303030305a}}" ECDSA "03{00 3006020101020101}}"

static pki_cert *leaf, *root;
static pki_crl *crl;

/* Once, in the test that needs it first: each runs in a process of its own. */
static void set_up(void)
{
	if (leaf != NULL)
		return;
	t_ok(pki_cert_load(NULL, t_vector_path(LEAF), &leaf, err));
	t_ok(pki_cert_load(NULL, t_vector_path(ROOT), &root, err));
	t_ok(pki_crl_parse(NULL, t_nested(CRL), &crl, err));
}

/* ---- structures in hex, where L, R and C are the leaf, the root and the CRL ---- */

static void put_hex(char *text, size_t *n, pki_bytes in)
{
	for (size_t i = 0; i < in.len; i++)
		*n += (size_t)sprintf(text + *n, "%02x", in.data[i]);
}

static pki_bytes made(const char *template)
{
	static char text[NESTED_ROOM];
	size_t n = 0;

	set_up();
	for (const char *p = template; *p != '\0'; p++) {
		ck_assert_uint_lt(n, sizeof text - 8192);
		switch (*p) {
		case 'L':
			put_hex(text, &n, pki_cert_der(leaf));
			break;
		case 'R':
			put_hex(text, &n, pki_cert_der(root));
			break;
		case 'C':
			put_hex(text, &n, pki_crl_der(crl));
			break;
		default:
			text[n++] = *p;
		}
	}
	text[n] = '\0';
	return t_nested(text);
}

#define SIGNED_DATA "06{2a864886f70d010702}"
#define ENVELOPED   "06{2a864886f70d010703}"
#define ID_DATA     "06{2a864886f70d010701}"
#define SHA256      "30{06{608648016503040201}}"
#define SIGNER      "30{020101 30{3000 020101}" SHA256 SHA256 "04{00}}"
/* SignedData with this version, digestAlgorithms, content, sets and signerInfos */
#define DATA(version, digests, content, sets, signers) \
 "30{" SIGNED_DATA "a0{30{0201" version "31{" digests "} 30{" content "}" sets "31{" signers "}}}}"
#define SETS(sets) DATA("01", "", ID_DATA, sets, "")

static const struct good {
	const char *template;
	const char *certs; /* of L, R */
	size_t crls, signers, others;
} good[] = {
	{ SETS(""), "", 0, 0, 0 },
	{ SETS("a000"), "", 0, 0, 0 },
	{ SETS("a000 a100"), "", 0, 0, 0 },
	{ SETS("a0{L}"), "L", 0, 0, 0 },
	{ SETS("a0{LR}"), "LR", 0, 0, 0 },
	{ SETS("a0{RL}"), "RL", 0, 0, 0 }, /* any order */
	{ SETS("a0{LL}"), "LL", 0, 0, 0 },
	{ SETS("a1{C}"), "", 1, 0, 0 },
	{ SETS("a0{LR} a1{CC}"), "LR", 2, 0, 0 },
	/* versions, RFC 5652 5.1 and RFC 2315 9.1 */
	{ DATA("00", "", ID_DATA, "a0{L}", ""), "L", 0, 0, 0 },
	{ DATA("03", "", ID_DATA, "a0{L}", ""), "L", 0, 0, 0 },
	{ DATA("04", "", ID_DATA, "a0{L}", ""), "L", 0, 0, 0 },
	{ DATA("05", "", ID_DATA, "a0{L}", ""), "L", 0, 0, 0 },
	/* content and signers are passed over */
	{ DATA("01", SHA256, ID_DATA "a0{04{616263}}", "a0{L}", SIGNER), "L", 0, 1, 0 },
	{ DATA("01", SHA256 SHA256, ID_DATA "a0{30{0500}}", "a0{L}", SIGNER SIGNER), "L", 0, 2, 0 },
	/* other formats */
	{ SETS("a0{L a0{020101} a1{020101} a2{020101} a3{06{2a03} 0500}} a1{a1{06{2a03} 0500} C}"),
	    "L", 1, 0, 5 },
	/* BER */
	{ "3080" SIGNED_DATA "a080 3080 020101 3180 0000 3080" ID_DATA
	  "0000 a080 LR 0000 a180 C 0000 31800000 0000 0000 0000",
	    "LR", 1, 0, 0 },
	{ "3080" SIGNED_DATA "a080 3080 020101 3100 3080" ID_DATA
	  "a080 2480 04{61} 04{62} 0000 0000 0000 a080 L 0000 3100 0000 0000 0000",
	    "L", 0, 0, 0 },
	/* other content types, of which nothing is read */
	{ "30{" ENVELOPED "a0{30{020100 3100 3000}}}", "", 0, 0, 0 },
	{ "30{" ID_DATA "a0{04{616263}}}", "", 0, 0, 0 },
	{ "30{" ID_DATA "}", "", 0, 0, 0 },
};

static void holds(const pki_bundle *b, const struct good *g)
{
	const pki_certs *certs = pki_bundle_certs(b);
	size_t n = strlen(g->certs);

	ck_assert_uint_eq(pki_certs_count(certs), n);
	for (size_t i = 0; i < n; i++)
		t_bytes_eq(pki_cert_der(pki_certs_at(certs, i)),
		    pki_cert_der(g->certs[i] == 'L' ? leaf : root));
	ck_assert_uint_eq(pki_crls_count(pki_bundle_crls(b)), g->crls);
	for (size_t i = 0; i < g->crls; i++)
		t_bytes_eq(pki_crl_der(pki_crls_at(pki_bundle_crls(b), i)), pki_crl_der(crl));
	ck_assert_ptr_null(pki_crls_at(pki_bundle_crls(b), g->crls));
	ck_assert_uint_eq(pki_bundle_signers(b), g->signers);
	ck_assert_uint_eq(pki_bundle_others(b), g->others);
}

START_TEST(test_good)
{
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		pki_bytes in = made(good[i].template);
		pki_buf pem = PKI_BUF_INIT;
		pki_bundle *b, *again;

		t_ok(pki_bundle_parse(NULL, in, &b, err));
		holds(b, &good[i]);
		t_ok(pki_pem_encode(i % 2 == 0 ? "CMS" : "PKCS7", in, &pem, err));
		t_ok(pki_bundle_parse(NULL, pki_buf_bytes(&pem), &again, err));
		holds(again, &good[i]);
		t_bytes_eq(pki_bundle_der(again), pki_bundle_der(b));
		t_bytes_eq(pki_bundle_content_type(again), pki_bundle_content_type(b));
		/* of what became DER, the same is read */
		pki_bundle_free(again);
		t_ok(pki_bundle_parse(NULL, pki_bundle_der(b), &again, err));
		t_bytes_eq(pki_bundle_der(again), pki_bundle_der(b));
		pki_bundle_free(again);
		pki_bundle_free(b);
		pki_buf_free(&pem);
	}
}
END_TEST

START_TEST(test_content_types)
{
	static const struct {
		const char *template, *name;
	} rows[] = {
		{ SETS("a0{L}"), "signedData" },
		{ "30{" ENVELOPED "a0{3000}}", "envelopedData" },
		{ "30{" ID_DATA "a0{0400}}", "data" },
		{ "30{06{2a0304}}", NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_bundle *b;
		const char *name;

		t_ok(pki_bundle_parse(NULL, made(rows[i].template), &b, err));
		name = pki_oid_name(pki_bundle_content_type(b));
		ck_assert(rows[i].name == NULL ? name == NULL
					       : name != NULL && strcmp(name, rows[i].name) == 0);
		pki_bundle_free(b);
	}
}
END_TEST

START_TEST(test_null)
{
	pki_bundle_free(NULL);
	ck_assert_uint_eq(pki_bundle_der(NULL).len, 0);
	ck_assert_uint_eq(pki_bundle_content_type(NULL).len, 0);
	ck_assert_ptr_null(pki_bundle_certs(NULL));
	ck_assert_ptr_null(pki_bundle_crls(NULL));
	ck_assert_uint_eq(pki_bundle_signers(NULL), 0);
	ck_assert_uint_eq(pki_bundle_others(NULL), 0);
}
END_TEST

/* ---- bad ---- */

static const struct bad {
	const char *template;
	pki_status status;
	const char *path; /* of the error begins with this */
} bad[] = {
	{ "", PKI_E_ENCODING, "" },
	{ "0500", PKI_E_STRUCTURE, "" },
	{ "3000", PKI_E_STRUCTURE, "contentType" },
	{ "30{0500}", PKI_E_STRUCTURE, "contentType" },
	{ "30{" SIGNED_DATA "}", PKI_E_STRUCTURE, "content" },
	{ "30{" SIGNED_DATA "a000}", PKI_E_STRUCTURE, "content" },
	{ "30{" SIGNED_DATA "a1{3000}}", PKI_E_STRUCTURE, "content" },
	{ "30{" SIGNED_DATA "a0{3000}}", PKI_E_STRUCTURE, "content.version" },
	{ "30{" SIGNED_DATA "a0{3000 3000}}", PKI_E_STRUCTURE, "content" },
	{ "30{" ID_DATA "a0{0400 0400}}", PKI_E_STRUCTURE, "content" },
	{ "30{" ID_DATA "a0{0400} 0500}", PKI_E_STRUCTURE, "" },
	{ "30{" ID_DATA "0400}", PKI_E_STRUCTURE, "" },
	{ SETS("a0{L}") "00", PKI_E_ENCODING, "" },
	/* each component of SignedData, absent, twice, of another type */
	{ DATA("02", "", ID_DATA, "", ""), PKI_E_UNSUPPORTED, "content.version" },
	{ DATA("06", "", ID_DATA, "", ""), PKI_E_UNSUPPORTED, "content.version" },
	{ DATA("ff", "", ID_DATA, "", ""), PKI_E_UNSUPPORTED, "content.version" },
	{ "30{" SIGNED_DATA "a0{30{3100 30{" ID_DATA "} 3100}}}", PKI_E_STRUCTURE,
	    "content.version" },
	{ "30{" SIGNED_DATA "a0{30{020101 30{" ID_DATA "} 3100}}}", PKI_E_STRUCTURE,
	    "content.digestAlgorithms" },
	{ "30{" SIGNED_DATA "a0{30{020101 3100 3100}}}", PKI_E_STRUCTURE,
	    "content.encapContentInfo" },
	{ "30{" SIGNED_DATA "a0{30{020101 3100 30{" ID_DATA "}}}}", PKI_E_STRUCTURE,
	    "content.signerInfos" },
	{ "30{" SIGNED_DATA "a0{30{020101 3100 30{" ID_DATA "} 3000}}}", PKI_E_STRUCTURE,
	    "content.signerInfos" },
	{ "30{" SIGNED_DATA "a0{30{020101 3100 30{" ID_DATA "} 3100 3100}}}", PKI_E_STRUCTURE,
	    "content" },
	{ DATA("01", "0500", ID_DATA, "", ""), PKI_E_STRUCTURE, "content.digestAlgorithms[0]" },
	{ DATA("01", "", "", "", ""), PKI_E_STRUCTURE, "content.encapContentInfo.eContentType" },
	{ DATA("01", "", ID_DATA "a0{0400 0400}", "", ""), PKI_E_STRUCTURE,
	    "content.encapContentInfo.eContent" },
	{ DATA("01", "", ID_DATA "a000", "", ""), PKI_E_STRUCTURE,
	    "content.encapContentInfo.eContent" },
	{ DATA("01", "", ID_DATA "0400", "", ""), PKI_E_STRUCTURE, "content.encapContentInfo" },
	{ DATA("01", "", ID_DATA, "", "0500"), PKI_E_STRUCTURE, "content.signerInfos[0]" },
	/* order of the sets, and sets twice */
	{ SETS("a1{C} a0{L}"), PKI_E_STRUCTURE, "content.signerInfos" },
	{ SETS("a0{L} a0{L}"), PKI_E_STRUCTURE, "content.signerInfos" },
	{ SETS("31{L}"), PKI_E_STRUCTURE, "content" },
	/* what is in them */
	{ SETS("a0{3000}"), PKI_E_STRUCTURE, "content.certificates[0]" },
	{ SETS("a0{L 3000}"), PKI_E_STRUCTURE, "content.certificates[1]" },
	{ SETS("a0{L R C}"), PKI_E_STRUCTURE, "content.certificates[2]" },
	{ SETS("a0{0500}"), PKI_E_STRUCTURE, "content.certificates[0]" },
	{ SETS("a0{31{0500}}"), PKI_E_STRUCTURE, "content.certificates[0]" },
	{ SETS("a0{L a4{0500}}"), PKI_E_STRUCTURE, "content.certificates[1]" },
	{ SETS("a0{83{00}}"), PKI_E_STRUCTURE, "content.certificates[0]" },
	{ SETS("a0{bf3300}"), PKI_E_STRUCTURE, "content.certificates[0]" },
	{ SETS("a0{a3{0101 01}}"), PKI_E_ENCODING, "content.certificates[0]" },
	{ SETS("a0{a3{010101}}"), PKI_E_ENCODING, "content.certificates[0]" },
	{ SETS("a1{3000}"), PKI_E_STRUCTURE, "content.crls[0]" },
	{ SETS("a1{C L}"), PKI_E_STRUCTURE, "content.crls[1]" },
	{ SETS("a1{a0{0500}}"), PKI_E_STRUCTURE, "content.crls[0]" },
	{ SETS("a1{0500}"), PKI_E_STRUCTURE, "content.crls[0]" },
	/* BER that is none */
	{ "3080" SIGNED_DATA "a080 3080", PKI_E_ENCODING, "" },
	{ "3080" SIGNED_DATA "a080 3080 020101 3100 30{" ID_DATA "} 3100 0000 0000", PKI_E_ENCODING,
	    "" },
};

START_TEST(test_bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		pki_bundle *b = (pki_bundle *)(uintptr_t)bad;
		pki_error e = PKI_ERROR_INIT;
		pki_status st = pki_bundle_parse(NULL, made(bad[i].template), &b, &e);

		ck_assert_msg(st == bad[i].status, "row %zu: %s", i, t_error(&e));
		ck_assert_msg(strncmp(pki_error_path(&e), bad[i].path, strlen(bad[i].path)) == 0,
		    "row %zu: %s", i, t_error(&e));
		ck_assert_ptr_null(b);
	}
}
END_TEST

/* Every truncation of a DER bundle. */
START_TEST(test_cut)
{
	pki_bytes in = made(SETS("a0{LR} a1{C}"));

	for (size_t n = 0; n < in.len; n++) {
		pki_bundle *b;

		t_fails(PKI_E_ENCODING, pki_bundle_parse(NULL, pki_bytes_of(in.data, n), &b, err));
	}
}
END_TEST

static const struct bad_pem {
	const char *text;
	pki_status status;
} bad_pems[] = {
	{ "-----BEGIN X-----\nAAAA\n-----END X-----\n", PKI_E_NOTFOUND },
	/* RFC 7468 8: "CERTIFICATE CHAIN" is no PKCS7 */
	{ "-----BEGIN CERTIFICATE CHAIN-----\nMAA=\n-----END CERTIFICATE CHAIN-----\n",
	    PKI_E_NOTFOUND },
	{ "-----BEGIN PKCS7-----\nMAA=\n-----END CMS-----\n", PKI_E_ENCODING },
	{ "-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n", PKI_E_STRUCTURE },
	{ "-----BEGIN PKCS7-----\nMA0GCSqGSIb3DQEHAaA=\n-----END PKCS7-----\n", PKI_E_ENCODING },
	{ "-----BEGIN CMS-----\nMAsGCSqGSIb3DQEHAQ==\n-----END CMS-----\n"
	  "-----BEGIN PKCS7-----\nMAsGCSqGSIb3DQEHAQ==\n-----END PKCS7-----\n",
	    PKI_E_STRUCTURE },
};

START_TEST(test_bad_pem)
{
	for (size_t i = 0; i < sizeof bad_pems / sizeof *bad_pems; i++) {
		pki_bundle *b;

		t_fails(bad_pems[i].status,
		    pki_bundle_parse(NULL, pki_bytes_str(bad_pems[i].text), &b, err));
		ck_assert_ptr_null(b);
	}
}
END_TEST

START_TEST(test_limits)
{
	pki_limits limits = { .size = sizeof limits, .embedded_certs = 1, .signers = 1 };
	pki_bundle *b;
	pki_ctx *one;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &one, err));
	t_ok(pki_bundle_parse(one, made(DATA("01", "", ID_DATA, "a0{L} a1{C}", SIGNER)), &b, err));
	pki_bundle_free(b);
	t_fails(PKI_E_LIMIT, pki_bundle_parse(one, made(SETS("a0{LL}")), &b, err));
	t_fails(PKI_E_LIMIT, pki_bundle_parse(one, made(SETS("a1{CC}")), &b, err));
	t_fails(PKI_E_LIMIT, pki_bundle_parse(one, made(SETS("a0{L a3{0500}}")), &b, err));
	t_fails(PKI_E_LIMIT,
	    pki_bundle_parse(one, made(DATA("01", "", ID_DATA, "", SIGNER SIGNER)), &b, err));
	pki_ctx_free(one);
}
END_TEST

/* ---- writing ---- */

static pki_certs *list(const char *of)
{
	pki_certs *l;

	set_up();
	t_ok(pki_certs_new(NULL, &l, err));
	for (; *of != '\0'; of++)
		t_ok(pki_certs_add(l, *of == 'L' ? leaf : root, err));
	return l;
}

static const struct written {
	const char *certs;
	size_t crls;
	const char *template;
} written[] = {
	{ "L", 0, SETS("a0{L}") },
	{ "LR", 0, SETS("a0{LR}") },
	{ "RL", 0, SETS("a0{LR}") },
	{ "RLRL", 0, SETS("a0{LR}") },
	{ "", 1, SETS("a1{C}") },
	{ "", 2, SETS("a1{C}") },
	{ "R", 1, SETS("a0{R} a1{C}") },
};

/* The CRL, so many times. */
static pki_crls *crls_of(size_t n)
{
	pki_crls *s;

	t_ok(pki_crls_new(NULL, &s, err));
	for (size_t i = 0; i < n; i++)
		t_ok(pki_crls_add(s, crl, err));
	return s;
}

START_TEST(test_write)
{
	/* in the order of X.690 11.6 */
	bool swap;

	set_up();
	swap = pki_bytes_compare(pki_cert_der(leaf), pki_cert_der(root)) > 0;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		pki_certs *l = list(written[i].certs);
		pki_crls *crls = crls_of(written[i].crls);
		pki_buf der = PKI_BUF_INIT, pem = PKI_BUF_INIT;
		bool both = strstr(written[i].template, "LR") != NULL;
		pki_bundle *b;

		t_ok(pki_bundle_write(l, crls, PKI_DER, &der, err));
		t_bytes_eq(
		    pki_buf_bytes(&der), made(both && swap ? SETS("a0{RL}") : written[i].template));
		t_ok(pki_bundle_write(l, crls, PKI_PEM, &pem, err));
		t_ok(pki_bundle_parse(NULL, pki_buf_bytes(&pem), &b, err));
		t_bytes_eq(pki_bundle_der(b), pki_buf_bytes(&der));
		pki_bundle_free(b);
		pki_certs_free(l);
		pki_crls_free(crls);
		pki_buf_free(&der);
		pki_buf_free(&pem);
	}
}
END_TEST

START_TEST(test_write_bad)
{
	pki_crls *none = crls_of(0);
	pki_certs *empty = list(""), *one = list("L");
	pki_buf out = PKI_BUF_INIT;

	t_fails(PKI_E_ARG, pki_bundle_write(NULL, NULL, PKI_DER, &out, err));
	t_fails(PKI_E_ARG, pki_bundle_write(empty, NULL, PKI_DER, &out, err));
	t_fails(PKI_E_ARG, pki_bundle_write(empty, none, PKI_PEM, &out, err));
	t_fails(PKI_E_ARG, pki_bundle_write(one, NULL, 2, &out, err));
	t_fails(PKI_E_ARG, pki_bundle_write(one, NULL, PKI_PEM, NULL, err));
	ck_assert_uint_eq(out.len, 0);
	pki_crls_free(none);
	pki_certs_free(empty);
	pki_certs_free(one);
}
END_TEST

/* ---- lists of certificates, out of bundles ---- */

START_TEST(test_certs)
{
	static const char *const text = "-----BEGIN PKCS7-----\nMAsGCSqGSIb3DQEHAQ==\n"
					"-----END PKCS7-----\n";
	pki_buf in = PKI_BUF_INIT;
	pki_certs *l;

	t_ok(pki_certs_parse(NULL, made(SETS("a0{LR}")), &l, err));
	ck_assert_uint_eq(pki_certs_count(l), 2);
	pki_certs_free(l);
	t_ok(pki_cert_write(leaf, PKI_PEM, &in, err));
	t_ok(pki_pem_encode("PKCS7", made(SETS("a0{RL}")), &in, err));
	t_ok(pki_buf_append(&in, pki_bytes_str(text), err));
	t_ok(pki_certs_parse(NULL, pki_buf_bytes(&in), &l, err));
	ck_assert_uint_eq(pki_certs_count(l), 3);
	t_bytes_eq(pki_cert_der(pki_certs_at(l, 1)), pki_cert_der(root));
	pki_certs_free(l);
	t_fails(PKI_E_NOTFOUND, pki_certs_parse(NULL, pki_bytes_str(text), &l, err));
	t_fails(PKI_E_NOTFOUND, pki_certs_parse(NULL, made(SETS("a1{C}")), &l, err));
	t_fails(PKI_E_STRUCTURE, pki_certs_parse(NULL, made(SETS("a0{L 3000}")), &l, err));
	pki_buf_free(&in);
}
END_TEST

/* ---- beside other programs ---- */

#define IN_SCRATCH "cd '%s' && "

START_TEST(test_others_read_ours)
{
	static const char *const forms[] = { "PEM", "DER" };
	pki_certs *l = list("LR");
	pki_crls *crls = crls_of(1);

	for (pki_form form = PKI_PEM; form <= PKI_DER; form++) {
		pki_buf out = PKI_BUF_INIT;

		t_ok(pki_bundle_write(l, crls, form, &out, err));
		t_ok(pki_file_write(
		    t_scratch("ours.p7b"), pki_buf_bytes(&out), PKI_FILE_REPLACE, err));
		t_says("BEGIN CERTIFICATE",
		    IN_SCRATCH "openssl pkcs7 -inform %s -in ours.p7b -print_certs", t_scratch("."),
		    forms[form]);
		t_says("crl:", IN_SCRATCH "openssl cms -cmsout -print -inform %s -in ours.p7b",
		    t_scratch("."), forms[form]);
		t_says("Number of CRLs: 1", IN_SCRATCH "certtool --p7-info %s --infile ours.p7b",
		    t_scratch("."), form == PKI_DER ? "--inder" : "");
		pki_buf_free(&out);
	}
	pki_crls_free(crls);
	pki_certs_free(l);
}
END_TEST

START_TEST(test_theirs)
{
	static const char *const ways[] = {
		IN_SCRATCH "openssl crl2pkcs7 -in crl -certfile certs -out theirs",
		IN_SCRATCH "openssl crl2pkcs7 -in crl -certfile certs -outform DER -out theirs",
		IN_SCRATCH
		"certtool --p7-generate --load-certificate certs --load-crl crl --outfile theirs",
	};
	static const struct good want[] = { { NULL, "LR", 1, 0, 0 }, { NULL, "LR", 1, 0, 0 },
		{ NULL, "RL", 1, 0, 0 } };
	pki_buf certs = PKI_BUF_INIT;

	set_up();
	t_ok(pki_cert_write(leaf, PKI_PEM, &certs, err));
	t_ok(pki_cert_write(root, PKI_PEM, &certs, err));
	t_ok(pki_file_write(t_scratch("certs"), pki_buf_bytes(&certs), 0, err));
	t_ok(pki_crl_save(crl, t_scratch("crl"), PKI_PEM, 0, err));
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		pki_bundle *b;

		t_runs(ways[i], t_scratch("."));
		t_ok(pki_bundle_load(NULL, t_scratch("theirs"), &b, err));
		holds(b, &want[i]);
		pki_bundle_free(b);
		remove(t_scratch("theirs"));
	}
	pki_buf_free(&certs);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_good, test_content_types, test_null, test_bad, test_cut,
		test_bad_pem, test_limits, test_write, test_write_bad, test_certs,
		test_others_read_ours, test_theirs, NULL };

	return t_main("bundle", tests);
}
