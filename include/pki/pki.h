/* SPDX-License-Identifier: BSD-3-Clause */
/* All of libpki. */
#ifndef PKI_PKI_H
#define PKI_PKI_H

#include <pki/base.h>
#include <pki/error.h>
#include <pki/ctx.h>
#include <pki/time.h>
#include <pki/oid.h>
#include <pki/der.h>
#include <pki/asn1.h>
#include <pki/pem.h>
#include <pki/alg.h>
#include <pki/backend.h>
#include <pki/key.h>
#include <pki/sign.h>
#include <pki/name.h>
#include <pki/ext.h>
#include <pki/ext_policy.h>
#include <pki/ext_crl.h>
#include <pki/ext_more.h>
#include <pki/csr.h>
#include <pki/cert.h>
#include <pki/certs.h>
#include <pki/crl.h>
#include <pki/bundle.h>
#include <pki/trust.h>
#include <pki/verify.h>
#include <pki/read.h>

#endif
