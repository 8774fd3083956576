/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions outside RFC 5280 for ext_copy. */
#include <stdlib.h>
#include <string.h>

#include <pki/ext_more.h>
#include <pki/ext_policy.h>

#include "tests/lib/ext_copy.h"

#define MANY 4096 /* elements of a list that is copied */

static void require(bool promise)
{
	if (!promise)
		abort();
}

static void *room(size_t size)
{
	void *p = calloc(MANY, size);

	require(p != NULL);
	return p;
}

/* ---- small ones ---- */

static pki_status key_period(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_key_period p;
	pki_status st = pki_ext_key_period(NULL, value, &p, err);

	pki_exts_key_period(e, &p);
	return st;
}

static pki_status cert_type(pki_bytes value, pki_exts *e, pki_error *err)
{
	uint32_t bits;
	pki_status st = pki_ext_ns_cert_type(NULL, value, &bits, err);

	pki_exts_ns_cert_type(e, bits);
	return st;
}

static pki_status ns_text(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_bytes ascii;
	pki_status st = pki_ext_ns_text(NULL, value, &ascii, err);

	require(pki_buf_append(&text, ascii, NULL) == PKI_SUCCESS);
	pki_exts_ns_text(e, oid, pki_buf_str(&text));
	pki_buf_free(&text);
	return st;
}

static pki_status template_name(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_bytes bmp;
	pki_status st = pki_ext_ms_template_name(NULL, value, &bmp, err);

	require(pki_text_decode(PKI_TAG_BMP, bmp, &text, NULL) == PKI_SUCCESS);
	pki_exts_ms_template_name(e, pki_buf_str(&text));
	pki_buf_free(&text);
	return st;
}

static pki_status template(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_ms_template t;
	pki_status st = pki_ext_ms_template(NULL, value, &t, err);

	pki_exts_ms_template(e, &t);
	return st;
}

static pki_status ca_version(pki_bytes value, pki_exts *e, pki_error *err)
{
	uint16_t cert, key;
	pki_status st = pki_ext_ms_ca_version(NULL, value, &cert, &key, err);

	pki_exts_ms_ca_version(e, cert, key);
	return st;
}

static pki_status previous_cert(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_bytes sha1;
	pki_status st = pki_ext_ms_previous_cert(NULL, value, &sha1, err);

	pki_exts_ms_previous_cert(e, sha1);
	return st;
}

/* ---- qcStatements ---- */

static void copy_pds(pki_bytes info, pki_exts *e)
{
	pki_qc_pds *list = room(sizeof *list);
	size_t count = 0;
	pki_ext_iter it;

	pki_ext_list(&it, NULL, info);
	while (count < MANY && pki_ext_qc_pds_next(&it, &list[count]))
		count++;
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	pki_exts_qc_pds(e, list, count);
	free(list);
}

static void copy_types(pki_bytes info, pki_exts *e)
{
	pki_bytes *list = room(sizeof *list);
	size_t count = 0;
	pki_ext_iter it;

	pki_ext_list(&it, NULL, info);
	while (count < MANY && pki_ext_oid_next(&it, &list[count]))
		count++;
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	pki_exts_qc_type(e, list, count);
	free(list);
}

static void copy_countries(pki_bytes info, pki_exts *e)
{
	pki_bytes *list = room(sizeof *list);
	size_t count = 0;
	pki_ext_iter it;

	pki_ext_list(&it, NULL, info);
	while (count < MANY && pki_ext_qc_country_next(&it, &list[count]))
		count++;
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	pki_exts_qc_legislation(e, list, count);
	free(list);
}

static void copy_statement(const pki_qc_statement *s, pki_exts *e)
{
	pki_qc_semantics semantics;
	pki_qc_limit limit;
	int64_t years;

	if (s->info.len == 0) {
		pki_exts_qc_statement(e, s);
	} else if (pki_oid_equal(s->id, PKI_OID(qcs_limit_value))) {
		require(pki_ext_qc_limit(NULL, s->info, &limit, NULL) == PKI_SUCCESS);
		pki_exts_qc_limit(e, &limit);
	} else if (pki_oid_equal(s->id, PKI_OID(qcs_retention_period))) {
		require(pki_ext_qc_retention(NULL, s->info, &years, NULL) == PKI_SUCCESS);
		pki_exts_qc_retention(e, years);
	} else if (pki_oid_equal(s->id, PKI_OID(qcs_pds))) {
		copy_pds(s->info, e);
	} else if (pki_oid_equal(s->id, PKI_OID(qcs_type))) {
		copy_types(s->info, e);
	} else if (pki_oid_equal(s->id, PKI_OID(qcs_legislation))) {
		copy_countries(s->info, e);
	} else if (!pki_oid_equal(s->id, PKI_OID(qcs_syntax_v1)) &&
	    !pki_oid_equal(s->id, PKI_OID(qcs_syntax_v2))) {
		pki_exts_qc_statement(e, s);
	} else {
		require(pki_ext_qc_semantics(NULL, s->info, &semantics, NULL) == PKI_SUCCESS);
		pki_exts_qc_semantics(e, s->id, &semantics);
	}
}

