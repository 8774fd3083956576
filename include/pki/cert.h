/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificates: RFC 5280 4. */
#ifndef PKI_CERT_H
#define PKI_CERT_H

#include <pki/csr.h>
#include <pki/time.h>

PKI_BEGIN

/* Immutable; shared between threads; one copy of its DER, which everything it gives views. */
typedef struct pki_cert pki_cert;

/* Always forgiven, as certificates that are trusted widely have them. */
#define PKI_ODD_SERIAL 16u /* serialNumber zero (RFC 5280 4.1.2.2) */
#define PKI_ODD_TIME   32u /* GeneralizedTime through the year 2049 (RFC 5280 4.1.2.5) */
#define PKI_ODD_BITS   64u /* keyUsage that ends with zeros (X.690 11.2.2) */

/*
 * Reads exactly one certificate, DER, base64 of it, or PEM, where blocks of other kinds are passed
 * over. Its syntax is checked to the last octet, that of the extensions libpki knows too; its
 * signature, dates and meaning are not. A key, algorithm or extension that libpki lacks is no error
 * here. PKI_E_ENCODING; PKI_E_STRUCTURE: more than one certificate, too; PKI_E_LIMIT;
 * PKI_E_NOTFOUND: PEM without a certificate.
 */
PKI_FALLIBLE pki_cert_parse(
    const pki_ctx *ctx, pki_bytes der_or_pem, pki_cert **out, pki_error *err);
/* The same, forgiving what the PKI_LENIENT_ bits of `allow` name. */
PKI_FALLIBLE pki_cert_parse_lenient(
    const pki_ctx *ctx, pki_bytes der_or_pem, uint32_t allow, pki_cert **out, pki_error *err);
