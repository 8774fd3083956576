/* SPDX-License-Identifier: BSD-3-Clause */
/* Which names lie within a GeneralSubtree: RFC 5280 4.2.1.10, RFC 9598 6. */
#ifndef LIBPKI_X509_SUBTREE_H
#define LIBPKI_X509_SUBTREE_H

#include <pki/ext_policy.h>

/* Does this name fall under subtrees of that type? A SmtpUTF8Mailbox does under rfc822Name's. */
bool pki_subtree_is_for(const pki_gn *base, const pki_gn *name);
/*
 * A name for which the subtree is: *in. some: it is enough that one of the hosts that a wildcard
 * stands for is in it, as for an excluded subtree. PKI_E_UNSUPPORTED: nobody can tell, of such a
 * name or such a base; PKI_E_NOMEM.
 */
pki_status pki_subtree_holds(const pki_ctx *ctx, const pki_gn *base, const pki_gn *name, bool some,
    bool *in, pki_error *err) PKI_MUST_USE;

#endif
