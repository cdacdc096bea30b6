#!/usr/bin/env bash
# Runs the whole product in the foreground; files are kept in .state/data.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

DOCKER_HOST=$(.dev/prepare.sh services/Standalone)
export DOCKER_HOST
say "HTTP http://127.0.0.1:${HTTP_PORT:=8080}, gRPC http://127.0.0.1:${GRPC_PORT:=8081}; Ctrl-C stops"
exec .dev/standalone.sh "$HTTP_PORT" "$GRPC_PORT" .state/data