static pki_status statements(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_qc_statement s;
	pki_ext_iter it;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_qc_next(&it, &s))
		copy_statement(&s, e);
	return pki_ext_list_finish(&it, err);
}

/* ---- SCTs ---- */

static pki_status scts(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_sct *list = room(sizeof *list);
	size_t count = 0;
	pki_bytes left;
	pki_status st = pki_ext_sct_list(NULL, value, &left, err);

	while (count < MANY && pki_sct_next(&left, &list[count])) {
		if (list[count].version == 0)
			list[count].raw = pki_bytes_of(NULL, 0);
		count++;
	}
	if (left.len == 0)
		pki_exts_sct_list(e, list, count);
	else
		pki_exts_add(e, PKI_OID(sct_list), false, value);
	free(list);
	return st;
}

/* ---- RFC 3779 ---- */

static size_t copy_ranges(const pki_ip_family *f, pki_ip_range *out, size_t most)
{
	size_t count = 0;
	pki_ext_iter it;

	pki_ext_list_in(&it, NULL, f->ranges);
	while (count < most && pki_ext_ip_range_next(&it, f, &out[count]))
		out[count++].has_prefix = false; /* is not looked at */
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	return count;
}

static pki_status ip_blocks(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_ip_block *blocks = room(sizeof *blocks);
	pki_ip_range *ranges = room(sizeof *ranges);
	size_t count = 0, used = 0;
	bool known = true;
	pki_bytes families;
	pki_ip_family f;
	pki_ext_iter it;
	pki_status st = pki_ext_ip_blocks(NULL, value, &families, err);

	pki_ext_list_in(&it, NULL, families);
	while (count < MANY && pki_ext_ip_family_next(&it, &f)) {
		known = known && (f.ranges.len == 0 || f.afi == 1 || f.afi == 2);
		blocks[count] = (pki_ip_block){
			.afi = f.afi, .safi = f.safi, .has_safi = f.has_safi
		};
		if (known && f.ranges.len > 0)
			blocks[count].count = copy_ranges(&f, ranges + used, MANY - used);
		blocks[count].ranges = ranges + used;
		used += blocks[count++].count;
	}
	if (known && used < MANY)
		pki_exts_ip_blocks(e, blocks, count);
	else
		pki_exts_add(e, PKI_OID(ip_addr_blocks), true, value);
	free(blocks);
	free(ranges);
	return st;
}

static size_t copy_as_ranges(pki_bytes elements, pki_as_range *out)
{
	size_t count = 0;
	pki_ext_iter it;

	pki_ext_list_in(&it, NULL, elements);
	while (count < MANY && pki_ext_as_range_next(&it, &out[count]))
		count++;
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	return count;
}

static pki_status as_ids(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_as_range *asnum = room(sizeof *asnum), *rdi = room(sizeof *rdi);
	pki_as_block b = { .asnum = asnum, .rdi = rdi };
	pki_as_ids ids;
	pki_status st = pki_ext_as_ids(NULL, value, &ids, err);

	b.asnum_count = copy_as_ranges(ids.asnum, asnum);
	b.rdi_count = copy_as_ranges(ids.rdi, rdi);
	b.inherit_asnum = ids.inherit_asnum;
	b.inherit_rdi = ids.inherit_rdi;
	pki_exts_as_ids(e, &b);
	free(asnum);
	free(rdi);
	return st;
}

/* ---- logotype ---- */

static pki_buf copy_hashes(pki_bytes hashes)
{
	pki_buf out = PKI_BUF_INIT;
	pki_logotype_hash hash;
	pki_ext_iter it;

	pki_ext_list_in(&it, NULL, hashes);
	while (pki_ext_logotype_hash_next(&it, &hash))
		require(pki_logotype_hash_encode(NULL, &hash, &out, NULL) == PKI_SUCCESS);
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	return out;
}

static pki_buf copy_uris(pki_bytes uris)
{
	pki_buf out = PKI_BUF_INIT;
	pki_ext_iter it;
	pki_bytes uri;

	pki_ext_list_in(&it, NULL, uris);
	while (pki_ext_logotype_uri_next(&it, &uri))
		require(pki_logotype_uri_encode(NULL, uri, &out, NULL) == PKI_SUCCESS);
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	return out;
}

