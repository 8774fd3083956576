/* SPDX-License-Identifier: BSD-3-Clause */
/* SignedCertificateTimestampList: RFC 6962 3.3, in the presentation of RFC 5246 4. */
#include <string.h>

#include <pki/ext_more.h>
#include <pki/time.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

#define V1         0
#define LOG_OCTETS 32
#define VECTOR_MAX 0xffff
#define CLAUSE     "RFC 6962 3.3"

/* ---- reading ---- */

static bool take(pki_bytes *in, size_t n, pki_bytes *out)
{
	*out = pki_bytes_of(NULL, 0);
	if (n > in->len)
		return false;
	*out = pki_bytes_of(in->data, n);
	*in = pki_bytes_of(in->data + n, in->len - n);
	return true;
}

/* Big-endian, of 8 octets at most. */
static bool take_number(pki_bytes *in, size_t octets, uint64_t *out)
{
	pki_bytes raw;

	*out = 0;
	if (!take(in, octets, &raw))
		return false;
	for (size_t i = 0; i < octets; i++)
		*out = *out << 8 | raw.data[i];
	return true;
}

static bool take_octet(pki_bytes *in, uint8_t *out)
{
	uint64_t n;
	bool ok = take_number(in, 1, &n);

	*out = (uint8_t)n;
	return ok;
}

/* opaque <0..2^16-1> */
static bool take_vector(pki_bytes *in, pki_bytes *out)
{
	uint64_t n;

	*out = pki_bytes_of(NULL, 0);
	return take_number(in, 2, &n) && take(in, (size_t)n, out);
}

/* RFC 6962 3.2. Of another version nothing is known. */
static bool read_sct(pki_bytes in, pki_sct *out)
{
	memset(out, 0, sizeof *out);
	out->raw = in;
	if (!take_octet(&in, &out->version))
		return false;
	if (out->version != V1)
		return true;
	return take(&in, LOG_OCTETS, &out->log_id) && take_number(&in, 8, &out->timestamp) &&
	    take_vector(&in, &out->extensions) && take_octet(&in, &out->hash) &&
	    take_octet(&in, &out->sig) && take_vector(&in, &out->signature) && in.len == 0;
}

static bool take_sct(pki_bytes *list, pki_sct *out)
{
	pki_bytes one;

	return take_vector(list, &one) && read_sct(one, out);
}

/* A vector of 65535 octets at most bounds the work. */
static bool check_list(pki_der *r, pki_bytes list)
{
	pki_sct sct;

	if (list.len == 0)
		return pki_der_fail(
		    r, PKI_E_STRUCTURE, "SignedCertificateTimestampList is empty", CLAUSE);
	while (list.len > 0)
		if (!take_sct(&list, &sct))
			return pki_der_fail(r, PKI_E_STRUCTURE,
			    "SignedCertificateTimestamp is not as long as its parts", CLAUSE);
	return true;
}

static bool read_list(pki_der *r, pki_bytes *list)
{
	pki_bytes in;

	*list = pki_bytes_of(NULL, 0);
	if (!pki_der_next(r, PKI_TAG_OCTETS, NULL, &in))
		return false;
	if (!take_vector(&in, list) || in.len > 0)
		return pki_der_fail(r, PKI_E_STRUCTURE,
		    "SignedCertificateTimestampList is not as long as it says", CLAUSE);
	return check_list(r, *list);
}

void pki_ext_check_sct_list(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes list;

	(void)ctx;
	read_list(in, &list);
}

pki_status pki_ext_sct_list(const pki_ctx *ctx, pki_bytes value, pki_bytes *list, pki_error *err)
{
	pki_bytes found;
	pki_status st;
	pki_der r;

	if (list == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "SignedCertificateTimestampList");
	read_list(&r, &found);
	st = pki_der_finish(&r, err);
	*list = st == PKI_SUCCESS ? found : pki_bytes_of(NULL, 0);
	return PKI_LEAVE(err, st);
}

