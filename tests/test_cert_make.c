/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates that are made: what a profile gives, what nobody gets. */
#include <stdio.h>
#include <string.h>

#include <pki/cert.h>
#include <pki/ext_policy.h>

#include "libpki/types/ext.h"
#include "tests/lib/child_backend.h"
#include "tests/lib/nested.h"

#define NOW       INT64_C(1767225600) /* 2026-01-01T00:00:00Z */
#define LENGTH(a) (sizeof(a) / sizeof(a)[0])

static pki_time clock_now = NOW;

static pki_time tell(void *ud)
{
	(void)ud;
	return clock_now;
}

static pki_ctx *ctx;
static pki_key *ca_key, *leaf_key;
static pki_cert *root;

static pki_key *make_key(pki_key_type t)
{
	pki_key *k;

	t_ok(pki_key_generate(
	    ctx, t, t == PKI_KEY_RSA ? PKI_OPTS(pki_key_opts, .rsa_bits = 2048) : NULL, &k, err));
	return k;
}

static pki_cert *make_root(const pki_key *k, const pki_cert_opts *o)
{
	pki_cert *c;

	t_ok(pki_cert_self_sign(NULL, k, o, &c, err));
	return c;
}

#define ROOT(...) \
 PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CA, .subject = "CN=Root", __VA_ARGS__)

START_TEST(set_up)
{
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = tell), &ctx, err));
	ca_key = make_key(PKI_KEY_P256);
	leaf_key = make_key(PKI_KEY_P256);
	root = make_root(ca_key, ROOT(.path_len = NULL));
}
END_TEST

START_TEST(tear_down)
{
	pki_cert_free(root);
	pki_key_free(leaf_key);
	pki_key_free(ca_key);
	pki_ctx_free(ctx);
}
END_TEST

static pki_bytes spki_of(const pki_key *k)
{
	return pki_pubkey_spki(pki_key_public(k));
}

/* Extensions, one after the other. */
static pki_exts *exts_of(const char *nested)
{
	pki_bytes in = t_nested(nested);
	pki_exts *e;
	pki_ext one;
	pki_der r;

	t_ok(pki_exts_new(ctx, &e, err));
	pki_der_init(&r, ctx, in, NULL);
	while (pki_der_more(&r) && pki_ext_read(&r, NULL, &one))
		pki_exts_add(e, one.oid, one.critical, one.value);
	t_ok(pki_der_finish(&r, err));
	t_ok(pki_exts_status(e, err));
	return e;
}

#define EXT(oid, value)  "30{06{" oid "} 04{" value "}} "
#define CRIT(oid, value) "30{06{" oid "} 0101ff 04{" value "}} "

#define AKI        "551d23"
#define SKI        "551d0e"
#define KU         "551d0f"
#define CP         "551d20"
#define PM         "551d21"
#define SAN        "551d11"
#define IAN        "551d12"
#define SDA        "551d09"
#define BC         "551d13"
#define NC         "551d1e"
#define PC         "551d24"
#define EKU        "551d25"
#define CDP        "551d1f"
#define IAP        "551d36"
#define FRESHEST   "551d2e"
#define AIA        "2b06010505070101"
#define SIA        "2b0601050507010b"
#define NOCHECK    "2b0601050507300105"
#define NOREVAVAIL "551d38"
#define SCTS       "2b06010401d679020402"
#define LOGOTYPE   "2b0601050507010c"
#define BIOMETRIC  "2b06010505070102"
#define POISON     "2b06010401d679020403"
#define PRIVATE    "2b0601040186 8d1f09"

#define CA_TRUE       "30{0101ff}"
#define CERT_SIGN     "0302 0204"
#define CRL_SIGN      "0302 0102"
#define DIGITAL       "0302 0780"
#define PURPOSE(oid)  "30{06{" oid "}}"
#define SERVER_AUTH   "2b06010505070301"
#define CLIENT_AUTH   "2b06010505070302"
#define CODE_SIGNING  "2b06010505070303"
#define TIME_STAMPING "2b06010505070308"
#define OCSP_SIGNING  "2b06010505070309"
#define ANY_EKU       "551d2500"
#define DNS_A         "30{82{61}}"

static bool has(const pki_cert *c, const char *oid)
{
	return pki_cert_ext(c, t_nested(oid), NULL);
}

static bool is(const pki_cert *c, const char *oid, bool critical, const char *value)
{
	pki_ext e;

	return pki_cert_ext(c, t_nested(oid), &e) && e.critical == critical &&
	    pki_bytes_equal(e.value, t_nested(value));
}

/* What every certificate of ours is. */
static void check_common(const pki_cert *c, const pki_cert *issuer, const pki_key *k)
{
	pki_buf id = PKI_BUF_INIT;
	pki_ext e;

	ck_assert_int_eq(pki_cert_version(c), 3);
	t_ok(pki_cert_check_signature(c, pki_key_public(k), err));
	ck_assert_uint_eq(pki_cert_serial(c).len, 20);
	ck_assert_uint_ge(pki_cert_serial(c).data[0], 0x40);
	ck_assert_uint_le(pki_cert_serial(c).data[0], 0x7f);
	ck_assert(pki_cert_ext(c, PKI_OID(subject_key_identifier), &e) && !e.critical);
	ck_assert_uint_eq(pki_cert_key_id(c).len, 20);
	if (issuer == NULL) {
		ck_assert(!has(c, AKI));
		ck_assert(pki_name_equal(pki_cert_issuer(c), pki_cert_subject(c)));
		return;
	}
	t_bytes_eq(pki_name_der(pki_cert_issuer(c)), pki_name_der(pki_cert_subject(issuer)));
	t_ok(pki_pubkey_id(pki_key_public(k), PKI_KEY_ID_SHA1, &id, err));
	t_bytes_eq(pki_cert_authority_key_id(c), pki_buf_bytes(&id));
	pki_buf_free(&id);
	ck_assert(pki_cert_ext(c, PKI_OID(authority_key_identifier), &e) && !e.critical);
}

/* ---- every profile with every type of key ---- */

#define SIGN  PKI_KU_DIGITAL_SIGNATURE
#define ENC   PKI_KU_KEY_ENCIPHERMENT
#define AGREE PKI_KU_KEY_AGREEMENT
#define CA    (PKI_KU_KEY_CERT_SIGN | PKI_KU_CRL_SIGN)

static const struct {
	pki_profile profile;
	const char *eku;
	bool critical;
	uint32_t rsa, ec, x; /* keyUsage; 0: PKI_E_POLICY */
} profiles[] = {
	{ PKI_PROFILE_SERVER, SERVER_AUTH, false, SIGN | ENC, SIGN, AGREE },
	{ PKI_PROFILE_CLIENT, CLIENT_AUTH, false, SIGN, SIGN, AGREE },
	{ PKI_PROFILE_EMAIL, "2b06010505070304", false, SIGN | ENC, SIGN, AGREE },
	{ PKI_PROFILE_CODE, CODE_SIGNING, false, SIGN, SIGN, 0 },
	{ PKI_PROFILE_OCSP, OCSP_SIGNING, false, SIGN, SIGN, 0 },
	{ PKI_PROFILE_TIMESTAMP, TIME_STAMPING, true, SIGN, SIGN, 0 },
	{ PKI_PROFILE_CA, NULL, false, CA, CA, 0 },
	{ PKI_PROFILE_NONE, NULL, false, 0, 0, 0 },
};

static const pki_key_type types[] = { PKI_KEY_RSA, PKI_KEY_P256, PKI_KEY_P384, PKI_KEY_P521,
	PKI_KEY_ED25519, PKI_KEY_ED448, PKI_KEY_X25519, PKI_KEY_X448 };

static bool only_agrees(pki_key_type t)
{
	return t == PKI_KEY_X25519 || t == PKI_KEY_X448;
}

static uint32_t usage_of(size_t p, pki_key_type t)
{
	if (only_agrees(t))
		return profiles[p].x;
	return t == PKI_KEY_RSA ? profiles[p].rsa : profiles[p].ec;
}

static void check_profile(size_t p, pki_key_type t, const pki_cert *c)
{
	char eku[64];
	bool ca = profiles[p].profile == PKI_PROFILE_CA;
	pki_ext e;

	ck_assert_uint_eq(pki_cert_key_usage(c), usage_of(p, t));
	ck_assert(pki_cert_is_ca(c) == ca);
	ck_assert_int_eq(pki_cert_path_len(c), ca ? 0 : -1);
	ck_assert_int_eq(pki_cert_not_before(c), NOW);
	ck_assert_int_eq(pki_cert_not_after(c), NOW + PKI_DAYS(ca ? 1825 : 90));
	ck_assert(has(c, SAN));
	if (profiles[p].profile == PKI_PROFILE_NONE) {
		ck_assert_uint_eq(pki_cert_ext_count(c), 3);
		return;
	}
	ck_assert(pki_cert_ext(c, PKI_OID(basic_constraints), &e) && e.critical);
	ck_assert(ca || e.value.len == 2);
	ck_assert(pki_cert_ext(c, PKI_OID(key_usage), &e) && e.critical);
	snprintf(eku, sizeof eku, "30{06{%s}}", profiles[p].eku != NULL ? profiles[p].eku : "");
	ck_assert(profiles[p].eku != NULL ? is(c, EKU, profiles[p].critical, eku) : !has(c, EKU));
	ck_assert(profiles[p].profile == PKI_PROFILE_OCSP ? is(c, NOCHECK, false, "0500")
							  : !has(c, NOCHECK));
}

static void issue_profile(size_t p, pki_key_type t, const pki_key *k)
{
	const pki_cert_opts *o = PKI_OPTS(pki_cert_opts, .profile = profiles[p].profile,
	    .subject = "CN=it", .names = PKI_LIST("www.example.org"));
	pki_cert *c;

	if (usage_of(p, t) == 0 && profiles[p].profile != PKI_PROFILE_NONE) {
		t_fails(PKI_E_POLICY, pki_cert_issue_spki(spki_of(k), root, ca_key, o, &c, err));
		ck_assert_ptr_null(c);
		return;
	}
	t_ok(pki_cert_issue_spki(spki_of(k), root, ca_key, o, &c, err));
	check_common(c, root, ca_key);
	check_profile(p, t, c);
	t_bytes_eq(pki_cert_spki(c), spki_of(k));
	pki_cert_free(c);
}

START_TEST(test_profiles)
{
	for (size_t t = 0; t < LENGTH(types); t++) {
		pki_key *k = make_key(types[t]);

		for (size_t p = 0; p < LENGTH(profiles); p++)
			issue_profile(p, types[t], k);
		pki_key_free(k);
	}
}
END_TEST

/* A root and a server of its own, by every key that signs. */
START_TEST(test_self_signed)
{
	for (size_t t = 0; t < LENGTH(types); t++) {
		pki_key *k = make_key(types[t]);
		const pki_cert_opts *server = PKI_OPTS(pki_cert_opts, .subject = "CN=x",
		    .names = PKI_LIST("example.org", "192.0.2.1"));
		pki_cert *c;

		if (only_agrees(types[t])) {
			t_fails(PKI_E_UNSUPPORTED, pki_cert_self_sign(ctx, k, server, &c, err));
			pki_key_free(k);
			continue;
		}
		t_ok(pki_cert_self_sign(ctx, k, server, &c, err));
		check_common(c, NULL, k);
		ck_assert(is(c, SAN, false, "30{82{6578616d706c652e6f7267} 87{c0000201}}"));
		ck_assert(is(c, BC, true, "3000"));
		ck_assert(!pki_cert_is_ca(c));
		ck_assert_int_eq(pki_cert_not_after(c), NOW + PKI_DAYS(90));
		pki_cert_free(c);
		c = make_root(k, ROOT(.path_len = &(const int32_t){ 2 }));
		check_common(c, NULL, k);
		ck_assert(pki_cert_is_ca(c));
		ck_assert_int_eq(pki_cert_path_len(c), 2);
		ck_assert_int_eq(pki_cert_not_after(c), NOW + PKI_DAYS(3650));
		pki_cert_free(c);
		pki_key_free(k);
	}
	ck_assert_int_eq(pki_cert_path_len(root), -1);
	ck_assert_uint_eq(pki_cert_ext_count(root), 3);
}
END_TEST

