/* SPDX-License-Identifier: BSD-3-Clause */
/* Every allocation of every public function fails once: nothing changes, nothing leaks. */
#include <dirent.h>
#include <pki/pki.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if __has_include(<valgrind/valgrind.h>)
# include <valgrind/valgrind.h>
#endif
#ifndef RUNNING_ON_VALGRIND
# define RUNNING_ON_VALGRIND 0
#endif

#include "libpki/core/ctx.h"
#include "tests/lib/nested.h"
#include "tests/lib/oom.h"

#ifndef TOP_SRCDIR
# define TOP_SRCDIR TESTS_SRCDIR "/.."
#endif
#define MOST   100 /* allocations of one function that are made to fail, evenly spread */
#define FEW    10  /* under valgrind */
#define BEFORE "what the buffer held before"

static char junk;
#define JUNK ((void *)&junk)

/* ---- what the functions are called with ---- */

static struct {
	pki_ctx *ctx;
	pki_backend *backend;
	pki_backend *const *backends;
	pki_key *key, *rsa;
	pki_csr *csr;
	pki_cert *ca, *leaf;
	pki_trust *trust;
	pki_bytes anchor_list;
	pki_crls *issued;    /* a CRL of ca's */
	pki_result *refused; /* for leaf */
	pki_name *name, *rdn;
	pki_bytes cert_der, csr_der, csr_pem, key_der, enc_pem, enc_der, pub_der, pub_pem, all_pem,
	    name_der, ext_san, ext_point, ext_policies, ext_attributes;
	pki_bytes bundle_pem;
	pki_certs *certs;
	pki_crl *crl;
	pki_crl *bmp, *bmp_indexed; /* their names cannot be read without memory */
	pki_crl_builder *revoked;
	pki_bytes crl_der;
	pki_asn1 *asn1;
	pki_asn1_value *asn1_value; /* of the certificate */
	const char *crl_path, *crl_pem, *crls_path;
	const char *bundle_path, *certs_folder;
	const char *folder; /* empty; what is written goes there */
	const char *path, *cert_path, *csr_path, *key_path, *pub_path;
	pki_buf sig, qualifiers;
	pki_exts *exts;
} f;
/* Emptied and filled with BEFORE for each call; looked at after it. */
static pki_buf out;

/* A backend that also has a key of its own. */
static pki_status open_key(
    void *self, const char *uri, pki_password_fn *pin, void *pin_ud, void **key, pki_error *err)
{
	(void)uri, (void)pin, (void)pin_ud;
	return pki_backend_nettle()->key_import(self, f.key_der, key, err);
}

static pki_status list_keys(
    void *self, const char *uri, pki_key_seen_fn *seen, void *ud, pki_error *err)
{
	(void)self;
	return seen(ud, uri, "label", f.key_der, err);
}

static pki_status see_key(
    void *ud, const char *uri, const char *label, pki_bytes id, pki_error *err)
{
	(void)ud, (void)uri, (void)label;
	return pki_buf_append(&out, id, err);
}

static const pki_backend_table *with_keys(void)
{
	static pki_backend_table t;

	t = *pki_backend_nettle();
	t.key_open = open_key;
	t.key_list = list_keys;
	return &t;
}

/* An indirect CRL of CN=ca: 1 of another issuer, 2 of its own, who is named in a BMPString. */
static pki_bytes bmp_crl(void)
{
#define BMP_ISSUER(name) "30{30{06{551d1d}01{ff}04{30{a4{30{31{30{06{550403}1e{" name "}}}}}}}}}"
#define BMP_DATE         "17{3236303130313030303030305a}"
	return t_nested(
	    "30{30{02{01}30{06{2a8648ce3d040302}}30{31{30{06{550403}0c{6361}}}}" BMP_DATE
	    "30{30{02{01}" BMP_DATE BMP_ISSUER(
		"006f0074006800650072") "}"
					"30{02{02}" BMP_DATE BMP_ISSUER(
					    "00630061") "}}"
							"a0{30{30{06{551d1c}01{ff}04{30{84{ff}}}}}}}"
							"30{06{2a8648ce3d040302}}03{0001}}");
}

/* Everything that can be asked of leaf, and is so. */
static const pki_verify_opts *asked(const char *host)
{
	static const char *const permit[] = { "dns:example", "dn:O=y", NULL };
	static pki_verify_opts o;
	static pki_bytes policy;

	policy = pki_bytes_of("\x2a\x03", 2);
	o = (pki_verify_opts){ .size = sizeof o,
		.trust = f.trust,
		.untrusted = f.certs,
		.host = host,
		.crls = f.issued,
		.policies = &policy,
		.policy_count = 1,
		.permit = permit,
		.purpose = PKI_PURPOSE_SERVER,
		.rules = PKI_RULES_WEBPKI,
		.revocation = PKI_REVOCATION_REQUIRE,
		.allow = PKI_ALLOW_SHA1 };
	return &o;
}

#define LIST_NAME "30{31{30{06{550403}0c{6361}}}}"
#define LIST_TBS                                                              \
 "30{02{01}30{06{2a8648ce3d040302}}" LIST_NAME "30{17{3236303130313030303030" \
 "305a}17{3236303130313030303030305a}}" LIST_NAME LIST_KEY "}"
#define LIST_KEY           "30{30{06{2b6570}}03{0011}}"
#define LIST_CERT_CONTENTS LIST_TBS "30{06{2a8648ce3d040302}}03{0001}"
#define LIST_INFO                                                \
 "30{" LIST_KEY "04{aabb}30{" LIST_NAME "a0{" LIST_CERT_CONTENTS \
 "}a1{30{06{2a03}}}a3{a0{30{82{61}}}}}a1{30{30{06{551d25}04{30{06{2b06010505070301}}}}}}}"

static void set_up_trust(void)
{
	pki_trust_builder *b;

	t_ok(pki_trust_builder_new(f.ctx, &b, err));
	t_ok(pki_trust_add(b, f.ca, NULL, err));
	t_ok(pki_trust_freeze(b, &f.trust, err));
	pki_trust_builder_free(b);
	f.anchor_list = t_nested("30{a1{" LIST_TBS "}a2{" LIST_INFO "}}");
}

static void set_up_paths(void)
{
	pki_exts *policies;
	pki_crl_builder *b;
	pki_crl *crl;

	t_ok(pki_exts_new(f.ctx, &policies, err));
	pki_exts_policy(policies, pki_bytes_of("\x2a\x03", 2));
	t_ok(pki_cert_issue(f.csr, f.ca, f.key,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=www.example,O=y", .exts = policies,
		.names = PKI_LIST("www.example")),
	    &f.leaf, err));
	pki_exts_free(policies);
	set_up_trust();
	t_ok(pki_crl_builder_new(f.ctx, &b, err));
	t_ok(pki_crl_builder_sign(b, f.ca, f.key, NULL, &crl, err));
	t_ok(pki_crls_new(f.ctx, &f.issued, err));
	t_ok(pki_crls_add(f.issued, crl, err));
	pki_crl_free(crl);
	pki_crl_builder_free(b);
	t_fails(PKI_E_UNTRUSTED, pki_verify(f.ctx, f.leaf, asked("other"), &f.refused, err));
}

