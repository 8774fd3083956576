/* SPDX-License-Identifier: BSD-3-Clause */
/* Errors: what they keep, what they cut and escape, and the line that people read. */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "tests/lib/t.h"

static pki_status set(pki_error *e)
{
	return pki_error_set(e, PKI_E_STRUCTURE, "cA is absent", "RFC 5280 4.2.1.9");
}

START_TEST(nothing_failed)
{
	pki_error e = PKI_ERROR_INIT;
	const pki_error *both[] = { &e, NULL };

	for (size_t i = 0; i < 2; i++) {
		ck_assert_int_eq(pki_error_status(both[i]), PKI_SUCCESS);
		ck_assert_str_eq(pki_error_reason(both[i]), "success");
		ck_assert_str_eq(pki_error_detail(both[i]), "");
		ck_assert_str_eq(pki_error_clause(both[i]), "");
		ck_assert_str_eq(pki_error_path(both[i]), "");
		ck_assert_str_eq(pki_error_function(both[i]), "");
		ck_assert_uint_eq(pki_error_offset(both[i]), PKI_NO_OFFSET);
		ck_assert_uint_eq(pki_error_pem_block(both[i]), 0);
		ck_assert_uint_eq(pki_error_line(both[i]), 0);
	}
	pki_error_at(&e, 1);
	pki_error_in_path(&e, "x");
	pki_error_in_block(&e, 1);
	pki_error_on_line(&e, 1);
	pki_error_about(&e, pki_bytes_str("x"));
	pki_error_nest(&e, "x", 1);
	ck_assert_int_eq(pki_error_leave(&e, PKI_SUCCESS, "f"), PKI_SUCCESS);
	ck_assert_int_eq(pki_error_set(&e, PKI_SUCCESS, "none", NULL), PKI_SUCCESS);
	for (size_t i = 0; i < sizeof e.opaque / sizeof e.opaque[0]; i++)
		ck_assert_uint_eq(e.opaque[i], 0);
	pki_error_init(NULL);
}
END_TEST

START_TEST(null_error)
{
	ck_assert_int_eq(set(NULL), PKI_E_STRUCTURE);
	ck_assert_int_eq(pki_error_nomem(NULL), PKI_E_NOMEM);
	ck_assert_int_eq(pki_error_null(NULL), PKI_E_ARG);
	ck_assert_int_eq(pki_error_leave(NULL, PKI_E_IO, "f"), PKI_E_IO);
	ck_assert_int_eq(
	    pki_error_set_detail(NULL, PKI_E_IO, "r", NULL, pki_bytes_str("d")), PKI_E_IO);
	pki_error_at(NULL, 1);
	pki_error_in_path(NULL, "x");
	pki_error_in_block(NULL, 1);
	pki_error_on_line(NULL, 1);
	pki_error_about(NULL, pki_bytes_str("x"));
	pki_error_nest(NULL, "x", 1);
}
END_TEST

