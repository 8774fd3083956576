/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON (RFC 8259), written. */
#ifndef TOOLS_JSON_H
#define TOOLS_JSON_H

#include "tools/out.h"

/* Commas come by themselves. */
void js_open(struct text *t, char bracket); /* '{' or '[' */
void js_close(struct text *t, char bracket);
/* The name of a member, whose value comes next. Static, plain ASCII. */
void js_name(struct text *t, const char *name);
/* What is not UTF-8 becomes U+FFFD; what text_safe escapes is escaped. */
void js_string(struct text *t, pki_bytes s);
void js_text(struct text *t, const char *s); /* NULL: null */
void js_hex(struct text *t, pki_bytes b);
void js_uint(struct text *t, uint64_t v);
void js_int(struct text *t, int64_t v);
void js_bool(struct text *t, bool v);
void js_null(struct text *t);
/* JSON as it is; what text_safe escapes is escaped. */
void js_raw(struct text *t, pki_bytes json);

/* A name and its value. */
void js_member_text(struct text *t, const char *name, const char *value);
void js_member_buf(struct text *t, const char *name, const struct text *value);
void js_member_hex(struct text *t, const char *name, pki_bytes value);
void js_member_bool(struct text *t, const char *name, bool value);
void js_member_uint(struct text *t, const char *name, uint64_t value);
void js_member_time(struct text *t, const char *name, pki_time time);   /* none: null */
void js_member_known(struct text *t, const char *name, uint64_t value); /* 0: null */
/* "error": what failed; input: a file or an option; NULL: not told. */
void js_member_error(struct text *t, const char *input, pki_status st, const pki_error *err);

#endif
