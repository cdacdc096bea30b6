#!/usr/bin/env bash
# Starts the whole product on free ports, runs the demo against it, and leaves nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/ports.sh
source .dev/sandboxes.sh

is_ready() (
  exec 3<>"/dev/tcp/127.0.0.1/$http" || exit 1
  printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
  read -r -t 5 _ status _ <&3 && [[ $status == 200 ]]
) 2>/dev/null

wait_until_ready() {
  local begin=$SECONDS
  until is_ready; do
    if ((SECONDS - begin >= 60)) || ! kill -0 "$service" 2>/dev/null; then
      tail -n 40 "$log" >&2
      die "the service did not get ready." "its output is in $log"
    fi
    sleep 0.2
  done
  say "ready after $((SECONDS - begin)) s"
}

stop_service() {
  local deadline=$((SECONDS + 60))
  kill -TERM "$service" 2>/dev/null || true
  while kill -0 "$service" 2>/dev/null; do
    if ((SECONDS >= deadline)); then
      printf '\nerror: the service did not stop within 60 s and was killed; its output is in %s\n' "$log" >&2
      kill -KILL "$service"
      return 1
    fi
    sleep 0.2
  done
}

clean_up() {
  local status=$?
  trap - EXIT
  trap '' INT TERM
  say "stopping the service"
  stop_service || status=1
  rm -rf "$data"
  expect_no_sandboxes "code-interpreter.runner=$Runner__Id" || status=1
  exit "$status"
}

DOCKER_HOST=$(.dev/prepare.sh services/Standalone services/Demo)
export DOCKER_HOST Runner__Id=demo-$$
http=$(free_port 20000) grpc=$(free_port 26000) data=$(mktemp -d) log=.state/demo.log
say "starting the service (log: $log)"
.dev/standalone.sh "$http" "$grpc" "$data" </dev/null >"$log" 2>&1 &
service=$!
trap clean_up EXIT
trap 'exit 130' INT TERM

wait_until_ready
dotnet services/Demo/bin/Release/net10.0/CodeInterpreter.Demo.dll --address "http://127.0.0.1:$grpc"
