/* SPDX-License-Identifier: BSD-3-Clause */
/* A request as JSON: members that pkitool(1) lists, and no others. */
#include <jansson.h>
#include <string.h>

#include "tools/args.h"
#include "tools/in.h"
#include "tools/request.h"
#include "tools/status.h"

enum { JSON_MOST = 4 << 20 }; /* octets */

/* Where in the file, for messages. */
struct spot {
	const struct cmd *c;
	const char *file;
};

static int wrong_type(const struct spot *s, const char *member, const char *want)
{
	return say_fail(s->c, STATUS_MALFORMED, "%s: %s: %s was expected", s->file, member, want);
}

static int take_subject(const struct spot *s, struct request *r, json_t *v)
{
	if (!json_is_string(v))
		return wrong_type(s, "subject", "a string");
	return request_subject(s->c, r, json_string_value(v));
}

static int take_type(const struct spot *s, struct request *r, json_t *v)
{
	const char *const *types = opt_find(s->c->verb, "type", 4)->choices;
	const char *t = json_string_value(v);

	if (!t)
		return wrong_type(s, "type", "a string");
	for (const char *const *p = types; *t && *p; p++)
		if (strcmp(*p, t) == 0)
			r->type = *p;
	return *t && !r->type ? args_bad_choice(s->c, "type", t, types) : STATUS_DONE;
}

/* Each string of an array. */
static int each_string(const struct spot *s, struct request *r, json_t *v, const char *member,
    int (*take)(const struct cmd *, struct request *, const char *))
{
	size_t i;
	json_t *item;
	int st = STATUS_DONE;

	if (!json_is_array(v))
		return wrong_type(s, member, "an array of strings");
	json_array_foreach(v, i, item)
	{
		const char *text = json_string_value(item);
		st = text ? take(s->c, r, text) : wrong_type(s, member, "an array of strings");
		if (st)
			break;
	}
	return st;
}

static int add_name(const struct cmd *c, struct request *r, const char *name)
{
	return names_add(c, &r->names, name);
}

static int add_usage(const struct cmd *c, struct request *r, const char *name)
{
	return request_usage(c, r, name);
}

static int take_names(const struct spot *s, struct request *r, json_t *v)
{
	return each_string(s, r, v, "names", add_name);
}

static int take_usage(const struct spot *s, struct request *r, json_t *v)
{
	return each_string(s, r, v, "usage", add_usage);
}

static int take_eku(const struct spot *s, struct request *r, json_t *v)
{
	return each_string(s, r, v, "eku", request_eku);
}

static int unknown_member(const struct spot *s, const char *where, const char *name)
{
	return say_fail(
	    s->c, STATUS_MALFORMED, "%s: %sno member '%s' is known", s->file, where, name);
}

static bool is_one_of(const char *const *list, const char *name)
{
	for (; *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static int take_extension(const struct spot *s, struct request *r, json_t *v)
{
	static const char *const members[] = { "oid", "critical", "hex", NULL };
	json_t *critical = json_object_get(v, "critical"), *value;
	const char *oid = json_string_value(json_object_get(v, "oid"));
	const char *hex = json_string_value(json_object_get(v, "hex"));
	const char *name;

	json_object_foreach(v, name, value) if (!is_one_of(members, name)) return unknown_member(
	    s, "extensions: ", name);
	if (!oid || !hex || (critical && !json_is_boolean(critical)))
		return wrong_type(
		    s, "extensions", "an array of {\"oid\":\"\",\"critical\":false,\"hex\":\"\"}");
	return request_ext(s->c, r, oid, json_is_true(critical), hex);
}

static int take_extensions(const struct spot *s, struct request *r, json_t *v)
{
	size_t i;
	json_t *item;
	int st = STATUS_DONE;

	if (!json_is_array(v))
		return wrong_type(s, "extensions", "an array");
	json_array_foreach(v, i, item) if ((st = take_extension(s, r, item)) != STATUS_DONE) break;
	return st;
}

static const struct member {
	const char *name;
	int (*take)(const struct spot *s, struct request *r, json_t *v);
} members[] = {
	{ "names", take_names },
	{ "subject", take_subject },
	{ "type", take_type },
	{ "usage", take_usage },
	{ "eku", take_eku },
	{ "extensions", take_extensions },
};

static int take_member(const struct spot *s, struct request *r, const char *name, json_t *v)
{
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (strcmp(members[i].name, name) == 0)
			return members[i].take(s, r, v);
	return unknown_member(s, "", name);
}

static int take_all(const struct spot *s, struct request *r)
{
	const char *name;
	json_t *v;
	int st = STATUS_DONE;

	if (!json_is_object(r->json))
		return say_fail(s->c, STATUS_MALFORMED, "%s: an object was expected", s->file);
	json_object_foreach(
	    r->json, name, v) if ((st = take_member(s, r, name, v)) != STATUS_DONE) break;
	return st;
}

int request_json(struct cmd *c, struct request *r, const char *path)
{
	const struct spot s = { c, in_name(path) };
	pki_buf in = PKI_BUF_INIT;
	json_error_t err;
	int st = in_read(c, path, JSON_MOST, &in);

	if (!st) {
		r->json = json_loadb((const char *)in.data, in.len, JSON_REJECT_DUPLICATES, &err);
		st = r->json ? take_all(&s, r)
			     : say_fail(c, STATUS_MALFORMED, "%s: byte %d: %s", s.file,
				   err.position, err.text);
	}
	pki_buf_free(&in);
	return st;
}

void request_json_free(struct json_t *json)
{
	json_decref(json);
}
