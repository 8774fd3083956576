# SPDX-License-Identifier: BSD-3-Clause
# pkitool sign: what of a request is kept, what each profile says, and what is refused.
AT='--at 2026-12-01T00:00:00Z'
said() {
  pkitool show $AT "$@" | grep -vE '^  (SPKI SHA-256|SHA-256|Serial) |KeyIdentifier'
}
pkitool ca 'Example Root CA' -o ca.pem --type p256 $AT 2>/dev/null
pkitool csr www.example.org example.org --key "$D/p256.key" -o server.csr
C="--ca ca.pem $AT"
t pkitool sign server.csr $C
is 'everyone may read it' "$(mode server.pem)" 644
said server.pem
t pkitool sign server.csr $C
t pkitool sign server.csr $C --force
t pkitool match server.pem "$D/p256.key"
pkitool sign - $C -o - <server.csr 2>/dev/null | said - | head -3
pkitool sign server.csr $C -o - --form der 2>/dev/null | pkitool show - | head -1

echo '--- what is asked for, and what is given'
for f in "$D/p256.csr" "$D/challenge.csr" "$D/rsa.csr" "$D/ed25519.csr" "$D/hostile.csr"; do
  t pkitool sign "$f" $C -o x.pem --force
done
pkitool csr evil.example --key "$D/p256.key" -o evil.csr --usage keyCertSign,digitalSignature --eku anyExtendedKeyUsage,OCSPSigning \
  --ext critical,2.5.29.19=30030101ff --ext 2.5.29.14=040400112233 --ext critical,1.3.6.1.4.1.99999.9=0500 --ext tlsfeature=3003020105
t pkitool sign evil.csr $C -o evil.pem
said evil.pem
for e in basicConstraints keyUsage extKeyUsage; do
  t pkitool sign evil.csr $C --copy $e -o no.pem
done
t pkitool sign evil.csr $C --copy tlsfeature --copy 1.3.6.1.4.1.99999.9 -o tls.pem
said tls.pem | grep -E 'tls|99999|Odd'
t pkitool sign server.csr $C --subject 'CN=other,O=Example' --days 7 --policy 1.2.3 --crl-url http://c.example/c.crl \
  --ocsp-url http://o.example/ --issuer-url http://i.example/i.der -o opts.pem
said opts.pem

echo '--- profiles'
pkitool csr me@example.org --subject CN=Me --key "$D/rsa.key" -o me.csr
pkitool csr --subject CN=Sub --key "$D/p256.key" -o sub.csr
for p in client email code ocsp timestamp; do
  exits 0 pkitool sign me.csr $C --profile $p -o $p.pem
  said $p.pem
done
t pkitool sign sub.csr $C --profile ca --path-length 1 --permit example.org --exclude bad.example.org -o sub.pem
said sub.pem

echo '--- refused: nothing is written'
pkitool csr --subject CN=nobody --key "$D/p256.key" -o nobody.csr
cat server.csr sub.csr >two.csr
pkitool selfsign a.example --key "$D/p256.key" -o leaf.pem
t pkitool sign nobody.csr $C -o no.pem
t pkitool sign "$D/bad-signature.csr" $C -o no.pem
t pkitool sign "$D/k1.csr" $C -o no.pem
t pkitool sign "$D/rsa1024.csr" $C -o no.pem
t pkitool sign "$D/sha1.csr" $C -o no.pem
t pkitool sign "$D/cut.der" $C -o no.pem
t pkitool sign ca.pem $C -o no.pem
t pkitool sign two.csr $C -o no.pem
t pkitool sign nofile.csr $C -o no.pem
t pkitool sign "$D" $C -o no.pem
t pkitool sign server.csr --ca nofile.pem -o no.pem
t pkitool sign server.csr --ca server.csr -o no.pem
t pkitool sign server.csr --ca leaf.pem --ca-key "$D/p256.key" -o no.pem
cp ca.pem keyless.pem
t pkitool sign server.csr --ca keyless.pem $AT -o no.pem
t pkitool sign server.csr $C --ca-key "$D/p256.key" -o no.pem
t pkitool sign server.csr $C --ca-key "$D/encrypted.key" -o no.pem
t pkitool sign server.csr $C --days 5000 -o no.pem
t pkitool sign server.csr --ca ca.pem --at 2045-01-01T00:00:00Z -o no.pem
t pkitool sign server.csr -o no.pem
t pkitool sign server.csr $C --profile sevrer -o no.pem
t pkitool sign server.csr $C --days 0 -o no.pem
t pkitool sign server.csr $C --days -5 -o no.pem
t pkitool sign server.csr $C --path-length 0 -o no.pem
t pkitool sign server.csr $C --permit example.org -o no.pem
t pkitool sign server.csr $C --copy nothing -o no.pem
t pkitool sign server.csr $C --subject nothing -o no.pem
t pkitool sign server.csr $C --policy x -o no.pem
t pkitool sign server.csr $C -o nofolder/no.pem
t pkitool sign server.csr $C -o ca.pem --force
t pkitool sign server.csr $C -o ca.key --force
t pkitool sign server.csr $C -o server.csr --force
ok 'nothing is written' test ! -e no.pem
