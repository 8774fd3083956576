/* SPDX-License-Identifier: BSD-3-Clause */
/* How long ago something was, for people. */
#include <inttypes.h>
#include <stdio.h>

#include "libpki/verify/dates.h"

static const struct unit {
	int64_t seconds;
	const char *one, *many;
} units[] = {
	{ INT64_C(365) * 86400, "year", "years" },
	{ 86400, "day", "days" },
	{ 3600, "hour", "hours" },
	{ 60, "minute", "minutes" },
	{ 1, "second", "seconds" },
};

/* The largest unit of which there are two, or one second. */
static const struct unit *unit_of(int64_t seconds)
{
	const struct unit *u = units;

	while (u->seconds > 1 && seconds < 2 * u->seconds)
		u++;
	return u;
}

static void write_date(pki_time t, char out[PKI_DISTANCE_ROOM])
{
	pki_civil c;

	if (pki_time_to_civil(t, &c, NULL) != PKI_SUCCESS)
		c = (pki_civil){ 0 };
	snprintf(out, PKI_DISTANCE_ROOM,
	    "%04" PRId32 "-%02" PRId32 "-%02" PRId32 "T%02" PRId32 ":%02" PRId32 ":%02" PRId32 "Z",
	    c.year, c.month, c.day, c.hour, c.minute, c.second);
}

void pki_time_distance(pki_time t, pki_time now, char out[PKI_DISTANCE_ROOM])
{
	int64_t seconds = t < now ? now - t : t - now;
	const struct unit *u = unit_of(seconds);
	int64_t n = seconds / u->seconds;
	char date[PKI_DISTANCE_ROOM];

	write_date(t, date);
	snprintf(out, PKI_DISTANCE_ROOM, "%s%" PRId64 " %s%s, at %.20s", t <= now ? "" : "in ", n,
	    n == 1 ? u->one : u->many, t <= now ? " ago" : "", date);
}