bool pki_sct_next(pki_bytes *list, pki_sct *out)
{
	if (out != NULL)
		memset(out, 0, sizeof *out);
	if (list == NULL || out == NULL || list->len == 0)
		return false;
	if (list->data != NULL && take_sct(list, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

/* ---- writing ---- */

/* Octets that go into a writer's OCTET STRING one after the other. */
static void put_number(pki_derw *w, uint64_t n, size_t octets)
{
	uint8_t raw[8];

	for (size_t i = 0; i < octets; i++)
		raw[i] = (uint8_t)(n >> 8 * (octets - 1 - i));
	pki_derw_raw(w, pki_bytes_of(raw, octets));
}

static void put_vector(pki_derw *w, pki_bytes v)
{
	if (v.len > VECTOR_MAX)
		pki_derw_fail(w, PKI_E_ARG, "more than 65535 octets", CLAUSE);
	put_number(w, v.len, 2);
	pki_derw_raw(w, v);
}

/* Lengths are at most VECTOR_MAX each. */
static size_t sct_length(const pki_sct *s)
{
	if (s->version != V1)
		return s->raw.len;
	return 1 + LOG_OCTETS + 8 + 2 + s->extensions.len + 2 + 2 + s->signature.len;
}

static bool is_writable(const pki_sct *s)
{
	if (s->version != V1)
		return s->raw.len > 0 && s->raw.len <= VECTOR_MAX && s->raw.data[0] == s->version;
	return s->log_id.len == LOG_OCTETS && s->extensions.len <= VECTOR_MAX &&
	    s->signature.len <= VECTOR_MAX && sct_length(s) <= VECTOR_MAX;
}

static void put_sct(pki_derw *w, const pki_sct *s)
{
	put_number(w, sct_length(s), 2);
	if (s->version != V1) {
		pki_derw_raw(w, s->raw);
		return;
	}
	put_number(w, s->version, 1);
	pki_derw_raw(w, s->log_id);
	put_number(w, s->timestamp, 8);
	put_vector(w, s->extensions);
	put_number(w, s->hash, 1);
	put_number(w, s->sig, 1);
	put_vector(w, s->signature);
}

/* Octets of the list; 0: it cannot be written. */
static size_t list_length(const pki_sct *list, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		if (!is_writable(&list[i]) || sct_length(&list[i]) + 2 > VECTOR_MAX - n)
			return 0;
		n += sct_length(&list[i]) + 2;
	}
	return n;
}

void pki_exts_sct_list(pki_exts *e, const pki_sct *list, size_t count)
{
	size_t octets = list == NULL ? 0 : list_length(list, count);
	static const pki_ext_form form = { .oid = &pki_id_sct_list,
		.check = pki_ext_check_sct_list };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (octets == 0)
		pki_derw_fail(&w, PKI_E_ARG, "no SignedCertificateTimestampList", CLAUSE);
	pki_derw_begin(&w, PKI_TAG_OCTETS);
	put_number(&w, octets, 2);
	for (size_t i = 0; i < count && octets > 0; i++)
		put_sct(&w, &list[i]);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

/* Seconds, and what is more: "2023-11-14T22:13:20.001Z". */
static void line_timestamp(pki_line *l, uint64_t milliseconds)
{
	const unsigned rest = (unsigned)(milliseconds % 1000);
	const char fraction[] = { '.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10),
		(char)('0' + rest % 10), 'Z', '\0' };
	pki_time t = (pki_time)(milliseconds / 1000);
	size_t end;

	if (l->status != PKI_SUCCESS)
		return;
	if (t > PKI_TIME_MAX) {
		pki_line_int(l, (int64_t)(milliseconds & INT64_MAX));
		return;
	}
	pki_line_read(l, pki_time_format(t, l->out, l->err));
	end = l->out->len;
	if (l->status != PKI_SUCCESS || end == 0)
		return;
	pki_buf_truncate(l->out, end - 1);
	pki_line_puts(l, fraction);
}

/* RFC 5246 7.4.1.4.1 */
static void line_algorithm(pki_line *l, const char *const *names, size_t count, uint8_t id)
{
	pki_line_puts(l, " ");
	if (id < count)
		pki_line_puts(l, names[id]);
	else
		pki_line_int(l, id);
}

static void line_sct(pki_line *l, const pki_sct *sct)
{
	static const char *const hashes[] = { "none", "md5", "sha1", "sha224", "sha256", "sha384",
		"sha512" };
	static const char *const sigs[] = { "anonymous", "rsa", "dsa", "ecdsa" };

	pki_line_item(l);
	if (sct->version != V1) {
		pki_line_puts(l, "version ");
		pki_line_int(l, (int64_t)sct->version + 1);
		pki_line_puts(l, " #");
		pki_line_hex(l, sct->raw);
		return;
	}
	pki_line_puts(l, "v1 log ");
	pki_line_hex(l, sct->log_id);
	pki_line_puts(l, " ");
	line_timestamp(l, sct->timestamp);
	if (sct->extensions.len > 0) {
		pki_line_puts(l, " extensions ");
		pki_line_hex(l, sct->extensions);
	}
	line_algorithm(l, hashes, sizeof hashes / sizeof *hashes, sct->hash);
	line_algorithm(l, sigs, sizeof sigs / sizeof *sigs, sct->sig);
	if (sct->signature.len > 0)
		pki_line_puts(l, " ");
	pki_line_hex(l, sct->signature);
}

void pki_ext_line_sct_list(pki_line *l, pki_bytes value)
{
	pki_bytes list;
	pki_sct sct;

	pki_line_read(l, pki_ext_sct_list(l->ctx, value, &list, l->err));
	while (pki_sct_next(&list, &sct))
		line_sct(l, &sct);
}
