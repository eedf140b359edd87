#!/usr/bin/env bash
# Lint as tests. Each check is one test; a finding names file:line and the remedy.
set -uo pipefail

usage() {
  cat <<'TEXT'
Usage: tests/lint/run.sh [CHECK...]

Runs the named checks (default: all) and ends with `N passed, N failed, N skipped`.
TEXT
  printf '  %s\n' "${checks[@]}"
}

indent() { sed 's/^/  /'; }

cd "$(dirname "$0")" || exit 1
checks=(format.sh tidy.py proto.sh web.sh include_rules.py forbidden_headers.py forbidden_calls.py
  file_sizes.py registry_names.py suppressions.py shell.sh commit_messages.py self_test.sh)
chosen=()
for argument in "$@"; do
  [[ $argument == --help || $argument == -h ]] && { usage; exit 0; }
  found=
  for check in "${checks[@]}"; do
    [[ ${check%.*} == "$argument" || $check == "$argument" ]] && found=$check
  done
  [[ -n $found ]] || { usage >&2; echo "no check '$argument'" >&2; exit 2; }
  chosen+=("$found")
done
((${#chosen[@]})) || chosen=("${checks[@]}")

passed=0 failed=0 skipped=0
for check in "${chosen[@]}"; do
  start=$SECONDS
  output=$("./$check" 2>&1 </dev/null)
  code=$?
  took=$((SECONDS - start))
  notes=$(sed -n 's/^note: /  /p' <<<"$output")
  case $code in
    0) passed=$((passed + 1)); echo "ok    lint/${check%.*} (${took} s)"; [[ -n $notes ]] && echo "$notes" ;;
    77) skipped=$((skipped + 1)); echo "skip  lint/${check%.*}: $(tail -n 1 <<<"$output")" ;;
    *) failed=$((failed + 1)); echo "FAIL  lint/${check%.*} (${took} s)"; indent <<<"$output" ;;
  esac
done
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
