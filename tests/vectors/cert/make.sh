#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the certificates in this folder; keys are made for them and thrown away.
set -e
cd "$(dirname "$0")"
d=$(mktemp -d)
trap 'rm -rf "$d"' EXIT
new() { # NAME KEYARGS -- REQARGS
  name=$1 alg=$2
  shift 2
  openssl genpkey $alg -out "$d/$name.key" 2>/dev/null
  openssl req -x509 -new -key "$d/$name.key" -days 3650 -out "openssl-$name.pem" "$@" 2>/dev/null
}
p256="-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve"
new root "$p256" -subj '/C=NL/O=Example/CN=Example Root' \
  -addext basicConstraints=critical,CA:TRUE,pathlen:1 -addext keyUsage=critical,keyCertSign,cRLSign
new ed25519 "-algorithm ED25519" -subj /CN=ed25519
new ed448 "-algorithm ED448" -subj /CN=ed448
new rsa "-algorithm RSA -pkeyopt rsa_keygen_bits:2048" -subj /CN=rsa
new pss "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048" -subj /CN=pss -sha384
new rsa1024 "-algorithm RSA -pkeyopt rsa_keygen_bits:1024" -subj /CN=rsa1024
new sha1 "-algorithm RSA -pkeyopt rsa_keygen_bits:2048" -subj /CN=sha1 -sha1
new secp256k1 "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -pkeyopt ec_param_enc:named_curve" -subj /CN=secp256k1
new zero-serial "$p256" -subj /CN=zero -set_serial 0
new late "$p256" -subj /CN=late -days 36500
cat > "$d/leaf.cnf" <<E
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth,clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:www.example.org,IP:192.0.2.1,email:me@example.org
certificatePolicies = 2.23.140.1.2.1
authorityInfoAccess = OCSP;URI:http://ocsp.example.org/,caIssuers;URI:http://ca.example.org/ca.cer
crlDistributionPoints = URI:http://ca.example.org/ca.crl
E
openssl genpkey $p256 -out "$d/leaf.key" 2>/dev/null
openssl req -new -key "$d/leaf.key" -subj '/C=NL/L=Amsterdam/O=Example/CN=www.example.org' -out "$d/leaf.csr"
openssl x509 -req -in "$d/leaf.csr" -CA openssl-root.pem -CAkey "$d/root.key" -days 900 \
  -extfile "$d/leaf.cnf" -set_serial 0x400000000000000000000000000000000000abcd -out openssl-leaf.pem 2>/dev/null
openssl x509 -in openssl-leaf.pem -outform DER -out openssl-leaf.der
openssl x509 -req -in "$d/leaf.csr" -CA openssl-root.pem -CAkey "$d/root.key" -days 900 -set_serial 1 \
  -out openssl-v1.pem 2>/dev/null
openssl x509 -req -in "$d/leaf.csr" -CA openssl-root.pem -CAkey "$d/root.key" -days 900 -set_serial -5 \
  -extfile "$d/leaf.cnf" -out openssl-negative-serial.pem 2>/dev/null
certtool --generate-privkey --key-type ed25519 --outfile "$d/g.key" 2>/dev/null
printf 'organization = "Example"\ncn = "gnutls"\nca\ncert_signing_key\nexpiration_days = 3650\nserial = 7\n' > "$d/t"
certtool --generate-self-signed --load-privkey "$d/g.key" --template "$d/t" --outfile gnutls-ca.pem 2>/dev/null
sed -i -n '/BEGIN/,/END/p' ./*.pem
