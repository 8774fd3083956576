/* SPDX-License-Identifier: BSD-3-Clause */
/* A backend whose keys live in a child process: this one never holds them. */
#ifndef TESTS_LIB_CHILD_BACKEND_H
#define TESTS_LIB_CHILD_BACKEND_H

#include <pki/backend.h>

/*
 * Each opened instance forks a child with one key of each of a few types, made there. Keys are
 * opened by "child:p256", "child:p384", "child:ed25519" or "child:rsa"; with "?pin" behind it, the
 * PIN "2468" is asked for. Requests go to the child over a pipe.
 */
const pki_backend_table *child_backend(void);

#endif
