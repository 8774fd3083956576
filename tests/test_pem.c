/* SPDX-License-Identifier: BSD-3-Clause */
/* PEM: each row of the table in docs/pem.md, hostile sizes, limits, and what is written. */
#include <stdlib.h>
#include <string.h>

#include <pki/pem.h>

#include "libpki/core/buf.h"
#include "libpki/pem/sniff.h"
#include "tests/lib/t.h"

#define B    "-----BEGIN X-----\n"
#define E    "-----END X-----\n"
#define GOOD B "Zm9v\n" E

/* The rows of docs/pem.md, in its order. All decode to "foo". */
static const struct {
	const char *what, *text, *label, *headers;
} accepted[] = {
	{ "strict", GOOD, "X", "" },
	{ "CR LF", "-----BEGIN X-----\r\nZm9v\r\n-----END X-----\r\n", "X", "" },
	{ "CR", "-----BEGIN X-----\rZm9v\r-----END X-----\r", "X", "" },
	{ "mixed line ends", "-----BEGIN X-----\rZm9v\r\n-----END X-----\n", "X", "" },
	{ "no line end at the end", B "Zm9v\n-----END X-----", "X", "" },
	{ "byte order mark", "\xef\xbb\xbf" GOOD, "X", "" },
	{ "text before", "Subject: CN=a\n-- \n-----\n" GOOD, "X", "" },
	{ "text after", GOOD "-----END Y-----\n= no base64 =\n", "X", "" },
	{ "octets before", "\x01\xff\x80\n" GOOD, "X", "" },
	{ "BEGIN within a line", "see -----BEGIN Y-----\n" GOOD, "X", "" },
	{ "blanks after BEGIN and END", "-----BEGIN X----- \t\nZm9v\n-----END X-----\t \n", "X",
	    "" },
	{ "blanks at line ends", B "Zm9v \t\n" E, "X", "" },
	{ "blanks before and between", B " \tZ m9v\n" E, "X", "" },
	{ "blank lines", B "\n\nZm\n \n9v\n\n" E, "X", "" },
	{ "lines of any length", B "Z\nm9\nv\n" E, "X", "" },
	{ "any label",
	    "-----BEGIN ecX.9 a-b,c PARAMETERS-----\nZm9v\n"
	    "-----END ecX.9 a-b,c PARAMETERS-----\n",
	    "ecX.9 a-b,c PARAMETERS", "" },
	{ "empty label", "-----BEGIN -----\nZm9v\n-----END -----\n", "", "" },
	{ "headers", B "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nZm9v\n" E, "X",
	    "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n" },
	{ "folded header", B "Comment: a\n -----b\n \t\nZm9v\n" E, "X", "Comment: a\n -----b\n" },
	{ "headers with CR LF", "-----BEGIN X-----\r\nA:\r\n\r\nZm9v\r\n-----END X-----\r\n", "X",
	    "A:\r\n" },
};

