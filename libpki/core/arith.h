/* SPDX-License-Identifier: BSD-3-Clause */
/* Arithmetic on sizes that others chose: false where the result does not fit. */
#ifndef LIBPKI_CORE_ARITH_H
#define LIBPKI_CORE_ARITH_H

#include <stdbool.h>
#include <stddef.h>

static inline bool pki_size_add(size_t a, size_t b, size_t *out)
{
	return !__builtin_add_overflow(a, b, out);
}

static inline bool pki_size_mul(size_t a, size_t b, size_t *out)
{
	return !__builtin_mul_overflow(a, b, out);
}

#endif
