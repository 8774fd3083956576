/* SPDX-License-Identifier: BSD-3-Clause */
/* Lists of certificates: of PEM, DER, base64, files and folders. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pki/certs.h>

#include "tests/lib/t.h"

#define ROOTS "/etc/ssl/certs/ca-certificates.crt"

static pki_bytes leaf(void)
{
	return t_vector("cert/openssl-leaf.der");
}

static pki_cert *cert_of(const char *file)
{
	pki_cert *c;

	t_ok(pki_cert_load(NULL, t_vector_path(file), &c, err));
	return c;
}

/* Vectors and texts, one after the other; of text each begins with '='. */
static pki_bytes joined(const char *const *parts)
{
	static pki_buf b;

	pki_buf_free(&b);
	for (; *parts != NULL; parts++)
		t_ok(pki_buf_append(
		    &b, **parts == '=' ? pki_bytes_str(*parts + 1) : t_vector(*parts), err));
	return pki_buf_bytes(&b);
}

static void holds(const pki_certs *l, const char *const *files)
{
	size_t n = 0;

	for (; files[n] != NULL; n++) {
		pki_cert *c = cert_of(files[n]);

		t_bytes_eq(pki_cert_der(pki_certs_at(l, n)), pki_cert_der(c));
		pki_cert_free(c);
	}
	ck_assert_uint_eq(pki_certs_count(l), n);
	ck_assert_ptr_null(pki_certs_at(l, n));
}

/* ---- the list ---- */

START_TEST(test_list)
{
	pki_cert *c = cert_of("cert/openssl-leaf.pem");
	pki_certs *l;

	t_ok(pki_certs_new(NULL, &l, err));
	ck_assert_uint_eq(pki_certs_count(l), 0);
	ck_assert_ptr_null(pki_certs_at(l, 0));
	for (size_t i = 0; i < 100; i++)
		t_ok(pki_certs_add(l, c, err));
	pki_cert_free(c);
	ck_assert_uint_eq(pki_certs_count(l), 100);
	for (size_t i = 0; i < 100; i++)
		t_bytes_eq(pki_cert_der(pki_certs_at(l, i)), leaf());
	ck_assert_ptr_null(pki_certs_at(l, 100));
	ck_assert_ptr_null(pki_certs_at(l, SIZE_MAX));
	t_fails(PKI_E_ARG, pki_certs_add(l, NULL, err));
	t_fails(PKI_E_ARG, pki_certs_add(NULL, c, err));
	pki_certs_free(l);
	pki_certs_free(NULL);
	ck_assert_uint_eq(pki_certs_count(NULL), 0);
	ck_assert_ptr_null(pki_certs_at(NULL, 0));
}
END_TEST

/* ---- what is read ---- */

#define LEAF   "cert/openssl-leaf.pem"
#define ROOT   "cert/openssl-root.pem"
#define RSA    "cert/openssl-rsa.pem"
#define DER    "cert/openssl-leaf.der"
#define CSR    "mutate/csr.pem"
#define CSRDER "mutate/csr-full.der"
#define KEYDER "keys/p256.der"
#define KEY    "mutate/enc.pem"
#define NOISE  "=-----BEGIN SOMETHING-----\nAAAA\n-----END SOMETHING-----\n"

static const struct good {
	const char *const in[8], *const out[8];
} good[] = {
	{ { LEAF }, { LEAF } },
	{ { LEAF, ROOT, RSA }, { LEAF, ROOT, RSA } },
	{ { RSA, LEAF, RSA }, { RSA, LEAF, RSA } },
	{ { "=text\n", KEY, LEAF, "=\nmore text\n", CSR, ROOT }, { LEAF, ROOT } },
	{ { NOISE, LEAF, NOISE }, { LEAF } },
	{ { DER }, { LEAF } },
	{ { DER, DER }, { LEAF, LEAF } },
	{ { CSRDER, DER }, { LEAF } },
	{ { DER, CSRDER, KEYDER, DER }, { LEAF, LEAF } },
};

START_TEST(test_good)
{
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		pki_certs *l;

		t_ok(pki_certs_parse(NULL, joined(good[i].in), &l, err));
		holds(l, good[i].out);
		pki_certs_free(l);
	}
}
END_TEST

