#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Does each folder include only from folders to its left, and call only what it may? (HACKING.md)
. "$(dirname "$0")/lib.sh"

# What a folder below libpki/ may include of the others.
layers() {
  case $1 in
    core) echo core ;;
    pem) echo core pem ;;
    der) echo core pem der ;;
    asn1) echo core pem der asn1 ;;
    types) echo core pem der types ;;
    crypto) echo core pem der types crypto ;;
    x509) echo core pem der types crypto x509 ;;
    verify) echo core pem der types crypto x509 verify ;;
    backend/*) echo core der types "$1" ;;
    *) echo "" ;;
  esac
}
# The folder of a file, relative to libpki/: libpki/backend/nettle/rsa.c is backend/nettle.
layer_of() {
  dirname "${1#libpki/}"
}
# The files that a file includes: <pki/x.h> as <pki/x.h>, "libpki/x.h" as libpki/x.h.
includes() {
  sed -n -e 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)".*/\1/p' \
    -e 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*\(<[^>]*>\).*/\1/p' "$src/$1"
}
# Is $1 one of the words after it?
one_of() {
  word=$1
  shift
  for w; do [ "$w" = "$word" ] && return; done
  return 1
}

check_library_include() { # FILE INCLUDED
  case $1,$2 in
    libpki/crypto/registry.c,libpki/backend/*) return ;;
  esac
  case $2 in
    libpki/*)
      one_of "$(layer_of "$2")" $(layers "$(layer_of "$1")") ||
        wrong "$1 includes $2, which is not to its left" ;;
    '<nettle/'* | '<gmp.h>')
      [ "$(layer_of "$1")" = backend/nettle ] || wrong "$1 includes $2; backend/nettle alone may" ;;
    '<libtasn1.h>')
      one_of "$1" libpki/der/tlv.c libpki/asn1/compile.c ||
        wrong "$1 includes $2; der/tlv.c and asn1/compile.c alone may" ;;
    '<pki/pki.h>') wrong "$1 includes the header of everything" ;;
    '<'* | types/prep_table.h) ;;
    *) wrong "$1 includes \"$2\": write the path from the source folder" ;;
  esac
}
check_public_include() { # FILE INCLUDED
  case $2 in
    '<pki/'*'.h>' | '<stdbool.h>' | '<stddef.h>' | '<stdint.h>') ;;
    *) wrong "$1 includes $2; programs that include it would too" ;;
  esac
}
check_tool_include() { # FILE INCLUDED
  case $2 in
    libpki/*) wrong "$1 includes $2; the tool uses the public API only" ;;
    '<nettle/'* | '<gmp.h>' | '<libtasn1.h>') wrong "$1 includes $2; the tool goes through libpki" ;;
  esac
}
check_jwk_include() { # FILE INCLUDED
  case $2 in
    '<pki/pki.h>') wrong "$1 includes the header of everything" ;;
    jwk/* | '<pki/'*'.h>' | '<jansson.h>') ;;
    '<'*/* | '<gmp.h>' | '<libtasn1.h>') wrong "$1 includes $2; jwk/ uses the public API and jansson" ;;
    '<'*) ;;
    *) wrong "$1 includes \"$2\"; jwk/ uses the public API and jansson" ;;
  esac
}
check_includes() { # KIND FILE...
  kind=$1
  shift
  for f; do
    for i in $(includes "$f"); do
      checked=$((checked + 1))
      "check_${kind}_include" "$f" "$i"
    done
  done
}
# banned WORDS-PATTERN WHY FILE...: calls of functions that are not for here.
banned() {
  pattern=$1 why=$2
  shift 2
  for f; do
    code "$src/$f" | grep -nE "(^|[^A-Za-z0-9_>.])($pattern)[[:space:]]*\(" | sed "s|^|$f:|"
  done >"$tmp"
  wrong_lines "$why: " <"$tmp"
}

tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT
checked=0
generators=$(sources libpki | grep '/gen_' || :)
library=$(sources libpki | grep -v '/gen_')
tools=$(sources tools)
jwk=$(sources jwk)

check_includes library $library
check_includes public $(sources include)
check_includes tool $tools
check_includes jwk $jwk
for f in $library; do
  case $f in libpki/backend/nettle/* | libpki/crypto/registry.c) continue ;; esac
  code "$src/$f" | grep -nE 'pki_(backend_)?nettle' | sed "s|^|$f:|"
done >"$tmp"
wrong_lines 'crypto/registry.c alone names a backend: ' <"$tmp"

everywhere='strcpy|strcat|stpcpy|sprintf|vsprintf|gets|alloca|strtok|tmpnam|mktemp|tempnam'
banned "$everywhere" 'unbounded or racy' $library $jwk $tools $generators
banned 'rand|srand|random|srandom|setlocale|localtime|gmtime|mktime|system|popen' \
  'hidden state' $library $jwk $tools
banned 'printf|fprintf|vfprintf|puts|fputs|putchar|perror|exit|_exit|_Exit|abort|getenv|secure_getenv|assert|signal|raise' \
  'a library does not print, exit or look around' $library $jwk
banned 'malloc|calloc|realloc|strdup|strndup|asprintf|vasprintf' \
  'memory comes from core/alloc' $(printf '%s\n' $library $jwk | grep -vx libpki/core/alloc.c)
banned 'json_set_alloc_funcs|json_set_alloc_funcs2|json_object_seed' \
  'of the whole process' $jwk $tools
banned 'rsa_pkcs1_sign|rsa_sha(1|256|512)_sign|rsa_sha(1|256|512)_sign_digest|rsa_compute_root|rsa_decrypt|rsa_decrypt_tr' \
  'only rsa_*_tr is blinded and verified' $library
banned 'asn1_get_length_ber|asn1_object_id_der|asn1_expand_octet_string|asn1_decode_simple_ber' \
  'libtasn1 functions that misbehave (docs/libtasn1.md)' $library

# The compiler of modules is the one part of libtasn1's schema engine that is for the library.
banned 'asn1_parser2tree|asn1_array2tree|asn1_create_element|asn1_delete_[a-z0-9_]*|asn1_(der|ber)_(de)?coding[a-z0-9_]*|asn1_der_decoding_[a-z0-9_]*|asn1_(read|write)_[a-z0-9_]*|asn1_find_[a-z0-9_]*|asn1_copy_node|asn1_dup_node|asn1_expand_[a-z0-9_]*|asn1_number_of_elements' \
  "libtasn1's schema engine (docs/libtasn1.md)" $library
banned 'asn1_parser2array' 'asn1/compile.c alone compiles modules' \
  $(printf '%s\n' $library | grep -vx libpki/asn1/compile.c)

finish "$checked includes in $(printf '%s\n' $library $jwk $tools | grep -c .) files"
