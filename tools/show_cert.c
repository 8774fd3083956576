/* SPDX-License-Identifier: BSD-3-Clause */
/* A certificate, told to people and machines. */
#include <pki/time.h>

#include "tools/json.h"
#include "tools/rows.h"
#include "tools/show.h"

/* ---- for people ---- */

/* "2026-11-26T14:00:00Z to 2027-02-24T14:00:00Z; it ends in 89 days" */
static void put_validity(struct text *t, const struct facts *f)
{
	pki_time begins = pki_cert_not_before(f->o->cert), ends = pki_cert_not_after(f->o->cert);

	row_label(t, "Valid");
	text_time(t, begins);
	text_add(t, " to ");
	text_time(t, ends);
	if (begins > f->now) {
		text_add(t, "; it begins ");
		facts_when(t, f->now, begins);
	} else {
		text_add(t, ends < f->now ? "; it ended " : "; it ends ");
		facts_when(t, f->now, ends);
	}
	text_add(t, "\n");
}

static const struct {
	const pki_oid *oid;
	const char *text;
} purposes[] = {
	{ &pki_id_server_auth, "servers (TLS)" },
	{ &pki_id_client_auth, "clients (TLS)" },
	{ &pki_id_email_protection, "e-mail" },
	{ &pki_id_code_signing, "programs" },
	{ &pki_id_time_stamping, "timestamps" },
	{ &pki_id_ocsp_signing, "OCSP answers" },
	{ &pki_id_any_extended_key_usage, "anything" },
};

static void add_purpose(struct text *t, pki_bytes oid)
{
	for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
		if (pki_oid_equal(oid, pki_oid_view(purposes[i].oid))) {
			text_add(t, purposes[i].text);
			return;
		}
	}
	facts_oid(t, oid);
}

static void put_purposes(struct text *t, const struct facts *f)
{
	pki_ext_iter it;
	pki_ext e;
	pki_bytes oid;
	bool first = true;

	row_label(t, "Good for");
	if (!facts_ext_find(f, PKI_OID(ext_key_usage), &e)) {
		text_add(t, "any purpose\n");
		return;
	}
	pki_ext_list(&it, f->ctx, e.value);
	while (pki_ext_oid_next(&it, &oid)) {
		text_add(t, first ? "" : ", ");
		add_purpose(t, oid);
		first = false;
	}
	text_add(t, "\n");
	if (pki_ext_list_finish(&it, NULL) != PKI_SUCCESS)
		t->failed = true;
}

/* May it sign other certificates? */
static void put_ca(struct text *t, const struct facts *f)
{
	int32_t most = pki_cert_path_len(f->o->cert);

	row_label(t, "CA");
	if (!pki_cert_is_ca(f->o->cert))
		text_add(t, "no: it signs no certificates\n");
	else if (most < 0)
		text_add(t, "yes: it signs certificates, those of other CAs too\n");
	else if (most == 0)
		text_add(t, "yes: it signs certificates, but none of other CAs\n");
	else
		text_fmt(
		    t, "yes: it signs certificates, with at most %d CAs below it\n", (int)most);
}

static void put_serial(struct text *t, const pki_cert *c)
{
	row_label(t, "Serial");
	facts_serial(t, pki_cert_serial(c));
	text_add(t, "\n");
}

static void put_issuer(struct text *t, const struct facts *f)
{
	if (f->signature == SIGNATURE_VALID && pki_cert_is_self_issued(f->o->cert))
		row_text(t, "Issuer", "itself: it is self-signed");
	else
		show_text_name(t, "Issuer", &f->issuer);
}

static void put_signature(struct text *t, const struct facts *f)
{
	show_text_algorithm(t, f);
	if (f->signature == SIGNATURE_VALID)
		text_add(t, ", by its own key");
	text_add(t, "\n");
}

static void put_version(struct text *t, const pki_cert *c)
{
	row_label(t, "Version");
	text_fmt(t, "%d\n", (int)pki_cert_version(c));
}

void show_text_cert(struct text *t, const struct facts *f)
{
	show_text_name(t, "Subject", &f->subject);
	show_text_san(t, f);
	put_issuer(t, f);
	put_validity(t, f);
	put_ca(t, f);
	put_purposes(t, f);
	show_text_odd(t, f);
	show_text_key(t, &f->key);
	put_signature(t, f);
	put_version(t, f->o->cert);
	put_serial(t, f->o->cert);
	show_text_exts(t, f);
}

/* ---- for machines ---- */

void show_json_cert(struct text *t, const struct facts *f)
{
	const pki_cert *c = f->o->cert;

	js_member_uint(t, "version", (uint64_t)pki_cert_version(c));
	show_json_serial(t, pki_cert_serial(c));
	js_member_buf(t, "subject", &f->subject);
	js_member_buf(t, "issuer", &f->issuer);
	js_member_time(t, "not_before", pki_cert_not_before(c));
	js_member_time(t, "not_after", pki_cert_not_after(c));
	js_member_bool(t, "ca", pki_cert_is_ca(c));
	show_json_key(t, &f->key);
	show_json_algorithm(t, f);
	show_json_signature(t, "self_signed", f);
	show_json_exts(t, f);
	show_json_odd(t, f);
}
