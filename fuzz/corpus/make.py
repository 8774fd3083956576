#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Makes the seeds of ber, asn1_json, asn1_module, build, crl_scope, der, oid, spki, alg, sign, text, ext_more, asn1, identity, name_constraints, trust, api and most of ext from tests/vectors/mutate and by hand."""

import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
VECTORS = HERE.parent.parent / "tests/vectors/mutate"


def seed(target, name, octets):
    (HERE / target).mkdir(exist_ok=True)
    (HERE / target / name).write_bytes(octets)


def tlv(tag, *contents):
    body = b"".join(contents)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def oid(text):
    arcs = [int(a) for a in text.split(".")]
    out = b""
    for arc in [arcs[0] * 40 + arcs[1]] + arcs[2:]:
        groups = [arc & 127]
        while arc := arc >> 7:
            groups.insert(0, arc & 127 | 128)
        out += bytes(groups)
    return out


def algid(algorithm, *parameters):
    return tlv(0x30, tlv(6, oid(algorithm)), *parameters)


NULL = tlv(5)
SHA = {name: algid("2.16.840.1.101.3.4.2." + str(n), NULL)
       for name, n in (("sha256", 1), ("sha384", 2), ("sha512", 3), ("sha3-256", 8))}


def pss(digest, salt):
    mgf = algid("1.2.840.113549.1.1.8", SHA[digest])
    return algid("1.2.840.113549.1.1.10", tlv(0x30, tlv(0xA0, SHA[digest]), tlv(0xA1, mgf),
                                              tlv(0xA2, tlv(2, bytes([salt])))))


ALGS = {
    "sha1-rsa": algid("1.2.840.113549.1.1.5", NULL),
    "sha256-rsa": algid("1.2.840.113549.1.1.11", NULL),
    "sha256-rsa-absent": algid("1.2.840.113549.1.1.11"),
    "ecdsa-sha256": algid("1.2.840.10045.4.3.2"),
    "ecdsa-sha512": algid("1.2.840.10045.4.3.4"),
    "ecdsa-sha3-256": algid("2.16.840.1.101.3.4.3.10"),
    "ed25519": algid("1.3.101.112"),
    "ed448": algid("1.3.101.113"),
    "pss-defaults": algid("1.2.840.113549.1.1.10", tlv(0x30)),
    "pss-sha256": pss("sha256", 32),
    "pss-sha512-salt0": pss("sha512", 0),
    "pss-sha3-256": pss("sha3-256", 32),
    "dsa": algid("1.2.840.10040.4.3"),
    "unknown": algid("1.2.3.4", tlv(2, b"\x01")),
}

ELEMENTS = tlv(0x30,
               tlv(1, b"\xff"), tlv(2, b"\x05"), tlv(2, b"\x00\xff"), tlv(2, b"\x80"),
               tlv(3, b"\x05\xa0"), tlv(3, b"\x00", tlv(0x30)), tlv(4, tlv(2, b"\x01")), NULL,
               tlv(6, oid("2.25.340282366920938463463374607431768211455")), tlv(10, b"\x01"),
               tlv(12, "\u20ac".encode()), tlv(19, b"print"), tlv(20, b"\xe9"), tlv(22, b"ia5"),
               tlv(23, b"261124021000Z"), tlv(24, b"20501124021000Z"), tlv(30, b"\x20\xac"),
               tlv(28, b"\0\x01\xf6\0"), tlv(0x31, tlv(2, b"\x01"), tlv(2, b"\x02")),
               tlv(0xA0, tlv(0x80, b"x")), b"\xbf\x1f\x02\x05\x00")


def gn(kind, value):
    tag = {"email": 0x81, "dns": 0x82, "uri": 0x86, "ip": 0x87, "rid": 0x88, "other": 0xA0, "dn": 0xA4}[kind]
    return tlv(tag, value.encode() if isinstance(value, str) else value)


def rdns(**attributes):
    types = {"c": "2.5.4.6", "o": "2.5.4.10", "cn": "2.5.4.3", "email": "1.2.840.113549.1.9.1"}
    return tlv(0x30, *(tlv(0x31, tlv(0x30, tlv(6, oid(types[t])), tlv(22 if t == "email" else 12, v.encode())))
                       for t, v in attributes.items()))


def utf8_mailbox(text):
    return gn("other", tlv(6, oid("1.3.6.1.5.5.7.8.9")) + tlv(0xA0, tlv(12, text.encode())))


