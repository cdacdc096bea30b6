#!/usr/bin/env bash
# Runs examples out of other projects' documentation in sandboxes, through the product; ends with an error when one fails that
# tests/Examples/failures.txt does not list, or one that it lists does not. EXAMPLES="pandas/ sympy/docstrings/core.": only those, and all of them.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/ports.sh
source .dev/sandboxes.sh
source .dev/images.sh
source .dev/service.sh

command -v python3 >/dev/null || .dev/apt-install.sh python3 || die "python3 is not there." "install Python 3: the examples are run with it"
DOCKER_HOST=$(.dev/prepare.sh services/Standalone)
export DOCKER_HOST Runner__Id=examples-$$

# The programs are in an image of their own, which is downloaded once: their packages have 300 MB.
examples=code-interpreter/examples:dev
hash=$(checksum tests/Examples/Dockerfile tests/Examples/collect.sh | checksum | cut -c 1-64)
if [[ $hash != "$(built_from "$examples")" ]]; then
  .dev/base-image.sh
  say "building $examples out of documentation packages"
  image_log=.state/examples-image.log
  build "$examples" "$hash" tests/Examples </dev/null >"$image_log" 2>&1 &
  follow $! "building $examples" "$image_log"
fi

# The image that has the libraries.
image=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
[[ -n ${SANDBOX_IMAGE:-} ]] || .dev/sandbox-image.sh "$image" standard
programs=.state/examples
rm -rf "$programs"
mkdir -p "$programs"
docker run --rm --network none "$examples" tar --create --directory /examples . | tar --extract --directory "$programs"
say "reading the docstrings of the libraries in $image"
docker run --rm --interactive --network none --entrypoint python3 "$image" -W ignore - <tests/Examples/docstrings.py >.state/docstrings.jsonl

export Sandbox__Image=$image Pool__Bare=2 Pool__Data=2
start_service .state/examples-service.log
read -ra names <<<"${EXAMPLES:-}"
count=.state/examples.log status=0
python3 tests/Examples/run.py --product "http://127.0.0.1:$http" --programs "$programs" --docstrings .state/docstrings.jsonl \
  --report .state/examples.tsv ${names[@]+"${names[@]}"} | tee "$count" || status=$?
trap - EXIT
(clean_up) || status=1
# The count has the last word.
tail -n 1 "$count"
exit "$status"
