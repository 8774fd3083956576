#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the CRLs in this folder anew, with OpenSSL and GnuTLS. The key is made for them and forgotten,
# so that the octets differ from run to run; what the tests expect of them does not.
set -eu
cd "$(dirname "$0")"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

cat >"$dir/ca.cnf" <<X
[req]
distinguished_name = dn
prompt = no
[dn]
C = NL
O = Example
CN = CRL test
[ca_exts]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
subjectAltName = email:ca@example.org
[leaf]
subjectKeyIdentifier = hash
[ca]
default_ca = this
[this]
database = $dir/index
new_certs_dir = $dir
serial = $dir/serial
crlnumber = $dir/number
certificate = ca.pem
private_key = $dir/key
default_md = sha256
policy = any
x509_extensions = leaf
default_days = 365
default_crl_days = 30
[any]
commonName = supplied
[number]
authorityKeyIdentifier = keyid:always
[all]
authorityKeyIdentifier = keyid:always,issuer:always
issuerAltName = issuer:copy
issuingDistributionPoint = critical,@point
freshestCRL = URI:http://crl.example.org/delta
authorityInfoAccess = caIssuers;URI:http://crl.example.org/ca
[point]
fullname = URI:http://crl.example.org/crl
onlyuser = TRUE
onlysomereasons = keyCompromise,CACompromise,superseded
[delta]
2.5.29.27 = critical,DER:020103
[critical]
1.3.6.1.4.1.99999.1 = critical,DER:0500
X

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$dir/key" 2>/dev/null
openssl req -x509 -new -key "$dir/key" -config "$dir/ca.cnf" -extensions ca_exts -days 36500 -out ca.pem
: >"$dir/index"
echo 1000 >"$dir/serial"
echo 03 >"$dir/number"
ca() {
	openssl ca -batch -config "$dir/ca.cnf" "$@" 2>/dev/null
}
crl() { # NAME [OPTIONS...]
	name=$1
	shift
	ca -gencrl -crl_lastupdate 20260101000000Z -crl_nextupdate 20270101000000Z "$@" >"$dir/crl"
	openssl crl -in "$dir/crl" -out "openssl-$name.pem"
}
revoke() { # OPTIONS...
	openssl req -new -key "$dir/key" -subj /CN=x -out "$dir/csr" 2>/dev/null
	serial=$(cat "$dir/serial")
	ca -notext -in "$dir/csr" -subj "/CN=$serial" -out "$dir/cert-$serial"
	ca -revoke "$dir/cert-$serial" "$@"
}

rm "$dir/number"
sed -i '/^crlnumber/d' "$dir/ca.cnf"
crl v1
sed -i "s|^serial = .*|&\ncrlnumber = $dir/number|" "$dir/ca.cnf"
echo 03 >"$dir/number"
crl empty -crlexts number
revoke
for reason in unspecified keyCompromise CACompromise affiliationChanged superseded cessationOfOperation certificateHold; do
	revoke -crl_reason "$reason"
done
revoke -crl_hold holdInstructionNone
revoke -crl_compromise 20251231235959Z
revoke -crl_CA_compromise 19991231235959Z
crl reasons -crlexts number
crl all -crlexts all
crl delta -crlexts delta
crl critical -crlexts critical
openssl crl -in openssl-reasons.pem -outform DER -out openssl-reasons.der

printf 'crl_next_update = 365\ncrl_number = 7\n' >"$dir/template"
cat "$dir"/cert-100[0-4] >"$dir/certs"
certtool --generate-crl --load-ca-privkey "$dir/key" --load-ca-certificate ca.pem --load-certificate "$dir/certs" \
	--template "$dir/template" --outfile gnutls-five.pem 2>/dev/null
certtool --generate-crl --load-ca-privkey "$dir/key" --load-ca-certificate ca.pem --template "$dir/template" \
	--outfile gnutls-empty.pem 2>/dev/null
