#!/usr/bin/env bash
# Runs the unit tests inside the image, then the other tests from here against hardened containers.
set -euo pipefail
cd "$(dirname "$0")"
export SANDBOX_IMAGE=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
label=code-interpreter.role=sandbox-test

clean_up() {
  docker ps --all --quiet --filter "label=$label" | while read -r id; do docker rm --force "$id" >/dev/null; done
}
trap clean_up EXIT

docker image inspect "$SANDBOX_IMAGE" >/dev/null || { echo "build the image first: docker build -t $SANDBOX_IMAGE $PWD" >&2; exit 1; }

echo "== unit tests in the image"
tar -c --exclude __pycache__ supervisor code_interpreter pip image tests/__init__.py tests/unit |
  docker run --rm -i --network none --label "$label" --user sandbox --workdir /tmp \
    --entrypoint sh "$SANDBOX_IMAGE" -c 'tar -x && python3 -m unittest discover -s tests/unit -t .'

echo "== sandbox tests through the protocol"
PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -s tests/container -t . "$@"
# The slim image has none of these libraries.
if [[ $(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.title"}}' "$SANDBOX_IMAGE") != *slim* ]]; then
  echo "== tests of the standard image"
  PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -s tests/standard -t .
fi
left=$(docker ps --all --quiet --filter "label=$label")
[[ -z $left ]] || { echo "containers are left: $left" >&2; exit 1; }
