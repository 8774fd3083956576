/* SPDX-License-Identifier: BSD-3-Clause */
/* Every small change of every kind of input, given to every function that reads one. */
#include <pki/pki.h>
#include <stdio.h>
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/der/ber.h"
#include "tests/lib/asn1_copy.h"
#include "tests/lib/asn1_module.h"
#include "tests/lib/mutate.h"
#include "tests/lib/t.h"

/* What no output pointer may still be after a failure. */
#define JUNK ((void *)&junk)
static char junk;

/* A file's KDF may not cost what the default limits let it. */
static pki_ctx *cheap_ctx(void)
{
	pki_limits limits = {
		.size = sizeof limits, .kdf_iterations = 2000, .scrypt_bytes = 1 << 16
	};
	pki_ctx *ctx;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	return ctx;
}
static pki_ctx *cheap;

#define must(call) ck_assert_int_eq((call), PKI_SUCCESS)

/* ---- what a value is used for once it is read ---- */

static void use_pubkey(const pki_pubkey *k)
{
	pki_bytes msg = pki_bytes_str("message");
	pki_error err = PKI_ERROR_INIT;
	pki_buf id = PKI_BUF_INIT;
	pki_alg alg;

	ck_assert_uint_gt(pki_pubkey_bits(k), 0);
	ck_assert_int_ne(pki_pubkey_type(k), PKI_KEY_UNKNOWN);
	ck_assert(pki_pubkey_equal(k, k));
	ck_assert_int_eq(pki_pubkey_id(k, PKI_KEY_ID_DEFAULT, &id, &err), PKI_SUCCESS);
	pki_buf_free(&id);
	pki_alg_init(&alg, sizeof alg);
	if (pki_alg_default(k, &alg, &err) == PKI_SUCCESS)
		ck_assert_int_ne(pki_check(k, NULL, msg, msg, &err), PKI_SUCCESS);
}

static void use_name(const pki_name *n)
{
	pki_buf text = PKI_BUF_INIT;
	pki_name *again = NULL;
	pki_attr attr;
	pki_status st;

	must(pki_name_format(n, &text, NULL));
	/* libpki reads values that it does not write: of the wrong length or alphabet */
	st = pki_name_from_string(NULL, pki_buf_str(&text), &again, NULL);
	ck_assert(st == PKI_SUCCESS || st == PKI_E_ARG);
	if (st == PKI_SUCCESS)
		ck_assert_uint_eq(pki_name_count(again), pki_name_count(n));
	ck_assert(pki_name_equal(n, n));
	for (size_t i = 0; pki_name_at(n, i, &attr); i++)
		(void)pki_name_get(n, attr.type);
	pki_name_free(again);
	pki_buf_free(&text);
}

static void use_gn(const pki_gn *gn)
{
	pki_buf text = PKI_BUF_INIT;

	must(pki_gn_format(gn, &text, NULL));
	ck_assert_uint_gt(text.len, 0);
	pki_buf_free(&text);
}

static pki_status gn_list(pki_bytes value, pki_error *err)
{
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_name_next(&it, &gn))
		use_gn(&gn);
	return pki_ext_list_finish(&it, err);
}

static pki_status oid_list(pki_bytes value, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_ext_iter it;
	pki_bytes oid;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_oid_next(&it, &oid)) {
		must(pki_oid_format(oid, &text, NULL));
		(void)pki_oid_name(oid);
	}
	pki_buf_free(&text);
	return pki_ext_list_finish(&it, err);
}

static void use_ext(const pki_ext *e)
{
	pki_basic_constraints bc;
	uint32_t bits;
	pki_bytes id;

	/* whatever it is: any reader must cope with any value */
	(void)gn_list(e->value, NULL);
	(void)oid_list(e->value, NULL);
	if (pki_ext_basic_constraints(NULL, e->value, &bc, NULL) == PKI_SUCCESS)
		ck_assert_int_ge(bc.path_len, -1);
	(void)!pki_ext_key_usage(NULL, e->value, &bits, NULL);
	(void)!pki_ext_key_id(NULL, e->value, &id, NULL);
}

