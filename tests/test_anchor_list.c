/* SPDX-License-Identifier: BSD-3-Clause */
/* TrustAnchorLists: RFC 5914, by its ASN.1 and by its MUSTs. */
#include <pki/pem.h>
#include <stdio.h>
#include <string.h>

#include "libpki/verify/anchors.h"
#include "tests/lib/nested.h"

#define SPKI(key)     "30{30{06{2b6570}}03{00" key "}}"
#define NAME(text)    "30{31{30{06{550403}0c{" text "}}}}"
#define CA            NAME("6361")
#define DATE          "17{3236303130313030303030305a}"
#define ALG           "30{06{2a8648ce3d040302}}"
#define EXT(oid, v)   "30{06{" oid "}04{" v "}}"
#define CRIT(oid, v)  "30{06{" oid "}01{ff}04{" v "}}"
#define SKI(id)       EXT("551d0e", "04{" id "}")
#define FIELDS(exts)  ALG NAME("7a") "30{" DATE DATE "}" CA SPKI("11") exts
#define TBS_OF(exts)  "a0{02{02}}02{01}" FIELDS("a3{30{" exts "}}")
#define TBS1          "02{01}" FIELDS("")
#define CERT_OF(exts) "30{" TBS_OF(exts) "}" ALG "03{0001}"
#define CERT1         "30{" TBS1 "}" ALG "03{0001}"
#define CERT          "30{" CERT1 "}"
#define TBS           "a1{30{" TBS1 "}}"

/* taInfo: what stands between keyId and the end. */
#define INFO(rest)     "a2{30{" SPKI("11") "04{aabb}" rest "}}"
#define PATH(controls) INFO("30{" CA controls "}")
#define EXTS(exts)     INFO("30{" CA "}a1{30{" exts "}}")
#define POLICY(oid)    "30{06{" oid "}}"
#define DNS(name)      "30{82{" name "}}"
#define SERVER         "06{2b06010505070301}"
#define CODE           "06{2b06010505070303}"
#define UNKNOWN        "06{2b0601040182370a0304}"
#define ANY_EKU        "06{551d2500}"

static pki_status read_list(pki_bytes der, pki_trust **out, pki_error *e)
{
	pki_trust_builder *b;
	pki_status st;

	t_ok(pki_trust_builder_new(NULL, &b, err));
	st = pki_trust_add_list(b, der, e);
	t_ok(pki_trust_freeze(b, out, err));
	if (st != PKI_SUCCESS)
		ck_assert_uint_eq(pki_trust_count(*out), 0);
	pki_trust_builder_free(b);
	return st;
}

static const pki_anchor *first(const pki_trust *t)
{
	size_t at = 0;

	return pki_trust_next(t, pki_trust_name_at(t, 0), &at);
}

static pki_trust *list_of(const char *text)
{
	pki_trust *t;

	t_ok(read_list(t_nested(text), &t, err));
	return t;
}

/* ---- what is good ---- */

