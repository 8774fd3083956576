/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool show --asn1: the tree of tags, as far as it is DER, and what a type says of them. */
#include <string.h>

#include "tools/args.h"
#include "tools/asn1.h"
#include "tools/in.h"
#include "tools/json.h"
#include "tools/show.h"
#include "tools/status.h"

enum {
	DEPTH = 64,
	FILE_MOST = 256 << 20, /* octets */
	SHOWN_MOST = 48,       /* octets of a value without a better form */
	TAG_GENERAL = 27,      /* GeneralString */
	TEXT_LEAST = 4         /* octets that are text by their looks */
};

/* One TLV. */
struct node {
	size_t depth, offset, header;
	pki_tag tag;
	pki_bytes contents;
	struct label label;
};

struct tree {
	struct text *t;
	bool json;
	size_t hidden; /* from this depth on, values are somebody's private key; 0: nowhere */
	bool secret;   /* there was one */
	struct marks *marks;
	const uint8_t *from;
	size_t base; /* of `from` in the file; 0 where the file is text */
	size_t depth;
	pki_der at[DEPTH];
	const uint8_t *start[DEPTH]; /* of each reader's input */
};

/* ---- tags ---- */

static const char *const universals[] = {
	[1] = "BOOLEAN",
	[2] = "INTEGER",
	[3] = "BIT STRING",
	[4] = "OCTET STRING",
	[5] = "NULL",
	[6] = "OBJECT IDENTIFIER",
	[7] = "ObjectDescriptor",
	[8] = "EXTERNAL",
	[9] = "REAL",
	[10] = "ENUMERATED",
	[11] = "EMBEDDED PDV",
	[12] = "UTF8String",
	[13] = "RELATIVE-OID",
	[14] = "TIME",
	[16] = "SEQUENCE",
	[17] = "SET",
	[18] = "NumericString",
	[19] = "PrintableString",
	[20] = "TeletexString",
	[21] = "VideotexString",
	[22] = "IA5String",
	[23] = "UTCTime",
	[24] = "GeneralizedTime",
	[25] = "GraphicString",
	[26] = "VisibleString",
	[27] = "GeneralString",
	[28] = "UniversalString",
	[29] = "CHARACTER STRING",
	[30] = "BMPString",
};
enum { UNIVERSALS = sizeof universals / sizeof *universals };

static const char *universal(pki_tag number)
{
	return number < UNIVERSALS ? universals[number] : NULL;
}

/* The tag that a built-in type has; 0: none of its own. */
static pki_tag universal_tag(const char *builtin)
{
	for (pki_tag i = 0; i < UNIVERSALS; i++)
		if (universals[i] && strcmp(universals[i], builtin) == 0)
			return i;
	return 0;
}

static void put_tag(struct text *t, pki_tag tag)
{
	static const char *const classes[] = { "UNIVERSAL ", "APPLICATION ", "", "PRIVATE " };
	pki_tag class = tag & PKI_TAG_PRIVATE, number = tag & PKI_TAG_NUMBER;
	const char *name = class ? NULL : universal(number);

	if (name)
		text_add(t, name);
	else
		text_fmt(t, "[%s%u]", classes[class >> 30], (unsigned)number);
}

/* "certificate Certificate SEQUENCE"; a type that is built in, or has been said, is told by its
 * tag. */
static void put_names(struct text *t, const struct label *l, pki_tag tag)
{
	bool is_universal = (tag & PKI_TAG_PRIVATE) == 0;
	const char *type = label_type(l);

	label_name(t, l);
	if (label_has_name(l))
		text_add(t, " ");
	if (type && type != l->builtin)
		text_fmt(t, "%s ", type);
	put_tag(t, tag);
	if (l->builtin && l->kind != PKI_ASN1_ANY && !is_universal)
		text_fmt(t, " %s", l->builtin);
}

static bool is_constructed(pki_tag tag)
{
	return (tag & PKI_TAG_CONSTRUCTED) != 0;
}

/* ---- values ---- */

