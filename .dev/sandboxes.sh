# shellcheck shell=bash
# The containers of the product.

# sandboxes [LABEL]: all of them, or those with a label, such as code-interpreter.runner=ID.
sandboxes() { docker ps --all --quiet --no-trunc --filter "label=${1:-code-interpreter.role}" | sort; }

# stopped_sandboxes: those that do not run.
stopped_sandboxes() {
  docker ps --all --quiet --no-trunc --filter label=code-interpreter.role --filter status=exited --filter status=dead | sort
}

# expect_no_sandboxes [LABEL] [BEFORE]: fails when there are sandboxes that were not there before.
expect_no_sandboxes() {
  local left
  left=$(comm -13 <(echo "${2:-}") <(sandboxes "${1:-}"))
  [[ -n $left ]] || return 0
  printf '\nerror: sandboxes were left behind (make clean removes them):\n%s\n' "$left" >&2
  return 1
}
