/* SPDX-License-Identifier: BSD-3-Clause */
/* A tree as lines of text. */
#include "libpki/asn1/leaf.h"
#include "libpki/asn1/tree.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/escape.h"
#include "libpki/core/utf8.h"

#define INDENT_MAX 100                /* levels that are shown by blanks */
#define TEXT_MAX   ((size_t)64 << 20) /* octets: names of bits are longer than the bits */

static pki_status put_blanks(pki_buf *text, size_t n, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (n = n > INDENT_MAX ? INDENT_MAX : n; n > 0 && st == PKI_SUCCESS; n--)
		st = pki_buf_puts(text, "  ", err);
	return st;
}

/* "tbsCertificate TBSCertificate SEQUENCE": what it is called, its type, the built-in one. */
static pki_status put_names(const pki_asn1_node *n, pki_buf *text, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	if (n->name != NULL)
		st = pki_buf_puts(text, n->name, err);
	if (n->name != NULL && st == PKI_SUCCESS)
		st = pki_buf_putc(text, ' ', err);
	if (n->type != n->builtin && st == PKI_SUCCESS)
		st = pki_buf_puts(text, n->type, err);
	if (n->type != n->builtin && st == PKI_SUCCESS)
		st = pki_buf_putc(text, ' ', err);
	return st == PKI_SUCCESS ? pki_buf_puts(text, n->builtin, err) : st;
}

/* As text that cannot be taken for more than itself. */
static pki_status put_quoted(pki_bytes s, pki_buf *text, pki_error *err)
{
	pki_status st = pki_buf_putc(text, '"', err);
	pki_bytes left = s;
	uint32_t cp;

	while (st == PKI_SUCCESS && pki_utf8_next(&left, &cp)) {
		pki_bytes c = pki_bytes_of(s.data, s.len - left.len);

		st = cp == '"' || cp == '\\' || pki_must_escape(cp)
		    ? pki_escape_octets(c, text, err)
		    : pki_buf_append(text, c, err);
		s = left;
	}
	return st == PKI_SUCCESS ? pki_buf_putc(text, '"', err) : st;
}

static pki_status put_value(
    const pki_asn1_value *v, const pki_asn1_tnode *n, pki_buf *text, pki_error *err)
{
	pki_bytes contents = pki_asn1_contents(v, n);
	pki_buf own = { .flags = PKI_BUF_SECRET };
	pki_status st;

	if (pki_asn1_kind_of(v->set, n->base) != PKI_ASN1_STRING)
		return pki_asn1_leaf_text(v->set, n->base, contents, text, err);
	st = pki_asn1_leaf_text(v->set, n->base, contents, &own, err);
	if (st == PKI_SUCCESS)
		st = put_quoted(pki_buf_bytes(&own), text, err);
	pki_buf_free(&own);
	return st;
}

static pki_status put_line(const pki_asn1_value *v, size_t node, pki_buf *text, pki_error *err)
{
	const pki_asn1_tnode *n = &v->nodes[node];
	bool has_value = n->is_leaf && n->has_value &&
	    pki_asn1_kind_of(v->set, n->base) != PKI_ASN1_NULL;
	pki_asn1_node is;
	pki_status st = put_blanks(text, n->depth, err);

	(void)pki_asn1_get(v, node, &is);
	if (st == PKI_SUCCESS)
		st = put_names(&is, text, err);
	if (st == PKI_SUCCESS && has_value)
		st = pki_buf_putc(text, ' ', err);
	if (st == PKI_SUCCESS && has_value)
		st = put_value(v, n, text, err);
	return st == PKI_SUCCESS ? pki_buf_putc(text, '\n', err) : st;
}

pki_status pki_asn1_format(const pki_asn1_value *v, pki_buf *text, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	size_t before;

	if (v == NULL || text == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	before = text->len;
	for (size_t i = 0; i != PKI_ASN1_NONE && st == PKI_SUCCESS; i = pki_asn1_step(v, i))
		st = text->len - before <= TEXT_MAX
		    ? put_line(v, i, text, err)
		    : pki_error_set(err, PKI_E_LIMIT, "more than 64 MiB of text", NULL);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(text, before);
	return PKI_LEAVE(err, st);
}
