# SPDX-License-Identifier: BSD-3-Clause
# The questions that configure asks.

# PKI_ARG_ENABLE(NAME, DEFAULT, WHAT): --enable-NAME, or --disable-NAME where the default is yes.
AC_DEFUN([PKI_ARG_ENABLE],
  [AC_ARG_ENABLE([$1],
    [AS_HELP_STRING([m4_if([$2], [yes], [--disable-$1], [--enable-$1])], [$3])],
    [], [AS_TR_SH([enable_$1])=$2])])

# PKI_TRY_CFLAG(FLAG, IF-IT-WORKS): compiled and linked, warnings are errors.
AC_DEFUN([PKI_TRY_CFLAG],
  [AS_VAR_PUSHDEF([works], [pki_cv_flag_$1])
  AC_CACHE_CHECK([whether $CC takes $1], [works],
    [pki_save_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $1"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <stdlib.h>]], [[return abs(-1) == 2;]])],
      [AS_VAR_SET([works], [yes])], [AS_VAR_SET([works], [no])])
    CFLAGS=$pki_save_CFLAGS])
  AS_VAR_IF([works], [yes], [$2])
  AS_VAR_POPDEF([works])])

# PKI_CFLAGS_IF(VARIABLE, FLAGS): those of the flags that work.
AC_DEFUN([PKI_CFLAGS_IF],
  [m4_foreach_w([pki_flag], [$2],
    [PKI_TRY_CFLAG(m4_quote(pki_flag), [AS_VAR_APPEND([$1], [" ]m4_quote(pki_flag)["])])])
  AC_SUBST([$1])])

# C11 inside: the compiler's own default may be older or newer.
AC_DEFUN([PKI_C11],
  [PKI_CFLAGS_IF([STD_CFLAGS], [-std=gnu11])
  AC_COMPILE_IFELSE([AC_LANG_SOURCE([[
#include <stdatomic.h>
#include <stddef.h>
_Static_assert(sizeof(max_align_t) >= 8, "C11");
atomic_size_t n;
]])], [], [AC_MSG_ERROR([a C11 compiler with <stdatomic.h> is needed (Debian: gcc)])])])

# What makes a mistake harder to exploit; measured in the binaries by tests. Of Intel's CET the shadow
# stack: Linux has no branch tracking in user space, and its marks cost four octets a function.
AC_DEFUN([PKI_HARDENING],
  [AS_IF([test "$enable_hardening" = yes],
    [PKI_CFLAGS_IF([HARDEN_CFLAGS], [-fstack-protector-strong -fstack-clash-protection
      -fcf-protection=return -mbranch-protection=standard -fno-delete-null-pointer-checks])
    # with it overflow is no mistake to UBSan
    AS_IF([test "$enable_sanitizers" = no], [PKI_CFLAGS_IF([HARDEN_CFLAGS], [-fno-strict-overflow])])
    # not in the library: readers and writers are large, and their init functions fill them
    PKI_CFLAGS_IF([INIT_CFLAGS], [-ftrivial-auto-var-init=zero])
    PKI_CFLAGS_IF([HARDEN_LDFLAGS], [-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack])
    PKI_CFLAGS_IF([PIE_CFLAGS], [-fPIE])
    PKI_CFLAGS_IF([PIE_LDFLAGS], [-pie])
    AS_IF([test "$enable_sanitizers" = no],
      [PKI_TRY_CFLAG([-D_FORTIFY_SOURCE=2], [HARDEN_CPPFLAGS=" -D_FORTIFY_SOURCE=2"])])])
  AC_SUBST([HARDEN_CPPFLAGS])
  AC_SUBST([HARDEN_CFLAGS])
  AC_SUBST([HARDEN_LDFLAGS])
  AC_SUBST([PIE_CFLAGS])
  AC_SUBST([PIE_LDFLAGS])])

# The library small: calls of its own functions are direct, what nothing calls is left out, and there
# are no tables for unwinding, which C does not need (debug information has its own).
AC_DEFUN([PKI_SMALL],
  [PKI_CFLAGS_IF([SMALL_CFLAGS], [-fno-semantic-interposition -fno-asynchronous-unwind-tables
    -fno-align-functions -fno-align-jumps -fno-tree-vectorize -ffunction-sections -fdata-sections])
  PKI_CFLAGS_IF([SMALL_LDFLAGS], [-Wl,-Bsymbolic-functions -Wl,--gc-sections -Wl,-O1
    -Wl,-z,pack-relative-relocs])
  # stands behind CFLAGS, for most of the objects; a build that is not optimized stays as it is
  AS_CASE([" $CFLAGS "], [*" -O2 "*|*" -O3 "*], [PKI_CFLAGS_IF([SIZE_CFLAGS], [-Os])])
  AC_SUBST([SIZE_CFLAGS])])

