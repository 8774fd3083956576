#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the requests in this folder anew, with OpenSSL and GnuTLS. Keys are made for each and
# forgotten, so that the octets differ from run to run; what the tests expect of them does not.
set -eu
cd "$(dirname "$0")"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

cat >"$dir/full.cnf" <<'X'
[req]
distinguished_name = dn
attributes = attrs
req_extensions = exts
prompt = no
string_mask = utf8only
[dn]
C = NL
O = Example \"B.V.\", Amsterdam
OU = Zoë
CN = www.example.org
emailAddress = me@example.org
[attrs]
challengePassword = beauty & beast
unstructuredName = an unstructured name
[exts]
subjectAltName = DNS:www.example.org,DNS:*.example.org,IP:192.0.2.1,IP:2001:db8::1,email:me@example.org,URI:https://x.example/path?q=1
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth,clientAuth
basicConstraints = critical,CA:FALSE
1.3.6.1.4.1.99999.1 = DER:0500
X

# ossl NAME SUBJECT KEY-OPTIONS... -- REQ-OPTIONS...
ossl() {
	name=$1
	subject=$2
	shift 2
	set -- "$@" --
	key=
	while [ "$1" != -- ]; do
		key="$key $1"
		shift
	done
	shift
	req=
	while [ "$1" != -- ]; do
		req="$req $1"
		shift
	done
	# shellcheck disable=SC2086
	openssl genpkey $key -out "$dir/key" 2>/dev/null
	# shellcheck disable=SC2086
	openssl req -new -key "$dir/key" -subj "$subject" $req -out "openssl-$name.pem" 2>/dev/null
}

ec() {
	echo "-algorithm EC -pkeyopt ec_param_enc:named_curve -pkeyopt ec_paramgen_curve:$1"
}

rsa="-algorithm RSA -pkeyopt rsa_keygen_bits:2048"
# shellcheck disable=SC2046,SC2086
{
	ossl p256 /CN=p256 $(ec P-256) --
	ossl p384 /CN=p384 $(ec P-384) -- -sha384
	ossl p521 /CN=p521 $(ec P-521) -- -sha512
	ossl p256-sha512 /CN=p256 $(ec P-256) -- -sha512
	ossl p256-sha1 /CN=p256 $(ec P-256) -- -sha1
	ossl secp256k1 /CN=secp256k1 $(ec secp256k1) --
	ossl explicit /CN=explicit -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit --
	ossl ed25519 /CN=ed25519 -algorithm ED25519 --
	ossl ed448 /CN=ed448 -algorithm ED448 --
	ossl rsa2048 /CN=rsa2048 $rsa --
	ossl rsa1024 /CN=rsa1024 -algorithm RSA -pkeyopt rsa_keygen_bits:1024 --
	ossl rsa-pss /CN=rsa-pss $rsa -- -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
	ossl rsa-pss-key /CN=rsa-pss-key -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 --
	ossl md5 /CN=md5 $rsa -- -md5
	ossl new-label /CN=new-label $(ec P-256) -- -newhdr
	ossl empty-subject / $(ec P-256) -- -addext subjectAltName=critical,DNS:example.org
}
openssl genpkey $(ec P-256) -out "$dir/key" 2>/dev/null
openssl req -new -utf8 -key "$dir/key" -config "$dir/full.cnf" -out openssl-full.pem
openssl req -in openssl-full.pem -outform DER -out openssl-full.der

cat >"$dir/gnutls.cfg" <<'X'
country = NL
organization = "Example, B.V."
cn = "www.example.org"
dns_name = "www.example.org"
ip_address = 192.0.2.1
email = "me@example.org"
challenge_password = 123456
signing_key
tls_www_server
X
# gnutls NAME OPTIONS...
gnutls() {
	name=$1
	shift
	certtool --generate-privkey --outfile "$dir/key" --no-text "$@" 2>/dev/null
	certtool --generate-request --load-privkey "$dir/key" --template "$dir/gnutls.cfg" \
		--no-text --outfile "gnutls-$name.pem" 2>/dev/null
}
gnutls p256 --key-type=ecdsa --curve=secp256r1
gnutls ed25519 --key-type=ed25519
gnutls rsa2048 --key-type=rsa --bits=2048
chmod 644 ./*.pem ./*.der
