#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the RSA keys and signatures in this folder with the openssl command (3.0 or newer).
set -eu
cd "$(dirname "$0")"

printf 'Nettle signs, OpenSSL judges.' > message

key()
{
	openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" $3 -outform DER -out "$1.key"
	openssl pkey -inform DER -in "$1.key" -pubout -outform DER -out "$1.pub"
}

# key name, bits, options
key 512 512 ""
key 1024 1024 ""
key 2041 2041 ""
key 2048 2048 ""
key 2048e3 2048 "-pkeyopt rsa_keygen_pubexp:3"
key 4096 4096 ""
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_primes:3 \
	-outform DER -out 3primes.key
openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -outform DER -out pss.key
openssl pkey -inform DER -in pss.key -pubout -outform DER -out pss.pub
openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 \
	-pkeyopt rsa_pss_keygen_md:sha384 -pkeyopt rsa_pss_keygen_mgf1_md:sha384 \
	-pkeyopt rsa_pss_keygen_saltlen:24 -outform DER -out pss384.key
openssl pkey -inform DER -in pss384.key -pubout -outform DER -out pss384.pub

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
