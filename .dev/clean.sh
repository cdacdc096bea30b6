#!/usr/bin/env bash
# Removes what the other scripts made: what `make up` started, with its volumes, sandboxes, build output, .state, and the engine if a script
# started it. It keeps the files that `make run` stored.
source "$(dirname "$0")/lib.sh"

if command -v docker >/dev/null && docker info >/dev/null 2>&1; then
  for settings in .state/compose/*.env; do
    [[ ! -f $settings ]] || COMPOSE_PROJECT_NAME=$(basename "$settings" .env) VOLUMES=1 .dev/down.sh
  done
  # Other runners may use the running ones: the sandboxes of a runner that has stopped are stopped, too.
  own=$(cat "${Standalone__DataDirectory:-${XDG_DATA_HOME:-$HOME/.local/share}/code-interpreter}/runner-id" 2>/dev/null || true)
  {
    docker ps --all --quiet --no-trunc --filter label=code-interpreter.role --filter status=exited --filter status=dead
    [[ -z $own ]] || sandboxes "code-interpreter.runner=$own"
  } | sort -u | while read -r id; do docker rm --force --volumes "$id" >/dev/null 2>&1 || true; done
fi

pid=$(cat .state/engine/dockerd.pid 2>/dev/null || true)
if [[ -n $pid && $(cat "/proc/$pid/comm" 2>/dev/null) == dockerd ]]; then
  say "stopping the dockerd that was started here"
  kill -TERM "$pid"
  for ((i = 0; i < 60; i++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
  done
fi

find services tests -name '*.csproj' -execdir rm -rf bin obj TestResults \;
rm -rf .state