static void use_csr(const pki_csr *r)
{
	pki_pubkey *key = JUNK;
	pki_attribute attr;
	pki_alg alg;
	pki_ext ext;

	use_name(pki_csr_subject(r));
	for (size_t i = 0; pki_csr_ext_at(r, i, &ext); i++) {
		ck_assert(pki_csr_ext(r, ext.oid, &ext));
		use_ext(&ext);
	}
	for (size_t i = 0; pki_csr_attr_at(r, i, &attr); i++)
		ck_assert(pki_csr_attr(r, attr.type, &attr));
	if (pki_csr_pubkey(r, &key, NULL) == PKI_SUCCESS)
		use_pubkey(key);
	else
		ck_assert_ptr_null(key);
	pki_pubkey_free(key);
	pki_alg_init(&alg, sizeof alg);
	(void)!pki_alg_parse(NULL, pki_csr_signature_algorithm(r), &alg, NULL);
	(void)!pki_csr_check_signature(r, NULL);
	ck_assert_uint_gt(pki_csr_tbs(r).len, 0);
	ck_assert_uint_gt(pki_csr_spki(r).len, 0);
	(void)pki_csr_signature(r);
}

static void use_cert(const pki_cert *c)
{
	pki_pubkey *key = JUNK;
	pki_ext ext;

	use_name(pki_cert_subject(c));
	use_name(pki_cert_issuer(c));
	for (size_t i = 0; pki_cert_ext_at(c, i, &ext); i++) {
		ck_assert(pki_cert_ext(c, ext.oid, &ext));
		use_ext(&ext);
	}
	if (pki_cert_pubkey(c, &key, NULL) == PKI_SUCCESS) {
		(void)!pki_cert_check_signature(c, key, NULL);
		use_pubkey(key);
	}
	pki_pubkey_free(key);
	(void)pki_cert_is_self_issued(c);
	ck_assert_uint_gt(pki_cert_serial(c).len, 0);
	ck_assert_int_ge(pki_cert_version(c), 1);
	ck_assert_int_le(pki_cert_version(c), 3);
	ck_assert(pki_cert_path_len(c) == -1 || pki_cert_is_ca(c));
	ck_assert_uint_gt(pki_cert_tbs(c).len, 0);
	ck_assert_uint_gt(pki_cert_spki(c).len, 0);
}

/* ---- operations ---- */

static pki_status csr(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_csr *r = JUNK;
	pki_status st = pki_csr_parse(NULL, in, &r, err);

	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(r);
		return st;
	}
	use_csr(r);
	must(pki_csr_write(r, PKI_DER, again, NULL));
	pki_csr_free(r);
	return st;
}

static pki_status key(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_key *k = JUNK;
	pki_status st = pki_key_parse(cheap, in, pki_password_text, (void *)"secret", &k, err);

	(void)again;
	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(k);
		return st;
	}
	use_pubkey(pki_key_public(k));
	pki_key_free(k);
	return st;
}

static pki_status pubkey(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_pubkey *k = JUNK;
	pki_status st = pki_pubkey_parse(NULL, in, &k, err);

	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(k);
		return st;
	}
	use_pubkey(k);
	must(pki_pubkey_write(k, PKI_DER, again, NULL));
	pki_pubkey_free(k);
	return st;
}

static pki_status spki(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_spki s;

	(void)again;
	return pki_spki_parse(NULL, in, &s, err);
}

static pki_status envelope(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_envelope e;

	(void)again;
	return pki_envelope_parse(NULL, in, &e, err);
}

static pki_status name(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_name *n = JUNK;
	pki_status st = pki_name_parse(NULL, in, &n, err);

	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(n);
		return st;
	}
	use_name(n);
	must(pki_buf_append(again, pki_name_der(n), NULL));
	pki_name_free(n);
	return st;
}

/* The text is copied to have its NUL. */
static pki_status name_text(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_name *n = JUNK;
	pki_status st;

	(void)again;
	must(pki_buf_append(&text, in, NULL));
	st = pki_name_from_string(NULL, pki_buf_str(&text), &n, err);
	pki_buf_free(&text);
	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(n);
		return st;
	}
	use_name(n);
	pki_name_free(n);
	return st;
}

static pki_status gn_text(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT, store = PKI_BUF_INIT;
	pki_status st;
	pki_gn gn;

	(void)again;
	must(pki_buf_append(&text, in, NULL));
	st = pki_gn_from_string(NULL, pki_buf_str(&text), &store, &gn, err);
	if (st == PKI_SUCCESS)
		use_gn(&gn);
	else
		ck_assert_uint_eq(store.len, 0);
	pki_buf_free(&text);
	pki_buf_free(&store);
	return st;
}

