#!/usr/bin/env bash
# Runs every test. The last line says how many passed, failed and were skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/sandboxes.sh
source .dev/tally.sh

logs=()

finish() {
  local status=$?
  ((status == 0 || failed > 0)) || failed=1
  # Said once more where it is found, at the end, with the beginning of the reason.
  ((failed == 0)) || grep -hE -A 12 '^(failed [A-Z]|(FAIL|ERROR): )' "${logs[@]}" /dev/null >&2 || true
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0)) || exit 1
}

# Where nobody watches, a suite that hangs is ended, with all of its processes, and counted as a failure.
bounded() { if [[ -n ${CI:-} ]]; then timeout --kill-after 30 40m "$@"; else "$@"; fi; }

# suite TITLE COUNT COMMAND...: runs one suite and counts it; one that breaks off uncounted counts as one failure.
suite() {
  local title=$1 count=$2 status=0 log
  shift 2
  log=.state/test-$count.log
  logs+=("$log")
  say "$title (log: $log)"
  bounded "$@" </dev/null 2>&1 | tee "$log" || status=$?
  add "$status" "$("$count" <"$log")"
}

trap finish EXIT
command -v python3 >/dev/null || .dev/apt-install.sh python3 || die "python3 is not there." "install Python 3: the sandbox tests run with it"
command -v curl >/dev/null || .dev/apt-install.sh curl || die "curl is not there." "install curl: tests talk to the product with it"
command -v npm >/dev/null || .dev/apt-install.sh nodejs npm || die "npm is not there." "install Node.js: tests talk to the product with its gRPC library"
# The tests use the libraries of this kind.
DOCKER_HOST=$(SANDBOX_KIND=standard .dev/prepare.sh Microservices.sln)
export DOCKER_HOST DOTNET_CLI_UI_LANGUAGE=en
.dev/test-servers.sh
# Each host a test starts would watch its settings for changes; together they pass the kernel's usual limit of 128 watchers.
export DOTNET_hostBuilder__reloadConfigOnChange=false
before=$(sandboxes)

suite "the sandbox image's own tests" unittest services/SandboxImage/test.sh
suite "the services' tests" platform \
  dotnet test --solution Microservices.sln --configuration Release --no-build --no-ansi --no-progress \
  --max-parallel-test-modules 1

expect_no_sandboxes '' "$before" || failed=$((failed + 1))
((passed + failed > 0)) || die "no test ran."
