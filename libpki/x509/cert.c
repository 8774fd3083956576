/* SPDX-License-Identifier: BSD-3-Clause */
/* Certificate: RFC 5280 4.1, read once into one piece of memory. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/ref.h"
#include "libpki/der/check.h"
#include "libpki/der/fast.h"
#include "libpki/types/algid.h"
#include "libpki/types/ext.h"
#include "libpki/types/name.h"
#include "libpki/types/spki.h"
#include "libpki/x509/cert.h"
#include "libpki/x509/ext_list.h"
#include "libpki/x509/ext_type.h"
#include "libpki/x509/signed.h"
#include "libpki/x509/single.h"
#include "libpki/x509/views.h"

#define SERIAL_OCTETS 20 /* RFC 5280 4.1.2.2 */

/*
 * One allocation: the struct, its extensions, the issuer, the subject unless it has the same
 * octets, the DER, and the names' text. Everything else is a view of that DER.
 */
struct pki_cert {
	pki_ref refs;
	int32_t version;
	pki_ctx *ctx;
	pki_name *issuer, *subject;
	pki_ext *exts;
	size_t ext_count;
	pki_bytes der, serial, spki, issuer_unique_id, subject_unique_id;
	pki_signed body;
	pki_time not_before, not_after;
	pki_basic_constraints basic_constraints;
	pki_bytes key_id, authority_key_id;
	uint32_t key_usage, leniencies;
};

/* A certificate while it is read: views of the input, lists that grow. */
typedef struct reading {
	pki_cert cert;
	uint32_t allow;
	bool encoded_default, same_name;
	uint8_t reserved[2];
	bool *defaults; /* where encoded defaults are noted; NULL: they are refused */
	pki_name_reading issuer, subject;
	pki_ext_list_reading exts;
} reading;

static void reading_start(reading *n, const pki_ctx *ctx, pki_bytes der, uint32_t allow)
{
	memset(&n->cert, 0, sizeof n->cert);
	n->cert.ctx = (pki_ctx *)(uintptr_t)ctx;
	n->cert.der = der;
	n->cert.basic_constraints.path_len = -1;
	n->allow = allow;
	n->encoded_default = n->same_name = false;
	n->defaults = (allow & PKI_LENIENT_DEFAULTS) != 0 ? &n->encoded_default : NULL;
	pki_name_reading_init(&n->issuer, ctx);
	pki_name_reading_init(&n->subject, ctx);
	pki_ext_list_init(&n->exts, ctx);
}

static void reading_free(reading *n)
{
	pki_name_reading_free(&n->issuer);
	pki_name_reading_free(&n->subject);
	pki_ext_list_free(&n->exts);
}

/* Is this sin allowed? It is noted then. */
static bool forgive(reading *n, uint32_t sin)
{
	n->cert.leniencies |= n->allow & sin;
	return (n->allow & sin) != 0;
}

static void note(reading *n, bool found, uint32_t oddity)
{
	n->cert.leniencies |= found ? oddity : 0;
}

/* ---- extensions ---- */

/* The last octet of id-ce OIDs: RFC 5280 A.2. */
enum {
	ID_CE_SUBJECT_KEY_IDENTIFIER = 14,
	ID_CE_KEY_USAGE = 15,
	ID_CE_BASIC_CONSTRAINTS = 19,
	ID_CE_AUTHORITY_KEY_IDENTIFIER = 35,
};

/* 0: no OID directly below id-ce, { joint-iso-ccitt(2) ds(5) 29 }. */
static inline int below_id_ce(pki_bytes oid)
{
	bool below = oid.len == 3 && oid.data[0] == 0x55 && oid.data[1] == 0x1d;

	return below && oid.data[2] < 0x80 ? oid.data[2] : 0;
}

static void read_authority(pki_der *value, pki_cert *c)
{
	pki_authority_key_id id;

	if (pki_authority_key_id_read(value, c->ctx, &id))
		c->authority_key_id = id.key_id;
}