static void set_up(void)
{
	static const pki_time long_ago = 0;
	pki_crls *crls;
	static pki_backend *list[2];
	pki_exts *constraints;

	f.folder = t_scratch("written");
	f.path = t_scratch("written/file");
	ck_assert_int_eq(mkdir(f.folder, 0700), 0);
	f.csr_path = t_vector_path("mutate/csr-full.der");
	f.key_path = t_vector_path("mutate/key-p256.der");
	f.pub_path = t_vector_path("mutate/pub.pem");
	f.cert_der = t_vector("cert/openssl-leaf.der");
	f.bundle_pem = t_vector("mutate/bundle.pem");
	f.bundle_path = t_vector_path("mutate/bundle.der");
	f.certs_folder = t_scratch("certs");
	ck_assert_int_eq(mkdir(f.certs_folder, 0700), 0);
	t_ok(pki_file_write(t_scratch("certs/a"), f.bundle_pem, 0, err));
	t_ok(pki_file_write(t_scratch("certs/b"), f.cert_der, 0, err));
	t_ok(pki_file_write(t_scratch("certs/c"), t_vector("mutate/bundle.der"), 0, err));
	f.cert_path = t_vector_path("cert/openssl-leaf.pem");
	f.csr_der = t_vector("mutate/csr-full.der");
	f.csr_pem = t_vector("mutate/csr.pem");
	f.key_der = t_vector("mutate/key-p256.der");
	f.enc_pem = t_vector("mutate/enc.pem");
	f.enc_der = t_vector("mutate/enc-sha256.der");
	f.pub_der = t_vector("mutate/pub-rsa.der");
	f.pub_pem = t_vector("mutate/pub.pem");
	f.all_pem = t_vector("mutate/all.pem");
	f.ext_san = t_hex("3017 820f 7777772e6578616d706c652e6f7267 8704 c0000201");
	f.ext_point = t_hex("3015 3013 a011 a10f 300d 0603550403 0c06616263646566");
	f.ext_policies = t_hex("3019 3017 06012a 3012 3010 06082b06010505070202 3004 1e0220ac");
	f.ext_attributes = t_hex("300d 300b 0603550403 3104 1e0220ac");
	t_ok(pki_policy_qualifier_encode(NULL,
	    &(pki_policy_qualifier){ .oid = PKI_OID(qt_cps), .cps = pki_bytes_str("a:b") },
	    &f.qualifiers, err));
	t_ok(pki_name_from_string(NULL, "CN=x", &f.rdn, err));
	t_ok(pki_backend_open(with_keys(), NULL, &f.backend, err));
	list[0] = f.backend;
	f.backends = list;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = list), &f.ctx, err));
	t_ok(pki_key_parse(f.ctx, f.key_der, NULL, NULL, &f.key, err));
	t_ok(pki_key_parse(f.ctx, t_vector("mutate/key-rsa.der"), NULL, NULL, &f.rsa, err));
	t_ok(pki_csr_parse(f.ctx, f.csr_der, &f.csr, err));
	f.name = pki_name_ref(pki_csr_subject(f.csr));
	t_ok(pki_exts_new(f.ctx, &constraints, err));
	pki_exts_permit(constraints, "dn:O=y");
	t_ok(pki_cert_self_sign(f.ctx, f.key,
	    PKI_OPTS(
		pki_cert_opts, .subject = "CN=ca", .exts = constraints, .profile = PKI_PROFILE_CA),
	    &f.ca, err));
	pki_exts_free(constraints);
	t_ok(pki_certs_new(f.ctx, &f.certs, err));
	t_ok(pki_certs_add(f.certs, f.ca, err));
	f.crl_path = t_vector_path("mutate/crl-indirect.der");
	f.crl_pem = t_vector_path("mutate/crl.pem");
	f.crl_der = t_vector("mutate/crl-indirect.der");
	t_ok(pki_crl_parse(f.ctx, f.crl_der, &f.crl, err));
	t_ok(pki_crl_parse(f.ctx, bmp_crl(), &f.bmp, err));
	t_ok(pki_crl_parse(f.ctx, bmp_crl(), &f.bmp_indexed, err));
	t_ok(pki_crl_index(f.bmp_indexed, err));
	f.crls_path = t_scratch("crls.p7b");
	t_ok(pki_crls_new(f.ctx, &crls, err));
	t_ok(pki_crls_add(crls, f.crl, err));
	t_ok(pki_bundle_save(NULL, crls, f.crls_path, PKI_PEM, PKI_FILE_REPLACE, err));
	pki_crls_free(crls);
	t_ok(pki_crl_builder_new(f.ctx, &f.revoked, err));
	pki_crl_builder_revoke(f.revoked, pki_bytes_of("\x01", 1), 0, PKI_REASON_KEY_COMPROMISE);
	pki_crl_builder_add(f.revoked, f.name,
	    &(pki_revocation){ .serial = pki_bytes_of("\x02", 1), .invalid_since = &long_ago });
	t_ok(pki_crl_builder_status(f.revoked, err));
	f.name_der = pki_name_der(f.name);
	t_ok(pki_sign(f.key, NULL, f.csr_der, &f.sig, err));
	t_ok(pki_exts_new(f.ctx, &f.exts, err));
	pki_exts_key_usage(f.exts, PKI_KU_DIGITAL_SIGNATURE);
	pki_exts_eku(f.exts, PKI_OID(server_auth));
	t_ok(pki_exts_status(f.exts, err));
	t_ok(pki_asn1_new(f.ctx, &f.asn1, err));
	t_ok(
	    pki_asn1_decode(f.asn1, "PKIX1Explicit88.Certificate", f.cert_der, &f.asn1_value, err));
	set_up_paths();
}

static void tear_down(void)
{
	pki_asn1_value_free(f.asn1_value);
	pki_asn1_free(f.asn1);
	pki_result_free(f.refused);
	pki_crls_free(f.issued);
	pki_trust_free(f.trust);
	pki_cert_free(f.leaf);
	pki_exts_free(f.exts);
	pki_buf_free(&f.qualifiers);
	pki_buf_free(&f.sig);
	pki_name_free(f.name);
	pki_name_free(f.rdn);
	pki_certs_free(f.certs);
	pki_crl_free(f.crl);
	pki_crl_free(f.bmp);
	pki_crl_free(f.bmp_indexed);
	pki_crl_builder_free(f.revoked);
	pki_cert_free(f.ca);
	pki_csr_free(f.csr);
	pki_key_free(f.rsa);
	pki_key_free(f.key);
	pki_ctx_free(f.ctx);
	pki_backend_free(f.backend);
}

/* ---- one call of each function ---- */

/* Check's own macros allocate: what goes wrong inside a call is told after it. */
static bool output_left;
static void must_be_null(const void *p)
{
	if (p != NULL)
		output_left = true;
}

/* A call that makes an object `p`. */
#define MAKES(function, type, free_it, call)     \
 static pki_status op_##function(pki_error *err) \
 {                                               \
  type *p = JUNK;                                \
  pki_status st = (call);                        \
                                                 \
  if (st != PKI_SUCCESS)                         \
   must_be_null(p);                              \
  else                                           \
   free_it(p);                                   \
  return st;                                     \
 }
/* A call that appends to `out`, or changes nothing. */
#define CALLS(function, call)                    \
 static pki_status op_##function(pki_error *err) \
 {                                               \
  return (call);                                 \
 }

CALLS(pki_buf_append, pki_buf_append(&out, f.csr_der, err))
CALLS(pki_error_format, pki_error_format(err, &out, err))
CALLS(pki_time_format, pki_time_format(0, &out, err))
CALLS(pki_oid_parse, pki_oid_parse("2.25.340282366920938463463374607431768211455", &out, err))
CALLS(pki_oid_check, pki_oid_check(PKI_OID(common_name), err))
CALLS(pki_oid_format, pki_oid_format(PKI_OID(common_name), &out, err))
CALLS(pki_pem_encode, pki_pem_encode("CERTIFICATE REQUEST", f.csr_der, &out, err))
CALLS(pki_base64_encode, pki_base64_encode(f.csr_der, &out, err))
CALLS(pki_base64_decode, pki_base64_decode(pki_bytes_str("AAAA"), &out, err))
CALLS(pki_file_read, pki_file_read(f.csr_path, 10000, &out, err))
CALLS(pki_file_write, pki_file_write(f.path, f.csr_der, 0, err))
CALLS(pki_text_decode, pki_text_decode(PKI_TAG_BMP, pki_bytes_of("\x20\xac", 2), &out, err))
CALLS(pki_text_encode, pki_text_encode(PKI_TAG_BMP, pki_bytes_str("euro"), &out, err))
CALLS(pki_backend_list, pki_backend_list(f.backend, "uri:", see_key, NULL, err))
CALLS(pki_backend_selftest, pki_backend_selftest(f.backend, err))
MAKES(pki_backend_open, pki_backend, pki_backend_free,
    pki_backend_open(pki_backend_nettle(), NULL, &p, err))
MAKES(pki_ctx_new, pki_ctx, pki_ctx_free,
    pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = f.backends), &p, err))

static pki_status op_pki_random(pki_error *err)
{
	uint8_t octets[32];

	return pki_random(f.ctx, (pki_span){ octets, sizeof octets }, err);
}

static pki_status op_pki_call_spend(pki_error *err)
{
	pki_call call;

	pki_call_begin(&call, f.ctx);
	return pki_call_spend(&call, 1, err);
}

static pki_status op_pki_time_from_civil(pki_error *err)
{
	pki_civil c = { 2026, 11, 24, 0, 0, 0 };
	pki_time t;

	return pki_time_from_civil(&c, &t, err);
}

static pki_status op_pki_time_to_civil(pki_error *err)
{
	pki_civil c;

	return pki_time_to_civil(0, &c, err);
}

static pki_status op_pki_time_parse(pki_error *err)
{
	pki_time t;

	return pki_time_parse("2026-11-24T00:00:00Z", &t, NULL, err);
}

static pki_status op_pki_pem_next(pki_error *err)
{
	pki_pem_block b = { 0 };
	pki_bytes in = f.all_pem;
	pki_status st;

	while ((st = pki_pem_next(f.ctx, &in, &b, err)) == PKI_SUCCESS)
		;
	pki_pem_block_free(&b);
	if (st != PKI_E_NOTFOUND)
		return st;
	pki_error_init(err);
	return PKI_SUCCESS;
}

static pki_status op_pki_der_finish(pki_error *err)
{
	pki_bytes in = pki_bytes_of("\x0c\x02\xc3\xa9", 4);
	pki_der r;

	pki_der_init(&r, f.ctx, in, "text");
	pki_der_text(&r, NULL, &out);
	return pki_der_finish(&r, err);
}

static pki_status op_pki_derw_finish(pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, f.ctx);
	pki_derw_begin(&w, PKI_TAG_SET);
	for (int i = 200; i > 0; i--)
		pki_derw_int64(&w, i);
	pki_derw_end_set_of(&w);
	pki_derw_text(&w, PKI_TAG_UTF8, "text");
	return pki_derw_finish(&w, &out, err);
}

