/* SPDX-License-Identifier: BSD-3-Clause */
/* Requests: what is read of others', what is refused, what is made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <pki/csr.h>

#include "tests/lib/nested.h"

static pki_csr *read_vector(const char *name)
{
	char path[128];
	pki_csr *r;

	snprintf(path, sizeof path, "csr/%s", name);
	t_ok(pki_csr_load(NULL, t_vector_path(path), &r, err));
	return r;
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

static bool is_inside(pki_bytes view, pki_bytes all)
{
	return view.data >= all.data && view.data + view.len <= all.data + all.len;
}

/* ---- others' requests ---- */

static const struct vector {
	const char *name, *subject;
	size_t exts, attrs;
	pki_status verdict;
} vectors[] = {
	{ "openssl-p256.pem", "CN=p256", 0, 0, PKI_SUCCESS },
	{ "openssl-p384.pem", "CN=p384", 0, 0, PKI_SUCCESS },
	{ "openssl-p521.pem", "CN=p521", 0, 0, PKI_SUCCESS },
	{ "openssl-p256-sha512.pem", "CN=p256", 0, 0, PKI_SUCCESS },
	{ "openssl-ed25519.pem", "CN=ed25519", 0, 0, PKI_SUCCESS },
	{ "openssl-ed448.pem", "CN=ed448", 0, 0, PKI_SUCCESS },
	{ "openssl-rsa2048.pem", "CN=rsa2048", 0, 0, PKI_SUCCESS },
	{ "openssl-rsa-pss.pem", "CN=rsa-pss", 0, 0, PKI_SUCCESS },
	{ "openssl-rsa-pss-key.pem", "CN=rsa-pss-key", 0, 0, PKI_SUCCESS },
	{ "openssl-new-label.pem", "CN=new-label", 0, 0, PKI_SUCCESS },
	{ "openssl-empty-subject.pem", "", 1, 1, PKI_SUCCESS },
	{ "openssl-full.pem",
	    "emailAddress=me@example.org,CN=www.example.org,OU=Zoë,"
	    "O=Example \\\"B.V.\\\"\\, Amsterdam,C=NL",
	    5, 3, PKI_SUCCESS },
	{ "openssl-full.der", NULL, 5, 3, PKI_SUCCESS },
	{ "gnutls-p256.pem", "CN=www.example.org,O=Example\\, B.V.,C=NL", 4, 2, PKI_SUCCESS },
	{ "gnutls-ed25519.pem", "CN=www.example.org,O=Example\\, B.V.,C=NL", 4, 2, PKI_SUCCESS },
	{ "gnutls-rsa2048.pem", "CN=www.example.org,O=Example\\, B.V.,C=NL", 4, 2, PKI_SUCCESS },
	/* read, but their key or algorithm is lacking or refused */
	{ "openssl-secp256k1.pem", "CN=secp256k1", 0, 0, PKI_E_UNSUPPORTED },
	{ "openssl-explicit.pem", "CN=explicit", 0, 0, PKI_E_UNSUPPORTED },
	{ "openssl-rsa1024.pem", "CN=rsa1024", 0, 0, PKI_E_POLICY },
	{ "openssl-p256-sha1.pem", "CN=p256", 0, 0, PKI_E_POLICY },
	{ "openssl-md5.pem", "CN=md5", 0, 0, PKI_E_POLICY },
};

static void check_vector(const struct vector *v)
{
	pki_csr *r = read_vector(v->name);

	if (v->subject != NULL)
		ck_assert_str_eq(text_of(pki_csr_subject(r)), v->subject);
	ck_assert_msg(pki_csr_ext_count(r) == v->exts, "%s", v->name);
	ck_assert_msg(pki_csr_attr_count(r) == v->attrs, "%s", v->name);
	if (v->verdict == PKI_SUCCESS)
		t_ok(pki_csr_check_signature(r, err));
	else
		t_fails(v->verdict, pki_csr_check_signature(r, err));
	pki_csr_free(r);
}

START_TEST(test_vectors)
{
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
		check_vector(&vectors[i]);
}
END_TEST

START_TEST(test_policy_can_allow)
{
	static const struct {
		const char *name;
		uint32_t allow;
	} rows[] = { { "csr/openssl-p256-sha1.pem", PKI_ALLOW_SHA1 },
		{ "csr/openssl-md5.pem", PKI_ALLOW_MD5 },
		{ "csr/openssl-rsa1024.pem", PKI_ALLOW_RSA1024 } };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_ctx *ctx;
		pki_csr *r;

		t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = rows[i].allow), &ctx, err));
		t_ok(pki_csr_load(ctx, t_vector_path(rows[i].name), &r, err));
		pki_ctx_free(ctx); /* the request has its own reference */
		t_ok(pki_csr_check_signature(r, err));
		pki_csr_free(r);
	}
}
END_TEST

/* openssl-full.der, member by member. */
START_TEST(test_members)
{
	static const uint8_t san_start[] = { 0x30, 0x64, 0x82, 0x0f, 'w', 'w', 'w', '.' };
	pki_csr *r = read_vector("openssl-full.der");
	pki_bytes der = pki_csr_der(r);
	pki_attribute a;
	pki_pubkey *key;
	pki_spki spki;
	pki_ext e;

	t_bytes_eq(der, t_vector("csr/openssl-full.der"));
	ck_assert(is_inside(pki_csr_tbs(r), der));
	ck_assert_uint_eq(pki_csr_tbs(r).data[0], 0x30);
	ck_assert_uint_eq((size_t)(pki_csr_tbs(r).data - der.data), 4);
	ck_assert(is_inside(pki_csr_signature(r), der));
	t_bytes_eq(pki_csr_signature_algorithm(r), t_hex("300a06082a8648ce3d040302"));

	t_ok(pki_spki_parse(NULL, pki_csr_spki(r), &spki, err));
	ck_assert_int_eq(spki.type, PKI_KEY_P256);
	t_ok(pki_csr_pubkey(r, &key, err));
	t_bytes_eq(pki_pubkey_spki(key), pki_csr_spki(r));
	pki_pubkey_free(key);

	ck_assert(pki_csr_ext(r, PKI_OID(subject_alt_name), &e));
	ck_assert(!e.critical);
	ck_assert_uint_eq(e.value.len, 102);
	ck_assert_int_eq(memcmp(e.value.data, san_start, sizeof san_start), 0);
	ck_assert(is_inside(e.value, der));
	ck_assert(pki_csr_ext_at(r, 1, &e));
	ck_assert(pki_oid_equal(e.oid, PKI_OID(key_usage)));
	ck_assert(e.critical);
	ck_assert(pki_csr_ext_at(r, 4, &e));
	t_bytes_eq(e.value, t_hex("0500"));
	ck_assert(!pki_csr_ext_at(r, 5, &e));
	ck_assert_ptr_null(e.oid.data);
	ck_assert(!pki_csr_ext(r, PKI_OID(name_constraints), &e));
	ck_assert(!pki_csr_ext(r, PKI_OID(name_constraints), NULL));

	ck_assert(pki_csr_attr(r, PKI_OID(challenge_password), &a));
	t_bytes_eq(a.values, t_nested("0c{62656175747920262062656173 74}"));
	ck_assert(pki_csr_attr_at(r, 1, &a));
	ck_assert(pki_oid_equal(a.type, PKI_OID(unstructured_name)));
	ck_assert(pki_csr_attr_at(r, 2, &a));
	ck_assert(pki_oid_equal(a.type, PKI_OID(extension_request)));
	ck_assert(is_inside(a.values, der));
	ck_assert(!pki_csr_attr_at(r, 3, &a));
	ck_assert(!pki_csr_attr(r, PKI_OID(unstructured_address), NULL));
	pki_csr_free(r);
}
END_TEST

