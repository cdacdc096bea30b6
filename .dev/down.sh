#!/usr/bin/env bash
# Stops and removes what `make up` started. The volumes, with files, records and queue, stay unless VOLUMES is 1.
source "$(dirname "$0")/lib.sh"

settings=.state/compose/${COMPOSE_PROJECT_NAME:-code-interpreter}.env
if [[ ! -f $settings ]]; then
  say "make up has not started anything here"
  exit
fi

DOCKER_HOST=$(.dev/engine.sh)
export DOCKER_HOST
if [[ ${VOLUMES:-} == 1 ]]; then
  .dev/compose.sh down --remove-orphans --volumes >&2
  rm -f "$settings"
  [[ ! -L .env || -e .env ]] || rm .env
else
  .dev/compose.sh down --remove-orphans >&2
fi
