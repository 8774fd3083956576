/* SPDX-License-Identifier: BSD-3-Clause */
/* The facts of an object, for people. */
#include <inttypes.h>
#include <string.h>

#include "tools/in.h"
#include "tools/rows.h"
#include "tools/show.h"

static const char *encoding_text(pki_encoding e)
{
	static const char *const texts[] = { "DER", "BER", "PEM", "base64", "JSON" };

	return e >= PKI_ENCODING_DER && e <= PKI_ENCODING_JSON ? texts[e - PKI_ENCODING_DER] : "?";
}

void show_text_title(struct text *t, const struct facts *f)
{
	text_style(t, STYLE_TITLE);
	text_safe(t, pki_bytes_str(in_name(f->file)));
	text_style(t, STYLE_PLAIN);
	if (f->inside)
		text_fmt(t, ", inside [%zu]", f->o->index);
	else if (f->o->index)
		text_fmt(t, " [%zu]", f->o->index);
	text_fmt(t, ": %s (%s)\n", in_kind_text(f->o->kind), encoding_text(f->o->encoding));
}

/* As people write it: "ec" is EC. */
static const char *type_text(const char *type)
{
	static const char *const texts[][2] = {
		{ "rsa", "RSA" },
		{ "rsa-pss", "RSA-PSS" },
		{ "dsa", "DSA" },
		{ "ec", "EC" },
		{ "ed25519", "Ed25519" },
		{ "ed448", "Ed448" },
		{ "x25519", "X25519" },
		{ "x448", "X448" },
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (strcmp(texts[i][0], type) == 0)
			return texts[i][1];
	return type;
}

/* "RSA, 2048 bits", "EC P-256", "Ed25519" */
void show_text_key(struct text *t, const struct key_facts *k)
{
	const char *type = pki_buf_str(&k->type.buf);

	row_label(t, "Key");
	text_safe(t, pki_bytes_str(type_text(type)));
	if (k->curve.buf.len) {
		text_add(t, " ");
		text_safe(t, pki_buf_bytes(&k->curve.buf));
	} else if (k->bits)
		text_fmt(t, ", %" PRIu32 " bits", k->bits);
	else if (strcmp(type, "dsa") == 0)
		text_add(t, ", with its issuer's parameters");
	text_add(t, "\n");
	row_hex(t, "SPKI SHA-256", pki_bytes_of(k->spki_sha256, SHA256));
}

static void put_verdict(struct text *t, const struct facts *f)
{
	static const struct {
		enum text_style style;
		const char *text;
	} verdicts[] = {
		[SIGNATURE_UNKNOWN] = { STYLE_PLAIN, "not checked: " },
		[SIGNATURE_VALID] = { STYLE_GOOD, "valid" },
		[SIGNATURE_BAD] = { STYLE_BAD, "NOT VALID: " },
	};

	text_style(t, verdicts[f->signature].style);
	text_add(t, verdicts[f->signature].text);
	text_style(t, STYLE_PLAIN);
	if (f->signature != SIGNATURE_VALID)
		text_add(t, pki_error_reason(&f->signature_error));
}

void show_text_algorithm(struct text *t, const struct facts *f)
{
	row_label(t, "Signature");
	text_safe(t, pki_buf_bytes(&f->algorithm.buf));
	if (f->has_parameters)
		text_fmt(t, " (%s)", pki_hash_name(f->parameters.hash));
}

static void put_signature(struct text *t, const struct facts *f)
{
	show_text_algorithm(t, f);
	text_add(t, ", ");
	put_verdict(t, f);
	text_add(t, "\n");
}

static void put_ext(struct text *t, const struct facts *f, const pki_ext *e)
{
	struct text name = TEXT_INIT, said = TEXT_INIT;

	facts_oid(&name, e->oid);
	text_add(&name, e->critical ? " (critical)" : "");
	facts_ext_text(f, e, &said);
	row_label(t, "Extension");
	text_safe(t, pki_buf_bytes(&name.buf));
	text_add(t, ": ");
	text_safe(t, pki_buf_bytes(&said.buf));
	text_add(t, "\n");
	t->failed |= name.failed | said.failed;
	text_free(&name);
	text_free(&said);
}

void show_text_exts(struct text *t, const struct facts *f)
{
	pki_ext e;

	for (size_t i = 0; facts_ext_at(f, i, &e); i++)
		if (!pki_oid_equal(e.oid, PKI_OID(subject_alt_name)) || e.critical)
			put_ext(t, f, &e);
}

static void attr_row(void *ud, pki_bytes value)
{
	struct text *t = ud;

	text_add(t, " ");
	text_safe(t, value);
}

static void put_attrs(struct text *t, const struct facts *f)
{
	pki_attribute a;

	for (size_t i = 0; pki_csr_attr_at(f->o->csr, i, &a); i++) {
		if (pki_oid_equal(a.type, PKI_OID(extension_request)))
			continue;
		row_label(t, "Attribute");
		facts_oid(t, a.type);
		text_add(t, ":");
		if (facts_attr(f, &a, attr_row, t, NULL) != PKI_SUCCESS)
			t->failed = true;
		text_add(t, "\n");
	}
}

void show_text_name(struct text *t, const char *label, const struct text *name)
{
	if (name->buf.len)
		row(t, label, pki_buf_bytes(&name->buf));
	else
		row_text(t, label, "(empty)");
}

void show_text_san(struct text *t, const struct facts *f)
{
	struct rows names = { t, "Names" };

	if (facts_san(f, rows_next, &names, NULL) != PKI_SUCCESS)
		t->failed = true;
}

static void put_odd(void *ud, const struct odd *odd)
{
	struct rows *r = ud;

	text_style(r->t, STYLE_BAD);
	row_label(r->t, r->label);
	text_style(r->t, STYLE_PLAIN);
	text_add(r->t, odd->text);
	text_add(r->t, "\n");
	r->label = "";
}

void show_text_odd(struct text *t, const struct facts *f)
{
	struct rows oddities = { t, "Odd" };

	facts_odd(f, put_odd, &oddities);
}

static void put_csr(struct text *t, const struct facts *f)
{
	show_text_name(t, "Subject", &f->subject);
	show_text_san(t, f);
	show_text_key(t, &f->key);
	put_signature(t, f);
	show_text_exts(t, f);
	put_attrs(t, f);
}

static void put_envelope(struct text *t, const pki_envelope *e)
{
	row_label(t, "Encryption");
	facts_oid(t, e->scheme);
	if (e->kdf.len) {
		text_add(t, ": ");
		facts_oid(t, e->cipher);
		text_add(t, ", ");
		facts_oid(t, e->kdf);
	}
	if (e->prf.len) {
		text_add(t, " with ");
		facts_oid(t, e->prf);
	}
	if (e->iterations)
		text_fmt(t, ", %" PRIu64 " iterations", e->iterations);
	text_add(t, "\n");
}

void show_text(struct text *t, const struct facts *f)
{
	show_text_title(t, f);
	if (f->o->csr)
		put_csr(t, f);
	else if (f->o->cert)
		show_text_cert(t, f);
	else if (f->o->crl)
		show_text_crl(t, f);
	else if (f->bundle)
		show_text_bundle(t, f);
	else if (f->has_key)
		show_text_key(t, &f->key);
	if (f->has_envelope)
		put_envelope(t, &f->envelope);
	row_hex(t, "SHA-256", pki_bytes_of(f->sha256, SHA256));
	if (f->bundle)
		show_text_inside(t, f);
}
