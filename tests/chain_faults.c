/* SPDX-License-Identifier: BSD-3-Clause */
/* What can be wrong with a chain. */
#include <string.h>

#include "tests/chain_faults.h"

#define LEAF(g)        (&(g)->certs[0])
#define DER(name, hex) static const char name[] = hex

/* 1.3.6.1.4.1.99999.n */
#define OTHER_POLICY "2b06010401868d1f02"
#define OTHER_EXT    "2b06010401868d1f63"

static void take(gen_cert *c, pki_exts *e)
{
	gen_ext_take(&c->exts, e);
}

/* ---- signatures, algorithms, keys ---- */

static void flip(gen_chain *g, const fault *f)
{
	g->certs[f->at].flip = true;
}

static void other_signer(gen_chain *g, const fault *f)
{
	g->certs[f->at].issuer_key = 9;
}

static void sha1(gen_chain *g, const fault *f)
{
	g->certs[f->at].hash = PKI_HASH_SHA1;
}

static void md5(gen_chain *g, const fault *f)
{
	g->certs[f->at + 1].key = GEN_RSA2048;
	g->certs[f->at].issuer_key = GEN_RSA2048;
	g->certs[f->at].hash = PKI_HASH_MD5;
	if (f->at + 2 == g->count)
		g->certs[f->at + 1].issuer_key = GEN_RSA2048;
}

static void unknown_algorithm(gen_chain *g, const fault *f)
{
	g->certs[f->at].other_algorithm = true;
}

/* This certificate has that key, and signs with it. */
static void use_key(gen_chain *g, size_t at, size_t key)
{
	g->certs[at].key = key;
	if (at > 0) {
		g->certs[at - 1].issuer_key = key;
		g->crls[at - 1].issuer_key = key;
	}
	if (at + 1 == g->count)
		g->certs[at].issuer_key = key;
}

static void rsa1024(gen_chain *g, const fault *f)
{
	use_key(g, f->at, GEN_RSA1024);
}

static void dsa(gen_chain *g, const fault *f)
{
	use_key(g, f->at, GEN_DSA);
}

static void unknown_curve(gen_chain *g, const fault *f)
{
	use_key(g, f->at, GEN_SECP256K1);
}

static void strong_keys(gen_chain *g, const fault *f)
{
	(void)f;
	for (size_t i = 0; i < g->count; i++)
		use_key(g, i, GEN_P384);
	g->ask.min_strength = 192;
}

static void p256(gen_chain *g, const fault *f)
{
	use_key(g, f->at, f->at);
}

/* ---- validity ---- */

static void expired(gen_chain *g, const fault *f)
{
	g->certs[f->at].to = GEN_AT - 1;
}

static void not_yet(gen_chain *g, const fault *f)
{
	g->certs[f->at].from = GEN_AT + 1;
}

static void ends_now(gen_chain *g, const fault *f)
{
	g->certs[f->at].to = GEN_AT;
}

static void a_moment_later(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.at_nsec = 1;
}

/* ---- names of issuers ---- */

static void other_issuer(gen_chain *g, const fault *f)
{
	g->certs[f->at].issuer = "CN=Somebody,O=Example,C=NL";
}

static void other_subject(gen_chain *g, const fault *f)
{
	g->certs[f->at].subject = "CN=Somebody,O=Example,C=NL";
}

/* ---- CAs ---- */

static void no_basic_constraints(gen_chain *g, const fault *f)
{
	gen_ext_drop(&g->certs[f->at].exts, PKI_OID(basic_constraints));
}

static void not_a_ca(gen_chain *g, const fault *f)
{
	gen_ext_set(&g->certs[f->at].exts, PKI_OID(basic_constraints), true, t_hex("3000"));
}

static void v1(gen_chain *g, const fault *f)
{
	g->certs[f->at].version = 1;
	g->certs[f->at].exts.count = 0;
}

static void no_cert_sign(gen_chain *g, const fault *f)
{
	gen_usage(&g->certs[f->at], PKI_KU_CRL_SIGN);
}

static void path_length(gen_chain *g, const fault *f)
{
	gen_ca(&g->certs[f->at], f->at < 2 ? 0 : (int32_t)f->at - 2);
}

static void depth_of_two(gen_chain *g, const fault *f)
{
	(void)f;
	g->max_intermediates = 2;
	g->ask.max_intermediates = &g->max_intermediates;
}

static void depth_of_one(gen_chain *g, const fault *f)
{
	depth_of_two(g, f);
	g->max_intermediates = 1;
}

static void anchor_depth(gen_chain *g, const fault *f)
{
	depth_of_two(g, f);
	g->anchor.path_len = &g->max_intermediates;
	g->ask.max_intermediates = NULL;
}

static void anchor_shallow(gen_chain *g, const fault *f)
{
	(void)f;
	g->max_intermediates = 1;
}

static void self_issued_last(gen_chain *g, const fault *f)
{
	(void)f;
	/* CA 1 becomes a self-issued certificate of CA 2's, which counts nothing */
	g->certs[1].subject = g->certs[1].issuer;
	LEAF(g)->issuer = g->certs[1].subject;
	g->crls[0].issuer = g->certs[1].subject;
	gen_ca(&g->certs[1], 0);
	gen_ca(&g->certs[2], 0);
}

static void not_self_issued(gen_chain *g, const fault *f)
{
	(void)f;
	g->certs[1].subject = "CN=Somebody,O=Example,C=NL";
	LEAF(g)->issuer = g->certs[1].subject;
	g->crls[0].issuer = g->certs[1].subject;
}

static void unknown_critical(gen_chain *g, const fault *f)
{
	gen_ext_set(&g->certs[f->at].exts, t_hex(OTHER_EXT), true, t_hex("0500"));
}

static void unknown_not_critical(gen_chain *g, const fault *f)
{
	gen_ext_set(&g->certs[f->at].exts, t_hex(OTHER_EXT), false, t_hex("0500"));
}

