/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Certificates, CRLs and chains of them from a description whose every field can be wrong: what
 * libpki itself would not make. Keys, serial numbers and dates are the same each time.
 */
#ifndef TESTS_CHAIN_GEN_H
#define TESTS_CHAIN_GEN_H

#include <pki/verify.h>

#include "tests/lib/t.h"

#define GEN_EXTS 16
#define GEN_MOST 10                  /* certificates of a chain */
#define GEN_AT   INT64_C(1800000000) /* 2027-01-15T08:00:00Z */
#define GEN_FROM (GEN_AT - PKI_DAYS(100))
#define GEN_TO   (GEN_AT + PKI_DAYS(100))

/* Keys: P-256 from 0 on; and others. */
enum {
	GEN_P256 = 128,
	GEN_RSA2048 = GEN_P256,
	GEN_RSA1024,
	GEN_P384,
	GEN_ED25519,
	GEN_DSA,
	GEN_SECP256K1, /* libpki lacks it: it signs nothing */
	GEN_KEYS
};

typedef struct gen_ext {
	pki_oid oid;
	size_t len;
	bool critical;
	uint8_t value[487];
} gen_ext;

typedef struct gen_exts {
	gen_ext list[GEN_EXTS];
	size_t count;
} gen_exts;

typedef struct gen_cert {
	const char *subject, *issuer; /* RFC 4514 */
	size_t key, issuer_key;
	pki_time from, to;
	int64_t serial;
	int version;
	pki_hash hash;        /* NONE: SHA-256 */
	bool flip;            /* a bit of the signature */
	bool other_algorithm; /* one that libpki lacks */
	pki_bytes spki;       /* in place of the key's; empty: the key's */
	gen_exts exts;
} gen_cert;

typedef struct gen_crl {
	const char *issuer;
	size_t issuer_key;
	pki_time from, to; /* PKI_TIME_NONE: no nextUpdate */
	pki_hash hash;
	bool flip;
	int64_t revoked; /* one serial number; 0: none */
	gen_exts exts, entry_exts;
} gen_crl;

/* Sets one extension in place of what is there; takes one away; sets those of the builder, which it
 * frees. */
void gen_ext_set(gen_exts *x, pki_bytes oid, bool critical, pki_bytes value);
void gen_ext_drop(gen_exts *x, pki_bytes oid);
void gen_ext_take(gen_exts *x, pki_exts *from);
gen_ext *gen_ext_find(gen_exts *x, pki_bytes oid);
pki_exts *gen_builder(void);

/* A certificate with key identifiers and nothing else, valid at GEN_AT. */
void gen_cert_init(
    gen_cert *c, const char *subject, const char *issuer, size_t key, size_t issuer_key);
/* basicConstraints and keyUsage of a CA; path_len -1: none. */
void gen_ca(gen_cert *c, int32_t path_len);
void gen_usage(gen_cert *c, uint32_t bits);
void gen_san(gen_cert *c, const char *name);    /* one more */
void gen_policy(gen_cert *c, pki_bytes policy); /* one more */
void gen_permit(gen_cert *c, const char *name);
void gen_exclude(gen_cert *c, const char *name);
/* A CRL of this issuer without entries. */
void gen_crl_init(gen_crl *c, const char *issuer, size_t issuer_key);

/* Signed, and read by libpki. */
pki_cert *gen_cert_make(const gen_cert *c);
pki_crl *gen_crl_make(const gen_crl *c);
/* The SubjectPublicKeyInfo. */
pki_bytes gen_spki(size_t key);

/* ---- a chain, and what is asked of it ---- */

typedef struct gen_chain {
	gen_cert certs[GEN_MOST]; /* the leaf first, the anchor last */
	size_t count;
	gen_crl crls[GEN_MOST]; /* [i]: of what certs[i + 1] issued */
	size_t crl_count;
	pki_verify_opts ask;
	pki_anchor_opts anchor;
	size_t distrusted; /* a certificate; 0: none */
	bool distrust_key;
	/* what ask points at */
	const char *permit[3], *exclude[3];
	pki_time at, after;
	uint32_t max_intermediates;
	pki_bytes policies[2];
} gen_chain;

/* A server's certificate, count - 2 CAs and a root; valid whatever is asked of it. */
void gen_chain_init(gen_chain *g, size_t count);

typedef struct gen_made {
	pki_cert *certs[GEN_MOST];
	size_t count;
	pki_certs *untrusted; /* all between, the last one first */
	pki_crls *crls;
	pki_trust *trust;
} gen_made;

void gen_make(const gen_chain *g, gen_made *m);
void gen_made_free(gen_made *m);
/* Asks what the chain says; o NULL: as it says. */
pki_status gen_verify(const gen_chain *g, const gen_made *m, const pki_verify_opts *o,
    pki_result **r, pki_error *err);
/* The keys, at the end. */
void gen_done(void);

#endif
