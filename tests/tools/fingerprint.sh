# SPDX-License-Identifier: BSD-3-Clause
# pkitool fingerprint.
printf 'correct' >pw
chmod 600 pw
t pkitool fingerprint "$D/cert.pem" "$D/p256.csr" "$D/p256.key" "$D/p256.pub"
t pkitool fingerprint --json "$D/cert.pem" "$D/p256.key"
t pkitool fingerprint --pin "$D/cert.pem" "$D/p256.csr" "$D/p256.key" "$D/p256.pub"
cat "$D/cert.pem" "$D/rsa.csr" >both
t pkitool fingerprint both
pkitool fingerprint --pin - <"$D/cert.pem"
t pkitool fingerprint "$D/encrypted.key"
t pkitool fingerprint "$D/encrypted.key" --password-file pw
t pkitool fingerprint --json "$D/encrypted.key"
t pkitool fingerprint --pin --json "$D/cert.pem"
t pkitool fingerprint nofile "$D/cert.pem"
t pkitool fingerprint --json nofile "$D/cut.der"
t pkitool fingerprint "$D/README.md"
t pkitool fingerprint
t pkitool fingerprint "$D/k1.csr" "$D/rsa1024.csr"
