# SPDX-License-Identifier: BSD-3-Clause
# Wrong usage: exit 2, a line that says what, and nothing on standard output.
t pkitool
t pkitool cvs
t pkitool csr
t pkitool shwo file
t pkitool xyzzy
t pkitool ''
t pkitool --versio
t pkitool --version extra
t pkitool -x
t pkitool -- csr
t pkitool key
t pkitool key convret x
t pkitool key --json
t pkitool key new extra
t pkitool csr a.example --tipe p256
t pkitool csr a.example --zzzzzz
t pkitool csr a.example --typ
t pkitool csr a.example -x
t pkitool csr a.example -hx
t pkitool csr a.example --type
t pkitool csr a.example --type p255
t pkitool csr a.example --type ''
t pkitool csr a.example --type=rsa1024
t pkitool csr a.example --form text
t pkitool csr a.example --force=yes
t pkitool csr a.example --force --force
t pkitool csr a.example --usage digitalSignatur
t pkitool csr a.example --usage ''
t pkitool csr a.example --usage digitalSignature,,cRLSign
t pkitool csr a.example --eku serverauth
t pkitool csr a.example --eku commonName
t pkitool csr a.example --eku 1
t pkitool csr a.example --eku 3.1
t pkitool csr a.example --ext 1.2.3
t pkitool csr a.example --ext 1.2.3=0
t pkitool csr a.example --ext 1.2.3=05zz
t pkitool csr a.example --ext 1.2.3=05
t pkitool csr a.example --ext 1.2.3=050000
t pkitool csr a.example --ext 4.2.3=0500
t pkitool csr a.example --ext =0500
t pkitool csr a.example --ext 1.2.3=0500 --ext 1.2.3=0500
t pkitool csr a.example --ext 2.5.29.15=03020780 --usage cRLSign
t pkitool csr a.example --subject CN
t pkitool csr a.example --subject C=DEU
t pkitool csr a.example --at yesterday
t pkitool csr a.example --key k --type p256
t pkitool csr a.example --key k --key-out l
t pkitool csr a.example -o -
t pkitool csr a.example -o r.csr --key-out r.csr
t pkitool csr a.example -o r.csr --key-out -
t pkitool csr a.example -o ''
t pkitool csr --subject CN=a
t pkitool csr --subject '' -o r.csr
t pkitool csr a.example --no-password --password-file pw
t pkitool csr a.example --password-file pw --password-fd 3
t pkitool csr a.example --password-fd x
t pkitool csr a.example --password-fd -1
t pkitool csr a.example --password-env PKITOOL_TEST_NO_SUCH
t pkitool csr a.example --password secret
t pkitool csr a.example --json-in x --stdin-json
t pkitool show
t pkitool show --pem --json x
t pkitool match "$D/p256.key"
t pkitool key convert "$D/p256.key"
t pkitool key convert --to pem --form der "$D/p256.key"
t pkitool key convert --to pcks8 "$D/p256.key"
t pkitool key password "$D/p256.key" --force
t pkitool key public a b
t pkitool completion
t pkitool completion tcsh
t pkitool completion zhs
is 'no file was made' "$(ls)" data
