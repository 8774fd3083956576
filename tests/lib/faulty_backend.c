/* SPDX-License-Identifier: BSD-3-Clause */
/* The built-in backend, with a fault at one of its calls. */
#include <string.h>

#include "tests/lib/faulty_backend.h"

struct fault fault;

#define REAL (pki_backend_nettle())

static bool now(void)
{
	fault.calls++;
	if (fault.calls != fault.at)
		return false;
	fault.reached = true;
	return true;
}

/* The status of a call that fails; PKI_SUCCESS: the fault is of another kind. */
static pki_status failing(void)
{
	static const pki_status statuses[] = { [FAULT_FAILS] = PKI_E_BACKEND,
		[FAULT_ARG] = PKI_E_ARG,
		[FAULT_NEGATIVE] = -77,
		[FAULT_UNKNOWN] = 9999 };

	if (fault.kind > FAULT_UNKNOWN)
		return PKI_SUCCESS;
	fault.done = true;
	return statuses[fault.kind];
}

/* Calls that make something: a fault, or the real call. */
#define MAKES(call)                                                      \
 do {                                                                    \
  if (now() && (failing() != PKI_SUCCESS || fault.kind == FAULT_IDLE)) { \
   fault.done = true;                                                    \
   return failing();                                                     \
  }                                                                      \
  return (call);                                                         \
 } while (0)

/* Calls without an output that libpki could check. */
#define ACTS(call)                       \
 do {                                    \
  if (now() && failing() != PKI_SUCCESS) \
   return failing();                     \
  return (call);                         \
 } while (0)

/* Calls that write to a span. zeros_show: libpki can tell zeros from the right octets. */
static pki_status wrote(bool hurt, size_t room, pki_span *out, bool zeros_show, pki_status st)
{
	if (!hurt || st != PKI_SUCCESS)
		return st;
	switch (fault.kind) {
	case FAULT_SHORT:
		out->len--;
		break;
	case FAULT_LONG:
		out->len = room + 1;
		break;
	case FAULT_HUGE:
		out->len = SIZE_MAX;
		break;
	case FAULT_IDLE:
	case FAULT_ZEROS:
		memset(out->data, 0, out->len);
		fault.done = zeros_show;
		return st;
	default:
		return st;
	}
	fault.done = true;
	return st;
}

#define WRITES(out, zeros_show, call)                \
 do {                                                \
  bool hurt = now();                                 \
  size_t room = (out)->len;                          \
  if (hurt && failing() != PKI_SUCCESS)              \
   return failing();                                 \
  return wrote(hurt, room, out, zeros_show, (call)); \
 } while (0)

static bool supports(void *self, pki_op op, pki_key_type key, const pki_alg *a)
{
	return REAL->supports(self, op, key, a);
}

static pki_status get_random(void *self, pki_span out, pki_error *err)
{
	ACTS(REAL->random(self, out, err));
}

static pki_status digest_new(
    void *self, const pki_alg *a, pki_bytes mac_key, void **st, pki_error *err)
{
	MAKES(REAL->digest_new(self, a, mac_key, st, err));
}

static pki_status digest_update(void *st, pki_bytes in, pki_error *err)
{
	ACTS(REAL->digest_update(st, in, err));
}

static pki_status digest_final(void *st, pki_span *out, pki_error *err)
{
	WRITES(out, false, REAL->digest_final(st, out, err));
}

static pki_status digest_dup(void *st, void **copy, pki_error *err)
{
	MAKES(REAL->digest_dup(st, copy, err));
}

static void digest_free(void *st)
{
	REAL->digest_free(st);
}

static pki_status cipher_new(void *self, const pki_alg *a, bool encrypt, pki_bytes key,
    pki_bytes iv, pki_bytes aad, uint64_t total_len, void **st, pki_error *err)
{
	MAKES(REAL->cipher_new(self, a, encrypt, key, iv, aad, total_len, st, err));
}

static pki_status cipher_update(void *st, pki_bytes in, pki_span *out, pki_error *err)
{
	WRITES(out, false, REAL->cipher_update(st, in, out, err));
}

static pki_status cipher_final(void *st, pki_span *out, pki_span *tag, pki_error *err)
{
	ACTS(REAL->cipher_final(st, out, tag, err));
}

static void cipher_free(void *st)
{
	REAL->cipher_free(st);
}

static pki_status kdf(void *self, pki_call *call, const pki_alg *a, pki_bytes secret,
    pki_bytes salt, pki_bytes info, pki_span out, pki_error *err)
{
	ACTS(REAL->kdf(self, call, a, secret, salt, info, out, err));
}

static pki_status key_generate(void *self, pki_call *call, pki_key_type t, uint32_t bits,
    const char *label, pki_bytes id, void **key, pki_error *err)
{
	MAKES(REAL->key_generate(self, call, t, bits, label, id, key, err));
}

static pki_status key_import(void *self, pki_bytes pkcs8, void **key, pki_error *err)
{
	MAKES(REAL->key_import(self, pkcs8, key, err));
}

static pki_status key_export(void *key, pki_span *pkcs8, pki_error *err)
{
	WRITES(pkcs8, true, REAL->key_export(key, pkcs8, err));
}

static pki_status key_public(void *key, pki_span *spki, pki_error *err)
{
	WRITES(spki, true, REAL->key_public(key, spki, err));
}

static pki_status pub_import(void *self, pki_bytes spki, void **pub, pki_error *err)
{
	MAKES(REAL->pub_import(self, spki, pub, err));
}

static void key_free(void *key)
{
	REAL->key_free(key);
}

static pki_status sign(void *key, const pki_alg *a, pki_bytes msg, pki_span *sig, pki_error *err)
{
	WRITES(sig, a->scheme == PKI_ALG_ECDSA, REAL->sign(key, a, msg, sig, err));
}

static pki_status sign_digest(
    void *key, const pki_alg *a, pki_bytes digest, pki_span *sig, pki_error *err)
{
	WRITES(sig, a->scheme == PKI_ALG_ECDSA, REAL->sign_digest(key, a, digest, sig, err));
}

static pki_status verify(void *pub, const pki_alg *a, pki_bytes msg, pki_bytes sig, pki_error *err)
{
	ACTS(REAL->verify(pub, a, msg, sig, err));
}

static pki_status verify_digest(
    void *pub, const pki_alg *a, pki_bytes digest, pki_bytes sig, pki_error *err)
{
	ACTS(REAL->verify_digest(pub, a, digest, sig, err));
}

static const pki_backend_table table = {
	.abi = PKI_BACKEND_ABI,
	.size = sizeof(pki_backend_table),
	.name = "faulty",
	.supports = supports,
	.random = get_random,
	.digest_new = digest_new,
	.digest_update = digest_update,
	.digest_final = digest_final,
	.digest_dup = digest_dup,
	.digest_free = digest_free,
	.cipher_new = cipher_new,
	.cipher_update = cipher_update,
	.cipher_final = cipher_final,
	.cipher_free = cipher_free,
	.kdf = kdf,
	.key_generate = key_generate,
	.key_import = key_import,
	.key_export = key_export,
	.key_public = key_public,
	.pub_import = pub_import,
	.key_free = key_free,
	.sign = sign,
	.sign_digest = sign_digest,
	.verify = verify,
	.verify_digest = verify_digest,
};

const pki_backend_table *faulty_backend(void)
{
	return &table;
}
