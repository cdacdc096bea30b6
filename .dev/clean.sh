#!/usr/bin/env bash
# Removes what the other scripts made: what `make up` started, with its volumes, sandboxes, build output, .state, and the engine if it
# was started here. What `make run` has stored is its user's and stays.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/sandboxes.sh

if command -v docker >/dev/null && docker info >/dev/null 2>&1; then
  for settings in .state/compose/*.env; do
    [[ ! -f $settings ]] || COMPOSE_PROJECT_NAME=$(basename "$settings" .env) VOLUMES=1 .dev/down.sh
  done
  # Running ones are others': those made here have ended with their runner, or end when it does.
  own=$(cat "${Standalone__DataDirectory:-${XDG_DATA_HOME:-$HOME/.local/share}/code-interpreter}/runner-id" 2>/dev/null || true)
  {
    stopped_sandboxes
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