/* The algorithm is the issuer key's, or the one that is asked for; both places name it. */
START_TEST(test_algorithms)
{
	static const struct {
		pki_scheme scheme;
		pki_hash hash;
		pki_status status;
	} rows[] = {
		{ PKI_ALG_ECDSA, PKI_HASH_SHA256, PKI_SUCCESS },
		{ PKI_ALG_ECDSA, PKI_HASH_SHA512, PKI_SUCCESS },
		{ PKI_ALG_ECDSA, PKI_HASH_SHA1, PKI_E_POLICY },
		{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256, PKI_E_ARG },
		{ PKI_ALG_EDDSA, PKI_HASH_NONE, PKI_E_ARG },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_alg a = { .size = sizeof a, .scheme = rows[i].scheme, .hash = rows[i].hash };
		const pki_cert_opts *o = PKI_OPTS(
		    pki_cert_opts, .names = PKI_LIST("a.example"), .alg = &a);
		pki_buf tbs = PKI_BUF_INIT;
		pki_cert *c;

		if (rows[i].status == PKI_SUCCESS)
			t_ok(pki_cert_issue_spki(spki_of(leaf_key), root, ca_key, o, &c, err));
		else
			t_fails(rows[i].status,
			    pki_cert_issue_spki(spki_of(leaf_key), root, ca_key, o, &c, err));
		if (rows[i].status != PKI_SUCCESS)
			t_fails(rows[i].status,
			    pki_cert_tbs_of_spki(ctx, spki_of(leaf_key), root, o, &tbs, err));
		pki_cert_free(c);
		pki_buf_free(&tbs);
	}
}
END_TEST

/* The identifier of the issuer is what its own certificate says. */
START_TEST(test_key_ids)
{
	const pki_cert_opts *bare = PKI_OPTS(
	    pki_cert_opts, .subject = "CN=x", .names = PKI_LIST("a.example"));

	for (pki_key_id_method m = PKI_KEY_ID_DEFAULT; m <= PKI_KEY_ID_SPKI_SHA256; m++) {
		pki_cert_opts o = *bare;
		pki_buf id = PKI_BUF_INIT;
		pki_cert *c;

		o.key_id_method = m;
		t_ok(pki_pubkey_id(pki_key_public(leaf_key), m, &id, err));
		t_ok(pki_cert_issue_spki(spki_of(leaf_key), root, ca_key, &o, &c, err));
		t_bytes_eq(pki_cert_key_id(c), pki_buf_bytes(&id));
		t_bytes_eq(pki_cert_authority_key_id(c), pki_cert_key_id(root));
		pki_cert_free(c);
		t_ok(pki_cert_self_sign(NULL, leaf_key, &o, &c, err));
		t_bytes_eq(pki_cert_key_id(c), pki_buf_bytes(&id));
		pki_cert_free(c);
		pki_buf_free(&id);
	}
}
END_TEST

/* ---- serial numbers and times ---- */

#define OCTETS_19 "11111111111111111111111111111111111111"

static const struct {
	const char *given, *contents; /* NULL: PKI_E_ARG */
} serials[] = {
	{ "01", "01" },
	{ "7f", "7f" },
	{ "0080", "0080" },
	{ "00ff", "00ff" },
	{ "00c102", "00c102" },
	{ "0000 01", "01" },
	{ "00000000000000000000000000000000000000000000000080", "0080" },
	{ "7f" OCTETS_19, "7f" OCTETS_19 },
	{ "00 01" OCTETS_19, "01" OCTETS_19 },
	{ "00", NULL },
	{ "0000000000000000000000000000000000000000000000000000", NULL },
	{ "80", NULL },
	{ "ff", NULL },
	{ "c102", NULL },
	{ "ff01", NULL },
	{ "80" OCTETS_19, NULL },
	{ "ff" OCTETS_19, NULL },
	{ "0080" OCTETS_19, NULL },
	{ "00ff" OCTETS_19, NULL },
	{ "01 11" OCTETS_19, NULL },
};

START_TEST(test_serials)
{
	for (size_t i = 0; i < LENGTH(serials); i++) {
		const pki_cert_opts *o = PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example"),
		    .serial = t_nested(serials[i].given));
		pki_cert *c;

		if (serials[i].contents == NULL) {
			t_fails(PKI_E_ARG,
			    pki_cert_issue_spki(spki_of(leaf_key), root, ca_key, o, &c, err));
			ck_assert_ptr_null(c);
			continue;
		}
		t_ok(pki_cert_issue_spki(spki_of(leaf_key), root, ca_key, o, &c, err));
		t_bytes_eq(pki_cert_serial(c), t_nested(serials[i].contents));
		pki_cert_free(c);
	}
}
END_TEST

