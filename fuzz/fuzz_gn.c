/* SPDX-License-Identifier: BSD-3-Clause */
/* GeneralNames: as DER, and the same octets as text. */
#include <stdlib.h>
#include <string.h>

#include <pki/ext.h>

#include "libpki/types/gn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static void write_gn(const pki_gn *gn, pki_buf *out)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_gn_write(&w, NULL, gn);
	require(pki_derw_finish(&w, out, NULL) == PKI_SUCCESS);
}

/* One that was read: shown without harm, and written as it was. */
static void look_at(const pki_gn *gn, pki_bytes der, unsigned flags)
{
	pki_buf text = PKI_BUF_INIT, again = PKI_BUF_INIT;

	require(pki_gn_format(gn, &text, NULL) == PKI_SUCCESS);
	for (size_t i = 0; i < text.len; i++)
		require(text.data[i] >= 0x20 && text.data[i] != 0x7f);
	if (flags == 0) {
		write_gn(gn, &again);
		require(pki_bytes_equal(pki_buf_bytes(&again), der));
	}
	pki_buf_free(&text);
	pki_buf_free(&again);
}

static void read_der(pki_bytes der, unsigned flags)
{
	pki_der r;
	pki_gn gn;

	pki_der_init(&r, NULL, der, "GeneralName");
	pki_gn_read(&r, NULL, NULL, flags, &gn);
	if (pki_der_finish(&r, NULL) == PKI_SUCCESS)
		look_at(&gn, der, flags);
}

/* One that was typed: what it is shown as means the same. */
static void look_at_typed(const pki_gn *gn)
{
	pki_buf der = PKI_BUF_INIT, same = PKI_BUF_INIT, text = PKI_BUF_INIT, store = PKI_BUF_INIT;
	pki_gn again;

	write_gn(gn, &der);
	read_der(pki_buf_bytes(&der), 0);
	require(pki_gn_format(gn, &text, NULL) == PKI_SUCCESS);
	/* a backslash is shown escaped, and a Name may come in other string types */
	if (memchr(text.data, '\\', text.len) == NULL && gn->type != PKI_GN_DIRNAME &&
	    gn->type != PKI_GN_OTHER) {
		require(pki_gn_from_string(NULL, pki_buf_str(&text), &store, &again, NULL) ==
		    PKI_SUCCESS);
		write_gn(&again, &same);
		require(pki_bytes_equal(pki_buf_bytes(&der), pki_buf_bytes(&same)));
	}
	pki_buf_free(&der);
	pki_buf_free(&same);
	pki_buf_free(&text);
	pki_buf_free(&store);
}

static void read_text(const uint8_t *data, size_t len)
{
	char *text = malloc(len + 1);
	pki_buf store = PKI_BUF_INIT;
	pki_gn gn;

	require(text != NULL);
	if (len > 0)
		memcpy(text, data, len);
	text[len] = '\0';
	if (pki_gn_from_string(NULL, text, &store, &gn, NULL) == PKI_SUCCESS)
		look_at_typed(&gn);
	else
		require(store.len == 0 && gn.value.len == 0);
	pki_buf_free(&store);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	read_der(pki_bytes_of(data, len), 0);
	read_der(pki_bytes_of(data, len), PKI_GN_SUBTREE);
	read_text(data, len);
	return 0;
}
