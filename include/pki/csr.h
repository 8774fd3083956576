/* SPDX-License-Identifier: BSD-3-Clause */
/* PKCS#10 certification requests: RFC 2986, with the attributes of RFC 2985. */
#ifndef PKI_CSR_H
#define PKI_CSR_H

#include <pki/ext.h>
#include <pki/sign.h>

PKI_BEGIN

/* Immutable; shared between threads; one copy of its DER, which everything it gives views. */
typedef struct pki_csr pki_csr;

typedef struct pki_csr_opts {
	size_t size;
	const char *subject;          /* RFC 4514, or */
	const pki_name *subject_name; /* ... a name; neither: empty */
	const char *const *names;     /* subjectAltName, NULL-terminated: pki_gn_from_string */
	const pki_exts *exts;         /* anything more */
	const char *challenge;        /* challengePassword */
	const pki_attribute *attrs;   /* any other attributes */
	size_t attr_count;
	const pki_alg *alg; /* NULL: the key's default */
} pki_csr_opts;

/* Zeroes size octets and stores size: see <pki/base.h>. */
PKI_API void pki_csr_opts_init(pki_csr_opts *o, size_t size);
/*
 * Makes and signs a request. PKI_E_ARG: a name that is none, an extension or attribute twice, both
 * subjects, or neither a subject nor a name; PKI_E_LIMIT: too many of anything; the statuses of
 * pki_sign, for which the key's own context has its say. Context NULL: the key's.
 */
PKI_FALLIBLE pki_csr_make(
    const pki_ctx *ctx, const pki_key *k, const pki_csr_opts *o, pki_csr **out, pki_error *err);
/*
 * Reads exactly one request, DER, base64 of it, or PEM. Its signature is not checked:
 * pki_csr_check_signature. A key or algorithm that libpki lacks is no error here. Blocks of other
 * kinds in the PEM are passed over. PKI_E_ENCODING; PKI_E_STRUCTURE: more than one request, too;
 * PKI_E_LIMIT; PKI_E_NOTFOUND: PEM without a request.
 */
PKI_FALLIBLE pki_csr_parse(const pki_ctx *ctx, pki_bytes der_or_pem, pki_csr **out, pki_error *err);
/* The same from a file. PKI_E_IO too. */
PKI_FALLIBLE pki_csr_load(const pki_ctx *ctx, const char *path, pki_csr **out, pki_error *err);
/* Appends the request. PKI_E_ARG: no such form. */
PKI_FALLIBLE pki_csr_write(const pki_csr *r, pki_form form, pki_buf *out, pki_error *err);
/* The same to a file; flags as of pki_file_write. PKI_E_IO. */
PKI_FALLIBLE pki_csr_save(
    const pki_csr *r, const char *path, pki_form form, uint32_t flags, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_csr *pki_csr_ref(const pki_csr *r);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_csr_free(pki_csr *r);

/*
 * Proof of possession: the request's own signature, by its own key. PKI_E_SIGNATURE: it is wrong;
 * the other statuses are those of pki_alg_parse, pki_pubkey_import and pki_check.
 */
PKI_FALLIBLE pki_csr_check_signature(const pki_csr *r, pki_error *err);

/* What follows are views of the request, which live as long as it does; empty for NULL. */

/* The CertificationRequest. */
PKI_API pki_bytes pki_csr_der(const pki_csr *r);
/* The CertificationRequestInfo that is signed. */
PKI_API pki_bytes pki_csr_tbs(const pki_csr *r);
/* May be empty; never NULL for a request. */
PKI_API const pki_name *pki_csr_subject(const pki_csr *r);
/* The SubjectPublicKeyInfo, whether libpki knows the key or not: see pki_spki_parse. */
PKI_API pki_bytes pki_csr_spki(const pki_csr *r);
/* The public key, to be freed with pki_pubkey_free. As pki_pubkey_import. */
PKI_FALLIBLE pki_csr_pubkey(const pki_csr *r, pki_pubkey **out, pki_error *err);
/* The AlgorithmIdentifier: see pki_alg_parse. */
PKI_API pki_bytes pki_csr_signature_algorithm(const pki_csr *r);
/* The signature's octets. */
PKI_API pki_bytes pki_csr_signature(const pki_csr *r);

/*
 * The extensions asked for (extensionRequest), in order: how many, the i-th from 0, the one of this
 * OID. false: there is none, and *out is empty. out may be NULL.
 */
PKI_API size_t pki_csr_ext_count(const pki_csr *r);
PKI_API bool pki_csr_ext_at(const pki_csr *r, size_t i, pki_ext *out);
PKI_API bool pki_csr_ext(const pki_csr *r, pki_bytes oid, pki_ext *out);
/* The same of the attributes, extensionRequest among them. */
PKI_API size_t pki_csr_attr_count(const pki_csr *r);
PKI_API bool pki_csr_attr_at(const pki_csr *r, size_t i, pki_attribute *out);
PKI_API bool pki_csr_attr(const pki_csr *r, pki_bytes type, pki_attribute *out);

PKI_END
#endif
