#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the RSA keys and signatures in this folder with the openssl command (3.0 or newer).
set -eu
cd "$(dirname "$0")"

printf 'Nettle signs, OpenSSL judges.' > message

key() # name, options
{
	name=$1
	shift
	openssl genpkey "$@" | openssl pkcs8 -topk8 -nocrypt -outform DER -out "$name.key"
	openssl pkey -inform DER -in "$name.key" -pubout -outform DER -out "$name.pub"
}

rsa="-algorithm RSA -pkeyopt rsa_keygen_bits"
pss="-algorithm RSA-PSS -pkeyopt rsa_keygen_bits"
for bits in 512 1024 2041 2048 4096
do
	key $bits $rsa:$bits
done
key 2048e3 $rsa:2048 -pkeyopt rsa_keygen_pubexp:3
key 3primes $rsa:2048 -pkeyopt rsa_keygen_primes:3
key pss $pss:2048
key pss384 $pss:2048 -pkeyopt rsa_pss_keygen_md:sha384 -pkeyopt rsa_pss_keygen_mgf1_md:sha384 \
	-pkeyopt rsa_pss_keygen_saltlen:24

sign() # key, hash, what, options
{
	openssl dgst "-$2" -binary message > digest
	openssl pkeyutl -sign -inkey "$1.key" -keyform DER -in digest \
		-pkeyopt "digest:$2" $4 -out "$1-$2-$3.sig"
	rm digest
}

pss="-pkeyopt rsa_padding_mode:pss"
for hash in md5 sha1 sha224 sha256 sha384 sha512 sha512-224 sha512-256 \
	sha3-224 sha3-256 sha3-384 sha3-512
do
	sign 2048 $hash pkcs1 ""
	sign 2048 $hash pss "$pss -pkeyopt rsa_pss_saltlen:digest"
done
sign 2041 sha256 pkcs1 ""
sign 2041 sha256 pss "$pss -pkeyopt rsa_pss_saltlen:32"
sign 2048e3 sha256 pkcs1 ""
sign 4096 sha512 pkcs1 ""
sign 1024 sha512 pss0 "$pss -pkeyopt rsa_pss_saltlen:0"
sign 1024 sha512 pss62 "$pss -pkeyopt rsa_pss_saltlen:62"
sign pss sha256 pss "$pss -pkeyopt rsa_pss_saltlen:32"
sign pss384 sha384 pss "$pss -pkeyopt rsa_pss_saltlen:48"