static const struct good {
	const char *text;
	size_t count;
	bool is_cert;
} good[] = {
	/* certificate, tbsCert and taInfo, in a list and alone */
	{ CERT, 1, true },
	{ TBS, 1, true },
	{ PATH(""), 1, false },
	{ "30{" CERT "}", 1, true },
	{ "30{" TBS "}", 1, true },
	{ "30{" PATH("") "}", 1, false },
	{ "30{" CERT TBS PATH("") "}", 3, true },
	{ "30{" CERT CERT CERT "}", 1, true },
	{ "30{" PATH("") PATH("") TBS TBS "}", 2, true },
	{ "30{30{" CERT_OF(SKI("aabb")) "}}", 1, true },
	{ "a1{30{" TBS_OF(SKI("aabb")) "}}", 1, true },
	/* taTitle, taTitleLangTag */
	{ INFO("0c{61}30{" CA "}"), 1, false },
	{ INFO("0c{e282ac}30{" CA "}82{6e6c}"), 1, false },
	{ INFO("30{" CA "}82{6e6c}"), 1, false },
	/* CertPathControls */
	{ PATH("a0{" CERT1 "}"), 1, true },
	{ PATH("a0{" CERT_OF(SKI("aabb")) "}"), 1, true },
	{ PATH("a1{" POLICY("2a03") "}"), 1, false },
	{ PATH("a1{" POLICY("2a03") POLICY("2a04") "}82{05e0}"), 1, false },
	{ PATH("82{0780}"), 1, false },
	{ PATH("82{0520}"), 1, false },
	{ PATH("a3{a0{" DNS("61") "}}"), 1, false },
	{ PATH("a3{a1{" DNS("61") "}}"), 1, false },
	{ PATH("84{00}"), 1, false },
	{ PATH("84{7fffffffffffffff}"), 1, false },
	{ PATH("a0{" CERT1 "}a1{" POLICY("2a03") "}82{0640}a3{a0{" DNS("61") "}}84{05}"), 1, true },
	/* exts */
	{ EXTS(EXT("2a03", "ff")), 1, false },
	{ EXTS(EXT("551d0e", "04{aabb}")), 1, false },
	{ EXTS(CRIT("551d13", "30{01{ff}}")), 1, false },
	{ EXTS(CRIT("551d0f", "03{0204}")), 1, false },
	{ EXTS(CRIT("551d25", "30{" SERVER "}")), 1, false },
	/* they are ignored: RFC 5914 2.6 */
	{ EXTS(CRIT("551d20", "ff")), 1, false },
	{ EXTS(CRIT("551d24", "ff")), 1, false },
	{ EXTS(CRIT("551d36", "ff")), 1, false },
	{ EXTS(CRIT("551d1e", "ff")), 1, false },
};

START_TEST(test_good)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_trust *t;
		pki_status st = read_list(t_nested(good[i].text), &t, &e);

		ck_assert_msg(st == PKI_SUCCESS, "%zu: %s", i, t_error(&e));
		ck_assert_msg(pki_trust_count(t) == good[i].count, "%zu", i);
		ck_assert_msg((pki_trust_cert_at(t, 0) != NULL) == good[i].is_cert, "%zu", i);
		t_bytes_eq(pki_trust_spki_at(t, 0), t_nested(SPKI("11")));
		t_bytes_eq(pki_name_der(pki_trust_name_at(t, 0)), t_nested(CA));
		pki_trust_free(t);
	}
}
END_TEST

/* ---- what it says ---- */

START_TEST(test_controls)
{
	pki_trust *t = list_of(PATH("a1{" POLICY("2a03")
		POLICY("2a04") "}82{05e0}a3{a0{" DNS("61") "}a1{" DNS("62") DNS("63") "}}84{05}"));
	const pki_anchor *a = first(t);

	ck_assert_ptr_null(a->cert);
	t_bytes_eq(a->key_id, t_hex("aabb"));
	ck_assert_uint_eq(a->policy_count, 2);
	t_bytes_eq(a->policies[0], t_hex("2a03"));
	t_bytes_eq(a->policies[1], t_hex("2a04"));
	ck_assert_uint_eq(
	    a->policy_flags, PKI_REQUIRE_POLICY | PKI_INHIBIT_MAPPING | PKI_INHIBIT_ANY_POLICY);
	t_bytes_eq(a->constraints.permitted, t_nested(DNS("61")));
	t_bytes_eq(a->constraints.excluded, t_nested(DNS("62") DNS("63")));
	ck_assert_int_eq(a->path_len, 5);
	ck_assert_uint_eq(a->purposes, 0);
	ck_assert_int_eq(a->distrust_after, PKI_TIME_NONE);
	pki_trust_free(t);
}
END_TEST

