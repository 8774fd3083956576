/* SPDX-License-Identifier: BSD-3-Clause */
/* logotype: RFC 9399 4.1. */
#include <string.h>

#include <pki/ext_more.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/writer.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"
#include "libpki/x509/ia5.h"

#define CLAUSE "RFC 9399 4.1"

/* INTEGER >= 0 */
static bool read_number(pki_der *r, pki_tag tag, const char *field, int64_t *out)
{
	return pki_der_int64_as(r, tag, field, out) &&
	    (*out >= 0 || pki_der_fail(r, PKI_E_STRUCTURE, "number is negative", CLAUSE));
}

static bool read_number_opt(pki_der *r, pki_tag tag, const char *field, int64_t *out)
{
	return pki_der_peek(r, tag) && read_number(r, tag, field, out);
}

/* ---- where it is, and what it is to be ---- */

static bool read_hash(pki_der *r, pki_logotype_hash *out)
{
	pki_bytes oid;
	pki_der s, alg;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_enter(&s, PKI_TAG_SEQUENCE, "hashAlg", &alg);
	pki_der_oid(&alg, "algorithm", &oid);
	if (pki_der_more(&alg))
		pki_der_whole(&alg, 0, "parameters", &out->parameters);
	pki_der_leave(&alg);
	out->alg = oid;
	pki_der_next(&s, PKI_TAG_OCTETS, "hashValue", &out->value);
	return pki_der_leave(&s);
}

static void check_hash(pki_der *r, const pki_ctx *ctx)
{
	pki_logotype_hash hash;

	(void)ctx;
	read_hash(r, &hash);
}

static void check_uri(pki_der *r, const pki_ctx *ctx)
{
	pki_bytes uri;

	(void)ctx;
	pki_ia5_read(r, NULL, &uri);
}

static void read_hashes(pki_der *r, const pki_ctx *ctx, const char *field, pki_bytes *out)
{
	pki_list_read(r, ctx, &(pki_list){ PKI_TAG_SEQUENCE, field, check_hash }, out);
}

static void read_uris(pki_der *r, const pki_ctx *ctx, const char *field, pki_bytes *out)
{
	pki_list_read(r, ctx, &(pki_list){ PKI_TAG_SEQUENCE, field, check_uri }, out);
}

static void read_details(pki_der *r, const pki_ctx *ctx, const char *field, pki_logotype_media *out)
{
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	pki_ia5_read(&s, "mediaType", &out->media_type);
	read_hashes(&s, ctx, "logotypeHash", &out->hashes);
	read_uris(&s, ctx, "logotypeURI", &out->uris);
	pki_der_leave(&s);
}

static void read_language(pki_der *r, pki_bytes *out)
{
	if (pki_der_peek(r, PKI_TAG_IMPLICIT(4)))
		pki_ia5_read_as(r, PKI_TAG_IMPLICIT(4), "language", out);
}

/* ---- images ---- */

/* LogotypeImageType DEFAULT color */
static void read_image_type(pki_der *r, bool *gray)
{
	int64_t type;

	if (!pki_der_peek(r, PKI_TAG_IMPLICIT(0)) ||
	    !pki_der_int64_as(r, PKI_TAG_IMPLICIT(0), "type", &type))
		return;
	if (type == 1)
		pki_der_fail(r, PKI_E_ENCODING, "DEFAULT value is encoded", "X.690 11.5");
	if (type != 0)
		pki_der_fail(r, PKI_E_STRUCTURE, "no such LogotypeImageType", CLAUSE);
	*gray = true;
}

static void read_image_info(pki_der *r, pki_logotype_media *out)
{
	pki_der s;

	out->has_info = true;
	pki_der_enter(r, PKI_TAG_SEQUENCE, "imageInfo", &s);
	read_image_type(&s, &out->gray);
	read_number(&s, PKI_TAG_INTEGER, "fileSize", &out->file_size);
	read_number(&s, PKI_TAG_INTEGER, "xSize", &out->x_size);
	read_number(&s, PKI_TAG_INTEGER, "ySize", &out->y_size);
	out->has_num_bits = read_number_opt(&s, PKI_TAG_IMPLICIT(1), "resolution", &out->num_bits);
	if (!out->has_num_bits)
		out->has_table_size = read_number_opt(
		    &s, PKI_TAG_IMPLICIT(2), "resolution", &out->table_size);
	read_language(&s, &out->language);
	pki_der_leave(&s);
}

