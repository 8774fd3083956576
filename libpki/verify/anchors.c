/* SPDX-License-Identifier: BSD-3-Clause */
/* Anchors that are put together, and what holds for each beside what its certificate says. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/types/spki.h"
#include "libpki/verify/anchors.h"
#include "libpki/verify/policy.h"
#include "libpki/verify/subtrees.h"

/* What one anchor, or several, view: OIDs of policies, and the octets of all. */
struct pki_anchor_block {
	pki_anchor_block *next;
	pki_bytes policies[];
};

pki_status pki_trust_builder_new(const pki_ctx *ctx, pki_trust_builder **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = pki_alloc_zero(1, sizeof **out);
	if (*out == NULL)
		return PKI_LEAVE(err, pki_error_nomem(err));
	(*out)->ctx = pki_ctx_ref(ctx);
	return PKI_SUCCESS;
}

/* ---- undone, or at the end ---- */

static void drop_anchors(pki_anchors *a, size_t count)
{
	while (a->count > count)
		pki_anchor_drop(&a->list[--a->count]);
}

static void drop_blocks(pki_anchors *a, const pki_anchor_block *last)
{
	while (a->blocks != last) {
		pki_anchor_block *next = a->blocks->next;

		pki_free(a->blocks);
		a->blocks = next;
	}
}

void pki_anchor_drop(pki_anchor *a)
{
	pki_cert_free((pki_cert *)(uintptr_t)a->cert);
	if (a->cert == NULL)
		pki_name_free((pki_name *)(uintptr_t)a->name);
}

pki_anchors_mark pki_anchors_here(const pki_trust_builder *b)
{
	return (pki_anchors_mark){ b->anchors.count, b->anchors.blocks };
}

void pki_anchors_back(pki_trust_builder *b, pki_anchors_mark to)
{
	drop_anchors(&b->anchors, to.count);
	drop_blocks(&b->anchors, to.blocks);
}

void pki_anchors_free(pki_anchors *a)
{
	drop_anchors(a, 0);
	drop_blocks(a, NULL);
	pki_free(a->list);
	pki_free(a->distrusted);
	memset(a, 0, sizeof *a);
}

void pki_trust_builder_free(pki_trust_builder *b)
{
	if (b == NULL)
		return;
	pki_anchors_free(&b->anchors);
	pki_ctx_free(b->ctx);
	pki_free(b);
}

/* ---- octets of the builder's own ---- */

static pki_anchor_block *add_block(pki_anchors *a, size_t policies, size_t octets)
{
	size_t size, all;
	pki_anchor_block *block;

	if (!pki_size_mul(policies, sizeof block->policies[0], &size) ||
	    !pki_size_add(size, octets, &all) || !pki_size_add(all, sizeof *block, &all))
		return NULL;
	block = pki_alloc(all);
	if (block == NULL)
		return NULL;
	block->next = a->blocks;
	a->blocks = block;
	return block;
}

static void move(pki_bytes *view, uint8_t **to)
{
	if (view->len > 0)
		memcpy(*to, view->data, view->len);
	view->data = *to;
	*to += view->len;
}

static void move_policies(pki_anchor *a, pki_bytes *policies, uint8_t **to)
{
	for (size_t i = 0; i < a->policy_count; i++) {
		policies[i] = a->policies[i];
		move(&policies[i], to);
	}
	if (a->policies != NULL)
		a->policies = policies;
}

#define VIEWS 4

static void views_of(pki_anchor *a, pki_bytes *views[VIEWS])
{
	views[0] = &a->constraints.permitted;
	views[1] = &a->constraints.excluded;
	views[2] = &a->spki;
	views[3] = &a->key_id;
}

static bool measure(const pki_anchor *a, pki_bytes *const *views, size_t *octets)
{
	*octets = 0;
	for (size_t i = 0; i < VIEWS; i++)
		if (!pki_size_add(*octets, views[i]->len, octets))
			return false;
	for (size_t i = 0; i < a->policy_count; i++)
		if (!pki_size_add(*octets, a->policies[i].len, octets))
			return false;
	return true;
}