/* names, extensions */
MAKES(pki_name_parse, pki_name, pki_name_free, pki_name_parse(f.ctx, f.name_der, &p, err))
MAKES(pki_name_from_string, pki_name, pki_name_free,
    pki_name_from_string(f.ctx, "CN=x+O=y,1.2.3=#0c0161", &p, err))
CALLS(pki_name_format, pki_name_format(f.name, &out, err))
MAKES(pki_name_builder_new, pki_name_builder, pki_name_builder_free,
    pki_name_builder_new(f.ctx, &p, err))

static pki_status op_pki_name_builder_finish(pki_error *err)
{
	pki_name_builder *b;
	pki_name *n = JUNK;
	pki_status st = pki_name_builder_new(f.ctx, &b, err);

	if (st != PKI_SUCCESS)
		return st;
	pki_name_builder_add(b, PKI_OID(common_name), "x");
	pki_name_builder_join(b, PKI_OID(organization_name), "y");
	st = pki_name_builder_finish(b, &n, err);
	if (st != PKI_SUCCESS)
		must_be_null(n);
	pki_name_free(n);
	pki_name_builder_free(b);
	return st;
}

static pki_status op_pki_gn_format(pki_error *err)
{
	pki_gn gn = { .type = PKI_GN_DIRNAME, .value = f.name_der };

	return pki_gn_format(&gn, &out, err);
}

static pki_status op_pki_gn_from_string(pki_error *err)
{
	pki_gn gn;

	return pki_gn_from_string(f.ctx, "dn:CN=x", &out, &gn, err);
}

static pki_status op_pki_ext_basic_constraints(pki_error *err)
{
	pki_basic_constraints bc;

	return pki_ext_basic_constraints(f.ctx, pki_bytes_of("\x30", 2), &bc, err);
}

static pki_status op_pki_ext_key_usage(pki_error *err)
{
	uint32_t bits;

	return pki_ext_key_usage(f.ctx, pki_bytes_of("\x03\x02\x07\x80", 4), &bits, err);
}

static pki_status op_pki_ext_key_id(pki_error *err)
{
	pki_bytes id;

	return pki_ext_key_id(f.ctx, pki_bytes_of("\x04\x01\x00", 3), &id, err);
}

/* Readers, which need no memory. */
#define READS(function, type, octets)                                            \
 static pki_status op_##function(pki_error *err)                                 \
 {                                                                               \
  type found;                                                                    \
                                                                                 \
  return function(f.ctx, pki_bytes_of(octets, sizeof(octets) - 1), &found, err); \
 }
READS(pki_ext_key_period, pki_key_period,
    "\x30\x11\x81\x0f\x31\x39\x39\x39\x31\x32\x33\x31\x32\x33\x35\x39\x35\x39\x5a")
READS(pki_ext_qc_limit, pki_qc_limit, "\x30\x0b\x13\x03\x45\x55\x52\x02\x01\x19\x02\x01\x03")
READS(pki_ext_qc_retention, int64_t, "\x02\x01\x0a")
READS(pki_ext_qc_semantics, pki_qc_semantics, "\x30\x04\x06\x02\x2a\x03")
READS(pki_ext_sct_list, pki_bytes, "\x04\x05\x00\x03\x00\x01\x01")
READS(pki_ext_ms_template_name, pki_bytes, "\x1e\x02\x00\x5a")
READS(pki_ext_ms_template, pki_ms_template, "\x30\x04\x06\x02\x2a\x03")
READS(pki_ext_ms_previous_cert, pki_bytes,
    "\x04\x14\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11"
    "\x12\x13")
READS(pki_ext_ns_cert_type, uint32_t, "\x03\x02\x05\xe0")
READS(pki_ext_ns_text, pki_bytes, "\x16\x01\x61")
READS(pki_ext_ip_blocks, pki_bytes, "\x30\x08\x30\x06\x04\x02\x00\x01\x05\x00")
READS(pki_ext_as_ids, pki_as_ids, "\x30\x04\xa0\x02\x05\x00")
READS(pki_ext_logotype, pki_logotype,
    "\x30\x1d\xa1\x1b\xa1\x19\x30\x0b\x30\x09\x30\x04\x06\x02\x2a\x03\x04\x01\xaa\x30"
    "\x0a\x16\x08\x61\x3a\x2f\x2f\x61\x2f\x61\x61")

static pki_status op_pki_logotype_hash_encode(pki_error *err)
{
	const pki_logotype_hash hash = { .alg = PKI_OID(common_name) };

	return pki_logotype_hash_encode(f.ctx, &hash, &out, err);
}

CALLS(pki_logotype_uri_encode, pki_logotype_uri_encode(f.ctx, pki_bytes_str("a:b"), &out, err))

static pki_logotype_media media(void)
{
	return (pki_logotype_media){ .hashes = pki_bytes_of("\x30\x09\x30\x05\x06\x03\x55\x04\x03"
							    "\x04\x00",
					 11),
		.uris = pki_bytes_of("\x16\x00", 2) };
}

static pki_status op_pki_logotype_image_encode(pki_error *err)
{
	const pki_logotype_media m = media();

	return pki_logotype_image_encode(f.ctx, &m, &out, err);
}

static pki_status op_pki_logotype_audio_encode(pki_error *err)
{
	const pki_logotype_media m = media();

	return pki_logotype_audio_encode(f.ctx, &m, &out, err);
}

static pki_status op_pki_logotype_info_encode(pki_error *err)
{
	const pki_logotype_media m = media();
	const pki_logotype_info info = { .ref_hashes = m.hashes, .ref_uris = m.uris };

	return pki_logotype_info_encode(f.ctx, &info, &out, err);
}

static pki_status op_pki_ext_ms_ca_version(pki_error *err)
{
	uint16_t cert, key;

	return pki_ext_ms_ca_version(f.ctx, pki_bytes_of("\x02\x01\x01", 3), &cert, &key, err);
}

static pki_status op_pki_ext_list_finish(pki_error *err)
{
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, f.ctx, f.ext_san);
	while (pki_ext_name_next(&it, &gn))
		;
	return pki_ext_list_finish(&it, err);
}

#define VIEW(octets) pki_bytes_of(octets, sizeof octets - 1)

static pki_status op_pki_ext_authority_key_id(pki_error *err)
{
	pki_authority_key_id id;

	return pki_ext_authority_key_id(f.ctx, VIEW("\x30\x03\x80\x01\x01"), &id, err);
}

CALLS(pki_ext_null, pki_ext_null(f.ctx, VIEW("\x05\x00"), err))

/* A name in it is parsed, and a text decoded. */
static pki_status op_pki_ext_format(pki_error *err)
{
	pki_ext point = { .oid = PKI_OID(crl_distribution_points), .value = f.ext_point };
	pki_ext policies = { .oid = PKI_OID(certificate_policies), .value = f.ext_policies };
	pki_ext attributes = { .oid = PKI_OID(subject_directory_attributes),
		.value = f.ext_attributes };
	pki_status st = pki_ext_format(f.ctx, &point, &out, err);
	size_t before = out.len;

	if (st == PKI_SUCCESS)
		st = pki_ext_format(f.ctx, &policies, &out, err);
	if (st == PKI_SUCCESS)
		st = pki_ext_format(f.ctx, &attributes, &out, err);
	if (st != PKI_SUCCESS && before > strlen(BEFORE))
		out.len = strlen(BEFORE); /* what an earlier call appended */
	return st;
}

static pki_status op_pki_gn_encode(pki_error *err)
{
	pki_gn gn = { .type = PKI_GN_DIRNAME, .value = f.name_der };

	return pki_gn_encode(f.ctx, &gn, &out, err);
}

static pki_status op_pki_ext_policy_constraints(pki_error *err)
{
	pki_policy_constraints pc;

	return pki_ext_policy_constraints(f.ctx, VIEW("\x30\x03\x80\x01\x00"), &pc, err);
}

static pki_status op_pki_ext_inhibit_any_policy(pki_error *err)
{
	int32_t n;

	return pki_ext_inhibit_any_policy(f.ctx, VIEW("\x02\x01\x00"), &n, err);
}

static pki_status op_pki_ext_name_constraints(pki_error *err)
{
	pki_name_constraints nc;

	return pki_ext_name_constraints(
	    f.ctx, VIEW("\x30\x07\xa0\x05\x30\x03\x82\x01\x61"), &nc, err);
}

static pki_status op_pki_policy_qualifier_encode(pki_error *err)
{
	pki_policy_qualifier q = { .oid = PKI_OID(qt_unotice) };

	q.explicit_text.tag = PKI_TAG_BMP;
	q.explicit_text.value = VIEW("\x20\xac");
	return pki_policy_qualifier_encode(f.ctx, &q, &out, err);
}

static pki_status op_pki_ext_edi_party(pki_error *err)
{
	pki_edi_party p;

	return pki_ext_edi_party(f.ctx, VIEW("\xa1\x04\x1e\x02\x20\xac"), &p, err);
}

