/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys written: PKCS#8, plain or with PBES2, in DER and PEM. */
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/pbes.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"

#define SALT_LEN    16
#define AES_256_KEY 32

void pki_key_write_opts_init(pki_key_write_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

static pki_status check_opts(const pki_key *k, const pki_key_write_opts *o, pki_error *err)
{
	if (o->form != PKI_PEM && o->form != PKI_DER)
		return pki_error_set(err, PKI_E_ARG, "neither PEM nor DER", NULL);
	if ((o->flags & ~(PKI_FILE_SECRET | PKI_FILE_REPLACE)) != 0)
		return pki_error_set(err, PKI_E_ARG, "unknown flag", NULL);
	if (o->reserved != 0)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "an option is newer than this library", NULL);
	if (o->iterations != 0 && o->iterations < PKI_PBES_ITERATIONS_MIN)
		return pki_error_set(err, PKI_E_ARG, "fewer than 1000 iterations", "RFC 8018 4.2");
	if (o->iterations > pki_ctx_limits(k->ctx)->kdf_iterations)
		return pki_error_set(
		    err, PKI_E_ARG, "more iterations than the context reads again", NULL);
	return PKI_SUCCESS;
}

/* The exported key under the key's own AlgorithmIdentifier, which may have RSASSA-PSS-params. */
static pki_status rewrap(const pki_key *k, const pki_pkcs8 *p, pki_buf *out, pki_error *err)
{
	pki_algid id = { 0 };
	pki_bytes key, whole;
	pki_status st;
	pki_derw w;
	pki_der r;

	pki_der_init(&r, k->ctx, k->pub->spki, "SubjectPublicKeyInfo");
	pki_spki_split(&r, NULL, &id, &key, &whole);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	pki_derw_init(&w, k->ctx);
	pki_derw_secret(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_int64(&w, 0);
	pki_derw_raw(&w, id.whole);
	pki_derw_put(&w, PKI_TAG_OCTETS, p->private_key);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

/* Is it a PrivateKeyInfo, and one of this type? */
static pki_status take_export(const pki_key *k, pki_bytes der, pki_buf *out, pki_error *err)
{
	pki_key_type type;
	pki_pkcs8 p;

	if (pki_pkcs8_parse(k->ctx, der, &p, NULL) != PKI_SUCCESS ||
	    pki_key_type_from_algid(&p.algorithm, &type, NULL) != PKI_SUCCESS ||
	    type != k->pub->type)
		return pki_backend_broken("the backend gave what is not the key", err);
	if (type == PKI_KEY_RSA_PSS)
		return rewrap(k, &p, out, err);
	return pki_buf_append(out, der, err);
}

static pki_status export_plain(const pki_key *k, pki_buf *out, pki_error *err)
{
	pki_buf room = { .flags = PKI_BUF_SECRET };
	pki_span span;
	pki_status st;

	if (k->backend->t->key_export == NULL)
		return pki_error_set(err, PKI_E_POLICY, "the key does not leave its backend", NULL);
	st = pki_buf_reserve(&room, PKI_KEY_ROOM, err);
	if (st != PKI_SUCCESS)
		return st;
	span = (pki_span){ room.data, PKI_KEY_ROOM };
	room.len = PKI_KEY_ROOM;
	st = pki_backend_result(k->backend->t->key_export(k->handle, &span, err), err);
	if (st == PKI_SUCCESS && span.len > PKI_KEY_ROOM)
		st = pki_backend_broken("the backend gave a key of no length", err);
	if (st == PKI_SUCCESS)
		st = take_export(k, pki_bytes_of(room.data, span.len), out, err);
	pki_buf_free(&room);
	return st;
}

static pki_status write_encrypted(
    const pki_ctx *ctx, const pki_pbes2 *pbes, pki_bytes data, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_pbes2_write(&w, pbes);
	pki_derw_put(&w, PKI_TAG_OCTETS, data);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

/* EncryptedPrivateKeyInfo. One random string is salt and IV. */
static pki_status encrypt(
    const pki_key *k, const pki_key_write_opts *o, pki_bytes plain, pki_buf *out, pki_error *err)
{
	uint8_t random[SALT_LEN + PKI_CBC_BLOCK] = { 0 };
	pki_pbes2 pbes = { .prf = PKI_HASH_SHA256, .key_len = AES_256_KEY };
	pki_buf data = PKI_BUF_INIT;
	pki_call call;
	pki_status st;

	pbes.salt = pki_bytes_of(random, SALT_LEN);
	pbes.iv = pki_bytes_of(random + SALT_LEN, PKI_CBC_BLOCK);
	pbes.iterations = o->iterations != 0 ? o->iterations : PKI_PBES_ITERATIONS;
	pki_call_begin(&call, k->ctx);
	st = pki_random(k->ctx, (pki_span){ random, sizeof random }, err);
	if (st == PKI_SUCCESS)
		st = pki_pbes2_encrypt(
		    k->ctx, &call, &pbes, pki_bytes_str(o->password), plain, &data, err);
	if (st == PKI_SUCCESS)
		st = write_encrypted(k->ctx, &pbes, pki_buf_bytes(&data), out, err);
	pki_buf_free(&data);
	return st;
}

static pki_status to_der(
    const pki_key *k, const pki_key_write_opts *o, pki_buf *out, pki_error *err)
{
	pki_buf plain = { .flags = PKI_BUF_SECRET };
	pki_status st;

	if (o->password == NULL)
		return export_plain(k, out, err);
	st = export_plain(k, &plain, err);
	if (st == PKI_SUCCESS)
		st = encrypt(k, o, pki_buf_bytes(&plain), out, err);
	pki_buf_free(&plain);
	return st;
}

static pki_status write_key(
    const pki_key *k, const pki_key_write_opts *o, pki_buf *out, pki_error *err)
{
	const char *label = o->password == NULL ? "PRIVATE KEY" : "ENCRYPTED PRIVATE KEY";
	pki_buf der = { .flags = PKI_BUF_SECRET };
	pki_status st = check_opts(k, o, err);

	if (st == PKI_SUCCESS)
		st = to_der(k, o, &der, err);
	if (st == PKI_SUCCESS)
		st = o->form == PKI_DER ? pki_buf_append(out, pki_buf_bytes(&der), err)
					: pki_pem_encode(label, pki_buf_bytes(&der), out, err);
	pki_buf_free(&der);
	return st;
}

pki_status pki_key_write(
    const pki_key *k, const pki_key_write_opts *o, pki_buf *out, pki_error *err)
{
	pki_key_write_opts known;
	pki_status st;

	if (k == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_opts_read(o, &known, sizeof known, sizeof known, err);
	if (st == PKI_SUCCESS)
		st = write_key(k, &known, out, err);
	return PKI_LEAVE(err, st);
}

pki_status pki_key_save(
    const pki_key *k, const char *path, const pki_key_write_opts *o, pki_error *err)
{
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_key_write_opts known;
	pki_status st;

	if (k == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_opts_read(o, &known, sizeof known, sizeof known, err);
	if (st == PKI_SUCCESS)
		st = write_key(k, &known, &out, err);
	if (st == PKI_SUCCESS)
		st = pki_file_write(path, pki_buf_bytes(&out), known.flags | PKI_FILE_SECRET, err);
	pki_buf_free(&out);
	return PKI_LEAVE(err, st);
}
