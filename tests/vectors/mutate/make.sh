#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes the files of this folder anew, with OpenSSL and certtool; the password is "secret".
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

key() { # NAME ALGORITHM [OPTION]
  name=$1
  shift
  openssl genpkey -quiet -algorithm "$@" -outform DER -out "$tmp/$name.key" 2>/dev/null ||
    openssl genpkey -algorithm "$@" -outform DER -out "$tmp/$name.key" 2>/dev/null
  openssl pkcs8 -topk8 -nocrypt -inform DER -in "$tmp/$name.key" -outform DER -out "key-$name.der"
  openssl pkey -inform DER -in "key-$name.der" -pubout -outform DER -out "pub-$name.der"
}
key rsa RSA -pkeyopt rsa_keygen_bits:2048
key rsa-pss RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256 \
  -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32
key p256 EC -pkeyopt ec_paramgen_curve:P-256
key p384 EC -pkeyopt ec_paramgen_curve:P-384
key p521 EC -pkeyopt ec_paramgen_curve:P-521
key ed25519 ED25519
key ed448 ED448
key x25519 X25519
key x448 X448

encrypt() { # NAME OPTION...
  name=$1
  shift
  openssl pkcs8 -topk8 -inform DER -in key-ed25519.der -outform DER -passout pass:secret -iter 1000 \
    "$@" -out "enc-$name.der"
}
encrypt sha256 -v2 aes-256-cbc -v2prf hmacWithSHA256
encrypt sha1 -v2 aes-128-cbc -v2prf hmacWithSHA1
encrypt sha512 -v2 aes-192-cbc -v2prf hmacWithSHA512

cat >"$tmp/csr.cnf" <<CONF
[req]
prompt = no
string_mask = utf8only
distinguished_name = dn
req_extensions = ext
attributes = attrs
[dn]
C = NL
O = Example Corp
+OU = Two in one RDN
CN = www.example.org
emailAddress = me@example.org
[attrs]
challengePassword = challenge me
unstructuredName = no structure
[ext]
basicConstraints = critical, CA:TRUE, pathlen:3
keyUsage = critical, digitalSignature, keyCertSign
extendedKeyUsage = serverAuth, clientAuth, 1.2.3.4
subjectKeyIdentifier = hash
subjectAltName = @san
tlsfeature = status_request
[san]
DNS.1 = www.example.org
DNS.2 = *.example.org
IP.1 = 192.0.2.1
IP.2 = 2001:db8::1
email = me@example.org
URI = https://example.org/path
RID = 1.2.3.4
dirName = inner
otherName = 1.3.6.1.4.1.311.20.2.3;UTF8:user@example.org
[inner]
CN = inner name
CONF
printf '[req]\nprompt = no\ndistinguished_name = dn\n[dn]\nCN = x\n' >"$tmp/small.cnf"
csr() { # NAME KEY CONFIG OPTION...
  name=$1 key=$2 cnf=$3
  shift 3
  openssl req -new -keyform DER -key "key-$key.der" -config "$tmp/$cnf.cnf" -outform DER "$@" \
    -out "csr-$name.der"
}
csr full p256 csr -sha256
csr p384 p384 small -sha384
csr ed25519 ed25519 small
csr rsa rsa small -sha256
csr rsa-pss rsa-pss small -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
cat >"$tmp/template" <<CONF
cn = certtool
dns_name = www.example.org
ip_address = 192.0.2.1
tls_www_server
signing_key
challenge_password = 123456
CONF
openssl pkey -inform DER -in key-p256.der -out "$tmp/p256.pem"
certtool --generate-request --load-privkey "$tmp/p256.pem" --template "$tmp/template" --outder \
  --outfile csr-certtool.der >/dev/null 2>&1

openssl req -inform DER -in csr-ed25519.der -out csr.pem
openssl pkey -inform DER -in key-ed25519.der -out key.pem
openssl pkey -inform DER -in key-ed25519.der -pubout -out pub.pem
openssl pkcs8 -topk8 -inform DER -in key-ed25519.der -passout pass:secret -iter 1000 -out enc.pem
{
  echo 'text in front'
  cat csr.pem
  echo 'and between'
  cat pub.pem key.pem
} >all.pem
{
  echo '-----BEGIN RSA PRIVATE KEY-----'
  echo 'Proc-Type: 4,ENCRYPTED'
  echo 'DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF'
  echo
  head -c 96 pub-rsa.der | openssl base64
  echo '-----END RSA PRIVATE KEY-----'
} >headers.pem

# Forms that came before PKCS #8, and encryptions that are only read any more.
old='-provider legacy -provider default'
openssl ec -inform DER -in key-p256.der -outform DER -out key-sec1.der 2>/dev/null
openssl rsa -inform DER -in key-rsa.der -traditional -outform DER -out key-pkcs1.der 2>/dev/null
openssl rsa -inform DER -in key-rsa.der -RSAPublicKey_out -outform DER -out pub-pkcs1.der 2>/dev/null
openssl ec -inform DER -in key-p256.der -pubout -conv_form compressed -outform DER \
  -out pub-compressed.der 2>/dev/null
for pbe in PBE-MD5-DES PBE-SHA1-3DES PBE-SHA1-RC4-40; do
  openssl pkcs8 -topk8 $old -inform DER -in key-ed25519.der -passout pass:secret -iter 10 -v1 $pbe \
    -outform DER -out enc-$pbe.der
done
openssl pkcs8 -topk8 $old -inform DER -in key-ed25519.der -passout pass:secret -iter 10 -v2 rc2-cbc \
  -outform DER -out enc-rc2.der
openssl pkcs8 -topk8 -inform DER -in key-ed25519.der -passout pass:secret -scrypt -scrypt_N 16 \
  -scrypt_r 1 -scrypt_p 1 -outform DER -out enc-scrypt.der
openssl ec -inform DER -in key-p256.der -aes128 -passout pass:secret -out dek.pem 2>/dev/null
for key in p256 rsa; do
  openssl pkey -inform DER -in key-$key.der -out "$tmp/ssh" && chmod 600 "$tmp/ssh"
  ssh-keygen -q -p -N '' -f "$tmp/ssh" >/dev/null
  ssh-keygen -y -f "$tmp/ssh" >ssh-$key.pub
  sed '/-----/d' "$tmp/ssh" | base64 -d >ssh-$key.bin
done
openssl crl2pkcs7 -nocrl -certfile ../cert/openssl-ed25519.pem -outform DER -out bundle.der
openssl crl2pkcs7 -nocrl -certfile ../cert/openssl-ed25519.pem -out bundle.pem
