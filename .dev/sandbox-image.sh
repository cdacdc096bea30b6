#!/usr/bin/env bash
# sandbox-image.sh [IMAGE] [KIND]: builds the sandbox image when its source has changed since the image was built. KIND, or SANDBOX_KIND:
# standard, or slim. REFRESH=1 builds anew, from the newest base and packages.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh

image=${1:-code-interpreter/sandbox:dev}
kind=${2:-${SANDBOX_KIND:-standard}}
source=services/SandboxImage
case $kind in
  standard) size="3.1 GB" ;;
  slim) size="1.3 GB" ;;
  *) die "the sandbox image has no kind $kind." "SANDBOX_KIND is standard or slim" ;;
esac

# The files that can reach the image, as .dockerignore there has them.
hash=$(source_hash "$source" -- tests '*.sh' '*.md' seccomp.json)-$kind
[[ -n ${REFRESH:-} || $hash != "$(built_from "$image")" ]] || exit 0

provide_base
options=(--target "$kind" --build-arg BASE=debian:forky-slim)
[[ -z ${REFRESH:-} ]] || options+=(--no-cache)
options+=(--build-arg "VERSION=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)")
options+=(--build-arg "REVISION=$(git rev-parse --verify --quiet HEAD || true)" --build-arg "CREATED=$(date -u +%Y-%m-%dT%H:%M:%SZ)")
say "building $image, $kind (about $size; again only when $source changes)"
run "building $image" sandbox-image build "$image" "$hash" "$source" "${options[@]}"