static const struct flag {
	const char *bits;
	uint32_t flags;
} flags[] = {
	{ "82{0780}", PKI_INHIBIT_MAPPING },
	{ "82{0640}", PKI_REQUIRE_POLICY },
	{ "82{0520}", PKI_INHIBIT_ANY_POLICY },
	{ "82{05a0}", PKI_INHIBIT_MAPPING | PKI_INHIBIT_ANY_POLICY },
	{ "82{00}", 0 },
	{ "", 0 },
};

START_TEST(test_flags)
{
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
		char text[512];
		pki_trust *t;

		snprintf(text, sizeof text, PATH("a1{" POLICY("2a03") "}%s"), flags[i].bits);
		t = list_of(text);
		ck_assert_uint_eq(first(t)->policy_flags, flags[i].flags);
		pki_trust_free(t);
	}
}
END_TEST

/* Of a certificate that is in it: RFC 5914 2.5. */
static const struct replaced {
	const char *text;
	uint32_t replaces;
} replaced[] = {
	{ "30{" CERT "}", 0 },
	{ "30{" TBS "}", 0 },
	{ PATH("a0{" CERT1 "}"), PKI_REPLACES_CA },
	{ PATH("a0{" CERT1 "}a1{" POLICY("2a03") "}"), PKI_REPLACES_CA | PKI_REPLACES_POLICIES },
	{ PATH("a0{" CERT1 "}82{00}"), PKI_REPLACES_CA | PKI_REPLACES_POLICY_FLAGS },
	{ PATH("a0{" CERT1 "}a3{a0{" DNS("61") "}}"), PKI_REPLACES_CA | PKI_REPLACES_NAMES },
	{ PATH("a0{" CERT1 "}84{05}"), PKI_REPLACES_CA | PKI_REPLACES_PATH_LEN },
};

START_TEST(test_replaced)
{
	for (size_t i = 0; i < sizeof replaced / sizeof replaced[0]; i++) {
		pki_trust *t = list_of(replaced[i].text);

		ck_assert_msg(first(t)->replaces == replaced[i].replaces, "%zu", i);
		pki_trust_free(t);
	}
}
END_TEST

#define BIT(p) PKI_PURPOSE_BIT(PKI_PURPOSE_##p)

static const struct purposes {
	const char *list;
	uint32_t bits;
} purposes[] = {
	{ SERVER, BIT(ANY) | BIT(SERVER) },
	{ SERVER CODE, BIT(ANY) | BIT(SERVER) | BIT(CODE) },
	{ UNKNOWN, BIT(ANY) },
	{ UNKNOWN CODE, BIT(ANY) | BIT(CODE) },
	{ ANY_EKU,
	    BIT(ANY) | BIT(SERVER) | BIT(CLIENT) | BIT(EMAIL) | BIT(CODE) | BIT(OCSP) |
		BIT(TIMESTAMP) | BIT(OID) },
};

START_TEST(test_purposes)
{
	for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++) {
		char text[512];
		pki_trust *t;

		snprintf(text, sizeof text, EXTS(EXT("551d25", "30{%s}")), purposes[i].list);
		t = list_of(text);
		ck_assert_msg(first(t)->purposes == purposes[i].bits, "%zu", i);
		pki_trust_free(t);
	}
}
END_TEST

static const struct path_len {
	const char *text;
	int64_t path_len;
} path_lens[] = {
	{ PATH(""), -1 },
	{ PATH("84{02}"), 2 },
	{ EXTS(EXT("551d13", "30{01{ff}}")), -1 },
	{ EXTS(EXT("551d13", "30{01{ff}02{03}}")), 3 },
	{ INFO("30{" CA "84{02}}a1{30{" EXT("551d13", "30{01{ff}02{03}}") "}}"), 2 },
	{ INFO("30{" CA "84{04}}a1{30{" EXT("551d13", "30{01{ff}02{03}}") "}}"), 3 },
};

START_TEST(test_path_len)
{
	for (size_t i = 0; i < sizeof path_lens / sizeof path_lens[0]; i++) {
		pki_trust *t = list_of(path_lens[i].text);

		ck_assert_msg(first(t)->path_len == path_lens[i].path_len, "%zu", i);
		pki_trust_free(t);
	}
}
END_TEST

