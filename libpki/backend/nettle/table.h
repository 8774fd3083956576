/* SPDX-License-Identifier: BSD-3-Clause */
/* The Nettle backend's table as an object, so that a static instance can point to it. */
#ifndef LIBPKI_BACKEND_NETTLE_TABLE_H
#define LIBPKI_BACKEND_NETTLE_TABLE_H

#include <pki/backend.h>

/* What pki_backend_nettle returns. It keeps no state: `self` is NULL. */
extern const pki_backend_table pki_nettle_table;

#endif
