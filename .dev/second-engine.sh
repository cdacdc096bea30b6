#!/usr/bin/env bash
# The Docker engine of Debian's testing suite, beside the engine of this machine. It has a root file system, a socket (FOLDER/docker.sock),
# data and control groups of its own, and sees this repository where it is. It needs root on Debian. It has no network: an engine without a
# bridge removes the bridge of another engine in its network namespace. Scripts source this file after lib.sh; it runs itself as the engine.
[[ ${BASH_SOURCE[0]} != "$0" ]] || source "$(dirname "$0")/lib.sh"

# start_second_engine FOLDER [PACKAGES]: starts it, makes it the engine of the docker command, and stops it when the script ends.
start_second_engine() {
  local folder=$1 include=docker.io,runc,crun,runsc,ca-certificates${2:+,$2} begin=$SECONDS
  [[ $EUID == 0 && -e /etc/debian_version ]] ||
    die "the second engine needs root on Debian." "or run the tests with DOCKER_HOST at an engine of your own"
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  if [[ ! -d $folder/root ]]; then
    need mmdebstrap mmdebstrap "the engine is unpacked with it"
    rm -rf "$folder/root.part"
    run "unpacking Debian's Docker engine" second-engine mmdebstrap --variant=minbase "--include=$include" \
      --aptopt='Acquire::Check-Valid-Until "false"' forky "$folder/root.part"
    mv "$folder/root.part" "$folder/root"
  fi
  unshare --mount --net .dev/second-engine.sh "$folder" </dev/null >"$folder/engine.log" 2>&1 &
  second_engine=$!
  trap stop_second_engine EXIT
  trap 'exit 130' INT TERM
  export DOCKER_HOST=unix://$folder/docker.sock
  say "starting a second Docker engine (log: $folder/engine.log)"
  until docker version >/dev/null 2>&1; do
    if ((SECONDS - begin >= 600)) || ! kill -0 "$second_engine" 2>/dev/null; then
      tail -n 20 "$folder/engine.log" >&2
      die "the second Docker engine does not respond." "its output is in $folder/engine.log"
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
  local id
  id=$(docker --host "$1" image inspect --format '{{.Id}}' "$2")
  [[ $(docker image inspect --format '{{.Id}}' "$2" 2>/dev/null) != "$id" ]] || return 0
  say "copying $2"
  docker --host "$1" save "$2" | docker load >/dev/null
}

# enter FOLDER: becomes the engine, within its mount namespace. A change of the root alone is not enough: loading an image needs a root that
# is a mount.
enter() {
  local folder=$1 root=$1/root repository=$PWD place
  mount --make-rprivate /
  mount --bind "$root" "$root"
  for place in /proc /sys /dev; do mount --rbind "$place" "$root$place"; done
  mkdir -p "$root$repository" "$root/old"
  mount --rbind "$repository" "$root$repository"
  cd "$root"
  pivot_root . old
  umount --lazy /old
  mkdir -p /run/engine /var/lib/engine
  # gVisor without its KVM platform, which does not work in every virtual machine. Sandboxes have no network.
  cat >/etc/engine.json <<'JSON'
{ "runtimes": {
  "crun": { "path": "/usr/bin/crun" },
  "runsc": { "path": "/usr/bin/runsc", "runtimeArgs": ["--platform=systrap", "--network=none"] } } }
JSON
  exec dockerd --host "unix://$folder/docker.sock" --data-root /var/lib/engine --exec-root /run/engine --pidfile /run/engine.pid \
    --bridge none --iptables=false --ip6tables=false --cgroup-parent /code-interpreter-engine-test --config-file /etc/engine.json
}

[[ ${BASH_SOURCE[0]} != "$0" ]] || enter "$1"
