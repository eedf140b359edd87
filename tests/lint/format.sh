#!/usr/bin/env bash
# C++ is formatted as .clang-format says (Google, 100 columns), by clang-format 19.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"
command -v clang-format-19 >/dev/null || {
  echo "clang-format-19 is not installed: run deploy/install-packages.sh test"
  exit 77
}
files=()
while read -r -d '' file; do
  [[ ! -f $file ]] || files+=("$file")
done < <(git ls-files -z --cached --others --exclude-standard -- '*.cc' '*.h')
findings=$(printf '%s\0' "${files[@]}" | xargs -0 -P "$(nproc)" -n 16 clang-format-19 --dry-run 2>&1 |
  sed -nE 's/^([^ ]+:[0-9]+):[0-9]+: warning: code should be clang-formatted.*/\1/p' |
  sort -t: -k1,1 -k2,2n | awk -F: '!seen[$1]++')
[[ -z $findings ]] && exit 0
while read -r place; do
  echo "$place: not formatted. Run clang-format-19 -i ${place%%:*}"
done <<<"$findings"
exit 1
