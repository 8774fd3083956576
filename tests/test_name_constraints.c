/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of certificates under the nameConstraints of CAs: RFC 5280 4.2.1.10, 6.1.3 (b), (c). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/core/ctx.h"
#include "libpki/x509/name_constraints.h"
#include "tests/lib/oom.h"
#include "tests/lib/san.h"

#define LENGTH(a) (sizeof(a) / sizeof *(a))
#define SETS      4

#define EMAIL_OF(box) "1.2.840.113549.1.9.1=" box
#define ZOE           "zo\xc3\xab"

/* GeneralNames of the kinds that nobody has rules for. */
#define OTHER_NAME "x:a0{06{2a03}a0{0500}}"
#define OTHER_KIND "x:a0{06{2a04}a0{0500}}"
#define X400_NAME  "x:a3{3000}"
#define EDI_NAME   "x:a5{a1{0c{61}}}"
#define RID_NAME   "x:88{2a03}"
#define RID_OTHER  "x:88{2a04}"

enum { OK = PKI_SUCCESS, NO = PKI_E_POLICY, TELL = PKI_E_UNSUPPORTED };

/*
 * constraints: sets between ";", in the order of the path. In a set "+" is a permitted and "-" an
 * excluded subtree, whose base is written as tests/lib/san.h has it; "<" before it is a minimum of
 * 1, ">" a maximum of 1. subject: RFC 4514. names: of a subjectAltName; NULL: there is none.
 */
