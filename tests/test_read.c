/* SPDX-License-Identifier: BSD-3-Clause */
/* Objects of files: what is recognized, in what, and where it stands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/read.h>

#include "libpki/x509/kind.h"
#include "tests/lib/nested.h"

static pki_objects *objects_of(pki_bytes in)
{
	pki_objects *l;

	t_ok(pki_read_all_of(NULL, in, &l, err));
	return l;
}

/* ---- kinds, by their first elements ---- */

#define ALG         "30{06{2a03} 0500}"
#define NAME        "30{31{30{06{550403} 0c{61}}}}"
#define TIME        "17{3236303930313030303030305a}"
#define TIMES       "30{" TIME TIME "}"
#define SPKI        "30{" ALG "03{0001}}"
#define SIGNED(tbs) "30{30{" tbs "}" ALG "03{0001}}"

static const struct row {
	const char *der;
	pki_kind kind;
	pki_status status;
} kinds[] = {
	{ SIGNED("a0{020102} 020101" ALG NAME TIMES NAME SPKI), PKI_KIND_CERTIFICATE, PKI_SUCCESS },
	{ SIGNED("020101" ALG NAME TIMES NAME SPKI), PKI_KIND_CERTIFICATE, PKI_SUCCESS },
	{ SIGNED("a0{020102} 020101" ALG NAME TIMES NAME), PKI_KIND_CERTIFICATE, PKI_E_STRUCTURE },
	{ SIGNED("020101" ALG NAME TIME NAME SPKI), PKI_KIND_CRL, PKI_E_STRUCTURE },
	{ SIGNED("020100" NAME SPKI "a000"), PKI_KIND_CSR, PKI_SUCCESS },
	{ SIGNED("020100 3000" SPKI "a000"), PKI_KIND_CSR, PKI_SUCCESS },
	{ SIGNED("020100" NAME SPKI), PKI_KIND_CSR, PKI_E_STRUCTURE },
	{ SIGNED("020107" NAME SPKI "a000"), PKI_KIND_CSR, PKI_E_STRUCTURE },
	{ SIGNED("020101" ALG NAME TIME), PKI_KIND_CRL, PKI_SUCCESS },
	{ SIGNED(ALG NAME TIME TIME), PKI_KIND_CRL, PKI_SUCCESS },
	{ SIGNED(ALG NAME "18{32303530303130313030303030305a}"), PKI_KIND_CRL, PKI_SUCCESS },
	{ "30{020100" ALG "0400}", PKI_KIND_PRIVATE_KEY, PKI_SUCCESS },
	{ "30{020101" ALG "0400 8100}", PKI_KIND_PRIVATE_KEY, PKI_SUCCESS },
	{ "30{" ALG "0400}", PKI_KIND_ENCRYPTED_KEY, PKI_SUCCESS },
	{ SPKI, PKI_KIND_PUBLIC_KEY, PKI_SUCCESS },
	{ "30{06{2a864886f70d010702} a0{3000}}", PKI_KIND_PKCS7, PKI_SUCCESS },
	{ "30{06{2a864886f70d010702} a0{0102}}", PKI_KIND_PKCS7, PKI_E_ENCODING },
	{ "30{020103 30{06{2a864886f70d010701} a0{0400}} 3000}", PKI_KIND_PKCS12,
	    PKI_E_UNSUPPORTED },
	{ "30{30{30{30{30{" ALG "0400 0400 020101}}}}}", PKI_KIND_OCSP_REQUEST, PKI_E_UNSUPPORTED },
	{ "30{30{a1{8200} 30{30{30{" ALG "0400 0400 020101}}}}}", PKI_KIND_OCSP_REQUEST,
	    PKI_E_UNSUPPORTED },
	{ "30{30{a0{020100} a1{8200} 30{30{30{" ALG "0400}}}}}", PKI_KIND_OCSP_REQUEST,
	    PKI_E_UNSUPPORTED },
	{ "30{0a0100 a0{30{06{2a03} 0400}}}", PKI_KIND_OCSP_RESPONSE, PKI_E_UNSUPPORTED },
	{ "30{0a0106}", PKI_KIND_OCSP_RESPONSE, PKI_E_UNSUPPORTED },
	{ "30{020101 30{" ALG "0400}}", PKI_KIND_TS_REQUEST, PKI_E_UNSUPPORTED },
	{ "30{30{020100} 30{06{2a03} a0{3000}}}", PKI_KIND_TS_RESPONSE, PKI_E_UNSUPPORTED },
	{ "30{30{020102 30{0c{61}} 03{0520}}}", PKI_KIND_TS_RESPONSE, PKI_E_UNSUPPORTED },
	{ SIGNED("020101 30{a000} a0{3000}" ALG "020101" TIMES "3000"),
	    PKI_KIND_ATTRIBUTE_CERTIFICATE, PKI_E_UNSUPPORTED },
	/* keys in old formats */
	{ "30{020100 020123 020103 020105 020107 020105 020101 020101 020101}",
	    PKI_KIND_PRIVATE_KEY, PKI_SUCCESS },
	{ "30{020101 0400 a0{06{2a03}} a1{030100}}", PKI_KIND_PRIVATE_KEY, PKI_SUCCESS },
	{ "30{020123 020103}", PKI_KIND_PUBLIC_KEY, PKI_SUCCESS },
	/* nothing of ours */
	{ "3000", 0, PKI_E_STRUCTURE },
	{ "30{020105}", 0, PKI_E_STRUCTURE },
	{ "30{0500}", 0, PKI_E_STRUCTURE },
	{ "30{30{06{2a03}}}", 0, PKI_E_STRUCTURE },
	/* malformed */
	{ "30", 0, PKI_E_ENCODING },
	{ "3082", 0, PKI_E_ENCODING },
	{ "308201", 0, PKI_E_ENCODING },
	{ "30{0201}", 0, PKI_E_ENCODING },
	{ "30{020100" ALG "04{01}", PKI_KIND_PRIVATE_KEY, PKI_SUCCESS },
	{ "30{30{06{8001}} 030100}", PKI_KIND_PUBLIC_KEY, PKI_E_ENCODING },
};

