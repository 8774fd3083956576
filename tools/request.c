/* SPDX-License-Identifier: BSD-3-Clause */
/* What a request is to say: gathered from options and JSON, checked before anything is made. */
#include "tools/request.h"

#include <stdlib.h>
#include <string.h>

#include "tools/args.h"
#include "tools/hex.h"
#include "tools/in.h"
#include "tools/status.h"

enum { CN_MOST = 64 }; /* characters: RFC 5280 ub-common-name */

int request_subject(const struct cmd *c, struct request *r, const char *dn)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_name_from_string(NULL, dn, &r->subject, &err);

	return st ? say_error(c, "the subject", st, &err) : STATUS_DONE;
}

/* CN=text, or nothing. */
int request_common_name(const struct cmd *c, struct request *r, const char *text)
{
	pki_error err = PKI_ERROR_INIT;
	pki_name_builder *b;
	pki_status st = pki_name_builder_new(NULL, &b, &err);

	pki_name_free(r->subject);
	r->subject = NULL;
	if (!st && text)
		pki_name_builder_add(b, PKI_OID(common_name), text);
	if (!st)
		st = pki_name_builder_finish(b, &r->subject, &err);
	pki_name_builder_free(b);
	return st ? say_error(c, text, st, &err) : STATUS_DONE;
}

/* Without one: the first DNS name, if it fits. */
static int default_subject(const struct cmd *c, struct request *r)
{
	bool fits = r->names.has_host && r->names.first_host.len <= CN_MOST;

	return request_common_name(c, r, fits ? pki_buf_str(&r->names.first_host) : NULL);
}

int request_first_name(const struct cmd *c, struct request *r)
{
	const char *name = strchr(r->names.list[0], ':');

	if (!name || strlen(++name) > CN_MOST)
		name = "self-signed";
	return request_common_name(c, r, name);
}

int request_usage(const struct cmd *c, struct request *r, const char *name)
{
	static const uint32_t bits[] = { PKI_KU_DIGITAL_SIGNATURE, PKI_KU_CONTENT_COMMITMENT,
		PKI_KU_KEY_ENCIPHERMENT, PKI_KU_DATA_ENCIPHERMENT, PKI_KU_KEY_AGREEMENT,
		PKI_KU_KEY_CERT_SIGN, PKI_KU_CRL_SIGN, PKI_KU_ENCIPHER_ONLY, PKI_KU_DECIPHER_ONLY,
		PKI_KU_CONTENT_COMMITMENT };

	for (size_t i = 0; usages[i]; i++) {
		if (strcmp(usages[i], name) == 0) {
			r->usage |= bits[i];
			return STATUS_DONE;
		}
	}
	return args_bad_choice(c, "--usage", name, usages);
}

static bool is_dotted(const char *s)
{
	return *s >= '0' && *s <= '9';
}

static bool is_listed(const char *const *list, const char *s)
{
	for (; *list; list++)
		if (strcmp(*list, s) == 0)
			return true;
	return false;
}

int request_eku(const struct cmd *c, struct request *r, const char *name)
{
	const char *const *known = opt_find(c->verb, "eku", 3)->choices;
	pki_buf oid = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (!is_dotted(name) && !is_listed(known, name))
		return args_bad_choice(c, "--eku", name, known);
	st = pki_oid_parse(name, &oid, &err);
	if (!st) {
		pki_exts_eku(r->exts, pki_buf_bytes(&oid));
		st = pki_exts_status(r->exts, &err);
	}
	pki_buf_free(&oid);
	return st ? say_error(c, name, st, &err) : STATUS_DONE;
}

static int parse_hex(const struct cmd *c, const char *hex, pki_buf *out)
{
	for (; hex[0] && hex[1]; hex += 2) {
		int high = hex_digit(hex[0]), low = hex_digit(hex[1]);
		uint8_t octet;
		if (high < 0 || low < 0)
			break;
		octet = (uint8_t)(high << 4 | low);
		if (pki_buf_append(out, pki_bytes_of(&octet, 1), NULL) != PKI_SUCCESS)
			return say_nomem(c);
	}
	return *hex ? say_usage(c, "an extension's value is hex, not '%s'", hex) : STATUS_DONE;
}

/* extnValue holds the DER of one value. */
static pki_status check_der(pki_bytes der, pki_error *err)
{
	pki_bytes whole;
	pki_der d;

	pki_der_init(&d, NULL, der, "extnValue");
	pki_der_whole(&d, 0, NULL, &whole);
	return pki_der_finish(&d, err);
}

static int add_ext(
    const struct cmd *c, struct request *r, const char *oid, bool critical, pki_bytes value)
{
	pki_buf type = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_oid_parse(oid, &type, &err);
	int out;

	if (!st && (st = check_der(value, &err)) != PKI_SUCCESS) {
		out = say_usage(c, "%s: the value is not DER: %s", oid, pki_error_reason(&err));
	} else {
		if (!st)
			pki_exts_add(r->exts, pki_buf_bytes(&type), critical, value);
		if (!st)
			st = pki_exts_status(r->exts, &err);
		out = st ? say_error(c, oid, st, &err) : STATUS_DONE;
	}
	pki_buf_free(&type);
	return out;
}