START_TEST(kept)
{
	pki_error e = PKI_ERROR_INIT, copy;

	ck_assert_int_eq(set(&e), PKI_E_STRUCTURE);
	pki_error_at(&e, 0);
	pki_error_in_path(&e, "extensions[3]");
	pki_error_in_block(&e, 2);
	pki_error_on_line(&e, 40);
	pki_error_about(&e, pki_bytes_str("1.2.3"));
	ck_assert_int_eq(pki_error_leave(&e, PKI_E_STRUCTURE, "inner"), PKI_E_STRUCTURE);
	ck_assert_int_eq(pki_error_leave(&e, PKI_E_STRUCTURE, "outer"), PKI_E_STRUCTURE);
	copy = e;
	pki_error_init(&e);
	ck_assert_int_eq(pki_error_status(&e), PKI_SUCCESS);
	ck_assert_int_eq(pki_error_status(&copy), PKI_E_STRUCTURE);
	ck_assert_str_eq(pki_error_reason(&copy), "cA is absent");
	ck_assert_str_eq(pki_error_clause(&copy), "RFC 5280 4.2.1.9");
	ck_assert_str_eq(pki_error_path(&copy), "extensions[3]");
	ck_assert_str_eq(pki_error_detail(&copy), "1.2.3");
	ck_assert_str_eq(pki_error_function(&copy), "outer");
	ck_assert_uint_eq(pki_error_offset(&copy), 0);
	ck_assert_uint_eq(pki_error_pem_block(&copy), 2);
	ck_assert_uint_eq(pki_error_line(&copy), 40);
	ck_assert_int_eq(pki_error_set(&copy, PKI_E_IO, "gone", NULL), PKI_E_IO);
	ck_assert_str_eq(pki_error_path(&copy), "");
	ck_assert_str_eq(pki_error_detail(&copy), "");
	ck_assert_str_eq(pki_error_function(&copy), "");
	ck_assert_uint_eq(pki_error_offset(&copy), PKI_NO_OFFSET);
	ck_assert_uint_eq(pki_error_line(&copy), 0);
}
END_TEST

START_TEST(placed)
{
	pki_error e = PKI_ERROR_INIT;

	pki_error_place(&e, "of nothing", 1);
	ck_assert_str_eq(pki_error_path(&e), "");
	ck_assert_uint_eq(pki_error_line(&e), 0);
	ck_assert_int_eq(set(&e), PKI_E_STRUCTURE);
	pki_error_place(&e, "a[1].b", 0);
	ck_assert_str_eq(pki_error_path(&e), "a[1].b");
	ck_assert_uint_eq(pki_error_line(&e), 0);
	pki_error_place(&e, NULL, 7);
	ck_assert_str_eq(pki_error_path(&e), "a[1].b");
	ck_assert_uint_eq(pki_error_line(&e), 7);
	pki_error_place(&e, "\x1b", 0);
	ck_assert_str_eq(pki_error_path(&e), "\\x1b");
	ck_assert_uint_eq(pki_error_line(&e), 7);
	pki_error_place(&e, "", 0);
	ck_assert_str_eq(pki_error_path(&e), "");
	pki_error_place(NULL, "a", 1);
}
END_TEST

/* A callback that fails without a word leaves no reason of an earlier failure. */
START_TEST(silent_callback)
{
	pki_error e = PKI_ERROR_INIT;

	ck_assert_int_eq(set(&e), PKI_E_STRUCTURE);
	ck_assert_int_eq(pki_error_leave(&e, PKI_E_BACKEND, "pki_sign"), PKI_E_BACKEND);
	ck_assert_int_eq(pki_error_status(&e), PKI_E_BACKEND);
	ck_assert_str_eq(pki_error_reason(&e), "crypto backend failed");
	ck_assert_str_eq(pki_error_clause(&e), "");
	ck_assert_int_eq(pki_error_set(&e, PKI_E_IO, NULL, NULL), PKI_E_IO);
	ck_assert_str_eq(pki_error_reason(&e), "input or output failed");
}
END_TEST