START_TEST(test_kinds)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		pki_bytes der = t_nested(kinds[i].der);
		pki_objects *l = objects_of(der);
		pki_error e = PKI_ERROR_INIT;
		pki_object o;
		pki_status st = pki_objects_next(l, &o, &e);

		ck_assert_msg(o.kind == kinds[i].kind, "row %zu: %s: %s", i, pki_kind_name(o.kind),
		    t_error(&e));
		ck_assert_msg(st == kinds[i].status, "row %zu: %s", i, t_error(&e));
		ck_assert_int_eq(o.encoding, PKI_ENCODING_DER);
		ck_assert_uint_eq(o.index, 0);
		ck_assert_uint_eq(o.offset, 0);
		ck_assert((o.csr != NULL) == (st == PKI_SUCCESS && o.kind == PKI_KIND_CSR));
		ck_assert(
		    (o.cert != NULL) == (st == PKI_SUCCESS && o.kind == PKI_KIND_CERTIFICATE));
		if (st == PKI_SUCCESS || st == PKI_E_UNSUPPORTED)
			t_bytes_eq(o.bytes, der);
		t_ok(pki_objects_next(l, &o, err));
		ck_assert_int_eq(o.kind, 0);
		pki_objects_free(l);
	}
}
END_TEST

/* Cut anywhere, a shape is that of the whole, or of nothing; and no octet beyond is read. */
START_TEST(test_kinds_cut_short)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		pki_bytes der = t_nested(kinds[i].der);

		for (size_t n = 0; n < der.len; n++) {
			uint8_t *exact = malloc(n + 1);

			memcpy(exact, der.data, n);
			(void)pki_kind_of_der(pki_bytes_of(exact, n));
			free(exact);
		}
	}
}
END_TEST

/* ---- BER ---- */

#define P7     "06{2a864886f70d010702}"
#define P7_BER "3080" P7 "a080 30800000 0000 0000"
#define P7_DER "30{" P7 "a0{3000}}"

