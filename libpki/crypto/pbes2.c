/* SPDX-License-Identifier: BSD-3-Clause */
/* PBES2: RFC 8018 6.2, with PBKDF2 or scrypt (RFC 7914 7). */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/crypto/pbe.h"
#include "libpki/der/short_oid.h"
#include "libpki/types/hash.h"
#include "libpki/types/pkcs8.h"

/* RFC 8018 A.2: DEFAULT algid-hmacWithSHA1 */
#define PRF_DEFAULT PKI_HASH_SHA1

static const pki_short_oid id_pbkdf2 = PKI_SHORT_OID(PKI_ARC_PKCS5, 12);
static const pki_short_oid id_pbes2 = PKI_SHORT_OID(PKI_ARC_PKCS5, 13);
/* 1.3.6.1.4.1.11591.4.11 */
static const pki_short_oid id_scrypt = PKI_SHORT_OID(
    0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x04, 0x0b);

typedef pki_status params_fn(const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err);
static params_fn read_iv, read_rc2;

/* RFC 8018 B.2 */
static const struct cipher {
	pki_short_oid oid;
	pki_scheme scheme;
	size_t key_len; /* 0: it varies */
	params_fn *read;
	const char *legacy;
} ciphers[] = {
	{ PKI_SHORT_OID(PKI_ARC_NIST, 0x01, 2), PKI_ALG_AES_CBC, 16, read_iv, NULL },
	{ PKI_SHORT_OID(PKI_ARC_NIST, 0x01, 22), PKI_ALG_AES_CBC, 24, read_iv, NULL },
	{ PKI_SHORT_OID(PKI_ARC_NIST, 0x01, 42), PKI_ALG_AES_CBC, 32, read_iv, NULL },
	{ PKI_SHORT_OID(PKI_ARC_RSADSI, 0x03, 7), PKI_ALG_DES3_CBC, 24, read_iv, "des-EDE3-CBC" },
	{ PKI_SHORT_OID(PKI_ARC_RSADSI, 0x03, 2), PKI_ALG_RC2_CBC, 0, read_rc2, "rc2CBC" },
	{ PKI_SHORT_OID(0x2b, 0x0e, 0x03, 0x02, 7), PKI_ALG_DES_CBC, 8, read_iv, "desCBC" },
};
#define CIPHERS (sizeof ciphers / sizeof *ciphers)

static bool is(const pki_algid *id, const pki_short_oid *oid)
{
	return pki_short_oid_is(oid, id->oid);
}

/* The two algorithms that PBES2 is made of: RFC 8018 A.4. */
struct halves {
	pki_algid kdf, cipher;
};

static pki_status split(const pki_ctx *ctx, const pki_algid *id, struct halves *out, pki_error *err)
{
	pki_der r, s;

	memset(out, 0, sizeof *out);
	if (id->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "PBES2 parameters are absent", "RFC 8018 A.4");
	pki_der_init(&r, ctx, id->params, "PBES2-params");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_algid_read(&s, "keyDerivationFunc", &out->kdf);
	pki_algid_read(&s, "encryptionScheme", &out->cipher);
	pki_der_leave(&s);
	return pki_pbe_nested(pki_der_finish(&r, err), id, err);
}

/* PBKDF2-params: RFC 8018 A.2. */
struct pbkdf2 {
	pki_bytes salt;
	int64_t iterations;
	int64_t key_len; /* 0: absent */
	pki_algid prf;   /* no OID: absent */
};

static void read_key_length(pki_der *s, int64_t *out)
{
	if (pki_der_int64(s, "keyLength", out) && *out < 1)
		pki_der_fail(s, PKI_E_STRUCTURE, "keyLength is not positive", "RFC 8018 A.2");
}

static pki_status read_pbkdf2(
    const pki_ctx *ctx, const pki_algid *kdf, struct pbkdf2 *out, pki_error *err)
{
	pki_der r, s;

	memset(out, 0, sizeof *out);
	if (kdf->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "PBKDF2 parameters are absent", "RFC 8018 A.2");
	pki_der_init(&r, ctx, kdf->params, "PBKDF2-params");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_pbe_read_salt(&s, &out->salt);
	pki_pbe_read_iterations(&s, &out->iterations);
	if (pki_der_peek(&s, PKI_TAG_INTEGER))
		read_key_length(&s, &out->key_len);
	if (pki_der_peek(&s, PKI_TAG_SEQUENCE))
		pki_algid_read(&s, "prf", &out->prf);
	pki_der_leave(&s);
	return pki_pbe_nested(pki_der_finish(&r, err), kdf, err);
}

