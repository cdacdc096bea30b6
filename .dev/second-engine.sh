#!/usr/bin/env bash
# second-engine.sh FOLDER: runs the Docker engine of Debian's testing suite beside the one that is there, until it is stopped (SIGTERM).
# It has a root file system, a socket (FOLDER/docker.sock), data and control groups of its own, and sees this repository where it is.
# As root on Debian; in a network namespace of its own: an engine without a bridge removes the bridge of the engine that is there.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

folder=$1 repository=$PWD suite=forky
packages=docker.io,runc,crun,runsc,ca-certificates${SECOND_ENGINE_PACKAGES:+,$SECOND_ENGINE_PACKAGES}

bootstrap() {
  mmdebstrap --variant=minbase "--include=$packages" --aptopt='Acquire::Check-Valid-Until "false"' "$suite" "$folder/root.part"
  mv "$folder/root.part" "$folder/root"
}

# What runs within the mount namespace of the engine. A plain change of the root would not do: loading an image needs a root that is a mount.
enter() {
  local root=$folder/root place
  mount --make-rprivate /
  mount --bind "$root" "$root"
  for place in /proc /sys /dev; do mount --rbind "$place" "$root$place"; done
  mkdir -p "$root$repository" "$root/old"
  mount --rbind "$repository" "$root$repository"
  cd "$root"
  pivot_root . old
  umount --lazy /old
  mkdir -p /run/engine /var/lib/engine
  # gVisor without its KVM platform, which is not for a machine that is virtual itself; sandboxes have no network.
  cat >/etc/engine.json <<'JSON'
{ "runtimes": {
  "crun": { "path": "/usr/bin/crun" },
  "runsc": { "path": "/usr/bin/runsc", "runtimeArgs": ["--platform=systrap", "--network=none"] } } }
JSON
  exec dockerd --host "unix://$folder/docker.sock" --data-root /var/lib/engine --exec-root /run/engine --pidfile /run/engine.pid \
    --bridge none --iptables=false --ip6tables=false --cgroup-parent /code-interpreter-engine-test --config-file /etc/engine.json
}

[[ ${2:-} != enter ]] || enter
((EUID == 0)) && [[ -e /etc/debian_version ]] || die "the second engine needs root on Debian." "or run the tests with DOCKER_HOST at an engine of your own"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
if [[ ! -d $folder/root ]]; then
  command -v mmdebstrap >/dev/null || .dev/apt-install.sh mmdebstrap || die "mmdebstrap is not there." "install it"
  rm -rf "$folder/root.part"
  bootstrap </dev/null >"$folder/bootstrap.log" 2>&1 &
  follow $! "unpacking Debian's Docker engine" "$folder/bootstrap.log"
fi
exec unshare --mount --net "$0" "$folder" enter