static pki_status alg(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_alg a;
	pki_derw w;
	pki_status st;

	pki_alg_init(&a, sizeof a);
	st = pki_alg_parse(NULL, in, &a, err);
	if (st != PKI_SUCCESS)
		return st;
	ck_assert_ptr_nonnull(pki_alg_name(&a));
	pki_derw_init(&w, NULL);
	pki_alg_write(&a, &w);
	must(pki_derw_finish(&w, again, NULL));
	return st;
}

static pki_status ext_names(pki_bytes in, pki_buf *again, pki_error *err)
{
	(void)again;
	return gn_list(in, err);
}

static pki_status ext_oids(pki_bytes in, pki_buf *again, pki_error *err)
{
	(void)again;
	return oid_list(in, err);
}

static pki_status ext_basic_constraints(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_basic_constraints bc;

	(void)again;
	return pki_ext_basic_constraints(NULL, in, &bc, err);
}

static pki_status ext_key_usage(pki_bytes in, pki_buf *again, pki_error *err)
{
	uint32_t bits = 0;
	pki_status st = pki_ext_key_usage(NULL, in, &bits, err);

	(void)again;
	ck_assert(st != PKI_SUCCESS || bits != 0);
	return st;
}

static pki_status ext_key_id(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_bytes id;

	(void)again;
	return pki_ext_key_id(NULL, in, &id, err);
}

/* A private or public key of an object, if it is one that has it. */
static void use_object(const pki_object *o)
{
	pki_pubkey *pub = JUNK;
	pki_key *k = JUNK;

	if (o->csr != NULL)
		use_csr(o->csr);
	if (o->cert != NULL)
		use_cert(o->cert);
	if (pki_object_pubkey(cheap, o, &pub, NULL) != PKI_SUCCESS)
		ck_assert_ptr_null(pub);
	if (pki_object_key(cheap, o, pki_password_text, (void *)"secret", &k, NULL) != PKI_SUCCESS)
		ck_assert_ptr_null(k);
	pki_pubkey_free(pub);
	pki_key_free(k);
}

/* The first failure is the answer; the rest is read all the same. */
static pki_status objects(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_status st, first = PKI_SUCCESS;
	pki_objects *l = JUNK;
	pki_object o;

	(void)again;
	st = pki_read_all_of(cheap, in, &l, err);
	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(l);
		return st;
	}
	for (size_t i = 0;; i++) {
		ck_assert_uint_le(i, in.len + 1);
		st = pki_objects_next(l, &o, first == PKI_SUCCESS ? err : NULL);
		if (first == PKI_SUCCESS)
			first = st;
		if (st == PKI_E_NOTFOUND || (st == PKI_SUCCESS && o.kind == 0))
			break;
		ck_assert_uint_le(o.offset, in.len);
		if (st == PKI_SUCCESS)
			use_object(&o);
	}
	pki_objects_free(l);
	return first;
}

static pki_status pem(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_pem_block b = { 0 };
	pki_status st;

	(void)again;
	while ((st = pki_pem_next(NULL, &in, &b, err)) == PKI_SUCCESS)
		ck_assert_uint_gt(b.label.len, 0);
	pki_pem_block_free(&b);
	if (st != PKI_E_NOTFOUND)
		return st;
	if (err != NULL)
		pki_error_init(err);
	return PKI_SUCCESS;
}

static pki_status base64(pki_bytes in, pki_buf *again, pki_error *err)
{
	(void)again;
	return pki_base64_decode(in, again, err);
}

static pki_status bundle(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_bundle *b = JUNK;
	pki_status st = pki_bundle_parse(NULL, in, &b, err);

	(void)again;
	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(b);
		return st;
	}
	ck_assert_uint_gt(pki_bundle_content_type(b).len, 0);
	for (size_t i = 0; i < pki_certs_count(pki_bundle_certs(b)); i++)
		use_name(pki_cert_subject(pki_certs_at(pki_bundle_certs(b), i)));
	for (size_t i = 0; i < pki_crls_count(pki_bundle_crls(b)); i++)
		use_name(pki_crl_issuer(pki_crls_at(pki_bundle_crls(b), i)));
	pki_bundle_free(b);
	return st;
}

