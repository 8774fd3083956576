/* SPDX-License-Identifier: BSD-3-Clause */
/* Path building (RFC 4158) and path validation (RFC 5280 6, RFC 5937, RFC 9618). */
#ifndef PKI_VERIFY_H
#define PKI_VERIFY_H

#include <pki/crl.h>
#include <pki/ext_policy.h>
#include <pki/trust.h>

PKI_BEGIN

/* Which rules hold; each one has those above it, too. */
typedef int32_t pki_rules;
enum {
	PKI_RULES_RFC5280, /* section 6, and what the manual page names */
	PKI_RULES_STRICT,  /* and what section 4 says a CA MUST do */
	PKI_RULES_WEBPKI   /* and the CA/Browser rules of the purpose, but for lifetimes */
};

/* What an anchor that is a certificate brings. */
typedef int32_t pki_anchor_mode;
enum {
	PKI_ANCHOR_FULL, /* RFC 5937: its validity, extensions and policies, too */
	PKI_ANCHOR_BARE  /* RFC 5280 6.1.1 (d): name and key alone */
};

typedef int32_t pki_revocation_mode;
enum {
	PKI_REVOCATION_NONE,
	PKI_REVOCATION_IF_PRESENT, /* where there is a CRL for it, or check_revocation answers */
	PKI_REVOCATION_REQUIRE     /* of every certificate below the anchor: RFC 5280 6.3 */
};

/* Signatures that have been verified, so that they need not be again; shared between threads. */
typedef struct pki_sig_cache pki_sig_cache;
/* Room for so many of them, 1 to 2^20; the oldest go. It holds a digest of the certificate and of
 * the key, 32 octets each; what is weak is judged anew every time. */
