#!/usr/bin/env bash
# Measures the product. SCENARIOS: names, all but the store's by default. SHORT=1: less of everything. Tables on the terminal, JSON in
# .state/bench; ends with an error when a bar was missed.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/images.sh
DOCKER_HOST=$(.dev/prepare.sh tests/Benchmarks)
export DOCKER_HOST
.dev/test-servers.sh

# The services as they are in their images, compiled ahead.
export CODE_INTERPRETER_PROGRAMS=$PWD/.state/programs
publish_all() {
  local service
  rm -rf "$CODE_INTERPRETER_PROGRAMS"
  for service in Gateway Runner FileStore Standalone; do
    publish "services/$service" "$CODE_INTERPRETER_PROGRAMS/$service" || return
  done
  echo "$hash" >"$CODE_INTERPRETER_PROGRAMS/source"
}
hash=$(source_hash .dev/images.sh Directory.Build.props Directory.Packages.props global.json protos services)
if [[ $hash != "$(cat "$CODE_INTERPRETER_PROGRAMS/source" 2>/dev/null)" ]]; then
  log=.state/programs.log
  publish_all </dev/null >"$log" 2>&1 &
  follow $! "publishing the services" "$log"
fi

read -ra scenarios <<<"${SCENARIOS:-}"
exec tests/Benchmarks/bin/Release/net10.0/CodeInterpreter.Benchmarks ${scenarios[@]+"${scenarios[@]}"} ${SHORT:+--short} --json .state/bench
