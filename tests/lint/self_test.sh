#!/usr/bin/env bash
# Every check of this folder can fail: a copy with one planted violation at a time must be refused, with its place.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
export WARDCAST_WEB_TOOLS=$top/web/node_modules/.bin XDG_CACHE_HOME=$copy/.cache
mkdir -p "$copy"/{tests,base,server/api,web/src,proto/wardcast/v1}
cp -r "$here" "$copy/tests/lint"
cp "$top"/.clang-format "$top"/.clang-tidy "$copy"
cp "$top/proto/buf.yaml" "$copy/proto"
printf 'syntax = "proto3";\npackage wardcast.v1;\nmessage Good {}\n' >"$copy/proto/wardcast/v1/good.proto"
printf '{}\n' >"$copy/web/biome.json"
cp "$top/base/mutex.h" "$copy/base"
cd "$copy"
git init -q .
git config user.name test
git config user.email test@localhost
printf '.cache/\nbuild/\n__pycache__/\n' >.gitignore
git add -A
git commit -q -m "test: Begin with nothing wrong"

failed=0
say_failed() {
  echo "tests/lint/self_test.sh:1: $1. Mend the check"
  failed=1
}
output=$copy/.cache/output
mkdir -p "$copy/.cache"
run() {
  local check=$1
  shift
  code=0
  "tests/lint/$check" "$@" >"$output" 2>&1 </dev/null || code=$?
}
# plant CHECK FILE:LINE < content: the check is quiet without the file and names the place with it.
plant() {
  local check=$1 place=$2
  local file=${place%:*}
  cat >"$copy/.cache/planted"
  run "$check"
  ((code == 77)) && { echo "note: $check could not run here: $(tail -n 1 "$output")"; return; }
  ((code == 0)) || say_failed "$check complains although nothing is planted: $(head -n 3 "$output")"
  mkdir -p "$(dirname "$file")"
  cp "$copy/.cache/planted" "$file"
  run "$check"
  { ((code == 1)) && grep -qF "$place" "$output"; } ||
    say_failed "$check did not find what is planted at $place (exit code $code): $(head -n 3 "$output")"
  rm "$file"
}
header() { printf '// What.\n#pragma once\n%s\n' "$1"; }

header 'int   Crooked();' | plant format.sh base/crooked.h:3
header '#include "server/http/http_server.h"' | plant include_rules.py server/alert/upwards.h:3
header '#include "server/alert/lifecycle.h"' | plant include_rules.py agent/core/server.h:3
printf '// No guard.\n' | plant include_rules.py base/unguarded.h:1
header '#include <hiredis/hiredis.h>' | plant forbidden_headers.py server/feed/redis.h:3
header '#include <libwebsockets.h>' | plant forbidden_headers.py server/api/web.h:3
header '#include <soci/soci.h>' | plant forbidden_headers.py server/journal/sql.h:3
header '#include <sqlite3.h>' | plant forbidden_headers.py agent/link/database.h:3
header '#include <grpcpp/grpcpp.h>' | plant forbidden_headers.py server/feed/transport.h:3
header '#include <wx/frame.h>' | plant forbidden_headers.py agent/station/window.h:3
header 'void Wait() { std::this_thread::sleep_for(std::chrono::seconds(1)); }' | plant forbidden_calls.py server/bus/wait.h:3
header 'void Wait() { usleep(5); }' | plant forbidden_calls.py agent/link/wait.h:3
header 'void Run() { std::thread([] {}).detach(); }' | plant forbidden_calls.py server/bus/run.h:3
header 'auto later = std::async([] {});' | plant forbidden_calls.py server/bus/later.h:3
header 'absl::string_view Name();' | plant forbidden_calls.py server/api/name.h:3
header 'void Say(const char* text) { printf(text); }' | plant forbidden_calls.py server/api/say.h:3
header 'void Say(std::string text) { SPDLOG_INFO(text); }' | plant forbidden_calls.py server/api/log.h:3
header 'auto now = std::chrono::system_clock::now();' | plant forbidden_calls.py server/alert/now.h:3
printf 'export const Bad = () => <p dangerouslySetInnerHTML={{ __html: "x" }} />;\n' | plant forbidden_calls.py web/src/bad.tsx:1
seq 601 | sed 's#^#// #' | plant file_sizes.py base/long.h:601
printf 'see https://registry.%s.org/left-pad\n' npmjs | plant registry_names.py docs/building.md:1
printf '{\n  "resolved": "somewhere"\n}\n' | plant registry_names.py web/package-lock.json:2
printf 'race:lib%s\n' grpc | plant suppressions.py tests/tsan.supp:1
header 'int number = 5;  // NOLINT' | plant suppressions.py base/number.h:3
# shellcheck disable=SC2016  # not to be expanded here
printf '#!/bin/bash\nset -eu\nrm $1\n' | plant shell.sh deploy/remove.sh:3
printf '#!/bin/bash\necho\n' | plant shell.sh deploy/goes_on.sh:1
printf 'syntax = "proto3";\npackage wardcast.v1;\nmessage lower_case {}\n' | plant proto.sh proto/wardcast/v1/bad.proto:3
printf 'var x = 1\n' | plant web.sh web/src/bad.ts:1

