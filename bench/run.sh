#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Prints what libpki costs beside OpenSSL, GnuTLS and Mbed TLS, in one run: interleaved rounds,
# medians. A peer that is not installed is left out. For make bench.
#
#   run.sh SOURCE-FOLDER BUILD-FOLDER
#     CC       the compiler for the peers' drivers
#     ROUNDS   how often each operation is measured (5)
#     SECONDS_EACH   of CPU for each measurement (0.2)
#     RUNS     of each whole command in a round (10)
set -eu
src=$(cd "$1" && pwd)
build=$(cd "$2" && pwd)
cc=${CC:-cc}
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-0.2}
runs=${RUNS:-10}
# In memory where that can be had: what is measured is no disk.
dir=$(mktemp -d /dev/shm/bench.XXXXXX 2>/dev/null || mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
out=$dir/results
: >"$out"

command -v openssl >/dev/null || {
	echo "bench: openssl makes the inputs, and is not installed" >&2
	exit 1
}

# The program itself, not libtool's script before it.
program() {
	if [ -x "$build/$1/.libs/$2" ]; then
		echo "$build/$1/.libs/$2"
	else
		echo "$build/$1/$2"
	fi
}

# peer NAME PACKAGE LIBRARY...: its driver, if it can be built
peer() {
	name=$1
	package=$2
	shift 2
	if $cc -O2 -std=gnu11 -I"$src" -o "$dir/$name" "$src/bench/peer_$name.c" \
		"$src/bench/harness.c" "$@" 2>"$dir/$name.log"; then
		peers="$peers $name"
	else
		echo "bench: $name is left out ($package is not installed, or not one we know)" >&2
	fi
}

# Each file after its length, as bench_parts reads it.
parts() {
	for f; do
		n=$(wc -c <"$f")
		printf "\\$(printf %03o $((n >> 24)))\\$(printf %03o $((n >> 16 & 255)))"
		printf "\\$(printf %03o $((n >> 8 & 255)))\\$(printf %03o $((n & 255)))"
		cat "$f"
	done
}

inputs() {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pem
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem
	for k in ec rsa; do
		openssl pkcs8 -topk8 -nocrypt -in $k.pem -outform DER -out $k.key
	done
	openssl req -new -key ec.pem -outform DER -out ec.csr \
		-subj "/C=SE/ST=Stockholm/L=Kista/O=Bench/OU=Perf/CN=www.example.com"
	openssl req -x509 -key rsa.pem -days 3650 -subj "/C=SE/O=Bench/CN=Root" -out ca.pem \
		-addext keyUsage=critical,keyCertSign,cRLSign
	printf 'subjectAltName=DNS:www.example.com,DNS:example.com\nkeyUsage=critical,digitalSignature\n' >leaf.cnf
	printf 'extendedKeyUsage=serverAuth,clientAuth\nbasicConstraints=critical,CA:FALSE\n' >>leaf.cnf
	openssl x509 -req -in ec.csr -inform DER -CA ca.pem -CAkey rsa.pem -days 90 -extfile leaf.cnf \
		-outform DER -out leaf.der
	parts leaf.der >leaf.parts
	for n in 1 2 3 4 5 6 7 8; do cat ca.pem; done >eight.pem
	awk 'BEGIN { for (i = 1; i <= 10000; i++)
		printf "R\t361001000000Z\t260901000000Z,keyCompromise\t40%030X\tunknown\t/CN=x\n", i * 7919 }' >index.txt
	printf '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=7\n' >ca.cnf
	echo 01 >number
	openssl ca -config ca.cnf -gencrl -cert ca.pem -keyfile rsa.pem -out crl.pem
	openssl crl -in crl.pem -outform DER -out crl.der
	printf 'country = SE\norganization = Bench\ncn = www.example.com\ndns_name = www.example.com\n' \
		>certtool.cfg
}

