/* SPDX-License-Identifier: BSD-3-Clause */
/* A certificate on its way: what cert_make.c gathers, profile.c fills in and rules.c judges. */
#ifndef LIBPKI_X509_ISSUE_H
#define LIBPKI_X509_ISSUE_H

#include <pki/cert.h>

#define PKI_SERIAL_OCTETS 20 /* RFC 5280 4.1.2.2 */

typedef struct pki_issue {
	const pki_ctx *ctx;
	const pki_cert_opts *opts;
	const pki_cert *issuer;   /* NULL: self-signed */
	const pki_pubkey *signer; /* the key that the signature will verify by */
	const pki_csr *request;   /* asked by this, */
	const pki_cert *old;      /* ... or this, or neither */
	bool renew;               /* old is the issuer's own, and keeps all that it says */
	pki_pubkey *key;          /* the subject's */
	pki_pubkey *issuer_key;   /* NULL: self-signed */
	pki_alg alg;
	pki_name *subject;  /* NULL: the empty one */
	pki_exts *exts;     /* a list of this call's own */
	pki_buf extensions; /* Extensions, as they will stand in the certificate */
	uint8_t random[PKI_SERIAL_OCTETS];
	pki_bytes serial; /* magnitude */
	pki_time not_before, not_after;
	pki_basic_constraints constraints;
	uint32_t usage; /* PKI_KU_ bits; 0: no keyUsage */
} pki_issue;

static inline bool pki_issue_subject_is_empty(const pki_issue *i)
{
	return i->subject == NULL || pki_name_is_empty(i->subject);
}

/* Fills in i->exts: the caller's, then his names, what is copied, what the profile adds. */
pki_status pki_issue_exts(pki_issue *i, pki_error *err) PKI_MUST_USE;

/* The KeyUsage bits that a key of this type can have, and what says so. */
uint32_t pki_usage_of_key(pki_key_type t, const char **clause);
/* Must this extension be critical, or must it not? Else what `asked` says. */
bool pki_right_criticality(pki_bytes oid, bool asked);
/* What says that it must be critical, or must not, and it is to the contrary; NULL: nothing. */
const char *pki_wrong_criticality(const pki_ext *e);

/* The syntax of a name in subjectAltName or issuerAltName: RFC 5280 4.2.1.6. PKI_E_POLICY. */
pki_status pki_rules_name(const pki_gn *gn, pki_error *err) PKI_MUST_USE;
/* The attributes of a subject. PKI_E_POLICY. */
pki_status pki_rules_attrs(const pki_name *subject, pki_error *err) PKI_MUST_USE;

/* The issuer: may it sign this at all? RFC 5280 4.2.1.3, 4.2.1.9. PKI_E_POLICY. */
pki_status pki_rules_issuer(const pki_issue *i, pki_error *err) PKI_MUST_USE;
/* Reads basicConstraints and keyUsage of what is written. */
pki_status pki_rules_read(pki_issue *i, pki_error *err) PKI_MUST_USE;
/* Its names, under the issuer's nameConstraints; san: NULL if there is none. PKI_E_POLICY. */
pki_status pki_rules_names(const pki_issue *i, const pki_ext *san, pki_error *err) PKI_MUST_USE;
/* The certificate by itself, then below its issuer. PKI_E_ARG, PKI_E_POLICY. */
pki_status pki_rules_check(const pki_issue *i, pki_error *err) PKI_MUST_USE;

#endif
