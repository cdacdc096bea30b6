#!/usr/bin/env bash
# Builds the images of the services when their source has changed, with DISCORD=1 that of the Discord bot, too. The programs are published
# outside the images and bring .NET along, so the images need no other base than Debian.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh

# The services run as another user in their images.
umask 022

image_of() { echo "code-interpreter/$(tr '[:upper:]' '[:lower:]' <<<"$1"):dev"; }

up_to_date() {
  local service
  for service in "${services[@]}"; do [[ $hash == "$(built_from "$(image_of "$service")")" ]] || return; done
}

# The files that all services have, those of .NET above all, become a layer that their images share.
move_shared() {
  local folders=("${services[@]/#/$context/}") folder file
  mkdir "$context/shared"
  ((${#services[@]} > 1)) || return 0
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

# build_images SOURCE...: the images of $services, which are published into $context.
build_images() {
  local log=${context##*/}
  hash=$(source_hash .dev/images.sh Directory.Build.props Directory.Packages.props global.json protos services/Dockerfile "$@")
  ! up_to_date || return 0

  need_sdk
  provide_base
  run "publishing ${services[*]}" "$log" publish_services "$context" "${services[@]}"
  move_shared
  run "building the images of ${services[*]}" "$log" build_all
}

services=(Gateway Runner FileStore) context=.state/service-images
build_images services/SandboxImage/{seccomp.json,supervisor,code_interpreter,code_interpreter.pth} \
  services/{Contracts,ServiceDefaults,FileStore,Gateway,Runner}

if [[ -n ${DISCORD:-} ]]; then
  services=(Discord) context=.state/discord-image
  build_images clients/dotnet services/{ServiceDefaults,Discord}
fi
