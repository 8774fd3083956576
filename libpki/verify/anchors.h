/* SPDX-License-Identifier: BSD-3-Clause */
/* Anchors that are put together: what the readers of files and lists have of a builder. */
#ifndef LIBPKI_VERIFY_ANCHORS_H
#define LIBPKI_VERIFY_ANCHORS_H

#include "libpki/verify/trust.h"

typedef struct pki_anchor_block pki_anchor_block;

/* Anchors, the octets that they view, and the keys that are distrusted. All zeros: none. */
typedef struct pki_anchors {
	pki_anchor *list; /* with a reference on each certificate, or name */
	size_t count, room;
	pki_bytes *distrusted; /* as pki_distrust_form has them */
	size_t distrusted_count, distrusted_room;
	pki_anchor_block *blocks;
} pki_anchors;

struct pki_trust_builder {
	pki_ctx *ctx;
	pki_anchors anchors;
};

/* A state of the builder to go back to, as long as anchors are all that has been added. */
typedef struct pki_anchors_mark {
	size_t count;
	pki_anchor_block *blocks;
} pki_anchors_mark;
pki_anchors_mark pki_anchors_here(const pki_trust_builder *b);
void pki_anchors_back(pki_trust_builder *b, pki_anchors_mark to);

#define PKI_POINT_ROOM 67 /* octets of a compressed point of the largest curve */

/* The octets of a key in the one form in which it is distrusted: a point of an elliptic curve is
 * compressed (SEC 1 2.3.3) into room; any other key is as it stands. */
pki_bytes pki_distrust_form(pki_bytes key, uint8_t room[PKI_POINT_ROOM]);

/* Gives up the reference on its certificate, or name. */
void pki_anchor_drop(pki_anchor *a);
void pki_anchors_free(pki_anchors *a);

/* One more that is a certificate, with the options of `like`, whose views are the builder's; its
 * key_id counts where the certificate has none. */
pki_status pki_anchors_put_cert(
    pki_trust_builder *b, const pki_cert *c, const pki_anchor *like, pki_error *err) PKI_MUST_USE;
/* Its views become views of what is the builder's. It is no certificate, yet. */
pki_status pki_anchors_keep(pki_trust_builder *b, pki_anchor *a, pki_error *err) PKI_MUST_USE;
/* One more, whose views are the builder's. PKI_E_STRUCTURE: it has no name. */
pki_status pki_anchors_put(pki_trust_builder *b, const pki_anchor *a, pki_error *err) PKI_MUST_USE;
/* The options, checked, in an anchor that is nobody yet; they are the builder's then. */
pki_status pki_anchors_read_opts(
    pki_trust_builder *b, const pki_anchor_opts *o, pki_anchor *out, pki_error *err) PKI_MUST_USE;
/* Does it look like a list, or like a choice that is no certificate? RFC 5914 3. */
bool pki_anchors_is_list(pki_bytes in);
/* As pki_trust_add_list. PKI_E_ARG: `like` has controls, and so has the list. */
pki_status pki_anchors_add_list(
    pki_trust_builder *b, pki_bytes der, const pki_anchor *like, pki_error *err) PKI_MUST_USE;
/* The certificates of a file: what of it libpki does not read is passed over. PKI_E_NOTFOUND: all.
 */
pki_status pki_anchors_load_readable(
    pki_trust_builder *b, const char *path, pki_error *err) PKI_MUST_USE;

#endif
