#!/usr/bin/env bash
# compose.sh ARGUMENT...: Docker Compose, version 2 or later, with the settings of this project's `make up`. On a Linux without Compose it
# uses Debian's, which is one program without dependencies.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh

project=${COMPOSE_PROJECT_NAME:-code-interpreter}
settings=.state/compose/$project.env
own=.state/docker-compose

unpack() {
  provide_base
  say "unpacking Docker Compose from Debian's packages"
  docker run --rm debian:forky-slim sh -ec '
    cd /tmp
    { apt-get update && apt-get download docker-compose; } >&2
    dpkg-deb --fsys-tarfile docker-compose_*.deb' 2>.state/compose.log |
    tar -xO --wildcards -f - '*/cli-plugins/docker-compose' >"$own.new"
  chmod +x "$own.new"
  "$own.new" version >/dev/null 2>&1 && mv "$own.new" "$own"
}

if docker compose version >/dev/null 2>&1; then
  compose=(docker compose)
elif docker-compose version --short 2>/dev/null | grep -qE '^v?([2-9]|[1-9][0-9])\.'; then
  compose=(docker-compose)
else
  [[ -x $own ]] || { [[ $(uname -s) == Linux ]] && unpack; } || die "Docker Compose is not installed." \
    "install its plugin: https://docs.docker.com/compose/install/" \
    ".state/compose.log has the log of what was tried instead"
  compose=("$own")
fi

[[ ! -f $settings ]] || compose+=(--env-file "$settings")
exec "${compose[@]}" --project-name "$project" "$@"
