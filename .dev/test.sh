#!/usr/bin/env bash
# Runs every test. The last line says how many passed, failed and were skipped.
source "$(dirname "$0")/lib.sh"

logs=() passed=0 failed=0 skipped=0

finish() {
  local status=$?
  ((status == 0 || failed > 0)) || failed=1
  # The failures once more, where people find them: at the end.
  ((failed == 0)) || grep -hE -A 12 '^(failed [A-Z]|(FAIL|ERROR): )' ${logs[@]+"${logs[@]}"} /dev/null >&2 || true
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0)) || exit 1
}

# unittest, platform: read the output of Python's unittest, or of `dotnet test`, and print passed, failed and skipped. A test program that
# broke off counts as a failure.
unittest() {
  awk '
    function number(name, parts) {
      return match($0, "([(]|, )" name "=[0-9]+") && split(substr($0, RSTART, RLENGTH), parts, "=") ? parts[2] : 0
    }
    /^Ran [0-9]+ tests? in / { ran += $2 }
    /^(OK|FAILED)( |$)/ { failed += number("failures") + number("errors") + number("unexpected successes"); skipped += number("skipped") }
    END { print ran - failed - skipped, failed + 0, skipped + 0 }'
}

platform() {
  awk '
    /^Test run summary:/ { summary = 1 }
    summary && /^  (error|failed|succeeded|skipped): [0-9]+$/ { count[$1] += $2 }
    END { print count["succeeded:"] + 0, count["failed:"] + count["error:"] + 0, count["skipped:"] + 0 }'
}

# In CI a suite that hangs is ended, with all of its processes, and counted as a failure.
bounded() { if [[ -n ${CI:-} ]] && command -v timeout >/dev/null; then timeout --kill-after 30 40m "$@"; else "$@"; fi; }

# suite TITLE COUNT COMMAND...: runs one suite and counts it; one that breaks off without a count is one failure.
suite() {
  local title=$1 count=$2 log=.state/test-$2.log status=0 good bad left_out
  shift 2
  logs+=("$log")
  say "$title (log: $log)"
  bounded "$@" </dev/null 2>&1 | tee "$log" || status=$?
  read -r good bad left_out <<<"$("$count" <"$log")"
  ((status == 0 || bad > 0)) || bad=1
  passed=$((passed + (good > 0 ? good : 0))) failed=$((failed + bad)) skipped=$((skipped + left_out))
}

trap finish EXIT
need python3 python3 "the sandbox tests run with it"
need curl curl "tests talk to the product with it"
need npm "nodejs npm" "tests talk to the product with its gRPC library"
need_sdk
.dev/format.sh check || failed=1
# The tests use the libraries of this kind.
SANDBOX_KIND=standard prepare Microservices.sln
export DOTNET_CLI_UI_LANGUAGE=en
.dev/test-servers.sh
# Each host that a test starts would watch its settings for changes; together they exceed the kernel's usual limit of 128 watchers.
export DOTNET_hostBuilder__reloadConfigOnChange=false
before=$(sandboxes)

suite "the sandbox image's own tests" unittest services/SandboxImage/test.sh
suite "the services' tests" platform \
  dotnet test --solution Microservices.sln --configuration Release --no-build --no-ansi --no-progress --max-parallel-test-modules 1

expect_no_sandboxes '' "$before" || failed=$((failed + 1))
((passed + failed > 0)) || die "no test ran."