START_TEST(test_ber)
{
	static const struct {
		const char *ber;
		pki_kind kind;
		pki_status status;
		pki_encoding encoding;
		const char *bytes; /* the object's */
	} rows[] = {
		{ P7_BER, PKI_KIND_PKCS7, PKI_SUCCESS, PKI_ENCODING_BER, P7_DER },
		{ "30{" P7 "a080 3000 0000}", PKI_KIND_PKCS7, PKI_SUCCESS, PKI_ENCODING_BER,
		    P7_DER },
		{ "3083000010" P7 "a0{81013000}", PKI_KIND_PKCS7, PKI_E_ENCODING, PKI_ENCODING_DER,
		    NULL },
		{ "3083000011" P7 "a0810230 00", PKI_KIND_PKCS7, PKI_E_ENCODING, PKI_ENCODING_DER,
		    NULL },
		{ "3083000010" P7 "a0810230 00", PKI_KIND_PKCS7, PKI_SUCCESS, PKI_ENCODING_BER,
		    P7_DER },
		{ P7_DER, PKI_KIND_PKCS7, PKI_SUCCESS, PKI_ENCODING_DER, P7_DER },
		{ "3080" P7 "a080 0101010000 0000", PKI_KIND_PKCS7, PKI_E_ENCODING,
		    PKI_ENCODING_BER, NULL },
		{ "3080" P7 "a0803080", PKI_KIND_PKCS7, PKI_E_ENCODING, PKI_ENCODING_BER, NULL },
		{ "3080" P7 "a080 3080 0000 0000", PKI_KIND_PKCS7, PKI_E_ENCODING, PKI_ENCODING_BER,
		    NULL },
		{ "3080020103308006092a864886f70d010701a080", PKI_KIND_PKCS12, PKI_E_ENCODING,
		    PKI_ENCODING_BER, NULL },
		{ "3080020103308006092a864886f70d010701a0800400000000000000", PKI_KIND_PKCS12,
		    PKI_E_UNSUPPORTED, PKI_ENCODING_BER, NULL },
		/* formats that are DER alone */
		{ "3080 30{020100" NAME SPKI "a000}" ALG "03{0001} 0000", 0, PKI_E_ENCODING,
		    PKI_ENCODING_BER, NULL },
		{ "30800000", 0, PKI_E_ENCODING, PKI_ENCODING_BER, NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_objects *l = objects_of(t_nested(rows[i].ber));
		pki_error e = PKI_ERROR_INIT;
		pki_object o;
		pki_status st = pki_objects_next(l, &o, &e);

		ck_assert_msg(st == rows[i].status, "row %zu: %s", i, t_error(&e));
		ck_assert_int_eq(o.encoding, rows[i].encoding);
		if (rows[i].kind != 0)
			ck_assert_int_eq(o.kind, rows[i].kind);
		if (rows[i].bytes != NULL)
			t_bytes_eq(o.bytes, t_nested(rows[i].bytes));
		t_ok(pki_objects_next(l, &o, err));
		ck_assert_int_eq(o.kind, 0);
		pki_objects_free(l);
	}
}
END_TEST

/* An indefinite length ends where its end-of-contents octets are: what follows is found. */
START_TEST(test_ber_objects)
{
	pki_objects *l = objects_of(t_nested(P7_BER P7_DER P7_BER "3080" P7 "a080"));
	pki_error e = PKI_ERROR_INIT;
	size_t at = 0;
	pki_object o;

	for (size_t i = 0; i < 3; i++) {
		t_ok(pki_objects_next(l, &o, err));
		ck_assert_int_eq(o.kind, PKI_KIND_PKCS7);
		ck_assert_int_eq(o.encoding, i == 1 ? PKI_ENCODING_DER : PKI_ENCODING_BER);
		ck_assert_uint_eq(o.index, i);
		ck_assert_uint_eq(o.offset, at);
		t_bytes_eq(o.bytes, t_nested(P7_DER));
		at += t_nested(i == 1 ? P7_DER : P7_BER).len;
	}
	ck_assert_int_eq(pki_objects_next(l, &o, &e), PKI_E_ENCODING);
	ck_assert_uint_eq(o.offset, at);
	ck_assert_uint_eq(pki_error_offset(&e), at + t_nested("3080" P7 "a080").len);
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, 0);
	pki_objects_free(l);
}
END_TEST

