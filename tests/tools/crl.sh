# SPDX-License-Identifier: BSD-3-Clause
# pkitool crl: lists, continued and delta, what is shown of them, and the ways it fails.
AT='--at 2026-12-01T00:00:00Z'
said() {
  pkitool show --at 2026-12-03T00:00:00Z "$@" | grep -vE '^  SHA-256 '
}
ca() { # NAME FILE
  pkitool ca "$1" --key "$D/p256.key" -o "$2" --at 2026-11-30T00:00:00Z
}
K="--ca-key $D/p256.key"
ca 'Example CA' ca.pem
cp "$D/p256.key" ca.key
cp "$D/p256.csr" q.csr
for i in 1 2 3; do pkitool sign q.csr --ca ca.pem -o c$i.pem $AT 2>/dev/null; done
t pkitool crl --ca ca.pem $AT
said ca.crl
t pkitool crl --ca ca.pem $AT
t pkitool crl --ca ca.pem $AT --force
t pkitool crl --ca ca.pem --from ca.crl --revoke 4e57:keyCompromise:2026-11-30T12:00:00Z --revoke 0xFF --revoke 00080:superseded:1700000000 \
  --revoke 0123456789abcdef0123456789abcdef01234567:unspecified --days 30 -o two.crl $AT
said two.crl
t pkitool show --json two.crl --at 2026-12-03T00:00:00Z | sed -E 's/[0-9a-f]{64}/(SHA-256)/'
t pkitool crl --ca ca.pem --from two.crl --revoke 4e57:removeFromCRL --revoke ff:certificateHold -o three.crl $AT
said three.crl
t pkitool crl --ca ca.pem --delta two.crl --revoke 77:cACompromise --revoke ff:removeFromCRL -o delta.crl $AT
said delta.crl
t pkitool show --json delta.crl | sed -E 's/.*("entries".*"indirect":[a-z]+).*/\1/'
t pkitool crl --ca ca.pem --from three.crl --delta two.crl --revoke 78 -o delta2.crl $AT
said delta2.crl | grep -E 'Number|Lists|Revoked'

echo '--- certificates'
serial() {
  pkitool show "$1" | sed -n 's/^  Serial *//p'
}
t pkitool crl --ca ca.pem --revoke c1.pem:keyCompromise --revoke c2.pem -o certs.crl $AT
is 'both are in it' "$(pkitool show certs.crl | grep ^' *Revoked' | awk '{ print $3 }' | sort)" "$(for i in 1 2; do serial c$i.pem; done | sort)"
is 'one has a reason' "$(pkitool show certs.crl | grep -c keyCompromise)" 1
cp c3.pem a:b.pem
t pkitool crl --ca ca.pem --revoke a:b.pem:superseded -o colon.crl $AT
is 'colons in a name' "$(pkitool show colon.crl | grep -c superseded)" 1
t pkitool crl --ca ca.pem --revoke - -o stdin.crl $AT
cat c3.pem | pkitool crl --ca ca.pem --revoke -:superseded -o - $AT | pkitool show - | grep -c "$(serial c3.pem)"
pkitool crl --ca ca.pem -o - --form der $AT | pkitool show - | head -1
pkitool crl --ca ca.pem -o many.crl $AT $(for i in {1..25}; do echo --revoke $i; done)
said many.crl | tail -3
t pkitool expiring many.crl --at 2026-12-07T12:00:00Z
t pkitool expiring many.crl --at 2027-12-07T12:00:00Z --json
pkitool show many.crl --at 2027-01-01T00:00:00Z | grep -E 'Next|Odd'
t pkitool convert two.crl --to der -o two.der
pkitool convert two.der --to pem | cmp - two.crl && echo the same

echo '--- refused: nothing is written'
pkitool ca 'Other CA' --key "$D/rsa.key" -o other.pem $AT
pkitool ca 'Example CA' --key "$D/rsa.key" -o same.pem $AT
pkitool sign q.csr --ca same.pem --ca-key "$D/rsa.key" -o d.pem $AT 2>/dev/null
pkitool crl --ca other.pem --ca-key "$D/rsa.key" -o other.crl $AT
pkitool crl --ca same.pem --ca-key "$D/rsa.key" -o same.crl $AT
C="--ca ca.pem $AT -o no.crl"
t pkitool crl $C --revoke c1.pem:becauseISaySo
t pkitool crl $C --revoke c1.pem:keycompromise
t pkitool crl $C --revoke c1.pem:keyCompromise:noon
t pkitool crl $C --revoke c1.pem:unknown
t pkitool crl $C --revoke c1.pem:
t pkitool crl $C --revoke nofile.pem
t pkitool crl $C --revoke nofile.pem:keyCompromise
t pkitool crl $C --revoke 0
t pkitool crl $C --revoke 4g
t pkitool crl $C --revoke 0x
t pkitool crl $C --revoke ''
t pkitool crl $C --revoke 0123456789abcdef0123456789abcdef0123456789
t pkitool crl $C --revoke ffffffffffffffffffffffffffffffffffffffff
t pkitool crl $C --revoke q.csr
t pkitool crl $C --revoke other.pem
t pkitool crl $C --revoke d.pem
t pkitool crl $C --revoke "$D/cut.der"
t pkitool crl $C --from other.crl
t pkitool crl $C --from same.crl
t pkitool crl $C --from delta.crl
t pkitool crl $C --from q.csr
t pkitool crl $C --from nofile
t pkitool crl $C --delta delta.crl
t pkitool crl $C --days 0
t pkitool crl $C --ca-key "$D/rsa.key"
t pkitool crl $C --ca-key "$D/encrypted.key"
t pkitool crl $C --ca-key "$D/k1.key"
t pkitool crl --ca c1.pem $K $AT -o no.crl
t pkitool crl --ca q.csr $AT -o no.crl
t pkitool crl -o no.crl
t pkitool crl --ca ca.pem $AT -o ca.pem --force
t pkitool crl --ca ca.pem $AT -o ca.key --force
t pkitool crl --ca ca.pem $AT -o nofolder/no.crl
t pkitool crl --ca ca.pem --from two.crl -o no.crl --at 2026-11-01T00:00:00Z
ok 'nothing is written' test ! -e no.crl
t pkitool crl --ca ca.pem --from ca.crl -o two.crl --force $AT
t pkitool crl --ca ca.pem --from two.crl -o two.crl --force $AT
pkitool show two.crl | grep Number