/* What a certificate is asked for often is kept; the syntax of the others is checked. */
static void read_value(pki_der *value, reading *n, pki_bytes oid)
{
	pki_cert *c = &n->cert;
	bool odd = false, *may_stray = (n->allow & PKI_LENIENT_PATH_LEN) != 0 ? &odd : NULL;

	switch (below_id_ce(oid)) {
	case ID_CE_SUBJECT_KEY_IDENTIFIER:
		pki_key_id_read(value, PKI_TAG_OCTETS, NULL, &c->key_id);
		break;
	case ID_CE_KEY_USAGE:
		pki_key_usage_read(value, &c->key_usage, &odd);
		note(n, odd, PKI_ODD_BITS);
		break;
	case ID_CE_BASIC_CONSTRAINTS:
		pki_basic_constraints_read(value, n->defaults, may_stray, &c->basic_constraints);
		note(n, odd, PKI_LENIENT_PATH_LEN);
		break;
	case ID_CE_AUTHORITY_KEY_IDENTIFIER:
		read_authority(value, c);
		break;
	default:
		pki_ext_check(value, c->ctx, oid);
	}
}

/* BasicConstraints: 30 00, 30 03 { 01 01 ff }, 30 06 { 01 01 ff, 02 01 n } */
static bool look_at_constraints(pki_bytes v, pki_basic_constraints *out)
{
	static const uint8_t ca[] = { 0x30, 6, PKI_TAG_BOOLEAN, 1, 0xff, PKI_TAG_INTEGER, 1 };

	*out = (pki_basic_constraints){ .ca = v.len > 2, .path_len = -1 };
	if (v.len < 2 || v.data[0] != ca[0] || v.data[1] != v.len - 2)
		return false;
	if (v.len == 8 && v.data[7] < 0x80 && memcmp(v.data, ca, sizeof ca) == 0)
		out->path_len = v.data[7];
	return v.len == 2 || (v.len == 5 && memcmp(v.data + 2, ca + 2, 3) == 0) ||
	    out->path_len >= 0;
}

/* KeyUsage: 03 02 { unused, bits } */
static bool look_at_usage(pki_bytes v, uint32_t *out)
{
	unsigned bits, unused;

	if (v.len != 4 || v.data[0] != PKI_TAG_BIT_STRING || v.data[1] != 2 || v.data[2] > 7)
		return false;
	unused = v.data[2];
	bits = v.data[3];
	if ((bits & ((2u << unused) - 1)) != 1u << unused)
		return false;
	*out = 0;
	for (unsigned i = 0; i < 8; i++)
		*out |= (bits >> (7 - i) & 1) << i;
	return true;
}

/* KeyIdentifier: 04 n { octets }; AuthorityKeyIdentifier: 30 n+2 { 80 n { octets }} */
static bool look_at_key_id(pki_bytes v, uint8_t tag, pki_bytes *out)
{
	if (v.len < 3 || v.data[0] != tag || v.data[1] != v.len - 2)
		return false;
	*out = (pki_bytes){ v.data + 2, v.len - 2 };
	return true;
}

static bool look_at_authority(pki_bytes v, pki_bytes *out)
{
	pki_bytes id;

	return look_at_key_id(v, 0x30, &id) && look_at_key_id(id, 0x80, out);
}

static bool look_at_value(reading *n, pki_bytes oid, pki_bytes v)
{
	pki_cert *c = &n->cert;

	switch (below_id_ce(oid)) {
	case ID_CE_SUBJECT_KEY_IDENTIFIER:
		return look_at_key_id(v, PKI_TAG_OCTETS, &c->key_id);
	case ID_CE_KEY_USAGE:
		return look_at_usage(v, &c->key_usage);
	case ID_CE_BASIC_CONSTRAINTS:
		return look_at_constraints(v, &c->basic_constraints);
	case ID_CE_AUTHORITY_KEY_IDENTIFIER:
		return look_at_authority(v, &c->authority_key_id);
	default:
		return false;
	}
}

static bool check_value(const pki_der *list, reading *n, const pki_ext *e)
{
	pki_der value;

	pki_der_init_below(&value, list, e->value, 2);
	read_value(&value, n, e->oid);
	return pki_der_is_done(&value);
}

/*
 * An Extension of ordinary shape, in which there is nothing wrong:
 *
 *   30 n { 06 o { extnID }, [ 01 01 ff ], 04 v { extnValue }}
 */