START_TEST(test_serials_differ)
{
	pki_cert *c[32];

	for (size_t i = 0; i < LENGTH(c); i++) {
		t_ok(pki_cert_issue_spki(spki_of(leaf_key), root, ca_key,
		    PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example")), &c[i], err));
		for (size_t j = 0; j < i; j++)
			ck_assert(!pki_bytes_equal(pki_cert_serial(c[i]), pki_cert_serial(c[j])));
	}
	for (size_t i = 0; i < LENGTH(c); i++)
		pki_cert_free(c[i]);
}
END_TEST

#define DEFAULT PKI_TIME_NONE
#define Y2050   INT64_C(2524608000)

/* Self-signed, so that no issuer has a say. */
static const struct {
	pki_time from, to;
	pki_status status;
	const char *validity; /* within the TBSCertificate */
} times[] = {
	{ DEFAULT, DEFAULT, PKI_SUCCESS,
	    "17{3236303130313030303030305a} 17{3236303430313030303030305a}" },
	{ NOW, NOW, PKI_SUCCESS, "17{3236303130313030303030305a} 17{3236303130313030303030305a}" },
	{ NOW - 1, NOW, PKI_SUCCESS, NULL },
	{ 0, 1, PKI_SUCCESS, NULL },
	{ NOW, Y2050 - 1, PKI_SUCCESS,
	    "17{3236303130313030303030305a} 17{3439313233313233353935395a}" },
	{ NOW, Y2050, PKI_SUCCESS,
	    "17{3236303130313030303030305a} 18{32303530303130313030303030305a}" },
	/* RFC 5280 4.1.2.5: no well-defined end */
	{ NOW, PKI_TIME_MAX, PKI_SUCCESS,
	    "17{3236303130313030303030305a} 18{39393939313233313233353935395a}" },
	{ PKI_TIME_MAX, PKI_TIME_MAX, PKI_SUCCESS, NULL },
	{ NOW, NOW - 1, PKI_E_ARG, NULL },
	{ DEFAULT, NOW - 1, PKI_E_ARG, NULL },
	{ NOW, 0, PKI_E_ARG, NULL },
	{ NOW, PKI_TIME_MAX + 1, PKI_E_ARG, NULL },
	{ PKI_TIME_MAX, DEFAULT, PKI_E_ARG, NULL },
	{ PKI_TIME_MAX + 1, DEFAULT, PKI_E_ARG, NULL },
	{ INT64_MAX, DEFAULT, PKI_E_ARG, NULL },
	{ INT64_MAX, INT64_MAX, PKI_E_ARG, NULL },
	{ PKI_TIME_MIN - 1, NOW, PKI_E_ARG, NULL },
	{ INT64_MIN + 1, NOW, PKI_E_ARG, NULL },
};

static bool contains(pki_bytes all, pki_bytes part)
{
	for (size_t i = 0; i + part.len <= all.len; i++)
		if (memcmp(all.data + i, part.data, part.len) == 0)
			return true;
	return false;
}

START_TEST(test_times)
{
	for (size_t i = 0; i < LENGTH(times); i++) {
		const pki_cert_opts *o = PKI_OPTS(pki_cert_opts, .subject = "CN=a",
		    .names = PKI_LIST("a.example"),
		    .not_before = times[i].from == DEFAULT ? NULL : &times[i].from,
		    .not_after = times[i].to == DEFAULT ? NULL : &times[i].to);
		pki_status st;
		pki_cert *c;

		st = pki_cert_self_sign(ctx, leaf_key, o, &c, NULL);
		ck_assert_msg(st == times[i].status, "row %zu: %s", i, pki_status_text(st));
		ck_assert(times[i].validity == NULL ||
		    contains(pki_cert_tbs(c), t_nested(times[i].validity)));
		pki_cert_free(c);
	}
}
END_TEST

/* ---- what a request asks for ---- */

static pki_csr *request(const char *exts, const char *subject, const char *name)
{
	pki_exts *e = exts_of(exts);
	pki_csr *r;

	t_ok(pki_csr_make(ctx, leaf_key,
	    PKI_OPTS(pki_csr_opts, .subject = subject, .exts = e,
		.names = name != NULL ? PKI_LIST(name) : NULL),
	    &r, err));
	pki_exts_free(e);
	return r;
}

#define DROPS PKI_SUCCESS

/* copied: the status where `copy` names the extension, of the profiles server and ca. */
static const struct asked {
	const char *oid, *ext;
	pki_status server, ca;
	bool kept; /* by server; else it is dropped */
} asked[] = {
	{ BC, CRIT(BC, CA_TRUE), PKI_E_POLICY, DROPS, false },
	{ BC, EXT(BC, CA_TRUE), PKI_E_POLICY, DROPS, false },
	{ BC, CRIT(BC, "30{0101ff 020103}"), PKI_E_POLICY, DROPS, false },
	{ BC, EXT(BC, "3000"), DROPS, DROPS, true },
	{ BC, EXT(BC, "0500"), PKI_E_STRUCTURE, PKI_E_STRUCTURE, false },
	{ BC, EXT(BC, "30{020103}"), PKI_E_STRUCTURE, PKI_E_STRUCTURE, false },
	{ KU, CRIT(KU, CERT_SIGN), PKI_E_POLICY, DROPS, false },
	{ KU, CRIT(KU, CRL_SIGN), PKI_E_POLICY, PKI_E_ARG, false },
	{ KU, CRIT(KU, "0302 0106"), PKI_E_POLICY, DROPS, false },
	{ KU, CRIT(KU, "0302 02a4"), PKI_E_POLICY, PKI_E_ARG, false },
	{ KU, CRIT(KU, "0302 0284"), PKI_E_POLICY, DROPS, false },
	{ KU, CRIT(KU, "0302 05a0"), PKI_E_ARG, PKI_E_ARG, false }, /* keyEncipherment: EC */
	{ KU, EXT(KU, DIGITAL), DROPS, PKI_E_ARG, true },
	{ KU, CRIT(KU, "030100"), PKI_E_STRUCTURE, PKI_E_STRUCTURE, false },
	{ EKU, EXT(EKU, PURPOSE(ANY_EKU)), PKI_E_POLICY, PKI_E_POLICY, false },
	{ EKU, EXT(EKU, PURPOSE(OCSP_SIGNING)), PKI_E_POLICY, PKI_E_POLICY, false },
	{ EKU, EXT(EKU, PURPOSE(CODE_SIGNING)), PKI_E_POLICY, DROPS, false },
	{ EKU, EXT(EKU, PURPOSE(TIME_STAMPING)), PKI_E_POLICY, DROPS, false },
	{ EKU, EXT(EKU, "30{06{" SERVER_AUTH "} 06{" CODE_SIGNING "}}"), PKI_E_POLICY, DROPS,
	    false },
	{ EKU, EXT(EKU, "30{06{" SERVER_AUTH "} 06{" CLIENT_AUTH "}}"), DROPS, DROPS, true },
	{ EKU, EXT(EKU, PURPOSE(PRIVATE)), PKI_E_POLICY, DROPS, false },
	{ NC, CRIT(NC, "30{a0{30{82{61}}}}"), PKI_E_ARG, DROPS, false },
	{ NC, EXT(NC, "30{a0{30{82{61}}}}"), PKI_E_ARG, DROPS, false },
	{ PC, CRIT(PC, "30{800100}"), PKI_E_ARG, DROPS, false },
	{ PM, CRIT(PM, "30{30{06{2a03} 06{2a04}}}"), PKI_E_ARG, DROPS, false },
	{ IAP, CRIT(IAP, "020100"), PKI_E_ARG, DROPS, false },
	{ AKI, EXT(AKI, "30{80{0102030405060708}}"), DROPS, DROPS, false },
	/* harmless, once the issuer names them */
	{ CP, EXT(CP, "30{30{06{2a0304}}}"), DROPS, DROPS, true },
	{ SKI, EXT(SKI, "04{00112233}"), DROPS, DROPS, true },
	{ PRIVATE, CRIT(PRIVATE, "0500"), DROPS, DROPS, true },
	{ NOCHECK, EXT(NOCHECK, "0500"), DROPS, DROPS, true },
	{ SAN, EXT(SAN, "30{82{612e6578616d706c65}}"), DROPS, DROPS, true },
};

static pki_status issue_asked(const struct asked *a, const pki_cert_opts *o, pki_cert **c)
{
	bool san = strcmp(a->oid, SAN) == 0;
	pki_csr *r = request(a->ext, "CN=asked", san ? NULL : "a.example");
	pki_error e = PKI_ERROR_INIT;
	pki_buf tbs = PKI_BUF_INIT;
	pki_status st = pki_cert_issue(r, root, ca_key, o, c, &e);

	if (st != PKI_SUCCESS)
		ck_assert_msg(pki_error_clause(&e) != NULL, "%s: no clause", a->ext);
	ck_assert_int_eq(pki_cert_tbs_of_csr(ctx, r, root, o, &tbs, NULL), st);
	ck_assert((tbs.len > 0) == (st == PKI_SUCCESS));
	pki_buf_free(&tbs);
	pki_csr_free(r);
	return st;
}

static void check_not_leaked(const pki_cert *c)
{
	static const char *const never[] = { NC, PC, PM, IAP, CP, NOCHECK, PRIVATE };

	check_common(c, root, ca_key);
	ck_assert(!pki_cert_is_ca(c));
	ck_assert_uint_eq(pki_cert_key_usage(c), SIGN);
	ck_assert(is(c, EKU, false, PURPOSE(SERVER_AUTH)));
	ck_assert(is(c, BC, true, "3000"));
	for (size_t i = 0; i < LENGTH(never); i++)
		ck_assert(!has(c, never[i]));
	ck_assert(!is(c, SKI, false, "04{00112233}"));
}

/* By default, nothing but the names. */
START_TEST(test_nothing_leaks)
{
	for (size_t i = 0; i < LENGTH(asked); i++) {
		pki_cert *c;

		t_ok(issue_asked(&asked[i], NULL, &c));
		check_not_leaked(c);
		ck_assert(is(c, SAN, false, "30{82{612e6578616d706c65}}"));
		ck_assert_uint_eq(pki_cert_ext_count(c), 6);
		pki_cert_free(c);
	}
}
END_TEST

static bool is_as_asked(const pki_cert *c, const struct asked *a)
{
	pki_exts *e = exts_of(a->ext);
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;
	pki_ext kept;
	pki_der r, list;
	bool same;

	pki_derw_init(&w, ctx);
	pki_exts_write(&w, e, false);
	t_ok(pki_derw_finish(&w, &out, err));
	pki_der_init(&r, ctx, pki_buf_bytes(&out), NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &list);
	ck_assert(pki_ext_read(&list, NULL, &kept));
	same = is(c, a->oid, kept.critical || strcmp(a->oid, KU) == 0, "") ||
	    (pki_cert_ext(c, kept.oid, &kept) && contains(pki_buf_bytes(&out), kept.value));
	pki_buf_free(&out);
	pki_exts_free(e);
	return same;
}

START_TEST(test_what_may_be_copied)
{
	for (size_t i = 0; i < LENGTH(asked); i++) {
		const struct asked *a = &asked[i];
		pki_bytes copy[2] = { t_nested(a->oid), PKI_OID(subject_alt_name) };
		pki_cert *c;
		pki_status st = issue_asked(
		    a, PKI_OPTS(pki_cert_opts, .copy = copy, .copy_count = 2), &c);

		ck_assert_msg(st == a->server, "row %zu, server: %s", i, pki_status_text(st));
		if (st == PKI_SUCCESS) {
			ck_assert_msg(is_as_asked(c, a) == a->kept, "row %zu", i);
			ck_assert(!pki_cert_is_ca(c));
			ck_assert((pki_cert_key_usage(c) & CA) == 0);
		}
		pki_cert_free(c);
		st = issue_asked(a,
		    PKI_OPTS(
			pki_cert_opts, .copy = copy, .copy_count = 2, .profile = PKI_PROFILE_CA),
		    &c);
		ck_assert_msg(st == a->ca, "row %zu, ca: %s", i, pki_status_text(st));
		if (st == PKI_SUCCESS) {
			ck_assert(pki_cert_is_ca(c));
			ck_assert_int_eq(pki_cert_path_len(c), 0);
			t_bytes_eq(pki_cert_authority_key_id(c), pki_cert_key_id(root));
		}
		pki_cert_free(c);
	}
}
END_TEST

/* PKI_PROFILE_NONE adds nothing, and gives no more rights than another. */
START_TEST(test_copied_without_profile)
{
	static const struct {
		const char *oid, *ext;
		pki_status status;
	} rows[] = {
		{ BC, CRIT(BC, CA_TRUE), PKI_E_POLICY },
		{ KU, CRIT(KU, CERT_SIGN), PKI_E_POLICY },
		{ KU, CRIT(KU, CRL_SIGN), PKI_E_POLICY },
		{ EKU, EXT(EKU, PURPOSE(ANY_EKU)), PKI_E_POLICY },
		{ EKU, EXT(EKU, PURPOSE(OCSP_SIGNING)), PKI_E_POLICY },
		{ EKU, CRIT(EKU, PURPOSE(TIME_STAMPING)), PKI_SUCCESS },
		{ EKU, EXT(EKU, PURPOSE(CODE_SIGNING)), PKI_SUCCESS },
		{ KU, EXT(KU, DIGITAL), PKI_SUCCESS },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_bytes copy = t_nested(rows[i].oid);
		pki_csr *r = request(rows[i].ext, "CN=x", NULL);
		const pki_cert_opts *o = PKI_OPTS(
		    pki_cert_opts, .profile = PKI_PROFILE_NONE, .copy = &copy, .copy_count = 1);
		pki_status st;
		pki_cert *c;

		st = pki_cert_issue(r, root, ca_key, o, &c, NULL);
		ck_assert_msg(st == rows[i].status, "row %zu: %s", i, pki_status_text(st));
		pki_cert_free(c);
		pki_csr_free(r);
	}
}
END_TEST

/* The issuer's names go before the request's; an empty list is no names at all. */
START_TEST(test_names)
{
	static const char *const none[] = { NULL };
	pki_csr *r = request("", "CN=x", "a.example");
	pki_cert *c;

	t_ok(pki_cert_issue(
	    r, root, ca_key, PKI_OPTS(pki_cert_opts, .names = PKI_LIST("b.example")), &c, err));
	ck_assert(is(c, SAN, false, "30{82{622e6578616d706c65}}"));
	pki_cert_free(c);
	t_fails(PKI_E_ARG,
	    pki_cert_issue(r, root, ca_key, PKI_OPTS(pki_cert_opts, .names = none), &c, err));
	t_ok(pki_cert_issue(r, root, ca_key,
	    PKI_OPTS(pki_cert_opts, .names = none, .profile = PKI_PROFILE_CLIENT), &c, err));
	ck_assert(!has(c, SAN));
	pki_cert_free(c);
	/* an empty subject makes the names critical: RFC 5280 4.2.1.6 */
	t_ok(pki_cert_issue(r, root, ca_key, PKI_OPTS(pki_cert_opts, .subject = ""), &c, err));
	ck_assert(pki_name_is_empty(pki_cert_subject(c)));
	ck_assert(is(c, SAN, true, "30{82{612e6578616d706c65}}"));
	pki_cert_free(c);
	pki_csr_free(r);
	/* and critical in the request does not make them critical in the certificate */
	r = request(CRIT(SAN, "30{82{612e6578616d706c65}}"), "CN=x", NULL);
	t_ok(pki_cert_issue(r, root, ca_key, NULL, &c, err));
	ck_assert(is(c, SAN, false, "30{82{612e6578616d706c65}}"));
	pki_cert_free(c);
	pki_csr_free(r);
}
END_TEST

/* Names that no host and no mailbox has: RFC 5280 4.2.1.6. */
START_TEST(test_bad_names)
{
	static const struct {
		const char *san;
		pki_status status;
	} rows[] = {
		{ "30{82{612e6578616d706c65}}", PKI_SUCCESS },
		{ "30{82{2a2e6578616d706c65}}", PKI_SUCCESS },
		{ "30{87{c0000201}}", PKI_SUCCESS },
		{ "30{82{}}", PKI_E_POLICY },
		{ "30{82{20}}", PKI_E_POLICY },
		{ "30{82{2e612e6578616d706c65}}", PKI_E_POLICY },
		{ "30{82{612e6578616d706c652e}}", PKI_E_POLICY },
		{ "30{82{612a2e6578616d706c65}}", PKI_E_POLICY },
		{ "30{82{615f2e6578616d706c65}}", PKI_E_POLICY },
		{ "30{82{3139322e302e322e31}}", PKI_E_POLICY },
		{ "30{82{61} 81{61}}", PKI_E_POLICY },
		{ "30{82{61} 86{61}}", PKI_E_POLICY },
		/* none of these names a server */
		{ "30{81{61406578616d706c65}}", PKI_E_ARG },
		{ "30{88{2a03}}", PKI_E_ARG },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		char ext[256];
		pki_status st;
		pki_csr *r;
		pki_cert *c;

		snprintf(ext, sizeof ext, EXT(SAN, "%s"), rows[i].san);
		r = request(ext, "CN=x", NULL);
		st = pki_cert_issue(r, root, ca_key, NULL, &c, NULL);
		ck_assert_msg(st == rows[i].status, "row %zu: %s", i, pki_status_text(st));
		pki_cert_free(c);
		pki_csr_free(r);
	}
}
END_TEST

static pki_csr *broken(const pki_csr *r)
{
	static uint8_t der[4096];
	pki_bytes all = pki_csr_der(r);
	pki_csr *bad;

	memcpy(der, all.data, all.len);
	der[all.len - 1] ^= 1;
	t_ok(pki_csr_parse(ctx, pki_bytes_of(der, all.len), &bad, err));
	return bad;
}

START_TEST(test_bad_requests)
{
	static const struct {
		const char *path;
		pki_status status;
	} rows[] = {
		{ "csr/openssl-secp256k1.pem", PKI_E_UNSUPPORTED },
		{ "csr/openssl-explicit.pem", PKI_E_UNSUPPORTED },
		{ "csr/openssl-rsa1024.pem", PKI_E_POLICY },
		{ "csr/openssl-p256-sha1.pem", PKI_E_POLICY },
		{ "csr/openssl-md5.pem", PKI_E_POLICY },
	};
	pki_csr *r = request("", "CN=x", "a.example"), *bad = broken(r);
	pki_cert *c = (pki_cert *)&r;

	t_fails(PKI_E_SIGNATURE, pki_cert_issue(bad, root, ca_key, NULL, &c, err));
	ck_assert_ptr_null(c);
	pki_csr_free(bad);
	pki_csr_free(r);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		t_ok(pki_csr_load(ctx, t_vector_path(rows[i].path), &r, err));
		t_fails(rows[i].status,
		    pki_cert_issue(r, root, ca_key,
			PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example")), &c, err));
		pki_csr_free(r);
	}
}
END_TEST

/* ---- what contradicts itself ---- */

/* LogotypeExtn: a direct subjectLogo of one image, with a digest */
#define LOGO                                                                                \
 "30{a2{a0{30{30{30{16{696d6167652f706e67} 30{30{30{06{608648016503040201}} 04{00010203}}}" \
 "30{16{687474703a2f2f782f6c}}}}}}}}"

#define SERVER PKI_PROFILE_SERVER
#define PCA    PKI_PROFILE_CA
#define NONE   PKI_PROFILE_NONE

static const struct contradiction {
	pki_profile profile;
	const char *subject, *exts;
	pki_status status;
	const char *clause;
} contradictions[] = {
	/* not contradictions */
	{ SERVER, "", "", PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", EXT(EKU, "30{06{" SERVER_AUTH "} 06{" CLIENT_AUTH "}}"), PKI_SUCCESS,
	    NULL },
	{ SERVER, "CN=a", EXT(KU, DIGITAL), PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", EXT(BC, "3000"), PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", EXT(NOREVAVAIL, "0500"), PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", CRIT(PRIVATE, "0500"), PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", CRIT(KU, "0303 078080"), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ PCA, "CN=a", CRIT(NC, "30{a0{30{82{61}}}}"), PKI_SUCCESS, NULL },
	{ PCA, "CN=a", CRIT(NC, "30{a1{30{82{61} 8100}}}"), PKI_E_ENCODING, NULL },
	{ PCA, "CN=a", CRIT(NC, "30{a0{30{82{61} 800101}}}"), PKI_E_ARG, "RFC 5280 4.2.1.10" },
	{ PCA, "CN=a", CRIT(NC, "30{a0{30{82{61}} 30{82{62} 810100}}}"), PKI_E_ARG,
	    "RFC 5280 4.2.1.10" },
	{ PCA, "CN=a", CRIT(NC, "30{a1{30{82{61} 810103}}}"), PKI_E_ARG, "RFC 5280 4.2.1.10" },
	{ PCA, "CN=a", CRIT(NC, "30{a0{30{82{61}}} a1{30{82{62} 800102}}}"), PKI_E_ARG,
	    "RFC 5280 4.2.1.10" },
	{ PCA, "CN=a", CRIT(KU, "0302 0186"), PKI_SUCCESS, NULL },
	{ PCA, "CN=a", EXT(EKU, PURPOSE(CODE_SIGNING)), PKI_SUCCESS, NULL },
	{ NONE, "CN=a", CRIT(BC, CA_TRUE) CRIT(KU, CERT_SIGN), PKI_SUCCESS, NULL },
	{ NONE, "CN=a", CRIT(KU, CRL_SIGN), PKI_SUCCESS, NULL }, /* an indirect CRL's issuer */
	{ NONE, "CN=a", "", PKI_SUCCESS, NULL },
	/* cA and keyUsage */
	{ SERVER, "CN=a", CRIT(BC, CA_TRUE), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ SERVER, "CN=a", CRIT(KU, CERT_SIGN), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ SERVER, "CN=a", CRIT(BC, CA_TRUE) CRIT(KU, CERT_SIGN), PKI_E_ARG, "RFC 5280 4.2.1.9" },
	{ NONE, "CN=a", CRIT(BC, CA_TRUE), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ NONE, "CN=a", CRIT(BC, CA_TRUE) CRIT(KU, DIGITAL), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ NONE, "CN=a", CRIT(BC, CA_TRUE) CRIT(KU, CRL_SIGN), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ NONE, "CN=a", CRIT(KU, CERT_SIGN), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ NONE, "CN=a", EXT(BC, "3000") CRIT(KU, CERT_SIGN), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ NONE, "CN=a", EXT(BC, CA_TRUE) CRIT(KU, CERT_SIGN), PKI_E_ARG, "RFC 5280 4.2.1.9" },
	{ NONE, "CN=a", CRIT(BC, "30{020100}") CRIT(KU, CERT_SIGN), PKI_E_STRUCTURE,
	    "RFC 5280 4.2.1.9" },
	{ NONE, "", CRIT(BC, CA_TRUE) CRIT(KU, CERT_SIGN), PKI_E_ARG, "RFC 5280 4.1.2.6" },
	{ PCA, "", "", PKI_E_ARG, "RFC 5280 4.1.2.6" },
	{ PCA, "CN=a", CRIT(BC, "3000"), PKI_E_ARG, "RFC 5280 4.2.1.9" },
	{ PCA, "CN=a", CRIT(KU, DIGITAL), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	{ PCA, "CN=a", EXT(NOREVAVAIL, "0500"), PKI_E_ARG, "RFC 9608 4" },
	/* what is for CAs */
	{ SERVER, "CN=a", CRIT(NC, "30{a0{30{82{61}}}}"), PKI_E_ARG, "RFC 5280 4.2.1.10" },
	{ SERVER, "CN=a", CRIT(PC, "30{800100}"), PKI_E_ARG, "RFC 5280 4.2.1.11" },
	{ SERVER, "CN=a", CRIT(PM, "30{30{06{2a03} 06{2a04}}}"), PKI_E_ARG, "RFC 5280 4.2.1.5" },
	{ SERVER, "CN=a", CRIT(IAP, "020100"), PKI_E_ARG, "RFC 5280 4.2.1.14" },
	/* criticality */
	{ SERVER, "CN=a", CRIT(SKI, "04{01}"), PKI_E_ARG, "RFC 5280 4.2.1.2" },
	{ SERVER, "CN=a", CRIT(AKI, "3000"), PKI_E_ARG, "RFC 5280 4.2.1.1" },
	{ SERVER, "CN=a", CRIT(IAN, DNS_A), PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", CRIT(SDA, "3000"), PKI_E_ARG, "RFC 5280 4.2.1.8" },
	{ SERVER, "CN=a", CRIT(CDP, "30{30{a0{a0{86{61}}}}}"), PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", CRIT(FRESHEST, "30{3000}"), PKI_E_ARG, "RFC 5280 4.2.1.15" },
	{ SERVER, "CN=a", CRIT(AIA, "3000"), PKI_E_ARG, "RFC 5280 4.2.2.1" },
	{ SERVER, "CN=a", CRIT(SIA, "3000"), PKI_E_ARG, "RFC 5280 4.2.2.2" },
	{ SERVER, "CN=a", CRIT(NOREVAVAIL, "0500"), PKI_E_ARG, "RFC 9608 2" },
	{ SERVER, "CN=a", CRIT(LOGOTYPE, LOGO), PKI_E_ARG, "RFC 9399 4.1" },
	{ SERVER, "CN=a", CRIT(BIOMETRIC, "3000"), PKI_E_ARG, "RFC 3739 3.2.5" },
	{ SERVER, "CN=a", EXT(POISON, "0500"), PKI_E_ARG, "RFC 6962 3.1" },
	{ SERVER, "CN=a", EXT(LOGOTYPE, LOGO), PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", EXT(BIOMETRIC, "3000"), PKI_SUCCESS, NULL },
	{ SERVER, "CN=a", CRIT(POISON, "0500"), PKI_SUCCESS, NULL },
	{ PCA, "CN=a", EXT(NC, "30{a0{30{82{61}}}}"), PKI_E_ARG, "RFC 5280 4.2.1.10" },
	{ PCA, "CN=a", EXT(PC, "30{800100}"), PKI_E_ARG, "RFC 5280 4.2.1.11" },
	{ PCA, "CN=a", EXT(IAP, "020100"), PKI_E_ARG, "RFC 5280 4.2.1.14" },
	{ PCA, "CN=a", EXT(PM, "30{30{06{2a03} 06{2a04}}}"), PKI_SUCCESS, NULL },
	/* what is for CRLs */
	{ SERVER, "CN=a", EXT("551d14", "020101"), PKI_E_ARG, "RFC 5280 4.2" },
	{ SERVER, "CN=a", CRIT("551d1b", "020101"), PKI_E_ARG, "RFC 5280 4.2" },
	{ SERVER, "CN=a", CRIT("551d1c", "30{8101ff}"), PKI_E_ARG, "RFC 5280 4.2" },
	{ SERVER, "CN=a", EXT("551d15", "0a0101"), PKI_E_ARG, "RFC 5280 4.2" },
	{ NONE, "CN=a", CRIT("551d1d", DNS_A), PKI_E_ARG, "RFC 5280 4.2" },
	/* keyUsage of an EC key */
	{ SERVER, "CN=a", CRIT(KU, "0302 0520"), PKI_E_ARG, "RFC 8813 3" },
	{ SERVER, "CN=a", CRIT(KU, "0302 0410"), PKI_E_ARG, "RFC 8813 3" },
	{ SERVER, "CN=a", CRIT(KU, "0302 0081"), PKI_E_ARG, "RFC 5280 4.2.1.3" },
	/* extKeyUsage of a time-stamping authority */
	{ NONE, "CN=a", EXT(EKU, PURPOSE(TIME_STAMPING)), PKI_E_ARG, "RFC 3161 2.3" },
	{ NONE, "CN=a", CRIT(EKU, "30{06{" TIME_STAMPING "} 06{" CODE_SIGNING "}}"), PKI_E_ARG,
	    "RFC 3161 2.3" },
	/* identifiers */
	{ SERVER, "CN=a", EXT(AKI, "30{80{0102}}"), PKI_E_ARG, "RFC 5280 4.2.1.1" },
	/* revocation that is said not to be */
	{ SERVER, "CN=a", EXT(NOREVAVAIL, "0500") EXT(AIA, "30{30{06{2b06010505073002} 86{61}}}"),
	    PKI_SUCCESS, NULL },
	{ SERVER, "CN=a",
	    EXT(NOREVAVAIL, "0500")
		EXT(AIA, "30{30{06{2b06010505073002} 86{61}} 30{06{2b06010505073001} 86{61}}}"),
	    PKI_E_ARG, "RFC 9608 4" },
	{ SERVER, "CN=a", EXT(NOREVAVAIL, "0500") EXT(CDP, "30{30{82{2a}}}"), PKI_E_ARG,
	    "RFC 9608 4" },
	{ SERVER, "CN=a", EXT(NOREVAVAIL, "0500") EXT(FRESHEST, "30{30{82{2a}}}"), PKI_E_ARG,
	    "RFC 9608 4" },
	{ SERVER, "CN=a",
	    EXT(NOREVAVAIL, "0500")
		EXT(AIA, "30{30{06{2b06010505073002} 86{61}} 30{06{2b06010505073001} 86{61}}}"),
	    PKI_E_ARG, "RFC 9608 4" },
};

static pki_status issue_with(
    const pki_exts *e, pki_profile profile, const char *subject, pki_cert **c, pki_error *err)
{
	return pki_cert_issue_spki(spki_of(leaf_key), root, ca_key,
	    PKI_OPTS(pki_cert_opts, .profile = profile, .subject = subject, .exts = e,
		.names = PKI_LIST("a.example")),
	    c, err);
}

START_TEST(test_contradictions)
{
	for (size_t i = 0; i < LENGTH(contradictions); i++) {
		const struct contradiction *t = &contradictions[i];
		pki_exts *e = exts_of(t->exts);
		pki_error why = PKI_ERROR_INIT;
		pki_cert *c = NULL;
		pki_status st = issue_with(e, t->profile, t->subject, &c, &why);

		ck_assert_msg(st == t->status, "row %zu: want %s, got %s", i,
		    pki_status_text(t->status), t_error(&why));
		ck_assert_msg(t->clause == NULL || strcmp(pki_error_clause(&why), t->clause) == 0,
		    "row %zu: want %s, got %s", i, t->clause, t_error(&why));
		ck_assert((c != NULL) == (st == PKI_SUCCESS));
		if (st != PKI_SUCCESS)
			ck_assert_str_eq(pki_error_function(&why), "pki_cert_issue_spki");
		pki_cert_free(c);
		pki_exts_free(e);
	}
}
END_TEST

/* RFC 3161 2.3 */
START_TEST(test_own_time_stamping)
{
	pki_exts *e = NULL;
	pki_cert *c = NULL;
	pki_ext eku;

	t_ok(pki_exts_new(NULL, &e, err));
	pki_exts_eku(e, PKI_OID(time_stamping));
	t_fails(PKI_E_ARG, issue_with(e, PKI_PROFILE_TIMESTAMP, "CN=a", &c, err));
	pki_exts_set_critical(e, PKI_OID(ext_key_usage), true);
	t_ok(issue_with(e, PKI_PROFILE_TIMESTAMP, "CN=a", &c, err));
	ck_assert(pki_cert_ext(c, PKI_OID(ext_key_usage), &eku));
	ck_assert(eku.critical);
	pki_cert_free(c);
	pki_exts_free(e);
}
END_TEST

/* Other keys, other bits. */
START_TEST(test_usage_of_keys)
{
	static const struct {
		pki_key_type type;
		const char *usage;
		pki_status status;
	} rows[] = {
		{ PKI_KEY_RSA, "0302 04f0", PKI_SUCCESS },
		{ PKI_KEY_RSA, "0302 0308", PKI_E_ARG },
		{ PKI_KEY_RSA, "0302 0001", PKI_E_ARG },
		{ PKI_KEY_RSA, "0303 070080", PKI_E_ARG },
		{ PKI_KEY_P384, "0302 0388", PKI_SUCCESS },
		{ PKI_KEY_P384, "0302 0009", PKI_SUCCESS },
		{ PKI_KEY_P384, "0303 070880", PKI_SUCCESS },
		{ PKI_KEY_P384, "0303 070980", PKI_E_ARG },
		{ PKI_KEY_ED25519, "0302 06c0", PKI_SUCCESS },
		{ PKI_KEY_ED25519, "0302 0388", PKI_E_ARG },
		{ PKI_KEY_ED25519, "0302 0520", PKI_E_ARG },
		{ PKI_KEY_ED448, "0302 0410", PKI_E_ARG },
		{ PKI_KEY_X25519, "0302 0308", PKI_SUCCESS },
		{ PKI_KEY_X25519, "0302 0009", PKI_SUCCESS },
		{ PKI_KEY_X25519, "0302 0780", PKI_E_ARG },
		{ PKI_KEY_X448, "0302 0102", PKI_E_ARG },
		{ PKI_KEY_X448, "0302 0640", PKI_E_ARG },
		{ PKI_KEY_X448, "0302 0204", PKI_E_ARG },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_key *k = make_key(rows[i].type);
		char ext[64];
		pki_exts *e;
		pki_cert *c;
		pki_status st;

		snprintf(ext, sizeof ext, CRIT(KU, "%s"), rows[i].usage);
		e = exts_of(ext);
		st = pki_cert_issue_spki(spki_of(k), root, ca_key,
		    PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example"), .exts = e), &c, NULL);
		ck_assert_msg(st == rows[i].status, "row %zu: %s", i, pki_status_text(st));
		pki_cert_free(c);
		pki_exts_free(e);
		pki_key_free(k);
	}
}
END_TEST

/* Options that contradict each other. */
START_TEST(test_options)
{
	static const pki_bytes san = { (const uint8_t *)"\x55\x1d\x11", 3 }, nothing = { NULL, 0 };
	static const int32_t none = -1, three = 3, less = -2;
	pki_exts *e = exts_of(EXT(SAN, DNS_A)), *bc = exts_of(CRIT(BC, CA_TRUE)), *bad;
	pki_name *name;
	pki_cert *c;

	t_ok(pki_exts_new(ctx, &bad, err));
	pki_exts_key_usage(bad, 0);
	t_ok(pki_name_from_string(ctx, "CN=n", &name, err));
	const struct {
		pki_status status;
		const pki_cert_opts *opts;
	} rows[] = {
#define OPTS(...) PKI_OPTS(pki_cert_opts, __VA_ARGS__)
#define NAMED     .names = PKI_LIST("a.example")
		{ PKI_SUCCESS, OPTS(NAMED) },
		{ PKI_SUCCESS, OPTS(NAMED, .subject_name = name) },
		{ PKI_SUCCESS, OPTS(.exts = e) },
		{ PKI_SUCCESS, OPTS(.subject = "CN=a", .profile = PCA, .path_len = &none) },
		{ PKI_SUCCESS, OPTS(.subject = "CN=a", .profile = PCA, .path_len = &three) },
		{ PKI_E_ARG, NULL },
		{ PKI_E_ARG, OPTS(.subject = "CN=www.example.org") },
		{ PKI_E_ARG, OPTS(.profile = PKI_PROFILE_CLIENT) },
		{ PKI_E_ARG, OPTS(NAMED, .subject = "CN=a", .subject_name = name) },
		{ PKI_E_ARG, OPTS(NAMED, .subject = "no name") },
		{ PKI_E_ARG, OPTS(NAMED, .exts = e) },
		{ PKI_E_ARG, OPTS(.names = PKI_LIST("a..example")) },
		{ PKI_E_ARG, OPTS(.names = PKI_LIST("email:me@example.org")) },
		{ PKI_E_ARG, OPTS(NAMED, .exts = bad) },
		{ PKI_E_ARG, OPTS(NAMED, .profile = -1) },
		{ PKI_E_ARG, OPTS(NAMED, .profile = PKI_PROFILE_NONE + 1) },
		{ PKI_E_ARG, OPTS(NAMED, .path_len = &three) },
		{ PKI_E_ARG, OPTS(NAMED, .path_len = &none) },
		{ PKI_E_ARG, OPTS(.subject = "CN=a", .profile = NONE, .path_len = &three) },
		{ PKI_E_ARG, OPTS(.subject = "CN=a", .profile = PCA, .path_len = &less) },
		{ PKI_E_ARG,
		    OPTS(.subject = "CN=a", .profile = PCA, .path_len = &three, .exts = bc) },
		{ PKI_E_ARG, OPTS(NAMED, .copy = &san, .copy_count = 1) },
		{ PKI_E_ARG, OPTS(NAMED, .copy = &san) },
		{ PKI_E_ARG, OPTS(NAMED, .copy_count = 1) },
		{ PKI_E_ARG, OPTS(NAMED, .serial = { NULL, 1 }) },
		{ PKI_E_ARG, OPTS(NAMED, .key_id_method = PKI_KEY_ID_SPKI_SHA256 + 1) },
		{ PKI_E_ARG, OPTS(NAMED, .key_id_method = -1) },
	};
	pki_csr *r = request("", "CN=x", "a.example");

	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_status st = pki_cert_issue_spki(
		    spki_of(leaf_key), root, ca_key, rows[i].opts, &c, NULL);

		ck_assert_msg(st == rows[i].status, "row %zu: %s", i, pki_status_text(st));
		pki_cert_free(c);
	}
	t_fails(PKI_E_ARG,
	    pki_cert_issue(r, root, ca_key, OPTS(.copy = &nothing, .copy_count = 1), &c, err));
	t_fails(PKI_E_ARG, pki_cert_issue(r, root, ca_key, OPTS(.copy = &san), &c, err));
	t_fails(PKI_E_ARG, pki_cert_self_sign(ctx, leaf_key, OPTS(NAMED), &c, err));
	t_fails(PKI_E_ARG, pki_cert_self_sign(ctx, leaf_key, OPTS(NAMED, .subject = ""), &c, err));
	pki_csr_free(r);
	pki_name_free(name);
	pki_exts_free(bad);
	pki_exts_free(bc);
	pki_exts_free(e);
}
END_TEST

START_TEST(test_options_size)
{
	struct {
		pki_cert_opts known;
		uint64_t newer;
	} o;
	pki_cert *c;

	pki_cert_opts_init(&o.known, sizeof o);
	o.newer = 0;
	o.known.subject = "CN=a";
	o.known.profile = PKI_PROFILE_CA;
	t_ok(pki_cert_self_sign(ctx, leaf_key, &o.known, &c, err));
	pki_cert_free(c);
	o.newer = 1;
	t_fails(PKI_E_UNSUPPORTED, pki_cert_self_sign(ctx, leaf_key, &o.known, &c, err));
	o.known.size = 0;
	t_fails(PKI_E_ARG, pki_cert_self_sign(ctx, leaf_key, &o.known, &c, err));
	o.known.size = sizeof o.known - 1;
	t_fails(PKI_E_ARG, pki_cert_self_sign(ctx, leaf_key, &o.known, &c, err));
}
END_TEST

/* ---- the issuer ---- */

/* A self-signed certificate with just these extensions. */
static pki_cert *issuer_with(const char *exts, pki_time from, pki_time to)
{
	pki_exts *e = exts_of(exts);
	pki_cert *c = make_root(ca_key,
	    PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_NONE, .subject = "CN=I", .exts = e,
		.not_before = &from, .not_after = &to));

	pki_exts_free(e);
	return c;
}

#define IS_CA CRIT(BC, CA_TRUE) CRIT(KU, CERT_SIGN)
#define YEAR  PKI_DAYS(365)

START_TEST(test_issuers)
{
	static const struct {
		const char *exts;
		pki_time from, to;
		pki_status status;
	} rows[] = {
		{ IS_CA, NOW, NOW + YEAR, PKI_SUCCESS },
		{ IS_CA, NOW - YEAR, NOW + PKI_DAYS(90), PKI_SUCCESS },
		{ IS_CA, NOW - YEAR, PKI_TIME_MAX, PKI_SUCCESS },
		{ IS_CA EXT(EKU, PURPOSE(SERVER_AUTH)), NOW, NOW + YEAR, PKI_SUCCESS },
		{ IS_CA EXT(EKU, PURPOSE(ANY_EKU)), NOW, NOW + YEAR, PKI_SUCCESS },
		{ "", NOW, NOW + YEAR, PKI_E_POLICY },
		{ CRIT(BC, "3000"), NOW, NOW + YEAR, PKI_E_POLICY },
		{ CRIT(KU, DIGITAL), NOW, NOW + YEAR, PKI_E_POLICY },
		{ CRIT(BC, "3000") CRIT(KU, CRL_SIGN), NOW, NOW + YEAR, PKI_E_POLICY },
		/* validity */
		{ IS_CA, NOW + 1, NOW + YEAR, PKI_E_POLICY },
		{ IS_CA, NOW - YEAR, NOW - 1, PKI_E_POLICY },
		{ IS_CA, NOW - YEAR, NOW, PKI_E_POLICY },
		{ IS_CA, NOW, NOW + PKI_DAYS(90) - 1, PKI_E_POLICY },
		/* extKeyUsage binds along the path */
		{ IS_CA EXT(EKU, PURPOSE(CLIENT_AUTH)), NOW, NOW + YEAR, PKI_E_POLICY },
		{ IS_CA EXT(EKU, "30{06{" CLIENT_AUTH "} 06{" CODE_SIGNING "}}"), NOW, NOW + YEAR,
		    PKI_E_POLICY },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_cert *issuer = issuer_with(rows[i].exts, rows[i].from, rows[i].to), *c;
		pki_buf tbs = PKI_BUF_INIT;
		const pki_cert_opts *o = PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example"));
		pki_status st = pki_cert_issue_spki(spki_of(leaf_key), issuer, ca_key, o, &c, NULL);

		ck_assert_msg(st == rows[i].status, "row %zu: %s", i, pki_status_text(st));
		ck_assert((c != NULL) == (st == PKI_SUCCESS));
		st = pki_cert_tbs_of_spki(ctx, spki_of(leaf_key), issuer, o, &tbs, NULL);
		ck_assert_msg(st == rows[i].status, "row %zu: %s", i, pki_status_text(st));
		pki_buf_free(&tbs);
		pki_cert_free(c);
		pki_cert_free(issuer);
	}
}
END_TEST

/* A CA for code signing has its own OCSP responder: RFC 6960 4.2.2.2. */
START_TEST(test_responder_of_constrained_ca)
{
	pki_cert *issuer = issuer_with(IS_CA EXT(EKU, PURPOSE(CODE_SIGNING)), NOW, NOW + YEAR), *c;

	t_ok(pki_cert_issue_spki(spki_of(leaf_key), issuer, ca_key,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=r", .profile = PKI_PROFILE_OCSP), &c, err));
	pki_cert_free(c);
	pki_cert_free(issuer);
}
END_TEST

START_TEST(test_keys_of_issuers)
{
	pki_key *rsa = make_key(PKI_KEY_RSA);
	const pki_cert_opts *o = PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example"));
	pki_csr *r = request("", "CN=x", "a.example");
	pki_cert *c;

	t_fails(PKI_E_POLICY, pki_cert_issue_spki(spki_of(leaf_key), root, leaf_key, o, &c, err));
	t_fails(PKI_E_POLICY, pki_cert_issue_spki(spki_of(leaf_key), root, rsa, o, &c, err));
	t_fails(PKI_E_POLICY, pki_cert_issue(r, root, leaf_key, NULL, &c, err));
	t_fails(PKI_E_STRUCTURE, pki_cert_issue_spki(t_hex("0500"), root, ca_key, o, &c, err));
	t_fails(PKI_E_UNSUPPORTED,
	    pki_cert_issue_spki(t_nested("30{30{06{2a0304}} 03{0001}}"), root, ca_key, o, &c, err));
	ck_assert_ptr_null(c);
	pki_csr_free(r);
	pki_key_free(rsa);
}
END_TEST

#define ANY (-1)

/* RFC 5280 4.2.1.9 and 6.1.4 (l), (m). */
START_TEST(test_path_lengths)
{
	static const struct {
		int32_t issuer, issued;
		bool self_issued;
		pki_status status;
	} rows[] = {
		{ ANY, ANY, false, PKI_SUCCESS },
		{ ANY, 7, false, PKI_SUCCESS },
		{ 1, 0, false, PKI_SUCCESS },
		{ 1, ANY, false, PKI_SUCCESS },
		{ 3, 2, false, PKI_SUCCESS },
		{ 0, 0, true, PKI_SUCCESS },
		{ 2, 2, true, PKI_SUCCESS },
		{ 0, 0, false, PKI_E_POLICY },
		{ 0, ANY, false, PKI_E_POLICY },
		{ 0, 1, false, PKI_E_POLICY },
		{ 1, 1, false, PKI_E_POLICY },
		{ 1, 2, false, PKI_E_POLICY },
		{ 2, INT32_MAX, false, PKI_E_POLICY },
		{ 0, 1, true, PKI_E_POLICY },
		{ 2, 3, true, PKI_E_POLICY },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_cert *issuer = make_root(ca_key, ROOT(.path_len = &rows[i].issuer)), *c;
		pki_status st = pki_cert_issue_spki(spki_of(leaf_key), issuer, ca_key,
		    PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CA,
			.subject = rows[i].self_issued ? "CN=Root" : "CN=Sub",
			.path_len = &rows[i].issued),
		    &c, NULL);

		ck_assert_msg(st == rows[i].status, "row %zu: %s", i, pki_status_text(st));
		if (st == PKI_SUCCESS)
			ck_assert_int_eq(pki_cert_path_len(c), rows[i].issued);
		pki_cert_free(c);
		/* a leaf does not count */
		t_ok(pki_cert_issue_spki(spki_of(leaf_key), issuer, ca_key,
		    PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example")), &c, err));
		pki_cert_free(c);
		pki_cert_free(issuer);
	}
}
END_TEST

/* The issuer's name, which would not count in a path, is his to give. */
START_TEST(test_issuers_name)
{
	pki_cert *issuer = make_root(ca_key, ROOT(.path_len = &(const int32_t){ 0 })), *c;
	pki_csr *r = request("", "CN=root", "a.example");

	t_fails(PKI_E_POLICY, pki_cert_issue(r, issuer, ca_key, NULL, &c, err));
	t_fails(PKI_E_POLICY,
	    pki_cert_issue(r, issuer, ca_key, PKI_OPTS(pki_cert_opts, .profile = PCA), &c, err));
	t_ok(pki_cert_issue(r, issuer, ca_key,
	    PKI_OPTS(pki_cert_opts, .profile = PCA, .subject = "CN=Root"), &c, err));
	pki_cert_free(c);
	pki_csr_free(r);
	pki_cert_free(issuer);
}
END_TEST

/* ---- the issuer's nameConstraints ---- */

static const struct constrained {
	const char *permit, *exclude, *subject;
	const char *name, *other;
	pki_status status;
} constrained[] = {
	/* dNSName */
	{ "dns:example.org", NULL, "", "example.org", NULL, PKI_SUCCESS },
	{ "dns:example.org", NULL, "", "a.b.EXAMPLE.org", NULL, PKI_SUCCESS },
	{ "dns:example.org", NULL, "", "*.example.org", NULL, PKI_SUCCESS },
	{ "dns:example.org", NULL, "", "192.0.2.1", NULL, PKI_SUCCESS },
	{ "dns:.example.org", NULL, "", "a.example.org", NULL, PKI_SUCCESS },
	{ "dns:", NULL, "", "anything.example", NULL, PKI_SUCCESS },
	{ "dns:example.org", NULL, "", "example.net", NULL, PKI_E_POLICY },
	{ "dns:example.org", NULL, "", "badexample.org", NULL, PKI_E_POLICY },
	{ "dns:example.org", NULL, "", "org", NULL, PKI_E_POLICY },
	{ "dns:example.org", NULL, "", "example.org", "example.net", PKI_E_POLICY },
	{ "dns:.example.org", NULL, "", "example.org", NULL, PKI_E_POLICY },
	{ "dns:a.example.org", NULL, "", "*.example.org", NULL, PKI_E_POLICY },
	{ NULL, "dns:example.org", "", "example.net", NULL, PKI_SUCCESS },
	{ NULL, "dns:example.org", "", "example.org", NULL, PKI_E_POLICY },
	{ NULL, "dns:example.org", "", "A.Example.Org", NULL, PKI_E_POLICY },
	{ NULL, "dns:", "", "a.example", NULL, PKI_E_POLICY },
	{ NULL, "dns:a.example.org", "", "*.example.org", NULL, PKI_E_POLICY },
	{ NULL, "dns:a.b.example.org", "", "*.example.org", NULL, PKI_SUCCESS },
	{ "dns:example.org", "dns:a.example.org", "", "b.example.org", NULL, PKI_SUCCESS },
	{ "dns:example.org", "dns:a.example.org", "", "a.example.org", NULL, PKI_E_POLICY },
	/* iPAddress */
	{ "ip:192.0.2.0/24", NULL, "", "192.0.2.255", NULL, PKI_SUCCESS },
	{ "ip:192.0.2.0/24", NULL, "", "192.0.3.0", NULL, PKI_E_POLICY },
	{ "ip:192.0.2.0/24", NULL, "", "2001:db8::1", NULL, PKI_E_POLICY },
	{ "ip:2001:db8::/32", NULL, "", "2001:db8:1::1", NULL, PKI_SUCCESS },
	{ NULL, "ip:192.0.2.0/24", "", "192.0.2.1", NULL, PKI_E_POLICY },
	{ NULL, "ip:192.0.2.0/24", "", "::ffff:192.0.2.1", NULL, PKI_E_POLICY },
	{ NULL, "ip:0.0.0.0/0", "", "192.0.2.1", NULL, PKI_E_POLICY },
	{ NULL, "ip:0.0.0.0/0", "", "2001:db8::1", NULL, PKI_SUCCESS },
	/* rfc822Name */
	{ "email:example.org", NULL, "", "a", "me@example.org", PKI_SUCCESS },
	{ "email:example.org", NULL, "", "a", "me@a.example.org", PKI_E_POLICY },
	{ "email:.example.org", NULL, "", "a", "me@a.example.org", PKI_SUCCESS },
	{ "email:.example.org", NULL, "", "a", "me@example.org", PKI_E_POLICY },
	{ "email:me@example.org", NULL, "", "a", "me@EXAMPLE.org", PKI_SUCCESS },
	{ "email:me@example.org", NULL, "", "a", "ME@example.org", PKI_E_POLICY },
	{ "email:me@example.org", NULL, "", "a", "you@example.org", PKI_E_POLICY },
	{ NULL, "email:example.org", "", "a", "me@example.org", PKI_E_POLICY },
	{ NULL, "email:example.org", "", "a", "email:\xc3\xa9@example.org", PKI_E_POLICY },
	{ "email:example.org", NULL, "", "a", "email:\xc3\xa9@example.org", PKI_SUCCESS },
	{ "email:example.org", NULL, "", "a", "email:\xc3\xa9@example.net", PKI_E_POLICY },
	{ NULL, "email:example.org", "1.2.840.113549.1.9.1=me@example.org", "a", NULL,
	    PKI_E_POLICY },
	{ NULL, "email:example.org", "1.2.840.113549.1.9.1=me@example.org", "a", "me@example.net",
	    PKI_E_POLICY },
	/* URI */
	{ "uri:example.org", NULL, "", "a", "https://example.org/x", PKI_SUCCESS },
	{ "uri:example.org", NULL, "", "a", "https://me@Example.org:443/x", PKI_SUCCESS },
	{ "uri:.example.org", NULL, "", "a", "https://a.example.org", PKI_SUCCESS },
	{ "uri:example.org", NULL, "", "a", "https://a.example.org/", PKI_E_POLICY },
	{ "uri:example.org", NULL, "", "a", "https://example.org@example.net/", PKI_E_POLICY },
	{ "uri:example.org", NULL, "", "a", "https://example.net/example.org", PKI_E_POLICY },
	{ "uri:example.org", NULL, "", "a", "https://192.0.2.1/", PKI_E_POLICY },
	{ "uri:example.org", NULL, "", "a", "https://[2001:db8::1]/", PKI_E_POLICY },
	{ "uri:example.org", NULL, "", "a", "urn:example:a", PKI_E_POLICY },
	{ NULL, "uri:example.org", "", "a", "urn:example:a", PKI_E_POLICY },
	{ NULL, "uri:example.org", "", "a", "https://example.org/", PKI_E_POLICY },
	{ NULL, "uri:example.org", "", "a", "https://example.net/", PKI_SUCCESS },
	/* directoryName: the first RDNs */
	{ "dn:O=Ex,C=NL", NULL, "CN=a,O=ex,C=nl", "a", NULL, PKI_SUCCESS },
	{ "dn:O=Ex,C=NL", NULL, "O=Ex,C=NL", "a", NULL, PKI_SUCCESS },
	{ "dn:O=Ex,C=NL", NULL, "", "a", NULL, PKI_SUCCESS },
	{ "dn:O=Ex,C=NL", NULL, "CN=a,O=Ey,C=NL", "a", NULL, PKI_E_POLICY },
	{ "dn:O=Ex,C=NL", NULL, "C=NL", "a", NULL, PKI_E_POLICY },
	{ "dn:O=Ex,C=NL", NULL, "O=Ex,C=NL,CN=a", "a", NULL, PKI_E_POLICY },
	{ "dn:O=Ex,C=NL", NULL, "CN=a+O=Ex,C=NL", "a", NULL, PKI_E_POLICY },
	{ "dn:O=Ex,C=NL", NULL, "O=Ex,C=NL", "a", "dn:O=Ey", PKI_E_POLICY },
	{ NULL, "dn:C=NL", "CN=a,C=NL", "a", NULL, PKI_E_POLICY },
	{ NULL, "dn:C=NL", "CN=a,C=DE", "a", NULL, PKI_SUCCESS },
	/* others: nobody knows how */
	{ NULL, "rid:1.2.3", "", "a", "rid:1.2.4", PKI_E_POLICY },
	{ NULL, "rid:1.2.3", "", "a", NULL, PKI_SUCCESS },
};

/* The common name that reads as a host: where there is no other. */
static const struct constrained common_names[] = {
	{ "dns:example.org", NULL, "CN=www.example.org", NULL, NULL, PKI_SUCCESS },
	{ "dns:example.org", NULL, "CN=Example", NULL, NULL, PKI_SUCCESS },
	{ "dns:example.org", NULL, "CN=Zoe N. Ex.", NULL, NULL, PKI_SUCCESS },
	{ "dns:example.org", NULL, "CN=www.example.net", NULL, NULL, PKI_E_POLICY },
	{ "dns:example.org", NULL, "CN=www.example.net", "a.example.org", NULL, PKI_SUCCESS },
	{ NULL, "dns:example.net", "CN=www.example.net", "192.0.2.1", NULL, PKI_E_POLICY },
	{ NULL, "dns:example.net", "CN=www.example.net.", "192.0.2.1", NULL, PKI_SUCCESS },
};

static pki_cert *constrained_ca(const char *permit, const char *exclude)
{
	pki_exts *e;
	pki_cert *c;

	t_ok(pki_exts_new(ctx, &e, err));
	if (permit != NULL)
		pki_exts_permit(e, permit);
	if (exclude != NULL)
		pki_exts_exclude(e, exclude);
	t_ok(pki_exts_status(e, err));
	c = make_root(ca_key, ROOT(.exts = e));
	pki_exts_free(e);
	return c;
}

static void check_constrained(const struct constrained *t, pki_profile profile)
{
	const char *const names[] = { t->name, t->other, NULL };
	pki_cert *ca = constrained_ca(t->permit, t->exclude), *c;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_cert_issue_spki(spki_of(leaf_key), ca, ca_key,
	    PKI_OPTS(pki_cert_opts, .profile = profile, .subject = t->subject,
		.names = t->name != NULL ? names : NULL),
	    &c, &why);

	ck_assert_msg(st == t->status, "permit %s, exclude %s: %s, %s, %s: %s", t->permit,
	    t->exclude, t->subject, t->name, t->other, t_error(&why));
	if (st != PKI_SUCCESS)
		ck_assert_str_eq(pki_error_clause(&why), "RFC 5280 4.2.1.10");
	pki_cert_free(c);
	pki_cert_free(ca);
}

START_TEST(test_name_constraints)
{
	for (size_t i = 0; i < LENGTH(constrained); i++)
		check_constrained(&constrained[i], SERVER);
	for (size_t i = 0; i < LENGTH(common_names); i++)
		check_constrained(&common_names[i], PKI_PROFILE_CLIENT);
}
END_TEST

/* ---- mailboxes that are none: whoever finds another host in them than we do ---- */

#define A_AT_B       "6140622e6578616d706c65"   /* a@b.example */
#define E_AT_B       "c3a940622e6578616d706c65" /* é@b.example */
#define UTF8_BOX     "2b06010505070809"
#define BOX_OF(tlv)  EXT(SAN, "30{a0{06{" UTF8_BOX "} a0{" tlv "}}}")
#define EMAIL_OF(in) EXT(SAN, "30{81{" in "}}")

static const char *const bad_boxes[] = {
	BOX_OF("16{" A_AT_B "}"), /* IA5String */
	BOX_OF("16{" E_AT_B "}"),
	BOX_OF("0500"),
	BOX_OF("0c00"),
	BOX_OF("0c{" A_AT_B "}"),
	BOX_OF("0c{" E_AT_B "2e}"), /* a dot behind it */
	BOX_OF("0c{" E_AT_B "20}"),
	BOX_OF("0c{622e6578616d706c65}"), /* b.example */
	BOX_OF("0c{c3a940422e6578616d706c65}"),
	BOX_OF("0c{efbbbf" E_AT_B "}"),
	EMAIL_OF(A_AT_B "2e"),
	EMAIL_OF("622e6578616d706c65"),
	EMAIL_OF("3c" A_AT_B "3e"),
};

static const char *const bad_addresses[] = { "a@b.example.", "a@b.example\\20", "b.example", "a@",
	"\\<a@b.example\\>", "#0c0b" A_AT_B, "#040b" A_AT_B, "#1e0400610040" };

static void check_bad_mailbox(const pki_cert *ca, const char *san, const char *subject)
{
	pki_exts *e = exts_of(san);
	pki_error why = PKI_ERROR_INIT;
	pki_cert *c;
	pki_status st = pki_cert_issue_spki(spki_of(leaf_key), ca, ca_key,
	    PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_EMAIL, .subject = subject, .exts = e),
	    &c, &why);

	ck_assert_msg(st == PKI_E_POLICY, "%s, %s: %s", san, subject, t_error(&why));
	pki_exts_free(e);
}

START_TEST(test_bad_mailboxes)
{
	pki_cert *ca = constrained_ca(NULL, "email:b.example"), *c;
	pki_exts *e = exts_of(BOX_OF("0c{c3a940632e6578616d706c65}"));
	char subject[64];

	for (size_t i = 0; i < LENGTH(bad_boxes); i++) {
		check_bad_mailbox(ca, bad_boxes[i], "CN=a");
		check_bad_mailbox(root, bad_boxes[i], "CN=a");
	}
	for (size_t i = 0; i < LENGTH(bad_addresses); i++) {
		snprintf(subject, sizeof subject, "1.2.840.113549.1.9.1=%s", bad_addresses[i]);
		check_bad_mailbox(ca, "", subject);
		check_bad_mailbox(root, "", subject);
	}
	t_ok(pki_cert_issue_spki(spki_of(leaf_key), ca, ca_key,
	    PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_EMAIL, .exts = e,
		.subject = "1.2.840.113549.1.9.1=a@c.example"),
	    &c, err));
	pki_cert_free(c);
	pki_exts_free(e);
	pki_cert_free(ca);
}
END_TEST

#define DIGITS_60 "012345678901234567890123456789012345678901234567890123456789"

/* A long name counts for more than one comparison. */
START_TEST(test_long_names_are_bounded)
{
	const pki_limits limits = { .size = sizeof limits, .name_comparisons = 3 };
	pki_cert *ca = constrained_ca(NULL, "dn:O=Other"), *c;
	pki_ctx *few;
	pki_key *k;
	pki_buf der = { .flags = PKI_BUF_SECRET };

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = tell, .limits = &limits), &few, err));
	t_ok(pki_key_write(ca_key, NULL, &der, err));
	t_ok(pki_key_parse(few, pki_buf_bytes(&der), NULL, NULL, &k, err));
	t_ok(pki_cert_issue_spki(spki_of(leaf_key), ca, k,
	    PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CLIENT, .subject = "O=Ex"), &c, err));
	pki_cert_free(c);
	t_fails(PKI_E_LIMIT,
	    pki_cert_issue_spki(spki_of(leaf_key), ca, k,
		PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CLIENT,
		    .subject = "O=" DIGITS_60 ",OU=" DIGITS_60 ",CN=" DIGITS_60),
		&c, err));
	pki_buf_free(&der);
	pki_key_free(k);
	pki_ctx_free(few);
	pki_cert_free(ca);
}
END_TEST

/* What is behind the limit of a list is not taken for absent. */
START_TEST(test_long_lists_of_issuers)
{
	const pki_limits limits = { .size = sizeof limits, .san_names = 2 };
	pki_exts *e = exts_of(
	    EXT(EKU, "30{06{" SERVER_AUTH "} 06{" CODE_SIGNING "} 06{" CLIENT_AUTH "}}"));
	pki_cert *ca = make_root(ca_key, ROOT(.exts = e)), *c;
	pki_ctx *few;
	pki_key *k;
	pki_buf der = { .flags = PKI_BUF_SECRET };

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = tell, .limits = &limits), &few, err));
	t_ok(pki_key_write(ca_key, NULL, &der, err));
	t_ok(pki_key_parse(few, pki_buf_bytes(&der), NULL, NULL, &k, err));
	t_fails(PKI_E_LIMIT,
	    pki_cert_issue_spki(spki_of(leaf_key), ca, k,
		PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CLIENT, .subject = "CN=a"), &c,
		err));
	pki_buf_free(&der);
	pki_key_free(k);
	pki_ctx_free(few);
	pki_cert_free(ca);
	pki_exts_free(e);
}
END_TEST