static pki_status op_pki_edi_party_encode(pki_error *err)
{
	const pki_edi_party p = { .party = VIEW("\x20\xac"), .party_tag = PKI_TAG_BMP };

	return pki_edi_party_encode(f.ctx, &p, &out, err);
}

MAKES(pki_ext_relative_name, pki_name, pki_name_free,
    pki_ext_relative_name(f.ctx, VIEW("\x30\x08\x06\x03\x55\x04\x03\x0c\x01\x78"), &p, err))
CALLS(pki_relative_name_encode, pki_relative_name_encode(f.ctx, f.rdn, &out, err))

static pki_status op_pki_ext_crl_number(pki_error *err)
{
	pki_bytes n;

	return pki_ext_crl_number(f.ctx, VIEW("\x02\x01\x00"), &n, err);
}

static pki_status op_pki_ext_issuing_point(pki_error *err)
{
	pki_issuing_point p;

	return pki_ext_issuing_point(f.ctx, VIEW("\x30\x03\x85\x01\xff"), &p, err);
}

static pki_status op_pki_ext_crl_reason(pki_error *err)
{
	pki_crl_reason reason;

	return pki_ext_crl_reason(f.ctx, VIEW("\x0a\x01\x01"), &reason, err);
}

static pki_status op_pki_ext_invalidity_date(pki_error *err)
{
	pki_time t;

	return pki_ext_invalidity_date(f.ctx,
	    VIEW("\x18\x0f"
		 "20260101000000Z"),
	    &t, err);
}

MAKES(pki_exts_new, pki_exts, pki_exts_free, pki_exts_new(f.ctx, &p, err))

static void build_more(pki_exts *e)
{
	pki_issuing_point point = { .indirect_crl = true };
	pki_authority_key_id id = { .key_id = VIEW("\x01") };
	pki_policy_constraints pc = { .has_require_explicit_policy = true };
	pki_policy_mapping m = { VIEW("\x2a\x03"), VIEW("\x2a\x04") };
	pki_attribute a = { VIEW("\x2a\x03"), VIEW("\x05\x00") };
	pki_policy policy = { VIEW("\x2a\x03"), pki_buf_bytes(&f.qualifiers) };

	pki_exts_authority_key_id(e, &id);
	pki_exts_ian(e, "ca.example.org");
	pki_exts_add(e, PKI_OID(certificate_policies), false, VIEW("\x30\x05\x30\x03\x06\x01\x2a"));
	pki_exts_policy_info(e, &policy);
	pki_exts_policy_mapping(e, &m);
	pki_exts_policy_constraints(e, &pc);
	pki_exts_inhibit_any_policy(e, 0);
	pki_exts_permit(e, "192.0.2.0/24");
	pki_exts_exclude(e, "dn:O=Example");
	pki_exts_crl_url(e, "http://example.org/crl");
	pki_exts_ms_application_policy(e, &policy);
	pki_exts_qc_statement(e, &(pki_qc_statement){ .id = VIEW("\x2a\x03") });
	pki_exts_ns_text(e, PKI_OID(ns_base_url), "http://example.org/");
	pki_exts_set_critical(e, PKI_OID(certificate_policies), true);
	pki_exts_ocsp_url(e, "http://example.org/ocsp");
	pki_exts_attribute(e, &a);
	pki_exts_tls_feature(e, 5);
	pki_exts_ocsp_nocheck(e);
	pki_exts_crl_number(e, VIEW("\x01"));
	pki_exts_issuing_point(e, &point);
	pki_exts_crl_reason(e, PKI_REASON_HOLD);
	pki_exts_invalidity_date(e, 0);
}

static pki_status op_pki_exts_status(pki_error *err)
{
	pki_exts *e;
	pki_status st = pki_exts_new(f.ctx, &e, err);

	if (st != PKI_SUCCESS)
		return st;
	pki_exts_basic_constraints(e, true, 1);
	pki_exts_key_usage(e, PKI_KU_CRL_SIGN);
	pki_exts_eku(e, PKI_OID(server_auth));
	pki_exts_eku(e, PKI_OID(client_auth));
	pki_exts_san(e, "www.example.org");
	pki_exts_san(e, "192.0.2.1");
	pki_exts_add(e, VIEW("\x2a\x03"), false, f.name_der);
	build_more(e);
	st = pki_exts_status(e, err);
	pki_exts_free(e);
	return st;
}

/* keys, digests, signatures */
MAKES(pki_key_generate, pki_key, pki_key_free, pki_key_generate(f.ctx, PKI_KEY_P256, NULL, &p, err))
MAKES(pki_key_open, pki_key, pki_key_free, pki_key_open(f.ctx, "uri:", NULL, NULL, &p, err))
MAKES(pki_key_parse, pki_key, pki_key_free,
    pki_key_parse(f.ctx, f.enc_pem, pki_password_text, (void *)"secret", &p, err))
MAKES(pki_key_load, pki_key, pki_key_free, pki_key_load(f.ctx, f.key_path, NULL, NULL, &p, err))
#define ENCRYPTED PKI_OPTS(pki_key_write_opts, .password = "secret", .iterations = 1000)
CALLS(pki_key_write, pki_key_write(f.rsa, ENCRYPTED, &out, err))
CALLS(pki_key_save, pki_key_save(f.key, f.path, ENCRYPTED, err))
MAKES(pki_pubkey_import, pki_pubkey, pki_pubkey_free, pki_pubkey_import(f.ctx, f.pub_der, &p, err))
MAKES(pki_pubkey_parse, pki_pubkey, pki_pubkey_free, pki_pubkey_parse(f.ctx, f.pub_pem, &p, err))
MAKES(pki_pubkey_load, pki_pubkey, pki_pubkey_free, pki_pubkey_load(f.ctx, f.pub_path, &p, err))
CALLS(pki_pubkey_write, pki_pubkey_write(pki_key_public(f.key), PKI_PEM, &out, err))
CALLS(pki_pubkey_write_as,
    pki_pubkey_write_as(pki_key_public(f.rsa), PKI_FORMAT_PKCS1, PKI_PEM, &out, err))
CALLS(pki_pubkey_save, pki_pubkey_save(pki_key_public(f.key), f.path, PKI_PEM, 0, err))

static pki_status op_pki_envelope_parse(pki_error *err)
{
	pki_envelope e;

	return pki_envelope_parse(f.ctx, f.enc_der, &e, err);
}

static pki_status op_pki_spki_parse(pki_error *err)
{
	pki_spki s;

	return pki_spki_parse(f.ctx, f.pub_der, &s, err);
}

CALLS(pki_pubkey_id, pki_pubkey_id(pki_key_public(f.key), PKI_KEY_ID_SHA512, &out, err))
CALLS(pki_spki_pin, pki_spki_pin(f.ctx, f.pub_der, (uint8_t[32]){ 0 }, err))

static pki_status op_pki_alg_parse(pki_error *err)
{
	pki_alg a;

	pki_alg_init(&a, sizeof a);
	return pki_alg_parse(f.ctx, pki_csr_signature_algorithm(f.csr), &a, err);
}

static pki_status op_pki_alg_default(pki_error *err)
{
	pki_alg a;

	pki_alg_init(&a, sizeof a);
	return pki_alg_default(pki_key_public(f.key), &a, err);
}

static pki_status op_pki_hash_once(pki_error *err)
{
	uint8_t digest[PKI_HASH_MAX];

	return pki_hash_once(f.ctx, PKI_HASH_SHA256, f.csr_der, digest, err);
}

MAKES(pki_digest_new, pki_digest, pki_digest_free, pki_digest_new(f.ctx, PKI_HASH_SHA512, &p, err))

/* One digest, copied half way. */
static pki_status digest(pki_error *err)
{
	pki_digest *d, *copy = JUNK;
	uint8_t sum[PKI_HASH_MAX];
	pki_status st = pki_digest_new(f.ctx, PKI_HASH_SHA3_256, &d, err);

	if (st != PKI_SUCCESS)
		return st;
	st = pki_digest_update(d, f.csr_der, err);
	if (st == PKI_SUCCESS) {
		st = pki_digest_dup(d, &copy, err);
		if (st != PKI_SUCCESS)
			must_be_null(copy);
		else
			st = pki_digest_final(copy, sum, err);
		pki_digest_free(copy);
	}
	pki_digest_free(d);
	return st;
}
CALLS(pki_digest_update, digest(err))
CALLS(pki_digest_dup, digest(err))
CALLS(pki_digest_final, digest(err))

static uint8_t zeros[32];
CALLS(pki_sign, pki_sign(f.rsa, NULL, f.csr_der, &out, err))
CALLS(pki_sign_digest, pki_sign_digest(f.key, NULL, pki_bytes_of(zeros, sizeof zeros), &out, err))
CALLS(pki_check, pki_check(pki_key_public(f.key), NULL, f.csr_der, pki_buf_bytes(&f.sig), err))

