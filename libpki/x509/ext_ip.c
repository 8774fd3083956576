/* SPDX-License-Identifier: BSD-3-Clause */
/* IPAddrBlocks: RFC 3779 2.2.3. */
#include <string.h>

#include <pki/ext_more.h>

#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/writer.h"
#include "libpki/types/ext.h"
#include "libpki/types/ip.h"
#include "libpki/x509/ext_type.h"

#define AFI_IPV4 1
#define AFI_IPV6 2

/* Octets of an address; 0: of another family. */
static size_t address_octets(const pki_ip_family *f)
{
	if (f->afi == AFI_IPV4)
		return PKI_IPV4_OCTETS;
	return f->afi == AFI_IPV6 ? PKI_IPV6_OCTETS : 0;
}

/* ---- bits of addresses ---- */

static unsigned bit_at(const uint8_t *a, size_t i)
{
	return a[i / 8] >> (7 - i % 8) & 1u;
}

/* Bits that do not all have this value, from the front. */
static size_t bits_without(const uint8_t *a, size_t octets, unsigned value)
{
	size_t n = octets * 8;

	while (n > 0 && bit_at(a, n - 1) == value)
		n--;
	return n;
}

/* RFC 3779 2.2.3.7: how many leading bits the two have in common, if no more is needed to tell
 * them; -1: a range is not a prefix. */
static int32_t prefix_length(const uint8_t *min, const uint8_t *max, size_t octets)
{
	size_t common = 0;

	while (common < octets * 8 && bit_at(min, common) == bit_at(max, common))
		common++;
	return bits_without(min, octets, 0) <= common && bits_without(max, octets, 1) <= common
	    ? (int32_t)common
	    : -1;
}

/* Is b the address after a? */
static bool is_next(const uint8_t *a, const uint8_t *b, size_t octets)
{
	uint8_t after[PKI_IPV6_OCTETS];
	size_t i = octets;

	memcpy(after, a, octets);
	while (i > 0 && ++after[i - 1] == 0)
		i--;
	return i > 0 && memcmp(after, b, octets) == 0;
}

/* ---- reading ---- */

/* Those bits of a BIT STRING, and as many of value `fill` behind them as there is room for. */
static bool read_bits(
    pki_der *r, const char *field, size_t octets, uint8_t fill, uint8_t *out, size_t *bits)
{
	unsigned unused;
	pki_bytes in;

	*bits = 0;
	if (!pki_der_bits(r, field, &in, &unused))
		return false;
	if (in.len > octets)
		return pki_der_fail(
		    r, PKI_E_STRUCTURE, "IPAddress is too long for its family", "RFC 3779 2.2.3.8");
	memset(out, fill, octets);
	if (in.len == 0)
		return true;
	memcpy(out, in.data, in.len);
	out[in.len - 1] |= (uint8_t)(fill & ((1u << unused) - 1));
	*bits = in.len * 8 - unused;
	return true;
}

static bool read_prefix(pki_der *r, size_t octets, pki_ip_range *out)
{
	size_t bits;

	if (!read_bits(r, "addressPrefix", octets, 0, out->min, &bits))
		return false;
	out->prefix = (uint32_t)bits;
	out->has_prefix = true;
	memcpy(out->max, out->min, octets);
	for (size_t i = bits; i < octets * 8; i++)
		out->max[i / 8] |= (uint8_t)(0x80u >> i % 8);
	return true;
}

/* The bits that were there, of min and of max. */
static bool check_range(
    pki_der *r, size_t octets, const pki_ip_range *range, size_t min, size_t max)
{
	if (min != bits_without(range->min, octets, 0))
		return pki_der_fail(r, PKI_E_STRUCTURE,
		    "min of an IPAddressRange ends in a zero bit", "RFC 3779 2.2.3.9");
	if (max != bits_without(range->max, octets, 1))
		return pki_der_fail(r, PKI_E_STRUCTURE,
		    "max of an IPAddressRange ends in a one bit", "RFC 3779 2.2.3.9");
	if (memcmp(range->min, range->max, octets) > 0)
		return pki_der_fail(r, PKI_E_STRUCTURE, "min of an IPAddressRange is beyond max",
		    "RFC 3779 2.2.3.9");
	return prefix_length(range->min, range->max, octets) < 0 ||
	    pki_der_fail(
		r, PKI_E_STRUCTURE, "IPAddressRange is an addressPrefix", "RFC 3779 2.2.3.7");
}

static bool read_address_range(pki_der *r, size_t octets, pki_ip_range *out)
{
	size_t min, max;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, "addressRange", &s);
	read_bits(&s, "min", octets, 0, out->min, &min);
	read_bits(&s, "max", octets, 0xff, out->max, &max);
	return pki_der_leave(&s) && check_range(r, octets, out, min, max);
}

