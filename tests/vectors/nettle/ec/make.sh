#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the keys in this folder with the openssl command (3.0 or newer).
set -eu
cd "$(dirname "$0")"

key() # name, options
{
	name=$1
	shift
	openssl genpkey "$@" | openssl pkcs8 -topk8 -nocrypt -outform DER -out "$name.key"
	openssl pkey -inform DER -in "$name.key" -pubout -outform DER -out "$name.pub"
}

ec="-algorithm EC -pkeyopt ec_paramgen_curve"
key p256 $ec:P-256
key p384 $ec:P-384
key p521 $ec:P-521
for type in ed25519 ed448 x25519 x448
do
	key $type -algorithm $type
done

for type in p256 p384 p521 x25519 x448
do
	case $type in
	p*) key peer $ec:P-${type#p} ;;
	*) key peer -algorithm $type ;;
	esac
	openssl pkeyutl -derive -keyform DER -inkey $type.key -peerform DER -peerkey peer.pub \
		-out $type.shared
	mv peer.pub $type.peer
	rm peer.key
done

# what RFC 5480 forbids: the curve's numbers instead of its name
key explicit $ec:P-256 -pkeyopt ec_param_enc:explicit

# the same inside ECPrivateKey, in a PrivateKeyInfo that names the curve
inner=$(openssl ec -inform DER -in explicit.key -param_enc explicit -outform DER 2> /dev/null | xxd -p -c 4096)
der() # tag, contents
{
	n=$((${#2} / 2))
	if [ $n -lt 128 ]
	then printf '%s%02x%s' "$1" $n "$2"
	elif [ $n -lt 256 ]
	then printf '%s81%02x%s' "$1" $n "$2"
	else printf '%s82%04x%s' "$1" $n "$2"
	fi
}
der 30 "020100301306072a8648ce3d020106082a8648ce3d030107$(der 04 "$inner")" |
	xxd -r -p > explicit-inside.key
