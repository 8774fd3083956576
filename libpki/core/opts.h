/* SPDX-License-Identifier: BSD-3-Clause */
/* Options structs of callers older and newer than this library: see <pki/base.h>. */
#ifndef LIBPKI_CORE_OPTS_H
#define LIBPKI_CORE_OPTS_H

#include <pki/base.h>

/*
 * Copies the caller's options (NULL: all zeros) to `known`, of known_size octets, of which the
 * first release had first_size. PKI_E_ARG, PKI_E_UNSUPPORTED.
 */
pki_status pki_opts_read(const void *given, void *known, size_t known_size, size_t first_size,
    pki_error *err) PKI_MUST_USE;
/* What every public pki_X_opts_init does. */
void pki_opts_init(void *opts, size_t size);

#endif