static const struct row {
	const char *constraints, *subject, *names;
	pki_status want;
} rows[] = {
	/* none, and none for that kind of name */
	{ "", "CN=a.example", "d:a.example|e:a|r:b|i:c0000201", OK },
	{ "+d:a.example", "", "e:me@b.example|i:c0000201|r:https://b.example/|n:CN=b", OK },
	{ "+i:c0000200ffffff00;-i:0a000000ff000000", "", "d:a.example", OK },
	{ "+n:CN=b;-e:a.example", "", "d:a.example", OK },
	{ "+d:a.example", "CN=Anybody,C=NL", NULL, OK },
	{ "+d:a.example|-e:a.example", "", NULL, OK },

	/* dNSName, D12 */
	{ "+d:a.example", "", "d:a.example", OK },
	{ "+d:a.example", "", "d:www.A.Example", OK },
	{ "+d:A.EXAMPLE", "", "d:www.a.example", OK },
	{ "+d:.a.example", "", "d:www.a.example", OK },
	{ "+d:a.example", "", "d:*.a.example", OK },
	{ "+d:a.example", "", "d:*.b.a.example", OK },
	{ "+d:", "", "d:a.example", OK },
	{ "+d:b.example|+d:a.example", "", "d:a.example|d:b.example", OK },
	{ "-d:a.example", "", "d:b.example|d:aa.example|d:example", OK },
	{ "-d:b.a.example", "", "d:*.example", OK },
	{ "-d:c.b.a.example", "", "d:*.a.example", OK },
	{ "+d:a.example", "", "d:b.example", NO },
	{ "+d:a.example", "", "d:example", NO },
	{ "+d:a.example", "", "d:ba.example", NO },
	{ "+d:a.example", "", "d:a.example|d:b.example", NO },
	{ "+d:a.example", "", "d:a.example.b.example", NO },
	{ "+d:.a.example", "", "d:a.example", NO },
	{ "+d:b.a.example", "", "d:*.a.example", NO },
	{ "+d:a.example", "", "d:*.example", NO },
	{ "-d:a.example", "", "d:a.example", NO },
	{ "-d:a.example", "", "d:b.example|d:A.EXAMPLE", NO },
	{ "-d:A.Example", "", "d:www.a.example", NO },
	{ "-d:.a.example", "", "d:www.a.example", NO },
	{ "-d:.a.example", "", "d:*.a.example", NO },
	{ "-d:b.a.example", "", "d:*.a.example", NO },
	{ "-d:B.a.example", "", "d:*.A.example", NO },
	{ "-d:a.example", "", "d:*.a.example", NO },
	{ "-d:", "", "d:a.example", NO },
	{ "-d:b.example|-d:a.example", "", "d:a.example", NO },
	{ "+d:a.example", "", "d:a.example.", TELL },
	{ "-d:a.example", "", "d:a.example.", TELL },
	{ "-d:b.example", "", "d:a.example.", TELL },
	{ "+d:a.example", "", "d:.a.example", TELL },
	{ "+d:a.example", "", "d:*", TELL },
	{ "+d:a.example", "", "d:w*.a.example", TELL },
	{ "+d:a.example", "", "d:www.*.a.example", TELL },
	{ "+d:a.example", "", "d:www_1.a.example", TELL },
	{ "-d:192.0.2.1", "", "d:192.0.2.1", TELL },
	{ "+d:a.example.", "", "d:a.example", TELL },
	{ "-d:a.example.", "", "d:b.example", TELL },
	{ "+d:*.a.example", "", "d:www.a.example", TELL },
	{ "-d:*.a.example", "", "d:www.a.example", TELL },
	{ "+d:..a.example", "", "d:www.a.example", TELL },
	/* a base that nobody can tell of, beside others: in any order */
	{ "+d:a.example|+d:*.b.example", "", "d:a.example", TELL },
	{ "+d:*.b.example|+d:a.example", "", "d:a.example", TELL },
	{ "-d:a.example|-d:*.b.example", "", "d:a.example", TELL },
	{ "-d:*.b.example|-d:a.example", "", "d:c.example", TELL },

	/* permitted and excluded, of one CA and of several, D11 */
	{ "+d:a.example|-d:b.a.example", "", "d:a.example|d:c.a.example", OK },
	{ "+d:a.example;-d:b.a.example", "", "d:a.example|d:c.a.example", OK },
	{ "+d:a.example;+d:b.a.example", "", "d:b.a.example|d:c.b.a.example", OK },
	{ "+d:a.example|+d:b.example;+d:b.example|+d:c.example", "", "d:b.example", OK },
	{ "+d:a.example;+i:c0000200ffffff00", "", "d:a.example|i:c0000201", OK },
	{ "-d:a.example;-d:b.example", "", "d:c.example", OK },
	{ "+d:a.example|-d:a.example", "", "d:a.example", NO },
	{ "+d:a.example|-d:b.a.example", "", "d:b.a.example", NO },
	{ "+d:a.example|-d:b.a.example", "", "d:*.a.example", NO },
	{ "+d:a.example;-d:b.a.example", "", "d:b.a.example", NO },
	{ "-d:b.a.example;+d:a.example", "", "d:b.a.example", NO },
	{ "-d:b.a.example;+d:a.example", "", "d:c.example", NO },
	{ "-d:b.a.example;+d:b.a.example", "", "d:b.a.example", NO },
	{ "+d:a.example;+d:b.example", "", "d:a.example", NO },
	{ "+d:a.example;+d:b.example", "", "d:b.example", NO },
	{ "+d:a.example;+d:b.a.example", "", "d:c.a.example", NO },
	{ "+d:b.a.example;+d:a.example", "", "d:c.a.example", NO },
	{ "+d:b.a.example;+d:c.a.example;+d:a.example", "", "d:b.a.example", NO },
	{ "+d:a.example|+d:b.example;+d:b.example|+d:c.example", "", "d:a.example", NO },
	{ "-d:a.example;-d:b.example", "", "d:c.example|d:a.example", NO },
	{ "-d:a.example;-d:b.example", "", "d:c.example|d:b.example", NO },
	{ "+d:;+d:a.example", "", "d:b.example", NO },
	{ "+d:a.example;+d:", "", "d:b.example", NO },
	{ "+d:a.example;+i:c0000200ffffff00", "", "d:a.example|i:c0000301", NO },
	{ "+d:a.example;+d:*.a.example", "", "d:www.a.example", TELL },

	/* rfc822Name, D13 */
	{ "+e:a.example", "", "e:me@a.example", OK },
	{ "+e:A.example", "", "e:me@a.Example", OK },
	{ "+e:.a.example", "", "e:me@b.a.example", OK },
	{ "+e:me@a.example", "", "e:me@A.example", OK },
	{ "+e:a.example", "", "e:\"b@b.example\"@a.example", OK },
	{ "+e:", "", "e:me@a.example", OK },
	{ "+e:me@a.example|+e:you@a.example", "", "e:me@a.example|e:you@a.example", OK },
	{ "-e:a.example", "", "e:me@b.a.example|e:a.example@b.example", OK },
	{ "-e:.a.example", "", "e:me@a.example", OK },
	{ "-e:me@a.example", "", "e:you@a.example|e:Me@a.example|e:me@b.example", OK },
	{ "+e:a.example", "", "e:me@b.a.example", NO },
	{ "+e:.a.example", "", "e:me@a.example", NO },
	{ "+e:me@a.example", "", "e:you@a.example", NO },
	{ "+e:me@a.example", "", "e:ME@a.example", NO },
	{ "+e:me@a.example", "", "e:me@b.example", NO },
	{ "+e:me@a.example", "", "e:me@a.example|e:me@b.example", NO },
	{ "+e:b.example", "", "e:\"b@b.example\"@a.example", NO },
	{ "-e:a.example", "", "e:me@A.EXAMPLE", NO },
	{ "-e:.a.example", "", "e:me@c.b.a.example", NO },
	{ "-e:me@a.example", "", "e:me@A.example", NO },
	{ "-e:", "", "e:me@a.example", NO },
	{ "-e:a.example", "", "e:\"b@b.example\"@a.example", NO },
	{ "-e:me@a.example", "", "e:\"me\"@A.example", TELL },
	{ "-e:\"me\"@a.example", "", "e:me@a.example", TELL },
	{ "-e:me@a.example", "", "e:\"me\"@b.example", OK },
	{ "-e:a.example", "", "e:me@a.example.", TELL },
	{ "-e:a.example", "", "e:me@b.example ", TELL },
	{ "-e:a.example", "", "e:me@[192.0.2.1]", TELL },
	{ "-e:a.example", "", "e:b.example", TELL },
	{ "-e:a.example", "", "e:me@a@b.example", TELL },
	{ "-e:a.example", "", "e:Me <me@a.example>", TELL },
	{ "-e:@a.example", "", "e:me@b.example", TELL },
	{ "-e:me@.a.example", "", "e:me@b.example", TELL },
	{ "+e:*@a.example", "", "e:me@a.example", NO },
	/* SmtpUTF8Mailbox: RFC 9598 6 */
	{ "+e:a.example", "", "u:" ZOE "@a.example", OK },
	{ "+e:.a.example", "", "u:" ZOE "@b.a.example", OK },
	{ "-e:a.example", "", "u:" ZOE "@b.example", OK },
	{ "-e:zoe@a.example", "", "u:" ZOE "@a.example", OK },
	{ "+e:a.example", "", "u:" ZOE "@b.example", NO },
	{ "+e:a.example", "", "e:me@a.example|u:" ZOE "@b.example", NO },
	{ "+e:zoe@a.example", "", "u:" ZOE "@a.example", NO },
	{ "-e:a.example", "", "u:" ZOE "@a.example", NO },
	{ "-e:", "", "u:" ZOE "@a.example", NO },
	{ "+e:a.example", "", "u:" ZOE "@a.example.", TELL },
	{ "-e:a.example", "", "u:" ZOE, TELL },
	{ "-e:a.example", "",
	    "u:" ZOE "@b\xc3\xbc"
	    "cher.example",
	    TELL },
	{ "-e:a.example", "", "x:a0{06{2b06010505070809}a0{160c6d6540622e6578616d706c65}}", TELL },
	{ "-u:" ZOE "@a.example", "", "u:" ZOE "@b.example", TELL },
	{ "-u:" ZOE "@a.example", "", "e:zoe@a.example", OK },

	/* URI, D14 */
	{ "+r:a.example", "", "r:https://a.example/", OK },
	{ "+r:A.Example", "", "r:ldap://a.eXample:389/cn?x#y", OK },
	{ "+r:a.example", "", "r:https://me:pw@a.example", OK },
	{ "+r:a.example", "", "r:https://a.example./", OK },
	{ "+r:.a.example", "", "r:https://b.a.example/", OK },
	{ "+r:", "", "r:https://b.a.example/", OK },
	{ "-r:a.example", "", "r:https://b.a.example/a.example", OK },
	{ "-r:a.example", "", "r:https://a.example@b.example/", OK },
	{ "+r:a.example", "", "r:https://b.a.example/", NO },
	{ "+r:.a.example", "", "r:https://a.example/", NO },
	{ "+r:a.example", "", "r:https://a.example@b.example/", NO },
	{ "+r:a.example", "", "r:https://b.example/?a.example", NO },
	{ "+r:a.example", "", "r:https://b.example#@a.example/", NO },
	{ "-r:a.example", "", "r:https://me@A.example:443/", NO },
	{ "-r:a.example", "", "r:https://a.example./", NO },
	{ "-r:.a.example", "", "r:https://b.a.example./", NO },
	{ "-r:", "", "r:https://a.example/", NO },
	{ "-r:a.example", "", "r:urn:a.example", TELL },
	{ "-r:a.example", "", "r:mailto:me@b.example", TELL },
	{ "-r:a.example", "", "r:https:/b.example/", TELL },
	{ "-r:a.example", "", "r:https:///b.example/", TELL },
	{ "-r:a.example", "", "r://b.example/", TELL },
	{ "-r:a.example", "", "r:b.example", TELL },
	{ "-r:a.example", "", "r:https://192.0.2.1/", TELL },
	{ "-r:a.example", "", "r:https://[2001:db8::1]/", TELL },
	{ "-r:a.example", "", "r:https://[fe80::1%25eth0]/", TELL },
	{ "-r:a.example", "", "r:https://b%2eexample/", TELL },
	{ "-r:a.example", "", "r:https://b.example../", TELL },
	{ "-r:a.example", "", "r:https://b.example:x/", TELL },
	{ "-r:a.example", "", "r:https://a@b@c.example/", TELL },
	{ "-r:a.example", "", "r:https://*.b.example/", TELL },
	{ "-r:https://a.example/", "", "r:https://b.example/", TELL },
	{ "-r:a.example:443", "", "r:https://b.example/", TELL },

	/* iPAddress, D15; what has another length is refused where it is read */
	{ "+i:c0000200ffffff00", "", "i:c00002ff", OK },
	{ "+i:0000000000000000", "", "i:c0000201", OK },
	{ "-i:0000000000000000", "", "i:20010db8000000000000000000000001", OK },
	{ "-i:c0000200ffffff00", "", "i:c0000301", OK },
	{ "+i:20010db8000000000000000000000000ffffffff000000000000000000000000", "",
	    "i:20010db8000000000000000000000001", OK },
	{ "+i:c0000200ffffff00|+i:20010db8000000000000000000000000ffffffff000000000000000000000000",
	    "", "i:c0000201|i:20010db8000000000000000000000001", OK },
	{ "+i:c0000200ffffff00", "", "i:c0000301", NO },
	{ "+i:c0000200ffffff00", "", "i:20010db8000000000000000000000001", NO },
	{ "+i:0000000000000000", "", "i:20010db8000000000000000000000001", NO },
	{ "+i:c0000201ffffffff", "", "i:c0000202", NO },
	{ "-i:c0000200ffffff00", "", "i:c0000201", NO },
	{ "-i:c0000299ffffff00", "", "i:c0000201", NO },
	{ "-i:0000000000000000", "", "i:c0000201", NO },
	{ "+i:0a000000ff000000;+i:0a010000ffff0000", "", "i:0a020001", NO },
	{ "-i:c0000200ffff00ff", "", "i:0a000001", TELL },
	{ "+i:c0000200ff00ff00", "", "i:c0000201", TELL },
	{ "-i:c000020000ffffff", "", "i:0a000001", TELL },
	{ "-i:c0000200ffffff00", "", "i:00000000000000000000ffffc0000201", TELL },
	{ "+i:c0000200ffffff00", "", "i:00000000000000000000ffffc0000201", TELL },
	{ "-i:00000000000000000000ffffc0000200ffffffffffffffffffffffffffffff00", "", "i:c0000201",
	    TELL },
	{ "+i:c0000200ffffff00|+i:00000000000000000000ffffc0000200fffffffffffffffffffffffffffffff0",
	    "", "i:c0000201", TELL },

	/* directoryName, D16 */
	{ "+n:O=Ex,C=NL", "CN=a,O=Ex,C=NL", NULL, OK },
	{ "+n:O=Ex,C=NL", "O=Ex,C=NL", NULL, OK },
	{ "+n:O=Ex,C=NL", "CN=a,O=  eX ,C=nl", NULL, OK },
	{ "+n:O=Ex,C=NL", "", "n:CN=a,O=Ex,C=NL", OK },
	{ "+n:O=Ex,C=NL", "", "d:a.example", OK },
	{ "+n:O=Ex,C=NL", "CN=a,O=#13024578,C=NL", NULL, OK },
	{ "+n:O=Ex,C=NL", "CN=a,O=#1e0400450078,C=NL", NULL, OK },
	{ "+n:", "CN=a,O=Ex,C=NL", "n:", OK },
	{ "-n:O=Ex,C=NL", "CN=a,C=NL,O=Ex", "n:O=Ex,OU=a,C=NL", OK },
	{ "-n:O=Ex,C=NL", "", "n:C=NL", OK },
	{ "+n:O=Ex,C=NL|+n:O=Ey,C=NL", "CN=a,O=Ey,C=NL", NULL, OK },
	{ "+n:O=Ex,C=NL", "CN=a,O=Ex,L=a,C=NL", NULL, NO },
	{ "+n:O=Ex,C=NL", "O=Ex,C=NL,DC=a", NULL, NO },
	{ "+n:O=Ex,C=NL", "C=NL,O=Ex", NULL, NO },
	{ "+n:O=Ex,C=NL", "CN=a+O=Ex,C=NL", NULL, NO },
	{ "+n:O=Ex,C=NL", "C=NL", NULL, NO },
	{ "+n:O=Ex,C=NL", "CN=a,O=Exx,C=NL", NULL, NO },
	{ "+n:O=Ex,C=NL", "CN=a,O=Ex,C=NL", "n:CN=a", NO },
	{ "+n:O=Ex,C=NL", "CN=a", "n:CN=a,O=Ex,C=NL", NO },
	{ "+n:O=Ex,C=NL", "", "n:", NO },
	{ "-n:O=Ex,C=NL", "CN=a,O=Ex,C=NL", NULL, NO },
	{ "-n:O=Ex,C=NL", "CN=a,O=EX,C=nl", NULL, NO },
	{ "-n:O=Ex,C=NL", "CN=a,O=#1e0400450078,C=NL", NULL, NO },
	{ "-n:O=Ex,C=NL", "", "n:O=Ex,C=NL", NO },
	{ "-n:", "CN=a", NULL, NO },
	{ "-n:", "", "n:", NO },
	{ "+n:C=NL;-n:O=Ex,C=NL", "CN=a,O=Ex,C=NL", NULL, NO },
	{ "+n:O=Ex,C=NL;+n:O=Ey,C=NL", "CN=a,O=Ex,C=NL", NULL, NO },

	/* emailAddress of the subject, whatever is in subjectAltName */
	{ "+e:a.example", EMAIL_OF("me@a.example"), NULL, OK },
	{ "+e:a.example", EMAIL_OF("me@b.example"), "e:me@a.example", NO },
	{ "-e:a.example", EMAIL_OF("me@b.example"), "d:a.example", OK },
	{ "+d:a.example", EMAIL_OF("me@b.example"), NULL, OK },
	{ "+e:a.example", EMAIL_OF("me@b.example"), NULL, NO },
	{ "+e:a.example", EMAIL_OF("me@b.example"), "d:a.example", NO },
	{ "+e:a.example", EMAIL_OF("me@b.example"), "u:" ZOE "@a.example", NO },
	{ "+e:a.example", EMAIL_OF("me@a.example") "," EMAIL_OF("me@b.example"), NULL, NO },
	{ "+e:a.example", "O=Ex+" EMAIL_OF("me@b.example") "+CN=a", NULL, NO },
	{ "-e:a.example", EMAIL_OF("me@A.example"), NULL, NO },
	{ "-e:me@a.example", EMAIL_OF("me@a.example"), NULL, NO },
	{ "-e:a.example", EMAIL_OF("me@a.example."), NULL, TELL },
	{ "-e:a.example", EMAIL_OF("b.example"), NULL, TELL },
	{ "-e:a.example", EMAIL_OF("#040c6d6540622e6578616d706c65"), NULL, TELL },
	{ "-n:O=Ex", "CN=a," EMAIL_OF("me@a.example") ",O=Ex", NULL, NO },

	/* a common name that reads as a host, where no dNSName is in its way, D19 */
	{ "+d:a.example", "CN=www.a.example", NULL, OK },
	{ "+d:a.example", "CN=www.b.example", "d:www.a.example", OK },
	{ "+d:a.example", "CN=b", "i:c0000201", OK },
	{ "+d:a.example", "CN=Zoe B. Ex.", "i:c0000201", OK },
	{ "+d:a.example", "CN=me@b.example", "e:me@b.example", OK },
	{ "-d:a.example", "O=www.a.example", NULL, OK },
	{ "+d:a.example", "CN=www.b.example", NULL, NO },
	{ "+d:a.example", "CN=www.b.example", "i:c0000201", NO },
	{ "+d:a.example", "CN=www.b.example", "e:me@a.example", NO },
	{ "+d:a.example", "CN=www.b.example.", "e:me@a.example", OK },
	{ "+d:a.example", "CN=*.b.example", "i:c0000201", NO },
	{ "+d:a.example", "CN=www.a.example,CN=www.b.example", NULL, NO },
	{ "+d:a.example", "CN=www.b.example,O=Ex,C=NL", "r:https://www.a.example/", NO },
	{ "-d:a.example", "CN=WWW.A.Example", "i:c0000201", NO },
	{ "-d:b.a.example", "CN=*.a.example", NULL, NO },
	{ "-d:", "CN=www.a.example", NULL, NO },

	/* without rules: such a name is there, or not, D17 */
	{ "-" X400_NAME "|-" EDI_NAME "|-" RID_NAME "|-" OTHER_NAME, "CN=a",
	    "d:a.example|e:me@a.example|r:https://a.example/|i:c0000201|n:CN=a", OK },
	{ "+" X400_NAME "|+" EDI_NAME "|+" RID_NAME "|+" OTHER_NAME, "CN=a", NULL, OK },
	{ "-d:b.example|-n:O=Ex", "", X400_NAME "|" EDI_NAME "|" RID_NAME "|" OTHER_NAME, OK },
	{ "-e:a.example", "", OTHER_NAME, OK },
	{ "+" X400_NAME, "", X400_NAME, TELL },
	{ "-" X400_NAME, "", X400_NAME, TELL },
	{ "+" EDI_NAME, "", EDI_NAME, TELL },
	{ "-" EDI_NAME, "", EDI_NAME, TELL },
	{ "+" RID_NAME, "", RID_NAME, TELL },
	{ "-" RID_NAME, "", RID_OTHER, TELL },
	{ "+" OTHER_NAME, "", OTHER_NAME, TELL },
	{ "-" OTHER_NAME, "", OTHER_KIND, TELL },
	{ "-" OTHER_NAME, "", "u:" ZOE "@a.example", TELL },
	{ "+e:a.example|-" OTHER_NAME, "", "u:" ZOE "@a.example", TELL },
	{ "-" RID_NAME, "CN=a", "d:a.example|" RID_OTHER, TELL },
	{ "-d:b.example;-" RID_NAME, "", "d:a.example|" RID_NAME, TELL },

	/* minimum and maximum, D18 */
	{ "+<d:a.example", "", "e:me@a.example", OK },
	{ "->d:a.example", "", "i:c0000201", OK },
	{ "+<d:a.example", "", "d:a.example", TELL },
	{ "+>d:a.example", "", "d:a.example", TELL },
	{ "-<d:a.example", "", "d:b.example", TELL },
	{ "->d:a.example", "", "d:b.example", TELL },
	{ "+d:a.example|+<d:a.example", "", "d:a.example", TELL },
	{ "+<n:O=Ex", "O=Ex", NULL, TELL },
	{ "-<i:c0000200ffffff00", "", "i:0a000001", TELL },
	{ "-<e:a.example", EMAIL_OF("me@b.example"), NULL, TELL },
	{ "-<d:a.example", "CN=b.example", NULL, TELL },
};