/* ---- what is bad ---- */

static const struct bad {
	const char *text;
	pki_status status;
} bad[] = {
	/* the list */
	{ "", PKI_E_STRUCTURE },
	{ "30{}", PKI_E_STRUCTURE },
	{ "31{" CERT "}", PKI_E_STRUCTURE },
	{ "30{" CERT "}00", PKI_E_STRUCTURE },
	{ "30{" CERT "00}", PKI_E_ENCODING },
	{ "30{" CERT "30}", PKI_E_ENCODING },
	{ "30{02{01}}", PKI_E_STRUCTURE },
	{ "30{a0{" CERT "}}", PKI_E_STRUCTURE },
	{ "30{a3{" CERT "}}", PKI_E_STRUCTURE },
	{ "30{81{00}}", PKI_E_STRUCTURE },
	{ "30{" CERT "a3{}}", PKI_E_STRUCTURE },
	{ "30{" CERT PATH("") "05{}}", PKI_E_STRUCTURE },
	/* a choice alone */
	{ CERT "00", PKI_E_STRUCTURE },
	{ PATH("") "00", PKI_E_STRUCTURE },
	{ "a0{30{" TBS1 "}}", PKI_E_STRUCTURE },
	{ "a1{}", PKI_E_STRUCTURE },
	{ "a2{}", PKI_E_STRUCTURE },
	/* certificate */
	{ "30{30{30{" TBS1 "}" ALG "}}", PKI_E_STRUCTURE },
	{ "30{30{30{" TBS1 "}" ALG "03{0001}05{}}}", PKI_E_STRUCTURE },
	/* tbsCert */
	{ "a1{" CERT "}", PKI_E_STRUCTURE },
	{ "a1{30{" TBS1 "}05{}}", PKI_E_STRUCTURE },
	{ "a1{30{" TBS1 "05{}}}", PKI_E_STRUCTURE },
	{ "a1{30{02{01}}}", PKI_E_STRUCTURE },
	{ "a1{30{02{01}30{}}}", PKI_E_STRUCTURE },
	{ "a1{31{" TBS1 "}}", PKI_E_STRUCTURE },
	{ "30{a1{30{02{01}" ALG NAME("7a") "30{" DATE DATE "}30{}" SPKI("11") "}}}",
	    PKI_E_STRUCTURE }, /* no subject */
	/* version */
	{ "a2{30{02{01}" SPKI("11") "04{aabb}30{" CA "}}}", PKI_E_ENCODING },
	{ "a2{30{02{02}" SPKI("11") "04{aabb}30{" CA "}}}", PKI_E_UNSUPPORTED },
	{ "a2{30{02{00}" SPKI("11") "04{aabb}30{" CA "}}}", PKI_E_UNSUPPORTED },
	/* pubKey, keyId */
	{ "a2{30{04{aabb}30{" CA "}}}", PKI_E_STRUCTURE },
	{ "a2{30{30{}04{aabb}30{" CA "}}}", PKI_E_STRUCTURE },
	{ "a2{30{" SPKI("11") "30{" CA "}}}", PKI_E_STRUCTURE },
	{ "a2{30{" SPKI("11") "04{aabb}30{" CA "}}05{}}", PKI_E_STRUCTURE },
	/* taTitle, taTitleLangTag */
	{ INFO("0c{}30{" CA "}"), PKI_E_STRUCTURE },
	{ INFO("0c{ff}30{" CA "}"), PKI_E_ENCODING },
	{ INFO("13{61}30{" CA "}"), PKI_E_STRUCTURE },
	{ INFO("0c{6161616161616161616161616161616161616161616161616161616161616161616161616161"
	       "616161616161616161616161616161616161616161616161616161}30{" CA "}"),
	    PKI_E_STRUCTURE },
	{ INFO("30{" CA "}82{ff}"), PKI_E_ENCODING },
	{ INFO("30{" CA "}a2{0c{6e6c}}"), PKI_E_STRUCTURE },
	{ INFO("82{6e6c}30{" CA "}"), PKI_E_STRUCTURE },
	/* certPath: without it, no anchor of a path */
	{ INFO(""), PKI_E_STRUCTURE },
	{ INFO("0c{61}"), PKI_E_STRUCTURE },
	{ INFO("30{}"), PKI_E_STRUCTURE },
	{ INFO("30{30{}}"), PKI_E_STRUCTURE },
	{ INFO("30{30{30{}}}"), PKI_E_STRUCTURE },
	{ INFO("30{" CA "}30{" CA "}"), PKI_E_STRUCTURE },
	/* certificate: its subject, key and key identifier are those of the info */
	{ PATH("a0{}"), PKI_E_STRUCTURE },
	{ PATH("a0{" CERT "}"), PKI_E_STRUCTURE },
	{ PATH("a0{" CERT_OF(SKI("aabbcc")) "}"), PKI_E_STRUCTURE },
	{ INFO("30{" NAME("4341") "a0{" CERT1 "}}"), PKI_E_STRUCTURE },
	{ "a2{30{" SPKI("22") "04{aabb}30{" CA "a0{" CERT1 "}}}}", PKI_E_STRUCTURE },
	/* policySet */
	{ PATH("a1{}"), PKI_E_STRUCTURE },
	{ PATH("a1{" POLICY("") "}"), PKI_E_ENCODING },
	{ PATH("a1{" POLICY("2a03") POLICY("2a03") "}"), PKI_E_STRUCTURE },
	{ PATH("a1{30{06{2a03}30{30{06{2b06010505070201}16{61}}}}}"), PKI_E_STRUCTURE },
	{ PATH("a1{30{" POLICY("2a03") "}}"), PKI_E_STRUCTURE },
	/* policyFlags */
	{ PATH("82{}"), PKI_E_ENCODING },
	{ PATH("82{0700}"), PKI_E_ENCODING },
	{ PATH("82{0410}"), PKI_E_STRUCTURE },
	{ PATH("82{0640}"), PKI_E_STRUCTURE },
	{ PATH("a2{03{0780}}"), PKI_E_STRUCTURE },
	/* nameConstr */
	{ PATH("a3{}"), PKI_E_STRUCTURE },
	{ PATH("a3{a0{}}"), PKI_E_STRUCTURE },
	{ PATH("a3{30{a0{" DNS("61") "}}}"), PKI_E_STRUCTURE },
	{ PATH("a3{a1{" DNS("61") "}a0{" DNS("61") "}}"), PKI_E_STRUCTURE },
	{ PATH("a3{a0{" DNS("ff") "}}"), PKI_E_ENCODING },
	/* pathLenConstraint */
	{ PATH("84{}"), PKI_E_ENCODING },
	{ PATH("84{ff}"), PKI_E_STRUCTURE },
	{ PATH("84{0005}"), PKI_E_ENCODING },
	{ PATH("84{008000000000000000}"), PKI_E_LIMIT },
	{ PATH("a4{02{05}}"), PKI_E_STRUCTURE },
	{ PATH("84{05}82{0780}"), PKI_E_STRUCTURE },
	/* exts */
	{ EXTS(""), PKI_E_STRUCTURE },
	{ INFO("30{" CA "}a1{}"), PKI_E_STRUCTURE },
	{ INFO("30{" CA "}a1{" EXT("2a03", "ff") "}"), PKI_E_STRUCTURE },
	{ EXTS(EXT("2a03", "ff") EXT("2a03", "ff")), PKI_E_STRUCTURE },
	{ EXTS(CRIT("2a03", "ff")), PKI_E_UNSUPPORTED },
	{ EXTS(CRIT("551d0e", "04{aabb}")), PKI_E_UNSUPPORTED },
	{ EXTS(EXT("551d0e", "ff")), PKI_E_ENCODING },
	{ EXTS(EXT("551d13", "30{}")), PKI_E_STRUCTURE },
	{ EXTS(EXT("551d13", "30")), PKI_E_ENCODING },
	{ EXTS(EXT("551d0f", "03{0780}")), PKI_E_STRUCTURE },
	{ EXTS(EXT("551d0f", "03{}")), PKI_E_ENCODING },
	{ EXTS(EXT("551d25", "30{}")), PKI_E_STRUCTURE },
	{ EXTS(EXT("551d25", "30{05{}}")), PKI_E_STRUCTURE },
};