int request_ext(
    const struct cmd *c, struct request *r, const char *oid, bool critical, const char *hex)
{
	pki_buf value = PKI_BUF_INIT;
	int st = parse_hex(c, hex, &value);

	if (!st)
		st = add_ext(c, r, oid, critical, pki_buf_bytes(&value));
	pki_buf_free(&value);
	return st;
}

/* [critical,]OID=HEX */
static int ext_option(const struct cmd *c, struct request *r, const char *text)
{
	static const char mark[] = "critical,";
	bool critical = strncmp(text, mark, sizeof mark - 1) == 0;
	const char *oid = critical ? text + sizeof mark - 1 : text, *equals = strchr(oid, '=');
	char *name;
	int st;

	if (!equals)
		return say_usage(c, "--ext wants [critical,]OID=HEX, not '%s'", text);
	name = strndup(oid, (size_t)(equals - oid));
	if (!name)
		return say_nomem(c);
	st = request_ext(c, r, name, critical, equals + 1);
	free(name);
	return st;
}

static int ext_options(const struct cmd *c, struct request *r)
{
	size_t at = 0;
	const char *text;
	int st = STATUS_DONE;

	while (!st && (text = args_next(c, OPT_EXT, &at)) != NULL)
		st = ext_option(c, r, text);
	return st;
}

static int usage_word(const struct cmd *c, void *ud, const char *word)
{
	return request_usage(c, ud, word);
}

static int eku_word(const struct cmd *c, void *ud, const char *word)
{
	return request_eku(c, ud, word);
}

static int challenge(struct cmd *c, struct request *r)
{
	const char *path = args_value(c, OPT_CHALLENGE_FILE);
	int st;

	if (!path)
		return STATUS_DONE;
	st = in_read_line(c, path, &r->challenge);
	return !st && !r->challenge.len ? say_usage(c, "%s: an empty challengePassword", path) : st;
}

static int json(struct cmd *c, struct request *r)
{
	const char *path = args_value(c, OPT_JSON_IN);
	bool from_stdin = args_has(c, OPT_STDIN_JSON);

	if (path && from_stdin)
		return say_usage(c, "--json-in or --stdin-json, not both");
	if (!path && !from_stdin)
		return STATUS_DONE;
	return request_json(c, r, path ? path : "-");
}

static int operands(const struct cmd *c, struct request *r)
{
	int st = STATUS_DONE;

	for (size_t i = 0; !st && i < c->operand_count; i++)
		st = names_add(c, &r->names, c->operands[i]);
	return st;
}

static int subject(const struct cmd *c, struct request *r)
{
	const char *dn = args_value(c, OPT_SUBJECT);

	if (dn && r->subject)
		return say_usage(c, "the subject is given twice");
	if (dn)
		return request_subject(c, r, dn);
	return r->subject ? STATUS_DONE : default_subject(c, r);
}

static int type(const struct cmd *c, struct request *r)
{
	const char *t = args_value(c, OPT_TYPE);

	if (t && r->type)
		return say_usage(c, "the type is given twice");
	if (t)
		r->type = t;
	return STATUS_DONE;
}

static int finish(const struct cmd *c, struct request *r)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (r->usage)
		pki_exts_key_usage(r->exts, r->usage);
	st = pki_exts_status(r->exts, &err);
	return st ? say_error(c, "keyUsage", st, &err) : names_finish(c, &r->names);
}

static int new_exts(const struct cmd *c, struct request *r)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_exts_new(NULL, &r->exts, &err);

	return st ? say_error(c, NULL, st, &err) : STATUS_DONE;
}

int request_gather(struct cmd *c, struct request *r)
{
	int st;

	*r = (struct request){ .challenge.flags = PKI_BUF_SECRET };
	(void)((st = new_exts(c, r)) || (st = operands(c, r)) || (st = json(c, r)) ||
	    (st = subject(c, r)) || (st = type(c, r)) ||
	    (st = args_words(c, OPT_USAGE, usage_word, r)) ||
	    (st = args_words(c, OPT_EKU, eku_word, r)) || (st = ext_options(c, r)) ||
	    (st = challenge(c, r)) || (st = finish(c, r)));
	return st;
}

int request_check_key(const struct cmd *c, const struct request *r)
{
	if (args_has(c, OPT_KEY) && r->type)
		return say_usage(c, "--key has its type; --type is for a new one");
	if (args_has(c, OPT_KEY) && args_has(c, OPT_KEY_OUT))
		return say_usage(c, "--key-out is for a new key; --key exists");
	return STATUS_DONE;
}

void request_free(struct request *r)
{
	names_free(&r->names);
	pki_name_free(r->subject);
	pki_exts_free(r->exts);
	pki_buf_free(&r->challenge);
	request_json_free(r->json);
}
