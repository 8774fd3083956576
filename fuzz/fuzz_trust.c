/* SPDX-License-Identifier: BSD-3-Clause */
/* Trust anchor lists: read, frozen, each anchor found by its name and by its certificate. */
#include "fuzz/fuzz.h"
#include "libpki/verify/trust.h"

static bool found_by_name(const pki_trust *t, size_t i)
{
	const pki_anchor *a;
	size_t at = 0, found = 0;

	while ((a = pki_trust_next(t, pki_trust_name_at(t, i), &at)) != NULL)
		found += a->cert == pki_trust_cert_at(t, i) &&
		    pki_bytes_equal(a->spki, pki_trust_spki_at(t, i));
	return found > 0;
}

static bool found_by_cert(const pki_trust *t, const pki_cert *c)
{
	size_t at = 0;

	return c == NULL || pki_trust_next_same(t, c, &at) != NULL;
}

static void look_at(const pki_anchor *a)
{
	pki_name_constraints nc = a->constraints;
	pki_ext_iter it;
	pki_subtree s;

	require(!pki_name_is_empty(a->name));
	require(a->path_len >= -1 && (a->policies == NULL) == (a->policy_count == 0));
	for (size_t i = 0; i < a->policy_count; i++)
		require(pki_oid_check(a->policies[i], NULL) == PKI_SUCCESS);
	pki_ext_list_in(&it, NULL, nc.permitted);
	while (pki_ext_subtree_next(&it, &s))
		;
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
}

static void look_at_all(const pki_trust *t)
{
	size_t at = 0, n = pki_trust_count(t);

	require(n > 0);
	for (size_t i = 0; i < n; i++) {
		require(found_by_name(t, i) && found_by_cert(t, pki_trust_cert_at(t, i)));
		require(!pki_trust_distrusts_key(t, pki_trust_spki_at(t, i)));
		at = 0;
		look_at(pki_trust_next(t, pki_trust_name_at(t, i), &at));
	}
}

static pki_trust *freeze(pki_trust_builder *b)
{
	pki_trust *t = NULL;

	require(pki_trust_freeze(b, &t, NULL) == PKI_SUCCESS);
	return t;
}

/* Twice the same is what it is once; the key of one that is distrusted is no anchor's. */
static void again(pki_trust_builder *b, pki_bytes in, const pki_trust *first)
{
	pki_trust *t;

	require(pki_trust_add_list(b, in, NULL) == PKI_SUCCESS);
	require(pki_trust_add_list(b, in, NULL) == PKI_SUCCESS);
	t = freeze(b);
	require(pki_trust_count(t) == pki_trust_count(first));
	pki_trust_free(t);
	require(pki_trust_add_list(b, in, NULL) == PKI_SUCCESS);
	require(pki_trust_distrust_key(b, pki_trust_spki_at(first, 0), NULL) == PKI_SUCCESS);
	t = freeze(b);
	require(pki_trust_count(t) < pki_trust_count(first));
	pki_trust_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_error err = PKI_ERROR_INIT;
	pki_trust_builder *b = NULL;
	pki_bytes in = pki_bytes_of(data, len);
	pki_status st;
	pki_trust *t;

	require(pki_trust_builder_new(NULL, &b, NULL) == PKI_SUCCESS);
	st = pki_trust_add_list(b, in, &err);
	require_error(st, &err);
	t = freeze(b);
	if (st == PKI_SUCCESS) {
		look_at_all(t);
		again(b, in, t);
	}
	require(st == PKI_SUCCESS || pki_trust_count(t) == 0);
	pki_trust_free(t);
	pki_trust_builder_free(b);
	return 0;
}
