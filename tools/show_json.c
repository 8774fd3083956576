/* SPDX-License-Identifier: BSD-3-Clause */
/* The facts of an object, as a line of JSON. */
#include "tools/json.h"
#include "tools/show.h"
#include "tools/status.h"

/* A JWK is shown as the key that it holds; here it says that it is one. */
static const char *kind_name(const pki_object *o)
{
	return pki_kind_name(o->encoding == PKI_ENCODING_JSON ? PKI_KIND_JWK : o->kind);
}

void show_json_head(struct text *t, const char *file, const pki_object *o)
{
	js_open(t, '{');
	js_member_uint(t, "schema", 1);
	js_member_text(t, "file", file);
	js_member_uint(t, "index", o ? o->index : 0);
	if (o && o->encoding)
		js_member_text(t, "encoding", pki_encoding_name(o->encoding));
	if (o && o->kind)
		js_member_text(t, "kind", kind_name(o));
}

void show_json_error(
    struct text *t, const char *file, const pki_object *o, pki_status st, const pki_error *err)
{
	show_json_head(t, file, o);
	js_member_error(t, NULL, st, err);
	js_close(t, '}');
	text_add(t, "\n");
}

void show_json_key(struct text *t, const struct key_facts *k)
{
	js_name(t, "key");
	js_open(t, '{');
	js_member_buf(t, "type", &k->type);
	js_member_known(t, "bits", k->bits);
	if (k->curve.buf.len)
		js_member_buf(t, "curve", &k->curve);
	js_member_hex(t, "spki_sha256", pki_bytes_of(k->spki_sha256, SHA256));
	js_close(t, '}');
}

/* RFC 4055 3.1: what is not said is as the hash. */
static void put_parameters(struct text *t, const pki_alg *a)
{
	pki_hash mgf = a->mgf_hash ? a->mgf_hash : a->hash;
	int32_t salt = a->salt_len ? a->salt_len : (int32_t)pki_hash_size(a->hash);

	js_name(t, "parameters");
	js_open(t, '{');
	js_member_text(t, "hash", pki_hash_name(a->hash));
	js_member_text(t, "mgf_hash", pki_hash_name(mgf));
	js_member_uint(t, "salt_length", salt < 0 ? 0 : (uint64_t)salt);
	js_close(t, '}');
}

void show_json_algorithm(struct text *t, const struct facts *f)
{
	js_member_buf(t, "signature_algorithm", &f->algorithm);
	if (f->has_parameters)
		put_parameters(t, &f->parameters);
}

void show_json_signature(struct text *t, const char *name, const struct facts *f)
{
	js_name(t, name);
	if (f->signature == SIGNATURE_UNKNOWN)
		js_null(t);
	else
		js_bool(t, f->signature == SIGNATURE_VALID);
}

static void put_string(void *ud, pki_bytes s)
{
	js_string(ud, s);
}

static void put_oid(struct text *t, pki_bytes oid)
{
	pki_buf dotted = PKI_BUF_INIT;

	js_name(t, "oid");
	if (pki_oid_format(oid, &dotted, NULL) != PKI_SUCCESS)
		t->failed = true;
	js_string(t, pki_buf_bytes(&dotted));
	pki_buf_free(&dotted);
	js_member_text(t, "name", pki_oid_name(oid));
}

static void put_ext(struct text *t, const struct facts *f, const pki_ext *e)
{
	struct text said = TEXT_INIT;

	js_open(t, '{');
	put_oid(t, e->oid);
	js_member_bool(t, "critical", e->critical);
	js_member_hex(t, "value", e->value);
	facts_ext_text(f, e, &said);
	js_member_buf(t, "text", &said);
	js_close(t, '}');
	text_free(&said);
}

static void put_attr(struct text *t, const struct facts *f, const pki_attribute *a)
{
	js_open(t, '{');
	put_oid(t, a->type);
	js_name(t, "values");
	js_open(t, '[');
	if (facts_attr(f, a, put_string, t, NULL) != PKI_SUCCESS)
		t->failed = true;
	js_close(t, ']');
	js_close(t, '}');
}

