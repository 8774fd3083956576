/* SPDX-License-Identifier: BSD-3-Clause */
/* Names under subtrees: within, not within, or nobody can tell. */
#include <string.h>

#include "libpki/x509/subtree.h"
#include "tests/lib/t.h"

enum verdict { OUT, IN, NOBODY };

#define DNS   PKI_GN_DNS
#define EMAIL PKI_GN_EMAIL
#define URI   PKI_GN_URI

static const struct row {
	pki_gn_type type;
	const char *base, *name;
	enum verdict want;
} rows[] = {
	/* dNSName */
	{ DNS, "", "a.example", IN },
	{ DNS, "a.example", "A.Example", IN },
	{ DNS, "a.example", "b.a.example", IN },
	{ DNS, ".a.example", "b.a.example", IN },
	{ DNS, "b.a.example", "*.a.example", IN },
	{ DNS, ".a.example", "a.example", OUT },
	{ DNS, "a.example", "ba.example", OUT },
	{ DNS, "a.example", "example", OUT },
	{ DNS, "a.example", "a.example.", NOBODY },
	{ DNS, "a.example", "b.a.example.", NOBODY },
	{ DNS, "a.example", ".a.example", NOBODY },
	{ DNS, "a.example", "b..a.example", NOBODY },
	{ DNS, "a.example", "a.example ", NOBODY },
	{ DNS, "a.example", " a.example", NOBODY },
	{ DNS, "a.example", "*", NOBODY },
	{ DNS, "a.example", "*a.example", NOBODY },
	{ DNS, "a.example", "b.*.example", NOBODY },
	{ DNS, "a.example", "a.example:443", NOBODY },
	{ DNS, "a.example", "192.0.2.1", NOBODY },
	{ DNS, "a.example", "", NOBODY },
	{ DNS, "", "", NOBODY },
	{ DNS, "a.example.", "a.example", NOBODY },
	{ DNS, "*.a.example", "b.a.example", NOBODY },
	{ DNS, "..a.example", "b.a.example", NOBODY },
	{ DNS, ".", "a.example", NOBODY },
	{ DNS, "a example", "a.example", NOBODY },
	/* rfc822Name */
	{ EMAIL, "", "a@b.example", IN },
	{ EMAIL, "b.example", "a@B.example", IN },
	{ EMAIL, "b.example", "\"a@c.example\"@b.example", IN },
	{ EMAIL, ".b.example", "a@c.b.example", IN },
	{ EMAIL, "a@b.example", "a@B.example", IN },
	{ EMAIL, "a@b.example", "A@b.example", OUT },
	{ EMAIL, "\"a\"@b.example", "\"a\"@B.example", IN },
	{ EMAIL, "\"a\"@b.example", "a@c.example", OUT },
	{ EMAIL, "b.example", "a@c.b.example", OUT },
	{ EMAIL, ".b.example", "a@b.example", OUT },
	{ EMAIL, "c.example", "\"a@c.example\"@b.example", OUT },
	{ EMAIL, "a@b.example", "\"a\"@b.example", NOBODY },
	{ EMAIL, "a@b.example", "\"\\a\"@B.example", NOBODY },
	{ EMAIL, "\"a\"@b.example", "a@b.example", NOBODY },
	{ EMAIL, "b.example", "a@b.example.", NOBODY },
	{ EMAIL, "b.example", "a@b.example ", NOBODY },
	{ EMAIL, "b.example", "<a@b.example>", NOBODY },
	{ EMAIL, "b.example", "a@c.example@b.example", NOBODY },
	{ EMAIL, "b.example", "a@[192.0.2.1]", NOBODY },
	{ EMAIL, "b.example", "b.example", NOBODY },
	{ EMAIL, "b.example", "@b.example", NOBODY },
	{ EMAIL, "b.example", "a@", NOBODY },
	{ EMAIL, "b.example", "", NOBODY },
	{ EMAIL, "b.example.", "a@b.example", NOBODY },
	{ EMAIL, "@b.example", "a@b.example", NOBODY },
	{ EMAIL, "a@", "a@b.example", NOBODY },
	{ EMAIL, "a@.b.example", "a@c.b.example", NOBODY },
	{ EMAIL, "*.b.example", "a@c.b.example", NOBODY },
	/* URI */
	{ URI, "", "https://a.example/", IN },
	{ URI, "a.example", "https://A.example", IN },
	{ URI, "a.example", "https://a.example./", IN },
	{ URI, "a.example", "https://me:x@a.example:443/?b#c", IN },
	{ URI, ".a.example", "ldap://b.a.example/cn", IN },
	{ URI, "a.example", "https://b.a.example/", OUT },
	{ URI, ".a.example", "https://a.example/", OUT },
	{ URI, "a.example", "https://a.example@b.example/", OUT },
	{ URI, "a.example", "https://b.example/a.example", OUT },
	{ URI, "a.example", "https://a.example../", NOBODY },
	{ URI, "a.example", "https:///a.example", NOBODY },
	{ URI, "a.example", "https://", NOBODY },
	{ URI, "a.example", "https:a.example", NOBODY },
	{ URI, "a.example", "urn:a.example", NOBODY },
	{ URI, "a.example", "//a.example/", NOBODY },
	{ URI, "a.example", "a.example", NOBODY },
	{ URI, "a.example", "", NOBODY },
	{ URI, "a.example", "https:\\\\a.example/", NOBODY },
	{ URI, "a.example", "https://a.example\\@b.example/", NOBODY },
	{ URI, "a.example", "https://a.example@b@c.example/", NOBODY },
	{ URI, "a.example", "https://a%2eexample/", NOBODY },
	{ URI, "a.example", "https://a.example:x/", NOBODY },
	{ URI, "a.example", "https://192.0.2.1/", NOBODY },
	{ URI, "a.example", "https://[2001:db8::1]/", NOBODY },
	{ URI, "a.example", "https://[fe80::1%25eth0]/", NOBODY },
	{ URI, "a.example.", "https://a.example/", NOBODY },
	{ URI, "https://a.example/", "https://a.example/", NOBODY },
	{ URI, "a.example:443", "https://a.example:443/", NOBODY },
};

