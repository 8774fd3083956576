/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates, CRLs and chains from a description. */
#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "libpki/types/pkcs8.h"
#include "tests/chain_gen.h"
#include "tests/lib/random.h"

/* ---- keys ---- */

/* One of the two. */
typedef struct signer {
	pki_key *key;
	EVP_PKEY *foreign; /* libpki does not sign with it */
	pki_buf spki;
} signer;

static pki_ctx *ctx; /* that allows everything */
static signer signers[GEN_KEYS];

static const struct file {
	const char *name;
	bool foreign;
} files[] = {
	{ "rsa", false },
	{ "rsa-1024", false },
	{ "p384", false },
	{ "ed25519", false },
	{ "dsa", true },
	{ "secp256k1", true },
};

/* The scalar is made of the key's number. */
static pki_key *p256(size_t key)
{
	uint64_t seed = key + 1, scalar[4];
	pki_buf der = PKI_BUF_INIT;
	pki_key *k;
	pki_derw w;

	for (size_t i = 0; i < 4; i++)
		scalar[i] = random_next(&seed) & UINT64_C(0x7f7f7f7f7f7f7f7f);
	pki_derw_init(&w, NULL);
	pki_pkcs8_write_ec(
	    &w, PKI_KEY_P256, pki_bytes_of(scalar, sizeof scalar), pki_bytes_of(NULL, 0));
	t_ok(pki_derw_finish(&w, &der, err));
	t_ok(pki_key_parse(ctx, pki_buf_bytes(&der), NULL, NULL, &k, err));
	pki_buf_free(&der);
	return k;
}

static EVP_PKEY *foreign(const char *path)
{
	FILE *f = fopen(path, "r");
	EVP_PKEY *k = f == NULL ? NULL : PEM_read_PrivateKey(f, NULL, NULL, NULL);

	ck_assert_ptr_nonnull(k);
	fclose(f);
	return k;
}

static void load(signer *s, const struct file *f)
{
	const char *path;
	char name[64];

	snprintf(name, sizeof name, "keys/%s.pem", f->name);
	path = t_vector_path(name);
	if (f->foreign)
		s->foreign = foreign(path);
	else
		t_ok(pki_key_load(ctx, path, NULL, NULL, &s->key, err));
}

static void keep_spki(signer *s)
{
	unsigned char *der = NULL;
	int len;

	if (s->key != NULL) {
		t_ok(pki_buf_append(&s->spki, pki_pubkey_spki(pki_key_public(s->key)), err));
		return;
	}
	len = i2d_PUBKEY(s->foreign, &der);
	ck_assert_int_gt(len, 0);
	t_ok(pki_buf_append(&s->spki, pki_bytes_of(der, (size_t)len), err));
	OPENSSL_free(der);
}

static signer *signer_of(size_t key)
{
	signer *s = &signers[key];

	if (ctx == NULL)
		t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts,
				     .allow = PKI_ALLOW_MD5 | PKI_ALLOW_SHA1 | PKI_ALLOW_RSA1024 |
					 PKI_ALLOW_DSA),
		    &ctx, err));
	if (s->spki.len != 0)
		return s;
	if (key < GEN_P256)
		s->key = p256(key);
	else
		load(s, &files[key - GEN_P256]);
	keep_spki(s);
	return s;
}

pki_bytes gen_spki(size_t key)
{
	return pki_buf_bytes(&signer_of(key)->spki);
}

void gen_done(void)
{
	for (size_t i = 0; i < GEN_KEYS; i++) {
		pki_key_free(signers[i].key);
		EVP_PKEY_free(signers[i].foreign);
		pki_buf_free(&signers[i].spki);
	}
	pki_ctx_free(ctx);
}

/* ---- signatures ---- */

/* ecdsa-with-SHA256, dsa-with-sha256 */
static const char *const foreign_algorithms[] = { "300a06082a8648ce3d040302",
	"300b0609608648016503040302" };