static pki_status op_pki_check_digest(pki_error *err)
{
	uint8_t sum[PKI_HASH_MAX];
	pki_status st = pki_hash_once(f.ctx, PKI_HASH_SHA256, f.csr_der, sum, err);

	if (st != PKI_SUCCESS)
		return st;
	return pki_check_digest(
	    pki_key_public(f.key), NULL, pki_bytes_of(sum, 32), pki_buf_bytes(&f.sig), err);
}

/* ASN.1 by its module */
#define ASN1_TEXT                                                                                  \
 "Oom { 1 2 3 } DEFINITIONS EXPLICIT TAGS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88;\n"          \
 "id-t OBJECT IDENTIFIER ::= { 1 2 4 }\nT ::= CHOICE { a INTEGER { one(1) }, b [0] EXPLICIT B }\n" \
 "B ::= SEQUENCE { name Name, t T OPTIONAL, l SET OF OCTET STRING (SIZE (1..9)) } END\n"

MAKES(pki_asn1_new, pki_asn1, pki_asn1_free, pki_asn1_new(f.ctx, &p, err))

/* To modules of its own: there they stay. */
static pki_status op_pki_asn1_add(pki_error *err)
{
	pki_asn1 *m = NULL;
	pki_status st = pki_asn1_new(f.ctx, &m, err);

	if (st == PKI_SUCCESS)
		st = pki_asn1_add(m, pki_bytes_str(ASN1_TEXT), err);
	if (st != PKI_SUCCESS && m != NULL && pki_asn1_type_of(m, pki_bytes_of("\x2a\x04", 2)))
		output_left = true;
	pki_asn1_free(m);
	return st;
}

MAKES(pki_asn1_decode, pki_asn1_value, pki_asn1_value_free,
    pki_asn1_decode(f.asn1, "PKIX1Explicit88.Certificate", f.cert_der, &p, err))
MAKES(pki_asn1_create, pki_asn1_value, pki_asn1_value_free,
    pki_asn1_create(f.asn1, "PKIX1Explicit88.Certificate", &p, err))
CALLS(pki_asn1_text,
    pki_asn1_text(
	f.asn1_value, pki_asn1_find(f.asn1_value, 0, "tbsCertificate.serialNumber"), &out, err))
CALLS(pki_asn1_format, pki_asn1_format(f.asn1_value, &out, err))
CALLS(pki_asn1_json, pki_asn1_json(f.asn1_value, &out, err))
CALLS(pki_asn1_encode, pki_asn1_encode(f.asn1_value, &out, err))

/* A tree is what it was where one of these fails: each time a new one, since it is not where none
 * does. */
static pki_status changed(pki_status (*change)(pki_asn1_value *v, pki_error *err), pki_error *err)
{
	static const uint8_t der[] = { 0x30, 6, 0x82, 1, 'a', 0x82, 1, 'b' };
	pki_buf again = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;
	pki_status st = pki_asn1_decode(
	    f.asn1, "GeneralNames", pki_bytes_of(der, sizeof der), &v, err);

	if (st != PKI_SUCCESS)
		return st;
	st = change(v, err);
	if (st != PKI_SUCCESS && pki_asn1_encode(v, &again, NULL) == PKI_SUCCESS &&
	    !pki_bytes_equal(pki_buf_bytes(&again), pki_bytes_of(der, sizeof der)))
		output_left = true;
	pki_buf_free(&again);
	pki_asn1_value_free(v);
	return st;
}

/* So many that there is no room for all. */
static pki_status add_names(pki_asn1_value *v, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	size_t child = 1;

	for (int i = 0; i < 100 && st == PKI_SUCCESS; i++)
		st = pki_asn1_child(v, 0, NULL, &child, err);
	if (st != PKI_SUCCESS && child != PKI_ASN1_NONE)
		output_left = true;
	return st;
}

static pki_status set_name(pki_asn1_value *v, pki_error *err)
{
	return pki_asn1_set(v, pki_asn1_find(v, 0, "[1].dNSName"),
	    pki_bytes_str("a.long.name.that.is.beyond.what.there.is.room.for.example"), err);
}

static pki_status set_name_text(pki_asn1_value *v, pki_error *err)
{
	return pki_asn1_set_text(v, pki_asn1_find(v, 0, "[1].dNSName"),
	    pki_bytes_str("a.long.name.that.is.beyond.what.there.is.room.for.example"), err);
}

static pki_status remove_name(pki_asn1_value *v, pki_error *err)
{
	return pki_asn1_remove(v, pki_asn1_find(v, 0, "[1]"), err);
}

CALLS(pki_asn1_child, changed(add_names, err))
CALLS(pki_asn1_set, changed(set_name, err))
CALLS(pki_asn1_set_text, changed(set_name_text, err))
CALLS(pki_asn1_remove, changed(remove_name, err))

/* requests, files */
static pki_status op_pki_csr_make(pki_error *err)
{
	const char *const names[] = { "www.example.org", "dn:CN=x", NULL };
	pki_attribute attr = { PKI_OID(unstructured_name), pki_bytes_of("\x0c\x01x", 3) };
	pki_csr *r = JUNK;
	pki_status st = pki_csr_make(f.ctx, f.key,
	    PKI_OPTS(pki_csr_opts, .subject = "CN=x,O=y", .names = names, .challenge = "secret",
		.attrs = &attr, .attr_count = 1, .exts = f.exts),
	    &r, err);

	if (st != PKI_SUCCESS)
		must_be_null(r);
	else
		pki_csr_free(r);
	return st;
}

MAKES(pki_csr_parse, pki_csr, pki_csr_free, pki_csr_parse(f.ctx, f.csr_pem, &p, err))
MAKES(pki_csr_load, pki_csr, pki_csr_free, pki_csr_load(f.ctx, f.csr_path, &p, err))
CALLS(pki_csr_write, pki_csr_write(f.csr, PKI_PEM, &out, err))
CALLS(pki_csr_save, pki_csr_save(f.csr, f.path, PKI_DER, 0, err))
CALLS(pki_csr_check_signature, pki_csr_check_signature(f.csr, err))
MAKES(pki_csr_pubkey, pki_pubkey, pki_pubkey_free, pki_csr_pubkey(f.csr, &p, err))

/* So many that the list grows. */
static pki_status op_pki_certs_add(pki_error *err)
{
	pki_certs *l = NULL;
	pki_status st = pki_certs_new(f.ctx, &l, err);

	for (int i = 0; i < 20 && st == PKI_SUCCESS; i++)
		st = pki_certs_add(l, f.ca, err);
	pki_certs_free(l);
	return st;
}

MAKES(pki_certs_new, pki_certs, pki_certs_free, pki_certs_new(f.ctx, &p, err))
MAKES(pki_certs_parse, pki_certs, pki_certs_free, pki_certs_parse(f.ctx, f.bundle_pem, &p, err))
MAKES(pki_certs_load, pki_certs, pki_certs_free, pki_certs_load(f.ctx, f.certs_folder, &p, err))
MAKES(pki_bundle_parse, pki_bundle, pki_bundle_free, pki_bundle_parse(f.ctx, f.bundle_pem, &p, err))
MAKES(pki_bundle_load, pki_bundle, pki_bundle_free, pki_bundle_load(f.ctx, f.bundle_path, &p, err))
CALLS(pki_bundle_write, pki_bundle_write(f.certs, NULL, PKI_PEM, &out, err))
CALLS(pki_bundle_save, pki_bundle_save(f.certs, NULL, f.path, PKI_PEM, PKI_FILE_REPLACE, err))

static pki_status op_pki_crl_take(pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_crl *c = NULL;
	pki_status st = pki_buf_append(&der, f.crl_der, err);

	if (st == PKI_SUCCESS)
		st = pki_crl_take(f.ctx, &der, 0, &c, err);
	pki_crl_free(c);
	pki_buf_free(&der);
	return st;
}

static pki_status index_of(pki_bytes der, pki_error *err)
{
	pki_crl *c = NULL;
	pki_status st = pki_crl_parse(f.ctx, der, &c, err);

	if (st == PKI_SUCCESS)
		st = pki_crl_index(c, err);
	pki_crl_free(c);
	return st;
}

static pki_status op_pki_crl_index(pki_error *err)
{
	pki_status st = index_of(f.crl_der, err);

	return st == PKI_SUCCESS ? index_of(pki_crl_der(f.bmp), err) : st;
}

/* Without memory there is no answer: least of all that something is not listed. */
static pki_status find_in(
    const pki_crl *c, const pki_name *issuer, uint8_t serial, pki_listing listing, pki_error *err)
{
	pki_revoked found;
	pki_status st = pki_crl_find(c, issuer, pki_bytes_of(&serial, 1), &found, err);

	if (st != PKI_SUCCESS)
		listing = PKI_LISTING_UNKNOWN;
	must_be_null(found.listing == listing ? NULL : &found);
	return st;
}

/* That needs no memory. */
static void walk(const pki_crl *c)
{
	pki_crl_cursor at = { { 0 } };
	size_t n = 0;
	pki_revoked r;

	while (pki_crl_next(c, &at, &r))
		n++;
	must_be_null(n == pki_crl_count(c) ? NULL : c);
}

