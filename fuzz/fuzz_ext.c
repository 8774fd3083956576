/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions and Attributes: their syntax, and every reader of contents. */
#include <stdlib.h>
#include <string.h>

#include "libpki/types/attribute.h"
#include "libpki/types/ext.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static void require_same(pki_derw *w, pki_bytes der)
{
	pki_buf out = PKI_BUF_INIT;

	require(pki_derw_finish(w, &out, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&out), der));
	pki_buf_free(&out);
}

/* What has a builder is built to the same octets. */
static void require_built(void build(pki_exts *e, pki_bytes value), pki_bytes oid, pki_bytes value)
{
	pki_ext x = { .oid = oid, .value = value, .critical = true };
	pki_exts *e = NULL;
	pki_derw w, one;
	pki_buf want = PKI_BUF_INIT;

	require(pki_exts_new(NULL, &e, NULL) == PKI_SUCCESS);
	build(e, value);
	require(pki_exts_status(e, NULL) == PKI_SUCCESS);
	pki_derw_init(&one, NULL);
	pki_derw_begin(&one, PKI_TAG_SEQUENCE);
	pki_ext_write(&one, &x);
	pki_derw_end(&one);
	require(pki_derw_finish(&one, &want, NULL) == PKI_SUCCESS);
	pki_derw_init(&w, NULL);
	pki_exts_write(&w, e, true);
	require_same(&w, pki_buf_bytes(&want));
	pki_buf_free(&want);
	pki_exts_free(e);
}

static void build_constraints(pki_exts *e, pki_bytes value)
{
	pki_basic_constraints bc;

	require(pki_ext_basic_constraints(NULL, value, &bc, NULL) == PKI_SUCCESS);
	pki_exts_basic_constraints(e, bc.ca, bc.path_len);
}

static void build_usage(pki_exts *e, pki_bytes value)
{
	uint32_t bits;

	require(pki_ext_key_usage(NULL, value, &bits, NULL) == PKI_SUCCESS);
	pki_exts_key_usage(e, bits);
}

static void build_san(pki_exts *e, pki_bytes value)
{
	pki_exts_add(e, PKI_OID(subject_alt_name), false, value);
}

static bool is_san(pki_bytes value)
{
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_name_next(&it, &gn))
		;
	return pki_ext_list_finish(&it, NULL) == PKI_SUCCESS;
}

static void look_at_contents(pki_bytes value)
{
	pki_basic_constraints bc;
	uint32_t bits;
	pki_bytes id;

	if (pki_ext_basic_constraints(NULL, value, &bc, NULL) == PKI_SUCCESS)
		require_built(build_constraints, PKI_OID(basic_constraints), value);
	if (pki_ext_key_usage(NULL, value, &bits, NULL) == PKI_SUCCESS && bits < 512)
		require_built(build_usage, PKI_OID(key_usage), value);
	if (is_san(value))
		require_built(build_san, PKI_OID(subject_alt_name), value);
	(void)!pki_ext_key_id(NULL, value, &id, NULL);
}

static void read_extension(pki_bytes der)
{
	pki_derw w;
	pki_der r;
	pki_ext e;

	pki_der_init(&r, NULL, der, "Extension");
	pki_ext_read(&r, NULL, &e);
	if (pki_der_finish(&r, NULL) != PKI_SUCCESS)
		return;
	pki_derw_init(&w, NULL);
	pki_ext_write(&w, &e);
	require_same(&w, der);
	look_at_contents(e.value);
}

static void read_attribute(pki_bytes der)
{
	pki_attribute a;
	pki_derw w;
	pki_der r;

	pki_der_init(&r, NULL, der, "Attribute");
	pki_attribute_read(&r, NULL, &a);
	if (pki_der_finish(&r, NULL) != PKI_SUCCESS)
		return;
	pki_derw_init(&w, NULL);
	pki_attribute_write(&w, &a);
	require_same(&w, der);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes der = pki_bytes_of(data, len);

	look_at_contents(der);
	read_extension(der);
	read_attribute(der);
	return 0;
}