/* A CA is under them, too, but for one of the same name: RFC 5280 6.1.3 (b). */
START_TEST(test_constrained_cas)
{
	static const int32_t none = -1;
	pki_cert *ca = constrained_ca("dn:O=Ex", NULL), *c;

	t_fails(PKI_E_POLICY,
	    pki_cert_issue_spki(spki_of(leaf_key), ca, ca_key,
		PKI_OPTS(pki_cert_opts, .profile = PCA, .subject = "O=Ey"), &c, err));
	t_ok(pki_cert_issue_spki(spki_of(leaf_key), ca, ca_key,
	    PKI_OPTS(pki_cert_opts, .profile = PCA, .subject = "CN=Sub,O=Ex"), &c, err));
	pki_cert_free(c);
	t_ok(pki_cert_issue_spki(spki_of(leaf_key), ca, ca_key,
	    PKI_OPTS(pki_cert_opts, .profile = PCA, .subject = "CN=Root", .path_len = &none), &c,
	    err));
	pki_cert_free(c);
	pki_cert_free(ca);
}
END_TEST

/* As many comparisons as the context allows. */
START_TEST(test_constraints_are_bounded)
{
	const pki_limits limits = { .size = sizeof limits, .name_comparisons = 3 };
	pki_cert *ca = constrained_ca("dns:example.org", "dns:example.net"), *c;
	pki_ctx *few;
	pki_key *k;
	pki_buf der = { .flags = PKI_BUF_SECRET };

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = tell, .limits = &limits), &few, err));
	t_ok(pki_key_write(ca_key, NULL, &der, err));
	t_ok(pki_key_parse(few, pki_buf_bytes(&der), NULL, NULL, &k, err));
	t_ok(pki_cert_issue_spki(spki_of(leaf_key), ca, k,
	    PKI_OPTS(pki_cert_opts, .subject = "", .names = PKI_LIST("a.example.org")), &c, err));
	pki_cert_free(c);
	t_fails(PKI_E_LIMIT,
	    pki_cert_issue_spki(spki_of(leaf_key), ca, k,
		PKI_OPTS(pki_cert_opts, .subject = "",
		    .names = PKI_LIST("a.example.org", "example.org")),
		&c, err));
	pki_buf_free(&der);
	pki_key_free(k);
	pki_ctx_free(few);
	pki_cert_free(ca);
}
END_TEST

