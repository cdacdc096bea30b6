# shellcheck shell=bash
# The whole product in one process, for scripts that need it. Sourced after lib.sh.

# serve HTTP_PORT GRPC_PORT [DATA_DIRECTORY]: runs it in place of this shell. SIGTERM or Ctrl-C stops it.
serve() {
  local data=${3:-${Standalone__DataDirectory:-}}
  [[ -z $data || $data == /* ]] || data=$PWD/$data
  [[ -z $data ]] || export Standalone__DataDirectory=$data
  export Kestrel__Endpoints__Http__Url=http://127.0.0.1:$1 Kestrel__Endpoints__Grpc__Url=http://127.0.0.1:$2
  # As in the images of the services.
  export DOTNET_GCgen0size=0x1000000
  cd services/Standalone/bin/Release/net10.0 || exit
  exec dotnet CodeInterpreter.Standalone.dll
}

# start_product NAME: starts it on free ports, $http and $grpc, with a data directory of its own. It stops when the script ends.
start_product() {
  local begin=$SECONDS
  export Runner__Id=$1-$$
  log=.state/$1.log http=$(free_port 20000) grpc=$(free_port 26000) data=$(mktemp -d)
  say "starting the service (log: $log)"
  (serve "$http" "$grpc" "$data") </dev/null >"$log" 2>&1 &
  service=$!
  trap stop_product EXIT
  trap 'exit 130' INT TERM
  until is_ready; do
    if ((SECONDS - begin >= 60)) || ! kill -0 "$service" 2>/dev/null; then
      tail -n 40 "$log" >&2
      die "the service did not become ready." "its output is in $log"
    fi
    sleep 0.2
  done
  say "ready after $((SECONDS - begin)) s"
}

is_ready() (
  exec 3<>"/dev/tcp/127.0.0.1/$http" || exit 1
  printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
  read -r -t 5 _ status _ <&3 && [[ $status == 200 ]]
) 2>/dev/null

stop_product() {
  local status=$? deadline=$((SECONDS + 60))
  trap - EXIT
  trap '' INT TERM
  say "stopping the service"
  kill -TERM "$service" 2>/dev/null || true
  while kill -0 "$service" 2>/dev/null; do
    if ((SECONDS >= deadline)); then
      printf '\nerror: the service did not stop within 60 s and was killed. Its output is in %s\n' "$log" >&2
      kill -KILL "$service"
      status=1
      break
    fi
    sleep 0.2
  done
  rm -rf "$data"
  expect_no_sandboxes "code-interpreter.runner=$Runner__Id" || status=1
  exit "$status"
}