static void ocsp_nocheck(gen_chain *g, const fault *f)
{
	gen_ext_set(&g->certs[f->at].exts, PKI_OID(ocsp_nocheck), true, t_hex("0500"));
}

/* ---- name constraints ---- */

/* text: the constraint on CA 2; a name that is fine, and one that is not. */
static void permit(gen_chain *g, const fault *f)
{
	gen_permit(&g->certs[2], f->text[0]);
	if (f->text[1] != NULL)
		gen_san(LEAF(g), f->text[1]);
}

static void exclude(gen_chain *g, const fault *f)
{
	gen_exclude(&g->certs[2], f->text[0]);
	if (f->text[1] != NULL)
		gen_san(LEAF(g), f->text[1]);
}

static void name_outside(gen_chain *g, const fault *f)
{
	gen_san(LEAF(g), f->text[2]);
}

static void subject_outside(gen_chain *g, const fault *f)
{
	LEAF(g)->subject = f->text[2];
}

/* A CA below whose name is not within. */
static void ca_outside(gen_chain *g, const fault *f)
{
	g->certs[1].subject = f->text[2];
	LEAF(g)->issuer = f->text[2];
	g->crls[0].issuer = f->text[2];
}

static void permit_both(gen_chain *g, const fault *f)
{
	gen_permit(&g->certs[2], f->text[0]);
	gen_permit(&g->certs[1], f->text[0]);
}

static void permit_elsewhere(gen_chain *g, const fault *f)
{
	gen_ext_drop(&g->certs[1].exts, PKI_OID(name_constraints));
	gen_permit(&g->certs[1], f->text[2]);
}

static void exclude_below(gen_chain *g, const fault *f)
{
	gen_exclude(&g->certs[1], f->text[2]);
}

static void permit_in_root(gen_chain *g, const fault *f)
{
	gen_permit(&g->certs[3], f->text[0]);
}

static void root_permits_else(gen_chain *g, const fault *f)
{
	gen_ext_drop(&g->certs[3].exts, PKI_OID(name_constraints));
	gen_permit(&g->certs[3], f->text[2]);
}

static void initial_permit(gen_chain *g, const fault *f)
{
	g->permit[0] = f->text[0];
	g->ask.permit = g->permit;
}

static void initial_exclude(gen_chain *g, const fault *f)
{
	g->exclude[0] = f->text[0];
	g->ask.exclude = g->exclude;
}

static void anchor_permit(gen_chain *g, const fault *f)
{
	g->permit[0] = f->text[0];
	g->anchor.permit = g->permit;
}

static void anchor_exclude(gen_chain *g, const fault *f)
{
	g->exclude[0] = f->text[0];
	g->anchor.exclude = g->exclude;
}

static void other_permit(gen_chain *g, const fault *f)
{
	g->permit[0] = f->text[2];
}

static void other_exclude(gen_chain *g, const fault *f)
{
	g->exclude[0] = f->text[2];
}

/* NameConstraints with a minimum of 1. */
static void minimum(gen_chain *g, const fault *f)
{
	(void)f;
	gen_ext_set(&g->certs[2].exts, PKI_OID(name_constraints), true,
	    t_hex("3014a0123010820b6578616d706c652e6f7267800101"));
}

/* ---- policies ---- */

static void require_policy(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.policy_flags = PKI_REQUIRE_POLICY;
}

static void one_policy(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.policies = g->policies;
	g->ask.policy_count = 1;
}

static void policy_set(gen_chain *g, const fault *f)
{
	require_policy(g, f);
	g->ask.policy_set = g->policies;
	g->ask.policy_set_count = 1;
}

static void other_set(gen_chain *g, const fault *f)
{
	(void)f;
	g->policies[0] = t_hex(OTHER_POLICY);
}

static void no_policies(gen_chain *g, const fault *f)
{
	gen_ext_drop(&g->certs[f->at].exts, PKI_OID(certificate_policies));
}

static void other_policy(gen_chain *g, const fault *f)
{
	no_policies(g, f);
	gen_policy(&g->certs[f->at], t_hex(OTHER_POLICY));
}

static void any_policy(gen_chain *g, const fault *f)
{
	require_policy(g, f);
	no_policies(g, f);
	gen_policy(&g->certs[f->at], PKI_OID(any_policy));
}

static void inhibit_any(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.policy_flags |= PKI_INHIBIT_ANY_POLICY;
}

static void inhibit_any_above(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	(void)f;
	pki_exts_inhibit_any_policy(e, 0);
	take(&g->certs[2], e);
}

static void explicit_policy(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	(void)f;
	pki_exts_policy_constraints(
	    e, &(pki_policy_constraints){ .has_require_explicit_policy = true });
	take(&g->certs[2], e);
}

/* CA 2 has the first policy, which to CA 1 and the leaf is the second one. */
static void mapping(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	require_policy(g, f);
	pki_exts_policy_mapping(e, &(pki_policy_mapping){ g->policies[0], t_hex(OTHER_POLICY) });
	take(&g->certs[2], e);
	for (size_t i = 0; i < 2; i++) {
		gen_ext_drop(&g->certs[i].exts, PKI_OID(certificate_policies));
		gen_policy(&g->certs[i], t_hex(OTHER_POLICY));
	}
}

static void inhibit_mapping(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.policy_flags |= PKI_INHIBIT_MAPPING;
}

/* Mapped at CA 1, below what inhibits it. */
static void mapping_below(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	require_policy(g, f);
	pki_exts_policy_mapping(e, &(pki_policy_mapping){ g->policies[0], t_hex(OTHER_POLICY) });
	take(&g->certs[1], e);
	gen_ext_drop(&LEAF(g)->exts, PKI_OID(certificate_policies));
	gen_policy(LEAF(g), t_hex(OTHER_POLICY));
}

static void inhibit_mapping_above(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	(void)f;
	pki_exts_policy_constraints(
	    e, &(pki_policy_constraints){ .has_inhibit_policy_mapping = true });
	take(&g->certs[2], e);
}

