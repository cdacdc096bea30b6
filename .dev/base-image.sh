#!/usr/bin/env bash
# Makes sure that the base image is there: pulled, or built from Debian's packages where no image registry answers. The one that is pulled has the
# date that the sandbox image's Dockerfile names; REFRESH=1 brings the newest.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

suite=forky
image=debian:$suite-slim
pinned=$(sed -n 's/^ARG BASE=//p' services/SandboxImage/Dockerfile)
mkdir -p .state
log=.state/base-image.log

# Debian's testing suite changes daily; the option lets an archive copy that is some weeks old count as valid.
bootstrap() {
  mmdebstrap --variant=minbase --include=ca-certificates --aptopt='Acquire::Check-Valid-Until "false"' "$suite" - |
    docker import - "$image"
}

if [[ -z ${REFRESH:-} ]] && docker image inspect "$image" >/dev/null 2>&1; then exit 0; fi

if [[ -z ${REFRESH:-} ]]; then
  say "pulling $pinned"
  if docker pull "$pinned" </dev/null 2>"$log" >&2; then
    docker tag "$pinned" "$image"
    exit 0
  fi
fi
say "pulling $image"
if docker pull "$image" </dev/null 2>"$log" >&2; then exit 0; fi

say "it cannot be pulled: $(tail -n 1 "$log")"
command -v mmdebstrap >/dev/null || .dev/apt-install.sh mmdebstrap ||
  die "$image can neither be pulled nor be built here." \
    "give the engine access to an image registry, or load the image with docker load" \
    "or be root on Debian, where it is built with mmdebstrap"
bootstrap </dev/null >"$log" 2>&1 &
follow $! "building $image from Debian's packages" "$log"