typedef bool next_media(pki_ext_iter *it, pki_logotype_media *out);
typedef pki_status encode_media(
    const pki_ctx *ctx, const pki_logotype_media *m, pki_buf *out, pki_error *err);

static pki_buf copy_media(pki_bytes list, next_media *next, encode_media *encode)
{
	pki_buf out = PKI_BUF_INIT;
	pki_logotype_media m;
	pki_ext_iter it;

	pki_ext_list_in(&it, NULL, list);
	while (next(&it, &m)) {
		pki_buf hashes = copy_hashes(m.hashes), uris = copy_uris(m.uris);

		m.hashes = pki_buf_bytes(&hashes);
		m.uris = pki_buf_bytes(&uris);
		require(encode(NULL, &m, &out, NULL) == PKI_SUCCESS);
		pki_buf_free(&hashes);
		pki_buf_free(&uris);
	}
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	return out;
}

static void copy_info(const pki_logotype_info *info, pki_buf *out)
{
	pki_buf images = copy_media(
	    info->images, pki_ext_logotype_image_next, pki_logotype_image_encode);
	pki_buf audios = copy_media(
	    info->audios, pki_ext_logotype_audio_next, pki_logotype_audio_encode);
	pki_buf hashes = copy_hashes(info->ref_hashes), uris = copy_uris(info->ref_uris);
	pki_logotype_info copy = { pki_buf_bytes(&images), pki_buf_bytes(&audios),
		pki_buf_bytes(&hashes), pki_buf_bytes(&uris), info->type };

	require(pki_logotype_info_encode(NULL, &copy, out, NULL) == PKI_SUCCESS);
	pki_buf_free(&images);
	pki_buf_free(&audios);
	pki_buf_free(&hashes);
	pki_buf_free(&uris);
}

static pki_buf copy_infos(pki_bytes infos)
{
	pki_buf out = PKI_BUF_INIT;
	pki_logotype_info info;
	pki_ext_iter it;

	pki_ext_list_in(&it, NULL, infos);
	while (pki_ext_logotype_next(&it, &info))
		copy_info(&info, &out);
	require(pki_ext_list_finish(&it, NULL) == PKI_SUCCESS);
	return out;
}

static pki_status logotype(pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_logotype l;
	pki_status st = pki_ext_logotype(NULL, value, &l, err);
	pki_buf community = copy_infos(l.community), issuer = copy_infos(l.issuer),
		subject = copy_infos(l.subject), other = copy_infos(l.other);

	pki_exts_logotype(e,
	    &(pki_logotype){ pki_buf_bytes(&community), pki_buf_bytes(&issuer),
		pki_buf_bytes(&subject), pki_buf_bytes(&other) });
	pki_buf_free(&community);
	pki_buf_free(&issuer);
	pki_buf_free(&subject);
	pki_buf_free(&other);
	return st;
}

static const struct row {
	const pki_oid *oid;
	pki_status (*copy)(pki_bytes value, pki_exts *e, pki_error *err);
} rows[] = {
	{ &pki_id_private_key_usage_period, key_period },
	{ &pki_id_qc_statements, statements },
	{ &pki_id_ip_addr_blocks, ip_blocks },
	{ &pki_id_autonomous_sys_ids, as_ids },
	{ &pki_id_logotype, logotype },
	{ &pki_id_sct_list, scts },
	{ &pki_id_ms_template_name, template_name },
	{ &pki_id_ms_template, template },
	{ &pki_id_ms_ca_version, ca_version },
	{ &pki_id_ms_previous_cert, previous_cert },
	{ &pki_id_ns_cert_type, cert_type },
};

static const pki_oid *const texts[] = { &pki_id_ns_comment, &pki_id_ns_base_url,
	&pki_id_ns_revocation_url, &pki_id_ns_ca_revocation_url, &pki_id_ns_cert_renewal_url,
	&pki_id_ns_ca_policy_url, &pki_id_ns_ssl_server_name };

pki_status ext_copy_more(pki_bytes oid, pki_bytes value, pki_exts *e, bool *known, pki_error *err)
{
	*known = false;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (pki_oid_equal(oid, pki_oid_view(rows[i].oid))) {
			*known = true;
			return rows[i].copy(value, e, err);
		}
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (pki_oid_equal(oid, pki_oid_view(texts[i]))) {
			*known = true;
			return ns_text(oid, value, e, err);
		}
	return PKI_SUCCESS;
}