/* To anyPolicy: SEQUENCE OF SEQUENCE { policy, anyPolicy } */
static void map_any(gen_chain *g, const fault *f)
{
	(void)f;
	gen_ext_set(&g->certs[2].exts, PKI_OID(policy_mappings), true,
	    t_hex("3013301106092b06010401868d1f010604551d2000"));
}

static void anchor_policies(gen_chain *g, const fault *f)
{
	require_policy(g, f);
	g->anchor.policies = g->policies;
	g->anchor.policy_count = 1;
}

/* ---- extKeyUsage, keyUsage ---- */

static void eku(gen_cert *c, pki_bytes oid, bool critical)
{
	pki_exts *e = gen_builder();

	pki_exts_eku(e, oid);
	pki_exts_set_critical(e, PKI_OID(ext_key_usage), critical);
	take(c, e);
}

static void eku_client(gen_chain *g, const fault *f)
{
	eku(&g->certs[f->at], PKI_OID(client_auth), false);
}

static void eku_server(gen_chain *g, const fault *f)
{
	eku(&g->certs[f->at], PKI_OID(server_auth), false);
}

static void eku_any(gen_chain *g, const fault *f)
{
	eku(&g->certs[f->at], PKI_OID(any_extended_key_usage), false);
}

static void for_client(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.purpose = PKI_PURPOSE_CLIENT;
	g->ask.host = NULL;
	eku(LEAF(g), PKI_OID(client_auth), false);
}

static void for_code(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.purpose = PKI_PURPOSE_CODE;
	g->ask.host = NULL;
	eku(LEAF(g), PKI_OID(code_signing), false);
}

static void for_email(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.purpose = PKI_PURPOSE_EMAIL;
	g->ask.host = NULL;
	g->ask.email = "me@example.org";
	eku(LEAF(g), PKI_OID(email_protection), false);
	gen_ext_drop(&LEAF(g)->exts, PKI_OID(subject_alt_name));
	gen_san(LEAF(g), "email:me@example.org");
}

static void for_timestamps(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.purpose = PKI_PURPOSE_TIMESTAMP;
	g->ask.host = NULL;
	eku(LEAF(g), PKI_OID(time_stamping), true);
}

static void for_ocsp(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.purpose = PKI_PURPOSE_OCSP;
	g->ask.host = NULL;
	eku(LEAF(g), PKI_OID(ocsp_signing), false);
}

static void for_oid(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.purpose = PKI_PURPOSE_OID;
	g->ask.purpose_oid = PKI_OID(code_signing);
	g->ask.host = NULL;
	eku(LEAF(g), PKI_OID(code_signing), false);
}

static void key_agreement(gen_chain *g, const fault *f)
{
	gen_usage(&g->certs[f->at], PKI_KU_KEY_AGREEMENT);
}

/* ---- names that are asked for ---- */

static void other_host(gen_chain *g, const fault *f)
{
	g->ask.host = f->text[2];
}

static void wildcard(gen_chain *g, const fault *f)
{
	gen_san(LEAF(g), f->text[0]);
	g->ask.host = f->text[1];
}

static void address(gen_chain *g, const fault *f)
{
	gen_san(LEAF(g), f->text[0]);
	g->ask.ip = f->text[1];
}

static void other_address(gen_chain *g, const fault *f)
{
	g->ask.ip = f->text[2];
}

static void other_email(gen_chain *g, const fault *f)
{
	g->ask.email = f->text[2];
}

static void no_san(gen_chain *g, const fault *f)
{
	(void)f;
	gen_ext_drop(&LEAF(g)->exts, PKI_OID(subject_alt_name));
}

/* ---- revocation ---- */

static void require(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.revocation = PKI_REVOCATION_REQUIRE;
}

static void if_present(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.revocation = PKI_REVOCATION_IF_PRESENT;
}

static void revoked(gen_chain *g, const fault *f)
{
	g->crls[f->at].revoked = g->certs[f->at].serial;
}

static void on_hold(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	pki_exts_crl_reason(e, PKI_REASON_HOLD);
	gen_ext_take(&g->crls[f->at].entry_exts, e);
	revoked(g, f);
}

static void no_crl(gen_chain *g, const fault *f)
{
	memmove(
	    &g->crls[f->at], &g->crls[f->at + 1], (g->crl_count - f->at - 1) * sizeof g->crls[0]);
	g->crl_count--;
}

static void stale(gen_chain *g, const fault *f)
{
	g->crls[f->at].to = GEN_AT - 1;
}

static void crl_not_yet(gen_chain *g, const fault *f)
{
	g->crls[f->at].from = GEN_AT + 1;
}

static void crl_flip(gen_chain *g, const fault *f)
{
	g->crls[f->at].flip = true;
}

static void crl_other_signer(gen_chain *g, const fault *f)
{
	g->crls[f->at].issuer_key = 9;
}

static void crl_sha1(gen_chain *g, const fault *f)
{
	g->crls[f->at].hash = PKI_HASH_SHA1;
}

static void crl_other_issuer(gen_chain *g, const fault *f)
{
	g->crls[f->at].issuer = "CN=Somebody,O=Example,C=NL";
}

static void no_crl_sign(gen_chain *g, const fault *f)
{
	gen_usage(&g->certs[f->at + 1], PKI_KU_KEY_CERT_SIGN);
}

static void crl_unknown_critical(gen_chain *g, const fault *f)
{
	gen_ext_set(&g->crls[f->at].exts, t_hex(OTHER_EXT), true, t_hex("0500"));
}

static void entry_unknown_critical(gen_chain *g, const fault *f)
{
	g->crls[f->at].revoked = 77;
	gen_ext_set(&g->crls[f->at].entry_exts, t_hex(OTHER_EXT), true, t_hex("0500"));
}

static void issuing_point(gen_chain *g, size_t at, const pki_issuing_point *p)
{
	pki_exts *e = gen_builder();

	pki_exts_issuing_point(e, p);
	gen_ext_take(&g->crls[at].exts, e);
}

