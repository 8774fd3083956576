/* SPDX-License-Identifier: BSD-3-Clause */
/* Bits of security: NIST SP 800-57 part 1, tables 2 and 3. */
#ifndef LIBPKI_VERIFY_STRENGTH_H
#define LIBPKI_VERIFY_STRENGTH_H

#include <pki/sign.h>

#include "libpki/verify/verification.h"

/* A key has at least as many as is asked for; what v's context allows by name is exempt. */
void pki_check_key_strength(const pki_verification *v, const pki_pubkey *key, pki_findings *f);
/* The same of the digest that a certificate was signed with, */
void pki_check_signature_strength(const pki_verification *v, const pki_cert *c, pki_findings *f);
/* ... and of any signature, of this AlgorithmIdentifier: has it fewer? */
bool pki_signature_is_weak(const pki_verification *v, pki_bytes algorithm);

#endif
