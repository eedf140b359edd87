#!/usr/bin/env bash
# Builds everything from a checkout: packages, programs into build/<preset>/bin, web pages into web/dist.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: deploy/build.sh [--preset NAME] [--no-install] [--no-web] [TARGET...]

Installs the missing system packages, builds the targets (default: all, with the tests) and the web pages.

  --preset NAME  a preset of CMakePresets.json (default: release)
  --no-install   takes the system packages as they are
  --no-web       leaves out the web pages

The programs are the targets wardcastd, wardcast, wardcast-agent and wardcast-endpoints.
TEXT
}

cd "$(dirname "$0")/.."
preset=release install=yes web=yes targets=()
while (($#)); do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --preset) preset=${2:?--preset needs a name}; shift ;;
    --no-install) install=no ;;
    --no-web) web=no ;;
    -*) usage >&2; echo "build: unknown option '$1'" >&2; exit 2 ;;
    *) targets+=("$1") ;;
  esac
  shift
done

# The same in every checkout, so that a second one is built from the cache.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$PWD} CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-5G}
export NINJA_STATUS='[%f/%t] '
folder=build/$preset
log=$folder/build.log

[[ $install == no ]] || deploy/install-packages.sh build
mkdir -p "$folder"
start=$SECONDS
if [[ ! -f $folder/build.ninja ]]; then
  echo "Programs ($preset): the first build takes about 7 min on two cores."
  cmake --preset "$preset" >"$folder/configure.log" 2>&1 || {
    tail -n 20 "$folder/configure.log" >&2
    echo "build: configuring failed; the output is in $folder/configure.log" >&2
    exit 1
  }
fi

# One line in a terminal, a line for every tenth elsewhere.
progress() {
  local tty=0
  [[ ! -t 1 ]] || tty=1
  awk -v tty="$tty" -v preset="$preset" '
    match($0, /^\[[0-9]+\/[0-9]+\]/) {
      split(substr($0, 2, RLENGTH - 2), n, "/")
      tenth = int(10 * n[1] / n[2])
      if (tty) printf "\rPrograms (%s): %d of %d ", preset, n[1], n[2]
      else if (n[2] >= 20 && tenth > last) printf "Programs (%s): %d of %d\n", preset, n[1], n[2]
      last = tenth
      fflush()
    }
    END { if (tty && NR) printf "\n" }'
}
ninja -C "$folder" "${targets[@]}" 2>&1 </dev/null | tee "$log" | progress || {
  awk '/^FAILED:/ { show = 1 } /^\[[0-9]+\/[0-9]+\]/ { show = 0 } show' "$log" | head -n 60 >&2
  grep -q '^FAILED:' "$log" || tail -n 20 "$log" >&2
  echo "build: compiling failed; the whole output is in $log" >&2
  exit 1
}
echo "Programs ($preset): built in $folder/bin ($((SECONDS - start)) s)."
[[ $web == no ]] || deploy/build-web.sh