START_TEST(test_written_again)
{
	pki_bytes der = t_vector("csr/openssl-full.der"), pem = t_vector("csr/openssl-full.pem");
	pki_buf out = PKI_BUF_INIT;
	pki_csr *r, *other;

	t_ok(pki_csr_parse(NULL, der, &r, err));
	t_ok(pki_csr_write(r, PKI_DER, &out, err));
	t_bytes_eq(pki_buf_bytes(&out), der);
	pki_buf_free(&out);
	t_ok(pki_csr_write(r, PKI_PEM, &out, err));
	t_bytes_eq(pki_buf_bytes(&out), pem);
	t_fails(PKI_E_ARG, pki_csr_write(r, 2, &out, err));
	t_bytes_eq(pki_buf_bytes(&out), pem);
	pki_buf_free(&out);

	other = pki_csr_ref(r);
	ck_assert_ptr_eq(other, r);
	pki_csr_free(r);
	t_bytes_eq(pki_csr_der(other), der);
	pki_csr_free(other);
	pki_csr_free(NULL);
}
END_TEST

START_TEST(test_files)
{
	const char *path = t_scratch("a.csr");
	pki_csr *r = read_vector("openssl-full.der"), *again;
	struct stat st;

	t_ok(pki_csr_save(r, path, PKI_PEM, 0, err));
	t_fails(PKI_E_IO, pki_csr_save(r, path, PKI_DER, 0, err));
	t_ok(pki_csr_load(NULL, path, &again, err));
	t_bytes_eq(pki_csr_der(again), pki_csr_der(r));
	pki_csr_free(again);
	t_ok(pki_csr_save(r, path, PKI_DER, PKI_FILE_REPLACE, err));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_size, (off_t)pki_csr_der(r).len);
	t_fails(PKI_E_IO, pki_csr_save(r, t_scratch("none/a.csr"), PKI_PEM, 0, err));
	t_fails(PKI_E_IO, pki_csr_load(NULL, t_scratch("none.csr"), &again, err));
	ck_assert_ptr_null(again);
	t_fails(PKI_E_IO, pki_csr_load(NULL, t_scratch(""), &again, err));
	pki_csr_free(r);
}
END_TEST

/* ---- what is refused ---- */

#define V0                  "020100 "
#define NAME                "30{31{30{06{550403} 0c{61}}}} "
#define SPKI                "30{30{06{2a0304}} 03{0001}} "
#define ALG                 "30{06{2a8648ce3d040302}} "
#define SIG                 "03{0001} "
#define INFO                V0 NAME SPKI
#define REQ(attributes)     "30{30{" INFO attributes "}" ALG SIG "}"
#define ATTRS(list)         REQ("a0{" list "}")
#define UNKNOWN             "30{06{2a0305} 31{0500}} "
#define CHALLENGE(values)   "30{06{2a864886f70d010907} 31{" values "}} "
#define EXT_REQUEST(values) "30{06{2a864886f70d01090e} 31{" values "}} "
#define EXTENSIONS(list)    EXT_REQUEST("30{" list "}")
#define BC                  "30{06{551d13} 04{3000}} "
#define KU                  "30{06{551d0f} 04{03020780}} "

static const struct accepted {
	const char *der;
	size_t exts, attrs;
} accepted[] = {
	{ ATTRS(""), 0, 0 },
	{ ATTRS(UNKNOWN), 0, 1 },
	{ ATTRS("30{06{2a0305} 31{0500 0c{61} 3000}} "), 0, 1 },
	{ ATTRS(CHALLENGE("0c{61}")), 0, 1 },
	{ ATTRS(CHALLENGE("13{61}")), 0, 1 },
	{ ATTRS(CHALLENGE("14{e9}")), 0, 1 },
	{ ATTRS(CHALLENGE("1e{0061}")), 0, 1 },
	{ ATTRS(CHALLENGE("1c{00000061}")), 0, 1 },
	{ ATTRS(EXTENSIONS(BC)), 1, 1 },
	{ ATTRS(EXTENSIONS(BC KU)), 2, 1 },
	/* whatever the key, the algorithm and the extension: they are for who uses them */
	{ "30{30{" V0 "3000" SPKI "a000}" ALG "030100}", 0, 0 },
	{ ATTRS(EXTENSIONS("30{06{2a0306} 0101ff 04{}}")), 1, 1 },
};

START_TEST(test_accepted)
{
	for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
		pki_csr *r;

		t_ok(pki_csr_parse(NULL, t_nested(accepted[i].der), &r, err));
		ck_assert_uint_eq(pki_csr_ext_count(r), accepted[i].exts);
		ck_assert_uint_eq(pki_csr_attr_count(r), accepted[i].attrs);
		t_fails(PKI_E_UNSUPPORTED, pki_csr_check_signature(r, err));
		pki_csr_free(r);
	}
}
END_TEST

#define CRI "certificationRequestInfo"
#define AT  CRI ".attributes"

