/* SPDX-License-Identifier: BSD-3-Clause */
/* What there is to say of an object, before it is said in one way or another. */
#include "tools/facts.h"

#include <string.h>

#include "tools/options.h"

const char *facts_format(pki_key_format format)
{
	static const char *const names[] = { [PKI_FORMAT_PKCS8] = "pkcs8",
		[PKI_FORMAT_PKCS1] = "pkcs1",
		[PKI_FORMAT_SEC1] = "sec1",
		[PKI_FORMAT_OPENSSH] = "openssh" };

	return format >= 0 && (size_t)format < sizeof names / sizeof *names ? names[format]
									    : "unknown";
}

void facts_oid(struct text *t, pki_bytes oid)
{
	const char *name = pki_oid_name(oid);
	pki_buf dotted = PKI_BUF_INIT;

	if (name) {
		text_add(t, name);
		return;
	}
	if (pki_oid_format(oid, &dotted, NULL) == PKI_SUCCESS)
		text_bytes(t, pki_buf_bytes(&dotted));
	else
		t->failed = true;
	pki_buf_free(&dotted);
}

static pki_status sha256(const struct facts *f, pki_bytes in, uint8_t out[SHA256], pki_error *err)
{
	uint8_t digest[PKI_HASH_MAX];
	pki_status st = pki_hash_once(f->ctx, PKI_HASH_SHA256, in, digest, err);

	if (!st)
		memcpy(out, digest, SHA256);
	return st;
}

/* The OID that is an EC key's parameters. */
static pki_bytes curve_oid(pki_bytes parameters)
{
	pki_bytes oid;
	pki_der r;

	pki_der_init(&r, NULL, parameters, NULL);
	pki_der_oid(&r, NULL, &oid);
	return pki_der_finish(&r, NULL) == PKI_SUCCESS ? oid : pki_bytes_of(NULL, 0);
}

/* id-ecPublicKey: RFC 5480 2.1.1. */
static bool is_ec(pki_bytes algorithm)
{
	static const uint8_t id[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 };

	return pki_bytes_equal(algorithm, pki_bytes_of(id, sizeof id));
}

static void dotted(struct text *t, pki_bytes oid)
{
	pki_buf s = PKI_BUF_INIT;

	if (oid.len && pki_oid_format(oid, &s, NULL) != PKI_SUCCESS)
		t->failed = true;
	text_bytes(t, pki_buf_bytes(&s));
	pki_buf_free(&s);
}

/* A key that libpki does not know goes by its OIDs. */
static void name_key(struct key_facts *k, const pki_spki *s)
{
	const char *type = pki_key_type_name(s->type), *curve = pki_key_type_curve(s->type);

	if (type)
		text_add(&k->type, type);
	else if (is_ec(s->algorithm))
		text_add(&k->type, "ec");
	else
		dotted(&k->type, s->algorithm);
	if (!is_ec(s->algorithm))
		return;
	if (curve)
		text_add(&k->curve, curve);
	else
		dotted(&k->curve, curve_oid(s->parameters));
}

/* Edwards and Montgomery keys have one size, and their name says it. */
static bool has_bits(pki_key_type t)
{
	return t != PKI_KEY_ED25519 && t != PKI_KEY_ED448 && t != PKI_KEY_X25519 &&
	    t != PKI_KEY_X448;
}

pki_status facts_key(struct facts *f, pki_bytes spki, pki_error *err)
{
	pki_spki s;
	pki_status st = pki_spki_parse(f->ctx, spki, &s, err);

	if (st)
		return st;
	f->has_key = true;
	name_key(&f->key, &s);
	f->key.bits = has_bits(s.type) ? s.bits : 0;
	return pki_spki_pin(f->ctx, spki, f->key.spki_sha256, err);
}

static pki_status gather_private(struct facts *f, struct password *pw, pki_error *err)
{
	pki_key *k;
	pki_status st;

	if (pw)
		pw->what = f->file;
	st = pki_object_key(f->ctx, f->o, pw ? password_answer : NULL, pw, &k, err);
	if (!st)
		st = facts_key(f, pki_pubkey_spki(pki_key_public(k)), err);
	pki_key_free(k);
	return st;
}

/* Old forms are no SubjectPublicKeyInfo, which the facts are taken from. */
static pki_status gather_public(struct facts *f, pki_error *err)
{
	pki_pubkey *k;
	pki_status st;

	if (f->o->format == PKI_FORMAT_PKCS8)
		return facts_key(f, f->o->bytes, err);
	st = pki_object_pubkey(f->ctx, f->o, &k, err);
	if (!st)
		st = facts_key(f, pki_pubkey_spki(k), err);
	pki_pubkey_free(k);
	return st;
}

