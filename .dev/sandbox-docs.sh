#!/usr/bin/env bash
# Builds both sandbox images where their source has changed, measures them in turns, and writes the generated part of docs/sandbox-image.md.
source "$(dirname "$0")/lib.sh"

((EUID == 0)) || die "only root can read the memory of sandboxes." "run it as root, on the machine of the engine"
DOCKER_HOST=$(.dev/engine.sh)
export DOCKER_HOST PYTHONDONTWRITEBYTECODE=1
slim=${SLIM_IMAGE:-code-interpreter/sandbox:slim} standard=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
.dev/sandbox-image.sh "$slim" slim
.dev/sandbox-image.sh "$standard" standard
say "measuring both images"
page=$PWD/docs/sandbox-image.md
cd services/SandboxImage
exec python3 -m tests.docs "$page" "$slim" "$standard"
