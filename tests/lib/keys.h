/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys for tests of the built-in backend, in the forms that it reads. */
#ifndef TESTS_LIB_KEYS_H
#define TESTS_LIB_KEYS_H

#include <string.h>

#include <pki/backend.h>

#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"
#include "tests/lib/t.h"

static inline pki_key_type keys_type(const char *name)
{
	for (pki_key_type t = PKI_KEY_RSA; t <= PKI_KEY_X448; t++) {
		const char *curve = pki_key_type_curve(t);
		const char *each = curve != NULL ? curve : pki_key_type_name(t);

		if (strcasecmp(each, name) == 0)
			return t;
	}
	ck_abort_msg("no key type %s", name);
	return PKI_KEY_UNKNOWN;
}

/* The SPKI of a key that is a point or a string of octets; freed by the caller. */
static inline pki_buf keys_spki(pki_key_type t, pki_bytes point)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_spki_write_point(&w, t, point);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

static inline pki_buf keys_spki_rsa(pki_bytes n, pki_bytes e)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_spki_write_rsa(&w, PKI_KEY_RSA, n, e);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

static inline pki_buf keys_pkcs8_ec(pki_key_type t, pki_bytes scalar, pki_bytes point)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_pkcs8_write_ec(&w, t, scalar, point);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

static inline pki_buf keys_pkcs8_okp(pki_key_type t, pki_bytes seed)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_pkcs8_write_okp(&w, t, seed);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

/*
 * DER from hex in which `{` ... `}` stands for the length of what is between and for that itself:
 * "30{020100}" is 3003020100. Appends, and returns where it stopped.
 */
static inline const char *keys_der_part(const char *text, pki_buf *out)
{
	while (*text != '\0' && *text != '}') {
		pki_buf inner = PKI_BUF_INIT;
		uint8_t head[3];
		char octet[3] = { 0 };

		if (*text != '{') {
			memcpy(octet, text, 2);
			t_ok(pki_buf_append(out, t_hex(octet), err));
			text += 2 + strspn(text + 2, " ");
			continue;
		}
		text = keys_der_part(text + 1, &inner) + 1;
		text += strspn(text, " ");
		head[0] = inner.len < 0x80 ? (uint8_t)inner.len : 0x82;
		head[1] = (uint8_t)(inner.len >> 8);
		head[2] = (uint8_t)inner.len;
		if (inner.len >= 0x80 && inner.len < 0x100)
			head[0] = 0x81, head[1] = (uint8_t)inner.len;
		t_ok(pki_buf_append(out,
		    pki_bytes_of(head,
			inner.len < 0x80        ? 1
			    : inner.len < 0x100 ? 2
						: 3),
		    err));
		t_ok(pki_buf_append(out, pki_buf_bytes(&inner), err));
		pki_buf_free(&inner);
	}
	return text;
}

static inline pki_buf keys_der(const char *text)
{
	pki_buf out = PKI_BUF_INIT;

	ck_assert_str_eq(keys_der_part(text, &out), "");
	return out;
}

/* Imports and frees `from`. */
static inline void *keys_public(pki_buf from)
{
	void *pub = NULL;

	t_ok(pki_backend_nettle()->pub_import(NULL, pki_buf_bytes(&from), &pub, err));
	pki_buf_free(&from);
	return pub;
}

static inline void *keys_private(pki_buf from)
{
	void *key = NULL;

	t_ok(pki_backend_nettle()->key_import(NULL, pki_buf_bytes(&from), &key, err));
	pki_buf_free(&from);
	return key;
}

static inline void *keys_private_file(const char *path)
{
	void *key = NULL;

	t_ok(pki_backend_nettle()->key_import(NULL, t_vector(path), &key, err));
	return key;
}

static inline void *keys_public_file(const char *path)
{
	void *pub = NULL;

	t_ok(pki_backend_nettle()->pub_import(NULL, t_vector(path), &pub, err));
	return pub;
}

#endif