START_TEST(test_bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_trust *t;
		pki_status st = read_list(t_nested(bad[i].text), &t, &e);

		ck_assert_msg(st == bad[i].status, "%zu: %s: want %s, got %s (%s)", i, bad[i].text,
		    pki_status_text(bad[i].status), pki_status_text(st), t_error(&e));
		pki_trust_free(t);
	}
}
END_TEST

/* Every octet cut off, and every one but the first in turn another: never a crash. */
START_TEST(test_spoiled)
{
	pki_bytes list = t_nested("30{" TBS PATH(
	    "a0{" CERT1 "}a1{" POLICY("2a03") "}82{0640}a3{a0{" DNS("61") "}}84{05}") "}");
	pki_buf copy = PKI_BUF_INIT;
	pki_trust *t;

	for (size_t n = 0; n < list.len; n++) {
		ck_assert(read_list(pki_bytes_of(list.data, n), &t, NULL) != PKI_SUCCESS);
		pki_trust_free(t);
	}
	t_ok(pki_buf_append(&copy, list, err));
	for (size_t n = 0; n < list.len; n++)
		for (unsigned bit = 0; bit < 8; bit++) {
			copy.data[n] ^= (uint8_t)(1u << bit);
			(void)!read_list(pki_buf_bytes(&copy), &t, NULL);
			pki_trust_free(t);
			copy.data[n] ^= (uint8_t)(1u << bit);
		}
	pki_buf_free(&copy);
}
END_TEST