void show_json_ext_list(struct text *t, const struct facts *f)
{
	pki_ext e;

	js_name(t, "extensions");
	js_open(t, '[');
	for (size_t i = 0; facts_ext_at(f, i, &e); i++)
		put_ext(t, f, &e);
	js_close(t, ']');
}

/* And the names in one of them. */
void show_json_exts(struct text *t, const struct facts *f)
{
	js_name(t, "san");
	js_open(t, '[');
	if (facts_san(f, put_string, t, NULL) != PKI_SUCCESS)
		t->failed = true;
	js_close(t, ']');
	show_json_ext_list(t, f);
}

static void put_code(void *ud, const struct odd *odd)
{
	js_text(ud, odd->code);
}

void show_json_odd(struct text *t, const struct facts *f)
{
	js_name(t, "odd");
	js_open(t, '[');
	facts_odd(f, put_code, t);
	js_close(t, ']');
}

void show_json_serial(struct text *t, pki_bytes serial)
{
	struct text s = TEXT_INIT;

	facts_serial(&s, serial);
	js_member_buf(t, "serial", &s);
	text_free(&s);
}

static void put_csr(struct text *t, const struct facts *f)
{
	pki_attribute a;

	js_member_buf(t, "subject", &f->subject);
	show_json_key(t, &f->key);
	show_json_algorithm(t, f);
	show_json_signature(t, "signature_valid", f);
	show_json_exts(t, f);
	js_name(t, "attributes");
	js_open(t, '[');
	for (size_t i = 0; pki_csr_attr_at(f->o->csr, i, &a); i++)
		put_attr(t, f, &a);
	js_close(t, ']');
}

void show_json_oid(struct text *t, pki_bytes oid)
{
	struct text s = TEXT_INIT;

	if (oid.len) {
		facts_oid(&s, oid);
		js_string(t, pki_buf_bytes(&s.buf));
		t->failed |= s.failed;
	} else {
		js_null(t);
	}
	text_free(&s);
}

static void member_oid(struct text *t, const char *name, pki_bytes oid)
{
	js_name(t, name);
	show_json_oid(t, oid);
}

static void put_envelope(struct text *t, const pki_envelope *e)
{
	js_name(t, "encryption");
	js_open(t, '{');
	member_oid(t, "scheme", e->scheme);
	member_oid(t, "kdf", e->kdf);
	member_oid(t, "prf", e->prf);
	js_member_known(t, "iterations", e->iterations);
	js_member_known(t, "salt_length", e->salt_len);
	member_oid(t, "cipher", e->cipher);
	js_close(t, '}');
}

static bool is_private(const struct facts *f)
{
	return f->o->kind == PKI_KIND_PRIVATE_KEY || f->o->kind == PKI_KIND_ENCRYPTED_KEY;
}

static void put_private(struct text *t, const struct facts *f)
{
	js_member_text(
	    t, "format", f->o->encoding == PKI_ENCODING_JSON ? "jwk" : facts_format(f->o->format));
	js_member_bool(t, "encrypted", f->o->encrypted);
}

void show_json_body(struct text *t, const struct facts *f)
{
	js_member_hex(t, "sha256", pki_bytes_of(f->sha256, SHA256));
	if (f->o->csr)
		put_csr(t, f);
	else if (f->o->cert)
		show_json_cert(t, f);
	else if (f->o->crl)
		show_json_crl(t, f);
	else if (f->bundle)
		show_json_bundle(t, f);
	else if (f->has_key)
		show_json_key(t, &f->key);
	if (is_private(f))
		put_private(t, f);
	if (f->has_envelope)
		put_envelope(t, &f->envelope);
}

void show_json(struct text *t, const struct facts *f)
{
	show_json_head(t, f->file, f->o);
	show_json_body(t, f);
	js_close(t, '}');
	text_add(t, "\n");
}
