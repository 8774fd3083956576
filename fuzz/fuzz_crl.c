/* SPDX-License-Identifier: BSD-3-Clause */
/* CRLs: read, and whatever is read is looked at, asked, indexed, asked again and written again. */
#include <stdlib.h>
#include <string.h>

#include <pki/crl.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define QUESTIONS 50

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static void require_inside(pki_bytes view, pki_bytes all)
{
	require(view.len == 0 ||
	    (view.data >= all.data && view.len <= all.len &&
		(size_t)(view.data - all.data) <= all.len - view.len));
}

static void look_at_ext(const pki_crl *c, const pki_ext *e)
{
	pki_ext same;

	require_inside(e->oid, pki_crl_der(c));
	require_inside(e->value, pki_crl_der(c));
	require(pki_crl_ext(c, e->oid, &same) && same.value.data == e->value.data);
}

static void look_at_list(const pki_crl *c)
{
	pki_issuing_point point;
	pki_ext e;

	for (size_t i = 0; i < pki_crl_ext_count(c); i++) {
		require(pki_crl_ext_at(c, i, &e));
		look_at_ext(c, &e);
	}
	require(!pki_crl_ext_at(c, pki_crl_ext_count(c), NULL));
	require_inside(pki_crl_tbs(c), pki_crl_der(c));
	require_inside(pki_crl_signature(c), pki_crl_der(c));
	require_inside(pki_crl_number(c), pki_crl_der(c));
	require_inside(pki_crl_base_number(c), pki_crl_der(c));
	require_inside(pki_crl_authority_key_id(c), pki_crl_der(c));
	require(pki_crl_number(c).len <= 20);
	require(pki_crl_is_delta(c) == (pki_crl_base_number(c).len > 0));
	if (pki_crl_issuing_point(c, &point))
		require_inside(point.full_name, pki_crl_der(c));
	require(pki_crl_is_indirect(c) == point.indirect_crl);
	require(pki_crl_issuer(c) != NULL);
	require(pki_crl_this_update(c) != PKI_TIME_NONE);
}

static void look_at_entry(const pki_crl *c, const pki_revoked *r)
{
	pki_name *issuer = NULL;
	pki_ext e;

	require(r->listing == PKI_LISTING_LISTED);
	require(pki_revoked_issuer(c, r, &issuer, NULL) == PKI_SUCCESS);
	require(r->issuer.len > 0 || issuer == pki_crl_issuer(c));
	pki_name_free(issuer);
	require(r->when != PKI_TIME_NONE);
	require(r->serial.len > 0 && r->serial.len <= 64);
	require_inside(r->serial, pki_crl_der(c));
	require_inside(r->issuer, pki_crl_der(c));
	require_inside(r->exts, pki_crl_der(c));
	require(r->reason >= PKI_REASON_NONE && r->reason <= PKI_REASON_AA_COMPROMISE);
	require(r->issuer.len == 0 || pki_crl_is_indirect(c));
	require(r->reason != PKI_REASON_REMOVE || pki_crl_is_delta(c));
	require(pki_revoked_ext_at(r, 0, &e) == (r->exts.len > 0));
	for (size_t i = 0; i < pki_revoked_ext_count(r); i++) {
		require(pki_revoked_ext_at(r, i, &e));
		require_inside(e.value, r->exts);
	}
}

/* Every entry; returns how many. */
static size_t look_at_entries(const pki_crl *c)
{
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;
	size_t n = 0;

	for (; pki_crl_next(c, &at, &r); n++)
		look_at_entry(c, &r);
	return n;
}

/* The first entries are found, whether there is an index or not, and both say the same. */
static void ask(const pki_crl *c, const pki_crl *indexed)
{
	pki_crl_cursor at = { { 0 } };
	pki_revoked r, found, again;

	for (size_t i = 0; i < QUESTIONS && pki_crl_next(c, &at, &r); i++) {
		pki_status st = pki_crl_find(c, pki_crl_issuer(c), r.serial, &found, NULL);

		require(pki_crl_find(indexed, pki_crl_issuer(c), r.serial, &again, NULL) == st);
		require(found.listing == again.listing && found.reason == again.reason &&
		    found.when == again.when);
		require((st == PKI_SUCCESS) == (found.listing != PKI_LISTING_UNKNOWN));
		require(
		    st != PKI_SUCCESS || r.issuer.len > 0 || found.listing == PKI_LISTING_LISTED);
	}
}

static void index_and_ask(const pki_crl *c)
{
	pki_crl *indexed = NULL;

	require(pki_crl_parse_lenient(NULL, pki_crl_der(c), PKI_LENIENT_ALL, &indexed, NULL) ==
	    PKI_SUCCESS);
	if (pki_crl_index(indexed, NULL) == PKI_SUCCESS)
		ask(c, indexed);
	pki_crl_free(indexed);
}

static void write_again(const pki_crl *c)
{
	pki_buf pem = PKI_BUF_INIT;
	pki_crl *again = NULL;

	require(pki_crl_write(c, PKI_PEM, &pem, NULL) == PKI_SUCCESS);
	require(pki_crl_parse(NULL, pki_buf_bytes(&pem), &again, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_crl_der(again), pki_crl_der(c)));
	pki_crl_free(again);
	pki_buf_free(&pem);
}

/* In a set it is found by its issuer. */
static void add_to_set(const pki_crl *c)
{
	pki_crls *s = NULL;
	size_t at = 0;

	require(pki_crls_new(NULL, &s, NULL) == PKI_SUCCESS);
	for (int i = 0; i < 3; i++)
		require(pki_crls_add(s, c, NULL) == PKI_SUCCESS);
	for (int i = 0; i < 3; i++)
		require(pki_crls_next(s, pki_crl_issuer(c), &at) == c);
	require(pki_crls_next(s, pki_crl_issuer(c), &at) == NULL);
	pki_crls_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_error err = PKI_ERROR_INIT;
	pki_crl *c = (pki_crl *)(uintptr_t)data, *lenient = NULL;
	pki_bytes in = pki_bytes_of(data, len);
	pki_status st = pki_crl_parse(NULL, in, &c, &err);

	require(st == pki_error_status(&err));
	require((st == PKI_SUCCESS) == (c != NULL));
	st = pki_crl_parse_lenient(NULL, in, PKI_LENIENT_ALL, &lenient, NULL);
	require(c == NULL || (st == PKI_SUCCESS && pki_crl_leniencies(lenient) == 0));
	if (c != NULL) {
		write_again(c);
		add_to_set(c);
	}
	if (lenient != NULL) {
		look_at_list(lenient);
		require(look_at_entries(lenient) == pki_crl_count(lenient));
		index_and_ask(lenient);
	}
	pki_crl_free(lenient);
	pki_crl_free(c);
	return 0;
}
