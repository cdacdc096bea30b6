#!/usr/bin/env bash
# Starts the whole product on free ports, runs the demo against it, and leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/ports.sh
source .dev/sandboxes.sh
source .dev/service.sh

# The small image is built in a third of the time and has all libraries of the demo. SANDBOX_KIND=standard shows the other one.
export SANDBOX_KIND=${SANDBOX_KIND:-slim}
export SANDBOX_TAG=$SANDBOX_KIND Sandbox__Image=code-interpreter/sandbox:$SANDBOX_KIND
say "the demo uses the $SANDBOX_KIND sandbox image"
DOCKER_HOST=$(.dev/prepare.sh services/Standalone services/Demo)
export DOCKER_HOST Runner__Id=demo-$$
start_service .state/demo.log
dotnet services/Demo/bin/Release/net10.0/CodeInterpreter.Demo.dll --address "http://127.0.0.1:$grpc"
