/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys as JSON Web Keys (RFC 7517): a library of its own, libpki-jwk. */
#ifndef PKI_JWK_H
#define PKI_JWK_H

#include <pki/key.h>

PKI_BEGIN

/*
 * "kty" is RSA or EC (RFC 7518 6.2, 6.3; P-256, P-384, P-521), or OKP (RFC 8037 2; Ed25519, Ed448,
 * X25519, X448). The input is one JWK, or a JWK Set of exactly one; JSON is in UTF-8, 1 MiB of it
 * at most, objects and arrays nested 16 deep at most. No member is there twice, none that is needed
 * is absent, and a number has no leading zeros (RFC 7518 2). Members that do not make the key
 * ("use", "alg", "kid", "x5c" ...) are ignored: RFC 7517 4. What libpki asks of any key it asks of
 * these.
 *
 * The JSON is parsed with jansson. The strings that it gives are wiped; what it keeps of the text
 * while it reads, and of text that is not JSON, is freed without. The text itself is the caller's
 * to wipe. Where jansson finds no memory it may call the text wrong: PKI_E_ENCODING.
 *
 * An error's reason has the name of the member; it has no offset, and names no function.
 *
 * The readers return PKI_E_ENCODING: not JSON (RFC 8259), or not base64url without padding, white
 * space and stray bits (RFC 4648 3.5, 5); PKI_E_STRUCTURE: no object, two members of one name, a
 * member that is absent, no string, or of another length, a Set of more than one key; PKI_E_LIMIT:
 * too long or deep, or over a limit of the context; PKI_E_UNSUPPORTED: another "kty" or "crv";
 * PKI_E_POLICY: a weak key, or one whose parts contradict each other; PKI_E_NOTFOUND: no key in it.
 */

/*
 * Reads a private key. A public one is PKI_E_NOTFOUND; an RSA key of more than two primes ("oth"),
 * or with "d" alone of its private members, which RFC 7518 6.3.2 allows, PKI_E_UNSUPPORTED. The
 * public members must be there and are checked: PKI_E_POLICY where they are another key's.
 */
PKI_FALLIBLE pki_jwk_key_parse(const pki_ctx *ctx, pki_bytes json, pki_key **out, pki_error *err);
/* Reads a public key, or the public members of a private one, whose others are not looked at. */
PKI_FALLIBLE pki_jwk_pubkey_parse(
    const pki_ctx *ctx, pki_bytes json, pki_pubkey **out, pki_error *err);
/*
 * Appends the private key, one line with its newline: "kty", "crv", the public members, the private
 * ones, and "kid", which is the thumbprint in base64url. Give it a buffer with PKI_BUF_SECRET.
 * PKI_E_UNSUPPORTED: a key that no JWK tells of, or none of what it tells, as RSASSA-PSS ones are:
 * RFC 7518 6.3 has no room for their parameters; PKI_E_POLICY: the key's backend does not let it
 * out.
 */
PKI_FALLIBLE pki_jwk_key_write(const pki_key *k, pki_buf *out, pki_error *err);
/* The same of a public key. PKI_E_UNSUPPORTED. */
PKI_FALLIBLE pki_jwk_pubkey_write(const pki_pubkey *k, pki_buf *out, pki_error *err);
/* The key's thumbprint, RFC 7638 3, with SHA-256: 32 octets. PKI_E_UNSUPPORTED, as above. */
PKI_FALLIBLE pki_jwk_thumbprint(const pki_pubkey *k, uint8_t out[32], pki_error *err);

PKI_END
#endif
