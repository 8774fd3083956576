/* SPDX-License-Identifier: BSD-3-Clause */
/* Views of an input: taken while it is read, and moved to the copy that an object keeps. */
#ifndef LIBPKI_X509_VIEWS_H
#define LIBPKI_X509_VIEWS_H

#include "libpki/der/fast.h"

/* What the reader passed over since it stood at `start`. */
static inline pki_bytes pki_view_since(const pki_der *r, const uint8_t *start)
{
	return (pki_bytes){ start, (size_t)(pki_der_at(r) - start) };
}

/* A view of the octets at `from` becomes one of those at `to`, which are the same. */
static inline void pki_view_move(pki_bytes *view, const uint8_t *from, const uint8_t *to)
{
	if (view->data != NULL)
		view->data = to + (view->data - from);
}

#endif