/* Common names of CAs are no hosts. */
static const struct row ca_rows[] = {
	{ "+d:a.example", "CN=ca.b.example", NULL, OK },
	{ "-d:b.example", "CN=ca.b.example", NULL, OK },
	{ "+d:a.example", "CN=ca.b.example", "d:ca.b.example", NO },
	{ "-e:b.example", EMAIL_OF("me@b.example"), NULL, NO },
	{ "+n:O=Ex", "CN=ca", NULL, NO },
};

/* ---- constraints and certificates from text ---- */

/* Octets, a set's permitted and excluded subtrees side by side each. */
typedef struct lists {
	pki_buf of[SETS][2];
	size_t count;
} lists;

static void put_subtree(pki_derw *w, const char *text, size_t len)
{
	bool minimum = *text == '<', maximum = *text == '>';

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	t_put_name(w, text + minimum + maximum, len - minimum - maximum);
	if (minimum)
		pki_derw_raw(w, t_hex("80 01 01"));
	if (maximum)
		pki_derw_raw(w, t_hex("81 01 01"));
	pki_derw_end(w);
}

/* One set; returns what follows it. */
static const char *read_set(const char *text, pki_buf of[2])
{
	pki_derw w[2];

	for (int i = 0; i < 2; i++)
		pki_derw_init(&w[i], NULL);
	while (*text != '\0' && *text != ';') {
		size_t n = strcspn(text, "|;");

		ck_assert(*text == '+' || *text == '-');
		put_subtree(&w[*text == '-'], text + 1, n - 1);
		text += n + (text[n] == '|');
	}
	for (int i = 0; i < 2; i++)
		t_ok(pki_derw_finish(&w[i], &of[i], err));
	return text + (*text == ';');
}

