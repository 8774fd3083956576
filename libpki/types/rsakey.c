/* SPDX-License-Identifier: BSD-3-Clause */
/* RSAPublicKey and RSAPrivateKey: RFC 8017 appendix A.1. */
#include <string.h>

#include "libpki/types/rsakey.h"

#define TWO_PRIME 0 /* RFC 8017 A.1.2: version of a key with exactly two primes */

bool pki_rsa_public_read(pki_der *r, const char *field, pki_rsa_public *out)
{
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	pki_der_uint(&s, "modulus", &out->n);
	pki_der_uint(&s, "publicExponent", &out->e);
	return pki_der_leave(&s);
}

pki_status pki_rsa_public_parse(
    const pki_ctx *ctx, pki_bytes der, pki_rsa_public *out, pki_error *err)
{
	pki_der r;

	*out = (pki_rsa_public){ { NULL, 0 }, { NULL, 0 } };
	pki_der_init(&r, ctx, der, "RSAPublicKey");
	pki_rsa_public_read(&r, NULL, out);
	return pki_der_finish(&r, err);
}

void pki_rsa_public_write(pki_derw *w, const pki_rsa_public *k)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_uint(w, k->n);
	pki_derw_uint(w, k->e);
	pki_derw_end(w);
}

static void read_version(pki_der *s)
{
	int64_t version = TWO_PRIME;

	pki_der_int64(s, "version", &version);
	if (version != TWO_PRIME)
		pki_der_fail(s, PKI_E_UNSUPPORTED,
		    "RSA key of more than two primes, or another version", "RFC 8017 A.1.2");
}

bool pki_rsa_private_read(pki_der *r, const char *field, pki_rsa_private *out)
{
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	read_version(&s);
	pki_der_uint(&s, "modulus", &out->n);
	pki_der_uint(&s, "publicExponent", &out->e);
	pki_der_uint(&s, "privateExponent", &out->d);
	pki_der_uint(&s, "prime1", &out->p);
	pki_der_uint(&s, "prime2", &out->q);
	pki_der_uint(&s, "exponent1", &out->dp);
	pki_der_uint(&s, "exponent2", &out->dq);
	pki_der_uint(&s, "coefficient", &out->qinv);
	return pki_der_leave(&s);
}

void pki_rsa_private_write(pki_derw *w, const pki_rsa_private *k)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, TWO_PRIME);
	pki_derw_uint(w, k->n);
	pki_derw_uint(w, k->e);
	pki_derw_uint(w, k->d);
	pki_derw_uint(w, k->p);
	pki_derw_uint(w, k->q);
	pki_derw_uint(w, k->dp);
	pki_derw_uint(w, k->dq);
	pki_derw_uint(w, k->qinv);
	pki_derw_end(w);
}

size_t pki_uint_bits(pki_bytes magnitude)
{
	size_t i = 0, bits;

	while (i < magnitude.len && magnitude.data[i] == 0)
		i++;
	if (i == magnitude.len)
		return 0;
	bits = (magnitude.len - i - 1) * 8;
	for (uint8_t top = magnitude.data[i]; top != 0; top >>= 1)
		bits++;
	return bits;
}

/* r = 2 r + bit - m, if that is not negative; else 2 r + bit. What is shifted out counts. */
static void double_and_reduce(uint8_t *r, const uint8_t *m, size_t n, unsigned bit)
{
	unsigned borrow = 0, carry = bit, keep;

	for (size_t i = n; i-- > 0;) {
		carry |= (unsigned)r[i] << 1;
		r[i] = (uint8_t)carry;
		carry >>= 8;
	}
	for (size_t i = n; i-- > 0;)
		borrow = (unsigned)(r[i] - m[i] - (int)borrow) >> 8 & 1;
	/* all ones: subtract */
	keep = 0u - (carry | (borrow ^ 1));
	borrow = 0;
	for (size_t i = n; i-- > 0;) {
		unsigned v = (unsigned)(r[i] - (int)(m[i] & keep) - (int)borrow);

		r[i] = (uint8_t)v;
		borrow = v >> 8 & 1;
	}
}

void pki_uint_mod_less_one(pki_bytes d, pki_bytes m, uint8_t *out)
{
	uint8_t *less = out + m.len;

	memset(out, 0, m.len);
	memcpy(less, m.data, m.len);
	less[m.len - 1] &= 0xfe;
	for (size_t i = 0; i < d.len; i++)
		for (unsigned bit = 8; bit-- > 0;)
			double_and_reduce(out, less, m.len, d.data[i] >> bit & 1);
	pki_wipe(less, m.len);
}
