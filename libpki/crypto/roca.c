/* SPDX-License-Identifier: BSD-3-Clause */
/* RSA moduli whose primes are known to be weak by how they look: CVE-2017-15361. */
#include "libpki/crypto/roca.h"

#define GENERATOR 65537u

/*
 * Their maker took primes of the form k M + (65537^a mod M), where M is the product of the first
 * primes, as many as the length of the modulus says. So the modulus is a power of 65537 modulo each
 * of them, which one of another maker is with a chance of 2^-27 at the least of these lengths, and
 * far less at the others.
 */
static const struct {
	size_t bits; /* at least */
	uint32_t largest;
} primes_of[] = { { 1984, 701 }, { 992, 353 }, { 0, 167 } };

static uint32_t largest_prime(size_t bits)
{
	size_t i = 0;

	while (bits < primes_of[i].bits)
		i++;
	return primes_of[i].largest;
}

static bool is_prime(uint32_t odd)
{
	for (uint32_t d = 3; d * d <= odd; d += 2)
		if (odd % d == 0)
			return false;
	return true;
}

static uint32_t modulo(pki_bytes n, uint32_t m)
{
	uint32_t rest = 0;

	for (size_t i = 0; i < n.len; i++)
		rest = (rest << 8 | n.data[i]) % m;
	return rest;
}

static bool is_power_of_generator(uint32_t v, uint32_t prime)
{
	uint32_t power = 1;

	do {
		if (power == v)
			return true;
		power = power * (GENERATOR % prime) % prime;
	} while (power != 1);
	return false;
}

bool pki_rsa_is_roca(pki_bytes n)
{
	uint32_t largest = largest_prime(n.len * 8);

	for (uint32_t p = 3; p <= largest; p += 2)
		if (is_prime(p) && !is_power_of_generator(modulo(n, p), p))
			return false;
	return true;
}
