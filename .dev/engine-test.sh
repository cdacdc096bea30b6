#!/usr/bin/env bash
# Runs the hostile programs and the end-to-end tests on the Docker engine of Debian's testing suite, which it starts beside the engine of
# this machine. RUNTIMES="runc crun runsc" runs them once with each of these OCI runtimes; runc is the default. It leaves out the tests with
# servers of their own, as this engine has no network, and those of the libraries in the image.
source "$(dirname "$0")/lib.sh"
source .dev/second-engine.sh

prepare tests/Hostile.Tests tests/EndToEnd.Tests
export DOTNET_hostBuilder__reloadConfigOnChange=false
image=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
export SANDBOX_IMAGE=$image Sandbox__Image=$image
first=$DOCKER_HOST
start_second_engine .state/engine-test
load_image "$first" "$image"

failed=0
for runtime in ${RUNTIMES:-runc}; do
  say "hostile programs and end-to-end tests with $runtime on engine $(docker version --format '{{.Server.Version}}')"
  export Sandbox__OciRuntime=$runtime
  tests/Hostile.Tests/bin/Release/net10.0/CodeInterpreter.Hostile.Tests || failed=1
  tests/EndToEnd.Tests/bin/Release/net10.0/CodeInterpreter.EndToEnd.Tests \
    -namespace- CodeInterpreter.EndToEnd.Tests.Cluster -namespace- CodeInterpreter.EndToEnd.Tests.FieldCases || failed=1
done
exit "$failed"
