#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the keys of this folder anew, with the openssl command and GnuTLS's certtool.
set -eu
cd "$(dirname "$0")"

new() { # name, genpkey options
	name=$1
	shift
	openssl genpkey -quiet "$@" -out "$name.pem"
	openssl pkcs8 -topk8 -nocrypt -in "$name.pem" -outform DER -out "$name.der"
	openssl pkey -in "$name.pem" -pubout -out "$name.pub.pem"
}

new rsa -algorithm RSA -pkeyopt rsa_keygen_bits:2048
new rsa-1024 -algorithm RSA -pkeyopt rsa_keygen_bits:1024
new rsa-512 -algorithm RSA -pkeyopt rsa_keygen_bits:512
new rsa-e3 -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3
new rsa-3prime -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_primes:3
new rsa-pss -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048
new rsa-pss-sha384 -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 \
    -pkeyopt rsa_pss_keygen_md:sha384 -pkeyopt rsa_pss_keygen_mgf1_md:sha384 \
    -pkeyopt rsa_pss_keygen_saltlen:40
new p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
new p384 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
new p521 -algorithm EC -pkeyopt ec_paramgen_curve:P-521
new ed25519 -algorithm ED25519
new ed448 -algorithm ED448
new x25519 -algorithm X25519
new x448 -algorithm X448

# What libpki refuses: another curve, curve parameters spelled out, a compressed point, other
# algorithms, and the forms that came before PKCS #8.
new secp256k1 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1
new brainpool -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1
new explicit -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
openssl ec -in p256.pem -pubout -conv_form compressed -out compressed.pub.pem 2>/dev/null
openssl dsaparam -genkey -out dsa-traditional.tmp 1024 2>/dev/null
openssl pkcs8 -topk8 -nocrypt -in dsa-traditional.tmp -out dsa.pem
openssl pkey -in dsa.pem -pubout -out dsa.pub.pem
rm dsa-traditional.tmp
openssl rsa -traditional -in rsa.pem -out rsa.pkcs1.pem 2>/dev/null
openssl rsa -in rsa.pem -RSAPublicKey_out -out rsa.pkcs1.pub.pem 2>/dev/null
openssl ec -in p256.pem -out p256.sec1.pem 2>/dev/null
rm -f ssh.pem ssh.pem.pub
ssh-keygen -q -t ed25519 -N '' -C test -f ssh.pem
rm ssh.pem.pub

# PBES2: every AES with every pseudorandom function that openssl offers. Password: swordfish.
for cipher in aes-128-cbc aes-192-cbc aes-256-cbc; do
	for prf in SHA1 SHA224 SHA256 SHA384 SHA512 SHA512-224 SHA512-256; do
		openssl pkcs8 -topk8 -in p256.pem -passout pass:swordfish -iter 2048 \
		    -v2 $cipher -v2prf hmacWith$prf -out enc-$cipher-$prf.pem
	done
done
openssl pkcs8 -topk8 -in rsa.pem -passout pass:swordfish -iter 2048 -v2 aes-256-cbc -out enc-rsa.pem
openssl pkcs8 -topk8 -in ed448.pem -passout pass:swordfish -v2 aes-128-cbc -outform DER \
    -out enc-ed448.der
openssl pkcs8 -topk8 -in p256.pem -passout pass: -v2 aes-256-cbc -out enc-empty.pem
openssl pkcs8 -topk8 -in p256.pem -passout pass:swordfish -v2 des3 -out enc-des3.pem
openssl pkcs8 -topk8 -in p256.pem -passout pass:swordfish -scrypt -out enc-scrypt.pem
openssl pkcs8 -topk8 -in p256.pem -passout pass:swordfish -v1 PBE-SHA1-3DES -out enc-pbe1.pem

# The same with GnuTLS.
gnutls() { # name, type, more options
	name=$1 type=$2
	shift 2
	certtool --generate-privkey --key-type "$type" --pkcs8 --password '' --no-text \
	    --outfile "$name.pem" "$@" 2>/dev/null
}
gnutls gnutls-rsa rsa --bits 2048
gnutls gnutls-p256 ecdsa --curve secp256r1
gnutls gnutls-ed25519 ed25519
gnutls gnutls-ed448 ed448
for cipher in aes-128 aes-192 aes-256; do
	certtool --to-p8 --load-privkey gnutls-p256.pem --pkcs-cipher $cipher --password swordfish \
	    --no-text --outfile gnutls-enc-$cipher.pem 2>/dev/null
done
