#!/usr/bin/env bash
# Everything: builds, runs every test there is, and ends with `N passed, N failed, N skipped`.
set -euo pipefail
cd "$(dirname "$0")/.."
case " $* " in
  *" --help "* | *" -h "* | *" --no-install "*) ;;
  *) deploy/install-packages.sh ;;
esac
command -v python3 >/dev/null || {
  echo "tests/run.sh: there is no python3. Run deploy/install-packages.sh test" >&2
  exit 1
}
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$PWD} CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-5G}
exec python3 tests/runner/main.py "$@"
