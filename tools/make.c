/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys, made and encoded. */
#include "tools/make.h"

#include <string.h>

#include "tools/args.h"
#include "tools/status.h"

static const struct key_type {
	const char *name;
	pki_key_type type;
	uint32_t rsa_bits;
} key_types[] = {
	{ "p256", PKI_KEY_P256, 0 },
	{ "p384", PKI_KEY_P384, 0 },
	{ "p521", PKI_KEY_P521, 0 },
	{ "ed25519", PKI_KEY_ED25519, 0 },
	{ "ed448", PKI_KEY_ED448, 0 },
	{ "x25519", PKI_KEY_X25519, 0 },
	{ "x448", PKI_KEY_X448, 0 },
	{ "rsa2048", PKI_KEY_RSA, 2048 },
	{ "rsa3072", PKI_KEY_RSA, 3072 },
	{ "rsa4096", PKI_KEY_RSA, 4096 },
	{ "rsa-pss2048", PKI_KEY_RSA_PSS, 2048 },
	{ "rsa-pss3072", PKI_KEY_RSA_PSS, 3072 },
	{ "rsa-pss4096", PKI_KEY_RSA_PSS, 4096 },
};

static const struct key_type *find(const char *name)
{
	for (size_t i = 0; i < sizeof key_types / sizeof *key_types; i++)
		if (strcmp(key_types[i].name, name) == 0)
			return &key_types[i];
	return NULL;
}

int make_key(const struct cmd *c, struct session *s, const char *type, pki_key **out)
{
	const struct key_type *t = find(type);
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (!t)
		return say_fail(c, STATUS_INTERNAL, "no key type '%s'", type);
	progress_begin(&s->progress, "making a key");
	st = pki_key_generate(
	    s->ctx, t->type, PKI_OPTS(pki_key_opts, .rsa_bits = t->rsa_bits), out, &err);
	progress_end(&s->progress);
	return st ? say_error(c, type, st, &err) : STATUS_DONE;
}

int make_key_bytes(
    const struct cmd *c, const pki_key *k, const struct password *pw, pki_form form, pki_buf *out)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_key_write(k,
	    PKI_OPTS(pki_key_write_opts, .password = password_text(pw), .form = form), out, &err);

	return st ? say_error(c, "the key", st, &err) : STATUS_DONE;
}

int make_public_bytes(const struct cmd *c, pki_bytes spki, pki_form form, pki_buf *out)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = form == PKI_DER ? pki_buf_append(out, spki, &err)
					: pki_pem_encode("PUBLIC KEY", spki, out, &err);

	return st ? say_error(c, "the public key", st, &err) : STATUS_DONE;
}

pki_form make_form(const struct cmd *c)
{
	const char *form = args_value(c, OPT_FORM);

	return form && strcmp(form, "der") == 0 ? PKI_DER : PKI_PEM;
}