def constraints(permitted=(), excluded=(), distance=b""):
    lists = [tlv(tag, *(tlv(0x30, base, distance) for base in bases))
             for tag, bases in ((0xA0, permitted), (0xA1, excluded)) if bases]
    return tlv(0x30, *lists)


HOST, ALL = gn("dns", "a.example"), gn("dns", "")
# Of two CAs, the subject, the subjectAltName.
CONSTRAINED = {
    "dns": (constraints([HOST], [gn("dns", "b.a.example")]), constraints([], [gn("dns", ".c.example")]),
            rdns(cn="www.a.example"), [gn("dns", "www.A.example"), gn("dns", "*.a.example")]),
    "dns-all": (constraints([ALL]), constraints([HOST]), rdns(), [HOST]),
    "dns-odd": (constraints([gn("dns", "*.a.example")]), constraints([gn("dns", "a.example.")]),
                rdns(), [gn("dns", "b_1.a.example"), gn("dns", "a.example.")]),
    "common-name": (constraints([HOST]), constraints([], [HOST]), rdns(o="Ex", cn="www.a.example."),
                    [gn("ip", b"\xc0\0\2\1")]),
    "email": (constraints([gn("email", "a.example"), gn("email", ".a.example")]),
              constraints([], [gn("email", "me@a.example")]), rdns(email="me@a.example"),
              [gn("email", "you@a.example"), gn("email", "\"me@b\"@c.a.example")]),
    "email-utf8": (constraints([gn("email", "a.example")]), constraints([], [gn("email", "b.example")]),
                   rdns(email="me@b.example"), [utf8_mailbox("zo\u00eb@a.example")]),
    "email-subject": (constraints([gn("email", "a.example")]), constraints([], [gn("email", "me@a.example")]),
                      rdns(email="me@a.example"), [HOST]),
    "uri": (constraints([gn("uri", "a.example")]), constraints([], [gn("uri", ".a.example")]), rdns(),
            [gn("uri", "https://me@A.example:443/x"), gn("uri", "https://[::1%25eth0]/"), gn("uri", "urn:a")]),
    "ip": (constraints([gn("ip", b"\xc0\0\2\0\xff\xff\xff\0")]),
           constraints([], [gn("ip", b"\x20\1\x0d\xb8" + bytes(12) + b"\xff" * 4 + bytes(12))]), rdns(),
           [gn("ip", b"\xc0\0\2\1"), gn("ip", bytes(10) + b"\xff\xff\xc0\0\2\1")]),
    "dn": (constraints([gn("dn", rdns(c="NL", o="Ex"))]), constraints([], [gn("dn", rdns(c="NL", o="ex", cn="a"))]),
           rdns(c="nl", o=" EX ", cn="b"), [gn("dn", rdns(c="NL", o="Ex")), gn("dn", rdns())]),
    "unsupported": (constraints([], [gn("rid", b"\x2a\3"), utf8_mailbox("a@b")]), constraints([HOST]),
                    rdns(o="Ex"), [gn("rid", b"\x2a\4"), HOST]),
    "minimum": (constraints([HOST], distance=tlv(0x80, b"\1")), constraints([], [HOST], tlv(0x81, b"\1")),
                rdns(), [HOST]),
    "everything": (constraints([HOST, gn("email", "a.example"), gn("uri", ".a.example")],
                               [gn("dn", rdns(o="Ey")), gn("ip", bytes(8))]),
                   constraints([gn("dn", rdns(o="Ex"))]), rdns(o="Ex", cn="a", email="me@a.example"),
                   [HOST, gn("email", "me@a.example"), gn("uri", "https://b.a.example")]),
}


def name_constraints_seeds():
    for name, (first, second, subject, names) in CONSTRAINED.items():
        views = b"".join(bytes([len(v)]) + v for v in (first, second, subject))
        seed("name_constraints", name, views + tlv(0x30, *names))


def signature(key, *options):
    with tempfile.TemporaryDirectory() as folder:
        message = pathlib.Path(folder) / "message"
        message.write_bytes(b"message")
        return subprocess.run(
            ["openssl", "pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey",
             VECTORS / f"key-{key}.der", "-in", message, *options],
            check=True, capture_output=True).stdout


def call(number, *arguments):
    out = bytes([number])
    for a in arguments:
        out += bytes([a]) if isinstance(a, int) else bytes([len(a)]) + a
    return out


