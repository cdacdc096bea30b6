#!/usr/bin/env bash
# Runs the hostile programs and the end-to-end tests on the Docker engine of Debian's testing suite, which is started beside the one that is
# there. RUNTIMES="runc crun runsc": once with each of these OCI runtimes, runc by default. The tests with servers of their own are left out, as
# this engine has no network, and those of the libraries in the image.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/engines.sh

first=$(.dev/prepare.sh tests/Hostile.Tests tests/EndToEnd.Tests)
export DOTNET_hostBuilder__reloadConfigOnChange=false
image=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
export SANDBOX_IMAGE=$image Sandbox__Image=$image
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
