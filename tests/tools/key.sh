# SPDX-License-Identifier: BSD-3-Clause
# pkitool key.
printf 'correct\n' >pw
printf 'wrong\n' >wrong
printf 'another\n' >new
chmod 600 pw wrong new
echo '--- new'
for k in p256 p384 p521 ed25519 ed448 x25519 x448 rsa2048 rsa-pss2048; do
  t pkitool key new --type $k -o $k.key
  is "$k: mode" "$(mode $k.key)" 600
  td pkitool key show $k.key
done
t pkitool key new -o p256.key
pkitool key new | head -1
pkitool key new --form der >k.der
td pkitool key show k.der
(umask 0; pkitool key new -o umask.key)
is 'mode under umask 0' "$(mode umask.key)" 600
t pkitool key new --password-file pw -o e.key
head -1 e.key
td pkitool show e.key
echo '--- public'
t pkitool key public "$D/p256.key"
is 'public of the request' "$(pkitool key public "$D/p256.csr")" "$(cat "$D/p256.pub")"
is 'public of the public key' "$(pkitool key public "$D/p256.pub")" "$(cat "$D/p256.pub")"
is 'public of the encrypted key' "$(pkitool key public --password-file pw "$D/encrypted.key")" "$(pkitool key public "$D/ed25519.key")"
t pkitool key public "$D/rsa.key" -o rsa.pub
is 'a public key is no secret' "$(mode rsa.pub)" 644
t pkitool key public "$D/rsa.key" -o rsa.pub
t pkitool key public "$D/cert.pem"
t pkitool key public "$D/encrypted.key"
cat "$D/p256.key" "$D/ed25519.csr" >both
t pkitool key public both
t pkitool key public --form der both
echo '--- convert'
cp "$D/p256.key" k.pem
t pkitool key convert --to der k.pem -o c.der
ok 'der is what openssl makes' cmp c.der "$D/p256.der"
t pkitool key convert --to pem c.der -o c.pem
ok 'and back' cmp c.pem k.pem
t pkitool key convert --to pem "$D/p256.b64" -o b.pem
ok 'bare base64' cmp b.pem k.pem
t pkitool key convert --to der "$D/encrypted.key" -o enc.der
t pkitool key convert --to pem enc.der -o enc.pem
ok 'an encrypted key stays as it is' cmp enc.pem "$D/encrypted.key"
t pkitool key convert --to spki k.pem
t pkitool key convert --to spki --form der k.pem -o s.der
td pkitool show s.der
t pkitool key convert --to der "$D/p256.pub" -o s2.der
ok 'two ways, one public key' cmp s.der s2.der
t pkitool key convert --to pkcs8 "$D/encrypted.key" --password-file pw -o plain.key
t pkitool match plain.key "$D/ed25519.key"
t pkitool key convert --to pkcs8 k.pem --new-password-file new -o again.key
t pkitool match again.key k.pem --password-file new
t pkitool key convert --to pkcs8 "$D/encrypted.key" --password-file wrong -o none.key
t pkitool key convert --to pkcs8 "$D/encrypted.key" -o none.key
t pkitool key convert --to pem k.pem --new-password-file new
t pkitool key convert --to pem "$D/cert.pem"
t pkitool key convert --to pem "$D/p256.csr"
t pkitool key convert --to der "$D/cut.der" -o none.key
t pkitool key convert --to der both -o none.key
t pkitool key convert --to sec1 "$D/p256.key" -o p256.sec1
ok 'it is what openssl makes of it' cmp p256.sec1 "$D/sec1.key"
t pkitool key convert --to pkcs1 "$D/rsa.key" -o rsa.pkcs1
ok 'this, too' cmp rsa.pkcs1 "$D/pkcs1.key"
is 'keys are for their owner alone' "$(mode rsa.pkcs1)" 600
t pkitool key convert --to pkcs8 p256.sec1 -o p256.again
ok 'and back' cmp p256.again "$D/p256.key"
t pkitool key convert --to pkcs8 rsa.pkcs1 -o rsa.again
ok 'and back' cmp rsa.again "$D/rsa.key"
t pkitool key convert --to der p256.sec1 -o p256.sec1.der
t pkitool key convert --to pem p256.sec1.der -o p256.sec1.again
ok 'pem and der keep the kind' cmp p256.sec1.again p256.sec1
t pkitool key show p256.sec1.der
pkitool key public "$D/rsa.key" -o rsa.spki
t pkitool key convert --to pkcs1 rsa.spki -o rsa.pkcs1.pub
ok 'a public key in PKCS #1 is what openssl makes of it' \
  sh -c 'openssl rsa -in "$1" -RSAPublicKey_out 2>/dev/null | cmp - rsa.pkcs1.pub' - "$D/rsa.key"