START_TEST(test_base64)
{
	static const char *const want[] = { LEAF, NULL };
	pki_buf text = PKI_BUF_INIT;
	pki_certs *l;

	t_ok(pki_base64_encode(leaf(), &text, err));
	t_ok(pki_certs_parse(NULL, pki_buf_bytes(&text), &l, err));
	holds(l, want);
	pki_certs_free(l);
	pki_buf_free(&text);
}
END_TEST

#define BROKEN "=-----BEGIN CERTIFICATE-----\nAA!A\n-----END CERTIFICATE-----\n"
#define JUNK   "=-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----\n"
#define CUT    "=-----BEGIN CERTIFICATE-----\nMAMCAQU=\n"
#define DASHES "=-----BEGIN CERTIFICATE----\nMAMCAQU=\n-----END CERTIFICATE-----\n"
#define BADKEY "=-----BEGIN PRIVATE KEY-----\nAA!A\n-----END PRIVATE KEY-----\n"
#define BADCSR "=-----BEGIN CERTIFICATE REQUEST-----\nMAMCAQU=\n-----END CERTIFICATE REQUEST-----\n"

static const struct bad {
	const char *const in[8];
	pki_status status;
	size_t block; /* of the error */
} bad[] = {
	{ { NULL }, PKI_E_NOTFOUND, 0 },
	{ { "=\n \n" }, PKI_E_NOTFOUND, 0 },
	{ { "=text" }, PKI_E_NOTFOUND, 0 },
	{ { "={}" }, PKI_E_NOTFOUND, 0 },
	{ { CSR }, PKI_E_NOTFOUND, 0 },
	{ { KEY, CSR, NOISE }, PKI_E_NOTFOUND, 0 },
	{ { CSRDER }, PKI_E_NOTFOUND, 0 },
	{ { BADCSR }, PKI_E_NOTFOUND, 0 },
	{ { BROKEN }, PKI_E_ENCODING, 1 },
	{ { LEAF, BROKEN }, PKI_E_ENCODING, 2 },
	{ { BROKEN, LEAF }, PKI_E_ENCODING, 1 },
	{ { LEAF, ROOT, JUNK, RSA }, PKI_E_STRUCTURE, 3 },
	{ { KEY, JUNK }, PKI_E_STRUCTURE, 2 },
	{ { LEAF, CUT }, PKI_E_ENCODING, 2 },
	{ { DASHES, LEAF }, PKI_E_ENCODING, 1 },
	{ { LEAF, BADKEY }, PKI_E_ENCODING, 2 },
	{ { "cert/openssl-negative-serial.pem" }, PKI_E_STRUCTURE, 1 },
	{ { LEAF, "cert/openssl-negative-serial.pem" }, PKI_E_STRUCTURE, 2 },
	/* DER that cannot go on */
	{ { DER, "=0\x80", DER }, PKI_E_ENCODING, 0 },
	{ { DER, "=\xff\xff", DER }, PKI_E_STRUCTURE, 0 },
	{ { DER, "=1", DER }, PKI_E_STRUCTURE, 0 },
	{ { DER, "=0", DER }, PKI_E_ENCODING, 0 },
	{ { DER, "=0" }, PKI_E_ENCODING, 0 },
	{ { DER, "=\n", DER }, PKI_E_STRUCTURE, 0 },
	{ { DER, "=0\x03\x02\x02\x05", DER }, PKI_E_ENCODING, 0 },
	{ { "=0\x03\x02\x02\x05", DER }, PKI_E_ENCODING, 0 },
	/* no kind of object */
	{ { DER, "=0\x03\x02\x01\x05", DER }, PKI_E_STRUCTURE, 0 },
	{ { "=0\x03\x02\x01\x05", DER }, PKI_E_STRUCTURE, 0 },
	{ { "=0\x03\x02\x01\x05" }, PKI_E_STRUCTURE, 0 },
	{ { "=MAMCAQU=" }, PKI_E_STRUCTURE, 0 },
	{ { "=MANIFEST\n" }, PKI_E_NOTFOUND, 0 },
};

START_TEST(test_bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		pki_certs *l = (pki_certs *)(uintptr_t)bad;
		pki_error e = PKI_ERROR_INIT;
		pki_status st = pki_certs_parse(NULL, joined(bad[i].in), &l, &e);

		ck_assert_msg(st == bad[i].status, "row %zu: %s", i, t_error(&e));
		ck_assert_ptr_null(l);
		ck_assert_msg(
		    pki_error_pem_block(&e) == bad[i].block, "row %zu: %s", i, t_error(&e));
	}
}
END_TEST

