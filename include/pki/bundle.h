/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates and CRLs in PKCS#7 or CMS, without a signer: .p7b, .p7c. RFC 5652 5, RFC 2315 9. */
#ifndef PKI_BUNDLE_H
#define PKI_BUNDLE_H

#include <pki/certs.h>
#include <pki/crl.h>

PKI_BEGIN

/*
 * A ContentInfo, read; immutable, and shared between threads as long as nobody frees it. What is in
 * it is as trustworthy as where it comes from: nothing is verified, signers are only counted.
 */
typedef struct pki_bundle pki_bundle;

/*
 * BER or DER, or PEM with one "PKCS7" or "CMS" block. Of SignedData every certificate and CRL is
 * parsed, as by pki_cert_parse and pki_crl_parse, and so is the rest of its structure; order and
 * repetition in its sets are free, as BER allows. Of another content type there is only its name.
 * PKI_E_NOTFOUND: no such block. PKI_E_LIMIT: over embedded_certs certificates or CRLs, or signers.
 * PKI_E_UNSUPPORTED: a version of SignedData that is not in RFC 5652.
 */
PKI_FALLIBLE pki_bundle_parse(
    const pki_ctx *ctx, pki_bytes ber_or_pem, pki_bundle **out, pki_error *err);
PKI_FALLIBLE pki_bundle_load(
    const pki_ctx *ctx, const char *path, pki_bundle **out, pki_error *err);
/* NULL is fine. */
PKI_API void pki_bundle_free(pki_bundle *b);

/* All of it, in DER, which it came in or was turned into. */
PKI_API pki_bytes pki_bundle_der(const pki_bundle *b);
/* An OID: id-signedData, or what else it is. */
PKI_API pki_bytes pki_bundle_content_type(const pki_bundle *b);
/* Its certificates and its CRLs, in its order. Empty where it is no SignedData; never NULL but for
 * NULL. */
PKI_API const pki_certs *pki_bundle_certs(const pki_bundle *b);
PKI_API const pki_crls *pki_bundle_crls(const pki_bundle *b);
/* How many signers sign its content. */
PKI_API size_t pki_bundle_signers(const pki_bundle *b);
/* How many certificates and revocation lists of other formats there are, which are passed over:
 * RFC 5652 10.2.1, 10.2.2. */
PKI_API size_t pki_bundle_others(const pki_bundle *b);

/*
 * Appends a SignedData of version 1 without signers and content, in DER, or PEM as "PKCS7", which
 * every reader of PKCS#7 or CMS takes. The sets are sorted, what is twice in a list is written
 * once. NULL for none. PKI_E_ARG: nothing in either.
 */
PKI_FALLIBLE pki_bundle_write(
    const pki_certs *certs, const pki_crls *crls, pki_form form, pki_buf *out, pki_error *err);
/* The same to a file; flags as of pki_file_write. PKI_E_IO. */
PKI_FALLIBLE pki_bundle_save(const pki_certs *certs, const pki_crls *crls, const char *path,
    pki_form form, uint32_t flags, pki_error *err);

PKI_END
#endif
