#!/usr/bin/env bash
# Starts the services in containers, with two runners, runs the demo against them, removes them, and fails when anything is left. It has a
# Compose project of its own and does not touch what `make up` has started.
source "$(dirname "$0")/lib.sh"

left_behind() {
  local ours=label=com.docker.compose.project=$COMPOSE_PROJECT_NAME
  docker container ls --all --quiet --filter "$ours"
  docker volume ls --quiet --filter "$ours"
  docker network ls --quiet --filter "$ours"
  # A runner's id begins with its container's.
  [[ -z $runners ]] || docker ps --all --format '{{.Label "code-interpreter.runner"}}' | grep -E "^(${runners// /|})-" || true
}

clean_up() {
  local status=$? left
  trap - EXIT
  trap '' INT TERM
  runners=$(docker ps --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME" \
    --filter label=com.docker.compose.service=runner | paste -s -d ' ' -)
  ((status == 0)) || .dev/compose.sh logs --tail 40 >&2 || true
  VOLUMES=1 .dev/down.sh || status=1
  left=$(left_behind)
  if [[ -n $left ]]; then
    printf '\nerror: these were left behind:\n%s\n' "$left" >&2
    status=1
  fi
  exit "$status"
}

prepare services/Demo
HTTP_PORT=$(free_port 20000)
GRPC_PORT=$(free_port 26000)
export COMPOSE_PROJECT_NAME=code-interpreter-demo-$$ HTTP_PORT GRPC_PORT RUNNERS=2
trap clean_up EXIT
trap 'exit 130' INT TERM

.dev/up.sh
dotnet services/Demo/bin/Release/net10.0/CodeInterpreter.Demo.dll \
  --address "http://127.0.0.1:$GRPC_PORT" --http "http://127.0.0.1:$HTTP_PORT"
