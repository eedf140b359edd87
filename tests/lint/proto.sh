#!/usr/bin/env bash
# The contract: buf's STANDARD rules, and every message field and RPC has a comment.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"
buf=$PWD/web/node_modules/.bin/buf
[[ -x $buf ]] || buf=${WARDCAST_WEB_TOOLS:-}/buf
[[ -x $buf ]] || {
  echo "buf is not installed: run deploy/build-web.sh --packages"
  exit 77
}
failed=0
(cd proto && "$buf" lint --error-format text) | sed -E 's#^#proto/#; s/$/. See proto\/buf.yaml/' || failed=1
for file in proto/wardcast/v1/*.proto; do
  # A field, a value or an RPC needs words on its line, or in the comment lines above it (also above its group).
  awk -v file="$file" '
    /^[ \t]*\/\// { commented = 1; next }
    /^[ \t]*$/ { commented = 0; next }
    /^[ \t]*rpc / { if (!commented && !/\/\//) { print file ":" NR ": an RPC without a comment. Say what it does and which status it returns when"; bad = 1 } }
    { if (/[{}]$/) commented = 0 }
    END { exit bad }' "$file" || failed=1
done
exit "$failed"
