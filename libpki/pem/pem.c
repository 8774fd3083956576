/* SPDX-License-Identifier: BSD-3-Clause */
/* PEM (RFC 7468): blocks found in text, read once from front to back, and written. */
#include <string.h>

#include <pki/pem.h>

#include "libpki/core/base64.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"

#define DASHES "-----"
#define BEGIN  DASHES "BEGIN "
#define END    DASHES "END "

/* What is left to read, and the number of its first line. */
struct text {
	pki_bytes left;
	size_t line;
};

static void skip_to(struct text *t, const uint8_t *to)
{
	pki_bytes skipped = pki_bytes_of(t->left.data, (size_t)(to - t->left.data));

	t->line += pki_count_lines(skipped);
	t->left = pki_bytes_of(to, t->left.len - skipped.len);
}

/* The next line, without its end: LF, CR or CR LF. */
static pki_bytes take_line(struct text *t)
{
	const uint8_t *p = t->left.data, *end = p + t->left.len;
	pki_bytes line;

	while (p < end && *p != '\n' && *p != '\r')
		p++;
	line = pki_bytes_of(t->left.data, (size_t)(p - t->left.data));
	if (p < end)
		p += *p == '\r' && end - p > 1 && p[1] == '\n' ? 2 : 1;
	skip_to(t, p);
	return line;
}

static bool begins_with(pki_bytes s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.len >= n && memcmp(s.data, prefix, n) == 0;
}

/* Text begins at a line's start; so does what comes after a byte order mark there. */
static bool is_line_start(pki_bytes in, const uint8_t *p)
{
	size_t at = (size_t)(p - in.data);

	if (at == 0 || p[-1] == '\n' || p[-1] == '\r')
		return true;
	return at == 3 && begins_with(in, "\xef\xbb\xbf");
}

/* The first line in `in` that begins with `prefix`, whose first character is rare; or NULL. */
static const uint8_t *find_line(pki_bytes in, const char *prefix)
{
	const uint8_t *end = in.data + in.len;

	for (const uint8_t *p = in.data; p < end; p++) {
		p = memchr(p, prefix[0], (size_t)(end - p));
		if (p == NULL)
			return NULL;
		if (is_line_start(in, p) && begins_with(pki_bytes_of(p, (size_t)(end - p)), prefix))
			return p;
	}
	return NULL;
}