static pki_bytes algorithm(const signer *s, pki_hash hash, pki_alg *alg, pki_buf *store)
{
	pki_derw w;

	if (s->foreign != NULL)
		return t_hex(foreign_algorithms[EVP_PKEY_base_id(s->foreign) == EVP_PKEY_DSA]);
	t_ok(pki_alg_default(pki_key_public(s->key), alg, err));
	if (hash != PKI_HASH_NONE && alg->scheme != PKI_ALG_EDDSA &&
	    (hash != PKI_HASH_MD5 || alg->scheme == PKI_ALG_RSA_PKCS1))
		alg->hash = hash;
	pki_derw_init(&w, NULL);
	pki_alg_write(alg, &w);
	t_ok(pki_derw_finish(&w, store, err));
	return pki_buf_bytes(store);
}

static void foreign_sign(EVP_PKEY *k, pki_bytes msg, pki_buf *sig)
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	unsigned char out[512];
	size_t len = sizeof out;

	ck_assert_int_eq(EVP_DigestSignInit(c, NULL, EVP_sha256(), NULL, k), 1);
	ck_assert_int_eq(EVP_DigestSign(c, out, &len, msg.data, msg.len), 1);
	t_ok(pki_buf_append(sig, pki_bytes_of(out, len), err));
	EVP_MD_CTX_free(c);
}

/* ecdsa-with-SHA256 with an arc more */
#define UNKNOWN "300b06092a8648ce3d04030201"

typedef struct signing {
	const signer *by;
	pki_alg alg;
	pki_buf store;
	pki_bytes algorithm;
	bool flip;
} signing;

static void signing_begin(signing *s, size_t key, pki_hash hash, bool flip, bool unknown)
{
	memset(s, 0, sizeof *s);
	s->by = signer_of(key);
	s->flip = flip;
	s->algorithm = algorithm(s->by, hash, &s->alg, &s->store);
	if (unknown)
		s->algorithm = t_hex(UNKNOWN);
}

/* SIGNED{ }: appends all of it, and frees. */
static void signing_end(signing *s, pki_bytes tbs, pki_buf *out)
{
	pki_buf sig = PKI_BUF_INIT;
	pki_derw w;

	if (s->by->foreign != NULL)
		foreign_sign(s->by->foreign, tbs, &sig);
	else
		t_ok(pki_sign(s->by->key, &s->alg, tbs, &sig, err));
	if (s->flip)
		sig.data[sig.len - 1] ^= 1;
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, tbs);
	pki_derw_raw(&w, s->algorithm);
	pki_derw_bits(&w, pki_buf_bytes(&sig), 0);
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, out, err));
	pki_buf_free(&sig);
	pki_buf_free(&s->store);
}

/* ---- extensions ---- */

gen_ext *gen_ext_find(gen_exts *x, pki_bytes oid)
{
	for (size_t i = 0; i < x->count; i++)
		if (pki_oid_equal(pki_oid_view(&x->list[i].oid), oid))
			return &x->list[i];
	return NULL;
}

void gen_ext_set(gen_exts *x, pki_bytes oid, bool critical, pki_bytes value)
{
	gen_ext *e = gen_ext_find(x, oid);

	if (e == NULL) {
		ck_assert_uint_lt(x->count, GEN_EXTS);
		e = &x->list[x->count++];
	}
	ck_assert_uint_le(value.len, sizeof e->value);
	ck_assert_uint_le(oid.len, sizeof e->oid.der);
	e->oid.len = (uint8_t)oid.len;
	memcpy(e->oid.der, oid.data, oid.len);
	e->critical = critical;
	e->len = value.len;
	memcpy(e->value, value.data, value.len);
}

void gen_ext_drop(gen_exts *x, pki_bytes oid)
{
	gen_ext *e = gen_ext_find(x, oid);

	if (e != NULL)
		*e = x->list[--x->count];
}

pki_exts *gen_builder(void)
{
	pki_exts *e;

	t_ok(pki_exts_new(NULL, &e, err));
	return e;
}

void gen_ext_take(gen_exts *x, pki_exts *from)
{
	pki_ext e;

	t_ok(pki_exts_status(from, err));
	for (size_t i = 0; pki_exts_at(from, i, &e); i++)
		gen_ext_set(x, e.oid, e.critical, e.value);
	pki_exts_free(from);
}

