/* SPDX-License-Identifier: BSD-3-Clause */
/* Trust anchors: whom path validation starts from. RFC 5280 6.1.1 (d), RFC 5914, RFC 5937. */
#ifndef PKI_TRUST_H
#define PKI_TRUST_H

#include <pki/certs.h>

PKI_BEGIN

/* What a certificate is to be used for. */
typedef int32_t pki_purpose;
enum {
	PKI_PURPOSE_NONE,
	PKI_PURPOSE_ANY, /* extKeyUsage is not looked at */
	PKI_PURPOSE_SERVER,
	PKI_PURPOSE_CLIENT,
	PKI_PURPOSE_EMAIL,
	PKI_PURPOSE_CODE,
	PKI_PURPOSE_OCSP,
	PKI_PURPOSE_TIMESTAMP,
	PKI_PURPOSE_OID /* a KeyPurposeId that the caller names */
};
#define PKI_PURPOSE_BIT(p) (1u << (p))

/* Inputs (e), (f) and (g) of RFC 5280 6.1.1. */
#define PKI_REQUIRE_POLICY     1u /* initial-explicit-policy */
#define PKI_INHIBIT_MAPPING    2u /* initial-policy-mapping-inhibit */
#define PKI_INHIBIT_ANY_POLICY 4u /* initial-any-policy-inhibit */

/* Anchors, immutable; shared between threads. */
typedef struct pki_trust pki_trust;
/* Anchors that are put together; belongs to one thread. */
typedef struct pki_trust_builder pki_trust_builder;

/*
 * What holds for an anchor beside what its certificate says: CertPathControls of RFC 5914, and what
 * trust stores know. It binds in every mode of pki_verify. Subtrees are texts as pki_exts_permit
 * takes them.
 */
typedef struct pki_anchor_opts {
	size_t size;
	const char *const *permit, *const *exclude; /* NULL-terminated; NULL: none */
	const pki_time *distrust_after;             /* nothing below it that is issued later */
	const pki_bytes *policies;                  /* OIDs: policySet. NULL: any */
	size_t policy_count;
	const uint32_t *path_len; /* pathLenConstraint. NULL: none */
	uint32_t purposes;        /* PKI_PURPOSE_BIT()s it serves, ANY among them; 0: all */
	uint32_t policy_flags;    /* PKI_REQUIRE_POLICY ... */
} pki_anchor_opts;

/* Zeroes size octets and stores size: see <pki/base.h>. */
PKI_API void pki_anchor_opts_init(pki_anchor_opts *o, size_t size);

/* No anchors yet. */
PKI_FALLIBLE pki_trust_builder_new(const pki_ctx *ctx, pki_trust_builder **out, pki_error *err);
/*
 * One more anchor: a certificate, self-signed or not, of any version. Its own signature is never
 * looked at. What is there already, with the same options, is no error. After a failure the builder
 * is as it was. PKI_E_ARG: options that are none, a certificate without a subject.
 */
PKI_FALLIBLE pki_trust_add(
    pki_trust_builder *b, const pki_cert *anchor, const pki_anchor_opts *o, pki_error *err);
/* The same of a name, which is not empty, and a SubjectPublicKeyInfo. The statuses of
 * pki_spki_parse; a key that libpki lacks is no error here. */
PKI_FALLIBLE pki_trust_add_key(pki_trust_builder *b, const pki_name *name, pki_bytes spki,
    const pki_anchor_opts *o, pki_error *err);
/*
 * A TrustAnchorList or TrustAnchorChoice of RFC 5914, in DER: certificates, TBSCertificates, which
 * become certificates with an empty signature, and TrustAnchorInfos with their CertPathControls and
 * extensions. All of them, or none. PKI_E_STRUCTURE: also one without a name or without a certPath,
 * as it can be no anchor of a path. PKI_E_UNSUPPORTED: a critical extension of a TrustAnchorInfo
 * that libpki lacks. PKI_E_ENCODING; PKI_E_LIMIT: also more of them than pem_blocks.
 */
PKI_FALLIBLE pki_trust_add_list(pki_trust_builder *b, pki_bytes der, pki_error *err);
/*
 * The certificates of a file, or of a folder's files, as pki_certs_load; or the list of anchors
 * that such a file is, in DER. All of them, or none. PKI_E_ARG: also options that are in
 * CertPathControls, too, beside a list that has these.
 */
PKI_FALLIBLE pki_trust_load(
    pki_trust_builder *b, const char *path, const pki_anchor_opts *o, pki_error *err);
/*
 * Those that the system trusts, from the file that libpki was configured with. What real ones get
 * wrong (PKI_LENIENT_ALL) is forgiven, and what libpki does not read all the same is passed over.
 * PKI_E_IO; PKI_E_NOTFOUND: all of it is; PKI_E_UNSUPPORTED: it was configured without such a file.
 */
PKI_FALLIBLE pki_trust_system(pki_trust_builder *b, pki_error *err);
/* The file of pki_trust_system; NULL: there is none. */
PKI_API const char *pki_trust_system_path(void);
/*
 * Wins over every anchor, added before or after: no path is valid in which a certificate, the leaf
 * and the anchor included, has the key of this one, or of this SubjectPublicKeyInfo. The octets of
 * the key count, not what name or AlgorithmIdentifier it goes by. The statuses of pki_spki_parse.
 */
PKI_FALLIBLE pki_trust_distrust(pki_trust_builder *b, const pki_cert *c, pki_error *err);
PKI_FALLIBLE pki_trust_distrust_key(pki_trust_builder *b, pki_bytes spki, pki_error *err);
/* Makes them immutable. The builder is empty then, and can be used again. */
PKI_FALLIBLE pki_trust_freeze(pki_trust_builder *b, pki_trust **out, pki_error *err);
/* NULL is fine. */
PKI_API void pki_trust_builder_free(pki_trust_builder *b);

/* How many anchors there are, without those that are distrusted; 0 for NULL. */
PKI_API size_t pki_trust_count(const pki_trust *t);
/* From 0, by name; the store's own. NULL beyond the end, and for an anchor that is a name and a
 * key. */
PKI_API const pki_cert *pki_trust_cert_at(const pki_trust *t, size_t i);
/* The name and the key of any anchor: views. NULL and empty beyond the end. */
PKI_API const pki_name *pki_trust_name_at(const pki_trust *t, size_t i);
PKI_API pki_bytes pki_trust_spki_at(const pki_trust *t, size_t i);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_trust *pki_trust_ref(const pki_trust *t);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_trust_free(pki_trust *t);

PKI_END
#endif