/*
 * A default that is spelled out is read, and so are parameters left out where RFC 8018 B.1.2 wants
 * NULL, as GnuTLS writes: there is one meaning only, and nothing here is signed.
 */
static pki_status prf_decode(const pki_algid *id, pki_hash *out, pki_error *err)
{
	*out = PRF_DEFAULT;
	if (id->oid.len == 0)
		return PKI_SUCCESS;
	*out = pki_hash_from_hmac_oid(id->oid);
	if (*out == PKI_HASH_NONE)
		return pki_algid_unsupported(
		    id->oid, "unknown pseudorandom function", "RFC 8018 B.1.2", err);
	if (id->params.len != 0 && !pki_algid_params_null(id))
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "parameters of the PRF are not NULL", "RFC 8018 B.1.2");
	return PKI_SUCCESS;
}

static pki_status pbkdf2_decode(
    const pki_ctx *ctx, const pki_algid *kdf, pki_pbe *out, int64_t *key_len, pki_error *err)
{
	struct pbkdf2 params;
	pki_status st = read_pbkdf2(ctx, kdf, &params, err);

	if (st == PKI_SUCCESS)
		st = prf_decode(&params.prf, &out->hash, err);
	if (st == PKI_SUCCESS)
		st = pki_pbe_set_iterations(ctx, params.iterations, out, err);
	if (st != PKI_SUCCESS)
		return st;
	out->kdf = PKI_PBE_PBKDF2;
	out->salt = params.salt;
	*key_len = params.key_len;
	return PKI_SUCCESS;
}

/* A parameter of scrypt that can be within any limits at all; 0: it cannot. */
static void read_cost(pki_der *s, const char *field, uint64_t most, uint64_t *out)
{
	int64_t v = 0;

	if (pki_der_int64(s, field, &v) && v < 1)
		pki_der_fail(s, PKI_E_STRUCTURE, "is not positive", "RFC 7914 7.1");
	if (v > 0 && (uint64_t)v > most)
		pki_der_fail(
		    s, PKI_E_LIMIT, "scrypt wants more memory than the context allows", NULL);
	*out = v > 0 ? (uint64_t)v : 0;
}

/* RFC 7914 7.1, of any cost. */
static pki_status read_scrypt(
    const pki_ctx *ctx, const pki_algid *kdf, pki_pbe *out, int64_t *key_len, pki_error *err)
{
	uint64_t r = 0, p = 0;
	pki_status st;
	pki_der d, s;

	if (kdf->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "scrypt parameters are absent", "RFC 7914 7.1");
	pki_der_init(&d, ctx, kdf->params, "scrypt-params");
	pki_der_enter(&d, PKI_TAG_SEQUENCE, NULL, &s);
	pki_pbe_read_salt(&s, &out->salt);
	read_cost(&s, "costParameter", INT64_MAX, &out->scrypt.n);
	read_cost(&s, "blockSize", UINT32_MAX, &r);
	read_cost(&s, "parallelizationParameter", UINT32_MAX, &p);
	if (pki_der_peek(&s, PKI_TAG_INTEGER))
		read_key_length(&s, key_len);
	pki_der_leave(&s);
	st = pki_der_finish(&d, err);
	if (st != PKI_SUCCESS)
		return pki_pbe_nested(st, kdf, err);
	out->kdf = PKI_PBE_SCRYPT;
	out->scrypt.r = (uint32_t)r;
	out->scrypt.p = (uint32_t)p;
	return PKI_SUCCESS;
}

static pki_status scrypt_decode(
    const pki_ctx *ctx, const pki_algid *kdf, pki_pbe *out, int64_t *key_len, pki_error *err)
{
	pki_status st = read_scrypt(ctx, kdf, out, key_len, err);

	return st == PKI_SUCCESS ? pki_scrypt_check(ctx, &out->scrypt, err) : st;
}

static pki_status kdf_decode(
    const pki_ctx *ctx, const pki_algid *kdf, pki_pbe *out, int64_t *key_len, pki_error *err)
{
	if (is(kdf, &id_pbkdf2))
		return pbkdf2_decode(ctx, kdf, out, key_len, err);
	if (is(kdf, &id_scrypt))
		return scrypt_decode(ctx, kdf, out, key_len, err);
	return pki_algid_unsupported(
	    kdf->oid, "key derivation function other than PBKDF2 and scrypt", "RFC 8018 A.4", err);
}

