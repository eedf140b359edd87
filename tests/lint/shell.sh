#!/usr/bin/env bash
# Every shell script of ours is clean by shellcheck and stops at the first error.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"
command -v shellcheck >/dev/null || {
  echo "shellcheck is not installed: run deploy/install-packages.sh test"
  exit 77
}
mapfile -t files < <(git ls-files --cached --others --exclude-standard | while read -r file; do
  [[ -f $file ]] && head -c 64 "$file" 2>/dev/null | head -n 1 | grep -aqE '^#!.*\b(ba|da)?sh\b' && echo "$file"
done)
((${#files[@]})) || exit 0
failed=0
shellcheck --format=gcc --external-sources "${files[@]}" | sed 's/$/. See the wiki page of that number/' || failed=1
for file in "${files[@]}"; do
  grep -qE '^set -[a-z]*[eu]|^exec ' "$file" || {
    echo "$file:1: does not stop at the first error. Begin with: set -euo pipefail"
    failed=1
  }
done
exit "$failed"
