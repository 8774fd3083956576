#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Do the binaries link what they may, and carry the hardening that configure chose?
. "$(dirname "$0")/lib.sh"

needed() {
  readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\.so.*/\1/p'
}
only() { # FILE PATTERN
  for l in $(needed "$1"); do
    count=$((count + 1))
    echo "$l" | grep -qE "^($2)$" || wrong "$(basename "$1") links $l"
  done
}
has() { # FILE WHAT READELF-OPTIONS PATTERN
  count=$((count + 1))
  readelf $3 "$1" | grep -qE "$4" || wrong "$(basename "$1"): $2"
}
hardened() {
  has "$1" 'no RELRO' -lW 'GNU_RELRO'
  has "$1" 'lazy binding' -dW 'BIND_NOW|FLAGS_1.*NOW'
  has "$1" 'an executable stack' -lW 'GNU_STACK .* RW '
  has "$1" 'no stack protector' -sW '__stack_chk_fail'
}
no_run_path() {
  # but for the one that check-next sets
  if readelf -dW "$1" | grep -E '\((RPATH|RUNPATH)\)' | grep -qvF "[${PKI_RUN_PATH:-}]"; then wrong "$(basename "$1"): has a run path"; fi
}

count=0
so=$build/.libs/libpki.so
jwk=$build/.libs/libpki-jwk.so
tool=$build/tools/.libs/pkitool
if [ "${PKI_SHARED:-yes}" = yes ]; then
  only "$so" 'libtasn1|libnettle|libhogweed|libgmp|libc|ld-linux.*'
  has "$so" 'the soname is not libpki.so.0' -dW 'SONAME.*\[libpki\.so\.0\]'
  if readelf -dW "$so" | grep -q TEXTREL; then wrong 'libpki.so: text relocations'; fi
  if [ "${PKI_HARDENING:-yes}" = yes ]; then
    hardened "$so"
    no_run_path "$so"
  fi
fi
if [ "${PKI_JWK:-yes}" = yes ] && [ "${PKI_SHARED:-yes}" = yes ]; then
  only "$jwk" 'libpki|libjansson|libc|ld-linux.*'
  has "$jwk" 'the soname is not libpki-jwk.so.0' -dW 'SONAME.*\[libpki-jwk\.so\.0\]'
  if readelf -dW "$jwk" | grep -q TEXTREL; then wrong 'libpki-jwk.so: text relocations'; fi
  # in the build folder libtool gives it a run path, to libpki.so
  if [ "${PKI_HARDENING:-yes}" = yes ]; then hardened "$jwk"; fi
fi
if [ "${PKI_TOOL:-yes}" = yes ] && [ "${PKI_SHARED:-yes}" = yes ]; then
  only "$tool" 'libpki|libjansson|libidn2|libc|ld-linux.*'
  if [ "${PKI_HARDENING:-yes}" = yes ]; then
    # libtool gives the program in the build folder a run path; the installed one has none
    has "$tool" 'not position independent' -hW 'DYN '
    has "$tool" 'no RELRO' -lW 'GNU_RELRO'
    has "$tool" 'lazy binding' -dW 'BIND_NOW|FLAGS_1.*NOW'
    has "$tool" 'an executable stack' -lW 'GNU_STACK .* RW '
  fi
fi
finish "$count facts"