static pki_status certs(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_certs *l = JUNK;
	pki_status st = pki_certs_parse(NULL, in, &l, err);

	(void)again;
	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(l);
		return st;
	}
	ck_assert_uint_gt(pki_certs_count(l), 0);
	pki_certs_free(l);
	return st;
}

/* What was turned into DER is DER. */
static pki_status ber(pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st = pki_ber_to_der(NULL, in, &der, NULL, err);

	(void)again;
	if (st == PKI_SUCCESS) {
		pki_buf twice = PKI_BUF_INIT;

		must(pki_ber_to_der(NULL, pki_buf_bytes(&der), &twice, NULL, NULL));
		t_bytes_eq(pki_buf_bytes(&twice), pki_buf_bytes(&der));
		pki_buf_free(&twice);
	}
	pki_buf_free(&der);
	return PKI_LEAVE(err, st);
}

/* ---- by a module ---- */

static pki_asn1 *modules;

static void use_tree(const char *type, const pki_asn1_value *v, pki_bytes in)
{
	pki_buf copy = PKI_BUF_INIT, json = PKI_BUF_INIT, lines = PKI_BUF_INIT;
	pki_asn1_node n;

	for (size_t i = 0; pki_asn1_get(v, i, &n); i = pki_asn1_step(v, i))
		ck_assert_uint_le(n.offset + n.header + n.length, in.len);
	must(pki_asn1_format(v, &lines, NULL));
	must(pki_asn1_json(v, &json, NULL));
	ck_assert(json_is_valid(pki_buf_bytes(&json)));
	must(asn1_copy(modules, type, v, true, &copy, NULL));
	t_bytes_eq(pki_buf_bytes(&copy), in);
	pki_buf_free(&lines);
	pki_buf_free(&json);
	pki_buf_free(&copy);
}

static pki_status by_module(const char *type, pki_bytes in, pki_buf *again, pki_error *err)
{
	pki_asn1_value *v = JUNK;
	pki_status st = pki_asn1_decode(modules, type, in, &v, err);

	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(v);
		return st;
	}
	use_tree(type, v, in);
	must(pki_asn1_encode(v, again, NULL));
	pki_asn1_value_free(v);
	return st;
}

static pki_status asn1_everything(pki_bytes in, pki_buf *again, pki_error *err)
{
	return by_module("All.Everything", in, again, err);
}

static pki_status asn1_filter(pki_bytes in, pki_buf *again, pki_error *err)
{
	return by_module("All.Filter", in, again, err);
}

static pki_status asn1_request(pki_bytes in, pki_buf *again, pki_error *err)
{
	return by_module("PKCS-10.CertificationRequest", in, again, err);
}

static pki_status asn1_names(pki_bytes in, pki_buf *again, pki_error *err)
{
	return by_module("PKIX1Implicit88.GeneralNames", in, again, err);
}

#define MODULE_FLAGS MUTATE_CANONICAL
static const mutate_op everything_op = { "pki_asn1_decode", asn1_everything, MODULE_FLAGS };
static const mutate_op filter_op = { "pki_asn1_decode, Filter", asn1_filter, MODULE_FLAGS };
static const mutate_op request_op = { "pki_asn1_decode, CSR", asn1_request, MODULE_FLAGS };
static const mutate_op general_names_op = { "pki_asn1_decode, names", asn1_names, MODULE_FLAGS };

static const mutate_op bundle_op = { "pki_bundle_parse", bundle, MUTATE_COSTLY };
static const mutate_op bundle_text_op = { "pki_bundle_parse, PEM", bundle,
	MUTATE_TEXT | MUTATE_COSTLY };
static const mutate_op certs_text_op = { "pki_certs_parse, PEM", certs,
	MUTATE_TEXT | MUTATE_COSTLY };
static const mutate_op ber_op = { "pki_ber_to_der", ber, MUTATE_TEXT };
static pki_status cert_of(pki_bytes in, uint32_t allow, pki_buf *again, pki_error *err)
{
	pki_cert *c = JUNK;
	pki_status st = pki_cert_parse_lenient(NULL, in, allow, &c, err);

	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(c);
		return st;
	}
	use_cert(c);
	must(pki_cert_write(c, PKI_DER, again, NULL));
	pki_cert_free(c);
	return st;
}