static const struct octets {
	const char *base, *name;
	enum verdict want;
} addresses[] = {
	{ "c0000200 ffffff00", "c0000201", IN },
	{ "c0000201 ffffff00", "c0000202", IN },
	{ "00000000 00000000", "c0000201", IN },
	{ "c0000200 fffffe00", "c00003ff", IN },
	{ "20010db8000000000000000000000000 ffffffff000000000000000000000000",
	    "20010db8000000000000000000000001", IN },
	{ "c0000200 ffffff00", "c0000301", OUT },
	{ "00000000 00000000", "20010db8000000000000000000000001", OUT },
	{ "00000000000000000000000000000000 00000000000000000000000000000000", "c0000201", OUT },
	/* the mask has holes */
	{ "c0000200 ffff00ff", "c0000201", NOBODY },
	{ "c0000200 ff00ff00", "c0000201", NOBODY },
	{ "c0000200 fffffd00", "c0000201", NOBODY },
	{ "c0000200 7fffff00", "c0000201", NOBODY },
	{ "c0000200 00000001", "c0000201", NOBODY },
	/* IPv4 in IPv6 */
	{ "c0000200 ffffff00", "00000000000000000000ffffc0000201", NOBODY },
	{ "00000000000000000000ffffc0000200 ffffffffffffffffffffffffffffff00", "c0000201", NOBODY },
	{ "00000000000000000000ffffc0000200 ffffffffffffffffffffffffffffff00",
	    "00000000000000000000ffffc0000201", IN },
	/* no addresses */
	{ "c0000200", "c0000201", NOBODY },
	{ "", "c0000201", NOBODY },
	{ "", "", NOBODY },
	{ "c0000200 ffffff00", "c00002", NOBODY },
	{ "c00002 ffffff", "c00002", NOBODY },
};

static enum verdict judge_by(const pki_subtree *t, const pki_gn *gn, bool some)
{
	pki_subtree_base base;
	pki_subtree_name name;
	pki_status st;
	bool in;