/* In PEM and bare base64, too. */
START_TEST(test_ber_in_text)
{
	pki_buf pem = PKI_BUF_INIT, base64 = PKI_BUF_INIT;
	pki_bytes texts[2];

	t_ok(pki_pem_encode("CMS", t_nested(P7_BER), &pem, err));
	t_ok(pki_base64_encode(t_nested(P7_BER), &base64, err));
	texts[0] = pki_buf_bytes(&pem);
	texts[1] = pki_buf_bytes(&base64);
	for (size_t i = 0; i < 2; i++) {
		pki_objects *l = objects_of(texts[i]);
		pki_object o;

		t_ok(pki_objects_next(l, &o, err));
		ck_assert_int_eq(o.kind, PKI_KIND_PKCS7);
		ck_assert_int_eq(o.encoding, i == 0 ? PKI_ENCODING_PEM : PKI_ENCODING_BASE64);
		t_bytes_eq(o.bytes, t_nested(P7_DER));
		pki_objects_free(l);
	}
	pki_buf_free(&pem);
	pki_buf_free(&base64);
}
END_TEST

/* ---- labels ---- */

static const struct {
	const char *label;
	pki_kind kind;
} labels[] = {
	{ "CERTIFICATE REQUEST", PKI_KIND_CSR },
	{ "NEW CERTIFICATE REQUEST", PKI_KIND_CSR },
	{ "PRIVATE KEY", PKI_KIND_PRIVATE_KEY },
	{ "ENCRYPTED PRIVATE KEY", PKI_KIND_ENCRYPTED_KEY },
	{ "PUBLIC KEY", PKI_KIND_PUBLIC_KEY },
	{ "CERTIFICATE", PKI_KIND_CERTIFICATE },
	{ "X509 CRL", PKI_KIND_CRL },
	{ "PKCS7", PKI_KIND_PKCS7 },
	{ "CMS", PKI_KIND_PKCS7 },
	{ "ATTRIBUTE CERTIFICATE", PKI_KIND_ATTRIBUTE_CERTIFICATE },
	{ "RSA PRIVATE KEY", PKI_KIND_PRIVATE_KEY },
	{ "EC PRIVATE KEY", PKI_KIND_PRIVATE_KEY },
	{ "certificate request", 0 },
	{ "CERTIFICATE  REQUEST", 0 },
	{ "TRUSTED CERTIFICATE", 0 },
	{ "EC PARAMETERS", 0 },
	{ "", 0 },
};

START_TEST(test_labels)
{
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		pki_kind_found f = pki_kind_of_label(pki_bytes_str(labels[i].label));

		ck_assert_msg(f.kind == labels[i].kind, "%s", labels[i].label);
		ck_assert(f.kind != 0 || f.status == PKI_E_UNSUPPORTED);
	}
}
END_TEST

START_TEST(test_names)
{
	ck_assert_str_eq(pki_kind_name(PKI_KIND_CSR), "csr");
	ck_assert_str_eq(pki_kind_name(PKI_KIND_ENCRYPTED_KEY), "pkcs8-encrypted");
	ck_assert_str_eq(pki_kind_name(PKI_KIND_JWK), "jwk");
	ck_assert_str_eq(pki_kind_name(0), "unknown");
	ck_assert_str_eq(pki_kind_name(-1), "unknown");
	ck_assert_str_eq(pki_kind_name(PKI_KIND_JWK + 1), "unknown");
	ck_assert_str_eq(pki_encoding_name(PKI_ENCODING_DER), "der");
	ck_assert_str_eq(pki_encoding_name(PKI_ENCODING_JSON), "json");
	ck_assert_str_eq(pki_encoding_name(0), "unknown");
	ck_assert_str_eq(pki_encoding_name(INT32_MAX), "unknown");
}
END_TEST

/* ---- several in one file ---- */

static void append(pki_buf *b, pki_bytes more)
{
	t_ok(pki_buf_append(b, more, err));
}

