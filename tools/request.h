/* SPDX-License-Identifier: BSD-3-Clause */
/* What a request is to say: gathered from options and JSON, checked before anything is made. */
#ifndef TOOLS_REQUEST_H
#define TOOLS_REQUEST_H

#include <pki/csr.h>

#include "tools/names.h"

struct request {
	struct names names;
	pki_name *subject;
	pki_exts *exts;
	uint32_t usage; /* PKI_KU_ bits */
	const char *type;
	pki_buf challenge;
	struct json_t *json; /* keeps the texts alive */
};

/* Everything the command line says. Says what is wrong; an exit status. In any case request_free.
 */
int request_gather(struct cmd *c, struct request *r);
void request_free(struct request *r);
/* The subject becomes CN=text, or empty; CN= and the first name, as far as it fits. */
int request_common_name(const struct cmd *c, struct request *r, const char *text);
int request_first_name(const struct cmd *c, struct request *r);
/* --key goes with neither --type nor --key-out. */
int request_check_key(const struct cmd *c, const struct request *r);

/* The parts, for request_json. */
int request_subject(const struct cmd *c, struct request *r, const char *dn);
int request_usage(const struct cmd *c, struct request *r, const char *name);
int request_eku(const struct cmd *c, struct request *r, const char *name);
int request_ext(
    const struct cmd *c, struct request *r, const char *oid, bool critical, const char *hex);
/* A whole request as JSON. */
void request_json_free(struct json_t *json);
int request_json(struct cmd *c, struct request *r, const char *path);

#endif