/* A builder that goes on with the extension of this type. */
static pki_exts *going_on(gen_exts *x, pki_bytes oid)
{
	pki_exts *e = gen_builder();
	const gen_ext *old = gen_ext_find(x, oid);

	if (old != NULL)
		pki_exts_add(e, oid, old->critical, pki_bytes_of(old->value, old->len));
	return e;
}

static void write_exts(pki_derw *w, const gen_exts *x)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < x->count; i++) {
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		pki_derw_oid(w, pki_oid_view(&x->list[i].oid));
		pki_derw_bool(w, x->list[i].critical, false);
		pki_derw_put(w, PKI_TAG_OCTETS, pki_bytes_of(x->list[i].value, x->list[i].len));
		pki_derw_end(w);
	}
	pki_derw_end(w);
}

/* ---- certificates ---- */

/* As many octets as SHA-1 has, so that nobody finds it odd. */
static pki_bytes key_id(size_t key)
{
	static uint8_t id[20];

	memset(id, (int)key + 1, sizeof id);
	return pki_bytes_of(id, sizeof id);
}

void gen_cert_init(
    gen_cert *c, const char *subject, const char *issuer, size_t key, size_t issuer_key)
{
	pki_exts *e = gen_builder();

	memset(c, 0, sizeof *c);
	c->subject = subject;
	c->issuer = issuer;
	c->key = key;
	c->issuer_key = issuer_key;
	c->from = GEN_FROM;
	c->to = GEN_TO;
	c->version = 3;
	c->serial = INT64_C(0x4000000000000000) + (int64_t)key;
	pki_exts_key_id(e, key_id(key));
	pki_exts_authority_key_id(e, &(pki_authority_key_id){ .key_id = key_id(issuer_key) });
	gen_ext_take(&c->exts, e);
}

void gen_usage(gen_cert *c, uint32_t bits)
{
	pki_exts *e = gen_builder();

	pki_exts_key_usage(e, bits);
	gen_ext_take(&c->exts, e);
}

void gen_ca(gen_cert *c, int32_t path_len)
{
	pki_exts *e = gen_builder();

	pki_exts_basic_constraints(e, true, path_len);
	pki_exts_key_usage(e, PKI_KU_KEY_CERT_SIGN | PKI_KU_CRL_SIGN);
	gen_ext_take(&c->exts, e);
}

void gen_san(gen_cert *c, const char *name)
{
	pki_exts *e = going_on(&c->exts, PKI_OID(subject_alt_name));

	pki_exts_san(e, name);
	gen_ext_take(&c->exts, e);
}

void gen_policy(gen_cert *c, pki_bytes policy)
{
	pki_exts *e = going_on(&c->exts, PKI_OID(certificate_policies));

	pki_exts_policy(e, policy);
	gen_ext_take(&c->exts, e);
}

typedef void add_fn(pki_exts *e, const pki_subtree *t);

static void copy_subtrees(pki_exts *e, pki_bytes list, add_fn *add)
{
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, NULL, list);
	while (pki_ext_subtree_next(&it, &t)) {
		t.minimum = 0;
		add(e, &t);
	}
	t_ok(pki_ext_list_finish(&it, err));
}

/* A builder with the nameConstraints that there are: they cannot be gone on with as lists can. */
static pki_exts *constraints(gen_cert *c)
{
	const gen_ext *old = gen_ext_find(&c->exts, PKI_OID(name_constraints));
	pki_exts *e = gen_builder();
	pki_name_constraints nc;

	if (old == NULL)
		return e;
	t_ok(pki_ext_name_constraints(NULL, pki_bytes_of(old->value, old->len), &nc, err));
	copy_subtrees(e, nc.permitted, pki_exts_permit_subtree);
	copy_subtrees(e, nc.excluded, pki_exts_exclude_subtree);
	return e;
}

void gen_permit(gen_cert *c, const char *name)
{
	pki_exts *e = constraints(c);

	pki_exts_permit(e, name);
	gen_ext_take(&c->exts, e);
}

void gen_exclude(gen_cert *c, const char *name)
{
	pki_exts *e = constraints(c);

	pki_exts_exclude(e, name);
	gen_ext_take(&c->exts, e);
}