static const struct {
	const char *what, *text, *reason;
	size_t line;
} refused[] = {
	{ "no END", B "Zm9v\n", "there is no END line", 1 },
	{ "nothing after BEGIN", "\n\n-----BEGIN X-----", "there is no END line", 3 },
	{ "BEGIN after BEGIN", B "Zm9v\n" B, "a BEGIN line where an END line is due", 3 },
	{ "another label", B "Zm9v\n-----END Y-----\n",
	    "the END line has another label than the BEGIN line", 3 },
	{ "another case", B "Zm9v\n-----END x-----\n",
	    "the END line has another label than the BEGIN line", 3 },
	{ "longer label", B "Zm9v\n-----END X Y-----\n",
	    "the END line has another label than the BEGIN line", 3 },
	{ "empty END label", B "Zm9v\n-----END -----\n",
	    "the END line has another label than the BEGIN line", 3 },
	{ "four dashes after BEGIN", "-----BEGIN X----\nZm9v\n" E, "the BEGIN line is malformed",
	    1 },
	{ "no dashes after BEGIN", "-----BEGIN X\nZm9v\n" E, "the BEGIN line is malformed", 1 },
	{ "six dashes after BEGIN", "-----BEGIN X------\nZm9v\n" E, "the BEGIN line is malformed",
	    1 },
	{ "text after BEGIN", "-----BEGIN X----- a\nZm9v\n" E, "the BEGIN line is malformed", 1 },
	{ "base64 after BEGIN", "-----BEGIN X-----Zm9v\n" E, "the BEGIN line is malformed", 1 },
	{ "two spaces before the label", "-----BEGIN  X-----\nZm9v\n" E,
	    "the BEGIN line is malformed", 1 },
	{ "two spaces in the label", "-----BEGIN X  Y-----\nZm9v\n" E,
	    "the BEGIN line is malformed", 1 },
	{ "space after the label", "-----BEGIN X -----\nZm9v\n" E, "the BEGIN line is malformed",
	    1 },
	{ "tab in the label", "-----BEGIN X\tY-----\nZm9v\n" E, "the BEGIN line is malformed", 1 },
	{ "label beyond ASCII", "-----BEGIN \xc3\x9c-----\nZm9v\n" E, "the BEGIN line is malformed",
	    1 },
	{ "only BEGIN", "-----BEGIN ", "the BEGIN line is malformed", 1 },
	{ "hyphen at the label's end", "-----BEGIN X- -----\nZm9v\n" E,
	    "the BEGIN line is malformed", 1 },
	{ "dashes overlap", "-----BEGIN ----\n" E, "the BEGIN line is malformed", 1 },
	{ "four dashes after END", B "Zm9v\n-----END X----\n", "the END line is malformed", 3 },
	{ "text after END", B "Zm9v\n-----END X-----a\n", "the END line is malformed", 3 },
	{ "neither BEGIN nor END", B "Zm9v\n-----end X-----\n" E, "the END line is malformed", 3 },
	{ "a line of dashes", B "Zm9v\n-----\n" E, "the END line is malformed", 3 },
	{ "blanks before END", B "Zm9v\n " E, "there is no END line", 1 },
	{ "END after base64", B "Zm9v" E, "there is no END line", 1 },
	{ "empty block", B E, "the block is empty", 1 },
	{ "white space only", B " \n\t\n" E, "the block is empty", 1 },
	{ "headers only", B "A: b\n\n" E, "the block is empty", 1 },
	{ "headers without an end", B "A: b\nZm9v\n" E, "no blank line ends the headers", 3 },
	{ "headers up to END", B "A: b\nC: d\n" E, "no blank line ends the headers", 3 },
	{ "headers after base64", B "Zm9v\nA: b\n\n" E, "a character that is not base64", 3 },
	{ "not base64", B "Zm9v\nZm9v\nZ*9v\n" E, "a character that is not base64", 4 },
	{ "base64url", B "Zm-_\n" E, "a character that is not base64", 2 },
	{ "a comment", B "# key\nZm9v\n" E, "a character that is not base64", 2 },
	{ "vertical tab", B "Zm9v\v\n" E, "a character that is not base64", 2 },
	{ "form feed", B "Zm9v\f\n" E, "a character that is not base64", 2 },
	{ "no-break space", B "Zm9v\xc2\xa0\n" E, "a character that is not base64", 2 },
	{ "byte order mark within", B "\xef\xbb\xbfZm9v\n" E, "a character that is not base64", 2 },
	{ "checksum of OpenPGP", B "Zm9v\n=njUN\n" E, "'=' where a character is due", 3 },
	{ "character in the padding", B "Zg=v\n" E, "a character in the padding", 2 },
	{ "= within", B "Zm9v=Zm9v\n" E, "'=' where a character is due", 2 },
	{ "text after padding", B "Zg==\nZm9v\n" E, "text after the padding", 3 },
	{ "too much padding", B "Zg===\n" E, "text after the padding", 2 },
	{ "no padding", B "Zm9vZg\n" E, "the text ends within a group of four", 2 },
	{ "unused bits", B "Zm9vZh==\n" E, "the unused bits of the last character are not zero",
	    2 },
};