static void append_block(pki_buf *b, const char *label, pki_bytes der)
{
	append(b, pki_bytes_str("-----BEGIN "));
	append(b, pki_bytes_str(label));
	append(b, pki_bytes_str("-----\n"));
	t_ok(pki_base64_encode(der, b, err));
	append(b, pki_bytes_str("\n-----END "));
	append(b, pki_bytes_str(label));
	append(b, pki_bytes_str("-----\n"));
}

/* Every block is reported, the ones after a faulty one too. */
START_TEST(test_pem_in_sequence)
{
	pki_bytes csr = t_vector("csr/openssl-full.der"), spki = t_nested(SPKI);
	pki_buf text = PKI_BUF_INIT;
	size_t begins[6];
	pki_objects *l;
	pki_error e = PKI_ERROR_INIT;
	pki_object o;

	append(&text, pki_bytes_str("Subject: somebody\r\n----- no begin\n"));
	begins[0] = text.len;
	append_block(&text, "CERTIFICATE REQUEST", csr);
	append(&text, pki_bytes_str("and then\n\n"));
	begins[1] = text.len;
	append_block(&text, "CERTIFICATE REQUEST", spki);
	begins[2] = text.len;
	append_block(&text, "DINNER", spki);
	begins[3] = text.len;
	append(
	    &text, pki_bytes_str("-----BEGIN PUBLIC KEY-----\nMA=A\n-----END PUBLIC KEY-----\n"));
	begins[4] = text.len;
	append_block(&text, "PUBLIC KEY", spki);
	begins[5] = text.len;
	append(&text, pki_bytes_str("-----BEGIN PUBLIC KEY-----\nMAA=\n"));

	l = objects_of(pki_buf_bytes(&text));
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, PKI_KIND_CSR);
	ck_assert_int_eq(o.encoding, PKI_ENCODING_PEM);
	ck_assert_uint_eq(o.index, 0);
	ck_assert_uint_eq(o.offset, begins[0]);
	t_bytes_eq(o.label, pki_bytes_str("CERTIFICATE REQUEST"));
	t_bytes_eq(o.bytes, csr);
	t_bytes_eq(pki_csr_der(o.csr), csr);

	ck_assert_int_eq(pki_objects_next(l, &o, &e), PKI_E_STRUCTURE);
	ck_assert_int_eq(o.kind, PKI_KIND_CSR);
	ck_assert_ptr_null(o.csr);
	ck_assert_uint_eq(o.index, 1);
	ck_assert_uint_eq(o.offset, begins[1]);
	ck_assert_uint_eq(pki_error_pem_block(&e), 2);
	ck_assert_uint_eq(pki_error_offset(&e), 4);

	ck_assert_int_eq(pki_objects_next(l, &o, &e), PKI_E_UNSUPPORTED);
	ck_assert_int_eq(o.kind, 0);
	ck_assert_uint_eq(o.index, 2);
	ck_assert_uint_eq(o.offset, begins[2]);
	ck_assert_str_eq(pki_error_detail(&e), "DINNER");

	ck_assert_int_eq(pki_objects_next(l, &o, &e), PKI_E_ENCODING);
	ck_assert_int_eq(o.kind, PKI_KIND_PUBLIC_KEY);
	ck_assert_uint_eq(o.index, 3);
	ck_assert_uint_eq(o.offset, begins[3]);
	ck_assert_uint_eq(pki_error_pem_block(&e), 4);
	ck_assert_uint_ne(pki_error_line(&e), 0);

	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, PKI_KIND_PUBLIC_KEY);
	ck_assert_uint_eq(o.index, 4);
	ck_assert_uint_eq(o.offset, begins[4]);
	t_bytes_eq(o.bytes, spki);

	ck_assert_int_eq(pki_objects_next(l, &o, &e), PKI_E_ENCODING);
	ck_assert_uint_eq(o.index, 5);
	ck_assert_uint_eq(o.offset, begins[5]);
	for (int i = 0; i < 2; i++) {
		t_ok(pki_objects_next(l, &o, err));
		ck_assert_int_eq(o.kind, 0);
	}
	pki_objects_free(l);
	pki_buf_free(&text);
}
END_TEST

