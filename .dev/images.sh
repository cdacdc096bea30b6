# shellcheck shell=bash
# Images: pulled, or built when their source has changed, which a label on them tells. Sourced after lib.sh.

label=code-interpreter.source

checksum() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# source_hash PATH... [-- PATTERN...]: hash of contents, names and executable bits, without files and folders of these names.
source_hash() {
  local paths=() skip=(-name bin -o -name obj -o -name __pycache__) file
  while (($#)) && [[ $1 != -- ]]; do
    paths+=("$1")
    shift
  done
  (($# == 0)) || shift
  while (($#)); do
    skip+=(-o -name "$1")
    shift
  done
  find "${paths[@]}" \( "${skip[@]}" \) -prune -o -type f -print | LC_ALL=C sort | while IFS= read -r file; do
    checksum "$file"
    [[ ! -x $file ]] || echo executable
  done | checksum | cut -c 1-64
}

built_from() { docker image inspect --format "{{index .Config.Labels \"$label\"}}" "$1" 2>/dev/null || true; }

# build IMAGE HASH CONTEXT [OPTION...]: builds it, with the host's network when the engine's own does not work.
build() {
  local options=(--label "$label=$2" --tag "$1" "${@:4}" "$3")
  docker build "${options[@]}" || docker build --network host "${options[@]}"
}

# pull IMAGE LOG: gives a registry a minute to answer and, once it has answered, ten to deliver.
pull() {
  local pid begin=$SECONDS limit=60 status=0
  docker pull "$1" </dev/null >"$2" 2>&1 &
  pid=$!
  trap 'kill '"$pid"' 2>/dev/null || true; exit 130' INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    ! grep -q 'Pulling from' "$2" || limit=600
    if ((SECONDS - begin >= limit)); then
      echo "not there after $limit s" >>"$2"
      kill "$pid" 2>/dev/null || true
    fi
    sleep 0.2
  done
  wait "$pid" || status=$?
  trap - INT TERM
  return "$status"
}

# provide_base: makes sure that the base image is there: pulled with the date that the sandbox image's Dockerfile names, or built from
# Debian's packages where no image registry answers. REFRESH=1 gets the newest.
provide_base() {
  local image=debian:forky-slim pinned log=.state/base-image.log
  pinned=$(sed -n 's/^ARG BASE=//p' services/SandboxImage/Dockerfile)
  if [[ -z ${REFRESH:-} ]]; then
    ! docker image inspect "$image" >/dev/null 2>&1 || return 0
    say "pulling $pinned"
    ! pull "$pinned" "$log" || { docker tag "$pinned" "$image" && return; }
  fi
  say "pulling $image"
  ! pull "$image" "$log" || return 0
  say "it cannot be pulled: $(tail -n 1 "$log")"
  command -v mmdebstrap >/dev/null || apt mmdebstrap ||
    die "$image can neither be pulled nor be built here." \
      "give the engine access to an image registry, or load the image with docker load" \
      "or be root on Debian, where it is built with mmdebstrap"
  run "building $image from Debian's packages" base-image bootstrap_base "$image"
}

# Debian's testing suite changes daily. The option accepts a copy of the archive that is some weeks old.
bootstrap_base() {
  mmdebstrap --variant=minbase --include=ca-certificates --aptopt='Acquire::Check-Valid-Until "false"' forky - | docker import - "$1"
}

# publish PROJECT FOLDER: a program that brings .NET along, compiled ahead for the engine's machine. Its build output is apart from that of
# the solution.
publish() {
  local runtime=linux-x64
  [[ $(docker version --format '{{.Server.Arch}}') != arm64 ]] || runtime=linux-arm64
  dotnet publish "$1" --configuration Release --runtime "$runtime" --self-contained --nologo \
    --artifacts-path .state/publish --output "$2" \
    -p:PublishReadyToRun=true -p:PublishDocumentationFiles=false -p:DebugType=none
}

# publish_services FOLDER SERVICE...: publishes each service into its own folder below this one, which is made anew.
publish_services() {
  local folder=$1 service
  shift
  rm -rf "$folder"
  for service in "$@"; do publish "services/$service" "$folder/$service" || return; done
}

# common_files FOLDER...: the names of those files that all of the folders have, with the same content.
common_files() {
  local file name folder
  for file in "$1"/*; do
    name=${file##*/}
    for folder in "${@:2}"; do cmp -s "$file" "$folder/$name" || continue 2; done
    echo "$name"
  done
}