/* With a password if there is one, or if somebody must give it. */
static pki_status gather_sealed(struct facts *f, struct password *pw, pki_error *err)
{
	if (!(pw->given || pw->may_ask || pw->needed))
		return PKI_SUCCESS;
	return gather_private(f, pw, err);
}

static pki_status gather_encrypted(struct facts *f, struct password *pw, pki_error *err)
{
	pki_status st = pki_envelope_parse(f->ctx, f->o->bytes, &f->envelope, err);

	f->has_envelope = !st;
	return st ? st : gather_sealed(f, pw, err);
}

/* AlgorithmIdentifier ::= SEQUENCE { algorithm, parameters OPTIONAL } */
pki_status facts_algorithm(struct facts *f, pki_bytes id, pki_error *err)
{
	pki_bytes oid;
	pki_der r, s;

	pki_der_init(&r, f->ctx, id, "signatureAlgorithm");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	if (pki_der_oid(&s, "algorithm", &oid))
		facts_oid(&f->algorithm, oid);
	pki_der_skip_rest(&s);
	pki_der_leave(&s);
	pki_alg_init(&f->parameters, sizeof f->parameters);
	if (pki_alg_parse(f->ctx, id, &f->parameters, NULL) == PKI_SUCCESS) {
		f->hash = f->parameters.hash;
		f->has_parameters = f->parameters.scheme == PKI_ALG_RSA_PSS;
	}
	return pki_der_finish(&r, err);
}

pki_status facts_judge(
    struct facts *f, pki_status st, enum signature_facts unsupported, pki_error *err)
{
	switch (st) {
	case PKI_SUCCESS:
		f->signature = SIGNATURE_VALID;
		return PKI_SUCCESS;
	case PKI_E_UNSUPPORTED:
		f->signature = unsupported;
		return PKI_SUCCESS;
	case PKI_E_NOMEM:
	case PKI_E_BACKEND:
	case PKI_E_INTERNAL:
	case PKI_E_CANCELLED:
		*err = f->signature_error;
		return st;
	default:
		f->signature = SIGNATURE_BAD;
		return PKI_SUCCESS;
	}
}

static pki_status gather_signature(struct facts *f, pki_error *err)
{
	pki_status st = pki_csr_check_signature(f->o->csr, &f->signature_error);

	return facts_judge(f, st, SIGNATURE_UNKNOWN, err);
}

/* An extension that does not read makes the request malformed. */
static pki_status check_exts(const struct facts *f, pki_error *err)
{
	pki_buf said = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;
	pki_ext e;

	for (size_t i = 0; !st && facts_ext_at(f, i, &e); i++) {
		st = pki_ext_format(f->ctx, &e, &said, err);
		pki_buf_free(&said);
	}
	return st;
}

static pki_status gather_csr(struct facts *f, pki_error *err)
{
	const pki_csr *r = f->o->csr;
	pki_status st = pki_name_format(pki_csr_subject(r), &f->subject.buf, err);

	if (!st)
		st = facts_key(f, pki_csr_spki(r), err);
	if (!st)
		st = facts_algorithm(f, pki_csr_signature_algorithm(r), err);
	if (!st)
		st = check_exts(f, err);
	return st ? st : gather_signature(f, err);
}

static pki_status gather_kind(struct facts *f, struct password *pw, pki_error *err)
{
	switch (f->o->kind) {
	case PKI_KIND_CSR:
		return gather_csr(f, err);
	case PKI_KIND_CERTIFICATE:
		return facts_cert(f, err);
	case PKI_KIND_CRL:
		return facts_crl(f, err);
	case PKI_KIND_PKCS7:
		return pki_bundle_parse(f->ctx, f->o->bytes, &f->bundle, err);
	case PKI_KIND_PUBLIC_KEY:
		return gather_public(f, err);
	case PKI_KIND_PRIVATE_KEY:
		return f->o->encrypted ? gather_sealed(f, pw, err) : gather_private(f, NULL, err);
	case PKI_KIND_ENCRYPTED_KEY:
		return gather_encrypted(f, pw, err);
	default:
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "this release does not show such objects", NULL);
	}
}

/* Of a kind that has a key; PKI_E_UNSUPPORTED: it has none. */
static pki_status gather_print(struct facts *f, struct password *pw, pki_error *err)
{
	switch (f->o->kind) {
	case PKI_KIND_CERTIFICATE:
		return facts_key(f, pki_cert_spki(f->o->cert), err);
	case PKI_KIND_CSR:
		return facts_key(f, pki_csr_spki(f->o->csr), err);
	case PKI_KIND_PUBLIC_KEY:
		return gather_public(f, err);
	case PKI_KIND_PRIVATE_KEY:
	case PKI_KIND_ENCRYPTED_KEY:
		return gather_private(f, pw, err);
	default:
		return PKI_SUCCESS;
	}
}