# A folder with too many concepts has no line of its own.
mkdir -p base/crowd
for i in $(seq 17); do header "" >"base/crowd/c$i.h"; done
run file_sizes.py
{ ((code == 1)) && grep -q '^base/crowd:' "$output"; } || say_failed "file_sizes.py did not find a crowded folder"
rm -r base/crowd

# Commit messages: as a hook, and in the log.
for subject in "no area here" "area: lower case" "area: Ends with a stop." "area: $(printf 'X%.0s' $(seq 80))"; do
  echo "$subject" >"$copy/.cache/message"
  run commit_messages.py "$copy/.cache/message"
  ((code == 1)) || say_failed "commit_messages.py accepts '$subject'"
done
printf 'area: Say what it now does\n\nWhy.\n' >"$copy/.cache/message"
run commit_messages.py "$copy/.cache/message"
((code == 0)) || say_failed "commit_messages.py refuses a good message"
git commit -q --allow-empty -m "Not like this"
run commit_messages.py
((code == 1)) || say_failed "commit_messages.py does not read the log"

# clang-tidy, with a compile database of one file.
tidy() {
  printf '[{"directory": "%s", "file": "%s/base/tidied.cc", "command": "clang++-19 -std=c++23 -Wthread-safety -I%s -c base/tidied.cc"}]\n' \
    "$copy" "$copy" "$copy" >build/compile_commands.json
  cat >base/tidied.cc
  run tidy.py --build "$copy/build"
}
mkdir -p build
if command -v clang-tidy-19 >/dev/null; then
  tidy <<<'int wrong_name() { return 1; }'
  { ((code == 1)) && grep -q '^base/tidied.cc:1: .*naming' "$output"; } || say_failed "tidy.py accepts a wrong name"
  tidy <<'CC'
#include "base/mutex.h"
class Counter {
 public:
  void Add() { ++count_; }

 private:
  wardcast::Mutex mutex_;
  int count_ GUARDED_BY(mutex_) = 0;
};
CC
  { ((code == 1)) && grep -q '^base/tidied.cc:4: .*thread-safety' "$output"; } ||
    say_failed "tidy.py accepts an access without the lock: $(head -n 5 "$output")"
  tidy <<<'int RightName() { return 1; }'
  ((code == 0)) || say_failed "tidy.py refuses a good file: $(head -n 5 "$output")"
  tidy <<<'int RightName() { return 1; }'
  grep -q '^note: 0 of 1 files changed' "$output" || say_failed "tidy.py forgets what has passed"
  sed -i '$a # changed' .clang-tidy
  tidy <<<'int RightName() { return 1; }'
  grep -q '^note: 1 of 1 files changed' "$output" || say_failed "tidy.py does not notice other rules"
fi
exit "$failed"