# Sanitizers, coverage, libFuzzer.
AC_DEFUN([PKI_INSTRUMENT],
  [INSTRUMENT_CFLAGS= FUZZ_LDFLAGS=
  AS_IF([test "$enable_sanitizers" != no],
    [INSTRUMENT_CFLAGS="-fsanitize=$enable_sanitizers -fno-omit-frame-pointer -g"
    AS_CASE([$enable_sanitizers], [*undefined*],
      [AS_VAR_APPEND([INSTRUMENT_CFLAGS], [" -fno-sanitize-recover=undefined"])])])
  AS_IF([test "$enable_coverage" = yes],
    [AS_VAR_APPEND([INSTRUMENT_CFLAGS], [" --coverage -O0 -g"])])
  AS_IF([test "$enable_fuzzing" = yes],
    [AS_VAR_APPEND([INSTRUMENT_CFLAGS], [" -fsanitize=fuzzer-no-link"])
    FUZZ_LDFLAGS="-fsanitize=fuzzer"])
  AS_IF([test -n "$INSTRUMENT_CFLAGS"],
    [AC_MSG_CHECKING([whether $CC takes $INSTRUMENT_CFLAGS])
    pki_save_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS $INSTRUMENT_CFLAGS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [AC_MSG_RESULT([yes])],
      [AC_MSG_RESULT([no])
      AC_MSG_ERROR([$CC cannot; libFuzzer and its sanitizers need CC=clang (Debian: clang libclang-rt-14-dev)])])
    CFLAGS=$pki_save_CFLAGS])
  AC_SUBST([INSTRUMENT_CFLAGS])
  AC_SUBST([FUZZ_LDFLAGS])])

# Exported symbols are those of libpki.map; nothing else is left undefined.
AC_DEFUN([PKI_VERSION_SCRIPT],
  [AC_CACHE_CHECK([whether the linker takes a version script], [pki_cv_version_script],
    [echo 'LIBPKI_TEST { global: main; local: *; };' >conftest.map
    pki_save_LDFLAGS=$LDFLAGS
    LDFLAGS="$LDFLAGS -Wl,--version-script=conftest.map"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
      [pki_cv_version_script=yes], [pki_cv_version_script=no])
    LDFLAGS=$pki_save_LDFLAGS
    rm -f conftest.map])
  AM_CONDITIONAL([VERSION_SCRIPT], [test "$pki_cv_version_script" = yes])
  AS_IF([test "$enable_sanitizers" = no],
    [PKI_CFLAGS_IF([DEFS_LDFLAGS], [-Wl,-z,defs])])
  AC_SUBST([DEFS_LDFLAGS])])

# PKI_NEED(PREFIX, MODULE, DEBIAN-PACKAGE, [OPTION-THAT-DOES-WITHOUT]): what is missing is
# collected, so that one message names all of it.
AC_DEFUN([PKI_NEED],
  [PKG_CHECK_MODULES([$1], [$2], [],
    [PKI_LACKS([$2], [$3], [$4])])])

AC_DEFUN([PKI_LACKS],
  [AS_VAR_APPEND([pki_missing], ["
    $1 (Debian: $2)m4_ifval([$3], [, or configure with $3])"])
  AS_VAR_APPEND([pki_missing_packages], [" $2"])])

AC_DEFUN([PKI_MISSING_ERROR],
  [AS_IF([test -n "$pki_missing"],
    [AC_MSG_ERROR([these are needed and not here:$pki_missing
  On Debian:  apt-get install$pki_missing_packages])])])

# GMP, whose .pc file older distributions lack.
AC_DEFUN([PKI_NEED_GMP],
  [AC_SUBST([GMP_LIBS], [-lgmp])
  pki_save_LIBS=$LIBS
  LIBS="$LIBS -lgmp"
  AC_MSG_CHECKING([for GMP])
  AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <gmp.h>]], [[mpz_t x; mpz_init(x); mpz_clear(x);]])],
    [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no])
    PKI_LACKS([gmp], [libgmp-dev])])
  LIBS=$pki_save_LIBS])

