#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Makes openssl.txt anew, with OpenSSL: a line for each extension, of what it is called here, its
# OID, whether it is critical, and the contents of its extnValue.
set -eu
cd "$(dirname "$0")"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
openssl genpkey -quiet -algorithm ED25519 -out "$dir/key.pem" 2>/dev/null

# One extension of a file, from what asn1parse says of it.
cut_extension() { # FILE NAME-AS-OPENSSL-SHOWS-IT LABEL
	openssl asn1parse -inform DER -in "$1" | awk -v name=":$2" -v label="$3" '
		/OBJECT/ { found = substr($0, length($0) - length(name) + 1) == name; critical = 0; next }
		found && /BOOLEAN/ { critical = 1; next }
		found && /OCTET STRING/ {
			sub(/.*HEX DUMP\]:/, "")
			print label, critical, tolower($0)
			exit
		}
		{ found = 0 }'
}

# cert LABEL NAME-AS-OPENSSL-SHOWS-IT LINE [SECTIONS]: one extension of a certificate
cert() {
	printf '%s\n' '[req]' 'distinguished_name = dn' 'prompt = no' '[dn]' 'CN = x' '[exts]' "$3" \
		"${4-}" >"$dir/cnf"
	openssl req -x509 -new -key "$dir/key.pem" -config "$dir/cnf" -extensions exts -outform DER \
		-out "$dir/cert.der" -set_serial 1 -days 30
	cut_extension "$dir/cert.der" "$2" "$1"
}

# crl LABEL NAME LINE: one extension of a CRL that has one entry
crl() {
	printf '%s\n' '[ca]' 'default_ca = c' '[c]' "database = $dir/index" "crlnumber = $dir/number" \
		'default_md = default' 'default_crl_days = 7' 'crl_extensions = e' '[e]' "$3" >"$dir/cnf"
	printf 'R\t351231235959Z\t260101000000Z,%s\t0A\tunknown\t/CN=x\n' "$4" >"$dir/index"
	echo "$5" >"$dir/number"
	openssl ca -gencrl -config "$dir/cnf" -keyfile "$dir/key.pem" -cert "$dir/ca.pem" \
		-out "$dir/crl.pem" 2>/dev/null
	openssl crl -in "$dir/crl.pem" -outform DER -out "$dir/crl.der"
	cut_extension "$dir/crl.der" "$2" "$1"
}

openssl req -x509 -new -key "$dir/key.pem" -subj /CN=ca -out "$dir/ca.pem" -days 30

