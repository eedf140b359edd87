#!/usr/bin/env bash
# From publishing to the last endpoint: light endpoints, a watcher, the agent's window, a browser. Prints distributions.
set -euo pipefail
cd "$(dirname "$0")/../.."
usage() {
  cat <<'TEXT'
Usage: tests/bench/screen.sh [--quick] [--json FILE] [--rounds N] [--endpoints N] [--bin DIR]

Publishes notices by the command line, by curl and from the console in Chromium, and measures the time until each
kind of endpoint has it: N light endpoints (the last of them), a headless watcher, the agent's window under Xvfb, a
ward page in Chromium. It begins with the start of the program, or with the press of the console's last button.

  --quick        1,000 light endpoints, 5 notices each way (default: 1,000 and 20)
  --rounds N     so many notices each way
  --endpoints N  so many light endpoints
  --json FILE    writes the figures there, too
  --bin DIR      the programs (default: build/release/bin)
TEXT
}
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
  esac
done
exec python3 tests/bench/publish_to_screen.py "$@"
