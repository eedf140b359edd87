#!/usr/bin/env bash
# Try Wardcast on this machine: a hospital of 412 PCs on loopback, and a story of six steps.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: deploy/try.sh [--auto] [--redis] [--no-open] [--no-build]

Installs what is missing, builds (the first time about 10 min on two cores), starts a broker with the demo hospital on
free loopback ports, opens or prints four links, and leads through a story of six steps.

  --auto      plays the story by itself and ends (also without a terminal)
  --redis     two brokers with a Redis and a PostgreSQL of their own, endpoints on both
  --no-open   prints the links and opens no browser
  --no-build  takes what was built last

Ctrl+C stops everything. What is left is one folder with logs and data, which is named at the end.
TEXT
}

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
auto=no redis=no open=yes build=yes
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    --auto) auto=yes ;;
    --redis) redis=yes ;;
    --no-open) open=no ;;
    --no-build) build=no ;;
    *) usage >&2; echo "try: unknown argument '$argument'" >&2; exit 2 ;;
  esac
done
[[ -t 0 && -t 1 ]] || auto=yes
bold='' dim='' normal=''
if [[ -t 1 ]]; then
  bold=$'\e[1m' dim=$'\e[2m' normal=$'\e[0m'
fi

# Who plays whom: these are the visitor's, so no light endpoint plays them.
visitors_ward=4w
receiver_pc=4w-pc-01
board=4w-board-01
window_pcs=(4w-pc-02 icu-pc-01)
visitors_pcs=("$receiver_pc" "$board")
[[ -z ${DISPLAY:-} ]] || visitors_pcs+=("${window_pcs[@]}")
bin=$root/build/release/bin

# shellcheck source=deploy/try/processes.sh
source deploy/try/processes.sh
# shellcheck source=deploy/try/cluster.sh
source deploy/try/cluster.sh
# shellcheck source=deploy/try/hospital.sh
source deploy/try/hospital.sh
# shellcheck source=deploy/try/watch.sh
source deploy/try/watch.sh
# shellcheck source=deploy/try/story.sh
source deploy/try/story.sh

if [[ $build == yes ]]; then
  sets=(build run)
  [[ $redis == no ]] || sets+=(cluster)
  deploy/install-packages.sh "${sets[@]}"
  deploy/build.sh --no-install wardcastd wardcast wardcast-agent wardcast-endpoints
fi
for program in wardcastd wardcast wardcast-agent wardcast-endpoints; do
  [[ -x $bin/$program ]] || { echo "try: $bin/$program is not built. Run deploy/try.sh without --no-build" >&2; exit 1; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/wardcast-try.XXXXXX")
export XDG_STATE_HOME=$work/state
story_told=no
finish() {
  local code=$?
  trap - EXIT
  # Whatever happens to the terminal, the programs are stopped.
  trap '' INT TERM HUP PIPE
  set +e
  printf '\nStopping …\n' 2>/dev/null
  stop_all
  echo "Stopped. Logs and data are in $work (remove it with: rm -r $work)." 2>/dev/null
  exit "$code"
}
interrupted() {
  # After the story Ctrl+C is how it ends.
  if [[ $story_told == yes ]]; then exit 0; else exit 130; fi
}
trap finish EXIT
trap interrupted INT TERM HUP PIPE

echo
start_brokers
import_hospital
start_endpoints
start_windows
await_endpoints
links
tell_story
story_told=yes

echo
echo "${bold}That was an outage, from the first call to the all clear.${normal}"
echo "  The report of wards:  build/release/bin/wardcast progress $alert"
echo "  The README says how to run a broker of your own and import your hospital."
if [[ $auto == no ]]; then
  echo "  Everything goes on running: play with the four links. In a shell:"
  echo "    export WARDCAST_BROKER=$WARDCAST_BROKER WARDCAST_TOKEN=\$(<$work/$first/admin.token)"
  echo "  Ctrl+C stops it."
  while check_alive; do sleep 1; done
fi