EKU = oid("1.3.6.1.5.5.7.3.1")
CALLS = {  # the numbers are the order of the calls in fuzz_api.c
    "request": call(0, b"CN=x,O=y,C=NL") + call(3, b"a.example") + call(3, b"10.0.0.1") +
               call(4, EKU) + call(5, 0, 3) + call(8, 0, b"secret"),
    "request-ed25519": call(3, b"upn:u@example.org") + call(7, EKU, 0, NULL) + call(8, 1, b""),
    "names": call(1, 0, b"x") + call(2, 7, b"y") + call(1, 3, b"NL") + call(9),
    "ca": call(6, 1, 3) + call(5, 0, 96) + call(7, oid("1.2.3"), 1, tlv(2, b"\x05")) + call(8, 0, b""),
    "digest": call(10, 4, b"abc", b"def"),
    "writer": call(11, bytes(range(60))),
    "context": call(12, bytes(range(40))) + call(0, b"CN=x"),
    "key": call(13, 0, b"secret"),
}

HEADER = """/* SPDX-License-Identifier: BSD-3-Clause */
/* Made by corpus/make.py from tests/vectors/mutate: P-256, Ed25519, RSA, P-384. */
"""


def c_string(octets):
    lines = [octets[i:i + 20] for i in range(0, len(octets), 20)] or [b""]
    return "\n\t    ".join('"' + "".join(f"\\x{o:02x}" for o in line) + '"' for line in lines)

BER = {
    "indefinite": "3080 3003020105 a080 24800401aa2480040100000004000000 0000 0000",
    "lengths": "308400000008 0281 0105 0482000161",
    "bits": "2380 0302005a 2380 0303045af00000 0000",
    "text": "3a09 0403 4a6f6e 0402 6573",
    "exact": "3006 0500 3002 0500",
    "deep": "3080" * 64 + "0000" * 64,
    "too-deep": "2480" * 65,
    "no-end": "3080 30800000",
    "stray-end": "3002 0000",
    "segment": "2480 030100 0000",
    "padded": "2380 03020450 0302005a 0000",
}


# The extensions of fuzz_ext_more, in its order.
MORE = ["privateKeyUsagePeriod", "qcStatements", "signedCertificateTimestampList", "ctPoison", "enrollCertType",
        "certificateTemplate", "caVersion", "previousCertHash", "applicationCertPolicies", "netscapeCertType",
        "netscapeComment", "ipAddrBlocks", "autonomousSysIds", "logotype"]


def smtp_utf8_mailbox(text):
    return tlv(0xA0, tlv(6, oid("1.3.6.1.5.5.7.8.9")), tlv(0xA0, tlv(12, text.encode())))


MAIL = tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, oid("1.2.840.113549.1.9.1")), tlv(22, b"me@a.example"))))
# Who is asked for, of which subject, and the subjectAltName's names.
ASKED = {
    "host": ("www.a.example", b"", [tlv(0x82, b"a.example"), tlv(0x82, b"www.A.example")]),
    "dot": ("www.a.example.", b"", [tlv(0x82, b"www.a.example")]),
    "wildcard": ("www.a.example", b"", [tlv(0x82, b"*.a.example")]),
    "wildcard-deep": ("b.c.a.example", b"", [tlv(0x82, b"*.a.example"), tlv(0x82, b"*")]),
    "a-label": ("xn--bcher-kva.example", b"", [tlv(0x82, b"xn--BCHER-kva.example")]),
    "fake-a-label": ("xn--99999a.example", b"", [tlv(0x82, b"*.example")]),
    "absent": ("b.example", b"", [tlv(0x82, b"a\x1b.example"), tlv(0x86, b"https://b.example")]),
    "ip4": ("192.0.2.1", b"", [tlv(0x82, b"192.0.2.1"), tlv(0x87, bytes([192, 0, 2, 1]))]),
    "ip6": ("2001:db8::1", b"", [tlv(0x87, bytes.fromhex("20010db8" + 23 * "0" + "1"))]),
    "email": ("me@a.example", b"", [tlv(0x81, b"me@A.EXAMPLE")]),
    "email-subject": ("me@a.example", MAIL, [tlv(0x82, b"a.example")]),
    "email-utf8": ("zo\u00eb@a.example", b"", [smtp_utf8_mailbox("zo\u00eb@a.example")]),
    "fault": ("a.example", b"", [tlv(0x82, b"a.example"), tlv(0x87, b"1")]),
}


def extensions():
    for line in (VECTORS.parent / "ext/openssl.txt").read_text().splitlines():
        name, _, value = line.split()
        seed("ext", name, bytes.fromhex(value))


