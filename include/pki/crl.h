/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificate revocation lists: RFC 5280 5, read, looked up and made. */
#ifndef PKI_CRL_H
#define PKI_CRL_H

#include <pki/cert.h>
#include <pki/ext_crl.h>

PKI_BEGIN

/*
 * Immutable; shared between threads. A CRL is looked up in its DER, which everything it gives
 * views: it takes no more memory with a million entries than with one. Every entry is checked once,
 * when it is read.
 */
typedef struct pki_crl pki_crl;

#define PKI_REASON_NONE (-1) /* no reasonCode */

/* What a CRL says of a certificate. */
typedef int32_t pki_listing;
enum {
	PKI_LISTING_UNKNOWN = 0,
	PKI_LISTING_LISTED = 1,
	PKI_LISTING_NOT_LISTED = 2,
	PKI_LISTING_PART = 3 /* nor is it known to belong to the part that this CRL lists */
};

/*
 * PKI_LISTING_PART is the answer of a CRL that lists a part of what is revoked: a delta CRL, one
 * whose issuingDistributionPoint says so, or an indirect one asked about another issuer's
 * certificate. Whether the certificate belongs to that part is the caller's to find out: RFC 5280
 * 6.3.3.
 */

/* An entry of revokedCertificates. Views of the CRL. */
typedef struct pki_revoked {
	pki_listing listing;    /* of pki_crl_find */
	pki_crl_reason reason;  /* PKI_REASON_REMOVE: it is listed no more, RFC 5280 5.3.1 */
	pki_time when;          /* revocationDate; PKI_TIME_NONE: no entry */
	pki_time invalid_since; /* invalidityDate; PKI_TIME_NONE: absent */
	pki_bytes serial;       /* INTEGER contents octets, no more than the value needs */
	pki_bytes issuer; /* certificateIssuer in force, as pki_ext_list_in takes it; empty: the
			     CRL's issuer */
	pki_bytes exts;   /* crlEntryExtensions, side by side */
	uint64_t reserved[4];
} pki_revoked;

/* Where pki_crl_next is. All zeros: at the start. */
typedef struct pki_crl_cursor {
	uint64_t opaque[6];
} pki_crl_cursor;

/*
 * Reads exactly one CRL, DER, base64 of it, or PEM, and copies it once. Its signature is not
 * checked: pki_crl_check_signature. An algorithm that libpki lacks is no error here, nor is a
 * critical extension: see pki_crl_find. Blocks of other kinds in the PEM are passed over.
 * PKI_E_ENCODING; PKI_E_STRUCTURE: more than one CRL, too; PKI_E_LIMIT: crl_bytes; PKI_E_NOTFOUND:
 * PEM without a CRL.
 */
PKI_FALLIBLE pki_crl_parse(const pki_ctx *ctx, pki_bytes der_or_pem, pki_crl **out, pki_error *err);
/*
 * The same, forgiving what the PKI_LENIENT_ bits of `allow` name: SERIAL a userCertificate of 21 to
 * 64 octets, INTEGER one with octets that its value does not need, V1_EXTS extensions in a CRL that
 * is v1, DEFAULTS critical FALSE, and revokedCertificates without an entry, as GnuTLS writes it. A
 * userCertificate that is negative or zero needs no leave: it is another's. PKI_E_ARG: no such bit.
 */
PKI_FALLIBLE pki_crl_parse_lenient(
    const pki_ctx *ctx, pki_bytes der_or_pem, uint32_t allow, pki_crl **out, pki_error *err);
/* Without a copy: the memory of *der, which is DER alone, becomes the CRL's, and *der is empty. On
 * failure *der is as it was. allow: as of pki_crl_parse_lenient, or 0. */
PKI_FALLIBLE pki_crl_take(
    const pki_ctx *ctx, pki_buf *der, uint32_t allow, pki_crl **out, pki_error *err);
/*
 * Without a copy: a view of memory that must neither change nor go until release(ud) is called, by
 * whoever frees the last reference. On failure release is not called. release may be NULL. This is
 * for files that are mapped: should one be cut short meanwhile, the system ends the program.
 */
PKI_FALLIBLE pki_crl_borrow(const pki_ctx *ctx, pki_bytes der, uint32_t allow,
    void (*release)(void *ud), void *ud, pki_crl **out, pki_error *err);
/* As pki_crl_parse and pki_crl_parse_lenient, from a file, which is read into memory and not
 * mapped. PKI_E_IO too. */
PKI_FALLIBLE pki_crl_load(const pki_ctx *ctx, const char *path, pki_crl **out, pki_error *err);
PKI_FALLIBLE pki_crl_load_lenient(
    const pki_ctx *ctx, const char *path, uint32_t allow, pki_crl **out, pki_error *err);
