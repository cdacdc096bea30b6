#!/usr/bin/env bash
# Installs Debian packages on a Debian or Ubuntu machine, as root; anywhere else it fails and leaves the explanation to the caller.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

((EUID == 0)) && command -v apt-get >/dev/null || exit 1
mkdir -p .state
log=.state/apt.log

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

{ install "$@" || { apt-get update && install "$@"; }; } </dev/null >"$log" 2>&1 &
follow $! "installing $*" "$log"
