#!/usr/bin/env bash
# Builds the images of the services when their source has changed since. The programs are published outside and bring .NET along,
# so the images need no other base than Debian.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/images.sh

# The services are another user in there.
umask 022

services=(Gateway Runner FileStore)
context=.state/service-images
mkdir -p .state
log=.state/service-images.log

image_of() { echo "code-interpreter/$(tr '[:upper:]' '[:lower:]' <<<"$1"):dev"; }

up_to_date() {
  local service
  for service in "${services[@]}"; do [[ $hash == "$(built_from "$(image_of "$service")")" ]] || return; done
}

publish_all() {
  local service
  rm -rf "$context"
  for service in "${services[@]}"; do publish "services/$service" "$context/$service" || return; done
}

# What all services have, .NET above all, becomes a layer that their images share.
move_shared() {
  local folders=("${services[@]/#/$context/}") folder file
  mkdir "$context/shared"
  common_files "${folders[@]}" | while IFS= read -r file; do
    cp "${folders[0]}/$file" "$context/shared"
    for folder in "${folders[@]}"; do rm "$folder/$file"; done
  done
}

build_all() {
  local service
  cp services/Dockerfile "$context"
  for service in "${services[@]}"; do
    build "$(image_of "$service")" "$hash" "$context" --build-arg "SERVICE=$service" || return
  done
}

hash=$(source_hash .dev/images.sh Directory.Build.props Directory.Packages.props global.json protos services/Dockerfile \
  services/SandboxImage/{seccomp.json,supervisor,code_interpreter,code_interpreter.pth} services/{Contracts,ServiceDefaults,FileStore,Gateway,Runner})
! up_to_date || exit 0

.dev/sdk.sh
.dev/base-image.sh
publish_all </dev/null >"$log" 2>&1 &
follow $! "publishing the services" "$log"
move_shared
build_all </dev/null >"$log" 2>&1 &
follow $! "building the images of the services" "$log"
