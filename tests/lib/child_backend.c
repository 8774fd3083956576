/* SPDX-License-Identifier: BSD-3-Clause */
/* A backend whose keys live in a child process. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pki/error.h>

#include "tests/lib/child_backend.h"

#define PAYLOAD_MAX 65536
#define PIN         "2468"
#define PIN_MARK    "?pin"

enum op { PUBLIC, SIGN };

/* What goes over the pipe, followed by len octets. */
struct request {
	uint32_t op, key;
	pki_alg alg; /* its views are not used */
	size_t len;
};
struct answer {
	pki_status st;
	size_t len;
};

static const struct {
	const char *uri, *label;
	pki_key_type type;
	uint32_t bits;
} keys[] = {
	{ "child:p256", "one", PKI_KEY_P256, 0 },
	{ "child:p384", "two", PKI_KEY_P384, 0 },
	{ "child:ed25519", "three", PKI_KEY_ED25519, 0 },
	{ "child:rsa", "four", PKI_KEY_RSA, 2048 },
};
#define KEYS (sizeof keys / sizeof *keys)

struct child {
	pid_t pid;
	int fd;
	pthread_mutex_t lock;
};

struct handle {
	struct child *child;
	uint32_t key;
};

static bool send_all(int fd, const void *data, size_t len)
{
	const uint8_t *at = data;

	while (len != 0) {
		ssize_t n = send(fd, at, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool receive_all(int fd, void *data, size_t len)
{
	uint8_t *at = data;

	while (len != 0) {
		ssize_t n = recv(fd, at, len, 0);

		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* The child: makes its keys when they are first used, and answers until the pipe closes. */
static void *child_key(void *held[KEYS], uint32_t key)
{
	const pki_backend_table *t = pki_backend_nettle();

	if (key < KEYS && held[key] == NULL &&
	    t->key_generate(NULL, NULL, keys[key].type, keys[key].bits, NULL, pki_bytes_of(NULL, 0),
		&held[key], NULL) != PKI_SUCCESS)
		return NULL;
	return key < KEYS ? held[key] : NULL;
}

static struct answer child_do(void *held[KEYS], const struct request *q, uint8_t *payload)
{
	const pki_backend_table *t = pki_backend_nettle();
	static uint8_t room[PKI_KEY_ROOM];
	pki_span out = { room, sizeof room };
	void *key = child_key(held, q->key);
	struct answer a = { PKI_E_BACKEND, 0 };

	if (key == NULL)
		return a;
	if (q->op == PUBLIC)
		a.st = t->key_public(key, &out, NULL);
	else
		a.st = t->sign(key, &q->alg, pki_bytes_of(payload, q->len), &out, NULL);
	if (a.st != PKI_SUCCESS)
		return a;
	memcpy(payload, room, out.len);
	a.len = out.len;
	return a;
}

static void child_serve(int fd)
{
	static uint8_t payload[PAYLOAD_MAX];
	void *held[KEYS] = { 0 };
	struct request q;
	struct answer a;

	while (receive_all(fd, &q, sizeof q) && q.len <= sizeof payload &&
	    receive_all(fd, payload, q.len)) {
		a = child_do(held, &q, payload);
		if (!send_all(fd, &a, sizeof a) || !send_all(fd, payload, a.len))
			break;
	}
	for (size_t i = 0; i < KEYS; i++)
		pki_backend_nettle()->key_free(held[i]);
}

/* The parent. */
static pki_status ask(
    const struct handle *h, struct request q, pki_bytes payload, pki_span *out, pki_error *err)
{
	struct child *c = h->child;
	struct answer a = { PKI_E_BACKEND, 0 };
	static uint8_t room[PAYLOAD_MAX];

	q.key = h->key;
	q.len = payload.len;
	pthread_mutex_lock(&c->lock);
	if (payload.len <= PAYLOAD_MAX && send_all(c->fd, &q, sizeof q) &&
	    send_all(c->fd, payload.data, payload.len) && receive_all(c->fd, &a, sizeof a) &&
	    (a.len > sizeof room || !receive_all(c->fd, room, a.len)))
		a.st = PKI_E_BACKEND;
	if (a.st == PKI_SUCCESS && a.len > out->len)
		a.st = PKI_E_BACKEND;
	if (a.st == PKI_SUCCESS) {
		memcpy(out->data, room, a.len);
		out->len = a.len;
	}
	pthread_mutex_unlock(&c->lock);
	if (a.st != PKI_SUCCESS)
		return pki_error_set(err, a.st, "the child does not answer", NULL);
	return PKI_SUCCESS;
}

static pki_status child_open(const char *config, void **self, pki_error *err)
{
	struct child *c = malloc(sizeof *c);
	int fds[2];

	(void)config;
	if (c == NULL || socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0) {
		free(c);
		return pki_error_set(err, PKI_E_IO, "no socket pair", NULL);
	}
	c->pid = fork();
	if (c->pid == 0) {
		close(fds[0]);
		child_serve(fds[1]);
		_exit(0);
	}
	close(fds[1]);
	c->fd = fds[0];
	pthread_mutex_init(&c->lock, NULL);
	*self = c;
	return PKI_SUCCESS;
}

static void child_close(void *self)
{
	struct child *c = self;

	close(c->fd);
	waitpid(c->pid, NULL, 0);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static bool child_supports(void *self, pki_op op, pki_key_type key, const pki_alg *a)
{
	(void)self;
	(void)a;
	for (size_t i = 0; i < KEYS; i++)
		if (keys[i].type == key)
			return op == PKI_OP_SIGN;
	return false;
}

static bool pin_fits(pki_password_fn *pin, void *ud, const char *uri)
{
	pki_buf secret = { .flags = PKI_BUF_SECRET };
	bool fits = pin != NULL && pin(ud, uri, 0, &secret) &&
	    pki_bytes_equal_secret(pki_buf_bytes(&secret), pki_bytes_str(PIN));

	pki_buf_free(&secret);
	return fits;
}

static pki_status child_key_open(
    void *self, const char *uri, pki_password_fn *pin, void *pin_ud, void **key, pki_error *err)
{
	struct handle *h;

	if (strncmp(uri, "child:", 6) != 0)
		return pki_error_set(err, PKI_E_UNSUPPORTED, "not a URI of this backend", NULL);
	for (uint32_t i = 0; i < KEYS; i++) {
		size_t n = strlen(keys[i].uri);

		if (strncmp(uri, keys[i].uri, n) != 0)
			continue;
		if (strcmp(uri + n, PIN_MARK) == 0 && !pin_fits(pin, pin_ud, uri))
			return pki_error_set(err, PKI_E_PASSWORD, "wrong PIN", NULL);
		h = malloc(sizeof *h);
		if (h == NULL)
			return pki_error_set(err, PKI_E_NOMEM, "no memory", NULL);
		*h = (struct handle){ self, i };
		*key = h;
		return PKI_SUCCESS;
	}
	return pki_error_set(err, PKI_E_NOTFOUND, "the child has no such key", NULL);
}

static pki_status child_key_list(
    void *self, const char *uri, pki_key_seen_fn *seen, void *ud, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	(void)self;
	for (size_t i = 0; st == PKI_SUCCESS && i < KEYS; i++)
		if (strncmp(keys[i].uri, uri, strlen(uri)) == 0)
			st = seen(ud, keys[i].uri, keys[i].label, pki_bytes_of(NULL, 0), err);
	return st;
}

static pki_status child_key_export(void *key, pki_span *pkcs8, pki_error *err)
{
	(void)key;
	(void)pkcs8;
	return pki_error_set(err, PKI_E_POLICY, "the key stays in the child", NULL);
}

static pki_status child_key_public(void *key, pki_span *spki, pki_error *err)
{
	return ask(key, (struct request){ .op = PUBLIC }, pki_bytes_of(NULL, 0), spki, err);
}

static pki_status child_sign(
    void *key, const pki_alg *a, pki_bytes msg, pki_span *sig, pki_error *err)
{
	struct request q = { .op = SIGN, .alg = *a };

	q.alg.label = (pki_bytes){ 0 };
	return ask(key, q, msg, sig, err);
}

static const pki_backend_table table = {
	.abi = PKI_BACKEND_ABI,
	.size = sizeof(pki_backend_table),
	.name = "child",
	.open = child_open,
	.close = child_close,
	.supports = child_supports,
	.key_open = child_key_open,
	.key_list = child_key_list,
	.key_export = child_key_export,
	.key_public = child_key_public,
	.key_free = free,
	.sign = child_sign,
};

const pki_backend_table *child_backend(void)
{
	return &table;
}