static void read_sets(const char *text, lists *l)
{
	*l = (lists){ .count = 0 };
	while (*text != '\0') {
		ck_assert_uint_lt(l->count, SETS);
		text = read_set(text, l->of[l->count++]);
	}
}

static void free_lists(lists *l)
{
	for (size_t i = 0; i < l->count; i++)
		for (int k = 0; k < 2; k++)
			pki_buf_free(&l->of[i][k]);
}

static pki_name_constraints set_at(const lists *l, size_t i)
{
	return (pki_name_constraints){ pki_buf_bytes(&l->of[i][0]), pki_buf_bytes(&l->of[i][1]) };
}

static void put_extension(pki_derw *w, pki_bytes oid, pki_bytes value)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, oid);
	pki_derw_put(w, PKI_TAG_OCTETS, value);
	pki_derw_end(w);
}

static void put_name_constraints(pki_derw *w, const pki_name_constraints *nc)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, PKI_OID(name_constraints));
	pki_derw_begin(w, PKI_TAG_OCTETS);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (nc->permitted.len > 0)
		pki_derw_put(w, PKI_TAG_EXPLICIT(0), nc->permitted);
	if (nc->excluded.len > 0)
		pki_derw_put(w, PKI_TAG_EXPLICIT(1), nc->excluded);
	for (int i = 0; i < 3; i++)
		pki_derw_end(w);
}

