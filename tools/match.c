/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool match: do files hold the same public key? */
#include <stdlib.h>
#include <string.h>

#include <pki/sign.h>

#include "tools/args.h"
#include "tools/in.h"
#include "tools/json.h"
#include "tools/status.h"

enum { SHA256 = 32 };

/* The keys of a file; of the first, then of those that every file so far has. */
struct set {
	uint8_t (*keys)[SHA256];
	size_t count;
};

static int add(void *ud, pki_bytes spki)
{
	struct set *s = ud;
	uint8_t digest[PKI_HASH_MAX];
	void *grown = realloc(s->keys, (s->count + 1) * sizeof *s->keys);

	if (!grown)
		return say_nomem(NULL);
	s->keys = grown;
	if (pki_hash_once(NULL, PKI_HASH_SHA256, spki, digest, NULL) != PKI_SUCCESS)
		return say_fail(NULL, STATUS_INTERNAL, "no SHA-256");
	memcpy(s->keys[s->count++], digest, SHA256);
	return STATUS_DONE;
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, SHA256);
}

static void sort(struct set *s)
{
	if (s->count)
		qsort(s->keys, s->count, SHA256, compare);
}

/* Both sorted. */
static void keep_common(struct set *s, const struct set *other)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->count; i++)
		if (other->count && bsearch(s->keys[i], other->keys, other->count, SHA256, compare))
			memmove(s->keys[kept++], s->keys[i], SHA256);
	s->count = kept;
}

static int gather(struct cmd *c, const char *path, struct password *pw, struct set *s)
{
	int st = in_pubkeys(c, path, pw, add, s);

	sort(s);
	return st;
}

/* unknown: a file could not be read. */
static int put_json(const struct cmd *c, const struct set *common, bool unknown)
{
	struct text t = TEXT_INIT;

	js_open(&t, '{');
	js_name(&t, "schema");
	js_uint(&t, 1);
	js_name(&t, "match");
	if (unknown)
		js_null(&t);
	else
		js_bool(&t, common->count > 0);
	js_name(&t, "spki_sha256");
	if (common->count && !unknown)
		js_hex(&t, pki_bytes_of(common->keys[0], SHA256));
	else
		js_null(&t);
	js_name(&t, "files");
	js_open(&t, '[');
	for (size_t i = 0; i < c->operand_count; i++)
		js_text(&t, c->operands[i]);
	js_close(&t, ']');
	js_close(&t, '}');
	text_add(&t, "\n");
	return out_stdout(c, &t);
}

static int put_text(const struct cmd *c, const struct set *common)
{
	struct text t = TEXT_INIT;

	if (common->count) {
		text_add(&t, "the same key, SPKI SHA-256 ");
		text_hex(&t, pki_bytes_of(common->keys[0], SHA256));
	} else {
		text_add(&t, "not the same key");
	}
	text_add(&t, "\n");
	return out_stdout(c, &t);
}

static int answer(const struct cmd *c, const struct set *common)
{
	int st = args_has(c, OPT_JSON) ? put_json(c, common, false) : put_text(c, common);

	return st ? st : common->count ? STATUS_DONE : STATUS_NO;
}

/* Every file is read, whatever the others hold: one that cannot be is worse than a no. */
static int match(struct cmd *c, struct password *pw, struct set *common)
{
	int worst = gather(c, c->operands[0], pw, common);

	for (size_t i = 1; i < c->operand_count; i++) {
		struct set s = { 0 };
		worst = status_worst(worst, gather(c, c->operands[i], pw, &s));
		keep_common(common, &s);
		free(s.keys);
	}
	if (worst && args_has(c, OPT_JSON))
		worst = status_worst(worst, put_json(c, common, true));
	return worst ? worst : answer(c, common);
}

int match_run(struct cmd *c)
{
	struct set common = { 0 };
	struct password pw;
	int st = password_take(c, OPT_PASSWORD_FILE, false, &pw);

	if (!st)
		st = match(c, &pw, &common);
	free(common.keys);
	password_free(&pw);
	return st;
}
