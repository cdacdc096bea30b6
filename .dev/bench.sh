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
  local services=(Gateway Runner FileStore) service file
  rm -rf "$CODE_INTERPRETER_PROGRAMS"
  for service in "${services[@]}" Standalone; do
    publish "services/$service" "$CODE_INTERPRETER_PROGRAMS/$service" || return
  done
  # Their images share what all of them have, and so the memory that it is in.
  common_files "${services[@]/#/$CODE_INTERPRETER_PROGRAMS/}" | while IFS= read -r file; do
    for service in "${services[@]:1}"; do
      ln -f "$CODE_INTERPRETER_PROGRAMS/${services[0]}/$file" "$CODE_INTERPRETER_PROGRAMS/$service/$file" || return
    done
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
