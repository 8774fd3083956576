/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool ca: a private key and the certificate of a CA, root or intermediate. */
#include "tools/args.h"
#include "tools/in.h"
#include "tools/issue.h"
#include "tools/pair.h"
#include "tools/request.h"
#include "tools/status.h"

struct job {
	struct cmd *c;
	pki_exts *exts;
	struct request request; /* its subject alone */
	struct text stem;
	struct password password, issuer_password;
	struct session session;
	struct pair pair;
	struct term term;
	struct issuer issuer;
	const char *issuer_path;
};

static int check_options(const struct job *j)
{
	const struct cmd *c = j->c;

	if (!j->issuer_path && args_has(c, OPT_ISSUER_KEY))
		return say_usage(c, "--issuer-key goes with --issuer");
	if (c->operand_count ? !*c->operands[0] : !args_has(c, OPT_SUBJECT))
		return say_usage(c, "a CA needs a name: %s 'Example Root CA'", c->name);
	return request_check_key(c, &j->request);
}

/* The operand is its common name, and what the files are called after. */
static int take_name(struct job *j)
{
	struct cmd *c = j->c;
	const char *name = c->operand_count ? c->operands[0] : NULL;
	const char *dn = args_value(c, OPT_SUBJECT);

	if (name)
		names_stem(&j->stem, name);
	if (j->stem.failed)
		return say_nomem(c);
	return dn ? request_subject(c, &j->request, dn) : request_common_name(c, &j->request, name);
}

static int new_exts(struct job *j)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_exts_new(NULL, &j->exts, &err);

	return st ? say_error(j->c, NULL, st, &err) : issue_exts(j->c, j->exts);
}

/*
 * Of the key of this CA: with an issuer, whose key --password-file is for, or where they are given,
 * the options for what is written, or for a second key that is read.
 */
static int take_passwords(struct job *j)
{
	bool is_new = !j->pair.key_in;
	enum opt_id own = is_new ? OPT_NEW_PASSWORD_FILE : OPT_KEY_PASSWORD_FILE;
	int st = STATUS_DONE;

	if (password_is_given(j->c, is_new ? OPT_KEY_PASSWORD_FILE : OPT_NEW_PASSWORD_FILE))
		return say_usage(j->c,
		    is_new ? "--key-password-file is for --key"
			   : "--new-password-file is for a new key; --key exists");
	if (!j->issuer_path && password_is_given(j->c, OPT_PASSWORD_FILE)) {
		if (password_is_given(j->c, own))
			return say_usage(j->c, "one password is enough");
		own = OPT_PASSWORD_FILE;
	}
	if (j->issuer_path)
		st = password_take(j->c, OPT_PASSWORD_FILE, false, &j->issuer_password);
	return st ? st : password_take(j->c, own, is_new, &j->password);
}

static int open_issuer(struct job *j)
{
	int st;

	if (!j->issuer_path)
		return STATUS_DONE;
	st = issuer_open(j->c, &j->session, j->issuer_path, args_value(j->c, OPT_ISSUER_KEY),
	    &j->issuer_password, &j->issuer);
	return st ? st : issuer_clash(j->c, &j->issuer, "certificate", j->pair.out_path);
}

static int make_cert(struct job *j)
{
	pki_error err = PKI_ERROR_INIT;
	pki_cert_opts o = { .size = sizeof o,
		.subject_name = j->request.subject,
		.exts = j->exts,
		.profile = PKI_PROFILE_CA };
	const pki_key *k = j->pair.key;
	pki_cert *made;
	pki_status st;

	issue_opts(&o, &j->term);
	st = j->issuer_path ? pki_cert_issue_spki(pki_pubkey_spki(pki_key_public(k)),
				  j->issuer.cert, j->issuer.key, &o, &made, &err)
			    : pki_cert_self_sign(j->session.ctx, k, &o, &made, &err);
	return issue_made(j->c, j->issuer_path, made, st, &err, &j->pair.out);
}

static int run(struct job *j)
{
	struct cmd *c = j->c;
	struct pair *p = &j->pair;
	int st;

	pair_init(p, c, "certificate", ".pem");
	p->key_in = args_value(c, OPT_KEY);
	p->type = args_value(c, OPT_TYPE);
	p->type = p->type ? p->type : "p384";
	p->password = &j->password;
	j->request.type = args_value(c, OPT_TYPE);
	j->issuer_path = args_value(c, OPT_ISSUER);
	(void)((st = check_options(j)) || (st = take_name(j)) || (st = new_exts(j)) ||
	    (st = session_open(c, 0, &j->session)) || (st = issue_term(c, &j->session, &j->term)) ||
	    (st = pair_files(p, &j->stem.buf)) || (st = take_passwords(j)) ||
	    (st = open_issuer(j)) || (st = pair_get_key(p, &j->session)) || (st = make_cert(j)) ||
	    (st = pair_write(p)));
	if (!st)
		pair_say(p,
		    j->issuer_path
			? "certificate of an intermediate CA"
			: "certificate of a root CA; give it to those who are to trust it");
	return st;
}

int ca_run(struct cmd *c)
{
	struct job j = { .c = c };
	int st = run(&j);

	pair_free(&j.pair);
	issuer_free(&j.issuer);
	session_close(&j.session);
	password_free(&j.password);
	password_free(&j.issuer_password);
	request_free(&j.request);
	pki_exts_free(j.exts);
	text_free(&j.stem);
	return st;
}