static bool read_image(pki_der *r, const pki_ctx *ctx, pki_logotype_media *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	read_details(&s, ctx, "imageDetails", out);
	if (pki_der_more(&s))
		read_image_info(&s, out);
	return pki_der_leave(&s);
}

static void check_image(pki_der *r, const pki_ctx *ctx)
{
	pki_logotype_media image;

	read_image(r, ctx, &image);
}

/* ---- audio ---- */

static void read_audio_info(pki_der *r, pki_logotype_media *out)
{
	pki_der s;

	out->has_info = true;
	pki_der_enter(r, PKI_TAG_SEQUENCE, "audioInfo", &s);
	read_number(&s, PKI_TAG_INTEGER, "fileSize", &out->file_size);
	read_number(&s, PKI_TAG_INTEGER, "playTime", &out->play_time);
	read_number(&s, PKI_TAG_INTEGER, "channels", &out->channels);
	out->has_sample_rate = read_number_opt(
	    &s, PKI_TAG_IMPLICIT(3), "sampleRate", &out->sample_rate);
	read_language(&s, &out->language);
	pki_der_leave(&s);
}

static bool read_audio(pki_der *r, const pki_ctx *ctx, pki_logotype_media *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	read_details(&s, ctx, "audioDetails", out);
	if (pki_der_more(&s))
		read_audio_info(&s, out);
	return pki_der_leave(&s);
}

static void check_audio(pki_der *r, const pki_ctx *ctx)
{
	pki_logotype_media audio;

	read_audio(r, ctx, &audio);
}

/* ---- LogotypeInfo ---- */

static void read_data(pki_der *r, const pki_ctx *ctx, pki_logotype_info *out)
{
	pki_der s;

	pki_der_enter(r, PKI_TAG_EXPLICIT(0), "direct", &s);
	if (pki_der_peek(&s, PKI_TAG_SEQUENCE))
		pki_list_read(
		    &s, ctx, &(pki_list){ PKI_TAG_SEQUENCE, "image", check_image }, &out->images);
	if (pki_der_peek(&s, PKI_TAG_EXPLICIT(1)))
		pki_list_read(&s, ctx, &(pki_list){ PKI_TAG_EXPLICIT(1), "audio", check_audio },
		    &out->audios);
	if (out->images.len == 0 && out->audios.len == 0)
		pki_der_fail(&s, PKI_E_STRUCTURE, "LogotypeData is empty", CLAUSE);
	pki_der_leave(&s);
}

static void read_reference(pki_der *r, const pki_ctx *ctx, pki_logotype_info *out)
{
	pki_der s;

	pki_der_enter(r, PKI_TAG_EXPLICIT(1), "indirect", &s);
	read_hashes(&s, ctx, "refStructHash", &out->ref_hashes);
	read_uris(&s, ctx, "refStructURI", &out->ref_uris);
	pki_der_leave(&s);
}

/* A CHOICE of IMPLICIT types: both are constructed, as the SEQUENCE is that they replace. */
static bool read_info(pki_der *r, const pki_ctx *ctx, pki_logotype_info *out)
{
	pki_bytes tlv;

	memset(out, 0, sizeof *out);
	if (pki_der_peek(r, PKI_TAG_EXPLICIT(0)))
		read_data(r, ctx, out);
	else if (pki_der_peek(r, PKI_TAG_EXPLICIT(1)))
		read_reference(r, ctx, out);
	else if (pki_der_whole(r, 0, NULL, &tlv))
		return pki_der_fail(r, PKI_E_STRUCTURE, "no LogotypeInfo", CLAUSE);
	return out->images.len + out->audios.len + out->ref_uris.len > 0;
}

static void check_info(pki_der *r, const pki_ctx *ctx)
{
	pki_logotype_info info;

	read_info(r, ctx, &info);
}