static const struct refused {
	const char *der;
	pki_status status;
	const char *path;
} refused[] = {
	{ "", PKI_E_STRUCTURE, "CertificationRequest" },
	{ "30", PKI_E_ENCODING, "CertificationRequest" },
	{ "3001", PKI_E_ENCODING, "CertificationRequest" },
	{ "0500", PKI_E_STRUCTURE, "CertificationRequest" },
	{ "3000", PKI_E_STRUCTURE, CRI },
	{ "30803000", PKI_E_ENCODING, "CertificationRequest" },
	{ ATTRS("") "00", PKI_E_STRUCTURE, "CertificationRequest" },
	{ "30{30{" INFO "a000}" ALG SIG "0500}", PKI_E_STRUCTURE, "" },
	{ "30{30{" INFO "a000 0500}" ALG SIG "}", PKI_E_STRUCTURE, CRI },
	/* version */
	{ "30{30{" NAME SPKI "a000}" ALG SIG "}", PKI_E_STRUCTURE, CRI ".version" },
	{ "30{30{020101" NAME SPKI "a000}" ALG SIG "}", PKI_E_STRUCTURE, CRI ".version" },
	{ "30{30{0201ff" NAME SPKI "a000}" ALG SIG "}", PKI_E_STRUCTURE, CRI ".version" },
	{ "30{30{02020000" NAME SPKI "a000}" ALG SIG "}", PKI_E_ENCODING, CRI ".version" },
	{ "30{30{0209010000000000000000" NAME SPKI "a000}" ALG SIG "}", PKI_E_LIMIT,
	    CRI ".version" },
	{ "30{30{010100" NAME SPKI "a000}" ALG SIG "}", PKI_E_STRUCTURE, CRI ".version" },
	/* subject */
	{ "30{30{" V0 SPKI "a000}" ALG SIG "}", PKI_E_STRUCTURE, CRI ".subjectPKInfo" },
	{ "30{30{" V0 "3100" SPKI "a000}" ALG SIG "}", PKI_E_STRUCTURE, CRI ".subject" },
	{ "30{30{" V0 "30{3100}" SPKI "a000}" ALG SIG "}", PKI_E_STRUCTURE, CRI ".subject" },
	{ "30{30{" V0 "30{31{30{06{550403} 0c{6100}}}}" SPKI "a000}" ALG SIG "}", PKI_E_STRUCTURE,
	    CRI ".subject" },
	{ "30{30{" V0 "30{31{30{06{550403} 0c{ff}}}}" SPKI "a000}" ALG SIG "}", PKI_E_ENCODING,
	    CRI ".subject" },
	/* subjectPKInfo */
	{ "30{30{" V0 NAME "a000}" ALG SIG "}", PKI_E_STRUCTURE, CRI ".subjectPKInfo" },
	{ "30{30{" V0 NAME "30{30{06{2a03}}}a000}" ALG SIG "}", PKI_E_STRUCTURE,
	    CRI ".subjectPKInfo.subjectPublicKey" },
	{ "30{30{" V0 NAME "30{30{06{2a03}}03{0102}}a000}" ALG SIG "}", PKI_E_STRUCTURE,
	    CRI ".subjectPKInfo.subjectPublicKey" },
	{ "30{30{" V0 NAME "30{30{06{2a03}}03{0101}}a000}" ALG SIG "}", PKI_E_ENCODING,
	    CRI ".subjectPKInfo.subjectPublicKey" },
	{ "30{30{" V0 NAME "30{30{06{2a03}}03{0102 05}}a000}" ALG SIG "}", PKI_E_ENCODING,
	    CRI ".subjectPKInfo.subjectPublicKey" },
	/* attributes: RFC 2986 4.1 */
	{ REQ(""), PKI_E_STRUCTURE, AT },
	{ REQ("8000"), PKI_E_STRUCTURE, AT },
	{ REQ("a100"), PKI_E_STRUCTURE, AT },
	{ REQ("3100"), PKI_E_STRUCTURE, AT },
	{ ATTRS("0500"), PKI_E_STRUCTURE, AT },
	{ ATTRS("3000"), PKI_E_STRUCTURE, AT },
	{ ATTRS("30{06{2a03}}"), PKI_E_STRUCTURE, AT },
	{ ATTRS("30{06{2a03} 3100}"), PKI_E_STRUCTURE, AT },
	{ ATTRS("30{06{2a03} 30{0500}}"), PKI_E_STRUCTURE, AT },
	{ ATTRS("30{06{2a03} 31{0c{62} 0c{61}}}"), PKI_E_ENCODING, AT },
	{ ATTRS("30{06{2a03} 31{0500 0500}}"), PKI_E_ENCODING, AT },
	{ ATTRS("30{06{2a03} 31{30{0101}}}"), PKI_E_ENCODING, AT },
	{ ATTRS("30{06{2a03} 31{0500} 0500}"), PKI_E_STRUCTURE, AT },
	{ ATTRS("30{06{2a83} 31{0500}}"), PKI_E_ENCODING, AT },
	{ ATTRS(CHALLENGE("0c{61}") UNKNOWN), PKI_E_ENCODING, AT },
	{ ATTRS("30{06{2a03} 31{0500}} 30{06{2a03} 31{0c{61}}}"), PKI_E_STRUCTURE, AT "[1]" },
	{ ATTRS(UNKNOWN UNKNOWN), PKI_E_ENCODING, AT "[1]" },
	/* challengePassword: RFC 2985 5.4.1 */
	{ ATTRS(CHALLENGE("")), PKI_E_STRUCTURE, AT },
	{ ATTRS(CHALLENGE("0201 01")), PKI_E_STRUCTURE, AT },
	{ ATTRS(CHALLENGE("0400")), PKI_E_STRUCTURE, AT },
	{ ATTRS(CHALLENGE("16{61}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(CHALLENGE("1a{61}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(CHALLENGE("0c{}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(CHALLENGE("0c{c0af}")), PKI_E_ENCODING, AT },
	{ ATTRS(CHALLENGE("13{40}")), PKI_E_ENCODING, AT },
	{ ATTRS(CHALLENGE("1e{61}")), PKI_E_ENCODING, AT },
	{ ATTRS(CHALLENGE("0c{61} 0c{62}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(CHALLENGE("0c{61}") CHALLENGE("0c{62}")), PKI_E_STRUCTURE, AT "[1]" },
	/* extensionRequest: RFC 2985 5.4.2 */
	{ ATTRS(EXT_REQUEST("")), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXT_REQUEST("0500")), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXTENSIONS("")), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXT_REQUEST("30{" KU "} 30{" BC KU "}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXTENSIONS(BC) EXTENSIONS(KU)), PKI_E_STRUCTURE, AT "[1]" },
	{ ATTRS(EXTENSIONS(BC BC)), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXTENSIONS(BC KU "30{06{551d13} 0101ff 04{30030101ff}}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXTENSIONS("30{06{551d13} 010100 04{3000}}")), PKI_E_ENCODING, AT },
	{ ATTRS(EXTENSIONS("30{06{551d13} 010101 04{3000}}")), PKI_E_ENCODING, AT },
	{ ATTRS(EXTENSIONS("30{06{551d13}}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXTENSIONS("30{04{3000}}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXTENSIONS("30{06{551d13} 04{3000} 0500}")), PKI_E_STRUCTURE, AT },
	{ ATTRS(EXTENSIONS("0500")), PKI_E_STRUCTURE, AT },
	/* signatureAlgorithm, signature */
	{ "30{30{" INFO "a000}" SIG "}", PKI_E_STRUCTURE, "signatureAlgorithm" },
	{ "30{30{" INFO "a000} 3000" SIG "}", PKI_E_STRUCTURE, "signatureAlgorithm.algorithm" },
	{ "30{30{" INFO "a000}" ALG "}", PKI_E_STRUCTURE, "signature" },
	{ "30{30{" INFO "a000}" ALG "0401 00}", PKI_E_STRUCTURE, "signature" },
	{ "30{30{" INFO "a000}" ALG "0300}", PKI_E_ENCODING, "signature" },
	{ "30{30{" INFO "a000}" ALG "03{0480}}", PKI_E_STRUCTURE, "signature" },
	{ "30{30{" INFO "a000}" ALG "03{0900}}", PKI_E_ENCODING, "signature" },
};

START_TEST(test_refused)
{
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		const struct refused *t = &refused[i];
		pki_error e = PKI_ERROR_INIT;
		pki_csr *r = (pki_csr *)&e;
		pki_status st = pki_csr_parse(NULL, t_nested(t->der), &r, &e);

		ck_assert_msg(st == t->status, "row %zu: %s: want %s, got %s", i, t->der,
		    pki_status_text(t->status), t_error(&e));
		ck_assert_msg(strncmp(pki_error_path(&e), t->path, strlen(t->path)) == 0,
		    "row %zu: want %s: %s", i, t->path, t_error(&e));
		ck_assert_ptr_null(r);
		ck_assert_uint_ne(pki_error_offset(&e), PKI_NO_OFFSET);
		ck_assert_str_eq(pki_error_function(&e), "pki_csr_parse");
	}
}
END_TEST

/* The offset is where the octets are that the error speaks of. */
START_TEST(test_error_offsets)
{
	/* no length in these is over 127: an open '{' is one octet */
	static const struct {
		const char *before, *after;
	} rows[] = {
		{ "30{30{" V0 "30{31{30{06{550403}", "0c{6100}}}}" SPKI "a000}" ALG SIG "}" },
		{ "30{30{" INFO "a0{30{06{2a864886f70d01090e} 31{30{" BC, BC "}}}}}" ALG SIG "}" },
		{ "30{30{" INFO "a0{30{06{2a864886f70d010907} 31{", "020101}}}}" ALG SIG "}" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char all[1024];
		pki_error e = PKI_ERROR_INIT;
		pki_csr *r;

		snprintf(all, sizeof all, "%s%s", rows[i].before, rows[i].after);
		ck_assert_int_ne(pki_csr_parse(NULL, t_nested(all), &r, &e), PKI_SUCCESS);
		ck_assert_msg(pki_error_offset(&e) == t_nested(rows[i].before).len, "%zu: %s", i,
		    t_error(&e));
	}
}
END_TEST

/* A request with n extensions, or with n attributes, of different types. */
static pki_bytes many(const char *before, const char *element, size_t n, const char *after)
{
	static char text[60000];
	size_t at = (size_t)snprintf(text, sizeof text, "%s", before);

	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(text + at, sizeof text - at, element,
		    (unsigned)(i >> 7) + 0x81, (unsigned)i & 0x7f);
	snprintf(text + at, sizeof text - at, "%s", after);
	return t_nested(text);
}

static pki_bytes many_exts(size_t n)
{
	return many("30{30{" INFO "a0{30{06{2a864886f70d01090e} 31{30{",
	    "30{06{2a%02x%02x} 04{0500}}", n, "}}}}}" ALG SIG "}");
}

static pki_bytes many_attrs(size_t n)
{
	return many("30{30{" INFO "a0{", "30{06{2a%02x%02x} 31{0500}}", n, "}}" ALG SIG "}");
}

START_TEST(test_limits)
{
	pki_limits limits;
	pki_ctx *ctx;
	pki_csr *r;

	t_ok(pki_csr_parse(NULL, many_exts(128), &r, err));
	ck_assert_uint_eq(pki_csr_ext_count(r), 128);
	pki_csr_free(r);
	t_ok(pki_csr_parse(NULL, many_attrs(128), &r, err));
	ck_assert_uint_eq(pki_csr_attr_count(r), 128);
	pki_csr_free(r);
	t_fails(PKI_E_LIMIT, pki_csr_parse(NULL, many_exts(129), &r, err));
	t_fails(PKI_E_LIMIT, pki_csr_parse(NULL, many_exts(1000), &r, err));
	t_fails(PKI_E_LIMIT, pki_csr_parse(NULL, many_attrs(129), &r, err));

	pki_limits_init(&limits, sizeof limits);
	limits.extensions = 1000;
	limits.object_bytes = 20000;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_ok(pki_csr_parse(ctx, many_exts(1000), &r, err));
	pki_csr_free(r);
	t_fails(PKI_E_LIMIT, pki_csr_parse(ctx, many_exts(1800), &r, err));
	pki_ctx_free(ctx);
}
END_TEST

/* ---- signatures ---- */

static pki_csr *parse_changed(pki_bytes der, size_t at, uint8_t mask)
{
	uint8_t copy[1024];
	pki_csr *r;

	ck_assert_uint_le(der.len, sizeof copy);
	memcpy(copy, der.data, der.len);
	copy[at] ^= mask;
	return pki_csr_parse(NULL, pki_bytes_of(copy, der.len), &r, NULL) == PKI_SUCCESS ? r : NULL;
}

/* Whatever is changed, it is malformed or does not verify. */
START_TEST(test_changes_do_not_verify)
{
	static const uint8_t masks[] = { 0x01, 0x20, 0x80 };
	pki_bytes der = t_vector("csr/openssl-full.der");
	size_t parsed = 0;

	for (size_t i = 0; i < 3 * der.len; i++) {
		pki_csr *r = parse_changed(der, i / 3, masks[i % 3]);

		if (r == NULL)
			continue;
		ck_assert_msg(pki_csr_check_signature(r, NULL) != PKI_SUCCESS, "octet %zu", i / 3);
		pki_csr_free(r);
		parsed++;
	}
	ck_assert_uint_gt(parsed, der.len);
}
END_TEST

START_TEST(test_cut_short)
{
	pki_bytes der = t_vector("csr/openssl-full.der");
	pki_csr *r;

	for (size_t n = 0; n < der.len; n++) {
		uint8_t *exact = malloc(n + 1);

		memcpy(exact, der.data, n);
		ck_assert_int_ne(
		    pki_csr_parse(NULL, pki_bytes_of(exact, n), &r, NULL), PKI_SUCCESS);
		ck_assert_ptr_null(r);
		free(exact);
	}
}
END_TEST

/* The same request with another signature algorithm, signature or key in it. */
static pki_status verdict_with(const char *alg, const char *sig)
{
	pki_csr *p = read_vector("openssl-p256.pem");
	pki_derw w;
	pki_buf made = PKI_BUF_INIT;
	pki_status st;
	pki_csr *r;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, pki_csr_tbs(p));
	pki_derw_raw(&w, alg != NULL ? t_nested(alg) : pki_csr_signature_algorithm(p));
	pki_derw_bits(&w, sig != NULL ? t_nested(sig) : pki_csr_signature(p), 0);
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &made, err));
	t_ok(pki_csr_parse(NULL, pki_buf_bytes(&made), &r, err));
	st = pki_csr_check_signature(r, NULL);
	pki_csr_free(r);
	pki_csr_free(p);
	pki_buf_free(&made);
	return st;
}

START_TEST(test_bad_signatures)
{
	static const struct {
		const char *alg, *sig;
		pki_status want;
	} rows[] = {
		{ NULL, NULL, PKI_SUCCESS },
		{ NULL, "", PKI_E_SIGNATURE },
		{ NULL, "3000", PKI_E_SIGNATURE },
		{ NULL, "30{020100 020100}", PKI_E_SIGNATURE },
		{ NULL, "30{020101 020101}", PKI_E_SIGNATURE },
		{ NULL, "30{020101 020101} 00", PKI_E_SIGNATURE },
		{ NULL, "30{0201ff 020101}", PKI_E_SIGNATURE },
		{ NULL, "3080020101 020101 0000", PKI_E_SIGNATURE },
		/* another digest; parameters where there are none; an RSA algorithm */
		{ "30{06{2a8648ce3d040303}}", NULL, PKI_E_SIGNATURE },
		{ "30{06{2a8648ce3d040302} 0500}", NULL, PKI_E_STRUCTURE },
		{ "30{06{2a864886f70d01010b} 0500}", NULL, PKI_E_SIGNATURE },
		{ "30{06{2b6570}}", NULL, PKI_E_SIGNATURE },
		{ "30{06{2a8648ce3d0401}}", NULL, PKI_E_POLICY },
		{ "30{06{2a864886f70d010103} 0500}", NULL, PKI_E_UNSUPPORTED },
		{ "30{06{2a0304}}", NULL, PKI_E_UNSUPPORTED },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_status st = verdict_with(rows[i].alg, rows[i].sig);

		ck_assert_msg(st == rows[i].want, "row %zu: %s", i, pki_status_text(st));
	}
}
END_TEST

/* ---- PEM ---- */

static pki_bytes joined(const char *a, const char *b, const char *c)
{
	static char text[20000];
	const char *names[] = { a, b, c };
	size_t at = 0;

	for (size_t i = 0; i < 3 && names[i] != NULL; i++) {
		pki_bytes one = t_vector(names[i]);

		memcpy(text + at, one.data, one.len);
		at += one.len;
	}
	return pki_bytes_of(text, at);
}

static pki_bytes block(const char *label, const char *nested, pki_buf *out)
{
	pki_bytes der = t_nested(nested);
	pki_buf body = PKI_BUF_INIT;
	char line[64];

	t_ok(pki_base64_encode(der, &body, err));
	snprintf(line, sizeof line, "-----BEGIN %s-----\n", label);
	t_ok(pki_buf_append(out, pki_bytes_str(line), err));
	t_ok(pki_buf_append(out, pki_buf_bytes(&body), err));
	snprintf(line, sizeof line, "\n-----END %s-----\n", label);
	t_ok(pki_buf_append(out, pki_bytes_str(line), err));
	pki_buf_free(&body);
	return pki_buf_bytes(out);
}

START_TEST(test_pem)
{
	pki_error e = PKI_ERROR_INIT;
	pki_buf text = PKI_BUF_INIT;
	pki_csr *r;

	/* exactly one request, whatever stands beside it */
	block("X509 CRL", "3000", &text);
	t_ok(pki_buf_append(&text, t_vector("csr/openssl-new-label.pem"), err));
	block("PRIVATE KEY", "3000", &text);
	t_ok(pki_csr_parse(NULL, pki_buf_bytes(&text), &r, err));
	ck_assert_str_eq(text_of(pki_csr_subject(r)), "CN=new-label");
	pki_csr_free(r);
	t_ok(pki_buf_append(&text, t_vector("csr/openssl-p256.pem"), err));
	ck_assert_int_eq(pki_csr_parse(NULL, pki_buf_bytes(&text), &r, &e), PKI_E_STRUCTURE);
	ck_assert_ptr_null(r);
	ck_assert_uint_eq(pki_error_pem_block(&e), 4);
	t_fails(PKI_E_STRUCTURE,
	    pki_csr_parse(
		NULL, joined("csr/openssl-p256.pem", "csr/openssl-p256.pem", NULL), &r, err));
	pki_buf_free(&text);

	/* none */
	t_fails(PKI_E_NOTFOUND, pki_csr_parse(NULL, block("X509 CRL", "3000", &text), &r, err));
	pki_buf_free(&text);

	/* a faulty one: its number, and the octet of its DER */
	block("PRIVATE KEY", "3000", &text);
	block("CERTIFICATE REQUEST", "30{30{020101" NAME SPKI "a000}" ALG SIG "}", &text);
	ck_assert_int_eq(pki_csr_parse(NULL, pki_buf_bytes(&text), &r, &e), PKI_E_STRUCTURE);
	ck_assert_uint_eq(pki_error_pem_block(&e), 2);
	ck_assert_uint_eq(pki_error_offset(&e), 4);
	ck_assert_str_eq(pki_error_path(&e), CRI ".version");
	pki_buf_free(&text);

	/* the label is right, the text is not */
	t_fails(PKI_E_ENCODING,
	    pki_csr_parse(NULL,
		pki_bytes_str(
		    "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE-----\n"),
		&r, err));
	t_fails(PKI_E_ENCODING,
	    pki_csr_parse(
		NULL, pki_bytes_str("-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n"), &r, err));
}
END_TEST

/* ---- making ---- */

static pki_key *make_key(pki_key_type t)
{
	const pki_key_opts *rsa = PKI_OPTS(pki_key_opts, .rsa_bits = 2048);
	pki_key *k;

	t_ok(pki_key_generate(NULL, t, t == PKI_KEY_RSA ? rsa : NULL, &k, err));
	return k;
}

START_TEST(test_made_with_each_key)
{
	static const struct {
		pki_key_type type;
		const char *algorithm;
	} rows[] = {
		{ PKI_KEY_P256, "30{06{2a8648ce3d040302}}" },
		{ PKI_KEY_P384, "30{06{2a8648ce3d040303}}" },
		{ PKI_KEY_P521, "30{06{2a8648ce3d040304}}" },
		{ PKI_KEY_ED25519, "30{06{2b6570}}" },
		{ PKI_KEY_ED448, "30{06{2b6571}}" },
		{ PKI_KEY_RSA, "30{06{2a864886f70d01010b} 0500}" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_key *k = make_key(rows[i].type);
		pki_csr *r;

		t_ok(pki_csr_make(NULL, k, PKI_OPTS(pki_csr_opts, .subject = "CN=a"), &r, err));
		t_bytes_eq(pki_csr_spki(r), pki_pubkey_spki(pki_key_public(k)));
		t_bytes_eq(pki_csr_signature_algorithm(r), t_nested(rows[i].algorithm));
		t_ok(pki_csr_check_signature(r, err));
		pki_csr_free(r);
		pki_key_free(k);
	}
}
END_TEST

START_TEST(test_made_with_an_algorithm)
{
	pki_key *rsa = make_key(PKI_KEY_RSA), *ec = make_key(PKI_KEY_P256);
	pki_alg a, got;
	pki_csr *r;

	pki_alg_init(&a, sizeof a);
	a.scheme = PKI_ALG_RSA_PSS;
	a.hash = PKI_HASH_SHA384;
	t_ok(
	    pki_csr_make(NULL, rsa, PKI_OPTS(pki_csr_opts, .subject = "CN=a", .alg = &a), &r, err));
	t_ok(pki_csr_check_signature(r, err));
	pki_alg_init(&got, sizeof got);
	t_ok(pki_alg_parse(NULL, pki_csr_signature_algorithm(r), &got, err));
	ck_assert_int_eq(got.scheme, PKI_ALG_RSA_PSS);
	ck_assert_int_eq(got.hash, PKI_HASH_SHA384);
	pki_csr_free(r);

	t_fails(PKI_E_ARG,
	    pki_csr_make(NULL, ec, PKI_OPTS(pki_csr_opts, .subject = "CN=a", .alg = &a), &r, err));
	a.scheme = PKI_ALG_ECDSA;
	a.hash = PKI_HASH_SHA1;
	t_fails(PKI_E_POLICY,
	    pki_csr_make(NULL, ec, PKI_OPTS(pki_csr_opts, .subject = "CN=a", .alg = &a), &r, err));
	a.hash = PKI_HASH_NONE;
	t_fails(PKI_E_ARG,
	    pki_csr_make(NULL, ec, PKI_OPTS(pki_csr_opts, .subject = "CN=a", .alg = &a), &r, err));
	pki_key_free(ec);
	pki_key_free(rsa);

	ec = make_key(PKI_KEY_X25519);
	t_fails(PKI_E_UNSUPPORTED,
	    pki_csr_make(NULL, ec, PKI_OPTS(pki_csr_opts, .subject = "CN=a"), &r, err));
	ck_assert_ptr_null(r);
	pki_key_free(ec);
}
END_TEST

/* The algorithm's own struct may be older or newer than the library, as the options' may. */
START_TEST(test_made_with_an_algorithm_of_another_size)
{
	static const struct {
		pki_status want;
		size_t size;
		uint8_t beyond;
	} rows[] = {
		{ PKI_E_ARG, 0, 0 },
		{ PKI_E_ARG, sizeof(size_t), 0 },
		{ PKI_E_ARG, sizeof(pki_alg) - 1, 0 },
		{ PKI_E_ARG, SIZE_MAX, 0 },
		{ PKI_E_UNSUPPORTED, sizeof(pki_alg) + 8, 1 },
		{ PKI_SUCCESS, sizeof(pki_alg) + 8, 0 },
		{ PKI_SUCCESS, sizeof(pki_alg), 0 },
	};
	/* the curve is left to the key */
	const pki_alg eddsa = { .size = sizeof eddsa, .scheme = PKI_ALG_EDDSA };
	pki_key *k = make_key(PKI_KEY_ED25519);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		/* no more than it says there is */
		size_t there = rows[i].size > 1000 || rows[i].size < sizeof(size_t) ? sizeof(size_t)
										    : rows[i].size;
		uint8_t *room = calloc(1, there);
		pki_csr *r;

		memcpy(room, &eddsa, there < sizeof eddsa ? there : sizeof eddsa);
		memcpy(room, &rows[i].size, sizeof rows[i].size);
		if (there > sizeof eddsa)
			room[there - 1] = rows[i].beyond;
		ck_assert_int_eq(pki_csr_make(NULL, k,
				     PKI_OPTS(pki_csr_opts, .subject = "CN=a",
					 .alg = (const pki_alg *)(const void *)room),
				     &r, NULL),
		    rows[i].want);
		ck_assert_int_eq(r != NULL, rows[i].want == PKI_SUCCESS);
		pki_csr_free(r);
		free(room);
	}
	pki_key_free(k);
}
END_TEST

/* Everything at once, octet for octet. */
START_TEST(test_made_whole)
{
	static const char want[] = V0 "30{31{30{06{550406} 13{4e4c}}} 31{30{06{550403} 0c{c3a9}}}}";
	static const char attributes[] =
	    "a0{"
	    "30{06{2a0305} 31{0500 0c{6f6e65} 0c{74776f}}} "
	    "30{06{2a864886f70d010907} 31{13{73657372616d65}}} "
	    "30{06{2a864886f70d01090e} 31{30{"
	    "30{06{551d0f} 0101ff 04{03020780}} "
	    "30{06{551d11} 04{30{82{6578616d706c652e6f7267} 87{c0000201}}}}}}}"
	    "}";
	pki_key *k = make_key(PKI_KEY_P256);
	pki_attribute attr = { t_hex("2a0305"), t_nested("0c{6f6e65} 0c{74776f} 0500") };
	pki_buf tbs = PKI_BUF_INIT;
	pki_exts *exts;
	pki_derw w;
	pki_csr *r;

	t_ok(pki_exts_new(NULL, &exts, err));
	pki_exts_key_usage(exts, PKI_KU_DIGITAL_SIGNATURE);
	t_ok(pki_csr_make(NULL, k,
	    PKI_OPTS(pki_csr_opts, .subject = "CN=\xc3\xa9,C=NL",
		.names = PKI_LIST("example.org", "192.0.2.1"), .exts = exts, .challenge = "sesrame",
		.attrs = &attr, .attr_count = 1),
	    &r, err));
	pki_exts_free(exts);
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, t_nested(want));
	pki_derw_raw(&w, pki_pubkey_spki(pki_key_public(k)));
	pki_derw_raw(&w, t_nested(attributes));
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &tbs, err));
	t_bytes_eq(pki_csr_tbs(r), pki_buf_bytes(&tbs));
	t_ok(pki_csr_check_signature(r, err));
	pki_buf_free(&tbs);
	pki_csr_free(r);
	pki_key_free(k);
}
END_TEST

START_TEST(test_san_of_an_empty_subject)
{
	pki_key *k = make_key(PKI_KEY_ED25519);
	pki_name *empty;
	pki_csr *r;
	pki_ext e;

	t_ok(pki_name_parse(NULL, t_hex("3000"), &empty, err));
	{
		const pki_csr_opts *const opts[] = {
			PKI_OPTS(pki_csr_opts, .names = PKI_LIST("example.org")),
			PKI_OPTS(pki_csr_opts, .subject = "", .names = PKI_LIST("example.org")),
			PKI_OPTS(
			    pki_csr_opts, .subject_name = empty, .names = PKI_LIST("example.org")),
		};

		for (size_t i = 0; i < 3; i++) {
			t_ok(pki_csr_make(NULL, k, opts[i], &r, err));
			ck_assert(pki_csr_ext(r, PKI_OID(subject_alt_name), &e));
			ck_assert_msg(e.critical, "RFC 5280 4.2.1.6");
			ck_assert(pki_name_is_empty(pki_csr_subject(r)));
			pki_csr_free(r);
		}
	}
	pki_name_free(empty);
	pki_key_free(k);
}
END_TEST

START_TEST(test_challenge_types)
{
	static const struct {
		const char *text;
		uint8_t tag;
	} rows[] = { { "abc 019 '()+,-./:=?", PKI_TAG_PRINTABLE }, { "a@b", PKI_TAG_UTF8 },
		{ "a*b", PKI_TAG_UTF8 }, { "\xe2\x82\xac", PKI_TAG_UTF8 },
		{ " ", PKI_TAG_PRINTABLE } };
	pki_key *k = make_key(PKI_KEY_ED25519);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_attribute a;
		pki_csr *r;

		t_ok(pki_csr_make(NULL, k,
		    PKI_OPTS(pki_csr_opts, .subject = "CN=a", .challenge = rows[i].text), &r, err));
		ck_assert(pki_csr_attr(r, PKI_OID(challenge_password), &a));
		ck_assert_uint_eq(a.values.data[0], rows[i].tag);
		t_bytes_eq(
		    pki_bytes_of(a.values.data + 2, a.values.len - 2), pki_bytes_str(rows[i].text));
		pki_csr_free(r);
	}
	pki_key_free(k);
}
END_TEST

static const char *text_of_length(size_t n, const char *unit)
{
	static char text[2048];

	text[0] = '\0';
	while (n-- > 0)
		strcat(text, unit);
	return text;
}

START_TEST(test_not_made)
{
	pki_key *k = make_key(PKI_KEY_ED25519);
	pki_attribute unknown = { t_hex("2a0305"), t_hex("0500") };
	pki_attribute twice[2] = { unknown, { t_hex("2a0305"), t_hex("0c0161") } };
	pki_attribute challenge = { PKI_OID(challenge_password), t_nested("0c{61}") };
	pki_attribute request = { PKI_OID(extension_request), t_nested("30{" BC "}") };
	pki_attribute valueless = { t_hex("2a0305"), t_hex("") };
	pki_attribute typeless = { t_hex(""), t_hex("0500") };
	pki_attribute cut = { t_hex("2a0305"), t_hex("0501") };
	pki_exts *san, *wrong, *of_crl;
	pki_name *name;
	pki_csr *r;

	t_ok(pki_exts_new(NULL, &san, err));
	pki_exts_san(san, "example.org");
	t_ok(pki_exts_new(NULL, &wrong, err));
	pki_exts_key_usage(wrong, 0);
	t_ok(pki_exts_new(NULL, &of_crl, err));
	pki_exts_add(of_crl, PKI_OID(crl_number), false, t_hex("020101"));
	t_ok(pki_name_from_string(NULL, "CN=a", &name, err));
	{
		const pki_csr_opts *const opts[] = {
			NULL,
			PKI_OPTS(pki_csr_opts, .subject = NULL),
			PKI_OPTS(pki_csr_opts, .subject = ""),
			PKI_OPTS(pki_csr_opts, .names = PKI_LIST(NULL)),
			PKI_OPTS(pki_csr_opts, .challenge = "a"),
			PKI_OPTS(pki_csr_opts, .subject = "CN"),
			PKI_OPTS(pki_csr_opts, .subject = "C=NLD"),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .subject_name = name),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .names = PKI_LIST("")),
			PKI_OPTS(pki_csr_opts, .names = PKI_LIST("example.org", "a b")),
			PKI_OPTS(pki_csr_opts, .names = PKI_LIST("*.*.com")),
			PKI_OPTS(pki_csr_opts, .names = PKI_LIST("192.0.2.256")),
			PKI_OPTS(pki_csr_opts, .names = PKI_LIST("example.org"), .exts = san),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .exts = wrong),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .exts = of_crl),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .challenge = ""),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .challenge = "\xff"),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a",
			    .challenge = text_of_length(256, "\xc3\xa9")),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .attr_count = 1),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .attrs = twice, .attr_count = 2),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .attrs = &challenge,
			    .attr_count = 1, .challenge = "b"),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .attrs = &request,
			    .attr_count = 1, .exts = san),
			PKI_OPTS(
			    pki_csr_opts, .subject = "CN=a", .attrs = &valueless, .attr_count = 1),
			PKI_OPTS(
			    pki_csr_opts, .subject = "CN=a", .attrs = &typeless, .attr_count = 1),
			PKI_OPTS(pki_csr_opts, .subject = "CN=a", .attrs = &cut, .attr_count = 1),
			&(const pki_csr_opts){ .subject = "CN=a" },
			&(const pki_csr_opts){ .size = 8, .subject = "CN=a" },
		};

		for (size_t i = 0; i < sizeof opts / sizeof opts[0]; i++) {
			pki_error e = PKI_ERROR_INIT;
			pki_status st = pki_csr_make(NULL, k, opts[i], &r, &e);

			ck_assert_msg(st == PKI_E_ARG, "row %zu: %s", i, t_error(&e));
			ck_assert_ptr_null(r);
		}
	}
	/* once is fine */
	t_ok(pki_csr_make(NULL, k,
	    PKI_OPTS(pki_csr_opts, .subject_name = name, .attrs = &request, .attr_count = 1), &r,
	    err));
	ck_assert_uint_eq(pki_csr_ext_count(r), 1);
	pki_csr_free(r);
	t_ok(pki_csr_make(NULL, k,
	    PKI_OPTS(
		pki_csr_opts, .subject_name = name, .challenge = text_of_length(255, "\xc3\xa9")),
	    &r, err));
	pki_csr_free(r);
	/* what is made is what is read */
	challenge.values = t_nested("020101");
	t_fails(PKI_E_STRUCTURE,
	    pki_csr_make(NULL, k,
		PKI_OPTS(pki_csr_opts, .subject_name = name, .attrs = &challenge, .attr_count = 1),
		&r, err));
	pki_name_free(name);
	pki_exts_free(wrong);
	pki_exts_free(of_crl);
	pki_exts_free(san);
	pki_key_free(k);
}
END_TEST