static void write_name(pki_derw *w, const char *text)
{
	pki_name *n;

	t_ok(pki_name_from_string(NULL, text, &n, err));
	pki_derw_raw(w, pki_name_der(n));
	pki_name_free(n);
}

/* TBSCertificate: RFC 5280 4.1. */
static void write_tbs(pki_derw *w, const gen_cert *c, pki_bytes signature)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (c->version > 1) {
		pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
		pki_derw_int64(w, c->version - 1);
		pki_derw_end(w);
	}
	pki_derw_int64(w, c->serial);
	pki_derw_raw(w, signature);
	write_name(w, c->issuer);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_time(w, c->from);
	pki_derw_time(w, c->to);
	pki_derw_end(w);
	write_name(w, c->subject);
	pki_derw_raw(w, c->spki.len > 0 ? c->spki : gen_spki(c->key));
	if (c->version > 2 && c->exts.count > 0) {
		pki_derw_begin(w, PKI_TAG_EXPLICIT(3));
		write_exts(w, &c->exts);
		pki_derw_end(w);
	}
	pki_derw_end(w);
}

pki_cert *gen_cert_make(const gen_cert *c)
{
	pki_buf tbs = PKI_BUF_INIT, der = PKI_BUF_INIT;
	pki_cert *made;
	pki_derw w;
	signing s;

	signing_begin(&s, c->issuer_key, c->hash, c->flip, c->other_algorithm);
	pki_derw_init(&w, NULL);
	write_tbs(&w, c, s.algorithm);
	t_ok(pki_derw_finish(&w, &tbs, err));
	signing_end(&s, pki_buf_bytes(&tbs), &der);
	t_ok(pki_cert_parse(NULL, pki_buf_bytes(&der), &made, err));
	pki_buf_free(&tbs);
	pki_buf_free(&der);
	return made;
}

/* ---- CRLs ---- */

void gen_crl_init(gen_crl *c, const char *issuer, size_t issuer_key)
{
	pki_exts *e = gen_builder();

	memset(c, 0, sizeof *c);
	c->issuer = issuer;
	c->issuer_key = issuer_key;
	c->from = GEN_AT - PKI_DAYS(1);
	c->to = GEN_AT + PKI_DAYS(1);
	pki_exts_authority_key_id(e, &(pki_authority_key_id){ .key_id = key_id(issuer_key) });
	pki_exts_crl_number(e, t_hex("05"));
	gen_ext_take(&c->exts, e);
}

static void write_entry(pki_derw *w, const gen_crl *c)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, c->revoked);
	pki_derw_time(w, c->from);
	if (c->entry_exts.count > 0)
		write_exts(w, &c->entry_exts);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* TBSCertList: RFC 5280 5.1. */
static void write_tbs_list(pki_derw *w, const gen_crl *c, pki_bytes signature)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, 1);
	pki_derw_raw(w, signature);
	write_name(w, c->issuer);
	pki_derw_time(w, c->from);
	if (c->to != PKI_TIME_NONE)
		pki_derw_time(w, c->to);
	if (c->revoked != 0)
		write_entry(w, c);
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	write_exts(w, &c->exts);
	pki_derw_end(w);
	pki_derw_end(w);
}

pki_crl *gen_crl_make(const gen_crl *c)
{
	pki_buf tbs = PKI_BUF_INIT, der = PKI_BUF_INIT;
	pki_crl *made;
	pki_derw w;
	signing s;

	signing_begin(&s, c->issuer_key, c->hash, c->flip, false);
	pki_derw_init(&w, NULL);
	write_tbs_list(&w, c, s.algorithm);
	t_ok(pki_derw_finish(&w, &tbs, err));
	signing_end(&s, pki_buf_bytes(&tbs), &der);
	t_ok(pki_crl_parse(NULL, pki_buf_bytes(&der), &made, err));
	pki_buf_free(&tbs);
	pki_buf_free(&der);
	return made;
}

/* ---- chains ---- */