	t_ok(pki_subtree_base_init(&base, NULL, t, err));
	t_ok(pki_subtree_name_init(&name, NULL, gn, err));
	st = pki_subtree_holds(&base, &name, some, &in, NULL);
	pki_subtree_name_free(&name);
	pki_subtree_base_free(&base);
	ck_assert(st == PKI_SUCCESS || (st == PKI_E_UNSUPPORTED && !in));
	return st != PKI_SUCCESS ? NOBODY : in ? IN : OUT;
}

static enum verdict judge(const pki_gn *base, const pki_gn *gn)
{
	const pki_subtree t = { .base = *base };

	return judge_by(&t, gn, true);
}

START_TEST(test_texts)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct row *r = &rows[i];
		pki_gn base = { .type = r->type, .value = pki_bytes_str(r->base) };
		pki_gn name = { .type = r->type, .value = pki_bytes_str(r->name) };

		ck_assert_msg(judge(&base, &name) == r->want, "%s: %s", r->base, r->name);
	}
}
END_TEST

START_TEST(test_addresses)
{
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		const struct octets *r = &addresses[i];
		pki_gn base = { .type = PKI_GN_IP, .value = t_hex(r->base) };
		pki_gn name = { .type = PKI_GN_IP, .value = t_hex(r->name) };

		ck_assert_msg(judge(&base, &name) == r->want, "%s: %s", r->base, r->name);
	}
}
END_TEST

/* RFC 9598 6: a SmtpUTF8Mailbox is under subtrees of mailboxes. */
START_TEST(test_utf8_mailboxes)
{
	static const struct octets boxes[] = {
		{ "b.example", "0c0cc3a940622e6578616d706c65", IN },
		{ "b.example", "0c0cc3a940422e4578616d706c65", IN },
		{ "b.example", "0c0b6140622e6578616d706c65", IN },
		{ "b.example", "0c0cc3a940632e6578616d706c65", OUT },
		{ "a@b.example", "0c0cc3a940622e6578616d706c65", OUT },
		{ "b.example", "160b6140622e6578616d706c65", NOBODY }, /* IA5String */
		{ "b.example", "0c0dc3a940622e6578616d706c652e", NOBODY },
		{ "b.example", "0c09622e6578616d706c65", NOBODY },
		{ "b.example", "0c0cc3a940622e6578616d706c650500", NOBODY },
		{ "b.example", "0c0cffa940622e6578616d706c65", NOBODY },
		{ "b.example", "0c00", NOBODY },
		{ "b.example", "0500", NOBODY },
		{ "b.example", "", NOBODY },
	};

	for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++) {
		pki_gn base = { .type = EMAIL, .value = pki_bytes_str(boxes[i].base) };
		pki_gn name = { .type = PKI_GN_OTHER,
			.other = PKI_OID(on_smtp_utf8_mailbox),
			.value = t_hex(boxes[i].name) };

		ck_assert_msg(
		    judge(&base, &name) == boxes[i].want, "%s: %s", boxes[i].base, boxes[i].name);
	}
}
END_TEST

/* No rules are known for these. */
START_TEST(test_others)
{
	static const pki_gn_type types[] = { PKI_GN_OTHER, PKI_GN_X400, PKI_GN_EDI, PKI_GN_RID };

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		pki_gn gn = { .type = types[i], .value = t_hex("0500"), .other = t_hex("2a03") };

		ck_assert(judge(&gn, &gn) == NOBODY);
	}
}
END_TEST

static pki_bytes name_of(const char *text, pki_name **n)
{
	t_ok(pki_name_from_string(NULL, text, n, err));
	return pki_name_der(*n);
}

