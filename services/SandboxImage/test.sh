#!/usr/bin/env bash
# Runs the tests: the unit tests inside the image, then everything from here against hardened containers.
set -euo pipefail
cd "$(dirname "$0")"
export SANDBOX_IMAGE=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
label=code-interpreter.role=sandbox-test

clean_up() {
  docker ps --all --quiet --filter "label=$label" | xargs -r docker rm --force >/dev/null
}
trap clean_up EXIT

docker image inspect "$SANDBOX_IMAGE" >/dev/null || { echo "build it first: docker build -t $SANDBOX_IMAGE $PWD" >&2; exit 1; }

echo "== unit tests in the image"
tar -c --exclude __pycache__ supervisor code_interpreter pip image tests/__init__.py tests/unit |
  docker run --rm -i --network none --label "$label" --user sandbox --workdir /tmp \
    --entrypoint sh "$SANDBOX_IMAGE" -c 'tar -x && python3 -m unittest discover -s tests/unit -t .'

echo "== sandbox tests through the protocol"
PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -s tests/container -t . "$@"
# The other image has none of the libraries.
if [[ $(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.title"}}' "$SANDBOX_IMAGE") != *slim* ]]; then
  echo "== tests of what only the standard image has"
  PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -s tests/standard -t .
fi
left=$(docker ps --all --quiet --filter "label=$label")
[[ -z $left ]] || { echo "containers are left: $left" >&2; exit 1; }
