/* SPDX-License-Identifier: BSD-3-Clause */
/* The modules that libpki ships, compiled. */
#include <stddef.h>

#include "libpki/asn1/module.h"
#include "libpki/asn1/modules_table.h"