/* What nobody signed. All is NULL where it is absent. */
typedef struct parts {
	const char *subject;
	const pki_bytes *san;
	const pki_name_constraints *constraints;
	bool ca;
} parts;

static void put_subject(pki_derw *w, const char *subject)
{
	pki_name *n;

	t_ok(pki_name_from_string(NULL, subject, &n, err));
	pki_derw_raw(w, pki_name_der(n));
	pki_name_free(n);
}

static void put_extensions(pki_derw *w, const parts *p)
{
	pki_derw_begin(w, PKI_TAG_EXPLICIT(3));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	put_extension(w, PKI_OID(basic_constraints), t_hex(p->ca ? "3003 0101ff" : "3000"));
	if (p->san != NULL)
		put_extension(w, PKI_OID(subject_alt_name), *p->san);
	if (p->constraints != NULL)
		put_name_constraints(w, p->constraints);
	pki_derw_end(w);
	pki_derw_end(w);
}

static pki_cert *make_cert(const parts *p)
{
	static const char algorithm[] = "30{06{2b6570}}", issuer[] = "30{31{30{06{550403}0c{63}}}}";
	pki_buf der = PKI_BUF_INIT;
	pki_cert *c;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, t_hex("a003020102 020101"));
	pki_derw_raw(&w, t_nested(algorithm));
	pki_derw_raw(&w, t_nested(issuer));
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_time(&w, 1700000000);
	pki_derw_time(&w, 1800000000);
	pki_derw_end(&w);
	put_subject(&w, p->subject);
	pki_derw_raw(&w, t_nested("30{30{06{2b6570}}03{0001}}"));
	put_extensions(&w, p);
	pki_derw_end(&w);
	pki_derw_raw(&w, t_nested(algorithm));
	pki_derw_raw(&w, t_hex("03020001"));
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &der, err));
	t_ok(pki_cert_parse(NULL, pki_buf_bytes(&der), &c, err));
	pki_buf_free(&der);
	return c;
}

static pki_cert *cert_of(const char *subject, const char *names, bool ca)
{
	pki_buf san = names == NULL ? (pki_buf)PKI_BUF_INIT : t_san(names);
	pki_bytes value = pki_buf_bytes(&san);
	pki_cert *c = make_cert(
	    &(parts){ .subject = subject, .san = names == NULL ? NULL : &value, .ca = ca });

	pki_buf_free(&san);
	return c;
}

/* ---- every row ---- */

static void check_want(const struct row *r, pki_status st, const pki_error *err)
{
	ck_assert_msg(st == r->want, "%s: %s, %s: want %s, got %s (%s)", r->constraints, r->subject,
	    r->names == NULL ? "none" : r->names, pki_status_text(r->want), pki_status_text(st),
	    t_error(err));
	ck_assert_int_eq(pki_error_status(err), st);
	if (st == PKI_SUCCESS)
		return;
	ck_assert_str_eq(pki_error_clause(err), "RFC 5280 4.2.1.10");
	ck_assert_str_ne(pki_error_detail(err), "");
}

static void add_lists(pki_nc *n, const lists *l, bool backwards)
{
	for (size_t i = 0; i < l->count; i++) {
		pki_name_constraints nc = set_at(l, backwards ? l->count - 1 - i : i);

		t_ok(pki_nc_add(n, &nc, err));
	}
}

