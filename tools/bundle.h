/* SPDX-License-Identifier: BSD-3-Clause */
/* What is in a bundle, one by one. */
#ifndef TOOLS_BUNDLE_H
#define TOOLS_BUNDLE_H

#include <pki/bundle.h>
#include <pki/read.h>

typedef void bundle_fn(void *ud, const pki_object *inner);

/* Certificates, then CRLs, as objects whose index is their place in the bundle. */
void bundle_each(const pki_bundle *b, bundle_fn *each, void *ud);
/* Nothing but certificates and CRLs? */
bool bundle_is_plain(const pki_bundle *b);

#endif
