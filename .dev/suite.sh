#!/usr/bin/env bash
# suite.sh PROJECT CLASS NAME=VALUE...: runs the tests of one class, with what they say, in an environment with those variables.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$1 class=$2
shift 2
DOCKER_HOST=$(.dev/prepare.sh "tests/$project.Tests")
export DOCKER_HOST DOTNET_hostBuilder__reloadConfigOnChange=false
.dev/test-servers.sh
exec env "$@" "tests/$project.Tests/bin/Release/net10.0/CodeInterpreter.$project.Tests" -class "$class" -showliveoutput -diagnostics
