#!/usr/bin/env bash
# Finds a working Docker engine, or starts one if it can, and prints its address on stdout.
source "$(dirname "$0")/lib.sh"

state=.state/engine
answers() { docker info --format '{{.ServerVersion}}' >/dev/null 2>&1; }

give_up() {
  die "$1" \
    "start Docker Desktop or the Docker service, or install Docker Engine: https://docs.docker.com/engine/install/" \
    "if it runs: be root or in the group docker, or choose it with DOCKER_HOST or docker context"
}

# A service manager keeps its daemon itself. `make clean` stops one that is started here.
start_engine() {
  mkdir -p "$state"
  if [[ -d /run/systemd/system ]]; then
    say "starting the service docker"
    systemctl start docker 2>"$state/dockerd.log" || give_up "the service docker does not start."
  else
    say "starting dockerd (log: $state/dockerd.log)"
    setsid nohup dockerd >"$state/dockerd.log" 2>&1 </dev/null &
    echo $! >"$state/dockerd.pid"
  fi
}

# If another script started one first, our dockerd ends at once, and theirs is the one to wait for.
starting() {
  local file
  for file in "$state/dockerd.pid" /var/run/docker.pid; do
    [[ -s $file ]] && kill -0 "$(cat "$file")" 2>/dev/null && return 0
  done
  return 1
}

wait_for_engine() {
  local begin=$SECONDS
  until answers; do
    if ((SECONDS - begin >= 60)) || ! starting; then
      tail -n 20 "$state/dockerd.log" >&2
      give_up "the Docker engine was started, but does not respond."
    fi
    sleep 0.5
  done
  say "the Docker engine is up after $((SECONDS - begin)) s"
}

command -v docker >/dev/null || apt docker.io ca-certificates || give_up "the docker command is not installed."
if ! answers; then
  [[ -z ${DOCKER_HOST:-} ]] || give_up "no Docker engine responds at DOCKER_HOST=$DOCKER_HOST."
  if ((EUID > 0)) || { ! command -v dockerd >/dev/null && ! apt docker.io ca-certificates; }; then give_up "no Docker engine responds."; fi
  answers || start_engine
  wait_for_engine
fi
docker context inspect --format '{{.Endpoints.docker.Host}}'
