# SPDX-License-Identifier: BSD-3-Clause
# pkitool match.
printf 'correct' >pw
chmod 600 pw
t pkitool match "$D/p256.key" "$D/p256.csr"
t pkitool match --json "$D/p256.key" "$D/p256.csr"
t pkitool match "$D/p256.key" "$D/p256.csr" "$D/p256.pub" "$D/p256.der" "$D/challenge.csr"
t pkitool match "$D/p256.key" "$D/rsa.csr"
t pkitool match --json "$D/p256.key" "$D/rsa.csr"
t pkitool match "$D/p256.key" "$D/p256.csr" "$D/rsa.csr"
t pkitool match "$D/k1.csr" "$D/k1.csr"
t pkitool match "$D/rsa1024.csr" "$D/rsa1024.csr"
t pkitool match "$D/rsa-pss.key" "$D/rsa-pss.csr"
t pkitool match "$D/ed25519.key" "$D/encrypted.key"
t pkitool match --password-file pw "$D/ed25519.key" "$D/encrypted.key" "$D/bad-signature.csr"
cat "$D/rsa.key" "$D/p256.csr" >both
t pkitool match both "$D/p256.key"
t pkitool match both "$D/rsa.csr"
t pkitool match both "$D/ed25519.csr"
t pkitool match "$D/p256.key" nofile
t pkitool match --json "$D/p256.key" nofile
t pkitool match "$D/cut.der" "$D/p256.key"
t pkitool match "$D/cert.pem" "$D/p256.key"
t pkitool match nofile "$D/cut.der"
t pkitool match "$D/README.md" "$D/README.md"
cat "$D/p256.key" | pkitool match - "$D/p256.csr"
cat "$D/p256.key" | t pkitool match - -