/* A certificate that is cut short, wherever, is no certificate. */
START_TEST(test_cut)
{
	for (size_t n = 0; n < leaf().len; n++) {
		pki_error e = PKI_ERROR_INIT;
		pki_certs *l;
		pki_status st = pki_certs_parse(NULL, pki_bytes_of(leaf().data, n), &l, &e);

		ck_assert_msg(st == PKI_E_NOTFOUND || st == PKI_E_ENCODING, "%zu: %s", n,
		    pki_status_text(st));
		ck_assert(n < 100 || st == PKI_E_ENCODING);
	}
}
END_TEST

/* One whose TBSCertificate is a SET is not even recognized, and does not vanish for that. */
START_TEST(test_unrecognized)
{
	pki_buf in = PKI_BUF_INIT;
	pki_error e = PKI_ERROR_INIT;
	pki_certs *l;

	for (size_t n = 0; n < 3; n++)
		t_ok(pki_buf_append(&in, leaf(), err));
	for (size_t n = 0; n < 3; n++) {
		uint8_t *tag = in.data + n * leaf().len + 4;

		*tag = 0x31;
		ck_assert_int_eq(
		    pki_certs_parse(NULL, pki_buf_bytes(&in), &l, &e), PKI_E_STRUCTURE);
		ck_assert_uint_eq(pki_error_offset(&e) / leaf().len, n);
		*tag = 0x30;
	}
	t_ok(pki_certs_parse(NULL, pki_buf_bytes(&in), &l, err));
	ck_assert_uint_eq(pki_certs_count(l), 3);
	pki_certs_free(l);
	pki_buf_free(&in);
}
END_TEST

START_TEST(test_limits)
{
	static const char *const three[] = { LEAF, ROOT, RSA, NULL };
	pki_limits limits = { .size = sizeof limits, .pem_blocks = 2 };
	pki_ctx *two;
	pki_certs *l;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &two, err));
	t_fails(PKI_E_LIMIT, pki_certs_parse(two, joined(three), &l, err));
	t_ok(pki_certs_parse(two, joined(three + 1), &l, err));
	pki_certs_free(l);
	pki_ctx_free(two);
}
END_TEST

/* ---- files and folders ---- */

static void put_file(const char *name, const char *const *parts)
{
	t_ok(pki_file_write(t_scratch(name), joined(parts), PKI_FILE_REPLACE, err));
}

static pki_status load(const char *name, pki_certs **l, pki_error *err)
{
	return pki_certs_load(NULL, t_scratch(name), l, err);
}

START_TEST(test_file)
{
	static const char *const two[] = { ROOT, LEAF, NULL }, *const none[] = { CSR, NULL };
	pki_error e = PKI_ERROR_INIT;
	pki_certs *l;

	put_file("two.pem", two);
	t_ok(load("two.pem", &l, err));
	holds(l, two);
	pki_certs_free(l);
	put_file("none.pem", none);
	t_fails(PKI_E_NOTFOUND, load("none.pem", &l, err));
	t_fails(PKI_E_IO, load("absent.pem", &l, err));
	t_fails(PKI_E_IO, load("two.pem/x", &l, err));
	ck_assert_int_eq(load("none.pem", &l, &e), PKI_E_NOTFOUND);
	ck_assert_ptr_nonnull(strstr(pki_error_detail(&e), "none.pem"));
	ck_assert_ptr_null(l);
}
END_TEST

