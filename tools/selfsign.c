/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool selfsign: a private key and a server certificate signed with it. */
#include "tools/args.h"
#include "tools/in.h"
#include "tools/issue.h"
#include "tools/pair.h"
#include "tools/request.h"
#include "tools/status.h"

struct job {
	struct cmd *c;
	struct request request;
	struct password password;
	struct session session;
	struct pair pair;
	struct term term;
};

static int check_options(const struct job *j)
{
	if (!j->request.names.count)
		return say_usage(j->c, "a server needs a name: pkitool selfsign www.example.org");
	return request_check_key(j->c, &j->request);
}

/* Its issuer's name is its subject's, which cannot be empty: RFC 5280 4.1.2.4. */
static int check_subject(struct job *j)
{
	if (!pki_name_is_empty(j->request.subject))
		return STATUS_DONE;
	if (args_has(j->c, OPT_SUBJECT))
		return say_usage(j->c, "what is self-signed needs a subject");
	return request_first_name(j->c, &j->request);
}

static int make_cert(struct job *j)
{
	struct request *r = &j->request;
	pki_error err = PKI_ERROR_INIT;
	pki_cert_opts o = { .size = sizeof o,
		.subject_name = r->subject,
		.names = r->names.list,
		.exts = r->exts };
	pki_cert *made;
	pki_status st;

	issue_opts(&o, &j->term);
	st = pki_cert_self_sign(j->session.ctx, j->pair.key, &o, &made, &err);
	return issue_made(j->c, NULL, made, st, &err, &j->pair.out);
}

static int run(struct job *j)
{
	struct cmd *c = j->c;
	struct pair *p = &j->pair;
	int st;

	pair_init(p, c, "certificate", ".pem");
	p->key_in = args_value(c, OPT_KEY);
	p->password = &j->password;
	st = request_gather(c, &j->request);
	p->type = j->request.type ? j->request.type : "p256";
	(void)(st || (st = check_options(j)) || (st = check_subject(j)) ||
	    (st = issue_exts(c, j->request.exts)) || (st = session_open(c, 0, &j->session)) ||
	    (st = issue_term(c, &j->session, &j->term)) ||
	    (st = pair_files(p, &j->request.names.stem)) ||
	    (st = password_take(c, OPT_PASSWORD_FILE, !p->key_in, &j->password)) ||
	    (st = pair_get_key(p, &j->session)) || (st = make_cert(j)) || (st = pair_write(p)));
	if (!st)
		pair_say(p, "certificate, signed by its own key");
	return st;
}

int selfsign_run(struct cmd *c)
{
	struct job j = { .c = c };
	int st = run(&j);

	pair_free(&j.pair);
	session_close(&j.session);
	password_free(&j.password);
	request_free(&j.request);
	return st;
}