# libunistring has no .pc file. It makes a table at build time, which releases come with; the tests
# compare with it.
AC_DEFUN([PKI_NEED_UNISTRING],
  [AC_SUBST([UNISTRING_LIBS], [-lunistring])
  pki_save_LIBS=$LIBS
  LIBS="$LIBS -lunistring"
  AC_MSG_CHECKING([for libunistring])
  AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <unicase.h>]], [[return uc_tolower('A') != 'a';]])],
    [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no])
    AS_IF([test -e "$srcdir/libpki/types/prep_table.h"],
      [AS_VAR_APPEND([PKI_TESTS_MISSING], [" libunistring-dev"])],
      [PKI_LACKS([libunistring], [libunistring-dev])])])
  LIBS=$pki_save_LIBS])

# PKI_TESTS_PROG(PROGRAM, DEBIAN-PACKAGE), PKI_TESTS_MODULE(PREFIX, MODULE, DEBIAN-PACKAGE): needed
# by make check alone, which says so before it begins.
AC_DEFUN([PKI_TESTS_PROG],
  [AC_CHECK_PROG([pki_have_]m4_translit([$1], [-], [_]), [$1], [yes], [no])
  AS_VAR_IF([pki_have_]m4_translit([$1], [-], [_]), [yes], [], [AS_VAR_APPEND([PKI_TESTS_MISSING], [" $2"])])])
AC_DEFUN([PKI_TESTS_MODULE],
  [PKG_CHECK_MODULES([$1], [$2], [], [AS_VAR_APPEND([PKI_TESTS_MISSING], [" $3"])])])

AC_DEFUN([PKI_TESTS],
  [PKI_TESTS_MODULE([CHECK], [check >= 0.15], [check])
  PKI_TESTS_MODULE([GNUTLS], [gnutls >= 3.7], [libgnutls28-dev])
  PKI_TESTS_MODULE([CRYPTO], [libcrypto >= 3.0], [libssl-dev])
  PKI_TESTS_PROG([asn1Parser], [libtasn1-bin])
  PKI_TESTS_PROG([certtool], [gnutls-bin])
  PKI_TESTS_PROG([openssl], [openssl])
  PKI_TESTS_PROG([ssh-keygen], [openssh-client])
  PKI_TESTS_PROG([jose], [jose])
  PKI_TESTS_PROG([mandoc], [mandoc])
  PKI_TESTS_PROG([python3], [python3])
  AC_CHECK_PROG([pki_have_cxx], [$CXX], [yes], [no])
  AS_VAR_IF([pki_have_cxx], [yes], [], [AS_VAR_APPEND([PKI_TESTS_MISSING], [" g++"])])
  AC_SUBST([PKI_TESTS_MISSING])
  AM_CONDITIONAL([TESTS_READY], [test -z "$PKI_TESTS_MISSING"])])

# What pkitool alone needs goes into it, where there are archives: to find, map and relocate libidn2 and
# libunistring at every start takes longer than to make a request.
AC_DEFUN([PKI_TOOL_ARCHIVES],
  [AC_CACHE_CHECK([for archives of what pkitool alone needs], [pki_cv_tool_archives],
    [pki_save_LIBS=$LIBS pki_save_CFLAGS=$CFLAGS
    pki_cv_tool_archives=-l:libjansson.a
    AS_IF([test "$with_libidn2" != no],
      [AS_VAR_APPEND([pki_cv_tool_archives], [" -l:libidn2.a -l:libunistring.a"])])
    CFLAGS="$CFLAGS $JANSSON_CFLAGS $IDN2_CFLAGS $PIE_CFLAGS $PIE_LDFLAGS"
    LIBS="$pki_cv_tool_archives $LIBS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <jansson.h>
#ifdef WITH_LIBIDN2
# include <idn2.h>
#else
# define idn2_check_version(x) ""
#endif
]], [[return !json_null() || !idn2_check_version(0);]])], [], [pki_cv_tool_archives=no])
    LIBS=$pki_save_LIBS CFLAGS=$pki_save_CFLAGS])
  AS_IF([test "$pki_cv_tool_archives" != no],
    [JANSSON_LIBS=$pki_cv_tool_archives IDN2_LIBS=])])
