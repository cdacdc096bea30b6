#!/usr/bin/env bash
# Runs the whole product in the foreground. Files are kept where the program keeps them when it is started by hand, so that its
# commands find them: in Standalone__DataDirectory, or in the user's own folder for data.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

DOCKER_HOST=$(.dev/prepare.sh services/Standalone)
export DOCKER_HOST
say "HTTP http://127.0.0.1:${HTTP_PORT:=8080}, gRPC http://127.0.0.1:${GRPC_PORT:=8081}; Ctrl-C stops"
[[ ! -d .state/data || -n ${Standalone__DataDirectory:-} ]] ||
  say "what was stored by an earlier version is in .state/data; Standalone__DataDirectory=$PWD/.state/data make run uses it"
exec .dev/standalone.sh "$HTTP_PORT" "$GRPC_PORT"
