#!/usr/bin/env bash
# Runs CPython's own test suite in sandboxes, through the product, and in plain containers of the same image; ends with an error when they
# differ in what tests/CPython/differences.txt does not list. CPYTHON_TESTS="test_socket test_asyncio": only those; all take about an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/ports.sh
source .dev/sandboxes.sh
source .dev/images.sh
source .dev/service.sh

command -v python3 >/dev/null || .dev/apt-install.sh python3 || die "python3 is not there." "install Python 3: the comparison runs with it"
DOCKER_HOST=$(.dev/prepare.sh services/Standalone)
export DOCKER_HOST Runner__Id=cpython-$$

# The suite is in an image of its own, made from the sandbox image.
base=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
image=code-interpreter/sandbox-cpython:${base##*:}
hash=$({ docker image inspect --format '{{.Id}}' "$base" && checksum tests/CPython/Dockerfile; } | checksum | cut -c 1-64)
if [[ $hash != "$(built_from "$image")" ]]; then
  say "building $image, which has CPython's test suite"
  context=$(mktemp -d) image_log=.state/cpython-image.log
  build "$image" "$hash" "$context" --file tests/CPython/Dockerfile --build-arg "IMAGE=$base" </dev/null >"$image_log" 2>&1 &
  follow $! "building $image" "$image_log"
  rmdir "$context"
fi

# Few sandboxes ready: each module takes one, and lasts longer than the next takes to start.
export Sandbox__Image=$image Pool__Bare=2 Pool__Data=0 Gateway__Executions__MaxWallTime=00:05:00
start_service .state/cpython-service.log
read -ra modules <<<"${CPYTHON_TESTS:-}"
python3 tests/CPython/compare.py --product "http://127.0.0.1:$http" --image "$image" --report .state/cpython-differences.tsv \
  ${modules[@]+"${modules[@]}"}