static bool read_plain_extension(pki_der *list, reading *n)
{
	static const uint8_t critical[] = { PKI_TAG_BOOLEAN, 1, 0xff };
	pki_ahead a = pki_der_ahead(list, 3);
	const uint8_t *p, *end;
	pki_tlv_fault fault;
	pki_ext e;

	if (!pki_is_plain(a.at, a.left, 0x30))
		return false;
	p = a.at + 2;
	end = p + a.at[1];
	if (!pki_is_plain(p, (size_t)(end - p), PKI_TAG_OID))
		return false;
	memset(e.reserved, 0, sizeof e.reserved);
	e.oid = (pki_bytes){ p + 2, p[1] };
	p += 2 + e.oid.len;
	e.critical = (size_t)(end - p) > sizeof critical && memcmp(p, critical, 3) == 0;
	p += e.critical ? sizeof critical : 0;
	if (!pki_is_plain(p, (size_t)(end - p), PKI_TAG_OCTETS) || p + 2 + p[1] != end ||
	    ((below_id_ce(e.oid) == 0 || a.oid_limit < 3) &&
		!pki_check_oid(e.oid, a.oid_limit, &fault)))
		return false;
	e.value = (pki_bytes){ p + 2, p[1] };
	if (!look_at_value(n, e.oid, e.value) && !check_value(list, n, &e))
		return false;
	pki_der_pass(list, NULL, (size_t)(end - a.at));
	return pki_ext_list_add(list, &n->exts, &e);
}

/* Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue } */
static void read_any_extension(pki_der *list, reading *n)
{
	pki_ext e = { .critical = false };
	pki_der s, value;
	const uint8_t *start;

	pki_der_enter(list, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "extnID", &e.oid);
	pki_ext_bool(&s, "critical", n->defaults, &e.critical);
	pki_der_enter(&s, PKI_TAG_OCTETS, "extnValue", &value);
	start = pki_der_at(&value);
	read_value(&value, n, e.oid);
	e.value = pki_view_since(&value, start);
	pki_der_leave(&value);
	if (pki_der_leave(&s))
		pki_ext_list_add(list, &n->exts, &e);
}

static void read_extension(pki_der *list, reading *n)
{
	if (!read_plain_extension(list, n))
		read_any_extension(list, n);
}

/* extensions [3] EXPLICIT Extensions OPTIONAL */
static void read_extensions(pki_der *tbs, reading *n)
{
	pki_der wrapper, list;

	if (!pki_der_enter_opt(tbs, PKI_TAG_EXPLICIT(3), "extensions", &wrapper))
		return;
	if (n->cert.version != 3 && !forgive(n, PKI_LENIENT_V1_EXTS))
		pki_der_fail(
		    tbs, PKI_E_STRUCTURE, "extensions without version v3", "RFC 5280 4.1.2.9");
	pki_der_enter(&wrapper, PKI_TAG_SEQUENCE, NULL, &list);
	if (!pki_der_more(&list))
		pki_der_fail(&wrapper, PKI_E_STRUCTURE, "Extensions is empty", "RFC 5280 4.1");
	while (pki_der_more(&list))
		read_extension(&list, n);
	pki_der_leave(&list);
	pki_der_leave(&wrapper);
}

/* ---- the other fields, in order ---- */

/* version [0] EXPLICIT Version DEFAULT v1 */
static void read_version(pki_der *tbs, reading *n)
{
	int64_t version = 0;
	pki_der wrapper;

	n->cert.version = 1;
	if (!pki_der_enter_opt(tbs, PKI_TAG_EXPLICIT(0), "version", &wrapper))
		return;
	pki_der_int64(&wrapper, NULL, &version);
	if (version < 0 || version > 2)
		pki_der_fail(&wrapper, PKI_E_STRUCTURE, "version is none of v1, v2 and v3",
		    "RFC 5280 4.1.2.1");
	else
		n->cert.version = (int32_t)version + 1;
	if (version == 0 && n->defaults == NULL)
		pki_der_fail(&wrapper, PKI_E_ENCODING, "DEFAULT value is encoded", "X.690 11.5");
	n->encoded_default = n->encoded_default || version == 0;
	pki_der_leave(&wrapper);
}