static void put_octets(struct text *t, pki_bytes b)
{
	size_t more = b.len > SHOWN_MOST ? b.len - SHOWN_MOST : 0;

	text_hex(t, pki_bytes_of(b.data, b.len - more));
	if (more)
		text_fmt(t, "... (%zu octets more)", more);
}

/* In decimal where it fits. */
static void put_integer(struct text *t, pki_bytes b)
{
	uint64_t v;

	if (b.len == 0 || b.len > 8) {
		put_octets(t, b);
		return;
	}
	v = b.data[0] & 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < b.len; i++)
		v = v << 8 | b.data[i];
	text_fmt(t, "%lld", (long long)v);
}

static void put_oid(struct text *t, pki_bytes b)
{
	const char *name = pki_oid_name(b);
	pki_buf dotted = PKI_BUF_INIT;

	if (name)
		text_fmt(t, "%s ", name);
	if (pki_oid_format(b, &dotted, NULL) == PKI_SUCCESS)
		text_bytes(t, pki_buf_bytes(&dotted));
	else
		put_octets(t, b);
	pki_buf_free(&dotted);
}

static void put_bits(struct text *t, pki_bytes b)
{
	if (b.len == 0 || b.data[0] > 7) {
		put_octets(t, b);
		return;
	}
	if (b.data[0])
		text_fmt(t, "(%u bits unused) ", (unsigned)b.data[0]);
	put_octets(t, pki_bytes_of(b.data + 1, b.len - 1));
}

static bool is_visible(pki_bytes b)
{
	for (size_t i = 0; i < b.len; i++)
		if (b.data[i] < 0x20 || b.data[i] > 0x7e)
			return false;
	return true;
}

/* What to read it as: times, GeneralString, and what an IMPLICIT tag hides, may be text as well. */
static pki_tag text_tag(const struct node *n)
{
	bool is_time = n->tag == PKI_TAG_UTC_TIME || n->tag == PKI_TAG_GENERALIZED;
	bool may_be = n->tag == TAG_GENERAL ||
	    (n->tag & PKI_TAG_PRIVATE && n->contents.len >= TEXT_LEAST);

	return is_time || (may_be && is_visible(n->contents)) ? PKI_TAG_VISIBLE : n->tag;
}

/* Strings and times in quotes, anything else in hex. */
static void put_other(struct text *t, const struct node *n)
{
	struct text s = TEXT_INIT;

	if (pki_text_decode(text_tag(n), n->contents, &s.buf, NULL) == PKI_SUCCESS) {
		text_add(t, "\"");
		text_safe(t, pki_buf_bytes(&s.buf));
		text_add(t, "\"");
	} else {
		put_octets(t, n->contents);
	}
	text_free(&s);
}

static void put_value(struct text *t, const struct node *n)
{
	switch (n->tag) {
	case PKI_TAG_BOOLEAN:
		text_add(t, n->contents.len == 1 && n->contents.data[0] ? "TRUE" : "FALSE");
		break;
	case PKI_TAG_INTEGER:
	case PKI_TAG_ENUMERATED:
		put_integer(t, n->contents);
		break;
	case PKI_TAG_OID:
		put_oid(t, n->contents);
		break;
	case PKI_TAG_BIT_STRING:
		put_bits(t, n->contents);
		break;
	default:
		put_other(t, n);
	}
}

/* What an IMPLICIT tag hides is told by its type. */
static void put_typed_value(struct text *t, const struct node *n)
{
	struct node as = *n;
	pki_tag tag = n->label.builtin ? universal_tag(n->label.builtin) : 0;

	if (tag && n->tag & PKI_TAG_PRIVATE)
		as.tag = tag;
	put_value(t, &as);
	if (n->label.said)
		text_fmt(t, " (%s)", n->label.said);
}

/* Of a private key only what says nothing of its secret: OIDs and version numbers. */
static bool is_hidden(const struct tree *tree, const struct node *n)
{
	bool is_version = n->tag == PKI_TAG_INTEGER && n->contents.len == 1;

	return tree->hidden && n->tag != PKI_TAG_OID && !is_version;
}

static bool has_value(const struct node *n)
{
	return !is_constructed(n->tag) && n->tag != PKI_TAG_NULL;
}

/* ---- lines ---- */

