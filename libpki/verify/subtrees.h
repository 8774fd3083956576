/* SPDX-License-Identifier: BSD-3-Clause */
/* Subtrees that a program names: initial-permitted-subtrees, and those of an anchor. */
#ifndef LIBPKI_VERIFY_SUBTREES_H
#define LIBPKI_VERIFY_SUBTREES_H

#include <pki/ext_policy.h>

/*
 * Texts as pki_exts_permit takes them, in NULL-terminated lists; NULL: none. Appends
 * NameConstraints to der, which is empty and stays so where there are none; *out views it.
 * PKI_E_ARG: no such name.
 */
pki_status pki_subtrees_of_text(const pki_ctx *ctx, const char *const *permit,
    const char *const *exclude, pki_buf *der, pki_name_constraints *out,
    pki_error *err) PKI_MUST_USE;

#endif
