#!/usr/bin/env bash
# Measures the product. SCENARIOS: names, all but the store's by default. SHORT=1: less of everything. Prints tables, and writes JSON into
# .state/bench. It fails when a target was missed.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh
prepare tests/Benchmarks
.dev/test-servers.sh

# The services as in their images, compiled ahead.
export CODE_INTERPRETER_PROGRAMS=$PWD/.state/programs
publish_all() {
  local services=(Gateway Runner FileStore) service file
  publish_services "$CODE_INTERPRETER_PROGRAMS" "${services[@]}" Standalone || return
  # Their images share common files, and so the memory for these.
  common_files "${services[@]/#/$CODE_INTERPRETER_PROGRAMS/}" | while IFS= read -r file; do
    for service in "${services[@]:1}"; do
      ln -f "$CODE_INTERPRETER_PROGRAMS/${services[0]}/$file" "$CODE_INTERPRETER_PROGRAMS/$service/$file" || return
    done
  done
  echo "$hash" >"$CODE_INTERPRETER_PROGRAMS/source"
}
hash=$(source_hash .dev/images.sh Directory.Build.props Directory.Packages.props global.json protos services)
if [[ $hash != "$(cat "$CODE_INTERPRETER_PROGRAMS/source" 2>/dev/null)" ]]; then
  run "publishing the services" programs publish_all
fi

read -ra scenarios <<<"${SCENARIOS:-}"
exec tests/Benchmarks/bin/Release/net10.0/CodeInterpreter.Benchmarks ${scenarios[@]+"${scenarios[@]}"} ${SHORT:+--short} --json .state/bench
