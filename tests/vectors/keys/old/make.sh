#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the keys of this folder anew, with the openssl command: ../p256.pem and ../rsa.pem in the
# forms that are only read any more. Password: swordfish.
set -eu
cd "$(dirname "$0")"
legacy='-provider legacy -provider default'

# PBES1 and PKCS #12's
for pbe in PBE-MD5-DES PBE-MD5-RC2-64 PBE-SHA1-DES PBE-SHA1-RC2-64 PBE-SHA1-RC4-128 PBE-SHA1-RC4-40 \
    PBE-SHA1-3DES PBE-SHA1-2DES PBE-SHA1-RC2-128 PBE-SHA1-RC2-40; do
	openssl pkcs8 -topk8 $legacy -in ../p256.pem -passout pass:swordfish -v1 $pbe -out $pbe.pem
done
openssl pkcs8 -topk8 $legacy -in ../p256.pem -passout pass:Zürich😀 -v1 PBE-SHA1-3DES -out unicode.pem
openssl pkcs8 -topk8 $legacy -in ../p256.pem -passout pass: -v1 PBE-SHA1-3DES -out empty.pem

# PBES2 with other ciphers
for cipher in des-ede3-cbc des-cbc rc2-cbc rc2-64-cbc rc2-40-cbc; do
	openssl pkcs8 -topk8 $legacy -in ../p256.pem -passout pass:swordfish -v2 $cipher -out pbes2-$cipher.pem
done
openssl pkcs8 -topk8 -in ../rsa.pem -passout pass:swordfish -scrypt -scrypt_N 1024 -scrypt_r 8 \
    -scrypt_p 16 -out scrypt.pem

# DEK-Info
for cipher in des des3 aes128 aes192 aes256; do
	openssl rsa -traditional $legacy -in ../rsa.pem -passout pass:swordfish -$cipher -out dek-rsa-$cipher.pem
	openssl ec $legacy -in ../p256.pem -passout pass:swordfish -$cipher -out dek-ec-$cipher.pem
done 2>/dev/null

# ECPrivateKey without the public key, without parameters; with a compressed point.
openssl ec -in ../p256.pem -no_public -out sec1-no-public.pem 2>/dev/null
openssl ec -in ../p256.pem -conv_form compressed -out sec1-compressed.pem 2>/dev/null
for curve in p384 p521; do openssl ec -in ../$curve.pem -out sec1-$curve.pem 2>/dev/null; done

# openssh-key-v1, and the line that goes with it. ssh-keygen wants keys that are its reader's alone.
for key in rsa p256 p384 p521; do
	cp ../$key.pem openssh-$key.pem && chmod 600 openssh-$key.pem
	ssh-keygen -q -p -N '' -f openssh-$key.pem >/dev/null
	ssh-keygen -y -f openssh-$key.pem >openssh-$key.pub
done
rm -f openssh-ed25519.pem*
ssh-keygen -q -t ed25519 -N '' -C 'a comment' -f openssh-ed25519.pem
mv openssh-ed25519.pem.pub openssh-ed25519.pub
cp openssh-ed25519.pem openssh-encrypted.pem && chmod 600 openssh-encrypted.pem
ssh-keygen -q -p -N swordfish -f openssh-encrypted.pem >/dev/null
chmod 644 openssh-*