/* ---- from an old certificate ---- */

#define CARRIED                     \
 CRIT(PRIVATE, "0500")              \
 EXT(CP, "30{30{06{2a0304}}}")      \
 EXT(CDP, "30{30{a0{a0{86{61}}}}}") \
 EXT(AIA, "30{30{06{2b06010505073001} 86{61}}}") EXT(SCTS, "04{0003 0001 01}") EXT(IAN, DNS_A)

static pki_cert *old_one(const pki_cert *issuer, pki_profile profile, const char *exts)
{
	pki_exts *e = exts_of(exts);
	pki_cert *c;

	t_ok(pki_cert_issue_spki(spki_of(leaf_key), issuer, ca_key,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=old", .names = PKI_LIST("a.example"), .exts = e,
		.profile = profile),
	    &c, err));
	pki_exts_free(e);
	return c;
}

static void same_ext(const pki_cert *a, const pki_cert *b, const char *oid)
{
	pki_ext x, y;

	ck_assert(pki_cert_ext(a, t_nested(oid), &x));
	ck_assert(pki_cert_ext(b, t_nested(oid), &y));
	ck_assert(x.critical == y.critical);
	t_bytes_eq(x.value, y.value);
}

START_TEST(test_renewed)
{
	static const char *const kept[] = { BC, KU, EKU, SAN, SKI, PRIVATE, CP, CDP, AIA, IAN };
	pki_cert *old = old_one(root, PKI_PROFILE_CLIENT, CARRIED), *c;

	clock_now = NOW + PKI_DAYS(80);
	t_ok(pki_cert_reissue(old, root, ca_key, NULL, &c, err));
	check_common(c, root, ca_key);
	for (size_t i = 0; i < LENGTH(kept); i++)
		same_ext(old, c, kept[i]);
	ck_assert(!has(c, SCTS));
	ck_assert(pki_name_equal(pki_cert_subject(c), pki_cert_subject(old)));
	t_bytes_eq(pki_cert_spki(c), pki_cert_spki(old));
	ck_assert_int_eq(pki_cert_not_before(c), clock_now);
	ck_assert_int_eq(pki_cert_not_after(c), clock_now + PKI_DAYS(90));
	ck_assert(!pki_bytes_equal(pki_cert_serial(c), pki_cert_serial(old)));
	pki_cert_free(c);
	/* what the caller says goes before what the old one said */
	t_ok(pki_cert_reissue(old, root, ca_key,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=new", .names = PKI_LIST("b.example"),
		.profile = NONE),
	    &c, err));
	ck_assert(is(c, SAN, false, "30{82{622e6578616d706c65}}"));
	same_ext(old, c, EKU);
	pki_cert_free(c);
	pki_cert_free(old);
	clock_now = NOW;
}
END_TEST