START_TEST(test_der_in_sequence)
{
	pki_bytes csr = t_vector("csr/openssl-full.der"), spki = t_nested(SPKI);
	pki_buf file = PKI_BUF_INIT;
	pki_error e = PKI_ERROR_INIT;
	pki_objects *l;
	pki_object o;

	append(&file, spki);
	append(&file, t_nested(SIGNED("020107" NAME SPKI "a000")));
	append(&file, csr);
	append(&file, t_hex("0a"));
	l = objects_of(pki_buf_bytes(&file));
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, PKI_KIND_PUBLIC_KEY);
	/* offsets are the file's */
	ck_assert_int_eq(pki_objects_next(l, &o, &e), PKI_E_STRUCTURE);
	ck_assert_uint_eq(o.index, 1);
	ck_assert_uint_eq(o.offset, spki.len);
	ck_assert_uint_eq(pki_error_offset(&e), spki.len + 4);
	ck_assert_uint_eq(pki_error_pem_block(&e), 0);
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_uint_eq(o.index, 2);
	ck_assert_uint_eq(o.offset, file.len - 1 - csr.len);
	t_bytes_eq(pki_csr_der(o.csr), csr);
	/* what is left over */
	ck_assert_int_ne(pki_objects_next(l, &o, &e), PKI_SUCCESS);
	ck_assert_uint_eq(o.offset, file.len - 1);
	ck_assert_uint_eq(pki_error_offset(&e), file.len - 1);
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, 0);
	pki_objects_free(l);
	pki_buf_free(&file);
}
END_TEST

START_TEST(test_base64)
{
	pki_bytes csr = t_vector("csr/openssl-full.der");
	pki_buf text = PKI_BUF_INIT;
	pki_objects *l;
	pki_object o;

	append(&text, pki_bytes_str(" \n"));
	t_ok(pki_base64_encode(csr, &text, err));
	append(&text, pki_bytes_str("\n"));
	l = objects_of(pki_buf_bytes(&text));
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, PKI_KIND_CSR);
	ck_assert_int_eq(o.encoding, PKI_ENCODING_BASE64);
	ck_assert_uint_eq(o.offset, 2);
	t_bytes_eq(pki_csr_der(o.csr), csr);
	t_ok(pki_objects_next(l, &o, err));
	ck_assert_int_eq(o.kind, 0);
	pki_objects_free(l);

	/* more than one object, an octet too many, a digit too few */
	pki_buf_free(&text);
	t_ok(pki_base64_encode(t_nested(SPKI SPKI), &text, err));
	l = objects_of(pki_buf_bytes(&text));
	t_fails(PKI_E_STRUCTURE, pki_objects_next(l, &o, err));
	pki_objects_free(l);
	l = objects_of(pki_bytes_of(text.data, text.len - 1));
	t_fails(PKI_E_ENCODING, pki_objects_next(l, &o, err));
	pki_objects_free(l);
	pki_buf_free(&text);
}
END_TEST

static const struct {
	const char *text;
	pki_status status;
	pki_encoding encoding;
} texts[] = {
	{ "", PKI_E_NOTFOUND, 0 },
	{ " \r\n\t", PKI_E_NOTFOUND, 0 },
	{ "hello, world\n", PKI_E_NOTFOUND, 0 },
	{ "MI am no base64!\n", PKI_E_NOTFOUND, 0 },
	{ "-----BEGIN", PKI_E_NOTFOUND, 0 },
	{ " -----BEGIN CERTIFICATE-----\n", PKI_E_NOTFOUND, 0 },
	{ "\xff\xfe-\0-\0", PKI_E_NOTFOUND, 0 },
	{ "\x1f\x8b\x08", PKI_E_NOTFOUND, 0 },
	{ "\x04\x02hi", PKI_E_NOTFOUND, 0 },
	{ "{\"kty\":\"OKP\"}", PKI_E_UNSUPPORTED, PKI_ENCODING_JSON },
	{ "\xef\xbb\xbf {}", PKI_E_UNSUPPORTED, PKI_ENCODING_JSON },
	{ "-----BEGIN CERTIFICATE-----\n", PKI_E_ENCODING, PKI_ENCODING_PEM },
	{ "\xef\xbb\xbf-----BEGIN X-----\nMAA=\n-----END X-----\n", PKI_E_UNSUPPORTED,
	    PKI_ENCODING_PEM },
	{ "a\r-----BEGIN X-----\rMAA=\r-----END X-----\r", PKI_E_UNSUPPORTED, PKI_ENCODING_PEM },
	{ "0123456789", PKI_E_ENCODING, PKI_ENCODING_DER },
};