static void put_line(const struct tree *tree, const struct node *n, bool inside)
{
	struct text *t = tree->t;

	text_fmt(t, "%7zu %2zu+%-7zu ", n->offset, n->header, n->contents.len);
	text_pad(t, 2 * n->depth);
	put_names(t, &n->label, n->tag);
	if (has_value(n) && !inside) {
		text_add(t, " ");
		if (is_hidden(tree, n))
			text_add(t, "(not shown)");
		else
			put_typed_value(t, n);
	}
	text_add(t, "\n");
}

static void member_uint(struct text *t, const char *name, size_t v)
{
	js_name(t, name);
	js_uint(t, v);
}

static void member_text(struct text *t, const char *name, struct text *v)
{
	js_name(t, name);
	js_string(t, pki_buf_bytes(&v->buf));
	text_free(v);
}

static void put_json(const struct tree *tree, const struct node *n, bool inside)
{
	struct text *t = tree->t, s = TEXT_INIT;

	js_open(t, '{');
	member_uint(t, "depth", n->depth);
	member_uint(t, "offset", n->offset);
	member_uint(t, "header", n->header);
	member_uint(t, "length", n->contents.len);
	put_tag(&s, n->tag);
	member_text(t, "tag", &s);
	if (label_has_name(&n->label)) {
		label_name(&s, &n->label);
		member_text(t, "name", &s);
	}
	if (n->label.type)
		js_member_text(t, "type", label_type(&n->label));
	if (has_value(n) && !inside && !is_hidden(tree, n)) {
		put_value(&s, n);
		member_text(t, "value", &s);
	}
	js_close(t, '}');
}

/* ---- walking ---- */

static void push(struct tree *tree, pki_bytes in)
{
	size_t d = tree->depth++;

	tree->start[d] = in.data;
	pki_der_init(&tree->at[d], NULL, in, NULL);
}

static pki_der *top(struct tree *tree)
{
	return &tree->at[tree->depth - 1];
}

/* Exactly one well-formed TLV, and not of a kind that any octets may look like? */
static bool is_der(pki_bytes b)
{
	pki_bytes whole;
	pki_der r;

	if (b.len < 2 || !memchr("\x02\x03\x04\x06\x0c\x30\x31", b.data[0], 7))
		return false;
	pki_der_init(&r, NULL, b, NULL);
	pki_der_whole(&r, 0, NULL, &whole);
	return pki_der_finish(&r, NULL) == PKI_SUCCESS;
}

static bool begins_with_der(pki_bytes b)
{
	pki_bytes whole;
	pki_der r;

	pki_der_init(&r, NULL, b, NULL);
	return pki_der_whole(&r, 0, NULL, &whole);
}

static bool is_bit_string(const struct node *n)
{
	return n->tag == PKI_TAG_BIT_STRING || n->label.kind == PKI_ASN1_BIT_STRING;
}

/* What lies inside a node: its elements, or the DER that a string holds. */
static bool inside_of(const struct node *n, pki_bytes *in)
{
	*in = n->contents;
	if (is_constructed(n->tag))
		return true;
	if (n->label.holds && n->label.kind == PKI_ASN1_BIT_STRING)
		*in = pki_bytes_of(in->data + 1, in->len - 1);
	if (n->label.holds)
		return true;
	if (n->tag == PKI_TAG_OCTETS || n->label.kind == PKI_ASN1_OCTET_STRING)
		return is_der(*in);
	if (!is_bit_string(n) || in->len < 3 || in->data[0] || in->data[1] != 0x30)
		return false;
	*in = pki_bytes_of(in->data + 1, in->len - 1);
	return is_der(*in);
}

static bool take_version(pki_der *r)
{
	pki_bytes version;

	return pki_der_next_opt(r, PKI_TAG_INTEGER, NULL, &version) && version.len == 1;
}

/*
 * The contents of a private key, wherever it lies, or of what is left of one: PrivateKeyInfo,
 * ECPrivateKey, and the INTEGERs of an RSA or DSA key.
 */
