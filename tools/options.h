/* SPDX-License-Identifier: BSD-3-Clause */
/* The verbs and their options: the one table behind parsing, help, completions and their tests. */
#ifndef TOOLS_OPTIONS_H
#define TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cmd;

enum opt_id {
	OPT_END,
	OPT_HELP,
	OPT_VERSION,
	OPT_KEY,
	OPT_TYPE,
	OPT_SUBJECT,
	OPT_USAGE,
	OPT_EKU,
	OPT_EXT,
	OPT_CHALLENGE_FILE,
	OPT_JSON_IN,
	OPT_STDIN_JSON,
	OPT_AT,
	OPT_OUT,
	OPT_KEY_OUT,
	OPT_FORM,
	OPT_TO,
	OPT_FORCE,
	OPT_JSON,
	OPT_PEM,
	OPT_ASN1,
	OPT_MODULE,
	OPT_PIN,
	OPT_WITHIN,
	OPT_CA,
	OPT_CA_KEY,
	OPT_ISSUER,
	OPT_ISSUER_KEY,
	OPT_PROFILE,
	OPT_DAYS,
	OPT_COPY,
	OPT_PATH_LENGTH,
	OPT_PERMIT,
	OPT_EXCLUDE,
	OPT_POLICY,
	OPT_CRL_URL,
	OPT_OCSP_URL,
	OPT_ISSUER_URL,
	OPT_FROM,
	OPT_REVOKE,
	OPT_DELTA,
	OPT_TRUST,
	OPT_UNTRUSTED,
	OPT_CRL,
	OPT_OCSP,
	OPT_FOR,
	OPT_PURPOSE,
	OPT_MAX_DEPTH,
	OPT_ANCHOR,
	OPT_REVOCATION,
	OPT_POLICY_SET,
	OPT_REQUIRE_POLICY,
	OPT_INHIBIT_POLICY_MAPPING,
	OPT_INHIBIT_ANY_POLICY,
	OPT_ALLOW,
	OPT_MIN_STRENGTH,
	OPT_EXPLAIN,
	OPT_OPTIONS,
	/* The four sources of a password, in this order, for each of three. */
	OPT_PASSWORD_FILE,
	OPT_PASSWORD_FD,
	OPT_PASSWORD_ENV,
	OPT_PASSWORD_ASK,
	OPT_NEW_PASSWORD_FILE,
	OPT_NEW_PASSWORD_FD,
	OPT_NEW_PASSWORD_ENV,
	OPT_NEW_PASSWORD_ASK,
	OPT_KEY_PASSWORD_FILE,
	OPT_KEY_PASSWORD_FD,
	OPT_KEY_PASSWORD_ENV,
	OPT_KEY_PASSWORD_ASK,
	OPT_NO_PASSWORD
};

#define OPT_REPEATS 1u  /* may be given more than once */
#define OPT_LIST    2u  /* takes a comma-separated list of its choices */
#define OPT_OPEN    4u  /* the choices are examples: other values are fine */
#define OPT_HIDDEN  8u  /* for tests; not in help */
#define OPT_PATH    16u /* the argument is a file */

struct opt {
	enum opt_id id;
	char letter;                /* 'o' for -o; or 0 */
	unsigned flags;             /* OPT_ bits */
	const char *name;           /* without dashes */
	const char *arg;            /* what help calls the argument; NULL: the option takes none */
	const char *const *choices; /* NULL-terminated; or NULL */
	const char *help;
};

enum operands { OPERANDS_NONE, OPERANDS_FILES, OPERANDS_NAMES, OPERANDS_SHELL, OPERANDS_VERB };

struct verb {
	const char *name;
	const char *summary;     /* one line, without a full stop */
	const char *usage;       /* what follows the name */
	const char *examples;    /* lines */
	const char *text;        /* paragraphs; or "" */
	const struct opt *opts;  /* ends with OPT_END */
	const struct verb *subs; /* ends with name NULL; or NULL */
	int (*run)(struct cmd *c);
	enum operands operands;
	size_t min, max; /* operands */
};

extern const struct verb verbs[]; /* ends with name NULL */
extern const struct opt global_opts[];
extern const char *const shells[];
extern const char *const profiles[];   /* in the order of PKI_PROFILE_ */
extern const char *const allowances[]; /* of verify: the names of the PKI_ALLOW_ bits, in order */
extern const char *const usages[];     /* KeyUsage names, in the order of their bits */

/* NULL: there is none. */
const struct verb *verb_find(const struct verb *list, const char *name);
const struct opt *opt_find(const struct verb *v, const char *name, size_t len);
const struct opt *opt_find_letter(const struct verb *v, char letter);

int csr_run(struct cmd *c);
int key_new_run(struct cmd *c);
int key_show_run(struct cmd *c);
int key_public_run(struct cmd *c);
int key_convert_run(struct cmd *c);
int key_password_run(struct cmd *c);
int show_run(struct cmd *c);
int match_run(struct cmd *c);
int fingerprint_run(struct cmd *c);
int selfsign_run(struct cmd *c);
int ca_run(struct cmd *c);
int sign_run(struct cmd *c);
int crl_run(struct cmd *c);
int verify_run(struct cmd *c);
int convert_run(struct cmd *c);
int asn1_encode_run(struct cmd *c);
int asn1_types_run(struct cmd *c);
int expiring_run(struct cmd *c);
int completion_run(struct cmd *c);
int help_run(struct cmd *c);

#endif