static pki_status start(
    struct facts *f, const pki_ctx *ctx, const char *file, const pki_object *o, pki_error *err)
{
	*f = (struct facts){ .file = file, .ctx = ctx, .o = o };
	return sha256(f, o->bytes, f->sha256, err);
}

pki_status facts_fingerprint(const pki_ctx *ctx, const char *file, const pki_object *o,
    struct password *pw, struct facts *f, pki_error *err)
{
	pki_status st = start(f, ctx, file, o, err);

	return st ? st : gather_print(f, pw, err);
}

pki_status facts_gather(const pki_ctx *ctx, const char *file, const pki_object *o,
    struct password *pw, struct facts *f, pki_error *err)
{
	pki_status st = start(f, ctx, file, o, err);

	f->now = pki_ctx_now(ctx);
	if (!st)
		st = gather_kind(f, pw, err);
	if (!st && (f->key.type.failed || f->key.curve.failed || f->algorithm.failed))
		st = pki_error_set(err, PKI_E_NOMEM, "no memory", NULL);
	return st;
}

void facts_free(struct facts *f)
{
	text_free(&f->key.type);
	text_free(&f->key.curve);
	text_free(&f->subject);
	text_free(&f->issuer);
	pki_bundle_free(f->bundle);
	text_free(&f->algorithm);
}

bool facts_ext_at(const struct facts *f, size_t i, pki_ext *out)
{
	if (f->o->crl)
		return pki_crl_ext_at(f->o->crl, i, out);
	return f->o->csr ? pki_csr_ext_at(f->o->csr, i, out) : pki_cert_ext_at(f->o->cert, i, out);
}

bool facts_ext_find(const struct facts *f, pki_bytes oid, pki_ext *out)
{
	if (f->o->crl)
		return pki_crl_ext(f->o->crl, oid, out);
	return f->o->csr ? pki_csr_ext(f->o->csr, oid, out) : pki_cert_ext(f->o->cert, oid, out);
}

bool facts_has_purpose(const struct facts *f, pki_bytes purpose)
{
	pki_ext_iter it;
	pki_ext e;
	pki_bytes oid;

	if (!facts_ext_find(f, PKI_OID(ext_key_usage), &e))
		return false;
	pki_ext_list(&it, f->ctx, e.value);
	while (pki_ext_oid_next(&it, &oid))
		if (pki_oid_equal(oid, purpose))
			return true;
	return false;
}

static pki_status each_name(
    const struct facts *f, pki_bytes value, facts_text_fn *each, void *ud, pki_error *err)
{
	pki_ext_iter it;
	pki_gn gn;
	pki_buf name = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;

	pki_ext_list(&it, f->ctx, value);
	while (!st && pki_ext_name_next(&it, &gn)) {
		st = pki_gn_format(&gn, &name, err);
		if (!st)
			each(ud, pki_buf_bytes(&name));
		pki_buf_free(&name);
	}
	return st ? st : pki_ext_list_finish(&it, err);
}

pki_status facts_san(const struct facts *f, facts_text_fn *each, void *ud, pki_error *err)
{
	pki_ext e;

	if (!facts_ext_find(f, PKI_OID(subject_alt_name), &e))
		return PKI_SUCCESS;
	return each_name(f, e.value, each, ud, err);
}

void facts_ext_text(const struct facts *f, const pki_ext *e, struct text *t)
{
	if (pki_ext_format(f->ctx, e, &t->buf, NULL) == PKI_SUCCESS)
		return;
	text_add(t, "#");
	text_hex(t, e->value);
}

void facts_odd(const struct facts *f, facts_odd_fn *each, void *ud)
{
	for (const struct odd *o = f->o->crl ? facts_crl_odds : facts_cert_odds; o->code; o++)
		if (o->holds(f))
			each(ud, o);
}

/* ---- attributes ---- */

static void attr_value(
    pki_tag tag, pki_bytes contents, pki_bytes whole, facts_text_fn *each, void *ud)
{
	struct text t = TEXT_INIT;

	if (pki_text_decode(tag, contents, &t.buf, NULL) != PKI_SUCCESS) {
		text_free(&t);
		text_add(&t, "#");
		text_hex(&t, whole);
	}
	each(ud, pki_buf_bytes(&t.buf));
	text_free(&t);
}

pki_status facts_attr(
    const struct facts *f, const pki_attribute *a, facts_text_fn *each, void *ud, pki_error *err)
{
	pki_der r;
	pki_bytes contents;
	pki_tag tag;
	size_t at = 0;

	pki_der_init(&r, f->ctx, a->values, "values");
	while (pki_der_more(&r) && pki_der_any(&r, NULL, &tag, &contents)) {
		size_t end = pki_der_offset(&r);
		attr_value(tag, contents, pki_bytes_of(a->values.data + at, end - at), each, ud);
		at = end;
	}
	return pki_der_finish(&r, err);
}