/* IPAddressOrRange ::= CHOICE */
static bool read_range(pki_der *r, size_t octets, pki_ip_range *out)
{
	memset(out, 0, sizeof *out);
	if (octets == 0)
		return pki_der_fail(
		    r, PKI_E_UNSUPPORTED, "address family is neither IPv4 nor IPv6", NULL);
	return pki_der_peek(r, PKI_TAG_BIT_STRING) ? read_prefix(r, octets, out)
						   : read_address_range(r, octets, out);
}

/* RFC 3779 2.2.3.6: in order, and no two could be one. */
static bool check_order(
    pki_der *r, size_t octets, const pki_ip_range *before, const pki_ip_range *range)
{
	if (memcmp(before->max, range->min, octets) >= 0)
		return pki_der_fail(r, PKI_E_STRUCTURE,
		    "IPAddressOrRanges overlap or are not sorted", "RFC 3779 2.2.3.6");
	return !is_next(before->max, range->min, octets) ||
	    pki_der_fail(
		r, PKI_E_STRUCTURE, "IPAddressOrRanges are contiguous", "RFC 3779 2.2.3.6");
}

static bool too_many(pki_der *r)
{
	return pki_der_fail(r, PKI_E_LIMIT, "too many elements in an extension", NULL);
}

/* Of another family: nothing but DER. */
static void check_unknown(pki_der *s)
{
	pki_bytes tlv;

	while (pki_der_more(s))
		pki_der_whole(s, 0, NULL, &tlv);
}

static void check_ranges(pki_der *s, const pki_ctx *ctx, size_t octets)
{
	size_t left = pki_list_limit(ctx);
	pki_ip_range before = { .prefix = 0 }, range;

	if (!pki_der_more(s))
		pki_der_fail(s, PKI_E_STRUCTURE, "addressesOrRanges is empty", "RFC 3779 2.2.3.3");
	if (octets == 0)
		check_unknown(s);
	for (bool first = true; pki_der_more(s); first = false) {
		if (left-- == 0)
			too_many(s);
		if (read_range(s, octets, &range) && !first)
			check_order(s, octets, &before, &range);
		before = range;
	}
}

/* Two octets, or three. */
static bool read_address_family(pki_der *r, pki_ip_family *out)
{
	pki_bytes in;

	if (!pki_der_next(r, PKI_TAG_OCTETS, "addressFamily", &in))
		return false;
	if (in.len != 2 && in.len != 3)
		return pki_der_fail(
		    r, PKI_E_STRUCTURE, "addressFamily is not 2 or 3 octets", "RFC 3779 2.2.3.3");
	out->afi = (uint32_t)in.data[0] << 8 | in.data[1];
	out->has_safi = in.len == 3;
	out->safi = out->has_safi ? in.data[2] : 0;
	return true;
}

static bool read_family(pki_der *r, const pki_ctx *ctx, pki_ip_family *out)
{
	pki_der s, ranges;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	read_address_family(&s, out);
	if (pki_der_peek(&s, PKI_TAG_NULL)) {
		pki_der_null(&s, "inherit");
		return pki_der_leave(&s);
	}
	pki_der_enter(&s, PKI_TAG_SEQUENCE, "addressesOrRanges", &ranges);
	out->ranges = pki_der_rest(&ranges);
	check_ranges(&ranges, ctx, address_octets(out));
	pki_der_leave(&ranges);
	return pki_der_leave(&s);
}

/* One without a SAFI goes first. */
static int64_t family_rank(const pki_ip_family *f)
{
	return (int64_t)f->afi * 512 + (f->has_safi ? f->safi : -1);
}

static bool read_blocks(pki_der *r, const pki_ctx *ctx, pki_bytes *families)
{
	size_t left = pki_list_limit(ctx);
	int64_t before = -2;
	pki_ip_family f;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	*families = pki_der_rest(&s);
	if (!pki_der_more(&s))
		pki_der_fail(&s, PKI_E_STRUCTURE, "IPAddrBlocks is empty", "RFC 3779 2.2.3.1");
	while (pki_der_more(&s)) {
		if (left-- == 0)
			too_many(&s);
		if (read_family(&s, ctx, &f) && family_rank(&f) <= before)
			pki_der_fail(&s, PKI_E_STRUCTURE, "IPAddressFamily twice, or not in order",
			    "RFC 3779 2.2.3.3");
		before = family_rank(&f);
	}
	return pki_der_leave(&s);
}

void pki_ext_check_ip_blocks(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes families;

	read_blocks(in, ctx, &families);
}

pki_status pki_ext_ip_blocks(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *families, pki_error *err)
{
	pki_bytes found;
	pki_status st;
	pki_der r;

	if (families == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "IPAddrBlocks");
	read_blocks(&r, ctx, &found);
	st = pki_der_finish(&r, err);
	*families = st == PKI_SUCCESS ? found : pki_bytes_of(NULL, 0);
	return PKI_LEAVE(err, st);
}