/* Octets of an INTEGER that its value does not need. */
static size_t padding(pki_bytes i)
{
	size_t n = 0;

	while (n + 1 < i.len &&
	    ((i.data[n] == 0 && i.data[n + 1] < 0x80) ||
		(i.data[n] == 0xff && i.data[n + 1] >= 0x80)))
		n++;
	return n;
}

static void read_integer(pki_der *tbs, reading *n, pki_bytes *out)
{
	size_t extra;

	if ((n->allow & PKI_LENIENT_INTEGER) == 0) {
		pki_der_integer(tbs, "serialNumber", out);
		return;
	}
	if (!pki_der_next(tbs, PKI_TAG_INTEGER, "serialNumber", out))
		return;
	if (out->len == 0) {
		pki_der_fail(tbs, PKI_E_ENCODING, "INTEGER is empty", "X.690 8.3.1");
		return;
	}
	extra = padding(*out);
	if (extra > 0)
		forgive(n, PKI_LENIENT_INTEGER);
	*out = pki_bytes_of(out->data + extra, out->len - extra);
}

/* RFC 5280 4.1.2.2: positive, at most 20 octets */
static void read_serial(pki_der *tbs, reading *n)
{
	pki_bytes *serial = &n->cert.serial;

	read_integer(tbs, n, serial);
	note(n, serial->len == 1 && serial->data[0] == 0, PKI_ODD_SERIAL);
	if (serial->len > 0 && serial->data[0] >= 0x80 && !forgive(n, PKI_LENIENT_SERIAL))
		pki_der_fail(tbs, PKI_E_STRUCTURE, "serialNumber is negative", "RFC 5280 4.1.2.2");
	if (serial->len > SERIAL_OCTETS && !forgive(n, PKI_LENIENT_SERIAL))
		pki_der_fail(tbs, PKI_E_STRUCTURE, "serialNumber is longer than 20 octets",
		    "RFC 5280 4.1.2.2");
}

/* Validity ::= SEQUENCE { notBefore, notAfter } */
static void read_validity(pki_der *tbs, reading *n)
{
	bool odd_start = false, odd_end = false;
	pki_der s;

	pki_der_enter(tbs, PKI_TAG_SEQUENCE, "validity", &s);
	pki_der_time_odd(&s, "notBefore", &n->cert.not_before, &odd_start);
	pki_der_time_odd(&s, "notAfter", &n->cert.not_after, &odd_end);
	pki_der_leave(&s);
	note(n, odd_start || odd_end, PKI_ODD_TIME);
}

/* Of a self-issued certificate it is the issuer's octets again. */
static void read_subject(pki_der *tbs, reading *n)
{
	const uint8_t *start = pki_der_at(tbs);
	pki_bytes issuer = n->issuer.der, contents;

	n->same_name = issuer.len > 0 && issuer.len <= pki_der_left(tbs) &&
	    memcmp(issuer.data, start, issuer.len) == 0;
	if (n->same_name)
		pki_der_next(tbs, PKI_TAG_SEQUENCE, "subject", &contents);
	else
		pki_name_read(tbs, "subject", &n->subject);
}

/* [1] or [2] IMPLICIT UniqueIdentifier OPTIONAL, a BIT STRING */
static void read_unique_id(
    pki_der *tbs, unsigned tag, const char *field, const pki_cert *c, pki_bytes *out)
{
	pki_tlv_fault fault;
	pki_bytes bits;

	if (!pki_der_next_opt(tbs, PKI_TAG_IMPLICIT(tag), field, &bits))
		return;
	if (c->version == 1)
		pki_der_fail(
		    tbs, PKI_E_STRUCTURE, "unique identifier with version v1", "RFC 5280 4.1.2.8");
	if (!pki_check_bits(bits, &fault)) {
		pki_der_fail(tbs, fault.status, fault.reason, fault.clause);
		return;
	}
	*out = pki_bytes_of(bits.data + 1, bits.len - 1);
}