static const struct place {
	const char *text, *path;
} places[] = {
	{ "30{" CERT "a1{30{02{00}30{}}}}", "[1].tbsCert.tbsCertificate.signature" },
	{ "30{" PATH("84{ff}") "}", "[0].taInfo.certPath.pathLenConstraint" },
	{ "30{" PATH("a1{30{}}") "}", "[0].taInfo.certPath.policySet[0]" },
	{ "30{" CERT EXTS(EXT("551d25", "30{05{}}")) "}", "[1].taInfo.exts[0].extnValue[0]" },
};

START_TEST(test_places)
{
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_trust *t;

		ck_assert(read_list(t_nested(places[i].text), &t, &e) != PKI_SUCCESS);
		ck_assert_msg(
		    strncmp(pki_error_path(&e), places[i].path, strlen(places[i].path)) == 0,
		    "%zu: %s", i, pki_error_path(&e));
		ck_assert_uint_le(pki_error_offset(&e), t_nested(places[i].text).len);
		pki_trust_free(t);
	}
}
END_TEST

/* Where a TBSCertificate is wrong, the offset is in the list. */
START_TEST(test_offset_in_tbs)
{
	pki_bytes list = t_nested("30{" PATH("") "a1{30{" ALG "}}}"),
		  bad_tbs = t_nested("30{a1{30{02{01}" ALG "30{" DATE DATE "}30{" DATE DATE
				     "}" CA SPKI("11") "}}}");
	pki_error e = PKI_ERROR_INIT;
	pki_trust *t;

	ck_assert(read_list(list, &t, &e) != PKI_SUCCESS);
	ck_assert_uint_lt(pki_error_offset(&e), list.len);
	pki_trust_free(t);
	ck_assert(read_list(bad_tbs, &t, &e) != PKI_SUCCESS);
	ck_assert_uint_eq(bad_tbs.data[pki_error_offset(&e)], 0x17);
	pki_trust_free(t);
}
END_TEST