PKI_FALLIBLE pki_sig_cache_new(
    const pki_ctx *ctx, size_t entries, pki_sig_cache **out, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_sig_cache *pki_sig_cache_ref(const pki_sig_cache *c);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_sig_cache_free(pki_sig_cache *c);

/*
 * Puts into `add` more certificates that may have issued c, as those that its authorityInfoAccess
 * names. Called at most once for a certificate, when what is there does not suffice. A failure ends
 * the verification; one that would read as an answer, as PKI_E_UNTRUSTED, is PKI_E_IO.
 */
typedef pki_status pki_find_issuers_fn(void *ud, const pki_cert *c, pki_certs *add, pki_error *err);
/*
 * Has c been revoked at that time? Called after the CRLs, for what they do not answer. issuer NULL:
 * an anchor without a certificate, of which the name is c's issuer and the key issuer_spki.
 * PKI_SUCCESS: found->listing is PKI_LISTING_LISTED or PKI_LISTING_NOT_LISTED; PKI_E_NOTFOUND:
 * cannot tell. Another status ends the verification, in the same way.
 */
typedef pki_status pki_check_revocation_fn(void *ud, const pki_cert *c, const pki_cert *issuer,
    pki_bytes issuer_spki, pki_time at, pki_revoked *found, pki_error *err);

typedef struct pki_verify_opts {
	size_t size;
	const pki_trust *trust;        /* must be given */
	const pki_certs *untrusted;    /* certificates for the path, in any order */
	const char *host, *ip, *email; /* each that is given must match: pki_cert_check_host ... */
	pki_bytes purpose_oid;         /* of PKI_PURPOSE_OID: a KeyPurposeId */
	const pki_time *at;            /* NULL: what the context's clock says */
	const uint32_t *max_intermediates; /* that are not self-issued; NULL: no bound of the
					      caller's */
	const pki_crls *crls;
	pki_find_issuers_fn *find_issuers;
	void *find_issuers_ud;
	pki_check_revocation_fn *check_revocation;
	void *check_revocation_ud;
	pki_sig_cache *cache;      /* NULL: none */
	const pki_bytes *policies; /* OIDs: valid for one of these. Implies PKI_REQUIRE_POLICY */
	size_t policy_count;
	const pki_bytes *policy_set; /* user-initial-policy-set as it stands; not with policies */
	size_t policy_set_count;
	const char *const *permit, *const *exclude; /* initial subtrees: see pki_exts_permit */
	pki_purpose purpose;                        /* PKI_PURPOSE_NONE is PKI_E_ARG */
	pki_rules rules;
	pki_anchor_mode anchor;
	pki_revocation_mode revocation;
	uint32_t policy_flags; /* PKI_REQUIRE_POLICY ... */
	uint32_t allow;        /* PKI_ALLOW_ bits, beside the context's */
	uint32_t min_strength; /* bits of security: 112, 128, 192 ...; 0: 112 */
	uint32_t at_nsec;      /* added to `at`, which must be given */
} pki_verify_opts;

/* Zeroes size octets and stores size: see <pki/base.h>. */
PKI_API void pki_verify_opts_init(pki_verify_opts *o, size_t size);

/* What was found. Immutable, with a reference on each certificate it speaks of. */
typedef struct pki_result pki_result;

/* Why a path was refused. */
typedef int32_t pki_code;
enum {
	PKI_CODE_NONE,
	PKI_CODE_NO_ISSUER,  /* nobody who issued it is known */
	PKI_CODE_DISTRUSTED, /* pki_trust_distrust, or an anchor not for this */
	PKI_CODE_SIGNATURE,
	PKI_CODE_WEAK,        /* an algorithm or key that is not allowed */
	PKI_CODE_UNSUPPORTED, /* one that libpki lacks */
	PKI_CODE_NOT_YET_VALID,
	PKI_CODE_EXPIRED,
	PKI_CODE_NOT_A_CA,
	PKI_CODE_PATH_LENGTH,
	PKI_CODE_KEY_USAGE,
	PKI_CODE_PURPOSE,
	PKI_CODE_NAME_CONSTRAINT,
	PKI_CODE_NAME_MISMATCH,
	PKI_CODE_CRITICAL_EXTENSION,
	PKI_CODE_POLICY,
	PKI_CODE_REVOKED,
	PKI_CODE_REVOCATION_UNKNOWN,
	PKI_CODE_PROFILE, /* a rule of PKI_RULES_STRICT or PKI_RULES_WEBPKI */
	PKI_CODE_LIMIT    /* a limit of the context */
};

/* Views of the result. */
typedef struct pki_failure {
	size_t certificate; /* index in the attempt's path: 0 is the leaf */
	const char *clause; /* "RFC 5280 6.1.3(a)(2)" */
	const char *text;   /* "has expired: 3 days ago, at 2026-01-01T00:00:00Z": ASCII */
	pki_code code;
	uint32_t reserved[7];
} pki_failure;

/*
 * Is there a path from an anchor to this certificate that is valid for what is asked? PKI_SUCCESS:
 * yes. No: PKI_E_LIMIT where a limit or the work budget ended the search, PKI_E_UNSUPPORTED where
 * every path ends in an algorithm that libpki lacks, else PKI_E_UNTRUSTED; the error is that of the
 * best path. *out is set in all four, as an exception to what base.h says, and says which paths
 * there are and what is wrong with each. out may be NULL. PKI_E_ARG: options that are none.
 */
PKI_FALLIBLE pki_verify(const pki_ctx *ctx, const pki_cert *leaf, const pki_verify_opts *o,
    pki_result **out, pki_error *err);
/* NULL is fine. */
PKI_API void pki_result_free(pki_result *r);
/* What pki_verify returned; PKI_E_UNTRUSTED for NULL. */
PKI_API pki_status pki_result_status(const pki_result *r);

/* The valid path: the leaf, ..., the anchor. 0: there is none. */
PKI_API size_t pki_result_path_len(const pki_result *r);
/* NULL beyond the end, and for an anchor that is a name and a key. */
PKI_API const pki_cert *pki_result_path_at(const pki_result *r, size_t i);
/* The user-constrained-policy-set of RFC 5280 6.1.6, by OID; anyPolicy alone: whatever. */
PKI_API size_t pki_result_policy_count(const pki_result *r);
/* The i-th: its OID, and the qualifiers it has in the leaf. false beyond the end. */
PKI_API bool pki_result_policy_at(const pki_result *r, size_t i, pki_policy *out);
/* What no one has looked at, in words: revocation, a name, keyUsage ... NULL beyond the end. */
PKI_API size_t pki_result_not_checked_count(const pki_result *r);
PKI_API const char *pki_result_not_checked_at(const pki_result *r, size_t i);

/* Every path that was tried and refused, the best first, as far as limits allow. Empty where there
 * is a valid path. Indices are from 0; NULL, 0 and false beyond the end. */
PKI_API size_t pki_result_attempt_count(const pki_result *r);
/* How many more there were, which are not kept. */
PKI_API size_t pki_result_attempts_left_out(const pki_result *r);
PKI_API size_t pki_attempt_path_len(const pki_result *r, size_t attempt);
/* NULL: an anchor that is a name and a key, too. */
PKI_API const pki_cert *pki_attempt_path_at(const pki_result *r, size_t attempt, size_t i);
/* Does the path reach an anchor? It is the last certificate then. */
PKI_API bool pki_attempt_has_anchor(const pki_result *r, size_t attempt);
PKI_API size_t pki_attempt_failure_count(const pki_result *r, size_t attempt);
PKI_API bool pki_attempt_failure_at(
    const pki_result *r, size_t attempt, size_t i, pki_failure *out);
/* "expired", "name-mismatch": as pkitool's JSON has it; "unknown". */
PKI_API const char *pki_code_name(pki_code code);
/* Appends all of it as lines of text for people. Its wording may change. */
PKI_FALLIBLE pki_result_format(const pki_result *r, pki_buf *out, pki_error *err);

PKI_END
#endif
