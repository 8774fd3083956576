#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Do the examples do what they say, and is the README's example one of them?
. "$(dirname "$0")/../build-aux/lib.sh"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
bin=$build/examples

prints() { # PATTERN COMMAND...
  pattern=$1
  shift
  count=$((count + 1))
  "$@" >out 2>&1 || wrong "$* fails: $(tail -n 1 out)"
  grep -qE "$pattern" out || wrong "$* prints: $(cat out)"
}
count=0
"$bin/make-csr" >out 2>&1 || wrong "make-csr fails: $(cat out)"
[ "$(stat -c %a www.example.org.key)" = 600 ] || wrong 'the key is not for its owner alone'
prints '^ dns:www\.example\.org$' "$bin/read-csr" www.example.org.csr
prints '^ec, 256 bits \(P-256\), ([0-9a-f]{2}:){19}[0-9a-f]{2}$' "$bin/read-key" www.example.org.key
prints '^roof: -12$' "$bin/read-der"
prints 'byte 0' "$bin/read-der"
openssl req -in www.example.org.csr -noout -verify >out 2>&1 || wrong "openssl refuses the request: $(cat out)"

"$bin/issue-cert" www.example.org.csr >out 2>&1 || wrong "issue-cert fails: $(cat out)"
openssl verify -x509_strict -purpose sslserver -verify_hostname www.example.org -CAfile root.pem \
  server.pem >out 2>&1 || wrong "openssl refuses the certificate: $(cat out)"

prints '^by CN=Example Root,O=Example$' "$bin/read-cert" server.pem www.example.org
prints '^dns:www\.example\.org$' "$bin/read-cert" server.pem
prints '^until 20[0-9-]*T[0-9:]*Z$' "$bin/read-cert" server.pem
prints '^valid, through 2 certificates$' "$bin/verify" root.pem server.pem www.example.org
prints '^floor: ' "$bin/own-extension"
prints '^13: there is no such floor$' "$bin/own-extension"
prints '^Printers\.Printer, also on letter$' "$bin/private-extension"
prints '^  floor INTEGER 7$' "$bin/private-extension"
prints '^refused: byte 20, papers\[1\]: none of the enumeration ' "$bin/private-extension"
prints '^revoked: keyCompromise$' "$bin/revoke" server.pem
openssl verify -crl_check -CAfile root.pem -CRLfile root.crl server.pem >out 2>&1 &&
  wrong 'openssl takes the certificate that is revoked'
grep -q 'certificate revoked' out || wrong "openssl does not see that it is revoked: $(cat out)"
prints 'Delta CRL Indicator: critical' openssl crl -in root-delta.crl -noout -text

# Messages of the Certificate Management Protocol, between OpenSSL and itself.
cmp() { # OPTION...
  openssl cmp -config '' -use_mock_srv -ref 1234 -secret pass:abc -srv_ref 1234 -srv_secret pass:abc \
    -recipient '/CN=Example CA' "$@" >out 2>&1 || wrong "openssl cmp $2 fails: $(tail -n 1 out)"
}
asn1() { # FILE: by the modules of RFC 9480 and RFC 4211
  "$bin/show-asn1" "$1" PKIXCMP.PKIMessage "$src/examples/crmf.asn" "$src/examples/cmp.asn"
}
cmp -cmd ir -newkey www.example.org.key -subject /CN=device -sans device.example -rsp_cert server.pem \
  -certout got.pem -reqout ir.der,certConf.der -rspout ip.der,pkiconf.der
cmp -cmd genm -reqout genm.der -rspout genp.der
prints '^    pvno INTEGER cmp2000$' asn1 ir.der
prints '^          certTemplate CertTemplate SEQUENCE$' asn1 ir.der
prints '^ *status PKIStatus INTEGER accepted$' asn1 ip.der
prints '^        certHash OCTET STRING [0-9a-f]{64,}$' asn1 certConf.der
prints '^    pkiconf PKIConfirmContent NULL$' asn1 pkiconf.der
prints '^    genm GenMsgContent SEQUENCE OF$' asn1 genm.der
prints '^    genp GenRepContent SEQUENCE OF$' asn1 genp.der

# A message that holds a message: the type is within itself.
octet() { printf "\\$(printf %03o "$1")"; }
tlv() { # TAG FILE...: of 256 octets and more
  tag=$1
  shift
  size=$(cat "$@" | wc -c)
  octet "$tag" && octet 130 && octet $((size / 256)) && octet $((size % 256)) && cat "$@"
}
openssl asn1parse -inform DER -in ir.der -strparse 4 -noout -out header.der >out 2>&1 ||
  wrong "openssl asn1parse fails: $(cat out)"
tlv 48 ir.der >messages.der
tlv 180 messages.der >body.der
tlv 48 header.der body.der >nested.der
prints '^    nested NestedMessageContent SEQUENCE OF$' asn1 nested.der
prints '^ *ir CertReqMessages SEQUENCE OF$' asn1 nested.der
prints '^\{"header":\{"pvno":2,' "$bin/show-asn1" -j ir.der PKIMessage "$src/examples/crmf.asn" \
  "$src/examples/cmp.asn"
asn1 root.pem >out 2>&1 && wrong 'show-asn1 takes PEM for DER'
asn1 header.der >out 2>&1 && wrong 'show-asn1 takes a PKIHeader for a PKIMessage'
grep -q '^show-asn1: byte ' out || wrong "show-asn1 does not say where: $(cat out)"

"$bin/bundle-certs" chain.p7b server.pem root.pem >out 2>&1 || wrong "bundle-certs fails: $(cat out)"
prints '^issuer=' openssl pkcs7 -in chain.p7b -print_certs -noout

"$bin/bundle-certs" chain.p7b root.pem >out 2>&1 && wrong 'bundle-certs replaces a bundle'
"$bin/read-cert" server.pem www.example.net >out 2>&1 && wrong 'read-cert takes another host'
"$bin/verify" root.pem server.pem www.example.net >out 2>&1 && wrong 'verify takes another host'
grep -q 'certificate 0: name-mismatch: ' out || wrong "verify does not say why: $(cat out)"
"$bin/verify" server.pem root.pem www.example.org >out 2>&1 && wrong 'verify takes an anchor of another kind'
"$bin/revoke" server.pem >out 2>&1 && wrong 'revoke replaces a CRL'
"$bin/read-csr" www.example.org.key >out 2>&1 && wrong 'read-csr takes a key'
"$bin/make-csr" >out 2>&1 && wrong 'make-csr replaces a key'
"$bin/issue-cert" www.example.org.csr >out 2>&1 && wrong 'issue-cert replaces a key'
"$bin/issue-cert" root.pem >out 2>&1 && wrong 'issue-cert takes a certificate for a request'

# white space apart, which is the reader's
plain() { tr -s ' \t\n' ' ' | sed 's/^ //; s/ $//'; }
sed -n '/^```c$/,/^```$/{/^```/d;p}' "$src/README.md" | plain >readme
[ -s readme ] || wrong 'the README has no example in C'
plain <"$src/examples/make-csr.c" >example
grep -qF "$(cat readme)" example || wrong "the README's example is not in examples/make-csr.c"
finish "$count runs"
