#!/usr/bin/env bash
# Checks the manifests: builds every overlay, reads it as typed objects and compares it with the code. It needs no cluster and no engine.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

.dev/sdk.sh
mkdir -p .state
log=.state/k8s-check.log
dotnet build tests/Kubernetes.Tests --configuration Release --nologo --verbosity minimal </dev/null >"$log" 2>&1 &
follow $! "building the check" "$log"
.dev/k8s-kubectl.sh >/dev/null
export DOTNET_hostBuilder__reloadConfigOnChange=false
exec tests/Kubernetes.Tests/bin/Release/net10.0/CodeInterpreter.Kubernetes.Tests "$@"
