/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificate policies along a path: RFC 5280 6.1 as RFC 9618 has it, with a graph. */
#ifndef LIBPKI_VERIFY_POLICY_H
#define LIBPKI_VERIFY_POLICY_H

#include <pki/cert.h>
#include <pki/ext_policy.h>
#include <pki/trust.h>

/* Policies that a program names: a list without its count is PKI_E_ARG, and what is no OID. */
pki_status pki_policy_list_check(const pki_bytes *list, size_t count, pki_error *err) PKI_MUST_USE;

#define PKI_POLICY_FLAGS (PKI_REQUIRE_POLICY | PKI_INHIBIT_MAPPING | PKI_INHIBIT_ANY_POLICY)

/* policyConstraints of a certificate; nothing where it has none. */
pki_status pki_policies_constraints(const pki_ctx *ctx, const pki_cert *c,
    pki_policy_constraints *out, pki_error *err) PKI_MUST_USE;

/* valid_policy_graph, explicit_policy, policy_mapping and inhibit_anyPolicy. */
typedef struct pki_policies pki_policies;

/*
 * 6.1.2: for a path of n certificates. flags: PKI_REQUIRE_POLICY ... To be freed. Nodes are
 * limited by policy_nodes and spend of call. The graph stays linear in what certificates say.
 */
pki_status pki_policies_new(const pki_ctx *ctx, pki_call *call, size_t n, uint32_t flags,
    pki_policies **out, pki_error *err) PKI_MUST_USE;
void pki_policies_free(pki_policies *p);
/*
 * 6.1.3 (d), (e), (f), of each certificate, the anchor's first one first. last: it is the leaf.
 * PKI_E_POLICY: (f), nothing is valid where something must be; PKI_E_LIMIT.
 */
pki_status pki_policies_add(
    pki_policies *p, const pki_cert *c, bool last, pki_error *err) PKI_MUST_USE;
/* 6.1.4 (a), (b), (h), (i), (j), of each but the leaf, after pki_policies_add. */
pki_status pki_policies_prepare(pki_policies *p, const pki_cert *c, pki_error *err) PKI_MUST_USE;
/*
 * 6.1.5 (a), (b), (g), after the leaf. set: user-initial-policy-set; NULL: anyPolicy alone. Gives
 * the user-constrained-policy-set, sorted by OID: an array to be freed with pki_free, of views of
 * certificates, with the qualifiers that the leaf has. PKI_E_POLICY: nothing is valid, and
 * explicit_policy is 0.
 */
pki_status pki_policies_finish(pki_policies *p, const pki_cert *leaf, const pki_bytes *set,
    size_t set_count, pki_policy **out, size_t *count, pki_error *err) PKI_MUST_USE;

#endif
