#!/usr/bin/env bash
# Builds both sandbox images where their source has changed, measures them in turns, and writes the generated part of docs/sandbox-image.md.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh

[[ $(id -u) == 0 ]] || die "the memory of sandboxes is read, which only root may." "run it as root, on the machine of the engine"
DOCKER_HOST=$(.dev/engine.sh)
export DOCKER_HOST
slim=${SLIM_IMAGE:-code-interpreter/sandbox:slim} standard=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
.dev/sandbox-image.sh "$slim" slim
.dev/sandbox-image.sh "$standard" standard
say "measuring both images"
page=$PWD/docs/sandbox-image.md
cd services/SandboxImage
PYTHONDONTWRITEBYTECODE=1 exec python3 -m tests.docs "$page" "$slim" "$standard"
