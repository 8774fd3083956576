/* SPDX-License-Identifier: BSD-3-Clause */
/* What is in files, told to people and machines. */
#ifndef TOOLS_SHOW_H
#define TOOLS_SHOW_H

#include <pki/asn1.h>

#include "tools/facts.h"

struct cmd;

enum show_what { SHOW_ALL, SHOW_KEYS };
/* Every object of every operand; the worst exit status. */
int show_files(struct cmd *c, enum show_what what);

/* One object's facts. */
void show_text(struct text *t, const struct facts *f);
void show_json(struct text *t, const struct facts *f);

/* The members that begin every line of JSON. */
void show_json_head(struct text *t, const char *file, const pki_object *o);
/* The line for an object that cannot be shown; o may be NULL. */
void show_json_error(
    struct text *t, const char *file, const pki_object *o, pki_status st, const pki_error *err);

/* Parts of them. */
void show_text_title(struct text *t, const struct facts *f);
void show_text_name(struct text *t, const char *label, const struct text *name);
void show_text_key(struct text *t, const struct key_facts *k);
void show_text_algorithm(struct text *t, const struct facts *f); /* without the line's end */
void show_text_san(struct text *t, const struct facts *f);
void show_text_exts(struct text *t, const struct facts *f);
void show_text_odd(struct text *t, const struct facts *f);
void show_text_cert(struct text *t, const struct facts *f);
void show_text_crl(struct text *t, const struct facts *f);
void show_text_bundle(struct text *t, const struct facts *f);
void show_text_inside(struct text *t, const struct facts *f); /* what is in it */
void show_json_body(struct text *t, const struct facts *f);
void show_json_key(struct text *t, const struct key_facts *k);
void show_json_algorithm(struct text *t, const struct facts *f);
void show_json_signature(struct text *t, const char *name, const struct facts *f);
void show_json_exts(struct text *t, const struct facts *f);
void show_json_ext_list(struct text *t, const struct facts *f); /* without the names */
void show_json_odd(struct text *t, const struct facts *f);
void show_json_serial(struct text *t, pki_bytes serial);
void show_json_oid(struct text *t, pki_bytes oid);
void show_json_cert(struct text *t, const struct facts *f);
void show_json_crl(struct text *t, const struct facts *f);
void show_json_bundle(struct text *t, const struct facts *f);

/* The tree of what path holds: --asn1. */
int show_asn1(struct cmd *c, const pki_asn1 *modules, const char *path);

#endif