static bool is_blank(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static pki_bytes trim_end(pki_bytes line)
{
	while (line.len > 0 && is_blank(line.data[line.len - 1]))
		line.len--;
	return line;
}

/* label = [ labelchar *( ["-" / SP] labelchar ) ] */
static bool is_label(pki_bytes label)
{
	bool separated = true;

	for (size_t i = 0; i < label.len; i++) {
		uint8_t c = label.data[i];
		bool separator = c == '-' || c == ' ';

		if (c < 0x20 || c > 0x7e || (separator && separated))
			return false;
		separated = separator;
	}
	return label.len == 0 || !separated;
}

/* The label in an encapsulation boundary: `word`, label, dashes, blanks. */
static bool read_boundary(pki_bytes line, const char *word, pki_bytes *label)
{
	size_t before = strlen(word), after = strlen(DASHES);

	line = trim_end(line);
	if (!begins_with(line, word) || line.len < before + after)
		return false;
	*label = pki_bytes_of(line.data + before, line.len - before - after);
	return is_label(*label) && memcmp(label->data + label->len, DASHES, after) == 0;
}

static pki_status bad(pki_error *err, const char *reason, const char *clause, size_t line)
{
	pki_error_set(err, PKI_E_ENCODING, reason, clause);
	pki_error_on_line(err, line);
	return PKI_E_ENCODING;
}

static pki_status read_begin(struct text *t, pki_bytes *label, pki_error *err)
{
	size_t line = t->line;

	if (!read_boundary(take_line(t), BEGIN, label))
		return bad(err, "the BEGIN line is malformed", "RFC 7468 3", line);
	return PKI_SUCCESS;
}

/* All up to the next line that begins with dashes, which is then what is left. */
static struct text take_body(struct text *t)
{
	struct text body = *t;
	const uint8_t *end = find_line(t->left, DASHES);

	skip_to(t, end != NULL ? end : t->left.data + t->left.len);
	body.left.len -= t->left.len;
	return body;
}

/* A BEGIN line here belongs to the next block: it is not taken. */
static pki_status read_end(struct text *t, const pki_pem_block *b, pki_error *err)
{
	size_t line = t->line;
	pki_bytes label;

	if (t->left.len == 0)
		return bad(err, "there is no END line", "RFC 7468 3", b->line);
	if (begins_with(t->left, BEGIN))
		return bad(err, "a BEGIN line where an END line is due", "RFC 7468 3", line);
	if (!read_boundary(take_line(t), END, &label))
		return bad(err, "the END line is malformed", "RFC 7468 3", line);
	if (!pki_bytes_equal(label, b->label))
		return bad(
		    err, "the END line has another label than the BEGIN line", "RFC 7468 2", line);
	return PKI_SUCCESS;
}

static bool is_header(pki_bytes line)
{
	return line.len > 0 && (is_blank(line.data[0]) || memchr(line.data, ':', line.len) != NULL);
}

/* RFC 1421 4.6: headers, if the first line is one, end with a blank line. */
static pki_status read_headers(struct text *body, pki_bytes *headers, pki_error *err)
{
	struct text t = *body;
	size_t at = t.line;
	pki_bytes line = take_line(&t);

	if (line.len == 0 || memchr(line.data, ':', line.len) == NULL)
		return PKI_SUCCESS;
	while (trim_end(line).len > 0) {
		if (!is_header(line) || t.left.len == 0)
			return bad(err, "no blank line ends the headers", "RFC 1421 4.4", at);
		at = t.line;
		line = take_line(&t);
	}
	*headers = pki_bytes_of(body->left.data, (size_t)(line.data - body->left.data));
	*body = t;
	return PKI_SUCCESS;
}

static bool is_private(pki_bytes label)
{
	static const char word[] = "PRIVATE";

	return label.len > 0 && memmem(label.data, label.len, word, sizeof word - 1) != NULL;
}

static size_t limit_of(const pki_ctx *ctx, pki_bytes label)
{
	const pki_limits *l = pki_ctx_limits(ctx);
	bool crl = pki_bytes_equal(label, pki_bytes_str("X509 CRL"));

	return crl ? l->crl_bytes : l->message_bytes;
}

static pki_status read_body(const pki_ctx *ctx, struct text *body, pki_pem_block *b, pki_error *err)
{
	pki_status st = read_headers(body, &b->headers, err);

	if (st != PKI_SUCCESS)
		return st;
	/* Set, and never cleared: the next block uses the same memory. */
	if (is_private(b->label))
		b->der.flags |= PKI_BUF_SECRET;
	st = pki_base64_read(body->left, body->line, limit_of(ctx, b->label), &b->der, err);
	if (st != PKI_SUCCESS)
		return st;
	return b->der.len > 0 ? PKI_SUCCESS : bad(err, "the block is empty", "RFC 7468 3", b->line);
}

static pki_status read_block(const pki_ctx *ctx, struct text *t, pki_pem_block *b, pki_error *err)
{
	struct text body;
	pki_status st = read_begin(t, &b->label, err);

	if (st != PKI_SUCCESS)
		return st;
	body = take_body(t);
	st = read_end(t, b, err);
	if (st != PKI_SUCCESS)
		return st;
	return read_body(ctx, &body, b, err);
}

static pki_status no_block(pki_bytes in, pki_error *err)
{
	bool wide = begins_with(in, "\xff\xfe") || begins_with(in, "\xfe\xff");

	return pki_error_set(err, PKI_E_NOTFOUND,
	    wide ? "there is no PEM block: the text is UTF-16" : "there is no PEM block", NULL);
}

/* Lines before *in, which the caller of one call after the other has us keep. */
#define LINES_READ reserved[0]

static pki_status next(const pki_ctx *ctx, pki_bytes *in, pki_pem_block *b, pki_error *err)
{
	struct text t = { *in, b->LINES_READ + 1 };
	const uint8_t *begin = find_line(t.left, BEGIN);
	pki_status st;

	b->label = b->headers = pki_bytes_of(NULL, 0);
	pki_buf_truncate(&b->der, 0);
	skip_to(&t, begin != NULL ? begin : t.left.data + t.left.len);
	if (begin == NULL) {
		st = no_block(*in, err);
	} else if (b->number >= pki_ctx_limits(ctx)->pem_blocks) {
		st = pki_error_set(err, PKI_E_LIMIT, "more PEM blocks than the limit", NULL);
		skip_to(&t, t.left.data + t.left.len);
	} else {
		b->number++;
		b->line = t.line;
		st = read_block(ctx, &t, b, err);
		if (st != PKI_SUCCESS)
			pki_error_in_block(err, b->number);
	}
	*in = t.left;
	b->LINES_READ = t.line - 1;
	return st;
}

bool pki_pem_looks_like(pki_bytes in)
{
	return in.data != NULL && find_line(in, BEGIN) != NULL;
}

pki_status pki_pem_next(const pki_ctx *ctx, pki_bytes *in, pki_pem_block *b, pki_error *err)
{
	pki_status st;

	if (in == NULL || b == NULL || (in->data == NULL && in->len > 0))
		st = pki_error_null(err);
	else
		st = next(ctx, in, b, err);
	return PKI_LEAVE(err, st);
}

void pki_pem_block_free(pki_pem_block *b)
{
	if (b == NULL)
		return;
	pki_buf_free(&b->der);
	memset(b, 0, sizeof *b);
}

/* RFC 7468 section 4: what a conforming generator writes; RFC 5915 4, and the other old forms of
 * keys. */
static bool is_known(const char *label)
{
	static const char *const labels[] = { "CERTIFICATE", "X509 CRL", "CERTIFICATE REQUEST",
		"PKCS7", "CMS", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "ATTRIBUTE CERTIFICATE",
		"PUBLIC KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "RSA PUBLIC KEY",
		"OPENSSH PRIVATE KEY" };

	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		if (strcmp(label, labels[i]) == 0)
			return true;
	}
	return false;
}

static pki_status put_boundary(pki_buf *out, const char *word, const char *label, pki_error *err)
{
	pki_status st = pki_buf_puts(out, word, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_puts(out, label, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_puts(out, DASHES "\n", err);
	return st;
}

static pki_status encode(const char *label, pki_bytes der, pki_buf *out, pki_error *err)
{
	size_t before = out->len;
	pki_status st;

	if (!is_known(label))
		return pki_error_set_detail(
		    err, PKI_E_ARG, "no label of PEM", "RFC 7468 4", pki_bytes_str(label));
	if (der.len == 0)
		return pki_error_set(err, PKI_E_ARG, "an empty block", "RFC 7468 3");
	st = put_boundary(out, BEGIN, label, err);
	if (st == PKI_SUCCESS)
		st = pki_base64_write(der, 64, out, err);
	if (st == PKI_SUCCESS)
		st = put_boundary(out, END, label, err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	return st;
}

pki_status pki_pem_encode(const char *label, pki_bytes der, pki_buf *out, pki_error *err)
{
	pki_status st;

	if (label == NULL || out == NULL || (der.data == NULL && der.len > 0))
		st = pki_error_null(err);
	else
		st = encode(label, der, out, err);
	return PKI_LEAVE(err, st);
}
