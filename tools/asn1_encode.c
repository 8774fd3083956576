/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool asn1: DER from JSON, and the types that there are. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <pki/asn1_json.h>

#include "tools/args.h"
#include "tools/asn1.h"
#include "tools/in.h"
#include "tools/status.h"

enum { JSON_MOST = 128 << 20 }; /* octets, with the rows that show prints */

struct job {
	struct cmd *c;
	const char *path, *out;
	pki_asn1 *modules;
	pki_buf in;
	json_t *line; /* what show printed; NULL: the value stands alone */
	char *value;  /* of the line */
	const char *type;
	pki_buf der;
};

/* ---- what show printed ---- */

/* NULL: it is none, or no JSON, which its reader will tell. */
static json_t *line_of(pki_bytes in)
{
	json_t *line = json_loadb((const char *)in.data, in.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	if (json_object_get(line, "schema") && json_object_get(line, "asn1"))
		return line;
	json_decref(line);
	return NULL;
}

static int take_line(struct job *j)
{
	const json_t *value = json_object_get(j->line, "value");

	if (!value)
		return say_fail(j->c, STATUS_MALFORMED,
		    "%s: no value: its type is not known, or it holds a private key",
		    in_name(j->path));
	j->value = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	if (!j->type)
		j->type = json_string_value(json_object_get(j->line, "type"));
	return j->value ? STATUS_DONE : say_nomem(j->c);
}

static int read_json(struct job *j)
{
	int st = in_read(j->c, j->path, JSON_MOST, &j->in);

	if (st)
		return st;
	j->line = line_of(pki_buf_bytes(&j->in));
	st = j->line ? take_line(j) : STATUS_DONE;
	if (!st && !j->type)
		return say_usage(j->c, "--type says which type (pkitool asn1 types lists them)");
	return st;
}

/* ---- DER ---- */

static int encode(struct job *j)
{
	pki_bytes json = j->value ? pki_bytes_str(j->value) : pki_buf_bytes(&j->in);
	pki_asn1_value *v;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_asn1_json_parse(j->modules, j->type, json, &v, &err);

	if (!st)
		st = pki_asn1_encode(v, &j->der, &err);
	pki_asn1_value_free(v);
	if (st == PKI_E_ARG) /* what is missing is wrong with the JSON */
		st = PKI_E_STRUCTURE;
	return st ? in_error(j->c, j->path, st, &err) : STATUS_DONE;
}

static bool is_private(pki_bytes der)
{
	pki_bytes contents;
	pki_der r;

	pki_der_init(&r, NULL, der, NULL);
	return pki_der_next(&r, PKI_TAG_SEQUENCE, NULL, &contents) && asn1_is_private(contents);
}

static int write_der(struct job *j)
{
	pki_bytes der = pki_buf_bytes(&j->der);

	return out_write(j->c, j->out, der, OUT_BINARY | (is_private(der) ? OUT_SECRET : 0));
}

static int run(struct job *j)
{
	int st;

	j->path = args_value(j->c, OPT_JSON_IN);
	j->type = args_value(j->c, OPT_TYPE);
	j->out = args_value(j->c, OPT_OUT);
	if (!j->out)
		j->out = "-";
	if (!j->path)
		return say_usage(j->c, "--json says which file");
	(void)((st = out_clash(j->c, "output", j->out, "input", j->path)) ||
	    (st = out_check(j->c, j->out, OUT_BINARY)) || (st = asn1_open(j->c, &j->modules)) ||
	    (st = read_json(j)) || (st = asn1_check_type(j->c, j->modules, j->type)) ||
	    (st = encode(j)) || (st = write_der(j)));
	return st;
}

int asn1_encode_run(struct cmd *c)
{
	struct job j = { .c = c, .in.flags = PKI_BUF_SECRET, .der.flags = PKI_BUF_SECRET };
	int st = run(&j);

	pki_asn1_free(j.modules);
	pki_buf_free(&j.in);
	pki_buf_free(&j.der);
	json_decref(j.line);
	if (j.value)
		pki_wipe(j.value, strlen(j.value));
	free(j.value);
	return st;
}

int asn1_types_run(struct cmd *c)
{
	struct text t = TEXT_INIT;
	pki_asn1 *m = NULL;
	const char *type;
	int st = asn1_open(c, &m);

	for (size_t i = 0; !st && (type = pki_asn1_type_at(m, i)) != NULL; i++)
		text_fmt(&t, "%s\n", type);
	if (!st)
		st = out_stdout(c, &t);
	pki_asn1_free(m);
	text_free(&t);
	return st;
}