/* What no BEGIN line is in. */
static const struct {
	const char *what, *text;
} absent[] = {
	{ "nothing", "" },
	{ "text", "hello\n" },
	{ "END alone", E },
	{ "blanks before BEGIN", " " GOOD },
	{ "a quoted block", "> " B "> Zm9v\n> " E },
	{ "four dashes before BEGIN", "----BEGIN X-----\nZm9v\n" E },
	{ "six dashes before BEGIN", "------BEGIN X-----\nZm9v\n" E },
	{ "lower case", "-----begin X-----\nZm9v\n" E },
	{ "no space", "-----BEGINX-----\nZm9v\n" E },
	{ "SSH2", "---- BEGIN SSH2 PUBLIC KEY ----\nZm9v\n---- END SSH2 PUBLIC KEY ----\n" },
	{ "other dashes", "\xe2\x80\x94\xe2\x80\x94-BEGIN X-----\nZm9v\n" E },
	{ "byte order mark after text", "a\xef\xbb\xbf" GOOD },
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static void check_foo(const pki_pem_block *b, const char *what)
{
	ck_assert_msg(b->der.len == 3 && memcmp(b->der.data, "foo", 3) == 0, "%s", what);
}

START_TEST(accepts)
{
	for (size_t i = 0; i < COUNT(accepted); i++) {
		pki_bytes in = pki_bytes_str(accepted[i].text);
		pki_pem_block b = { 0 };

		ck_assert_msg(pki_pem_looks_like(in), "%s", accepted[i].what);
		ck_assert_msg(
		    pki_pem_next(NULL, &in, &b, NULL) == PKI_SUCCESS, "%s", accepted[i].what);
		check_foo(&b, accepted[i].what);
		t_bytes_eq(b.label, pki_bytes_str(accepted[i].label));
		t_bytes_eq(b.headers, pki_bytes_str(accepted[i].headers));
		ck_assert_uint_eq(b.number, 1);
		t_fails(PKI_E_NOTFOUND, pki_pem_next(NULL, &in, &b, err));
		ck_assert_uint_eq(in.len, 0);
		pki_pem_block_free(&b);
	}
}
END_TEST

START_TEST(padding_alone)
{
	pki_bytes in = pki_bytes_str(B "Zm9vZg=\n=\n" E);
	pki_pem_block b = { 0 };

	t_ok(pki_pem_next(NULL, &in, &b, err));
	ck_assert_str_eq(pki_buf_str(&b.der), "foof");
	pki_pem_block_free(&b);
}
END_TEST

START_TEST(refuses)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		pki_bytes in = pki_bytes_str(refused[i].text);
		pki_pem_block b = { 0 };
		pki_error e = PKI_ERROR_INIT;

		ck_assert_msg(
		    pki_pem_next(NULL, &in, &b, &e) == PKI_E_ENCODING, "%s", refused[i].what);
		ck_assert_msg(strcmp(pki_error_reason(&e), refused[i].reason) == 0, "%s: %s",
		    refused[i].what, pki_error_reason(&e));
		ck_assert_msg(pki_error_line(&e) == refused[i].line, "%s: line %zu",
		    refused[i].what, pki_error_line(&e));
		ck_assert_uint_eq(pki_error_pem_block(&e), 1);
		ck_assert_str_eq(pki_error_function(&e), "pki_pem_next");
		ck_assert_uint_eq(b.der.len, 0);
		pki_pem_block_free(&b);
	}
}
END_TEST

/* A good block after the faulty one is found, with its number and line. */
START_TEST(reads_on)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		pki_buf text = PKI_BUF_INIT;
		pki_pem_block b = { 0 };
		pki_bytes in;
		size_t calls = 0;

		t_ok(pki_buf_puts(&text, refused[i].text, err));
		t_ok(pki_buf_puts(&text, "\n" GOOD, err));
		in = pki_buf_bytes(&text);
		while (pki_pem_next(NULL, &in, &b, NULL) == PKI_E_ENCODING)
			ck_assert_uint_le(++calls, 2);
		check_foo(&b, refused[i].what);
		ck_assert_uint_ge(calls, 1);
		ck_assert_uint_eq(b.number, calls + 1);
		ck_assert_uint_eq(in.len, 0);
		pki_pem_block_free(&b);
		pki_buf_free(&text);
	}
}
END_TEST

