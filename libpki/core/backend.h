/* SPDX-License-Identifier: BSD-3-Clause */
/* An opened backend: a table, its own state and a reference count. No crypto. */
#ifndef LIBPKI_CORE_BACKEND_H
#define LIBPKI_CORE_BACKEND_H

#include <pki/backend.h>

#include "libpki/core/ref.h"

struct pki_backend {
	pki_backend_table t; /* a copy: members that the backend's table lacks are NULL */
	void *self;
	pki_ref refs; /* PKI_REF_STATIC: never freed */
};

#endif