t pkitool key convert --to spki rsa.pkcs1.pub
t pkitool match rsa.pkcs1.pub rsa.pkcs1 "$D/rsa.key" rsa.spki
openssl rsa -in "$D/rsa.key" -traditional -aes128 -passout pass:correct -out dek.key 2>/dev/null
(umask 077; printf correct >pw.dek)
td pkitool show --json dek.key
t pkitool key show dek.key
t pkitool key convert --to pkcs8 dek.key --password-file pw.dek -o dek.plain
ok 'it is the key' cmp dek.plain "$D/rsa.key"
t pkitool key convert --to sec1 "$D/rsa.key"
t pkitool key convert --to sec1 rsa.pkcs1.pub
t pkitool key convert --to pkcs1 k.pem
t pkitool key convert --to pkcs1 "$D/rsa.key" --new-password-file pw.dek
t pkitool key convert --to pkcs1 "$D/rsa-pss.key"
t pkitool key convert --to jwk k.pem
t pkitool key convert --to jwk k.pem --form der
t pkitool key convert --to jwk k.pem --new-password-file pw.dek
t pkitool key convert --to jwk "$D/p256.pub"
t pkitool key convert --to jwk "$D/rsa-pss.key"
t pkitool key convert --to jwk "$D/p256.key" -o p256.jwk
is 'a JWK is secret' "$(stat -c %a p256.jwk)" 600
t pkitool key show p256.jwk
t pkitool key show --json p256.jwk
t pkitool key convert --to pkcs8 p256.jwk -o p256.from-jwk
ok 'and back' cmp p256.from-jwk "$D/p256.key"
t pkitool match p256.jwk "$D/p256.csr"
t pkitool key convert --to pem p256.jwk -o p256.jwk.pem
ok 'as PEM' cmp p256.jwk.pem "$D/p256.key"
t pkitool key public p256.jwk
t pkitool csr --key p256.jwk a.example -o jwk.csr
t pkitool match jwk.csr p256.jwk
pkitool key convert --to jwk "$D/p256.pub" >public.jwk
t pkitool key convert --to spki public.jwk
t pkitool key convert --to pkcs8 public.jwk
pkitool key convert --to openssh - <public.jwk
t pkitool key password p256.jwk --new-password-file pw.dek --force
echo '{"kty":"EC","crv":"P-256"}' >bad.jwk
t pkitool key show bad.jwk
t pkitool key show --json bad.jwk
t pkitool match bad.jwk p256.jwk
t pkitool key convert --to pkcs8 bad.jwk
echo '{"kty":"EC","kty":"EC"}' >bad.jwk
t pkitool show bad.jwk
echo '{"a":' | pkitool show - 2>&1
t pkitool key convert --to openssh "$D/p256.key" -o p256.ssh
is 'OpenSSH reads it, and finds the key' "$(ssh-keygen -y -f p256.ssh | cut -d' ' -f1,2)" \
  "$(pkitool key convert --to openssh "$D/p256.pub")"
t pkitool key convert --to openssh "$D/p256.pub"
t pkitool key convert --to pkcs8 p256.ssh -o p256.from-ssh
ok 'and back' cmp p256.from-ssh "$D/p256.key"
pkitool key convert --to openssh "$D/p256.pub" >line
t pkitool key show --json line
t pkitool key convert --to spki line
t pkitool match line p256.ssh "$D/p256.csr"
t pkitool key convert --to der p256.ssh
t pkitool key convert --to openssh --form der "$D/p256.key"
t pkitool key convert --to openssh "$D/x25519.key"
t pkitool key convert --to openssh "$D/rsa-pss.key"
t pkitool key convert --to pkcs8 "$D/scrypt.key" --password-file pw.dek -o scrypt.plain
ok 'scrypt is read' cmp scrypt.plain "$D/ed25519.key"
t pkitool key convert --to pkcs8 "$D/scrypt.key" --password-file "$D/README.md" -o none.key
ok 'nothing was made of what failed' test ! -e none.key
echo '--- password'
t pkitool key password k.pem --new-password-file new
ok 'kept without force' cmp k.pem "$D/p256.key"
t pkitool key password k.pem --new-password-file new --force
td pkitool show k.pem
t pkitool match k.pem "$D/p256.key" --password-file new
t pkitool key password k.pem --password-file wrong --no-password --force
t pkitool key password k.pem --password-file new --new-password-file pw -o k2.pem
t pkitool match k2.pem "$D/p256.key" --password-file pw
t pkitool key password k.pem --password-file new --no-password --force
td pkitool show k.pem
is 'mode' "$(mode k.pem)" 600
t pkitool key password "$D/p256.der" --new-password-file new -o e.der
td pkitool show e.der
ln -s k.pem link
t pkitool key password link --new-password-file new --force
pkitool key password - --new-password-file new <"$D/p256.key" | head -1