START_TEST(finds_none)
{
	for (size_t i = 0; i < COUNT(absent); i++) {
		pki_bytes in = pki_bytes_str(absent[i].text);
		pki_pem_block b = { 0 };

		ck_assert_msg(!pki_pem_looks_like(in), "%s", absent[i].what);
		t_fails(PKI_E_NOTFOUND, pki_pem_next(NULL, &in, &b, err));
		ck_assert_uint_eq(in.len, 0);
		ck_assert_uint_eq(b.number, 0);
		pki_pem_block_free(&b);
	}
}
END_TEST

START_TEST(utf16)
{
	pki_bytes in = t_hex("fffe 2d002d002d002d002d00 4200450047004900 4e002000");
	pki_pem_block b = { 0 };
	pki_error e = PKI_ERROR_INIT;

	ck_assert_int_eq(pki_pem_next(NULL, &in, &b, &e), PKI_E_NOTFOUND);
	ck_assert_str_eq(pki_error_reason(&e), "there is no PEM block: the text is UTF-16");
}
END_TEST

START_TEST(nul_octets)
{
	static const char before[] = "a\0b\n" GOOD,
			  inside[] = B "Zm\0"
				       "9v\n" E;
	static const char in_label[] = "-----BEGIN X\0-----\nZm9v\n" E;
	pki_bytes in = pki_bytes_of(before, sizeof before - 1);
	pki_pem_block b = { 0 };

	t_ok(pki_pem_next(NULL, &in, &b, err));
	in = pki_bytes_of(inside, sizeof inside - 1);
	t_fails(PKI_E_ENCODING, pki_pem_next(NULL, &in, &b, err));
	in = pki_bytes_of(in_label, sizeof in_label - 1);
	t_fails(PKI_E_ENCODING, pki_pem_next(NULL, &in, &b, err));
	pki_pem_block_free(&b);
}
END_TEST

/* Numbers and lines go on from block to block, the faulty ones among them. */
START_TEST(numbers)
{
	static const char text[] = "text\r\n" GOOD "\r\n\r" B "*\n" E "text\n" GOOD;
	static const struct {
		pki_status st;
		size_t line, error_line;
	} want[] = { { PKI_SUCCESS, 2, 0 }, { PKI_E_ENCODING, 7, 8 }, { PKI_SUCCESS, 11, 0 } };
	pki_bytes in = pki_bytes_str(text);
	pki_pem_block b = { 0 };

	for (size_t i = 0; i < COUNT(want); i++) {
		pki_error e = PKI_ERROR_INIT;

		ck_assert_int_eq(pki_pem_next(NULL, &in, &b, &e), want[i].st);
		ck_assert_uint_eq(b.number, i + 1);
		ck_assert_uint_eq(b.line, want[i].line);
		ck_assert_uint_eq(pki_error_line(&e), want[i].error_line);
		ck_assert_uint_eq(pki_error_pem_block(&e), want[i].st == PKI_SUCCESS ? 0 : i + 1);
	}
	pki_pem_block_free(&b);
}
END_TEST

/* A success leaves the error of an earlier block alone. */
START_TEST(error_stays)
{
	pki_bytes in = pki_bytes_str(B "*\n" E GOOD);
	pki_pem_block b = { 0 };
	pki_error e = PKI_ERROR_INIT, before;

	ck_assert_int_eq(pki_pem_next(NULL, &in, &b, &e), PKI_E_ENCODING);
	before = e;
	ck_assert_int_eq(pki_pem_next(NULL, &in, &b, &e), PKI_SUCCESS);
	ck_assert_mem_eq(&e, &before, sizeof e);
	pki_pem_block_free(&b);
}
END_TEST

