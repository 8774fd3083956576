/* SPDX-License-Identifier: BSD-3-Clause */
/* An opened backend: a table, its own state and a reference count. No crypto. */
#ifndef LIBPKI_CORE_BACKEND_H
#define LIBPKI_CORE_BACKEND_H

#include <pki/backend.h>

#include "libpki/core/ref.h"

struct pki_backend {
	const pki_backend_table *t; /* whole: members that the backend's table lacks are NULL */
	void *self;
	pki_ref refs;           /* PKI_REF_STATIC: never freed, as the built-in one */
	pki_backend_table copy; /* what t points to in an instance on the heap */
};

#endif