START_TEST(details)
{
	static const struct {
		const char *hex, *text;
	} cases[] = {
		{ "", "" },
		{ "41 20 7e", "A ~" },
		{ "00", "\\x00" },
		{ "1b5b33316d", "\\x1b[31m" },
		{ "0a0d09", "\\x0a\\x0d\\x09" },
		{ "7f", "\\x7f" },
		{ "c3bc", "\\xc3\\xbc" },
		{ "e280ae", "\\xe2\\x80\\xae" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_error e = PKI_ERROR_INIT;

		ck_assert_int_eq(
		    pki_error_set_detail(&e, PKI_E_ARG, "r", NULL, t_hex(cases[i].hex)), PKI_E_ARG);
		ck_assert_str_eq(pki_error_detail(&e), cases[i].text);
	}
}
END_TEST

/* Longest text that fits, and one more. */
START_TEST(cut)
{
	static char text[1000];
	pki_error e = PKI_ERROR_INIT;

	memset(text, 'a', sizeof text);
	ck_assert_int_eq(set(&e), PKI_E_STRUCTURE);
	pki_error_about(&e, pki_bytes_of(text, 127));
	ck_assert_uint_eq(strlen(pki_error_detail(&e)), 127);
	ck_assert_ptr_null(strchr(pki_error_detail(&e), '.'));
	pki_error_about(&e, pki_bytes_of(text, 128));
	ck_assert_uint_eq(strlen(pki_error_detail(&e)), 127);
	ck_assert_str_eq(pki_error_detail(&e) + 123, "a...");
	pki_error_about(&e, pki_bytes_of(text, sizeof text));
	ck_assert_str_eq(pki_error_detail(&e) + 123, "a...");
	text[255] = '\0';
	pki_error_in_path(&e, text);
	ck_assert_uint_eq(strlen(pki_error_path(&e)), 255);
	ck_assert_ptr_null(strchr(pki_error_path(&e), '.'));
	pki_error_nest(&e, "outer", 0);
	ck_assert_uint_eq(strlen(pki_error_path(&e)), 255);
	ck_assert_int_eq(strncmp(pki_error_path(&e), "outer.aaa", 9), 0);
	ck_assert_str_eq(pki_error_path(&e) + 251, "a...");
}
END_TEST

START_TEST(nested)
{
	static const struct {
		const char *inner, *outer;
		size_t at, by;
		const char *path;
		size_t want;
	} cases[] = {
		{ "", "", PKI_NO_OFFSET, 0, "", 0 },
		{ "", "spki", PKI_NO_OFFSET, 10, "spki", 10 },
		{ "", "spki", 3, 10, "spki", 13 },
		{ "algorithm", "spki", 3, 10, "spki.algorithm", 13 },
		{ "[2].value", "extensions", 3, 0, "extensions[2].value", 3 },
		{ "a", "", 0, 0, "a", 0 },
		{ "a", "b", SIZE_MAX - 2, 1, "b.a", SIZE_MAX - 1 },
		{ "a", "b", SIZE_MAX - 2, 2, "b.a", PKI_NO_OFFSET },
		{ "a", "b", 2, SIZE_MAX - 2, "b.a", PKI_NO_OFFSET },
		{ "a", "b", 2, PKI_NO_OFFSET, "b.a", PKI_NO_OFFSET },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_error e = PKI_ERROR_INIT;

		ck_assert_int_eq(set(&e), PKI_E_STRUCTURE);
		pki_error_in_path(&e, cases[i].inner);
		pki_error_at(&e, cases[i].at);
		pki_error_nest(&e, cases[i].outer, cases[i].by);
		ck_assert_str_eq(pki_error_path(&e), cases[i].path);
		ck_assert_uint_eq(pki_error_offset(&e), cases[i].want);
	}
}
END_TEST

/* Of each part, whether it is there. */
START_TEST(formatted)
{
	static const struct {
		size_t block, line, at;
		const char *path, *detail, *reason, *clause, *want;
	} cases[] = {
		{ 2, 0, 311, "certificationRequestInfo.attributes[0]", "", "SET OF is not sorted",
		    "X.690 11.6",
		    "PEM block 2, byte 311, certificationRequestInfo.attributes[0]: SET OF is not "
		    "sorted (X.690 11.6)" },
		{ 0, 0, PKI_NO_OFFSET, "", "", "no memory", NULL, "no memory" },
		{ 1, 7, PKI_NO_OFFSET, "", "", "there is no END line", NULL,
		    "PEM block 1, line 7: there is no END line" },
		{ 0, 0, 0, "", "", "not DER", NULL, "byte 0: not DER" },
		{ 0, 0, PKI_NO_OFFSET, "", "a.key", "it exists", NULL, "it exists: a.key" },
		{ 0, 0, PKI_NO_OFFSET, "x", "1.2.3", "unknown", "RFC 1",
		    "x: unknown: 1.2.3 (RFC 1)" },
		{ 0, 0, PKI_NO_OFFSET, "\033[1m", "\n", "a\nb", "c\td",
		    "\\x1b[1m: a\\x0ab: \\x0a (c\\x09d)" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_buf text = PKI_BUF_INIT;
		char room[700];

		ck_assert_int_eq(pki_error_set_detail(&e, PKI_E_ENCODING, cases[i].reason,
				     cases[i].clause, pki_bytes_str(cases[i].detail)),
		    PKI_E_ENCODING);
		pki_error_in_path(&e, cases[i].path);
		pki_error_in_block(&e, cases[i].block);
		pki_error_on_line(&e, cases[i].line);
		pki_error_at(&e, cases[i].at);
		t_ok(pki_buf_puts(&text, "> ", err));
		t_ok(pki_error_format(&e, &text, err));
		ck_assert_str_eq(pki_buf_str(&text) + 2, cases[i].want);
		pki_error_text(&e, room, sizeof room);
		ck_assert_str_eq(room, cases[i].want);
		pki_buf_free(&text);
	}
}
END_TEST

START_TEST(text_of_any_room)
{
	static const char *const want[] = { NULL, "", ".", "..", "...", "c...", "cA..." };
	pki_error e = PKI_ERROR_INIT;
	char room[64];

	ck_assert_int_eq(pki_error_set(&e, PKI_E_STRUCTURE, "cA is absent", NULL), PKI_E_STRUCTURE);
	pki_error_text(&e, NULL, 10);
	for (size_t cap = 0; cap < sizeof room; cap++) {
		memset(room, '#', sizeof room);
		pki_error_text(&e, room, cap);
		if (cap < sizeof room)
			ck_assert_int_eq(room[cap], '#');
		if (cap > 0 && cap < sizeof want / sizeof want[0])
			ck_assert_str_eq(room, want[cap]);
		if (cap > 12)
			ck_assert_str_eq(room, "cA is absent");
	}
	pki_error_text(NULL, room, sizeof room);
	ck_assert_str_eq(room, "success");
	t_fails(PKI_E_ARG, pki_error_format(&e, NULL, err));
}
END_TEST

START_TEST(format_into_itself)
{
	pki_error e = PKI_ERROR_INIT;
	pki_buf text = PKI_BUF_INIT;

	ck_assert_int_eq(set(&e), PKI_E_STRUCTURE);
	ck_assert_int_eq(pki_error_format(&e, &text, &e), PKI_SUCCESS);
	ck_assert_str_eq(pki_buf_str(&text), "cA is absent (RFC 5280 4.2.1.9)");
	pki_buf_free(&text);
}
END_TEST

START_TEST(statuses)
{
	for (pki_status a = PKI_SUCCESS; a <= PKI_E_INTERNAL; a++) {
		ck_assert_str_ne(pki_status_text(a), "unknown status");
		for (pki_status b = PKI_SUCCESS; b < a; b++)
			ck_assert_str_ne(pki_status_text(a), pki_status_text(b));
	}
	ck_assert_str_eq(pki_status_text(PKI_E_STRUCTURE), "malformed structure");
	ck_assert_str_eq(pki_status_text(PKI_E_INTERNAL + 1), "unknown status");
	ck_assert_str_eq(pki_status_text(-1), "unknown status");
	ck_assert_str_eq(pki_status_text(INT32_MIN), "unknown status");
	ck_assert_str_eq(pki_status_text(INT32_MAX), "unknown status");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { nothing_failed, null_error, kept, placed, silent_callback,
		details, cut, nested, formatted, text_of_any_room, format_into_itself, statuses,
		NULL };

	return t_main("error", tests);
}