START_TEST(secrets)
{
	static const struct {
		const char *label;
		bool secret;
	} cases[] = {
		{ "PRIVATE KEY", true },
		{ "ENCRYPTED PRIVATE KEY", true },
		{ "RSA PRIVATE KEY", true },
		{ "EC PRIVATE KEY", true },
		{ "OPENSSH PRIVATE KEY", true },
		{ "PRIVATE", true },
		{ "CERTIFICATE", false },
		{ "PUBLIC KEY", false },
		{ "PRIVAT", false },
		{ "", false },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		pki_buf text = PKI_BUF_INIT;
		pki_pem_block b = { 0 };
		pki_bytes in;

		t_ok(pki_buf_puts(&text, "-----BEGIN ", err));
		t_ok(pki_buf_puts(&text, cases[i].label, err));
		t_ok(pki_buf_puts(&text, "-----\nZm9v\n-----END ", err));
		t_ok(pki_buf_puts(&text, cases[i].label, err));
		t_ok(pki_buf_puts(&text, "-----\n" GOOD, err));
		in = pki_buf_bytes(&text);
		t_ok(pki_pem_next(NULL, &in, &b, err));
		ck_assert_int_eq((b.der.flags & PKI_BUF_SECRET) != 0, cases[i].secret);
		t_ok(pki_pem_next(NULL, &in, &b, err));
		ck_assert_int_eq((b.der.flags & PKI_BUF_SECRET) != 0, cases[i].secret);
		pki_pem_block_free(&b);
		ck_assert_uint_eq(b.der.flags, 0);
		ck_assert_uint_eq(b.number, 0);
		pki_buf_free(&text);
	}
}
END_TEST

/* No message repeats what stands in a private key. */
START_TEST(key_not_shown)
{
	static const char key[] =
	    "-----BEGIN PRIVATE KEY-----\nVEhFU0VDUkVU*\n-----END PRIVATE KEY-----\n";
	pki_bytes in = pki_bytes_str(key);
	pki_pem_block b = { 0 };
	pki_error e = PKI_ERROR_INIT;
	char text[700];

	ck_assert_int_eq(pki_pem_next(NULL, &in, &b, &e), PKI_E_ENCODING);
	pki_error_text(&e, text, sizeof text);
	ck_assert_ptr_null(strstr(text, "VEh"));
	ck_assert_ptr_null(strstr(text, "THE"));
	ck_assert_uint_eq(b.der.len, 0);
	for (size_t i = 0; i < b.der.cap && i < 9; i++)
		ck_assert_uint_eq(b.der.data[i], 0);
	pki_pem_block_free(&b);
}
END_TEST

/* Hostile sizes */

static void repeat(pki_buf *text, const char *s, size_t n)
{
	size_t unit = strlen(s), start = text->len, end = start + n * unit;

	t_ok(pki_buf_reserve(text, n * unit, err));
	t_ok(pki_buf_puts(text, n == 0 ? "" : s, err));
	while (text->len < end) {
		size_t more = text->len - start < end - text->len ? text->len - start
								  : end - text->len;

		t_ok(pki_buf_append(text, pki_bytes_of(text->data + start, more), err));
	}
}

/* Every call takes one BEGIN, and none reads what others read before. */
START_TEST(many_begins)
{
	pki_buf text = PKI_BUF_INIT;
	pki_pem_block b = { 0 };
	pki_bytes in;

	repeat(&text, B, 99999);
	repeat(&text, GOOD, 1);
	in = pki_buf_bytes(&text);
	for (size_t i = 1; i < 99999; i++) {
		ck_assert_int_eq(pki_pem_next(NULL, &in, &b, NULL), PKI_E_ENCODING);
		ck_assert_uint_eq(b.line, i);
	}
	ck_assert_int_eq(pki_pem_next(NULL, &in, &b, NULL), PKI_E_ENCODING);
	t_ok(pki_pem_next(NULL, &in, &b, err));
	ck_assert_uint_eq(b.number, 100000);
	t_fails(PKI_E_NOTFOUND, pki_pem_next(NULL, &in, &b, err));
	pki_pem_block_free(&b);
	pki_buf_free(&text);
}
END_TEST