pki_status pki_anchors_keep(pki_trust_builder *b, pki_anchor *a, pki_error *err)
{
	pki_bytes *views[VIEWS];
	pki_anchor_block *block;
	size_t octets;
	uint8_t *to;

	views_of(a, views);
	if (!measure(a, views, &octets))
		return pki_error_nomem(err);
	if (octets == 0)
		return PKI_SUCCESS;
	block = add_block(&b->anchors, a->policy_count, octets);
	if (block == NULL)
		return pki_error_nomem(err);
	to = (uint8_t *)(block->policies + a->policy_count);
	for (size_t i = 0; i < VIEWS; i++)
		move(views[i], &to);
	move_policies(a, block->policies, &to);
	return PKI_SUCCESS;
}

/* ---- options ---- */

void pki_anchor_opts_init(pki_anchor_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

#define KNOWN_PURPOSES (PKI_PURPOSE_BIT(PKI_PURPOSE_OID + 1) - PKI_PURPOSE_BIT(PKI_PURPOSE_ANY))

static pki_status check_opts(const pki_anchor_opts *o, pki_error *err)
{
	if ((o->purposes & ~KNOWN_PURPOSES) != 0)
		return pki_error_set(err, PKI_E_ARG, "unknown PKI_PURPOSE_BIT", NULL);
	if ((o->policy_flags & ~PKI_POLICY_FLAGS) != 0)
		return pki_error_set(err, PKI_E_ARG, "unknown flag of policies", NULL);
	if (o->distrust_after != NULL && *o->distrust_after == PKI_TIME_NONE)
		return pki_error_set(err, PKI_E_ARG, "distrust_after is no time", NULL);
	return pki_policy_list_check(o->policies, o->policy_count, err);
}

static const pki_anchor nobody = { .distrust_after = PKI_TIME_NONE, .path_len = -1 };

static void take_opts(pki_anchor *a, const pki_anchor_opts *o)
{
	*a = nobody;
	if (o->distrust_after != NULL)
		a->distrust_after = *o->distrust_after;
	if (o->path_len != NULL)
		a->path_len = *o->path_len;
	a->policies = o->policies;
	a->policy_count = o->policy_count;
	a->purposes = o->purposes;
	a->policy_flags = o->policy_flags;
}

pki_status pki_anchors_read_opts(
    pki_trust_builder *b, const pki_anchor_opts *o, pki_anchor *out, pki_error *err)
{
	pki_buf names = PKI_BUF_INIT;
	pki_anchor_opts known;
	pki_status st = pki_opts_read(o, &known, sizeof known, sizeof known, err);

	if (st == PKI_SUCCESS)
		st = check_opts(&known, err);
	if (st != PKI_SUCCESS)
		return st;
	take_opts(out, &known);
	st = pki_subtrees_of_text(
	    b->ctx, known.permit, known.exclude, &names, &out->constraints, err);
	if (st == PKI_SUCCESS)
		st = pki_anchors_keep(b, out, err);
	pki_buf_free(&names);
	return st;
}

/* ---- adding ---- */

static pki_status no_name(pki_status st, pki_error *err)
{
	return pki_error_set(err, st, "an anchor without a name", "RFC 5937 3.2");
}

pki_status pki_anchors_put(pki_trust_builder *b, const pki_anchor *a, pki_error *err)
{
	pki_anchors *to = &b->anchors;
	pki_anchor *list;

	if (pki_name_is_empty(a->name))
		return no_name(PKI_E_STRUCTURE, err);
	list = pki_list_room(to->list, NULL, to->count, &to->room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	to->list = list;
	to->list[to->count++] = *a;
	if (a->cert != NULL)
		pki_cert_ref(a->cert);
	else
		pki_name_ref(a->name);
	return PKI_SUCCESS;
}

pki_status pki_anchors_put_cert(
    pki_trust_builder *b, const pki_cert *c, const pki_anchor *like, pki_error *err)
{
	pki_anchor a = *like;

	a.cert = c;
	a.name = pki_cert_subject(c);
	a.spki = pki_cert_spki(c);
	if (pki_cert_key_id(c).len > 0)
		a.key_id = pki_cert_key_id(c);
	return pki_anchors_put(b, &a, err);
}

static pki_status add(
    pki_trust_builder *b, const pki_cert *c, const pki_anchor_opts *o, pki_error *err)
{
	pki_anchors_mark before = pki_anchors_here(b);
	pki_anchor a;
	pki_status st = pki_anchors_read_opts(b, o, &a, err);

	if (st == PKI_SUCCESS)
		st = pki_anchors_put_cert(b, c, &a, err);
	if (st != PKI_SUCCESS)
		pki_anchors_back(b, before);
	return st;
}

pki_status pki_trust_add(
    pki_trust_builder *b, const pki_cert *anchor, const pki_anchor_opts *o, pki_error *err)
{
	if (b == NULL || anchor == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (pki_name_is_empty(pki_cert_subject(anchor)))
		return PKI_LEAVE(err, no_name(PKI_E_ARG, err));
	return PKI_LEAVE(err, add(b, anchor, o, err));
}

static pki_status add_key(pki_trust_builder *b, const pki_name *name, pki_bytes spki,
    const pki_anchor_opts *o, pki_error *err)
{
	pki_anchors_mark before = pki_anchors_here(b);
	pki_spki key;
	pki_anchor a;
	pki_status st = pki_spki_parse(b->ctx, spki, &key, err);

	if (st == PKI_SUCCESS)
		st = pki_anchors_read_opts(b, o, &a, err);
	if (st == PKI_SUCCESS) {
		a.name = name;
		a.spki = spki;
		st = pki_anchors_keep(b, &a, err);
	}
	if (st == PKI_SUCCESS)
		st = pki_anchors_put(b, &a, err);
	if (st != PKI_SUCCESS)
		pki_anchors_back(b, before);
	return st;
}

pki_status pki_trust_add_key(pki_trust_builder *b, const pki_name *name, pki_bytes spki,
    const pki_anchor_opts *o, pki_error *err)
{
	if (b == NULL || name == NULL || spki.data == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (pki_name_is_empty(name))
		return PKI_LEAVE(err, no_name(PKI_E_ARG, err));
	return PKI_LEAVE(err, add_key(b, name, spki, o, err));
}

/* ---- distrust ---- */

#define UNCOMPRESSED 0x04

pki_bytes pki_distrust_form(pki_bytes key, uint8_t room[PKI_POINT_ROOM])
{
	size_t n = key.len / 2;

	if (key.len % 2 == 0 || n >= PKI_POINT_ROOM || key.data[0] != UNCOMPRESSED)
		return key;
	room[0] = (uint8_t)(2u | (key.data[key.len - 1] & 1u));
	memcpy(room + 1, key.data + 1, n);
	return pki_bytes_of(room, 1 + n);
}

/* Octets of a key, which a BIT STRING has whole. */
static pki_status distrust(pki_trust_builder *b, pki_bytes key, pki_error *err)
{
	uint8_t room[PKI_POINT_ROOM];
	pki_anchors *to = &b->anchors;
	pki_bytes *list = pki_list_room(
	    to->distrusted, NULL, to->distrusted_count, &to->distrusted_room, sizeof *list);
	pki_anchor_block *block;
	uint8_t *at;

	if (list == NULL)
		return pki_error_nomem(err);
	to->distrusted = list;
	key = pki_distrust_form(key, room);
	block = add_block(to, 0, key.len);
	if (block == NULL)
		return pki_error_nomem(err);
	at = (uint8_t *)block->policies;
	move(&key, &at);
	to->distrusted[to->distrusted_count++] = key;
	return PKI_SUCCESS;
}

static pki_status distrust_spki(pki_trust_builder *b, pki_bytes spki, pki_error *err)
{
	pki_algid algorithm;
	pki_bytes key, whole;
	pki_status st;
	pki_der r;

	pki_der_init(&r, b->ctx, spki, "SubjectPublicKeyInfo");
	pki_spki_split(&r, NULL, &algorithm, &key, &whole);
	st = pki_der_finish(&r, err);
	return st == PKI_SUCCESS ? distrust(b, key, err) : st;
}

pki_status pki_trust_distrust(pki_trust_builder *b, const pki_cert *c, pki_error *err)
{
	if (b == NULL || c == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, distrust_spki(b, pki_cert_spki(c), err));
}

pki_status pki_trust_distrust_key(pki_trust_builder *b, pki_bytes spki, pki_error *err)
{
	if (b == NULL || spki.data == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, distrust_spki(b, spki, err));
}