/* Under another name of the issuer what speaks of the old one goes. */
START_TEST(test_renewed_elsewhere)
{
	static const char *const gone[] = { CDP, AIA, IAN, SCTS };
	pki_cert *old = old_one(root, PKI_PROFILE_SERVER, CARRIED), *c;
	pki_cert *other = make_root(
	    ca_key, PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CA, .subject = "CN=Other"));

	t_ok(pki_cert_reissue(old, other, ca_key, NULL, &c, err));
	check_common(c, other, ca_key);
	for (size_t i = 0; i < LENGTH(gone); i++)
		ck_assert(!has(c, gone[i]));
	same_ext(old, c, PRIVATE);
	pki_cert_free(c);
	pki_cert_free(other);
	pki_cert_free(old);
}
END_TEST

START_TEST(test_renewed_cas)
{
	pki_cert *sub = old_one(root, PKI_PROFILE_CA, ""), *c;

	t_ok(pki_cert_reissue(sub, root, ca_key, NULL, &c, err));
	ck_assert(pki_cert_is_ca(c));
	ck_assert_int_eq(pki_cert_path_len(c), 0);
	ck_assert_int_eq(pki_cert_not_after(c), NOW + PKI_DAYS(1825));
	pki_cert_free(c);
	/* a root, by itself */
	t_ok(pki_cert_reissue(root, NULL, ca_key, NULL, &c, err));
	check_common(c, NULL, ca_key);
	ck_assert(pki_cert_is_ca(c));
	ck_assert_int_eq(pki_cert_not_after(c), NOW + PKI_DAYS(3650));
	pki_cert_free(c);
	pki_cert_free(sub);
}
END_TEST