/* Appends the CRL. PKI_E_ARG: no such form. */
PKI_FALLIBLE pki_crl_write(const pki_crl *c, pki_form form, pki_buf *out, pki_error *err);
/* The same to a file; flags as of pki_file_write. PKI_E_IO. */
PKI_FALLIBLE pki_crl_save(
    const pki_crl *c, const char *path, pki_form form, uint32_t flags, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_crl *pki_crl_ref(const pki_crl *c);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_crl_free(pki_crl *c);

/* Verifies the CRL's signature: as pki_check, and PKI_E_SIGNATURE where the algorithm is none of
 * this key's. Whose key it must be is for the caller to say. */
PKI_FALLIBLE pki_crl_check_signature(const pki_crl *c, const pki_pubkey *key, pki_error *err);

/* What follows are views of the CRL, which live as long as it does; empty for NULL. */

/* The CertificateList. */
PKI_API pki_bytes pki_crl_der(const pki_crl *c);
/* The TBSCertList that is signed. */
PKI_API pki_bytes pki_crl_tbs(const pki_crl *c);
/* The AlgorithmIdentifier: see pki_alg_parse. */
PKI_API pki_bytes pki_crl_signature_algorithm(const pki_crl *c);
/* The signature's octets. */
PKI_API pki_bytes pki_crl_signature(const pki_crl *c);
/* 1 or 2; 0 for NULL. */
PKI_API int32_t pki_crl_version(const pki_crl *c);
/* The PKI_LENIENT_ bits of what it had to be forgiven. */
PKI_API uint32_t pki_crl_leniencies(const pki_crl *c);
/* Never NULL for a CRL. */
PKI_API const pki_name *pki_crl_issuer(const pki_crl *c);
/* PKI_TIME_NONE for NULL. */
PKI_API pki_time pki_crl_this_update(const pki_crl *c);
/* PKI_TIME_NONE: absent. */
PKI_API pki_time pki_crl_next_update(const pki_crl *c);
/* cRLNumber, and the BaseCRLNumber of a delta CRL: magnitude, below 2^159; empty: absent. */
PKI_API pki_bytes pki_crl_number(const pki_crl *c);
PKI_API pki_bytes pki_crl_base_number(const pki_crl *c);
/* Has it a deltaCRLIndicator: RFC 5280 5.2.4? */
PKI_API bool pki_crl_is_delta(const pki_crl *c);
/* Does it list certificates of other issuers: indirectCRL of RFC 5280 5.2.5? */
PKI_API bool pki_crl_is_indirect(const pki_crl *c);
/* issuingDistributionPoint. false: there is none, and *out is empty. out may be NULL. */
PKI_API bool pki_crl_issuing_point(const pki_crl *c, pki_issuing_point *out);
/* keyIdentifier of authorityKeyIdentifier. */
PKI_API pki_bytes pki_crl_authority_key_id(const pki_crl *c);

/* crlExtensions, in order: how many, the i-th from 0, the one of this OID. false: there is none,
 * and *out is empty. out may be NULL. */
PKI_API size_t pki_crl_ext_count(const pki_crl *c);
PKI_API bool pki_crl_ext_at(const pki_crl *c, size_t i, pki_ext *out);
PKI_API bool pki_crl_ext(const pki_crl *c, pki_bytes oid, pki_ext *out);

/* ---- entries ---- */

/* How many entries there are. */
PKI_API size_t pki_crl_count(const pki_crl *c);
/* The next entry. false: that was the last one, and *out is empty. */
PKI_API bool pki_crl_next(const pki_crl *c, pki_crl_cursor *at, pki_revoked *out);
/* The extensions of an entry, as of the CRL. */
PKI_API size_t pki_revoked_ext_count(const pki_revoked *r);
PKI_API bool pki_revoked_ext_at(const pki_revoked *r, size_t i, pki_ext *out);
PKI_API bool pki_revoked_ext(const pki_revoked *r, pki_bytes oid, pki_ext *out);
/* The issuer of the certificate that an entry of c is about: the first directoryName of the
 * certificateIssuer in force, or the CRL's issuer. */
PKI_FALLIBLE pki_revoked_issuer(
    const pki_crl *c, const pki_revoked *r, pki_name **out, pki_error *err);
/*
 * What the CRL says of this certificate, by its issuer and serialNumber. PKI_SUCCESS:
 * found->listing is the answer; otherwise it is PKI_LISTING_UNKNOWN. Neither the signature nor the
 * dates are looked at. PKI_E_NOTFOUND: the CRL does not speak of that issuer's certificates;
 * PKI_E_UNSUPPORTED: a critical extension, of the CRL or of any entry, that libpki lacks (RFC
 * 5280 5.2, 5.3).
 */
PKI_FALLIBLE pki_crl_find_cert(
    const pki_crl *c, const pki_cert *cert, pki_revoked *found, pki_error *err);
/*
 * The same where there is no certificate. serial: INTEGER contents octets, as pki_cert_serial and
 * pki_revoked have them, in which 0x00 stands before a first octet of 0x80 or more. A magnitude
 * without it is another number, a negative one, which is not listed. PKI_E_ARG: no serialNumber.
 */
PKI_FALLIBLE pki_crl_find(const pki_crl *c, const pki_name *certificate_issuer, pki_bytes serial,
    pki_revoked *found, pki_error *err);
/*
 * Builds an index, with which pki_crl_find takes the same time whatever the size: 8 octets an
 * entry, 16 in an indirect CRL. Without it each entry is looked at. It changes nothing else, and
 * may be called at any time, by any thread, of any CRL, also one that a set or a bundle holds; a
 * second call does nothing. PKI_E_LIMIT: an indirect CRL of too many issuers.
 */
PKI_FALLIBLE pki_crl_index(const pki_crl *c, pki_error *err);
/* "keyCompromise", the name of RFC 5280; "unknown". */
PKI_API const char *pki_crl_reason_name(pki_crl_reason r);

/* ---- making ---- */

/* What is revoked, for a CRL that is to be made. Belongs to one thread. */
typedef struct pki_crl_builder pki_crl_builder;

/* A certificate that is revoked. All zeros but for serial and when: an entry without extensions. */
typedef struct pki_revocation {
	pki_bytes serial; /* INTEGER contents octets, as of pki_cert_serial; no magnitude */
	pki_time when;    /* revocationDate */
	const pki_time *invalid_since; /* invalidityDate; NULL: absent */
	const pki_exts *exts;          /* further extensions of the entry; NULL: none */
	pki_crl_reason reason; /* PKI_REASON_UNSPECIFIED, which is 0, is not written: RFC 5280
				  5.3.1; nor is PKI_REASON_NONE */
	uint32_t reserved0;
	uint64_t reserved[4];
} pki_revocation;

/*
 * A complete CRL has the entries of `from` and those of the builder, which add to them, replace
 * them and release them; those of `from` stay as they are, with all their extensions. A delta CRL
 * has the same, with delta_base in place of a `from` that is NULL, minus what delta_base has
 * already; and for what delta_base has and the complete CRL no longer, an entry with removeFromCRL.
 */
typedef struct pki_crl_opts {
	size_t size;
	const pki_time *this_update; /* NULL: now */
	const pki_time *next_update; /* NULL: 7 days after thisUpdate */
	pki_bytes number;    /* magnitude, below 2^159; empty: one more than there was, else 1 */
	const pki_crl *from; /* whose entries it has, too; NULL: delta_base */
	const pki_crl *delta_base; /* makes a delta CRL: what has changed since this one */
	const pki_exts *exts;      /* more, an issuingDistributionPoint among them */
	const pki_alg *alg;        /* NULL: the key's default */
} pki_crl_opts;

/* Zeroes size octets and stores size: see <pki/base.h>. */
PKI_API void pki_crl_opts_init(pki_crl_opts *o, size_t size);
/* Nothing revoked yet. */
PKI_FALLIBLE pki_crl_builder_new(const pki_ctx *ctx, pki_crl_builder **out, pki_error *err);
/*
 * Revokes a certificate: adds an entry, which replaces an earlier one of the same certificate and
 * that of `from`. By another issuer than the CRL's, it makes the CRL an indirect one. The first
 * error sticks until pki_crl_builder_status and whatever is made of the builder: PKI_E_ARG for no
 * time, or no reason to revoke.
 */
PKI_API void pki_crl_builder_revoke_cert(
    pki_crl_builder *b, const pki_cert *c, pki_time when, pki_crl_reason reason);
/* The same where there is no certificate, only a serial number of the CRL issuer's: INTEGER
 * contents octets, as of pki_cert_serial. PKI_E_ARG: it is negative, as a magnitude would be whose
 * first octet is 0x80 or more, zero, or longer than 20 octets: RFC 5280 4.1.2.2. */
PKI_API void pki_crl_builder_revoke(
    pki_crl_builder *b, pki_bytes serial, pki_time when, pki_crl_reason reason);
/* The same with all that an entry can have; certificate_issuer NULL: the CRL's. PKI_E_ARG:
 * reasonCode, invalidityDate or certificateIssuer among its exts, too. */
PKI_API void pki_crl_builder_add(
    pki_crl_builder *b, const pki_name *certificate_issuer, const pki_revocation *entry);
/* Takes an entry away, of `from` or of this builder: a certificate that was on hold, or has
 * expired. It is no error if there is none. */
PKI_API void pki_crl_builder_release(
    pki_crl_builder *b, const pki_name *certificate_issuer, pki_bytes serial);
/* The first error, or PKI_SUCCESS. */
PKI_FALLIBLE pki_crl_builder_status(const pki_crl_builder *b, pki_error *err);
/*
 * Makes and signs a CRL, v2, of the entries of `from` and those of the builder, which is as it was
 * afterwards. It has authorityKeyIdentifier and cRLNumber. A reason `unspecified` is left out. What
 * it makes is read again, as others' CRLs are. PKI_E_POLICY: the issuer is no CA (in an indirect
 * CRL it may be none), has no cRLSign, or another key; cRLNumber or thisUpdate go back; nextUpdate
 * is not after thisUpdate; `from` or delta_base are another issuer's or delta CRLs, or delta_base
 * has no cRLNumber, or is newer than `from`, or one of them has another issuingDistributionPoint
 * than the delta CRL. PKI_E_ARG: exts have cRLNumber or deltaCRLIndicator, or are against RFC 5280
 * 5.2: critical or not, reasons or cRLIssuer in freshestCRL, it in a delta CRL, other than
 * caIssuers in authorityInfoAccess, no indirectCRL where there are entries of other issuers.
 * PKI_E_UNSUPPORTED: `from` or delta_base has a critical extension that libpki lacks, and that exts
 * do not have either. The statuses of pki_sign.
 */
PKI_FALLIBLE pki_crl_builder_sign(const pki_crl_builder *b, const pki_cert *issuer,
    const pki_key *k, const pki_crl_opts *o, pki_crl **out, pki_error *err);
/*
 * For a key that pki_sign does not reach. Appends the TBSCertList that pki_crl_builder_sign would
 * sign. It names the signature's algorithm: o->alg, or the default of the issuer's key.
 */
PKI_FALLIBLE pki_crl_builder_tbs(const pki_crl_builder *b, const pki_cert *issuer,
    const pki_crl_opts *o, pki_buf *tbs, pki_error *err);
/* The CRL of a TBSCertList and its signature, which is checked: PKI_E_SIGNATURE. The statuses of
 * pki_crl_parse and pki_crl_check_signature. */
PKI_FALLIBLE pki_crl_join(const pki_ctx *ctx, pki_bytes tbs, pki_bytes signature,
    const pki_pubkey *issuer_key, pki_crl **out, pki_error *err);
/* NULL is fine. */
PKI_API void pki_crl_builder_free(pki_crl_builder *b);

/* ---- sets ---- */

/* CRLs by issuer, with a reference on each. Belongs to one thread while it is added to. */
typedef struct pki_crls pki_crls;
/* An empty set. */
PKI_FALLIBLE pki_crls_new(const pki_ctx *ctx, pki_crls **out, pki_error *err);
/* One more, whatever is there already. */
PKI_FALLIBLE pki_crls_add(pki_crls *s, const pki_crl *c, pki_error *err);
/*
 * Adds every CRL of a file, DER, base64 of it, or PEM, or of the PKCS#7 and CMS in it; of a folder,
 * those of its files, which may hold other things, but not of folders in it, nor of what has a name
 * that begins with a dot. allow: what is forgiven them, as by pki_crl_parse_lenient, or 0; those
 * that PKCS#7 holds are read as pki_bundle_parse reads them. After a failure the set is as it was.
 * Errors name the file. The statuses of pki_crl_load and pki_bundle_parse; PKI_E_NOTFOUND: not one.
 */
PKI_FALLIBLE pki_crls_load(pki_crls *s, const char *path, uint32_t allow, pki_error *err);
/* pki_crl_index, of every CRL there is by now. */
PKI_FALLIBLE pki_crls_index(const pki_crls *s, pki_error *err);
/* How many there are; 0 for NULL. */
PKI_API size_t pki_crls_count(const pki_crls *s);
/* From 0, in the order in which they were added; NULL beyond the end. The set's own: pki_crl_ref it
 * to keep it. */
PKI_API const pki_crl *pki_crls_at(const pki_crls *s, size_t i);
/* The next CRL of this issuer, or of any if issuer is NULL; *cursor begins at 0. NULL: no more. */
PKI_API const pki_crl *pki_crls_next(const pki_crls *s, const pki_name *issuer, size_t *cursor);
/* NULL is fine. */
PKI_API void pki_crls_free(pki_crls *s);

PKI_END
#endif