bool asn1_is_private(pki_bytes contents)
{
	pki_bytes each;
	pki_der r;
	int integers = 0;

	pki_der_init(&r, NULL, contents, NULL);
	if (!take_version(&r))
		return false;
	while (integers < 3 && pki_der_next_opt(&r, PKI_TAG_INTEGER, NULL, &each))
		integers++;
	if (integers > 0)
		return integers == 3;
	(void)pki_der_next_opt(&r, PKI_TAG_SEQUENCE, NULL, &each);
	return pki_der_peek(&r, PKI_TAG_OCTETS);
}

/* By its tag, or by its type, whatever its tag. */
static bool is_sequence(const struct node *n)
{
	return n->tag == PKI_TAG_SEQUENCE || n->label.kind == PKI_ASN1_SEQUENCE;
}

static size_t place(const struct tree *tree, const uint8_t *p)
{
	return tree->base + (size_t)(p - tree->from);
}

static void visit(struct tree *tree, struct node *n, const uint8_t *at)
{
	pki_bytes in;
	bool inside;

	n->depth = tree->depth - 1;
	n->offset = place(tree, at);
	n->header = (size_t)(n->contents.data - at);
	n->label = marks_at(tree->marks, (size_t)(at - tree->from));
	inside = inside_of(n, &in);
	if (tree->json)
		put_json(tree, n, inside);
	else
		put_line(tree, n, inside);
	if (!inside || !in.len)
		return;
	push(tree, in);
	if (!tree->hidden && is_sequence(n) && asn1_is_private(in))
		tree->hidden = tree->depth;
	tree->secret |= tree->hidden != 0;
}

/* The contents end at end; so where they begin is known for empty ones too. */
static pki_bytes contents_until(const uint8_t *end, size_t len)
{
	return pki_bytes_of(end - len, len);
}

/* One step: the next TLV of the innermost reader, or out of it. */
static pki_status step(struct tree *tree, pki_error *err)
{
	pki_der *r = top(tree);
	const uint8_t *start = tree->start[tree->depth - 1], *at = start + pki_der_offset(r);
	struct node n = { 0 };
	pki_status st;

	if (pki_der_more(r) && pki_der_any(r, NULL, &n.tag, &n.contents)) {
		n.contents = contents_until(start + pki_der_offset(r), n.contents.len);
		if (tree->depth == DEPTH)
			return pki_error_set(err, PKI_E_LIMIT, "nested too deeply", NULL);
		visit(tree, &n, at);
		return PKI_SUCCESS;
	}
	st = pki_der_finish(r, err);
	if (st)
		return st;
	if (tree->depth == tree->hidden)
		tree->hidden = 0;
	tree->depth--;
	return PKI_SUCCESS;
}

static pki_status walk(struct tree *tree, pki_bytes in, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	push(tree, in);
	while (!st && tree->depth)
		st = step(tree, err);
	return st;
}

/* Where the innermost reader failed, in the file. */
static size_t failed_at(struct tree *tree, const pki_error *err)
{
	size_t offset = pki_error_offset(err);

	return place(tree, tree->start[tree->depth - 1]) + (offset == PKI_NO_OFFSET ? 0 : offset);
}

/* ---- objects ---- */

static void put_failure(struct text *t, size_t at, pki_status st, const pki_error *err)
{
	js_name(t, "error");
	js_open(t, '{');
	js_name(t, "status");
	js_text(t, status_word(st));
	member_uint(t, "offset", at);
	js_name(t, "path");
	js_text(t, pki_error_path(err));
	js_name(t, "reason");
	js_text(t, pki_error_reason(err));
	if (*pki_error_detail(err))
		js_member_text(t, "detail", pki_error_detail(err));
	js_close(t, '}');
}

/* Of an object: its type, "Module.Type", and what it made of it. */
struct typed {
	const pki_asn1 *modules;
	const char *type; /* NULL: none is known */
	struct marks marks;
	pki_status st;
	pki_error err;
};