START_TEST(too_many_blocks)
{
	pki_limits l = { .size = sizeof l, .pem_blocks = 3 };
	pki_bytes in = pki_bytes_str(GOOD GOOD GOOD GOOD GOOD);
	pki_pem_block b = { 0 };
	pki_ctx *ctx;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &l), &ctx, err));
	for (size_t i = 0; i < 3; i++)
		t_ok(pki_pem_next(ctx, &in, &b, err));
	t_fails(PKI_E_LIMIT, pki_pem_next(ctx, &in, &b, err));
	t_fails(PKI_E_NOTFOUND, pki_pem_next(ctx, &in, &b, err));
	pki_pem_block_free(&b);
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(too_large)
{
	static const struct {
		const char *label;
		size_t message, crl;
		pki_status want;
	} cases[] = {
		{ "CERTIFICATE", 3, 1, PKI_SUCCESS },
		{ "CERTIFICATE", 2, 99, PKI_E_LIMIT },
		{ "X509 CRL", 1, 3, PKI_SUCCESS },
		{ "X509 CRL", 99, 2, PKI_E_LIMIT },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		pki_limits l = { .size = sizeof l,
			.message_bytes = cases[i].message,
			.crl_bytes = cases[i].crl };
		pki_buf text = PKI_BUF_INIT;
		pki_pem_block b = { 0 };
		pki_ctx *ctx;
		pki_bytes in;

		t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &l), &ctx, err));
		t_ok(pki_pem_encode(cases[i].label, pki_bytes_str("foo"), &text, err));
		in = pki_buf_bytes(&text);
		ck_assert_int_eq(pki_pem_next(ctx, &in, &b, NULL), cases[i].want);
		pki_pem_block_free(&b);
		pki_buf_free(&text);
		pki_ctx_free(ctx);
	}
}
END_TEST

