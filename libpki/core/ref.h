/* SPDX-License-Identifier: BSD-3-Clause */
/* Reference counts of shared, immutable objects. */
#ifndef LIBPKI_CORE_REF_H
#define LIBPKI_CORE_REF_H

#include <stdatomic.h>
#include <stdbool.h>

typedef atomic_uint pki_ref;
#define PKI_REF_STATIC 0u /* of an object that is no heap object: never freed */

static inline void pki_ref_init(pki_ref *r)
{
	atomic_init(r, 1u);
}

static inline void pki_ref_take(pki_ref *r)
{
	if (atomic_load_explicit(r, memory_order_relaxed) != PKI_REF_STATIC)
		atomic_fetch_add_explicit(r, 1u, memory_order_relaxed);
}

/* true: that was the last one, free the object. */
static inline bool pki_ref_drop(pki_ref *r)
{
	if (atomic_load_explicit(r, memory_order_relaxed) == PKI_REF_STATIC)
		return false;
	return atomic_fetch_sub_explicit(r, 1u, memory_order_acq_rel) == 1u;
}

#endif
