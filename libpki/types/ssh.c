/* SPDX-License-Identifier: BSD-3-Clause */
/* OpenSSH's keys: openssh-key-v1 (PROTOCOL.key) and public keys (RFC 4253 6.6, 5656 3.1, 8709 4).
 */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/types/eckey.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/rsakey.h"
#include "libpki/types/spki.h"
#include "libpki/types/ssh.h"

#define BLOCK 8 /* octets: what a key that is not encrypted is padded to */

static const char magic[] = "openssh-key-v1"; /* with its NUL */

static const struct ssh_type {
	pki_key_type type;
	const char *name, *curve;
} types[] = {
	{ PKI_KEY_RSA, "ssh-rsa", NULL },
	{ PKI_KEY_P256, "ecdsa-sha2-nistp256", "nistp256" },
	{ PKI_KEY_P384, "ecdsa-sha2-nistp384", "nistp384" },
	{ PKI_KEY_P521, "ecdsa-sha2-nistp521", "nistp521" },
	{ PKI_KEY_ED25519, "ssh-ed25519", NULL },
};
#define TYPES (sizeof types / sizeof *types)

static const struct ssh_type *type_by_name(pki_bytes name)
{
	for (size_t i = 0; i < TYPES; i++)
		if (pki_bytes_equal(name, pki_bytes_str(types[i].name)))
			return &types[i];
	return NULL;
}

static const struct ssh_type *type_of(pki_key_type t)
{
	for (size_t i = 0; i < TYPES; i++)
		if (types[i].type == t)
			return &types[i];
	return NULL;
}

/* ---- reading: RFC 4251 5 ---- */

/* Past the end, or with a number that is none, everything is empty, and `bad` says so. */
typedef struct cursor {
	pki_bytes left;
	bool bad;
} cursor;

static pki_bytes take(cursor *c, size_t n)
{
	pki_bytes out = pki_bytes_of(c->left.data, n);

	if (n > c->left.len) {
		c->bad = true;
		c->left.len = 0;
		return pki_bytes_of(NULL, 0);
	}
	c->left = pki_bytes_of(c->left.data + n, c->left.len - n);
	return out;
}

static uint32_t take_uint32(cursor *c)
{
	pki_bytes b = take(c, 4);
	uint32_t v = 0;

	for (size_t i = 0; i < b.len; i++)
		v = v << 8 | b.data[i];
	return v;
}

static pki_bytes take_string(cursor *c)
{
	return take(c, take_uint32(c));
}

/* A positive mpint, as its magnitude: no zero in front but the one that keeps it positive. */
static pki_bytes take_mpint(cursor *c)
{
	pki_bytes s = take_string(c);

	if (s.len == 0 || s.data[0] >= 0x80 || (s.data[0] == 0 && (s.len == 1 || s.data[1] < 0x80)))
		c->bad = true;
	return s.len > 0 && s.data[0] == 0 ? pki_bytes_of(s.data + 1, s.len - 1) : s;
}

static pki_status malformed(const char *reason, pki_error *err)
{
	return pki_error_set(err, PKI_E_STRUCTURE, reason, "OpenSSH PROTOCOL.key");
}

static pki_status unknown_type(pki_bytes name, pki_error *err)
{
	return pki_error_set_detail(
	    err, PKI_E_UNSUPPORTED, "a key of OpenSSH of another type", "RFC 4253 6.6", name);
}

/* ---- public keys ---- */

/* What is in a public key, and, of a private one, behind it. */
typedef struct parts {
	const struct ssh_type *t;
	pki_rsa_private rsa; /* n and e of a public key */
	pki_bytes point;     /* EC: SEC 1; Ed25519: the public key */
	pki_bytes scalar;    /* EC: a magnitude; Ed25519: the seed */
} parts;

static void take_curve(cursor *c, parts *p)
{
	if (!pki_bytes_equal(take_string(c), pki_bytes_str(p->t->curve)))
		c->bad = true;
}

/* Behind the type's name. */
static void take_public(cursor *c, parts *p)
{
	if (p->t->type == PKI_KEY_RSA) {
		p->rsa.e = take_mpint(c);
		p->rsa.n = take_mpint(c);
		return;
	}
	if (p->t->curve != NULL)
		take_curve(c, p);
	p->point = take_string(c);
}