static const char *const cas[GEN_MOST] = { NULL, "CN=CA 1,O=Example,C=NL", "CN=CA 2,O=Example,C=NL",
	"CN=CA 3,O=Example,C=NL", "CN=CA 4,O=Example,C=NL", "CN=CA 5,O=Example,C=NL",
	"CN=CA 6,O=Example,C=NL", "CN=CA 7,O=Example,C=NL", "CN=CA 8,O=Example,C=NL",
	"CN=CA 9,O=Example,C=NL" };

/* 1.3.6.1.4.1.99999.1 */
#define POLICY "2b06010401868d1f01"

static void init_leaf(gen_cert *c)
{
	pki_exts *e = gen_builder();

	gen_cert_init(c, "CN=www.example.org,O=Example,C=NL", cas[1], 0, 1);
	pki_exts_key_usage(e, PKI_KU_DIGITAL_SIGNATURE);
	pki_exts_eku(e, PKI_OID(server_auth));
	pki_exts_san(e, "dns:www.example.org");
	pki_exts_policy(e, t_hex(POLICY));
	gen_ext_take(&c->exts, e);
}

static void init_ca(gen_cert *c, size_t i, size_t count)
{
	size_t above = i + 1 < count ? i + 1 : i;

	gen_cert_init(c, cas[i], cas[above], i, above);
	gen_ca(c, above == i ? -1 : (int32_t)i - 1);
	if (above != i)
		gen_policy(c, t_hex(POLICY));
}

void gen_chain_init(gen_chain *g, size_t count)
{
	memset(g, 0, sizeof *g);
	g->count = count;
	init_leaf(&g->certs[0]);
	for (size_t i = 1; i < count; i++)
		init_ca(&g->certs[i], i, count);
	g->crl_count = count - 1;
	for (size_t i = 0; i < g->crl_count; i++)
		gen_crl_init(&g->crls[i], g->certs[i + 1].subject, g->certs[i + 1].key);
	pki_verify_opts_init(&g->ask, sizeof g->ask);
	pki_anchor_opts_init(&g->anchor, sizeof g->anchor);
	g->at = GEN_AT;
	g->ask.at = &g->at;
	g->ask.purpose = PKI_PURPOSE_SERVER;
	g->ask.host = "www.example.org";
	g->policies[0] = t_hex(POLICY);
}

static void make_trust(const gen_chain *g, gen_made *m)
{
	pki_trust_builder *b;
	const pki_cert *bad = m->certs[g->distrusted];

	t_ok(pki_trust_builder_new(NULL, &b, err));
	t_ok(pki_trust_add(b, m->certs[m->count - 1], &g->anchor, err));
	if (g->distrusted != 0 && g->distrust_key)
		t_ok(pki_trust_distrust_key(b, pki_cert_spki(bad), err));
	else if (g->distrusted != 0)
		t_ok(pki_trust_distrust(b, bad, err));
	t_ok(pki_trust_freeze(b, &m->trust, err));
	pki_trust_builder_free(b);
}

void gen_make(const gen_chain *g, gen_made *m)
{
	m->count = g->count;
	t_ok(pki_certs_new(NULL, &m->untrusted, err));
	t_ok(pki_crls_new(NULL, &m->crls, err));
	for (size_t i = 0; i < g->count; i++)
		m->certs[i] = gen_cert_make(&g->certs[i]);
	for (size_t i = g->count - 1; i-- > 1;)
		t_ok(pki_certs_add(m->untrusted, m->certs[i], err));
	for (size_t i = 0; i < g->crl_count; i++) {
		pki_crl *c = gen_crl_make(&g->crls[i]);

		t_ok(pki_crls_add(m->crls, c, err));
		pki_crl_free(c);
	}
	make_trust(g, m);
}

void gen_made_free(gen_made *m)
{
	for (size_t i = 0; i < m->count; i++)
		pki_cert_free(m->certs[i]);
	pki_certs_free(m->untrusted);
	pki_crls_free(m->crls);
	pki_trust_free(m->trust);
}

pki_status gen_verify(
    const gen_chain *g, const gen_made *m, const pki_verify_opts *o, pki_result **r, pki_error *err)
{
	pki_verify_opts all = o != NULL ? *o : g->ask;

	all.trust = m->trust;
	all.untrusted = m->untrusted;
	all.crls = m->crls;
	return pki_verify(NULL, m->certs[0], &all, r, err);
}
