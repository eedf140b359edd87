#!/usr/bin/env bash
# TypeScript and CSS: Biome's rules and format, as web/biome.json says.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"
biome=$PWD/web/node_modules/.bin/biome
[[ -x $biome ]] || biome=${WARDCAST_WEB_TOOLS:-}/biome
[[ -x $biome ]] || {
  echo "Biome is not installed: run deploy/build-web.sh --packages"
  exit 77
}
cd web
code=0
output=$("$biome" ci --colors=off --reporter=github . 2>&1) || code=$?
findings=$(sed -nE "s#^::(error|warning) .*title=([^,]*),file=([^,]*),line=([0-9]+).*::(.*)\$#\1 \3:\4: \5 [\2]. Run npm run format in web/, or mend it#p" <<<"$output" |
  sed -E "s#^(error|warning) ($PWD/)?#\1 web/#")
sed -n 's/^warning /note: /p' <<<"$findings"
((code == 0)) && exit 0
sed -n 's/^error //p' <<<"$findings" | grep . || printf '%s\n' "web/biome.json:1: Biome failed. See below" "$output"
exit 1