static pki_status read_public(pki_bytes blob, parts *p, pki_error *err)
{
	cursor c = { blob, false };
	pki_bytes name = take_string(&c);

	memset(p, 0, sizeof *p);
	p->t = type_by_name(name);
	if (p->t == NULL)
		return c.bad ? malformed("the public key is cut short", err)
			     : unknown_type(name, err);
	take_public(&c, p);
	if (c.bad || c.left.len != 0)
		return malformed("not a public key of the type that it names", err);
	return PKI_SUCCESS;
}

static pki_status write_spki(const pki_ctx *ctx, const parts *p, pki_buf *spki, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, ctx);
	if (p->t->type == PKI_KEY_RSA)
		pki_spki_write_rsa(&w, p->t->type, p->rsa.n, p->rsa.e);
	else
		pki_spki_write_point(&w, p->t->type, p->point);
	return pki_derw_finish(&w, spki, err);
}

/* ---- private keys ---- */

static void take_rsa(cursor *c, parts *p)
{
	p->rsa.n = take_mpint(c);
	p->rsa.e = take_mpint(c);
	p->rsa.d = take_mpint(c);
	p->rsa.qinv = take_mpint(c);
	p->rsa.p = take_mpint(c);
	p->rsa.q = take_mpint(c);
}

/* The public key once more, and the scalar. */
static void take_ec(cursor *c, parts *p)
{
	pki_bytes point;

	take_curve(c, p);
	point = take_string(c);
	if (!pki_bytes_equal(point, p->point))
		c->bad = true;
	p->scalar = take_mpint(c);
}

/* RFC 8032 5.1.5: the seed and the public key, behind the public key. */
static void take_ed25519(cursor *c, parts *p)
{
	size_t n = pki_key_type_octets(PKI_KEY_ED25519);
	pki_bytes pub = take_string(c), both = take_string(c);

	if (both.len != 2 * n || pub.len != n || !pki_bytes_equal(pub, p->point) ||
	    memcmp(both.data + n, pub.data, n) != 0)
		c->bad = true;
	p->scalar = pki_bytes_of(both.data, both.len < n ? 0 : n);
}

static bool is_padding(pki_bytes left)
{
	for (size_t i = 0; i < left.len; i++)
		if (left.data[i] != i + 1)
			return false;
	return left.len < BLOCK;
}

/* The list of one private key. p: what the public key before it says. */
static pki_status read_list(pki_bytes list, parts *p, pki_error *err)
{
	cursor c = { list, false };
	uint32_t check = take_uint32(&c);
	pki_bytes n = p->rsa.n, e = p->rsa.e;

	if (list.len % BLOCK != 0 || take_uint32(&c) != check)
		return malformed("the private key's check does not match", err);
	if (!pki_bytes_equal(take_string(&c), pki_bytes_str(p->t->name)))
		return malformed("the private key is of another type than the public one", err);
	if (p->t->type == PKI_KEY_RSA)
		take_rsa(&c, p);
	else if (p->t->curve != NULL)
		take_ec(&c, p);
	else
		take_ed25519(&c, p);
	(void)take_string(&c); /* the comment */
	if (c.bad || !is_padding(c.left))
		return malformed("not a private key of the type that it names", err);
	if (p->t->type == PKI_KEY_RSA &&
	    !(pki_bytes_equal(n, p->rsa.n) && pki_bytes_equal(e, p->rsa.e)))
		return malformed("the private key is not that of the public one", err);
	return PKI_SUCCESS;
}

static pki_status read_private(pki_bytes in, parts *p, pki_error *err)
{
	cursor c = { in, false };
	pki_bytes cipher, kdf, options, public_key, list;
	uint32_t keys;
	pki_status st;

	(void)take(&c, sizeof magic);
	cipher = take_string(&c);
	kdf = take_string(&c);
	options = take_string(&c);
	keys = take_uint32(&c);
	public_key = take_string(&c);
	list = take_string(&c);
	if (!c.bad && !pki_bytes_equal(cipher, pki_bytes_str("none")))
		return pki_error_set(err, PKI_E_UNSUPPORTED,
		    "an encrypted key of OpenSSH: ssh-keygen -p -m PKCS8 makes it one that is read",
		    "OpenSSH PROTOCOL.key");
	if (c.bad || c.left.len != 0 || keys != 1 || options.len != 0 ||
	    !pki_bytes_equal(kdf, pki_bytes_str("none")))
		return malformed("not one private key", err);
	st = read_public(public_key, p, err);
	return st == PKI_SUCCESS ? read_list(list, p, err) : st;
}