static pki_status op_pki_crl_find(pki_error *err)
{
	const pki_name *issuer = pki_crl_issuer(f.bmp);
	pki_status st;

	walk(f.bmp);
	st = find_in(f.crl, f.name, 0x55, PKI_LISTING_PART, err);
	if (st == PKI_SUCCESS)
		st = find_in(f.bmp, issuer, 2, PKI_LISTING_LISTED, err);
	if (st == PKI_SUCCESS)
		st = find_in(f.bmp, issuer, 1, PKI_LISTING_NOT_LISTED, err);
	if (st == PKI_SUCCESS)
		st = find_in(f.bmp_indexed, issuer, 2, PKI_LISTING_LISTED, err);
	return st == PKI_SUCCESS ? find_in(f.bmp_indexed, issuer, 1, PKI_LISTING_NOT_LISTED, err)
				 : st;
}

static pki_status op_pki_crl_find_cert(pki_error *err)
{
	pki_revoked found;
	pki_status st = pki_crl_find_cert(f.crl, f.ca, &found, err);

	must_be_null(st == PKI_SUCCESS || found.listing == PKI_LISTING_UNKNOWN ? NULL : &found);
	return st == PKI_E_NOTFOUND ? PKI_SUCCESS : st;
}

/* The last entry of an indirect CRL: of another issuer. */
static pki_status op_pki_revoked_issuer(pki_error *err)
{
	pki_crl_cursor at = { { 0 } };
	pki_name *name = NULL;
	pki_revoked last = { .serial = { NULL, 0 } }, r;
	pki_status st;

	while (pki_crl_next(f.crl, &at, &r))
		last = r;
	st = pki_revoked_issuer(f.crl, &last, &name, err);
	pki_name_free(name);
	return st;
}

/* So many that the list grows. */
static pki_status op_pki_crls_add(pki_error *err)
{
	pki_crls *s = NULL;
	pki_status st = pki_crls_new(f.ctx, &s, err);

	for (int i = 0; i < 20 && st == PKI_SUCCESS; i++)
		st = pki_crls_add(s, f.crl, err);
	pki_crls_free(s);
	return st;
}

static pki_status op_pki_crls_load(pki_error *err)
{
	pki_crls *s = NULL;
	pki_status st = pki_crls_new(f.ctx, &s, err);

	if (st == PKI_SUCCESS)
		st = pki_crls_load(s, f.crl_path, 0, err);
	if (st == PKI_SUCCESS)
		st = pki_crls_load(s, f.crls_path, 0, err);
	pki_crls_free(s);
	return st;
}

static pki_status op_pki_crls_index(pki_error *err)
{
	pki_crls *s = NULL;
	pki_status st = pki_crls_new(f.ctx, &s, err);

	if (st == PKI_SUCCESS)
		st = pki_crls_load(s, f.crl_pem, 0, err);
	if (st == PKI_SUCCESS)
		st = pki_crls_index(s, err);
	pki_crls_free(s);
	return st;
}

static pki_status op_pki_crl_builder_status(pki_error *err)
{
	pki_crl_builder *b = NULL;
	pki_status st = pki_crl_builder_new(f.ctx, &b, err);

	if (st != PKI_SUCCESS)
		return st;
	for (uint8_t i = 1; i < 40; i++)
		pki_crl_builder_revoke(b, pki_bytes_of(&i, 1), 0, PKI_REASON_KEY_COMPROMISE);
	pki_crl_builder_add(
	    b, NULL, &(pki_revocation){ .serial = pki_bytes_of("\x02", 1), .exts = f.exts });
	pki_crl_builder_revoke_cert(b, f.ca, 0, PKI_REASON_HOLD);
	st = pki_crl_builder_status(b, err);
	pki_crl_builder_free(b);
	return st;
}

MAKES(pki_crl_parse, pki_crl, pki_crl_free, pki_crl_parse(f.ctx, f.crl_der, &p, err))
MAKES(pki_crl_parse_lenient, pki_crl, pki_crl_free,
    pki_crl_parse_lenient(f.ctx, f.crl_der, PKI_LENIENT_ALL, &p, err))
MAKES(
    pki_crl_borrow, pki_crl, pki_crl_free, pki_crl_borrow(f.ctx, f.crl_der, 0, NULL, NULL, &p, err))
MAKES(pki_crl_load, pki_crl, pki_crl_free, pki_crl_load(f.ctx, f.crl_pem, &p, err))
MAKES(pki_crl_load_lenient, pki_crl, pki_crl_free,
    pki_crl_load_lenient(f.ctx, f.crl_path, PKI_LENIENT_ALL, &p, err))
CALLS(pki_crl_builder_tbs, pki_crl_builder_tbs(f.revoked, f.ca, NULL, &out, err))

static pki_status op_pki_crl_join(pki_error *err)
{
	pki_crl *made = NULL, *c = NULL;
	pki_status st = pki_crl_builder_sign(f.revoked, f.ca, f.key, NULL, &made, err);

	if (st == PKI_SUCCESS)
		st = pki_crl_join(f.ctx, pki_crl_tbs(made), pki_crl_signature(made),
		    pki_key_public(f.key), &c, err);
	must_be_null(st == PKI_SUCCESS ? NULL : c);
	pki_crl_free(made);
	pki_crl_free(c);
	return st;
}

static pki_status op_pki_crl_check_signature(pki_error *err)
{
	pki_crl *c = NULL;
	pki_status st = pki_crl_builder_sign(f.revoked, f.ca, f.key, NULL, &c, err);

	if (st == PKI_SUCCESS)
		st = pki_crl_check_signature(c, pki_key_public(f.key), err);
	pki_crl_free(c);
	return st;
}

CALLS(pki_crl_write, pki_crl_write(f.crl, PKI_PEM, &out, err))
CALLS(pki_crl_save, pki_crl_save(f.crl, f.path, PKI_PEM, 0, err))
MAKES(pki_crls_new, pki_crls, pki_crls_free, pki_crls_new(f.ctx, &p, err))
MAKES(
    pki_crl_builder_new, pki_crl_builder, pki_crl_builder_free, pki_crl_builder_new(f.ctx, &p, err))

/* Of what it is made from nothing is left out. */
static pki_status op_pki_crl_builder_sign(pki_error *err)
{
	pki_crl *c = JUNK;
	pki_status st = pki_crl_builder_sign(
	    f.revoked, f.ca, f.key, PKI_OPTS(pki_crl_opts, .from = f.bmp), &c, err);

	must_be_null(st == PKI_SUCCESS && pki_crl_count(c) == 4 ? NULL : c);
	pki_crl_free(c);
	return st;
}

static pki_status with_cert(pki_status (*check)(const pki_cert *c, pki_error *err), pki_error *err)
{
	pki_cert *c = NULL;
	pki_status st = pki_cert_parse(f.ctx, f.cert_der, &c, err);

	if (st == PKI_SUCCESS)
		st = check(c, err);
	pki_cert_free(c);
	return st;
}

static pki_status check_host(const pki_cert *c, pki_error *err)
{
	return pki_cert_check_host(c, "www.example.org", err);
}

static pki_status check_ip(const pki_cert *c, pki_error *err)
{
	return pki_cert_check_ip(c, pki_bytes_of("\xc0\x00\x02\x01", 4), err);
}

static pki_status check_email(const pki_cert *c, pki_error *err)
{
	return pki_cert_check_email(c, "me@example.org", 0, err);
}

MAKES(pki_cert_parse, pki_cert, pki_cert_free, pki_cert_parse(f.ctx, f.cert_der, &p, err))
MAKES(pki_cert_parse_lenient, pki_cert, pki_cert_free,
    pki_cert_parse_lenient(f.ctx, f.cert_der, PKI_LENIENT_ALL, &p, err))
MAKES(pki_cert_load, pki_cert, pki_cert_free, pki_cert_load(f.ctx, f.cert_path, &p, err))
CALLS(pki_cert_write, pki_cert_write(f.ca, PKI_PEM, &out, err))
CALLS(pki_cert_save, pki_cert_save(f.ca, f.path, PKI_PEM, 0, err))
MAKES(pki_cert_pubkey, pki_pubkey, pki_pubkey_free, pki_cert_pubkey(f.ca, &p, err))
CALLS(pki_cert_check_signature, pki_cert_check_signature(f.ca, pki_key_public(f.key), err))
CALLS(pki_cert_fingerprint,
    pki_cert_fingerprint(f.ca, PKI_HASH_SHA256, (uint8_t[PKI_HASH_MAX]){ 0 }, err))
CALLS(pki_cert_check_host, with_cert(check_host, err))
CALLS(pki_cert_check_ip, with_cert(check_ip, err))
CALLS(pki_cert_check_email, with_cert(check_email, err))

static const char *const www[] = { "www.example.org", "192.0.2.1", NULL };
#define WWW PKI_OPTS(pki_cert_opts, .subject = "CN=x,O=y", .names = www)
MAKES(pki_cert_self_sign, pki_cert, pki_cert_free, pki_cert_self_sign(f.ctx, f.key, WWW, &p, err))
MAKES(pki_cert_issue, pki_cert, pki_cert_free, pki_cert_issue(f.csr, f.ca, f.key, WWW, &p, err))
MAKES(pki_cert_issue_spki, pki_cert, pki_cert_free,
    pki_cert_issue_spki(f.pub_der, f.ca, f.key, WWW, &p, err))
