#!/usr/bin/env bash
# From publishing to the last of ten thousand endpoints, memory, acknowledgements, next to a bare send() loop.
set -euo pipefail
cd "$(dirname "$0")/../.."
usage() {
  cat <<'TEXT'
Usage: tests/bench/run.sh [--quick | --smoke] [--json FILE] [--rounds N] [--agents N,…] [--browsers N,…]
                          [--tls N] [--acknowledge N] [--per-ward N] [--into FILE] [--bin DIR] [--tools DIR]

Starts a broker in a temporary folder for each row of the table, connects the endpoints, publishes one alert and a burst
of 20, in turn with a server that does nothing but send() the same number of bytes to as many sockets, and has all
agents acknowledge within 2 s. Then the journal alone: how long should a group of rows wait for company? Prints medians
and ratios; only ratios can be compared between machines. The servers run on the first processor core, the generator on
the second. Nothing else should run meanwhile.

  --quick          1,000 agents and 1,000 browsers, under a minute (default: 1,000, 5,000 and 10,000 agents, 9,000 browsers)
  --smoke          40 of each, one round: checks that everything arrives, and judges no time
  --rounds N       so many rounds of each (default: 5; quick: 3)
  --agents N,…     rows with so many agents; 0: none
  --browsers N,…   rows with so many browsers; 0: none
  --tls N          so many agents connect over TLS (default: the most agents); 0: leaves it out
  --acknowledge N  so many agents acknowledge within 2 s (default: the most agents); 0: leaves it and the journal out
  --per-ward N     endpoints of one ward (default: 10): each answer is told to the others of its ward
  --json FILE      writes the figures there, too
  --into FILE      puts the table into a document, between its marks: docs/benchmarks.md
  --bin DIR        wardcastd and wardcast (default: build/release/bin)
  --tools DIR      bench_load, bench_bare, bench_group_commit (default: tests beside DIR of --bin)

tests/bench/screen.sh measures from the publishing program to the painted window and page.
TEXT
}
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
  esac
done
exec python3 tests/bench/measure.py "$@"