/* RFC 8017 3.2: dP and dQ, which OpenSSH leaves out, are d modulo p - 1 and q - 1. */
static pki_status complete_rsa(const pki_ctx *ctx, parts *p, pki_buf *room, pki_error *err)
{
	size_t np = p->rsa.p.len, nq = p->rsa.q.len;
	pki_status st;

	/* before any work: what it costs grows with each of them */
	if (p->rsa.n.len > (pki_ctx_limits(ctx)->rsa_bits + 7) / 8)
		return pki_error_set(
		    err, PKI_E_LIMIT, "RSA modulus is longer than the context's limit", NULL);
	if (p->rsa.d.len > p->rsa.n.len || np > p->rsa.n.len || nq > p->rsa.n.len)
		return malformed("RSA numbers are longer than the modulus", err);
	st = pki_buf_reserve(room, 2 * (np + nq), err);
	if (st != PKI_SUCCESS)
		return st;
	room->len = 2 * (np + nq);
	pki_uint_mod_less_one(p->rsa.d, p->rsa.p, room->data);
	pki_uint_mod_less_one(p->rsa.d, p->rsa.q, room->data + 2 * np);
	p->rsa.dp = pki_bytes_of(room->data, np);
	p->rsa.dq = pki_bytes_of(room->data + 2 * np, nq);
	return PKI_SUCCESS;
}

static pki_status write_ec(pki_derw *w, const parts *p, pki_error *err)
{
	uint8_t scalar[PKI_EC_OCTETS_MAX] = { 0 };
	size_t n = pki_key_type_octets(p->t->type);

	if (p->scalar.len > n)
		return malformed("the private key is longer than its curve", err);
	memcpy(scalar + n - p->scalar.len, p->scalar.data, p->scalar.len);
	pki_pkcs8_write_ec(w, p->t->type, pki_bytes_of(scalar, n), p->point);
	pki_wipe(scalar, sizeof scalar);
	return PKI_SUCCESS;
}

static pki_status write_pkcs8(const pki_ctx *ctx, parts *p, pki_buf *pkcs8, pki_error *err)
{
	pki_buf room = { .flags = PKI_BUF_SECRET };
	pki_status st = PKI_SUCCESS;
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_secret(&w);
	if (p->t->type == PKI_KEY_RSA) {
		st = complete_rsa(ctx, p, &room, err);
		if (st == PKI_SUCCESS)
			pki_pkcs8_write_rsa(&w, p->t->type, &p->rsa);
	} else if (p->t->curve != NULL) {
		st = write_ec(&w, p, err);
	} else {
		pki_pkcs8_write_okp(&w, p->t->type, p->scalar);
	}
	if (st == PKI_SUCCESS)
		st = pki_derw_finish(&w, pkcs8, err);
	pki_derw_free(&w);
	pki_buf_free(&room);
	return st;
}

bool pki_ssh_is_private(pki_bytes in)
{
	return in.len >= sizeof magic && memcmp(in.data, magic, sizeof magic) == 0;
}

pki_status pki_ssh_private_to_pkcs8(
    const pki_ctx *ctx, pki_bytes in, pki_buf *pkcs8, pki_error *err)
{
	parts p;
	pki_status st;

	if (!pki_ssh_is_private(in))
		return malformed("not openssh-key-v1", err);
	st = read_private(in, &p, err);
	return st == PKI_SUCCESS ? write_pkcs8(ctx, &p, pkcs8, err) : st;
}

/* ---- lines ---- */

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static bool is_line_end(uint8_t c)
{
	return c == '\n' || c == '\r';
}

/* Up to a blank, and past those that follow; no further than the line. */
static pki_bytes take_word(pki_bytes *line)
{
	size_t n = 0, next;
	pki_bytes word;

	while (n < line->len && !is_blank(line->data[n]) && !is_line_end(line->data[n]))
		n++;
	for (next = n; next < line->len && is_blank(line->data[next]);)
		next++;
	word = pki_bytes_of(line->data, n);
	*line = pki_bytes_of(line->data + next, line->len - next);
	return word;
}

bool pki_ssh_is_public(pki_bytes in)
{
	static const char *const families[] = { "ssh-", "ecdsa-" };
	pki_bytes name = take_word(&in);

	if (in.len == 0 || is_line_end(*in.data))
		return false;
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (name.len > strlen(families[i]) &&
		    memcmp(name.data, families[i], strlen(families[i])) == 0)
			return true;
	return false;
}

/* Without the end of the line; false: there is another line. */
static bool one_line(pki_bytes *in)
{
	while (in->len > 0 && is_line_end(in->data[in->len - 1]))
		in->len--;
	return in->len == 0 || memchr(in->data, '\n', in->len) == NULL;
}

