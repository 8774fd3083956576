/* SPDX-License-Identifier: BSD-3-Clause */
/* Chains of certificates that are described in a line of text, and what their policies come to: by
 * libpki, and by the valid_policy_tree of RFC 5280 6.1 taken word for word. */
#ifndef TESTS_LIB_POLICY_CHAIN_H
#define TESTS_LIB_POLICY_CHAIN_H

#include <pki/cert.h>
#include <pki/ext_policy.h>
#include <pki/trust.h>

#define CHAIN_POLICIES 8 /* 1.2.0 to 1.2.7, for A to H */
#define CHAIN_ANY      (1u << CHAIN_POLICIES)
#define CHAIN_CERTS    24

/* Sets of policies are bits. */
typedef struct chain_cert {
	uint32_t policies;                         /* 0: no certificatePolicies */
	uint32_t mapped[CHAIN_POLICIES + 1];       /* what each issuer domain policy maps to */
	int require, inhibit_mapping, inhibit_any; /* -1: absent */
	bool self_issued;
} chain_cert;

typedef struct chain {
	chain_cert certs[CHAIN_CERTS]; /* the leaf is the last one */
	size_t count;
	uint32_t flags; /* PKI_REQUIRE_POLICY ... */
	uint32_t set;   /* user-initial-policy-set; CHAIN_ANY: anyPolicy alone */
} chain;

/*
 * Certificates with "|" between; of each "A,B,*" policies, "A>B,A>C" policyMappings, "r0"
 * requireExplicitPolicy, "m0" inhibitPolicyMapping, "i0" inhibitAnyPolicy, "s" self-issued, or
 * nothing. NULL: it is none.
 */
const char *chain_read(const char *text, chain *out);
/* "A,C,*" as bits; -1: it is none. */
int chain_read_set(const char *text);

/* The policy of a letter, for 0 to CHAIN_POLICIES, which is anyPolicy. */
pki_bytes chain_policy(size_t i);
/* A certificate with these extensions and no signature to speak of. */
pki_status chain_bare(const pki_exts *e, bool self_issued, pki_cert **out, pki_error *err);
pki_status chain_make(const chain_cert *c, pki_cert **out, pki_error *err);

/* *valid: the user-constrained-policy-set. */
pki_status chain_judge(const pki_ctx *ctx, const chain *c, uint32_t *valid, pki_error *err);
/* The same of the tree: PKI_SUCCESS, PKI_E_POLICY, PKI_E_LIMIT where it has too many nodes. */
pki_status chain_judge_tree(const chain *c, uint32_t *valid);

#endif
