#!/usr/bin/env bash
# Checks the manifests: builds every overlay, reads it as typed objects and compares it with the code. It needs no cluster and no engine.
source "$(dirname "$0")/lib.sh"
need_sdk
run "building the check" k8s-check build_projects tests/Kubernetes.Tests
.dev/k8s-kubectl.sh >/dev/null
export DOTNET_hostBuilder__reloadConfigOnChange=false
exec tests/Kubernetes.Tests/bin/Release/net10.0/CodeInterpreter.Kubernetes.Tests "$@"
