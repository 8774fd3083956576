/* SPDX-License-Identifier: BSD-3-Clause */
/* GMP's integers from octets and back, and wiping them. */
#include <string.h>

#include "libpki/backend/nettle/mpz.h"

void pki_mpz_read(mpz_t x, pki_bytes magnitude)
{
	mpz_import(x, magnitude.len, 1, 1, 0, 0, magnitude.data);
}

size_t pki_mpz_octets(const mpz_t x)
{
	return mpz_sgn(x) == 0 ? 0 : (mpz_sizeinbase(x, 2) + 7) / 8;
}

bool pki_mpz_write(const mpz_t x, pki_span out)
{
	size_t n = pki_mpz_octets(x);

	if (mpz_sgn(x) < 0 || n > out.len)
		return false;
	memset(out.data, 0, out.len - n);
	if (n != 0)
		mpz_export(out.data + (out.len - n), NULL, 1, 1, 0, 0, x);
	return true;
}

void pki_mpz_clear(mpz_t x)
{
	/* mpz_size() is too little where the value has shrunk: hence the member */
	pki_wipe(x->_mp_d, (size_t)x->_mp_alloc * sizeof(mp_limb_t));
	mpz_clear(x);
}