static pki_status cert(pki_bytes in, pki_buf *again, pki_error *err)
{
	return cert_of(in, 0, again, err);
}

static pki_status lenient_cert(pki_bytes in, pki_buf *again, pki_error *err)
{
	return cert_of(in, PKI_LENIENT_ALL, again, err);
}

static const mutate_op cert_op = { "pki_cert_parse", cert, MUTATE_CANONICAL | MUTATE_COSTLY };
static const mutate_op lenient_cert_op = { "pki_cert_parse_lenient", lenient_cert,
	MUTATE_CANONICAL | MUTATE_COSTLY };
static const mutate_op csr_op = { "pki_csr_parse", csr, MUTATE_CANONICAL | MUTATE_COSTLY };
static const mutate_op csr_text_op = { "pki_csr_parse, PEM", csr, MUTATE_TEXT };
static const mutate_op key_op = { "pki_key_parse", key, MUTATE_COSTLY };
static const mutate_op key_text_op = { "pki_key_parse, PEM", key, MUTATE_TEXT | MUTATE_COSTLY };
static const mutate_op ssh_op = { "pki_key_parse, OpenSSH", key, MUTATE_TEXT | MUTATE_COSTLY };
static const mutate_op old_pubkey_op = { "pki_pubkey_parse, old", pubkey, MUTATE_COSTLY };
static const mutate_op pubkey_op = { "pki_pubkey_parse", pubkey, MUTATE_CANONICAL | MUTATE_COSTLY };
static const mutate_op pubkey_text_op = { "pki_pubkey_parse, PEM", pubkey,
	MUTATE_TEXT | MUTATE_COSTLY };
/* Every entry is found, with an index and without. */
static void ask_crl(pki_crl *c)
{
	pki_crl_cursor at = { { 0 } };
	pki_revoked r, found;
	size_t n = 0;

	for (; pki_crl_next(c, &at, &r); n++) {
		pki_status st = pki_crl_find(c, pki_crl_issuer(c), r.serial, &found, NULL);

		ck_assert(st == PKI_SUCCESS || st == PKI_E_UNSUPPORTED);
		ck_assert((st == PKI_SUCCESS) == (found.listing != PKI_LISTING_UNKNOWN));
		if (st == PKI_SUCCESS && r.issuer.len == 0)
			ck_assert_int_eq(found.listing, PKI_LISTING_LISTED);
	}
	ck_assert_uint_eq(n, pki_crl_count(c));
}

static pki_status crl_of(pki_bytes in, uint32_t allow, pki_buf *again, pki_error *err)
{
	pki_crl *c = JUNK;
	pki_status st = pki_crl_parse_lenient(NULL, in, allow, &c, err);

	if (st != PKI_SUCCESS) {
		ck_assert_ptr_null(c);
		return st;
	}
	ck_assert_uint_eq(pki_crl_leniencies(c) & ~allow, 0);
	use_name(pki_crl_issuer(c));
	ask_crl(c);
	must(pki_crl_index(c, NULL));
	ask_crl(c);
	must(pki_crl_write(c, PKI_DER, again, NULL));
	pki_crl_free(c);
	return st;
}

static pki_status crl(pki_bytes in, pki_buf *again, pki_error *err)
{
	return crl_of(in, 0, again, err);
}

static pki_status lenient_crl(pki_bytes in, pki_buf *again, pki_error *err)
{
	return crl_of(in, PKI_LENIENT_ALL, again, err);
}

static const mutate_op crl_op = { "pki_crl_parse", crl, MUTATE_CANONICAL };
static const mutate_op lenient_crl_op = { "pki_crl_parse_lenient", lenient_crl, MUTATE_CANONICAL };
static const mutate_op crl_text_op = { "pki_crl_parse, PEM", crl, MUTATE_TEXT };
static const mutate_op spki_op = { "pki_spki_parse", spki, 0 };
static const mutate_op envelope_op = { "pki_envelope_parse", envelope, 0 };
static const mutate_op name_op = { "pki_name_parse", name, MUTATE_CANONICAL };
static const mutate_op name_text_op = { "pki_name_from_string", name_text,
	MUTATE_TEXT | MUTATE_ARG };
