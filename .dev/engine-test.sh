#!/usr/bin/env bash
# Runs the hostile programs and the end-to-end tests on the Docker engine of Debian's testing suite, beside the engine of this machine.
# RUNTIMES="runc crun runsc" runs them once with each of these OCI runtimes; runc is the default.
source "$(dirname "$0")/lib.sh"

prepare tests/Hostile.Tests tests/EndToEnd.Tests
need mmdebstrap mmdebstrap "the engine is unpacked with it"
need python3 python3 "it starts the engine"
export DOTNET_hostBuilder__reloadConfigOnChange=false PYTHONDONTWRITEBYTECODE=1
read -ra runtimes <<<"${RUNTIMES:-runc}"
exec python3 tests/Engines/engine_test.py "${runtimes[@]}"
