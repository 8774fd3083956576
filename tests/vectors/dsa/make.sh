#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes openssl.txt anew, with the openssl command.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

hex() {
	od -An -v -tx1 | tr -d ' \n'
}

key() { # bits of p, bits of q
	openssl genpkey -quiet -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:"$1" \
	    -pkeyopt dsa_paramgen_q_bits:"$2" -out "$tmp/params"
	openssl genpkey -quiet -paramfile "$tmp/params" -out "$tmp/key"
	spki=$(openssl pkey -in "$tmp/key" -pubout -outform DER | hex)
	for hash in SHA-1 SHA-224 SHA-256; do
		sig=$(printf message | openssl dgst -"$(echo $hash | tr -d -)" -sign "$tmp/key" | hex)
		echo "$1 $hash $spki $sig"
	done
}

{
	echo '# OpenSSL 3.0: bits, hash, SPKI, signature of "message"'
	key 1024 160
	key 2048 224
	key 2048 256
	key 3072 256
} >openssl.txt
