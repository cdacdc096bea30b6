#!/usr/bin/env bash
# Starts the whole product on free ports, runs the demo against it, and leaves nothing behind.
source "$(dirname "$0")/lib.sh"
source .dev/product.sh

# The small image is built in a third of the time and has all libraries of the demo. SANDBOX_KIND=standard uses the other one.
export SANDBOX_KIND=${SANDBOX_KIND:-slim}
export SANDBOX_TAG=$SANDBOX_KIND Sandbox__Image=code-interpreter/sandbox:$SANDBOX_KIND
say "the demo uses the $SANDBOX_KIND sandbox image"
prepare services/Standalone services/Demo
start_product demo
dotnet services/Demo/bin/Release/net10.0/CodeInterpreter.Demo.dll --address "http://127.0.0.1:$grpc"