static void check_lists(const struct row *r, const lists *l, const pki_cert *c, bool backwards)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st;
	pki_nc n;

	pki_nc_init(&n, NULL, NULL);
	add_lists(&n, l, backwards);
	st = pki_nc_check(&n, c, &why);
	check_want(r, st, &why);
	ck_assert_int_eq(pki_nc_check(&n, c, NULL), st);
	pki_nc_restart(&n);
	t_ok(pki_nc_check(&n, c, err));
	pki_nc_free(&n);
}

static void check_cas(const struct row *r, const lists *l, const pki_cert *c)
{
	pki_cert *cas[SETS];
	pki_error why = PKI_ERROR_INIT;
	pki_status st;
	pki_nc n;

	pki_nc_init(&n, NULL, NULL);
	for (size_t i = 0; i < l->count; i++) {
		pki_name_constraints nc = set_at(l, i);

		cas[i] = make_cert(&(parts){ .subject = "CN=CA", .constraints = &nc, .ca = true });
		t_ok(pki_nc_add_cert(&n, cas[i], err));
	}
	st = pki_nc_check(&n, c, &why);
	check_want(r, st, &why);
	pki_nc_free(&n);
	for (size_t i = 0; i < l->count; i++)
		pki_cert_free(cas[i]);
}

static void check_row(const struct row *r, bool ca)
{
	pki_cert *c = cert_of(r->subject, r->names, ca);
	lists l;

	read_sets(r->constraints, &l);
	check_lists(r, &l, c, false);
	check_lists(r, &l, c, true);
	check_cas(r, &l, c);
	free_lists(&l);
	pki_cert_free(c);
}

START_TEST(test_rows)
{
	for (size_t i = 0; i < LENGTH(rows); i++)
		check_row(&rows[i], false);
	for (size_t i = 0; i < LENGTH(ca_rows); i++)
		check_row(&ca_rows[i], true);
}
END_TEST

/* Whatever a CA adds, nothing becomes acceptable. */
START_TEST(test_more_constraints)
{
	lists all[LENGTH(rows)];

	for (size_t i = 0; i < LENGTH(rows); i++)
		read_sets(rows[i].constraints, &all[i]);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_cert *c = cert_of(rows[i].subject, rows[i].names, false);
		pki_nc n;

		pki_nc_init(&n, NULL, NULL);
		for (size_t k = 0; rows[i].want != OK && k < LENGTH(rows); k++) {
			pki_nc_restart(&n);
			add_lists(&n, &all[k], false);
			add_lists(&n, &all[i], false);
			ck_assert_msg(pki_nc_check(&n, c, NULL) != PKI_SUCCESS, "%s, then %s: %s",
			    rows[k].constraints, rows[i].constraints, rows[i].names);
		}
		pki_nc_free(&n);
		pki_cert_free(c);
	}
	for (size_t i = 0; i < LENGTH(rows); i++)
		free_lists(&all[i]);
}
END_TEST

/* ---- what is read ---- */

static void check_bad(pki_status want, const char *permitted)
{
	pki_name_constraints nc = { .permitted = t_nested(permitted) };
	pki_cert *c = cert_of("CN=a", "d:a.example", false);
	pki_nc n;

	pki_nc_init(&n, NULL, NULL);
	t_fails(want, pki_nc_add(&n, &nc, err));
	ck_assert_uint_eq(n.count, 0);
	t_ok(pki_nc_check(&n, c, err));
	pki_nc_free(&n);
	pki_cert_free(c);
}

START_TEST(test_bad_constraints)
{
	check_bad(PKI_E_ENCODING, "30");
	check_bad(PKI_E_STRUCTURE, "31{82{61}}");
	check_bad(PKI_E_ENCODING, "30{82{61}} 30");
	check_bad(PKI_E_ENCODING, "30{82{61}80{00}}"); /* DEFAULT */
	check_bad(PKI_E_STRUCTURE, "30{82{61}80{ff}}");
	check_bad(PKI_E_STRUCTURE, "30{82{61}81{ff}}");
	check_bad(PKI_E_STRUCTURE, "30{87{c0000201}}");
	check_bad(PKI_E_STRUCTURE, "30{87{c0000200ffffff}}");
	check_bad(PKI_E_STRUCTURE, "30{87{}}");
	check_bad(PKI_E_STRUCTURE, "30{87{c0000200ffffffffffffff00}}");
	check_bad(PKI_E_ENCODING, "30{82{e9}}");
	check_bad(PKI_E_STRUCTURE, "30{a4{30{3100}}}");
}
END_TEST

static void check_bad_names(pki_status want, const char *san)
{
	const pki_bytes value = t_nested(san);
	const pki_nc_names names = { .san = &value };
	pki_nc n;
	lists l;

	read_sets("-d:b.example", &l);
	pki_nc_init(&n, NULL, NULL);
	t_ok(pki_nc_check_names(&n, &names, err));
	add_lists(&n, &l, false);
	t_fails(want, pki_nc_check_names(&n, &names, err));
	pki_nc_free(&n);
	free_lists(&l);
}

START_TEST(test_bad_alt_names)
{
	check_bad_names(PKI_E_STRUCTURE, "3000");
	check_bad_names(PKI_E_ENCODING, "30{82{61}87}");
	check_bad_names(PKI_E_STRUCTURE, "30{82{61}87{00}}");
	check_bad_names(PKI_E_STRUCTURE, "30{82{61}87{c0000200ffffff00}}");
	check_bad_names(PKI_E_STRUCTURE, "30{82{61}}00");
	check_bad_names(PKI_E_STRUCTURE, "");
}
END_TEST

/* A subject that is NULL is empty; a certificate without the extension constrains nothing. */
START_TEST(test_nothing)
{
	const pki_nc_names none = { .subject = NULL };
	pki_cert *c = cert_of("CN=a", NULL, true);
	pki_nc n;
	lists l;

	read_sets("-n:;-d:|-e:", &l);
	pki_nc_init(&n, NULL, NULL);
	t_ok(pki_nc_add_cert(&n, c, err));
	t_ok(pki_nc_add(&n, &(const pki_name_constraints){ { 0 }, { 0 } }, err));
	ck_assert_uint_eq(n.count, 0);
	add_lists(&n, &l, false);
	t_ok(pki_nc_check_names(&n, &none, err));
	pki_nc_free(&n);
	pki_nc_free(&n);
	free_lists(&l);
	pki_cert_free(c);
}
END_TEST