/* TBSCertificate; inner: its `signature` */
static void read_tbs(pki_der *certificate, reading *n, pki_algid *inner)
{
	const uint8_t *start = pki_der_at(certificate);
	pki_cert *c = &n->cert;
	pki_algid algorithm;
	pki_bytes key;
	pki_der tbs;

	pki_der_enter(certificate, PKI_TAG_SEQUENCE, "tbsCertificate", &tbs);
	read_version(&tbs, n);
	read_serial(&tbs, n);
	pki_algid_read(&tbs, "signature", inner);
	pki_name_read(&tbs, "issuer", &n->issuer);
	read_validity(&tbs, n);
	read_subject(&tbs, n);
	pki_spki_split(&tbs, "subjectPublicKeyInfo", &algorithm, &key, &c->spki);
	read_unique_id(&tbs, 1, "issuerUniqueID", c, &c->issuer_unique_id);
	read_unique_id(&tbs, 2, "subjectUniqueID", c, &c->subject_unique_id);
	read_extensions(&tbs, n);
	pki_der_leave(&tbs);
	c->body.tbs = pki_view_since(certificate, start);
}

/* Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue } */
static pki_status read_certificate(reading *n, pki_error *err)
{
	pki_cert *c = &n->cert;
	pki_der r, certificate;
	pki_algid inner;

	pki_der_init(&r, c->ctx, c->der, "Certificate");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &certificate);
	read_tbs(&certificate, n, &inner);
	pki_signed_read_twice(
	    &certificate, "signatureValue", "RFC 5280 4.1.1.2", inner.whole, &c->body);
	pki_der_leave(&certificate);
	if (n->encoded_default)
		forgive(n, PKI_LENIENT_DEFAULTS);
	return pki_der_finish(&r, err);
}

/* ---- the certificate ---- */

/* Views of other memory become views of der, which holds the same. */
static void move_views(pki_cert *c, const uint8_t *der)
{
	const uint8_t *from = c->der.data;
	pki_bytes *views[] = { &c->der, &c->serial, &c->spki, &c->issuer_unique_id,
		&c->subject_unique_id, &c->body.tbs, &c->body.algorithm, &c->body.signature,
		&c->key_id, &c->authority_key_id };

	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
		pki_view_move(views[i], from, der);
	for (size_t i = 0; i < c->ext_count; i++) {
		pki_view_move(&c->exts[i].oid, from, der);
		pki_view_move(&c->exts[i].value, from, der);
	}
}

static void release(void *object)
{
	pki_cert *c = object;

	pki_ctx_free(c->ctx);
	pki_free(c);
}

static void place_name(pki_cert *c, const pki_name_reading *n, uint8_t *at, const uint8_t *der,
    char *text, pki_name **out)
{
	pki_name *name = (pki_name *)(void *)at;

	pki_name_place(n, name, der + (n->der.data - c->der.data), text);
	name->refs = &c->refs;
	name->object = c;
	name->release = release;
	*out = name;
}

/* Octets of each part, in the order in which they lie. */
typedef struct sizes {
	size_t exts, issuer, subject, der, text, all;
} sizes;

static bool measure(const reading *n, sizes *s)
{
	s->exts = n->exts.count * sizeof(pki_ext);
	s->subject = 0;
	s->der = n->cert.der.len;
	s->all = sizeof(pki_cert);
	return pki_name_size(&n->issuer, &s->issuer) &&
	    (n->same_name || pki_name_size(&n->subject, &s->subject)) &&
	    pki_size_add(n->issuer.text_len, n->subject.text_len, &s->text) &&
	    pki_size_add(s->all, s->exts, &s->all) && pki_size_add(s->all, s->issuer, &s->all) &&
	    pki_size_add(s->all, s->subject, &s->all) && pki_size_add(s->all, s->der, &s->all) &&
	    pki_size_add(s->all, s->text, &s->all);
}