/* By name, each certificate once; what is no file, hidden, or without a certificate, left out. */
START_TEST(test_folder)
{
	static const char
	    *const root[] = { ROOT, NULL },
		   *const two[] = { LEAF, ROOT, NULL }, *const rsa[] = { DER, NULL },
		   *const text[] = { "=see below\n", NULL }, *const hidden[] = { RSA, NULL },
		   *const csr[] = { CSR, NULL }, *const key[] = { KEY, NULL },
		   *const want[] = { ROOT, LEAF, RSA, NULL }, *const last[] = { RSA, NULL };
	pki_certs *l;

	ck_assert_int_eq(mkdir(t_scratch("folder"), 0700), 0);
	t_fails(PKI_E_NOTFOUND, load("folder", &l, err));
	put_file("folder/b.pem", two);
	put_file("folder/README", text);
	put_file("folder/request", csr);
	t_ok(load("folder", &l, err));
	holds(l, two);
	pki_certs_free(l);

	put_file("folder/a.pem", root);
	put_file("folder/c.der", rsa);
	put_file("folder/d.crt", last);
	put_file("folder/key", key);
	put_file("folder/.hidden", hidden);
	put_file("folder/.broken", text);
	ck_assert_int_eq(mkdir(t_scratch("folder/deeper"), 0700), 0);
	put_file("folder/deeper/x.pem", hidden);
	ck_assert_int_eq(symlink("nowhere", t_scratch("folder/link")), 0);
	ck_assert_int_eq(symlink("a.pem", t_scratch("folder/again")), 0);
	ck_assert_int_eq(mkfifo(t_scratch("folder/pipe"), 0600), 0);
	t_ok(load("folder", &l, err));
	holds(l, want);
	pki_certs_free(l);
	t_ok(load("folder/", &l, err));
	holds(l, want);
	pki_certs_free(l);
}
END_TEST

START_TEST(test_bad_folder)
{
	static const char *const leaf_alone[] = { LEAF, NULL }, *const junk[] = { JUNK, NULL },
				 *const broken[] = { BROKEN, NULL };
	pki_limits limits = { .size = sizeof limits, .pem_blocks = 1 };
	pki_error e = PKI_ERROR_INIT;
	pki_ctx *one;
	pki_certs *l;

	ck_assert_int_eq(mkdir(t_scratch("bad"), 0700), 0);
	put_file("bad/a", leaf_alone);
	put_file("bad/b", junk);
	ck_assert_int_eq(load("bad", &l, &e), PKI_E_STRUCTURE);
	ck_assert_ptr_null(l);
	ck_assert_ptr_nonnull(strstr(pki_error_detail(&e), "bad/b"));
	ck_assert_str_eq(pki_error_function(&e), "pki_certs_load");
	put_file("bad/b", broken);
	t_fails(PKI_E_ENCODING, load("bad", &l, err));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &one, err));
	t_fails(PKI_E_LIMIT, pki_certs_load(one, t_scratch("bad"), &l, err));
	pki_ctx_free(one);
	put_file("bad/b", leaf_alone);
	if (geteuid() == 0)
		return; /* who may read anything */
	ck_assert_int_eq(chmod(t_scratch("bad/b"), 0), 0);
	t_fails(PKI_E_IO, load("bad", &l, err));
	ck_assert_int_eq(chmod(t_scratch("bad"), 0), 0);
	t_fails(PKI_E_IO, load("bad", &l, err));
	ck_assert_int_eq(chmod(t_scratch("bad"), 0700), 0);
}
END_TEST

/* ---- the roots that programs here trust, all of them, strictly ---- */

static size_t blocks_of(const char *path)
{
	pki_pem_block b = { .number = 0 };
	pki_buf file = PKI_BUF_INIT;
	pki_bytes in;
	size_t n;

	t_ok(pki_file_read(path, 1 << 24, &file, err));
	in = pki_buf_bytes(&file);
	while (pki_pem_next(NULL, &in, &b, NULL) == PKI_SUCCESS)
		;
	n = b.number;
	pki_pem_block_free(&b);
	pki_buf_free(&file);
	return n;
}

START_TEST(test_roots)
{
	pki_certs *l;
	size_t cas = 0;

	t_ok(pki_certs_load(NULL, ROOTS, &l, err));
	ck_assert_uint_eq(pki_certs_count(l), blocks_of(ROOTS));
	ck_assert_uint_ge(pki_certs_count(l), 100);
	for (size_t i = 0; i < pki_certs_count(l); i++) {
		const pki_cert *c = pki_certs_at(l, i);

		ck_assert_uint_eq(pki_cert_leniencies(c) & PKI_LENIENT_ALL, 0);
		ck_assert(pki_cert_is_self_issued(c));
		cas += pki_cert_version(c) == 1 || pki_cert_is_ca(c);
	}
	ck_assert_uint_eq(cas, pki_certs_count(l));
	pki_certs_free(l);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_list, test_good, test_base64, test_bad, test_cut,
		test_unrecognized, test_limits, test_file, test_folder, test_bad_folder, test_roots,
		NULL };

	return t_main("certs", tests);
}
