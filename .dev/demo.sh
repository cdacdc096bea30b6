#!/usr/bin/env bash
# Starts the whole product on free ports, runs the demo against it, and leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/ports.sh
source .dev/sandboxes.sh
source .dev/service.sh

DOCKER_HOST=$(.dev/prepare.sh services/Standalone services/Demo)
export DOCKER_HOST Runner__Id=demo-$$
start_service .state/demo.log
dotnet services/Demo/bin/Release/net10.0/CodeInterpreter.Demo.dll --address "http://127.0.0.1:$grpc"
