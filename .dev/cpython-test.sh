#!/usr/bin/env bash
# Runs CPython's own test suite in sandboxes, through the product, and in plain containers of the same image. It fails when they differ in
# anything that tests/CPython/differences.txt does not list. CPYTHON_TESTS="test_socket test_asyncio" runs only those; all take about an
# hour.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh
source .dev/product.sh

need python3 python3 "the comparison runs with it"
prepare services/Standalone

# The suite is in an image of its own, made from the sandbox image.
base=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
image=code-interpreter/sandbox-cpython:${base##*:}
hash=$({ docker image inspect --format '{{.Id}}' "$base" && checksum tests/CPython/Dockerfile; } | checksum | cut -c 1-64)
if [[ $hash != "$(built_from "$image")" ]]; then
  context=$(mktemp -d)
  run "building $image, which has CPython's test suite" cpython-image \
    build "$image" "$hash" "$context" --file tests/CPython/Dockerfile --build-arg "IMAGE=$base"
  rmdir "$context"
fi

# Few sandboxes are kept ready: each module takes one, and lasts longer than the next takes to start.
export Sandbox__Image=$image Pool__Bare=2 Pool__Data=0 Gateway__Executions__MaxWallTime=00:05:00
start_product cpython
read -ra modules <<<"${CPYTHON_TESTS:-}"
python3 tests/CPython/compare.py --product "http://127.0.0.1:$http" --image "$image" --report .state/cpython-differences.tsv \
  ${modules[@]+"${modules[@]}"}