pki_status pki_ssh_public_to_spki(const pki_ctx *ctx, pki_bytes line, pki_buf *spki, pki_error *err)
{
	pki_buf blob = PKI_BUF_INIT;
	pki_bytes name;
	pki_status st;
	parts p;

	if (!one_line(&line))
		return pki_error_set(err, PKI_E_STRUCTURE, "more than one key in this input", NULL);
	name = take_word(&line);
	st = pki_base64_decode(take_word(&line), &blob, err);
	if (st == PKI_SUCCESS)
		st = read_public(pki_buf_bytes(&blob), &p, err);
	if (st == PKI_SUCCESS && !pki_bytes_equal(name, pki_bytes_str(p.t->name)))
		st = pki_error_set(err, PKI_E_STRUCTURE, "the line names another type than its key",
		    "RFC 4253 6.6");
	if (st == PKI_SUCCESS)
		st = write_spki(ctx, &p, spki, err);
	pki_buf_free(&blob);
	return st;
}

/* ---- writing ---- */

static pki_status put_uint32(pki_buf *b, uint32_t v, pki_error *err)
{
	uint8_t octets[4] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8),
		(uint8_t)v };

	return pki_buf_append(b, pki_bytes_of(octets, sizeof octets), err);
}

static pki_status put_string(pki_buf *b, pki_bytes s, pki_error *err)
{
	pki_status st = put_uint32(b, (uint32_t)s.len, err);

	return st == PKI_SUCCESS ? pki_buf_append(b, s, err) : st;
}

static pki_status put_mpint(pki_buf *b, pki_bytes magnitude, pki_error *err)
{
	pki_status st;
	bool zero;

	while (magnitude.len > 0 && magnitude.data[0] == 0)
		magnitude = pki_bytes_of(magnitude.data + 1, magnitude.len - 1);
	zero = magnitude.len > 0 && magnitude.data[0] >= 0x80;
	st = put_uint32(b, (uint32_t)magnitude.len + zero, err);
	if (st == PKI_SUCCESS && zero)
		st = pki_buf_putc(b, 0, err);
	return st == PKI_SUCCESS ? pki_buf_append(b, magnitude, err) : st;
}

/* Several of one kind, one after the other. */
static pki_status put_mpints(pki_buf *b, const pki_bytes *list, size_t n, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < n; i++)
		st = put_mpint(b, list[i], err);
	return st;
}

static pki_status put_strings(pki_buf *b, const pki_bytes *list, size_t n, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < n; i++)
		st = put_string(b, list[i], err);
	return st;
}

static pki_status no_such_key(pki_error *err)
{
	return pki_error_set(
	    err, PKI_E_ARG, "OpenSSH has no keys of this type", "OpenSSH PROTOCOL.key");
}

/* The public key with its type's name. */
static pki_status put_public(pki_buf *b, const parts *p, pki_error *err)
{
	const pki_bytes numbers[] = { p->rsa.e, p->rsa.n };
	pki_status st = put_string(b, pki_bytes_str(p->t->name), err);

	if (st == PKI_SUCCESS && p->t->type == PKI_KEY_RSA)
		return put_mpints(b, numbers, 2, err);
	if (st == PKI_SUCCESS && p->t->curve != NULL)
		st = put_string(b, pki_bytes_str(p->t->curve), err);
	return st == PKI_SUCCESS ? put_string(b, p->point, err) : st;
}

static pki_status put_private(pki_buf *b, const parts *p, pki_error *err)
{
	const pki_rsa_private *r = &p->rsa;
	const pki_bytes numbers[] = { r->n, r->e, r->d, r->qinv, r->p, r->q };
	pki_buf both = { .flags = PKI_BUF_SECRET };
	pki_status st;

	if (p->t->type == PKI_KEY_RSA) {
		st = put_string(b, pki_bytes_str(p->t->name), err);
		return st == PKI_SUCCESS ? put_mpints(b, numbers, 6, err) : st;
	}
	st = put_public(b, p, err);
	if (st == PKI_SUCCESS && p->t->curve != NULL)
		return put_mpint(b, p->scalar, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&both, p->scalar, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&both, p->point, err);
	if (st == PKI_SUCCESS)
		st = put_string(b, pki_buf_bytes(&both), err);
	pki_buf_free(&both);
	return st;
}

