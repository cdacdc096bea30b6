#!/usr/bin/env bash
# Builds the sandbox image when its source has changed since the image was built.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/images.sh

image=${1:-code-interpreter/sandbox:dev}
source=services/SandboxImage
mkdir -p .state
log=.state/sandbox-image.log

# What can reach the image, as .dockerignore there has it.
hash=$(source_hash "$source" -- tests '*.sh' '*.md' seccomp.json)
[[ $hash != "$(built_from "$image")" ]] || exit 0

.dev/base-image.sh
say "building $image (about 1.2 GB; again only when $source changes)"
build "$image" "$hash" "$source" </dev/null >"$log" 2>&1 &
follow $! "building $image" "$log"