/* ---- ciphers ---- */

static pki_status check_iv(const pki_pbe *p, pki_error *err)
{
	if (p->iv.len == pki_cipher_block(p->cipher.scheme))
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_STRUCTURE, "IV is not as long as a block", "RFC 8018 B.2");
}

static pki_status read_iv(const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	pki_der_init(&r, ctx, id->params, "IV");
	pki_der_next(&r, PKI_TAG_OCTETS, NULL, &out->iv);
	st = pki_der_finish(&r, err);
	return st == PKI_SUCCESS ? check_iv(out, err) : st;
}

/* RFC 8018 B.2.3: what stands for some numbers of bits is another number. */
static uint32_t rc2_bits(int64_t version)
{
	static const struct {
		uint32_t version, bits;
	} coded[] = { { 160, 40 }, { 120, 64 }, { 58, 128 } };

	for (size_t i = 0; i < sizeof coded / sizeof *coded; i++)
		if (version == coded[i].version)
			return coded[i].bits;
	return version >= 256 && version <= 1024 ? (uint32_t)version : 0;
}

#define RC2_BITS_DEFAULT 32 /* RFC 8018 B.2.3 */

static pki_status read_rc2(const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err)
{
	int64_t version = 0;
	pki_status st;
	pki_der r, s;

	out->cipher.key_bits = RC2_BITS_DEFAULT;
	pki_der_init(&r, ctx, id->params, "RC2-CBC-Parameter");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	if (pki_der_peek(&s, PKI_TAG_INTEGER) && pki_der_int64(&s, "rc2ParameterVersion", &version))
		out->cipher.key_bits = rc2_bits(version);
	pki_der_next(&s, PKI_TAG_OCTETS, "iv", &out->iv);
	pki_der_leave(&s);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	if (out->cipher.key_bits == 0)
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "rc2ParameterVersion stands for no number of bits", "RFC 8018 B.2.3");
	return check_iv(out, err);
}

static const struct cipher *cipher_of(const pki_algid *id)
{
	for (size_t i = 0; i < CIPHERS; i++)
		if (is(id, &ciphers[i].oid))
			return &ciphers[i];
	return NULL;
}

static pki_status cipher_decode(
    const pki_ctx *ctx, const pki_algid *id, int64_t key_len, pki_pbe *out, pki_error *err)
{
	const struct cipher *c = cipher_of(id);
	pki_status st;

	if (c == NULL)
		return pki_algid_unsupported(id->oid,
		    "cipher other than AES, 3DES, RC2 and DES in CBC", "RFC 8018 B.2", err);
	pki_alg_init(&out->cipher, sizeof out->cipher);
	out->cipher.scheme = c->scheme;
	out->legacy = c->legacy;
	if (id->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "parameters of the cipher are absent", "RFC 8018 B.2");
	st = pki_pbe_nested(c->read(ctx, id, out, err), id, err);
	if (st != PKI_SUCCESS)
		return st;
	out->key_len = c->key_len;
	if (c->key_len == 0)
		out->key_len = key_len != 0 ? (size_t)key_len : out->cipher.key_bits / 8;
	if (out->key_len > PKI_PBE_KEY_MAX)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "a key of more than 32 octets", "RFC 8018 B.2.3");
	if ((key_len != 0 && (uint64_t)key_len != out->key_len))
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "keyLength is not the cipher's", "RFC 8018 A.2");
	return PKI_SUCCESS;
}

pki_status pki_pbes2_decode(const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err)
{
	struct halves h;
	pki_pbe p = { 0 };
	int64_t key_len = 0;
	pki_status st;

	if (!is(id, &id_pbes2))
		return PKI_E_NOTFOUND;
	st = split(ctx, id, &h, err);
	if (st == PKI_SUCCESS)
		st = pki_pbe_nested(kdf_decode(ctx, &h.kdf, &p, &key_len, err), id, err);
	if (st == PKI_SUCCESS)
		st = pki_pbe_nested(cipher_decode(ctx, &h.cipher, key_len, &p, err), id, err);
	if (st == PKI_SUCCESS)
		*out = p;
	return st;
}

/* ---- written ---- */

