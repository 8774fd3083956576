# SPDX-License-Identifier: BSD-3-Clause
# pkitool show: every kind, for people and machines.
printf 'correct' >pw
: >empty
chmod 600 pw empty
for f in p256.csr rsa.csr sha1.csr rsa1024.csr rsa-pss.csr ed25519.csr k1.csr dsa.csr challenge.csr hostile.csr bad-signature.csr \
  p256.key rsa.key rsa-pss.key ed25519.key x25519.key encrypted.key empty-password.key scrypt.key p256.pub p256.der p256.b64 \
  k1.key dsa.key dsa-bare.pub sec1.key pkcs1.key rsa1024.key cut.der README.md nofile; do
  t pkitool show "$D/$f"
  t pkitool show --json "$D/$f"
done
AT='--at 2026-12-01T00:00:00Z'
t pkitool show $AT "$D/cert.pem"
t pkitool show $AT --json "$D/cert.pem"
for f in negative.pem weak.pem hostile.pem bundle.p7b; do
  t pkitool show $AT "$D/$f"
  t pkitool show $AT --json "$D/$f"
done
t pkitool show --at 2026-11-25T00:00:00Z "$D/negative.pem" | grep -A3 -E 'Valid|Odd'
t pkitool show --at 2127-01-01T00:00:00Z "$D/negative.pem" | grep -A3 -E 'Valid|Odd'
echo '--- several'
cat "$D/p256.key" "$D/p256.csr" "$D/cert.pem" "$D/p256.pub" >many.pem
t pkitool show $AT many.pem
t pkitool show $AT --json many.pem
t pkitool show --json "$D/bad-signature.csr" "$D/cut.der" "$D/p256.pub"
t pkitool show --json "$D/p256.pub" nofile "$D/bad-signature.csr"
t pkitool show "$D/p256.pub" "$D/p256.pub"
cat "$D/p256.der" "$D/p256.der" >two.der
t pkitool show --json two.der
(cat "$D/p256.der"; echo junk) >junk.der
t pkitool show --json junk.der
sed '$d' "$D/p256.csr" >noend.pem
t pkitool show --json noend.pem
sed 's/END CERTIFICATE/END NEW CERTIFICATE/' "$D/p256.csr" >labels.pem
t pkitool show --json labels.pem
sed '2s/^M/!/' "$D/p256.csr" >base64.pem
t pkitool show --json base64.pem
t pkitool show --json "$D/rsa.csr" base64.pem
: >nothing
t pkitool show nothing
t pkitool show --json nothing
t pkitool show "$D"
t pkitool show /dev/null
echo '--- passwords: never asked for'
t pkitool show --password-file pw "$D/encrypted.key"
t pkitool show --json --password-file pw "$D/encrypted.key"
t pkitool show --password-file empty "$D/empty-password.key"
t pkitool show --password-file pw "$D/empty-password.key" "$D/p256.pub"
t pkitool show --json --password-file empty "$D/encrypted.key"
t pkitool key show "$D/encrypted.key"
t pkitool key show --json "$D/encrypted.key"
t pkitool key show --password-file pw "$D/encrypted.key" "$D/p256.key" "$D/p256.pub"
t pkitool key show "$D/p256.csr"
echo '--- PEM'
t pkitool show --pem "$D/p256.der" "$D/cert.pem" many.pem
echo '--- ASN.1'
for f in p256.csr ed25519.csr cert.pem p256.key rsa.key pkcs1.key sec1.key encrypted.key cut.der hostile.csr README.md; do
  t pkitool show --asn1 "$D/$f"
done
t pkitool show --asn1 --json "$D/ed25519.csr"
t pkitool show --asn1 two.der
t pkitool show --asn1 junk.der
t pkitool show --asn1 --json junk.der
der() {
  printf "$1" >x.der
  t pkitool show --asn1 x.der
}
der '\002\001\005'
der '\060\200\002\001\005\000\000'
der '\060\003\002\001'
der '\060\003\002\002\005'
der '\060\004\002\201\001\005'
der '\060\006\004\004\060\002\005\000'
der '\060\006\004\004\060\002\005\001'
der '\060\000'
der '\060\002\240\000'
der '\060\004\137\201\001\000'
der '\060\005\014\003a\033b'
der '\060\013\027\011261124021Z'
for depth in 40 100; do
  { for ((i = depth; i > 0; i--)); do n=$((2 * (i - 1))); [ $n -lt 128 ] && printf "\\060\\$(printf %o $n)"; done; } >deep.der
  pkitool show --asn1 deep.der | tail -2
done