MAKES(pki_cert_reissue, pki_cert, pki_cert_free, pki_cert_reissue(f.ca, NULL, f.key, NULL, &p, err))
CALLS(pki_cert_tbs_of_csr, pki_cert_tbs_of_csr(f.ctx, f.csr, f.ca, WWW, &out, err))
CALLS(pki_cert_tbs_of_cert, pki_cert_tbs_of_cert(f.ctx, f.ca, NULL, NULL, &out, err))
CALLS(pki_cert_tbs_of_spki, pki_cert_tbs_of_spki(f.ctx, f.pub_der, f.ca, WWW, &out, err))
MAKES(pki_cert_join, pki_cert, pki_cert_free,
    pki_cert_join(
	f.ctx, pki_cert_tbs(f.ca), pki_cert_signature(f.ca), pki_key_public(f.key), &p, err))

/* What a builder is made to take, and the store that comes of it. */
typedef pki_status fill(pki_trust_builder *b, pki_error *err);

static pki_status with_builder(fill *to, pki_error *err)
{
	pki_trust_builder *b = JUNK;
	pki_trust *t = NULL;
	pki_status st = pki_trust_builder_new(f.ctx, &b, err);

	if (st == PKI_SUCCESS)
		st = to(b, err);
	else
		must_be_null(b);
	if (st == PKI_SUCCESS)
		st = pki_trust_freeze(b, &t, err);
	pki_trust_free(t);
	if (st != PKI_SUCCESS)
		must_be_null(t);
	pki_trust_builder_free(b);
	return st;
}

static const char *const subtrees[] = { "dns:example.org", "ip:192.0.2.0/24", NULL };
#define ANCHOR PKI_OPTS(pki_anchor_opts, .permit = subtrees, .exclude = subtrees)

static pki_status fill_certs(pki_trust_builder *b, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (int i = 0; i < 20 && st == PKI_SUCCESS; i++)
		st = pki_trust_add(b, f.ca, ANCHOR, err);
	return st;
}

static pki_status fill_key(pki_trust_builder *b, pki_error *err)
{
	return pki_trust_add_key(b, f.name, f.pub_der, ANCHOR, err);
}

static pki_status fill_list(pki_trust_builder *b, pki_error *err)
{
	return pki_trust_add_list(b, f.anchor_list, err);
}

static pki_status fill_file(pki_trust_builder *b, pki_error *err)
{
	return pki_trust_load(b, f.bundle_path, ANCHOR, err);
}

static pki_status fill_folder(pki_trust_builder *b, pki_error *err)
{
	return pki_trust_load(b, f.certs_folder, NULL, err);
}

/* Where libpki was configured without one, nothing can fail. */
static pki_status fill_system(pki_trust_builder *b, pki_error *err)
{
	return pki_trust_system_path() == NULL ? PKI_SUCCESS : pki_trust_system(b, err);
}

static pki_status fill_distrust(pki_trust_builder *b, pki_error *err)
{
	pki_status st = pki_trust_distrust(b, f.ca, err);

	return st == PKI_SUCCESS ? pki_trust_distrust_key(b, f.pub_der, err) : st;
}

CALLS(pki_trust_builder_new, with_builder(fill_key, err))
CALLS(pki_trust_add, with_builder(fill_certs, err))
CALLS(pki_trust_add_key, with_builder(fill_key, err))
CALLS(pki_trust_add_list, with_builder(fill_list, err))
CALLS(pki_trust_load, with_builder(fill_file, err))
CALLS(pki_trust_system, with_builder(fill_system, err))
CALLS(pki_trust_distrust, with_builder(fill_distrust, err))
CALLS(pki_trust_distrust_key, with_builder(fill_distrust, err))
CALLS(pki_trust_freeze, with_builder(fill_folder, err))
MAKES(pki_sig_cache_new, pki_sig_cache, pki_sig_cache_free, pki_sig_cache_new(f.ctx, 1000, &p, err))

/* A path that is valid, and one that is not: yet. Names that do not match would not do, as an error
 * tells of those for which there is memory. */
static pki_status op_pki_verify(pki_error *err)
{
	static const pki_time long_ago = 0;
	pki_verify_opts early = *asked("www.example");
	pki_result *r = JUNK;
	pki_status st = pki_verify(f.ctx, f.leaf, asked("www.example"), &r, err);

	if (st == PKI_SUCCESS) {
		pki_result_free(r);
		r = JUNK;
		early.at = &long_ago;
		st = pki_verify(f.ctx, f.leaf, &early, &r, err);
	}
	if (st != PKI_E_UNTRUSTED) {
		must_be_null(r);
		return st == PKI_SUCCESS ? pki_error_set(err, PKI_E_INTERNAL, "valid", NULL) : st;
	}
	pki_result_free(r);
	pki_error_init(err);
	return PKI_SUCCESS;
}
CALLS(pki_result_format, pki_result_format(f.refused, &out, err))
MAKES(pki_read_all, pki_objects, pki_objects_free, pki_read_all(f.ctx, f.csr_path, &p, err))
MAKES(pki_read_all_of, pki_objects, pki_objects_free, pki_read_all_of(f.ctx, f.all_pem, &p, err))

/* Every object of a file and its keys. */
static pki_status objects(pki_error *err)
{
	pki_pubkey *pub = NULL;
	pki_objects *l;
	pki_key *k = NULL;
	pki_object o;
	pki_status st = pki_read_all_of(f.ctx, f.all_pem, &l, err);

	if (st != PKI_SUCCESS)
		return st;
	(void)!pki_objects_allow(l, PKI_LENIENT_ALL, NULL);
	while ((st = pki_objects_next(l, &o, err)) == PKI_SUCCESS && o.kind != 0) {
		pub = JUNK;
		st = pki_object_pubkey(f.ctx, &o, &pub, err);
		if (st == PKI_SUCCESS && o.kind == PKI_KIND_PRIVATE_KEY) {
			k = JUNK;
			st = pki_object_key(f.ctx, &o, NULL, NULL, &k, err);
		}
		pki_pubkey_free(pub);
		pki_key_free(k);
		k = NULL;
		if (st != PKI_SUCCESS)
			break;
	}
	pki_objects_free(l);
	return st;
}
CALLS(pki_objects_allow, objects(err))
CALLS(pki_objects_next, objects(err))
CALLS(pki_object_key, objects(err))
CALLS(pki_object_pubkey, objects(err))

typedef struct op {
	const char *name;
	pki_status (*run)(pki_error *err);
} op;
#define OP(function)       \
 {                         \
#  function, op_##function \
 }