/* Whoever can make a certificate does not get one from us for it. */
START_TEST(test_not_renewed)
{
	static const int32_t one = 1;
	pki_cert *old = old_one(root, PKI_PROFILE_CA, ""), *evil, *c;
	pki_bytes copy[2] = { PKI_OID(basic_constraints), PKI_OID(subject_alt_name) };

	t_ok(pki_cert_self_sign(ctx, leaf_key,
	    PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CA, .subject = "CN=evil",
		.names = PKI_LIST("a.example")),
	    &evil, err));
	t_fails(PKI_E_POLICY, pki_cert_reissue(evil, root, ca_key, NULL, &c, err));
	t_fails(PKI_E_POLICY, pki_cert_reissue(evil, NULL, ca_key, NULL, &c, err));
	t_fails(PKI_E_POLICY, pki_cert_reissue(old, NULL, ca_key, NULL, &c, err));
	t_fails(PKI_E_POLICY, pki_cert_reissue(old, root, leaf_key, NULL, &c, err));
	ck_assert_ptr_null(c);
	t_fails(PKI_E_ARG,
	    pki_cert_reissue(
		old, root, ca_key, PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CA), &c, err));
	t_fails(PKI_E_ARG,
	    pki_cert_reissue(
		old, root, ca_key, PKI_OPTS(pki_cert_opts, .path_len = &one), &c, err));
	/* as a request, it is one like any other */
	t_fails(PKI_E_POLICY,
	    pki_cert_reissue(evil, root, ca_key,
		PKI_OPTS(pki_cert_opts, .copy = copy, .copy_count = 2), &c, err));
	t_ok(pki_cert_reissue(evil, root, ca_key,
	    PKI_OPTS(pki_cert_opts, .copy = copy + 1, .copy_count = 1), &c, err));
	ck_assert(!pki_cert_is_ca(c));
	ck_assert(is(c, EKU, false, PURPOSE(SERVER_AUTH)));
	pki_cert_free(c);
	pki_cert_free(evil);
	pki_cert_free(old);
}
END_TEST

