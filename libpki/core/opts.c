/* SPDX-License-Identifier: BSD-3-Clause */
/* Options structs of callers older and newer than this library. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/core/opts.h"

/* No options struct will ever be larger: a size beyond is memory that nobody initialized. */
#define SIZE_LIMIT 4096

static bool all_zero(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] != 0)
			return false;
	}
	return true;
}

pki_status pki_opts_read(
    const void *given, void *known, size_t known_size, size_t first_size, pki_error *err)
{
	size_t size;

	if (given == NULL) {
		pki_opts_init(known, known_size);
		return PKI_SUCCESS;
	}
	memcpy(&size, given, sizeof size);
	if (size < first_size || size > SIZE_LIMIT)
		return pki_error_set(err, PKI_E_ARG, "the options' size is not set", NULL);
	if (size > known_size && !all_zero((const uint8_t *)given + known_size, size - known_size))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "an option is newer than this library", NULL);
	memset(known, 0, known_size);
	memcpy(known, given, size < known_size ? size : known_size);
	memcpy(known, &known_size, sizeof known_size);
	return PKI_SUCCESS;
}

void pki_opts_init(void *opts, size_t size)
{
	if (opts == NULL || size < sizeof size)
		return;
	memset(opts, 0, size);
	memcpy(opts, &size, sizeof size);
}