/* 10 MiB of one thing: what is found there, and how many blocks it counts for. */
START_TEST(long_texts)
{
	static const struct {
		const char *before, *unit, *after;
		pki_status want;
		size_t len;
	} cases[] = {
		{ B, "Zm9vZm9v", "\n" E, PKI_SUCCESS, 7864320 },
		{ B, "Zm9v\nZm9\rv ", E, PKI_E_ENCODING, 0 },
		{ B, " \t\r\n", "Zm9v\n" E, PKI_SUCCESS, 3 },
		{ "", "\n", GOOD, PKI_SUCCESS, 3 },
		{ "", "-", "\n" GOOD, PKI_SUCCESS, 3 },
		{ "", "-\n", GOOD, PKI_SUCCESS, 3 },
		{ "", "----\r", GOOD, PKI_SUCCESS, 3 },
		{ "", " -----BEGIN Y-----", "\n" GOOD, PKI_SUCCESS, 3 },
		{ "-----BEGIN ", "X", "-----\n", PKI_E_ENCODING, 0 },
		{ "-----BEGIN X", "-", "\n" E, PKI_E_ENCODING, 0 },
		{ "-----BEGIN X-----", " ", "\nZm9v\n" E, PKI_SUCCESS, 3 },
		{ B, "-", "\n" E, PKI_E_ENCODING, 0 },
		{ B, "a:\n", "\nZm9v\n" E, PKI_SUCCESS, 3 },
		{ B, "a:", "\nZm9v\n" E, PKI_E_ENCODING, 0 },
		{ B, "=", "\n" E, PKI_E_ENCODING, 0 },
		{ B, "Zm9v\n", "", PKI_E_ENCODING, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t unit = strlen(cases[i].unit);
		pki_buf text = PKI_BUF_INIT;
		pki_pem_block b = { 0 };
		pki_bytes in;

		repeat(&text, cases[i].before, 1);
		repeat(&text, cases[i].unit, (size_t)(10 << 20) / unit);
		repeat(&text, cases[i].after, 1);
		in = pki_buf_bytes(&text);
		ck_assert_msg(pki_pem_next(NULL, &in, &b, NULL) == cases[i].want, "case %zu", i);
		ck_assert_uint_eq(b.der.len, cases[i].len);
		pki_pem_block_free(&b);
		pki_buf_free(&text);
	}
}
END_TEST

/* Every prefix of a text, in memory of exactly that size: reading beyond would be seen. */
START_TEST(cut_anywhere)
{
	static const char text[] = "a\r\n-----BEGIN X-----\r\nA: b\r\n\r\nZm9vZm9v\r\nZg==\r\n"
				   "-----END X-----\r\n";

	for (size_t len = 0; len < sizeof text; len++) {
		uint8_t *copy = malloc(len == 0 ? 1 : len);
		pki_bytes in = pki_bytes_of(copy, len);
		pki_pem_block b = { 0 };
		size_t complete = sizeof text - 3;

		ck_assert_ptr_nonnull(copy);
		memcpy(copy, text, len);
		ck_assert_int_eq(pki_pem_next(NULL, &in, &b, NULL),
		    len >= complete ? PKI_SUCCESS
			: len < 14  ? PKI_E_NOTFOUND
				    : PKI_E_ENCODING);
		pki_pem_block_free(&b);
		free(copy);
	}
}
END_TEST

/* Writing */

START_TEST(written)
{
	static const char *const labels[] = { "CERTIFICATE", "X509 CRL", "CERTIFICATE REQUEST",
		"PKCS7", "CMS", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "ATTRIBUTE CERTIFICATE",
		"PUBLIC KEY" };
	uint8_t der[200];

	for (size_t i = 0; i < sizeof der; i++)
		der[i] = (uint8_t)(i * 7);
	for (size_t i = 0; i < COUNT(labels); i++) {
		for (size_t len = 1; len <= sizeof der; len++) {
			pki_buf text = PKI_BUF_INIT;
			pki_pem_block b = { 0 };
			pki_bytes in;

			t_ok(pki_pem_encode(labels[i], pki_bytes_of(der, len), &text, err));
			in = pki_buf_bytes(&text);
			t_ok(pki_pem_next(NULL, &in, &b, err));
			t_bytes_eq(pki_buf_bytes(&b.der), pki_bytes_of(der, len));
			t_bytes_eq(b.label, pki_bytes_str(labels[i]));
			ck_assert_uint_eq(in.len, 0);
			pki_pem_block_free(&b);
			pki_buf_free(&text);
		}
	}
}
END_TEST

START_TEST(written_exactly)
{
	pki_buf text = PKI_BUF_INIT;
	uint8_t der[49] = { 0 };

	t_ok(pki_pem_encode("CMS", pki_bytes_of(der, 48), &text, err));
	ck_assert_str_eq(pki_buf_str(&text),
	    "-----BEGIN CMS-----\n"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAA\n"
	    "-----END CMS-----\n");
	pki_buf_truncate(&text, 0);
	t_ok(pki_pem_encode("CMS", pki_bytes_of(der, 49), &text, err));
	ck_assert_str_eq(pki_buf_str(&text),
	    "-----BEGIN CMS-----\n"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAA\nAA==\n"
	    "-----END CMS-----\n");
	pki_buf_free(&text);
}
END_TEST

START_TEST(not_written)
{
	static const char *const labels[] = { "", "X", "certificate", "CERTIFICATE ",
		"DSA PRIVATE KEY", "SSH2 PUBLIC KEY", "NEW CERTIFICATE REQUEST",
		"X.509 CERTIFICATE", "TRUSTED CERTIFICATE", "A\nB" };
	pki_buf text = PKI_BUF_INIT;
	pki_bytes der = pki_bytes_str("foo");

	for (size_t i = 0; i < COUNT(labels); i++)
		t_fails(PKI_E_ARG, pki_pem_encode(labels[i], der, &text, err));
	t_fails(PKI_E_ARG, pki_pem_encode("CMS", pki_bytes_of(NULL, 0), &text, err));
	t_fails(PKI_E_ARG, pki_pem_encode("CMS", pki_bytes_of(NULL, 3), &text, err));
	t_fails(PKI_E_ARG, pki_pem_encode(NULL, der, &text, err));
	t_fails(PKI_E_ARG, pki_pem_encode("CMS", der, NULL, err));
	t_fails(PKI_E_NOMEM, pki_pem_encode("CMS", pki_bytes_of(der.data, SIZE_MAX), &text, err));
	ck_assert_uint_eq(text.len, 0);
	pki_buf_free(&text);
}
END_TEST

START_TEST(null_arguments)
{
	pki_bytes in = pki_bytes_str(GOOD), nowhere = { NULL, 3 };
	pki_pem_block b = { 0 };

	t_fails(PKI_E_ARG, pki_pem_next(NULL, NULL, &b, err));
	t_fails(PKI_E_ARG, pki_pem_next(NULL, &in, NULL, err));
	t_fails(PKI_E_ARG, pki_pem_next(NULL, &nowhere, &b, err));
	ck_assert_uint_eq(in.len, strlen(GOOD));
	nowhere.len = 0;
	t_fails(PKI_E_NOTFOUND, pki_pem_next(NULL, &nowhere, &b, err));
	ck_assert(!pki_pem_looks_like(nowhere));
	pki_pem_block_free(NULL);
	pki_pem_block_free(&b);
}
END_TEST

/* Looks */

START_TEST(sniffed)
{
	static const struct {
		const char *hex;
		pki_looks looks;
	} cases[] = {
		{ "", PKI_LOOKS_EMPTY },
		{ "0a20090d", PKI_LOOKS_EMPTY },
		{ "efbbbf", PKI_LOOKS_EMPTY },
		{ "3000", PKI_LOOKS_BER },
		{ "30020500", PKI_LOOKS_BER },
		{ "3002050000", PKI_LOOKS_BER },
		{ "3080", PKI_LOOKS_BER },
		{ "30810100", PKI_LOOKS_BER },
		{ "3084000000020500", PKI_LOOKS_BER },
		{ "30", PKI_LOOKS_UNKNOWN },
		{ "3001", PKI_LOOKS_UNKNOWN },
		{ "30030500", PKI_LOOKS_UNKNOWN },
		{ "3081", PKI_LOOKS_UNKNOWN },
		{ "308102 00", PKI_LOOKS_UNKNOWN },
		{ "3088ffffffffffffffff", PKI_LOOKS_UNKNOWN },
		{ "308900000000000000000100", PKI_LOOKS_UNKNOWN },
		{ "30ff00", PKI_LOOKS_UNKNOWN },
		{ "3100", PKI_LOOKS_UNKNOWN },
		{ "0500", PKI_LOOKS_UNKNOWN },
		{ "1f8b08", PKI_LOOKS_GZIP },
		{ "fffe2d00", PKI_LOOKS_UTF16 },
		{ "feff002d", PKI_LOOKS_UTF16 },
		{ "7b7d", PKI_LOOKS_JSON },
		{ "0a5b5d", PKI_LOOKS_JSON },
		{ "4d494943", PKI_LOOKS_BASE64 },
		{ "0d0a4d49 0a 4943", PKI_LOOKS_BASE64 },
		{ "4d414141 3d3d", PKI_LOOKS_BASE64 },
		{ "4d4949", PKI_LOOKS_UNKNOWN },
		{ "4d494923", PKI_LOOKS_UNKNOWN },
		{ "4d514943", PKI_LOOKS_UNKNOWN },
		{ "4e494943", PKI_LOOKS_UNKNOWN },
		{ "2d2d2d2d2d424547494e20", PKI_LOOKS_PEM },
		{ "78 0a 2d2d2d2d2d424547494e20", PKI_LOOKS_PEM },
		{ "7b 0a 2d2d2d2d2d424547494e20", PKI_LOOKS_PEM },
		{ "48656c6c6f", PKI_LOOKS_UNKNOWN },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		ck_assert_msg(pki_sniff(t_hex(cases[i].hex)) == cases[i].looks, "%s", cases[i].hex);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { accepts, padding_alone, refuses, reads_on, finds_none, utf16,
		nul_octets, numbers, error_stays, secrets, key_not_shown, many_begins,
		too_many_blocks, too_large, long_texts, cut_anywhere, written, written_exactly,
		not_written, null_arguments, sniffed, NULL };

	return t_main("pem", tests);
}