/* What a type makes of it is told where all of it was seen, and no private key in it. */
static void put_value_json(struct tree *tree, struct typed *typed, bool walked)
{
	pki_buf json = PKI_BUF_INIT;

	if (!typed->marks.root)
		return;
	js_member_text(tree->t, "type", typed->type);
	if (tree->secret || !walked)
		return;
	js_name(tree->t, "value");
	if (pki_asn1_json(typed->marks.root, &json, NULL) != PKI_SUCCESS)
		tree->t->failed = true;
	js_raw(tree->t, pki_buf_bytes(&json));
	pki_buf_free(&json);
}

static void say_where(const struct cmd *c, const char *path, size_t at, const pki_error *err)
{
	const char *in = pki_error_path(err), *detail = pki_error_detail(err);

	say(c, "%s: byte %zu%s%s: %s%s%s", in_name(path), at, *in ? ", " : "", in,
	    pki_error_reason(err), *detail ? ": " : "", detail);
}

/* What is no DER; else what is none of the type that was asked for. */
static int tell(struct cmd *c, const char *path, struct tree *tree, struct typed *typed,
    pki_status st, const pki_error *err)
{
	size_t at = st ? failed_at(tree, err) : 0;
	bool walked = !st;
	int out;

	if (walked && typed->st && (args_has(c, OPT_TYPE) || typed->st == PKI_E_NOMEM)) {
		st = typed->st;
		err = &typed->err;
		at = pki_error_offset(err) == PKI_NO_OFFSET ? 0 : pki_error_offset(err);
		at += tree->base;
	}
	if (tree->json) {
		js_close(tree->t, ']');
		put_value_json(tree, typed, walked);
		if (st)
			put_failure(tree->t, at, st, err);
		js_close(tree->t, '}');
		text_add(tree->t, "\n");
	}
	out = out_stdout(c, tree->t);
	if (st)
		say_where(c, path, at, err);
	return status_worst(out, in_exit(st));
}

/* By its kind, or by a label of a kind that libpki does not know. */
static bool holds_key(const pki_object *o)
{
	static const char word[] = "PRIVATE";

	return o->kind == PKI_KIND_PRIVATE_KEY ||
	    (o->kind != PKI_KIND_ENCRYPTED_KEY && o->label.len &&
		memmem(o->label.data, o->label.len, word, sizeof word - 1));
}

static const char *type_of_key(const pki_object *o)
{
	switch (o->format) {
	case PKI_FORMAT_PKCS1:
		return "PKCS-1.RSAPrivateKey";
	case PKI_FORMAT_SEC1:
		return "EC.ECPrivateKey";
	default:
		return "PKCS-8.PrivateKeyInfo";
	}
}

/* What it is by its kind; NULL: no module has that. */
static const char *type_of(const pki_object *o)
{
	switch (o->kind) {
	case PKI_KIND_CERTIFICATE:
		return "PKIX1Explicit88.Certificate";
	case PKI_KIND_CSR:
		return "PKCS-10.CertificationRequest";
	case PKI_KIND_CRL:
		return "PKIX1Explicit88.CertificateList";
	case PKI_KIND_PRIVATE_KEY:
		return type_of_key(o);
	case PKI_KIND_ENCRYPTED_KEY:
		return "PKCS-8.EncryptedPrivateKeyInfo";
	case PKI_KIND_PUBLIC_KEY:
		return o->format == PKI_FORMAT_PKCS1 ? "PKCS-1.RSAPublicKey"
						     : "PKIX1Explicit88.SubjectPublicKeyInfo";
	case PKI_KIND_PKCS7:
		return "CMS.ContentInfo";
	case 0:
		return "TrustAnchorInfo.TrustAnchorList";
	default:
		return NULL;
	}
}

static void type_it(struct cmd *c, const pki_object *o, pki_bytes in, struct typed *typed)
{
	typed->type = args_value(c, OPT_TYPE);
	if (!typed->type)
		typed->type = type_of(o);
	if (!typed->type)
		return;
	typed->st = marks_make(typed->modules, typed->type, in, &typed->marks, &typed->err);
	if (typed->st)
		marks_free(&typed->marks);
}