static bool read_other(pki_der *r, const pki_ctx *ctx, pki_logotype_info *out)
{
	pki_bytes type;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "logotypeType", &type);
	read_info(&s, ctx, out);
	out->type = type;
	return pki_der_leave(&s);
}

static void check_other(pki_der *r, const pki_ctx *ctx)
{
	pki_logotype_info info;

	read_other(r, ctx, &info);
}

/* ---- LogotypeExtn ---- */

static void read_list(
    pki_der *r, const pki_ctx *ctx, pki_tag tag, const pki_list *list, pki_bytes *out)
{
	pki_der in;

	if (!pki_der_enter_opt(r, tag, list->field, &in))
		return;
	pki_list_read(&in, ctx, list, out);
	pki_der_leave(&in);
}

/* The LogotypeInfo is a list of one. */
static void read_one(pki_der *r, const pki_ctx *ctx, pki_tag tag, const char *field, pki_bytes *out)
{
	pki_logotype_info info;
	pki_der in;

	if (!pki_der_enter_opt(r, tag, field, &in))
		return;
	*out = pki_der_rest(&in);
	read_info(&in, ctx, &info);
	pki_der_leave(&in);
}

static bool read_logotype(pki_der *r, const pki_ctx *ctx, pki_logotype *out)
{
	static const pki_list community = { PKI_TAG_SEQUENCE, "communityLogos", check_info },
			      other = { PKI_TAG_SEQUENCE, "otherLogos", check_other };
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_more(&s))
		pki_der_fail(&s, PKI_E_STRUCTURE, "LogotypeExtn is empty", CLAUSE);
	read_list(&s, ctx, PKI_TAG_EXPLICIT(0), &community, &out->community);
	read_one(&s, ctx, PKI_TAG_EXPLICIT(1), "issuerLogo", &out->issuer);
	read_one(&s, ctx, PKI_TAG_EXPLICIT(2), "subjectLogo", &out->subject);
	read_list(&s, ctx, PKI_TAG_EXPLICIT(3), &other, &out->other);
	return pki_der_leave(&s);
}

void pki_ext_check_logotype(pki_der *in, const pki_ctx *ctx)
{
	pki_logotype l;

	read_logotype(in, ctx, &l);
}

pki_status pki_ext_logotype(const pki_ctx *ctx, pki_bytes value, pki_logotype *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "LogotypeExtn");
	read_logotype(&r, ctx, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

bool pki_ext_logotype_next(pki_ext_iter *it, pki_logotype_info *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) &&
	    (pki_der_peek(&it->inner, PKI_TAG_SEQUENCE) ? read_other(&it->inner, it->ctx, out)
							: read_info(&it->inner, it->ctx, out)))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