/* The certificate in memory of its own. */
static void build(const reading *n, const sizes *s, pki_cert *c)
{
	uint8_t *at = (uint8_t *)(c + 1), *issuer = at + s->exts, *subject = issuer + s->issuer;
	uint8_t *der = subject + s->subject;
	char *text = (char *)der + s->der;

	*c = n->cert;
	c->exts = (pki_ext *)(void *)at;
	c->ext_count = n->exts.count;
	memcpy(c->exts, n->exts.exts, s->exts);
	memcpy(der, n->cert.der.data, s->der);
	place_name(c, &n->issuer, issuer, der, text, &c->issuer);
	c->subject = c->issuer;
	if (!n->same_name)
		place_name(c, &n->subject, subject, der, text + n->issuer.text_len, &c->subject);
	move_views(c, der);
	pki_ref_init(&c->refs);
	c->ctx = pki_ctx_ref(n->cert.ctx);
}

static pki_status read_all(reading *n, pki_cert **out, pki_error *err)
{
	pki_status st = read_certificate(n, err);
	pki_cert *c = NULL;
	sizes s;

	if (st != PKI_SUCCESS)
		return st;
	if (measure(n, &s))
		c = pki_alloc(s.all);
	if (c == NULL)
		return pki_error_nomem(err);
	build(n, &s, c);
	*out = c;
	return PKI_SUCCESS;
}

pki_status pki_cert_parse_der(
    const pki_ctx *ctx, pki_bytes der, uint32_t allow, pki_cert **out, pki_error *err)
{
	pki_status st;
	reading n;

	if (der.len > pki_ctx_limits(ctx)->object_bytes)
		return pki_error_set(err, PKI_E_LIMIT, "larger than object_bytes allows", NULL);
	reading_start(&n, ctx, der, allow | pki_ctx_lenient(ctx));
	st = read_all(&n, out, err);
	reading_free(&n);
	return st;
}

/* ---- PEM and files ---- */

static pki_status parse_one(
    const pki_ctx *ctx, pki_bytes der, uint32_t how, void **out, pki_error *err)
{
	pki_cert *c = NULL;
	pki_status st = pki_cert_parse_der(ctx, der, how, &c, err);

	*out = c;
	return st;
}

static void free_one(void *object)
{
	pki_cert_free(object);
}

static const pki_single single = {
	.kind = PKI_KIND_CERTIFICATE,
	.parse = parse_one,
	.free = free_one,
	.label = "CERTIFICATE",
	.more = "more than one certificate",
	.none = "no CERTIFICATE",
	.clause = "RFC 7468 5",
};

static pki_status parse(
    const pki_ctx *ctx, pki_bytes in, uint32_t allow, pki_cert **out, pki_error *err)
{
	void *found = NULL;
	pki_status st;

	if (out == NULL)
		return pki_error_null(err);
	*out = NULL;
	if ((allow & ~PKI_LENIENT_ALL) != 0)
		return pki_error_set(err, PKI_E_ARG, "unknown PKI_LENIENT_ bit", NULL);
	st = pki_single_parse(&single, ctx, in, allow, &found, err);
	*out = found;
	return st;
}

pki_status pki_cert_parse(const pki_ctx *ctx, pki_bytes der_or_pem, pki_cert **out, pki_error *err)
{
	return PKI_LEAVE(err, parse(ctx, der_or_pem, 0, out, err));
}

pki_status pki_cert_parse_lenient(
    const pki_ctx *ctx, pki_bytes der_or_pem, uint32_t allow, pki_cert **out, pki_error *err)
{
	return PKI_LEAVE(err, parse(ctx, der_or_pem, allow, out, err));
}

pki_status pki_cert_load(const pki_ctx *ctx, const char *path, pki_cert **out, pki_error *err)
{
	void *found = NULL;
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_single_load(&single, ctx, path, 0, &found, err);
	*out = found;
	return PKI_LEAVE(err, st);
}

pki_status pki_cert_write(const pki_cert *c, pki_form form, pki_buf *out, pki_error *err)
{
	if (c == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_single_write(&single, c->der, form, out, err));
}

pki_status pki_cert_save(
    const pki_cert *c, const char *path, pki_form form, uint32_t flags, pki_error *err)
{
	if (c == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_single_save(&single, c->der, path, form, flags, err));
}

pki_cert *pki_cert_ref(const pki_cert *c)
{
	pki_cert *shared = (pki_cert *)(uintptr_t)c;

	if (shared != NULL)
		pki_ref_take(&shared->refs);
	return shared;
}