{
ski='X509v3 Subject Key Identifier'
cert subjectKeyIdentifier "$ski" 'subjectKeyIdentifier = 0102030405'
cert keyUsage 'X509v3 Key Usage' 'keyUsage = critical,keyCertSign,cRLSign'
cert keyUsage-9 'X509v3 Key Usage' 'keyUsage = critical,keyAgreement,decipherOnly'
cert basicConstraints 'X509v3 Basic Constraints' 'basicConstraints = critical,CA:TRUE,pathlen:3'
cert basicConstraints-empty 'X509v3 Basic Constraints' 'basicConstraints = critical,CA:FALSE'
cert extKeyUsage 'X509v3 Extended Key Usage' 'extendedKeyUsage = serverAuth,clientAuth,1.2.3.4'
cert subjectAltName 'X509v3 Subject Alternative Name' \
	'subjectAltName = DNS:www.example.org,IP:192.0.2.1,IP:2001:db8::1,email:me@example.org,URI:https://example.org/,RID:1.2.3,dirName:n,otherName:1.2.3.4;UTF8:text' \
	'[n]
CN = x'
cert issuerAltName 'X509v3 Issuer Alternative Name' 'issuerAltName = DNS:ca.example.org,URI:https://ca.example.org/'
cert authorityKeyIdentifier 'X509v3 Authority Key Identifier' \
	'authorityKeyIdentifier = ASN1:SEQUENCE:a' '[a]
k = IMPLICIT:0,FORMAT:HEX,OCTETSTRING:0102030405'
cert authorityKeyIdentifier-full 'X509v3 Authority Key Identifier' \
	'authorityKeyIdentifier = ASN1:SEQUENCE:a' '[a]
k = IMPLICIT:0,FORMAT:HEX,OCTETSTRING:0102030405
i = IMPLICIT:1,SEQUENCE:n
s = IMPLICIT:2,INTEGER:0x0fedcba987654321
[n]
d = IMPLICIT:2,IA5STRING:ca.example.org'
cert certificatePolicies 'X509v3 Certificate Policies' \
	'certificatePolicies = 2.5.29.32.0,1.2.3.4,@p,@q' '[p]
policyIdentifier = 1.3.5.8
CPS.1 = https://example.org/cps
CPS.2 = https://example.org/cps2
userNotice.1 = @n
[q]
policyIdentifier = 1.3.5.9
userNotice.1 = @m
[n]
explicitText = UTF8:Explicit text
organization = Organisation
noticeNumbers = 1,2,3,400
[m]
explicitText = VISIBLE:Visible'
cert policyMappings 'X509v3 Policy Mappings' 'policyMappings = critical,1.2.3:1.2.4,1.2.5:1.2.6'
cert policyConstraints 'X509v3 Policy Constraints' \
	'policyConstraints = critical,requireExplicitPolicy:3,inhibitPolicyMapping:0'
cert policyConstraints-one 'X509v3 Policy Constraints' \
	'policyConstraints = critical,inhibitPolicyMapping:200'
cert inhibitAnyPolicy 'X509v3 Inhibit Any Policy' 'inhibitAnyPolicy = critical,2'
cert nameConstraints 'X509v3 Name Constraints' \
	'nameConstraints = critical,permitted;DNS:example.org,permitted;IP:192.0.2.0/255.255.255.0,permitted;IP:2001:db8::/ffff:ffff::,permitted;email:example.org,excluded;URI:.example.org,excluded;DNS:secret.example.org,excluded;dirName:n' \
	'[n]
O = Example'
cert nameConstraints-distance 'X509v3 Name Constraints' \
	'nameConstraints = critical,ASN1:SEQUENCE:c' '[c]
p = IMPLICIT:0,SEQUENCE:l
[l]
t = SEQUENCE:t
[t]
b = IMPLICIT:2,IA5STRING:example.org
m = IMPLICIT:0,INTEGER:1
x = IMPLICIT:1,INTEGER:300'
cert cRLDistributionPoints 'X509v3 CRL Distribution Points' \
	'crlDistributionPoints = URI:http://example.org/a.crl,a,b' '[a]
fullname = URI:http://example.org/b.crl,URI:ldap://example.org/b
reasons = keyCompromise,AACompromise
CRLissuer = dirName:n
[b]
relativename = n
[n]
CN = x'
cert freshestCRL 'X509v3 Freshest CRL' 'freshestCRL = URI:http://example.org/delta.crl'
cert authorityInfoAccess 'Authority Information Access' \
	'authorityInfoAccess = OCSP;URI:http://ocsp.example.org/,caIssuers;URI:http://example.org/ca.der'
cert subjectInfoAccess 'Subject Information Access' \
	'subjectInfoAccess = caRepository;URI:http://example.org/repository/'
cert subjectDirectoryAttributes 'X509v3 Subject Directory Attributes' \
	'2.5.29.9 = ASN1:SEQUENCE:s' '[s]
a = SEQUENCE:a
b = SEQUENCE:b
[a]
t = OID:2.5.4.6
v = SET:v
[v]
v = PRINTABLESTRING:NL
[b]
t = OID:1.3.6.1.5.5.7.9.1
v = SET:d
[d]
v = GENERALIZEDTIME:19700101120000Z'
cert tlsfeature 'TLS Feature' 'tlsfeature = status_request,status_request_v2'
cert pkix-ocsp-nocheck 'OCSP No Check' 'noCheck = ignored'
cert noRevAvail 'X509v3 No Revocation Available' '2.5.29.56 = ASN1:NULL'
cert certificateIssuer 'X509v3 Certificate Issuer' \
	'2.5.29.29 = critical,ASN1:SEQUENCE:s' '[s]
d = IMPLICIT:2,IA5STRING:ca.example.org'
cert issuingDistributionPoint 'X509v3 Issuing Distribution Point' \
	'issuingDistributionPoint = critical,@i' '[i]
fullname = URI:http://example.org/a.crl
onlyCA = TRUE
indirectCRL = TRUE
onlysomereasons = keyCompromise,CACompromise'
cert issuingDistributionPoint-user 'X509v3 Issuing Distribution Point' \
	'issuingDistributionPoint = critical,@i' '[i]
relativename = n
onlyuser = TRUE
[n]
CN = x'
cert issuingDistributionPoint-attributes 'X509v3 Issuing Distribution Point' \
	'issuingDistributionPoint = critical,@i' '[i]
onlyAA = TRUE'
cert deltaCRLIndicator 'X509v3 Delta CRL Indicator' '2.5.29.27 = critical,ASN1:INTEGER:0x80'
crl cRLNumber 'X509v3 CRL Number' '' keyCompromise FF01
crl cRLReasons 'X509v3 CRL Reason Code' '' CACompromise 01
crl invalidityDate 'Invalidity Date' '' keyTime,20251224180000Z 01
} >openssl.txt
