#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes more.txt anew, with OpenSSL: as make.sh does, of extensions outside RFC 5280. Those that it
# knows (Netscape's, sbgp-) it writes from its own syntax, the others from their ASN.1.
set -eu
cd "$(dirname "$0")"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
openssl genpkey -quiet -algorithm ED25519 -out "$dir/key.pem" 2>/dev/null

# cert LABEL LINE [SECTIONS]: the one extension of a certificate
cert() {
	printf '%s\n' '[req]' 'distinguished_name = dn' 'prompt = no' '[dn]' 'CN = x' '[exts]' "$2" \
		"${3-}" >"$dir/cnf"
	openssl req -x509 -new -key "$dir/key.pem" -config "$dir/cnf" -extensions exts -outform DER \
		-out "$dir/cert.der" -set_serial 1 -days 30
	openssl asn1parse -inform DER -in "$dir/cert.der" | awk -v label="$1" '
		/OBJECT/ { critical = 0 }
		/BOOLEAN/ { critical = 1 }
		/OCTET STRING/ {
			sub(/.*HEX DUMP\]:/, "")
			print label, critical, tolower($0)
			exit
		}'
}

{
cert netscapeCertType 'nsCertType = client,server,email'
cert netscapeCertType-ca 'nsCertType = sslCA,emailCA,objCA'
cert netscapeComment 'nsComment = made by OpenSSL'
cert ipAddrBlocks 'sbgp-ipAddrBlock = critical,@ip' '[ip]
IPv4.0 = 10.0.0.0/8
IPv4.1 = 192.0.2.1-192.0.2.9
IPv4.2 = 198.51.100.128/25
IPv4.3 = 203.0.113.255/32
IPv6.0 = 2001:db8::/32
IPv6.1 = 2001:dba::-2001:dbc:ffff:ffff:ffff:ffff:ffff:ffff
IPv6.2 = ::1/128'
cert ipAddrBlocks-inherit 'sbgp-ipAddrBlock = critical,@ip' '[ip]
IPv4 = inherit
IPv6 = inherit'
cert ipAddrBlocks-safi 'sbgp-ipAddrBlock = critical,@ip' '[ip]
IPv4-SAFI.0 = 1:203.0.113.0/24
IPv4-SAFI.1 = 2:inherit
IPv4.0 = 0.0.0.0/0'
cert ipAddrBlocks-edges 'sbgp-ipAddrBlock = critical,@ip' '[ip]
IPv4.0 = 0.0.0.0-127.255.255.254
IPv4.1 = 128.0.0.1-255.255.255.255'
cert autonomousSysIds 'sbgp-autonomousSysNum = critical,@as' '[as]
AS.0 = 64496-64511
AS.1 = 0
AS.2 = 4200000000-4294967295
RDI.0 = 7'
cert autonomousSysIds-inherit 'sbgp-autonomousSysNum = critical,@as' '[as]
AS = inherit
RDI = inherit'
cert privateKeyUsagePeriod '2.5.29.16 = ASN1:SEQUENCE:s' '[s]
a = IMPLICIT:0,GENERALIZEDTIME:20240101000000Z
b = IMPLICIT:1,GENERALIZEDTIME:20521231235959Z'
cert privateKeyUsagePeriod-after '2.5.29.16 = ASN1:SEQUENCE:s' '[s]
b = IMPLICIT:1,GENERALIZEDTIME:19991231235959Z'
cert enrollCertType '1.3.6.1.4.1.311.20.2 = ASN1:FORMAT:UTF8,BMP:Zoë'
cert certificateTemplate '1.3.6.1.4.1.311.21.7 = ASN1:SEQUENCE:s' '[s]
a = OID:1.3.6.1.4.1.311.21.8.1.2.3
b = INTEGER:110
c = INTEGER:4294967295'
cert certificateTemplate-id '1.3.6.1.4.1.311.21.7 = ASN1:SEQUENCE:s' '[s]
a = OID:1.3.6.1.4.1.311.21.8.1.2.3'
cert caVersion '1.3.6.1.4.1.311.21.1 = ASN1:INTEGER:0x20003'
cert previousCertHash '1.3.6.1.4.1.311.21.2 = ASN1:FORMAT:HEX,OCTETSTRING:000102030405060708090A0B0C0D0E0F10111213'
cert applicationCertPolicies '1.3.6.1.4.1.311.21.10 = ASN1:SEQUENCE:s' '[s]
a = SEQUENCE:a
b = SEQUENCE:b
[a]
a = OID:serverAuth
[b]
a = OID:clientAuth'
cert qcStatements '1.3.6.1.5.5.7.1.3 = ASN1:SEQUENCE:s' '[s]
a = SEQUENCE:a
b = SEQUENCE:b
c = SEQUENCE:c
d = SEQUENCE:d
e = SEQUENCE:e
f = SEQUENCE:f
g = SEQUENCE:g
h = SEQUENCE:h
i = SEQUENCE:i
[a]
a = OID:0.4.0.1862.1.1
[b]
a = OID:0.4.0.1862.1.2
b = SEQUENCE:money
[money]
a = PRINTABLESTRING:EUR
b = INTEGER:25
c = INTEGER:3
[c]
a = OID:0.4.0.1862.1.3
b = INTEGER:10
[d]
a = OID:0.4.0.1862.1.4
[e]
a = OID:0.4.0.1862.1.5
b = SEQUENCE:pdss
[pdss]
a = SEQUENCE:pds1
b = SEQUENCE:pds2
[pds1]
a = IA5STRING:https://ca.example/pds_en.pdf
b = PRINTABLESTRING:en
[pds2]
a = IA5STRING:https://ca.example/pds_nl.pdf
b = PRINTABLESTRING:nl
[f]
a = OID:0.4.0.1862.1.6
b = SEQUENCE:types
[types]
a = OID:0.4.0.1862.1.6.1
b = OID:0.4.0.1862.1.6.3
[g]
a = OID:0.4.0.1862.1.7
b = SEQUENCE:countries
[countries]
a = PRINTABLESTRING:NL
b = PRINTABLESTRING:GB
[h]
a = OID:1.3.6.1.5.5.7.11.2
b = SEQUENCE:semantics
[semantics]
a = OID:0.4.0.194121.1.1
b = SEQUENCE:names
[names]
a = IMPLICIT:2,IA5STRING:registry.example
[i]
a = OID:1.3.6.1.5.5.7.11.1'
cert qcStatements-number '1.3.6.1.5.5.7.1.3 = ASN1:SEQUENCE:s' '[s]
a = SEQUENCE:a
[a]
a = OID:0.4.0.1862.1.2
b = SEQUENCE:money
[money]
a = INTEGER:978
b = INTEGER:0
c = INTEGER:-2'
log=$(printf '%064d' 7)
one=00${log}0000018BCFE56800000004030002ABCD
two=00${log}0000018BCFE568010003ABCDEF08040000
cert signedCertificateTimestampList \
	"1.3.6.1.4.1.11129.2.4.2 = ASN1:FORMAT:HEX,OCTETSTRING:006A0031${one}0032${two}000101"
cert logotype '1.3.6.1.5.5.7.1.12 = ASN1:SEQUENCE:s' '[s]
a = EXPLICIT:0,SEQUENCE:community
b = EXPLICIT:1,IMPLICIT:1,SEQUENCE:reference
c = EXPLICIT:3,SEQUENCE:others
[reference]
a = SEQUENCE:hashes
b = SEQUENCE:uris
[others]
a = SEQUENCE:other
[other]
a = OID:1.3.6.1.5.5.7.20.1
b = IMPLICIT:0,SEQUENCE:direct
[community]
a = IMPLICIT:0,SEQUENCE:direct
[direct]
a = SEQUENCE:images
b = IMPLICIT:1,SEQUENCE:audios
[images]
a = SEQUENCE:image
[image]
a = SEQUENCE:details
b = SEQUENCE:imageinfo
[imageinfo]
a = IMPLICIT:0,INTEGER:0
b = INTEGER:1000
c = INTEGER:64
d = INTEGER:32
e = IMPLICIT:1,INTEGER:8
f = IMPLICIT:4,IA5STRING:nl
[audios]
a = SEQUENCE:audio
[audio]
a = SEQUENCE:details
b = SEQUENCE:audioinfo
[audioinfo]
a = INTEGER:2000
b = INTEGER:1500
c = INTEGER:2
d = IMPLICIT:3,INTEGER:44100
[details]
a = IA5STRING:image/gif
b = SEQUENCE:hashes
c = SEQUENCE:uris
[hashes]
a = SEQUENCE:hash
[hash]
a = SEQUENCE:alg
b = FORMAT:HEX,OCTETSTRING:AABB
[alg]
a = OID:sha256
[uris]
a = IA5STRING:https://logo.example/a
b = IA5STRING:https://logo.example/b'
} >more.txt
