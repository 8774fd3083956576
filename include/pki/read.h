/* SPDX-License-Identifier: BSD-3-Clause */
/* Every object of a file, in order, found by looking: PEM, DER or bare base64. */
#ifndef PKI_READ_H
#define PKI_READ_H

#include <pki/crl.h>

PKI_BEGIN

/* What a file holds; belongs to one thread. */
typedef struct pki_objects pki_objects;

/* Kinds that this release cannot read are recognized all the same. */
typedef int32_t pki_kind;
enum {
	PKI_KIND_CERTIFICATE = 1,
	PKI_KIND_CSR,
	PKI_KIND_CRL,
	PKI_KIND_PRIVATE_KEY,
	PKI_KIND_ENCRYPTED_KEY,
	PKI_KIND_PUBLIC_KEY,
	PKI_KIND_PKCS7,
	PKI_KIND_PKCS12,
	PKI_KIND_OCSP_REQUEST,
	PKI_KIND_OCSP_RESPONSE,
	PKI_KIND_TS_REQUEST,
	PKI_KIND_TS_RESPONSE,
	PKI_KIND_ATTRIBUTE_CERTIFICATE,
	PKI_KIND_JWK
};

typedef int32_t pki_encoding;
enum {
	PKI_ENCODING_DER = 1,
	PKI_ENCODING_BER,
	PKI_ENCODING_PEM,
	PKI_ENCODING_BASE64,
	PKI_ENCODING_JSON
};

/* Views, valid until the next call on the same pki_objects. The member that fits `kind` is set. */
typedef struct pki_object {
	pki_kind kind; /* 0: the end, or not known */
	pki_encoding encoding;
	size_t index;    /* from 0 */
	size_t offset;   /* in the file: of the DER, of the BEGIN line, of the base64 */
	pki_bytes bytes; /* the DER, which DEK-Info encrypts, PKCS#7's made of its BER; of OpenSSH
			    its octets, or the line */
	pki_bytes label; /* of PEM */
	const pki_csr *csr;
	pki_bytes headers;     /* of PEM: the RFC 1421 header lines, or empty */
	pki_key_format format; /* of a key */
	uint32_t encrypted;    /* 1: a private key that wants a password */
	const pki_cert *cert;
	const pki_crl *crl;
	void *reserved[8];
} pki_object;

/* Opens a file, at most message_bytes long. PKI_E_IO, PKI_E_LIMIT; what is wrong with an object is
 * for pki_objects_next. */
PKI_FALLIBLE pki_read_all(const pki_ctx *ctx, const char *path, pki_objects **out, pki_error *err);
/* The same of bytes in memory, which are copied. */
PKI_FALLIBLE pki_read_all_of(const pki_ctx *ctx, pki_bytes in, pki_objects **out, pki_error *err);
/* Forgives what the PKI_LENIENT_ bits name, in the objects that follow: see
 * pki_cert_parse_lenient and pki_crl_parse_lenient. PKI_E_ARG: an unknown bit. */
PKI_FALLIBLE pki_objects_allow(pki_objects *l, uint32_t lenient, pki_error *err);
/*
 * The next object, parsed where `kind` has a member for it. At the end: PKI_SUCCESS with kind 0.
 * After a failure out has encoding, index and offset, and kind if it is known, and the next call
 * goes on with the next object. PKI_E_UNSUPPORTED: a kind that this release cannot read; bytes are
 * there. PKI_E_NOTFOUND: no object of any kind in the whole input.
 */
PKI_FALLIBLE pki_objects_next(pki_objects *l, pki_object *out, pki_error *err);
/* The private key of a PKI_KIND_PRIVATE_KEY or PKI_KIND_ENCRYPTED_KEY: as pki_key_parse. PKI_E_ARG:
 * an object of another kind. */
PKI_FALLIBLE pki_object_key(const pki_ctx *ctx, const pki_object *o, pki_password_fn *ask, void *ud,
    pki_key **out, pki_error *err);
/* The public key of any object that has one: certificate, request, public key, private key in the
 * clear. As pki_pubkey_import and pki_key_parse. PKI_E_PASSWORD: an encrypted private key;
 * PKI_E_UNSUPPORTED: no public key in it, or none that this release reads. */
PKI_FALLIBLE pki_object_pubkey(
    const pki_ctx *ctx, const pki_object *o, pki_pubkey **out, pki_error *err);
/* "certificate", "csr", "private-key", "pkcs8-encrypted"; "unknown". */
PKI_API const char *pki_kind_name(pki_kind k);
/* "der", "ber", "pem", "base64", "json"; "unknown". */
PKI_API const char *pki_encoding_name(pki_encoding e);
/* Frees what it gave, too. NULL is fine. */
PKI_API void pki_objects_free(pki_objects *l);

PKI_END
#endif
