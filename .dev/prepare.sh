#!/usr/bin/env bash
# prepare.sh PROJECT...: builds the projects while the engine and the sandbox image, with the tag SANDBOX_TAG or dev, are made ready;
# prints the engine's address on stdout.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

build() {
  local project
  for project in "$@"; do dotnet build "$project" --configuration Release --nologo --verbosity minimal || return; done
}

.dev/sdk.sh
mkdir -p .state
log=.state/build.log
say "building the services (log: $log)"
build "$@" </dev/null >"$log" 2>&1 &
build=$!
trap 'kill "$build" 2>/dev/null || true' EXIT

engine=$(.dev/engine.sh)
DOCKER_HOST=$engine .dev/sandbox-image.sh "code-interpreter/sandbox:${SANDBOX_TAG:-dev}"
trap - EXIT
follow "$build" "building the services" "$log" 0
echo "$engine"
