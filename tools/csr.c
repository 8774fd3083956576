/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool csr: a private key and a certification request. */
#include "tools/args.h"
#include "tools/in.h"
#include "tools/pair.h"
#include "tools/request.h"
#include "tools/status.h"

struct job {
	struct cmd *c;
	struct request request;
	struct password password;
	struct session session;
	struct pair pair;
};

static int check_options(const struct job *j)
{
	const struct cmd *c = j->c;

	if (!j->request.names.count && pki_name_is_empty(j->request.subject))
		return say_usage(c, "a request needs a name: pkitool csr www.example.org");
	return request_check_key(c, &j->request);
}

static int make_request(struct job *j)
{
	struct request *r = &j->request;
	pki_error err = PKI_ERROR_INIT;
	pki_csr *csr;
	pki_status st = pki_csr_make(j->session.ctx, j->pair.key,
	    PKI_OPTS(pki_csr_opts, .subject_name = r->subject,
		.names = r->names.count ? r->names.list : NULL,
		.exts = pki_exts_count(r->exts) ? r->exts : NULL,
		.challenge = r->challenge.len ? pki_buf_str(&r->challenge) : NULL),
	    &csr, &err);

	if (!st)
		st = pki_csr_write(csr, make_form(j->c), &j->pair.out, &err);
	pki_csr_free(csr);
	return st ? say_error(j->c, j->pair.key_in ? in_name(j->pair.key_in) : NULL, st, &err)
		  : STATUS_DONE;
}

static int run(struct job *j)
{
	struct cmd *c = j->c;
	struct pair *p = &j->pair;
	int st;

	pair_init(p, c, "request", ".csr");
	p->key_in = args_value(c, OPT_KEY);
	p->password = &j->password;
	st = request_gather(c, &j->request);
	p->type = j->request.type ? j->request.type : "p256";
	(void)(st || (st = check_options(j)) || (st = pair_files(p, &j->request.names.stem)) ||
	    (st = password_take(c, OPT_PASSWORD_FILE, !p->key_in, &j->password)) ||
	    (st = session_open(c, 0, &j->session)) || (st = pair_get_key(p, &j->session)) ||
	    (st = make_request(j)) || (st = pair_write(p)));
	if (!st)
		pair_say(p, "request; send it to the CA");
	return st;
}

int csr_run(struct cmd *c)
{
	struct job j = { .c = c };
	int st = run(&j);

	pair_free(&j.pair);
	session_close(&j.session);
	password_free(&j.password);
	request_free(&j.request);
	return st;
}