static void only_cas(gen_chain *g, const fault *f)
{
	issuing_point(g, f->at, &(pki_issuing_point){ .only_ca_certs = true });
}

static void only_users(gen_chain *g, const fault *f)
{
	issuing_point(g, f->at, &(pki_issuing_point){ .only_user_certs = true });
}

static void only_attributes(gen_chain *g, const fault *f)
{
	issuing_point(g, f->at, &(pki_issuing_point){ .only_attribute_certs = true });
}

static void some_reasons(gen_chain *g, const fault *f)
{
	issuing_point(
	    g, f->at, &(pki_issuing_point){ .only_some_reasons = PKI_REASON_FLAG_KEY_COMPROMISE });
}

static void dist_point(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	require(g, f);
	pki_exts_crl_url(e, "http://example.org/a.crl");
	take(&g->certs[f->at], e);
}

/* GeneralName: a URI */
#define URI_B "8618687474703a2f2f6578616d706c652e6f72672f622e63726c"

static void other_point(gen_chain *g, const fault *f)
{
	issuing_point(g, f->at, &(pki_issuing_point){ .full_name = t_hex(URI_B) });
}

static void delta_alone(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	pki_exts_delta_crl(e, t_hex("04"));
	gen_ext_take(&g->crls[f->at].exts, e);
}

static void no_rev_avail(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	require(g, f);
	pki_exts_no_rev_avail(e);
	take(&g->certs[f->at], e);
}

static void dist_point_too(gen_chain *g, const fault *f)
{
	pki_exts *e = gen_builder();

	pki_exts_crl_url(e, "http://example.org/a.crl");
	take(&g->certs[f->at], e);
}

/* ---- trust ---- */

static void distrust(gen_chain *g, const fault *f)
{
	g->distrusted = f->at;
}

static void distrust_key(gen_chain *g, const fault *f)
{
	g->distrusted = f->at;
	g->distrust_key = true;
}

static void anchor_for_server(gen_chain *g, const fault *f)
{
	(void)f;
	g->anchor.purposes = PKI_PURPOSE_BIT(PKI_PURPOSE_SERVER);
}

static void anchor_for_email(gen_chain *g, const fault *f)
{
	(void)f;
	g->anchor.purposes = PKI_PURPOSE_BIT(PKI_PURPOSE_EMAIL);
}

static void distrust_later(gen_chain *g, const fault *f)
{
	(void)f;
	g->after = GEN_AT;
	g->anchor.distrust_after = &g->after;
}

static void distrust_early(gen_chain *g, const fault *f)
{
	(void)f;
	g->after = GEN_FROM - 1;
}

/* ---- profiles ---- */

static void strict(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.rules = PKI_RULES_STRICT;
}

static void webpki(gen_chain *g, const fault *f)
{
	(void)f;
	g->ask.rules = PKI_RULES_WEBPKI;
}

static void no_aki(gen_chain *g, const fault *f)
{
	gen_ext_drop(&g->certs[f->at].exts, PKI_OID(authority_key_identifier));
}

static void no_ski(gen_chain *g, const fault *f)
{
	gen_ext_drop(&g->certs[f->at].exts, PKI_OID(subject_key_identifier));
}

static void set_critical(gen_chain *g, size_t at, pki_bytes oid, bool critical)
{
	gen_ext *e = gen_ext_find(&g->certs[at].exts, oid);

	if (e != NULL)
		e->critical = critical;
}

static void bc_not_critical(gen_chain *g, const fault *f)
{
	set_critical(g, f->at, PKI_OID(basic_constraints), false);
}

static void aki_critical(gen_chain *g, const fault *f)
{
	set_critical(g, f->at, PKI_OID(authority_key_identifier), true);
}

static void strict_permit(gen_chain *g, const fault *f)
{
	strict(g, f);
	gen_permit(&g->certs[f->at], "dns:example.org");
}

static void nc_not_critical(gen_chain *g, const fault *f)
{
	set_critical(g, f->at, PKI_OID(name_constraints), false);
}

static void leaf_signs_certs(gen_chain *g, const fault *f)
{
	gen_usage(&g->certs[f->at], PKI_KU_DIGITAL_SIGNATURE | PKI_KU_KEY_CERT_SIGN);
}

static void no_key_usage(gen_chain *g, const fault *f)
{
	gen_ext_drop(&g->certs[f->at].exts, PKI_OID(key_usage));
}

static void serial_zero(gen_chain *g, const fault *f)
{
	g->certs[f->at].serial = 0;
}

static void empty_subject(gen_chain *g, const fault *f)
{
	strict(g, f);
	LEAF(g)->subject = "";
	set_critical(g, 0, PKI_OID(subject_alt_name), true);
}

static void san_not_critical(gen_chain *g, const fault *f)
{
	set_critical(g, f->at, PKI_OID(subject_alt_name), false);
}

static void no_eku(gen_chain *g, const fault *f)
{
	gen_ext_drop(&g->certs[f->at].exts, PKI_OID(ext_key_usage));
}

static void webpki_sha1(gen_chain *g, const fault *f)
{
	webpki(g, f);
	g->ask.allow = PKI_ALLOW_SHA1;
}

static void webpki_rsa1024(gen_chain *g, const fault *f)
{
	webpki(g, f);
	g->ask.allow = PKI_ALLOW_RSA1024;
}

static void webpki_any_name(gen_chain *g, const fault *f)
{
	webpki(g, f);
	g->ask.host = NULL;
}

/* clang-format off */
#define SIG     "RFC 5280 6.1.3(a)(1)"
#define DATES   "RFC 5280 6.1.3(a)(2)"
#define REVOKED "RFC 5280 6.1.3(a)(3)"
#define CHAIN   "RFC 5280 6.1.3(a)(4)"
#define NC      "RFC 5280 6.1.3(b)"
#define NCX     "RFC 5280 6.1.3(c)"
#define POLICY  "RFC 5280 6.1.3(f)"
#define CRL     "RFC 5280 6.3.3"
#define NONE    { NULL, NULL, NULL }
#define C(x)    PKI_CODE_##x

