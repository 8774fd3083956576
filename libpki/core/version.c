/* SPDX-License-Identifier: BSD-3-Clause */
/* The version of the library that is running. */
#include <pki/base.h>

#include "libpki/core/ascii.h"

const char *pki_version(void)
{
	return PKI_VERSION;
}

static unsigned take_number(const char **s)
{
	unsigned n = 0;

	for (; pki_is_digit((uint8_t) * *s); (*s)++)
		n = n * 10 + (unsigned)(**s - '0');
	if (**s == '.')
		(*s)++;
	return n;
}

bool pki_version_at_least(unsigned major, unsigned minor, unsigned patch)
{
	const unsigned want[] = { major, minor, patch };
	const char *s = PKI_VERSION;

	for (size_t i = 0; i < 3; i++) {
		unsigned have = take_number(&s);

		if (have != want[i])
			return have > want[i];
	}
	return true;
}