static const mutate_op gn_text_op = { "pki_gn_from_string", gn_text, MUTATE_TEXT | MUTATE_ARG };
static const mutate_op alg_op = { "pki_alg_parse", alg, 0 };
static const mutate_op names_op = { "pki_ext_name_next", ext_names, 0 };
static const mutate_op oids_op = { "pki_ext_oid_next", ext_oids, 0 };
static const mutate_op bc_op = { "pki_ext_basic_constraints", ext_basic_constraints, 0 };
static const mutate_op ku_op = { "pki_ext_key_usage", ext_key_usage, 0 };
static const mutate_op key_id_op = { "pki_ext_key_id", ext_key_id, 0 };
static const mutate_op objects_op = { "pki_read_all_of", objects, MUTATE_COSTLY };
static const mutate_op objects_text_op = { "pki_read_all_of, PEM", objects,
	MUTATE_TEXT | MUTATE_COSTLY };
static const mutate_op pem_op = { "pki_pem_next", pem, MUTATE_TEXT };
static const mutate_op base64_op = { "pki_base64_decode", base64, MUTATE_TEXT };

/* ---- vectors ---- */

typedef struct row {
	const mutate_op *op;
	const char *file; /* below tests/vectors/mutate, or */
	const char *hex;  /* ... octets, or */
	const char *text;
} row;

#define CN_X "3111 300f 0603550403 0c08 6578616d706c6531"

