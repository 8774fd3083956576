/* SPDX-License-Identifier: BSD-3-Clause */
/* Files: every object in them, to the end, with the keys of those that have any. */
#include <stdlib.h>

#include <pki/read.h>

#define MAX_TRIES 3 /* passwords; the iterations in a file are what costs */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static bool ask(void *ud, const char *what, unsigned attempt, pki_buf *secret)
{
	(void)ud;
	require(what != NULL);
	return attempt < MAX_TRIES &&
	    pki_buf_append(secret, pki_bytes_str("secret"), NULL) == PKI_SUCCESS;
}

static void look_at(const pki_ctx *ctx, const pki_object *o)
{
	pki_pubkey *pub = NULL;
	pki_key *key = NULL;

	require(pki_kind_name(o->kind) != NULL && pki_encoding_name(o->encoding) != NULL);
	require((o->csr != NULL) <= (o->kind == PKI_KIND_CSR));
	if (pki_object_pubkey(ctx, o, &pub, NULL) != PKI_SUCCESS)
		require(pub == NULL);
	if (pki_object_key(ctx, o, ask, NULL, &key, NULL) != PKI_SUCCESS)
		require(key == NULL);
	pki_key_free(key);
	pki_pubkey_free(pub);
}

/* Each object is shorter than the input, so that there are fewer than octets. */
static void read_to_the_end(const pki_ctx *ctx, pki_objects *l, size_t len)
{
	size_t n = 0, last = 0;
	pki_object o;

	for (;; n++) {
		pki_status st = pki_objects_next(l, &o, NULL);

		require(n <= len + 1);
		if (st == PKI_SUCCESS && o.kind == 0)
			return;
		require(o.offset <= len && o.offset >= last);
		last = o.offset;
		if (st == PKI_SUCCESS)
			look_at(ctx, &o);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_limits limits;
	pki_objects *l;
	pki_ctx *ctx;

	pki_limits_init(&limits, sizeof limits);
	limits.kdf_iterations = 100;
	if (pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, NULL) != PKI_SUCCESS)
		return 0;
	if (pki_read_all_of(ctx, pki_bytes_of(data, len), &l, NULL) == PKI_SUCCESS) {
		read_to_the_end(ctx, l, len);
		pki_objects_free(l);
	}
	pki_ctx_free(ctx);
	return 0;
}
