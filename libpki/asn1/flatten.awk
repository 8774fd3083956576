# SPDX-License-Identifier: BSD-3-Clause
# awk -v dir=FOLDER -f flatten.awk FOLDER/MODULE.asn: the module with the bodies of all modules that
# it imports from, since asn1Parser reads one module that stands alone.
function body(file,   line, in_body, in_imports) {
  if (file in done) return
  done[file] = 1
  while ((getline line <file) > 0) {
    if (line == "BEGIN") { in_body = 1; continue }
    if (line == "END") break
    if (!in_body) { if (first == "") first = line; continue }
    if (line ~ /^IMPORTS/) in_imports = 1
    if (!in_imports) { text = text line "\n"; continue }
    if (match(line, /FROM [A-Za-z0-9-]+/))
      body(dir "/" substr(line, RSTART + 5, RLENGTH - 5) ".asn")
    if (line ~ /;/) in_imports = 0
  }
  close(file)
}
BEGIN {
  body(ARGV[1])
  name = ARGV[1]
  sub(/.*\//, "", name)
  sub(/\.asn$/, "", name)
  printf "%s { }\nDEFINITIONS EXPLICIT TAGS ::=\nBEGIN\n%sEND\n", name, text
}
