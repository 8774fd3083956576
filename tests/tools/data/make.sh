#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the files of this folder with the openssl command. What it makes differs from run to run, and
# some of it stands in the expected outputs: after it, run run.sh -u and read what changed.
set -eu
cd "$(dirname "$0")"
umask 022
pkcs8() {
  openssl genpkey -quiet "$@"
}
pkcs8 -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.key
pkcs8 -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key
pkcs8 -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa1024.key
pkcs8 -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out rsa-pss.key
pkcs8 -algorithm ED25519 -out ed25519.key
pkcs8 -algorithm X25519 -out x25519.key
pkcs8 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out k1.key
openssl genpkey -quiet -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 \
  -pkeyopt dsa_paramgen_q_bits:256 -out dsa.params
pkcs8 -paramfile dsa.params -out dsa.key
openssl pkcs8 -topk8 -in ed25519.key -passout pass:correct -iter 2048 -out encrypted.key
openssl pkcs8 -topk8 -in ed25519.key -passout pass: -iter 2048 -out empty-password.key
openssl pkcs8 -topk8 -in ed25519.key -passout pass:correct -scrypt -out scrypt.key
openssl pkey -in p256.key -pubout -out p256.pub
openssl pkcs8 -topk8 -nocrypt -in p256.key -outform DER -out p256.der
openssl base64 -in p256.der -out p256.b64
# a key whose parameters are its issuer's
openssl pkey -in dsa.key -pubout -outform DER -out dsa.der
at=$(openssl asn1parse -inform DER -in dsa.der | sed -n 's/^ *\([0-9]*\):d=1 .*BIT STRING.*/\1/p')
openssl asn1parse -inform DER -in dsa.der -strparse "$at" -noout -out dsa.y
cat >dsa.cnf <<CNF
asn1 = SEQUENCE:spki
[spki]
algorithm = SEQUENCE:algorithm
subjectPublicKey = FORMAT:HEX,BITSTRING:$(od -An -v -tx1 dsa.y | tr -d ' \n')
[algorithm]
algorithm = OID:1.2.840.10040.4.1
CNF
openssl asn1parse -genconf dsa.cnf -noout -out dsa-bare.pub
rm dsa.params dsa.der dsa.y dsa.cnf
openssl ec -in p256.key -out sec1.key 2>/dev/null
openssl rsa -in rsa.key -traditional -out pkcs1.key 2>/dev/null
openssl req -x509 -new -key p256.key -subj /CN=www.example.org -days 36500 -out cert.pem

request() { # KEY NAME OPTION...
  k=$1.key n=$2
  shift 2
  openssl req -new -key "$k" -out "$n.csr" -utf8 "$@"
}
request p256 p256 -subj /C=NL/O=Example/CN=www.example.org \
  -addext subjectAltName=DNS:www.example.org,IP:2001:db8::1,email:me@example.org,URI:https://x.example/ \
  -addext keyUsage=critical,digitalSignature -addext extendedKeyUsage=serverAuth,1.2.3.4 \
  -addext basicConstraints=critical,CA:TRUE,pathlen:1 -addext 1.2.3.4.5=DER:0500
request rsa rsa -subj /CN=rsa
request rsa sha1 -subj /CN=sha1 -sha1
request rsa1024 rsa1024 -subj /CN=rsa1024
request rsa-pss rsa-pss -subj /CN=rsa-pss -sigopt rsa_pss_saltlen:20 -sha384
request ed25519 ed25519 -subj / -addext subjectAltName=critical,DNS:example.org
request k1 k1 -subj /CN=k1
request dsa dsa -subj /CN=dsa
cat >challenge.cnf <<'CNF'
[req]
distinguished_name = dn
attributes = attrs
prompt = no
[dn]
CN = challenge
[attrs]
challengePassword = open sesame
unstructuredName = a name
CNF
request p256 challenge -config challenge.cnf
rm challenge.cnf
# names that would drive a terminal: ESC, BEL, newline, C1 CSI, right-to-left override, U+2028
request p256 hostile -subj "/CN=$(printf 'a\033[31mb\007c\nd\302\2332Je\342\200\256f\342\200\250g')/O=$(printf '\033]52;c;x\007')"
# certificates with sins
openssl req -x509 -new -key p256.key -subj /CN=negative -set_serial -5 -days 36500 -out negative.pem
openssl req -x509 -new -key rsa1024.key -sha1 -subj /CN=weak -set_serial 0 -days 36500 -addext extendedKeyUsage=serverAuth \
  -addext basicConstraints=CA:FALSE -addext keyUsage=keyCertSign -out weak.pem
openssl x509 -req -in hostile.csr -signkey p256.key -set_serial 77 -days 36500 -out hostile.pem 2>/dev/null
openssl crl2pkcs7 -nocrl -certfile cert.pem -certfile hostile.pem -out bundle.p7b
# one bit of the signature
openssl req -in ed25519.csr -outform DER >bad.der
size=$(wc -c <bad.der)
last=$(tail -c 1 bad.der | od -An -tu1)
{ head -c $((size - 1)) bad.der; printf "\\$(printf %o $((last ^ 1)))"; } >flipped.der
{ echo '-----BEGIN CERTIFICATE REQUEST-----'; openssl base64 -in flipped.der; echo '-----END CERTIFICATE REQUEST-----'; } >bad-signature.csr
head -c 100 bad.der >cut.der
rm bad.der flipped.der
chmod 644 ./*
chmod 755 make.sh
