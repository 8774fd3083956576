/* SPDX-License-Identifier: BSD-3-Clause */
/* Unix seconds, civil time and RFC 3339 text, by arithmetic alone. */
#include <string.h>

#include <pki/time.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"

#define DAY           86400
#define DAYS_400Y     146097 /* in any 400 years */
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */

/*
 * Years are counted from 1 March, so that the leap day is the last of its year, and the months from
 * March on have 31 30 31 30 31 days over and over: (153 m + 2) / 5 days lie before month m.
 */
static int64_t days_from_civil(const pki_civil *c)
{
	int64_t year = c->year - (c->month <= 2) + 400; /* 0000-01 belongs to the year before */
	int64_t month = (c->month + 9) % 12;
	int64_t day = (153 * month + 2) / 5 + c->day - 1;

	return year * 365 + year / 4 - year / 100 + year / 400 + day - DAYS_400Y - DAYS_TO_EPOCH;
}

/* days >= 0, counted from a 1 March of a year that 400 divides. */
static void civil_from_days(int64_t days, pki_civil *out)
{
	int64_t in_400y = days % DAYS_400Y;
	int64_t year = (in_400y - in_400y / 1460 + in_400y / 36524 - in_400y / 146096) / 365;
	int64_t day = in_400y - (year * 365 + year / 4 - year / 100);
	int64_t month = (5 * day + 2) / 153;

	out->day = (int32_t)(day - (153 * month + 2) / 5 + 1);
	out->month = (int32_t)(month < 10 ? month + 3 : month - 9);
	out->year = (int32_t)(days / DAYS_400Y * 400 + year + (out->month <= 2));
}

