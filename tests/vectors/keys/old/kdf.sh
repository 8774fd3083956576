#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes kdf.inc anew: keys from OpenSSL's PKCS12KDF.
set -eu
cd "$(dirname "$0")"
row() { # hash, openssl's name, id, password in ASCII, salt, iterations, octets
	bmp=$(printf %s "$4" | od -An -v -tx1 | tr -d '\n' | sed 's/ /00/g')0000
	out=$(openssl kdf -keylen "$7" -kdfopt digest:"$2" -kdfopt hexpass:"$bmp" -kdfopt hexsalt:"$5" \
	    -kdfopt iter:"$6" -kdfopt id:"$3" PKCS12KDF | tr -d ':\n' | tr A-F a-f)
	printf '{ %s, %s, "%s", "%s", %s, "%s" },\n' "$1" "$3" "$4" "$5" "$6" "$out"
}
{
	row PKI_HASH_SHA1 SHA1 1 smeg 0a58cf64530d823f 1 24
	row PKI_HASH_SHA1 SHA1 2 smeg 0a58cf64530d823f 1 8
	row PKI_HASH_SHA1 SHA1 3 smeg 3d83c0e4546ac140 1 20
	row PKI_HASH_SHA1 SHA1 1 queeg 05dec959acff72f7 1000 24
	row PKI_HASH_SHA1 SHA1 1 '' 05dec959acff72f7 10 61
	row PKI_HASH_SHA256 SHA256 3 swordfish 000102030405060708090a0b0c0d0e0f 2048 32
	row PKI_HASH_SHA512 SHA512 1 swordfish 000102030405060708090a0b0c0d0e0f 3 100
	row PKI_HASH_MD5 MD5 1 'a password that is longer than one block of this digest is' 0102030405060708 2 40
} >kdf.inc