bool pki_ext_logotype_image_next(pki_ext_iter *it, pki_logotype_media *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_image(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

bool pki_ext_logotype_audio_next(pki_ext_iter *it, pki_logotype_media *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_audio(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

bool pki_ext_logotype_hash_next(pki_ext_iter *it, pki_logotype_hash *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_hash(&it->inner, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

bool pki_ext_logotype_uri_next(pki_ext_iter *it, pki_bytes *uri)
{
	if (it == NULL || uri == NULL)
		return false;
	if (pki_ext_step(it) && pki_ia5_read(&it->inner, NULL, uri))
		return true;
	*uri = pki_bytes_of(NULL, 0);
	return false;
}

/* ---- writing ---- */

typedef void check_fn(pki_der *r, const pki_ctx *ctx);

/* One element of a list. What is written is read again, so that there is one set of rules. */
static pki_status end_element(
    pki_derw *w, const pki_ctx *ctx, check_fn *check, pki_buf *out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_derw_finish(w, &der, err);
	pki_der r;

	if (st == PKI_SUCCESS) {
		pki_der_init(&r, ctx, pki_buf_bytes(&der), NULL);
		check(&r, ctx);
		st = pki_der_finish(&r, &why);
		if (st != PKI_SUCCESS)
			st = pki_error_set(err, st == PKI_E_LIMIT ? st : PKI_E_ARG,
			    pki_error_reason(&why), pki_error_clause(&why));
	}
	if (st == PKI_SUCCESS)
		st = pki_buf_append(out, pki_buf_bytes(&der), err);
	pki_buf_free(&der);
	return st;
}

pki_status pki_logotype_hash_encode(
    const pki_ctx *ctx, const pki_logotype_hash *hash, pki_buf *out, pki_error *err)
{
	pki_derw w;

	if (hash == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, hash->alg);
	pki_derw_raw(&w, hash->parameters);
	pki_derw_end(&w);
	pki_derw_put(&w, PKI_TAG_OCTETS, hash->value);
	pki_derw_end(&w);
	return PKI_LEAVE(err, end_element(&w, ctx, check_hash, out, err));
}

pki_status pki_logotype_uri_encode(const pki_ctx *ctx, pki_bytes uri, pki_buf *out, pki_error *err)
{
	pki_derw w;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_derw_init(&w, ctx);
	pki_derw_put(&w, PKI_TAG_IA5, uri);
	return PKI_LEAVE(err, end_element(&w, ctx, check_uri, out, err));
}

static void write_details(pki_derw *w, const pki_logotype_media *m)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_put(w, PKI_TAG_IA5, m->media_type);
	pki_derw_put(w, PKI_TAG_SEQUENCE, m->hashes);
	pki_derw_put(w, PKI_TAG_SEQUENCE, m->uris);
	pki_derw_end(w);
}

static void write_number_opt(pki_derw *w, pki_tag tag, bool there, int64_t n)
{
	if (there)
		pki_derw_int64_as(w, tag, n);
}

static void write_language(pki_derw *w, pki_bytes language)
{
	if (language.len > 0)
		pki_derw_put(w, PKI_TAG_IMPLICIT(4), language);
}

static void write_image_info(pki_derw *w, const pki_logotype_media *m)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (m->gray)
		pki_derw_int64_as(w, PKI_TAG_IMPLICIT(0), 0);
	pki_derw_int64(w, m->file_size);
	pki_derw_int64(w, m->x_size);
	pki_derw_int64(w, m->y_size);
	write_number_opt(w, PKI_TAG_IMPLICIT(1), m->has_num_bits, m->num_bits);
	write_number_opt(w, PKI_TAG_IMPLICIT(2), m->has_table_size, m->table_size);
	write_language(w, m->language);
	pki_derw_end(w);
}

pki_status pki_logotype_image_encode(
    const pki_ctx *ctx, const pki_logotype_media *image, pki_buf *out, pki_error *err)
{
	pki_derw w;

	if (image == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	write_details(&w, image);
	if (image->has_info)
		write_image_info(&w, image);
	pki_derw_end(&w);
	return PKI_LEAVE(err, end_element(&w, ctx, check_image, out, err));
}

static void write_audio_info(pki_derw *w, const pki_logotype_media *m)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, m->file_size);
	pki_derw_int64(w, m->play_time);
	pki_derw_int64(w, m->channels);
	write_number_opt(w, PKI_TAG_IMPLICIT(3), m->has_sample_rate, m->sample_rate);
	write_language(w, m->language);
	pki_derw_end(w);
}

pki_status pki_logotype_audio_encode(
    const pki_ctx *ctx, const pki_logotype_media *audio, pki_buf *out, pki_error *err)
{
	pki_derw w;

	if (audio == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	write_details(&w, audio);
	if (audio->has_info)
		write_audio_info(&w, audio);
	pki_derw_end(&w);
	return PKI_LEAVE(err, end_element(&w, ctx, check_audio, out, err));
}

/* direct, and what it is where there is neither. */
static void write_data(pki_derw *w, const pki_logotype_info *info)
{
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	if (info->images.len > 0)
		pki_derw_put(w, PKI_TAG_SEQUENCE, info->images);
	if (info->audios.len > 0)
		pki_derw_put(w, PKI_TAG_EXPLICIT(1), info->audios);
	pki_derw_end(w);
}

static void write_info(pki_derw *w, const pki_logotype_info *info)
{
	bool indirect = info->ref_hashes.len > 0 || info->ref_uris.len > 0;

	if (indirect && (info->images.len > 0 || info->audios.len > 0))
		pki_derw_fail(w, PKI_E_ARG, "LogotypeInfo is direct and indirect", CLAUSE);
	if (!indirect) {
		write_data(w, info);
		return;
	}
	pki_derw_begin(w, PKI_TAG_EXPLICIT(1));
	pki_derw_put(w, PKI_TAG_SEQUENCE, info->ref_hashes);
	pki_derw_put(w, PKI_TAG_SEQUENCE, info->ref_uris);
	pki_derw_end(w);
}

pki_status pki_logotype_info_encode(
    const pki_ctx *ctx, const pki_logotype_info *info, pki_buf *out, pki_error *err)
{
	pki_derw w;

	if (info == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_derw_init(&w, ctx);
	if (info->type.len == 0) {
		write_info(&w, info);
		return PKI_LEAVE(err, end_element(&w, ctx, check_info, out, err));
	}
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, info->type);
	write_info(&w, info);
	pki_derw_end(&w);
	return PKI_LEAVE(err, end_element(&w, ctx, check_other, out, err));
}

static void write_list(pki_derw *w, pki_tag tag, pki_bytes elements)
{
	if (elements.len == 0)
		return;
	pki_derw_begin(w, tag);
	pki_derw_put(w, PKI_TAG_SEQUENCE, elements);
	pki_derw_end(w);
}

static void write_one(pki_derw *w, pki_tag tag, pki_bytes element)
{
	if (element.len > 0)
		pki_derw_put(w, tag, element);
}

void pki_exts_logotype(pki_exts *e, const pki_logotype *l)
{
	static const pki_ext_form form = { .oid = &pki_id_logotype,
		.check = pki_ext_check_logotype };
	pki_derw w;

	if (!pki_exts_given(e, l) || !pki_exts_begin(e, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	write_list(&w, PKI_TAG_EXPLICIT(0), l->community);
	write_one(&w, PKI_TAG_EXPLICIT(1), l->issuer);
	write_one(&w, PKI_TAG_EXPLICIT(2), l->subject);
	write_list(&w, PKI_TAG_EXPLICIT(3), l->other);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

static void line_uris(pki_line *l, pki_bytes uris)
{
	pki_ext_iter it;
	pki_bytes uri;

	pki_ext_list_in(&it, l->ctx, uris);
	while (pki_ext_logotype_uri_next(&it, &uri)) {
		pki_line_puts(l, " ");
		pki_line_text(l, PKI_TAG_IA5, uri);
	}
	pki_line_end_list(l, &it);
}

static void line_media(pki_line *l, const char *kind, const pki_logotype_media *media)
{
	pki_line_name(l, kind);
	pki_line_puts(l, " ");
	pki_line_text(l, PKI_TAG_IA5, media->media_type);
	line_uris(l, media->uris);
}

static void line_info(pki_line *l, const char *kind, const pki_logotype_info *info)
{
	pki_logotype_media media;
	pki_ext_iter it;

	pki_ext_list_in(&it, l->ctx, info->images);
	while (pki_ext_logotype_image_next(&it, &media))
		line_media(l, kind, &media);
	pki_line_end_list(l, &it);
	pki_ext_list_in(&it, l->ctx, info->audios);
	while (pki_ext_logotype_audio_next(&it, &media))
		line_media(l, kind, &media);
	pki_line_end_list(l, &it);
	if (info->ref_uris.len == 0)
		return;
	pki_line_name(l, kind);
	line_uris(l, info->ref_uris);
}

static void line_infos(pki_line *l, const char *kind, pki_bytes infos)
{
	pki_logotype_info info;
	pki_ext_iter it;
	const char *name;

	pki_ext_list_in(&it, l->ctx, infos);
	while (pki_ext_logotype_next(&it, &info)) {
		name = info.type.len > 0 ? pki_oid_name(info.type) : NULL;
		line_info(l, name != NULL ? name : kind, &info);
	}
	pki_line_end_list(l, &it);
}

void pki_ext_line_logotype(pki_line *l, pki_bytes value)
{
	pki_logotype logos;

	pki_line_read(l, pki_ext_logotype(l->ctx, value, &logos, l->err));
	line_infos(l, "community", logos.community);
	line_infos(l, "issuer", logos.issuer);
	line_infos(l, "subject", logos.subject);
	line_infos(l, "other", logos.other);
}
