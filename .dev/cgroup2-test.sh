#!/usr/bin/env bash
# Runs the tests of the sandbox's limits, usage and memory on control groups version 2, in an emulated virtual machine.
# CGROUP2_TESTS="test_limits test_ending" are names in services/SandboxImage/tests/container. It needs root on Debian for x86-64, and is
# slow.
source "$(dirname "$0")/lib.sh"

[[ $(uname -m) == x86_64 ]] || die "the virtual machine needs x86-64." "run make test on a host with control groups version 2"
need mmdebstrap mmdebstrap "the engine is unpacked with it"
need qemu-system-x86_64 qemu-system-x86 "the tests run in a virtual machine"
need python3 python3 "it starts the engine and the virtual machine"
DOCKER_HOST=$(.dev/engine.sh)
export DOCKER_HOST PYTHONDONTWRITEBYTECODE=1
image=${SANDBOX_IMAGE:-code-interpreter/sandbox:slim}
.dev/sandbox-image.sh "$image" slim
exec python3 tests/Engines/cgroup2_test.py "$image"