def dsa_seeds():
    rows = (HERE.parent.parent / "tests/vectors/dsa/openssl.txt").read_text().splitlines()[1:]
    for n, row in enumerate(rows):
        bits, digest, *octets = row.split()
        spki, good = map(bytes.fromhex, octets)
        if digest == "SHA-224":
            continue
        alg = 8 if digest == "SHA-256" else 9
        seed("spki", f"dsa-{bits}-{n // 3}", spki)
        seed("sign", f"dsa-{n}", bytes([0x80 | alg << 2]) + len(spki).to_bytes(2, "big") + spki + good)
    # parameters that are absent, and NULL
    seed("spki", "dsa-inherits", bytes.fromhex("3011300906072a8648ce380401030400020103"))
    seed("spki", "dsa-null", bytes.fromhex("3013300b06072a8648ce3804010500030400020103"))


def point(full=(), relative=None, reasons=None, issuer=(), tag=1):
    """distributionPoint, reasons and cRLIssuer; in a CRL reasons are [3]."""
    name = tlv(0xA0, *full) if full else tlv(0xA1, relative) if relative else b""
    return (tlv(0xA0, name) if name else b"") + (tlv(0x80 | tag, reasons) if reasons else b"") + \
        (tlv(0xA2, *issuer) if issuer else b"")


def extension(number, value, critical=b""):
    return tlv(0x30, tlv(6, b"\x55\x1d" + bytes([number])), critical, tlv(4, value))


ECDSA, DAY, SIGNATURE = algid("1.2.840.10045.4.3.2"), tlv(23, b"260101000000Z"), tlv(3, b"\0\1")
CRITICAL, YES = tlv(1, b"\xff"), b"\1\xff"
URI, OTHER = gn("uri", "http://a/1"), gn("uri", "http://a/2")
PART, INDIRECT = rdns(cn="part")[4:], rdns(cn="indirect")
# Issuer, DistributionPoints and more of a certificate; issuer, IssuingDistributionPoint of a CRL.
SCOPES = {
    "none": ("ca", [], "ca", None),
    "another": ("ca", [], "cb", None),
    "uri": ("ca", [point([URI])], "ca", point([URI])),
    "uris": ("ca", [point([OTHER]), point([URI, OTHER])], "CA ", point([gn("dns", "a"), URI])),
    "uri-other": ("ca", [point([OTHER])], "ca", point([URI])),
    "relative": ("ca", [point(relative=PART)], "ca", point(relative=PART)),
    "relative-full": ("ca", [point(relative=PART)], "ca",
                      point([gn("dn", tlv(0x30, rdns(cn="CA")[2:], tlv(0x31, PART)))])),
    "implied": ("ca", [], "ca", point([gn("dn", rdns(cn="ca"))])),
    "user": ("ca", [], "ca", b"\x81" + YES),
    "ca": ("ca", [], "ca", b"\x82" + YES),
    "attribute": ("ca", [], "ca", b"\x85" + YES),
    "reasons": ("ca", [point([URI], reasons=b"\5\x60"), point([OTHER], reasons=b"\0\x1f")], "ca",
                point([URI], reasons=b"\5\x20", tag=3)),
    "indirect": ("ca", [point(issuer=[gn("dn", INDIRECT)])], "indirect", b"\x84" + YES),
    "indirect-not": ("ca", [point(issuer=[gn("dn", INDIRECT)])], "indirect", b"\x81" + YES),
    "indirect-uri": ("ca", [point([URI], issuer=[gn("dn", INDIRECT)])], "indirect", point([URI]) + b"\x84" + YES),
    "indirect-relative": ("ca", [point(relative=PART, issuer=[gn("dn", INDIRECT)])], "indirect",
                          point(relative=PART) + b"\x84" + YES),
    "indirect-two": ("ca", [point(relative=PART, issuer=[gn("dn", INDIRECT), gn("dn", rdns(cn="x"))])],
                     "indirect", point(relative=PART) + b"\x84" + YES),
}


def crl_scope_seeds():
    spki = (VECTORS / "pub-p256.der").read_bytes()
    for name, (by, points, signer, idp) in SCOPES.items():
        exts = extension(31, tlv(0x30, *(tlv(0x30, p) for p in points))) if points else b""
        exts += extension(18, tlv(0x30, URI)) + extension(19, tlv(0x30, CRITICAL if name == "ca" else b""))
        cert = tlv(0x30, tlv(0xA0, tlv(2, b"\2")), tlv(2, b"\5"), ECDSA, rdns(cn=by), tlv(0x30, DAY, DAY),
                   rdns(cn="leaf"), spki, tlv(0xA3, tlv(0x30, exts)))
        exts = extension(20, tlv(2, b"\5")) + (extension(28, tlv(0x30, idp), CRITICAL) if idp else b"")
        crl = tlv(0x30, tlv(2, b"\1"), ECDSA, rdns(cn=signer), DAY, DAY, tlv(0xA0, tlv(0x30, exts)))
        cert, crl = (tlv(0x30, tbs, ECDSA, SIGNATURE) for tbs in (cert, crl))
        seed("crl_scope", name, len(cert).to_bytes(2, "big") + cert + crl)


