/* SPDX-License-Identifier: BSD-3-Clause */
/* PEM that is encrypted as a whole: Proc-Type and DEK-Info of RFC 1421, as OpenSSL writes them. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/error.h"
#include "libpki/crypto/dek_info.h"

#define DEK_SALT 8 /* octets of the IV that are the salt, too */

static const struct dek_cipher {
	const char *name;
	pki_scheme scheme;
	size_t key_len;
} ciphers[] = {
	{ "DES-CBC", PKI_ALG_DES_CBC, 8 },
	{ "DES-EDE3-CBC", PKI_ALG_DES3_CBC, 24 },
	{ "AES-128-CBC", PKI_ALG_AES_CBC, 16 },
	{ "AES-192-CBC", PKI_ALG_AES_CBC, 24 },
	{ "AES-256-CBC", PKI_ALG_AES_CBC, 32 },
};

static pki_bytes trim(pki_bytes s)
{
	while (s.len > 0 && (*s.data == ' ' || *s.data == '\t'))
		s = pki_bytes_of(s.data + 1, s.len - 1);
	while (s.len > 0 && memchr(" \t\r\n", s.data[s.len - 1], 4) != NULL)
		s.len--;
	return s;
}

static pki_bytes before(pki_bytes s, uint8_t c)
{
	const uint8_t *at = s.len > 0 ? memchr(s.data, c, s.len) : NULL;

	return pki_bytes_of(s.data, at != NULL ? (size_t)(at - s.data) : s.len);
}

/* What stands behind the first n octets and the separator after them. */
static pki_bytes after(pki_bytes s, size_t n)
{
	n = n < s.len ? n + 1 : s.len;
	return pki_bytes_of(s.data + n, s.len - n);
}

/* A line ends with CR, LF or both: the line of one CR LF that follows is empty. */
static pki_bytes first_line(pki_bytes s)
{
	return before(before(s, '\n'), '\r');
}

/* The value of a header line; empty: there is none. */
static pki_bytes value_of(pki_bytes headers, const char *name)
{
	while (headers.len > 0) {
		pki_bytes line = first_line(headers), field = before(line, ':');

		if (pki_equal_nocase(trim(field), pki_bytes_str(name)))
			return trim(after(line, field.len));
		headers = after(headers, line.len);
	}
	return pki_bytes_of(NULL, 0);
}

bool pki_dek_is_encrypted(pki_bytes headers)
{
	pki_bytes type = value_of(headers, "Proc-Type"), version = before(type, ',');

	return pki_equal_nocase(trim(version), pki_bytes_str("4")) &&
	    pki_equal_nocase(trim(after(type, version.len)), pki_bytes_str("ENCRYPTED"));
}

static const struct dek_cipher *cipher_of(pki_bytes name)
{
	for (size_t i = 0; i < sizeof ciphers / sizeof *ciphers; i++)
		if (pki_equal_nocase(name, pki_bytes_str(ciphers[i].name)))
			return &ciphers[i];
	return NULL;
}

static bool read_hex(pki_bytes hex, uint8_t *out, size_t n)
{
	if (hex.len != 2 * n)
		return false;
	for (size_t i = 0; i < hex.len; i++) {
		int digit = pki_hex_digit(hex.data[i]);

		if (digit < 0)
			return false;
		out[i / 2] = (uint8_t)(out[i / 2] << 4 | digit);
	}
	return true;
}

/* RFC 1421 4.6.1.3: an algorithm, a comma, parameters. */
pki_status pki_dek_info_decode(
    pki_bytes headers, uint8_t iv[PKI_CBC_BLOCK], pki_pbe *out, pki_error *err)
{
	pki_bytes info = value_of(headers, "DEK-Info"), name = before(info, ',');
	const struct dek_cipher *c = cipher_of(trim(name));
	size_t block;

	if (info.len == 0)
		return pki_error_set(err, PKI_E_STRUCTURE, "encrypted, and there is no DEK-Info",
		    "RFC 1421 4.6.1.3");
	if (c == NULL)
		return pki_error_set_detail(err, PKI_E_UNSUPPORTED, "DEK-Info names another cipher",
		    "RFC 1421 4.6.1.3", trim(name));
	block = pki_cipher_block(c->scheme);
	if (!read_hex(trim(after(info, name.len)), iv, block))
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "the IV in DEK-Info is not as long as a block", "RFC 1421 4.6.1.3");
	*out = (pki_pbe){ .kdf = PKI_PBE_OPENSSL, .key_len = c->key_len, .legacy = "DEK-Info" };
	pki_alg_init(&out->cipher, sizeof out->cipher);
	out->cipher.scheme = c->scheme;
	out->salt = pki_bytes_of(iv, DEK_SALT);
	out->iv = pki_bytes_of(iv, block);
	return PKI_SUCCESS;
}