static const row rows[] = {
	{ &cert_op, "../cert/openssl-leaf.der", NULL, NULL },
	{ &lenient_cert_op, "../cert/openssl-leaf.der", NULL, NULL },
	{ &crl_op, "crl-all.der", NULL, NULL },
	{ &crl_op, "crl-delta.der", NULL, NULL },
	{ &crl_op, "crl-indirect.der", NULL, NULL },
	{ &lenient_crl_op, "crl-indirect.der", NULL, NULL },
	{ &crl_text_op, "crl.pem", NULL, NULL },
	{ &csr_op, "csr-full.der", NULL, NULL },
	{ &csr_op, "csr-certtool.der", NULL, NULL },
	{ &csr_op, "csr-p384.der", NULL, NULL },
	{ &csr_op, "csr-ed25519.der", NULL, NULL },
	{ &csr_op, "csr-rsa.der", NULL, NULL },
	{ &csr_op, "csr-rsa-pss.der", NULL, NULL },
	{ &csr_text_op, "csr.pem", NULL, NULL },
	{ &bundle_op, "bundle.der", NULL, NULL },
	{ &bundle_text_op, "bundle.pem", NULL, NULL },
	{ &certs_text_op, "bundle.pem", NULL, NULL },
	{ &certs_text_op, "../cert/openssl-ed25519.pem", NULL, NULL },
	{ &ber_op, NULL,
	    "3080 3003020105 a080 2480 0401aa 2480 0402bbcc 0000 0000 0000 2309 03020055 030304aaf0"
	    "810105 0000",
	    NULL },
	{ &key_op, "key-rsa.der", NULL, NULL },
	{ &key_op, "key-rsa-pss.der", NULL, NULL },
	{ &key_op, "key-p256.der", NULL, NULL },
	{ &key_op, "key-p384.der", NULL, NULL },
	{ &key_op, "key-p521.der", NULL, NULL },
	{ &key_op, "key-ed25519.der", NULL, NULL },
	{ &key_op, "key-ed448.der", NULL, NULL },
	{ &key_op, "key-x25519.der", NULL, NULL },
	{ &key_op, "key-x448.der", NULL, NULL },
	/* RFC 8410 10.3: version v2 with an attribute and the public key */
	{ &key_op, NULL,
	    "3072 020101 3005 06032b6570 0422 0420"
	    "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842"
	    "a01f 301d 060a2a864886f70d01090914 310f 0c0d437572646c6520436861697273"
	    "8121 0019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1",
	    NULL },
	{ &key_op, "enc-sha256.der", NULL, NULL },
	{ &key_op, "enc-sha1.der", NULL, NULL },
	{ &key_op, "enc-sha512.der", NULL, NULL },
	{ &key_op, "key-sec1.der", NULL, NULL },
	{ &key_op, "key-pkcs1.der", NULL, NULL },
	{ &key_op, "enc-PBE-MD5-DES.der", NULL, NULL },
	{ &key_op, "enc-PBE-SHA1-3DES.der", NULL, NULL },
	{ &key_op, "enc-PBE-SHA1-RC4-40.der", NULL, NULL },
	{ &key_op, "enc-rc2.der", NULL, NULL },
	{ &key_op, "enc-scrypt.der", NULL, NULL },
	{ &ssh_op, "ssh-p256.bin", NULL, NULL },
	{ &ssh_op, "ssh-rsa.bin", NULL, NULL },
	{ &key_text_op, "dek.pem", NULL, NULL },
	{ &old_pubkey_op, "pub-pkcs1.der", NULL, NULL },
	{ &old_pubkey_op, "pub-compressed.der", NULL, NULL },
	{ &pubkey_text_op, "ssh-p256.pub", NULL, NULL },
	{ &pubkey_text_op, "ssh-rsa.pub", NULL, NULL },
	{ &envelope_op, "enc-scrypt.der", NULL, NULL },
	{ &envelope_op, "enc-PBE-MD5-DES.der", NULL, NULL },
	{ &key_text_op, "key.pem", NULL, NULL },
	{ &key_text_op, "enc.pem", NULL, NULL },
	{ &pubkey_op, "pub-rsa.der", NULL, NULL },
	{ &pubkey_op, "pub-rsa-pss.der", NULL, NULL },
	{ &pubkey_op, "pub-p256.der", NULL, NULL },
	{ &pubkey_op, "pub-p384.der", NULL, NULL },
	{ &pubkey_op, "pub-p521.der", NULL, NULL },
	{ &pubkey_op, "pub-ed25519.der", NULL, NULL },
	{ &pubkey_op, "pub-ed448.der", NULL, NULL },
	{ &pubkey_op, "pub-x25519.der", NULL, NULL },
	{ &pubkey_op, "pub-x448.der", NULL, NULL },
	{ &pubkey_text_op, "pub.pem", NULL, NULL },
	{ &spki_op, "pub-rsa.der", NULL, NULL },
	{ &spki_op, "pub-rsa-pss.der", NULL, NULL },
	{ &spki_op, "pub-p256.der", NULL, NULL },
	{ &spki_op, "pub-ed25519.der", NULL, NULL },
	{ &envelope_op, "enc-sha256.der", NULL, NULL },
	{ &envelope_op, "enc-sha1.der", NULL, NULL },
	{ &name_op, NULL, "3000", NULL },
	{ &name_op, NULL, "3013" CN_X, NULL },
	/* C=NL; O as TeletexString and OU as BMPString in one RDN; an unknown type of INTEGER */
	{ &name_op, NULL,
	    "3042 310b 3009 0603550406 13024e4c"
	    "311d 300c 060355040a 140562e8f1f361 300d 060355040b 1e06 20ac 00e9 0041"
	    "3114 3012 060a2a864886f70d0d7f0102 0204 01020304",
	    NULL },
	/* UniversalString, IA5String */
	{ &name_op, NULL,
	    "3039 3115 3013 060a0992268993f22c640119 1605 6c6f63616c"
	    "3120 300d 0603550404 0c06 e282acc3a941 300f 0603550403 1c08 0001f600 00000041",
	    NULL },
	{ &name_text_op, NULL, NULL, "CN=www.example.org,O=Example\\, Inc.+OU=\\\"q\\22,C=NL" },
	{ &name_text_op, NULL, NULL, "1.2.3.4=#0c0161,DC=example+UID=x\\20,CN=\\c3\\a9" },
	{ &gn_text_op, NULL, NULL, "www.example.org" },
	{ &gn_text_op, NULL, NULL, "2001:db8::192.0.2.1" },
	{ &gn_text_op, NULL, NULL, "email:me@example.org" },
	{ &gn_text_op, NULL, NULL, "https://user@example.org:443/p?q#f" },
	{ &gn_text_op, NULL, NULL, "other:1.2.3=0c0161" },
	{ &gn_text_op, NULL, NULL, "dn:CN=x,C=NL" },
	{ &gn_text_op, NULL, NULL, "upn:user@example.org" },
	{ &alg_op, NULL, "300a 06082a8648ce3d040302", NULL },
	{ &alg_op, NULL, "300d 06092a864886f70d01010b 0500", NULL },
	{ &alg_op, NULL, "3005 06032b6570", NULL },
	/* RSASSA-PSS with SHA-256, MGF1 with SHA-256, 32 */
	{ &alg_op, NULL,
	    "3041 06092a864886f70d01010a 3034 a00f 300d 0609608648016503040201 0500"
	    "a11c 301a 06092a864886f70d010108 300d 0609608648016503040201 0500 a203 020120",
	    NULL },
	/* all nine forms of GeneralName */
	{ &names_op, NULL,
	    "308192a018060a2b060104018237140203a00a0c08754065782e6f7267a01706082b06010505070809a00b0c09c3a940"
	    "65782e6f726781086d6540782e6f72678205612e6f7267a3083006610413024e4ca40e300c310a300806035504030c01"
	    "78a50aa0030c0161a1030c01708609687474703a2f2f612f8704c0000201871020010db8000000000000000000000001"
	    "88032a0304",
	    NULL },
	{ &names_op, NULL, "3007 8205 612e6f7267", NULL },
	{ &oids_op, NULL, "3014 06082b06010505070301 06082b06010505070302", NULL },
	{ &bc_op, NULL, "3006 0101ff 020103", NULL },
	{ &bc_op, NULL, "3000", NULL },
	{ &ku_op, NULL, "0302 05a0", NULL },
	{ &ku_op, NULL, "0303 070080", NULL },
	{ &key_id_op, NULL, "0414 000102030405060708090a0b0c0d0e0f10111213", NULL },
	/* a value of tests/lib/asn1_module.h, and smaller ones */
	{ &everything_op, NULL,
	    "3081a4800100a104020201f582010283020082840205a08503070080860200ff87038837038800a9030c"
	    "0178aa271203312032130341626316036140621a02617e1401e91c040001f6001e0220ac0c05e282ac00"
	    "0aab22170d3236313132363230333732375a181132303236313132363230333732372e355aac12311001"
	    "01ff040100430105a90512033120326103020101ff6409a007830161a102a0000c05e282ac000a0500",
	    NULL },
	{ &filter_op, NULL, "a007830161a102a000", NULL },
	{ &general_names_op, NULL, "301ca00806022a03a00205008203612e62a507a105130341626388022a03",
	    NULL },
	{ &request_op, "csr-ed25519.der", NULL, NULL },
	{ &objects_op, "csr-full.der", NULL, NULL },
	{ &objects_op, "key-ed25519.der", NULL, NULL },
	{ &objects_op, "enc-sha256.der", NULL, NULL },
	{ &objects_op, "pub-p256.der", NULL, NULL },
	{ &objects_text_op, "all.pem", NULL, NULL },
	{ &pem_op, "all.pem", NULL, NULL },
	{ &pem_op, "headers.pem", NULL, NULL },
	{ &base64_op, NULL, NULL, "AAEC AwQF\nBgcICQ==\n" },
};

