/* SPDX-License-Identifier: BSD-3-Clause */
/* Names under nameConstraints: two values of that extension, a subject, a subjectAltName. */
#include "fuzz/fuzz.h"
#include "libpki/core/ascii.h"
#include "libpki/x509/name_constraints.h"

static bool accepts(const pki_name_constraints *const *sets, const pki_nc_names *names)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = PKI_SUCCESS;
	pki_nc n;

	pki_nc_init(&n, NULL, NULL);
	for (; st == PKI_SUCCESS && *sets != NULL; sets++)
		st = pki_nc_add(&n, *sets, &err);
	if (st == PKI_SUCCESS)
		st = pki_nc_check_names(&n, names, &err);
	require_error(st, &err);
	pki_nc_restart(&n);
	require(pki_nc_check_names(&n, names, NULL) == PKI_SUCCESS);
	pki_nc_free(&n);
	return st == PKI_SUCCESS;
}

#define ACCEPTS(names, ...) \
 accepts((const pki_name_constraints *const[]){ __VA_ARGS__, NULL }, names)

/* What is acceptable to both is so to each, in any order, and the other way round; that of a set is
 * what is acceptable to its halves. */
static void require_intersection(
    const pki_name_constraints *a, const pki_name_constraints *b, const pki_nc_names *names)
{
	const pki_name_constraints permitted = { .permitted = a->permitted };
	const pki_name_constraints excluded = { .excluded = a->excluded };
	bool by_a = ACCEPTS(names, a), both = by_a && ACCEPTS(names, b);

	require(ACCEPTS(names, a, b) == both);
	require(ACCEPTS(names, b, a) == both);
	require(ACCEPTS(names, a, a) == by_a);
	require(ACCEPTS(names, &permitted, &excluded) == by_a);
	require((ACCEPTS(names, &permitted) && ACCEPTS(names, &excluded)) == by_a);
}

/* ---- an oracle for host names that is no more than how they end ---- */

static bool ends_with(pki_bytes name, pki_bytes end)
{
	return name.len >= end.len &&
	    pki_equal_nocase(pki_bytes_of(name.data + name.len - end.len, end.len), end);
}

static bool ends_in_one(pki_bytes name, pki_bytes subtrees, size_t *seen)
{
	bool found = false;
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, NULL, subtrees);
	for (*seen = 0; pki_ext_subtree_next(&it, &t); *seen += t.base.type == PKI_GN_DNS)
		found = found || (t.base.type == PKI_GN_DNS && ends_with(name, t.base.value));
	return found;
}

static bool is_one(pki_bytes name, pki_bytes subtrees)
{
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, NULL, subtrees);
	while (pki_ext_subtree_next(&it, &t))
		if (t.base.type == PKI_GN_DNS && pki_equal_nocase(name, t.base.value))
			return true;
	return false;
}

static void require_hosts(const pki_name_constraints *c, const pki_nc_names *names)
{
	pki_ext_iter it;
	size_t seen;
	pki_gn gn;

	if (!ACCEPTS(names, c))
		return;
	pki_ext_list(&it, NULL, *names->san);
	while (pki_ext_name_next(&it, &gn)) {
		if (gn.type != PKI_GN_DNS)
			continue;
		require(ends_in_one(gn.value, c->permitted, &seen) || seen == 0);
		require(!is_one(gn.value, c->excluded));
	}
}

static void judge(
    const pki_name_constraints *a, const pki_name_constraints *b, const pki_nc_names *names)
{
	pki_nc_names ca = *names;

	ca.ca = true;
	require_intersection(a, b, names);
	require(!ACCEPTS(names, a) || ACCEPTS(&ca, a));
	require_hosts(a, names);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len), first = fuzz_octets(&in), second = fuzz_octets(&in);
	pki_bytes subject_der = fuzz_octets(&in);
	pki_name_constraints a, b;
	pki_name *subject = NULL;
	pki_nc_names names = { .san = &in };

	(void)!pki_ext_name_constraints(NULL, first, &a, NULL);
	(void)!pki_ext_name_constraints(NULL, second, &b, NULL);
	(void)!pki_name_parse(NULL, subject_der, &subject, NULL);
	names.subject = subject;
	judge(&a, &b, &names);
	names.san = NULL;
	require_intersection(&a, &b, &names);
	pki_name_free(subject);
	return 0;
}