START_TEST(test_names)
{
	static const struct row names[] = {
		{ PKI_GN_DIRNAME, "O=Ex,C=NL", "CN=a,O=ex,C=nl", IN },
		{ PKI_GN_DIRNAME, "O=Ex,C=NL", "O=Ex,C=NL", IN },
		{ PKI_GN_DIRNAME, "", "O=Ex,C=NL", IN },
		{ PKI_GN_DIRNAME, "O=Ex", "O= ex ", IN },
		{ PKI_GN_DIRNAME, "O=Ex,C=NL", "C=NL", OUT },
		{ PKI_GN_DIRNAME, "O=Ex,C=NL", "O=Ex,C=NL,L=a", OUT },
		{ PKI_GN_DIRNAME, "O=Ex,C=NL", "CN=a+O=Ex,C=NL", OUT },
		{ PKI_GN_DIRNAME, "O=Ex,C=NL", "", OUT },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		pki_name *b, *n;
		pki_gn base = { .type = PKI_GN_DIRNAME, .value = name_of(names[i].base, &b) };
		pki_gn name = { .type = PKI_GN_DIRNAME, .value = name_of(names[i].name, &n) };

		ck_assert_msg(
		    judge(&base, &name) == names[i].want, "%s: %s", names[i].base, names[i].name);
		pki_name_free(n);
		pki_name_free(b);
	}
}
END_TEST

START_TEST(test_bad_names)
{
	pki_gn gn = { .type = PKI_GN_DIRNAME, .value = t_hex("31 00") };
	const pki_subtree t = { .base = gn };
	pki_subtree_name name;
	pki_subtree_base base;

	t_fails(PKI_E_STRUCTURE, pki_subtree_name_init(&name, NULL, &gn, err));
	pki_subtree_name_free(&name);
	t_fails(PKI_E_STRUCTURE, pki_subtree_base_init(&base, NULL, &t, err));
	pki_subtree_base_free(&base);
}
END_TEST

/* Where nothing is excluded the whole of a wildcard is to be within. */
START_TEST(test_wildcards)
{
	static const struct wildcard {
		const char *base, *name;
		enum verdict some, whole;
	} wildcards[] = {
		{ "a.example", "*.a.example", IN, IN },
		{ "", "*.a.example", IN, IN },
		{ "example", "*.a.example", IN, IN },
		{ ".a.example", "*.a.example", IN, IN },
		{ "b.a.example", "*.a.example", IN, OUT },
		{ "B.A.Example", "*.a.example", IN, OUT },
		{ ".b.a.example", "*.a.example", OUT, OUT },
		{ "c.b.a.example", "*.a.example", OUT, OUT },
		{ "b.c.example", "*.a.example", OUT, OUT },
		{ "a.example", "*.example", IN, OUT },
		{ "example", "*.example", IN, IN },
	};

	for (size_t i = 0; i < sizeof wildcards / sizeof wildcards[0]; i++) {
		const struct wildcard *w = &wildcards[i];
		pki_subtree t = { .base = { .type = DNS, .value = pki_bytes_str(w->base) } };
		pki_gn gn = { .type = DNS, .value = pki_bytes_str(w->name) };

		ck_assert_msg(judge_by(&t, &gn, true) == w->some, "%s: %s", w->base, w->name);
		ck_assert_msg(judge_by(&t, &gn, false) == w->whole, "%s: %s", w->base, w->name);
	}
}
END_TEST

/* RFC 5280 4.2.1.10: minimum is 0, and maximum absent. */
START_TEST(test_distances)
{
	pki_gn gn = { .type = DNS, .value = pki_bytes_str("a.example") };
	pki_subtree t = { .base = gn, .minimum = 1 };

	ck_assert(judge_by(&t, &gn, true) == NOBODY);
	t = (pki_subtree){ .base = gn, .has_maximum = true };
	ck_assert(judge_by(&t, &gn, true) == NOBODY);
	t.has_maximum = false;
	ck_assert(judge_by(&t, &gn, true) == IN);
}
END_TEST

START_TEST(test_costs)
{
	pki_subtree_base base = { .value = pki_bytes_of("x", 1) };
	pki_gn gn = { .value = base.value };
	pki_subtree_name name = { .gn = &gn };

	ck_assert_uint_eq(pki_subtree_cost(&base, &name), 1);
	base.value.len = 64;
	ck_assert_uint_eq(pki_subtree_cost(&base, &name), 2);
	base.value.len = 6400;
	ck_assert_uint_eq(pki_subtree_cost(&base, &name), 101);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_texts, test_addresses, test_utf8_mailboxes, test_others,
		test_names, test_bad_names, test_wildcards, test_distances, test_costs, NULL };

	return t_main("subtree", tests);
}
