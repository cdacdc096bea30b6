#!/usr/bin/env bash
# Runs examples from other projects' documentation in sandboxes, through the product. It fails when an example fails that
# tests/Examples/failures.txt does not list, or when a listed one passes. EXAMPLES="pandas/ sympy/docstrings/core." runs only those.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh
source .dev/product.sh

need python3 python3 "the examples run with it"
prepare services/Standalone

# The examples are in an image of their own, which is built once: their packages have 300 MB.
examples=code-interpreter/examples:dev
hash=$(checksum tests/Examples/Dockerfile tests/Examples/collect.sh | checksum | cut -c 1-64)
if [[ $hash != "$(built_from "$examples")" ]]; then
  provide_base
  run "building $examples from documentation packages" examples-image build "$examples" "$hash" tests/Examples
fi

# The image that has the libraries.
image=${SANDBOX_IMAGE:-code-interpreter/sandbox:dev}
[[ -n ${SANDBOX_IMAGE:-} ]] || .dev/sandbox-image.sh "$image" standard
programs=.state/examples
rm -rf "$programs"
mkdir -p "$programs"
docker run --rm --network none "$examples" tar -c -C /examples . | tar -x -C "$programs"
say "reading the docstrings of the libraries in $image"
docker run --rm --interactive --network none --entrypoint python3 "$image" -W ignore - \
  <tests/Examples/docstrings.py >.state/docstrings.jsonl

export Sandbox__Image=$image Pool__Bare=2 Pool__Data=2
start_product examples-service
read -ra names <<<"${EXAMPLES:-}"
count=.state/examples.log status=0
python3 tests/Examples/run.py --product "http://127.0.0.1:$http" --programs "$programs" --docstrings .state/docstrings.jsonl \
  --report .state/examples.tsv ${names[@]+"${names[@]}"} | tee "$count" || status=$?
trap - EXIT
(stop_product) || status=1
# The last line is the count.
tail -n 1 "$count"
exit "$status"
