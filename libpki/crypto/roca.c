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

/* Four octets at a time, as a division takes as long as anything else here. */
static uint32_t modulo(pki_bytes n, uint32_t m)
{
	uint64_t rest = 0;
	size_t i = 0;

	for (; i < n.len % 4; i++)
		rest = rest << 8 | n.data[i];
	for (rest %= m; i < n.len; i += 4)
		rest = (rest << 32 | (uint32_t)n.data[i] << 24 | (uint32_t)n.data[i + 1] << 16 |
			   (uint32_t)n.data[i + 2] << 8 | n.data[i + 3]) %
		    m;
	return (uint32_t)rest;
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

/* Primes of which few residues are powers: what passes them, one in 500, is looked at further. */
static bool passes_first(pki_bytes n)
{
	static const uint32_t first[] = { 11, 13, 17, 19, 37 };
	uint32_t rest = modulo(n, 11 * 13 * 17 * 19 * 37);

	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		if (!is_power_of_generator(rest % first[i], first[i]))
			return false;
	return true;
}

bool pki_rsa_is_roca(pki_bytes n)
{
	uint32_t largest = largest_prime(n.len * 8);

	if (!passes_first(n))
		return false;
	for (uint32_t p = 3; p <= largest; p += 2)
		if (is_prime(p) && !is_power_of_generator(modulo(n, p), p))
			return false;
	return true;
}
