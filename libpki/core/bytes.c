/* SPDX-License-Identifier: BSD-3-Clause */
/* Byte views. pki_bytes_equal_secret is in wipe.c. */
#include <string.h>

#include <pki/base.h>

pki_bytes pki_bytes_of(const void *data, size_t len)
{
	return (pki_bytes){ data, len };
}

pki_bytes pki_bytes_str(const char *s)
{
	return pki_bytes_of(s, s == NULL ? 0 : strlen(s));
}

bool pki_bytes_equal(pki_bytes a, pki_bytes b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

int pki_bytes_compare(pki_bytes a, pki_bytes b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common == 0 ? 0 : memcmp(a.data, b.data, common);

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}