bool pki_ext_ip_family_next(pki_ext_iter *it, pki_ip_family *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_family(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

bool pki_ext_ip_range_next(pki_ext_iter *it, const pki_ip_family *f, pki_ip_range *out)
{
	if (it == NULL || f == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_range(&it->inner, address_octets(f), out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

/* ---- writing ---- */

/* A BIT STRING of the first bits of an address; what is behind them is not written. */
static void write_bits(pki_derw *w, const uint8_t *address, size_t bits)
{
	uint8_t octets[PKI_IPV6_OCTETS];
	size_t len = (bits + 7) / 8;
	unsigned unused = (unsigned)(len * 8 - bits);

	memcpy(octets, address, len);
	if (len > 0)
		octets[len - 1] &= (uint8_t)(0xffu << unused);
	pki_derw_bits(w, pki_bytes_of(octets, len), unused);
}

static void write_range(pki_derw *w, size_t octets, const pki_ip_range *range)
{
	int32_t prefix = prefix_length(range->min, range->max, octets);

	if (prefix >= 0) {
		write_bits(w, range->min, (size_t)prefix);
		return;
	}
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_bits(w, range->min, bits_without(range->min, octets, 0));
	write_bits(w, range->max, bits_without(range->max, octets, 1));
	pki_derw_end(w);
}

static void write_address_family(pki_derw *w, const pki_ip_block *b)
{
	const uint8_t octets[] = { (uint8_t)(b->afi >> 8), (uint8_t)b->afi, b->safi };

	if (b->afi > 0xffff)
		pki_derw_fail(w, PKI_E_ARG, "no addressFamily", "RFC 3779 2.2.3.3");
	pki_derw_put(w, PKI_TAG_OCTETS, pki_bytes_of(octets, b->has_safi ? 3 : 2));
}

static void write_block(pki_derw *w, const pki_ip_block *b)
{
	const pki_ip_family f = { .afi = b->afi };
	size_t octets = address_octets(&f);

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_address_family(w, b);
	if (b->count == 0) {
		pki_derw_null(w);
		pki_derw_end(w);
		return;
	}
	if (octets == 0 || b->ranges == NULL)
		pki_derw_fail(
		    w, PKI_E_ARG, "ranges of a family that is neither IPv4 nor IPv6", NULL);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < b->count && octets > 0 && b->ranges != NULL; i++)
		write_range(w, octets, &b->ranges[i]);
	pki_derw_end(w);
	pki_derw_end(w);
}

void pki_exts_ip_blocks(pki_exts *e, const pki_ip_block *blocks, size_t count)
{
	static const pki_ext_form form = {
		.oid = &pki_id_ip_addr_blocks, .check = pki_ext_check_ip_blocks, .critical = true
	};
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (blocks == NULL)
		pki_derw_fail(&w, PKI_E_ARG, "a mandatory argument is NULL", NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < count && blocks != NULL; i++)
		write_block(&w, &blocks[i]);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

static void line_address(pki_line *l, const uint8_t *address, size_t octets)
{
	if (l->status == PKI_SUCCESS)
		pki_line_read(l, pki_ip_format(pki_bytes_of(address, octets), l->out, l->err));
}

static void line_range(pki_line *l, const pki_ip_range *range, size_t octets)
{
	pki_line_puts(l, " ");
	line_address(l, range->min, octets);
	if (range->has_prefix) {
		pki_line_puts(l, "/");
		pki_line_int(l, range->prefix);
		return;
	}
	pki_line_puts(l, "-");
	line_address(l, range->max, octets);
}

static void line_ranges(pki_line *l, const pki_ip_family *f)
{
	pki_ip_range range;
	pki_ext_iter it;

	pki_ext_list_in(&it, l->ctx, f->ranges);
	while (pki_ext_ip_range_next(&it, f, &range))
		line_range(l, &range, address_octets(f));
	pki_line_end_list(l, &it);
}

static void line_family(pki_line *l, const pki_ip_family *f)
{
	if (address_octets(f) > 0)
		pki_line_name(l, f->afi == AFI_IPV4 ? "IPv4" : "IPv6");
	else
		pki_line_number(l, "AFI", f->afi);
	if (f->has_safi) {
		pki_line_puts(l, " SAFI ");
		pki_line_int(l, f->safi);
	}
	if (f->ranges.len == 0) {
		pki_line_puts(l, " inherit");
	} else if (address_octets(f) > 0) {
		line_ranges(l, f);
	} else {
		pki_line_puts(l, " #");
		pki_line_hex(l, f->ranges);
	}
}

void pki_ext_line_ip_blocks(pki_line *l, pki_bytes value)
{
	pki_bytes families;
	pki_ip_family f;
	pki_ext_iter it;

	pki_line_read(l, pki_ext_ip_blocks(l->ctx, value, &families, l->err));
	pki_ext_list_in(&it, l->ctx, families);
	while (pki_ext_ip_family_next(&it, &f))
		line_family(l, &f);
	pki_line_end_list(l, &it);
}
