/* SPDX-License-Identifier: BSD-3-Clause */
/* Backends: chosen, proved, replaced by one that keeps its keys elsewhere, and by faulty ones. */
#include <string.h>

#include <pki/ctx.h>
#include <pki/sign.h>

#include "libpki/crypto/use.h"
#include "tests/lib/t.h"

START_TEST(test_builtin)
{
	pki_backend *b = pki_backend_builtin();

	ck_assert_ptr_eq(pki_backend_ref(b), b);
	pki_backend_free(b);
	pki_backend_free(b);
	pki_backend_free(b);
	t_ok(pki_backend_selftest(b, err));
}
END_TEST

START_TEST(test_opened)
{
	pki_backend *b;

	t_ok(pki_backend_open(pki_backend_nettle(), NULL, &b, err));
	t_ok(pki_backend_selftest(b, err));
	pki_backend_free(b);
	t_fails(PKI_E_ARG, pki_backend_selftest(NULL, err));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_builtin, test_opened, NULL };

	return t_main("backend", tests);
}
