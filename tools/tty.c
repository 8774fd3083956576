/* SPDX-License-Identifier: BSD-3-Clause */
/* A question to the person at the terminal, the answer not shown. */
#include "tools/tty.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "tools/out.h"

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
enum { SIGNALS = sizeof signals / sizeof *signals };

static volatile sig_atomic_t caught;

static void on_signal(int sig)
{
	caught = sig;
}

struct tty {
	int in, out;
	struct termios before;
	struct sigaction handlers[SIGNALS];
	sigset_t mask; /* as it was: signals come while we wait for a key, and only then */
};

bool tty_is_there(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static bool tty_open(struct tty *t)
{
	t->in = t->out = open("/dev/tty", O_RDWR | O_CLOEXEC);
	if (t->in >= 0)
		return true;
	t->in = STDIN_FILENO;
	t->out = STDERR_FILENO;
	return tty_is_there();
}

static void tty_close(const struct tty *t)
{
	if (t->in != STDIN_FILENO)
		close(t->in);
}

/* One that is ignored stays so. */
static void handle(int sig, struct sigaction *before)
{
	const struct sigaction sa = { .sa_handler = on_signal };

	sigaction(sig, NULL, before);
	if (before->sa_handler != SIG_IGN)
		sigaction(sig, &sa, NULL);
}

static bool quiet(struct tty *t)
{
	struct termios now;
	sigset_t ours;

	if (tcgetattr(t->in, &t->before) != 0)
		return false;
	caught = 0;
	sigemptyset(&ours);
	for (size_t i = 0; i < SIGNALS; i++) {
		sigaddset(&ours, signals[i]);
		handle(signals[i], &t->handlers[i]);
	}
	sigprocmask(SIG_BLOCK, &ours, &t->mask);
	now = t->before;
	now.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK);
	now.c_lflag |= ECHONL;
	return tcsetattr(t->in, TCSAFLUSH, &now) == 0;
}

/* A signal that came meanwhile takes its course now, the terminal as it was. */
static void loud(const struct tty *t)
{
	tcsetattr(t->in, TCSAFLUSH, &t->before);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &t->handlers[i], NULL);
	sigprocmask(SIG_SETMASK, &t->mask, NULL);
	if (caught) {
		(void)!write(t->out, "\n", 1);
		raise(caught);
	}
}

/* Waits for input; a signal ends it, whenever it comes. */
static bool wait_for(const struct tty *t)
{
	struct pollfd p = { .fd = t->in, .events = POLLIN };

	return ppoll(&p, 1, NULL, &t->mask) == 1;
}

/* One line, without its newline. */
static bool read_line(const struct tty *t, size_t most, pki_buf *answer)
{
	for (size_t n = 0; n <= most; n++) {
		uint8_t c;
		ssize_t got = wait_for(t) ? read(t->in, &c, 1) : -1;
		if (got != 1)
			return got == 0 && n > 0;
		if (c == '\n')
			return true;
		if (pki_buf_append(answer, pki_bytes_of(&c, 1), NULL) != PKI_SUCCESS)
			return false;
	}
	return false;
}

static bool put_prompt(int fd, const char *prompt, const char *what)
{
	struct text t = TEXT_INIT;
	pki_bytes b;
	bool ok;

	text_add(&t, prompt);
	text_safe(&t, pki_bytes_str(what));
	text_add(&t, ": ");
	b = pki_buf_bytes(&t.buf);
	ok = !t.failed && write(fd, b.data, b.len) == (ssize_t)b.len;
	text_free(&t);
	return ok;
}

bool tty_ask(const char *prompt, const char *what, size_t most, pki_buf *answer)
{
	struct tty t;
	bool ok = false;

	if (!tty_open(&t))
		return false;
	do {
		pki_buf_free(answer);
		if (!quiet(&t))
			break;
		ok = put_prompt(t.out, prompt, what) && read_line(&t, most, answer);
		loud(&t);
	} while (caught); /* stopped, and continued */
	tty_close(&t);
	return ok;
}