START_TEST(test_texts)
{
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		pki_objects *l = objects_of(pki_bytes_str(texts[i].text));
		pki_error e = PKI_ERROR_INIT;
		pki_object o;
		pki_status st = pki_objects_next(l, &o, &e);

		ck_assert_msg(st == texts[i].status, "row %zu: %s", i, t_error(&e));
		ck_assert_msg(o.encoding == texts[i].encoding, "row %zu", i);
		t_ok(pki_objects_next(l, &o, err));
		ck_assert_int_eq(o.kind, 0);
		pki_objects_free(l);
	}
}
END_TEST

START_TEST(test_files)
{
	pki_limits limits;
	pki_objects *l;
	pki_ctx *ctx;
	pki_object o;

	t_ok(pki_read_all(NULL, t_vector_path("csr/openssl-p256.pem"), &l, err));
	t_ok(pki_objects_next(l, &o, err));
	t_ok(pki_csr_check_signature(o.csr, err));
	pki_objects_free(l);
	t_fails(PKI_E_IO, pki_read_all(NULL, t_scratch("none"), &l, err));
	ck_assert_ptr_null(l);
	t_fails(PKI_E_IO, pki_read_all(NULL, t_scratch(""), &l, err));

	pki_limits_init(&limits, sizeof limits);
	limits.message_bytes = 100;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_read_all(ctx, t_vector_path("csr/openssl-p256.pem"), &l, err));
	t_fails(PKI_E_LIMIT, pki_read_all_of(ctx, t_vector("csr/openssl-p256.pem"), &l, err));
	ck_assert_ptr_null(l);
	pki_ctx_free(ctx);
}
END_TEST

/* ---- the keys of objects ---- */

static pki_object next_of(pki_objects *l)
{
	pki_object o;

	t_ok(pki_objects_next(l, &o, err));
	return o;
}

START_TEST(test_keys)
{
	pki_buf text = PKI_BUF_INIT;
	pki_pubkey *p, *q;
	pki_objects *l;
	pki_key *k, *again;
	pki_object o;
	pki_csr *r;

	t_ok(pki_key_generate(NULL, PKI_KEY_ED25519, NULL, &k, err));
	t_ok(pki_csr_make(NULL, k, PKI_OPTS(pki_csr_opts, .subject = "CN=a"), &r, err));
	t_ok(pki_key_write(k, NULL, &text, err));
	t_ok(pki_key_write(
	    k, PKI_OPTS(pki_key_write_opts, .password = "secret", .iterations = 1000), &text, err));
	t_ok(pki_csr_write(r, PKI_PEM, &text, err));
	t_ok(pki_pubkey_write(pki_key_public(k), PKI_PEM, &text, err));
	append_block(&text, "OCSP REQUEST", t_hex("3000"));
	l = objects_of(pki_buf_bytes(&text));

	o = next_of(l);
	ck_assert_int_eq(o.kind, PKI_KIND_PRIVATE_KEY);
	t_ok(pki_object_key(NULL, &o, NULL, NULL, &again, err));
	t_ok(pki_object_pubkey(NULL, &o, &p, err));
	ck_assert(pki_pubkey_equal(p, pki_key_public(k)));
	ck_assert(pki_pubkey_equal(p, pki_key_public(again)));
	pki_key_free(again);

	o = next_of(l);
	ck_assert_int_eq(o.kind, PKI_KIND_ENCRYPTED_KEY);
	t_fails(PKI_E_PASSWORD, pki_object_key(NULL, &o, NULL, NULL, &again, err));
	ck_assert_ptr_null(again);
	t_fails(PKI_E_PASSWORD, pki_object_pubkey(NULL, &o, &q, err));
	t_fails(PKI_E_PASSWORD, pki_object_key(NULL, &o, pki_password_text, "wrong", &again, err));
	t_ok(pki_object_key(NULL, &o, pki_password_text, "secret", &again, err));
	ck_assert(pki_pubkey_equal(p, pki_key_public(again)));
	pki_key_free(again);

	o = next_of(l);
	ck_assert_int_eq(o.kind, PKI_KIND_CSR);
	t_ok(pki_object_pubkey(NULL, &o, &q, err));
	ck_assert(pki_pubkey_equal(p, q));
	pki_pubkey_free(q);
	t_fails(PKI_E_ARG, pki_object_key(NULL, &o, NULL, NULL, &again, err));

	o = next_of(l);
	ck_assert_int_eq(o.kind, PKI_KIND_PUBLIC_KEY);
	t_ok(pki_object_pubkey(NULL, &o, &q, err));
	ck_assert(pki_pubkey_equal(p, q));
	pki_pubkey_free(q);

	t_fails(PKI_E_UNSUPPORTED, pki_objects_next(l, &o, err));
	t_fails(PKI_E_UNSUPPORTED, pki_object_pubkey(NULL, &o, &q, err));
	ck_assert_ptr_null(q);

	pki_objects_free(l);
	pki_buf_free(&text);
	pki_pubkey_free(p);
	pki_csr_free(r);
	pki_key_free(k);
}
END_TEST

