#!/usr/bin/env bash
# suite.sh PROJECT CLASS NAME=VALUE...: runs the tests of one class and shows their output, with these environment variables.
source "$(dirname "$0")/lib.sh"
project=$1 class=$2
shift 2
prepare "tests/$project.Tests"
.dev/test-servers.sh
export DOTNET_hostBuilder__reloadConfigOnChange=false
exec env "$@" "tests/$project.Tests/bin/Release/net10.0/CodeInterpreter.$project.Tests" -class "$class" -showliveoutput -diagnostics