/* The PKI_LENIENT_ and PKI_ODD_ bits of what it had to be forgiven. */
PKI_API uint32_t pki_cert_leniencies(const pki_cert *c);
/* As pki_cert_parse, from a file. PKI_E_IO too. */
PKI_FALLIBLE pki_cert_load(const pki_ctx *ctx, const char *path, pki_cert **out, pki_error *err);
/* Appends the certificate. PKI_E_ARG: no such form. */
PKI_FALLIBLE pki_cert_write(const pki_cert *c, pki_form form, pki_buf *out, pki_error *err);
/* The same to a file; flags as of pki_file_write. PKI_E_IO. */
PKI_FALLIBLE pki_cert_save(
    const pki_cert *c, const char *path, pki_form form, uint32_t flags, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_cert *pki_cert_ref(const pki_cert *c);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_cert_free(pki_cert *c);

/* What follows are views of the certificate, which live as long as it does; empty for NULL. */

/* The Certificate, octet for octet. */
PKI_API pki_bytes pki_cert_der(const pki_cert *c);
/* The TBSCertificate that is signed. */
PKI_API pki_bytes pki_cert_tbs(const pki_cert *c);
/* 1, 2 or 3; 0 for NULL. */
PKI_API int32_t pki_cert_version(const pki_cert *c);
/* The contents octets of the INTEGER, of which there are no more than its value needs. */
PKI_API pki_bytes pki_cert_serial(const pki_cert *c);
/* The AlgorithmIdentifier, which stands in it twice: see pki_alg_parse. */
PKI_API pki_bytes pki_cert_signature_algorithm(const pki_cert *c);
/* The signature's octets. */
PKI_API pki_bytes pki_cert_signature(const pki_cert *c);
/* May be empty; never NULL for a certificate. A reference on one is one on the certificate. */
PKI_API const pki_name *pki_cert_issuer(const pki_cert *c);
PKI_API const pki_name *pki_cert_subject(const pki_cert *c);
/* Validity, both ends included. PKI_TIME_NONE for NULL. */
PKI_API pki_time pki_cert_not_before(const pki_cert *c);
PKI_API pki_time pki_cert_not_after(const pki_cert *c);
/* The SubjectPublicKeyInfo, whether libpki knows the key or not: see pki_spki_parse, pki_spki_pin.
 */
PKI_API pki_bytes pki_cert_spki(const pki_cert *c);
/* Octets of the BIT STRING; empty: absent. RFC 5280 4.1.2.8. */
PKI_API pki_bytes pki_cert_issuer_unique_id(const pki_cert *c);
PKI_API pki_bytes pki_cert_subject_unique_id(const pki_cert *c);
/*
 * The extensions, in order: how many, the i-th from 0, the one of this OID. false: there is none,
 * and *out is empty. out may be NULL.
 */
PKI_API size_t pki_cert_ext_count(const pki_cert *c);
PKI_API bool pki_cert_ext_at(const pki_cert *c, size_t i, pki_ext *out);
PKI_API bool pki_cert_ext(const pki_cert *c, pki_bytes oid, pki_ext *out);
/* basicConstraints: is cA TRUE? pathLenConstraint, or -1 for none. RFC 5280 4.2.1.9. */
PKI_API bool pki_cert_is_ca(const pki_cert *c);
PKI_API int32_t pki_cert_path_len(const pki_cert *c);
/* PKI_KU_ bits; 0: there is no keyUsage. */
PKI_API uint32_t pki_cert_key_usage(const pki_cert *c);
/* subjectKeyIdentifier, and the keyIdentifier of authorityKeyIdentifier; empty: absent. */
PKI_API pki_bytes pki_cert_key_id(const pki_cert *c);
PKI_API pki_bytes pki_cert_authority_key_id(const pki_cert *c);
/* Are issuer and subject the same name, by RFC 5280 7.1? That says nothing of the signature. */
PKI_API bool pki_cert_is_self_issued(const pki_cert *c);

/* The public key, to be freed with pki_pubkey_free. As pki_pubkey_import: a key that is unknown,
 * weak or none at all is refused here. */
PKI_FALLIBLE pki_cert_pubkey(const pki_cert *c, pki_pubkey **out, pki_error *err);
/* Was it signed with this key? PKI_E_SIGNATURE: no; the other statuses are those of pki_alg_parse
 * and pki_check. Whether the key may sign certificates is not asked. */
PKI_FALLIBLE pki_cert_check_signature(
    const pki_cert *c, const pki_pubkey *issuer_key, pki_error *err);
/* The digest of its DER: pki_hash_size(h) octets. As pki_hash_once. */
PKI_FALLIBLE pki_cert_fingerprint(
    const pki_cert *c, pki_hash h, uint8_t out[PKI_HASH_MAX], pki_error *err);

/*
 * Is this name one of the subjectAltName's? RFC 9525, RFC 9549, RFC 9598; common names do not
 * count. PKI_E_NOTFOUND: no, and the error's detail says which names there are; PKI_E_ARG: no such
 * name. That the certificate is to be trusted is another question.
 */

/*
 * host: a host name in A-labels, of any case, with or without a dot at its end, or an IP address,
 * without brackets and zone. A "*" in the certificate is the whole left-most label, stands for one
 * label, and has two or more at its right. A name in an odd form there never matches.
 */
PKI_FALLIBLE pki_cert_check_host(const pki_cert *c, const char *host, pki_error *err);
/* 4 or 16 octets. An IPv4-mapped IPv6 address is not the IPv4 address. */
PKI_FALLIBLE pki_cert_check_ip(const pki_cert *c, pki_bytes address, pki_error *err);
/*
 * mailbox: UTF-8, its host name in A-labels. The local part is compared octet for octet, the host
 * name in any case. Where the subjectAltName has no mailbox, or there is none, emailAddress in the
 * subject counts (RFC 8550 3), unless PKI_EMAIL_SAN_ONLY is in flags.
 */
#define PKI_EMAIL_SAN_ONLY 1u
PKI_FALLIBLE pki_cert_check_email(
    const pki_cert *c, const char *mailbox, uint32_t flags, pki_error *err);

/* ---- making ---- */

/* What a certificate is for. Each profile sets basicConstraints, keyUsage and extKeyUsage. */
typedef int32_t pki_profile;
enum {
	PKI_PROFILE_SERVER, /* the default */
	PKI_PROFILE_CLIENT,
	PKI_PROFILE_EMAIL,
	PKI_PROFILE_CODE,
	PKI_PROFILE_OCSP,      /* and id-pkix-ocsp-nocheck */
	PKI_PROFILE_TIMESTAMP, /* extKeyUsage is critical: RFC 3161 2.3 */
	PKI_PROFILE_CA,
	PKI_PROFILE_NONE /* no extension but the key identifiers, and what the caller gives */
};

typedef struct pki_cert_opts {
	size_t size;
	const char *subject;          /* RFC 4514, or */
	const pki_name *subject_name; /* ... a name; neither: the request's, else empty */
	const char *const *names; /* subjectAltName, NULL-terminated, in place of the request's */
	const pki_exts *exts;     /* each in place of the request's and the profile's own */
	pki_bytes
	    serial; /* INTEGER contents octets, positive; empty: 20, random, 0x40.. to 0x7f.. */
	const pki_time *not_before; /* NULL: now */
	const pki_time *not_after;  /* NULL: 90 days on; a CA: 3650 self-signed, 1825 issued */
	const pki_bytes *copy; /* OIDs of the request's extensions to keep; NULL: subjectAltName */
	size_t copy_count;
	const int32_t *path_len; /* of PKI_PROFILE_CA. -1: none; NULL: 0, none when self-signed */
	const pki_alg *alg;      /* NULL: the issuer key's default */
	pki_profile profile;
	pki_key_id_method key_id_method; /* of the key identifiers that are added */
} pki_cert_opts;

/* Zeroes size octets and stores size: see <pki/base.h>. */
PKI_API void pki_cert_opts_init(pki_cert_opts *o, size_t size);

/*
 * Four ways to a certificate; in each, the key's context has its say, and what is made has been
 * read by pki_cert_parse. subjectKeyIdentifier and authorityKeyIdentifier are added (the latter not
 * to what is self-signed), keyUsage follows the type of the key, and each extension is critical
 * where RFC 5280 has it so.
 *
 * PKI_E_ARG: options that contradict each other, a name that is none, or what no certificate may
 * be: without a subject and a name, cA without keyCertSign or the reverse, a keyUsage that is not
 * for the key, a server without a name, nameConstraints with a minimum or a maximum. PKI_E_POLICY:
 * the issuer is no CA, is not valid now, or has another key than k; notAfter, pathLenConstraint,
 * extKeyUsage or a name is beyond the issuer's; the request asks for the issuer's name, or for what
 * `copy` lets pass and the profile does not; the key is weak or of no use in the profile. Besides
 * these the statuses of pki_pubkey_import and pki_sign; PKI_E_ENCODING, PKI_E_STRUCTURE: the value
 * of an extension is not what its syntax wants.
 */

/* Signed by the key that is in it. Context NULL: the key's. */
PKI_FALLIBLE pki_cert_self_sign(
    const pki_ctx *ctx, const pki_key *k, const pki_cert_opts *o, pki_cert **out, pki_error *err);
/*
 * From a request, whose signature is checked: PKI_E_SIGNATURE. Of its extensions `copy` lets some
 * pass; but basicConstraints and authorityKeyIdentifier never are the request's, and cA,
 * keyCertSign, cRLSign or a KeyPurposeId beyond the profile's that would pass is PKI_E_POLICY.
 */
PKI_FALLIBLE pki_cert_issue(const pki_csr *r, const pki_cert *issuer, const pki_key *k,
    const pki_cert_opts *o, pki_cert **out, pki_error *err);
/* From a SubjectPublicKeyInfo in DER; nobody proves that he has the key. `copy` is PKI_E_ARG. */
PKI_FALLIBLE pki_cert_issue_spki(pki_bytes spki, const pki_cert *issuer, const pki_key *k,
    const pki_cert_opts *o, pki_cert **out, pki_error *err);
/*
 * From a certificate: the same subject and key, another serial number and validity. Without `copy`
 * it is renewed: k has to have signed the old one, or PKI_E_POLICY, and all its extensions stay but
 * authorityKeyIdentifier, the SCT list and, where the issuer has another name, issuerAltName,
 * cRLDistributionPoints, freshestCRL and authorityInfoAccess; a profile is PKI_E_ARG. With `copy`
 * it is treated as a request, without a proof that anybody has the key. issuer NULL: self-signed
 * again.
 */
PKI_FALLIBLE pki_cert_reissue(const pki_cert *old, const pki_cert *issuer, const pki_key *k,
    const pki_cert_opts *o, pki_cert **out, pki_error *err);

/*
 * For a key that pki_sign does not reach: each appends the TBSCertificate that pki_cert_issue,
 * pki_cert_issue_spki or pki_cert_reissue would sign, asking the same of who wants it. issuer NULL,
 * but not with a request: that of a self-signed certificate. It names the signature's algorithm:
 * o->alg, or the default of the issuer's key.
 */
PKI_FALLIBLE pki_cert_tbs_of_csr(const pki_ctx *ctx, const pki_csr *r, const pki_cert *issuer,
    const pki_cert_opts *o, pki_buf *tbs, pki_error *err);
PKI_FALLIBLE pki_cert_tbs_of_spki(const pki_ctx *ctx, pki_bytes spki, const pki_cert *issuer,
    const pki_cert_opts *o, pki_buf *tbs, pki_error *err);
PKI_FALLIBLE pki_cert_tbs_of_cert(const pki_ctx *ctx, const pki_cert *old, const pki_cert *issuer,
    const pki_cert_opts *o, pki_buf *tbs, pki_error *err);
/* The certificate of a TBSCertificate and its signature, which is checked: PKI_E_SIGNATURE. The
 * statuses of pki_cert_parse and pki_cert_check_signature. */
PKI_FALLIBLE pki_cert_join(const pki_ctx *ctx, pki_bytes tbs, pki_bytes signature,
    const pki_pubkey *issuer_key, pki_cert **out, pki_error *err);

PKI_END
#endif