static const op ops[] = { OP(pki_buf_append), OP(pki_error_format), OP(pki_time_format),
	OP(pki_time_parse), OP(pki_time_from_civil), OP(pki_time_to_civil), OP(pki_oid_parse),
	OP(pki_oid_check), OP(pki_oid_format), OP(pki_pem_next), OP(pki_pem_encode),
	OP(pki_base64_encode), OP(pki_base64_decode), OP(pki_file_read), OP(pki_file_write),
	OP(pki_text_decode), OP(pki_text_encode), OP(pki_der_finish), OP(pki_derw_finish),
	OP(pki_backend_open), OP(pki_backend_list), OP(pki_backend_selftest), OP(pki_ctx_new),
	OP(pki_random), OP(pki_call_spend), OP(pki_name_parse), OP(pki_name_from_string),
	OP(pki_name_format), OP(pki_name_builder_new), OP(pki_name_builder_finish),
	OP(pki_gn_format), OP(pki_gn_from_string), OP(pki_ext_basic_constraints),
	OP(pki_ext_authority_key_id), OP(pki_ext_null), OP(pki_ext_format), OP(pki_gn_encode),
	OP(pki_ext_policy_constraints), OP(pki_ext_inhibit_any_policy),
	OP(pki_ext_name_constraints), OP(pki_policy_qualifier_encode), OP(pki_ext_relative_name),
	OP(pki_ext_edi_party), OP(pki_edi_party_encode), OP(pki_cert_tbs_of_spki),
	OP(pki_cert_tbs_of_cert), OP(pki_cert_tbs_of_csr), OP(pki_relative_name_encode),
	OP(pki_ext_crl_number), OP(pki_ext_issuing_point), OP(pki_ext_crl_reason),
	OP(pki_ext_invalidity_date), OP(pki_ext_key_usage), OP(pki_ext_key_id),
	OP(pki_ext_list_finish), OP(pki_exts_new), OP(pki_exts_status), OP(pki_key_generate),
	OP(pki_key_open), OP(pki_key_parse), OP(pki_key_load), OP(pki_key_write), OP(pki_key_save),
	OP(pki_envelope_parse), OP(pki_spki_parse), OP(pki_pubkey_import), OP(pki_pubkey_parse),
	OP(pki_pubkey_load), OP(pki_pubkey_write), OP(pki_pubkey_write_as), OP(pki_pubkey_save),
	OP(pki_pubkey_id), OP(pki_alg_parse), OP(pki_alg_default), OP(pki_hash_once),
	OP(pki_digest_new), OP(pki_digest_update), OP(pki_digest_dup), OP(pki_digest_final),
	OP(pki_sign), OP(pki_sign_digest), OP(pki_check), OP(pki_check_digest), OP(pki_csr_make),
	OP(pki_csr_parse), OP(pki_csr_load), OP(pki_csr_write), OP(pki_csr_save),
	OP(pki_csr_check_signature), OP(pki_csr_pubkey), OP(pki_certs_new), OP(pki_certs_add),
	OP(pki_certs_parse), OP(pki_certs_load), OP(pki_bundle_parse), OP(pki_bundle_load),
	OP(pki_bundle_write), OP(pki_bundle_save), OP(pki_ext_key_period), OP(pki_ext_qc_limit),
	OP(pki_ext_qc_retention), OP(pki_ext_qc_semantics), OP(pki_ext_sct_list),
	OP(pki_ext_ms_template_name), OP(pki_ext_ms_template), OP(pki_ext_ms_previous_cert),
	OP(pki_ext_ns_cert_type), OP(pki_ext_ns_text), OP(pki_ext_ip_blocks), OP(pki_ext_as_ids),
	OP(pki_ext_logotype), OP(pki_ext_ms_ca_version), OP(pki_logotype_hash_encode),
	OP(pki_logotype_uri_encode), OP(pki_logotype_image_encode), OP(pki_logotype_audio_encode),
	OP(pki_logotype_info_encode), OP(pki_cert_check_host), OP(pki_cert_check_ip),
	OP(pki_cert_check_email), OP(pki_trust_builder_new), OP(pki_trust_add),
	OP(pki_trust_add_key), OP(pki_trust_add_list), OP(pki_trust_load), OP(pki_trust_system),
	OP(pki_trust_distrust), OP(pki_trust_distrust_key), OP(pki_trust_freeze),
	OP(pki_sig_cache_new), OP(pki_verify), OP(pki_result_format), OP(pki_read_all),
	OP(pki_read_all_of), OP(pki_objects_allow), OP(pki_objects_next), OP(pki_object_key),
	OP(pki_object_pubkey), OP(pki_cert_self_sign), OP(pki_cert_issue), OP(pki_cert_issue_spki),
	OP(pki_cert_reissue), OP(pki_cert_join), OP(pki_cert_parse), OP(pki_cert_parse_lenient),
	OP(pki_cert_load), OP(pki_cert_write), OP(pki_cert_save), OP(pki_cert_pubkey),
	OP(pki_cert_check_signature), OP(pki_cert_fingerprint), OP(pki_spki_pin), OP(pki_crl_take),
	OP(pki_crl_check_signature), OP(pki_crl_index), OP(pki_crl_find), OP(pki_crl_find_cert),
	OP(pki_crl_builder_tbs), OP(pki_crl_join), OP(pki_revoked_issuer), OP(pki_crl_load_lenient),
	OP(pki_crls_add), OP(pki_crls_load), OP(pki_crls_index), OP(pki_crl_builder_status),
	OP(pki_crl_parse), OP(pki_crl_parse_lenient), OP(pki_crl_borrow), OP(pki_crl_load),
	OP(pki_crl_write), OP(pki_crl_save), OP(pki_crls_new), OP(pki_crl_builder_new),
	OP(pki_crl_builder_sign), OP(pki_asn1_new), OP(pki_asn1_add), OP(pki_asn1_decode),
	OP(pki_asn1_create), OP(pki_asn1_text), OP(pki_asn1_format), OP(pki_asn1_json),
	OP(pki_asn1_child), OP(pki_asn1_set), OP(pki_asn1_set_text), OP(pki_asn1_remove),
	OP(pki_asn1_encode) };
#define OPS (sizeof ops / sizeof *ops)

/* ---- the test of one ---- */

static size_t files_written(void)
{
	DIR *d = opendir(f.folder);
	size_t n = 0;

	ck_assert_ptr_nonnull(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

/* Full, so that whatever is appended needs memory. */
static void fill_out(pki_bytes before)
{
	pki_buf_free(&out);
	out.data = malloc(before.len);
	ck_assert_ptr_nonnull(out.data);
	memcpy(out.data, before.data, before.len);
	out.len = out.cap = before.len;
}

static pki_error last;

static pki_status run(const op *o, unsigned long fail_at, bool all_after, unsigned long *seen)
{
	pki_bytes before = pki_bytes_str(BEFORE);
	pki_status st;

	pki_error_init(&last);
	fill_out(before);
	oom_begin(fail_at, all_after);
	st = o->run(&last);
	*seen = oom_end();
	ck_assert_msg(oom_balance() == 0, "%s, allocation %lu: %ld blocks are left", o->name,
	    fail_at, oom_balance());
	ck_assert_msg(pki_error_status(&last) == st,
	    "%s, allocation %lu: the error says %s, not %s", o->name, fail_at,
	    pki_status_text(pki_error_status(&last)), pki_status_text(st));
	ck_assert_msg(!output_left, "%s, allocation %lu: an output is not NULL", o->name, fail_at);
	ck_assert_uint_ge(out.len, before.len);
	t_bytes_eq(pki_bytes_of(out.data, st == PKI_SUCCESS ? before.len : out.len), before);
	ck_assert_uint_le(files_written(), st == PKI_SUCCESS);
	(void)unlink(f.path);
	return st;
}

static bool expected(const op *o, pki_status st)
{
	if (st == PKI_E_NOMEM || st == PKI_E_BACKEND)
		return true;
	/* A self-test asks for what must fail, and for want of memory it does */
	if (o->run == op_pki_backend_selftest)
		return st == PKI_SUCCESS;
	/* a callback that finds no memory can only give up */
	return o->run == op_pki_key_parse && st == PKI_E_PASSWORD;
}

static void fail_each(const op *o, bool all_after)
{
	unsigned long count, seen, most = RUNNING_ON_VALGRIND ? FEW : MOST;
	pki_status st = run(o, 0, false, &count);

	ck_assert_msg(st == PKI_SUCCESS, "%s: %s", o->name, t_error(&last));
	if (o->run == op_pki_backend_selftest)
		most /= FEW; /* it takes a second */
	for (unsigned long n = 1; n <= count; n += count / most + 1) {
		st = run(o, n, all_after, &seen);
		ck_assert_msg(seen < n || expected(o, st), "%s, allocation %lu of %lu failed: %s",
		    o->name, n, count, pki_status_text(st));
		st = run(o, 0, false, &seen);
		ck_assert_msg(st == PKI_SUCCESS, "%s, after allocation %lu failed: %s", o->name, n,
		    pki_status_text(st));
	}
	if (!all_after)
		printf("%-28s %5lu allocations\n", o->name, count);
}

START_TEST(every_allocation)
{
	set_up();
	for (size_t i = 0; i < OPS; i++) {
		fail_each(&ops[i], false);
		if (ops[i].run != op_pki_backend_selftest)
			fail_each(&ops[i], true);
	}
	pki_buf_free(&out);
	tear_down();
}
END_TEST

/* ---- is the table complete? ---- */

static bool listed(const char *name, size_t len)
{
	for (size_t i = 0; i < OPS; i++)
		if (strlen(ops[i].name) == len && strncmp(ops[i].name, name, len) == 0)
			return true;
	return false;
}

static size_t names_of_header(const char *path)
{
	pki_buf text = PKI_BUF_INIT;
	size_t found = 0;

	t_ok(pki_file_read(path, 1 << 20, &text, err));
	for (const char *at = pki_buf_str(&text);
	     (at = strstr(at, "\nPKI_FALLIBLE pki_")) != NULL;) {
		at += strlen("\nPKI_FALLIBLE ");
		size_t len = strcspn(at, "(\n ");

		ck_assert_msg(listed(at, len), "%s: no test of %.*s", path, (int)len, at);
		found++;
	}
	pki_buf_free(&text);
	return found;
}

START_TEST(every_function)
{
	DIR *d = opendir(TOP_SRCDIR "/include/pki");
	char path[1024];
	struct dirent *e;
	size_t found = 0;

	ck_assert_ptr_nonnull(d);
	while ((e = readdir(d)) != NULL) {
		if (strchr(e->d_name, '.') == NULL || strcmp(strrchr(e->d_name, '.'), ".h") != 0)
			continue;
		if (strcmp(e->d_name, "jwk.h") == 0 || strcmp(e->d_name, "asn1_json.h") == 0)
			continue; /* of another library: test_jwk, test_asn1_json */
		snprintf(path, sizeof path, "%s/include/pki/%s", TOP_SRCDIR, e->d_name);
		found += names_of_header(path);
	}
	closedir(d);
	ck_assert_uint_eq(found, OPS);
	printf("%zu of %zu functions\n", found, OPS);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { every_function, every_allocation, NULL };

	return t_main("oom", tests);
}