static bool is_leap(int32_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool within(int32_t v, int32_t low, int32_t high)
{
	return v >= low && v <= high;
}

static bool is_civil(const pki_civil *c)
{
	static const int32_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return within(c->year, 0, 9999) && within(c->month, 1, 12) &&
	    within(c->day, 1, days[c->month - 1] + (c->month == 2 && is_leap(c->year))) &&
	    within(c->hour, 0, 23) && within(c->minute, 0, 59) && within(c->second, 0, 59);
}

static bool in_range(pki_time t)
{
	return t >= PKI_TIME_MIN && t <= PKI_TIME_MAX;
}

static pki_status from_civil(const pki_civil *c, pki_time *out, pki_error *err)
{
	if (!is_civil(c))
		return pki_error_set(err, PKI_E_ARG, "there is no such date or time of day", NULL);
	*out = days_from_civil(c) * DAY + c->hour * 3600 + c->minute * 60 + c->second;
	return PKI_SUCCESS;
}

pki_status pki_time_from_civil(const pki_civil *c, pki_time *out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = 0;
	return PKI_LEAVE(err, c == NULL ? pki_error_null(err) : from_civil(c, out, err));
}

static pki_status to_civil(pki_time t, pki_civil *out, pki_error *err)
{
	int64_t since, in_day;

	memset(out, 0, sizeof *out);
	if (!in_range(t))
		return pki_error_set(err, PKI_E_ARG, "the year is not within 0000 to 9999", NULL);
	since = t - PKI_TIME_MIN;
	in_day = since % DAY;
	/* 0000-01-01 is 306 days after the 1 March before; one era more keeps that 1 March >= 0. */
	civil_from_days(since / DAY + DAYS_400Y - 60, out);
	out->year -= 400;
	out->hour = (int32_t)(in_day / 3600);
	out->minute = (int32_t)(in_day / 60 % 60);
	out->second = (int32_t)(in_day % 60);
	return PKI_SUCCESS;
}

pki_status pki_time_to_civil(pki_time t, pki_civil *out, pki_error *err)
{
	pki_status st = out == NULL ? pki_error_null(err) : to_civil(t, out, err);

	return PKI_LEAVE(err, st);
}

/* The pieces of RFC 3339 text. Each takes what it names off *s, or returns false. */
static bool take_char(const char **s, char a, char b)
{
	if (**s != a && **s != b)
		return false;
	(*s)++;
	return true;
}

static bool take_digits(const char **s, int n, int32_t *out)
{
	*out = 0;
	for (; n > 0; n--, (*s)++) {
		if (!pki_is_digit((uint8_t) * *s))
			return false;
		*out = *out * 10 + (**s - '0');
	}
	return true;
}

static bool take_date(const char **s, pki_civil *c)
{
	return take_digits(s, 4, &c->year) && take_char(s, '-', '-') &&
	    take_digits(s, 2, &c->month) && take_char(s, '-', '-') && take_digits(s, 2, &c->day);
}

static bool take_clock(const char **s, pki_civil *c)
{
	return take_digits(s, 2, &c->hour) && take_char(s, ':', ':') &&
	    take_digits(s, 2, &c->minute) && take_char(s, ':', ':') &&
	    take_digits(s, 2, &c->second);
}

static bool take_fraction(const char **s, uint32_t *nsec)
{
	uint32_t scale = 100000000;

	*nsec = 0;
	if (!take_char(s, '.', '.'))
		return true;
	if (!pki_is_digit((uint8_t) * *s))
		return false;
	for (; pki_is_digit((uint8_t) * *s); (*s)++, scale /= 10)
		*nsec += scale * (uint32_t)(**s - '0');
	return true;
}

/* "Z", or "+01:00": seconds to the east of Greenwich. */
static bool take_zone(const char **s, int32_t *east)
{
	int32_t sign = **s == '-' ? -1 : 1, hours, minutes;

	*east = 0;
	if (take_char(s, 'Z', 'z'))
		return true;
	if (!take_char(s, '+', '-') || !take_digits(s, 2, &hours) || !take_char(s, ':', ':') ||
	    !take_digits(s, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*east = sign * (hours * 3600 + minutes * 60);
	return true;
}

static bool parse_rfc3339(const char *s, pki_time *out, uint32_t *nsec)
{
	pki_civil c;
	int32_t east = 0;

	if (!take_date(&s, &c) || !take_char(&s, 'T', 't') || !take_clock(&s, &c) ||
	    !take_fraction(&s, nsec) || !take_zone(&s, &east) || *s != '\0')
		return false;
	if (from_civil(&c, out, NULL) != PKI_SUCCESS)
		return false;
	*out -= east;
	return in_range(*out);
}

static bool parse_seconds(const char *s, pki_time *out)
{
	bool negative = take_char(&s, '-', '-');
	int64_t v = 0;

	if (*s == '\0')
		return false;
	for (; pki_is_digit((uint8_t)*s); s++) {
		v = v * 10 + (*s - '0');
		if (v > PKI_TIME_MAX)
			return false;
	}
	*out = negative ? -v : v;
	return *s == '\0' && in_range(*out);
}

static pki_status parse(const char *text, pki_time *out, uint32_t *nsec, pki_error *err)
{
	pki_time t = 0;
	uint32_t fraction = 0;

	if (!parse_seconds(text, &t) && !parse_rfc3339(text, &t, &fraction))
		return pki_error_set_detail(err, PKI_E_ARG,
		    "neither a date and time nor Unix seconds", "RFC 3339 5.6",
		    pki_bytes_str(text));
	*out = t;
	if (nsec != NULL)
		*nsec = fraction;
	return PKI_SUCCESS;
}

pki_status pki_time_parse(const char *text, pki_time *out, uint32_t *nsec, pki_error *err)
{
	if (out != NULL)
		*out = 0;
	if (nsec != NULL)
		*nsec = 0;
	if (text == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, parse(text, out, nsec, err));
}

static void put_digits(uint8_t *to, int n, int32_t v)
{
	for (; n > 0; v /= 10)
		to[--n] = (uint8_t)('0' + v % 10);
}

static pki_status time_format(pki_time t, pki_buf *out, pki_error *err)
{
	uint8_t text[] = "0000-00-00T00:00:00Z";
	pki_civil c = { 0 };
	pki_status st = to_civil(t, &c, err);

	if (st != PKI_SUCCESS)
		return st;
	put_digits(text, 4, c.year);
	put_digits(text + 5, 2, c.month);
	put_digits(text + 8, 2, c.day);
	put_digits(text + 11, 2, c.hour);
	put_digits(text + 14, 2, c.minute);
	put_digits(text + 17, 2, c.second);
	return pki_buf_append(out, pki_bytes_of(text, sizeof text - 1), err);
}

pki_status pki_time_format(pki_time t, pki_buf *out, pki_error *err)
{
	pki_status st = out == NULL ? pki_error_null(err) : time_format(t, out, err);

	return PKI_LEAVE(err, st);
}
