/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys written: PKCS#8, plain or with PBES2, PKCS#1 and SEC 1, in DER and PEM. */
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/pbe.h"
#include "libpki/types/keyform.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"
#include "libpki/types/ssh.h"

#define SALT_LEN    16
#define AES_256_KEY 32

/* 16 MiB, four times: within what OpenSSL reads, and our own limit. */
static const pki_scrypt_params scrypt_cost = { .n = 1u << 14, .r = 8, .p = 4 };

void pki_key_write_opts_init(pki_key_write_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

/* 0: there are none, or none are needed. */
static uint32_t iterations_of(const pki_key_write_opts *o)
{
	if (o->password == NULL || o->kdf == PKI_ALG_SCRYPT)
		return o->iterations;
	return o->iterations != 0 ? o->iterations : PKI_PBE_ITERATIONS;
}

static pki_status check_opts(const pki_key *k, const pki_key_write_opts *o, pki_error *err)
{
	if (o->form != PKI_PEM && o->form != PKI_DER)
		return pki_error_set(err, PKI_E_ARG, "neither PEM nor DER", NULL);
	if (o->format < PKI_FORMAT_PKCS8 || o->format > PKI_FORMAT_OPENSSH)
		return pki_error_set(err, PKI_E_ARG, "no format of keys", NULL);
	if (o->format == PKI_FORMAT_OPENSSH && o->form != PKI_PEM)
		return pki_error_set(err, PKI_E_ARG, "OpenSSH writes PEM alone", NULL);
	if (o->format != PKI_FORMAT_PKCS8 && o->password != NULL)
		return pki_error_set(
		    err, PKI_E_ARG, "a format without encryption: PKCS#8 has it", "RFC 5958 3");
	if ((o->flags & ~(PKI_FILE_SECRET | PKI_FILE_REPLACE)) != 0)
		return pki_error_set(err, PKI_E_ARG, "unknown flag", NULL);
	if (o->reserved != 0)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "an option is newer than this library", NULL);
	if (o->kdf != PKI_ALG_NONE && o->kdf != PKI_ALG_PBKDF2 && o->kdf != PKI_ALG_SCRYPT)
		return pki_error_set(err, PKI_E_ARG, "no KDF that keys are written with", NULL);
	if (o->kdf == PKI_ALG_SCRYPT && pki_scrypt_check(k->ctx, &scrypt_cost, NULL) != PKI_SUCCESS)
		return pki_error_set(
		    err, PKI_E_ARG, "more memory for scrypt than the context reads again", NULL);
	if (o->iterations != 0 && o->kdf == PKI_ALG_SCRYPT)
		return pki_error_set(err, PKI_E_ARG, "scrypt has no iterations", "RFC 7914 2");
	if (o->iterations != 0 && o->iterations < PKI_PBE_ITERATIONS_MIN)
		return pki_error_set(err, PKI_E_ARG, "fewer than 1000 iterations", "RFC 8018 4.2");
	if (iterations_of(o) > pki_ctx_limits(k->ctx)->kdf_iterations)
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
    const pki_ctx *ctx, const pki_pbe *pbe, pki_bytes data, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_pbes2_write(&w, pbe);
	pki_derw_put(&w, PKI_TAG_OCTETS, data);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

static void choose_kdf(const pki_key_write_opts *o, pki_pbe *out)
{
	if (o->kdf == PKI_ALG_SCRYPT) {
		out->kdf = PKI_PBE_SCRYPT;
		out->scrypt = scrypt_cost;
		return;
	}
	out->kdf = PKI_PBE_PBKDF2;
	out->hash = PKI_HASH_SHA256;
	out->iterations = iterations_of(o);
}

/* EncryptedPrivateKeyInfo. One random string is salt and IV. */
static pki_status encrypt(
    const pki_key *k, const pki_key_write_opts *o, pki_bytes plain, pki_buf *out, pki_error *err)
{
	uint8_t random[SALT_LEN + PKI_CBC_BLOCK] = { 0 };
	pki_pbe pbe = { .key_len = AES_256_KEY };
	pki_buf data = PKI_BUF_INIT;
	pki_call call;
	pki_status st;

	pki_alg_init(&pbe.cipher, sizeof pbe.cipher);
	pbe.cipher.scheme = PKI_ALG_AES_CBC;
	pbe.salt = pki_bytes_of(random, SALT_LEN);
	pbe.iv = pki_bytes_of(random + SALT_LEN, PKI_CBC_BLOCK);
	choose_kdf(o, &pbe);
	pki_call_begin(&call, k->ctx);
	st = pki_random(k->ctx, (pki_span){ random, sizeof random }, err);
	if (st == PKI_SUCCESS)
		st = pki_pbe_encrypt(
		    k->ctx, &call, &pbe, pki_bytes_str(o->password), plain, &data, err);
	if (st == PKI_SUCCESS)
		st = write_encrypted(k->ctx, &pbe, pki_buf_bytes(&data), out, err);
	pki_buf_free(&data);
	return st;
}

/* The two numbers that tell OpenSSH of a wrong password; here there is none, and they are random.
 */
static pki_status to_openssh(const pki_key *k, pki_bytes pkcs8, pki_buf *out, pki_error *err)
{
	uint32_t check = 0;
	pki_status st = pki_random(k->ctx, (pki_span){ (uint8_t *)&check, sizeof check }, err);

	if (st != PKI_SUCCESS)
		return st;
	return pki_ssh_private_write(k->ctx, pkcs8, k->pub->key, check, out, err);
}

static pki_status to_der(
    const pki_key *k, const pki_key_write_opts *o, pki_buf *out, pki_error *err)
{
	pki_buf plain = { .flags = PKI_BUF_SECRET };
	pki_status st = export_plain(k, &plain, err);

	if (st == PKI_SUCCESS && o->format == PKI_FORMAT_OPENSSH)
		st = to_openssh(k, pki_buf_bytes(&plain), out, err);
	else if (st == PKI_SUCCESS && o->format != PKI_FORMAT_PKCS8)
		st = pki_keyform_unwrap(k->ctx, o->format, pki_buf_bytes(&plain), out, err);
	else if (st == PKI_SUCCESS && o->password != NULL)
		st = encrypt(k, o, pki_buf_bytes(&plain), out, err);
	else if (st == PKI_SUCCESS)
		st = pki_buf_append(out, pki_buf_bytes(&plain), err);
	pki_buf_free(&plain);
	return st;
}

static const char *label_of(const pki_key_write_opts *o)
{
	switch (o->format) {
	case PKI_FORMAT_PKCS1:
		return "RSA PRIVATE KEY";
	case PKI_FORMAT_SEC1:
		return "EC PRIVATE KEY";
	case PKI_FORMAT_OPENSSH:
		return "OPENSSH PRIVATE KEY";
	default:
		return o->password == NULL ? "PRIVATE KEY" : "ENCRYPTED PRIVATE KEY";
	}
}

static pki_status write_key(
    const pki_key *k, const pki_key_write_opts *o, pki_buf *out, pki_error *err)
{
	pki_buf der = { .flags = PKI_BUF_SECRET };
	pki_status st = check_opts(k, o, err);

	if (st == PKI_SUCCESS)
		st = to_der(k, o, &der, err);
	if (st == PKI_SUCCESS)
		st = o->form == PKI_DER
		    ? pki_buf_append(out, pki_buf_bytes(&der), err)
		    : pki_pem_encode(label_of(o), pki_buf_bytes(&der), out, err);
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
