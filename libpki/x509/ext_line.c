/* SPDX-License-Identifier: BSD-3-Clause */
/* The value of an extension as one line of text, for people. */
#include <inttypes.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/escape.h"
#include "libpki/x509/ext_line.h"

static bool is_usable(const pki_line *l)
{
	return l->status == PKI_SUCCESS;
}

void pki_line_read(pki_line *l, pki_status st)
{
	if (is_usable(l))
		l->status = st;
}

void pki_line_end_list(pki_line *l, pki_ext_iter *it)
{
	pki_line_read(l, pki_ext_list_finish(it, is_usable(l) ? l->err : NULL));
}

void pki_line_puts(pki_line *l, const char *s)
{
	if (is_usable(l))
		l->status = pki_buf_puts(l->out, s, l->err);
}

void pki_line_int(pki_line *l, int64_t n)
{
	uint64_t magnitude = n < 0 ? -(uint64_t)n : (uint64_t)n;

	if (n < 0)
		pki_line_puts(l, "-");
	if (is_usable(l))
		l->status = pki_buf_put_u64(l->out, magnitude, l->err);
}

void pki_line_hex(pki_line *l, pki_bytes octets)
{
	if (is_usable(l))
		l->status = pki_buf_put_hex(l->out, octets, l->err);
}

void pki_line_utf8(pki_line *l, pki_bytes utf8)
{
	if (is_usable(l))
		l->status = pki_escape_text(utf8, l->out, l->err);
}

void pki_line_text(pki_line *l, pki_tag tag, pki_bytes contents)
{
	pki_buf utf8 = PKI_BUF_INIT;

	if (is_usable(l))
		l->status = pki_text_decode(tag, contents, &utf8, l->err);
	pki_line_utf8(l, pki_buf_bytes(&utf8));
	pki_buf_free(&utf8);
}

void pki_line_oid(pki_line *l, pki_bytes oid)
{
	const char *name = pki_oid_name(oid);

	if (name != NULL)
		pki_line_puts(l, name);
	else if (is_usable(l))
		l->status = pki_oid_format(oid, l->out, l->err);
}

void pki_line_gn(pki_line *l, const pki_gn *gn)
{
	if (is_usable(l))
		l->status = pki_gn_format(gn, l->out, l->err);
}

void pki_line_item(pki_line *l)
{
	if (l->more)
		pki_line_puts(l, ", ");
	l->more = true;
}

void pki_line_name(pki_line *l, const char *name)
{
	pki_line_item(l);
	pki_line_puts(l, name);
}

void pki_line_number(pki_line *l, const char *name, int64_t n)
{
	pki_line_name(l, name);
	pki_line_puts(l, " ");
	pki_line_int(l, n);
}

void pki_line_names(pki_line *l, pki_bytes names)
{
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list_in(&it, l->ctx, names);
	while (is_usable(l) && pki_ext_name_next(&it, &gn)) {
		pki_line_item(l);
		pki_line_gn(l, &gn);
	}
	pki_line_end_list(l, &it);
}

void pki_line_flags(pki_line *l, uint32_t flags, const char *const *names, size_t count)
{
	for (size_t i = 0; i < 32; i++) {
		if ((flags >> i & 1) == 0)
			continue;
		if (i < count && names[i] != NULL)
			pki_line_name(l, names[i]);
		else
			pki_line_number(l, "bit", (int64_t)i);
	}
}
