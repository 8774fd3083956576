/* SPDX-License-Identifier: BSD-3-Clause */
/* What has to be done to secrets without the compiler being clever about it. */
#include <string.h>

#include <pki/base.h>

/* The compiler must take v for any value at all, and memory behind p for read. */
#define OPAQUE_VALUE(v)  __asm__ volatile("" : "+r"(v))
#define OPAQUE_MEMORY(p) __asm__ volatile("" : : "r"(p) : "memory")

void pki_wipe(void *p, size_t n)
{
	if (p == NULL || n == 0)
		return;
	memset(p, 0, n);
	OPAQUE_MEMORY(p);
}

bool pki_bytes_equal_secret(pki_bytes a, pki_bytes b)
{
	uint32_t differ = 0;

	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		differ |= (uint32_t)(a.data[i] ^ b.data[i]);
		OPAQUE_VALUE(differ);
	}
	return ((differ - 1) >> 31) != 0;
}