/* Of what is DER; BER, and what is cut short, has none. */
static void put_digest(struct text *t, pki_bytes in)
{
	uint8_t digest[PKI_HASH_MAX];
	pki_bytes whole;
	pki_der r;

	pki_der_init(&r, NULL, in, NULL);
	pki_der_whole(&r, 0, NULL, &whole);
	if (pki_der_finish(&r, NULL) != PKI_SUCCESS)
		return;
	if (pki_hash_once(NULL, PKI_HASH_SHA256, in, digest, NULL) == PKI_SUCCESS)
		js_member_hex(t, "sha256", pki_bytes_of(digest, SHA256));
	else
		t->failed = true;
}

static int put_tree(struct cmd *c, const pki_asn1 *modules, const char *path, const pki_object *o,
    pki_bytes in, size_t base)
{
	struct text t = TEXT_INIT;
	struct typed typed = { .modules = modules, .err = PKI_ERROR_INIT };
	struct tree tree = { .t = &t,
		.json = args_has(c, OPT_JSON),
		.from = in.data,
		.base = base,
		.marks = &typed.marks };
	pki_error err = PKI_ERROR_INIT;
	int st;

	type_it(c, o, in, &typed);
	tree.hidden = holds_key(o) ? 1 : 0;
	tree.secret = tree.hidden != 0;
	if (tree.json) {
		show_json_head(&t, path, o);
		put_digest(&t, in);
		js_name(&t, "asn1");
		js_open(&t, '[');
	} else {
		text_safe(&t, pki_bytes_str(in_name(path)));
		text_fmt(&t, " [%zu]: %s\n", o->index, o->kind ? in_kind_text(o->kind) : "DER");
	}
	st = tell(c, path, &tree, &typed, walk(&tree, in, &err), &err);
	marks_free(&typed.marks);
	text_free(&t);
	return st;
}

static bool is_binary(const pki_object *o)
{
	return o->encoding == PKI_ENCODING_DER || o->encoding == PKI_ENCODING_BER;
}

static int no_tree(
    struct cmd *c, const char *path, const pki_object *o, pki_status st, const pki_error *err)
{
	struct text t = TEXT_INIT;
	int out = in_error(c, path, st, err);

	if (args_has(c, OPT_JSON)) {
		show_json_error(&t, path, o, st, err);
		out = status_worst(out, out_stdout(c, &t));
	}
	text_free(&t);
	return out;
}

/* An object, whether or not the library could make sense of it. */
static int put_object(struct cmd *c, const pki_asn1 *modules, const char *path, const pki_object *o,
    pki_bytes file, pki_status st, const pki_error *err)
{
	if (o->bytes.len && o->encoding != PKI_ENCODING_JSON)
		return put_tree(c, modules, path, o, o->bytes, is_binary(o) ? o->offset : 0);
	if (is_binary(o))
		return put_tree(c, modules, path, o,
		    pki_bytes_of(file.data + o->offset, file.len - o->offset), o->offset);
	if (st == PKI_E_NOTFOUND && begins_with_der(file))
		return put_tree(c, modules, path, o, file, 0);
	return no_tree(c, path, o, st, err);
}

static int put_all(
    struct cmd *c, const pki_asn1 *modules, const char *path, pki_objects *l, pki_bytes file)
{
	pki_object o;
	int worst = STATUS_DONE;

	for (;;) {
		pki_error err = PKI_ERROR_INIT;
		pki_status st = pki_objects_next(l, &o, &err);
		if (!st && !o.kind)
			return worst;
		worst = status_worst(worst, put_object(c, modules, path, &o, file, st, &err));
		if (st == PKI_E_NOTFOUND || st == PKI_E_NOMEM)
			return worst;
	}
}

int show_asn1(struct cmd *c, const pki_asn1 *modules, const char *path)
{
	pki_buf in = { .flags = PKI_BUF_SECRET };
	pki_objects *l = NULL;
	pki_error err = PKI_ERROR_INIT;
	pki_status r;
	int st = in_read(c, path, FILE_MOST, &in);

	if (!st) {
		r = pki_read_all_of(NULL, pki_buf_bytes(&in), &l, &err);
		st = r ? in_error(c, path, r, &err)
		       : put_all(c, modules, path, l, pki_buf_bytes(&in));
	}
	pki_objects_free(l);
	pki_buf_free(&in);
	return st;
}