ANCHOR, NO_CA, EXPIRED = 192, 8, 48


def certs(*specs):
    """subject, issuer, key, signer, and flags; the last one is the leaf."""
    return b"".join(bytes([s | i << 3 | (f & ANCHOR), k | by << 3, f & 63])
                    for s, i, k, by, *rest in specs for f in [rest[0] if rest else 0])


ROOT, CA, LEAF = (0, 0, 0, 0, ANCHOR), (1, 0, 1, 0), (2, 1, 2, 1, NO_CA)
HEAPS = {
    "chain": certs(ROOT, CA, LEAF),
    "no-anchor": certs((0, 0, 0, 0), CA, LEAF),
    "leaf-as-ca": certs(ROOT, CA, LEAF, (3, 2, 3, 2, NO_CA)),
    "expired-twin": certs(ROOT, (1, 0, 1, 0, EXPIRED), CA, LEAF),
    "two-keys": certs(ROOT, (1, 0, 3, 0), CA, (1, 0, 4, 0), LEAF),
    "rollover": certs((0, 0, 0, 0, ANCHOR), (0, 0, 3, 0), (1, 0, 1, 3), LEAF),
    "cross": certs((1, 3, 1, 3), (3, 1, 3, 1), LEAF),
    "bridge": certs(ROOT, (4, 0, 4, 0), (5, 4, 5, 4), (1, 5, 1, 5), (4, 5, 4, 5), LEAF),
    "path-length": certs((0, 0, 0, 0, ANCHOR | 1), CA, LEAF),
    "path-length-1": certs((0, 0, 0, 0, ANCHOR | 3), CA, (1, 1, 3, 1), (2, 1, 2, 3, NO_CA)),
    "own-key": certs((0, 0, 7, 7, ANCHOR), (0, 0, 0, 7), (0, 0, 0, 0)),
    "mutual": certs(*[(1, 1, k, by) for k in range(3) for by in range(3)], (2, 1, 2, 0, NO_CA)),
}


def trust_seeds():
    name = tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, oid("2.5.4.3")), tlv(12, b"ca"))))
    key = tlv(0x30, algid("1.3.101.112"), tlv(3, b"\0" + bytes(32)))
    date = tlv(0x17, b"260101000000Z")
    fields = (tlv(2, b"\1"), ALGS["ed25519"], name, tlv(0x30, date, date), name, key)
    skid = tlv(0x30, tlv(6, oid("2.5.29.14")), tlv(4, tlv(4, b"id")))
    tbs = tlv(0x30, tlv(0xA0, tlv(2, b"\2")), *fields, tlv(0xA3, tlv(0x30, skid)))
    body = tbs + ALGS["ed25519"] + tlv(3, b"\0" + bytes(64))
    policy = tlv(0x30, tlv(6, oid("1.2.3")))
    host = tlv(0x30, tlv(0x82, b"example.org"))
    controls = (tlv(0xA1, policy), tlv(0x82, b"\5\xe0"),
                tlv(0xA3, tlv(0xA0, host), tlv(0xA1, host)), tlv(0x84, b"\1"))
    eku = tlv(0x30, tlv(6, oid("2.5.29.37")),
              tlv(4, tlv(0x30, tlv(6, oid("1.3.6.1.5.5.7.3.1")))))

    def info(*path, extra=b""):
        return tlv(0xA2, tlv(0x30, key, tlv(4, b"id"), tlv(12, b"Title"),
                             tlv(0x30, name, *path), extra))

    seed("trust", "certificate", tlv(0x30, body))
    seed("trust", "tbs", tlv(0xA1, tbs))
    seed("trust", "key", info())
    seed("trust", "controls", info(*controls))
    seed("trust", "all", tlv(0x30, tlv(0x30, body), tlv(0xA1, tbs), info(),
                             info(tlv(0xA0, body), *controls,
                                  extra=tlv(0xA1, tlv(0x30, eku)) + tlv(0x82, b"en"))))