# measure OP LABEL FILE: each peer once
measure() {
	for p in $peers; do
		BENCH_LABEL=$2 "$dir/$p" "$1" "$seconds" "$3" >>"$out" || :
	done
}

whole_commands() {
	k=$1
	export BENCH_LABEL=$2
	if [ -x "$tool" ]; then
		"$command" libpki command "$runs" "$tool" csr www.example.com --key $k.pem \
			--subject CN=www.example.com,O=Bench,C=SE --force -o pkitool.csr >>"$out" || :
	fi
	"$command" openssl command "$runs" openssl req -new -key $k.pem -out openssl.csr \
		-subj /C=SE/O=Bench/CN=www.example.com -addext subjectAltName=DNS:www.example.com \
		>>"$out" || :
	if command -v certtool >/dev/null; then
		"$command" gnutls command "$runs" certtool --generate-request --load-privkey $k.pem \
			--template certtool.cfg --outfile certtool.csr >>"$out" 2>/dev/null || :
	fi
}

table() {
	awk -F '\t' '
	function unit(ns) {
		if (ns >= 1e6) return sprintf("%.2f ms", ns / 1e6)
		if (ns >= 1e3) return sprintf("%.2f us", ns / 1e3)
		return sprintf("%.0f ns", ns)
	}
	function median(key,    n, i, j, t, v) {
		n = count[key]
		if (n == 0) return 0
		for (i = 1; i <= n; i++) v[i] = value[key, i]
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && v[j] < v[j - 1]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
		return v[int((n + 1) / 2)]
	}
	function add(row, peer, v) {
		if (!(row in seen)) { seen[row] = 1; rows[++row_count] = row }
		value[row, peer, ++count[row, peer]] = v
	}
	function cell(row, peer,    v, mine) {
		v = median(row SUBSEP peer)
		mine = median(row SUBSEP "libpki")
		if (v == 0) return "-"
		if (row ~ /RSS$/) v = v * 1e3
		text = row ~ /RSS$/ ? sprintf("%.1f MB", v / 1e6) : unit(v)
		if (peer == "libpki" || mine == 0) return text
		return sprintf("%s  %.2f", text, mine / median(row SUBSEP peer))
	}
	NF >= 8 && $2 == "command" { add("csr --key, " $3 ", wall", $1, $5); add("csr --key, " $3 ", RSS", $1, $7); next }
	NF >= 8 { add($3 == "-" ? $2 : $2 ", " $3, $1, $4) }
	NF < 8 { printf "%s %s %s: %s\n", $1, $2, $3, $4 }
	END {
		split("libpki openssl gnutls mbedtls", peers, " ")
		printf "%-26s", ""
		for (i = 1; i <= 4; i++) printf " %18s", peers[i]
		printf "\n"
		for (r = 1; r <= row_count; r++) {
			printf "%-26s", rows[r]
			for (i = 1; i <= 4; i++) printf " %18s", cell(rows[r], peers[i])
			printf "\n"
		}
		print "CPU time, but for the whole command; beside each peer libpki as a multiple of it."
	}' "$out"
}

command=$(program bench command)
tool=$(program tools pkitool)
LD_LIBRARY_PATH=$build/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
peers=libpki
ln -s "$(program bench bench_libpki)" "$dir/libpki"
peer openssl libssl-dev -lcrypto
peer gnutls libgnutls28-dev -lgnutls
peer mbedtls libmbedtls-dev -lmbedx509 -lmbedcrypto

cd "$dir"
inputs 2>openssl.log || {
	cat openssl.log >&2
	exit 1
}
i=0
while [ $i -lt "$rounds" ]; do
	measure parse-csr - ec.csr
	measure parse-cert leaf leaf.parts
	measure pem-bundle 8 eight.pem
	measure parse-crl 10k crl.der
	measure csr-create P-256 ec.key
	measure csr-create RSA-2048 rsa.key
	whole_commands ec P-256
	whole_commands rsa RSA-2048
	i=$((i + 1))
done
table
