# shellcheck shell=bash
# The product in one process, for as long as a script needs it. Sourced after progress.sh, ports.sh and sandboxes.sh.

# start_service LOG: starts it on free ports, $http and $grpc, with a data directory of its own; stops it when the script ends.
start_service() {
  log=$1 http=$(free_port 20000) grpc=$(free_port 26000) data=$(mktemp -d)
  say "starting the service (log: $log)"
  .dev/standalone.sh "$http" "$grpc" "$data" </dev/null >"$log" 2>&1 &
  service=$!
  trap clean_up EXIT
  trap 'exit 130' INT TERM
  wait_until_ready
}

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