# Values of types of tests/lib/asn1_module.h, and of others; and what is to be refused.
STRINGS = [tlv(18, b"1 2"), tlv(19, b"Abc"), tlv(22, b"a@b"), tlv(26, b"a~"), tlv(20, b"\xe9"),
           tlv(28, b"\0\1\xf6\0"), tlv(30, b"\x20\xac"), tlv(12, "\u20ac\0\n".encode())]
UTC, GENERAL = tlv(23, b"261126203727Z"), tlv(24, b"20261126203727.5Z")
FILTER = tlv(0xA0, tlv(0x83, b"a"), tlv(0xA1, tlv(0xA0)))
EVERYTHING = tlv(
    0x30, tlv(0x80, b"\0"), tlv(0xA1, tlv(2, b"\1\xf5")), tlv(0x82, b"\2"), tlv(0x83, b"\0\x82"),
    tlv(0x84, b"\5\xa0"), tlv(0x85, b"\7\0\x80"), tlv(0x86, b"\0\xff"), tlv(0x87, oid("2.999.3")),
    tlv(0x88), tlv(0xA9, tlv(12, b"x")), tlv(0xAA, *STRINGS), tlv(0xAB, UTC, GENERAL),
    tlv(0xAC, tlv(0x31, tlv(1, b"\xff"), tlv(4, b"\0"), tlv(0x43, b"\5"), tlv(0xA9, STRINGS[0]))),
    tlv(0x61, tlv(2, b"\1")), b"\xff\x64" + bytes([len(FILTER)]) + FILTER, STRINGS[7], NULL)
DEEP = tlv(0x83)
for _ in range(30):
    DEEP = tlv(0xA1, DEEP)
ASN1 = {
    "everything": (0, EVERYTHING),
    "everything-absent": (0, tlv(0x30)),
    "everything-in-itself": (2, tlv(0xA1, b"\xa2" + EVERYTHING[1:])),
    "default": (0, tlv(0x30, tlv(0x80, b"\xff"))),
    "size": (0, tlv(0x30, tlv(0x86, b"12345"))),
    "enumerated": (0, tlv(0x30, tlv(0x83, b"\2"))),
    "named-bits": (0, tlv(0x30, tlv(0x85, b"\0\x80"))),
    "cut-oid": (0, tlv(0x30, tlv(0x87, b"\x2a\x83"))),
    "long-oid": (0, tlv(0x30, tlv(0x87, b"\x2a" + b"\x87\x68" * 60))),
    "explicit-length": (0, tlv(0x30, tlv(0xA1, tlv(2, b"\5"), NULL))),
    "set": (1, tlv(0x31, tlv(1, b"\xff"), tlv(0x43, b"\5"), tlv(0xA1, STRINGS[4]))),
    "set-unsorted": (1, tlv(0x31, tlv(0x43, b"\5"), tlv(1, b"\xff"))),
    "set-of-unsorted": (2, tlv(0xA0, tlv(0x83, b"b"), tlv(0x83, b"a"))),
    "filter": (2, FILTER),
    "deep": (2, DEEP),
    "too-deep": (2, tlv(0xA1, tlv(0xA1, tlv(0xA1, DEEP)))),
    "string": (3, STRINGS[7]),
    "time": (4, GENERAL),
    "csr": (7, (VECTORS / "csr-full.der").read_bytes()),
    "key": (8, (VECTORS / "key-rsa.der").read_bytes()),
    "crl": (6, (VECTORS / "crl-all.der").read_bytes()),
    "names": (9, tlv(0x30, tlv(0xA0, tlv(6, oid("1.2.3")), tlv(0xA0, NULL)), tlv(0x82, b"a.b"),
                     tlv(0xA5, tlv(0xA1, STRINGS[1])), tlv(0x88, oid("1.2.3")))),
}


def asn1_seeds():
    for name, (kind, octets) in ASN1.items():
        seed("asn1", name, kind.to_bytes(2, "big") + octets)