const fault faults[] = {
	{ "signature flipped", SIG, NULL, flip, NONE, 0, 0, C(SIGNATURE) },
	{ "signature flipped", SIG, NULL, flip, NONE, 1, 1, C(SIGNATURE) },
	{ "signature flipped", SIG, NULL, flip, NONE, 2, 2, C(SIGNATURE) },
	{ "another key signed", SIG, NULL, other_signer, NONE, 0, 0, C(SIGNATURE) },
	{ "another key signed", SIG, NULL, other_signer, NONE, 1, 1, C(SIGNATURE) },
	{ "another key signed", SIG, NULL, other_signer, NONE, 2, 2, C(SIGNATURE) },
	{ "SHA-1", SIG, NULL, sha1, NONE, 0, 0, C(WEAK) },
	{ "SHA-1", SIG, NULL, sha1, NONE, 1, 1, C(WEAK) },
	{ "SHA-1", SIG, NULL, sha1, NONE, 2, 2, C(WEAK) },
	{ "MD5", SIG, NULL, md5, NONE, 0, 0, C(WEAK) },
	{ "MD5", SIG, NULL, md5, NONE, 2, 2, C(WEAK) },
	{ "unknown signature algorithm", SIG, NULL, unknown_algorithm, NONE, 0, 0, C(UNSUPPORTED) },
	{ "unknown signature algorithm", SIG, NULL, unknown_algorithm, NONE, 2, 2, C(UNSUPPORTED) },
	{ "RSA of 1024 bits", SIG, NULL, rsa1024, NONE, 0, 0, C(WEAK) },
	{ "RSA of 1024 bits", SIG, NULL, rsa1024, NONE, 1, 0, C(WEAK) },
	{ "RSA of 1024 bits", SIG, NULL, rsa1024, NONE, 2, 1, C(WEAK) },
	{ "RSA of 1024 bits", SIG, NULL, rsa1024, NONE, 3, 3, C(WEAK) },
	{ "DSA", SIG, NULL, dsa, NONE, 1, 0, C(WEAK) },
	{ "DSA", SIG, NULL, dsa, NONE, 2, 1, C(WEAK) },
	{ "unknown curve", SIG, NULL, unknown_curve, NONE, 1, 0, C(UNSUPPORTED) },
	{ "unknown curve", SIG, NULL, unknown_curve, NONE, 2, 1, C(UNSUPPORTED) },
	{ "less than the strength asked for", SIG, strong_keys, p256, NONE, 0, 0, C(WEAK) },
	{ "less than the strength asked for", SIG, strong_keys, p256, NONE, 2, 2, C(WEAK) },

	{ "expired", DATES, NULL, expired, NONE, 0, 0, C(EXPIRED) },
	{ "expired", DATES, NULL, expired, NONE, 1, 1, C(EXPIRED) },
	{ "expired", DATES, NULL, expired, NONE, 2, 2, C(EXPIRED) },
	{ "expired anchor", "RFC 5937", NULL, expired, NONE, 3, 3, C(EXPIRED) },
	{ "not yet valid", DATES, NULL, not_yet, NONE, 0, 0, C(NOT_YET_VALID) },
	{ "not yet valid", DATES, NULL, not_yet, NONE, 1, 1, C(NOT_YET_VALID) },
	{ "not yet valid", DATES, NULL, not_yet, NONE, 2, 2, C(NOT_YET_VALID) },
	{ "anchor not yet valid", "RFC 5937", NULL, not_yet, NONE, 3, 3, C(NOT_YET_VALID) },
	{ "a nanosecond late", DATES, ends_now, a_moment_later, NONE, 0, 0, C(EXPIRED) },
	{ "a nanosecond late", DATES, ends_now, a_moment_later, NONE, 2, 2, C(EXPIRED) },

	{ "another issuer's name", CHAIN, NULL, other_issuer, NONE, 0, 0, C(NO_ISSUER) },
	{ "another issuer's name", CHAIN, NULL, other_issuer, NONE, 1, 1, C(NO_ISSUER) },
	{ "another issuer's name", CHAIN, NULL, other_issuer, NONE, 2, 2, C(NO_ISSUER) },
	{ "another subject's name", CHAIN, NULL, other_subject, NONE, 1, 0, C(NO_ISSUER) },
	{ "another subject's name", CHAIN, NULL, other_subject, NONE, 3, 2, C(NO_ISSUER) },

	{ "CA without basicConstraints", "RFC 5280 6.1.4(k)", NULL, no_basic_constraints, NONE, 1, 1, C(NOT_A_CA) },
	{ "CA without basicConstraints", "RFC 5280 6.1.4(k)", NULL, no_basic_constraints, NONE, 2, 2, C(NOT_A_CA) },
	{ "anchor without basicConstraints", "RFC 5937", NULL, no_basic_constraints, NONE, 3, 3, C(NOT_A_CA) },
	{ "CA with cA FALSE", "RFC 5280 6.1.4(k)", NULL, not_a_ca, NONE, 1, 1, C(NOT_A_CA) },
	{ "CA with cA FALSE", "RFC 5280 6.1.4(k)", NULL, not_a_ca, NONE, 2, 2, C(NOT_A_CA) },
	{ "anchor with cA FALSE", "RFC 5937", NULL, not_a_ca, NONE, 3, 3, C(NOT_A_CA) },
	{ "CA of version 1", "RFC 5280 6.1.4(k)", NULL, v1, NONE, 1, 1, C(NOT_A_CA) },
	{ "CA of version 1", "RFC 5280 6.1.4(k)", NULL, v1, NONE, 2, 2, C(NOT_A_CA) },
	{ "CA without keyCertSign", "RFC 5280 6.1.4(n)", NULL, no_cert_sign, NONE, 1, 1, C(KEY_USAGE) },
	{ "CA without keyCertSign", "RFC 5280 6.1.4(n)", NULL, no_cert_sign, NONE, 2, 2, C(KEY_USAGE) },
	{ "anchor without keyCertSign", "RFC 5937", NULL, no_cert_sign, NONE, 3, 3, C(KEY_USAGE) },
	{ "path too long", "RFC 5280 6.1.4(l)", NULL, path_length, NONE, 2, 1, C(PATH_LENGTH) },
	{ "path too long for the anchor", "RFC 5937", NULL, path_length, NONE, 3, 1, C(PATH_LENGTH) },
	{ "path too long: not self-issued", "RFC 5280 6.1.4(l)", self_issued_last, not_self_issued, NONE, 1, 1, C(PATH_LENGTH) },
	{ "path too long for the caller", "RFC 5280 6.1.4(l)", depth_of_two, depth_of_one, NONE, 0, 1, C(PATH_LENGTH) },
	{ "path too long for the anchor's options", "RFC 5914 2.4", anchor_depth, anchor_shallow, NONE, 0, 1, C(PATH_LENGTH) },
	{ "unknown critical extension", "RFC 5280 6.1.4(o)", unknown_not_critical, unknown_critical, NONE, 0, 0, C(CRITICAL_EXTENSION) },
	{ "unknown critical extension", "RFC 5280 6.1.4(o)", unknown_not_critical, unknown_critical, NONE, 1, 1, C(CRITICAL_EXTENSION) },
	{ "unknown critical extension", "RFC 5280 6.1.4(o)", unknown_not_critical, unknown_critical, NONE, 2, 2, C(CRITICAL_EXTENSION) },
	{ "unknown critical extension beside id-pkix-ocsp-nocheck", "RFC 5280 6.1.5(f)", ocsp_nocheck, unknown_critical, NONE, 0, 0, C(CRITICAL_EXTENSION) },
	{ "unknown critical extension of the anchor", "RFC 5937", unknown_not_critical, unknown_critical, NONE, 3, 3, C(CRITICAL_EXTENSION) },

	{ "dNSName not permitted", NC, permit, name_outside, { "dns:example.org", "dns:a.example.org", "dns:example.net" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "dNSName not below the host", NC, permit, name_outside, { "dns:example.org", NULL, "dns:badexample.org" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "dNSName excluded", NCX, exclude, name_outside, { "dns:bad.example.org", "dns:good.example.org", "dns:BAD.example.org" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "wildcard over an excluded host", NCX, exclude, name_outside, { "dns:bad.example.org", NULL, "dns:*.example.org" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "iPAddress not permitted", NC, permit, name_outside, { "ip:192.0.2.0/24", "ip:192.0.2.1", "ip:192.0.3.1" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "iPAddress of another family", NC, permit, name_outside, { "ip:192.0.2.0/24", "ip:192.0.2.1", "ip:2001:db8::1" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "iPAddress excluded", NCX, exclude, name_outside, { "ip:2001:db8::/32", "ip:2001:db9::1", "ip:2001:db8::1" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "rfc822Name not permitted", NC, permit, name_outside, { "email:example.org", "email:me@example.org", "email:me@a.example.org" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "rfc822Name excluded: a mailbox", NCX, exclude, name_outside, { "email:me@example.org", "email:you@example.org", "email:me@EXAMPLE.org" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "rfc822Name excluded: a domain", NCX, exclude, name_outside, { "email:.example.org", "email:you@example.org", "email:me@a.example.org" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "URI not permitted", NC, permit, name_outside, { "uri:.example.org", "uri:https://a.example.org/x", "uri:https://example.net/" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "URI excluded", NCX, exclude, name_outside, { "uri:bad.example.org", "uri:https://good.example.org/", "uri:https://me@bad.example.org:8443/" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "URI without a host name", NC, permit, name_outside, { "uri:.example.org", NULL, "uri:urn:a:b" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "subject not permitted", NC, permit, subject_outside, { "dn:O=Example,C=NL", NULL, "CN=www.example.org,O=Other,C=NL" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "directoryName not permitted", NC, permit, name_outside, { "dn:O=Example,C=NL", "dn:CN=me,O=Example,C=NL", "dn:CN=me,O=Other,C=NL" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "subject excluded", NCX, exclude, subject_outside, { "dn:OU=Bad,O=Example,C=NL", NULL, "CN=x,OU=bad ,O=Example,C=NL" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "subject of a CA not permitted", NC, permit, ca_outside, { "dn:O=Example,C=NL", NULL, "CN=CA 1,O=Other,C=NL" }, 2, 1, C(NAME_CONSTRAINT) },
	{ "registeredID that is constrained", NC, permit, name_outside, { "rid:1.2.3", NULL, "rid:1.2.3.4" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "otherName that is constrained", NC, exclude, name_outside, { "other:1.2.3=0500", NULL, "other:1.2.3=0500" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "SmtpUTF8Mailbox not permitted", "RFC 9598 6", permit, name_outside, { "email:example.org", NULL, "email:\xc3\xa9@example.net" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "emailAddress in the subject", "RFC 5280 4.2.1.10", permit, subject_outside, { "email:example.org", NULL, "emailAddress=me@example.net,CN=x,O=Example,C=NL" }, 2, 0, C(NAME_CONSTRAINT) },
	{ "permitted above, not below", "RFC 5280 6.1.4(g)", permit_both, permit_elsewhere, { "dns:example.org", NULL, "dns:a.example.org" }, 1, 0, C(NAME_CONSTRAINT) },
	{ "permitted above, excluded below", "RFC 5280 6.1.4(g)", permit, exclude_below, { "dns:example.org", NULL, "dns:www.example.org" }, 1, 0, C(NAME_CONSTRAINT) },
	{ "not permitted by the anchor", "RFC 5937", permit_in_root, root_permits_else, { "dns:example.org", NULL, "dns:example.net" }, 3, 0, C(NAME_CONSTRAINT) },
	{ "not in initial-permitted-subtrees", "RFC 5280 6.1.1(h)", initial_permit, other_permit, { "dns:example.org", NULL, "dns:example.net" }, 0, 0, C(NAME_CONSTRAINT) },
	{ "in initial-excluded-subtrees", "RFC 5280 6.1.1(i)", initial_exclude, other_exclude, { "dns:example.net", NULL, "dns:example.org" }, 0, 0, C(NAME_CONSTRAINT) },
	{ "not permitted by the anchor's options", "RFC 5914 2.4", anchor_permit, other_permit, { "dns:example.org", NULL, "dns:example.net" }, 0, 0, C(NAME_CONSTRAINT) },
	{ "excluded by the anchor's options", "RFC 5914 2.4", anchor_exclude, other_exclude, { "dns:example.net", NULL, "dns:example.org" }, 0, 0, C(NAME_CONSTRAINT) },
	{ "minimum", "RFC 5280 4.2.1.10", permit, minimum, { "dns:example.org", NULL, NULL }, 2, 0, C(NAME_CONSTRAINT) },

	{ "no policy in the leaf", POLICY, require_policy, no_policies, NONE, 0, 0, C(POLICY) },
	{ "no policy in a CA", POLICY, require_policy, no_policies, NONE, 1, 1, C(POLICY) },
	{ "no policy in a CA", POLICY, require_policy, no_policies, NONE, 2, 2, C(POLICY) },
	{ "another policy in the leaf", POLICY, require_policy, other_policy, NONE, 0, 0, C(POLICY) },
	{ "another policy in a CA", POLICY, require_policy, other_policy, NONE, 2, 1, C(POLICY) },
	{ "not the policy asked for", "RFC 5280 6.1.5(g)", one_policy, other_set, NONE, 0, 0, C(POLICY) },
	{ "not in user-initial-policy-set", "RFC 5280 6.1.5(g)", policy_set, other_set, NONE, 0, 0, C(POLICY) },
	{ "anyPolicy inhibited by the caller", "RFC 5280 6.1.1(g)", any_policy, inhibit_any, NONE, 0, 0, C(POLICY) },
	{ "anyPolicy inhibited by a CA", "RFC 5280 4.2.1.14", any_policy, inhibit_any_above, NONE, 0, 0, C(POLICY) },
	{ "a CA requires a policy", "RFC 5280 4.2.1.11", explicit_policy, no_policies, NONE, 0, 0, C(POLICY) },
	{ "mapping inhibited by the caller", "RFC 5280 6.1.1(f)", mapping, inhibit_mapping, NONE, 0, 1, C(POLICY) },
	{ "mapping inhibited by a CA", "RFC 5280 4.2.1.11", mapping_below, inhibit_mapping_above, NONE, 0, 0, C(POLICY) },
	{ "mapping to anyPolicy", "RFC 5280 6.1.4(a)", NULL, map_any, NONE, 2, 2, C(POLICY) },
	{ "not in the anchor's policySet", "RFC 5914 2.4", anchor_policies, other_set, NONE, 0, 0, C(POLICY) },

	{ "extKeyUsage of the leaf", "RFC 5280 4.2.1.12", NULL, eku_client, NONE, 0, 0, C(PURPOSE) },
	{ "extKeyUsage of a CA", "RFC 5280 4.2.1.12", eku_server, eku_client, NONE, 1, 1, C(PURPOSE) },
	{ "extKeyUsage of a CA", "RFC 5280 4.2.1.12", eku_any, eku_client, NONE, 2, 2, C(PURPOSE) },
	{ "extKeyUsage of the anchor", "RFC 5937", eku_server, eku_client, NONE, 3, 3, C(PURPOSE) },
	{ "extKeyUsage: a server as a client", "RFC 5280 4.2.1.12", for_client, eku_server, NONE, 0, 0, C(PURPOSE) },
	{ "extKeyUsage: any, for code", "RFC 5280 4.2.1.12", for_code, eku_any, NONE, 0, 0, C(PURPOSE) },
	{ "extKeyUsage: any, for time stamps", "RFC 3161 2.3", for_timestamps, eku_any, NONE, 0, 0, C(PURPOSE) },
	{ "extKeyUsage: none, for time stamps", "RFC 3161 2.3", for_timestamps, no_eku, NONE, 0, 0, C(PURPOSE) },
	{ "extKeyUsage: any, for OCSP", "RFC 6960 4.2.2.2", for_ocsp, eku_any, NONE, 0, 0, C(PURPOSE) },
	{ "extKeyUsage: none, for OCSP", "RFC 6960 4.2.2.2", for_ocsp, no_eku, NONE, 0, 0, C(PURPOSE) },
	{ "extKeyUsage: not the caller's", "RFC 5280 4.2.1.12", for_oid, eku_server, NONE, 0, 0, C(PURPOSE) },
	{ "keyUsage for code", "RFC 5280 4.2.1.3", for_code, key_agreement, NONE, 0, 0, C(KEY_USAGE) },
	{ "keyUsage for e-mail", "RFC 8550 4.4.2", for_email, key_agreement, NONE, 0, 0, C(KEY_USAGE) },
	{ "keyUsage for time stamps", "RFC 5280 4.2.1.3", for_timestamps, key_agreement, NONE, 0, 0, C(KEY_USAGE) },
	{ "keyUsage for OCSP", "RFC 5280 4.2.1.3", for_ocsp, key_agreement, NONE, 0, 0, C(KEY_USAGE) },

	{ "another host", "RFC 9525", NULL, other_host, { NULL, NULL, "example.org" }, 0, 0, C(NAME_MISMATCH) },
	{ "a host that only the common name has", "RFC 9525 2", NULL, no_san, NONE, 0, 0, C(NAME_MISMATCH) },
	{ "a host two labels below a wildcard", "RFC 9525 6.3", wildcard, other_host, { "dns:*.example.org", "a.example.org", "a.b.example.org" }, 0, 0, C(NAME_MISMATCH) },
	{ "another IP address", "RFC 9525", address, other_address, { "ip:192.0.2.1", "192.0.2.1", "192.0.2.2" }, 0, 0, C(NAME_MISMATCH) },
	{ "an IPv4-mapped address", "RFC 9525", address, other_address, { "ip:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1" }, 0, 0, C(NAME_MISMATCH) },
	{ "another mailbox", "RFC 8550 3", for_email, other_email, { NULL, NULL, "ME@example.org" }, 0, 0, C(NAME_MISMATCH) },

	{ "revoked", REVOKED, require, revoked, NONE, 0, 0, C(REVOKED) },
	{ "revoked", REVOKED, require, revoked, NONE, 1, 1, C(REVOKED) },
	{ "revoked", REVOKED, require, revoked, NONE, 2, 2, C(REVOKED) },
	{ "revoked, by a CRL that is there", REVOKED, if_present, revoked, NONE, 0, 0, C(REVOKED) },
	{ "on hold", REVOKED, require, on_hold, NONE, 0, 0, C(REVOKED) },
	{ "no CRL", CRL, require, no_crl, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "no CRL", CRL, require, no_crl, NONE, 2, 2, C(REVOCATION_UNKNOWN) },
	{ "stale CRL", CRL, require, stale, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "stale CRL", CRL, require, stale, NONE, 2, 2, C(REVOCATION_UNKNOWN) },
	{ "CRL of the future", CRL, require, crl_not_yet, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "signature of the CRL flipped", CRL, require, crl_flip, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "CRL that another key signed", CRL, require, crl_other_signer, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "CRL with SHA-1", CRL, require, crl_sha1, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "CRL of another issuer", CRL, require, crl_other_issuer, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "CRL issuer without cRLSign", "RFC 5280 6.3.3(f)", require, no_crl_sign, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "unknown critical extension of the CRL", "RFC 5280 5.2", require, crl_unknown_critical, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "unknown critical extension of an entry", "RFC 5280 5.3", require, entry_unknown_critical, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "CRL of CAs alone", "RFC 5280 6.3.3(b)(2)", require, only_cas, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "CRL of users alone", "RFC 5280 6.3.3(b)(2)", require, only_users, NONE, 1, 1, C(REVOCATION_UNKNOWN) },
	{ "CRL of attribute certificates", "RFC 5280 6.3.3(b)(2)", require, only_attributes, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "CRL of some reasons", "RFC 5280 6.3.3(d)", require, some_reasons, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "CRL of another distribution point", "RFC 5280 6.3.3(b)(2)", dist_point, other_point, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "delta CRL alone", "RFC 5280 5.2.4", require, delta_alone, NONE, 0, 0, C(REVOCATION_UNKNOWN) },
	{ "noRevAvail beside a distribution point", "RFC 9608 3", no_rev_avail, dist_point_too, NONE, 0, 0, C(REVOCATION_UNKNOWN) },

	{ "distrusted", "", NULL, distrust, NONE, 1, 1, C(DISTRUSTED) },
	{ "distrusted", "", NULL, distrust, NONE, 2, 2, C(DISTRUSTED) },
	{ "distrusted anchor", "", NULL, distrust, NONE, 3, 3, C(DISTRUSTED) },
	{ "distrusted key", "", NULL, distrust_key, NONE, 2, 2, C(DISTRUSTED) },
	{ "anchor for another purpose", "", anchor_for_server, anchor_for_email, NONE, 3, 3, C(DISTRUSTED) },
	{ "issued after the anchor's end", "", distrust_later, distrust_early, NONE, 3, 3, C(DISTRUSTED) },

	{ "strict: no authorityKeyIdentifier", "RFC 5280 4.2.1.1", strict, no_aki, NONE, 0, 0, C(PROFILE) },
	{ "strict: authorityKeyIdentifier is critical", "RFC 5280 4.2.1.1", strict, aki_critical, NONE, 0, 0, C(PROFILE) },
	{ "strict: no subjectKeyIdentifier", "RFC 5280 4.2.1.2", strict, no_ski, NONE, 1, 1, C(PROFILE) },
	{ "strict: basicConstraints not critical", "RFC 5280 4.2.1.9", strict, bc_not_critical, NONE, 1, 1, C(PROFILE) },
	{ "strict: nameConstraints not critical", "RFC 5280 4.2.1.10", strict_permit, nc_not_critical, NONE, 1, 1, C(PROFILE) },
	{ "strict: keyCertSign without cA", "RFC 5280 4.2.1.3", strict, leaf_signs_certs, NONE, 0, 0, C(PROFILE) },
	{ "strict: CA without keyUsage", "RFC 5280 4.2.1.3", strict, no_key_usage, NONE, 1, 1, C(PROFILE) },
	{ "strict: serialNumber zero", "RFC 5280 4.1.2.2", strict, serial_zero, NONE, 0, 0, C(PROFILE) },
	{ "strict: subjectAltName not critical", "RFC 5280 4.2.1.6", empty_subject, san_not_critical, NONE, 0, 0, C(PROFILE) },
	{ "webpki: no extKeyUsage", "CABF BR 7.1.2.7.10", webpki, no_eku, NONE, 0, 0, C(PROFILE) },
	{ "webpki: no subjectAltName", "CABF BR 7.1.2.7.12", webpki_any_name, no_san, NONE, 0, 0, C(PROFILE) },
	{ "webpki: SHA-1", "CABF BR 7.1.3.2", webpki_sha1, sha1, NONE, 0, 0, C(PROFILE) },
	{ "webpki: RSA of 1024 bits", "CABF BR 6.1.5", webpki_rsa1024, rsa1024, NONE, 0, 0, C(PROFILE) },
	{ "webpki: wildcard over one label", "CABF BR 3.2.2.6", webpki, name_outside, { NULL, NULL, "dns:*.org" }, 0, 0, C(PROFILE) },
	{ "webpki: a name that is no host or address", "CABF BR 7.1.2.7.12", webpki, name_outside, { NULL, NULL, "email:me@example.org" }, 0, 0, C(PROFILE) },
};
/* clang-format on */

const size_t fault_count = sizeof faults / sizeof *faults;