/* ---- what is said ---- */

#define A20 "aaaaaaaaaaaaaaaaaaaa"

static const struct told {
	const char *owner, *constraints, *subject, *names;
	const char *reason, *detail;
} told[] = {
	{ "CN=Sub CA,O=Ex", "+d:a.example", "", "d:www.b.example",
	    "a name that nameConstraints do not permit",
	    "dns:www.b.example (those of CN=Sub CA,O=Ex)" },
	{ "CN=CA", "-i:c0000200ffffff00", "", "i:c0000201", "a name that nameConstraints exclude",
	    "ip:192.0.2.1 (those of CN=CA)" },
	{ "CN=CA", "-d:a.example", "", "d:b_1.example",
	    "a name that nameConstraints cannot be applied to",
	    "dns:b_1.example (those of CN=CA)" },
	{ "CN=CA", "-<d:a.example", "", "d:b.example",
	    "a name under nameConstraints with a minimum or maximum",
	    "dns:b.example (those of CN=CA)" },
	{ "CN=CA", "+n:O=Ex", "CN=a,O=Ey", NULL, "a name that nameConstraints do not permit",
	    "dn:CN=a,O=Ey (those of CN=CA)" },
	{ "CN=CA", "+e:a.example", EMAIL_OF("me@b.example"), NULL,
	    "a name that nameConstraints do not permit", "email:me@b.example (those of CN=CA)" },
	{ "CN=CA", "+d:a.example", "CN=b.example", NULL,
	    "a name that nameConstraints do not permit", "dns:b.example (those of CN=CA)" },
	{ "CN=CA", "+d:a.example", "", "d:" A20 "." A20 "." A20 "." A20,
	    "a name that nameConstraints do not permit",
	    "dns:" A20 "." A20 "." A20 ".aa... (those of CN=CA)" },
	{ NULL, "+d:a.example", "", "d:www.b.example", "a name that nameConstraints do not permit",
	    "dns:www.b.example (those of the caller or the trust anchor)" },
};

static void check_told(const struct told *t)
{
	pki_cert *c = cert_of(t->subject, t->names, false), *ca = NULL;
	pki_error why = PKI_ERROR_INIT;
	pki_name_constraints nc;
	pki_nc n;
	lists l;

	read_sets(t->constraints, &l);
	nc = set_at(&l, 0);
	pki_nc_init(&n, NULL, NULL);
	if (t->owner == NULL) {
		t_ok(pki_nc_add(&n, &nc, err));
	} else {
		ca = make_cert(&(parts){ .subject = t->owner, .constraints = &nc, .ca = true });
		t_ok(pki_nc_add_cert(&n, ca, err));
	}
	ck_assert_int_ne(pki_nc_check(&n, c, &why), PKI_SUCCESS);
	ck_assert_str_eq(pki_error_reason(&why), t->reason);
	ck_assert_str_eq(pki_error_detail(&why), t->detail);
	pki_nc_free(&n);
	free_lists(&l);
	pki_cert_free(ca);
	pki_cert_free(c);
}

START_TEST(test_told)
{
	for (size_t i = 0; i < LENGTH(told); i++)
		check_told(&told[i]);
}
END_TEST

/* ---- what it costs, D10 ---- */

/* "x0000.example", of as many. subtrees: side by side, each in its SEQUENCE; else GeneralNames. */
static pki_buf many(pki_tag tag, const char *prefix, size_t count, bool subtrees)
{
	pki_buf out = PKI_BUF_INIT;
	char text[32];
	pki_derw w;

	pki_derw_init(&w, NULL);
	if (!subtrees)
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < count; i++) {
		snprintf(text, sizeof text, "%s%04zu.example", prefix, i);
		if (subtrees)
			pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_put(&w, tag, pki_bytes_str(text));
		if (subtrees)
			pki_derw_end(&w);
	}
	if (!subtrees)
		pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

#define DNS_TAG   PKI_TAG_IMPLICIT(PKI_GN_DNS)
#define EMAIL_TAG PKI_TAG_IMPLICIT(PKI_GN_EMAIL)

static bool say_yes(void *asked)
{
	return ++*(int *)asked > 2;
}

/* names x subtrees, both excluded and permitted ones; what it comes to. */
static pki_status judge_many(
    pki_ctx *ctx, size_t names, size_t permitted, size_t excluded, pki_error *why)
{
	pki_buf san = many(DNS_TAG, "n", names, false), other = many(EMAIL_TAG, "o", 100, true);
	pki_buf in = many(DNS_TAG, "n", permitted, true), out = many(DNS_TAG, "x", excluded, true);
	const pki_bytes value = pki_buf_bytes(&san);
	const pki_nc_names who = { .san = &value };
	const pki_name_constraints nc = { pki_buf_bytes(&in), pki_buf_bytes(&out) };
	const pki_name_constraints mail = { .permitted = pki_buf_bytes(&other) };
	pki_call call;
	pki_status st;
	pki_nc n;

	pki_call_begin(&call, ctx);
	pki_nc_init(&n, ctx, &call);
	t_ok(pki_nc_add(&n, &nc, err));
	t_ok(pki_nc_add(&n, &mail, err));
	st = pki_nc_check_names(&n, &who, why);
	pki_nc_free(&n);
	pki_buf_free(&out);
	pki_buf_free(&in);
	pki_buf_free(&other);
	pki_buf_free(&san);
	return st;
}

static pki_ctx *context(const pki_ctx_opts *o)
{
	pki_ctx *ctx;

	t_ok(pki_ctx_new(o, &ctx, err));
	return ctx;
}

/* A unit for each name, each subtree, and each pair of one kind. */
START_TEST(test_work)
{
	pki_ctx *ctx = context(NULL);

	t_ok(judge_many(ctx, 10, 10, 7, err));
	ck_assert_uint_eq(pki_ctx_work(ctx), 10 + (10 + 7 + 100) + 10 * (10 + 7));
	pki_ctx_free(ctx);
}
END_TEST

#define MANY  2048
#define PAIRS ((size_t)1 << 20)

