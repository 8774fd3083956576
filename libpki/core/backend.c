/* SPDX-License-Identifier: BSD-3-Clause */
/* Opened backends: the handle around a table. */
#include <stddef.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/backend.h"
#include "libpki/core/error.h"

#define TABLE_MIN (offsetof(pki_backend_table, name) + sizeof(const char *))

static pki_status check_table(const pki_backend_table *t, pki_error *err)
{
	if (t->abi != PKI_BACKEND_ABI)
		return pki_error_set(err, PKI_E_UNSUPPORTED, "the backend has another ABI", NULL);
	if (t->size < TABLE_MIN || t->name == NULL || *t->name == '\0')
		return pki_error_set(err, PKI_E_ARG, "the backend has no name", NULL);
	return PKI_SUCCESS;
}

static pki_status backend_open(
    const pki_backend_table *t, const char *config, pki_backend **out, pki_error *err)
{
	pki_backend *b;
	pki_status st = check_table(t, err);

	if (st != PKI_SUCCESS)
		return st;
	b = pki_alloc_zero(1, sizeof *b);
	if (b == NULL)
		return pki_error_nomem(err);
	memcpy(&b->copy, t, t->size < sizeof b->copy ? t->size : sizeof b->copy);
	b->t = &b->copy;
	pki_ref_init(&b->refs);
	if (b->t->open != NULL)
		st = b->t->open(config, &b->self, err);
	if (st != PKI_SUCCESS) {
		pki_free(b);
		return st;
	}
	*out = b;
	return PKI_SUCCESS;
}

pki_status pki_backend_open(
    const pki_backend_table *t, const char *config, pki_backend **out, pki_error *err)
{
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	st = t == NULL ? pki_error_null(err) : backend_open(t, config, out, err);
	return PKI_LEAVE(err, st);
}

pki_backend *pki_backend_ref(pki_backend *b)
{
	if (b != NULL)
		pki_ref_take(&b->refs);
	return b;
}

void pki_backend_free(pki_backend *b)
{
	if (b == NULL || !pki_ref_drop(&b->refs))
		return;
	if (b->t->close != NULL)
		b->t->close(b->self);
	pki_free(b);
}

const char *pki_backend_version(const pki_backend *b)
{
	const char *version = NULL;

	if (b == NULL)
		return "";
	if (b->t->version != NULL)
		version = b->t->version(b->self);
	return version != NULL ? version : b->t->name;
}

static pki_status list(
    pki_backend *b, const char *uri, pki_key_seen_fn *seen, void *ud, pki_error *err)
{
	if (b == NULL || uri == NULL || seen == NULL)
		return pki_error_null(err);
	if (b->t->key_list == NULL)
		return pki_error_set(err, PKI_E_UNSUPPORTED, "the backend keeps no keys", NULL);
	return b->t->key_list(b->self, uri, seen, ud, err);
}

pki_status pki_backend_list(
    pki_backend *b, const char *uri, pki_key_seen_fn *seen, void *ud, pki_error *err)
{
	return PKI_LEAVE(err, list(b, uri, seen, ud, err));
}