static pki_status put_list(pki_buf *b, const parts *p, uint32_t check, pki_error *err)
{
	pki_status st = put_uint32(b, check, err);

	if (st == PKI_SUCCESS)
		st = put_uint32(b, check, err);
	if (st == PKI_SUCCESS)
		st = put_private(b, p, err);
	if (st == PKI_SUCCESS)
		st = put_string(b, pki_bytes_of(NULL, 0), err);
	for (uint8_t i = 1; st == PKI_SUCCESS && b->len % BLOCK != 0; i++)
		st = pki_buf_putc(b, i, err);
	return st;
}

static pki_status read_rsa_public(const pki_ctx *ctx, pki_bytes key, parts *p, pki_error *err)
{
	pki_rsa_public k;
	pki_status st = pki_rsa_public_parse(ctx, key, &k, err);

	p->rsa.n = k.n;
	p->rsa.e = k.e;
	return st;
}

static pki_status public_parts(
    const pki_ctx *ctx, pki_key_type t, pki_bytes key, parts *p, pki_error *err)
{
	memset(p, 0, sizeof *p);
	p->t = type_of(t);
	p->point = key;
	if (p->t == NULL)
		return no_such_key(err);
	return t == PKI_KEY_RSA ? read_rsa_public(ctx, key, p, err) : PKI_SUCCESS;
}

pki_status pki_ssh_public_write(
    const pki_ctx *ctx, pki_key_type t, pki_bytes key, pki_buf *out, pki_error *err)
{
	pki_buf blob = PKI_BUF_INIT;
	size_t before = out->len;
	parts p;
	pki_status st = public_parts(ctx, t, key, &p, err);

	if (st == PKI_SUCCESS)
		st = put_public(&blob, &p, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_puts(out, p.t->name, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_putc(out, ' ', err);
	if (st == PKI_SUCCESS)
		st = pki_base64_encode(pki_buf_bytes(&blob), out, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_putc(out, '\n', err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	pki_buf_free(&blob);
	return st;
}

static pki_status private_parts(const pki_ctx *ctx, const pki_pkcs8 *p8, parts *p, pki_error *err)
{
	pki_ec_private ec = { 0 };
	pki_status st;
	pki_der r;

	if (p->t->type == PKI_KEY_ED25519)
		return pki_okp_private_parse(ctx, p->t->type, p8->private_key, &p->scalar, err);
	pki_der_init(&r, ctx, p8->private_key, NULL);
	if (p->t->type == PKI_KEY_RSA)
		pki_rsa_private_read(&r, NULL, &p->rsa);
	else
		pki_ec_private_read(&r, NULL, &ec);
	st = pki_der_finish(&r, err);
	p->scalar = ec.scalar;
	return st;
}

static pki_status put_file(pki_buf *out, pki_bytes public_key, pki_bytes list, pki_error *err)
{
	const pki_bytes none = pki_bytes_str("none");
	const pki_bytes before[] = { none, none, { NULL, 0 } }, after[] = { public_key, list };
	pki_status st = pki_buf_append(out, pki_bytes_of(magic, sizeof magic), err);

	if (st == PKI_SUCCESS)
		st = put_strings(out, before, 3, err);
	if (st == PKI_SUCCESS)
		st = put_uint32(out, 1, err);
	return st == PKI_SUCCESS ? put_strings(out, after, 2, err) : st;
}

pki_status pki_ssh_private_write(const pki_ctx *ctx, pki_bytes pkcs8, pki_bytes public_key,
    uint32_t check, pki_buf *out, pki_error *err)
{
	pki_buf blob = PKI_BUF_INIT, list = { .flags = PKI_BUF_SECRET };
	pki_key_type t;
	pki_pkcs8 p8;
	parts p;
	pki_status st = pki_pkcs8_parse(ctx, pkcs8, &p8, err);

	if (st == PKI_SUCCESS)
		st = pki_key_type_from_algid(&p8.algorithm, &t, err);
	if (st == PKI_SUCCESS)
		st = public_parts(ctx, t, public_key, &p, err);
	if (st == PKI_SUCCESS)
		st = private_parts(ctx, &p8, &p, err);
	if (st == PKI_SUCCESS)
		st = put_public(&blob, &p, err);
	if (st == PKI_SUCCESS)
		st = put_list(&list, &p, check, err);
	if (st == PKI_SUCCESS)
		st = put_file(out, pki_buf_bytes(&blob), pki_buf_bytes(&list), err);
	pki_buf_free(&blob);
	pki_buf_free(&list);
	return st;
}