START_TEST(test_many_names)
{
	pki_ctx *ctx = context(NULL);
	uint64_t before;

	t_fails(PKI_E_LIMIT, judge_many(ctx, MANY, MANY, MANY, err));
	ck_assert_uint_le(pki_ctx_work(ctx), PAIRS + 3 * MANY + 100);
	before = pki_ctx_work(ctx);
	t_ok(judge_many(ctx, MANY, 0, PAIRS / MANY, err));
	ck_assert_uint_le(pki_ctx_work(ctx) - before, PAIRS + 2 * MANY + 100);
	t_fails(PKI_E_LIMIT, judge_many(ctx, MANY, 0, PAIRS / MANY + 1, err));
	pki_ctx_free(ctx);
}
END_TEST

/* 2 names x 3 subtrees: the sixth comparison is the last one. */
START_TEST(test_limit)
{
	for (size_t most = 1; most <= 7; most++) {
		const pki_limits limits = { .size = sizeof limits, .name_comparisons = most };
		pki_ctx *ctx = context(PKI_OPTS(pki_ctx_opts, .limits = &limits));
		pki_error why = PKI_ERROR_INIT;

		ck_assert_int_eq(
		    judge_many(ctx, 2, 2, 1, &why), most < 6 ? PKI_E_LIMIT : PKI_SUCCESS);
		pki_ctx_free(ctx);
	}
}
END_TEST

static pki_status check_text(pki_nc *n, const char *names)
{
	pki_cert *c = cert_of("", names, false);
	pki_status st = pki_nc_check(n, c, NULL);

	pki_cert_free(c);
	return st;
}

/* Of each kind, and along all paths. */
START_TEST(test_limit_of_a_kind)
{
	const pki_limits limits = { .size = sizeof limits, .name_comparisons = 3 };
	pki_ctx *ctx = context(PKI_OPTS(pki_ctx_opts, .limits = &limits));
	pki_nc n;
	lists l;

	read_sets("-d:b.example;-e:b.example|-i:c0000200ffffff00", &l);
	pki_nc_init(&n, ctx, NULL);
	add_lists(&n, &l, false);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(check_text(&n, "d:a.example|i:0a000001"), PKI_SUCCESS);
		pki_nc_restart(&n);
		add_lists(&n, &l, false);
	}
	ck_assert_int_eq(check_text(&n, "d:a.example"), PKI_E_LIMIT);
	ck_assert_int_eq(check_text(&n, "i:0a000001"), PKI_E_LIMIT);
	ck_assert_int_eq(check_text(&n, "e:me@a.example"), PKI_SUCCESS);
	ck_assert_int_eq(check_text(&n, "r:https://a.example/"), PKI_SUCCESS);
	pki_nc_free(&n);
	free_lists(&l);
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(test_stopped)
{
	int asked = 0;
	pki_ctx *cancelled = context(
	    PKI_OPTS(pki_ctx_opts, .cancel = say_yes, .cancel_ud = &asked));
	pki_ctx *poor = context(PKI_OPTS(pki_ctx_opts, .budget = 5000));

	t_fails(PKI_E_CANCELLED, judge_many(cancelled, MANY, 0, 100, err));
	ck_assert_uint_lt(pki_ctx_work(cancelled), 20000);
	t_fails(PKI_E_LIMIT, judge_many(poor, 100, 0, 100, err));
	pki_ctx_free(poor);
	pki_ctx_free(cancelled);
}
END_TEST

/* More in one list than san_names: the rest is not taken for absent. */
START_TEST(test_long_lists)
{
	const pki_limits limits = { .size = sizeof limits, .san_names = 2 };
	pki_ctx *ctx = context(PKI_OPTS(pki_ctx_opts, .limits = &limits));
	pki_name_constraints nc;
	pki_buf san = t_san("d:a.example|d:a.example|d:b.example");
	const pki_bytes value = pki_buf_bytes(&san);
	pki_nc n;
	lists l;

	read_sets("-d:b.example;-d:c.example|-d:d.example|-d:a.example", &l);
	pki_nc_init(&n, ctx, NULL);
	nc = set_at(&l, 1);
	t_fails(PKI_E_LIMIT, pki_nc_add(&n, &nc, err));
	nc = set_at(&l, 0);
	t_ok(pki_nc_add(&n, &nc, err));
	t_fails(PKI_E_LIMIT, pki_nc_check_names(&n, &(const pki_nc_names){ .san = &value }, err));
	pki_nc_free(&n);
	free_lists(&l);
	pki_buf_free(&san);
	pki_ctx_free(ctx);
}
END_TEST

/* ---- memory ---- */

static pki_status judge_sets(const lists *l, const pki_cert *c, pki_error *why)
{
	pki_status st = PKI_SUCCESS;
	pki_nc n;

	pki_nc_init(&n, NULL, NULL);
	for (size_t i = 0; st == PKI_SUCCESS && i < l->count; i++) {
		pki_name_constraints nc = set_at(l, i);

		st = pki_nc_add(&n, &nc, why);
	}
	if (st == PKI_SUCCESS)
		st = pki_nc_check(&n, c, why);
	pki_nc_free(&n);
	return st;
}

/* Without memory a name is refused, if with less to say. */
static void check_memory(const struct row *r)
{
	pki_cert *c = cert_of(r->subject, r->names, false);
	unsigned long count = 1;
	lists l;

	read_sets(r->constraints, &l);
	for (unsigned long k = 1; k <= count; k++) {
		pki_error why = PKI_ERROR_INIT;
		pki_status st;

		oom_begin(k, false);
		st = judge_sets(&l, c, &why);
		count = oom_end();
		ck_assert_int_eq(oom_balance(), 0);
		ck_assert_int_eq(pki_error_status(&why), st);
		ck_assert_msg(st == PKI_E_NOMEM || st == r->want, "%s, allocation %lu: %s",
		    r->constraints, k, pki_status_text(st));
	}
	free_lists(&l);
	pki_cert_free(c);
}

START_TEST(test_no_memory)
{
	for (size_t i = 0; i < LENGTH(rows); i++)
		check_memory(&rows[i]);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_rows, test_more_constraints, test_bad_constraints,
		test_bad_alt_names, test_nothing, test_told, test_work, test_many_names, test_limit,
		test_limit_of_a_kind, test_stopped, test_long_lists, test_no_memory, NULL };

	return t_main("name_constraints", tests);
}
