/* SPDX-License-Identifier: BSD-3-Clause */
/* CRLs, for the other files that read, make and look them up. */
#ifndef LIBPKI_X509_CRL_H
#define LIBPKI_X509_CRL_H

#include <pki/backend.h>
#include <pki/crl.h>

#include "libpki/core/ref.h"
#include "libpki/x509/crl_entry.h"
#include "libpki/x509/signed.h"

typedef struct pki_crl_table pki_crl_table;

/*
 * One allocation: the struct, its extensions, the issuer with its text, and the DER where the CRL
 * was given as a view that may go. Everything else is a view of the DER.
 */
struct pki_crl {
	pki_ref refs;
	int32_t version;
	pki_ctx *ctx;
	pki_name *issuer;
	pki_ext *exts;
	size_t ext_count;
	pki_bytes der, entries; /* contents of revokedCertificates */
	pki_signed body;
	pki_bytes number, base_number, key_id;
	pki_bytes unknown; /* OID of a critical extension that libpki lacks; empty: none */
	pki_time this_update, next_update;
	pki_issuing_point point;
	bool has_point;
	uint8_t reserved[7];
	pki_crl_rules rules;
	pki_crl_census census;
	pki_buf taken; /* whose memory the DER is */
	void (*release)(void *ud);
	void *ud;
	_Atomic(pki_crl_table *) table; /* NULL: there is no index yet; set once, by anybody */
};

/* Exactly one CertificateList in DER, of which a copy is made. allow: PKI_LENIENT_ bits. */
pki_status pki_crl_parse_der(
    const pki_ctx *ctx, pki_bytes der, uint32_t allow, pki_crl **out, pki_error *err) PKI_MUST_USE;

/* DER alone, without a copy, as pki_crl_take. */
pki_status pki_crl_take_der(
    const pki_ctx *ctx, pki_buf *der, uint32_t allow, pki_crl **out, pki_error *err) PKI_MUST_USE;

/* Octets of a file with a CRL in it, as PEM too: four characters for three octets, and lines. */
size_t pki_crl_file_max(const pki_ctx *ctx);

/* Is it an extension that pki_crl_find and its caller can take into account? */
bool pki_crl_ext_is_known(pki_bytes oid);

/* ---- entries ---- */

/* What pki_crl_cursor is made of. */
typedef struct __attribute__((may_alias)) pki_crl_walk {
	size_t at, count; /* of the next entry, in `entries`; how many are behind it */
	pki_bytes issuer; /* certificateIssuer in force */
} pki_crl_walk;

/* The next entry; false: there is none. It needs no memory. */
bool pki_crl_walk_next(const pki_crl *c, pki_crl_walk *w, pki_crl_entry *e);
/* Has it passed every entry? PKI_E_INTERNAL: no, the octets are not what they were. */
pki_status pki_crl_walk_end(const pki_crl *c, const pki_crl_walk *w, pki_error *err) PKI_MUST_USE;

void pki_crl_table_free(pki_crl_table *t);

/* pki_crl_find, for whoever has a call to spend of. */
pki_status pki_crl_find_in_call(const pki_crl *c, const pki_name *issuer, pki_bytes serial,
    pki_call *call, pki_revoked *found, pki_error *err) PKI_MUST_USE;

#endif