void pki_cert_free(pki_cert *c)
{
	if (c != NULL && pki_ref_drop(&c->refs))
		release(c);
}

/* ---- what it says ---- */

static const pki_cert nothing = { .basic_constraints = { .path_len = -1 },
	.not_before = PKI_TIME_NONE,
	.not_after = PKI_TIME_NONE };

static const pki_cert *of(const pki_cert *c)
{
	return c == NULL ? &nothing : c;
}

const pki_ctx *pki_cert_ctx(const pki_cert *c)
{
	return of(c)->ctx;
}

pki_bytes pki_cert_der(const pki_cert *c)
{
	return of(c)->der;
}

pki_bytes pki_cert_tbs(const pki_cert *c)
{
	return of(c)->body.tbs;
}

int32_t pki_cert_version(const pki_cert *c)
{
	return of(c)->version;
}

uint32_t pki_cert_leniencies(const pki_cert *c)
{
	return of(c)->leniencies;
}

pki_bytes pki_cert_serial(const pki_cert *c)
{
	return of(c)->serial;
}

pki_bytes pki_cert_signature_algorithm(const pki_cert *c)
{
	return of(c)->body.algorithm;
}

pki_bytes pki_cert_signature(const pki_cert *c)
{
	return of(c)->body.signature;
}

const pki_name *pki_cert_subject(const pki_cert *c)
{
	return of(c)->subject;
}

const pki_name *pki_cert_issuer(const pki_cert *c)
{
	return of(c)->issuer;
}

pki_time pki_cert_not_before(const pki_cert *c)
{
	return of(c)->not_before;
}

pki_time pki_cert_not_after(const pki_cert *c)
{
	return of(c)->not_after;
}

pki_bytes pki_cert_spki(const pki_cert *c)
{
	return of(c)->spki;
}

pki_bytes pki_cert_issuer_unique_id(const pki_cert *c)
{
	return of(c)->issuer_unique_id;
}

pki_bytes pki_cert_subject_unique_id(const pki_cert *c)
{
	return of(c)->subject_unique_id;
}

size_t pki_cert_ext_count(const pki_cert *c)
{
	return of(c)->ext_count;
}

bool pki_cert_ext_at(const pki_cert *c, size_t i, pki_ext *out)
{
	return pki_ext_give(i < pki_cert_ext_count(c) ? &c->exts[i] : NULL, out);
}

bool pki_cert_ext(const pki_cert *c, pki_bytes oid, pki_ext *out)
{
	return pki_ext_give(pki_ext_list_find(of(c)->exts, of(c)->ext_count, oid), out);
}

bool pki_cert_is_ca(const pki_cert *c)
{
	return of(c)->basic_constraints.ca;
}

int32_t pki_cert_path_len(const pki_cert *c)
{
	return of(c)->basic_constraints.path_len;
}

uint32_t pki_cert_key_usage(const pki_cert *c)
{
	return of(c)->key_usage;
}

pki_bytes pki_cert_key_id(const pki_cert *c)
{
	return of(c)->key_id;
}

pki_bytes pki_cert_authority_key_id(const pki_cert *c)
{
	return of(c)->authority_key_id;
}

bool pki_cert_is_self_issued(const pki_cert *c)
{
	return c != NULL && pki_name_equal(c->issuer, c->subject);
}

/* ---- its keys and digests ---- */

pki_status pki_cert_pubkey(const pki_cert *c, pki_pubkey **out, pki_error *err)
{
	if (out != NULL)
		*out = NULL;
	if (out == NULL || c == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_pubkey_import(c->ctx, c->spki, out, err));
}

pki_status pki_cert_check_signature(const pki_cert *c, const pki_pubkey *issuer_key, pki_error *err)
{
	if (c == NULL || issuer_key == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(
	    err, pki_signed_check(c->ctx, &c->body, issuer_key, "RFC 5280 4.1.1.3", err));
}

pki_status pki_cert_fingerprint(
    const pki_cert *c, pki_hash h, uint8_t out[PKI_HASH_MAX], pki_error *err)
{
	if (c == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_hash_once(c->ctx, h, c->der, out, err));
}
