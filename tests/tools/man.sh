# SPDX-License-Identifier: BSD-3-Clause
# The manual pages name every verb, option and choice of the table, and each has the exit statuses.
page() { # VERB
  sed 's/\\&//g' "$MAN/pkitool-${1%% *}.1"
}
while IFS=$'\t' read -r verb option arg choices hidden; do
  [ "$verb" = help ] || [ "$hidden" = hidden ] || [ "$option" = --help ] && continue
  ok "$verb $option" grep -qE -- "Fl -${option#--}( |\$)" <(page "$verb")
  for c in ${choices//,/ }; do
    ok "$verb $option $c" grep -qE -- "(^|[^A-Za-z0-9-])$c([^A-Za-z0-9-]|\$)" <(page "$verb")
  done
done < <(pkitool help --options)
pkitool help --options | cut -f 1 | sort -u | while read -r verb; do
  [ "$verb" = help ] && continue
  ok "$verb has a page" grep -q "pkitool ${verb}" <(page "$verb")
done
for f in "$MAN"/pkitool*.1; do
  for s in 0 1 2 3 4 5 6 7; do
    ok "$(basename "$f") has exit status $s" grep -qE "^\.It (.* )?$s( |\$)" <(sed -n '/EXIT STATUS/,/^\.Sh EXAMPLES/p' "$f")
  done
done