# A value, or what is none, and the type that fuzz_asn1_json takes by its octet.
ASN1_JSON = {
    "everything": (0, r"""{"bool":false,"int":"-9223372036854775809","named":"two","enum":"green",
        "bits":{"value":"a0","length":3},"flags":"first, ninth","octets":"00ff","oid":"1.2.840.113549",
        "none":null,"any":"0500","texts":[{"utf8":"\u00fc\u0000"},{"ia5":"a"},{"bmp":"\u20ac"},{"numeric":"1 2"}],
        "set":[{},{"int":5}],"either":{"inner":{"text":{"ia5":""}}},"time":"20260101000000.5Z"}"""),
    "absent": (0, "{}"),
    "in-itself": (0, '{"set":[{"set":[{"either":{"all":{"set":[]}}}]}]}'),
    "text": (1, r'{"utf8":"\ud83d\ude00"}'),
    "either": (2, '{"inner":{"inner":{"all":{"named":7}}}}'),
    "names": (4, '[{"dNSName":"a.b"},{"otherName":{"type-id":"1.2.3","value":"0500"}},'
                 '{"directoryName":{"rdnSequence":[[{"type":"2.5.4.3","value":"0c0161"}]]}},'
                 '{"iPAddress":"01020304"},{"registeredID":"1.2.3"}]'),
    "deep": (2, '{"inner":' * 100 + '{"text":{"ia5":"a"}}' + "}" * 100),
    "too-deep": (2, '{"inner":' * 200),
    "large-number": (0, '{"int":18446744073709551616}'),
    "twice": (0, '{"int":1,"int":1}'),
    "cut": (0, '{"texts":[{"utf8":"a'),
    "no-type": (5, "1"),
}


def asn1_json_seeds():
    for name, (kind, text) in ASN1_JSON.items():
        seed("asn1_json", name, bytes([kind]) + text.encode())


# The body of a module, and DER that its types may read.
def asn1_module(body, head="M DEFINITIONS IMPLICIT TAGS ::= BEGIN\n", tail="\nEND\n"):
    return head + body + tail


ASN1_MODULE = {
    "types": (NULL, asn1_module(
        "A ::= BOOLEAN B ::= NULL C ::= INTEGER D ::= OBJECT IDENTIFIER E ::= OCTET STRING\n"
        "F ::= BIT STRING G ::= ANY H ::= UTCTime I ::= GeneralizedTime J ::= UTF8String\n"
        "K ::= NumericString L ::= PrintableString M ::= T61String N ::= IA5String\n"
        "O ::= ISO646String P ::= UniversalString Q ::= BMPString R ::= GeneralString S ::= R")),
    "lists": (tlv(0x30, tlv(0x80, b"\5")), asn1_module(
        "A ::= SEQUENCE { a [0] INTEGER { x(1), y(-2) } DEFAULT x, b SET SIZE (1..most) OF A OPTIONAL,\n"
        "  c CHOICE { d NULL, e [1] ENUMERATED { f(0) } } OPTIONAL, g [2] ANY DEFINED BY a OPTIONAL }\n"
        "most INTEGER ::= 5 B ::= SET { a BOOLEAN DEFAULT TRUE, b UTF8String (SIZE (1|2)) OPTIONAL }\n"
        "C ::= BIT STRING { a(0), b(9) } D ::= INTEGER (0..MAX) E ::= SEQUENCE OF SEQUENCE OF [0] NULL")),
    "tags": (tlv(0x61, tlv(2, b"\1")), asn1_module(
        "A ::= [APPLICATION 1] EXPLICIT INTEGER B ::= [PRIVATE 2] A C ::= [UNIVERSAL 3] IMPLICIT B\n"
        "D ::= [536870910] CHOICE { a [0] A, b [1] D }")),
    "imports": (tlv(0x30), asn1_module(
        "EXPORTS A; IMPORTS id-pe, Name, AttributeType FROM PKIX1Explicit88 { 1 2 }\n"
        "  KeyIdentifier FROM PKIX1Implicit88; o AttributeType ::= { id-pe 1 } A ::= Name\n"
        "p OBJECT IDENTIFIER ::= { iso 2 b(3) } B ::= SEQUENCE { a AttributeType DEFAULT o }")),
    "comments": (b"", "--x--M{}DEFINITIONS::=BEGIN--\r\nA::=NULL-- --B::=A\rEND--"),
    "alias-loop": (b"", asn1_module("A ::= B B ::= C C ::= A")),
    "choice-loop": (b"", asn1_module("A ::= CHOICE { a B } B ::= CHOICE { b A, c NULL }")),
    "value-loop": (b"", asn1_module("a OBJECT IDENTIFIER ::= { b 1 } b OBJECT IDENTIFIER ::= { a 1 }")),
    "in-itself": (tlv(0x30, tlv(0x30)), asn1_module("A ::= SEQUENCE { a A OPTIONAL }")),
    "no-end": (b"", asn1_module("A ::= SEQUENCE { a A }")),
    "same-tags": (b"", asn1_module("A ::= SET { a NULL, b NULL }")),
    "deep": (b"", asn1_module("A ::= " + "SEQUENCE OF " * 32 + "NULL")),
    "too-deep": (b"", asn1_module("A ::= " + "SEQUENCE OF " * 33 + "NULL")),
    "twice": (b"", asn1_module("A ::= SEQUENCE { a NULL, a NULL }")),
    "unknown": (b"", asn1_module("A ::= B")),
    "long-name": (b"", asn1_module("A ::= " + "B" * 65)),
    "long-number": (b"", asn1_module("a INTEGER ::= " + "1" * 65)),
    "built-in": (b"", asn1_module("UTF8String ::= [UNIVERSAL 12] IMPLICIT OCTET STRING")),
    "extension": (b"", asn1_module("A ::= SEQUENCE { a NULL, ... }")),
    "parameters": (b"", asn1_module("A { B } ::= SEQUENCE { b B }")),
    "objects": (b"", asn1_module("A ::= CLASS { &id OBJECT IDENTIFIER UNIQUE }")),
    "automatic": (b"", asn1_module("A ::= NULL", "M DEFINITIONS AUTOMATIC TAGS ::= BEGIN ")),
}