/* ---- signed elsewhere ---- */

static void sign_and_join(pki_bytes spki, const pki_cert *issuer, const pki_key *k)
{
	pki_buf tbs = PKI_BUF_INIT, sig = PKI_BUF_INIT;
	const pki_cert_opts *o = PKI_OPTS(
	    pki_cert_opts, .subject = "CN=x", .names = PKI_LIST("a.example"));
	pki_bytes all;
	pki_cert *c;

	t_ok(pki_buf_append(&tbs, pki_bytes_str("before"), err));
	t_ok(pki_cert_tbs_of_spki(ctx, spki, issuer, o, &tbs, err));
	ck_assert_int_eq(memcmp(tbs.data, "before", 6), 0);
	all = pki_bytes_of(tbs.data + 6, tbs.len - 6);
	t_ok(pki_sign(k, NULL, all, &sig, err));
	t_ok(pki_cert_join(ctx, all, pki_buf_bytes(&sig), pki_key_public(k), &c, err));
	t_bytes_eq(pki_cert_tbs(c), all);
	t_bytes_eq(pki_cert_signature(c), pki_buf_bytes(&sig));
	check_common(c, issuer, k);
	pki_cert_free(c);
	/* another key, another signature, another text */
	t_fails(PKI_E_SIGNATURE,
	    pki_cert_join(ctx, all, pki_buf_bytes(&sig),
		pki_key_public(k == ca_key ? leaf_key : ca_key), &c, err));
	ck_assert_ptr_null(c);
	sig.data[sig.len - 1] ^= 1;
	t_fails(PKI_E_SIGNATURE,
	    pki_cert_join(ctx, all, pki_buf_bytes(&sig), pki_key_public(k), &c, err));
	sig.data[sig.len - 1] ^= 1;
	tbs.data[tbs.len - 1] ^= 1;
	t_fails(PKI_E_SIGNATURE,
	    pki_cert_join(ctx, all, pki_buf_bytes(&sig), pki_key_public(k), &c, err));
	all.len--;
	t_fails(PKI_E_ENCODING,
	    pki_cert_join(ctx, all, pki_buf_bytes(&sig), pki_key_public(k), &c, err));
	t_fails(PKI_E_STRUCTURE,
	    pki_cert_join(ctx, t_hex("3000"), pki_buf_bytes(&sig), pki_key_public(k), &c, err));
	ck_assert_ptr_null(c);
	pki_buf_free(&sig);
	pki_buf_free(&tbs);
}

START_TEST(test_joined)
{
	sign_and_join(spki_of(leaf_key), root, ca_key);
	sign_and_join(spki_of(leaf_key), NULL, leaf_key);
}
END_TEST

static pki_cert *join(pki_buf *tbs, const pki_cert *issuer, const pki_key *k)
{
	pki_buf sig = PKI_BUF_INIT;
	pki_cert *c;

	t_ok(pki_sign(k, NULL, pki_buf_bytes(tbs), &sig, err));
	t_ok(pki_cert_join(
	    ctx, pki_buf_bytes(tbs), pki_buf_bytes(&sig), pki_key_public(k), &c, err));
	check_common(c, issuer, k);
	pki_buf_free(&sig);
	pki_buf_free(tbs);
	return c;
}

static pki_csr *forged(const pki_csr *r)
{
	pki_buf der = PKI_BUF_INIT;
	pki_csr *other;

	t_ok(pki_csr_write(r, PKI_DER, &der, err));
	der.data[der.len - 1] ^= 1;
	t_ok(pki_csr_parse(ctx, pki_buf_bytes(&der), &other, err));
	pki_buf_free(&der);
	return other;
}

/* What a request may ask for is in test_what_may_be_copied. */
START_TEST(test_joined_of_request)
{
	pki_csr *r = request(EXT(CP, "30{30{06{2a0304}}}"), "CN=asked", "a.example");
	pki_csr *no_proof = forged(r);
	pki_buf tbs = PKI_BUF_INIT;
	pki_cert *c;

	t_ok(pki_cert_tbs_of_csr(ctx, r, root, NULL, &tbs, err));
	c = join(&tbs, root, ca_key);
	ck_assert(has(c, SAN) && !has(c, CP));
	t_bytes_eq(pki_cert_spki(c), spki_of(leaf_key));
	pki_cert_free(c);
	t_fails(PKI_E_SIGNATURE, pki_cert_tbs_of_csr(ctx, no_proof, root, NULL, &tbs, err));
	t_fails(PKI_E_ARG,
	    pki_cert_tbs_of_csr(
		ctx, r, root, PKI_OPTS(pki_cert_opts, .profile = INT32_MAX), &tbs, err));
	t_fails(PKI_E_ARG, pki_cert_tbs_of_csr(ctx, NULL, root, NULL, &tbs, err));
	t_fails(PKI_E_ARG, pki_cert_tbs_of_csr(ctx, r, NULL, NULL, &tbs, err));
	t_fails(PKI_E_ARG, pki_cert_tbs_of_csr(ctx, r, root, NULL, NULL, err));
	ck_assert_uint_eq(tbs.len, 0);
	pki_csr_free(no_proof);
	pki_csr_free(r);
}
END_TEST

START_TEST(test_joined_of_certificate)
{
	static const char *const kept[] = { BC, KU, EKU, SAN, SKI, PRIVATE, CP, CDP, AIA, IAN };
	pki_cert *old = old_one(root, PKI_PROFILE_CLIENT, CARRIED), *c;
	pki_cert *other = make_root(
	    leaf_key, PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CA, .subject = "CN=Root"));
	const pki_bytes san = PKI_OID(subject_alt_name);
	pki_buf tbs = PKI_BUF_INIT;

	t_ok(pki_cert_tbs_of_cert(ctx, old, root, NULL, &tbs, err));
	c = join(&tbs, root, ca_key);
	for (size_t i = 0; i < LENGTH(kept); i++)
		same_ext(old, c, kept[i]);
	ck_assert(!has(c, SCTS));
	pki_cert_free(c);
	t_ok(pki_cert_tbs_of_cert(ctx, root, NULL, NULL, &tbs, err));
	c = join(&tbs, NULL, ca_key);
	ck_assert(pki_cert_is_ca(c));
	pki_cert_free(c);
	t_ok(pki_cert_tbs_of_cert(
	    ctx, old, other, PKI_OPTS(pki_cert_opts, .copy = &san, .copy_count = 1), &tbs, err));
	c = join(&tbs, other, leaf_key);
	ck_assert(!has(c, CP));
	pki_cert_free(c);
	/* by another key; not self-signed; a profile */
	t_fails(PKI_E_POLICY, pki_cert_tbs_of_cert(ctx, old, other, NULL, &tbs, err));
	t_fails(PKI_E_POLICY, pki_cert_tbs_of_cert(ctx, old, NULL, NULL, &tbs, err));
	t_fails(PKI_E_ARG,
	    pki_cert_tbs_of_cert(
		ctx, old, root, PKI_OPTS(pki_cert_opts, .profile = PKI_PROFILE_CLIENT), &tbs, err));
	t_fails(PKI_E_ARG, pki_cert_tbs_of_cert(ctx, NULL, root, NULL, &tbs, err));
	t_fails(PKI_E_ARG, pki_cert_tbs_of_cert(ctx, old, root, NULL, NULL, err));
	ck_assert_uint_eq(tbs.len, 0);
	pki_cert_free(other);
	pki_cert_free(old);
}
END_TEST

/* The issuer's key is one that this process never has. */
START_TEST(test_key_elsewhere)
{
	static const char *const uris[] = { "child:p256", "child:p384", "child:ed25519",
		"child:rsa" };
	pki_backend *backends[3] = { NULL };
	pki_ctx *both;

	t_ok(pki_backend_open(child_backend(), NULL, &backends[0], err));
	t_ok(pki_backend_open(pki_backend_nettle(), NULL, &backends[1], err));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = backends, .clock = tell), &both, err));
	for (size_t i = 0; i < LENGTH(uris); i++) {
		pki_csr *r = request("", "CN=x", "a.example");
		pki_cert *ca, *c;
		pki_key *k;

		t_ok(pki_key_open(both, uris[i], NULL, NULL, &k, err));
		ca = make_root(k, ROOT(.path_len = NULL));
		check_common(ca, NULL, k);
		t_ok(pki_cert_issue(r, ca, k, NULL, &c, err));
		check_common(c, ca, k);
		pki_cert_free(c);
		pki_cert_free(ca);
		pki_csr_free(r);
		pki_key_free(k);
	}
	pki_ctx_free(both);
	pki_backend_free(backends[1]);
	pki_backend_free(backends[0]);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { set_up, test_profiles, test_self_signed, test_algorithms,
		test_key_ids, test_serials, test_serials_differ, test_times, test_nothing_leaks,
		test_what_may_be_copied, test_copied_without_profile, test_names, test_bad_names,
		test_bad_requests, test_contradictions, test_own_time_stamping, test_usage_of_keys,
		test_options, test_options_size, test_issuers, test_responder_of_constrained_ca,
		test_keys_of_issuers, test_path_lengths, test_issuers_name, test_name_constraints,
		test_bad_mailboxes, test_long_lists_of_issuers, test_long_names_are_bounded,
		test_constrained_cas, test_constraints_are_bounded, test_renewed,
		test_renewed_elsewhere, test_renewed_cas, test_not_renewed, test_joined,
		test_joined_of_request, test_joined_of_certificate, test_key_elsewhere, tear_down,
		NULL };

	return t_main("cert_make", tests);
}