static pki_bytes vector_of(const row *r, char *label, size_t cap)
{
	char path[128];

	if (r->hex != NULL) {
		snprintf(label, cap, "%.24s...", r->hex);
		return t_hex(r->hex);
	}
	if (r->text != NULL) {
		snprintf(label, cap, "%.24s", r->text);
		return pki_bytes_str(r->text);
	}
	snprintf(label, cap, "%s", r->file);
	snprintf(path, sizeof path, "mutate/%s", r->file);
	return t_vector(path);
}

START_TEST(every_change)
{
	mutate_count total = { 0, 0 };
	char label[64];

	cheap = cheap_ctx();
	t_ok(pki_asn1_new(NULL, &modules, err));
	t_ok(pki_asn1_add(modules, pki_bytes_str(everything_module), err));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_bytes in = vector_of(&rows[i], label, sizeof label);
		mutate_count n = mutate_all(rows[i].op, label, in);

		printf("%-28s %-28s %6lu inputs, %5lu accepted\n", rows[i].op->name, label,
		    n.inputs, n.accepted);
		total.inputs += n.inputs;
		total.accepted += n.accepted;
	}
	printf("%lu inputs, %lu accepted\n", total.inputs, total.accepted);
	pki_asn1_free(modules);
	pki_ctx_free(cheap);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { every_change, NULL };

	return t_main("mutate", tests);
}