/* A key that is well-formed, but no key: the block is named. */
START_TEST(test_key_errors)
{
	pki_buf text = PKI_BUF_INIT;
	pki_error e = PKI_ERROR_INIT;
	pki_objects *l;
	pki_pubkey *p;
	pki_object o;
	pki_key *k;

	append_block(&text, "PUBLIC KEY", t_nested(SPKI));
	append_block(&text, "PRIVATE KEY", t_nested("30{020100" ALG "0400}"));
	l = objects_of(pki_buf_bytes(&text));
	o = next_of(l);
	t_fails(PKI_E_UNSUPPORTED, pki_object_pubkey(NULL, &o, &p, err));
	o = next_of(l);
	ck_assert_int_eq(pki_object_key(NULL, &o, NULL, NULL, &k, &e), PKI_E_UNSUPPORTED);
	ck_assert_uint_eq(pki_error_pem_block(&e), 2);
	ck_assert_int_eq(pki_object_pubkey(NULL, &o, &p, &e), PKI_E_UNSUPPORTED);
	ck_assert_uint_eq(pki_error_pem_block(&e), 2);
	pki_objects_free(l);
	pki_buf_free(&text);
}
END_TEST

START_TEST(test_null)
{
	pki_objects *l = objects_of(t_nested(SPKI));
	pki_bytes nowhere = { NULL, 3 };
	pki_object o = { .kind = 99 };
	pki_objects *none;
	pki_pubkey *p;
	pki_key *k;

	t_fails(PKI_E_ARG, pki_read_all(NULL, NULL, &none, err));
	t_fails(PKI_E_ARG, pki_read_all(NULL, "x", NULL, err));
	t_fails(PKI_E_ARG, pki_read_all_of(NULL, nowhere, &none, err));
	t_fails(PKI_E_ARG, pki_read_all_of(NULL, t_hex("00"), NULL, err));
	t_fails(PKI_E_ARG, pki_objects_next(NULL, &o, err));
	ck_assert_int_eq(o.kind, 0);
	t_fails(PKI_E_ARG, pki_objects_next(l, NULL, err));
	t_fails(PKI_E_ARG, pki_object_key(NULL, NULL, NULL, NULL, &k, err));
	t_fails(PKI_E_ARG, pki_object_key(NULL, &o, NULL, NULL, NULL, err));
	t_fails(PKI_E_ARG, pki_object_pubkey(NULL, NULL, &p, err));
	t_fails(PKI_E_ARG, pki_object_pubkey(NULL, &o, NULL, err));
	pki_objects_free(NULL);
	pki_objects_free(l);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_kinds, test_kinds_cut_short, test_ber, test_ber_objects,
		test_ber_in_text, test_labels, test_names, test_pem_in_sequence,
		test_der_in_sequence, test_base64, test_texts, test_files, test_keys,
		test_key_errors, test_null, NULL };

	return t_main("read", tests);
}