static void write_pbkdf2(pki_derw *w, const pki_pbe *p)
{
	pki_derw_oid(w, pki_short_oid_view(&id_pbkdf2));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_put(w, PKI_TAG_OCTETS, p->salt);
	pki_derw_int64(w, p->iterations);
	if (p->hash != PRF_DEFAULT)
		pki_algid_write(w, pki_hash_hmac_oid(p->hash), pki_algid_null);
	pki_derw_end(w);
}

static void write_scrypt(pki_derw *w, const pki_pbe *p)
{
	pki_derw_oid(w, pki_short_oid_view(&id_scrypt));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_put(w, PKI_TAG_OCTETS, p->salt);
	pki_derw_int64(w, (int64_t)p->scrypt.n);
	pki_derw_int64(w, p->scrypt.r);
	pki_derw_int64(w, p->scrypt.p);
	pki_derw_end(w);
}

static void write_cipher(pki_derw *w, const pki_pbe *p)
{
	for (size_t i = 0; i < CIPHERS; i++) {
		if (ciphers[i].scheme != p->cipher.scheme || ciphers[i].key_len != p->key_len)
			continue;
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		pki_derw_oid(w, pki_short_oid_view(&ciphers[i].oid));
		pki_derw_put(w, PKI_TAG_OCTETS, p->iv);
		pki_derw_end(w);
		return;
	}
	pki_derw_fail(w, PKI_E_ARG, "no cipher has a key of this length", NULL);
}

void pki_pbes2_write(pki_derw *w, const pki_pbe *p)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, pki_short_oid_view(&id_pbes2));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (p->kdf == PKI_PBE_SCRYPT)
		write_scrypt(w, p);
	else
		write_pbkdf2(w, p);
	pki_derw_end(w);
	write_cipher(w, p);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* ---- described ---- */

static void describe_pbkdf2(const pki_ctx *ctx, const pki_algid *kdf, pki_envelope *out)
{
	struct pbkdf2 params;

	if (read_pbkdf2(ctx, kdf, &params, NULL) != PKI_SUCCESS)
		return;
	out->prf = params.prf.oid.len != 0 ? params.prf.oid : pki_hash_hmac_oid(PRF_DEFAULT);
	out->iterations = (uint64_t)params.iterations;
	out->salt_len = params.salt.len;
}

static void describe_scrypt(const pki_ctx *ctx, const pki_algid *kdf, pki_envelope *out)
{
	int64_t key_len = 0;
	pki_pbe p = { 0 };

	if (read_scrypt(ctx, kdf, &p, &key_len, NULL) != PKI_SUCCESS)
		return;
	out->salt_len = p.salt.len;
	out->scrypt_n = p.scrypt.n;
	out->scrypt_r = p.scrypt.r;
	out->scrypt_p = p.scrypt.p;
}

/* What is not well formed further in leaves the rest empty. */
static pki_status describe(
    const pki_ctx *ctx, const pki_algid *id, pki_envelope *out, pki_error *err)
{
	struct halves h;
	pki_pbe p = { 0 };
	int64_t iterations = 0;
	pki_status st;

	out->scheme = id->oid;
	if (!is(id, &id_pbes2)) {
		if (pki_pbes1_read(ctx, id, &p, &iterations, NULL) == PKI_SUCCESS) {
			out->iterations = (uint64_t)iterations;
			out->salt_len = p.salt.len;
		}
		return PKI_SUCCESS;
	}
	st = split(ctx, id, &h, err);
	if (st != PKI_SUCCESS)
		return st;
	out->kdf = h.kdf.oid;
	out->cipher = h.cipher.oid;
	if (is(&h.kdf, &id_pbkdf2))
		describe_pbkdf2(ctx, &h.kdf, out);
	if (is(&h.kdf, &id_scrypt))
		describe_scrypt(ctx, &h.kdf, out);
	return PKI_SUCCESS;
}

pki_status pki_envelope_parse(const pki_ctx *ctx, pki_bytes der, pki_envelope *out, pki_error *err)
{
	pki_encrypted_pkcs8 e;
	pki_envelope read = { 0 };
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	memset(out, 0, sizeof *out);
	st = pki_encrypted_pkcs8_parse(ctx, der, &e, err);
	if (st == PKI_SUCCESS)
		st = describe(ctx, &e.algorithm, &read, err);
	if (st == PKI_SUCCESS)
		*out = read;
	return PKI_LEAVE(err, st);
}