/* Options of a caller that is newer than the library. */
START_TEST(test_newer_options)
{
	struct {
		pki_csr_opts known;
		uint64_t newer[2];
	} o = { .known = { .size = sizeof o, .subject = "CN=a" } };
	pki_key *k = make_key(PKI_KEY_ED25519);
	pki_csr *r;

	t_ok(pki_csr_make(NULL, k, &o.known, &r, err));
	pki_csr_free(r);
	o.newer[1] = 1;
	t_fails(PKI_E_UNSUPPORTED, pki_csr_make(NULL, k, &o.known, &r, err));
	pki_key_free(k);
	memset(&o, 0xff, sizeof o);
	pki_csr_opts_init(&o.known, sizeof o.known);
	ck_assert_uint_eq(o.known.size, sizeof o.known);
	ck_assert_ptr_null(o.known.alg);
}
END_TEST

START_TEST(test_null)
{
	pki_csr *r = read_vector("openssl-p256.pem");
	pki_key *k = make_key(PKI_KEY_ED25519);
	pki_buf b = PKI_BUF_INIT;
	pki_bytes nowhere = { NULL, 3 };
	pki_csr *out;

	t_fails(PKI_E_ARG, pki_csr_parse(NULL, pki_csr_der(r), NULL, err));
	t_fails(PKI_E_ARG, pki_csr_parse(NULL, nowhere, &out, err));
	t_fails(PKI_E_ARG, pki_csr_load(NULL, NULL, &out, err));
	t_fails(PKI_E_ARG, pki_csr_load(NULL, "x", NULL, err));
	t_fails(PKI_E_ARG, pki_csr_write(NULL, PKI_DER, &b, err));
	t_fails(PKI_E_ARG, pki_csr_write(r, PKI_DER, NULL, err));
	t_fails(PKI_E_ARG, pki_csr_save(NULL, "x", PKI_DER, 0, err));
	t_fails(PKI_E_ARG, pki_csr_save(r, NULL, PKI_DER, 0, err));
	t_fails(PKI_E_ARG, pki_csr_check_signature(NULL, err));
	t_fails(PKI_E_ARG, pki_csr_pubkey(r, NULL, err));
	t_fails(PKI_E_ARG, pki_csr_make(NULL, NULL, NULL, &out, err));
	t_fails(
	    PKI_E_ARG, pki_csr_make(NULL, k, PKI_OPTS(pki_csr_opts, .subject = "CN=a"), NULL, err));
	ck_assert_uint_eq(pki_csr_der(NULL).len, 0);
	ck_assert_uint_eq(pki_csr_tbs(NULL).len, 0);
	ck_assert_uint_eq(pki_csr_spki(NULL).len, 0);
	ck_assert_uint_eq(pki_csr_signature(NULL).len, 0);
	ck_assert_uint_eq(pki_csr_signature_algorithm(NULL).len, 0);
	ck_assert_ptr_null(pki_csr_subject(NULL));
	ck_assert_uint_eq(pki_csr_ext_count(NULL) + pki_csr_attr_count(NULL), 0);
	ck_assert(!pki_csr_ext_at(NULL, 0, NULL) && !pki_csr_attr_at(NULL, 0, NULL));
	ck_assert(!pki_csr_ext(NULL, PKI_OID(key_usage), NULL));
	ck_assert(!pki_csr_attr(NULL, PKI_OID(challenge_password), NULL));
	ck_assert_ptr_null(pki_csr_ref(NULL));
	pki_csr_opts_init(NULL, sizeof(pki_csr_opts));
	pki_key_free(k);
	pki_csr_free(r);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_vectors, test_policy_can_allow, test_members,
		test_written_again, test_files, test_accepted, test_refused, test_error_offsets,
		test_limits, test_changes_do_not_verify, test_cut_short, test_bad_signatures,
		test_pem, test_made_with_each_key, test_made_with_an_algorithm,
		test_made_with_an_algorithm_of_another_size, test_made_whole,
		test_san_of_an_empty_subject, test_challenge_types, test_not_made,
		test_newer_options, test_null, NULL };

	return t_main("csr", tests);
}