/* ---- from files ---- */

static const char *file_of(const char *text)
{
	const char *path = t_scratch("list");

	t_ok(pki_file_write(path, t_nested(text), PKI_FILE_REPLACE, err));
	return path;
}

static const pki_time some_time = 7;
static const char *const org[] = { "dns:example.org", NULL };

/* As options, what CertPathControls has too is refused beside it; the rest holds. */
START_TEST(test_load)
{
	const pki_anchor_opts since = {
		.size = sizeof since, .distrust_after = &some_time, .purposes = BIT(CODE)
	};
	const pki_anchor_opts names = { .size = sizeof names, .permit = org };
	pki_trust_builder *b;
	pki_trust *t;

	t_ok(pki_trust_builder_new(NULL, &b, err));
	t_ok(pki_trust_load(b, file_of(PATH("84{05}")), &since, err));
	t_ok(pki_trust_freeze(b, &t, err));
	ck_assert_int_eq(first(t)->distrust_after, 7);
	ck_assert_uint_eq(first(t)->purposes, BIT(CODE));
	ck_assert_int_eq(first(t)->path_len, 5);
	pki_trust_free(t);
	t_ok(pki_trust_load(b, file_of(EXTS(EXT("551d25", "30{" SERVER "}"))), &since, err));
	t_ok(pki_trust_freeze(b, &t, err));
	ck_assert_uint_eq(first(t)->purposes, BIT(NONE));
	pki_trust_free(t);
	t_fails(PKI_E_ARG, pki_trust_load(b, file_of("30{" CERT PATH("") "}"), &names, err));
	t_ok(pki_trust_load(b, file_of("30{" CERT TBS "}"), &names, err));
	t_ok(pki_trust_load(b, file_of(TBS), &names, err));
	t_ok(pki_trust_freeze(b, &t, err));
	ck_assert_uint_eq(pki_trust_count(t), 2);
	ck_assert_uint_gt(first(t)->constraints.permitted.len, 0);
	pki_trust_free(t);
	t_fails(PKI_E_STRUCTURE, pki_trust_load(b, file_of(INFO("")), NULL, err));
	t_fails(PKI_E_STRUCTURE, pki_trust_load(b, file_of("30{" CERT "a3{}}"), NULL, err));
	pki_trust_builder_free(b);
}
END_TEST

/* A TBSCertificate is an anchor like another one, whose signature nobody looks at. */
START_TEST(test_tbs)
{
	pki_trust *t = list_of("a1{30{" TBS_OF(SKI("0102")) "}}");
	const pki_cert *c = pki_trust_cert_at(t, 0);

	ck_assert_uint_eq(pki_cert_signature(c).len, 0);
	t_bytes_eq(pki_cert_tbs(c), t_nested("30{" TBS_OF(SKI("0102")) "}"));
	t_bytes_eq(first(t)->key_id, t_hex("0102"));
	pki_trust_free(t);
}
END_TEST

/* As many as the context allows. */
START_TEST(test_many)
{
	const pki_limits limits = { .size = sizeof limits, .pem_blocks = 2 };
	const pki_ctx_opts o = { .size = sizeof o, .limits = &limits };
	pki_trust_builder *b;
	pki_ctx *ctx;

	t_ok(pki_ctx_new(&o, &ctx, err));
	t_ok(pki_trust_builder_new(ctx, &b, err));
	t_ok(pki_trust_add_list(b, t_nested("30{" CERT CERT "}"), err));
	t_fails(PKI_E_LIMIT, pki_trust_add_list(b, t_nested("30{" CERT CERT CERT "}"), err));
	pki_trust_builder_free(b);
	pki_ctx_free(ctx);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_good, test_controls, test_flags, test_replaced,
		test_purposes, test_path_len, test_bad, test_spoiled, test_places,
		test_offset_in_tbs, test_load, test_tbs, test_many, NULL };

	return t_main("anchor_list", tests);
}