def asn1_module_seeds():
    for name, (der, text) in ASN1_MODULE.items():
        seed("asn1_module", name, bytes([len(der)]) + der + text.encode())


def main():
    asn1_json_seeds()
    asn1_module_seeds()
    extensions()
    asn1_seeds()
    for file in VECTORS.glob("*.der"):
        choices = b"\x04\x00\x01\x02\x03"
        seed("der", file.stem, choices + file.read_bytes())
        if file.stem.startswith("pub-"):
            seed("spki", file.stem, file.read_bytes())
    for n in range(4):
        seed("der", f"elements-{n}", bytes([2, n, n >> 1]) + ELEMENTS)
    seed("der", "empty", b"")
    seed("der", "deep", b"\0" + b"\x30\x80" * 40)
    for name, octets in BER.items():
        seed("ber", name, bytes.fromhex(octets))
    for name, octets in ALGS.items():
        seed("alg", name, octets)
    for text in ("1.2.840.113549", "2.25.340282366920938463463374607431768211455", "commonName",
                 "0.39", "1.40", "2.999.3", "1.2.", "01.2"):
        seed("oid", "text-" + text.replace(".", "_"), text.encode())
        if text[0] == "2":
            seed("oid", "octets-" + text.replace(".", "_"), oid(text))
    texts = ["plain", "caf\u00e9 \u20ac", "\U0001f600", ""]
    codecs = ["utf-8", "ascii", "ascii", "ascii", "ascii", "latin-1", "utf-16-be", "utf-32-be"]
    for tag, codec in enumerate(codecs):
        for n, text in enumerate(texts):
            seed("text", f"{tag}-{n}", bytes([tag]) + text.encode(codec, "ignore"))
    spki = (VECTORS / "pub-p256.der").read_bytes()
    rows = []
    for n, key in enumerate(("p256", "ed25519", "rsa", "p384")):
        options = () if key.startswith("ed") else ("-digest", "sha384" if key == "p384" else "sha256")
        good = signature(key, *options)
        own = (VECTORS / f"pub-{key}.der").read_bytes()
        seed("sign", f"good-{key}", bytes([n]) + good)
        seed("sign", f"short-{key}", bytes([n]) + good[:-1])
        one = good if key in ("ed25519", "rsa") else b""
        rows.append("\t{ " + f"{c_string(own)},\n\t    {len(own)},\n\t    {c_string(one)},\n\t    {len(one)} }},\n")
        seed("sign", f"own-{key}", bytes([0x80]) + len(own).to_bytes(2, "big") + own + good)
    (HERE.parent / "sign_keys.inc").write_text(HEADER + "".join(rows))
    seed("sign", "own-empty", bytes([0x80]) + len(spki).to_bytes(2, "big") + spki)
    dsa_seeds()
    for name, octets in CALLS.items():
        seed("api", name, octets)
    for name, heap in HEAPS.items():
        seed("build", name, heap)
    for line in (HERE.parent.parent / "tests/vectors/ext/more.txt").read_text().splitlines():
        label, _, value = line.split()
        seed("ext_more", label, bytes([MORE.index(label.split("-")[0])]) + bytes.fromhex(value))
    name_constraints_seeds()
    trust_seeds()
    crl_scope_seeds()
    for name, (asked, subject, names) in ASKED.items():
        asked = asked.encode()
        seed("identity", name,
             bytes([len(asked)]) + asked + bytes([len(subject)]) + subject + tlv(0x30, *names))


if __name__ == "__main__":
    main()
