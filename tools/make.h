/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys, made and encoded. */
#ifndef TOOLS_MAKE_H
#define TOOLS_MAKE_H

#include <pki/key.h>

#include "tools/password.h"
#include "tools/session.h"

/* Each says what is wrong, and returns an exit status. */

/* A new key of a type by name: one of the option table's. */
int make_key(const struct cmd *c, struct session *s, const char *type, pki_key **out);
/* Appends PKCS#8, encrypted if there is a password. */
int make_key_bytes(
    const struct cmd *c, const pki_key *k, const struct password *pw, pki_form form, pki_buf *out);
/* Appends a SubjectPublicKeyInfo. */
int make_public_bytes(const struct cmd *c, pki_bytes spki, pki_form form, pki_buf *out);
/* What --form says; PEM if it is not given. */
pki_form make_form(const struct cmd *c);

#endif
