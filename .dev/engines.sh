# shellcheck shell=bash
# A second Docker engine, for as long as a script needs it. Sourced after progress.sh.

# start_second_engine FOLDER: starts it, makes it the engine of the docker command, and stops it when the script ends.
start_second_engine() {
  local folder=$1 begin=$SECONDS
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  .dev/second-engine.sh "$folder" </dev/null >"$folder/engine.log" 2>&1 &
  second_engine=$!
  trap stop_second_engine EXIT
  trap 'exit 130' INT TERM
  export DOCKER_HOST=unix://$folder/docker.sock
  say "starting a second Docker engine (log: $folder/engine.log)"
  until docker version >/dev/null 2>&1; do
    if ((SECONDS - begin >= 600)) || ! kill -0 "$second_engine" 2>/dev/null; then
      tail -n 20 "$folder/engine.log" >&2
      die "the second Docker engine does not answer." "its output is in $folder/engine.log"
    fi
    sleep 0.5
  done
  say "it is Docker $(docker version --format '{{.Server.Version}}'), up after $((SECONDS - begin)) s"
}

stop_second_engine() {
  kill -TERM "$second_engine" 2>/dev/null || true
  wait "$second_engine" 2>/dev/null || true
}

# load_image FROM IMAGE: copies an image from the engine at that address, unless this one has it.
load_image() {
  [[ $(docker image inspect --format '{{.Id}}' "$2" 2>/dev/null) != "$(docker --host "$1" image inspect --format '{{.Id}}' "$2")" ]] || return 0
  say "copying $2"
  docker --host "$1" save "$2" | docker load >/dev/null
}
