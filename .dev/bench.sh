#!/usr/bin/env bash
# Measures the product. SCENARIOS: names, all but the store's by default. SHORT=1: less of everything. Tables on the terminal, JSON in
# .state/bench; ends with an error when a bar was missed.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
DOCKER_HOST=$(.dev/prepare.sh tests/Benchmarks)
export DOCKER_HOST
.dev/test-servers.sh
read -ra scenarios <<<"${SCENARIOS:-}"
exec tests/Benchmarks/bin/Release/net10.0/CodeInterpreter.Benchmarks ${scenarios[@]+"${scenarios[@]}"} ${SHORT:+--short} --json .state/bench
